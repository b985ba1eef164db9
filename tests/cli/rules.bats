#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A workspace of 0.1 goes on under this program (tests/cases/old has the rest).
load common

setup() {
	common_setup
	export SOURCE_DATE_EPOCH=1796720400
	git clone -q "$ROOT/tests/cases/old/examples.bundle" ws && cd ws
}

given() { evaluation | jq -r '.approvals[] | select(.state == "valid") |
	"\(.role) \(.content | length)"'; }

@test "approvals of both programs stand beside each other" {
	[ "$(given)" = "$(printf 'lawyer 40\ndpo 40\naccountable 40')" ]
	as Jan fria approve straatafval/iama --role lawyer positive --note "Again."
	[ "$(given | sort)" = "$(printf 'dpo 40\nlawyer 42')" ]
}

@test "what is stood for again says its rules, and a next version is verified" {
	fria answer straatafval/iama 1.1.1 "Het afval blijft liggen: <https://zandmeer.example/1>."
	judged straatafval/iama "Looked at."
	fria save
	[ "$(jq '.answers["1.1.1"].basis.rules' $IAMA)" = 2 ]
	[ "$(jq '[.answers[] | objects | .basis | select(.rules == null)] | length' $IAMA)" -gt 40 ]
	for who in lawyer dpo; do
		as "$who" fria approve straatafval/iama --role "$who" positive
	done
	as Dirk fria approve straatafval/iama --role accountable use
	fria adopt straatafval/iama
	git tag -l --format='%(contents)' fria/straatafval/iama/v4 |
		grep -Eq '^Content: 2:[0-9a-f]{40}$'
	run -0 fria verify straatafval/iama
	run -0 fria report straatafval/iama@v4 -o v4.md
	grep -Eq '`?2:[0-9a-f]{40}' v4.md
	run -0 fria report straatafval/iama@v3 -o v3.md
	run -1 grep -E '2:[0-9a-f]{40}' v3.md
}

@test "what a newer program recorded is refused, with what to do" {
	jq '.answers["1.1.1"].basis.rules = 3' $IAMA >new && mv new $IAMA
	run -2 fria evaluate straatafval/iama
	[[ $output == *"/answers/1.1.1"*"Update fria"* ]]
	git checkout -q $IAMA
	jq '.approvals[0].content = "3:" + .approvals[0].content' $IAMA >new && mv new $IAMA
	run -2 fria evaluate straatafval/iama
	[[ $output == *"/approvals/0/content"*"Update fria"* ]]
}
