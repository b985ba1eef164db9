#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is faked counts for nothing, and is named.
load common

setup() { common_setup; }

edit() { jq "$@" $IAMA >new && mv new $IAMA; }
valid() { evaluation | jq -r '.approvals[] | select(.state == "valid") | .role' | sort -u | xargs; }
named() { fria --json verify straatafval/iama 2>/dev/null | jq -r '.[].code' | grep -qx "$1"; }

# claim KIND VALUE WHO: a record of one's own that revives the last decision
claim() {
	local now
	now=$(content) || return
	edit --arg kind "$1" --arg value "$2" --arg by "$3 <${3,,}@example.org>" \
		--arg now "$now" '.approvals += [{role: "process-owner",
		kind: $kind, value: $value, content: $now, by: $by,
		at: "2026-03-10T10:30:00Z",
		editorial: ([.approvals[] | select(.role == "accountable")][-1].content)}]'
	as "$3" git commit -qam "Agreement"
}
# The digest of what stands there now, from a view that is taken back again.
content() {
	fria approve straatafval/iama --role affected Seen >&2 &&
		jq -r '.approvals[-1].content' $IAMA &&
		git reset -q --hard HEAD~1
}

@test "that only words were mended is believed of an agreement by another, and where it is so" {
	adopted
	before=$(valid)
	[[ $before == *accountable* ]]
	# Something else altogether.
	fria answer straatafval/iama 1.1.1 "Something else."
	judged straatafval/iama "Looked at."
	fria save
	changed=$(git rev-parse HEAD)
	for kind in "agreement agree" "view seen" "decision use" "advice positive"; do
		claim $kind Piet
		[ -z "$(valid)" ] || { echo "$kind: $(valid)"; false; }
		run -1 fria gate straatafval
		run -2 fria adopt straatafval/iama
		named verify_claim
		git reset -q --hard "$changed"
	done
}

@test "who mended the words agrees with nothing, whatever the document says" {
	adopted
	as Piet fria answer straatafval/iama 1.1.2 "Better said." --editorial --note "Shorter."
	as Piet fria save
	mended=$(git rev-parse HEAD)
	claim agreement agree Piet
	[ -z "$(valid)" ]
	named verify_claim
	git reset -q --hard "$mended"
	claim agreement agree Vera
	[[ $(valid) == *accountable* ]]
	not named verify_claim
}

@test "an agreement of earlier stays, though the one who gave it mends words later" {
	adopted
	as Piet fria answer straatafval/iama 1.1.2 "Better said." --editorial --note "Shorter."
	as Piet fria save
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
	as Vera fria approve straatafval/iama --role process-owner --editorial
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
	as Vera fria answer straatafval/iama 1.1.2 "Said better." --editorial --note "Once more."
	as Vera fria save
	[ -z "$(valid)" ]
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
	as Piet fria approve straatafval/iama --role process-owner --editorial
	[[ $(valid) == *accountable* ]]
}

@test "where history does not reach, the approval does not count and gate says to fetch" {
	adopted
	fria answer straatafval/iama 1.1.2 "Better said." --editorial --note "Shorter."
	fria save
	export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
	as Vera fria approve straatafval/iama --role process-owner --editorial
	[[ $(valid) == *accountable* ]]
	fria gate straatafval
	git clone -q --depth 1 "file://$PWD" ../shallow && cd ../shallow
	[ -z "$(valid)" ]
	run -1 fria gate straatafval
	[[ $output == *"git fetch --unshallow"* ]]
}

@test "what nothing took the place of asks on, whatever its document says" {
	adopted
	fria answer straatafval/iama 1.1.1 "Something else." && fria save
	fria new straatafval start-1.0 && fria save
	run -1 fria gate straatafval
	asked=$(grep -c '^- straatafval/iama:' <<<"$output")
	start=$(git rev-parse HEAD)
	for by in other iama ../iama start "" straatafval/iama; do
		edit --arg by "$by" '.superseded_by = $by'
		by_hand=$(git commit -qam "Replaced" && git rev-parse HEAD)
		run -1 fria gate straatafval
		[ "$(grep -c '^- straatafval/iama:' <<<"$output")" = "$asked" ]
		[ "$(evaluation | jq -r '.supersededBy, .verdict' | xargs)" = "null needs-review" ]
		evaluation | jq -e 'any(.findings[]; .code == "superseded_not")'
		run -1 fria --json check straatafval/iama
		jq -e 'any(.[]; .code == "superseded_not" and .line > 1)' <<<"$output"
		run fria --json status
		jq -e '.assessments[] | select(.assessment == "straatafval/iama") |
			.verdict == "needs-review" and .supersededBy == null' <<<"$output"
		fria register export straatafval | jq -e 'any(.impacttoetsen_grouping[]; .title | test("IAMA"))'
		git reset -q --hard "$start"
	done
	# Two that each name the other, and one that is there.
	jq '.superseded_by = "iama"' $IAMA >assessments/straatafval/other.json
	edit '.superseded_by = "other"'
	git add -A && git commit -qm "Each other"
	run -1 fria gate straatafval
	[[ $output == *straatafval/iama:* && $output == *straatafval/other:* ]]
	jq 'del(.superseded_by)' $IAMA >assessments/straatafval/other.json
	git commit -qam "One"
	run -1 fria gate straatafval
	[[ $output != *straatafval/iama:* && $output == *straatafval/other:* ]]
	[ "$(evaluation | jq -r .supersededBy)" = other ]
}

@test "nobody acts on behalf of oneself, by whatever name" {
	adopted
	before=$(git rev-parse HEAD)
	for self in Anna anna "Anna " "  Anna" anna@example.org ANNA+board@example.org \
		"Anna <anna@example.org>"; do
		run -2 as Anna fria approve straatafval/iama --role accountable use \
			--on-behalf-of "$self" --reference Z-1 --decided-on 2026-03-10
		[[ $output == *"on behalf of oneself"* ]]
		[ "$(git rev-parse HEAD)" = "$before" ]
	done
	as Anna fria approve straatafval/iama --role accountable use \
		--on-behalf-of "The council" --reference Z-1 --decided-on 2026-03-10
}

@test "what is recorded on behalf of oneself, by hand, is a word of one's own" {
	filled_in
	as Lara fria approve straatafval/iama --role lawyer positive
	as Dora fria approve straatafval/iama --role dpo positive
	start=$(git rev-parse HEAD)
	behalf() {
		edit --arg whose "$1" '.approvals += [{role: "accountable",
			kind: "decision", value: "use", content: .approvals[-1].content,
			by: "R. Jansen <r@example.org>", at: "2026-03-10T10:00:00Z",
			onBehalfOf: $whose, reference: "Z-1", decidedOn: "2026-03-10"}]'
		git commit -qam "Decision"
	}
	for whose in "R. Jansen" "r jansen" r+board@example.org; do
		behalf "$whose"
		[ "$(finding)" = eyes_own ]
		refused 'stands for 1.1.1' fria adopt straatafval/iama
		named verify_oneself
		named verify_eyes
		not named verify_behalf
		git reset -q --hard "$start"
	done
	behalf "The council"
	[ -z "$(finding)" ]
	named verify_behalf
	not named verify_oneself
}

finding() { evaluation | jq -r '.findings[].code'; }

@test "an advice by who wrote, and who looks like who wrote, are named" {
	adopted
	as Piet fria answer straatafval/iama 1.1.1 "Something else."
	as Piet judged straatafval/iama "Looked at."
	as Piet fria save
	as Piet fria approve straatafval/iama --role lawyer positive
	[ "$(finding)" = eyes_advice ]
	run -2 as PIET fria approve straatafval/iama --role accountable use
	as Dora fria approve straatafval/iama --role dpo positive
	GIT_AUTHOR_NAME=Piet GIT_AUTHOR_EMAIL=p.bos@example.net \
		fria approve straatafval/iama --role accountable use
	[ "$(finding | xargs)" = "eyes_advice eyes_alike" ]
	run fria evaluate straatafval/iama
	[[ $output == *"Are these two people?"* ]]
	# Who adopts says why, and that stays.
	refused 'Are these two people' fria adopt straatafval/iama
	[[ $stderr == *"advice of lawyer is by Piet"* ]]
	fria adopt straatafval/iama --note "There are two, and the DPO advised as well."
	git cat-file tag fria/straatafval/iama/v2 >../tag
	[ "$(grep -c '^- .* is by Piet' ../tag)" = 2 ]
	grep -qx 'Reason: There are two, and the DPO advised as well.' ../tag
}

@test "who decided and stands for an answer after that weighs at adopting" {
	filled_in
	approved
	as Smit fria approve straatafval/iama --role accountable use
	as Smit fria confirm straatafval/iama 1.1.1 --ground untouched
	fria save
	[ "$(finding)" = eyes_own ]
	refused 'stands for 1.1.1' fria adopt straatafval/iama
	fria adopt straatafval/iama --note "Nobody else was there."
	git cat-file tag fria/straatafval/iama/v1 | grep -q '^- .* is by Smit.* stands for 1.1.1'
}
