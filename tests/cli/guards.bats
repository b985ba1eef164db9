#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Letters that the law asks for say so only where it does: by what is concluded
# about the use, in the assessment at hand or beside it.
load common

setup() { common_setup; }

# first_questions [TASK VALUE]...: of a public body that uses high-risk AI about
# benefits, without personal data; then these other answers
first_questions() {
	[ -e assessments/straatafval/start.json ] || {
		fria new straatafval start-2.0
		set -- 1.1 ai 1.2 publiek 1.3 gebruiksverantwoordelijke 1.3.w nee \
			1.4 geen 1.4.t X 2.1 iii-5a 2.2 nee 2.3 false 3.1 geen \
			3.5 geen 4.1 informeert 4.2 geen 4.3 geen 4.4 nee \
			4.5 false 5.1 zelf "$@"
	}
	while [ $# != 0 ]; do
		fria answer straatafval/start "$1" "$2"
		shift 2
	done
}

# letter STATUS LANG TEMPLATE TEXT...: of an assessment ($of), with the finding
# on stderr; TEXT stands in it, -TEXT does not
letter() {
	local expected=$1 lang=$2 template=$3 text
	shift 3
	run --separate-stderr $FRIA --lang "$lang" report "${of:-straatafval/iama}" \
		--template "$template" ${audience:+--audience "$audience"}
	[ "$status" = "$expected" ] || { echo "$status: $stderr"; return 1; }
	[ "$expected" = 1 ] || [ -z "$stderr" ]
	for text; do
		case $text in
		-*) [[ "$output $stderr" != *"${text#-}"* ]] ;;
		*) [[ "$output $stderr" == *"$text"* ]] ;;
		esac || { echo "$text: $output $stderr"; return 1; }
	done
}

@test "whether a notification is due: required, not, and not known, in both languages" {
	assessment
	# Nothing concludes anything yet.
	letter 1 nl notification "Ga eerst na of artikel 27" "# Concept van een melding" \
		"start-2.0 in" "als concept" "-lid 3"
	letter 1 en notification "First find out whether article 27" "Draft of a" "-27(3)"
	first_questions
	letter 0 nl notification "# Melding aan" "zoals artikel 27, lid 3" \
		"Een FRIA is verplicht" "vanaf 2 december 2027" "-vrijwillig" "-Ga eerst na"
	letter 0 en notification "# Notification to" "as article 27" "A FRIA is required" \
		"-voluntary" "-First find out"
	first_questions 2.1 geen
	letter 1 nl notification "Voor dit gebruik is geen melding verplicht. Een FRIA is niet nodig." \
		"kan dienen als vrijwillige informatie" "# Vrijwillige informatie" \
		"zegt de conclusie over de FRIA" "-lid 3" "-Melding aan"
	letter 1 en notification "No notification is required for this use. A FRIA is not needed." \
		"voluntary information" "-27(3)" "-Notification to"
	first_questions 2.1 iii-2
	letter 1 nl notification "Een FRIA is niet verplicht, wel aanbevolen." "-lid 3"
	first_questions 2.1 onbekend
	letter 1 nl notification "Ga eerst na of artikel 27" "-lid 3"
}

@test "whether a registration is due: required, not, and not known, in both languages" {
	assessment
	letter 1 nl eu-registration "Ga eerst na of artikel 49" "-lid 8" "-lid 3"
	letter 1 en eu-registration "First find out whether article 49" "-26(8)"
	first_questions
	letter 0 nl eu-registration "Registreer het in de EU-databank" "artikel 26, lid 8" \
		"artikel 49, lid 3" "vanaf"
	letter 0 en eu-registration "Register it in the EU database" "article 26(8)"
	first_questions 2.1 iii-2
	letter 0 nl eu-registration "op landelijk niveau"
	first_questions 1.2 anders
	letter 1 nl eu-registration "Registratie in de EU-databank is niet nodig." \
		"vrijwillige informatie" "niet verplicht, zegt de conclusie" "-lid 8" "-lid 3"
	letter 1 en eu-registration "The EU database is not needed." "-26(8)" "-49(3)"
}

@test "the FRIA's own conclusion goes first; another may be named" {
	assessment
	first_questions
	fria new straatafval fria-1.0
	for answer in "1.1 gebruiksverantwoordelijke" "1.2 publiek" "1.3 geen" "1.5 false"; do
		fria answer straatafval/fria $answer
	done
	of=straatafval/fria letter 1 nl notification "geen melding verplicht. Een FRIA is niet verplicht" "-lid 3"
	# For the IAMA the FRIA stands before the first questions, by name.
	letter 1 nl notification "geen melding verplicht. Een FRIA is niet verplicht"
	mkdir -p templates
	echo '{{conclusion FRIA}} {{conclusion FRIA of=start}}' >templates/own.en.md
	letter 0 en own "done voluntarily" "A FRIA is required"
	fria answer straatafval/fria 1.3 iii-5a
	of=straatafval/fria letter 0 nl notification "lid 3" "Een FRIA is verplicht"
	fria answer straatafval/fria 1.5 true
	of=straatafval/fria letter 1 nl notification "Verboden: het systeem mag niet worden gebruikt" "-lid 3"
}

@test "the document is written all the same, and the finding has a name" {
	assessment
	run --separate-stderr fria report straatafval/iama --template notification -o melding.html
	[ "$status" = 1 ] && [ -s melding.html ]
	[[ $stderr == *"made all the same"* ]]
	# What is adopted says what was concluded on its day.
	first_questions 2.1 geen
	fria save && git tag then
	first_questions 2.1 iii-5a
	fria save
	of=straatafval/iama@then letter 1 nl notification "Een FRIA is niet nodig"
	letter 0 nl notification "Een FRIA is verplicht"
}

@test "what may not be seen is not known outside" {
	assessment
	first_questions
	letter 0 nl notification "lid 3"
	fria withhold straatafval/start 2.1 --ground 5.1.2.d --note "toezicht"
	letter 0 nl notification "lid 3"
	audience=public letter 1 nl notification "Ga eerst na of artikel 27" "-Een FRIA is verplicht"
}

# bats test_tags=rest
@test "chatbot: the first questions say what it needs, and that no letter is due" {
	on_day 2026-04-07
	workspace chatbot && fria new chatbot start-2.0 && fria save
	fria answer chatbot/start 3.1 gewoon
	fria waive chatbot/start 3.4 --kind unknown --reason "Gevraagd aan Praatwerk."
	evaluation chatbot/start | jq -e '.counts.waived == 1 and .verdict == "incomplete" and
		(.conclusions[] | select(.id == "DTIA").level == "unknown")'
	# What the characteristics offer is offered again.
	fria undo chatbot/start 3.1
	play_round "$EXAMPLES/chatbot/start" chatbot/start
	# What was asked of the supplier came back before it was adopted.
	evaluation chatbot/start | jq -e '.counts.waived == 0 and .verdict == "current"'
	fria save && fria adopt chatbot/start
	run -0 fria --json evaluate chatbot/start
	jq -ce '.verdict == "current" and
		([.conclusions[] | select(.level == "required" or .level == "expected").id] ==
		["algoritmeregister", "AVG", "DPIA", "geletterdheid", "openbaarheid", "toegankelijk", "beveiliging"])' <<<"$output"
	fria new chatbot iama-2.0
	of=chatbot/iama letter 1 nl notification "geen melding verplicht. Een FRIA is niet nodig." "-lid 3"
	of=chatbot/iama letter 1 nl eu-registration "Registratie in de EU-databank is niet nodig." "-lid 8"
	of=chatbot/iama letter 1 en notification "A FRIA is not needed."
}

@test "no other letter speaks of a duty by its article; a letter of a version has the law of its day" {
	run -1 grep -lE '(artikel|article) [0-9]' $(find "$ROOT/assessments/templates" -type f |
		grep -vE '/(notification|eu-registration)\.')
	assessment
	jq '(.checked, .lines["annex-iii"].checked) = "2026-01-01" |
		.lines["annex-iii"].from = "2026-08-02" |
		del(.lines["annex-iii"] | .was, .changed)' law.json >../law && cp ../law law.json
	first_questions
	fria save && git tag then
	of=straatafval/iama@then letter 0 nl notification "vanaf 2 augustus 2026" "-2027"
	fria law update --yes
	letter 0 nl notification "vanaf 2 december 2027" "-2 augustus 2026"
	of=straatafval/iama@then letter 0 nl notification "vanaf 2 augustus 2026" "-2027"
}

@test "who starts a workspace has roles that advise and decide on a DPIA, too" {
	fria init ws --org Zandmeer
	jq -ce '[.roles | to_entries[] | select(.value.instruments // [] | index("dpia")).key] ==
		["accountable", "dpo"]' ws/fria.json ||
		{ jq -c .roles ws/fria.json; false; }
}

# own_refused PATTERN LINE: the template "own" with this line is refused
own_refused() {
	mkdir -p templates
	printf '%s\n{{end}}\n' "$2" >templates/own.en.md
	refused "own.en.md:1:1: .*$1" fria report straatafval/iama --template own
}

@test "a conclusion, level or code that cannot be is refused with its place" {
	assessment
	own_refused 'draws a conclusion "bogus"\. Choose from: .*FRIA' \
		"{{if conclusion bogus level=required}}"
	own_refused '"requird" cannot stand here. Choose from: required, unknown, not-needed' \
		"{{if conclusion EU-databank of=start level=unknown,requird}}"
	own_refused 'draws a conclusion "FRIA"' "{{if conclusion FRIA of=iama level=required}}"
	own_refused '"niveau=required" does not fit' "{{if conclusion FRIA niveau=required}}"
	own_refused '"FRIA" does not fit' "{{if conclusion FRIA of=start}}"
	own_refused '"conclusion"' "{{if conclusion FRIA}}"
	printf 'A {{conclusion FRIA level=required}}\n' >templates/own.en.md
	refused 'own.en.md:1:3: "level=required" does not fit' \
		fria report straatafval/iama --template own
	printf '{{finding bogus}}\n' >templates/own.en.md
	refused 'own.en.md:1:1: "bogus" .*notification_not_required' \
		fria report straatafval/iama --template own
	# A level of another questionnaire may be named: one template for all.
	printf '{{if conclusion FRIA level=exempt,unknown}}\nA\n{{end}}\n' >templates/own.en.md
	fria report straatafval/iama --template own
}
