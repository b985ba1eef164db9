#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The chatbot's DPIA in its story: what it is offered from the first questions,
# the IAMA, the FRIA and the characteristics; what a change reopens; and that it
# goes out as the official form and comes back.
TABLE=$BATS_TEST_DIRNAME/../cases/alarm/told.tsv
load common

setup() { common_setup; }

C=assessments/chatbot

# --- what is offered ---

# The questions of a questionnaire that take something from what is in the story:
# not what they take from duties.
takers() {
	jq -r '.. | objects | select(.takes and .id) | select(any(.takes[];
		test("^(start|iama|fria|dpia)#|^/"))) | .id' "instruments/$1.json"
}

# offers NAME TASK: in ../offers.json what is offered for it, and in ../asked.json
# its rows, where nobody has answered it
offers() {
	cp "$C/$1.json" ../kept.json
	jq --arg id "$2" '.answers |= with_entries(
		if .value | type == "array" then .value |= map(del(.[$id]))
		elif .key == $id then empty else . end)' ../kept.json >"$C/$1.json"
	evaluation "chatbot/$1" >../evaluation.json || true
	cp ../kept.json "$C/$1.json"
	jq --arg id "$2" '[.proposals[]? | select(.task == $id)]' \
		../evaluation.json >../offers.json
	jq --arg id "$2" '[.tasks[] | select(.id == $id and .state != "hidden") |
		.row]' ../evaluation.json >../asked.json
}

# offered TASK MAKES: to each row something; where rows are made of what is
# offered, to some
offered() {
	jq -e --arg makes "$2" --slurpfile asked ../asked.json '[.[].row] as $to |
		$asked[0] | if $makes != "" then $to != [] else
			all(IN($to[])) end' ../offers.json >../said ||
		{ echo "$1 is offered nothing"; return 1; }
}

# taken TASK: what stands there word for word as it is offered was taken
taken() {
	jq -e --arg id "$1" --slurpfile doc ../kept.json '
		$doc[0].answers as $answers | all(.[]; . as $p |
			(if .row == null then $answers[$id] else [$answers[] | arrays |
				.[] | select(.id == $p.row)][0][$id] end) as $here |
			$here == null or $here.value != $p.value or
			$here.origin == $p.from)' ../offers.json >../said ||
		{ echo "$1 was typed as it is offered"; return 1; }
}

# all_taken NAME INSTRUMENT
all_taken() {
	local task asked=0 failed=0
	while read -r task; do
		offers "$1" "$task"
		asked=$((asked + $(jq length ../asked.json)))
		[ "$(jq length ../asked.json)" = 0 ] || {
			offered "$task" "$([ "$task" != 16.1.1 ] || echo rows)" &&
				taken "$task"
		} || failed=1
	done < <(takers "$2")
	echo "$1: $asked questions take something"
	[ $failed = 0 ] && [ "$asked" -ge "$3" ]
}

@test "every question that takes something was offered it, and none was typed as it is offered" {
	told_chatbot
	all_taken start start-2.0 2
	all_taken iama iama-2.0 6
	all_taken fria fria-1.0 22
	all_taken dpia dpia-3.0 40
	# It tells when one is not: what is offered, typed; and what is not offered.
	jq '.answers["3.1"][0]["3.1.2"] |= del(.origin)' $C/dpia.json >../typed.json
	cp ../typed.json $C/dpia.json
	run all_taken dpia dpia-3.0 40
	[ "$status" = 1 ]
	[[ $output == *"3.1.2 was typed as it is offered"* ]]
	git checkout -q $C/dpia.json
	jq 'del(.answers["3.4.3"].basis)' $C/iama.json >../open.json
	cp ../open.json $C/iama.json
	run all_taken dpia dpia-3.0 40
	[ "$status" = 1 ]
	[[ $output == *"15.7.2 is offered nothing"* ]]
}

@test "what is offered to the DPIA is what stands there, word for word" {
	local task
	told_chatbot
	for task in 1.1 4 7.2 14.1 14.2 15.7.2 15.8.2 3.1.2 5.1.1 7.1.1; do
		offers dpia $task
		# Before what stands in a row, whose it is.
		jq -e --arg id $task --slurpfile iama $C/iama.json \
			--slurpfile in instruments/dpia-3.0.json '
			def bare: gsub("(?<a>^|\n)\\*\\*[^*\n]+\\*\\*: "; .a);
			([$in[0] | .. | objects | select(.id == $id) | .takes[] |
				sub("iama#"; "") as $from | $iama[0].answers |
				.[$from].value?, (.[] | arrays | .[][$from].value?) |
				strings] | join("\n\n")) as $text | ($text | length) > 200 and
			all(.[]; (.value | bare) == ($text | bare))' ../offers.json
	done
}

# --- what is typed ---

# Eight words in a row, wherever they stand; of what is shorter all, from five on.
RUNS='def runs: ascii_downcase | [scan("[\\p{L}\\p{N}]+")] |
	if length < 8 then select(length > 4) | join(" ")
	else . as $w | range(0; length - 7) | $w[.:. + 8] | join(" ") end;'

# typed_twice NAME: what somebody typed there that also stands in another
# assessment or in the characteristics
typed_twice() {
	local others=(start iama fria dpia)
	jq -n "$RUNS"' [inputs | (.use, .register, .monitoring, .answers) |
		.. | strings | runs] | map({key: ., value: true}) | from_entries' \
		$C/application.json $(printf '%s\n' "${others[@]}" | grep -vx "$1" |
			sed "s|.*|$C/&.json|") >../known.json
	jq -r --slurpfile known ../known.json "$RUNS"' .answers | .. | objects |
		select(has("value") and (has("origin") | not)) | .value | strings |
		runs | select($known[0][.])' "$C/$1.json"
}

@test "nothing of the DPIA was typed that stands elsewhere" {
	local text
	told_chatbot
	[ -z "$(typed_twice dpia)" ] || { typed_twice dpia; return 1; }
	# It tells of a sentence among others, from any of the four.
	for text in "$(value 2.3.1 $C/iama.json | tail -n 1)" \
		"$(value 5.1.t $C/fria.json | head -n 1)" \
		"$(value 1.4.t $C/start.json)" \
		"$(jq -r .use.hosting $C/application.json)"; do
		[ -n "$text" ]
		jq --arg text "$text" '.answers["16.2"].value += " Verder: " + $text' \
			$C/dpia.json >../typed.json
		cp ../typed.json $C/dpia.json
		[ -n "$(typed_twice dpia)" ]
		git checkout -q $C/dpia.json
	done
}

# bats test_tags=rest
@test "nor in its second version" {
	told_chatbot_again
	[ -z "$(typed_twice dpia)" ] || { typed_twice dpia; return 1; }
	all_taken dpia dpia-3.0 40
}

# --- what a change reopens ---

@test "a new processor, purpose or source of data reopens what was judged by hand" {
	local change filter name stale suspect why failed=0 asked=0
	told_chatbot
	cp $C/application.json ../before.json
	while IFS=$'\x1f' read -r change filter name stale suspect why; do
		jq "$filter" ../before.json >$C/application.json
		in_words "chatbot/$name" "" | sort >../found
		{ printf 'stale %s\n' $stale && printf 'suspect %s\n' $suspect; } |
			grep ' [0-9]' | sort >../judged
		diff ../judged ../found || { echo "$change, $name"; failed=1; }
		asked=$((asked + 1))
	done < <(tail -n +2 "$TABLE" | tr '\t' '\037')
	[ $failed = 0 ] && [ $asked = 12 ]
}

# --- the official form ---

# which_belong DOCUMENT: of each row within a row, in the order of the form, the
# number of the one that it is in, as --links takes it
which_belong() {
	jq '.answers as $all | [$all["3.1"][].id] as $outer |
		["6.1.1", "8.1.1", "9.1.1", "10.1.1", "11.1.1", "13.1.1"] |
		map(. as $group | {key: $group, value: [range(0; $outer | length) as $i |
			$all[$group][] | select((.[$group + ".bij"].value // []) |
				index($outer[$i])) | [$i + 1]]}) | from_entries |
		. + {"7.1.1.rij": [$all["7.1.1.rij"] | to_entries[] | [.key + 1]]}' "$1"
}

# said FILE: the answers, whoever gave them
said() {
	jq '.answers | walk(if type == "object" then
		del(.lastEditedAt, .lastEditedBy) else . end)' "$1"
}

# taken_over NAME: all that came in a file, a part at a time; what a level or the
# advice rests on one by one
taken_over() {
	local part id task
	for part in $(seq 0 18); do
		fria confirm "$1" "$part" --taken-over --note "Gelezen." || true
	done
	for part in 1 2 3; do
		while read -r id task; do
			fria answer "$1" "$task" --proposal "$id" || true
		done < <(evaluation "$1" | jq -r '.proposals[] |
			select(.by == "file") | "\(.id) \(.task)"')
	done
}

@test "it goes out as the official form, and comes back without loss" {
	told_chatbot
	fria export chatbot/dpia --format official-form -o ../out.json
	# A processor stands in each of the three processings.
	[ "$(jq -c '[.answers["6.1.1"][] | .["6.1.1.1"].value] | group_by(.) | map(length)' \
		../out.json)" = '[3,1,3]' ]
	# Where it came from nothing changes.
	fria import chatbot/dpia ../out.json
	[ -z "$(git status --porcelain)" ]
	# In an empty one it stands as here, but for what is ours alone.
	which_belong $C/dpia.json >../links.json
	fria app add elders --from "$EXAMPLES/chatbot/entry.json"
	fria new elders dpia-3.0
	fria import elders/dpia ../out.json --links ../links.json
	taken_over elders/dpia
	fria export elders/dpia --format official-form -o ../again.json
	diff <(said ../out.json) <(said ../again.json)
}
