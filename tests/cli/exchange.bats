#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What goes out to other tools and comes in from them.
load common

setup() { common_setup; }

@test "answers as CSV: every question that is shown, nothing that runs" {
	adopted
	fria answer straatafval/iama 1.2.1 '=HYPERLINK("http://x","y")'
	run --separate-stderr fria export straatafval/iama --format csv
	[ "$status" = 0 ]
	[[ $output == *'"1.2.1"'* ]]
	[[ $output == *"\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""* ]]
	fria export straatafval/iama@v1 --format csv -o ../v1.csv
	not grep -q HYPERLINK ../v1.csv
	refused "csv" fria export straatafval/iama --format xlsx
	refused "ndjson" fria export
}

@test "a portfolio as lines: one JSON object a question" {
	adopted
	fria export --format ndjson >../all.ndjson
	n=$(jq -s 'length' ../all.ndjson)
	[ "$n" -gt 87 ] && [ "$n" = "$(wc -l <../all.ndjson)" ]
	[ "$(jq -s '[.[].assessment] | unique' -c ../all.ndjson)" = '["straatafval/iama"]' ]
	[ "$(jq -r 'select(.task == "1.1.1") | .state + .by' ../all.ndjson)" = \
		"answeredR. Jansen <r@example.org>" ]
}

@test "every form takes one assessment, an application, or all there are" {
	adopted
	fria new straatafval start-1.0 && fria answer straatafval/start 1.1 ai
	fria app add ander --from "$EXAMPLE/release-1.0.json" && fria new ander start-1.0
	names() { jq -Rr 'fromjson? // empty | .assessment' | sort -u | xargs; }
	cells() { sed 1d | cut -sd';' -f1 | tr -d '"\r' | grep -x '[a-z0-9-]*/[a-z0-9-]*' | sort -u | xargs; }
	[ "$(fria export straatafval/start --format ndjson | names)" = straatafval/start ]
	[ "$(fria export straatafval/iama@v1 --format ndjson | names)" = straatafval/iama ]
	[ "$(fria export straatafval --format ndjson | names)" = \
		"straatafval/iama straatafval/start" ]
	[ "$(fria export - --format ndjson | names)" = \
		"ander/start straatafval/iama straatafval/start" ]
	[ "$(fria export --format ndjson | sha1sum)" = \
		"$(fria export - --format ndjson -o /dev/stdout | sha1sum)" ]
	# A link to what the output goes to stays one, also where that is a file.
	ln -s /proc/self/fd/1 ../here
	fria export --format ndjson >../lines
	echo before >../out
	fria export - --format ndjson -o ../here >>../out
	[ -L ../here ] && sed 1d ../out | cmp - ../lines
	[ "$(fria export straatafval/start --format csv | cells)" = straatafval/start ]
	[ "$(fria export straatafval --format csv | cells)" = \
		"straatafval/iama straatafval/start" ]
	fria export - --format csv -o ../all.csv
	[ "$(cells <../all.csv)" = "ander/start straatafval/iama straatafval/start" ]
	[ "$(grep -c '"assessment";"instrument"' ../all.csv)" = 1 ]
	for format in card official-form; do
		fria export straatafval --format $format -o ../$format
		fria export - --format $format -o ../all-$format
		[ "$(cd ../$format && find . -type f | sort | xargs)" = \
			"./straatafval/iama.json ./straatafval/start.json" ]
		[ "$(cd ../all-$format && find . -type f | wc -l)" = 3 ]
		fria export straatafval/iama --format $format -o ../one.json
		cmp ../one.json ../$format/straatafval/iama.json
		refused "DIR" fria export straatafval --format $format
		refused "not empty" fria export straatafval --format $format -o ../$format
	done
	fria export - --format archive -o ../archive
	[ "$(cd ../archive && find . -mindepth 3 -maxdepth 3)" = ./straatafval/iama/v1 ]
	for format in csv ndjson card archive; do
		refused "no application" fria export nope --format $format -o ../none
		refused "." fria export straatafval/nope --format $format -o ../none
		[ ! -e ../none ]
	done
}

@test "exports for the public hold no mark of what is withheld, nor names" {
	adopted
	fria answer straatafval/iama 1.1.1 "MARK"
	fria withhold straatafval/iama 1.1.1 --ground 5.2 --note "MARK"
	fria app set straatafval /use/hosting '"MARK"'
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	fria export --format ndjson --audience public >../public
	fria export straatafval/iama --format csv --audience public >>../public
	fria export straatafval/iama --format card --audience public >>../public
	fria export straatafval/iama --format official-form --audience public >>../public
	not grep -e MARK -e Jansen ../public
	fria export --format ndjson | grep -q MARK
}

@test "an archive: each version whole, with checksums that hold" {
	adopted
	mkdir -p assessments/straatafval/evidence/onderzoek/2026
	printf 'bytes\000\377' >assessments/straatafval/evidence/a1.bin
	echo "Verslag" >assessments/straatafval/evidence/onderzoek/2026/b.txt
	git add . && git commit -qm evidence
	fria answer straatafval/iama 1.1.1 "Anders." && fria save
	fria adopt straatafval/iama --force --note "Proef."
	fria export straatafval --format archive -o ../archive
	[ "$(cd ../archive && find . -mindepth 3 -maxdepth 3 | sort | xargs)" = \
		"./straatafval/iama/v1 ./straatafval/iama/v2" ]
	for v in v1 v2; do
		(cd ../archive/straatafval/iama/$v && sha256sum --quiet -c checksums.sha256)
		for file in assessment application instrument; do
			jq -e . ../archive/straatafval/iama/$v/$file.json >../out
		done
		grep -q "<title>" ../archive/straatafval/iama/$v/report.html
	done
	for file in a1.bin onderzoek/2026/b.txt; do
		cmp ../archive/straatafval/iama/v2/evidence/$file \
			assessments/straatafval/evidence/$file
	done
	[ ! -e ../archive/straatafval/iama/v1/evidence ]
	git show fria/straatafval/iama/v1:assessments/straatafval/iama.json |
		cmp - ../archive/straatafval/iama/v1/assessment.json
	refused "not empty" fria export straatafval/iama --format archive -o ../archive
	refused "complete" fria export straatafval --format archive -o ../b --audience public
	refused "DIR" fria export straatafval --format archive
	fria new straatafval start-1.0
	refused "nothing to archive" fria export straatafval/start --format archive -o ../b
}

@test "an archive says what it is by MDTO, for each version and each file" {
	command -v xmllint >/dev/null || skip "no xmllint"
	adopted
	jq '.archive = {case: "Z-1", selection: "B1"}' fria.json >../w.json
	cp ../w.json fria.json
	jq '.name = "Vuil & <b>netjes</b>" | .archive.case = "Z-2026-9"' assessments/straatafval/application.json >../a.json
	cp ../a.json assessments/straatafval/application.json
	mkdir -p assessments/straatafval/evidence/x
	echo a >"assessments/straatafval/evidence/x/a & b.PDF"
	git add . && git commit -qm facts
	fria answer straatafval/iama 1.1.1 "Anders."
	fria withhold straatafval/iama 1.1.1 --ground 5.2 && fria save
	fria adopt straatafval/iama --force --note "Proef."
	fria export straatafval --format archive -o ../archive
	cd ../archive/straatafval/iama
	find . -name '*.mdto.xml' -print0 | xargs -0 xmllint --noout \
		--relaxng "$ROOT/tests/archive/mdto.rng"
	# Every file has its own, and the version names them all.
	find v2 -type f ! -name '*.mdto.xml' ! -name checksums.sha256 | sort >files
	while read -r file; do
		[ "$(at bestand/omvang "$file.bestand.mdto.xml")" = "$(stat -c %s "$file")" ]
		[ "$(at bestand/checksum/checksumWaarde "$file.bestand.mdto.xml")" = \
			"$(sha256sum "$file" | cut -d' ' -f1)" ]
		[ "$(at bestand/isRepresentatieVan/verwijzingIdentificatie/identificatieKenmerk \
			"$file.bestand.mdto.xml")" = fria/straatafval/iama/v2 ]
	done <files
	[ "$(wc -l <files)" -ge 7 ]
	[ "$(all informatieobject/heeftRepresentatie v2/v2.mdto.xml)" = "$(wc -l <files)" ]
	[ "$(at informatieobject/identificatie/identificatieKenmerk v2/v2.mdto.xml)" = \
		fria/straatafval/iama/v2 ]
	[[ $(at informatieobject/naam v2/v2.mdto.xml) == "Vuil & <b>netjes</b>, "*" v2" ]]
	[ "$(at informatieobject/archiefvormer/verwijzingNaam v2/v2.mdto.xml)" = Zandmeer ]
	[ "$(at informatieobject/waardering/begripCode v2/v2.mdto.xml)" = N ]
	# The application's own case; the category is the workspace's.
	[ "$(at informatieobject/isOnderdeelVan/verwijzingIdentificatie/identificatieKenmerk \
		v2/v2.mdto.xml)" = Z-2026-9 ]
	[ "$(at informatieobject/informatiecategorie/begripLabel v2/v2.mdto.xml)" = B1 ]
	fria -C "$BATS_TEST_TMPDIR/at/ws" check
	[ "$(at bestand/bestandsformaat/begripLabel "v2/evidence/x/a & b.PDF.bestand.mdto.xml")" = \
		application/pdf ]
	grep -q "what was not made public" v2/v2.mdto.xml
	not grep -q "what was not made public" v1/v1.mdto.xml
	# What is no MDTO is noticed.
	sed '/<waardering>/,/<.waardering>/d' v2/v2.mdto.xml >no.xml
	not xmllint --noout --relaxng "$ROOT/tests/archive/mdto.rng" no.xml
	(cd v2 && sha256sum --quiet -c checksums.sha256 && grep -q 'v2.mdto.xml$' checksums.sha256)
}

# at PATH FILE: text of the first element there; all: how many there are
at() { xmllint --xpath "string($(steps "$1"))" "$2"; }
all() { xmllint --xpath "count($(steps "$1"))" "$2"; }
steps() { echo "/*/$1" | sed 's|/\([a-zA-Z]\+\)|/*[local-name()="\1"]|g'; }

@test "the official DPIA comes in as it is; rows within rows go out and come back" {
	[ -f "$REFERENCE/par-dpia-form/dpia.yaml" ] || skip "no reference data"
	must_start() { fria app add parkeren --from "$EXAMPLE/entry.json"; }
	fria init dpia --org X && cd dpia && must_start
	fria instrument import "$REFERENCE/par-dpia-form/dpia.yaml"
	fria new parkeren dpia-3.0
	D=assessments/parkeren/dpia.json
	for name in collect show; do
		fria answer parkeren/dpia 3.1.1 "$name" --row new
	done
	fria answer parkeren/dpia 6.1.1.1 Supplier --row new
	fria answer parkeren/dpia 6.1.1.bij "collect; show" --row 1
	fria answer parkeren/dpia 6.1.1.1 Police --row new
	fria answer parkeren/dpia 6.1.1.bij show --row 2
	fria answer parkeren/dpia 5.1.1 "To know" --row new
	fria answer parkeren/dpia 5.1.1.bij collect --row 1
	fria save
	fria report parkeren/dpia | grep -q "Police"
	fria export parkeren/dpia --format official-form -o ../out.json
	[ "$(jq -c '.answers["6.1.1"] | map(.["6.1.1.1"].value)' ../out.json)" = '["Supplier","Supplier","Police"]' ]
	[ "$(jq -c '.answers["5.1"] | map(.["5.1.1"].value)' ../out.json)" = '["To know"]' ]
	fria import parkeren/dpia ../out.json
	git diff --exit-code
	# In another assessment nothing says where three belong; two go in order.
	jq 'del(.answers["6.1.1"][0])' ../out.json >../two.json
	for file in out two; do
		fria app add "$file" --from "$EXAMPLE/entry.json"
		fria new "$file" dpia-3.0
		run fria import "$file/dpia" "../$file.json"
		taken "$file/dpia"
		[ "$file" = out ] || [ "$(jq '[.answers["6.1.1"][]["6.1.1.bij"].value | length] | add' "assessments/$file/dpia.json")" = 2 ]
		[ "$file" = two ] || [[ $output == *"6.1.1.bij"* ]]
	done
}

# rights: an IAMA that judges two rights apart, of which law decides one
rights() {
	workspace && fria new straatafval iama-2.0
	I=assessments/straatafval/iama.json
	fria answer straatafval/iama 4.1.1.1 "property-privacy; data-protection"
	fria answer straatafval/iama 4.3.1 "For all of them together."
	fria answer straatafval/iama 4.4.1 "It worked in the *pilot*."
	right() { fria answer straatafval/iama "4.r.$1" "$2" --row "${3:-1}"; }
	right recht property-privacy new && right aspect "what is left on the street"
	right beslist nee && right kern nabij && right 4.3.1 "It is all they have."
	right inperking aanzienlijk && right 4.3.2 "Seldom; mostly given back."
	right 4.3.3 gemiddeld && right 4.4.1 "Sleeping bags look like waste."
	right 4.4.2 onder-voorwaarden && right 4.4.2.t "Two people look."
	right 4.5.4 ja && right 4.5.4.t "Nothing else works at night."
	right recht data-protection new && right beslist wet 2
	right beslist.t "Article 6(1)(e) GDPR." 2
}

@test "rights judged one by one stand in the boxes of the official form" {
	rights
	fria export straatafval/iama --format official-form -o ../out.json
	box() { jq -r --arg id "$1" '.answers[$id].value' ../out.json; }
	[ "$(box 4.3.1)" = "**Camera surveillance and privacy of property**: what is left on the street. Close to the core. It is all they have.

**Data protection**: Article 6(1)(e) GDPR." ]
	[ "$(box 4.3.2)" = "**Camera surveillance and privacy of property**: Considerable. Seldom; mostly given back." ]
	[ "$(box 4.3.3)" = "**Camera surveillance and privacy of property**: Medium" ]
	[ "$(box 4.4.2)" = "**Camera surveillance and privacy of property**: Yes, on conditions. Two people look." ]
	[ "$(box 4.5.4)" = "**Camera surveillance and privacy of property**: Yes. Nothing else works at night." ]
	# what is said for all of them together, and what differs
	[ "$(box 4.4.1)" = "It worked in the *pilot*.

**Camera surveillance and privacy of property**: Sleeping bags look like waste." ]
	jq -e '[.answers | keys[] | select(startswith("4.r"))] == []' ../out.json
	# the same file says nothing new here
	cp $I ../before.json
	fria import straatafval/iama ../out.json
	cmp $I ../before.json
	# elsewhere the text stays in the box, and no row is made of it
	fria app add elders --from "$EXAMPLE/entry.json" && fria new elders iama-2.0
	fria import elders/iama ../out.json
	E=assessments/elders/iama.json
	[ "$(jq -c '.answers["4.r"]' $E)" = null ]
	[[ $(jq -r '.proposals[] | select(.task == "4.3.3").value' $E) == *"privacy of property"*Medium ]]
	jq -r '.proposals[] | [.task, .id] | @tsv' $E >../offered
	while read -r task id; do
		fria answer elders/iama "$task" --proposal "$id" </dev/null
	done <../offered
	fria export elders/iama --format official-form -o ../again.json
	[ "$(jq -cS '.answers | map_values(.value)' ../again.json)" = \
		"$(jq -cS '.answers | map_values(.value)' ../out.json)" ]
}

@test "rights that the official form does not list come back with one's own file" {
	rights
	fria answer straatafval/iama 4.1.1.1 "property-privacy; data-protection; property; health"
	right recht property new && right aspect "a sleeping bag" 3
	fria export straatafval/iama --format official-form -o ../out.json 2>../told
	grep -q property ../told
	not jq -e '.answers["4.1.1.1"].value | index("property")' ../out.json
	cp $I ../before.json
	fria import straatafval/iama ../out.json
	cmp $I ../before.json
	# what the form does list is as the file says; of ours it says nothing
	jq '.answers["4.1.1.1"].value = ["Uitingsvrijheid"] |
		.answers["4.1.1.1"].lastEditedAt = "2099-01-01T00:00:00Z"' \
		../out.json >../other.json
	fria import straatafval/iama ../other.json
	[ "$(jq -c '.answers["4.1.1.1"].value' $I)" = \
		'["expression","property","health"]' ]
}

@test "a right judged apart takes the place of the question for all" {
	rights
	refused "4.r.recht" fria answer straatafval/iama 4.3.1 "Again."
	fria evaluate straatafval/iama >../said || [ $? = 1 ]
	for id in 4.3.1 4.3.2 4.3.3 4.4.2 4.5.4; do
		not grep -q "^  ○ $id " ../said
	done
	grep -q "^  ○ 4.5.1 " ../said
	# one that was not chosen is no right here
	refused "demonstration" fria answer straatafval/iama 4.r.recht demonstration --row new
	# what the table says, a departure from it, and what it comes to
	[ "$(fria --json evaluate straatafval/iama | jq -c '.scores.ernst_tabel')" = '[2,""]' ]
	not grep -q "de ernst van een recht" ../said
	fria answer straatafval/iama 4.r.4.3.3 ernstig --row 1
	fria answer straatafval/iama 4.r.4.5.4 nee --row 1
	output=$(fria --lang nl evaluate straatafval/iama | tr -s '\n ' ' ')
	[[ $output == *"wijkt af van de tabel, en 4.r zegt niet waarom"* ]]
	not grep -q "wordt ernstig geraakt" <<<"$output" # nobody decided yet
	fria report straatafval/iama --lang nl >../report.md
	grep -q "^| regel 1: Verbod op cameratoezicht / eigendomsgebonden privacyrechten | gemiddeld |" ../report.md
	grep -q "^| regel 2: Recht op persoonsgegevensbescherming" ../report.md
	# without rows the question for all is there again, with its answer
	fria answer straatafval/iama 4.r.recht --row -2 && fria answer straatafval/iama 4.r.recht --row -1
	[ "$(jq -r '.answers["4.3.1"].value' $I)" = "For all of them together." ]
	fria answer straatafval/iama 4.3.1 "Again."
}

@test "what was said of all rights together is offered to the first that is judged apart" {
	workspace && fria new straatafval iama-2.0
	I=assessments/straatafval/iama.json
	fria answer straatafval/iama 4.1.1.1 "property; data-protection"
	fria answer straatafval/iama 4.3.1 "Privacy: light. Property: heavy."
	fria answer straatafval/iama 4.4.1 "It worked in the pilot."
	fria answer straatafval/iama 4.5.4 "Yes, on conditions."
	offered() { fria --json evaluate straatafval/iama | jq -c '[.proposals[] |
		select(.task | startswith("4.r")) | [.task, .value, .from]]'; }
	[ "$(offered)" = "[]" ]
	fria answer straatafval/iama 4.r.recht property --row new
	fria answer straatafval/iama 4.r.beslist nee --row 1
	fria answer straatafval/iama 4.r.recht data-protection --row new
	fria answer straatafval/iama 4.r.beslist nee --row 2
	# once, and not what is still asked of all (4.4.1)
	[ "$(offered)" = '[["4.r.4.3.1","Privacy: light. Property: heavy.","4.3.1"],["4.r.4.5.4.t","Yes, on conditions.","4.5.4"]]' ]
	fria answer straatafval/iama 4.r.4.3.1 --proposal --row 1
	fria answer straatafval/iama 4.r.4.5.4.t "Only with two people." --row 1
	[ "$(offered)" = "[]" ]
	fria answer straatafval/iama 4.r.4.3.1 "Heavy." --row 1
	[ "$(offered)" = "[]" ]
	in_form
}

@test "the official IAMA over ours keeps the rights one by one, after 4.5" {
	[ -f "$REFERENCE/par-dpia-form/iama.yaml" ] || skip "no reference data"
	rights && fria save
	fria --yes instrument import "$REFERENCE/par-dpia-form/iama.yaml"
	[ "$(jq -c '[.. | objects | select(.id? == "4")][0].tasks | map(.id) | .[-3:]' \
		instruments/iama-2.0.json)" = '["4.5","4.r","4.actiepunten"]' ]
	fria instrument check iama-2.0
	[ "$(fria --json evaluate straatafval/iama | jq -c '.scores.ernst_tabel')" = '[2,""]' ]
	refused "4.r.recht" fria answer straatafval/iama 4.3.1 "Again."
}

# two processings, and three parties of which a file does not say whose they are
parties() {
	[ -f "$REFERENCE/par-dpia-form/dpia.yaml" ] || skip "no reference data"
	fria init dpia --org X && cd dpia
	fria app add parkeren --from "$EXAMPLE/entry.json"
	fria instrument import "$REFERENCE/par-dpia-form/dpia.yaml"
	fria new parkeren dpia-3.0
	D=assessments/parkeren/dpia.json
	jq -n '{metadata: {urn: "urn:nl:dpia:3.0"}, answers: {
		"3.1": [{_index: 0, "3.1.1": {value: "collect"}}, {_index: 1, "3.1.1": {value: "show"}}],
		"6.1.1": [("Supplier", "Police", "Court") | {"6.1.1.1": {value: .}}]}}' >../in.json
}

# belongs: what each party belongs to
belongs() {
	jq -c '.answers["3.1"] as $of | [.answers["6.1.1"][] | .["6.1.1.bij"].value // [] |
		map(. as $id | $of[] | select(.id == $id) | .["3.1.1"].value)]' $D
}

@test "what rows within rows belong to is said with --links, or what to type is" {
	parties
	cp $D ../before.json
	for wrong in '[]' '{"6.1": [[1]]}' '{"6.1.1": [1]}' '{"6.1.1": [["a"]]}' \
		'{"6.1.1": [[1], [3]]}' '{"6.1.1": [[], [], [], [1]]}'; do
		echo "$wrong" >../wrong.json
		refused 'wrong.json' fria import parkeren/dpia ../in.json --links ../wrong.json
		cmp $D ../before.json
	done
	[[ $stderr == *"wrong.json:1:24: 6.1.1 has no row 4 in the answer file." ]]
	refused '/6\.1\.1/3' fria --verbose import parkeren/dpia ../in.json --links ../wrong.json
	run fria import parkeren/dpia ../in.json
	[ "$status" = 1 ]
	[[ $output == *'3 rows of 6.1.1 (row 1, 2, 3)'*'--links FILE'*'{"6.1.1": [[1], [1, 2]]}'* ]]
	echo '{"6.1.1": [[2, 1], [2], []]}' >../links.json
	run fria import parkeren/dpia ../in.json --links ../links.json
	[[ $output == *'1 row of 6.1.1 (row 3)'* ]]
	[ "$(jq -c .answers $D)" = '{}' ]
	taken parkeren/dpia
	[ "$(belongs)" = '[["collect","show"],["show"],[]]' ]
	echo '{"6.1.1": [[], [], [1]]}' >../links.json
	fria import parkeren/dpia ../in.json --links ../links.json
	taken parkeren/dpia
	[ "$(belongs)" = '[["collect","show"],["show"],["collect"]]' ]
	fria save
	fria export parkeren/dpia --format official-form -o ../out.json
	fria import parkeren/dpia ../out.json
	git diff --exit-code
}

@test "on a terminal it is asked what rows within rows belong to" {
	parties
	cc -o ../pty "$BATS_TEST_DIRNAME/pty.c" -lutil
	printf '%s\n' '? 2. show' '? "Supplier"' '> 1, 2' '? "Police"' '> 7' '? "Police"' \
		'> 2' '? "Court"' '< \n' >../script
	../pty $FRIA import parkeren/dpia ../in.json <../script >../said || [ $? = 1 ]
	taken parkeren/dpia
	[ "$(belongs)" = '[["collect","show"],["show"],[]]' ]
}

@test "equal rows within rows become one, unless somebody stands for one or something names it" {
	parties
	jq '.answers["6.1.1"] |= [.[0], .[1], .[0]]' ../in.json >../same.json
	echo '{"6.1.1": [[2], [1], [1]]}' >../links.json
	fria import parkeren/dpia ../same.json --links ../links.json
	taken parkeren/dpia
	[ "$(belongs)" = '[["collect","show"],["collect"]]' ]
	fria save
	fria export parkeren/dpia --format official-form -o ../out.json
	[ "$(jq -c '.answers["6.1.1"] | map(.["6.1.1.1"].value)' ../out.json)" = '["Supplier","Police","Supplier"]' ]
	fria import parkeren/dpia ../out.json
	git diff --exit-code
	fria new parkeren dpia-3.0 --name other
	D=assessments/parkeren/other.json
	fria answer parkeren/other 6.1.1.1 Supplier --row new
	fria import parkeren/other ../same.json --links ../links.json
	taken parkeren/other
	[ "$(jq '.answers["6.1.1"] | length' $D)" = 3 ]
}

# shown FILE: pictures as the form's file has them, in rows of 1.2
shown() {
	jq -c '.answers["1.2"] // [] | map(.["1.2.1"].value)' "$1"
}

@test "pictures in an official file become evidence, and go out whole again" {
	fria init dpia --org X && cd dpia && fria app add parkeren --from "$EXAMPLE/entry.json"
	fria new parkeren dpia-3.0 && fria save
	D=assessments/parkeren/dpia.json
	printf '\211PNG\r\n\032\n\0\0PIXELS' >../dot.png
	{ printf '\377\330\377' && head -c 1200000 /dev/urandom; } >../large.jpg
	jq -n --arg dot "$(base64 -w0 ../dot.png)" --rawfile large <(base64 -w0 ../large.jpg) '
		def png: "data:image/png;base64,\($dot)";
		{metadata: {urn: "urn:nl:dpia:3.0"}, answers: {"1.2": [
			{data: png, title: "A [dot]", description: "# It is\n\none dot."},
			{data: "data:image/jpeg;base64,\($large)"},
			{data: png, title: "Same"}, png] | to_entries |
			map({_index: .key, "1.2.1": {value: .value}})}} | .answers["1.1"] = {value: "Text"}' >../in.json
	run fria import parkeren/dpia ../in.json
	[ "$status" = 0 ] && [[ $output != *"Personal data"* ]]
	evidence=(assessments/parkeren/evidence/*)
	[ "${#evidence[@]}" = 2 ]
	cmp ../dot.png assessments/parkeren/evidence/*-a-dot.png
	cmp ../large.jpg assessments/parkeren/evidence/*-*.jpg
	taken parkeren/dpia
	[[ $(jq -r '.answers["1.2"][0]["1.2.1"].value' $D) == '![A \[dot\]](evidence/'*'-a-dot.png)'*'one dot.' ]]
	fria check && fria save
	fria report parkeren/dpia --format html -o ../out.html
	grep -q "alt=\"A \[dot\]\" src=\"data:image/png;base64,$(base64 -w0 ../dot.png)\"" ../out.html
	fria export parkeren/dpia --format official-form -o ../out.json
	[ "$(shown ../out.json | jq -c '.[:3]')" = "$(shown ../in.json | jq -c '.[:3]')" ]
	[ "$(shown ../out.json | jq -c '.[3].data')" = "$(shown ../in.json | jq -c '.[3]')" ]
	for file in out in; do
		fria import parkeren/dpia ../$file.json
		[ -z "$(git status --porcelain)" ]
	done
	# Another tool's reader gets what may leave: the words.
	fria export parkeren/dpia --format official-form --audience public -o ../public.json
	[ "$(shown ../public.json | jq -c '.[0]')" != "$(shown ../in.json | jq -c '.[0]')" ]
	lacks 'base64|evidence/' ../public.json
	# In an assessment elsewhere it is that one's evidence.
	fria app add elders --from "$EXAMPLE/entry.json" && fria new elders dpia-3.0
	fria import elders/dpia ../out.json
	cmp ../dot.png assessments/elders/evidence/*-a-dot.png
}

@test "what is no picture is told and not taken; all else is, and what was here stays" {
	fria init dpia --org X && cd dpia && fria app add parkeren --from "$EXAMPLE/entry.json"
	fria new parkeren dpia-3.0
	D=assessments/parkeren/dpia.json
	{ printf '\211PNG\r\n\032\n' && head -c 4500000 /dev/zero; } | base64 -w0 >../large
	put() {
		jq -n --arg title "$1" --rawfile data "$2" '{metadata: {urn: "urn:nl:dpia:3.0"}, answers: {
			"1.2": [{_index: 0, "1.2.1": {value: {data: $data, title: $title}}}],
			"1.1": {value: "Text \($title)"}}}' >../in.json
		run fria import parkeren/dpia ../in.json
		[ "$status" = 1 ]
		[ "$(proposed 1.1 $D)" = "Text $1" ]
	}
	fria answer parkeren/dpia 1.2.1 "See the binder." --row new
	said() { printf '%s' "$1" >../data; }
	svg() { said "data:image/svg+xml;base64,$(echo '<svg onload="alert(1)"/>' | base64 -w0)"; }
	svg && put vector ../data && [[ $(flat "$output") == *"no PNG and no JPEG"*"1.2.1: vector"* ]]
	said "data:image/png;base64,$(echo '<svg/>' | base64 -w0)" && put liar ../data
	[[ $(flat "$output") == *"no PNG and no JPEG"* ]]
	said "data:text/html;base64,$(base64 -w0 <<<'<script>')" && put page ../data
	said "data:image/png;base64,iVBO*Rw0" && put broken ../data
	said "data:image/png,%89PNG" && put plain ../data
	said "https://example.org/a.png" && put away ../data
	{ printf 'data:image/png;base64,' && cat ../large; } >../data && put large ../data
	[[ $(flat "$output") == *"larger than 4 MB"* ]]
	[ ! -e assessments/parkeren/evidence ]
	[ "$(jq -r '.answers["1.2"][0]["1.2.1"].value' $D)" = "See the binder." ]
	# A text without end is none, whatever it begins with.
	jq -n '{metadata: {urn: "urn:nl:dpia:3.0"}, answers: {"1.1": {value: ("data: " + "x" * 1100000)}}}' >../in.json
	refused "1.1" fria import parkeren/dpia ../in.json
}
