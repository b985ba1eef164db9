/* SPDX-License-Identifier: EUPL-1.2 */
/* For the tests of alarms: assessments that are filled in whole. */
#ifndef FRIA_TESTS_FILLED_H
#define FRIA_TESTS_FILLED_H

#include "../../engine/fria.h"

/* Some answer that fits the task. New. */
static json_t *value_for(const fria_task *t)
{
	json_t *first = json_object_get(
	    json_array_get(json_object_get(t->raw, "options"), 0), "value");
	if (t->kind == FRIA_DATE)
		return json_string("2026-01-01");
	if (!first)
		return json_sprintf("Antwoord op %s.", t->id);
	if (t->kind == FRIA_OPTIONS)
		return json_pack("[O]", first);
	if (t->kind == FRIA_OPTION)
		return json_incref(first);
	return json_sprintf("Antwoord op %s.", t->id);
}

/* The first row of a task's rows, made where there is none; NULL: no rows. */
static const char *row_for(const fria_instrument *in, json_t *assessment,
			   size_t task)
{
	const fria_task *t = &in->tasks[task];
	if (t->rows == FRIA_NONE)
		return NULL;
	json_t *rows = fria_assessment_rows(assessment, in, t->rows);
	return rows ? fria_json_text(json_array_get(rows, 0), "id")
		    : fria_assessment_row_add(assessment, in, t->rows);
}

/* Gives an answer, in the first row of its rows, that nobody stands for. */
static inline void say(const fria_instrument *in, json_t *assessment,
		       size_t task, json_t *value)
{
	const char *row = row_for(in, assessment, task);
	json_t *answer = json_pack("{s:o}", "value", value);
	fria_assessment_put(assessment, in, task, row, answer);
	json_decref(answer);
}

/* The same with its basis. */
static void stand_for(const fria_instrument *in, json_t *assessment,
		      const json_t *application, const fria_siblings *siblings,
		      size_t task, json_t *value)
{
	const fria_stand stand = {"41ab", "A. de Vries <a@example.org>", 0,
				  NULL, NULL};
	const char *row = row_for(in, assessment, task);
	json_t *answer = json_pack("{s:o}", "value", value);
	json_object_set_new(answer, "basis",
			    fria_basis(in, assessment, application, siblings,
				       task, row, answer, &stand, FRIA_RULES));
	fria_assessment_put(assessment, in, task, row, answer);
	json_decref(answer);
}

static inline bool is_asked(const fria_task *t)
{
	return t->answerable && !t->measure;
}

/* An answer that stops nothing; a row names the rows, causes and choices that
 * there are, and the metric of application_with. New. */
static inline json_t *answer_to(const fria_instrument *in, json_t *assessment,
				const fria_task *t,
				const char *kind_of_algorithm)
{
	static const char *const prohibited[] = {"1.3.1", "1.4", "1.5"};
	json_t *options = json_object_get(t->raw, "options");
	if (!strcmp(t->id, "2.1.1.1") && kind_of_algorithm)
		return json_string(kind_of_algorithm);
	if (t->drawn && t->drawn[0] == '/')
		return json_string("fouten");
	if (t->source != FRIA_NONE && in->tasks[t->source].rows == FRIA_NONE) {
		const json_t *chosen =
		    fria_assessment_value(assessment, in, t->source, NULL);
		return json_incref(
		    json_array_get(chosen, json_array_size(chosen) - 1));
	}
	if (t->source != FRIA_NONE)
		return json_pack(t->kind == FRIA_OPTIONS ? "[s]" : "s",
				 row_for(in, assessment, t->source));
	for (size_t i = 0; i < sizeof prohibited / sizeof *prohibited; i++)
		if (t->kind == FRIA_OPTION && !strcmp(t->id, prohibited[i]))
			return json_false();
	if (t->kind != FRIA_OPTIONS || !json_array_size(options))
		return value_for(t);
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(options, i, one)
		json_array_append(out, json_object_get(one, "value"));
	return out;
}

/* Twice, so that every basis sees what it rests on, also further on: first
 * what is said, then that somebody stands for it. */
static inline void fill(const fria_instrument *in, json_t *assessment,
			const json_t *application,
			const fria_siblings *siblings,
			const char *kind_of_algorithm)
{
	for (size_t i = 0; i < 2 * in->n; i++) {
		const fria_task *t = &in->tasks[i % in->n];
		if (!is_asked(t))
			continue;
		json_t *value = answer_to(in, assessment, t, kind_of_algorithm);
		if (i < in->n)
			say(in, assessment, i, value);
		else
			stand_for(in, assessment, application, siblings,
				  i - in->n, value);
	}
}

/* An application with one fact; NULL: with none. New. */
static inline json_t *application_with(const char *pointer)
{
	json_t *application = json_pack("{s:s}", "id", "app");
	json_t *value = json_string("anders");
	if (pointer && !strcmp(pointer, "/monitoring")) {
		json_decref(value);
		value = json_pack("{s:{s:s}}", "fouten", "unit", "%");
	}
	if (pointer)
		assert_int_equal(
		    fria_pointer_set(application, pointer, value, NULL), 0);
	json_decref(value);
	return application;
}

#endif
