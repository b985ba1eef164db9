/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The frame of every edit of an assessment in the work tree: it is loaded
 * under the lock, one thing changes, and it is written whole. What changes is
 * for the files that use it.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int editing_begin(fria_editing *e, fria_workspace *ws, const char *name,
		  const fria_entering *texts, fria_error *err)
{
	*e = (fria_editing){.ws = ws};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	e->locked = true;
	code = fria_conflicts_take_up(ws, NULL, err);
	if (!code)
		code = fria_snapshot_load(&e->s, ws, name, NULL, err);
	return code ? code : fria_refuse_superseded(e->s, err);
}

int editing_enter(fria_workspace *ws, fria_edit_target *target, fria_error *err)
{
	const fria_entering texts[] = {
	    {&target->note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {&target->meeting, FRIA_LINE | FRIA_OPTIONAL, "--meeting"},
	    {NULL, FRIA_LINE, NULL}};
	return fria_enter(&ws->entered, texts, err);
}

int editing_begin_question(fria_editing *e, size_t *task, fria_workspace *ws,
			   fria_edit_target *target, const fria_entering *texts,
			   fria_error *err)
{
	*e = (fria_editing){.ws = ws};
	int code = editing_enter(ws, target, err);
	if (!code)
		code =
		    editing_begin(e, ws, target->application_name, texts, err);
	return code ? code
		    : editing_task(task, e->s->instrument, target->task, err);
}

int editing_write(fria_editing *e, fria_error *err)
{
	return editing_write_with(e, NULL, 0, err);
}

int editing_write_with(fria_editing *e, const fria_recorded *beside, size_t n,
		       fria_error *err)
{
	fria_recorded *documents = fria_calloc(n + 1, sizeof *documents);
	fria_assessment_order(e->s->assessment, e->s->instrument);
	for (size_t i = 0; i < n; i++)
		documents[i] = beside[i];
	documents[n] = (fria_recorded){e->s->path, e->s->assessment, NULL};
	int code = fria_workspace_write_all(e->ws, documents, n + 1, err);
	free(documents);
	return code;
}

void editing_end(fria_editing *e)
{
	fria_snapshot_free(e->seen);
	fria_snapshot_free(e->head);
	fria_snapshot_free(e->s);
	if (e->locked)
		fria_act_end(e->ws);
}

/* --- which question --- */

int editing_task(size_t *task, const fria_instrument *in, const char *id,
		 fria_error *err)
{
	*task = fria_instrument_find(in, id);
	if (*task == FRIA_NONE)
		return fria_instrument_no_task(in, id, err);
	if (!in->tasks[*task].answerable)
		return fria_fail(
		    err, FRIA_EINPUT, FRIA_W_task_not_answerable, "task", id,
		    "title", fria_task_title(&in->tasks[*task], FRIA_NL), NULL);
	return 0;
}

int editing_refuse_hidden(const fria_editing *e, size_t task, const char *row,
			  fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	fria_questions all;
	int code = 0;
	const fria_siblings beside = {e->s->siblings, e->s->siblings_n};
	fria_questions_beside(&all, in, e->s->assessment, &beside);
	for (size_t i = 0; i < all.n && !code; i++) {
		const fria_question *q = &all.items[i];
		if (q->task != task || q->visible ||
		    (row && q->row && strcmp(row, q->row) != 0))
			continue;
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_task_hidden, "task",
				 in->tasks[task].id, "by", q->hidden_by, NULL);
	}
	fria_questions_dispose(&all);
	return code;
}

/* --- which row --- */

/* {rows} says which rows there are: their numbers, or that one is new. */
int editing_row_error(fria_error *err, fria_word word, const fria_editing *e,
		      size_t task, const char *row)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows;
	if (group != FRIA_NONE && in->tasks[group].mapped != FRIA_NONE)
		group = in->tasks[group].mapped;
	size_t n = group == FRIA_NONE ? 0
				      : json_array_size(fria_assessment_rows(
					    e->s->assessment, in, group));
	fria_buf rows = FRIA_BUF_INIT;
	for (size_t i = 1; i <= n && i <= 50; i++)
		fria_buf_printf(&rows, i > 1 ? ", %zu" : "%zu", i);
	int code = fria_fail(
	    err, FRIA_EINPUT, word, "task", in->tasks[task].id, "row",
	    row ? row : "", "rows",
	    n ? rows.text : fria_word_text(FRIA_W_row_new, e->ws->session.lang),
	    NULL);
	fria_buf_dispose(&rows);
	return code;
}

/* An id, or a number from 1; position in the group's rows. */
json_t *editing_find_row(const fria_editing *e, size_t group, const char *text)
{
	const fria_instrument *in = e->s->instrument;
	json_t *row = fria_assessment_row(e->s->assessment, in, group, text);
	char *stop;
	unsigned long number = strtoul(text, &stop, 10);
	if (row || *stop || !number || strlen(text) > 6)
		return row;
	return json_array_get(fria_assessment_rows(e->s->assessment, in, group),
			      number - 1);
}

static void note_row(fria_edited *out, const fria_editing *e, size_t group,
		     const char *row)
{
	size_t i;
	json_t *one;
	snprintf(out->row, sizeof out->row, "%s", row);
	json_array_foreach(
	    fria_assessment_rows(e->s->assessment, e->s->instrument, group), i,
	    one) {
		if (!strcmp(fria_json_text(one, "id"), row))
			out->row_number = i + 1;
	}
}

/* Rows that follow another group's are made when first answered. */
static int mapped_row(fria_edited *out, const fria_editing *e, size_t task,
		      const char *text, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows, from = in->tasks[group].mapped;
	json_t *source = text ? editing_find_row(e, from, text) : NULL;
	const char *id = fria_json_text(source, "id");
	if (!id)
		return editing_row_error(err, FRIA_W_row_is_mapped, e, task,
					 text);
	if (!fria_assessment_row(e->s->assessment, in, group, id)) {
		fria_assessment_row_add(e->s->assessment, in, group);
		json_t *rows =
		    fria_assessment_rows(e->s->assessment, in, group);
		json_t *last = json_array_get(rows, json_array_size(rows) - 1);
		json_object_set_new(last, "id", fria_json_string(id));
	}
	note_row(out, e, group, id);
	return 0;
}

int editing_row(fria_edited *out, const fria_editing *e, size_t task,
		const char *text, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows;
	*out = (fria_edited){.changed = false};
	if (group == FRIA_NONE)
		return text ? editing_row_error(err, FRIA_W_task_has_no_rows, e,
						task, text)
			    : 0;
	if (in->tasks[group].mapped != FRIA_NONE)
		return mapped_row(out, e, task, text, err);
	if (!text)
		return editing_row_error(err, FRIA_W_row_needed, e, task, text);
	if (fria_closed_id("row", text)) {
		note_row(out, e, group,
			 fria_assessment_row_add(e->s->assessment, in, group));
		return 0;
	}
	json_t *row = editing_find_row(e, group, text);
	if (!row)
		return editing_row_error(err, FRIA_W_unknown_row, e, task,
					 text);
	note_row(out, e, group, fria_json_text(row, "id"));
	return 0;
}

const char *editing_row_of(const fria_edited *out)
{
	return out->row[0] ? out->row : NULL;
}

int editing_holds(bool *holds, const fria_editing *e, size_t task,
		  const char *row, fria_error *err)
{
	fria_standing standing;
	int code = fria_standing_make(&standing, e->ws, e->s, e->s->day, err);
	if (code)
		return code;
	const fria_judgement *j =
	    fria_evaluation_find(&standing.result, task, row);
	*holds = !j || j->state != FRIA_STALE;
	fria_standing_dispose(&standing);
	return 0;
}

/* Without what differs from one time to the next. New. */
static json_t *timeless(const json_t *one)
{
	json_t *copy = json_copy((json_t *)(uintptr_t)one);
	json_object_del(copy, "id");
	json_object_del(copy, "at");
	return copy;
}

json_t *editing_said(const json_t *list, const json_t *one)
{
	enum { DAY = 10 };
	const char *at = fria_json_text(one, "at");
	json_t *mine = timeless(one), *found = NULL, *other;
	size_t i;
	json_array_foreach(list, i, other) {
		const char *then = fria_json_text(other, "at");
		json_t *theirs = timeless(other);
		if (json_equal(mine, theirs) &&
		    (!at || !then || !strncmp(at, then, DAY)))
			found = other;
		json_decref(theirs);
	}
	json_decref(mine);
	return found;
}
