/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How an assessment stands, for who works on it: the verdict, and all that asks
 * for something, in the order in which to look at it.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation *e;
	const fria_evaluation_input *in;
	fria_lang lang;
	const char *application; /* its id */
} work;

/* --- what is late, over a limit, or was not answered --- */

static void put_check(const work *w, fria_node *at)
{
	const fria_strings *themes = &w->e->unanswered;
	fria_buf *list = fria_kept_text(at);
	for (size_t i = 0; i < themes->n; i++)
		fria_buf_printf(
		    list, i ? "; %s" : "%s",
		    fria_word_text(fria_theme_word(themes->items[i]), w->lang));
	if (themes->n)
		fria_notice_say(
		    at, FRIA_TONE_OPEN, FRIA_W_eval_unanswered, "themes",
		    list->text, "application", w->application, "release",
		    fria_json_text(w->in->application, "release"), NULL);
}

static void put_metrics(const work *w, fria_node *at)
{
	for (size_t i = 0; i < w->e->metrics_n; i++) {
		const fria_metric *m = &w->e->metrics[i];
		const json_t *value = json_object_get(m->last, "value");
		if (m->over)
			fria_notice_say(at, FRIA_TONE_STOP,
					FRIA_W_eval_metric_over, "metric",
					m->title, "value", part_fact(at, value),
					"limit", part_fact(at, m->limit), NULL);
		if (m->overdue)
			fria_notice_say(at, FRIA_TONE_STOP,
					FRIA_W_eval_metric_overdue, "metric",
					m->title, "date",
					fria_kept_day(at, m->due), NULL);
	}
}

static void put_deadlines(const work *w, fria_node *at)
{
	const fria_evaluation *e = w->e;
	for (size_t i = 0; i < e->measures_n; i++)
		if (e->measures[i].overdue)
			fria_notice_say(at, FRIA_TONE_STOP, FRIA_W_eval_overdue,
					"text", e->measures[i].text, "due",
					part_date(at, e->measures[i].due),
					NULL);
	if (e->pulse.overdue)
		fria_notice_say(at, FRIA_TONE_STOP, FRIA_W_eval_pulse_overdue,
				"date", fria_kept_day(at, e->pulse.last),
				"application", w->application, NULL);
	if (e->review.known)
		fria_notice_say(
		    at, e->review.overdue ? FRIA_TONE_STOP : FRIA_TONE_PLAIN,
		    e->review.overdue ? FRIA_W_eval_review_overdue
				      : FRIA_W_eval_review,
		    "date", fria_kept_day(at, e->review.due), NULL);
}

/* --- what is still to be done --- */

/* Each with the beginning of what another organisation wrote there. */
static void put_open(const work *w, fria_node *at)
{
	fria_positions open = {NULL, 0};
	fria_agenda_add(&open, w->e, FRIA_OPEN, false);
	if (open.n) {
		at = fria_section_word(at, "open", FRIA_W_eval_open);
		if (json_object_size(
			json_object_get(w->in->assessment, "examples")))
			fria_meta_say(at, FRIA_W_examples_of, "from",
				      part_origin(w->in->assessment), NULL);
		part_questions(at, w->e, w->in, &open);
	}
	fria_positions_dispose(&open);
}

/* Where all is answered, whether that is all. */
static void put_end(const work *w, fria_node *at)
{
	const fria_approvals *said = &w->e->approvals;
	bool whole = true;
	for (size_t i = 0; i < said->n; i++)
		whole = whole && said->items[i].state != FRIA_APPROVAL_MISSING;
	if (w->e->verdict == FRIA_CURRENT)
		fria_paragraph_say(at,
				   w->e->adoptable ? FRIA_W_adopt_left
				   : whole	   ? FRIA_W_eval_done
						   : FRIA_W_eval_undecided,
				   "name", w->in->name, NULL);
	fria_notice_say(at, FRIA_TONE_PLAIN, FRIA_W_not_lawful, NULL);
}

static void put_all(const work *w, fria_node *at)
{
	fria_buf *stopped = fria_kept_text(at);
	fria_confirmations held;
	part_counts(at, &w->e->counts);
	fria_confirmations_evaluate(&held, w->in);
	part_confirmed(at, &held, w->in->last_version);
	fria_confirmations_dispose(&held);
	fria_stopped_say(stopped, w->e, w->in, w->lang);
	if (stopped->n)
		fria_notice_say(at, FRIA_TONE_STOP, FRIA_W_eval_stopped, "what",
				stopped->text, NULL);
	put_check(w, at);
	put_metrics(w, at);
	put_deadlines(w, at);
	for (size_t i = 0; i < w->e->findings.n; i++) {
		fria_buf *text = fria_kept_text(at);
		fria_finding_say(text, &w->e->findings.items[i], w->lang,
				 fria_node_buttons(at));
		fria_node_notice(at, FRIA_TONE_DOUBT, text->text);
	}
	fria_results_view(at, w->e, w->in, false);
	fria_causes_view(at, w->e, w->in, NULL);
	put_open(w, at);

	fria_comments comments;
	fria_comments_find(&comments, w->in->instrument, w->in->assessment);
	if (fria_comments_open(&comments))
		fria_comments_view(
		    fria_section_word(at, "comments", FRIA_W_eval_comments),
		    w->in, false);
	free(comments.items);
	fria_words_view(at, w->e, w->in);
	put_end(w, at);
}

void fria_evaluation_view(fria_node *at, const char *name,
			  const fria_evaluation *e,
			  const fria_evaluation_input *in)
{
	const work w = {
	    e, in, fria_node_lang(at),
	    fria_kept_format(at, "%.*s", (int)strcspn(name, "/"), name)};
	fria_node *line = fria_node_paragraph(at);
	fria_node_strong(line, name);
	fria_node_text(line, ": ");
	if (e->superseded) {
		fria_node_say(line, FRIA_W_superseded_by, "by", e->superseded,
			      NULL);
	} else {
		part_verdict(line, e->verdict);
		put_all(&w, at);
	}
}
