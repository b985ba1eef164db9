#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Real git agrees: what fria recorded is ordinary history to git, and what git
# did is ordinary history to fria, in clones of every kind.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

adopted_small() {
	small && fria adopt app/team && saved anna . 1.3 "By Anna."
}

# works CLONE: everything that reads and writes does so, and git sees it clean
works() {
	local text="Here, $RANDOM."
	fria -C "$1" check
	fria -C "$1" evaluate app/team >/dev/null || [ $? = 1 ]
	fria -C "$1" --json log app/team >/dev/null
	fria -C "$1" diff app/team v1 >/dev/null || [ $? = 1 ]
	fria -C "$1" report app/team@v1 >/dev/null
	fria -C "$1" answer app/team 1.4 "$text"
	fria -C "$1" save
	[ "$(git -C "$1" show HEAD:assessments/app/team.json |
		jq -r '.answers["1.4"].value')" = "$text" ]
	is_whole "$1"
}

@test "git: log, show and diff read what fria recorded" {
	adopted_small
	[ "$(git log --format=%an -1 -- assessments/app/team.json)" = anna ]
	git log -1 --format=%B | grep -q "app/team"
	git diff v1..HEAD -- 2>/dev/null || true
	git diff fria/app/team/v1 HEAD -- assessments/app/team.json |
		grep -q '^+.*"By Anna."'
	git log -S "By Anna." --format=%s -- assessments | grep -q "1.3"
	git blame assessments/app/team.json | grep "By Anna." | grep -q anna
	[ -z "$(git diff)" ]
	fria answer app/team 1.4 "A draft."
	git diff --stat | grep -q team.json
	git stash -q
	fria evaluate app/team
	git stash pop -q
	fria save
	works .
}

@test "git: edits, commits, resets and reverts by hand are history like any other" {
	adopted_small
	sed -i 's/Answer 2\./By hand./' assessments/app/team.json
	git commit -qam "by hand"
	run fria --json evaluate app/team
	[ "$(jq -r '.tasks[] | select(.id == "1.2") | .reasons[0].kind' \
		<<<"$output")" = edited ]
	run fria --json log app/team
	[ "$(jq length <<<"$output")" -ge 3 ]
	git revert --no-edit HEAD
	fria evaluate app/team
	git reset -q --hard HEAD~1
	works .
	git commit -q --amend -m "other words"
	works .
	git tag -f mine >/dev/null
	git branch -q side && git switch -q side
	works .
}

@test "git: gc, repack, pack-refs and a commit graph change nothing" {
	adopted_small
	fria --json log app/team >../before
	git gc -q --prune=now --aggressive
	git pack-refs --all --prune
	git commit-graph write --reachable --changed-paths
	git repack -adq --write-bitmap-index
	fria --json log app/team >../after
	cmp ../before ../after
	works .
	saved anna . 1.5 "After."
	fria adopt app/team || judged app/team "Right."
	git gc -q
	works .
}

@test "git: clone, push and pull by git between people who use fria" {
	adopted_small
	git init -q --bare ../hub.git
	git remote add origin ../hub.git
	git push -q -u origin main --tags
	git clone -q ../hub.git ../b
	works ../b
	git -C ../b push -q
	git pull -q --ff-only
	works .
	fria sync
	run fria -C ../b sync
	[ "$status" = 0 ]
	[ "$(git rev-parse HEAD)" = "$(git -C ../b rev-parse HEAD)" ]
	[ "$(git -C ../b rev-parse fria/app/team/v1)" = \
		"$(git rev-parse fria/app/team/v1)" ]
}

# bats test_tags=rest
@test "git: a shallow clone works, exchanges, and is made whole later" {
	adopted_small
	git init -q --bare ../hub.git
	fria sync ../hub.git
	for i in 1 2 3 4 5; do saved anna . 1.5 "Time $i."; done
	fria sync
	git clone -q --depth 1 --no-single-branch "file://$PWD/../hub.git" ../b
	works ../b
	fria -C ../b sync
	saved anna . 1.6 "Meanwhile."
	fria sync
	saved piet ../b 1.3 "Shallow."
	fria -C ../b sync
	[ "$(value_in ../b 1.6)" = "Meanwhile." ]
	fria sync
	[ "$(value_in . 1.3)" = "Shallow." ]
	git -C ../b fetch -q --unshallow
	works ../b
	# What it lacks is named, not guessed: no common ancestor is here.
	git clone -q --depth 1 "file://$PWD/../hub.git" ../c
	saved jan ../c 1.3 "Depth one."
	git switch -q -c old HEAD~3
	saved anna . 1.6 "From before."
	git push -q ../hub.git HEAD:refs/heads/old
	cd ../c
	git fetch -q --depth 1 origin old
	before=$(snapshot)
	run git -c merge.renames=false merge FETCH_HEAD
	[ "$status" != 0 ]
	[ "$(snapshot)" = "$before" ]
}

# bats test_tags=rest
@test "git: partial clones fetch what they lack, also to merge" {
	adopted_small
	git init -q --bare ../hub.git
	git -C ../hub.git config uploadpack.allowFilter true
	git -C ../hub.git config uploadpack.allowAnySHA1InWant true
	fria sync ../hub.git
	for i in 1 2 3; do saved anna . 1.5 "Time $i."; done
	fria sync
	n=0
	for filter in blob:none tree:0; do
		n=$((n + 1))
		git clone -q --filter=$filter "file://$PWD/../hub.git" ../p$n
		works ../p$n
		saved anna . 1.5 "Meanwhile $n."
		fria sync
		saved piet ../p$n 1.6 "Partial $n."
		fria -C ../p$n sync
		[ "$(value_in ../p$n 1.5)" = "Meanwhile $n." ]
		is_whole ../p$n
		fria sync
		[ "$(value_in . 1.6)" = "Partial $n." ]
	done
}

@test "git: linked work trees, each with its own branch and unsaved answers" {
	adopted_small
	git init -q --bare ../hub.git
	fria sync ../hub.git
	git worktree add -q ../linked -b advice
	works ../linked
	fria answer app/team 1.5 "Unsaved here."
	saved piet ../linked 1.6 "Advice."
	fria -C ../linked sync
	[ "$(git -C ../hub.git rev-parse advice)" = \
		"$(git -C ../linked rev-parse HEAD)" ]
	[ "$(value_in . 1.5)" = "Unsaved here." ]
	[ "$(value_in . 1.6)" = "Answer 6." ]
	fria save
	git merge -q advice -m "advice" || fria save
	[ "$(value_in . 1.6)" = Advice. ]
	[ "$(value_in . 1.5)" = "Unsaved here." ]
	fria sync
	is_whole .
	git worktree remove ../linked
	works .
}

# Two branches at the shared repository, as people propose changes at a forge.
proposals() {
	adopted_small
	git init -q --bare ../hub.git
	fria sync ../hub.git
	git clone -q ../hub.git ../b
	git -C ../b switch -qc proposal
	saved piet ../b 1.6 "Proposed."
	fria -C ../b sync
	git clone -q ../hub.git ../forge
}

as_forge() {
	GIT_COMMITTER_NAME=Forge GIT_COMMITTER_EMAIL=noreply@forge.example \
		git -C ../forge "$@"
}

@test "git: a merge made at a server without our driver comes in and goes on" {
	proposals
	as_forge merge -q --no-ff -m "Merge request 1" origin/proposal
	as_forge push -q
	fria sync
	[ "$(value_in . 1.6)" = "Proposed." ]
	works .
	fria sync
	git -C ../b switch -q main
	fria -C ../b sync
	works ../b
}

# bats test_tags=rest
@test "git: a server that merges lines, where two questions do not touch" {
	proposals
	saved anna . 1.1 "At the top."
	fria sync
	as_forge pull -q --ff-only
	echo '*.json merge' >../forge/.git/info/attributes
	as_forge merge -q --no-ff -m "Merge request 2" origin/proposal
	as_forge push -q
	saved anna . 1.3 "Meanwhile."
	fria sync
	for task in 1.1 1.3 1.6; do value_in . $task; done >../values
	[ "$(cat ../values)" = "$(printf 'At the top.\nMeanwhile.\nProposed.')" ]
	works .
}

@test "git: a squash and a rebase at a server: nothing conflicts with itself" {
	proposals
	as_forge merge -q --squash origin/proposal
	as_forge commit -qm "Squashed (!3)"
	as_forge push -q
	fria sync
	[ "$(value_in . 1.6)" = "Proposed." ]
	# Who proposed it goes on in the same branch.
	saved piet ../b 1.5 "More."
	git -C ../b branch -q --unset-upstream
	git -C ../b config branch.proposal.remote origin
	git -C ../b config branch.proposal.merge refs/heads/main
	run fria -C ../b sync
	[ "$status" = 0 ]
	[ "$(value_in ../b 1.5)" = "More." ]
	[ "$(value_in ../b 1.6)" = "Proposed." ]
	is_whole ../b
	fria sync
	works .
}
