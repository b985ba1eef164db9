/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A role is asked for its word on exactly the content as it is now, by a day;
 * one commit. What became of it is living/requests.c's.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* *role: from what was typed to its id. ENOTFOUND for a role there is none of,
 * EREFUSED for one that gives nothing or has given it. */
static int check_role(const fria_workspace *ws, const fria_snapshot *s,
		      const char **role, fria_error *err)
{
	fria_standing standing;
	const json_t *roles = json_object_get(ws->config, "roles");
	int code = fria_role_read(role, roles, *role, ws->session.lang, err);
	if (code)
		return code;
	const char *title = fria_role_title(roles, *role, ws->session.lang);
	if (!fria_json_text(json_object_get(roles, *role), "kind"))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_approve_author,
				 "role", title, "what", "", NULL);
	if (!code)
		code = fria_standing_make(&standing, ws, s, s->day, err);
	if (code)
		return code;
	for (size_t i = 0; i < standing.result.approvals.n; i++) {
		const fria_approval *one = &standing.result.approvals.items[i];
		if (!strcmp(one->role, *role) &&
		    one->state == FRIA_APPROVAL_VALID &&
		    one->kind != FRIA_ROLE_VIEW)
			code = fria_fail(err, FRIA_EREFUSED, FRIA_W_ask_given,
					 "role", title, NULL);
	}
	fria_standing_dispose(&standing);
	return code;
}

static json_t *make_request(const fria_workspace *ws, const fria_snapshot *s,
			    const char *role, const char *to, const char *until)
{
	char content[FRIA_CONTENT_SIZE], id[8] = "r";
	fria_buf at = FRIA_BUF_INIT;
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	fria_snapshot_content(content, s, FRIA_RULES);
	fria_time_write(&at, ws->session.now);
	fria_random_id(id + 1, 5);
	json_t *out =
	    fria_json_pack("{s:s, s:s, s:s, s:s*, s:s, s:s, s:s*}", "id", id,
			   "role", role, "content", content, "to", to, "by", by,
			   "at", at.text, "until", until);
	fria_buf_dispose(&at);
	free(by);
	return out;
}

/* "straatafval/iama: lawyer is asked for a word, by 14 December 2026" */
static char *say_commit(const fria_workspace *ws, const char *name,
			const json_t *request)
{
	fria_buf out = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	const char *until = fria_json_text(request, "until");
	fria_time at;
	if (until && fria_time_parse(&at, until))
		fria_day_say(&day, ws->lang, at);
	fria_say(&out, ws->lang,
		 day.n ? FRIA_W_commit_ask_until : FRIA_W_commit_ask,
		 "assessment", name, "role",
		 fria_role_title(json_object_get(ws->config, "roles"),
				 fria_json_text(request, "role"), ws->lang),
		 "date", day.text, NULL);
	fria_buf_dispose(&day);
	return fria_buf_detach(&out);
}

int fria_ask(json_t **out, bool *there, fria_workspace *ws, const char *name,
	     const fria_asking *asking, fria_error *err)
{
	fria_snapshot *s = NULL;
	json_t *request = NULL;
	fria_asking own = *asking;
	fria_time day;
	*there = false;
	const fria_entering texts[] = {
	    {&own.role, FRIA_LINE, "--role"},
	    {&own.to, FRIA_LINE | FRIA_OPTIONAL, "--to"},
	    {&own.until, FRIA_DAY, "--until"},
	    {NULL, FRIA_LINE, NULL}};
	int code = saved_begin(&s, ws, name, texts, err);
	if (code)
		return code;
	code = check_role(ws, s, &own.role, err);
	if (!code && own.until && fria_time_parse(&day, own.until) &&
	    day < s->day)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_approve_past, "what",
				 own.until, NULL);
	if (code)
		goto out;
	request = make_request(ws, s, own.role, own.to, own.until);
	json_t *list = json_object_get(s->assessment, "requests");
	json_t *said = editing_said(list, request);
	if (said) {
		*there = true;
		*out = json_incref(said);
		goto out;
	}
	if (!list) {
		list = json_array();
		json_object_set_new(s->assessment, "requests", list);
	}
	json_array_append(list, request);
	fria_assessment_order(s->assessment, s->instrument);
	char commit[FRIA_ID_SIZE];
	char *message = say_commit(ws, name, request);
	const fria_recorded one = {s->path, s->assessment, NULL};
	code = fria_record(commit, ws, &one, 1, message, err);
	free(message);
	if (!code)
		*out = json_incref(request);
out:
	json_decref(request);
	saved_end(s, ws);
	return code;
}
