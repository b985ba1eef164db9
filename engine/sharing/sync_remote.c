/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * With whom sync exchanges, and which branch: as asked, as the branch knows, or
 * the only remote there is; and remembered for a next time.
 */
#include "sharing_internal.h"
#include "sync_internal.h"

#include <stdlib.h>
#include <string.h>

/* What git keeps of a branch or a remote; NULL: nothing. */
static char *setting(fria_store *store, const char *kind, const char *of,
		     const char *name)
{
	fria_buf value = FRIA_BUF_INIT;
	char *key = fria_format("%s.%s.%s", kind, of, name);
	bool set = fria_store_config(&value, store, key) && value.n;
	free(key);
	if (set)
		return fria_buf_detach(&value);
	fria_buf_dispose(&value);
	return NULL;
}

char *fria_sync_remote(const fria_workspace *ws)
{
	fria_buf branch = FRIA_BUF_INIT;
	char *remote = NULL;
	if (!fria_store_branch(&branch, ws->store, NULL))
		remote = setting(ws->store, "branch", branch.text, "remote");
	fria_buf_dispose(&branch);
	bool own = remote && !strcmp(remote, "."); /* another branch here */
	char *address = setting(ws->store, "remote",
				remote && !own ? remote : "origin", "url");
	if (!address && !own)
		return remote;
	free(remote);
	return address;
}

/* The one remote, or origin; EREFUSED says what to do. */
static int only_remote(char **out, const fria_strings *remotes, fria_error *err)
{
	fria_buf names = FRIA_BUF_INIT;
	int code = 0;
	fria_strings_join(&names, remotes, ", ");
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

static bool is_folder(const char *remote)
{
	size_t n = strcspn(remote, ":/");
	return *remote != '-' && remote[n] != ':';
}

/* A folder is meant from where the user is, not from the workspace. */
char *sharing_absolute(const char *remote)
{
	char *path = strstr(remote, "://") ? NULL : fria_path_real(remote);
	if (path || !is_folder(remote) || !strchr(remote, '/'))
		return path ? path : fria_strdup(remote);
	size_t n = strlen(remote);
	while (n > 1 && remote[n - 1] == '/')
		n--;
	char *own = fria_strndup(remote, n), *slash = strrchr(own, '/');
	char *above = slash > own ? fria_strndup(own, (size_t)(slash - own))
				  : fria_strdup("/");
	char *real = fria_path_real(above);
	if (real)
		path = fria_format("%s/%s", strcmp(real, "/") ? real : "",
				   slash + 1);
	free(real);
	free(above);
	if (!path)
		return own;
	free(own);
	return path;
}

/* The name of what is given: of a remote, or an address. Origin's own is meant
 * as origin: a first exchange may have been cut off before it remembered. */
static char *name_given(const exchange *x, const fria_strings *remotes)
{
	const char *given = x->request->remote;
	fria_buf known = FRIA_BUF_INIT;
	if (fria_strings_has(remotes, given))
		return fria_strdup(given);
	char *address = sharing_absolute(given);
	if (fria_store_config(&known, x->ws->store, "remote.origin.url") &&
	    !strcmp(known.text, address)) {
		free(address);
		address = fria_strdup("origin");
	}
	fria_buf_dispose(&known);
	return address;
}

static int choose_remote(exchange *x, const char *upstream, fria_error *err)
{
	fria_strings remotes = FRIA_STRINGS_INIT;
	const char *given = x->request->remote;
	int code = fria_store_remotes(&remotes, x->ws->store, err);
	if (!code && given)
		x->out->remote = name_given(x, &remotes);
	else if (!code && upstream)
		x->out->remote = fria_strdup(upstream);
	else if (!code)
		code = only_remote(&x->out->remote, &remotes, err);
	x->named = !code && fria_strings_has(&remotes, x->out->remote);
	x->first = !remotes.n;
	fria_strings_dispose(&remotes);
	return code;
}

int sync_choose(exchange *x, fria_error *err)
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
	fria_store *store = x->ws->store;
	char *remote = setting(store, "branch", x->out->branch, "remote");
	char *merge = setting(store, "branch", x->out->branch, "merge");
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

/*
 * An address that is a folder, given and not known yet: a repository is made
 * there where there is none. One that is remembered and gone is not made anew,
 * for it held something: a share may not be connected. Where there is a remote
 * already, and for a bare word, what does not exist is more likely mistyped.
 */
int sync_share(exchange *x, fria_error *err)
{
	const char *given = x->request->remote, *path = x->out->remote;
	bool there = fria_path_exists(path);
	if (!given || x->named || *path != '/' ||
	    (!there && !(x->first && strchr(given, '/'))))
		return 0;
	const char *whose = fria_json_text(x->ws->config, "organisation");
	fria_lang lang = x->ws->lang;
	fria_buf text = FRIA_BUF_INIT, title = FRIA_BUF_INIT;
	fria_markdown_escape(&title, whose ? whose : "fria");
	fria_say(&text, lang, FRIA_W_shared_readme, "organisation", title.text,
		 NULL);
	int code = fria_store_share(
	    &x->out->made, path, x->theirs_name + strlen("refs/heads/"),
	    lang == FRIA_NL ? "LEESMIJ.md" : "README.md", text.text, err);
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
	return code;
}

int sync_track(const exchange *x, const char *tracking, fria_error *err)
{
	char now[FRIA_ID_SIZE];
	fria_strings specs = FRIA_STRINGS_INIT;
	if (fria_store_ref(now, x->ws->store, tracking) &&
	    !strcmp(now, x->head))
		return 0;
	char *spec = fria_format("%s:%s", x->theirs_name, tracking);
	fria_error why = FRIA_ERROR_INIT;
	fria_strings_add(&specs, spec);
	int code = sync_fetch(x, &specs, &why);
	if (code && why.word == FRIA_W_sync_no_fetch) {
		const fria_args args = {why.args, why.args_n};
		code = fria_fail(err, code, FRIA_W_sync_untracked, "remote",
				 x->out->remote, "git",
				 fria_args_value(&args, "git"), NULL);
	} else if (code && err && !err->code) {
		*err = why;
	}
	fria_strings_dispose(&specs);
	free(spec);
	return code;
}

/* The first address given becomes origin, whose branch is known already. What
 * makes it a remote comes last. */
static int add_origin(exchange *x, fria_error *err)
{
	fria_store *store = x->ws->store;
	char *ref = fria_format("refs/remotes/origin/%s",
				x->theirs_name + strlen("refs/heads/"));
	int code = sync_track(x, ref, err);
	if (!code)
		code = fria_store_config_set(
		    store, "remote.origin.fetch",
		    "+refs/heads/*:refs/remotes/origin/*", err);
	if (!code)
		code = fria_store_config_set(store, "remote.origin.url",
					     x->out->remote, err);
	free(ref);
	return code;
}

int sync_remember(exchange *x, fria_error *err)
{
	fria_store *store = x->ws->store;
	const char *remote = x->first ? "origin" : x->out->remote;
	char *key = fria_format("branch.%s.remote", x->out->branch);
	char *merge = fria_format("branch.%s.merge", x->out->branch);
	int code = 0;
	if (x->first && !x->named)
		code = add_origin(x, err);
	if (!code && !x->upstream && (x->named || x->first)) {
		code = fria_store_config_set(store, key, remote, err);
		if (!code)
			code = fria_store_config_set(store, merge,
						     x->theirs_name, err);
	}
	free(merge);
	free(key);
	return code;
}
