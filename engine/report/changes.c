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
	const fria_diff_places *places; /* where causes are told */
	const char *lapsed; /* what lapsed several words, all alike; or NULL */
	bool approvals;	    /* they are told here */
	fria_lang lang;
} work;

/* --- one change --- */

static fria_tone tone_of(const fria_difference *d)
{
	switch (d->kind) {
	case FRIA_CHANGE_REMOVED:
	case FRIA_CHANGE_ROW_REMOVED:
		return FRIA_TONE_STOP;
	case FRIA_CHANGE_ADDED:
	case FRIA_CHANGE_ROW_ADDED:
	case FRIA_CHANGE_RESTORED:
	case FRIA_CHANGE_RESOLVED:
		return FRIA_TONE_GOOD;
	case FRIA_CHANGE_LAPSED:
	case FRIA_CHANGE_CHANGED:
	case FRIA_CHANGE_MEASURE:
		return FRIA_TONE_AGAIN;
	default:
		return FRIA_TONE_PLAIN;
	}
}

/* Behalf: the word where somebody recorded what another said. */
static void put_by(fria_node *at, const fria_difference *d, fria_word word,
		   fria_word behalf)
{
	const fria_approval *said =
	    d->after.approval ? d->after.approval : d->before.approval;
	bool recorded = said && fria_is_recorded(said);
	fria_buf *name = fria_kept_text(at), *whose = fria_kept_text(at);
	fria_difference_by(name, d);
	if (recorded)
		fria_buf_put(whose, said->on_behalf_of,
			     fria_person_length(said->on_behalf_of));
	if (name->n)
		fria_node_say(at, recorded ? behalf : word, "name", name->text,
			      "whose", whose->text, NULL);
}

/* What lapsed it: by reference, and nothing where that is said once for all. */
static void put_lapse(const work *w, fria_node *meta, const fria_difference *d)
{
	fria_buf *text = fria_kept_text(meta);
	if (!w->lapsed)
		fria_difference_because(text, w->diff, d, w->places, w->lang);
	fria_node_text(meta, text->n ? ": " : "; ");
	fria_node_text(meta, text->text);
	fria_node_text(meta, text->n ? "; " : "");
	put_by(meta, d, FRIA_W_diff_given_by, FRIA_W_diff_given_behalf);
}

/* The word for it, and who stood for it. */
static void put_meta(const work *w, fria_node *at, const fria_difference *d)
{
	if (d->kind == FRIA_CHANGE_FACT)
		return;
	fria_node *meta = fria_node_meta(at);
	fria_node_label(meta, tone_of(d), fria_difference_word(d));
	if (d->kind == FRIA_CHANGE_LAPSED) {
		put_lapse(w, meta, d);
	} else if (d->by) {
		fria_node_text(meta, " ");
		put_by(meta, d, FRIA_W_diff_by, FRIA_W_diff_by_behalf);
	}
}

static const char *subject_of(const fria_difference *d)
{
	if (d->task)
		return d->task;
	if (d->pointer)
		return d->pointer + 1;
	return d->key ? d->key : "";
}

/* "3. Databronnen": with the number by which others refer to it. */
static void say_title(fria_buf *out, const work *w, const fria_difference *d)
{
	size_t number = w->places->numbers[d - w->diff->items];
	if (number)
		fria_buf_printf(out, "%zu. ", number);
	size_t start = out->n;
	fria_difference_title(out, w->diff, d, w->lang);
	if (out->n == start)
		fria_say(out, w->lang, fria_difference_word(d), NULL);
	else if (d->kind == FRIA_CHANGE_EVENT ||
		 (d->kind == FRIA_CHANGE_MEASUREMENT &&
		  fria_difference_word(d) != FRIA_W_change_measurement))
		fria_buf_printf(
		    out, " (%s)",
		    fria_word_text(fria_difference_word(d), w->lang));
}

/* The value before, or after. */
static const char *side_of(const work *w, fria_node *at,
			   const fria_difference *d, bool after)
{
	fria_buf *text = fria_kept_text(at);
	fria_difference_value(text, w->diff, d, after, w->lang);
	return text->text;
}

static const char *title_of(const work *w, fria_node *at,
			    const fria_difference *d)
{
	fria_buf *text = fria_kept_text(at);
	say_title(text, w, d);
	return text->text;
}

/* A question's number stands before its title. */
static fria_node *open_question(const work *w, fria_node *at,
				const fria_difference *d)
{
	const char *text = title_of(w, at, d);
	const char *anchor = fria_kept_format(
	    at, "%s-%s%s%s", fria_change_id(d->kind), subject_of(d),
	    d->row ? "-" : "", d->row ? d->row : "");
	bool numbered = d->task && d->weight != FRIA_WEIGHT_DECISION;
	if (numbered && !strncmp(text, d->task, strlen(d->task)))
		text += strlen(d->task);
	text += strspn(text, " ");
	if (!*text)
		text = fria_word_text(fria_difference_word(d), w->lang);
	return fria_node_question(at, anchor, numbered ? d->task : NULL, text);
}

static void put_question(const work *w, fria_node *at, const fria_difference *d)
{
	fria_node *q = open_question(w, at, d);
	const char *before = side_of(w, at, d, false);
	const char *after = side_of(w, at, d, true);
	put_meta(w, q, d);
	if (d->kind == FRIA_CHANGE_CHANGED && d->task && !strcmp(before, after))
		fria_node_say(fria_node_meta(q), FRIA_W_diff_only_space, NULL);
	else
		part_texts(q, before, after, w->lang);
	if (d->note && d->weight != FRIA_WEIGHT_DECISION)
		fria_node_say(fria_node_meta(q), FRIA_W_diff_note, "note",
			      d->note, NULL);
}

typedef struct {
	fria_node *section;
	fria_node *list;   /* of what is told in a line; NULL: none yet */
	fria_node *fields; /* of short values, while they follow each other */
	fria_word state;   /* that those in the list have */
} place;

/* Short values as fields under each other, long ones as a question. */
static void put_field(const work *w, place *p, const fria_difference *d)
{
	fria_node *at = p->section;
	const char *before = side_of(w, at, d, false);
	const char *after = side_of(w, at, d, true);
	if (d->kind != FRIA_CHANGE_EVENT &&
	    !(part_is_short(before) && part_is_short(after))) {
		p->fields = NULL;
		put_question(w, at, d);
		return;
	}
	if (!p->fields)
		p->fields = fria_node_fields(at);
	fria_node *field = fria_fields_add(p->fields, title_of(w, at, d));
	/* What only came is told as it is. */
	if (*before)
		part_sides(field, before, after);
	else
		fria_node_text(field, after);
}

/* --- what the release check was told --- */

static bool said_no(const fria_difference *d)
{
	return fria_difference_word(d) == FRIA_W_change_event_none;
}

/* Themes in which nothing changed, in one line. */
static void put_unchanged(const work *w, place *p, size_t i)
{
	fria_node *field = NULL;
	for (size_t k = 0; k < w->diff->n; k++) {
		const fria_difference *d = &w->diff->items[k];
		fria_buf title = FRIA_BUF_INIT;
		if (!said_no(d))
			continue;
		if (k < i)
			return;
		if (!field)
			field = fria_fields_add(
			    fria_node_fields(p->section),
			    fria_word_text(FRIA_W_diff_reported_no, w->lang));
		else
			fria_node_text(field, "; ");
		fria_difference_title(&title, w->diff, d, w->lang);
		fria_node_text(field, title.text);
		fria_buf_dispose(&title);
	}
	p->fields = NULL;
}

/* --- what must be judged --- */

static fria_tone tone_of_state(const fria_difference *d)
{
	return d->state_after == FRIA_STALE	? FRIA_TONE_AGAIN
	       : d->state_after == FRIA_SUSPECT ? FRIA_TONE_DOUBT
						: FRIA_TONE_OPEN;
}

/* "2.1.1.1 the question (through 1, 3)" under its state; answers in the rows of
 * a group that are alike have one line. */
static void put_state(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	fria_word state = fria_state_word(d->state_after);
	fria_buf title = FRIA_BUF_INIT;
	fria_positions those;
	fria_diff_together(&those, w->diff, i);
	if (!those.n)
		return;
	if (!p->list || state != p->state) {
		fria_node_say(fria_node_meta(p->section), state, NULL);
		p->list = fria_node_list(p->section, false);
	}
	p->state = state;
	if (those.n > 1)
		fria_difference_group(&title, w->diff, &those, w->lang);
	else
		fria_difference_title(&title, w->diff, d, w->lang);
	fria_node *item = fria_list_item(p->list);
	fria_node_badge(item, tone_of_state(d), title.text);
	fria_buf_clear(&title);
	fria_difference_because(&title, w->diff, d, w->places, w->lang);
	if (title.n) {
		fria_node_text(item, " (");
		fria_node_text(item, title.text);
		fria_node_text(item, ")");
	}
	fria_positions_dispose(&those);
	fria_buf_dispose(&title);
}

/* --- what can be told in one line --- */

/* One question in full, several by their numbers. */
static void put_subjects(const work *w, fria_node *line,
			 const fria_positions *those)
{
	const fria_difference *all = w->diff->items;
	fria_buf *title = fria_kept_text(line);
	fria_strings ids = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < those->n; i++)
		if (all[those->items[i]].task)
			fria_strings_add_once(&ids, all[those->items[i]].task);
	if (ids.n == 1)
		fria_difference_title(title, w->diff, &all[those->items[0]],
				      w->lang);
	else
		fria_strings_join(title, &ids, ", ");
	fria_node_text(line, " ");
	fria_node_text(line, title->text);
	fria_strings_dispose(&ids);
}

static void put_together(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	fria_positions those;
	fria_diff_together(&those, w->diff, i);
	if (!those.n)
		return;
	if (!p->list)
		p->list = fria_node_list(p->section, false);
	fria_node *line = fria_list_item(p->list);
	if (d->kind == FRIA_CHANGE_CONFIRMED) {
		fria_buf *said = fria_kept_text(line);
		fria_difference_say(said, d, w->lang);
		fria_node_badge(line, FRIA_TONE_GOOD, said->text);
	} else {
		fria_node_text(line, side_of(w, line, d, false));
		fria_node_text(line, " → ");
		fria_node_strong(line, side_of(w, line, d, true));
	}
	fria_node_text(line, ":");
	put_subjects(w, line, &those);
	if (d->note || d->by)
		fria_node_text(line, "\n");
	if (d->note)
		fria_node_text(line, d->note);
	if (d->note && d->by)
		fria_node_text(line, " – ");
	put_by(line, d, FRIA_W_diff_by, FRIA_W_diff_by_behalf);
	fria_positions_dispose(&those);
}

/* --- the head: between what, and how much --- */

/* "v1, release 1.0, 10 maart 2026" */
static void put_side(const work *w, fria_node *fields, fria_word name,
		     const fria_side *side)
{
	fria_buf *text = fria_kept_text(fields);
	fria_side_say(text, side, w->lang);
	if (side->release) {
		fria_buf_puts(text, ", ");
		fria_say(text, w->lang, FRIA_W_diff_of_release, "release",
			 side->release, NULL);
	}
	if (side->date) {
		fria_buf_puts(text, ", ");
		part_day(text, side->date, w->lang);
	}
	fria_node_text(fria_fields_add(fields, fria_word_text(name, w->lang)),
		       text->text);
}

static void put_verdict(const work *w, fria_node *fields)
{
	const fria_diff *diff = w->diff;
	fria_node *field = fria_fields_add(
	    fields, fria_word_text(FRIA_W_diff_verdict, w->lang));
	if (diff->before != diff->after) {
		part_verdict(field, diff->before);
		fria_node_text(field, " → ");
	}
	part_verdict(field, diff->after);
}

/* Choices and texts are told together, by part of the form. */
static fria_weight section_of(fria_weight weight)
{
	return weight == FRIA_WEIGHT_PROSE ? FRIA_WEIGHT_ANSWER : weight;
}

static const char *section_title(const work *w, fria_weight section)
{
	return fria_word_text(section == FRIA_WEIGHT_ANSWER
				  ? FRIA_W_diff_answers
				  : fria_weight_word(section),
			      w->lang);
}

/* Whether it has a section here. */
static bool is_told(const work *w, fria_weight section)
{
	return section != FRIA_WEIGHT_VERDICT &&
	       (section != FRIA_WEIGHT_DECISION || w->approvals);
}

/* As many as have this word where they are told; 0: they were counted. */
static size_t count_in_section(const fria_stats *stats, size_t i)
{
	const fria_stat *own = &stats->items[i];
	size_t n = 0;
	for (size_t k = 0; k < stats->n; k++) {
		const fria_stat *s = &stats->items[k];
		if (s->word != own->word ||
		    section_of(s->weight) != section_of(own->weight))
			continue;
		if (k < i)
			return 0;
		n += s->count;
	}
	return n;
}

/* How many changes of each kind, with the way to them. */
static void put_counts(const work *w, fria_node *fields)
{
	fria_node *field = NULL;
	fria_weight was = FRIA_WEIGHT_VERDICT;
	fria_stats stats;
	fria_diff_count(&stats, w->diff);
	for (size_t i = 0; i < stats.n; i++) {
		const fria_stat *s = &stats.items[i];
		size_t count = count_in_section(&stats, i);
		if (!count)
			continue;
		fria_weight section = section_of(s->weight);
		char *counted = fria_format("%zu × %s", count,
					    fria_word_text(s->word, w->lang));
		if (section != was) {
			field =
			    fria_fields_add(fields, section_title(w, section));
			if (is_told(w, section))
				fria_node_reference(
				    field, fria_weight_id(section), counted);
			else
				fria_node_text(field, counted);
		} else if (field) {
			fria_node_text(field, ", ");
			fria_node_text(field, counted);
		}
		was = section;
		free(counted);
	}
	free(stats.items);
}

/* --- all --- */

static void put_difference(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	if (said_no(d)) {
		put_unchanged(w, p, i);
		return;
	}
	switch (d->weight) {
	case FRIA_WEIGHT_JUDGE:
		put_state(w, p, i);
		break;
	case FRIA_WEIGHT_SETTLED:
		put_together(w, p, i);
		break;
	case FRIA_WEIGHT_RISK:
	case FRIA_WEIGHT_APPLICATION:
	case FRIA_WEIGHT_FACT:
		put_field(w, p, d);
		break;
	default:
		put_question(w, p->section, d);
	}
}

/* The part of the form that it belongs to, on the side that knows it. */
static const fria_task *part_of(const work *w, const fria_difference *d)
{
	const fria_side *sides[] = {&w->diff->to, &w->diff->from};
	for (size_t i = 0; d->task && i < 2; i++) {
		const fria_instrument *in = sides[i]->instrument;
		size_t task = fria_instrument_find(in, d->task);
		if (task == FRIA_NONE)
			continue;
		while (in->tasks[task].parent != FRIA_NONE)
			task = in->tasks[task].parent;
		return &in->tasks[task];
	}
	return NULL;
}

/* Those of one part, choices first. */
static void put_part(const work *w, fria_node *at, size_t first, bool *told)
{
	const fria_task *part = part_of(w, &w->diff->items[first]);
	place p = {.section = at};
	if (part && !part->answerable)
		p.section = fria_node_section(at, part->id,
					      fria_task_title(part, w->lang));
	for (size_t i = first; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		if (section_of(d->weight) != FRIA_WEIGHT_ANSWER ||
		    part_of(w, d) != part)
			continue;
		put_difference(w, &p, i);
		told[i] = true;
	}
}

/* The parts of one side stand in the order of its form; what only the side
 * before knows comes after. */
static bool is_before(const work *w, const fria_task *a, const fria_task *b)
{
	const fria_instrument *in = w->diff->to.instrument;
	bool own = a >= in->tasks && a < in->tasks + in->n;
	bool other = b >= in->tasks && b < in->tasks + in->n;
	return own == other ? a < b : own;
}

/* By part, in the order of the form; what no part has comes last. */
static void put_answers(const work *w, fria_node *at)
{
	bool *told = fria_calloc(w->diff->n + 1, sizeof *told);
	size_t next;
	do {
		const fria_task *least = NULL;
		next = FRIA_NONE;
		for (size_t i = 0; i < w->diff->n; i++) {
			const fria_difference *d = &w->diff->items[i];
			if (section_of(d->weight) != FRIA_WEIGHT_ANSWER ||
			    told[i])
				continue;
			const fria_task *part = part_of(w, d);
			if (next == FRIA_NONE || (part && !least) ||
			    (part && least && is_before(w, part, least))) {
				next = i;
				least = part;
			}
		}
		if (next != FRIA_NONE)
			put_part(w, at, next, told);
	} while (next != FRIA_NONE);
	free(told);
}

/* What lapsed all the words that lapsed, if they are several and alike; else
 * NULL. */
static char *find_lapsed(const work *w)
{
	char *found = NULL;
	size_t n = 0;
	for (size_t i = 0; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		fria_buf text = FRIA_BUF_INIT;
		if (d->kind != FRIA_CHANGE_LAPSED)
			continue;
		fria_say(&text, w->lang, fria_difference_word(d), NULL);
		fria_buf_puts(&text, ": ");
		fria_difference_because(&text, w->diff, d, w->places, w->lang);
		if (!n++) {
			found = fria_buf_detach(&text);
			continue;
		}
		bool alike = found && !strcmp(found, text.text);
		fria_buf_dispose(&text);
		if (!alike) {
			free(found);
			found = NULL;
		}
	}
	if (n > 1)
		return found;
	free(found);
	return NULL;
}

static void put_section(const work *w, fria_node *at, fria_weight weight)
{
	place p = {.section = NULL};
	for (size_t i = 0; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		if (section_of(d->weight) != weight)
			continue;
		if (!p.section) {
			p.section =
			    fria_node_section(at, fria_weight_id(weight),
					      section_title(w, weight));
			if (weight == FRIA_WEIGHT_DECISION && w->lapsed)
				fria_node_say(fria_node_meta(p.section),
					      FRIA_W_approvals_lapsed, "lapsed",
					      w->lapsed, NULL);
			if (weight == FRIA_WEIGHT_SETTLED)
				part_confirmed(p.section, &w->diff->confirmed,
					       NULL, w->lang);
		}
		if (weight == FRIA_WEIGHT_ANSWER) {
			put_answers(w, p.section);
			return;
		}
		put_difference(w, &p, i);
	}
}

static void put_all(fria_node *at, const fria_diff *diff, bool approvals,
		    fria_lang lang)
{
	fria_diff_places places;
	fria_diff_places_find(&places, diff);
	work w = {diff, &places, NULL, approvals, lang};
	char *lapsed = find_lapsed(&w);
	fria_node *fields = fria_node_fields(at);
	w.lapsed = lapsed;
	put_side(&w, fields, FRIA_W_diff_side_from, &diff->from);
	put_side(&w, fields, FRIA_W_diff_side_to, &diff->to);
	if (diff->from.evaluation && diff->to.evaluation)
		put_verdict(&w, fields);
	put_counts(&w, fields);
	for (size_t i = 0; i < FRIA_WEIGHTS; i++)
		if (is_told(&w, (fria_weight)i))
			put_section(&w, at, (fria_weight)i);
	if (!diff->n)
		fria_node_say(fria_node_paragraph(at), FRIA_W_diff_none, NULL);
	fria_diff_places_dispose(&places);
	free(lapsed);
}

void fria_difference_view(fria_node *at, const fria_diff *diff, fria_lang lang)
{
	put_all(at, diff, true, lang);
}

void fria_stat_view(fria_node *at, const fria_diff *diff, fria_lang lang)
{
	const char *heads[] = {fria_word_text(FRIA_W_diff_stat_count, lang),
			       fria_word_text(FRIA_W_diff_stat_change, lang)};
	const fria_table_options options = {
	    .columns = heads, .n = 2, .align = "rl"};
	fria_node *table = diff->n ? fria_node_table(at, &options) : NULL;
	fria_stats stats;
	fria_diff_count(&stats, diff);
	for (size_t i = 0; i < stats.n; i++) {
		const fria_stat *s = &stats.items[i];
		char *count = fria_format("%zu", s->count);
		fria_node *row = fria_table_row(table);
		fria_table_cell_text(row, count);
		fria_node *what = fria_table_cell(row);
		fria_node_strong(
		    what, fria_word_text(fria_weight_word(s->weight), lang));
		fria_node_text(what, ": ");
		fria_node_text(what, fria_word_text(s->word, lang));
		free(count);
	}
	free(stats.items);
	part_confirmed(at, &diff->confirmed, NULL, lang);
}

fria_document *fria_report_changes(const fria_diff *diff, const char *name,
				   fria_lang lang)
{
	fria_document *doc = fria_document_new(lang);
	fria_document_title(doc, name, fria_word_text(FRIA_W_diff_title, lang));
	fria_difference_view(fria_document_body(doc), diff, lang);
	return doc;
}

void part_changes(fria_parts *w, fria_node *at)
{
	const fria_report *r = w->r;
	if (!r->changes) {
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_report_first_version, r->lang));
		return;
	}
	put_all(at, r->changes, !w->approvals, r->lang);
}
