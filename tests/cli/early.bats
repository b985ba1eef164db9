# SPDX-License-Identifier: EUPL-1.2
# Nothing is believed too early: what an answer, a version or a release is
# worth, when what it stands on is not there or is another.

setup() {
	load common
	common_setup
}

# question ID TYPE [LINE...]: one question of a small questionnaire
question() {
	printf '  - id: "%s"\n    task: Question %s\n    type: [%s]\n' "$1" "$1" "$2"
	shift 2
	[ $# = 0 ] || printf '    %s\n' "$@"
}

# form [HEAD...]: a small questionnaire, with its questions from stdin
form() {
	printf 'name: Small\nurn: "urn:example:small"\nversion: "1.0"\n'
	[ $# = 0 ] || printf '%s\n' "$@"
	printf 'tasks:\n'
	cat
}

# small: a workspace with the questionnaire ../small.yaml, and it begun
small() {
	fria init ws --org Zandmeer && cd ws &&
		fria app add parkeren --from "$EXAMPLE/entry.json" &&
		fria instrument import ../small.yaml &&
		fria new parkeren small-1.0
}

# --- the rules of a questionnaire ---

rules_of() {
	question 1.1 radio_option 'options: [{value: a}, {value: b}]'
	question 1.2 open_text 'dependencies:' \
		'  - {type: conditional, action: show, condition: {id: "1.1", operator: equals, value: '"$1"'}}'
}

approved_by_rules() {
	rules_of b | form >small.yaml
	small
	fria answer parkeren/small 1.1 a
	fria save
	as Vera fria approve parkeren/small --role lawyer positive
}

@test "other rules in a questionnaire in use are listed, asked about, and lapse what was said on the old ones" {
	approved_by_rules
	rules_of a | form >../small.yaml
	refused 'in use.*' fria instrument import ../small.yaml
	[[ $stderr == *"1.2: when it is asked"* && $stderr == *--yes* ]]
	fria instrument import ../small.yaml --yes >said
	grep -q "1.2: when it is asked" said
	rm said
	fria save
	[ "$(evaluation parkeren/small | jq -r '.approvals[] | select(.value).because[] |
		select(.kind == "logic").kind')" = logic ]
	fria evaluate parkeren/small | tr -s ' \n' ' ' |
		grep -q "the rules of the questionnaire changed"
	run fria diff parkeren/small HEAD~1
	[[ $output == *"rules of the questionnaire changed"*"1.2: when it is asked"* ]]
	# No answer is to be judged again for it.
	[ "$(in_state stale parkeren/small)" = "" ]
}

@test "texts, labels and the order of keys are no rules" {
	approved_by_rules
	rules_of b | sed 's/action: show, condition: {id: "1.1", operator: equals, value: b}/condition: {value: b, operator: equals, id: "1.1"}, action: show/' |
		form 'description: "Another introduction"' >../small.yaml
	fria instrument import ../small.yaml
	fria save
	[ "$(evaluation parkeren/small | jq -r '.approvals[] | select(.value).state')" = valid ]
}

# --- what is no answer ---

# Questions of each kind, and measures that a risk may choose from.
kinds() {
	{
		question 1.1 radio_option 'options: [{value: a}, {value: b}]'
		question 1.2 checkbox_option 'options: [{value: x}, {value: y}]'
		question 1.3 text_input 'valueType: number'
		question 1.4 date
		question 1.5 open_text
		question 1.6 radio_option 'valueType: "boolean|null"' \
			'options: [{value: true, label: "Yes"}, {value: false, label: "No"}, {value: null, label: "None"}]'
		question 1.7 open_text 'required: false'
		cat <<-END
		  - id: "2"
		    task: Measures
		    type: [task_group]
		    repeatable: true
		    measure: {status: "2.stand"}
		    tasks:
		      - {id: "2.wat", task: What, type: [open_text]}
		      - {id: "2.stand", task: Where, type: [radio_option], options: [{value: gepland}, {value: uitgevoerd}], required: false, extension: true}
		  - id: "3"
		    task: Risk
		    type: [checkbox_option]
		    dependencies:
		      - {type: source_options, source: {id: "2.wat"}, action: options}
		    calculation: {scoreKey: open, expression: "count(answers('3')) > 0 && count(rows('2')[.wat in answers('3') && .stand != 'uitgevoerd']) == 0 ? 1 : 2"}
		END
	} | form
}

# Each a change to a document that is in order, and whether all is answered
# after it; what is open is no error.
changes() {
	cat <<-'END'
	yes|.
	yes|.["1.1"].value = "b"
	no|.["1.1"].value = "c"
	no|.["1.1"].value = "A"
	no|.["1.1"].value = ""
	no|.["1.1"].value = ["a"]
	no|.["1.1"].value = true
	no|.["1.1"].value = null
	yes|.["1.2"].value = ["y"]
	no|.["1.2"].value = ["x", "z"]
	no|.["1.2"].value = "x"
	no|.["1.2"].value = {"x": true}
	no|.["1.2"].value = ["x", null]
	yes|.["1.3"].value = 0
	yes|.["1.3"].value = -1.5
	no|.["1.3"].value = "15"
	no|.["1.3"].value = true
	no|.["1.3"].value = [15]
	yes|.["1.4"].value = "2026-02-28"
	no|.["1.4"].value = "2026-02-30"
	no|.["1.4"].value = "soon"
	no|.["1.4"].value = 20260228
	yes|.["1.5"].value = "Another text"
	no|.["1.5"].value = 5
	no|.["1.5"].value = ["Text"]
	no|.["1.5"].value = {"text": "Text"}
	yes|.["1.6"].value = false
	yes|.["1.6"].value = null
	no|.["1.6"].value = "true"
	no|.["1.6"].value = 0
	yes|del(.["1.7"])
	no|.["1.7"].value = 7
	yes|.["2"][0]["2.stand"].value = "uitgevoerd"
	no|.["2"][0]["2.stand"].value = "klaar"
	yes|.["2"][0]["2.wat"].value = "Tested every month"
	no|del(.["2"][0])
	no|.["2"][1]["2.wat"].value = 3
	no|.["3"].value = ["Test every month", "Nothing like it"]
	no|.["3"].value = ["test every month"]
	yes|.["3"].value = ["Test every month", "Ask somebody"]
	yes|.["1.5"] |= {waived: {kind: "not-applicable", reason: "No text"}, basis}
	open|del(.["1.5"])
	END
}

make_kinds() {
	kinds >small.yaml
	small
	for pair in 1.1=a 1.2=x 1.3=15 1.4=2026-03-01 1.5=Text 1.6=yes 1.7=More; do
		fria answer parkeren/small "${pair%%=*}" "${pair#*=}"
	done
	fria answer parkeren/small 2.wat "Test every month" --row new
	fria answer parkeren/small 2.stand gepland --row 1
	fria answer parkeren/small 2.wat "Ask somebody" --row new
	fria answer parkeren/small 3 "Test every month"
	fria save
}

kinds_kept() { kept kinds make_kinds; }

# bats test_tags=rest
@test "check, evaluate, adopt, gate and what is made of it agree on what is an answer" {
	kinds_kept
	local n=0 wrong=
	while IFS='|' read -r good change; do
		n=$((n + 1))
		id=$(printf 'd%02d' $n)
		echo "$good $id $change"
		mkdir "assessments/$id"
		jq --arg id "$id" '.id = $id' assessments/parkeren/application.json >"assessments/$id/application.json"
		jq --arg id "$id" '.application = $id | .answers |= ('"$change"')' \
			assessments/parkeren/small.json >"assessments/$id/small.json"
	done < <(changes) >../table
	fria save >/dev/null || true
	git add -A && git commit -qm "documents" || true
	fria --json check >../check || true
	while read -r good id change; do
		judged "$id/small" "looked at" >/dev/null 2>&1 || true
	done <../table
	fria save >/dev/null
	fria export --format ndjson -o ../all
	while read -r good id change; do
		case $good in
		yes) want="yes yes yes yes yes yes" ;;
		open) want="yes no no no no no" ;;
		*) want="no no no no no no" ;;
		esac
		jq -e --arg f "assessments/$id/" 'any(.[]; .severity == "error" and (.file // "" | startswith($f)))' ../check >/dev/null &&
			has=no || has=yes
		[ "$(verdict "$id/small")" = current ] && has+=" yes" || has+=" no"
		fria adopt "$id/small" >/dev/null 2>&1 && has+=" yes" || has+=" no"
		fria gate "$id" >/dev/null 2>&1 && has+=" yes" || has+=" no"
		jq -es --arg id "$id" 'any(.[]; .application == $id and .state == "open" and (.optional | not))' ../all >/dev/null &&
			has+=" no" || has+=" yes"
		fria report "$id/small" --format md >../report
		grep -q '^- \*\*State of the assessment\*\*: \*\*✓ up to date' ../report &&
			not grep -q '^> \*\*○ to be answered' ../report && has+=" yes" || has+=" no"
		[ "$has" = "$want" ] || wrong+="$id $change: check evaluate adopt gate export report: $has"$'\n'
	done <../table
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
	[ "$n" -ge 40 ]
}

@test "an option that has gone is named, cannot be stood for, and decides nothing" {
	{ question 1.1 radio_option 'options: [{value: a}, {value: b}]'
	  question 1.2 open_text 'dependencies:' \
		'  - {type: conditional, action: hide, condition: {id: "1.1", operator: equals, value: a}}'
	} | form >small.yaml
	small
	fria answer parkeren/small 1.1 a
	fria save
	sed 's/{value: a}, //' ../small.yaml >../next.yaml
	fria instrument import ../next.yaml --yes
	run fria evaluate parkeren/small
	[[ $output == *'At 1.1 stands "a"'*'Choose from: b'* ]]
	[ "$(in_state open parkeren/small | tr '\n' ' ')" = "1.1 1.2 " ]
	refused 'Choose from: b' fria confirm parkeren/small 1.1 --note "still right"
	fria confirm parkeren/small --all-stale --note "still right" || true
	[ "$(in_state open parkeren/small | tr '\n' ' ')" = "1.1 1.2 " ]
	run fria report parkeren/small
	not grep -qx a <<<"$output"
}

@test "an unfinished measure that is reworded or removed lowers no score" {
	kinds_kept
	open() { evaluation parkeren/small | jq .scores.open; }
	[ "$(open)" = 2 ]
	fria answer parkeren/small 2.stand uitgevoerd --row 1
	[ "$(open)" = 1 ]
	fria answer parkeren/small 2.stand gepland --row 1
	fria answer parkeren/small 2.wat "Test each month" --row 1
	[ "$(open)" = 2 ]
	[ -z "$(in_state open parkeren/small)" ]
	fria report parkeren/small >../report.md
	[ "$(grep -c "Test each month" ../report.md)" -ge 2 ]
	fria answer parkeren/small 2.wat --row -1
	[ "$(open)" = 2 ]
	fria evaluate parkeren/small | grep -q 'a row of 2.wat was chosen that is gone'
	[ "$(in_state open parkeren/small)" = 3 ]
}

@test "a metric or a row elsewhere that was chosen and is gone: the question is open again" {
	question 1.1 checkbox_option 'dependencies:' \
		'  - {type: source_options, action: options, source: {fact: /monitoring}}' |
		form >small.yaml
	small
	{
		question 1.1 select_option 'dependencies:' \
			'  - {type: source_options, action: options, source: {id: "there#1"}}'
	} | form | sed 's/example:small/example:here/' >../here.yaml
	cat >../there.yaml <<-'END'
		name: There
		urn: "urn:example:there"
		version: "1.0"
		tasks:
		  - id: "1"
		    task: Rows
		    type: [task_group]
		    repeatable: true
		    tasks: [{id: "1.1", task: Who, type: [text_input]}]
	END
	for file in here there; do
		fria instrument import ../$file.yaml
		fria new parkeren $file-1.0
	done
	jq '.monitoring = {fouten: {name: "Fouten", unit: "%"}, klachten: {name: "Klachten", unit: "n"}}' \
		assessments/parkeren/application.json >../with.json
	jq 'del(.monitoring.klachten)' ../with.json >../without.json
	fria app set parkeren --from ../with.json
	for who in residents cleaners; do
		fria answer parkeren/there 1.1 "$who" --row new
	done
	fria answer parkeren/small 1.1 "Fouten; Klachten"
	fria answer parkeren/here 1.1 cleaners
	fria save
	fria check
	[ -z "$(in_state open parkeren/small)$(in_state open parkeren/here)" ]
	cp ../without.json assessments/parkeren/application.json
	fria answer parkeren/there 1.1 --row -2
	run fria check
	[ "$status" = 1 ]
	[[ $output == *'At 1.1 "klachten" was chosen, and that does not stand under'* ]]
	[[ $output == *'At 1.1 a row of there#1 was chosen that is gone'* ]]
	for name in small here; do
		[ "$(in_state open parkeren/$name)" = 1.1 ]
		[ "$(evaluation parkeren/$name | jq .counts.open)" = 1 ]
		refused 'Choose again' fria confirm parkeren/$name 1.1 --note "still right"
	done
	fria answer parkeren/small 1.1 Fouten
	[ -z "$(in_state open parkeren/small)" ]
	sed 's|/monitoring|/unknown/nothing|' ../small.yaml >../wrong.yaml
	run fria instrument check ../wrong.yaml
	[[ $output == *'1.1 names /unknown/nothing, which is no characteristic'* ]]
}

# --- the release check ---

@test "the first release after an adopted version asks the release check" {
	question 1.1 open_text | form >small.yaml
	small
	fria answer parkeren/small 1.1 Text
	fria save
	fria adopt parkeren/small
	fria release parkeren 1.0 --from "$EXAMPLE/release-1.0.json"
	[ "$(jq '[.events[] | select(.theme and .changed == null)] | length' assessments/parkeren/application.json)" = 10 ]
	run fria evaluate parkeren/small
	[[ $output == *[Rr]"elease check"* ]]
}

@test "a patch is refused where an incident came with it, or happened since" {
	workspace
	jq '.use.incidents += [{id: "i1", date: "2026-03-01", text: "Wrong"}]' "$EXAMPLE/release-1.0.json" >../next.json
	refused 'new incident: i1' fria release straatafval 1.1 --from ../next.json --patch
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.0.json" --patch
	fria release straatafval 1.2 --from ../next.json
	fria release straatafval 1.3 --from ../next.json --patch
}

# --- what weighs when a version is made ---

@test "what the questionnaire says to look out for is named at adopting, and asks a reason that stays" {
	question 1.1 text_input 'valueType: number' | form 'assessments:' \
		'  - id: aandacht' '    levels:' '      - level: attention' \
		'        expression: "criteriaCheck(criteria)"' '        result: "Note:"' \
		'        criteria: [{id: many, expression: "answers('"'1.1'"') > 10", explanation: "it is many"}]' >small.yaml
	small
	fria answer parkeren/small 1.1 12
	fria save
	refused 'it is many' fria adopt parkeren/small
	refused 'note' fria adopt parkeren/small --note "  "
	fria adopt parkeren/small --note "Counted twice"
	git cat-file tag fria/parkeren/small/v1 >../tag
	grep -q '^- it is many$' ../tag
	grep -qx 'Reason: Counted twice' ../tag
	not grep -q Forced ../tag
	fria answer parkeren/small 1.1 9
	fria save
	fria adopt parkeren/small
}

# --- a FRIA after the first use, and who becomes a provider ---

codes() { evaluation "$1" | jq -r '[.findings[].code] | join(" ")'; }

# used_from DATE: in use from that day, as it is recorded
used_from() {
	jq --arg d "$1" '.in_use = {from: $d}' assessments/chatbot/application.json >../new.json
	cp ../new.json assessments/chatbot/application.json
	git commit -qam "In use from $1."
}

@test "a FRIA that comes after the first use is named at every level but exempt and voluntary" {
	adopted_chatbot
	cp assessments/chatbot/fria.json ../fria.json
	used_from 2026-04-01
	while read -r role kind category prohibited level late provider profiles; do
		jq --arg a "$role" --arg b "$kind" --arg c "$category" --argjson p "$prohibited" \
			--arg seen "${provider:-}" --argjson profiles "${profiles:-null}" '
			.answers["1.1"].value = $a | .answers["1.2"].value = $b |
			.answers["1.3"].value = $c | .answers["1.5"].value = $p |
			if $seen == "" then . else .answers["1.3.aanbieder"] = (.answers["1.3"] | .value = $seen) end |
			if $profiles == null then . else .answers["1.3.profilering"] = (.answers["1.3"] | .value = $profiles) end' \
			../fria.json >assessments/chatbot/fria.json
		evaluation chatbot/fria >../is || true
		[ "$(jq -r '.conclusions[] | select(.id == "FRIA").level' ../is)" = "$level" ]
		jq -e --argjson late "$late" '(.findings | map(.code) | index("late_adopted") != null) == $late' ../is
	done <<-END
		gebruiksverantwoordelijke publiek iii-3 false required true
		beide privaat-publiek iii-8 false required true
		gebruiksverantwoordelijke krediet iii-5b false required true
		gebruiksverantwoordelijke publiek iii-3 true prohibited true
		gebruiksverantwoordelijke publiek onbekend false unknown true
		gebruiksverantwoordelijke publiek iii-2 false exempt false
		gebruiksverantwoordelijke publiek uitzondering false exempt false ja-gezien false
		gebruiksverantwoordelijke publiek uitzondering false unknown true
		gebruiksverantwoordelijke publiek uitzondering false unknown true ja-gezien
		gebruiksverantwoordelijke publiek uitzondering false unknown true ja-niet-gezien false
		gebruiksverantwoordelijke publiek uitzondering false unknown true ja-gezien true
		gebruiksverantwoordelijke publiek geen false voluntary false
	END
	jq '.answers["1.3"].value = "iii-3"' ../fria.json >assessments/chatbot/fria.json
	# On the day itself, or before it, it was in time.
	for day in 2026-04-07 2026-04-08; do
		used_from $day
		[[ "$(codes chatbot/fria)" != *late* ]]
	done
	used_from 2026-04-06
	[[ "$(codes chatbot/fria)" == *late_adopted* ]]
}

@test "a FRIA that was not adopted when use began weighs, and adopting it asks a reason" {
	adopted_chatbot
	git tag -d fria/chatbot/fria/v1
	used_from 2026-04-06
	[[ "$(codes chatbot/fria)" != *late* ]]
	fria answer chatbot/fria 1.3 iii-3
	judged chatbot/fria "Looked at."
	fria save
	[[ "$(codes chatbot/fria)" == *late_assessment* ]]
	approved chatbot/fria
	refused 'before the first use' fria adopt chatbot/fria
	fria adopt chatbot/fria --note "The pilot had begun."
	git cat-file tag fria/chatbot/fria/v1 | grep -q '^- The application is in use'
	[[ "$(codes chatbot/fria)" == *late_adopted* ]]
}

@test "the warning of article 25 ends when what was told is judged" {
	{
		question 1.1 open_text 'theme: [purpose]'
		question 1.2 open_text 'theme: [context]'
	} | form >small.yaml
	small
	fria release parkeren 1.0 --from "$EXAMPLE/release-1.0.json"
	fria answer parkeren/small 1.1 Text
	fria answer parkeren/small 1.2 Text
	fria save
	fria adopt parkeren/small
	on_day 2026-03-11
	echo '{"purpose": {"changed": true, "text": "More."}, "technology": {"changed": true, "text": "New."},
		"context": {"changed": true, "text": "Here."}}' >../check.json
	for theme in oversight signals law documents; do
		jq --arg t $theme '.[$t] = {changed: false}' ../check.json >../more.json
		cp ../more.json ../check.json
	done
	fria release parkeren 1.1 --from "$EXAMPLE/release-1.0.json" --answers ../check.json || true
	[ "$(codes parkeren/small)" = "provider_purpose provider_technology" ]
	fria confirm parkeren/small 1.2 --ground untouched
	[ "$(codes parkeren/small)" = "provider_purpose provider_technology" ]
	fria confirm parkeren/small 1.1 --ground checked --note "The lawyer looked at it."
	[ "$(codes parkeren/small)" = provider_technology ]
	fria save
	# Nothing asked is about technology: who adopts says why, on the same content.
	refused 'article 25' fria adopt parkeren/small
	on_day 2026-03-12
	fria adopt parkeren/small --note "No substantial modification, says the lawyer."
	[ "$(codes parkeren/small)" = "" ]
	git cat-file tag fria/parkeren/small/v2 | grep -q "^- The release check of 1.1 says that the technology"
	refused 'equals that of v2' fria adopt parkeren/small
}
