#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The entry in the algoritmeregister: written, and held against the standard.
load common

setup() { common_setup; }

# The files with entries: those of the reference folder, or our own, which have
# the same gaps and slips: two in a list, one alone.
real() {
	[ -d "$REFERENCE/algoritmeregister/entries" ] || skip "no reference folder"
	list "$REFERENCE"/algoritmeregister/entries/*.json
}

own() {
	local gaps='.organization = null | .lang = "NLD" | . + {"id": "a1", "uuid": null,
		"type": null, "end_date": null, "iama_description": null,
		"source_data_link": null, "publiccode": null}'
	mkdir own
	jq "[(.[0] | $gaps), (.[0] | $gaps | .id = \"a2\" | .source_id = null |
		.contact_email = null | .lawful_basis_grouping[0] =
			{\"title\": \"https://wetten.overheid.nl/BWBR0003245\", \"link\": \"Wet milieubeheer\"})]" \
		"$EXAMPLE/entry.json" >own/two.json
	jq "(if type == \"array\" then .[0] else . end) | $gaps | .contact_email = null |
		.impacttoetsen_grouping = [{\"title\": \"Data Protection Impact Assessment (DPIA)\", \"link\": null}]" \
		"$EXAMPLES/chatbot/entry.json" >own/one.json
	list "$PWD"/own/*.json
}

list() {
	local file i
	for file; do
		for i in $(seq "$(jq 'if type == "array" then length else 1 end' "$file")"); do
			echo "$file $i"
		done
	done
}

entry() { jq "if type == \"array\" then .[$2 - 1] else . end" "$1"; }

# changed JQ: the example's facts with a change, and its entry exported
changed() {
	jq "$1" assessments/straatafval/application.json >../changed.json
	cp ../changed.json assessments/straatafval/application.json
	fria save >/dev/null
	run --separate-stderr fria --json register export straatafval
	[ "$status" = 1 ]
}

found() { jq -r '.findings[] | "\(.severity) \(.code) \(.pointer)"' <<<"$output"; }

# come_out ENTRIES NO_MAIL: as many as in the list, so many without an address
come_out() {
	fria init ws --org Test && cd ws
	n=0 no_mail=0
	while read -r file which; do
		n=$((n + 1))
		fria app add "app-$n" --from "$file" --entry "$which"
		run --separate-stderr fria --json register export "app-$n"
		[ "$status" = 1 ]
		# Nothing differs but the language, and that is said.
		jq .entry <<<"$output" >../out.json
		entry "$file" "$which" | jq '.lang = "nld"' | diff - ../out.json
		[ "$(jq -c .sources.lang <<<"$output")" = '[{"from":"standard","was":"NLD"}]' ]
		[ "$(jq '[.sources[][] | select(has("was"))] | length' <<<"$output")" = 1 ]
		# What is missing is what is required and empty, and no more.
		entry "$file" "$which" | jq -r '["organization", "contact_email"][] as $f |
			select((.[$f] // "") == "") | $f' >../lacks
		diff ../lacks <(jq -r '.findings[] | select(.severity == "error") |
			.code + .pointer | sub("^register_missing/register/"; "")' <<<"$output")
		no_mail=$((no_mail + $(grep -c contact_email ../lacks || true)))
		grep -q organization ../lacks
	done <../list
	[ "$n" = "$1" ] && [ "$no_mail" = "$2" ]
}

# valid_when_filled ENTRIES [CONFIG]: by our findings, and by the register's own
# field configuration
valid_when_filled() {
	fria init ws --org Test && cd ws
	n=0
	while read -r file which; do
		n=$((n + 1))
		entry "$file" "$which" | jq '.organization = "Gemeente Zandmeer" |
			.contact_email //= "algoritmes@zandmeer.example"' >../in.json
		fria app add "app-$n" --from ../in.json
		fria --json register export "app-$n" >../out.json || [ $? = 1 ]
		jq -e '[.findings[] | select(.severity == "error")] == []' ../out.json
		[ -z "${2:-}" ] || node "$ROOT/tests/register/standard.mjs" "$2" ../out.json
	done <../list
	[ "$n" = "$1" ]
}

# bats test_tags=rest
@test "every real entry comes out as it came in, with what it lacks" {
	real >list
	come_out 9 7
}

@test "the same of our own entries" {
	own >list
	come_out 3 2
}

# bats test_tags=rest
@test "real entries are valid once what they lack is filled in" {
	real >list
	valid_when_filled 9 "$REFERENCE/algoritmeregister/config-v1_0.json"
}

@test "the same of our own entries, which are valid then" {
	own >list
	valid_when_filled 3
	for i in 1 2 3; do
		fria --json register check app-$i || [ $? = 1 ]
	done >../checks.json
	jq -se '[.[].findings[].code] | (index("register_swapped") and index("register_no_link"))' \
		../checks.json
}

@test "a swapped link and one that is not there are noticed" {
	real >/dev/null
	fria init ws --org Test && cd ws
	fria app add oribi --from "$REFERENCE/algoritmeregister/entries/oribi.json"
	fria app add pink --from "$REFERENCE/algoritmeregister/entries/pinkroccade.json" --entry 2
	run --separate-stderr fria --json register check oribi
	[ "$status" = 1 ]
	found | grep -qx 'warning register_swapped /register/lawful_basis_grouping/0/link'
	run --separate-stderr fria --json register check pink
	found | grep -qx 'note register_no_link /received/impacttoetsen_grouping/0/link'
}

@test "answers fill the output fields, facts keep theirs" {
	adopted
	jq '.reports = "https://reports.example/x"' fria.json >../fria.json
	cp ../fria.json fria.json
	fria --json register export straatafval >../out.json
	jq -e '[.sources.risks[].task] == ["3.5.2", "4.5.3", "5.C"] and
		.sources.risks[0].version == "v1" and
		.sources.goal == [{"from": "fact", "pointer": "/register/goal"}] and
		.entry.impacttoetsen_grouping[-1] == {
			"title": "Impact Assessment Mensenrechten en Algoritmes (IAMA)",
			"link": "https://reports.example/x/straatafval/iama/v1.html"}' \
		../out.json
	[ "$(jq -r '.entry | .risks + .proportionality' ../out.json |
		grep -oE '</?[a-z0-9]+' | tr -d '</' | sort -u |
		grep -vxE 'div|br|p|ul|ol|li' | wc -l)" = 0 ]
	# Exported again, nothing changes, and there is no second link.
	git rev-parse HEAD >../before
	fria --json register export straatafval >../again.json
	cmp ../out.json ../again.json
	[ "$(git diff --stat "$(cat ../before)" HEAD)" = "" ]
}

@test "a fact that is empty is filled by answers, and coming back is no fact" {
	adopted_chatbot
	fria --json register export chatbot >../was.json || [ $? = 1 ]
	jq -e '.sources.human_intervention[0].from == "fact" and
		([.sources.risks[].assessment] | unique) == ["chatbot/iama"]' ../was.json
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))
	fria answer chatbot/fria 5.4 "Samen valt het mee." && fria save
	fria adopt chatbot/fria --force --note "For the test."
	fria --json register export chatbot |
		jq -e '[.sources.risks[] | .assessment + .version + " " + .task] ==
			["chatbot/friav2 5.4"]'
	fria app set chatbot /register/human_intervention null
	fria save >/dev/null || true
	fria --json register export chatbot >../out.json || [ $? = 1 ]
	jq -e '[.sources.human_intervention[] | .assessment + " " + .task] ==
		["chatbot/fria 6.1", "chatbot/fria 6.3"]' ../out.json
	jq .entry ../out.json >../entry.json
	fria --json release chatbot 1.1 --patch --from ../entry.json >../release.json || [ $? = 1 ]
	jq -e '.changed == []' ../release.json
	[ "$(jq .register.human_intervention assessments/chatbot/application.json)" = null ]
	# Another text is a fact.
	jq '.human_intervention = "Nobody."' ../entry.json >../new.json
	fria --json release chatbot 1.2 --patch --from ../new.json >../release.json || [ $? = 1 ]
	jq -e '.changed == ["/register/human_intervention"]' ../release.json
}

@test "what is withheld is in no entry, also if that came after the version" {
	adopted
	fria answer straatafval/iama 5.C "MARK one."
	fria answer straatafval/iama 4.5.3 "Kept MARK two."
	fria withhold straatafval/iama 5.C --ground 5.2
	fria withhold straatafval/iama 4.5.3 --ground 5.2 --passage "MARK two."
	fria save && fria adopt straatafval/iama --force --note "For the test."
	fria app set straatafval /register/source_data MARK
	fria withhold straatafval /register/source_data --ground 5.1.2.h
	fria register export straatafval -o ../out.json
	grep -q "Kept" ../out.json
	not grep -q MARK ../out.json
	fria withhold straatafval/iama 3.5.2 --ground 5.2 && fria save
	fria --json register export straatafval |
		jq -e '[.sources.risks[].task] == ["4.5.3"]'
}

@test "why an assessment was not done comes from the first questions" {
	workspace && fria new straatafval start-1.0
	while read -r task value; do
		fria answer straatafval/start "$task" "$value" || return
	done <<END
1.1 ai
1.2 publiek
1.3 beide
1.4 nee
2.1 geen
2.2 nee
3.1 gewoon
3.2 geen
3.3 nee
4.1 adviseert
4.2 aanzienlijk
4.3 nee
END
	fria save && fria adopt straatafval/start --force --note "For the test."
	fria --json register export straatafval >../out.json
	jq -e '.sources.impacttoetsen == [{"from": "conclusion",
			"assessment": "straatafval/start", "version": "v1"}] and
		(.entry.impacttoetsen | test("^<p>Een FRIA is niet gedaan.*</p><p>Een IAMA is aanbevolen")) and
		[.entry.impacttoetsen_grouping[].title] ==
			["Data Protection Impact Assessment (DPIA)"]' ../out.json
}

@test "why an assessment was left out comes from the reason that was given" {
	adopted_chatbot
	fria new chatbot start-1.0
	for part in 1 2 3 4; do
		fria waive chatbot/start $part --kind settled --reason "Staat al vast."
	done
	fria new chatbot iama-1.0 --name oud
	for part in $(jq -r '.tasks[].id' instruments/iama-1.0.json); do
		fria waive chatbot/oud "$part" --kind refers \
			--reason "De **nieuwe** IAMA, versie 2, is gedaan." --reference "IAMA 2.0"
	done
	fria save && fria adopt chatbot/oud --force --note "For the test."
	fria --json register export chatbot >../out.json || [ $? = 1 ]
	jq -e '(.entry.impacttoetsen | contains("<p>Impact Assessment Mensenrechten en Algoritmes (IAMA) is niet gedaan. De nieuwe IAMA, versie 2, is gedaan.</p>")) and
		(.sources.impacttoetsen | length == 1) and
		.sources.impacttoetsen[0].from == "answer" and
		.sources.impacttoetsen[0].assessment == "chatbot/oud" and
		([.entry.impacttoetsen_grouping[].title | select(contains("IAMA"))] | length == 1)' ../out.json
	# A reason that is withheld is in no entry.
	first=$(jq -r '.sources.impacttoetsen[0].task' ../out.json)
	fria withhold chatbot/oud "$first" --ground 5.2 && fria save
	fria --json register export chatbot >../out.json || [ $? = 1 ]
	jq -e '.sources.impacttoetsen[0].task != "'"$first"'"' ../out.json
	# One answer, and it was done.
	fria answer chatbot/oud "$first" "Toch." && fria save
	fria adopt chatbot/oud --force --note "For the test."
	fria --json register export chatbot >../out.json || [ $? = 1 ]
	jq -e '.sources.impacttoetsen == [{"from": "received"}]' ../out.json
}

@test "a pipe that is written to stays a pipe" {
	workspace
	mkfifo ../pipe
	timeout 20 cat ../pipe >../got &
	fria register export straatafval -o ../pipe
	wait $!
	[ -p ../pipe ]
	jq -e '.lang == "nld"' ../got
}

@test "texts are counted without markup and never cut" {
	workspace
	long=$(printf 'a%.0s' $(seq 2500))
	changed ".register.goal = \"<p>$long</p><ul><li>&eacute;b</li></ul>\""
	[ "$(found)" = "error register_too_long /register/goal" ]
	[[ $(jq -r '.findings[0].text' <<<"$output") == *" 2 characters too long: 2502"* ]]
	[ "$(jq -r '.entry.goal | length' <<<"$output")" = 2534 ]
}

@test "what the standard has no place for is named with its place" {
	workspace
	changed '.register += {"status": "Soms", "publication_category": "overige algoritmes",
		"begin_date": "2026-03-10", "end_date": "later", "contact_email": "me",
		"website": "www.example.org", "category": ["Verkeer", "Sport"],
		"goal": "<p>x</p><b>y</b>", "lawful_basis_grouping":
			[{"title": "", "link": "https://x.example"}, {"title": "Wet"}]}'
	[ "$(jq -r '.entry | .publication_category + .begin_date' <<<"$output")" = \
		"Overige algoritmes2026-03" ]
	found | sort >../found
	sort >../wanted <<END
error register_choice /register/category/1
error register_choice /register/status
error register_month /register/end_date
warning register_contact /register/contact_email
warning register_address /register/website
warning register_tag /register/goal
error register_no_title /register/lawful_basis_grouping/0/title
error register_no_link /register/lawful_basis_grouping/1/link
END
	diff ../wanted ../found
}

@test "the published entry against now: same, differs, missing" {
	workspace
	fria register export straatafval -o ../out.json
	run --separate-stderr fria register check straatafval --entry ../out.json
	[ "$status" = 0 ]
	jq '.goal = "Iets anders." | .provider = null | .lars = "1" |
		.description_short |= ("<p>" + . + "</p>")' ../out.json >../was.json
	run --separate-stderr fria --json register check straatafval --entry ../was.json
	[ "$status" = 1 ]
	[ "$(jq -c '[.fields[] | select(.state != "same") | [.field, .state]]' <<<"$output")" = \
		'[["goal","differs"],["provider","missing"]]' ]
	run --separate-stderr fria register check straatafval --entry ../was.json
	[[ $output == *"Goal and impact: differs"*"Iets anders."* ]]
	[[ $output == *"Supplier: missing from the entry"* ]]
	echo '"x"' >../no.json
	refused 'no entries' fria register check straatafval --entry ../no.json
	refused 'no application' fria register check nope
}
