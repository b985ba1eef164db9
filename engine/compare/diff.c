/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in meaning between two states of an assessment: one list,
 * ordered by weight, of which terminal, Markdown, HTML and JSON are views. It
 * puts nothing in words: diff_say.c and those beside it do.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const ids[] = {"verdict",	     "approval",
				  "approval-lapsed", "approval-restored",
				  "request",	     "conclusion",
				  "score",	     "state",
				  "measure",	     "instrument",
				  "logic",	     "release",
				  "in-use",	     "event",
				  "renamed",	     "superseded",
				  "origin",	     "fact",
				  "measurement",     "other",
				  "waived",	     "removed",
				  "row-added",	     "row-removed",
				  "row-moved",	     "added",
				  "changed",	     "dissent",
				  "comment",	     "comment-resolved",
				  "meeting",	     "confirmed",
				  "editorial"};

const char *fria_change_id(fria_change_kind kind)
{
	return ids[kind];
}

fria_difference *fria_diff_add(fria_comparing *c, fria_change_kind kind,
			       fria_weight weight, json_t *before,
			       json_t *after)
{
	fria_difference *d = FRIA_PUSH(c->out);
	*d = (fria_difference){.kind = kind,
			       .weight = weight,
			       .before = {.document = before},
			       .after = {.document = after}};
	return d;
}

fria_difference *fria_diff_add_text(fria_comparing *c, fria_change_kind kind,
				    fria_weight weight, const char *before,
				    const char *after)
{
	fria_difference *d = fria_diff_add(c, kind, weight, NULL, NULL);
	d->before.text = before;
	d->after.text = after;
	return d;
}

bool fria_change_has(const fria_change_side *side)
{
	return side->document || side->text || side->place || side->approval ||
	       side->request || side->conclusion || side->score;
}

fria_difference *fria_diff_add_task(fria_comparing *c, fria_change_kind kind,
				    fria_weight weight, const char *task,
				    const char *row, json_t *before,
				    json_t *after)
{
	fria_difference *d = fria_diff_add(c, kind, weight, before, after);
	d->task = fria_strdup(task);
	const char *was = fria_json_text(c->was, task);
	d->was_task = was && *was ? fria_strdup(was) : NULL;
	d->row = fria_strdup(row);
	return d;
}

void fria_diff_put_stand(fria_difference *d, const json_t *stand)
{
	d->by = fria_strdup(fria_json_text(stand, "by"));
	d->note = fria_strdup(fria_json_text(stand, "note"));
	d->ground = fria_ground_of(stand);
}

/* --- members that have no name here --- */

static bool is_one_of(const char *const *list, const char *name)
{
	while (*list && strcmp(*list, name) != 0)
		list++;
	return *list != NULL;
}

static void add_member(fria_comparing *c, const char *document,
		       const char *task, const char *row, const char *name,
		       json_t *before, json_t *after)
{
	fria_buf pointer = FRIA_BUF_INIT;
	fria_difference *d =
	    fria_diff_add(c, FRIA_CHANGE_OTHER,
			  task ? FRIA_WEIGHT_ANSWER : FRIA_WEIGHT_APPLICATION,
			  json_incref(before), json_incref(after));
	fria_pointer_add(&pointer, name);
	d->pointer = fria_buf_detach(&pointer);
	d->key = fria_strdup(document);
	d->task = fria_strdup(task);
	d->row = fria_strdup(row);
}

void fria_diff_members(fria_comparing *c, const char *document,
		       const char *task, const char *row, const json_t *before,
		       const json_t *after, const char *const *known)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)after, name, value) {
		json_t *was = json_object_get(before, name);
		if (!is_one_of(known, name) && !(was && json_equal(was, value)))
			add_member(c, document, task, row, name, was, value);
	}
	json_object_foreach((json_t *)(uintptr_t)before, name, value) {
		if (!is_one_of(known, name) && !json_object_get(after, name))
			add_member(c, document, task, row, name, value, NULL);
	}
}

/* --- order: weight, then the form --- */

typedef struct {
	size_t weight, rank, task, row, number;
	fria_difference d;
} ranked;

/* Within a weight: what is most pressing, where the form has no say. */
static size_t rank_in_weight(const fria_difference *d)
{
	const fria_approval *said =
	    d->after.approval ? d->after.approval : d->before.approval;
	switch (d->weight) {
	case FRIA_WEIGHT_DECISION:
		return said && said->kind == FRIA_ROLE_DECISION ? 0 : 1;
	case FRIA_WEIGHT_JUDGE:
		return d->kind != FRIA_CHANGE_STATE ||
			       d->state_after == FRIA_STALE
			   ? 0
		       : d->state_after == FRIA_SUSPECT ? 1
							: 2;
	case FRIA_WEIGHT_RISK:
	case FRIA_WEIGHT_APPLICATION:
	case FRIA_WEIGHT_TALK:
	case FRIA_WEIGHT_SETTLED:
		return d->kind == FRIA_CHANGE_CONFIRMED ? 0 : d->kind;
	default:
		return 0;
	}
}

static size_t row_place(const fria_side *side, size_t task, const char *row)
{
	size_t group = side->instrument->tasks[task].rows, i;
	json_t *one, *rows;
	if (group == FRIA_NONE || !row)
		return 0;
	rows = fria_assessment_rows(side->assessment, side->instrument, group);
	json_array_foreach(rows, i, one) {
		const char *id = fria_json_text(one, "id");
		if (id && !strcmp(id, row))
			return i;
	}
	return json_array_size(rows);
}

static ranked rank(const fria_diff *diff, size_t i)
{
	ranked r = {.weight = diff->items[i].weight,
		    .rank = rank_in_weight(&diff->items[i]),
		    .number = i,
		    .d = diff->items[i]};
	const fria_side *side = &diff->to;
	if (!r.d.task)
		return r;
	r.task = fria_instrument_find(side->instrument, r.d.task);
	if (r.task == FRIA_NONE || r.d.kind == FRIA_CHANGE_ROW_REMOVED) {
		side = &diff->from;
		r.task = fria_instrument_find(side->instrument, r.d.task);
	}
	if (r.task == FRIA_NONE)
		return r;
	r.row = row_place(side, r.task, r.d.row);
	if (r.d.row && side->instrument->tasks[r.task].rows != FRIA_NONE)
		r.task = side->instrument->tasks[r.task].rows;
	return r;
}

static int compare_numbers(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* Rows by row: all that changed in one stands together. */
static int by_weight(const void *x, const void *y)
{
	const ranked *a = x, *b = y;
	int order = compare_numbers(a->weight, b->weight);
	if (!order)
		order = compare_numbers(a->rank, b->rank);
	if (!order)
		order = compare_numbers(a->task, b->task);
	if (!order)
		order = compare_numbers(a->row, b->row);
	return order ? order : compare_numbers(a->number, b->number);
}

static void sort(fria_diff *diff)
{
	ranked *all = fria_calloc(diff->n + 1, sizeof *all);
	for (size_t i = 0; i < diff->n; i++)
		all[i] = rank(diff, i);
	qsort(all, diff->n, sizeof *all, by_weight);
	for (size_t i = 0; i < diff->n; i++)
		diff->items[i] = all[i].d;
	free(all);
}

static void make_choices(fria_choices *out[2], const fria_side *side)
{
	for (size_t i = 0; i < 2; i++)
		out[i] = fria_choices_new(side->instrument, side->assessment,
					  side->siblings, side->application,
					  i ? FRIA_EN : FRIA_NL);
}

void fria_diff_make(fria_diff *out, const fria_side *from, const fria_side *to)
{
	fria_comparing c = {.out = out, .from = from, .to = to};
	*out = (fria_diff){.before = FRIA_INCOMPLETE,
			   .after = FRIA_INCOMPLETE,
			   .from = *from,
			   .to = *to};
	make_choices(out->choices[0], from);
	make_choices(out->choices[1], to);
	fria_diff_align(&c);
	fria_diff_standing(&c);
	fria_diff_application(&c);
	fria_diff_answers(&c);
	fria_diff_records(&c);
	sort(out);
	json_decref(c.answers);
	free(c.gone.items);
	json_decref(c.was);
}

void fria_diff_dispose(fria_diff *diff)
{
	for (size_t i = 0; i < diff->n; i++) {
		fria_difference *d = &diff->items[i];
		free(d->task);
		free(d->was_task);
		free(d->row);
		free(d->pointer);
		free(d->key);
		free(d->by);
		free(d->note);
		json_decref(d->before.document);
		json_decref(d->after.document);
		free(d->because.items);
		fria_lapses_dispose(&d->lapsed);
	}
	for (size_t i = 0; i < 2; i++) {
		fria_approvals_dispose(&diff->said[i]);
		fria_requests_dispose(&diff->asked[i]);
	}
	for (size_t i = 0; i < 4; i++)
		fria_choices_free(diff->choices[i / 2][i % 2]);
	fria_confirmations_dispose(&diff->confirmed);
	free(diff->items);
	diff->items = NULL;
	diff->n = 0;
}
