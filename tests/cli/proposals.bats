#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is offered for answers, and only becomes one when somebody takes it.
load common

setup() { common_setup; }

# An application with first questions and an IAMA; the current folder.
others() {
	workspace straatafval
	fria new straatafval start-2.0
	fria answer straatafval/start 1.4 geen
	fria answer straatafval/start 3.1 gewoon
	fria new straatafval iama-2.0
	for task in 1.1.1 1.1.2 1.2.1 2.1.1.2 3.1.1; do
		fria answer straatafval/iama $task "Text of $task."
	done
	fria save
}

DPIA=assessments/straatafval/dpia.json
document() { jq "$@" "$DPIA"; }

@test "new offers and answers nothing; who takes it stands for it" {
	others
	run fria new straatafval dpia-3.0
	[ "$status" = 0 ]
	[[ $(flat "$output") == *"8 questions have proposals"*"only when you take one over it is an answer"* ]]
	document -e '.answers == {} and (has("proposals") | not)'
	run fria evaluate straatafval/dpia
	[[ $(flat "$output") == *"to be answered; 8 questions have a proposal"* ]]
	evaluation straatafval/dpia | jq -e '.counts.offered == 8 and .counts.answered == 0 and
		(.proposals[] | select(.task == "1.1") | .by == "answer" and
		.from == "iama#1.1.1, iama#1.1.2" and .value == "Text of 1.1.1.\n\nText of 1.1.2.")'
	fria --json status | jq -e '.assessments[] | select(.assessment == "straatafval/dpia") | .counts.offered == 8'
	run fria answer straatafval/dpia 1.1 --proposal --note "Read."
	[ "$status" = 0 ]
	[[ $output == *"Answered: 1.1"* ]]
	document -e '.answers["1.1"] | .value == "Text of 1.1.1.\n\nText of 1.1.2." and
		.origin == "iama#1.1.1, iama#1.1.2" and (.basis.by | startswith("R. Jansen")) and
		.basis.note == "Read." and (.basis.answers | has("iama#1.1.1"))'
	evaluation straatafval/dpia | jq -e '.counts.offered == 7 and .counts.answered == 1'
	# a row is made for it, and a choice is the option that it is here
	fria answer straatafval/dpia 3.1.2 --proposal
	document -e '.answers["3.1"] | length == 1 and .[0]["3.1.2"].origin == "iama#3.1.1"'
	fria answer straatafval/dpia 12.1.1 --proposal
	document -e '.answers["12.1.1"] | .value == false and .origin == "start#3.1"'
	fria save
	in_form
}

@test "a prohibition is asked once, and opens again with the first questions" {
	others
	run fria answer straatafval/iama 1.3.1 --proposal
	[ "$status" = 0 ]
	[ "$(value 1.3.1)" = false ]
	fria save
	fria answer straatafval/start 1.4 sociale-score
	evaluation | jq -e '.tasks[] | select(.id == "1.3.1") | .state == "stale"'
	# what it was taken from reads otherwise: that is offered, and nothing more
	evaluation | jq -e '.proposals[] | select(.task == "1.3.1") | .value == true'
	[ "$(value 1.3.1)" = false ]
	# by what is taken alone nothing is stale
	fria new straatafval fria-1.0
	fria answer straatafval/fria 1.2 publiek
	fria answer straatafval/start 1.2 anders
	evaluation straatafval/fria | jq -e '.tasks[] | select(.id == "1.2") | .state == "answered"'
}

@test "what is refused changes nothing" {
	others
	fria new straatafval dpia-3.0
	before=$(cat "$DPIA")
	refused 'Nothing is offered for question 18' fria answer straatafval/dpia 18 --proposal
	refused 'No proposal p0000000 is offered for question 1.1' fria answer straatafval/dpia 1.1 --proposal p0000000
	refused 'Question 99 is not in' fria answer straatafval/dpia 99 --proposal
	refused 'Give the answer once' fria answer straatafval/dpia 1.1 --proposal --file x
	[ "$(cat "$DPIA")" = "$before" ]
}

@test "what came in a file is kept until its question is answered" {
	others
	fria new straatafval dpia-3.0
	command jq '.proposals = [
		{"id": "pa", "task": "18", "row": null, "value": "One.", "from": "file.docx, p. 3", "at": "2026-01-01T00:00:00Z"},
		{"id": "pb", "task": "18", "row": null, "value": "Two.", "from": "letter.pdf", "at": "2026-01-02T00:00:00Z"},
		{"id": "pc", "task": "2.1.1", "row": "abcd2345", "value": "Name", "from": "file.docx, p. 4", "at": "2026-01-01T00:00:00Z"}]' \
		"$DPIA" >x && mv x "$DPIA"
	fria save
	[ -z "$(git status --porcelain)" ]
	in_form
	refused 'Several proposals are offered for question 18. Name one: pa, pb' fria answer straatafval/dpia 18 --proposal
	run fria fill straatafval/dpia --part 2 <<<$'g 2.1.1\nq'
	[[ $output == *"Proposal pc, from file.docx, p. 4; no answer yet:"* ]]
	# two take something; both sides' proposals are kept, and what one took is taken
	git checkout -q -b other
	fria answer straatafval/dpia 2.1.1 --proposal --save
	document -e '.answers["2.1"][0] | .id == "abcd2345" and .["2.1.1"].origin == "file.docx, p. 4"'
	git checkout -q -
	fria answer straatafval/dpia 18 --proposal pb --save
	fria setup-git
	git merge -q --no-edit other
	document -e '(has("proposals") | not) and .answers["18"].value == "Two." and .answers["2.1"][0]["2.1.1"].value == "Name"'
}

@test "a proposal that has no place is a finding" {
	others
	fria new straatafval dpia-3.0
	command jq '.proposals = [
		{"id": "pa", "task": "99", "row": null, "value": "x", "from": "f"},
		{"id": "pb", "task": "12.1.1", "row": null, "value": "x", "from": "f"},
		{"id": "pc", "task": "2.1.1", "row": null, "value": "x", "from": "f"}]' "$DPIA" >x && mv x "$DPIA"
	run fria check straatafval/dpia
	[ "$status" = 1 ]
	[[ $(flat "$output") == *"proposal for 99, from f; that is no question"* ]]
	[[ $(flat "$output") == *"proposal for 12.1.1, from f, cannot be an answer"* ]]
	[[ $output != *"proposal for 2.1.1"* ]]
	evaluation straatafval/dpia | jq -e '[.proposals[] | select(.by == "file") | .id] == ["pc"]'
	command jq '.proposals = {}' "$DPIA" >x && mv x "$DPIA"
	refused 'list' fria evaluate straatafval/dpia
}

@test "in fill it is shown with where it comes from, and taken by a letter" {
	others
	fria adopt straatafval/iama --force --note "For the test." >/dev/null
	fria new straatafval dpia-3.0
	run fria fill straatafval/dpia --part 1 <<<$'g 1.1\np\nq\nn'
	[[ $(flat "$output") == *"from iama 1.1.1, 1.1.2 (adopted: version 1); no answer yet:"* ]]
	[[ $output == *"p take the proposal"* ]]
	document -e '.answers["1.1"].origin == "iama#1.1.1, iama#1.1.2"'
	# a letter where nothing is offered
	run fria fill straatafval/dpia <<<$'g 18\np\nq\nn'
	[[ $output == *"Nothing is offered for question 18"* ]]
	fria instrument show dpia-3.0 | grep -q "proposes from: iama#1.1.1, iama#1.1.2"
}

@test "none of these is not chosen beside something" {
	others
	refused '"None of these" does not go with another option at 1.4' \
		fria answer straatafval/start 1.4 "sociale-score; geen"
	[ "$(value 1.4 assessments/straatafval/start.json)" = '["geen"]' ]
	fria answer straatafval/start 1.4 "sociale-score; manipulatie"
}
