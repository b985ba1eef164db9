#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The user's words, in and out: what is printed is taken, what is written almost
# so is guessed at, in Dutch and in English.
bats_require_minimum_version 1.5.0
load common

setup() { common_setup; }

# said_of TABLE: a line is LANG|ARGUMENTS|what the refusal says
said_of() {
	local lang args said
	while IFS='|' read -r lang args said; do
		eval "set -- $args"
		refused "$said" $FRIA --lang "$lang" "$@" ||
			{ echo "of: $lang $args"; return 1; }
	done
}

@test "a command or option that is written almost so is guessed at" {
	said_of <<-'EOT'
	nl|evalute a/b|"evalute" is geen opdracht.*Bedoelt u "evaluate"\?
	en|evalute a/b|"evalute" is no command.*Did you mean "evaluate"\?
	en|app ad x|"app ad" is no command.*Did you mean "app add"\?
	en|app-add x|Did you mean "app add"\?
	nl|register exprot x|Bedoelt u "register export"\?
	en|help statsu|Did you mean "status"\?
	nl|status --verdcit x|kent de optie --verdcit niet.*Bedoelt u "--verdict"\?
	en|status --fromat=csv|Did you mean "--format"\?
	en|status --jsno|Did you mean "--json"\?
	en|frobnicate|"frobnicate" is no command\. "fria help" lists them all\.$
	en|status --nope|comes after "--"\.$
	EOT
}
