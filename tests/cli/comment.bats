#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What people say while an assessment is filled in.
bats_require_minimum_version 1.5.0
load common

setup() {
	common_setup
	assessment
	fria answer straatafval/iama 1.1.1 "Te veel afval."
	fria save
}

comments() { fria --json comment straatafval/iama; }

@test "a comment, a reply, and settled; outdated once the answer changes" {
	GIT_AUTHOR_NAME=bakker fria comment straatafval/iama 1.1.1 "Hoeveel dan?"
	id=$(comments | jq -r '.[0].id')
	fria comment straatafval/iama 1.1.1 "Staat in 2.3." --reply "$id"
	[ "$(comments | jq -c '[.[] | [.state, .reply]]')" = \
		"[[\"open\",null],[\"open\",\"$id\"]]" ]
	run fria comment straatafval/iama
	[[ $output == *"1.1.1 $id: Hoeveel dan? (bakker, "*"; still open)"* ]]
	fria answer straatafval/iama 1.1.1 "Duizend zakken per week."
	[ "$(comments | jq -r '.[0].state')" = outdated ]
	run fria evaluate straatafval/iama
	[[ $output == *"Comments"*"the answer changed since"* ]]
	[ "$(fria --json comment straatafval/iama --resolve "$id" |
		jq -c '[.[] | [.id, .state]]')" = "[[\"$id\",\"resolved\"]]" ]
	[ "$(comments | jq -r '.[0].state')" = resolved ]
	before=$(snapshot)
	fria comment straatafval/iama --resolve "$id"
	[ "$(snapshot)" = "$before" ]
	fria meeting straatafval/iama --date 2026-03-02 \
		--roles project-lead,lawyer,data-scientist
	fria save
	fria check
}

@test "meetings have an id of their own, and answers refer to one" {
	fria meeting straatafval/iama --date 2026-03-02 --chair "E. Smit" \
		--roles project-lead,lawyer,data-scientist --tasks 1.1.1,1.1.2
	fria meeting straatafval/iama --date 2026-03-02 --roles dpo
	run fria meeting straatafval/iama
	[[ $output == *"2 March 2026 "*"E. Smit "*"project lead, lawyer, data scientist  1.1.1, 1.1.2"*"2 March 2026 (2026-03-02-b)"* ]]
	fria answer straatafval/iama 1.1.2 "Minder." --meeting 2026-03-02-b
	jq -e '.answers["1.1.2"].basis.meeting == "2026-03-02-b"' $IAMA
	fria save
	fria check
}

@test "a script is given the comment or the meeting that it adds" {
	fria comment straatafval/iama 1.1.1 "Hoeveel?"
	run --separate-stderr fria --json comment straatafval/iama 1.1.1 "Waar?"
	[ "$(jq -c '[.[] | [.text, .state]]' <<<"$output")" = '[["Waar?","open"]]' ]
	[[ $stderr == *"$(jq -r '.[0].id' <<<"$output")"* ]]
	fria meeting straatafval/iama --date 2026-03-01 --roles dpo
	[ "$(fria --json meeting straatafval/iama --date 2026-03-02 --roles lawyer |
		jq -c '[.[] | [.id, .roles]]')" = '[["2026-03-02",["lawyer"]]]' ]
	[ "$(fria --json meeting straatafval/iama | jq length)" = 2 ]
}

@test "dissent stands beside an answer and changes no state" {
	fria answer straatafval/iama 1.1.1 --dissent "De jurist ziet dit anders."
	jq -e '.answers["1.1.1"] | .dissent == "De jurist ziet dit anders." and
		.value == "Te veel afval."' $IAMA
	[ "$(fria --json evaluate straatafval/iama | jq .counts.stale)" = 0 ]
	fria answer straatafval/iama 1.1.2 "Minder." --dissent "Hoeveel minder?"
	jq -e '.answers["1.1.2"].dissent == "Hoeveel minder?"' $IAMA
	fria answer straatafval/iama 1.1.1 --dissent ""
	jq -e '.answers["1.1.1"] | has("dissent") | not' $IAMA
}

@test "bad input: question, comment, role, date, meeting; nothing is changed" {
	refused 'Give the comment' fria comment straatafval/iama 1.1.1
	refused 'Give the comment' fria comment straatafval/iama 1.1.1 " "
	refused '9.9' fria comment straatafval/iama 9.9 x
	refused 'no comment "c1"' fria comment straatafval/iama 1.1.1 x --reply c1
	refused 'no comment "c1"' fria comment straatafval/iama --resolve c1
	refused 'no role "mayor".*project lead' fria meeting straatafval/iama \
		--date 2026-03-02 --roles mayor
	refused 'is no date' fria meeting straatafval/iama --date soon --roles dpo
	refused 'which roles' fria meeting straatafval/iama --date 2026-03-02
	refused '9.9' fria meeting straatafval/iama --date 2026-03-02 --roles dpo --tasks 9.9
	refused 'no meeting "m9"' fria answer straatafval/iama 1.1.1 x --meeting m9
	refused 'not answered yet' fria answer straatafval/iama 1.1.2 --dissent x
}

@test "check finds which roles were not present, and part 4 without a lawyer" {
	absent() { fria --json check | jq -r '.[] | select(.code |
		startswith("present")) | "\(.code) \(.severity)"' | sort | uniq -c | xargs; }
	[ "$(absent)" = "3 present_missing warning" ]
	run fria check straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *"Not present while it was filled in: lawyer"* ]]
	fria meeting straatafval/iama --date 2026-03-02 \
		--roles project-lead,data-scientist,lawyer --tasks 1.1.1
	[ -z "$(absent)" ]
	fria answer straatafval/iama 4.2.1 "De Gemeentewet."
	[ "$(absent)" = "1 present_part warning" ]
	fria meeting straatafval/iama --date 2026-03-09 --roles lawyer --tasks 4.2.1
	[ -z "$(absent)" ]
	fria save
	fria check
}
