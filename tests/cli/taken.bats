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
