/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A reason as a sentence, with what narrows it: the group or metric that the
 * row names. It finds none (evaluate.c does), and says what the documents say
 * that it is given: where a name is cut out of those, which cell names it.
 *
 * Calls up to evaluate.c: its words and names are those of every reason.
 */
#include "../data/markdown.h"
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* "bewoners", whatever it looks like. */
static void add_label(fria_buf *out, const char *label)
{
	fria_buf line = FRIA_BUF_INIT;
	fria_markdown_plain(&line, label, strlen(label));
	fria_buf_printf(out, out->n ? ", \"%s\"" : "\"%s\"", line.text);
	fria_buf_dispose(&line);
}

/* 'group "residents"' */
static void say_rows(fria_buf *out, fria_view *v, const fria_edge *e,
		     size_t number, const json_t *choices, fria_lang lang)
{
	const char *drawn = v->in->tasks[e->named_by].drawn;
	fria_buf labels = FRIA_BUF_INIT;
	fria_row_numbers named;
	size_t task;
	const fria_view *there =
	    fria_view_edge_rows(&named, v, e, number, &task);
	for (size_t i = 0; i < named.n; i++) {
		const char *id = fria_view_rows_of(there, task)
				     ->items[named.items[i] - 1]
				     .id;
		char *stored = fria_format(
		    "%.*s%s", drawn ? (int)strcspn(drawn, "#") + 1 : 0,
		    drawn ? drawn : "", id ? id : "");
		const char *name = fria_json_text(choices, stored);
		if (name && *name)
			add_label(&labels, name);
		free(stored);
	}
	if (labels.n) {
		const fria_task *tasks = there->in->tasks;
		const char *kind =
		    fria_task_row(&tasks[tasks[task].rows], lang);
		fria_buf_printf(out, kind ? "%s %s" : "%s%s", kind ? kind : "",
				labels.text);
	}
	fria_row_numbers_dispose(&named);
	fria_buf_dispose(&labels);
}

static void say_metrics(fria_buf *out, fria_view *v, const fria_fact_edge *e,
			size_t number, const json_t *application)
{
	fria_strings names;
	fria_view_metrics(&names, v, e, number);
	for (size_t i = 0; i < names.n; i++) {
		const json_t *metric = json_object_get(
		    fria_fact(application, e->pointer), names.items[i]);
		const char *name = fria_json_text(metric, "name");
		add_label(out, name ? name : names.items[i]);
	}
	fria_strings_dispose(&names);
}

/* The causes that the row names, as the edge calls the fact. */
static void say_named(fria_buf *out, fria_view *v, const fria_fact_edge *e,
		      size_t number, fria_lang lang)
{
	fria_strings names;
	size_t i;
	json_t *one;
	fria_view_metrics(&names, v, e, number);
	json_array_foreach((json_t *)(uintptr_t)e->as, i, one) {
		fria_buf label = FRIA_BUF_INIT;
		fria_value_say(&label, v->in, e->named_by, one, NULL, lang);
		if (fria_strings_has(&names, json_string_value(one)))
			add_label(out, label.text);
		fria_buf_dispose(&label);
	}
	fria_strings_dispose(&names);
}

/* --- what narrows --- */

struct fria_narrowing {
	const fria_evaluation_input *in;
	fria_lang lang;
	fria_view *view;
	fria_choices *choices;
};

fria_narrowing *fria_narrowing_new(const fria_evaluation_input *in,
				   fria_lang lang)
{
	fria_narrowing *n = fria_malloc(sizeof *n);
	*n = (fria_narrowing){.in = in, .lang = lang};
	return n;
}

void fria_narrowing_free(fria_narrowing *n)
{
	if (!n)
		return;
	fria_choices_free(n->choices);
	fria_view_free(n->view);
	free(n);
}

/* Made when first asked for: most reasons are narrowed by nothing. */
static void look(fria_narrowing *n)
{
	const fria_evaluation_input *in = n->in;
	if (n->view)
		return;
	n->view = fria_view_new(in->instrument, in->assessment, &in->siblings);
	n->choices = fria_choices_new(in->instrument, in->assessment,
				      &in->siblings, in->application, n->lang);
}

void fria_narrowing_say(fria_buf *out, fria_narrowing *n, const fria_reason *r,
			const fria_judgement *j)
{
	const fria_instrument *in = n->in->instrument;
	size_t row = j ? j->question.row_number : 0;
	fria_buf named = FRIA_BUF_INIT;
	if (!r->fact && !r->rows)
		return;
	look(n);
	if (j && r->rows)
		say_rows(&named, n->view, r->rows, row,
			 fria_choices_at(n->choices, r->rows->named_by),
			 n->lang);
	else if (j && r->fact->as)
		say_named(&named, n->view, r->fact, row, n->lang);
	else if (j && r->fact->named_by != FRIA_NONE)
		say_metrics(&named, n->view, r->fact, row, n->in->application);
	const char *text = named.n ? named.text : NULL;
	if (r->rows)
		fria_edge_narrow(out, r->rows, in, text, n->lang);
	else
		fria_fact_edge_narrow(out, r->fact, in, text, n->lang);
	fria_buf_dispose(&named);
}

void fria_reason_say(fria_buf *out, const fria_reason *r,
		     const fria_judgement *j, const fria_evaluation_input *in,
		     fria_lang lang)
{
	fria_narrowing *n = fria_narrowing_new(in, lang);
	fria_buf narrows = FRIA_BUF_INIT;
	fria_say(out, lang, fria_reason_word(r), "what",
		 fria_reason_what(r, lang), NULL);
	fria_narrowing_say(&narrows, n, r, j);
	if (narrows.n)
		fria_buf_printf(out, " (%s)", narrows.text);
	fria_buf_dispose(&narrows);
	fria_narrowing_free(n);
}
