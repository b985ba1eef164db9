/* SPDX-License-Identifier: EUPL-1.2 */
/* The difference between two states of an assessment, for a reviewer. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_diff *diff;
	const fria_side *from, *to;
	fria_document *doc;
	fria_lang lang;
} work;

static const char *side_name(const work *w, const fria_side *s)
{
	if (s->version)
		return s->version;
	if (s->revision)
		return s->revision;
	return s->commit ? s->commit
			 : fria_word_text(FRIA_W_diff_work_tree, w->lang);
}

static const fria_instrument *instrument_of(const work *w, const char *task,
					    size_t *at)
{
	*at = fria_instrument_find(w->to->instrument, task);
	if (*at != FRIA_NONE)
		return w->to->instrument;
	*at = fria_instrument_find(w->from->instrument, task);
	return w->from->instrument;
}

/* An answer's form, a row or a state as text. */
static void say_value(const work *w, fria_buf *out, const char *task,
		      const json_t *value)
{
	size_t at;
	const json_t *inner = json_object_get(value, "value");
	const json_t *waived = json_object_get(value, "waived");
	if (!value)
		return;
	if (waived) {
		const char *reason = fria_json_text(waived, "reason");
		fria_buf_puts(out, reason ? reason : "");
	} else if (inner && task) {
		const fria_instrument *in = instrument_of(w, task, &at);
		if (at != FRIA_NONE)
			fria_value_say(out, in, at, inner, w->lang);
	} else {
		fria_fact_say(out, inner ? inner : value, w->lang);
	}
}

static void put_words(fria_node *at, const char *before, const char *after)
{
	fria_edits edits = {NULL, 0};
	fria_node *p = fria_node_paragraph(at);
	fria_prose_diff(&edits, before, after);
	for (size_t i = 0; i < edits.n; i++) {
		const fria_edit *e = &edits.items[i];
		if (e->kind == FRIA_SAME)
			fria_node_text(p, e->text);
		else
			fria_node_marked(p,
					 e->kind == FRIA_ADDED ? FRIA_INSERTED
							       : FRIA_DELETED,
					 e->text);
	}
	fria_edits_dispose(&edits);
}

static void put_task(work *w, fria_node *at, const fria_difference *d)
{
	size_t task;
	const fria_instrument *in = instrument_of(w, d->task, &task);
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	char *anchor = d->row ? fria_format("%s-%s", d->task, d->row)
			      : fria_strdup(d->task);
	fria_node *q = fria_node_question(
	    at, anchor, d->task,
	    task == FRIA_NONE ? d->task
			      : fria_task_title(&in->tasks[task], w->lang));
	fria_node_text(fria_node_meta(q),
		       fria_word_text(fria_change_word(d->kind), w->lang));
	say_value(w, &before, d->task, d->before);
	say_value(w, &after, d->task, d->after);
	if (d->kind == FRIA_CHANGE_CONFIRMED)
		fria_node_paragraph_text(q, after.text);
	else
		put_words(q, before.text, after.text);
	if (d->note)
		fria_node_say(fria_node_paragraph(q), FRIA_W_diff_note, "note",
			      d->note, NULL);
	free(anchor);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

static void put_fact(work *w, fria_node *at, const fria_difference *d)
{
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	say_value(w, &before, NULL, d->before);
	say_value(w, &after, NULL, d->after);
	fria_node_change(at, fria_fact_title(d->pointer, w->lang), before.text,
			 after.text);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

static void put_plain(work *w, fria_node *at, const fria_difference *d)
{
	fria_node_change(at, fria_word_text(fria_change_word(d->kind), w->lang),
			 json_string_value(d->before),
			 json_string_value(d->after));
}

static fria_node *section(work *w, fria_node **kept, const char *anchor,
			  fria_word title)
{
	if (!*kept)
		*kept = fria_node_section(fria_document_body(w->doc), anchor,
					  fria_word_text(title, w->lang));
	return *kept;
}

fria_document *fria_report_changes(const fria_diff *diff, const char *name,
				   const fria_side *from, const fria_side *to,
				   fria_lang lang)
{
	work w = {diff, from, to, fria_document_new(lang), lang};
	fria_node *facts = NULL, *answers = NULL, *states = NULL, *top = NULL;
	char *sides =
	    fria_format("%s → %s", side_name(&w, from), side_name(&w, to));
	fria_document_title(w.doc, name, sides);
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		if (d->kind <= FRIA_CHANGE_RELEASE)
			put_plain(
			    &w,
			    section(&w, &top, "oordeel", FRIA_W_diff_verdict),
			    d);
		else if (d->kind == FRIA_CHANGE_FACT)
			put_fact(
			    &w,
			    section(&w, &facts, "gegevens", FRIA_W_diff_facts),
			    d);
		else if (d->kind == FRIA_CHANGE_STATE)
			put_task(
			    &w,
			    section(&w, &states, "standen", FRIA_W_diff_states),
			    d);
		else
			put_task(&w,
				 section(&w, &answers, "antwoorden",
					 FRIA_W_diff_answers),
				 d);
	}
	if (!diff->n)
		fria_node_paragraph_text(
		    fria_document_body(w.doc),
		    fria_word_text(FRIA_W_diff_none, lang));
	free(sides);
	return w.doc;
}
