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
	fria evaluate parkeren/small | grep -q "the rules of the questionnaire changed"
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
