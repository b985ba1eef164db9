#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Today is the day where the user is, and what is to come is not recorded yet.
load common

setup() { common_setup; }

# at MOMENT ZONE: the clock, and where it hangs
at() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s)
	export SOURCE_DATE_EPOCH TZ=$2
}

# Moment, zone, and what day that is there; in Greenwich it is another.
ZONES="2026-06-30T22:30:00Z Europe/Amsterdam 2026-07-01
2026-12-31T23:30:00Z CET-1 2027-01-01
2026-07-01T03:30:00Z America/New_York 2026-06-30
2026-07-01T10:30:00Z Pacific/Kiritimati 2026-07-02"

@test "today is the day where the user is, in every command" {
	adopted
	while read -r moment zone day; do
		rm -rf ../copy && cp -a . ../copy && cd ../copy
		at "$moment" "$zone"
		next=$(date -u -d "$day + 1 day" +%F)
		[ "$(fria --json status | jq -r .asOf)" = "$day" ]
		[ "$(evaluation | jq -r .asOf)" = "$day" ]
		fria app metric straatafval opruimtijd --value 12
		[ "$(jq -r '.monitoring.opruimtijd.series[-1].date' \
			assessments/straatafval/application.json)" = "$day" ]
		refused "after today \($day\)" \
			fria app metric straatafval opruimtijd --value 12 --date "$next"
		fria meeting straatafval/iama --date "$day" --roles lawyer
		refused "after today \($day\)" \
			fria meeting straatafval/iama --date "$next" --roles lawyer
		fria save
		refused 'lies in the future' fria approve straatafval/iama \
			--role ciso positive --on-behalf-of "C. de Groot" \
			--reference Z-1 --decided-on "$next"
		fria approve straatafval/iama --role ciso positive \
			--on-behalf-of "C. de Groot" --reference Z-1 --decided-on "$day"
		[ "$(fria --json log straatafval/iama -n 1 | jq -r '.[0].date')" = "$day" ]
		[ "$(git log -1 --date=short --format=%ad)" = "$day" ]
		fria report straatafval/iama | grep -q "$(LC_ALL=C date -u -d "$day" '+%-d %B %Y')"
		cd ../ws
	done <<<"$ZONES"
}

@test "a decision that holds until today holds until today is over" {
	adopted
	at 2026-07-01T03:30:00Z America/New_York
	fria app metric straatafval opruimtijd --value 12
	refused 'has passed' fria approve straatafval/iama --role accountable \
		pilot-only --valid-until 2026-06-29
	as Dana fria approve straatafval/iama --role accountable pilot-only \
		--valid-until 2026-06-30
	[ "$(evaluation | jq -r '.review.overdue')" = false ]
	at 2026-07-01T04:30:00Z America/New_York
	[ "$(evaluation | jq -r '.review.overdue')" = true ]
}

@test "a version was adopted on the day of who adopted it" {
	adopted
	git tag -d fria/straatafval/iama/v1
	at 2026-06-30T22:30:00Z Europe/Amsterdam
	fria adopt straatafval/iama --force --note "Measured late."
	unset TZ
	at 2026-08-01T12:00:00Z UTC
	fria report straatafval/iama --on 2026-07-01 >../report
	grep -q '1 July 2026' ../report
	refused 'none was adopted|2026-07-01' fria report straatafval/iama --on 2026-06-30
	[ "$(fria --json diff straatafval/iama v1 | jq -r .from.date)" = 2026-07-01 ]
}

@test "a fixed moment is on the same day on every machine" {
	adopted
	SOURCE_DATE_EPOCH=$(date -u -d 2026-06-30T22:30:00Z +%s)
	export SOURCE_DATE_EPOCH
	unset TZ
	[ "$(fria --json status | jq -r .asOf)" = 2026-06-30 ]
}

@test "what is to come is refused in files, and named where it stands" {
	workspace
	jq '.monitoring.opruimtijd.series = [{value: 3, date: "2031-01-01"}]' \
		"$EXAMPLE/release-1.0.json" >../measured.json
	jq '.use.incidents = [{id: "i1", date: "2031-01-01"}]' \
		"$EXAMPLE/release-1.0.json" >../incident.json
	refused 'opruimtijd: 2031-01-01 is after today' \
		fria release straatafval 2.0 --from ../measured.json --patch
	refused 'i1: 2031-01-01 is after today' \
		fria release straatafval 2.0 --from ../incident.json
	refused '2031-01-01 is after today' fria app add parkeren --from ../measured.json
	refused '2031-01-01 is after today' fria app set straatafval \
		/use/incidents '[{"id": "i1", "date": "2031-01-01"}]'

	# What somebody wrote by hand stops nothing else, and is said.
	application=assessments/straatafval/application.json
	jq --indent 2 '.monitoring.opruimtijd.series = [{value: 3, date: "2031-01-01"}]' \
		$application >../by-hand && mv ../by-hand $application
	git commit -qam "by hand"
	fria app metric straatafval opruimtijd --value 4
	run -1 fria --json check
	jq -e '.[] | select(.code == "measured_future") |
		.pointer == "/monitoring/opruimtijd/series/0/date" and .line > 1' <<<"$output"
}
