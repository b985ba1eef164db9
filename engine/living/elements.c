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
		const char *own =
		    fria_json_text(in->tasks[task].json, "article27");
		if (own && strlen(own) == 1)
			return own[0];
	}
	return 0;
}

static json_t *element(const fria_evaluation *out,
		       const fria_evaluation_input *in, const views *v,
		       char letter)
{
	bool open = false, moved = false, changed = false, any = false;
	bool since = false;
	json_t *tasks = json_array(), *named = json_object();
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		if (j->state == FRIA_HIDDEN ||
		    letter_of(in->instrument, j->question.task) != letter)
			continue;
		any = true;
		open = open || (j->state == FRIA_OPEN && !j->optional);
		moved = moved || j->state >= FRIA_STALE;
		changed = changed || (v->last && !same_answer(v->now, v->last,
							      &j->question));
		since =
		    since || (v->notified &&
			      !same_answer(v->now, v->notified, &j->question));
		const char *id = in->instrument->tasks[j->question.task].id;
		if (!json_object_get(named, id))
			json_array_append_new(tasks, fria_json_string(id));
		json_object_set_new(named, id, json_true());
	}
	json_decref(named);
	json_t *one = fria_json_pack("{s:s, s:o}", "state",
				     moved  ? "needs-review"
				     : open ? "incomplete"
				     : any  ? "current"
					    : "absent",
				     "tasks", tasks);
	if (in->last && in->last_version)
		json_object_set_new(one, "changedSince",
				    changed ? fria_json_string(in->last_version)
					    : json_null());
	if (in->notified && in->notified_version)
		json_object_set_new(one, "changedSinceNotification",
				    since
					? fria_json_string(in->notified_version)
					: json_null());
	return one;
}

void fria_elements_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in, fria_view *now)
{
	views v = {now, NULL, NULL};
	if (in->last)
		v.last = fria_view_new(in->instrument, in->last, NULL);
	if (in->notified)
		v.notified = fria_view_new(in->instrument, in->notified, NULL);
	out->elements = json_object();
	for (const char *at = "abcdef"; *at; at++) {
		const char key[] = {*at, '\0'};
		json_object_set_new(out->elements, key,
				    element(out, in, &v, *at));
	}
	fria_view_free(v.last);
	fria_view_free(v.notified);
}
