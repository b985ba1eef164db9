#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The whole register on two days: each application with a FRIA on the first,
# the second as a release; finds what a separate script finds, or fails.
# register.sh FRIA FOLDER [REFERENCE]
set -eu
here=$(dirname "$(realpath "$0")")
FRIA="$(realpath "$1") --lang en"
folder=$2
scrape=$(realpath "${3:-../shared/reference}")/register-scrape
first=$scrape/algoritmes.2026-05-13.json
second=$scrape/algoritmes.2026-07-23.json
if [ ! -d "$scrape" ]; then
	echo "skipped: the register is not in the reference folder"
	exit 0
fi
rm -rf "$folder"
mkdir -p "$folder"
node "$here/../reference/register.mjs" "$first" "$second" >"$folder/changed"
cd "$folder"
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=bench@example.org

# measured WHAT COMMAND...: one run, its time and its memory at the highest
measured() {
	what=$1
	shift
	status=0
	# shellcheck disable=SC2086
	/usr/bin/time -q -o figures -f '%e %M' $FRIA -C workspace "$@" \
		>/dev/null 2>said || status=$?
	[ $status -le 1 ] || { cat said >&2; exit 1; } # 1: there are findings
	awk -v what="$what" '{printf "%-44s %-18s %7d ms\n%-44s %-18s %6.1f MiB\n",
		what, "", $1 * 1000, "memory of the same", "<= 64 MiB",
		$2 / 1024}' figures
}

# "LARS POINTER" for each fact that the last import changed, as it says itself
changes_said() {
	git -C workspace log -1 --format=%b | while IFS=: read -r id titles; do
		[ -n "$id" ] || continue
		lars=$(jq -r .received.lars "workspace/assessments/$id/entry.json")
		echo "$titles" | tr ',' '\n' | sed "s/^ */$lars /
			s/Name\$/name/; s/Legal basis\$/lawful_basis/
			s/Organisation\$/organization/; s/Status\$/status/
			s/Goal and impact\$/goal/"
	done | LC_ALL=C sort
}

git init -q workspace
$FRIA init workspace --org Register 2>/dev/null
measured "import, the register of a day" import "$first" --release 2026-05-13
n=$(git -C workspace ls-files 'assessments/*/application.json' | wc -l)
measured "new, a FRIA for each of $n" new - fria-1.0
measured "save, the same" save
measured "import, the next day as releases" import "$second" \
	--release 2026-07-23 --patch
changes_said >found
cmp found changed
measured "status, first time" status
measured "site of the portfolio" report --site "$PWD/site"
measured "the same again" report --site "$PWD/site"
git -C workspace fsck --strict >/dev/null 2>&1
echo "$n applications with a FRIA, $(sed 's/ .*//' found | uniq | wc -l)" \
	"of them released; changes of substance, the same as found apart:" \
	"$(sed 's/.* //' found | sort | uniq -c |
		awk '{printf "%s%s %d", n++ ? ", " : "", $2, $1}')"
