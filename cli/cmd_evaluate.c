/* SPDX-License-Identifier: EUPL-1.2 */
/* fria evaluate: the verdict, and what to do next, upstream first. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_side(cli *c, fria_word word, const json_t *value, bool found)
{
	fria_buf text = FRIA_BUF_INIT;
	put(c, PLAIN, "       ");
	put_word(c, DIM, word, NULL);
	put(c, DIM, ": ");
	if (value)
		fria_fact_say(&text, value, c->lang);
	if (text.n > 300) {
		size_t cut = 300;
		while (cut && (text.text[cut] & 0xC0) == 0x80)
			cut--;
		text.text[cut] = '\0';
	}
	for (char *at = text.text; text.n && *at; at++)
		if (*at == '\n')
			*at = ' ';
	if (text.n)
		put(c, PLAIN, text.text);
	else
		put_word(c, DIM,
			 found ? FRIA_W_eval_nothing
			       : FRIA_W_eval_unknown_before,
			 NULL);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&text);
}

/* The text of an answer's form {"value"} or {"waived"}. */
static const json_t *inside(const json_t *form)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *waived = json_object_get(form, "waived");
	if (!value && waived)
		value = json_object_get(waived, "reason");
	return value ? value : form;
}

/* "was 85 on 4 March; the limit is 80" */
static void put_crossing(cli *c, const fria_reason *r)
{
	fria_buf value = FRIA_BUF_INIT, limit = FRIA_BUF_INIT;
	fria_fact_say(&value, json_object_get(r->after, "value"), c->lang);
	fria_fact_say(&limit, json_object_get(r->before, "threshold"), c->lang);
	const char *date = fria_json_text(r->after, "date");
	put(c, PLAIN, "       ");
	put_word(c, PLAIN, FRIA_W_eval_crossing, "value", value.text, "date",
		 date ? date : "?", "limit", limit.text, NULL);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&value);
	fria_buf_dispose(&limit);
}

static void put_reason(cli *c, const fria_reason *r)
{
	bool fact = r->cause == FRIA_BY_FACT;
	put(c, PLAIN, "     ");
	put_word(c, PLAIN, fria_reason_word(r), "what",
		 fria_reason_what(r, c->lang), NULL);
	if (fact && c->verbose)
		putf(c, DIM, " (%s)", r->what);
	put(c, PLAIN, "\n");
	bool taken_over = r->cause == FRIA_BY_EDIT && r->what;
	if (r->cause == FRIA_BY_INSTRUMENT || taken_over)
		return;
	if (r->cause == FRIA_BY_MONITORING) {
		put_crossing(c, r);
		return;
	}
	if (r->cause == FRIA_BY_EVENT) {
		put_side(c, FRIA_W_eval_said, r->after, true);
		return;
	}
	put_side(c, FRIA_W_eval_was, fact ? r->before : inside(r->before),
		 r->before || fact);
	put_side(c, FRIA_W_eval_now, fact ? r->after : inside(r->after), true);
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

static void put_because(cli *c, const fria_standing *s, const fria_judgement *j)
{
	put(c, PLAIN, "     ");
	put_word(c, DIM, FRIA_W_eval_because, NULL);
	const char *before = " ";
	for (size_t i = 0; i < j->because_n; i++) {
		const fria_judgement *first = &s->result.items[j->because[i]];
		const fria_instrument *in = s->input.instrument;
		putf(c, DIM, "%s%s", before,
		     in->tasks[first->question.task].id);
		before = ", ";
	}
	for (size_t i = 0; i < j->elsewhere.n; i++) {
		putf(c, DIM, "%s%s", before, j->elsewhere.items[i]);
		before = ", ";
	}
	put(c, PLAIN, "\n");
}

static void put_heading(cli *c, fria_word heading)
{
	put(c, PLAIN, "\n");
	put_word(c, BOLD, heading, NULL);
	put(c, PLAIN, "\n");
}

/* What is stale, in the order in which to judge it. */
static void put_todo(cli *c, const fria_standing *s)
{
	const fria_evaluation *e = &s->result;
	if (e->todo_n)
		put_heading(c, FRIA_W_eval_stale);
	for (size_t i = 0; i < e->todo_n; i++) {
		const fria_judgement *j = &e->items[e->todo[i]];
		put_question(c, s, j, "↻", YELLOW);
		for (size_t k = 0; k < j->n; k++)
			put_reason(c, &j->reasons[k]);
	}
}

/* The beginning of what another organisation wrote. */
static void put_example(cli *c, const fria_standing *s, const fria_judgement *j)
{
	const char *id = s->input.instrument->tasks[j->question.task].id;
	const json_t *texts = fria_example(s->input.assessment, id);
	if (json_array_size(texts))
		put_side(c, FRIA_W_example, json_array_get(texts, 0), true);
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
	put_word(c, DIM, FRIA_W_examples_of, "from", from ? from : "?", NULL);
	put(c, PLAIN, "\n");
}

/* One paragraph for each other state that asks for something. */
static void put_state(cli *c, const fria_standing *s, fria_state state,
		      fria_word heading, const char *symbol, style how)
{
	bool first = true;
	for (size_t i = 0; i < s->result.n; i++) {
		const fria_judgement *j = &s->result.items[i];
		if (j->state != state || (state == FRIA_OPEN && j->optional))
			continue;
		if (first)
			put_heading(c, heading);
		if (first && state == FRIA_OPEN)
			put_examples_of(c, s->input.assessment);
		first = false;
		put_question(c, s, j, symbol, how);
		if (state == FRIA_SUSPECT)
			put_because(c, s, j);
		if (state == FRIA_OPEN)
			put_example(c, s, j);
	}
}

static void put_counts(cli *c, const fria_counts *n)
{
	char answered[24], waived[24], open[24], stale[24], suspect[24];
	snprintf(answered, sizeof answered, "%zu", n->answered);
	snprintf(waived, sizeof waived, "%zu", n->waived);
	snprintf(open, sizeof open, "%zu", n->open);
	snprintf(stale, sizeof stale, "%zu", n->stale);
	snprintf(suspect, sizeof suspect, "%zu", n->suspect);
	put_word(c, PLAIN, FRIA_W_eval_counts, "answered", answered, "waived",
		 waived, "open", open, "stale", stale, "suspect", suspect,
		 NULL);
	put(c, PLAIN, "\n");
}

static void put_deadlines(cli *c, const fria_evaluation *e)
{
	fria_buf day = FRIA_BUF_INIT;
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		if (!m->overdue)
			continue;
		put_word(c, RED, FRIA_W_eval_overdue, "text", m->text, "due",
			 m->due, NULL);
		put(c, PLAIN, "\n");
	}
	if (e->review.known) {
		fria_day_say(&day, c->lang, e->review.due);
		put_word(c, e->review.overdue ? RED : PLAIN,
			 e->review.overdue ? FRIA_W_eval_review_overdue
					   : FRIA_W_eval_review,
			 "date", day.text, NULL);
		put(c, PLAIN, "\n");
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
			put_word(c, RED, FRIA_W_eval_metric_over, "metric",
				 m->title, "value", value.text, "limit",
				 limit.text, NULL);
			put(c, PLAIN, "\n");
		}
		if (m->overdue) {
			put_word(c, RED, FRIA_W_eval_metric_overdue, "metric",
				 m->title, "date", day.text, NULL);
			put(c, PLAIN, "\n");
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
		put_word(c, YELLOW, FRIA_W_eval_unanswered, "themes", list.text,
			 NULL);
		put(c, PLAIN, "\n");
	}
	fria_buf_dispose(&list);
}

/* Scores with their words, then conclusions with what they follow from. */
static void put_results(cli *c, const fria_evaluation *e)
{
	size_t i, k, row = 0;
	const char *previous = NULL;
	json_t *one, *because;
	json_array_foreach(e->calculations, i, one) {
		fria_buf value = FRIA_BUF_INIT;
		const char *word = fria_json_text(one, "text");
		fria_fact_say(&value, json_object_get(one, "value"), c->lang);
		const char *key = fria_json_text(one, "key");
		row = previous && !strcmp(previous, key) ? row + 1 : 1;
		previous = key;
		put(c, PLAIN, key);
		if (fria_json_text(one, "row"))
			putf(c, PLAIN, " [%zu]", row);
		putf(c, PLAIN, ": %s", word ? word : value.text);
		if (json_is_true(json_object_get(one, "stale")))
			put_word(c, YELLOW, FRIA_W_eval_on_stale, NULL);
		put(c, PLAIN, "\n");
		fria_buf_dispose(&value);
	}
	json_array_foreach(e->conclusions, i, one) {
		const char *text = fria_json_text(one, "text");
		if (!text)
			continue;
		put(c, BOLD, text);
		if (json_is_true(json_object_get(one, "stale")))
			put_word(c, YELLOW, FRIA_W_eval_on_stale, NULL);
		put(c, PLAIN, "\n");
		json_array_foreach(json_object_get(one, "because"), k, because)
			putf(c, DIM, "  %s\n", json_string_value(because));
	}
	for (i = 0; i < e->findings.n; i++) {
		fria_buf text = FRIA_BUF_INIT;
		fria_finding_text(&text, &e->findings.items[i], c->lang);
		putf(c, YELLOW, "%s\n", text.text);
		fria_buf_dispose(&text);
	}
}

static void put_text(cli *c, const fria_standing *s)
{
	static const style styles[] = {RED, BLUE, YELLOW, GREEN};
	const fria_evaluation *e = &s->result;
	putf(c, BOLD, "%s: ", c->args[0]);
	put_word(c, styles[e->verdict], fria_verdict_word(e->verdict), NULL);
	put(c, PLAIN, "\n");
	put_counts(c, &e->counts);
	put_check(c, s);
	put_metrics(c, e);
	put_deadlines(c, e);
	put_results(c, e);
	if (e->stopped_by != FRIA_NONE) {
		const fria_task *t = &s->input.instrument->tasks[e->stopped_by];
		put_word(c, RED, FRIA_W_eval_stopped, "task", t->id, "title",
			 fria_task_title(t, c->lang), NULL);
		put(c, PLAIN, "\n");
	}
	put_todo(c, s);
	put_state(c, s, FRIA_SUSPECT, FRIA_W_eval_suspect, "?", PLAIN);
	put_state(c, s, FRIA_OPEN, FRIA_W_eval_open, "○", PLAIN);
	if (e->verdict == FRIA_CURRENT) {
		put_word(c, PLAIN, FRIA_W_eval_done, NULL);
		put(c, PLAIN, "\n");
	}
}

int cmd_evaluate(cli *c, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	char head[FRIA_ID_SIZE];
	fria_time as_of = c->session.now;
	const char *date = given(c, "as-of");
	if (date && (!fria_date_is(date) || !fria_time_parse(&as_of, date))) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_date, "value", date,
			  NULL);
		return 2;
	}
	int code =
	    fria_snapshot_load(&s, c->ws, c->args[0], given(c, "at"), err);
	if (!code && given(c, "at") && !date && s->at)
		as_of = s->at;
	if (!code)
		code = fria_standing_make(&standing, c->ws, s, as_of, err);
	if (code) {
		fria_snapshot_free(s);
		return 2;
	}
	const fria_evaluation_place place = {
	    c->args[0], s->commit[0]			      ? s->commit
			: fria_store_head(head, c->ws->store) ? head
							      : NULL};
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
