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

/* An application as it is judged. New; takes it. */
static json_t *with_law(json_t *application)
{
	json_t *law = fria_law_built_in();
	json_t *out = fria_law_beside(application, law);
	json_decref(application);
	json_decref(law);
	return out;
}

static int setup(void **state)
{
	world *w = fria_calloc(1, sizeof *w);
	w->in = fria_instrument_built_in("fria-1.0");
	w->iama = fria_instrument_built_in("iama-2.0");
	w->application = with_law(application_with("/monitoring"));
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

/* --- what is checked: tests/cases/start/NAME.checks.tsv, by hand --- */

enum { CHECK, FIRES, ANSWERS, APPLICATION, ADOPTED, WHY, CHECK_CELLS };

static json_t *json_of(const char *text)
{
	json_t *out = NULL;
	if (fria_json_parse(&out, "checks", text, strlen(text), NULL))
		fail_msg("no JSON: %s", text);
	return out;
}

/* {"5.2": [{"id", "zwaarte": "3"}], "1.3": "geen"} as a document; "decided" is
 * what was decided on it. New. */
static json_t *assessment_of(const world *w, const json_t *answers)
{
	json_t *out = fria_assessment_new(w->in, "app", FRIA_NL), *value, *row;
	json_t *all = json_object_get(out, "answers"), *cell;
	const char *id, *name;
	size_t i;
	json_object_foreach((json_t *)(uintptr_t)answers, id, value) {
		if (!strcmp(id, "decided")) {
			json_object_set_new(out, "approvals",
					    json_pack("[{s:s, s:O, s:s}]",
						      "kind", "decision",
						      "value", value, "at",
						      "2026-03-10T09:00:00Z"));
			continue;
		}
		assert_int_not_equal(fria_instrument_find(w->in, id),
				     FRIA_NONE);
		if (!json_is_array(value) ||
		    !json_is_object(json_array_get(value, 0))) {
			json_object_set_new(all, id,
					    json_pack("{s:O}", "value", value));
			continue;
		}
		json_t *rows = json_array();
		json_array_foreach(value, i, row) {
			json_t *made = json_pack("{s:O}", "id",
						 json_object_get(row, "id"));
			json_object_foreach(row, name, cell) {
				char *full = fria_format("%s.%s", id, name);
				if (strcmp(name, "id") != 0)
					json_object_set_new(
					    made, full,
					    json_pack("{s:O}", "value", cell));
				if (strcmp(name, "id") != 0 &&
				    fria_instrument_find(w->in, full) ==
					FRIA_NONE)
					fail_msg("no %s", full);
				free(full);
			}
			json_array_append_new(rows, made);
		}
		json_object_set_new(all, id, rows);
	}
	return out;
}

static const char *explanation(const fria_instrument *in, const char *check)
{
	for (size_t i = 0; i < in->rules.n; i++)
		for (size_t k = 0; k < in->rules.items[i].n; k++)
			if (!strcmp(in->rules.items[i].criteria[k].id, check))
				return fria_criterion_explanation(
				    &in->rules.items[i].criteria[k], FRIA_NL);
	return NULL;
}

/* "yes" and "no" for a check, the number for a score. The caller frees. */
static char *found_by(const world *w, const fria_evaluation *e,
		      const char *check)
{
	const char *says = explanation(w->in, check);
	bool fires = false;
	for (size_t i = 0; says && i < e->conclusions.n; i++)
		fires = fires || fria_strings_has(
				     &e->conclusions.items[i].because, says);
	if (says)
		return fria_strdup(fires ? "yes" : "no");
	for (size_t i = 0; i < e->scores.n; i++)
		if (!strcmp(e->scores.items[i].of->key, check) &&
		    json_is_number(e->scores.items[i].value))
			return fria_format(
			    "%g", json_number_value(e->scores.items[i].value));
	return fria_strdup("none");
}

static void check_line(fria_buf *wrong, fria_strings *told, const world *w,
		       char **cells)
{
	json_t *answers = json_of(cells[ANSWERS]);
	json_t *application = with_law(strcmp(cells[APPLICATION], "-") != 0
					   ? json_of(cells[APPLICATION])
					   : json_object());
	json_t *assessment = assessment_of(w, answers);
	fria_evaluation e;
	fria_evaluation_input input = {.instrument = w->in,
				       .assessment = assessment,
				       .application = application};
	if (strcmp(cells[ADOPTED], "-") != 0)
		assert_true(
		    fria_time_parse(&input.first_adopted_at, cells[ADOPTED]));
	fria_evaluate(&e, &input);
	char *is = found_by(w, &e, cells[CHECK]);
	char *word = fria_format("%s %s", cells[CHECK], is);
	if (strcmp(is, cells[FIRES]) != 0)
		fria_buf_printf(wrong, "%s: %s, judged %s: %s\n", cells[CHECK],
				is, cells[FIRES], cells[WHY]);
	for (size_t i = 0; i < e.findings.n; i++)
		assert_int_not_equal(e.findings.items[i].word,
				     FRIA_W_eval_formula);
	fria_strings_add(told, word);
	free(word);
	free(is);
	fria_evaluation_dispose(&e);
	json_decref(assessment);
	json_decref(application);
	json_decref(answers);
}

/* Each check of a questionnaire in a case in which it fires, and in one in
 * which it does not. */
static void check_all(const world *w, const char *path)
{
	fria_buf text = FRIA_BUF_INIT, wrong = FRIA_BUF_INIT;
	fria_strings told = FRIA_STRINGS_INIT;
	assert_int_equal(fria_file_read(&text, path, NULL), 0);
	char *at = strchr(text.text, '\n');
	while (at && *++at) {
		char *cells[CHECK_CELLS] = {at}, *end = strchr(at, '\n');
		assert_non_null(end);
		*end = '\0';
		for (size_t i = 1; i < CHECK_CELLS; i++) {
			char *tab = strchr(cells[i - 1], '\t');
			assert_non_null(tab);
			*tab = '\0';
			cells[i] = tab + 1;
		}
		check_line(&wrong, &told, w, cells);
		at = end;
	}
	for (size_t i = 0; i < w->in->rules.n; i++) {
		const fria_rule *r = &w->in->rules.items[i];
		for (size_t k = 0; k < r->n; k++) {
			char *yes = fria_format("%s yes", r->criteria[k].id);
			char *no = fria_format("%s no", r->criteria[k].id);
			if (!fria_strings_has(&told, yes) ||
			    !fria_strings_has(&told, no))
				fria_buf_printf(&wrong, "%s: not both ways\n",
						r->criteria[k].id);
			free(yes);
			free(no);
		}
	}
	if (wrong.n)
		print_message("%s", wrong.text);
	assert_int_equal(wrong.n, 0);
	fria_strings_dispose(&told);
	fria_buf_dispose(&wrong);
	fria_buf_dispose(&text);
}

static void test_checks(void **state)
{
	const world *w = *state;
	const world iama = {.in = w->iama};
	check_all(w, "tests/cases/start/fria-1.0.checks.tsv");
	check_all(&iama, "tests/cases/start/iama-2.0.checks.tsv");
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
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_rights),
	    cmocka_unit_test(test_checks)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
