# SPDX-License-Identifier: EUPL-1.2
# What grows with the number of answers, rows, comments and lapsed approvals:
# part of bench.sh. The ratio is to a quarter as many; 4 is in proportion.

# many N: an application with N answers, each commented on, and with N rows,
# given in one commit
many() {
	w=$folder/many-$1
	[ -d "$w" ] && return
	rm -rf "$folder/new"
	git init -q -b main "$folder/new"
	"$FRIA" init "$folder/new" --org Bench >/dev/null
	jq -n --argjson n "$1" '{urn: "urn:nl:vragen", version: "1.0",
		name: "Vragen", tasks: [range($n) | {id: "q\(.)",
		task: "Vraag \(.)", type: ["open_text"],
		facts: ["/use/purpose"]}]}' >"$folder/answers.json"
	jq -n '{urn: "urn:nl:rijen", version: "1.0", name: "Rijen", tasks: [
		{id: "g", task: "Rijen", type: ["task_group"], repeatable: true,
		tasks: [{id: "g.a", task: "Veld", type: ["open_text"],
		facts: ["/use/purpose"]}]}]}' >"$folder/rows.json"
	echo '{"use": {"purpose": "Meten."}}' >"$folder/facts.json"
	(
		cd "$folder/new"
		"$FRIA" instrument import "$folder/answers.json"
		"$FRIA" instrument import "$folder/rows.json"
		"$FRIA" save
		"$FRIA" app add app --from "$folder/facts.json"
		"$FRIA" new app vragen-1.0
		"$FRIA" new app rijen-1.0
		"$FRIA" answer app/vragen q0 x
		"$FRIA" answer app/rijen g.a x --row new
		jq --argjson n "$1" '.answers.q0 as $a |
			.answers = ([range($n) | {key: "q\(.)", value: $a}] |
				from_entries) |
			.comments = [range($n) | {id: "c\(1000000 + .)",
				task: "q\(.)", by: $a.basis.by, at: $a.basis.at,
				text: "Let op."}]' \
			assessments/app/vragen.json >"$folder/made.json"
		cp "$folder/made.json" assessments/app/vragen.json
		jq --argjson n "$1" '.answers.g[0] as $r |
			.answers.g = [range($n) | $r * {id: "r\(1000000 + .)"}]' \
			assessments/app/rijen.json >"$folder/made.json"
		cp "$folder/made.json" assessments/app/rijen.json
		"$FRIA" save
	) >/dev/null 2>&1
	mv "$folder/new" "$w"
}

# lapsed N: the example, with N approvals of what history does not hold
lapsed() {
	w=$folder/lapsed-$1
	[ -d "$w" ] && return
	rm -rf "$folder/new"
	cp -r "$folder/demo" "$folder/new"
	jq --argjson n "$1" '.approvals = ([.approvals[0] as $a | range($n) |
		$a * {role: "rol-\(.)", content: "2:\("0" * 40 + "\(.)" | .[-40:])"}]
		+ .approvals)' "$folder/new/$document" >"$folder/made.json"
	cp "$folder/made.json" "$folder/new/$document"
	git -C "$folder/new" commit -qam "$1"
	mv "$folder/new" "$w"
}

for command in "verify app/vragen" "verify app/rijen" "blame app/vragen" \
	"blame app/rijen" "evaluate app/rijen" "report app/vragen" "check"; do
	before=
	for n in 500 2000 8000; do
		many $n
		# shellcheck disable=SC2086
		t=$(mean "$FRIA -C $w $command")
		line "$command of $n" "<= 5" "$t ms" \
			"${before:+$(ratio "$t" "$before")}"
		before=$t
	done
done

document=assessments/straatafval/iama.json
lapsed 1
floor=$(mean "$FRIA -C $w evaluate straatafval/iama")
line "evaluate with 1 lapsed approval" "" "$floor ms"
lapsed 500
t=$(mean "$FRIA -C $w evaluate straatafval/iama")
line "evaluate with 500 lapsed approvals" "<= 2" "$t ms" \
	"$(ratio "$t" "$floor")"
