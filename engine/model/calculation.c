/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The expressions of an instrument: its scores and its conclusions.
 *
 * Calls up to instrument.c: its texts are read as all of an instrument are.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static fria_expression *parse(const json_t *json, const char *key)
{
	fria_expression *e = NULL;
	const char *text = fria_json_text(json, key);
	return text && !fria_expression_parse(&e, text, NULL) ? e : NULL;
}

static const char *text_of(const json_t *json, const char *key)
{
	const char *text = fria_json_text(json, key);
	return text ? text : "";
}

static void read_calculation(fria_instrument *in, size_t task)
{
	const json_t *json =
	    json_object_get(in->tasks[task].raw, "calculation");
	const json_t *steps = json_object_get(json, "riskScore");
	const char *key = fria_json_text(json, "scoreKey");
	if (!json)
		return;
	fria_calculation c = {.key = key ? key : in->tasks[task].id,
			      .raw = json,
			      .task = task,
			      .expression = parse(json, "expression"),
			      .n = json_array_size(steps)};
	c.text = text_of(json, "expression");
	c.steps = fria_calloc(c.n, sizeof *c.steps);
	for (size_t i = 0; i < c.n; i++) {
		const json_t *one = json_array_get(steps, i);
		c.steps[i] =
		    (fria_step){parse(one, "when"), text_of(one, "when"),
				json_object_get(one, "value")};
	}
	*FRIA_PUSH(&in->calculations) = c;
}

/* An id, or a list of them. */
static void read_law(fria_strings *out, const json_t *law)
{
	size_t i;
	json_t *one;
	if (json_is_string(law))
		fria_strings_add(out, json_string_value(law));
	json_array_foreach((json_t *)(uintptr_t)law, i, one)
		if (json_is_string(one))
			fria_strings_add(out, json_string_value(one));
}

static void read_rule(fria_instrument *in, const json_t *conclusion,
		      const char *id, const json_t *level)
{
	const json_t *criteria = json_object_get(level, "criteria");
	const json_t *acceptable = json_object_get(level, "acceptable");
	const char *review = fria_json_text(level, "review");
	fria_rule r = {.id = id,
		       .title = json_object_get(conclusion, "title"),
		       .level = text_of(level, "level"),
		       .raw = level,
		       .expression = parse(level, "expression"),
		       .text = text_of(level, "expression"),
		       .stops = json_is_true(json_object_get(level, "stop")),
		       .n = json_array_size(criteria)};
	if (review && !fria_duration_parse(&r.review, review))
		r.review = (fria_duration){0, 0};
	read_law(&r.law, json_object_get(level, "law"));
	if (acceptable)
		r.acceptable = (fria_acceptable){
		    true, fria_json_text(acceptable, "criterion"),
		    fria_json_text(acceptable, "rows"),
		    fria_json_text(acceptable, "level"),
		    json_integer_value(json_object_get(acceptable, "from"))};
	r.criteria = fria_calloc(r.n, sizeof *r.criteria);
	for (size_t i = 0; i < r.n; i++) {
		const json_t *one = json_array_get(criteria, i);
		r.criteria[i] = (fria_criterion){text_of(one, "id"), one,
						 text_of(one, "expression"),
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
	json_array_foreach(json_object_get(in->document, "assessments"), i,
			   rule) {
		const char *id = fria_json_text(rule, "id");
		json_array_foreach(json_object_get(rule, "levels"), k, level) {
			if (id)
				read_rule(in, rule, id, level);
		}
	}
}

void fria_calculations_free(fria_instrument *in)
{
	for (size_t i = 0; i < in->calculations.n; i++) {
		fria_calculation *c = &in->calculations.items[i];
		fria_expression_free(c->expression);
		for (size_t k = 0; k < c->n; k++)
			fria_expression_free(c->steps[k].when);
		free(c->steps);
	}
	for (size_t i = 0; i < in->rules.n; i++) {
		fria_rule *r = &in->rules.items[i];
		fria_expression_free(r->expression);
		fria_strings_dispose(&r->law);
		for (size_t k = 0; k < r->n; k++)
			fria_expression_free(r->criteria[k].expression);
		free(r->criteria);
	}
	free(in->calculations.items);
	free(in->rules.items);
}

/* --- their words --- */

const char *fria_calculation_word(const fria_calculation *c, size_t step,
				  fria_lang lang)
{
	const json_t *words = json_object_get(c->raw, "words");
	return step ? fria_text(json_array_get(words, step - 1), lang) : NULL;
}

const char *fria_calculation_says(const fria_calculation *c, fria_lang lang)
{
	return fria_text(json_object_get(c->raw, "says"), lang);
}

static bool is_named(const json_t *word, const char *name)
{
	const char *language;
	json_t *text;
	json_object_foreach((json_t *)(uintptr_t)word, language, text) {
		char *own = fria_strdup(json_string_value(text));
		for (char *at = own; at && *at; at++)
			*at = *at == ' ' ? '_' : *at;
		bool same = own && !strcmp(own, name);
		free(own);
		if (same)
			return true;
	}
	return false;
}

const char *fria_calculation_named(const fria_instrument *in, const char *name,
				   fria_lang lang)
{
	for (size_t i = 0; i < in->calculations.n; i++) {
		const json_t *word;
		size_t k;
		json_array_foreach(
		    json_object_get(in->calculations.items[i].raw, "words"), k,
		    word) {
			if (is_named(word, name))
				return fria_text(word, lang);
		}
	}
	return NULL;
}

const char *fria_rule_title(const fria_rule *rule, fria_lang lang)
{
	const char *title = fria_text(rule->title, lang);
	return title ? title : rule->id;
}

const char *fria_rule_result(const fria_rule *rule, fria_lang lang)
{
	return fria_text(json_object_get(rule->raw, "result"), lang);
}

const char *fria_criterion_explanation(const fria_criterion *criterion,
				       fria_lang lang)
{
	return fria_text(json_object_get(criterion->raw, "explanation"), lang);
}

/* --- what is wrong in them --- */

static bool is_function(const char *name)
{
	static const char *const all[] = {
	    "answers",	  "bool",	   "count",   "countSelectedOptions",
	    "rows",	  "max",	   "min",     "sum",
	    "lookup",	  "fact",	   "metric",  "weightedCountMap",
	    "conclusion", "criteriaCheck", "cells",   "shared",
	    "adopted",	  "inUse",	   "decision"};
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
		check(&c, id, one->raw, "expression");
		json_array_foreach(json_object_get(one->raw, "riskScore"), k,
				   step)
			check(&c, id, step, "when");
	}
	for (i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		check(&c, r->id, r->raw, "expression");
		for (k = 0; k < r->n; k++)
			check(&c, r->id, r->criteria[k].raw, "expression");
	}
}
