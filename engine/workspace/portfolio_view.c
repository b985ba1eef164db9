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

enum { VERDICT = 4, PROGRESS = 5, OVERDUE = 8 };

const char *fria_portfolio_head(size_t column, fria_lang lang)
{
	return fria_word_text(columns[column].head, lang);
}

/* --- lines --- */

/* "2/3": those that hold among these and what is missing; "" for none. */
static char *say_approvals(const json_t *list)
{
	fria_approvals all;
	size_t valid = 0, missing = 0;
	fria_approvals_kept(&all, list);
	for (size_t i = 0; i < all.n; i++) {
		valid += all.items[i].state == FRIA_APPROVAL_VALID;
		missing += all.items[i].state == FRIA_APPROVAL_MISSING;
	}
	fria_approvals_dispose(&all);
	return valid + missing ? fria_format("%zu/%zu", valid, valid + missing)
			       : fria_strdup("");
}

static long long count(const json_t *json, const char *key)
{
	return json_integer_value(
	    json_object_get(json_object_get(json, "counts"), key));
}

static char *text(const json_t *object, const char *key)
{
	const char *value = fria_json_text(object, key);
	return fria_strdup(value ? value : "");
}

static char *say_verdict(const fria_portfolio_line *l, fria_lang lang)
{
	const char *by = fria_json_text(l->json, "supersededBy");
	fria_buf out = FRIA_BUF_INIT;
	fria_say(&out, lang,
		 by ? FRIA_W_superseded_by : fria_verdict_word(l->verdict),
		 "by", by, NULL);
	return fria_buf_detach(&out);
}

static void fill_line(fria_portfolio_line *l, json_t *json, size_t place,
		      fria_lang lang)
{
	const char *phase = fria_json_text(json, "phase");
	const char *word = fria_closed_say("/use/phase", phase, lang);
	l->json = json_incref(json);
	l->place = place;
	l->verdict = fria_verdict_parse(fria_json_text(json, "verdict"));
	l->cells[0] = text(json, "assessment");
	l->cells[1] = text(json, "release");
	l->cells[2] = text(json, "version");
	l->cells[3] = fria_strdup(word ? word : phase ? phase : "");
	l->cells[4] = say_verdict(l, lang);
	l->cells[5] =
	    fria_format("%lld/%lld",
			count(json, "answered") + count(json, "waived") +
			    count(json, "stale") + count(json, "suspect"),
			count(json, "visible") - count(json, "optional"));
	l->cells[6] = fria_format("%lld", count(json, "stale"));
	l->cells[7] = fria_format("%lld", count(json, "suspect"));
	l->cells[8] = fria_format(
	    "%lld",
	    (long long)json_integer_value(json_object_get(json, "overdue")));
	l->cells[9] = text(json_object_get(json, "review"), "due");
	l->cells[10] = say_approvals(json_object_get(json, "approvals"));
	l->column = 0;
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
		order = (int)x->verdict - (int)y->verdict;
	else if (x->column >= PROGRESS && x->column <= OVERDUE)
		order = (atoi(right) > atoi(left)) - (atoi(right) < atoi(left));
	return order ? order : (x->place > y->place) - (x->place < y->place);
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

int fria_portfolio_select(fria_portfolio_table *out, const json_t *lines,
			  const fria_portfolio_wish *wish, fria_lang lang,
			  fria_error *err)
{
	const char *verdict = NULL, *phase = NULL;
	size_t column = 0, i;
	json_t *one;
	int code = 0;
	*out = (fria_portfolio_table){.all = json_array_size(lines)};
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
	json_array_foreach(lines, i, one) {
		if (code ||
		    (verdict && !fria_json_says(one, "verdict", verdict)) ||
		    (phase && !fria_json_says(one, "phase", phase)))
			continue;
		fria_portfolio_line *l = FRIA_PUSH(out);
		fill_line(l, one, i, lang);
		l->column = column;
	}
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, compare_lines);
	return code;
}

void fria_portfolio_dispose(fria_portfolio_table *table)
{
	for (size_t i = 0; i < table->n; i++) {
		for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++)
			free(table->items[i].cells[k]);
		json_decref(table->items[i].json);
	}
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

static void put_line(fria_node *table, const fria_portfolio_line *l)
{
	static const fria_tone tones[] = {FRIA_TONE_STOP, FRIA_TONE_OPEN,
					  FRIA_TONE_AGAIN, FRIA_TONE_GOOD};
	bool past = fria_json_text(l->json, "supersededBy") != NULL;
	fria_node *row = fria_table_row(table);
	for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++)
		if (k == VERDICT)
			fria_node_badge(fria_table_cell(row),
					past ? FRIA_TONE_PLAIN
					     : tones[l->verdict],
					l->cells[k]);
		else
			fria_table_cell_text(row, l->cells[k]);
}

/* What asks something of somebody, under the table. */
typedef struct {
	fria_node *at, *fields; /* fields NULL: none yet */
	const json_t *roles;
	fria_lang lang;
} asking;

static fria_node *add_field(asking *a, const json_t *assessment)
{
	if (!a->fields)
		a->fields = fria_node_fields(a->at);
	return fria_fields_add(a->fields,
			       fria_json_text(assessment, "assessment"));
}

/* "app/iama: advice of lawyer (lapsed by a change: ...)", a role once. */
static void put_lapsed(asking *a, const json_t *assessment)
{
	fria_approvals all;
	fria_strings told = FRIA_STRINGS_INIT;
	fria_approvals_kept(&all, json_object_get(assessment, "approvals"));
	for (size_t i = 0; i < all.n; i++) {
		const fria_approval *one = &all.items[i];
		fria_buf why = FRIA_BUF_INIT;
		if (!fria_strings_has(&told, one->role))
			fria_lapsed_say(&why, &all, one->role, a->lang);
		if (why.n) {
			fria_node *field = add_field(a, assessment);
			fria_strings_add(&told, one->role);
			fria_node_say(
			    field, FRIA_W_approval_of, "kind",
			    fria_approval_kind_say(one, a->lang), "role",
			    fria_role_title(a->roles, one->role, a->lang),
			    NULL);
			fria_node_text(field, why.text);
		}
		fria_buf_dispose(&why);
	}
	fria_approvals_dispose(&all);
	fria_strings_dispose(&told);
}

/* "app/iama: lawyer: was due on 20 March 2026 (A. Bakker)"; not late: only
 * where all is told. */
static void put_requests(asking *a, const json_t *assessment, bool all)
{
	const json_t *one;
	size_t i;
	json_array_foreach(json_object_get(assessment, "requests"), i, one) {
		const fria_request request = fria_request_kept(one);
		fria_buf line = FRIA_BUF_INIT;
		if (!request.overdue &&
		    !(all && request.state == FRIA_REQUEST_OPEN))
			continue;
		fria_buf_printf(
		    &line,
		    "%s: ", fria_role_title(a->roles, request.role, a->lang));
		fria_request_say(&line, &request, a->lang);
		fria_node_badge(add_field(a, assessment),
				request.overdue ? FRIA_TONE_STOP
						: FRIA_TONE_OPEN,
				line.text);
		fria_buf_dispose(&line);
	}
}

/* What was given back with a question. */
static void put_returned(asking *a, const json_t *assessment)
{
	fria_approvals all;
	fria_approvals_kept(&all, json_object_get(assessment, "approvals"));
	for (size_t i = 0; i < all.n; i++) {
		const fria_approval *one = &all.items[i];
		fria_buf line = FRIA_BUF_INIT;
		if (one->state != FRIA_APPROVAL_RETURNED)
			continue;
		fria_say(&line, a->lang, FRIA_W_status_returned, "role",
			 fria_role_title(a->roles, one->role, a->lang), "note",
			 one->note, NULL);
		fria_node_badge(add_field(a, assessment), FRIA_TONE_DOUBT,
				line.text);
		fria_buf_dispose(&line);
	}
	fria_approvals_dispose(&all);
}

void fria_portfolio_view(fria_node *at, const fria_portfolio_table *portfolio,
			 const json_t *roles, bool all, fria_lang lang)
{
	asking a = {at, NULL, roles, lang};
	fria_node *table = portfolio->n ? add_table(at, lang) : NULL;
	for (size_t i = 0; i < portfolio->n; i++)
		put_line(table, &portfolio->items[i]);
	for (size_t i = 0; i < portfolio->n; i++) {
		const json_t *one = portfolio->items[i].json;
		if (all)
			put_lapsed(&a, one);
		if (fria_json_text(one, "supersededBy"))
			continue;
		put_returned(&a, one);
		put_requests(&a, one, all);
	}
}
