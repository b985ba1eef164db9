#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# To a newer version of the questions: what moves, what stays, what follows.
load common

setup() { common_setup; }

# An IAMA 1.0, partly filled in and saved.
old_iama() {
	workspace
	fria new straatafval iama-1.0
	fria answer straatafval/iama 1.1.1 "Too much litter."
	fria answer straatafval/iama 1.5.1 "Municipality and builder."
	fria answer straatafval/iama 1.5.2 "The builder builds."
	fria answer straatafval/iama 2A.1.1 "Zelflerend"
	fria answer straatafval/iama 2A.2.2 "Good enough."
	fria answer straatafval/iama 2B.1.1 "A neural network looks at pictures."
	fria waive straatafval/iama 2A.4.3 --kind settled --reason "Archive act."
	fria answer straatafval/iama 3.6.3 "Maps can be read."
	fria save
}

answer_of() { # NAME TASK
	jq -r --arg t "$2" '.answers[$t].value' "assessments/straatafval/$1.json"
}

@test "IAMA 1.0 is there whole, and a name without version means the newest" {
	workspace
	fria instrument check iama-1.0
	[ "$(fria --json instrument show urn:nl:iama:1.0 |
		jq '[.. | objects | select(.type? == ["open_text"])] | length')" = 57 ]
	[ "$(fria --json instrument show iama | jq -r .version)" = 2.0 ]
	fria instrument show urn:nl:aivt:tr:iama:1.0 | grep -q "urn:nl:iama:1.0"
}

@test "the task registry's own file comes in, with our additions" {
	file=$REFERENCE/task-registry/iama-1.yaml
	[ -e "$file" ] || skip "no reference data"
	workspace
	fria instrument import "$file"
	fria instrument check iama-1.0
	pinned=instruments/iama-1.0.json
	[ "$(jq -r '.urn + ":" + .version' "$pinned")" = urn:nl:iama:1.0 ]
	[ "$(jq '[.. | objects | select(.type? == ["open_text"])] | length' "$pinned")" = 57 ]
	# one id is misspelled there; ours is the right one, theirs is kept
	jq -e '[.. | objects | select(.id? == "2A.2.2")][0] |
		.official == "2.A.2.2" and .rests == ["2A.2.1"] and
		.task.en != null' "$pinned"
	[ "$(jq -r '.tasks[].id' "$pinned" | tr '\n' ' ')" = "1 2A 2B 3 4 " ]
	# an assessment of the official questions can be moved as well
	fria new straatafval iama-1.0
	fria answer straatafval/iama 2A.2.2 "Good enough."
	fria save
	fria migrate straatafval/iama --to iama-2.0
	[ "$(answer_of iama-2 2.3.2)" = "Good enough." ]
}

@test "answers move one to one, merged and split; the rest is named" {
	old_iama
	cp $IAMA ../before.json
	run fria migrate straatafval/iama --to urn:nl:iama:2.0
	[ "$status" = 0 ]
	[[ $output == *"1.1.1 ← 1.1.1"* ]]
	[[ $output == *"1.4.1.1 ← 1.5.1, 1.5.2"* ]]
	[[ $output == *"2.3.2 ← 2A.2.2"* ]]
	[[ $output == *"stays in straatafval/iama (2)"* ]]
	[[ $output == *"2A.4.3"*"3.6.3"* ]]
	[ "$(git log --format=%s -1)" = "straatafval/iama: moved to Human rights and algorithms impact assessment, version 2.0, as straatafval/iama-2" ]
	[ -z "$(git status --porcelain)" ]
	# an option by what it is called; two old texts for one question
	[ "$(answer_of iama-2 2.1.1.1)" = zelflerend ]
	answer_of iama-2 2.1.1.2 | grep -q "Zelflerend"
	answer_of iama-2 2.1.1.2 | grep -q "neural network"
	answer_of iama-2 1.4.1.1 | grep -q "^\*\*Who does what"
	# the old one says so, and lost nothing
	fria report straatafval/iama --audience public | grep -q "Replaced by.*iama-2"
	[ "$(jq -r .superseded_by $IAMA)" = iama-2 ]
	cmp <(jq 'del(.superseded_by)' $IAMA) \
		<(jq . ../before.json)
	[ "$(jq -r .origin.from assessments/straatafval/iama-2.json)" = straatafval/iama ]
	in_form
}

@test "what was said of all rights together stays so: no row is made of it" {
	old_iama
	fria answer straatafval/iama 4.3.1 "Privacy: light. Property: medium."
	fria save && fria migrate straatafval/iama --to iama-2.0
	for id in 4.3.1 4.3.2 4.3.3; do
		[ "$(answer_of iama-2 $id)" = "Privacy: light. Property: medium." ]
	done
	[ "$(jq -c '.answers["4.r"]' assessments/straatafval/iama-2.json)" = null ]
	fria evaluate straatafval/iama-2 >../said || [ $? = 1 ]
	not grep -q "4\.r" ../said
}

@test "what moved is to be judged again because the question is another" {
	old_iama
	fria migrate straatafval/iama --to iama-2.0
	run fria --json evaluate straatafval/iama-2
	[ "$status" = 1 ]
	jq -e '.counts.answered == 0 and .counts.stale > 5' <<<"$output"
	jq -e '[.tasks[] | select(.state == "stale") | .reasons[0].kind] |
		unique == ["instrument"]' <<<"$output"
	fria confirm straatafval/iama-2 1.1.1 --note "Asks the same."
	run fria --json evaluate straatafval/iama-2
	jq -e '.tasks[] | select(.id == "1.1.1") | .state == "answered"' <<<"$output"
}

@test "comments and approvals stay with the old assessment" {
	old_iama
	file=$IAMA
	jq '.comments = [{id: "c1", task: "1.1.1", text: "Hm.", by: "R", at: "2026-03-10T09:00:00Z"}]' \
		"$file" >../x && cp ../x "$file"
	fria save
	fria migrate straatafval/iama --to iama-2.0
	jq -e '.comments | length == 1' "$file"
	jq -e 'has("comments") or has("approvals") | not' assessments/straatafval/iama-2.json
}

@test "the result as JSON, and in Dutch" {
	old_iama
	run --separate-stderr fria --json migrate straatafval/iama --to iama-2.0 --name nieuw
	[ "$status" = 0 ]
	jq -e '.assessment == "straatafval/nieuw" and .from == "straatafval/iama"' <<<"$output"
	jq -e '.instrument == {before: "urn:nl:iama:1.0", after: "urn:nl:iama:2.0"}' <<<"$output"
	jq -e '[.kept[].task] == ["2A.4.3", "3.6.3"]' <<<"$output"
	jq -e '[.mapped[].kind] | unique == ["merged", "one-to-one", "split"]' <<<"$output"
	[ "$(git rev-parse HEAD)" = "$(jq -r .commit <<<"$output")" ]
	fria new straatafval iama-1.0 --name oud
	fria answer straatafval/oud 1.1.1 "X."
	fria save
	run $FRIA --lang nl migrate straatafval/oud --to iama-2.0
	[[ $output == *"Eén op één overgezet (1)"* ]]
}

@test "a FRIA that rests on the IAMA finds the new one" {
	workspace
	# a version without the questions that the FRIA means does not count
	fria new straatafval iama-1.0
	fria answer straatafval/iama 3.1.1 "From May."
	fria new straatafval fria-1.0
	fria save
	not grep -q "From May" assessments/straatafval/fria.json
	fria migrate straatafval/iama --to iama-2.0
	fria answer straatafval/iama-2 3.1.1 "A list goes to the team."
	task=$(jq -r '[.. | objects | select((.rests? // []) | index("iama#3.1.1"))][0].id' \
		instruments/fria-1.0.json)
	fria answer straatafval/fria "$task" "A list goes to the team."
	run fria --json evaluate straatafval/fria
	jq -e --arg t "$task" '[.tasks[] | select(.id == $t)][0].state == "answered"' <<<"$output"
	fria answer straatafval/iama-2 3.1.1 "A list goes to the driver."
	run fria --json evaluate straatafval/fria
	jq -e --arg t "$task" '[.tasks[] | select(.id == $t)][0] |
		.state == "stale" and .reasons[0].task == "iama#3.1.1"' <<<"$output"
}

@test "what cannot be moved is refused, and nothing changes" {
	old_iama
	refused 'Give --to' fria migrate straatafval/iama
	refused 'no questionnaire "nope"' fria migrate straatafval/iama --to nope
	refused 'uses urn:nl:iama:1.0 already' fria migrate straatafval/iama --to iama-1.0
	refused 'no way from urn:nl:iama:1.0 to urn:nl:fria:1.0' \
		fria migrate straatafval/iama --to fria-1.0
	refused 'no assessment' fria migrate straatafval/nope --to iama-2.0
	refused 'exists already' fria migrate straatafval/iama --to iama-2.0 --name iama
	refused 'cannot be' fria migrate straatafval/iama --to iama-2.0 --name ../x
	fria answer straatafval/iama 1.2.1 "Less litter."
	refused 'not saved yet' fria migrate straatafval/iama --to iama-2.0
	fria save
	fria migrate straatafval/iama --to iama-2.0
	refused 'moved already: iama-2' fria migrate straatafval/iama --to iama-2.0
	refused 'no way from urn:nl:iama:2.0' fria migrate straatafval/iama-2 --to iama-1.0
}

@test "a FRIA that starts later takes its texts from what took the IAMA's place" {
	old_iama
	fria answer straatafval/iama 3.1.1 "A list goes to the team."
	fria save
	fria migrate straatafval/iama --to iama-2.0
	fria answer straatafval/iama-2 3.1.1 "A list goes to the driver."
	fria new straatafval fria-1.0
	fria answer straatafval/fria 2.1 --proposal
	jq -e '.answers["2.1"] | .origin == "iama-2#3.1.1" and .value == "A list goes to the driver."' \
		assessments/straatafval/fria.json
}

@test "the first questions move to their second version" {
	workspace
	fria new straatafval start-1.0
	for answer in "1.1 algoritme" "1.2 publiek" "1.3 beide" "1.4 false" "2.1 iii-5a" "2.2 true" "4.3 true"; do
		fria answer straatafval/start ${answer}
	done
	fria save
	run --separate-stderr fria --json migrate straatafval/start --to start-2.0
	[ "$status" = 0 ]
	# A prohibited practice is asked once: what was no, is none of them.
	jq -e '.answers | [."1.1", ."1.4", ."2.1", ."2.2"] | map(.value) ==
		["vaste-regels", ["geen"], "iii-5a", "ja-niet-gezien"]' assessments/straatafval/start-2.json
	jq -e '[.kept[].task] == ["4.3"]' <<<"$output"
	jq -e 'has("4.3") | not' <(jq .answers assessments/straatafval/start-2.json)
	evaluation straatafval/start-2 | jq -e '[.tasks[] | select(.state == "answered")] == []'
	evaluation straatafval/start-2 | jq -e '.conclusions | length == 29 and all(.level) and all(.because | length > 0)'
}

@test "what nobody stood for is offered to the new questions, and answers none" {
	old_iama
	jq 'del(.answers["1.1.1"].basis) | .answers["2A.2.2"].basis = null |
		del(.answers["2A.2.2"].basis)' $IAMA >../x && cp ../x $IAMA
	fria save
	run fria migrate straatafval/iama --to iama-2.0
	[ "$status" = 0 ]
	new=assessments/straatafval/iama-2.json
	jq -e '[.answers[] | objects | select(has("basis") | not)] == []' $new
	jq -e '(.answers | has("1.1.1") | not) and
		([.proposals[] | select(.task == "1.1.1") | .value, .from] ==
			["Too much litter.", "straatafval/iama#1.1.1"])' $new
	jq -e '[.proposals[].task] == ["1.1.1", "2.2B.2", "2.3.2"]' $new
	in_form
	evaluation straatafval/iama-2 | jq -e '.tasks[] | select(.id == "1.1.1") | .state == "open"'
	fria answer straatafval/iama-2 1.1.1 --proposal
	jq -e '.answers["1.1.1"] | has("basis") and .origin == "straatafval/iama#1.1.1"' $new
}
