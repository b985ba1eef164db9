/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment seen through its instrument: its rows, and which questions it
 * shows by the answers that it holds. A hidden question's own answer counts as
 * absent, also in the conditions of others. Each question is worked out once.
 *
 * Calls up to evaluate.c: what another assessment concludes decides here, too.
 * Calls up to scores.c: that is found among its conclusions.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- rows --- */

/* Rows that follow those of another group have that group's row ids. */
static void read_rows(fria_view *v, size_t group)
{
	const fria_instrument *in = v->in;
	size_t mapped = in->tasks[group].mapped, i;
	json_t *row,
	    *rows = fria_assessment_rows(v->assessment, in,
					 mapped == FRIA_NONE ? group : mapped);
	fria_view_rows *out = &v->rows[group];
	out->n = json_array_size(rows);
	out->items = fria_calloc(out->n, sizeof *out->items);
	json_array_foreach(rows, i, row) {
		const char *id = fria_json_text(row, "id");
		if (mapped != FRIA_NONE)
			row = id ? fria_assessment_row(v->assessment, in, group,
						       id)
				 : NULL;
		out->items[i] = (fria_view_row){id, row};
	}
}

const fria_view_rows *fria_view_rows_of(const fria_view *v, size_t task)
{
	static const fria_view_rows none = {NULL, 0};
	size_t group = v->in->tasks[task].rows;
	return group == FRIA_NONE ? &none : &v->rows[group];
}

/* One of a task's rows, from 1; NULL for 0, and where it lies in none. */
static const fria_view_row *row_at(const fria_view *v, size_t task,
				   size_t number)
{
	const fria_view_rows *rows = fria_view_rows_of(v, task);
	return number && number <= rows->n ? &rows->items[number - 1] : NULL;
}

size_t fria_view_number(const fria_view *v, size_t task, const char *row)
{
	const fria_view_rows *rows = fria_view_rows_of(v, task);
	for (size_t i = 0; row && i < rows->n; i++)
		if (rows->items[i].id && !strcmp(rows->items[i].id, row))
			return i + 1;
	return 0;
}

fria_view *fria_view_new(const fria_instrument *in, const json_t *assessment,
			 const fria_siblings *siblings)
{
	fria_view *v = fria_calloc(1, sizeof *v);
	size_t n = 0;
	v->in = in;
	v->assessment = assessment;
	v->rows = fria_calloc(in->n, sizeof *v->rows);
	v->first = fria_malloc(in->n * sizeof *v->first);
	v->names = fria_calloc(in->n, sizeof *v->names);
	for (size_t i = 0; i < in->n; i++) {
		if (in->tasks[i].rows == i)
			read_rows(v, i);
		v->first[i] = n;
		n += 1 + fria_view_rows_of(v, i)->n;
	}
	v->cells = fria_calloc(n, sizeof *v->cells);
	if (siblings && siblings->n) {
		v->siblings = *siblings;
		v->elsewhere = fria_calloc(siblings->n, sizeof *v->elsewhere);
		v->judged = fria_calloc(siblings->n, sizeof *v->judged);
	}
	return v;
}

void fria_view_free(fria_view *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->in->n; i++) {
		free(v->rows[i].items);
		json_decref(v->names[i]);
	}
	for (size_t i = 0; i < v->siblings.n; i++) {
		fria_view_free(v->elsewhere[i]);
		if (v->judged[i])
			fria_evaluation_dispose(v->judged[i]);
		free(v->judged[i]);
	}
	free(v->elsewhere);
	free(v->judged);
	free(v->rows);
	free(v->first);
	free(v->names);
	free(v->cells);
	free(v);
}

fria_view_cell *fria_view_at(const fria_view *v, size_t task, size_t number)
{
	return &v->cells[v->first[task] + number];
}

json_t *fria_view_answer(const fria_view *v, size_t task, size_t number)
{
	const fria_task *t = &v->in->tasks[task];
	const json_t *holder = json_object_get(v->assessment, "answers");
	const fria_view_row *row = row_at(v, task, number);
	if (t->rows != FRIA_NONE)
		holder = row ? row->row : NULL;
	json_t *answer = json_object_get(holder, t->id);
	return json_is_object(answer) ? answer : NULL;
}

/* --- what is no answer to its question --- */

/* A text that two rows have names neither. */
static void add_text(json_t *names, const json_t *value, size_t number)
{
	const char *text = json_string_value(value);
	json_t *before = text ? json_object_get(names, text) : NULL;
	if (before && json_integer_value(before) != (json_int_t)number)
		number = 0;
	if (text)
		json_object_set_new(names, text,
				    json_integer((json_int_t)number));
}

const json_t *fria_view_names(fria_view *v, size_t source)
{
	const fria_view_rows *rows = fria_view_rows_of(v, source);
	bool repeats = v->in->tasks[source].rows != FRIA_NONE;
	size_t column = fria_task_column(v->in, source), number = repeats;
	if (v->names[source])
		return v->names[source];
	json_t *names = v->names[source] = json_object();
	for (; column != FRIA_NONE && number <= rows->n; number++) {
		json_t *one, *value = json_object_get(
				 fria_view_answer(v, column, number), "value");
		size_t i;
		add_text(names, value, number);
		json_array_foreach(value, i, one)
			add_text(names, one, number);
	}
	for (size_t i = 0; i < rows->n; i++)
		if (rows->items[i].id)
			json_object_set_new(names, rows->items[i].id,
					    json_integer((json_int_t)i + 1));
	return names;
}

/* It names an answer to the source, or what there is outside. */
static bool is_drawn(fria_view *v, const fria_task *t, const char *name)
{
	if (t->source == FRIA_NONE)
		return json_object_get(
		    fria_choices_at(v->choices, (size_t)(t - v->in->tasks)),
		    name);
	const json_t *number =
	    json_object_get(fria_view_names(v, t->source), name);
	return number && (json_integer_value(number) ||
			  v->in->tasks[t->source].rows == FRIA_NONE);
}

/* One that may be chosen: it is drawn from elsewhere, or is an option. */
static bool is_choice(fria_view *v, const fria_task *t, const json_t *value)
{
	const char *name = json_string_value(value);
	if (name && is_drawn(v, t, name))
		return true;
	for (size_t i = 0; i < t->options.n; i++)
		if (json_equal(t->options.items[i].value, value))
			return true;
	return false;
}

/* The part of a value that does not fit; NULL if all does. Borrowed. */
static const json_t *unfit_part(fria_view *v, size_t task, const json_t *value,
				bool outside)
{
	const fria_task *t = &v->in->tasks[task];
	bool choices = t->source != FRIA_NONE || (outside && t->drawn);
	size_t i;
	json_t *one;
	if (!value)
		return NULL;
	if (t->kind != FRIA_OPTIONS || !json_is_array(value))
		return fria_value_fits(v->in, task, value) &&
			       (!choices || is_choice(v, t, value))
			   ? NULL
			   : value;
	json_array_foreach(value, i, one) {
		json_t *alone = fria_json_pack("[O]", one);
		bool fits = choices ? is_choice(v, t, one)
				    : fria_value_fits(v->in, task, alone);
		json_decref(alone);
		if (!fits)
			return one;
	}
	return NULL;
}

bool fria_view_unfit(fria_view *v, size_t task, size_t number)
{
	return unfit_part(
		   v, task,
		   json_object_get(fria_view_answer(v, task, number), "value"),
		   false) != NULL;
}

bool fria_view_fits(fria_view *v, size_t task, const json_t *value)
{
	return value && !unfit_part(v, task, value, false) &&
	       fria_value_fits(v->in, task, value);
}

const json_t *fria_question_value(const fria_question *q)
{
	return q->unfit ? NULL : json_object_get(q->answer, "value");
}

void fria_question_place(fria_buf *out, const fria_instrument *in,
			 const fria_question *q)
{
	const fria_task *t = &in->tasks[q->task];
	fria_buf_puts(out, "/answers");
	if (q->row) {
		fria_pointer_add(out, in->tasks[t->rows].id);
		fria_buf_printf(out, "/%zu",
				q->row_number ? q->row_number - 1 : 0);
	}
	fria_pointer_add(out, t->id);
}

/* What kind of thing is wrong with a part of a value. */
static fria_word unfit_word(const fria_instrument *in, size_t task,
			    const json_t *part)
{
	const fria_task *t = &in->tasks[task];
	const char *text = json_string_value(part);
	const char *hash = text ? strchr(text, '#') : NULL;
	if (t->drawn && *t->drawn == '/' && text)
		return FRIA_W_value_lost_fact;
	if (fria_task_draws(t) && text)
		return fria_row_id_is(hash ? hash + 1 : text)
			   ? FRIA_W_value_lost_row
			   : FRIA_W_value_no_row;
	return t->kind == FRIA_OPTION || t->kind == FRIA_OPTIONS
		   ? FRIA_W_value_no_option
		   : FRIA_W_value_unfit;
}

/* What a choice is drawn from, as people call it. */
static const char *source_name(const fria_instrument *in, const fria_task *t,
			       fria_lang lang)
{
	if (t->source != FRIA_NONE)
		return in->tasks[t->source].id;
	return t->drawn && *t->drawn == '/' ? fria_fact_title(t->drawn, lang)
					    : t->drawn;
}

void fria_question_unfit(fria_findings *out, const fria_instrument *in,
			 const fria_question *q, fria_severity severity,
			 const char *file, fria_lang lang)
{
	const fria_task *t = &in->tasks[q->task];
	fria_buf pointer = FRIA_BUF_INIT, said = FRIA_BUF_INIT,
		 options = FRIA_BUF_INIT;
	json_t *labels = fria_task_labels(in, q->task, NULL, lang), *one;
	size_t i;
	fria_question_place(&pointer, in, q);
	fria_buf_puts(&pointer, "/value");
	json_array_foreach(labels, i, one)
		fria_buf_printf(&options, "%s%s", i ? "; " : "",
				json_string_value(one));
	fria_fact_say(&said, q->unfit, lang);
	fria_findings_add(out, severity, unfit_word(in, q->task, q->unfit),
			  file, pointer.text, "task", t->id, "kind",
			  fria_word_text(fria_kind_word(t->kind), lang),
			  "value", said.text, "options", options.text, "source",
			  source_name(in, t, lang), NULL);
	json_decref(labels);
	fria_buf_dispose(&pointer);
	fria_buf_dispose(&said);
	fria_buf_dispose(&options);
}

/* --- conditions --- */

/* The value of an answer that counts: one to its question, which is shown. */
static const json_t *value_of(fria_view *v, size_t task, size_t number)
{
	const json_t *value =
	    json_object_get(fria_view_answer(v, task, number), "value");
	return value && !fria_view_unfit(v, task, number) &&
		       fria_view_shown(v, task, number)
		   ? value
		   : NULL;
}

/* The form standard's own files quote some texts once more. */
static bool equals(const json_t *value, const json_t *wanted)
{
	if (json_equal(value, wanted))
		return true;
	const char *text = json_string_value(wanted);
	const char *given = json_string_value(value);
	if (!text || !given)
		return false;
	size_t n = strlen(text);
	return n >= 2 && text[0] == '\'' && text[n - 1] == '\'' &&
	       strlen(given) == n - 2 && !memcmp(given, text + 1, n - 2);
}

/* Of a list of what is wanted, one is enough. */
static bool contains(const json_t *value, const json_t *wanted)
{
	size_t i;
	json_t *one;
	json_array_foreach(wanted, i, one) {
		if (contains(value, one))
			return true;
	}
	if (!json_is_array(value))
		return value && equals(value, wanted);
	json_array_foreach(value, i, one) {
		if (equals(one, wanted))
			return true;
	}
	return false;
}

static bool accepts(const fria_condition *c, const json_t *value)
{
	if (c->op == FRIA_EQUALS) {
		if (!c->value || json_is_null(c->value))
			return !value;
		return value && equals(value, c->value);
	}
	if (!c->value || json_is_null(c->value))
		return value != NULL;
	return contains(value, c->value);
}

/* Over all rows: any says one is enough, all says every one and at least one;
 * a plain operator seen from outside the rows works as any. */
static bool met_in_rows(fria_view *v, const fria_condition *c)
{
	size_t n = fria_view_rows_of(v, c->task)->n, met = 0;
	for (size_t number = 1; number <= n; number++)
		met += accepts(c, value_of(v, c->task, number));
	return c->op == FRIA_ALL ? met && met == n : met > 0;
}

static bool all_of(const fria_condition *c, const json_t *value)
{
	size_t i;
	json_t *one;
	if (!json_is_array(value) || !c->value)
		return accepts(c, value);
	json_array_foreach(value, i, one) {
		if (!equals(one, c->value))
			return false;
	}
	return json_array_size(value) > 0;
}

static bool met(fria_view *v, const fria_condition *c, size_t task,
		size_t number)
{
	size_t group = v->in->tasks[c->task].rows;
	if (group != FRIA_NONE && group != v->in->tasks[task].rows)
		return met_in_rows(v, c);
	const json_t *value =
	    value_of(v, c->task, group == FRIA_NONE ? 0 : number);
	return c->op == FRIA_ALL ? all_of(c, value) : accepts(c, value);
}

/* An assessment beside this one, as it stands; judged here where whoever made
 * the view did not. */
static const fria_evaluation *judged(fria_view *v, const fria_sibling *s)
{
	fria_evaluation **own = &v->judged[s - v->siblings.items];
	if (s->evaluation)
		return s->evaluation;
	if (!*own) {
		const fria_evaluation_input input = {
		    .instrument = s->instrument, .assessment = s->assessment};
		*own = fria_malloc(sizeof **own);
		fria_evaluate(*own, &input);
	}
	return *own;
}

/* By the level of a conclusion elsewhere; one that is not there hides nothing.
 */
static bool hides(fria_view *v, const fria_condition *c)
{
	const fria_sibling *s = fria_sibling_find(v->in, &v->siblings, c->id);
	const fria_conclusion *one =
	    s ? fria_conclusion_find(judged(v, s), strchr(c->id, '#') + 1)
	      : NULL;
	if (!one || !one->level)
		return false;
	json_t *level = fria_json_string(one->level);
	bool listed = contains(c->value, level);
	json_decref(level);
	return listed != c->show;
}

/* What hides it, by a condition of its own or of a group that it lies in: the
 * task whose answer does, or a conclusion elsewhere; NULL: it is shown. */
static const char *hidden_by(fria_view *v, size_t task, size_t number)
{
	for (size_t at = task; at != FRIA_NONE; at = v->in->tasks[at].parent) {
		const fria_conditions *list = &v->in->tasks[at].conditions;
		for (size_t i = 0; i < list->n; i++) {
			const fria_condition *c = &list->items[i];
			if (c->concluded ? hides(v, c)
					 : c->task != FRIA_NONE &&
					       met(v, c, at, number) != c->show)
				return c->id;
		}
	}
	return NULL;
}

static void look(fria_view *v, size_t task, size_t number)
{
	fria_view_cell *cell = fria_view_at(v, task, number);
	if (cell->sight != FRIA_UNSEEN)
		return;
	cell->sight = FRIA_LOOKING;
	cell->hidden_by = hidden_by(v, task, number);
	cell->sight = cell->hidden_by ? FRIA_UNSHOWN : FRIA_SHOWN;
}

/* All in order, so that no look goes deep however long the chain is. */
static void look_around(fria_view *v)
{
	for (size_t i = 0; i < v->in->order_n; i++) {
		size_t task = v->in->order[i];
		size_t n = fria_view_rows_of(v, task)->n;
		for (size_t number = 0; number <= n; number++)
			look(v, task, number);
	}
}

/* In a circle, what is being looked at counts as shown. */
bool fria_view_shown(fria_view *v, size_t task, size_t number)
{
	if (!v->looked) {
		v->looked = true;
		look_around(v);
	}
	look(v, task, number);
	return fria_view_at(v, task, number)->sight != FRIA_UNSHOWN;
}

/* --- the questions --- */

static void add(fria_questions *out, fria_view *v, size_t task, size_t number)
{
	const fria_view_row *row = row_at(v, task, number);
	json_t *answer = fria_view_answer(v, task, number);
	*FRIA_PUSH(out) = (fria_question){
	    .task = task,
	    .row = row ? row->id : NULL,
	    .row_number = number,
	    .answer = answer,
	    .visible = fria_view_shown(v, task, number),
	    .unfit = unfit_part(v, task, json_object_get(answer, "value"),
				v->choices != NULL),
	    .hidden_by = fria_view_at(v, task, number)->hidden_by};
}

static void add_row(fria_questions *out, fria_view *v, size_t group,
		    size_t number)
{
	for (size_t i = group + 1; i < v->in->tasks[group].end; i++)
		if (v->in->tasks[i].answerable)
			add(out, v, i, number);
}

static void add_rows(fria_questions *out, fria_view *v, size_t group)
{
	for (size_t number = 1; number <= v->rows[group].n; number++)
		add_row(out, v, group, number);
	if (!v->rows[group].n)
		add_row(out, v, group, 0);
}

void fria_view_questions(fria_questions *out, fria_view *v)
{
	const fria_instrument *in = v->in;
	*out = (fria_questions){NULL, 0};
	for (size_t i = 0; i < in->n; i++) {
		if (in->tasks[i].rows == i) {
			add_rows(out, v, i);
			i = in->tasks[i].end - 1;
		} else if (in->tasks[i].answerable) {
			add(out, v, i, 0);
		}
	}
}

void fria_questions_beside(fria_questions *out, const fria_instrument *in,
			   const json_t *assessment,
			   const fria_siblings *siblings)
{
	fria_view *v = fria_view_new(in, assessment, siblings);
	fria_view_questions(out, v);
	fria_view_free(v);
}

void fria_questions_choosing(fria_questions *out, const fria_instrument *in,
			     const json_t *assessment, fria_choices *choices)
{
	fria_view *v = fria_view_new(in, assessment, NULL);
	v->choices = choices;
	fria_view_questions(out, v);
	fria_view_free(v);
}

void fria_questions_list(fria_questions *out, const fria_instrument *in,
			 const json_t *assessment)
{
	fria_questions_choosing(out, in, assessment, NULL);
}

void fria_questions_dispose(fria_questions *questions)
{
	free(questions->items);
	*questions = (fria_questions){NULL, 0};
}

/* --- choices --- */

fria_view *fria_view_there(fria_view *v, const char *name, size_t *task)
{
	const fria_sibling *s = fria_sibling_find(v->in, &v->siblings, name);
	if (!s)
		return NULL;
	fria_view **there = &v->elsewhere[s - v->siblings.items];
	if (!*there)
		*there = fria_view_new(s->instrument, s->assessment, NULL);
	*task = fria_instrument_find(s->instrument, strchr(name, '#') + 1);
	return *there;
}

/* The view in which a task's choices are rows, and where; NULL: they are none.
 */
static fria_view *chosen_from(fria_view *v, size_t task, size_t *source)
{
	const fria_task *t = &v->in->tasks[task];
	*source = t->source;
	if (t->drawn)
		v = strchr(t->drawn, '#') ? fria_view_there(v, t->drawn, source)
					  : NULL;
	return v && *source != FRIA_NONE &&
		       v->in->tasks[*source].rows != FRIA_NONE
		   ? v
		   : NULL;
}

/* The number of the row that a choice names; 0: of none. */
static size_t row_chosen(fria_view *there, size_t source, const char *drawn,
			 const json_t *choice)
{
	const char *name = json_string_value(choice);
	size_t prefix = drawn ? strcspn(drawn, "#") + 1 : 0;
	if (!name || (drawn && strncmp(name, drawn, prefix) != 0))
		return 0;
	if (drawn)
		return fria_view_number(there, source, name + prefix);
	json_int_t number = json_integer_value(
	    json_object_get(fria_view_names(there, source), name));
	return number > 0 ? (size_t)number : 0;
}

fria_view *fria_view_chosen(fria_row_numbers *out, fria_view *v, size_t task,
			    size_t number, size_t *source)
{
	const char *drawn = v->in->tasks[task].drawn;
	const json_t *value = value_of(v, task, number);
	fria_view *there = chosen_from(v, task, source);
	json_t *one;
	size_t i;
	*out = (fria_row_numbers){NULL, 0};
	if (!value || !there)
		return there;
	size_t n = fria_view_rows_of(there, *source)->n;
	bool *marks = fria_calloc(n + 1, sizeof *marks);
	marks[row_chosen(there, *source, drawn, value)] = true;
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		marks[row_chosen(there, *source, drawn, one)] = true;
	for (i = 1; i <= n; i++)
		if (marks[i])
			*FRIA_PUSH(out) = i;
	free(marks);
	return there;
}

void fria_row_numbers_dispose(fria_row_numbers *numbers)
{
	free(numbers->items);
	*numbers = (fria_row_numbers){NULL, 0};
}
