/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Merging answers: by task and row id. An edit beats standing for the old
 * value again; equal values never conflict. It never mixes two texts.
 */
#include "merge_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- one answer --- */

static bool same_form(const json_t *a, const json_t *b)
{
	json_t *x = fria_answer_form(a), *y = fria_answer_form(b);
	bool same = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	return same;
}

/* What somebody stood for: these go together. */
static bool is_stand(const char *key)
{
	static const char *const keys[] = {"value", "waived", "basis", "origin",
					   NULL};
	for (size_t i = 0; keys[i]; i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

/* An answer without what was stood for: dissent, and what we do not know. */
static json_t *beside(const json_t *answer)
{
	json_t *rest = json_copy((json_t *)(uintptr_t)answer);
	const char *key;
	void *next;
	json_t *value;
	json_object_foreach_safe(rest, next, key, value)
		if (is_stand(key))
			json_object_del(rest, key);
	return rest;
}

/* True if anything but the basis differs. */
static bool edited(const json_t *from, const json_t *to)
{
	if (!from || !to || !same_form(from, to))
		return !merge_equal(from, to);
	json_t *a = beside(from), *b = beside(to);
	bool differs = !json_equal(a, b);
	json_decref(a);
	json_decref(b);
	return differs;
}

static void doubt(merging *m, json_t *answer, sides s)
{
	const json_t *ours = json_object_get(s.ours, "basis");
	const json_t *theirs = json_object_get(s.theirs, "basis");
	if (merge_equal(ours, theirs))
		return;
	merge_doubt *d = fria_grow(m->doubts.items, m->doubts.n, sizeof *d);
	m->doubts.items = d;
	d[m->doubts.n++] = (merge_doubt){
	    answer, ours, theirs, fria_strdup(m->task), fria_strdup(m->row)};
}

/* The stand of one side, and what either wrote beside it. */
static json_t *take_stand(merging *m, sides s, const json_t *stand)
{
	sides rest = {s.base ? beside(s.base) : NULL, beside(s.ours),
		      beside(s.theirs)};
	json_t *answer = merge_object(m, rest, merge_value), *value;
	const char *key;
	json_decref((json_t *)(uintptr_t)rest.base);
	json_decref((json_t *)(uintptr_t)rest.ours);
	json_decref((json_t *)(uintptr_t)rest.theirs);
	json_object_foreach((json_t *)(uintptr_t)stand, key, value)
		if (is_stand(key))
			json_object_set_new(answer, key, json_deep_copy(value));
	static const char *const members[] = {"value", "waived", "basis",
					      "dissent", NULL};
	fria_json_order(answer, members);
	return answer;
}

/* Both have it, and both changed it. */
static json_t *both_changed(merging *m, sides s)
{
	bool we = !s.base || !same_form(s.base, s.ours);
	bool they = !s.base || !same_form(s.base, s.theirs);
	if (same_form(s.ours, s.theirs)) {
		json_t *answer =
		    take_stand(m, s, merge_preferred(s.ours, s.theirs));
		doubt(m, answer, s);
		return answer;
	}
	if (we && they)
		return merge_conflict(m, s);
	return take_stand(m, s, we ? s.ours : s.theirs);
}

static json_t *merge_answer(merging *m, const char *key, sides s)
{
	json_t *result;
	(void)key;
	if (merge_settled(&result, s))
		return result;
	if (merge_are_objects(s))
		return both_changed(m, s);
	/* Removed there, only stood for again here: removed. */
	if (s.base && !s.ours != !s.theirs &&
	    !edited(s.base, s.ours ? s.ours : s.theirs))
		return NULL;
	return merge_conflict(m, s);
}

/* --- rows --- */

static json_t *merge_cell(merging *m, const char *key, sides s)
{
	if (!strcmp(key, "id"))
		return merge_value(m, key, s);
	const char *group = m->task;
	m->task = key;
	json_t *result = merge_answer(m, key, s);
	m->task = group;
	return result;
}

/* True if a row holds what the base's did: nobody wrote anything in it. */
static bool row_edited(const json_t *from, const json_t *to)
{
	const char *key;
	json_t *cell;
	if (json_object_size(from) != json_object_size(to))
		return true;
	json_object_foreach((json_t *)(uintptr_t)to, key, cell)
		if (edited(json_object_get(from, key), cell))
			return true;
	return false;
}

static json_t *merge_row(merging *m, const char *key, sides s)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	m->row = key;
	if (merge_are_objects(s))
		result = merge_object(m, s, merge_cell);
	else if (s.base && !row_edited(s.base, s.ours ? s.ours : s.theirs))
		result = NULL;
	else
		result = merge_conflict(m, s);
	m->row = NULL;
	return result;
}

static bool have_rows(sides s)
{
	const json_t *all[] = {s.base, s.ours, s.theirs};
	size_t k;
	json_t *row;
	if (!merge_are_lists(s))
		return false;
	for (size_t i = 0; i < 3; i++)
		json_array_foreach(all[i], k, row)
			if (!fria_json_text(row, "id"))
				return false;
	return true;
}

static json_t *merge_task(merging *m, const char *key, sides s)
{
	static const list_kind rows = {merge_key_id, NULL, merge_row};
	json_t *result;
	m->task = key;
	if (merge_settled(&result, s))
		;
	else if (have_rows(s))
		result = merge_list(m, s, &rows);
	else
		result = merge_answer(m, key, s);
	m->task = NULL;
	return result;
}

json_t *merge_answers(merging *m, const char *key, sides s)
{
	json_t *result;
	(void)key;
	if (merge_settled(&result, s))
		return result;
	if (!merge_are_objects(s))
		return merge_conflict(m, s);
	return merge_object(m, s, merge_task);
}

/* --- between two bases --- */

/* Every digest that a basis has of these is as it would be now; what another
 * assessment says is not known here. */
static bool answers_as_now(const json_t *basis, const json_t *now)
{
	const char *key;
	json_t *was;
	json_object_foreach(json_object_get(basis, "answers"), key, was) {
		json_t *is =
		    json_object_get(json_object_get(now, "answers"), key);
		if (is && !strchr(key, '#') && !json_equal(was, is))
			return false;
	}
	return true;
}

static bool of_this_value(const merge_doubt *d, const json_t *basis)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_answer_form(d->answer);
	const char *was = fria_json_text(basis, "value");
	fria_digest(digest, form);
	json_decref(form);
	return was && !strcmp(was, digest);
}

/* As far as can be seen from here, does what was stood for still stand? */
static bool holds(const merge_doubt *d, const json_t *basis,
		  const fria_merge_input *input, const json_t *assessment)
{
	const fria_stand nobody = {NULL, "", 0, NULL, NULL};
	const fria_instrument *in = input->instrument;
	size_t task = in ? fria_instrument_find(in, d->task) : FRIA_NONE;
	if (!of_this_value(d, basis) || task == FRIA_NONE)
		return of_this_value(d, basis);
	const fria_siblings none = {NULL, 0};
	fria_rules rules = FRIA_RULES;
	fria_basis_rules(&rules, basis);
	json_t *now = fria_basis(in, assessment, input->application, &none,
				 task, d->row, d->answer, &nobody, rules);
	bool all = merge_equal(json_object_get(basis, "question"),
			       json_object_get(now, "question")) &&
		   answers_as_now(basis, now) &&
		   (!input->application ||
		    fria_basis_facts_hold(basis, in, assessment,
					  input->application, task, d->row));
	json_decref(now);
	return all;
}

void merge_bases(merging *m, const fria_merge_input *input)
{
	for (size_t i = 0; i < m->doubts.n; i++) {
		const merge_doubt *d = &m->doubts.items[i];
		const json_t *assessment = m->out->document;
		bool ours = holds(d, d->ours, input, assessment);
		bool theirs = holds(d, d->theirs, input, assessment);
		const json_t *basis = ours == theirs
					  ? merge_preferred(d->ours, d->theirs)
				      : ours ? d->ours
					     : d->theirs;
		if (basis)
			json_object_set_new(d->answer, "basis",
					    json_deep_copy(basis));
	}
}
