# SPDX-License-Identifier: EUPL-1.2
# Three assessments beside each other for each application, which rest on each
# other: part of bench.sh. Instructions are counted, as others load a machine;
# the ratio is to the floor. With BEFORE, a source tree with an older program:
# the ratio to that, on documents that it made and on those of its own making.

export SOURCE_DATE_EPOCH=1776000000 # the example's first release

# instructions COMMAND...
instructions() {
	valgrind --tool=cachegrind --cache-sim=no \
		--cachegrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
		awk '/I *refs/ {gsub(",", "", $NF); print $NF}'
}

millions() { awk -v n="$1" -v of="${2:-1}" 'BEGIN {printf "%.1f M", n / of / 1e6}'; }

# answer_open NAME INSTRUMENT: what is asked, until nothing is
answer_open() {
	"$FRIA" --json instrument show "$2" >"$folder/shown.json"
	for round in 1 2 3; do
		"$FRIA" --json evaluate "$1" | jq -r '[.tasks[] |
			select(.state == "open") | .id] | unique | .[]' |
			while read -r id; do
				"$FRIA" answer "$1" "$id" "$(jq -r --arg id "$id" '
					first(.. | objects |
					select(.id == $id and .type)) |
					if .options then .options[-1].value
					else "Antwoord." end' \
					"$folder/shown.json")" </dev/null || true
			done
	done
}

# three TREE NAME: ten applications as the program of a source tree makes them
three() {
	w=$folder/$2
	[ -d "$w" ] && return
	rm -rf "$folder/new"
	git init -q -b main "$folder/new"
	(
		FRIA=$1/build/fria
		example=$1/assessments/examples/chatbot
		# shellcheck source=tools/play.sh
		. "$1/tools/play.sh"
		cd "$folder/new"
		"$FRIA" init . --org Bench
		"$FRIA" app add chatbot --from "$example/release-1.0.json"
		"$FRIA" release chatbot 1.0 --from "$example/release-1.0.json"
		first=start-1.0
		[ ! -d "$example/start" ] || first=start-2.0
		for name in $first iama-2.0 fria-1.0; do
			"$FRIA" new chatbot $name
		done
		for name in start iama fria; do
			play_measures "$example/$name/answers" chatbot/$name
			play_answers "$example/$name/answers" chatbot/$name
			"$FRIA" save
		done
		answer_open chatbot/start $first
		"$FRIA" save
		cd assessments
		for n in 1 2 3 4 5 6 7 8 9; do
			cp -r chatbot app-$n
			sed -i "s/\"application\": \"chatbot\"/\"application\": \"app-$n\"/
				1,3s/\"id\": \"chatbot\"/\"id\": \"app-$n\"/" app-$n/*.json
		done
		git add -A
		git commit -q -m "Ten applications"
	) >"$folder/three.log" 2>&1 </dev/null || true
	[ "$(git -C "$folder/new" ls-files 'assessments/*/start.json' |
		wc -l)" = 10 ] || { tail "$folder/three.log" >&2; exit 1; }
	mv "$folder/new" "$w"
}

# compared WHAT PER COMMAND...: by this program, and by the one before; PER
# assessments
compared() {
	what=$1 per=$2
	shift 2
	rm -rf "$folder"/three*/.git/fria
	now=$(instructions "$FRIA" -C "$folder/three" "$@")
	line "$what" "" "$(millions "$now" "$per")" "$(ratio "$now" "$floor")"
	[ -n "${BEFORE:-}" ] || return 0
	old=$folder/three-before
	before=$(instructions "$BEFORE/build/fria" -C "$old" "$@")
	rm -rf "$old/.git/fria"
	same=$(instructions "$FRIA" -C "$old" "$@")
	line "  before; the same documents" "<= 1.1 x before" \
		"$(millions "$before" "$per")" "$(ratio "$same" "$before")"
	line "  before; with its own questionnaires" "<= 1.1 x before" "" \
		"$(ratio "$now" "$before")"
}

three "$(realpath "$here/../..")" three
[ -z "${BEFORE:-}" ] || three "$(realpath "$BEFORE")" three-before
floor=$(instructions "$build/floor" "$folder/three" chatbot)
line "floor, one application with three" "" "$(millions "$floor")"
for name in start iama fria; do
	compared "evaluate $name beside two others" 1 evaluate chatbot/$name
done
compared "gate of an application with three" 1 gate chatbot
compared "report of the IAMA in HTML" 1 report chatbot/iama --format html
compared "report of the FRIA in HTML" 1 report chatbot/fria --format html
floor=$(instructions "$build/floor" "$folder/three")
line "floor, one of 30 assessments" "" "$(millions "$floor" 30)"
compared "status, one of 30, first time" 30 status
