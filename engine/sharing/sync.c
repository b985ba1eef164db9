/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sync: what others recorded comes in and is merged, what was recorded here
 * goes out, together with the versions. It overwrites nothing on either side.
 */
#include "sync_internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How often it starts again when others were first; and when nobody was. */
#define TRIES 12
#define TRIES_UNMOVED 2

static void tell(const exchange *x, fria_word step)
{
	if (x->request->tell)
		x->request->tell(x->request->data, step, x->out->remote);
}

/* Number of commits that `to` has and `from` ("" for none) has not. */
static size_t count(const exchange *x, const char *from, const char *to)
{
	fria_buf out = FRIA_BUF_INIT;
	char *range = *from ? fria_format("%s..%s", from, to) : fria_strdup(to);
	const char *const args[] = {"rev-list", "--count", range, "--", NULL};
	size_t n = 0;
	if (!fria_transport_ask(&out, &x->transport, args, NULL))
		n = (size_t)strtoull(out.text, NULL, 10);
	fria_buf_dispose(&out);
	free(range);
	return n;
}

/* --- what each side has --- */

static const char *their_tip(const exchange *x)
{
	const fria_ref *ref = fria_refs_find(&x->theirs, x->theirs_name);
	return ref ? ref->id : NULL;
}

static void add_said(fria_strings *list, const exchange *x, const char *name)
{
	char *text = sync_said(x, name);
	fria_strings_add(list, text);
	free(text);
}

static int look(exchange *x, fria_error *err)
{
	char *pattern = fria_format("%s*", x->tags);
	char known[FRIA_ID_SIZE];
	const char *const patterns[] = {x->theirs_name, pattern};
	fria_refs_dispose(&x->theirs);
	fria_refs_dispose(&x->ours);
	int code =
	    fria_transport_list(&x->theirs, &x->transport, patterns, err);
	if (!code)
		code = fria_store_refs(&x->ours, x->ws->store, x->tags, err);
	if (!code && !their_tip(x) && x->upstream && x->tracking &&
	    fria_store_ref(known, x->ws->store, x->tracking))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_branch_gone,
				 "branch", x->out->branch, "remote",
				 x->out->remote, NULL);
	free(pattern);
	return code;
}

/* --- in --- */

static void add_spec(fria_strings *specs, const char *from, const char *to)
{
	char *spec = to ? fria_format("%s:%s", from, to) : fria_strdup(from);
	fria_strings_add(specs, spec);
	free(spec);
}

static int fetch(exchange *x, fria_error *err)
{
	fria_strings specs = FRIA_STRINGS_INIT;
	char known[FRIA_ID_SIZE] = "";
	const char *tip = their_tip(x);
	/*
	 * Only what a reference holds is here as a whole: a fetch that was cut
	 * off may have left a commit without its files.
	 */
	if (x->tracking)
		fria_store_ref(known, x->ws->store, x->tracking);
	else
		memcpy(known, x->head, sizeof known);
	if (tip && strcmp(known, tip) != 0)
		add_spec(&specs, x->theirs_name, x->tracking);
	for (size_t i = 0; i < x->theirs.n; i++) {
		const char *name = x->theirs.items[i].name;
		if (!sync_is_version(x, name) || fria_refs_find(&x->ours, name))
			continue;
		add_spec(&specs, name, name);
		add_said(&x->out->versions_in, x, name);
	}
	int code = specs.n ? sync_fetch(x, &specs, err) : 0;
	fria_strings_dispose(&specs);
	return code;
}

/* Is one commit the other, or behind it? */
static int is_behind(bool *out, const exchange *x, const char *a, const char *b,
		     fria_error *err)
{
	const char *const args[] = {"merge-base", "--is-ancestor", a, b, NULL};
	fria_ran ran;
	int code = fria_transport_git(&ran, &x->transport, args, NULL, err);
	if (code)
		return code;
	*out = !ran.status;
	if (ran.status > 1)
		code = fria_fail(err, FRIA_EIO, FRIA_W_sync_git, "command",
				 args[0], "git", ran.err.text, NULL);
	fria_ran_dispose(&ran);
	return code;
}

/* Unsaved changes are no race with the other side: nothing to try again. */
static int refuse(fria_error *err, const fria_error *why)
{
	if (err && !err->code)
		*err = *why;
	if (err && err->code == FRIA_ERACE)
		err->code = FRIA_EREFUSED;
	return why->code == FRIA_ERACE ? FRIA_EREFUSED : why->code;
}

static int merge(exchange *x, fria_error *err)
{
	const char *tip = their_tip(x);
	bool behind = true;
	fria_merged merged;
	fria_error why = FRIA_ERROR_INIT;
	fria_store_head(x->head, x->ws->store);
	int code = tip ? is_behind(&behind, x, tip, x->head, err) : 0;
	if (code || behind)
		return code;
	size_t n = count(x, x->head, tip);
	tell(x, FRIA_W_sync_merging);
	if (fria_merge_commit(&merged, x->ws, tip, &why))
		return refuse(err, &why);
	x->out->fetched += n;
	x->out->merged = x->out->merged || merged.kind == FRIA_MERGED_BOTH;
	x->out->conflicts = merged.conflicts;
	for (size_t i = 0; i < merged.documents.n; i++)
		fria_strings_add(&x->out->documents, merged.documents.items[i]);
	x->stopped = merged.kind == FRIA_MERGED_STOPPED;
	fria_merged_dispose(&merged);
	fria_store_head(x->head, x->ws->store);
	return 0;
}

/* --- out --- */

/* Adds the versions that they lack and that belong to what is sent. */
static int add_versions(fria_strings *specs, const exchange *x, fria_error *err)
{
	size_t missing = 0;
	const char *const args[] = {"for-each-ref", "--format=%(refname)",
				    "--merged",	    x->head,
				    x->tags,	    NULL};
	fria_buf list = FRIA_BUF_INIT;
	char *save = NULL;
	for (size_t i = 0; i < x->ours.n; i++)
		missing += !fria_refs_find(&x->theirs, x->ours.items[i].name);
	int code =
	    missing ? fria_transport_ask(&list, &x->transport, args, err) : 0;
	for (char *name = list.n ? strtok_r(list.text, "\n", &save) : NULL;
	     name && !code; name = strtok_r(NULL, "\n", &save))
		if (fria_refs_find(&x->ours, name) &&
		    !fria_refs_find(&x->theirs, name))
			add_spec(specs, name, name);
	fria_buf_dispose(&list);
	return code;
}

static int send(exchange *x, fria_error *err)
{
	fria_strings specs = FRIA_STRINGS_INIT;
	const char *tip = their_tip(x);
	bool branch = !tip || strcmp(tip, x->head) != 0;
	if (branch)
		add_spec(&specs, x->head, x->theirs_name);
	int code = add_versions(&specs, x, err);
	if (!code && specs.n) {
		tell(x, FRIA_W_sync_sending);
		if (fria_transport_skips(x->ws->store, "pre-push"))
			tell(x, FRIA_W_sync_hook);
		code = sync_push(x, &specs, err);
	}
	if (!code && x->tracking)
		code = sync_track(x, x->tracking, err);
	if (!code && branch)
		x->out->sent = count(x, tip ? tip : "", x->head);
	for (size_t i = branch; i < specs.n && !code; i++) {
		specs.items[i][strcspn(specs.items[i], ":")] = '\0';
		add_said(&x->out->versions_out, x, specs.items[i]);
		fria_strings_add(&x->sent, specs.items[i]);
	}
	fria_strings_dispose(&specs);
	return code;
}

static void add_ref(fria_refs *to, const fria_ref *ref)
{
	fria_ref *own = FRIA_PUSH(to);
	*own = *ref;
	own->name = fria_strdup(ref->name);
}

/* The versions that the other side has now, for whoever verifies later. */
static int keep_seen(const exchange *x, fria_error *err)
{
	fria_refs seen = {NULL, 0};
	const char *remote = x->first && !x->named ? "origin" : x->out->remote;
	for (size_t i = 0; i < x->theirs.n; i++)
		if (sync_is_version(x, x->theirs.items[i].name))
			add_ref(&seen, &x->theirs.items[i]);
	for (size_t i = 0; i < x->sent.n; i++) {
		const fria_ref *ref =
		    fria_refs_find(&x->ours, x->sent.items[i]);
		if (ref)
			add_ref(&seen, ref);
	}
	fria_refs_sort(&seen);
	int code = fria_store_seen_write(x->ws->store, remote, &seen, err);
	fria_refs_dispose(&seen);
	return code;
}

/* --- until both sides are one --- */

static int once(exchange *x, fria_error *err)
{
	int code = look(x, err);
	if (!code)
		code = sync_settle_versions(x, err);
	if (!code)
		code = fetch(x, err);
	if (!code)
		code = merge(x, err);
	if (!code && !x->stopped)
		code = send(x, err);
	return code;
}

static void pause_before(int try)
{
	char random[2];
	fria_random_id(random, 1);
	const long ms = 20L * try * (1 + random[0] % 8);
	const struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
	nanosleep(&wait, NULL);
}

static int repeat(exchange *x, fria_error *err)
{
	char seen[FRIA_ID_SIZE] = "";
	fria_error last = FRIA_ERROR_INIT;
	int code = FRIA_ERACE;
	for (int try = 0, unmoved = 0; code == FRIA_ERACE && try < TRIES;
	     try++) {
		if (try) {
			pause_before(try);
			tell(x, FRIA_W_sync_again);
		}
		fria_error_clear(&last);
		code = once(x, &last);
		const char *tip = their_tip(x);
		unmoved = !strcmp(tip ? tip : "", seen) ? unmoved + 1 : 0;
		if (unmoved > TRIES_UNMOVED)
			break;
		memcpy(seen, tip ? tip : "", tip ? sizeof seen : 1);
	}
	if (code && err)
		*err = last;
	return code;
}

static int exchange_all(exchange *x, fria_error *err)
{
	int code = sync_choose(x, err);
	if (!code)
		code = sync_share(x, err);
	if (!code)
		code = sync_turn_begin(x, err);
	if (code)
		return code;
	if (x->out->made)
		tell(x, FRIA_W_sync_made);
	code = fria_transport_open(&x->transport, x->ws->store, x->out->remote,
				   x->named, err);
	if (!code) {
		tell(x, FRIA_W_sync_fetching);
		code = repeat(x, err);
	}
	if (!code)
		code = keep_seen(x, err);
	if (!code && !x->stopped)
		code = sync_remember(x, err);
	/* Nothing was in the way: what was cut off has left no lock. */
	if (!code)
		x->cut_off = 0;
	memcpy(x->out->commit, x->head, sizeof x->head);
	fria_transport_close(&x->transport);
	sync_turn_end(x);
	return code;
}

int fria_sync(fria_synced *out, fria_workspace *ws,
	      const fria_sync_request *request, fria_error *err)
{
	exchange x = {.ws = ws, .request = request, .out = out, .turn = -1};
	*out = (fria_synced){.remote = NULL};
	/* Who merges must be known before anything is fetched. */
	int code =
	    fria_store_is_bare(ws->store)
		? fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_repository, NULL)
		: fria_act_begin(ws, NULL, err);
	if (!code) {
		fria_act_end(ws);
		code = exchange_all(&x, err);
	}
	fria_refs_dispose(&x.theirs);
	fria_refs_dispose(&x.ours);
	fria_strings_dispose(&x.sent);
	free(x.theirs_name);
	free(x.tracking);
	free(x.tags);
	if (code)
		fria_synced_dispose(out);
	return code;
}

void fria_synced_dispose(fria_synced *synced)
{
	free(synced->remote);
	free(synced->branch);
	fria_strings_dispose(&synced->versions_in);
	fria_strings_dispose(&synced->versions_out);
	fria_strings_dispose(&synced->renumbered);
	fria_strings_dispose(&synced->documents);
	synced->remote = synced->branch = NULL;
}
