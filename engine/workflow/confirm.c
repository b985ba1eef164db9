/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looked again, still right: answers get a new basis, their value stays. What
 * rests on something that must be judged first is refused.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* What must be judged before this one; NULL if nothing. */
static const char *blocked_by(const fria_standing *standing,
			      const fria_judgement *j,
			      const fria_strings *tasks)
{
	const fria_evaluation *r = &standing->result;
	for (size_t i = 0; i < j->because_n; i++) {
		const char *id =
		    standing->input.instrument
			->tasks[r->items[j->because[i]].question.task]
			.id;
		if (!fria_strings_has(tasks, id))
			return id;
	}
	return j->elsewhere.n ? j->elsewhere.items[0] : NULL;
}

/* The same said twice is said once. */
static void renew(fria_editing *e, const fria_question *q, const char *note)
{
	json_t *basis =
	    editing_basis(e, q->task, q->row, q->answer, note, NULL);
	json_t *was = json_object_get(q->answer, "basis");
	json_t *list = was ? fria_json_pack("[O]", was) : NULL;
	if (!editing_said(list, basis))
		json_object_set(q->answer, "basis", basis);
	json_decref(list);
	json_decref(basis);
}

/* True if the judgement lies in the row that is meant; NULL means any. */
static bool in_row(const fria_judgement *j, const char *row)
{
	return !row || (j->question.row && !strcmp(j->question.row, row));
}

/* Checks one task; FRIA_EREFUSED says what to judge first. */
static int check_one(const fria_editing *e, const fria_standing *standing,
		     const char *id, const fria_strings *tasks, const char *row,
		     fria_error *err)
{
	size_t task = fria_instrument_find(e->s->instrument, id);
	size_t given = 0;
	for (size_t i = 0; i < standing->result.n; i++) {
		const fria_judgement *j = &standing->result.items[i];
		if (j->question.task != task || !in_row(j, row))
			continue;
		given += j->state >= FRIA_ANSWERED;
		const char *first = blocked_by(standing, j, tasks);
		if (first && standing->input.adopted)
			return fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_confirm_upstream, "task", id,
					 "first", first, NULL);
	}
	if (!given)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_open,
				 "task", id, NULL);
	return 0;
}

/* Stale; through the fact alone, or because it came from elsewhere. */
static bool is_selected(const fria_judgement *j, const fria_selection *which)
{
	bool came_along = false;
	if (j->state != FRIA_STALE)
		return false;
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		if (which->because && (r->cause != FRIA_BY_FACT ||
				       strcmp(r->what, which->because) != 0))
			return false;
		came_along =
		    came_along || (r->cause == FRIA_BY_EDIT && r->what);
	}
	return came_along || !which->taken_over;
}

static int confirm_tasks(size_t *confirmed, fria_editing *e,
			 const fria_standing *standing,
			 const fria_strings *tasks, const char *row,
			 const char *note, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	int code = 0;
	for (size_t i = 0; i < tasks->n && !code; i++)
		code = check_one(e, standing, tasks->items[i], tasks, row, err);
	for (size_t i = 0; i < standing->result.n && !code; i++) {
		const fria_judgement *j = &standing->result.items[i];
		if (j->state < FRIA_ANSWERED || !in_row(j, row) ||
		    !fria_strings_has(tasks, in->tasks[j->question.task].id))
			continue;
		renew(e, &j->question, note);
		++*confirmed;
	}
	return code;
}

/* Of a group, its questions that have an answer. */
static int add_named(fria_strings *out, const fria_editing *e,
		     const fria_standing *standing, const char *id,
		     fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = fria_instrument_find(in, id), task, before = out->n;
	if (group == FRIA_NONE || in->tasks[group].kind != FRIA_GROUP) {
		fria_strings_add(out, id);
		return editing_task(&task, in, id, err);
	}
	for (size_t i = 0; i < standing->result.n; i++) {
		const fria_judgement *j = &standing->result.items[i];
		task = j->question.task;
		if (task > group && task < in->tasks[group].end &&
		    j->state >= FRIA_ANSWERED &&
		    !fria_strings_has(out, in->tasks[task].id))
			fria_strings_add(out, in->tasks[task].id);
	}
	return out->n > before
		   ? 0
		   : fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_open, "task",
			       id, NULL);
}

/* The id of the row that is meant, of the group that a task is or lies in. */
static int row_of(const char **out, const fria_editing *e, const char *id,
		  const char *row, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t task = fria_instrument_find(in, id);
	size_t group = in->tasks[task].rows;
	*out = NULL;
	if (row && group == FRIA_NONE)
		return editing_row_error(err, FRIA_W_task_has_no_rows, e, task,
					 row);
	if (row)
		*out = fria_json_text(editing_find_row(e, group, row), "id");
	return !row || *out
		   ? 0
		   : editing_row_error(err, FRIA_W_unknown_row, e, task, row);
}

static int confirm_named(size_t *confirmed, fria_editing *e,
			 const fria_standing *standing,
			 const fria_selection *which, const char *note,
			 fria_error *err)
{
	fria_strings tasks = FRIA_STRINGS_INIT;
	const char *row = NULL;
	int code = 0;
	for (size_t i = 0; i < which->n && !code; i++)
		code = add_named(&tasks, e, standing, which->tasks[i], err);
	if (!code)
		code = row_of(&row, e, which->tasks[0], which->row, err);
	if (!code)
		code = confirm_tasks(confirmed, e, standing, &tasks, row, note,
				     err);
	fria_strings_dispose(&tasks);
	return code;
}

static int confirm_stale(size_t *confirmed, fria_editing *e,
			 const fria_standing *standing,
			 const fria_selection *which, const char *note,
			 fria_error *err)
{
	const fria_evaluation *r = &standing->result;
	const char *because = which->because;
	fria_strings tasks = FRIA_STRINGS_INIT;
	int code = 0;
	if (because && !fria_fact_is(because))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_fact,
				 "pointer", because, NULL);
	for (size_t i = 0; i < r->n && !code; i++) {
		const char *id =
		    e->s->instrument->tasks[r->items[i].question.task].id;
		if (is_selected(&r->items[i], which) &&
		    !fria_strings_has(&tasks, id))
			fria_strings_add(&tasks, id);
	}
	if (!code && tasks.n)
		code = confirm_tasks(confirmed, e, standing, &tasks, NULL, note,
				     err);
	fria_strings_dispose(&tasks);
	return code;
}

int fria_confirm(size_t *confirmed, fria_workspace *ws, const char *name,
		 const fria_selection *which, const char *note, fria_error *err)
{
	fria_editing e;
	fria_standing standing;
	*confirmed = 0;
	const fria_entering texts[] = {
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = editing_begin(&e, ws, name, texts, err);
	if (!code && !note)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_note, NULL);
	if (!code)
		code = fria_standing_make(&standing, ws, e.s, e.s->day, err);
	if (!code) {
		code = which->n ? confirm_named(confirmed, &e, &standing, which,
						note, err)
				: confirm_stale(confirmed, &e, &standing, which,
						note, err);
		fria_standing_dispose(&standing);
	}
	if (!code && *confirmed)
		code = editing_write(&e, err);
	editing_end(&e);
	return code;
}
