# SPDX-License-Identifier: EUPL-1.2
# The workplace, by what its worker takes of the processor for a page, beside
# what the floor takes in the same run: sourced by bench.sh.

make_workspace 1431 200
w=$folder/1431.git
[ -d "$w" ] || git clone -q --bare "$folder/1431" "$w"
rm -rf "$folder/state"
"$FRIA" -C "$w" status >/dev/null 2>&1 || true
"$FRIA" -C "$w" serve --no-browser --workers 1 --state "$folder/state" \
	2>"$folder/said" &
served=$!
for _ in $(seq 100); do grep -q http "$folder/said" && break || sleep 0.1; done
address=$(grep -o 'http://[^ ]*' "$folder/said")
at=${address%%/\?*}
jar=$folder/jar
curl -s -o /dev/null -c "$jar" "$address"
place=$(curl -s -o /dev/null -b "$jar" -w '%{redirect_url}' "$at/")
worker=$(pgrep -P "$served" | head -n 1)

# spent: milliseconds of the processor that the worker has taken so far
spent() { awk '{print ($14 + $15) * 10}' "/proc/$worker/stat"; }

# each N COMMAND...: of one of N
each() {
	n=$1
	shift
	"$@" >/dev/null
	before=$(spent)
	for _ in $(seq "$n"); do "$@" >/dev/null; done
	awk -v a="$before" -v b="$(spent)" -v n="$n" \
		'BEGIN {printf "%.1f", (b - a) / n}'
}

page() { curl -s -o /dev/null -b "$jar" "$place$1"; }
hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$2" | head -n 1; }
saved=0
question=a/app-00003/iama/v/1.1.2
save() {
	saved=$((saved + 1))
	curl -s -b "$jar" -H 'Sec-Fetch-Site: same-origin' -d doe=bewaar \
		-d "_bewijs=$(hidden _bewijs "$folder/question")" \
		-d "_stand=$stand" -d "_gezien=$seen" \
		--data-urlencode "antwoord=Text $saved." -o /dev/null \
		-w '%{http_code}\n' "$place$question"
}
# One that is saved from its own page, which is no part of the figure.
read_question() {
	curl -s -b "$jar" -o "$folder/question.html" "$place$question"
	tr '>' '>\n' <"$folder/question.html" >"$folder/question"
	stand=$(hidden _stand "$folder/question")
	seen=$(hidden _gezien "$folder/question")
}
save_all() {
	total=0
	for _ in $(seq "$1"); do
		read_question
		before=$(spent)
		[ "$(save)" = 303 ]
		total=$((total + $(spent) - before))
	done
	awk -v a="$total" -v n="$1" 'BEGIN {printf "%.1f", a / n}'
}

floor=$(mean "$build/floor $w app-00003")
line "floor, one application among 1431" "" "$floor ms"
t=$(each 100 page "$question")
line "page of a question among 1431" "<= 15 ms" "$t ms" "$(ratio "$t" "$floor")"
t=$(each 50 page toepassingen)
line "list of 1431" "<= 20 ms" "$t ms" "$(ratio "$t" "$floor")"
t=$(each 50 page "")
line "what waits, of 1431" "<= 20 ms" "$t ms" "$(ratio "$t" "$floor")"
t=$(save_all 50)
line "an answer saved among 1431" "<= 25 ms" "$t ms" "$(ratio "$t" "$floor")"
line "memory of the worker" "<= 64 MiB" \
	"$(awk '/^Private_Dirty/ {printf "%.1f", $2 / 1024}' \
		"/proc/$worker/smaps_rollup") MiB"
kill "$served" && wait "$served" || true
