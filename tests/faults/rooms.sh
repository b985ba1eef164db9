#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The rooms in which the driver tries commands: rooms.sh FRIA FOLDER [NAME...]
# makes FOLDER/NAME with a workspace "ws" in it, and says in FOLDER/NAME.run
# what is tried there (one argument a line, after a line of flags):
#   parts    it does several things; what it leaves may lie between
#   output   its file says when it was made
#   reads    it writes nothing but what it prints
#   many     called often for more: few of its calls are tried
# What stands in FOLDER/NAME.in is typed to it. Every command has a room (a test
# in tests/cli/faults.bats says which lacks one); what "register push" records
# once a register answered is in tests/cli/push.bats.
set -eu
FRIA=$(realpath "$1") ROOMS=$(mkdir -p "$2" && realpath "$2")
shift 2
WANTED=" $* "
HERE=$(cd "$(dirname "$0")" && pwd) ROOT=$(cd "$(dirname "$0")/../.." && pwd)
EXAMPLE=$ROOT/assessments/examples/straatafval
FILES=$ROOMS/files
export HOME=$ROOMS GIT_CONFIG_GLOBAL=$ROOMS/.gitconfig GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME="R. Jansen" GIT_AUTHOR_EMAIL=r@example.org
export GIT_COMMITTER_NAME="R. Jansen" GIT_COMMITTER_EMAIL=r@example.org
export LC_ALL=C SOURCE_DATE_EPOCH=1773133200
unset EDITOR VISUAL
printf '[init]\n\tdefaultBranch = main\n' >"$GIT_CONFIG_GLOBAL"
fria() { "$FRIA" --lang en "$@"; }

# --- what rooms start from ---

mkdir -p "$FILES"
cp "$HERE"/*.json "$FILES"
cat >"$FILES/facts.json" <<'END'
{"use": {"purpose": "Cleaner streets.", "phase": "in-gebruik"},
 "monitoring": {"found": {"name": "Found", "unit": "%", "threshold": 90,
   "direction": "min", "every": "P1M", "owner": "M. Visser"}}}
END
sed 's/Cleaner/Safer/' "$FILES/facts.json" >"$FILES/next.json"
echo '{"monitoring": {"found": {"threshold": 92}}}' >"$FILES/patch.json"
echo "A report." >"$FILES/evidence.txt"
cat >"$FILES/card.yaml" <<'END'
schema_version: "0.1a10"
name: Traffic lights
description: Lets traffic through.
technical_design: Rules.
END
cat >"$FILES/download.csv" <<'END'
algorithm_id,name,organization,goal,status
11,Smart camera,Zandmeer,"Clean streets, ""everywhere""",In gebruik
12,Search help,Zandmeer,Faster,In ontwikkeling
END
cat >"$FILES/form.md" <<'END'
### Doel van dit gebruik

Schone lucht.

### Gebied

- Noord
END
cat >"$FILES/replies.md" <<'END'
## 1.2 Second?

**Antwoord leverancier:**

Measured in each quarter.
END

# A workspace with app/team, all of it answered, and app/side that rests on it.
start_team() {
	fria init ws --org Zandmeer && cd ws
	fria app add app --from "$FILES/facts.json"
	fria release app 1.0 --from "$FILES/facts.json"
	fria instrument import "$FILES/team-1.0.json"
	fria instrument import "$FILES/side-1.0.json"
	fria new app urn:example:team:1.0
	fria new app urn:example:side:1.0
	for i in 1 2 3 4; do fria answer app/team "1.$i" "Answer $i."; done
	fria answer app/team 2.1 "A point." --row new
	fria answer app/side 1.1 "It rests on the first."
	fria save
}

start_adopted() {
	copy team
	fria adopt app/team
}

start_released() {
	copy adopted
	fria release app 1.1 --from "$FILES/next.json"
}

# Two clones and what both recorded.
start_shared() {
	copy team
	git init -q --bare ../hub.git
	fria sync ../hub.git
	git clone -q ../hub.git ../b
	git config remote.origin.url ../hub.git
	git -C ../b config remote.origin.url ../hub.git
}

start_parted() {
	copy team
	git branch other
	SOURCE_DATE_EPOCH=1773126000 fria answer app/team 1.1 "Ours." --save
	git checkout -q other
	SOURCE_DATE_EPOCH=1773129600 fria answer app/team 1.1 "Theirs." --save
	git checkout -q main
	git merge -q other >/dev/null || true
}

# --- rooms ---

# logged FILE FOLDER COMMAND...: in that folder; what it says only if it fails
logged() {
	local log=$1 folder=$2 code
	shift 2
	mkdir -p "$folder"
	set +e
	(set -e; cd "$folder"; "$@") >"$log" 2>&1
	code=$?
	set -e
	[ $code = 0 ] || { cat "$log" >&2; exit 1; }
}

# copy START: a copy of what it makes, which is made once; in its "ws"
copy() {
	if [ ! -d "$ROOMS/starts/$1" ]; then
		logged "$ROOMS/$1.log" "$ROOMS/making/$1" "start_$1"
		mkdir -p "$ROOMS/starts"
		mv "$ROOMS/making/$1" "$ROOMS/starts/$1"
	fi
	cp -a "$ROOMS/starts/$1/." .
	cd ws
}

prepare() {
	[ "$1" = nothing ] || copy "$1"
	eval "$2"
}

# room NAME FLAGS START PREPARATION ARGUMENT...: tried in the room's folder
room() {
	local name=$1 flags=$2 start=$3 prepare=$4
	shift 4
	[ "$WANTED" = "  " ] || [[ $WANTED == *" $name "* ]] || return 0
	logged "$ROOMS/$name.log" "$ROOMS/$name" prepare "$start" "$prepare"
	printf '%s\n' "$flags" "$@" >"$ROOMS/$name.run"
}

# in_ws NAME FLAGS START PREPARATION ARGUMENT...: the same, in its workspace
in_ws() {
	local name=$1 flags=$2 start=$3 prepare=$4
	shift 4
	room "$name" "$flags" "$start" "$prepare" -C ws "$@"
}

# in_bare NAME FLAGS START PREPARATION ARGUMENT...: in a bare copy of it
in_bare() {
	local name=$1 flags=$2 start=$3 prepare=$4
	shift 4
	room "$name" "$flags" "$start" "$prepare
		git clone -q --bare --no-hardlinks . ../hub.git
		git -C ../hub.git update-ref refs/heads/main HEAD" -C hub.git "$@"
}

room init "" nothing : init ws --org Zandmeer
in_ws app-add "" team : app add other --from "$EXAMPLE/entry.json"
in_ws app-add-facts "" team : app add other --from "$FILES/facts.json"
in_ws app-add-card "" team : app add other --from "$FILES/card.yaml"
in_ws app-add-nothing "" team : app add other
in_ws app-fill "" team : app set app --from "$FILES/form.md"
in_ws release-correct "" team : release app 1.0 --from "$FILES/form.md" --correct
in_ws app-set "" team : app set app /use/purpose "Cleaner air."
in_ws app-pulse "" team : app pulse app
in_ws app-metric "" team : app metric app found --value 88 --date 2026-03-01
in_ws new "" team : new app start-1.0
in_ws new-from "" team "fria app add other --from $FILES/facts.json" \
	new other urn:example:team:1.0 --from app/team
in_ws new-all parts team "fria app add other --from $FILES/facts.json" \
	new - start-1.0
in_ws answer "" team : answer app/team 1.1 "Another answer."
in_ws answer-row "" team : answer app/team 2.1 "Another point." --row 1
in_ws answer-editorial "" team : answer app/team 1.1 "Answer one." \
	--editorial --note "A typo."
in_ws answer-save parts team : answer app/team 1.1 "Another answer." --save
in_ws remove-row "" team : answer app/team 2.1 --row -1
in_ws waive "" team : waive app/team 1.4 --kind settled --reason "By law."
in_ws confirm "" released : confirm app/team 1.1 --note "Still so."
in_ws comment "" team : comment app/team 1.1 "Is that so?"
in_ws comment-resolve "" team 'fria comment app/team 1.1 "Is that so?";
	fria save; id=$(fria --json comment app/team | jq -r ".[0].id");
	sed -i "s/$id/aaaa1111/" assessments/app/team.json;
	fria save' comment app/team --resolve aaaa1111
in_ws meeting "" team : meeting app/team --date 2026-03-02 --chair "E. Smit" \
	--roles dpo
in_ws withhold "" team : withhold app/team 1.1 --ground 5.1.2.e
in_ws withhold-fact "" team : withhold app /use/purpose --ground 5.1.2.e
in_ws undo "" team 'fria answer app/team 1.1 "Not kept."' undo app/team
in_ws undo-back "" team \
	'fria answer app/team 1.1 "Not kept." && fria undo app/team' undo --back
in_ws save "" team 'fria answer app/team 1.1 "Not saved yet."' save
in_ws save-one "" team 'fria answer app/team 1.1 "Not saved yet."' \
	save app/team
in_ws save-two parts team 'fria answer app/team 1.1 "Not saved yet.";
	jq -c . assessments/app/side.json >../x && mv ../x assessments/app/side.json;
	jq -c ".answers[\"1.1\"].value = \"By hand.\"" assessments/app/team.json \
		>../x && mv ../x assessments/app/team.json' save
in_ws release "" team : release app 1.1 --from "$FILES/next.json"
in_ws release-partial "" team : release app 1.1 --partial \
	--from "$FILES/patch.json"
in_ws approve "" team : approve app/team --role dpo positive
in_ws adopt "" team : adopt app/team
in_ws migrate "" adopted "fria instrument import $FILES/team-2.0.json" \
	migrate app/team --to urn:example:team:2.0
in_ws retire "" team : retire app --on 2026-03-01
in_ws evidence-file "" team : evidence add app "$FILES/evidence.txt" \
	--title "The report"
in_ws evidence-case "" team : evidence add app --reference 2026-1 \
	--title "The case"
in_ws instrument-update "" team 'fria new app start-1.0;
	jq "del(.edition)" instruments/start-1.0.json >../x &&
		mv ../x instruments/start-1.0.json; fria save' \
	instrument update start-1.0 --yes
in_ws law-update "" team 'fria new app start-1.0;
	jq ".lines[\"annex-i\"] |= (.from = \"2027-08-02\" | .checked = \"2026-01-01\")" \
		law.json >../x && mv ../x law.json; fria save' \
	law update --yes
in_ws instrument-import "" team : instrument import "$FILES/team-2.0.json"
in_ws import-register "" team : import "$EXAMPLE/entry.json"
in_ws import-csv "" team : import "$FILES/download.csv" --release 2026-05-13
in_ws import-replies "" team : import app/team "$FILES/replies.md"
in_ws import-answers "" team \
	'fria export app/team --format official-form -o ../form.json;
	jq ".answers[\"1.1\"].value = \"From elsewhere.\"" ../form.json >../x;
	mv ../x ../form.json' import app/team form.json
in_ws resolve parts parted : resolve app/team 1.1 --theirs
in_ws save-merge "" parted "fria resolve app/team 1.1 --theirs" save
in_ws merge-file "" team 'cp assessments/app/team.json ../base.json;
	sed "s/Answer 1/Theirs/" ../base.json >../theirs.json;
	sed "s/Answer 2/Ours/" ../base.json >../ours.json' \
	merge-file base.json ours.json theirs.json
in_ws setup-git parts team : setup-git
in_ws setup-git-undo parts team "fria setup-git" setup-git --undo
in_ws report output adopted : report app/team --format html -o report.html
in_ws export output team : export app/team --format official-form -o form.json
in_ws register-export parts adopted : register export app -o entry.json
in_ws site "parts many" adopted : report --site site
in_ws archive "parts many" adopted : export app --format archive -o archive
in_ws sync-first "parts many" team "git init -q --bare ../hub.git" \
	sync ../hub.git
in_ws sync-share "parts many" team : sync ../hub.git
room join "parts many" shared : join hub.git new
in_ws sync-in "parts many" shared "fria -C ../b answer app/team 1.1 B --save &&
	fria -C ../b sync" sync
in_ws sync-out "parts many" shared "fria answer app/team 1.1 A --save" sync
in_ws sync-both "parts many" shared \
	"fria -C ../b answer app/team 1.1 B --save && fria -C ../b sync &&
	fria answer app/team 1.2 A --save" sync
in_ws follow "" team "git worktree add -q --force ../second main &&
	fria -C ../second answer app/team 1.1 Second. --save &&
	fria answer app/team 1.2 'Not saved.'" save

in_ws fill "" team 'jq -c "del(.answers[\"1.4\"])" assessments/app/team.json \
		>../x && mv ../x assessments/app/team.json; fria save;
	echo Filled. >"$ROOMS/fill.in"' fill app/team
in_ws ask "" team : ask app/team --role dpo --until 2026-04-01
in_ws app-metric-withdraw "" team \
	"fria app metric app found --value 88 --date 2026-03-01" \
	app metric app found --withdraw --date 2026-03-01 --note "A slip."
in_ws approve-withdraw "" team "fria approve app/team --role dpo positive" \
	approve app/team --role dpo --withdraw --note "A slip."
in_ws remove "" team : remove app/side
in_ws app-rename "" adopted : app rename app street
in_ws app-remove "" team "fria remove app/side; fria remove app/team" \
	app remove app
in_ws diff-file output released : diff app/team v1 -o diff.md
in_ws sync-parted "parts many" shared \
	"SOURCE_DATE_EPOCH=1773126000 fria -C ../b answer app/team 1.1 B --save &&
	fria -C ../b sync &&
	SOURCE_DATE_EPOCH=1773129600 fria answer app/team 1.1 A --save" sync

in_bare bare-answer "" team : answer app/team 1.1 "Another answer." --save
in_bare bare-release "" team : release app 1.1 --from "$FILES/next.json"
in_bare bare-approve "" team : approve app/team --role dpo positive
in_bare bare-adopt "" team : adopt app/team
in_bare bare-add "" team : app add other --from "$EXAMPLE/entry.json"

in_ws evaluate reads released : --json evaluate app/team
in_ws diff reads released : --json diff app/team v1
in_ws verify reads adopted : --json verify
in_ws show reads adopted : report app/team --format html
in_ws app-list reads team : app list
in_ws app-show reads team : --json app show app
in_ws app-form reads team : app form app
in_ws law-show reads team : law show
in_ws instrument-list reads team : instrument list
in_ws instrument-yield reads team : instrument yield urn:example:team:1.0
in_ws instrument-show reads team : instrument show urn:example:team:1.0
in_ws instrument-check reads team : instrument check urn:example:team:1.0
in_ws evidence-list reads team "fria evidence add app $FILES/evidence.txt" \
	evidence list app
in_ws check reads released : check
in_ws status reads released : status
in_ws gate reads released : gate app
in_ws log reads released : log app/team
in_ws blame reads released : blame app/team
in_ws conflicts reads parted : --json conflicts
in_ws register-check reads adopted "fria register export app -o ../entry.json ||
	true" register check app --entry entry.json
in_ws register-push reads adopted : register push app --dry-run
room textconv reads team : textconv ws/assessments/app/team.json
room completion reads nothing : completion
room help reads nothing : help
room version reads nothing : version
rm -rf "$ROOMS/making"
