#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A newer edition of a questionnaire comes in: what stands keeps standing.
load common

setup() { common_setup; }

START=assessments/straatafval/start.json

# An assessment of an older edition, in which 2.2 and 3.1 rest on less; all
# answered and advised on.
older() {
	workspace
	fria new straatafval start-1.0
	pinned 'del(.edition) | (.. | objects | select(.id == "2.2" and .type)) |= del(.rests) |
		(.. | objects | select(.id == "3.1" and .type)) |= del(.facts)'
	answer_all
	fria save
	as Jan fria approve straatafval/start --role lawyer positive
}

pinned() { jq "$1" instruments/start-1.0.json >new && mv new instruments/start-1.0.json; }

open() { evaluation straatafval/start | jq -r '.tasks[] | select(.state == "open") | .id' | sort -u; }

answer_all() {
	local id
	while id=$(open | head -1) && [ "$id" ]; do
		fria answer straatafval/start "$id" "$(fria --json instrument show start-1.0 | jq -r --arg id "$id" '
			.. | objects | select(.id == $id and .type) |
			if .options then .options[-1].value else "Antwoord." end')"
	done
}

stale() { evaluation straatafval/start | jq -r '.tasks[] | select(.state == "stale") | .id' | sort -u | paste -sd' '; }
valid() { evaluation straatafval/start | jq -r '.approvals[] | select(.state == "valid") | .role'; }

@test "an edition that only adds edges reopens nothing, and what rests on more is found again" {
	older
	[ "$(valid)" = lawyer ]
	run -1 fria instrument update start-1.0
	[[ $output == *"What answers rest on from now on"*"2.2 "*": + 2.1"*"3.1 "*": + Sources of data, Personal data"* ]] ||
		[[ $output == *"3.1 "*": + Personal data, Sources of data"* ]]
	[[ $output == *"--yes"* ]]
	[ -z "$(git status --porcelain)" ]
	fria instrument update --yes
	[ -z "$(git status --porcelain)" ]
	[ "$(jq .edition instruments/start-1.0.json)" = 2 ]
	[ "$(stale)" = "" ]
	[ "$(valid)" = lawyer ]
	[ "$(jq -c '.answers["3.1"].basis.completed | [.edition, .facts]' $START)" = \
		"$(jq -c '[2, (.. | objects | select(.id == "3.1" and .type) | .facts)]' instruments/start-1.0.json)" ]
	[ "$(jq -c '.answers["2.2"].basis.completed.answers' $START)" = '["2.1"]' ]
	run -0 fria verify straatafval/start
	run -0 fria blame straatafval/start 3.1
	[[ $output != *edition* ]]
	# It is there now, and rings from now on.
	run -0 fria instrument update
	run -2 fria instrument update start-1.0
	fria app set straatafval /use/personal_data bijzonder || [ $? = 1 ]
	[ "$(stale)" = 3.1 ]
	# Who stands for it again completes nothing.
	fria confirm straatafval/start 3.1 --note "Looked at."
	[ "$(jq '.answers["3.1"].basis.completed' $START)" = null ]
}

@test "what changed since somebody stood for it rings when the edge comes in" {
	older
	fria app set straatafval /use/personal_data bijzonder || [ $? = 1 ]
	[ "$(stale)" = "" ]
	run -1 fria --lang nl instrument update start-1.0
	[[ $output == *"Opnieuw te beoordelen: 1"*"3.1 "* ]]
	fria instrument update start-1.0 --yes
	[ "$(stale)" = 3.1 ]
	evaluation straatafval/start | jq -e '.tasks[] | select(.id == "3.1").reasons[] |
		select(.kind == "fact" and .after == "bijzonder" and .before != null)'
	# Nothing that the lawyer advised on changed.
	[ "$(valid)" = lawyer ]
}

@test "another question is asked again, and advice on it lapses" {
	older
	pinned '(.. | objects | select(.id == "4.3" and .type)).task = {"nl": "Wordt dit gebruikt?", "en": "Is this used?"}'
	fria confirm straatafval/start 4.3 --note "The same."
	fria save
	as Jan fria approve straatafval/start --role lawyer positive
	[ "$(evaluation straatafval/start | jq -c '[.approvals[].state]')" = '["lapsed","valid"]' ]
	fria instrument update start-1.0 --yes
	[ "$(stale)" = 4.3 ]
	# What was advised before, on these words, holds again.
	[ "$(evaluation straatafval/start | jq -c '[.approvals[].state]')" = '["valid","lapsed"]' ]
	evaluation straatafval/start | jq -e '.tasks[] | select(.id == "4.3").reasons[].kind == "instrument"'
}

@test "an edition waits for what is not saved" {
	older
	fria confirm straatafval/start 1.1 --ground untouched
	refused 'straatafval/start' fria instrument update start-1.0 --yes
}

@test "a file with better edges keeps them, and reopens nothing that held" {
	older
	fria instrument update start-1.0 --yes
	jq '(.. | objects | select(.id == "1.1" and .type)).facts += ["/use/hosting"]' \
		instruments/start-1.0.json >../better.json
	fria instrument import ../better.json
	jq -e '.. | objects | select(.id == "1.1" and .type).facts | index("/use/hosting")' instruments/start-1.0.json
	[ "$(stale)" = "" ]
	fria save
	[ "$(valid)" = lawyer ]
	run -0 fria verify straatafval/start
}

# By hand: 3.2.1 and 4.2.1 came to rest on the documents of the provider, and
# 8.2 on the DPIA; both are others since those answers were last stood for. The
# others ask something else than they did, or offer rights that they did not
# (4.1.1.1, 4.1.2.2 and 5.2.recht), so nobody stands for them.
@test "a workspace of 0.1: what is stale is what a new edge or question has to say" {
	export SOURCE_DATE_EPOCH=1796720400
	git clone -q "$ROOT/tests/cases/old/examples.bundle" old && cd old
	stale_of() { evaluation "$1" | jq -r '.tasks[] | select(.state == "stale") |
		"\(.id) \(.reasons | map(.pointer // .kind) | unique | join(" "))"' | sort -u; }
	standing() { evaluation "$1" | jq -r '.approvals[] | select(.state == "valid") | .role'; }
	[ "$(standing straatafval/iama)" = "$(printf 'lawyer\ndpo\naccountable')" ]
	before=$(standing chatbot/fria)
	fria instrument update --yes
	expected=$(for id in 2.2B.2 2.3.2 2.4.3 3.2.3 3.3.4 3.4.2 3.4.3 3.5.4 3.5.7 \
		4.1.1.1 4.1.2.2 4.2.4 4.4.2 4.5.2 4.5.4; do echo "$id instrument"; done
		printf '%s /use/provider_documents\n' 3.2.1 4.2.1)
	for name in straatafval/iama chatbot/iama; do
		[ "$(stale_of $name)" = "$(sort <<<"$expected")" ]
		[ "$(standing $name)" = "" ]
	done
	[ "$(stale_of chatbot/fria)" = "$(printf '%s\n' "5.2.recht instrument" "8.2.element /use/dpia")" ]
	[ "$(standing chatbot/fria)" = "$before" ]
	[ -z "$(git status --porcelain)" ]
}

# adopted: a version is behind what comes.
adopted() {
	older
	fria save
	fria adopt straatafval/start
}

@test "verify tells an edition that the program brings from a questionnaire changed by hand" {
	adopted
	# It asks less, too: that is what the edition does, and nobody's hand.
	pinned '(.. | objects | select(.id == "1.1" and .type)).facts += ["/use/hosting"]'
	git commit -qam "More" && fria instrument update --yes
	run -0 fria --lang nl verify
	[[ $(flat "$output") == *"kwam door R. Jansen <r@example.org> tot editie 2 zoals fria die meelevert"* ]]
	[[ $output != *"vraagt minder of anders"* ]]
	pinned '(.. | objects | select(.id == "1.1" and .type)) |= del(.facts)'
	git commit -qam "Less"
	run -1 fria --lang nl verify
	[[ $(flat "$output") == *"vraagt minder of anders"*"1.1. Zet haar terug"* ]]
}

@test "what an edition completed is looked up again, and one that is forged is named" {
	older
	fria app set straatafval /use/personal_data bijzonder || [ $? = 1 ]
	fria instrument update --yes
	[ "$(stale)" = 3.1 ]
	run -0 fria verify straatafval/start
	cp $START kept
	fria confirm straatafval/start 3.1 --note "Looked at."
	digest=$(jq -r '.answers["3.1"].basis.facts["/use/personal_data"]' $START)
	jq --arg d "$digest" '.answers["3.1"].basis.facts["/use/personal_data"] = $d' kept >$START
	rm kept
	[ "$(stale)" = "" ]
	as Bram git commit -qam "Nothing"
	run -1 fria verify straatafval/start
	[[ $(flat "$output") == *"3.1"*"Personal data"*"Bram <bram@example.org>"* ]]
	[[ $output != *"Sources of data"* ]]
}

@test "what an edition completed and was put in better words since is not named" {
	older
	fria instrument update --yes
	fria app set straatafval /use/data "$(jq -c '.use.data[0].name = "Openbare beelden van alledaagse voorwerpen" | .use.data' \
		assessments/straatafval/application.json)" --wording /use/data
	[ "$(stale)" = "" ]
	run -0 fria verify straatafval/start
	[ "$(jq '.answers["3.1"].basis.completed.facts | index("/use/data")' $START)" = null ]
}

# two_editions FIRST: a has this program and b an earlier one, by which 3.1 rests
# on less. Both stand for what they see; FIRST shares it first.
two_editions() {
	local clone
	older
	git init -q --bare ../hub.git && fria sync ../hub.git && git clone -q ../hub.git ../b
	cd .. && ln -s ws a
	as a fria -C a instrument update --yes
	as a fria -C a confirm straatafval/start 4.3 --note "By the new edition." && as a fria -C a save
	as b fria -C b app set straatafval /use/personal_data bijzonder || [ $? = 1 ]
	as b fria -C b confirm straatafval/start 3.1 --note "By the old edition." && as b fria -C b save
	for clone in $1; do as $clone fria -C $clone sync; done
	# Whoever syncs again gets nothing else, and both have the same.
	for clone in $1 $1; do as $clone fria -C $clone sync; done
	before=$(git -C a rev-parse HEAD)
	for clone in $1; do as $clone fria -C $clone sync; done
	[ "$(git -C a rev-parse HEAD) $(git -C b rev-parse HEAD)" = "$before $before" ]
	[ -z "$(git -C a status --porcelain)$(git -C b status --porcelain)" ]
	# Nothing that was said is gone; what nobody looked at by the new edition is
	# not current by it, and what they did is.
	cd a
	[ "$(jq .edition instruments/start-1.0.json)" = 2 ]
	[ "$(jq -r '[.answers["3.1", "4.3"].basis.note] | join(" ")' $START)" = \
		"By the old edition. By the new edition." ]
	[ "$(stale)" = 3.1 ]
	run -0 fria verify straatafval/start
	fria confirm straatafval/start 3.1 --note "By the new edition, too." && fria save
	as a fria sync && as b fria -C ../b sync
	[ "$(stale)" = "" ] && cd ../b && [ "$(stale)" = "" ]
	run -0 fria verify straatafval/start
}

@test "two people with two editions: the newer program shares first" {
	two_editions "a b"
}

@test "two people with two editions: the earlier program shares first" {
	two_editions "b a"
}
