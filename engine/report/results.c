/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an assessment comes to: scores row by row, the rule they follow,
 * conclusions with what they rest on. It computes nothing.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a table, less the one for the row. */
#define MOST 63

typedef struct {
	const fria_evaluation *e;
	const fria_evaluation_input *input;
	const fria_instrument *in;
	fria_lang lang;
	fria_choices *choices;
	bool open; /* levels of rows stand open */
} work;

/* --- one result --- */

/* "4.1 Question; 5.2 Risks": what a result was read from. */
static const char *reads_of(const work *w, fria_node *at,
			    const fria_reads *read)
{
	fria_buf *text = fria_kept_text(at);
	for (size_t i = 0; i < read->n; i++) {
		const fria_read *one = &read->items[i];
		fria_buf_printf(text, i ? "; %s" : "%s",
				one->kind == FRIA_READ_FACT
				    ? fria_fact_title(one->what, w->lang)
				    : one->what);
	}
	return text->text;
}

bool part_result_withheld(const fria_parts *w, fria_buf *out, bool withheld)
{
	if (withheld)
		fria_say(out, w->r->lang, FRIA_W_report_result_withheld, NULL);
	return withheld;
}

/* Keys of a table are read as words. */
static void say_score(const work *w, fria_buf *out, const fria_score *one)
{
	const json_t *value = one->value;
	bool nothing = !value || json_is_null(value) ||
		       (json_is_number(value) && json_number_value(value) == 0);
	if (one->withheld)
		fria_say(out, w->lang, FRIA_W_report_result_withheld, NULL);
	else if (one->text)
		fria_buf_puts(out, one->text);
	else if (nothing)
		fria_say(out, w->lang, FRIA_W_report_no_result, NULL);
	else
		fria_fact_say(out, value, w->lang);
	for (char *at = out->text; json_is_object(value) && *at; at++)
		if (*at == '_')
			*at = ' ';
}

static void put_score(const work *w, fria_node *at, const fria_score *one,
		      bool badge)
{
	say_score(w, fria_node_here(at), one);
	if (one->stale && badge) {
		fria_node_text(at, " ");
		fria_node_label(at, FRIA_TONE_AGAIN, FRIA_W_state_stale);
	}
}

/* --- the rows of a group, each with its levels --- */

static size_t group_of(const work *w, const fria_score *one)
{
	return one->row ? w->in->tasks[one->of->task].rows : FRIA_NONE;
}

static const fria_score *score_at(const work *w, size_t task, const char *row)
{
	for (size_t i = 0; i < w->e->scores.n; i++) {
		const fria_score *one = &w->e->scores.items[i];
		if (one->of->task == task && one->row && !strcmp(one->row, row))
			return one;
	}
	return NULL;
}

/* Tasks whose results in these rows have a word; how many. */
static size_t find_levels(const work *w, size_t group, size_t tasks[MOST])
{
	size_t n = 0;
	for (size_t i = 0; i < w->e->scores.n && n < MOST; i++) {
		const fria_score *one = &w->e->scores.items[i];
		size_t k = 0;
		if (group_of(w, one) != group || (!one->text && !one->withheld))
			continue;
		while (k < n && tasks[k] != one->of->task)
			k++;
		if (k == n)
			tasks[n++] = one->of->task;
	}
	return n;
}

/* "row 2: what its first question says" */
static const char *row_label(const work *w, fria_node *at, size_t group,
			     const char *row, size_t number)
{
	size_t column = fria_task_column(w->in, group);
	const json_t *value =
	    fria_assessment_value(w->input->assessment, w->in, column, row);
	fria_buf text = FRIA_BUF_INIT;
	if (value)
		fria_choice_say(&text, w->choices, column, value);
	const char *out = fria_kept_say(
	    at, text.n ? FRIA_W_diff_row_label : FRIA_W_diff_row, "number",
	    FRIA_DIGITS(number), "label", text.text, NULL);
	fria_buf_dispose(&text);
	return out;
}

/* All rows in one fold, made where the first are. */
static void put_rows(const work *w, fria_node *at, fria_node **fold,
		     size_t group)
{
	size_t tasks[MOST], n = find_levels(w, group, tasks), i;
	const char *heads[MOST + 1] = {
	    fria_task_title(&w->in->tasks[group], w->lang)};
	const fria_table_options options = {
	    .columns = heads, .n = n + 1, .row_heads = true};
	json_t *row;
	bool stale = false;
	if (!n)
		return;
	for (i = 0; i < n; i++)
		heads[i + 1] =
		    fria_task_title(&w->in->tasks[tasks[i]], w->lang);
	if (!w->open && !*fold)
		*fold = fria_details_word(at, FRIA_W_report_row_levels, false);
	at = *fold ? *fold : at;
	fria_node *table = fria_node_table(at, &options);
	json_array_foreach(
	    fria_assessment_rows(w->input->assessment, w->in, group), i, row) {
		const char *id = fria_json_text(row, "id");
		fria_node *line = fria_table_texts(
		    table, 1, row_label(w, at, group, id, i + 1));
		for (size_t k = 0; k < n; k++) {
			const fria_score *one = score_at(w, tasks[k], id);
			fria_node *cell = fria_table_cell(line);
			stale = stale || (one && one->stale);
			if (one)
				put_score(w, cell, one, false);
		}
	}
	if (stale)
		fria_meta_say(at, FRIA_W_report_result_stale, NULL);
}

/* How it is computed, where the questionnaire says so beside a score. */
static void put_rule(const work *w, fria_node *at, size_t parent)
{
	for (size_t i = parent + 1; i < w->in->tasks[parent].end; i++) {
		const fria_task *t = &w->in->tasks[i];
		const char *text = fria_task_guidance(t, w->lang);
		if (t->kind == FRIA_NOTICE && t->parent == parent && !t->stop &&
		    !t->calculated && text)
			fria_node_markdown(
			    fria_node_details(at, fria_task_title(t, w->lang),
					      false),
			    text);
	}
}

/* Gives the fold of the rows, or NULL. */
static fria_node *put_scores(const work *w, fria_node *at)
{
	size_t said = FRIA_NONE, parent = FRIA_NONE;
	fria_node *fields = NULL, *fold = NULL;
	for (size_t i = 0; i < w->e->scores.n; i++) {
		const fria_score *one = &w->e->scores.items[i];
		size_t group = group_of(w, one);
		if (group != FRIA_NONE) {
			if (group != said)
				put_rows(w, at, &fold, group);
			said = group;
			continue;
		}
		const fria_task *task = &w->in->tasks[one->of->task];
		fields = fields ? fields : fria_node_fields(at);
		put_score(
		    w, fria_fields_add(fields, fria_task_title(task, w->lang)),
		    one, true);
		parent = task->parent;
	}
	if (said != FRIA_NONE && parent != FRIA_NONE)
		put_rule(w, at, parent);
	return fold;
}

/* --- conclusions --- */

static void put_conclusion(const work *w, fria_node *at,
			   const fria_conclusion *one)
{
	fria_node *note = fria_node_note(
	    at, one->stale ? FRIA_TONE_AGAIN : FRIA_TONE_PLAIN, one->title);
	fria_node_paragraph_text(
	    note, one->withheld
		      ? fria_word_text(FRIA_W_report_result_withheld, w->lang)
		      : one->text);
	if (one->law)
		fria_node_paragraph_text(note, one->law);
	fria_node *list = one->because.n ? fria_node_list(note, false) : NULL;
	for (size_t i = 0; i < one->because.n; i++)
		fria_node_text(fria_list_item(list), one->because.items[i]);
	if (one->read.n)
		fria_meta_say(note, FRIA_W_report_read_from, "what",
			      reads_of(w, at, &one->read), NULL);
	if (one->stale)
		fria_paragraph_say(note, FRIA_W_report_result_stale, NULL);
}

/* --- what each was read from --- */

static void put_reads(const work *w, fria_node *at)
{
	if (!w->e->scores.n)
		return;
	fria_node *table = fria_table_words(
	    fria_details_word(at, FRIA_W_report_results_read, false), "Lrll",
	    FRIA_W_report_score, FRIA_W_report_row, FRIA_W_report_result,
	    FRIA_W_report_read);
	for (size_t i = 0; i < w->e->scores.n; i++) {
		const fria_score *one = &w->e->scores.items[i];
		const fria_task *task = &w->in->tasks[one->of->task];
		size_t number = fria_assessment_row_number(
		    w->input->assessment, w->in, task->rows, one->row);
		fria_node *line =
		    fria_table_texts(table, 2, fria_task_title(task, w->lang),
				     number ? FRIA_DIGITS(number) : "");
		put_score(w, fria_table_cell(line), one, true);
		fria_table_cell_text(line, reads_of(w, at, &one->read));
	}
}

/* Nothing is to be done for it, or that cannot be said yet: a line is enough.
 */
static bool is_quiet(const fria_conclusion *one)
{
	return one->text && one->level && !one->withheld &&
	       (!strcmp(one->level, "unknown") ||
		!strcmp(one->level, "not-needed"));
}

/* An answer that it follows from is to be judged again: until then it is told
 * in short, where levels do not stand open. */
static bool waits(const work *w, const fria_conclusion *one)
{
	return one->stale && !w->open;
}

static void put_quiet(fria_node *item, const fria_conclusion *one)
{
	size_t n = strlen(one->text);
	bool stops = n && strchr(".:", one->text[n - 1]);
	fria_node_format(item, "%.*s", (int)(n - stops), one->text);
	if (one->because.n) {
		fria_node_text(item, ": ");
		fria_strings_join(fria_node_here(item), &one->because, "; ");
	}
	fria_node_text(item, stops ? "." : "");
}

/* Each in a line; of those that ask for nothing only how many there are. */
static void put_waiting(const work *w, fria_node *at)
{
	const fria_conclusions *all = &w->e->conclusions;
	fria_node *note = NULL, *list = NULL, *fold = NULL;
	size_t quiet = 0;
	for (size_t i = 0; i < all->n; i++)
		quiet += waits(w, &all->items[i]) && is_quiet(&all->items[i]);
	for (size_t i = 0; i < all->n; i++) {
		const fria_conclusion *one = &all->items[i];
		if (!waits(w, one) || (!one->text && !one->withheld))
			continue;
		if (!note)
			note = fria_node_note(
			    at, FRIA_TONE_AGAIN,
			    fria_word_text(FRIA_W_report_results_wait,
					   w->lang));
		if (is_quiet(one) && quiet > 1) {
			fold =
			    fold ? fold
				 : fria_node_list(
				       fria_node_details(
					   note,
					   fria_kept_say(
					       note,
					       FRIA_W_report_results_wait_quiet,
					       "count", FRIA_DIGITS(quiet),
					       NULL),
					   false),
				       false);
			put_quiet(fria_list_item(fold), one);
			continue;
		}
		list = list ? list : fria_node_list(note, false);
		if (one->withheld)
			fria_node_text(
			    fria_list_item(list),
			    fria_word_text(FRIA_W_report_result_withheld,
					   w->lang));
		else
			put_quiet(fria_list_item(list), one);
	}
}

void fria_results_view(fria_node *at, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input, bool open)
{
	fria_lang lang = fria_node_lang(at);
	const work w = {evaluation,
			input,
			input->instrument,
			lang,
			fria_choices_new(input->instrument, input->assessment,
					 &input->siblings, input->application,
					 lang),
			open};
	const fria_conclusions *all = &evaluation->conclusions;
	fria_node *list = NULL;
	fria_node *fold = put_scores(&w, at);
	bool said = false;
	for (size_t i = 0; i < all->n; i++)
		said = said || all->items[i].text || all->items[i].withheld;
	for (size_t i = 0; i < all->n; i++)
		if ((all->items[i].text || all->items[i].withheld) &&
		    (all->items[i].stale ? w.open : !is_quiet(&all->items[i])))
			put_conclusion(&w, at, &all->items[i]);
	put_waiting(&w, at);
	for (size_t i = 0; i < all->n; i++) {
		if (!is_quiet(&all->items[i]) || all->items[i].stale)
			continue;
		list = list ? list : fria_node_list(at, false);
		put_quiet(fria_list_item(list), &all->items[i]);
	}
	put_reads(&w, fold ? fold : at);
	if (fold && !said)
		fria_details_aside(fold);
	fria_choices_free(w.choices);
}

void part_conclusions(fria_parts *w, fria_node *at)
{
	fria_results_view(at, w->r->evaluation, w->r->input, true);
}
