#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# An application gets another id: what was adopted, approved and recorded under
# the former one stays what it was, and is found under the new one.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

# found CODE: verify has a finding with it; -: it has none worse than a note
found() {
	fria --json verify >"$BATS_TEST_TMPDIR/found" || true
	if [ "$1" = - ]; then
		jq -e 'all(.severity == "note")' "$BATS_TEST_TMPDIR/found"
	else
		jq -e --arg code "$1" 'any(.code == $code)' "$BATS_TEST_TMPDIR/found"
	fi
}

@test "rename: versions, approvals, evidence and history come along, and go on" {
	adopted
	link=$(fria evidence add straatafval fria.json)
	fria save
	fria diff straatafval/iama v1 -o ../before.md || true
	content=$(fria --json evaluate straatafval/iama | jq -c .approvals)
	fria blame straatafval/iama >../blame
	head=$(git rev-parse HEAD)
	run fria app rename straatafval zwerfafval
	[ "$status" = 0 ]
	[[ $output == *"straatafval is called zwerfafval now"* ]]
	[ "$(git rev-parse HEAD^)" = "$head" ]
	[ -z "$(git status --porcelain)" ]
	[ ! -e assessments/straatafval ]
	[[ $link == *evidence/* ]]
	[ "$(ls assessments/zwerfafval/evidence)" != "" ]
	[ "$(jq -r .id assessments/zwerfafval/application.json)" = zwerfafval ]
	[ "$(jq -r '.formerly[] | .id, .day, .by' assessments/zwerfafval/application.json)" = \
		"$(git log -1 --date=short --format='straatafval%n%ad%n%an <%ae>')" ]
	[ "$(jq -r .application assessments/zwerfafval/iama.json)" = zwerfafval ]
	fria check zwerfafval
	found -
	fria gate zwerfafval
	[ "$(fria --json evaluate zwerfafval/iama | jq -c .approvals)" = "$content" ]
	fria blame zwerfafval/iama >../now
	diff ../blame ../now
	run fria log zwerfafval/iama
	[[ $output == *"another name of the application: straatafval → zwerfafval"* ]]
	[[ $output == *" v1 "* ]]
	# As it was, under the name that it has.
	bound=$(git tag -l --format='%(contents)' fria/straatafval/iama/v1 | sed -n 's/^Content: //p')
	run fria report zwerfafval/iama@v1
	[ "$status" = 0 ]
	[[ $output == *"$bound"* ]]
	fria report --site ../site
	[ -d ../site/zwerfafval ] && [ ! -e ../site/straatafval ]
	grep -q v1 ../site/zwerfafval/index.html
	fria export zwerfafval --format archive -o ../archive
	[ -n "$(find ../archive -path '*v1*' -name assessment.json)" ]
	fria register export zwerfafval -o ../entry.json
	run fria diff zwerfafval/iama v1
	[[ $output == *"another name of the application: "*straatafval*zwerfafval* ]]
	# And it goes on.
	approved zwerfafval/iama 2>/dev/null || true
	fria answer zwerfafval/iama 1.1.1 "Because waste stays too long, and it smells."
	fria save
	judged zwerfafval/iama "Looked at." && fria save
	play_approvals "$EXAMPLES/straatafval/iama/approvals.txt" zwerfafval/iama
	fria adopt zwerfafval/iama
	git rev-parse -q --verify fria/zwerfafval/iama/v2
	found -
	fria gate zwerfafval
	run fria diff zwerfafval/iama v1 v2
	[[ $output == *"another name of the application: "*straatafval*zwerfafval* ]]
	[[ $output == *smells* ]]
	[ "$(fria --json status | jq -r '.assessments[0].version')" = v2 ]
}

@test "rename: twice, and never to what an application is or was called" {
	small
	fria adopt app/team
	fria app rename app street
	fria answer street/team 1.1 "Otherwise."
	judged street/team "Looked at." && fria save
	fria adopt street/team
	fria app rename street waste
	fria answer waste/team 1.2 "Otherwise."
	judged waste/team "Looked at." && fria save
	fria adopt waste/team
	[ "$(git tag -l | tr '\n' ' ')" = "fria/app/team/v1 fria/street/team/v2 fria/waste/team/v3 " ]
	found -
	for n in 1 2 3; do
		fria report "waste/team@v$n" >/dev/null
	done
	run fria log waste/team
	[[ $output == *"street → waste"*" v2 "*"app → street"*" v1 "* ]]
	jq -e '[.formerly[].id] == ["app", "street"]' assessments/waste/application.json
	for was in app street; do
		refused "is called waste now" fria app rename waste $was
		refused "is called waste now" fria app add $was
		refused "is called waste now" fria new $was urn:example:team:1.0
		refused "called waste" fria evaluate $was/team
		refused "is called waste/team now" fria report "$was/team@v1"
		refused "called waste" fria answer $was/team 1.1 x
		refused "is called waste now" fria gate $was
		refused "heet nu waste" fria --lang nl status $was
	done
	fria app add other
	refused "already" fria app rename waste other
	refused "already" fria app rename waste waste
	refused "cannot be a name" fria app rename waste "Waste"
	refused "no application" fria app rename nothing something
	# An entry whose name leads to a former id gets another one.
	echo '{"name": "Street", "description_short": "x", "goal": "y", "publication_category": "z"}' >../entry.json
	jq -s . ../entry.json >../list.json
	fria import ../list.json --release 1 || [ $? = 1 ]
	[ -d assessments/street-2 ]
}

@test "rename: not while something of it is not saved" {
	small
	fria answer app/team 1.1 "Not saved."
	refused "not saved" fria app rename app street
	fria undo app/team --yes 2>/dev/null || fria undo app/team
	fria evidence add app fria.json
	refused "not saved" fria app rename app street
	fria save
	fria new app urn:example:team:1.0 --name side
	refused "not saved" fria app rename app street
	fria save
	fria app rename app street
	[ -f assessments/street/side.json ]
}

@test "rename: a colleague goes on under the former id, and it arrives under the new one" {
	two_clones
	fria app rename app street
	fria sync
	saved piet ../b 1.1 "By Piet."
	as piet fria -C ../b evidence add app ../b/fria.json
	as piet fria -C ../b new app urn:example:team:1.0 --name side
	as piet fria -C ../b save
	run as piet fria -C ../b sync
	[ "$status" = 0 ]
	[ ! -e ../b/assessments/app ]
	[ "$(value 1.1 ../b/assessments/street/team.json)" = "By Piet." ]
	[ "$(jq -r .application ../b/assessments/street/team.json)" = street ]
	[ "$(jq -r .application ../b/assessments/street/side.json)" = street ]
	[ -n "$(ls ../b/assessments/street/evidence)" ]
	[ -z "$(git -C ../b status --porcelain)" ]
	fria -C ../b check street
	fria sync
	[ "$(value 1.1 assessments/street/team.json)" = "By Piet." ]
	found -
	run fria blame street/team 1.1
	[[ $output == *piet* ]]
}

@test "rename: who renames meets what a colleague had recorded" {
	two_clones
	fria -C ../b answer app/team 1.1 "By Piet." --save
	echo '{"use": {"purpose": "Cleaner parks."}}' >../next.json
	fria -C ../b app set app --from ../next.json || fria -C ../b release app 1.1 --from ../next.json
	fria -C ../b sync
	fria app rename app street
	run fria sync
	[ "$status" = 0 ]
	[ ! -e assessments/app ]
	[ "$(value 1.1 assessments/street/team.json)" = "By Piet." ]
	[ "$(jq -r .use.purpose assessments/street/application.json)" = "Cleaner parks." ]
	[ "$(jq -r .id assessments/street/application.json)" = street ]
	[ -z "$(git status --porcelain)" ]
	found -
}

@test "rename: one answer by two, one of them under the former id, is decided by people" {
	two_clones
	fria app rename app street
	fria answer street/team 1.1 "By Anna." --save
	fria sync
	saved piet ../b 1.1 "By Piet."
	cd ../b
	run fria sync
	[ "$status" = 1 ]
	run fria conflicts street/team
	[[ $output == *"By Anna."* && $output == *"By Piet."* ]]
	fria resolve street/team 1.1 --ours
	fria save
	[ "$(value 1.1 assessments/street/team.json)" = "By Piet." ]
	[ ! -e assessments/app ]
	[ -z "$(git status --porcelain)" ]
	fria sync
	found -
}

@test "rename: two names by two people: one is to be agreed on first" {
	two_clones
	fria app rename app street
	fria sync
	(cd ../b && fria app rename app waste)
	cd ../b
	head=$(git rev-parse HEAD)
	run fria sync
	[ "$status" = 2 ]
	[[ $output == *"waste here, street there"* ]]
	[ "$(git rev-parse HEAD)" = "$head" ]
	[ -z "$(git status --porcelain)" ]
	fria app rename waste street
	fria sync
	[ "$(ls assessments)" = street ]
	jq -e '[.formerly[].id] | sort == ["app", "waste"]' assessments/street/application.json
}

@test "rename: a former id that history does not show gives nobody's versions" {
	small
	fria adopt app/team
	fria app add other --from ../facts.json
	fria new other urn:example:team:1.0
	fria save
	jq '.formerly = [{id: "app", day: "2026-03-10", by: "Anna <anna@example.org>"}]' \
		assessments/other/application.json >../new
	cp ../new assessments/other/application.json
	as Bram git commit -qam "Formerly"
	# While the other is there it is no former one.
	[ "$(fria --json status other | jq -r '.assessments[0].version')" = null ]
	found verify_formerly
	git rm -qr assessments/app && as Bram git commit -qm "Gone"
	# Nobody believes it, whoever asks.
	[ "$(fria --json status other | jq -r '.assessments[0].version')" = null ]
	run fria diff other/team v1
	[ "$status" = 2 ]
	run fria evaluate app/team
	[[ $output != *"other/team"* ]]
	found verify_formerly
	found verify_gone
}
