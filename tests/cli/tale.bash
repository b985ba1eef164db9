#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The tale of two clones: six people edit, save, adopt and exchange through a
# shared repository on loopback, while their commands are killed at random
# moments. Nothing that anybody wrote may be lost on the way.
#   FRIA=build/fria bash tests/cli/tale.bash [KILLS] [SEED]
# At the end `fria verify` finds nothing either; KEEP=DIR keeps what failed.
# Prints its seed; the same seed makes the same choices (not the same timing).
set -euo pipefail
KILLS=${1:-300}
SEED=${2:-$((RANDOM * 32768 + RANDOM))}
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
FRIA=${FRIA:-$ROOT/build/fria}
WORK=$(mktemp -d)
fria() { $FRIA --lang en "$@"; }
. "$ROOT/tests/cli/exchange.bash"

export HOME=$WORK GIT_CONFIG_GLOBAL=$WORK/.gitconfig LC_ALL=C
export GIT_AUTHOR_NAME=init GIT_AUTHOR_EMAIL=init@example.org
export GIT_COMMITTER_NAME=init GIT_COMMITTER_EMAIL=init@example.org
unset SOURCE_DATE_EPOCH
: >"$GIT_CONFIG_GLOBAL"
finish() {
	unserve
	rm -rf "$WORK"
}
trap finish EXIT
trap 'exit 1' INT TERM

fail() {
	echo "seed $SEED, step $step, $kills kills: $*" >&2
	[ ! -s "$WORK/said" ] || sed 's/^/  /' "$WORK/said" >&2
	[ -z "${KEEP:-}" ] || { cp -r "$WORK" "$KEEP" && echo "kept in $KEEP" >&2; }
	exit 1
}

# --- what is known about every text that was written ---

declare -A task_of=()  # every text that reached a document, and its place
declare -A dead=()     # those that somebody replaced, having seen them
declare -A saved=()    # those that a save recorded
step=0 kills=0 merges=0 stops=0 renumbered=0

document() { echo "$WORK/$1/assessments/app/team.json"; }
facts() { echo "$WORK/$1/assessments/app/application.json"; }

# read_value CLONE PLACE: what stands there now, in VALUE
read_value() {
	case $2 in
	/*) VALUE=$(jq -r '.use.area[0] // ""' "$(facts "$1")") ;;
	*) VALUE=$(jq -r --arg t "$2" '.answers[$t].value // ""' \
		"$(document "$1")") ;;
	esac
}

# --- running, and being killed ---

exec 9<>"$(mkfifo "$WORK/never" && echo "$WORK/never")"
declare -A took=()
microseconds() { echo "${EPOCHREALTIME/[.,]/}"; }

# start PERSON CLONE COMMAND...: in the background; PID
start() {
	local who=$1 clone=$2
	shift 2
	(
		export GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$who@example.org
		export GIT_COMMITTER_NAME=$who
		export GIT_COMMITTER_EMAIL=$who@example.org
		exec $FRIA --lang en -C "$WORK/$clone" "$@"
	) >"$WORK/said.$clone" 2>&1 9>&- &
	PID=$!
}

# whole PERSON CLONE COMMAND...: to its end; STATUS
whole() {
	local from
	from=$(microseconds)
	start "$@"
	STATUS=0
	wait "$PID" || STATUS=$?
	took[$3]=$(($(microseconds) - from))
	cp "$WORK/said.$2" "$WORK/said"
}

# killed PERSON CLONE COMMAND...: at some moment of the time that it takes
killed() {
	local most=${took[$3]:-30000} at
	at=$((RANDOM * 32768 + RANDOM))
	at=$((at % (most + most / 8 + 1)))
	start "$@"
	read -rt "$(printf '0.%06d' $((at % 1000000)))" -u 9 || true
	kill -KILL "$PID" 2>/dev/null || true
	STATUS=0
	wait "$PID" 2>/dev/null || STATUS=$?
	[ "$STATUS" != 137 ] || kills=$((kills + 1))
	cp "$WORK/said.$2" "$WORK/said"
	[ "$STATUS" != 137 ] || after_kill "$2"
}

# The next command succeeds, and shows nothing that nobody did.
after_kill() {
	local changed
	fria -C "$WORK/$1" app list >"$WORK/said" 2>&1 ||
		fail "$1: the command after a kill"
	[ ! -e "$WORK/$1/.git/MERGE_HEAD" ] || return 0
	changed=$(git -C "$WORK/$1" status --porcelain)
	case $changed in
	"" | " M assessments/app/team.json") ;;
	*) fail "$1: git status shows $changed" ;;
	esac
}

maybe_killed() {
	if ((RANDOM % 100 < 35 && kills < KILLS)); then
		killed "$@"
	else
		whole "$@"
		[ "$STATUS" = 0 ] || fail "$*: status $STATUS"
	fi
}

# --- what people do ---

# wrote CLONE PLACE OLD NEW: if it got there, it replaced what was there
wrote() {
	read_value "$1" "$2"
	[ "$VALUE" = "$4" ] || return 0
	task_of[$4]=$2
	[ -z "$3" ] || dead[$3]=1
}

edit() {
	local place=1.$((RANDOM % 4 + 1)) old text="text-$step"
	read_value "$2" "$place"
	old=$VALUE
	maybe_killed "$1" "$2" answer app/team "$place" "$text"
	wrote "$2" "$place" "$old" "$text"
}

add_row() {
	local text="row-$step"
	maybe_killed "$1" "$2" answer app/team 2.1 "$text" --row new
	! grep -q "\"$text\"" "$(document "$2")" || task_of[$text]=row
}

set_fact() {
	local old text="fact-$step"
	read_value "$2" /use/area
	old=$VALUE
	maybe_killed "$1" "$2" app set app /use/area "[\"$text\"]"
	wrote "$2" /use/area "$old" "$text"
	[ "$VALUE" != "$text" ] || saved[$text]=1
}

# One person in two windows, at the same moment.
together() {
	local first=1.$((RANDOM % 2 + 1)) second=1.$((RANDOM % 2 + 3)) pid
	local text="text-$step" other="text-$step-2" old older
	read_value "$2" $first
	old=$VALUE
	read_value "$2" $second
	older=$VALUE
	start "$1" "$2" answer app/team $first "$text"
	pid=$PID
	whole "$1" "$2" answer app/team $second "$other"
	[ "$STATUS" = 0 ] || fail "$2: answering at the same time"
	wait "$pid" || fail "$2: $(cat "$WORK/said.$2")"
	wrote "$2" $first "$old" "$text"
	[ "$VALUE" = "$text" ] || fail "$2: $text is not there"
	wrote "$2" $second "$older" "$other"
	[ "$VALUE" = "$other" ] || fail "$2: $other is not there"
}

save() {
	maybe_killed "$1" "$2" save
	[ "$STATUS" = 0 ] || whole "$1" "$2" save
	[ "$STATUS" = 0 ] || fail "$2: save"
	local text
	for text in "${!task_of[@]}"; do
		[ -n "${saved[$text]:-}" ] ||
			! grep -q "\"$text\"" "$(document "$2")" ||
			saved[$text]=1
	done
}

adopt() {
	whole "$1" "$2" confirm app/team --all-stale --note "Still right."
	save "$1" "$2"
	if ((RANDOM % 2)); then
		killed "$1" "$2" adopt app/team
	fi
	whole "$1" "$2" adopt app/team
	! grep -q '[.]lock' "$WORK/said" || fail "$2: adopt"
}

# is_open CLONE PLACE: must people still decide it?
is_open() {
	local list
	list=$(fria -C "$WORK/$1" --json conflicts) || true
	jq -e --arg t "$2" 'any(.[].conflicts[]; (.task // .pointer) == $t)' \
		<<<"$list" >/dev/null
}

# settle PERSON CLONE: what both sides wrote is decided, one way or the other
settle() {
	local list name task ours theirs row
	[ -e "$WORK/$2/.git/MERGE_HEAD" ] || return 0
	stops=$((stops + 1))
	list=$(fria -C "$WORK/$2" --json conflicts | jq -r '.[] | .name as $n |
		.conflicts[] | [$n, .task // .pointer,
			((.ours | objects | .value) // (.ours | arrays | .[0])),
			((.theirs | objects | .value) // (.theirs | arrays | .[0]))] |
		@tsv') || true
	while [ -n "$list" ] && IFS=$'\t' read -r name task ours theirs; do
		local side=--ours
		((RANDOM % 2)) || side=--theirs
		maybe_killed "$1" "$2" resolve "$name" "$task" $side
		if [ "$STATUS" = 137 ] && is_open "$2" "$task"; then
			whole "$1" "$2" resolve "$name" "$task" $side
			[ "$STATUS" = 0 ] || fail "$2: resolve $name $task"
		fi
		read_value "$2" "$task"
		case $VALUE in
		"$ours") dead[$theirs]=1 ;;
		"$theirs") dead[$ours]=1 ;;
		*) fail "$2: $task is $VALUE, not $ours or $theirs" ;;
		esac
	done <<<"$list"
	save "$1" "$2"
	[ ! -e "$WORK/$2/.git/MERGE_HEAD" ] || fail "$2: the merge stays open"
}

# exchanged STATUS PERSON CLONE: what an exchange that ran to its end left
exchanged() {
	case $1 in
	0) ;;
	1) settle "$2" "$3" ;;
	2)
		grep -q "adopted here and meanwhile" "$WORK/said.$3" ||
			fail "$3: sync"
		if ((RANDOM % 2)); then
			killed "$2" "$3" sync --renumber
			settle "$2" "$3"
		fi
		whole "$2" "$3" sync --renumber
		renumbered=$((renumbered + 1))
		[ "$STATUS" != 2 ] || fail "$3: sync --renumber"
		[ "$STATUS" = 0 ] || settle "$2" "$3" ;;
	*) fail "$3: sync ended with $1" ;;
	esac
}

exchange() {
	local n other=b pid=
	[ "$2" != b ] || other=a
	if ((RANDOM % 3 == 0)); then
		start "${other}1" $other sync
		pid=$PID
	fi
	for ((n = RANDOM % 4; n > 0 && kills < KILLS; n--)); do
		killed "$1" "$2" sync
		settle "$1" "$2"
	done
	whole "$1" "$2" sync
	exchanged "$STATUS" "$1" "$2"
	[ -n "$pid" ] || return 0
	STATUS=0
	wait "$pid" || STATUS=$?
	cp "$WORK/said.$other" "$WORK/said"
	exchanged "$STATUS" "${other}1" $other
}

# --- the tale ---

RANDOM=$((SEED % 32768))
echo "seed $SEED"
cd "$WORK"
small >said 2>&1 || fail "the workspace"
cd "$WORK"
git init -q --bare hub.git
serve || fail "git daemon"
fria -C a sync "git://127.0.0.1:$PORT/hub.git" >said 2>&1 || fail "the first sync"
git clone -q "git://127.0.0.1:$PORT/hub.git" b
while ((kills < KILLS)); do
	step=$((step + 1))
	((step < KILLS * 20 + 100)) || fail "hardly anything is killed"
	clone=a
	((RANDOM % 2)) || clone=b
	who=$clone$((RANDOM % 3 + 1))
	settle $who $clone
	case $((RANDOM % 20)) in
	[0-9]) edit $who $clone ;;
	1[0-2]) add_row $who $clone ;;
	1[3-4]) set_fact $who $clone ;;
	15) adopt $who $clone ;;
	16) together $who $clone ;;
	esac
	save $who $clone
	((RANDOM % 3)) || exchange $who $clone
	((step % 60)) || { git -C a fsck --strict --no-progress >said 2>&1 ||
		fail "git fsck"; }
done

# --- nothing is lost ---

for clone in a b a b a; do
	settle ${clone}1 $clone
	whole ${clone}1 $clone sync
	exchanged "$STATUS" ${clone}1 $clone
	whole ${clone}1 $clone sync
	[ "$STATUS" = 0 ] || fail "$clone: the last sync"
done
step=end
tip=$(git -C hub.git rev-parse main)
for clone in a b; do
	[ "$(git -C $clone rev-parse HEAD)" = "$tip" ] ||
		fail "$clone is not where the shared repository is"
	[ -z "$(git -C $clone status --porcelain)" ] ||
		fail "$clone: git status is not clean"
	[ "$(git -C $clone for-each-ref refs/tags)" = \
		"$(git -C hub.git for-each-ref refs/tags)" ] ||
		fail "$clone: other versions than in the shared repository"
	[ "$(git -C $clone for-each-ref --format='%(*objectname)' refs/tags |
		sort | uniq -d)" = "" ] || fail "$clone: a version twice"
	whole ${clone}1 $clone check
	[ "$STATUS" = 0 ] || fail "$clone: check"
	whole ${clone}1 $clone verify
	[ "$STATUS" = 0 ] || fail "$clone: verify"
done
for clone in a b hub.git; do
	git -C $clone fsck --strict --no-progress >said 2>&1 ||
		fail "$clone: git fsck"
done
git -C a log -m -p --format= HEAD -- assessments >history
declare -A alive=()
for text in "${!task_of[@]}"; do
	[ -z "${saved[$text]:-}" ] || grep -q "^[+].*\"$text\"" history ||
		fail "$text was saved and is not in history"
	[ -n "${dead[$text]:-}" ] || [ -z "${saved[$text]:-}" ] || {
		if [ "${task_of[$text]}" = row ]; then
			grep -q "\"$text\"" "$(document a)" ||
				fail "$text is lost"
		else
			alive[${task_of[$text]}]+=" $text"
		fi
	}
done
for place in "${!alive[@]}"; do
	read_value a "$place"
	[ " $VALUE" = "${alive[$place]}" ] ||
		fail "$place is $VALUE; nobody replaced${alive[$place]}"
done
merges=$(git -C a rev-list --merges --count HEAD)
echo "$step: $kills kills, ${#saved[@]} texts saved, $merges merges," \
	"$stops decided by people, $renumbered renumbered," \
	"$(git -C a tag | wc -l) versions; nothing lost"
