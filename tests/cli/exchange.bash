# SPDX-License-Identifier: EUPL-1.2
# What the tests of working together start with: a small assessment, a shared
# repository on loopback, and people who each have a clone. Needs common.bash.

SMALL=$ROOT/tests/cli/small

# A workspace "a" with the assessment app/team, all of it answered.
small() {
	git config --global init.defaultBranch main
	fria init a --org Zandmeer && cd a || return
	echo '{"use": {"purpose": "Cleaner streets."}}' >../facts.json
	fria app add app --from ../facts.json &&
		fria release app 1.0 --from ../facts.json &&
		fria instrument import "$SMALL/team-1.0.json" &&
		fria new app urn:example:team:1.0 || return
	for i in 1 2 3 4 5 6; do
		fria answer app/team "1.$i" "Answer $i." || return
	done
	fria save
}

# The same with a shared repository "hub.git" and two clones, a and b.
two_clones() {
	small && git init -q --bare ../hub.git && fria sync ../hub.git &&
		git clone -q ../hub.git ../b
}

# saved NAME CLONE TASK TEXT: one answer, recorded
saved() {
	as "$1" fria -C "$2" answer app/team "$3" "$4" && as "$1" fria -C "$2" save
}

# value_in CLONE TASK
value_in() { value "$2" "$1/assessments/app/team.json"; }

# Serves the folders here with git daemon; sets PORT. teardown: unserve. Another
# run may serve at the port, so what answers must have a repository of our own
# here; SRANDOM leaves the choices of a seed alone.
serve() {
	local try own=own-$SRANDOM$SRANDOM.git
	git init -q --bare "$own" || return
	for try in 1 2 3 4 5 6 7 8 9; do
		PORT=$((20000 + SRANDOM % 40000))
		git daemon --base-path="$PWD" --export-all \
			--enable=receive-pack --listen=127.0.0.1 \
			--port="$PORT" --reuseaddr --pid-file="$PWD/daemon.pid" \
			>/dev/null 2>&1 3>&- &
		DAEMON=$!
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			git ls-remote "git://127.0.0.1:$PORT/$own" \
				>/dev/null 2>&1 && rm -r "$own" && return
			sleep 0.1
		done
		unserve
	done
	rm -r "$own"
	return 1
}

unserve() {
	[ -z "${DAEMON:-}" ] || kill "$DAEMON" 2>/dev/null || true
	[ -z "${DAEMON:-}" ] || wait "$DAEMON" 2>/dev/null || true
	DAEMON=
}

# An ssh that runs the command here: $1 is what it does to the stream.
fake_ssh() {
	printf '#!/bin/sh\nfor last; do :; done\n%s\n' "$1" >"$PWD/ssh"
	chmod +x "$PWD/ssh"
	export GIT_SSH_COMMAND="$PWD/ssh" GIT_SSH_VARIANT=simple
}

is_whole() {
	(cd "$1" && git fsck --strict --no-progress &&
		[ -z "$(git status --porcelain)" ])
}
