#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The user's words, in and out: what is printed is taken, what is written almost
# so is guessed at, in Dutch and in English.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# said_of TABLE: a line is LANG|ARGUMENTS|what the refusal says
said_of() {
	local lang args said
	while IFS='|' read -r lang args said; do
		eval "set -- $args"
		refused "$said" $FRIA --lang "$lang" "$@" ||
			{ echo "of: $lang $args"; return 1; }
	done
}

@test "a command or option that is written almost so is guessed at" {
	said_of <<-'EOT'
	nl|evalute a/b|"evalute" is geen opdracht.*Bedoelt u "evaluate"\?
	en|evalute a/b|"evalute" is no command.*Did you mean "evaluate"\?
	en|app ad x|"app ad" is no command.*Did you mean "app add"\?
	en|app-add x|Did you mean "app add"\?
	nl|register exprot x|Bedoelt u "register export"\?
	nl|help "app ad"|"app ad" is geen opdracht.*Bedoelt u "app add"\?
	en|help statsu|Did you mean "status"\?
	nl|status --verdcit x|kent de optie --verdcit niet.*Bedoelt u "--verdict"\?
	en|status --fromat=csv|Did you mean "--format"\?
	en|status --jsno|Did you mean "--json"\?
	en|frobnicate|"frobnicate" is no command\. "fria help" lists them all\.$
	en|status --nope|comes after "--"\.$
	EOT
}

@test "a command of two words may be quoted as one" {
	[ "$(fria help "app add")" = "$(fria help app add)" ]
	refused '"" is no command' $FRIA --lang en "" add
	[[ $(fria help release) == *"fria release "*"[--dry-run]"* ]]
}

@test "roles, values, kinds, phases and grounds in the words that are printed" {
	assessment && fria save
	local lang words
	# What is stored is the id, whatever was typed.
	while IFS='|' read -r role until; do
		$FRIA --lang nl --json ask straatafval/iama --role "$role" --until "$until" |
			jq -e '.role == "dpo"' ||
			{ echo "of: $role"; return 1; }
	done <<-'EOT'
	dpo|2026-04-01
	Functionaris Gegevensbescherming|2026-04-02
	functionaris-gegevensbescherming|2026-04-03
	data protection officer|2026-04-04
	FG|2026-04-05
	fg|2026-04-06
	EOT
	while IFS='|' read -r role value id; do
		$FRIA --json approve straatafval/iama --role "$role" "$value" --note x |
			jq -e --arg v "$id" '.role == "lawyer" and .value == $v' ||
			{ echo "of: $role $value"; return 1; }
	done <<-'EOT'
	jurist|Positief|positive
	lawyer|positief met opmerkingen|positive-with-remarks
	Lawyer|negative|negative
	LAWYER|Teruggegeven|returned
	EOT
	fria approve straatafval/iama --role Jurist --withdraw --note "te vroeg"

	while IFS='|' read -r kind id; do
		fria waive straatafval/iama 1.1.1 --kind "$kind" --reason x --reference y
		[ "$(jq -r '.answers["1.1.1"].waived.kind' "$IAMA")" = "$id" ] ||
			{ echo "of: $kind"; return 1; }
	done <<-'EOT'
	Niet van toepassing|not-applicable
	settled before|settled
	staat in een ander document|refers
	nog-niet-bekend|unknown
	not known yet (does not count as done)|unknown
	EOT
	fria save

	while IFS='|' read -r pointer value id; do
		fria app set straatafval "/use/$pointer" "$value"
		[ "$(fria --json app show straatafval | jq -r ".use.$pointer")" = "$id" ] ||
			{ echo "of: $value"; return 1; }
	done <<-'EOT'
	phase|Pilot|proef
	phase|in development|ontwikkeling
	phase|In gebruik|in-gebruik
	automation|Besluit na controle door een medewerker|besluit-na-controle
	automation|decides by itself|besluit-zelf
	EOT
	local found
	for words in "in use" "IN-GEBRUIK" "in gebruik"; do
		found=$(fria --json status --phase "$words" || true)
		[ "$(jq '.assessments | length' <<<"$found")" = 1 ]
	done
	for words in incomplete onvolledig Onvolledig; do
		found=$(fria --json status --verdict "$words" || true)
		[ "$(jq '.assessments | length' <<<"$found")" = 1 ]
	done
	[ "$(fria --json status --verdict actueel | jq '.assessments | length')" = 0 ]

	said_of <<-'EOT'
	nl|ask straatafval/iama --role jursit|geen rol "jursit".*: .*jurist; .*functionaris gegevensbescherming.*Bedoelt u "jurist"\?
	en|approve straatafval/iama --role laywer positive|no role "laywer".*lawyer; .*Did you mean "lawyer"\?
	nl|approve straatafval/iama --role jurist postief|Kies uit: positief; positief, met opmerkingen; negatief; teruggegeven\. Bedoelt u "positief"\?
	en|approve straatafval/iama --role lawyer use|Choose from: positive; positive, with remarks; negative; returned\.$
	nl|waive straatafval/iama 1.1 --kind geregeld --reason x|Kies uit: niet van toepassing; al eerder geregeld; staat in een ander document; nog niet bekend\.$
	en|status --phase pilt|Choose from: in development; pilot; in use; being phased out; out of use\. Did you mean "pilot"\?
	nl|status --verdict actuel|Kies uit: gestopt; onvolledig; herziening nodig; actueel\. Bedoelt u "actueel"\?
	nl|app set straatafval /use/phase proeff|"proeff" kan hier niet staan\. Kies uit: in ontwikkeling; proef; .*Bedoelt u "proef"\?
	nl|confirm straatafval/iama --all-stale --yes --ground gedkt|Kies uit: niet-geraakt; gedekt; nagegaan\. Bedoelt u "gedekt"\?
	EOT
}

@test "help of a command, and of the commands that begin with a word" {
	local lang name
	for lang in nl en; do
		for name in evaluate "app add" app register instrument evidence help; do
			run $FRIA --lang "$lang" help $name
			[ "$status" = 0 ]
			printf '%s\n' "$output" >told
			$FRIA --lang "$lang" $name --help | cmp - told
			$FRIA --lang "$lang" $name -h | cmp - told
			$FRIA --lang "$lang" --help $name | cmp - told
		done
	done
	# Whatever stands before it, and without a workspace.
	fria help approve >told
	fria approve a/b --role x --help | cmp - told
	# A group has all its commands and no other.
	fria help register | grep '^  ' | cut -c3-20 | sed 's/ *$//' >listed
	printf 'register %s\n' export check push | cmp - listed
	# What is behind "--", or belongs to another option, is no question.
	refused "no workspace" fria comment a/b 1.1 -- --help
	refused "no workspace" fria comment a/b 1.1 "-h is a text"
	said_of <<-'EOT'
	nl|app|Na "fria app" hoort nog een woord\. "fria help app" noemt wat kan\.$
	en|register|A word is to follow "fria register"
	en|evaluate a/b --as-of --help|"--help" is no date
	en|frobnicate --help|"frobnicate" is no command
	EOT
}

@test "an application, assessment or question that is not there is guessed at" {
	assessment && fria save
	said_of <<-'EOT'
	nl|evaluate straatafvla/iama|geen toepassing "straatafvla".*Bedoelt u "straatafval"\?
	en|app show straatafal|no application "straatafal".*Did you mean "straatafval"\?
	en|status straatafal|Did you mean "straatafval"\?
	en|new straatafal iama-2.0|Did you mean "straatafval"\?
	en|retire straatafal --on 2026-12-01|Did you mean "straatafval"\?
	en|app remove straatafal|Did you mean "straatafval"\?
	en|evidence list straatafal|Did you mean "straatafval"\?
	nl|evaluate straatafval/iaam|geen toets "straatafval/iaam".*Bedoelt u "straatafval/iama"\?
	nl|answer straatafval/iama 1.1.1x ja|Vraag 1.1.1x staat niet in .*Bedoelt u "1.1.1"\?
	en|comment straatafval/iama 1.1.1x text|Did you mean "1.1.1"\?
	en|undo straatafval/iama 1.1.1x|Did you mean "1.1.1"\?
	en|blame straatafval/iama 1.1.1x|Did you mean "1.1.1"\?
	en|evaluate elsewhere/iama|no application "elsewhere"\. .*what there is\.$
	EOT
}

@test "an option by its label, in either language" {
	assessment
	while IFS='|' read -r task typed stored; do
		fria answer straatafval/iama "$task" "$typed"
		[ "$(value "$task")" = "$stored" ] ||
			{ echo "of: $typed"; return 1; }
	done <<-'EOT'
	1.3.1|ja|true
	1.3.1|NO|false
	1.3.1|Yes|true
	2.1.1.1|zelflerend|zelflerend
	2.1.1.1|Not self learning|niet-zelflerend
	2.1.1.1|Self-learning|zelflerend
	2.1.1.1|NIET ZELFLEREND|niet-zelflerend
	EOT
	said_of <<-'EOT'
	nl|answer straatafval/iama 2.1.1.1 zelflernd|Bedoelt u "Zelflerend"\?
	en|answer straatafval/iama 2.1.1.1 nietzelflerend|Choose from: .*Self-learning
	EOT
}

@test "options before the command are the command's" {
	assessment
	fria answer straatafval/iama 1.actiepunten.tekst "Een." --row new
	fria --row 1 answer straatafval/iama 1.actiepunten.tekst "Anders."
	[ "$(jq -r '.answers["1.actiepunten"][0]["1.actiepunten.tekst"].value' $IAMA)" = Anders. ]
	fria --reason "Door de wet." --kind=settled waive straatafval/iama 3.5.5
	jq -e '.answers["3.5.5"].waived.kind == "settled"' $IAMA
	fria --lang en -o ../due.ics --format ics export
	[ -s ../due.ics ]
	fria --from "$EXAMPLES/straatafval/entry.json" app add parkeren
	said_of <<-'EOT'
	en|--row 2 evaluate straatafval/iama|option --row
	en|--nope status|option --nope
	en|--row answer straatafval/iama 1.1.1|option --row
	EOT
}

@test "roles of a meeting, grounds, audiences and columns in the words that are printed" {
	assessment
	$FRIA --lang nl meeting straatafval/iama --date 1-3-2026 \
		--roles "jurist, Functionaris Gegevensbescherming,project-lead"
	jq -e '.meetings[0].roles == ["lawyer", "dpo", "project-lead"]' $IAMA
	fria answer straatafval/iama 1.1.1 "Te veel afval."
	fria withhold straatafval/iama 1.1.1 --ground "Persoonlijke levenssfeer"
	jq -e '.answers["1.1.1"].withheld[0].ground == "5.1.2.e"' $IAMA
	fria save
	$FRIA --lang nl report straatafval/iama --audience openbaar >../a || true
	fria report straatafval/iama --audience public --lang nl >../b || true
	cmp ../a ../b
	$FRIA --lang nl status --sort "over tijd" >../a || true
	$FRIA --lang nl status --sort overdue >../b || true
	cmp ../a ../b
	said_of <<-'EOT'
	nl|meeting straatafval/iama --date 1-3-2026 --roles jurits|geen rol "jurits".*Bedoelt u "jurist"\?
	nl|withhold straatafval/iama 1.1.1 --ground geheim|Kies uit: 5\.1\.1\.b \(veiligheid van de staat\), 5\.1\.1\.c \(vertrouwelijke
	nl|report straatafval/iama --audience openbar|Kies uit: intern; toezichthouder; openbaar.*Bedoelt u "openbaar"\?
	nl|status --sort stan|Kies uit: Toets; .*Bedoelt u "Stand"\?
	en|status --sort reviev|Did you mean "Review"\?
	nl|report straatafval/iama --template summry|Bedoelt u "summary"\?
	nl|new straatafval iamma-2.0|Bedoelt u "iama-2\.0"\?
	EOT
}

@test "a new row, a metric by its name; what is said to type is in the words that are read" {
	assessment
	$FRIA --lang nl answer straatafval/iama 1.actiepunten.tekst "Een." --row nieuw
	[ "$(jq '.answers["1.actiepunten"] | length' $IAMA)" = 1 ]
	$FRIA --lang nl app metric straatafval "aandeel van de vondsten dat echt afval is" --value 86
	[ "$(jq '.monitoring["terecht-gemeld"].series[-1].value' \
		assessments/straatafval/application.json)" = 86 ]
	$FRIA --lang nl app metric straatafval "Aandeel van de vondsten dat echt afval is" \
		--withdraw --note "Verkeerd geteld."
	[ "$(git log -1 --format=%s | grep -c terecht-gemeld)" = 1 ]
	[ -z "$($FRIA --lang nl meeting straatafval/iama --date "1 maart 2026" --roles jurist 2>&1 | grep 'gelezen als')" ]
	said_of <<-'EOT'
	nl|answer straatafval/iama 1.actiepunten.tekst x --row 7|Kies: 1; --row nieuw maakt een nieuwe
	nl|app metric straatafval niets --value 1|onder "Metingen en grenzen"
	EOT
	fria save
	said_of <<-'EOT'
	nl|adopt straatafval/iama|iama --role jurist
	nl|adopt straatafval/iama|iama --role "functionaris gegevensbescherming"
	EOT
}
