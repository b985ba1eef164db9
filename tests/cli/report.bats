#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Reports: templates, and what each audience may see.
load common

setup() { common_setup; }

# template TEXT: a template "own" of the workspace
template() {
	mkdir -p templates
	printf '%s\n' "$@" >templates/own.en.md
}

# mistaken PATTERN LINE...: a template that is refused, with its place
mistaken() {
	local pattern=$1
	shift
	template "$@"
	refused "$pattern" fria report straatafval/iama --template own
}

# report OPTION...: of the assessment, in $output
report() {
	run fria report straatafval/iama "$@"
	[ "$status" = 0 ]
}

# says TEXT..., says_not TEXT...: each of them, none of them
says() {
	local text
	for text; do
		[[ $output == *"$text"* ]] || { echo "not said: $text"; return 1; }
	done
}
says_not() {
	local text
	for text; do
		[[ $output != *"$text"* ]] || { echo "said: $text"; return 1; }
	done
}

@test "a template's mistake is named with line and column" {
	assessment
	mistaken "own.en.md:3:6: .*nonsense" "# Title" "" "Text {{nonsense}} here."
	mistaken "own.en.md:1:1: .*verdict" "{{if verdict}}" "{{end}}"
	mistaken "own.en.md:1:1: .*each" "{{each tasks article27=d}}" "{{id}}"
	mistaken "own.en.md:2:1: .*end" "A" "{{end}}"
	mistaken "own.en.md:1:1: .*id" "{{id}}"
	mistaken "own.en.md:1:7: .*alone" "Look: {{measures}}"
	mistaken "own.en.md:2:3: .*9.9.9" "" "  {{task 9.9.9}}"
	mistaken "own.en.md:1:1: .*colour=red" "{{each tasks colour=red}}" "{{end}}"
	mistaken "own.en.md:1:1: .*1.1.1" "{{rows 1.1.1}}"
	mistaken "own.en.md:1:6" "Open {{date"
}

# own_refused PATTERN LINE...: the template "own" with these lines is refused
own_refused() {
	local pattern=$1
	shift
	template "$@"
	refused "own.en.md:$pattern" fria report straatafval/iama --template own
}

@test "a word that cannot be is named with its place, and the choices" {
	assessment
	own_refused '1:1: "stael" .*open, answered, waived, stale, suspect, unknown' \
		"{{each tasks state=open,stael}}" "{{end}}"
	own_refused '1:1: "lawer" .*dpo, ethics, lawyer' \
		"{{each tasks roles=lawer}}" "{{end}}"
	own_refused '2:1: "z" .*a, b, c, d, e, f' \
		"" "{{each tasks article27=z}}" "{{end}}"
	own_refused '1:1: "ours"' "{{each tasks about=ours}}" "{{end}}"
	own_refused '1:1: "/register/risk" ' "{{each tasks register=risk}}" "{{end}}"
	own_refused '1:1: .*no question "9"' "{{each tasks part=9}}" "{{end}}"
	own_refused '1:1: "or"|1:1: "state="' "{{each tasks state= or}}" "{{end}}"
	own_refused '1:1: "stael"' "{{if tasks state=stael}}" "{{end}}"
	own_refused '1:1: "bogus" .*blocked, incomplete, needs-review, current' \
		"{{if verdict bogus}}" "{{end}}"
	own_refused '1:1: "bogus" .*internal, authority, public' \
		"{{if audience bogus}}" "{{end}}"
	own_refused '1:1: "bogus" .*accountable' "{{if approval bogus}}" "{{end}}"
	own_refused '1:1: "bogus" .*hidden, open' "{{if any bogus}}" "{{end}}"
	own_refused '1:1: "good" .*valid' "{{each approvals state=good}}" "{{end}}"
	own_refused '1:1: "colour=red" ' "{{each approvals colour=red}}" "{{end}}"
	own_refused '1:4: .*no result "bogus"' "A: {{score bogus}}"
	own_refused '1:1: .*draws a conclusion "bogus"' "{{conclusion bogus}}"
	own_refused '3:3: "bogus" .*visible, answered' "A" "b" "c {{count bogus}}"
	own_refused '2:6: "use" is no characteristic' "A" "## b {{fact use}}"
	own_refused '1:1: "/use/phasee" is no' "{{if fact /use/phasee}}" "{{end}}"
	own_refused '1:3: .*no question "9.9"' "# {{question 9.9}}"
	own_refused '3:1: .*no question "9.9"' "{{if not verdict current}}" \
		"{{else}}" "{{value 9.9}}" "{{end}}"
}

@test "what another questionnaire has may stand under the test for it" {
	assessment
	template "{{if task 5.2.schade}}" "{{each rows 5.2}}" "{{level niveau_nu}}" \
		"{{end}}" "{{score niveau}}" "{{end}}" "{{if instrument fria}}" \
		"{{answer 9.1}}" "{{end}}" "{{if answered 10.3}}" "{{value 10.3}}" \
		"{{end}}" "{{if tasks contract=true state=dormant}}" "{{end}}"
	refused 'own.en.md:13:1: "dormant"' \
		fria report straatafval/iama --template own
	template "{{if task 5.2.schade}}" "{{score niveau}}" "{{end}}" \
		"{{if tasks part=4.2}}" "{{each tasks part=4.2}}" "{{id}}" "{{end}}" "{{end}}"
	run --separate-stderr fria report straatafval/iama --template own
	[ "$status" = 0 ] && [[ $output == *4\\.2.1* && $output != *4\\.3.1* ]]
}

# bats test_tags=rest
@test "the built-in templates are right for every questionnaire" {
	assessment
	for instrument in iama-1.0 fria-1.0 start-1.0; do
		fria new straatafval $instrument --name ${instrument%.*}
	done
	for name in straatafval/iama straatafval/iama-1 straatafval/fria-1 straatafval/start-1; do
		for file in "$ROOT"/assessments/templates/*.nl.md; do
			t=$(basename "$file" .nl.md)
			for lang in nl en; do
				run $FRIA --lang $lang report $name --template $t
				reported $t ends "$status" || { echo "$name $t: $output"; false; }
			done
		done
	done
}

@test "an unknown template lists those there are; so does an audience" {
	assessment
	template "Hello"
	refused "summary; .*.council-letter.; .*own" \
		fria report straatafval/iama --template nothing
	refused "internal; authority; public" \
		fria report straatafval/iama --audience press
	refused "nothing/here" fria report straatafval/iama -o nothing/here
}

@test "fields, conditions and loops of a workspace's own template" {
	adopted
	template "# {{application}}" "" "{{if verdict current}}" "Good: {{fact /use/phase}}." \
		"{{else}}" "Bad." "{{end}}" "" "{{if not task 9.9.9}}" "None." "{{end}}" "" \
		"{{each tasks article27=e state=answered}}" "- {{number}} {{id}}" "{{end}}" "" \
		"{{each elements}}" "{{if first}}" "{{letter}}: {{changed}}" "{{end}}" "{{end}}"
	report --template own
	says "Good: in use."
	says_not "Bad."
	says "None." $'- 1 3.2.1\n- 2 3.2.2' "a: up to date"
}

@test "a row that was chosen is named by its number; ends and reviews if known" {
	adopted_chatbot
	template "{{each rows 9.6}}" "- Risk {{number 9.6.risico}}: {{cell 9.6.niveau}}" \
		"{{end}}" "" "{{if review}}" "Again by {{review}}." "{{end}}" "" \
		"{{each approvals kind=decision}}" "{{if until}}" "Ends {{until}}." \
		"{{else}}" "No end." "{{end}}" "{{end}}"
	run fria report chatbot/fria --template own
	[ "$status" = 0 ]
	says "- Risk 1: " "Again by 7 April 2027." "No end."
	says_not "Risk 0" "Risk Een"
}

@test "a report says of which version it is, also when asked for without one" {
	adopted
	report --template summary
	says "**Version**: v1"
	fria comment straatafval/iama 1.1.1 "Nothing of the content."
	report --template summary
	says "**Version**: v1"
	fria answer straatafval/iama 1.1.1 "Another reason."
	report --template summary
	says "has not been adopted yet"
}

@test "what is withheld stays, and the public does not see it" {
	adopted
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.e --note "Namen."
	text=$(value 3.5.2)
	fria withhold straatafval/iama 3.5.2 --ground 5.1.2.h \
		--passage "${text:0:20}"
	report --audience public
	says "Withheld: Open government act (Woo), article 5.1, paragraph 2, under e (private life)."
	says_not "${text:0:20}"
	[[ $output == *"[…]"* ]] || says "\\[…\\]"
	says "(a part)"
	says_not "Namen." "R. Jansen"
	report
	says "${text:0:20}" "R. Jansen"
	report --template woo-list
	says "Namen."
	[ "$(fria --json evaluate straatafval/iama | jq -r .verdict)" = current ]
	fria withhold straatafval/iama 1.1.1 --lift
	report --audience public
	says_not "under e ("
}

# The grounds of the act, as article 5.1 has them: the public reads which it is.
@test "each ground of the open government act is told with its article, in both languages" {
	adopted
	while IFS='|' read -r ground article nl en; do
		fria withhold straatafval/iama 1.1.1 --ground "$ground" --note "Wet, artikel."
		run -0 fria --lang nl report straatafval/iama --audience public --template woo-list
		says "$article ($nl)"
		run -0 fria report straatafval/iama --audience public --template woo-list
		says "($en)"
		fria withhold straatafval/iama 1.1.1 --lift
	done <<-'EOT'
	5.1.1.b|Woo, artikel 5.1, lid 1, onder b|veiligheid van de staat|security of the state
	5.1.1.c|Woo, artikel 5.1, lid 1, onder c|vertrouwelijke bedrijfsgegevens|confidential business data
	5.1.1.d|Woo, artikel 5.1, lid 1, onder d|bijzondere persoonsgegevens|special categories of personal data
	5.1.1.e|Woo, artikel 5.1, lid 1, onder e|nummers van personen, zoals het BSN|numbers of persons, such as the BSN
	5.1.2.b|Woo, artikel 5.1, lid 2, onder b|economische of financiële belangen van de overheid|economic or financial interests of government
	5.1.2.c|Woo, artikel 5.1, lid 2, onder c|opsporing en vervolging van strafbare feiten|investigation and prosecution of offences
	5.1.2.d|Woo, artikel 5.1, lid 2, onder d|inspectie, controle en toezicht|inspection and supervision
	5.1.2.e|Woo, artikel 5.1, lid 2, onder e|persoonlijke levenssfeer|private life
	5.1.2.f|Woo, artikel 5.1, lid 2, onder f|concurrentiegevoelige bedrijfsgegevens|competitively sensitive business data
	5.1.2.g|Woo, artikel 5.1, lid 2, onder g|bescherming van het milieu|protection of the environment
	5.1.2.h|Woo, artikel 5.1, lid 2, onder h|beveiliging|security
	5.1.2.i|Woo, artikel 5.1, lid 2, onder i|goed functioneren van de overheid|proper functioning of government
	5.1.5|Woo, artikel 5.1, lid 5|onevenredige benadeling|disproportionate harm
	5.2|Woo, artikel 5.2|persoonlijke beleidsopvattingen|personal policy views
	EOT
	# Those and no other: what the schema takes is what is offered.
	refused "5.1.1.b \(security of the state\), .*5.2 \(personal policy views\), another act\.$" fria withhold straatafval/iama 1.1.1 --ground 5.1.2.a
}

@test "withhold: a ground that is none, a passage that is not there" {
	adopted
	refused "5.1.2.e \(private life\), " fria withhold straatafval/iama 1.1.1 --ground secret
	refused "act and the article" \
		fria withhold straatafval/iama 1.1.1 --ground other
	refused "word for word" fria withhold straatafval/iama 1.1.1 \
		--ground 5.2 --passage "not in it"
	refused "no characteristic" fria withhold straatafval /use/nothing --ground 5.2
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	report --audience public
	says_not "Onherkenbaar maken: boordcomputer"
	[ -z "$(git status --porcelain)" ]
	fria withhold straatafval /use/hosting --lift
	[ "$(jq 'has("withheld")' assessments/straatafval/application.json)" = false ]
}

@test "no name, comment or withheld value in any report for the public" {
	adopted
	doc=$IAMA
	# A mark in every name, comment, note, and each third answer, withheld.
	jq '.meetings = [{"id": "m1", "date": "2026-01-01", "chair": "MARK", "roles": []}]
		| .comments = [{"id": "c1", "task": "1.1.1", "value": "0", "text": "MARK", "by": "MARK <m@x>", "at": "2026-01-01T00:00:00Z"}]
		| .approvals = [{"role": "dpo", "kind": "advice", "value": "positive", "content": "x", "by": "MARK <m@x>", "onBehalfOf": "MARK", "note": "MARK", "at": "2026-01-01T00:00:00Z"}]
		| .answers |= with_entries(if .value | type == "object" then
			.value.basis.by = "MARK <m@x>" | .value.basis.note = "MARK" | .value.dissent = "MARK" |
			(if (.key | test("[147]$")) and (.value.value | type == "string") then
				.value.value = "MARK" | .value.withheld = [{"ground": "5.2", "by": "MARK <m@x>", "note": "MARK", "at": "2026-01-01T00:00:00Z"}]
			else . end) else . end)' "$doc" >x && mv x "$doc"
	jq '.withheld = {"/use/hosting": {"ground": "5.2", "by": "MARK <m@x>", "at": "2026-01-01T00:00:00Z"}}
		| .use.hosting = "MARK"
		| .events = [{"release": "1.0", "theme": "law", "changed": true, "text": "MARK", "by": "MARK <m@x>", "at": "2026-03-10T12:00:00Z"}]' \
		assessments/straatafval/application.json >x &&
		mv x assessments/straatafval/application.json
	grep -q MARK "$doc"
	for t in report summary changes notification council-letter \
		decision-note advice-request supplier-questions questions \
		eu-registration closing woo-list
	do
		for format in md html; do
			run fria report straatafval/iama --template $t \
				--audience public --format $format
			reported $t ends "$status"
			if [[ $output == *MARK* ]]; then
				echo "$t $format"
				grep -n MARK <<<"$output" | head -n 3
				return 1
			fi
		done
	done
	report
	[[ $output == *MARK* ]]
	run fria report straatafval/iama --template notification
	[ "$status" = 1 ]
	says_not "MARK <"
}

@test "what was said stands in the report, and stays inside" {
	adopted
	fria answer straatafval/iama 1.1.1 --dissent "Een ander zag het anders."
	fria comment straatafval/iama 1.1.1 "Klopt dit nog?"
	fria meeting straatafval/iama --date 2026-03-02 \
		--roles project-lead,lawyer --chair "De voorzitter"
	report
	says "Een ander zag het anders."
	[[ $output == *"Klopt dit nog? (R. Jansen, "*"; still open)"* ]]
	says "De voorzitter"
	report --audience public
	says_not "zag het anders" \
		"Klopt dit nog"
	says_not "De voorzitter"
	report --audience authority
	says "zag het anders"
	says_not "Klopt dit nog"
}

# The first heading of each meeting, with the numbers asked in it.
sittings() {
	fria report "$1" --template questions | awk '
		/^## Meeting/ {if (n++) print line; line = $3}
		/^### / {line = line " " $2}
		END {print line}'
}

@test "who is no lawyer reads the plain name of a right, the report its full name" {
	adopted_chatbot
	for template in summary council-letter eu-registration; do
		run fria --lang nl report chatbot/fria --template $template
		reported $template ends "$status"
		says "zorgvuldig omgaan met uw gegevens"
		says_not "informationele privacyrechten" "precontentieuze"
		run fria --lang en report chatbot/fria --template $template
		reported $template ends "$status"
		says "careful handling of your data"
		says_not "zorgvuldig omgaan"
	done
	run -0 fria --lang nl report chatbot/fria
	says "informationele privacyrechten"
	says_not "zorgvuldig omgaan met uw gegevens"
}

@test "the questions are put meeting by meeting, the law apart for the lawyer" {
	workspace && fria new straatafval iama-2.0 && fria new straatafval fria-1.0
	run sittings straatafval/iama
	[ "${#lines[@]}" = 4 ]
	[[ ${lines[0]} == "1: 1.1.1 "*" 2."* && ${lines[0]} != *" 3."* ]]
	[[ ${lines[1]} == "2: 3.1.1 "*" 4.1."* && ${lines[1]} != *" 4.2"* ]]
	[ "${lines[2]}" = "3: 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5" ]
	[[ ${lines[3]} == "4: 4.3"*" 5.C" ]]
	# Nothing is left out, and nothing asked twice.
	fria --json evaluate straatafval/iama |
		jq -r '.tasks[] | select(.state != "hidden" and .optional != true) | .id' | sort >../asked
	printf '%s\n' "${lines[@]}" | tr ' ' '\n' | grep -v : | sort | diff ../asked -
	run sittings straatafval/fria
	[ "${#lines[@]}" = 4 ]
	[[ ${lines[1]} == "2: 5."* && ${lines[3]} == "4: 8."*" 10."* ]]
}

@test "the form is by the name of the file, unless it is said" {
	adopted
	fria report straatafval/iama -o ../r.html
	grep -q '^<!doctype html>' ../r.html
	[ ! -e ../r-1.svg ]
	fria report straatafval/iama -o ../r.md
	grep -q '^# Straatafval' ../r.md
	[ -e ../r-1.svg ]
	fria report straatafval/iama --format md -o ../x.html
	grep -q '^# Straatafval' ../x.html
	fria diff straatafval/iama -o ../d.html
	grep -q '^<!doctype html>' ../d.html
	refused "fria: nothing/r.md cannot" fria report straatafval/iama -o nothing/r.md
}

@test "the head names the template: the built-in one, or which of ours" {
	adopted
	run fria report straatafval/iama
	[[ $output == *"- **Template**: report (built in)"* ]]
	mkdir templates && echo "# Ours" >templates/report.en.md
	run fria report straatafval/iama
	[[ $output == *"- **Template**: templates/report.en.md ($(git hash-object templates/report.en.md))"* ]]
}

@test "a template that is a link is no choice; a full stop stands once" {
	adopted
	mkdir templates && echo "Hello" >../p.en.md
	ln -s ../../p.en.md templates/p.en.md
	refused "; notification; letter to the council .*; closing; list of what is withheld \(woo-list\)\.$" fria report straatafval/iama --template p
	template "To {{fact /register/provider}}. And {{fact /use/phase}}... Ok"
	run fria report straatafval/iama --template own
	[[ $output == *"To Schouwlicht Beeldanalyse B.V. And in use... Ok"* ]]
}

@test "advice is asked of one role: its questions, what changed since it spoke, the term" {
	adopted
	ask() {
		fria report straatafval/iama --template advice-request "$@"
	}
	run ask --role lawyer --term 2026-04-01
	[[ $output == *"reply by 1 April 2026"* ]]
	[[ $output == *"Questions for you"*"### 4.2.1 "* ]]
	[[ $output != *"Questions for the data protection officer"* ]]
	[[ $output == *"since your last advice"* ]]
	# The advice was on this content: nothing but what came after it.
	[[ $output != *"answer changed"* ]]
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 864000))
	fria answer straatafval/iama 1.1.1 "Anders."
	fria save
	run ask --role lawyer
	[[ $output == *"Please reply before: "* ]]
	[[ $output == *"**From**: 10 March 2026"*"##### 1.1.1 "*"answer changed"* ]]
	run ask --role ciso
	[[ $output == *"not advised on this assessment before"* ]]
	[[ $output == *"since the previous version"* ]]
	run ask
	[[ $output == *"Questions for the data protection officer"* ]]
	refused "Choose from: .*lawyer" ask --role bogus
	refused "2026-13-01" ask --role lawyer --term 2026-13-01
}

@test "what the EU database asks, and what remains when the use ends" {
	adopted
	run fria report straatafval/iama --template eu-registration
	[ "$status" = 1 ]
	[[ $output == *"Provider: Schouwlicht Beeldanalyse B.V."* ]]
	[[ $output == *"data protection impact assessment"* ]]
	fria retire straatafval --on 2026-03-10
	run fria report straatafval/iama --template closing
	[ "$status" = 0 ]
	[[ $output == *"Phase: out of use."* ]]
	[[ $output == *"accountable executive"* ]]
}

@test "a report says where one sees whether it still holds" {
	assessment
	for kind in report summary council-letter; do
		report --template $kind
		says "whether this still holds after"
	done
	# the public types no commands
	says_not "fria evaluate"
	report --template report
	says "fria evaluate straatafval/iama shows it."
	jq '.reports = "https://reports.example/x"' fria.json >../fria.json
	cp ../fria.json fria.json
	for kind in report summary council-letter; do
		report --template $kind
		says "still holds is shown at <https://reports.example/x/straatafval/>"
	done
}

@test "a report lists its contents where there are enough to look for" {
	assessment
	template "# A" "# B" "# C" "# D" "# E" "# F"
	report --template own
	says_not "**Contents**"
	template "# A" "## A1" "# B" "# C" "# D" "# E" "# F"
	report --template own
	says "**Contents**" "- [A](#A)
  - [A1](#A1)
- [B](#B)"
}
