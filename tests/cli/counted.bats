#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is open is counted once: whoever says how many says the same.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

# number PATTERN FILE: the number in what it says first; 0 where it says nothing
number() {
	local found
	found=$(sed -nE "s|.*$1.*|\\1|p" "$2" | head -n 1)
	echo "${found:-0}"
}

# one_count APP/NAME: in all that tells how it stands
one_count() {
	local app=${1%/*} open stale suspect
	fria save || true
	evaluation "$1" >../counts.json || true
	read -r open stale suspect < <(jq -r '.counts |
		"\(.open) \(.stale) \(.suspect)"' ../counts.json)
	echo "$1: $open open, $stale stale, $suspect suspect"
	[ "$(jq '[.tasks[] | select(.state == "stale")] | length' \
		../counts.json)" = "$stale" ]
	[ "$(fria --json status | jq -r --arg n "$1" '.assessments[] |
		select(.assessment == $n) | .counts |
		"\(.open) \(.stale) \(.suspect)"')" = "$open $stale $suspect" ]
	fria evaluate "$1" | sed -n 2p >../said || true
	[ "$(number '\b([0-9]+) to be answered' ../said)" = "$open" ]
	[ "$(number '\b([0-9]+) to be judged again' ../said)" = "$stale" ]
	[ "$(number '\b([0-9]+) possibly affected' ../said)" = "$suspect" ]
	printf 'q\n' | fria fill "$1" >../said || true
	local line
	for line in 'Still to do: ' '; to go: '; do
		grep -F "$line" ../said | sed "s/.*$line//" >../todo || true
		[ "$(number '\b([0-9]+) to be answered' ../todo)" = "$open" ]
		[ "$(number '\b([0-9]+) to be judged again' ../todo)" = "$stale" ]
		[ "$(number '\b([0-9]+) possibly affected' ../todo)" = "$suspect" ]
	done
	fria >../said || true
	[ "$(number "$1: ([0-9]+) questions? to be answered" ../said)" = "$open" ]
	[ "$(number "$1: ([0-9]+) answers? to be judged again" ../said)" = "$stale" ]
	[ "$(number "$1: ([0-9]+) answers? possibly affected" ../said)" = "$suspect" ]
	fria adopt "$1" >../said 2>&1 || true
	if ! grep -q 'nothing to adopt' ../said; then
		[ "$(number '^- ([0-9]+) questions? to be answered' ../said)" = "$open" ]
		[ "$(number '^- ([0-9]+) answers? to be judged again' ../said)" = "$stale" ]
		# First what comes first: answers, then advice, then the decision.
		sed -nE 's/^- .*(answered|judged|advice|decision).*/\1/p' ../said |
			tr '\n' ' ' >../order
		grep -qE '^(answered )?(judged )?(advice )*(decision )*$' ../order
	fi
	mkdir -p templates
	printf '{{count open}} {{count stale}} {{count suspect}}\n' >templates/count.en.md
	fria report "$1" --template count --format md >../said
	grep -qx "$open $stale $suspect" ../said
}

@test "one count: nothing answered, begun, adopted, and after a release" {
	assessment
	one_count straatafval/iama
	for task in 1.1.1 1.1.2 1.2.1; do
		fria answer straatafval/iama $task "Antwoord."
	done
	one_count straatafval/iama
	cd ..
	rm -rf ws
	adopted
	one_count straatafval/iama
	on_day 2026-11-20
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	[ -n "$(in_state stale)" ]
	one_count straatafval/iama
}

@test "one count of two assessments of one application" {
	adopted_chatbot
	one_count chatbot/iama
	one_count chatbot/fria
	on_day 2026-11-20
	fria release chatbot 2.0 --from "$EXAMPLES/chatbot/release-2.0.json" \
		--answers "$EXAMPLES/chatbot/release-check-2.0.json"
	[ -n "$(in_state stale chatbot/iama)" ]
	one_count chatbot/iama
	one_count chatbot/fria
	fria new chatbot fria-1.0 --name tweede
	one_count chatbot/tweede
}
