#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What the README says to type works.
load common

setup_file() {
	cc -o "$BATS_FILE_TMPDIR/pty" "$BATS_TEST_DIRNAME/pty.c" -lutil
}

setup() { common_setup; }

# blocks [FROM TO]: the lines of its blocks of code, between two headings
blocks() {
	awk -v from="${1:-}" -v to="${2:-}" '
		/^## / { on = from == "" || $0 == "## " from || on && $0 != "## " to }
		/^```/ { code = !code; next }
		on && code || from == "" && code' "$ROOT/README.md"
}

# In a terminal, as a reader pastes it: `make demo` does what it does, once all
# is built, each command ends as is said behind it, and two ask.
# bats test_tags=rest
@test "five minutes: every block as it is pasted, with the statuses it gives" {
	unset SOURCE_DATE_EPOCH GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	mkdir build
	ln -s "$ROOT/build/fria" build/fria
	cat >pasted <<-END
		make() {
			[ "\$*" = demo ] && sh "$ROOT/tools/demo.sh" build/fria \
				"$EXAMPLE" build/demo/workspace
		}
		ended() {
			[ "\$1" = "\$2" ] || { echo "ended with \$1: \$3"; exit 1; }
		}
	END
	blocks "Five minutes" Install >block
	[ "$(grep -c ^fria block)" -gt 20 ]
	while IFS= read -r line; do
		wanted=$(sed -n 's/.*# \([12]\): .*/\1/p' <<<"$line")
		printf '%s\nended $? %s %q\n' "$line" "${wanted:-0}" "$line"
	done <block >>pasted
	"$BATS_FILE_TMPDIR/pty" bash pasted <<-'S'
		? doel of werkproces?
		> n
		? groepen of gebied?
		> j
		? in één regel?
		> Een wijk erbij: Oostpolder.
		? omvang, frequentie of periode?
		> n
		? model of instellingen?
		> n
		? gegevens?
		> n
		? leverancier?
		> n
		? rol van medewerkers?
		> n
		? klachten, bezwaren, incidenten of pers?
		> n
		? wet, rechtspraak, beleid of mandaat?
		> n
		? DPIA, beveiligingstoets of contract?
		> n
		? Vastleggen?
		> j
		? Staat u voor al deze antwoorden
		> j
	S
	cd build/demo
	[ "$(git -C workspace tag -l 'fria/straatafval/iama/*' | wc -l)" = 3 ]
	[ -e workspace/changes.html ]
	(cd mine && in_form)
}

@test "each command that the README names exists, with its options" {
	option_table >table
	# One line a command: what is folded or goes on is put together.
	blocks | sed 's/ *#.*//; s/^ *- //' |
		awk '/\\$/ { sub(/\\$/, ""); printf "%s", $0; next }
			/^ +--/ { printf " %s", $0; next } { printf "\n%s", $0 }
			END { print "" }' |
		grep -oE '(^|&& +)fria( |$).*' | sed 's/^&& *//; s/ && /\n/g' |
		grep '^fria' >commands
	grep -oE '`fria [^`]*`' "$ROOT/README.md" | tr -d '`' >>commands
	[ "$(wc -l <commands)" -gt 60 ]
	while read -r _ line; do
		line=$(sed -E 's/"[^"]*"/TEXT/g; s/^(-C [^ ]+ *)?(--lang [a-z]+ *)?//' <<<"$line")
		[ -n "$line" ] || continue
		options=$(awk -F'\t' -v line="$line " '
			index(line, $1 " ") == 1 && length($1) > length(best) {
				best = $1; found = "-" $1 " " $2 }
			END { print found }' table)
		[ -n "$options" ] || [[ $line == [A-Z]* ]] ||
			{ echo "no such command: $line"; return 1; }
		for word in $line; do
			case $word in
			-o) word=--output ;; -m) word=--message ;; -n) word=--number ;;
			esac
			[[ $word != --* || " $options --help --json --lang " == *" $word "* ]] ||
				{ echo "no such option: $line"; return 1; }
		done
	done <commands
}

@test "what the README points at is there" {
	grep -oE '\]\([^)#:]+\)' "$ROOT/README.md" | tr -d '])(' | sort -u >places
	[ "$(wc -l <places)" -ge 5 ]
	while read -r place; do
		[ -e "$ROOT/$place" ] || { echo "not there: $place"; return 1; }
	done <places
}
