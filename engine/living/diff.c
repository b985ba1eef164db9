/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in meaning between two states of an assessment: one list,
 * ordered by weight, of which terminal, Markdown and JSON are views.
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_diff *out;
	const fria_side *from, *to;
} comparison;

static const char *const ids[] = {
    "verdict",	 "instrument",	"release",   "fact",	  "added",
    "changed",	 "removed",	"waived",    "confirmed", "editorial",
    "row-added", "row-removed", "row-moved", "measure",	  "state"};

const char *fria_change_id(fria_change_kind kind)
{
	return ids[kind];
}

fria_word fria_change_word(fria_change_kind kind)
{
	static const fria_word words[] = {
	    FRIA_W_change_verdict,   FRIA_W_change_instrument,
	    FRIA_W_change_release,   FRIA_W_change_fact,
	    FRIA_W_change_added,     FRIA_W_change_changed,
	    FRIA_W_change_removed,   FRIA_W_change_waived,
	    FRIA_W_change_confirmed, FRIA_W_change_editorial,
	    FRIA_W_change_row_added, FRIA_W_change_row_removed,
	    FRIA_W_change_row_moved, FRIA_W_change_measure,
	    FRIA_W_change_state};
	return words[kind];
}

static fria_difference *add(comparison *c, fria_change_kind kind,
			    const char *task, const char *row, json_t *before,
			    json_t *after)
{
	fria_difference *d = FRIA_PUSH(c->out);
	*d = (fria_difference){.kind = kind,
			       .task = fria_strdup(task),
			       .row = fria_strdup(row),
			       .before = before,
			       .after = after};
	return d;
}

static void add_text(comparison *c, fria_change_kind kind, const char *before,
		     const char *after)
{
	if (before == after || (before && after && !strcmp(before, after)))
		return;
	add(c, kind, NULL, NULL, before ? json_string(before) : NULL,
	    after ? json_string(after) : NULL);
}

static void compare_facts(comparison *c)
{
	fria_strings pointers = FRIA_STRINGS_INIT;
	const json_t *a = c->from->application, *b = c->to->application;
	fria_facts_differ(&pointers, a, b);
	for (size_t i = 0; i < pointers.n; i++) {
		const char *p = pointers.items[i];
		fria_difference *d = add(c, FRIA_CHANGE_FACT, NULL, NULL,
					 json_incref(fria_fact(a, p)),
					 json_incref(fria_fact(b, p)));
		d->pointer = fria_strdup(p);
	}
	fria_strings_dispose(&pointers);
}

/* --- answers --- */

/* An answer's form; NULL for one that says nothing. */
static json_t *form_of(const json_t *answer)
{
	json_t *form = fria_answer_form(answer);
	return json_is_null(form) ? NULL : form;
}

static void add_basis(fria_difference *d, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const json_t *list = json_object_get(basis, "editorial");
	if (d->kind == FRIA_CHANGE_EDITORIAL)
		basis = json_array_get(list, json_array_size(list) - 1);
	d->by = fria_strdup(fria_json_text(basis, "by"));
	d->note = fria_strdup(fria_json_text(basis, "note"));
}

static bool differs(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
	return x != y && !(x && y && json_equal(x, y));
}

/* Not what only followed better words upstream: same person, same moment. */
static bool stood_again(const json_t *before, const json_t *after)
{
	const json_t *a = json_object_get(before, "basis");
	const json_t *b = json_object_get(after, "basis");
	return b && (differs(a, b, "by") || differs(a, b, "at") ||
		     differs(a, b, "release") || differs(a, b, "note"));
}

static void compare_answer(comparison *c, const char *task, const char *row,
			   bool measure, const json_t *before,
			   const json_t *after)
{
	json_t *a = form_of(before), *b = form_of(after);
	fria_change_kind kind;
	if (a && b && json_equal(a, b)) {
		if (measure || !stood_again(before, after))
			goto out;
		kind = FRIA_CHANGE_CONFIRMED;
	} else if (measure && (a || b)) {
		kind = FRIA_CHANGE_MEASURE;
	} else if (b && json_object_get(b, "waived")) {
		kind = FRIA_CHANGE_WAIVED;
	} else if (a && b && fria_editorial_is(before, after)) {
		kind = FRIA_CHANGE_EDITORIAL;
	} else if (a && b) {
		kind = FRIA_CHANGE_CHANGED;
	} else if (b) {
		kind = FRIA_CHANGE_ADDED;
	} else if (a) {
		kind = FRIA_CHANGE_REMOVED;
	} else {
		goto out;
	}
	add_basis(add(c, kind, task, row, json_incref(a), json_incref(b)),
		  after);
out:
	json_decref(a);
	json_decref(b);
}

static size_t position(const json_t *rows, const char *id)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *own = fria_json_text(json_array_get(rows, i), "id");
		if (own && !strcmp(own, id))
			return i;
	}
	return FRIA_NONE;
}

static bool is_measure(const comparison *c, const char *task)
{
	size_t at = fria_instrument_find(c->to->instrument, task);
	if (at != FRIA_NONE)
		return c->to->instrument->tasks[at].measure;
	at = fria_instrument_find(c->from->instrument, task);
	return at != FRIA_NONE && c->from->instrument->tasks[at].measure;
}

static void compare_row(comparison *c, const json_t *before,
			const json_t *after)
{
	const char *id = fria_json_text(after ? after : before, "id"), *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)after, key, value) {
		if (strcmp(key, "id") != 0)
			compare_answer(c, key, id, is_measure(c, key),
				       json_object_get(before, key), value);
	}
	json_object_foreach((json_t *)(uintptr_t)before, key, value) {
		if (strcmp(key, "id") != 0 && !json_object_get(after, key))
			compare_answer(c, key, id, is_measure(c, key), value,
				       NULL);
	}
}

/* Rows that stand in another order, counted among those in both. */
static bool moved(const json_t *before, const json_t *after, size_t at)
{
	const char *id = fria_json_text(json_array_get(after, at), "id");
	size_t was = position(before, id), rank_a = 0, rank_b = 0;
	for (size_t i = 0; i < was; i++)
		rank_a +=
		    position(after, fria_json_text(json_array_get(before, i),
						   "id")) != FRIA_NONE;
	for (size_t i = 0; i < at; i++)
		rank_b +=
		    position(before, fria_json_text(json_array_get(after, i),
						    "id")) != FRIA_NONE;
	return rank_a != rank_b;
}

static void compare_rows(comparison *c, const char *group, const json_t *before,
			 const json_t *after)
{
	for (size_t i = 0; i < json_array_size(after); i++) {
		json_t *row = json_array_get(after, i);
		const char *id = fria_json_text(row, "id");
		size_t was = position(before, id);
		if (was == FRIA_NONE) {
			add(c, FRIA_CHANGE_ROW_ADDED, group, id, NULL,
			    json_incref(row));
			continue;
		}
		if (moved(before, after, i))
			add(c, FRIA_CHANGE_ROW_MOVED, group, id,
			    json_integer((json_int_t)was + 1),
			    json_integer((json_int_t)i + 1));
		compare_row(c, json_array_get(before, was), row);
	}
	for (size_t i = 0; i < json_array_size(before); i++) {
		json_t *row = json_array_get(before, i);
		const char *id = fria_json_text(row, "id");
		if (position(after, id) == FRIA_NONE)
			add(c, FRIA_CHANGE_ROW_REMOVED, group, id,
			    json_incref(row), NULL);
	}
}

static void compare_key(comparison *c, const char *key, const json_t *before,
			const json_t *after)
{
	if (json_is_array(before) || json_is_array(after))
		compare_rows(c, key, json_is_array(before) ? before : NULL,
			     json_is_array(after) ? after : NULL);
	else
		compare_answer(c, key, NULL, is_measure(c, key), before, after);
}

static void compare_answers(comparison *c)
{
	const json_t *a = json_object_get(c->from->assessment, "answers");
	const json_t *b = json_object_get(c->to->assessment, "answers");
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)b, key, value)
		compare_key(c, key, json_object_get(a, key), value);
	json_object_foreach((json_t *)(uintptr_t)a, key, value) {
		if (!json_object_get(b, key))
			compare_key(c, key, value, NULL);
	}
}

/* --- states --- */

static void compare_states(comparison *c)
{
	const fria_evaluation *a = c->from->evaluation, *b = c->to->evaluation;
	for (size_t i = 0; a && b && i < b->n; i++) {
		const fria_judgement *j = &b->items[i];
		const char *id = c->to->instrument->tasks[j->question.task].id;
		size_t was = fria_instrument_find(c->from->instrument, id);
		const fria_judgement *old =
		    was == FRIA_NONE
			? NULL
			: fria_evaluation_find(a, was, j->question.row);
		if (old && old->state != j->state)
			add(c, FRIA_CHANGE_STATE, id, j->question.row,
			    json_string(fria_state_id(old->state)),
			    json_string(fria_state_id(j->state)));
	}
}

/* --- order: weight, then the form --- */

static size_t place(const fria_instrument *in, const fria_difference *d)
{
	size_t at = d->task ? fria_instrument_find(in, d->task) : 0;
	return at;
}

static void sort(fria_diff *diff, const fria_instrument *in)
{
	for (size_t i = 1; i < diff->n; i++) {
		fria_difference d = diff->items[i];
		size_t k = i;
		for (; k > 0; k--) {
			const fria_difference *p = &diff->items[k - 1];
			if (p->kind < d.kind || (p->kind == d.kind &&
						 place(in, p) <= place(in, &d)))
				break;
			diff->items[k] = *p;
		}
		diff->items[k] = d;
	}
}

void fria_diff_make(fria_diff *out, const fria_side *from, const fria_side *to)
{
	comparison c = {out, from, to};
	*out = (fria_diff){NULL, 0, FRIA_INCOMPLETE, FRIA_INCOMPLETE};
	if (from->evaluation && to->evaluation) {
		out->before = from->evaluation->verdict;
		out->after = to->evaluation->verdict;
		if (out->before != out->after)
			add(&c, FRIA_CHANGE_VERDICT, NULL, NULL,
			    json_string(fria_verdict_id(out->before)),
			    json_string(fria_verdict_id(out->after)));
	}
	add_text(&c, FRIA_CHANGE_INSTRUMENT, from->instrument->name,
		 to->instrument->name);
	add_text(&c, FRIA_CHANGE_RELEASE,
		 fria_json_text(from->application, "release"),
		 fria_json_text(to->application, "release"));
	compare_facts(&c);
	compare_answers(&c);
	compare_states(&c);
	sort(out, to->instrument);
}

void fria_diff_dispose(fria_diff *diff)
{
	for (size_t i = 0; i < diff->n; i++) {
		fria_difference *d = &diff->items[i];
		free(d->task);
		free(d->row);
		free(d->pointer);
		free(d->by);
		free(d->note);
		json_decref(d->before);
		json_decref(d->after);
	}
	free(diff->items);
	*diff = (fria_diff){NULL, 0, FRIA_INCOMPLETE, FRIA_INCOMPLETE};
}

/* --- as a structure --- */

static json_t *side_json(const fria_side *side)
{
	return json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?}", "revision",
			 side->revision, "commit", side->commit, "version",
			 side->version, "release", side->release, "date",
			 side->date);
}

static json_t *difference_json(const fria_difference *d)
{
	return json_pack("{s:s, s:s?, s:s?, s:s?, s:O?, s:O?, s:s*, s:s*}",
			 "kind", fria_change_id(d->kind), "task", d->task,
			 "row", d->row, "pointer", d->pointer, "before",
			 d->before, "after", d->after, "by", d->by, "note",
			 d->note);
}

json_t *fria_diff_json(const fria_diff *diff, const char *assessment,
		       const fria_side *from, const fria_side *to)
{
	json_t *changes = json_array();
	for (size_t i = 0; i < diff->n; i++)
		json_array_append_new(changes,
				      difference_json(&diff->items[i]));
	return json_pack("{s:s, s:o, s:o, s:{s:s, s:s}, s:o}", "assessment",
			 assessment, "from", side_json(from), "to",
			 side_json(to), "verdict", "before",
			 fria_verdict_id(diff->before), "after",
			 fria_verdict_id(diff->after), "changes", changes);
}
