#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The questionnaire's words, and fixed values, are in the language of who reads.
load common

setup() { common_setup; }

# other_words LANG NAME: texts of the questionnaire that are not in the language,
# though it has them in both; without those that somebody typed in an answer.
other_words() {
	local own=$1 other=nl typed=assessments/chatbot/$2.json
	[ "$own" = nl ] && other=en
	jq -r --arg own "$own" --arg other "$other" --rawfile typed "$typed" \
		--rawfile facts assessments/chatbot/application.json '
		[.. | objects | select(has("nl") and has("en"))] |
		(map(.[$own]) | join("\n")) as $right |
		.[] | .[$other] | split("\n")[] | select(length > 11) |
		select(. as $t | ($right + $typed + $facts | contains($t)) | not)' \
		instruments/"$2"-?.0.json | sort -u
}

# speaks LANG NAME COMMAND...: what it prints has none of the others' words
speaks() {
	local own=$1 name=$2
	shift 2
	$FRIA --lang "$own" "$@" >../said || [ $? = 1 ]
	[ -s ../said ]
	other_words "$own" "$name" >../other
	[ "$(wc -l <../other)" -gt 100 ]
	not grep -nFf ../other ../said
}

# bats test_tags=rest
@test "a report, an evaluation and a comparison speak one language" {
	adopted_chatbot
	SOURCE_DATE_EPOCH=$(date -u -d "2026-11-20 09:00" +%s)
	fria release chatbot 2.0 --from "$EXAMPLES/chatbot/release-2.0.json" \
		--answers "$EXAMPLES/chatbot/release-check-2.0.json"
	fria answer chatbot/fria 5.2.kans 4 --row 1
	fria answer chatbot/fria 1.3 geen
	for own in nl en; do
		for name in fria iama; do
			speaks $own $name evaluate chatbot/$name
			speaks $own $name --json evaluate chatbot/$name
			speaks $own $name report chatbot/$name
			speaks $own $name report chatbot/$name --format html
			speaks $own $name report chatbot/$name --template changes
			speaks $own $name diff chatbot/$name
			speaks $own $name diff chatbot/$name --format md
			speaks $own $name export chatbot/$name --format csv
			speaks $own $name export chatbot/$name --format card
			speaks $own $name log chatbot/$name
		done
	done
}

@test "conclusions, levels and counts are in the reader's language" {
	adopted_chatbot
	fria --lang en --json evaluate chatbot/fria >../en
	fria --lang nl --json evaluate chatbot/fria >../nl
	[ "$(jq -r '.calculations[] | select(.key == "rijen_per_niveau").text' ../en)" = \
		"low: 1, medium: 4, high: 1, very high: 0" ]
	[ "$(jq -r '.calculations[] | select(.key == "rijen_per_niveau").text' ../nl)" = \
		"laag: 1, midden: 4, hoog: 1, zeer hoog: 0" ]
	[ "$(jq -r '.calculations[] | select(.key == "niveau").text' ../en)" = high ]
	# What scripts compute with is the same in both.
	diff <(jq '[.scores, (.conclusions | map({id, level})), .counts, .verdict]' ../en) \
		<(jq '[.scores, (.conclusions | map({id, level})), .counts, .verdict]' ../nl)
}

# levels LANG FILE: the levels told in it, each once for each time: cells, ends of
# lines and what stands behind "today" or the like, where an answer has none
levels() {
	case $1 in
	nl) words='zeer hoog|hoog|midden|laag' ;;
	en) words='very high|high|medium|low' ;;
	esac
	grep -oiE "(\| *|: \**|vandaag |today |maatregelen |measures )($words)\**( *\||\.?\$|[);,])" "$2" |
		grep -oiE "$words" | tr '[:upper:]' '[:lower:]'
}

@test "a summary, letters and reports tell levels in the reader's language alone" {
	adopted_chatbot
	for template in report summary council-letter decision-note changes \
		advice-request notification eu-registration; do
		for lang in nl en; do
			$FRIA report chatbot/fria --template $template --lang $lang >../$lang ||
				[ $? = 1 ]
			levels $lang ../$lang >../$lang.own || :
			other=nl && [ $lang = en ] || other=en
			levels $other ../$lang >../$lang.other || :
			[ ! -s ../$lang.other ] || { echo $template $lang; cat ../$lang.other; false; }
		done
		sed 's/zeer hoog/very high/; s/^hoog/high/; s/midden/medium/; s/laag/low/' \
			../nl.own | diff ../en.own - || { echo $template; false; }
		echo "$template $(wc -l <../en.own)"
	done >../told
	# those that have a part of risks tell the level of each
	awk '$1 != "changes" && $1 != "advice-request" && $2 < 5 { exit 1 }' ../told
	$FRIA report chatbot/fria --template summary --lang en | grep -q "Risk today: high\.$"
	$FRIA report chatbot/fria --template summary --lang nl | grep -q "Risico vandaag: hoog\.$"
}

@test "numbers that are computed or told are grouped as the reader does" {
	adopted_chatbot
	$FRIA --lang nl evaluate chatbot/fria --verbose | tr -s ' \n' ' ' | grep -q "bij 52\.000 zaken per jaar"
	$FRIA --lang en evaluate chatbot/fria --verbose | tr -s ' \n' ' ' | grep -q "on 52,000 cases a year"
	$FRIA --lang nl app show chatbot | grep -q ": 52\.000$"
	$FRIA --lang en app show chatbot | grep -q ": 52,000$"
	# what is to be typed or computed with stands as it is typed
	$FRIA --lang nl app form chatbot | grep -qx 52000
	[ "$(fria --json app show chatbot | jq .use.volume)" = 52000 ]
}

@test "fixed values of characteristics are words, in and out" {
	workspace
	fria new straatafval start-1.0
	while IFS='|' read -r field value nl en; do
		fria app set straatafval "/use/$field" "$value" >/dev/null
		[ "$(jq -r ".use.$field" assessments/straatafval/application.json)" = "$value" ]
		$FRIA --lang nl app show straatafval | grep -q ": *$nl\$"
		$FRIA --lang en app show straatafval | grep -q ": *$en\$"
	done <<-'END'
		phase|ontwikkeling|in ontwikkeling|in development
		phase|uitfasering|uitfasering|being phased out
		phase|buiten-gebruik|buiten gebruik|out of use
		phase|in-gebruik|in gebruik|in use
		automation|besluit-zelf|besluit zelf|decides by itself
		personal_data|strafrechtelijk|strafrechtelijke|on criminal offences
	END
	for lang in "nl|in gebruik" "en|in use"; do
		$FRIA --lang "${lang%|*}" status | grep -q "${lang#*|}"
		$FRIA --lang "${lang%|*}" status --format csv | grep -q ";\"\?${lang#*|}\"\?;"
		$FRIA --lang "${lang%|*}" report straatafval/start | grep -q "${lang#*|}$"
		[ "$(fria --json status --phase "${lang#*|}" | jq '.assessments | length')" = 1 ]
	done
	[ "$(fria --json status | jq -r '.assessments[0].phase')" = in-gebruik ]
	refused 'no phase.*in use' fria status --phase gebruikt
	fria app show straatafval | grep -q 'kind: training'
	fria app show straatafval | grep -q 'every: 3 months'
}

@test "what was and is now of an upstream answer is said in its words" {
	adopted
	fria answer straatafval/iama 2.1.1.1 niet-zelflerend
	fria --lang en evaluate straatafval/iama >../said || true
	grep -A2 '^1\. Answer to 2.1.1.1 ' ../said | grep -qF '[-Self-learning-]'
}
