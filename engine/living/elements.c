/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an assessment says towards others: the elements a to f of article
 * 27(1) of the AI Act. What was said about it stands in approvals.c.
 */
#include "living_internal.h"

#include <string.h>

/* An assessment as it is and as it was; NULL: there was none. */
typedef struct {
	fria_view *now, *last, *notified;
} views;

static bool same_answer(fria_view *now, fria_view *old, const fria_question *q)
{
	size_t row = fria_view_number(old, q->task, q->row);
	json_t *is = fria_view_form(now, q->task, q->row_number);
	json_t *was =
	    q->row && !row ? json_null() : fria_view_form(old, q->task, row);
	bool same = json_equal(is, was);
	json_decref(is);
	json_decref(was);
	return same;
}

/* The letter of a task, its own or of the group it stands in. */
static char letter_of(const fria_instrument *in, size_t task)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent) {
		const char *own = in->tasks[task].article27;
		if (own && strlen(own) == 1)
			return own[0];
	}
	return 0;
}

static void find_element(fria_element *own, const fria_evaluation *out,
			 const fria_evaluation_input *in, const views *v,
			 char letter)
{
	bool open = false, moved = false, changed = false, any = false;
	bool since = false;
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		size_t task = j->question.task;
		if (j->state == FRIA_HIDDEN ||
		    letter_of(in->instrument, task) != letter)
			continue;
		any = true;
		open = open || (j->state == FRIA_OPEN && !j->optional);
		moved = moved || j->state >= FRIA_STALE;
		changed = changed || (v->last && !same_answer(v->now, v->last,
							      &j->question));
		since =
		    since || (v->notified &&
			      !same_answer(v->now, v->notified, &j->question));
		size_t k = 0;
		while (k < own->tasks.n && own->tasks.items[k] != task)
			k++;
		if (k == own->tasks.n)
			*FRIA_PUSH(&own->tasks) = task;
	}
	own->state = moved  ? FRIA_ELEMENT_NEEDS_REVIEW
		     : open ? FRIA_ELEMENT_INCOMPLETE
		     : any  ? FRIA_ELEMENT_CURRENT
			    : FRIA_ELEMENT_ABSENT;
	own->changed = changed ? in->last_version : NULL;
	own->changed_notified = since ? in->notified_version : NULL;
}

static const struct {
	const char *id;
	fria_word word;
} states[] = {
    [FRIA_ELEMENT_ABSENT] = {"absent", FRIA_W_element_absent},
    [FRIA_ELEMENT_INCOMPLETE] = {"incomplete", FRIA_W_verdict_incomplete},
    [FRIA_ELEMENT_NEEDS_REVIEW] = {"needs-review", FRIA_W_verdict_needs_review},
    [FRIA_ELEMENT_CURRENT] = {"current", FRIA_W_verdict_current}};

const char *fria_element_state_id(fria_element_state state)
{
	return states[state].id;
}

fria_word fria_element_state_word(fria_element_state state)
{
	return states[state].word;
}

void fria_elements_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in, fria_view *now)
{
	views v = {now, NULL, NULL};
	if (in->last)
		v.last = fria_view_new(in->instrument, in->last, NULL);
	if (in->notified)
		v.notified = fria_view_new(in->instrument, in->notified, NULL);
	for (size_t i = 0; i < FRIA_ELEMENTS; i++)
		find_element(&out->elements[i], out, in, &v, (char)('a' + i));
	fria_view_free(v.last);
	fria_view_free(v.notified);
}
