#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What comes in from the tools that people have: the register.
load common

setup() {
	common_setup
	fria init ws --org Zandmeer && cd ws
}

reference() {
	[ -e "$REFERENCE/$1" ] || skip "not in the reference folder"
}

fact() { jq -c ".register.$2" "assessments/$1/application.json"; }

# Two entries as the download has them.
download() {
	printf '\xef\xbb\xbf'
	printf '%s\r\n' \
		'algorithm_id,name,organization,goal,category,lawful_basis_grouping,status' \
		'11,Slimme camera,Zandmeer,"Schone straten, ""overal""","Verkeer, Recht","1: Wet A, art. 2, https://example.org/a. 2: Wet B",In gebruik' \
		'12,Zoëkhulp,Zandmeer,Sneller,,,"In
ontwikkeling"'
}

@test "the register's CSV download becomes applications, in one commit" {
	download >../download.csv
	run --separate-stderr fria import ../download.csv --release 2026-05-13
	[ "$status" = 0 ] && [[ $stderr == "2 applications added, 0 updated, 0 unchanged." ]]
	[ "$(fria app list | grep -c .)" = 2 ]
	[ "$(fact slimme-camera goal)" = '"Schone straten, \"overal\""' ]
	[ "$(fact slimme-camera category)" = '["Verkeer","Recht"]' ]
	[ "$(fact slimme-camera lawful_basis_grouping)" = \
		'[{"title":"Wet A, art. 2","link":"https://example.org/a"},{"title":"Wet B"}]' ]
	[ "$(fact zoekhulp status)" = '"In\nontwikkeling"' ]
	[ "$(jq -r .release assessments/zoekhulp/application.json)" = 2026-05-13 ]
	[ "$(jq -r .received.lars assessments/zoekhulp/entry.json)" = 12 ]
	[ "$(git rev-list --count HEAD)" = 2 ] && [ -z "$(git status --porcelain)" ]
	fria check
}

@test "the next download releases what changed, and nothing else" {
	download >../download.csv
	fria import ../download.csv --release 1
	before=$(git rev-parse HEAD)
	run --separate-stderr fria import ../download.csv --release 2
	[[ $stderr == "0 applications added, 0 updated, 2 unchanged." ]]
	[ "$(git rev-parse HEAD)" = "$before" ]
	sed 's/Sneller/Beter/; s/,/;/g; s/Schone straten;/Schone straten,/' \
		../download.csv >../semicolon.csv
	run --separate-stderr fria import ../semicolon.csv --release 2
	[ "$status" = 0 ]
	[ "$(fact zoekhulp goal)" = '"Beter"' ]
	[ "$(jq -r .release assessments/zoekhulp/application.json)" = 2 ]
	[ "$(jq '.events | length' assessments/zoekhulp/application.json)" = 7 ]
}

@test "a broken row is named, the others come in" {
	{
		download
		printf "%s\n" '13,"Half,Zandmeer,x,,,In gebruik' \
			'14,Te kort,Zandmeer' '15,"Na" tekst,Zandmeer,x,,,In gebruik' \
			'16,,Zandmeer,x,,,In gebruik' $'17,L\xe9,Zandmeer,x,,,In gebruik' \
			'18,Goed,Zandmeer,"x",,,In gebruik'
	} >../broken.csv
	run --separate-stderr fria import ../broken.csv
	[ "$status" = 1 ]
	[[ $stderr == *"3 applications added"* ]]
	[ "$(grep -c error <<<"$output")" = 5 ]
	[[ $output == *"broken.csv:5:1: error: Line 5: "*"quotation"* ]]
	[[ $output == *"Line 6: 3 cells where there are 7 columns (14)"* ]]
	[[ $output == *"Line 8: without a name"* ]]
	[[ $output == *"Line 9 is not UTF-8"* ]]
	[ "$(fact goed goal)" = '"x"' ]
}

@test "what is no download is refused" {
	printf 'a,b\n1,2\n' >../a.csv
	: >../empty.csv
	echo '{"a": 1}' >../a.json
	refused "a.csv:1:1: .*no column" fria import ../a.csv
	refused "names no column" fria import ../empty.csv
	refused "no entries" fria import ../a.json
	refused "cannot|no such|No such" fria import ../absent.csv
	refused "register-csv" fria import ../a.csv --format xlsx
}

@test "an application with unsaved changes is left out, by name" {
	download >../download.csv
	fria import ../download.csv --release 1
	sed -i 's/Sneller/Anders/' assessments/zoekhulp/application.json
	sed 's/Sneller/Beter/; s/Schone/Nette/' ../download.csv >../next.csv
	run --separate-stderr fria import ../next.csv --release 2
	[ "$status" = 1 ]
	[[ $output == *"Zoëkhulp has unsaved changes"* ]]
	[ "$(fact zoekhulp goal)" = '"Anders"' ]
	[ "$(fact slimme-camera goal)" = '"Nette straten, \"overal\""' ]
}

@test "the same names twice are two applications" {
	echo '[{"name": "Chatbot", "lars": "1", "goal": "a", "status": "x"},
		{"name": "Chatbot", "lars": "2", "goal": "b", "status": "x"}]' >../two.json
	fria import ../two.json
	[ "$(fact chatbot goal)$(fact chatbot-2 goal)" = '"a""b"' ]
	run --separate-stderr fria import ../two.json
	[[ $stderr == "0 applications added, 0 updated, 2 unchanged." ]]
}

@test "CSV and API form of the entries compare equal" {
	reference algoritmeregister/entries
	jq -s add "$REFERENCE"/algoritmeregister/entries/*.json >../entries.json
	node "$ROOT/tests/reference/download.mjs" ../entries.json >../entries.csv
	node "$ROOT/tests/reference/download.mjs" ../entries.json --semicolon >../semi.csv
	fria import ../entries.json --release 1
	n=$(jq length ../entries.json)
	for file in ../entries.csv ../semi.csv; do
		run --separate-stderr fria import "$file" --release 2
		[ "$status" = 0 ] && [[ $stderr == "0 applications added, 0 updated, $n unchanged." ]]
	done
	# And on their own: the facts that hold no more than one paragraph.
	fria init ../other --org Zandmeer
	fria -C ../other import ../entries.csv --release 1
	for app in assessments/*; do
		diff <(plain "$app") <(plain "../other/$app")
	done
}

# The facts that the download has, without markup and white space.
plain() {
	jq -S '.register | del(.type, .iama_description, .source_data_link)
		| walk(if type == "string" then gsub("<[^>]*>|\\s"; "")
		elif type == "object" then with_entries(select(.value != null and .value != ""
			and .value != [])) else . end)' "$1/application.json"
}

@test "the whole register of a day, and the next: what changed, by field" {
	reference register-scrape
	run --separate-stderr fria import \
		"$REFERENCE/register-scrape/algoritmes.2026-05-13.json" --release 2026-05-13
	[ "$status" = 0 ] && [[ $stderr == "1431 applications added"* ]]
	run --separate-stderr fria import \
		"$REFERENCE/register-scrape/algoritmes.2026-07-23.json" --release 2026-07-23
	[[ $stderr == "89 applications added, 36 updated, 1394 unchanged." ]]
	counts=$(git log -1 --format=%b | sed 's/^[^:]*: //; s/, /\n/g' | sort | uniq -c |
		grep -v '^ *1 *$' | awk '{n = $1; $1 = ""; print n $0}' | sort)
	[ "$counts" = "$(printf '%s\n' '1 Name' '2 Legal basis' '22 Organisation' \
		'6 Goal and impact' '7 Status' | sort)" ]
	git fsck --strict && [ -z "$(git status --porcelain)" ]
}
