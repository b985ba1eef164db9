/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The difference between two states of an assessment as a document, for who
 * advises or decides on exactly that. It compares nothing itself.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_diff *diff;
	const fria_diff_places *places; /* where causes are told */
	const char *lapsed; /* what lapsed several words, all alike; or NULL */
	bool approvals;	    /* they are told here */
	fria_lang lang;
} work;

static const char *because_of(const work *w, fria_node *at,
			      const fria_difference *d)
{
	fria_buf *text = fria_kept_text(at);
	fria_difference_because(text, w->diff, d, w->places, w->lang,
				fria_node_buttons(at));
	return text->text;
}

/* --- one change --- */

static fria_tone tone_of(const fria_difference *d)
{
	static const fria_tone tones[] = {
	    [FRIA_CHANGE_REMOVED] = FRIA_TONE_STOP,
	    [FRIA_CHANGE_ROW_REMOVED] = FRIA_TONE_STOP,
	    [FRIA_CHANGE_ADDED] = FRIA_TONE_GOOD,
	    [FRIA_CHANGE_ROW_ADDED] = FRIA_TONE_GOOD,
	    [FRIA_CHANGE_RESTORED] = FRIA_TONE_GOOD,
	    [FRIA_CHANGE_RESOLVED] = FRIA_TONE_GOOD,
	    [FRIA_CHANGE_LAPSED] = FRIA_TONE_AGAIN,
	    [FRIA_CHANGE_CHANGED] = FRIA_TONE_AGAIN,
	    [FRIA_CHANGE_MEASURE] = FRIA_TONE_AGAIN,
	    [FRIA_CHANGE_EDITORIAL] = FRIA_TONE_PLAIN};
	return tones[d->kind];
}

/* Who stood for it, also where somebody recorded what another said. */
static void put_by(fria_node *at, const fria_difference *d, fria_word word)
{
	const fria_approval *said =
	    d->after.approval ? d->after.approval : d->before.approval;
	if (d->by)
		fria_node_say(at, word, "name", part_person(at, d->by), "whose",
			      said && fria_is_recorded(said)
				  ? part_person(at, said->on_behalf_of)
				  : "",
			      NULL);
}

/* The word for it, and who stood for it; what lapsed it by reference, and
 * nothing where that is said once for all. */
static void put_meta(const work *w, fria_node *at, const fria_difference *d)
{
	if (d->kind == FRIA_CHANGE_FACT)
		return;
	fria_node *meta = fria_node_meta(at);
	fria_node_label(meta, tone_of(d), fria_difference_word(d));
	if (d->kind == FRIA_CHANGE_LAPSED) {
		const char *lapse = w->lapsed ? "" : because_of(w, meta, d);
		fria_node_format(meta, *lapse ? ": %s; " : "; ", lapse);
		put_by(meta, d, FRIA_W_diff_given_by);
	} else if (d->by) {
		fria_node_text(meta, " ");
		put_by(meta, d, FRIA_W_diff_by);
	}
}

/* The value before, or after. */
static const char *side_of(const work *w, fria_node *at,
			   const fria_difference *d, bool after)
{
	fria_buf *text = fria_kept_text(at);
	fria_difference_value(text, w->diff, d, after, w->lang);
	return text->text;
}

/* "3. Databronnen": with the number by which others refer to it. */
static const char *title_of(const work *w, fria_node *at,
			    const fria_difference *d)
{
	size_t number = w->places->numbers[d - w->diff->items];
	fria_word word = fria_difference_word(d);
	fria_buf *text = fria_kept_text(at);
	if (number)
		fria_buf_printf(text, "%zu. ", number);
	size_t start = text->n;
	fria_difference_title(text, w->diff, d, w->lang);
	if (text->n == start)
		fria_say(text, w->lang, word, NULL);
	else if (d->kind == FRIA_CHANGE_EVENT ||
		 (d->kind == FRIA_CHANGE_MEASUREMENT &&
		  word != FRIA_W_change_measurement))
		fria_buf_printf(text, " (%s)", fria_word_text(word, w->lang));
	return text->text;
}

/* A question's number stands before its title. */
static fria_node *open_question(const work *w, fria_node *at,
				const fria_difference *d)
{
	const char *text = title_of(w, at, d);
	const char *subject = d->task	   ? d->task
			      : d->pointer ? d->pointer + 1
			      : d->key	   ? d->key
					   : "";
	const char *anchor =
	    fria_kept_format(at, "%s-%s%s%s", fria_change_id(d->kind), subject,
			     d->row ? "-" : "", d->row ? d->row : "");
	bool numbered = d->task && d->weight != FRIA_WEIGHT_DECISION;
	if (numbered && !strncmp(text, d->task, strlen(d->task)))
		text += strlen(d->task);
	text += strspn(text, " ");
	if (!*text)
		text = fria_word_text(fria_difference_word(d), w->lang);
	return fria_node_question(at, anchor, numbered ? d->task : NULL, text);
}

static void put_question(const work *w, fria_node *at, const fria_difference *d,
			 const char *before, const char *after)
{
	fria_node *q = open_question(w, at, d);
	put_meta(w, q, d);
	if (d->kind == FRIA_CHANGE_CHANGED && d->task && !strcmp(before, after))
		fria_meta_say(q, FRIA_W_diff_only_space, NULL);
	else
		fria_texts_view(q, before, after);
	if (d->note && d->weight != FRIA_WEIGHT_DECISION)
		fria_meta_say(q, FRIA_W_diff_note, "note", d->note, NULL);
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
		put_question(w, at, d, before, after);
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
		if (!said_no(d))
			continue;
		if (k < i)
			return;
		if (field)
			fria_node_text(field, "; ");
		else
			field = fria_fields_word(fria_node_fields(p->section),
						 FRIA_W_diff_reported_no);
		fria_difference_title(fria_node_here(field), w->diff, d,
				      w->lang);
	}
	p->fields = NULL;
}

/* --- what must be judged --- */

/* "2.1.1.1 the question (through 1, 3)" under its state; answers in the rows of
 * a group that are alike have one line. */
static void put_state(const work *w, place *p, size_t i)
{
	const fria_difference *d = &w->diff->items[i];
	fria_word state = fria_state_word(d->state_after);
	fria_buf *title = fria_kept_text(p->section);
	fria_positions those;
	fria_diff_together(&those, w->diff, i);
	if (!those.n)
		return;
	if (!p->list || state != p->state) {
		fria_meta_say(p->section, state, NULL);
		p->list = fria_node_list(p->section, false);
	}
	p->state = state;
	if (those.n > 1)
		fria_difference_group(title, w->diff, &those, w->lang);
	else
		fria_difference_title(title, w->diff, d, w->lang);
	fria_node *item = fria_list_item(p->list);
	const char *because = because_of(w, item, d);
	fria_node_badge(item, fria_state_tone(d->state_after), title->text);
	fria_node_format(item, *because ? " (%s)" : "%s", because);
	fria_positions_dispose(&those);
}

/* --- what can be told in one line --- */

/* One question in full, several by their numbers. */
static void say_subjects(fria_buf *out, const work *w,
			 const fria_positions *those)
{
	const fria_difference *all = w->diff->items;
	fria_strings ids = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < those->n; i++)
		if (all[those->items[i]].task)
			fria_strings_add_once(&ids, all[those->items[i]].task);
	if (ids.n == 1)
		fria_difference_title(out, w->diff, &all[those->items[0]],
				      w->lang);
	else
		fria_strings_join(out, &ids, ", ");
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
	fria_node_text(line, ": ");
	say_subjects(fria_node_here(line), w, &those);
	if (d->note || d->by)
		fria_node_text(line, "\n");
	if (d->note)
		fria_node_text(line, d->note);
	if (d->note && d->by)
		fria_node_text(line, " – ");
	put_by(line, d, FRIA_W_diff_by);
	fria_positions_dispose(&those);
}

/* --- the head: between what, and how much --- */

/* "v1, release 1.0, 10 maart 2026" */
static void put_side(fria_node *fields, fria_word name, const fria_side *side)
{
	fria_node *field = fria_fields_word(fields, name);
	fria_side_say(fria_node_here(field), side, fria_node_lang(field));
	fria_node_say(field, FRIA_W_diff_side, "release", side->release, "date",
		      part_date(field, side->date), NULL);
}

/* Choices and texts are told together, by part of the form. */
static fria_weight section_of(fria_weight weight)
{
	return weight == FRIA_WEIGHT_PROSE ? FRIA_WEIGHT_ANSWER : weight;
}

static fria_word section_word(fria_weight section)
{
	return section == FRIA_WEIGHT_ANSWER ? FRIA_W_diff_answers
					     : fria_weight_word(section);
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
		const char *counted =
		    fria_kept_format(fields, "%zu × %s", count,
				     fria_word_text(s->word, w->lang));
		if (section != was) {
			field = fria_fields_word(fields, section_word(section));
			if (is_told(w, section))
				fria_node_reference(
				    field, fria_weight_id(section), counted);
			else
				fria_node_text(field, counted);
		} else if (field) {
			fria_node_format(field, ", %s", counted);
		}
		was = section;
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
		put_question(w, p->section, d, side_of(w, p->section, d, false),
			     side_of(w, p->section, d, true));
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

/* Those of one part (of no questionnaire: that no part has), choices first. */
static void put_part(const work *w, fria_node *at, const fria_instrument *in,
		     size_t task)
{
	const fria_task *part = in ? &in->tasks[task] : NULL;
	bool apart = in && !part->answerable;
	place p = {.section = apart ? NULL : at};
	for (size_t i = 0; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		if (section_of(d->weight) != FRIA_WEIGHT_ANSWER ||
		    part_of(w, d) != part)
			continue;
		if (apart && !p.section)
			p.section = fria_node_section(
			    at, part->id, fria_task_title(part, w->lang));
		put_difference(w, &p, i);
	}
}

/* By part, in the order of the form; what only the side before knows comes
 * after, and last what no part has. */
static void put_answers(const work *w, fria_node *at)
{
	const fria_instrument *to = w->diff->to.instrument;
	const fria_instrument *from = w->diff->from.instrument;
	for (size_t i = 0; i < to->n; i = to->tasks[i].end)
		put_part(w, at, to, i);
	for (size_t i = 0; from != to && i < from->n; i = from->tasks[i].end)
		put_part(w, at, from, i);
	put_part(w, at, NULL, 0);
}

/* What lapsed all the words that lapsed, if they are several and alike; else
 * NULL. */
static const char *lapse_of_all(const work *w, fria_node *at)
{
	const char *first = NULL;
	size_t n = 0;
	for (size_t i = 0; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		if (d->kind != FRIA_CHANGE_LAPSED)
			continue;
		const char *one = fria_kept_format(
		    at, "%s: %s",
		    fria_word_text(fria_difference_word(d), w->lang),
		    because_of(w, at, d));
		if (n++ && strcmp(first, one) != 0)
			return NULL;
		first = one;
	}
	return n > 1 ? first : NULL;
}

static void put_section(const work *w, fria_node *at, fria_weight weight)
{
	place p = {.section = NULL};
	for (size_t i = 0; i < w->diff->n; i++) {
		const fria_difference *d = &w->diff->items[i];
		if (section_of(d->weight) != weight)
			continue;
		if (!p.section) {
			p.section = fria_section_word(
			    at, fria_weight_id(weight), section_word(weight));
			if (weight == FRIA_WEIGHT_DECISION && w->lapsed)
				fria_meta_say(p.section,
					      FRIA_W_approvals_lapsed, "lapsed",
					      w->lapsed, NULL);
			if (weight == FRIA_WEIGHT_SETTLED)
				part_confirmed(p.section, &w->diff->confirmed,
					       NULL);
		}
		if (weight == FRIA_WEIGHT_ANSWER) {
			put_answers(w, p.section);
			return;
		}
		put_difference(w, &p, i);
	}
}

static void put_all(fria_node *at, const fria_diff *diff, bool approvals)
{
	fria_diff_places places;
	fria_diff_places_find(&places, diff);
	work w = {diff, &places, NULL, approvals, fria_node_lang(at)};
	w.lapsed = lapse_of_all(&w, at);
	fria_node *fields = fria_node_fields(at);
	put_side(fields, FRIA_W_diff_side_from, &diff->from);
	put_side(fields, FRIA_W_diff_side_to, &diff->to);
	if (diff->from.evaluation && diff->to.evaluation) {
		fria_node *verdict =
		    fria_fields_word(fields, FRIA_W_diff_verdict);
		if (diff->before != diff->after) {
			part_verdict(verdict, diff->before);
			fria_node_text(verdict, " → ");
		}
		part_verdict(verdict, diff->after);
	}
	put_counts(&w, fields);
	for (size_t i = 0; i < FRIA_WEIGHTS; i++)
		if (is_told(&w, (fria_weight)i))
			put_section(&w, at, (fria_weight)i);
	if (!diff->n)
		fria_paragraph_say(at, FRIA_W_diff_none, NULL);
	fria_diff_places_dispose(&places);
}

void fria_difference_view(fria_node *at, const fria_diff *diff)
{
	put_all(at, diff, true);
}

void fria_stat_view(fria_node *at, const fria_diff *diff)
{
	fria_lang lang = fria_node_lang(at);
	fria_node *table =
	    diff->n ? fria_table_words(at, "rl", FRIA_W_diff_stat_count,
				       FRIA_W_diff_stat_change)
		    : NULL;
	fria_stats stats;
	fria_diff_count(&stats, diff);
	for (size_t i = 0; i < stats.n; i++) {
		const fria_stat *s = &stats.items[i];
		fria_node *what = fria_table_cell(
		    fria_table_texts(table, 1, FRIA_DIGITS(s->count)));
		fria_node_strong(
		    what, fria_word_text(fria_weight_word(s->weight), lang));
		fria_node_format(what, ": %s", fria_word_text(s->word, lang));
	}
	free(stats.items);
	part_confirmed(at, &diff->confirmed, NULL);
}

fria_document *fria_report_changes(const fria_diff *diff, const char *name,
				   fria_lang lang)
{
	fria_document *doc = fria_document_new(lang);
	fria_document_title(doc, name, fria_word_text(FRIA_W_diff_title, lang));
	fria_difference_view(fria_document_body(doc), diff);
	return doc;
}

void part_changes(fria_parts *w, fria_node *at)
{
	const fria_report *r = w->r;
	if (!r->changes) {
		fria_paragraph_say(at, FRIA_W_report_first_version, NULL);
		return;
	}
	put_all(at, r->changes, !w->approvals);
}
