/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every question of an assessment on a line: CSV for a spreadsheet, NDJSON
 * for a data warehouse. It shows what it is given: redact.c comes before.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

/* --- CSV (RFC 4180) --- */

void fria_csv_cell(fria_buf *out, const char *text)
{
	fria_buf safe = FRIA_BUF_INIT;
	fria_put_safe(&safe, text ? text : "");
	fria_buf_putc(out, '"');
	/* What a spreadsheet would run is text from here on. */
	if (*safe.text && strchr("=+-@\t\r", *safe.text))
		fria_buf_putc(out, '\'');
	for (const char *at = safe.text; *at; at++) {
		if (*at == '"')
			fria_buf_putc(out, '"');
		fria_buf_putc(out, *at);
	}
	fria_buf_putc(out, '"');
	fria_buf_dispose(&safe);
}

/* --- one question --- */

/* The part of the form it stands in. */
static const fria_task *part_of(const fria_instrument *in, size_t task)
{
	return &in->tasks[fria_task_part(in, task)];
}

/* A number and a day as other programs read them. */
static char *value_of(const fria_evaluation_input *in, fria_choices *choices,
		      const fria_question *q)
{
	const json_t *value = fria_question_value(q);
	const json_t *waived = json_object_get(q->answer, "waived");
	fria_buf out = FRIA_BUF_INIT;
	if (value)
		fria_value_say(&out, in->instrument, q->task, value,
			       fria_choices_at(choices, q->task), in->lang);
	else if (fria_json_text(waived, "reason"))
		fria_buf_puts(&out, fria_json_text(waived, "reason"));
	return fria_buf_detach(&out);
}

/* "fact /use/data; answer 1.1.2" */
static char *reasons_of(const fria_judgement *j)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		fria_buf_printf(&out, "%s%s", i ? "; " : "",
				fria_reason_id(r->kind));
		if (r->what)
			fria_buf_printf(&out, " %s", r->what);
	}
	return fria_buf_detach(&out);
}

/* --- CSV of one assessment --- */

static const char *const columns[] = {
    "assessment", "instrument", "release",  "part",   "task",
    "row",	  "question",	"state",    "answer", "waived",
    "dissent",	  "by",		"answered", "reasons"};
#define COLUMNS (sizeof columns / sizeof *columns)

static void put_line(fria_buf *out, char separator, const char *const cells[])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i)
			fria_buf_putc(out, separator);
		fria_csv_cell(out, cells[i]);
	}
	fria_buf_puts(out, "\r\n");
}

static void put_question(fria_buf *out, const fria_evaluation_input *in,
			 const fria_judgement *j, fria_choices *choices,
			 char separator, fria_lang lang)
{
	const fria_question *q = &j->question;
	const fria_task *t = &in->instrument->tasks[q->task];
	const json_t *basis = json_object_get(q->answer, "basis");
	char *value = value_of(in, choices, q), *reasons = reasons_of(j);
	char *row =
	    q->row_number ? fria_format("%zu", q->row_number) : fria_strdup("");
	const char *const cells[COLUMNS] = {
	    in->name,
	    in->instrument->name,
	    fria_json_text(in->application, "release"),
	    fria_task_title(part_of(in->instrument, q->task), lang),
	    t->id,
	    row,
	    fria_task_title(t, lang),
	    fria_state_id(j->state),
	    value,
	    fria_json_text(json_object_get(q->answer, "waived"), "kind"),
	    fria_json_text(q->answer, "dissent"),
	    fria_shown(in, fria_json_text(basis, "by")),
	    fria_json_text(basis, "at"),
	    reasons};
	put_line(out, separator, cells);
	free(value);
	free(reasons);
	free(row);
}

void fria_answers_csv_head(fria_buf *out, char separator)
{
	fria_buf_puts(out, "\xef\xbb\xbf"); /* as spreadsheets know UTF-8 */
	put_line(out, separator, columns);
}

void fria_answers_csv(fria_buf *out, const fria_evaluation_input *in,
		      const fria_evaluation *e, char separator, fria_lang lang)
{
	fria_choices *choices =
	    fria_choices_new(in->instrument, in->assessment, &in->siblings,
			     in->application, lang);
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].state != FRIA_HIDDEN)
			put_question(out, in, &e->items[i], choices, separator,
				     lang);
	fria_choices_free(choices);
}

/* --- NDJSON of a portfolio --- */

static json_t *task_line(const fria_evaluation_input *in,
			 const fria_evaluation *e, const fria_judgement *j,
			 fria_choices *choices,
			 const fria_task_context *context)
{
	const fria_question *q = &j->question;
	const fria_task *t = &in->instrument->tasks[q->task];
	const json_t *basis = json_object_get(q->answer, "basis");
	const json_t *application = in->application;
	char *text = value_of(in, choices, q), *reasons = reasons_of(j);
	fria_buf as_of = FRIA_BUF_INIT;
	fria_day_write(&as_of, e->as_of);
	json_t *line = fria_json_pack(
	    "{s:s?, s:s?, s:s?, s:s?, s:s, s:s?, s:s?, s:s, s:s, s:s?, s:s, "
	    "s:s?, s:I, s:s?, s:s, s:b, s:O?, s:s, s:s?, s:s?, s:s?, s:s?, "
	    "s:s}",
	    "organisation", context->organisation, "application",
	    fria_json_text(application, "id"), "name",
	    fria_json_text(application, "name"), "assessment", in->name,
	    "instrument", in->instrument->name, "release",
	    fria_json_text(application, "release"), "phase",
	    fria_phase_shown(application, e->as_of), "asOf", as_of.text,
	    "verdict", fria_verdict_id(e->verdict), "version", context->version,
	    "task", t->id, "row", q->row, "rowNumber",
	    (json_int_t)q->row_number, "article27", t->article27, "state",
	    fria_state_id(j->state), "optional",
	    (int)(j->state == FRIA_OPEN && j->optional), "value",
	    fria_question_value(q), "text", text, "waived",
	    fria_json_text(json_object_get(q->answer, "waived"), "kind"), "by",
	    fria_shown(in, fria_json_text(basis, "by")), "answeredAt",
	    fria_json_text(basis, "at"), "answeredFor",
	    fria_json_text(basis, "release"), "reasons", reasons);
	fria_buf_dispose(&as_of);
	free(text);
	free(reasons);
	return line;
}

void fria_tasks_ndjson(fria_buf *out, const fria_evaluation_input *in,
		       const fria_evaluation *e,
		       const fria_task_context *context)
{
	fria_choices *choices = fria_choices_of_input(in);
	for (size_t i = 0; i < e->n; i++) {
		json_t *line = task_line(in, e, &e->items[i], choices, context);
		fria_json_write_line(out, line);
		fria_buf_putc(out, '\n');
		json_decref(line);
	}
	fria_choices_free(choices);
}
