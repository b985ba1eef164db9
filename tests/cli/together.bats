#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Two people on one workspace, in Dutch and in a terminal, who never call git:
# one shares, the other joins, both answer the same question, one decides.
bats_require_minimum_version 1.5.0
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1 GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/none
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
		GIT_COMMITTER_EMAIL
}

# types FOLDER ARGUMENT...: in a terminal there; what is typed is on standard
# input
types() {
	local at=$1
	shift
	(cd "$at" && "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl "$@")
}

@test "a second person joins, differs, decides, and both have the same" {
	types . init anna --org Zandmeer <<-'S'
		? Uw naam:
		> Anna de Wit
		? Uw e-mailadres:
		> anna@example.org
		? Werkmap gemaakt en vastgelegd
	S
	types anna app add parkeren --from "$EXAMPLES/straatafval/entry.json" <<-'S'
		? toegevoegd en vastgelegd
	S
	types anna new parkeren iama-2.0 <<-'S'
		? parkeren/iama begonnen
		? Nog niet bewaard
	S
	types anna fill parkeren/iama <<-'S' || [ $? = 1 ]
		? 1.1.1
		? te doen: 74 nog te beantwoorden
		> Te veel afval naast de containers.
		? Genoteerd.
		? antwoord of letter>
		> q
		? Bewaren in de geschiedenis?
		> j
		? Bewaard
	S
	types anna sync ../gedeeld <<-'S'
		? daar is een gedeelde repository gemaakt
		? Verzonden: 3 wijzigingen
	S
	types . join gedeeld piet <<-'S'
		? Uw naam:
		> Piet Bakker
		? Uw e-mailadres:
		> piet@example.org
		? U doet mee met Zandmeer
	S
	types piet answer parkeren/iama 1.1.1 "Afval, en ratten." --save <<-'S'
		? Bewaard
	S
	types piet sync <<-'S'
		? Verzonden: 1 wijziging
	S
	types anna answer parkeren/iama 1.1.1 "Afval, en meeuwen." --save <<-'S'
		? Bewaard
	S
	types anna sync <<-'S' || [ $? = 1 ]
		? fria conflicts parkeren/iama
	S
	types anna <<-'S' || [ $? = 1 ]
		? parkeren/iama: op 1 punt schreven u en een ander iets anders
		? fria conflicts parkeren/iama
	S
	types anna conflicts parkeren/iama <<-'S' || [ $? = 1 ]
		? meeuwen
		? ratten
	S
	types anna resolve parkeren/iama 1.1.1 --value "Afval, ratten en meeuwen." <<-'S'
		? Beslist
	S
	types anna save <<-'S'
		? Bewaard
	S
	types anna sync <<-'S'
		? Verzonden
	S
	types piet sync <<-'S'
		? Ontvangen
	S
	for who in anna piet; do
		[ "$(value 1.1.1 $who/assessments/parkeren/iama.json)" = \
			"Afval, ratten en meeuwen." ]
		[ -z "$(git -C $who status --porcelain)" ]
	done
	[ "$(git -C anna rev-parse HEAD)" = "$(git -C piet rev-parse HEAD)" ]
	[ "$(git -C anna log --format=%an | sort -u | tr '\n' ,)" = \
		"Anna de Wit,Piet Bakker," ]
}
