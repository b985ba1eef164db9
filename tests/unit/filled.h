/* SPDX-License-Identifier: EUPL-1.2 */
/* For the tests of alarms: assessments that are filled in whole. */
#ifndef FRIA_TESTS_FILLED_H
#define FRIA_TESTS_FILLED_H

#include "../../engine/fria.h"

/* The question whose rows a task chooses from; or NULL. */
static const char *chosen_from(const fria_task *t)
{
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(t->raw, "dependencies"), i, one)
		if (fria_json_says(one, "type", "source_options"))
			return fria_json_text(json_object_get(one, "source"),
					      "id");
	return NULL;
}

/* Some answer that fits the task. New. */
static json_t *value_for(const fria_task *t)
{
	json_t *first = json_object_get(
	    json_array_get(json_object_get(t->raw, "options"), 0), "value");
	if (t->kind == FRIA_DATE)
		return json_string("2026-01-01");
	const char *source = chosen_from(t);
	if (source && t->kind == FRIA_OPTIONS)
		return json_pack("[o]",
				 json_sprintf("Antwoord op %s.", source));
	if (source)
		return json_sprintf("Antwoord op %s.", source);
	if (!first)
		return json_sprintf("Antwoord op %s.", t->id);
	if (t->kind == FRIA_OPTIONS)
		return json_pack("[O]", first);
	if (t->kind == FRIA_OPTION)
		return json_incref(first);
	return json_sprintf("Antwoord op %s.", t->id);
}

/* Gives an answer with its basis, in the first row of its rows. */
static void stand_for(const fria_instrument *in, json_t *assessment,
		      const json_t *application, const fria_siblings *siblings,
		      size_t task, json_t *value)
{
	const fria_task *t = &in->tasks[task];
	const fria_stand stand = {"41ab", "A. de Vries <a@example.org>", 0,
				  NULL, NULL};
	const char *row = NULL;
	if (t->rows != FRIA_NONE) {
		json_t *rows = fria_assessment_rows(assessment, in, t->rows);
		row = rows ? fria_json_text(json_array_get(rows, 0), "id")
			   : fria_assessment_row_add(assessment, in, t->rows);
	}
	json_t *answer = json_pack("{s:o}", "value", value);
	json_object_set_new(answer, "basis",
			    fria_basis(in, assessment, application, siblings,
				       task, row, answer, &stand, FRIA_RULES));
	fria_assessment_put(assessment, in, task, row, answer);
	json_decref(answer);
}

/* An application with one fact; NULL: with none. New. */
static json_t *application_with(const char *pointer)
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
