#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Tampering with the past is found; honest practice is not called tampering.

load common
setup() {
	common_setup
	# What git commits, too, is of the day that it is.
	export GIT_AUTHOR_DATE="$SOURCE_DATE_EPOCH +0000"
	export GIT_COMMITTER_DATE="$SOURCE_DATE_EPOCH +0000"
}

# edit JQ-ARGUMENTS...: the document, by hand
edit() {
	jq "$@" $IAMA >new && mv new $IAMA
}

# found CODE...: exactly these findings of warning or worse, each once
found() {
	run --separate-stderr fria --json verify
	[ "$status" = 1 ] || { echo "status $status: $output $stderr"; return 1; }
	diff <(printf '%s\n' "$@" | sort) <(jq -r '.[] |
		select(.severity != "note") | .code' <<<"$output" | sort)
}

fine() {
	run --separate-stderr fria --json verify
	[ "$status" = 0 ] || { echo "status $status: $output $stderr"; return 1; }
}

content() {
	git tag -l --format='%(contents)' fria/straatafval/iama/v1 |
		sed -n 's/^Content: //p'
}

# advised WHO CONTENT: an advice in the name of Anna, committed by WHO
advised() {
	edit --arg content "$2" '.approvals += [{role: "dpo", kind: "advice",
		value: "positive", content: $content,
		by: "Anna <anna@example.org>", at: "2026-03-10T10:00:00Z"}]'
	as "$1" git commit -qam "Advice"
}

simple() {
	assessment
	fria answer straatafval/iama 1.1.1 "Eerst."
	fria save
}

@test "what was made with fria is in order" {
	adopted
	fine
	jq -e 'all(.severity == "note")' <<<"$output"
	run fria verify straatafval/iama
	[ "$status" = 0 ]
	[[ $output == *"History is in order"* ]]
	run fria --lang nl verify
	[[ $output == *"De geschiedenis klopt"* ]]
	advised Anna "$(content)"
	fine
}

@test "an approval in the name of somebody else is found" {
	adopted
	advised Bram "$(content)"
	found verify_approval_other
	jq -e 'map(select(.severity == "error")) |
		(.[0].pointer | startswith("/approvals/")) and .[0].file == "'$IAMA'" and
		.[0].revision == "'"$(git rev-parse HEAD)"'"' <<<"$output"
	jq -e 'any(.text | test("Anna.*Bram"))' <<<"$output"
}

@test "an approval that was edited or taken away afterwards is found" {
	adopted
	advised Anna "$(content)"
	edit '.approvals[-1].value = "negative"'
	git commit -qam "Typing error"
	found verify_approval_edited
	edit 'del(.approvals[-1])'
	git commit -qam "Tidy"
	found verify_approval_edited verify_approval_removed
}

@test "an approval that was moved to other content is found" {
	adopted
	advised Anna 2:1111111111111111111111111111111111111111
	found verify_approval_content
	# Nor may it follow the answer that it was not given for.
	git reset -q --hard HEAD~1
	advised Anna "$(content)"
	edit '.approvals[-1].content = "2:2222222222222222222222222222222222222222"'
	as Anna git commit -qam "Still holds"
	found verify_approval_edited
}

@test "an answer changed by amending an adopted commit is found" {
	adopted
	edit '.answers["1.1.1"].value = "Iets anders."'
	git commit -qa --amend --no-edit
	found verify_rewritten verify_approval_content
	jq -e '[.[].text] | any(test("version v1"))' <<<"$output"
}

@test "a version's tag that was moved, renamed or made by hand is found" {
	adopted
	first=$(git rev-parse HEAD)
	fria answer straatafval/iama 5.C "Geen andere."
	fria save
	fria adopt straatafval/iama --force --note "Proef."
	fine
	v1=$(git rev-parse fria/straatafval/iama/v1)
	v2=$(git rev-parse fria/straatafval/iama/v2)
	git update-ref refs/tags/fria/straatafval/iama/v1 "$v2"
	found verify_tag_name
	git tag -f -a -m "$(git tag -l --format='%(contents)' fria/straatafval/iama/v2)" \
		fria/straatafval/iama/v2 "$first" 2>/dev/null
	git update-ref refs/tags/fria/straatafval/iama/v1 "$v1"
	found verify_tag_content
	git tag -f fria/straatafval/iama/v2 HEAD
	found verify_tag_light
	git tag -f -a -m "Mine" fria/straatafval/iama/v2 HEAD
	found verify_tag_bare
}

@test "a decision by who wrote the answers is found, whoever confirmed them" {
	adopted
	as Anna fria answer straatafval/iama 5.C "Geen andere."
	as Anna fria save
	as Bram fria confirm straatafval/iama 5.C --note "Klopt."
	as Bram fria save
	now=$(git rev-parse HEAD)
	decided() {
		edit --arg by "$1 <${1,,}@example.org>" --arg content "$2" \
			'.approvals += [{role: "accountable", kind: "decision",
			value: "use", content: $content, by: $by,
			at: "2026-03-10T10:00:00Z"}]'
		as "$1" git commit -qam "Decision"
	}
	content=$(fria --json approve straatafval/iama --role dpo positive |
		jq -r .content)
	for who in Anna Bram; do
		git reset -q --hard "$now"
		decided $who "$content"
		found verify_eyes
		jq -e '.[] | select(.code == "verify_eyes") | .text |
			test("'$who'.*5.C")' <<<"$output"
	done
	# Mended by another decision; that it was so remains to be seen.
	decided Cor "$content"
	fine
	jq -e 'any(.code == "verify_eyes" and .severity == "note")' <<<"$output"
	git reset -q --hard "$now"
	decided Cor "$content"
	fine
	# A merge gives no answer.
	git reset -q --hard "$now~2"
	git merge -q --no-ff --no-edit "$now"
	git -c user.name=Cor commit -q --amend --no-edit \
		--author "Cor <cor@example.org>"
	decided Cor "$content"
	fine
}

@test "a judgement attributed to somebody else is found" {
	simple
	edit '.answers["1.1.1"].basis.by = "Cor <cor@example.org>"'
	git commit -qam "By hand"
	found verify_basis_other
	jq -e '.[0].pointer == "/answers/1.1.1/basis"' <<<"$output"
}

@test "a judgement of another answer is found" {
	simple
	edit '.answers["1.1.1"] |= (.value = "Iets anders." |
		.basis.at = "2026-03-11T00:00:00Z")'
	git commit -qam "By hand"
	found verify_basis_value
}

@test "a decision recorded on somebody's behalf is a note" {
	adopted
	edit --arg content "$(content)" '.approvals += [{role: "accountable",
		kind: "decision", value: "use", content: $content,
		by: "R. Jansen <r@example.org>", at: "2026-03-10T10:00:00Z",
		onBehalfOf: "College", reference: "Z-2026-17"}]'
	git commit -qam "Decision"
	fine
	jq -e 'any(.code == "verify_behalf" and .severity == "note" and
		(.text | test("College.*Z-2026-17")))' <<<"$output"
}

@test "a squash merge is named as such, and mended by those it brings together" {
	simple
	main=$(git symbolic-ref --short HEAD)
	before=$(git rev-parse HEAD)
	git checkout -q -b side
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	as Bram fria answer straatafval/iama 1.2.1 "Van Bram."
	as Bram fria save
	git checkout -q "$main"
	git merge -q --squash side
	as Cor git commit -q --no-edit
	found verify_squash verify_squash
	jq -e '.[0].text | test("squash")' <<<"$output"
	as Anna fria confirm straatafval/iama 1.1.2 --note "Van mij."
	as Anna fria save
	as Bram fria confirm straatafval/iama 1.2.1 --note "Van mij."
	as Bram fria save
	fine
	# A merge commit needs no mending.
	git reset -q --hard "$before"
	git merge -q --no-ff --no-edit side
	fine
}

@test "a version whose commits were squashed is named as such" {
	adopted
	git checkout -q --orphan fresh
	git commit -qm "Everything in one"
	run fria --json verify
	[ "$status" = 1 ]
	jq -e '[.[] | select(.code == "verify_squashed_version")] | length == 1' \
		<<<"$output"
	jq -e 'all(.severity != "error")' <<<"$output"
	git merge -q -s ours --no-edit --allow-unrelated-histories \
		fria/straatafval/iama/v1
	run fria --json verify
	jq -e '[.[] | select(.code == "verify_squashed_version")] == []' \
		<<<"$output"
}

@test "a squash without names is not called forgery: it cannot be told apart" {
	simple
	main=$(git symbolic-ref --short HEAD)
	git checkout -q -b side
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	git checkout -q "$main"
	git merge -q --squash side
	as Cor git commit -qm "Changes"
	found verify_basis_other
	jq -e '.[0].text | test("Cor .*squashed.*cannot be told.*Ask Anna.*confirm")' \
		<<<"$output"
	as Anna fria confirm straatafval/iama 1.1.2 --note "Van mij."
	as Anna fria save
	fine
}

@test "a version that is another one than the shared repository had is found" {
	adopted
	git init -q --bare ../hub.git
	fria sync ../hub.git
	fria verify
	tag=fria/straatafval/iama/v1
	was=$(git rev-parse $tag)
	# moved here, with everything else about it in order
	GIT_COMMITTER_DATE="2026-03-11T00:00:00Z" git tag -f -a \
		-m "$(git tag -l --format='%(contents)' $tag)" $tag "$tag^{}"
	[ "$(git rev-parse $tag)" != "$was" ]
	found verify_tag_moved
	jq -e '.[] | select(.code == "verify_tag_moved") | .text |
		test("v1 of straatafval/iama.*origin.*git fetch origin [+]refs/tags/'$tag'")' \
		<<<"$output"
	git fetch -q origin +refs/tags/$tag:refs/tags/$tag
	fine
	# moved there, and fetched by force
	GIT_COMMITTER_NAME=x git -C ../hub.git tag -f -a \
		-m "$(git tag -l --format='%(contents)' $tag)" $tag "$tag^{}"
	fine
	git fetch -q --tags --force origin
	found verify_tag_moved
	git update-ref refs/tags/$tag "$was"
	git tag -d $tag
	found verify_tag_gone
	# What was seen is no part of the workspace: without it nothing is said.
	rm .git/fria/seen.json
	run fria verify
	[[ $output != *exchange* ]]
}

@test "a forge as committer is no tampering" {
	simple
	GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com \
		git commit -q --amend --no-edit
	fine
}

@test "a shallow clone says what it cannot see" {
	adopted
	fria answer straatafval/iama 1.1.1 "Anders."
	fria save
	git clone -q --depth 1 "file://$PWD" ../shallow
	cd ../shallow
	git fetch -q --depth 1 origin 'refs/tags/*:refs/tags/*'
	fine
	jq -e '[.[].code] | (index("verify_boundary") or index("verify-boundary"))
		and (index("verify_shallow") or index("verify-shallow"))' <<<"$output"
	git fetch -q --unshallow
	fine
	[[ $output != *shallow* ]]
}

@test "bad input is refused" {
	simple
	refused 'no assessment' fria verify straatafval/nope
	refused 'no name of an assessment' fria verify nope
}

# --- signatures ---

keys() {
	for who in anna bram; do
		ssh-keygen -q -t ed25519 -N "" -C $who -f ../$who
		echo "$who@example.org $(cut -d' ' -f1,2 ../$who.pub)"
	done >../signers
}

# signs WHO: git is configured to sign with that person's key
signs() {
	git config gpg.format ssh
	git config user.signingKey "$PWD/../$1"
	git config commit.gpgSign true
	git config tag.gpgSign true
}

signed_workspace() {
	simple
	keys
	signs anna
	cp ../signers signers
	jq '.signers = "signers"' fria.json >new && mv new fria.json
	git add signers fria.json
	as Anna git commit -qm "All sign"
}

@test "signed: fria signs as git is configured to" {
	signed_workspace
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	git -c gpg.ssh.allowedSignersFile=signers verify-commit HEAD
	fine
	git fsck --strict
	git config user.signingKey "$(cat ../anna.pub)"
	refused 'could not sign|kon niet' as Anna fria app set straatafval \
		/use/frequency '"elke dag"'
	git config --unset user.signingKey
	refused 'knows no key' as Anna fria app set straatafval \
		/use/frequency '"elke dag"'
}

@test "signed: an unsigned commit and a spoofed author are found" {
	signed_workspace
	as Bram fria answer straatafval/iama 1.1.2 "Van Bram."
	as Bram fria save
	found verify_signer_other
	jq -e '.[0].text | test("Bram.*anna@example.org")' <<<"$output"
	git reset -q --hard HEAD~1
	git config commit.gpgSign false
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	found verify_unsigned
	# Nor is it enough to stop asking.
	git reset -q --hard HEAD~1
	jq 'del(.signers)' fria.json >new && mv new fria.json
	as Anna git commit -qam "No more"
	jq '.signers = "signers"' fria.json >new && mv new fria.json
	as Anna git commit -qam "Again"
	found verify_unsigned verify_unsigned
}

@test "signed: a key that is not listed is found; a forge is named" {
	signed_workspace
	ssh-keygen -q -t ed25519 -N "" -f ../other
	signs other
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	found verify_signature_bad
	git config commit.gpgSign false
	GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com \
		git commit -q --amend --no-edit
	found verify_forge
}

@test "signed: versions are signed, and another's signature is found" {
	adopted
	keys
	signs anna
	cp ../signers signers
	jq '.signers = "signers"' fria.json >new && mv new fria.json
	git add signers fria.json
	as Anna git commit -qm "All sign"
	as Anna fria answer straatafval/iama 5.C "Geen andere."
	as Anna fria save
	as Anna fria adopt straatafval/iama --force --note "Proef."
	git -c gpg.ssh.allowedSignersFile=signers verify-tag fria/straatafval/iama/v2
	fine
	message=$(git tag -l --format='%(contents:subject)%0a%0a%(contents:body)' fria/straatafval/iama/v2)
	as Bram git tag -f -s -m "$message" fria/straatafval/iama/v2
	found verify_signer_other
	git config tag.gpgSign false
	as Bram git tag -f -a -m "$message" fria/straatafval/iama/v2
	found verify_unsigned
}

# loose REVISION: the file of an object that stands alone
loose() {
	local id
	id=$(git rev-parse "$1")
	echo ".git/objects/${id:0:2}/${id:2}"
}

# swapped OBJECT OTHER: while one holds what another does, verify says so
swapped() {
	local was id folder
	was=$(base64 <"$(loose "$1")")
	id=$(git rev-parse "$1")
	cp "$(loose "$2")" "$(loose "$1")"
	for folder in . ../linked; do
		run fria -C $folder verify
		[ "$status" != 0 ]
		[[ $output == *"object hash mismatch - expected $id"* ]]
	done
	base64 -d <<<"$was" >"$(loose "$id")"
}

@test "an object that is not what its id says is found, wherever it stands" {
	simple
	fria comment straatafval/iama 1.1.1 "Geen deel van de inhoud."
	fria save
	fria adopt straatafval/iama --force --note "Proef."
	git worktree add -q ../linked
	chmod -R u+w .git/objects
	fine
	swapped HEAD:$IAMA HEAD~:$IAMA
	swapped HEAD:assessments HEAD~:assessments
	fine
}

@test "signed: with gpg too" {
	command -v gpg >/dev/null || skip "no gpg here"
	simple
	export GNUPGHOME=$BATS_TEST_TMPDIR/gpg
	mkdir -m 700 "$GNUPGHOME"
	gpg -q --batch --passphrase '' --quick-gen-key \
		"Anna <anna@example.org>" ed25519 sign never 2>/dev/null
	: >signers
	jq '.signers = "signers"' fria.json >new && mv new fria.json
	git config commit.gpgSign true
	git add -A
	as Anna git commit -qm "All sign"
	as Anna fria answer straatafval/iama 1.1.2 "Van Anna."
	as Anna fria save
	git verify-commit HEAD
	fine
	git config user.signingKey "$(gpg --list-keys --with-colons |
		awk -F: '/^fpr/ {print $10; exit}')"
	as Bram fria answer straatafval/iama 1.1.2 "Van Bram."
	as Bram fria save
	found verify_signer_other
	gpgconf --kill all
}
