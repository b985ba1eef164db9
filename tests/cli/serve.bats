#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The workplace over a socket: who may come in, what it takes, and the command
# line beside it. What its pages do is in tests/unit/test_serve.c.
load common

setup() {
	common_setup
	$FRIA help | grep -q ' serve ' || skip "built without libmicrohttpd"
	assessment && fria save
	export XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	begin
}

teardown() {
	[ -z "${served:-}" ] || kill "$served" 2>/dev/null || true
}

# begin OPTION...: the workplace, its address in $at, and a cookie for it in $jar
begin() {
	: >"$BATS_TEST_TMPDIR/said"
	$FRIA serve --no-browser "$@" 2>"$BATS_TEST_TMPDIR/said" 3>&- &
	served=$!
	for _ in $(seq 100); do
		address=$(grep -o 'http://[^ ]*' "$BATS_TEST_TMPDIR/said") && break
		sleep 0.1
	done
	at=${address%%/\?*}
	jar=$BATS_TEST_TMPDIR/jar
	[ "$(status -c "$jar" "$address")" = 303 ]
	place=$(basename "$PWD")
}

# status OPTION...: of a request
status() { curl -s -o "${body:-/dev/null}" -w '%{http_code}' "$@"; }
# get PATH: a page
get() { curl -s -b "$jar" "$at/$place/$1"; }
# field NAME: what the page that is read hands along
field() { grep -o "name=\"$1\" value=\"[^\"]*\"" | head -1 | sed 's/.*value="//; s/"//'; }
hidden() { get "$2" | field "$1"; }
# post PATH FIELD...: as a page of ours does
post() {
	local path=$1 token
	shift
	token=$(hidden _bewijs "$path")
	body=$BATS_TEST_TMPDIR/answered status -b "$jar" -H 'Sec-Fetch-Site: same-origin' \
		--data-urlencode "_bewijs=$token" "$@" "$at/$place/$path"
}

@test "serve: the address works once, and nobody comes in without it" {
	[ "$(status "$address")" = 403 ]
	[ "$(status "$at/$place/")" = 403 ]
	[ "$(status -b "$jar" "$at/$place/")" = 200 ]
	[ "$(status -b "$jar" "$at/")" = 303 ]
	[ "$(status -b 'fria=other' "$at/$place/")" = 403 ]
	grep -q HttpOnly "$jar"
}

@test "serve: under another name, or through a proxy, nothing is answered" {
	[ "$(status -b "$jar" -H 'Host: evil.example' "$at/$place/")" = 403 ]
	for header in Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto; do
		[ "$(status -b "$jar" -H "$header: a" "$at/$place/")" = 403 ]
	done
	! ss -ltn 2>/dev/null | grep -E "(0\.0\.0\.0|\*):${at##*:} "
}

@test "serve: what is too much or too odd is refused, and it goes on" {
	path=a/straatafval/iama/v/1.1.1
	head -c 2000000 /dev/zero | tr '\0' x >"$BATS_TEST_TMPDIR/large"
	[ "$(status -b "$jar" --data-urlencode "antwoord@$BATS_TEST_TMPDIR/large" "$at/$place/$path")" = 413 ]
	fields=()
	for i in $(seq 1001); do fields+=(-d "f$i=1"); done
	[ "$(status -b "$jar" "${fields[@]}" "$at/$place/$path")" = 413 ]
	# A file may be larger than what is typed, to a bound.
	[ "$(status -b "$jar" -F "bestand=@$BATS_TEST_TMPDIR/large" "$at/$place/$path")" = 403 ]
	head -c 23000000 /dev/zero >"$BATS_TEST_TMPDIR/larger"
	[ "$(status -b "$jar" -F "bestand=@$BATS_TEST_TMPDIR/larger" "$at/$place/$path")" = 413 ]
	[ "$(status -b "$jar" -X DELETE "$at/$place/$path")" = 405 ]
	[ "$(status -b "$jar" --path-as-is "$at/$place/../../etc/passwd")" = 404 ]
	[ "$(status -b "$jar" --path-as-is "$at/$place/a/..%2f..%2fx/iama")" = 404 ]
	# Half requests hold up nobody.
	for _ in 1 2 3 4 5; do
		exec {half}<>"/dev/tcp/127.0.0.1/${at##*:}"
		printf 'POST /%s HTTP/1.1\r\nHost: a\r\nContent-Le' "$place" >&$half
	done
	[ "$(status -b "$jar" "$at/$place/")" = 200 ]
	[ -z "$(git status --porcelain)" ]
}

@test "serve: the browser and the command line work on one workspace" {
	path=a/straatafval/iama/v/1.1.1
	shown() { echo "_stand=$(field _stand <"$1")&_gezien=$(field _gezien <"$1")"; }
	get "$path" >"$BATS_TEST_TMPDIR/page"
	[ "$(post "$path" -d doe=bewaar -d "$(shown "$BATS_TEST_TMPDIR/page")" -d 'antwoord=From the browser.')" = 303 ]
	[ "$(fria --json evaluate straatafval/iama | jq -r '.counts.answered')" -ge 1 ]
	get "$path" >"$BATS_TEST_TMPDIR/page"
	fria answer straatafval/iama 1.1.1 "From the command line." && fria save
	[ "$(post "$path" -d doe=bewaar -d "$(shown "$BATS_TEST_TMPDIR/page")" -d 'antwoord=Late.')" = 409 ]
	get "$path" | grep -q 'Late\.'
	# What was typed before is not saved over what it was not typed on; the
	# page that shows both is.
	[ "$(post "$path" -d doe=bewaar -d "$(shown "$BATS_TEST_TMPDIR/answered")" -d 'antwoord=Both.')" = 303 ]
	git fsck --strict 2>&1 | grep -v '^notice' | grep -c . | grep -qx 0
	[ -z "$(git status --porcelain)" ]
}

@test "serve: a draft outlives the workplace, and is of who typed it" {
	path=a/straatafval/iama/v/1.1.2
	[ "$(post "$path" -d doe=concept -d 'antwoord=Half a sentence')" = 303 ]
	kill "$served" && wait "$served" || true
	find "$XDG_STATE_HOME" -type f | grep -q 1.1.2
	[ "$(find "$XDG_STATE_HOME" -type f -perm /077 | wc -l)" = 0 ]
	begin
	get "$path" | grep -q 'Half a sentence'
}

@test "serve: a characteristic is looked at before it changes, and on what holds now" {
	path=a/straatafval/_kenmerk?veld=area
	seen() { get "$path" | grep -o 'name="_stand"[^>]*' | sed -n 's/.*value="\([^"]*\)".*/\1/p'; }
	change() {
		local token
		token=$(get "$path" | grep -o 'name="_bewijs" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"//')
		status -b "$jar" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "_bewijs=$token" \
			-d veld=area -d "_stand=$1" --data-urlencode "tekst=$2" -d "doe=$3" "$at/$place/a/straatafval/_kenmerk"
	}
	first=$(seen) head=$(git rev-parse HEAD)
	[ "$(change "$first" "- Noord" bekijk)" = 200 ]
	[ "$(git rev-parse HEAD)" = "$head" ]
	[ "$(change "$first" "## Other" vastleggen)" = 422 ]
	[ "$(change "$first" "- Noord" vastleggen)" = 303 ]
	[ "$(change "$first" "- Zuid" vastleggen)" = 409 ]
	get a/straatafval | grep -q Noord
	[ "$(change "$(seen)" "- Zuid" vastleggen)" = 303 ]
	[ -z "$(git status --porcelain)" ]
}

@test "serve: from an empty folder to what comes first" {
	kill "$served" && wait "$served" || true
	mkdir ../leeg && cd ../leeg
	cat >../register.csv <<-'END'
		algorithm_id,name,organization,goal,status
		11,Smart camera,Gemeente Zandmeer,Clean streets,In gebruik
		12,Other camera,Gemeente Elders,Clean streets,In gebruik
	END
	begin
	[ "$(status -b "$jar" "$at/$place/toepassingen")" = 303 ]
	token=$(get "" | grep -o 'name="_bewijs" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"//')
	take() {
		curl -s -b "$jar" -H 'Sec-Fetch-Site: same-origin' -F "_bewijs=$token" \
			-F "organisatie=$1" -F bestand=@../register.csv -F doe=overnemen \
			-w '%{http_code}' "$at/$place/_begin"
	}
	take "Gemeente Zandmer" | grep -q 'Gemeente Zandmeer; Gemeente Elders'
	[ ! -e fria.json ]
	[ "$(take "Gemeente Zandmeer")" = 303 ]
	fria --json app list | jq -e 'length == 1 and .[0].application == "smart-camera"'
	[ "$(post _eerst -d smart-camera/1.1=ai -d smart-camera/1.4=geen -d smart-camera/2.1=iii-4 \
		-d smart-camera/4.2=indelen -d smart-camera/5.2=1-2-2023)" = 303 ]
	get _eerst | grep -q '1 eerst'
	get _eerst | grep -q 'FRIA, IAMA'
	[ "$(git log --format=%s | wc -l)" = 3 ]
	[ -z "$(git status --porcelain)" ]
}

@test "serve: what was recorded is exchanged, and what comes in is said" {
	share() { post _delen "$@" && curl -s -b "$jar" "$at/$place/_delen" >"$BATS_TEST_TMPDIR/page"; }
	path=a/straatafval/iama/v/1.1.1
	get _delen | grep -q 'not shared with anybody yet'
	[ "$(share -d doe=delen -d adres=../no/such/folder)" = 409 ]
	mkdir "$BATS_TEST_TMPDIR/hub"
	[ "$(share -d doe=delen --data-urlencode "adres=$BATS_TEST_TMPDIR/hub")" = 200 ]
	[ "$(git -C "$BATS_TEST_TMPDIR/hub" rev-parse HEAD)" = "$(git rev-parse HEAD)" ]
	grep -q "goes to $BATS_TEST_TMPDIR/hub" "$BATS_TEST_TMPDIR/page"
	# A colleague, in a copy.
	git clone -q "$BATS_TEST_TMPDIR/hub" ../copy
	fria -C ../copy answer straatafval/iama 1.1.1 "By a colleague."
	fria -C ../copy save && fria -C ../copy sync
	[ "$(share -d doe=delen)" = 200 ]
	get "$path" | grep -q 'By a colleague\.'
	# Both wrote: nothing is sent, and it is decided by a person.
	fria -C ../copy answer straatafval/iama 1.1.1 "Theirs." && fria -C ../copy save
	fria -C ../copy sync
	fria answer straatafval/iama 1.1.1 "Ours." && fria save
	sent=$(git -C "$BATS_TEST_TMPDIR/hub" rev-parse HEAD)
	token=$(get _delen | grep -o 'name="_bewijs" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"//')
	curl -s -b "$jar" -H 'Sec-Fetch-Site: same-origin' -d "_bewijs=$token" -d doe=delen \
		"$at/$place/_delen" >"$BATS_TEST_TMPDIR/page"
	grep -q 'different things' "$BATS_TEST_TMPDIR/page"
	grep -q 'Decide what is to hold, on 1 point' "$BATS_TEST_TMPDIR/page"
	[ "$(git -C "$BATS_TEST_TMPDIR/hub" rev-parse HEAD)" = "$sent" ]
	# Decided on a page: nothing chosen, then written from both.
	get "" | grep -q 'href="[^"]*/conflicten"'
	get conflicten >"$BATS_TEST_TMPDIR/page"
	grep -q 'Ours\.' "$BATS_TEST_TMPDIR/page"
	grep -q 'Theirs\.' "$BATS_TEST_TMPDIR/page"
	grep -q 'What .* wrote' "$BATS_TEST_TMPDIR/page"
	where=$(field plaats <"$BATS_TEST_TMPDIR/page")
	decide() { post conflicten -d doe=beslis -d wat=straatafval/iama --data-urlencode "plaats=$where" "$@"; }
	[ "$(decide)" = 422 ]
	[ "$(decide -d gelden=samen -d tekst=)" = 422 ]
	grep -q 'value="samen" checked' "$BATS_TEST_TMPDIR/answered"
	[ "$(decide -d gelden=samen --data-urlencode "tekst=Ours, and theirs.")" = 303 ]
	get "$path" | grep -q 'Ours, and theirs\.'
	get conflicten | grep -q 'nothing to decide'
	[ -z "$(git status --porcelain)" ]
	[ "$(git log -1 --format=%P | wc -w)" = 2 ]
	[ "$(share -d doe=delen)" = 200 ]
	[ "$(git -C "$BATS_TEST_TMPDIR/hub" rev-parse HEAD)" = "$(git rev-parse HEAD)" ]
}

@test "serve: in a bare repository there is nothing that an exchange left" {
	kill "$served"
	git clone -q --bare . ../bare.git
	cd ../bare.git
	git config user.name "A. de Vries" && git config user.email a@example.org
	begin
	place=werk
	get conflicten | grep -q 'nothing to decide'
}

@test "serve: a port that is taken, or is none, is said" {
	refused "no port" fria serve --port 0
	refused "no port" fria serve --port x
	other=$BATS_TEST_TMPDIR/other
	refused "${at##*/}|127.0.0.1" fria serve --no-browser --state "$other" --port "${at##*:}"
	for address in 0.0.0.0:80 192.168.1.1:80 127.0.0.1 127.0.0.1:0 127.0.0.10:4711 localhost:80 unix: "::1"; do
		refused "cannot be" fria serve --no-browser --state "$other" --listen "$address"
	done
	refused "cannot be" fria serve --workers 0
}

@test "serve: started once more it is the one that runs, at a fresh address" {
	again=$(fria serve --no-browser 2>&1 | grep -o 'http://[^ ]*')
	[ "${again%%/\?*}" = "$at" ]
	[ "$(status "$again")" = 303 ]
	[ "$(status "$again")" = 403 ]
	[ "$(status -b "$jar" "$at/$place/")" = 200 ]
}

@test "serve: a worker that is killed is started again, and nobody notices" {
	for _ in 1 2 3; do
		for worker in $(pgrep -P "$served"); do kill -9 "$worker"; done
		sleep 0.6
		[ "$(status --retry 3 --retry-all-errors -b "$jar" "$at/$place/")" = 200 ]
	done
	kill "$served" && wait "$served" || true
	[ -z "$(ls "$XDG_STATE_HOME"/fria/*/*.sock 2>/dev/null)" ]
}

@test "serve: at a file only who started it may open" {
	kill "$served" && wait "$served" || true
	socket=$BATS_TEST_TMPDIR/fria.sock
	: >"$BATS_TEST_TMPDIR/said"
	$FRIA serve --no-browser --listen "unix:$socket" 2>"$BATS_TEST_TMPDIR/said" 3>&- &
	served=$!
	for _ in $(seq 100); do grep -q http "$BATS_TEST_TMPDIR/said" && break || sleep 0.1; done
	[ "$(stat -c %a "$socket")" = 700 ]
	address=$(grep -o 'http://[^ ]*' "$BATS_TEST_TMPDIR/said")
	[ "$(status --unix-socket "$socket" -c "$jar" "$address")" = 303 ]
	[ "$(status --unix-socket "$socket" -b "$jar" "http://localhost/$place/")" = 200 ]
	[ "$(status --unix-socket "$socket" -b "$jar" "http://elsewhere/$place/")" = 403 ]
}

@test "serve: a town brings its own colours, and nothing else" {
	kill "$served" && wait "$served" || true
	for text in '@import "x";' ':root { color: red }' ':root { --fria-accent: url(x) }' 'a { --fria-accent: red }' \
		':root { --fria-accent: red; } b { }' ':root { --fria-accent: r</style> }' ':root {' ':root { --fria-accent: \72 }'; do
		echo "$text" >"$BATS_TEST_TMPDIR/theme.css"
		refused "theme.css:" fria serve --no-browser --theme "$BATS_TEST_TMPDIR/theme.css"
	done
	printf '/* Ours. */\n:root {\n\t--fria-accent: #0a5;\n\t--fria-letter: "Own Sans", sans-serif;\n}\n' >"$BATS_TEST_TMPDIR/theme.css"
	begin --theme "$BATS_TEST_TMPDIR/theme.css"
	get "" | grep -q _thema.css
	curl -s "$at/_thema.css" | cmp - "$BATS_TEST_TMPDIR/theme.css"
}

@test "serve: what is refused is noted, without what was sent" {
	status -b 'fria=other' -d 'antwoord=secret words' "$at/$place/a/straatafval" >/dev/null
	status -b "$jar" -H 'Host: evil.example' "$at/$place/" >/dev/null
	status -b "$jar" -d doe=bewaar -d 'antwoord=secret words' "$at/$place/a/straatafval/iama/v/1.1.1" >/dev/null
	jq -se 'length == 3 and all(.status == 403)' "$XDG_STATE_HOME"/fria/*/geweigerd.jsonl
	! grep -r secret "$XDG_STATE_HOME"
	[ -z "$(git status --porcelain)" ]
}

# killed N SEED: of N saves the workers are killed at some moment. The text is
# there afterwards, as an answer or as a draft, unless it had not come in; one
# of which the browser was told that it is saved is an answer.
killed() {
	local path=a/straatafval/iama/v/1.1.2 kept=0 page=$BATS_TEST_TMPDIR/page
	RANDOM=$2
	for i in $(seq "$1"); do
		curl -s --retry 9 --retry-delay 1 --retry-all-errors -b "$jar" "$at/$place/$path" >"$page"
		rm -f "$BATS_TEST_TMPDIR/code"
		curl -s -o /dev/null -w '%{http_code}' -b "$jar" -H 'Sec-Fetch-Site: same-origin' \
			-d "_bewijs=$(field _bewijs <"$page")" -d doe=bewaar -d "_stand=$(field _stand <"$page")" \
			-d "_gezien=$(field _gezien <"$page")" -d "antwoord=Text number $i." \
			"$at/$place/$path" >"$BATS_TEST_TMPDIR/code" &
		sent=$!
		sleep "0.$(printf '%03d' $((RANDOM % 120)))"
		pgrep -P "$served" | xargs -r kill -9
		wait "$sent" || true
		curl -s --retry 9 --retry-delay 1 --retry-all-errors -b "$jar" "$at/$place/$path" >"$page"
		if grep -q "Text number $i\." "$page"; then
			kept=$((kept + 1))
		else
			! grep -rq "Text number $i\." "$XDG_STATE_HOME"
			[ "$(cat "$BATS_TEST_TMPDIR/code")" != 303 ]
		fi
		if [ "$(cat "$BATS_TEST_TMPDIR/code")" = 303 ]; then
			git show HEAD:assessments/straatafval/iama.json | grep -q "Text number $i\."
		fi
	done
	echo "# of $1 saves, $kept had come in" >&3
	fria log straatafval/iama >/dev/null
	git fsck --strict 2>&1 | grep -v '^notice\|dangling' | grep -c . | grep -qx 0
	[ -z "$(git status --porcelain)" ]
	fria verify straatafval/iama >/dev/null
}

@test "serve: killed in the midst of a save, the text is there and history whole" {
	killed 4 "${KILL_SEED:-1}"
}

# bats test_tags=rest
@test "serve: killed at any of many moments of a save, the text is there and history whole" {
	killed "${KILLS:-40}" "${KILL_SEED:-2}"
}

# bats test_tags=rest
@test "serve: a browser and a terminal save at once, and both are there" {
	(for i in $(seq 12); do
		fria answer straatafval/iama 2.3.1 "From the terminal $i." && fria save || exit 1
	done) &
	terminal=$!
	for i in $(seq 12); do
		path=a/straatafval/iama/v/1.1.2
		get "$path" >"$BATS_TEST_TMPDIR/page"
		code=$(post "$path" -d doe=bewaar -d "_stand=$(field _stand <"$BATS_TEST_TMPDIR/page")" \
			-d "_gezien=$(field _gezien <"$BATS_TEST_TMPDIR/page")" -d "antwoord=From the browser $i.")
		# What is not saved in a terminal takes no page's answer.
		[ "$code" = 303 ] || [ "$code" = 409 ]
		[ "$code" != 303 ] || last=$i
	done
	wait "$terminal"
	git show HEAD:assessments/straatafval/iama.json >"$BATS_TEST_TMPDIR/whole"
	grep -q "From the terminal 12\." "$BATS_TEST_TMPDIR/whole"
	[ -z "${last:-}" ] || grep -q "From the browser $last\." "$BATS_TEST_TMPDIR/whole"
	git fsck --strict 2>&1 | grep -v '^notice\|dangling' | grep -c . | grep -qx 0
	[ -z "$(git status --porcelain)" ]
}
