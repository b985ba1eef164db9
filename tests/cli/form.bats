#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The characteristics as a form: written, filled in, and read by who adds an
# application, changes one or records a release; in a file or in the editor.
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1
}

fact() { jq -c "$1" assessments/"${2:-straatafval}"/application.json; }

# An editor that runs a script of sed on the form.
editor() {
	printf '#!/bin/sh\nsed -i %s "$1"\n' "'$1'" >../editor
	chmod +x ../editor
	export EDITOR=$PWD/../editor
}

@test "an application from nothing, filled in with a form of its own" {
	$FRIA --lang nl init ws --org Zandmeer && cd ws
	run --separate-stderr fria app add parkeren
	[ "$status" = 0 ]
	[[ $stderr == *"fria app form parkeren"* ]]
	[ "$(fact '[.id, .name, .release]' parkeren)" = '["parkeren","parkeren",null]' ]
	fria app form parkeren -o ../form.md
	grep -q '^### Geraakte groepen$' ../form.md
	! grep -q '^## Systeemkaart' ../form.md
	sed -i 's/^parkeren$/Parkeren/' ../form.md
	sed -i '/^### Fase/a proef' ../form.md
	sed -i '/^### Geraakte groepen/a - Bewoners\n- Bezoekers' ../form.md
	sed -i '/^### Periode van gebruik/a van: 1 maart 2026' ../form.md
	fria app set parkeren --from ../form.md
	[ "$(fact '.name, .use' parkeren | paste -sd ' ')" = '"Parkeren" {"groups":[{"id":"bewoners","name":"Bewoners"},{"id":"bezoekers","name":"Bezoekers"}],"period":{"from":"2026-03-01"},"phase":"proef"}' ]
	[ "$(git log -1 --format=%s)" = "parkeren: kenmerken gewijzigd" ]
	fria check
}

@test "a form in which something may be filled in is not replaced unasked" {
	workspace
	fria app form straatafval -o ../form.md
	fria app form straatafval -o ../form.md
	echo "What I filled in." >>../form.md
	cp ../form.md ../mine.md
	refused 'is there already, and not as fria wrote it' fria app form straatafval -o ../form.md
	cmp ../form.md ../mine.md
	fria app form straatafval -o ../form.md --force
	fria app form straatafval | cmp - ../form.md
}

@test "a file of -o is replaced as fria wrote it, and no other" {
	workspace
	fria status -o ../page.md
	fria app list -o ../page.md
	fria app list --format md | cmp - ../page.md
	echo "My own words." >>../page.md
	cp ../page.md ../mine.md
	for what in status "app list" "app show straatafval" "app form straatafval" \
		"register export straatafval"; do
		[ "${what%% *}" != register ] || { cp ../mine.md ../page.json; end=json; }
		refused 'not as fria wrote it' fria $what -o "../page.${end:-md}"
		cmp "../page.${end:-md}" ../mine.md
	done
	rm ../page.md
	fria status -o ../page.md
	: >../empty.md
	fria status -o ../empty.md
	fria status -o /dev/null
}

@test "the form as it came changes nothing, whatever it does not show" {
	workspace
	fria app metric straatafval gevonden-afval --value 85
	before=$(git rev-parse HEAD)
	fria app form straatafval -o ../form.md
	fria app set straatafval --from ../form.md
	[ "$(git rev-parse HEAD)" = "$before" ]
	[ -z "$(git status --porcelain)" ]
	fria app form straatafval | cmp - ../form.md
}

@test "a release with the form in which one thing changed" {
	adopted
	fria app form straatafval -o ../form.md
	sed -i 's/^- Weidewijk$/- Weidewijk\n- Havenkwartier/; s/^18000$/180000/' ../form.md
	echo '{"context": {"changed": true, "text": "A fourth district."}}' >../check.json
	run --separate-stderr fria --json release straatafval 1.1 --from ../form.md --answers ../check.json
	[ "$status" = 0 ]
	[ "$(jq -c .changed <<<"$output")" = '["/use/area","/use/volume"]' ]
	[ "$(fact .use.area)" = '["Centrum","Oud-Noord","Weidewijk","Havenkwartier"]' ]
	[ "$(fact '.monitoring["gevonden-afval"].series | length')" -gt 0 ]
}

@test "a heading taken out stays as it was, one that is empty goes" {
	workspace
	printf '### Area\n### Frequency\nweekly\n' >../form.md
	fria app set straatafval --from - <../form.md
	[ "$(fact '[.use.area, .use.frequency, .use.volume]')" = '[null,"weekly",18000]' ]
}

@test "what cannot be read is refused with its line, and what may be meant" {
	workspace
	refused_form() {
		printf "$2" >../form.md
		refused "form.md:$1" fria app set straatafval --from ../form.md
		refused "form.md:$1" fria release straatafval 1.1 --from ../form.md --patch
		refused "form.md:$1" fria app add ander --from ../form.md
	}
	refused_form '1:.*Did you mean "Area"' '### Arae\n'
	refused_form '2:.*in use' '### Phase\nbezig\n'
	refused_form '2:.*180000' '### Persons or cases a year\n180.000\n'
	refused_form '3:.*version' '### Sources of data\n- name: a\n- name: b; vresion: 2\n'
	refused_form '2:.*one line' '### Name of the application\na\nb\n'
	refused_form '1:.*under no' 'Dag allemaal\n'
	refused 'no form we write|.md' fria app form straatafval -o form.pdf
	refused 'cannot be' fria app form ../x
}

@test "one characteristic by its title, as the form reads it" {
	workspace
	fria app set straatafval Fase "Proef"
	fria app set straatafval "Area" "- Centrum
- Haven"
	fria app set straatafval "Model en versie" "naam: detector; versie: 3"
	[ "$(fact '[.use.phase, .use.area, .use.model.version]')" = '["proef",["Centrum","Haven"],"3"]' ]
	fria app set straatafval Area ""
	[ "$(fact '.use.area')" = null ]
	refused 'is no characteristic. Did you mean "Area"' fria app set straatafval Arae x
	refused 'pilot' fria app set straatafval Phase bezig
}

@test "the editor opens on the form where nothing is given, on a terminal" {
	workspace
	editor 's/^18000$/190000/'
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl app set straatafval <<-'S'
		? kenmerken vastgelegd
	S
	[ "$status" = 0 ]
	[ "$(fact .use.volume)" = 190000 ]
	editor 's/^190000$/veel/'
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl app set straatafval <<-'S'
		? Wat u invulde staat in
		? geen getal
	S
	[ "$status" = 2 ] || { echo "$status $output"; false; }
	kept=$(grep -ao '/[^ ]*/fria-[a-z0-9]*\.md' <<<"$output")
	grep -q '^veel' "$kept"
	rm "$kept"
	editor '/^### Purpose of this use/a Vlot parkeren.'
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl app add parkeren <<-'S'
		? Toepassing parkeren toegevoegd
	S
	[ "$status" = 0 ]
	[ "$(fact .use.purpose parkeren)" = '"Vlot parkeren."' ]
	refused 'Give --from' fria app set straatafval
	refused 'missing' fria app set straatafval /use/area
}
