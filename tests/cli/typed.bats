#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What the program prints it takes back, in Dutch and in English, and what
# people type beside it: days, months, numbers, lists, releases by name.
load common

setup() {
	common_setup
	export SOURCE_DATE_EPOCH=1795514400 # 24 November 2026
}

nl() { $FRIA --lang nl "$@"; }
fact() { jq -rc "$1" assessments/straatafval/application.json; }

# Each member that is printed beside its value, as it stands in the form.
@test "the words of members come back, from the screen and from older papers" {
	fria() { nl "$@"; }
	workspace
	nl app show straatafval | flat "$(cat)" >../shown
	grep -q 'Contract: tot: 31 maart 2028; kenmerk: Z-2025-11804' ../shown
	grep -q 'grens: 80; richting: ondergrens; meten elke: 3 maanden' ../shown
	nl app set straatafval Contract "tot: 31 maart 2028; kenmerk: Z-1"
	[ "$(fact .use.contract.reference)" = Z-1 ]
	nl app set straatafval Contract "until: 1 April 2028; verwijzing: Z-2"
	[ "$(fact '.use.contract | [.until, .reference]')" = '["2028-04-01","Z-2"]' ]
	nl app form straatafval -o ../form.md
	sed -i 's/richting: ondergrens/soort grens: bovengrens/; s/meten elke: 3 maanden/elke: kwartaal/
		s/verantwoordelijke:/eigenaar:/; s/kenmerk:/verwijzing:/' ../form.md
	nl app set straatafval --from ../form.md
	[ "$(fact '.monitoring["gevonden-afval"] | [.direction, .every, .owner]')" = \
		'["max","P3M","data scientist reiniging"]' ]
	refused 'Kies uit: tot; kenmerk; link' nl app set straatafval Contract "soort grens: x"
	nl app form straatafval -o ../again.md
	sed -i '/richting: [a-z]*; /s//&maat: x; /' ../again.md
	run -2 nl app set straatafval --from ../again.md
	[[ $output == *'Kies uit: '*richting* ]]
	[[ $output != *joined* && $output != *series* ]]
}

@test "a month is read as one, or refused with the form it takes" {
	workspace
	nl app set straatafval Begindatum "april 2026"
	[ "$(fact .register.begin_date)" = 2026-04 ]
	fria app set straatafval "Start date" "May 2026"
	[ "$(fact .register.begin_date)" = 2026-05 ]
	nl app set straatafval /register/begin_date 6-2026
	[ "$(fact .register.begin_date)" = 2026-06 ]
	[[ $(nl app show straatafval) == *"Begindatum: juni 2026"* ]]
	[[ $(fria app show straatafval) == *"Start date: June 2026"* ]]
	refused 'Schrijf maart 2026' nl app set straatafval Begindatum "dit voorjaar"
	refused 'Write March 2026' fria app set straatafval /register/begin_date spring
}

@test "a list takes items behind commas or one by one, and says what it took" {
	workspace
	run nl app set straatafval Gebied "Centrum, Noord"
	[[ $output == *"Gelezen als 2 onderdelen: Centrum; Noord."* ]]
	[ "$(fact .use.area)" = '["Centrum","Noord"]' ]
	nl app set straatafval Gebied "Centrum" "Oud, Noord"
	[ "$(fact .use.area)" = '["Centrum","Oud, Noord"]' ]
	run nl app set straatafval Gebied "Oud, Noord"
	[[ $output != *"Gelezen als"* ]]
	[ "$(fact .use.area)" = '["Oud, Noord"]' ]
	fria app set straatafval Area "North, of the canal;"
	[ "$(fact .use.area)" = '["North, of the canal"]' ]
	fria app set straatafval Area "East; West, too"
	[ "$(fact .use.area)" = '["East","West, too"]' ]
	refused '"proef" is te veel' nl app set straatafval Fase proef proef
	refused '"b" is te veel' nl app set straatafval "Naam" a b
}

@test "a measurement takes its unit, and a decimal comma" {
	workspace
	run nl app metric straatafval gevonden-afval --value "84,5 %"
	[[ $output == *"84,5 procent op 24 november 2026"* ]]
	run fria app metric straatafval opruimtijd --value "30 uur" --date 20-11
	[[ $output == *"30 uur on 20 November 2026"* ]]
	[ "$(fact '.monitoring.opruimtijd.series[-1].date')" = 2026-11-20 ]
	[ "$(fact '.monitoring["gevonden-afval"].series[-1].value')" = 84.5 ]
	refused 'met deze: uur' nl app metric straatafval opruimtijd --value 84%
	refused 'with this one: uur' fria app metric straatafval opruimtijd --value much
}

@test "nvt, n.v.t. and onbekend say why a question stays open" {
	assessment
	nl waive straatafval/iama 3.5.5 --kind n.v.t. --reason "Wettelijke taak."
	[ "$(jq -r '.answers["3.5.5"].waived.kind' "$IAMA")" = not-applicable ]
	nl waive straatafval/iama 3.5.4 --kind onbekend --reason "Wij zoeken het uit."
	[ "$(jq -r '.answers["3.5.4"].waived.kind' "$IAMA")" = unknown ]
	fria waive straatafval/iama 3.5.3 --kind n/a --reason "Legal task."
	[ "$(jq -r '.answers["3.5.3"].waived.kind' "$IAMA")" = not-applicable ]
	refused 'Kies uit: niet van toepassing; al eerder' nl waive straatafval/iama 3.5.2 \
		--kind zomaar --reason x
}

@test "a day is told from the day that it is, wherever one is read" {
	assessment
	fria save
	run nl ask straatafval/iama --role jurist --until overmorgen
	[[ $output == *'"overmorgen" is gelezen als 26 november 2026'* ]]
	[ "$(jq -r '.requests[0].until' "$IAMA")" = 2026-11-26 ]
	run nl answer straatafval/iama 1.actiepunten.uiterlijk 1-12 --row nieuw
	[[ $output == *"1 december 2026"* ]]
	refused 'Schrijf 1 maart 2027' nl ask straatafval/iama --role jurist --until ooit
}

@test "diff takes releases by their name, versions and days" {
	assessment
	on_day 2026-11-25
	fria save
	on_day 2026-11-26
	fria release straatafval 1.1 --from "$EXAMPLE/release-1.1.json" --patch
	run -1 nl diff straatafval/iama 1.0 1.1
	[[ $output == *"release 1.0, 25 november 2026"*"release 1.1"* ]]
	run -1 fria diff straatafval/iama yesterday
	refused 'een release .1.0., een datum .20 november 2026.' \
		nl diff straatafval/iama 9.9
}

@test "templates and exports are named by their titles, and offered with their ids" {
	assessment
	fria save
	nl report straatafval/iama --template Wijzigingen >../by-title
	nl report straatafval/iama --template changes >../by-id
	cmp ../by-title ../by-id
	fria report straatafval/iama --template "letter to the council" >../letter
	refused 'wijzigingen .changes.; .*Bedoelt u "wijzigingen"' \
		nl report straatafval/iama --template wijzigngen
	nl export --format agenda >../due.ics
	grep -q BEGIN:VCALENDAR ../due.ics
	fria export straatafval/iama --format "official form" >../form.json
	refused 'tabel .csv.; .*agenda .ics.; archief' nl export --format pdf
	nl completion >../complete
	grep -q '"report --template") echo ".*changes wijzigingen ' ../complete
	grep -q '"export --format") echo ".*ics agenda ' ../complete
}

@test "usage lines name what is filled in in the reader's language" {
	[[ $(nl help approve) == *"fria approve TOEPASSING/TOETS --role ROL WAARDE"* ]]
	[[ $(fria help approve) == *"fria approve APP/NAME --role ROLE VALUE"* ]]
	[[ $(nl help report) == *"--on DATUM]"*"--site MAP"* ]]
	[[ $(nl help) == *"fria [-C MAP]"*"OPDRACHT ..."* ]]
	# Of all that stands in a usage in English, none is left in a Dutch one.
	local k
	while IFS=$'\t' read -r k _; do
		nl help $k | sed -n '/^Gebruik/p; s/^  -[^ ]* //p' | cut -d ' ' -f 1-40
	done < <(option_table) >../usages
	! grep -wE 'APP|NAME|FILE|TEXT|DATE|TASK|VALUE|ROLE|DIR|TITLE|VERSION|COMMAND|ROW' ../usages
	run nl waive
	[[ $output == *"Schrijf: fria waive TOEPASSING/TOETS VRAAG --kind SOORT"* ]]
}

@test "what the system refuses is said in the reader's language" {
	assessment
	refused 'nergens kan niet worden gelezen: dat is er niet' \
		nl answer straatafval/iama 3.1.4 --file nergens
	refused 'it is not there' fria answer straatafval/iama 3.1.4 --file nowhere
	mkdir ../leeg
	run -2 nl -C ../leeg status
	[[ $output == *"in of boven /"*"leeg. Maak"* ]]
	refused 'Bedoelt u "--lang"' nl --lng nl status
	# A choice is offered by its words alone.
	refused 'Kies uit: Gepland; In uitvoering; Uitgevoerd' \
		nl answer straatafval/iama 1.actiepunten.stand x --row nieuw
	# Where it comes from another question, that is to be answered first.
	refused 'valt nog niets te kiezen' \
		nl answer straatafval/iama 4.r.recht Privacy --row nieuw
	refused 'andere wet' nl withhold straatafval/iama 2.5.2 --ground zz --passage a
	[[ $stderr != *"other ("* ]]
}

@test "days on a screen stand in the reader's language" {
	workspace
	run nl retire straatafval --on 31-12-2026
	[[ $output == *"op 31 december 2026 buiten gebruik"* ]]
	[ "$(fact .in_use.to)" = 2026-12-31 ]
}

@test "why there is no answer is no answer, and how to record it is said" {
	assessment
	for text in nvt N.v.t. "Not applicable" n/a; do
		refused 'fria waive straatafval/iama 1.1.1 --kind not-applicable --reason' \
			fria answer straatafval/iama 1.1.1 "$text"
	done
	for text in "geen idee" Onbekend "?" "..."; do
		refused 'fria waive straatafval/iama 1.1.1 --kind unknown --reason' \
			fria answer straatafval/iama 1.1.1 "$text"
	done
	refused 'waive straatafval/iama 1.actiepunten.eigenaar --row new --kind' \
		fria answer straatafval/iama 1.actiepunten.eigenaar "?" --row new
	fria answer straatafval/iama 1.1.1 "Not applicable, because nobody is asked."
	# An option of a question is an answer, whatever it is called.
	fria answer straatafval/iama 2.1.1.1 zelflerend
}
