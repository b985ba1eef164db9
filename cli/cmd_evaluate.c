/* SPDX-License-Identifier: EUPL-1.2 */
/* fria evaluate: the verdict, and what to do next, upstream first. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- questions, those of a group's rows that are alike as one --- */

static size_t rows_of(const fria_standing *s, const fria_judgement *j)
{
	return s->input.instrument->tasks[j->question.task].rows;
}

static void put_question(cli *c, const fria_standing *s,
			 const fria_judgement *j, const char *symbol, style how)
{
	const fria_instrument *in = s->input.instrument;
	const fria_task *t = &in->tasks[j->question.task];
	putf(c, how, "  %s %s", symbol, t->id);
	if (j->question.row_number)
		putf(c, PLAIN, " [%zu]", j->question.row_number);
	putf(c, PLAIN, "  %s\n", fria_task_title(t, c->lang));
}

/* The same of n answers in the rows of a group. */
static void put_group(cli *c, const fria_standing *s, const fria_judgement *j,
		      size_t n, const char *symbol, style how)
{
	const fria_task *t = &s->input.instrument->tasks[rows_of(s, j)];
	char answers[24];
	snprintf(answers, sizeof answers, "%zu", n);
	putf(c, how, "  %s %s", symbol, t->id);
	putf(c, PLAIN, "  %s (", fria_task_title(t, c->lang));
	put_word(c, PLAIN, FRIA_W_eval_cells, "answers", answers, NULL);
	put(c, PLAIN, ")\n");
}

/* What to judge first; of a group's rows the group. Of what is stale itself
 * the order says so, but for what lies in another assessment. */
static void put_because(cli *c, const fria_standing *s, const fria_judgement *j)
{
	const fria_instrument *in = s->input.instrument;
	fria_strings names = FRIA_STRINGS_INIT;
	bool stale = j->state == FRIA_STALE;
	for (size_t i = 0; i < j->because_n && !stale; i++) {
		const fria_judgement *first = &s->result.items[j->because[i]];
		size_t task = rows_of(s, first) == FRIA_NONE
				  ? first->question.task
				  : rows_of(s, first);
		if (!fria_strings_has(&names, in->tasks[task].id))
			fria_strings_add(&names, in->tasks[task].id);
	}
	for (size_t i = 0; i < j->elsewhere.n; i++)
		fria_strings_add(&names, j->elsewhere.items[i]);
	if (names.n) {
		put(c, PLAIN, "     ");
		put_word(c, DIM,
			 stale ? FRIA_W_eval_first : FRIA_W_eval_because, NULL);
		for (size_t i = 0; i < names.n; i++)
			putf(c, DIM, i ? ", %s" : " %s", names.items[i]);
		put(c, PLAIN, "\n");
	}
	fria_strings_dispose(&names);
}

static void put_heading(cli *c, fria_word heading)
{
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, heading, NULL);
}

/* The beginning of what another organisation wrote. */
static void put_example(cli *c, const fria_standing *s, const fria_judgement *j)
{
	const char *id = s->input.instrument->tasks[j->question.task].id;
	const json_t *texts = fria_example(s->input.assessment, id);
	if (json_array_size(texts))
		put_beginning(c, FRIA_W_example, json_array_get(texts, 0),
			      true);
}

/* Whose examples they are, said once. */
static void put_examples_of(cli *c, const json_t *assessment)
{
	const json_t *origin = json_object_get(assessment, "origin");
	const char *from = fria_json_text(origin, "organisation");
	if (!from)
		from = fria_json_text(origin, "from");
	if (!json_object_size(json_object_get(assessment, "examples")))
		return;
	put(c, PLAIN, "  ");
	put_sentence(c, DIM, FRIA_W_examples_of, "from", from ? from : "?",
		     NULL);
}

/* A paragraph about the first of the list and all that are like it; these
 * are struck out (FRIA_NONE). */
static void put_alike(cli *c, const fria_standing *s, size_t *list, size_t n,
		      const char *symbol, style how)
{
	const fria_judgement *j = &s->result.items[list[0]];
	size_t count = 1;
	for (size_t i = 1; i < n; i++)
		if (list[i] != FRIA_NONE &&
		    fria_judgement_alike(s->input.instrument, j,
					 &s->result.items[list[i]])) {
			list[i] = FRIA_NONE;
			count++;
		}
	if (count > 1)
		put_group(c, s, j, count, symbol, how);
	else
		put_question(c, s, j, symbol, how);
	for (size_t i = 0; i < j->n; i++)
		put_reason(c, s, j, &j->reasons[i]);
	put_because(c, s, j);
	if (j->state == FRIA_OPEN)
		put_example(c, s, j);
}

/* Positions, in the order in which to show them; strikes out what was told. */
static void put_list(cli *c, const fria_standing *s, size_t *list, size_t n,
		     fria_word heading, const char *symbol, style how)
{
	if (n)
		put_heading(c, heading);
	if (n && s->result.items[list[0]].state == FRIA_OPEN)
		put_examples_of(c, s->input.assessment);
	for (size_t i = 0; i < n; i++)
		if (list[i] != FRIA_NONE)
			put_alike(c, s, list + i, n - i, symbol, how);
}

/* One paragraph for each state that asks for something. */
static void put_state(cli *c, const fria_standing *s, fria_state state,
		      fria_word heading, const char *symbol, style how)
{
	fria_positions list = {NULL, 0};
	fria_agenda_add(&list, &s->result, state, false);
	put_list(c, s, list.items, list.n, heading, symbol, how);
	fria_positions_dispose(&list);
}

static void put_counts(cli *c, const fria_counts *n)
{
	char answered[24], waived[24], open[24], stale[24], suspect[24];
	snprintf(answered, sizeof answered, "%zu", n->answered);
	snprintf(waived, sizeof waived, "%zu", n->waived);
	snprintf(open, sizeof open, "%zu", n->open);
	snprintf(stale, sizeof stale, "%zu", n->stale);
	snprintf(suspect, sizeof suspect, "%zu", n->suspect);
	put_sentence(c, PLAIN, FRIA_W_eval_counts, "answered", answered,
		     "waived", waived, "open", open, "stale", stale, "suspect",
		     suspect, NULL);
}

static void put_deadlines(cli *c, const fria_evaluation *e)
{
	fria_buf day = FRIA_BUF_INIT;
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		if (!m->overdue)
			continue;
		put_sentence(c, RED, FRIA_W_eval_overdue, "text", m->text,
			     "due", m->due, NULL);
	}
	if (e->pulse.overdue) {
		fria_day_say(&day, c->lang, e->pulse.last);
		char *id = fria_format("%.*s", (int)strcspn(c->args[0], "/"),
				       c->args[0]);
		put_sentence(c, RED, FRIA_W_eval_pulse_overdue, "date",
			     day.text, "application", id, NULL);
		free(id);
		fria_buf_clear(&day);
	}
	if (e->review.known) {
		fria_day_say(&day, c->lang, e->review.due);
		put_sentence(c, e->review.overdue ? RED : PLAIN,
			     e->review.overdue ? FRIA_W_eval_review_overdue
					       : FRIA_W_eval_review,
			     "date", day.text, NULL);
	}
	fria_buf_dispose(&day);
}

static void put_metrics(cli *c, const fria_evaluation *e)
{
	for (size_t i = 0; i < e->metrics_n; i++) {
		const fria_metric *m = &e->metrics[i];
		fria_buf value = FRIA_BUF_INIT, limit = FRIA_BUF_INIT;
		fria_buf day = FRIA_BUF_INIT;
		fria_fact_say(&value, json_object_get(m->last, "value"),
			      c->lang);
		fria_fact_say(&limit, m->limit, c->lang);
		fria_day_say(&day, c->lang, m->due);
		if (m->over) {
			put_sentence(c, RED, FRIA_W_eval_metric_over, "metric",
				     m->title, "value", value.text, "limit",
				     limit.text, NULL);
		}
		if (m->overdue) {
			put_sentence(c, RED, FRIA_W_eval_metric_overdue,
				     "metric", m->title, "date", day.text,
				     NULL);
		}
		fria_buf_dispose(&value);
		fria_buf_dispose(&limit);
		fria_buf_dispose(&day);
	}
}

static void put_check(cli *c, const fria_standing *s)
{
	const fria_strings *themes = &s->result.unanswered;
	fria_buf list = FRIA_BUF_INIT;
	for (size_t i = 0; i < themes->n; i++)
		fria_buf_printf(
		    &list, i ? "; %s" : "%s",
		    fria_word_text(fria_theme_word(themes->items[i]), c->lang));
	if (themes->n) {
		const char *release =
		    fria_json_text(s->input.application, "release");
		char *id = fria_format("%.*s", (int)strcspn(c->args[0], "/"),
				       c->args[0]);
		put_sentence(c, YELLOW, FRIA_W_eval_unanswered, "themes",
			     list.text, "application", id, "release", release,
			     NULL);
		free(id);
	}
	fria_buf_dispose(&list);
}

static void put_stopped(cli *c, const fria_standing *s)
{
	fria_buf why = FRIA_BUF_INIT;
	fria_stopped_say(&why, &s->result, &s->input, c->lang);
	if (why.n)
		put_sentence(c, RED, FRIA_W_eval_stopped, "what", why.text,
			     NULL);
	fria_buf_dispose(&why);
}

/* Comments that nobody has settled. */
static void put_remarks(cli *c, const fria_standing *s)
{
	json_t *all = fria_comments(s->input.instrument, s->input.assessment);
	bool open = false;
	for (size_t i = 0; i < json_array_size(all); i++)
		open = open ||
		       !json_object_get(json_array_get(all, i), "resolved");
	if (open) {
		put(c, PLAIN, "\n");
		put_sentence(c, BOLD, FRIA_W_eval_comments, NULL);
		put_comments(c, all, false);
	}
	json_decref(all);
}

/* What changed, and what is to be judged again through it. */
static void put_causes(cli *c, const fria_standing *s)
{
	fria_document *page = fria_document_new(c->lang);
	fria_node *body = fria_document_body(page);
	if (fria_causes_view(body, &s->result, &s->input, c->lang)) {
		put(c, PLAIN, "\n");
		put_view(c, body);
	}
	fria_document_free(page);
}

/* What roles said; false if something is missing. */
static bool put_words(cli *c, const fria_standing *s)
{
	fria_document *page = fria_document_new(c->lang);
	fria_node *body = fria_document_body(page);
	bool whole = fria_words_view(body, &s->result, &s->input, c->lang);
	if (s->result.approvals.n) {
		put(c, PLAIN, "\n");
		put_view(c, body);
	}
	fria_document_free(page);
	return whole;
}

/* Scores, conclusions, and what the engine found about them. */
static void put_results(cli *c, const fria_standing *s)
{
	fria_document *page = fria_document_new(c->lang);
	fria_node *body = fria_document_body(page);
	fria_results_view(body, &s->result, &s->input, c->lang);
	if (s->result.scores.n)
		put(c, PLAIN, "\n");
	put_view(c, body);
	for (size_t i = 0; i < s->result.findings.n; i++) {
		fria_buf text = FRIA_BUF_INIT;
		fria_finding_text(&text, &s->result.findings.items[i], c->lang);
		putf(c, YELLOW, "%s\n", text.text);
		fria_buf_dispose(&text);
	}
	fria_document_free(page);
}

static void put_text(cli *c, const fria_standing *s)
{
	static const style styles[] = {RED, BLUE, YELLOW, GREEN};
	const fria_evaluation *e = &s->result;
	fria_confirmations held;
	putf(c, BOLD, "%s: ", c->args[0]);
	put_sentence(c, e->superseded ? DIM : styles[e->verdict],
		     e->superseded ? FRIA_W_superseded_by
				   : fria_verdict_word(e->verdict),
		     "by", e->superseded, NULL);
	if (e->superseded)
		return;
	put_counts(c, &e->counts);
	fria_confirmations_evaluate(&held, &s->input);
	put_confirmed(c, &held, s->input.last_version);
	fria_confirmations_dispose(&held);
	put_check(c, s);
	put_metrics(c, e);
	put_deadlines(c, e);
	put_results(c, s);
	put_stopped(c, s);
	put_causes(c, s);
	put_state(c, s, FRIA_OPEN, FRIA_W_eval_open, "○", PLAIN);
	put_remarks(c, s);
	bool whole = put_words(c, s);
	put_open_requests(c, s);
	if (e->verdict == FRIA_CURRENT)
		put_sentence(c, PLAIN,
			     whole ? FRIA_W_eval_done : FRIA_W_eval_undecided,
			     NULL);
	put(c, PLAIN, "\n");
	put_wrapped(c, 0, fria_word_text(FRIA_W_not_lawful, c->lang));
}

int cmd_evaluate(cli *c, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	char head[FRIA_ID_SIZE];
	fria_time as_of = 0;
	const char *date = given(c, "as-of");
	if (date)
		fria_time_parse(&as_of, date);
	int code =
	    fria_snapshot_load(&s, c->ws, c->args[0], given(c, "at"), err);
	if (!code)
		code = fria_standing_make(&standing, c->ws, s,
					  date ? as_of : s->day, err);
	if (code) {
		fria_snapshot_free(s);
		return 2;
	}
	const fria_evaluation_place place = {
	    c->args[0], s->commit[0]			      ? s->commit
			: fria_store_head(head, c->ws->store) ? head
							      : NULL};
	fria_causes_find(&standing.result, &standing.input);
	if (c->json)
		put_json(c, fria_evaluation_json(&standing.result,
						 &standing.input, &place));
	else
		put_text(c, &standing);
	int status = standing.result.verdict == FRIA_CURRENT ? 0 : 1;
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return status;
}
