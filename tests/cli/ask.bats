#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A role is asked for its word, gives a question back, or said it on paper.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

speaks() {
	local who=$1 role=$2
	shift 2
	as "$who" fria approve straatafval/iama --role "$role" "$@"
}
requests() { evaluation "$@" | jq -rc '.requests[]? | "\(.role) \(.state) \(.overdue)"'; }
states() { evaluation | jq -r '.approvals[] | "\(.role) \(.state)"'; }

@test "a request is about exact content; it is open until the role speaks" {
	filled_in
	content=$(speaks bakker ciso positive >/dev/null && jq -r '.approvals[-1].content' $IAMA)
	run --separate-stderr fria --json ask straatafval/iama --role lawyer \
		--until 2026-03-20 --to "A. Bakker"
	[ "$status" = 0 ]
	[ "$(jq -r .content <<<"$output")" = "$content" ]
	[ -z "$(git status --porcelain)" ]
	[[ $(git log -1 --format=%s) == *"straatafval/iama: "*"20 "* ]]
	jq -e '.requests | length == 1 and (.[0] | .to == "A. Bakker" and
		.until == "2026-03-20" and .by == "R. Jansen <r@example.org>")' $IAMA
	fria check
	[ "$(requests)" = "lawyer open false" ]
	run fria evaluate straatafval/iama
	[[ $output == *"Asked for, and not given yet:"*"lawyer: by 20 March 2026 (A. Bakker)"* ]]
	# Said twice, asked once; it binds nothing.
	head=$(git rev-parse HEAD)
	fria ask straatafval/iama --role lawyer --until 2026-03-20 --to "A. Bakker"
	[ "$(git rev-parse HEAD)" = "$head" ]
	[ "$(states | head -1)" = "ciso valid" ]
	[ "$(evaluation straatafval/iama | jq '.approvals[0].content == "'"$content"'"')" = true ]
	on_day 2026-03-20
	[ "$(requests)" = "lawyer open false" ]
	on_day 2026-03-21
	[ "$(requests)" = "lawyer open true" ]
	run fria evaluate straatafval/iama
	[[ $output == *"was due on 20 March 2026"* ]]
	speaks bakker lawyer positive
	[ "$(requests)" = "lawyer answered false" ]
	refused 'has been given' fria ask straatafval/iama --role lawyer
	# Of another content it is no longer open, and another may be asked.
	fria ask straatafval/iama --role dpo
	fria answer straatafval/iama 5.A.6 "Anders." && fria save
	[ "$(requests | tail -1)" = "dpo lapsed false" ]
	fria ask straatafval/iama --role dpo
	[ "$(requests | tail -1)" = "dpo open false" ]
	fria diff straatafval/iama HEAD~1 . || true
}

# changed FROM [TO]: what a difference says of requests
changed() {
	fria --json diff straatafval/iama "$@" | jq -c '.changes[] | select(.kind == "request") |
		[.key, .before.state, .after.state, .after.overdue]'
}

@test "a difference, a report and the portfolio say who is asked what, and what is late" {
	filled_in
	fria save
	start=$(git rev-parse HEAD)
	run --separate-stderr fria ask straatafval/iama --role lawyer --until 2026-03-20 --to "A. Bakker"
	[ "$status" = 0 ] && [[ $stderr == *"awyer is asked"*"by 20 March 2026"* ]]
	fria ask straatafval/iama --role dpo
	[ "$(changed "$start" | xargs)" = "[lawyer,null,open,false] [dpo,null,open,false]" ]
	run fria diff straatafval/iama "$start"
	[[ $output == *"lawyer"*"word asked for by R. Jansen"*"by 20 March 2026 (A. Bakker)"* ]]
	[[ $output == *"data protection officer"*"word asked for"*"not given yet"* ]]
	run fria diff straatafval/iama "$start" . --format md
	[[ $output == *"by 20 March 2026"* ]]
	# Asked and not late: told of the one application that is asked about.
	run fria status straatafval
	[[ $output == *"straatafval/iama: ○ lawyer: by 20 March 2026 (A. Bakker)"* ]]
	run fria status
	[[ $output != *Bakker* ]]
	run fria report straatafval/iama --format md
	[[ $output == *"Asked for, and not given yet"*"lawyer"*"by 20 March 2026"* ]]
	run fria report straatafval/iama --format md --audience public
	[[ $output != *Bakker* ]]

	asked=$(git rev-parse HEAD)
	on_day 2026-03-21
	[ "$(changed "$asked" .)" = '["lawyer","open","open",true]' ]
	run fria diff straatafval/iama "$asked" .
	[[ $output == *"was due on"*"20 March 2026"* ]]
	run fria status
	[[ $output == *"straatafval/iama: ■ lawyer: was due on 20 March 2026 (A. Bakker)"* ]]
	fria --json status | jq -e '.assessments[0].requests | map([.role, .state, .overdue]) ==
		[["lawyer", "open", true], ["dpo", "open", false]]'

	speaks bakker lawyer returned --note "Which contract?"
	[ "$(changed "$asked" .)" = '["lawyer","open","returned",false]' ]
	run fria diff straatafval/iama "$asked" .
	[[ $output == *"returned. Which contract? This is a question to who wrote"* ]]
	run fria status
	[[ $output == *"straatafval/iama: ? lawyer asks who wrote the answers: Which contract?"* ]]
	[[ $output != *"was due"* ]]
	run fria report straatafval/iama --format md
	[[ $output == *"Which contract?"*"question to who wrote"* ]]
	speaks bakker lawyer positive
	[ "$(changed "$asked" .)" = '["lawyer","open","answered",false]' ]
	run fria status
	[[ $output != *"Which contract?"* ]]
	run fria diff straatafval/iama . .
	[ "$status" = 0 ]
}

@test "bad input of a request changes nothing" {
	filled_in
	refused 'role' fria ask straatafval/iama
	refused 'no role "nobody"' fria ask straatafval/iama --role nobody
	refused 'writes the assessment' fria ask straatafval/iama --role project-lead
	refused 'has passed' fria ask straatafval/iama --role lawyer --until 2026-03-01
	refused 'date|day' fria ask straatafval/iama --role lawyer --until soon
	fria answer straatafval/iama 1.1.1 "Anders."
	refused 'unsaved|save' fria ask straatafval/iama --role lawyer
}

@test "returned: a question back, from a role of any kind" {
	filled_in
	fria ask straatafval/iama --role lawyer
	refused 'Ask it with --note' speaks bakker lawyer returned
	refused 'Ask it with --note' speaks bakker lawyer returned --note " "
	speaks bakker lawyer returned --note "Which contract?"
	[ "$(states | head -1)" = "lawyer returned" ]
	states | grep -x "lawyer missing"
	[ "$(requests)" = "lawyer returned false" ]
	run fria evaluate straatafval/iama
	[[ $output == *"Which contract?"*"question to who wrote"* ]]
	fria check
	speaks yilmaz dpo positive
	refused 'lawyer' speaks smit accountable use
	# In Dutch, too, and by who decides; nothing was decided.
	speaks smit accountable teruggegeven --note "Eerst de jurist."
	speaks smit works-council Returned --note "When?"
	speaks smit affected returned --note "What is it?"
	[ "$(jq -rc '[.approvals[] | select(.value == "returned") | .kind] | sort' $IAMA)" = \
		'["advice","agreement","decision","view"]' ]
	fria check
	refused 'advice of lawyer is missing' fria adopt straatafval/iama
	refused 'decision of accountable executive is missing' fria adopt straatafval/iama
	# The word itself takes the place of the question.
	speaks bakker lawyer positive
	[ "$(states | grep lawyer | tr '\n' ' ')" = "lawyer lapsed lawyer valid " ]
	speaks smit accountable use
	[ "$(states | grep -c missing)" = 0 ]
	fria adopt straatafval/iama
	# A question back takes the place of the word.
	speaks bakker lawyer returned --note "On second thought?"
	states | grep -x "lawyer missing"
}

@test "advice on paper is recorded by who may write, with the document" {
	filled_in
	paper() {
		fria approve straatafval/iama --role lawyer positive --on-behalf-of \
			"A. Bakker" --reference Z-1 --decided-on 2026-03-09 "$@"
	}
	jq 'del(.roles[].recorded)' fria.json >../new.json && cp ../new.json fria.json
	git commit -qam "Roles without a word on it."
	refused 'no evidence "nowhere.pdf"' paper --evidence nowhere.pdf
	refused 'all three' fria approve straatafval/iama --role lawyer positive \
		--evidence https://example.org/x
	refused 'may not be recorded' fria approve straatafval/iama --role \
		works-council agree --on-behalf-of x --reference Z-1 --decided-on 2026-03-09
	echo advies >../advies.txt
	link=$(fria evidence add straatafval ../advies.txt --title "Advies")
	fria save
	paper --evidence "$link"
	name=$(jq -r '.approvals[-1].evidence' $IAMA)
	[ -f "assessments/straatafval/evidence/$name" ]
	fria check
	paper --evidence https://zaken.example.org/1
	[ "$(jq -r '.approvals[-1].evidence' $IAMA)" = https://zaken.example.org/1 ]
	run fria verify
	[[ $output == *"on behalf of A. Bakker, with reference Z-1"* ]]
	jq '.roles.lawyer.recorded = false' fria.json >../new.json && cp ../new.json fria.json
	git commit -qam "Not the lawyer's."
	refused 'may not be recorded' paper --evidence "$name" --note again
}

# By hand, from what each of them is asked about: the data protection officer
# about data and what remains, not what a lawyer looks up.
@test "who is expected to answer which questions of the IAMA" {
	asked() {
		jq -r --arg role "$1" '[.. | objects | select(.type? and (.roles // [] | index($role))) | .id] |
			sort | join(" ")' "$ROOT/assessments/instruments/iama-2.0.json"
	}
	for id in 2.2A.3 2.2B.1 2.2B.4 2.3.1 2.5.2 2.5.3 3.3.2 3.5.5 4.2.2 4.5.3 5.C; do
		[[ " $(asked dpo) " == *" $id "* ]]
	done
	for id in 4.2.1 4.2.4 4.2.5; do
		[[ " $(asked dpo) " != *" $id "* ]]
		[[ " $(asked lawyer) " == *" $id "* ]]
	done
	[ "$(asked works-council)" = "3.2.1 3.2.2 3.2.3 3.2.4 3.5.1" ]
	[[ " $(asked ciso) " == *" 2.5.1 2.5.2 2.5.3 "* ]]
	[[ " $(asked communications) " == *" 3.3.1 3.3.2 3.3.3 3.3.4 5.S "* ]]
}
