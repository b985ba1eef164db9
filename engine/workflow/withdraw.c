/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Taking back a word or a measurement: it stays where it is, marked by whom,
 * when and why, and counts for nothing. Who gave or recorded it may do so, and
 * nobody else.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

bool withdraw_may(const json_t *one, const char *member, const char *day)
{
	const char *its = fria_json_text(one, member);
	return !day ||
	       (its && !strncmp(its, day, 10) && !fria_is_withdrawn(one));
}

int withdraw_none(const json_t *last, const char *member, const char *what,
		  fria_error *err)
{
	if (!last)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_withdraw_none,
				 "what", what, NULL);
	const char *day = fria_json_text(last, member);
	char *text = fria_strndup(day ? day : "", 10);
	int code = fria_fail(err, FRIA_EREFUSED, FRIA_W_withdraw_before, "what",
			     what, "day", text, NULL);
	free(text);
	return code;
}

int withdraw_mark(json_t *one, const fria_workspace *ws, const char *note,
		  fria_error *err)
{
	if (!note || strspn(note, " \t\r\n") == strlen(note))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_withdraw_note, NULL);
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	fria_buf at = FRIA_BUF_INIT;
	fria_time_write(&at, ws->session.now);
	json_object_set_new(one, "withdrawn",
			    fria_json_pack("{s:s, s:s, s:s}", "by", by, "at",
					   at.text, "note", note));
	fria_buf_dispose(&at);
	free(by);
	return 0;
}

int withdraw_refuse(const fria_workspace *ws, const char *who, fria_error *err)
{
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	int code = 0;
	if (!who)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_withdraw_unknown,
				 NULL);
	else if (!fria_same_person(who, by))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_withdraw_other,
				 "who", fria_store_shown(ws->store, who), NULL);
	free(by);
	return code;
}

/* --- who recorded a measurement, from history --- */

typedef struct {
	const fria_workspace *ws;
	const char *path, *metric;
	const json_t *measurement;
	char *who; /* of the oldest commit so far that holds it */
} recorder_search;

static bool holds_measurement(const recorder_search *search, const char *commit)
{
	json_t *application = NULL, *one;
	size_t i;
	bool held = false;
	if (fria_workspace_json(&application, search->ws, commit, search->path,
				NULL))
		return false;
	json_array_foreach(
	    json_object_get(
		json_object_get(json_object_get(application, "monitoring"),
				search->metric),
		"series"),
	    i, one)
		held = held || json_equal(one, search->measurement);
	json_decref(application);
	return held;
}

/* The first commit that has it recorded it, if history reaches so far. */
static bool look_for_recorder(void *data, const fria_touch *touch)
{
	recorder_search *search = data;
	fria_commit commit = {0};
	if (!holds_measurement(search, touch->commit) ||
	    fria_store_commit_read(&commit, search->ws->store, touch->commit,
				   NULL))
		return false;
	free(search->who);
	search->who = touch->boundary ? NULL : fria_strdup(commit.author);
	fria_commit_dispose(&commit);
	return !touch->boundary;
}

char *withdraw_recorder(const fria_workspace *ws, const char *id,
			const char *metric, const json_t *measurement)
{
	char *path = fria_workspace_path(id, "application");
	const char *const paths[] = {path, NULL};
	recorder_search search = {ws, path, metric, measurement, NULL};
	char head[FRIA_ID_SIZE];
	if (fria_store_head(head, ws->store))
		fria_store_touched(ws->store, head, paths, look_for_recorder,
				   &search, NULL);
	free(path);
	return search.who;
}
