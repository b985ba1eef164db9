/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers in the work tree: given, mended, waived, rows removed. It records
 * nothing in history (record.c).
 */
#include "workflow_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- setting an answer --- */

/* Sets the form ({"value"} or {"waived"}), keeping unknown members; nothing is
 * written yet. */
static int set(fria_edited *out, fria_editing *e, size_t task,
	       const json_t *form, const fria_edit_target *target,
	       fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const char *row = editing_row_of(out);
	json_t *was = fria_assessment_answer(e->s->assessment, in, task, row);
	json_t *was_form = fria_answer_form(was);
	bool equal = json_equal(was_form, form);
	bool holds = equal && in->tasks[task].measure;
	json_decref(was_form);
	if (equal && !holds) {
		int code = editing_holds(&holds, e, task, row, err);
		if (code)
			return code;
	}
	if (holds)
		return 0;
	json_t *answer = was ? json_deep_copy(was) : json_object();
	json_object_del(answer, "value");
	json_object_del(answer, "waived");
	if (!equal)
		json_object_del(answer, "origin");
	json_object_update(answer, (json_t *)(uintptr_t)form);
	if (!in->tasks[task].measure)
		json_object_set_new(answer, "basis",
				    shown_basis(e, task, row, answer,
						target->note, target->meeting));
	fria_assessment_put(e->s->assessment, in, task, row, answer);
	json_decref(answer);
	fria_proposals_settle(e->s->assessment, in->tasks[task].id, row, NULL);
	out->changed = true;
	return 0;
}

static int put(fria_edited *out, fria_editing *e, size_t task,
	       const json_t *form, const fria_edit_target *target,
	       fria_error *err)
{
	int code = set(out, e, task, form, target, err);
	return code || !out->changed ? code : editing_write(e, err);
}

/* --- better words --- */

static int check_editorial(const fria_editing *e, size_t task, const char *row,
			   const char *note, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const json_t *was =
	    fria_assessment_answer(e->s->assessment, in, task, row);
	if (!note)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_editorial_note, NULL);
	if (in->tasks[task].kind != FRIA_TEXT)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_editorial_text,
				 "task", in->tasks[task].id, NULL);
	bool holds = false;
	int code = json_object_get(was, "value")
		       ? editing_holds(&holds, e, task, row, err)
		       : 0;
	if (!code && !holds)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_editorial_holds,
				 "task", in->tasks[task].id, NULL);
	return code;
}

/* Loads another assessment of the application and lets its answers follow;
 * how many did. */
static int follow_in(fria_snapshot **out, size_t *count, const fria_editing *e,
		     const fria_editorial *change, const char *name,
		     fria_error *err)
{
	char *full = fria_format("%s/%s", e->s->application_id, name);
	fria_editorial elsewhere = *change;
	elsewhere.own = false;
	int code = fria_snapshot_load(out, e->ws, full, NULL, err);
	if (!code)
		*count = fria_editorial_follow((*out)->assessment,
					       (*out)->instrument, &elsewhere);
	free(full);
	return code;
}

static fria_recorded in_order(fria_snapshot *s)
{
	fria_assessment_order(s->assessment, s->instrument);
	return (fria_recorded){s->path, s->assessment, NULL};
}

/* All are read and judged before one is written; then all are. */
static int follow(fria_edited *out, fria_editing *e, const json_t *before,
		  fria_error *err)
{
	const fria_editorial change = {e->s->name, e->s->instrument, before,
				       e->s->assessment, true};
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, e->ws, NULL,
					      e->s->application_id, err);
	fria_snapshot **others = fria_calloc(names.n + 1, sizeof(void *));
	fria_recorded *documents = fria_calloc(names.n + 1, sizeof *documents);
	size_t n = 0;
	out->followed =
	    fria_editorial_follow(e->s->assessment, e->s->instrument, &change);
	documents[n++] = in_order(e->s);
	for (size_t i = 0; i < names.n && !code; i++) {
		size_t count = 0;
		if (!strcmp(names.items[i], e->s->name))
			continue;
		code = follow_in(&others[i], &count, e, &change, names.items[i],
				 err);
		out->followed += count;
		if (count)
			documents[n++] = in_order(others[i]);
	}
	if (!code)
		code = fria_workspace_write_all(e->ws, documents, n, err);
	for (size_t i = 0; i < names.n; i++)
		fria_snapshot_free(others[i]);
	free(documents);
	free(others);
	fria_strings_dispose(&names);
	return code;
}

static int mend(fria_edited *out, fria_editing *e, size_t task,
		const json_t *form, const fria_edit_target *target,
		fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const fria_session *s = &e->ws->session;
	const char *row = editing_row_of(out);
	int code = check_editorial(e, task, row, target->note, err);
	if (code)
		return code;
	json_t *was = fria_assessment_answer(e->s->assessment, in, task, row);
	if (json_equal(json_object_get(was, "value"),
		       json_object_get(form, "value")))
		return 0;
	char *by = fria_format("%s <%s>", s->name, s->email);
	const fria_stand stand = {NULL, by, s->now, target->note, NULL};
	json_t *before = json_deep_copy(e->s->assessment);
	json_t *answer = json_deep_copy(was);
	json_object_set_new(answer, "basis",
			    fria_editorial_basis(was, form, &stand));
	json_object_update(answer, (json_t *)(uintptr_t)form);
	fria_assessment_put(e->s->assessment, in, task, row, answer);
	json_decref(answer);
	out->changed = true;
	code = follow(out, e, before, err);
	json_decref(before);
	free(by);
	return code;
}

static bool same_text(const fria_buf *said, const char *typed, size_t n)
{
	return said->n == n && !memcmp(said->text, typed, n);
}

/* "1 March 2027" for "1-3-2027"; nothing where it stands as it was typed. */
static void say_understood(fria_edited *out, const fria_editing *e,
			   fria_choices *choices, size_t task,
			   const json_t *value, const char *typed)
{
	const fria_task *t = &e->s->instrument->tasks[task];
	fria_buf said = FRIA_BUF_INIT, plain = FRIA_BUF_INIT;
	size_t n = strlen(typed);
	while (n && strchr(" \t\n", typed[n - 1]))
		n--;
	fria_value_say(&plain, e->s->instrument, task, value, NULL, FRIA_EN);
	fria_choice_say(&said, choices, task, value);
	if (!same_text(&plain, typed, n) && !same_text(&said, typed, n) &&
	    (t->kind == FRIA_DATE || t->kind == FRIA_NUMBER))
		snprintf(out->understood, sizeof out->understood, "%s",
			 said.text);
	fria_buf_dispose(&plain);
	fria_buf_dispose(&said);
}

/* "None of these" beside another option. */
static int refuse_beside(const fria_editing *e, size_t task,
			 const json_t *value, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const json_t *alone = fria_value_alone(in, task, value);
	fria_buf label = FRIA_BUF_INIT;
	if (!alone)
		return 0;
	json_t *only = fria_json_pack("[O]", alone);
	fria_value_say(&label, in, task, only, NULL, e->ws->session.lang);
	fria_fail(err, FRIA_EINPUT, FRIA_W_option_alone, "task",
		  in->tasks[task].id, "value", label.text, NULL);
	json_decref(only);
	fria_buf_dispose(&label);
	return FRIA_EINPUT;
}

int edit_answer(fria_edited *out, fria_editing *e, size_t task,
		const fria_edit_target *target, const char *text,
		fria_error *err)
{
	json_t *value = NULL, *form = NULL;
	const fria_time today = fria_session_day(&e->ws->session);
	fria_choices *choices =
	    fria_snapshot_choices(e->s, e->ws->session.lang);
	int code = discuss_meeting(e, target->meeting, err);
	if (!code)
		code = fria_value_parse(&value, e->s->instrument, task, text,
					fria_choices_at(choices, task),
					e->ws->session.lang, &today, err);
	if (!code)
		code = refuse_beside(e, task, value, err);
	if (!code)
		code = editing_row(out, e, task, target->row, err);
	if (!code)
		code = editing_refuse_hidden(e, task, editing_row_of(out), err);
	if (!code) {
		form = fria_json_pack("{s:O}", "value", value);
		code = (target->editorial ? mend : set)(out, e, task, form,
							target, err);
		say_understood(out, e, choices, task, value, text);
	}
	json_decref(form);
	json_decref(value);
	fria_choices_free(choices);
	return code;
}

/* A text in which there is not a letter or a figure. */
static bool says_nothing(const char *text)
{
	for (; *text; text++)
		if (isalnum((unsigned char)*text) ||
		    (unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* "n.v.t." is no answer: it is why there is none, and that has its own place,
 * with a reason. */
static int refuse_waiver(const fria_edit_target *target, const fria_task *t,
			 const char *text, fria_error *err)
{
	const char *unknown = fria_waiver_id(FRIA_WAIVER_UNKNOWN);
	const char *kind = fria_closed_id("waiver", text);
	if (t->kind != FRIA_TEXT || fria_text_blank(text))
		return 0;
	if (says_nothing(text))
		kind = unknown;
	if (!kind || (strcmp(kind, unknown) != 0 &&
		      fria_waiver_parse(kind) != FRIA_WAIVER_NOT_APPLICABLE))
		return 0;
	char *row = target->row ? fria_format(" --row %s", target->row) : NULL;
	int code =
	    fria_fail(err, FRIA_EINPUT, FRIA_W_edit_waiver, "text", text,
		      "assessment", target->application_name, "task",
		      target->task, "row", row ? row : "", "kind", kind, NULL);
	free(row);
	return code;
}

static int answer(fria_edited *out, fria_workspace *ws,
		  const fria_edit_target *asked, const char *text, bool writes,
		  fria_error *err)
{
	fria_editing e;
	fria_edit_target target = *asked;
	size_t task;
	const fria_entering texts[] = {{&text, FRIA_PROSE, "VALUE"},
				       {NULL, FRIA_LINE, NULL}};
	int code = editing_begin_question(&e, &task, ws, &target, texts, err);
	if (!code)
		code =
		    shown_begin(&e, &target.page, target.task, target.row, err);
	if (!code)
		code = refuse_waiver(asked, &e.s->instrument->tasks[task], text,
				     err);
	if (!code)
		code = edit_answer(out, &e, task, &target, text, err);
	if (!code && writes && out->changed && !target.editorial)
		code = editing_write(&e, err);
	editing_end(&e);
	return code;
}

int fria_answer(fria_edited *out, fria_workspace *ws,
		const fria_edit_target *target, const char *text,
		fria_error *err)
{
	return answer(out, ws, target, text, true, err);
}

int fria_answer_try(fria_workspace *ws, const fria_edit_target *target,
		    const char *text, fria_error *err)
{
	fria_edited would;
	return answer(&would, ws, target, text, false, err);
}

/* --- what is offered --- */

/* The rows that are meant: NULL is any, and "new" one that is not there. */
static bool is_meant(const fria_proposal *p, const fria_editing *e, size_t task,
		     const fria_edit_target *target, const char *id)
{
	const fria_instrument *in = e->s->instrument;
	const char *row = target->row;
	if (p->task != task || (id && strcmp(p->id, id) != 0))
		return false;
	if (row && in->tasks[task].rows != FRIA_NONE &&
	    !fria_closed_id("row", row))
		row = fria_json_text(
		    editing_find_row(e, in->tasks[task].rows, row), "id");
	return !target->row ||
	       fria_proposal_is_for(p, in, e->s->assessment, task,
				    fria_closed_id("row", target->row) ? NULL
								       : row);
}

/* The one that is meant; ENOTFOUND for none, EINPUT for several. */
static int choose(const fria_proposal **out, const fria_editing *e,
		  const fria_proposals *all, size_t task,
		  const fria_edit_target *target, const char *id,
		  fria_error *err)
{
	fria_buf ids = FRIA_BUF_INIT;
	size_t n = 0, there = 0;
	*out = NULL;
	for (size_t i = 0; i < all->n; i++) {
		if (is_meant(&all->items[i], e, task, target, NULL))
			fria_buf_printf(&ids, there++ ? ", %s" : "%s",
					all->items[i].id);
		if (!is_meant(&all->items[i], e, task, target, id))
			continue;
		*out = &all->items[i];
		n++;
	}
	int code = 0;
	if (!there)
		code =
		    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_proposal_none, "task",
			      e->s->instrument->tasks[task].id, NULL);
	else if (n != 1)
		code = fria_fail(err, n ? FRIA_EINPUT : FRIA_ENOTFOUND,
				 n ? FRIA_W_proposal_several
				   : FRIA_W_proposal_unknown,
				 "task", e->s->instrument->tasks[task].id, "id",
				 id, "ids", ids.text, NULL);
	fria_buf_dispose(&ids);
	return code;
}

/* The row that it is for, which is made where it is not there. */
static void place(fria_edit_target *target, const fria_editing *e,
		  const fria_proposal *p)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[p->task].rows;
	if (group == FRIA_NONE)
		return;
	target->row = p->row ? p->row : fria_closed_at("row", 0);
	fria_proposal_row(e->s->assessment, in, p->task, p->row);
}

/* Where it came from, and what of it is not made public there. */
static void keep_beside(json_t *answer, const fria_task *t,
			const fria_proposal *p)
{
	json_t *withheld = json_object_get(p->record, "withheld");
	/* A measure's owner, date and state are nobody's judgement. */
	if (!t->measure)
		json_object_set_new(answer, "origin",
				    fria_json_string(p->from));
	if (withheld)
		json_object_set(answer, "withheld", withheld);
}

static int take(fria_edited *out, fria_editing *e, const fria_proposal *p,
		fria_edit_target *target, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	json_t *form = fria_json_pack("{s:O}", "value", p->value);
	int code = discuss_meeting(e, target->meeting, err);
	place(target, e, p);
	if (!code)
		code = editing_row(out, e, p->task, target->row, err);
	if (!code)
		code =
		    editing_refuse_hidden(e, p->task, editing_row_of(out), err);
	if (!code)
		code = set(out, e, p->task, form, target, err);
	if (!code && out->changed) {
		keep_beside(fria_assessment_answer(e->s->assessment, in,
						   p->task,
						   editing_row_of(out)),
			    &in->tasks[p->task], p);
		fria_proposals_settle(e->s->assessment, in->tasks[p->task].id,
				      editing_row_of(out), p->id);
		code = editing_write(e, err);
	}
	json_decref(form);
	return code;
}

int fria_proposal_take(fria_edited *out, fria_workspace *ws,
		       const fria_edit_target *asked, const char *id,
		       fria_error *err)
{
	fria_editing e;
	fria_edit_target target = *asked;
	fria_proposals all = {NULL, 0};
	const fria_proposal *p = NULL;
	size_t task;
	const fria_entering texts[] = {{&id, FRIA_LINE | FRIA_OPTIONAL, "ID"},
				       {NULL, FRIA_LINE, NULL}};
	*out = (fria_edited){.changed = false};
	int code = editing_begin_question(&e, &task, ws, &target, texts, err);
	if (!code)
		code =
		    shown_begin(&e, &target.page, target.task, target.row, err);
	if (!code) {
		const fria_evaluation_input input = {
		    .instrument = e.s->instrument,
		    .assessment = e.s->assessment,
		    .application = e.s->application,
		    .siblings = {e.s->siblings, e.s->siblings_n}};
		fria_proposals_find(&all, &input);
		code = choose(&p, &e, &all, task, &target, id, err);
	}
	if (!code && p)
		code = take(out, &e, p, &target, err);
	fria_proposals_dispose(&all);
	editing_end(&e);
	return code;
}

/* The row, and what stands in the rows that follow it. */
static void remove_row(fria_editing *e, size_t group, const char *text)
{
	const fria_instrument *in = e->s->instrument;
	char *id = fria_strdup(text);
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i && in->tasks[i].mapped == group)
			fria_assessment_row_remove(e->s->assessment, in, i, id);
	fria_assessment_row_remove(e->s->assessment, in, group, id);
	free(id);
}

int fria_answer_remove_row(fria_workspace *ws, const fria_edit_target *asked,
			   fria_error *err)
{
	fria_editing e;
	fria_edit_target own = *asked;
	const fria_edit_target *target = &own;
	size_t task;
	int code = editing_begin_question(&e, &task, ws, &own, NULL, err);
	if (!code && e.s->instrument->tasks[task].rows == FRIA_NONE)
		code = editing_row_error(err, FRIA_W_task_has_no_rows, &e, task,
					 target->row);
	if (!code) {
		size_t group = e.s->instrument->tasks[task].rows;
		json_t *row = editing_find_row(&e, group, target->row + 1);
		size_t offered = fria_proposals_drop_row(
		    e.s->assessment, e.s->instrument, group,
		    row ? fria_json_text(row, "id") : target->row + 1);
		if (!row && !offered)
			code = editing_row_error(err, FRIA_W_unknown_row, &e,
						 task, target->row + 1);
		else if (row)
			remove_row(&e, group, fria_json_text(row, "id"));
	}
	if (!code)
		code = editing_write(&e, err);
	editing_end(&e);
	return code;
}

/* *kind: what was typed means. */
static int read_kind(fria_waiver *kind, const char *typed, const char *reason,
		     const char *reference, fria_lang lang, fria_error *err)
{
	const char *id;
	int code = fria_closed_read(&id, "waiver", typed, FRIA_W_unknown_waiver,
				    lang, err);
	if (code)
		return code;
	*kind = fria_waiver_parse(id);
	if (!reason)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_waiver_reason, NULL);
	if (*kind == FRIA_WAIVER_REFERS && !reference)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_waiver_reference,
				 NULL);
	return 0;
}

/* New. */
static json_t *waiver(fria_waiver kind, const char *reason,
		      const char *reference)
{
	return fria_json_pack("{s:{s:s, s:s, s:s*}}", "waived", "kind",
			      fria_waiver_id(kind), "reason", reason,
			      "reference", reference);
}

/* Each question below a group that is shown, required and open, outside rows.
 */
static int waive_group(fria_edited *out, fria_editing *e, size_t group,
		       const json_t *form, const fria_edit_target *target,
		       fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	fria_questions all;
	const fria_siblings beside = {e->s->siblings, e->s->siblings_n};
	int code = 0;
	fria_questions_beside(&all, in, e->s->assessment, &beside);
	for (size_t i = 0; i < all.n && !code; i++) {
		const fria_question *q = &all.items[i];
		if (q->task <= group || q->task >= in->tasks[group].end ||
		    !q->visible || q->answer ||
		    in->tasks[q->task].rows != FRIA_NONE ||
		    !in->tasks[q->task].required)
			continue;
		code = set(out, e, q->task, form, target, err);
		out->waived++;
	}
	fria_questions_dispose(&all);
	return code || !out->changed ? code : editing_write(e, err);
}

static int waive_question(fria_edited *out, fria_editing *e, size_t task,
			  const json_t *form, const fria_edit_target *target,
			  fria_error *err)
{
	if (e->s->instrument->tasks[task].measure)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_task_not_answerable,
				 "task", target->task, "title", "", NULL);
	int code = editing_row(out, e, task, target->row, err);
	if (!code)
		code = editing_refuse_hidden(e, task, editing_row_of(out), err);
	return code ? code : put(out, e, task, form, target, err);
}

int fria_waive(fria_edited *out, fria_workspace *ws,
	       const fria_edit_target *asked, const char *typed,
	       const char *reason, const char *reference, fria_error *err)
{
	fria_editing e = {.ws = ws};
	fria_waiver kind = FRIA_WAIVER_NONE;
	fria_edit_target target = *asked;
	json_t *form = NULL;
	size_t task = FRIA_NONE;
	*out = (fria_edited){.changed = false};
	const fria_entering texts[] = {
	    {&reason, FRIA_PROSE | FRIA_OPTIONAL, "--reason"},
	    {&reference, FRIA_LINE | FRIA_OPTIONAL, "--reference"},
	    {NULL, FRIA_LINE, NULL}};
	int code = editing_enter(ws, &target, err);
	if (!code)
		code =
		    editing_begin(&e, ws, target.application_name, texts, err);
	if (!code)
		code = read_kind(&kind, typed, reason, reference,
				 ws->session.lang, err);
	if (!code) {
		form = waiver(kind, reason, reference);
		task = fria_instrument_find(e.s->instrument, target.task);
	}
	bool group = task != FRIA_NONE && !target.row &&
		     e.s->instrument->tasks[task].end > task + 1;
	if (!code)
		code =
		    shown_begin(&e, &target.page, target.task, target.row, err);
	if (!code && group)
		code = waive_group(out, &e, task, form, &target, err);
	else if (!code)
		code = editing_task(&task, e.s->instrument, target.task, err);
	if (!code && !group)
		code = waive_question(out, &e, task, form, &target, err);
	editing_end(&e);
	json_decref(form);
	return code;
}
