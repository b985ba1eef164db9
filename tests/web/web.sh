#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The schemas and the pages, in other hands: web.sh BUILD. The pages are every
# report and the site of a portfolio, in a browser.
set -eu
here=$(dirname "$(realpath "$0")")
examples=$here/../../assessments/examples
build=$1
# The workspace that each shows; how it was made is told where that fails.
mkdir -p "$build/web"
made() {
	folder=$build/web/$1
	shift
	"$@" "$folder" >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
}
made workspace sh "$here/../../tools/demo.sh" "$build/fria" \
	"$examples/straatafval"
made portfolio sh "$here/portfolio.sh" "$build/fria" "$examples"
node "$here/schemas.mjs" "$build/web/workspace" "$build/fria" && ok=1 || ok=
node "$here/pages.mjs" "$build/web/workspace" "$build/web/portfolio" \
	"$build/fria" || ok=
node "$here/serve.mjs" "$build/web/workspace" "$build/fria" || ok=
[ -n "$ok" ]
