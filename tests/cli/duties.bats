#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Duties: what the first questions conclude decides which are asked.
load common

setup() { common_setup; }

shown() { evaluation straatafval/plichten | jq -r '[.tasks[] | select(.state != "hidden").id | split(".")[0]] | unique | join(" ")'; }

# Of a public body that uses high-risk AI about benefits, without personal data.
first_questions() {
	fria new straatafval start-2.0
	for answer in "1.1 ai" "1.2 publiek" "1.3 gebruiksverantwoordelijke" "1.3.w nee" \
		"1.4 geen" "1.4.t X" "2.1 iii-5a" "2.2 nee" "2.3 false" "3.1 geen" "3.5 geen" \
		"4.1 informeert" "4.2 geen" "4.3 geen" "4.4 nee" "4.5 false" "5.1 zelf"; do
		fria answer straatafval/start ${answer}
	done
}

@test "a duty is asked where its conclusion says so, and everywhere without first questions" {
	workspace
	fria new straatafval plichten-1.0
	[ "$(shown | wc -w)" = 36 ]
	first_questions
	[ "$(shown)" = "a26-1 a26-12 a26-2 a26-4 a26-5a a26-5b a26-6 a26-8 a26-9 a27 a4 a49 a73 arch bio reg woo" ]
	refused 'start#DPIA' fria answer straatafval/plichten g35.stand gedaan
	# Another answer there, other duties here.
	fria answer straatafval/start 2.1 geen
	[ "$(shown)" = "a4 arch bio woo" ]
	# What was answered is kept, and counts when its duty comes back.
	fria answer straatafval/start 2.1 iii-5a
	fria answer straatafval/plichten a27.stand gedaan
	fria answer straatafval/start 2.1 geen
	evaluation straatafval/plichten | jq -e '.counts.dormant == 1'
	fria answer straatafval/start 2.1 iii-5a
	evaluation straatafval/plichten | jq -e '.tasks[] | select(.id == "a27.stand").state == "answered"'
}

@test "a duty that is not done has a day, and is late after it; no score comes out" {
	workspace
	first_questions
	fria new straatafval plichten-1.0
	fria answer straatafval/plichten a26-6.stand niet
	fria answer straatafval/plichten a26-6.uiterlijk 2020-01-01
	evaluation straatafval/plichten >../e.json || true
	jq -e '.measures | length == 1 and (.[0] | .task == "a26-6" and .row == null and
		.due == "2020-01-01" and .overdue)' ../e.json
	jq -e '.scores == {} and .conclusions == []' ../e.json
	fria answer straatafval/plichten a26-6.stand gedaan
	evaluation straatafval/plichten | jq -e '.measures == []'
}

@test "what the first questions rest on puts duties in doubt" {
	workspace
	first_questions
	fria new straatafval plichten-1.0
	for duty in a26-1 a26-12 a26-2 a26-4 a26-5a a26-5b a26-6 a26-8 a26-9 a27 a4 a49 a73 arch bio reg woo; do
		fria answer straatafval/plichten $duty.stand gedaan
		fria answer straatafval/plichten $duty.hoe "Zo."
		fria answer straatafval/plichten $duty.bewijs "Z-1"
	done
	fria save
	[ "$(evaluation straatafval/plichten | jq -r .verdict)" = current ]
	fria adopt straatafval/plichten --force --note "For the test."
	fria app set straatafval /use/function "Iets anders."
	evaluation straatafval/plichten | jq -e '.tasks[] | select(.id == "a26-1.stand") | .state == "suspect" and
		(.because | tostring | contains("start#2.1"))'
	evaluation straatafval/plichten | jq -e '.tasks[] | select(.id == "woo.stand").state == "answered"'
}

gate_says() { fria --json gate straatafval | jq -r '[.reasons[].code] | unique | join(" ")'; }

@test "gate asks for what fria.json names: conclusions, duties, questionnaires" {
	workspace
	fria app set straatafval /use/phase in-gebruik
	jq '.gate = ["FRIA", "artikel26", "plichten"]' fria.json >../new.json
	cp ../new.json fria.json
	git commit -qam "gate"
	# Nothing says whether they are needed: it does not pass.
	[[ $(gate_says) == *named* ]]
	first_questions && fria save
	fria --json gate straatafval >../g.json || true
	jq -e '[.reasons[] | select(.code == "demanded" or .code == "duty") | .text] | length == 2' ../g.json
	jq -e '[.reasons[] | select(.code == "named") | .text] | length == 1 and (.[0] | contains("plichten"))' ../g.json
	fria new straatafval plichten-1.0
	for duty in a26-1 a26-12 a26-2 a26-4 a26-5a a26-5b a26-6 a26-9; do
		fria answer straatafval/plichten $duty.stand gedaan
	done
	fria answer straatafval/plichten a27.stand deels
	fria save
	fria --json gate straatafval >../g.json || true
	jq -e '[.reasons[].code] | (index("duty") or index("named")) | not' ../g.json
	jq -e '[.reasons[] | select(.code == "demanded") | .text] | length == 1 and (.[0] | contains("FRIA"))' ../g.json
	fria answer straatafval/plichten a27.stand gedaan && fria save
	fria --json gate straatafval >../g.json || true
	jq -e '[.reasons[].code] | index("demanded") | not' ../g.json
	# What cannot be said yet does not pass either.
	fria answer straatafval/start 2.1 onbekend && fria save
	[[ $(gate_says) == *undecided* ]]
}
