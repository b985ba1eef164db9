#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Bad input: a clear message that names the place and says what to do, exit
# status 2, nothing on standard output, and not a byte changed.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

@test "help and version; the command line itself" {
	run fria help
	[ "$status" = 0 ]
	[[ $output == *evaluate* ]]
	# Each command once, under a heading.
	grep '^  ' <<<"$output" | cut -c3-20 | sed 's/ *$//' >all
	[ -z "$(sort all | uniq -d)" ]
	[ "${lines[2]}" = "Begin" ]
	[ "$($FRIA --lang nl help | grep -c '^[A-Z].*[a-z]$')" = 8 ]
	refused '"" is no command' fria ""
	run fria help release
	[ "$status" = 0 ]
	[[ $output == *--partial* ]]
	run fria version
	[ "$status" = 0 ]
	[[ $output == fria\ [0-9]* ]]
	refused "no command" fria frobnicate
	refused "no result for --json" fria --json
	refused "does not know the option --nope" fria evaluate a/b --nope
	refused "needs a value" fria init --org
	LC_ALL=en_GB.UTF-8 refused "choose nl or en" $FRIA --lang fr version
	refused "Something is missing" fria answer
	refused "too much" fria version now
	refused "no result for --json" fria --json init x --org Y
	refused "no command" fria help frobnicate
}

# In the manual -o, -m and -n stand for what the program calls them in full.
@test "the manual gives each command, with all its options and no others" {
	option_table >table
	while IFS=$'\t' read -r name options; do
		grep -E "^\.It Cm $name( |$)" "$ROOT/cli/man/fria.1" >synopsis ||
			{ echo "not in the manual: $name"; return 1; }
		sed 's/\\-/-/g; s/Fl -/Fl --/g; s/| -/| --/g' synopsis |
			grep -oE '(Fl|\|) --[a-z-]+|Fl [a-z]( |$)' | awk '{ print $2 }' |
			sed 's/^o$/--output/; s/^m$/--message/; s/^n$/--number/' |
			sort -u >told
		diff told <(tr ' ' '\n' <<<"$options" | sed '/^$/d' | sort -u) ||
			{ echo "of $name: the manual, and the program"; return 1; }
	done <table
	[ "$(wc -l <table)" -gt 50 ]
}

@test "not a workspace, and one that exists already" {
	refused "no workspace.*fria init" fria app list
	mkdir empty && git -C empty init -q
	refused "no workspace" fria -C empty evaluate a/b
	refused "Give --org" fria init x
	fria init ws --org Test
	refused "a workspace already" fria init ws --org Test
}

@test "what is not there: application, assessment, task, option, row, version" {
	assessment
	refused 'no application "nope".*app list' fria app show nope
	refused 'no application' fria new nope iama-2.0
	refused 'no application' fria release nope 1 --from "$EXAMPLE/entry.json"
	refused 'no application' fria register export nope
	refused 'no application' fria check nope
	refused 'no assessment "straatafval/nope"' fria evaluate straatafval/nope
	refused 'no assessment' fria report straatafval/nope
	refused 'no assessment' fria log straatafval/nope
	refused 'no assessment' fria save straatafval/nope
	refused 'no assessment' fria check straatafval/nope
	refused 'no name of an assessment' fria evaluate straatafval
	refused 'no questionnaire "nope"' fria new straatafval nope
	refused 'no questionnaire' fria instrument show nope
	refused 'Question 9.9.9 is not in' fria answer straatafval/iama 9.9.9 x
	refused 'is no question' fria answer straatafval/iama 1.1 x
	refused 'does not know|Choose' fria answer straatafval/iama 2.1.1.1 sometimes
	refused 'no row "7"' fria answer straatafval/iama 1.actiepunten.tekst x --row 7
	refused 'has rows' fria answer straatafval/iama 1.actiepunten.tekst x
	refused 'has no rows' fria answer straatafval/iama 1.1.1 x --row 1
	refused 'has no version v7' fria report straatafval/iama@v7
	refused 'no state "nope"' fria diff straatafval/iama nope
	refused 'no template' fria report straatafval/iama --template nope
	refused 'no format here' fria report straatafval/iama --format pdf
	refused 'no format here' fria diff straatafval/iama --format pdf
	refused 'no date' fria evaluate straatafval/iama --as-of someday
	refused 'exists already' fria new straatafval iama-2.0
	refused 'exists already' fria app add straatafval --from "$EXAMPLE/entry.json"
	refused 'not saved yet' fria adopt straatafval/iama
}

@test "values that do not fit, and reasons that are missing" {
	assessment
	fria answer straatafval/iama 1.actiepunten.tekst "Do it." --row new
	refused 'asks for a date' fria answer straatafval/iama 1.actiepunten.uiterlijk soon --row 1
	refused . fria answer straatafval/iama 1.3.1 perhaps
	refused . fria answer straatafval/iama 4.1.1.1 "no such right"
	refused 'Give the answer once' fria answer straatafval/iama 1.1.1 x --file y
	refused . fria answer straatafval/iama 1.1.1 ""
	refused 'No|no|exist' fria answer straatafval/iama 1.1.1 --file nowhere.md
	printf 'a\xff' >../bad.md
	refused 'UTF-8' fria answer straatafval/iama 1.1.1 --file ../bad.md
	refused 'no kind' fria waive straatafval/iama 1.1.1 --kind later --reason x
	refused 'reason' fria waive straatafval/iama 1.1.1 --kind settled
	refused 'reference' fria waive straatafval/iama 1.1.1 --kind refers --reason x
	refused 'no answer yet' fria confirm straatafval/iama 1.1.1
	refused 'no answer yet' fria confirm straatafval/iama 1.1.1 --note x
	fria answer straatafval/iama 2.1.1.1 zelflerend
	refused 'hides it' fria answer straatafval/iama 2.2A.1 x
	refused 'cannot be adopted|not saved' fria adopt straatafval/iama
	fria save
	refused 'cannot be adopted' fria adopt straatafval/iama
}

@test "ids that would lead elsewhere" {
	workspace
	for id in ../x /x .git x/y X "a b" application instruments con; do
		refused 'cannot be' fria app add "$id" --from "$EXAMPLE/entry.json"
	done
	refused . fria evaluate ../x/iama
	refused . fria evaluate straatafval/../iama
	refused 'cannot be' fria new straatafval iama-2.0 --name application
}

@test "JSON that is none, in a file and in a document" {
	assessment
	file=$IAMA
	printf '{"use": {"area": [}' >../bad.json
	refused 'bad.json:1:[0-9]+: .*JSON' fria release straatafval 2 --from ../bad.json
	printf '{"use": {}, "use": {}}' >../bad.json
	refused 'bad.json:1:.*twice' fria release straatafval 2 --from ../bad.json
	printf '{"use": "\xff"}' >../bad.json
	refused 'UTF-8' fria release straatafval 2 --from ../bad.json
	head -c 10000 /dev/zero | tr '\0' '[' >../bad.json
	refused 'Nested deeper' fria release straatafval 2 --from ../bad.json
	head -c 104857600 /dev/zero | tr '\0' ' ' >../bad.json
	refused 'larger|too large|MiB' fria release straatafval 2 --from ../bad.json
	rm ../bad.json
	echo '[]' >../bad.json
	refused . fria app add other --from ../bad.json
	echo '{"use": []}' >../bad.json
	refused 'must be an object' fria release straatafval 2 --from ../bad.json --format fria
	printf '{\n  "instrument": "urn:nl:iama:2.0", "application": "straatafval",\n  "answers": {"1.1.1": 3}\n}\n' >$file
	refused 'iama.json:3:[0-9]+: ' fria evaluate straatafval/iama
	refused 'iama.json:3' fria save
	run fria check straatafval/iama
	[ "$status" = 1 ]
	[[ $output == *iama.json:3* ]]
	printf '{"instrument":' >$file
	refused 'iama.json:1' fria answer straatafval/iama 1.1.1 x
}

@test "YAML that explodes, loops or is none" {
	workspace
	{
		echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
		for i in 1 2 3 4 5 6 7 8 9; do
			echo "a$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"
		done
	} >../bomb.yaml
	refused 'bomb.yaml' fria instrument import ../bomb.yaml
	printf 'a: &a [*a]\n' >../loop.yaml
	refused 'loop.yaml' fria instrument import ../loop.yaml
	printf 'a: [1\nb: }\n' >../bad.yaml
	refused 'bad.yaml:[0-9]' fria instrument import ../bad.yaml
	printf 'a: 1\na: 2\n' >../twice.yaml
	refused 'twice.yaml' fria instrument import ../twice.yaml
	printf 'name: x\n' >../none.yaml
	refused 'none.yaml' fria instrument import ../none.yaml
}

@test "a symbolic link in the place of a document" {
	assessment
	fria save
	file=$IAMA
	mv $file ../elsewhere.json
	ln -s ../../../elsewhere.json $file
	refused 'symbolic link' fria evaluate straatafval/iama
	refused 'symbolic link' fria answer straatafval/iama 1.1.1 x
	refused 'symbolic link' fria save
}

@test "nobody is configured" {
	assessment
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	refused 'git config --global user.name' fria answer straatafval/iama 1.1.1 x
	refused 'git config' fria save
	refused 'git config' fria init ../ws2 --org X
}

@test "a lock file that was left behind" {
	assessment
	touch .git/index.lock
	refused 'index.lock' fria save
	rm .git/index.lock
	fria save
	git fsck --strict
}

@test "a repository of someone else" {
	[ "$(id -u)" = 0 ] || skip "needs root to give a folder away"
	workspace
	chown -R 12345 .
	run --separate-stderr fria app list
	[ "$status" = 2 ]
	[[ $stderr == *safe.directory* ]]
}

@test "a repository that cannot be written" {
	assessment
	if [ "$(id -u)" = 0 ]; then
		command -v setpriv >/dev/null || skip "needs setpriv"
		chmod -R a+rX ../.. . && chmod -R a-w .
		git config --global --add safe.directory '*'
		run --separate-stderr setpriv --reuid 65534 --clear-groups \
			$FRIA --lang en answer straatafval/iama 1.1.1 x
		[ "$status" = 2 ]
		[ -n "$stderr" ]
	else
		chmod -R a-w .
		refused . fria answer straatafval/iama 1.1.1 x
		chmod -R u+w .
	fi
}

@test "two saves at once: both are in, or the later one is told to retry" {
	assessment
	fria save
	for i in 1 2 3 4 5 6; do
		(fria answer straatafval/iama 1.1.$((i % 2 + 1)) "Answer $i." && fria save straatafval/iama) >/dev/null 2>../err.$i || echo "$i" >>../failed &
	done
	wait
	[ -z "$(git status --porcelain)" ]
	git fsck --strict
	[ "$(jq '.answers | length' $IAMA)" = 2 ]
	[ ! -e ../failed ]
}

@test "a release name that exists with other facts, and one that repeats" {
	workspace
	echo '{"use": {"area": ["x"]}}' >../new.json
	refused 'exists already' fria release straatafval 1.0 --from ../new.json --partial
	fria release straatafval 1.0 --from "$EXAMPLE/release-1.0.json"
	refused 'no date' fria release straatafval 2 --from ../new.json --in-use-from soon
	refused 'Give --from' fria release straatafval 2
	head -c 20 "$EXAMPLE/entry.json" >../half.json
	refused 'half.json' fria app add other --from ../half.json
	jq '. + .' "$EXAMPLE/entry.json" >../two.json
	refused 'entr' fria app add other --from ../two.json
	refused 'entr' fria app add other --from ../two.json --entry 9
	fria app add other --from ../two.json --entry 2
}

@test "editor, files and standard input give an answer" {
	assessment
	echo "From standard input." | fria answer straatafval/iama 1.1.1 -
	[ "$(value 1.1.1)" = "From standard input." ]
	fria answer straatafval/iama 2.1.1.1 Self-learning
	[ "$(value 2.1.1.1)" = zelflerend ]
	fria answer straatafval/iama 1.3.1 Nee
	[ "$(value 1.3.1)" = false ]
	fria answer straatafval/iama 4.1.1.1 "data-protection; Freedom of expression"
	[ "$(value 4.1.1.1)" = '["data-protection","expression"]' ]
	cp $IAMA ../before.json
	fria answer straatafval/iama 1.3.1 nee
	cmp ../before.json $IAMA
	fria answer straatafval/iama 1.actiepunten.tekst "One." --row new
	row=$(jq -r '.answers."1.actiepunten"[0].id' $IAMA)
	[[ $row =~ ^[a-z0-9]{8}$ ]]
	fria answer straatafval/iama 1.actiepunten.tekst --row=-$row
	[ "$(jq '.answers | has("1.actiepunten")' $IAMA)" = false ]
	in_form
	run fria app list
	[[ $output == *straatafval/iama* ]]
	run fria --json app list
	jq -e '.[0].assessments[0] == "iama"' <<<"$output"
	run fria app show straatafval
	[[ $output == *Zandmeer* ]]
	run fria instrument list
	[[ $output == *iama-2.0* ]]
	run fria instrument show iama-2.0
	[[ $output == *"2.2B.1"* ]]
	run fria instrument check iama-2.0
	[ "$status" = 0 ]
	fria save -m "By hand"
	[ "$(git log -1 --format=%s)" = "By hand" ]
	run fria save
	[[ $output == *"nothing to save"* ]]
	run fria log straatafval/iama
	[[ $output == *"answered"* ]]
	run fria --json log straatafval/iama
	jq -e 'length > 0' <<<"$output"
}

@test "what was recorded is said back: the question and the value in words, kind and reason" {
	assessment
	run --separate-stderr $FRIA --lang nl answer straatafval/iama 2.1.1.1 niet-zelflerend
	[[ $stderr == *"Beantwoord: 2.1.1.1 Is het algoritme zelflerend of niet?"*"Niet-zelflerend"* ]]
	run --separate-stderr fria answer straatafval/iama 1.1.1 "A text of many words that goes on, and on, and on, and in the end does not fit one line."
	[[ $stderr == *"Answered: 1.1.1 "*"A text of many words that goes on"*" …"* ]]
	run --separate-stderr fria answer straatafval/iama 1.actiepunten.tekst "Look again." --row new
	[[ $stderr == *"1.actiepunten.tekst "*", row 1"*"Look again."* ]]
	run --separate-stderr $FRIA --lang nl waive straatafval/iama 3.5.5 --kind "niet van toepassing" --reason "Wettelijke taak."
	[[ $stderr == *"Blijft onbeantwoord: 3.5.5 "*"niet van toepassing: Wettelijke taak."* ]]
	run --separate-stderr fria waive straatafval/iama 1.4 --kind unknown --reason "Later."
	[[ $stderr == *"1.4 "*"questions stay unanswered"*"not known yet"*": Later."* ]]
	fria save
	run --separate-stderr fria app metric straatafval opruimtijd --value 12
	[[ $stderr == *"measurement of Gemiddelde tijd tussen neerzetten en opruimen recorded: 12 uur on 10 March 2026."* ]]
}
