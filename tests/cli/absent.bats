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
	kept two make_two && git clone -q --bare . ../hub.git &&
		echo '{"use": {"purpose": "Cleaner streets."}}' >../facts.json
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

# bats test_tags=rest
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
	git config alias.x '!f() { $FRIA answer app/team 1.1 "$1" && $FRIA save; }; f'
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

# --- lost

# says_lost WORD: everything that looks at the workspace names it with that way
says_lost() {
	for what in check status save; do
		run fria $what
		[ "$status" != 0 ] && [[ $output == *"$1"* ]] ||
			{ echo "$what: $output"; return 1; }
	done
}

# bats test_tags=rest
@test "lost: a document that disappears is named, comes back, and is never removed" {
	two
	evidence=$(ls assessments/other/evidence/*)
	while read -r path back; do
		echo "# $path"
		rm -r "$path"
		says_lost "$back"
		refused "$back" fria save
		$back
		[ -e "$path" ] && [ -z "$(git status --porcelain)" ]
		fria save
	done <<-END
		assessments/app/team.json fria undo app/team
		assessments/app/application.json fria undo app
		assessments/other fria undo other
		$evidence fria undo $evidence
		instruments/team-1.0.json fria undo instruments/team-1.0.json
	END
	rm $OTHER && mkdir $OTHER
	says_lost "fria undo other/team"
	rmdir $OTHER && fria undo other/team
	rm fria.json
	refused "no workspace" fria save
	git checkout -q fria.json
	# What concerns it stops, and nothing else.
	rm $OTHER
	for act in "answer other/team 1.1 x" "evaluate other/team" "confirm other/team 1.1 --note x" \
		"approve other/team --role dpo positive" "adopt other/team" "save other/team" \
		"comment other/team 1.1 x" "export other/team --format csv" "report other/team"; do
		refused "fria undo other/team" fria $act
	done
	refused "exists" fria new other urn:example:team:1.0
	fria answer app/team 1.1 "Elsewhere." && fria save app/team
	fria release app 1.1 --from ../facts.json --patch
	git cat-file -e HEAD:$OTHER
	fria undo other/team
	rm assessments/other/application.json
	refused "fria undo other" fria app set other /use/purpose x
	refused "fria undo other" fria release other 2.0 --from ../facts.json --patch
	refused "fria undo other" fria evaluate other/team
	run fria undo new/one
	[ "$status" = 2 ]
}

@test "lost: undo also mends what can no longer be read" {
	two
	for bad in '{' '<<<<<<< ours' '[]' ''; do
		printf '%s' "$bad" >$OTHER
		refused . fria save
		fria undo other/team
		[ -z "$(git status --porcelain)" ]
	done
	fria answer app/team 1.1 "Unsaved." && fria answer app/team 1.2 "This too."
	fria undo app/team 1.1
	[ "$(value 1.2 assessments/app/team.json)" = "This too." ]
	fria undo app/team
	[ -z "$(git status --porcelain)" ]
}

@test "lost: what git was told to remove is somebody's word" {
	two
	git rm -q $OTHER && fria save
	git log -1 --format=%s | grep -q "other/team: removed"
	# A merge that removes it, concluded by save.
	git switch -qc without HEAD~1
	git rm -q assessments/app/team.json && git commit -qm "Without."
	git switch -q main
	fria answer app/team 1.1 "Before." && fria undo app/team
	git merge -q --no-ff --no-commit without
	fria save
	[ ! -e assessments/app/team.json ] && [ "$(git rev-parse HEAD^2)" = "$(git rev-parse without)" ]
	is_whole .
}

# --- removed

@test "remove: what nobody decided on goes, as a commit that says so" {
	two
	fria remove other/team
	[ "$(git log -1 --format=%s)" = "other/team: removed" ]
	[ ! -e $OTHER ] && [ -e assessments/other/application.json ]
	is_whole .
	refused "no assessment" fria remove other/team
	rm -r assessments/other
	fria app remove other
	[ "$(git log -1 --format=%s)" = "other: removed" ]
	[ -z "$(git ls-files assessments/other)" ]
	is_whole .
	refused "no application" fria app remove other
	fria save && fria status || [ $? = 1 ]
}

@test "remove: not what is unsaved, approved or adopted" {
	two
	fria answer other/team 1.2 "Unsaved."
	refused "not saved" fria remove other/team
	refused "not saved" fria app remove other
	fria save
	fria new other urn:example:team:1.0 --name extra
	refused "not saved" fria remove other/extra
	refused "not saved" fria app remove other
	fria save
	as piet fria approve app/team --role lawyer positive
	refused "still stands" fria remove app/team
	fria answer app/team 1.1 "Another." && fria save
	fria evaluate app/team || true
	fria adopt app/team --force --note "Now."
	refused "v1" fria remove app/team
	refused "v1" fria app remove app
	rm assessments/app/team.json
	refused "v1" fria remove app/team
	fria undo app/team
	fria remove other/extra && fria app remove other
	is_whole .
}

# --- twice

# bats test_tags=rest
@test "twice: a copy that a file service made is named and never recorded" {
	two
	for copy in "team (conflicted copy).json" "team (Piet's conflicted copy 2026-01-02).json" \
		team-LAPTOP-123.json team-laptop.json team-jans-pc.json "team (1).json" "team - kopie.json" \
		"team 2.json" team.sync-conflict-20260102-101112-ABCDEFG.json \
		"team (Piet) (conflicted copy 2026-01-02 101112).json" TEAM.json \
		"application (1).json" application-laptop.json "entry-PC.json"; do
		echo "# $copy"
		from=assessments/app/team.json
		[[ $copy == application* || $copy == entry* ]] && from=assessments/app/application.json
		jq '.extra = "of a colleague"' $from >"assessments/app/$copy"
		sum=$(sha1sum <"assessments/app/$copy")
		for what in check status save "save app/team"; do
			run fria $what
			[[ $output == *"$copy"*"second copy"* ]] || { echo "$what: $output"; return 1; }
		done
		fria --json status | jq -e '.findings[].code == "second_copy"'
		[ "$(fria --json status | jq '.assessments | length')" = 2 ]
		fria answer app/team 1.1 "Beside $copy." && fria save
		[ -z "$(git ls-files "assessments/app/$copy")" ]
		[ "$sum" = "$(sha1sum <"assessments/app/$copy")" ]
		fria gate app || [ $? = 1 ]
		fria app list | grep -c "${copy%.json}" && return 1
		rm "assessments/app/$copy"
	done
	cp fria.json "fria (1).json" && cp instruments/team-1.0.json "instruments/team-1.0 (1).json"
	cp fria.json package.json
	run fria check
	[[ $output == *"fria (1).json"* && $output == *"team-1.0 (1).json"* && $output != *package* ]]
	fria save
	[ "$(git status --porcelain | wc -l)" = 3 ]
}

@test "twice: an assessment of its own stays one, whatever it is called" {
	two
	# Started beside the other, from it, or written by hand.
	fria new app urn:example:team:1.0 --name team-two
	fria new app urn:example:team:1.0 --name team-three --from app/team
	fria confirm app/team-three --taken-over --note "Looked at." || true
	jq '{instrument, application, language, answers: {"1.1": {"value": "By hand."}}}' \
		assessments/app/team.json >assessments/app/team-hand.json
	cp assessments/app/team.json assessments/app/pilot.json
	jq '.id = "notes"' assessments/app/application.json >assessments/app/notes.json
	rm assessments/app/notes.json
	run fria save
	[[ $status = 0 && $output != *"second copy"* ]]
	for name in team-two team-three team-hand pilot; do
		git cat-file -e HEAD:assessments/app/$name.json
	done
	# What was recorded stays, also as it grows alike.
	cp assessments/app/team.json assessments/app/team-two.json
	fria save
	[ -z "$(git status --porcelain)" ]
}

# --- broken

# Ways to break a document, by name.
break_it() {
	case $1 in
	cut) printf '{' ;;
	empty) ;;
	marks) printf '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n' ;;
	kind) printf '[1, 2]\n' ;;
	bytes) printf '{"a": "\xff"}' ;;
	esac >"$2"
	if [ "$1" = link ]; then ln -sf /etc/hostname "$2"; fi
}

# bats test_tags=rest
@test "broken: one document stops what concerns it and nothing else" {
	two
	fria adopt app/team --force --note "Now."
	for way in cut empty marks kind bytes link; do
		echo "# $way"
		break_it $way $OTHER
		run --separate-stderr fria status
		[ "$status" = 2 ] && [[ $output == *app/team* && $stderr == *other/team.json* ]]
		fria --json status >../status.json || [ $? = 2 ]
		[ "$(jq -r '.assessments[].assessment' ../status.json)" = app/team ]
		[ "$(jq -r '.findings[].file' ../status.json)" = $OTHER ]
		run fria check
		[ "$status" = 1 ] && [[ $output == *other/team.json* ]]
		for format in csv ndjson; do
			run --separate-stderr fria export - --format $format
			[ "$status" = 2 ] && [[ $output == *app* && $stderr == *other/team.json* ]]
		done
		rm -rf ../site
		run --separate-stderr fria report --site ../site
		[ "$status" = 2 ] && [[ $stderr == *other/team.json* ]]
		[ -e ../site/index.html ] && [ -e ../site/app/team/v1.html ]
		rm -rf ../archive
		fria export - --format archive -o ../archive
		fria verify app/team
		run fria verify
		[ "$status" = 1 ] && [[ $output == *other/team.json* ]]
		fria --json log other/team >/dev/null
		fria app list
		fria answer app/team 1.1 "While $way." && fria save app/team
		fria gate app || [ $? = 1 ]
		refused "other/team.json" fria save
		refused "other/team.json" fria evaluate other/team
		rm -rf $OTHER && fria undo other/team
	done
}

@test "broken: an application, a questionnaire, an entry" {
	two
	for way in cut kind; do
		echo "# $way"
		break_it $way assessments/other/application.json
		for what in status check "app list" "export - --format csv"; do
			run fria $what
			[ "$status" != 0 ]
			[[ $output == *app* && $output == *other/application.json* ]] ||
				{ echo "$what: $output"; return 1; }
		done
		# Those that can be started are; nothing is left of the other.
		run fria new - urn:example:team:1.0 --name again
		[ "$status" = 2 ] && [[ $output == *other/application.json* ]]
		[ -e assessments/app/again.json ] && [ ! -e assessments/other/again.json ]
		refused "other/application.json" fria new other iama-2.0
		rm -r assessments/app/again.json assessments/other/application.json
		fria undo other
		[ -z "$(git status --porcelain)" ]
	done
	fria new other start-1.0 && fria save
	echo '{' >instruments/team-1.0.json
	run fria status
	[ "$status" = 2 ] && [[ $output == *other/start* && $output == *instruments/team-1.0.json* ]]
	fria answer other/start 1.1 "$(fria --json evaluate other/start | jq -r .assessment)" || true
	rm instruments/team-1.0.json
	refused "fria undo instruments/team-1.0.json" fria evaluate app/team
	fria undo instruments/team-1.0.json
}

@test "broken: a register entry that is lost or cannot be read brings no second application" {
	two
	jq -n '[{id: 7, name: "Slim", goal: "One goal.", organization: "Zandmeer"}]' >../register.json
	fria import ../register.json --release 1 && fria import ../register.json --release 2
	n=$(ls assessments | wc -l)
	entry=assessments/slim/entry.json
	jq '[.[] | .goal = "Another goal."]' ../register.json >../changed.json
	for way in cut lost; do
		if [ $way = lost ]; then rm "$entry"; else break_it $way "$entry"; fi
		run fria import ../changed.json --release 3
		[ "$(ls assessments | wc -l)" = "$n" ]
		fria undo "$entry"
	done
}
