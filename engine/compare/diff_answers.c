/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in the answers: each by its question, rows by their id.
 *
 * Calls up to diff.c: it adds to the list that is kept there.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

/* What an answer holds that is compared by name. */
static const char *const compared[] = {"value", "waived", "dissent", "basis",
				       NULL};
static const char *const all_but_basis[] = {"value", "waived", "dissent", NULL};
/* In another questionnaire every answer comes from somewhere else. */
static const char *const as_moved[] = {"value", "waived", "dissent",
				       "basis", "origin", NULL};

/* --- one answer --- */

/* An answer's form; NULL for one that says nothing. */
static json_t *form_of(const json_t *answer)
{
	json_t *form = fria_answer_form(answer);
	return json_is_null(form) ? NULL : form;
}

static const fria_task *task_of(const fria_comparing *c, const char *id)
{
	const fria_instrument *in = c->to->instrument;
	size_t at = fria_instrument_find(in, id);
	if (at == FRIA_NONE) {
		in = c->from->instrument;
		at = fria_instrument_find(in, id);
	}
	return at == FRIA_NONE ? NULL : &in->tasks[at];
}

/* True if the group of its rows holds measures. */
static bool of_measures(const fria_comparing *c, const fria_task *t)
{
	const fria_instrument *in = c->to->instrument;
	if (!t || t->rows == FRIA_NONE)
		return false;
	if (t < in->tasks || t >= in->tasks + in->n)
		in = c->from->instrument;
	return in->tasks[t->rows].measures;
}

static fria_change_kind kind_of(const json_t *before, const json_t *after,
				const json_t *a, const json_t *b)
{
	if (!b)
		return FRIA_CHANGE_REMOVED;
	if (json_object_get(b, "waived"))
		return FRIA_CHANGE_WAIVED;
	if (!a)
		return FRIA_CHANGE_ADDED;
	return fria_editorial_is(before, after) ? FRIA_CHANGE_EDITORIAL
						: FRIA_CHANGE_CHANGED;
}

static fria_weight weight_of(const fria_comparing *c, const fria_task *t,
			     fria_change_kind kind)
{
	if (of_measures(c, t))
		return FRIA_WEIGHT_MEASURE;
	if (kind == FRIA_CHANGE_EDITORIAL)
		return FRIA_WEIGHT_EDITORIAL;
	if (kind != FRIA_CHANGE_ADDED && kind != FRIA_CHANGE_CHANGED)
		return FRIA_WEIGHT_ANSWER;
	return t && t->kind != FRIA_TEXT ? FRIA_WEIGHT_ANSWER
					 : FRIA_WEIGHT_PROSE;
}

static void put_stand(fria_difference *d, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const json_t *list = json_object_get(basis, "editorial");
	if (d->kind == FRIA_CHANGE_EDITORIAL)
		basis = json_array_get(list, json_array_size(list) - 1);
	fria_diff_put_stand(d, basis);
}

/* The same value: somebody stood for it again, or what it rests on is gone. */
static void compare_same(fria_comparing *c, const char *task, const char *row,
			 const json_t *before, const json_t *after,
			 json_t *form)
{
	bool gone = json_object_get(before, "basis") &&
		    !json_object_get(after, "basis");
	if (fria_stood_again(before, after)) {
		put_stand(fria_diff_add_task(
			      c, FRIA_CHANGE_CONFIRMED, FRIA_WEIGHT_SETTLED,
			      task, row, json_incref(form), json_incref(form)),
			  after);
		fria_confirmations_add(&c->out->confirmed, after);
	}
	fria_diff_members(c, "assessment", task, row, before, after,
			  c->other ? as_moved
			  : gone   ? all_but_basis
				   : compared);
}

static void compare_dissent(fria_comparing *c, const char *task,
			    const char *row, const json_t *before,
			    const json_t *after)
{
	json_t *a = json_object_get(before, "dissent");
	json_t *b = json_object_get(after, "dissent");
	if ((a || b) && !(a && b && json_equal(a, b)))
		fria_diff_add_task(c, FRIA_CHANGE_DISSENT, FRIA_WEIGHT_TALK,
				   task, row, json_incref(a), json_incref(b));
}

static void compare_answer(fria_comparing *c, const char *task, const char *row,
			   const json_t *before, const json_t *after)
{
	const fria_task *t = task_of(c, task);
	json_t *a = form_of(before), *b = form_of(after);
	compare_dissent(c, task, row, before, after);
	if (a == b || (a && b && json_equal(a, b))) {
		compare_same(c, task, row, before, after, a);
	} else {
		fria_change_kind kind = t && t->measure
					    ? FRIA_CHANGE_MEASURE
					    : kind_of(before, after, a, b);
		put_stand(fria_diff_add_task(c, kind, weight_of(c, t, kind),
					     task, row, json_incref(a),
					     json_incref(b)),
			  after);
	}
	json_decref(a);
	json_decref(b);
}

/* --- rows --- */

static const char *id_of(const json_t *row)
{
	return fria_json_text(row, "id");
}

/* Positions by id. New. */
static json_t *index_of(const json_t *rows)
{
	json_t *index = json_object(), *row;
	size_t i;
	json_array_foreach(rows, i, row) {
		if (id_of(row))
			json_object_set_new(index, id_of(row),
					    json_integer((json_int_t)i));
	}
	return index;
}

static size_t position(const json_t *index, const json_t *row)
{
	const json_t *at =
	    id_of(row) ? json_object_get(index, id_of(row)) : NULL;
	return at ? (size_t)json_integer_value(at) : FRIA_NONE;
}

static void compare_row(fria_comparing *c, const json_t *before,
			const json_t *after)
{
	const char *id = id_of(after), *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)after, key, value) {
		if (strcmp(key, "id") != 0)
			compare_answer(c, key, id, json_object_get(before, key),
				       value);
	}
	json_object_foreach((json_t *)(uintptr_t)before, key, value) {
		if (strcmp(key, "id") != 0 && !json_object_get(after, key))
			compare_answer(c, key, id, value, NULL);
	}
}

static fria_weight weight_of_rows(const fria_comparing *c, const char *group)
{
	return of_measures(c, task_of(c, group)) ? FRIA_WEIGHT_MEASURE
						 : FRIA_WEIGHT_ANSWER;
}

/* Of the rows in both, those that are not in a longest run in order. */
static void add_moved(fria_comparing *c, const char *group,
		      const json_t *before, const json_t *after)
{
	json_t *index = index_of(before), *row;
	size_t *places =
	    fria_calloc(json_array_size(after) + 1, sizeof *places);
	size_t i, n = 0, k = 0;
	json_array_foreach(after, i, row) {
		size_t was = position(index, row);
		if (was != FRIA_NONE)
			places[n++] = was;
	}
	bool *still = fria_script_rising(places, n);
	json_array_foreach(after, i, row) {
		if (position(index, row) == FRIA_NONE || still[k++])
			continue;
		fria_difference *d = fria_diff_add_task(
		    c, FRIA_CHANGE_ROW_MOVED, weight_of_rows(c, group), group,
		    id_of(row), NULL, NULL);
		d->before.place = places[k - 1] + 1;
		d->after.place = i + 1;
	}
	free(still);
	free(places);
	json_decref(index);
}

static void compare_rows(fria_comparing *c, const char *group,
			 const json_t *before, const json_t *after)
{
	json_t *were = index_of(before), *are = index_of(after), *row;
	fria_weight weight = weight_of_rows(c, group);
	size_t i;
	json_array_foreach(after, i, row) {
		size_t was = position(were, row);
		if (was != FRIA_NONE)
			compare_row(c, json_array_get(before, was), row);
		else
			fria_diff_add_task(c, FRIA_CHANGE_ROW_ADDED, weight,
					   group, id_of(row), NULL,
					   json_incref(row));
	}
	json_array_foreach(before, i, row) {
		if (position(are, row) == FRIA_NONE)
			fria_diff_add_task(c, FRIA_CHANGE_ROW_REMOVED, weight,
					   group, id_of(row), json_incref(row),
					   NULL);
	}
	add_moved(c, group, before, after);
	json_decref(were);
	json_decref(are);
}

/* --- all of them --- */

static void compare_key(fria_comparing *c, const char *key,
			const json_t *before, const json_t *after)
{
	if (json_is_array(before) || json_is_array(after))
		compare_rows(c, key, json_is_array(before) ? before : NULL,
			     json_is_array(after) ? after : NULL);
	else
		compare_answer(c, key, NULL, before, after);
}

/* Under its own id of before, for a question that is asked no more. */
static void compare_gone(fria_comparing *c)
{
	const fria_side *from = c->from;
	for (size_t i = 0; i < c->gone.n; i++) {
		const char *id = c->gone.items[i].task;
		const char *row = c->gone.items[i].row;
		size_t at = fria_instrument_find(from->instrument, id);
		json_t *form =
		    at == FRIA_NONE
			? NULL
			: form_of(fria_assessment_answer(
			      from->assessment, from->instrument, at, row));
		fria_difference *d = fria_diff_add(
		    c, FRIA_CHANGE_REMOVED, FRIA_WEIGHT_ANSWER, form, NULL);
		d->task = fria_strdup(id);
		d->row = fria_strdup(row);
	}
}

void fria_diff_answers(fria_comparing *c)
{
	json_t *after = json_object_get(c->to->assessment, "answers"), *value;
	const char *key;
	json_object_foreach(after, key, value)
		compare_key(c, key, json_object_get(c->answers, key), value);
	json_object_foreach(c->answers, key, value) {
		if (!json_object_get(after, key))
			compare_key(c, key, value, NULL);
	}
	compare_gone(c);
}
