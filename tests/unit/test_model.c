/* SPDX-License-Identifier: EUPL-1.2 */
/* Instruments and what is wrong in them; facts by substance; rows; values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../engine/fria.h"

static fria_instrument *instrument(const char *tasks)
{
	fria_instrument *out = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf said = FRIA_BUF_INIT;
	char *text = fria_format(
	    "{\"urn\":\"urn:nl:test\",\"version\":\"1.0\",\"name\":{\"nl\":"
	    "\"T\",\"en\":\"T\"},\"tasks\":%s}",
	    tasks);
	json_t *json = NULL;
	if (fria_json_parse(&json, "t", text, strlen(text), &err) ||
	    fria_instrument_parse(&out, "t", json, &err)) {
		fria_error_text(&said, &err, FRIA_EN);
		fail_msg("%s: %s", said.text, text);
	}
	json_decref(json);
	free(text);
	return out;
}

#define T(id, more)                                                            \
	"{\"id\":\"" id "\",\"task\":{\"nl\":\"v\",\"en\":\"q\"},\"type\":["   \
	"\"open_text\"]" more "}"

/* The codes of what the check finds, separated by spaces, once each. */
static void finds(const char *tasks, const char *code, const char *pointer)
{
	fria_instrument *in = instrument(tasks);
	fria_findings found = FRIA_FINDINGS_INIT;
	fria_instrument_check(&found, in, "t.json");
	bool there = !*code && !found.n;
	for (size_t i = 0; i < found.n; i++) {
		const fria_finding *f = &found.items[i];
		assert_string_equal(f->file, "t.json");
		there |= !strcmp(fria_word_id(f->word), code) && f->pointer &&
			 !strcmp(f->pointer, pointer);
	}
	for (size_t i = 0; !there && i < found.n; i++)
		print_message("%s %s\n", fria_word_id(found.items[i].word),
			      found.items[i].pointer);
	if (!there)
		fail_msg("no %s at %s", code, pointer);
	fria_findings_dispose(&found);
	fria_instrument_free(in);
}

static void test_what_is_wrong_in_a_questionnaire(void **state)
{
	(void)state;
	finds("[" T("1", "") "," T("2", ",\"rests\":[\"1\"]") "]", "", "");
	finds("[" T("1", "") "," T("1", "") "]", "check_duplicate_id",
	      "/tasks/1");
	finds("[" T("1", ",\"rests\":[\"9\"]") "]", "check_rests_unknown",
	      "/tasks/0");
	finds("[" T("1", ",\"rests\":[\"2\"]") "," T("2", "") "]",
	      "check_backward", "/tasks/0");
	finds("[" T("1", ",\"rests\":[\"2\"]") "," T("2",
						     ",\"rests\":[\"1\"]") "]",
	      "check_cycle", "/tasks/0");
	/* Its own rows, and what hides the group that it lies in. */
	finds("[{\"id\":\"g\",\"task\":\"g\",\"repeatable\":true,"
	      "\"tasks\":[" T("1", ",\"rests\":[\"g\"]") "]}]",
	      "check_cycle", "/tasks/0/tasks/0");
	finds(
	    "[{\"id\":\"g\",\"task\":\"g\",\"tasks\":[" T(
		"1", "") "],"
			 "\"dependencies\":[{\"type\":\"conditional\","
			 "\"condition\":{"
			 "\"id\":\"1\",\"operator\":\"equals\",\"value\":true},"
			 "\"action\":\"show\"}]}]",
	    "check_cycle", "/tasks/0/tasks/0");
	finds("[" T("1", ",\"facts\":[\"/register/risks\"]") "]",
	      "check_fact_output", "/tasks/0");
	finds("[" T("1", ",\"facts\":[\"/register/goal\"],"
			 "\"register\":\"goal\"") "]",
	      "check_fact_and_output", "/tasks/0");
	finds("[" T("1", ",\"facts\":[\"/nowhere/goal\"]") "]",
	      "check_fact_unknown", "/tasks/0");
	finds("[" T("1", ",\"dependencies\":[{\"type\":\"conditional\","
			 "\"condition\":{\"id\":\"7\",\"operator\":\"equals\","
			 "\"value\":true},\"action\":\"show\"}]") "]",
	      "check_condition_absent", "/tasks/0");
	finds("[{\"id\":\"1\",\"task\":{\"nl\":\"v\"},\"type\":[\"open_text\"]"
	      "}]",
	      "check_translation", "/tasks/0");
	finds("[{\"id\":\"1\",\"task\":{\"nl\":\"v\",\"en\":\"q\"},\"type\":["
	      "\"radio_option\"]}]",
	      "check_no_options", "/tasks/0");
}

static void differs(const char *pointer, const char *a, const char *b, bool yes)
{
	json_t *x = json_loads(a, JSON_DECODE_ANY, NULL);
	json_t *y = json_loads(b, JSON_DECODE_ANY, NULL);
	json_t *one = fria_fact_compared(pointer, x, FRIA_RULES);
	json_t *two = fria_fact_compared(pointer, y, FRIA_RULES);
	if (json_equal(one, two) == yes)
		fail_msg("%s: %s %s", pointer, a, b);
	json_decref(one);
	json_decref(two);
	json_decref(x);
	json_decref(y);
}

static void test_facts_are_compared_by_substance(void **state)
{
	(void)state;
	const char *goal = "/register/goal";
	differs(goal, "\"<p>a  b</p>\"", "\"a b\"", false);
	differs(goal, "\"a &amp; b\"", "\"a & b\"", false);
	differs(goal, "\"e\\u0301\"", "\"\\u00e9\"", false);
	differs(goal, "\"\\u2018x\\u2019 \\u2013 \\u201cy\\u201d\"",
		"\"'x' - \\\"y\\\"\"", false);
	differs(goal, "\" a\\n b \"", "\"a b\"", false);
	differs(goal, "\"\"", "null", false);
	differs(goal, "[]", "null", false);
	differs(goal, "[\"a\",\"b\"]", "[\"b\",\"a\"]", false);
	differs(goal, "{\"x\":1,\"y\":2}", "{\"y\":2,\"x\":1}", false);
	differs(goal, "\"a\"", "\"A\"", true);
	differs(goal, "\"ab\"", "\"a b\"", true);
	differs(goal, "[\"a\"]", "[\"a\",\"a\"]", true);
	differs(goal, "0", "null", true);
	differs(goal, "false", "null", true);
	differs("/use/volume", "14500", "21000", false);
	differs("/use/volume", "9999", "10000", true);
	differs("/use/costs", "{\"once\":1200}", "{\"once\":9000}", false);
	differs("/use/costs", "{\"once\":1200}", "{\"once\":12000}", true);
	differs("/use/costs", "{\"once\":1,\"source\":\"a\"}",
		"{\"once\":1,\"source\":\"b\"}", false);
	const char *staff = "/use/staff";
	differs(staff, "{\"trained\":4,\"needed\":5}",
		"{\"trained\":2,\"needed\":5}", false);
	differs(staff, "{\"trained\":4,\"needed\":5}",
		"{\"trained\":5,\"needed\":5}", true);
	differs(staff, "{\"trained\":4}", "{\"trained\":5}", true);
	differs(staff, "null", "{\"trained\":5,\"needed\":5}", true);
	const char *settings = "/use/configuration";
	differs(settings, "[{\"name\":\"a\",\"kind\":\"filter\"}]",
		"[{\"name\":\"a\",\"kind\":\"drempel\"}]", false);
	differs(settings, "[{\"name\":\"a\",\"version\":\"0.7\"}]",
		"[{\"name\":\"a\",\"version\":\"0.8\"}]", true);
	differs("/use/sla", "{\"version\":\"1\",\"until\":\"2026-12-01\"}",
		"{\"version\":\"1\",\"until\":\"2027-12-01\"}", false);
	differs("/use/processors",
		"[{\"name\":\"A\",\"role\":\"verwerker\",\"contract\":\"1\"}]",
		"[{\"name\":\"A\",\"role\":\"verwerker\"}]", false);
	differs("/use/locations",
		"[{\"country\":\"Ierland\",\"what\":\"opslag\"}]",
		"[{\"country\":\"Ierland\",\"what\":\"onderhoud\"}]", false);
	differs("/monitoring", "{\"m\":{\"unit\":\"%\",\"series\":[1]}}",
		"{\"m\":{\"unit\":\"%\",\"series\":[]}}", false);
	differs("/monitoring/m", "{\"unit\":\"%\",\"joined\":[1]}",
		"{\"unit\":\"%\"}", false);
}

/* Character by character: what has no meaning in HTML stands for itself, any
 * space for one. */
static void plain_text(char *out, const char *text)
{
	size_t n = 0;
	bool space = false;
	for (; *text; text++) {
		if (*text <= ' ') {
			space = n > 0;
			continue;
		}
		if (space)
			out[n++] = ' ';
		space = false;
		out[n++] = *text == '`' ? '\'' : *text;
	}
	out[n] = '\0';
}

static void test_plain_text_is_compared_as_it_stands(void **state)
{
	(void)state;
	unsigned chance = 1;
	for (size_t i = 0; i < 5000; i++) {
		static const char pieces[] = "ab.`~\x7f  \t\n;>\"'";
		char text[24], plain[24];
		size_t n = (size_t)rand_r(&chance) % sizeof text;
		for (size_t k = 0; k < n; k++)
			text[k] = pieces[(size_t)rand_r(&chance) %
					 (sizeof pieces - 1)];
		text[n ? n - 1 : 0] = '\0';
		plain_text(plain, text);
		json_t *value = json_string(text);
		json_t *one =
		    fria_fact_compared("/use/process", value, FRIA_RULES);
		if (*plain)
			assert_string_equal(json_string_value(one), plain);
		else
			assert_true(json_is_null(one));
		json_decref(one);
		json_decref(value);
	}
}

static json_t *application(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	assert_non_null(json);
	return json;
}

static void test_what_differs_is_named(void **state)
{
	(void)state;
	json_t *a = application(
	    "{\"register\":{\"goal\":\"a\",\"url\":\"x\",\"risks\":\"r\"},"
	    "\"use\":{\"area\":\"n\"},\"monitoring\":{\"m\":{\"unit\":\"%\","
	    "\"series\":[1]}}}");
	json_t *b = application(
	    "{\"register\":{\"goal\":\"b\",\"url\":\"y\",\"risks\":\"s\"},"
	    "\"card\":{\"labels\":[1],\"owners\":[\"o\"]},\"monitoring\":{"
	    "\"m\":{\"unit\":\"%\",\"series\":[1,2]},\"k\":{\"unit\":\"s\"}}}");
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf joined = FRIA_BUF_INIT;
	fria_facts_differ(&names, a, b);
	for (size_t i = 0; i < names.n; i++)
		fria_buf_printf(&joined, "%s ", names.items[i]);
	assert_string_equal(joined.text, "/card/owners /monitoring/k "
					 "/register/goal /use/area ");
	fria_strings_dispose(&names);
	fria_facts_differ(&names, a, a);
	assert_int_equal(names.n, 0);
	fria_strings_dispose(&names);
	fria_buf_dispose(&joined);
	json_decref(a);
	json_decref(b);
}

#define GROUP                                                                  \
	"[{\"id\":\"g\",\"task\":{\"nl\":\"g\",\"en\":\"g\"},\"type\":["       \
	"\"task_group\"],\"repeatable\":true,\"tasks\":[" T("g.a", "") "," T(  \
	    "g.b", "") "]}]"

static void test_rows_have_ids_that_stay(void **state)
{
	(void)state;
	fria_instrument *in = instrument(GROUP);
	json_t *a = fria_assessment_new(in, "app", FRIA_NL);
	size_t group = fria_instrument_find(in, "g");
	size_t task = fria_instrument_find(in, "g.a");
	char first[9], second[9];
	snprintf(first, sizeof first, "%s",
		 fria_assessment_row_add(a, in, group));
	snprintf(second, sizeof second, "%s",
		 fria_assessment_row_add(a, in, group));
	assert_int_equal(strlen(first), 8);
	assert_string_not_equal(first, second);
	json_t *answer = json_pack("{s:s}", "value", "x");
	fria_assessment_put(a, in, task, second, answer);
	fria_assessment_row_remove(a, in, group, first);
	assert_true(
	    json_equal(fria_assessment_answer(a, in, task, second), answer));
	assert_null(fria_assessment_answer(a, in, task, first));
	assert_int_equal(json_array_size(fria_assessment_rows(a, in, group)),
			 1);
	fria_assessment_put(a, in, task, second, NULL);
	assert_null(fria_assessment_answer(a, in, task, second));
	json_decref(answer);
	json_decref(a);
	fria_instrument_free(in);
}

#define CHOICE                                                                 \
	"[{\"id\":\"c\",\"task\":{\"nl\":\"k\",\"en\":\"c\"},\"type\":["       \
	"\"radio_option\"],\"options\":[{\"value\":\"yes\",\"label\":{"        \
	"\"nl\":\"Ja, altijd\",\"en\":\"Yes, always\"}},{\"value\":\"no\","    \
	"\"label\":{\"nl\":\"Nee\",\"en\":\"No\"},\"official\":\"N\"}]}]"

static void test_a_choice_by_value_or_label(void **state)
{
	(void)state;
	fria_instrument *in = instrument(CHOICE);
	static const char *const texts[][2] = {
	    {"yes", "yes"}, {"Ja, altijd", "yes"}, {"yes, ALWAYS", "yes"},
	    {"N", "no"},    {" nee\n", "no"},	   {"misschien", NULL},
	    {"", NULL}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_t *value = NULL;
		fria_error err = FRIA_ERROR_INIT;
		int code = fria_value_parse(&value, in, 0, texts[i][0], NULL,
					    FRIA_NL, NULL, &err);
		if ((code == 0) != (texts[i][1] != NULL))
			fail_msg("%s", texts[i][0]);
		if (!code) {
			assert_string_equal(json_string_value(value),
					    texts[i][1]);
			assert_true(fria_value_fits(in, 0, value));
		}
		json_decref(value);
	}
	json_t *other = json_string("misschien");
	assert_false(fria_value_fits(in, 0, other));
	json_decref(other);
	fria_instrument_free(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_wrong_in_a_questionnaire),
	    cmocka_unit_test(test_facts_are_compared_by_substance),
	    cmocka_unit_test(test_plain_text_is_compared_as_it_stands),
	    cmocka_unit_test(test_what_differs_is_named),
	    cmocka_unit_test(test_rows_have_ids_that_stay),
	    cmocka_unit_test(test_a_choice_by_value_or_label)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
