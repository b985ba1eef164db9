#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The picture in the README: what a release changed in the example, as `fria
# evaluate` shows it on a page. picture.sh FRIA EXAMPLE PNG
set -eu
FRIA="$(realpath "$1") --lang en"
example=$(realpath "$2")
png=$(realpath -m "$3")
. "$(dirname "$(realpath "$0")")/play.sh"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
	{ echo "picture.sh needs chromium" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
exec </dev/null

export HOME="$work"
export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r.jansen@zandmeer.example
day() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s)
	export SOURCE_DATE_EPOCH
}
{
	day 2026-03-10
	$FRIA init . --org "Gemeente Zandmeer"
	$FRIA app add straatafval --from "$example/entry.json"
	$FRIA release straatafval 1.0 --from "$example/release-1.0.json"
	$FRIA new straatafval iama-2.0
	play_round "$example/iama" straatafval/iama
	$FRIA save
	play_approvals "$example/iama/approvals.txt" straatafval/iama
	$FRIA adopt straatafval/iama
	day 2026-11-16
	$FRIA release straatafval 1.1 --from "$example/release-1.1.json" \
		--answers "$example/release-check-1.1.json"
	$FRIA evaluate straatafval/iama --format html -o page.html || [ $? = 1 ]
} >log 2>&1 || { cat log; exit 1; }
# The upper part, in the light.
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars \
	--blink-settings=preferredColorScheme=1 --window-size=900,1000 \
	--screenshot="$png" "file://$work/page.html" >>log 2>&1 || { cat log; exit 1; }
