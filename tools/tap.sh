#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What the tests found, and the sum of it.
#   tap.sh run FOLDER NAME COMMAND...   one of them; what it prints, in TAP, is
#                                       kept in FOLDER/NAME.tap
#   tap.sh sum FOLDER NAME...           what was skipped, what failed, and
#                                       "N passed, N failed"
set -eu
what=$1
folder=$2
shift 2

skip='^ok .*# [sS][kK][iI][pP]'
count() { grep -cE "$1" "$2" || :; }

# Trouble without a test that failed is a failure too, and so is no test at all
# where nobody said "1..0".
run() {
	name=$1
	file=$folder/$1.tap
	shift
	status=0
	mkdir -p "$(dirname "$file")"
	"$@" >"$file.new" 2>&1 </dev/null || status=$?
	ran=$(count '^ok ' "$file.new")
	if ! grep -q '^not ok ' "$file.new" &&
		{ [ "$status" != 0 ] || ! grep -qE '^(ok |1\.\.0)' "$file.new"; }; then
		said=$(tail -n 100 "$file.new" | sed 's/^/# /')
		printf 'not ok %s ended with status %s after %s tests\n%s\n' \
			"$name" "$status" "$ran" "$said" >>"$file.new"
	fi
	mv "$file.new" "$file"
	failed=$(count '^not ok ' "$file")
	echo "$name: $ran passed, $failed failed"
	[ "$failed" = 0 ]
}

# A test that could not be built, or was stopped, left nothing.
sum() {
	passed=0
	failed=0
	for name; do
		file=$folder/$name.tap
		[ -e "$file" ] || echo "not ok $name did not run" >"$file"
		passed=$((passed + $(count '^ok ' "$file") - $(count "$skip" "$file")))
		failed=$((failed + $(count '^not ok ' "$file")))
		grep -E "$skip" "$file" || :
	done
	for name; do
		! grep -q '^not ok ' "$folder/$name.tap" || {
			printf '\n%s:\n' "$name"
			awk '/^(not )?ok /{failed=/^not/} failed' \
				"$folder/$name.tap"
		}
	done
	printf '\n%s passed, %s failed\n' "$passed" "$failed"
	[ "$failed" = 0 ]
}

mkdir -p "$folder"
"$what" "$@"
