/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in what is derived: verdict, states with their reasons, scores,
 * conclusions, what approvals are worth and what became of requests. Without an
 * evaluation on both sides it compares only these two, as they were written.
 *
 * Calls up to diff.c: it adds to the list that is kept there.
 */
#include "diff_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* --- verdict --- */

static void compare_verdict(fria_comparing *c, const fria_evaluation *a,
			    const fria_evaluation *b)
{
	c->out->before = a->verdict;
	c->out->after = b->verdict;
	if (a->verdict != b->verdict)
		fria_diff_add_text(c, FRIA_CHANGE_VERDICT, FRIA_WEIGHT_VERDICT,
				   fria_verdict_id(a->verdict),
				   fria_verdict_id(b->verdict));
}

/* --- states --- */

/* Answers in the rows of a group are one question here. */
static void add_cause(fria_difference *d, bool upstream, fria_reason_kind kind,
		      const char *what)
{
	const fria_because one = {upstream, kind, what};
	for (size_t i = 0; i < d->because.n; i++)
		if (fria_because_same(&d->because.items[i], &one))
			return;
	*FRIA_PUSH(&d->because) = one;
}

/* Reasons of what is stale, the stale answers above what is suspect. */
static void add_causes(fria_difference *d, const fria_evaluation *e,
		       const fria_judgement *j, const fria_instrument *in)
{
	bool suspect = j->state == FRIA_SUSPECT;
	for (size_t i = 0; j->state == FRIA_STALE && i < j->n; i++)
		add_cause(d, false, j->reasons[i].kind, j->reasons[i].what);
	for (size_t i = 0; suspect && i < j->because_n; i++)
		add_cause(d, true, FRIA_BY_ANSWER,
			  in->tasks[e->items[j->because[i]].question.task].id);
	for (size_t i = 0; suspect && i < j->elsewhere.n; i++)
		add_cause(d, true, FRIA_BY_ANSWER, j->elsewhere.items[i]);
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
	    in->tasks[j->question.task].id, j->question.row, NULL, NULL);
	d->before.text = old ? fria_state_id(old->state) : NULL;
	d->after.text = fria_state_id(j->state);
	d->state_before = old ? old->state : FRIA_HIDDEN;
	d->state_after = j->state;
	add_causes(d, c->to->evaluation, j, in);
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

static void compare_conclusion(fria_comparing *c, const char *id,
			       const fria_conclusion *before,
			       const fria_conclusion *after)
{
	before = before && before->level ? before : NULL;
	after = after && after->level ? after : NULL;
	if (before && after ? !strcmp(before->level, after->level)
			    : before == after)
		return;
	fria_difference *d = fria_diff_add(c, FRIA_CHANGE_CONCLUSION,
					   FRIA_WEIGHT_RISK, NULL, NULL);
	d->before.conclusion = before;
	d->after.conclusion = after;
	d->key = fria_strdup(id);
}

static void compare_conclusions(fria_comparing *c, const fria_evaluation *a,
				const fria_evaluation *b)
{
	for (size_t i = 0; i < b->conclusions.n; i++) {
		const fria_conclusion *one = &b->conclusions.items[i];
		compare_conclusion(c, one->id, fria_conclusion_find(a, one->id),
				   one);
	}
	for (size_t i = 0; i < a->conclusions.n; i++) {
		const fria_conclusion *one = &a->conclusions.items[i];
		if (!fria_conclusion_find(b, one->id))
			compare_conclusion(c, one->id, one, NULL);
	}
}

static bool has_value(const fria_score *one)
{
	return one && one->value && !json_is_null(one->value);
}

static void compare_score(fria_comparing *c, const fria_side *side,
			  const fria_score *one, const fria_score *before,
			  const fria_score *after)
{
	before = has_value(before) ? before : NULL;
	after = has_value(after) ? after : NULL;
	if (before && after ? json_equal(before->value, after->value)
			    : before == after)
		return;
	fria_difference *d =
	    fria_diff_add(c, FRIA_CHANGE_SCORE, FRIA_WEIGHT_RISK, NULL, NULL);
	d->before.score = before;
	d->after.score = after;
	d->key = fria_strdup(one->of->key);
	d->task = fria_strdup(side->instrument->tasks[one->of->task].id);
	d->row = fria_strdup(one->row);
}

static void compare_scores(fria_comparing *c, const fria_evaluation *a,
			   const fria_evaluation *b)
{
	for (size_t i = 0; i < b->scores.n; i++) {
		const fria_score *one = &b->scores.items[i];
		compare_score(c, c->to, one,
			      fria_score_find(a, one->of->key, one->row), one);
	}
	for (size_t i = 0; i < a->scores.n; i++) {
		const fria_score *one = &a->scores.items[i];
		if (!fria_score_find(b, one->of->key, one->row))
			compare_score(c, c->from, one, one, NULL);
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

static fria_difference *add_approval(fria_comparing *c, fria_change_kind kind,
				     const fria_approval *before,
				     const fria_approval *after)
{
	const fria_approval *one = after ? after : before;
	fria_difference *d =
	    fria_diff_add(c, kind, FRIA_WEIGHT_DECISION, NULL, NULL);
	d->before.approval = before;
	d->after.approval = after;
	d->key = fria_strdup(one->role);
	fria_diff_put_stand(d, one->record);
	return d;
}

/* What lapsed what held before: where the two contents differ. */
static void find_lapses(fria_lapses *list, const fria_comparing *c)
{
	const fria_side *f = c->from, *t = c->to;
	json_t *a = fria_content(f->instrument, f->assessment, f->application,
				 f->evidence, f->name, FRIA_RULES);
	json_t *b = fria_content(t->instrument, t->assessment, t->application,
				 t->evidence, t->name, FRIA_RULES);
	fria_lapses_find(list, a, b);
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

/* --- requests --- */

static const char *id_of(const fria_request *request)
{
	return fria_json_text(request->record, "id");
}

static const fria_request *with_id(const fria_requests *list,
				   const fria_request *one)
{
	for (size_t i = 0; i < list->n; i++)
		if (id_of(one) && same_text(id_of(&list->items[i]), id_of(one)))
			return &list->items[i];
	return NULL;
}

static void add_request(fria_comparing *c, const fria_request *before,
			const fria_request *after)
{
	const fria_request *one = after ? after : before;
	fria_difference *d = fria_diff_add(c, FRIA_CHANGE_REQUEST,
					   FRIA_WEIGHT_DECISION, NULL, NULL);
	d->before.request = before;
	d->after.request = after;
	assert(one);
	d->key = fria_strdup(one->role);
	fria_diff_put_stand(d, one->record);
}

static void compare_requests(fria_comparing *c, const fria_requests *before,
			     const fria_requests *after)
{
	for (size_t i = 0; i < after->n; i++) {
		const fria_request *one = &after->items[i];
		const fria_request *was = with_id(before, one);
		if (!was || was->state != one->state ||
		    was->overdue != one->overdue ||
		    !json_equal(was->record, one->record))
			add_request(c, was, one);
	}
	for (size_t i = 0; i < before->n; i++)
		if (!with_id(after, &before->items[i]))
			add_request(c, &before->items[i], NULL);
}

/* Of documents that nobody judged. */
static void compare_written(fria_comparing *c)
{
	const fria_side *sides[] = {c->from, c->to};
	fria_diff *out = c->out;
	for (size_t i = 0; i < 2; i++) {
		const json_t *document = sides[i]->assessment;
		fria_approvals_read(&out->said[i],
				    json_object_get(document, "approvals"));
		fria_requests_read(&out->asked[i],
				   json_object_get(document, "requests"));
	}
	compare_approvals(c, &out->said[0], &out->said[1]);
	compare_requests(c, &out->asked[0], &out->asked[1]);
}

void fria_diff_standing(fria_comparing *c)
{
	const fria_evaluation *a = c->from->evaluation, *b = c->to->evaluation;
	if (!a || !b) {
		compare_written(c);
		return;
	}
	compare_verdict(c, a, b);
	compare_approvals(c, &a->approvals, &b->approvals);
	compare_requests(c, &a->requests, &b->requests);
	compare_conclusions(c, a, b);
	compare_scores(c, a, b);
	compare_states(c, a, b);
}
