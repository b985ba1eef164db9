#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# "Before": how an answer was, found in any commit and in any assessment of the
# application, however it was called.
load common
load exchange

setup() {
	common_setup
	kept small-two make_two_assessments
}

TEAM=assessments/app/team.json
SIDE=assessments/app/side.json

# app/team, and app/side that rests on it, both answered and saved.
make_two_assessments() {
	small && fria instrument import "$SMALL/side-1.0.json" &&
		fria answer app/team 2.1 --row new "The first point." &&
		fria new app urn:example:side:1.0 &&
		fria answer app/side 1.1 "What follows." &&
		fria answer app/side 1.2 "From the points." && fria save
}

# now NAME TASK: what it was and is, of why it must be judged again
now() {
	fria --json evaluate "app/$1" | jq -r --arg t "$2" '.tasks[] |
		select(.id == $t) | .reasons[]? |
		select(.kind == "answer" or .kind == "edited") |
		"\(.kind) \(.before.value // .before) > \(.after.value // .after)"'
}

# set_text FILE TASK TEXT: by hand, as a forge or an editor would
set_text() {
	jq --arg t "$2" --arg v "$3" '.answers[$t].value = $v' "$1" >../new &&
		mv ../new "$1"
}

# other_commits N: as many states of app/team, made in one go
other_commits() {
	local from=$'from refs/heads/main^0\n' at=$SOURCE_DATE_EPOCH doc
	jq -c --argjson n "$1" 'range($n) as $i |
		.answers["1.6"].value = "Words \($i)."' $TEAM |
		while read -r doc; do
			echo "commit refs/heads/main"
			echo "committer R. Jansen <r@example.org> $((++at)) +0000"
			printf 'data 5\nwords\n%sM 100644 inline %s\ndata %s\n%s\n' \
				"$from" $TEAM ${#doc} "$doc"
			from=
		done | git fast-import --quiet && git reset -q --hard
}

@test "an upstream answer in another assessment" {
	fria answer app/team 1.1 "Answer 1, but other."
	[ "$(now side 1.1)" = "answer Answer 1. > Answer 1, but other." ]
	fria save
	[ "$(now side 1.1)" = "answer Answer 1. > Answer 1, but other." ]
	run -1 fria evaluate app/side
	[[ $output != *"What release"* ]]
	[[ $output == *"~ Answer 1{+, but other+}."* ]]
}

@test "rows of another assessment, read by the questions that were pinned then" {
	fria answer app/team 2.1 --row new "The second point."
	fria save
	# Another column since: what was is read by the questions of then.
	jq '.tasks[1].tasks += [{id: "2.2", task: "More?", type: ["open_text"],
		required: false}]' instruments/team-1.0.json >../new.json
	cp ../new.json instruments/team-1.0.json
	git commit -qam "questions" && git gc -q
	[ "$(fria --json evaluate app/side | jq -c '.tasks[] | select(.id == "1.2") |
		.reasons[0].before')" = '{"rows":[["The first point."]]}' ]
}

@test "a side branch of which the merge took nothing" {
	git switch -qc side
	fria answer app/team 1.1 "On the side."
	fria confirm app/side 1.1 --note "So be it."
	fria save
	cp $SIDE ../side.json
	git switch -q main
	fria answer app/team 1.1 "On the trunk."
	fria save
	# The trunk's answer, and the side's confirmation of what rests on it.
	git merge -q --no-commit -s ours side
	cp ../side.json $SIDE && git add $SIDE && git commit -qm "merged"
	[ "$(now side 1.1)" = "answer On the side. > On the trunk." ]
}

@test "more than a hundred commits ago, and with the answer's own assessment" {
	other_commits 150
	[ "$(git rev-list --count HEAD)" -gt 150 ]
	set_text $TEAM 1.6 "By hand."
	[ "$(now team 1.6)" = "edited Answer 6. > By hand." ]
	# And in a row.
	jq '.answers["2"][0]["2.1"].value = "By hand."' $TEAM >../new
	mv ../new $TEAM
	[ "$(now team 2.1)" = "edited The first point. > By hand." ]
}

@test "under a previous name" {
	fria answer app/team 1.1 "Other." && fria save
	git mv $SIDE assessments/app/besides.json && git commit -qm "renamed"
	[ "$(now besides 1.1)" = "answer Answer 1. > Other." ]
	set_text assessments/app/besides.json 1.1 "By hand."
	[ "$(now besides 1.1)" = "edited What follows. > By hand.
answer Answer 1. > Other." ]
	git checkout -q . && git mv $TEAM assessments/app/people.json
	set_text assessments/app/people.json 1.2 "By hand."
	[ "$(now people 1.2)" = "edited Answer 2. > By hand.
answer Answer 1. > Other." ]
}

@test "after it moved to a newer version of the questions" {
	jq '.urn = "urn:example:team:2.0" | .migrates = "urn:example:team:1.0" |
		(.. | objects | select(.id? == "1.1")) += {id: "1.7", migrates: ["1.1"]} |
		(.. | objects | select(.id? == "1.2")) += {rests: ["1.7"], migrates: ["1.2"]}' \
		"$SMALL/team-1.0.json" >../team-2.0.json
	fria instrument import ../team-2.0.json
	fria migrate app/team --to urn:example:team:2.0
	moved=assessments/app/team-2.json
	fria confirm app/team-2 1.7 1.2 --note "Still so."
	fria save
	git rm -q --cached $moved && git commit -qm "gone" && git add $moved &&
		git commit -qm "back"
	set_text $moved 1.7 "By hand."
	[ "$(now team-2 1.7)" = "edited Answer 1. > By hand." ]
	[ "$(now team-2 1.2)" = "answer Answer 1. > By hand." ]
	# What stood in the old one alone.
	jq '.answers["1.7"].basis.value = $b' --arg b \
		"$(jq -r '.answers["1.3"].basis.value' $TEAM)" $moved >../new
	mv ../new $moved
	[ "$(now team-2 1.7)" = "edited Answer 3. > By hand." ]
}

@test "an answer of a version that history was rewritten under" {
	git tag -am "v1" fria/app/team/v1
	set_text $TEAM 1.3 "Squashed."
	git checkout -q --orphan fresh && git commit -qam "all of it" &&
		git branch -qD main
	[ "$(now team 1.3)" = "edited Answer 3. > Squashed." ]
	git tag -d fria/app/team/v1
	[ "$(now team 1.3)" = "edited null > Squashed." ]
}

@test "why an approval lapsed, recorded long after its day" {
	jq '.roles = {lawyer: {kind: "advice", title: {nl: "Jurist", en: "Lawyer"}}}' \
		fria.json >../new && mv ../new fria.json && git commit -qam "roles"
	other_commits 20
	as Jan fria approve app/team --role lawyer positive
	# Its day lies before all that.
	jq '.approvals[0].at = "2026-03-01T09:00:00Z"' $TEAM >../new && mv ../new $TEAM
	git commit -q --amend -a --no-edit
	other_commits 12
	fria answer app/team 1.2 "Other." && fria save
	[ "$(fria --json evaluate app/team | jq -c '[.approvals[] |
		select(.role == "lawyer" and .state == "lapsed") | .because[] |
		.task] | sort')" = '["1.2","1.6"]' ]
}

@test "nothing asked, nothing walked" {
	other_commits 70
	fria confirm app/team 1.6 --note "Yes." && fria save
	rm -rf .git/fria/touched-*
	fria evaluate app/team >../out || true
	fria evaluate app/side >../out || true
	run -1 compgen -G ".git/fria/touched-*"
	set_text $TEAM 1.6 "By hand."
	fria evaluate app/team >../out || true
	compgen -G ".git/fria/touched-*"
}
