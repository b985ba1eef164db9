/* SPDX-License-Identifier: EUPL-1.2 */
/* The portfolio: every assessment on one line, as a table, CSV or JSON. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 11 };

static const fria_word headings[COLUMNS] = {
    FRIA_W_status_assessment, FRIA_W_status_release,  FRIA_W_status_version,
    FRIA_W_status_phase,      FRIA_W_status_verdict,  FRIA_W_status_progress,
    FRIA_W_status_stale,      FRIA_W_status_suspect,  FRIA_W_status_overdue,
    FRIA_W_status_review,     FRIA_W_status_approvals};

/* What --sort takes, in the order of the columns. */
static const char *const columns[COLUMNS + 1] = {
    "assessment", "release", "version", "phase",  "verdict",   "progress",
    "stale",	  "suspect", "overdue", "review", "approvals", NULL};

typedef struct {
	char *cells[COLUMNS];
	fria_verdict verdict;
} line;

typedef struct {
	cli *c;
	fria_time as_of;
	struct {
		line *items;
		size_t n;
	} lines;
	json_t *list;
	fria_findings findings; /* what is broken, lost or there twice */
	size_t all;		/* before the filters */
	size_t sort;		/* column; 0 is the order they come in */
	char separator;		/* of CSV */
	const char *only_verdict, *only_phase; /* ids; NULL: any */
} table;

/* "2/3": those that hold among these and what is missing; "" for none. */
static char *approvals(const json_t *list)
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

static char *verdict_text(const table *t, const line *l, const json_t *json)
{
	const char *by = fria_json_text(json, "supersededBy");
	fria_buf out = FRIA_BUF_INIT;
	fria_say(&out, t->c->lang,
		 by ? FRIA_W_superseded_by : fria_verdict_word(l->verdict),
		 "by", by, NULL);
	return fria_buf_detach(&out);
}

static void add_line(table *t, const json_t *json)
{
	line *l = FRIA_PUSH(&t->lines);
	l->verdict = fria_verdict_parse(fria_json_text(json, "verdict"));
	l->cells[0] = text(json, "assessment");
	l->cells[1] = text(json, "release");
	l->cells[2] = text(json, "version");
	const char *phase = fria_json_text(json, "phase");
	const char *word = fria_closed_say("/use/phase", phase, t->c->lang);
	l->cells[3] = fria_strdup(word ? word : phase ? phase : "");
	l->cells[4] = verdict_text(t, l, json);
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
	l->cells[10] = approvals(json_object_get(json, "approvals"));
}

/* By --verdict and --phase. */
static bool is_wanted(const table *t, const json_t *json)
{
	return (!t->only_verdict ||
		fria_json_says(json, "verdict", t->only_verdict)) &&
	       (!t->only_phase || fria_json_says(json, "phase", t->only_phase));
}

static void add_lines(table *t, const json_t *all)
{
	size_t i;
	json_t *one;
	t->all = json_array_size(all);
	json_array_foreach(all, i, one) {
		if (!is_wanted(t, one))
			continue;
		json_array_append(t->list, one);
		add_line(t, one);
	}
}

/* --- views --- */

static void put_table(const table *t)
{
	static const style styles[] = {RED, BLUE, YELLOW, GREEN};
	cli *c = t->c;
	size_t width[COLUMNS];
	for (size_t k = 0; k < COLUMNS; k++) {
		const char *head = fria_word_text(headings[k], c->lang);
		width[k] = fria_utf8_count(head, strlen(head));
		for (size_t i = 0; i < t->lines.n; i++) {
			const char *cell = t->lines.items[i].cells[k];
			size_t n = fria_utf8_count(cell, strlen(cell));
			width[k] = n > width[k] ? n : width[k];
		}
	}
	for (size_t i = 0; i <= t->lines.n; i++) {
		const line *l = i ? &t->lines.items[i - 1] : NULL;
		for (size_t k = 0; k < COLUMNS; k++) {
			const char *cell =
			    l ? l->cells[k]
			      : fria_word_text(headings[k], c->lang);
			size_t n = fria_utf8_count(cell, strlen(cell));
			put(c,
			    !l	     ? BOLD
			    : k == 4 ? styles[l->verdict]
				     : PLAIN,
			    cell);
			if (k + 1 < COLUMNS)
				putf(c, PLAIN, "%*s", (int)(width[k] - n + 2),
				     "");
		}
		put(c, PLAIN, "\n");
	}
}

/* "app/iama: advice of lawyer (lapsed by a change: ...)", a role once. */
static void put_lapsed(cli *c, const json_t *assessment)
{
	const json_t *roles = json_object_get(c->ws->config, "roles");
	fria_approvals all;
	fria_strings told = FRIA_STRINGS_INIT;
	fria_approvals_kept(&all, json_object_get(assessment, "approvals"));
	for (size_t i = 0; i < all.n; i++) {
		const fria_approval *one = &all.items[i];
		fria_buf why = FRIA_BUF_INIT;
		if (!fria_strings_has(&told, one->role))
			fria_lapsed_say(&why, &all, one->role, c->lang);
		if (why.n) {
			fria_strings_add(&told, one->role);
			putf(c, PLAIN,
			     "%s: ", fria_json_text(assessment, "assessment"));
			put_word(c, PLAIN, FRIA_W_approval_of, "kind",
				 fria_approval_kind_say(one, c->lang), "role",
				 fria_role_title(roles, one->role, c->lang),
				 NULL);
			putf(c, PLAIN, "%s\n", why.text);
		}
		fria_buf_dispose(&why);
	}
	fria_approvals_dispose(&all);
	fria_strings_dispose(&told);
}

/* "app/iama: lawyer: was due on 20 March 2026 (A. Bakker)"; not late: only
 * where all is told. */
static void put_requests(cli *c, const json_t *assessment, bool all)
{
	const json_t *one;
	size_t i;
	json_array_foreach(json_object_get(assessment, "requests"), i, one) {
		fria_buf text = FRIA_BUF_INIT;
		const fria_request request = fria_request_kept(one);
		bool late = request.overdue;
		if (!late && !(all && request.state == FRIA_REQUEST_OPEN))
			continue;
		fria_request_say(&text, &request, c->lang);
		putf(c, late ? RED : PLAIN, "%s: %s: %s\n",
		     fria_json_text(assessment, "assessment"),
		     fria_role_title(json_object_get(c->ws->config, "roles"),
				     request.role, c->lang),
		     text.text);
		fria_buf_dispose(&text);
	}
}

/* What was given back with a question. */
static void put_returned(cli *c, const json_t *assessment)
{
	fria_approvals all;
	fria_approvals_kept(&all, json_object_get(assessment, "approvals"));
	for (size_t i = 0; i < all.n; i++) {
		const fria_approval *one = &all.items[i];
		if (one->state != FRIA_APPROVAL_RETURNED)
			continue;
		putf(c, YELLOW,
		     "%s: ", fria_json_text(assessment, "assessment"));
		put_sentence(
		    c, YELLOW, FRIA_W_status_returned, "role",
		    fria_role_title(json_object_get(c->ws->config, "roles"),
				    one->role, c->lang),
		    "note", one->note, NULL);
	}
	fria_approvals_dispose(&all);
}

/* What asks something of somebody; where one application was asked for, also
 * what lapsed and what is asked but not late. */
static void put_said(const table *t)
{
	const json_t *one;
	size_t i;
	json_array_foreach(t->list, i, one) {
		if (t->c->n)
			put_lapsed(t->c, one);
		if (fria_json_text(one, "supersededBy"))
			continue;
		put_returned(t->c, one);
		put_requests(t->c, one, t->c->n);
	}
}

static void put_csv(const table *t)
{
	cli *c = t->c;
	fria_buf_puts(&c->out, "\xef\xbb\xbf"); /* so they know UTF-8 */
	for (size_t i = 0; i <= t->lines.n; i++) {
		for (size_t k = 0; k < COLUMNS; k++) {
			if (k)
				fria_buf_putc(&c->out, t->separator);
			fria_csv_cell(&c->out,
				      i ? t->lines.items[i - 1].cells[k]
					: fria_word_text(headings[k], c->lang));
		}
		put(c, PLAIN, "\n");
	}
}

static void view(const table *t, bool csv)
{
	cli *c = t->c;
	fria_buf day = FRIA_BUF_INIT;
	fria_day_write(&day, t->as_of);
	if (c->json)
		put_json(c, fria_json_pack(
				"{s:O, s:s, s:O, s:o}", "organisation",
				json_object_get(c->ws->config, "organisation"),
				"asOf", day.text, "assessments", t->list,
				"findings",
				fria_findings_json(&t->findings, c->lang)));
	else if (csv)
		put_csv(t);
	else if (!t->lines.n)
		say(c, t->all ? FRIA_W_status_none_such : FRIA_W_status_none,
		    NULL);
	else
		put_table(t);
	if (!c->json && !csv)
		put_said(t);
	if (!c->json)
		say_findings(c, &t->findings);
	fria_buf_dispose(&day);
}

static void dispose(table *t)
{
	for (size_t i = 0; i < t->lines.n; i++)
		for (size_t k = 0; k < COLUMNS; k++)
			free(t->lines.items[i].cells[k]);
	free(t->lines.items);
	fria_findings_dispose(&t->findings);
	json_decref(t->list);
}

static int read_filters(table *t, fria_error *err)
{
	const char *phase = given(t->c, "phase");
	const char *sort = given(t->c, "sort");
	const char *verdict = given(t->c, "verdict");
	for (; sort && columns[t->sort]; t->sort++)
		if (!strcmp(columns[t->sort], sort))
			break;
	if (sort && !columns[t->sort])
		return fria_fail(err, FRIA_EINPUT, FRIA_W_status_sort, "value",
				 sort, NULL);
	int code =
	    verdict ? fria_closed_read(&t->only_verdict, "verdict", verdict,
				       FRIA_W_status_verdicts, t->c->lang, err)
		    : 0;
	return code || !phase
		   ? code
		   : fria_closed_read(&t->only_phase, "/use/phase", phase,
				      FRIA_W_unknown_phase, t->c->lang, err);
}

/* Numbers by size, most first; the verdict by weight; the rest by text. */
static int compare_lines(const line *a, const line *b, size_t column)
{
	const char *x = a->cells[column], *y = b->cells[column];
	if (column == 4)
		return (int)a->verdict - (int)b->verdict;
	if (column >= 5 && column <= 8)
		return (atoi(y) > atoi(x)) - (atoi(y) < atoi(x));
	return strcmp(x, y);
}

/* Stable; the list of --json goes along. */
static void sort_lines(table *t)
{
	for (size_t i = 1; t->sort && i < t->lines.n; i++)
		for (size_t k = i; k > 0; k--) {
			line *a = &t->lines.items[k - 1], *b = a + 1, swap = *a;
			if (compare_lines(a, b, t->sort) <= 0)
				break;
			*a = *b;
			*b = swap;
			json_t *one =
			    json_incref(json_array_get(t->list, k - 1));
			json_array_set(t->list, k - 1,
				       json_array_get(t->list, k));
			json_array_set_new(t->list, k, one);
		}
}

static int read_options(table *t, bool *csv, fria_error *err)
{
	cli *c = t->c;
	const char *date = given(c, "as-of"), *format = given(c, "format");
	*csv = format && !strcmp(format, "csv");
	if (date)
		fria_time_parse(&t->as_of, date);
	if (format && !*csv && strcmp(format, "text") != 0)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_status_format,
				 "value", format, NULL);
	int code = read_separator(&t->separator, c, err);
	return code ? code : read_filters(t, err);
}

int cmd_status(cli *c, fria_error *err)
{
	table t = {.c = c,
		   .as_of = fria_session_day(&c->session),
		   .list = json_array()};
	const char *application = c->n ? c->args[0] : NULL;
	json_t *all = NULL;
	bool csv, current = true, broken = false;
	int code = read_options(&t, &csv, err);
	if (!code)
		code = fria_portfolio(&all, &t.findings, c->ws, application,
				      t.as_of, err);
	broken = t.findings.n > 0;
	if (!code)
		code = fria_look_around(&t.findings, c->ws, application, err);
	add_lines(&t, all);
	json_decref(all);
	for (size_t i = 0; i < t.lines.n; i++)
		current &= t.lines.items[i].verdict == FRIA_CURRENT;
	sort_lines(&t);
	if (!code)
		view(&t, csv);
	current &= !t.findings.n;
	dispose(&t);
	return code || broken ? 2 : current ? 0 : 1;
}
