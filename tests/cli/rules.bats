#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A workspace of 0.1 goes on under this program (tests/cases/old has the rest).
load common

setup() {
	common_setup
	export SOURCE_DATE_EPOCH=1796720400
	git clone -q "$ROOT/tests/cases/old/examples.bundle" ws && cd ws
}

given() { evaluation | jq -r '.approvals[] | select(.state == "valid") |
	"\(.role) \(.content | length)"'; }

@test "approvals of both programs stand beside each other" {
	[ "$(given)" = "$(printf 'lawyer 40\ndpo 40\naccountable 40')" ]
	as Jan fria approve straatafval/iama --role lawyer positive --note "Again."
	[ "$(given | sort)" = "$(printf 'dpo 40\nlawyer 42')" ]
}

@test "what is stood for again says its rules, and a next version is verified" {
	fria answer straatafval/iama 1.1.1 "Het afval blijft liggen: <https://zandmeer.example/1>."
	judged straatafval/iama "Looked at."
	fria save
	[ "$(jq '.answers["1.1.1"].basis.rules' $IAMA)" = 2 ]
	[ "$(jq '[.answers[] | objects | .basis | select(.rules == null)] | length' $IAMA)" -gt 40 ]
	for who in lawyer dpo; do
		as "$who" fria approve straatafval/iama --role "$who" positive
	done
	as Dirk fria approve straatafval/iama --role accountable use
	fria adopt straatafval/iama
	git tag -l --format='%(contents)' fria/straatafval/iama/v4 |
		grep -Eq '^Content: 2:[0-9a-f]{40}$'
	run -0 fria verify straatafval/iama
	run -0 fria report straatafval/iama@v4 -o v4.md
	grep -Eq '`?2:[0-9a-f]{40}' v4.md
	run -0 fria report straatafval/iama@v3 -o v3.md
	run -1 grep -E '2:[0-9a-f]{40}' v3.md
}

@test "a choice that 0.1 stored as a text is the row: nothing asks for it, and saving writes it so" {
	F=assessments/chatbot/fria.json
	fria --json evaluate chatbot/fria | jq 'del(.comments, .revision)' >../before
	fria --json blame chatbot/fria >../blamed
	text=$(jq -r '.answers["5.2"][0]["5.2.groep"].value' $F)
	row=$(jq -r --arg t "$text" '.answers["4.groepen"][] | select(.["4.groepen.wie"].value == $t) | .id' $F)
	fria comment chatbot/fria 5.2.groep --row 1 "Which of them?"
	fria save
	[ "$(jq -r '.answers["5.2"][0]["5.2.groep"].value' $F)" = "$row" ]
	git log -2 --format=%b | grep -q "verwijzen in plaats van naar zijn tekst: 27"
	fria --json evaluate chatbot/fria | jq 'del(.comments, .revision)' >../after
	diff ../before ../after
	run -0 fria verify chatbot/fria
	fria --json blame chatbot/fria >../again
	diff ../blamed ../again
	fria --json diff chatbot/fria HEAD~2 | jq -e '[.changes[] | select(.kind != "comment")] == []'
	# The row may be called otherwise now.
	fria answer chatbot/fria 4.groepen.wie --row "$row" "Other people"
	run fria report chatbot/fria
	[ "$(grep -c "Other people" <<<"$output")" -gt 2 ]
	fria evaluate chatbot/fria >../renamed || true
	lacks "5.2.groep .*open" ../renamed
}

@test "whatever first writes a choice of 0.1 as the row says so, once" {
	F=assessments/chatbot/fria.json
	says='Choices that now point at a row and no longer at its text: 27\.'
	said() { run -0 "$@"; grep -Eq "$says" <<<"$(flat "$output")"; }
	silent() { run -0 "$@"; not grep -Eq "$says" <<<"$(flat "$output")"; }
	silent fria check chatbot/fria || true
	said fria comment chatbot/fria 5.2.groep --row 1 "Which of them?"
	silent fria comment chatbot/fria 5.2.groep --row 2 "And of these?"
	git checkout -q $F
	said fria confirm chatbot/fria 1.1 --note "Looked at."
	git checkout -q $F
	# An act records it, and says so there too.
	said as Jan fria approve chatbot/fria --role lawyer positive --note "Again."
	git log -1 --format=%b | tr '\n' ' ' | grep -q "verwijzen in plaats van naar zijn tekst: 27"
	[ "$(git log -1 --format=%s | wc -c)" -gt 5 ]
	silent as Piet fria approve chatbot/fria --role dpo positive --note "Again."
	git log -1 --format=%b | not grep -q "in plaats van naar zijn tekst"
	run -0 fria verify chatbot/fria
}

@test "what a newer program recorded is refused, with what to do" {
	jq '.answers["1.1.1"].basis.rules = 3' $IAMA >new && mv new $IAMA
	run -2 fria evaluate straatafval/iama
	[[ $output == *"/answers/1.1.1"*"Update fria"* ]]
	git checkout -q $IAMA
	jq '.approvals[0].content = "3:" + .approvals[0].content' $IAMA >new && mv new $IAMA
	run -2 fria evaluate straatafval/iama
	[[ $output == *"/approvals/0/content"*"Update fria"* ]]
}

# older WHO: that person's approval on the present content by the rules of 0.1
older() {
	jq --arg by "$1 <${1,,}@example.org>" --arg at "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" '
		(.approvals | map(select(.role == "lawyer" and (.content | length) == 40)) | last) as $was |
		.approvals += [$was | {role, kind, value: "positive", content, by: $by, at: $at}]' $IAMA >new &&
		mv new $IAMA && GIT_AUTHOR_DATE="$SOURCE_DATE_EPOCH +0000" as "$1" git commit -qam "Advice"
}
named() { fria --json verify straatafval/iama | jq -r '[.[] | select(.severity != "note") |
	"\(.code) \(.severity)"] | join(" ")'; }

@test "an approval by older rules is named once newer ones were in use, not before" {
	older Jan
	[ "$(named)" = "" ]
	git branch before
	as Dora fria approve straatafval/iama --role dpo positive --note "Again."
	[ "$(named)" = "" ]
	git branch newer
	older Eve
	[ "$(named)" = "verify_older warning" ]
	run fria verify straatafval/iama
	[[ $output == *"by Eve"*"binds less"* ]]
	# In the answers it is as telling.
	git reset -q --hard before
	fria confirm straatafval/iama 1.1.1 --ground untouched
	fria save
	older Eve
	[ "$(named)" = "verify_older warning" ]
	# On a line of its own, from before: nothing but an older program.
	git reset -q --hard before
	older Eve
	mine=$(git rev-parse HEAD) && cp $IAMA ../mine.json
	git reset -q --hard newer
	jq -s '.[0].approvals += [.[1].approvals[-1]] | .[0]' $IAMA ../mine.json >new && mv new $IAMA
	git add -A
	git reset -q --hard "$(git commit-tree -p HEAD -p "$mine" -m "Joined" "$(git write-tree)")"
	[ "$(named)" = "" ]
	fria check
}

valid() { evaluation | jq -r '[.approvals[] | select(.state == "valid" and .kind != "agreement")
	| .content | length] | map(tostring) | join(" ")'; }

@test "better words for a fact leave approvals of 0.1 as they were, once somebody else agreed" {
	app=assessments/straatafval/application.json
	was=$(valid)
	[ "$was" = "40 40 40" ]
	while read -r pointer change; do
		git tag -f here >/dev/null
		jq "$change" $app >../new.json
		fria release straatafval 9.9 --patch --from ../new.json --wording "$pointer"
		[ "$(in_state stale | xargs)" = "" ] || { echo "$pointer: stale"; false; }
		[ "$(valid)" = "" ] || { echo "$pointer: does not lapse"; false; }
		as Vos fria approve straatafval/iama --role process-owner --editorial
		[ "$(valid)" = "$was" ] || { echo "$pointer: lapsed"; false; }
		git reset -q --hard here
	done <<-'END'
		/use/purpose .use.purpose = "Voortaan: " + .use.purpose
		/use/purpose .use.purpose += " <dit> is <https://zandmeer.example/doel> het."
		/use/groups .use.groups[0].name += ", allen"
		/use/groups .use.groups[0].name += " en allen <die er wonen>"
		/monitoring/opruimtijd .monitoring.opruimtijd.name += ", gemeten"
		/register/source_data .register.source_data += " Kortom: <https://zandmeer.example/bron>."
	END
}
