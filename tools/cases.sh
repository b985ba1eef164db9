#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Golden files. A case is a folder under tests/cases with `run`, a script that
# prints, and `expected`, what it should print:
#   cases.sh check|golden BUILD
# golden shows each difference and asks before it replaces anything (YES=1
# answers all). Commits and digests, which hold random row ids, are masked.
set -eu
what=$1
root=$(cd "$(dirname "$0")/.." && pwd)
BUILD=$(realpath "$2")
FRIA=${FRIA:-$BUILD/fria}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
example=$root/assessments/examples/straatafval
export LC_ALL=C.UTF-8 HOME="$work" GIT_CONFIG_GLOBAL="$work/.gitconfig"
export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r.jansen@zandmeer.example
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" FRIA BUILD
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
: >"$GIT_CONFIG_GLOBAL"

# The example up to the release of 1.1, with part of it judged again.
play() {
	. "$root/tools/play.sh"
	export SOURCE_DATE_EPOCH=1773133200
	git init -q "$work/ws"
	cd "$work/ws"
	$FRIA init . --org "Gemeente Zandmeer"
	$FRIA app add straatafval --from "$example/entry.json"
	$FRIA release straatafval 1.0 --from "$example/release-1.0.json"
	$FRIA new straatafval start-2.0
	play_round "$example/start" straatafval/start
	play_round "$example/start" straatafval/start found-out
	$FRIA save
	$FRIA adopt straatafval/start
	$FRIA new straatafval iama-2.0
	play_round "$example/iama" straatafval/iama
	$FRIA save -m "IAMA van Straatafval ingevuld"
	play_approvals "$example/iama/approvals.txt" straatafval/iama
	$FRIA adopt straatafval/iama
	export SOURCE_DATE_EPOCH=1794823200
	$FRIA release straatafval 1.1 --from "$example/release-1.1.json"
	play_measures "$example/iama/answers-1.1" straatafval/iama
	play_answers "$example/iama/answers-1.1" straatafval/iama
}
adopt_chatbot() {
	$FRIA save
	[ "$1" = start ] ||
		play_approvals "$example/$1/approvals.txt" "chatbot/$1"
	$FRIA adopt "chatbot/$1"
}
# The other example, in ../chatbot: adopted, and the second release made.
play_chatbot() {
	. "$root/tools/play.sh"
	example=$root/assessments/examples/chatbot
	export SOURCE_DATE_EPOCH=1775552400
	git init -q "$work/chatbot"
	cd "$work/chatbot"
	$FRIA init . --org "Gemeente Zandmeer"
	$FRIA app add chatbot --from "$example/entry.json"
	$FRIA release chatbot 1.0 --from "$example/release-1.0.json"
	for start in start-2.0 iama-2.0 fria-1.0 dpia-3.0; do
		name=${start%-*}
		$FRIA new chatbot "$start"
		play_round "$example/$name" "chatbot/$name"
		[ $name = fria ] || adopt_chatbot $name
	done
	play_round "$example/fria" chatbot/fria dpia
	adopt_chatbot fria
	export SOURCE_DATE_EPOCH=1793091600
	$FRIA release chatbot 2.0 --from "$example/release-2.0.json" \
		--answers "$example/release-check-2.0.json"
}
(play) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 2; }
(play_chatbot) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 2; }
export SOURCE_DATE_EPOCH=1794823200

rows=$(jq -r '[.. | objects | .id? // empty | strings] |
	to_entries[] | "s/\\b\(.value)\\b/ROW\(.key)/g"' \
	"$work/ws/assessments/straatafval/iama.json" | tr '\n' ';')
mask() {
	LC_ALL=C sed -E "s/\\b[0-9a-f]{40}\\b/DIGEST/g
		s/\\b[0-9a-f]{10,12}\\b/COMMIT/g; $rows"
}

failed=0
n=0
for run in "$root"/tests/cases/*/run; do
	case_folder=$(dirname "$run")
	n=$((n + 1))
	(cd "$work/ws" && sh -eu "$run") 2>&1 | mask >"$work/actual"
	if cmp -s "$work/actual" "$case_folder/expected"; then
		echo "ok $n - ${case_folder##*/}"
		continue
	fi
	echo "not ok $n - ${case_folder##*/}"
	if [ -e "$case_folder/expected" ]; then
		diff -u "$case_folder/expected" "$work/actual" || :
	else
		head -n 20 "$work/actual"
	fi
	if [ "$what" = golden ]; then
		answer=${YES:+y}
		[ -n "$answer" ] || {
			printf 'Replace? [y/N] '
			read -r answer
		}
		[ "$answer" != y ] || cp "$work/actual" "$case_folder/expected"
	else
		failed=$((failed + 1))
	fi
done
echo "$n cases, $failed different"
[ "$failed" = 0 ]
