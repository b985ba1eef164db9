#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What waits: of everybody where "fria" stands alone, of one person with --mine.
bats_require_minimum_version 1.5.0
load common
load exchange

setup() { common_setup; }

@test "a document that cannot be read is named, with what to do" {
	adopted
	echo '{' >$IAMA
	run fria
	[ "$status" = 1 ]
	[[ $output == *"straatafval/iama: cannot be read."*'`fria undo straatafval/iama`'* && $output == *"$IAMA:2:1: error"* ]]
	[[ $output != *"fria save"* ]]
	run $FRIA --lang nl status
	[[ $output == *"straatafval/iama: kan niet worden gelezen."*"fria undo straatafval/iama"* ]]
	[[ $output != *"nog geen toetsen"* ]]
	fria undo straatafval/iama
	fria check
}

@test "fria alone: how to begin, then each next step" {
	run fria
	[ "$status" = 0 ]
	[[ $output == *"fria init DIR"*"fria join ADDRESS"* ]]
	fria init ws --org Zandmeer && cd ws
	[[ $(fria) == *"no application yet"*"fria app add ID"* ]]
	fria app add straatafval --from "$EXAMPLES/straatafval/entry.json"
	[[ $(fria) == *"No assessment"*"fria new straatafval start-2.0"* ]]
	fria new straatafval start-2.0
	run fria
	[ "$status" = 1 ]
	[[ $output == *"start: not saved yet"*"fria save"* ]]
	[[ $output == *", version 2.0: not saved yet"* && $output != *"instruments/"* ]]
	fria save
	run fria
	[[ $output == *"straatafval/start: "*" questions to be answered"* ]]
	[[ $output == *"Go on with: "*"fria fill straatafval/start"* ]]
	refused "no result for --json" fria --json
	# All that it names to do is a command.
	$FRIA --lang nl | grep -q 'Verder met: .fria fill straatafval/start'
}

@test "what waits: counted as evaluate and status count it" {
	adopted
	on_day 2026-11-20
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	fria >../said || true
	cat ../said
	stale=$(in_state stale | wc -l)
	n=$(fria --json status | jq '.assessments[0].counts.stale')
	grep -q "iama: $n answers to be judged again" ../said
	[ "$n" -ge "$stale" ]
	grep -q "Go on with: .fria fill straatafval/iama" ../said
	n=$(fria --json evaluate straatafval/iama | jq '[.measures[] |
		select(.overdue)] | length')
	[ "$(grep -c "measure overdue since" ../said)" = "$n" ]
}

@test "status --mine: what I stood for, what I am asked, what is mine and late" {
	adopted
	on_day 2026-11-20
	as Anna fria answer straatafval/iama 1.1.1 "Anders." --save
	fria ask straatafval/iama --role lawyer --to "Piet" --until 2026-12-01
	on_day 2026-12-05
	run fria status --mine
	[[ $output == *"answer"*"to be judged again"* ]]
	[[ $output != *"asked of"* ]]
	run as Piet fria status --mine
	[ "$status" = 1 ]
	[[ $output == *"asked of "*"; it was due on 1 December 2026"* ]]
	[[ $output != *"judged again"* ]]
	run as Nobody fria status --mine
	[ "$status" = 0 ]
	[[ $output == *"Nothing waits."* ]]
	id=$(jq -r '.answers["1.actiepunten"][0].id' $IAMA)
	fria answer straatafval/iama 1.actiepunten.eigenaar nobody@example.org \
		--row "$id"
	fria answer straatafval/iama 1.actiepunten.stand gepland --row "$id"
	fria answer straatafval/iama 1.actiepunten.uiterlijk 2026-12-01 --row "$id"
	fria save
	run as Nobody fria status --mine
	[[ $output == *"measure overdue since 1 December 2026"* ]]
	[ "$(grep -c '^- ' <<<"$output")" = 1 ]
}

@test "status --mine: two who differ wait for each other's decision" {
	two_clones
	saved anna . 1.1 "By Anna."
	saved piet ../b 1.1 "By Piet."
	fria sync
	fria -C ../b sync || true
	cd ../b
	run fria
	[[ $output == *"app/team: on 1 point"*"fria conflicts app/team"* ]]
}

@test "status --mine --format mail: a subject and a body, which nobody sends" {
	adopted
	export GIT_AUTHOR_NAME=Piet GIT_AUTHOR_EMAIL=piet@example.org
	jq '.organisation = "Gemeente Súdwest-Fryslân, provinsje Fryslân, fier en frij"' fria.json >x
	mv x fria.json && fria save -m name
	as Anna fria answer straatafval/iama 1.1.1 "Anders." --save
	fria ask straatafval/iama --role lawyer --to piet@example.org
	run $FRIA --lang nl status --mine --format mail
	[ "$status" = 1 ]
	printf '%s\n' "$output" >../mail
	sed '/^$/q' ../mail >../head
	sed '1,/^$/d' ../mail >../body
	[ "$(awk 'length > 78' ../head)" = "" ]
	LC_ALL=C grep -qvP '[^\x20-\x7e]' ../head
	not env LC_ALL=C grep -P '[\x80-\xff]' ../head
	[ "$(sed -n 's/^.*=?utf-8?B?\(.*\)?=$/\1/p' ../head | while read -r w; do
		base64 -d <<<"$w"; done)" = \
		"1 punt wacht op u (Gemeente Súdwest-Fryslân, provinsje Fryslân, fier en frij)" ]
	grep -q "gevraagd aan" ../body
	grep -q "^Content-Type: text/plain; charset=utf-8" ../head
	refused "choose|text, md" fria status --format mail
	fria status --mine -o ../mine.html || [ $? = 1 ]
	grep -q "asked of" ../mine.html
	refused "does not go with phase" fria status --mine --phase pilot
	refused "does not go with straatafval" fria status straatafval --mine
	unset GIT_AUTHOR_NAME
	refused "not known who does this" fria status --mine
}

@test "what adopting still needs, once all is judged; the release check before" {
	adopted
	on_day 2026-11-20
	echo '{"use": {"area": ["Elsewhere"]}}' >../new.json
	echo '{}' >../check.json
	fria release straatafval 1.1 --partial --from ../new.json \
		--answers ../check.json
	[[ $(fria) == *"straatafval: "*" of the release check unanswered"* ]]
	fria release straatafval 1.2 --patch --partial --from ../new.json
	fria confirm straatafval/iama --all-stale --note "All looked at."
	fria save
	run fria
	echo "$output"
	[ "$status" = 1 ]
	[[ $output == *"straatafval/iama: no word of lawyer yet"* ]]
	[[ $output == *"fria approve straatafval/iama --role "* ]]
	# Adopting names the same roles, the decision last, and all of it.
	sed -n 's/^- .*: no word of \(.*\) yet$/\1/p' <<<"$output" | sort >../waits
	run --separate-stderr fria adopt straatafval/iama
	[ "$status" = 2 ]
	sed -n 's/^- [a-z]* of \(.*\) (lapsed.*/\1/p' <<<"$stderr" | sort >../needs
	[ -s ../needs ] && diff ../waits ../needs
	[[ $stderr == *"--role \"accountable executive\"" ]]
}

@test "once all is in, adopting is what is left, and then nothing" {
	filled_in && approved
	[[ $(fria) == *"straatafval/iama: all is in, still to be adopted"*"Go on with: "*"fria adopt straatafval/iama"* ]]
	[[ $(fria status --mine) == *"still to be adopted"* ]]
	[[ $(flat "$(fria status)") == *'All is in: adopt with "fria adopt straatafval/iama".'* ]]
	[[ $(fria evaluate straatafval/iama) == *'All is in: adopt with "fria adopt straatafval/iama".'* ]]
	fria --json status | jq -e '.assessments[0].adoptable'
	fria adopt straatafval/iama
	[[ $(fria) == *"Nothing waits."* ]]
	[[ $(fria status) != *"adopt"* ]]
	fria --json status | jq -e '.assessments[0].adoptable == false'
}

@test "where no role has a word in it, adopting is what is left all the same" {
	fria init none --org Zandmeer && cd none
	fria app add app --from "$EXAMPLE/entry.json"
	cat >../kort.yaml <<-'END'
	name: Kort
	urn: "urn:example:kort:1.0"
	tasks: [{id: 1, task: Waarom?, type: [open_text]}]
	END
	fria instrument import ../kort.yaml
	fria new app kort-1.0
	fria answer app/kort 1 Daarom.
	fria save
	run fria --json evaluate app/kort
	jq -e '.verdict == "current" and .approvals == []' <<<"$output"
	run fria evaluate app/kort
	[[ $(flat "$output") == *"fria adopt app/kort"* ]]
	run fria
	[[ $(flat "$output") == *"app/kort: all is in, still to be adopted"* ]]
	fria adopt app/kort
	run fria
	[[ $output != *"to be adopted"* ]]
}
