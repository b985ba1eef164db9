#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Another organisation's assessment as a start: what is taken over, what stays
# an example, and what has changed there since.
load common

setup() { common_setup; }

# Another organisation's workspace "other", with v1 of a short assessment.
other() {
	fria init other --org "Province of Polderland"
	cat >other/instruments.json <<-EOF
	{"urn": "urn:nl:kort", "version": "1.0", "name": "Short", "tasks": [
	  {"id": "1", "task": "How does it work?", "type": ["open_text"],
	   "about": "system", "facts": ["/register/methods_and_models"]},
	  {"id": "2", "task": "Is it accurate?", "type": ["open_text"],
	   "about": "both", "rests": ["1"]},
	  {"id": "3", "task": "Who is affected?", "type": ["open_text"],
	   "about": "use"},
	  {"id": "4", "task": "Parts", "type": ["task_group"], "repeatable": true,
	   "tasks": [{"id": "4.a", "task": "Part", "type": ["open_text"],
	   "about": "system", "required": false},
	   {"id": "4.b", "task": "Used for", "type": ["open_text"],
	   "about": "use", "required": false}]}]}
	EOF
	(cd other && mv instruments.json ../kort.json &&
		fria instrument import ../kort.json &&
		fria app add afval --from "$EXAMPLE/entry.json" &&
		fria new afval kort-1.0 &&
		fria answer afval/kort 1 "A network looks at pictures." &&
		fria answer afval/kort 2 "Nine in ten." &&
		fria answer afval/kort 3 "Cyclists." &&
		fria answer afval/kort 4.a "Camera." --row new &&
		fria answer afval/kort 4.b "On bins." --row 1 &&
		fria save && fria adopt afval/kort)
}

# Ours beside it, the current folder.
ours() {
	fria init ours --org Zandmeer && cd ours &&
		fria instrument import ../kort.json &&
		fria app add straatafval --from "$EXAMPLE/entry.json" &&
		fria save
}

document() { jq "$@" assessments/straatafval/kort.json; }

@test "answers about the same system are proposed, to be looked at and taken in one go" {
	other && ours
	run fria new straatafval kort-1.0 --from afval/kort --workspace ../other
	[ "$status" = 0 ]
	[[ $output == *"Relies on afval/kort v1 of Province of Polderland"* ]]
	[[ $output == *"3 answers about the system stand as proposals"* ]]
	[[ $output == *"With 2 questions"* ]]
	document -e '.answers == {}'
	document -e '[.proposals[] | .task, .value, .from] == ["1", "A network looks at pictures.", "afval/kort#1",
		"2", "Nine in ten.", "afval/kort#2", "4.a", "Camera.", "afval/kort#4.a"]'
	document -e '.origin | .from == "afval/kort" and .version == "v1" and
		.workspace == "../other" and .organisation == "Province of Polderland"'
	[ "$(document -r .origin.commit)" = "$(git -C ../other rev-parse HEAD)" ]
	run fria --json evaluate straatafval/kort
	jq -e '.counts | .answered == 0 and .stale == 0 and .open == 3 and .offered == 3' <<<"$output"
	run fria confirm straatafval/kort --taken-over --note "We looked: the same."
	[ "$status" = 0 ]
	[[ $output == *"A network looks at pictures."*"Camera."* ]]
	run fria --json evaluate straatafval/kort
	jq -e '.counts | .answered == 3 and .stale == 0 and .open == 1' <<<"$output"
	document -e '.answers["2"] | .basis.note == "We looked: the same." and .origin == "afval/kort#2"'
	document -e '.answers["4"][0]["4.a"].value == "Camera." and (.proposals == null)'
	fria save
	in_form
}

@test "answers about use stay open, with the other's text as an example" {
	other && ours
	fria new straatafval kort-1.0 --from afval/kort --workspace ../other
	document -e '.answers | has("3") | not'
	document -e '.examples == {"3": ["Cyclists."], "4.b": ["On bins."]}'
	run fria evaluate straatafval/kort
	[[ $output == *"Examples come from Province of Polderland"* ]]
	[[ $output == *"example: Cyclists."* ]]
	run fria --json evaluate straatafval/kort
	jq -e '.tasks[] | select(.id == "3") | .state == "open" and .example == ["Cyclists."]' <<<"$output"
	fria save
	fria report straatafval/kort -o ../report.md
	grep -q "Example from Province of Polderland; does not count as an answer" ../report.md
	grep -q "Relies on.*Province of Polderland" ../report.md
	# for others it is nothing
	fria report straatafval/kort --audience public -o ../public.md
	not grep -q "Cyclists" ../public.md
	grep -q "Relies on.*Province of Polderland" ../public.md
	not grep -q "\.\./other" ../public.md
	# once answered, it is not shown any more
	fria answer straatafval/kort 3 "Residents."
	run fria evaluate straatafval/kort
	[[ $output != *Cyclists* ]]
}

@test "another system gives examples only, and says what differs" {
	other && ours
	fria app set straatafval /register/methods_and_models "Rules on paper."
	run fria new straatafval kort-1.0 --from afval/kort --workspace ../other
	[ "$status" = 0 ]
	[[ $output == *"No answer is proposed"*"differs: How it works technically"* ]]
	document -e '.answers == {} and (.examples | length) == 5'
	# where nothing is known, equal means nothing
	fria init ../bare --org Bare
	cd ../bare
	fria instrument import ../kort.json
	echo '{"use": {"purpose": "X"}}' >../use.json
	fria app add een --from ../use.json
	fria app add twee --from ../use.json
	fria new een kort-1.0
	fria answer een/kort 1 "Text."
	fria save
	run fria new twee kort-1.0 --from een/kort
	[[ $output == *"nothing is filled in on model and data"* ]]
	jq -e '.answers == {} and .origin.organisation == null' assessments/twee/kort.json
}

@test "an own version or state as a start" {
	other && cd other
	fria app add tweede --from "$EXAMPLE/entry.json"
	fria answer afval/kort 3 "Walkers."
	fria save
	fria new tweede kort-1.0 --from afval/kort
	jq -e '.examples["3"] == ["Cyclists."]' assessments/tweede/kort.json
	fria new tweede kort-1.0 --from afval/kort@HEAD --name nieuw
	jq -e '.examples["3"] == ["Walkers."] and .origin.version == null' assessments/tweede/nieuw.json
	fria new tweede kort-1.0 --from afval/kort@v1 --name oud
	jq -e '.examples["3"] == ["Cyclists."]' assessments/tweede/oud.json
}

@test "what has changed there since" {
	other && ours
	fria new straatafval kort-1.0 --from afval/kort --workspace ../other
	fria save
	run --separate-stderr fria diff straatafval/kort --origin
	[ "$status" = 0 ]
	[[ $stderr == *"afval/kort"*"v1 → v1"* ]]
	(cd ../other && fria answer afval/kort 2 "Eight in ten." && fria save)
	# a version was taken over, so what counts is the next version
	run fria diff straatafval/kort --origin
	[ "$status" = 0 ]
	(cd ../other && fria adopt afval/kort)
	run fria diff straatafval/kort --origin
	[ "$status" = 1 ]
	[[ $output == *"Is it accurate?"* ]]
	[[ $output == *Nine*Eight* ]]
	run --separate-stderr fria --json diff straatafval/kort --origin
	jq -e '.from.version == "v1" and .to.version == "v2"' <<<"$output"
	# from another folder, and when it has moved
	mkdir deeper
	run fria -C deeper diff straatafval/kort --origin
	[ "$status" = 1 ]
	mv ../other ../moved
	refused 'no folder and no address' fria diff straatafval/kort --origin
	run fria diff straatafval/kort --origin --workspace ../moved
	[ "$status" = 1 ]
	# and when the application there is called otherwise now
	(cd ../moved && fria app rename afval zwerfafval)
	run --separate-stderr fria --json diff straatafval/kort --origin --workspace ../moved
	[ "$status" = 1 ]
	jq -e '.from.version == "v1" and .to.version == "v2"' <<<"$output"
}

@test "what cannot be a start is refused, and nothing changes" {
	other && ours
	new() { fria new straatafval "$@"; }
	refused 'no folder and no address' new kort-1.0 --from afval/kort --workspace ../nowhere
	mkdir ../empty
	refused 'no workspace of fria in ../empty' new kort-1.0 --from afval/kort --workspace ../empty
	refused 'no assessment "afval/nope"' new kort-1.0 --from afval/nope --workspace ../other
	refused 'no version v7' new kort-1.0 --from afval/kort@v7 --workspace ../other
	refused 'no state' new kort-1.0 --from afval/kort@nope --workspace ../other
	refused 'no application|no assessment' new kort-1.0 --from afval/kort
	refused 'no name of an assessment' new kort-1.0 --from afval --workspace ../other
	refused 'Say with --from' new kort-1.0 --workspace ../other
	refused 'is an assessment by urn:nl:kort:1.0, not by urn:nl:iama:2.0' \
		new iama-2.0 --from afval/kort --workspace ../other
	fria new straatafval kort-1.0
	refused 'exists already' new kort-1.0 --from afval/kort --workspace ../other
	refused 'did not start from another' fria diff straatafval/kort --origin
	refused 'chooses the states' fria diff straatafval/kort HEAD --origin
	refused 'goes with --origin' fria diff straatafval/kort --workspace ../other
	refused 'Nothing is proposed at 1' fria confirm straatafval/kort 1 --taken-over --note x
	refused 'one of these' fria confirm straatafval/kort --all-stale --taken-over --note x
	refused 'note' fria confirm straatafval/kort --taken-over
}

@test "from an address: copied for as long as it is read, nothing of it kept" {
	other && ours
	run fria new straatafval kort-1.0 --from afval/kort --workspace "file://$PWD/../other"
	[ "$status" = 0 ]
	[[ $output == *"3 answers about the system"* ]]
	[ "$(document -r .origin.workspace)" = "file://$PWD/../other" ]
	[ "$(document -r .origin.version)" = v1 ]
	fria save
	run fria diff straatafval/kort --origin
	[ "$status" = 0 ]
	(cd ../other && fria answer afval/kort 2 "Eight in ten." && fria save && fria adopt afval/kort)
	run fria diff straatafval/kort --origin
	[ "$status" = 1 ]
	[[ $output == *Nine*Eight* ]]
	[ -z "$(find .git/fria -name 'elsewhere-*')" ]
	[ -z "$(git status --porcelain)" ]
	[ "$(git for-each-ref | wc -l)" = 1 ]
	# a bare repository, as a server has it
	git clone -q --bare ../other ../bare.git
	fria new straatafval kort-1.0 --name twee --from afval/kort@v1 --workspace "file://$PWD/../bare.git"
	jq -e '.origin.version == "v1"' assessments/straatafval/twee.json
	fria new straatafval kort-1.0 --name drie --from afval/kort --workspace ../bare.git
	jq -e '.origin.version == "v2"' assessments/straatafval/drie.json
}

@test "a copy that a killed command left goes with the next; one in use stays" {
	other && ours
	fria new straatafval kort-1.0 --from afval/kort --workspace "file://$PWD/../other"
	fria save
	mkfifo ../never
	printf '#!/bin/sh\nexec cat "%s"\n' "$PWD/../never" >../ssh
	chmod +x ../ssh
	copies() { find .git/fria -maxdepth 1 -name 'elsewhere-*' | wc -l; }
	GIT_SSH_COMMAND=$PWD/../ssh GIT_SSH_VARIANT=simple $FRIA diff \
		straatafval/kort --origin --workspace ssh://example.org/x.git \
		>../said 2>&1 3>&- &
	pid=$!
	for _ in $(seq 100); do
		[ "$(copies)" = 0 ] || break
		sleep 0.1
	done
	[ "$(copies)" = 1 ]
	fria app set straatafval /use/frequency '"dagelijks"'
	[ "$(copies)" = 1 ]
	kill -KILL "$pid"
	wait "$pid" || true
	[ "$(copies)" = 1 ]
	fria app set straatafval /use/frequency '"wekelijks"'
	[ "$(copies)" = 0 ]
	exec 8<>../never # whoever still waits there ends
	exec 8>&-
}

@test "no program is run and no secret is kept: protocols, passwords, hooks" {
	other && ours
	new() { fria new straatafval kort-1.0 --from afval/kort --workspace "$1"; }
	refused 'protocol ext is not used' new "ext::sh -c 'touch ../pwned'"
	refused 'protocol fd is not used' new "fd::7"
	refused 'not encrypted' new "http://git.example.org/x.git"
	refused 'not encrypted' new "git://git.example.org/x.git"
	refused 'protocol ftp is not used' new "ftp://git.example.org/x.git"
	refused 'contains a password' new "https://me:secret@git.example.org/x.git"
	refused 'no folder and no address|no address' new "--upload-pack=touch ../pwned"
	refused 'no address' new "-u:x"
	refused 'there is no repository there' new "file://$PWD/../nowhere"
	refused 'git says' new "ssh://-oProxyCommand=touch%20..%2Fpwned/x"
	[ ! -e ../pwned ]
	git init -q --bare ../empty.git
	refused 'no workspace of fria in file://' new "file://$PWD/../empty.git"
	printf '#!/bin/sh\ntouch %s/pwned\n' "$BATS_TEST_TMPDIR/at" >../other/.git/hooks/post-checkout
	chmod +x ../other/.git/hooks/post-checkout
	git -C ../other config core.fsmonitor "touch $BATS_TEST_TMPDIR/at/pwned"
	new "file://$PWD/../other"
	[ ! -e ../pwned ]
	[ -z "$(find .git/fria -name 'elsewhere-*')" ]
}
