# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# Plays the files of an example into a workspace, in the current folder.
# Sourced by tools/demo.sh and the command tests; FRIA is the program.

# play_row FILE NAME: GROUP/K.json, the fields of row K in their order
play_row() {
	group=$(basename "$(dirname "$1")")
	row=$(basename "$1" .json)
	for field in $(jq -r 'keys_unsorted[]' "$1"); do
		jq -j --arg f "$field" '.[$f] |
			if type == "array" then join("\n") else . end' \
			"$1" >play.tmp
		$FRIA answer "$2" "$group.$field" --file play.tmp --row "$row" \
			2>/dev/null ||
			$FRIA answer "$2" "$group.$field" --file play.tmp \
				--row new || return
	done
	rm -f play.tmp
}

# play_measures FOLDER NAME: the rows that have a `stand`; others choose them
play_measures() {
	for file in "$1"/*/*.json; do
		if [ -e "$file" ] && jq -e 'has("stand")' "$file" >/dev/null
		then
			play_row "$file" "$2" || return
		fi
	done
}

# in_form_order FOLDER: its questions and groups; part 10 after part 9
in_form_order() {
	printf '%s\n' "$1"/[0-9].* | LC_ALL=C sort
	printf '%s\n' "$1"/[0-9][0-9].* | LC_ALL=C sort
}

# play_answers FOLDER NAME: ID.md answers, ID.waived.md waives, other rows
play_answers() {
	for entry in $(in_form_order "$1"); do
		task=$(basename "$entry" .md)
		case $entry in
		*\**) ;;
		*.waived.md)
			$FRIA waive "$2" "${task%.waived}" \
				--kind "$(head -n 1 "$entry")" \
				--reason "$(tail -n +2 "$entry")" || return ;;
		*.md)
			$FRIA answer "$2" "$task" --file "$entry" || return ;;
		*)
			for file in "$entry"/*.json; do
				jq -e 'has("stand")' "$file" >/dev/null ||
					play_row "$file" "$2" || return
			done ;;
		esac
	done
}

# play_confirmed FILE NAME: lines of task, tab, note
play_confirmed() {
	while IFS="$(printf '\t')" read -r task note; do
		$FRIA confirm "$2" "$task" --note "$note" || return
	done <"$1"
}
