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
		filled 2026-01-01T00:00:00Z "{\"1.2\": {\"value\": $value}}" >../in.json
		fria import app/vorm ../in.json || [ $? = 1 ]
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
		[ "$(jq -c '.answers | map_values(has("value"))' assessments/app/tweede.json)" = '{"1.2":true}' ]
	done
}

@test "what is older than the answer here is named and left; newer is taken" {
	form
	fria answer app/vorm 1.1 "Van hier"
	for at in 2026-03-09T12:00:00Z 2026-03-10T09:59:00+01:00; do
		filled "$at" '{"1.1": {"value": "Uit het formulier"}}' >../old.json
		run --separate-stderr fria import app/vorm ../old.json
		[ "$status" = 1 ]
		[[ $output == *"1.1 was answered here later than in this file"*"--older"*"Uit het formulier"* ]]
		[ "$(value 1.1 $doc)" = "Van hier" ]
	done
	# Without a moment of its own the file's counts.
	jq 'del(.answers["1.1"].lastEditedAt)' ../old.json >../bare.json
	run fria import app/vorm ../bare.json
	[ "$status" = 1 ] && [ "$(value 1.1 $doc)" = "Van hier" ]
	fria import app/vorm ../old.json --older
	[ "$(value 1.1 $doc)" = "Uit het formulier" ]
	fria answer app/vorm 1.1 "Van hier"
	filled 2026-03-11T00:00:00Z '{"1.1": {"value": "Nieuwer"}}' >../new.json
	fria import app/vorm ../new.json
	[ "$(value 1.1 $doc)" = Nieuwer ]
	# Also over what came in and nobody stands for yet, and over a waiver.
	run fria import app/vorm ../old.json
	[ "$status" = 1 ] && [ "$(value 1.1 $doc)" = Nieuwer ]
	fria waive app/vorm 1.1 --kind settled --reason Besloten
	run fria import app/vorm ../old.json
	[ "$status" = 1 ] && [ "$(jq -c '.answers["1.1"].waived.kind' $doc)" = '"settled"' ]
	# Cleared there, later: said, and kept.
	fria answer app/vorm 1.1 "Van hier"
	filled 2026-04-01T00:00:00Z '{"1.1": {"value": null}}' >../cleared.json
	run --separate-stderr fria import app/vorm ../cleared.json
	[[ $output == *"1.1 was cleared in this file"*"Van hier"* ]]
	[ "$(value 1.1 $doc)" = "Van hier" ]
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
	[ "$(value 1.1 $doc) $(value 1.2 $doc)" = "Omdat true" ]
	[ "$(seen 3.1.1 | tr '\n' ' ')" = "Foto's Routes " ]
	[ "$(seen 10.1.1 | tr '\n' '|')" = "|Halen|" ]
	# The later one of that year: ids as keys, a row's number in them.
	fria new app vorm-1.0 --name tweede
	jq '{metadata: {createdAt: "2025-11-01T00:00:00Z"}, answers: {vorm: {
		"1.1": {value: "Omdat"}, "3.1.1[0]": {value: "A"}, "3.1.1[1]": {value: "B"},
		"10.1.1[1]": {value: "Bij B"}}}}' <<<'{}' >../late.json
	fria import app/tweede ../late.json
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
