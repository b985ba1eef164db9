/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is not made public, with its ground and who decided that; and what is
 * public again. It takes nothing out of any document: redact.c does, for each
 * reader.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <ctype.h>
#include <string.h>

/* The ground by its number in the act, or in words. */
static int check(fria_withholding *what, fria_lang lang, fria_error *err)
{
	fria_buf all = FRIA_BUF_INIT;
	const char *id =
	    what->ground ? fria_closed_id("withheld", what->ground) : NULL;
	const char *one;
	int code = 0;
	if (what->lift && !what->ground)
		return 0;
	for (size_t i = 0; (one = fria_closed_at("withheld", i)); i++) {
		const char *said = fria_closed_say("withheld", one, lang);
		fria_buf_puts(&all, i ? ", " : "");
		if (isdigit((unsigned char)*one))
			fria_buf_printf(&all, "%s (%s)", one, said);
		else
			fria_buf_puts(&all, said);
	}
	if (id)
		what->ground = id;
	else
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_ground,
				 "ground", what->ground ? what->ground : "",
				 "choices", all.text, NULL);
	if (id && !strcmp(id, "other") && !what->note)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_ground_note, NULL);
	fria_buf_dispose(&all);
	return code;
}

/* Who withheld it, when and on which ground. New. */
static json_t *record_of(const fria_workspace *ws, const fria_withholding *what)
{
	const fria_session *s = &ws->session;
	fria_buf at = FRIA_BUF_INIT;
	char *by = fria_format("%s <%s>", s->name, s->email);
	fria_time_write(&at, s->now);
	json_t *out = fria_json_pack(
	    "{s:s, s:s*, s:s*, s:s, s:s}", "ground", what->ground, "passage",
	    what->passage, "note", what->note, "by", by, "at", at.text);
	fria_buf_dispose(&at);
	free(by);
	return out;
}

/* --- an answer --- */

static int check_passage(const json_t *answer, const char *passage,
			 const char *task, fria_error *err)
{
	const char *text = fria_json_text(answer, "value");
	if (!passage || (text && *passage && strstr(text, passage)))
		return 0;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_no_passage, "task", task,
			 NULL);
}

static int set_answer(bool *changed, fria_editing *e, size_t task,
		      const char *row, const fria_withholding *what,
		      fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const char *id = in->tasks[task].id;
	json_t *was = fria_assessment_answer(e->s->assessment, in, task, row);
	if (!was)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_open,
				 "task", id, NULL);
	int code = check_passage(was, what->passage, id, err);
	if (code)
		return code;
	json_t *answer = json_deep_copy(was);
	json_t *list = json_object_get(answer, "withheld");
	json_t *record = what->lift ? NULL : record_of(e->ws, what);
	*changed = record ? !editing_said(list, record) : list != NULL;
	if (!*changed)
		goto out;
	if (!record) {
		json_object_del(answer, "withheld");
	} else {
		if (!json_is_array(list) || !what->passage) {
			list = json_array();
			json_object_set_new(answer, "withheld", list);
		}
		json_array_append(list, record);
	}
	fria_assessment_put(e->s->assessment, in, task, row, answer);
	code = editing_write(e, err);
out:
	json_decref(record);
	json_decref(answer);
	return code;
}

static int enter(fria_workspace *ws, fria_withholding *what, fria_error *err)
{
	const fria_entering texts[] = {
	    {&what->passage, FRIA_PROSE, "--passage"},
	    {&what->note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	return fria_enter(&ws->entered, texts, err);
}

int fria_withhold(bool *changed, fria_workspace *ws,
		  const fria_edit_target *asked, const fria_withholding *given,
		  fria_error *err)
{
	fria_editing e;
	fria_edited row;
	fria_edit_target target = *asked;
	fria_withholding what = *given;
	size_t task;
	*changed = false;
	int code = enter(ws, &what, err);
	if (code)
		return code;
	code = editing_begin_question(&e, &task, ws, &target, NULL, err);
	if (!code)
		code = check(&what, ws->session.lang, err);
	if (!code)
		code = editing_row(&row, &e, task, target.row, err);
	if (!code)
		code = set_answer(changed, &e, task, editing_row_of(&row),
				  &what, err);
	editing_end(&e);
	return code;
}

/* --- a characteristic --- */

static int set_fact(bool *changed, json_t *application, fria_workspace *ws,
		    const char *pointer, const fria_withholding *what)
{
	json_t *all = json_object_get(application, "withheld");
	*changed = !what->lift || json_object_get(all, pointer);
	if (what->lift && all) {
		json_object_del(all, pointer);
		if (!json_object_size(all))
			json_object_del(application, "withheld");
	} else if (!what->lift) {
		if (!json_is_object(all)) {
			all = json_object();
			json_object_set_new(application, "withheld", all);
		}
		json_t *record = record_of(ws, what);
		const json_t *was = json_object_get(all, pointer);
		json_t *list = was ? fria_json_pack("[O]", was) : NULL;
		*changed = !editing_said(list, record);
		if (*changed)
			json_object_set(all, pointer, record);
		json_decref(list);
		json_decref(record);
	}
	fria_application_order(application);
	return 0;
}

int fria_withhold_fact(bool *changed, fria_workspace *ws, const char *id,
		       const char *pointer, const fria_withholding *given,
		       fria_error *err)
{
	json_t *application = NULL;
	char commit[FRIA_ID_SIZE];
	fria_withholding what = *given;
	*changed = false;
	int code = enter(ws, &what, err);
	if (!code)
		code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = check(&what, ws->session.lang, err);
	if (!code && (!fria_fact_is(pointer) || !fria_fact_known(pointer)))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_fact,
				 "pointer", pointer, NULL);
	if (!code)
		code = fria_application_saved(&application, ws, id, err);
	if (!code)
		code = set_fact(changed, application, ws, pointer, &what);
	if (!code && *changed) {
		char *path = fria_workspace_path(id, "application");
		fria_buf message = FRIA_BUF_INIT;
		const fria_recorded one = {path, application, NULL};
		fria_say(&message, ws->lang,
			 what.lift ? FRIA_W_commit_lifted
				   : FRIA_W_commit_withheld,
			 "application", id, "what",
			 fria_fact_title(pointer, ws->lang), NULL);
		fria_buf_putc(&message, '\n');
		code = fria_record(commit, ws, &one, 1, message.text, err);
		fria_buf_dispose(&message);
		free(path);
	}
	json_decref(application);
	fria_act_end(ws);
	return code;
}

/* --- what looks personal, and may be public --- */

/* Does a text of the document hold it? */
static bool holds_text(const json_t *value, const char *passage)
{
	const char *text = json_string_value(value), *key;
	json_t *one;
	size_t i;
	bool found = text && strstr(text, passage);
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		found = found || (strcmp(key, "disclosed") != 0 &&
				  holds_text(one, passage));
	json_array_foreach(value, i, one)
		found = found || holds_text(one, passage);
	return found;
}

/* Adds it to the document's list, once. */
static int add_disclosed(bool *changed, json_t *document,
			 const fria_workspace *ws, const char *name,
			 const char *passage, const char *note, fria_error *err)
{
	json_t *list = json_object_get(document, "disclosed"), *one;
	const fria_session *s = &ws->session;
	fria_buf at = FRIA_BUF_INIT;
	size_t i;
	if (!passage || !*passage)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_disclose_nothing,
				 NULL);
	if (!holds_text(document, passage))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_disclose_not_there,
				 "text", passage, "name", name, NULL);
	json_array_foreach(list, i, one)
		if (fria_json_says(one, "passage", passage))
			return 0;
	if (!json_is_array(list)) {
		list = json_array();
		json_object_set_new(document, "disclosed", list);
	}
	char *by = fria_format("%s <%s>", s->name, s->email);
	fria_time_write(&at, s->now);
	json_array_append_new(
	    list, fria_json_pack("{s:s, s:s*, s:s, s:s}", "passage", passage,
				 "note", note, "by", by, "at", at.text));
	*changed = true;
	fria_buf_dispose(&at);
	free(by);
	return 0;
}

static int disclose_in_application(bool *changed, fria_workspace *ws,
				   const char *id, const char *passage,
				   const char *note, fria_error *err)
{
	json_t *application = NULL;
	char commit[FRIA_ID_SIZE];
	const fria_entering texts[] = {
	    {&passage, FRIA_PROSE | FRIA_OPTIONAL, "--passage"},
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = fria_application_saved(&application, ws, id, err);
	if (!code)
		code = add_disclosed(changed, application, ws, id, passage,
				     note, err);
	if (!code && *changed) {
		char *path = fria_workspace_path(id, "application");
		fria_buf message = FRIA_BUF_INIT;
		const fria_recorded one = {path, application, NULL};
		fria_application_order(application);
		fria_say(&message, ws->lang, FRIA_W_commit_disclosed, "name",
			 id, NULL);
		fria_buf_putc(&message, '\n');
		code = fria_record(commit, ws, &one, 1, message.text, err);
		fria_buf_dispose(&message);
		free(path);
	}
	json_decref(application);
	fria_act_end(ws);
	return code;
}

int fria_disclose(bool *changed, fria_workspace *ws, const char *name,
		  const char *passage, const char *note, fria_error *err)
{
	fria_editing e;
	*changed = false;
	if (!strchr(name, '/'))
		return disclose_in_application(changed, ws, name, passage, note,
					       err);
	const fria_entering texts[] = {
	    {&passage, FRIA_PROSE | FRIA_OPTIONAL, "--passage"},
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = editing_begin(&e, ws, name, texts, err);
	if (!code)
		code = add_disclosed(changed, e.s->assessment, ws, name,
				     passage, note, err);
	if (!code && *changed)
		code = editing_write(&e, err);
	editing_end(&e);
	return code;
}
