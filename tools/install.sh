#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Puts program, library, headers, pages and completion in their places:
#   install.sh BUILD DESTDIR PREFIX LIBS      install.sh --remove DESTDIR PREFIX
set -eu
cd "$(dirname "$0")/.."
build=$1
prefix=$3
root=$2$prefix
pages=$(cd cli/man && echo *.[15])

if [ "$build" = --remove ]; then
	rm -f "$root/bin/fria" "$root/lib/libfria.a" \
		"$root/lib/pkgconfig/fria.pc" \
		"$root/share/bash-completion/completions/fria"
	for page in $pages; do
		rm -f "$root/share/man/man${page##*.}/$page"
	done
	rm -rf "$root/include/fria"
	exit 0
fi

put() { install -D -m 644 "$1" "$root/$2"; }
install -D -m 755 "$build/fria" "$root/bin/fria"
put "$build/libfria.a" lib/libfria.a
for page in $pages; do
	put "cli/man/$page" "share/man/man${page##*.}/$page"
done
# The public headers and what they include, as they stand in the tree.
put engine/fria.h include/fria/fria.h
for header in $(sed -n 's/^#include "\(.*\)"/\1/p' engine/fria.h) \
	$(cd engine && echo data/*.h model/model.h model/closed.def | tr ' ' '\n' |
		grep -v _internal.h); do
	put "engine/$header" "include/fria/$header"
done
for header in words_ids.h fria_version.h; do
	put "$build/$header" "include/fria/$header"
done
"$build/fria" completion >"$build/completion"
put "$build/completion" share/bash-completion/completions/fria
cat >"$build/fria.pc" <<END
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: fria
Description: Keeps fundamental-rights impact assessments alive
Version: $(cat VERSION)
Cflags: -I\${includedir}/fria
Libs: -L\${libdir} -lfria $4
END
put "$build/fria.pc" lib/pkgconfig/fria.pc
