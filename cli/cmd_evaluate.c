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

static void put_reason(cli *c, const fria_reason *r)
{
	static const fria_word words[] = {
	    FRIA_W_cause_fact, FRIA_W_cause_answer, FRIA_W_cause_edited,
	    FRIA_W_cause_instrument};
	bool fact = r->cause == FRIA_BY_FACT;
	put(c, PLAIN, "     ");
	put_word(c, PLAIN, words[r->cause], "what",
		 fact ? fria_fact_title(r->what, c->lang) : r->what, NULL);
	if (fact && c->verbose)
		putf(c, DIM, " (%s)", r->what);
	put(c, PLAIN, "\n");
	if (r->cause == FRIA_BY_INSTRUMENT)
		return;
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
	for (size_t i = 0; i < j->because_n; i++)
		putf(c, DIM, i ? ", %s" : " %s",
		     s->input.instrument
			 ->tasks[s->result.items[j->because[i]].question.task]
			 .id);
	put(c, PLAIN, "\n");
}

/* One paragraph for each state that asks for something. */
static void put_state(cli *c, const fria_standing *s, fria_state state,
		      fria_word heading, const char *symbol, style how)
{
	bool first = true;
	for (size_t i = 0; i < s->result.n; i++) {
		const fria_judgement *j = &s->result.items[i];
		if (j->state != state || (state == FRIA_OPEN && j->optional))
			continue;
		if (first) {
			put(c, PLAIN, "\n");
			put_word(c, BOLD, heading, NULL);
			put(c, PLAIN, "\n");
		}
		first = false;
		put_question(c, s, j, symbol, how);
		for (size_t k = 0; k < j->n; k++)
			put_reason(c, &j->reasons[k]);
		if (state == FRIA_SUSPECT)
			put_because(c, s, j);
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

static void put_text(cli *c, const fria_standing *s)
{
	static const style styles[] = {RED, BLUE, YELLOW, GREEN};
	const fria_evaluation *e = &s->result;
	putf(c, BOLD, "%s: ", c->args[0]);
	put_word(c, styles[e->verdict], fria_verdict_word(e->verdict), NULL);
	put(c, PLAIN, "\n");
	put_counts(c, &e->counts);
	put_deadlines(c, e);
	if (e->stopped_by != FRIA_NONE) {
		const fria_task *t = &s->input.instrument->tasks[e->stopped_by];
		put_word(c, RED, FRIA_W_eval_stopped, "task", t->id, "title",
			 fria_task_title(t, c->lang), NULL);
		put(c, PLAIN, "\n");
	}
	put_state(c, s, FRIA_STALE, FRIA_W_eval_stale, "↻", YELLOW);
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
	int code = fria_snapshot_load(&s, c->ws, c->args[0], NULL, err);
	if (!code)
		code = fria_standing_make(&standing, c->ws, s, as_of, err);
	if (code) {
		fria_snapshot_free(s);
		return 2;
	}
	const fria_evaluation_place place = {
	    c->args[0], fria_store_head(head, c->ws->store) ? head : NULL};
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
