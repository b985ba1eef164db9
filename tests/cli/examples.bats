#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The story of a new release, told on both examples: what becomes stale, what
# suspect, and nothing else. The lists were made by hand from the tables of
# staleness and of edges between answers, before the engine was asked.

setup_file() {
	. "$BATS_TEST_DIRNAME/common.bash"
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR common_setup
	adopted >played.log 2>&1 || { cat ../played.log >&3; return 1; }
	cd .. && mv ws straatafval
	adopted_chatbot >played.log 2>&1 || { cat ../played.log >&3; return 1; }
	cd .. && mv ws chatbot
}

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	common_setup
}

# example NAME: a copy of its workspace with all adopted; the current folder
example() {
	cp -a "$BATS_FILE_TMPDIR/at/$1" "$1" && cd "$1" || return
	[ "$1" = straatafval ] ||
		on_day 2026-04-07
}

# in_state STATE NAME: ids, sorted; a row's question once
# is STATE NAME ID...: exactly these
is() {
	local state=$1 name=$2
	shift 2
	diff <(printf '%s\n' "$@" | sed '/^$/d' | sort -u) \
		<(in_state "$state" "$name")
}

untouched() {
	is stale "$1" && is suspect "$1" && [ "$(verdict "$1")" = current ]
}

# All that a row of the FRIA asks, but for the progress of measures.
groups="4.groepen.wie 4.groepen.hoe 4.groepen.aantal 4.groepen.kwetsbaar
	4.groepen.gehoord"
residual="9.6.niveau 9.6.aanvaard 9.6.motivering"

# What rests on the data that goes in, and what lies behind that, up to ten
# answers deep: 2.3.1, 2.3.3, 3.5.2, 4.1.1.1, 4.1.3, 4.r.recht, 4.r.kern,
# 4.r.4.3.3, 4.r.4.4.2, 5.B. Both examples are self-learning, so 2.2A is not
# shown. Where the training data came from, 2.2B.1, 2 and 4, does not rest on it.
# Both judge right by right; in one the law decides on a right, in the other a
# right has means of its own that spare it.
data_stale="2.2B.3 2.3.1 2.3.2 2.3.3 4.2.2 4.2.3"
data_suspect="2.5.2 2.5.3 3.5.2 4.1.1.1 4.1.1.2 4.1.3 4.2.4 4.2.5 4.5.3
	4.r.recht 4.r.aspect 4.r.beslist 4.r.kern 4.r.4.3.1 4.r.inperking
	4.r.4.3.2 4.r.4.3.3 4.r.4.3.3.t 4.r.4.4.1 4.r.4.4.2 4.r.4.4.2.t
	4.r.4.5.4 4.r.4.5.4.t 5.A.1 5.A.2 5.A.3 5.A.4 5.A.5 5.A.6 5.B 5.C"
straatafval_suspect="4.r.beslist.t"
chatbot_suspect="4.r.4.5.1 4.r.4.5.2"
suspect_of() { local own=${1}_suspect && echo $data_suspect ${!own}; }
# In the FRIA the rows that name data as a cause, and the DPIA.
risks_of_data="5.2.kans 5.2.kans_na 5.2.berust 8.1"

@test "a changed source of data, on both examples; reverting it restores" {
	for app in straatafval chatbot; do
		example $app
		jq '.use.data | map(if .kind == "input" then .version += "b"
			else . end) | {use: {data: .}}' \
			"assessments/$app/application.json" >../new.json
		fria release $app 1.1 --partial --patch --from ../new.json
		is stale $app/iama $data_stale
		is suspect $app/iama $(suspect_of $app)
		[ $app = straatafval ] || is stale $app/fria $risks_of_data
		fria release $app 1.0b --patch \
			--from "$EXAMPLES/$app/release-1.0.json"
		untouched $app/iama
		[ $app = straatafval ] || untouched $app/fria
		cd ..
	done
}

# bats test_tags=rest
@test "confirmed upstream, suspicion goes level by level; changed, it bites" {
	for app in straatafval chatbot; do
		example $app
		# It does not say what it is used for: it can be anything.
		fria app set $app /use/data '[{"name": "Iets anders"}]'
		refused "2.2B.3|2.3.3" fria confirm $app/iama 3.5.2 --note x
		refused "2.3.1" fria confirm $app/iama 2.3.2 --note x
		fria confirm $app/iama 2.2B.1 2.3.1 --note "Zelfde soort."
		is stale $app/iama 2.2B.2 2.2B.3 2.2B.4 2.3.2 2.3.3 \
			4.2.2 4.2.3
		# 2.5.2, 2.5.3 and 4.5.3 behind them waited for these two alone.
		is suspect $app/iama $(printf '%s\n' $(suspect_of $app) |
			grep -vx '2\.5\.[23]\|4\.5\.3')
		judged $app/iama "Bekeken."
		untouched $app/iama
		fria answer $app/iama 2.3.3 "Een nieuwe vertekening."
		is stale $app/iama 3.5.2 4.2.3
		fria confirm $app/iama 3.5.2 --note "Blijft gelijk."
		fria confirm $app/iama 4.2.3 --note "Blijft gelijk."
		untouched $app/iama
		cd ..
	done
}

@test "what no answer rests on, bookkeeping and markup change nothing" {
	for app in straatafval chatbot; do
		example $app
		jq --arg app $app '.[0] | .publication_dt = "2026-09-09" |
			.url = "https://example.org/x" | .tags = "anders" |
			.category = ["Verkeer"] |
			.goal = (.goal | gsub("<p>"; "<div>") |
				gsub("</p>"; "</div>\n"))' \
			"$EXAMPLES/$app/entry.json" >../entry.json
		run --separate-stderr fria --json release $app 1.1 --patch \
			--from ../entry.json
		[ "$(jq -c .changed <<<"$output")" = '["/register/category"]' ]
		untouched $app/iama
		[ $app = straatafval ] || untouched $app/fria
		cd ..
	done
}

# bats test_tags=rest
@test "what the engine wrote into the entry itself is no change" {
	for app in straatafval chatbot; do
		example $app
		fria answer $app/iama 5.C "Heel andere restrisico's."
		fria answer $app/iama 4.r.4.5.4.t "Heel anders gewogen." --row 1
		judged $app/iama "Bekeken."
		fria save && approved $app/iama && fria adopt $app/iama
		rm -f ../entry.json # of another workspace
		fria register export $app -o ../entry.json
		run --separate-stderr fria --json release $app 1.1 --patch \
			--from ../entry.json
		[ "$status" = 0 ]
		[ "$(jq -c .changed <<<"$output")" = '[]' ]
		untouched $app/iama
		cd ..
	done
}

@test "an edit by hand shows as such, and makes stale what rests on it" {
	for app in straatafval chatbot; do
		example $app
		jq '.answers."2.3.3".value = "Met de hand."' \
			assessments/$app/iama.json >../x.json
		cp ../x.json assessments/$app/iama.json
		is stale $app/iama 2.3.3 3.5.2 4.2.3
		[ "$(fria --json evaluate $app/iama | jq -r '.tasks[] |
			select(.id == "2.3.3") | [.reasons[].kind] |
			join(" ")')" = edited ]
		cd ..
	done
}

@test "an imported questionnaire with another question reopens that answer" {
	for app in straatafval chatbot; do
		example $app
		jq '(.. | objects | select(.id? == "2.3.3") | .task) =
			{nl: "Wie ontbreekt?", en: "Who is not in it?"}' \
			instruments/iama-2.0.json >../iama.json
		fria instrument import ../iama.json --yes
		is stale $app/iama 2.3.3
		[ "$(fria --json evaluate $app/iama | jq -r '.tasks[] |
			select(.state == "stale") | .reasons[].kind')" = instrument ]
		in_state suspect $app/iama | grep -qx 5.B
		fria confirm $app/iama 2.3.3 --note "Zelfde antwoord."
		untouched $app/iama
		cd ..
	done
}

# bats test_tags=rest
@test "a metric that crossed and recovered asks to be looked at, in both" {
	example chatbot
	fria app metric chatbot onjuist-inkomen --value 6.2 --date 2026-04-05
	fria app metric chatbot onjuist-inkomen --value 1.8 --date 2026-04-06
	is stale chatbot/iama 2.4.2 2.4.3 3.4.5 4.4.1
	# The row that names it and no other, and how the risks weigh.
	is stale chatbot/fria 5.2.kans 5.2.kans_na 5.2.berust 5.2.evenredig 9.1
	# 7.3 asks what is measured, not how it went.
	is suspect chatbot/fria 9.1.stop 9.4 $residual 10.3
	run fria --lang nl evaluate chatbot/fria
	[[ $output == *"was 6,2 op 5 april 2026; de grens is 2"* ]]
	[[ $output == *"5.2.kans [1] "* ]]
	[ "$(grep -c "was 6.2 op 5 april 2026" <<<"$output")" = 1 ]
	# Levels and what follows from them rest on these; the duty does not.
	run fria --json evaluate chatbot/fria
	[ "$(jq -c '[(.calculations[] | select(.key == "niveau") | .stale),
		(.conclusions[] | select(.level) | .stale)]' <<<"$output")" \
		= "[true,false,true]" ]
	# Of the risks the scores of that one; what is worked out from all of
	# them is too, but for how many groups occur more than once.
	[ "$(jq -c '[.calculations[] | select(.stale and
		(.key | test("^(kans|ernst|niveau)_"))) | .row] | unique | length' \
		<<<"$output")" = 1 ]
	[ "$(jq -c '[.calculations[] | select((.row | not) and (.stale | not)) | .key]' \
		<<<"$output")" = '["meer_risicos"]' ]
	judged chatbot/iama "Oorzaak weggenomen."
	judged chatbot/fria "Oorzaak weggenomen."
	untouched chatbot/iama
	untouched chatbot/fria
}

# bats test_tags=rest
@test "a changed group, by fact and by way of the IAMA" {
	example chatbot
	fria app set chatbot /use/groups '[{"id": "x", "name": "Toeristen"}]'
	is stale chatbot/iama 2.2B.3 3.1.4 3.5.1 3.5.2 3.5.3 3.5.4 4.1.1.1 \
		4.2.2 4.2.3
	# Who is missing; no row of a group or a risk is another.
	is stale chatbot/fria 4.ontbreekt
	# 5.5 waits for iama#3.5.3.
	is suspect chatbot/fria 5.5 9.1 9.4 10.3
	refused "iama#3.5.1" fria confirm chatbot/fria 4.ontbreekt --note x
	judged chatbot/iama "Zelfde groepen."
	is suspect chatbot/fria
	judged chatbot/fria "Zelfde groepen."
	untouched chatbot/fria
}

@test "an answer of the IAMA that changes makes stale what rests on it there" {
	example chatbot
	fria answer chatbot/iama 3.1.1 "Een ander proces."
	is stale chatbot/iama 3.2.1 3.5.1
	is stale chatbot/fria 2.1
	# 6.2 and 6.3 wait for 3.2.1, part 4 for 3.5.1, 5.5 for what follows.
	is suspect chatbot/fria 2.4 6.2 6.3 4.ontbreekt 5.5 9.1 9.4 10.3
	run fria evaluate chatbot/fria
	[[ $output == *iama#3.1.1* ]]
	fria confirm chatbot/iama 3.2.1 3.5.1 --note "Blijft."
	is stale chatbot/fria 2.1
	is suspect chatbot/fria 2.4
	fria confirm chatbot/fria 2.1 --note "Blijft."
	untouched chatbot/fria
	fria answer chatbot/iama 3.1.1 --file \
		"$EXAMPLES/chatbot/iama/answers/3.1.1.md"
	is stale chatbot/fria 2.1
}

@test "a theme of a group reopens all its rows" {
	example chatbot
	echo '{"context": {"changed": true, "text": "Studenten."}}' >../check.json
	echo '{"use": {}}' >../new.json
	fria release chatbot 1.1 --partial --from ../new.json \
		--answers ../check.json
	is stale chatbot/fria 3.1.van 3.1.tot 3.2 3.3 3.4 3.5 $groups 4.ontbreekt \
		5.2.kans 5.2.kans_na 5.2.omvang 5.2.omvang_na 5.4
}

@test "a group stands for its questions; one without answers is refused" {
	example chatbot
	run --separate-stderr fria confirm chatbot/fria 9.2 --note "Bekeken."
	[ "$status" = 0 ]
	[ "$(jq -r '[.answers."9.2"[] | .[]? | objects | .basis.note] |
		unique | join(" ")' assessments/chatbot/fria.json)" = "Bekeken." ]
	refused "10.1" fria confirm chatbot/fria 10.1 --note x
}

# bats test_tags=rest
@test "chatbot: its four assessments from v1 to v2, and the level that rose" {
	told_chatbot
	level() { fria --json evaluate chatbot/fria | jq -c .scores.niveau_nu; }
	[ "$(level)" = "[2,2,2,2,1,3]" ]
	on_day 2026-10-27
	run release_chatbot
	[ "$status" = 0 ]
	for told in "start: 12" "iama: 43" "fria: 82" "dpia: 48"; do
		[[ $output == *"chatbot/$told to be judged again"* ]]
	done
	for name in start iama fria dpia; do
		tell_round chatbot/$name 2.0
		[ "$name" = fria ] || [ "$(verdict chatbot/$name)" = current ]
	done
	tell_dpia 2.0
	# Missing out on money is high again until the contract is signed; a
	# wrong translation is new.
	[ "$(level)" = "[3,2,2,2,1,3,3]" ]
	fria --json evaluate chatbot/fria | jq -e '[.conclusions[] |
		select(.level) | .level] == ["voluntary", "college"]'
	fria --json evaluate chatbot/dpia | jq -e '[.conclusions[] |
		select(.id == "AP") | .level] == ["not-needed"]'
	fria answer chatbot/fria 7.1.stand uitgevoerd --row 13
	[ "$(level)" = "[2,2,2,2,1,3,3]" ]
	[ "$(git tag | grep -c chatbot)" = 8 ]
	git fsck --strict
}

# noted WHAT: the only thing that the FRIA draws attention to; then undone
noted() {
	[ "$(fria --json evaluate chatbot/fria | jq -r '.conclusions[] |
		select(.id == "aandacht") | .because[]')" = "$1" ] &&
		{ [ -z "$1" ] || fria undo chatbot/fria; }
}

@test "what does not add up in the risks is noted, and changes no level" {
	example chatbot
	noted ""
	fria answer chatbot/fria 5.2.berust aanname --row 1
	noted "a risk of medium or higher rests on an assumption"
	fria answer chatbot/fria 5.2.berust aanname --row 5
	noted "" # today its level is low
	fria undo chatbot/fria
	fria waive chatbot/fria 5.2.maatregelen --row 5 \
		--kind not-applicable --reason "Geen."
	noted "a risk goes down without a measure linked to it"
	fria answer chatbot/fria 5.2.zwaarte_na 1 --row 5
	fria answer chatbot/fria 5.2.waarom_na "Wie het treft krijgt het alsnog." --row 5
	noted "" # it says why
	fria undo chatbot/fria
	fria answer chatbot/fria 5.2.zwaarte_na 1 --row 5
	noted "gravity goes down, and 5.2 does not say why; measures mostly change likelihood, scope or reversibility"
	fria answer chatbot/fria 5.2.zwaarte 1 --row 5
	noted "" # its group is not vulnerable
	fria undo chatbot/fria
	fria answer chatbot/fria 5.2.zwaarte 1 --row 1
	run fria evaluate chatbot/fria
	[[ $output == *"a risk for a vulnerable group has gravity 1"* ]]
	noted "a risk for a vulnerable group has gravity 1"
	fria --json evaluate chatbot/fria | jq -e '.elements.d.tasks |
		index("5.2.kans") and (unique | length) == length'
}

# told NAME: what `evaluate` says, in the file "told"; no more than a reader
# takes in, each change once, and every question that asks for something, in
# full with its title
told() {
	local name=$1 id group
	$FRIA --lang nl evaluate "$name" >../told || [ $? = 1 ]
	evaluation "$name" >../evaluation || [ $? = 1 ]
	$FRIA --lang nl --verbose evaluate "$name" >../whole || [ $? = 1 ]
	[ "$(wc -l <../told)" -le 120 ]
	[ "$($FRIA --lang en evaluate "$name" | wc -l)" -le 120 ]
	# A question in rows is named by itself, or with its group.
	jq -r '.tasks[] | select(.state == "stale" or .state == "suspect") |
		.id' ../evaluation | sort -u | while read -r id; do
		group=${id%.*}
		case $id in 4.r.*) group=4.r ;; esac
		grep -qE "(^|[ ,])(${id//./\\.}|$group)([ ,]|$)" ../told ||
			{ echo "$name: $id is not named"; return 1; }
		grep -qE "[↻?] (${id//./\\.}|$group)( \[.*\])? [[:alpha:]]" ../whole ||
			{ echo "$name: $id has no title"; return 1; }
	done || return
	# Each change has its heading, and each text of a release check stands once.
	jq -r '.causes[] | select(.theme) | .after' ../evaluation |
		while read -r text; do
			[ "$(sed -n '/^1\. /,$p' ../told | tr -s ' \n│' ' ' |
				grep -oF "$text" | wc -l)" = 1 ] ||
				{ echo "not told once: $text"; return 1; }
		done
	[ "$(jq '[.causes[] | select(.under == null)] | length' ../evaluation)" = \
		"$(grep -cE '^[0-9]+\. ' ../told)" ]
}

@test "a release is told by what changed, each change once, in 120 lines" {
	example straatafval
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json" >../log || true
	told straatafval/iama
	cd ..
	example chatbot
	on_day 2026-10-27
	fria release chatbot 2.0 --from "$EXAMPLES/chatbot/release-2.0.json" \
		--answers "$EXAMPLES/chatbot/release-check-2.0.json" >../log || true
	told chatbot/iama
	told chatbot/fria
}

@test "so are the four of the chatbot, the IAMA also once the first questions are judged" {
	told_chatbot
	on_day 2026-10-27
	release_chatbot >../log
	told chatbot/start
	told chatbot/iama
	told chatbot/fria
	told chatbot/dpia
	play_round "$EXAMPLES/chatbot/start" chatbot/start 2.0
	told chatbot/iama
}

# once FILE WORDS...: each stands in it once, however it is wrapped
once() {
	local file=$1 words n
	shift
	tr -s ' \n│' ' ' <"$file" >../flat
	for words in "$@"; do
		n=$(grep -oF -- "$words" ../flat | wc -l)
		[ "$n" = 1 ] || { echo "$file: $n times: $words"; return 1; }
	done
}

# every_once NAME DAY RELEASE WORDS...: words of what differs stand once in what
# the release, its evaluation, the difference and the reviewer's page say, with
# all that the release check was told; before it is recorded the same is said as
# after
every_once() {
	local name=$1 app=${1%/*} day=$2 release=$3 text differ=()
	shift 3
	for text; do # the page marks words otherwise
		[[ $text == *'[-'* ]] || differ+=("$text")
	done
	while read -r text; do
		set -- "$@" "$text"
	done < <(jq -r '.[] | .text // empty' \
		"$EXAMPLES/$app/release-check-$release.json")
	on_day "$day"
	$FRIA --lang nl release $app $release \
		--from "$EXAMPLES/$app/release-$release.json" --dry-run \
		--answers "$EXAMPLES/$app/release-check-$release.json" \
		>../rehearsed 2>../log
	$FRIA --lang nl release $app $release \
		--from "$EXAMPLES/$app/release-$release.json" \
		--answers "$EXAMPLES/$app/release-check-$release.json" \
		>../released 2>../log
	diff ../rehearsed ../released
	# A warning of what the law makes of it quotes it.
	sed -i '/: let op: /d' ../released
	$FRIA --lang nl evaluate "$name" | sed -n '/^1\. /,$p' >../evaluated
	$FRIA --lang nl diff "$name" >../compared || [ $? = 1 ]
	$FRIA --lang nl report "$name" --template changes --format md >../changes
	once ../released "$@" && once ../evaluated "$@" && once ../compared "$@" &&
		once ../changes "${differ[@]}" &&
		grep -q '^## Adviezen en besluit' ../changes &&
		lacks '^### Besluit, adviezen' ../changes
}

@test "every difference is told once by release, evaluate, diff and changes" {
	example straatafval
	every_once straatafval/iama 2026-11-16 1.1 \
		"op veegwagens ook ramen, en" "5.200 foto's uit vijf wijken" \
		"Duinrand; Havenkwartier" "Foto's van veegwagens, versie: 1.0" \
		"Containerregister Zandmeer, versie: [-2026-02-] {+2026-10+}" \
		"datum: [-3 februari-] {+5 november+} 2026" \
		"Modelbeschrijving straatafval-detector, versie: [-1.0-] {+2.0+}"
	cd ..
	example chatbot
	every_once chatbot/iama 2026-10-27 2.0 \
		"[-600-] {+820+}" "De kennisbank Werk en Inkomen: uitleg" \
		"Kennisbank Werk en Inkomen, versie: 2026-10" \
		"datum: [-10 maart-] {+15 oktober+} 2026" \
		"Nieuwkomers die vragen stellen" "Z-2026-03391" \
		"Modelkaart noorderlicht-gesprek, versie: [-3.1-] {+3.2+}"
}

@test "going through the changes in order meets no refusal" {
	local cause task row
	example straatafval
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json" >../log || true
	evaluation | jq -r '.causes[] | .id as $id | .tasks[] |
		"\($id) \(.task) \(.row // "")"' >../in-order
	[ "$(wc -l <../in-order)" = 37 ]
	while read -r cause task row; do
		fria confirm straatafval/iama "$task" ${row:+--row "$row"} \
			--note "Bekeken."
	done <../in-order
	[ -z "$(in_state stale)$(in_state suspect)" ]
	# All at once, but for what is confirmed by itself.
	git checkout -q . && git reset -q --hard
	cause=$(evaluation | jq -r '.causes[] |
		select(.pointer == "/register/methods_and_models") | .id')
	fria confirm straatafval/iama --cause "$cause" --note "Bekeken."
	[ "$(evaluation | jq -r --arg id "$cause" '[.causes[] | select(.id == $id) |
		.tasks[]] | length')" = 0 ]
}

@test "the examples show each reason not to answer, an answer found out later, and conditions" {
	[ "$(for file in "$EXAMPLES"/*/*/answers*/*.waived.md; do
		head -n 1 "$file" | cut -f 1
	done | sort -u | tr '\n' ' ')" = "not-applicable refers settled unknown " ]
	[ -e "$EXAMPLES/straatafval/start/answers-found-out/3.4.md" ]
	# Rights one by one: the law decides, the team departs from the table,
	# and one that is seriously affected has a condition.
	R="$EXAMPLES/straatafval/iama/answers/4.r" M="$EXAMPLES/chatbot/iama/answers/4.r"
	[ "$(jq -s -c 'map(.beslist) | sort' "$R"/*.json)" = '["nee","nee","nee","wet"]' ]
	jq -s -e 'any(.[]; .["4.r.4.3.3.t"])' "$R"/*.json
	jq -s -e 'any(.[]; .["4.r.4.3.3"] == "ernstig" and
		.["4.r.4.4.2"] == "onder-voorwaarden")' "$M"/*.json
	for file in straatafval/iama/conditions-1.1 chatbot/fria/conditions \
		chatbot/fria/conditions-2.0; do
		jq -e 'length > 3 and all(.[]; .measure)' "$EXAMPLES/$file.json"
	done
	grep -q "fria withhold" "$EXAMPLES/straatafval/README.md"
}
