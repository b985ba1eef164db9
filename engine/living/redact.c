/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One assessment as an audience may see it: withheld answers and passages,
 * names and what is internal are taken out of the model once, before any view
 * is made of it. It decides nothing about what is withheld: people do, with a
 * ground (PRACTICE section 13).
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

/* What stands in the place of a passage; its ground is in the list. */
#define CUT "[…]"

static const char *const audiences[] = {"internal", "authority", "public"};

const char *fria_audience_id(fria_audience audience)
{
	return audiences[audience];
}

bool fria_audience_parse(fria_audience *out, const char *text)
{
	for (size_t i = 0; i < 3; i++)
		if (!strcmp(text, audiences[i])) {
			*out = (fria_audience)i;
			return true;
		}
	return false;
}

/* Grounds of the Dutch open government act (Woo); "other" for another act. */
const char *const fria_grounds[] = {"5.1.1.c", "5.1.1.d", "5.1.2.d", "5.1.2.e",
				    "5.1.2.f", "5.1.2.h", "5.1.2.i", "5.1.5",
				    "5.2",     "other",	  NULL};

bool fria_ground_is(const char *ground)
{
	for (size_t i = 0; fria_grounds[i]; i++)
		if (!strcmp(fria_grounds[i], ground))
			return true;
	return false;
}

typedef struct {
	fria_redaction *out;
	fria_evaluation *e;
	fria_evaluation_input *in;
	fria_audience audience;
} redacting;

/* --- what is withheld --- */

static json_t *withheld_of(const json_t *answer)
{
	json_t *list = json_object_get(answer, "withheld");
	return json_array_size(list) ? list : NULL;
}

static void note(json_t *list, const char *key, const char *name,
		 const char *row, const json_t *one)
{
	json_t *copy = json_deep_copy(one);
	json_object_set_new(copy, key, json_string(name));
	if (row)
		json_object_set_new(copy, "row", json_string(row));
	json_array_append_new(list, copy);
}

static void list_withheld(redacting *r)
{
	const char *pointer;
	json_t *one;
	size_t k;
	for (size_t i = 0; i < r->e->n; i++) {
		const fria_question *q = &r->e->items[i].question;
		json_array_foreach(withheld_of(q->answer), k, one)
			note(r->out->withheld, "task",
			     r->in->instrument->tasks[q->task].id, q->row, one);
	}
	json_object_foreach(json_object_get(r->in->application, "withheld"),
			    pointer, one)
		note(r->out->withheld, "pointer", pointer, NULL, one);
	for (size_t i = 0; r->audience != FRIA_INTERNAL &&
			   i < json_array_size(r->out->withheld);
	     i++) {
		json_t *shown = json_array_get(r->out->withheld, i);
		json_object_del(shown, "by");
		json_object_del(shown, "note");
		if (json_object_get(shown, "passage"))
			json_object_set_new(shown, "passage", json_true());
	}
}

/* --- one answer --- */

/* The text with every passage cut out; NULL if one is not there any more. */
static char *cut(const char *text, const json_t *withheld)
{
	char *now = fria_strdup(text);
	size_t i;
	json_t *one;
	json_array_foreach(withheld, i, one) {
		const char *passage = fria_json_text(one, "passage");
		char *at = passage && *passage ? strstr(now, passage) : NULL;
		if (!at) {
			free(now);
			return NULL;
		}
		char *next = fria_format("%.*s" CUT "%s", (int)(at - now), now,
					 at + strlen(passage));
		free(now);
		now = next;
	}
	return now;
}

/* Only what a reader outside may see: value or reason, release and moment. */
static json_t *shown_answer(const redacting *r, const json_t *answer)
{
	json_t *withheld = withheld_of(answer);
	const char *text = fria_json_text(answer, "value");
	const json_t *basis = json_object_get(answer, "basis");
	bool keep = !withheld || r->audience == FRIA_AUTHORITY;
	char *rest = !keep && text ? cut(text, withheld) : NULL;
	json_t *out = json_object();
	if (keep) {
		json_object_set(out, "value", json_object_get(answer, "value"));
		json_object_set(out, "waived",
				json_object_get(answer, "waived"));
	} else if (rest) {
		json_object_set_new(out, "value", json_string(rest));
	}
	if (!keep && !rest)
		json_object_set_new(
		    out, "withheld",
		    json_pack("[{s:O?}]", "ground",
			      json_object_get(json_array_get(withheld, 0),
					      "ground")));
	if (r->audience == FRIA_AUTHORITY)
		json_object_set(out, "dissent",
				json_object_get(answer, "dissent"));
	if (basis)
		json_object_set_new(out, "basis",
				    json_pack("{s:O*, s:O*}", "release",
					      json_object_get(basis, "release"),
					      "at",
					      json_object_get(basis, "at")));
	free(rest);
	return out;
}

static json_t *shown_row(const redacting *r, const json_t *row)
{
	json_t *out = json_object(), *answer;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)row, key, answer) {
		if (json_is_object(answer))
			json_object_set_new(out, key, shown_answer(r, answer));
		else
			json_object_set(out, key, answer);
	}
	return out;
}

static json_t *shown_answers(const redacting *r)
{
	json_t *out = json_object(), *answer, *row;
	const char *key;
	size_t i;
	json_object_foreach(json_object_get(r->in->assessment, "answers"), key,
			    answer) {
		json_t *shown = json_is_array(answer) ? json_array()
						      : shown_answer(r, answer);
		json_array_foreach(answer, i, row)
			json_array_append_new(shown, shown_row(r, row));
		json_object_set_new(out, key, shown);
	}
	return out;
}

/* --- approvals: functions, no names --- */

static json_t *shown_approvals(const redacting *r, const json_t *all)
{
	static const char *const keep[] = {
	    "role",	  "kind",     "value",	    "content", "at",
	    "decidedOn",  "scope",    "conditions", "risks",   "validUntil",
	    "reference",  "response", "state",	    "because", "required",
	    "instrument", NULL};
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(all, i, one) {
		const char *kind = fria_json_text(one, "kind");
		bool decision = kind && !strcmp(kind, "decision");
		json_t *shown = json_object();
		for (size_t k = 0; keep[k]; k++)
			if (json_object_get(one, keep[k]))
				json_object_set(shown, keep[k],
						json_object_get(one, keep[k]));
		if (decision || r->audience == FRIA_AUTHORITY)
			json_object_set(shown, "note",
					json_object_get(one, "note"));
		json_array_append_new(out, shown);
	}
	return out;
}

/* --- the documents --- */

/* What it relies on, but not where that is kept. */
static json_t *shown_origin(const json_t *origin)
{
	return json_pack("{s:O*, s:O*, s:O*}", "from",
			 json_object_get(origin, "from"), "organisation",
			 json_object_get(origin, "organisation"), "version",
			 json_object_get(origin, "version"));
}

static json_t *shown_assessment(const redacting *r)
{
	static const char *const keep[] = {"$schema",	    "instrument",
					   "application",   "language",
					   "superseded_by", NULL};
	json_t *out = json_object();
	for (size_t i = 0; keep[i]; i++)
		if (json_object_get(r->in->assessment, keep[i]))
			json_object_set(
			    out, keep[i],
			    json_object_get(r->in->assessment, keep[i]));
	if (json_object_get(r->in->assessment, "origin"))
		json_object_set_new(
		    out, "origin",
		    shown_origin(json_object_get(r->in->assessment, "origin")));
	json_object_set_new(out, "answers", shown_answers(r));
	json_object_set_new(
	    out, "approvals",
	    shown_approvals(r,
			    json_object_get(r->in->assessment, "approvals")));
	return out;
}

json_t *fria_redact_application(const json_t *application,
				fria_audience audience)
{
	json_t *out = json_deep_copy(application), *one;
	const char *pointer;
	if (audience == FRIA_INTERNAL)
		return out;
	json_object_del(out, "events");
	if (audience == FRIA_PUBLIC)
		json_object_foreach(json_object_get(application, "withheld"),
				    pointer, one)
			fria_pointer_set(out, pointer, NULL, NULL);
	json_object_del(out, "withheld");
	return out;
}

/* --- what was derived --- */

static bool any_withheld(const fria_instrument *in, const json_t *assessment,
			 const char *id)
{
	size_t task = fria_instrument_find(in, id);
	fria_questions all;
	bool found = false;
	if (task == FRIA_NONE)
		return false;
	fria_questions_list(&all, in, assessment);
	for (size_t i = 0; i < all.n; i++)
		found = found || (all.items[i].task >= task &&
				  all.items[i].task < in->tasks[task].end &&
				  withheld_of(all.items[i].answer));
	fria_questions_dispose(&all);
	return found;
}

/* Is what a reason is about withheld, here or in another assessment? */
static bool is_withheld(const redacting *r, const fria_judgement *j,
			const fria_reason *reason)
{
	const fria_siblings *s = &r->in->siblings;
	const char *what = reason->what;
	if (reason->cause == FRIA_BY_FACT)
		return json_object_get(
			   json_object_get(r->in->application, "withheld"),
			   what) != NULL;
	if (reason->cause != FRIA_BY_ANSWER)
		return withheld_of(j->question.answer) != NULL;
	const char *hash = strchr(what, '#');
	const fria_sibling *other =
	    fria_sibling_find(r->in->instrument, s, what);
	if (other)
		return any_withheld(other->instrument, other->assessment,
				    hash + 1);
	return !hash &&
	       any_withheld(r->in->instrument, r->in->assessment, what);
}

static void shown_reasons(const redacting *r, fria_judgement *j)
{
	for (size_t i = 0; i < j->n; i++) {
		fria_reason *reason = &j->reasons[i];
		bool event = reason->cause == FRIA_BY_EVENT;
		if (!event &&
		    (r->audience != FRIA_PUBLIC || !is_withheld(r, j, reason)))
			continue;
		json_decref(reason->before);
		json_decref(reason->after);
		reason->before = reason->after = NULL;
	}
}

static void shown_measures(redacting *r, const fria_question *q)
{
	const char *text = fria_json_text(q->answer, "value");
	for (size_t i = 0; i < r->e->measures_n; i++)
		if (text && r->e->measures[i].text == text &&
		    withheld_of(q->answer))
			r->e->measures[i].text = CUT;
}

static void shown_metrics(redacting *r)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->e->metrics_n; i++) {
		char *pointer =
		    fria_format("/monitoring/%s", r->e->metrics[i].name);
		if (!json_object_get(
			json_object_get(r->in->application, "withheld"),
			pointer))
			r->e->metrics[kept++] = r->e->metrics[i];
		free(pointer);
	}
	r->e->metrics_n = kept;
}

static void shown_evaluation(redacting *r)
{
	for (size_t i = 0; i < r->e->n; i++) {
		fria_judgement *j = &r->e->items[i];
		shown_reasons(r, j);
		if (r->audience == FRIA_PUBLIC)
			shown_measures(r, &j->question);
		j->question.answer = fria_assessment_answer(
		    r->out->assessment, r->in->instrument, j->question.task,
		    j->question.row);
	}
	if (r->audience == FRIA_PUBLIC)
		shown_metrics(r);
	json_t *approvals = shown_approvals(r, r->e->approvals);
	json_decref(r->e->approvals);
	r->e->approvals = approvals;
}

void fria_redact(fria_redaction *out, fria_evaluation *evaluation,
		 fria_evaluation_input *input, fria_audience audience)
{
	redacting r = {out, evaluation, input, audience};
	*out = (fria_redaction){.withheld = json_array()};
	list_withheld(&r);
	if (audience == FRIA_INTERNAL)
		return;
	out->assessment = shown_assessment(&r);
	out->application =
	    fria_redact_application(input->application, audience);
	shown_evaluation(&r);
	input->assessment = out->assessment;
	input->application = out->application;
	input->siblings = (fria_siblings){NULL, 0};
}

void fria_redaction_dispose(fria_redaction *redaction)
{
	json_decref(redaction->assessment);
	json_decref(redaction->application);
	json_decref(redaction->withheld);
	*redaction = (fria_redaction){NULL, NULL, NULL};
}
