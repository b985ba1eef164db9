#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Who advises and who decides, on a page: what changed since they spoke, within
# what a person can read, and what they say of exactly that.
load common

setup_file() {
	export LC_ALL=C
	sh "$ROOT/tools/demo.sh" "$FRIA" "$ROOT/assessments/examples/straatafval" \
		"$BATS_FILE_TMPDIR/story" >/dev/null 2>&1
}

setup() {
	common_setup
	$FRIA help | grep -q ' serve ' || skip "built without libmicrohttpd"
	export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	cp -r "$BATS_FILE_TMPDIR/story" ../story
	cd ../story
	# After release 1.1 all was judged again, and nobody advised on it yet.
	git reset -q --hard "$(git log -1 --format=%H --grep='advies van jurist')~"
	git tag -l 'fria/straatafval/iama/v2' | xargs -r git tag -d >/dev/null
	export SOURCE_DATE_EPOCH=1795514400
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	git config user.name "M. Bakker"
	git config user.email lawyer@example.org
	: >"$BATS_TEST_TMPDIR/said"
	$FRIA serve --no-browser 2>"$BATS_TEST_TMPDIR/said" 3>&- &
	served=$!
	for _ in $(seq 100); do
		address=$(grep -o 'http://[^ ]*' "$BATS_TEST_TMPDIR/said") && break
		sleep 0.1
	done
	at=${address%%/\?*}/story
	jar=$BATS_TEST_TMPDIR/jar
	curl -s -o /dev/null -c "$jar" "$address"
	page=$BATS_TEST_TMPDIR/page
}

teardown() {
	[ -z "${served:-}" ] || kill "$served" 2>/dev/null || true
}

get() { curl -s -b "$jar" "$at/a/straatafval/iama/$1" >"$page"; }
field() { grep -o "name=\"$1\" value=\"[^\"]*\"" "$page" | head -1 | sed 's/.*value="//; s/"$//'; }
# post PATH FIELD...: from the page that was read; gives the status
post() {
	local path=$1
	shift
	curl -s -o "$BATS_TEST_TMPDIR/answered" -w '%{http_code}' -b "$jar" \
		-H 'Sec-Fetch-Site: same-origin' --data-urlencode "_bewijs=$(field _bewijs)" \
		--data-urlencode "inhoud=$(field inhoud)" --data-urlencode "van=$(field van)" \
		"$@" "$at/a/straatafval/iama/$path"
}
# words: what one reads of the page before one opens anything
words() {
	xmllint --html --xpath '//main//text()[count(ancestor::details[not(@open)]) =
		count(ancestor::summary[parent::details[not(@open)]])]' \
		"$page" 2>/dev/null | grep -oE '[^[:space:]]*[[:alnum:]][^[:space:]]*' |
		wc -l
}
approvals() { git show HEAD:assessments/straatafval/iama.json | jq -r ".approvals[] | select(.role == \"$1\") | .value"; }

# bats test_tags=rest
@test "advise: what a lawyer reads since their own advice is within 1,500 words" {
	for language in nl en; do
		get "advies/lawyer?taal=$language"
		n=$(words)
		echo "$language: $n"
		[ "$n" -gt 300 ]
		[ "$n" -le 1500 ]
	done
	get advies/lawyer
	grep -q '4.2.3' "$page"
}

# bats test_tags=rest
@test "advise: what was seen is kept for who saw it, and is no part of the document" {
	get advies/lawyer
	seen=$(field gezien)
	head=$(git rev-parse HEAD)
	[ "$(post advies/lawyer -d doe=gezien -d "gezien=$seen")" = 303 ]
	get advies/lawyer
	grep -q "value=\"$seen\" checked" "$page"
	[ "$(git rev-parse HEAD)" = "$head" ]
	[ -z "$(git status --porcelain)" ]
	[ "$(post advies/lawyer -d doe=gezien)" = 303 ]
	get advies/lawyer
	! grep -q "value=\"$seen\" checked" "$page"
}

# bats test_tags=rest
@test "advise: three that were confirmed are drawn by the content; who disagrees asks back" {
	get advies/lawyer
	grep -o 'name="oordeel-[^"]*' "$page" | sort -u >drawn
	[ "$(wc -l <drawn)" = 3 ]
	get advies/dpo
	grep -o 'name="oordeel-[^"]*' "$page" | sort -u | cmp - drawn
	one=$(sed -n 's/.*oordeel-//p' drawn | head -1)
	rm drawn
	get advies/lawyer
	[ "$(post advies/lawyer -d doe=gezien -d "oordeel-$one=niet")" = 422 ]
	grep -q "$one" "$BATS_TEST_TMPDIR/answered"
	[ "$(post advies/lawyer -d doe=gezien -d "oordeel-$one=niet" -d "waarom-$one=Dat is niet nagegaan.")" = 303 ]
	git show HEAD:assessments/straatafval/iama.json |
		jq -e --arg one "${one%%~*}" '.comments[] | select(.task == $one) | .text == "Dat is niet nagegaan."'
	[ "$(approvals lawyer | tail -1)" = returned ]
	[ -z "$(git status --porcelain)" ]
	$FRIA verify
}

# bats test_tags=rest
@test "advise: an advice stays on the content as it is now, and names both" {
	get advies/lawyer
	from=$(field van)
	[ "$(post advies/lawyer -d doe=blijft)" = 303 ]
	git show HEAD:assessments/straatafval/iama.json |
		jq -e --arg from "$from" --arg now "$(field inhoud)" \
			'.approvals | map(select(.role == "lawyer"))[-1] | .value == "positive-with-remarks" and .content == $now and
				(.note | contains($from) and contains($now))'
	# On content that changed since the page was read nothing is said.
	get advies/dpo
	$FRIA answer straatafval/iama 1.1.1 "Anders." && $FRIA save
	[ "$(post advies/dpo -d doe=vastleggen -d waarde=positive)" = 409 ]
	[ "$(approvals dpo)" = positive ]
}

# bats test_tags=rest
@test "advise: a role is asked, and who asks gets a message to send" {
	get advies
	[ "$(post _vragen -d doe=vraag -d rol=ciso --data-urlencode 'wie=T. Aydin <aydin@zandmeer.example>' -d voor=2026-12-01)" = 303 ]
	get advies
	grep -q 'href="mailto:aydin@zandmeer.example?subject=[^" <]*&amp;body=[^" <]*advies%2Fciso' "$page"
	get advies/ciso
	grep -q 'M. Bakker' "$page"
}

# bats test_tags=rest
@test "advise: what a director reads is within 600 words, and each thing that is missing a link" {
	for role in lawyer dpo; do
		get "advies/$role"
		[ "$(post "advies/$role" -d doe=vastleggen -d waarde=positive -d "toelichting=Gelezen.")" = 303 ]
	done
	for language in nl en; do
		get "advies/accountable?taal=$language"
		n=$(words)
		echo "$language: $n"
		[ "$n" -gt 200 ]
		[ "$n" -le 600 ]
	done
	get "advies/accountable?taal=nl"
	grep -q 'Gelezen\.' "$page"
	grep -q '5.C' "$page"
	[ "$(grep -c 'href="[^"]*/iama/advies/accountable">besluit van eindverantwoordelijke ontbreekt' "$page")" = 1 ]
	# Not yet: a question back, for which there must be a question.
	[ "$(post advies/accountable -d doe=vraag)" = 422 ]
	[ "$(post advies/accountable -d doe=vraag -d "toelichting=Wat kost het?")" = 303 ]
	[ "$(approvals accountable | tail -1)" = returned ]
	# Decided: nothing is missing, and it is adopted. Who asked back still reads
	# what changed since their decision.
	get "advies/accountable?taal=nl"
	grep -q 'Sinds 10 maart 2026' "$page"
	[ "$(post advies/accountable -d doe=vastleggen -d waarde=use -d "toelichting=Akkoord." \
		-d namens=college -d zaak=Z-1 -d besloten=2026-11-24)" = 303 ]
	get "advies?taal=nl"
	grep -q 'Niets ontbreekt' "$page"
	[ "$(post vaststellen -d doe=vaststellen)" = 303 ]
	git tag -l | grep -qx fria/straatafval/iama/v2
}
