#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What answers point at: attachments and references, beside the assessments.
load common

setup() { common_setup; }

FOLDER=assessments/straatafval/evidence

# A picture of one dot, and a file with every kind of line end.
files() {
	printf '\211PNG\r\n\032\n\0\0MARKPIXELS' >../Dot.PNG
	printf 'a\r\nb\nc\0\377' >"../Verslag (2) é.PDF"
}

add() { fria evidence add straatafval "$@" 2>/dev/null; }
findings() {
	fria --json check "$@" | jq -r '.[].code | select(startswith("evidence"))'
}

@test "a file is kept byte for byte, named by its content" {
	assessment && files
	digest=$(sha256sum <"../Verslag (2) é.PDF" | cut -c1-64)
	run --separate-stderr fria evidence add straatafval "../Verslag (2) é.PDF"
	[ "$status" = 0 ]
	[ "$output" = "[Verslag (2) é.PDF](evidence/$digest-verslag-2-e.pdf)" ]
	[[ $stderr == *"fria save"* ]]
	cmp "../Verslag (2) é.PDF" "$FOLDER/$digest-verslag-2-e.pdf"
	[ -z "$(git log --format=%h -- $FOLDER)" ]
	[[ $(add ../Dot.PNG --title "A [dot]") == '![A \[dot\]](evidence/'*-dot.png\) ]]
	echo '{"a": 1}' >../data.json && add ../data.json
	[ -e $FOLDER/*-data.json.txt ]
	fria check straatafval
}

@test "the same content twice is said, and kept once" {
	assessment && files
	first=$(add ../Dot.PNG --title Dot)
	before=$(snapshot)
	cp ../Dot.PNG ../other.png
	run --separate-stderr fria evidence add straatafval ../other.png --title Dot
	[ "$status" = 0 ] && [ "$output" = "$first" ]
	[[ $stderr == *"already"* ]]
	[ "$before" = "$(snapshot)" ]
	link=$(add --reference Z-1 --title Plan) && before=$(snapshot)
	[ "$(add --reference Z-1 --title Plan)" = "$link" ]
	[ "$before" = "$(snapshot)" ]
}

@test "what cannot be evidence is refused, and nothing changes" {
	assessment && files
	head -c $((20 * 1024 * 1024 + 1)) /dev/zero >../large.bin
	: >../empty.txt
	refused "20 MB" fria evidence add straatafval ../large.bin
	refused "20 MB" fria evidence add straatafval /dev/zero
	refused "is empty" fria evidence add straatafval ../empty.txt
	refused "absent" fria evidence add straatafval ../absent.txt
	refused "folder" fria evidence add straatafval ..
	refused "no application" fria evidence add elders ../Dot.PNG
	refused "no application" fria evidence add ../x ../Dot.PNG
	refused "not both" fria evidence add straatafval
	refused "not both" fria evidence add straatafval -
	refused "not both" fria evidence add straatafval ../Dot.PNG --reference Z-1
	refused "not both" fria evidence add straatafval ../Dot.PNG --url https://x.nl
	refused "\-\-title" fria evidence add straatafval --reference Z-1
	refused "\-\-title" fria evidence add straatafval ../Dot.PNG --title " "
	refused "200" fria evidence add straatafval ../Dot.PNG \
		--title "$(printf 'x%.0s' {1..201})"
	refused "200" fria evidence add straatafval --title X --reference ""
	refused "no web address" fria evidence add straatafval --title X \
		--reference Z-1 --url javascript:alert
	refused "no application" fria evidence list elders
}

@test "nothing is written through a link, nor over what was altered" {
	assessment && files && mkdir ../elsewhere
	ln -s ../../../elsewhere $FOLDER
	refused "link" fria evidence add straatafval ../Dot.PNG
	[ -z "$(ls ../elsewhere)" ]
	rm $FOLDER && add ../Dot.PNG
	name=$(ls $FOLDER)
	echo other >"$FOLDER/$name"
	refused "not what it was named by" fria evidence add straatafval ../Dot.PNG
	[ "$(findings straatafval)" = evidence_altered ]
}

@test "save takes evidence along, of one assessment and of all" {
	assessment && fria save && files
	git config core.autocrlf true
	link=$(add "../Verslag (2) é.PDF" --title Verslag)
	name=${link##*/} && name=${name%)}
	fria answer straatafval/iama 1.1.1 "See $link." && fria save straatafval/iama
	[ -z "$(git status --porcelain)" ]
	git fsck
	cmp "../Verslag (2) é.PDF" <(git show "HEAD:$FOLDER/$name")
	add --reference Z-1 --title Plan && add ../Dot.PNG
	run --separate-stderr fria save
	[ "$status" = 0 ] && [ -z "$(git status --porcelain)" ]
	[ "$(git ls-files $FOLDER | wc -l)" = 4 ]
	before=$(git rev-parse HEAD)
	fria save && [ "$before" = "$(git rev-parse HEAD)" ]
	rm "$FOLDER/$name" "$FOLDER/$name.json"
	refused "fria remove $FOLDER/$name" fria save
	fria undo "$FOLDER/$name"
	cmp "../Verslag (2) é.PDF" "$FOLDER/$name"
	fria remove "$FOLDER/$name"
	[ "$(git ls-files $FOLDER | wc -l)" = 2 ] && [ ! -e "$FOLDER/$name" ]
	[ -z "$(git status --porcelain)" ]
}

@test "undo puts answers back, and leaves evidence where it is" {
	assessment && fria save && files
	link=$(add ../Dot.PNG)
	fria answer straatafval/iama 1.1.1 "$link" && fria undo straatafval/iama
	[ -e $FOLDER/*-dot.png ]
	[ "$(value 1.1.1)" = null ]
}

@test "list: title, size or reference, and the answers that mention it" {
	assessment && files
	run --separate-stderr fria evidence list straatafval
	[ "$status" = 0 ] && [ -z "$output" ] && [[ $stderr == *"evidence add"* ]]
	picture=$(add ../Dot.PNG --title "The dot")
	plan=$(add --reference Z-2026-1 --title Plan --url https://zaken.example.org/1)
	add "../Verslag (2) é.PDF"
	fria answer straatafval/iama 1.1.1 "$picture and $plan"
	fria waive straatafval/iama 3.5.5 --kind settled --reason "See $plan"
	fria answer straatafval/iama 1.2.1 "Code: \`$plan\`, https://x.nl/$picture"
	run --separate-stderr fria evidence list straatafval
	[ "$status" = 0 ]
	for part in "The dot" Z-2026-1 "verslag-2-e.pdf  1 kB" "straatafval/iama 1.1.1" \
		"straatafval/iama 3.5.5" "no answer mentions this" "not saved"; do
		[[ $output == *"$part"* ]]
	done
	fria save && fria --json evidence list straatafval >../list.json
	[ "$(jq -r '.evidence | map(.kind) | sort | join(" ")' ../list.json)" = \
		"file file reference" ]
	[ "$(jq -rc '.evidence[] | select(.kind == "reference") |
		[.title, .reference, .url, .saved, (.mentions | map(.task))]' \
		../list.json)" = \
		'["Plan","Z-2026-1","https://zaken.example.org/1",true,["1.1.1","3.5.5"]]' ]
	[ "$(jq -r '.evidence[] | select(.title == "The dot") | .size' ../list.json)" = \
		"$(stat -c %s ../Dot.PNG)" ]
}

@test "check: a link to what is not there, a title without its file, no form" {
	assessment && files
	link=$(add ../Dot.PNG --title Dot)
	fria answer straatafval/iama 1.1.1 "$link and [x](./evidence/none.pdf)"
	run --separate-stderr fria check straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *"evidence/none.pdf"* ]] && [[ $output != *"dot.png"* ]]
	rm $FOLDER/*.png
	[ "$(findings straatafval | sort | uniq -c | xargs)" = \
		"2 evidence_absent 1 evidence_no_file" ]
	add ../Dot.PNG
	echo '{"title": "x"}' >$FOLDER/0123456789ab-x.json
	not fria check straatafval >../said
	grep 0123456789ab-x.json ../said
}

@test "evidence changes no evaluation, and no word of it is public" {
	adopted && files
	before=$(evaluation) content=$(fria --json evaluate straatafval/iama | sha1sum)
	link=$(add ../Dot.PNG --title MARKTITLE)
	add --reference MARKCASE --title MARKPLAN && fria save
	[ "$(jq 'del(.revision)' <<<"$before")" = \
		"$(evaluation | jq 'del(.revision)')" ]
	fria answer straatafval/iama 1.1.1 "Text $link" && fria save
	fria report straatafval/iama --format html -o ../in.html
	lacks '(href|src)="[^"]*evidence/' ../in.html
	grep -q 'Text <img [^>]*alt="MARKTITLE"' ../in.html
	for audience in authority public; do
		for format in html md; do
			fria report straatafval/iama --audience $audience -o ../out.$format
			lacks 'evidence/' ../out.$format
			grep -q "Text MARKTITLE" ../out.$format
		done
		fria export straatafval/iama --format ndjson --audience $audience -o ../out
		grep -q MARKTITLE ../out && lacks 'evidence/' ../out
	done
	fria report --site ../site
	lacks "(MARKCASE|MARKPLAN|MARKPIXELS|evidence/)" ../site
}

@test "a report shows a picture to those inside, and its text to others" {
	adopted && files
	picture=$(add ../Dot.PNG --title 'The "dot" <b>')
	file=$(add "../Verslag (2) é.PDF" --title Verslag)
	printf 'no picture' >../fake.png && fake=$(add ../fake.png --title Fake)
	fria answer straatafval/iama 1.1.1 "$picture, $file, $fake, \
![gone](evidence/0123456789ab-x.png) ![up](evidence/../entry.json) \
![away](https://example.org/a.png)" && fria save
	fria report straatafval/iama -o ../in.html
	src="data:image/png;base64,$(base64 -w0 ../Dot.PNG)"
	[ "$(grep -o '<img ' ../in.html | wc -l)" = 1 ]
	grep -qF "alt=\"The &quot;dot&quot; &lt;b&gt;\" src=\"$src\"" ../in.html
	grep -q "img-src data:;" ../in.html
	grep -q "Verslag, Fake, gone up <a href=\"https://example.org/a.png\">away</a>" ../in.html
	fria report straatafval/iama -o ../in.md
	lacks 'base64' ../in.md
	grep -q 'Verslag, Fake, gone up \[away\]' ../in.md
	for audience in authority public; do
		fria report straatafval/iama --audience $audience -o ../out.html
		lacks '<img|data:|evidence/[0-9a-f]{12}' ../out.html
	done
	fria report straatafval/iama@v1 -o ../v1.html
	lacks '<img|img-src' ../v1.html
	rm $FOLDER/*-dot.png && fria report straatafval/iama@HEAD -o ../then.html
	grep -qF "$src" ../then.html
	fria report straatafval/iama -o ../now.html
	lacks '<img' ../now.html
}

@test "one picture shown without end does not make a page without end" {
	assessment
	{ printf '\211PNG\r\n\032\n' && head -c 3500000 /dev/zero; } >../big.png
	link=$(add ../big.png)
	for _ in {1..9}; do echo "$link"; echo; done |
		fria answer straatafval/iama 1.1.1 -
	fria report straatafval/iama -o ../in.html
	[ "$(grep -o '<img ' ../in.html | wc -l)" = 4 ]
	head -c 4500000 /dev/zero >>../big.png && link=$(add ../big.png)
	fria answer straatafval/iama 1.1.1 "$link" && fria report straatafval/iama -o ../in.html
	lacks '<img' ../in.html
}
