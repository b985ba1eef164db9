#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A bare repository, as a server has it: what is recorded at once is recorded
# there, what would have to wait in a work tree is refused, and whoever writes
# at the same moment loses nothing.
load common

setup() {
	common_setup
}

# A bare copy of the example, filled in and adopted; the current folder.
bare() {
	adopted
	git clone -q --bare . ../bare.git
	cd ../bare.git
}

# recorded COMMAND...: makes exactly one commit, with nothing left beside it
recorded() {
	local before
	before=$(git rev-list --count HEAD)
	"$@"
	[ "$(git rev-list --count HEAD)" = $((before + 1)) ]
	git fsck --strict --no-dangling
	[ ! -e index ] && [ ! -e fria/pending ] &&
		[ -z "$(find . -name '*.lock' -o -name '*.tmp')" ]
}

# unkept PATTERN COMMAND...: refused, and nothing but the lock file was written
unkept() {
	local pattern=$1 before
	shift
	before=$(find . -type f ! -path ./fria/lock -printf '%p %i %s %T@\n' | sort)
	run --separate-stderr "$@"
	[ "$status" = 2 ] && [[ -z $output && $stderr =~ $pattern ]]
	[ "$before" = "$(find . -type f ! -path ./fria/lock -printf '%p %i %s %T@\n' | sort)" ]
}

at_head() { git show "HEAD:$IAMA" | jq -r "$1"; }

@test "bare: what records at once does so there" {
	bare
	recorded fria answer straatafval/iama 1.1.2 "In another repository." --save
	[ "$(at_head '.answers["1.1.2"].value')" = "In another repository." ]
	[ "$(git log -1 --format='%an <%ae>')" = "R. Jansen <r@example.org>" ]
	git log -1 --format=%B | grep -q "1.1.2"
	recorded fria waive straatafval/iama 2.3.1 --kind settled \
		--reason "By law." --save
	recorded fria comment straatafval/iama 1.1.2 "Is that so?" --save
	recorded fria meeting straatafval/iama --date 2026-03-02 --roles dpo --save
	run fria confirm straatafval/iama --all-stale --note "Looked." --yes --save
	[ "$status" -lt 2 ]
	recorded fria app set straatafval /use/purpose "Cleaner air."
	recorded fria app metric straatafval gevonden-afval --value 91 --date 2026-03-01
	on_day 2026-11-16
	recorded fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	recorded fria ask straatafval/iama --role dpo
	recorded fria approve straatafval/iama --role dpo positive
	recorded fria withhold straatafval /use/purpose --ground 5.1.2.e
	recorded fria app add other --from "$EXAMPLE/entry.json"
	recorded fria app remove other
	recorded fria retire straatafval --on 2026-04-01
	fria verify straatafval/iama || [ $? = 1 ]
	fria --json evaluate straatafval/iama | jq -e .verdict
}

@test "bare: a version is made there" {
	filled_in
	git clone -q --bare . ../bare.git && cd ../bare.git
	approved
	fria adopt straatafval/iama
	git rev-parse -q --verify fria/straatafval/iama/v1
	[ ! -e fria/pending ]
	git fsck --strict --no-dangling
	fria verify straatafval/iama
}

@test "bare: what nothing would keep is refused, with what to do" {
	bare
	printf 'A report.\n' >../report.txt
	unkept "saved at once" fria answer straatafval/iama 1.1.2 "Gone."
	unkept "saved at once" fria waive straatafval/iama 1.1.2 --kind settled --reason X
	unkept "saved at once" fria comment straatafval/iama 1.1.2 "Gone?"
	unkept "saved at once" fria new straatafval start-1.0
	unkept "saved at once" fria evidence add straatafval ../report.txt
	unkept "saved at once" fria instrument import \
		"$BATS_TEST_DIRNAME/../faults/team-1.0.json"
	unkept "ordinary clone" fria sync ../ws
	run fria save
	[ "$status" = 0 ]
	[ "$(git rev-parse HEAD)" = "$(git -C ../ws rev-parse HEAD)" ]
	# What fails there is saved in no part.
	unkept . fria answer straatafval/iama 9.9.9 "No such question." --save
}

@test "bare: eight writers, and each of their answers is a commit" {
	bare
	local before w i asked=()
	before=$(git rev-list --count HEAD)
	mapfile -t asked < <(fria --json evaluate straatafval/iama | jq -r '
		.tasks[] | select(.state == "answered" and .row == null) | .id')
	text=$(mktemp)
	fria --json instrument show iama-2.0 | jq -r '
		[.. | objects | select(.id and (.type // [] | tostring |
		test("text|open")))] | .[].id' | sort -u >"$text"
	mapfile -t asked < <(printf '%s\n' "${asked[@]}" | grep -Fx -f "$text")
	[ "${#asked[@]}" -ge 20 ]
	for w in 0 1 2 3 4 5 6 7; do
		for i in $(seq 0 $((w < 4 ? 17 : 16))); do
			as "Writer $w" fria answer straatafval/iama \
				"${asked[$(((i * 8 + w) % ${#asked[@]}))]}" \
				"Answer $i by $w." --save >/dev/null ||
				echo "$w $i" >>../failed
		done &
	done
	wait
	[ ! -e ../failed ]
	[ $(($(git rev-list --count HEAD) - before)) = 140 ]
	git fsck --strict --no-dangling
	[ -z "$(git rev-list --merges "HEAD~140..HEAD")" ]
	# The last word on each question is the one that stands.
	for w in 0 1 2 3 4 5 6 7; do
		[ "$(git log --author="Writer $w" --format=%h "HEAD~140..HEAD" | wc -l)" = $((w < 4 ? 18 : 17)) ]
	done
	git log -p --reverse --format= "HEAD~140..HEAD" -- "$IAMA" |
		grep -c '^+.*"value": "Answer [0-9]* by [0-7]\."' >../said
	[ "$(cat ../said)" = 140 ]
}

@test "bare: a lock that a killed writer left goes with the next" {
	bare
	head=refs/heads/$(git symbolic-ref --short HEAD)
	mkdir -p fria
	printf '%s\n%s\nend\n' "$head" "$(git rev-parse HEAD)" >fria/pending
	touch "$head.lock"
	recorded fria answer straatafval/iama 1.1.2 "After the kill." --save
	# One that nobody's journal speaks of is somebody else's.
	touch "$head.lock"
	before=$(git rev-parse HEAD)
	run fria answer straatafval/iama 1.1.2 "Not now." --save
	[ "$status" = 2 ] && [[ $output == *"$head.lock"* ]]
	[ "$(git rev-parse HEAD)" = "$before" ] && [ ! -e fria/pending ]
	rm "$head.lock"
	recorded fria answer straatafval/iama 1.1.2 "Now." --save
}
