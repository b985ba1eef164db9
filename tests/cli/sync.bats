#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Exchange with a shared repository: what goes where, and what is refused.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }
teardown() { unserve; }

@test "sync: the first address given is kept; branch and versions go together" {
	small
	fria adopt app/team
	git init -q --bare ../hub.git
	run --separate-stderr fria sync ../hub.git
	[ "$status" = 0 ]
	[[ $output == *"Sent: "*"Sent: app/team v1."* ]]
	[[ $stderr == *"Fetching from"*"Sending to"* ]]
	[ "$(git config branch.main.remote)" = origin ]
	[ "$(git rev-parse origin/main)" = "$(git rev-parse HEAD)" ]
	[ "$(git ls-remote origin refs/tags/fria/app/team/v1 | cut -f 1)" = \
		"$(git rev-parse fria/app/team/v1)" ]
	run --separate-stderr fria sync
	[ "$status" = 0 ]
	[[ $output == *"Both sides have the same"* ]]
	is_whole .
	fria answer app/team 1.4 "Not saved yet."
	run --separate-stderr fria sync
	[ "$status" = 0 ]
	[[ $stderr == *"not saved yet: app/team."* ]]
}

@test "sync: what another recorded comes in, with the versions, and nothing else moves" {
	two_clones
	saved piet ../b 1.3 "By Piet."
	(cd ../b && fria adopt app/team && fria sync)
	echo draft >notes.txt
	echo staged >staged.txt && git add staged.txt
	fria answer app/team 1.4 "Not saved yet."
	run fria sync
	[ "$status" = 2 ]
	[[ $output == *"not saved"* ]]
	[ "$(value_in . 1.4)" = "Not saved yet." ]
	fria undo app/team
	run fria sync
	[ "$status" = 0 ]
	[[ $output == *"Received: 1 change."* ]]
	git rev-parse -q --verify fria/app/team/v1
	[ "$(value_in . 1.3)" = "By Piet." ]
	[ "$(cat notes.txt)" = draft ]
	[ "$(git status --porcelain)" = "$(printf 'A  staged.txt\n?? notes.txt')" ]
	git fsck --strict
}

@test "sync: two people, different questions: both stand, on both sides" {
	two_clones
	saved anna . 1.1 "By Anna."
	saved piet ../b 1.2 "By Piet."
	fria sync
	run fria -C ../b sync
	[ "$status" = 0 ]
	[[ $output == *"Merged with what was recorded here."* ]]
	fria sync
	for clone in . ../b; do
		[ "$(value_in "$clone" 1.1)" = "By Anna." ]
		[ "$(value_in "$clone" 1.2)" = "By Piet." ]
		is_whole "$clone"
	done
	[ "$(git rev-parse HEAD)" = "$(git -C ../b rev-parse HEAD)" ]
}

@test "sync: the same answer changed twice stops before anything is sent" {
	two_clones
	saved anna . 1.1 "By Anna."
	saved piet ../b 1.1 "By Piet."
	fria sync
	hub=$(git -C ../hub.git rev-parse main)
	run fria -C ../b sync
	[ "$status" = 1 ]
	[[ $output == *"on both sides: 1."*"fria conflicts app/team"* ]]
	[ "$(git -C ../hub.git rev-parse main)" = "$hub" ]
	run fria -C ../b --json conflicts app/team
	[[ $output == *"By Anna."*"By Piet."* ]] ||
		[[ $output == *"By Piet."*"By Anna."* ]]
	as piet fria -C ../b resolve app/team 1.1 --ours
	as piet fria -C ../b save
	fria -C ../b sync
	fria sync
	[ "$(value_in . 1.1)" = "By Piet." ]
	is_whole .
	is_whole ../b
}

@test "sync: one number adopted twice: refused, or the own one gets the next" {
	two_clones
	saved anna . 1.3 "By Anna."
	fria adopt app/team
	fria sync
	saved piet ../b 1.4 "By Piet."
	fria -C ../b adopt app/team
	saved piet ../b 1.5 "Again by Piet."
	fria -C ../b adopt app/team
	cd ../b
	refused "app/team v1 was adopted here and meanwhile also" fria sync
	first=$(git rev-parse 'fria/app/team/v1^{commit}')
	second=$(git rev-parse 'fria/app/team/v2^{commit}')
	run --separate-stderr fria --json sync --renumber
	[ "$status" = 0 ]
	[ "$(jq -c '.renumbered | sort' <<<"$output")" = \
		'["app/team v1 v2","app/team v2 v3"]' ]
	[ "$(git rev-parse 'fria/app/team/v2^{commit}')" = "$first" ]
	is_whole .
	[ "$(git rev-parse 'fria/app/team/v3^{commit}')" = "$second" ]
	git cat-file tag fria/app/team/v3 >../tag
	grep -q "v3" ../tag
	grep -q "^Renumbered: v2$" ../tag
	grep -q "^Content: " ../tag
	fria -C ../a sync
	[ "$(git -C ../a tag | wc -l)" = 3 ]
	[ "$(git -C ../a rev-parse fria/app/team/v1)" = \
		"$(git rev-parse fria/app/team/v1)" ]
	is_whole .
}

@test "sync: over git on loopback, and by ssh as it is configured" {
	small
	git init -q --bare ../hub.git
	(cd .. && serve && echo "$DAEMON $PORT" >daemon)
	read -r DAEMON PORT <../daemon
	fria sync "git://127.0.0.1:$PORT/hub.git"
	[ "$(git -C ../hub.git rev-parse main)" = "$(git rev-parse HEAD)" ]
	unserve
	fake_ssh 'exec sh -c "$last"'
	saved anna . 1.1 "By Anna."
	fria sync "ssh://loopback$(cd .. && pwd)/hub.git"
	[ "$(git -C ../hub.git rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "sync: a protocol, an address or a password that is not for use" {
	two_clones
	refused "protocol ext is not used" fria sync 'ext::sh -c "touch ../ran"'
	refused "protocol fd is not used" fria sync fd::7
	refused "protocol ftp is not used" fria sync ftp://example.org/x
	refused "not encrypted" fria sync http://example.org/x
	refused "not encrypted" fria sync git://example.org/x
	refused "contains a password" fria sync https://anna:secret@example.org/x
	refused "no address" fria sync ""
	[[ $stderr != *secret* ]]
	git config remote.origin.url 'ext::touch ran'
	refused "protocol ext is not used" fria sync
	git config remote.origin.url ../hub.git
	git config remote.origin.pushurl 'ext::touch ran'
	refused "protocol ext is not used" fria sync
	git config --unset remote.origin.pushurl
	git config url.ext::touch.insteadOf ../hub
	git config protocol.ext.allow always
	refused "protocol ext is not used" fria sync
	[ ! -e ran ]
}

@test "sync: a hook of one's own runs before sending; one here is named" {
	two_clones
	mkdir ../hooks
	printf '#!/bin/sh\ncat >%s/sent\n[ ! -e %s/no ]\n' "$BATS_TEST_TMPDIR" \
		"$BATS_TEST_TMPDIR" >../hooks/pre-push
	chmod +x ../hooks/pre-push
	cp ../hooks/pre-push .git/hooks/
	saved anna . 1.1 "By Anna."
	run --separate-stderr fria sync
	[ "$status" = 0 ]
	[[ $stderr == *"hook pre-push in this repository is not run"*core.hooksPath* ]]
	[ ! -e "$BATS_TEST_TMPDIR/sent" ]
	# A path that leads into the repository is not one's own.
	git config --global core.hooksPath .git/hooks
	saved anna . 1.1 "By Anna, again."
	fria sync
	[ ! -e "$BATS_TEST_TMPDIR/sent" ]
	git config --global core.hooksPath "$(realpath ../hooks)"
	saved anna . 1.2 "By Anna."
	run --separate-stderr fria sync
	[ "$status" = 0 ]
	[[ $stderr != *"is not run"* ]]
	grep -q "refs/heads/main" "$BATS_TEST_TMPDIR/sent"
	touch "$BATS_TEST_TMPDIR/no"
	saved anna . 1.3 "By Anna."
	before=$(git -C ../hub.git rev-parse main)
	run fria sync
	[ "$status" = 2 ]
	[ "$(git -C ../hub.git rev-parse main)" = "$before" ]
	rm "$BATS_TEST_TMPDIR/no"
	fria sync
	is_whole .
}

# bats test_tags=rest
@test "sync: nothing that stands in the repository is run" {
	two_clones
	for hook in pre-push reference-transaction post-merge pre-merge-commit \
		post-checkout post-index-change; do
		printf '#!/bin/sh\ntouch %s/ran\n' "$BATS_TEST_TMPDIR" \
			>.git/hooks/$hook
		chmod +x .git/hooks/$hook
	done
	git config core.fsmonitor "touch $BATS_TEST_TMPDIR/ran"
	saved piet ../b 1.1 "By Piet."
	fria -C ../b sync
	rm -f "$BATS_TEST_TMPDIR/ran"
	saved anna . 1.2 "By Anna."
	fria sync
	[ ! -e "$BATS_TEST_TMPDIR/ran" ]
	git config --unset core.fsmonitor
	rm .git/hooks/*
	for key in core.sshCommand core.gitProxy remote.origin.uploadpack \
		remote.origin.receivepack remote.origin.vcs; do
		git config "$key" "touch $BATS_TEST_TMPDIR/ran"
		refused "setting .* makes git start a program" fria sync
		git config --unset "$key"
	done
	git config credential.helper '!touch ran'
	refused "credential.helper" fria sync
	git config credential.helper store
	fria sync
	[ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

# bats test_tags=rest
@test "sync: a remote that is not there, refuses, is silent, or vanishes midway" {
	two_clones
	saved anna . 1.1 "By Anna."
	refused "cannot be reached" fria sync ../nowhere.git
	refused "cannot be reached" fria sync git://127.0.0.1:1/x
	refused "no connection" fria sync https://127.0.0.1:1/x
	hub=ssh://loopback$(cd .. && pwd)/hub.git
	fake_ssh 'echo "Permission denied (publickey)." >&2; exit 255'
	mv ssh ../ssh && export GIT_SSH_COMMAND=$PWD/../ssh
	refused "not recognised" fria sync "$hub"
	git config fria.timeout 1
	printf '#!/bin/sh\nexec sleep 5 3>&-\n' >../ssh
	refused "no longer answers" fria sync "$hub"
	git config --unset fria.timeout
	# Something big to fetch, of which only the beginning arrives.
	(cd ../b && head -c 300000 /dev/urandom >big && git add big &&
		git commit -qm big && git push -q)
	printf '#!/bin/sh\nfor last; do :; done\nsh -c "$last" | dd bs=1 count=9000 2>/dev/null\n' >../ssh
	refused "Fetching .* failed" fria sync "$hub"
	# What came in is merged; sending fails.
	printf '#!/bin/sh\ncase "$*" in *receive-pack*) exit 255 ;; esac\nfor last; do :; done\nexec sh -c "$last"\n' >../ssh
	before=$(git -C ../hub.git rev-parse main)
	run --separate-stderr fria sync "$hub"
	[ "$status" = 2 ]
	echo "$stderr"
	[[ $stderr == *"did not take your changes"* ]]
	[ "$(git -C ../hub.git rev-parse main)" = "$before" ]
	[ "$(value_in . 1.1)" = "By Anna." ]
	is_whole .
	printf '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n' >../ssh
	fria sync "$hub"
	[ "$(git -C ../hub.git rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "sync: a branch or a history that is no longer there, or no place to send" {
	two_clones
	git switch -q --detach
	refused "loose commit" fria sync
	git switch -q main
	git remote rename origin one && git remote add two ../hub.git
	git config --unset branch.main.remote
	refused "Several repositories" fria sync
	git remote remove two
	fria sync
	[ "$(git config branch.main.remote)" = one ]
	git remote remove one
	refused "Give the address" fria sync
	cd ../b
	git -C ../hub.git branch other main
	git -C ../hub.git symbolic-ref HEAD refs/heads/other
	git -C ../hub.git branch -qD main
	refused "main no longer exists" fria sync
	git push -q origin main
	git -C ../hub.git update-ref refs/heads/main \
		"$(git commit-tree -m else -p HEAD~1 'HEAD^{tree}' |
			tee ../id; git push -q origin "$(cat ../id):refs/heads/x" >&2)"
	refused "history was rewritten" fria sync
	run fria --lang nl sync
	[ "$status" = 2 ]
	[[ $output == *"herschreven"* ]]
}

@test "sync: a server that does not take it says why" {
	two_clones
	printf '#!/bin/sh\necho "main is protected" >&2\nexit 1\n' \
		>../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	saved anna . 1.1 "By Anna."
	fake_ssh 'exec sh -c "$last"'
	mv ssh ../ssh && export GIT_SSH_COMMAND=$PWD/../ssh
	hub=ssh://loopback$(cd .. && pwd)/hub.git
	run fria sync "$hub"
	[ "$status" = 2 ]
	[[ $output == *"main is protected"* ]]
	rm ../hub.git/hooks/pre-receive
	fria sync "$hub"
}

@test "sync: a branch of its own, and a workspace in a subfolder" {
	two_clones
	git switch -qc advice
	saved anna . 1.3 "By Anna."
	fria sync
	[ "$(git config branch.advice.merge)" = refs/heads/advice ]
	[ "$(git -C ../hub.git rev-parse advice)" = "$(git rev-parse HEAD)" ]
	[ "$(git -C ../hub.git rev-parse main)" != "$(git rev-parse HEAD)" ]
	# A version of another branch is not sent with this one.
	git switch -q main
	fria sync
	git switch -q advice
	fria adopt app/team
	git switch -q main
	fria sync
	[ -z "$(git ls-remote origin 'refs/tags/*')" ]
	git switch -q advice
	fria sync
	[ -n "$(git ls-remote origin 'refs/tags/fria/app/team/v1')" ]
	git init -q ../deep && mkdir ../deep/fr
	git init -q --bare ../deep.git
	cd ../deep/fr
	fria init . --org Zandmeer
	fria sync ../../deep.git
	[ "$(git -C ../../deep.git rev-parse main)" = "$(git rev-parse HEAD)" ]
}

@test "sync: a renumbering that was cut off is finished, and makes none twice" {
	two_clones
	saved anna . 1.3 "By Anna."
	fria adopt app/team
	fria sync
	saved piet ../b 1.4 "By Piet."
	fria -C ../b adopt app/team
	own=$(git -C ../b rev-parse fria/app/team/v1)
	cd ../b
	fria sync --renumber
	# As if it had been killed before the old number went.
	git push -q origin :refs/tags/fria/app/team/v2
	git update-ref refs/tags/fria/app/team/v1 "$own"
	run --separate-stderr fria --json sync --renumber
	[ "$status" = 0 ]
	[ "$(git tag | wc -l)" = 2 ]
	[ "$(git rev-parse fria/app/team/v1)" = \
		"$(git -C ../a rev-parse fria/app/team/v1)" ]
	[ "$(git rev-parse 'fria/app/team/v2^{commit}')" = \
		"$(git rev-parse "$own^{commit}")" ]
}

@test "sync: no beginning in common, or none that is here" {
	two_clones
	fria init ../other --org Elders
	hub=$PWD/../hub.git
	cd ../other
	refused "shares no beginning" fria sync "$hub"
	[ -z "$(git remote)" ]
	cd ../a
	for i in 1 2 3; do saved anna . 1.5 "Time $i."; done
	fria sync
	git push -q origin HEAD~2:refs/heads/old
	git clone -q --depth 1 "file://$hub" ../c
	cd ../c
	saved jan . 1.3 "Not deep."
	git config branch.main.merge refs/heads/old
	refused "git fetch --unshallow" fria sync
	git fetch -q --unshallow origin '+refs/heads/*:refs/remotes/origin/*'
	fria sync
	is_whole .
}

@test "sync: a lock that a killed exchange left is cleared; any other is named" {
	two_clones
	saved piet ../b 1.1 "By Piet."
	fria -C ../b sync
	lock=.git/refs/remotes/origin/main.lock
	touch $lock
	run fria sync
	[ "$status" = 2 ]
	[[ $output == *"$lock"* ]]
	[ -e $lock ]
	# As if an exchange had been killed: its mark is there.
	echo exchange >.git/fria/sync
	touch -d "1 minute ago" .git/fria/sync
	fria sync
	[ ! -e $lock ]
	[ ! -s .git/fria/sync ]
	[ "$(value_in . 1.1)" = "By Piet." ]
	is_whole .
}
