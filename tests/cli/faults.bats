#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A sample of what `make faults` tries in full: a call that writes fails, or the
# program is killed there, and nothing is lost, nothing is lied, and the same
# command again reaches the full result.
load common

# tried OPTIONS -- ROOM...
tried() {
	[[ $FRIA != *" "* && $FRIA != */san/* ]] || skip "with its own memory"
	local at options=()
	at=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm ||
		echo "$BATS_TEST_TMPDIR")")
	while [ "$1" != -- ]; do options+=("$1"); shift; done
	shift
	make -s -C "$ROOT" build/faults/driver build/faults/inject.so
	bash "$ROOT/tests/faults/rooms.sh" "$FRIA" "$at/rooms" "$@"
	run "$ROOT/build/faults/driver" "$FRIA" "$ROOT/build/faults/inject.so" \
		"$at/rooms" "${options[@]}"
	rm -rf "$at"
	echo "$output"
	[ "$status" = 0 ]
}

# of_each_kind N ROOM...: N faults a room, some of each kind
of_each_kind() {
	local n=$1 kind
	shift
	tried -n "$n" -a 8 -s "${FAULT_SEED:-20261130}" -- "$@"
	for kind in fails eio eacces short full kill torn "no block" "no memory"; do
		[[ ${lines[-1]} =~ (^|\ )[1-9][0-9]*\ $kind ]]
	done
}

@test "faults: after a call that fails, what was before or what comes after" {
	of_each_kind 18 save release bare-answer
}

# bats test_tags=rest
@test "faults: the same of every way to write" {
	of_each_kind 90 save release answer-editorial resolve save-merge adopt \
		follow migrate bare-answer bare-release bare-adopt
}

# bats test_tags=rest
@test "faults: memory that a library takes by itself is lacking: nothing else is written" {
	tried -l -a 4 -- evidence-file app-add-card save-merge blame
}

# bats test_tags=rest
@test "faults: every command has a room" {
	local at=$BATS_TEST_TMPDIR/rooms run command
	bash "$ROOT/tests/faults/rooms.sh" "$FRIA" "$at"
	for run in "$at"/*.run; do
		tail -n +2 "$run" | tr '\n' ' ' | sed -E 's/^-C (ws|hub.git) //; s/^--json //'
		echo
	done >"$BATS_TEST_TMPDIR/tried"
	sed -n 's/^    \.name = "\([a-z][a-z -]*\)",$/\1/p' "$ROOT"/cli/cmd_*.c \
		>"$BATS_TEST_TMPDIR/commands"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/commands")" -gt 50 ]
	# What comes over a socket is killed midway in serve.bats.
	while read -r command; do
		[ "$command" = serve ] || grep -q "^$command " "$BATS_TEST_TMPDIR/tried" ||
			echo "no room for: $command"
	done <"$BATS_TEST_TMPDIR/commands" >"$BATS_TEST_TMPDIR/lacking"
	cat "$BATS_TEST_TMPDIR/lacking"
	[ ! -s "$BATS_TEST_TMPDIR/lacking" ]
}

@test "faults: what a killed command left aside goes with the next" {
	common_setup
	mkdir -p ws/.git.tmp/.git && echo half >ws/.git.tmp/.git/config
	fria init ws --org Zandmeer
	[ ! -e ws/.git.tmp ] && [ "$(git -C ws config core.filemode)" = true ]
	git -C ws fsck --strict && [ -z "$(git -C ws status --porcelain)" ]
	mkdir site && touch site/.fria-site.aaaa1111.tmp
	(cd ws && fria report --site ../site)
	[ -e site/index.html ]
}

@test "faults: an archive that was cut off is made whole; what else is there stays" {
	common_setup
	adopted
	mkdir -p ../archive/straatafval/iama/v1 ../archive/.archive.tmp
	echo half >../archive/straatafval/iama/v1/assessment.json
	fria export straatafval --format archive -o ../archive
	(cd ../archive/straatafval/iama/v1 && sha256sum --quiet -c checksums.sha256)
	[ ! -e ../archive/.archive.tmp ]
	refused "not empty" fria export straatafval --format archive -o ../archive
}

@test "faults: a first exchange that was cut off is finished, past its own locks" {
	common_setup
	fria init ws --org Zandmeer && git init -q --bare hub.git && cd ws
	branch=$(git symbolic-ref --short HEAD)
	lock=../hub.git/refs/heads/$branch.lock
	git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
	git config remote.origin.url "$(realpath ../hub.git)"
	echo exchange >.git/fria/sync
	touch -d "1 minute ago" .git/fria/sync
	touch "$lock"
	fria sync ../hub.git
	[ "$(git rev-parse origin/$branch)" = "$(git rev-parse HEAD)" ]
	[ "$(git config "branch.$branch.remote")" = origin ]
	[ ! -s .git/fria/sync ]
	# Another's is named, and left.
	git commit -q --allow-empty -m more
	touch "$lock"
	refused "$branch.lock" fria sync
	[ -e "$lock" ]
}
