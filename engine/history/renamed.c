/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Was the application called so? Where one commit took an application away and
 * put this one in its place, it was. Everything else is only said: whoever
 * names another's id as a former one gets none of its versions.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

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
static bool is_shown(const verifying *v, const char *head, const char *id,
		     const char *was)
{
	char *path = fria_workspace_path(id, "application");
	const char *const paths[] = {path, NULL};
	claim c = {.ws = v->ws, .was = fria_workspace_path(was, "application")};
	fria_store_touched(v->ws->store, head, paths, look_for_rename, &c,
			   NULL);
	free(c.was);
	free(path);
	return c.shown || c.boundary;
}

/* Each is what the one after it was called: where one is not so, none of those
 * before it are. */
static void check_claims(verifying *v, const char *head, const char *id,
			 bool tell)
{
	fria_strings claims = FRIA_STRINGS_INIT;
	const char *next = id;
	bool shown = true;
	fria_application_claims(&claims, v->ws, head, id);
	for (size_t i = 0; i < claims.n; next = claims.items[i++]) {
		const char *was = claims.items[i];
		shown = shown && is_shown(v, head, next, was);
		if (shown)
			continue;
		fria_application_doubt(v->ws, id, was);
		if (!tell)
			continue;
		char *path = fria_workspace_path(id, "application");
		fria_findings_add(v->out, FRIA_SEVERE, FRIA_W_verify_formerly,
				  path, "/formerly", "application", id, "was",
				  was, NULL);
		free(path);
	}
	fria_strings_dispose(&claims);
}

void verify_former(verifying *v, const char *name)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	char head[FRIA_ID_SIZE];
	if (fria_store_head(head, v->ws->store))
		fria_workspace_applications(&ids, v->ws, head, NULL);
	for (size_t i = 0; i < ids.n; i++) {
		size_t n = strlen(ids.items[i]);
		check_claims(v, head, ids.items[i],
			     !name || (!strncmp(name, ids.items[i], n) &&
				       name[n] == '/'));
	}
	fria_strings_dispose(&ids);
}
