#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is withheld is withheld everywhere: a mark in each of its places, and a
# look at all that leaves for the public.
load common

setup() { common_setup; }

# mark: "MARK" before every text that can be withheld, and in every name,
# comment and note of these documents; numbers that occur nowhere else
mark_documents() {
	local file texts
	for file in assessments/chatbot/iama.json assessments/chatbot/fria.json; do
		texts=$(jq -c '[.. | objects | select(.type? == "text_input" or
			.type? == "open_text" or .source?) | .id]' \
			"instruments/$(basename "$file" .json)-"*.json)
		jq --argjson texts "$texts" '
			def mark: if type == "array" then map(mark)
				elif type == "string" then "MARK " + . else . end;
			def person: "MARK <mark@example.org>";
			def answer($id): if .value and ($texts | index($id))
					then .value |= mark else . end
				| if .waived then .waived.reason |= mark else . end
				| if .basis then .basis.by = person |
					.basis.note = "MARK" else . end
				| .dissent = "MARK";
			.answers |= with_entries(.key as $k | .value |=
				if type == "array" then map(with_entries(.key as $c |
					if $c == "id" then . else .value |= answer($c) end))
				else answer($k) end)
			| .comments = [{"id": "c1", "task": "1.1", "value": "0",
				"text": "MARK", "by": person, "at": "2026-01-01T00:00:00Z"}]
			| .meetings = [{"id": "m1", "date": "2026-01-01",
				"chair": "MARK", "roles": []}]
			| .approvals |= map(.by = person | if .kind == "decision"
				then . else .note = "MARK" end)' \
			"$file" >x && mv x "$file"
	done
	jq 'def mark: walk(if type == "string" then "MARK " + . else . end);
		def facts: with_entries(if .key | IN("phase", "url", "tags", "lars",
			"lang", "standard_version", "publication_dt", "source_id",
			"proportionality", "risks", "impacttoetsen",
			"impacttoetsen_grouping") then . else .value |= mark end);
		.register |= facts | .use |= facts
		| .monitoring[] |= (.name |= mark | .group |= mark |
			.unit |= mark | .owner |= mark | .threshold = 7.87654 |
			.series[0].value = 9.87654)
		| .events = [{"release": "1.0", "theme": "law", "changed": true,
			"text": "MARK", "by": "MARK <mark@example.org>",
			"at": "2026-04-07T09:00:00Z"}]' \
		assessments/chatbot/application.json >x &&
		mv x assessments/chatbot/application.json
}

# withhold_all: every answer but choices from other answers, every fact
withhold_all() {
	local file choices
	for file in assessments/chatbot/iama.json assessments/chatbot/fria.json; do
		choices=$(jq -c '[.. | objects | select(.source?) | .id]' \
			"instruments/$(basename "$file" .json)-"*.json)
		jq --argjson choices "$choices" '
			def hide($id): if $choices | index($id) then . else
				.withheld = [{"ground": "5.2", "by": "MARK <m@x>",
				"note": "MARK", "at": "2026-04-08T00:00:00Z"}] end;
			.answers |= with_entries(.key as $k | .value |=
				if type == "array" then map(with_entries(.key as $c |
					if $c == "id" then . else .value |= hide($c) end))
				else hide($k) end)' "$file" >x && mv x "$file"
	done
	jq '. as $a | .withheld = ([("register", "use", "monitoring") as $v |
		$a[$v] | keys[] | "/\($v)/\(.)"] | map({(.): {"ground": "5.2",
		"by": "MARK <m@x>", "note": "MARK", "at": "2026-04-08T00:00:00Z"}})
		| add)' assessments/chatbot/application.json >x &&
		mv x assessments/chatbot/application.json
}

# adopt_all: both assessments, whatever is missing
adopt_all() {
	git commit -qam "By hand" &&
		fria adopt chatbot/iama --force --note "MARK" &&
		fria adopt chatbot/fria --force --note "MARK"
}

# all_for_public FOLDER: everything that leaves
all_for_public() {
	local name t v
	mkdir -p "$1"
	fria report --site "$1/site" || return
	for name in chatbot/iama chatbot/fria; do
		for t in report summary changes notification council-letter \
			decision-note advice-request supplier-questions \
			questions woo-list; do
			reported $t fria report $name --template $t --audience public \
				--format html >"$1/$t-${name#*/}.html" || return
			reported $t fria report $name --template $t --audience public \
				-o "$1/$t-${name#*/}.md" || return
		done
		for v in "" @v1 @v2 @v3; do
			fria report $name$v --audience public \
				>"$1/report-${name#*/}$v.md" || return
			for t in csv card official-form; do
				fria export $name$v --format $t --audience public \
					>"$1/export-${name#*/}$v.$t" || return
			done
		done
	done
	fria export --format ndjson --audience public >"$1/lines.ndjson" || return
	fria register export chatbot -o "$1/entry.json" || [ $? = 1 ]
}

# bats test_tags=rest
@test "a mark in all that is withheld is in nothing for the public" {
	adopted_chatbot
	mark_documents
	adopt_all
	fria register export chatbot -o ../before.json || true
	grep -q MARK ../before.json
	withhold_all
	git commit -qam "Withheld"
	sed -i 's/MARK /MARK again /' assessments/chatbot/*.json
	adopt_all
	all_for_public ../public
	fria report --site ../inside --audience internal
	for mark in MARK 7.87654 9.87654; do
		grep -rq $mark ../inside
		lacks $mark ../public
	done
	# What is not withheld is still there.
	grep -q "Withheld" ../public/site/chatbot/fria/v2.html
	jq -e 'has("lang") and has("impacttoetsen_grouping")' \
		../public/site/chatbot/entry.json
}

@test "the entry on the site is without what was withheld after it was written" {
	adopted
	fria answer straatafval/iama 5.C "MARK one."
	fria answer straatafval/iama 4.5.3 "Kept MARK two."
	fria app set straatafval /register/website https://mark.example.org
	fria save && fria adopt straatafval/iama --force --note "For the test."
	fria register export straatafval -o ../before.json || true
	fria report --site ../site
	grep -q "MARK one" ../site/straatafval/entry.json
	fria withhold straatafval /register/website --ground 5.1.2.h
	fria withhold straatafval/iama 5.C --ground 5.2
	fria withhold straatafval/iama 4.5.3 --ground 5.2 --passage "MARK two"
	fria save
	fria report --site ../site
	lacks '(MARK|mark.example)' ../site
	grep -q "Kept" ../site/straatafval/entry.json
	jq -e 'has("website") | not' ../site/straatafval/entry.json
	[ "$(jq -r .name ../site/straatafval/entry.json)" = "$(jq -r .name ../before.json)" ]
}

@test "what is withheld now is withheld in the versions before" {
	adopted
	fria answer straatafval/iama 1.1.1 "MARK one"
	fria answer straatafval/iama 2.5.2 "Publicly known. MARK two."
	fria app set straatafval /use/hosting '"MARK three"'
	fria save && fria adopt straatafval/iama --force --note "For the test."
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	fria withhold straatafval/iama 1.1.1 --ground 5.2
	fria withhold straatafval/iama 2.5.2 --ground 5.2 --passage "MARK two."
	# Also before it is saved.
	fria report straatafval/iama@v2 --audience public >../v2.md
	lacks MARK ../v2.md
	grep -q "Publicly known" ../v2.md
	fria save
	fria report --site ../site
	lacks MARK ../site
	lacks "Onherkenbaar maken: boordcomputer" ../site
	fria export straatafval/iama@v2 --format csv --audience public >../v2.csv
	lacks MARK ../v2.csv
	fria report straatafval/iama@v2 | grep -q "MARK one"
	# Of a version without the passage nothing is withheld.
	run fria report straatafval/iama@v1 --audience public
	[[ $output != *"(a part)"* ]]
}

@test "a passage is cut wherever it stands" {
	adopted
	fria answer straatafval/iama 1.1.1 "De MARKONE telt. Later weer MARKONE, MARKONETWO."
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.e --passage MARKONE
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.e --passage MARKONETWO
	run fria export straatafval/iama --format csv --audience public
	[[ $output == *"De […] telt. Later weer […], […]."* ]]
	[[ $output != *MARKONE* ]]
}

@test "a part of a fact that is withheld stands in no reason" {
	adopted_chatbot
	fria withhold chatbot /use/dpia/outcome --ground 5.2
	fria withhold chatbot /monitoring/onjuist-alles --ground 5.1.2.i
	jq '{use: (.use | .dpia.outcome = "MARK" | .dpia.date = "2026-04-09"),
		monitoring: (.monitoring | .["onjuist-alles"].group = "MARK" |
		.["onjuist-alles"].threshold = 7.87654 |
		.["onjuist-inkomen"].threshold = 3.25)}' \
		assessments/chatbot/application.json >../facts.json
	fria release chatbot 2.0 --from ../facts.json --patch
	for t in report changes; do
		fria report chatbot/fria --template $t --audience public >../$t.md
		lacks "(MARK|7.87654)" ../$t.md
	done
	# The rest of the same facts is told.
	grep -q "3.25" ../report.md
	fria report chatbot/fria | grep -q MARK
}

@test "a withheld metric's measurement stands in no reason" {
	adopted_chatbot
	fria withhold chatbot /monitoring/onjuist-alles --ground 5.1.2.i
	fria app metric chatbot onjuist-alles --value 7.87654
	fria report chatbot/fria --audience public >../report.md
	lacks 7.87654 ../report.md
	lacks "Onjuiste of misleidende antwoorden, alle onderwerpen" ../report.md
	fria report chatbot/fria | grep -q 7.87654
}

@test "owner, due date and status of a measure can be withheld" {
	adopted_chatbot
	row=$(jq -r '.answers["7.1"][1].id' assessments/chatbot/fria.json)
	fria answer chatbot/fria 7.1.eigenaar "MARK owner" --row "$row"
	fria answer chatbot/fria 7.1.uiterlijk 2031-12-13 --row "$row"
	fria withhold chatbot/fria 7.1.eigenaar --row "$row" --ground 5.1.2.e
	fria withhold chatbot/fria 7.1.uiterlijk --row "$row" --ground 5.1.2.e
	for t in report council-letter decision-note summary; do
		fria report chatbot/fria --template $t --audience public >../$t.md
		lacks "(MARK|13 December 2031|2031-12)" ../$t.md
	done
	grep -q "…" ../decision-note.md
	fria report chatbot/fria --template woo-list | grep -q "7.1.eigenaar"
	fria report chatbot/fria | grep -q "MARK owner"
}

@test "a result that was computed from what is withheld is withheld" {
	adopted_chatbot
	row=$(jq -r '.answers["5.2"][0].id' assessments/chatbot/fria.json)
	fria report chatbot/fria --audience public >../before.md
	fria withhold chatbot/fria 5.2.zwaarte --row "$row" --ground 5.2
	fria withhold chatbot/fria 5.2.kans --row "$row" --ground 5.2
	fria report chatbot/fria --audience public >../report.md
	fria report chatbot/fria --template summary >../summary.md
	fria --lang nl report chatbot/fria --template summary >../nl.md
	grep -q "Severity without measures" ../before.md
	lacks "^\| Severity without measures \| +1 \| [0-9]" ../report.md
	grep -E "^\| Severity without measures \| +1 \| withheld" ../report.md
	grep -E "^\| Severity without measures \| +2 \| [0-9]" ../report.md
	grep -q "Risk today: withheld" ../summary.md
	grep -E "^\| Level today \| +1 \| withheld" ../report.md
	grep -E "^\| Level today \| +2 \| medium" ../report.md
	grep -q "The highest risk today is: withheld" ../summary.md
	grep -q "niet openbaar" ../nl.md
	# Free text is not computed with.
	fria withhold chatbot/fria 5.2.zwaarte --row "$row" --lift
	fria withhold chatbot/fria 5.2.kans --row "$row" --lift
	fria withhold chatbot/fria 5.2.schade --row "$row" --ground 5.2
	fria report chatbot/fria --audience public >../text.md
	grep -E "^\| Severity without measures \| +1 \| [0-9]" ../text.md
}

@test "a choice of a row whose text is withheld is withheld" {
	adopted_chatbot
	row=$(jq -r '.answers["5.2"][0]["5.2.maatregelen"].value[0]' assessments/chatbot/fria.json)
	text=$(jq -r --arg r "$row" '.answers["7.1"][] | select(.id == $r)["7.1.wat"].value' assessments/chatbot/fria.json)
	fria report chatbot/fria --audience public | grep -qF "$text"
	fria withhold chatbot/fria 7.1.wat --row "$row" --ground 5.1.2.h
	fria report chatbot/fria --audience public >../report.md
	run ! grep -F "$text" ../report.md
	fria export chatbot/fria --format csv --audience public >../out.csv
	run ! grep -F "$text" ../out.csv
}

@test "who reads it outside gets the public form by default" {
	adopted
	fria answer straatafval/iama 5.B "MARK letter"
	fria withhold straatafval/iama 5.B --ground 5.2
	fria answer straatafval/iama 2.5.2 "MARK supplier"
	fria withhold straatafval/iama 2.5.2 --ground 5.1.1.c
	fria app set straatafval /use/hosting '"Elders."'
	for t in supplier-questions council-letter summary notification; do
		reported $t fria report straatafval/iama --template $t >../$t.md
	done
	lacks MARK ../supplier-questions.md ../council-letter.md ../summary.md
	fria report straatafval/iama --template council-letter --audience internal |
		grep -q "MARK letter"
	fria report straatafval/iama --template supplier-questions \
		--audience internal | grep -q "MARK supplier"
}
