#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What a command needs and was not given: asked in a terminal, named elsewhere.
bats_require_minimum_version 1.5.0
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
	assessment >/dev/null && fria save
}

asked() { "$BATS_FILE_TMPDIR/pty" $FRIA --lang en "$@"; }

@test "an assessment, a role and its word are chosen by number or in words" {
	asked approve <<-'S'
		? Which assessment?
		? 1  straatafval/iama
		> 1
		? Which role?
		> lawyer
		? What does this role say?
		? 1  positive
		> 1
		? Recorded advice
	S
	jq -e '.approvals[-1] | .role == "lawyer" and .value == "positive"' $IAMA
}

@test "reasons, names and days are typed; a day is read as elsewhere" {
	asked waive <<-'S'
		? Which assessment?
		> straatafval/iama
		? Which question?
		> 1.1.1
		? Why does this question need no answer?
		? 1  not applicable
		> 1
		? What is the reason?
		> Geen opt-out.
		? Stays unanswered: 1.1.1
	S
	jq -e '.answers["1.1.1"].waived |
		.kind == "not-applicable" and .reason == "Geen opt-out."' $IAMA
	fria save
	asked retire straatafval <<-'S'
		? On which day?
		> 1 december 2030
		? 2030
	S
	jq -e '.use.phase_from == "2030-12-01" or .in_use.to == "2030-12-01"' \
		assessments/straatafval/application.json
}

@test "an option in its place asks nothing; nothing typed changes nothing" {
	before=$(git rev-parse HEAD)
	run asked ask straatafval/iama <<-'S'
		? Which role?
		> 
		? Give --role
	S
	[ "$status" = 2 ] && [ "$(git rev-parse HEAD)" = "$before" ]
	refused "nothing of lawyer" fria approve straatafval/iama --role lawyer --withdraw
	refused 'Give --role. Which role. process owner; lawyer' fria ask straatafval/iama
	refused 'Something is missing. Which assessment. straatafval/iama' fria adopt
	refused 'Something is missing. Which questionnaire. iama-2.0; ' \
		fria new straatafval
}

@test "an export that names no format is told which there are" {
	assessment
	refused "Which format\? table \(csv\);.*calendar \(ics\)" \
		fria export straatafval/iama
}
