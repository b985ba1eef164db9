/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What has changed, since it was taken over, in the assessment that this one
 * started from. It takes nothing over again.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

/* As given; else seen from the workspace's folder. The caller frees. */
static char *find_folder(const fria_workspace *ws, const char *where)
{
	const char *folder = fria_store_folder(ws->store);
	char *inside = folder ? fria_format("%s/%s", folder, where) : NULL;
	char *found = NULL;
	if (!strchr(where, ':') && *where != '/' && !fria_path_exists(where) &&
	    inside && fria_path_exists(inside))
		found = fria_strdup(inside);
	free(inside);
	return found ? found : fria_strdup(where);
}

/* The state to compare with: the last version where one was taken over. */
static int find_now(char **out, const fria_elsewhere *e, const char *name,
		    bool versions, fria_error *err)
{
	fria_snapshot *s = NULL;
	int code =
	    fria_elsewhere_load(&s, e, name, versions ? NULL : "HEAD", err);
	if (!code)
		*out = fria_strdup(s->version ? s->version : "HEAD");
	fria_snapshot_free(s);
	return code;
}

/* What it is called there now, if its application was renamed. New. */
static char *name_today(const fria_workspace *ws, const char *name)
{
	size_t n = strcspn(name, "/");
	char *was = fria_strndup(name, n);
	char *now = fria_application_now(ws, NULL, was);
	char *today = now ? fria_format("%s%s", now, name + n) : NULL;
	free(was);
	free(now);
	return today ? today : fria_strdup(name);
}

static int compare(fria_comparison **out, const fria_elsewhere *e,
		   const json_t *origin, fria_error *err)
{
	char *name = name_today(e->ws, fria_json_text(origin, "from"));
	const char *version = fria_json_text(origin, "version");
	const char *then = version ? version : fria_json_text(origin, "commit");
	char *now = NULL;
	int code = find_now(&now, e, name, version != NULL, err);
	if (!code)
		code = fria_compare(out, e->ws, name, then, now, err);
	free(now);
	free(name);
	return code;
}

int fria_compare_origin(fria_comparison **out, fria_workspace *ws,
			const char *name, const char *where, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_elsewhere e = {.ws = NULL};
	int code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (code)
		return code;
	const json_t *origin = json_object_get(s->assessment, "origin");
	if (!where)
		where = fria_json_text(origin, "workspace");
	char *folder = where ? find_folder(ws, where) : NULL;
	if (!fria_json_text(origin, "from") ||
	    (!fria_json_text(origin, "version") &&
	     !fria_json_text(origin, "commit")))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_origin_none,
				 "assessment", name, NULL);
	if (!code)
		code = fria_elsewhere_open(&e, ws, folder, err);
	if (!code)
		code = compare(out, &e, origin, err);
	fria_elsewhere_close(&e);
	fria_snapshot_free(s);
	free(folder);
	return code;
}
