#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is due, in an agenda: held to the grammar of RFC 5545 by a reader of its
# own.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# The events of a calendar on standard input, a line each: day, title, UID;
# fails where a line is not as sections 3.1, 3.3 and 3.6.1 have it.
events() {
	LC_ALL=C awk '
	function fail(why) { print "line " NR ": " why ": " $0 > "/dev/stderr"; bad = 1; exit 1 }
	function line(text,   name, value) {
		if (text !~ /^[A-Z-]+(;[A-Z-]+=[A-Za-z0-9-]+)*:/) fail("no content line")
		name = text; sub(/[;:].*/, "", name)
		value = text; sub(/^[^:]*:/, "", value)
		if (value ~ /[\001-\010\012-\037\177]/) fail("control character")
		if (name == "BEGIN") { depth[++level] = value; delete has }
		else if (name == "END") {
			if (depth[level--] != value) fail("END of another")
			if (value == "VEVENT") {
				if (!has["UID"] || !has["DTSTAMP"] || !has["DTSTART"]) fail("event lacks something")
				if (uids[uid]++) fail("UID twice")
				print day "\t" title "\t" uid
			}
		} else if (has[name]++) fail("property twice")
		if (name == "SUMMARY" || name == "DESCRIPTION" || name == "X-WR-CALNAME") {
			plain = value; gsub(/\\[\\;,nN]/, "", plain)
			if (plain ~ /[\\;,]/) fail("not escaped")
		}
		if (name == "SUMMARY") title = value
		if (name == "UID") uid = value
		if (name == "DTSTAMP" && !(length(value) == 16 && value ~ /^[0-9]+T[0-9]+Z$/ && index(value, "T") == 9)) fail("no moment")
		if (name == "DTSTART") {
			day = value
			if (text !~ /^DTSTART;VALUE=DATE:[0-9]+$/ || length(day) != 8) fail("no day")
		}
		if (NR == 1 && text != "BEGIN:VCALENDAR") fail("no calendar")
	}
	{
		if (length($0) > 76) fail("longer than 75 octets")
		if (sub(/\r$/, "") != 1) fail("no CR LF")
		if (sub(/^ /, "")) { whole = whole $0; next }
		if (NR > 1) line(whole)
		whole = $0
	}
	END { if (!bad) { line(whole); if (level || whole != "END:VCALENDAR") exit 1 } }'
}

@test "export ics: reviews, measures and measurements, each once, on its day" {
	adopted
	on_day 2026-11-20
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" \
		--answers "$EXAMPLE/release-check-1.1.json"
	fria export straatafval --format ics -o ../due.ics
	events <../due.ics >../events
	cat ../events
	fria --json evaluate straatafval/iama >../evaluation || true
	[ "$(grep -c "Review of straatafval/iama" ../events)" = 1 ]
	grep -q "^$(jq -r .review.due ../evaluation | tr -d -)" ../events
	[ "$(grep -c "Measure of straatafval/iama" ../events)" = "$(jq '[.measures[] |
		select(.due and (.status != "uitgevoerd") and
			(.status != "vervallen"))] | length' ../evaluation)" ]
	[ "$(grep -c "Measurement for straatafval:" ../events)" = "$(jq '[.monitoring[] |
		select(.every)] | length' assessments/straatafval/application.json)" ]
	# The same again, byte for byte; of one assessment the same events.
	fria export --format ics | cmp - ../due.ics
	fria export straatafval/iama --format ics | cmp - ../due.ics
	$FRIA --lang nl export --format ics | events | cut -f 3 |
		cmp - <(cut -f 3 ../events)
}

@test "export ics: an event stays itself when its day moves; two assessments name a metric once" {
	adopted
	fria new straatafval start-1.0
	id=$(jq -r '.answers["1.actiepunten"][0].id' $IAMA)
	fria answer straatafval/iama 1.actiepunten.stand gepland --row "$id"
	fria answer straatafval/iama 1.actiepunten.uiterlijk 2027-01-02 --row "$id"
	fria export --format ics | events >../before
	fria answer straatafval/iama 1.actiepunten.uiterlijk 2027-02-03 --row "$id"
	fria export --format ics | events >../after
	[ "$(cut -f 2,3 ../before)" = "$(cut -f 2,3 ../after)" ]
	[ "$(diff ../before ../after | grep -c '^[<>]')" = 2 ]
	fria answer straatafval/iama 1.actiepunten.stand uitgevoerd --row "$id"
	fria export --format ics | events >../done
	[ $(($(wc -l <../after) - $(wc -l <../done))) = 1 ]
	[ "$(fria export --format ics | events | cut -f 2 |
		grep -c "Measurement for")" = "$(jq '[.monitoring[] | select(.every)] |
		length' assessments/straatafval/application.json)" ]
}

@test "export ics: any text is folded between characters, and escaped" {
	adopted
	id=$(jq -r '.answers["1.actiepunten"][0].id' $IAMA)
	fria answer straatafval/iama 1.actiepunten.tekst --row "$id" \
		"$(printf 'é%.0s' {1..80}); a, b\\c
BEGIN:VEVENT 日本語日本語日本語日本語日本語日本語日本語"
	fria answer straatafval/iama 1.actiepunten.stand gepland --row "$id"
	fria answer straatafval/iama 1.actiepunten.uiterlijk 2027-01-02 --row "$id"
	fria export --format ics >../due.ics
	events <../due.ics >../events
	iconv -f UTF-8 -t UTF-8 ../due.ics >/dev/null
	sed 's/\r$//' ../due.ics | while IFS= read -r line; do
		iconv -f UTF-8 -t UTF-8 <<<"$line" >/dev/null
	done
	grep -q 'éé\\; a\\, b\\\\c\\nBEGIN:VEVENT 日本' ../events
	! grep -q '^BEGIN:VEVENT 日' ../due.ics
	refused "ics" fria export --format ical
	refused "\.ics" fria export --format ics -o due.json
}
