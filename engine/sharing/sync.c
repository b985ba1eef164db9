/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sync: what others recorded comes in and is merged, what was recorded here
 * goes out, together with the versions. It overwrites nothing on either side.
 */
#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How often it starts again when others were first; and when nobody was. */
#define TRIES 12
#define TRIES_UNMOVED 2
/* How long to wait for another exchange in the same work tree. */
#define LOCK_SECONDS 10
/* How often a lock of git's is tried; half of them before it is removed. */
#define LOCK_TRIES 10

typedef struct {
	fria_workspace *ws;
	const fria_sync_request *request;
	fria_synced *out;
	fria_transport transport;
	fria_refs theirs, ours; /* the branch and the versions */
	char *theirs_name;	/* "refs/heads/main", as the remote calls it */
	char *tracking;		/* "refs/remotes/origin/main", or NULL */
	char *tags;		/* "refs/tags/fria/" */
	bool named;		/* the remote is one of the repository's */
	bool first;		/* the repository has no remote at all */
	bool upstream;		/* the branch knows where it belongs */
	time_t cut_off; /* when an earlier exchange began that did not end */
	bool stopped;	/* people must decide first */
	char head[FRIA_ID_SIZE];
} exchange;

static void tell(const exchange *x, fria_word step)
{
	if (x->request->tell)
		x->request->tell(x->request->data, step, x->out->remote);
}

/* Runs git for its output; EIO with git's reason unless its status is 0. */
static int ask(fria_buf *out, const exchange *x, const char *const args[],
	       fria_error *err)
{
	fria_ran ran;
	int code = fria_transport_git(&ran, &x->transport, args, NULL, err);
	if (code)
		return code;
	if (ran.status)
		code = fria_fail(err, FRIA_EIO, FRIA_W_sync_git, "command",
				 args[0], "reason", ran.err.text, NULL);
	else if (out)
		fria_buf_put(out, ran.out.text, ran.out.n);
	fria_ran_dispose(&ran);
	return code;
}

/* Number of commits that `to` has and `from` ("" for none) has not. */
static size_t count(const exchange *x, const char *from, const char *to)
{
	fria_buf out = FRIA_BUF_INIT;
	char *range = *from ? fria_format("%s..%s", from, to) : fria_strdup(to);
	const char *const args[] = {"rev-list", "--count", range, "--", NULL};
	size_t n = 0;
	if (!ask(&out, x, args, NULL))
		n = (size_t)strtoull(out.text, NULL, 10);
	fria_buf_dispose(&out);
	free(range);
	return n;
}

/* --- with whom, and which branch --- */

static char *setting(const exchange *x, const char *name)
{
	fria_buf value = FRIA_BUF_INIT;
	char *key = fria_format("branch.%s.%s", x->out->branch, name);
	bool set = fria_store_config(&value, x->ws->store, key) && value.n;
	free(key);
	if (set)
		return fria_buf_detach(&value);
	fria_buf_dispose(&value);
	return NULL;
}

/* The one remote, or origin; EREFUSED says what to do. */
static int only_remote(char **out, const fria_strings *remotes, fria_error *err)
{
	fria_buf names = FRIA_BUF_INIT;
	int code = 0;
	for (size_t i = 0; i < remotes->n; i++)
		fria_buf_printf(&names, i ? ", %s" : "%s", remotes->items[i]);
	if (!remotes->n)
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_no_remote, NULL);
	else if (remotes->n == 1)
		*out = fria_strdup(remotes->items[0]);
	else if (fria_strings_has(remotes, "origin"))
		*out = fria_strdup("origin");
	else
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_many_remotes,
				 "names", names.text, NULL);
	fria_buf_dispose(&names);
	return code;
}

/* A folder is meant from where the user is, not from the workspace. */
static char *absolute(const char *remote)
{
	char *path = strstr(remote, "://") ? NULL : realpath(remote, NULL);
	return path ? path : fria_strdup(remote);
}

static int choose_remote(exchange *x, const char *upstream, fria_error *err)
{
	fria_strings remotes = FRIA_STRINGS_INIT;
	const char *given = x->request->remote;
	int code = fria_store_remotes(&remotes, x->ws->store, err);
	if (!code && given)
		x->out->remote = fria_strings_has(&remotes, given)
				     ? fria_strdup(given)
				     : absolute(given);
	else if (!code && upstream)
		x->out->remote = fria_strdup(upstream);
	else if (!code)
		code = only_remote(&x->out->remote, &remotes, err);
	x->named = !code && fria_strings_has(&remotes, x->out->remote);
	x->first = !remotes.n;
	fria_strings_dispose(&remotes);
	return code;
}

static int choose(exchange *x, fria_error *err)
{
	static const char heads[] = "refs/heads/";
	const char *prefix = fria_json_text(x->ws->config, "tags");
	fria_buf branch = FRIA_BUF_INIT;
	int code = fria_store_branch(&branch, x->ws->store, err);
	x->out->branch = fria_buf_detach(&branch);
	if (code)
		return code;
	if (!fria_store_head(x->head, x->ws->store))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_unborn, NULL);
	char *remote = setting(x, "remote"), *merge = setting(x, "merge");
	if (remote && !strcmp(remote, ".")) /* another branch of this one */
		*remote = '\0';
	code = choose_remote(x, remote && *remote ? remote : NULL, err);
	x->upstream = remote && *remote && merge;
	if (!code && x->upstream && !strcmp(remote, x->out->remote) &&
	    !strncmp(merge, heads, sizeof heads - 1))
		x->theirs_name = fria_strdup(merge);
	else
		x->theirs_name = fria_format("%s%s", heads, x->out->branch);
	if (x->named)
		x->tracking = fria_format("refs/remotes/%s/%s", x->out->remote,
					  x->theirs_name + sizeof heads - 1);
	x->tags = fria_format("refs/tags/%s/", prefix ? prefix : "fria");
	free(remote);
	free(merge);
	return code;
}

/* --- what each side has --- */

static const char *their_tip(const exchange *x)
{
	const fria_ref *ref = fria_refs_find(&x->theirs, x->theirs_name);
	return ref ? ref->id : NULL;
}

static bool is_version(const exchange *x, const char *name)
{
	return !strncmp(name, x->tags, strlen(x->tags));
}

/* "refs/tags/fria/APP/NAME/v3" as "APP/NAME v3". */
static char *said(const exchange *x, const char *name)
{
	char *text = fria_strdup(name + strlen(x->tags));
	char *slash = strrchr(text, '/');
	if (slash)
		*slash = ' ';
	return text;
}

static void add_said(fria_strings *list, const exchange *x, const char *name)
{
	char *text = said(x, name);
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

/* --- versions with one number on two sides --- */

/* The number at the end of "…/v12"; 0 if there is none. */
static unsigned long number_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	if (!slash || slash[1] != 'v')
		return 0;
	return strtoul(slash + 2, NULL, 10);
}

static bool same_assessment(const char *a, const char *b)
{
	const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
	return x && y && x - a == y - b && !strncmp(a, b, (size_t)(x - a));
}

static const fria_ref *find_clash(const exchange *x)
{
	for (size_t i = 0; i < x->theirs.n; i++) {
		const fria_ref *t = &x->theirs.items[i];
		const fria_ref *o = is_version(x, t->name)
					? fria_refs_find(&x->ours, t->name)
					: NULL;
		if (o && strcmp(o->id, t->id) != 0)
			return o;
	}
	return NULL;
}

/* The message of a version under its new number. */
static char *new_message(const char *message, unsigned long from,
			 unsigned long to)
{
	char *was = fria_format("v%lu", from);
	const char *line = message + strcspn(message, "\n");
	const char *at = strstr(message, was);
	fria_buf out = FRIA_BUF_INIT;
	if (at && at < line) {
		fria_buf_put(&out, message, (size_t)(at - message));
		fria_buf_printf(&out, "v%lu", to);
		message = at + strlen(was);
	}
	fria_buf_puts(&out, message);
	fria_buf_printf(&out, "%sRenumbered: %s\n",
			out.n && out.text[out.n - 1] == '\n' ? "" : "\n", was);
	free(was);
	return fria_buf_detach(&out);
}

/* Gives an own version another number: the new name first, then the old goes,
 * so that being cut off midway loses neither. */
static int renumber_one(exchange *x, const fria_ref *own, unsigned long to,
			fria_error *err)
{
	const fria_session *s = &x->ws->session;
	fria_tag tag;
	const char *name = own->name + strlen("refs/tags/");
	char *fresh = fria_format(
	    "%.*sv%lu", (int)(strrchr(name, '/') + 1 - name), name, to);
	int code = fria_store_tag_read(&tag, x->ws->store, name, err);
	if (!code) {
		char *message = new_message(tag.message, number_of(name), to);
		code = fria_store_tag_create(
		    x->ws->store, fresh, tag.target, message,
		    s->committer_name ? s->committer_name : s->name,
		    s->committer_email ? s->committer_email : s->email, s->now,
		    s->offset, err);
		free(message);
		fria_tag_dispose(&tag);
	}
	if (!code)
		code = fria_store_ref_delete(x->ws->store, own, err);
	if (!code) {
		char *was = said(x, own->name);
		char *line = fria_format("%s v%lu", was, to);
		fria_strings_add(&x->out->renumbered, line);
		free(line);
		free(was);
	}
	free(fresh);
	return code;
}

/* Does a version say that it is this one, under a new number? */
static bool is_moved(const exchange *x, const fria_ref *to, const fria_ref *was)
{
	fria_tag a, b;
	bool is = false;
	if (fria_store_tag_read(&a, x->ws->store, was->name + 10, NULL))
		return false;
	if (!fria_store_tag_read(&b, x->ws->store, to->name + 10, NULL)) {
		char *line =
		    fria_format("\nRenumbered: v%lu\n", number_of(was->name));
		is = !strcmp(a.target, b.target) && strstr(b.message, line);
		free(line);
		fria_tag_dispose(&b);
	}
	fria_tag_dispose(&a);
	return is;
}

/* A renumbering that was cut off left a version under both numbers. */
static int drop_moved(exchange *x, const fria_ref *clash, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < x->ours.n && !code; i++) {
		const fria_ref *was = &x->ours.items[i];
		bool moved = false;
		if (!same_assessment(was->name, clash->name) ||
		    number_of(was->name) < number_of(clash->name))
			continue;
		for (size_t k = 0; k < x->ours.n && !moved; k++)
			moved =
			    same_assessment(x->ours.items[k].name, was->name) &&
			    number_of(x->ours.items[k].name) >
				number_of(was->name) &&
			    is_moved(x, &x->ours.items[k], was);
		if (moved)
			code = fria_store_ref_delete(x->ws->store, was, err);
	}
	fria_refs_dispose(&x->ours);
	return code ? code
		    : fria_store_refs(&x->ours, x->ws->store, x->tags, err);
}

/*
 * Own versions of the assessment, from the clash on, follow on the others'
 * last; the highest first, since each takes a number above its own.
 */
static int renumber(exchange *x, const fria_ref *clash, fria_error *err)
{
	unsigned long last = 0, from = number_of(clash->name);
	size_t own = 0;
	int code = 0;
	for (size_t i = 0; i < x->theirs.n; i++) {
		const fria_ref *t = &x->theirs.items[i];
		if (same_assessment(t->name, clash->name) &&
		    number_of(t->name) > last)
			last = number_of(t->name);
	}
	for (size_t i = 0; i < x->ours.n; i++)
		own += same_assessment(x->ours.items[i].name, clash->name) &&
		       number_of(x->ours.items[i].name) >= from;
	for (unsigned long n = from + own; n-- > from && !code;) {
		char *name = fria_format(
		    "%.*sv%lu",
		    (int)(strrchr(clash->name, '/') + 1 - clash->name),
		    clash->name, n);
		const fria_ref *ref = fria_refs_find(&x->ours, name);
		if (ref)
			code = renumber_one(x, ref, last + 1 + n - from, err);
		free(name);
	}
	return code;
}

static int give_way(exchange *x, const char *name, fria_error *err)
{
	char *own = fria_strdup(name); /* the list is read anew */
	const fria_ref clash = {.name = own};
	int code = drop_moved(x, &clash, err);
	if (!code && fria_refs_find(&x->ours, own))
		code = renumber(x, &clash, err);
	free(own);
	return code;
}

static int settle_versions(exchange *x, fria_error *err)
{
	const fria_ref *clash;
	int code = 0;
	while (!code && (clash = find_clash(x))) {
		char *version = said(x, clash->name);
		if (!x->request->renumber || !number_of(clash->name))
			code = fria_fail(
			    err, FRIA_EREFUSED, FRIA_W_sync_version_twice,
			    "version", version, "remote", x->out->remote, NULL);
		else
			code = give_way(x, clash->name, err);
		free(version);
		fria_refs_dispose(&x->ours);
		if (!code)
			code = fria_store_refs(&x->ours, x->ws->store, x->tags,
					       err);
	}
	return code;
}

/* --- in --- */

static void add_spec(fria_strings *specs, const char *from, const char *to)
{
	char *spec = to ? fria_format("%s:%s", from, to) : fria_strdup(from);
	fria_strings_add(specs, spec);
	free(spec);
}

/* Does a path lie in this repository's own folder, or its main work tree's? */
static bool is_ours(const exchange *x, const char *path)
{
	char *base = fria_strdup(fria_store_own_folder(x->ws->store));
	char *linked = strstr(base, "/worktrees/");
	char *end = linked ? linked : strrchr(base, '/');
	end[1] = '\0';
	bool is = !strncmp(path, base, strlen(base)) && !strstr(path, "/../");
	free(base);
	return is;
}

/*
 * An exchange that was killed takes its git along, which may still be ending,
 * or have left its lock: one that is not older than that exchange, and that
 * nobody lets go of, is removed.
 */
static void drop_lock(const exchange *x, const char *lock)
{
	struct stat st;
	if (x->cut_off && is_ours(x, lock) && !lstat(lock, &st) &&
	    S_ISREG(st.st_mode) && st.st_mtime >= x->cut_off)
		unlink(lock);
}

static int fetch_patiently(const exchange *x, const fria_strings *specs,
			   fria_error *err)
{
	fria_buf lock = FRIA_BUF_INIT;
	fria_error why = FRIA_ERROR_INIT;
	int code = FRIA_ELOCKED;
	for (int i = 0; code == FRIA_ELOCKED && i < LOCK_TRIES; i++) {
		const struct timespec wait = {0, i * 50000000L};
		nanosleep(&wait, NULL);
		if (i > LOCK_TRIES / 2)
			drop_lock(x, lock.text);
		fria_error_clear(&why);
		code = fria_transport_fetch(&lock, &x->transport, specs, &why);
	}
	if (code && err)
		*err = why;
	fria_buf_dispose(&lock);
	return code;
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
		if (!is_version(x, name) || fria_refs_find(&x->ours, name))
			continue;
		add_spec(&specs, name, name);
		add_said(&x->out->versions_in, x, name);
	}
	int code = specs.n ? fetch_patiently(x, &specs, err) : 0;
	/* Nothing was in the way: what was cut off has left no lock. */
	if (!code && specs.n)
		x->cut_off = 0;
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
				 args[0], "reason", ran.err.text, NULL);
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
	int code = missing ? ask(&list, x, args, err) : 0;
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
		code = fria_transport_push(&x->transport, &specs, err);
	}
	if (!code && branch)
		x->out->sent = count(x, tip ? tip : "", x->head);
	for (size_t i = branch; i < specs.n && !code; i++) {
		specs.items[i][strcspn(specs.items[i], ":")] = '\0';
		add_said(&x->out->versions_out, x, specs.items[i]);
	}
	fria_strings_dispose(&specs);
	return code;
}

/* --- until both sides are one --- */

static int once(exchange *x, fria_error *err)
{
	int code = look(x, err);
	if (!code)
		code = settle_versions(x, err);
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

/* The first address given becomes origin, whose branch is known already. */
static int add_origin(exchange *x, fria_error *err)
{
	char *ref = fria_format("refs/remotes/origin/%s",
				x->theirs_name + strlen("refs/heads/"));
	const char *const add[] = {"remote", "add", "origin", x->out->remote,
				   NULL};
	const char *const set[] = {"update-ref", ref, x->head, NULL};
	int code = ask(NULL, x, add, err);
	if (!code)
		code = ask(NULL, x, set, err);
	free(ref);
	return code;
}

/* Next time no remote has to be named. */
static int remember(exchange *x, fria_error *err)
{
	char *key = fria_format("branch.%s.remote", x->out->branch);
	char *merge = fria_format("branch.%s.merge", x->out->branch);
	const char *const remote[] = {
	    "config", key, x->first ? "origin" : x->out->remote, NULL};
	const char *const name[] = {"config", merge, x->theirs_name, NULL};
	int code = 0;
	if (x->first && !x->named)
		code = add_origin(x, err);
	if (!code && !x->upstream && (x->named || x->first)) {
		code = ask(NULL, x, remote, err);
		if (!code)
			code = ask(NULL, x, name, err);
	}
	free(merge);
	free(key);
	return code;
}

/* --- one at a time --- */

/* The descriptor of the lock, or -1. */
static int lock(const exchange *x, fria_error *err)
{
	const struct timespec step = {0, 50000000};
	char *path =
	    fria_format("%s/sync", fria_store_own_folder(x->ws->store));
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666), busy = -1;
	for (int i = 0; fd >= 0 && busy && i < LOCK_SECONDS * 20; i++) {
		busy = flock(fd, LOCK_EX | LOCK_NB);
		if (busy && errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (busy)
			nanosleep(&step, NULL);
	}
	if (fd < 0)
		fria_fail(err, FRIA_EIO, FRIA_W_store_trouble, "path", path,
			  "reason", strerror(errno), NULL);
	else if (busy) {
		fria_fail(err, FRIA_ELOCKED, FRIA_W_sync_two_at_once, "lock",
			  path, NULL);
		close(fd);
		fd = -1;
	}
	free(path);
	return fd;
}

/* The lock file holds a mark for as long as an exchange lasts. */
static void mark(exchange *x, int fd)
{
	struct stat st;
	if (!fstat(fd, &st) && st.st_size)
		x->cut_off = st.st_mtime;
	else
		(void)!write(fd, "exchange\n", 9);
}

/* Until a fetch goes through, a lock from back then may still turn up. */
static void unmark(const exchange *x, int fd)
{
	if (!x->cut_off)
		(void)!ftruncate(fd, 0);
	close(fd);
}

static int exchange_all(exchange *x, fria_error *err)
{
	int code = choose(x, err);
	if (code)
		return code;
	int fd = lock(x, err);
	if (fd < 0)
		return err ? err->code : FRIA_ELOCKED;
	mark(x, fd);
	code = fria_transport_open(&x->transport, x->ws->store, x->out->remote,
				   x->named, err);
	if (!code) {
		tell(x, FRIA_W_sync_fetching);
		code = repeat(x, err);
	}
	if (!code && !x->stopped)
		code = remember(x, err);
	memcpy(x->out->commit, x->head, sizeof x->head);
	fria_transport_close(&x->transport);
	unmark(x, fd);
	return code;
}

int fria_sync(fria_synced *out, fria_workspace *ws,
	      const fria_sync_request *request, fria_error *err)
{
	exchange x = {.ws = ws, .request = request, .out = out};
	*out = (fria_synced){.remote = NULL};
	/* Who merges must be known before anything is fetched. */
	int code = fria_act_begin(ws, err);
	fria_act_end(ws);
	if (!code)
		code = exchange_all(&x, err);
	fria_refs_dispose(&x.theirs);
	fria_refs_dispose(&x.ours);
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
