#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The whole register on two days: each application with a FRIA on the first,
# the second as a release; finds what a separate script finds, or fails.
# register.sh FRIA FOLDER [REFERENCE] [NUMBER OF APPLICATIONS]
set -eu
here=$(dirname "$(realpath "$0")")
FRIA="$(realpath "$1") --lang en"
folder=$2
scrape=$(realpath "${3:-../shared/reference}")/register-scrape
limit=${4:-100000}
if [ ! -d "$scrape" ]; then
	echo "skipped: the register is not in the reference folder"
	exit 0
fi
rm -rf "$folder"
mkdir -p "$folder/entries"
node "$here/../reference/register.mjs" "$scrape/algoritmes.2026-05-13.json" \
	"$scrape/algoritmes.2026-07-23.json" "$folder/entries"
cd "$folder"
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=bench@example.org
seconds() { date +%s; }

git init -q workspace
$FRIA init workspace --org Register 2>/dev/null
cd workspace
start=$(seconds)
for file in $(find ../entries/1 -name '*.json' | sort | head -n "$limit"); do
	id=$(basename "$file" .json)
	$FRIA app add "a$id" --from "$file" 2>/dev/null
	$FRIA release "a$id" 2026-05-13 --from "$file" >/dev/null 2>&1
	$FRIA new "a$id" fria-1.0 2>/dev/null
done
$FRIA save -m "A FRIA for each application" 2>/dev/null
made=$(seconds)
: >../found
for file in $(find ../entries/2 -name '*.json' | sort); do
	id=$(basename "$file" .json)
	[ -d "assessments/a$id" ] || continue
	$FRIA --json release "a$id" 2026-07-23 --patch --from "$file" \
		2>/dev/null | jq -r --arg id "$id" '.changed[] | "\($id) \(.)"' \
		>>../found
done
ended=$(seconds)
sort ../found >../found.sorted
if [ "$limit" = 100000 ]; then
	cmp ../found.sorted ../entries/changed
fi
git fsck --strict >/dev/null 2>&1
whole() {
	rm -rf ../whole
	git init -q ../whole
	$FRIA init ../whole --org Register 2>/dev/null
	begun=$(date +%s.%N)
	$FRIA -C ../whole import "$scrape/algoritmes.2026-05-13.json" \
		--release 2026-05-13 2>/dev/null
	imported=$(date +%s.%N)
	$FRIA -C ../whole report --site ../site 2>/dev/null
	rendered=$(date +%s.%N)
	awk -v a="$begun" -v b="$imported" -v c="$rendered" 'BEGIN {
		printf "the whole day in one import: %.1f s; its site: %.1f s\n",
			b - a, c - b}'
}
rm -rf ../site
whole
echo "$(find assessments -name fria.json | wc -l) applications with a FRIA in" \
	"$((made - start)) s, the second day in $((ended - made)) s;" \
	"$(wc -l <../found.sorted) changes of substance, the same as found apart"
