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
	! grep -e MARK -e Jansen ../public
	fria export --format ndjson | grep -q MARK
}
