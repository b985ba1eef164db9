/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML into the tree of JSON: the core schema, the refusals with their place,
 * bounds, and the same tree as JSON for every document that is both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../engine/data/data.h"

static void test_core_schema(void **state)
{
	(void)state;
	static const struct {
		const char *yaml, *json;
	} cases[] = {
	    {"a: 1", "{\"a\":1}"},
	    {"a: 0x1F", "{\"a\":31}"},
	    {"a: 0o17", "{\"a\":15}"},
	    {"a: 1.50", "{\"a\":1.5}"},
	    {"a: 1e3", "{\"a\":1000.0}"},
	    {"a: ~", "{\"a\":null}"},
	    {"a:", "{\"a\":null}"},
	    {"a: true", "{\"a\":true}"},
	    {"a: yes", "{\"a\":\"yes\"}"},
	    {"a: '1'", "{\"a\":\"1\"}"},
	    {"a: !!str 1", "{\"a\":\"1\"}"},
	    {"a: 2026-11-23", "{\"a\":\"2026-11-23\"}"},
	    {"- a\n- [b, {c: d}]", "[\"a\",[\"b\",{\"c\":\"d\"}]]"},
	    {"a: |\n  x\n  y\n", "{\"a\":\"x\\ny\\n\"}"},
	    {"a: >-\n  x\n  y\n", "{\"a\":\"x y\"}"},
	    {"a: |\nb: c", "{\"a\":\"\",\"b\":\"c\"}"},
	    {"- a: | # c\n\n   x\n  b: |2\n     x\n    y\n- |\n\n  z\n",
	     "[{\"a\":\"\\nx\\n\",\"b\":\" x\\ny\\n\"},\"\\nz\\n\"]"},
	    {"a: |\n", "{\"a\":\"\"}"},
	    {"a: &x {b: 1}\nc: *x", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}"},
	    {"\xEF\xBB\xBF"
	     "a: 1",
	     "{\"a\":1}"},
	    {"e\xCC\x81: 1", "{\"\xC3\xA9\":1}"},
	    {"1.10: a\n007: b", "{\"1.10\":\"a\",\"007\":\"b\"}"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *have = NULL;
		fria_error err = FRIA_ERROR_INIT;
		fria_buf text = FRIA_BUF_INIT;
		if (fria_yaml_parse(&have, "t.yaml", cases[i].yaml,
				    strlen(cases[i].yaml), NULL, &err)) {
			fria_error_text(&text, &err, FRIA_EN);
			fail_msg("%s: %s", cases[i].yaml, text.text);
		}
		json_t *want = json_loads(cases[i].json, 0, NULL);
		char *shown = json_dumps(have, 0);
		if (!json_equal(have, want))
			fail_msg("%s: %s", cases[i].yaml, shown);
		free(shown);
		json_decref(have);
		json_decref(want);
	}
}

/* What is text by its name keeps its digits; its neighbours are numbers. */
static void test_text_is_as_written(void **state)
{
	(void)state;
	static const char *const texts[] = {"version", "rests", NULL};
	static const struct {
		const char *yaml, *json;
	} cases[] = {
	    {"version: 2.0", "{\"version\":\"2.0\"}"},
	    {"version: 1.10", "{\"version\":\"1.10\"}"},
	    {"version: 007", "{\"version\":\"007\"}"},
	    {"version: 1e3", "{\"version\":\"1e3\"}"},
	    {"version: 0x10", "{\"version\":\"0x10\"}"},
	    {"version: 00000001003214345000",
	     "{\"version\":\"00000001003214345000\"}"},
	    {"version: 123456789012345678901",
	     "{\"version\":\"123456789012345678901\"}"},
	    {"version: .inf", "{\"version\":\".inf\"}"},
	    {"version: true", "{\"version\":\"true\"}"},
	    {"version: ~", "{\"version\":null}"},
	    {"version: !!float 1.10", "{\"version\":1.1}"},
	    {"rests: [1.10, [2.0], 3]",
	     "{\"rests\":[\"1.10\",[\"2.0\"],\"3\"]}"},
	    {"rests: [{a: 1.50}, 1.10]", "{\"rests\":[{\"a\":1.5},\"1.10\"]}"},
	    {"version: {a: 1.50}\nb: 1.50",
	     "{\"version\":{\"a\":1.5},\"b\":1.5}"},
	    {"a: &v 1.10\nversion: *v", "{\"a\":1.1,\"version\":\"1.10\"}"},
	    {"version: &v 1.10\na: *v",
	     "{\"version\":\"1.10\",\"a\":\"1.10\"}"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *have = NULL;
		json_t *want = json_loads(cases[i].json, 0, NULL);
		if (fria_yaml_parse(&have, "t.yaml", cases[i].yaml,
				    strlen(cases[i].yaml), texts, NULL))
			fail_msg("refused: %s", cases[i].yaml);
		char *shown = json_dumps(have, 0);
		if (!json_equal(have, want))
			fail_msg("%s: %s", cases[i].yaml, shown);
		free(shown);
		json_decref(have);
		json_decref(want);
	}
}

static void test_refusals_name_their_place(void **state)
{
	(void)state;
	static const struct {
		const char *yaml;
		size_t line;
	} cases[] = {
	    {"", 0},
	    {"a: 1\na: 2", 2},
	    {"a: [1", 0},
	    {"a: 1\n\tb: 2", 0},
	    {"? [a, b]\n: 1", 1},
	    {"a: &x 1\nb: {<<: *x}", 2},
	    {"a: *nothing", 1},
	    {"a: !custom 1", 1},
	    {"a: .inf", 1},
	    {"a: 9007199254740993", 1},
	    {"a: 1\n---\nb: 2", 2},
	    {"a: \xFF", 1},
	    {"a: &x [*x]", 1},
	    {"a:\n  b: |\n  c: d", 3},
	    {"a:\n- b: >-\n  c: d", 3},
	    {"a:\n  - |\n  - b", 3},
	    {" - a: >-\n   b\n    \n   c", 2},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *have = NULL;
		fria_error err = FRIA_ERROR_INIT;
		if (!fria_yaml_parse(&have, "t.yaml", cases[i].yaml,
				     strlen(cases[i].yaml), NULL, &err))
			fail_msg("accepted: %s", cases[i].yaml);
		assert_null(have);
		assert_string_equal(err.file, "t.yaml");
		if (cases[i].line && err.line != cases[i].line)
			fail_msg("%s: line %zu", cases[i].yaml, err.line);
	}
}

static void test_what_aliases_expand_to_is_bounded(void **state)
{
	(void)state;
	fria_buf text = FRIA_BUF_INIT;
	json_t *have = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf_puts(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 12; i++) {
		fria_buf_printf(&text, "a%d: &a%d [", i, i);
		for (int k = 0; k < 10; k++)
			fria_buf_printf(&text, "%s*a%d", k ? ", " : "", i - 1);
		fria_buf_puts(&text, "]\n");
	}
	assert_int_equal(
	    fria_yaml_parse(&have, "t.yaml", text.text, text.n, NULL, &err),
	    FRIA_ELIMIT);
	fria_buf_clear(&text);
	for (int i = 0; i < 10000; i++)
		fria_buf_putc(&text, '[');
	fria_error_clear(&err);
	assert_int_not_equal(
	    fria_yaml_parse(&have, "t.yaml", text.text, text.n, NULL, &err), 0);
	fria_buf_dispose(&text);
}

static json_t *random_value(unsigned *seed, int depth)
{
	static const char *const texts[] = {
	    "",	    "a",	"yes",	"null",	 "1", "- x", "#c",
	    "a: b", "\xC3\xA9", "x\ny", "\"q\"", "'", "[1]", "~"};
	json_t *out;
	switch (rand_r(seed) % (depth > 3 ? 5 : 7)) {
	case 0:
		return json_string(texts[(size_t)rand_r(seed) %
					 (sizeof texts / sizeof *texts)]);
	case 1:
		return json_integer(rand_r(seed) % 2000 - 1000);
	case 2:
		return json_real(rand_r(seed) % 1000 / 8.0 + 0.5);
	case 3:
		return json_boolean(rand_r(seed) % 2);
	case 4:
		return json_null();
	case 5:
		out = json_array();
		for (int n = rand_r(seed) % 4; n > 0; n--)
			json_array_append_new(out,
					      random_value(seed, depth + 1));
		return out;
	default:
		out = json_object();
		for (int n = rand_r(seed) % 4; n > 0; n--) {
			char key[3] = {(char)('a' + rand_r(seed) % 20), 0, 0};
			json_object_set_new(out, key,
					    random_value(seed, depth + 1));
		}
		return out;
	}
}

/* Every value of the two trees stands at the same line and column, too. */
static void test_json_is_yaml(void **state)
{
	(void)state;
	unsigned seed = 11;
	for (int i = 0; i < 3000; i++) {
		json_t *value = json_pack("{s:o}", "v", random_value(&seed, 0));
		json_t *again = NULL;
		fria_buf text = FRIA_BUF_INIT;
		fria_error err = FRIA_ERROR_INIT;
		fria_json_write(&text, value);
		if (fria_yaml_parse(&again, "t", text.text, text.n, NULL, &err))
			fail_msg("refused: %s", text.text);
		if (!json_equal(value, again))
			fail_msg("differs: %s", text.text);
		size_t a, b, c, d;
		assert_true(
		    fria_json_locate(text.text, text.n, "/v", false, &a, &b));
		assert_true(
		    fria_yaml_locate(text.text, text.n, "/v", false, &c, &d));
		assert_int_equal(a, c);
		assert_int_equal(b, d);
		fria_buf_dispose(&text);
		json_decref(value);
		json_decref(again);
	}
}

static void test_places(void **state)
{
	(void)state;
	const char *yaml =
	    "tasks:\n  - id: a\n    text: |\n      x\n  - {id: b}\n";
	size_t line = 0, column = 0;
	assert_true(fria_yaml_locate(yaml, strlen(yaml), "/tasks/0/text", true,
				     &line, &column));
	assert_int_equal(line, 3);
	assert_int_equal(column, 5);
	assert_true(fria_yaml_locate(yaml, strlen(yaml), "/tasks/1/id", false,
				     &line, &column));
	assert_int_equal(line, 5);
	assert_int_equal(column, 10);
	assert_false(fria_yaml_locate(yaml, strlen(yaml), "/tasks/2", false,
				      &line, &column));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_core_schema),
	    cmocka_unit_test(test_text_is_as_written),
	    cmocka_unit_test(test_refusals_name_their_place),
	    cmocka_unit_test(test_what_aliases_expand_to_is_bounded),
	    cmocka_unit_test(test_json_is_yaml),
	    cmocka_unit_test(test_places)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
