#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Undo says what goes, asks where somebody can answer, and keeps it.
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
	assessment
	fria answer straatafval/iama 1.1.1 "Saved." && fria save
	fria answer straatafval/iama 1.1.1 "Not saved."
	fria answer straatafval/iama 1.1.2 "Neither."
}

@test "what goes is listed, and comes back" {
	cp $IAMA ../unsaved
	run --separate-stderr fria undo straatafval/iama 1.1.1
	[ "$status" = 0 ]
	[[ $stderr == *"This goes:"*"1.1.1"*"undo --back"* ]]
	[[ $stderr != *1.1.2* ]]
	[ "$(value 1.1.1) $(value 1.1.2)" = "Saved. Neither." ]
	run --separate-stderr fria undo straatafval/iama
	[[ $stderr == *1.1.2* ]]
	[ -z "$(git status --porcelain)" ]
	run --separate-stderr fria undo straatafval/iama
	[ "$stderr" = "fria: straatafval/iama: there was nothing to undo." ] || [ "$stderr" = "straatafval/iama: there was nothing to undo." ]
	fria undo --back
	[ "$(value 1.1.1) $(value 1.1.2)" = "Saved. Neither." ]
	fria undo --back
	cmp $IAMA ../unsaved
	refused 'Nothing was undone' fria undo --back
}

@test "all that goes is listed in words: answers, rows, comments, meetings, characteristics" {
	fria comment straatafval/iama 1.1.2 "Is this still so?"
	fria meeting straatafval/iama --date 2026-03-09 --roles lawyer
	fria answer straatafval/iama 1.actiepunten.tekst "One more" --row new
	run --separate-stderr fria undo straatafval/iama 1.1.2
	[[ $stderr == *"1.1.2 "*": answered"* && $stderr != *"Is this still so"* && $stderr != *meeting* ]]
	run --separate-stderr fria undo straatafval/iama
	[[ $stderr == *"This goes:"*"1.actiepunten "*"row added"*"1.1.1 "*"answer changed"*"1.1.2 "*"comment: Is this still so?"*"meeting: 9 March 2026"* ]]
	run --separate-stderr fria undo --back
	[[ $stderr == *"Back, and not saved"*"comment: Is this still so?"* ]]
	local application=assessments/straatafval/application.json
	jq '.use.area = ["Elsewhere"] | .release = "1.1"' $application >../application.json
	cp ../application.json $application
	run --separate-stderr $FRIA --lang nl undo straatafval
	[[ $stderr == *"release van de toepassing: 1.0 → 1.1"*"Gebied: kenmerk gewijzigd"* ]]
	[[ $stderr != *"/use"* ]]
	run --separate-stderr $FRIA --lang nl undo straatafval
	[ "$stderr" = "straatafval: er was niets om terug te zetten." ]
	jq '.review = "P6M"' fria.json >../fria.json && cp ../fria.json fria.json
	run --separate-stderr fria undo fria.json
	[[ $stderr == *"This goes:"*"all of fria.json that is not saved"* ]]
	git diff --quiet fria.json
}

@test "what was changed since is not overwritten" {
	fria undo straatafval/iama
	fria answer straatafval/iama 1.1.1 "Newer."
	refused 'changed since' fria undo --back
	fria undo straatafval/iama 1.1.1
	fria undo --back
	[ "$(value 1.1.1)" = "Newer." ]
	fria undo straatafval/iama
	fria undo --back && fria undo straatafval/iama
}

@test "on a terminal it asks, and no leaves all as it was" {
	before=$(stamps)
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl undo straatafval/iama <<-'S'
		? Dit vervalt:
		? 1.1.1
		? 1.1.2
		? Laten vervallen?
		> n
	S
	[ "$status" = 0 ]
	[ "$(stamps)" = "$before" ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl undo straatafval/iama <<-'S'
		? Laten vervallen?
		> ja
		? weer zoals het is bewaard
		? fria undo --back
	S
	[ "$status" = 0 ]
	[ -z "$(git status --porcelain)" ]
}

@test "characteristics that were changed by hand come back too" {
	fria save
	sed -i 's/18000/190000/' assessments/straatafval/application.json
	run --separate-stderr fria undo straatafval
	[[ $stderr == *"This goes:"*"cases a year"* ]] || { echo "$stderr"; false; }
	fria undo --back
	grep -q 190000 assessments/straatafval/application.json
	refused 'missing' fria undo
}
