#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A folder of engine/ includes and calls only folders below it, the files of a
# folder call each other in no circle without a reason, and git2.h and cmark stay
# in their places. Names all that breaks this. Judges what was compiled last:
# make all goes before it.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
allowed() {
	case $1 in
	base) echo base ;;
	data) echo base data ;;
	model) echo base data model ;;
	living) echo base data model living ;;
	compare) echo base data model living compare ;;
	store) echo base data store ;;
	document) echo base data document ;;
	formats) echo base data model living compare formats ;;
	report) echo base data document model living compare report ;;
	workspace) echo base data document model living compare store workspace ;;
	sharing) echo $(allowed workspace) sharing ;;
	history) echo $(allowed workspace) history ;;
	publishing) echo $(allowed sharing) formats report publishing ;;
	workflow) echo $(allowed publishing) history workflow ;;
	esac
}
bad=0
for file in engine/*/*.c engine/*/*.h; do
	layer=$(basename "$(dirname "$file")")
	for other in $(sed -n 's|^#include "\.\./\([a-z]*\)/.*|\1|p' "$file"); do
		case " $(allowed "$layer") " in
		*" $other "*) ;;
		*) echo "$file: includes $other, which is not below $layer"
			bad=1 ;;
		esac
	done
done

# Who calls whom, as it was compiled: "engine/store/a.c engine/store/b.c name".
calls=$(mktemp)
trap 'rm -f "$calls" "$calls".*' EXIT
objects=
for file in engine/*/*.c cli/*.c; do
	object=$BUILD/${file%.c}.o
	[ -e "$object" ] || { echo "$object: build first"; exit 1; }
	objects="$objects $object"
done
nm -gA $objects | sed "s|^$BUILD/\([^:]*\)\.o:|\1.c |" |
	awk 'NF == 4 { from[$4] = $1 } NF == 3 { calls[$1 " " $3] }
	END { for (call in calls) {
		split(call, part, " ")
		if (part[2] in from && from[part[2]] != part[1])
			print part[1], from[part[2]], part[2]
	} }' | sort >"$calls"

# What is no C11 but the system's is called in base/file, base/memory,
# base/process, store and sharing; elsewhere three files each have their own:
# numbers whatever the locale, what is an address, and curl when it is asked.
nm -g --defined-only $objects | awk 'NF == 3 { print $3 }' | sort -u >"$calls.ours"
nm -uA $objects | sed "s|^$BUILD/\([^:]*\)\.o: *[a-zA-Z] |\1.c |" |
	grep -Ev '^(cli|engine/store|engine/sharing)/' |
	grep -Ev '^engine/base/(file|memory|process)\.c ' |
	grep -Evx 'engine/base/number\.c [a-z]*locale' |
	grep -Evx 'engine/data/schema_format\.c inet_pton' |
	grep -Evx 'engine/formats/http_curl\.c dl[a-z]*' |
	grep -Ev ' (fria_embedded|json|git|cmark|utf8proc|pcre2|fy)_' |
	grep -Evx '[^ ]* (_.*|(mem|str)[a-z_]*|[a-z]*printf|stderr|abort|free|bsearch|qsort|rename|call_once|floor|fmod|pow|sqrt|l?round)' |
	sort -k 2 | join -1 2 -v 1 - "$calls.ours" >"$calls.system"
if [ -s "$calls.system" ]; then
	sed 's|\(.*\) \(.*\)|\2: calls \1|' "$calls.system"
	echo 'files, locks and processes are asked of base/file, base/process and store'
	bad=1
fi

# A folder calls only folders below it.
sed -n 's|^engine/\([a-z]*\)/[^ ]* engine/\([a-z]*\)/[^ ]* .*|\1 \2|p' "$calls" |
	sort -u >"$calls.folders"
while read -r layer other; do
	case " $(allowed "$layer") " in
	*" $other "*) ;;
	*) echo "$layer calls $other, which is not below it:"
		grep "^engine/$layer/.* engine/$other/" "$calls"
		bad=1 ;;
	esac
done <"$calls.folders"

# Nor do the files of a folder call each other in a circle, but where the first
# comment of the one that calls up says why: "Calls up to NAME.c: reason".
for file in engine/*/*.c cli/*.c; do
	sed -n '/\*\//{p;/SPDX/!q;};p' "$file" | sed 's/^\(\/\*\)\? *\*\? *//' |
		tr '\n' ' ' | grep -o 'Calls up to [a-z_]*\.c: [^ ]' |
		sed "s|Calls up to \(.*\): .*|$file ${file%/*}/\1|" || true
done | sort -u >"$calls.said"
cut -d' ' -f1,2 "$calls" | sort -u >"$calls.pairs"
comm -13 "$calls.pairs" "$calls.said" >"$calls.idle"
if [ -s "$calls.idle" ]; then
	echo "these say that they call up, and do not:"
	cat "$calls.idle"
	bad=1
fi
for folder in engine/*/ cli/; do
	comm -23 "$calls.pairs" "$calls.said" |
		awk -v at="$folder" 'function in_it(file) {
			return index(file, at) == 1
		} in_it($1) && in_it($2)' >"$calls.here"
	tsort "$calls.here" >/dev/null 2>"$calls.loop" || true
	if [ -s "$calls.loop" ]; then
		echo "$folder: these call each other in a circle; say why, or end it:"
		sed -n "s|^tsort: \($folder\)|	\1|p" "$calls.loop"
		bad=1
	fi
done
# What a header declares under the name of a file, or behind a comment that has
# one, stands in it.
nm -gA --defined-only $objects | sed "s|^$BUILD/\([^:]*\)\.o:|\1.c |" |
	awk '{ print $NF, $1 }' >"$calls.where"
awk '
FNR == NR { where[$1] = $2; next }
FNR == 1 { files = said = "" }
/^$/ { said = "" }
/^\/\*/ || open {
	text = (open ? text : "") $0
	open = !/\*\//
	if (!open && text ~ /^\/\* --- /)
		files = text
	else if (!open)
		said = text
	next
}
/^[a-z]/ && match($0, /[a-z0-9_]+\(/) {
	name = substr($0, RSTART, RLENGTH - 1)
	file = where[name]
	sub(/.*\//, "", file)
	if (files ~ /\.c/ && file && !index(files said, file)) {
		print FILENAME ": " name " stands in " file
		bad = 1
	}
}
END { exit bad }' "$calls.where" engine/*/*.h cli/*.h || bad=1
check() { # PATTERN ALLOWED-REGEX WHAT
	if grep -l "$1" engine/*/*.[ch] cli/*.[ch] | grep -Ev "$2"; then
		echo "$3"
		bad=1
	fi
}
check '#include <git2' '^engine/(store/|data/digest)' 'include git2.h here'
check '[^a-z_]\(secure_\)\?getenv(' '^cli/' 'ask fria_variable(): the program lends the environment'
check '#include <\(unistd\|fcntl\|dirent\|ftw\|poll\|signal\|spawn\|pthread\|termios\|sys/[a-z]*\)\.h>' \
	'^(engine/(base/(file|memory|process)|store/|sharing/)|cli/)' \
	'files, locks and processes are asked of base/file, base/process and store'
check '#include <curl' '^engine/formats/http' 'include curl here'
check '#include <histedit' '^cli/editing' 'include histedit.h here'
check '#include <cmark' '^engine/(document/|data/markdown)' 'include cmark here'
# A questionnaire is read in model/; others write its document, as a whole.
check '\(\.\|->\)raw\>' '^engine/model/' 'a member of fria_task, or an accessor in model.h'
check '\(get\|text\|says\|flag\|at\)([a-z_>.-]*->document,' '^engine/model/' \
	'read a questionnaire by what model.h gives'
# Where documents stand is said once; what is built into the program has keys
# that begin as the sources do.
check '"\(instruments\|evidence\)/\|"assessments/[^tirl]\|"fria\.json"\|[/"]\(application\|entry\)\.json"' \
	'^engine/model/(paths\.c|model\.h)' 'a path is made and read by engine/model/paths.c'
# What these give is NULL for text that is not UTF-8, and NULL means "absent".
check '[^a-z_]json_\(v\?pack\|string\|stringn\|sprintf\)\(_ex\)\?(' \
	'^engine/data/(json_make\.c|json\.c|data\.h)' 'make values with fria_json_pack and fria_json_string'
# What the engine derived is read as structs: the JSON that is written from them
# is for who reads outside. history_json reads a document.
awk 'BEGIN {
	RS = "\n}"
	read = "(json_object_get|json_array_get|json_(array|object)_foreach|" \
		"fria_json_(text|says))\\([ \n\t]*"
}
function tell(from) { print FILENAME ": reads what " from " wrote"; bad = 1 }
{
	rest = $0
	while (match(rest, /[a-z_]+ =[ \n\t]*[a-z_]*_json\(/)) {
		made = substr(rest, RSTART, RLENGTH - 1)
		rest = substr(rest, RSTART + RLENGTH)
		name = from = made
		sub(/ =.*/, "", name)
		sub(/.*=[ \n\t]*/, "", from)
		if (from != "history_json" && $0 ~ (read name "[,)]"))
			tell(from)
	}
	if (match($0, read "[a-z_]*_json\\("))
		tell(substr($0, RSTART, RLENGTH))
}
END { exit bad }' engine/*/*.c cli/*.c || bad=1
# Out of memory is said once: what takes its memory by itself is asked.
check '[^(a-z_]\(realpath\|opendir\)(' '^-' 'wrap what the system made in fria_made'
for file in $(grep -lE '(utf8proc_map|pcre2_compile|fy_parser_parse)\(' engine/*/*.c); do
	grep -q 'fria_made(' "$file" || { echo "$file: fria_made"; bad=1; }
done
# A command is a file: its row stands beside its function in cmd_NAME.c, or in
# that of its family, and has its line in the table.
grep -H '^const command cmd_' cli/*.c |
	sed 's|^cli/\(.*\)\.c:const command \([a-z_]*\) .*|\1 \2|' >"$calls.rows"
while read -r file row; do
	case $row in
	"$file" | "$file"_*) ;;
	*) echo "cli/$file.c: $row stands in $row.c, or in the file of its family"
		bad=1 ;;
	esac
done <"$calls.rows"
sed -n 's/^COMMAND(\(.*\))$/cmd_\1/p' cli/commands.def | sort >"$calls.table"
cut -d' ' -f2 "$calls.rows" | grep -vx cmd_waiting | sort |
	comm -23 - "$calls.table" >"$calls.lost"
if [ -s "$calls.lost" ]; then
	echo "cli/commands.def: these commands have no line:"
	cat "$calls.lost"
	bad=1
fi
if grep -n '#include "\.\./engine' cli/*.[ch] | grep -v 'engine/fria.h'; then
	echo "cli includes engine/fria.h alone"
	bad=1
fi
[ $bad = 0 ] && echo "layers: in order"
exit $bad
