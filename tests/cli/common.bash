# SPDX-License-Identifier: EUPL-1.2
# What every command test starts with: a folder of its own, an author, a date.
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
FRIA=${FRIA:-$ROOT/build/fria}
EXAMPLES=$ROOT/assessments/examples
EXAMPLE=$EXAMPLES/straatafval
REFERENCE=${REFERENCE_DIR:-$ROOT/../shared/reference}
. "$ROOT/tools/play.sh"

bats_require_minimum_version 1.5.0

common_setup() {
	mkdir "$BATS_TEST_TMPDIR/at" && cd "$BATS_TEST_TMPDIR/at" || return
	export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r@example.org
	export GIT_COMMITTER_NAME="R. Jansen" GIT_COMMITTER_EMAIL=r@example.org
	export HOME=$BATS_TEST_TMPDIR GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/.gitconfig
	: >"$GIT_CONFIG_GLOBAL"
	export LC_ALL=C SOURCE_DATE_EPOCH=1773133200
	unset EDITOR VISUAL
}

fria() { $FRIA --lang en "$@"; }
# The same language; jq takes three times as long to begin, but keeps the order
# of members: "command jq" where that counts.
jq() { gojq "$@"; }

# as WHO COMMAND...: somebody else, at who@example.org
as() {
	local who=$1 address=${1,,}@example.org
	shift
	GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$address \
		GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$address "$@"
}

# Each command of the program, a tab, and the options that are its own.
option_table() {
	$FRIA completion | sed -n 's/^\t\t"\(.*\)") list="\(.*\)" ;;/\1\t\2/p' |
		sed 's/ *--lang --json --verbose --help$//'
}

# flat TEXT: in one line, however it was wrapped
flat() { tr -s '\n ' ' ' <<<"$1"; }

# on_day DATE: from here on it is that day, in the morning
on_day() { SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s); }

# What is asked most of an assessment, by default of the example's IAMA.
IAMA=assessments/straatafval/iama.json
value() { jq -rc --arg t "$1" '.answers[$t].value' "${2:-$IAMA}"; }
evaluation() { fria --json evaluate "${1:-straatafval/iama}"; }
verdict() { evaluation "$@" | jq -r .verdict; }

# in_state STATE [NAME]: the questions that are in it
in_state() {
	evaluation "${2:-straatafval/iama}" | jq -r --arg s "$1" \
		'.tasks[] | select(.state == $s) | .id' | sort -u
}

# in_words NAME PREFIX: "stale ID" and "suspect ID" for the questions in it, a
# cell by its rows unless it is all of them
in_words() {
	evaluation "$1" | jq -r --arg prefix "$2" \
		--slurpfile doc "assessments/$1.json" '
		[$doc[0].answers | to_entries[] |
			select(.value | type == "array") | .key as $group |
			.value | to_entries[] | {key: .value.id, value:
				{number: (.key + 1), group: $group}}] as $rows |
		($rows | from_entries) as $row |
		($rows | group_by(.value.group) | map({key: .[0].value.group,
			value: length}) | from_entries) as $lengths |
		[.tasks[] | select(.state == "stale" or .state == "suspect")] |
		group_by([.state, .id]) | map(.[0] as $one |
			[.[] | .row // empty | $row[.]] as $in |
			$one.state + " " + $prefix + $one.id +
			if $in == [] or ($in | length) ==
				$lengths[$in[0].group] then ""
			else "[" + ($in | map(.number | tostring) |
				join(",")) + "]" end) | .[]'
}

# proposed TASK [DOCUMENT]: what is kept for its answer, in the order of its rows
proposed() {
	jq -rc --arg t "$1" '.proposals[]? | select(.task == $t) | .value' \
		"${2:-$IAMA}"
}

# taken NAME: all that is kept in it becomes an answer, the last ones by id
taken() {
	local doc=assessments/$1.json id task
	fria confirm "$1" $(jq -r '[.proposals[]?.task] | unique | .[]' "$doc") \
		--taken-over --note "Read." --yes >/dev/null || true
	jq -r '.proposals[]? | "\(.id) \(.task)"' "$doc" \
		>"$BATS_TEST_TMPDIR/to-take"
	while read -r id task; do
		fria answer "$1" "$task" "$id" --proposal >/dev/null || return
	done <"$BATS_TEST_TMPDIR/to-take"
}

# A workspace "ws" with an example's application; the current folder.
workspace() {
	local app=${1:-straatafval}
	fria init ws --org Zandmeer && cd ws &&
		fria app add "$app" --from "$EXAMPLES/$app/entry.json" &&
		fria release "$app" 1.0 --from "$EXAMPLES/$app/release-1.0.json"
}

# The same with a new assessment.
assessment() {
	workspace && fria new straatafval iama-2.0
}

# approved [NAME [RELEASE]]: the advice and decision that a version needs
approved() {
	local name=${1:-straatafval/iama}
	play_approvals "$EXAMPLES/$name/approvals${2:+-$2}.txt" "$name"
}

# judged NAME NOTE: all that is stale confirmed; what is confirmed one at a time
# is named one by one
judged() {
	local round id row
	for round in 1 2 3 4 5; do
		fria confirm "$1" --all-stale --note "$2" && return
		evaluation "$1" | jq -r '.tasks[] | select(.state == "stale") |
			"\(.id) \(.row // "")"' >"$BATS_TEST_TMPDIR/to-judge"
		while read -r id row; do
			fria confirm "$1" "$id" ${row:+--row "$row"} \
				--note "$2" || true
		done <"$BATS_TEST_TMPDIR/to-judge"
	done
	return 1
}

# kept NAME COMMAND: a workspace "ws", copied from the folder where a command
# ends; made once a run, by the first of all files that needs it, while others
# wait.
kept() {
	local made=${FRIA_KEPT:-$BATS_SUITE_TMPDIR}/$1 making=$BATS_TEST_TMPDIR/$1
	mkdir -p "${made%/*}" && (
		flock 8
		[ ! -d "$made" ] || exit 0
		mkdir -p "$making" && cd "$making" &&
			"$2" 8>&- >"$making/log" 2>&1 && mv "$PWD" "$made" &&
			exit 0
		cat "$making/log"
		exit 1
	) 8>"$made.lock" && cp -a "$made" ws && cd ws
}

# The whole example filled in and saved; with v1 adopted.
filled_in() {
	kept straatafval-filled make_filled
}

make_filled() {
	assessment && play_round "$EXAMPLE/iama" straatafval/iama && fria save
}

adopted() {
	kept straatafval make_adopted
}

make_adopted() {
	filled_in && approved && fria adopt straatafval/iama
}

# The IAMA of the other example and its FRIA, which starts from it, without the
# first questions and the DPIA: what is taken from those is typed.
adopted_chatbot() {
	on_day 2026-04-07
	kept chatbot make_chatbot
}

make_chatbot() {
	workspace chatbot && fria new chatbot iama-2.0 &&
		typed_round chatbot/iama 1.3.1=nee && adopt_saved chatbot/iama &&
		fria new chatbot fria-1.0 && typed_fria && adopt_saved chatbot/fria
}

# typed_fria [TASK=TEXT]...
typed_fria() {
	typed_round chatbot/fria 1.1=gebruiksverantwoordelijke 1.2=publiek \
		1.3=geen 1.5=nee 3.1.van=2026-04-13 "$@" &&
		play_round "$EXAMPLES/chatbot/fria" chatbot/fria dpia
}

# typed_round NAME TASK=TEXT...: a round of an example, with these typed where it
# takes them
typed_round() {
	local name=$1 one
	cp -r "$EXAMPLES/$name" ../typed && shift || return
	for one; do
		rm "../typed/answers/${one%%=*}.taken.md" &&
			printf '%s' "${one#*=}" >"../typed/answers/${one%%=*}.md" ||
			return
	done
	play_round ../typed "$name" && rm -r ../typed
}

adopt_saved() {
	fria save && { [ ! -e "$EXAMPLES/$1/approvals${2:+-$2}.txt" ] ||
		approved "$@"; } && fria adopt "$1"
}

# The whole story of the other example as its README tells it, to the first
# version of each, and to the second.
told_chatbot() {
	on_day 2026-04-07
	kept chatbot-told make_told
}

make_told() {
	local name
	workspace chatbot && for name in start-2.0 iama-2.0 fria-1.0 dpia-3.0; do
		fria new chatbot $name || return
		tell_round chatbot/${name%-*} || return
	done && tell_dpia
}

told_chatbot_again() {
	on_day 2026-10-27
	kept chatbot-told-again make_told_again
}

make_told_again() {
	local name
	told_chatbot && on_day 2026-10-27 && release_chatbot &&
		for name in start iama fria dpia; do
			tell_round chatbot/$name 2.0 || return
		done && tell_dpia 2.0
}

release_chatbot() {
	fria release chatbot 2.0 --from "$EXAMPLES/chatbot/release-2.0.json" \
		--answers "$EXAMPLES/chatbot/release-check-2.0.json" || [ $? = 1 ]
}

# tell_round NAME [RELEASE]: its round, and a version; the FRIA waits for the DPIA
tell_round() {
	play_round "$EXAMPLES/$1" "$@" || return
	case $1 in */fria) fria save ;; *) adopt_saved "$@" ;; esac
}

tell_dpia() {
	play_round "$EXAMPLES/chatbot/fria" chatbot/fria "${1:+$1-}dpia" &&
		adopt_saved chatbot/fria "$@"
}

# refused PATTERN COMMAND...: exit status 2, the sentence, and not a byte
# changed in the folder.
refused() {
	local pattern=$1 before after
	shift
	before=$(stamps)
	run --separate-stderr "$@"
	[ "$status" = 2 ] || { echo "status $status: $output $stderr"; return 1; }
	[ -z "$output" ] || { echo "on stdout: $output"; return 1; }
	printf '%s\n' "$stderr" | grep -Eq "$pattern" ||
		{ echo "said: $stderr"; return 1; }
	after=$(stamps)
	[ "$before" = "$after" ] || { echo "changed:"; diff <(echo "$before") <(echo "$after"); return 1; }
}

# The documents are in order; who met over them may not have been recorded.
in_form() {
	local list
	list=$($FRIA --json check) || true
	jq -e 'all(.severity == "note" or (.code | startswith("present_")))' \
		<<<"$list"
}

# reported TEMPLATE COMMAND...: it ends as a report by this template does where
# nothing says that the letter is due
reported() {
	local expected=0 status=0
	case $1 in notification | eu-registration) expected=1 ;; esac
	shift
	"$@" || status=$?
	[ "$status" = "$expected" ] || { echo "$status: $*"; return 1; }
}

ends() { return "$1"; }

# not COMMAND...: it fails. A "!" before a command fails no test but at its end.
not() {
	if "$@"; then
		echo "this succeeded: $*"
		return 1
	fi
}

# lacks TEXT PATH...: none of these files, or files in these folders, has it
lacks() {
	local text=$1
	shift
	if grep -rnoE -e ".{0,60}$text.{0,20}" "$@"; then
		return 1
	fi
	for path; do
		[ -e "$path" ] || { echo "there is no $path"; return 1; }
	done
}

# Every file of the folder with what it holds, and where history is.
snapshot() {
	find . -path ./.git -prune -o \( -type f -o -type l \) -print0 |
		sort -z | xargs -0 sha1sum 2>/dev/null
	git status --porcelain=2 --branch 2>/dev/null || true
}

# The same by size and moment: what was written in between differs, whatever it
# holds.
stamps() {
	find . -path ./.git -prune -o \( -type f -o -type l \) \
		-printf '%p %l %i %s %T@ %C@\n' | LC_ALL=C sort
	git status --porcelain=2 --branch 2>/dev/null || true
}
