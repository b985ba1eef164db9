#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# People are shown by the name they have now, and compared by who they were.
load common

setup() { common_setup; }

# R. Jansen, who wrote the example's answers, is called otherwise now.
renamed() {
	adopted
	printf 'Robin Smit <robin@example.org> <%s>\n' r@example.org >.mailmap
	git add .mailmap && git commit -qm mailmap
}

@test "a name of now is shown wherever people read one" {
	renamed
	fria comment straatafval/iama 1.1.1 "Which month?"
	fria answer straatafval/iama 1.1.1 "Iets anders."
	fria save
	while read -r command; do
		run eval "$command"
		grep -q 'Robin Smit' <<<"$output" ||
			{ echo "$command: no name of now"; return 1; }
		not grep -q 'R\. Jansen' <<<"$output"
	done <<-'END'
		fria log straatafval/iama
		fria --json log straatafval/iama
		fria blame straatafval/iama 1.1.1
		fria --json blame straatafval/iama
		fria --json evaluate straatafval/iama
		fria --json status
		fria --json status
		fria diff straatafval/iama
		fria --json diff straatafval/iama | jq 'del(.changes[].before, .changes[].after)'
		fria diff straatafval/iama --format md
		fria report straatafval/iama
		fria report straatafval/iama --template changes
		fria comment straatafval/iama
		fria export straatafval/iama --format csv
		fria export straatafval/iama --format ndjson
		fria export straatafval/iama --format official-form
		fria export straatafval/iama --format card
	END
	# The record itself says who it was, and is not changed by reading.
	grep -q 'R\. Jansen <r@example.org>' $IAMA
	[ -z "$(git status --porcelain)" ]
}

@test "what verify finds names people as they are now" {
	renamed
	jq --indent 2 '.approvals[0].note = "changed"' $IAMA >../edited
	mv ../edited $IAMA && git commit -qam "edited"
	run -1 fria verify
	[[ $output == *"Robin Smit"* ]]
	[[ $output != *"R. Jansen"* ]]
}

@test "nobody becomes another, or the same, by a .mailmap" {
	adopted
	fria answer straatafval/iama 1.1.1 "Iets anders."
	fria save
	judged straatafval/iama "The same." || true
	fria save
	# Who wrote is mapped to somebody else, and may still not decide.
	printf 'Dana Vos <dana@example.org> <r@example.org>\n' >.mailmap
	as Dana fria approve straatafval/iama --role dpo positive
	as Piet fria approve straatafval/iama --role lawyer positive
	refused . fria approve straatafval/iama --role accountable use
	# Who is mapped to who wrote, and did not write, may.
	printf 'R. Jansen <r@example.org> <els@example.org>\n' >.mailmap
	as Els fria approve straatafval/iama --role accountable use
	jq -e '.approvals[-1].by == "Els <els@example.org>"' $IAMA
	fria verify
}

@test "a .mailmap that is a link, or broken, changes nothing" {
	adopted
	printf 'Robin Smit <robin@example.org> <r@example.org>\n' >../elsewhere
	ln -s ../elsewhere .mailmap
	[[ $(fria log straatafval/iama) == *"R. Jansen"* ]]
	rm .mailmap
	head -c 4096 /dev/urandom >.mailmap
	fria log straatafval/iama >/dev/null
	rm .mailmap && mkdir .mailmap
	[[ $(fria log straatafval/iama) == *"R. Jansen"* ]]
}
