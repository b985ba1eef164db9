#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A fact in better words: what rests on it holds, and approvals do once somebody
# else agrees.

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	common_setup
	adopted
}

of_roles() {
	evaluation | jq -r '[.approvals[] | select(.state != "missing")
		| .state] | unique | join(" ")'
}
purpose() { jq -r .use.purpose assessments/straatafval/application.json; }

@test "a spelling leaves all as it was once somebody else agreed; unmarked it reopens" {
	fria app set straatafval /use/purpose "$(purpose) " --wording /use/purpose &&
		return 1
	fria app set straatafval /use/purpose "Voortaan: $(purpose)" \
		--wording /use/purpose
	[ "$(in_state stale)" = "" ] && [ "$(in_state suspect)" = "" ]
	[ "$(of_roles)" = lapsed ]
	refused 'yourself' fria approve straatafval/iama --role process-owner --editorial
	as Vos fria approve straatafval/iama --role process-owner --editorial
	[ "$(of_roles)" = valid ]
	fria gate straatafval
	[ "$(git status --porcelain)" = "" ]
	fria check
	[ "$(fria --json diff straatafval/iama v1 | jq -c '[.changes[] |
		select(.kind == "fact") | [.pointer, .by]]')" = \
		'[["/use/purpose","R. Jansen <r@example.org>"]]' ]
	fria diff straatafval/iama v1 | grep -A3 -x Editorial | grep -q "Purpose of"
	fria app set straatafval /use/purpose "Iets heel anders."
	[ "$(in_state stale)" != "" ] && [ "$(of_roles)" = lapsed ]
	refused 'Not only words were mended: Purpose of this use|Doel van dit gebruik' \
		as Vos fria approve straatafval/iama --role process-owner --editorial
}

@test "a release may name more of them; more than words is refused" {
	jq '.use.purpose += " Echt."|.use.groups[0].name += ", allen"' \
		assessments/straatafval/application.json >../new.json
	fria release straatafval 1.0a --patch --from ../new.json \
		--wording /use/purpose --wording /use/groups
	[ "$(in_state stale)" = "" ]
	[ "$(jq -c '[.events[].wording[]?.pointer]' \
		assessments/straatafval/application.json)" = \
		'["/use/groups","/use/purpose"]' ]
	as Vos fria approve straatafval/iama --role process-owner --editorial
	[ "$(of_roles)" = valid ]
	refused 'Not only the words' fria app set straatafval /use/phase proef \
		--wording /use/phase
	refused 'Not only the words' fria app set straatafval /use/purpose \
		"$(purpose) In 2 wijken." --wording /use/purpose
	refused 'Not only the words' fria app set straatafval /use/area \
		'["Elders"]' --wording /use/area
	refused 'did not change' fria app set straatafval /use/purpose "Anders." \
		--wording /use/process
	refused 'no characteristic|not a characteristic|unknown' fria app set \
		straatafval /use/purpose "Anders." --wording /use/niets
	fria answer straatafval/iama 1.1.2 "Nog niet bewaard."
	refused 'save' fria app set straatafval /use/purpose "Beter $(purpose)" \
		--wording /use/purpose
}
