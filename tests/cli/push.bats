#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The entry, sent to a register on loopback that holds every request to the
# description of its API, and misbehaves where a test says so.
load common

setup() {
	common_setup
	command -v node >/dev/null || skip "no node"
	SERVER=$BATS_TEST_TMPDIR/server
	mkdir "$SERVER"
	export GIT_TERMINAL_PROMPT=0 FRIA_REGISTER_PASSWORD='ge&heim'
}

teardown() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
}

# serve [SCRIPT]: starts the register; the user's configuration points at it.
serve() {
	local api=$REFERENCE/amt/aanleverapi-v1_0.openapi.json
	[ -f "$api" ] && [ -d "$ROOT/tests/web/node_modules" ] || api=
	echo "${1:-[]}" >"$SERVER/script.json"
	node "$ROOT/tests/register/server.mjs" "$SERVER" $api 3>&- &
	server=$!
	for _ in $(seq 200); do
		[ -s "$SERVER/port" ] && break
		sleep 0.05
	done
	local url=http://127.0.0.1:$(cat "$SERVER/port")
	git config --global fria.register.url "$url/aanleverapi/v1_0/"
	git config --global fria.register.tokenurl "$url/token"
	git config --global fria.register.organisation gm0001
	git config --global fria.register.user aanleveraar
	git config --global fria.register.timeout 2
}

asked() { sed 's|/aanleverapi/v1_0/organizations/gm0001||' "$SERVER/log"; }

entries() { jq '.algorithms | length' "$SERVER/state.json"; }

push() { run --separate-stderr fria register push straatafval "$@"; }

@test "a new entry is created, released, and kept as it was sent" {
	serve && workspace
	push
	[ "$status" = 0 ]
	[[ $output == *"straatafval is new in the register, as lars1."*"Handed over for publication."*"https://preview.example/lars1"* ]]
	diff - <(asked) <<END
POST /token 200
GET /algorithms 200
POST /algorithms 200
PUT /algorithms/lars1/release 200
GET /algorithms/lars1/preview 200
END
	kept=assessments/straatafval/entry.json
	jq -e '.sent.lars == "lars1" and .sent_at == "2026-03-10T09:00:00Z"' $kept
	[ "$(jq '.sent | del(.lars)' $kept)" = \
		"$(jq .algorithms.lars1.entry "$SERVER/state.json")" ]
	[ -z "$(git status --porcelain)" ]
	[[ $(git log -1 --format=%s) == *"straatafval"* ]]
	run fria register check straatafval
	[ "$status" = 0 ]
	[[ $output == *"as it was last sent"* ]]
	# No secret stays behind.
	not grep -rqe 'heim' -e token-1 . ../.gitconfig
}

@test "an entry that is there is updated, by its source_id or its code" {
	echo '{"algorithms": {"x": {"entry": {"name": "Other", "source_id": "other"}}}}' \
		>"$SERVER/state.json"
	serve && workspace
	fria register push straatafval
	fria app set straatafval /register/provider "Een ander"
	push
	[ "$status" = 0 ]
	[[ $output == *"is updated in the register (lars2)"* ]]
	[ "$(entries)" = 2 ]
	[ "$(jq -r .algorithms.lars2.entry.provider "$SERVER/state.json")" = "Een ander" ]
	[ "$(jq -r .algorithms.x.entry.name "$SERVER/state.json")" = Other ]
	# Another workspace that knows nothing of it finds it too.
	cd .. && mv ws old && workspace
	push
	[ "$status" = 0 ]
	[ "$(entries)" = 2 ]
}

@test "two applications that are one entry there do not overwrite each other" {
	serve && workspace
	fria app add ander --from "$EXAMPLE/entry.json"
	fria release ander 1.0 --from "$EXAMPLE/release-1.0.json"
	for app in straatafval ander; do
		refused 'same entry to the register \(source_id ZM-ALG-0017\)' \
			fria register push $app
		refused 'same entry' fria register push $app --dry-run
	done
	[ ! -e "$SERVER/log" ]
	jq '.[0] | .source_id = "own"' "$EXAMPLE/entry.json" >../own.json
	fria release ander 1.1 --patch --from ../own.json
	fria register push ander
	push
	[ "$status" = 0 ]
	[ "$(entries)" = 2 ]
	# The same code in the register is the same entry, too.
	jq '.sent.lars = "lars1"' assessments/straatafval/entry.json >../e.json
	cp ../e.json assessments/straatafval/entry.json
	git commit -qam "The other's code."
	refused 'ander and straatafval are the same entry' fria register push ander
}

@test "several entries there with one source_id: none is chosen by chance" {
	echo '{"algorithms": {
		"x": {"entry": {"name": "A", "source_id": "ZM-ALG-0017"}},
		"y": {"entry": {"name": "B", "source_id": "ZM-ALG-0017"}}}}' \
		>"$SERVER/state.json"
	serve && workspace
	refused 'holds 2 entries with source_id ZM-ALG-0017' \
		fria register push straatafval
	[ "$(asked | grep -cE '^(PUT|POST /alg)')" = 0 ]
	# Its own code says which one it is.
	jq '.sent = {"lars": "y"}' assessments/straatafval/entry.json >../e.json
	cp ../e.json assessments/straatafval/entry.json
	git commit -qam "Ours is y."
	push
	[ "$status" = 0 ]
	[ "$(jq -r .algorithms.x.entry.name "$SERVER/state.json")" = A ]
	[ "$(jq -r .algorithms.y.entry.name "$SERVER/state.json")" != B ]
}

@test "what the register refuses is said field by field, and nothing is kept" {
	serve && workspace
	fria app set straatafval /register/goal "refuse me"
	git rev-parse HEAD >../before
	push
	[ "$status" = 1 ]
	[[ $output == *"The register refuses Goal and impact: The text is not clear."* ]]
	[ "$(entries)" = 0 ]
	[ "$(git rev-parse HEAD)" = "$(cat ../before)" ]
	push --json
	[ "$(jq -r '.findings[-1].pointer' <<<"$output")" = /goal ]
}

@test "what the standard forbids is never sent" {
	serve && workspace
	fria app set straatafval /register/status "Soms"
	push
	[ "$status" = 1 ]
	[[ $stderr == *"Nothing was sent"* && $output == *'"Soms"'* ]]
	[ ! -e "$SERVER/log" ]
}

@test "an expired token is renewed once" {
	serve '[{"method": "POST", "path": "algorithms$", "status": 401,
		"body": {"detail": "expired"}}]'
	workspace
	push
	[ "$status" = 0 ]
	[ "$(asked | grep -c '^POST /token 200')" = 2 ] && [ "$(entries)" = 1 ]
	[ "$(asked | grep -c '^POST /algorithms')" = 2 ]
}

@test "an account that is refused is refused at once" {
	serve '[{"method": "GET", "path": "algorithms$", "status": 401, "times": 9,
		"body": {"detail": "no such role"}}]'
	workspace
	refused 'does not let this account act.*no such role' fria register push straatafval
	[ "$(asked | wc -l)" = 4 ]
	FRIA_REGISTER_PASSWORD=wrong refused 'name or password.*Invalid user' \
		fria register push straatafval
	unset FRIA_REGISTER_PASSWORD
	refused 'no password for aanleveraar' fria register push straatafval
}

@test "the password comes from git's helper, which hears whether it was right" {
	serve && workspace
	unset FRIA_REGISTER_PASSWORD
	cat >../helper <<'END'
#!/bin/sh
echo "$1" >>"$HOME/asked"
[ "$1" != get ] || printf 'username=aanleveraar\npassword=%s\n' "$(cat "$HOME/pass")"
cat >/dev/null
END
	chmod +x ../helper
	git config --global credential.helper "$PWD/../helper"
	echo wrong >../../pass
	refused 'name or password' fria register push straatafval
	echo 'ge&heim' >../../pass
	push
	[ "$status" = 0 ]
	[ "$(paste -sd' ' ../../asked)" = "get erase get store" ]
}

@test "a version that is handed over already is a conflict, and saved" {
	serve '[{"method": "PUT", "path": "release$", "status": 409,
		"body": {"detail": "A version waits for approval."}}]'
	workspace
	push
	[ "$status" = 1 ]
	[[ $output == *"is saved, but the register cannot release it now: A version waits"* ]]
	jq -e '.sent.lars == "lars1"' assessments/straatafval/entry.json
}

# bats test_tags=rest
@test "too many requests: it waits as it is told, and not for ever" {
	serve '[{"method": "GET", "path": "algorithms$", "status": 429, "times": 2,
		"headers": {"retry-after": "1"}}]'
	workspace
	push
	[ "$status" = 0 ]
	[[ $stderr == *"waiting 1 s"* ]]
	[ "$(asked | grep -c '^GET /algorithms 429')" = 2 ] && [ "$(entries)" = 1 ]
	kill "$server" && rm "$SERVER"/port "$SERVER"/log
	serve '[{"method": "PUT", "path": "algorithms", "status": 429, "times": 99,
		"headers": {"retry-after": "0"}, "body": {"detail": "Too many."}}]'
	refused 'no more requests now \(429\): Too many' fria register push straatafval
	[ "$(asked | grep -c ' 429')" = 4 ]
	kill "$server" && rm "$SERVER"/port "$SERVER"/log
	serve '[{"method": "GET", "path": "algorithms$", "status": 429, "times": 99,
		"headers": {"retry-after": "86400"}}]'
	refused 'no more requests' fria register push straatafval
	[ "$(asked | grep -c ' 429')" = 1 ]
}

@test "an answer that never comes: it looks before it sends again" {
	serve '[{"method": "POST", "path": "algorithms$", "hang": true}]'
	workspace
	push
	[ "$status" = 0 ]
	[ "$(entries)" = 1 ]
	diff - <(asked | head -5) <<END
POST /token 200
GET /algorithms 200
POST /algorithms hang
GET /algorithms 200
POST /algorithms 200
END
}

@test "a connection lost after it was sent makes no second entry" {
	serve '[{"method": "POST", "path": "algorithms$", "lose": "after"}]'
	workspace
	push
	[ "$status" = 0 ]
	[[ $output == *"is new in the register, as lars1"* ]]
	[ "$(entries)" = 1 ]
	[ "$(asked | grep -c '^POST /algorithms')" = 1 ]
	jq -e '.sent.lars == "lars1"' assessments/straatafval/entry.json
}

# bats test_tags=rest
@test "a gateway that fails after it was sent makes no second entry" {
	echo '{"algorithms": {}}' >"$SERVER/state.json"
	serve '[{"method": "POST", "path": "algorithms$", "lose": "before", "times": 2},
		{"method": "POST", "path": "algorithms$", "lose": "after"}]'
	workspace
	push
	[ "$status" = 0 ]
	[ "$(entries)" = 1 ]
	[ "$(asked | grep -c '^POST /algorithms')" = 3 ]
}

# bats test_tags=rest
@test "a register that stays away is trouble, and the next try succeeds" {
	serve '[{"method": "POST", "path": "algorithms$", "lose": "after"},
		{"method": "PUT", "path": "release$", "status": 500, "times": 1}]'
	workspace
	run --separate-stderr fria register push straatafval
	[ "$status" = 2 ]
	[[ $stderr == *"answered with an error (500)"* ]]
	jq -e '.sent.lars == "lars1"' assessments/straatafval/entry.json
	push
	[ "$status" = 0 ]
	[ "$(entries)" = 1 ]
	kill "$server" && wait "$server" || true
	FRIA_REGISTER_TOKEN=x refused 'cannot be reached: it takes no connection' \
		fria register push straatafval
	[[ $stderr != *"onnect to"* ]]
	FRIA_REGISTER_TOKEN=x refused 'cannot be reached: .*[(].*onnect' \
		fria --verbose register push straatafval
}

@test "a dry run sends nothing, and needs no account" {
	workspace
	git rev-parse HEAD >../before
	push --dry-run
	[ "$status" = 0 ]
	[[ $output == *"Nothing was sent."*'"source_id"'* ]]
	serve
	push --dry-run
	[ "$status" = 0 ]
	[[ $output == *"127.0.0.1"* ]]
	push --dry-run --json
	[ "$(jq -c '[.saved, .lars, .entry.lang]' <<<"$output")" = '[false,null,"nld"]' ]
	[ ! -e "$SERVER/log" ]
	[ "$(git rev-parse HEAD)" = "$(cat ../before)" ]
}

@test "where to comes from the user alone, and is https" {
	workspace
	refused 'fria.register.url is not set' fria register push straatafval
	git config fria.register.url https://evil.example/api
	refused 'fria.register.url is not set' fria register push straatafval
	serve
	for url in http://example.org/api ftp://127.0.0.1/ https://a:b@example.org file:///etc; do
		git config --global fria.register.url $url
		refused 'no address to send an entry to' fria register push straatafval
	done
	git config --global fria.register.url https://example.org/api
	git config --global fria.register.tokenurl http://example.org/token
	refused 'no address to send' fria register push straatafval
	git config --global fria.register.tokenurl https://example.org/token
	git config --global fria.register.organisation ../x
	refused 'no code of an organisation' fria register push straatafval
	refused 'no application' fria register push nope
}

@test "without libcurl all but sending works, and the message says what to install" {
	serve && workspace
	mkdir ../none
	: >../none/libcurl.so.4
	: >../none/libcurl-gnutls.so.4
	export LD_LIBRARY_PATH=$(realpath ../none)
	run fria register push straatafval --dry-run
	[ "$status" = 0 ]
	refused "Install the package libcurl4 and try again" \
		fria register push straatafval
	unset LD_LIBRARY_PATH
	[ ! -e "$SERVER/log" ]
	# The one that git brings does as well.
	: >../none/libcurl.so.4
	rm ../none/libcurl-gnutls.so.4
	LD_LIBRARY_PATH=$(realpath ../none) push
	[ "$status" = 0 ]
	[ "$(entries)" = 1 ]
}
