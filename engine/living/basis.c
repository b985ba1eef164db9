/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an answer rests on: facts, upstream answers, the question and its own
 * value, as digests. It compares nothing; evaluate.c does.
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

json_t *fria_answer_form(const json_t *answer)
{
	json_t *value = json_object_get(answer, "value");
	json_t *waived = json_object_get(answer, "waived");
	if (value)
		return json_pack("{s:O}", "value", value);
	if (!waived)
		return json_null();
	return json_pack("{s:{s:O?, s:O?, s:O*}}", "waived", "kind",
			 json_object_get(waived, "kind"), "reason",
			 json_object_get(waived, "reason"), "reference",
			 json_object_get(waived, "reference"));
}

static json_t *state_form(const char *state)
{
	return json_pack("{s:s}", "state", state);
}

/* A cell of a row: the value, a waiver, or null. */
static json_t *cell_form(const fria_question *q)
{
	json_t *form = q->visible ? fria_answer_form(q->answer) : json_null();
	json_t *value = json_object_get(form, "value");
	if (!value)
		return form;
	json_incref(value);
	json_decref(form);
	return value;
}

/* All rows of a group seen from outside: one task's cells, or the group's. */
static json_t *rows_form(const fria_instrument *in, const json_t *assessment,
			 size_t task)
{
	size_t group = in->tasks[task].rows;
	fria_questions all;
	json_t *rows = json_array(), *row = NULL;
	const char *current = NULL;
	bool visible = false;
	fria_questions_list(&all, in, assessment);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const fria_task *t = &in->tasks[q->task];
		if (t->rows != group || t->measure ||
		    (task != group && q->task != task))
			continue;
		visible = visible || q->visible;
		if (!q->row)
			continue;
		if (!current || strcmp(current, q->row) != 0) {
			row = json_array();
			json_array_append_new(rows, row);
			current = q->row;
		}
		json_array_append_new(row, cell_form(q));
	}
	fria_questions_dispose(&all);
	if (visible)
		return json_pack("{s:o}", "rows", rows);
	json_decref(rows);
	return state_form("hidden");
}

json_t *fria_upstream_form(const fria_instrument *in, const json_t *assessment,
			   size_t task, const char *row)
{
	if (in->tasks[task].rows == task ||
	    (in->tasks[task].rows != FRIA_NONE && !row))
		return rows_form(in, assessment, task);
	if (!fria_task_visible(in, assessment, task))
		return state_form("hidden");
	json_t *form =
	    fria_answer_form(fria_assessment_answer(assessment, in, task, row));
	return json_is_null(form) ? state_form("open") : form;
}

static json_t *foreign_form(const fria_siblings *siblings, const char *name)
{
	const char *hash = strchr(name, '#');
	size_t n = hash ? (size_t)(hash - name) : 0;
	for (size_t i = 0; siblings && hash && i < siblings->n; i++) {
		const fria_sibling *s = &siblings->items[i];
		if (strlen(s->name) != n || memcmp(s->name, name, n) != 0)
			continue;
		size_t task = fria_instrument_find(s->instrument, hash + 1);
		if (task != FRIA_NONE)
			return fria_upstream_form(s->instrument, s->assessment,
						  task, NULL);
	}
	return state_form("open");
}

json_t *fria_edge_form(const fria_instrument *in, const json_t *assessment,
		       const fria_siblings *siblings, const fria_edge *edge,
		       const char *row)
{
	if (edge->task == FRIA_NONE)
		return foreign_form(siblings, edge->name);
	return fria_upstream_form(in, assessment, edge->task, row);
}

/* --- the basis --- */

static json_t *digest_of(json_t *form)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, form);
	json_decref(form);
	return json_string(digest);
}

static json_t *facts_of(const fria_task *t, const json_t *application)
{
	json_t *facts = json_object();
	for (size_t i = 0; i < t->facts.n; i++)
		json_object_set_new(
		    facts, t->facts.items[i],
		    fria_fact_digest_json(application, t->facts.items[i]));
	return facts;
}

/* Inside rows, an edge within the same group looks at the same row. */
static const char *row_for(const fria_instrument *in, const fria_edge *edge,
			   size_t task, const char *row)
{
	return edge->task != FRIA_NONE && row &&
		       in->tasks[edge->task].rows == in->tasks[task].rows
		   ? row
		   : NULL;
}

static json_t *seen_of(const json_t *application)
{
	const char *name;
	json_t *metric, *counts = json_object();
	json_object_foreach(json_object_get(application, "monitoring"), name,
			    metric)
		json_object_set_new(counts, name,
				    json_integer((json_int_t)json_array_size(
					json_object_get(metric, "series"))));
	json_int_t events =
	    (json_int_t)json_array_size(json_object_get(application, "events"));
	return json_pack("{s:o, s:I}", "monitoring", counts, "events", events);
}

json_t *fria_basis(const fria_instrument *in, const json_t *assessment,
		   const json_t *application, const fria_siblings *siblings,
		   size_t task, const char *row, const json_t *answer,
		   const fria_stand *stand)
{
	const fria_task *t = &in->tasks[task];
	json_t *answers = json_object();
	char question[FRIA_DIGEST_SIZE];
	fria_buf at = FRIA_BUF_INIT;
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		json_object_set_new(
		    answers, e->name,
		    digest_of(fria_edge_form(in, assessment, siblings, e,
					     row_for(in, e, task, row))));
	}
	fria_question_digest(question, in, task,
			     fria_assessment_language(assessment));
	fria_time_write(&at, stand->at);
	json_t *basis = json_pack(
	    "{s:s?, s:o, s:s?, s:o, s:s, s:o, s:o, s:s?, s:s, s:s*, s:s*}",
	    "release", fria_json_text(application, "release"), "facts",
	    facts_of(t, application), "source", stand->source, "answers",
	    answers, "question", question, "value",
	    digest_of(fria_answer_form(answer)), "seen", seen_of(application),
	    "by", stand->by, "at", at.text, "meeting", stand->meeting, "note",
	    stand->note);
	fria_buf_dispose(&at);
	return basis;
}
