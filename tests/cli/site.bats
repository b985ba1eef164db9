#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The workspace as a static site.
load common

setup() { common_setup; }

# What rests on the new answers is looked at, and the whole is adopted.
settle_and_adopt() {
	judged straatafval/iama "MARK three" || return
	fria save && approved && fria adopt straatafval/iama
}

@test "a site has the portfolio, each application and each version" {
	adopted
	fria answer straatafval/iama 1.1.1 "Iets anders."
	settle_and_adopt
	run fria report --site ../site
	[ "$status" = 0 ]
	cd ../site
	[ -e index.html ] && [ -e straatafval/index.html ]
	for page in v1 v1-summary v2 v2-summary v2-changes; do
		[ -e straatafval/iama/$page.html ]
	done
	[ ! -e straatafval/iama/v1-changes.html ]
	grep -q "Iets anders." straatafval/iama/v2-changes.html
	grep -q "<dt>State today</dt>" straatafval/index.html
	not grep -rq "R. Jansen" .
}

@test "an earlier version leads to the last one; a forced one says so" {
	adopted
	fria answer straatafval/iama 1.1.1 "Iets anders."
	judged straatafval/iama "Klopt nog."
	fria save
	fria adopt straatafval/iama --force --note "MARK, the board decides later."
	fria report --site ../site
	cd ../site/straatafval
	grep -q "This is an earlier version" iama/v1.html
	grep -q 'href="v2.html">To the latest version' iama/v1-summary.html
	not grep -q "This is an earlier version" iama/v2*.html
	[ "$(grep -c "adopted though something was missing" index.html)" = 1 ]
	not grep -rq MARK .
}

@test "the entry has a page, as people read it, and a file" {
	adopted
	fria register export straatafval >/dev/null || [ $? = 1 ]
	fria report --site ../site
	cd ../site/straatafval
	grep -q 'href="entry.html"' index.html
	grep -q 'href="entry.json"' entry.html
	grep -q '<a href="https://wetten.overheid.nl/[^"]*">Wet milieubeheer</a>' \
		entry.html
	[ "$(jq -r .name entry.json)" = "Herkennen van afval naast containers (Straatafval)" ]
	grep -q '– Plaats en tijd van de foto<br>' index.html
}

@test "made again, a site is the same; another folder is left alone" {
	adopted
	fria report --site ../site
	before=$(cd ../site && find . -type f -print0 | sort -z | xargs -0 sha1sum)
	touch -d "2020-01-01" ../site/index.html ../site/straatafval/iama/v1.html
	echo spoiled >../site/straatafval/iama/v1.html
	fria report --site ../site
	[ "$(date -r ../site/index.html +%Y)" = 2020 ]
	[ "$before" = "$(cd ../site && find . -type f -print0 | sort -z | xargs -0 sha1sum)" ]
	mkdir ../other && echo mine >../other/index.html
	refused "Something else" fria report --site ../other
	[ "$(cat ../other/index.html)" = mine ]
	echo file >../file
	refused "file" fria report --site ../file/site
	refused "Of what" fria report
}

@test "no page of the site for the public holds what is withheld" {
	adopted
	doc=$IAMA
	fria app set straatafval /use/hosting '"MARK"'
	fria withhold straatafval /use/hosting --ground 5.1.2.h
	fria answer straatafval/iama 1.1.1 "MARK one"
	fria answer straatafval/iama 2.5.2 "Publicly known. MARK two."
	fria withhold straatafval/iama 1.1.1 --ground 5.2
	fria withhold straatafval/iama 2.5.2 --ground 5.1.2.h --passage "MARK two"
	settle_and_adopt
	fria answer straatafval/iama 1.1.1 "MARK four"
	settle_and_adopt
	fria report --site ../site
	grep -q "Publicly known" ../site/straatafval/iama/v3.html
	not grep -rn MARK ../site
	fria report --site ../inside --audience internal
	grep -rq "MARK four" ../inside
}
