/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The portfolio as a view: which lines, in which order, their columns, and what
 * asks something of somebody. It evaluates nothing.
 */
#include "workspace.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name; /* what --sort takes */
	fria_word head;
} columns[FRIA_PORTFOLIO_COLUMNS] = {{"assessment", FRIA_W_status_assessment},
				     {"release", FRIA_W_status_release},
				     {"version", FRIA_W_status_version},
				     {"phase", FRIA_W_status_phase},
				     {"verdict", FRIA_W_status_verdict},
				     {"progress", FRIA_W_status_progress},
				     {"stale", FRIA_W_status_stale},
				     {"suspect", FRIA_W_status_suspect},
				     {"overdue", FRIA_W_status_overdue},
				     {"review", FRIA_W_status_review},
				     {"approvals", FRIA_W_status_approvals}};

enum { VERDICT = 4, PROGRESS = 5, OVERDUE = 8, REVIEW = 9 };

const char *fria_portfolio_head(size_t column, fria_lang lang)
{
	return fria_word_text(columns[column].head, lang);
}

/* --- lines --- */

/* "2/3": those that hold among these and what is missing; "" for none. */
static char *say_approvals(const fria_approvals *all)
{
	size_t valid = 0, missing = 0;
	for (size_t i = 0; i < all->n; i++) {
		valid += all->items[i].state == FRIA_APPROVAL_VALID;
		missing += all->items[i].state == FRIA_APPROVAL_MISSING;
	}
	return valid + missing ? fria_format("%zu/%zu", valid, valid + missing)
			       : fria_strdup("");
}

static char *text(const char *value)
{
	return fria_strdup(value ? value : "");
}

static char *say_verdict(const fria_status *s, fria_lang lang)
{
	const char *by = s->superseded;
	fria_buf out = FRIA_BUF_INIT;
	fria_say(&out, lang,
		 by ? FRIA_W_superseded_by : fria_verdict_word(s->verdict),
		 "by", by, NULL);
	return fria_buf_detach(&out);
}

static char *say_due(const fria_review *review)
{
	fria_buf out = FRIA_BUF_INIT;
	if (review->known)
		fria_day_write(&out, review->due);
	return fria_buf_detach(&out);
}

static void fill_line(fria_portfolio_line *l, const fria_status *s,
		      size_t column, fria_lang lang)
{
	const fria_counts *n = &s->counts;
	const char *word = fria_closed_say("/use/phase", s->phase, lang);
	l->status = s;
	l->cells[0] = text(s->assessment);
	l->cells[1] = text(s->release);
	l->cells[2] = text(s->version);
	l->cells[3] = text(word ? word : s->phase);
	l->cells[4] = say_verdict(s, lang);
	l->cells[5] = fria_format("%zu/%zu", n->answered + n->waived,
				  n->visible - n->optional);
	l->cells[6] = fria_format("%zu", n->stale);
	l->cells[7] = fria_format("%zu", n->suspect);
	l->cells[8] = fria_format("%zu", s->overdue);
	l->cells[9] = say_due(&s->review);
	l->cells[10] = say_approvals(&s->approvals);
	l->column = column;
}

/* Numbers by size, most first; the verdict by weight; the rest by text. */
static int compare_lines(const void *a, const void *b)
{
	const fria_portfolio_line *x = a, *y = b;
	const char *left = x->cells[x->column], *right = y->cells[y->column];
	int order = strcmp(left, right);
	if (!x->column)
		order = 0;
	else if (x->column == VERDICT)
		order = (int)x->status->verdict - (int)y->status->verdict;
	else if (x->column >= PROGRESS && x->column <= OVERDUE)
		order = (atoi(right) > atoi(left)) - (atoi(right) < atoi(left));
	return order ? order
		     : (x->status > y->status) - (x->status < y->status);
}

/* By the name that scripts have, or the head that people read. */
static bool is_column(size_t column, const char *text)
{
	return !strcmp(columns[column].name, text) ||
	       fria_words_alike(fria_portfolio_head(column, FRIA_NL), text) ||
	       fria_words_alike(fria_portfolio_head(column, FRIA_EN), text);
}

static int refuse_column(const char *text, fria_lang lang, fria_error *err)
{
	fria_strings heads = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < FRIA_PORTFOLIO_COLUMNS; i++)
		fria_strings_add(&heads, fria_portfolio_head(i, lang));
	int code = fria_fail_choices(err, FRIA_EINPUT, FRIA_W_status_sort,
				     &heads, text);
	fria_strings_dispose(&heads);
	return code;
}

int fria_portfolio_select(fria_portfolio_table *out, const fria_statuses *all,
			  const fria_portfolio_wish *wish, fria_lang lang,
			  fria_error *err)
{
	const char *verdict = NULL, *phase = NULL;
	size_t column = 0;
	int code = 0;
	*out = (fria_portfolio_table){.all = all->n};
	while (wish->sort && column < FRIA_PORTFOLIO_COLUMNS &&
	       !is_column(column, wish->sort))
		column++;
	if (column == FRIA_PORTFOLIO_COLUMNS)
		return refuse_column(wish->sort, lang, err);
	if (wish->verdict)
		code = fria_closed_read(&verdict, "verdict", wish->verdict,
					FRIA_W_status_verdicts, lang, err);
	if (!code && wish->phase)
		code = fria_closed_read(&phase, "/use/phase", wish->phase,
					FRIA_W_unknown_phase, lang, err);
	for (size_t i = 0; !code && i < all->n; i++) {
		const fria_status *s = &all->items[i];
		if ((!verdict || s->verdict == fria_verdict_parse(verdict)) &&
		    (!phase || (s->phase && !strcmp(s->phase, phase))))
			fill_line(FRIA_PUSH(out), s, column, lang);
	}
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, compare_lines);
	return code;
}

void fria_portfolio_dispose(fria_portfolio_table *table)
{
	for (size_t i = 0; i < table->n; i++)
		for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++)
			free(table->items[i].cells[k]);
	free(table->items);
}

/* --- the view --- */

static fria_node *add_table(fria_node *at, fria_lang lang)
{
	const char *heads[FRIA_PORTFOLIO_COLUMNS];
	const fria_table_options options = {.columns = heads,
					    .n = FRIA_PORTFOLIO_COLUMNS,
					    .align = "lllllrrrrll",
					    .row_heads = true};
	for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++)
		heads[k] = fria_portfolio_head(k, lang);
	return fria_node_table(at, &options);
}

/* A day as people read it; sheets and scripts get the date itself. */
static void put_review(fria_node *row, const fria_review *review)
{
	fria_table_cell_text(
	    row, review->known ? fria_kept_day(row, review->due) : "");
}

static void put_line(fria_node *table, const fria_portfolio_line *l)
{
	static const fria_tone tones[] = {FRIA_TONE_STOP, FRIA_TONE_OPEN,
					  FRIA_TONE_AGAIN, FRIA_TONE_GOOD};
	fria_node *row = fria_table_row(table);
	for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++)
		if (k == VERDICT)
			fria_node_badge(fria_table_cell(row),
					l->status->superseded
					    ? FRIA_TONE_PLAIN
					    : tones[l->status->verdict],
					l->cells[k]);
		else if (k == REVIEW)
			put_review(row, &l->status->review);
		else
			fria_table_cell_text(row, l->cells[k]);
}

/* What asks something of somebody, under the table. */
typedef struct {
	fria_node *at, *fields; /* fields NULL: none yet */
	const json_t *roles;
	fria_lang lang;
} asking;

static fria_node *add_field(asking *a, const fria_status *s)
{
	if (!a->fields)
		a->fields = fria_node_fields(a->at);
	return fria_fields_add(a->fields, s->assessment);
}

/* "app/iama: advice of lawyer (lapsed by a change: ...)", a role once. */
static void put_lapsed(asking *a, const fria_status *s)
{
	fria_strings told = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < s->approvals.n; i++) {
		const fria_approval *one = &s->approvals.items[i];
		fria_buf *why = fria_kept_text(a->at);
		if (!fria_strings_has(&told, one->role))
			fria_lapsed_say(why, &s->approvals, one->role, a->lang,
					fria_node_buttons(a->at));
		if (!why->n)
			continue;
		fria_node *field = add_field(a, s);
		fria_strings_add(&told, one->role);
		fria_node_say(field, FRIA_W_approval_of, "kind",
			      fria_approval_kind_say(one, a->lang), "role",
			      fria_role_title(a->roles, one->role, a->lang),
			      NULL);
		fria_node_text(field, why->text);
	}
	fria_strings_dispose(&told);
}

/* "app/iama: lawyer: was due on 20 March 2026 (A. Bakker)"; not late: only
 * where all is told. */
static void put_requests(asking *a, const fria_status *s, bool all)
{
	for (size_t i = 0; i < s->requests.n; i++) {
		const fria_request *r = &s->requests.items[i];
		fria_buf *line = fria_kept_text(a->at);
		if (!r->overdue && !(all && r->state == FRIA_REQUEST_OPEN))
			continue;
		fria_buf_printf(
		    line, "%s: ", fria_role_title(a->roles, r->role, a->lang));
		fria_request_say(line, r, a->lang);
		fria_node_badge(add_field(a, s),
				r->overdue ? FRIA_TONE_STOP : FRIA_TONE_OPEN,
				line->text);
	}
}

/* What was given back with a question. */
static void put_returned(asking *a, const fria_status *s)
{
	for (size_t i = 0; i < s->approvals.n; i++) {
		const fria_approval *one = &s->approvals.items[i];
		if (one->state == FRIA_APPROVAL_RETURNED)
			fria_node_badge(
			    add_field(a, s), FRIA_TONE_DOUBT,
			    fria_kept_say(
				a->at, FRIA_W_status_returned, "role",
				fria_role_title(a->roles, one->role, a->lang),
				"note", one->note, NULL));
	}
}

/* From when the law asks something of it, where that is soon. */
static void put_coming(asking *a, const fria_status *s)
{
	for (size_t i = 0; i < s->coming.n; i++) {
		fria_buf *line = fria_kept_text(a->at);
		if (!s->coming.items[i].soon)
			continue;
		fria_coming_say(line, &s->coming.items[i], a->lang);
		fria_node_badge(add_field(a, s), FRIA_TONE_AGAIN, line->text);
	}
}

/* Nothing is left but to adopt it. */
static void put_adoptable(asking *a, const fria_status *s)
{
	if (s->adoptable)
		fria_node_badge(add_field(a, s), FRIA_TONE_OPEN,
				fria_kept_say(a->at, FRIA_W_adopt_left, "name",
					      s->assessment, NULL));
}

void fria_portfolio_view(fria_node *at, const fria_portfolio_table *portfolio,
			 const json_t *roles, bool all, fria_lang lang)
{
	asking a = {at, NULL, roles, lang};
	fria_node *table = portfolio->n ? add_table(at, lang) : NULL;
	for (size_t i = 0; i < portfolio->n; i++)
		put_line(table, &portfolio->items[i]);
	for (size_t i = 0; i < portfolio->n; i++) {
		const fria_status *one = portfolio->items[i].status;
		if (all)
			put_lapsed(&a, one);
		if (one->superseded)
			continue;
		put_coming(&a, one);
		put_returned(&a, one);
		put_requests(&a, one, all);
		put_adoptable(&a, one);
	}
}
