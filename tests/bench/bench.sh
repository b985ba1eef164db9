#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Measures whole processes against the targets: bench.sh BUILD
# Each line: what, target, figure, ratio to the floor of the same run. Time is
# the processor's, as others load a machine. BEFORE is a source tree with an
# older program that was built there, to compare with (three.sh).
set -eu
build=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
FRIA=$build/fria
folder=$build/bench
mkdir -p "$folder"
export SOURCE_DATE_EPOCH=1773133200
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=bench@example.org
example=$(realpath "$here/../../assessments/examples/straatafval")
# shellcheck source=tools/play.sh
. "$here/../../tools/play.sh"
sh "$here/../../tools/demo.sh" "$FRIA" "$example" "$folder/demo" \
	>"$folder/demo.log" 2>&1

# make N FULL
make_workspace() {
	[ -d "$folder/$1" ] && return
	rm -rf "$folder/new"
	git init -q -b main "$folder/new"
	node "$here/workspace.mjs" "$folder/demo" "$1" "$2" |
		git -C "$folder/new" fast-import --quiet --done
	git -C "$folder/new" reset -q --hard main
	git -C "$folder/new" pack-refs --all
	mv "$folder/new" "$folder/$1"
}

# mean COMMAND: milliseconds
mean() {
	hyperfine -i -N --warmup 1 --min-runs 3 --max-runs 30 \
		--export-json "$folder/figures.json" "$@" >/dev/null 2>&1
	jq -r '.results[0] | (.user + .system) * 1000 * 10 | round / 10' \
		"$folder/figures.json"
}

# memory COMMAND...: private memory at its highest, MiB
memory() {
	/usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1 |
		awk '{printf "%.1f", $1 / 1024}'
}

# private COMMAND...: the same of one that takes a while and maps large packs,
# which the system may take back: looked at every twentieth of a second
private() {
	"$@" >/dev/null &
	while kill -0 $! 2>/dev/null; do
		awk '/^Private_Dirty/ {printf "%.1f\n", $2 / 1024}' \
			"/proc/$!/smaps_rollup" 2>/dev/null || true
		sleep 0.05
	done | sort -n | tail -n 1
}

line() {
	printf '%-44s %-18s %10s %8s\n' "$1" "$2" "$3" "${4:-}"
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", a / b}'; }

for size in "10 10" "1000 1000" "10000 10"; do
	# shellcheck disable=SC2086
	make_workspace $size
done
line what target figure ratio
for n in 10 1000 10000; do
	w=$folder/$n
	floor=$(mean "$build/floor $w app-00003")
	line "floor, one application among $n" "" "$floor ms"
	t=$(mean "$FRIA -C $w evaluate app-00003/iama")
	line "evaluate among $n" "<= 20 ms" "$t ms" "$(ratio "$t" "$floor")"
	t=$(mean "$FRIA -C $w gate app-00003")
	line "gate among $n" "<= 20 ms" "$t ms" "$(ratio "$t" "$floor")"
	line "memory of evaluate among $n" "<= 64 MiB" \
		"$(memory "$FRIA" -C "$w" evaluate app-00003/iama) MiB"
done

# One assessment of 87 answers: two versions beside each other, and a report
# beside what cmark-gfm needs for the same Markdown.
w=$folder/demo
t=$(mean "$FRIA -C $w diff straatafval/iama v1 v2")
line "diff of two versions" "<= 10 ms" "$t ms"
evaluate=$(mean "$FRIA -C $w evaluate straatafval/iama")
"$FRIA" -C "$w" report straatafval/iama --format md >"$folder/report.md"
floor=$(mean "cmark-gfm -e table $folder/report.md")
line "cmark-gfm, the report's Markdown" "" "$floor ms"
t=$(mean "$FRIA -C $w report straatafval/iama --format html")
line "report in HTML" "<= 2 x cmark-gfm" "$t ms" "$(ratio "$t" "$floor")"
t=$(awk -v a="$t" -v b="$evaluate" 'BEGIN {printf "%.1f", a - b}')
line "the same without reading and evaluating" "<= 2 x cmark-gfm" "$t ms" \
	"$(ratio "$t" "$floor")"

# A questionnaire as long as they may be, each question resting on the last.
w=$folder/chain
if [ ! -d "$w" ]; then
	rm -rf "$folder/new"
	git init -q "$folder/new"
	"$FRIA" init "$folder/new" --org Bench >/dev/null 2>&1
	jq -n '{urn: "urn:nl:keten", version: "1.0", name: "Keten", tasks:
		[range(10000) as $i | {id: "q\($i)", task: "Vraag \($i)",
		type: ["open_text"], rests: (if $i > 0 then ["q\($i - 1)"]
		else [] end), facts: ["/use/purpose"]}]}' >"$folder/chain.json"
	echo '{"use": {"purpose": "Meten."}}' >"$folder/facts.json"
	"$FRIA" -C "$folder/new" instrument import "$folder/chain.json" \
		>/dev/null 2>&1
	"$FRIA" -C "$folder/new" save >/dev/null 2>&1
	"$FRIA" -C "$folder/new" app add app --from "$folder/facts.json" \
		>/dev/null 2>&1
	"$FRIA" -C "$folder/new" new app keten-1.0 >/dev/null 2>&1
	document=$folder/new/assessments/app/keten.json
	jq '.answers = ([range(10000) | {key: "q\(.)", value: {value: "x"}}] |
		from_entries)' "$document" >"$folder/keten.json"
	mv "$folder/keten.json" "$document"
	mv "$folder/new" "$w"
fi
t=$(mean "$FRIA -C $w evaluate app/keten")
line "evaluate, a chain of 10,000 questions" "<= 1000 ms" "$t ms"
line "memory of the same" "" \
	"$(memory "$FRIA" -C "$w" evaluate app/keten) MiB"

# A release, each time another, beside git's own commit of the same file.
cat >"$folder/release.sh" <<'EOF'
#!/bin/sh
n=$(cat "$3/n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$3/n"
printf '{"use": {"frequency": "keer %s"}}' "$n" >"$3/facts.json"
exec "$1" -C "$2" release app-00003 "r$n" --partial --patch --from "$3/facts.json"
EOF
cat >"$folder/commit.sh" <<'EOF'
#!/bin/sh
n=$(cat "$3/n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$3/n"
sed -i "s/\"name\": \"Toepassing.*/\"name\": \"Toepassing $n\",/" \
	"$2/assessments/app-00004/application.json"
exec git -C "$2" commit -q -m x -- assessments/app-00004/application.json
EOF
w=$folder/10000
git=$(mean "sh $folder/commit.sh - $w $folder")
t=$(mean "sh $folder/release.sh $FRIA $w $folder")
line "git commit -- PATH among 10000" "" "$git ms"
line "release among 10000" "<= git commit" "$t ms" "$(ratio "$t" "$git")"

w=$folder/1000
floor=$(mean "$build/floor $w")
line "floor, all of 1000" "" "$floor ms"
t=$(mean --prepare "rm -rf $w/.git/fria" "$FRIA -C $w status")
line "status of 1000, first time" "<= 2 x floor" "$t ms" "$(ratio "$t" "$floor")"
again=$(mean "$FRIA -C $w status")
line "status of 1000, again" "<= 1/10 of first" "$again ms" "$(ratio "$again" "$t")"
line "memory of status of 1000" "<= 64 MiB" \
	"$(memory "$FRIA" -C "$w" status) MiB"

# A long history: 100,000 commits, 10,000 versions, beside git in the same run.
w=$folder/history
a=app-00000/iama
if [ ! -d "$w" ]; then
	rm -rf "$folder/new"
	git init -q -b main "$folder/new"
	node "$here/history.mjs" "$folder/demo" 100000 100 10000 |
		git -C "$folder/new" fast-import --quiet --done
	git -C "$folder/new" reset -q --hard main
	git -C "$folder/new" pack-refs --all
	(cd "$folder/new" && play_approvals \
		"$example/iama/approvals.txt" "$a" >/dev/null 2>&1)
	mv "$folder/new" "$w"
fi
path=assessments/app-00000
git=$(mean "git -C $w log -- $path/iama.json $path/application.json")
line "git log -- PATH, 100,000 commits" "" "$git ms"
t=$(mean --prepare "rm -rf $w/.git/fria" "$FRIA -C $w log $a")
line "log, first time" "<= 3 x git log" "$t ms" "$(ratio "$t" "$git")"
line "log, again" "<= 50 ms" "$(mean "$FRIA -C $w log $a") ms"
git=$(mean "git -C $w blame -- $path/iama.json")
line "git blame of the document" "" "$git ms"
t=$(mean "$FRIA -C $w blame $a")
line "blame" "" "$t ms" "$(ratio "$t" "$git")"
line "diff of two versions" "<= 10 ms" "$(mean "$FRIA -C $w diff $a v998 v999") ms"
line "evaluate with 1,000 versions" "<= 20 ms" "$(mean "$FRIA -C $w evaluate $a") ms"
undo="git -C $w update-ref -d refs/tags/fria/$a/v1001"
t=$(mean --prepare "$undo" "$FRIA -C $w adopt $a")
$undo
line "adopt, with 10,000 versions" "" "$t ms"
line "memory of log" "<= 64 MiB" "$(rm -rf "$w/.git/fria"
	private "$FRIA" -C "$w" log $a) MiB"

# shellcheck source=tests/bench/serve.sh
. "$here/serve.sh"
# shellcheck source=tests/bench/growth.sh
. "$here/growth.sh"
# shellcheck source=tests/bench/three.sh
. "$here/three.sh"

if [ -n "${REGISTER:-}" ]; then
	sh "$here/register.sh" "$FRIA" "$folder/register" "$REGISTER"
else
	echo "The register run: make bench REGISTER=../shared/reference"
fi
