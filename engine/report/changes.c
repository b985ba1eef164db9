/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The difference between two states of an assessment as a document, for who
 * advises or decides on exactly that. It compares nothing itself.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_diff *diff;
	fria_document *doc;
	fria_lang lang;
} work;

/* --- values --- */

typedef struct {
	fria_buf before, after;
} values;

static void say_values(const work *w, values *v, const fria_difference *d)
{
	fria_buf_init(&v->before);
	fria_buf_init(&v->after);
	fria_difference_value(&v->before, w->diff, d, false, w->lang);
	fria_difference_value(&v->after, w->diff, d, true, w->lang);
}

static void dispose(values *v)
{
	fria_buf_dispose(&v->before);
	fria_buf_dispose(&v->after);
}

/* --- one change --- */

static fria_tone tone_of(const fria_difference *d)
{
	switch (d->kind) {
	case FRIA_CHANGE_LAPSED:
	case FRIA_CHANGE_REMOVED:
	case FRIA_CHANGE_ROW_REMOVED:
		return FRIA_TONE_STOP;
	case FRIA_CHANGE_ADDED:
	case FRIA_CHANGE_ROW_ADDED:
	case FRIA_CHANGE_RESTORED:
	case FRIA_CHANGE_RESOLVED:
		return FRIA_TONE_GOOD;
	case FRIA_CHANGE_CHANGED:
	case FRIA_CHANGE_MEASURE:
		return FRIA_TONE_AGAIN;
	default:
		return FRIA_TONE_PLAIN;
	}
}

static void put_by(fria_node *at, const fria_difference *d)
{
	fria_buf name = FRIA_BUF_INIT;
	fria_difference_by(&name, d);
	if (name.n)
		fria_node_say(at, FRIA_W_diff_by, "name", name.text, NULL);
	fria_buf_dispose(&name);
}

/* The word for it, and who stood for it. */
static void put_meta(const work *w, fria_node *at, const fria_difference *d)
{
	if (d->kind == FRIA_CHANGE_FACT)
		return;
	fria_node *meta = fria_node_meta(at);
	fria_node_badge(meta, tone_of(d),
			fria_word_text(fria_difference_word(d), w->lang));
	if (!d->by)
		return;
	fria_node_text(meta, " ");
	put_by(meta, d);
}

static void put_because(const work *w, fria_node *at, const fria_difference *d)
{
	fria_buf lines = FRIA_BUF_INIT;
	fria_node *list = NULL;
	fria_difference_because(&lines, w->diff, d, w->lang);
	for (char *line = lines.text, *end; (end = strchr(line, '\n'));
	     line = end + 1) {
		*end = '\0';
		if (!list)
			list = fria_node_list(at, false);
		fria_node_text(fria_list_item(list), line);
	}
	fria_buf_dispose(&lines);
}

static const char *subject_of(const fria_difference *d)
{
	if (d->task)
		return d->task;
	if (d->pointer)
		return d->pointer + 1;
	return d->key ? d->key : "";
}

/* The title without the number, which stands before it. */
static fria_node *open_question(const work *w, fria_node *at,
				const fria_difference *d)
{
	fria_buf title = FRIA_BUF_INIT;
	const char *text;
	char *anchor =
	    fria_format("%s-%s%s%s", fria_change_id(d->kind), subject_of(d),
			d->row ? "-" : "", d->row ? d->row : "");
	bool numbered = d->task && d->weight != FRIA_WEIGHT_DECISION;
	fria_difference_title(&title, w->diff, d, w->lang);
	text = title.text;
	if (numbered && !strncmp(text, d->task, strlen(d->task)))
		text += strlen(d->task);
	text += strspn(text, " ");
	fria_node *q = fria_node_question(
	    at, anchor, numbered ? d->task : NULL,
	    *text ? text : fria_word_text(fria_difference_word(d), w->lang));
	free(anchor);
	fria_buf_dispose(&title);
	return q;
}

static void put_question(const work *w, fria_node *at, const fria_difference *d)
{
	fria_node *q = open_question(w, at, d);
	values v;
	say_values(w, &v, d);
	put_meta(w, q, d);
	part_texts(q, v.before.text, v.after.text, w->lang);
	put_because(w, q, d);
	if (d->note && d->weight != FRIA_WEIGHT_DECISION)
		fria_node_say(fria_node_meta(q), FRIA_W_diff_note, "note",
			      d->note, NULL);
	dispose(&v);
}

typedef struct {
	fria_node *section;
	fria_node *table;  /* of what must be judged; NULL: none yet */
	fria_node *fields; /* of short values, while they follow each other */
} place;

/* Short values as fields under each other, long ones as a question. */
static void put_field(const work *w, place *p, const fria_difference *d)
{
	fria_buf title = FRIA_BUF_INIT;
	values v;
	say_values(w, &v, d);
	fria_difference_title(&title, w->diff, d, w->lang);
	if (!title.n)
		fria_say(&title, w->lang, fria_difference_word(d), NULL);
	if (part_is_short(v.before.text) && part_is_short(v.after.text)) {
		if (!p->fields)
			p->fields = fria_node_fields(p->section);
		part_sides(fria_fields_add(p->fields, title.text),
			   v.before.text, v.after.text);
	} else {
		p->fields = NULL;
		put_question(w, p->section, d);
	}
	dispose(&v);
	fria_buf_dispose(&title);
}

/* --- what must be judged: a table --- */

static void put_reasons(const work *w, fria_node *row, const fria_difference *d)
{
	fria_buf lines = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	fria_difference_because(&lines, w->diff, d, w->lang);
	for (const char *line = lines.text; *line;) {
		size_t n = strcspn(line, "\n");
		fria_buf_puts(&text, text.n ? "; " : "");
		fria_buf_put(&text, line, n);
		line += n + (line[n] == '\n');
	}
	fria_table_cell_text(row, text.text);
	fria_buf_dispose(&lines);
	fria_buf_dispose(&text);
}

static fria_tone tone_of_state(const json_t *state)
{
	const char *id = json_string_value(state);
	if (id && !strcmp(id, fria_state_id(FRIA_STALE)))
		return FRIA_TONE_AGAIN;
	if (id && !strcmp(id, fria_state_id(FRIA_SUSPECT)))
		return FRIA_TONE_DOUBT;
	return FRIA_TONE_OPEN;
}

static fria_node *open_table(const work *w, fria_node *at)
{
	const char *const columns[] = {
	    fria_word_text(FRIA_W_diff_question, w->lang),
	    fria_word_text(FRIA_W_diff_state, w->lang),
	    fria_word_text(FRIA_W_diff_why, w->lang)};
	const fria_table_options options = {
	    .columns = columns, .n = 3, .row_heads = true};
	return fria_node_table(at, &options);
}

/* Answers in the rows of a group that are alike have one line. */
static void put_state(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	fria_buf title = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	size_t n = fria_diff_together(NULL, w->diff, i);
	if (!n)
		return;
	if (!p->table)
		p->table = open_table(w, p->section);
	fria_node *row = fria_table_row(p->table);
	if (n > 1)
		fria_difference_group(&title, w->diff, d, n, w->lang);
	else
		fria_difference_title(&title, w->diff, d, w->lang);
	fria_difference_value(&after, w->diff, d, true, w->lang);
	fria_table_cell_text(row, title.text);
	fria_node_badge(fria_table_cell(row), tone_of_state(d->after),
			after.text);
	put_reasons(w, row, d);
	fria_buf_dispose(&title);
	fria_buf_dispose(&after);
}

/* --- what can be told in one line --- */

/* One question in full, several by their numbers. */
static void put_subjects(const work *w, fria_node *line,
			 const fria_difference *d, const fria_strings *ids)
{
	fria_buf title = FRIA_BUF_INIT;
	if (ids->n == 1)
		fria_difference_title(&title, w->diff, d, w->lang);
	for (size_t k = 0; ids->n > 1 && k < ids->n; k++)
		fria_buf_printf(&title, k ? ", %s" : "%s", ids->items[k]);
	fria_node_text(line, " ");
	fria_node_text(line, title.text);
	fria_buf_dispose(&title);
}

static void put_together(const work *w, fria_node *at, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	fria_strings ids = FRIA_STRINGS_INIT;
	values v;
	if (!fria_diff_together(&ids, w->diff, i))
		return;
	fria_node *line = fria_node_paragraph(at);
	say_values(w, &v, d);
	if (d->kind == FRIA_CHANGE_CONFIRMED) {
		fria_buf_clear(&v.after);
		fria_difference_say(&v.after, d, w->lang);
		fria_node_badge(line, FRIA_TONE_GOOD, v.after.text);
	} else {
		fria_node_text(line, v.before.text);
		fria_node_text(line, " → ");
		fria_node_strong(line, v.after.text);
		fria_node_text(line, ":");
	}
	put_subjects(w, line, d, &ids);
	if (d->note || d->by)
		line = fria_node_meta(at);
	if (d->note)
		fria_node_text(line, d->note);
	if (d->note && d->by)
		fria_node_text(line, " – ");
	put_by(line, d);
	dispose(&v);
	fria_strings_dispose(&ids);
}

/* --- the document --- */

static void put_side(const work *w, fria_word name, const fria_side *side)
{
	fria_buf text = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	fria_time at;
	fria_node *key =
	    fria_document_key(w->doc, fria_word_text(name, w->lang));
	fria_side_say(&text, side, w->lang);
	fria_node_strong(key, text.text);
	if (side->release) {
		fria_node_text(key, ", ");
		fria_node_say(key, FRIA_W_diff_of_release, "release",
			      side->release, NULL);
	}
	if (side->date && fria_time_parse(&at, side->date)) {
		fria_day_say(&day, w->lang, at);
		fria_node_text(key, ", ");
		fria_node_text(key, day.text);
	}
	fria_buf_dispose(&text);
	fria_buf_dispose(&day);
}

static fria_tone tone_of_verdict(fria_verdict verdict)
{
	static const fria_tone tones[] = {FRIA_TONE_STOP, FRIA_TONE_OPEN,
					  FRIA_TONE_AGAIN, FRIA_TONE_GOOD};
	return tones[verdict];
}

static void put_verdict(const work *w)
{
	const fria_diff *diff = w->diff;
	fria_node *key = fria_document_key(
	    w->doc, fria_word_text(FRIA_W_diff_verdict, w->lang));
	if (diff->before != diff->after) {
		fria_node_badge(
		    key, tone_of_verdict(diff->before),
		    fria_word_text(fria_verdict_word(diff->before), w->lang));
		fria_node_text(key, " → ");
	}
	fria_node_badge(
	    key, tone_of_verdict(diff->after),
	    fria_word_text(fria_verdict_word(diff->after), w->lang));
}

/* How many changes of each kind, with the way to them. */
static void put_counts(const work *w)
{
	fria_node *fields = fria_node_fields(fria_document_head(w->doc));
	fria_node *field = NULL;
	fria_stats stats;
	fria_diff_count(&stats, w->diff);
	for (size_t i = 0; i < stats.n; i++) {
		const fria_stat *s = &stats.items[i];
		const char *part =
		    fria_word_text(fria_weight_word(s->weight), w->lang);
		bool first = !i || stats.items[i - 1].weight != s->weight;
		char *counted = fria_format("%zu × %s", s->count,
					    fria_word_text(s->word, w->lang));
		if (first) {
			field = fria_fields_add(fields, part);
			fria_node_reference(field, fria_weight_id(s->weight),
					    counted);
		} else {
			fria_node_text(field, ", ");
			fria_node_text(field, counted);
		}
		free(counted);
	}
	free(stats.items);
}

static void put_difference(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	switch (d->weight) {
	case FRIA_WEIGHT_JUDGE:
		put_state(w, p, i);
		break;
	case FRIA_WEIGHT_SETTLED:
		put_together(w, p->section, i);
		break;
	case FRIA_WEIGHT_VERDICT:
	case FRIA_WEIGHT_RISK:
	case FRIA_WEIGHT_APPLICATION:
	case FRIA_WEIGHT_FACT:
		put_field(w, p, d);
		break;
	default:
		put_question(w, p->section, d);
	}
}

fria_document *fria_report_changes(const fria_diff *diff, const char *name,
				   fria_lang lang)
{
	work w = {diff, fria_document_new(lang), lang};
	place p = {NULL, NULL, NULL};
	const fria_node *was = NULL;
	fria_document_title(w.doc, name,
			    fria_word_text(FRIA_W_diff_title, lang));
	put_side(&w, FRIA_W_diff_side_from, &diff->from);
	put_side(&w, FRIA_W_diff_side_to, &diff->to);
	if (diff->from.evaluation && diff->to.evaluation)
		put_verdict(&w);
	if (diff->n)
		put_counts(&w);
	for (size_t i = 0; i < diff->n; i++) {
		fria_weight weight = diff->items[i].weight;
		if (!i || weight != diff->items[i - 1].weight)
			p = (place){
			    fria_node_section(
				fria_document_body(w.doc),
				fria_weight_id(weight),
				fria_word_text(fria_weight_word(weight), lang)),
			    NULL, NULL};
		if (p.section != was && weight == FRIA_WEIGHT_SETTLED)
			part_confirmed(p.section, &diff->confirmed, NULL, lang);
		was = p.section;
		put_difference(&w, &p, i);
	}
	if (!diff->n)
		fria_node_paragraph_text(
		    fria_document_body(w.doc),
		    fria_word_text(FRIA_W_diff_none, lang));
	return w.doc;
}
