/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Schema: the public conformance suite, where it is at hand; keywords
 * that have no file there; places and sentences; bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../engine/data/data.h"

static json_t *parse(const char *text)
{
	json_error_t error;
	json_t *value = json_loads(text, JSON_DECODE_ANY, &error);
	if (!value)
		fail_msg("%s: %s", error.text, text);
	return value;
}

/* Runs one file of the suite's form; returns the number of tests. */
static size_t run_suite(const char *path, bool formats)
{
	json_error_t error;
	json_t *groups =
	    json_load_file(path, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	const json_t *group, *test;
	size_t i, j, count = 0;
	if (!groups)
		fail_msg("%s: %s", path, error.text);
	json_array_foreach(groups, i, group) {
		fria_schema *schema = NULL;
		fria_error err = FRIA_ERROR_INIT;
		fria_buf text = FRIA_BUF_INIT;
		const char *name = fria_json_text(group, "description");
		if (fria_schema_compile(&schema, "test",
					json_object_get(group, "schema"),
					formats, NULL, NULL, &err)) {
			fria_error_text(&text, &err, FRIA_EN);
			fail_msg("%s: %s: %s", path, name, text.text);
		}
		json_array_foreach(json_object_get(group, "tests"), j, test) {
			fria_findings findings = FRIA_FINDINGS_INIT;
			bool valid = fria_schema_check(
			    schema, json_object_get(test, "data"), NULL,
			    &findings);
			if (valid !=
			    json_is_true(json_object_get(test, "valid")))
				fail_msg("%s: %s: %s", path, name,
					 fria_json_text(test, "description"));
			assert_int_equal(valid, findings.n == 0);
			fria_findings_dispose(&findings);
			count++;
		}
		fria_schema_free(schema);
	}
	json_decref(groups);
	return count;
}

static const char *const suite[] = {"additionalProperties",
				    "allOf",
				    "anyOf",
				    "boolean_schema",
				    "const",
				    "contains",
				    "default",
				    "defs",
				    "dependentRequired",
				    "enum",
				    "exclusiveMaximum",
				    "exclusiveMinimum",
				    "format",
				    "if-then-else",
				    "items",
				    "maxItems",
				    "maxLength",
				    "maxProperties",
				    "maximum",
				    "minItems",
				    "minLength",
				    "minProperties",
				    "minimum",
				    "multipleOf",
				    "not",
				    "pattern",
				    "patternProperties",
				    "prefixItems",
				    "properties",
				    "ref",
				    "required",
				    "type"};
static const char *const suite_formats[] = {"date", "date-time", "email",
					    "uri"};

static void test_conformance(void **state)
{
	(void)state;
	const char *base = getenv("REFERENCE_DIR");
	size_t count = 0;
	char path[512];
	base = base ? base : "../shared/reference";
	snprintf(path, sizeof path, "%s/json-schema-suite/type.json", base);
	if (!fria_path_exists(path))
		skip();
	for (size_t i = 0; i < sizeof suite / sizeof *suite; i++) {
		snprintf(path, sizeof path, "%s/json-schema-suite/%s.json",
			 base, suite[i]);
		count += run_suite(path, false);
	}
	for (size_t i = 0; i < sizeof suite_formats / sizeof *suite_formats;
	     i++) {
		snprintf(path, sizeof path,
			 "%s/json-schema-suite/format/%s.json", base,
			 suite_formats[i]);
		count += run_suite(path, true);
	}
	printf("%zu tests of the conformance suite\n", count);
	assert_true(count > 600);
}

static void test_keywords(void **state)
{
	(void)state;
	assert_true(run_suite("tests/cases/schema/keywords.json", false) > 80);
}

/* "LINE:COLUMN schema#place sentence" of every finding. */
static char *said(const char *schema_text, const char *text, fria_lang lang)
{
	fria_schema *schema = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_buf out = FRIA_BUF_INIT;
	json_t *document = parse(schema_text), *value = parse(text);
	assert_int_equal(fria_schema_compile(&schema, "x.schema.json", document,
					     true, NULL, NULL, &err),
			 0);
	fria_schema_check(schema, value, "x.json", &findings);
	fria_findings_locate(&findings, "x.json", text, strlen(text), false);
	for (size_t i = 0; i < findings.n; i++) {
		const fria_finding *f = &findings.items[i];
		fria_buf_printf(&out, "%zu:%zu %s %s ", f->line, f->column,
				f->pointer, f->schema);
		fria_finding_text(&out, f, lang);
		fria_buf_putc(&out, '\n');
	}
	fria_findings_dispose(&findings);
	fria_schema_free(schema);
	json_decref(document);
	json_decref(value);
	return fria_buf_detach(&out);
}

static void expect(const char *schema, const char *text, fria_lang lang,
		   const char *wanted)
{
	char *have = said(schema, text, lang);
	assert_string_equal(have, wanted);
	free(have);
}

static void test_all_findings_with_their_place(void **state)
{
	(void)state;
	const char *schema =
	    "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":"
	    "{\"type\":\"string\"},\"n\":{\"minimum\":3},\"on\":{\"format\":"
	    "\"date\"}},\"additionalProperties\":false}";
	expect(schema, "{\n  \"n\": 1,\n  \"on\": \"morgen\",\n  \"é\": 0\n}",
	       FRIA_EN,
	       "1:1  x.schema.json#/required The member \"id\" is missing. Add "
	       "it.\n"
	       "2:8 /n x.schema.json#/properties/n/minimum Must be 3 at least; "
	       "it says 1.\n"
	       "3:9 /on x.schema.json#/properties/on/format \"morgen\" is no "
	       "date. Write year-month-day, as in 2026-11-23.\n"
	       "4:3 /é x.schema.json#/additionalProperties Unknown member "
	       "\"é\"; allowed here are: id, n, on.\n");
	expect(schema, "[]", FRIA_NL,
	       "1:1  x.schema.json#/type Hier hoort een object met velden; er "
	       "staat [].\n");
	expect("{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\","
	       "\"required\":[\"a\"]}]}",
	       "{}", FRIA_EN,
	       "1:1  x.schema.json#/anyOf/1/required The member \"a\" is "
	       "missing. Add it.\n");
}

static void refused(const char *text, const char *place, const char *word)
{
	fria_schema *schema = NULL;
	fria_error err = FRIA_ERROR_INIT;
	json_t *document = parse(text);
	assert_int_equal(fria_schema_compile(&schema, "s", document, false,
					     NULL, NULL, &err),
			 FRIA_EINPUT);
	assert_null(schema);
	assert_string_equal(err.pointer, place);
	assert_string_equal(fria_word_id(err.word), word);
	json_decref(document);
}

static void test_a_schema_that_is_none(void **state)
{
	(void)state;
	refused("{\"properties\":{\"a\":{\"type\":\"wat\"}}}",
		"/properties/a/type", "schema_malformed");
	refused("{\"items\":[1]}", "/items", "schema_malformed");
	refused("7", "", "schema_is_none");
	refused("{\"$ref\":\"http://example.org/other\"}", "/$ref",
		"schema_nowhere");
	refused("{\"$ref\":\"#/nowhere\"}", "/$ref", "schema_nowhere");
	refused("{\"pattern\":\"a(b\"}", "/pattern", "schema_regex");
	refused("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
		"/$schema", "schema_dialect");
	refused("{\"allOf\":[{\"$anchor\":\"a\"},{\"$anchor\":\"a\"}]}",
		"/allOf/1", "schema_twice");
}

static void stops(const char *schema_text, json_t *value, const char *word)
{
	fria_schema *schema = NULL;
	fria_findings findings = FRIA_FINDINGS_INIT;
	json_t *document = parse(schema_text);
	assert_int_equal(fria_schema_compile(&schema, "s", document, false,
					     NULL, NULL, NULL),
			 0);
	assert_false(fria_schema_check(schema, value, NULL, &findings));
	assert_true(findings.n > 0);
	assert_string_equal(fria_word_id(findings.items[findings.n - 1].word),
			    word);
	fria_findings_dispose(&findings);
	fria_schema_free(schema);
	json_decref(document);
	json_decref(value);
}

/* Twice as much at every level: 2^40 without a bound. */
static json_t *doubling(void)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_buf_puts(&text, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
	for (int i = 0; i < 40; i++)
		fria_buf_printf(&text,
				"\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/"
				"d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},",
				i, i + 1, i + 1);
	fria_buf_puts(&text, "\"d40\":true}}");
	json_t *schema = parse(text.text);
	fria_buf_dispose(&text);
	return schema;
}

static void test_nothing_runs_long(void **state)
{
	(void)state;
	fria_buf as = FRIA_BUF_INIT;
	for (int i = 0; i < 40; i++)
		fria_buf_puts(&as, "a");
	fria_buf_puts(&as, "b");
	stops("{\"pattern\":\"^(a+)+$\"}", json_string(as.text), "schema_work");
	fria_buf_dispose(&as);
	stops("{\"$ref\":\"#\"}", json_null(), "schema_loop");
	json_t *schema = doubling();
	char *text = json_dumps(schema, 0);
	stops(text, json_null(), "schema_work");
	free(text);
	json_decref(schema);
}

/* Every document is judged without a crash, and the same way twice. */
static void test_random_documents(void **state)
{
	(void)state;
	static const char *const schemas[] = {
	    "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}",
	    "{\"unevaluatedProperties\":false,\"anyOf\":[{\"properties\":{"
	    "\"a\":true}},{\"patternProperties\":{\"^b\":{\"$ref\":\"#\"}}}]}"};
	static const char *const pieces[] = {"1",
					     "null",
					     "\"a\"",
					     "true",
					     "[1,1]",
					     "{\"a\":1}",
					     "{\"b\":{}}",
					     "{\"type\":\"string\"}",
					     "{\"allOf\":[]}",
					     "{\"b1\":{\"b2\":{\"c\":0}}}"};
	unsigned seed = 7;
	for (int n = 0; n < 4000; n++) {
		fria_schema *schema = NULL;
		json_t *document = parse(schemas[n % 2]);
		json_t *value = json_object();
		for (int i = 0; i < 4; i++) {
			char key[3] = {(char)('a' + rand_r(&seed) % 3), 0, 0};
			json_object_set_new(value, key,
					    parse(pieces[rand_r(&seed) % 10]));
		}
		fria_findings one = FRIA_FINDINGS_INIT;
		fria_findings two = FRIA_FINDINGS_INIT;
		assert_int_equal(fria_schema_compile(&schema, "s", document,
						     true, NULL, NULL, NULL),
				 0);
		bool first = fria_schema_check(schema, value, NULL, &one);
		assert_int_equal(first,
				 fria_schema_check(schema, value, NULL, &two));
		assert_int_equal(first, one.n == 0);
		assert_int_equal(one.n, two.n);
		fria_findings_dispose(&one);
		fria_findings_dispose(&two);
		fria_schema_free(schema);
		json_decref(document);
		json_decref(value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_conformance),
	    cmocka_unit_test(test_keywords),
	    cmocka_unit_test(test_all_findings_with_their_place),
	    cmocka_unit_test(test_a_schema_that_is_none),
	    cmocka_unit_test(test_nothing_runs_long),
	    cmocka_unit_test(test_random_documents)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
