#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A new release: what it puts in question, what it does not, and what may go on.

load common

setup() { common_setup; }

counts() {
	evaluation |
		jq -r '[.counts.stale, .counts.suspect, .verdict] | @tsv'
}

reasons() {
	evaluation "${2:-straatafval/iama}" | jq -r --arg k "$1" \
		'.tasks[] | select(any(.reasons[]; .kind == $k)) | .id' | sort -u
}

@test "the release check: yes reopens its theme, no answer keeps it open" {
	adopted
	echo '{"use": {"contract": {"reference": "Z-9"}}}' >../new.json
	echo '{"signals": {"changed": true, "text": "Twee klachten."},
		"law": {"changed": false}}' >../check.json
	fria release straatafval 1.1 --partial --from ../new.json \
		--answers ../check.json
	[ "$(reasons event)" = "$(fria --json instrument show iama-2.0 | jq -r '
		[.. | objects | select((.theme // []) | index("signals"))] |
		.[].id' | sort -u)" ]
	run fria evaluate straatafval/iama
	[[ $output == *"Twee klachten."* ]]
	[[ $output == *"Release check unanswered: purpose or process;"* ]]
	[[ $output != *"case law, policy or mandate;"* ]]
	run fria --json evaluate straatafval/iama
	[ "$(jq -c .unanswered <<<"$output")" = \
		'["purpose","groups","scale","model","data","supplier","oversight","documents"]' ]
	# The rest of the answers, later, without a file of facts.
	for theme in purpose context technology oversight documents; do
		printf '%s"%s": {"changed": false}' "${sep-}" $theme
		sep=,
	done | sed 's/.*/{&}/' >../rest.json
	fria release straatafval 1.1 --answers ../rest.json
	run fria --json evaluate straatafval/iama
	[ "$(jq -c .unanswered <<<"$output")" = '[]' ]
	head=$(git rev-parse HEAD)
	fria release straatafval 1.1 --answers ../rest.json
	[ "$(git rev-parse HEAD)" = "$head" ]
	judged straatafval/iama "Gezien."
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
}

@test "a theme is asked by its parts; who answers it whole answers all of them" {
	adopted
	unanswered() { fria --json evaluate straatafval/iama | jq -c .unanswered; }
	check() {
		echo "$1" >../check.json
		fria release straatafval 1.1 --answers ../check.json >/dev/null || [ $? = 1 ]
	}
	echo '{"use": {"contract": {"reference": "Z-9"}}}' >../new.json
	jq -n '["purpose","context","oversight","signals","law","documents"] |
		map({(.): {changed: false}}) | add | .technology = {changed: null}' >../check.json
	fria release straatafval 1.1 --partial --from ../new.json --answers ../check.json || [ $? = 1 ]
	[ "$(unanswered)" = '["technology"]' ]
	check '{"model": {"changed": false}, "data": {"changed": false}}'
	[ "$(unanswered)" = '["technology"]' ]
	check '{"supplier": {"changed": false}}'
	[ "$(unanswered)" = '[]' ]
	# What was asked whole touches what is about a part.
	check '{"context": {"changed": true, "text": "Het werd groter."}}'
	[ "$(reasons event)" = "$(fria --json instrument show iama-2.0 | jq -r '
		[.. | objects | select((.theme // []) |
			any(. == "context" or . == "groups" or . == "scale"))] |
		.[].id' | sort -u)" ]
}

@test "a release without functional change asks nothing, and says so" {
	adopted
	echo '{"register": {"tags": "x"}}' >../new.json
	run --separate-stderr fria --json release straatafval 1.0.1 --partial \
		--patch --from ../new.json
	[ "$(jq -c '[.release, .changed, .assessments[0].stale]' <<<"$output")" \
		= '["1.0.1",[],0]' ]
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	jq -e '.events == [{release: "1.0.1", patch: true,
		by: "R. Jansen <r@example.org>", at: .events[0].at}]' \
		assessments/straatafval/application.json
}

@test "a metric that crossed its limit and recovered asks to be looked at" {
	adopted
	fria app metric straatafval opruimtijd --value 39
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	fria app metric straatafval opruimtijd --value 55 --date 2026-03-09
	[ "$(reasons monitoring)" = "$(printf '2.4.2\n2.4.3\n3.4.5\n4.4.1')" ]
	run fria evaluate straatafval/iama
	[[ $output == *"was 55 on 9 March 2026; the limit is 40"* ]]
	[[ $output != *"is 55; the limit"* ]] # dated back: 39 is the last
	fria app metric straatafval opruimtijd --value 61
	run fria evaluate straatafval/iama
	[[ $output == *"is 61; the limit is 40"* ]]
	fria app metric straatafval opruimtijd --value 30
	[ "$(reasons monitoring)" = "$(printf '2.4.2\n2.4.3\n3.4.5\n4.4.1')" ]
	judged straatafval/iama "Eenmalig."
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	# A measurement that is not made in time.
	run fria --json evaluate straatafval/iama --as-of 2026-06-08
	[ "$(jq -r '.verdict, ([.metrics[] | select(.overdue)] | length)' \
		<<<"$output" | paste -sd' ')" = "needs-review 4" ]
}

@test "one characteristic between releases; reverting it restores" {
	adopted
	run --separate-stderr fria --json app set straatafval /use/frequency maandelijks
	[ "$status" = 0 ]
	[ "$(jq -c '[.changed, .assessments[0].stale]' <<<"$output")" = \
		'[["/use/frequency"],1]' ]
	[ "$(in_state stale)" = 3.1.3 ]
	[ -n "$(in_state suspect)" ]
	fria app set straatafval /use/frequency dagelijks --note "Toch niet."
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	git log -1 --format=%B | grep -q "Toch niet"
	fria app set straatafval /use/volume 19000
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	fria app set straatafval /use/area '["Centrum"]'
	[ "$(in_state stale | wc -l)" = 3 ]
	fria app set straatafval /use/area null
	jq -e '.use | has("area") | not' assessments/straatafval/application.json
}

@test "three levels down: confirmed upstream clears, changed upstream reopens" {
	adopted
	fria app set straatafval /use/process "Heel anders."
	[ "$(in_state stale)" = "$(printf '3.1.1\n3.1.5\n3.2.1')" ]
	# 3.1.1, 3.5.1, 3.5.2, 4.1.1.1, 4.1.3, 4.r.4.3.1, 4.r.4.3.3, 4.r.4.4.2, 5.B
	for task in 3.5.1 3.5.2 4.1.1.1 4.1.3 4.r.4.3.1 4.r.4.3.3 4.r.4.4.2 5.B; do
		in_state suspect | grep -qxF $task
	done
	fria confirm straatafval/iama 3.1.1 3.1.5 3.2.1 --note "Klopt nog."
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	fria answer straatafval/iama 3.1.1 "Een ander proces."
	[ "$(in_state stale)" = "$(printf '3.2.1\n3.5.1')" ]
	[ "$(reasons answer)" = "$(printf '3.2.1\n3.5.1')" ]
}

@test "evaluate at an earlier moment" {
	adopted
	fria app set straatafval /use/frequency maandelijks
	run fria evaluate straatafval/iama --at v1
	[ "$status" = 0 ]
	run fria --json evaluate straatafval/iama --at HEAD~1
	[ "$(jq -r '.verdict, .revision' <<<"$output" | paste -sd' ')" = \
		"current $(git rev-parse HEAD~1)" ]
	refused "no version v7|v7" fria evaluate straatafval/iama --at v7
}

@test "gate: by phase, release, verdict, measures and required roles" {
	workspace
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"no assessment yet"* ]]
	cd .. && rm -rf ws
	adopted
	run fria gate straatafval --release 1.0
	[ "$status" = 0 ]
	run fria gate straatafval --release 2.0
	[ "$status" = 1 ]
	[[ $output == *"release 2.0 is not recorded; recorded is 1.0"* ]]
	fria app set straatafval /use/frequency maandelijks
	run fria --json gate straatafval
	[ "$status" = 1 ]
	[ "$(jq -r '[.passed, .phase, (.reasons[] | .code)] | unique | @tsv' \
		<<<"$output")" = "$(printf 'false\tapproval\tin-gebruik\tstale\tsuspect')" ]
	fria app set straatafval /use/phase ontwikkeling
	run fria gate straatafval
	[ "$status" = 0 ]
	[[ $output == *"to be judged again"* ]]
	fria app set straatafval /use/phase in-gebruik
	fria app set straatafval /use/frequency dagelijks
	run fria gate straatafval
	[ "$status" = 0 ]
	jq '.roles = {other: {kind: "advice", title: {nl: "FG", en: "DPO"},
		required: true}}' fria.json >new && mv new fria.json
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"advice of DPO is missing"* ]]
	refused "no application" fria gate nothing
}

@test "gate: what the first questions ask for must exist" {
	adopted
	fria new straatafval start-1.0
	fria answer straatafval/start 1.1 ai
	fria answer straatafval/start 1.2 publiek
	fria answer straatafval/start 1.3 beide
	fria answer straatafval/start 1.4 nee
	fria answer straatafval/start 2.1 iii-5a
	fria answer straatafval/start 2.2 nee
	fria answer straatafval/start 3.1 gewoon
	fria answer straatafval/start 3.2 "beoordelen;kwetsbaar"
	fria answer straatafval/start 3.3 nee
	fria answer straatafval/start 4.1 adviseert
	fria answer straatafval/start 4.2 aanzienlijk
	fria answer straatafval/start 4.3 nee
	fria save
	run fria --json evaluate straatafval/start
	[ "$status" = 0 ]
	[ "$(jq -r '.conclusions[] | "\(.id)=\(.level)"' <<<"$output" |
		paste -sd' ')" = "FRIA=required IAMA=recommended DPIA=required DTIA=null algoritmeregister=required EU-databank=required transparantie=null" ]
	[ "$(jq -r '.conclusions[0].because | length' <<<"$output")" = 3 ]
	run fria gate straatafval
	[ "$status" = 1 ]
	[[ $output == *"there is no FRIA, and it is needed"*"fria new straatafval fria-1.0"* ]]
	demanded() { fria --json gate straatafval | jq -r '.reasons[] |
		select(.code == "demanded") | .text' | sed 's/ is.*//' | xargs; }
	# The entry came from the register, and a DPIA is among the facts.
	[ "$(demanded)" = "there EU-databank" ]
	fria app set straatafval /use/dpia null
	fria answer straatafval/start 3.1 gewoon
	fria save
	[ "$(demanded)" = "there DPIA EU-databank" ]
	run fria gate straatafval
	[[ $output == *"DPIA is needed and recorded nowhere: "*"fria app set straatafval /use/dpia '{\"reference\": \"...\"}'"* ]]
	# Each is mended as it says.
	fria app set straatafval /use/dpia '{"reference": "Z-2025-12077"}'
	fria app set straatafval /use/registrations \
		'[{"name": "EU-databank", "reference": "EU-17"}]'
	[ "$(demanded)" = there ]
	git rm -q assessments/straatafval/entry.json && git commit -qm "No entry."
	[ "$(demanded)" = "there algoritmeregister" ]
	fria app set straatafval /use/registrations '[{"name": "EU-databank"},
		{"name": "Algoritmeregister", "reference": "17"}]'
	fria answer straatafval/start 3.3 ja
	fria answer straatafval/start 4.3 ja
	fria save
	fria app set straatafval /use/notice null
	[ "$(demanded)" = "there DTIA transparantie" ]
	fria app set straatafval /use/dtia '{"reference": "Z-9"}'
	fria app set straatafval /use/notice '"A sign at the door."'
	fria new straatafval fria-1.0
	fria save
	[ -z "$(demanded)" ]
	fria check straatafval
}

@test "gate and release in a shallow clone" {
	adopted
	cd ..
	git clone -q --depth 1 "file://$PWD/ws" shallow && cd shallow
	run fria gate straatafval --release 1.0
	[ "$status" = 0 ]
	echo '{"use": {"frequency": "maandelijks"}}' >../new.json
	fria release straatafval 1.1 --partial --patch --from ../new.json
	run fria gate straatafval --release 1.1
	[ "$status" = 1 ]
	git fsck --strict
}

@test "a pipeline: who acts, the tags of a shallow clone, release, push, gate" {
	adopted
	cd ..
	git init -q --bare up.git
	git -C ws push -q "$PWD/up.git" HEAD:refs/heads/main --tags
	git -C up.git symbolic-ref HEAD refs/heads/main
	for release in 1.1 1.2; do
		rm -rf w
		git clone -q --depth 1 "file://$PWD/up.git" w
		git -C w fetch -q --depth 1 origin \
			"refs/tags/fria/*:refs/tags/fria/*"
		echo "{\"use\": {\"hosting\": \"$release\"}}" >new.json
		fria -C w release straatafval $release --partial --patch \
			--from new.json
		git -C w push -q
		run fria -C w gate straatafval --release $release
		[ "$status" = 1 ]
		[[ $output == *"to be judged again"* ]]
		fria -C w --json evaluate straatafval/iama |
			jq -e '.review.last == "2026-03-10"'
	done
}

@test "retire: out of use, and nothing nags" {
	adopted
	fria retire straatafval --on 2026-03-10 --note "Model verwijderd."
	jq -e '.use.phase == "buiten-gebruik" and
		.in_use.to == "2026-03-10" and .register.end_date == "2026-03"' \
		assessments/straatafval/application.json
	run fria gate straatafval
	[ "$status" = 0 ]
}

@test "status: approvals, in another order, and only some" {
	workspace
	fria new straatafval iama-2.0 --name b
	fria new straatafval iama-2.0 --name a
	run fria status --sort verdict --verdict current
	[[ $output != *straatafval/* ]]
	run fria --json status --sort assessment --phase in-gebruik
	[ "$(jq -r '.assessments[].assessment' <<<"$output" | paste -sd' ')" = \
		"straatafval/a straatafval/b" ]
	refused "no column" fria status --sort colour
	refused "no state" fria status --verdict fine
	refused "no phase.*in use" fria status --phase live
	run fria status --phase proef
	[ "$status" = 0 ]
	[ "$output" = "No assessment is like that." ]
}

# bats test_tags=rest
@test "bad input of a release and of what comes between" {
	adopted
	refused "no theme.*purpose, groups" fria release straatafval 1.1 \
		--from "$EXAMPLE/release-1.1.json" --answers <(echo '{"wheather": {"changed": true}}')
	echo '{"weather": {"changed": true}}' >../check.json
	refused 'check.json.*"weather" is no theme' fria release straatafval 1.1 \
		--from "$EXAMPLE/release-1.1.json" --answers ../check.json
	echo '{"law": {"changed": "maybe"}}' >../check.json
	refused 'Say for "law" whether' fria release straatafval 1.1 \
		--from "$EXAMPLE/release-1.1.json" --answers ../check.json
	echo '{"law": {"changed": true, "text": " "}}' >../check.json
	refused 'in one line what changed' fria release straatafval 1.1 \
		--from "$EXAMPLE/release-1.1.json" --answers ../check.json
	echo '[]' >../check.json
	refused 'An answer file is an object' fria release straatafval 1.1 \
		--from "$EXAMPLE/release-1.1.json" --answers ../check.json
	refused 'not both' fria release straatafval 1.1 --patch \
		--from "$EXAMPLE/release-1.1.json" --answers ../check.json
	echo '{}' >../check.json
	refused 'with --from' fria release straatafval 9 --answers ../check.json
	refused 'Release 1.0 exists already' fria release straatafval 1.0 \
		--from "$EXAMPLE/release-1.1.json"
	echo '[1]' >../facts.json
	refused 'object' fria release straatafval 2 --format fria --from ../facts.json
	refused 'no date' fria release straatafval 2 --in-use-from soon \
		--from "$EXAMPLE/release-1.1.json"
	refused 'facts|characteristic|fact' fria app set straatafval /use/nothing/at/all x
	refused 'written from the answers' fria app set straatafval /register/risks x
	refused 'fact|field|characteristic' fria app set straatafval /use x
	refused '/nowhere/at/all' fria app set straatafval /nowhere/at/all x
	refused 'no date' fria evaluate straatafval/iama --as-of 2026-02-30
	refused 'no date' fria release straatafval 2 --in-use-from 2026-13-01 \
		--from "$EXAMPLE/release-1.1.json"
	for facts in '"x"' 3 null true; do
		echo "$facts" >../facts.json
		refused 'object' fria release straatafval 2 --from ../facts.json
	done
	refused 'no metric "snelheid".*Gemiddelde tijd tussen' fria app metric straatafval snelheid --value 3
	refused 'no measured value.*uur' fria app metric straatafval opruimtijd --value veel
	refused 'with --value' fria app metric straatafval opruimtijd
	refused 'no date' fria app metric straatafval opruimtijd --value 3 --date soon
	refused 'no date' fria retire straatafval --on soon
	refused 'Give --on' fria retire straatafval
	refused 'no application' fria app set nothing /use/purpose x
	refused 'no application' fria app metric nothing opruimtijd --value 1
	refused 'no application' fria retire nothing --on 2026-01-01
	jq '.use.purpose = "x"' assessments/straatafval/application.json >new
	mv new assessments/straatafval/application.json
	refused 'unsaved|save' fria app set straatafval /use/frequency x
}

@test "an instrument with a cycle, or with an expression that is wrong" {
	workspace
	jq '(.. | objects | select(.id? == "1.1.1") | .rests) = ["1.1.2"]' \
		"$ROOT/assessments/instruments/iama-2.0.json" >../cycle.json
	refused '1.1.1' fria instrument import ../cycle.json
	# Through a condition: 1.1.2 rests on 1.1.1, which only shows after it.
	jq '(.. | objects | select(.id? == "1.1.1") | .dependencies) = [{
		type: "conditional", action: "show", condition: {
		id: "1.1.2", operator: "equals", value: "x"}}]' \
		"$ROOT/assessments/instruments/iama-2.0.json" >../cycle.json
	refused 'Question 1.1.1 rests, through other questions, on itself' \
		fria instrument import ../cycle.json
	jq '.urn = "urn:nl:own" |
		(.. | objects | select(.scoreKey? == "niveau") | .expression) =
		"max(scores.niveau_nu"' \
		"$ROOT/assessments/instruments/fria-1.0.json" >../wrong.json
	refused 'expression is wrong.*Column' fria instrument import ../wrong.json
	jq '.urn = "urn:nl:own" |
		(.. | objects | select(.scoreKey? == "niveau") | .expression) =
		"shell(1)"' \
		"$ROOT/assessments/instruments/fria-1.0.json" >../wrong.json
	refused 'no function "shell"' fria instrument import ../wrong.json
}

# bats test_tags=rest
@test "every entry of the reference folder: one field changed, named with before and after" {
	[ -d "$REFERENCE/algoritmeregister/entries" ] || skip "no reference folder"
	fria init ws --org Test && cd ws
	n=0
	for file in "$REFERENCE"/algoritmeregister/entries/*.json; do
		total=$(jq 'if type == "array" then length else 1 end' "$file")
		for ((i = 1; i <= total; i++)); do
			n=$((n + 1))
			fria app add "app$n" --from "$file" --entry $i
			fria new "app$n" iama-2.0
			fria answer "app$n/iama" 1.1.2 "Het doel."
			jq --argjson i $((i - 1)) '(if type == "array" then .[$i]
				else . end) | .goal = "Een ander doel dan eerst."' \
				"$file" >../entry.json
			fria release "app$n" 2 --from ../entry.json --patch
			run fria --json evaluate "app$n/iama"
			[ "$(jq -r '.tasks[] | select(.state == "stale") |
				[.id, (.reasons[] | .kind, .pointer, .after)] |
				@tsv' <<<"$output")" = "$(printf \
				'1.1.2\tfact\t/register/goal\tEen ander doel dan eerst.')" ]
			[ "$(jq -r '.tasks[] | select(.state == "stale") |
				.reasons[0].before' <<<"$output")" = "$(jq -r \
				--argjson i $((i - 1)) '(if type == "array" then .[$i]
				else . end) | .goal' "$file")" ]
		done
	done
	[ "$n" -ge 8 ]
}

@test "better words: what rests on an answer still holds, also elsewhere" {
	adopted
	fria new straatafval fria-1.0
	fria answer straatafval/fria 2.2 --proposal --note "Hetzelfde doel."
	[ "$(jq -r '.answers["2.2"].origin' assessments/straatafval/fria.json)" \
		= "iama#1.1.2" ]
	[ "$(value 2.2 assessments/straatafval/fria.json)" = "$(value 1.1.2)" ]
	fria save
	before=$(jq -c '.answers["2.1.2"].basis.at' $IAMA)
	run fria answer straatafval/iama 1.1.2 "Beter gezegd." --editorial
	[ "$status" = 2 ]
	[[ $output == *"--note"* ]]
	run fria answer straatafval/iama 1.1.2 "Beter gezegd." --editorial \
		--note "Een zin korter."
	[ "$status" = 0 ]
	[[ $output == *"Changed editorially: 1.1.2 "*"Beter gezegd."*" answers that rest on it still hold."* ]]
	[ "$(counts)" = "$(printf '0\t0\tcurrent')" ]
	[ "$before" = "$(jq -c '.answers["2.1.2"].basis.at' $IAMA)" ]
	run fria evaluate straatafval/fria
	[[ $output != *"2.2  "* ]]
	[ "$(fria --json diff straatafval/iama |
		jq -c '[.changes[] | select(.kind != "approval-lapsed") |
			[.kind, .task, .note]]')" \
		= '[["editorial","1.1.2","Een zin korter."]]' ] || false
	fria answer straatafval/iama 1.1.2 "Iets anders."
	[ "$(fria --json evaluate straatafval/fria |
		jq -r '.tasks[] | select(.id == "2.2") | .state')" = stale ]
}

@test "better words are for a text that holds" {
	adopted
	refused "2.1.1.1" fria answer straatafval/iama 2.1.1.1 \
		niet-zelflerend --editorial --note "x"
	fria app set straatafval /use/process "Anders."
	refused "3.1.1 first" fria answer straatafval/iama 3.1.1 "x" \
		--editorial --note "x"
}

@test "a characteristic of the wrong form is refused, with its place" {
	workspace
	refused "\(Phase\)" fria app set straatafval /use/phase foo
	refused "\(/use/phase\)" fria --verbose app set straatafval /use/phase foo
	refused "^fria: \"veel\" is no number; Persons or cases a year is one\.$" fria app set straatafval /use/volume '"veel"'
	echo '{"use": {"period": {"from": "gisteren"}}}' >../new.json
	refused "Period of use does not fit" fria release straatafval 9 --partial \
		--patch --from ../new.json
}

@test "language and JSON may be asked for after the command too" {
	workspace
	run fria app list --json
	[ "$status" = 0 ]
	jq -e . <<<"$output"
	run fria gate nergens --lang nl
	[[ $output == *"Er is geen"* ]]
}

@test "what is stale in the IAMA is known in the FRIA that rests on it" {
	adopted
	fria new straatafval fria-1.0
	fria answer straatafval/fria 2.1 --proposal --note "Hetzelfde proces."
	fria save
	fria adopt straatafval/fria --force --note "For this test."
	[ "$(fria --json evaluate straatafval/fria | jq -c '.tasks[] |
		select(.id == "2.1") | [.state, .because]')" = '["answered",null]' ]
	fria app set straatafval /use/automation informeert
	[ "$(in_state stale | grep -cxF 3.1.1)" = 1 ]
	[ "$(fria --json evaluate straatafval/fria | jq -c '.tasks[] |
		select(.id == "2.1") | [.state, .because]')" = \
		'["suspect",["iama#3.1.1"]]' ]
	run fria evaluate straatafval/fria
	[[ $output == *"iama#3.1.1"* ]]
	refused "iama#3.1.1" fria confirm straatafval/fria 2.1 --note "x"
	judged straatafval/iama "Klopt nog."
	[ "$(fria --json evaluate straatafval/fria | jq -c '.tasks[] |
		select(.id == "2.1") | .state')" = '"answered"' ]
}
