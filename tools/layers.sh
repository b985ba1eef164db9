#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A folder of engine/ includes only folders below it; git2.h and cmark stay in
# their places. Names every line that breaks this.
set -eu
cd "$(dirname "$0")/.."
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
check() { # PATTERN ALLOWED-REGEX WHAT
	if grep -l "$1" engine/*/*.[ch] cli/*.[ch] | grep -Ev "$2"; then
		echo "$3"
		bad=1
	fi
}
check '#include <git2' '^engine/(store/|data/digest)' 'include git2.h here'
check '[^a-z_]\(secure_\)\?getenv(' '^cli/' 'ask fria_variable(): the program lends the environment'
check '#include <curl' '^engine/formats/http' 'include curl here'
check '#include <cmark' '^engine/(document/|data/markdown)' 'include cmark here'
# A questionnaire is read in model/; others write its document, as a whole.
check '\(\.\|->\)raw\>' '^engine/model/' 'a member of fria_task, or an accessor in model.h'
check '\(get\|text\|says\|flag\|at\)([a-z_>.-]*->document,' '^engine/model/' \
	'read a questionnaire by what model.h gives'
# Where documents stand is said once; what is built into the program has keys
# that begin as the sources do.
check '"\(instruments\|evidence\)/\|"assessments/[^tir]\|"fria\.json"\|[/"]\(application\|entry\)\.json"' \
	'^engine/model/(paths\.c|model\.h)' 'a path is made and read by engine/model/paths.c'
# What these give is NULL for text that is not UTF-8, and NULL means "absent".
check '[^a-z_]json_\(v\?pack\|string\|stringn\|sprintf\)\(_ex\)\?(' \
	'^engine/data/(json_make\.c|json\.c|data\.h)' 'make values with fria_json_pack and fria_json_string'
# Out of memory is said once: what takes its memory by itself is asked.
check '[^(a-z_]\(realpath\|opendir\)(' '^-' 'wrap what the system made in fria_made'
for file in $(grep -lE '(utf8proc_map|pcre2_compile|fy_parser_parse)\(' engine/*/*.c); do
	grep -q 'fria_made(' "$file" || { echo "$file: fria_made"; bad=1; }
done
if grep -n '#include "\.\./engine' cli/*.[ch] | grep -v 'engine/fria.h'; then
	echo "cli includes engine/fria.h alone"
	bad=1
fi
[ $bad = 0 ] && echo "layers: in order"
exit $bad
