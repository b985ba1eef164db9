/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions: bounds, columns, functions; and, given a file made by
 * tests/reference/expressions.mjs, the same values and refusals as the
 * reference implementation's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/data/expression.h"

static int run(json_t **out, const char *text, const json_t *context,
	       fria_error *err)
{
	fria_expression *e = NULL;
	const fria_scope scope = {context, NULL, fria_function_plain, NULL};
	*out = NULL;
	int code = fria_expression_parse(&e, text, err);
	if (!code)
		code = fria_expression_evaluate(out, e, &scope, err);
	fria_expression_free(e);
	return code;
}

static void gives(const char *text, const char *wanted)
{
	fria_error err = FRIA_ERROR_INIT;
	json_t *value, *json = json_loads(wanted, JSON_DECODE_ANY, NULL);
	if (run(&value, text, NULL, &err) || !json_equal(value, json))
		fail_msg("%s is not %s", text, wanted);
	json_decref(value);
	json_decref(json);
}

static void refused(const char *text, int code, const char *wanted)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf said = FRIA_BUF_INIT;
	json_t *value;
	assert_int_equal(run(&value, text, NULL, &err), code);
	fria_error_text(&said, &err, FRIA_EN);
	if (!strstr(said.text, wanted))
		fail_msg("%.40s: said %s", text, said.text);
	fria_buf_dispose(&said);
	assert_null(value);
}

static void functions(void **state)
{
	(void)state;
	gives("weightedCountMap(['a', 'c', 'z'], ['a', 'b', 'c'], [1, 2, 4])",
	      "5");
	gives("weightedCountMap('a', ['a'], [1])", "0");
	gives("criteriaCheck({a: false, b: 0})", "false");
	gives("criteriaCheck({a: false, b: true})", "true");
	gives("lookup([[1, 2], [3, 4]], 2, 1)", "3");
	gives("lookup({high: ['x', 'y']}, 'high', 2)", "\"y\"");
	gives("lookup([1, 2], 3) == lookup([1, 2], 0)", "true");
	gives("'yes' | bool", "false");
	gives("max([1, [7, 'x']], 3) - min(4, [2])", "5");
	gives("sum([1, 2], 3, 'x')", "6");
	gives("cells([{a: 1}, {b: 2}, {a: [3, 4]}], 'a')", "[1,3,4]");
	gives("count(cells('a', 'a')) + count(cells([{a: 1}], 'b'))", "0");
	gives("shared(['a', 'b', 'c'], ['c', 'a', 'z'])", "[\"a\",\"c\"]");
	gives("count(shared('a', ['a']))", "0");
}

static void columns(void **state)
{
	(void)state;
	refused("1 + # 2", FRIA_EINPUT, "Column 5");
	refused("'é' + * 2", FRIA_EINPUT, "Column 7");
	refused("1 + (2", FRIA_EINPUT, "Column 7");
	refused("1 + nope(2)", FRIA_EINPUT, "Column 5: there is no function");
	refused("nope.x[1] + 1", FRIA_EINPUT, "Column 8");
	refused("", FRIA_EINPUT, "Column 1");
	refused("1 -", FRIA_EINPUT, "ends too soon");
}

static char *repeat(const char *before, const char *again, size_t n,
		    const char *after)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_buf_puts(&out, before);
	for (size_t i = 0; i < n; i++)
		fria_buf_puts(&out, again);
	fria_buf_puts(&out, after);
	return fria_buf_detach(&out);
}

/* No text makes it run long, recurse without end or eat memory. */
static void bounds(void **state)
{
	static const struct {
		const char *before, *again, *after;
		size_t n;
	} hostile[] = {
	    {"", "(", "", 16000},    {"", "!", "1", 16000},
	    {"1", "+1", "", 8000},   {"", "[", "", 16000},
	    {"", "1?", "1", 8000},   {"a", ".b", "", 8000},
	    {"a", "[.a", "", 5000},  {"a", "|count", "", 2500},
	    {"", "f(", "", 8000},    {"", "{a:", "", 5000},
	    {"1", "?1:1", "", 4000}, {"'", "a", "'", 20000},
	    {"[", "1,", "1]", 8000}, {"'", "\\'", "", 8000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		fria_error err = FRIA_ERROR_INIT;
		json_t *value;
		char *text = repeat(hostile[i].before, hostile[i].again,
				    hostile[i].n, hostile[i].after);
		int code = run(&value, text, NULL, &err);
		assert_true(code == 0 || code == FRIA_EINPUT ||
			    code == FRIA_ELIMIT);
		assert_int_equal(code, err.code);
		json_decref(value);
		free(text);
	}
}

/* Text that doubles with each step; lists filtered inside lists. */
static void growth(void **state)
{
	(void)state;
	char *text = repeat("", "'aaaaaaaa' + (", 60, "1");
	char *closed = repeat(text, ")", 60, "");
	fria_error err = FRIA_ERROR_INIT;
	json_t *value, *big = json_array(), *context;
	assert_int_equal(run(&value, closed, NULL, &err), 0);
	json_decref(value);
	free(text);
	free(closed);
	for (int i = 0; i < 2000; i++)
		json_array_append_new(big, json_integer(i));
	context = json_pack("{s:o}", "big", big);
	assert_int_equal(
	    run(&value, "big[(big[. == 1].length == 0) || .x]", context, &err),
	    FRIA_EINPUT);
	err = (fria_error)FRIA_ERROR_INIT;
	assert_int_equal(
	    run(&value, "big[.x == (big[.y == 1] | count)]", context, &err),
	    FRIA_ELIMIT);
	json_decref(context);
}

/* --- against the reference implementation --- */

static bool close_to(const json_t *a, const json_t *b)
{
	const char *key;
	json_t *one;
	size_t i;
	if (json_is_number(a) && json_is_number(b)) {
		double x = json_number_value(a), y = json_number_value(b);
		return x == y || fabs(x - y) <= 1e-14 * fabs(x);
	}
	if (json_is_array(a) && json_array_size(a) == json_array_size(b)) {
		json_array_foreach(a, i, one) {
			if (!close_to(one, json_array_get(b, i)))
				return false;
		}
		return true;
	}
	if (json_is_object(a) && json_object_size(a) == json_object_size(b)) {
		json_object_foreach((json_t *)(uintptr_t)a, key, one) {
			if (!close_to(one, json_object_get(b, key)))
				return false;
		}
		return true;
	}
	return json_equal(a, b);
}

static int compare(const json_t *one, const json_t *context)
{
	fria_error err = FRIA_ERROR_INIT;
	json_t *value;
	const char *text = fria_json_text(one, "expression");
	const json_t *wanted = json_object_get(one, "value");
	bool throws = json_object_get(one, "error") != NULL;
	int code = run(&value, text, context, &err);
	bool same = throws ? code != 0
			   : !code && (wanted ? value && close_to(wanted, value)
					      : !value);
	if (!same) {
		fria_buf said = FRIA_BUF_INIT;
		if (value)
			fria_json_write_line(&said, value);
		else if (code)
			fria_error_text(&said, &err, FRIA_EN);
		char *other = json_dumps(wanted ? wanted : one,
					 JSON_ENCODE_ANY | JSON_COMPACT);
		printf("%s\n  reference: %s\n  ours: %s\n", text, other,
		       said.text);
		free(other);
		fria_buf_dispose(&said);
	}
	json_decref(value);
	return same ? 0 : 1;
}

static int compare_all(const char *path)
{
	json_error_t why;
	json_t *file = json_load_file(path, JSON_DECODE_INT_AS_REAL, &why);
	json_t *one;
	const json_t *context = json_object_get(file, "context");
	size_t i, different = 0, threw = 0;
	if (!file)
		printf("%s:%d: %s\n", path, why.line, why.text);
	json_array_foreach(json_object_get(file, "cases"), i, one) {
		different += (size_t)compare(one, context);
		threw += json_object_get(one, "error") != NULL;
	}
	json_decref(file);
	bool ok = !different && i >= 500;
	printf("%sok %zu expressions as the reference evaluates them, %zu of "
	       "them refused by both; %zu differ\n",
	       ok ? "" : "not ", i, threw, different);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(functions), cmocka_unit_test(columns),
	    cmocka_unit_test(bounds), cmocka_unit_test(growth)};
	if (argc > 1)
		return compare_all(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
