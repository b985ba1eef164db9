#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# 34 changes of the chatbot after its first version: what becomes stale, what
# suspect, and nothing else, in the IAMA alone, the FRIA alone, and both.
# tests/cases/alarm/changes.tsv was made by hand from what the questions ask,
# before the program was asked; suspect is what lies behind it in the tables of
# rests there, or is shown by it. A cell without a number is that cell of every
# row.
TABLES=$BATS_TEST_DIRNAME/../cases/alarm

setup_file() {
	. "$BATS_TEST_DIRNAME/common.bash"
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	common_setup
	{ adopted_chatbot && cd .. && mv ws both &&
		cp -a both iama && rm iama/assessments/chatbot/fria.json &&
		fria_alone; } >"$BATS_FILE_TMPDIR/log" 2>&1 ||
		{ cat "$BATS_FILE_TMPDIR/log" >&3; return 1; }
}

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	cd "$BATS_FILE_TMPDIR/at" || return
	on_day 2026-04-07
}

# The FRIA where there is no IAMA to take answers from: they are typed.
fria_alone() {
	local taken typed=()
	workspace chatbot && fria new chatbot fria-1.0 || return
	for taken in 2.0=1.1.1 2.1=3.1.1 3.3=3.1.3 5.5=3.5.3 6.3=3.2.2 7.2=1.4.2 \
		7.4=3.4.3 7.5=3.4.2; do
		typed+=("${taken%=*}=$(cat \
			"$EXAMPLES/chatbot/iama/answers/${taken#*=}.md")")
	done
	typed_fria "${typed[@]}" && adopt_saved chatbot/fria &&
		cd .. && mv ws fria
}

# rings SETTING NAME...: each change, on these assessments
rings() {
	local setting=$1 different=0 change filter name
	shift
	cd "$setting" || return
	cp assessments/chatbot/application.json before.json
	while IFS=$'\t' read -r change filter; do
		jq "$filter" before.json >assessments/chatbot/application.json
		awk -F '\t' -v change="$change" -v setting="$setting" '
			function say(state, ids, n, i, each) {
				n = split(ids, each, " ")
				for (i = 1; i <= n; i++)
					print state, each[i]
			}
			$1 == change && $2 == setting {
				say("stale", $3)
				say("suspect", $4)
			}' "$TABLES/changes.tsv" | sort >judged
		for name; do
			in_words "chatbot/$name" "${2:+$name#}"
		done | sort >found
		diff judged found >difference || {
			echo "$change (< judged, > found):"
			cat difference
			different=1
		}
	done < <(tail -n +2 "$TABLES/patches.tsv")
	cp before.json assessments/chatbot/application.json
	[ $different = 0 ]
}

@test "every change has a line in each setting, and no line is without one" {
	for setting in iama fria both; do
		diff <(tail -n +2 "$TABLES/patches.tsv" | cut -f 1) \
			<(awk -F '\t' -v s=$setting '$2 == s { print $1 }' \
				"$TABLES/changes.tsv")
	done
	[ "$(tail -n +2 "$TABLES/patches.tsv" | wc -l)" = 34 ]
}

@test "34 changes, the IAMA alone" {
	rings iama iama
}

@test "34 changes, the FRIA alone" {
	rings fria fria
}

@test "34 changes, both" {
	rings both iama fria
}
