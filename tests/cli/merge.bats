#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Several people at once: git merges, rebases and picks with and without our
# driver, processes that save at the same time, and what people decide.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# As "fria setup-git" registers it.
driver() {
	git config merge.fria.driver "$FRIA merge-file %O %A %B %P"
	echo "${1:-}assessments/*/*.json merge=fria" >>"$(git rev-parse --git-dir)/info/attributes"
}

# Two branches from one: main, where A. writes, and other, where B. does.
# What they write: pairs TASK VALUE.
parted() {
	assessment
	fria answer straatafval/iama 1.1.1 "old one" --save
	fria answer straatafval/iama 1.1.2 "old two" --save
	git branch other
}

on_other() {
	git checkout -q other
	SOURCE_DATE_EPOCH=1773136800 as Bakker fria answer straatafval/iama "$@" --save
	git checkout -q -
}

here() { as Aalders fria answer straatafval/iama "$@" --save; }

by() { jq -r ".answers[\"$1\"].basis.by" $IAMA; }

# The last commit has two parents, and nothing is left over.
concluded() {
	[ "$(git rev-list --parents -n1 HEAD | wc -w)" = 3 ]
	[ -z "$(git status --porcelain)" ]
	[ ! -e .git/MERGE_HEAD ]
	git fsck --strict
}

@test "without our driver: git stops at different questions, save merges" {
	parted
	on_other 1.1.1 "new one"
	here 1.1.2 "new two"
	run git merge -q other
	[ "$status" = 1 ]
	run fria conflicts
	[ "$status" = 1 ]
	[[ $output == *"Nothing to decide"* ]]
	fria save
	concluded
	[ "$(value 1.1.1)" = "new one" ] && [ "$(by 1.1.1)" = "Bakker <bakker@example.org>" ]
	[ "$(value 1.1.2)" = "new two" ] && [ "$(by 1.1.2)" = "Aalders <aalders@example.org>" ]
	run fria conflicts
	[ "$status" = 0 ]
	in_form
}

@test "without our driver: a question answered twice is listed and decided" {
	parted
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "new two"
	here 1.1.1 "ours"
	run git merge -q other
	run fria conflicts straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *"1.1.1"*"old one"*"Aalders"*"ours"*"Bakker"*"theirs"* ]]
	[[ $output != *"1.1.2"* ]]
	refused "not decided yet" fria save
	refused "not decided yet" fria adopt straatafval/iama
	refused "Choose|choose" fria resolve straatafval/iama 1.1.1
	refused "one of the three" fria resolve straatafval/iama 1.1.1 --ours --theirs
	refused "nothing to decide about 1.1.2" fria resolve straatafval/iama 1.1.2 --ours
	refused "nothing to decide in straatafval/nope" fria resolve straatafval/nope 1.1.1 --ours
	run --separate-stderr fria resolve straatafval/iama 1.1.1 --theirs --note "agreed"
	[ "$status" = 0 ]
	[[ $stderr == *"Nothing is left to decide"* ]]
	[ "$(value 1.1.1)" = theirs ] && [ "$(value 1.1.2)" = "new two" ]
	[ "$(by 1.1.1)" = "R. Jansen <r@example.org>" ]
	[ "$(jq -r '.answers["1.1.1"].basis.note' $IAMA)" = agreed ]
	fria save
	concluded
}

@test "decided with ours, and with something else; git commit may end it" {
	parted
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "theirs"
	here 1.1.1 "ours"
	here 1.1.2 "ours"
	run git merge -q other
	fria resolve straatafval/iama 1.1.1 --ours
	[ "$(value 1.1.1)" = ours ]
	run git commit -qm early
	[ "$status" != 0 ]
	refused "not decided yet" fria save straatafval/iama
	fria resolve straatafval/iama 1.1.2 --value "both of us"
	[ "$(value 1.1.2)" = "both of us" ]
	git commit -qm merged
	concluded
}

@test "all that is left for one side, and edits before it is saved" {
	parted
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "theirs"
	here 1.1.1 "ours"
	here 1.1.2 "ours"
	run git merge -q other
	fria answer straatafval/iama 1.1.5.1 "meanwhile" || fria answer straatafval/iama 1.2.1 "meanwhile"
	fria resolve straatafval/iama --theirs
	fria answer straatafval/iama 1.1.2 "after all"
	fria save
	concluded
	[ "$(value 1.1.1)" = theirs ]
	[ "$(value 1.1.2)" = "after all" ]
	grep -q meanwhile $IAMA
}

@test "a merge that is given up leaves nothing behind" {
	parted
	on_other 1.1.1 "theirs"
	here 1.1.1 "ours"
	run git merge -q other
	run fria conflicts
	[ "$status" = 1 ]
	git merge --abort
	run fria conflicts
	[ "$status" = 0 ]
	here 1.1.2 "goes on"
	[ -z "$(git status --porcelain)" ]
	# The same merge again asks again.
	run git merge -q other
	run fria conflicts
	[[ $output == *1.1.1* ]]
}

@test "with our driver: git merges different questions by itself" {
	parted
	driver
	on_other 1.1.1 "new one"
	here 1.1.2 "new two"
	git merge -q -m merged other
	concluded
	[ "$(value 1.1.1)" = "new one" ] && [ "$(value 1.1.2)" = "new two" ]
	in_form
}

# bats test_tags=rest
@test "with our driver: a question answered twice stops it" {
	parted
	driver
	on_other 1.1.1 "theirs"
	here 1.1.1 "ours"
	run git merge -q other
	[ "$status" = 1 ]
	jq -e . $IAMA
	refused "not decided yet" fria save
	fria resolve straatafval/iama 1.1.1 --ours
	git merge --continue 2>/dev/null || GIT_EDITOR=true git merge --continue
	concluded
	[ "$(value 1.1.1)" = ours ]
}

@test "answering the question anew decides it" {
	parted
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "theirs"
	here 1.1.1 "ours"
	here 1.1.2 "ours"
	run git merge -q other
	fria answer straatafval/iama 1.1.1 "something else"
	run fria conflicts
	[[ $output == *"1.1.2"* ]] && [[ $output != *"1.1.1"* ]]
	refused "not decided yet" fria save
	fria answer straatafval/iama 1.1.2 "another thing"
	fria save
	concluded
	[ "$(value 1.1.1)" = "something else" ] && [ "$(value 1.1.2)" = "another thing" ]
}

@test "rows: added, changed and removed on two sides" {
	assessment
	for text in one two three; do
		fria answer straatafval/iama 1.actiepunten.tekst $text --row new
	done
	fria save
	git branch other
	on_other 1.actiepunten.tekst "two changed" --row 2
	on_other 1.actiepunten.tekst "three changed" --row 3
	on_other 1.actiepunten.tekst "added there" --row new
	as Aalders fria answer straatafval/iama 1.actiepunten --row -"$(jq -r '.answers["1.actiepunten"][1].id' $IAMA)" ||
		as Aalders fria answer straatafval/iama 1.actiepunten.tekst --row -"$(jq -r '.answers["1.actiepunten"][1].id' $IAMA)"
	here 1.actiepunten.tekst "added here" --row new
	here 1.actiepunten.eigenaar "me" --row 2
	run git merge -q other
	run fria conflicts
	[[ $output == *"1.actiepunten"*"two changed"* ]]
	[[ $output == *"taken away"* ]]
	fria resolve straatafval/iama 1.actiepunten --ours
	fria save
	concluded
	run jq -r '.answers["1.actiepunten"][]["1.actiepunten.tekst"].value' $IAMA
	[ "$(sort <<<"$output")" = "$(printf 'added here\nadded there\none\nthree changed')" ]
	jq -e '.answers["1.actiepunten"][] | select(.["1.actiepunten.tekst"].value == "three changed")["1.actiepunten.eigenaar"].value == "me"' $IAMA
}

@test "no common beginning is refused" {
	parted
	git init -q --bare ../hub
	(cd .. && fria init elsewhere --org Other && cd elsewhere && git push -q ../hub HEAD)
	refused "shares no beginning|no common" fria sync ../hub
}

@test "set up by setup-git, in an ordinary merge" {
	parted
	fria setup-git
	on_other 1.1.1 "new one"
	here 1.1.2 "new two"
	PATH="$(dirname "${FRIA##* }"):$PATH" git merge -q -m merged other
	concluded
	[ "$(value 1.1.1)" = "new one" ] && [ "$(value 1.1.2)" = "new two" ]
}

@test "set up by setup-git: a merge that stops is seen, decided and ended" {
	parted
	fria setup-git
	PATH="$(dirname "${FRIA##* }"):$PATH"
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "new two"
	here 1.1.1 "ours"
	run git merge -m merged other
	[ "$status" = 1 ]
	[[ $output == *CONFLICT*"$IAMA"* ]]
	# Nothing of either side is in the document as a marker, nothing is lost.
	jq -e . $IAMA && [ "$(value 1.1.2)" = "new two" ]
	[[ $(git diff) != *"<<<<<<<"* ]]
	run fria conflicts straatafval/iama
	[[ $output == *ours*theirs* ]] && [[ $output != *"1.1.2"* ]]
	refused "not decided yet" fria adopt straatafval/iama
	fria resolve straatafval/iama 1.1.1 --theirs
	fria save
	concluded
	[ "$(value 1.1.1)" = theirs ] && [ "$(value 1.1.2)" = "new two" ]
	[ "$(git log -1 --merges --format=%P | wc -w)" = 2 ]
	run git log -p -1 --first-parent -m
	[[ $output == *theirs* ]]
	in_form
	# Once more, and taken back: git does as it did before.
	fria setup-git --undo
	git branch -f other
	on_other 1.1.1 "there"
	here 1.1.2 "here"
	run git merge -m merged other
	[ "$status" = 1 ]
	fria save
	concluded
	[ "$(value 1.1.1)" = there ] && [ "$(value 1.1.2)" = here ]
}

@test "with our driver: rebase and cherry-pick" {
	parted
	driver
	on_other 1.1.1 "new one"
	here 1.1.2 "new two"
	git rebase -q other
	[ "$(value 1.1.1)" = "new one" ] && [ "$(value 1.1.2)" = "new two" ]
	[ -z "$(git status --porcelain)" ]
	git branch -f other
	on_other 1.1.2 "theirs"
	here 1.1.2 "ours"
	run git rebase -q other
	[ "$status" = 1 ]
	refused "not decided yet" fria save
	fria resolve straatafval/iama 1.1.2 --value "together"
	refused "rebase --continue" fria release straatafval 1.1 --from "$EXAMPLE/release-1.0.json" --patch
	fria answer straatafval/iama 1.2.1 "while at it"
	run --separate-stderr fria save
	[ "$status" = 0 ]
	[[ $stderr == *"git rebase --continue"* ]]
	GIT_EDITOR=true git rebase --continue
	[ "$(value 1.1.2)" = together ] && grep -q "while at it" $IAMA
	[ -z "$(git status --porcelain)" ]
	git branch -f other HEAD~1
	on_other 1.1.1 "picked"
	git cherry-pick other
	[ "$(value 1.1.1)" = picked ] && [ "$(value 1.1.2)" = together ]
	git fsck --strict
}

@test "without our driver: a rebase that stops goes on, too" {
	parted
	on_other 1.1.1 "new one"
	here 1.1.2 "new two"
	run git rebase -q other
	[ "$status" = 1 ]
	fria save
	GIT_EDITOR=true git rebase --continue
	[ "$(value 1.1.1)" = "new one" ] && [ "$(value 1.1.2)" = "new two" ]
	[ -z "$(git status --porcelain)" ]
}

@test "the workspace is a folder of the repository" {
	git init -q outer && cd outer
	fria init impact --org Zandmeer
	cd impact
	fria app add straatafval --from "$EXAMPLE/entry.json"
	fria new straatafval iama-2.0
	fria answer straatafval/iama 1.1.1 "old" --save
	git branch other
	driver "impact/"
	on_other 1.1.1 "theirs"
	on_other 1.1.2 "new two"
	here 1.1.1 "ours"
	(cd .. && ! git merge -q other)
	run fria conflicts straatafval/iama
	[[ $output == *"1.1.1"* ]]
	fria resolve straatafval/iama 1.1.1 --theirs
	fria save
	cd ..
	concluded
	cd impact
	[ "$(value 1.1.1)" = theirs ] && [ "$(value 1.1.2)" = "new two" ]
}

@test "begun on both sides: there is no base" {
	workspace
	git branch other
	git checkout -q other
	fria new straatafval iama-2.0
	as Bakker fria answer straatafval/iama 1.1.1 "theirs" --save
	as Bakker fria answer straatafval/iama 1.1.2 "only theirs" --save
	git checkout -q -
	fria new straatafval iama-2.0
	here 1.1.1 "ours"
	run git merge -q other
	[ "$status" = 1 ]
	run fria conflicts
	[[ $output == *"1.1.1"* ]] && [[ $output != *"1.1.2"* ]]
	fria resolve straatafval/iama --ours
	fria save
	concluded
	[ "$(value 1.1.1)" = ours ] && [ "$(value 1.1.2)" = "only theirs" ]
}

@test "removed on one side, changed on the other" {
	parted
	git checkout -q other
	git rm -q $IAMA && git commit -qm removed
	git checkout -q -
	here 1.1.1 "ours"
	run git merge -q other
	[ "$status" = 1 ]
	run fria conflicts
	[[ $output == *"straatafval/iama"* ]]
	fria resolve straatafval/iama --theirs
	fria save
	concluded
	[ ! -e $IAMA ]
}

@test "facts, events and releases of the application" {
	parted
	git checkout -q other
	fria app set straatafval /use/volume "200" --note x
	fria release straatafval 2.0 --from "$EXAMPLE/release-1.0.json" --patch
	git checkout -q -
	fria app set straatafval /use/frequency "daily" --note x
	run git merge -q other
	run fria conflicts straatafval
	[ "$status" = 1 ]
	fria save
	concluded
	jq -e '.release == "2.0"' assessments/straatafval/application.json
	# Two names for what comes next are a choice.
	git branch -f other
	git checkout -q other
	fria release straatafval 3.0 --from "$EXAMPLE/release-1.0.json" --patch
	git checkout -q -
	fria release straatafval 2.1 --from "$EXAMPLE/release-1.0.json" --patch
	run git merge -q other
	run fria conflicts straatafval
	[[ $output == *"release of the application"*"2.1"*"3.0"* ]]
	fria resolve straatafval "Release van de toepassing" --theirs
	fria save
	concluded
	jq -e '.release == "3.0"' assessments/straatafval/application.json
	jq -e '[.events[].release] | contains(["2.0", "2.1", "3.0"])' assessments/straatafval/application.json
}

@test "characteristics, rows and waivers: in words, by whom and when, and how to settle it" {
	assessment
	fria answer straatafval/iama 1.actiepunten.tekst "a measure" --row new --save
	row=$(jq -r '.answers["1.actiepunten"][0].id' $IAMA)
	git branch other && git checkout -q other
	as Bakker fria answer straatafval/iama 1.actiepunten.tekst "another measure" --row 1
	as Bakker fria waive straatafval/iama 3.5.5 --kind settled --reason "The law says so." --save
	as Bakker fria app set straatafval Area Noord
	git checkout -q -
	as Aalders fria answer straatafval/iama 1.actiepunten.tekst "my measure" --row 1
	as Aalders fria answer straatafval/iama 3.5.5 "No way out."
	as Aalders fria save
	as Aalders fria app set straatafval Area Zuid
	run git merge -q other
	run fria conflicts
	[ "$status" = 1 ]
	local all
	all=$(flat "$output")
	[[ $all == *"Area"*"Was: Centrum; Oud-Noord; Weidewijk"*"by Aalders on 10 March 2026"*Zuid*"by Bakker on 10 March 2026"*Noord* ]]
	[[ $all == *'`fria resolve straatafval "Area"`'* ]]
	[[ $all == *"1.actiepunten.tekst "*", row 1: "*"a measure"*"my measure"*"another measure"*"--row $row"* ]]
	[[ $all == *"3.5.5 "*"No way out."*"settled before: The law says so."* ]]
	for text in "/use" '{"' '["' settled:; do [[ $all != *"$text"* ]]; done
	run $FRIA --lang nl conflicts straatafval
	[[ $(flat "$output") == *"Gebied Was: Centrum"*"door Aalders op 10 maart 2026"* ]]
	run fria conflicts --format md
	[[ $output == "# fria"*"Area"* ]]
	run --separate-stderr fria --json conflicts straatafval
	jq -e '.[0].conflicts[0].wrote | .ours.by == "Aalders <aalders@example.org>"
		and .theirs.by == "Bakker <bakker@example.org>"
		and (.theirs.at | startswith("2026-03-10T"))' <<<"$output"
	refused "" fria resolve straatafval Nowhere --ours
	fria resolve straatafval Gebied --value "Noord
	Zuid"
	jq -e '.use.area == ["Noord", "Zuid"]' assessments/straatafval/application.json
	fria resolve straatafval/iama --theirs
	fria save
	concluded
}

@test "a file that is not fria's stays with git" {
	parted
	echo a >notes && git add notes && git commit -qm a
	git branch -f other
	git checkout -q other
	echo b >notes && git commit -qam b
	git checkout -q -
	echo c >notes && git commit -qam c
	run git merge -q other
	run fria conflicts
	[[ $output == *"No document of fria"* ]]
	refused "no document of fria" fria save
	refused "no document of fria" fria resolve notes --ours
	echo d >notes && git add notes
	fria save
	concluded
}

@test "what the list says in JSON has its schema" {
	parted
	on_other 1.1.1 "theirs"
	here 1.1.1 "ours"
	run git merge -q other
	run --separate-stderr fria conflicts --json
	[ "$status" = 1 ]
	echo "$output" | jq -e '.[0].name == "straatafval/iama" and
		.[0].conflicts[0].task == "1.1.1" and
		.[0].conflicts[0].ours.value == "ours" and
		.[0].conflicts[0].theirs.basis.by == "Bakker <bakker@example.org>"'
}

@test "the driver refuses what is no document, and changes nothing" {
	mkdir x && cd x
	echo '{"a": 1}' >base
	echo '{"a": 1, "b": 2}' >ours
	echo '<<<<<<<' >theirs
	cp ours before
	refused "theirs:1" fria merge-file base ours theirs
	refused "absent|not there" fria merge-file base ours nowhere
	cmp ours before
	echo '{"a": 3}' >theirs
	fria merge-file base ours theirs
	[ "$(jq -c . ours)" = '{"a":3,"b":2}' ]
	: >base
	echo '{"a": 4}' >ours
	run fria merge-file base ours theirs
	[ "$status" = 1 ]
	[ "$(jq -c . ours)" = '{"a":4}' ]
}

# --- at the same time ---

@test "two processes save in one work tree: nothing is lost" {
	assessment
	fria save
	for who in A B; do
		(for i in 1 2 3 4 5 6; do
			as $who fria answer straatafval/iama 1.1.$([ $who = A ] && echo 1 || echo 2) "$who$i"
			as $who fria save straatafval/iama
		done) &
	done
	wait
	[ "$(value 1.1.1)" = A6 ] && [ "$(value 1.1.2)" = B6 ]
	[ -z "$(git status --porcelain)" ]
	git fsck --strict
}

# A second work tree of the same branch, as git itself would not make it.
second() {
	git worktree add -q --detach ../second
	git -C ../second symbolic-ref HEAD "$(git symbolic-ref HEAD)"
}

@test "two work trees save to one branch: nothing is lost" {
	assessment
	fria save
	second
	for who in A B; do
		(
			[ $who = A ] || cd ../second
			for i in 1 2 3 4 5 6 7 8; do
				as $who fria answer straatafval/iama 1.1.$([ $who = A ] && echo 1 || echo 2) "$who$i" || exit 1
				as $who fria save || exit 1
			done
		) &
	done
	wait
	fria answer straatafval/iama 1.2.1 x --save || fria save
	[ "$(value 1.1.1)" = A8 ] && [ "$(value 1.1.2)" = B8 ]
	[ -z "$(git status --porcelain)" ]
	for i in 1 2 3 4 5 6 7 8; do
		git log -p --format= -- $IAMA | grep -q "A$i"
		git log -p --format= -- $IAMA | grep -q "B$i"
	done
	git fsck --strict
}

@test "a work tree that lags behind comes along, its edits kept" {
	parted
	second
	fria answer straatafval/iama 1.1.1 "first" --save
	cd ../second
	as Bakker fria answer straatafval/iama 1.1.2 "second"
	[ "$(value 1.1.1)" = first ]
	as Bakker fria save
	[ -z "$(git status --porcelain)" ]
	[ "$(git show HEAD:$IAMA | jq -r '.answers["1.1.1"].value')" = first ]
	[ "$(value 1.1.2)" = second ]
}

@test "two work trees, one question: both are kept, and one is chosen" {
	parted
	second
	as Bakker fria -C ../second answer straatafval/iama 1.1.1 "unsaved there"
	here 1.1.1 "saved here"
	cd ../second
	run --separate-stderr as Bakker fria save
	[ "$status" = 2 ]
	[[ $stderr == *"saved straatafval/iama meanwhile"* ]]
	run fria conflicts
	[[ $output == *"unsaved there"*"saved here"* ]]
	refused "not decided yet" fria save
	as Bakker fria resolve straatafval/iama 1.1.1 --ours
	as Bakker fria save
	[ "$(value 1.1.1)" = "unsaved there" ]
	[ -z "$(git status --porcelain)" ]
	[ "$(git log --format=%s | wc -l)" -ge 5 ]
	git fsck --strict
}
