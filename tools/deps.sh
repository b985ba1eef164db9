#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Installs the Debian packages that are missing; nothing when all is there:
#   deps.sh [test|bench|deb|lint]
set -eu
need="build-essential pkg-config libgit2-dev libcmark-gfm-dev
libcmark-gfm-extensions-dev libjansson-dev libfyaml-dev libpcre2-dev
libutf8proc-dev libcurl4-openssl-dev libedit-dev libcmocka-dev bats git jq
gojq libmicrohttpd-dev cmark-gfm libxml2-utils locales"
case ${1:-} in
test)
	# Where node is newer than Debian's, its own npm came with it.
	need="$need chromium gpg gpg-agent openssh-client locales"
	command -v node >/dev/null || need="$need nodejs"
	command -v npm >/dev/null || need="$need npm"
	;;
bench)
	need="$need hyperfine time valgrind"
	command -v node >/dev/null || need="$need nodejs"
	;;
deb) need="$need dpkg-dev" ;;
lint) need="$need clang clang-format clang-tidy cppcheck mandoc" ;;
esac
missing=
for package in $need; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
		grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
	as=
elif command -v sudo >/dev/null; then
	as=sudo
else
	echo "Ask an administrator to install:$missing" >&2
	exit 1
fi
$as apt-get update -q
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as apt-get install -yq --no-install-recommends \
	$missing
