#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What the authority was told, and what a release makes of who answers for it.
load common

setup() { common_setup; }

notification() { fria --json evaluate chatbot/fria | command jq -c .notification; }

state() { notification | jq -r '.state + "/" + (.elements // "-") + "/" + (.advice // "-")'; }

row() { # NUMBER|new ID VALUE...
	local row=$1
	shift
	while [ $# -gt 0 ]; do
		fria answer chatbot/fria "10.1.$1" "$2" --row "$row"
		[ "$row" != new ] || row=$(jq '.answers["10.1"] | length' assessments/chatbot/fria.json)
		shift 2
	done
}

@test "what was notified, what changed since, and whether to do so again" {
	adopted_chatbot
	[ "$(state)" = none/-/- ]
	fria report chatbot/fria --template notification | grep -qx "Not notified before."
	row new datum 2026-04-02 versie v1 kenmerk K1 reden eerste
	[ "$(state)" = notified/-/- ]
	fria report chatbot/fria --template notification |
		grep -qx "Notified: version v1, 2 April 2026, reference K1."
	# Another group: element c, so the advice is yes.
	fria answer chatbot/fria 4.groepen.wie "Iedereen" --row 1
	[ "$(state)" = changed/c/again ]
	run --separate-stderr fria evaluate chatbot/fria
	[[ $(tr -s "\n " " " <<<"$output") == *"Changed since v1: c of article 27(1). Notify again? Advice: yes"*"under 10.1"* ]]
	run --separate-stderr fria report chatbot/fria --template notification
	[[ $output == *"reference K1. Changed since v1: elements c."* ]]
	# Other words about how it is used: no need, and no warning.
	fria undo chatbot/fria 4.groepen.wie
	fria answer chatbot/fria 3.4 "Vaker."
	[[ $(state) == changed/*/not-needed ]]
	[ "$(fria --json evaluate chatbot/fria | jq -r '.findings[] | .code + .severity')" = notify_maybenote ]
}

@test "not to notify again is recorded with why, and settles it" {
	adopted_chatbot
	row new datum 2026-04-02 versie v1 kenmerk K1 reden eerste
	fria answer chatbot/fria 3.4 "Vaker." && judged chatbot/fria "Zelfde."
	fria save && approved chatbot/fria && fria adopt chatbot/fria
	[[ $(state) == changed/* ]]
	row new versie v2 reden niet-opnieuw toelichting "Alleen de frequentie."
	[ "$(state)" = notified/-/- ]
	run --separate-stderr fria report chatbot/fria --template notification
	[[ $output == *"reference K1. Version v2 was not notified again. Why: Alleen de frequentie."* ]]
	fria answer chatbot/fria 4.groepen.wie "Iedereen" --row 1
	[[ $(notification) == *'"judged":"v2"'*'"elements":"c"'* ]]
	run --separate-stderr fria report chatbot/fria --template notification
	[[ $output == *"changed since v2, which was not notified again"* ]]
	# Who is exempted is not asked.
	row new reden uitgezonderd
	[ "$(state)" = exempt/-/- ]
	fria report chatbot/fria --template notification | grep -q "Exempted from notifying."
}

@test "a withheld reference of a notification stays inside" {
	adopted_chatbot
	row new datum 2026-04-02 versie v1 kenmerk MARKER reden eerste
	fria withhold chatbot/fria 10.1.kenmerk --row 1 --ground 5.1.2.h
	fria report chatbot/fria --template notification --audience internal | grep -q MARKER
	! fria report chatbot/fria --template notification --audience public | grep MARKER
}

@test "another purpose or technology: the release names article 25" {
	adopted_chatbot
	echo '{"technology": {"changed": true, "text": "Ander model."},
		"purpose": {"changed": false}, "context": {"changed": true, "text": "Elders."}}' >../check.json
	run --separate-stderr fria release chatbot 1.1 --from "$EXAMPLES/chatbot/release-1.0.json" --answers ../check.json
	[ "$status" = 0 ]
	[ "$(grep -c 'warning: ' <<<"$output")" = 1 ]
	[[ $output == *'release check of 1.1 says that the technology changed. '*"article 25"* ]]
	run --separate-stderr fria --json evaluate chatbot/fria
	[ "$(jq -r '.findings[] | .code + (.pointer | split("/")[1])' <<<"$output")" = provider_technologyevents ]
	run --separate-stderr fria --json release chatbot 1.2 --partial --patch --from "$EXAMPLES/chatbot/release-1.0.json"
	[ "$(jq -c .findings <<<"$output")" = "[]" ]
}
