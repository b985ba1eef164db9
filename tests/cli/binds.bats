#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What an approval binds of the facts, on both examples: what is material
# lapses it, what is not only reopens questions.

setup() {
	. "$BATS_TEST_DIRNAME/common.bash"
	common_setup
}

# all_are STATE NAME: what stands of every role in the last round
all_are() {
	[ "$(evaluation "$2" | jq -r '[.approvals[] | select(.state != "missing")
		| .state] | unique | join(" ")')" = "$1" ]
}

# set_each APP NAME STATE POINTER VALUE...: one change at a time
set_each() {
	local app=$1 name=$2 state=$3 before
	shift 3
	before=$(git rev-parse HEAD)
	for (( ; $#; )); do
		fria app set "$app" "$1" "$2" || return
		all_are "$state" "$name" || { echo "$name: $1 not $state"; return 1; }
		git reset -q --hard "$before"
		shift 2
	done
}

# bats test_tags=rest
@test "contact, page, who measures and another document's number lapse nothing, what is material all" {
	for app in straatafval chatbot; do
		[ $app = chatbot ] && adopted_chatbot || adopted
		facts=assessments/$app/application.json
		metric=$(jq -r '.monitoring | keys[0]' $facts)
		changed() { jq -c --arg m "$metric" "$1" $facts; }
		all_are valid $app/iama
		set_each $app $app/iama valid \
			/register/contact_email anders@zandmeer.example \
			/register/website https://www.zandmeer.example/anders \
			/use/dpia "$(changed '.use.dpia | .reference = "Z-9"')" \
			/use/contract '{"until": "2030-01-01", "reference": "Z-8"}' \
			/monitoring/$metric "$(changed '.monitoring[$m] | .owner = "een ander"')" \
			/register/lawful_basis_grouping "$(changed \
				'.register.lawful_basis_grouping | map(.link += "/nieuw")')"
		set_each $app $app/iama lapsed \
			/use/purpose "Iets heel anders." \
			/use/data '[{"name": "Iets anders"}]' \
			/use/model '{"name": "x", "version": "9"}' \
			/use/phase proef \
			/use/area '["Elders"]' \
			/use/oversight '["niemand"]' \
			/use/personal_data bijzonder \
			/register/lawful_basis "Een andere wet." \
			/monitoring/$metric "$(changed '.monitoring[$m] | .threshold += 1')"
		cd ..
		mv ws $app
	done
}

@test "what is not bound reopens its questions, and lapses by an answer that changes" {
	adopted
	fria app set straatafval /use/contract '{"reference": "Z-8"}'
	[ "$(verdict)" = needs-review ]
	all_are valid straatafval/iama
	task=$(in_state stale | head -n 1)
	fria confirm straatafval/iama --all-stale --note "Looked at."
	fria save
	all_are valid straatafval/iama
	fria gate straatafval
	fria answer straatafval/iama "$task" "Iets heel anders."
	all_are lapsed straatafval/iama
}

# evidence_adopted: v1 of the example, with an answer that points at a report
make_evidence() {
	filled_in || return
	echo "A measurement." >../report.txt
	link=$(fria evidence add straatafval ../report.txt) &&
		fria answer straatafval/iama 1.1.1 "As in $link." &&
		judged straatafval/iama "Looked at." && fria save &&
		approved && fria adopt straatafval/iama
}
evidence_adopted() {
	kept straatafval-evidence make_evidence
	FOLDER=assessments/straatafval/evidence
	REPORT=$(echo $FOLDER/*-report.txt)
}

why() { evaluation | jq -r '[.approvals[].because[]? | "\(.kind) \(.name)"] | unique | join(" ")'; }

@test "evidence that an answer points at is bound by what it is" {
	evidence_adopted
	all_are valid straatafval/iama
	fria gate straatafval
	fria status >/dev/null
	echo "Another." >$REPORT
	all_are lapsed straatafval/iama
	[ "$(why)" = "evidence ${REPORT##*/}" ]
	[ "$(fria --json status | jq -r '[.assessments[].approvals[] |
		select(.state != "missing") | .state] | unique | join(" ")')" = lapsed ]
	run -0 fria gate straatafval
	refused "not what it was named by" fria approve straatafval/iama --role dpo positive
	refused "not what it was named by" fria adopt straatafval/iama
	git commit -qam "Tidy"
	all_are lapsed straatafval/iama
	run -1 fria gate straatafval
	[[ $output == *"attachment changed or gone: report.txt"* ]]
	run -1 fria diff straatafval/iama v1 HEAD --lang nl
	[[ $output == *"bijlage gewijzigd of weg: report.txt"* ]]
	fria report straatafval/iama --audience public -o ../public.md
	grep -q "an attachment changed or is gone" ../public.md
	lacks 'gone: report.txt' ../public.md
	fria report straatafval/iama@v1 -o ../v1.md
}

@test "evidence that is gone lapses, put back it holds, and is never bound unsaved" {
	evidence_adopted
	refused "points at .*report.txt.*It stays" fria remove $REPORT
	rm $REPORT
	all_are lapsed straatafval/iama
	refused "fria undo $REPORT" fria ask straatafval/iama --role dpo
	git rm -q $REPORT && git commit -qm "Tidy"
	all_are lapsed straatafval/iama
	run -1 fria gate straatafval
	[[ $output == *"report.txt"* ]]
	git revert --no-edit HEAD >/dev/null
	all_are valid straatafval/iama
	fria gate straatafval
	echo "More." >../more.txt && fria evidence add straatafval ../more.txt
	fria evidence add straatafval --reference Z-1 --title Plan
	fria save
	all_are valid straatafval/iama
	fria gate straatafval
	echo "Later." >../later.txt && link=$(fria evidence add straatafval ../later.txt)
	fria answer straatafval/iama 1.1.1 "As in $link."
	git commit -qm "By hand" $IAMA
	refused "not saved yet.*fria save" fria ask straatafval/iama --role dpo
}

@test "evidence in a sparse checkout, a bare repository and a subfolder is what history has" {
	evidence_adopted
	git status --short
	git sparse-checkout set --no-cone '/*' '!*-report.txt' && [ ! -e $REPORT ]
	all_are valid straatafval/iama
	git sparse-checkout disable
	git clone -q --bare . ../bare.git
	git config core.autocrlf true
	all_are valid straatafval/iama
	mkdir ../outer && cp -a . ../outer/sub && rm -rf ../outer/sub/.git
	git -C ../outer init -q && git -C ../outer add -A && git -C ../outer commit -qm All
	for place in ../bare.git ../outer/sub; do
		(cd $place && all_are valid straatafval/iama)
	done
}
