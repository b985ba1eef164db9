#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every sentence of engine/base/words/ is said somewhere: what nobody says,
# nobody should have to translate. And what may be read on a page of the
# workplace names no command and no option there, but what it has instead.
set -eu
cd "$(dirname "$0")/.."
all=$(mktemp) said=$(mktemp) typed=$(mktemp)
trap 'rm -f "$all" "$said" "$typed"' EXIT
words_of() {
	grep -oh 'FRIA_W_[a-z0-9_]*' "$@" | sed 's/^FRIA_W_//' | sort -u
}
sed -n 's/^WORD(\([a-z0-9_]*\),.*/\1/p' engine/base/words/*.def |
	sort -u >"$all"
words_of engine/*/*.[ch] engine/*/*.def cli/*.[ch] cli/*.def \
	cli/serve/*.[ch] >"$said"
unsaid=$(comm -23 "$all" "$said")
for word in $unsaid; do
	echo "engine/base/words: nobody says $word"
done

# What only the command line says, with what it says before there is a page,
# and the two texts that lie beside the documents for who has the program.
{
	words_of engine/*/*.[ch] engine/*/*.def cli/serve/*.[ch] |
		comm -13 - "$all"
	printf '%s\n' web_no_port workspace_readme shared_readme
} | sort >"$typed"
commands=$(sed -n 's/.*\.name = "\([a-z][a-z-]*\)[" ].*/\1/p' cli/cmd_*.c |
	sort -u | paste -sd '|')
git='add|am|checkout|cherry-pick|clone|config|fetch|fsck|gc|help|init|log|
	ls-remote|merge|push|rebase|reset|restore|revert|rm|sparse-checkout|
	status|switch|tag|update-index'
git=$(printf %s "$git" | tr -d '\n\t')
# "id|nl|en", as they are said where there are buttons.
on_a_page() {
	{
		echo '#define WORD(id, nl, en) id|nl|en'
		sed 's/^#include "\(.*\)"/#include "engine\/base\/\1"/' \
			engine/base/words.def
	} | cc -E -P -x c -I. - | sed 's/" *"//g' | awk -v gone='{buttons!' '{
		while (at = index($0, gone)) {
			end = at + 1
			for (open = 1; open; end++) {
				c = substr($0, end, 1)
				open += (c == "{") - (c == "}")
			}
			$0 = substr($0, 1, at - 1) substr($0, end)
		}
		print
	}'
}
named=$(on_a_page |
	grep -E "\bfria ($commands)\b|\bgit ($git|\{)|(^|[^[:alnum:]-])-(-[a-z]|[A-Za-z] )" |
	sort -t '|' -k 1,1 | join -t '|' -v 1 - "$typed")
[ -z "$named" ] || printf '%s\n' "$named" |
	sed 's/^\([^|]*\)|.*/engine\/base\/words: on a page \1 names a command: &/'
[ -z "$unsaid$named" ] || exit 1
echo "words: all are said, and no page names a command"
