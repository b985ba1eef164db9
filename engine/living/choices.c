/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What may be chosen beside the options that a question lists itself: rows,
 * which are stored by their ids, answers and characteristics; and what each is
 * called. It judges no choice (visible.c does).
 */
#include "living_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row may be called by a cell that names a row, and so on. */
enum { DEEP = 4 };

struct fria_choices {
	const fria_instrument *in;
	const json_t *assessment, *application;
	fria_siblings siblings;
	fria_lang lang;
	json_t *known;	/* by source: {stored: label} */
	json_t *by_row; /* the rows by group and id; NULL until asked for */
	size_t deep;
	bool plainly;
};

fria_choices *fria_choices_new(const fria_instrument *in,
			       const json_t *assessment,
			       const fria_siblings *siblings,
			       const json_t *application, fria_lang lang)
{
	fria_choices *c = fria_calloc(1, sizeof *c);
	*c = (fria_choices){.in = in,
			    .assessment = assessment,
			    .application = application,
			    .lang = lang,
			    .known = json_object()};
	if (siblings)
		c->siblings = *siblings;
	return c;
}

fria_choices *fria_choices_of_input(const fria_evaluation_input *in)
{
	return fria_choices_new(in->instrument, in->assessment, &in->siblings,
				in->application, in->lang);
}

void fria_choices_free(fria_choices *c)
{
	if (!c)
		return;
	json_decref(c->known);
	json_decref(c->by_row);
	free(c);
}

/* --- what a row is called --- */

static const json_t *value_in(fria_choices *c, size_t task, const char *row)
{
	if (!c->by_row)
		c->by_row = fria_assessment_by_row(c->assessment);
	return json_object_get(fria_assessment_answer_by(
				   c->assessment, c->by_row, c->in, task, row),
			       "value");
}

/* In one line. */
static void say_cell(fria_buf *out, fria_choices *c, size_t task,
		     const char *row)
{
	const json_t *value = value_in(c, task, row);
	fria_buf text = FRIA_BUF_INIT;
	if (!value)
		return;
	fria_value_say(&text, c->in, task, value, fria_choices_at(c, task),
		       c->lang);
	for (const char *at = text.text; *at; at++)
		if (*at == '\n')
			fria_buf_puts(out, ", ");
		else
			fria_buf_putc(out, *at);
	fria_buf_dispose(&text);
}

/* "Processing {3.1.1}": with the cells of this row. False if none says
 * anything. */
static bool say_template(fria_buf *out, fria_choices *c, const char *template,
			 const char *row)
{
	bool says = false;
	for (const char *at = template; *at; at++) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		char *id =
		    end ? fria_strndup(at + 1, (size_t)(end - at - 1)) : NULL;
		size_t task = id ? fria_instrument_find(c->in, id) : FRIA_NONE;
		size_t before = out->n;
		free(id);
		if (task == FRIA_NONE) {
			fria_buf_putc(out, *at);
			continue;
		}
		say_cell(out, c, task, row);
		says = says || out->n > before;
		at = end;
	}
	return says;
}

/* By its template or its column; "" where it says nothing. */
static void say_row(fria_buf *out, fria_choices *c, size_t source,
		    const char *row)
{
	const fria_task *t = &c->in->tasks[source];
	const char *template = fria_task_label(t, c->lang);
	if (!t->answerable && template && say_template(out, c, template, row))
		return;
	fria_buf_clear(out);
	size_t column = fria_task_column(c->in, source);
	if (column != FRIA_NONE)
		say_cell(out, c, column, row);
}

/* "name", or the first of "name (2)", "name (3)" that is free. */
static void add(json_t *out, json_t *used, const char *stored, const char *name)
{
	const json_t *before = json_object_get(used, name);
	json_int_t n = before ? json_integer_value(before) : 0;
	char *label = fria_strdup(name);
	while (json_object_get(used, label)) {
		free(label);
		label = fria_format("%s (%lld)", name, (long long)++n);
	}
	json_object_set_new(used, name, json_integer(n ? n : 1));
	if (n)
		json_object_set_new(used, label, json_integer(1));
	json_object_set_new(out, stored, fria_json_string(label));
	free(label);
}

static void add_rows(json_t *out, fria_choices *c, size_t source)
{
	const fria_instrument *in = c->in;
	size_t group = in->tasks[source].rows, i;
	size_t mapped = in->tasks[group].mapped;
	json_t *row, *used = json_object();
	json_array_foreach(
	    fria_assessment_rows(c->assessment, in,
				 mapped == FRIA_NONE ? group : mapped),
	    i, row) {
		const char *id = fria_json_text(row, "id");
		fria_buf name = FRIA_BUF_INIT;
		char number[24];
		if (!id)
			continue;
		snprintf(number, sizeof number, "%zu", i + 1);
		say_row(&name, c, source, id);
		if (fria_text_blank(name.text))
			fria_say(&name, c->lang, FRIA_W_value_row_nameless,
				 "number", number, NULL);
		add(out, used, id, name.text);
		fria_buf_dispose(&name);
	}
	json_decref(used);
}

/* --- what else may be chosen --- */

/* What was answered to a question, as that has it. */
static void add_answers(json_t *out, fria_choices *c, size_t source,
			const json_t *value)
{
	size_t i;
	json_t *one;
	if (json_is_string(value)) {
		bool many = c->in->tasks[source].kind == FRIA_OPTIONS;
		json_t *alone = fria_json_pack(many ? "[O]" : "O", value);
		fria_buf label = FRIA_BUF_INIT;
		fria_choice_say(&label, c, source, alone);
		json_object_set_new(out, json_string_value(value),
				    fria_json_string(label.text));
		fria_buf_dispose(&label);
		json_decref(alone);
	}
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		add_answers(out, c, source, one);
}

/* Of an object its keys, as /monitoring has metrics; of a list its names. */
static void add_facts(json_t *out, const json_t *fact)
{
	const char *key;
	json_t *one, *used = json_object();
	size_t i;
	json_object_foreach((json_t *)(uintptr_t)fact, key, one) {
		const char *name = fria_json_text(one, "name");
		add(out, used, key, name && *name ? name : key);
	}
	json_array_foreach((json_t *)(uintptr_t)fact, i, one) {
		const char *name = json_is_string(one)
				       ? json_string_value(one)
				       : fria_json_text(one, "name");
		if (name && *name && !json_object_get(out, name))
			json_object_set_new(out, name, fria_json_string(name));
	}
	json_decref(used);
}

/* "fria#ID" for each row of another assessment. */
static void add_elsewhere(json_t *out, const fria_choices *c, const char *name)
{
	const fria_sibling *s = fria_sibling_find(c->in, &c->siblings, name);
	const char *hash = strchr(name, '#'), *stored;
	json_t *rows = json_object(), *label;
	size_t task =
	    s ? fria_instrument_find(s->instrument, hash + 1) : FRIA_NONE;
	if (task == FRIA_NONE || s->instrument->tasks[task].rows == FRIA_NONE) {
		json_decref(rows);
		return;
	}
	fria_choices *there = fria_choices_new(s->instrument, s->assessment,
					       NULL, c->application, c->lang);
	add_rows(rows, there, task);
	json_object_foreach(rows, stored, label) {
		char *own =
		    fria_format("%.*s%s", (int)(hash + 1 - name), name, stored);
		json_object_set(out, own, label);
		free(own);
	}
	fria_choices_free(there);
	json_decref(rows);
}

void fria_choices_plainly(fria_choices *c)
{
	c->plainly = true;
}

/* What its options are called for who is no lawyer; NULL where no option says
 * so. */
static const json_t *plain_names(fria_choices *c, const fria_task *t)
{
	json_t *out = json_object_get(c->known, t->id);
	if (out || !c->plainly)
		return out;
	out = json_object();
	for (size_t i = 0; i < t->options.n; i++) {
		const fria_option *one = &t->options.items[i];
		const char *stored = json_string_value(one->value);
		const char *name = fria_text(one->plain, c->lang);
		if (stored && name)
			json_object_set_new(out, stored,
					    fria_json_string(name));
	}
	json_object_set_new(c->known, t->id, out);
	return out;
}

const json_t *fria_choices_at(fria_choices *c, size_t task)
{
	const fria_task *t = &c->in->tasks[task];
	if (!fria_task_draws(t))
		return plain_names(c, t);
	if (c->deep > DEEP)
		return NULL;
	const char *name = t->drawn ? t->drawn : c->in->tasks[t->source].id;
	json_t *out = json_object_get(c->known, name);
	if (out)
		return out;
	out = json_object();
	c->deep++;
	if (t->drawn && *t->drawn == '/')
		add_facts(out, fria_fact(c->application, t->drawn));
	else if (t->drawn)
		add_elsewhere(out, c, t->drawn);
	else if (fria_task_names_rows(c->in, task))
		add_rows(out, c, t->source);
	else
		add_answers(out, c, t->source, value_in(c, t->source, NULL));
	c->deep--;
	json_object_set_new(c->known, name, out);
	return out;
}

void fria_choice_say(fria_buf *out, fria_choices *c, size_t task,
		     const json_t *value)
{
	const char *text = json_string_value(value);
	if (json_is_number(value))
		fria_number_say(out, c->lang, json_number_value(value));
	else if (c->in->tasks[task].kind != FRIA_DATE ||
		 !fria_date_say(out, c->lang, text))
		fria_value_say(out, c->in, task, value,
			       fria_choices_at(c, task), c->lang);
}

static void say_of_row(fria_buf *out, fria_choices *c, size_t task,
		       const json_t *cell)
{
	const char *why =
	    fria_json_text(json_object_get(cell, "waived"), "reason");
	fria_buf said = FRIA_BUF_INIT;
	if (why)
		fria_buf_puts(&said, why);
	else if (!json_is_null(cell) && !json_is_object(cell))
		fria_choice_say(&said, c, task, cell);
	if (said.n)
		fria_buf_printf(out, "%s%s", out->n ? "; " : "", said.text);
	fria_buf_dispose(&said);
}

void fria_choice_rows_say(fria_buf *out, fria_choices *c, size_t task,
			  const json_t *rows)
{
	const fria_task *all = c->in->tasks;
	const bool group = all[task].rows == task;
	size_t i;
	json_t *row;
	json_array_foreach(rows, i, row) {
		fria_buf said = FRIA_BUF_INIT;
		size_t cell = 0;
		for (size_t t = group ? task + 1 : task; t < all[task].end; t++)
			if (all[t].answerable && (!group || !all[t].measure))
				say_of_row(&said, c, t,
					   json_array_get(row, cell++));
		if (said.n)
			fria_buf_printf(out, "%s(%zu) %s", out->n ? "\n\n" : "",
					i + 1, said.text);
		fria_buf_dispose(&said);
	}
}
