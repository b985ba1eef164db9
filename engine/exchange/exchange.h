/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * exchange: what goes to and comes from elsewhere: the entry in the
 * algoritmeregister. It derives and formats; it stores nothing.
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
