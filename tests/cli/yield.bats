#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What the tables gave, over the history that is here.
load common

setup() { common_setup; }

yielded() { fria --json instrument yield iama-2.0; }
edge() { yielded | jq -c --arg t "$1" --arg e "$2" '.edges[] | select(.task == $t and .edge == $e) | [.rang, .changed]'; }

@test "an edge that rang and changed nothing comes first; what changed unasked is named" {
	adopted
	on_day 2026-04-01
	[ "$(yielded | jq -c '[.assessments, (.edges | length), (.missed | length)]')" = '[1,0,0]' ]
	fria app set straatafval /use/security_test/date 2026-03-20 || [ $? = 1 ]
	stale=$(evaluation | jq -r '.tasks[] | select(.state == "stale") | .id')
	[ "$stale" ]
	fria confirm straatafval/iama $stale --ground untouched
	fria save
	task=$(head -1 <<<"$stale")
	[ "$(edge "$task" /use/security_test)" = '[1,0]' ]
	# Once more, and now it is answered otherwise.
	on_day 2026-04-02
	fria app set straatafval /use/security_test/date 2026-03-25 || [ $? = 1 ]
	fria answer straatafval/iama "$task" "Iets anders dan het was."
	fria save
	[ "$(edge "$task" /use/security_test)" = '[2,1]' ]
	# Nothing asks for this one.
	on_day 2026-04-03
	echo '{"use": {"owner": "Hoofd beheer"}}' >../owner.json
	fria release straatafval 1.1 --partial --patch --from ../owner.json || [ $? = 1 ]
	[ "$(evaluation | jq -r '.tasks[] | select(.id == "1.1.1") | .state')" = answered ]
	fria answer straatafval/iama 1.1.1 "Anders, en niemand vroeg erom."
	fria save
	[ "$(yielded | jq -c '.missed | map([.assessment, .task, .release])')" = \
		'[["straatafval/iama","1.1.1","1.1"]]' ]
	run -0 fria --lang nl instrument yield iama-2.0
	[[ $output == *"Rust op"*"Laatste beveiligingstoets"*"1.1.1"*"na release 1.1"* ]]
	# After sixty days it is no matter of the release any more.
	on_day 2026-08-01
	fria answer straatafval/iama 1.1.2 "Ook anders."
	fria save
	[ "$(yielded | jq '.missed | length')" = 1 ]
}
