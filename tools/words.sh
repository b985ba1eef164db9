#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every sentence of engine/base/words/ is said somewhere. Names those that are
# not: what nobody says, nobody should have to translate.
set -eu
cd "$(dirname "$0")/.."
all=$(mktemp) said=$(mktemp)
trap 'rm -f "$all" "$said"' EXIT
sed -n 's/^WORD(\([a-z0-9_]*\),.*/\1/p' engine/base/words/*.def |
	sort -u >"$all"
grep -oh 'FRIA_W_[a-z0-9_]*' engine/*/*.[ch] engine/*/*.def cli/*.[ch] cli/serve/*.[ch] cli/*.def |
	sed 's/^FRIA_W_//' | sort -u >"$said"
unsaid=$(comm -23 "$all" "$said")
[ -z "$unsaid" ] && echo "words: all are said" && exit
for word in $unsaid; do
	echo "engine/base/words: nobody says $word"
done
exit 1
