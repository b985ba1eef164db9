#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A workspace with both examples and three versions of every assessment, for
# what a site shows of them: portfolio.sh FRIA EXAMPLES FOLDER
set -eu
examples=$(realpath "$2")
. "$(dirname "$(realpath "$0")")/../../tools/play.sh"
FRIA="$(realpath "$1") --lang nl"
rm -rf "$3"
mkdir -p "$3"
cd "$3"
git init -q .

export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r.jansen@zandmeer.example
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME"
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

day() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s)
	export SOURCE_DATE_EPOCH
}
# 1 means that there is something to see.
seen() { "$@" || [ $? = 1 ]; }

# adopt NAME [RELEASE]: with the approvals that the example has for it
adopt() {
	$FRIA save
	[ ! -e "$examples/$1/approvals${2:+-$2}.txt" ] ||
		play_approvals "$examples/$1/approvals${2:+-$2}.txt" "$1"
	$FRIA adopt "$1"
}
# round NAME [RELEASE]: filled in or judged again, and adopted
round() {
	play_round "$examples/$1" "$1" "${2:-}"
	adopt "$@"
}
# start APP INSTRUMENT: its first version
start() {
	$FRIA new "$1" "$2"
	round "$1/${2%-*}"
}
application() {
	$FRIA app add "$1" --from "$examples/$1/entry.json"
	$FRIA release "$1" 1.0 --from "$examples/$1/release-1.0.json"
}
release() {
	seen $FRIA release "$1" "$2" --from "$examples/$1/release-$2.json" \
		--answers "$examples/$1/release-check-$2.json"
}
# reword NAME TASK TEXT: one answer, and what rests on it looked at again
reword() {
	$FRIA answer "$1" "$2" "$3"
	seen $FRIA confirm "$1" --all-stale \
		--note "Bekeken naast het nieuwe antwoord; het klopt nog."
	$FRIA save
}

day 2026-03-10
$FRIA init . --org "Gemeente Zandmeer"
application straatafval
$FRIA new straatafval start-2.0
play_round "$examples/straatafval/start" straatafval/start
round straatafval/start found-out
start straatafval iama-2.0
day 2026-04-07
application chatbot
start chatbot start-2.0
start chatbot iama-2.0
$FRIA new chatbot fria-1.0
play_round "$examples/chatbot/fria" chatbot/fria
start chatbot dpia-3.0
play_round "$examples/chatbot/fria" chatbot/fria dpia
adopt chatbot/fria

day 2026-10-27
release chatbot 2.0
round chatbot/start 2.0
round chatbot/iama 2.0
play_round "$examples/chatbot/fria" chatbot/fria 2.0
round chatbot/dpia 2.0
play_round "$examples/chatbot/fria" chatbot/fria 2.0-dpia
adopt chatbot/fria 2.0
day 2026-11-16
release straatafval 1.1
round straatafval/start 1.1
round straatafval/iama 1.1

# The third: an answer that was worded better, with a new decision; and two
# that were adopted before the decision was there.
day 2026-12-07
reword straatafval/iama 3.5.7 \
	"In het gesprek met de wijkraden kwamen geen nieuwe zorgen naar voren."
adopt straatafval/iama 1.1
for name in chatbot/iama:3.5.7 chatbot/fria:5.4; do
	reword "${name%:*}" "${name#*:}" \
		"In het gesprek met de cliëntenraad is dit opnieuw besproken."
	$FRIA adopt "${name%:*}" --force \
		--note "Het college besluit in januari."
done
for app in straatafval chatbot; do
	seen $FRIA register export $app >/dev/null
done
