#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Why an answer was said to hold still, and what is confirmed one at a time.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

ground() { jq -r --arg t "$1" '.answers[$t].basis.ground' $IAMA; }
# A release that makes many answers stale, decisive ones among them.
released() {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --patch \
		--from "$EXAMPLES/straatafval/release-1.1.json" >/dev/null
}

@test "a confirmation says why, in the words of either language" {
	adopted
	jq -e '[.. | objects | .basis? | objects | select(.ground)] == []' $IAMA
	while read -r said means; do
		fria confirm straatafval/iama 1.1.2 --ground "$said" --note "So: $said."
		[ "$(ground 1.1.2)" = "$means" ]
	done <<-END
		untouched untouched
		covered covered
		checked checked
		niet-geraakt untouched
		gedekt covered
		nagegaan checked
		Nagegaan checked
	END
	fria confirm straatafval/iama 1.1.2 --ground "raakt het niet"
	[ "$(ground 1.1.2)" = untouched ]
	jq -e '.answers["1.1.2"].basis | has("note") | not' $IAMA
	fria confirm straatafval/iama 1.1.2 --note "Nagelezen."
	[ "$(ground 1.1.2)" = checked ]
	[ "$(command jq -r '.answers["1.1.2"].basis | keys_unsorted | index("ground") - index("by")' $IAMA)" = -1 ]
	fria check
	refused 'why the answer still holds' fria confirm straatafval/iama 1.1.2
	refused 'why the answer still holds' fria confirm straatafval/iama 1.1.2 --note " "
	refused 'how it was checked' fria confirm straatafval/iama 1.1.2 --ground checked
	refused '"just" is no ground' fria confirm straatafval/iama 1.1.2 --ground just
	fria answer straatafval/iama 1.1.2 "Another aim."
	[ "$(ground 1.1.2)" = null ]
}

@test "what a level, the advice or the decision rests on is confirmed by itself" {
	adopted
	refused 'rests on 4.2.3;.*Name 4.2.3 alone' fria confirm straatafval/iama \
		1.1.2 4.2.3 --note "Both."
	fria confirm straatafval/iama 4.2.3 --ground covered
	[ "$(ground 4.2.3)" = covered ]
	# A row of a table is one thing; a table with more rows is not.
	adopted_chatbot
	refused 'by itself, in a table row by row' fria confirm chatbot/fria 5.2 --note "All."
	fria confirm chatbot/fria 5.2 --row 1 --note "This one."
	jq -e '[.answers["5.2"][] | .["5.2.kans"].basis.ground] | .[0] == "checked" and
		all(.[1:][]; . == null)' assessments/chatbot/fria.json
}

@test "all that is stale is shown, and the decisive ones are left" {
	released
	jq -e '.answers["4.2.3"]' $IAMA >/dev/null
	in_state stale >../before
	cp $IAMA ../iama.json
	refused '\-\-yes' fria confirm straatafval/iama --all-stale --ground untouched
	run --separate-stderr fria confirm straatafval/iama --all-stale \
		--ground untouched --yes
	[ "$status" = 1 ]
	in_state stale >../after
	[ -s ../after ] && [ "$(wc -l <../after)" -lt "$(wc -l <../before)" ]
	# Exactly what was shown was confirmed, each with its reason.
	comm -23 ../before ../after >../gone
	sed '/^Still to do/,$d' <<<"$output" | grep -oE '^(  )?[0-9][^ ]* ' | tr -d ' ' |
		sort -u | diff - ../gone
	# What differs is told once, with the words around it, and in a line
	# where a question before it rests on it, too.
	for differs in 'objectherkenning, straatafval-detector [-1.0-] {+2.0+}' \
		'~ straatafval-detector, version: [-1.0-] {+2.0+}' \
		'~ Centrum; {+Duinrand; Havenkwartier;+} Oud-Noord; Weidewijk' \
		'- Change 4, Area: Centrum; {+Duinrand; Havenkwartier;+} Oud-Noord; Weidewijk'; do
		[ "$(flat "$output" | grep -oF -- "$differs" | wc -l)" = 1 ] ||
			{ echo "of: $differs"; return 1; }
	done
	sed '1,/^Still to do/d' <<<"$output" >../left
	while read -r id; do
		grep -qF "↻ $id " ../left
		[ "$(jq -c --arg t "$id" '.answers[$t].basis' $IAMA)" = \
			"$(jq -c --arg t "$id" '.answers[$t].basis' ../iama.json)" ]
	done <../after
	# One at a time, in the order in which they are named.
	for i in 1 2 3 4 5; do
		for id in $(in_state stale); do
			fria confirm straatafval/iama "$id" --ground covered || true
		done
	done
	[ -z "$(in_state stale)" ]
}

@test "who reviews sees how many were confirmed on which ground, and in one go" {
	released
	jq -e '.confirmed == null' <<<"$(evaluation)"
	fria confirm straatafval/iama 2.1.1.1 --ground untouched
	jq -e '.confirmed == {untouched: 1, covered: 0, checked: 0, rounds: []}' <<<"$(evaluation)"
	fria confirm straatafval/iama --all-stale --ground covered --yes || true
	n=$(jq .confirmed.covered <<<"$(evaluation)")
	[ "$n" -ge 5 ]
	run fria evaluate straatafval/iama
	[[ $output == *"Confirmed since v1: $((n + 1)) (1 not touched, $n said already, 0 checked)."* ]]
	[[ $output == *"confirmed $n answers on 16 November 2026 at one moment"* ]]
	run --separate-stderr fria --json check
	jq -e --arg n $n 'map(select(.code == "confirm_round")) | length == 1 and
		(.[0] | .severity == "note" and (.text | contains($n)))' <<<"$output"
}

@test "a difference and a report say on which grounds, and name what was done in one go" {
	released
	fria diff straatafval/iama v1 . >../plain || true
	not grep -q "Confirmed, by ground" ../plain
	fria confirm straatafval/iama 2.1.1.1 --ground untouched
	fria confirm straatafval/iama --all-stale --ground covered --yes || true
	n=$(jq .confirmed.covered <<<"$(evaluation)")
	counts="$((n + 1)) (1 not touched, $n said already, 0 checked)"
	round="R. Jansen confirmed $n answers on 16 November 2026 at one moment"
	for form in "diff straatafval/iama v1 ." "diff straatafval/iama v1 . --format md" \
		"report straatafval/iama --format md"; do
		fria $form >../said || [ "$form" != "${form#diff}" ]
		tr '\n\\' '  ' <../said | tr -s ' ' >../line
		grep -qE "Confirmed( since v1|, by ground): $(sed 's/[()]/\\&/g' <<<"$counts")" ../line
		[ "$(grep -o "$round" ../line | wc -l)" = 1 ]
	done
	fria diff straatafval/iama v1 . --stat >../said || true
	grep -qF "$counts" ../said
	# Told as one on one ground, not on two.
	(fria diff straatafval/iama v1 . || true) | tr -s '\n ' ' ' >../said
	grep -q "confirmed again (says it already)" ../said
	grep -q "confirmed again (does not touch it)" ../said
	fria --json diff straatafval/iama v1 . >../said || true
	jq -e --argjson n "$n" '(.confirmed | .untouched == 1 and .covered == $n and .checked == 0 and
		(.rounds | length == 1 and (.[0] | .count == $n and .ground == "covered" and
			(.by | startswith("R. Jansen"))))) and
		([.changes[] | select(.kind == "confirmed" and .ground == "covered")] | length == $n) and
		(.changes[] | select(.kind == "confirmed" and .task == "2.1.1.1").ground == "untouched")' ../said
	# Nobody outside reads how.
	for audience in authority public; do
		fria report straatafval/iama --format md --audience $audience >../said
		not grep -q "Confirmed" ../said
	done
}

@test "what only follows better words was not confirmed again" {
	filled_in
	for id in $(jq -r '.answers | to_entries[] | select(.value.basis.answers["1.1.2"]).key' $IAMA); do
		fria confirm straatafval/iama "$id" --ground untouched
	done
	fria save
	approved
	fria adopt straatafval/iama
	on_day 2026-11-17
	before=$(jq -c '[.. | .basis? | objects]' $IAMA)
	fria answer straatafval/iama 1.1.2 "Better said." --editorial --note "Shorter."
	[ "$(jq -c '[.. | .basis? | objects]' $IAMA)" != "$before" ]
	jq -e '.confirmed == null' <<<"$(evaluation)"
}

# beside NAME REST: a questionnaire whose second question decides, on that
beside() {
	cat <<-END
	name: $1
	urn: "urn:example:$1"
	version: "1.0"
	tasks:
	  - {id: "1", task: One, type: [open_text]}
	  - {id: "2", task: Two, type: [open_text]}
	  - {id: "3", task: Decision, type: [open_text], decides: true, rests: [$2]}
	END
}

@test "what the decision of another assessment rests on is confirmed by itself, too" {
	workspace
	beside first '"2"' >../first.yaml
	beside second '"first#1"' >../second.yaml
	fria instrument import ../first.yaml
	fria instrument import ../second.yaml
	fria new straatafval first-1.0
	for id in 1 2 3; do fria answer straatafval/first $id "Text $id."; done
	fria confirm straatafval/first 1 3 --ground untouched
	refused 'rests on 2;' fria confirm straatafval/first 1 2 --ground untouched
	fria new straatafval second-1.0
	refused 'rests on 1;' fria confirm straatafval/first 1 3 --ground covered
	refused 'rests on 1, 2;' fria confirm straatafval/first 1 2 --ground untouched
	fria confirm straatafval/first 1 --ground covered
	# It decides nothing any more.
	beside second '"first#2"' | sed 's/"1.0"/"2.0"/' >../third.yaml
	fria instrument import ../third.yaml
	fria new straatafval second-2.0 --name third
	jq '.superseded_by = "third"' assessments/straatafval/second.json >../new.json &&
		cp ../new.json assessments/straatafval/second.json
	fria confirm straatafval/first 1 3 --ground checked --note "Read."
}

@test "in either IAMA and in the FRIA something decides, and rests on answers" {
	for name in iama-1.0 iama-2.0 fria-1.0; do
		jq -e '[.. | objects | select(.decides) | .. | objects | .rests? // empty | .[]] | length > 2' \
			"$ROOT/assessments/instruments/$name.json"
	done
	workspace
	fria new straatafval iama-1.0
	fria answer straatafval/iama 1.3.1 "Text."
	fria answer straatafval/iama 1.1.1 "Text."
	refused 'rests on 1.3.1;' fria confirm straatafval/iama 1.1.1 1.3.1 --ground untouched
}
