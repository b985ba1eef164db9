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

@test "a template's mistake is named with line and column" {
	assessment
	template "# Title" "" "Text {{nonsense}} here."
	refused "own.en.md:3:6: .*nonsense" \
		fria report straatafval/iama --template own
	template "{{if verdict}}" "{{end}}"
	refused "own.en.md:1:1: .*verdict" \
		fria report straatafval/iama --template own
	template "{{each tasks article27=d}}" "{{id}}"
	refused "own.en.md:1:1: .*each" \
		fria report straatafval/iama --template own
	template "A" "{{end}}"
	refused "own.en.md:2:1: .*end" \
		fria report straatafval/iama --template own
	template "{{id}}"
	refused "own.en.md:1:1: .*id" \
		fria report straatafval/iama --template own
	template "Look: {{measures}}"
	refused "own.en.md:1:7: .*alone" \
		fria report straatafval/iama --template own
	template "" "  {{task 9.9.9}}"
	refused "own.en.md:2:3: .*9.9.9" \
		fria report straatafval/iama --template own
	template "{{each tasks colour=red}}" "{{end}}"
	refused "own.en.md:1:1: .*colour=red" \
		fria report straatafval/iama --template own
	template "{{rows 1.1.1}}"
	refused "own.en.md:1:1: .*1.1.1" \
		fria report straatafval/iama --template own
	template "Open {{date"
	refused "own.en.md:1:6" fria report straatafval/iama --template own
}

@test "an unknown template lists those there are; so does an audience" {
	assessment
	template "Hello"
	refused "council-letter, .*own, .*summary" \
		fria report straatafval/iama --template nothing
	refused "internal, authority, public" \
		fria report straatafval/iama --audience press
	refused "nothing/here" fria report straatafval/iama -o nothing/here
}

@test "fields, conditions and loops of a workspace's own template" {
	adopted
	template "# {{application}}" "" "{{if verdict current}}" "Good: {{fact /use/phase}}." \
		"{{else}}" "Bad." "{{end}}" "" "{{if not task 9.9.9}}" "None." "{{end}}" "" \
		"{{each tasks article27=e state=answered}}" "- {{number}} {{id}}" "{{end}}" "" \
		"{{each elements}}" "{{if first}}" "{{letter}}: {{changed}}" "{{end}}" "{{end}}"
	run fria report straatafval/iama --template own
	[ "$status" = 0 ]
	[[ $output == *"Good: in-gebruik."* ]]
	[[ $output != *"Bad."* ]]
	[[ $output == *"None."* ]]
	[[ $output == *$'- 1 3.2.1\n- 2 3.2.2'* ]]
	[[ $output == *"a: up to date"* ]]
}

@test "what is withheld stays, and the public does not see it" {
	adopted
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.e --note "Namen."
	text=$(value 3.5.2)
	fria withhold straatafval/iama 3.5.2 --ground 5.1.2.h \
		--passage "${text:0:20}"
	run fria report straatafval/iama --audience public
	[[ $output == *"Withheld: Open government act (Woo), article 5.1, paragraph 2, under e."* ]]
	[[ $output != *"${text:0:20}"* ]]
	[[ $output == *"[…]"* ]] || [[ $output == *"\\[…\\]"* ]]
	[[ $output == *"(a part)"* ]]
	[[ $output != *"Namen."* ]]
	[[ $output != *"R. Jansen"* ]]
	run fria report straatafval/iama
	[[ $output == *"${text:0:20}"* ]]
	[[ $output == *"R. Jansen"* ]]
	run fria report straatafval/iama --template woo-list
	[[ $output == *"Namen."* ]]
	[ "$(fria --json evaluate straatafval/iama | jq -r .verdict)" = current ]
	fria withhold straatafval/iama 1.1.1 --lift
	run fria report straatafval/iama --audience public
	[[ $output != *"under e."* ]]
}

@test "withhold: a ground that is none, a passage that is not there" {
	adopted
	refused "5.1.2.e, " fria withhold straatafval/iama 1.1.1 --ground secret
	refused "act and the article" \
		fria withhold straatafval/iama 1.1.1 --ground other
	refused "word for word" fria withhold straatafval/iama 1.1.1 \
		--ground 5.2 --passage "not in it"
	refused "no characteristic" fria withhold straatafval /use/nothing --ground 5.2
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	run fria report straatafval/iama --audience public
	[[ $output != *"Onherkenbaar maken: boordcomputer"* ]]
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
		decision-note advice-request supplier-questions questions woo-list
	do
		for format in md html; do
			run fria report straatafval/iama --template $t \
				--audience public --format $format
			[ "$status" = 0 ]
			if [[ $output == *MARK* ]]; then
				echo "$t $format"
				grep -n MARK <<<"$output" | head -n 3
				return 1
			fi
		done
	done
	run fria report straatafval/iama
	[[ $output == *MARK* ]]
	run fria report straatafval/iama --template notification
	[[ $output != *"MARK <"* ]]
}

@test "what was said stands in the report, and stays inside" {
	adopted
	fria answer straatafval/iama 1.1.1 --dissent "Een ander zag het anders."
	fria comment straatafval/iama 1.1.1 "Klopt dit nog?"
	fria meeting straatafval/iama --date 2026-03-02 \
		--roles project-lead,lawyer --chair "De voorzitter"
	run fria report straatafval/iama
	[[ $output == *"Een ander zag het anders."* ]]
	[[ $output == *"Klopt dit nog? (R. Jansen, "*"; still open)"* ]]
	[[ $output == *"De voorzitter"* ]]
	run fria report straatafval/iama --audience public
	[[ $output != *"zag het anders"* ]]
	[[ $output != *"Klopt dit nog"* ]]
	[[ $output != *"De voorzitter"* ]]
	run fria report straatafval/iama --audience authority
	[[ $output == *"zag het anders"* ]]
	[[ $output != *"Klopt dit nog"* ]]
}
