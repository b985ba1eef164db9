#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# A catalogue of tamperings, each made by hand on an adopted assessment, with
# what verify, gate, log and the site say of it, and what honest practice is
# called.
load common

APPLICATION=assessments/straatafval/application.json
TAG=fria/straatafval/iama/v1

setup() {
	common_setup
	export GIT_AUTHOR_DATE="$SOURCE_DATE_EPOCH +0000"
	export GIT_COMMITTER_DATE="$SOURCE_DATE_EPOCH +0000"
	failed=0
}

# What a catalogue starts from: a version, with a dissent, an event, a
# measurement and attachments by somebody, and a comment since.
make_tried() {
	export GIT_AUTHOR_DATE="$SOURCE_DATE_EPOCH +0000"
	export GIT_COMMITTER_DATE="$SOURCE_DATE_EPOCH +0000"
	filled_in || return
	folder=assessments/straatafval/evidence
	echo "a report" >../report.txt && echo "a plan" >../plan.txt
	link=$(fria evidence add straatafval ../report.txt) &&
		plan=$(fria evidence add straatafval ../plan.txt) &&
		paper=$(fria evidence add straatafval --reference Z-1 --title Case) ||
		return
	# 4906f88a835e begins the digest of "Meting 27823105" as well
	echo "Meting 20222816" >$folder/4906f88a835e-meting.txt
	fria answer straatafval/iama 1.1.1 \
		"As in $link, $plan, $paper and [x](evidence/4906f88a835e-meting.txt)." &&
		fria save || return
	iama '.answers["5.C"].dissent = "I do not agree." |
		.answers["1.1.1"].withheld = [{ground: "5.1.2.e",
			by: "Anna <anna@example.org>", at: "2026-03-10T09:00:00Z"}]' || return
	facts '.events += [{release: "1.0", theme: "incident", changed: true,
		text: "It went wrong.", by: "Anna <anna@example.org>",
		at: "2026-03-10T09:00:00Z"}] | .monitoring[.monitoring | keys[0]] |=
			(.series += [{date: "2026-03-06", value: .threshold}])' || return
	by Anna "What is told" || return
	judged straatafval/iama "Looked at." && fria save && approved &&
		fria adopt straatafval/iama || return
	iama '.comments += [{id: "c1", task: "1.1.1", text: "Why?",
			by: "Anna <anna@example.org>", at: "2026-03-10T09:00:00Z"}]' || return
	as Anna git commit -qam "What is asked"
}

iama() { jq "$@" $IAMA >new && mv new $IAMA; }
facts() { jq "$@" $APPLICATION >new && mv new $APPLICATION; }
config() { jq "$@" fria.json >new && mv new fria.json; }
questions() { jq "$@" instruments/iama-2.0.json >new && mv new instruments/iama-2.0.json; }
by() { as "$1" git commit -qam "${2:-Tidy}"; }
bound() { git tag -l --format='%(contents)' $TAG; }
named() { git tag -a -m "$(bound)" "fria/straatafval/iama/$1" "${2:-HEAD}"; }

# row NAME VERIFY GATE LOG SITE SNIPPET
# VERIFY: codes of a warning or worse, each once. GATE: codes of what stops, or
# its exit status. LOG: part of what it says otherwise than of the base. SITE:
# versions that it shows, and with a "!" the tags that it says do not go out.
# "-" is nothing.
row() {
	local name=$1 at=$BATS_TEST_TMPDIR/row found
	rm -rf "$at" && cp -a "$BATS_TEST_TMPDIR/base" "$at"
	if ! (cd "$at" && eval "$6") >"$BATS_TEST_TMPDIR/said" 2>&1; then
		echo "$name: could not be made"; cat "$BATS_TEST_TMPDIR/said"
		failed=1
		return
	fi
	found=$(fria -C "$at" --json verify 2>/dev/null | jq -r '[.[] |
		select(.severity != "note") | .code | sub("verify_"; "")] |
		unique | join(" ") | if . == "" then "-" else . end')
	says verify "$2" "$found"
	found=$(fria -C "$at" --json gate straatafval 2>/dev/null) ||
		[ $? != 2 ] || found='{"reasons": [{"stops": true, "code": "2"}]}'
	says gate "$3" "$(jq -r '[.reasons[] | select(.stops) | .code] | unique |
		join(" ") | if . == "" then "-" else . end' <<<"$found")"
	found=$(diff "$BATS_TEST_TMPDIR/log" <(fria -C "$at" log straatafval/iama) |
		sed -n 's/^[<>] //p' | tr -s ' \n' ' ') || true
	[[ $4 != - && $found == *$4* ]] || says log "$4" "${found:--}"
	says site "$5" "$(site_of "$at")"
}

says() {
	[ "$2" = "$3" ] || { echo "$name: $1 said \"$3\", not \"$2\""; failed=1; }
}

site_of() {
	local made=$BATS_TEST_TMPDIR/site shown
	rm -rf "$made"
	shown=$(fria -C "$1" report --site "$made" 2>&1 >/dev/null | sed -n \
		's|^refs/tags/fria/\(straatafval/iama/\)\?\([^:]*\): error: .*|!\2|p')
	shown=$(cd "$made" && { find . -name 'v*.html' ! -name '*-*' |
		sed 's|.*/||; s|.html||' | sort; echo "$shown"; } | xargs)
	echo "${shown:--}"
}

# told NAME CODE GATE LOG SITE SNIPPET: nothing of a warning or worse, and this
# note
told() {
	row "$1" - "$3" "$4" "$5" "$6"
	fria -C "$BATS_TEST_TMPDIR/row" --json verify 2>/dev/null |
		jq -e --arg code "verify_$2" 'any(.code == $code)' >/dev/null ||
		{ echo "$1: no note $2"; failed=1; }
}

base() {
	kept straatafval-tried make_tried &&
		fria log straatafval/iama >"$BATS_TEST_TMPDIR/log" && mv "$PWD" "$BATS_TEST_TMPDIR/base" &&
		cd "$BATS_TEST_TMPDIR"
}

@test "tampering: the shortest of each kind" {
	base
	row "nothing" - - - v1 true
	row "all approvals on one line, and gone" approval_removed approval "decision, accountable executive: taken away" v1 'jq -c "del(.approvals)" $IAMA >new && mv new $IAMA && by Anna'
	row "a comment removed" comment_removed - "comment removed" v1 'iama "del(.comments[0])" && by Bram'
	row "an event removed" events - "report at the release removed" v1 'facts "del(.events[-1])" && by Bram'
	row "a role no longer required" role - "role changed: data protection officer" v1 'config ".roles.dpo.required = false" && by Bram'
	[ $failed = 0 ]
}

# bats test_tags=rest
@test "tampering: what was decided" {
	base
	row "nothing" - - - v1 true
	row "an approval in another's name" approval_other approval "advice, data protection officer: given" v1 'iama ".approvals += [{role: \"dpo\", kind: \"advice\", value: \"positive\", content: \"$(bound | sed -n "s/^Content: //p")\", by: \"Bram <bram@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Anna'
	row "the message names the victim" named approval "advice, data protection officer: given" v1 'iama ".approvals += [{role: \"dpo\", kind: \"advice\", value: \"positive\", content: \"$(bound | sed -n "s/^Content: //p")\", by: \"Bram <bram@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Anna "Advice of Bram <bram@example.org>"'
	row "an approval dated back" at - "advice, data protection officer: given" v1 'iama ".approvals += [{role: \"dpo\", kind: \"advice\", value: \"positive\", content: \"$(bound | sed -n "s/^Content: //p")\", by: \"Anna <anna@example.org>\", at: \"2026-03-01T09:00:00Z\"}]" && by Anna'
	row "an approval reworded" approval_edited approval "advice, lawyer: itself changed" v1 'iama ".approvals[0].note = \"Nothing to add\"" && by Anna'
	row "an approval turned" approval_edited approval "advice, lawyer: itself changed: negative" v1 'iama ".approvals[0].value = \"negative\"" && by Anna'
	row "an approval taken away" approval_removed approval "advice, lawyer: taken away" v1 'iama "del(.approvals[0])" && by Anna'
	row "all approvals taken away" approval_removed approval "decision, accountable executive: taken away" v1 'iama "del(.approvals)" && by Anna'
	row "an approval on one line" approval_removed approval "advice, lawyer: taken away" v1 'jq -c "del(.approvals[0])" $IAMA >new && mv new $IAMA && by Anna'
	row "an approval lost in an unreadable state" "approval_removed basis_other" approval "advice, lawyer: taken away" v1 'cp $IAMA keep && echo "{" >$IAMA && by Anna && jq "del(.approvals[0])" keep >$IAMA && rm keep && by Anna'
	row "an approval lost by deleting and adding" "approval_removed basis_other" approval "advice, lawyer: taken away" v1 'cp $IAMA keep && git rm -q $IAMA && by Anna && jq "del(.approvals[0])" keep >$IAMA && rm keep && git add $IAMA && by Anna'
	row "the assessment deleted" gone missing "advice, lawyer: taken away" '!v1' 'git rm -q $IAMA && by Anna'
	row "the assessment deleted, in the words of remove" gone missing "advice, lawyer: taken away" '!v1' 'git rm -q $IAMA && by Anna "straatafval/iama: removed"'
	row "the application deleted" gone 2 "advice, lawyer: taken away" '!v1' 'git rm -qr assessments/straatafval && by Anna'
	row "the assessment under another name" "approval_other basis_other gone" approval "advice, lawyer: taken away" '!v1' 'git mv $IAMA assessments/straatafval/old.json && by Anna'
	row "a basis in another's name" basis_other - "confirmed again" v1 'iama ".answers[\"1.1.2\"].basis.by = \"Bram <bram@example.org>\"" && by Anna'
	row "an answer under a basis of another" basis_value "approval stale suspect" "answer changed" v1 'iama ".answers[\"1.1.2\"] |= (.value = \"Other\" | .basis.by = \"Anna <anna@example.org>\")" && by Anna'
	row "judgements of tomorrow" ahead - "confirmed again" v1 'iama ".answers[\"1.1.2\"].basis |= (.by = \"Anna <anna@example.org>\" | .at = \"2026-04-10T09:00:00Z\")" && by Anna'
	row "what happened counted as seen" basis_other - "nothing that touches content" v1 'iama "(.answers | .. | objects | select(.seen?).seen.events) = 99" && by Bram'
	row "a judgement on another ground" basis_other - "confirmed again" v1 'iama ".answers[\"1.1.2\"].basis.ground = \"covered\"" && by Bram'
	row "a moment of tomorrow under a day on paper" at approval "advice, data protection officer: given" v1 'iama ".approvals += [{role: \"dpo\", kind: \"advice\", value: \"positive\", content: \"$(bound | sed -n "s/^Content: //p")\", by: \"Anna <anna@example.org>\", at: \"2099-03-01T09:00:00Z\", decidedOn: \"2026-03-01\"}]" && by Anna'
	row "an application deleted, and another said to be it" "formerly gone" 2 "advice, lawyer: taken away" '!v1' 'fria app add ander --from $EXAMPLE/entry.json && jq ".formerly = [{id: \"straatafval\"}]" assessments/ander/application.json >new && mv new assessments/ander/application.json && git rm -qr assessments/straatafval && by Bram'
	row "the document of another application" other_name approval "of which application: changed" v1 'iama ".application = \"parkeren\"" && by Anna'
	[ $failed = 0 ]
}

# bats test_tags=rest
@test "tampering: versions" {
	base
	row "a plain tag on a draft" tag_light "approval stale suspect" "no adopted version" 'v1 !v2' 'iama ".answers[\"1.1.2\"].value = \"X\"" && by "R. Jansen" && git tag fria/straatafval/iama/v2'
	row "a tag that binds nothing" tag_bare - "no adopted version" 'v1 !v2' 'git tag -a -m Mine fria/straatafval/iama/v2'
	row "a tag that binds zeros" tag_content - "no adopted version" 'v1 !v2' 'git tag -a -m "x

Content: 0000" fria/straatafval/iama/v2'
	row "a tag on other content" tag_content approval v2 'v1 !v2' 'fria answer straatafval/iama 5.C "Other" && fria save && named v2'
	row "a tag beyond a gap" gap - - 'v1 !v3' 'named v3'
	row "two beyond a gap" gap - - 'v1 !v3 !v4' 'named v3 && named v4'
	row "a version of tomorrow" tag_ahead - v2 'v1 v2' 'GIT_COMMITTER_DATE="2099-01-01T00:00:00Z" named v2'
	row "a tag on a folder" store_tag_leads 2 - - 'git tag -a -m "$(bound)" fria/straatafval/iama/v2 HEAD^{tree}'
	row "a tag under another name" tag_name - "no adopted version" 'v1 !v2' 'git update-ref refs/tags/fria/straatafval/iama/v2 $(git rev-parse $TAG)'
	row "the first version deleted" gap - "10 March 2026, v1" '!v2' 'named v2 && git tag -d $TAG'
	row "a version moved to a later commit" - - "10 March 2026, v1" v1 'git tag -f -a -m "$(bound)" $TAG HEAD'
	row "history rewritten without the version" "basis_other rewritten" "approval stale suspect" "decision, accountable executive: given" v1 'git checkout -q --orphan fresh && fria -C . version >/dev/null; iama ".answers[\"1.1.2\"].value = \"X\" | del(.approvals, .comments)" && git add -A && as "R. Jansen" git commit -qm All'
	row "a version of nothing" lost - - 'v1 !straatafval/dpia/v1' 'git tag -a -m "$(bound)" fria/straatafval/dpia/v1'
	row "a version of another application" lost - - 'v1 !parkeren/iama/v1' 'git tag -a -m "$(bound)" fria/parkeren/iama/v1'
	[ $failed = 0 ]
}

# bats test_tags=rest
@test "tampering: comments, dissent, marks" {
	base
	row "a comment reworded" comment_edited - "comment changed" v1 'iama ".comments[0].text = \"Fine\"" && by Bram'
	row "a comment given to another" comment_edited - "comment changed" v1 'iama ".comments[0].by = \"Cor <cor@example.org>\"" && by Bram'
	row "a comment dated back" comment_edited - "comment changed" v1 'iama ".comments[0].at = \"2026-01-10T09:00:00Z\"" && by Bram'
	row "a comment removed" comment_removed - "comment removed" v1 'iama "del(.comments[0])" && by Bram'
	row "a request in another's name" other - "word asked for" v1 'iama ".requests = [{role: \"dpo\", content: .approvals[0].content, by: \"Cor <cor@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Bram'
	row "withheld in another's name" other - "1.1.2" v1 'iama ".answers[\"1.1.2\"].withheld = [{ground: \"5.1.2.e\", by: \"Cor <cor@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Bram'
	row "all comments removed" comment_removed - "comment removed" v1 'iama "del(.comments)" && by Bram'
	row "a comment in another's name" comment_other - comment v1 'iama ".comments += [{id: \"c2\", task: \"1.1.1\", text: \"I agree\", by: \"Anna <anna@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Bram'
	row "a dissent reworded" dissent - "dissenting opinion changed" v1 'iama ".answers[\"5.C\"].dissent = \"I agree.\"" && by Bram'
	row "a dissent removed" dissent - "dissenting opinion removed" v1 'iama "del(.answers[\"5.C\"].dissent)" && by Bram'
	row "a withheld mark removed" unveiled - changed v1 'iama "del(.answers[\"1.1.1\"].withheld)" && by Bram'
	row "a withheld ground changed" unveiled - changed v1 'iama ".answers[\"1.1.1\"].withheld[0].ground = \"other\"" && by Bram'
	row "one's own comment removed" - - "comment removed" v1 'iama "del(.comments[0])" && by Anna'
	row "a comment settled" - - "comment settled" v1 'iama ".comments[0].resolved = {by: \"Bram <bram@example.org>\", at: \"2026-03-10T09:00:00Z\"}" && by Bram'
	row "one's own dissent removed" - - "dissenting opinion removed" v1 'iama "del(.answers[\"5.C\"].dissent)" && by Anna'
	told "one's own mark removed" unveiled - changed v1 'iama "del(.answers[\"1.1.1\"].withheld)" && by Anna'
	[ $failed = 0 ]
}

# bats test_tags=rest
@test "tampering: facts and evidence" {
	base
	row "an event removed" events - "report at the release removed" v1 'facts "del(.events[-1])" && by Bram'
	row "an event reworded" events - "report at the release removed" v1 'facts ".events[-1].text = \"All well\"" && by Bram'
	row "an event that changed nothing" events - "report at the release removed" v1 'facts ".events[-1].changed = false" && by Bram'
	row "all events removed" events - "report at the release removed" v1 'facts "del(.events)" && by Bram'
	row "an event dated back" events_at - "mandate: reported at the release" v1 'facts ".events += [{release: \"1.0\", theme: \"law\", changed: false, by: \"Bram <bram@example.org>\", at: \"2026-01-01T00:00:00Z\"}]" && by Bram'
	row "a measurement removed" measurements - "measurement counts no more" v1 'facts "del(.monitoring[.monitoring | keys[0]].series[-1])" && by Bram'
	row "a measurement changed" measurements "metric stale suspect" "measurement changed" v1 'facts "(.monitoring[.monitoring | keys[0]].series[-1].value) = 1" && by Bram'
	row "all measurements removed" measurements - "measurement counts no more" v1 'facts "del(.monitoring[].series)" && by Bram'
	row "a measurement withdrawn for another" measurements - "measurement counts no more" v1 'facts "(.monitoring[.monitoring | keys[0]].series[-1].withdrawn) = {by: \"Anna <anna@example.org>\", at: \"2026-03-10T09:00:00Z\", note: \"x\"}" && by Bram'
	row "an application under another id" other_name - "another name of the application: straatafval → parkeren" v1 'facts ".id = \"parkeren\"" && by Bram'
	row "evidence changed" evidence_changed approval "attachment changed: report.txt" v1 'echo more >>assessments/straatafval/evidence/*-report.txt && by Bram'
	row "evidence emptied" evidence_changed approval "attachment changed: report.txt" v1 ': >$(echo assessments/straatafval/evidence/*-report.txt) && by Bram'
	row "evidence deleted" evidence_gone approval "attachment gone: report.txt" v1 'git rm -q assessments/straatafval/evidence/*-report.txt && by Bram'
	row "two pieces of evidence swapped" evidence_changed approval "attachment changed: plan.txt" v1 'cd assessments/straatafval/evidence && a=$(ls *-report.txt) b=$(ls *-plan.txt) && mv $a x && mv $b $a && mv x $b && by Bram'
	row "another under the same short name" evidence_changed approval "attachment changed: meting.txt" v1 'echo "Meting 27823105" >assessments/straatafval/evidence/4906f88a835e-meting.txt && by Bram'
	row "another under the same short name, by way of nothing" evidence_changed approval "attachment gone: meting.txt" v1 'm=assessments/straatafval/evidence/4906f88a835e-meting.txt && git rm -q $m && by Bram && echo "Meting 27823105" >$m && git add $m && by Bram'
	row "a reference to another case" evidence_changed approval "attachment changed: case.json" v1 'sed -i "s/Z-1/Z-2/" assessments/straatafval/evidence/*-case.json && by Bram'
	row "evidence at which nobody points" evidence_changed - - v1 'echo y >new && y=assessments/straatafval/evidence/$(sha256sum <new | cut -c1-64)-y.txt && mv new $y && git add -A && by Bram && echo z >$y && by Bram'
	row "evidence put back as it was" - - "attachment changed: report.txt" v1 'r=$(echo assessments/straatafval/evidence/*-report.txt) && cp $r keep && echo more >>$r && by Bram && mv keep $r && by Bram'
	row "more evidence, at which another assessment points" - open - v1 'echo y >../y.txt && link=$(fria evidence add straatafval ../y.txt) && fria new straatafval start-1.0 && fria waive straatafval/start 1.4 --kind settled --reason "See $link" && fria save'
	row "evidence under a name that is not its own" evidence_changed - - v1 'echo x >assessments/straatafval/evidence/$(printf %064d 0)-x.txt && git add -A && by Bram'
	row "evidence under a short name that is not its own" evidence_changed - - v1 'echo x >assessments/straatafval/evidence/000000000000-x.txt && git add -A && by Bram'
	row "evidence under a short name of before" - - - v1 'echo x >new && mv new assessments/straatafval/evidence/$(sha256sum <new | cut -c1-12)-x.txt; git add -A && by Bram'
	told "a metric no longer measured" metric_gone "approval stale suspect" "measurement counts no more" v1 'facts "del(.monitoring[.monitoring | keys[0]])" && by Bram'
	told "evidence that nobody used" evidence_removed - - v1 'echo y >new && y=assessments/straatafval/evidence/$(sha256sum <new | cut -c1-64)-y.txt && mv new $y && git add -A && by Bram && git rm -q $y && by Bram'
	[ $failed = 0 ]
}

# bats test_tags=rest
@test "tampering: what is asked, and of whom" {
	base
	row "a role no longer required" role - "role changed: data protection officer" v1 'config ".roles.dpo.required = false" && by Bram'
	row "a role gone" role - "advice, dpo" v1 'config "del(.roles.dpo)" && by Bram'
	row "no roles" role - "advice, dpo" v1 'config "del(.roles)" && by Bram'
	row "a role for another questionnaire" role - "role changed: data protection officer" v1 'config ".roles.dpo.instruments = [\"dpia\"]" && by Bram'
	row "a role in fewer phases" role - "role changed: data protection officer" v1 'config ".roles.dpo.phases = [\"ontwikkeling\"]" && by Bram'
	row "a decision that is an advice" role approval "role changed: accountable executive" v1 'config ".roles.accountable.kind = \"advice\"" && by Bram'
	row "a review term stretched" review - "settings of the workspace changed" v1 'config ".review = \"P60M\"" && by Bram'
	row "changes asked for more seldom" pulse - "settings of the workspace changed" v1 'config ".pulse = \"P1M\"" && by Bram && config ".pulse = \"P9Y\"" && by Bram'
	row "changes no longer asked for" pulse - "settings of the workspace changed" v1 'config ".pulse = \"P1M\"" && by Bram && config "del(.pulse)" && by Bram'
	row "a role that may accept more" role - "role changed: accountable executive" v1 'config ".roles.accountable.accepts = \"all\"" && by Bram'
	row "a role that may be spoken for" role - "role changed: data protection officer" v1 'config ".roles.dpo.recorded = false" && by Bram && config "del(.roles.dpo.recorded)" && by Bram'
	row "versions under another name" tags - "v1 adopted" - 'config ".tags = \"other\"" && by Bram'
	row "the assessment of an easier questionnaire" other_questionnaire approval "version 2.0 → Human rights and algorithms impact assessment, version 2.9" v1 'jq ".version = \"2.9\" | .urn = \"urn:nl:iama:2.9\" | .tasks |= .[0:1]" instruments/iama-2.0.json >instruments/iama-2.9.json && iama ".instrument = \"urn:nl:iama:2.9\"" && git add -A && by Bram'
	row "a question gone" instrument approval "questionnaire renewed: Human" v1 'questions "del(.tasks[0].tasks[0])" && by Bram'
	row "a question no longer required" instrument approval "questionnaire renewed: Human" v1 'questions "(.. | objects | select(.id? == \"1.1.1\")).required = false" && by Bram'
	row "a condition added" instrument "approval stale suspect" "questionnaire renewed: Human" v1 'questions "(.. | objects | select(.id? == \"1.1.1\")).dependencies = [{type: \"conditional\", condition: {id: \"1.3.1\", operator: \"equals\", value: 9}, action: \"show\"}]" && by Bram'
	row "a condition dropped" instrument approval "questionnaire renewed: Human" v1 'questions "del(.. | objects | select(.id? == \"1.3.2\").dependencies)" && by Bram'
	row "a stop notice dropped" instrument approval "questionnaire renewed: Human" v1 'questions "del(.. | objects | select(.stop?).stop)" && by Bram'
	row "nothing that answers rest on" instrument - "questionnaire renewed: Human" v1 'questions "del(.. | objects | select(.rests?).rests)" && by Bram'
	row "one thing that an answer rests on" instrument - "questionnaire renewed: Human" v1 'questions "(.. | objects | select((.rests? | length) > 2)).rests |= .[1:]" && by Bram'
	row "no characteristics that answers rest on" instrument - "questionnaire renewed: Human" v1 'questions "del(.. | objects | select(.facts?).facts)" && by Bram'
	row "no themes" instrument - "questionnaire renewed: Human" v1 'questions "del(.. | objects | select(.theme?).theme)" && by Bram'
	row "a questionnaire deleted" instrument_gone - "questionnaire taken away: Human" v1 'git rm -q instruments/iama-2.0.json && by Bram'
	row "a question added" - approval "questionnaire renewed: Human" v1 'questions ".tasks += [{id: \"9\", task: \"More\", type: [\"text_input\"], required: false}]" && by Bram'
	row "one more thing to rest on" - "stale suspect" "questionnaire renewed: Human" v1 'questions "(.. | objects | select(.id? == \"1.1.2\")).facts += [\"/use/hosting\"]" && by Bram'
	row "a role more" - approval "role added: extra" v1 'config ".roles.extra = {kind: \"view\", required: true}" && by Bram'
	row "a review term shortened" - - "settings of the workspace changed" v1 'config ".review = \"P3M\"" && by Bram'
	told "versions put back" tags - "settings of the workspace changed" v1 'config ".tags = \"other\"" && by Bram && config ".tags = \"fria\"" && by Bram'
	told "a role put back" role - "role changed: data protection officer" v1 'config ".roles.dpo.required = false" && by Bram && config ".roles.dpo.required = true" && by Bram'
	[ $failed = 0 ]
}

# stands SNIPPET: it was made on main after another line had begun
stands() { git checkout -qb aside && echo x >aside && git add aside && by Bram && git checkout -q - && eval "$1"; }
# taken PARENT...: a merge of these that has what the other line has
taken() { git reset -q --hard "$(as Bram git commit-tree $(printf -- '-p %s ' "$@") -m "Merge" aside^{tree})"; }
stop() { iama ".approvals += [{role: \"accountable\", kind: \"decision\", value: \"stop\", content: \"$(bound | sed -n "s/^Content: //p")\", by: \"Anna <anna@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Anna; }
asks() { iama '.comments += [{id: "c9", task: "1.1.1", text: "How?", by: "Anna <anna@example.org>", at: "2026-03-10T09:00:00Z"}]' && by Anna; }

@test "tampering: what a merge leaves out" {
	base
	row "a decision, by the line that had it not" approval_removed - - v1 'stands stop && taken aside HEAD'
	row "a decision, from the second line" approval_removed - - v1 'stands stop && taken HEAD aside'
	row "a decision of two lines, by a third" approval_removed - - v1 'stands stop && git checkout -qb third && echo y >third && git add third && by Bram && taken HEAD aside third'
	row "a comment" comment_removed - - v1 'stands asks && taken aside HEAD'
	row "an incident" events - - v1 'stands "facts \".events += [{release: \\\"1.0\\\", theme: \\\"law\\\", changed: false, by: \\\"Anna <anna@example.org>\\\", at: \\\"2026-03-10T09:00:00Z\\\"}]\" && by Anna" && taken aside HEAD'
	row "a stricter role" role - - v1 'stands "config \".roles.extra = {kind: \\\"view\\\", required: true}\" && by Anna" && taken aside HEAD'
	row "nothing: two questions of one document" - - "comment" v1 'fria setup-git && git checkout -qb aside && asks && git checkout -q - && iama ".comments += [{id: \"c8\", task: \"1.1.1\", text: \"So?\", by: \"Bram <bram@example.org>\", at: \"2026-03-10T09:00:00Z\"}]" && by Bram && as Bram git merge -q -m Merge aside'
	row "nothing: what one side took back" - approval "withdrawn" v1 'fria setup-git && git checkout -qb aside && iama ".approvals[1] |= (.withdrawn = {by: .by, at: \"2026-03-10T09:00:00Z\", note: \"x\"})" && git commit -qam w --author "$(jq -r ".approvals[1].by" $IAMA)" && git checkout -q - && asks && as Bram git merge -q -m Merge aside'
	row "nothing: a line that nobody took" - - - v1 'git checkout -qb aside && fria answer straatafval/iama 5.C Other && fria save && git checkout -q - && as Bram git merge -q -s ours -m Merge aside'
	[ $failed = 0 ]
}

@test "what is false as a version goes nowhere, the rest does" {
	adopted
	fria answer straatafval/iama 1.1.2 "NOTADOPTED"
	fria save
	for kind in plain bare zeros other gap; do
		git tag -d $(git tag -l 'fria/straatafval/iama/v[2-9]') >/dev/null 2>&1 || true
		n=2
		case $kind in
		plain) git tag fria/straatafval/iama/v2 ;;
		bare) git tag -a -m Mine fria/straatafval/iama/v2 ;;
		zeros) git tag -a -m $'x\n\nContent: 0000' fria/straatafval/iama/v2 ;;
		other) named v2 ;;
		gap) n=3 && named v3 $TAG^{} ;;
		esac
		rm -rf ../site ../archive
		run -2 fria report --site ../site
		[[ $output == *"refs/tags/fria/straatafval/iama/v$n"*"v$n of straatafval/iama"* ]]
		[ -e ../site/straatafval/iama/v1.html ] && [ ! -e ../site/straatafval/iama/v$n.html ]
		lacks NOTADOPTED ../site
		refused "v$n of straatafval/iama" fria report straatafval/iama@v$n
		run -2 fria export straatafval --format archive -o ../archive
		[[ $output == *"v$n of straatafval/iama"* ]]
		[ -e ../archive/straatafval/iama/v1/report.md ] && [ ! -e ../archive/straatafval/iama/v$n ]
		refused "v$n of straatafval/iama" fria export straatafval/iama@v$n --format csv
		[ $kind = gap ] || refused "v$n of straatafval/iama" fria register export straatafval
	done
	refused 'v2 is missing' fria adopt straatafval/iama --force --note "Proef."
}

@test "verify believes nothing in the repository's own folder, and gate no kept line" {
	adopted
	fria status >/dev/null
	fria verify
	iama 'del(.approvals[0])' && by Bram
	jq '.[].line.verdict = "current" | .[].line.counts.open = 99' .git/fria/status.json >new &&
		mv new .git/fria/status.json
	fria --json status | jq -e 'tostring | contains("\"open\":99") | not'
	printf 'fria touched 2 x\n' >.git/fria/touched-0000000000000000
	run -1 fria verify
	[[ $output == *"was taken away"* ]] || [[ $output == *removed* ]]
}
