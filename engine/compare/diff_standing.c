/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in what is derived: verdict, states with their reasons, scores,
 * conclusions, what approvals are worth and what became of requests. Without an
 * evaluation on both sides it compares only these two, as they were written.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- verdict --- */

static void compare_verdict(fria_comparing *c, const fria_evaluation *a,
			    const fria_evaluation *b)
{
	c->out->before = a->verdict;
	c->out->after = b->verdict;
	if (a->verdict != b->verdict)
		fria_diff_add(c, FRIA_CHANGE_VERDICT, FRIA_WEIGHT_VERDICT,
			      fria_json_string(fria_verdict_id(a->verdict)),
			      fria_json_string(fria_verdict_id(b->verdict)));
}

/* --- states --- */

/* Answers in the rows of a group are one question here. Takes `one`. */
static void add_cause(json_t *list, json_t *one)
{
	size_t i;
	json_t *other;
	json_array_foreach(list, i, other) {
		if (json_equal(one, other)) {
			json_decref(one);
			return;
		}
	}
	json_array_append_new(list, one);
}

static void add_upstream(json_t *list, const char *task)
{
	add_cause(list, fria_json_pack("{s:s, s:s}", "kind", "upstream", "task",
				       task));
}

/* Reasons of what is stale, the stale answers above what is suspect. New. */
static json_t *because(const fria_evaluation *e, const fria_judgement *j,
		       const fria_instrument *in)
{
	json_t *list = json_array();
	bool suspect = j->state == FRIA_SUSPECT;
	for (size_t i = 0; j->state == FRIA_STALE && i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		json_t *one =
		    fria_json_pack("{s:s}", "kind", fria_reason_id(r->kind));
		if (r->what)
			json_object_set_new(one, fria_reason_key(r->kind),
					    fria_json_string(r->what));
		add_cause(list, one);
	}
	for (size_t i = 0; suspect && i < j->because_n; i++)
		add_upstream(
		    list, in->tasks[e->items[j->because[i]].question.task].id);
	for (size_t i = 0; suspect && i < j->elsewhere.n; i++)
		add_upstream(list, j->elsewhere.items[i]);
	return list;
}

static bool asks(const fria_judgement *j)
{
	return j->state >= FRIA_STALE ||
	       (j->state == FRIA_OPEN && !j->optional);
}

/* A question that was not there before is told of when it asks something. */
static void compare_state(fria_comparing *c, const fria_judgement *old,
			  const fria_judgement *j)
{
	const fria_instrument *in = c->to->instrument;
	if (old ? old->state == j->state : !asks(j))
		return;
	fria_difference *d = fria_diff_add_task(
	    c, FRIA_CHANGE_STATE,
	    asks(j) ? FRIA_WEIGHT_JUDGE : FRIA_WEIGHT_SETTLED,
	    in->tasks[j->question.task].id, j->question.row,
	    old ? fria_json_string(fria_state_id(old->state)) : NULL,
	    fria_json_string(fria_state_id(j->state)));
	if (j->state >= FRIA_STALE)
		d->because = because(c->to->evaluation, j, in);
}

static void compare_states(fria_comparing *c, const fria_evaluation *a,
			   const fria_evaluation *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const fria_judgement *j = &b->items[i];
		const char *id = c->to->instrument->tasks[j->question.task].id;
		size_t was = fria_diff_was_task(c, id);
		compare_state(c,
			      was == FRIA_NONE ? NULL
					       : fria_evaluation_find(
						     a, was, j->question.row),
			      j);
	}
}

/* --- scores and conclusions --- */

/* Two lists of objects told apart by one member, and perhaps the row. */
static bool is_same(const json_t *x, const json_t *y, const char *key)
{
	const char *a = fria_json_text(x, key), *b = fria_json_text(y, key);
	const char *row = fria_json_text(x, "row");
	const char *other = fria_json_text(y, "row");
	if (!a || !b || strcmp(a, b) != 0 || !row != !other)
		return false;
	return !row || !strcmp(row, other);
}

static json_t *find_same(const json_t *list, const json_t *one, const char *key)
{
	size_t i;
	json_t *other;
	json_array_foreach(list, i, other) {
		if (is_same(other, one, key))
			return other;
	}
	return NULL;
}

/* {"value", "text"} of a score, {"level", "text"} of a conclusion; NULL for
 * one that says nothing. New. */
static json_t *result(const json_t *one, const char *member)
{
	json_t *value = json_object_get(one, member);
	if (!value || json_is_null(value))
		return NULL;
	return fria_json_pack("{s:O, s:O?}", member, value, "text",
			      json_object_get(one, "text"));
}

typedef struct {
	fria_change_kind kind;
	const char *key, *member;
} results;

static void compare_result(fria_comparing *c, const results *r,
			   const json_t *before, const json_t *after)
{
	const json_t *one = after ? after : before;
	json_t *a = result(before, r->member), *b = result(after, r->member);
	json_t *x = json_object_get(a, r->member);
	json_t *y = json_object_get(b, r->member);
	if ((!x && !y) || (x && y && json_equal(x, y))) {
		json_decref(a);
		json_decref(b);
		return;
	}
	fria_difference *d = fria_diff_add(c, r->kind, FRIA_WEIGHT_RISK, a, b);
	d->key = fria_strdup(fria_json_text(one, r->key));
	d->task = fria_strdup(fria_json_text(one, "task"));
	d->row = fria_strdup(fria_json_text(one, "row"));
}

static void compare_results(fria_comparing *c, const results *r,
			    const json_t *before, const json_t *after)
{
	size_t i;
	json_t *one;
	json_array_foreach(after, i, one)
		compare_result(c, r, find_same(before, one, r->key), one);
	json_array_foreach(before, i, one) {
		if (!find_same(after, one, r->key))
			compare_result(c, r, one, NULL);
	}
}

/* --- approvals --- */

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static const fria_approval *find_act(const fria_approvals *list,
				     const fria_approval *one)
{
	for (size_t i = 0; i < list->n; i++)
		if (json_equal(list->items[i].record, one->record))
			return &list->items[i];
	/* The same act: role, person and moment. */
	for (size_t i = 0; i < list->n; i++) {
		const fria_approval *other = &list->items[i];
		if (same_text(other->role, one->role) &&
		    same_text(other->by, one->by) &&
		    same_text(other->at, one->at))
			return other;
	}
	return NULL;
}

static json_t *as_written(const fria_approval *approval)
{
	return approval ? json_incref((json_t *)(uintptr_t)approval->record)
			: NULL;
}

static fria_difference *add_approval(fria_comparing *c, fria_change_kind kind,
				     const fria_approval *before,
				     const fria_approval *after)
{
	const fria_approval *one = after ? after : before;
	fria_difference *d =
	    fria_diff_add(c, kind, FRIA_WEIGHT_DECISION, as_written(before),
			  as_written(after));
	d->key = fria_strdup(one->role);
	fria_diff_put_stand(d, one->record);
	return d;
}

/* Members of the content that differ; evidence comes and goes with the answer
 * that points at it. */
static void add_lapses(fria_lapses *list, const json_t *before,
		       const json_t *after, const char *part,
		       fria_lapse_kind kind)
{
	json_t *a = json_object_get(before, part), *value;
	json_t *b = json_object_get(after, part);
	bool both = !strcmp(part, "evidence");
	const char *key;
	json_object_foreach(b, key, value) {
		json_t *was = json_object_get(a, key);
		if (was ? !json_equal(was, value) : !both)
			fria_lapse_add(list, kind, key);
	}
	json_object_foreach(a, key, value) {
		if (!both && !json_object_get(b, key))
			fria_lapse_add(list, kind, key);
	}
}

/* What lapsed what held before: where the two contents differ. */
static void find_lapses(fria_lapses *list, const fria_comparing *c)
{
	const fria_side *f = c->from, *t = c->to;
	json_t *a = fria_content(f->instrument, f->assessment, f->application,
				 f->evidence, f->name, FRIA_RULES);
	json_t *b = fria_content(t->instrument, t->assessment, t->application,
				 t->evidence, t->name, FRIA_RULES);
	add_lapses(list, a, b, "answers", FRIA_LAPSE_ANSWER);
	add_lapses(list, a, b, "facts", FRIA_LAPSE_FACT);
	add_lapses(list, a, b, "evidence", FRIA_LAPSE_EVIDENCE);
	if (strcmp(f->instrument->name, t->instrument->name) != 0)
		fria_lapse_add(list, FRIA_LAPSE_QUESTION, NULL);
	else
		add_lapses(list, a, b, "questions", FRIA_LAPSE_QUESTION);
	if (fria_logic_moved(a, b))
		fria_lapse_add(list, FRIA_LAPSE_LOGIC, NULL);
	json_decref(a);
	json_decref(b);
}

static void compare_approval(fria_comparing *c, const fria_approval *before,
			     const fria_approval *after)
{
	fria_approval_state was = before->state, is = after->state;
	if (after->withdrawn && !before->withdrawn) {
		fria_lapse_add(
		    &add_approval(c, FRIA_CHANGE_LAPSED, before, after)->lapsed,
		    FRIA_LAPSE_WITHDRAWN, after->role);
	} else if (!json_equal(before->record, after->record)) {
		add_approval(c, FRIA_CHANGE_APPROVAL, before, after);
	} else if (was == FRIA_APPROVAL_VALID && is == FRIA_APPROVAL_LAPSED) {
		fria_lapses *list =
		    &add_approval(c, FRIA_CHANGE_LAPSED, before, after)->lapsed;
		for (size_t i = 0; i < after->because.n; i++)
			fria_lapse_add(list, after->because.items[i].kind,
				       after->because.items[i].what);
		if (!list->n)
			find_lapses(list, c);
	} else if (was == FRIA_APPROVAL_LAPSED && is == FRIA_APPROVAL_VALID) {
		add_approval(c, FRIA_CHANGE_RESTORED, before, after);
	}
}

static void compare_approvals(fria_comparing *c, const fria_approvals *before,
			      const fria_approvals *after)
{
	for (size_t i = 0; i < after->n; i++) {
		const fria_approval *one = &after->items[i];
		const fria_approval *was = find_act(before, one);
		if (one->state == FRIA_APPROVAL_MISSING)
			continue;
		if (was)
			compare_approval(c, was, one);
		else
			add_approval(c, FRIA_CHANGE_APPROVAL, NULL, one);
	}
	for (size_t i = 0; i < before->n; i++) {
		const fria_approval *one = &before->items[i];
		if (one->state != FRIA_APPROVAL_MISSING &&
		    !find_act(after, one))
			add_approval(c, FRIA_CHANGE_APPROVAL, one, NULL);
	}
}

/* Of documents that nobody judged. */
static void compare_written(fria_comparing *c)
{
	fria_approvals before, after;
	fria_approvals_read(&before,
			    json_object_get(c->from->assessment, "approvals"));
	fria_approvals_read(&after,
			    json_object_get(c->to->assessment, "approvals"));
	compare_approvals(c, &before, &after);
	fria_approvals_dispose(&before);
	fria_approvals_dispose(&after);
}

/* --- requests --- */

static json_t *with_id(const json_t *list, const json_t *one)
{
	const char *id = fria_json_text(one, "id");
	json_t *other;
	size_t i;
	json_array_foreach(list, i, other) {
		if (id && fria_json_says(other, "id", id))
			return other;
	}
	return NULL;
}

static void add_request(fria_comparing *c, json_t *before, json_t *after)
{
	const json_t *one = after ? after : before;
	fria_difference *d =
	    fria_diff_add(c, FRIA_CHANGE_REQUEST, FRIA_WEIGHT_DECISION,
			  json_incref(before), json_incref(after));
	d->key = fria_strdup(fria_json_text(one, "role"));
	fria_diff_put_stand(d, one);
}

static void compare_requests(fria_comparing *c, const json_t *before,
			     const json_t *after)
{
	json_t *one;
	size_t i;
	json_array_foreach(after, i, one) {
		json_t *was = with_id(before, one);
		if (!was || !json_equal(was, one))
			add_request(c, was, one);
	}
	json_array_foreach(before, i, one) {
		if (!with_id(after, one))
			add_request(c, one, NULL);
	}
}

void fria_diff_standing(fria_comparing *c)
{
	static const results scores = {FRIA_CHANGE_SCORE, "key", "value"};
	static const results levels = {FRIA_CHANGE_CONCLUSION, "id", "level"};
	const fria_evaluation *a = c->from->evaluation, *b = c->to->evaluation;
	if (!a || !b) {
		compare_written(c);
		compare_requests(
		    c, json_object_get(c->from->assessment, "requests"),
		    json_object_get(c->to->assessment, "requests"));
		return;
	}
	compare_verdict(c, a, b);
	compare_approvals(c, &a->approvals, &b->approvals);
	compare_requests(c, a->requests, b->requests);
	compare_results(c, &levels, a->conclusions, b->conclusions);
	compare_results(c, &scores, a->calculations, b->calculations);
	compare_states(c, a, b);
}
