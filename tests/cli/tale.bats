#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The tale of two clones; longer with FRIA_KILLS, again with FRIA_SEED.
bats_require_minimum_version 1.5.0
load common

# bats test_tags=rest
@test "tale: six people, two clones, commands killed at any moment: nothing lost" {
	FRIA=$FRIA bash "$BATS_TEST_DIRNAME/tale.bash" "${FRIA_KILLS:-300}" \
		${FRIA_SEED:-} 3>&- | tee "$BATS_TEST_TMPDIR/tale"
	echo "# $(tail -n 1 "$BATS_TEST_TMPDIR/tale")" >&3
	grep -q "nothing lost" "$BATS_TEST_TMPDIR/tale"
}
