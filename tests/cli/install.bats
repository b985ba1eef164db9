#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What is installed works away from the source, and goes again.
load common

setup() { common_setup; }

@test "installed: the program, its pages and completion; removed: nothing" {
	env -u MAKEFLAGS -u MFLAGS make -s -C "$ROOT" install DESTDIR="$PWD/root" PREFIX=/usr >/dev/null
	root/usr/bin/fria version
	[ -e root/usr/share/man/man1/fria.1 ]
	[ -e root/usr/share/man/man5/fria-template.5 ]
	env -u MAKEFLAGS -u MFLAGS make -s -C "$ROOT" uninstall DESTDIR="$PWD/root" PREFIX=/usr
	[ -z "$(find root -type f)" ]
}

@test "a program of somebody else builds on the library alone" {
	env -u MAKEFLAGS -u MFLAGS make -s -C "$ROOT" install DESTDIR= PREFIX="$PWD/root" >/dev/null
	cat >own.c <<-'END'
		#include <fria.h>
		#include <stdio.h>

		int main(void)
		{
			fria_instrument *in = fria_instrument_built_in("iama-2.0");
			printf("%s %d %s\n", in->name, in->n > 87, FRIA_VERSION);
			fria_instrument_free(in);
			return 0;
		}
	END
	export PKG_CONFIG_PATH=$PWD/root/lib/pkgconfig
	cc -std=c11 own.c $(pkg-config --cflags --libs fria) -o own
	[ "$(./own)" = "urn:nl:iama:2.0 1 $(cat "$ROOT/VERSION")" ]
	# It sees names of the library's own, and no others.
	nm -g --defined-only root/lib/libfria.a | awk 'NF == 3 { print $3 }' >shown
	[ "$(wc -l <shown)" -gt 500 ]
	[ -z "$(grep -v '^fria_' shown)" ]
}

# complete WORDS...: what bash would offer for the last one
complete_words() {
	bash -c '. "$1"; shift; COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1)); _fria; printf "%s\n" "${COMPREPLY[@]}"' \
		bash ../completion "$@" | sort | tr '\n' ' '
}

@test "completion knows commands, options, applications and assessments" {
	assessment
	fria completion >../completion
	bash -n ../completion
	[ "$(complete_words fria ev)" = "evaluate evidence " ]
	[ "$(complete_words fria help ev)" = "evaluate evidence " ]
	[ "$(complete_words fria evaluate --h)" = "--help " ]
	[[ "$(complete_words fria app "")" == *"add "*"set "* ]]
	[ "$(complete_words fria report --te)" = "--template --term " ]
	[ "$(complete_words fria evaluate str)" = "straatafval straatafval/iama " ]
	cd assessments
	[ "$(bash -c '. ../../completion; _fria_names' | sort | tr '\n' ' ')" = \
		"straatafval straatafval/iama " ]
}

# bats test_tags=rest
@test "the Debian package: built, installed, used and removed" {
	[ "$(id -u)" = 0 ] || skip "only an administrator installs packages"
	env -u MAKEFLAGS -u MFLAGS make -s -C "$ROOT" deb >/dev/null 2>&1
	deb=$(echo "$ROOT"/build/fria_*.deb)
	dpkg-deb --field "$deb" Depends | grep -q "libgit2.*libcurl4"
	mkdir -p root/var/lib/dpkg/info root/var/lib/dpkg/updates
	: >root/var/lib/dpkg/status
	dpkg --root="$PWD/root" --force-depends --force-not-root -i "$deb" 2>&1
	root/usr/bin/fria version
	dpkg --root="$PWD/root" --force-depends -P fria
	[ ! -e root/usr/bin/fria ] && [ ! -e root/usr/include/fria ]
}
