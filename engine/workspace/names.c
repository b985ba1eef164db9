/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The ids that an application had: versions, approvals and history stand under
 * the one they were made with. What is recorded counts, and an id that another
 * application has is not a former one. Where one commit took an application
 * away and put this one in its place, it was called so; everything else is only
 * said: whoever names another's id as a former one gets none of its versions.
 * It renames nothing (workflow/rename.c).
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* A document without it has had no other id. */
#define FORMERLY "\"formerly\""

static bool has_application(const fria_workspace *ws, const char *commit,
			    const char *id)
{
	char blob[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, "application");
	bool has = fria_store_blob_id(blob, ws->store, commit, path);
	free(path);
	return has;
}

void fria_application_claims(fria_strings *out, const fria_workspace *ws,
			     const char *commit, const char *id)
{
	char *path = fria_workspace_path(id, "application");
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *application = NULL;
	/* Few have one: most are not parsed for it. */
	if (!fria_store_read(&bytes, ws->store, commit, path, NULL) &&
	    strstr(bytes.text, FORMERLY) &&
	    !fria_json_parse(&application, path, bytes.text, bytes.n, NULL)) {
		const json_t *list = json_object_get(application, "formerly");
		for (size_t i = json_array_size(list); i-- > 0;) {
			const char *was =
			    fria_json_text(json_array_get(list, i), "id");
			if (was && fria_id_ok(was) && strcmp(was, id) != 0 &&
			    !fria_strings_has(out, was))
				fria_strings_add(out, was);
		}
		json_decref(application);
	}
	fria_buf_dispose(&bytes);
	free(path);
}

typedef struct {
	const fria_workspace *ws;
	char *was; /* path of the application document */
	bool shown, boundary;
} claim;

static bool look_for_rename(void *data, const fria_touch *touch)
{
	claim *c = data;
	fria_commit commit = {0};
	char there[FRIA_ID_SIZE];
	c->boundary = c->boundary || touch->boundary;
	if (touch->entries[0][0] && !touch->before[0][0] &&
	    !fria_store_blob_id(there, c->ws->store, touch->commit, c->was) &&
	    !fria_store_commit_read(&commit, c->ws->store, touch->commit, NULL))
		c->shown = commit.parents.n &&
			   fria_store_blob_id(there, c->ws->store,
					      commit.parents.items[0], c->was);
	fria_commit_dispose(&commit);
	return !c->shown;
}

/* Where history here does not reach that far nothing is said. */
static bool is_shown(const fria_workspace *ws, const char *head, const char *id,
		     const char *was)
{
	char *path = fria_workspace_path(id, "application");
	const char *const paths[] = {path, NULL};
	claim c = {.ws = ws, .was = fria_workspace_path(was, "application")};
	fria_store_touched(ws->store, head, paths, look_for_rename, &c, NULL);
	free(c.was);
	free(path);
	return c.shown || c.boundary;
}

/* Each is what the one after it was called: where one is not so, none of those
 * before it are. Before any is told to the store, which then finds them. */
static void judge_claims(const fria_strings *claims, const fria_workspace *ws,
			 const char *head, const char *id)
{
	const char *next = id;
	bool shown = true;
	for (size_t i = 0; i < claims->n; next = claims->items[i++]) {
		shown = shown && is_shown(ws, head, next, claims->items[i]);
		if (!shown)
			keep_doubt(ws->kept, id, claims->items[i]);
	}
}

/* Reads them anew. */
static json_t *find_former(const fria_workspace *ws, const char *head,
			   const char *id)
{
	fria_strings claims = FRIA_STRINGS_INIT;
	json_t *former = json_array();
	fria_application_claims(&claims, ws, head, id);
	judge_claims(&claims, ws, head, id);
	for (size_t i = 0; i < claims.n; i++) {
		const char *was = claims.items[i];
		if (kept_doubts(ws->kept, id, was) ||
		    has_application(ws, head, was))
			continue;
		char *folder = fria_application_folder(id);
		char *old = fria_application_folder(was);
		fria_store_formerly(ws->store, folder, old);
		json_array_append_new(former, fria_json_string(was));
		free(old);
		free(folder);
	}
	fria_strings_dispose(&claims);
	return former;
}

void fria_application_ids(fria_strings *out, const fria_workspace *ws,
			  const char *id)
{
	char head[FRIA_ID_SIZE];
	size_t i;
	json_t *was;
	fria_strings_add(out, id);
	if (!fria_id_ok(id) || !fria_store_head(head, ws->store))
		return;
	json_t *former = kept_former(ws->kept, head, id);
	if (!former) {
		former = find_former(ws, head, id);
		keep_former(ws->kept, head, id, former);
	}
	json_array_foreach(former, i, was)
		fria_strings_add(out, json_string_value(was));
	json_decref(former);
}

void names_as_here(const fria_workspace *ws, const char *id)
{
	char head[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, "application");
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *former = NULL;
	if (fria_store_head(head, ws->store) &&
	    !(former = kept_former(ws->kept, head, id)) &&
	    !fria_store_read(&bytes, ws->store, NULL, path, NULL) &&
	    !strstr(bytes.text, FORMERLY)) {
		former = json_array();
		keep_former(ws->kept, head, id, former);
	}
	json_decref(former);
	fria_buf_dispose(&bytes);
	free(path);
}

bool fria_application_was(const fria_workspace *ws, const char *id,
			  const char *was)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	fria_application_ids(&ids, ws, id);
	fria_strings_dispose(&ids);
	return !kept_doubts(ws->kept, id, was);
}

char *fria_application_now(const fria_workspace *ws, const char *commit,
			   const char *was)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	char *now = NULL;
	if (!has_application(ws, commit, was))
		fria_workspace_applications(&ids, ws, commit, NULL);
	for (size_t i = 0; i < ids.n && !now; i++) {
		fria_strings claims = FRIA_STRINGS_INIT;
		fria_application_claims(&claims, ws, commit, ids.items[i]);
		if (fria_strings_has(&claims, was) &&
		    fria_application_was(ws, ids.items[i], was))
			now = fria_strdup(ids.items[i]);
		fria_strings_dispose(&claims);
	}
	fria_strings_dispose(&ids);
	return now;
}

bool names_former(const fria_workspace *ws, const char *id, const char *rest,
		  fria_error *err)
{
	char *now = fria_application_now(ws, NULL, id);
	char *is = now ? fria_format("%s%s", now, rest) : NULL;
	char *was = fria_format("%s%s", id, rest);
	bool former = now != NULL;
	if (former)
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_now_called, "was", was,
			  "now", is, NULL);
	free(was);
	free(is);
	free(now);
	return former;
}

int names_refuse_former(const fria_workspace *ws, const char *id,
			const char *name, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	if (!fria_store_head(head, ws->store) ||
	    has_application(ws, head, id) || has_application(ws, NULL, id))
		return 0;
	char *rest = fria_format("/%s", name);
	bool former = names_former(ws, id, rest, err);
	free(rest);
	return former ? FRIA_ENOTFOUND : 0;
}

bool fria_workspace_renamed(const fria_workspace *ws, const char *commit,
			    const char *id, const char *own)
{
	char blob[FRIA_ID_SIZE];
	char *now = fria_application_now(ws, commit, id);
	char *path = now ? fria_workspace_path(now, own) : NULL;
	bool there = path && fria_store_blob_id(blob, ws->store, commit, path);
	free(path);
	free(now);
	return there;
}
