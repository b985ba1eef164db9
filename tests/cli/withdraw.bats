#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What was withdrawn stays where it is, and counts for nothing.
load common

setup() { common_setup; }

APP=assessments/straatafval/application.json

@test "a mistyped measurement is withdrawn, and counts for nothing" {
	adopted
	evaluation >../before
	refused 'that can be withdrawn' fria app metric straatafval opruimtijd \
		--withdraw --date 2020-01-01 --note "Typo."
	run fria app metric straatafval opruimtijd --value 4000
	[[ $output != *"no answer is affected"* ]]
	evaluation | jq -e '[.tasks[].reasons[] | select(.kind == "monitoring")] | length > 0'
	evaluation | jq -e '.metrics[] | select(.metric == "opruimtijd").over'
	n=$(jq '.monitoring.opruimtijd.series | length' $APP)
	refused 'with --note why' fria app metric straatafval opruimtijd --withdraw
	refused 'recorded by R. Jansen' as Piet fria app metric straatafval \
		opruimtijd --withdraw --note "Not mine."
	run --separate-stderr fria app metric straatafval opruimtijd --withdraw --note "It was 40.00."
	[ "$status" = 0 ] && [[ $stderr == *"Gemiddelde tijd tussen neerzetten en opruimen, 4"*" on "*" 2026."* ]]

	[ "$(jq '.monitoring.opruimtijd.series | length' $APP)" = "$n" ]
	jq -e '.monitoring.opruimtijd.series[-1] | .value == 4000 and
		.withdrawn.note == "It was 40.00." and
		.withdrawn.by == "R. Jansen <r@example.org>"' $APP
	diff <(jq 'del(.revision, .findings)' ../before) \
		<(evaluation | jq 'del(.revision, .findings)')
	refused 'is withdrawn already.*--date' fria app metric straatafval \
		opruimtijd --withdraw --note "Again."
	fria verify
	in_form
	fria report straatafval/iama | grep -c 4000 && return 1
	fria app metric straatafval opruimtijd --value 4000
	[ "$(jq '.monitoring.opruimtijd.series | length' $APP)" = $((n + 1)) ]
}

@test "a word that was given by mistake is withdrawn by who gave it" {
	adopted
	as Carla fria approve straatafval/iama --role lawyer negative --note "Wrong file."
	evaluation | jq -e '[.approvals[] | select(.role == "accountable")][0].state == "lapsed"'
	refused 'with --note why' as Carla fria approve straatafval/iama --role lawyer --withdraw
	refused 'recorded by Carla' as Piet fria approve straatafval/iama \
		--role lawyer --withdraw --note "Not mine."
	as Carla fria approve straatafval/iama --role lawyer --withdraw --note "Wrong file."

	jq -e '.approvals[-1].withdrawn.by == "Carla <carla@example.org>"' $IAMA
	evaluation | jq -e '[.approvals[] | select(.role == "lawyer")] |
		.[0].state == "valid" and .[1].state == "lapsed" and
		.[1].because[0].kind == "withdrawn"'
	evaluation | jq -e '[.approvals[] | select(.role == "accountable")][0].state == "valid"'
	refused 'is withdrawn already.*--date' as Carla fria approve \
		straatafval/iama --role lawyer --withdraw --note "Again."
	fria gate straatafval
	fria verify
	in_form
	fria log straatafval/iama | grep -q "lawyer: withdrawn"
	fria diff straatafval/iama HEAD~1 HEAD | grep -q withdrawn

	# Nobody takes back the word of another behind the program's back.
	jq --indent 2 '.approvals[0].withdrawn = {by: "R. Jansen <r@example.org>",
		at: "2026-03-10T09:00:00Z", note: "gone"}' $IAMA >../edited
	mv ../edited $IAMA && git commit -qam "by hand"
	run -1 fria verify
	[[ $output == *"edited here afterwards"* ]]
}

@test "a withdrawal comes along when two histories are merged" {
	adopted
	fria app metric straatafval opruimtijd --value 4000
	git branch theirs
	fria app metric straatafval opruimtijd --withdraw --note "Typo."
	git checkout -q theirs
	fria app metric straatafval opruimtijd --value 30 --date 2026-03-09
	git checkout -q - && fria setup-git && git merge -q theirs -m merge
	jq -e '.monitoring.opruimtijd.series | map(select(.value == 4000)) |
		length == 1 and (.[0].withdrawn != null)' $APP
	jq -e '.monitoring.opruimtijd.series | map(.value) | index(30) != null' $APP
}
