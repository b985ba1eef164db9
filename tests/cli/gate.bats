#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The gate judges what is recorded, and does not pass what it does not know.
load common
setup() { common_setup; }

APP=assessments/straatafval/application.json

@test "what is not saved does not open the gate, nor close it" {
	adopted
	fria gate straatafval
	fria answer straatafval/iama 1.1.1 "Something else."
	run -0 fria gate straatafval
	[[ $output == *"not saved"*"fria save straatafval/iama"* ]]
	judged straatafval/iama "Looked at."
	fria save
	run -1 fria gate straatafval
	fria approve straatafval/iama --role ciso positive
	jq '.approvals += [(.approvals[-1].content as $c |
		["lawyer", "advice", "positive"], ["dpo", "advice", "positive"],
		["accountable", "decision", "use"] | {role: .[0], kind: .[1],
		value: .[2], content: $c, by: "\(.[0]) <\(.[0])@z.example>",
		at: "2026-03-10T10:00:00Z"})]' $IAMA >new && mv new $IAMA
	[ "$(evaluation | jq '[.approvals[] | select(.state == "valid")] | length')" = 4 ]
	run -1 fria gate straatafval
	[[ $output == *"not saved"* ]]
	jq '.name = "Other"' $APP >new && mv new $APP
	refused 'not yet saved|not been saved|fria save' fria gate straatafval
}

@test "a phase that is none of the five does not pass, and is named" {
	adopted
	for phase in '"In gebruik"' '"in_use"' '"productie"' '""' 3 '["in-gebruik"]'; do
		jq --argjson p "$phase" '.use.phase = $p' $APP >new && mv new $APP
		git commit -qam Phase
		run -1 fria gate straatafval
		[[ $(flat "$output") == *"is unknown"*'Phase "in use"'* ]]
	done
	jq 'del(.use.phase)' $APP >new && mv new $APP
	git commit -qam Phase
	run -1 fria gate straatafval
	[[ $output != *"is unknown"* ]]
}

@test "out of use on a later day: until then all that is asked stays, and then nothing" {
	adopted
	fria answer straatafval/iama 1.1.1 "Something else."
	fria save
	run -1 fria gate straatafval
	run -0 fria retire straatafval --on 2028-12-31
	[[ $output == *"goes out of use on 31 December 2028"* ]]
	[ "$(jq -r '.use.phase, .in_use.to, .register.status' $APP | xargs)" = \
		"in-gebruik 2028-12-31 In gebruik" ]
	[[ $(git log -1 --format=%s) == *"31 December 2028"* ]]
	run -1 fria gate straatafval
	phase_on() { fria --json status --as-of "$1" | jq -r ".assessments[0].phase"; }
	[ "$(phase_on 2028-12-30)" = in-gebruik ]
	[ "$(phase_on 2028-12-31)" = buiten-gebruik ]
	SOURCE_DATE_EPOCH=$(date -u -d 2028-12-31T10:00Z +%s) run -0 fria gate straatafval
}
