#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A repository that came from elsewhere: nothing that its own configuration
# names is run, and no commit lifts the demand that it is under.

load common
load exchange

setup() { common_setup; }
teardown() { unserve; }

pty() {
	TERM=xterm script -qec "$*" /dev/null </dev/null
}

# A clone of a hub, with something recorded on both sides; the current folder.
make_strange() {
	two_clones
	saved piet ../b 1.1 "By Piet."
	fria -C ../b sync
	saved anna . 1.2 "By Anna."
}

# A program that leaves a mark.
marker() {
	MARK=$BATS_TEST_TMPDIR/mark
	EVIL=$BATS_TEST_TMPDIR/evil
	printf '#!/bin/sh\necho "$0 $*" >>%s\nexit 0\n' "$MARK" >"$EVIL"
	chmod +x "$EVIL"
}

# Every key of git's by which a repository could name a program.
programs() {
	cat <<-END
		gpg.program
		gpg.openpgp.program
		gpg.x509.program
		gpg.ssh.program
		gpg.ssh.defaultKeyCommand
		core.pager
		pager.log
		pager.diff
		pager.push
		core.editor
		sequence.editor
		core.sshCommand
		core.askPass
		core.gitProxy
		core.fsmonitor
		core.alternateRefsCommand
		credential.helper
		diff.external
		diff.fria.command
		diff.fria.textconv
		diff.evil.command
		diff.evil.textconv
		merge.fria.driver
		merge.evil.driver
		filter.evil.clean
		filter.evil.smudge
		filter.evil.process
		trailer.evil.command
		interactive.diffFilter
		remote.origin.uploadpack
		remote.origin.receivepack
		remote.origin.vcs
		uploadpack.packObjectsHook
	END
}

# mute WORD...: the command ran, and whatever became of it no mark was left
mute() {
	"$@" >"$BATS_TEST_TMPDIR/said" 2>&1 </dev/null || true
	[ ! -e "$MARK" ] || {
		echo "run by: $*"
		cat "$MARK"
		return 1
	}
}

# Commands that could start something, each on what the last one left.
commands() {
	mute pty env PAGER=cat $FRIA log app/team
	mute pty env PAGER=cat $FRIA diff app/team HEAD
	mute pty env PAGER=cat $FRIA blame app/team
	mute pty env PAGER=cat $FRIA report app/team
	mute $FRIA status
	mute $FRIA check
	mute $FRIA verify
	mute $FRIA answer app/team 1.3 "$1"
	mute $FRIA save
	mute $FRIA sync
	mute $FRIA evaluate app/team
	mute $FRIA export app/team
}

# evils KEY...: the configuration as it was, and these keys with it
evils() {
	local key
	cp ../config .git/config
	for key; do
		git config "$key" "$EVIL $key"
	done
}

@test "no program that the repository's own configuration names is run" {
	make_strange
	marker
	mkdir -p .git/info
	printf '*.json diff=evil merge=evil filter=evil\n' >.git/info/attributes
	cp .git/config ../config
	mapfile -t all < <(programs)
	[ "${#all[@]}" -ge 30 ]
	for format in openpgp ssh x509; do
		evils "${all[@]}"
		git config commit.gpgSign true
		git config tag.gpgSign true
		git config push.gpgSign true
		git config user.signingKey "$PWD/../nobody"
		git config gpg.format $format
		commands "By $format."
	done
	# Those that stop an exchange, one by one; it goes on with the others.
	cp ../config .git/config
	fria save
	exchange=()
	for key in "${all[@]}"; do
		evils "$key"
		if fria sync >../said 2>&1; then
			exchange+=("$key")
		else
			grep -q "setting .* makes git start a program" ../said ||
				{ echo "$key"; cat ../said; return 1; }
		fi
		[ ! -e "$MARK" ]
	done
	[ "${#exchange[@]}" -ge 26 ]
	evils "${exchange[@]}"
	saved piet ../b 1.4 "By Piet, again."
	fria -C ../b sync
	commands "By all others."
	saved anna . 1.5 "By Anna, again."
	fria sync
	[ ! -e "$MARK" ]
	[ "$(value_in . 1.4)" = "By Piet, again." ]
}

# bats test_tags=rest
@test "nor by the ways around: includes, its work tree, hooks, addresses" {
	make_strange
	marker
	cp .git/config ../config
	# By a file that it includes, always or for this remote alone.
	printf '[core]\n\tsshCommand = %s\n\tpager = %s\n[gpg]\n\tprogram = %s\n' \
		"$EVIL" "$EVIL" "$EVIL" >.git/more
	for include in include.path "includeIf.gitdir:**.path" \
		"includeIf.hasconfig:remote.*.url:**.path"; do
		cp ../config .git/config
		git config "$include" more
		git config commit.gpgSign true
		commands "By $include."
	done
	cp ../config .git/config
	# By the configuration of this work tree alone.
	git config extensions.worktreeConfig true
	cp .git/more .git/config.worktree
	commands "By the work tree."
	rm .git/config.worktree
	# By a folder of hooks.
	cp ../config .git/config
	mkdir .git/evil
	for hook in pre-push reference-transaction post-merge pre-commit \
		commit-msg post-commit post-checkout post-index-change; do
		cp "$EVIL" .git/evil/$hook
		cp "$EVIL" .git/hooks/$hook
	done
	commands "By hooks."
	git config core.hooksPath .git/evil
	commands "By a folder of hooks."
	# By another address.
	cp ../config .git/config
	git config "url.ext::$EVIL .insteadOf" "$(git config remote.origin.url)"
	git config protocol.ext.allow always
	commands "By an address."
}

@test "sync with a folder starts no hook of that folder" {
	make_strange
	marker
	for hook in pre-receive update post-receive post-update \
		reference-transaction push-to-checkout; do
		cp "$EVIL" ../hub.git/hooks/$hook
	done
	git -C ../hub.git config core.alternateRefsCommand "$EVIL"
	git -C ../hub.git config core.fsmonitor "$EVIL"
	git -C ../hub.git config uploadpack.packObjectsHook "$EVIL"
	git init -q --bare ../spare.git
	echo "$PWD/../spare.git/objects" >../hub.git/objects/info/alternates
	fria sync 2>&1
	[ ! -e "$MARK" ]
	[ "$(git -C ../hub.git rev-parse main)" = "$(git rev-parse HEAD)" ]
	# One's own are obeyed, there as here.
	mkdir ../own
	cp "$EVIL" ../own/post-receive
	git config --global core.hooksPath "$(realpath ../own)"
	saved anna . 1.3 "By Anna."
	fria sync
	grep -q post-receive "$MARK"
}

@test "what the user's own configuration names is obeyed" {
	make_strange
	marker
	git config --global core.pager "$EVIL"
	pty $FRIA blame app/team </dev/null
	[ -s "$MARK" ] && rm "$MARK"
	git config --global commit.gpgSign true
	for key in gpg.program gpg.openpgp.program; do
		git config --global "$key" "$EVIL"
		saved anna . 1.3 "By $key." || true
		[ -s "$MARK" ] && rm "$MARK"
		git config --global --unset "$key"
	done
	git config --global gpg.format ssh
	git config --global user.signingKey "$PWD/../key.pub"
	git config --global gpg.ssh.program "$EVIL"
	fria save || true
	[ -s "$MARK" ] && rm "$MARK"
	git config --global commit.gpgSign false
	fria save
	git config --global core.sshCommand "$EVIL"
	fria sync ssh://nowhere.example.org/x || true
	[ -s "$MARK" ]
}

# --- what comes in ---

# theirs COMMAND...: done in the other clone, recorded and sent by plain git
theirs() {
	(cd ../b && git reset -q --hard origin/main~0 && "$@" &&
		git commit -qm "Theirs" && git push -qf origin HEAD:main)
}

# at MODE PATH [CONTENT]: an entry of the index, whatever the disk can hold
at() {
	local id
	id=$(printf '%s' "${3:-x}" | git hash-object -w --stdin)
	[ "$1" != 160000 ] || id=$(git rev-parse HEAD)
	git update-index --add --cacheinfo "$1,$id,$2"
}

# bats test_tags=rest
@test "sync takes no tree that leads elsewhere" {
	make_strange
	fria sync
	git -C ../b pull -q
	base=$(git rev-parse HEAD)
	back() { git -C ../hub.git update-ref refs/heads/main "$base" &&
		git update-ref refs/remotes/origin/main "$base" &&
		git -C ../b update-ref refs/remotes/origin/main "$base"; }
	kept=$(git rev-parse HEAD)
	declare -A said=(
		["120000 assessments/app/team.json"]="no plain file"
		["120000 assessments/app/evidence"]="no plain file"
		["120000 instruments/other.json"]="no plain file"
		["160000 assessments/sub"]="no plain file"
		["100644 assessments/App/team.json"]="differ in capitals alone"
		["100644 assessments/app/TEAM.json"]="differ in capitals alone"
	)
	for entry in "${!said[@]}"; do
		theirs at $entry
		run --separate-stderr fria sync
		[ "$status" = 2 ]
		[[ $stderr == *"${said[$entry]}"* ]] ||
			{ echo "$entry: $stderr"; return 1; }
		[ "$(git rev-parse HEAD)" = "$kept" ]
		[ -z "$(git status --porcelain)" ]
		back
	done
	# What git itself would not put on a disk.
	blob=$(git -C ../hub.git hash-object -w --stdin <<<x)
	for name in .git .GIT ..; do
		tree=$(printf '100644 blob %s\t%s\n' "$blob" "$name" |
			git -C ../hub.git mktree)
		commit=$(git -C ../hub.git commit-tree -m x -p "$base" "$tree")
		git -C ../hub.git update-ref refs/heads/main "$commit"
		refused "is not sound and was not taken" fria sync
		back
	done
	theirs at 100644 notes.txt
	fria sync
	[ -e notes.txt ]
}

# --- signatures ---

keys() {
	for who in anna bram eve; do
		ssh-keygen -q -t ed25519 -N "" -C $who -f ../$who
		echo "$who@example.org $(cut -d' ' -f1,2 ../$who.pub)" >../$who.line
	done
}

# signs WHO: git signs with that person's key; nobody: not at all
signs() {
	git config commit.gpgSign true
	git config user.signingKey "$PWD/../$1"
	[ "$1" != nobody ] || git config commit.gpgSign false
}

# A workspace in which Anna and Bram sign; copied by each test.
make_signed() {
	assessment && fria save
	keys
	cat ../anna.line ../bram.line >signers
	jq '.signers = "signers"' fria.json >new && mv new fria.json
	git config gpg.format ssh
	signs anna
	git add signers fria.json
	as Anna git commit -qm "All sign"
	cp ../anna* ../bram* ../eve* .git/
}

signed() {
	kept stranger-signed make_signed
	cp .git/anna* .git/bram* .git/eve* ..
	signs anna
}

# by WHO COMMAND...: with that person's name and key; nobody: Anna, with none
by() {
	local who=$1
	shift
	signs "$who"
	[ "$who" != nobody ] || who=anna
	as "${who^}" "$@"
}

edits() { jq ".$1" "$2" >../new && cp ../new "$2"; }

# found CODE...: these, of what weighs; each once per commit
found() {
	run --separate-stderr fria --json verify ${NAME:+"$NAME"}
	[ "$status" = 1 ] || { echo "status $status: $output $stderr"; return 1; }
	diff <(printf '%s\n' "$@" | sort) <(jq -r '.[] |
		select(.severity != "note") | .code' <<<"$output" | sort)
}

fine() {
	run --separate-stderr fria --json verify
	[ "$status" = 0 ] || { echo "status $status: $output $stderr"; return 1; }
}

# bats test_tags=rest
@test "signed: no commit lifts the demand that it is under" {
	signed
	fine
	start=$(git rev-parse HEAD)
	# It removes the demand, and nothing after is asked.
	edits 'signers = null | del(.signers)' fria.json
	by nobody git commit -qam "No more"
	found verify_unsigned
	by nobody fria answer straatafval/iama 1.1.2 "By nobody."
	by nobody fria save
	found verify_unsigned
	# Nor by the work tree.
	git reset -q --hard "$start"
	by nobody fria answer straatafval/iama 1.1.2 "By nobody."
	as Anna fria save
	edits 'signers = null | del(.signers)' fria.json
	found verify_unsigned
	NAME=straatafval/iama found verify_unsigned
	git checkout -q fria.json
	cat ../eve.line >signers
	found verify_unsigned
	# By a key of one's own, in the same commit.
	git reset -q --hard "$start"
	cat ../eve.line >>signers
	by eve git commit -qam "I sign as well"
	found verify_signature_bad
	# By another list.
	git reset -q --hard "$start"
	cat ../eve.line >others
	edits 'signers = "others"' fria.json
	git add others
	by eve git commit -qam "Another list"
	found verify_signature_bad
	# By a list that is no file of the workspace.
	git reset -q --hard "$start"
	edits 'signers = "../eve.line"' fria.json
	by eve git commit -qam "A list outside"
	found verify_signature_bad
	# What those who may do add is in order, and holds from then on.
	git reset -q --hard "$start"
	cat ../eve.line >>signers
	by bram git commit -qam "Eve signs as well"
	by eve fria answer straatafval/iama 1.1.2 "By Eve."
	by eve fria save
	fine
}

@test "signed: nor does a line of history that a merge hides" {
	signed
	start=$(git rev-parse HEAD)
	edits 'signers = null | del(.signers)' fria.json
	by nobody git commit -qam "No more"
	by nobody fria answer straatafval/iama 1.1.2 "By nobody."
	by nobody fria save
	git checkout -q "$start" -- fria.json
	by nobody git commit -qm "As it was"
	merge=$(by nobody git commit-tree -m "As if" -p "$start" -p HEAD 'HEAD^{tree}')
	git reset -q --hard "$merge"
	run --separate-stderr fria --json verify
	[ "$status" = 1 ]
	[ "$(jq '[.[] | select(.code == "verify_unsigned")] | length' <<<"$output")" -ge 2 ]
	# What was before the demand, joined over it.
	git reset -q --hard "$start"
	old=$(git rev-parse "$start~")
	merge=$(by nobody git commit-tree -m "Older" -p "$old" -p "$start" "$old^{tree}")
	git reset -q --hard "$merge"
	found verify_unsigned
}

@test "signed: not by replaced objects, nor by programs of the repository" {
	signed
	by nobody fria answer straatafval/iama 1.1.2 "By nobody."
	as Anna fria save
	found verify_unsigned
	bad=$(git rev-parse HEAD)
	by anna git commit -q --amend --no-edit
	good=$(git rev-parse HEAD)
	git reset -q --hard "$bad"
	git replace "$bad" "$good"
	found verify_unsigned
	git replace -d "$bad"
	# A key that nobody knows, and a program that finds all in order.
	signs eve
	as Anna git commit -q --amend --no-edit
	found verify_signature_bad
	printf '#!/bin/sh\necho "Good \\"git\\" signature for anna@example.org with x"\necho "anna@example.org"\n' >../liar
	chmod +x ../liar
	git config gpg.ssh.program "$PWD/../liar"
	git config gpg.program "$PWD/../liar"
	git config gpg.ssh.allowedSignersFile "$PWD/../eve.line"
	found verify_signature_bad
}

@test "signed: log.showSignature changes nothing" {
	signed
	by bram fria answer straatafval/iama 1.1.2 "By Bram."
	by bram fria save
	git config --global log.showSignature true
	fine
	git config --global --unset log.showSignature
	git config log.showSignature true
	fine
	signs nobody
	as Bram git commit -q --amend --no-edit
	found verify_unsigned
}
