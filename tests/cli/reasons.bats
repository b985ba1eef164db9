#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Why an answer must be judged again: what differs, once, and no more.
load common

setup() { common_setup; }

# The metrics with another limit for one of them.
other_limit() {
	jq --arg one "$1" '{monitoring: (.monitoring | .[$one].threshold = 77)}' \
		assessments/chatbot/application.json
}

@test "of a changed fact only the changed members are told, and once in a report" {
	adopted_chatbot
	metric=$(jq -r '.monitoring | keys[0]' assessments/chatbot/application.json)
	name=$(jq -r --arg m "$metric" '.monitoring[$m].name' assessments/chatbot/application.json)
	other=$(jq -r '.monitoring | [.[].name][1]' assessments/chatbot/application.json)
	other_limit "$metric" >../facts.json
	fria release chatbot 1.1 --partial --patch --from ../facts.json
	told=$(fria --json evaluate chatbot/fria |
		jq '[.tasks[].reasons[]? | select(.pointer == "/monitoring")] | length')
	# What is measured, what would make us stop (a limit was loosened), and
	# four cells of the one row that names it.
	[ "$told" = 6 ]
	fria report chatbot/fria -o ../r.md
	[ "$(grep -c "Now: $name, limit: 77$" ../r.md)" = 1 ]
	[ "$(grep -c 'Metrics and limits" has changed.*: see \[' ../r.md)" = 5 ]
	[ -z "$(grep -E 'Was:|Now:' ../r.md | grep -F "$other")" ]
	# The place that the others point at is there.
	fria report chatbot/fria --format html -o ../r.html
	at=$(sed -n 's/.*Metrics and limits" has changed.*: see \[[^]]*\](#\([^)]*\)).*/\1/p' ../r.md | sort -u)
	grep -q "id=\"$at\"" ../r.html
	# On the terminal the same.
	run --separate-stderr fria evaluate chatbot/fria
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"limit: [-90-] {+77+}"* ]]
	[[ $output != *"$other"*"limit: "* ]]
	run --separate-stderr $FRIA --lang nl evaluate chatbot/fria
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"grens: [-90-] {+77+}"* ]]
}

@test "a change is told with the release that brought it, however long ago" {
	fria init . --org Gemeente
	jq -n '{urn: "urn:nl:t", version: "1.0", name: "T", tasks: [
		{id: "1", task: "A", type: ["open_text"],
			facts: ["/use/purpose", "/use/frequency"]}]}' >../t.json
	fria instrument import ../t.json
	fria save
	jq -n '{use: {purpose: "p0", frequency: "f0", process: "a0"}}' >../f.json
	fria app add app --from ../f.json
	fria new app t-1.0
	fria answer app/t 1 x
	fria save
	for n in $(seq 1 12); do
		jq -n --arg n "$n" '{use: ({process: "a\($n)"}
			+ if $n == "2" then {purpose: "p2"} else {} end
			+ if $n == "11" then {frequency: "f11"} else {} end)}' >../f.json
		fria release app "r$n" --partial --patch --from ../f.json
		[ "$n" != 5 ] || git commit -q --allow-empty -m between
	done
	# Saved, unsaved, and taken back by hand.
	since() {
		fria --json evaluate app/t |
			jq -r '.causes[] | "\(.pointer) \(.release)"' | sort
	}
	[ "$(since)" = "/use/frequency r11
/use/purpose r2" ]
	jq '.use.process = "elsewhere"' assessments/app/application.json >../new
	cp ../new assessments/app/application.json
	[ "$(since)" = "/use/frequency r11
/use/purpose r2" ]
	git checkout -q assessments
	# On two lines of history that came together.
	git checkout -q -b other HEAD~4
	git commit -q --allow-empty -m elsewhere
	git checkout -q -
	git merge -q --no-edit other
	[ "$(since)" = "/use/frequency r11
/use/purpose r2" ]
}
