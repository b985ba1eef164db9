#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Differences: between which states, in which form, and through plain git.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

kinds() { fria --json diff "$@" | jq -r '.changes[].kind'; }

# A workspace with one saved answer, tagged and on a branch.
saved() {
	assessment && fria answer straatafval/iama 1.1.1 "One." && fria save
}

# pty COMMAND...: its output on a terminal, as it was sent
pty() {
	TERM=xterm script -qec "$*" /dev/null </dev/null
}

@test "what is withheld is told in words" {
	saved
	fria answer straatafval/iama 1.1.2 "Two." && fria save
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.h --passage "One"
	fria withhold straatafval/iama 1.1.2 --ground other --note "Municipalities Act"
	words() { $FRIA --lang "$1" diff straatafval/iama | tr -s ' \n' ' '; }
	[[ $(words nl) == *'+ het stuk "One", grond: beveiliging (5.1.2.h), door R. Jansen op 10 maart 2026'* ]]
	[[ $(words en) == *'+ the passage "One", ground: security (5.1.2.h), by R. Jansen on 10 March 2026'* ]]
	[[ $(words nl) == *'+ het hele antwoord, grond: andere wet, door R. Jansen op 10 maart 2026; Municipalities Act'* ]]
	[[ $(words en) == *'+ the whole answer, ground: another act, by R. Jansen on 10 March 2026; Municipalities Act'* ]]
	[ "$(fria --json diff straatafval/iama | jq -r '.changes[] | select(.pointer == "/withheld" and .task == "1.1.1").after[0].ground')" = 5.1.2.h ]
}

@test "any two states: version, tag, branch, commit, date, work tree" {
	saved
	git tag before && git branch side
	first=$(git rev-parse HEAD)
	export SOURCE_DATE_EPOCH=1773219600
	fria answer straatafval/iama 1.1.1 "Two." && fria save
	for a in before side "$first" 2026-03-10 HEAD~1; do
		[ "$(fria --json diff straatafval/iama "$a" HEAD |
			jq -r '.changes[] | select(.kind == "changed") |
			.before.value + .after.value')" = One.Two. ]
	done
	[ "$(fria --json diff straatafval/iama HEAD before | jq -r '
		.changes[] | select(.kind == "changed") | .after.value')" = One. ]
	fria answer straatafval/iama 1.1.1 "Three."
	[ "$(fria --json diff straatafval/iama . before | jq -r '
		.changes[] | select(.kind == "changed") |
		.before.value + .after.value')" = Three.One. ]
}

@test "a state against itself has no difference, in every form" {
	adopted
	for how in "--format text" "--format md" "--format html" --stat; do
		fria diff straatafval/iama v1 v1 $how
		fria diff straatafval/iama $how
	done
	[ "$(fria --json diff straatafval/iama v1 v1 | jq '.changes')" = "[]" ]
	[ -z "$(fria diff straatafval/iama --stat)" ]
}

@test "the default is the last version against the work tree" {
	adopted
	fria answer straatafval/iama 1.1.2 "Something else."
	fria save
	run fria --json diff straatafval/iama
	[ "$status" = 1 ]
	[ "$(jq -r '.from.version' <<<"$output")" = v1 ]
	[ "$(jq -r '.to.commit' <<<"$output")" = null ]
	[ "$(jq -r '.changes[0].kind' <<<"$output")" = verdict ]
	run fria --lang nl diff straatafval/iama
	[[ $output == "Van: v1, release 1.0, 10 maart 2026"*"Naar: nu, bewaard, release 1.0"* ]]
	fria answer straatafval/iama 1.1.2 "Something else again."
	run fria --lang nl diff straatafval/iama
	[[ $output == *"Naar: nog niet opgeslagen stand, release 1.0"* ]]
}

@test "json is the same by option and by format; a page goes to a file" {
	saved
	fria answer straatafval/iama 1.1.1 "Two."
	diff <(fria --json diff straatafval/iama HEAD) \
		<(fria diff straatafval/iama HEAD --format json)
	run fria diff straatafval/iama HEAD --format html -o ../page.html
	[ "$status" = 1 ]
	grep -q '<del>One</del><ins>Two</ins>' ../page.html ||
		grep -q '<del>One.</del>' ../page.html
}

@test "stat counts what the whole says" {
	adopted
	fria answer straatafval/iama 1.1.2 "Something else."
	run fria diff straatafval/iama v1 --stat
	[ "$status" = 1 ]
	[[ $output == *"    1  Texts: answer changed"* ]]
	[[ $output == *"    1  State of the assessment: state of the assessment"* ]]
	[ "$(awk '{n += $1} END {print n}' <<<"$output")" = \
		"$(kinds straatafval/iama v1 | wc -l)" ]
}

@test "answers in the rows of a group that are alike are told once" {
	local chatbot=$EXAMPLES/chatbot
	adopted_chatbot
	on_day 2026-10-27
	fria release chatbot 2.0 --from "$chatbot/release-2.0.json" \
		--answers "$chatbot/release-check-2.0.json" || [ $? = 1 ]
	run fria diff chatbot/fria
	[ "$status" = 1 ]
	# Alike: of the same rows, for the same reasons; which, in words.
	flat=$(flat "$output")
	[[ $flat == *"↻ 5.2 What can go wrong for whom?: Gravity without measures, Gravity with all measures (all 6 rows) (through"* ]]
	[[ $flat == *"Likelihood with all measures (row 1: Een fout antwoord over een regeling houdt iemand af van een aanvraag, waardoor hij geld misloopt waar hij recht op heeft) (through"* ]]
	[ "$(grep -c "^  . 5\.2\.kans" <<<"$output")" = 0 ]
	# What to judge first: each question once, of rows the group.
	[[ $flat == *"Scope with all measures (all 6 rows) (judge 4.groepen"* ]]
	told=$(grep -c "^  ↻ 5\.2" <<<"$output")
	run fria diff chatbot/fria --format md
	[ "$(grep -c "^- \*\*↻ 5\.2" <<<"$output")" = "$told" ]
	run fria diff chatbot/fria --format html
	[ "$(grep -c "Gravity with all measures (all 6 rows)" <<<"$output")" = 1 ]
	# Scripts have each of them.
	run fria --json diff chatbot/fria
	jq -e '[.changes[] | select(.kind == "state" and .row != null and
		(.task | startswith("5.2.")))] | length == 63' <<<"$output"
	jq -e 'all(.changes[]; (.because // []) | length == (unique | length))' \
		<<<"$output"
}

@test "a row that moves is one row that moved" {
	assessment
	for text in een twee drie vier; do
		fria answer straatafval/iama 1.actiepunten.tekst "$text" --row new
	done
	fria save
	jq '.answers."1.actiepunten" |= .[1:] + .[:1]' $IAMA >../moved.json
	cp ../moved.json $IAMA
	[ "$(kinds straatafval/iama HEAD | grep -c row-)" = 1 ]
	run fria diff straatafval/iama HEAD
	[[ $output == *"row 4: een"*"row moved"* ]]
	[[ $output == *"place [-1-] {+4+}"* ]]
}

@test "a moved paragraph is moved, and what did not change is left out" {
	assessment
	for k in 1 2 3 4 5; do
		printf 'Alinea %s gaat over onderwerp %s, in gewone woorden.\n\n' $k $k
	done >../text.md
	fria answer straatafval/iama 1.1.1 --file ../text.md && fria save
	{ sed -n 3,10p ../text.md; sed -n 1,2p ../text.md; } >../moved.md
	fria answer straatafval/iama 1.1.1 --file ../moved.md
	run fria diff straatafval/iama HEAD
	[[ $output == *"4 paragraphs unchanged"* ]]
	[[ $output == *"moved, was paragraph 1"* ]]
	[[ $output != *"[-"* && $output != *"{+"* ]]
	[ "$(fria --json diff straatafval/iama HEAD | jq '[.changes[] |
		select(.prose) | .prose[] | select(.moved)] | length')" = 1 ]
}

@test "on a terminal: colour, the pager that git would take, nothing raw" {
	saved
	printf 'a\033[31mred\033[0m \342\200\256bidi \007bell' >../text
	jq --rawfile t ../text '.answers."1.1.1".value = $t' $IAMA >../raw.json
	cp ../raw.json $IAMA
	run pty env GIT_PAGER=cat $FRIA diff straatafval/iama HEAD
	[[ $output == *$'\033[4;32m'* ]]
	[[ $output != *$'\033[31mred'* && $output != *$'\007'* ]]
	[[ $output != *$'\342\200\256'* ]]
	run pty env NO_COLOR=1 GIT_PAGER=cat $FRIA diff straatafval/iama HEAD
	[[ $output != *$'\033['* ]]
	printf '#!/bin/sh\nprintf "PAGED %%s\\n" "$*"; cat\n' >../mypager
	chmod +x ../mypager
	git config core.pager "$PWD/../mypager -x 'a b'"
	run pty env PAGER=cat $FRIA diff straatafval/iama HEAD
	[[ $output != *"PAGED"* ]]
	git config --unset core.pager
	git config --global core.pager "$PWD/../mypager -x 'a b'"
	run pty $FRIA diff straatafval/iama HEAD
	[[ $output == *"PAGED -x a b"* ]]
	run pty $FRIA log straatafval/iama
	[[ $output == *"PAGED"* ]]
	run pty $FRIA evaluate straatafval/iama
	[[ $output != *"PAGED"* ]]
	run pty env GIT_PAGER=true $FRIA diff straatafval/iama HEAD
	[ -z "$output" ]
	run $FRIA diff straatafval/iama HEAD
	[[ $output != *"PAGED"* && $output != *$'\033['* ]]
}

@test "plain git shows the meaning after setup-git, and as before after undo" {
	saved
	git config merge.ours.driver true
	mkdir -p .git/info && printf '*.txt -text' >.git/info/attributes
	cp .git/info/attributes ../attributes && cp .git/config ../config
	fria setup-git
	fria answer straatafval/iama 1.1.1 "Two. Three."
	run git diff
	[[ $output == *"-    One."* && $output == *"+    Two."* ]]
	[[ $output == *"+    Three."* && $output != *'"basis"'* ]]
	fria save
	run git log -p -1
	[[ $output == *"+    Two."* && $output != *'"basis"'* ]]
	[ -z "$(git status --porcelain)" ]
	cp .git/info/attributes ../once && cp .git/config ../config-once
	run fria setup-git
	[[ $output == *already* ]]
	cmp .git/info/attributes ../once && cmp .git/config ../config-once
	git check-attr merge diff -- $IAMA |
		grep -c fria | grep -qx 2
	git config merge.fria.driver | grep -q 'merge-file %O %A %B %P$'
	fria setup-git --undo
	[ "$(cat .git/info/attributes)" = "$(cat ../attributes)" ]
	run git config --get-regexp 'fria'
	[ -z "$output" ]
	run git diff HEAD~1
	[[ $output == *'"value": "Two. Three."'* ]]
	run fria setup-git --undo
	[[ $output == *"Nothing was set up"* ]]
}

@test "setup-git for workspaces in subfolders, and in a linked work tree" {
	git init -q repo && cd repo
	for folder in "a" "b c"; do
		fria init "$folder" --org Zandmeer
		(cd "$folder" && fria app add straatafval --from "$EXAMPLE/entry.json" &&
			fria new straatafval iama-2.0 &&
			fria answer straatafval/iama 1.1.1 "One." && fria save &&
			fria setup-git)
	done
	for folder in "a" "b c"; do
		(cd "$folder" && fria answer straatafval/iama 1.1.1 "Two.")
	done
	run git diff
	[ "$(grep -c '^+    Two.$' <<<"$output")" = 2 ]
	[[ $output != *'"basis"'* ]]
	git worktree add -q ../linked
	cd "../linked/b c"
	fria answer straatafval/iama 1.1.1 "Three."
	run git diff
	[[ $output == *"+    Three."* && $output != *'"basis"'* ]]
	run fria setup-git
	[[ $output == *already* ]]
	fria setup-git --undo
	git check-attr diff $IAMA | grep -q unspecified
	git -C .. check-attr diff a/assessments/straatafval/iama.json | grep -q fria
	git config merge.fria.driver
}

@test "textconv: what is no assessment is shown as it is" {
	saved
	run fria textconv assessments/straatafval/application.json
	[[ $output == *"Purpose of this use:"* ]]
	printf 'no json' >../x
	run fria textconv ../x
	[ "$output" = "no json" ]
	cd ..
	run fria textconv ws/assessments/straatafval/iama.json
	[[ $output == *"1.1.1 Why"* ]]
	run fria textconv absent.json
	[ "$status" = 2 ]
}

@test "bad input is refused and nothing is changed" {
	adopted
	refused 'no state "nope"' fria diff straatafval/iama v1 nope
	refused 'no format here' fria diff straatafval/iama --format pdf
	refused 'v9' fria diff straatafval/iama v9
	refused 'did not exist yet at' fria diff straatafval/iama \
		"$(git rev-list --max-parents=0 HEAD)"
	refused '"v1" is too much' fria diff straatafval/iama v1 v1 v1
	refused 'No such file|cannot' fria diff straatafval/iama v1 --format html -o ../no/where.html
}

@test "a difference is shown as a reader sees the text, without its markup" {
	assessment
	fria answer straatafval/iama 1.1.1 "The **old** way, see [the note](https://example.org/n):

- one
- two

| Area | Score |
|---|---|
| North | 81 |" --save
	fria answer straatafval/iama 1.1.1 "The **new** way, see [the note](https://example.org/n):

- one
- two more

| Area | Score |
|---|---|
| North | 90 |"
	run fria diff straatafval/iama
	[ "$status" = 1 ]
	flat=$(flat "$output")
	[[ $flat == *"The [-old-] {+new+} way, see the note (https://example.org/n):"* ]]
	[[ $flat == *"~ • two {+more+}"* ]]
	[[ $flat == *"~ North | [-81-] {+90+}"* ]]
	fria save
	fria answer straatafval/iama 1.1.1 "The *new* way, see [the note](https://example.org/n):

- one
- two more

| Area | Score |
|---|---|
| North | 90 |"
	[[ $(fria diff straatafval/iama) == *"only white space or markup changed"* ]]
}
