#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A write is whole or it is not: all is judged before anything is written, what
# could not be read again is not written, and what is said twice stands once.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

APP=assessments/app/application.json
TEAM=assessments/app/team.json

# Beside app/team one that rests on it: app/side.
two() {
	small
	fria instrument import "$ROOT/tests/faults/side-1.0.json"
	fria new app urn:example:side:1.0
	fria answer app/side 1.1 "It rests on the first."
	fria save
}

# app/side as somebody else's program could leave it: of no known questionnaire.
unreadable() {
	jq '.instrument = "urn:example:unknown:9"' assessments/app/side.json >../x
	cp ../x assessments/app/side.json
	git commit -qam "of a questionnaire that is not here"
}

@test "writes: better words reach what rests on them, or change nothing" {
	two
	fria answer app/team 1.1 "Answer one." --editorial --note "a typo"
	[ "$(value_in . 1.1)" = "Answer one." ]
	[ "$(in_state current app/side)" = 1.1 ] || [ -z "$(in_state stale app/side)" ]
	[ "$(git status --porcelain | wc -l)" = 2 ]
	fria save
	unreadable
	refused "urn:example:unknown:9" \
		fria answer app/team 1.1 "Answer 1." --editorial --note "back"
}

@test "writes: a release is judged before it is recorded" {
	two
	unreadable
	sed 's/Cleaner/Safer/' ../facts.json >../next.json
	refused "urn:example:unknown:9" fria release app 1.1 --from ../next.json
	refused "urn:example:unknown:9" fria app set app /use/purpose "Safer streets."
	git rm -q assessments/app/side.json && git commit -qm "without it"
	run --separate-stderr fria --json release app 1.1 --from ../next.json
	[ "$status" = 0 ]
	jq -e '.assessments == [{"assessment": "app/team", "stale": 1, "suspect": 1}]' \
		<<<"$output"
}

@test "writes: an answer that cannot be judged is not given anew" {
	two
	fria answer app/side 1.1 "It rests on the first."
	[ -z "$(git status --porcelain)" ]
	echo '{' >"$TEAM"
	refused "team.json" fria answer app/side 1.1 "It rests on the first."
}

@test "writes: a partial release merges each metric and each object" {
	small
	cat >../metric.json <<-'END'
	{"use": {"period": {"from": "2026-01-01", "to": "2027-01-01"}},
	 "source": {"repository": "https://git.example/a", "commit": "abc"},
	 "monitoring": {"found": {"name": "Found", "unit": "%", "threshold": 90,
	   "direction": "min", "every": "P1M", "owner": "M. Visser"}}}
	END
	fria release app 1.1 --partial --patch --from ../metric.json
	fria app metric app found --value 88 --date 2026-03-01
	[ "$(jq -r .use.purpose "$APP")" = "Cleaner streets." ]
	cat >../patch.json <<-'END'
	{"use": {"period": {"to": "2028-01-01"}}, "source": {"commit": "def"},
	 "monitoring": {"found": {"threshold": 92, "owner": null}}}
	END
	fria release app 1.2 --partial --patch --from ../patch.json
	jq -e '.monitoring.found == {"name": "Found", "unit": "%",
		"threshold": 92, "direction": "min", "every": "P1M", "series":
		[{"value": 88, "date": "2026-03-01", "release": "1.1"}]}' "$APP"
	jq -e '.use.period == {"from": "2026-01-01", "to": "2028-01-01"} and
		.source == {"repository": "https://git.example/a", "commit": "def"}' "$APP"
	# Without --partial a file says all of what it speaks of.
	fria release app 1.3 --patch --from ../patch.json
	jq -e '.use == {"period": {"to": "2028-01-01"}}' "$APP"
}

@test "writes: what could not be read again is not written" {
	small
	head -c 33000000 /dev/zero | tr '\0' a >../long.txt
	head -c 1000000 ../long.txt >../longer.txt
	jq --rawfile long ../long.txt '.answers["1.1"].value = $long' \
		assessments/app/team.json >../new && mv ../new assessments/app/team.json
	refused "too large to be read again" \
		fria answer app/team 1.2 --file ../longer.txt
	refused "at most" fria answer app/team 1.2 --file ../long.txt
	fria evaluate app/team >../said || [ $? = 1 ]
	fria undo app/team
	[ "$(value_in . 1.1)" = "Answer 1." ]
}

@test "writes: what is said twice on a day stands once" {
	two
	fria comment app/team 1.1 "Is that so?"
	fria meeting app/team --date 2026-03-02 --chair "E. Smit" --roles dpo
	fria withhold app/team 1.1 --ground 5.1.2.e
	fria confirm app/team 1.2 --note "Still so."
	fria save
	before=$(snapshot)
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 600))
	run fria comment app/team 1.1 "Is that so?"
	[ "$status" = 0 ] && [[ $output == *"stands already"* ]]
	run fria meeting app/team --date 2026-03-02 --chair "E. Smit" --roles dpo
	[ "$status" = 0 ] && [[ $output == *"stands already"* ]]
	run fria withhold app/team 1.1 --ground 5.1.2.e
	[ "$status" = 0 ] && [[ $output == *"withheld already"* ]]
	fria confirm app/team 1.2 --note "Still so."
	[ "$before" = "$(snapshot)" ]
	fria approve app/team --role dpo positive
	before=$(snapshot)
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 600))
	run fria approve app/team --role dpo positive
	[ "$status" = 0 ] && [[ $output == *"stands already"* ]]
	[ "$before" = "$(snapshot)" ]
	# Something else in between, another word, another day: said anew.
	fria approve app/team --role dpo negative --note "No."
	fria approve app/team --role dpo positive
	[ "$(jq '.approvals | length' "$TEAM")" = 3 ]
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))
	fria comment app/team 1.1 "Is that so?"
	[ "$(jq '.comments | length' "$TEAM")" = 2 ]
}

@test "writes: the same measurement twice is one" {
	small
	echo '{"monitoring": {"found": {"name": "Found"}}}' >../metric.json
	fria release app 1.1 --partial --patch --from ../metric.json
	fria app metric app found --value 88 --date 2026-03-01
	head=$(git rev-parse HEAD)
	run fria app metric app found --value 88 --date 2026-03-01
	[ "$status" = 0 ] && [[ $output == *"stands already"* ]]
	[ "$head" = "$(git rev-parse HEAD)" ]
	fria app metric app found --value 87 --date 2026-03-01
	[ "$(jq '.monitoring.found.series | length' "$APP")" = 2 ]
}

@test "writes: a lock that outlived its process is named with what to do" {
	small
	fria answer app/team 1.1 "Another."
	touch .git/index.lock
	run fria save
	[ "$status" = 2 ]
	[[ $output == *".git/index.lock"*"remove that file"* ]]
	rm .git/index.lock
	fria save
}
