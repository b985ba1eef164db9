#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Text comes in through one entrance, and what is in history already is shown,
# whatever it was written in.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# latin TEXT: the same in Latin-1
latin() { printf '%s' "$1" | iconv -f UTF-8 -t LATIN1; }

# Everything that a repository can hold in Latin-1 beside the documents.
make_latin() {
	adopted && git config gc.auto 0
	local name=$(latin 'René de Vries') a=assessments/straatafval
	jq '.answers["1.1.1"].value = "Anders"' $IAMA >x && mv x $IAMA
	GIT_AUTHOR_NAME=$name git -c i18n.commitEncoding=UTF-8 commit -qam \
		"$(latin 'Gewijzigd: één antwoord')"
	GIT_COMMITTER_NAME=$name git tag -a -m "$(latin 'Één versie')" \
		fria/straatafval/iama/v2
	git tag fria/straatafval/iama/v3 # by nobody
	mkdir -p "$a/evidence" "assessments/$(latin 'café')"
	cp "$a/application.json" "assessments/$(latin 'café')/application.json"
	echo x >"$a/evidence/0123456789abcdef-$(latin 'résumé').txt"
	cp instruments/iama-2.0.json "instruments/$(latin 'vragenlijst-é').json"
	git add -A && git commit -qm "$(latin 'Bijlagen: é')"
	git checkout -qb "$(latin 'wéérgave')"
}

@test "a history in Latin-1 is read, repaired where it is shown" {
	kept latin make_latin
	for command in "log straatafval/iama" "blame straatafval/iama" \
		verify status check "evidence list straatafval" "app list" \
		"instrument list" conflicts "diff straatafval/iama v1" \
		"evaluate straatafval/iama" "gate straatafval"; do
		for json in "" --json; do
			run --separate-stderr fria $json $command
			# verify and check may find something; nothing ends badly
			[ "$status" -le 2 ] || { echo "$command: $status"; return 1; }
			[ "$status" -le 1 ] || [ -n "$stderr" ]
			iconv -f UTF-8 -t UTF-8 <<<"$output$stderr" >/dev/null ||
				{ echo "$command: not UTF-8"; return 1; }
			[ -z "$json" ] || [ "$status" = 2 ] || jq -e . <<<"$output" >/dev/null
		done
	done
	fria --json log straatafval/iama | jq -e \
		'any(.author == "René de Vries <r@example.org>")'
	fria --json blame straatafval/iama 1.1.1 | jq -e \
		'.[0].given.author == "René de Vries <r@example.org>"'
	[[ $(fria log straatafval/iama) == *"René de Vries"* ]]
	# A version that nobody signed is told, too.
	fria --json log straatafval/iama | jq -e 'any(.version == "v3")'
	git init -q --bare ../shared.git
	run fria --json sync ../shared.git
	[ "$status" -le 2 ]
	run fria report straatafval/iama
	[ "$status" = 0 ]
}

# instrument RESTS [ID]: two questions, the second with these "rests"
instrument() {
	jq -n --argjson rests "$1" --arg id "${2:-1.2}" '{name: "Klein",
		urn: "urn:nl:klein", version: "1.0", tasks: [{id: "1",
		task: "Deel", type: ["task_group"], tasks: [
		{id: "1.1", task: "Een?", type: ["open_text"]},
		{id: $id, task: "Twee?", type: ["open_text"], rests: $rests},
		{id: "1.3", task: "Drie?", type: ["open_text"]}]}]}' >x.json
}

@test "a questionnaire: ids are words, and nothing rests on itself or on later" {
	fria init ws --org Zandmeer && cd ws
	found() {
		run fria --json instrument check x.json
		[ "$status" = 1 ]
		jq -e --arg c "$1" 'any(.code == $c and .severity == "error")' <<<"$output"
		refused . fria instrument import x.json
	}
	instrument '["1.1"]'
	fria instrument check x.json
	instrument '["1.2"]' && found check_self
	instrument '["1"]' && found check_backward
	instrument '["1.3"]' && found check_backward
	jq '.tasks[0].rests = ["1.2"]' x.json >y && mv y x.json && found check_self
	local id
	for id in $'1.2\e' $'1.2\n' $'1.2\t' '1 2' 'a#b' '1/2' $'1.2\x7f' $'1.2\u0085'; do
		instrument '["1.1"]' "$id"
		found check_id
	done
	# Every other text of it, too.
	instrument '["1.1"]'
	jq '.tasks[0].tasks[0].task = "Een\u0007?"' x.json >y && mv y x.json
	found text_control
	# Two that rest on each other.
	instrument '["1.3"]'
	jq '.tasks[0].tasks[2].rests = ["1.2"]' x.json >y && mv y x.json
	found check_cycle
}

started() { kept started assessment; }

@test "no argument and no file is taken that is no text, and nothing is lost" {
	adopted
	local x=$'caf\xe9' a=straatafval/iama
	refused 'argument 3: this is not text in UTF-8 \(from byte 4' \
		fria answer $a 1.2.1 "$x"
	refused '\-\-note: this is not' fria answer $a 1.2.1 text --note "$x"
	refused '\-\-reason: ' fria waive $a 1.1.2 --kind unknown --reason "$x"
	refused 'argument' fria app set straatafval /use/process "$x"
	refused 'argument' fria app set straatafval /use/area "[\"$x\"]"
	refused 'argument 1' fria evaluate "$x"
	refused '\-\-org' fria init ../ander --org "$x"
	[ ! -e ../ander ]
	refused 'control character \(U\+001B\)' fria comment $a 1.1.2 $'rood\e[31m'
	refused 'one line' fria release straatafval $'9\nContent: 0' --patch \
		--from assessments/straatafval/application.json
	refused 'VERSION: there is nothing' fria release straatafval " " --patch \
		--from assessments/straatafval/application.json
	printf 'voor\0na' >../nul
	refused 'nul: byte 5 is NUL' fria answer $a 1.2.1 --file ../nul
	from() { fria answer $a 1.2.1 - <"$1"; }
	refused '\-: byte 5 is NUL' from ../nul
	latin 'één' >../latin
	refused 'latin: this is not text' fria answer $a 1.2.1 --file ../latin
	printf '\357\273\277van Notepad\r\nmet twee regels\r\n' >../bom
	fria answer $a 1.2.1 --file ../bom
	[ "$(value 1.2.1)" = $'van Notepad\nmet twee regels' ]
	printf '\357\273\277{"use": {"process": "Uit Notepad"}}' >../bom.json
	fria save
	fria release straatafval 9.0 --partial --patch --from ../bom.json
	fria --json app show straatafval | jq -e '.use.process == "Uit Notepad"'
	# An accent apart from its letter is that letter.
	fria answer $a 1.2.1 $'Cafe\u0301' && [ "$(value 1.2.1)" = $'Caf\u00e9' ]
}

@test "who acts has a name that documents can hold" {
	started
	export GIT_AUTHOR_NAME=$'Ren\xe9'
	refused 'user.name: this is not text' fria answer straatafval/iama 1.1.1 x
	refused 'user.name' fria init ../ander --org Zandmeer
	[ ! -e ../ander ]
	fria evaluate straatafval/iama >/dev/null || [ $? = 1 ] # who only reads may
	unset GIT_AUTHOR_NAME
	latin $'[user]\n\tname = René\n' >"$GIT_CONFIG_GLOBAL"
	refused 'user.name' fria comment straatafval/iama 1.1.1 x
	export GIT_AUTHOR_NAME='R <Jansen>'
	refused 'do not belong in a name' fria answer straatafval/iama 1.1.1 x
	# As git itself does: what stands around it is no part of a name.
	export GIT_AUTHOR_NAME=' "Rene'$'\u0301''" ' GIT_AUTHOR_EMAIL='<r@example.org>'
	refused 'do not belong' fria answer straatafval/iama 1.1.1 x ||
		fria answer straatafval/iama 1.1.1 x
	export GIT_AUTHOR_EMAIL=r@example.org
	fria answer straatafval/iama 1.1.1 x && fria save
	jq -e --arg by "René <r@example.org>" '.answers["1.1.1"].basis.by == $by' $IAMA
	[ "$(git log -1 --format='%an <%ae>')" = "René <r@example.org>" ]
}

@test "what begins with a dash is what somebody says" {
	started
	local a=straatafval/iama text
	for text in "- eerste punt" "-- twee" $'-\tdrie' "-5 graden" "--- kop" \
		$'- een\n- twee' "-punt een"; do
		fria answer $a 1.1.1 "$text"
		[ "$(value 1.1.1)" = "$text" ]
	done
	fria comment $a 1.1.1 "- klopt dit?"
	fria waive $a 1.1.2 --kind unknown --reason "- nog uitzoeken"
	fria answer $a 1.1.1 --note "- toelichting" -- "-punt"
	[ "$(value 1.1.1)" = "-punt" ]
	fria -- comment $a 1.1.1 -- --niet
	fria --json comment $a | jq -e 'map(.text) == ["- klopt dit?", "--niet"]'
	# What may be an option is none of ours, and the message says how.
	refused 'option -p\..* after "--"' fria answer $a 1.1.1 -punt
	refused 'option --punt\..* after "--"' fria answer $a 1.1.1 --punt
	fria save "-mEen bericht" && [ "$(git log -1 --format=%s)" = "Een bericht" ]
}

@test "a number and a day are read as people write them, and said back" {
	workspace
	jq -n '{name: "Klein", urn: "urn:nl:klein", version: "1.0", tasks: [
		{id: "1", task: "Deel", type: ["task_group"], tasks: [
		{id: "1.1", task: "Hoeveel?", type: ["text_input"], valueType: "number"},
		{id: "1.2", task: "Wanneer?", type: ["date"]}]}]}' >../x.json
	fria instrument import ../x.json && fria new straatafval klein-1.0
	local n doc=assessments/straatafval/klein.json
	local facts=assessments/straatafval/application.json m=gevonden-afval
	refused '"1.500" can be two numbers. Write 1500 or 1,5' \
		fria answer straatafval/klein 1.1 1.500
	refused 'kan twee getallen zijn. Schrijf 10000 of 10\.' \
		$FRIA --lang nl answer straatafval/klein 1.1 10.000
	refused 'without signs.*: 2500000' fria answer straatafval/klein 1.1 2.500.000
	refused 'asks for a number' fria answer straatafval/klein 1.1 veel
	run --separate-stderr fria answer straatafval/klein 1.1 1,5
	[[ $stderr == *'"1,5" was read as 1.5.'* ]]
	[ "$(value 1.1 $doc)" = 1.5 ]
	run --separate-stderr fria answer straatafval/klein 1.1 1500
	[[ $stderr != *read* ]] && [ "$(value 1.1 $doc)" = 1500 ]
	run --separate-stderr fria answer straatafval/klein 1.2 1-3-2027
	[[ $stderr == *'"1-3-2027" was read as 1 March 2027.'* ]]
	[ "$(value 1.2 $doc)" = 2027-03-01 ]
	refused 'asks for a date' fria answer straatafval/klein 1.2 1-3-27
	fria save
	# Facts and measurements.
	refused '1500 or 1,5' fria app set straatafval /use/volume 1.500
	fria app set straatafval /use/volume 1500
	refused '1500 or 1,5' fria app metric straatafval $m --value 1.500
	refused 'is no measured value' fria app metric straatafval $m --value inf
	fria app metric straatafval $m --value 1,5 --date "1 maart 2026"
	jq -e --arg m $m '.use.volume == 1500 and
		(.monitoring[$m].series[-1] | .value == 1.5 and .date == "2026-03-01")' $facts
	# Every option that takes a day.
	for n in "evaluate straatafval/klein --as-of" "status --as-of"; do
		fria $n "1 maart 2027" >/dev/null 2>../said || [ $? = 1 ]
		grep -q '"1 maart 2027" was read as 1 March 2027' ../said
		refused '"1 maarts" is no date. Write 1 March 2027' fria $n "1 maarts"
	done
	fria evaluate straatafval/klein --at "1-1-2030" >/dev/null || [ $? = 1 ]
	fria retire straatafval --on "March 1, 2027"
	jq -e '.in_use.to == "2027-03-01"' $facts
}

@test "what cannot be seen is no reason" {
	adopted
	local a=straatafval/iama blank
	for blank in "   " $'\t' $'\u00a0' $'\u200b\u200b' $'\n \u2009'; do
		refused 'Say why the answer still holds' fria confirm $a 1.1.2 --note "$blank"
		refused 'Say why the question' fria waive $a 1.1.2 --kind unknown --reason "$blank"
		refused . fria waive $a 1.1.2 --kind refers --reason x --reference "$blank"
		refused . fria adopt $a --force --note "$blank"
		refused 'Give the comment' fria comment $a 1.1.2 "$blank"
		refused . fria withhold $a 1.2.1 --ground other --note "$blank"
		refused . fria answer $a 1.1.1 Beter --editorial --note "$blank"
		refused 'is empty' fria answer $a 1.1.1 "$blank"
	done
}
