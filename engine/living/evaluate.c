/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The heart: which answers still rest on what they were given on, which do
 * not and why, and what that makes of the assessment (DESIGN section 4).
 * Staleness is compared here, suspicion passed on in suspect.c; nothing is
 * stored.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation_input *in;
	fria_evaluation *out;
	fria_view *view;
	/* By rules: pointer to digest, as it stands in a basis. */
	json_t *facts[FRIA_RULES];
	fria_crossings crossed;
} graph;

const char *fria_state_id(fria_state state)
{
	static const char *const ids[] = {"hidden", "open",  "answered",
					  "waived", "stale", "suspect"};
	return ids[state];
}

const char *fria_reason_id(fria_reason_kind kind)
{
	static const char *const ids[] = {"fact",	"answer",     "edited",
					  "instrument", "monitoring", "event"};
	return ids[kind];
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
	if (r->kind == FRIA_BY_EDIT && r->what)
		return FRIA_W_cause_taken_over;
	if (r->kind == FRIA_BY_FACT && fria_law_is(r->what))
		return FRIA_W_cause_law;
	static const fria_word words[] = {
	    FRIA_W_cause_fact,	     FRIA_W_cause_answer,
	    FRIA_W_cause_edited,     FRIA_W_cause_instrument,
	    FRIA_W_cause_monitoring, FRIA_W_cause_event};
	return words[r->kind];
}

const char *fria_reason_what(const fria_reason *r, fria_lang lang)
{
	if (r->kind == FRIA_BY_FACT)
		return fria_fact_title(r->what, lang);
	if (r->kind == FRIA_BY_EVENT)
		return fria_word_text(fria_theme_word(r->what), lang);
	return r->title ? r->title : r->what ? r->what : "";
}

/* The question that a reason's answers are to, its questionnaire and the
 * assessment that it stands in. */
static size_t asked_by(const fria_instrument **in, const json_t **assessment,
		       const fria_reason *r, const fria_judgement *j,
		       const fria_evaluation_input *input)
{
	*in = input->instrument;
	*assessment = input->assessment;
	if (r->kind == FRIA_BY_EDIT)
		return j->question.task;
	size_t task = r->kind == FRIA_BY_ANSWER && r->what
			  ? fria_instrument_find(*in, r->what)
			  : FRIA_NONE;
	const char *id =
	    task == FRIA_NONE && r->what ? strchr(r->what, '#') : NULL;
	const fria_sibling *there =
	    id ? fria_sibling_find(*in, &input->siblings, r->what) : NULL;
	if (there) {
		*in = there->instrument;
		*assessment = there->assessment;
		task = fria_instrument_find(*in, id + 1);
	}
	return task;
}

/* Of an answer what it says, or why it says nothing. */
static json_t *said_in(json_t *form, const fria_instrument *in, size_t task,
		       fria_choices *choices)
{
	json_t *value = json_object_get(form, "value");
	json_t *waived = json_object_get(form, "waived");
	json_t *rows = json_object_get(form, "rows");
	fria_buf text = FRIA_BUF_INIT;
	if (rows && task != FRIA_NONE) {
		fria_choice_rows_say(&text, choices, task, rows);
		json_t *said = text.n ? fria_json_string(text.text) : NULL;
		fria_buf_dispose(&text);
		return said;
	}
	if (!value && waived)
		return json_incref(json_object_get(waived, "reason"));
	if (!value || task == FRIA_NONE || in->tasks[task].kind == FRIA_TEXT)
		return json_incref(value ? value : form);
	fria_choice_say(&text, choices, task, value);
	json_t *said = fria_json_string(text.text);
	fria_buf_dispose(&text);
	return said;
}

void fria_reason_sides(json_t **before, json_t **after, const fria_reason *r,
		       const fria_judgement *j,
		       const fria_evaluation_input *input)
{
	const fria_instrument *in;
	const json_t *assessment;
	size_t task = asked_by(&in, &assessment, r, j, input);
	json_t *was = NULL, *now = NULL;
	if (r->kind != FRIA_BY_FACT) {
		fria_choices *choices =
		    fria_choices_new(in, assessment, &input->siblings,
				     input->application, input->lang);
		*before = said_in(r->before, in, task, choices);
		*after = said_in(r->after, in, task, choices);
		fria_choices_free(choices);
		return;
	}
	fria_fact_narrow(&was, &now, r->what, r->before, r->after);
	*before = fria_fact_worded(r->what, was, input->lang);
	*after = fria_fact_worded(r->what, now, input->lang);
	json_decref(was);
	json_decref(now);
}

/* --- stale: an answer against its own basis --- */

void fria_reason_add(fria_judgement *j, fria_reason_kind kind, const char *what,
		     json_t *before, json_t *after)
{
	j->reasons = fria_grow(j->reasons, j->n, sizeof *j->reasons);
	j->reasons[j->n++] = (fria_reason){.kind = kind,
					   .what = fria_strdup(what),
					   .before = before,
					   .after = after,
					   .cause = FRIA_NONE};
}

static json_t *answer_was(const graph *g, const char *digest)
{
	return g->in->answer_was && digest
		   ? g->in->answer_was(g->in->data, digest)
		   : NULL;
}

/* The digest of what an edge leads to, computed once by each rules; borrowed.
 */
static const json_t *digest_now(const graph *g, const fria_fact_edge *e,
				const fria_strings *names, fria_rules rules)
{
	json_t *digests = g->facts[rules - 1];
	const char *key = fria_fact_edge_key(e, rules);
	fria_buf named = FRIA_BUF_INIT;
	for (size_t i = 0; names && i < names->n; i++)
		fria_buf_printf(&named, "%s\n%s", i ? "" : key,
				names->items[i]);
	if (named.n)
		key = named.text;
	json_t *known = json_object_get(digests, key);
	if (!known) {
		known =
		    fria_fact_edge_digest(e, g->in->application, names, rules);
		json_object_set_new(digests, key, known);
	}
	fria_buf_dispose(&named);
	return known;
}

static bool fact_holds(const graph *g, const fria_judgement *j,
		       const fria_fact_edge *e, const json_t *kept,
		       fria_rules rules)
{
	fria_strings own;
	const fria_strings *names =
	    fria_view_metrics(&own, g->view, e, j->question.row_number);
	bool holds = fria_fact_edge_directed(e, rules)
			 ? fria_fact_edge_holds(e, kept, g->in->application,
						names, rules)
			 : json_equal((json_t *)(uintptr_t)kept,
				      (json_t *)(uintptr_t)digest_now(
					  g, e, names, rules));
	fria_strings_dispose(&own);
	return holds;
}

/* What it was: as it came, where that can be found; of a change of value what
 * was kept, which another may have come after. New. */
static json_t *fact_was(const graph *g, const fria_fact_edge *e,
			const json_t *kept, const char *source)
{
	const json_t *value = json_object_get(kept, "value"), *old = NULL;
	if (g->in->facts_at && source)
		old = g->in->facts_at(g->in->data, source);
	if (!value && old)
		value = fria_fact(old, e->pointer);
	if (!value && !old)
		value = json_object_get(kept, "limits");
	return json_incref((json_t *)(uintptr_t)value);
}

/* Once for each fact, however many parts of it the question rests on. Takes
 * what it was. */
static void add_fact(const graph *g, fria_judgement *j, const char *pointer,
		     json_t *was, const fria_fact_edge *narrow)
{
	for (size_t i = 0; i < j->n; i++) {
		fria_reason *r = &j->reasons[i];
		if (r->kind != FRIA_BY_FACT || strcmp(r->what, pointer) != 0)
			continue;
		r->fact = NULL;
		json_decref(was);
		return;
	}
	fria_reason_add(j, FRIA_BY_FACT, pointer, was,
			json_incref(fria_fact(g->in->application, pointer)));
	j->reasons[j->n - 1].fact = narrow;
}

static void compare_facts(const graph *g, fria_judgement *j,
			  const json_t *basis, fria_rules rules)
{
	const fria_task *t = &g->in->instrument->tasks[j->question.task];
	const json_t *were = json_object_get(basis, "facts");
	const char *source = fria_json_text(basis, "source");
	for (size_t i = 0; i < t->facts.n; i++) {
		const fria_fact_edge *e = &t->facts.items[i];
		json_t *was =
		    json_object_get(were, fria_fact_edge_key(e, rules));
		if (!was || fact_holds(g, j, e, was, rules))
			continue;
		bool narrow = rules != FRIA_RULES_1 && e->key != e->pointer;
		add_fact(g, j, e->pointer, fact_was(g, e, was, source),
			 narrow ? e : NULL);
	}
}

static void compare_answers(const graph *g, fria_judgement *j,
			    const json_t *basis, fria_rules rules)
{
	const fria_instrument *in = g->in->instrument;
	const fria_edges *up = &in->tasks[j->question.task].upstream;
	const json_t *were = json_object_get(basis, "answers");
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		const char *was = fria_json_text(were, fria_edge_key(e, rules));
		size_t task = j->question.task, row = j->question.row_number;
		char room[FRIA_DIGEST_SIZE];
		if (!was ||
		    !strcmp(was, fria_view_edge_digest(g->view, e, task, row,
						       rules, room)))
			continue;
		fria_reason_add(
		    j, FRIA_BY_ANSWER, e->id, answer_was(g, was),
		    fria_view_edge_form(g->view, e, task, row, rules));
		if (fria_edge_narrows(e, rules))
			j->reasons[j->n - 1].rows = e;
	}
}

static void compare_value(const graph *g, fria_judgement *j,
			  const json_t *basis)
{
	const char *was = fria_json_text(basis, "value");
	const fria_question *q = &j->question;
	/* Shown and given: what others see of it is what it says. */
	if (was &&
	    !strcmp(was, fria_view_digest(g->view, q->task, q->row_number)))
		return;
	fria_reason_add(j, FRIA_BY_EDIT,
			basis ? NULL : fria_json_text(q->answer, "origin"),
			answer_was(g, was), fria_answer_form(q->answer));
}

static void compare_question(const graph *g, fria_judgement *j,
			     const json_t *basis)
{
	fria_lang lang = fria_assessment_language(g->in->assessment);
	const fria_instrument *in = g->in->instrument;
	size_t task = j->question.task;
	if (basis && !fria_basis_answers(basis, in, task, lang))
		fria_reason_add(j, FRIA_BY_INSTRUMENT, NULL, NULL,
				fria_json_string(fria_task_title(
				    &in->tasks[task], g->in->lang)));
}

/* A row that nobody has to add asks nothing until it is there; what stands
 * somewhere and is no answer asks for one. */
static bool must_answer(const fria_instrument *in, const fria_question *q)
{
	const fria_task *t = &in->tasks[q->task];
	return q->unfit || (t->required && (q->row || t->rows == FRIA_NONE ||
					    in->tasks[t->rows].required));
}

static void compare(const graph *g, fria_judgement *j, const json_t *basis)
{
	/* A document with rules of a newer program is not read at all. */
	fria_rules rules = FRIA_RULES;
	fria_basis_rules(&rules, basis);
	compare_value(g, j, basis);
	compare_question(g, j, basis);
	compare_facts(g, j, basis, rules);
	compare_answers(g, j, basis, rules);
	fria_monitoring_judge(j, g->in, &g->crossed, g->view, basis, rules);
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
	if (!given || j->question.unfit) {
		j->state = FRIA_OPEN;
		j->optional = g->out->superseded ||
			      !must_answer(g->in->instrument, &j->question);
		return;
	}
	if (!g->out->superseded)
		compare(g, j, basis);
	j->state = j->n ? FRIA_STALE : waived ? FRIA_WAIVED : FRIA_ANSWERED;
}

/* --- measures --- */

static const char *cell(const fria_instrument *in, const json_t *assessment,
			const fria_measure *m, size_t task)
{
	if (task == FRIA_NONE)
		return NULL;
	return fria_json_text(
	    fria_assessment_answer(assessment, in, task, m->row), "value");
}

static const char *text_of_row(const fria_instrument *in,
			       const json_t *assessment, const fria_measure *m)
{
	if (!m->row)
		return fria_task_title(&in->tasks[m->group],
				       fria_assessment_language(assessment));
	for (size_t i = m->group + 1; i < in->tasks[m->group].end; i++)
		if (in->tasks[i].kind == FRIA_TEXT && !in->tasks[i].measure)
			return fria_json_text(
			    fria_assessment_answer(assessment, in, i, m->row),
			    "value");
	return NULL;
}

void fria_measure_read(fria_measure *m, const fria_instrument *in,
		       const json_t *assessment)
{
	m->text = text_of_row(in, assessment, m);
	m->owner = cell(in, assessment, m, in->tasks[m->group].owner);
	m->due = cell(in, assessment, m, in->tasks[m->group].due);
	m->status = cell(in, assessment, m, in->tasks[m->group].status);
	m->progress = fria_progress_parse(m->status);
	m->closed = m->progress == FRIA_PROGRESS_DONE ||
		    m->progress == FRIA_PROGRESS_READY ||
		    m->progress == FRIA_PROGRESS_DROPPED;
}

static bool is_overdue(const graph *g, const fria_measure *m)
{
	fria_time day;
	return !m->closed && m->due && fria_time_parse(&day, m->due) &&
	       g->in->as_of >= day + 86400;
}

static void add_measures(graph *g, size_t group)
{
	const fria_instrument *in = g->in->instrument;
	size_t i;
	json_t *row;
	json_array_foreach(fria_assessment_rows(g->in->assessment, in, group),
			   i, row) {
		fria_measure m = {.group = group,
				  .row = fria_json_text(row, "id")};
		fria_measure_read(&m, in, g->in->assessment);
		m.overdue = is_overdue(g, &m);
		g->out->measures =
		    fria_grow(g->out->measures, g->out->measures_n,
			      sizeof *g->out->measures);
		g->out->measures[g->out->measures_n++] = m;
	}
}

/* Something to be done that stands in the form itself: it is open as long as
 * is asked by when. */
static void add_fixed(graph *g, size_t group)
{
	const fria_instrument *in = g->in->instrument;
	size_t due = in->tasks[group].due;
	fria_measure m = {.group = group};
	if (due == FRIA_NONE || !fria_view_shown(g->view, due, 0))
		return;
	fria_measure_read(&m, in, g->in->assessment);
	m.overdue = is_overdue(g, &m);
	g->out->measures = fria_grow(g->out->measures, g->out->measures_n,
				     sizeof *g->out->measures);
	g->out->measures[g->out->measures_n++] = m;
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
		if (j->state == FRIA_HIDDEN || !must_answer(in, &j->question))
			continue;
		if (j->state == FRIA_OPEN ||
		    fria_waiver_of(j->question.answer) == FRIA_WAIVER_UNKNOWN)
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

/* A measure, a measurement, or word whether anything changed. */
static bool is_overdue_somewhere(const fria_evaluation *out)
{
	if (out->pulse.overdue)
		return true;
	for (size_t i = 0; i < out->metrics_n; i++)
		if (out->metrics[i].overdue)
			return true;
	for (size_t i = 0; i < out->measures_n; i++)
		if (out->measures[i].overdue)
			return true;
	return false;
}

/* In some row, where it lies in rows. */
static bool is_shown(fria_view *v, size_t task)
{
	size_t n = fria_view_rows_of(v, task)->n;
	bool shown = !n && fria_view_shown(v, task, 0);
	for (size_t number = 1; number <= n && !shown; number++)
		shown = fria_view_shown(v, task, number);
	return shown;
}

/* Something besides the review asks to be looked at. */
static bool is_moved(const fria_evaluation *out)
{
	return out->counts.stale || out->counts.suspect || out->unanswered.n ||
	       metric_over(out) || (!out->at_rest && is_overdue_somewhere(out));
}

/* The first that holds; what is superseded asks nothing. */
static fria_verdict verdict_of(const fria_evaluation *out,
			       const fria_instrument *in)
{
	if (!out->superseded) {
		if (out->stopped_by != FRIA_NONE || out->stopped ||
		    out->against)
			return FRIA_BLOCKED;
		if (is_incomplete(out, in))
			return FRIA_INCOMPLETE;
		if (is_moved(out) || (!out->at_rest && out->review.overdue))
			return FRIA_NEEDS_REVIEW;
	}
	return FRIA_CURRENT;
}

static void decide(graph *g)
{
	fria_evaluation *out = g->out;
	const fria_instrument *in = g->in->instrument;
	for (size_t i = 0; i < in->n && out->stopped_by == FRIA_NONE; i++)
		if (in->tasks[i].stop && in->tasks[i].kind == FRIA_NOTICE &&
		    is_shown(g->view, i))
			out->stopped_by = i;
	out->verdict = verdict_of(out, in);
}

void fria_stopped_say(fria_buf *out, const fria_evaluation *e,
		      const fria_evaluation_input *input, fria_lang lang)
{
	if (e->stopped_by != FRIA_NONE) {
		const fria_task *t = &input->instrument->tasks[e->stopped_by];
		fria_buf_printf(out, "%s %s", t->id, fria_task_title(t, lang));
		return;
	}
	for (size_t i = 0; i < e->conclusions.n; i++) {
		const fria_conclusion *one = &e->conclusions.items[i];
		if (one->stops && one->text) {
			fria_buf_puts(out, one->text);
			return;
		}
	}
	if (e->against)
		fria_say(out, lang, FRIA_W_stopped_decision, "value",
			 fria_approval_value_say(e->decision, lang), "role",
			 fria_role_title(input->roles, e->decision->role, lang),
			 NULL);
}

/* --- the review --- */

static fria_time moment_of(const char *text)
{
	fria_time at = 0;
	if (text)
		fria_time_parse(&at, text);
	return at;
}

/* The end that the last decision set for itself, over or not. */
static fria_time decided_until(const fria_evaluation *out)
{
	fria_time end = 0;
	if (out->decision)
		return moment_of(out->decision->valid_until);
	for (size_t i = 0; i < out->approvals.n; i++) {
		const fria_approval *one = &out->approvals.items[i];
		const fria_lapses *because = &one->because;
		for (size_t k = 0; k < because->n; k++)
			if (one->kind == FRIA_ROLE_DECISION &&
			    because->items[k].kind == FRIA_LAPSE_EXPIRED)
				end = moment_of(one->valid_until);
	}
	return end;
}

static bool shorter(fria_duration a, fria_duration b)
{
	return (a.months || a.days) &&
	       ((!b.months && !b.days) ||
		fria_time_add(0, a) < fria_time_add(0, b));
}

/* From the last version or decision, whichever is later; the end that the
 * decision set comes first if it is earlier. */
static void review(graph *g)
{
	fria_evaluation *out = g->out;
	fria_duration every = g->in->review;
	const fria_approval *decision = out->decision;
	fria_time decided =
	    !decision ? 0
		      : moment_of(decision->decided_on ? decision->decided_on
						       : decision->at);
	fria_time until = decided_until(out);
	fria_time last = g->in->adopted ? g->in->adopted_at : 0;
	if (shorter(out->within, every))
		every = out->within;
	last = decided > last ? decided : last;
	if (out->superseded ||
	    (!until && (!last || (!every.months && !every.days))))
		return;
	out->review.known = true;
	out->review.last = last;
	out->review.due = last && (every.months || every.days)
			      ? fria_time_add(last, every)
			      : 0;
	if (until && (!out->review.due || until < out->review.due))
		out->review.due = until + 86399;
	out->review.overdue = g->in->as_of > out->review.due;
}

/* --- the whole --- */

static void enumerate(graph *g)
{
	const fria_instrument *in = g->in->instrument;
	fria_evaluation *out = g->out;
	fria_questions all;
	fria_view_questions(&all, g->view);
	out->items = fria_calloc(all.n, sizeof *out->items);
	out->first = fria_malloc(in->n * sizeof *out->first);
	out->next = fria_malloc(all.n * sizeof *out->next);
	for (size_t i = 0; i < in->n; i++)
		out->first[i] = FRIA_NONE;
	for (size_t i = 0; i < all.n; i++)
		if (!in->tasks[all.items[i].task].measure ||
		    (all.items[i].unfit && all.items[i].visible))
			out->items[out->n++].question = all.items[i];
	for (size_t i = out->n; i-- > 0;) {
		size_t task = out->items[i].question.task;
		out->next[i] = out->first[task];
		out->first[task] = i;
	}
	fria_questions_dispose(&all);
}

/* Names each answer that is none. */
static void note_unfit(fria_evaluation *out, const fria_evaluation_input *in)
{
	const size_t named = 50;
	for (size_t i = 0; i < out->n; i++) {
		const fria_question *q = &out->items[i].question;
		if (!q->unfit || !q->visible)
			continue;
		if (out->unfit++ < named)
			fria_question_unfit(&out->findings, in->instrument, q,
					    FRIA_WARNING, NULL, in->lang);
	}
}

static void note_offered(fria_evaluation *out, const fria_evaluation_input *in,
			 fria_view *view)
{
	fria_view_proposals(&out->proposals, view, in->application,
			    fria_assessment_language(in->assessment));
	out->counts.offered = fria_proposals_count(&out->proposals);
}

const json_t *fria_evaluation_value(const fria_evaluation *e,
				    const fria_evaluation_input *in,
				    size_t task, const char *row)
{
	const fria_judgement *j =
	    e->unfit ? fria_evaluation_find(e, task, row) : NULL;
	if (j && j->question.unfit)
		return NULL;
	return json_object_get(
	    fria_assessment_answer(in->assessment, in->instrument, task, row),
	    "value");
}

/* Words of the document alone lay nothing down. */
static void note_replaced(fria_evaluation *out, const fria_evaluation_input *in)
{
	const char *by = fria_json_text(in->assessment, "superseded_by");
	out->superseded = in->superseded;
	if (by && !in->superseded)
		fria_findings_add(&out->findings, FRIA_WARNING,
				  FRIA_W_superseded_not, NULL, "/superseded_by",
				  "by", by, NULL);
}

/* What another assessment took the place of asks nothing any more. */
static void lay_down(fria_evaluation *out)
{
	for (size_t i = 0; i < out->metrics_n; i++)
		out->metrics[i].over = out->metrics[i].overdue = false;
	for (size_t i = 0; i < out->measures_n; i++)
		out->measures[i].overdue = false;
	fria_strings_dispose(&out->unanswered);
	out->pulse.overdue = false;
}

void fria_evaluate(fria_evaluation *out, const fria_evaluation_input *input)
{
	graph g = {.in = input, .out = out};
	content_present present = {.in = input, .names = out->contents};
	for (size_t i = 0; i < FRIA_RULES; i++)
		g.facts[i] = json_object();
	g.view = fria_view_new(input->instrument, input->assessment,
			       &input->siblings);
	g.view->choices =
	    input->application ? fria_choices_of_input(input) : NULL;
	*out =
	    (fria_evaluation){.stopped_by = FRIA_NONE, .as_of = input->as_of};
	note_replaced(out, input);
	fria_crossings_find(&g.crossed, input);
	enumerate(&g);
	for (size_t i = 0; i < out->n; i++)
		judge(&g, &out->items[i]);
	note_unfit(out, input);
	note_offered(out, input, g.view);
	fria_suspect_evaluate(out, input, g.view);
	for (size_t i = 0; i < input->instrument->n; i++)
		if (input->instrument->tasks[i].measures &&
		    input->instrument->tasks[i].rows == i)
			add_measures(&g, i);
		else if (input->instrument->tasks[i].measures &&
			 input->instrument->tasks[i].rows == FRIA_NONE)
			add_fixed(&g, i);
	count(out);
	fria_approvals_evaluate(out, &present);
	fria_requests_evaluate(out, &present);
	content_present_dispose(&present);
	fria_monitoring_evaluate(out, input);
	if (out->superseded)
		lay_down(out);
	fria_scores_evaluate(out, input);
	fria_law_evaluate(out, input);
	fria_first_use_evaluate(out, input);
	review(&g);
	decide(&g);
	fria_elements_evaluate(out, input, g.view);
	fria_notification_evaluate(out, input);
	fria_choices_free(g.view->choices);
	fria_view_free(g.view);
	free(g.crossed.items);
	for (size_t i = 0; i < FRIA_RULES; i++)
		json_decref(g.facts[i]);
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
		fria_strings_dispose(&j->elsewhere);
		fria_strings_dispose(&j->mentions);
	}
	free(evaluation->items);
	free(evaluation->first);
	free(evaluation->next);
	free(evaluation->todo);
	free(evaluation->measures);
	free(evaluation->metrics);
	fria_strings_dispose(&evaluation->unanswered);
	for (size_t i = 0; i < FRIA_RULES; i++)
		fria_strings_dispose(&evaluation->contents[i]);
	fria_causes_dispose(&evaluation->causes);
	fria_coming_dispose(&evaluation->coming);
	fria_results_dispose(evaluation);
	for (size_t i = 0; i < FRIA_ELEMENTS; i++)
		free(evaluation->elements[i].tasks.items);
	fria_approvals_dispose(&evaluation->approvals);
	fria_requests_dispose(&evaluation->requests);
	fria_proposals_dispose(&evaluation->proposals);
	fria_findings_dispose(&evaluation->findings);
	*evaluation = (fria_evaluation){.stopped_by = FRIA_NONE};
}

const fria_judgement *fria_evaluation_find(const fria_evaluation *evaluation,
					   size_t task, const char *row)
{
	for (size_t i = evaluation->first[task]; i != FRIA_NONE;
	     i = evaluation->next[i]) {
		const char *own = evaluation->items[i].question.row;
		bool same = row && own ? !strcmp(own, row) : row == own;
		if (same)
			return &evaluation->items[i];
	}
	return NULL;
}
