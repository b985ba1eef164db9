/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an answer rests on: facts, upstream answers, the question and its own
 * value, as digests. It compares nothing; evaluate.c does.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

json_t *fria_answer_form(const json_t *answer)
{
	json_t *value = json_object_get(answer, "value");
	json_t *waived = json_object_get(answer, "waived");
	if (value) {
		json_t *form = json_object();
		json_object_set(form, "value", value);
		return form;
	}
	if (!waived)
		return json_null();
	return fria_json_pack("{s:{s:O?, s:O?, s:O*}}", "waived", "kind",
			      json_object_get(waived, "kind"), "reason",
			      json_object_get(waived, "reason"), "reference",
			      json_object_get(waived, "reference"));
}

static json_t *state_form(const char *state)
{
	return fria_json_pack("{s:s}", "state", state);
}

/* A cell of a row: the value, a waiver, or null. */
static json_t *cell_form(fria_view *v, size_t task, size_t number)
{
	const json_t *answer = fria_view_answer(v, task, number);
	json_t *value = json_object_get(answer, "value");
	if (!fria_view_shown(v, task, number))
		return json_null();
	return value ? json_incref(value) : fria_answer_form(answer);
}

/* One row: one task's cell, or all of the group's. True if any is shown. */
static bool add_row(json_t *rows, fria_view *v, size_t task, size_t number)
{
	const fria_instrument *in = v->in;
	size_t group = in->tasks[task].rows;
	json_t *row = json_array();
	bool shown = false;
	for (size_t i = group + 1; i < in->tasks[group].end; i++) {
		if (!in->tasks[i].answerable || in->tasks[i].measure ||
		    (task != group && i != task))
			continue;
		shown = fria_view_shown(v, i, number) || shown;
		json_array_append_new(row, cell_form(v, i, number));
	}
	if (number)
		json_array_append(rows, row);
	json_decref(row);
	return shown;
}

/* Takes the rows. */
static json_t *rows_shown(json_t *rows, bool shown)
{
	if (shown)
		return fria_json_pack("{s:o}", "rows", rows);
	json_decref(rows);
	return state_form("hidden");
}

/* All rows of a group seen from outside. */
static json_t *rows_form(fria_view *v, size_t task)
{
	json_t *rows = json_array();
	size_t n = fria_view_rows_of(v, task)->n;
	bool shown = !n && add_row(rows, v, task, 0);
	for (size_t number = 1; number <= n; number++)
		shown = add_row(rows, v, task, number) || shown;
	return rows_shown(rows, shown);
}

json_t *fria_view_form(fria_view *v, size_t task, size_t number)
{
	const fria_task *t = &v->in->tasks[task];
	if (t->rows == task || (t->rows != FRIA_NONE && !number))
		return rows_form(v, task);
	if (!fria_view_shown(v, task, number))
		return state_form("hidden");
	json_t *form = fria_answer_form(fria_view_answer(v, task, number));
	return json_is_null(form) ? state_form("open") : form;
}

/* A row that is not there has no answer. */
static json_t *row_form(fria_view *v, size_t task, const char *row)
{
	size_t group = v->in->tasks[task].rows;
	size_t number = fria_view_number(v, task, row);
	if (!row || number || group == FRIA_NONE || group == task)
		return fria_view_form(v, task, number);
	return state_form(fria_view_shown(v, task, 0) ? "open" : "hidden");
}

/* --- edges --- */

size_t fria_edge_row(const fria_instrument *in, size_t task, size_t number,
		     const fria_edge *edge)
{
	size_t group = in->tasks[task].rows;
	return group != FRIA_NONE && edge->task != FRIA_NONE &&
		       in->tasks[edge->task].rows == group
		   ? number
		   : 0;
}

/* Where an edge ends: another assessment's view and task, or this one's. */
static fria_view *end_of(fria_view *v, const fria_edge *edge, size_t *task)
{
	*task = edge->task;
	return *task == FRIA_NONE ? fria_view_there(v, edge->id, task) : v;
}

const char *fria_edge_key(const fria_edge *edge, fria_rules rules)
{
	return rules == FRIA_RULES_1 ? edge->id : edge->name;
}

bool fria_edge_narrows(const fria_edge *edge, fria_rules rules)
{
	return edge->named_by != FRIA_NONE && rules != FRIA_RULES_1;
}

fria_view *fria_view_edge_rows(fria_row_numbers *out, fria_view *v,
			       const fria_edge *edge, size_t number,
			       size_t *task)
{
	size_t source;
	fria_view *there =
	    fria_view_chosen(out, v, edge->named_by, number, &source);
	if (there && there == end_of(v, edge, task) &&
	    there->in->tasks[*task].rows == there->in->tasks[source].rows)
		return there;
	fria_row_numbers_dispose(out);
	return NULL;
}

json_t *fria_view_rows_form(fria_view *v, size_t task,
			    const fria_row_numbers *named)
{
	json_t *rows = json_array();
	bool shown = !named->n;
	for (size_t i = 0; i < named->n; i++)
		shown = add_row(rows, v, task, named->items[i]) || shown;
	return rows_shown(rows, shown);
}

static json_t *named_form(fria_view *v, const fria_edge *edge, size_t number)
{
	fria_row_numbers named;
	size_t task = FRIA_NONE;
	v = fria_view_edge_rows(&named, v, edge, number, &task);
	json_t *form = fria_view_rows_form(v, task, &named);
	fria_row_numbers_dispose(&named);
	return form;
}

json_t *fria_view_edge_form(fria_view *v, const fria_edge *edge, size_t task,
			    size_t number, fria_rules rules)
{
	size_t end;
	if (fria_edge_narrows(edge, rules))
		return named_form(v, edge, number);
	number = fria_edge_row(v->in, task, number, edge);
	v = end_of(v, edge, &end);
	return v ? fria_view_form(v, end, number) : state_form("open");
}

const char *fria_view_digest(fria_view *v, size_t task, size_t number)
{
	char *digest = fria_view_at(v, task, number)->digest;
	if (!digest[0]) {
		json_t *form = fria_view_form(v, task, number);
		fria_digest(digest, form);
		json_decref(form);
	}
	return digest;
}

const char *fria_view_edge_digest(fria_view *v, const fria_edge *edge,
				  size_t task, size_t number, fria_rules rules,
				  char room[FRIA_DIGEST_SIZE])
{
	size_t end;
	fria_view *there =
	    fria_edge_narrows(edge, rules) ? NULL : end_of(v, edge, &end);
	if (there)
		return fria_view_digest(
		    there, end, fria_edge_row(v->in, task, number, edge));
	json_t *form = fria_view_edge_form(v, edge, task, number, rules);
	fria_digest(room, form);
	json_decref(form);
	return room;
}

json_t *fria_edge_form(const fria_instrument *in, const json_t *assessment,
		       const fria_siblings *siblings, const fria_edge *edge,
		       size_t task, const char *row)
{
	fria_view *v = fria_view_new(in, assessment, siblings);
	bool beside = !fria_edge_narrows(edge, FRIA_RULES) &&
		      fria_edge_row(in, task, 1, edge);
	json_t *form = beside
			   ? row_form(v, edge->task, row)
			   : fria_view_edge_form(v, edge, task,
						 fria_view_number(v, task, row),
						 FRIA_RULES);
	fria_view_free(v);
	return form;
}

const fria_strings *fria_view_metrics(fria_strings *names, fria_view *v,
				      const fria_fact_edge *edge, size_t number)
{
	size_t cell = edge->named_by, i;
	const json_t *value, *one;
	*names = (fria_strings)FRIA_STRINGS_INIT;
	if (cell == FRIA_NONE)
		return NULL;
	value = json_object_get(fria_view_answer(v, cell, number), "value");
	if (!value || !fria_view_shown(v, cell, number) ||
	    fria_view_unfit(v, cell, number))
		return names;
	if (json_is_string(value))
		fria_strings_add(names, json_string_value(value));
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		if (json_is_string(one))
			fria_strings_add(names, json_string_value(one));
	return names;
}

json_t *fria_fact_rested(const fria_evaluation_input *input,
			 const fria_fact_edge *edge, const char *row)
{
	fria_view *v =
	    fria_view_new(input->instrument, input->assessment, NULL);
	size_t cell = edge->named_by;
	size_t number = cell == FRIA_NONE ? 0 : fria_view_number(v, cell, row);
	fria_strings own;
	const fria_strings *names = fria_view_metrics(&own, v, edge, number);
	json_t *value =
	    fria_fact_edge_value(edge, input->application, names, FRIA_RULES);
	fria_strings_dispose(&own);
	fria_view_free(v);
	return value;
}

/* --- the basis --- */

/* By rules 1 the edges are part of the question. */
static bool has_edges(const json_t *basis, const fria_task *t)
{
	const json_t *facts = json_object_get(basis, "facts");
	const json_t *answers = json_object_get(basis, "answers");
	for (size_t i = 0; i < t->facts.n; i++)
		if (!json_object_get(facts, t->facts.items[i].key))
			return false;
	for (size_t i = 0; i < t->upstream.n; i++)
		if (!json_object_get(answers, t->upstream.items[i].name))
			return false;
	return true;
}

bool fria_basis_answers(const json_t *basis, const fria_instrument *in,
			size_t task, fria_lang lang)
{
	const char *was = fria_json_text(basis, "question");
	char now[FRIA_DIGEST_SIZE];
	fria_rules rules;
	if (!was || !fria_basis_rules(&rules, basis))
		return false;
	fria_question_digest(now, in, task, lang, rules);
	return !strcmp(was, now) &&
	       (rules == FRIA_RULES_1 || has_edges(basis, &in->tasks[task]));
}

static json_t *digest_of(json_t *form)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, form);
	json_decref(form);
	return fria_json_string(digest);
}

/* was: what the basis before kept of them, by the same rules. */
static json_t *facts_of(fria_view *v, size_t task, size_t number,
			const json_t *application, fria_rules rules,
			const json_t *was)
{
	const fria_fact_edges *all = &v->in->tasks[task].facts;
	json_t *facts = json_object();
	for (size_t i = 0; i < all->n; i++) {
		const fria_fact_edge *e = &all->items[i];
		const char *key = fria_fact_edge_key(e, rules);
		fria_strings names;
		json_object_set_new(
		    facts, key,
		    fria_fact_edge_kept(e, application,
					fria_view_metrics(&names, v, e, number),
					rules, json_object_get(was, key)));
		fria_strings_dispose(&names);
	}
	return facts;
}

bool fria_basis_facts_hold(const json_t *basis, const fria_instrument *in,
			   const json_t *assessment, const json_t *application,
			   size_t task, const char *row)
{
	const fria_fact_edges *all = &in->tasks[task].facts;
	const json_t *facts = json_object_get(basis, "facts");
	fria_view *v = fria_view_new(in, assessment, NULL);
	size_t number = fria_view_number(v, task, row);
	fria_rules rules = FRIA_RULES;
	bool hold = true;
	fria_basis_rules(&rules, basis);
	for (size_t i = 0; i < all->n && hold; i++) {
		const fria_fact_edge *e = &all->items[i];
		json_t *kept =
		    json_object_get(facts, fria_fact_edge_key(e, rules));
		fria_strings names;
		const fria_strings *metrics =
		    fria_view_metrics(&names, v, e, number);
		hold = !kept || fria_fact_edge_holds(e, kept, application,
						     metrics, rules);
		fria_strings_dispose(&names);
	}
	fria_view_free(v);
	return hold;
}

static json_t *answers_of(fria_view *v, size_t task, size_t number,
			  fria_rules rules)
{
	const fria_edges *up = &v->in->tasks[task].upstream;
	json_t *answers = json_object();
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		char room[FRIA_DIGEST_SIZE];
		json_object_set_new(answers, fria_edge_key(e, rules),
				    fria_json_string(fria_view_edge_digest(
					v, e, task, number, rules, room)));
	}
	return answers;
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
	return fria_json_pack("{s:o, s:I}", "monitoring", counts, "events",
			      events);
}

/* What the basis of the answer before keeps of its facts, by these rules. */
static const json_t *kept_by(const json_t *answer, fria_rules rules)
{
	const json_t *basis = json_object_get(answer, "basis");
	fria_rules own;
	return basis && fria_basis_rules(&own, basis) && own == rules
		   ? json_object_get(basis, "facts")
		   : NULL;
}

json_t *fria_basis(const fria_instrument *in, const json_t *assessment,
		   const json_t *application, const fria_siblings *siblings,
		   size_t task, const char *row, const json_t *answer,
		   const fria_stand *stand, fria_rules rules)
{
	fria_view *v = fria_view_new(in, assessment, siblings);
	size_t number = fria_view_number(v, task, row);
	char question[FRIA_DIGEST_SIZE];
	fria_buf at = FRIA_BUF_INIT;
	fria_question_digest(question, in, task,
			     fria_assessment_language(assessment), rules);
	fria_time_write(&at, stand->at);
	json_t *basis = fria_json_pack(
	    "{s:s?, s:o, s:s?, s:o, s:s, s:o, s:o, s:s?, s:s, s:s*, s:s*}",
	    "release", fria_json_text(application, "release"), "facts",
	    facts_of(v, task, number, application, rules,
		     kept_by(answer, rules)),
	    "source", stand->source, "answers",
	    answers_of(v, task, number, rules), "question", question, "value",
	    digest_of(fria_answer_form(answer)), "seen", seen_of(application),
	    "by", stand->by, "at", at.text, "meeting", stand->meeting, "note",
	    stand->note);
	if (rules != FRIA_RULES_1)
		json_object_set_new(basis, "rules", json_integer(rules));
	fria_buf_dispose(&at);
	fria_view_free(v);
	return basis;
}
