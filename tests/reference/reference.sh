#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Our expressions against those of the reference implementation, and the scores
# of the pre-scan, where that is in the reference folder: reference.sh BUILD
set -eu
here=$(dirname "$(realpath "$0")")
prescan=${REFERENCE_DIR:-$here/../../../shared/reference}/par-dpia-form/prescan.yaml
node "$here/expressions.mjs" >"$1/expressions.json"
"$1/unit/test_expression" "$1/expressions.json"
if [ -e "$prescan" ]; then
	"$1/unit/test_prescan" "$prescan" >"$1/prescan.json"
	node "$here/prescan.mjs" "$1/prescan.json"
else
	echo "ok the pre-scan # SKIP it is not in the reference folder"
fi
