#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The story of the README in a terminal and in Dutch, from nothing to version 2:
# without a JSON file, without git, without an English word that nobody expects.
bats_require_minimum_version 1.5.0
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() {
	common_setup
	export TERM=xterm NO_COLOR=1 LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=$PWD/none
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
		GIT_COMMITTER_EMAIL
	mkdir bin
	REAL_GIT=$(command -v git)
	no_git
	printf '#!/bin/sh\ncp "%s" "$1"\n' "$PWD/form.md" >bin/editor
	chmod +x bin/*
	export EDITOR=editor PAGER=cat PATH=$PWD/bin:$PATH
	AT=$PWD
	touch typed said
}

# no_git: git is not there for anybody, and who calls it is written down; for
# fria itself it is there where what is shared comes and goes by it.
no_git() {
	cat >bin/git <<-S
		#!/bin/sh
		[ "\$(cat /proc/\$PPID/comm)" != "$1" ] || exec $REAL_GIT "\$@"
		echo "git \$*" >>"$PWD/git-called"
		exit 1
	S
}

# types ARGUMENT...: fria in a terminal, in Dutch; what is typed there is on
# standard input. What was typed and what was said is kept.
types() {
	local line status=0
	printf '%s\n' "$@" >>"$AT/typed"
	"$BATS_FILE_TMPDIR/pty" $FRIA --lang nl "$@" >"$AT/answer" \
		< <(tee -a "$AT/typed") || status=$?
	cat "$AT/answer" >>"$AT/said"
	cat "$AT/answer"
	return $status
}

# something ARGUMENT...: it ends with 1, there is something to see
something() {
	types "$@" || [ $? = 1 ]
}

# form RELEASE: what the editor is to make of the characteristics
form() {
	(
		unset GIT_CONFIG_GLOBAL
		rm -rf "$AT/aside" && mkdir "$AT/aside" && cd "$AT/aside" &&
			as Aside $FRIA --lang nl init . --org Zandmeer &&
			as Aside fria app add straatafval --from "$EXAMPLE/entry.json" &&
			as Aside fria release straatafval "$1" --patch \
				--from "$EXAMPLE/release-$1.json" &&
			$FRIA --lang nl app form straatafval >"$AT/form.md"
	) >/dev/null
}

# What a person changes of it in the editor for release 1.1.
changed() {
	sed -i 's/^- Weidewijk$/- Weidewijk\n- Havenkwartier\n- Duinrand/
		/^### Model en versie/,/^### /s/versie: 1.0/versie: 2.0/
		s/^18000$/31000/' "$AT/form.md"
}

# Every answer of a folder, as its files say, in the form's order; a choice in
# the words printed. Measures first, which others choose.
answers() {
	local entry task
	for entry in "$1"/*.actiepunten; do
		group "$entry"
	done
	for entry in $(in_form_order "$1"); do
		task=$(basename "$entry" .md)
		case $entry in
		*.actiepunten | *\**) ;;
		*.waived.md)
			types waive straatafval/iama "${task%.waived}" \
				--kind "niet van toepassing" \
				--reason "$(tail -n +2 "$entry")" </dev/null ;;
		*.md) types answer straatafval/iama "$task" --file "$entry" </dev/null ;;
		*) group "$entry" ;;
		esac
	done
}

# group FOLDER: its rows
group() {
	local row
	for row in $(in_row_order "$1"); do
		rows "$1" "$row"
	done
}

# rows GROUP FILE: one row of it, field by field, in their order (as in play.sh)
rows() {
	local field value at=$(basename "$2" .json)
	[ -n "$(value "$(basename "$1")" 2>/dev/null | jq -r ".[$at - 1].id // empty" 2>/dev/null)" ] || at=nieuw
	while IFS=$'\t' read -r field value; do
		types answer straatafval/iama "$field" "$value" --row "$at" </dev/null
		at=$(basename "$2" .json)
	done < <(command jq -r --arg group "$(basename "$1")" \
		--slurpfile of "$ROOT/assessments/instruments/iama-2.0.json" \
		--slurpfile rights "$ROOT/assessments/rights.json" '
		[$rights[].rights[] | {(.id): .name.nl}] as $named |
		to_entries[] |
		(if .key | contains(".") then .key else $group + "." + .key end) as $id |
		[$of | .. | objects | select(.id == $id and .options?) |
			.options[] | {(.value): .label.nl}] as $chosen |
		[$id, ($named + $chosen | add)[.value] // .value] | @tsv' "$2")
}

# measured DAY VALUE...: the five metrics of the example
measured() {
	local metric day=$1
	for metric in gevonden-afval terecht-gemeld verschil-tussen-wijken \
		herkenbaar-na-vervaging opruimtijd; do
		shift
		types app metric straatafval "$metric" --value "$1" --date "$day" </dev/null
	done
}

# Words, one a line, in small letters.
words() { grep -oE '[[:alpha:]]+' | tr '[:upper:]' '[:lower:]' | sort -u; }

# What may be said: every sentence and word in Dutch, the questions in Dutch,
# what was typed, and the list beside this test.
known() {
	{
		cc -E -P -x c -I"$ROOT" - <<-'C'
			#define WORD(id, nl, en) nl
			#include "engine/base/words.def"
			#undef WORD
			#define FACT(pointer, binds, nl, en) nl
			#define MEMBER(key, nl, en) nl
			#include "engine/model/facts.def"
		C
		jq -r '.. | objects | .nl? | strings' "$ROOT"/assessments/*.json \
			"$ROOT"/assessments/instruments/{iama-2.0,start-1.0,start-2.0,plichten-1.0}.json
		cat "$AT/typed" "$AT"/form*.md "$EXAMPLE"/iama/answers*/*.md
		grep -v '^#' "$BATS_TEST_DIRNAME/dutch.words"
	} | sed 's/{[a-z_]*[|}!]/ /g; s/{buttons?/ /g; s/\\n/ /g' | words
}

# What was said, without paths and ids, and without a word that was cut off.
plainly() {
	local rows
	rows=$(jq -r '.. | objects | .id? | strings' assessments/*/*.json |
		sort -u | paste -sd '|')
	sed -E "s#https?://[^ ]*##g; s#$AT##g; s/\b(${rows:-none})\b//g; s/\b[0-9a-f]{10,40}\b//g
		s/<[^>]*>//g; s/[^ ]*…//g" "$AT/said"
}

# Nothing was said that is not known.
in_dutch() {
	local strange
	strange=$(comm -23 <(plainly | words) <(known))
	[ -z "$strange" ] || {
		echo "not Dutch, and in no list:"
		printf '%s\n' "$strange"
		plainly | grep -nwiFf <(printf '%s\n' "$strange")
		return 1
	}
}

# No file of JSON was typed, and git was not called.
by_hand() {
	lacks '\.json' "$AT/typed" && [ ! -e "$AT/git-called" ]
}

begun() {
	form 1.0
	types init werk --org "Gemeente Zandmeer" <<-'S'
		? Uw naam:
		> R. Jansen
		? Uw e-mailadres:
		> r.jansen@zandmeer.example
		? Werkmap gemaakt en vastgelegd
	S
	cd werk
	types <<-'S'
		? fria app add ID
	S
	types app add straatafval <<-'S'
		? Toepassing straatafval toegevoegd en vastgelegd.
	S
	types release straatafval 1.0 --in-use-from "16 maart 2026" <<-'S'
		? Vastleggen?
		> j
		? release 1.0 vastgelegd
	S
}

@test "the first questions, from nothing" {
	begun
	types new straatafval start-1.0 <<-'S'
		? straatafval/start begonnen
	S
	something fill straatafval/start <<-'S'
		? antwoord of letter>
		> 1
		? Genoteerd
		? antwoord of letter>
		> q
		? Bewaren
		> n
	S
	types waive straatafval/start 1.2 --kind "nog niet bekend" \
		--reason "Wij zoeken het uit." --save <<-'S'
		? Bewaard
	S
	something evaluate straatafval/start </dev/null
	something </dev/null
	in_dutch
	by_hand
}

@test "what came since: the law, proposals, conflicts, the gate" {
	begun
	types law update </dev/null || [ $? = 1 ]
	types new straatafval iama-2.0 </dev/null
	types new straatafval start-2.0 </dev/null
	printf '## 2.4.1 Kwaliteit\n\n**Antwoord leverancier:**\n\nGemeten per wijk.\n\n## 2.4.3 Fouten\n\n**Antwoord leverancier:**\n\nGeen.\n' >../antwoorden.md
	cp ../antwoorden.md ../form-antwoorden.md
	something import straatafval/iama ../antwoorden.md </dev/null
	something evaluate straatafval/iama </dev/null
	run types confirm straatafval/iama --taken-over --note "Gezien." </dev/null
	[ "$status" = 2 ]
	something confirm straatafval/iama 2.4.1 --taken-over --note "Gelezen." <<-'S'
		? Gemeten per wijk.
		? Staat u voor
		> j
	S
	types answer straatafval/iama 2.4.3 --proposal </dev/null
	something status </dev/null
	types save </dev/null || [ $? = 1 ]
	something gate straatafval </dev/null
	types app pulse straatafval <<-'S'
		? Niets van dit alles?
		> j
	S
	something conflicts </dev/null
	something check </dev/null
	something log straatafval/iama </dev/null
	something blame straatafval/iama </dev/null
	something verify </dev/null
	types instrument list </dev/null
	something register check straatafval </dev/null || [ $? = 2 ]
	types sync </dev/null || [ $? -lt 3 ]
	types help confirm </dev/null
	types help import </dev/null
	in_dutch
	by_hand
}

@test "a second person joins, both say something else, one decides" {
	no_git fria
	types init anna --org Zandmeer <<-'S'
		? Uw naam:
		> Anna de Wit
		? Uw e-mailadres:
		> anna@example.org
		? Werkmap gemaakt en vastgelegd
	S
	cd anna
	form 1.0
	types app add parkeren <<-'S'
		? toegevoegd en vastgelegd
	S
	types new parkeren iama-2.0 </dev/null
	something fill parkeren/iama <<-'S'
		? te doen: 74 nog te beantwoorden
		> Te veel afval naast de containers.
		? Genoteerd.
		? antwoord of letter>
		> q
		? Bewaren in de geschiedenis?
		> j
		? Bewaard
	S
	types sync ../gedeeld <<-'S'
		? daar is een gedeelde repository gemaakt
		? Verzonden: 3 wijzigingen
	S
	cd ..
	types join nergens piet <<-'S' || [ $? = 2 ]
		? Uw naam:
		> Piet Bakker
		? Uw e-mailadres:
		> piet@example.org
		? daar is geen repository
	S
	types join gedeeld piet <<-'S'
		? Uw naam:
		> Piet Bakker
		? Uw e-mailadres:
		> piet@example.org
		? U doet mee met Zandmeer
	S
	cd piet
	types answer parkeren/iama 1.1.1 "Afval, en ratten." --save <<-'S'
		? Bewaard
	S
	types sync <<-'S'
		? Verzonden: 1 wijziging
	S
	cd ../anna
	types answer parkeren/iama 1.1.1 "Afval, en meeuwen." --save <<-'S'
		? Bewaard
	S
	something sync <<-'S'
		? fria conflicts parkeren/iama
	S
	something <<-'S'
		? parkeren/iama: op 1 punt schreven u en een ander iets anders
		? fria conflicts parkeren/iama
	S
	something conflicts parkeren/iama <<-'S'
		? meeuwen
		? ratten
	S
	run types adopt parkeren/iama </dev/null
	[ "$status" = 2 ]
	types resolve parkeren/iama 1.1.1 --value "Afval, ratten en meeuwen." <<-'S'
		? Beslist
	S
	types save <<-'S'
		? Bewaard
	S
	types sync <<-'S'
		? Verzonden
	S
	types conflicts </dev/null
	cd ../piet
	types sync <<-'S'
		? Ontvangen
	S
	something log parkeren/iama </dev/null
	something blame parkeren/iama 1.1.1 </dev/null
	something verify </dev/null
	in_dutch
	by_hand
	cd ..
	for who in anna piet; do
		[ "$(value 1.1.1 $who/assessments/parkeren/iama.json)" = \
			"Afval, ratten en meeuwen." ]
		[ -z "$($REAL_GIT -C $who status --porcelain)" ]
	done
	[ "$($REAL_GIT -C anna rev-parse HEAD)" = "$($REAL_GIT -C piet rev-parse HEAD)" ]
	[ "$($REAL_GIT -C anna log --format=%an | sort -u | tr '\n' ,)" = \
		"Anna de Wit,Piet Bakker," ]
}

@test "the workplace says in Dutch where it is, and that it ends" {
	$FRIA help | grep -q ' serve ' || skip "built without libmicrohttpd"
	begun
	types serve --no-browser --port 0 </dev/null || [ $? = 2 ]
	types serve --no-browser <<-'S'
		? http://127.0.0.1:
		^C
	S
	in_dutch
	by_hand
}

# bats test_tags=rest
@test "the README's story, from nothing to version 2" {
	begun
	types new straatafval iama-2.0 <<-'S'
		? straatafval/iama begonnen
	S
	measured 4-3-2026 85 84 7 0,4 38
	types meeting straatafval/iama --date "12 februari 2026" --chair "E. Smit" \
		--roles "projectleider, proceseigenaar, jurist, data scientist, functionaris gegevensbescherming" </dev/null
	something fill straatafval/iama <<-'S'
		? 1.1.1
		? antwoord of letter>
		> Afval blijft naast de containers liggen.
		? Genoteerd.
		? antwoord of letter>
		> q
		? Bewaren in de geschiedenis?
		> j
		? Bewaard
	S
	answers "$EXAMPLE/iama/answers"
	types save <<-'S'
		? Bewaard
	S
	something evaluate straatafval/iama </dev/null
	run types adopt straatafval/iama </dev/null
	[ "$status" = 2 ]
	[[ $output == *'--role jurist'* ]]
	something </dev/null
	types ask straatafval/iama --role jurist --until "20 maart 2026" </dev/null
	as "M. Bakker" types approve straatafval/iama --role jurist "positief met opmerkingen" \
		--note "De wettelijke basis klopt." </dev/null
	as "F. Yilmaz" types approve straatafval/iama --role "functionaris gegevensbescherming" positief \
		--note "De DPIA dekt dit." </dev/null
	as "K. Visser" types approve straatafval/iama --role eindverantwoordelijke inzetten \
		--note "De adviezen zijn overgenomen." </dev/null
	types adopt straatafval/iama </dev/null

	on_day 2026-11-16
	something </dev/null
	types app metric straatafval verschil-tussen-wijken --value 13 --date 9-9-2026 </dev/null
	measured 11-11-2026 88 88 6 0,6 24
	changed
	types release straatafval 1.1 <<-'S'
		? Gewijzigde kenmerken:
		? doel of werkproces?
		> nee
		? groepen of gebied?
		> ja
		? Wat is er veranderd
		> Twee wijken erbij.
		? omvang, frequentie of periode?
		> nee
		? model of instellingen?
		> ja
		? Wat is er veranderd
		> Een nieuw model.
		? gegevens?
		> nee
		? leverancier?
		> nee
		? rol van medewerkers?
		> nee
		? incidenten of pers?
		> nee
		? beleid of mandaat?
		> nee
		? of contract?
		> nee
		? Vastleggen?
		> j
		? release 1.1 vastgelegd
	S
	something </dev/null
	something evaluate straatafval/iama </dev/null
	types confirm straatafval/iama --cause Gebied --note "Ook daar nagegaan." <<-'S'
		? Staat u voor al deze antwoorden
		> j
	S
	something fill straatafval/iama <<-'S'
		? antwoord of letter>
		> k
		? >
		> Nagegaan.
		? antwoord of letter>
		> q
		? Bewaren
		> j
	S
	something confirm straatafval/iama --all-stale --note "Alles is nagegaan." <<-'S'
		? Staat u voor al deze antwoorden
		> j
	S
	while read -r task; do
		types confirm straatafval/iama "$task" --note "Een voor een nagegaan." </dev/null
	done < <(in_state stale)
	types save </dev/null
	something diff straatafval/iama v1 </dev/null
	as "M. Bakker" types approve straatafval/iama --role jurist positief --note "Klopt." </dev/null
	as "F. Yilmaz" types approve straatafval/iama --role "functionaris gegevensbescherming" positief --note "Klopt." </dev/null
	as "K. Visser" types approve straatafval/iama --role eindverantwoordelijke inzetten --note "Klopt." </dev/null
	types adopt straatafval/iama </dev/null
	types log straatafval/iama </dev/null
	types report straatafval/iama@v2 --format html -o ../rapport.html </dev/null
	types report straatafval/iama@v2 </dev/null
	types </dev/null
	types verify </dev/null
	in_dutch
	by_hand
}
