#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Whether anything changed is asked every so often, and who says no is kept.
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
	adopted
	before=$(evaluation)
	jq '. + {pulse: "P1M"}' fria.json >../fria.json && cp ../fria.json fria.json
	git commit -qam "Ask every month."
}

events() { jq -c "[.events[]? | select(.theme == \"pulse\")] | $1" assessments/straatafval/application.json; }

@test "nothing is asked where nobody asked for it" {
	[ "$(jq 'has("pulse")' <<<"$before")" = false ]
}

@test "what is overdue weighs as a measurement that is missing" {
	[ "$(evaluation | jq -c '[.verdict, .pulse.due, .pulse.overdue]')" = '["current","2026-04-16",false]' ]
	on_day 2026-04-16
	[ "$(evaluation | jq .pulse.overdue)" = false ]
	on_day 2026-04-17
	[ "$(evaluation | jq -c '[.verdict, .pulse.overdue]')" = '["needs-review",true]' ]
	run fria evaluate straatafval/iama
	[[ $(tr -s ' \n' ' ' <<<"$output") == *"16 March 2026 nobody said"*"fria app pulse straatafval"* ]]
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"fria app pulse"* ]]
	[[ $(fria) == *"straatafval: since 16 April 2026 nobody has answered whether anything changed"*"fria app pulse straatafval"* ]]
	[[ $(fria status --mine --format mail | tr -s ' \n' ' ') == *"straatafval: since 16 April 2026 nobody"* ]]
	[ "$(fria --json gate straatafval | jq -c '[.reasons[].code]')" = '["pulse"]' ]
	[ "$(fria --json status straatafval | jq -c '.assessments[0] | [.verdict, .overdue]')" = '["needs-review",1]' ]
}

@test "that nothing changed is an event, with who and when" {
	on_day 2026-04-17
	fria app pulse straatafval --note "Asked the team."
	[ "$(events '.[0] | [.release, .changed, .text, .by, .at]')" = \
		'["1.0",false,"Asked the team.","R. Jansen <r@example.org>","2026-04-17T09:00:00Z"]' ]
	[ "$(verdict)" = current ]
	[ "$(evaluation | jq -c '[.pulse.last, .pulse.due, .unanswered, .counts.stale]')" = '["2026-04-17","2026-05-17",[],0]' ]
	fria gate straatafval
	fria verify && fria check
	run fria diff straatafval/iama v1
	[[ $output == *"reported that nothing changed"* ]] || { echo "$output"; false; }
}

@test "on a terminal the seven questions come first; one yes is a release" {
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl app pulse straatafval <<-'S'
		? Is er bij straatafval iets veranderd
		? doel of werkproces?
		? Niets van dit alles?
		> n
		? fria release straatafval
	S
	[ "$status" = 1 ]
	[ "$(events length)" = 0 ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl app pulse straatafval <<-'S'
		? Niets van dit alles?
		> j
		? dat er niets is veranderd
	S
	[ "$status" = 0 ]
	[ "$(events length)" = 1 ]
}

@test "the log tells a pulse and a correction in words, with what was noted" {
	fria app pulse straatafval --note "Asked the supplier."
	fria app form straatafval | sed 's/^- Oud-Noord$/&\n- Haven/' >../form.md
	fria release straatafval 1.0 --correct --from ../form.md --note "Haven was forgotten."
	run -0 fria log straatafval/iama
	local all
	all=$(flat "$output")
	[[ $all == *"characteristics corrected, without a new release: Haven was forgotten."* ]]
	[[ $all == *"reported that nothing changed: Asked the supplier."* ]]
	run -0 $FRIA --lang nl log straatafval/iama
	all=$(flat "$output")
	[[ $all == *"kenmerken verbeterd, zonder nieuwe release: Haven was forgotten."* ]]
	[[ $all == *"gemeld dat er niets is veranderd: Asked the supplier."* ]]
	[[ $all != *"is er iets veranderd"* ]]
	run $FRIA --lang nl evaluate straatafval/iama
	[[ $(flat "$output") == *"Wat R. Jansen verbeterde aan de kenmerken bij release 1.0 (10 maart 2026), en wat dat raakt"* ]]
}

@test "refused: an interval that is none, and before a first release" {
	fria app add nieuw
	refused 'No release' fria app pulse nieuw
	jq '.pulse = "soon"' fria.json >../fria.json && cp ../fria.json fria.json
	refused 'pulse' fria status
}
