#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What comes in from the tools that people have: the register.
load common

setup() {
	common_setup
	fria init ws --org Zandmeer && cd ws
}

reference() {
	[ -e "$REFERENCE/$1" ] || skip "not in the reference folder"
}

fact() { command jq -c ".register.$2" "assessments/$1/application.json"; }

# Two entries as the download has them.
download() {
	printf '\xef\xbb\xbf'
	printf '%s\r\n' \
		'algorithm_id,name,organization,goal,category,lawful_basis_grouping,status' \
		'11,Slimme camera,Zandmeer,"Schone straten, ""overal""","Verkeer, Recht","1: Wet A, art. 2, https://example.org/a. 2: Wet B",In gebruik' \
		'12,Zoëkhulp,Zandmeer,Sneller,,,"In
ontwikkeling"'
}

@test "the register's CSV download becomes applications, in one commit" {
	download >../download.csv
	run --separate-stderr fria import ../download.csv --release 2026-05-13
	[ "$status" = 0 ] && [[ $stderr == "2 applications added, 0 updated, 0 unchanged." ]]
	[ "$(fria app list | grep -c .)" = 2 ]
	[ "$(fact slimme-camera goal)" = '"Schone straten, \"overal\""' ]
	[ "$(fact slimme-camera category)" = '["Verkeer","Recht"]' ]
	[ "$(fact slimme-camera lawful_basis_grouping)" = \
		'[{"title":"Wet A, art. 2","link":"https://example.org/a"},{"title":"Wet B"}]' ]
	[ "$(fact zoekhulp status)" = '"In\nontwikkeling"' ]
	[ "$(jq -r .release assessments/zoekhulp/application.json)" = 2026-05-13 ]
	[ "$(jq -r .received.lars assessments/zoekhulp/entry.json)" = 12 ]
	[ "$(git rev-list --count HEAD)" = 2 ] && [ -z "$(git status --porcelain)" ]
	fria check
}

@test "the next download releases what changed, and nothing else" {
	download >../download.csv
	fria import ../download.csv --release 1
	before=$(git rev-parse HEAD)
	run --separate-stderr fria import ../download.csv --release 2
	[[ $stderr == "0 applications added, 0 updated, 2 unchanged." ]]
	[ "$(git rev-parse HEAD)" = "$before" ]
	sed 's/Sneller/Beter/; s/,/;/g; s/Schone straten;/Schone straten,/; s/Verkeer;/Verkeer,/' \
		../download.csv >../semicolon.csv
	run --separate-stderr fria import ../semicolon.csv --release 2
	[ "$status" = 0 ]
	[ "$(fact zoekhulp goal)" = '"Beter"' ]
	[ "$(jq -r .release assessments/zoekhulp/application.json)" = 2 ]
	[ "$(jq '.events | length' assessments/zoekhulp/application.json)" = 10 ]
}

@test "a broken row is named, the others come in" {
	{
		download
		printf "%s\n" '13,"Half,Zandmeer,x,,,In gebruik' \
			'14,Te kort,Zandmeer' '15,"Na" tekst,Zandmeer,x,,,In gebruik' \
			'16,,Zandmeer,x,,,In gebruik' $'17,L\xe9,Zandmeer,x,,,In gebruik' \
			'18,Goed,Zandmeer,"x",,,In gebruik'
	} >../broken.csv
	run --separate-stderr fria import ../broken.csv
	[ "$status" = 1 ]
	[[ $stderr == *"3 applications added"* ]]
	[ "$(grep -c error <<<"$output")" = 5 ]
	[[ $output == *"broken.csv:5:1: error: Line 5: "*"quotation"* ]]
	[[ $output == *"Line 6: 3 cells where there are 7 columns (14)"* ]]
	[[ $output == *"Line 8: without a name"* ]]
	[[ $output == *"Line 9 is not UTF-8"* ]]
	[ "$(fact goed goal)" = '"x"' ]
}

@test "the same entry twice, a wrong form, a wrong value: each row is named" {
	{
		printf 'algorithm_id,name,goal,begin_date,status,category\n'
		printf '%s\n' '21,Een,x,2024-01,In gebruik,' \
			'22,Twee,x,32-13-2026,Banaan,"Verkeer, Fruit"' \
			'21,Een,anders,2024-01,in  gebruik,' \
			'23,Drie,x,,,"[{""a"": 1}]"' '24,Vier,x,,,'
	} >../odd.csv
	run --separate-stderr fria import ../odd.csv
	[ "$status" = 1 ]
	[ "$stderr" = "3 applications added, 0 updated, 0 unchanged, 2 left out." ]
	[[ $output == *"odd.csv:3:1: warning: Start date: \"32-13-2026\" is no year"* ]]
	[[ $output == *"odd.csv:3:1: warning: Status: "*'"Banaan"'* ]]
	[[ $output == *"odd.csv:3:1: warning: "*'"Fruit"'* ]]
	[[ $output == *"odd.csv:4:1: warning: Een was left out: "*"odd.csv:2 already"* ]]
	[[ $output == *"odd.csv:5:1: error: Drie was left out; Theme does not fit"* ]]
	[ "$(grep -c . <<<"$output")" = 5 ]
	[ "$(fact een goal)$(fact twee status)" = '"x""Banaan"' ]
	fria check
	# What is known already is looked at in the same way.
	run --separate-stderr fria import ../odd.csv
	[ "$stderr" = "0 applications added, 0 updated, 3 unchanged, 2 left out." ]
	cat >../odd.json <<-'END'
	[{"name": "Vijf", "lars": "25", "goal": "x"},
	 {"name": "Vijf", "lars": "25", "goal": "x"},
	 {"name": "Zes", "lars": "26", "goal": {"a": 1}},
	 {"name": "Zeven", "lars": "27", "goal": "x", "end_date": "ooit"}]
	END
	run --separate-stderr fria import ../odd.json
	[ "$status" = 1 ]
	[ "$stderr" = "2 applications added, 0 updated, 0 unchanged, 2 left out." ]
	[[ $output == *"odd.json:2:"*": warning: Vijf was left out: "*" /0 already"* ]]
	[[ $output == *"odd.json:3:"*": error: Zes was left out; Goal and impact does not fit"* ]]
	[[ $output == *"odd.json:4:"*": warning: End date: \"ooit\""* ]]
	fria check
}

@test "what is no download is refused" {
	printf 'a,b\n1,2\n' >../a.csv
	: >../empty.csv
	echo '{"a": 1}' >../a.json
	refused "a.csv:1:1: .*no column" fria import ../a.csv
	refused "names no column" fria import ../empty.csv
	refused "no entries" fria import ../a.json
	refused "cannot|no such|No such" fria import ../absent.csv
	refused "register-csv" fria import ../a.csv --format xlsx
}

@test "an application with unsaved changes is left out, by name" {
	download >../download.csv
	fria import ../download.csv --release 1
	sed -i 's/Sneller/Anders/' assessments/zoekhulp/application.json
	sed 's/Sneller/Beter/; s/Schone/Nette/' ../download.csv >../next.csv
	run --separate-stderr fria import ../next.csv --release 2
	[ "$status" = 1 ]
	[[ $output == *"Zoëkhulp has unsaved changes"* ]]
	[ "$(fact zoekhulp goal)" = '"Anders"' ]
	[ "$(fact slimme-camera goal)" = '"Nette straten, \"overal\""' ]
}

@test "the same names twice are two applications" {
	echo '[{"name": "Chatbot", "lars": "1", "goal": "a", "status": "In gebruik"},
		{"name": "Chatbot", "lars": "2", "goal": "b", "status": "In gebruik"}]' >../two.json
	fria import ../two.json
	[ "$(fact chatbot goal)$(fact chatbot-2 goal)" = '"a""b"' ]
	run --separate-stderr fria import ../two.json
	[[ $stderr == "0 applications added, 0 updated, 2 unchanged." ]]
}

@test "every application gets an assessment at once, and keeps the one it has" {
	download >../download.csv
	fria import ../download.csv --release 1
	fria new zoekhulp start-1.0 && fria answer zoekhulp/start 1.1 ai && fria save
	refused "A B" fria new - start-1.0 --name "A B"
	refused "no questionnaire \"nope-1.0\"" fria new - nope-1.0
	refused "one application at a time" fria new - start-1.0 --from zoekhulp/start
	run --separate-stderr fria new - start-1.0
	[ "$status" = 0 ]
	[ "$stderr" = "1 assessment started; 1 application had one already.
Not saved yet; \"fria save\" does that." ]
	[ "$(jq -r '.answers["1.1"].value' assessments/zoekhulp/start.json)" = ai ]
	[ "$(git status --porcelain)" = "?? assessments/slimme-camera/start.json" ]
	fria check && fria save
	# Written as one, it is what it would have been by itself.
	cp assessments/slimme-camera/start.json ../together.json
	fria new slimme-camera start-1.0 --name apart
	cmp ../together.json assessments/slimme-camera/apart.json
}

# equal_forms FILE: entries as the API gives them, and as the CSV download has them
equal_forms() {
	node "$ROOT/tests/reference/download.mjs" "$1" >../entries.csv
	node "$ROOT/tests/reference/download.mjs" "$1" --semicolon >../semi.csv
	fria import "$1" --release 1
	n=$(jq length "$1")
	for file in ../entries.csv ../semi.csv; do
		run --separate-stderr fria import "$file" --release 2
		[ "$status" = 0 ] && [[ $stderr == "0 applications added, 0 updated, $n unchanged." ]]
	done
	# And on their own: the facts that hold no more than one paragraph.
	fria init ../other --org Zandmeer
	fria -C ../other import ../entries.csv --release 1
	for app in assessments/*; do
		diff <(plain "$app") <(plain "../other/$app")
	done
}

# bats test_tags=rest
@test "CSV and API form of the entries compare equal" {
	reference algoritmeregister/entries
	command jq -s add "$REFERENCE"/algoritmeregister/entries/*.json >../entries.json
	equal_forms ../entries.json
}

@test "CSV and API form of our own entries compare equal, and one word is not" {
	command -v node >/dev/null || skip "no node"
	command jq -s 'map(if type == "array" then .[0] else . end) |
		map(. + {lars: .source_id, end_date: null, lang: "NLD"})' \
		"$EXAMPLE/entry.json" "$EXAMPLES/chatbot/entry.json" >../entries.json
	equal_forms ../entries.json
	[ "$n" = 2 ]
	sed 's/sneller opruimen/trager opruimen/' ../entries.csv >../word.csv
	run --separate-stderr fria import ../word.csv --release 3
	[ "$status" = 0 ] && [[ $stderr == "0 applications added, 1 updated, 1 unchanged." ]]
}

# The facts that the download has, without markup and white space.
plain() {
	jq '.register | del(.type, .iama_description, .source_data_link)
		| walk(if type == "string" then gsub("<[^>]*>|\\s"; "")
		elif type == "object" then with_entries(select(.value != null and .value != ""
			and .value != [])) else . end)' "$1/application.json"
}

# bats test_tags=rest
@test "the whole register of a day, and the next: what changed, by field" {
	reference register-scrape
	run --separate-stderr fria import \
		"$REFERENCE/register-scrape/algoritmes.2026-05-13.json" --release 2026-05-13
	[ "$status" = 0 ] && [[ $stderr == "1431 applications added"* ]]
	run --separate-stderr fria import \
		"$REFERENCE/register-scrape/algoritmes.2026-07-23.json" --release 2026-07-23
	[[ $stderr == "89 applications added, 36 updated, 1394 unchanged." ]]
	counts=$(git log -1 --format=%b | sed 's/^[^:]*: //; s/, /\n/g' | sort | uniq -c |
		grep -v '^ *1 *$' | awk '{n = $1; $1 = ""; print n $0}' | sort)
	[ "$counts" = "$(printf '%s\n' '1 Name in the register' '2 Legal basis' '22 Organisation' \
		'6 Goal and impact' '7 Status' | sort)" ]
	git fsck --strict && [ -z "$(git status --porcelain)" ]
}

# --- cards ---

@test "system cards become applications; one of an unknown version is refused" {
	cat >../card.yaml <<'END'
schema_version: "0.1a10"
name: Verkeerslichten
description: Regelt verkeer.
ai_act_profile: {type: AI-systeem, role: aanbieder}
technical_design: Regels.
risk_management: Jaarlijks getoetst.
END
	fria app add verkeer --from ../card.yaml
	[ "$(jq -r .card.ai_act_profile.role assessments/verkeer/application.json)" = aanbieder ]
	[ "$(jq -r .name assessments/verkeer/application.json)" = Verkeerslichten ]
	fria release verkeer 1 --from ../card.yaml
	sed 's/Regels/Leert/; s/Jaarlijks/Nooit/; s/0.1a10/0.1a14/' ../card.yaml >../next.yaml
	run --separate-stderr fria --json release verkeer 2 --patch --from ../next.yaml
	[ "$(jq -c .changed <<<"$output")" = '["/card/technical_design"]' ]
	fria check
	sed 's/0.1a10/0.2/' ../card.yaml >../new.yaml
	refused "next to version|version \"0.2\"" fria app add ander --from ../new.yaml
	fria app add ander --from ../new.yaml --format card
}

@test "the municipal card and the test card go in, with their assessments" {
	reference amt/verkeer.json
	fria app add verkeer --from "$REFERENCE/amt/verkeer.json"
	fria app add bvv --from "$REFERENCE/amt/system_test_card.yaml"
	[ "$(jq -r .card.legal_base[0].name assessments/bvv/application.json)" = "Aliens Act 2000" ]
	fria new bvv iama-1.0
	fria import bvv/iama "$REFERENCE/amt/assessment-card-iama.yaml"
	[ "$(jq -r '[.answers, ([.proposals[].task] | join(" "))] | tostring' \
		assessments/bvv/iama.json)" = '[{},"1.1.1 1.2.1"]' ]
	[ "$(jq -r '.comments[0] | .task + .by + .at' assessments/bvv/iama.json)" = \
		"1.1.1John Doe, Jane Doe2024-04-17T12:03:23Z" ]
	fria instrument import "$REFERENCE/task-registry/iama-1.yaml" --yes
	fria new verkeer iama-1.0
	run --separate-stderr fria --json import verkeer/iama "$REFERENCE/amt/verkeer.json"
	[ "$status" = 1 ]
	# Each question is either offered an answer now or named.
	asked=$(jq '[.assessments[0].contents[] | select(.answer != "")] | length' \
		"$REFERENCE/amt/verkeer.json")
	named=$(jq '[.[] | select(.severity == "warning")] | length' <<<"$output")
	[ "$asked" = "$(($(jq '.proposals | length' assessments/verkeer/iama.json) + named))" ]
	fria new verkeer iama-2.0 --name iama-2
	refused "belongs to urn:nl:aivt" fria import verkeer/iama-2 \
		"$REFERENCE/amt/verkeer.json"
}

@test "a card as the tools write it: the system, and the assessment in it" {
	jq -n '{schema_version: "0.1a10", name: "Verkeerslichten",
		description: "Regelt verkeer.", owners: [{organization: "Zandmeer"}],
		legal_base: [{name: "Wegenverkeerswet"}],
		assessments: [{name: "IAMA", urn: "urn:nl:iama:2.0", date: "2026-02-03",
			contents: [
				{question: "1.1.1", urn: "urn:nl:iama:2.0:1.1.1", answer: "Doorstroming.",
					remarks: "Nog na te lezen.", authors: [{name: "A. de Vries"}],
					timestamp: "2026-02-03T10:00:00Z"},
				{question: "9.9", urn: "urn:nl:iama:2.0:9.9", answer: "Weg."},
				{question: "1.1.2", urn: "urn:nl:iama:2.0:1.1.2", answer: ""}]}]}' \
		>../card.json
	fria app add verkeer --from ../card.json
	[ "$(jq -r .card.legal_base[0].name assessments/verkeer/application.json)" = Wegenverkeerswet ]
	[ "$(jq '.card | has("assessments")' assessments/verkeer/application.json)" = true ]
	fria new verkeer iama-2.0
	run --separate-stderr fria --json import verkeer/iama ../card.json
	[ "$status" = 1 ]
	[ "$(jq -c '[.[] | select(.severity == "warning") | .text | contains("9.9")]' \
		<<<"$output")" = '[true]' ]
	[ "$(jq -c '[.answers, (.proposals[] | .task, .value, .from)]' \
		assessments/verkeer/iama.json)" = \
		'[{},"1.1.1","Doorstroming.","card.json (A. de Vries, 2026-02-03)"]' ]
	[ "$(jq -r '.comments[0].text' assessments/verkeer/iama.json)" = "Nog na te lezen." ]
	fria check verkeer || [ $? = 1 ]
}

@test "an assessment card comes out and goes in again, as JSON and as YAML" {
	cd .. && rm -rf ws && adopted
	fria answer straatafval/iama 1.1.1 $'Een: "twee"\n- drie'
	fria export straatafval/iama --format card -o ../card.json
	fria export straatafval/iama --format card -o ../card.yaml
	[ "$(jq -r .urn ../card.json)" = urn:nl:iama:2.0 ]
	fria new straatafval iama-2.0 --name again
	fria new straatafval iama-2.0 --name yaml
	fria import straatafval/again ../card.json
	fria import straatafval/yaml ../card.yaml
	taken straatafval/again
	taken straatafval/yaml
	values() {
		jq '[.answers[] | if type == "array" then .[] | del(.id) | .[] else . end
			| .value | select(. != null)
			| select(tostring | startswith("Not answered") | not)] | sort' \
			"assessments/straatafval/$1.json"
	}
	diff <(values again) <(values yaml)
	diff <(values iama) <(values again)
	fria export straatafval/iama --format card --audience public >../public.json
	not grep -q Jansen ../public.json
}

# --- the official form ---

# bats test_tags=rest
@test "official answer files, by schema and by instrument: nothing is lost" {
	reference par-dpia-form/assessment-output.v2.schema.json
	echo '{"use": {"purpose": "x"}}' >../facts.json
	fria app add app --from ../facts.json
	fria instrument import "$REFERENCE/par-dpia-form/iama.yaml"
	fria new app iama-2.0
	node "$ROOT/tests/reference/official.mjs" "$FRIA" app/iama \
		"$REFERENCE/par-dpia-form/assessment-output.v2.schema.json" 24
}

@test "official answer files by the built-in questionnaire: nothing is lost" {
	command -v node >/dev/null || skip "no node"
	echo '{"use": {"purpose": "x"}}' >../facts.json
	fria app add app --from ../facts.json
	fria new app iama-2.0
	node "$ROOT/tests/reference/official.mjs" "$FRIA" app/iama - 24
}

@test "the official form: oddities, origins, and what it cannot hold" {
	cd .. && rm -rf ws && workspace && fria new straatafval iama-2.0
	cat >../form.json <<'END'
{"$schema": "x", "metadata": {"urn": "urn:nl:iama:2.0", "createdAt": "2026-01-02T03:04:05Z",
  "completedTasks": ["1.0"]},
 "answers": {
  "1.1.1": {"value": "Afval.", "lastEditedAt": "2026-01-02T03:04:05Z", "lastEditedBy": "A. de Vries"},
  "1.1.2": {"value": null, "lastEditedAt": "2026-01-02T03:04:05Z"},
  "1.3.1": {"value": false, "lastEditedAt": "2026-01-02T03:04:05Z"},
  "2.2A.1": {"value": "Regels.", "lastEditedAt": "2026-01-02T03:04:05Z"},
  "4.1.1.1": {"value": ["Recht op een eerlijk proces: algemeen", "Recht op taart"], "lastEditedAt": "2026-01-02T03:04:05Z"},
  "1.actiepunten": [{"_index": 1, "1.actiepunten.tekst": {"value": "Twee", "lastEditedAt": "x"}},
   {"_index": 0, "1.actiepunten.tekst": {"value": "Een", "lastEditedAt": "x"}}],
  "1.1": {"value": "Kop", "lastEditedAt": "x"}, "7.7": {"value": "Weg", "lastEditedAt": "x"}},
 "notes": 1}
END
	run --separate-stderr fria --json import straatafval/iama ../form.json
	[ "$status" = 1 ]
	[ "$(jq -r '[.[] | .code + (.pointer // "")] | sort | join(" ")' <<<"$output")" = \
		"place_completed/metadata/completedTasks place_group/answers/1.1 place_member/notes place_unfit/answers/4.1.1.1 place_unknown/answers/7.7" ]
	[[ $output == *"Recht op taart"* && $output == *"Kop"* && $output == *"Weg"* ]]
	doc=$IAMA
	[ "$(jq -r '.proposals[] | select(.task == "1.1.1").from' $doc)" = "form.json (A. de Vries, 2026-01-02)" ]
	[ "$(jq -c .answers $doc)" = '{}' ]
	[ "$(proposed 4.1.1.1)" = '["fair-trial"]' ]
	[ "$(proposed 1.actiepunten.tekst | xargs)" = "Een Twee" ]
	fria --json evaluate straatafval/iama |
		jq -e '.counts | .stale == 0 and .answered == 0'
	# Again: the same answers, no row twice.
	cp $doc ../before.json
	fria import straatafval/iama ../form.json || [ $? = 1 ]
	cmp $doc ../before.json
	# Of another system, so they are read a part at a time.
	refused 'a part at a time' fria confirm straatafval/iama --taken-over --note x
	run fria confirm straatafval/iama 1.0 --taken-over --note "Nagelezen." --yes
	[ "$status" = 1 ] # what decides is taken one at a time
	[[ $output == *"Afval."*"one at a time"*"1.3.1"*"1.actiepunten.tekst [2]"* ]]
	[ "$(jq -c '.answers["1.1.1"] | .origin, .basis.note' $doc)" = \
		$'"form.json (A. de Vries, 2026-01-02)"\n"Nagelezen."' ]
	[ -z "$(proposed 1.1.1)" ]
	refused 'Nothing is proposed at 1.1.1' \
		fria confirm straatafval/iama 1.1.1 --taken-over --note x
	[ "$(jq -r '[.proposals[].task] | unique | join(" ")' $doc)" = \
		"1.3.1 1.actiepunten.tekst 2.2A.1 4.1.1.1" ]
	fria confirm straatafval/iama 1.3.1 --taken-over --note "Nagelezen."
	fria answer straatafval/iama 4.1.1.1 --proposal
	# Not asked as things stand, so not taken; it waits until it is.
	refused 'Nothing is proposed' fria confirm straatafval/iama 2 --taken-over --note x
	fria answer straatafval/iama 2.1.1.1 niet-zelflerend
	fria confirm straatafval/iama 2 --taken-over --note "Nagelezen."
	[ "$(value 2.2A.1)" = Regels. ]
	taken straatafval/iama
	[ "$(jq .proposals $doc)" = null ]
	# Out again, with what stays behind.
	fria answer straatafval/iama 1.actiepunten.eigenaar "R. Jansen" --row 1
	fria answer straatafval/iama 4.1.1.1 "fair-trial; children"
	fria waive straatafval/iama 1.1.2 --kind settled --reason "Besloten."
	run --separate-stderr fria export straatafval/iama --format official-form
	[ "$status" = 0 ]
	[ "$(jq -c '.answers["4.1.1.1"].value' <<<"$output")" = '["Recht op een eerlijk proces: algemeen"]' ]
	[ "$(jq -c '.answers["1.3.1"].value' <<<"$output")" = '"false"' ]
	[ "$(jq -c '[.answers["1.actiepunten"][] | keys] | unique' <<<"$output")" = '[["1.actiepunten.tekst","_index"]]' ]
	[ "$(jq -r '.answers["1.1.1"].lastEditedBy' <<<"$output")" = "R. Jansen" ]
	for what in "1.actiepunten.eigenaar is a question of ours" '"children" is ours' \
		"1.1.2: not answered" "narrower.*2.2A.1"; do
		grep -Eq "$what" <<<"$stderr"
	done
	sed 's/urn:nl:iama:2.0/urn:nl:dpia:3.0/' ../form.json >../other.json
	refused "belongs to urn:nl:dpia:3.0" fria import straatafval/iama ../other.json
	echo '{"a": 1}' >../a.json
	refused "no answer file" fria import straatafval/iama ../a.json
	refused "official-form" fria import straatafval/iama ../form.json --format x
}

@test "a form that went out from here and was filled in answers again; another's is offered" {
	adopted
	fria waive straatafval/iama 1.1.2 --kind unknown --reason "Wordt nagegaan."
	fria save
	fria export straatafval/iama --format official-form -o ../out.json
	on_day 2026-03-20
	fria answer straatafval/iama 1.1.1 "Later here."
	fria save
	sed 's/"urn:nl:iama:2.0"/&, "createdBy": {"name": "A. de Vries"}/' ../out.json |
		jq '.answers["1.1.1"].value = "Earlier there." |
			.answers["1.1.2"] = {value: "Filled in.", lastEditedAt: "2026-03-18T10:00:00.000Z", lastEditedBy: "A. de Vries"} |
			.answers["1.2.1"] |= (.value = "Later there." | .lastEditedAt = "2026-03-21T10:00:00.000Z") |
			.answers["1.actiepunten"] += [{_index: 9, "1.actiepunten.tekst": {value: "Nieuw.", lastEditedAt: "2026-03-21T10:00:00.000Z"}}]' >../back.json
	on_day 2026-03-22
	cp $IAMA ../before.json
	run --separate-stderr as Vera fria import straatafval/iama ../back.json
	[ "$status" = 1 ]
	[[ $(flat "$output $stderr") == *"3 answers of its own form"* ]]
	[[ $output == *"1.1.1 was answered here later"*"1.2.1 was answered later in this form"* ]]
	[ "$(value 1.1.1)" = "Later here." ]
	jq -e '.answers["1.1.2"] | (has("waived") | not) and .value == "Filled in." and
		.origin == "back.json (A. de Vries, 2026-03-18)" and
		.basis.by == "Vera <vera@example.org>" and .basis.at[:10] == "2026-03-22" and
		(.basis | has("facts") and has("question"))' $IAMA
	[ "$(value 1.2.1)" = "Later there." ]
	jq -e '.answers["1.actiepunten"] | last["1.actiepunten.tekst"] | .value == "Nieuw." and has("basis")' $IAMA
	[ "$(jq .proposals $IAMA)" = null ]
	not grep -qxE '1\.1\.2|1\.2\.1' <<<"$(in_state stale)"
	fria check straatafval/iama
	# Again it says nothing new.
	cp $IAMA ../once.json
	as Vera fria import straatafval/iama ../back.json || [ $? = 1 ]
	cmp $IAMA ../once.json
	# What went out and was taken away here since is not put back, but offered.
	fria save
	jq 'del(.answers["1.2.2"])' $IAMA >../x && cp ../x $IAMA
	fria import straatafval/iama ../out.json || [ $? = 1 ]
	[ "$(jq -r '[.proposals[].task] | join(" ")' $IAMA)" = 1.2.2 ]
	# Another's: nothing in it is, to the second and by who gave it, of here.
	cp ../before.json $IAMA
	sed 's/"lastEditedBy": "[^"]*"/"lastEditedBy": "Anders"/' ../back.json >../other.json
	as Vera fria import straatafval/iama ../other.json || [ $? = 1 ]
	[ "$(jq -c .answers $IAMA)" = "$(jq -c .answers ../before.json)" ]
	[ "$(jq -r '[.proposals[].task] | join(" ")' $IAMA)" = "1.1.2 1.2.1 1.actiepunten.tekst" ]
}

# --- the supplier ---

@test "a supplier's replies come back in, with their document as origin" {
	cd .. && rm -rf ws && adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --patch --from "$EXAMPLE/release-1.1.json"
	for lang in en nl; do
		$FRIA --lang $lang report straatafval/iama --template supplier-questions -o ../vragen.md
		awk '/^### 2.4.1 /{on = 1} on && /^…$/{print "Gemeten per wijk.\n\n#### Hoe\n\n```\n## code\n```"; on = 0; next} {print}' \
			../vragen.md >../reply-$lang.md
		run --separate-stderr fria import straatafval/iama ../reply-$lang.md
		[ "$status" = 0 ] || { echo "$output $stderr"; false; }
		[ "$(proposed 2.4.1)" = \
			$'Gemeten per wijk.\n\n#### Hoe\n\n```\n## code\n```' ]
		[ "$(jq -r '.proposals[] | select(.task == "2.4.1").from' $IAMA)" = reply-$lang.md ]
		[ "$(git diff --stat | tail -1 | grep -c '1 file')" = 1 ]
		fria undo straatafval/iama
	done
	printf '## 9.9 Onbekend\n\n**Antwoord leverancier:**\n\nJa.\n' >../x.md
	run --separate-stderr fria import straatafval/iama ../x.md
	[ "$status" = 1 ] && [[ $output == *"x.md:3:1: warning: 9.9 is no question"*"Ja."* ]]
	echo "# Niets" >../y.md
	refused "Nowhere stands" fria import straatafval/iama ../y.md
}

# came_in NAME: how many answers came out of a file
came_in() {
	jq '.proposals | length' "assessments/$1.json"
}

# filled ID TEXT: vragen.md with a reply put in the place of an ellipsis
filled() {
	awk -v id="### $1 " -v text="$2" \
		'index($0, id) == 1 {on = 1} on && /^…$/{print text; on = 0; next} {print}' \
		../vragen.md
}

@test "a supplier's own headings, lists and loose fences stay in the reply" {
	cd .. && rm -rf ws && adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --patch --from "$EXAMPLE/release-1.1.json"
	fria report straatafval/iama --template supplier-questions -o ../vragen.md
	answer=$'Antwoord 0\n\n# Kop\n\nTekst.\n\n## 9.9 Nog een\n\n- x\n\n```\nniet gesloten'
	filled 2.4.1 "$answer" >../reply.md
	# The same when the anchors were lost on the way, and with a heading
	# that begins as the next question does.
	grep -v '^<a id' ../reply.md | awk '/^## 9.9/{print "## 2.4.2 ook dit\n"} {print}' >../bare.md
	for file in reply bare; do
		run --separate-stderr fria import straatafval/iama ../$file.md
		[ "$status" = 0 ] || { echo "$output $stderr"; false; }
		value=$(proposed 2.4.1)
		[ "${value%%# 2.4.2*}" != "$value" ] || [ $file = reply ]
		[ "$(sed '/^## 2.4.2/,/^$/d' <<<"$value")" = "$answer" ] || { echo "$file: $value"; false; }
		[ "$(came_in straatafval/iama)" = 1 ]
		fria undo straatafval/iama
	done
}

@test "a reply on the line of its mark, and one in the table" {
	cd .. && rm -rf ws && adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --patch --from "$EXAMPLE/release-1.1.json"
	fria report straatafval/iama --template supplier-questions -o ../vragen.md
	sed '/^### 2.4.1 /,/^…$/s/^\(\*\*Reply.*\)$/\1 Kort/
		/^| 2.4.3 /s/| *|$/| In een \\| cel |/' ../vragen.md >../reply.md
	fria import straatafval/iama ../reply.md
	[ "$(proposed 2.4.1)" = Kort ]
	[ "$(proposed 2.4.3)" = "In een | cel" ]
	[ "$(came_in straatafval/iama)" = 2 ]
}

@test "replies about the rows of a table find their row, or say that they do not" {
	cd .. && rm -rf ws && adopted_chatbot
	doc=assessments/chatbot/fria.json
	n=$(jq '.answers["5.2"] | length' $doc)
	[ "$n" -gt 1 ]
	for i in $(printf 'Data\nModel\n%.0s' $(seq "$n") | head -n "$n"); do
		printf '## 5.2.oorzaak Waardoor\n\n**Antwoord leverancier:**\n\n%s\n\n' "$i"
	done >../rows.md
	fria import chatbot/fria ../rows.md
	[[ "$(proposed 5.2.oorzaak $doc | tr '\n' ' ')" == '["data"] ["model"] ["data"] '* ]]
	[ "$(jq '[.proposals[].row]' $doc)" = "$(jq '[.answers["5.2"][].id]' $doc)" ]
	fria undo chatbot/fria
	head -n 6 ../rows.md >../one.md
	run --separate-stderr fria import chatbot/fria ../one.md
	[ "$status" = 1 ] && [[ $output == *"one.md:3:1: warning: 5.2.oorzaak "*"which row"*"Data"* ]]
	[ -z "$(git status --porcelain)" ]
}

@test "the supplier is asked what nobody knows, whoever should have known" {
	cd .. && rm -rf ws && adopted
	fria waive straatafval/iama 3.1.2 --kind unknown --reason "Weten wij niet."
	fria report straatafval/iama --template supplier-questions -o ../vragen.md
	grep -q '^### 3.1.2 ' ../vragen.md
	grep -q '^| 3.1.2 ' ../vragen.md
	not grep -q '^### 3.1.1 ' ../vragen.md
}
