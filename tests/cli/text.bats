#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Text comes in through one entrance, and what is in history already is shown,
# whatever it was written in.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# latin TEXT: the same in Latin-1
latin() { printf '%s' "$1" | iconv -f UTF-8 -t LATIN1; }

# Everything that a repository can hold in Latin-1 beside the documents.
make_latin() {
	adopted && git config gc.auto 0
	local name=$(latin 'René de Vries') a=assessments/straatafval
	jq '.answers["1.1.1"].value = "Anders"' $IAMA >x && mv x $IAMA
	GIT_AUTHOR_NAME=$name git -c i18n.commitEncoding=UTF-8 commit -qam \
		"$(latin 'Gewijzigd: één antwoord')"
	GIT_COMMITTER_NAME=$name git tag -a -m "$(latin 'Één versie')" \
		fria/straatafval/iama/v2
	git tag fria/straatafval/iama/v3 # by nobody
	mkdir -p "$a/evidence" "assessments/$(latin 'café')"
	cp "$a/application.json" "assessments/$(latin 'café')/application.json"
	echo x >"$a/evidence/0123456789abcdef-$(latin 'résumé').txt"
	cp instruments/iama-2.0.json "instruments/$(latin 'vragenlijst-é').json"
	git add -A && git commit -qm "$(latin 'Bijlagen: é')"
	git checkout -qb "$(latin 'wéérgave')"
}

@test "a history in Latin-1 is read, repaired where it is shown" {
	kept latin make_latin
	for command in "log straatafval/iama" "blame straatafval/iama" \
		verify status check "evidence list straatafval" "app list" \
		"instrument list" conflicts "diff straatafval/iama v1" \
		"evaluate straatafval/iama" "gate straatafval"; do
		for json in "" --json; do
			run --separate-stderr fria $json $command
			# verify and check may find something; nothing ends badly
			[ "$status" -le 2 ] || { echo "$command: $status"; return 1; }
			[ "$status" -le 1 ] || [ -n "$stderr" ]
			iconv -f UTF-8 -t UTF-8 <<<"$output$stderr" >/dev/null ||
				{ echo "$command: not UTF-8"; return 1; }
			[ -z "$json" ] || [ "$status" = 2 ] || jq -e . <<<"$output" >/dev/null
		done
	done
	fria --json log straatafval/iama | jq -e \
		'any(.author == "René de Vries <r@example.org>")'
	fria --json blame straatafval/iama 1.1.1 | jq -e \
		'.[0].given.author == "René de Vries <r@example.org>"'
	[[ $(fria log straatafval/iama) == *"René de Vries"* ]]
	# A version that nobody signed is told, too.
	fria --json log straatafval/iama | jq -e 'any(.version == "v3")'
	git init -q --bare ../shared.git
	run fria --json sync ../shared.git
	[ "$status" -le 2 ]
	run fria report straatafval/iama
	[ "$status" = 0 ]
}
