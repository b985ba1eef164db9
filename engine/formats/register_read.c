/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Entries of the algoritmeregister as they are handed out: one, a list, a
 * page of the API, the reduced register, or the CSV download. All become
 * entries by the names of the publication standard; it judges none of them.
 */
#include "formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Broken rows that are told one by one; then the file is no such table. */
#define MAX_BROKEN 1000

typedef enum { TEXT, LIST, LINKS } form;

static const struct {
	const char *name;
	form form;
} fields[] = {{"name", TEXT},
	      {"description_short", TEXT},
	      {"organization", TEXT},
	      {"category", LIST},
	      {"status", TEXT},
	      {"begin_date", TEXT},
	      {"end_date", TEXT},
	      {"contact_email", TEXT},
	      {"website", TEXT},
	      {"publication_category", TEXT},
	      {"url", TEXT},
	      {"goal", TEXT},
	      {"proportionality", TEXT},
	      {"human_intervention", TEXT},
	      {"risks", TEXT},
	      {"lawful_basis", TEXT},
	      {"lawful_basis_grouping", LINKS},
	      {"process_index_url", TEXT},
	      {"impacttoetsen", TEXT},
	      {"impacttoetsen_grouping", LINKS},
	      {"source_data", TEXT},
	      {"source_data_grouping", LINKS},
	      {"source_data_link", TEXT},
	      {"methods_and_models", TEXT},
	      {"provider", TEXT},
	      {"publiccode", TEXT},
	      {"type", TEXT},
	      {"iama_description", TEXT},
	      {"lang", TEXT},
	      {"standard_version", TEXT},
	      {"source_id", TEXT},
	      {"tags", TEXT},
	      {"lars", TEXT},
	      {"publication_dt", TEXT},
	      {"uuid", TEXT},
	      {"id", TEXT}};
#define FIELDS (sizeof fields / sizeof *fields)

/* --- the reduced register: other names for a few fields --- */

static json_t *reduced_status(const char *status)
{
	static const char *const values[][2] = {
	    {"in_gebruik", "In gebruik"},
	    {"ontwikkeling", "In ontwikkeling"},
	    {"buiten_gebruik", "Buiten gebruik"}};
	for (size_t i = 0; status && i < 3; i++)
		if (!strcmp(status, values[i][0]))
			return fria_json_string(values[i][1]);
	return status ? fria_json_string(status) : NULL;
}

/* The standard's names; what has none is bookkeeping of whoever reduced it. */
static json_t *from_reduced(const json_t *one)
{
	static const char *const names[][2] = {
	    {"title", "name"},
	    {"organisatie", "organization"},
	    {"doel", "goal"},
	    {"juridische_basis", "lawful_basis"},
	    {"id", "lars"}};
	json_t *out = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		json_t *value = json_object_get(one, names[i][0]);
		if (value)
			json_object_set(out, names[i][1], value);
	}
	json_t *status = reduced_status(fria_json_text(one, "status"));
	if (status)
		json_object_set_new(out, "status", status);
	return out;
}

/* By its name, or its title in Dutch or English; FIELDS for none. */
static size_t find_field(const char *column)
{
	if (!strcasecmp(column, "algorithm_id"))
		column = "lars";
	for (size_t i = 0; i < FIELDS; i++) {
		char *pointer = fria_format("/register/%s", fields[i].name);
		bool same =
		    !strcasecmp(column, fields[i].name) ||
		    !strcasecmp(column, fria_fact_title(pointer, FRIA_NL)) ||
		    !strcasecmp(column, fria_fact_title(pointer, FRIA_EN));
		free(pointer);
		if (same)
			return i;
	}
	return FIELDS;
}

/* --- JSON --- */

static json_t *list_in(const json_t *file)
{
	static const char *const keys[] = {"results", "algoritmes",
					   "algorithms", NULL};
	if (json_is_array(file))
		return (json_t *)(uintptr_t)file;
	for (size_t i = 0; keys[i]; i++) {
		json_t *list = json_object_get(file, keys[i]);
		if (json_is_array(list))
			return list;
	}
	return NULL;
}

/* The name under which a list stands in the file. */
static const char *key_of(const json_t *file, const json_t *list)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)file, key, value) {
		if (value == list)
			return key;
	}
	return "";
}

static bool is_reduced(const json_t *one)
{
	return fria_json_text(one, "title") && !fria_json_text(one, "name");
}

static void add_row(fria_register_rows *out, json_t *entry, char *pointer,
		    size_t line)
{
	*FRIA_PUSH(out) = (fria_register_row){entry, pointer, line};
}

/* Takes the pointer. */
static void add_entry(fria_register_rows *out, fria_findings *findings,
		      const char *name, const json_t *one, char *pointer)
{
	json_t *entry = is_reduced(one) ? from_reduced(one)
					: json_incref((json_t *)(uintptr_t)one);
	if (fria_json_text(entry, "name")) {
		add_row(out, entry, pointer, 0);
		return;
	}
	fria_findings_add(findings, FRIA_SEVERE, FRIA_W_entry_without_name,
			  name, pointer, NULL);
	out->broken++;
	json_decref(entry);
	free(pointer);
}

/* Counts the fields of an entry that the standard does not have. */
static void count_placeless(json_t *counts, const json_t *one)
{
	static const char *const reduced[] = {
	    "title", "organisatie", "doel", "juridische_basis",
	    "id",    "status",	    NULL};
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)one, key, value) {
		bool known = false;
		char *pointer = fria_format("/register/%s", key);
		if (is_reduced(one))
			for (size_t i = 0; reduced[i]; i++)
				known = known || !strcmp(reduced[i], key);
		else
			known = find_field(key) < FIELDS ||
				fria_fact_field(pointer);
		free(pointer);
		if (!known && !json_is_null(value) &&
		    !fria_json_says(one, key, ""))
			json_object_set_new(
			    counts, key,
			    json_integer(1 + json_integer_value(json_object_get(
						 counts, key))));
	}
}

static void tell_placeless(fria_findings *findings, const char *name,
			   const json_t *counts, bool reduced)
{
	fria_buf list = FRIA_BUF_INIT;
	const char *key;
	json_t *n;
	json_object_foreach((json_t *)(uintptr_t)counts, key, n)
		fria_buf_printf(&list, "%s%s (%lld)", list.n ? ", " : "", key,
				(long long)json_integer_value(n));
	if (list.n)
		fria_findings_add(findings, FRIA_NOTE,
				  reduced ? FRIA_W_entry_fields_left
					  : FRIA_W_entry_fields_kept,
				  name, NULL, "fields", list.text, NULL);
	fria_buf_dispose(&list);
}

void fria_register_organisations(fria_strings *out,
				 const fria_register_rows *rows)
{
	json_t *seen = json_object();
	for (size_t i = 0; i < rows->n; i++) {
		const char *own =
		    fria_json_text(rows->items[i].entry, "organization");
		if (!own || !*own || json_object_get(seen, own))
			continue;
		json_object_set_new(seen, own, json_true());
		fria_strings_add(out, own);
	}
	json_decref(seen);
}

int fria_register_read(fria_register_rows *out, fria_findings *findings,
		       const json_t *file, const char *name, fria_error *err)
{
	const json_t *list = list_in(file);
	if (!list && !fria_json_text(file, "name")) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_no_entries, NULL);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	json_t *placeless = json_object(), *one;
	const json_t *total = json_object_get(file, "total_count");
	size_t k;
	out->whole = list && (!json_is_integer(total) ||
			      json_integer_value(total) <=
				  (json_int_t)json_array_size(list));
	out->partial = is_reduced(list ? json_array_get(list, 0) : file);
	if (!list) {
		count_placeless(placeless, file);
		add_entry(out, findings, name, file, fria_strdup(""));
	}
	json_array_foreach((json_t *)(uintptr_t)list, k, one)
		count_placeless(placeless, one);
	for (size_t i = 0; i < json_array_size(list); i++)
		add_entry(out, findings, name, json_array_get(list, i),
			  list == file
			      ? fria_format("/%zu", i)
			      : fria_format("/%s/%zu", key_of(file, list), i));
	tell_placeless(findings, name, placeless, out->partial);
	json_decref(placeless);
	return 0;
}

/* --- cells of the download --- */

static json_t *split_list(const char *cell)
{
	json_t *list = json_array();
	while (*cell) {
		const char *end = strstr(cell, ", ");
		size_t n = end ? (size_t)(end - cell) : strlen(cell);
		json_array_append_new(list, fria_json_string_n(cell, n));
		cell += n + (end ? 2 : 0);
	}
	return list;
}

static bool is_address(const char *text, size_t n)
{
	return (n > 7 && !strncasecmp(text, "http://", 7)) ||
	       (n > 8 && !strncasecmp(text, "https://", 8)) ||
	       (n > 4 && !strncasecmp(text, "www.", 4));
}

/* Where "TITLE, LINK" is parted: before the last address, or after the first
 * part where that is one, and they were swapped; 0: nowhere. */
static size_t parted_at(const char *text, size_t n)
{
	size_t first = 0, last = 0;
	for (size_t i = 0; i + 2 < n; i++) {
		if (memcmp(text + i, ", ", 2) != 0)
			continue;
		if (!first)
			first = i;
		if (is_address(text + i + 2, n - i - 2))
			last = i;
	}
	if (last)
		return last;
	return is_address(text, n) ? first : 0;
}

/* "TITLE, LINK" or "TITLE" */
static json_t *split_link(const char *text, size_t n)
{
	size_t parted = parted_at(text, n);
	if (!parted)
		return fria_json_pack("{s:s%}", "title", text, n);
	return fria_json_pack("{s:s%, s:s%}", "title", text, parted, "link",
			      text + parted + 2, n - parted - 2);
}

/* "1: TITLE, LINK. 2: TITLE"; NULL for another form. */
static json_t *split_links(const char *cell)
{
	char mark[32];
	json_t *list = json_array();
	for (size_t number = 1;; number++) {
		int n = snprintf(mark, sizeof mark, "%zu: ", number);
		if (strncmp(cell, mark, (size_t)n) != 0) {
			json_decref(list);
			return NULL;
		}
		cell += n;
		snprintf(mark, sizeof mark, ". %zu: ", number + 1);
		const char *end = strstr(cell, mark);
		size_t length = end ? (size_t)(end - cell) : strlen(cell);
		json_array_append_new(list, split_link(cell, length));
		if (!end)
			return list;
		cell = end + 2;
	}
}

static json_t *cell_value(size_t field, const char *cell)
{
	json_t *list = NULL;
	if (!*cell)
		return json_null();
	if (field < FIELDS && fields[field].form != TEXT && *cell == '[')
		fria_json_parse(&list, "", cell, strlen(cell), NULL);
	if (!list && field < FIELDS && fields[field].form == LIST)
		list = split_list(cell);
	if (!list && field < FIELDS && fields[field].form == LINKS)
		list = split_links(cell);
	return list ? list : fria_json_string(cell);
}

/* --- the head --- */

typedef struct {
	fria_strings names; /* by the standard, or as they stand */
	size_t *fields;
	bool named; /* there is a column for the name */
} head;

static int read_head(head *out, fria_csv *csv, fria_findings *findings,
		     const char *name, fria_error *err)
{
	fria_strings cells = FRIA_STRINGS_INIT;
	fria_word trouble = FRIA_W_COUNT;
	size_t line = 1;
	bool any = fria_csv_next(csv, &cells, &line, &trouble);
	out->fields = fria_calloc(cells.n + 1, sizeof *out->fields);
	for (size_t i = 0; i < cells.n; i++) {
		size_t field = find_field(cells.items[i]);
		out->fields[i] = field;
		out->named |= field == 0;
		fria_strings_add(&out->names, field < FIELDS
						  ? fields[field].name
						  : cells.items[i]);
	}
	for (size_t i = 0; i < cells.n && out->named; i++)
		if (out->fields[i] == FIELDS)
			fria_findings_add(findings, FRIA_NOTE,
					  FRIA_W_csv_column, name, NULL,
					  "column", cells.items[i], NULL)
			    ->line = line;
	fria_strings_dispose(&cells);
	if (any && trouble == FRIA_W_COUNT && out->named)
		return 0;
	fria_fail(err, FRIA_EINPUT, FRIA_W_csv_no_head, NULL);
	return fria_fail_at(err, name, NULL, line, 1);
}

/* --- the rows --- */

static void tell_row(fria_findings *findings, const char *name, size_t line,
		     fria_word trouble, const fria_strings *cells,
		     const head *h)
{
	char n[24], expected[24], number[24];
	snprintf(n, sizeof n, "%zu", cells->n);
	snprintf(expected, sizeof expected, "%zu", h->names.n);
	snprintf(number, sizeof number, "%zu", line);
	fria_finding *f =
	    fria_findings_add(findings, FRIA_SEVERE, trouble, name, NULL,
			      "line", number, "count", n, "expected", expected,
			      "name", cells->n ? cells->items[0] : "", NULL);
	f->line = line;
	f->column = 1;
}

static json_t *row_entry(const fria_strings *cells, const head *h)
{
	json_t *entry = json_object();
	for (size_t i = 0; i < cells->n; i++)
		if (!json_object_get(entry, h->names.items[i]))
			json_object_set_new(
			    entry, h->names.items[i],
			    cell_value(h->fields[i], cells->items[i]));
	return entry;
}

static int read_rows(fria_register_rows *out, fria_csv *csv,
		     fria_findings *findings, const char *name, const head *h,
		     fria_error *err)
{
	fria_strings cells = FRIA_STRINGS_INIT;
	fria_word trouble;
	size_t line, broken = 0;
	while (broken <= MAX_BROKEN &&
	       fria_csv_next(csv, &cells, &line, &trouble)) {
		if (trouble == FRIA_W_COUNT && cells.n != h->names.n)
			trouble = FRIA_W_csv_cells;
		json_t *entry =
		    trouble == FRIA_W_COUNT ? row_entry(&cells, h) : NULL;
		if (entry && !fria_json_text(entry, "name"))
			trouble = FRIA_W_csv_without_name;
		if (trouble == FRIA_W_COUNT) {
			add_row(out, entry, NULL, line);
			continue;
		}
		json_decref(entry);
		out->broken++;
		if (broken++ < MAX_BROKEN)
			tell_row(findings, name, line, trouble, &cells, h);
	}
	fria_strings_dispose(&cells);
	if (broken <= MAX_BROKEN)
		return 0;
	fria_fail(err, FRIA_EINPUT, FRIA_W_csv_all_broken, NULL);
	return fria_fail_at(err, name, NULL, line, 1);
}

int fria_register_read_csv(fria_register_rows *out, fria_findings *findings,
			   const char *bytes, size_t n, const char *name,
			   fria_error *err)
{
	fria_csv csv;
	head h = {FRIA_STRINGS_INIT, NULL, false};
	fria_csv_open(&csv, bytes, n);
	int code = read_head(&h, &csv, findings, name, err);
	if (!code)
		code = read_rows(out, &csv, findings, name, &h, err);
	out->whole = out->partial = true;
	fria_strings_dispose(&h.names);
	free(h.fields);
	fria_csv_close(&csv);
	return code;
}

void fria_register_rows_dispose(fria_register_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		json_decref(rows->items[i].entry);
		free(rows->items[i].pointer);
	}
	free(rows->items);
	*rows = (fria_register_rows){.items = NULL};
}

fria_finding *fria_register_row_finding(fria_findings *out,
					const fria_register_row *row,
					fria_severity severity, fria_word word,
					const char *name)
{
	fria_finding *f =
	    fria_findings_add(out, severity, word, name, row->pointer, NULL);
	f->line = row->line;
	f->column = row->line ? 1 : 0;
	return f;
}

/* --- beside what came before --- */

/* Text without markup and white space: what the download leaves of it. */
static char *bare(const char *html)
{
	fria_buf text = FRIA_BUF_INIT, out = FRIA_BUF_INIT;
	fria_html_words(&text, html, strlen(html));
	for (size_t i = 0; i < text.n; i++)
		if (!strchr(" \t\r\n", text.text[i]))
			fria_buf_putc(&out, text.text[i]);
	fria_buf_dispose(&text);
	return fria_buf_detach(&out);
}

static bool same_bare(const char *a, const char *b)
{
	char *x = bare(a), *y = bare(b);
	bool same = !strcmp(x, y);
	free(x);
	free(y);
	return same;
}

json_t *fria_register_settled(const json_t *entry, const json_t *before)
{
	json_t *out = json_object(), *value;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)entry, key, value) {
		json_t *was = json_object_get(before, key);
		bool same =
		    json_is_string(value) && json_is_string(was) &&
		    same_bare(json_string_value(value), json_string_value(was));
		if (same || !json_is_null(value) || was)
			json_object_set(out, key, same ? was : value);
	}
	json_object_foreach((json_t *)(uintptr_t)before, key, value) {
		if (!json_object_get(out, key))
			json_object_set(out, key, value);
	}
	return out;
}
