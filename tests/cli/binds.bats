#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What an approval binds of the facts, on both examples: what is material
# lapses it, what is not only reopens questions.

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	common_setup
}

# all_are STATE NAME: what stands of every role in the last round
all_are() {
	[ "$(evaluation "$2" | jq -r '[.approvals[] | select(.state != "missing")
		| .state] | unique | join(" ")')" = "$1" ]
}

# set_each APP NAME STATE POINTER VALUE...: one change at a time
set_each() {
	local app=$1 name=$2 state=$3 before
	shift 3
	before=$(git rev-parse HEAD)
	for (( ; $#; )); do
		fria app set "$app" "$1" "$2" || return
		all_are "$state" "$name" || { echo "$name: $1 not $state"; return 1; }
		git reset -q --hard "$before"
		shift 2
	done
}

@test "contact, page, who measures and another document's number lapse nothing, what is material all" {
	for app in straatafval chatbot; do
		[ $app = chatbot ] && adopted_chatbot || adopted
		facts=assessments/$app/application.json
		metric=$(jq -r '.monitoring | keys[0]' $facts)
		changed() { jq -c --arg m "$metric" "$1" $facts; }
		all_are valid $app/iama
		set_each $app $app/iama valid \
			/register/contact_email anders@zandmeer.example \
			/register/website https://www.zandmeer.example/anders \
			/use/dpia "$(changed '.use.dpia | .reference = "Z-9"')" \
			/use/contract '{"until": "2030-01-01", "reference": "Z-8"}' \
			/monitoring/$metric "$(changed '.monitoring[$m] | .owner = "een ander"')" \
			/register/lawful_basis_grouping "$(changed \
				'.register.lawful_basis_grouping | map(.link += "/nieuw")')"
		set_each $app $app/iama lapsed \
			/use/purpose "Iets heel anders." \
			/use/data '[{"name": "Iets anders"}]' \
			/use/model '{"name": "x", "version": "9"}' \
			/use/phase proef \
			/use/area '["Elders"]' \
			/use/oversight '["niemand"]' \
			/use/personal_data bijzonder \
			/register/lawful_basis "Een andere wet." \
			/monitoring/$metric "$(changed '.monitoring[$m] | .threshold += 1')"
		cd ..
		mv ws $app
	done
}

@test "what is not bound reopens its questions, and lapses by an answer that changes" {
	adopted
	fria app set straatafval /use/contract '{"reference": "Z-8"}'
	[ "$(verdict)" = needs-review ]
	all_are valid straatafval/iama
	task=$(in_state stale | head -n 1)
	fria confirm straatafval/iama --all-stale --note "Looked at."
	fria save
	all_are valid straatafval/iama
	fria gate straatafval
	fria answer straatafval/iama "$task" "Iets heel anders."
	all_are lapsed straatafval/iama
}
