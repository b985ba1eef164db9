#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# How the bundles beside it were made, by fria 0.1 (the program built from
# 7d2a438), once: they are never made again by a newer one.
#   made.sh FRIA-0.1 FOLDER
set -eu
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
mkdir -p "$2"
cd "$2"
export HOME="$PWD" LC_ALL=C.UTF-8
export GIT_CONFIG_GLOBAL="$PWD/.gitconfig"
printf '[init]\n\tdefaultBranch = main\n' >.gitconfig

# Both examples, three versions of each assessment: choices of measures and
# groups as text, meetings, approvals in person and on paper, forced versions.
sh "$root/tests/web/portfolio.sh" "$program" "$root/assessments/examples" \
	"$PWD/examples"

# What came from the register, evidence, and what is done to answers.
. "$root/tools/play.sh"
FRIA="$program --lang nl"
as() {
	GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$2@example.org
	GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$2@example.org
	export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
		GIT_COMMITTER_EMAIL
}
day() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 09:00" +%s)
	export SOURCE_DATE_EPOCH
}
seen() { "$@" || [ $? = 1 ]; }
day 2026-05-04
as "Noor Visser" noor
cat >register.csv <<'CSV'
name,organization,department,description_short,category,goal,impact,proportionality,decision_making_process,documentation,source_data,methods_and_models,monitoring,human_intervention,risks,performance_standard,lawful_basis,status,begin_date,end_date,contact_email,url,publication_category,lang,source_id,impacttoetsen,link_to_source_registration
Parkeercontrole,Gemeente Zandmeer,Toezicht,"Herkent kentekens <b>op straat</b>.",Openbare orde,"<p>Zie <a href=""https://voorbeeld.example/doel"">het beleid</a> en <https://voorbeeld.example/1>; score a<b en c>d.</p>",Wie niet betaalt krijgt een boete.,Minder ritten.,,,Kentekens,Beeldherkenning,Per kwartaal,Een medewerker beslist,,,Parkeerverordening,In gebruik,2024-01,,toezicht@zandmeer.example,,Impactvolle algoritmes,NLD,1001,DPIA,
Bezwaarhulp,Gemeente Zandmeer,Juridische zaken,Sorteert bezwaarschriften.,Bestuur,Sneller antwoord.,Geen.,,,,Bezwaarschriften,Tekstanalyse,Jaarlijks,Een jurist leest mee,,,Awb,In ontwikkeling,2025-03,,juridisch@zandmeer.example,,Overige algoritmes,NLD,1002,,
CSV
git init -q register
cd register
$FRIA init . --org "Gemeente Zandmeer"
seen $FRIA import ../register.csv --release 2026-05-04
seen $FRIA new - start-1.0
app=parkeercontrole
printf 'Meting van juni: 4 op 1000.\n' >../meting.txt
link=$($FRIA evidence add $app ../meting.txt --title "Meting juni" | tail -n 1)
seen $FRIA new $app iama-1.0
$FRIA answer $app/iama 1.1.1 "Zie <https://voorbeeld.example/1> en **dit**."
$FRIA answer $app/iama 1.2.1 "Bewijs: $link"
for task in $($FRIA --json evaluate $app/iama | jq -r '.tasks[] |
	select(.state == "open" and .row == null) | .id'); do
	seen $FRIA waive $app/iama "$task" --kind settled \
		--reason "Eerder vastgesteld in het college."
done
$FRIA save
$FRIA comment $app/iama 1.1.1 "Klopt het adres?"
$FRIA answer $app/iama 1.1.1 --dissent "De jurist ziet dit anders."
$FRIA withhold $app/iama 1.2.1 --ground 5.1.2.h
$FRIA save
as "Jan Peters" jan
seen $FRIA approve $app/iama --role lawyer positive --note "Akkoord."
seen $FRIA approve $app/iama --role dpo positive --note "Akkoord."
as "Dirk de Boer" dirk
$FRIA approve $app/iama --role accountable use --note "Zo doen we het."
$FRIA adopt $app/iama
as "Noor Visser" noor
day 2026-06-01
$FRIA answer $app/iama 1.1.1 --editorial --note "Spelling." \
	"Zie <https://voorbeeld.example/1> en **dit**, kort."
$FRIA save
as "Dirk de Boer" dirk
$FRIA approve $app/iama --role accountable --editorial --note "Alleen woorden."
as "Noor Visser" noor
$FRIA new bezwaarhulp iama-1.0
$FRIA answer bezwaarhulp/iama 1.1.1 "Te veel bezwaren blijven liggen."
$FRIA waive bezwaarhulp/iama 2A.2.1 --kind unknown --reason "Nog uit te zoeken."
$FRIA save
seen $FRIA migrate bezwaarhulp/iama --to iama-2.0
day 2026-06-08
seen $FRIA release $app 2 --partial --from /dev/stdin --patch <<'J' || :
{"register": {"goal": "<p>Zie <a href=\"https://voorbeeld.example/nieuw\">het beleid</a> en <https://voorbeeld.example/2>; score a<x en c>d.</p>"}}
J
cd ..
for name in examples register; do
	git -C $name bundle create "$PWD/$name.bundle" --all
done
