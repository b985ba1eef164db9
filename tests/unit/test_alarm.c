/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How large an alarm is: one fact changes on a copy of the IAMA without
 * conditions, all 87 questions answered. The counts were made by hand from
 * the tables of facts and edges, apart from this program.
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

static const struct {
	const char *fact;
	size_t stale, suspect;
} table[] = {
    {"/use/model", 12, 27},
    {"/card/models", 10, 27},
    {"/card/used_data", 10, 21},
    {"/register/source_data", 10, 21},
    {"/register/methods_and_models", 9, 22},
    {"/register/source_data_grouping", 9, 22},
    {"/use/data", 9, 22},
    {"/card/technical_design", 8, 23},
    {"/use/groups", 8, 20},
    {"/monitoring", 6, 20},
    {"/use/automation", 6, 25},
    {"/use/function", 5, 9},
    {"/use/incidents", 5, 16},
    {"/use/volume", 5, 24},
    {"/card/external_providers", 4, 0},
    {"/card/human_intervention", 4, 27},
    {"/card/interaction_details", 4, 34},
    {"/register/human_intervention", 4, 27},
    {"/register/provider", 4, 0},
    {"/use/contract", 4, 4},
    {"/use/notice", 4, 4},
    {"/use/purpose", 4, 22},
    {"/card/ai_act_profile/role", 3, 3},
    {"/card/ai_act_profile/type", 3, 9},
    {"/card/deployment_variants", 3, 0},
    {"/card/legal_base", 3, 8},
    {"/card/owners", 3, 1},
    {"/card/user_interface", 3, 8},
    {"/register/lawful_basis", 3, 8},
    {"/register/lawful_basis_grouping", 3, 8},
    {"/use/area", 3, 25},
    {"/use/organisations", 3, 1},
    {"/use/oversight", 3, 11},
    {"/use/phase", 3, 0},
    {"/use/process", 3, 29},
    {"/use/provider_documents", 3, 18},
    {"/card/ai_act_profile/risk_group", 2, 1},
    {"/card/end_date", 2, 0},
    {"/card/goal_and_impact", 2, 22},
    {"/card/status", 2, 0},
    {"/register/contact_email", 2, 4},
    {"/register/end_date", 2, 0},
    {"/register/goal", 2, 22},
    {"/register/organization", 2, 1},
    {"/register/publication_category", 2, 4},
    {"/register/status", 2, 0},
    {"/register/website", 2, 4},
    {"/use/hosting", 2, 0},
    {"/use/personal_data", 2, 17},
    {"/card/ai_act_profile/publication_category", 1, 1},
    {"/card/ai_act_profile/transparency_obligations", 1, 0},
    {"/card/begin_date", 1, 0},
    {"/card/hardware_requirements", 1, 0},
    {"/card/version_requirements", 1, 0},
    {"/register/begin_date", 1, 0},
    {"/register/process_index_url", 1, 1},
    {"/register/publiccode", 1, 0},
    {"/use/dpia", 1, 1},
    {"/use/frequency", 1, 8},
    {"/use/period", 1, 0},
    {"/use/security_test", 1, 0},
};

/* --- an instrument without conditions, an assessment full of answers --- */

static void drop_conditions(json_t *tasks)
{
	size_t i;
	json_t *task;
	json_array_foreach(tasks, i, task) {
		json_object_del(task, "dependencies");
		json_object_del(task, "stop");
		drop_conditions(json_object_get(task, "tasks"));
	}
}

static fria_instrument *make_instrument(bool conditions)
{
	fria_instrument *built_in = fria_instrument_built_in("iama-2.0");
	fria_instrument *out = NULL;
	assert_non_null(built_in);
	json_t *copy = json_deep_copy(built_in->document);
	if (!conditions)
		drop_conditions(json_object_get(copy, "tasks"));
	assert_int_equal(fria_instrument_parse(&out, "test", copy, NULL), 0);
	json_decref(copy);
	fria_instrument_free(built_in);
	return out;
}

static void replace(json_t **value, json_t *other)
{
	json_decref(*value);
	*value = other;
}

/* In form order, so that every basis sees what it rests on. */
static json_t *fill(const fria_instrument *in, const json_t *application,
		    const char *kind_of_algorithm, size_t *n)
{
	json_t *assessment = fria_assessment_new(in, "app", FRIA_NL);
	*n = 0;
	for (size_t i = 0; i < in->n; i++) {
		const fria_task *t = &in->tasks[i];
		if (!t->answerable || t->measure)
			continue;
		json_t *value = value_for(t);
		if (!strcmp(t->id, "2.1.1.1"))
			replace(&value, json_string(kind_of_algorithm));
		if (!strcmp(t->id, "1.3.1"))
			replace(&value, json_false());
		stand_for(in, assessment, application, NULL, i, value);
		++*n;
	}
	return assessment;
}

static void evaluate(fria_evaluation *out, const fria_instrument *in,
		     const json_t *assessment, const json_t *application)
{
	const fria_evaluation_input input = {.instrument = in,
					     .assessment = assessment,
					     .application = application,
					     .adopted = true,
					     .review = {12, 0}};
	fria_evaluate(out, &input);
}

static void test_every_fact(void **state)
{
	(void)state;
	size_t n;
	fria_instrument *in = make_instrument(false);
	json_t *before = application_with(NULL);
	json_t *assessment = fill(in, before, "zelflerend", &n);
	assert_int_equal(n, 87);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		fria_evaluation e;
		json_t *after = application_with(table[i].fact);
		evaluate(&e, in, assessment, after);
		if (e.counts.stale != table[i].stale ||
		    e.counts.suspect != table[i].suspect)
			fail_msg("%s: %zu stale, %zu suspect", table[i].fact,
				 e.counts.stale, e.counts.suspect);
		assert_int_equal(e.verdict, FRIA_NEEDS_REVIEW);
		for (size_t k = 0; k < e.n; k++) {
			const fria_judgement *j = &e.items[k];
			const fria_task *t = &in->tasks[j->question.task];
			assert_int_equal(j->state == FRIA_STALE,
					 fria_task_on_fact(t, table[i].fact));
		}
		fria_evaluation_dispose(&e);
		json_decref(after);
	}
	json_decref(assessment);
	json_decref(before);
	fria_instrument_free(in);
}

static void test_reverting_restores(void **state)
{
	(void)state;
	size_t n;
	fria_instrument *in = make_instrument(false);
	json_t *before = application_with("/use/model");
	json_t *assessment = fill(in, before, "zelflerend", &n);
	json_t *other = application_with("/use/data");
	fria_evaluation e;
	evaluate(&e, in, assessment, other);
	assert_true(e.counts.stale > 12);
	fria_evaluation_dispose(&e);
	evaluate(&e, in, assessment, before);
	assert_int_equal(e.counts.stale, 0);
	assert_int_equal(e.counts.suspect, 0);
	assert_int_equal(e.verdict, FRIA_CURRENT);
	fria_evaluation_dispose(&e);
	json_decref(other);
	json_decref(assessment);
	json_decref(before);
	fria_instrument_free(in);
}

/*
 * The real instrument, where each branch of 2.1.1.1 hides the other's
 * questions; filled in twice, so that both have seen what is hidden.
 */
static json_t *fill_branch(const fria_instrument *in, const json_t *application,
			   const char *kind)
{
	size_t n;
	json_t *assessment = fill(in, application, kind, &n);
	for (size_t k = 0; k < in->n; k++) {
		const fria_task *t = &in->tasks[k];
		if (!t->answerable || t->measure || t->rows != FRIA_NONE)
			continue;
		json_t *was = fria_assessment_answer(assessment, in, k, NULL);
		stand_for(in, assessment, application, NULL, k,
			  json_incref(json_object_get(was, "value")));
	}
	return assessment;
}

static const char *const branches[] = {"zelflerend", "niet-zelflerend"};

/* One line a fact: stale and suspect in each branch. */
static void print_branches(void)
{
	fria_instrument *in = make_instrument(true);
	json_t *before = application_with(NULL);
	json_t *filled[2];
	for (size_t i = 0; i < 2; i++)
		filled[i] = fill_branch(in, before, branches[i]);
	printf("fact\t%s: stale, suspect\t%s: stale, suspect\n", branches[0],
	       branches[1]);
	for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
		json_t *after = application_with(table[k].fact);
		printf("%s", table[k].fact);
		for (size_t i = 0; i < 2; i++) {
			fria_evaluation e;
			evaluate(&e, in, filled[i], after);
			printf("\t%zu\t%zu", e.counts.stale, e.counts.suspect);
			fria_evaluation_dispose(&e);
		}
		printf("\n");
		json_decref(after);
	}
	for (size_t i = 0; i < 2; i++)
		json_decref(filled[i]);
	json_decref(before);
	fria_instrument_free(in);
}

static void test_a_branch_starts_in_order(void **state)
{
	(void)state;
	fria_instrument *in = make_instrument(true);
	json_t *application = application_with(NULL);
	for (size_t i = 0; i < 2; i++) {
		fria_evaluation e;
		json_t *assessment = fill_branch(in, application, branches[i]);
		evaluate(&e, in, assessment, application);
		assert_int_equal(e.counts.stale, 0);
		assert_int_equal(e.counts.suspect, 0);
		assert_true(e.counts.hidden > 0);
		fria_evaluation_dispose(&e);
		json_decref(assessment);
	}
	json_decref(application);
	fria_instrument_free(in);
}

/* A change of one answer reaches everything behind it. */
static void test_reach(void **state)
{
	(void)state;
	size_t n;
	static const struct {
		const char *task;
		size_t reach;
	} reaches[] = {{"1.1.2", 23}, {"3.5.1", 25}};
	fria_instrument *in = make_instrument(false);
	json_t *application = application_with(NULL);
	for (size_t i = 0; i < 2; i++) {
		fria_evaluation e;
		json_t *assessment = fill(in, application, "zelflerend", &n);
		size_t task = fria_instrument_find(in, reaches[i].task);
		stand_for(in, assessment, application, NULL, task,
			  json_string("Heel anders."));
		evaluate(&e, in, assessment, application);
		assert_int_equal(e.counts.stale + e.counts.suspect,
				 reaches[i].reach);
		fria_evaluation_dispose(&e);
		json_decref(assessment);
	}
	json_decref(application);
	fria_instrument_free(in);
}

static void test_instrument_is_in_order(void **state)
{
	(void)state;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_instrument *in = make_instrument(true);
	fria_buf text = FRIA_BUF_INIT;
	fria_instrument_check(&findings, in, "iama-2.0.json");
	for (size_t i = 0; i < findings.n; i++) {
		fria_finding_text(&text, &findings.items[i], FRIA_EN);
		print_message("%s\n", text.text);
		fria_buf_clear(&text);
	}
	assert_false(fria_findings_worst(&findings, FRIA_WARNING));
	fria_buf_dispose(&text);
	fria_findings_dispose(&findings);
	fria_instrument_free(in);
}

/* With --branches: the counts that tests/cases/branches keeps. */
int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--branches")) {
		print_branches();
		return 0;
	}
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_instrument_is_in_order),
	    cmocka_unit_test(test_every_fact),
	    cmocka_unit_test(test_reverting_restores),
	    cmocka_unit_test(test_a_branch_starts_in_order),
	    cmocka_unit_test(test_reach),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
