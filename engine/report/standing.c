/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was derived, as parts of a report: head, state, measures, results.
 *
 * Calls up to answers.c: each thing points at the answer that it comes from.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

fria_tone fria_state_tone(fria_state state)
{
	static const fria_tone tones[] = {
	    [FRIA_HIDDEN] = FRIA_TONE_PLAIN,  [FRIA_OPEN] = FRIA_TONE_OPEN,
	    [FRIA_ANSWERED] = FRIA_TONE_GOOD, [FRIA_WAIVED] = FRIA_TONE_PLAIN,
	    [FRIA_STALE] = FRIA_TONE_AGAIN,   [FRIA_SUSPECT] = FRIA_TONE_DOUBT};
	return tones[state];
}

fria_tone fria_verdict_tone(fria_verdict verdict)
{
	static const fria_tone tones[] = {[FRIA_BLOCKED] = FRIA_TONE_STOP,
					  [FRIA_INCOMPLETE] = FRIA_TONE_OPEN,
					  [FRIA_NEEDS_REVIEW] = FRIA_TONE_AGAIN,
					  [FRIA_CURRENT] = FRIA_TONE_GOOD};
	return tones[verdict];
}

void part_verdict(fria_node *at, fria_verdict verdict)
{
	fria_node_label(at, fria_verdict_tone(verdict),
			fria_verdict_word(verdict));
}

/* --- the head --- */

static void key(fria_parts *w, fria_word name, const char *value)
{
	if (value && *value)
		fria_node_text(fria_document_key(w->doc, name), value);
}

/* Another organisation's assessment that this one started from. */
static void key_origin(fria_parts *w)
{
	const json_t *origin =
	    json_object_get(w->r->input->assessment, "origin");
	const char *from = fria_json_text(origin, "from");
	const char *organisation = fria_json_text(origin, "organisation");
	const char *version = fria_json_text(origin, "version");
	if (from && organisation)
		key(w, FRIA_W_head_relies,
		    fria_kept_format(fria_document_head(w->doc), "%s, %s%s%s",
				     organisation, from, version ? " " : "",
				     version ? version : ""));
}

/* Title; which version it is and how it stands on which day; whose it is. */
static void put_keys(fria_parts *w)
{
	const fria_report *r = w->r;
	const json_t *application = r->input->application;
	const char *name = fria_json_text(application, "name");
	const char *title = fria_instrument_title(w->in, r->lang);
	fria_document_title(w->doc, name ? name : r->name,
			    title ? title : w->in->name);
	key(w, FRIA_W_head_version, r->version);
	key(w, FRIA_W_head_date,
	    fria_kept_day(fria_document_head(w->doc), r->evaluation->as_of));
	part_verdict(fria_document_key(w->doc, FRIA_W_head_verdict),
		     r->evaluation->verdict);
	key(w, FRIA_W_head_release, fria_json_text(application, "release"));
	key(w, FRIA_W_head_organisation, r->organisation);
}

/* --- the foot --- */

static void mark(fria_node *fields, fria_word name, const char *value)
{
	if (value && *value)
		fria_node_text(fria_fields_word(fields, name), value);
}

/* A built-in template comes with the program; of another the digest tells
 * which it was, as git names its content. */
static void mark_template(fria_parts *w, fria_node *fields, const char *file,
			  const char *text)
{
	static const char built_in[] = "assessments/templates/";
	size_t n = sizeof built_in - 1;
	char digest[FRIA_DIGEST_SIZE];
	fria_digest_bytes(digest, text, strlen(text));
	mark(fields, FRIA_W_head_template,
	     strncmp(file, built_in, n) != 0
		 ? fria_kept_format(fields, "%s (%s)", file, digest)
		 : fria_kept_format(
		       fields, "%.*s (%s)", (int)strcspn(file + n, "."),
		       file + n,
		       fria_word_text(FRIA_W_head_built_in, w->r->lang)));
}

/* Where a reader of this, on paper too, sees whether it still holds. */
static void put_holds(fria_parts *w)
{
	const fria_report *r = w->r;
	const char *entry = json_string_value(
	    fria_fact(r->input->application, "/register/url"));
	const char *contact = json_string_value(
	    fria_fact(r->input->application, "/register/contact_email"));
	fria_node *at = fria_node_paragraph(fria_document_foot(w->doc));
	if (r->address)
		fria_node_say(at, FRIA_W_head_holds, "address", r->address,
			      NULL);
	else if (entry && *entry)
		fria_node_say(at, FRIA_W_head_holds_entry, "address", entry,
			      NULL);
	else
		fria_node_say(
		    at, FRIA_W_head_holds_ask, "day",
		    fria_kept_day(at, r->evaluation->as_of), "organisation",
		    r->organisation, "contact", contact, "name",
		    r->audience == FRIA_PUBLIC ? NULL : r->name, NULL);
}

void part_brief(fria_parts *w)
{
	fria_document_brief(w->doc);
	put_keys(w);
	put_holds(w);
}

void part_plain(fria_parts *w, fria_node *at)
{
	(void)at;
	fria_choices_plainly(w->choices);
}

void part_head(fria_parts *w)
{
	put_keys(w);
	key_origin(w);
	key(w, FRIA_W_head_superseded, w->r->evaluation->superseded);
}

void part_foot(fria_parts *w, const char *file, const char *text)
{
	const fria_report *r = w->r;
	put_holds(w);
	fria_node *fields = fria_node_fields(fria_document_foot(w->doc));
	fria_buf *called = fria_kept_text(fields);
	fria_instrument_say(called, w->in, r->lang);
	mark(fields, FRIA_W_head_instrument, called->text);
	mark(fields, FRIA_W_head_commit, r->commit);
	mark(fields, FRIA_W_head_content, r->content);
	mark_template(w, fields, file, text);
	mark(fields, FRIA_W_head_program, "fria " FRIA_VERSION);
}

/* --- {{state}} --- */

static void list_state(fria_parts *w, fria_node *at, fria_state state,
		       fria_word title)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_node *list = NULL;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		const fria_task *t = &w->in->tasks[j->question.task];
		if (j->state != state || (state == FRIA_OPEN && j->optional))
			continue;
		if (!list)
			list = fria_node_list(
			    fria_note_word(at, fria_state_tone(state), title),
			    false);
		fria_node *item = fria_list_item(list);
		fria_node_reference(item, part_anchor(at, w, &j->question),
				    t->id);
		fria_node_format(item, " %s", fria_task_title(t, w->r->lang));
	}
}

void part_counts(fria_node *at, const fria_counts *counts)
{
	fria_lang lang = fria_node_lang(at);
	const struct {
		size_t n;
		fria_word word;
	} done[] = {{counts->answered, FRIA_W_state_answered},
		    {counts->waived, FRIA_W_state_waived}};
	fria_buf *text = fria_kept_text(at);
	for (size_t i = 0; i < sizeof done / sizeof *done; i++)
		if (done[i].n)
			fria_buf_printf(text, text->n ? "; %zu %s" : "%zu %s",
					done[i].n,
					fria_word_text(done[i].word, lang));
	if (text->n && fria_todo(counts))
		fria_buf_puts(text, "; ");
	fria_todo_say(text, counts, lang);
	if (counts->offered) {
		fria_buf_puts(text, text->n ? "; " : "");
		fria_say(text, lang, FRIA_W_proposals_counted, "count",
			 FRIA_DIGITS(counts->offered), NULL);
	}
	if (text->n)
		fria_node_text(fria_node_meta(at), text->text);
}

void part_confirmed(fria_node *at, const fria_confirmations *confirmed,
		    const char *since)
{
	fria_lang lang = fria_node_lang(at);
	fria_findings rounds = FRIA_FINDINGS_INIT;
	if (!confirmed->all)
		return;
	fria_confirmations_say(fria_node_here(fria_node_paragraph(at)),
			       confirmed, since, lang);
	fria_rounds_name(&rounds, confirmed, NULL, lang);
	for (size_t i = 0; i < rounds.n; i++)
		fria_finding_say(fria_node_here(fria_node_paragraph(at)),
				 &rounds.items[i], lang, fria_node_buttons(at));
	fria_findings_dispose(&rounds);
}

/* Since the version before; how, readers outside are not told. */
static void put_confirmed(const fria_parts *w, fria_node *at)
{
	const fria_report *r = w->r;
	fria_confirmations held;
	if (r->changes) {
		part_confirmed(at, &r->changes->confirmed, r->changes_since);
		return;
	}
	fria_confirmations_evaluate(&held, r->input);
	part_confirmed(at, &held, NULL);
	fria_confirmations_dispose(&held);
}

void part_state(fria_parts *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_lang lang = w->r->lang;
	fria_node *line = fria_node_paragraph(at);
	part_verdict(line, e->verdict);
	fria_node_text(line, " ");
	fria_node_say(line, FRIA_W_not_lawful, NULL);
	if (e->stopped_by != FRIA_NONE)
		fria_node_paragraph_text(
		    fria_note_word(at, FRIA_TONE_STOP, FRIA_W_verdict_blocked),
		    fria_task_title(&w->in->tasks[e->stopped_by], lang));
	part_counts(at, &e->counts);
	put_confirmed(w, at);
	list_state(w, at, FRIA_STALE, FRIA_W_state_stale);
	list_state(w, at, FRIA_SUSPECT, FRIA_W_state_suspect);
	list_state(w, at, FRIA_OPEN, FRIA_W_state_open);
}

/* --- {{measures}} --- */

void part_measure_status(const fria_parts *w, fria_buf *out,
			 const fria_measure *m)
{
	if (!m->status)
		return;
	json_t *value = fria_json_string(m->status);
	fria_value_say(out, w->in, w->in->tasks[m->group].status, value, NULL,
		       w->r->lang);
	json_decref(value);
}

/* A cell with this text, and a label where that is so. */
static void put_cell(fria_node *row, const char *text, bool labelled,
		     fria_tone tone, fria_word label)
{
	fria_node *cell = fria_table_cell_text(row, text);
	if (!labelled)
		return;
	fria_node_text(cell, " ");
	fria_node_label(cell, tone, label);
}

void part_measures(fria_parts *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	static const fria_word heads[] = {
	    FRIA_W_measure_text, FRIA_W_measure_owner, FRIA_W_measure_due,
	    FRIA_W_measure_status};
	const fria_table_options options = {
	    .caption = fria_word_text(FRIA_W_measure_caption, w->r->lang),
	    .words = heads,
	    .n = 4};
	if (!e->measures_n) {
		fria_paragraph_say(at, FRIA_W_measure_none, NULL);
		return;
	}
	fria_node *table = fria_node_table(at, &options);
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		fria_buf *status = fria_kept_text(table);
		part_measure_status(w, status, m);
		put_cell(fria_table_texts(table, 3, m->text, m->owner,
					  part_date(table, m->due)),
			 status->text, m->overdue, FRIA_TONE_STOP,
			 FRIA_W_measure_late);
	}
}

/* --- {{metrics}} --- */

void part_metrics(fria_parts *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	if (!e->metrics_n)
		return;
	fria_node *table = fria_table_words(
	    at, "Lrrl", FRIA_W_metric_name, FRIA_W_metric_limit,
	    FRIA_W_metric_last, FRIA_W_metric_date);
	for (size_t i = 0; i < e->metrics_n; i++) {
		const fria_metric *m = &e->metrics[i];
		const json_t *value = json_object_get(m->last, "value");
		const char *day =
		    part_date(table, fria_json_text(m->last, "date"));
		fria_node *row = fria_table_texts(table, 2, m->title,
						  part_fact(table, m->limit));
		put_cell(row, part_fact(table, value), m->over, FRIA_TONE_STOP,
			 FRIA_W_metric_is_over);
		put_cell(row, day, m->overdue, FRIA_TONE_AGAIN,
			 FRIA_W_measure_late);
	}
}
