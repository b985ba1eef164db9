/* SPDX-License-Identifier: EUPL-1.2 */
/* What was derived, as parts of a report: head, state, facts, measures. */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>

fria_tone part_tone(fria_state state)
{
	static const fria_tone tones[] = {
	    [FRIA_HIDDEN] = FRIA_TONE_PLAIN,  [FRIA_OPEN] = FRIA_TONE_OPEN,
	    [FRIA_ANSWERED] = FRIA_TONE_GOOD, [FRIA_WAIVED] = FRIA_TONE_PLAIN,
	    [FRIA_STALE] = FRIA_TONE_AGAIN,   [FRIA_SUSPECT] = FRIA_TONE_DOUBT};
	return tones[state];
}

fria_tone part_verdict_tone(fria_verdict verdict)
{
	static const fria_tone tones[] = {[FRIA_BLOCKED] = FRIA_TONE_STOP,
					  [FRIA_INCOMPLETE] = FRIA_TONE_OPEN,
					  [FRIA_NEEDS_REVIEW] = FRIA_TONE_AGAIN,
					  [FRIA_CURRENT] = FRIA_TONE_GOOD};
	return tones[verdict];
}

/* --- the head --- */

static void key(fria_parts *w, fria_word name, const char *value)
{
	if (!value || !*value)
		return;
	fria_node_text(
	    fria_document_key(w->doc, fria_word_text(name, w->r->lang)), value);
}

void part_head(fria_parts *w)
{
	const fria_report *r = w->r;
	const json_t *application = r->input->application;
	const char *name = fria_json_text(application, "name");
	fria_lang lang = r->lang;
	fria_buf day = FRIA_BUF_INIT;
	const char *title =
	    fria_text(json_object_get(w->in->json, "name"), lang);
	fria_day_say(&day, lang, r->evaluation->as_of);
	fria_document_title(w->doc, name ? name : r->name,
			    title ? title : w->in->name);
	key(w, FRIA_W_head_organisation, r->organisation);
	key(w, FRIA_W_head_release, fria_json_text(application, "release"));
	key(w, FRIA_W_head_version, r->version);
	key(w, FRIA_W_head_date, day.text);
	fria_node_badge(
	    fria_document_key(w->doc,
			      fria_word_text(FRIA_W_head_verdict, lang)),
	    part_verdict_tone(r->evaluation->verdict),
	    fria_word_text(fria_verdict_word(r->evaluation->verdict), lang));
	key(w, FRIA_W_head_instrument, w->in->name);
	key(w, FRIA_W_head_commit, r->commit);
	key(w, FRIA_W_head_content, r->content);
	key(w, FRIA_W_head_program, "fria " FRIA_VERSION);
	fria_buf_dispose(&day);
}

/* --- {{state}} --- */

static void list_state(fria_parts *w, fria_node *at, fria_state state,
		       fria_word title)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_node *list = NULL;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		if (j->state != state || (state == FRIA_OPEN && j->optional))
			continue;
		if (!list) {
			fria_node *note =
			    fria_node_note(at, part_tone(state),
					   fria_word_text(title, w->r->lang));
			list = fria_node_list(note, false);
		}
		const fria_task *t = &w->in->tasks[j->question.task];
		char *anchor = part_anchor(w, &j->question);
		fria_node *item = fria_list_item(list);
		fria_node_reference(item, anchor, t->id);
		fria_node_text(item, " ");
		fria_node_text(item, fria_task_title(t, w->r->lang));
		free(anchor);
	}
}

static void count(fria_node *fields, fria_lang lang, fria_word name, size_t n)
{
	char text[24];
	if (!n)
		return;
	snprintf(text, sizeof text, "%zu", n);
	fria_node_text(fria_fields_add(fields, fria_word_text(name, lang)),
		       text);
}

void part_state(fria_parts *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	const fria_counts *n = &e->counts;
	fria_lang lang = w->r->lang;
	fria_node *line = fria_node_paragraph(at);
	fria_node_badge(line, part_verdict_tone(e->verdict),
			fria_word_text(fria_verdict_word(e->verdict), lang));
	fria_node_text(line, " ");
	fria_node_say(line, FRIA_W_not_lawful, NULL);
	if (e->stopped_by != FRIA_NONE)
		fria_node_paragraph_text(
		    fria_node_note(
			at, FRIA_TONE_STOP,
			fria_word_text(FRIA_W_verdict_blocked, lang)),
		    fria_task_title(&w->in->tasks[e->stopped_by], lang));
	fria_node *fields = fria_node_fields(at);
	count(fields, lang, FRIA_W_state_answered, n->answered);
	count(fields, lang, FRIA_W_state_waived, n->waived);
	count(fields, lang, FRIA_W_state_open, n->open);
	count(fields, lang, FRIA_W_state_stale, n->stale);
	count(fields, lang, FRIA_W_state_suspect, n->suspect);
	count(fields, lang, FRIA_W_state_hidden, n->hidden);
	list_state(w, at, FRIA_STALE, FRIA_W_state_stale);
	list_state(w, at, FRIA_SUSPECT, FRIA_W_state_suspect);
	list_state(w, at, FRIA_OPEN, FRIA_W_state_open);
}

/* --- {{facts}} --- */

void part_facts(fria_parts *w, fria_node *at)
{
	static const char *const vocabularies[] = {"register", "card", "use",
						   "monitoring"};
	const json_t *application = w->r->input->application;
	fria_node *fields = NULL;
	for (size_t i = 0; i < 4; i++) {
		const char *name;
		json_t *value;
		json_object_foreach(
		    json_object_get(application, vocabularies[i]), name,
		    value) {
			fria_buf p = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
			fria_buf_printf(&p, "/%s", vocabularies[i]);
			fria_pointer_add(&p, name);
			fria_fact_say(&text, value, w->r->lang);
			if (text.n && !fields)
				fields = fria_node_fields(at);
			if (text.n)
				fria_node_text(
				    fria_fields_add(
					fields,
					fria_fact_title(p.text, w->r->lang)),
				    text.text);
			fria_buf_dispose(&text);
			fria_buf_dispose(&p);
		}
	}
}

/* --- {{measures}} --- */

void part_measures(fria_parts *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_lang lang = w->r->lang;
	const char *const columns[] = {
	    fria_word_text(FRIA_W_measure_text, lang),
	    fria_word_text(FRIA_W_measure_owner, lang),
	    fria_word_text(FRIA_W_measure_due, lang),
	    fria_word_text(FRIA_W_measure_status, lang)};
	const fria_table_options options = {
	    .caption = fria_word_text(FRIA_W_measure_caption, lang),
	    .columns = columns,
	    .n = 4};
	if (!e->measures_n) {
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_measure_none, lang));
		return;
	}
	fria_node *table = fria_node_table(at, &options);
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		fria_node *row = fria_table_row(table);
		fria_table_cell_text(row, m->text ? m->text : "");
		fria_table_cell_text(row, m->owner ? m->owner : "");
		fria_table_cell_text(row, m->due ? m->due : "");
		fria_node *cell =
		    fria_table_cell_text(row, m->status ? m->status : "");
		if (m->overdue)
			fria_node_badge(
			    cell, FRIA_TONE_STOP,
			    fria_word_text(FRIA_W_measure_late, lang));
	}
}
