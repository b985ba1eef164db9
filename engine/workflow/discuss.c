/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people say while filling in: comments, meetings, and dissent beside an
 * answer. All of it is in the work tree until it is saved; none of it is part
 * of what an approval binds.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list of the document, made where there is none. */
static json_t *list_of(fria_editing *e, const char *key)
{
	json_t *list = json_object_get(e->s->assessment, key);
	if (!list) {
		list = json_array();
		json_object_set_new(e->s->assessment, key, list);
	}
	return list;
}

static json_t *find_id(const json_t *list, const char *id)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		const char *own = fria_json_text(one, "id");
		if (own && !strcmp(own, id))
			return one;
	}
	return NULL;
}

static int unknown(fria_error *err, fria_word word, const char *id)
{
	return fria_fail(err, FRIA_ENOTFOUND, word, "id", id, NULL);
}

static json_t *signed_now(const fria_workspace *ws)
{
	fria_buf at = FRIA_BUF_INIT;
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	fria_time_write(&at, ws->session.now);
	json_t *out = fria_json_pack("{s:s, s:s}", "by", by, "at", at.text);
	fria_buf_dispose(&at);
	free(by);
	return out;
}

/* --- comments --- */

static void add_comment(char id[16], bool *there, fria_editing *e, size_t task,
			const char *row, const fria_edit_target *target,
			const char *text, const char *reply)
{
	json_t *list = list_of(e, "comments");
	char value[FRIA_DIGEST_SIZE];
	id[0] = 'c';
	do
		fria_random_id(id + 1, 5);
	while (find_id(list, id));
	bool given = fria_comment_value(value, e->s->instrument,
					e->s->assessment, task, row);
	json_t *one =
	    fria_json_pack("{s:s, s:s, s:s*, s:s?, s:s, s:s*}", "id", id,
			   "task", target->task, "row", row, "value",
			   given ? value : NULL, "text", text, "reply", reply);
	json_t *who = signed_now(e->ws);
	json_object_update(one, who);
	json_decref(who);
	const json_t *said = editing_said(list, one);
	*there = said != NULL;
	if (said)
		snprintf(id, 16, "%s", fria_json_text(said, "id"));
	else
		json_array_append(list, one);
	json_decref(one);
}

int fria_comment(char id[16], bool *there, fria_workspace *ws,
		 const fria_edit_target *asked, const char *text,
		 const char *reply, fria_error *err)
{
	fria_editing e;
	fria_edited place = {.changed = false};
	fria_edit_target own = *asked;
	const fria_edit_target *target = &own;
	const fria_entering texts[] = {
	    {&text, FRIA_PROSE | FRIA_OPTIONAL, "TEXT"},
	    {NULL, FRIA_LINE, NULL}};
	size_t task = 0;
	int code = editing_begin_question(&e, &task, ws, &own, texts, err);
	if (!code && !text)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_comment_empty, NULL);
	if (!code && target->row)
		code = editing_row(&place, &e, task, target->row, err);
	if (!code && reply &&
	    !find_id(json_object_get(e.s->assessment, "comments"), reply))
		code = unknown(err, FRIA_W_comment_unknown, reply);
	if (!code) {
		add_comment(id, there, &e, task, editing_row_of(&place), target,
			    text, reply);
		code = *there ? 0 : editing_write(&e, err);
	}
	editing_end(&e);
	return code;
}

int fria_comment_resolve(fria_workspace *ws, const char *name, const char *id,
			 fria_error *err)
{
	fria_editing e;
	int code = editing_begin(&e, ws, name, NULL, err);
	json_t *one =
	    code ? NULL
		 : find_id(json_object_get(e.s->assessment, "comments"), id);
	if (!code && !one)
		code = unknown(err, FRIA_W_comment_unknown, id);
	if (!code && !json_object_get(one, "resolved")) {
		json_object_set_new(one, "resolved", signed_now(ws));
		code = editing_write(&e, err);
	}
	editing_end(&e);
	return code;
}

/* --- meetings --- */

/* "a, b" as a list, of what `ok` makes of each; EINPUT for what it refuses. */
static int split(json_t *out, const char *text, const char *between,
		 int (*ok)(const fria_editing *e, const char **one,
			   fria_error *err),
		 const fria_editing *e, fria_error *err)
{
	int code = 0;
	while (!code && text && *(text += strspn(text, ", "))) {
		size_t n = strcspn(text, between), end = n;
		while (end && text[end - 1] == ' ')
			end--;
		char *typed = fria_strndup(text, end);
		const char *one = typed;
		code = ok(e, &one, err);
		if (!code)
			json_array_append_new(out, fria_json_string(one));
		free(typed);
		text += n;
	}
	return code;
}

/* By its id or its title; of a workspace without roles, any id. */
static int is_role(const fria_editing *e, const char **one, fria_error *err)
{
	const json_t *roles = json_object_get(e->ws->config, "roles");
	fria_lang lang = e->ws->session.lang;
	fria_strings titles = FRIA_STRINGS_INIT;
	const char *name;
	json_t *about;
	if ((!roles && fria_id_ok(*one)) ||
	    !fria_role_read(one, roles, *one, lang, NULL))
		return 0;
	json_object_foreach((json_t *)(uintptr_t)roles, name, about)
		fria_strings_add(&titles, fria_role_title(roles, name, lang));
	int code = fria_fail_choices(err, FRIA_ENOTFOUND, FRIA_W_meeting_role,
				     &titles, *one);
	fria_strings_dispose(&titles);
	return code;
}

static int is_task(const fria_editing *e, const char **one, fria_error *err)
{
	return fria_instrument_find(e->s->instrument, *one) != FRIA_NONE
		   ? 0
		   : fria_instrument_no_task(e->s->instrument, *one, err);
}

/* The day; a second meeting on it is "2026-09-14-b". */
static void name_meeting(char id[16], const json_t *list, const char *date)
{
	snprintf(id, 16, "%.10s", date);
	for (char c = 'b'; c <= 'z' && find_id(list, id); c++)
		snprintf(id, 16, "%.10s-%c", date, c);
}

static int add_meeting(char id[16], bool *there, fria_editing *e,
		       const fria_meeting *meeting, fria_error *err)
{
	json_t *list = list_of(e, "meetings");
	json_t *roles = json_array(), *tasks = json_array();
	int code = split(roles, meeting->roles, ",", is_role, e, err);
	if (!code && meeting->tasks)
		code = split(tasks, meeting->tasks, ", ", is_task, e, err);
	if (!code) {
		name_meeting(id, list, meeting->date);
		json_t *one = fria_json_pack("{s:s, s:s, s:s*, s:O}", "id", id,
					     "date", meeting->date, "chair",
					     meeting->chair, "roles", roles);
		if (json_array_size(tasks))
			json_object_set(one, "tasks", tasks);
		const json_t *said = editing_said(list, one);
		*there = said != NULL;
		if (said)
			snprintf(id, 16, "%s", fria_json_text(said, "id"));
		else
			json_array_append(list, one);
		json_decref(one);
		code = said ? 0 : editing_write(e, err);
	}
	json_decref(roles);
	json_decref(tasks);
	return code;
}

int fria_meeting_add(char id[16], bool *there, fria_workspace *ws,
		     const char *name, const fria_meeting *held,
		     fria_error *err)
{
	fria_editing e;
	fria_meeting own = *held;
	const fria_meeting *meeting = &own;
	const fria_entering texts[] = {
	    {&own.date, FRIA_DAY, "--date"},
	    {&own.chair, FRIA_LINE | FRIA_OPTIONAL, "--chair"},
	    {&own.roles, FRIA_LINE | FRIA_OPTIONAL, "--roles"},
	    {&own.tasks, FRIA_LINE | FRIA_OPTIONAL, "--tasks"},
	    {NULL, FRIA_LINE, NULL}};
	int code = editing_begin(&e, ws, name, texts, err);
	if (!code && !meeting->date)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_meeting_date, NULL);
	if (!code && !meeting->roles)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_meeting_roles, NULL);
	if (!code && fria_is_future(&ws->session, meeting->date))
		code = future_fail(err, &ws->session, FRIA_W_meeting_future, "",
				   meeting->date);
	if (!code)
		code = add_meeting(id, there, &e, meeting, err);
	editing_end(&e);
	return code;
}

int discuss_meeting(const fria_editing *e, const char *id, fria_error *err)
{
	if (!id || find_id(json_object_get(e->s->assessment, "meetings"), id))
		return 0;
	return unknown(err, FRIA_W_meeting_unknown, id);
}

/* --- dissent --- */

int fria_dissent(fria_workspace *ws, const fria_edit_target *asked,
		 const char *text, fria_error *err)
{
	fria_editing e;
	fria_edited place = {.changed = false};
	fria_edit_target own = *asked;
	const fria_edit_target *target = &own;
	const fria_entering texts[] = {
	    {&text, FRIA_PROSE | FRIA_OPTIONAL, "--dissent"},
	    {NULL, FRIA_LINE, NULL}};
	size_t task = 0;
	json_t *answer = NULL;
	int code = editing_begin_question(&e, &task, ws, &own, texts, err);
	if (!code)
		code = editing_row(&place, &e, task, target->row, err);
	if (!code)
		answer =
		    fria_assessment_answer(e.s->assessment, e.s->instrument,
					   task, editing_row_of(&place));
	if (!code && !answer)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_dissent_open,
				 "task", target->task, NULL);
	if (!code && !text)
		json_object_del(answer, "dissent");
	else if (!code)
		json_object_set_new(answer, "dissent", fria_json_string(text));
	if (!code)
		code = editing_write(&e, err);
	editing_end(&e);
	return code;
}
