#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What happened, by whom, and what held on a day.

load common
setup() { common_setup; }

# given TASK: the author who gave the answer; stood TASK: who stands for it.
given() { fria --json blame straatafval/iama "$1" | jq -r '.[0].given.author'; }
stood() { fria --json blame straatafval/iama "$1" | jq -r '.[0].stood.author'; }

two_people() {
	assessment
	as Anna fria answer straatafval/iama 1.1.1 "Van Anna."
	as Anna fria save
	as Bram fria answer straatafval/iama 1.1.2 "Van Bram."
	as Bram fria save
}

@test "log: versions stand among the changes, with who adopted them" {
	adopted
	export SOURCE_DATE_EPOCH=1773219600
	as Bram fria answer straatafval/iama 1.1.1 "Anders."
	as Bram fria save
	fria --json log straatafval/iama >all
	jq -e '[.[].kind][:3] == ["change", "version", "change"]' all ||
		{ cat all; false; }
	jq -e '.[0].author == "Bram <bram@example.org>" and .[0].version == null' all
	jq -e '.[1].version == "v1" and .[1].date == "2026-03-10"' all
	jq -e '.[0].text | test("1.1.1")' all
	run fria log straatafval/iama -n 2
	[ "$(grep -c '^[0-9]* [A-Z][a-z]* 2026, ' <<<"$output")" = 2 ]
	[[ $output == *" v1 "* ]]
	[[ $output != *"▸"* ]]
	run fria log straatafval/iama
	[[ $output == *"more (--verbose)"* ]]
}

@test "log: a commit tells of a hundred changes, the log of them all" {
	workspace
	jq -n '{urn: "urn:nl:vragen", version: "1.0", name: "Vragen", tasks:
		[range(130) | {id: "q\(.)", task: "Vraag \(.)", type: ["open_text"]}]}' \
		>../many.json
	fria instrument import ../many.json
	fria new straatafval vragen-1.0
	fria answer straatafval/vragen q0 "Al gegeven."
	fria save
	doc=assessments/straatafval/vragen.json
	jq '.answers.q0 as $a | .answers += ([range(1; 130) | {key: "q\(.)",
		value: $a}] | from_entries)' $doc >../made.json
	cp ../made.json $doc
	fria save
	git log -1 --format=%B >../message
	[ "$(grep -c '^q' ../message)" = 100 ]
	grep -qx 'and 29 more changes' ../message
	fria --json log straatafval/vragen | jq -e '.[0].text | test("q129") and
		(split("\n") | map(select(startswith("q"))) | length == 129)'
	[ "$(fria --json blame straatafval/vragen | jq 'map(.given.author) | length')" = 130 ]
}

@test "log: a version of a commit that changed something else keeps its place" {
	adopted
	fria answer straatafval/iama 1.1.1 "Anders."
	fria save
	git commit -q --allow-empty -m "Elsewhere"
	git tag -a fria/straatafval/iama/v2 -m v2
	run fria log straatafval/iama
	[[ ${lines[0]} == *", v2, "* ]]
}

@test "log: what was told before is told again, whoever deleted or damaged it" {
	workspace
	fria new straatafval iama-2.0
	fria save
	for i in $(seq 70); do
		jq --arg i "$i" '.answers["1.1.1"] = {value: $i}' $IAMA >new
		mv new $IAMA
		git commit -qam "$i"
	done
	fria log straatafval/iama >first
	ls .git/fria/touched-* .git/fria/told-*
	fria log straatafval/iama | diff - first
	fria --lang nl log straatafval/iama >nl
	grep -q gewijzigd nl
	for file in .git/fria/touched-* .git/fria/told-*; do
		truncate -s 200 "$file"
		fria log straatafval/iama | diff - first
	done
	rm -r .git/fria
	fria log straatafval/iama | diff - first
	# Rewritten history is another history.
	git reset -q --hard HEAD~5
	fria log straatafval/iama >fewer
	[ "$(grep -cE '^[0-9]+ [A-Z]' fewer)" = $(($(grep -cE '^[0-9]+ [A-Z]' first) - 5)) ]
	tail -n 20 first | diff - <(tail -n 20 fewer)
	(fria log straatafval/iama >a) & (fria log straatafval/iama >b) &
	wait
	diff a fewer && diff b fewer
}

@test "log: bad input is refused" {
	assessment
	fria save
	refused 'asks for a count' fria log straatafval/iama -n 0
	refused 'asks for a count' fria log straatafval/iama --number=-3
	refused 'no assessment' fria log straatafval/nope
}

@test "blame: who gave an answer and who last stood for it" {
	two_people
	[ "$(given 1.1.1)" = "Anna <anna@example.org>" ]
	[ "$(given 1.1.2)" = "Bram <bram@example.org>" ]
	as Bram fria answer straatafval/iama 1.1.1 "Van Bram nu."
	[ "$(given 1.1.1)" = null ]
	run fria blame straatafval/iama 1.1.1
	[[ $output == *"not saved yet"* ]]
	as Bram fria save
	as Anna fria confirm straatafval/iama 1.1.1 --note "Klopt."
	as Anna fria save
	[ "$(given 1.1.1)" = "Bram <bram@example.org>" ]
	[ "$(stood 1.1.1)" = "Anna <anna@example.org>" ]
	run fria blame straatafval/iama
	[[ $output == *"1.1.1 "* && $output == *"1.1.2 "* ]]
	fria --json blame straatafval/iama | jq -e 'length == 2 and
		.[0].stood.release == "1.0" and .[0].given.claimed == null'
}

@test "blame: from history, not from what the document claims" {
	two_people
	jq '.answers["1.1.2"].basis.by = "Cor <cor@example.org>"' $IAMA >new
	mv new $IAMA
	as Bram git commit -qam "By hand"
	[ "$(given 1.1.2)" = "Bram <bram@example.org>" ]
	[ "$(stood 1.1.2)" = "Bram <bram@example.org>" ]
	run fria blame straatafval/iama 1.1.2
	[[ $output == *"names someone else: Cor <cor@example.org>"* ]]
}

@test "blame: rows, groups, and both sides of a merge" {
	two_people
	as Anna fria answer straatafval/iama 1.actiepunten.tekst "Een." --row new
	as Anna fria save
	run fria blame straatafval/iama 1.actiepunten
	[[ $output == *"1.actiepunten.tekst (row "* && $output == *Anna* ]]
	fria setup-git
	git checkout -q -b side
	as Cor fria answer straatafval/iama 1.2.1 "Van Cor."
	as Cor fria save
	git checkout -q -
	as Dirk fria answer straatafval/iama 1.2.2 "Van Dirk."
	as Dirk fria save
	PATH=$(dirname "${FRIA##* }"):$PATH git merge -q --no-edit side
	[ "$(given 1.2.1)" = "Cor <cor@example.org>" ]
	[ "$(given 1.2.2)" = "Dirk <dirk@example.org>" ]
	[ "$(given 1.1.1)" = "Anna <anna@example.org>" ]
}

# merged BRANCH [AUTHOR]: a real merge of the branch into this one
merged() {
	PATH=$(dirname "${FRIA##* }"):$PATH as "${2:-Dirk}" \
		git merge -q --no-ff --no-edit "$1"
}

# fact AUTHOR AREA: what is known of the application, not the document
fact() {
	as "$1" fria app set straatafval /use/area "[\"$2\"]"
	as "$1" fria save
}

# answered AUTHOR TASK TEXT [ROW]: recorded
answered() {
	as "$1" fria answer straatafval/iama "$2" "$3" ${4:+--row "$4"}
	as "$1" fria save
}

@test "blame: a merge that took the document whole from its second parent" {
	two_people
	fria setup-git
	git checkout -q -b side
	answered Cor 1.actiepunten.tekst "Van Cor." new
	answered Cor 1.2.1 "Van Cor."
	git checkout -q -
	fact Dirk Zuid
	merged side
	git diff --quiet HEAD^2 -- $IAMA
	not git diff --quiet HEAD^2 -- assessments/straatafval/application.json
	for task in 1.2.1 1.actiepunten; do
		[ "$(given $task)" = "Cor <cor@example.org>" ]
		[ "$(stood $task)" = "Cor <cor@example.org>" ]
	done
	[ "$(given 1.1.1)" = "Anna <anna@example.org>" ]
	run -0 fria verify
}

@test "blame: lines that cross, with rows from both" {
	two_people
	fria setup-git
	git branch side
	answered Dirk 1.actiepunten.tekst "Van Dirk." new
	git branch first
	git checkout -q side
	answered Cor 1.actiepunten.tekst "Van Cor." new
	fact Cor Zuid
	git branch second
	merged first Els
	answered Cor 1.2.1 "Van Cor."
	git checkout -q first
	merged second Finn
	answered Dirk 1.2.2 "Van Dirk."
	merged side Gijs
	[ "$(given 1.2.1)" = "Cor <cor@example.org>" ]
	[ "$(given 1.2.2)" = "Dirk <dirk@example.org>" ]
	fria --json blame straatafval/iama 1.actiepunten |
		jq -e '[.[].given.author, .[].stood.author] | sort == [
			"Cor <cor@example.org>", "Cor <cor@example.org>",
			"Dirk <dirk@example.org>", "Dirk <dirk@example.org>"]'
	run -0 fria verify
}

@test "blame: what one line took back and put back again was never away on the other" {
	two_people
	fria setup-git
	git checkout -q -b side
	answered Cor 1.1.1 "Van Cor."
	as Cor git revert --no-edit HEAD
	fact Cor Zuid
	git checkout -q -
	as Dirk fria app set straatafval /use/purpose '"Schone straten."'
	as Dirk fria save
	merged side
	[ "$(given 1.1.1)" = "Anna <anna@example.org>" ]
	[ "$(stood 1.1.1)" = "Anna <anna@example.org>" ]
	run -0 fria verify
}

@test "blame: who decided between two sides stands for it in the merge" {
	assessment
	fria answer straatafval/iama 1.1.1 "before" --save
	git branch other
	fria answer straatafval/iama 1.1.1 "ours" --save
	git checkout -q other
	GIT_AUTHOR_NAME=Piet GIT_AUTHOR_EMAIL=p@example.org \
		fria answer straatafval/iama 1.1.1 "theirs" --save
	git checkout -q -
	run git merge -q other
	fria resolve straatafval/iama 1.1.1 --theirs
	fria save
	# All in one second, and by the one who wrote the other answer.
	run fria --json blame straatafval/iama 1.1.1
	jq -e --arg merge "$(git rev-parse HEAD)" \
		--arg given "$(git rev-parse other)" \
		'.[0].given.commit == $given and .[0].stood.commit == $merge' \
		<<<"$output"
}

@test "blame: a shallow clone says how far it sees" {
	two_people
	git clone -q --depth 1 "file://$PWD" ../shallow
	cd ../shallow
	fria --json blame straatafval/iama 1.1.1 | jq -e '.[0].given.boundary'
	run fria blame straatafval/iama 1.1.1
	[[ $output == *"shallow clone"* ]]
}

@test "blame: bad input is refused" {
	assessment
	fria save
	refused '9.9' fria blame straatafval/iama 9.9
	refused 'no assessment' fria blame straatafval/nope
	run fria blame straatafval/iama
	[ "$status" = 0 ]
	[[ $output == *"Nothing was answered"* ]]
}

@test "report: the version that held on a day, and the release in use" {
	adopted
	export SOURCE_DATE_EPOCH=1780000000 # 2026-05-28
	fria answer straatafval/iama 5.C "Geen andere."
	fria save
	fria adopt straatafval/iama --force --note "Proef."
	fria release straatafval 1.1 --partial --patch --in-use-from 2026-07-01 \
		--from <(echo '{"use": {"frequency": "elk uur"}}')
	run --separate-stderr fria report straatafval/iama --on 2026-05-01
	[ "$status" = 0 ]
	diff <(echo "$output") <(fria report straatafval/iama@v1)
	[[ $stderr == *"held straatafval/iama v1, adopted on 10 March 2026 for release 1.0"* ]]
	[[ $stderr == *"In use that day: release 1.0."* ]]
	run --separate-stderr fria report straatafval/iama --on 2026-05-28
	[[ $stderr == *"iama v2, adopted on 28 May 2026"* ]]
	[[ $stderr == *"In use that day: release 1.0."* ]]
	run --separate-stderr fria report straatafval/iama --on 2026-08-01
	[[ $stderr == *"In use that day: release 1.1."* ]]
	refused 'no version of straatafval/iama held yet; the first is of 2026-03-10' \
		fria report straatafval/iama --on 2026-03-09
	refused 'no date' fria report straatafval/iama --on someday
	refused 'Choose' fria report straatafval/iama@v1 --on 2026-05-01
	refused 'no assessment' fria report straatafval/nope --on 2026-05-01
}

@test "log: what it is judged by changed: the questions, the roles, the law" {
	fria init . --org Zandmeer
	fria app add straatafval --from "$EXAMPLE/entry.json"
	fria new straatafval iama-2.0
	fria answer straatafval/iama 1.1.1 "Waste." --save
	record() { git commit -qam "$1"; }
	lacks 'renewed|role|law|settings' <(fria log straatafval/iama)
	sed -i 's/"nl": "Wat is het hoofddoel/"nl": "Wat is nu het hoofddoel/' \
		instruments/iama-2.0.json && record questions
	jq '.roles.lawyer.title.en = "Counsel" | del(.roles.dpo) |
		.roles.mayor = {"kind": "view", "title": {"nl": "Burgemeester", "en": "Mayor"}}' \
		fria.json >new && mv new fria.json && record roles
	jq '.contact = "fria@example.org"' fria.json >new && mv new fria.json && record contact
	sed -i 's/"checked": "2026-/"checked": "2025-/' law.json && record law
	for lang in en nl; do
		$FRIA --lang $lang log straatafval/iama >"$lang"
	done
	cat en nl
	grep -q 'questionnaire renewed: Human rights' en
	grep -q 'role changed: Counsel' en
	grep -q 'role added: Mayor' en
	grep -q 'role removed: ' en
	grep -q 'settings of the workspace changed' en
	grep -q 'state of the law brought up to date' en
	grep -q 'rol toegevoegd: Burgemeester' nl
	[ "$(grep -c 'role added' en)" = 1 ]
	fria log straatafval/iama | diff - en
}
