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
		? answer or letter>
		> Te veel afval.
		? Noted.
		? 1.1.2
		? answer or letter>
		^C
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = 'Te veel afval.' ]
	[ "$(value 1.1.2)" = null ]
	[[ $output == *"fria save straatafval/iama"* ]]
	jq -e '.answers["1.1.1"].basis.by == "R. Jansen <r@example.org>"' $IAMA
	run fill <<-'S'
		? 1.1.2
		? answer or letter>
		> q
		? Still to do
	S
	[ "$status" = 1 ]
	[[ $output == $'\r\n'"1.1.2 "* ]]
	[[ $output != *"Save in history"* ]]
}

@test "what points at one person is named where it is typed" {
	assessment
	run fill <<-'S'
		? 1.1.1
		? answer or letter>
		> Meld het bij 111222333.
		? looks like a citizen service number
		? Noted.
		^C
	S
	[ "$(value 1.1.1)" = "Meld het bij 111222333." ]
}

@test "several lines, pasted or asked for; a line with a dot ends them" {
	assessment
	run fill <<-'S'
		? answer or letter>
		> m
		? dot
		? |
		> Eerste regel.
		? |
		> q
		? |
		> .
		? Noted.
		? answer or letter>
		< een\ntwee\n.\n
		? one answer
		? Noted.
		? answer or letter>
		> q
		? Save in history? [Y/n]>
		>
		? Saved
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = $'Eerste regel.\nq' ]
	[ "$(value 1.1.2)" = $'een\ntwee' ]
	[ -z "$(git status --porcelain)" ]
}

@test "an interrupt in the middle of an answer leaves nothing half" {
	assessment
	before=$(snapshot)
	run fill <<-'S'
		? answer or letter>
		< half an ans
		^C
	S
	[ "$status" = 1 ]
	[ "$(snapshot)" = "$before" ]
	run fill <<-'S'
		? answer or letter>
		> m
		? |
		> half
		? |
		^C
	S
	[ "$(snapshot)" = "$before" ]
	run fill <<-'S'
		? answer or letter>
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
		? answer or letter>
		> e
		? Noted.
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 1.1.1)" = 'Uit de editor.' ]
	VISUAL=$PWD/nothing run fill <<-'S'
		? answer or letter>
		> e
		? No text
		? answer or letter>
		> q
	S
	[ "$(value 1.1.2)" = null ]
	VISUAL=false run fill <<-'S'
		? answer or letter>
		> e
		? status 1
		? answer or letter>
		> q
	S
	[ "$status" = 1 ]
}

@test "skip, back, waive with a reason; what was skipped comes back" {
	assessment
	run fill <<-'S'
		? 1.1.1
		? answer or letter>
		> b
		? no question before
		? answer or letter>
		> s
		? 1.1.2
		? answer or letter>
		> w
		? settled before
		? Which reason
		> 9
		? one of these
		? answer or letter>
		> w
		? Which reason
		> 3
		? Explain
		> Staat in de DPIA.
		? which document
		> DPIA 1.0, hoofdstuk 2
		? Noted.
		? 1.2.1
		? answer or letter>
		> b
		? 1.1.2
		? stands in another document
		? answer or letter>
		> b
		? 1.1.1
		? answer or letter>
		> Toch.
		? Noted.
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 1.1.1)" = 'Toch.' ]
	jq -e '.answers["1.1.2"].waived == {"kind": "refers",
		"reason": "Staat in de DPIA.",
		"reference": "DPIA 1.0, hoofdstuk 2"}' $IAMA
	in_form
}

@test "after a release: what must be judged again, why, before and after" {
	adopted
	release_of_goal
	before=$(states stale)
	[ -n "$before" ]
	first=${before%% *}
	run fill <<-S
		? Change 1 of 
		? $first
		? Rests on:
		? Answer so far
		? answer or letter>
		> k
		? Why does it still hold
		>
		? answer or letter>
		> k
		? Why does it still hold
		> Het doel is anders verwoord.
		? Confirmed.
		? answer or letter>
		> q
		? Save
		> y
	S
	[[ $output == *"Goal and impact"*"- De gemeente wil"*"+ Schonere straten, en sneller."* ]]
	[[ " $(states stale) " != *" $first "* ]]
	jq -e --arg id "$first" '.answers[$id].basis.note ==
		"Het doel is anders verwoord."' $IAMA
	[[ $(git log -1 --format=%b%s) == *"$first"* ]]
	fria verify straatafval/iama
}

@test "options by number: several, a wrong one, words as well" {
	assessment
	run fill --part 3 <<-'S'
		? 3.1.1
		? answer or letter>
		> g 4.1.1
		? 4.1.1.1
		? 1. 
		? answer or letter>
		> 0
		? Choose a number from 1 to
		? answer or letter>
		> 1 999
		? Choose a number from 1 to
		? answer or letter>
		> 2, 1
		? Noted.
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$(value 4.1.1.1)" = "$(jq -c '[.. | objects | select(.id? == "4.1.1.1" and .options) |
		.options[].value] | .[:2]' "$ROOT/assessments/instruments/iama-2.0.json")" ]
}

@test "a table: row by row, all its fields, and another one" {
	assessment
	run fill <<-'S'
		? answer or letter>
		> g 1.actiepunten
		? new row
		? answer or letter>
		> Camera's lager afstellen.
		? Noted.
		? 1.actiepunten.eigenaar
		? » Camera's lager afstellen.
		? answer or letter>
		> Team Voertuigen
		? Noted.
		? 1.actiepunten.uiterlijk
		? answer or letter>
		> ooit
		? "ooit"
		? answer or letter>
		> 1 december 2026
		? Noted: 1 December 2026
		? 1.actiepunten.stand
		? answer or letter>
		> w
		? field of a measure
		? answer or letter>
		> way
		? 2  Under way
		? answer or letter>
		> 2
		? Noted: Under way
		? Another row?
		> y
		? new row
		? answer or letter>
		> Inwoners vertellen wat er verandert.
		? Noted.
		? row 2
		? answer or letter>
		> s
		> s
		> s
		? Another row?
		> n
		? 1.1.1
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$(command jq -c '[.answers["1.actiepunten"][] | [.[] | .value? // empty]]' \
		$IAMA)" = \
		'[["Camera'"'"'s lager afstellen.","Team Voertuigen","2026-12-01","in-uitvoering"],["Inwoners vertellen wat er verandert."]]' ]
	in_form
}

@test "an answer hides questions and shows others; empty tables are offered" {
	assessment
	fria new straatafval fria-1.0
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang en fill straatafval/fria --part 5 <<-'S'
		? 5.1 
		? answer or letter>
		> s
		? 5.2.schade
		? answer or letter>
		> b
		? 5.1 
		? answer or letter>
		> s
		? 5.2.schade
		? answer or letter>
		> s
		? 5.3 
		? answer or letter>
		> g 5.2
		? 5.2.schade
		? answer or letter>
		> Iemand wordt herkend.
		? Noted.
		? 5.2.
		? answer or letter>
		> b
		? Iemand wordt herkend.
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$status" = 1 ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang en fill straatafval/fria --part 5 <<-'S'
		? answer or letter>
		> g 5.3
		? does not apply
		? 5.1 
		? answer or letter>
		> q
	S
	[ "$(fria --json evaluate straatafval/fria |
		jq -r '.tasks[] | select(.id == "5.3") | .state')" = hidden ]
}

@test "what holds in one row may hold in the others for the same reason" {
	assessment
	fria new straatafval fria-1.0
	for group in Omwonenden Voorbijgangers; do
		fria answer straatafval/fria 4.groepen.wie "$group" --row new
		fria answer straatafval/fria 4.groepen.aantal tot-1000 --row $((++row))
	done
	printf '{"use": {"volume": 900000}}' >volume.json
	fria release straatafval 1.1 --from volume.json --partial --patch
	[ "$(fria --json evaluate straatafval/fria | jq .counts.stale)" = 2 ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang en fill straatafval/fria <<-'S'
		? 4.groepen.aantal
		? answer or letter>
		> k
		? Why does it still hold
		> De groepen blijven gelijk.
		? for the same reason: 1.
		> n
		? Confirmed.
		? 4.groepen.aantal
		? answer or letter>
		> k
		? =: as before
		> =
		? Confirmed.
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$(fria --json evaluate straatafval/fria | jq .counts.stale)" = 0 ]
	[ "$(jq -r '[.answers["4.groepen"][]["4.groepen.aantal"].basis.note] | unique[]' \
		assessments/straatafval/fria.json)" = "De groepen blijven gelijk." ]
	refused 'no row "7"' fria confirm straatafval/fria 4.groepen.aantal --row 7 --note x
	refused 'has no rows' fria confirm straatafval/fria 1.1 --row 1 --note x
}

@test "keys that are no text, and a line too long for a terminal, are refused" {
	assessment
	before=$(snapshot)
	long=$(printf '%05000d' 0)
	TERM=dumb run fill <<-S
		? answer or letter>
		> a$(printf '\033')[Db
		? keys that are no text
		? answer or letter>
		> $long
		? longer than the terminal
		? answer or letter>
		> ?
		? several lines
		? answer or letter>
		> q
	S
	[ "$status" = 1 ]
	[ "$(snapshot)" = "$before" ]
}

@test "a line is edited: cursor keys, words, the end, what was typed before" {
	assessment
	esc=$(printf '\033')
	run fill <<-S
		? answer or letter>
		> Te vel afval.${esc}[D${esc}[D${esc}[D${esc}[D${esc}[D${esc}[D${esc}[D${esc}[De
		? Noted.
		? 1.1.2
		? answer or letter>
		> inder afval.$(printf '\001')M$(printf '\005')!$(printf '\177')
		? Noted.
		? 1.2.1
		? answer or letter>
		> ${esc}[A${esc}[A${esc}OD!
		? Noted.
		? answer or letter>
		^D
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = 'Te veel afval.' ]
	[ "$(value 1.1.2)" = 'Minder afval.' ]
	[ "$(value 1.2.1)" = 'Te veel afval!.' ]
	in_form
}

@test "letters of more than one byte are letters; what is no text is refused" {
	assessment
	esc=$(printf '\033')
	run fill <<-S
		? answer or letter>
		> Reële kansen zijn gecreëerd in België.${esc}[D$(printf '\177')ëe$(printf '\177\177')ë
		? Reële kansen
		? Noted.
		? answer or letter>
		> a$(printf '\377')b
		? Not valid UTF-8
		? answer or letter>
		> q
		? Save
		> n
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = 'Reële kansen zijn gecreëerd in België.' ]
	[ "$(value 1.1.2)" = null ]
}

@test "a line that is edited may be longer than a terminal hands over" {
	assessment
	long=$(printf '%05000d' 0)
	run fill <<-S
		? answer or letter>
		> x$long
		? Noted.
		? answer or letter>
		< half$(printf '\033')[Da
		^C
	S
	[ "$status" = 1 ]
	[ "$(value 1.1.1)" = "x$long" ]
}

@test "the order is that of evaluate: by what changed, then what waits" {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	evaluation >list || [ $? = 1 ]
	jq -r '.causes[].tasks[].task, .causes[].suspects[].task' list >expected
	[ "$(wc -l <expected)" -gt 50 ]
	yes s | head -n 200 | fria fill straatafval/iama >out || [ $? = 1 ]
	sed -n 's/^\([0-9][^ ]*\): answer or letter>.*/\1/p' out >asked
	diff expected <(head -n "$(wc -l <expected)" asked)
	git diff --exit-code assessments
}

@test "a change is told once, before its questions, under one number" {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	fria --lang nl evaluate straatafval/iama >evaluated || [ $? = 1 ]
	grep -E '^[0-9]+\. ' evaluated | sed 's/ (raakt .*//' >told
	n=$(wc -l <told)
	# All are confirmed: whatever is left, a change keeps its number.
	yes $'k\n1' | head -n 140 | fria --lang nl fill straatafval/iama \
		>out || [ $? = 1 ]
	[ "$(in_state stale)" = "" ]
	sed -n 's/^ *Wijziging \([0-9]*\) van \([0-9]*\): /\1 \2 /p' out >headed
	[ "$(cut -d' ' -f2 headed | sort -u)" = "$n" ]
	[ -z "$(cut -d' ' -f1 headed | sort | uniq -d)" ]
	[ "$(sort -nu headed | wc -l)" = "$n" ]
	while read -r number _ title; do
		grep -qF "$number. ${title%%, release*}" told ||
			{ echo "$number $title"; return 1; }
	done <headed
	# Where it is not right above, what differs stands there in a line.
	[ "$(grep -c 'onbewerkte foto$' out)" = 1 ]
	grep -qE -- '- Wijziging [0-9]+, Model en versie: straatafval-detector, versie: \[-1\.0-\]' out
	# An answer that still says what fell away says so, and is marked.
	grep -qF 'Noemt nog wat wegviel: "1.0"' out
	grep -qF 'versie «1.0» zoekt' out
	# As evaluate counts.
	[ "$(sed -n '2s/^[0-9]* beantwoord; //p' evaluated)" = \
		"$(sed -n 's/.*; te doen: \(.*geraakt\)$/\1/p' out | head -n 1)" ]
}

@test "a change that comes while one works gets the next number" {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	n=$(fria --lang nl evaluate straatafval/iama | grep -cE '^[0-9]+\. ')
	# What another rests on is answered anew.
	{ printf 'g 2.3.1\nAnders.\n' && yes $'k\n1' | head -n 200; } |
		fria --lang nl fill straatafval/iama >out || [ $? = 1 ]
	grep -q "Wijziging $((n + 1)), Antwoord op 2\.3\.1" out
	[ -z "$(in_state stale)" ]
}

@test "beside an open question what another organisation wrote" {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" --patch
	fria new straatafval iama-2.0 --name tweede --from straatafval/iama@v1
	printf 'q\n' | fria fill straatafval/tweede >out || [ $? = 1 ]
	grep -A1 '^1.1.1 ' out
	grep -A1 'Example from straatafval/iama' out |
		grep 'Naast ondergrondse containers'
}

@test "a pipe works too; its end ends it" {
	assessment
	printf 'Te veel afval.\ns\nMinder afval.\n' |
		fria fill straatafval/iama >out || [ $? = 1 ]
	[ "$(value 1.1.1)" = 'Te veel afval.' ]
	[ "$(value 1.2.1)" != null ]
	not grep "$(printf '\033')" out
	in_form
}

@test "no line is wider than the terminal; no control character of a document" {
	assessment
	fria answer straatafval/iama 1.1.1 "$(printf 'rood \033[31m en \302\233 meer')" ||
		true
	run fill <<-'S'
		? answer or letter>
		> g 1.1.1
		? answer or letter>
		> a
		? answer or letter>
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

@test "what stands there is replaced only when asked; how far it is, is said" {
	assessment
	fria answer straatafval/iama 1.1.1 "Het oude antwoord."
	run fill <<-'S'
		? 1.1.2
		? to go: 73 to be answered
		? answer or letter>
		> g 1.1.1
		? Answer so far
		? answer or letter>
		> Bedoeld voor een andere vraag.
		? There is an answer here already. Replace it
		>
		? answer or letter>
		> s
		? answer or letter>
		> Nieuw.
		? Noted.
		? to go: 72 to be answered
		^C
	S
	[ "$(value 1.1.1)" = "Het oude antwoord." ]
	[ "$(value 1.1.2)" = Nieuw. ]
	run fill <<-'S'
		? answer or letter>
		> g 1.1.1
		? answer or letter>
		> Toch iets anders.
		? Replace it
		> y
		? Noted.
		^C
	S
	[ "$(value 1.1.1)" = "Toch iets anders." ]
}

@test "an editor that is here is found; where there is none, it is said" {
	assessment
	mkdir bin
	printf '#!/bin/sh\necho "Uit de tekstverwerker." >"$1"\n' >bin/sensible-editor
	chmod +x bin/sensible-editor
	PATH=$PWD/bin:$PATH run fill <<-'S'
		? answer or letter>
		> e
		? Noted.
		^C
	S
	[ "$(value 1.1.1)" = "Uit de tekstverwerker." ]
	PATH=/nowhere run fill <<-'S'
		? answer or letter>
		> e
		? No editor was found
		? answer or letter>
		^C
	S
}

@test "a question that is not there, and a choice that is none, are no answer" {
	assessment
	run fill <<-'S'
		? answer or letter>
		> g 99
		? 99
		? answer or letter>
		> g
		? Type the answer
		? answer or letter>
		> Een antwoord.
		? Noted.
		^C
	S
	[ "$(value 1.1.1)" = "Een antwoord." ]
	fria answer straatafval/iama 2.1.1.1 "Niet zelflerend"
	run fill <<-'S'
		? answer or letter>
		> g 2.1.1.1
		? answer or letter>
		> xyz
		? xyz
		? answer or letter>
		^C
	S
	[[ $output != *"Replace it"* ]]
}
