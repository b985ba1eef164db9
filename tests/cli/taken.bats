#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What comes in is read as it was written, and goes out as it is read elsewhere.

setup() {
	load common.bash
	common_setup
	fria init ws --org Zandmeer && cd ws
}

questions() {
	cat <<-END
	name: Klein
	urn: "urn:example:klein"
	version: $1
	tasks:
	  - id: 1
	    task: Vragen
	    type: [task_group]
	    tasks:
	      - id: 1.1
	        task: Waarom?
	        type: [open_text]
	      - id: 1.10
	        task: Waarvoor?
	        type: [open_text]
	        rests: [1.1]
	END
}

@test "a version in YAML is kept as it is written" {
	for version in 1.0 2.0 2.10 2.1 '"3.0"' 007 4; do
		questions "$version" >../klein.yaml
		fria instrument check ../klein.yaml
		fria instrument import ../klein.yaml
	done
	[ "$(jq -r .version instruments/*.json | sort | tr '\n' ' ')" = \
		"007 1.0 2.0 2.1 2.10 3.0 4 " ]
	[ "$(jq -c '[.. | objects | .id? // empty]' instruments/klein-2.10.json)" = \
		'["1","1.1","1.10"]' ]
	[ "$(jq -c '[.. | objects | .rests? // empty]' instruments/klein-2.0.json)" = \
		'[["1.1"]]' ]
	questions 2.0 | sed 's/^name.*/{"urn": "urn:x", "version": 2.0, "tasks": []}/; 2,$d' >../klein.json
	refused 'klein.json.*version is no text' fria instrument import ../klein.json
}

@test "versions and numbers of a card and a release are kept as they are written" {
	cat >../card.yaml <<-'END'
	schema_version: 0.1a10
	name: 2024
	version: 1.10
	owners:
	  - organization: Zandmeer
	    oin: 00000001003214345000
	models:
	  - metrics:
	      - {name: recall, value: 0.90}
	END
	fria app add scan --from ../card.yaml
	app=assessments/scan/application.json
	[ "$(jq -c '[.name, .card.version, .card.owners[0].oin]' $app)" = \
		'["2024","1.10","00000001003214345000"]' ]
	printf 'release: 1.10\nname: Scan\ncard: {version: 2.0}\n' >../next.yaml
	fria release scan 1.20 --partial --from ../next.yaml
	[ "$(jq -c '[.release, .card.version]' $app)" = '["1.20","2.0"]' ]
}

# registry ID...: questions in the form of the task registry
registry() {
	printf 'schema_version: 1.1.0\nname: R\nurn: "urn:example:tr:klein:1.0"\ntasks:\n'
	for id; do
		printf '  - question: "Vraag %s?"\n    urn: "urn:example:tr:klein:1.0:%s"\n' "$id" "$id"
		printf '    labels: [{key: topic, value: "Over %s"}]\n    type: [open_question]\n' "${id%.*}"
	done
}

@test "import and check judge the same file alike" {
	registry 1.1 1.2 2.1 2.1.1 2.1.2 3 4.a.1 >../goed.yaml
	printf '    required_status: No\n' >>../goed.yaml
	fria instrument check ../goed.yaml
	fria instrument import ../goed.yaml
	fria app add a --from "$EXAMPLE/entry.json"
	fria new a klein-1.0
	[ "$(evaluation a/klein | jq -c '[.tasks[].id]')" = \
		'["1.1","1.2","2.1","2.1.1","2.1.2","3","4.a.1"]' ]
	fria answer a/klein 2.1 yes
	in_form
	jq -e '[.. | objects | select(.id? == "4.a.1")][0].required == false' instruments/klein-1.0.json
	registry 1.1 1.2 1.1 >../fout.yaml
	run fria instrument check ../fout.yaml
	[ "$status" = 1 ]
	[[ $output == *"fout.yaml: error: Question 1.1 occurs more than once"* ]]
	refused 'Question 1.1 occurs more than once' fria instrument import ../fout.yaml
	registry 1.1 1.2 | sed '$d' | sed 's/^  - question: "Vraag 1.2?"/  - labels: []/; /Over 1"/d' >../leeg.yaml
	refused 'leeg.yaml.*Question 1.2 has no text' fria instrument check ../leeg.yaml
	refused 'leeg.yaml.*Question 1.2 has no text' fria instrument import ../leeg.yaml
}

@test "an official file is checked with our additions, as it is imported" {
	file=$REFERENCE/par-dpia-form/iama.yaml
	[ -e "$file" ] || skip "no reference data"
	fria instrument check "$file"
	file=$REFERENCE/task-registry/iama-1.yaml
	fria instrument check "$file"
	fria instrument import "$file"
}

# --- the official form ---

# Questions with rows, rows that follow those, yes and no, and "does not apply".
form() {
	cat >../form.yaml <<-'END'
	name: Vorm
	urn: "urn:example:vorm"
	version: 1.0
	tasks:
	  - id: 1
	    task: Deel
	    type: [task_group]
	    tasks:
	      - {id: 1.1, task: Waarom?, type: [open_text]}
	      - id: 1.2
	        task: Mag het?
	        type: [radio_option]
	        valueType: "boolean|null"
	        options:
	          - {value: true, label: Ja}
	          - {value: false, label: Nee}
	          - {value: null, label: Niet van toepassing}
	      - id: 10.1
	        task: Doelen
	        type: [task_group]
	        repeatable: true
	        dependencies: [{type: instance_mapping, source: {id: 3.1.1}, action: sync_instances}]
	        tasks:
	          - {id: 10.1.1, task: Doel, type: [open_text]}
	      - id: 3.1
	        task: Verwerkingen
	        type: [task_group]
	        repeatable: true
	        tasks:
	          - {id: 3.1.1, task: Naam, type: [text_input]}
	          - {id: 3.1.2, task: Soort, type: [open_text]}
	END
	fria instrument import ../form.yaml
	fria app add app --from "$EXAMPLE/entry.json"
	fria new app vorm-1.0
	doc=assessments/app/vorm.json
}

# filled TIME ANSWERS: a file of the official form
filled() {
	jq -n --arg at "$1" --argjson a "$2" '{"$schema": "x",
		metadata: {urn: "urn:example:vorm:1.0", createdAt: $at},
		answers: ($a | walk(if type == "object" and has("value")
			then {lastEditedAt: $at} + . else . end))}'
}

# seen TASK: the values that are asked and shown, in order
seen() {
	fria export --format ndjson | jq -rc --arg t "$1" 'select(.task == $t) | .text'
}

@test "yes and no are read and written as the form does, and JSON's own are read" {
	form
	for value in true false '"true"' '"false"'; do
		filled 2026-04-01T00:00:00Z "{\"1.2\": {\"value\": $value}}" >../in.json
		fria import app/vorm ../in.json || [ $? = 1 ]
		taken app/vorm
		[ "$(value 1.2 $doc)" = "${value//\"/}" ]
		fria export app/vorm --format official-form -o ../out.json
		[ "$(jq -c '.answers["1.2"].value' ../out.json)" = "\"${value//\"/}\"" ]
	done
}

@test "does not apply is an answer: given, shown, given out, and taken in again" {
	form
	for words in null "Niet van toepassing"; do
		fria answer app/vorm 1.2 "$words"
		[ "$(jq -c '.answers["1.2"] | [has("value"), .value]' $doc)" = '[true,null]' ]
		[ "$(evaluation app/vorm | jq -r '.tasks[] | select(.id == "1.2").state')" = answered ]
		fria undo app/vorm 1.2 || true
	done
	fria answer app/vorm 1.2 null
	in_form
	fria report app/vorm --format md | grep -q "Niet van toepassing"
	fria export app/vorm --format csv | grep -q "Niet van toepassing"
	[ "$(seen 1.2)" = "Niet van toepassing" ]
	fria save
	fria --json log app/vorm >/dev/null
	fria export app/vorm --format official-form -o ../out.json
	[ "$(jq -c '.answers["1.2"].value' ../out.json)" = '"null"' ]
	fria import app/vorm ../out.json
	[ -z "$(git status --porcelain)" ]
	fria new app vorm-1.0 --name tweede
	for value in null '"null"'; do
		filled 2026-01-01T00:00:00Z "{\"1.2\": {\"value\": $value}, \"1.1\": {\"value\": $value}}" >../in.json
		fria import app/tweede ../in.json
		[ "$(jq -c '[.proposals[] | .task, .value]' assessments/app/tweede.json)" = '["1.2",null]' ]
	done
}

@test "what is older than the answer here is named and left; newer is offered beside it" {
	form
	fria answer app/vorm 1.1 "Van hier"
	for at in 2026-03-09T12:00:00Z 2026-03-10T09:59:00+01:00; do
		filled "$at" '{"1.1": {"value": "Uit het formulier"}}' >../old.json
		run --separate-stderr fria import app/vorm ../old.json
		[ "$status" = 1 ]
		[[ $output == *"1.1 was answered here later than in this file"*"--older"*"Uit het formulier"* ]]
		[ "$(value 1.1 $doc)$(proposed 1.1 $doc)" = "Van hier" ]
	done
	# Without a moment of its own the file's counts.
	jq 'del(.answers["1.1"].lastEditedAt)' ../old.json >../bare.json
	run fria import app/vorm ../bare.json
	[ "$status" = 1 ]
	[ "$(value 1.1 $doc)$(proposed 1.1 $doc)" = "Van hier" ]
	run --separate-stderr fria import app/vorm ../old.json --older
	[[ $stderr == *"1 answer stands in app/vorm as a proposal"* ]]
	[ "$(value 1.1 $doc) $(proposed 1.1 $doc)" = "Van hier Uit het formulier" ]
	# What stands there is said, and stays until somebody takes the other.
	filled 2026-03-11T00:00:00Z '{"1.1": {"value": "Nieuwer"}}' >../new.json
	run --separate-stderr fria import app/vorm ../new.json
	[[ $output == *"1.1 has another answer here. That stays"*"Nieuwer"* ]]
	[ "$(proposed 1.1 $doc | tr '\n' ' ')" = "Uit het formulier Nieuwer " ]
	refused 'Name one: p' fria answer app/vorm 1.1 --proposal
	fria answer app/vorm 1.1 "$(jq -r '.proposals[1].id' $doc)" --proposal
	[ "$(value 1.1 $doc)$(proposed 1.1 $doc)" = Nieuwer ]
	# Also over a waiver.
	fria waive app/vorm 1.1 --kind settled --reason Besloten
	run fria import app/vorm ../old.json
	[ "$status" = 1 ]
	[ "$(jq -c '.answers["1.1"].waived.kind, .proposals' $doc)" = $'"settled"\nnull' ]
	# Cleared there, later: said, and kept.
	fria answer app/vorm 1.1 "Van hier"
	filled 2026-04-01T00:00:00Z '{"1.1": {"value": null}}' >../cleared.json
	run --separate-stderr fria import app/vorm ../cleared.json
	[[ $output == *"1.1 was cleared in this file"*"Van hier"* ]]
	[ "$(value 1.1 $doc)" = "Van hier" ]
}

@test "what is undone is offered again, saved or not; a row that is not wanted goes" {
	form
	fria save
	filled 2026-04-01T00:00:00Z '{"1.1": {"value": "Omdat"},
		"3.1": [{"_index": 0, "3.1.1": {"value": "A"}}, {"_index": 1, "3.1.1": {"value": "B"}}]}' >../in.json
	fria import app/vorm ../in.json
	cp $doc ../offered.json
	fria answer app/vorm 1.1 --proposal
	[ "$(value 1.1 $doc)" = Omdat ]
	[ -z "$(proposed 1.1 $doc)" ]
	fria undo app/vorm 1.1
	[ "$(jq -c '.answers, (.proposals | length)' $doc)" = $'{}\n3' ]
	fria save
	cp $doc ../saved.json
	# Beside a proposal that was saved, an answer of one's own.
	fria answer app/vorm 1.1 "Zelf"
	[ -z "$(proposed 1.1 $doc)" ]
	fria undo app/vorm 1.1
	cmp $doc ../saved.json
	fria answer app/vorm 3.1.1 "$(jq -r '.proposals[] | select(.value == "B").id' $doc)" --proposal
	[ "$(jq -r '.answers["3.1"][]["3.1.1"].value' $doc)" = B ]
	fria undo app/vorm 3.1.1
	cmp $doc ../saved.json
	# The first row is not wanted: nothing is left of it.
	fria answer app/vorm 3.1.1 --row "-$(jq -r '.proposals[] | select(.value == "A").row' $doc)"
	[ "$(proposed 3.1.1 $doc)" = B ]
	refused 'Row|row' fria answer app/vorm 3.1.1 --row -aaaaaaa1
	# It is no answer anywhere: not in the report for others, not in the file.
	fria report app/vorm >../own.md
	grep -A2 'Voorstel p' ../own.md | grep -q Omdat || grep -A2 'Proposal p' ../own.md | grep -q Omdat
	fria report app/vorm --audience public >../public.md
	lacks 'Omdat' ../public.md
	fria export app/vorm --format official-form -o ../out.json
	[ "$(jq -c .answers ../out.json)" = '{}' ]
	in_form
}

@test "an older assessment card does not replace a newer answer" {
	form
	fria answer app/vorm 1.1 "Van hier"
	cat >../card.yaml <<-'END'
	name: vorm
	urn: "urn:example:vorm:1.0"
	contents:
	  - {question: "Waarom?", urn: "urn:example:vorm:1.0:1.1", answer: Oud, timestamp: 2026-01-01}
	END
	run fria import app/vorm ../card.yaml
	[ "$status" = 1 ] && [[ $output == *"1.1 was answered here later"* ]]
	[ "$(value 1.1 $doc)" = "Van hier" ]
}

@test "a file of 2025 is read: under the name of the questionnaire, by instance" {
	form
	cat >../2025.json <<-'END'
	{"metadata": {"savedAt": "2025-06-01T10:00:00.000Z", "activeNamespace": "vorm"},
	 "taskState": {"vorm": {"currentRootTaskId": "1", "completedRootTaskIds": ["1"], "taskInstances": {
	   "a_1": {"id": "a_1", "taskId": "1.1"}, "b_1": {"id": "b_1", "taskId": "3.1.1"},
	   "b_2": {"id": "b_2", "taskId": "3.1.1"}, "c_1": {"id": "c_1", "taskId": "10.1.1"},
	   "c_2": {"id": "c_2", "taskId": "10.1.1"}}}},
	 "answers": {"vorm": {"a_1": {"value": "Omdat", "lastEditedAt": "2025-06-01T10:00:00.000Z"},
	   "b_1": {"value": "Foto's"}, "b_2": {"value": "Routes"}, "c_2": {"value": "Halen"},
	   "1.2": {"value": "true"}, "z_9": {"value": "Zonder plaats"}},
	  "prescan": {"1.1": {"value": "Elders"}}}}
	END
	run --separate-stderr fria --json import app/vorm ../2025.json
	[ "$status" = 1 ]
	[ "$(jq -r '[.[] | .code + .pointer] | sort | join(" ")' <<<"$output")" = \
		"place_completed/taskState place_elsewhere/answers/prescan place_unknown/answers/vorm/z_9" ]
	taken app/vorm
	[ "$(value 1.1 $doc) $(value 1.2 $doc)" = "Omdat true" ]
	[ "$(seen 3.1.1 | tr '\n' ' ')" = "Foto's Routes " ]
	[ "$(seen 10.1.1 | tr '\n' '|')" = "|Halen|" ]
	# The later one of that year: ids as keys, a row's number in them.
	fria new app vorm-1.0 --name tweede
	jq '{metadata: {createdAt: "2025-11-01T00:00:00Z"}, answers: {vorm: {
		"1.1": {value: "Omdat"}, "3.1.1[0]": {value: "A"}, "3.1.1[1]": {value: "B"},
		"10.1.1[1]": {value: "Bij B"}}}}' <<<'{}' >../late.json
	fria import app/tweede ../late.json
	taken app/tweede
	[ "$(jq -c '[.answers["3.1"][1].id == .answers["10.1"][0].id, .answers["10.1"][0]["10.1.1"].value]' assessments/app/tweede.json)" = '[true,"Bij B"]' ]
	jq '.answers |= {prescan: .vorm}' ../late.json >../other.json
	refused "belongs to prescan" fria import app/tweede ../other.json
}

rows='{"10.1": [{"_index": 0, "10.1.1": {"value": "Bij A"}}, {"_index": 2, "10.1.1": {"value": "Bij C"}}],
	"3.1": [{"_index": 0, "3.1.1": {"value": "A"}}, {"_index": 1, "3.1.1": {"value": null}},
		{"_index": 2, "3.1.1": {"value": "C"}, "3.1.2": {"value": "soort"}}]}'

@test "rows that follow other rows come in under those, and are seen" {
	form
	filled 2026-01-01T00:00:00Z "$rows" >../in.json
	fria import app/vorm ../in.json
	cp $doc ../before.json
	fria import app/vorm ../in.json
	cmp $doc ../before.json
	taken app/vorm
	[ "$(seen 3.1.1 | tr '\n' '|')" = "A|C|" ]
	[ "$(seen 10.1.1 | tr '\n' '|')" = "Bij A|Bij C|" ]
	in_form
	cp $doc ../before.json
	fria import app/vorm ../in.json
	cmp $doc ../before.json
	fria save
	fria export app/vorm --format official-form -o ../out.json
	fria import app/vorm ../out.json
	[ -z "$(git status --porcelain)" ]
	# One taken away and one added in the form: the others stay who they are.
	ids=$(jq -c '[.answers["3.1"][].id]' $doc)
	jq '.answers["3.1"] |= [(.[1] | ._index = 0), {_index: 1, "3.1.1": {value: "D"}}] |
		.answers["10.1"] |= [(.[1] | ._index = 0), {_index: 1, "10.1.1": {value: "Bij D"}}]' \
		../out.json >../next.json
	fria import app/vorm ../next.json
	taken app/vorm
	[ "$(seen 3.1.1 | tr '\n' '|')" = "A|C|D|" ]
	[ "$(seen 10.1.1 | tr '\n' '|')" = "Bij A|Bij C|Bij D|" ]
	[ "$(jq -c '[.answers["3.1"][].id][:2]' $doc)" = "$ids" ]
	# With its row goes what follows it.
	fria answer app/vorm 3.1.1 --row "-$(jq -r '.[0]' <<<"$ids")"
	[ "$(seen 10.1.1 | tr '\n' '|')" = "Bij C|Bij D|" ]
	in_form
}

@test "answers out of sight are a finding of check; an import brings back what an earlier one hid" {
	form
	filled 2026-01-01T00:00:00Z "$rows" >../in.json
	fria import app/vorm ../in.json
	taken app/vorm
	jq '.answers["10.1"] |= [(.[0] | .id = "aaaaaaaa"), (.[1] | .id = "bbbbbbbb")]' $doc >../hidden.json
	cp ../hidden.json $doc
	run fria check
	[ "$status" = 1 ]
	[ "$(grep -c 'Nobody sees the answers to 10.1 in row' <<<"$output")" = 2 ]
	[[ $output == *"$doc:"*"aaaaaaaa"*"--row -aaaaaaaa"* ]]
	fria import app/vorm ../in.json
	[ "$(seen 10.1.1 | tr '\n' '|')" = "Bij A|Bij C|" ]
	in_form
	jq '.answers["10.1"] += [{id: "cccccccc", "10.1.1": {value: "Los"}}]' $doc >../lost.json
	cp ../lost.json $doc
	run fria check && [ "$status" = 1 ]
	fria answer app/vorm 10.1.1 --row -cccccccc
	in_form
	# A cell that is no column, a list where no rows are, an answer on a heading.
	jq '.answers["3.1"][0]["1.1"] = {value: "x"} | .answers["1.2"] = [] |
		.answers["1"] = {value: "x"} | .answers["3.1.2"] = {value: "x"}' $doc >../odd.json
	cp ../odd.json $doc
	run fria check
	[ "$(grep -c 'Nobody sees the answer to' <<<"$output")" = 4 ]
}

# --- the register's downloads ---

entries() {
	printf '%s\n' 'algorithm_id;name;organization;goal;status' \
		'11;Slimme camera;Zandmeer;"Schone; straten";In gebruik' \
		'12;Zoëkhulp;Zandmeer;Sneller 😀;In gebruik' \
		'21;Rekenhulp;Polderland;Tellen;In gebruik'
}

@test "spreadsheet files: sep=, UTF-16, marks, separators, and names in capitals" {
	entries >../plain.csv
	tabs() { entries | sed 's/Schone; /Schone@ /; s/;/\t/g; s/@/;/'; }
	tabs >../tab.tsv
	entries | sed 's/"Schone; straten"/Schone. straten/; s/;/|/g; s/Schone\./Schone;/; 1i sep=|' >../sep.csv
	entries | sed '1i "sep=;"\r' >../quoted.csv
	{ printf '\xef\xbb\xbfsep=;\r\n' && entries; } >../bom.csv
	{ printf '\xff\xfe' && entries | iconv -f UTF-8 -t UTF-16LE; } >../LE.CSV
	{ printf '\xfe\xff' && entries | iconv -f UTF-8 -t UTF-16BE; } >../be.csv
	{ printf '\xff\xfe' && tabs | iconv -f UTF-8 -t UTF-16LE; } >../unicode.txt
	entries | iconv -f UTF-8 -t UTF-16LE >../bare.csv
	for file in plain.csv tab.tsv sep.csv quoted.csv bom.csv LE.CSV be.csv unicode.txt bare.csv; do
		rm -rf "../$file.ws" && fria init "../$file.ws" --org Zandmeer
		(cd "../$file.ws" && fria import "../$file" --release 1 &&
			[ "$(fact slimme-camera goal)" = '"Schone; straten"' ] &&
			[ "$(fact zoekhulp goal)" = '"Sneller 😀"' ] && fria check) ||
			{ echo "$file"; return 1; }
	done
	# Half a letter is told with its row, and the rest comes in.
	{ printf '\xff\xfe' && entries | iconv -f UTF-8 -t UTF-16LE | head -c -40; printf '\x00\xd8;\x00\n\x00'; } >../half.csv
	run fria import ../half.csv --release 1
	[ "$status" = 1 ] && [[ $output == *"half.csv:4:1: error"* ]]
	[ "$(fact zoekhulp goal)" = '"Sneller 😀"' ]
}

fact() { jq -c ".register.$2" "assessments/$1/application.json"; }

@test "what has gone from a download is named, each time, and nothing is removed" {
	entries >../may.csv
	fria import ../may.csv
	grep -v Slimme ../may.csv >../june.csv
	for again in 1 2; do
		run --separate-stderr fria import ../june.csv
		[ "$status" = 1 ]
		[[ $output == *'"Slimme camera" is no longer in this file'*"fria retire slimme-camera --on DATE"* ]]
		[ "$(grep -c 'no longer' <<<"$output")" = 1 ]
	done
	[ -e assessments/slimme-camera/application.json ]
	# Not of an organisation that the file does not have, nor of a page.
	grep -v Zandmeer ../may.csv >../polderland.csv
	run fria import ../polderland.csv
	[ "$status" = 0 ]
	echo '{"total_count": 3, "results": [{"name": "Zoëkhulp", "lars": "12", "organization": "Zandmeer"}]}' >../page.json
	run fria import ../page.json
	[ "$status" = 0 ]
	jq 'del(.total_count)' ../page.json >../list.json
	run fria import ../list.json
	[ "$status" = 1 ] && [[ $output == *"Slimme camera"* ]]
	# A row that cannot be read may be it.
	{ cat ../june.csv && echo '11;"Slimme" camera;Zandmeer;x;y'; } >../broken.csv
	run fria import ../broken.csv
	[[ $output == *"note"*"Slimme camera"*"in a row that cannot be read"* ]]
	# Once it is recorded, it is not said again.
	fria retire slimme-camera --on 2026-03-01
	run fria import ../june.csv
	[ "$status" = 0 ]
}

@test "an application that is gone from the folder comes back whole with its entry" {
	entries >../all.csv
	fria import ../all.csv
	fria app set zoekhulp /use/purpose "Zoeken"
	rm -r assessments/zoekhulp
	run --separate-stderr fria import ../all.csv
	[ "$status" = 0 ] && [[ $output == *"zoekhulp/application.json was gone"*"put back"* ]]
	[ "$(jq -r .use.purpose assessments/zoekhulp/application.json)" = Zoeken ]
	[ -z "$(git status --porcelain)" ]
	[ "$(fria app list | grep -c .)" = 3 ]
}

@test "only the entries of one organisation; a name that is not there gets those that are" {
	entries >../all.csv
	run --separate-stderr fria import ../all.csv --organisation zandmeer
	[ "$status" = 0 ]
	[ "$(fria app list | grep -c .)" = 2 ]
	refused "nothing of \"Polder\".*Polderland; Zandmeer" fria import ../all.csv --organisation Polder
	run --separate-stderr fria import ../all.csv
	[[ $output == *"2 organisations"*"--organisation"*"Zandmeer; Polderland"* ]]
	[ "$(fria app list | grep -c .)" = 3 ]
	# What is gone is told within the one that is asked for.
	grep -v Zoëkhulp ../all.csv | grep -v Rekenhulp >../less.csv
	run fria import ../less.csv --organisation Zandmeer
	[ "$status" = 1 ] && [[ $output == *Zoëkhulp* && $output != *Rekenhulp* ]]
}

@test "fields of an entry without a place are named once" {
	echo '[{"name": "A", "lars": "1", "goal": "x", "hierarchy_path": "/a", "code": 7},
		{"name": "B", "lars": "2", "code": 8, "create_dt": null}]' >../api.json
	run --separate-stderr fria import ../api.json
	[ "$status" = 0 ]
	[[ $output == *"kept in entry.json: hierarchy_path (1), code (2)"* ]]
	[[ $output != *create_dt* && $output != *goal* ]]
	[ "$(jq .received.code assessments/a/entry.json)" = 7 ]
	echo '{"algoritmes": [{"title": "C", "id": "3", "doel": "y", "toegevoegd": "2026", "status": "in_gebruik"}]}' >../less.json
	run --separate-stderr fria import ../less.json
	[[ $output == *"not taken over: toegevoegd (1)"* ]]
	printf 'extra;name;lars\nx;D;4\n' >../d.csv
	run --separate-stderr fria import ../d.csv
	[[ $output == *'"extra"'* ]]
}

@test "register check reads whatever import reads" {
	entries >../all.csv
	fria import ../all.csv
	fria save || true
	sed 's/Sneller/Trager/' ../all.csv >../next.csv
	{ printf '\xff\xfe' && iconv -f UTF-8 -t UTF-16LE ../next.csv; } >../next16.csv
	jq -n '{results: [{name: "Rekenhulp", lars: "21"}, {name: "Anders", lars: "12", goal: "Trager 😀"}]}' >../api.json
	jq -n '{algoritmes: [{title: "X", id: "1"}, {title: "Zoëkhulp", id: "12", doel: "Trager 😀"}]}' >../scrape.json
	for file in next.csv next16.csv api.json scrape.json; do
		run --separate-stderr fria --json register check zoekhulp --entry "../$file"
		[ "$status" = 1 ] || { echo "$file: $status $stderr"; return 1; }
		[ "$(jq -r '.fields[] | select(.field == "goal") | .state + .published' <<<"$output")" = \
			"differsTrager 😀" ] || { echo "$file: $output"; return 1; }
	done
	grep -v Zoëkhulp ../all.csv >../no.csv
	refused "holds no entry" fria register check zoekhulp --entry ../no.csv
}

# --- tables out ---

@test "tables go out with semicolons and a mark; a script asks for commas" {
	entries >../all.csv
	fria import ../all.csv
	fria new slimme-camera start-1.0
	fria save
	fria export --format csv -o ../out.csv
	[ "$(head -c 3 ../out.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
	head -n 1 ../out.csv | grep -q '"assessment";"instrument";"release"'
	fria export --format csv --separator , | head -n 1 | grep -q '"assessment","instrument","release"'
	fria export --format csv --separator tab | head -n 1 | grep -q $'"assessment"\t"instrument"'
	refused 'cannot stand between cells' fria export --format csv --separator x
	fria status --format csv >../status.csv || [ $? = 1 ]
	[ "$(head -c 3 ../status.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
	head -n 1 ../status.csv | grep -q '";"'
	fria status --format csv --separator , | head -n 1 | grep -q '","'
}
