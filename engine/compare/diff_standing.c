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
	d->state_before = old ? old->state : FRIA_HIDDEN;
	d->state_after = j->state;
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

/* {"value", "text"} of a score, {"level", "text"} of a conclusion; NULL for
 * one that says nothing. New. */
static json_t *result(const char *member, json_t *value, const char *text)
{
	return value
		   ? fria_json_pack("{s:o, s:s?}", member, value, "text", text)
		   : NULL;
}

/* Takes the results. */
static fria_difference *compare_result(fria_comparing *c, fria_change_kind kind,
				       const char *member, json_t *before,
				       json_t *after)
{
	json_t *x = json_object_get(before, member);
	json_t *y = json_object_get(after, member);
	if (x && y ? !json_equal(x, y) : x != y)
		return fria_diff_add(c, kind, FRIA_WEIGHT_RISK, before, after);
	json_decref(before);
	json_decref(after);
	return NULL;
}

static json_t *level_of(const fria_conclusion *one)
{
	return one && one->level
		   ? result("level", fria_json_string(one->level), one->text)
		   : NULL;
}

static const fria_conclusion *find_conclusion(const fria_evaluation *e,
					      const char *id)
{
	for (size_t i = 0; i < e->conclusions.n; i++)
		if (!strcmp(e->conclusions.items[i].id, id))
			return &e->conclusions.items[i];
	return NULL;
}

static void compare_conclusion(fria_comparing *c, const char *id,
			       const fria_conclusion *before,
			       const fria_conclusion *after)
{
	fria_difference *d = compare_result(c, FRIA_CHANGE_CONCLUSION, "level",
					    level_of(before), level_of(after));
	if (d)
		d->key = fria_strdup(id);
}

static void compare_conclusions(fria_comparing *c, const fria_evaluation *a,
				const fria_evaluation *b)
{
	for (size_t i = 0; i < b->conclusions.n; i++) {
		const fria_conclusion *one = &b->conclusions.items[i];
		compare_conclusion(c, one->id, find_conclusion(a, one->id),
				   one);
	}
	for (size_t i = 0; i < a->conclusions.n; i++) {
		const fria_conclusion *one = &a->conclusions.items[i];
		if (!find_conclusion(b, one->id))
			compare_conclusion(c, one->id, one, NULL);
	}
}

static json_t *value_of(const fria_score *one)
{
	return one && one->value && !json_is_null(one->value)
		   ? result("value", json_incref(one->value), one->text)
		   : NULL;
}

static void compare_score(fria_comparing *c, const fria_side *side,
			  const fria_score *one, const fria_score *before,
			  const fria_score *after)
{
	fria_difference *d = compare_result(c, FRIA_CHANGE_SCORE, "value",
					    value_of(before), value_of(after));
	if (!d)
		return;
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
	fria_difference *d =
	    fria_diff_add(c, FRIA_CHANGE_REQUEST, FRIA_WEIGHT_DECISION,
			  before ? fria_request_json(before, NULL) : NULL,
			  after ? fria_request_json(after, NULL) : NULL);
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
	fria_approvals said[2];
	fria_requests asked[2] = {{NULL, 0}, {NULL, 0}};
	for (size_t i = 0; i < 2; i++) {
		const json_t *document = sides[i]->assessment, *one;
		size_t k;
		fria_approvals_read(&said[i],
				    json_object_get(document, "approvals"));
		json_array_foreach(json_object_get(document, "requests"), k,
				   one)
			*FRIA_PUSH(&asked[i]) = fria_request_of(one);
	}
	compare_approvals(c, &said[0], &said[1]);
	compare_requests(c, &asked[0], &asked[1]);
	for (size_t i = 0; i < 2; i++) {
		fria_approvals_dispose(&said[i]);
		free(asked[i].items);
	}
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
