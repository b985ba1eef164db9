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

/* A copy that is changed, made when first needed; what stays is shared. */
typedef struct {
	const fria_view *v; /* of the document before */
	json_t *document;
	json_t *by_row; /* of the groups with rows of its own */
	size_t n;	/* answers that were */
} changing;

/* A member that can be changed: a copy in its place, as long as others hold it
 * too. Borrowed. */
static json_t *own_member(json_t *holder, const char *key)
{
	json_t *own = json_object_get(holder, key);
	if (own && own->refcount > 1) {
		own = json_copy(own);
		json_object_set_new(holder, key, own);
	}
	return own;
}

/* {id: row} of a group whose rows can be changed. Borrowed. */
static json_t *own_rows(changing *c, json_t *answers, const char *group)
{
	json_t *by_id = json_object_get(c->by_row, group), *rows, *row;
	size_t i;
	if (by_id)
		return by_id;
	rows = own_member(answers, group);
	json_array_foreach(rows, i, row)
		json_array_set_new(rows, i, json_copy(row));
	by_id = fria_rows_by_id(rows);
	json_object_set_new(c->by_row, group, by_id);
	return by_id;
}

/* An answer that can be changed. Borrowed. */
static json_t *own_answer(changing *c, size_t task, size_t number)
{
	const fria_instrument *in = c->v->in;
	const fria_task *t = &in->tasks[task];
	if (!c->document) {
		c->document = json_copy((json_t *)(uintptr_t)c->v->assessment);
		c->by_row = json_object();
	}
	json_t *holder = own_member(c->document, "answers");
	if (t->rows != FRIA_NONE)
		holder = json_object_get(
		    own_rows(c, holder, in->tasks[t->rows].id),
		    fria_view_rows_of(c->v, task)->items[number - 1].id);
	return own_member(holder, t->id);
}

static void change_task(changing *c, fria_view *v, size_t task, change *one)
{
	size_t n = fria_view_rows_of(v, task)->n;
	for (size_t number = v->in->tasks[task].rows != FRIA_NONE; number <= n;
	     number++) {
		json_t *value = changed(
		    v, task,
		    json_object_get(fria_view_answer(v, task, number), "value"),
		    one);
		if (!value)
			continue;
		json_object_set_new(own_answer(c, task, number), "value",
				    value);
		c->n++;
	}
}

static void change_all(changing *c, fria_view *v, change *one)
{
	*c = (changing){.v = v};
	for (size_t i = 0; i < v->in->n; i++)
		if (v->in->tasks[i].answerable &&
		    fria_task_names_rows(v->in, i))
			change_task(c, v, i, one);
}

/* The document, or a copy in which there was something to change. New. */
static json_t *change_end(changing *c)
{
	json_decref(c->by_row);
	return c->document ? c->document
			   : json_incref((json_t *)(uintptr_t)c->v->assessment);
}

json_t *fria_choices_worded(const fria_instrument *in, json_t *assessment)
{
	changing c;
	if (!fria_instrument_names_rows(in))
		return json_incref(assessment);
	fria_view *v = fria_view_new(in, assessment, NULL);
	change_all(&c, v, worded);
	json_t *out = change_end(&c);
	fria_view_free(v);
	return out;
}

/* --- what held, holds --- */

/* A digest that held, holds: of the basis itself, or (in) of a part of it. */
static void renew(changing *c, const fria_question *q, const char *in,
		  const char *key, const char *was, const char *is)
{
	const json_t *basis = json_object_get(q->answer, "basis");
	const char *kept =
	    fria_json_text(in ? json_object_get(basis, in) : basis, key);
	if (!kept || strcmp(kept, was) != 0 || !strcmp(was, is))
		return;
	json_t *own =
	    own_member(own_answer(c, q->task, q->row_number), "basis");
	json_object_set_new(in ? own_member(own, in) : own, key,
			    fria_json_string(is));
}

/* An answer that is still the one before has its value still. */
static void renew_value(changing *c, const fria_question *q)
{
	const json_t *before = fria_view_answer(c->v, q->task, q->row_number);
	char old[FRIA_DIGEST_SIZE], new[FRIA_DIGEST_SIZE];
	if (before == q->answer)
		return;
	json_t *was = fria_answer_form(before);
	json_t *is = fria_answer_form(q->answer);
	fria_digest(old, was);
	fria_digest(new, is);
	renew(c, q, NULL, "value", old, new);
	json_decref(was);
	json_decref(is);
}

static void renew_edges(changing *c, fria_view *was, fria_view *is,
			const fria_question *q)
{
	const fria_edges *up = &is->in->tasks[q->task].upstream;
	const json_t *basis = json_object_get(q->answer, "basis");
	fria_rules rules;
	if (!fria_basis_rules(&rules, basis))
		return;
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		char old[FRIA_DIGEST_SIZE], new[FRIA_DIGEST_SIZE];
		if (e->task == FRIA_NONE)
			continue;
		renew(c, q, "answers", fria_edge_key(e, rules),
		      fria_view_edge_digest(was, e, q->task, q->row_number,
					    rules, old),
		      fria_view_edge_digest(is, e, q->task, q->row_number,
					    rules, new));
	}
}

static void renew_bases(changing *c, fria_view *was)
{
	fria_view *is = fria_view_new(was->in, c->document, NULL);
	fria_questions all;
	fria_view_questions(&all, is);
	for (size_t i = 0; i < all.n; i++) {
		if (!json_object_get(all.items[i].answer, "basis"))
			continue;
		renew_value(c, &all.items[i]);
		renew_edges(c, was, is, &all.items[i]);
	}
	fria_questions_dispose(&all);
	fria_view_free(is);
}

json_t *fria_choices_settled(const fria_instrument *in, json_t *assessment,
			     size_t *count)
{
	changing c = {.n = 0};
	if (count)
		*count = 0;
	if (!fria_instrument_names_rows(in))
		return json_incref(assessment);
	fria_view *was = fria_view_new(in, assessment, NULL);
	change_all(&c, was, settled);
	if (c.n)
		renew_bases(&c, was);
	json_t *out = change_end(&c);
	fria_view_free(was);
	if (count)
		*count = c.n;
	return out;
}
