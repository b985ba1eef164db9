#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The story of one assessment, from an empty folder to two versions, with the
# example straatafval: demo.sh FRIA EXAMPLE FOLDER
set -eu
# It is told, not asked, and goes on by itself.
exec </dev/null
export GIT_PAGER=cat
tools=$(dirname "$(realpath "$0")")
FRIA=$(realpath "$1")
example=$(realpath "$2")
rm -rf "$3"
mkdir -p "$3"
cd "$3"
git init -q .
folder=$(pwd)
. "$tools/play.sh"

export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r.jansen@zandmeer.example
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME"
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
FRIA_CALL="$FRIA --lang nl"
author=$GIT_AUTHOR_NAME

day() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s)
	export SOURCE_DATE_EPOCH
	printf '\n=== %s\n' "$1"
}
# Prints a command as a person would type it, and runs it; 1 means that there
# is something to see.
show() {
	printf '\n$ fria'
	for word; do
		case $word in
		*[!A-Za-z0-9./@_-]*) printf ' "%s"' "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
	$FRIA_CALL "$@" || [ $? = 1 ]
}
# What play.sh plays, shown as a person types it.
shown() {
	[ "$GIT_AUTHOR_NAME" = "$author" ] ||
		printf '\n# %s:' "$GIT_AUTHOR_NAME"
	show "$@"
}
approvals() {
	FRIA=shown play_approvals "$1" straatafval/iama
}
quiet() {
	printf '\n$ # %s\n' "$1"
	shift
	"$@" >played.log 2>&1 || { cat played.log; exit 1; }
	rm -f played.log
}

day 2026-03-10
show init . --org "Gemeente Zandmeer"
show app add straatafval --from "$example/entry.json"
show release straatafval 1.0 --from "$example/release-1.0.json"
show new straatafval start-2.0
quiet "fria answer straatafval/start VRAAG ANTWOORD, voor elke vraag" \
	play_round "$example/start" straatafval/start
show save straatafval/start
show evaluate straatafval/start
printf '\n# Over doorgifte komt antwoord.\n'
show answer straatafval/start 3.4 nee
show save straatafval/start
show adopt straatafval/start
show new straatafval iama-2.0
FRIA=shown play_meetings "$example/iama/meetings.txt" straatafval/iama
quiet "fria answer straatafval/iama VRAAG --file ANTWOORD, voor elke vraag" \
	play_measures "$example/iama/answers" straatafval/iama
quiet "en de vragen zelf" play_answers "$example/iama/answers" straatafval/iama
show save straatafval/iama -m "IAMA van Straatafval ingevuld"
show evaluate straatafval/iama
approvals "$example/iama/approvals.txt"
show adopt straatafval/iama

day 2026-11-16
show release straatafval 1.1 --from "$example/release-1.1.json" \
	--answers "$example/release-check-1.1.json"
show evaluate straatafval/iama
quiet "fria confirm straatafval/start VRAAG, voor wat nog klopt" \
	play_confirmed "$example/start/confirmed-1.1.txt" straatafval/start
show save straatafval/start
show adopt straatafval/start
FRIA=shown play_meetings "$example/iama/meetings-1.1.txt" straatafval/iama
quiet "nieuwe antwoorden en bevestigingen" \
	play_measures "$example/iama/answers-1.1" straatafval/iama
quiet "fria answer, voor elk antwoord dat anders werd" \
	play_answers "$example/iama/answers-1.1" straatafval/iama
quiet "fria confirm, voor elk antwoord dat nog klopt" \
	play_confirmed "$example/iama/confirmed-1.1.txt" straatafval/iama
show withhold straatafval/iama 2.5.2 --ground 5.1.2.h --passage "De schijf van de boordcomputer is versleuteld en wist zich als hij uit het voertuig wordt gehaald."
show save straatafval/iama
show evaluate straatafval/iama
show diff straatafval/iama v1
approvals "$example/iama/approvals-1.1.txt"
show adopt straatafval/iama
show log straatafval/iama
mkdir -p ../out
show report straatafval/iama@v2 --format html -o ../out/straatafval-iama-v2.html
show report straatafval/iama@v2 --format md -o ../out/straatafval-iama-v2.md
show register export straatafval -o ../out/straatafval-vermelding.json

printf '\n%s\n' "Rapport:   $(realpath ../out/straatafval-iama-v2.html)"
printf '%s\n' "Markdown:  $(realpath ../out/straatafval-iama-v2.md)"
printf '%s\n' "Vermelding: $(realpath ../out/straatafval-vermelding.json)"
printf '%s\n' "Werkmap: $folder"
printf '%s\n' "In de browser: make serve"
