#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The law as data: what rests on a date, and what a newer one does.
load common

setup() { common_setup; }

START=assessments/straatafval/start.json

# A questionnaire of which 2.1 and the conclusion FRIA rest on a line of the law.
by_law() {
	fria new straatafval start-1.0
	pinned '(.. | objects | select(.id == "2.1" and .type)).facts += ["/law/annex-iii"] |
		(.assessments[] | select(.id == "FRIA").levels[]).law = "annex-iii"'
	answer 1.1 ai && answer 1.2 publiek && answer 1.3 gebruiksverantwoordelijke
	answer 1.4 nee && answer 2.1 iii-5a && answer 2.2 nee && answer 3.1 geen
	answer 4.1 adviseert && answer 4.2 merkbaar && answer 4.3 nee
	fria save
}

pinned() { jq "$1" instruments/start-1.0.json >new && mv new instruments/start-1.0.json; }
answer() { fria answer straatafval/start "$@"; }
# law FILTER: law.json by hand
law() { jq "$1" law.json >new && mv new law.json; }
# As it was before the law moved, checked long ago.
before_it_moved() {
	law '(.checked, .lines["annex-iii"].checked) = "2026-01-01" |
		.lines["annex-iii"].from = "2026-08-02" |
		del(.lines["annex-iii"] | .was, .changed)'
}
stale() { evaluation straatafval/start | jq -r '.tasks[] | select(.state == "stale") | .id' | paste -sd' '; }

@test "init writes what the law says; law show tells it in three renderings" {
	workspace
	run -0 fria check
	[[ $output != *law* ]]
	run -0 fria law show
	[[ $output == *"Duties for high risk"*"from 2 December 2027"*"AI Act, article 6(2)"*"writings about the law"* ]]
	run -0 fria --lang nl law show --format md
	[[ $output == *"| Plichten bij hoog risico (bijlage III) | vanaf 2 december 2027 (was 2 augustus 2026) |"* ]]
	run -0 fria law show annex-iii --format html
	[[ $output == *"<h1"*"Duties for high risk (Annex III)"*"Official Journal"* ]]
	[ "$(fria --json law show annex-iii | jq -r .from)" = 2027-12-02 ]
	run -2 fria law show annex-iv
	[[ $output == *"There is no annex-iv in law.json"* ]]
	run -0 fria law update
	[[ $output == *"nothing newer"* ]]
}

@test "a date that moved reopens what rests on it, as one commit of who brought it in" {
	workspace && before_it_moved && fria save && by_law
	[ "$(stale)" = "" ]
	run -0 fria check
	[[ $output == *"law.json"*"knows a newer state of the law"* ]]
	# So do the pages that one sees first.
	for page in "status" "status straatafval" "status --mine" ""; do
		run --separate-stderr fria $page
		[[ $(flat "$stderr") == *"knows a newer state of the law. Look at it with: fria law update"* ]]
	done
	head=$(git rev-parse HEAD)
	run -1 fria law update
	[[ $(flat "$output") == *"Duties for high risk (Annex III): from 2 December 2027, changed on 27 July 2026; was from 2 August 2026"* ]]
	[[ $output == *"straatafval/start: 1 to be judged again"* ]]
	[ "$(git rev-parse HEAD)" = "$head" ] && [ -z "$(git status --porcelain)" ]
	as Jan fria law update --yes
	[ "$(git rev-parse HEAD^)" = "$head" ] && [ -z "$(git status --porcelain)" ]
	[ "$(git log -1 --format=%an)" = Jan ]
	[ "$(git show --format= --name-only | paste -sd' ')" = "assessments/straatafval/application.json law.json" ]
	[ "$(jq -c '.events[-1] | [.theme, .law, .by]' assessments/straatafval/application.json)" = \
		'["law",["annex-iii"],"Jan <jan@example.org>"]' ]
	[ "$(stale)" = 2.1 ]
	run -1 fria evaluate straatafval/start
	[[ $(flat "$output") == *"from 2 August 2026"*"from 2 December 2027"* ]]
	run -0 fria --lang nl confirm straatafval/start 2.1 --ground checked --note "Nog steeds 5a."
	[[ $(flat "$output") == *"Wijziging 1 van 1: Plichten bij hoog risico (bijlage III)"*"[-vanaf 2 augustus 2026-]"*"{+vanaf 2 december 2027, gewijzigd op 27 juli 2026+}"* ]]
	fria save
	[ "$(stale)" = "" ]
	run -0 fria law update
	run --separate-stderr fria status
	[[ $stderr != *"newer state of the law"* ]]
	run -0 fria verify
}

@test "a line that was only checked again, or marked otherwise, reopens nothing" {
	workspace && by_law
	law '.lines["annex-iii"] |= (.known = "unverified" | .checked = "2026-01-01" | .title.nl = "Iets")'
	fria save
	[ "$(stale)" = "" ]
	run -0 fria law update --yes
	[[ $output == *"The law says the same."*"Duties for high risk"* ]]
	[ "$(git show --format= --name-only)" = law.json ]
}

@test "a questionnaire that names no line is told by its questions about the law" {
	workspace && before_it_moved && fria save
	fria new straatafval start-1.0
	answer 1.1 ai && answer 1.4 nee && answer 2.1 iii-5a && fria save
	fria law update --yes
	[ "$(stale)" = "1.4 2.1" ]
}

@test "two people bring the same law in, and sync leaves one" {
	workspace && before_it_moved && fria save && by_law
	git init -q --bare ../shared && git remote add origin ../shared
	fria sync
	git clone -q ../shared ../other
	as Jan fria law update --yes
	as Piet fria -C ../other law update --yes
	fria sync
	as Piet fria -C ../other sync
	fria sync
	[ "$(jq -r '.lines["annex-iii"].from' law.json)" = 2027-12-02 ]
	cmp law.json ../other/law.json
	[ -z "$(git status --porcelain)" ]
	[ "$(stale)" = 2.1 ]
	run -0 fria check
}

@test "without law.json it is said what to do, and the first one is recorded" {
	workspace
	git rm -q law.json && git commit -qm "As it was"
	by_law
	run -0 fria check
	[[ $output == *"law.json"*"fria law update"* ]]
	run -2 fria law show
	[[ $output == *"fria law update"* ]]
	run -0 fria law update --yes
	[ "$(stale)" = 2.1 ]
	[ -z "$(git status --porcelain)" ]
	run -0 fria law show
}

@test "a law.json that is none is named with its place, and stops what rests on it alone" {
	workspace && by_law
	fria new straatafval iama-1.0 && fria save
	law '.lines["annex-iii"].from = "soon"'
	run -1 fria check
	[[ $output == *"law.json:"*":15: error: "*"soon"* ]]
	run -2 fria evaluate straatafval/start
	[[ $output == *"law.json"*"must be a day"* ]]
	run -1 fria evaluate straatafval/iama
	refused "must be a day" fria law update --yes
	refused "must be a day" fria save
	printf '{"lines": {' >law.json
	run -2 fria evaluate straatafval/start
	[[ $output == *"law.json:1:"* ]]
}

@test "lines of one's own stay, and of the others what was checked last" {
	workspace && before_it_moved
	law '.lines["own-rule"] = (.lines["woo"] // .lines["open-government"] | .title.nl = "Eigen regel") |
		.lines["annex-i"] |= (.from = "2029-01-01" | .checked = "2027-01-01")'
	fria save
	fria law update --yes
	[ "$(jq -c '[.lines["own-rule"].title.nl, .lines["annex-i"].from, .lines["annex-iii"].from]' law.json)" = \
		'["Eigen regel","2029-01-01","2027-12-02"]' ]
	run -0 fria law update
}

@test "what is not saved is not recorded along" {
	workspace && before_it_moved && fria save && by_law
	law '.lines["annex-i"].from = "2029-01-01"'
	refused "law.json" fria law update --yes
	git checkout -q law.json
	jq '.use.area = ["Zuid"]' assessments/straatafval/application.json >new
	mv new assessments/straatafval/application.json
	refused "straatafval" fria law update --yes
}

# long_day LANG DATE: "2 december 2027"
long_day() {
	local month=$((10#${2:5:2} - 1)) nl en
	nl=(januari februari maart april mei juni juli augustus september oktober november december)
	en=(January February March April May June July August September October November December)
	case $1 in
	nl) echo "$((10#${2:8:2})) ${nl[month]} ${2:0:4}" ;;
	*) echo "$((10#${2:8:2})) ${en[month]} ${2:0:4}" ;;
	esac
}

# said ROOT: place, tab, text: all that people read, but for the duties, what
# questionnaires conclude and what a letter says where a conclusion asks for it.
# A question that rests on the duties, or takes from them, may name them.
said() {
	local file
	for file in "$1"/assessments/instruments/*.json; do
		case $file in
		*/plichten-1.0.json | */start-1.0.json | */iama-1.0.json) continue ;;
		esac
		jq -r --arg file "${file##*/}" '[.. | objects |
			select((.id | type) == "string" and .type and ([.rests[]?, .takes[]?] |
				any(tostring | startswith("plichten#")) | not))] |
			.[] | .id as $id | [.task, .description, .alone, .options[]?.label] |
			.[] | objects | .nl, .en | values | "\($file) \($id)\t\(.)"' "$file"
	done
	awk '/^WORD\(/ { if (all != "") print all; all = FILENAME "\t" }
		{ line = $0
		  while (match(line, /"([^"\\]|\\.)*"/)) {
			all = all substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
			if (line ~ /^,/) all = all "; "
		  } }
		END { print all }' "$1"/engine/base/words/*.def
	awk '/\{\{if conclusion/ { deep++; next }
		deep && /\{\{(if|each)/ { deep++ }
		deep && /\{\{end\}\}/ { deep--; next }
		!deep { print FILENAME "\t" $0 }' "$1"/assessments/templates/*.md
	grep -rhoE '"[^"]{20,}"' --include='*.[ch]' "$1/engine" "$1/cli" | sed 's/^/code\t/'
}

# duties ROOT: the sentences in which it is told that a law, or who watches over
# it, asks or forbids something, or gives so much time for it; not the question
# whether it is required or forbidden, the name of a ground, or how soon something
# can be put right. One guidance is the law itself (4.2.3 of the IAMA).
duties() {
	local law='[Aa]rtikel|[Aa]rticle|\b(AVG|GDPR|Awb|Woo|WOR|DPIA|FRIA|AP)\b|Archiefwet|AI-verordening|AI Act|([Dd]e wet|[Tt]he law) '
	law="$law|[Ww]ettelijk|\\b[Ww]et(ten)?\\b|[Vv]erordening|[Rr]egulation|\\b[Ll]aws?\\b|[Ss]tatutory|[Tt]oezichthouder|[Ss]upervis"
	law="$law|Autoriteit|[Aa]uthority|[Oo]ndernemingsraad|[Ww]orks council|EU-databank|EU database|[Dd]atalek|[Dd]ata breach|\\blid [0-9]|paragraph [0-9]"
	local must='verplicht|plicht|\bmoet|\bdien(t|en) |\beist|\bvereis|\bvraagt|required|requires|\bmust\b|\bshall\b|\bdut(y|ies)|obliged|obligation|\basks'
	local forbids='\b(mag|mogen)( [^ ]+){0,2} (pas|niet|alleen)|verboden|prohibited|\bmay (not|only)|\b(has|have|needs?) to\b|\bgehouden (om|tot)|\bbound to\b|ten minste|at least'
	local term='\b(binnen|within|uiterlijk|no later than)\b.*\b([0-9]+|een|één|twee|drie|vier|zes|one|two|three|four|six) (uur|dag|dagen|week|weken|maand|maanden|jaar|hours?|days?|weeks?|months?|years?)\b'
	said "$1" | awk -F'\t' '{ gsub(/[.;!?] +/, "&\n", $2)
		n = split($2, part, "\n")
		for (i = 1; i <= n; i++) print $1 "\t" part[i] }' >sentences
	{
		grep -E "	.*($law)" sentences | grep -iE "	.*($must)" |
			grep -vE '(verplicht|required|wettelijke taak)\? *$|	Wettelijke plicht$'
		grep -E "	.*($law)" sentences | grep -iE "	.*($forbids)" |
			grep -vE '\? *$|^iama-2.0.json 4.2.3	Direct onderscheid'
		grep -iE "	.*($term)" sentences | grep -vE '\? *$|(op verzoek|on request) (binnen|within)'
	} | sort -u | grep -viE "	.*(conclusi|From when the law asks|vanaf wanneer de wet)" || :
}

@test "no duty stands outside the duties and the law, but where one is concluded" {
	[ -z "$(duties "$ROOT")" ] || { duties "$ROOT"; false; }
	# what is concluded to be required says by which line of the law
	for file in start-2.0 fria-1.0 dpia-3.0; do
		run -4 jq -er --slurpfile law "$ROOT/assessments/law.json" '.assessments[] | .id as $id |
			.levels[] | select(.level == "required") |
			select([.law] | flatten | map($law[0].lines[.] // empty) | length == 0) | $id' \
			"$ROOT/assessments/instruments/$file.json"
	done
	# planted, each is found: in a sentence of ours, a question, an option, a
	# letter, in code; in a letter that a conclusion asks for it may stand
	planted() {
		rm -rf tree && mkdir -p tree/engine/base tree/cli tree/assessments
		cp -r "$ROOT/engine/base/words" tree/engine/base
		cp -r "$ROOT"/assessments/{instruments,templates} tree/assessments
		(cd tree && eval "$1")
		[ "$(duties tree | wc -l)" = "$2" ]
	}
	planted : 0
	planted 'echo "WORD(x, \"De gemeente moet dit melden (artikel 27 AI-verordening).\", \"It is so.\")" >>engine/base/words/report.def' 1
	planted "sed -i '0,/Kies wat vandaag zo is\\./s//Een DPIA is altijd verplicht./' assessments/instruments/fria-1.0.json" 1
	planted "sed -i '0,/\"Moet nog\"/s//\"Verplicht door artikel 35\"/' assessments/instruments/fria-1.0.json" 1
	planted 'echo "Article 49 requires a registration." >>assessments/templates/summary.en.md' 1
	planted 'printf "%s\n" "{{if conclusion FRIA level=required}}" "Article 27 requires it." "{{end}}" >>assessments/templates/summary.en.md' 0
	planted 'echo "puts(\"The law obliges a city: a DPIA is required.\");" >cli/x.c' 1
	# by who watches over it, as what is forbidden, or by the time for it
	planted 'echo "WORD(x, \"De ondernemingsraad moet eerst instemmen.\", \"It is so.\")" >>engine/base/words/report.def' 1
	planted 'echo "The supervisory authority must be told of it." >>assessments/templates/summary.en.md' 1
	planted 'echo "Volgens de wet mag dit pas na een toets." >>assessments/templates/summary.nl.md' 1
	planted "sed -i '0,/Kies wat vandaag zo is\\./s//Meld een lek binnen 72 uur./' assessments/instruments/fria-1.0.json" 1
	planted 'echo "Answer a complaint no later than six weeks after it came." >>assessments/templates/summary.en.md' 1
	# and a question that names duties has them from where they stand
	planted "jq '(.. | objects | select(.id? == \"8.3\" and .type)) |= del(.rests, .takes)' \
		'$ROOT/assessments/instruments/fria-1.0.json' >assessments/instruments/fria-1.0.json" 2
}

# dates ROOT: where a day from which the law asks something is written
dates() (
	cd "$1" || exit
	day='20(25|26|27|28|29|30)-[01][0-9]-[0-3][0-9]'
	words='[0-9]{1,2} (januari|februari|augustus|december|january|february|august|december) 20(2[5-9]|30)'
	while read -r date; do
		grep -rIn -- "$date" engine cli assessments/instruments assessments/templates
	done < <(jq -r '.lines[] | .from, .was, .changed | values' "$ROOT/assessments/law.json" | sort -u)
	grep -rIniE "$words" assessments/instruments assessments/templates
	grep -rInE "\"$day\"" assessments/instruments assessments/templates
	# Nor as people write it: in sentences, comments and guides neither.
	while read -r date; do
		for lang in nl en; do
			grep -rIn -- "$(long_day $lang "$date")" engine cli schemas \
				assessments/instruments assessments/templates
		done
	done < <(jq -r '.lines[] | .from, .was | values' "$ROOT/assessments/law.json" | sort -u)
	true
)

@test "no date of application stands in code, in an instrument or in a template" {
	workspace
	for lang in nl en; do
		$FRIA --lang $lang law show --format md >../shown-$lang
	done
	shown=$(realpath ..)/shown
	while read -r date; do
		for lang in nl en; do
			grep -q -- "$(long_day $lang "$date")" "$shown-$lang"
		done
	done < <(jq -r '.lines[] | .from, .was | values' "$ROOT/assessments/law.json" | sort -u)
	[ -z "$(dates "$ROOT")" ] || { dates "$ROOT"; false; }
	# planted, each is found
	cd .. && mkdir -p tree/assessments
	cp -r "$ROOT"/assessments/{instruments,templates} tree/assessments
	while read -r file text; do
		mkdir -p tree/{engine,cli,schemas}
		cp "tree/$file" kept 2>kept.none || : >kept
		echo "$text" >>"tree/$file"
		[ -n "$(dates tree)" ] || { echo "$file: $text"; false; }
		cp kept "tree/$file"
	done <<-'E'
		engine/x.c	static const char from[] = "2027-12-02";
		cli/x.c	/* From 2 December 2027. */
		schemas/x.json	"vanaf 2 december 2027"
		assessments/templates/summary.nl.md	Dit geldt vanaf 2 augustus 2028.
		assessments/instruments/fria-1.0.json	{"from": "2027-12-02"}
	E
	[ -z "$(dates tree)" ]
}

@test "a conclusion says from when, how far that was checked and when; what is not known is not said" {
	workspace && by_law
	run -0 fria evaluate straatafval/start
	[[ $(flat "$output") == *"This applies from 2 December 2027; doing it earlier is allowed (checked on 29 November 2026 in writings about the law, not in its text)."* ]]
	[[ $(evaluation straatafval/start | jq -r '.conclusions[] | select(.id == "FRIA").law') == "This applies from 2 December 2027"* ]]
	[[ $(fria --lang nl evaluate straatafval/start --as-of 2028-01-01 | tr -s ' \n' ' ') == *"Dit geldt sinds 2 december 2027 (op 29 november 2026 nagekeken"* ]]
	law 'del(.lines["annex-iii"].known)' && fria save
	[[ $(flat "$(fria evaluate straatafval/start)") == *"is allowed (checked on 29 November 2026)."* ]]
	git rm -q law.json && git commit -qm "Gone"
	run -1 fria evaluate straatafval/start
	[[ $output != *"applies from"* && $output == *"fria law update"* ]]
}

@test "status tells 180 days ahead what the law will ask of what is in use, and the calendar the day" {
	workspace && by_law
	run fria status --as-of 2027-06-04
	[[ $output != *"applies"* ]]
	run fria status --as-of 2027-06-05
	[[ $(flat "$output") == *"straatafval/start: "*"from 2 December 2027 applies: Duties for high risk (Annex III)"* ]]
	[[ $(fria --lang nl status --as-of 2027-06-05 || :) == *"vanaf 2 december 2027 geldt: Plichten bij hoog risico"* ]]
	[ "$( (fria --json status --as-of 2027-06-04 || :) | jq -c '.assessments[0].coming[] | [.line, .from, .soon]')" = '["annex-iii","2027-12-02",false]' ]
	run fria status --as-of 2027-12-02
	[[ $output != *"applies"* ]]
	fria --lang nl export --format ics -o ../days.ics
	tr -d '\r' <../days.ics | grep -A1 20271202 | grep -q "De wet geldt vanaf vandaag voor straatafval/start"
	# What the answers lead to no line, or is not in use, is not warned of.
	answer 2.1 geen && fria save
	run fria status --as-of 2027-06-05
	[[ $output != *"applies"* ]]
}

@test "a report of a version prints the law of its day" {
	workspace && before_it_moved && fria save && by_law
	mkdir templates
	echo 'FRIA: {{conclusion FRIA}} Law: {{law annex-iii}} {{law-from annex-iii}} {{law-title annex-iii}}' >templates/day.en.md
	printf '%s\n' '' '{{if law annex-iii}}' 'Known.' '{{end}}' >>templates/day.en.md
	git add templates && git commit -qm "A template"
	fria adopt straatafval/start --force --note "For the test"
	fria law update --yes
	then=$(fria report straatafval/start@v1 --template day --format md)
	[[ $then == *"Law: This applies from 2 August 2026"* || $then == *"Law: This applies since 2 August 2026"* ]]
	[[ $then == *" 2 August 2026 Duties for high risk (Annex III)"* && $then == *Known.* && $then != *2027* ]]
	now=$(fria report straatafval/start --template day --format md)
	[[ $now == *"FRIA: "*"This applies from 2 December 2027"*" 2 December 2027 Duties"* ]]
	run -1 fria diff straatafval/start v1 .
	[[ $(flat "$output") == *"Duties for high risk (Annex III)"*"2 August 2026"*"2 December 2027"* ]]
	echo '{{law annex-iv}}' >templates/day.en.md
	run -2 fria report straatafval/start --template day
	[[ $output == *"annex-iv is not in law.json"* ]]
}
