/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which questions an assessment shows, by the answers that it holds. A hidden
 * question's own answer counts as absent, also in the conditions of others.
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_instrument *in;
	const json_t *assessment;
	/* Guards against conditions that run in a circle. */
	bool *visiting;
} sight;

static bool shown(sight *s, size_t task, const char *row, size_t *hidden_by);

/* The value of an answer that counts: given, and its question shown. */
static const json_t *value_of(sight *s, size_t task, const char *row)
{
	const json_t *answer =
	    fria_assessment_answer(s->assessment, s->in, task, row);
	const json_t *value = json_object_get(answer, "value");
	return value && shown(s, task, row, NULL) ? value : NULL;
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

static bool contains(const json_t *value, const json_t *wanted)
{
	size_t i;
	json_t *one;
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
static bool met_in_rows(sight *s, const fria_condition *c, size_t group)
{
	size_t i, met = 0;
	json_t *row, *rows = fria_assessment_rows(s->assessment, s->in, group);
	json_array_foreach(rows, i, row) {
		const char *id = fria_json_text(row, "id");
		met += id && accepts(c, value_of(s, c->task, id));
	}
	return c->op == FRIA_ALL ? met && met == json_array_size(rows)
				 : met > 0;
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

static bool met(sight *s, const fria_condition *c, size_t task, const char *row)
{
	size_t group = s->in->tasks[c->task].rows;
	if (group != FRIA_NONE && group != s->in->tasks[task].rows)
		return met_in_rows(s, c, group);
	const json_t *value =
	    value_of(s, c->task, group == FRIA_NONE ? NULL : row);
	return c->op == FRIA_ALL ? all_of(c, value) : accepts(c, value);
}

static bool own_shown(sight *s, size_t task, const char *row, size_t *hidden_by)
{
	const fria_conditions *list = &s->in->tasks[task].conditions;
	for (size_t i = 0; i < list->n; i++) {
		const fria_condition *c = &list->items[i];
		if (c->task == FRIA_NONE)
			continue;
		if (met(s, c, task, row) == c->show)
			continue;
		if (hidden_by)
			*hidden_by = c->task;
		return false;
	}
	return true;
}

static bool shown(sight *s, size_t task, const char *row, size_t *hidden_by)
{
	bool visible = true;
	if (s->visiting[task])
		return true;
	s->visiting[task] = true;
	for (size_t at = task; visible && at != FRIA_NONE;
	     at = s->in->tasks[at].parent)
		visible = own_shown(s, at, row, hidden_by);
	s->visiting[task] = false;
	return visible;
}

static void add(fria_questions *out, sight *s, size_t task, const char *row,
		size_t number)
{
	fria_question q = {.task = task,
			   .row = row,
			   .row_number = number,
			   .hidden_by = FRIA_NONE};
	q.answer = fria_assessment_answer(s->assessment, s->in, task, row);
	q.visible = shown(s, task, row, &q.hidden_by);
	*FRIA_PUSH(out) = q;
}

static void add_row(fria_questions *out, sight *s, size_t group,
		    const char *row, size_t number)
{
	for (size_t i = group + 1; i < s->in->tasks[group].end; i++)
		if (s->in->tasks[i].answerable)
			add(out, s, i, row, number);
}

/* Rows that follow those of another group have that group's row ids. */
static void add_rows(fria_questions *out, sight *s, size_t group)
{
	size_t from = s->in->tasks[group].mapped;
	size_t i, number = 0;
	json_t *row;
	json_array_foreach(
	    fria_assessment_rows(s->assessment, s->in,
				 from == FRIA_NONE ? group : from),
	    i, row)
		add_row(out, s, group, fria_json_text(row, "id"), ++number);
	if (!number)
		add_row(out, s, group, NULL, 0);
}

void fria_questions_list(fria_questions *out, const fria_instrument *in,
			 const json_t *assessment)
{
	sight s = {in, assessment, fria_calloc(in->n, sizeof(bool))};
	*out = (fria_questions){NULL, 0};
	for (size_t i = 0; i < in->n; i++) {
		if (in->tasks[i].rows == i) {
			add_rows(out, &s, i);
			i = in->tasks[i].end - 1;
		} else if (in->tasks[i].answerable) {
			add(out, &s, i, NULL, 0);
		}
	}
	free(s.visiting);
}

void fria_questions_dispose(fria_questions *questions)
{
	free(questions->items);
	*questions = (fria_questions){NULL, 0};
}

bool fria_task_visible(const fria_instrument *in, const json_t *assessment,
		       size_t task)
{
	sight s = {in, assessment, fria_calloc(in->n, sizeof(bool))};
	bool visible = shown(&s, task, NULL, NULL);
	free(s.visiting);
	return visible;
}

static void add_choice(json_t *list, const json_t *value)
{
	size_t i;
	json_t *one;
	if (!json_is_string(value))
		return;
	json_array_foreach(list, i, one) {
		if (json_equal(one, value))
			return;
	}
	json_array_append(list, (json_t *)(uintptr_t)value);
}

json_t *fria_task_choices(const fria_instrument *in, const json_t *assessment,
			  size_t task)
{
	size_t from = in->tasks[task].source, i;
	json_t *row;
	if (from == FRIA_NONE)
		return NULL;
	sight s = {in, assessment, fria_calloc(in->n, sizeof(bool))};
	json_t *list = json_array();
	if (in->tasks[from].rows == FRIA_NONE) {
		add_choice(list, value_of(&s, from, NULL));
	} else {
		json_array_foreach(
		    fria_assessment_rows(assessment, in, in->tasks[from].rows),
		    i, row)
			add_choice(list, value_of(&s, from,
						  fria_json_text(row, "id")));
	}
	free(s.visiting);
	return list;
}
