#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Edges that narrow: how a questionnaire says them, how they are shown, kept and
# told, and what is refused.

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	common_setup
	workspace
	jq -n '{urn: "urn:nl:t", version: "1.0", name: {nl: "T", en: "T"}, tasks: [
		{id: "1", task: {nl: "Leren", en: "Learning"}, type: ["open_text"],
		 facts: [{pointer: "/use/data", where: {kind: ["train", "test"]}},
			{pointer: "/use/phase", from: "proef", to: "in-gebruik"},
			{pointer: "/monitoring", on: ["crossing", "loosened"]}]},
		{id: "g", task: {nl: "Groepen", en: "Groups"}, type: ["task_group"],
		 repeatable: true, item_name: {nl: "groep", en: "group"}, tasks: [
			{id: "g.wie", task: {nl: "Wie", en: "Who"},
			 type: ["text_input"]},
			{id: "g.aantal", task: {nl: "Aantal", en: "Number"},
			 type: ["text_input"], required: false}]},
		{id: "r", task: {nl: "Gevolgen", en: "Effects"},
		 type: ["task_group"], repeatable: true,
		 rests: [{row_of: "g", named_by: "r.groep"}], tasks: [
			{id: "r.groep", task: {nl: "Groep", en: "Group"},
			 type: ["select_option"], dependencies: [
				{type: "source_options", source: {id: "g.wie"}}]},
			{id: "r.wat", task: {nl: "Wat", en: "What"},
			 type: ["open_text"]}]}]}' >../t.json
	fria app set straatafval /use/phase proef
}

# edited FILTER: the questionnaire, changed
edited() { jq "$1" ../t.json >../other.json; }

@test "they are said, kept in the basis, and told with what they are narrowed to" {
	fria instrument import ../t.json
	fria new straatafval t-1.0
	run fria instrument show t-1.0
	[[ $output == *"Sources of data (only kind: training; test)"* ]]
	[[ $(flat "$output") == *"Phase (only from pilot to in use)"* ]]
	[[ $(flat "$output") == *"(only measurement over the limit, looser limit)"* ]]
	[[ $output == *"g (only what the same row names at r.groep)"* ]]
	run $FRIA --lang nl instrument show t-1.0
	[[ $output == *"g (alleen wat dezelfde regel noemt bij r.groep)"* ]]
	fria answer straatafval/t 1 "Iets."
	fria answer straatafval/t g.wie bewoners --row new
	fria answer straatafval/t g.wie bezoekers --row new
	fria answer straatafval/t r.groep bewoners --row new
	fria answer straatafval/t r.wat "Iets." --row 1
	fria save
	fria check
	[ "$(jq -c '.answers["1"].basis.facts | keys[] | select(test("phase"))' \
		assessments/straatafval/t.json)" = \
		'"{\"from\":\"proef\",\"pointer\":\"/use/phase\",\"to\":\"in-gebruik\"}"' ]
	[ "$(jq -c '.answers.r[0]["r.wat"].basis.answers | keys' \
		assessments/straatafval/t.json)" = \
		'["{\"named_by\":\"r.groep\",\"row_of\":\"g\"}"]' ]
	fria answer straatafval/t g.aantal 20 --row 2
	[ "$(in_state stale straatafval/t)" = "" ]
	fria answer straatafval/t g.aantal 10 --row 1
	[ "$(in_state stale straatafval/t)" = r.wat ]
	[ "$(evaluation straatafval/t | jq -c '.tasks[] |
		select(.id == "r.wat") | .reasons[] | [.task, .before.rows,
			.after.rows]')" = \
		'["g",[["bewoners",null]],[["bewoners","10"]]]' ]
	# In words at the question, wherever the list by cause is.
	run fria evaluate straatafval/t
	[[ $(flat "$output") == *'r.wat [1] What (group "bewoners", named in this row)'* ]]
	run $FRIA --lang nl evaluate straatafval/t
	[[ $(flat "$output") == *'r.wat [1] Wat (groep "bewoners", genoemd in deze regel)'* ]]
	fria report straatafval/t -o ../r.md
	grep -q 'group "bewoners", named in this row' ../r.md
	printf '\n' | fria fill straatafval/t >../said 2>&1 || true
	[[ $(flat "$(cat ../said)") == *'(group "bewoners", named in this row)'* ]]
	run fria confirm straatafval/t r.wat --row 1 --note "Gezien."
	echo "$output"
	[[ $(flat "$output") == *'Answer to g Groups ~ (1) bewoners{+; 10+} r.wat [1] What'* ]]
	[ "$(in_state stale straatafval/t)" = "" ]
	fria app set straatafval /use/phase uitfasering
	[ "$(evaluation straatafval/t | jq -c '[.tasks[] |
		select(.id == "1") | .reasons[].edge]')" = '[]' ]
	fria app set straatafval /use/phase in-gebruik
	[ "$(evaluation straatafval/t | jq -c '[.tasks[] | select(.id == "1") |
		.reasons[] | [.pointer, .edge, .before, .after]]')" = \
		'[["/use/phase","{\"from\":\"proef\",\"pointer\":\"/use/phase\",\"to\":\"in-gebruik\"}","proef","in-gebruik"]]' ]
}

@test "what narrows several rows alike is said once; what differs is said of all" {
	fria instrument import ../t.json
	fria new straatafval t-1.0
	fria answer straatafval/t g.wie bewoners --row new
	fria answer straatafval/t g.wie bezoekers --row new
	for group in bewoners bewoners bezoekers; do
		fria answer straatafval/t r.groep "$group" --row new
	done
	for row in 1 2; do fria answer straatafval/t r.wat "Iets." --row $row; done
	fria save
	fria answer straatafval/t g.aantal 10 --row 1
	run fria evaluate straatafval/t
	[[ $(flat "$output") == *'r.wat [1, 2] What (group "bewoners", named in this row)'* ]]
	fria undo straatafval/t
	fria answer straatafval/t r.wat "Iets." --row 3
	fria save
	fria answer straatafval/t g.aantal 10 --row 1
	fria answer straatafval/t g.aantal 10 --row 2
	run fria evaluate straatafval/t
	[[ $(flat "$output") == *'What ('*'only what the same row names at r.groep)'* ]] ||
		[[ $(flat "$output") == *'group "bezoekers", named in this row'* ]]
}

@test "what cannot be is refused, with its place and what to do" {
	edited '.tasks[0].facts[0].were = {}'
	refused 'other.json:[0-9]+:[0-9]+: What the answer to 1 rests on cannot be read.*schema.json.$' fria instrument import ../other.json
	edited '.tasks[0].facts[1] |= del(.to)'
	refused 'from|to' fria instrument import ../other.json
	edited '.tasks[0].facts[2].pointer = "/use/data"'
	refused 'metrics under /monitoring' fria instrument import ../other.json
	edited '.tasks[2].rests[0].named_by = "g.wie"'
	refused 'no other cell of the same row' \
		fria instrument import ../other.json
	edited '.tasks[2].rests[0].row_of = "1"'
	refused 'no part with rows' fria instrument import ../other.json
	edited '.tasks[2].rests[0].named_by = "r.wat"'
	refused 'does not choose from' fria instrument import ../other.json
}

@test "rows of another assessment that a row names are followed, those alone" {
	jq '{urn: "urn:nl:x", version, name, tasks: [.tasks[1]]}' ../t.json >../x.json
	edited 'del(.tasks[1]) | .tasks[1].rests[0].row_of = "x#g" |
		.tasks[1].tasks[0].dependencies[0].source.id = "x#g.wie"'
	fria instrument import ../x.json
	fria instrument import ../other.json
	run fria instrument show t-1.0
	[[ $output == *"x#g (only what the same row names at r.groep)"* ]]
	fria new straatafval x-1.0
	fria answer straatafval/x g.wie bewoners --row new
	fria answer straatafval/x g.wie bezoekers --row new
	fria new straatafval t-1.0
	fria answer straatafval/t 1 "Iets."
	run -0 fria answer straatafval/t r.groep bewoners --row new
	[[ $output == *"r.groep Group, row 1: bewoners"* ]]
	fria answer straatafval/t r.wat "Iets." --row 1
	fria save
	fria check
	jq -e '.answers.r[0]["r.wat"].basis.answers |
		keys == ["{\"named_by\":\"r.groep\",\"row_of\":\"x#g\"}"]' \
		assessments/straatafval/t.json
	fria answer straatafval/x g.aantal 20 --row 2
	[ "$(in_state stale straatafval/t)" = "" ]
	fria answer straatafval/x g.aantal 10 --row 1
	[ "$(in_state stale straatafval/t)" = r.wat ]
	[ "$(evaluation straatafval/t | jq -c '.tasks[] |
		select(.id == "r.wat") | .reasons[] | [.task, .before.rows,
			.after.rows]')" = \
		'["x#g",[["bewoners",null]],[["bewoners","10"]]]' ]
	run fria confirm straatafval/t r.wat --row 1 --note "Gezien."
	[[ $(flat "$output") == *'Answer to x#g Groups ~ (1) bewoners{+; 10+} r.wat [1] What'* ]]
	fria answer straatafval/t r.wat "Anders." --row 1
	run fria diff straatafval/t HEAD .
	[[ $output == *bewoners* && $output != *gone* ]]
	# So it is wherever the row is named, and without a repository in words.
	fria answer straatafval/t r.groep bezoekers --row 1 && fria save
	T=assessments/straatafval/t.json
	git log -1 --format=%B >../log && fria log straatafval/t >>../log
	fria textconv $T >>../log
	for format in official-form card csv; do
		fria export straatafval/t --format $format -o ../out && cat ../out >>../log
	done
	[ "$(grep -c bezoekers ../log)" -ge 4 ]
	lacks 'gone|weg is|x#[a-z0-9]{8}' ../log
	(cd .. && cp "ws/$T" alone.json && mkdir -p empty && cd empty && fria textconv ../alone.json >../log)
	lacks 'gone' ../log
	fria answer straatafval/t r.groep bewoners --row 1
	fria answer straatafval/x g.aantal 30 --row 2
	[ "$(in_state stale straatafval/t)" = "" ]
	edited '.tasks[2].rests[0].row_of = "x#g"'
	refused 'does not choose from' fria instrument import ../other.json
}

# ring NAME RESTS: a questionnaire of one question that rests on others
ring() {
	jq -n --arg name "$1" --arg rests "$2" '{urn: "urn:nl:\($name)", version: "1.0", name: $name,
		tasks: [{id: "1", task: "One", type: ["open_text"], rests: ($rests | split(" ") | map(select(. != "")))},
			{id: "2", task: "Two", type: ["open_text"], rests: ["1"]}]}' >"../$1.json"
}

@test "questionnaires that rest on each other in a circle are named with the ring, and judging ends" {
	ring aa "bb#2" && ring bb "cc#2" && ring cc ""
	for name in aa bb cc; do
		fria instrument import ../$name.json && fria new straatafval $name-1.0
	done
	fria check
	ring cc "aa#1"
	refused 'in a circle: cc#1 on aa#1, aa#1 on bb#2, bb#2 on bb#1, bb#1 on cc#2, cc#2 on cc#1\.' \
		fria instrument import ../cc.json --yes
	# Out of itself alone it is in order, and it may have come otherwise.
	fria instrument check ../cc.json
	cp ../cc.json instruments/cc-1.0.json
	run fria check
	[ "$status" = 1 ]
	[[ $(flat "$output") == *"in a circle: aa#1 on bb#2, bb#2 on bb#1, bb#1 on cc#2, cc#2 on cc#1, cc#1 on aa#1. Take one"* ]]
	run $FRIA --lang nl check
	[[ $(flat "$output") == *"in een kring op elkaar: aa#1 op bb#2, "* ]]
	# One that is not in it is taken; the ring is mended by taking one away.
	ring dd "aa#1" && fria instrument import ../dd.json
	for name in aa bb cc; do
		for task in 1 2; do fria answer straatafval/$name $task "Text."; done
	done
	fria save
	fria answer straatafval/aa 2 "Other."
	for name in aa bb cc; do run timeout 20 $FRIA evaluate straatafval/$name && [ "$status" -le 1 ]; done
	fria answer straatafval/aa 1 "Other."
	for name in aa bb cc; do run timeout 20 $FRIA evaluate straatafval/$name && [ "$status" -le 1 ]; done
	ring cc "" && fria instrument import ../cc.json --yes
	fria check
}

@test "an edge that an edition adds to another assessment is looked up there as it stood" {
	jq '.tasks |= map(select(.id == "g")) | .urn = "urn:nl:x"' ../t.json >../x.json
	jq '.tasks |= map(select(.id == "1"))' ../t.json >../first.json
	jq '.tasks[0].rests = ["x#g"]' ../first.json >../second.json
	fria instrument import ../x.json && fria instrument import ../first.json
	fria new straatafval x-1.0 && fria new straatafval t-1.0
	fria answer straatafval/x g.wie bewoners --row new
	fria answer straatafval/t 1 "Iets." && fria save
	# As it stood when somebody stood for it, and so it still is.
	fria instrument import ../second.json
	[ "$(in_state stale straatafval/t)" = "" ]
	jq -e '.answers["1"].basis | .answers["x#g"] != null and .completed.answers == ["x#g"]' \
		assessments/straatafval/t.json
	fria save && fria verify
	fria answer straatafval/x g.wie bezoekers --row 1
	[ "$(in_state stale straatafval/t)" = 1 ]
	# What changed before the edition came rings when it comes.
	fria undo straatafval/x
	fria instrument import ../first.json --yes && fria answer straatafval/t 1 "Iets anders." && fria save
	fria answer straatafval/x g.wie bezoekers --row 1 && fria save
	refused 'in use' fria instrument import ../second.json
	fria instrument import ../second.json --yes
	[ "$(in_state stale straatafval/t)" = 1 ]
}
