# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# Plays the files of an example into a workspace, in the current folder.
# Sourced by tools/demo.sh and the command tests; FRIA is the program.

# play_measures FOLDER NAME: rows of N.actiepunten, in the order of their names
play_measures() {
	for file in "$1"/*.actiepunten/*.json; do
		[ -e "$file" ] || continue
		group=$(basename "$(dirname "$file")")
		row=$(basename "$file" .json)
		jq -j .tekst "$file" >play.tmp
		$FRIA answer "$2" "$group.tekst" --file play.tmp --row "$row" \
			2>/dev/null ||
			$FRIA answer "$2" "$group.tekst" --file play.tmp \
				--row new || return
		for field in eigenaar uiterlijk stand; do
			$FRIA answer "$2" "$group.$field" --row "$row" \
				"$(jq -j .$field "$file")" || return
		done
	done
	rm -f play.tmp
}

# play_answers FOLDER NAME: ID.md answers, ID.waived.md waives
play_answers() {
	for file in $(printf '%s\n' "$1"/*.md | LC_ALL=C sort); do
		task=$(basename "$file" .md)
		case $task in
		*.waived)
			$FRIA waive "$2" "${task%.waived}" \
				--kind "$(head -n 1 "$file")" \
				--reason "$(tail -n +2 "$file")" || return ;;
		*)	$FRIA answer "$2" "$task" --file "$file" || return ;;
		esac
	done
}

# play_confirmed FILE NAME: lines of task, tab, note
play_confirmed() {
	while IFS="$(printf '\t')" read -r task note; do
		$FRIA confirm "$2" "$task" --note "$note" || return
	done <"$1"
}
