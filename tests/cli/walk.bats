#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A release on a terminal: what changes is shown, the seven questions are asked,
# and only then something is recorded; and one that was recorded wrong.
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
}

# at_terminal ARGS: fria in Dutch, talked to by the script on standard input
at_terminal() {
	"$BATS_FILE_TMPDIR/pty" $FRIA --lang nl "$@"
}

facts() { jq -c "$1" assessments/straatafval/application.json; }

# The form, with a fourth district in it.
changed_form() {
	fria app form straatafval -o ../form.md
	sed -i 's/^- Weidewijk$/- Weidewijk\n- Havenkwartier/' ../form.md
}

@test "what changes comes first, then the questions, then what that means" {
	adopted
	changed_form
	before=$(git rev-parse HEAD)
	run at_terminal release straatafval 1.1 --from ../form.md <<-'S'
		? Gewijzigde kenmerken:
		? Gebied
		? {+Havenkwartier;+} Oud-Noord; Weidewijk
		? doel of werkproces?
		> n
		? groepen of gebied?
		> j
		> Een vierde wijk.
		? omvang, frequentie of periode?
		> n
		? model of instellingen?
		> n
		? gegevens?
		> n
		? leverancier?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? opnieuw te beoordelen
		? Vastleggen?
		> n
		? niet vastgelegd
	S
	[ "$status" = 0 ] || { echo "$output"; false; }
	[ "$(git rev-parse HEAD)" = "$before" ]
	[ -z "$(git status --porcelain)" ]
	run at_terminal release straatafval 1.1 --from ../form.md <<-'S'
		? doel of werkproces?
		> n
		? groepen of gebied?
		> j
		> Een vierde wijk.
		? omvang, frequentie of periode?
		> n
		? model of instellingen?
		> n
		? gegevens?
		> n
		? leverancier?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? Vastleggen?
		> j
		? release 1.1 vastgelegd
	S
	[ "$status" = 0 ] || { echo "$output"; false; }
	[ "$(facts .release)" = '"1.1"' ]
	[ "$(facts '[.events[] | select(.release == "1.1" and .changed) | .text]')" = '["Een vierde wijk."]' ]
	[ "$(git rev-list --count "$before..HEAD")" = 1 ]
}

@test "what cannot be recorded is said before a question is asked" {
	adopted
	printf '### Phase\nbezig\n' >../form.md
	run at_terminal release straatafval 1.1 --from ../form.md </dev/null
	[ "$status" = 2 ]
	[[ $output != *Releasevragen* ]]
	printf '### Area\nx\n' >../form.md
	run at_terminal release straatafval 1.0 --from ../form.md </dev/null
	[ "$status" = 2 ]
	[[ $output != *Releasevragen* ]]
}

@test "a dry run says the same, and nothing is written" {
	adopted
	changed_form
	before=$(stamps)
	run --separate-stderr fria release straatafval 1.1 --from ../form.md --patch --dry-run
	[ "$status" = 0 ]
	[[ $stderr == *"is not recorded"* ]]
	dry=$output
	[ "$(fria --json release straatafval 1.1 --from ../form.md --patch --dry-run |
		jq -c '[.commit, .changed]')" = '[null,["/use/area"]]' ]
	[ "$(stamps)" = "$before" ]
	run --separate-stderr fria release straatafval 1.1 --from ../form.md --patch
	[ "$output" = "$dry" ]
	[[ $output == *"Havenkwartier"* ]]
}

@test "a release that was recorded wrong is corrected under its name" {
	adopted
	changed_form
	refused 'the release of now' fria release straatafval 1.1 --from ../form.md --correct
	run --separate-stderr fria release straatafval 1.0 --from ../form.md --correct --note "One was forgotten."
	[ "$status" = 0 ]
	[[ $stderr == *"release 1.0 corrected"* ]]
	[ "$(facts '.events[-1] | [.release, .corrected, .text, .by]')" = \
		'["1.0",["/use/area"],"One was forgotten.","R. Jansen <r@example.org>"]' ]
	[ "$(facts .use.area)" = '["Centrum","Oud-Noord","Weidewijk","Havenkwartier"]' ]
	[ "$(git log -1 --format=%s)" = "straatafval: release 1.0 corrected" ]
	# What rested on it is asked again, and nobody says that it was not asked.
	[ "$(evaluation | jq '.counts.stale > 0')" = true ]
	[ "$(evaluation | jq -c .unanswered)" = '[]' ]
	fria check
	fria verify
	run fria diff straatafval/iama v1
	[[ $output == *corrected* ]]
	refused 'nothing to correct' fria release straatafval 1.0 --from ../form.md --correct
	refused 'answers' fria release straatafval 1.0 --from ../form.md --correct --answers "$EXAMPLE/release-check-1.1.json"
}

@test "what is neither yes nor no is asked again; what was typed is kept" {
	adopted
	changed_form
	export TMPDIR=$PWD/../kept
	mkdir "$TMPDIR"
	run at_terminal release straatafval 1.1 --from ../form.md <<-'S'
		? doel of werkproces?
		> misschien
		? "misschien" is geen antwoord
		? doel of werkproces?
		> nauwelijks
		? "nauwelijks" is geen antwoord
		? doel of werkproces?
		> Nee, niets.
		? groepen of gebied?
		> ja
		? in één regel?
		> Een vierde wijk.
		? omvang, frequentie of periode?
		>
		? model of instellingen?
		> ?
		? gegevens?
		> n
		? leverancier?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? ?
		> n
		? Vastleggen?
		> n
		? Uw antwoorden staan in
	S
	[ "$status" = 0 ] || { echo "$output"; false; }
	jq -e 'to_entries[0].value.changed == false and (map(.text // empty) == ["Een vierde wijk."])' "$TMPDIR"/fria-*.json
	fria release straatafval 1.1 --from ../form.md --answers "$TMPDIR"/fria-*.json
	[ "$(facts '[.events[] | select(.changed) | .text]')" = '["Een vierde wijk."]' ]
}

@test "a characteristic that stands so already is not recorded again" {
	adopted
	run fria app set straatafval Leverancier "Iemand anders"
	[[ $output == *"characteristics recorded"* ]]
	before=$(stamps)
	run fria app set straatafval Leverancier "Iemand anders"
	[ "$status" = 0 ]
	[[ $output == *"it was so already"* ]]
	run fria app set straatafval Phases x
	[[ $output == "fria: \"Phases\" is no"* ]]
	run fria --lng nl status
	[[ $output == *"no option --lng"*--lang* ]]
	[ "$(stamps)" = "$before" ]
}

@test "a pulse of an application that is not there asks nothing" {
	adopted
	run at_terminal app pulse bestaatniet </dev/null
	[ "$status" = 2 ]
	[[ $output == *bestaatniet* ]]
	[[ $output != *"doel of werkproces?"* ]]
	run at_terminal app pulse straatafval <<-'S'
		? doel of werkproces?
		? Niets van dit alles?
		> j
	S
	[ "$status" = 0 ]
}
