# SPDX-License-Identifier: EUPL-1.2
# LINE(id, Dutch, English) for each line of law.json, as that is written.
/^  "lines": / { lines = 1 }
lines && /^    "[a-z0-9-]+": \{$/ { split($0, id, "\""); title = 0 }
lines && /^      "title": / { title = 1 }
title && /^        "nl": / { nl = $0 }
title && /^        "en": / {
	sub(/^ *"nl": /, "", nl)
	sub(/,$/, "", nl)
	sub(/^ *"en": /, "")
	printf "LINE(\"%s\", %s, %s)\n", id[2], nl, $0
	title = 0
}
END { print "#undef LINE" }
