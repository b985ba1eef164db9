/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What held on a day: the version last adopted by then, and the release that
 * was in use. For objections and courts, which ask about the past.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY 86399 /* to its last second */

/* --- the release in use --- */

typedef struct {
	const fria_workspace *ws;
	const char *path;
	fria_time day;
	char *release;
} search;

/* Its own dates; without a beginning, from when it was recorded. */
static bool in_use_on(const json_t *application, const fria_commit *commit,
		      fria_time day)
{
	const json_t *in_use = json_object_get(application, "in_use");
	const char *from = fria_json_text(in_use, "from");
	const char *to = fria_json_text(in_use, "to");
	fria_time at;
	bool begun = from && fria_time_parse(&at, from)
			 ? at <= day
			 : commit->local <= day + DAY;
	return begun && (!to || !fria_time_parse(&at, to) || at >= day);
}

static bool look(void *data, const fria_commit *commit)
{
	search *s = data;
	json_t *application = NULL;
	if (!fria_workspace_json(&application, s->ws, commit->id, s->path,
				 NULL) &&
	    in_use_on(application, commit, s->day))
		s->release =
		    fria_strdup(fria_json_text(application, "release"));
	json_decref(application);
	return !s->release;
}

static int find_release(fria_held *out, const fria_workspace *ws,
			const char *application, fria_time day, fria_error *err)
{
	char *path = fria_workspace_path(application, "application");
	const char *const paths[] = {path, NULL};
	char head[FRIA_ID_SIZE];
	search s = {ws, path, day, NULL};
	int code = fria_store_head(head, ws->store)
		       ? fria_store_log(ws->store, head, paths, look, &s, err)
		       : 0;
	out->in_use = s.release;
	free(path);
	return code;
}

/* --- the version --- */

/* Versions are adopted one after the other: halving finds the last by then. */
static size_t last_by(fria_time *at, const fria_workspace *ws,
		      const char *application, const char *own, fria_time until)
{
	size_t there = 0, after = fria_snapshot_last(ws, application, own) + 1;
	while (after - there > 1) {
		size_t middle = there + (after - there) / 2;
		fria_tag tag = {0};
		if (!fria_snapshot_version(&tag, ws, application, own, middle,
					   NULL) &&
		    tag.local <= until) {
			there = middle;
			*at = tag.local;
		} else {
			after = middle;
		}
		fria_tag_dispose(&tag);
	}
	return there;
}

static int refuse_none(const fria_workspace *ws, const char *name,
		       const char *day, const char *application,
		       const char *own, fria_error *err)
{
	fria_tag first = {0};
	fria_buf when = FRIA_BUF_INIT;
	if (fria_snapshot_version(&first, ws, application, own, 1, NULL))
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_held_never,
				 "assessment", name, NULL);
	fria_day_write(&when, first.local);
	int code =
	    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_held_none, "assessment", name,
		      "date", day, "first", when.text, NULL);
	fria_buf_dispose(&when);
	fria_tag_dispose(&first);
	return code;
}

int fria_held_on(fria_held *out, const fria_workspace *ws, const char *name,
		 const char *day, fria_error *err)
{
	char *application = NULL, *own = NULL;
	fria_snapshot *s = NULL;
	fria_time at;
	*out = (fria_held){.version = ""};
	if (!fria_date_is(day) || !fria_time_parse(&at, day))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_held_date, "date",
				 day, NULL);
	int code = fria_workspace_name(&application, &own, name, err);
	if (code)
		return code;
	size_t n = last_by(&out->adopted, ws, application, own, at + DAY);
	/* A name that nobody knows is said to be so. */
	if (!n)
		code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (!code && !n)
		code = refuse_none(ws, name, day, application, own, err);
	snprintf(out->version, sizeof out->version, "v%zu", n);
	if (!code)
		code = find_release(out, ws, application, at, err);
	fria_snapshot_free(s);
	free(application);
	free(own);
	return code;
}

void fria_held_dispose(fria_held *held)
{
	free(held->in_use);
	held->in_use = NULL;
}
