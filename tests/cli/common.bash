# SPDX-License-Identifier: EUPL-1.2
# What every command test starts with: a folder of its own, an author, a date.
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
FRIA=${FRIA:-$ROOT/build/fria}
EXAMPLE=$ROOT/assessments/examples/straatafval
REFERENCE=${REFERENCE_DIR:-$ROOT/../shared/reference}
. "$ROOT/tools/play.sh"

bats_require_minimum_version 1.5.0

common_setup() {
	mkdir "$BATS_TEST_TMPDIR/at" && cd "$BATS_TEST_TMPDIR/at" || return
	export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r@example.org
	export GIT_COMMITTER_NAME="R. Jansen" GIT_COMMITTER_EMAIL=r@example.org
	export HOME=$BATS_TEST_TMPDIR GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/.gitconfig
	: >"$GIT_CONFIG_GLOBAL"
	export LC_ALL=C SOURCE_DATE_EPOCH=1773133200
	unset EDITOR VISUAL
}

fria() { $FRIA --lang en "$@"; }

# A workspace "ws" with the example's application; the current folder.
workspace() {
	fria init ws --org Zandmeer && cd ws &&
		fria app add straatafval --from "$EXAMPLE/entry.json" &&
		fria release straatafval 1.0 --from "$EXAMPLE/release-1.0.json"
}

# The same with a new assessment.
assessment() {
	workspace && fria new straatafval iama-2.0
}

# The whole example filled in, saved; with v1 adopted.
adopted() {
	assessment && play_measures "$EXAMPLE/iama/answers" straatafval/iama &&
		play_answers "$EXAMPLE/iama/answers" straatafval/iama &&
		fria save && fria adopt straatafval/iama
}

# refused PATTERN COMMAND...: exit status 2, the sentence, and not a byte
# changed in the folder.
refused() {
	local pattern=$1 before after
	shift
	before=$(snapshot)
	run --separate-stderr "$@"
	[ "$status" = 2 ] || { echo "status $status: $output $stderr"; return 1; }
	[ -z "$output" ] || { echo "on stdout: $output"; return 1; }
	printf '%s\n' "$stderr" | grep -Eq "$pattern" ||
		{ echo "said: $stderr"; return 1; }
	after=$(snapshot)
	[ "$before" = "$after" ] || { echo "changed:"; diff <(echo "$before") <(echo "$after"); return 1; }
}

snapshot() {
	find . -path ./.git -prune -o \( -type f -o -type l \) -print0 |
		sort -z | xargs -0 sha1sum 2>/dev/null
	git rev-parse -q --verify HEAD 2>/dev/null || true
	git status --porcelain 2>/dev/null || true
}
