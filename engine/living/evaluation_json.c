/* SPDX-License-Identifier: EUPL-1.2 */
/* An evaluation as the JSON structure that scripts rely on. */
#include "living.h"

#include <stddef.h>
#include <string.h>

static json_t *reasons_json(const fria_evaluation *e, const fria_judgement *j)
{
	json_t *list = json_array();
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		json_t *one = fria_json_pack("{s:s, s:O?, s:O?}", "kind",
					     fria_reason_id(r->kind), "before",
					     r->before, "after", r->after);
		if (r->what)
			json_object_set_new(one, fria_reason_key(r->kind),
					    fria_json_string(r->what));
		if (r->fact || r->rows)
			json_object_set_new(
			    one, "edge",
			    fria_json_string(r->fact ? r->fact->key
						     : r->rows->name));
		if (r->cause != FRIA_NONE)
			json_object_set_new(
			    one, "cause",
			    fria_json_string(e->causes.items[r->cause].id));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *because_json(const fria_evaluation *e, const fria_judgement *j,
			    const fria_instrument *in)
{
	json_t *list = json_array();
	for (size_t i = 0; i < j->because_n; i++)
		json_array_append_new(
		    list,
		    fria_json_string(
			in->tasks[e->items[j->because[i]].question.task].id));
	for (size_t i = 0; i < j->elsewhere.n; i++)
		json_array_append_new(list,
				      fria_json_string(j->elsewhere.items[i]));
	return list;
}

static json_t *task_json(const fria_evaluation *e, const fria_judgement *j,
			 const fria_evaluation_input *input)
{
	const fria_instrument *in = input->instrument;
	json_t *example = (json_t *)(uintptr_t)fria_example(
	    input->assessment, in->tasks[j->question.task].id);
	json_t *one = fria_json_pack(
	    "{s:s, s:s?, s:s, s:o}", "id", in->tasks[j->question.task].id,
	    "row", j->question.row, "state", fria_state_id(j->state), "reasons",
	    reasons_json(e, j));
	if (j->hint)
		json_object_set_new(one, "hint", json_true());
	if (j->dormant)
		json_object_set_new(one, "dormant", json_true());
	if (j->optional && j->state == FRIA_OPEN)
		json_object_set_new(one, "optional", json_true());
	if (example && j->state == FRIA_OPEN)
		json_object_set(one, "example", example);
	if (j->state != FRIA_OPEN && (j->because_n || j->elsewhere.n))
		json_object_set_new(one, "because", because_json(e, j, in));
	return one;
}

static const struct {
	const char *name;
	size_t at;
} counted[] = {{"visible", offsetof(fria_counts, visible)},
	       {"answered", offsetof(fria_counts, answered)},
	       {"open", offsetof(fria_counts, open)},
	       {"optional", offsetof(fria_counts, optional)},
	       {"stale", offsetof(fria_counts, stale)},
	       {"suspect", offsetof(fria_counts, suspect)},
	       {"waived", offsetof(fria_counts, waived)},
	       {"hidden", offsetof(fria_counts, hidden)},
	       {"dormant", offsetof(fria_counts, dormant)},
	       {"offered", offsetof(fria_counts, offered)}};

enum { COUNTED = sizeof counted / sizeof *counted };

json_t *fria_counts_json(const fria_counts *counts)
{
	json_t *out = json_object();
	for (size_t i = 0; i < COUNTED; i++) {
		size_t n;
		memcpy(&n, (const char *)counts + counted[i].at, sizeof n);
		/* Most assessments are offered nothing. */
		if (n || counted[i].at != offsetof(fria_counts, offered))
			json_object_set_new(out, counted[i].name,
					    json_integer((json_int_t)n));
	}
	return out;
}

void fria_counts_kept(fria_counts *out, const json_t *json)
{
	for (size_t i = 0; i < COUNTED; i++) {
		size_t n = (size_t)json_integer_value(
		    json_object_get(json, counted[i].name));
		memcpy((char *)out + counted[i].at, &n, sizeof n);
	}
}

static json_t *measures_json(const fria_evaluation *e,
			     const fria_instrument *in)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		json_array_append_new(
		    list, fria_json_pack(
			      "{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:b}",
			      "task", in->tasks[m->group].id, "row", m->row,
			      "text", m->text, "owner", m->owner, "due", m->due,
			      "status", m->status, "overdue", (int)m->overdue));
	}
	return list;
}

static json_t *day(fria_time at, bool known);

static json_t *metrics_json(const fria_evaluation *e)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->metrics_n; i++) {
		const fria_metric *m = &e->metrics[i];
		json_array_append_new(
		    list,
		    fria_json_pack(
			"{s:s, s:s, s:O?, s:O?, s:b, s:b, s:o}", "metric",
			m->name, "title", m->title, "threshold", m->limit,
			"last", m->last, "over", (int)m->over, "overdue",
			(int)m->overdue, "due", day(m->due, m->due != 0)));
	}
	return list;
}

static json_t *day(fria_time at, bool known)
{
	fria_buf text = FRIA_BUF_INIT;
	if (!known)
		return json_null();
	fria_day_write(&text, at);
	json_t *out = fria_json_string(text.text);
	fria_buf_dispose(&text);
	return out;
}

json_t *fria_review_json(const fria_review *review)
{
	return fria_json_pack("{s:o, s:o, s:b}", "last",
			      day(review->last, review->last != 0), "due",
			      day(review->due, review->known), "overdue",
			      (int)review->overdue);
}

void fria_review_kept(fria_review *out, const json_t *json)
{
	const char *last = fria_json_text(json, "last");
	const char *due = fria_json_text(json, "due");
	*out = (fria_review){
	    .overdue = json_is_true(json_object_get(json, "overdue"))};
	if (last)
		fria_time_parse(&out->last, last);
	out->known = due && fria_time_parse(&out->due, due);
}

/* {"task", "row"} of a judgement. New. */
static json_t *place_json(const fria_judgement *j, const fria_instrument *in)
{
	return fria_json_pack("{s:s, s:s?}", "task",
			      in->tasks[j->question.task].id, "row",
			      j->question.row);
}

static json_t *places_json(const fria_evaluation *e, const fria_positions *list,
			   const fria_instrument *in)
{
	json_t *out = json_array();
	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(
		    out, place_json(&e->items[list->items[i]], in));
	return out;
}

static json_t *cause_json(const fria_evaluation *e, const fria_cause *c,
			  const fria_instrument *in)
{
	json_t *mentions = json_array();
	for (size_t i = 0; i < c->mentions_n; i++) {
		const fria_mention *m = &c->mentions[i];
		json_t *one = place_json(&e->items[m->judgement], in);
		json_object_set_new(one, "words", fria_json_strings(&m->words));
		json_array_append_new(mentions, one);
	}
	json_t *out = fria_json_pack(
	    "{s:s, s:s, s:s, s:O?, s:O?, s:s?, s:o, s:o, s:o, s:o, s:o}", "id",
	    c->id, "kind", fria_reason_id(c->kind), fria_reason_key(c->kind),
	    c->what, "before", c->before, "after", c->after, "release",
	    c->release, "at", day(c->at, c->at != 0), "tasks",
	    places_json(e, &c->tasks, in), "suspects",
	    places_json(e, &c->suspects, in), "touched",
	    places_json(e, &c->touched, in), "mentions", mentions);
	if (c->was || c->is)
		json_object_set_new(out, "difference",
				    fria_json_pack("{s:O?, s:O?}", "before",
						   c->was, "after", c->is));
	if (c->under != FRIA_NONE)
		json_object_set_new(
		    out, "under",
		    fria_json_string(e->causes.items[c->under].id));
	return out;
}

static json_t *causes_json(const fria_evaluation *e, const fria_instrument *in)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->causes.n; i++)
		json_array_append_new(list,
				      cause_json(e, &e->causes.items[i], in));
	return list;
}

const char *fria_shown(const fria_evaluation_input *input, const char *by)
{
	return by && input->shown ? input->shown(input->data, by) : by;
}

/* --- what roles said, and were asked --- */

static void put_shown(json_t *out, const char *by,
		      const fria_evaluation_input *input)
{
	if (by && input)
		json_object_set_new(out, "by",
				    fria_json_string(fria_shown(input, by)));
}

json_t *fria_request_json(const fria_request *request,
			  const fria_evaluation_input *input)
{
	json_t *out = json_deep_copy(request->record);
	if (request->state != FRIA_REQUEST_WRITTEN) {
		json_object_set_new(
		    out, "state",
		    fria_json_string(fria_request_state_id(request->state)));
		json_object_set_new(out, "overdue",
				    json_boolean(request->overdue));
	}
	put_shown(out, request->by, input);
	return out;
}

json_t *fria_requests_json(const fria_requests *requests,
			   const fria_evaluation_input *input)
{
	json_t *list = json_array();
	for (size_t i = 0; i < requests->n; i++)
		json_array_append_new(
		    list, fria_request_json(&requests->items[i], input));
	return list;
}

void fria_requests_kept(fria_requests *out, const json_t *list)
{
	fria_requests_read(out, list);
	for (size_t i = 0; i < out->n; i++) {
		fria_request *own = &out->items[i];
		for (fria_request_state s = FRIA_REQUEST_OPEN;
		     s <= FRIA_REQUEST_LAPSED; s++)
			if (fria_json_says(own->record, "state",
					   fria_request_state_id(s)))
				own->state = s;
		own->overdue =
		    json_is_true(json_object_get(own->record, "overdue"));
	}
}

json_t *fria_lapses_json(const fria_lapses *because)
{
	json_t *list = json_array();
	for (size_t i = 0; i < because->n; i++) {
		const fria_lapse *why = &because->items[i];
		json_t *one =
		    fria_json_pack("{s:s}", "kind", fria_lapse_id(why->kind));
		if (why->what)
			json_object_set_new(one, fria_lapse_key(why->kind),
					    fria_json_string(why->what));
		json_array_append_new(list, one);
	}
	return list;
}

json_t *fria_approvals_json(const fria_approvals *approvals,
			    const fria_evaluation_input *input)
{
	json_t *list = json_array();
	for (size_t i = 0; i < approvals->n; i++) {
		const fria_approval *a = &approvals->items[i];
		json_t *one = json_deep_copy(a->record);
		json_object_set_new(
		    one, "state",
		    fria_json_string(fria_approval_state_id(a->state)));
		if (a->state == FRIA_APPROVAL_LAPSED)
			json_object_set_new(one, "because",
					    fria_lapses_json(&a->because));
		put_shown(one, a->by, input);
		json_array_append_new(list, one);
	}
	return list;
}

/* --- results --- */

static json_t *reads_json(const fria_reads *read)
{
	static const char *const keys[] = {"task", "pointer", "metric"};
	json_t *list = json_array();
	for (size_t i = 0; i < read->n; i++) {
		const fria_read *r = &read->items[i];
		json_t *one = fria_json_pack("{s:s}", keys[r->kind], r->what);
		if (r->stale)
			json_object_set_new(one, "stale", json_true());
		json_array_append_new(list, one);
	}
	return list;
}

/* What expressions see of them: by key, those in rows as a list. */
static json_t *scores_json(const fria_evaluation *e, const fria_instrument *in)
{
	json_t *out = json_object();
	size_t at = 0;
	for (size_t i = 0; i < in->calculations.n; i++) {
		const fria_calculation *c = &in->calculations.items[i];
		size_t group = in->tasks[c->task].rows;
		json_t *list = group == FRIA_NONE || group == c->task
				   ? NULL
				   : json_array();
		for (; at < e->scores.n && e->scores.items[at].of == c; at++) {
			json_t *value = e->scores.items[at].value;
			if (list)
				json_array_append_new(list,
						      value ? json_incref(value)
							    : json_null());
			else if (value)
				json_object_set(out, c->key, value);
		}
		if (list)
			json_object_set_new(out, c->key, list);
	}
	return out;
}

static json_t *calculations_json(const fria_evaluation *e,
				 const fria_instrument *in)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->scores.n; i++) {
		const fria_score *s = &e->scores.items[i];
		json_t *one = fria_json_pack(
		    "{s:s, s:s, s:s?, s:O?, s:s?, s:b, s:o}", "key", s->of->key,
		    "task", in->tasks[s->of->task].id, "row", s->row, "value",
		    s->value, "text", s->text, "stale", (int)s->stale,
		    "because", reads_json(&s->read));
		if (s->withheld)
			json_object_set_new(one, "withheld", json_true());
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *conclusions_json(const fria_evaluation *e)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->conclusions.n; i++) {
		const fria_conclusion *c = &e->conclusions.items[i];
		json_t *one = fria_json_pack(
		    "{s:s, s:s?, s:s?, s:s*, s:o, s:b}", "id", c->id, "level",
		    c->level, "text", c->text, "law", c->law, "because",
		    fria_json_strings(&c->because), "stale", (int)c->stale);
		if (c->holds)
			json_object_set_new(one, "stops",
					    json_boolean(c->stops));
		json_object_set_new(one, "read", reads_json(&c->read));
		if (c->withheld)
			json_object_set_new(one, "withheld", json_true());
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *text_or_null(const char *text)
{
	return text ? fria_json_string(text) : json_null();
}

static json_t *elements_json(const fria_evaluation *e,
			     const fria_evaluation_input *input)
{
	json_t *out = json_object();
	for (size_t i = 0; i < FRIA_ELEMENTS; i++) {
		const fria_element *own = &e->elements[i];
		const char letter[] = {(char)('a' + i), '\0'};
		json_t *tasks = json_array();
		for (size_t k = 0; k < own->tasks.n; k++)
			json_array_append_new(
			    tasks,
			    fria_json_string(
				input->instrument->tasks[own->tasks.items[k]]
				    .id));
		json_t *one = fria_json_pack("{s:s, s:o}", "state",
					     fria_element_state_id(own->state),
					     "tasks", tasks);
		if (input->last && input->last_version)
			json_object_set_new(one, "changedSince",
					    text_or_null(own->changed));
		if (input->notified && input->notified_version)
			json_object_set_new(
			    one, "changedSinceNotification",
			    text_or_null(own->changed_notified));
		json_object_set_new(out, letter, one);
	}
	return out;
}

static json_t *notification_json(const fria_notification *n)
{
	bool changed = n->changed[0];
	return !n->group
		   ? json_null()
		   : fria_json_pack(
			 "{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}",
			 "state", fria_notify_state_id(n->state), "version",
			 n->version, "date", n->date, "reference", n->reference,
			 "judged", n->judged, "because", n->because, "elements",
			 changed ? n->changed : NULL, "advice",
			 !changed   ? NULL
			 : n->again ? "again"
				    : "not-needed");
}

json_t *fria_evaluation_json(const fria_evaluation *e,
			     const fria_evaluation_input *input,
			     const fria_evaluation_place *place)
{
	const fria_instrument *in = input->instrument;
	json_t *tasks = json_array();
	for (size_t i = 0; i < e->n; i++)
		json_array_append_new(tasks, task_json(e, &e->items[i], input));
	json_t *out = fria_json_pack(
	    "{s:s, s:s, s:s?, s:s*, s:s?, s:o, s:s, s:o, s:o, s:o, "
	    "s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
	    "s:o}",
	    "assessment", place->assessment, "instrument", in->name, "release",
	    fria_json_text(input->application, "release"), "supersededBy",
	    e->superseded, "revision", place->revision, "asOf",
	    day(e->as_of, true), "verdict", fria_verdict_id(e->verdict),
	    "counts", fria_counts_json(&e->counts), "causes",
	    causes_json(e, in), "tasks", tasks, "measures",
	    measures_json(e, in), "review", fria_review_json(&e->review),
	    "scores", scores_json(e, in), "calculations",
	    calculations_json(e, in), "conclusions", conclusions_json(e),
	    "elements", elements_json(e, input), "notification",
	    notification_json(&e->notification), "metrics", metrics_json(e),
	    "unanswered", fria_json_strings(&e->unanswered), "approvals",
	    fria_approvals_json(&e->approvals, input), "findings",
	    fria_findings_json(&e->findings, input->lang));
	if (e->pulse.known)
		json_object_set_new(
		    out, "pulse",
		    fria_json_pack("{s:o, s:o, s:b}", "last",
				   day(e->pulse.last, true), "due",
				   day(e->pulse.due, true), "overdue",
				   (int)e->pulse.overdue));
	fria_confirmations held;
	fria_confirmations_evaluate(&held, input);
	if (held.all)
		json_object_set_new(out, "confirmed",
				    fria_confirmations_json(&held));
	fria_confirmations_dispose(&held);
	/* Most assessments have none. */
	if (e->proposals.n)
		json_object_set_new(out, "proposals",
				    fria_proposals_json(&e->proposals, in));
	if (e->requests.n)
		json_object_set_new(out, "requests",
				    fria_requests_json(&e->requests, input));
	return out;
}
