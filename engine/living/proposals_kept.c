/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a document keeps of what is offered for its answers: what came in a file
 * or from an assessment elsewhere. It makes no answer.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- put in --- */

/* "reply.md (A. Bakker, 2026-03-01)" and another day's are of one file. */
static bool same_source(const char *a, const char *b)
{
	const char *end = strstr(a, " (");
	size_t n = end ? (size_t)(end - a) : strlen(a);
	return !strncmp(a, b, n) && (!b[n] || !strncmp(b + n, " (", 2));
}

static bool is_for(const json_t *one, const char *task, const char *row)
{
	return fria_json_says(one, "task", task) &&
	       (row ? fria_json_says(one, "row", row)
		    : !fria_json_text(one, "row"));
}

bool fria_proposals_add(json_t *assessment, const fria_instrument *in,
			size_t task, const char *row, const json_t *answer,
			const char *from, fria_time at)
{
	const char *own = fria_json_text(answer, "origin");
	fria_proposal p = {.task = task,
			   .row = (char *)(uintptr_t)row,
			   .value = json_object_get(answer, "value"),
			   .from = (char *)(uintptr_t)(own ? own : from)};
	json_t *list = json_object_get(assessment, "proposals");
	fria_buf moment = FRIA_BUF_INIT;
	proposal_name(p.id, in, &p);
	for (size_t i = json_array_size(list); i-- > 0;) {
		const json_t *one = json_array_get(list, i);
		const char *was = fria_json_text(one, "from");
		if (fria_json_says(one, "id", p.id))
			return false;
		if (is_for(one, in->tasks[task].id, row) && was &&
		    same_source(p.from, was))
			json_array_remove(list, i);
	}
	if (!list) {
		list = json_array();
		json_object_set_new(assessment, "proposals", list);
	}
	fria_time_write(&moment, at);
	json_array_append_new(
	    list, fria_json_pack("{s:s, s:s, s:s?, s:O, s:O*, s:s, s:s}", "id",
				 p.id, "task", in->tasks[task].id, "row", row,
				 "value", p.value, "withheld",
				 json_object_get(answer, "withheld"), "from",
				 p.from, "at", moment.text));
	fria_buf_dispose(&moment);
	return true;
}

/* --- taken out --- */

void fria_proposals_settle(json_t *assessment, const char *task,
			   const char *row, const char *id)
{
	json_t *list = json_object_get(assessment, "proposals");
	for (size_t i = json_array_size(list); i-- > 0;) {
		const json_t *one = json_array_get(list, i);
		if ((id && fria_json_says(one, "id", id)) ||
		    is_for(one, task, row))
			json_array_remove(list, i);
	}
	if (list && !json_array_size(list))
		json_object_del(assessment, "proposals");
}

size_t fria_proposals_drop_row(json_t *assessment, const fria_instrument *in,
			       size_t group, const char *row)
{
	json_t *list = json_object_get(assessment, "proposals");
	size_t n = json_array_size(list);
	for (size_t i = n; i-- > 0;) {
		const json_t *one = json_array_get(list, i);
		const char *task = fria_json_text(one, "task");
		size_t at = task ? fria_instrument_find(in, task) : FRIA_NONE;
		size_t rows = at == FRIA_NONE ? FRIA_NONE : in->tasks[at].rows;
		if (rows != FRIA_NONE && fria_json_says(one, "row", row) &&
		    (rows == group || in->tasks[rows].mapped == group))
			json_array_remove(list, i);
	}
	size_t left = json_array_size(list);
	if (list && !left)
		json_object_del(assessment, "proposals");
	return n - left;
}

/* --- the document as it would be --- */

void fria_proposal_row(json_t *assessment, const fria_instrument *in,
		       size_t task, const char *row)
{
	size_t group = in->tasks[task].rows;
	if (!row || group == FRIA_NONE)
		return;
	if (in->tasks[group].mapped != FRIA_NONE)
		fria_assessment_row_need(assessment, in,
					 in->tasks[group].mapped, row);
	fria_assessment_row_need(assessment, in, group, row);
}

/* One of several stands for none of them. */
static bool is_alone(const json_t *list, const json_t *one, const char *task)
{
	size_t n = 0;
	for (size_t i = 0; i < json_array_size(list) && n < 2; i++)
		n += is_for(json_array_get(list, i), task,
			    fria_json_text(one, "row"));
	return n == 1;
}

/* The question whose answer it can be, or FRIA_NONE. */
static size_t task_of(const fria_instrument *in, const json_t *one)
{
	const char *id = fria_json_text(one, "task");
	size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
	bool in_row = fria_json_text(one, "row");
	return task != FRIA_NONE &&
		       in_row == (in->tasks[task].rows != FRIA_NONE) &&
		       fria_value_fits(in, task, json_object_get(one, "value"))
		   ? task
		   : FRIA_NONE;
}

/* Rows in the order in which they are kept; those that follow others then. */
static void make_rows(json_t *out, const fria_instrument *in,
		      const json_t *list, bool following)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		size_t task = task_of(in, one);
		size_t group =
		    task == FRIA_NONE ? FRIA_NONE : in->tasks[task].rows;
		if (group != FRIA_NONE &&
		    following == (in->tasks[group].mapped != FRIA_NONE))
			fria_proposal_row(out, in, task,
					  fria_json_text(one, "row"));
	}
}

json_t *fria_proposals_draft(const json_t *assessment,
			     const fria_instrument *in)
{
	json_t *out = json_deep_copy(assessment), *one;
	const json_t *list = json_object_get(assessment, "proposals");
	size_t i;
	make_rows(out, in, list, false);
	make_rows(out, in, list, true);
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *id = fria_json_text(one, "task");
		const char *row = fria_json_text(one, "row");
		json_t *value = json_object_get(one, "value");
		size_t task = task_of(in, one);
		if (task == FRIA_NONE || !is_alone(list, one, id) ||
		    fria_assessment_answer(assessment, in, task, row))
			continue;
		json_t *answer =
		    fria_json_pack("{s:O, s:O*, s:s}", "value", value,
				   "withheld", json_object_get(one, "withheld"),
				   "origin", fria_json_text(one, "from"));
		fria_assessment_put(out, in, task, row, answer);
		json_decref(answer);
	}
	return out;
}

size_t fria_proposals_from(json_t *assessment, const fria_instrument *in,
			   const json_t *draft, const char *from, fria_time at)
{
	fria_questions all;
	size_t n = 0;
	fria_questions_list(&all, in, draft);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const json_t *value = json_object_get(q->answer, "value");
		if (value &&
		    !json_equal(value, fria_assessment_value(assessment, in,
							     q->task, q->row)))
			n += fria_proposals_add(assessment, in, q->task, q->row,
						q->answer, from, at);
	}
	fria_questions_dispose(&all);
	return n;
}
