#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is not in the work tree: left out by a sparse checkout, lost, broken, or
# there twice. Nothing is recorded that nobody said, and what has nothing to do
# with it goes on.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

# Two applications with an assessment each, and a shared repository.
make_two() {
	small && fria app add other --from ../facts.json &&
		fria new other urn:example:team:1.0 &&
		fria answer other/team 1.1 "Of the other." && fria save &&
		fria evidence add other ../facts.json && fria save
}

two() {
	git config --global init.defaultBranch main
	kept two make_two && git clone -q --bare . ../hub.git
}

OTHER=assessments/other/team.json

all_of() { git -C "$1" ls-tree -r --name-only HEAD; }

# leave_out WAY CLONE: a clone without the application "other"
leave_out() {
	git clone -q ../hub.git "$2"
	case $1 in
	top) git -C "$2" sparse-checkout set --cone ;;
	cone) git -C "$2" sparse-checkout set --cone assessments/app instruments ;;
	folded) git -C "$2" sparse-checkout set --cone --sparse-index assessments/app ;;
	patterns) git -C "$2" sparse-checkout set --no-cone '/*' '!/assessments/other/' ;;
	marked)
		git -C "$2" ls-files -z assessments/other |
			git -C "$2" update-index -z --skip-worktree --stdin
		rm -r "$2/assessments/other"
		;;
	esac
	[ ! -e "$2/$OTHER" ]
}

@test "left out: whatever the way, it is there as in HEAD, and stays" {
	two
	for way in top cone folded patterns marked; do
		echo "# $way"
		leave_out $way ../$way
		before=$(all_of ../$way)
		for said in "--json check" "--json status" "--json evaluate other/team" \
			"--json log other/team" "evidence list other" "app list" \
			"export other --format csv" "--json gate other" "--json verify"; do
			diff <(fria $said; echo $?) <(fria -C ../$way $said; echo $?)
		done
		fria -C ../$way save
		fria -C ../$way answer app/team 1.2 "By $way."
		fria -C ../$way save
		[ "$(all_of ../$way)" = "$before" ]
		fria -C ../$way sync
		[ ! -e ../$way/$OTHER ]
		is_whole ../$way
		# What is written in it comes in.
		fria -C ../$way answer other/team 1.2 "By $way."
		fria -C ../$way save other/team
		fria -C ../$way app set other /use/purpose "By $way"
		[ "$(all_of ../$way)" = "$before" ]
		[ "$(git -C ../$way show HEAD:$OTHER | jq -r '.answers["1.2"].value')" = "By $way." ]
		is_whole ../$way
		fria -C ../$way sync && fria sync ../hub.git
	done
	[ "$(value 1.2 $OTHER)" = "By marked." ]
}

@test "left out: what others record there comes in without a file" {
	two
	for way in cone folded marked; do
		leave_out $way ../$way
	done
	saved anna . 1.1 "Again." && fria answer other/team 1.1 "Anna's." && fria save
	fria sync ../hub.git
	n=2
	for way in cone folded marked; do
		n=$((n + 1))
		fria -C ../$way answer app/team 1.$n "By $way." && fria -C ../$way save
		fria -C ../$way sync
		[ ! -e ../$way/$OTHER ]
		[ "$(git -C ../$way show HEAD:$OTHER | jq -r '.answers["1.1"].value')" = "Anna's." ]
		fria -C ../$way --json evaluate other/team >/dev/null || [ $? = 1 ]
		is_whole ../$way
		fria sync
	done
}

@test "left out: a conflict there comes in to be decided" {
	two
	leave_out cone ../b
	fria answer other/team 1.1 "Ours." && fria save && fria sync ../hub.git
	fria -C ../b answer other/team 1.1 "Theirs." && fria -C ../b save
	git -C ../b sparse-checkout reapply
	[ ! -e ../b/$OTHER ]
	run fria -C ../b sync
	[ "$status" = 1 ] || [ "$status" = 2 ]
	[ -e ../b/$OTHER ]
	fria -C ../b resolve other/team 1.1 --theirs
	fria -C ../b save && fria -C ../b sync
	[ "$(git -C ../b show HEAD:$OTHER | jq -r '.answers["1.1"].value')" = "Ours." ]
	[ "$(all_of ../b)" = "$(all_of .)" ]
	is_whole ../b
}

@test "index: split or folded, it is read and written, and git goes on so" {
	two
	git update-index --split-index && git config core.splitIndex true
	for i in 1 2; do
		fria answer app/team 1.1 "Split $i." && fria save
		git status --porcelain && fria --json status >/dev/null || [ $? = 1 ]
		is_whole .
	done
	ls .git/sharedindex.*
	[ "$(git config core.splitIndex)" = true ]
	leave_out folded ../b
	git -C ../b status --porcelain
	fria -C ../b save && fria -C ../b answer app/team 1.1 "Folded." && fria -C ../b save
	[ "$(git -C ../b config index.sparse)" = true ]
	is_whole ../b
}

@test "index: one that cannot be made whole is named with what to do" {
	two
	fria answer app/team 1.1 "Split."
	git update-index --split-index
	mkdir ../bin && printf '#!/bin/sh\nexit 1\n' >../bin/git && chmod +x ../bin/git
	PATH=$PWD/../bin:$PATH refused "git update-index --no-split-index" fria save
	git update-index --no-split-index
	fria save
}

@test "configuration: of the environment, and of one work tree" {
	two
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	fria answer app/team 1.1 Nobody 2>/dev/null && false
	export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0="Env O'Hara"
	export GIT_CONFIG_KEY_1=User.Email GIT_CONFIG_VALUE_1=env@example.org
	fria answer app/team 1.1 "By the environment." && fria save
	[ "$(git log -1 --format='%an <%ae>')" = "Env O'Hara <env@example.org>" ]
	git config alias.x '!f() { "$FRIA" answer app/team 1.1 "$1" && "$FRIA" save; }; f'
	FRIA=$FRIA git -c user.name="It's me" x "As an option."
	[ "$(git log -1 --format='%an <%ae>')" = "It's me <env@example.org>" ]
	unset GIT_CONFIG_COUNT
	git config core.repositoryFormatVersion 1
	git config extensions.worktreeConfig true
	git worktree add -q ../linked -b linked
	git config --worktree user.name Main && git config --worktree user.email main@example.org
	git -C ../linked config --worktree user.name Linked
	git -C ../linked config --worktree user.email linked@example.org
	fria answer app/team 1.2 "In the main one." && fria save
	fria -C ../linked answer app/team 1.2 "In the linked one." && fria -C ../linked save
	[ "$(git log -1 --format=%an)" = Main ]
	[ "$(git log -1 --format=%an linked)" = Linked ]
	git config extensions.unheardOf true
	refused "does not know" fria save
}

@test "safe.directory: as git reads it, and never from the folder itself" {
	[ "$(id -u)" = 0 ] || skip "needs root to give a folder away"
	two
	chown -R 12345 .
	here=$(pwd -P)
	for value in '*' "$here" "$here/" "$(dirname "$here")/*"; do
		echo "# $value"
		refused "safe.directory" fria app list
		git config --global --add safe.directory "$value"
		fria app list
		git config --global --add safe.directory ""
		refused "safe.directory" fria app list
		git config --global --unset-all safe.directory
	done
	git config --global safe.directory '*' && git config safe.directory '*'
	git config --global --unset-all safe.directory
	refused "safe.directory" fria app list
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' fria app list
	git config --global safe.directory "/somewhere/else"
	refused "safe.directory" fria app list
}
