/* SPDX-License-Identifier: EUPL-1.2 */
/* The expressions of an instrument: its scores and its conclusions. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static fria_expression *parse(const json_t *json, const char *key)
{
	fria_expression *e = NULL;
	const char *text = fria_json_text(json, key);
	return text && !fria_expression_parse(&e, text, NULL) ? e : NULL;
}

static void read_calculation(fria_instrument *in, size_t task)
{
	const json_t *json =
	    json_object_get(in->tasks[task].json, "calculation");
	const json_t *steps = json_object_get(json, "riskScore");
	const char *key = fria_json_text(json, "scoreKey");
	if (!json)
		return;
	fria_calculation c = {.key = key ? key : in->tasks[task].id,
			      .json = json,
			      .task = task,
			      .expression = parse(json, "expression"),
			      .n = json_array_size(steps)};
	c.when = fria_calloc(c.n, sizeof *c.when);
	for (size_t i = 0; i < c.n; i++)
		c.when[i] = parse(json_array_get(steps, i), "when");
	*FRIA_PUSH(&in->calculations) = c;
}

static void read_rule(fria_instrument *in, const char *id, const json_t *level)
{
	const json_t *criteria = json_object_get(level, "criteria");
	const char *name = fria_json_text(level, "level");
	fria_rule r = {.id = id,
		       .level = name ? name : "",
		       .json = level,
		       .expression = parse(level, "expression"),
		       .n = json_array_size(criteria)};
	r.criteria = fria_calloc(r.n, sizeof *r.criteria);
	for (size_t i = 0; i < r.n; i++) {
		const json_t *one = json_array_get(criteria, i);
		const char *own = fria_json_text(one, "id");
		r.criteria[i] = (fria_criterion){own ? own : "", one,
						 parse(one, "expression")};
	}
	*FRIA_PUSH(&in->rules) = r;
}

void fria_calculations_read(fria_instrument *in)
{
	size_t i, k;
	json_t *rule, *level;
	for (i = 0; i < in->n; i++)
		read_calculation(in, i);
	json_array_foreach(json_object_get(in->json, "assessments"), i, rule) {
		const char *id = fria_json_text(rule, "id");
		json_array_foreach(json_object_get(rule, "levels"), k, level) {
			if (id)
				read_rule(in, id, level);
		}
	}
}

void fria_calculations_free(fria_instrument *in)
{
	for (size_t i = 0; i < in->calculations.n; i++) {
		fria_calculation *c = &in->calculations.items[i];
		fria_expression_free(c->expression);
		for (size_t k = 0; k < c->n; k++)
			fria_expression_free(c->when[k]);
		free(c->when);
	}
	for (size_t i = 0; i < in->rules.n; i++) {
		fria_rule *r = &in->rules.items[i];
		fria_expression_free(r->expression);
		for (size_t k = 0; k < r->n; k++)
			fria_expression_free(r->criteria[k].expression);
		free(r->criteria);
	}
	free(in->calculations.items);
	free(in->rules.items);
}

/* --- what is wrong in them --- */

static bool is_function(const char *name)
{
	static const char *const all[] = {
	    "answers",	    "bool", "count",  "countSelectedOptions",
	    "rows",	    "max",  "min",    "sum",
	    "lookup",	    "fact", "metric", "weightedCountMap",
	    "criteriaCheck"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i], name))
			return true;
	return false;
}

typedef struct {
	fria_findings *findings;
	const char *file;
} checked;

static void note(const checked *c, fria_word word, const char *where,
		 const char *what)
{
	fria_findings_add(c->findings, FRIA_SEVERE, word, c->file, "", "task",
			  where, "what", what, NULL);
}

static void check(const checked *c, const char *where, const json_t *json,
		  const char *key)
{
	fria_expression *e = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_strings calls = FRIA_STRINGS_INIT;
	const char *text = fria_json_text(json, key);
	if (!text) {
		note(c, FRIA_W_check_expression_absent, where, key);
		return;
	}
	if (fria_expression_parse(&e, text, &err)) {
		fria_buf said = FRIA_BUF_INIT;
		fria_error_text(&said, &err, FRIA_EN);
		note(c, FRIA_W_check_expression, where, said.text);
		fria_buf_dispose(&said);
		return;
	}
	fria_expression_calls(&calls, e);
	for (size_t i = 0; i < calls.n; i++)
		if (!is_function(calls.items[i]))
			note(c, FRIA_W_check_function, where, calls.items[i]);
	fria_strings_dispose(&calls);
	fria_expression_free(e);
}

void fria_calculations_check(fria_findings *findings, const fria_instrument *in,
			     const char *file)
{
	const checked c = {findings, file};
	size_t i, k;
	json_t *step;
	for (i = 0; i < in->calculations.n; i++) {
		const fria_calculation *one = &in->calculations.items[i];
		const char *id = in->tasks[one->task].id;
		check(&c, id, one->json, "expression");
		json_array_foreach(json_object_get(one->json, "riskScore"), k,
				   step)
			check(&c, id, step, "when");
	}
	for (i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		check(&c, r->id, r->json, "expression");
		for (k = 0; k < r->n; k++)
			check(&c, r->id, r->criteria[k].json, "expression");
	}
}
