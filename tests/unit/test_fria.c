/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The FRIA: the table of risks with its properties, and the rights. Which
 * alarms ring is in test_alarm.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filled.h"

typedef struct {
	fria_instrument *in, *iama;
	json_t *assessment, *other, *application;
	fria_sibling sibling;
	fria_siblings siblings;
} world;

static int setup(void **state)
{
	world *w = fria_calloc(1, sizeof *w);
	w->in = fria_instrument_built_in("fria-1.0");
	w->iama = fria_instrument_built_in("iama-2.0");
	w->application = application_with("/monitoring");
	w->assessment = fria_assessment_new(w->in, "app", FRIA_NL);
	w->other = fria_assessment_new(w->iama, "app", FRIA_NL);
	w->sibling = (fria_sibling){"iama", w->iama, w->other, NULL, NULL, 0};
	w->siblings = (fria_siblings){&w->sibling, 1};
	fill(w->iama, w->other, w->application, &w->siblings, NULL);
	fill(w->in, w->assessment, w->application, &w->siblings, NULL);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	world *w = *state;
	fria_instrument_free(w->in);
	fria_instrument_free(w->iama);
	json_decref(w->assessment);
	json_decref(w->other);
	json_decref(w->application);
	free(w);
	return 0;
}

static void evaluate(fria_evaluation *out, const world *w,
		     const json_t *application)
{
	const fria_evaluation_input input = {.instrument = w->in,
					     .assessment = w->assessment,
					     .application = application,
					     .siblings = w->siblings,
					     .adopted = true,
					     .review = {12, 0}};
	fria_evaluate(out, &input);
}

static void test_in_order(void **state)
{
	world *w = *state;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_instrument *start = fria_instrument_built_in("start-1.0");
	fria_evaluation e;
	fria_instrument_check(&findings, w->in, "fria-1.0.json");
	fria_instrument_check(&findings, start, "start-1.0.json");
	assert_false(fria_findings_worst(&findings, FRIA_WARNING));
	fria_findings_dispose(&findings);
	fria_instrument_free(start);
	evaluate(&e, w, w->application);
	assert_int_equal(e.counts.stale + e.counts.suspect + e.counts.open, 0);
	assert_int_equal(e.findings.n, 0);
	fria_evaluation_dispose(&e);
}

/* --- the table of risks --- */

static const char published[4][5] = {"1112", "1223", "2233", "3344"};

static int expected(int gravity, int reversibility, int scope, int likelihood)
{
	int severity = gravity + (reversibility == 4) + (scope == 4);
	return published[(severity > 4 ? 4 : severity) - 1][likelihood - 1] -
	       '0';
}

static void put_row(const world *w, json_t *assessment, const int steps[4])
{
	static const char *const cells[] = {
	    "5.2.zwaarte", "5.2.herstelbaarheid", "5.2.omvang", "5.2.kans"};
	size_t group = fria_instrument_find(w->in, "5.2");
	const char *row = fria_assessment_row_add(assessment, w->in, group);
	for (size_t i = 0; i < 4; i++) {
		json_t *answer = steps[i] > 4
				     ? json_pack("{s:s}", "value", "onbekend")
				     : json_pack("{s:o}", "value",
						 json_sprintf("%d", steps[i]));
		fria_assessment_put(assessment, w->in,
				    fria_instrument_find(w->in, cells[i]), row,
				    answer);
		json_decref(answer);
	}
}

/* The score of the first row. */
static int first_step(const fria_evaluation *e, const char *key)
{
	for (size_t i = 0; i < e->scores.n; i++)
		if (!strcmp(e->scores.items[i].of->key, key))
			return (int)fria_score_step(&e->scores.items[i]);
	return 0;
}

/* The overall level, and that of the first row. */
static int level_of(const world *w, const json_t *assessment, int *first)
{
	fria_evaluation e;
	const fria_evaluation_input input = {.instrument = w->in,
					     .assessment = assessment,
					     .application = w->application};
	fria_evaluate(&e, &input);
	if (first)
		*first = first_step(&e, "niveau_voor");
	int level = (int)fria_score_step(fria_score_find(&e, "niveau", NULL));
	assert_int_equal(e.findings.n, 0);
	if (level == 4)
		assert_int_equal(e.verdict, FRIA_BLOCKED);
	fria_evaluation_dispose(&e);
	return level;
}

static int one_row(const world *w, const int steps[4])
{
	int first;
	json_t *assessment = fria_assessment_new(w->in, "app", FRIA_NL);
	put_row(w, assessment, steps);
	int level = level_of(w, assessment, &first);
	assert_int_equal(level, first);
	json_decref(assessment);
	return level;
}

static void test_every_combination(void **state)
{
	world *w = *state;
	int counts[5] = {0}, levels[4][4][4][4];
	for (int i = 0; i < 256; i++) {
		const int s[4] = {i / 64 + 1, i / 16 % 4 + 1, i / 4 % 4 + 1,
				  i % 4 + 1};
		int level = one_row(w, s);
		assert_int_equal(level, expected(s[0], s[1], s[2], s[3]));
		levels[s[0] - 1][s[1] - 1][s[2] - 1][s[3] - 1] = level;
		counts[level]++;
	}
	assert_int_equal(counts[1], 42);
	assert_int_equal(counts[2], 71);
	assert_int_equal(counts[3], 95);
	assert_int_equal(counts[4], 48);
	/* A step up in any of the four never lowers the level. */
	const int *flat = &levels[0][0][0][0];
	static const int stride[] = {64, 16, 4, 1};
	for (int i = 0; i < 256; i++)
		for (int k = 0; k < 4; k++)
			if (i / stride[k] % 4 < 3)
				assert_true(flat[i] <= flat[i + stride[k]]);
}

static void test_unknown_is_worst(void **state)
{
	world *w = *state;
	for (int k = 0; k < 4; k++) {
		int unknown[4] = {2, 2, 2, 2}, worst[4] = {2, 2, 2, 2};
		unknown[k] = 5;
		worst[k] = 4;
		assert_int_equal(one_row(w, unknown), one_row(w, worst));
	}
}

/* Swapping rows changes nothing; adding one never lowers the level. */
static void test_rows(void **state)
{
	world *w = *state;
	uint32_t seed = 7;
	for (int n = 0; n < 300; n++) {
		json_t *forth = fria_assessment_new(w->in, "app", FRIA_NL);
		json_t *back = fria_assessment_new(w->in, "app", FRIA_NL);
		int rows[3][4], before = 0, level = 0;
		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525u + 1013904223u;
			rows[i / 4][i % 4] = (int)(seed >> 24) % 4 + 1;
		}
		for (int i = 0; i < 3; i++) {
			put_row(w, forth, rows[i]);
			put_row(w, back, rows[2 - i]);
			level = level_of(w, forth, NULL);
			assert_true(level >= before);
			before = level;
		}
		assert_int_equal(level_of(w, back, NULL), level);
		json_decref(forth);
		json_decref(back);
	}
}

/* --- the catalogue of rights --- */

static const json_t *right_of(const json_t *rights, const char *id)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)rights, i, one)
		if (fria_json_says(one, "id", id))
			return one;
	return NULL;
}

/* A question that offers rights offers all of them, by the same names, and each
 * can be answered. False: it offers none. */
static bool offers_rights(const fria_instrument *in, size_t task,
			  const json_t *rights)
{
	const fria_task *t = &in->tasks[task];
	const json_t *options = json_object_get(t->raw, "options"), *one;
	const json_t *first = t->options.n ? t->options.items[0].value : NULL;
	size_t i;
	if (!json_is_string(first) ||
	    !right_of(rights, json_string_value(first)))
		return false;
	assert_int_equal(json_array_size(options), json_array_size(rights));
	json_array_foreach((json_t *)(uintptr_t)options, i, one) {
		const json_t *right = json_array_get(rights, i);
		json_t *value = json_object_get(one, "value");
		json_t *several = json_pack("[O]", value);
		assert_true(json_equal(value, json_object_get(right, "id")));
		assert_true(json_equal(json_object_get(one, "label"),
				       json_object_get(right, "name")));
		assert_true(json_equal(json_object_get(one, "plain"),
				       json_object_get(right, "plain")));
		assert_true(fria_value_fits(
		    in, task, t->kind == FRIA_OPTIONS ? several : value));
		json_decref(several);
	}
	return true;
}

/* Each has a name for lawyers and one for others, in both languages; nobody
 * accepts a high risk to what is absolute, or to life. */
static void test_rights(void **state)
{
	static const char *const names[] = {"fria-1.0", "iama-2.0", "dpia-3.0"};
	static const size_t asked[] = {1, 2, 1};
	const world *w = *state;
	json_t *file = NULL;
	fria_buf text = FRIA_BUF_INIT;
	assert_int_equal(fria_file_read(&text, "assessments/rights.json", NULL),
			 0);
	assert_int_equal(
	    fria_json_parse(&file, "rights.json", text.text, text.n, NULL), 0);
	const json_t *rights = json_object_get(file, "rights"), *one;
	const json_t *kept = json_object_get(w->in->tables, "absoluut");
	size_t i, absolute = 0;
	assert_int_equal(json_array_size(rights), 55);
	json_array_foreach((json_t *)(uintptr_t)rights, i, one) {
		const json_t *plain = json_object_get(one, "plain");
		const char *id = fria_json_text(one, "id");
		bool listed = false;
		for (size_t k = 0; k < json_array_size(kept); k++)
			listed =
			    listed ||
			    !strcmp(json_string_value(json_array_get(kept, k)),
				    id);
		assert_true(fria_json_text(plain, "nl") &&
			    fria_json_text(plain, "en"));
		assert_int_equal(
		    listed, json_is_true(json_object_get(one, "absolute")) ||
				!strcmp(id, "life"));
		absolute += listed;
	}
	assert_int_equal(absolute, json_array_size(kept));
	for (i = 0; i < sizeof names / sizeof *names; i++) {
		fria_instrument *in = fria_instrument_built_in(names[i]);
		size_t n = 0;
		for (size_t k = 0; k < in->n; k++)
			n += offers_rights(in, k, rights);
		assert_int_equal(n, asked[i]);
		fria_instrument_free(in);
	}
	json_decref(file);
	fria_buf_dispose(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_in_order),
	    cmocka_unit_test(test_every_combination),
	    cmocka_unit_test(test_unknown_is_worst),
	    cmocka_unit_test(test_rows), cmocka_unit_test(test_rights)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
