/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The official pre-scan: prints, for 250 generated sets of answers, the answers
 * that are shown and what the engine computes from them, for
 * tests/reference/prescan.mjs to compare with. Its file is the argument;
 * without one there is nothing to do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

enum { SETS = 250 };

static uint32_t seed = 20260401;

static uint32_t pick(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* A value from the options, as the form stores it; NULL: no answer. */
static json_t *some_value(const fria_task *t)
{
	const json_t *options = json_object_get(t->raw, "options");
	size_t n = json_array_size(options), i;
	json_t *option, *list;
	if (!pick(6))
		return NULL;
	if (t->kind == FRIA_TEXT)
		return json_string("Tekst.");
	if (!n)
		return NULL;
	if (t->kind == FRIA_OPTION)
		return json_incref(json_object_get(
		    json_array_get(options, pick((uint32_t)n)), "value"));
	list = json_array();
	uint32_t often = pick(3) + 1;
	json_array_foreach(options, i, option) {
		if (pick(4) < often)
			json_array_append(list,
					  json_object_get(option, "value"));
	}
	return list;
}

static json_t *some_answers(const fria_instrument *in)
{
	json_t *assessment = fria_assessment_new(in, "app", FRIA_NL);
	for (size_t i = 0; i < in->n; i++) {
		const fria_task *t = &in->tasks[i];
		json_t *value = t->answerable && t->rows == FRIA_NONE
				    ? some_value(t)
				    : NULL;
		if (!value)
			continue;
		json_t *answer = json_pack("{s:o}", "value", value);
		fria_assessment_put(assessment, in, i, NULL, answer);
		json_decref(answer);
	}
	return assessment;
}

static json_t *one_set(const fria_instrument *in, const json_t *application)
{
	fria_evaluation e;
	json_t *assessment = some_answers(in), *shown = json_object();
	const fria_evaluation_input input = {.instrument = in,
					     .assessment = assessment,
					     .application = application};
	fria_evaluate(&e, &input);
	for (size_t i = 0; i < e.n; i++) {
		const fria_question *q = &e.items[i].question;
		json_t *value = json_object_get(q->answer, "value");
		if (q->visible && value)
			json_object_set(shown, in->tasks[q->task].id, value);
	}
	const fria_evaluation_place place = {"app/prescan", NULL};
	json_t *all = fria_evaluation_json(&e, &input, &place);
	json_t *out =
	    json_pack("{s:o, s:O, s:O, s:I}", "answers", shown, "scores",
		      json_object_get(all, "scores"), "conclusions",
		      json_object_get(all, "conclusions"), "findings",
		      (json_int_t)e.findings.n);
	json_decref(all);
	fria_evaluation_dispose(&e);
	json_decref(assessment);
	return out;
}

int main(int argc, char **argv)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error err = FRIA_ERROR_INIT;
	fria_instrument *in = NULL;
	json_t *document = NULL, *application, *sets;
	if (argc < 2)
		return puts("1..0 # tests/reference gives the pre-scan") < 0;
	if (fria_file_read(&bytes, argv[1], &err) ||
	    fria_yaml_parse(&document, argv[1], bytes.text, bytes.n, NULL,
			    &err) ||
	    fria_instrument_parse(&in, argv[1], document, &err))
		return 2;
	application = json_pack("{s:s}", "id", "app");
	sets = json_array();
	for (int i = 0; i < SETS; i++)
		json_array_append_new(sets, one_set(in, application));
	json_t *all =
	    json_pack("{s:O, s:o}", "instrument", document, "sets", sets);
	json_dumpf(all, stdout, JSON_COMPACT);
	json_decref(all);
	json_decref(application);
	json_decref(document);
	fria_instrument_free(in);
	fria_buf_dispose(&bytes);
	return 0;
}
