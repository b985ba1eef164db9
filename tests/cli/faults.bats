#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A sample of what `make faults` tries in full: a call that writes fails, or the
# program is killed there, and nothing is lost, nothing is lied, and the same
# command again reaches the full result.
load common

@test "faults: after a call that fails, what was before or what comes after" {
	[[ $FRIA != *" "* && $FRIA != */san/* ]] || skip "with its own memory"
	local at
	at=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm ||
		echo "$BATS_TEST_TMPDIR")")
	make -s -C "$ROOT" build/faults/driver build/faults/inject.so
	bash "$ROOT/tests/faults/rooms.sh" "$FRIA" "$at/rooms" save release \
		answer-editorial resolve save-merge adopt follow migrate
	run "$ROOT/build/faults/driver" "$FRIA" "$ROOT/build/faults/inject.so" \
		"$at/rooms" -n 60 -a 8 -s "${FAULT_SEED:-20261130}"
	rm -rf "$at"
	echo "$output"
	[ "$status" = 0 ]
}
