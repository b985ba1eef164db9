/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Choices out of rows as they are stored: by the ids of the rows. fria 0.1
 * stored texts; its documents are read as if they held ids.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- one choice --- */

/* The id for a text that exactly one row has; NULL for an id, and for what
 * names no row. New. */
static json_t *settled(fria_view *v, size_t task, const json_t *choice)
{
	size_t source = v->in->tasks[task].source;
	const char *name = json_string_value(choice);
	json_int_t number = json_integer_value(
	    name ? json_object_get(fria_view_names(v, source), name) : NULL);
	const char *id =
	    number > 0 ? fria_view_rows_of(v, source)->items[number - 1].id
		       : NULL;
	return id && name && strcmp(id, name) != 0 ? fria_json_string(id)
						   : NULL;
}

/* The text of the row with an id; NULL for what is none. New. */
static json_t *worded(fria_view *v, size_t task, const json_t *choice)
{
	size_t source = v->in->tasks[task].source;
	size_t column = fria_task_column(v->in, source);
	const char *id = json_string_value(choice);
	json_int_t number = json_integer_value(
	    id ? json_object_get(fria_view_names(v, source), id) : NULL);
	if (number <= 0 || column == FRIA_NONE)
		return NULL;
	const fria_view_row *row =
	    &fria_view_rows_of(v, source)->items[number - 1];
	const json_t *text = json_object_get(
	    fria_view_answer(v, column, (size_t)number), "value");
	return id && row->id && !strcmp(row->id, id) && json_is_string(text)
		   ? json_incref((json_t *)(uintptr_t)text)
		   : NULL;
}

/* --- an answer --- */

typedef json_t *change(fria_view *v, size_t task, const json_t *choice);

/* The value with each choice changed; NULL where nothing is. New. */
static json_t *changed(fria_view *v, size_t task, const json_t *value,
		       change *one)
{
	json_t *list = json_array(), *choice;
	bool any = false;
	size_t i;
	if (!json_is_array(value)) {
		json_decref(list);
		return value ? one(v, task, value) : NULL;
	}
	json_array_foreach((json_t *)(uintptr_t)value, i, choice) {
		json_t *other = one(v, task, choice);
		any = any || other;
		json_array_append_new(list,
				      other ? other : json_incref(choice));
	}
	if (any)
		return list;
	json_decref(list);
	return NULL;
}

json_t *fria_choice_text(fria_view *v, size_t task, const json_t *value)
{
	json_t *out = changed(v, task, value, worded);
	return out ? out : json_incref((json_t *)(uintptr_t)value);
}

/* --- an assessment --- */

/* A copy that is changed, made when first needed. */
typedef struct {
	json_t *document, *by_row;
	size_t n; /* answers that were */
} changing;

static void put(changing *c, const fria_view *v, size_t task, const char *row,
		json_t *value)
{
	if (!c->document) {
		c->document = json_deep_copy(v->assessment);
		c->by_row = fria_assessment_by_row(c->document);
	}
	json_object_set_new(
	    fria_assessment_answer_by(c->document, c->by_row, v->in, task, row),
	    "value", value);
	c->n++;
}

static void change_task(changing *c, fria_view *v, size_t task, change *one)
{
	const fria_view_rows *rows = fria_view_rows_of(v, task);
	bool repeats = v->in->tasks[task].rows != FRIA_NONE;
	for (size_t number = repeats; number <= rows->n; number++) {
		json_t *value = changed(
		    v, task,
		    json_object_get(fria_view_answer(v, task, number), "value"),
		    one);
		if (value)
			put(c, v, task,
			    repeats ? rows->items[number - 1].id : NULL, value);
	}
}

/* The document, or a copy in which there was something to change. New. */
static json_t *change_all(size_t *n, fria_view *v, change *one)
{
	changing c = {NULL, NULL, 0};
	for (size_t i = 0; i < v->in->n; i++)
		if (v->in->tasks[i].answerable &&
		    fria_task_names_rows(v->in, i))
			change_task(&c, v, i, one);
	json_decref(c.by_row);
	*n = c.n;
	return c.document ? c.document
			  : json_incref((json_t *)(uintptr_t)v->assessment);
}

json_t *fria_choices_worded(const fria_instrument *in, json_t *assessment)
{
	size_t n;
	if (!fria_instrument_names_rows(in))
		return json_incref(assessment);
	fria_view *v = fria_view_new(in, assessment, NULL);
	json_t *out = change_all(&n, v, worded);
	fria_view_free(v);
	return out;
}

/* --- what held, holds --- */

static void renew(json_t *digests, const char *key, const char *was,
		  const char *is)
{
	const char *kept = fria_json_text(digests, key);
	if (kept && !strcmp(kept, was) && strcmp(was, is) != 0)
		json_object_set_new(digests, key, fria_json_string(is));
}

static void renew_value(json_t *basis, const json_t *was, const json_t *is)
{
	json_t *before = fria_answer_form(was), *after = fria_answer_form(is);
	char old[FRIA_DIGEST_SIZE], new[FRIA_DIGEST_SIZE];
	fria_digest(old, before);
	fria_digest(new, after);
	renew(basis, "value", old, new);
	json_decref(before);
	json_decref(after);
}

static void renew_edges(json_t *basis, fria_view *was, fria_view *is,
			const fria_question *q)
{
	const fria_edges *up = &is->in->tasks[q->task].upstream;
	json_t *answers = json_object_get(basis, "answers");
	fria_rules rules;
	if (!fria_basis_rules(&rules, basis))
		return;
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		char old[FRIA_DIGEST_SIZE], new[FRIA_DIGEST_SIZE];
		if (e->task == FRIA_NONE)
			continue;
		renew(answers, fria_edge_key(e, rules),
		      fria_view_edge_digest(was, e, q->task, q->row_number,
					    rules, old),
		      fria_view_edge_digest(is, e, q->task, q->row_number,
					    rules, new));
	}
}

static void renew_bases(fria_view *was, fria_view *is)
{
	fria_questions all;
	fria_view_questions(&all, is);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		json_t *basis = json_object_get(q->answer, "basis");
		if (!basis)
			continue;
		renew_value(basis,
			    fria_view_answer(was, q->task, q->row_number),
			    q->answer);
		renew_edges(basis, was, is, q);
	}
	fria_questions_dispose(&all);
}

json_t *fria_choices_settled(const fria_instrument *in, json_t *assessment,
			     size_t *count)
{
	size_t n;
	if (count)
		*count = 0;
	if (!fria_instrument_names_rows(in))
		return json_incref(assessment);
	fria_view *was = fria_view_new(in, assessment, NULL);
	json_t *out = change_all(&n, was, settled);
	if (n) {
		fria_view *is = fria_view_new(in, out, NULL);
		renew_bases(was, is);
		fria_view_free(is);
	}
	fria_view_free(was);
	if (count)
		*count = n;
	return out;
}
