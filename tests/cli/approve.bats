#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Who may say what about an assessment, what that is worth after a change, and
# what a version needs.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# speaks WHO ROLE VALUE...: a person gives it personally
speaks() {
	local who=$1 role=$2
	shift 2
	as "$who" fria approve straatafval/iama --role "$role" "$@"
}
advised() { speaks bakker lawyer positive && speaks yilmaz dpo positive; }
# "lawyer valid" for each, in the order they stand
approvals() {
	evaluation | jq -r '.approvals[] | "\(.role) \(.state)"'
}
state_of() {
	evaluation | jq -r --arg r "$1" \
		'[.approvals[] | select(.role == $r)] | last | .state'
}
release() {
	echo "$2" >../new.json
	fria release straatafval "$1" --partial --patch --from ../new.json
}

@test "advice and decision are one commit each, by who gives them" {
	filled_in
	speaks bakker lawyer positive-with-remarks --note "Mind the notice."
	[ "$(git log -1 --format=%an)" = bakker ]
	[[ $(git log -1 --format=%B) == *"lawyer"*"Mind the notice."* ]]
	speaks yilmaz dpo positief
	speaks smit accountable use
	[ "$(approvals)" = "$(printf '%s\n' "lawyer valid" "dpo valid" "accountable valid")" ]
	jq -e '.approvals[2] | .kind == "decision" and (.advices | length) == 2' \
		$IAMA
	fria check
	[ -z "$(git status --porcelain)" ]
	git fsck --strict
}

@test "a version needs what the roles require; adopt names it line by line" {
	filled_in
	refused 'advice of lawyer is missing.*--role lawyer' fria adopt straatafval/iama
	refused 'decision of accountable executive is missing' fria adopt straatafval/iama
	advised
	refused "This is missing:\$" fria adopt straatafval/iama
	speaks smit accountable use
	fria adopt straatafval/iama
	git cat-file tag fria/straatafval/iama/v1 >../tag
	not grep -q Forced ../tag
}

@test "by force, with a reason that stays in the version" {
	filled_in
	refused 'Say with --note' fria adopt straatafval/iama --force
	refused 'Say with --note' fria adopt straatafval/iama --force --note " "
	fria adopt straatafval/iama --force --note "The council asked for it today."
	git cat-file tag fria/straatafval/iama/v1 |
		grep -qx 'Forced: The council asked for it today.'
	git cat-file tag fria/straatafval/iama/v1 | grep -q 'advice of lawyer'
	refused 'nothing to adopt' fria adopt straatafval/iama --force --note again
	run fria log straatafval/iama
	[[ $output == *"The council asked for it today."* ]]
	advised
	speaks smit accountable use
	fria adopt straatafval/iama
	git cat-file tag fria/straatafval/iama/v2 >../tag
	not grep -q Forced ../tag
	refused 'nothing to adopt' fria adopt straatafval/iama
}

@test "advice before decision; against an advice needs a reason" {
	filled_in
	refused 'No valid advice yet of: lawyer, data protection officer' \
		speaks smit accountable use
	speaks bakker lawyer negative --note "No legal basis."
	speaks yilmaz dpo positive
	refused 'advice of lawyer is negative.*--response' speaks smit accountable use
	speaks smit accountable do-not-use
	[ "$(evaluation | jq -r .verdict)" = blocked ]
}

@test "a decision not to use is a finished assessment" {
	filled_in
	advised
	speaks smit accountable do-not-use --note "The gain is too small."
	run fria evaluate straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *"do not use"* ]]
	fria adopt straatafval/iama
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"stopped: decision of accountable executive: do not use"* ]]
}

@test "who writes or advises does not decide; on paper with a case it may be recorded" {
	filled_in
	advised
	refused 'you stand for 1.1.1 yourself' fria approve straatafval/iama \
		--role accountable use
	refused 'you gave advice as lawyer' speaks bakker accountable use
	refused 'all three' fria approve straatafval/iama --role accountable use \
		--on-behalf-of "the executive"
	refused 'all three' fria approve straatafval/iama --role accountable use \
		--on-behalf-of "the executive" --decided-on 2026-03-10
	refused 'in the future' fria approve straatafval/iama --role accountable \
		use --on-behalf-of "the executive" --reference Z-1 \
		--decided-on 2027-01-01
	refused 'later than the day of the decision' fria approve \
		straatafval/iama --role accountable use --on-behalf-of x \
		--reference Z-1 --decided-on 2026-03-01
	refused 'may not be recorded.*"recorded": true' fria approve \
		straatafval/iama --role process-owner agree --on-behalf-of x \
		--reference Z-1 --decided-on 2026-03-10
	fria approve straatafval/iama --role accountable use \
		--on-behalf-of "the executive" --reference Z-2026-1 \
		--decided-on 2026-03-10
	[[ $(git log -1 --format=%s) == *"(on behalf of the executive, Z-2026-1)" ]]
	jq -e '.approvals[-1].onBehalfOf == "the executive"' $IAMA
}

@test "who wrote it does not decide, though another confirmed it since" {
	filled_in
	as() {
		local who=$1
		shift
		GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$who@example.org "$@"
	}
	as smit fria answer straatafval/iama 5.C "Geen andere."
	as smit fria save
	as pauw fria confirm straatafval/iama 5.C --note "Klopt."
	as pauw fria save
	as bakker fria approve straatafval/iama --role lawyer positive
	as yilmaz fria approve straatafval/iama --role dpo positive
	refused 'according to history you wrote the answer to 5[.]C' as smit \
		fria approve straatafval/iama --role accountable use
	refused 'you stand for 5[.]C yourself' as pauw \
		fria approve straatafval/iama --role accountable use
	as visser fria approve straatafval/iama --role accountable use
	fria verify
	fria adopt straatafval/iama
	# What the last version holds is no longer one's own.
	as smit fria approve straatafval/iama --role accountable use
	fria verify
}

@test "a release without relevant change leaves every approval valid" {
	adopted
	release 1.0.1 '{"use": {"remark": "another room"}}'
	[ "$(approvals | sort -u | cut -d' ' -f2 | sort -u)" = valid ]
	fria gate straatafval --release 1.0.1
}

@test "a changed fact lapses what rests on it, and says which" {
	adopted
	release 1.1 '{"use": {"area": ["Elsewhere"]}}'
	[ "$(state_of accountable)" = missing ]
	run evaluation
	[ "$(jq -r '[.approvals[] | select(.state == "lapsed") |
		.because[].pointer] | unique[]' <<<"$output")" = /use/area ]
	run fria gate straatafval
	[[ $(flat "$output") == *"decision of accountable executive (lapsed by a change: 1 characteristic changed: "* ]]
	run fria evaluate straatafval/iama
	[[ $(flat "$output") == *"lapsed by a change 1 "*"accountable executive"* ]]
	run fria status straatafval
	[[ $output == *" 0/3"* ]]
	[ "$(flat "$output" | grep -o "straatafval/iama: [a-z ]* (lapsed by a change: 1 characteristic changed: " | wc -l)" = 3 ]
	run fria status
	[[ $output != *lapsed* ]]
	run fria status straatafval --format csv
	[[ $output != *lapsed* ]]
}

@test "a changed word in an answer lapses the decision" {
	adopted
	fria answer straatafval/iama 1.1.2 "Another purpose."
	run evaluation
	jq -e '[.approvals[] | select(.role == "accountable" and
		.state == "lapsed")] | .[0].because == [{"kind": "answer",
		"task": "1.1.2"}]' <<<"$output"
	git checkout -q assessments
	[ "$(state_of accountable)" = valid ]
}

@test "ticking off a measure, a measurement and a comment lapse nothing" {
	adopted
	group=$(evaluation | jq -r '.measures[0].task')
	row=$(evaluation | jq -r '.measures[0].row')
	fria answer straatafval/iama "$group.stand" uitgevoerd --row "$row"
	fria save
	[ "$(state_of accountable)" = valid ]
	fria answer straatafval/iama "$group.tekst" "Another measure." --row "$row"
	[ "$(state_of accountable)" = missing ]
}

@test "bad input: role, value, kind, lists, dates; nothing is changed" {
	filled_in
	refused 'no role "mayor".*lawyer; data protection officer' fria approve straatafval/iama --role mayor use
	refused 'project lead writes the assessment' fria approve straatafval/iama --role project-lead agree
	refused '"fine".*positive; positive, with remarks; negative' speaks bakker lawyer fine
	refused 'Say what this role holds: agree' speaks vos process-owner
	refused 'as text' speaks vos affected " "
	refused 'response belongs to a decision' speaks bakker lawyer positive --response x
	refused 'option.*--role|--role' fria approve straatafval/iama positive
	advised
	refused 'conditions' speaks smit accountable use-with-conditions
	echo '[{"text": "Test first."}]' >../c.json
	refused '"measure"' speaks smit accountable use-with-conditions --conditions ../c.json
	echo '[{"text": "Test first.", "measure": "zzzzzzzz"}]' >../c.json
	refused 'no measure "zzzzzzzz"' speaks smit accountable use-with-conditions --conditions ../c.json
	echo '{}' >../c.json
	refused 'no list' speaks smit accountable use-with-conditions --conditions ../c.json
	echo '[{"accepted": true}]' >../r.json
	refused '"reason"' speaks smit accountable use --risks ../r.json
	echo '[{"accepted": true, "reason": "small", "row": "zzzzzzzz"}]' >../r.json
	refused 'no row "zzzzzzzz"' speaks smit accountable use --risks ../r.json
	echo '[{"accepted": false, "reason": "big", "text": "A risk"}]' >../r.json
	refused 'refuses a residual risk' speaks smit accountable use --risks ../r.json
	refused 'A pilot has an end' speaks smit accountable pilot-only
	refused 'is no date' speaks smit accountable use --valid-until soon
	refused 'has passed' speaks smit accountable use --valid-until 2026-01-01
	refused 'is no phase' speaks smit accountable use --phase always
	fria answer straatafval/iama 1.1.2 "Unsaved."
	refused 'not saved' speaks smit accountable use
}

@test "conditions are tied to measures, by row; risks one by one" {
	filled_in
	advised
	group=$(evaluation | jq -r '.measures[0].task')
	row=$(evaluation | jq -r '.measures[0].row')
	printf '[{"text": "Test first.", "measure": "%s/1"}]' "$group" >../c.json
	printf -- '- text: A wrong photo\n  accepted: true\n  reason: It is seen by a person.\n' >../r.yaml
	speaks smit accountable use-with-conditions --conditions ../c.json --risks ../r.yaml
	[ "$(jq -r '.approvals[-1].conditions[0].measure' $IAMA)" = "$row" ]
	fria check
}

@test "conditions and accepted risks are typed, more than once" {
	filled_in
	advised
	group=$(evaluation | jq -r '.measures[0].task')
	row=$(evaluation | jq -r '.measures[0].row')
	refused 'no measure "9.9/9"' speaks smit accountable use-with-conditions \
		--condition "9.9/9: Test first."
	refused 'name the risk, a colon' speaks smit accountable use --risk small
	refused 'no row "9.9/9"' speaks smit accountable use --risk "9.9/9: Seldom."
	speaks smit accountable use-with-conditions --condition "$group/1: Test first." \
		--condition "$(evaluation | jq -r '.measures[1].text')" \
		--risk "A wrong photo: It is seen by a person." --risk "A late photo: Seldom."
	jq -e --arg row "$row" --argjson e "$(evaluation)" '.approvals[-1] |
		.conditions == [{text: "Test first.", measure: $row},
			{text: $e.measures[1].text, measure: $e.measures[1].row}] and
		.risks == [{text: "A wrong photo", accepted: true, reason: "It is seen by a person."},
			{text: "A late photo", accepted: true, reason: "Seldom."}]' $IAMA
	fria check
}

@test "a measure with a colon in its text is named whole; a risk may be one word" {
	filled_in
	group=$(evaluation | jq -r '.measures[0].task')
	text=$(jq -r --argjson e "$(evaluation)" --arg g "$group" '.answers[$g][0] |
		to_entries[] | select(.value.value? == $e.measures[0].text) | .key' $IAMA)
	fria answer straatafval/iama "$text" --row 1 --editorial --note Korter. "Eerst testen: in twee straten."
	fria save
	advised
	speaks smit accountable use-with-conditions \
		--condition "Eerst testen: in twee straten." --risk "privacy: Zelden."
	jq -e '.approvals[-1] | .conditions[0].text == "Eerst testen: in twee straten." and
		.risks == [{text: "privacy", accepted: true, reason: "Zelden."}]' $IAMA
}

@test "on a terminal a decision with conditions asks for them" {
	filled_in
	advised
	cc -o ../pty "$BATS_TEST_DIRNAME/pty.c" -lutil
	local asked='? Geldt die als voorwaarde?'
	evaluation | jq '[.measures[] | select(.status != "uitgevoerd")]' >../open.json
	{
		printf '%s\n' "$asked" '> j' "$asked" '> Eerst een proef van een maand.'
		jq -r --arg asked "$asked" '.[2:][] | $asked, "< \\n"' ../open.json
		printf '%s\n' '? Welk restrisico wordt aanvaard' '> klein' \
			'? noem het risico' '> Een foto te laat: komt zelden voor.' \
			'? Welk restrisico wordt aanvaard' '< \n'
	} >../script
	as smit ../pty $FRIA --lang nl approve straatafval/iama --role accountable \
		"inzetten onder voorwaarden" <../script >../said
	jq -e --slurpfile open ../open.json '.approvals[-1] | .value == "use-with-conditions" and
		(.conditions | length == 2 and .[0].text == $open[0][0].text and
			.[1].text == "Eerst een proef van een maand.") and
		.risks[0].reason == "komt zelden voor."' $IAMA
}

@test "a pilot is no use, a place no other place, and an end is an end" {
	filled_in
	advised
	speaks smit accountable pilot-only --valid-until 2026-06-30
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"holds for the phase pilot"*"in use"* ]]
	[ "$(evaluation | jq -r .review.due)" = 2026-06-30 ]
	export SOURCE_DATE_EPOCH=$(date -u -d "2026-07-01 09:00" +%s)
	[ "$(state_of accountable)" = missing ]
	[ "$(evaluation | jq -r '.approvals[2].because[0].kind')" = expired ]
	run fria evaluate straatafval/iama
	[[ $(flat "$output") == *"expired: valid until 2026-06-30"* ]]
	[[ $output != *"lapsed by a change"* ]]
	run fria gate straatafval
	[[ $(flat "$output") == *"(expired: valid until 2026-06-30)"* ]]
	run fria report straatafval/iama
	[[ $output == *"decision of accountable executive: pilot only"*"expired: valid until 2026-06-30"* ]]
	[ "$(evaluation | jq -r .review.overdue)" = true ]
	speaks smit accountable use --area Elsewhere
	run fria gate straatafval
	[[ $output == *"does not hold for all of the application's area"* ]]
}

@test "a later word of a role counts; an advice after the decision lapses it" {
	filled_in
	advised
	speaks smit accountable use
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
	speaks bakker lawyer negative --note "I looked again."
	[ "$(approvals | tr '\n' ' ')" = \
		"lawyer lapsed dpo valid accountable lapsed lawyer valid accountable missing " ]
	[ "$(evaluation | jq -r '.approvals[2].because[0].role')" = lawyer ]
	run fria evaluate straatafval/iama
	[[ $(flat "$output") == *"lapsed: later advice: lawyer"* ]]
	speaks smit accountable use --response "The council has weighed it."
	[ "$(state_of accountable)" = valid ]
}

@test "an editorial change lapses the decision until somebody else agrees that it is one" {
	adopted
	fria answer straatafval/iama 1.1.2 "Beter gezegd." --editorial --note "Korter."
	fria save
	[ "$(state_of accountable)" = missing ]
	refused 'mended the words of 1.1.2 yourself' fria approve \
		straatafval/iama --role process-owner --editorial
	refused 'Only who agrees or decides' speaks bakker lawyer --editorial
	speaks vos process-owner --editorial --note "Only shorter."
	[ "$(approvals | cut -d" " -f2 | sort -u)" = valid ]
	fria gate straatafval
	fria check
	fria adopt straatafval/iama
	fria answer straatafval/iama 1.1.2 "Iets heel anders."
	judged straatafval/iama "Looked at."
	fria save
	[ "$(state_of accountable)" = missing ]
	refused 'Not only words were mended: 1.1.2' speaks vos process-owner --editorial
}

@test "editorial says nothing where nothing lapsed, and never in a row that changed" {
	adopted
	refused 'no advice, agreement or decision that lapsed' \
		speaks vos process-owner --editorial
	group=$(evaluation | jq -r '.measures[0].task')
	row=$(evaluation | jq -r '.measures[0].row')
	fria answer straatafval/iama "$group.tekst" "Better words." --row "$row" \
		--editorial --note "Shorter."
	fria save
	speaks vos process-owner --editorial
	[ "$(state_of accountable)" = valid ]
	fria answer straatafval/iama "$group.tekst" "A new measure." --row new
	fria save
	refused 'Not only words were mended' speaks smit accountable --editorial
}

@test "what another assessment took the place of asks nothing, and is left as it is" {
	adopted
	release 1.1 '{"use": {"area": ["Elsewhere"]}}'
	fria new straatafval iama-2.0 --name iama-2
	jq '.superseded_by = "iama-2"' $IAMA >../x.json
	cp ../x.json $IAMA
	fria save
	run fria evaluate straatafval/iama
	[ "$status" = 0 ]
	[ "$output" = "straatafval/iama: replaced by iama-2" ]
	[ "$(evaluation | jq -c '[.verdict, .counts.stale, .counts.open, .supersededBy,
		(.approvals | map(select(.state == "missing")) | length)]')" = \
		'["current",0,0,"iama-2",0]' ]
	run fria status
	[[ $output == *"replaced by iama-2"* ]]
	run fria gate straatafval
	[[ $output != *"straatafval/iama: "* ]]
	refused 'replaced by iama-2. Go on there' fria answer straatafval/iama 1.1.1 x
	refused 'replaced by iama-2' fria confirm straatafval/iama 1.1.1 --note x
	refused 'replaced by iama-2' speaks vos process-owner agree
	refused 'replaced by iama-2' fria adopt straatafval/iama
}

@test "a very high risk stops, unless the decision names it and fria.json allows it" {
	workspace
	fria new straatafval fria-1.0
	group() { fria answer straatafval/fria "5.2.$1" "$2" --row "${3:-1}"; }
	fria answer straatafval/fria 5.2.schade "Iemand raakt gewond." --row new
	for step in zwaarte herstelbaarheid omvang kans; do group $step 4; done
	evaluation() { fria --json evaluate straatafval/fria; }
	[ "$(evaluation | jq -r .verdict)" = blocked ]
	row=$(jq -r '.answers["5.2"][0].id' assessments/straatafval/fria.json)
	fria save
	GIT_AUTHOR_EMAIL=d@example.org fria approve straatafval/fria --role dpo positive
	stops() {
		evaluation | jq -r '.conclusions[] |
			select(.id == "aanvaarding") | .stops'
	}
	# The decision as it stands in the document; approve itself would refuse
	# it while questions are open.
	jq --arg row "$row" '.approvals += [.approvals[0] | .role = "accountable" |
		.kind = "decision" | .value = "use" | .risks = [{row: $row,
		accepted: true, reason: "Named."}]]' \
		assessments/straatafval/fria.json >../x && cp ../x assessments/straatafval/fria.json
	[ "$(stops)" = true ]
	jq '.roles.accountable.accepts = "very-high"' fria.json >../f && cp ../f fria.json
	[ "$(stops)" = false ]
	[ "$(evaluation | jq -r .verdict)" = incomplete ]
	jq '.approvals[1].risks[0].accepted = false' \
		assessments/straatafval/fria.json >../x && cp ../x assessments/straatafval/fria.json
	[ "$(stops)" = true ]
}
