/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is said here row by row and in the official form in one text: a
 * paragraph for each row, under the name of the row. It places no answer.
 */
#include "formats.h"

#include <ctype.h>
#include <string.h>

typedef struct {
	const fria_instrument *in;
	const fria_questions *questions;
	fria_choices *choices;
	fria_buf text;
	const json_t *basis; /* of the cell that was stood for last, or NULL */
} whole;

/* What counts of a question in a row (NULL: outside rows); NULL: nothing. */
static const fria_question *given(const whole *w, size_t task, const char *row)
{
	for (size_t i = 0; i < w->questions->n; i++) {
		const fria_question *q = &w->questions->items[i];
		if (q->task == task && q->visible && fria_question_value(q) &&
		    (!row || (q->row && !strcmp(q->row, row))))
			return q;
	}
	return NULL;
}

/* One sentence after another; a text of more lines begins its own. */
static void add_sentence(fria_buf *out, const char *text)
{
	if (out->n && isalnum((unsigned char)out->text[out->n - 1]))
		fria_buf_putc(out, '.');
	fria_buf_printf(out, "%s%s",
			!out->n		     ? ""
			: strchr(text, '\n') ? "\n\n"
					     : " ",
			text);
}

static void add_cell(whole *w, fria_buf *out, const fria_question *q)
{
	const json_t *basis = json_object_get(q->answer, "basis");
	const char *at = fria_json_text(basis, "at");
	const char *last = fria_json_text(w->basis, "at");
	fria_buf said = FRIA_BUF_INIT;
	fria_choice_say(&said, w->choices, q->task, fria_question_value(q));
	add_sentence(out, said.text);
	if (at && (!last || strcmp(at, last) > 0))
		w->basis = basis;
	fria_buf_dispose(&said);
}

static void add_row(whole *w, const fria_strings *columns, const char *row)
{
	size_t first = fria_instrument_find(w->in, columns->items[0]);
	first = fria_task_column(w->in, w->in->tasks[first].rows);
	const fria_question *name = given(w, first, row);
	fria_buf said = FRIA_BUF_INIT, label = FRIA_BUF_INIT;
	for (size_t i = 0; name && i < columns->n; i++) {
		const fria_question *q = given(
		    w, fria_instrument_find(w->in, columns->items[i]), row);
		if (q)
			add_cell(w, &said, q);
	}
	if (said.n) {
		fria_choice_say(&label, w->choices, first,
				fria_question_value(name));
		fria_buf_printf(&w->text, "%s**%s**: %s",
				w->text.n ? "\n\n" : "", label.text, said.text);
	}
	fria_buf_dispose(&label);
	fria_buf_dispose(&said);
}

json_t *fria_official_rows(const fria_instrument *in, const json_t *assessment,
			   const fria_questions *questions,
			   fria_choices *choices, size_t task)
{
	const fria_strings *columns = &in->tasks[task].columns;
	whole w = {.in = in, .questions = questions, .choices = choices};
	size_t column = columns->n ? fria_instrument_find(in, columns->items[0])
				   : FRIA_NONE,
	       i;
	json_t *out = NULL, *row;
	if (column == FRIA_NONE || in->tasks[column].rows == FRIA_NONE)
		return NULL;
	json_array_foreach(
	    fria_assessment_rows(assessment, in, in->tasks[column].rows), i,
	    row)
		add_row(&w, columns, fria_json_text(row, "id"));
	if (w.text.n) {
		const fria_question *own = given(&w, task, NULL);
		fria_buf all = FRIA_BUF_INIT;
		if (own)
			fria_buf_printf(
			    &all, "%s\n\n",
			    json_string_value(fria_question_value(own)));
		fria_buf_puts(&all, w.text.text);
		out = fria_json_pack("{s:s, s:O?}", "value", all.text, "basis",
				     w.basis);
		fria_buf_dispose(&all);
	}
	fria_buf_dispose(&w.text);
	return out;
}
