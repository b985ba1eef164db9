# SPDX-License-Identifier: EUPL-1.2
# A small assessment, made by hand, in two states; sourced by the cases.
# They change the document with jq: assessment FILTER, application FILTER,
# instrument FILTER; and look at it: `show` in every form and both languages,
# `say` on a terminal.
common=$(dirname "$0")/../diff-common
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
export SOURCE_DATE_EPOCH=1773133200
export GIT_AUTHOR_DATE="@$SOURCE_DATE_EPOCH +0000"
export GIT_COMMITTER_DATE="$GIT_AUTHOR_DATE"
git init -q "$here" && cd "$here"
{ $FRIA init . --org "Gemeente Zandmeer"; } 2>/dev/null
mkdir -p instruments assessments/proef

# pretty FILTER FROM TO, in file form
pretty() { jq --indent 2 "$1" "$2" >to && mv to "$3"; }
pretty . "$common/instrument.json" instruments/klein-1.0.json
pretty . "$common/application.json" assessments/proef/application.json
pretty . "$common/assessment.json" assessments/proef/klein.json

assessment() { pretty "$1" assessments/proef/klein.json assessments/proef/klein.json; }
application() { pretty "$1" assessments/proef/application.json assessments/proef/application.json; }
record() { git add -A && git commit -qm "$1"; }

# A day later, somebody stands for every answer, for the decisive ones one by one.
stand() {
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 86400))
	$FRIA confirm proef/klein --all-stale --note "Bekeken." >/dev/null 2>&1 ||
		$FRIA --json evaluate proef/klein | jq -r '.tasks[] |
			select(.state == "stale") | "\(.id) \(.row // "")"' |
		while read -r id row; do
			$FRIA confirm proef/klein "$id" ${row:+--row "$row"} \
				--note "Bekeken." >/dev/null 2>&1 || :
		done
	$FRIA confirm proef/klein --all-stale --note "Bekeken." >/dev/null 2>&1
}
# content: the digest that an approval of the work tree binds
content() {
	$FRIA report proef/klein --format md | grep -oE '\b([2-9]:)?[0-9a-f]{40}\b' |
		tail -n 1
}
# differ ARGUMENTS: 1 is a difference
differ() { $FRIA "$@" || [ $? = 1 ]; }
say() { differ --lang "${1:-nl}" diff proef/klein HEAD; }
show() {
	for lang in nl en; do
		for format in text md html; do
			printf '\n===== %s, %s\n' $lang $format
			differ --lang $lang diff proef/klein HEAD --format $format |
				if [ $format = html ]; then
					sed -n '/<header>/,$p'
				else
					cat
				fi
		done
		printf '\n===== %s, stat\n' $lang
		differ --lang $lang diff proef/klein HEAD --stat
	done
	printf '\n===== json\n'
	differ --json diff proef/klein HEAD | jq '{verdict, changes}'
}
