#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Guided filling, in a terminal of 80 by 24 and through a pipe.
bats_require_minimum_version 1.5.0
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
}

# fill [ARGS]: in a terminal, talked to by the script on standard input
fill() {
	# shellcheck disable=SC2086
	"$BATS_FILE_TMPDIR/pty" $FRIA --lang en fill straatafval/iama "$@"
}

value() {
	jq -c --arg id "$1" '.answers[$id].value' \
		assessments/straatafval/iama.json
}

states() { fria --json evaluate straatafval/iama | jq -r --arg s "$1" \
	'[.tasks[] | select(.state == $s) | .id] | join(" ")'; }

# A release that touches the goal.
release_of_goal() {
	printf '{"register": {"goal": "Schonere straten, en sneller."}}' >goal.json
	fria release straatafval 1.1 --from goal.json --partial --patch
}

@test "open questions in form order; each answer is written at once" {
	assessment
	run fill <<-'S'
		? 1.1.1
		? Answer or letter>
		> Te veel afval.
		? Noted.
		? 1.1.2
		? Answer or letter>
		^C
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = '"Te veel afval."' ]
	[ "$(value 1.1.2)" = null ]
	[[ $output == *"fria save straatafval/iama"* ]]
	jq -e '.answers["1.1.1"].basis.by == "R. Jansen <r@example.org>"' \
		assessments/straatafval/iama.json
	run fill <<-'S'
		? 1.1.2
		? Answer or letter>
		> q
		? Still to do
	S
	[ "$status" = 1 ]
	[[ $output == $'\r\n'"1.1.2 "* ]]
	[[ $output != *"Save in history"* ]]
}

@test "several lines, pasted or asked for; a line with a dot ends them" {
	assessment
	run fill <<-'S'
		? Answer or letter>
		> m
		? dot
		? |
		> Eerste regel.
		? |
		> q
		? |
		> .
		? Noted.
		? Answer or letter>
		< een\ntwee\n.\n
		? one answer
		? Noted.
		? Answer or letter>
		> q
		? Save in history? [Y/n]>
		>
		? Saved
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = '"Eerste regel.\nq"' ]
	[ "$(value 1.1.2)" = '"een\ntwee"' ]
	[ -z "$(git status --porcelain)" ]
}

@test "an interrupt in the middle of an answer leaves nothing half" {
	assessment
	before=$(snapshot)
	run fill <<-'S'
		? Answer or letter>
		< half an ans
		^C
	S
	[ "$status" = 1 ]
	[ "$(snapshot)" = "$before" ]
	run fill <<-'S'
		? Answer or letter>
		> m
		? |
		> half
		? |
		^C
	S
	[ "$(snapshot)" = "$before" ]
	run fill <<-'S'
		? Answer or letter>
		> m
		? |
		> half
		? |
		!
	S
	[ "$(snapshot)" = "$before" ]
	fria answer straatafval/iama 1.1.1 "Er blijft geen slot achter."
}

@test "in the editor: what was saved there; nothing is nothing" {
	assessment
	printf '#!/bin/sh\nprintf "Uit de editor.\\n" >"$1"\n' >editor
	printf '#!/bin/sh\n: >"$1"\n' >nothing
	chmod +x editor nothing
	export VISUAL=$PWD/editor
	run fill <<-'S'
		? Answer or letter>
		> e
		? Noted.
		? Answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 1.1.1)" = '"Uit de editor."' ]
	VISUAL=$PWD/nothing run fill <<-'S'
		? Answer or letter>
		> e
		? No text
		? Answer or letter>
		> q
	S
	[ "$(value 1.1.2)" = null ]
	VISUAL=false run fill <<-'S'
		? Answer or letter>
		> e
		? status 1
		? Answer or letter>
		> q
	S
	[ "$status" = 1 ]
}

@test "skip, back, waive with a reason; what was skipped comes back" {
	assessment
	run fill <<-'S'
		? 1.1.1
		? Answer or letter>
		> b
		? no question before
		? Answer or letter>
		> s
		? 1.1.2
		? Answer or letter>
		> w
		? settled before
		? Which reason
		> 9
		? one of these
		? Answer or letter>
		> w
		? Which reason
		> 3
		? Explain
		> Staat in de DPIA.
		? which document
		> DPIA 1.0, hoofdstuk 2
		? Noted.
		? 1.2.1
		? Answer or letter>
		> b
		? 1.1.2
		? stands in another document
		? Answer or letter>
		> b
		? 1.1.1
		? Answer or letter>
		> Toch.
		? Noted.
		? Answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 1.1.1)" = '"Toch."' ]
	jq -e '.answers["1.1.2"].waived == {"kind": "refers",
		"reason": "Staat in de DPIA.",
		"reference": "DPIA 1.0, hoofdstuk 2"}' \
		assessments/straatafval/iama.json
	fria check
}

@test "after a release: what must be judged again, why, before and after" {
	adopted
	release_of_goal
	before=$(states stale)
	[ -n "$before" ]
	first=${before%% *}
	run fill <<-S
		? $first
		? Judge again
		? Rests on:
		? Answer so far
		? Answer or letter>
		> k
		? Why does it still hold
		>
		? Answer or letter>
		> k
		? Why does it still hold
		> Het doel is anders verwoord.
		? Confirmed.
		? Answer or letter>
		> q
		? Save
		> y
	S
	[[ $output == *"Goal and impact"*"- De gemeente wil"*"+ Schonere straten, en sneller."* ]]
	[[ " $(states stale) " != *" $first "* ]]
	jq -e --arg id "$first" '.answers[$id].basis.note ==
		"Het doel is anders verwoord."' assessments/straatafval/iama.json
	[[ $(git log -1 --format=%b%s) == *"$first"* ]]
	fria verify straatafval/iama
}

@test "options by number: several, a wrong one, words as well" {
	assessment
	run fill --part 3 <<-'S'
		? 3.1.1
		? Answer or letter>
		> g 4.1.1
		? 4.1.1.1
		?   1  
		? Answer or letter>
		> 0
		? Choose a number from 1 to
		? Answer or letter>
		> 1 999
		? Choose a number from 1 to
		? Answer or letter>
		> 2, 1
		? Noted.
		? Answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 4.1.1.1)" = "$(jq -c '[.. | objects | select(.id? == "4.1.1.1") |
		.options[].value] | .[:2]' "$ROOT/assessments/instruments/iama-2.0.json")" ]
}

@test "keys that are no text, and a line too long for a terminal, are refused" {
	assessment
	before=$(snapshot)
	long=$(printf '%05000d' 0)
	run fill <<-S
		? Answer or letter>
		> a$(printf '\033')[Db
		? keys that are no text
		? Answer or letter>
		> $long
		? longer than the terminal
		? Answer or letter>
		> ?
		? several lines
		? Answer or letter>
		> q
	S
	[ "$status" = 1 ]
	[ "$(snapshot)" = "$before" ]
}

@test "a pipe works too; its end ends it" {
	assessment
	printf 'Te veel afval.\ns\nMinder afval.\n' |
		fria fill straatafval/iama >out || [ $? = 1 ]
	[ "$(value 1.1.1)" = '"Te veel afval."' ]
	[ "$(value 1.2.1)" != null ]
	! grep "$(printf '\033')" out
	fria check
}

@test "no line is wider than the terminal; no control character of a document" {
	assessment
	fria answer straatafval/iama 1.1.1 "$(printf 'rood \033[31m en \302\233 meer')" ||
		true
	run fill <<-'S'
		? Answer or letter>
		> g 1.1.1
		? Answer or letter>
		> a
		? Answer or letter>
		> q
	S
	[[ $output != *$'\e[31m en'* ]]
	printf '%s\n' "$output" | sed 's/\x1b\[[0-9;]*m//g; s/\r//' |
		LC_ALL=C.UTF-8 awk 'length($0) > 80 { print; bad = 1 } END { exit bad }'
}

@test "bad input: assessment, part; nothing is changed" {
	assessment
	refused 'straatafval/dpia' fria fill straatafval/dpia
	refused 'no part "9".*1.0, 2' fria fill straatafval/iama --part 9
}
