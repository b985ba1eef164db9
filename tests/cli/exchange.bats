#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What goes out to other tools and comes in from them.
load common

setup() { common_setup; }

@test "answers as CSV: every question that is shown, nothing that runs" {
	adopted
	fria answer straatafval/iama 1.2.1 '=HYPERLINK("http://x","y")'
	run --separate-stderr fria export straatafval/iama --format csv
	[ "$status" = 0 ]
	[[ $output == *'"1.2.1"'* ]]
	[[ $output == *"\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""* ]]
	fria export straatafval/iama@v1 --format csv -o ../v1.csv
	! grep -q HYPERLINK ../v1.csv
	refused "csv" fria export straatafval/iama --format xlsx
	refused "ndjson" fria export
}

@test "a portfolio as lines: one JSON object a question" {
	adopted
	fria export --format ndjson >../all.ndjson
	n=$(jq -s 'length' ../all.ndjson)
	[ "$n" -gt 87 ] && [ "$n" = "$(wc -l <../all.ndjson)" ]
	[ "$(jq -s '[.[].assessment] | unique' -c ../all.ndjson)" = '["straatafval/iama"]' ]
	[ "$(jq -r 'select(.task == "1.1.1") | .state + .by' ../all.ndjson)" = \
		"answeredR. Jansen <r@example.org>" ]
}

@test "exports for the public hold no mark of what is withheld, nor names" {
	adopted
	fria answer straatafval/iama 1.1.1 "MARK"
	fria withhold straatafval/iama 1.1.1 --ground 5.2 --note "MARK"
	fria app set straatafval /use/hosting '"MARK"'
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	fria export --format ndjson --audience public >../public
	fria export straatafval/iama --format csv --audience public >>../public
	fria export straatafval/iama --format card --audience public >>../public
	fria export straatafval/iama --format official-form --audience public >>../public
	! grep -e MARK -e Jansen ../public
	fria export --format ndjson | grep -q MARK
}

@test "an archive: each version whole, with checksums that hold" {
	adopted
	mkdir -p assessments/straatafval/evidence
	printf 'bytes\000\377' >assessments/straatafval/evidence/a1.bin
	git add . && git commit -qm evidence
	fria answer straatafval/iama 1.1.1 "Anders." && fria save
	fria adopt straatafval/iama --force --note "Proef."
	fria export straatafval --format archive -o ../archive
	[ "$(cd ../archive && find . -mindepth 3 -maxdepth 3 | sort | xargs)" = \
		"./straatafval/iama/v1 ./straatafval/iama/v2" ]
	for v in v1 v2; do
		(cd ../archive/straatafval/iama/$v && sha256sum --quiet -c checksums.sha256)
		for file in assessment application instrument; do
			jq -e . ../archive/straatafval/iama/$v/$file.json >../out
		done
		grep -q "<title>" ../archive/straatafval/iama/$v/report.html
	done
	cmp ../archive/straatafval/iama/v2/evidence/a1.bin \
		assessments/straatafval/evidence/a1.bin
	[ ! -e ../archive/straatafval/iama/v1/evidence ]
	git show fria/straatafval/iama/v1:assessments/straatafval/iama.json |
		cmp - ../archive/straatafval/iama/v1/assessment.json
	[ "$(jq -r '.identificatie[0].identificatieKenmerk' \
		../archive/straatafval/iama/v2/metadata.json)" = fria/straatafval/iama/v2 ]
	refused "not empty" fria export straatafval/iama --format archive -o ../archive
	refused "complete" fria export straatafval --format archive -o ../b --audience public
	refused "DIR" fria export straatafval --format archive
	fria new straatafval start-1.0
	refused "nothing to archive" fria export straatafval/start --format archive -o ../b
}
