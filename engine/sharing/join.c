/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Join: a copy of a shared workspace, ready to work in. All is fetched and
 * looked at before any of it is taken; one commit, the tip of the other side's
 * branch, then makes it the folder's. It merges nothing, and overwrites
 * nothing: a folder in which something stands is refused.
 */
#include "sharing_internal.h"
#include "transport.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char heads[] = "refs/heads/", config_name[] = FRIA_CONFIG;

typedef struct {
	const fria_join_request *request;
	fria_joined *out;
	fria_session who;
	fria_store *store;
	fria_transport transport;
	fria_fork fork;	    /* from nothing to what they have */
	fria_strings tags;  /* what versions of each workspace start with */
	bool made, created; /* the folder; the repository in it */
} joining;

/* --- where it comes --- */

/* The last word of an address, as git clone has it; NULL if there is none. */
static char *name_of(const char *address)
{
	size_t n = strlen(address);
	while (n && address[n - 1] == '/')
		n--;
	if (n > 4 && !strncmp(address + n - 4, ".git", 4))
		n -= 4;
	while (n && address[n - 1] == '/')
		n--;
	size_t from = n;
	while (from && !strchr("/:", address[from - 1]))
		from--;
	bool plain = n > from && address[from] != '-' && address[from] != '.';
	return plain ? fria_strndup(address + from, n - from) : NULL;
}

static int choose_folder(joining *j, fria_error *err)
{
	const char *base = j->request->base, *folder = j->request->folder;
	char *name = folder ? fria_strdup(folder) : name_of(j->out->remote);
	int code = 0;
	if (!name)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_join_which_folder,
				 "remote", j->out->remote, NULL);
	else
		j->out->folder = *name == '/' || !strcmp(base, ".")
				     ? fria_strdup(name)
				     : fria_format("%s/%s", base, name);
	free(name);
	return code;
}

/* An earlier one that was cut off, before or after all had come. */
static bool is_begun(joining *j, bool empty)
{
	char head[FRIA_ID_SIZE];
	fria_buf url = FRIA_BUF_INIT;
	bool known = fria_store_config(&url, j->store, "remote.origin.url");
	bool same = known && !strcmp(url.text, j->out->remote);
	bool born = fria_store_head(head, j->store);
	fria_buf_dispose(&url);
	j->out->already = same && born;
	return j->out->already || ((same || !known) && empty && !born);
}
static int begin(joining *j, fria_error *err)
{
	static const char *const repository[] = {".git", NULL};
	const char *folder = j->out->folder;
	char *git = fria_format("%s/.git", folder);
	bool there = fria_path_exists(git), fits = true;
	bool empty = fria_folder_has_only(folder, repository);
	int code = 0;
	if (there) {
		code = fria_store_open(&j->store, folder, err);
		fits = !code && is_begun(j, empty);
	} else if (!empty) {
		fits = false;
	} else {
		j->made = !fria_path_exists(folder);
		code = fria_folder_make(folder, err);
		if (!code)
			code = fria_store_create(&j->store, folder, err);
		j->created = true;
	}
	if (!code && !fits)
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_join_not_empty,
				 "path", folder, NULL);
	free(git);
	return code;
}

/* Nothing is left of what was not reached. */
static void give_up(const joining *j)
{
	char head[FRIA_ID_SIZE];
	if (!j->created || (j->store && fria_store_head(head, j->store)))
		return;
	char *git = fria_format("%s/.git", j->out->folder);
	fria_folder_remove(git);
	if (j->made)
		rmdir(j->out->folder);
	free(git);
}

/* --- what they have --- */

/* Theirs by default, else the only one there is. */
static int choose_branch(joining *j, fria_error *err)
{
	static const char *const every[] = {"refs/heads/*", "refs/heads/*"};
	fria_refs branches = {NULL, 0};
	fria_buf theirs = FRIA_BUF_INIT;
	int code = fria_transport_list(&branches, &j->transport, every, err);
	if (!code)
		code = fria_transport_head(&theirs, &j->transport, err);
	if (!code && !branches.n)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_join_empty,
				 "remote", j->out->remote, NULL);
	const fria_ref *ref =
	    code ? NULL : fria_refs_find(&branches, theirs.text);
	if (!code && !ref && branches.n > 1)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_join_no_branch,
				 "remote", j->out->remote, NULL);
	else if (!code && !ref)
		ref = &branches.items[0];
	if (ref) {
		j->out->branch = fria_strdup(ref->name + sizeof heads - 1);
		memcpy(j->fork.theirs, ref->id, FRIA_ID_SIZE);
	}
	fria_buf_dispose(&theirs);
	fria_refs_dispose(&branches);
	return code;
}

static int fetch(const joining *j, const char *from, const char *to,
		 fria_error *err)
{
	fria_strings specs = FRIA_STRINGS_INIT;
	fria_buf lock = FRIA_BUF_INIT;
	char *spec = fria_format("+%s:%s", from, to);
	fria_strings_add(&specs, spec);
	int code = fria_transport_fetch(&lock, &j->transport, &specs, err);
	fria_buf_dispose(&lock);
	fria_strings_dispose(&specs);
	free(spec);
	return code;
}

static int fetch_branch(joining *j, fria_error *err)
{
	char *from = fria_format("%s%s", heads, j->out->branch);
	char *to = fria_format("refs/remotes/origin/%s", j->out->branch);
	int code = fetch(j, from, to, err);
	/* Somebody may have recorded something since it was listed. */
	if (!code && !fria_store_ref(j->fork.theirs, j->store, to))
		code = fria_fail(err, FRIA_EIO, FRIA_W_join_empty, "remote",
				 j->out->remote, NULL);
	free(to);
	free(from);
	return code;
}

/* Its folder in the repository, without the slash; NULL: no workspace. */
static char *workspace_at(const char *path)
{
	size_t n = strlen(path), own = sizeof config_name - 1;
	if (n < own || strcmp(path + n - own, config_name) != 0)
		return NULL;
	if (n == own)
		return fria_strdup("");
	return path[n - own - 1] == '/' ? fria_strndup(path, n - own - 1)
					: NULL;
}

/* One at the top is the workspace, whatever lies below it. */
static void find_workspaces(joining *j)
{
	for (size_t i = 0; i < j->fork.paths.n; i++) {
		char *at = workspace_at(j->fork.paths.items[i].path);
		if (at && !*at)
			fria_strings_dispose(&j->out->workspaces);
		if (at &&
		    (!j->out->workspaces.n || *j->out->workspaces.items[0]))
			fria_strings_add(&j->out->workspaces, at);
		free(at);
	}
}

static int read_workspace(joining *j, const char *at, fria_error *err)
{
	char *path = fria_format("%s%s%s", at, *at ? "/" : "", config_name);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *config = NULL;
	int code = fria_store_read(&bytes, j->store, j->fork.theirs, path, err);
	if (!code)
		code = fria_json_parse(&config, path, bytes.text, bytes.n, err);
	const char *tags = fria_json_text(config, "tags");
	const char *who = fria_json_text(config, "organisation");
	if (!code)
		fria_strings_add(&j->tags,
				 tags && fria_id_ok(tags) ? tags : "fria");
	if (!code && !j->out->organisation)
		j->out->organisation = fria_strdup(who ? who : "");
	json_decref(config);
	fria_buf_dispose(&bytes);
	free(path);
	return code;
}

/* All that is wrong with it is said before anything of it is here. */
static int look(joining *j, fria_error *err)
{
	char theirs[FRIA_ID_SIZE];
	memcpy(theirs, j->fork.theirs, sizeof theirs);
	int code = fria_store_fork(&j->fork, j->store, theirs, err);
	if (code)
		return code;
	find_workspaces(j);
	const fria_strings *all = &j->out->workspaces;
	if (!all->n)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_elsewhere_none,
				 "where", j->out->remote, NULL);
	for (size_t i = 0; i < all->n && !code; i++) {
		code = incoming_check(j->store, all->items[i], &j->fork, err);
		if (!code)
			code = read_workspace(j, all->items[i], err);
	}
	return code;
}

static int fetch_versions(joining *j, fria_error *err)
{
	fria_refs seen = {NULL, 0};
	int code = 0;
	for (size_t i = 0; i < j->tags.n && !code; i++) {
		char *prefix = fria_format("refs/tags/%s/", j->tags.items[i]);
		char *all = fria_format("%s*", prefix);
		code = fetch(j, all, all, err);
		if (!code)
			code = fria_store_refs(&seen, j->store, prefix, err);
		free(all);
		free(prefix);
	}
	j->out->versions = seen.n;
	fria_refs_sort(&seen);
	if (!code)
		code = fria_store_seen_write(j->store, "origin", &seen, err);
	fria_refs_dispose(&seen);
	return code;
}

/* --- from here on it is ours --- */

static int remember(const joining *j, fria_error *err)
{
	char *remote = fria_format("branch.%s.remote", j->out->branch);
	char *merge = fria_format("branch.%s.merge", j->out->branch);
	char *branch = fria_format("%s%s", heads, j->out->branch);
	const char *const settings[][2] = {
	    {"remote.origin.url", j->out->remote},
	    {"remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"},
	    {remote, "origin"},
	    {merge, branch}};
	int code = fria_store_set_branch(j->store, branch, err);
	for (size_t i = 0; i < 4 && !code; i++)
		code = fria_store_config_set(j->store, settings[i][0],
					     settings[i][1], err);
	for (size_t i = 0; i < j->out->workspaces.n && !code; i++) {
		bool changed;
		code = sharing_setup_git(&changed, j->store,
					 j->out->workspaces.items[i],
					 j->request->program, false, err);
	}
	free(branch);
	free(merge);
	free(remote);
	return code;
}

static int take(joining *j, fria_error *err)
{
	const fria_sides *paths = &j->fork.paths;
	char commit[FRIA_ID_SIZE];
	fria_change *changes = fria_calloc(paths->n + 1, sizeof *changes);
	fria_buf message = FRIA_BUF_INIT;
	fria_say(&message, j->who.lang, FRIA_W_join_begun, "remote",
		 j->out->remote, NULL);
	for (size_t i = 0; i < paths->n; i++)
		changes[i] = (fria_change){.path = paths->items[i].path,
					   .base = "",
					   .take = &paths->items[i]};
	fria_commit_request request = {.changes = changes,
				       .n = paths->n,
				       .message = message.text,
				       .whole = true,
				       .from = "",
				       .theirs = j->fork.theirs,
				       .forward = true};
	fria_record_people(&request, &j->who);
	int code = fria_store_lock(j->store, err);
	if (!code)
		code = fria_store_commit(commit, j->store, &request, err);
	fria_store_unlock(j->store);
	fria_buf_dispose(&message);
	free(changes);
	return code;
}

static int join(joining *j, fria_error *err)
{
	int code = fria_transport_open(&j->transport, j->store, j->out->remote,
				       false, err);
	if (!code && j->request->tell)
		j->request->tell(j->request->data, FRIA_W_sync_fetching,
				 j->out->remote);
	if (!code)
		code = choose_branch(j, err);
	if (!code)
		code = fetch_branch(j, err);
	if (!code)
		code = look(j, err);
	if (!code)
		code = fetch_versions(j, err);
	if (!code)
		code = remember(j, err);
	if (!code)
		code = take(j, err);
	fria_transport_close(&j->transport);
	return code;
}

int fria_join(fria_joined *out, const fria_join_request *request,
	      const fria_session *session, fria_error *err)
{
	joining j = {.request = request,
		     .out = out,
		     .who = *session,
		     .fork = {.bases = FRIA_STRINGS_INIT}};
	fria_strings kept = FRIA_STRINGS_INIT, allowed = FRIA_STRINGS_INIT;
	*out = (fria_joined){.remote = sharing_absolute(request->address)};
	/* Who works here, and what is asked of whom, before a folder is. */
	int code = fria_session_enter(&kept, &j.who, err);
	if (!code)
		code = fria_transport_allow(&allowed, out->remote, err);
	if (!code)
		code = choose_folder(&j, err);
	if (!code)
		code = begin(&j, err);
	if (!code && !out->already)
		code = join(&j, err);
	if (code)
		give_up(&j);
	fria_store_close(j.store);
	fria_fork_dispose(&j.fork);
	fria_strings_dispose(&j.tags);
	fria_strings_dispose(&allowed);
	fria_strings_dispose(&kept);
	if (code)
		fria_joined_dispose(out);
	return code;
}

void fria_joined_dispose(fria_joined *joined)
{
	free(joined->folder);
	free(joined->remote);
	free(joined->branch);
	free(joined->organisation);
	fria_strings_dispose(&joined->workspaces);
	*joined = (fria_joined){.folder = NULL};
}
