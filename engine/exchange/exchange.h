/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * exchange: what goes to and comes from elsewhere: the entry in the
 * algoritmeregister, tables for other tools. It derives and formats; it stores
 * nothing.
 */
#ifndef FRIA_EXCHANGE_H
#define FRIA_EXCHANGE_H

#include "../living/living.h"

/* --- register.c: the entry of publication standard 1.0 --- */

/* An adopted version that the entry points at. */
typedef struct {
	const char *title; /* "IAMA v1 (2026-03-10)" */
	const char *link;  /* address of its report; NULL: the title alone */
} fria_register_report;

/*
 * The entry: facts of the application's register vocabulary, output fields of
 * the received entry (NULL if none came in) that nothing writes, and the
 * reports under `impacttoetsen_grouping`. New.
 */
json_t *fria_register_entry(const json_t *application, const json_t *received,
			    const fria_register_report *reports, size_t n);

/* --- register_read.c: entries as the register hands them out --- */

/*
 * A list of entries by the names of the standard, from one entry, a list, a
 * page of the register's API, or the reduced register. A finding for each that
 * has no name. EINPUT if there are none in it.
 */
int fria_register_read(json_t **out, fria_findings *findings,
		       const json_t *file, const char *name, fria_error *err);
/*
 * The same from the CSV download: an empty cell is null, a column that is not
 * there says nothing. A finding for each row that is broken; the others come
 * in. EINPUT without a row of column names.
 */
int fria_register_read_csv(json_t **out, fria_findings *findings,
			   const char *bytes, size_t n, const char *name,
			   fria_error *err);
/*
 * An entry from a download beside what came in before: text from which only
 * the markup is gone is the text that we know, and fields that the download
 * does not speak of stay. New.
 */
json_t *fria_register_settled(const json_t *entry, const json_t *before);

/* --- csv.c: rows of cells (RFC 4180) --- */

typedef struct {
	const char *bytes; /* borrowed */
	size_t n, at, line;
	char separator;
} fria_csv;

/* Finds the separator (",", ";" or a tab) in the first line. */
void fria_csv_open(fria_csv *csv, const char *bytes, size_t n);
/*
 * The next row, without empty lines; false at the end. cells is emptied first,
 * and the caller disposes of it in the end. *line is where the row begins.
 * *trouble is FRIA_W_COUNT, or the sentence that says why the row is broken;
 * the next one is then sought after its first line.
 */
bool fria_csv_next(fria_csv *csv, fria_strings *cells, size_t *line,
		   fria_word *trouble);

/* --- table.c: every question on a line --- */

/* Appends a quoted cell (RFC 4180); what a spreadsheet would run becomes
 * text. */
void fria_csv_cell(fria_buf *out, const char *text);
/* The questions that are shown, with their answers, as CSV. */
void fria_answers_csv(fria_buf *out, const fria_evaluation_input *input,
		      const fria_evaluation *evaluation, fria_lang lang);

typedef struct {
	const char *organisation; /* NULL if unknown */
	const char *version;	  /* the last one adopted; NULL: none */
} fria_task_context;

/* A JSON object a line for each question, also hidden ones, by
 * schemas/task.schema.json. */
void fria_tasks_ndjson(fria_buf *out, const fria_evaluation_input *input,
		       const fria_evaluation *evaluation,
		       const fria_task_context *context);

#endif
