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
	char *application; /* its id */
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
		fria_node_notice(
		    at, FRIA_TONE_OPEN,
		    fria_kept_say(
			at, FRIA_W_eval_unanswered, "themes", list->text,
			"application", w->application, "release",
			fria_json_text(w->in->application, "release"), NULL));
}

static void put_metric(const work *w, fria_node *at, const fria_metric *m)
{
	const json_t *value = json_object_get(m->last, "value");
	if (m->over)
		fria_node_notice(
		    at, FRIA_TONE_STOP,
		    fria_kept_say(at, FRIA_W_eval_metric_over, "metric",
				  m->title, "value",
				  part_fact(at, value, w->lang), "limit",
				  part_fact(at, m->limit, w->lang), NULL));
	if (m->overdue)
		fria_node_notice(at, FRIA_TONE_STOP,
				 fria_kept_say(at, FRIA_W_eval_metric_overdue,
					       "metric", m->title, "date",
					       fria_kept_day(at, m->due),
					       NULL));
}

static void put_deadlines(const work *w, fria_node *at)
{
	const fria_evaluation *e = w->e;
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		if (m->overdue)
			fria_node_notice(at, FRIA_TONE_STOP,
					 fria_kept_say(at, FRIA_W_eval_overdue,
						       "text", m->text, "due",
						       part_date(at, m->due),
						       NULL));
	}
	if (e->pulse.overdue)
		fria_node_notice(
		    at, FRIA_TONE_STOP,
		    fria_kept_say(at, FRIA_W_eval_pulse_overdue, "date",
				  fria_kept_day(at, e->pulse.last),
				  "application", w->application, NULL));
	if (e->review.known)
		fria_node_notice(
		    at, e->review.overdue ? FRIA_TONE_STOP : FRIA_TONE_PLAIN,
		    fria_kept_say(at,
				  e->review.overdue ? FRIA_W_eval_review_overdue
						    : FRIA_W_eval_review,
				  "date", fria_kept_day(at, e->review.due),
				  NULL));
}

static void put_stopped(const work *w, fria_node *at)
{
	fria_buf *why = fria_kept_text(at);
	fria_stopped_say(why, w->e, w->in, w->lang);
	if (why->n)
		fria_node_notice(at, FRIA_TONE_STOP,
				 fria_kept_say(at, FRIA_W_eval_stopped, "what",
					       why->text, NULL));
}

/* --- what is still to be done --- */

static void put_findings(const work *w, fria_node *at)
{
	for (size_t i = 0; i < w->e->findings.n; i++) {
		fria_buf *text = fria_kept_text(at);
		fria_finding_text(text, &w->e->findings.items[i], w->lang);
		fria_node_notice(at, FRIA_TONE_DOUBT, text->text);
	}
}

/* Each with the beginning of what another organisation wrote there. */
static void put_open(const work *w, fria_node *at)
{
	fria_positions open = {NULL, 0};
	fria_agenda_add(&open, w->e, FRIA_OPEN, false);
	if (open.n) {
		fria_node *section = fria_node_section(
		    at, "open", fria_word_text(FRIA_W_eval_open, w->lang));
		if (json_object_size(
			json_object_get(w->in->assessment, "examples")))
			fria_node_say(fria_node_meta(section),
				      FRIA_W_examples_of, "from",
				      part_origin(w->in->assessment), NULL);
		part_questions(section, w->e, w->in, &open, w->lang);
	}
	fria_positions_dispose(&open);
}

/* Comments that nobody has settled. */
static void put_comments(const work *w, fria_node *at)
{
	fria_comments all;
	fria_comments_find(&all, w->in->instrument, w->in->assessment);
	if (fria_comments_open(&all))
		fria_comments_view(
		    fria_node_section(
			at, "comments",
			fria_word_text(FRIA_W_eval_comments, w->lang)),
		    w->in, false);
	free(all.items);
}

/* Where all is answered, whether that is all. */
static void put_end(const work *w, fria_node *at)
{
	const fria_approvals *said = &w->e->approvals;
	bool whole = true;
	for (size_t i = 0; i < said->n; i++)
		whole = whole && said->items[i].state != FRIA_APPROVAL_MISSING;
	if (w->e->verdict == FRIA_CURRENT)
		fria_node_say(fria_node_paragraph(at),
			      w->e->adoptable ? FRIA_W_adopt_left
			      : whole	      ? FRIA_W_eval_done
					      : FRIA_W_eval_undecided,
			      "name", w->in->name, NULL);
	fria_node_notice(at, FRIA_TONE_PLAIN,
			 fria_word_text(FRIA_W_not_lawful, w->lang));
}

static void put_verdict(const work *w, fria_node *at, const char *name)
{
	const fria_evaluation *e = w->e;
	fria_node *line = fria_node_paragraph(at);
	fria_node_strong(line, name);
	fria_node_text(line, ": ");
	if (e->superseded)
		fria_node_say(line, FRIA_W_superseded_by, "by", e->superseded,
			      NULL);
	else
		part_verdict(line, e->verdict);
}

static void put_all(const work *w, fria_node *at)
{
	fria_confirmations held;
	part_counts(at, &w->e->counts, w->lang);
	fria_confirmations_evaluate(&held, w->in);
	part_confirmed(at, &held, w->in->last_version, w->lang);
	fria_confirmations_dispose(&held);
	put_stopped(w, at);
	put_check(w, at);
	for (size_t i = 0; i < w->e->metrics_n; i++)
		put_metric(w, at, &w->e->metrics[i]);
	put_deadlines(w, at);
	put_findings(w, at);
	fria_results_view(at, w->e, w->in, false, w->lang);
	fria_causes_view(at, w->e, w->in, w->lang);
	put_open(w, at);
	put_comments(w, at);
	fria_words_view(at, w->e, w->in, w->lang);
	put_end(w, at);
}

void fria_evaluation_view(fria_node *at, const char *name,
			  const fria_evaluation *e,
			  const fria_evaluation_input *in, fria_lang lang)
{
	const work w = {e, in, lang, fria_strndup(name, strcspn(name, "/"))};
	put_verdict(&w, at, name);
	if (!e->superseded)
		put_all(&w, at);
	free(w.application);
}
