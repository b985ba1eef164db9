# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# Plays the files of an example into a workspace, in the current folder.
# Sourced by tools/demo.sh and the command tests; FRIA is the program.

# play_field NAME TASK ROW TEXT
play_field() {
	printf '%s' "$4" >play.tmp
	$FRIA answer "$1" "$2" --file play.tmp --row "$3" 2>/dev/null ||
		$FRIA answer "$1" "$2" --file play.tmp --row new || return
	rm -f play.tmp
}

# play_taken NAME TASK WHY [ROW BEGINS]: what is offered is taken; in a row
# that which begins so, and what makes a row makes it
play_taken() {
	[ $# = 5 ] || {
		$FRIA answer "$1" "$2" --proposal --note "$3"
		return
	}
	for play_offered in $($FRIA --json evaluate "$1" | jq -r \
		--arg task "$2" --arg begins "$5" '.proposals[] |
			select(.task == $task and
				(.value | tostring | startswith($begins))) | .id'); do
		$FRIA answer "$1" "$2" --proposal "$play_offered" \
			--row "$4" --note "$3" 2>/dev/null && return
	done
	$FRIA answer "$1" "$2" --proposal "$play_offered" --note "$3"
}

# play_rows NAME WHICH FILE...: of the rows GROUP/K.json those that jq selects
# by WHICH, each with its fields in their order, which jq keeps and its faster
# twin does not; it starts slowly, so once. A field is what follows the group's
# id, or an id of its own; its value is the text, or why what is offered is
# `taken` and how that `begins`.
play_rows() {
	play_name=$1
	play_which=$2
	shift 2
	[ $# != 0 ] || return 0
	play_fields=$(command jq -r "select($play_which)"' | (input_filename | split("/")) as $at |
		($at[-1] | rtrimstr(".json")) as $row | to_entries[] |
		(if .key | contains(".") then .key
			else $at[-2] + "." + .key end) as $task |
		if .value | type == "object" then "play_taken \"$play_name\" \(
			[$task, .value.taken, $row, .value.begins // ""] | @sh)"
		else "play_field \"$play_name\" \([$task, $row,
			(.value | if type == "array" then join("\n") else
				tostring end)] | @sh)" end + " || return"' "$@") &&
		eval "$play_fields"
}

# in_row_order GROUP: its rows; row 10 after row 9
in_row_order() {
	for file in "$1"/[0-9].json "$1"/[0-9][0-9].json; do
		[ ! -e "$file" ] || printf '%s\n' "$file"
	done
}

# Rows that have a `stand`: others choose them, so they come first; but for those
# that choose others themselves.
play_first='(has("stand") and (.["1"] | type != "array"))'

# play_measures FOLDER NAME
play_measures() {
	play_rows "$2" "$play_first" $(for group in "$1"/*/; do
		in_row_order "${group%/}"
	done)
}

# in_form_order FOLDER: its questions and groups; part 10 after part 9, and 1.1
# before what it has under it, however it is answered
in_form_order() {
	for form_part in s '[0-9]' '[0-9][0-9]'; do
		printf '%s\n' "$1"/$form_part.* | sed -E 's/(\.taken|\.waived)?\.md$/ &/' |
			LC_ALL=C sort -t ' ' -k 1,1 | tr -d ' '
	done
}

# play_waived NAME TASK FILE: its first line is the kind, for `refers` a tab and
# the document; the rest is why
play_waived() {
	IFS="$(printf '\t')" read -r play_kind play_document <"$3"
	$FRIA waive "$1" "$2" --kind "$play_kind" \
		${play_document:+--reference "$play_document"} \
		--reason "$(tail -n +2 "$3")"
}

# play_answers FOLDER NAME: ID.md answers, ID.waived.md waives, ID.taken.md takes
# what is offered and says why, other rows
play_answers() {
	for entry in $(in_form_order "$1"); do
		task=$(basename "$entry" .md)
		case $entry in
		*\**) ;;
		*.waived.md)
			play_waived "$2" "${task%.waived}" "$entry" || return ;;
		*.taken.md)
			play_taken "$2" "${task%.taken}" "$(cat "$entry")" ||
				return ;;
		*.md)
			$FRIA answer "$2" "$task" --file "$entry" || return ;;
		*)
			play_rows "$2" "$play_first | not" \
				$(in_row_order "$entry") || return ;;
		esac
	done
}

# play_confirmed FILE NAME: lines of task (or group), tab, note; of a table row
# by row, or TASK,TASK.../ROW in one row, one after another
play_confirmed() {
	while IFS="$(printf '\t')" read -r task note; do
		case $task in
		*/*)
			for cell in $(printf '%s' "${task%/*}" | tr , ' '); do
				$FRIA confirm "$2" "$cell" --row "${task#*/}" \
					--note "$note" || return
			done
			continue ;;
		esac
		rows=$(jq --arg t "$task" '.answers[$t] |
			if type == "array" then length else 0 end' \
			"assessments/$2.json") || return
		[ "$rows" != 0 ] || $FRIA confirm "$2" "$task" --note "$note" ||
			return
		while [ "$rows" -gt 0 ]; do
			$FRIA confirm "$2" "$task" --row "$rows" \
				--note "$note" || return
			rows=$((rows - 1))
		done
	done <"$1"
}

# play_meetings FILE NAME: lines of date, who was in the chair, roles present
# and parts ("-" for all); where there is no FILE, nobody met.
play_meetings() {
	[ -e "$1" ] || return 0
	while IFS="$(printf '\t')" read -r date chair roles tasks; do
		set -- "$1" "$2" --date "$date" --chair "$chair" --roles "$roles"
		[ "$tasks" = - ] || set -- "$@" --tasks "$tasks"
		(shift && $FRIA meeting "$@") || return
		set -- "$1" "$2"
	done <"$1"
}

# play_round EXAMPLE/NAME NAME [ROUND]: all that is met about, taken over,
# answered and confirmed in one go: first `answers`, later `answers-ROUND`, by
# the release or by what had to be there before.
play_round() {
	play_meetings "$1/meetings${3:+-$3}.txt" "$2" &&
		play_measures "$1/answers${3:+-$3}" "$2" &&
		play_answers "$1/answers${3:+-$3}" "$2" || return
	[ ! -e "$1/confirmed${3:+-$3}.txt" ] ||
		play_confirmed "$1/confirmed${3:+-$3}.txt" "$2"
}

# play_approvals FILE NAME: lines of role, value, who, case ("-" for none),
# note, and a reason where it goes against an advice. Who gives it personally;
# with a case, it is recorded. Conditions stand beside FILE.
play_approvals() {
	tab=$(printf '\t')
	while IFS=$tab read -r role value who case note response; do
		by=$who
		set -- "$1" "$2" --role "$role" "$value" --note "$note"
		if [ "$case" != - ]; then
			by=$GIT_AUTHOR_NAME
			set -- "$@" --on-behalf-of "$who" --reference "$case" \
				--decided-on \
				"$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)"
		fi
		[ -z "$response" ] || set -- "$@" --response "$response"
		[ "$value" != use-with-conditions ] ||
			set -- "$@" --conditions "$(printf '%s' "$1" |
				sed 's/approvals\([^/]*\)\.txt$/conditions\1.json/')"
		(
			shift
			GIT_AUTHOR_NAME=$by
			[ "$case" != - ] || GIT_AUTHOR_EMAIL=$role@example.org
			export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
			$FRIA approve "$@"
		) || return
		set -- "$1" "$2"
	done <"$1"
}
