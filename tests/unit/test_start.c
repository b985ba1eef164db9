/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the first questions conclude. Each case was judged by hand from the law,
 * before this program was asked: tests/cases/start has for each questionnaire
 * the answers and the level of each conclusion, with its reasons. A case names
 * what it differs in from another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"
#include "tables.h"

#define TABLES "tests/cases/start/"

/* --- tables --- */

enum { CASE, FROM, ANSWERS, CONCLUSIONS, WHY, CELLS };

static const line *find_line(const table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->items[i].cells[CASE], name))
			return &t->items[i];
	fail_msg("no case %s", name);
	return NULL;
}

/* "1.1=ai 1.4=-": added to what there is; "-" takes away. */
static json_t *words_over(const json_t *before, const char *words)
{
	json_t *out =
	    before ? json_copy((json_t *)(uintptr_t)before) : json_object();
	while (*words) {
		size_t n = strcspn(words, " "), key = strcspn(words, "=");
		assert_true(key < n);
		char *id = fria_strndup(words, key);
		char *word = fria_strndup(words + key + 1, n - key - 1);
		if (!strcmp(word, "-"))
			json_object_del(out, id);
		else
			json_object_set_new(out, id, json_string(word));
		free(id);
		free(word);
		words += n + (words[n] == ' ');
	}
	return out;
}

/* What each case is, with what it came from. */
static void work_out(table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		line *one = &t->items[i];
		const line *from = strcmp(one->cells[FROM], "-") != 0
				       ? find_line(t, one->cells[FROM])
				       : NULL;
		one->answers = words_over(from ? from->answers : NULL,
					  one->cells[ANSWERS]);
		one->expected = words_over(from ? from->expected : NULL,
					   one->cells[CONCLUSIONS]);
	}
}

static table read_cells(const char *name)
{
	char *path = fria_format(TABLES "%s.tsv", name);
	table out = read_lines(path, CELLS);
	free(path);
	for (size_t i = 0; i < out.n; i++)
		assert_true(*out.items[i].cells[WHY]);
	return out;
}

static table read_table(const char *name)
{
	table out = read_cells(name);
	work_out(&out);
	return out;
}

/* --- one case --- */

static json_t *value_of(const fria_task *t, const char *word)
{
	if (!strcmp(word, "true") || !strcmp(word, "false"))
		return json_boolean(!strcmp(word, "true"));
	if (t->kind != FRIA_OPTIONS)
		return json_string(word);
	json_t *list = json_array();
	while (*word) {
		size_t n = strcspn(word, ",");
		json_array_append_new(list, json_stringn(word, n));
		word += n + (word[n] == ',');
	}
	return list;
}

/* What cannot be answered as the table has it is a mistake in the table. */
static json_t *assessment_of(const fria_instrument *in, const line *l)
{
	json_t *out = fria_assessment_new(in, "app", FRIA_NL), *word;
	const char *id;
	json_object_foreach(l->answers, id, word) {
		size_t task = fria_instrument_find(in, id);
		if (task == FRIA_NONE)
			fail_msg("%s: no question %s", l->cells[CASE], id);
		json_t *value =
		    value_of(&in->tasks[task], json_string_value(word));
		if (!fria_value_fits(in, task, value))
			fail_msg("%s: %s", l->cells[CASE], id);
		json_t *answer = json_pack("{s:o}", "value", value);
		fria_assessment_put(out, in, task, NULL, answer);
		json_decref(answer);
	}
	return out;
}

static void evaluate(fria_evaluation *out, const fria_instrument *in,
		     const json_t *assessment)
{
	json_t *own = json_pack("{s:s}", "id", "app");
	json_t *law = fria_law_built_in();
	json_t *application = fria_law_beside(own, law);
	const fria_evaluation_input input = {.instrument = in,
					     .assessment = assessment,
					     .application = application};
	fria_evaluate(out, &input);
	json_decref(application);
	json_decref(law);
	json_decref(own);
}

/* The ids of the criteria that it says were met, of the level that it took. */
static void add_reasons(fria_buf *out, const fria_instrument *in,
			const fria_conclusion *one)
{
	const char *before = ":";
	for (size_t i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		if (strcmp(r->id, one->id) != 0 ||
		    fria_rule_result(r, FRIA_NL) != one->text)
			continue;
		for (size_t k = 0; k < r->n; k++) {
			const char *said = fria_criterion_explanation(
			    &r->criteria[k], FRIA_NL);
			if (!fria_strings_has(&one->because, said))
				continue;
			fria_buf_printf(out, "%s%s", before, r->criteria[k].id);
			before = "+";
		}
	}
}

/* "required:ap+twee" */
static char *said_by(const fria_instrument *in, const fria_conclusion *one)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_buf_puts(&out, one->level ? one->level : "none");
	add_reasons(&out, in, one);
	return fria_buf_detach(&out);
}

static void compare(fria_buf *found, const fria_instrument *in, const line *l,
		    bool reasons)
{
	fria_evaluation e;
	json_t *assessment = assessment_of(in, l), *expected;
	const char *id;
	evaluate(&e, in, assessment);
	json_object_foreach(l->expected, id, expected) {
		const fria_conclusion *one = fria_conclusion_find(&e, id);
		if (!one) {
			fria_buf_printf(found, "no conclusion %s\n", id);
			continue;
		}
		char *is = reasons ? said_by(in, one)
				   : fria_strdup(one->level ? one->level : "");
		if (strcmp(is, json_string_value(expected)) != 0)
			fria_buf_printf(found, "%s: %s is %s, judged %s\n",
					l->cells[CASE], id, is,
					json_string_value(expected));
		free(is);
	}
	for (size_t i = 0; reasons && i < e.conclusions.n; i++)
		if (!json_object_get(l->expected, e.conclusions.items[i].id))
			fria_buf_printf(found, "%s: nobody judged %s\n",
					l->cells[CASE],
					e.conclusions.items[i].id);
	assert_int_equal(e.findings.n, 0);
	fria_evaluation_dispose(&e);
	json_decref(assessment);
}

static void must_be_empty(fria_buf *found)
{
	if (found->n)
		print_message("%s", found->text);
	bool empty = !found->n;
	fria_buf_dispose(found);
	assert_true(empty);
}

static void compare_all(const char *name, bool reasons, size_t least)
{
	fria_instrument *in = fria_instrument_built_in(name);
	table cases = read_table(name);
	fria_buf found = FRIA_BUF_INIT;
	assert_non_null(in);
	assert_true(cases.n >= least);
	for (size_t i = 0; i < cases.n; i++)
		compare(&found, in, &cases.items[i], reasons);
	drop_table(&cases);
	fria_instrument_free(in);
	must_be_empty(&found);
}

static void test_every_case(void **unused)
{
	(void)unused;
	compare_all("start-2.0", true, 40);
}

/* Whether article 27 asks an assessment, by its first questions. */
static void test_fria_required(void **unused)
{
	(void)unused;
	compare_all("fria-1.0", false, 19);
}

/* Whatever the answers are, each conclusion takes one of the five levels. */
static void test_one_of_five_levels(void **unused)
{
	(void)unused;
	static const char *const levels[] = {
	    "required", "expected", "recommended", "not-needed", "unknown"};
	fria_instrument *in = fria_instrument_built_in("start-2.0");
	for (size_t i = 0; i < in->rules.n; i++) {
		size_t k = 0;
		while (k < 5 && strcmp(in->rules.items[i].level, levels[k]))
			k++;
		assert_true(k < 5);
		assert_non_null(fria_rule_result(&in->rules.items[i], FRIA_EN));
	}
	fria_instrument_free(in);
}

/* --- duties --- */

/* Whether a duty is asked where the first questions are answered so. */
static bool is_asked(const fria_instrument *in, const fria_instrument *start,
		     const line *l, const char *duty)
{
	json_t *own = fria_assessment_new(in, "app", FRIA_NL);
	json_t *first = assessment_of(start, l);
	const fria_sibling beside = {"start", start, first, NULL, NULL, 0};
	const fria_siblings siblings = {(fria_sibling *)(uintptr_t)&beside, 1};
	size_t group = fria_instrument_find(in, duty);
	bool shown = false;
	fria_questions all;
	if (group == FRIA_NONE)
		fail_msg("no duty %s", duty);
	fria_questions_beside(&all, in, own, &siblings);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].task > group &&
		    all.items[i].task < in->tasks[group].end)
			shown = shown || all.items[i].visible;
	fria_questions_dispose(&all);
	json_decref(first);
	json_decref(own);
	return shown;
}

/* Each duty is asked by the conclusion that was judged to ask it, in one case
 * and not in another; and without first questions. */
static void test_every_duty(void **unused)
{
	(void)unused;
	enum { DUTY, WHEN, SHOWN, NOT_SHOWN };
	fria_instrument *in = fria_instrument_built_in("plichten-1.0");
	fria_instrument *start = fria_instrument_built_in("start-2.0");
	table cases = read_table("start-2.0");
	table duties = read_cells("plichten-1.0");
	fria_buf found = FRIA_BUF_INIT;
	size_t groups = 0;
	for (size_t i = 0; i < in->n; i++)
		groups += in->tasks[i].measures;
	assert_int_equal(groups, duties.n);
	for (size_t i = 0; i < duties.n; i++) {
		char **cells = duties.items[i].cells;
		char *when = fria_format("start#%s", cells[WHEN]);
		const fria_task *t =
		    &in->tasks[fria_instrument_find(in, cells[DUTY])];
		if (t->conditions.n != 1 ||
		    strcmp(t->conditions.items[0].id, when) != 0 ||
		    !is_asked(in, start, find_line(&cases, cells[SHOWN]),
			      cells[DUTY]) ||
		    is_asked(in, start, find_line(&cases, cells[NOT_SHOWN]),
			     cells[DUTY]) ||
		    !is_asked(in, start, find_line(&cases, "nothing-answered"),
			      cells[DUTY]))
			fria_buf_printf(&found, "%s\n", cells[DUTY]);
		free(when);
	}
	drop_table(&duties);
	drop_table(&cases);
	fria_instrument_free(start);
	fria_instrument_free(in);
	must_be_empty(&found);
}

/* --- from the first version --- */

/* "geen,groot"; "none" for what a person must answer anew. */
static char *answer_of(const fria_instrument *in, json_t *assessment,
		       const char *id)
{
	json_t *answer = fria_assessment_answer(
	    assessment, in, fria_instrument_find(in, id), NULL);
	json_t *value = json_object_get(answer, "value"), *one;
	fria_buf out = FRIA_BUF_INIT;
	size_t i;
	if (json_is_string(value))
		fria_buf_puts(&out, json_string_value(value));
	json_array_foreach(value, i, one)
		fria_buf_printf(&out, "%s%s", i ? "," : "",
				json_string_value(one));
	if (!out.n)
		fria_buf_puts(&out, "none");
	return fria_buf_detach(&out);
}

static void test_migration(void **unused)
{
	(void)unused;
	fria_instrument *from = fria_instrument_built_in("start-1.0");
	fria_instrument *to = fria_instrument_built_in("start-2.0");
	table cases = read_table("migration");
	fria_buf found = FRIA_BUF_INIT;
	assert_true(fria_migrates(from, to));
	for (size_t i = 0; i < cases.n; i++) {
		const line *l = &cases.items[i];
		json_t *assessment = assessment_of(from, l), *expected;
		fria_migration done;
		const char *id;
		fria_migration_make(
		    &done,
		    &(fria_migration_input){from, to, assessment, "app/start"});
		json_object_foreach(l->expected, id, expected) {
			char *is = answer_of(to, done.assessment, id);
			if (strcmp(is, json_string_value(expected)) != 0)
				fria_buf_printf(&found,
						"%s: %s is %s, not %s\n",
						l->cells[CASE], id, is,
						json_string_value(expected));
			free(is);
		}
		fria_migration_dispose(&done);
		json_decref(assessment);
	}
	drop_table(&cases);
	fria_instrument_free(from);
	fria_instrument_free(to);
	must_be_empty(&found);
}

/* --- every question can be answered by who is asked --- */

/* "Eén zin. Nog een." in sentences of at most 25 words. */
static void check_sentences(fria_buf *found, const char *id, const char *text)
{
	size_t words = 0;
	for (const char *at = text; at && *at;) {
		size_t n = strcspn(at, " ");
		words++;
		bool ends = strchr(".?!:", at[n - 1]) != NULL;
		at += n + strspn(at + n, " ");
		if (words > 25)
			fria_buf_printf(found, "%s: long: %s\n", id, text);
		if (ends || words > 25)
			words = 0;
	}
}

static void check_question(fria_buf *found, const fria_instrument *in, size_t i)
{
	const fria_task *t = &in->tasks[i];
	const char *nl = fria_task_guidance(t, FRIA_NL);
	const char *en = fria_task_guidance(t, FRIA_EN);
	check_sentences(found, t->id, nl);
	check_sentences(found, t->id, en);
	if (!nl || !en || !strcmp(nl, en) ||
	    !strcmp(fria_task_title(t, FRIA_NL), fria_task_title(t, FRIA_EN)))
		fria_buf_printf(found, "%s: a language\n", t->id);
	if (!t->roles.n || !t->about)
		fria_buf_printf(found, "%s: roles, about\n", t->id);
	if (!t->measure && !t->facts.n && !t->upstream.n &&
	    !fria_task_alone(t, FRIA_NL))
		fria_buf_printf(found, "%s: edges\n", t->id);
}

static void test_every_question_is_whole(void **unused)
{
	(void)unused;
	static const char *const names[] = {"start-2.0", "plichten-1.0"};
	fria_buf found = FRIA_BUF_INIT;
	for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
		fria_instrument *in = fria_instrument_built_in(names[n]);
		for (size_t i = 0; i < in->n; i++)
			if (in->tasks[i].answerable)
				check_question(&found, in, i);
		fria_instrument_free(in);
	}
	must_be_empty(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_case),
	    cmocka_unit_test(test_fria_required),
	    cmocka_unit_test(test_one_of_five_levels),
	    cmocka_unit_test(test_every_duty),
	    cmocka_unit_test(test_migration),
	    cmocka_unit_test(test_every_question_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
