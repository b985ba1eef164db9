#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Makes BUILD/fria_VERSION_ARCH.deb of what `make install` installs:
#   deb.sh BUILD LIBS
set -eu
cd "$(dirname "$0")/.."
build=$1
version=$(cat VERSION)
arch=$(dpkg --print-architecture)
root=$build/deb/root
rm -rf "$build/deb"
mkdir -p "$root/DEBIAN" "$build/deb/debian"
sh tools/install.sh "$build" "$root" /usr "$2"
strip --strip-unneeded "$root/usr/bin/fria"
gzip -9n "$root"/usr/share/man/man*/*
mkdir -p "$root/usr/share/doc/fria"
cp LICENSE "$root/usr/share/doc/fria/copyright"
# What the program needs at run time, as its own libraries say; libcurl is
# found only when something is sent, and git has one; libedit is found when
# somebody is asked something, libmicrohttpd when the workplace opens.
printf 'Source: fria\n\nPackage: fria\nArchitecture: any\n' \
	>"$build/deb/debian/control"
depends=$(cd "$build/deb" &&
	dpkg-shlibdeps -O root/usr/bin/fria 2>/dev/null |
	sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<END
Package: fria
Version: $version
Architecture: $arch
Maintainer: The fria team <fria@zandmeer.example>
Depends: $depends, git, libcurl4 | libcurl3-gnutls, libedit2
Recommends: libmicrohttpd12
Section: utils
Priority: optional
Installed-Size: $(du -ks "$root/usr" | cut -f 1)
Description: keeps fundamental-rights impact assessments alive
 Knows which characteristics of an AI application and which other answers
 each answer of an IAMA or FRIA rests on, and says at every release which
 answers must be judged again, and why.
END
dpkg-deb --root-owner-group --build "$root" \
	"$build/fria_${version}_$arch.deb"
