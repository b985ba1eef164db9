/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The heart: which answers still rest on what they were given on, which do
 * not and why, and what that makes of the assessment (DESIGN section 4).
 * Staleness is compared, suspicion is passed on; nothing is stored.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation_input *in;
	fria_evaluation *out;
	size_t *first; /* per task: its first judgement, or FRIA_NONE */
	size_t *next;  /* per judgement: the next of the same task */
	bool *moved;   /* per judgement: stale, or something upstream is */
	json_t *facts; /* pointer to digest, as it stands in a basis */
} graph;

const char *fria_state_id(fria_state state)
{
	static const char *const ids[] = {"hidden", "open",  "answered",
					  "waived", "stale", "suspect"};
	return ids[state];
}

const char *fria_cause_id(fria_cause cause)
{
	static const char *const ids[] = {"fact",	"answer",     "edited",
					  "instrument", "monitoring", "event"};
	return ids[cause];
}

const char *fria_verdict_id(fria_verdict verdict)
{
	static const char *const ids[] = {"blocked", "incomplete",
					  "needs-review", "current"};
	return ids[verdict];
}

fria_word fria_state_word(fria_state state)
{
	static const fria_word words[] = {
	    FRIA_W_state_hidden, FRIA_W_state_open,  FRIA_W_state_answered,
	    FRIA_W_state_waived, FRIA_W_state_stale, FRIA_W_state_suspect};
	return words[state];
}

fria_word fria_reason_word(const fria_reason *r)
{
	if (r->cause == FRIA_BY_EDIT && r->what)
		return FRIA_W_cause_taken_over;
	static const fria_word words[] = {
	    FRIA_W_cause_fact,	     FRIA_W_cause_answer,
	    FRIA_W_cause_edited,     FRIA_W_cause_instrument,
	    FRIA_W_cause_monitoring, FRIA_W_cause_event};
	return words[r->cause];
}

const char *fria_reason_what(const fria_reason *r, fria_lang lang)
{
	if (r->cause == FRIA_BY_FACT)
		return fria_fact_title(r->what, lang);
	if (r->cause == FRIA_BY_EVENT)
		return fria_word_text(fria_theme_word(r->what), lang);
	return r->title ? r->title : r->what ? r->what : "";
}

fria_word fria_verdict_word(fria_verdict verdict)
{
	static const fria_word words[] = {
	    FRIA_W_verdict_blocked, FRIA_W_verdict_incomplete,
	    FRIA_W_verdict_needs_review, FRIA_W_verdict_current};
	return words[verdict];
}

/* --- stale: an answer against its own basis --- */

void fria_reason_add(fria_judgement *j, fria_cause cause, const char *what,
		     json_t *before, json_t *after)
{
	j->reasons = fria_grow(j->reasons, j->n, sizeof *j->reasons);
	j->reasons[j->n++] =
	    (fria_reason){cause, fria_strdup(what), NULL, before, after};
}

static json_t *answer_was(const graph *g, const char *name, const char *row,
			  const char *digest)
{
	return g->in->answer_was && digest
		   ? g->in->answer_was(g->in->data, name, row, digest)
		   : NULL;
}

/* A fact's digest, computed once; borrowed. */
static const json_t *digest_now(const graph *g, const char *pointer)
{
	json_t *known = json_object_get(g->facts, pointer);
	if (known)
		return known;
	known = fria_fact_digest_json(g->in->application, pointer);
	json_object_set_new(g->facts, pointer, known);
	return known;
}

static void compare_facts(const graph *g, fria_judgement *j,
			  const json_t *basis)
{
	const fria_task *t = &g->in->instrument->tasks[j->question.task];
	const json_t *were = json_object_get(basis, "facts");
	const char *source = fria_json_text(basis, "source");
	for (size_t i = 0; i < t->facts.n; i++) {
		const char *pointer = t->facts.items[i];
		json_t *was = json_object_get(were, pointer);
		if (!was)
			continue;
		if (json_equal(was, digest_now(g, pointer)))
			continue;
		const json_t *old = g->in->facts_at && source
					? g->in->facts_at(g->in->data, source)
					: NULL;
		fria_reason_add(
		    j, FRIA_BY_FACT, pointer,
		    json_incref(fria_fact(old, pointer)),
		    json_incref(fria_fact(g->in->application, pointer)));
	}
}

static bool digest_is(const char *digest, const json_t *form)
{
	char now[FRIA_DIGEST_SIZE];
	fria_digest(now, form);
	return digest && !strcmp(now, digest);
}

static void compare_answers(const graph *g, fria_judgement *j,
			    const json_t *basis)
{
	const fria_instrument *in = g->in->instrument;
	const fria_task *t = &in->tasks[j->question.task];
	const json_t *were = json_object_get(basis, "answers");
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		const char *was = fria_json_text(were, e->name);
		const char *row =
		    e->task != FRIA_NONE && in->tasks[e->task].rows == t->rows
			? j->question.row
			: NULL;
		if (!was)
			continue;
		json_t *form = fria_edge_form(in, g->in->assessment,
					      &g->in->siblings, e, row);
		if (digest_is(was, form))
			json_decref(form);
		else
			fria_reason_add(j, FRIA_BY_ANSWER, e->name,
					answer_was(g, e->name, row, was), form);
	}
}

static void compare_value(const graph *g, fria_judgement *j,
			  const json_t *basis)
{
	const fria_task *t = &g->in->instrument->tasks[j->question.task];
	const char *was = fria_json_text(basis, "value");
	json_t *form = fria_answer_form(j->question.answer);
	if (digest_is(was, form))
		json_decref(form);
	else
		fria_reason_add(
		    j, FRIA_BY_EDIT,
		    basis ? NULL : fria_json_text(j->question.answer, "origin"),
		    answer_was(g, t->id, j->question.row, was), form);
}

static void compare_question(const graph *g, fria_judgement *j,
			     const json_t *basis)
{
	const char *was = fria_json_text(basis, "question");
	char now[FRIA_DIGEST_SIZE];
	fria_lang lang = fria_assessment_language(g->in->assessment);
	const fria_instrument *in = g->in->instrument;
	if (!basis)
		return;
	fria_question_digest(now, in, j->question.task, lang);
	if (!was || strcmp(was, now) != 0)
		fria_reason_add(j, FRIA_BY_INSTRUMENT, NULL, NULL,
				json_string(fria_task_title(
				    &in->tasks[j->question.task], lang)));
}

/* A row that nobody has to add asks nothing until it is there. */
static bool must_answer(const fria_instrument *in, const fria_question *q)
{
	const fria_task *t = &in->tasks[q->task];
	return t->required &&
	       (q->row || t->rows == FRIA_NONE || in->tasks[t->rows].required);
}

static void judge(const graph *g, fria_judgement *j)
{
	const json_t *answer = j->question.answer;
	const json_t *basis = json_object_get(answer, "basis");
	bool waived = json_object_get(answer, "waived") != NULL;
	bool given = waived || json_object_get(answer, "value");
	if (!j->question.visible) {
		j->state = FRIA_HIDDEN;
		j->dormant = given;
		return;
	}
	if (!given) {
		j->state = FRIA_OPEN;
		j->optional = !must_answer(g->in->instrument, &j->question);
		return;
	}
	compare_value(g, j, basis);
	compare_question(g, j, basis);
	compare_facts(g, j, basis);
	compare_answers(g, j, basis);
	fria_monitoring_judge(j, g->in, basis);
	j->state = j->n ? FRIA_STALE : waived ? FRIA_WAIVED : FRIA_ANSWERED;
}

/* --- suspect: what moves further up --- */

typedef bool (*visit)(graph *g, size_t from, void *data);

/* Visits the judgements of one task: the same row's, or all of them. */
static bool each_of(graph *g, size_t task, const fria_judgement *seen_from,
		    visit call, void *data)
{
	const fria_task *tasks = g->in->instrument->tasks;
	bool same_row =
	    tasks[task].rows != FRIA_NONE &&
	    tasks[task].rows == tasks[seen_from->question.task].rows &&
	    seen_from->question.row;
	size_t from = task, end = task + 1;
	if (tasks[task].kind == FRIA_GROUP)
		end = tasks[task].end;
	for (; from < end; from++)
		for (size_t i = g->first[from]; i != FRIA_NONE;
		     i = g->next[i]) {
			const char *row = g->out->items[i].question.row;
			if (same_row && row &&
			    strcmp(row, seen_from->question.row) != 0)
				continue;
			if (call(g, i, data))
				return true;
		}
	return false;
}

/* Everything it rests on, and what decides whether it is shown. */
static bool each_upstream(graph *g, size_t at, visit call, void *data)
{
	const fria_task *tasks = g->in->instrument->tasks;
	const fria_judgement *j = &g->out->items[at];
	const fria_task *t = &tasks[j->question.task];
	for (size_t i = 0; i < t->upstream.n; i++)
		if (t->upstream.items[i].task != FRIA_NONE &&
		    each_of(g, t->upstream.items[i].task, j, call, data))
			return true;
	for (size_t up = j->question.task; up != FRIA_NONE;
	     up = tasks[up].parent)
		for (size_t i = 0; i < tasks[up].conditions.n; i++)
			if (tasks[up].conditions.items[i].task != FRIA_NONE &&
			    each_of(g, tasks[up].conditions.items[i].task, j,
				    call, data))
				return true;
	return false;
}

static bool has_moved(graph *g, size_t from, void *data)
{
	(void)data;
	return g->moved[from];
}

/* Passes through open questions, stops at hidden ones. */
static void pass_on(graph *g)
{
	bool again = true;
	for (size_t i = 0; i < g->out->n; i++)
		g->moved[i] = g->out->items[i].state == FRIA_STALE;
	while (again) {
		again = false;
		for (size_t i = 0; i < g->out->n; i++) {
			if (g->moved[i] ||
			    g->out->items[i].state == FRIA_HIDDEN ||
			    !each_upstream(g, i, has_moved, NULL))
				continue;
			g->moved[i] = true;
			again = true;
		}
	}
}

static bool mark(graph *g, size_t from, void *data)
{
	bool *reached = data;
	if (g->moved[from] && !reached[from]) {
		reached[from] = true;
		if (g->out->items[from].state != FRIA_STALE)
			each_upstream(g, from, mark, reached);
	}
	return false;
}

/* The nearest stale answers upstream: what to judge first. */
static void explain(graph *g, size_t at)
{
	fria_judgement *j = &g->out->items[at];
	bool *reached = fria_calloc(g->out->n, sizeof *reached);
	each_upstream(g, at, mark, reached);
	for (size_t i = 0; i < g->out->n; i++)
		if (reached[i] && g->out->items[i].state == FRIA_STALE) {
			j->because = fria_grow(j->because, j->because_n,
					       sizeof *j->because);
			j->because[j->because_n++] = i;
		}
	free(reached);
}

static void suspect(graph *g)
{
	pass_on(g);
	for (size_t i = 0; i < g->out->n; i++) {
		fria_judgement *j = &g->out->items[i];
		if (!g->moved[i] || j->state < FRIA_ANSWERED)
			continue;
		explain(g, i);
		if (j->state == FRIA_STALE)
			continue;
		if (g->in->adopted)
			j->state = FRIA_SUSPECT;
		else
			j->hint = true;
	}
}

/* --- measures --- */

static const char *cell(const graph *g, size_t group, const char *row,
			const char *key)
{
	const fria_instrument *in = g->in->instrument;
	const json_t *measure =
	    json_object_get(in->tasks[group].json, "measure");
	const char *id = fria_json_text(measure, key);
	size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
	if (task == FRIA_NONE)
		return NULL;
	return fria_json_text(
	    fria_assessment_answer(g->in->assessment, in, task, row), "value");
}

static const char *text_of_row(const graph *g, size_t group, const char *row)
{
	const fria_instrument *in = g->in->instrument;
	for (size_t i = group + 1; i < in->tasks[group].end; i++)
		if (in->tasks[i].kind == FRIA_TEXT && !in->tasks[i].measure)
			return fria_json_text(
			    fria_assessment_answer(g->in->assessment, in, i,
						   row),
			    "value");
	return NULL;
}

static bool is_overdue(const graph *g, const char *due, const char *status)
{
	fria_time day;
	bool closed = status && (!strcmp(status, "uitgevoerd") ||
				 !strcmp(status, "vervallen"));
	return !closed && due && fria_time_parse(&day, due) &&
	       g->in->as_of >= day + 86400;
}

static void add_measures(graph *g, size_t group)
{
	const fria_instrument *in = g->in->instrument;
	size_t i;
	json_t *row;
	json_array_foreach(fria_assessment_rows(g->in->assessment, in, group),
			   i, row) {
		const char *id = fria_json_text(row, "id");
		fria_measure m = {.group = group,
				  .row = id,
				  .text = text_of_row(g, group, id),
				  .owner = cell(g, group, id, "owner"),
				  .due = cell(g, group, id, "due"),
				  .status = cell(g, group, id, "status")};
		m.overdue = is_overdue(g, m.due, m.status);
		g->out->measures =
		    fria_grow(g->out->measures, g->out->measures_n,
			      sizeof *g->out->measures);
		g->out->measures[g->out->measures_n++] = m;
	}
}

/* --- counts and verdict --- */

static void count(fria_evaluation *out)
{
	fria_counts *c = &out->counts;
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		size_t *const by_state[] = {&c->hidden, &c->open,  &c->answered,
					    &c->waived, &c->stale, &c->suspect};
		c->dormant += j->dormant;
		c->visible += j->state != FRIA_HIDDEN;
		if (j->state == FRIA_OPEN && j->optional)
			c->optional++;
		else
			++*by_state[j->state];
	}
}

static bool is_incomplete(const fria_evaluation *out, const fria_instrument *in)
{
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		const char *kind = fria_json_text(
		    json_object_get(j->question.answer, "waived"), "kind");
		if (j->state == FRIA_HIDDEN || !must_answer(in, &j->question))
			continue;
		if (j->state == FRIA_OPEN || (kind && !strcmp(kind, "unknown")))
			return true;
	}
	return false;
}

static bool metric_over(const fria_evaluation *out)
{
	for (size_t i = 0; i < out->metrics_n; i++)
		if (out->metrics[i].over)
			return true;
	return false;
}

/* A review, a measure or a measurement. */
static bool is_overdue_somewhere(const fria_evaluation *out)
{
	if (out->review.overdue)
		return true;
	for (size_t i = 0; i < out->metrics_n; i++)
		if (out->metrics[i].overdue)
			return true;
	for (size_t i = 0; i < out->measures_n; i++)
		if (out->measures[i].overdue)
			return true;
	return false;
}

static void decide(graph *g)
{
	fria_evaluation *out = g->out;
	const fria_instrument *in = g->in->instrument;
	for (size_t i = 0; i < in->n && out->stopped_by == FRIA_NONE; i++)
		if (in->tasks[i].stop && in->tasks[i].kind == FRIA_NOTICE &&
		    fria_task_visible(in, g->in->assessment, i))
			out->stopped_by = i;
	if (out->stopped_by != FRIA_NONE || out->stopped)
		out->verdict = FRIA_BLOCKED;
	else if (is_incomplete(out, in))
		out->verdict = FRIA_INCOMPLETE;
	else if (out->counts.stale || out->counts.suspect ||
		 out->unanswered.n || metric_over(out) ||
		 (!out->at_rest && is_overdue_somewhere(out)))
		out->verdict = FRIA_NEEDS_REVIEW;
	else
		out->verdict = FRIA_CURRENT;
}

static void review(graph *g)
{
	fria_evaluation *out = g->out;
	if (!g->in->adopted || (!g->in->review.months && !g->in->review.days))
		return;
	out->review.known = true;
	out->review.last = g->in->adopted_at;
	out->review.due = fria_time_add(g->in->adopted_at, g->in->review);
	out->review.overdue = g->in->as_of > out->review.due;
}

/* --- the whole --- */

static void enumerate(graph *g)
{
	const fria_instrument *in = g->in->instrument;
	fria_questions all;
	fria_questions_list(&all, in, g->in->assessment);
	g->out->items = fria_calloc(all.n, sizeof *g->out->items);
	g->first = fria_malloc(in->n * sizeof *g->first);
	g->next = fria_malloc(all.n * sizeof *g->next);
	g->moved = fria_calloc(all.n, sizeof *g->moved);
	for (size_t i = 0; i < in->n; i++)
		g->first[i] = FRIA_NONE;
	for (size_t i = 0; i < all.n; i++)
		if (!in->tasks[all.items[i].task].measure)
			g->out->items[g->out->n++].question = all.items[i];
	for (size_t i = g->out->n; i-- > 0;) {
		size_t task = g->out->items[i].question.task;
		g->next[i] = g->first[task];
		g->first[task] = i;
	}
	fria_questions_dispose(&all);
}

void fria_evaluate(fria_evaluation *out, const fria_evaluation_input *input)
{
	graph g = {.in = input, .out = out, .facts = json_object()};
	*out =
	    (fria_evaluation){.stopped_by = FRIA_NONE, .as_of = input->as_of};
	enumerate(&g);
	for (size_t i = 0; i < out->n; i++)
		judge(&g, &out->items[i]);
	suspect(&g);
	for (size_t i = 0; i < input->instrument->n; i++)
		if (json_object_get(input->instrument->tasks[i].json,
				    "measure") &&
		    input->instrument->tasks[i].rows == i)
			add_measures(&g, i);
	count(out);
	review(&g);
	fria_monitoring_evaluate(out, input);
	fria_scores_evaluate(out, input);
	decide(&g);
	fria_elements_evaluate(out, input);
	fria_approvals_evaluate(out, input);
	free(g.first);
	free(g.next);
	free(g.moved);
	json_decref(g.facts);
}

void fria_evaluation_dispose(fria_evaluation *evaluation)
{
	for (size_t i = 0; i < evaluation->n; i++) {
		fria_judgement *j = &evaluation->items[i];
		for (size_t k = 0; k < j->n; k++) {
			free(j->reasons[k].what);
			json_decref(j->reasons[k].before);
			json_decref(j->reasons[k].after);
		}
		free(j->reasons);
		free(j->because);
	}
	free(evaluation->items);
	free(evaluation->measures);
	free(evaluation->metrics);
	fria_strings_dispose(&evaluation->unanswered);
	json_decref(evaluation->scores);
	json_decref(evaluation->calculations);
	json_decref(evaluation->conclusions);
	json_decref(evaluation->elements);
	json_decref(evaluation->approvals);
	fria_findings_dispose(&evaluation->findings);
	*evaluation = (fria_evaluation){.stopped_by = FRIA_NONE};
}

const fria_judgement *fria_evaluation_find(const fria_evaluation *evaluation,
					   size_t task, const char *row)
{
	for (size_t i = 0; i < evaluation->n; i++) {
		const fria_question *q = &evaluation->items[i].question;
		if (q->task == task &&
		    (row ? q->row && !strcmp(q->row, row) : !q->row))
			return &evaluation->items[i];
	}
	return NULL;
}
