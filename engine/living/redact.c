/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One assessment as an audience may see it: withheld answers and passages,
 * names and what is internal are taken out of the model once, before any view
 * is made of it. It decides nothing about what is withheld: people do, with a
 * ground (PRACTICE section 13), and withheld.c says what that touches.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_redaction *out;
	fria_evaluation *e;
	fria_evaluation_input *in;
	fria_audience audience;
	const fria_today *today;
	fria_veil veil;	   /* of the assessment itself */
	fria_veil *others; /* of its siblings, made when asked for */
	json_t *facts;	   /* withheld, by pointer */
} redacting;

/* Today's document of the assessment with this name, or NULL. */
static const json_t *today_of(const redacting *r, const char *name)
{
	return r->today && name ? json_object_get(r->today->assessments, name)
				: NULL;
}

static void begin(redacting *r)
{
	const char *slash = r->in->name ? strrchr(r->in->name, '/') : NULL;
	fria_veil_make(&r->veil, r->in->instrument, r->in->assessment,
		       today_of(r, slash ? slash + 1 : r->in->name));
	r->facts = fria_facts_withheld(r->in->application,
				       r->today ? r->today->application : NULL);
	r->others = fria_calloc(r->in->siblings.n + 1, sizeof *r->others);
}

static void end(redacting *r)
{
	for (size_t i = 0; i < r->in->siblings.n; i++)
		fria_veil_dispose(&r->others[i]);
	free(r->others);
	fria_veil_dispose(&r->veil);
	json_decref(r->facts);
}

/* --- what is withheld --- */

static char *text_of(const json_t *one, const char *key)
{
	return fria_strdup(fria_json_text(one, key));
}

static void note(const redacting *r, const char *task, const char *row,
		 const char *pointer, const json_t *one)
{
	bool inside = r->audience == FRIA_INTERNAL;
	struct {
		fria_withheld *items;
		size_t n;
	} list = {r->out->withheld, r->out->withheld_n};
	*FRIA_PUSH(&list) =
	    (fria_withheld){.task = fria_strdup(task),
			    .row = fria_strdup(row),
			    .pointer = fria_strdup(pointer),
			    .ground = text_of(one, "ground"),
			    .at = text_of(one, "at"),
			    .by = inside ? text_of(one, "by") : NULL,
			    .note = inside ? text_of(one, "note") : NULL,
			    .passage = json_object_get(one, "passage") != NULL};
	r->out->withheld = list.items;
	r->out->withheld_n = list.n;
}

static void list_withheld(redacting *r)
{
	const char *pointer;
	json_t *one;
	size_t k;
	for (size_t i = 0; i < r->veil.questions.n; i++) {
		const fria_question *q = &r->veil.questions.items[i];
		if (r->audience != FRIA_INTERNAL && !q->visible)
			continue;
		json_array_foreach(fria_withheld_of(q->answer), k, one)
			note(r, r->in->instrument->tasks[q->task].id, q->row,
			     NULL, one);
	}
	json_object_foreach(r->facts, pointer, one)
		note(r, NULL, NULL, pointer, one);
}

/* --- one answer --- */

/* A value without choices that are the text of a withheld answer. New. */
static json_t *shown_value(const redacting *r, size_t task, json_t *value)
{
	bool checked = r->audience == FRIA_PUBLIC && task != FRIA_NONE &&
		       r->veil.tasks[task];
	json_t *out, *one;
	size_t i;
	if (!checked || (!json_is_array(value) && !json_is_string(value)))
		return json_incref(value);
	if (json_is_string(value))
		return fria_veil_hides_choice(&r->veil, task, value)
			   ? fria_json_string(FRIA_CUT)
			   : json_incref(value);
	out = json_array();
	json_array_foreach(value, i, one) {
		if (fria_veil_hides_choice(&r->veil, task, one))
			json_array_append_new(out, fria_json_string(FRIA_CUT));
		else
			json_array_append(out, one);
	}
	return out;
}

/* What stands in the place of a withheld answer, or of parts of it. */
static void put_rest(json_t *out, const json_t *answer, const json_t *withheld)
{
	const char *text = fria_json_text(answer, "value");
	char *rest = text ? fria_passages_cut(text, withheld) : NULL;
	json_t *ground = json_object_get(json_array_get(withheld, 0), "ground");
	if (rest)
		json_object_set_new(out, "value", fria_json_string(rest));
	else
		json_object_set_new(
		    out, "withheld",
		    fria_json_pack("[{s:O?}]", "ground", ground));
	free(rest);
}

/* Only what a reader outside may see: value or reason, release and moment. */
static json_t *shown_answer(const redacting *r, size_t task,
			    const json_t *answer)
{
	const json_t *withheld = fria_withheld_of(answer);
	const json_t *basis = json_object_get(answer, "basis");
	json_t *out = json_object();
	if (withheld && r->audience == FRIA_PUBLIC) {
		put_rest(out, answer, withheld);
	} else {
		json_object_set_new(
		    out, "value",
		    shown_value(r, task, json_object_get(answer, "value")));
		json_object_set(out, "waived",
				json_object_get(answer, "waived"));
	}
	if (r->audience == FRIA_AUTHORITY)
		json_object_set(out, "dissent",
				json_object_get(answer, "dissent"));
	if (basis)
		json_object_set_new(
		    out, "basis",
		    fria_json_pack("{s:O*, s:O*}", "release",
				   json_object_get(basis, "release"), "at",
				   json_object_get(basis, "at")));
	return out;
}

/* Is the question asked: itself, in this row, or something in the group? The
 * owner, date and state of a measure are shown with it. */
static bool is_asked(const redacting *r, size_t task, const char *row)
{
	const fria_evaluation *e = r->e;
	const fria_task *tasks = r->in->instrument->tasks;
	if (task == FRIA_NONE)
		return false;
	if (tasks[task].measure)
		task = tasks[task].rows;
	for (size_t t = task; t < tasks[task].end; t++)
		for (size_t i = e->first[t]; i != FRIA_NONE; i = e->next[i]) {
			const fria_judgement *j = &e->items[i];
			bool here = !row || (j->question.row &&
					     !strcmp(row, j->question.row));
			if (here && j->state != FRIA_HIDDEN)
				return true;
		}
	return false;
}

static json_t *shown_row(const redacting *r, const json_t *row)
{
	json_t *out = json_object(), *answer;
	const char *key, *id = fria_json_text(row, "id");
	json_object_foreach((json_t *)(uintptr_t)row, key, answer) {
		size_t task = fria_instrument_find(r->in->instrument, key);
		if (json_is_object(answer) && is_asked(r, task, id))
			json_object_set_new(out, key,
					    shown_answer(r, task, answer));
		else if (!json_is_object(answer))
			json_object_set(out, key, answer);
	}
	return out;
}

/* What a condition hides is kept for those inside. */
static json_t *shown_answers(const redacting *r)
{
	json_t *out = json_object(), *answer, *row;
	const char *key;
	size_t i;
	json_object_foreach(json_object_get(r->veil.assessment, "answers"), key,
			    answer) {
		size_t task = fria_instrument_find(r->in->instrument, key);
		if (!is_asked(r, task, NULL))
			continue;
		json_t *shown = json_is_array(answer)
				    ? json_array()
				    : shown_answer(r, task, answer);
		json_array_foreach(answer, i, row)
			json_array_append_new(shown, shown_row(r, row));
		json_object_set_new(out, key, shown);
	}
	return out;
}

/* --- approvals: functions, no names --- */

/* A decision with its reason, and what speaks against it with its own: the
 * one replies to the other. */
static json_t *shown_record(const redacting *r, const fria_approval *own)
{
	static const char *const keep[] = {
	    "role",	 "kind",     "value",	   "content",	 "at",
	    "decidedOn", "scope",    "conditions", "risks",	 "validUntil",
	    "reference", "response", "required",   "instrument", NULL};
	const json_t *one = own->record;
	json_t *shown = json_object();
	for (size_t k = 0; keep[k]; k++)
		if (json_object_get(one, keep[k]))
			json_object_set(shown, keep[k],
					json_object_get(one, keep[k]));
	if (own->kind == FRIA_ROLE_DECISION || fria_approval_against(own) ||
	    r->audience == FRIA_AUTHORITY)
		json_object_set(shown, "note", json_object_get(one, "note"));
	return shown;
}

static json_t *shown_approvals(const redacting *r, const json_t *all)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(all, i, one) {
		const fria_approval own = fria_approval_of(one);
		json_array_append_new(out, shown_record(r, &own));
	}
	return out;
}

/* --- the documents --- */

/* What it relies on, but not where that is kept. */
static json_t *shown_origin(const json_t *origin)
{
	return fria_json_pack("{s:O*, s:O*, s:O*}", "from",
			      json_object_get(origin, "from"), "organisation",
			      json_object_get(origin, "organisation"),
			      "version", json_object_get(origin, "version"));
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
	json_t *answers = shown_answers(r);
	json_object_set_new(out, "answers", redact_evidence(answers));
	json_decref(answers);
	json_object_set_new(
	    out, "approvals",
	    shown_approvals(r,
			    json_object_get(r->in->assessment, "approvals")));
	return out;
}

/* What of it is told outside, without people; what is withheld is left out. */
static json_t *shown_application(const json_t *application,
				 fria_audience audience, const json_t *withheld)
{
	static const char *const keep[] = {
	    "$schema",	"id",	"name", "release",    "in_use", "source",
	    "register", "card", "use",	"monitoring", "law",	NULL};
	json_t *out = json_object(), *one;
	const char *pointer;
	for (size_t i = 0; keep[i]; i++) {
		char *place = fria_format("/%s", keep[i]);
		one = json_object_get(application, keep[i]);
		one = one ? redact_people(one, place) : NULL;
		if (one)
			json_object_set_new(out, keep[i], one);
		free(place);
	}
	if (audience == FRIA_PUBLIC)
		json_object_foreach((json_t *)(uintptr_t)withheld, pointer, one)
			fria_pointer_set(out, pointer, NULL, NULL);
	return out;
}

json_t *fria_redact_application(const json_t *application,
				fria_audience audience, const json_t *today)
{
	if (audience == FRIA_INTERNAL)
		return json_deep_copy(application);
	json_t *withheld = fria_facts_withheld(application, today);
	json_t *out = shown_application(application, audience, withheld);
	json_decref(withheld);
	return out;
}

/* --- what was derived --- */

/*
 * Of this assessment, or ("iama#3.5.1") of another: nobody outside sees an
 * answer that a condition hides, the public none that is withheld.
 */
static bool may_tell_answer(const redacting *r, const char *what)
{
	const fria_siblings *s = &r->in->siblings;
	const char *hash = strchr(what, '#');
	const fria_sibling *other =
	    hash ? fria_sibling_find(r->in->instrument, s, what) : NULL;
	const fria_veil *veil = &r->veil;
	if (hash && !other)
		return false; /* not to be found, so not to be told */
	if (other) {
		fria_veil *own = &r->others[other - s->items];
		if (!own->in)
			fria_veil_make(own, other->instrument,
				       other->assessment,
				       today_of(r, other->name));
		veil = own;
		what = hash + 1;
	}
	return fria_veil_asks(veil, what) &&
	       (r->audience != FRIA_PUBLIC || !fria_veil_covers(veil, what));
}

static void drop_sides(fria_reason *reason)
{
	json_decref(reason->before);
	json_decref(reason->after);
	reason->before = reason->after = NULL;
}

/* Without what is withheld in them; if nothing else moved, without both. */
static void shown_fact_sides(const redacting *r, fria_reason *reason)
{
	if (!fria_fact_withheld(r->facts, reason->what))
		return;
	json_t *before =
	    fria_fact_shown(r->facts, reason->what, reason->before);
	json_t *after = fria_fact_shown(r->facts, reason->what, reason->after);
	drop_sides(reason);
	reason->before = before;
	reason->after = after;
	if (before && after && json_equal(before, after))
		drop_sides(reason);
}

static void shown_metric_sides(const redacting *r, fria_reason *reason)
{
	if (!fria_metric_withheld(r->facts, reason->what))
		return;
	drop_sides(reason);
	reason->title = NULL; /* its own name is withheld, too */
}

static void shown_reason(const redacting *r, const fria_judgement *j,
			 fria_reason *reason)
{
	const fria_question *q = &j->question;
	switch (reason->kind) {
	case FRIA_BY_FACT:
		shown_fact_sides(r, reason);
		break;
	case FRIA_BY_MONITORING:
		shown_metric_sides(r, reason);
		break;
	case FRIA_BY_ANSWER:
		break; /* is seen to for everybody */
	default:
		if (fria_veil_covers(&r->veil,
				     r->in->instrument->tasks[q->task].id))
			drop_sides(reason);
	}
}

static void replace_side(json_t **side)
{
	json_t *was = *side;
	*side = was ? redact_evidence(was) : NULL;
	json_decref(was);
}

/* A fact's value without the people in it. */
static void replace_people(json_t **side, const char *pointer)
{
	json_t *was = *side;
	*side = was ? redact_people(was, pointer) : NULL;
	json_decref(was);
}

static void shown_reasons(const redacting *r, fria_judgement *j)
{
	for (size_t i = 0; i < j->n; i++) {
		fria_reason *reason = &j->reasons[i];
		if (reason->kind == FRIA_BY_EVENT ||
		    (reason->kind == FRIA_BY_ANSWER &&
		     !may_tell_answer(r, reason->what)))
			drop_sides(reason);
		else if (r->audience == FRIA_PUBLIC)
			shown_reason(r, j, reason);
		if (reason->kind == FRIA_BY_FACT) {
			replace_people(&reason->before, reason->what);
			replace_people(&reason->after, reason->what);
		} else if (reason->kind == FRIA_BY_EDIT && reason->what) {
			redact_origin(reason->what);
		}
		replace_side(&reason->before);
		replace_side(&reason->after);
	}
}

static const char *or_cut(const char *shown, const char *was)
{
	return was && !shown ? FRIA_CUT : shown;
}

static void shown_measures(const redacting *r)
{
	for (size_t i = 0; i < r->e->measures_n; i++) {
		fria_measure *m = &r->e->measures[i], was = *m;
		fria_measure_read(m, r->in->instrument, r->out->assessment);
		m->overdue = was.overdue && m->due && !m->status == !was.status;
		m->text = or_cut(m->text, was.text);
		m->owner = or_cut(m->owner, was.owner);
		m->due = or_cut(m->due, was.due);
		m->status = or_cut(m->status, was.status);
	}
}

static void shown_metrics(const redacting *r)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->e->metrics_n; i++)
		if (!fria_metric_withheld(r->facts, r->e->metrics[i].name))
			r->e->metrics[kept++] = r->e->metrics[i];
	r->e->metrics_n = kept;
}

/* Approvals have no names any more, nor has evidence that lapsed one. */
static void replace_approvals(const redacting *r)
{
	fria_approvals *all = &r->e->approvals;
	json_t *was = all->records;
	all->records = json_array();
	for (size_t i = 0; i < all->n; i++) {
		fria_approval *one = &all->items[i], old = *one;
		json_t *record = shown_record(r, one);
		*one = fria_approval_of(record);
		one->state = old.state;
		one->because = old.because;
		json_array_append_new(all->records, record);
		for (size_t k = 0; k < one->because.n; k++) {
			fria_lapse *why = &one->because.items[k];
			if (why->kind == FRIA_LAPSE_EVIDENCE) {
				free(why->what);
				why->what = NULL;
			}
		}
	}
	json_decref(was);
}

static void shown_evaluation(const redacting *r)
{
	for (size_t i = 0; i < r->e->n; i++) {
		fria_judgement *j = &r->e->items[i];
		shown_reasons(r, j);
		j->dormant = false;
		j->question.answer = fria_assessment_answer(
		    r->out->assessment, r->in->instrument, j->question.task,
		    j->question.row);
	}
	r->e->counts.dormant = 0;
	shown_measures(r);
	if (r->audience == FRIA_PUBLIC) {
		shown_metrics(r);
		fria_withheld_results(r->e, &r->veil, r->facts);
	}
	replace_approvals(r);
	/* Who is asked is nobody's matter outside, nor what is offered. */
	r->e->requests.n = 0;
	fria_proposals_dispose(&r->e->proposals);
	r->e->counts.offered = 0;
}

void fria_redact(fria_redaction *out, fria_evaluation *evaluation,
		 fria_evaluation_input *input, fria_audience audience,
		 const fria_today *today)
{
	redacting r = {.out = out,
		       .e = evaluation,
		       .in = input,
		       .audience = audience,
		       .today = audience == FRIA_INTERNAL ? NULL : today};
	*out = (fria_redaction){.withheld = NULL};
	begin(&r);
	list_withheld(&r);
	if (audience != FRIA_INTERNAL) {
		out->assessment = shown_assessment(&r);
		out->application =
		    shown_application(input->application, audience, r.facts);
		shown_evaluation(&r);
	}
	end(&r);
	if (audience == FRIA_INTERNAL)
		return;
	input->assessment = out->assessment;
	input->application = out->application;
	input->siblings = (fria_siblings){NULL, 0};
	fria_notification_redact(evaluation, input);
}

void fria_redaction_dispose(fria_redaction *redaction)
{
	json_decref(redaction->assessment);
	json_decref(redaction->application);
	for (size_t i = 0; i < redaction->withheld_n; i++) {
		fria_withheld *one = &redaction->withheld[i];
		char *const texts[] = {one->task,   one->row, one->pointer,
				       one->ground, one->at,  one->by,
				       one->note};
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
	}
	free(redaction->withheld);
	*redaction = (fria_redaction){.withheld = NULL};
}
