/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A digest is judged by the rules that it names (DESIGN section 2): what
 * counts as the same by each, and what was digested by those of 0.1 still
 * holds. tests/cases/old does the same with whole workspaces.
 */
#include "../../engine/fria.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- text in a fact --- */

static void test_html_is_known_by_its_names(void **state)
{
	static const char *const cases[][2] = {
	    {"a <b>word</b>", "a  word "},
	    {"x<br/>y<BR >z", "x y z"},
	    {"<p class=\"x y\" id=z>a</p>", " a "},
	    {"<!-- unseen > -->b", " b"},
	    {"see <https://example.org/1>", "see <https://example.org/1>"},
	    {"ask <jan@example.org>", "ask <jan@example.org>"},
	    {"a<b en c>d", "a<b en c>d"},
	    {"a < b and c > d", "a < b and c > d"},
	    {"x<5 en y>3", "x<5 en y>3"},
	    {"<b", "<b"},
	    {"<b class=\"never closed>x", "<b class=\"never closed>x"},
	    {"<gemeente>", "<gemeente>"},
	    {"&lt;b&gt;", "<b>"},
	    {"<td nowrap>a</td>", " a "},
	    {"<a href=\"https://example.org/1\">this</a>.",
	     " this (https://example.org/1) ."},
	    {"<a href='https://example.org/?a=1&amp;b=2'>this</a>",
	     " this (https://example.org/?a=1&b=2) "},
	    {"<a href=\"https://example.org\">https://example.org</a>",
	     " https://example.org "},
	    {"<a href=x>one<a href=y>two", " one (x) two (y)"},
	    {"<a name=\"top\">x</a>", " x "}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_buf out = FRIA_BUF_INIT;
		fria_html_text(&out, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(out.text, cases[i][1]);
		fria_buf_dispose(&out);
	}
	assert_int_equal(fria_html_count("<a href=\"x\">a&amp;b</a>", 23), 3);
	assert_int_equal(fria_html_count("a<b en c>d", 10), 10);
}

static bool same_fact(const char *a, const char *b, fria_rules rules)
{
	json_t *x = json_string(a), *y = json_string(b);
	json_t *one = fria_fact_compared("/use/process", x, rules);
	json_t *two = fria_fact_compared("/use/process", y, rules);
	bool same = json_equal(one, two);
	json_decref(one);
	json_decref(two);
	json_decref(x);
	json_decref(y);
	return same;
}

static void test_what_stands_in_brackets_is_compared_since_rules_2(void **state)
{
	static const char *const pairs[][2] = {
	    {"see <https://example.org/1>", "see <https://example.org/2>"},
	    {"ask <jan@example.org>", "ask <piet@example.org>"},
	    {"a<b en c>d", "a<x en c>d"},
	    {"<p>See <a href=\"https://example.org/1\">this</a></p>",
	     "<p>See <a href=\"https://example.org/2\">this</a></p>"}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		assert_true(same_fact(pairs[i][0], pairs[i][1], FRIA_RULES_1));
		assert_false(same_fact(pairs[i][0], pairs[i][1], FRIA_RULES_2));
	}
}

static void test_markup_and_space_are_not_compared_by_any_rules(void **state)
{
	(void)state;
	for (fria_rules rules = FRIA_RULES_1; rules <= FRIA_RULES; rules++) {
		assert_true(
		    same_fact("<p>one  two</p>", "one <b>two</b>", rules));
		assert_true(same_fact("caf&eacute;", "caf\u00e9", rules));
		assert_false(same_fact("one two", "one three", rules));
	}
}

/* --- a document under both --- */

/* What fria 0.1 made of the document below. */
#define QUESTION_0_1 "a68f51e6f4eb7abf749398ce65900ae1d6a70b55"
#define FACT_0_1 "8249b8117ad5d9f1e5edf5bb34c8a728727b5fd1"
#define CONTENT_0_1 "fb20b0c9234bf563987f259823fc7d96b9cec50f"

#define BRACKETS "See <https://example.org/%d>"

typedef struct {
	fria_instrument *in;
	json_t *application, *assessment;
} subject;

static json_t *task(const char *id, const char *facts, const char *rests)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "id", id, "task", id,
			 "type", "open_text", "about", "use", "facts",
			 facts ? json_pack("[s]", facts) : json_array(),
			 "rests",
			 rests ? json_pack("[s]", rests) : json_array());
}

/* Two questions: 1 rests on a fact or on nothing, 2 on 1. */
static fria_instrument *instrument(const char *facts, const char *rests)
{
	fria_instrument *in = NULL;
	json_t *json =
	    json_pack("{s:s, s:s, s:s, s:[o, o]}", "urn", "urn:nl:t", "version",
		      "1.0", "name", "T", "tasks", task("1", facts, NULL),
		      task("2", NULL, rests));
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

static void set_process(subject *s, int number)
{
	char text[80];
	snprintf(text, sizeof text, BRACKETS, number);
	json_t *value = json_string(text);
	assert_int_equal(
	    fria_pointer_set(s->application, "/use/process", value, NULL), 0);
	json_decref(value);
}

static void stand_for(subject *s, fria_rules rules)
{
	const fria_stand stand = {"41ab", "A <a@example.org>", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	for (size_t i = 0; i < s->in->n; i++) {
		json_t *answer = json_pack("{s:s}", "value", "yes");
		json_object_set_new(answer, "basis",
				    fria_basis(s->in, s->assessment,
					       s->application, &none, i, NULL,
					       answer, &stand, rules));
		fria_assessment_put(s->assessment, s->in, i, NULL, answer);
		json_decref(answer);
	}
}

static void begin(subject *s, fria_rules rules)
{
	s->in = instrument("/use/process", "1");
	s->application = json_pack("{s:s, s:s}", "id", "app", "release", "1");
	s->assessment = fria_assessment_new(s->in, "app", FRIA_NL);
	set_process(s, 1);
	stand_for(s, rules);
}

static void end(subject *s)
{
	fria_instrument_free(s->in);
	json_decref(s->application);
	json_decref(s->assessment);
}

static fria_state state_of(const subject *s, size_t question,
			   fria_reason_kind *cause)
{
	const fria_evaluation_input input = {.instrument = s->in,
					     .assessment = s->assessment,
					     .application = s->application,
					     .name = "app/t",
					     .adopted = true,
					     .review = {12, 0}};
	fria_evaluation e;
	fria_evaluate(&e, &input);
	const fria_judgement *j = fria_evaluation_find(&e, question, NULL);
	fria_state state = j->state;
	if (cause && j->n)
		*cause = j->reasons[0].kind;
	fria_evaluation_dispose(&e);
	return state;
}

static void test_a_basis_is_judged_by_the_rules_it_names(void **state)
{
	(void)state;
	for (fria_rules rules = FRIA_RULES_1; rules <= FRIA_RULES; rules++) {
		subject s;
		fria_reason_kind cause = FRIA_BY_EDIT;
		begin(&s, rules);
		const json_t *basis = json_object_get(
		    fria_assessment_answer(s.assessment, s.in, 0, NULL),
		    "basis");
		assert_int_equal(
		    json_integer_value(json_object_get(basis, "rules")),
		    rules == FRIA_RULES_1 ? 0 : rules);
		assert_int_equal(state_of(&s, 0, NULL), FRIA_ANSWERED);
		set_process(&s, 2);
		assert_int_equal(state_of(&s, 0, &cause), rules == FRIA_RULES_1
							      ? FRIA_ANSWERED
							      : FRIA_STALE);
		if (rules != FRIA_RULES_1)
			assert_int_equal(cause, FRIA_BY_FACT);
		end(&s);
	}
}

/* Digests as fria 0.1 made them of this document, by `git hash-object`. */
static void test_the_digests_of_0_1_are_made_again(void **state)
{
	subject s;
	char question[FRIA_DIGEST_SIZE], content[FRIA_CONTENT_SIZE];
	(void)state;
	begin(&s, FRIA_RULES_1);
	fria_question_digest(question, s.in, 0, FRIA_NL, FRIA_RULES_1);
	assert_string_equal(question, QUESTION_0_1);
	json_t *fact =
	    fria_fact_digest(s.application, "/use/process", FRIA_RULES_1);
	assert_string_equal(json_string_value(fact), FACT_0_1);
	json_decref(fact);
	fria_content_digest(content, s.in, s.assessment, s.application, NULL,
			    "app/t", FRIA_RULES_1);
	assert_string_equal(content, CONTENT_0_1);
	fria_content_digest(content, s.in, s.assessment, s.application, NULL,
			    "app/t", FRIA_RULES_2);
	assert_memory_equal(content, "2:", 2);
	assert_string_not_equal(content + 2, CONTENT_0_1);
	end(&s);
}

static void approve(subject *s, const char *role, fria_rules rules)
{
	char content[FRIA_CONTENT_SIZE];
	json_t *list = json_object_get(s->assessment, "approvals");
	if (!list) {
		list = json_array();
		json_object_set_new(s->assessment, "approvals", list);
	}
	fria_content_digest(content, s->in, s->assessment, s->application, NULL,
			    "app/t", rules);
	json_array_append_new(
	    list,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "role", role, "kind",
		      "advice", "value", "positive", "content", content, "by",
		      "B <b@example.org>", "at", "2026-11-01T10:00:00Z"));
}

static void approvals_are(const subject *s, const char *first,
			  const char *second)
{
	const json_t *roles = json_object();
	const fria_evaluation_input input = {.instrument = s->in,
					     .assessment = s->assessment,
					     .application = s->application,
					     .name = "app/t",
					     .roles = roles,
					     .adopted = true,
					     .review = {12, 0}};
	const char *const wanted[] = {first, second};
	fria_evaluation e;
	fria_evaluate(&e, &input);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(
		    fria_approval_state_id(e.approvals.items[i].state),
		    wanted[i]);
	fria_evaluation_dispose(&e);
	json_decref((json_t *)(uintptr_t)roles);
}

static void test_approvals_of_both_rules_stand_beside_each_other(void **state)
{
	subject s;
	(void)state;
	begin(&s, FRIA_RULES_1);
	approve(&s, "lawyer", FRIA_RULES_1);
	approve(&s, "dpo", FRIA_RULES_2);
	approvals_are(&s, "valid", "valid");
	set_process(&s, 2);
	approvals_are(&s, "valid", "lapsed");
	json_t *answer = fria_assessment_answer(s.assessment, s.in, 1, NULL);
	json_object_set_new(answer, "value", json_string("no"));
	approvals_are(&s, "lapsed", "lapsed");
	end(&s);
}

/* --- edges --- */

static void test_an_edge_that_is_new_reopens_and_one_dropped_does_not(
    void **state)
{
	subject s;
	fria_reason_kind cause = FRIA_BY_EDIT;
	(void)state;
	begin(&s, FRIA_RULES_2);
	fria_instrument *whole = s.in;
	s.in = instrument(NULL, "1");
	assert_int_equal(state_of(&s, 0, NULL), FRIA_ANSWERED);
	fria_instrument_free(s.in);
	s.in = instrument("/use/process", NULL);
	assert_int_equal(state_of(&s, 1, NULL), FRIA_ANSWERED);
	stand_for(&s, FRIA_RULES_2);
	fria_instrument_free(s.in);
	s.in = whole;
	assert_int_equal(state_of(&s, 0, NULL), FRIA_ANSWERED);
	assert_int_equal(state_of(&s, 1, &cause), FRIA_STALE);
	assert_int_equal(cause, FRIA_BY_INSTRUMENT);
	end(&s);
}

/* --- what a newer program wrote --- */

static void refused_at(const subject *s, const char *pointer)
{
	fria_error err = FRIA_ERROR_INIT;
	assert_int_equal(fria_assessment_check(s->assessment, "t", &err),
			 FRIA_EINPUT);
	assert_int_equal(err.word, FRIA_W_rules_newer);
	assert_string_equal(err.pointer, pointer);
}

static void test_rules_of_a_newer_program_are_refused(void **state)
{
	subject s;
	(void)state;
	begin(&s, FRIA_RULES);
	json_t *basis = json_object_get(
	    fria_assessment_answer(s.assessment, s.in, 0, NULL), "basis");
	json_object_set_new(basis, "rules", json_integer(FRIA_RULES + 1));
	refused_at(&s, "/answers/1");
	json_object_set_new(basis, "rules", json_integer(FRIA_RULES));
	assert_int_equal(fria_assessment_check(s.assessment, "t", NULL), 0);
	approve(&s, "dpo", FRIA_RULES);
	assert_int_equal(fria_assessment_check(s.assessment, "t", NULL), 0);
	json_object_set_new(
	    json_array_get(json_object_get(s.assessment, "approvals"), 0),
	    "content",
	    json_string("3:0123456789012345678901234567890123456789"));
	refused_at(&s, "/approvals/0/content");
	end(&s);
}

/* Under each id that the application had, its own among them or not. */
static void test_a_content_is_known_under_each_id(void **state)
{
	static const char *const ids[] = {"app", "was", "apple", NULL};
	(void)state;
	for (unsigned given = 0; given < 8; given++) {
		fria_strings list = FRIA_STRINGS_INIT;
		subject s;
		begin(&s, FRIA_RULES);
		json_t *content =
		    fria_content(s.in, s.assessment, s.application, NULL,
				 "app/t", FRIA_RULES);
		json_object_set_new(content, "application", json_string("app"));
		for (size_t i = 0; ids[i]; i++)
			if (given & 1U << i)
				fria_strings_add(&list, ids[i]);
		for (size_t i = 0; ids[i]; i++) {
			char digest[FRIA_CONTENT_SIZE];
			json_t *other = json_copy(content);
			json_object_set_new(other, "application",
					    json_string(ids[i]));
			json_object_set_new(other, "assessment",
					    json_sprintf("%s/t", ids[i]));
			fria_content_name(digest, other, FRIA_RULES);
			bool known = !i || ((given & 1U) && (given & 1U << i));
			assert_true(fria_content_is(content, digest, FRIA_RULES,
						    &list) == known);
			json_decref(other);
		}
		fria_strings_dispose(&list);
		json_decref(content);
		end(&s);
	}
}

static void test_the_digest_of_a_content_says_its_rules(void **state)
{
	static const char hex[] = "0123456789abcdef0123456789abcdef01234567";
	static const char *const none[] = {"", "2:", "0000", "x:", "1:"};
	char text[64];
	fria_rules rules;
	(void)state;
	assert_true(fria_content_rules(&rules, hex));
	assert_int_equal(rules, FRIA_RULES_1);
	snprintf(text, sizeof text, "2:%s", hex);
	assert_true(fria_content_rules(&rules, text));
	assert_int_equal(rules, FRIA_RULES_2);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(fria_content_rules(&rules, none[i]));
	/* By rules 1 there was no number: "1:" is nobody's. */
	snprintf(text, sizeof text, "1:%s", hex);
	assert_false(fria_content_rules(&rules, text));
	snprintf(text, sizeof text, "2:%sf", hex);
	assert_false(fria_content_rules(&rules, text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_html_is_known_by_its_names),
	    cmocka_unit_test(
		test_what_stands_in_brackets_is_compared_since_rules_2),
	    cmocka_unit_test(
		test_markup_and_space_are_not_compared_by_any_rules),
	    cmocka_unit_test(test_a_basis_is_judged_by_the_rules_it_names),
	    cmocka_unit_test(test_a_content_is_known_under_each_id),
	    cmocka_unit_test(test_the_digests_of_0_1_are_made_again),
	    cmocka_unit_test(
		test_approvals_of_both_rules_stand_beside_each_other),
	    cmocka_unit_test(
		test_an_edge_that_is_new_reopens_and_one_dropped_does_not),
	    cmocka_unit_test(test_rules_of_a_newer_program_are_refused),
	    cmocka_unit_test(test_the_digest_of_a_content_says_its_rules)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
