/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What of the facts an approval binds (facts.def), on every questionnaire that
 * the program has: which contents differ when one fact of an example does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

static const char *const examples[] = {
    "assessments/examples/straatafval/release-1.1.json",
    "assessments/examples/chatbot/release-2.0.json"};

static json_t *parse(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(fria_json_parse(&json, "t", text, strlen(text), NULL),
			 0);
	return json;
}

static json_t *example(size_t i)
{
	json_error_t error;
	json_t *json = json_load_file(examples[i], 0, &error);
	assert_non_null(json);
	return json;
}

/* --- what is bound of each --- */

/* A pointer, what it becomes, and whether an approval minds. METRIC stands for
 * the first metric of the example. */
static const struct {
	const char *pointer, *value;
	bool binds;
} changes[] = {
    {"/register/contact_email", "\"elders@zandmeer.example\"", false},
    {"/register/website", "\"https://www.zandmeer.example/elders\"", false},
    {"/register/process_index_url", "\"https://example.org/x\"", false},
    {"/register/publiccode", "\"https://example.org/code\"", false},
    {"/register/begin_date", "\"2026-02\"", false},
    {"/card/owners", "[{\"name\": \"J. Jansen\"}]", false},
    {"/use/contract", "{\"until\": \"2029-01-01\", \"reference\": \"Z-9\"}",
     false},
    {"/use/security_test", "{\"date\": \"2026-05-05\", \"reference\": \"Z\"}",
     false},
    {"/use/provider_documents", "[{\"title\": \"Een ander stuk\"}]", false},
    {"/use/dpia/reference", "\"Z-2027-00001\"", false},
    {"/use/dpia/version", "\"7.0\"", false},
    {"/use/dpia/outcome", "\"restrisico hoog\"", true},
    {"METRIC/owner", "\"iemand anders\"", false},
    {"METRIC/name", "\"Dezelfde meting\"", false},
    {"METRIC/series", "[]", false},
    {"METRIC/threshold", "77", true},
    {"METRIC/direction", "null", true},
    {"METRIC/unit", "\"promille\"", true},
    {"METRIC/group", "\"alle wijken\"", true},
    {"METRIC/every", "\"P5Y\"", true},
    {"/monitoring/owner", "{\"threshold\": 1}", true},
    {"/use/purpose", "\"Iets anders\"", true},
    {"/use/function", "\"Iets anders\"", true},
    {"/use/automation", "\"besluit-zelf\"", true},
    {"/use/groups", "[]", true},
    {"/use/area", "[\"Elders\"]", true},
    {"/use/volume", "9", true},
    {"/use/data", "[]", true},
    {"/use/model/version", "\"9\"", true},
    {"/use/personal_data", "\"bijzonder\"", true},
    {"/use/configuration", "[{\"name\": \"drempel\"}]", true},
    {"/use/processors", "[{\"name\": \"Nog een B.V.\"}]", true},
    {"/use/retention", "[{\"what\": \"beelden\"}]", true},
    {"/use/rulings", "[{\"title\": \"ECLI:NL:RVS:2026:1\"}]", false},
    {"/use/costs", "{\"once\": 90000}", false},
    {"/use/phase", "\"proef\"", true},
    {"/use/oversight", "[\"niemand\"]", true},
    {"/register/provider", "\"Een ander B.V.\"", true},
    {"/register/lawful_basis", "\"Een andere wet.\"", true},
    {"/register/lawful_basis_grouping", "[{\"title\": \"Een andere wet\"}]",
     true},
    {"/register/source_data", "\"Andere gegevens.\"", true},
    {"/register/methods_and_models", "\"Anders.\"", true},
    {"/register/goal", "\"Anders.\"", true},
};

static void set(json_t *application, const char *pointer, const char *text)
{
	json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
	const char *metric = json_object_iter_key(
	    json_object_iter(json_object_get(application, "monitoring")));
	bool of_metric = !strncmp(pointer, "METRIC", 6);
	char at[200];
	assert_non_null(value);
	snprintf(at, sizeof at, "%s%s%s", of_metric ? "/monitoring/" : "",
		 of_metric ? metric : "", of_metric ? pointer + 6 : pointer);
	assert_int_equal(fria_pointer_set(application, at, value, NULL), 0);
	json_decref(value);
}

/* By rules: does the content differ between two applications? */
static bool differs(const fria_instrument *in, const json_t *before,
		    const json_t *after, fria_rules rules)
{
	char one[FRIA_CONTENT_SIZE], two[FRIA_CONTENT_SIZE];
	json_t *assessment = fria_assessment_new(in, "app", FRIA_NL);
	fria_content_digest(one, in, assessment, before, NULL, "app/t", rules);
	fria_content_digest(two, in, assessment, after, NULL, "app/t", rules);
	json_decref(assessment);
	return strcmp(one, two) != 0;
}

/* Everything that a question can rest on, asked at once. */
static fria_instrument *asks(void)
{
	fria_instrument *in = NULL;
	json_t *json =
	    parse("{\"urn\":\"urn:nl:t\",\"version\":\"1.0\",\"name\":\"T\","
		  "\"tasks\":[{\"id\":\"a\",\"task\":\"A\",\"type\":\"open_"
		  "text\"}]}");
	json_t *task = json_array_get(json_object_get(json, "tasks"), 0);
	json_t *facts = json_pack("[s]", "/monitoring");
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char field[80];
		const char *end = strchr(changes[i].pointer + 1, '/');
		end = end ? strchr(end + 1, '/') : NULL;
		if (!strncmp(changes[i].pointer, "METRIC", 6) ||
		    !strncmp(changes[i].pointer, "/monitoring", 11))
			continue;
		snprintf(field, sizeof field, "%.*s",
			 end ? (int)(end - changes[i].pointer) : 79,
			 changes[i].pointer);
		json_array_append_new(facts, json_string(field));
	}
	json_object_set_new(task, "facts", facts);
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

static void an_approval_binds_what_is_material(void **state)
{
	(void)state;
	fria_instrument *in = asks();
	for (size_t e = 0; e < 2; e++) {
		json_t *before = example(e);
		for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
			json_t *after = json_deep_copy(before);
			set(after, changes[i].pointer, changes[i].value);
			if (differs(in, before, after, FRIA_RULES) !=
			    changes[i].binds)
				fail_msg("%s: %s", examples[e],
					 changes[i].pointer);
			json_decref(after);
		}
		json_decref(before);
	}
	fria_instrument_free(in);
}

static void by_rules_1_it_bound_all(void **state)
{
	(void)state;
	fria_instrument *in = asks();
	json_t *before = example(0);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		json_t *after = json_deep_copy(before);
		set(after, changes[i].pointer, changes[i].value);
		if (differs(in, before, after, FRIA_RULES_1) ==
		    !strcmp(changes[i].pointer, "METRIC/series"))
			fail_msg("%s", changes[i].pointer);
		json_decref(after);
	}
	json_decref(before);
	fria_instrument_free(in);
}

static void a_narrower_pointer_is_bound_as_what_it_lies_in(void **state)
{
	static const struct {
		const char *pointer;
		bool binds;
	} cases[] = {{"/use/dpia/outcome", true},
		     {"/use/dpia/reference", false},
		     {"/use/contract/until", false},
		     {"/register/website/x", false},
		     {"/use/model/version", true},
		     {"/monitoring/owner", true},
		     {"/monitoring/owner/owner", false},
		     {"/monitoring/m/threshold", true},
		     {"/card/ai_act_profile/type", true},
		     {"/use/not-known-yet", true}};
	json_t *application = parse("{\"id\":\"app\"}");
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *digest =
		    fria_fact_bound(application, cases[i].pointer, FRIA_RULES);
		if ((digest != NULL) != cases[i].binds)
			fail_msg("%s", cases[i].pointer);
		json_decref(digest);
	}
	json_decref(application);
}

/* --- a page that moved --- */

static bool same(const char *a, const char *b, fria_rules rules)
{
	json_t *x = parse(a), *y = parse(b);
	static const char pointer[] = "/register/lawful_basis_grouping";
	json_t *one = fria_fact_compared(pointer, x, rules);
	json_t *two = fria_fact_compared(pointer, y, rules);
	bool equal = json_equal(one, two);
	json_decref(one);
	json_decref(two);
	json_decref(x);
	json_decref(y);
	return equal;
}

static void a_title_with_a_link_is_compared_by_its_title(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
	    {"[{\"title\":\"Wet\",\"link\":\"https://a\"}]",
	     "[{\"title\":\"Wet\",\"link\":\"https://b\"}]", true},
	    {"[{\"title\":\"Wet\",\"link\":\"https://a\"}]",
	     "[{\"title\":\"Wet\"}]", true},
	    {"[{\"name\":\"Wet\",\"link\":\"https://a\"}]",
	     "[{\"name\":\"Wet\",\"link\":null}]", true},
	    {"[{\"title\":\"Wet\",\"link\":\"https://a\"}]",
	     "[{\"title\":\"Wet 2\",\"link\":\"https://a\"}]", false},
	    {"[{\"link\":\"https://a\"}]", "[{\"link\":\"https://b\"}]", false},
	    {"[{\"title\":\"Wet\",\"link\":\"https://a\",\"x\":1}]",
	     "[{\"title\":\"Wet\",\"link\":\"https://b\",\"x\":1}]", false}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(same(cases[i].a, cases[i].b, FRIA_RULES_2),
				 cases[i].same);
		assert_false(same(cases[i].a, cases[i].b, FRIA_RULES_1));
	}
}

/* --- evidence --- */

static const char EVIDENCE[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"1.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"a\",\"task\":\"A\",\"type\":\"open_text\"},"
    "{\"id\":\"b\",\"task\":\"B\",\"type\":\"open_text\",\"dependencies\":[{"
    "\"type\":\"conditional\",\"condition\":{\"id\":\"a\",\"operator\":"
    "\"equals\",\"value\":\"never\"},\"action\":\"show\"}]},"
    "{\"id\":\"c\",\"task\":\"C\",\"type\":[\"task_group\"],\"repeatable\":"
    "true,\"tasks\":[{\"id\":\"c.x\",\"task\":\"X\",\"type\":\"open_text\"}]},"
    "{\"id\":\"d\",\"task\":\"D\",\"type\":\"open_text\"}]}";

static const char POINTS[] =
    "{\"application\":\"app\",\"language\":\"nl\",\"answers\":{"
    "\"a\":{\"value\":\"[x](evidence/1.pdf) [y](./evidence/2.pdf#page=3)\"},"
    "\"b\":{\"value\":\"[x](evidence/hidden.pdf)\"},"
    "\"c\":[{\"id\":\"r1\",\"c.x\":{\"value\":\"![x](evidence/row.png)\"}}],"
    "\"d\":{\"waived\":{\"kind\":\"settled\",\"reason\":"
    "\"See [x](evidence/why.pdf), `[y](evidence/code.pdf)`.\"}}}}";

static void content_is(const fria_instrument *in, const char *evidence,
		       fria_rules rules, const char *wanted)
{
	json_t *assessment = parse(POINTS), *given = parse(evidence);
	json_t *application = parse("{\"id\":\"app\"}");
	json_t *content =
	    fria_content(in, assessment, application, given, "app/t", rules);
	char *own = json_dumps(json_object_get(content, "evidence"),
			       JSON_SORT_KEYS | JSON_COMPACT);
	assert_string_equal(own ? own : "none", wanted);
	free(own);
	json_decref(content);
	json_decref(application);
	json_decref(given);
	json_decref(assessment);
}

static void what_visible_answers_point_at_is_bound_by_its_blob(void **state)
{
	fria_instrument *in = NULL;
	json_t *json = parse(EVIDENCE);
	(void)state;
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	content_is(in, "{}", FRIA_RULES_1, "none");
	content_is(in, "{}", FRIA_RULES_2,
		   "{\"1.pdf\":null,\"2.pdf\":null,\"row.png\":null,"
		   "\"why.pdf\":null}");
	content_is(
	    in,
	    "{\"1.pdf\":\"aa\",\"2.pdf\":\"bb\",\"hidden.pdf\":\"cc\","
	    "\"row.png\":\"dd\",\"why.pdf\":\"ee\",\"other.pdf\":\"ff\"}",
	    FRIA_RULES_2,
	    "{\"1.pdf\":\"aa\",\"2.pdf\":\"bb\",\"row.png\":\"dd\","
	    "\"why.pdf\":\"ee\"}");
	fria_instrument_free(in);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_approval_binds_what_is_material),
	    cmocka_unit_test(by_rules_1_it_bound_all),
	    cmocka_unit_test(a_narrower_pointer_is_bound_as_what_it_lies_in),
	    cmocka_unit_test(
		what_visible_answers_point_at_is_bound_by_its_blob),
	    cmocka_unit_test(a_title_with_a_link_is_compared_by_its_title),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
