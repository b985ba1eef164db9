#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The story: an assessment filled in, a release, what must be judged again.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# Visible answers whose facts name one of the pointers.
resting_on() {
	fria --json instrument show iama-2.0 | jq -r --args '
		[.. | objects | select(.facts)] | .[] |
		select(any(.facts[]; IN($ARGS.positional[]))) | .id' "$@" |
		grep -v '^2\.2A' | sort
}

# bats test_tags=rest
@test "the example from an empty folder to v2, and nothing left over" {
	adopted
	[ "$(verdict)" = current ]
	on_day 2026-11-16
	run fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	[ "$status" = 0 ]
	[[ $output == *"37 to be judged again, 63 possibly affected"* ]]
	run fria evaluate straatafval/iama
	[ "$status" = 1 ]
	play_round "$EXAMPLE/iama" straatafval/iama 1.1
	[ "$(verdict)" = current ]
	fria save
	approved
	fria adopt straatafval/iama
	[ "$(git tag | wc -l)" = 2 ]
	git fsck --strict
	[ -z "$(git status --porcelain)" ]
}

@test "one changed fact makes stale exactly the answers that rest on it" {
	adopted
	echo '{"use": {"area": ["Elsewhere"]}}' >../new.json
	fria release straatafval 1.1 --partial --patch --from ../new.json
	[ "$(in_state stale)" = "$(resting_on /use/area)" ]
	[ -n "$(in_state suspect)" ]
	run fria --json evaluate straatafval/iama
	[ "$(jq -r '.tasks[] | select(.state == "stale") | .reasons[].pointer' \
		<<<"$output" | sort -u)" = /use/area ]
}

@test "confirming upstream clears suspicion; confirming downstream first is refused" {
	adopted
	echo '{"use": {"area": ["Elsewhere"]}}' >../new.json
	fria release straatafval 1.1 --partial --patch --from ../new.json
	first=$(in_state suspect | head -n 1)
	refused "judged again" fria confirm straatafval/iama "$first" --note x
	fria confirm straatafval/iama $(in_state stale) --note "Still right."
	[ -z "$(in_state stale)" ]
	[ -z "$(in_state suspect)" ]
	[ "$(verdict)" = current ]
}

@test "confirm by fact, and all that is stale; upstream first" {
	adopted
	echo '{"use": {"area": ["Elsewhere"], "contract": {"until": "2030-01-01"}}}' >../new.json
	fria release straatafval 1.1 --partial --patch --from ../new.json
	stale=$(in_state stale)
	last=$(fria --json evaluate straatafval/iama | jq -r '
		[.tasks[] | select(.state == "stale" and .because)] | last | .id')
	refused "judged again" fria confirm straatafval/iama "$last" --note x
	refused "one of these" fria confirm straatafval/iama --note x
	refused "one of these" fria confirm straatafval/iama 1.1.1 --all-stale --note x
	refused "is no change through which" fria confirm straatafval/iama --cause nothing --note x
	refused "does not touch 1.1.1" fria confirm straatafval/iama --cause Area 1.1.1 --note x
	number=$(fria evaluate straatafval/iama | sed -n 's/^\([0-9]*\)\. Area.*/\1/p')
	refused "does not touch 1.1.1" fria confirm straatafval/iama --cause "$number" 1.1.1 --note x
	refused "why the answer still holds" fria confirm straatafval/iama --all-stale
	alone=$(fria --json evaluate straatafval/iama | jq -r '.tasks[] |
		select(.state == "stale" and
			all(.reasons[]; .pointer == "/use/contract")) | .id')
	[ -n "$alone" ]
	id=$(evaluation | jq -r '.causes[] | select(.pointer == "/use/contract") | .id')
	fria confirm straatafval/iama --cause "$id" --note "The same terms."
	[ "$(in_state stale)" = "$(comm -23 <(echo "$stale") <(sort <<<"$alone"))" ]
	fria confirm straatafval/iama --all-stale --note "All looked at."
	[ -z "$(in_state stale)$(in_state suspect)" ]
	before=$(snapshot)
	fria confirm straatafval/iama --all-stale --note "Nothing left."
	[ "$(snapshot)" = "$before" ]
}

@test "going back to the old facts makes all current again" {
	adopted
	echo '{"use": {"area": ["Elsewhere"], "model": {"name": "Other"}}}' >../new.json
	fria release straatafval 1.1 --partial --patch --from ../new.json
	[ "$(verdict)" = needs-review ]
	fria release straatafval 1.0b --patch --from "$EXAMPLE/release-1.0.json"
	[ "$(verdict)" = current ]
	[ -z "$(in_state stale)" ]
}

@test "bookkeeping and markup change nothing" {
	adopted
	jq '.[0] | .goal = (.goal | gsub("<p>"; "<div>") | gsub("</p>"; "</div>\n")) |
		.publication_dt = "2026-09-09" | .url = "https://example.org/x"' \
		"$EXAMPLE/entry.json" >../entry.json
	run fria release straatafval 1.0.1 --patch --from ../entry.json
	[ "$status" = 0 ]
	[[ $output == *"No characteristic differs"* ]]
	[ "$(verdict)" = current ]
}

@test "diff v1 shows exactly what was changed" {
	adopted
	run fria diff straatafval/iama v1
	[ "$status" = 0 ]
	fria answer straatafval/iama 1.1.2 "Something else."
	run fria --json diff straatafval/iama v1
	[ "$status" = 1 ]
	[ "$(jq -r '.changes[] | select(.kind == "changed") | .task' \
		<<<"$output")" = 1.1.2 ]
	[ "$(jq '[.changes[] | select(.kind == "fact")] | length' \
		<<<"$output")" = 0 ]
	run fria diff straatafval/iama v1
	[[ $output == *"+ Something else."* ]]
	run fria diff straatafval/iama v1 --format md
	[[ $output == *"Something"* ]]
}

@test "an edit by hand is stale by name, and reads back as it was" {
	adopted
	jq '.answers."1.1.1".value = "Changed by hand."' $IAMA >../x.json
	cp ../x.json $IAMA
	in_state stale | grep -qx 1.1.1
	in_state stale | grep -qx 1.1.2
	run fria --json evaluate straatafval/iama
	[ "$(jq -r '.tasks[] | select(.id == "1.1.1") | .reasons[].kind' \
		<<<"$output")" = edited ]
	[ "$(jq -r '.tasks[] | select(.id == "1.1.2") | .reasons[].kind' \
		<<<"$output")" = answer ]
}

@test "keys in another order and unknown members are kept, in canonical form" {
	adopted
	jq '. + {zeta: {b: 1, a: [true]}} |
		.answers."1.1.1".mine = "kept"' \
		$IAMA | tr -d '\n' >../x.json
	cp ../x.json $IAMA
	fria save straatafval/iama
	[ "$(jq -c .zeta $IAMA)" = '{"b":1,"a":[true]}' ] ||
		[ "$(jq -c .zeta $IAMA)" = '{"a":[true],"b":1}' ]
	[ "$(jq -r '.answers."1.1.1".mine' $IAMA)" = kept ]
	diff <(jq . ../x.json) <(jq . $IAMA)
	[ "$(command jq -r 'keys_unsorted[1]' $IAMA)" = instrument ]
	[ -z "$(git status --porcelain)" ]
}

@test "a report is the same bytes twice, in both forms and languages" {
	adopted
	for format in md html; do
		for lang in nl en; do
			$FRIA --lang $lang report straatafval/iama@v1 --format $format >../a
			$FRIA --lang $lang report straatafval/iama@v1 --format $format >../b
			cmp ../a ../b
			[ "$(wc -c <../a)" -gt 20000 ]
		done
	done
}

@test "a hostile answer is harmless and in its place" {
	assessment
	cat >../hostile.md <<'END'
<script>alert(1)</script> [click](javascript:alert(1)) ![pixel](https://evil.example/p.png)

# A heading of mine

| a | b |
|---|---|
| <img src=x onerror=alert(1)> | y |

<iframe src="https://evil.example"></iframe>

```
never closed
END
	fria answer straatafval/iama 1.1.1 --file ../hostile.md
	fria answer straatafval/iama 1.1.2 "SENTINEL after it"
	fria report straatafval/iama --format html -o ../r.html
	fria report straatafval/iama --format md -o ../r.md
	not grep -Ei '<(script|iframe|img|object|embed|form)' ../r.html
	not grep -Ei '<[^>]*(href="?javascript:|src=)' ../r.html
	grep -q '&lt;script&gt;' ../r.html
	cmark-gfm --unsafe -e table ../r.md >../again.html
	# The one picture is ours.
	not grep -Ei '<(script|iframe|img src="[^r])' ../again.html
	not grep -Ei 'href="javascript:' ../again.html
	# The answer after it stands outside the unclosed fence, as text.
	grep -q '<p>SENTINEL after it</p>' ../again.html
	grep -q '<p>SENTINEL after it</p>' ../r.html
}

# bats test_tags=rest
@test "every real entry can be added, answered and reported" {
	[ -d "$REFERENCE/algoritmeregister/entries" ] || skip "no reference data"
	fria init ws --org Test && cd ws
	n=0
	for file in "$REFERENCE"/algoritmeregister/entries/*.json; do
		for i in $(seq "$(jq 'if type == "array" then length else 1 end' "$file")"); do
			n=$((n + 1))
			fria app add "app-$n" --from "$file" --entry "$i"
			fria new "app-$n" iama-2.0
			fria answer "app-$n/iama" 1.1.2 "Doel."
			fria save "app-$n/iama"
			fria report "app-$n/iama" --format html -o "../$n.html"
			fria register export "app-$n" -o "../$n.json" || [ $? = 1 ]
		done
	done
	[ "$n" -ge 9 ]
	git fsck --strict
	[ -z "$(git status --porcelain)" ]
}

# bats test_tags=rest
@test "the official IAMA, all of its 87 fields over two assessments" {
	[ -f "$REFERENCE/par-dpia-form/iama.yaml" ] || skip "no reference data"
	workspace
	fria instrument import "$REFERENCE/par-dpia-form/iama.yaml"
	for kind in zelflerend niet-zelflerend; do
		fria new straatafval iama-2.0 --name "$kind"
		fria answer "straatafval/$kind" 2.1.1.1 $kind
		fria answer "straatafval/$kind" 1.3.1 nee
		fria answer "straatafval/$kind" 1.3.2 ja
		for n in 1 2 3 4; do
			fria answer "straatafval/$kind" $n.actiepunten.tekst "Doen." --row new
		done
		fria --json evaluate "straatafval/$kind" >../e.json || true
		for task in $(jq -r '.tasks[] | select(.state == "open") | .id' ../e.json); do
			case $task in
			4.1.1.1 | 4.1.2.2) fria answer "straatafval/$kind" $task Communicatierechten ;;
			*.stand) fria answer "straatafval/$kind" $task gepland --row 1 ;;
			*.uiterlijk) fria answer "straatafval/$kind" $task 2027-01-01 --row 1 ;;
			*.eigenaar) fria answer "straatafval/$kind" $task beheer --row 1 ;;
			4.r.*) ;; # ours, and asked of nobody who judges no right apart
			*) fria answer "straatafval/$kind" $task "Antwoord." ;;
			esac
		done
		fria save "straatafval/$kind"
		fria --json evaluate "straatafval/$kind" | jq -e '.verdict == "current"'
		fria report "straatafval/$kind" --format html -o "../$kind.html"
	done
	answered=$(jq -r '.answers | to_entries[] |
		if (.value | type) == "array" then (.value[] | keys[])
		else .key end' assessments/straatafval/*zelflerend.json |
		grep -vE '^id$|\.(eigenaar|uiterlijk|stand)$|^1\.3\.5$|^5\.S$' | sort -u | wc -l)
	[ "$answered" = 87 ]
	git fsck --strict
	[ -z "$(git status --porcelain)" ]
}

@test "check says everything that is wrong, with its place, in both languages" {
	adopted
	run fria check
	[ "$status" = 0 ]
	[[ $output != *present* ]]
	[[ $output == *"In order: 6 documents checked."* ]]
	file=$IAMA
	jq '.answers["1.1.1"].basis.at = "gisteren" | .language = 7' $file >new
	cp new $file
	run fria check straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *"$file:"[0-9]*":15: error: \"gisteren\" is no date with time."* ]]
	[[ $output == *"Must be one of these values:"*"it says 7."* ]]
	run $FRIA --lang nl check
	[[ $output == *"fout: \"gisteren\" is geen datum met tijd."* ]]
	run fria --json check
	[ "$status" = 1 ]
	[ "$(jq -r '.[] | select(.pointer == "/language") | [.severity, .code, .pointer] | @tsv' <<<"$output")" = \
		"$(printf 'error\tschema_enum\t/language')" ]
}

@test "instrument check names each mistake with its place" {
	workspace
	cat >bad.json <<-'END'
	{"urn": "urn:nl:x", "version": "1", "name": "X", "tasks": [
	  {"id": "1", "task": "a", "type": ["open_text"]},
	  {"id": "1", "task": "b", "type": ["open_text"], "rests": ["7"]}]}
	END
	run fria instrument check bad.json
	[ "$status" = 1 ]
	[[ $output == *"bad.json:3:3: error: "*"occurs more than once"* ]]
	[[ $output == *"bad.json:3:3: error: "*"7"* ]]
	fria instrument import bad.json && return 1
	run fria instrument check iama-2.0
	[ "$status" = 0 ]
}

@test "a partial clone and a shallow one answer as the whole does" {
	adopted
	on_day 2026-11-16
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json"
	fria diff straatafval/iama v1 >../whole || [ $? = 1 ]
	fria evaluate straatafval/iama >../evaluated || [ $? = 1 ]
	git config uploadpack.allowFilter true
	url=file://$PWD
	for filter in blob:none tree:0; do
		git clone -q --filter=$filter "$url" ../"$filter"
		cd ../"$filter"
		fria evaluate straatafval/iama | diff - ../evaluated
		fria diff straatafval/iama v1 | diff - ../whole
	done
	git clone -q --depth 1 "$url" ../shallow
	cd ../shallow
	fria log straatafval/iama
	fria answer straatafval/iama 1.1.1 "Anders."
	fria save
	git fsck --strict
}

@test "undo drops what was not saved, of one question or of all" {
	assessment
	fria answer straatafval/iama 1.1.1 "Eerst."
	fria save
	saved=$(snapshot)
	fria answer straatafval/iama 1.1.1 "Later."
	fria answer straatafval/iama 1.1.2 "Nieuw."
	fria answer straatafval/iama 1.actiepunten.tekst "Iets." --row new
	fria undo straatafval/iama 1.1.1
	jq -e '.answers["1.1.1"].value == "Eerst." and
		.answers["1.1.2"].value == "Nieuw."' $IAMA
	fria undo straatafval/iama 1.actiepunten.tekst
	fria undo straatafval/iama
	[ "$(snapshot)" = "$saved" ]
	run fria undo straatafval/iama
	[ "$status" = 0 ]
	[ "$(snapshot)" = "$saved" ]
	refused "no question 9|does not know|9" fria undo straatafval/iama 9
	refused "no assessment" fria undo straatafval/other
	fria new straatafval iama-2.0 --name second
	refused "never saved" fria undo straatafval/second
}

@test "status: one line for each assessment, for people, sheets and scripts" {
	workspace
	run fria status
	[ "$status" = 0 ]
	[[ $output == *"fria new"* ]]
	fria new straatafval iama-2.0
	fria new straatafval iama-2.0 --name second
	run fria status straatafval
	[ "$status" = 1 ]
	[ "${#lines[@]}" = 3 ]
	[[ ${lines[1]} == straatafval/iama*1.0*incomplete* ]]
	run fria --json status --as-of 2026-12-01
	[ "$(jq -r '[.asOf, .assessments[1].assessment,
		.assessments[1].counts.stale] | @tsv' <<<"$output")" = \
		"$(printf '2026-12-01\tstraatafval/second\t0')" ]
	run fria status --format csv
	[[ ${lines[1]} == '"straatafval/iama";"1.0";"";'* ]]
	refused "no format" fria status --format xls
	refused "no application" fria status nothing
	refused "date" fria status --as-of someday
}
