#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What leaves the house: nothing that a condition hides, nobody's name, no
# answer that is alive, no "no" with a green tick, no file that is not what its
# name says.
load common

setup() { common_setup; }

LETTERS="report summary changes notification council-letter decision-note
	advice-request questions eu-registration closing woo-list"

# outside DIR: all that leaves for the public and for an authority, of
# straatafval/iama; and the site, where there is a version
outside() {
	local audience t format
	mkdir -p "$1"
	for audience in public authority; do
		for t in $LETTERS; do
			for format in md html; do
				reported $t fria report straatafval/iama --template $t \
					--audience $audience --format $format \
					>"$1/$audience-$t.$format"
			done
		done
		for format in csv ndjson official-form card; do
			fria export straatafval/iama --format $format \
				--audience $audience -o "$1/$audience-$format"
		done
	done
	fria report --site "$1/site" >"$1/said"
	fria register export straatafval >"$1/entry.json" || [ $? = 1 ]
}

# bats test_tags=rest
@test "what a condition hides leaves for nobody outside" {
	local form=zelflerend
	adopted
	form=$(value 2.1.1.1)
	fria answer straatafval/iama 2.1.1.1 niet-zelflerend
	fria answer straatafval/iama 2.2A.1 "MARK of the rules"
	fria answer straatafval/iama 2.1.1.1 "$form"
	fria save
	[ "$(evaluation | jq .counts.dormant)" = 1 ]
	outside ../out
	lacks MARK ../out
	# inside it is kept, and comes back with its question
	fria export straatafval/iama --format ndjson -o ../in.ndjson
	grep -q MARK ../in.ndjson
}

@test "rows of a group that a condition hides leave for nobody outside" {
	local format audience
	workspace
	cat >form.yaml <<-'EOF'
		name: Form
		urn: "urn:example:form"
		version: "1.0"
		tasks:
		  - id: "1"
		    task: Part
		    type: [task_group]
		    tasks:
		      - {id: "1.1", task: More?, type: [text_input]}
		      - id: "1.2"
		        task: Rows
		        type: [task_group]
		        repeatable: true
		        dependencies:
		          - type: conditional
		            condition: {id: "1.1", operator: equals, value: "yes"}
		            action: show
		        tasks:
		          - {id: "1.2.1", task: Cell, type: [text_input]}
	EOF
	fria instrument import form.yaml
	fria new straatafval form-1.0
	fria answer straatafval/form 1.1 yes
	fria answer straatafval/form 1.2.1 MARK --row new
	fria save
	for format in csv ndjson official-form card; do
		fria export straatafval/form --format $format --audience public -o ../out
		grep -q MARK ../out
		fria export straatafval/form --format $format --audience authority -o ../out
		grep -q MARK ../out
	done
	fria answer straatafval/form 1.1 no
	fria save
	for format in csv ndjson official-form card; do
		for audience in public authority; do
			fria export straatafval/form --format $format \
				--audience $audience -o ../out
			lacks "MARK|\"1.2.1\": *\{" ../out
		done
	done
}

# bats test_tags=rest
@test "people are named to nobody outside, in characteristics and their origin" {
	adopted
	jq '.card = {"name": "Scan", "version": "1",
		"owners": [{"organization": "Zandmeer", "role": "data scientist",
			"name": "MARK", "email": "MARK@example.org"}, "MARK"],
		"provenance": {"author": "MARK", "uri": "MARK"},
		"models": [{"name": "Model", "owners": [{"name": "MARK", "role": "maker"}],
			"author": "MARK", "contact": {"name": "MARK", "email": "MARK"}}]}
		| .monitoring[].owner = "MARK <mark@example.org>"
		| .use.hosting = {"name": "Cloud", "by": "MARK"}
		| .unknown = "MARK"' \
		assessments/straatafval/application.json >x &&
		mv x assessments/straatafval/application.json
	# an answer that came out of a card, with who wrote it there
	jq '.answers["1.1.2"] = {"value": "Taken over.",
		"origin": "card.json (MARK, 2026-01-01)"}' $IAMA >x && mv x $IAMA
	git add -A && git commit -qm "by hand"
	outside ../out
	lacks MARK ../out
	lacks mark@example ../out
	# the organisation and the function stay; inside all of it
	grep -q "data scientist" ../out/public-report.md
	grep -q "card.json" ../out/authority-report.md
	fria report straatafval/iama >../in.md
	grep -q "MARK@example.org" ../in.md
}

# bats test_tags=rest
@test "a negative advice comes first, without a tick, with its reason and the reply" {
	local page first
	assessment
	play_round "$EXAMPLE/iama" straatafval/iama
	fria save
	as Jurist fria approve straatafval/iama --role lawyer positive
	as Fg fria approve straatafval/iama --role dpo negative --note "The photographs are kept too long."
	as Wethouder fria approve straatafval/iama --role accountable use \
		--response "They are kept half as long from May on."
	for t in report summary; do
		for audience in public authority internal; do
			page=$(fria report straatafval/iama --template $t --audience $audience)
			[[ $page == *"photographs are kept too long"* ]]
			[[ $page == *"kept half as long"* ]]
			[[ ${page,,} == *negative* ]]
		done
	done
	page=$(fria report straatafval/iama --audience public)
	first=$(grep -n -m1 "negative" <<<"$page" | cut -d: -f1)
	[ "$first" -lt "$(grep -n -m1 "advice of .*: positive" <<<"$page" | cut -d: -f1)" ]
	page=$(grep -m1 "advice of .*: negative" <<<"$page")
	[[ $page == *■* && $page != *✓* ]]
}

@test "a file is what its name says, or is not written" {
	local name
	adopted
	for name in x.docx x.odt x.pdf x.txt x.json x.DOCX; do
		refused "let the name end in .md" fria report straatafval/iama -o $name
		refused "let the name end in .md" fria diff straatafval/iama v1 -o $name
	done
	refused "end in .md" fria report straatafval/iama --format html -o x.docx
	refused "end in .csv" fria export straatafval/iama --format csv -o x.xlsx
	refused "end in .json" fria export straatafval/iama --format official-form -o x.docx
	refused "end in .json" fria register export straatafval -o x.pdf
	for name in r.html r.HTM; do
		fria report straatafval/iama -o ../$name
		grep -q "<html" ../$name
	done
	for name in r.md r report-1.0 of.v2/r; do
		mkdir -p ../of.v2
		fria report straatafval/iama -o ../$name
		grep -q "^# Straatafval" ../$name
	done
}

@test "no text in a page of Markdown is alive in a reader that makes links" {
	local t out
	adopted
	fria answer straatafval/iama 1.1.1 'See http://a.nl/<img src=x> www.a.nl/</blockquote><b id=x> end'
	fria comment straatafval/iama 1.1.2 'http://a.nl/<u id=x>'
	fria app set straatafval /use/process 'http://a.nl/<i id=x>'
	fria save
	for t in $LETTERS supplier-questions; do
		reported $t fria report straatafval/iama --template $t >../$t.md
	done
	fria diff straatafval/iama v1 --format md >../diff.md || [ $? = 1 ]
	for out in ../*.md; do
		cmark-gfm --unsafe -e autolink -e table -e strikethrough \
			"$out" >"$out.html"
		lacks "<(img|b|u|i) " "$out.html"
	done
	grep -q '&lt;img src=x&gt;' ../report.md.html
}

@test "text of a form is no Markdown: it comes in and goes out as it was typed" {
	local form=../form.json page
	assessment
	fria export straatafval/iama --format official-form -o $form
	jq '.answers["1.1.1"] = {"value": "Kort\n2026. Een goed jaar\n# geen kop\n- geen lijst",
		"lastEditedAt": "2026-11-28T00:00:00Z"}' $form >../in.json
	fria import straatafval/iama ../in.json
	fria answer straatafval/iama 1.1.1 --proposal
	page=$(fria report straatafval/iama --format html)
	[[ $page == *"Kort<br>"*"2026. Een goed jaar<br>"*"# geen kop<br>"*"- geen lijst</p>"* ]]
	fria export straatafval/iama --format official-form -o ../out.json
	[ "$(jq '.answers["1.1.1"].value' ../out.json)" = "$(jq '.answers["1.1.1"].value' ../in.json)" ]
	# what is Markdown here stays so when its form comes back
	fria answer straatafval/iama 1.1.1 "$(printf -- '# Kop\n\n- lijst')"
	fria export straatafval/iama --format official-form -o ../out2.json
	fria import straatafval/iama ../out2.json
	[ "$(value 1.1.1)" = "$(printf -- '# Kop\n\n- lijst')" ]
}

@test "what points at one person is named, and keeps a version from being public" {
	adopted
	run --separate-stderr fria answer straatafval/iama 1.1.1 "Bel Jan op 06-12345678 of jan@gmail.com"
	[ "$status" = 0 ]
	[[ $stderr == *'"06-12345678" looks like a telephone number'* ]]
	[[ $stderr == *'"jan@gmail.com" looks like the e-mail address of a person'* ]]
	run --separate-stderr fria check straatafval/iama
	[[ $output == *06-12345678* && $output == *jan@gmail.com* ]]
	judged straatafval/iama "still right"
	fria save
	fria adopt straatafval/iama --force --note "for this test"
	local out=("--site ../site" "straatafval/iama@v2 --audience public")
	for how in "${out[@]}"; do
		run --separate-stderr fria report $how
		[ "$status" = 2 ]
		[[ $stderr == *"Not made public"*"straatafval/iama"*"1.1.1 Why does the algorithm come"* ]]
	done
	refused "Not made public" fria register export straatafval
	fria report straatafval/iama@v2 >../in.md # inside it is read
	# withheld, and confirmed
	fria withhold straatafval/iama 1.1.1 --ground 5.1.2.e --passage "06-12345678"
	run --separate-stderr fria report straatafval/iama@v2 --audience public
	[ "$status" = 2 ]
	[[ $stderr == *jan@gmail.com* && $stderr != *06-12345678* ]]
	refused "does not stand in" fria withhold straatafval/iama --disclose "piet@gmail.com"
	fria withhold straatafval/iama --disclose "jan@gmail.com" --note "His own wish."
	fria report straatafval/iama@v2 --audience public >../out.md
	grep -q "jan@gmail.com" ../out.md
	lacks 06-12345678 ../out.md
	fria save
	fria report --site ../site
	in_form
}

@test "what points at one person in the characteristics does so too" {
	adopted
	run --separate-stderr fria app set straatafval /use/process "BSN 111222333"
	[[ $stderr == *'"111222333" looks like a citizen service number'* ]]
	refused "Not made public: in straatafval \(Work process\)" fria register export straatafval
	fria withhold straatafval --disclose "BSN 111222333" --note "Invented."
	fria register export straatafval >../entry.json || [ $? = 1 ]
	in_form
}

@test "what comes through a pipe is looked at by nobody before the command has it" {
	adopted
	run -0 bash -c "printf '%s' '{\"use\": {\"hosting\": \"Elsewhere\"}}' |
		$FRIA release straatafval 1.1 --partial --patch --from /dev/stdin"
	[ "$(jq -r .use.hosting assessments/straatafval/application.json)" = Elsewhere ]
	fria answer straatafval/iama 1.1.1 --file <(echo "From a pipe.")
	[ "$(value 1.1.1)" = "From a pipe." ]
}

@test "nothing in the examples points at one person" {
	adopted
	not grep "looks like" <<<"$(fria check)"
}
