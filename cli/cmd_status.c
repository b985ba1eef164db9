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
	size_t sort; /* column; 0 is the order they come in */
} table;

static size_t overdue(const fria_evaluation *e)
{
	size_t n = 0;
	for (size_t i = 0; i < e->measures_n; i++)
		n += e->measures[i].overdue;
	for (size_t i = 0; i < e->metrics_n; i++)
		n += e->metrics[i].overdue;
	return n;
}

static char *number(size_t n)
{
	return fria_format("%zu", n);
}

/* "2/3": valid ones among those given and those missing; "" for none. */
static char *approvals(const fria_evaluation *e)
{
	size_t i, valid = 0;
	json_t *one;
	json_array_foreach(e->approvals, i, one)
		valid += !strcmp(fria_json_text(one, "state"), "valid");
	return i ? fria_format("%zu/%zu", valid, i) : fria_strdup("");
}

static void add_line(table *t, const char *name, const fria_snapshot *s,
		     const fria_standing *standing, const char *version)
{
	const fria_evaluation *e = &standing->result;
	const fria_counts *n = &e->counts;
	const char *release = fria_json_text(s->application, "release");
	const json_t *phase = fria_fact(s->application, "/use/phase");
	fria_buf due = FRIA_BUF_INIT;
	line *l = FRIA_PUSH(&t->lines);
	if (e->review.known)
		fria_day_write(&due, e->review.due);
	l->verdict = e->verdict;
	l->cells[0] = fria_strdup(name);
	l->cells[1] = fria_strdup(release ? release : "");
	l->cells[2] = fria_strdup(version ? version : "");
	l->cells[3] = fria_strdup(
	    json_string_value(phase) ? json_string_value(phase) : "");
	l->cells[4] = fria_strdup(
	    fria_word_text(fria_verdict_word(e->verdict), t->c->lang));
	l->cells[5] = fria_format(
	    "%zu/%zu", n->answered + n->waived + n->stale + n->suspect,
	    n->visible - n->optional);
	l->cells[6] = number(n->stale);
	l->cells[7] = number(n->suspect);
	l->cells[8] = number(overdue(e));
	l->cells[9] = fria_buf_detach(&due);
	l->cells[10] = approvals(e);
}

static void add_json(table *t, const char *id, const char *name,
		     const fria_snapshot *s, const fria_standing *standing,
		     const char *version)
{
	const fria_evaluation_place place = {name, NULL};
	json_t *all =
	    fria_evaluation_json(&standing->result, &standing->input, &place);
	json_t *phase = fria_fact(s->application, "/use/phase");
	json_array_append_new(
	    t->list,
	    json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:O, s:O, s:O, s:O, s:O}",
		      "application", id, "assessment", name, "instrument",
		      s->instrument->name, "release",
		      fria_json_text(s->application, "release"), "version",
		      version, "phase", phase ? phase : json_null(), "verdict",
		      json_object_get(all, "verdict"), "counts",
		      json_object_get(all, "counts"), "review",
		      json_object_get(all, "review"), "approvals",
		      json_object_get(all, "approvals")));
	json_decref(all);
}

/* By --verdict and --phase. */
static bool is_wanted(const table *t, const fria_snapshot *s,
		      const fria_standing *standing)
{
	const char *verdict = given(t->c, "verdict");
	const char *phase = given(t->c, "phase");
	const char *is =
	    json_string_value(fria_fact(s->application, "/use/phase"));
	if (verdict &&
	    strcmp(verdict, fria_verdict_id(standing->result.verdict)) != 0)
		return false;
	return !phase || (is && !strcmp(phase, is));
}

static int add_assessment(table *t, const char *id, const char *own,
			  fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	fria_tags versions = {NULL, 0};
	char *name = fria_format("%s/%s", id, own);
	int code = fria_snapshot_load(&s, t->c->ws, name, NULL, err);
	if (!code)
		code =
		    fria_snapshot_versions(&versions, t->c->ws, id, own, err);
	if (!code)
		code =
		    fria_standing_make(&standing, t->c->ws, s, t->as_of, err);
	if (!code && !is_wanted(t, s, &standing)) {
		fria_standing_dispose(&standing);
	} else if (!code) {
		char *version =
		    versions.n ? fria_format("v%zu", versions.n) : NULL;
		add_line(t, name, s, &standing, version);
		add_json(t, id, name, s, &standing, version);
		fria_standing_dispose(&standing);
		free(version);
	}
	fria_tags_dispose(&versions);
	fria_snapshot_free(s);
	free(name);
	return code;
}

static int add_application(table *t, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, t->c->ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++)
		code = add_assessment(t, id, names.items[i], err);
	fria_strings_dispose(&names);
	return code;
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

/* A cell that a spreadsheet would run is made text. */
static void put_cell(cli *c, const char *cell)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_buf_puts(&text, *cell && strchr("=+-@\t\r", *cell) ? "\"'" : "\"");
	for (; *cell; cell++)
		fria_buf_puts(&text,
			      *cell == '"' ? "\"\"" : (char[]){*cell, 0});
	fria_buf_putc(&text, '"');
	put(c, PLAIN, text.text);
	fria_buf_dispose(&text);
}

static void put_csv(const table *t)
{
	cli *c = t->c;
	for (size_t i = 0; i <= t->lines.n; i++) {
		for (size_t k = 0; k < COLUMNS; k++) {
			put(c, PLAIN, k ? "," : "");
			put_cell(c, i ? t->lines.items[i - 1].cells[k]
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
		put_json(
		    c, json_pack("{s:O, s:s, s:O}", "organisation",
				 json_object_get(c->ws->config, "organisation"),
				 "asOf", day.text, "assessments", t->list));
	else if (csv)
		put_csv(t);
	else if (t->lines.n)
		put_table(t);
	else
		say(c, FRIA_W_status_none, NULL);
	fria_buf_dispose(&day);
}

static void dispose(table *t)
{
	for (size_t i = 0; i < t->lines.n; i++)
		for (size_t k = 0; k < COLUMNS; k++)
			free(t->lines.items[i].cells[k]);
	free(t->lines.items);
	json_decref(t->list);
}

static int read_filters(table *t, fria_error *err)
{
	const char *sort = given(t->c, "sort");
	const char *verdict = given(t->c, "verdict");
	bool known = false;
	for (; sort && columns[t->sort]; t->sort++)
		if (!strcmp(columns[t->sort], sort))
			break;
	if (sort && !columns[t->sort])
		return fria_fail(err, FRIA_EINPUT, FRIA_W_status_sort, "value",
				 sort, NULL);
	for (int i = FRIA_BLOCKED; verdict && i <= FRIA_CURRENT; i++)
		known =
		    known || !strcmp(verdict, fria_verdict_id((fria_verdict)i));
	if (verdict && !known)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_status_verdicts,
				 "value", verdict, NULL);
	return 0;
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
	if (date && (!fria_date_is(date) || !fria_time_parse(&t->as_of, date)))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_date, "value",
				 date, NULL);
	if (format && !*csv && strcmp(format, "text") != 0)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_status_format,
				 "value", format, NULL);
	return read_filters(t, err);
}

int cmd_status(cli *c, fria_error *err)
{
	table t = {.c = c, .as_of = c->session.now, .list = json_array()};
	fria_strings ids = FRIA_STRINGS_INIT;
	bool csv, current = true;
	int code = read_options(&t, &csv, err);
	if (!code)
		code = fria_workspace_applications(&ids, c->ws, NULL, err);
	if (!code && c->n && !fria_strings_has(&ids, c->args[0]))
		code =
		    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_application,
			      "application", c->args[0], NULL);
	for (size_t i = 0; i < ids.n && !code; i++)
		if (!c->n || !strcmp(ids.items[i], c->args[0]))
			code = add_application(&t, ids.items[i], err);
	for (size_t i = 0; i < t.lines.n; i++)
		current &= t.lines.items[i].verdict == FRIA_CURRENT;
	sort_lines(&t);
	if (!code)
		view(&t, csv);
	dispose(&t);
	fria_strings_dispose(&ids);
	return code ? 2 : current ? 0 : 1;
}
