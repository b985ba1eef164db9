#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Beginning with what others share, and sharing what was begun alone.
bats_require_minimum_version 1.5.0
load common
load exchange

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() { common_setup; }

@test "join: a copy with its versions, where sync knows the way and git the documents" {
	small
	fria adopt app/team
	fria sync ../hub.git
	cd ..
	run --separate-stderr as Piet fria join hub.git theirs
	[ "$status" = 0 ]
	[[ $output == *"joined Zandmeer"*"1 adopted version"*"cd theirs"* ]]
	[[ $stderr == *"Fetching from $PWD/hub.git"* ]]
	is_whole theirs
	run fria -C theirs status
	[[ $output == *v1* ]]
	cd theirs
	[ "$(git rev-parse HEAD origin/main fria/app/team/v1^{commit} | uniq | wc -l)" = 1 ]
	[[ $(git check-attr diff merge -- assessments/app/team.json) == \
		*"diff: fria"*"merge: fria" ]]
	[[ $(git config merge.fria.driver) == *"merge-file"* ]]
	as Piet fria answer app/team 1.1 "By Piet." --save
	as Piet fria sync
	cd ../a && fria sync
	[ "$(value_in . 1.1)" = "By Piet." ]
}

@test "join: named after its address, below -C, or in an empty folder" {
	small
	fria sync ../shared.git
	mkdir ../to ../here
	fria -C ../to join ../shared.git
	is_whole ../to/shared
	cd ../here && fria join ../shared.git .
	is_whole .
	run fria join file:///
	[ "$status" = 2 ]
	[[ $output == *"fria join ADDRESS DIR"* ]]
}

@test "join: a folder in which something stands is left alone" {
	small
	fria sync ../hub.git
	cd ..
	mkdir full && echo mine >full/notes.txt
	refused "not empty" fria join hub.git full
	refused "not empty" fria join elsewhere.git a
	echo mine >file
	refused "not empty|Not a directory|cannot" fria join hub.git file
	git init -q other && git -C other config remote.origin.url /elsewhere
	refused "not empty" fria join hub.git other
}

@test "join: what was cut off is gone on with" {
	small
	fria sync ../hub.git
	cd ..
	git init -q -b whatever begun
	git -C begun config remote.origin.url "$PWD/hub.git"
	fria join hub.git begun
	is_whole begun
	[ "$(git -C begun branch --show-current)" = main ]
	run fria join hub.git begun
	[ "$status" = 0 ]
	[[ $output == *"joined already; nothing was changed"* ]]
}

# nothing_left PATTERN COMMAND...: refused, and no folder made
nothing_left() {
	refused "$@"
	[ ! -e new ] || { find new; return 1; }
}

@test "join: where nothing is to be joined it says so, and leaves nothing" {
	small
	cd ..
	nothing_left "cannot be reached, or there is no repository" \
		fria join absent.git new
	git init -q --bare empty.git
	nothing_left "nothing at .*fria sync" fria join empty.git new
	git init -q plain && (cd plain && echo text >readme &&
		git add readme && git commit -q -m first)
	nothing_left "There is no workspace" fria join plain new
	nothing_left "no address of a repository" fria join "" new
	nothing_left "contains a password" \
		fria join https://me:secret@git.example.org/x.git new
	unset GIT_AUTHOR_NAME GIT_COMMITTER_NAME
	nothing_left "not known who does this" fria join a new
}

@test "join: what leads elsewhere is not taken" {
	small
	fria sync ../hub.git
	mkdir -p instruments && ln -s /etc/passwd instruments/x.json
	git add instruments/x.json && git commit -q -m link && git push -q
	cd ..
	nothing_left "no plain file but a symbolic link" fria join hub.git new
}

@test "join: the branch that they show, else the only one there is" {
	small
	git init -q --bare -b trunk ../bare.git
	git push -q ../bare.git main
	fria join ../bare.git ../one
	[ "$(git -C ../one branch --show-current)" = main ]
	git push -q ../bare.git main:other
	cd ..
	nothing_left "several branches" fria join bare.git new
	git -C bare.git symbolic-ref HEAD refs/heads/other
	fria join bare.git two
	[ "$(git -C two branch --show-current)" = other ]
	echo x >>two/README && git -C two status --porcelain
	as Piet fria -C two sync
}

@test "join: workspaces in folders of a repository, each with its versions" {
	git config --global init.defaultBranch main
	git init -q all
	for name in noord zuid; do
		fria init "all/$name" --org "$name"
		(cd "all/$name" && echo '{"use": {"purpose": "Streets."}}' >f.json &&
			fria app add app --from f.json && rm f.json &&
			fria instrument import "$SMALL/team-1.0.json" &&
			fria new app urn:example:team:1.0 &&
			for i in 1 2 3 4 5 6; do
				fria answer app/team "1.$i" Yes
			done && fria save && fria adopt app/team)
	done
	run --separate-stderr fria join all copy
	[ "$status" = 0 ]
	[[ $output == *"2 adopted versions"*"cd copy/noord"*"cd copy/zuid"* ]]
	[[ $(fria -C copy/zuid status) == *v1* ]]
	[[ $(git -C copy check-attr diff -- zuid/assessments/app/team.json) == \
		*"diff: fria-zuid" ]]
}

@test "sync: the shared folder says what it is to who opens it" {
	workspace
	$FRIA --lang nl sync ../share
	grep -q "fria join" ../share/*.md
	git -C ../share fsck --strict
	cp ../share/*.md ../said.md
	fria app set straatafval Area Noord && fria sync
	cmp ../share/*.md ../said.md
	fria join ../share ../other
	[ "$(git -C ../other log --format=%H -1)" = "$(git rev-parse HEAD)" ]
}

@test "sync: an empty or absent folder becomes the shared repository" {
	small
	fria adopt app/team
	run --separate-stderr fria sync ../hub.git
	[ "$status" = 0 ]
	[[ $stderr == *"a shared repository was made there"* ]]
	[ "$(git -C ../hub.git rev-parse HEAD)" = "$(git rev-parse HEAD)" ]
	git -C ../hub.git rev-parse -q --verify fria/app/team/v1
	run --separate-stderr fria sync
	[[ $stderr != *"was made"* ]]
	git clone -q ../hub.git ../plain && [ -e ../plain/fria.json ]

	mkdir ../share && chmod 2775 ../share
	run --separate-stderr fria --json sync ../share
	[ "$status" = 0 ]
	[ "$(jq .made <<<"$output")" = true ]
	[ "$(git -C ../share config core.sharedRepository)" = 1 ] ||
		[ "$(git -C ../share config core.sharedRepository)" = group ]
	is_whole ../plain
}

@test "sync: a bare repository that holds nothing shows the branch it is sent" {
	small
	git init -q --bare -b trunk ../hub.git
	run --separate-stderr fria sync ../hub.git
	[ "$status" = 0 ]
	[[ $stderr != *"was made"* ]]
	git clone -q ../hub.git ../plain && [ -e ../plain/fria.json ]
}

@test "sync: nothing is made of a mistyped name, a lost share, or a full folder" {
	small
	fria sync ../hub.git
	cd .. && mv hub.git away && mkdir full && echo x >full/notes && cd a
	refused "cannot be reached" fria sync
	refused "cannot be reached" fria sync "$PWD/../hub.git"
	refused "cannot be reached" fria sync origni
	refused "cannot be reached" fria sync ../full
	refused "cannot be reached|No such file|failed to make" \
		fria sync ../no/such/place.git
	[ ! -e ../hub.git ] && [ ! -e origni ] && [ ! -e ../no ]
	[ "$(ls ../full)" = notes ]
}

@test "init, join: who works here is asked on a terminal, and kept there" {
	small
	fria sync ../hub.git
	cd ..
	unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
		GIT_COMMITTER_EMAIL
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang nl join hub.git hier <<-'S'
		? Uw naam:
		> Piet Jansen
		? Uw e-mailadres:
		> piet@example.org
		? U doet mee met Zandmeer
		? fria status
	S
	[ "$status" = 0 ]
	fria -C hier answer app/team 1.1 "By Piet." --save
	[ "$(git -C hier log -1 --format='%an <%ae>')" = \
		"Piet Jansen <piet@example.org>" ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang en init new --org Polder <<-'S'
		? Your name:
		> Anna
		? Your e-mail address:
		> anna@example.org
		? Workspace made
	S
	[ "$status" = 0 ]
	[ "$(git -C new log -1 --format=%an)" = Anna ]
	[ -z "$(git config --global user.name)" ]
	run "$BATS_FILE_TMPDIR/pty" $FRIA --lang en join hub.git none <<-'S'
		? Your name:
		^D
		? not known who does this
	S
	[ "$status" = 2 ]
	[ ! -e none ]
}

@test "init: a file tells who has no fria what is there, in the language of the workspace" {
	$FRIA --lang nl init nl --org 'Zand|meer *en* <meer>'
	grep -qF '# Werkmap van Zand\|meer \*en\*' nl/LEESMIJ.md
	grep -q 'fria join ADRES' nl/LEESMIJ.md
	[ ! -e nl/README.md ]
	fria init en --org Polder
	grep -qx '# Workspace of Polder' en/README.md
	[ ! -e en/LEESMIJ.md ]
	mkdir own && echo mine >own/README.md
	fria init own --org Polder
	[ "$(cat own/README.md)" = mine ]
	# It is checked, exported and published as little as any other file.
	(cd en && fria check)
	for folder in "assessments/" "instruments/" fria.json "schemas/"; do
		grep -q "^| \`$folder" en/README.md
	done
}

# as_written_by VERSION FILE: with its line, as that version would have had it
as_written_by() {
	local digest line
	line=$(grep -n '\(<!-- \|"$comment": "\)fria ' "$2" | cut -d: -f1)
	digest=$(sed "${line}d" "$2" | git hash-object --stdin)
	sed -i "${line}s/fria .* [0-9a-f]*/fria $1 $digest/" "$2"
}

@test "save: readme and schemas of an earlier program are renewed, where nobody changed them" {
	small
	cp README.md ../readme && cp schemas/log.schema.json ../log
	grep -qE '^<!-- fria [0-9.]+ [0-9a-f]{40} -->$' README.md
	# As an earlier program wrote them; by hand; by a later program; gone.
	sed -i 's/as a report/in a report/' README.md
	sed -i 's/"title": "Log"/"title": "Past"/' schemas/log.schema.json
	as_written_by 0.0.9 README.md
	as_written_by 0.0.9 schemas/log.schema.json
	sed -i 's/"title": "/"title": "My /' schemas/blame.schema.json schemas/diff.schema.json
	as_written_by 99.0.0 schemas/diff.schema.json
	git rm -q schemas/gate.schema.json -f && git commit -qam "As it was"
	git show HEAD:schemas/blame.schema.json >../blame
	git show HEAD:schemas/diff.schema.json >../diff
	echo "# mine" >>schemas/task.schema.json
	before=$(git rev-parse HEAD)
	fria save
	[ "$(git rev-parse HEAD)" = "$before" ]
	fria answer app/team 1.1 "Something new."
	run --separate-stderr fria save
	[ "$status" = 0 ]
	[[ $stderr == *"Also renewed"*"(2)"* ]]
	cmp README.md ../readme && cmp schemas/log.schema.json ../log
	cmp schemas/blame.schema.json ../blame && cmp schemas/diff.schema.json ../diff
	[ ! -e schemas/gate.schema.json ]
	grep -q '^# mine$' schemas/task.schema.json
	[ "$(git status --porcelain)" = " M schemas/task.schema.json" ]
	[ "$(git diff --name-only HEAD~1 | sort | xargs)" = \
		"README.md schemas/log.schema.json schemas/task.schema.json" ]
	fria answer app/team 1.1 "Newer."
	run --separate-stderr $FRIA --lang nl save
	[[ $stderr != *"vernieuwd"* ]]
	jq -e . schemas/log.schema.json >/dev/null
}

@test "save: the schemas of fria 0.1, which have no line, are renewed too" {
	git clone -q "$ROOT/tests/cases/old/examples.bundle" ws && cd ws
	fria comment straatafval/iama 1.1.1 "Looked at." --save 2>../said
	grep -q "Also renewed" ../said
	grep -lr '"$comment": "fria ' schemas | grep -q application
	[ -z "$(git status --porcelain)" ]
}

@test "what records at once and what waits for save is said, and stands in help" {
	small
	run --separate-stderr fria answer app/team 1.1 "Another answer."
	[[ $stderr == *"Not saved yet; \"fria save\" does that."* ]]
	run --separate-stderr fria answer app/team 1.1 "Another answer."
	[[ $stderr == *"nothing was changed"* && $stderr != *"Not saved"* ]]
	run --separate-stderr fria answer app/team 1.1 "Again another." --save
	[[ $stderr != *"Not saved"* ]]
	fria answer app/team 1.1 "Never mind."
	run --separate-stderr fria undo app/team
	[[ $stderr != *"Not saved"* ]]
	run --separate-stderr $FRIA --lang nl ask app/team --role dpo
	[[ $output$stderr == *"en vastgelegd."* && $stderr != *"bewaard"* ]]
	fria help >help
	grep -q '^  release .* \*$' help
	not grep -q '^  answer .*\*$' help
	grep -q '^\* records at once' help
	fria help adopt | grep -qx "This records at once."
	fria help answer | grep -q "you save afterwards"
	not eval 'fria help status | grep -q "save"'
}
