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
	[ "$told" -gt 20 ]
	fria report chatbot/fria -o ../r.md
	[ "$(grep -c "Now: $name, limit: 77$" ../r.md)" = 1 ]
	[ "$(grep -c 'Metrics and limits" has changed: see \[' ../r.md)" -gt 20 ]
	[ -z "$(grep -E 'Was:|Now:' ../r.md | grep -F "$other")" ]
	# The place that the others point at is there.
	fria report chatbot/fria --format html -o ../r.html
	at=$(sed -n 's/.*Metrics and limits" has changed: see \[[^]]*\](#\([^)]*\)).*/\1/p' ../r.md | sort -u)
	grep -q "id=\"$at\"" ../r.html
	# On the terminal the same.
	run --separate-stderr fria evaluate chatbot/fria
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"limit: [-90-] {+77+}"* ]]
	[[ $output != *"$other"*"limit: "* ]]
	run --separate-stderr $FRIA --lang nl evaluate chatbot/fria
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"grens: [-90-] {+77+}"* ]]
}
