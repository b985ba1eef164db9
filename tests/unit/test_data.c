/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON in and out, its refusals, canonical form, digests, pointers, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/data/json_internal.h"

static int parse(json_t **out, const char *text, fria_error *err)
{
	*out = NULL;
	return fria_json_parse(out, "t.json", text, strlen(text), err);
}

static void test_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		fria_word word;
		size_t line, column;
	} cases[] = {
	    {"{\"a\": 1, \"a\": 2}", FRIA_W_json_duplicate, 1, 12},
	    {"{\"e\\u0301\": 1, \"\xc3\xa9\": 2}", FRIA_W_json_duplicate, 0, 0},
	    {"[\"\\u0000\"]", FRIA_W_json_nul, 0, 0},
	    {"[9007199254740992]", FRIA_W_json_integer, 1, 2},
	    {"[-9007199254740993]", FRIA_W_json_integer, 1, 2},
	    {"[1e999]", FRIA_W_json_real, 0, 0},
	    {"[\"\xff\"]", FRIA_W_json_utf8, 0, 0},
	    {"", FRIA_W_json_empty, 0, 0},
	    {"{\"a\": [1, 2}", FRIA_W_json_syntax, 1, 0},
	    {"{\"a\": ", FRIA_W_json_premature, 0, 0},
	    {"[1,]", FRIA_W_json_syntax, 1, 0},
	    {"{} {}", FRIA_W_json_syntax, 1, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_error err = FRIA_ERROR_INIT;
		json_t *json;
		assert_int_not_equal(parse(&json, cases[i].text, &err), 0);
		if (err.word != cases[i].word)
			fail_msg("%s: %s", cases[i].text,
				 fria_word_id(err.word));
		assert_string_equal(err.file, "t.json");
		if (cases[i].line)
			assert_int_equal(err.line, cases[i].line);
		if (cases[i].column)
			assert_int_equal(err.column, cases[i].column);
		assert_null(json);
	}
}

static void test_depth_and_size(void **state)
{
	(void)state;
	enum { DEEP = 10000 };
	json_t *json = NULL;
	char *text = fria_malloc(2 * DEEP);
	memset(text, '[', DEEP);
	memset(text + DEEP, ']', DEEP);
	assert_int_equal(fria_json_parse(&json, "t", text, 2 * DEEP, NULL),
			 FRIA_ELIMIT);
	assert_int_equal(fria_json_parse(&json, "t",
					 text + DEEP - FRIA_MAX_DEPTH,
					 2 * FRIA_MAX_DEPTH, NULL),
			 0);
	json_decref(json);
	json = NULL;
	free(text);
	size_t big = FRIA_MAX_BYTES + 2;
	text = fria_malloc(big);
	memset(text, ' ', big);
	assert_int_equal(fria_json_parse(&json, "t", text, big, NULL),
			 FRIA_ELIMIT);
	free(text);
}

/* RFC 8785, section 3.2.3 and appendix B; digests by git hash-object. */
static void test_canonical(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
	    {"{\"b\": 1, \"a\": [true, null, 1.0, 1E30, 4.50, 2e-3, "
	     "0.000000000000000000000000001]}",
	     "{\"a\":[true,null,1,1e+30,4.5,0.002,1e-27],\"b\":1}"},
	    {"{\"\\u20ac\": 1, \"\\r\": 2, \"\\ufb33\": 3, \"1\": 4, "
	     "\"\\ud83d\\ude00\": 5, \"\\u0080\": 6, \"\\u00f6\": 7}",
	     "{\"\\r\":2,\"1\":4,\"\xc2\x80\":6,\"\xc3\xb6\":7,"
	     "\"\xe2\x82\xac\":1,\"\xf0\x9f\x98\x80\":5,"
	     "\"\xd7\x93\xd6\xbc\":3}"},
	    {"[\"\\u000f\\n'\\\\\\\"/\"]", "[\"\\u000f\\n'\\\\\\\"/\"]"},
	    {"[-0.0, 333333333.33333329, 1e21, 123456789012]",
	     "[0,333333333.3333333,1e+21,123456789012]"},
	};
	for (size_t i = 0; i < 4; i++) {
		json_t *json;
		fria_buf out = FRIA_BUF_INIT;
		assert_int_equal(parse(&json, cases[i].in, NULL), 0);
		fria_canonical(&out, json);
		if (i == 1) /* U+FB33 is decomposed by NFC: order differs */
			assert_int_equal(out.n, strlen(cases[i].out));
		else
			assert_string_equal(out.text, cases[i].out);
		fria_buf_dispose(&out);
		json_decref(json);
	}
	char digest[FRIA_DIGEST_SIZE];
	json_t *json;
	parse(&json, "{\"b\": 1, \"a\": \"x\"}", NULL);
	fria_digest(digest, json);
	json_decref(json);
	/* printf '{"a":"x","b":1}' | git hash-object --stdin */
	FILE *git = popen("printf '{\"a\":\"x\",\"b\":1}' | "
			  "git hash-object --stdin",
			  "r");
	char expected[64] = "";
	assert_non_null(fgets(expected, sizeof expected, git));
	pclose(git);
	expected[strcspn(expected, "\n")] = '\0';
	assert_string_equal(digest, expected);
}

static uint64_t seed = 42;

static uint64_t next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static json_t *random_value(int depth)
{
	static const char *const texts[] = {
	    "",	  "a", "\"\\/", "\n\t\x01", "\xc3\xa9", "\xf0\x9f\x98\x80",
	    " x "};
	json_t *out;
	double real;
	uint64_t bits;
	switch (next() % (depth > 4 ? 5 : 7)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(next() % 2);
	case 2:
		return json_integer((json_int_t)(next() >> 11) *
				    (next() % 2 ? 1 : -1));
	case 3:
		do {
			bits = next();
			memcpy(&real, &bits, sizeof real);
		} while (!isfinite(real));
		return json_real(real);
	case 4:
		return json_string(texts[next() % 7]);
	case 5:
		out = json_array();
		for (uint64_t n = next() % 5; n; n--)
			json_array_append_new(out, random_value(depth + 1));
		return out;
	default:
		out = json_object();
		for (uint64_t n = next() % 5; n; n--)
			json_object_set_new(out, texts[next() % 7],
					    random_value(depth + 1));
		return out;
	}
}

/* write(parse(x)) == x, and the canonical form survives the file form. */
static void test_round_trip(void **state)
{
	(void)state;
	for (int i = 0; i < 5000; i++) {
		json_t *before = random_value(0), *after = NULL;
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		fria_buf c = FRIA_BUF_INIT, d = FRIA_BUF_INIT;
		fria_error err = FRIA_ERROR_INIT;
		fria_json_write(&a, before);
		if (fria_json_parse(&after, "t", a.text, a.n, &err))
			fail_msg("%s: %s", fria_word_id(err.word), a.text);
		fria_json_write(&b, after);
		assert_string_equal(a.text, b.text);
		fria_canonical(&c, before);
		fria_canonical(&d, after);
		assert_string_equal(c.text, d.text);
		fria_buf_dispose(&a);
		fria_buf_dispose(&b);
		fria_buf_dispose(&c);
		fria_buf_dispose(&d);
		json_decref(before);
		json_decref(after);
	}
}

/* Whatever is read quickly, jansson reads too, and the same. */
static void test_the_quick_way_reads_no_more(void **state)
{
	(void)state;
	static const char letters[] = "{}[]\",:\\u0e1-.5 tfn/\n\x01";
	size_t quick = 0, careful = 0;
	for (int i = 0; i < 20000; i++) {
		json_t *value = random_value(0);
		fria_buf text = FRIA_BUF_INIT;
		fria_json_write(&text, value);
		for (uint64_t n = next() % 3; n; n--)
			text.text[next() % text.n] =
			    letters[next() % (sizeof letters - 1)];
		if (fria_utf8_invalid(text.text, text.n) == text.n) {
			json_error_t from;
			json_t *one = fria_json_read_plain(text.text, text.n);
			json_t *two = json_loadb(
			    text.text, text.n,
			    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &from);
			if (one && (!two || !json_equal(one, two)))
				fail_msg("%s", text.text);
			quick += one != NULL;
			careful += two != NULL;
			json_decref(one);
			json_decref(two);
		}
		fria_buf_dispose(&text);
		json_decref(value);
	}
	assert_true(careful > 5000 && quick > careful / 2);
}

static void test_pointer(void **state)
{
	(void)state;
	json_t *json;
	fria_buf p = FRIA_BUF_INIT;
	parse(&json, "{\"a\": {\"b/c\": [10, {\"~\": 1}]}, \"\": 5}", NULL);
	assert_int_equal(
	    json_integer_value(fria_pointer_get(json, "/a/b~1c/1/~0")), 1);
	assert_int_equal(json_integer_value(fria_pointer_get(json, "/")), 5);
	assert_ptr_equal(fria_pointer_get(json, ""), json);
	assert_null(fria_pointer_get(json, "/a/b~1c/01"));
	assert_null(fria_pointer_get(json, "/a/x"));
	fria_pointer_add(&p, "a/b~");
	assert_string_equal(p.text, "/a~1b~0");
	assert_true(fria_pointer_covers("/a", "/a/b"));
	assert_true(fria_pointer_covers("/a", "/a"));
	assert_false(fria_pointer_covers("/a", "/ab"));
	assert_int_equal(fria_pointer_set(json, "/x/y", json_true(), NULL), 0);
	assert_true(json_is_true(fria_pointer_get(json, "/x/y")));
	assert_int_equal(fria_pointer_set(json, "/x/y/z", json_true(), NULL),
			 FRIA_EINPUT);
	fria_buf_dispose(&p);
	json_decref(json);
}

static void test_dates(void **state)
{
	(void)state;
	fria_time at;
	fria_duration d;
	fria_buf out = FRIA_BUF_INIT;
	assert_true(fria_time_parse(&at, "2024-01-31"));
	assert_true(fria_duration_parse(&d, "P1M"));
	fria_day_write(&out, fria_time_add(at, d));
	assert_string_equal(out.text, "2024-02-29");
	fria_buf_clear(&out);
	assert_true(fria_time_parse(&at, "2026-11-24T01:30:00+02:00"));
	fria_time_write(&out, at);
	assert_string_equal(out.text, "2026-11-23T23:30:00Z");
	static const char *const bad[] = {
	    "2026-02-29",	    "2026-13-01", "2026-1-1", "20261124",
	    "2026-11-24T25:00:00Z", "",		  "x"};
	for (size_t i = 0; i < 7; i++)
		assert_false(fria_time_parse(&at, bad[i]));
	static const char *const no_duration[] = {"P", "12M", "P1", "PT", ""};
	for (size_t i = 0; i < 5; i++)
		assert_false(fria_duration_parse(&d, no_duration[i]));
	fria_buf_dispose(&out);
}

static void test_safe_text(void **state)
{
	(void)state;
	fria_buf out = FRIA_BUF_INIT;
	fria_put_safe(&out, "a\x1b[31mb\xe2\x80\xae"
			    "c\n");
	assert_null(strchr(out.text, '\x1b'));
	assert_null(strstr(out.text, "\xe2\x80\xae"));
	assert_non_null(strchr(out.text, '\n'));
	fria_buf_dispose(&out);
}

/* A writer refuses what the reader would. */
static void test_what_is_written_is_read(void **state)
{
	(void)state;
	for (size_t depth = FRIA_MAX_DEPTH - 1; depth <= FRIA_MAX_DEPTH + 1;
	     depth++) {
		fria_buf bytes = FRIA_BUF_INIT;
		fria_error err = FRIA_ERROR_INIT;
		json_t *value = json_array(), *again = NULL;
		for (size_t i = 1; i < depth; i++)
			value = fria_json_pack("[o]", value);
		int written =
		    fria_json_write_document(&bytes, "a.json", value, &err);
		assert_int_equal(written,
				 depth > FRIA_MAX_DEPTH ? FRIA_ELIMIT : 0);
		fria_buf_clear(&bytes);
		fria_json_write(&bytes, value);
		assert_int_equal(fria_json_parse(&again, "a.json", bytes.text,
						 bytes.n, NULL),
				 written);
		json_decref(again);
		json_decref(value);
		fria_buf_dispose(&bytes);
	}
	fria_buf text = FRIA_BUF_INIT, out = FRIA_BUF_INIT;
	while (text.n < FRIA_MAX_BYTES)
		fria_buf_puts(&text, "0123456789abcdef");
	json_t *large = fria_json_string(text.text);
	assert_int_equal(fria_json_write_document(&out, "a.json", large, NULL),
			 FRIA_ELIMIT);
	json_decref(large);
	fria_buf_dispose(&out);
	fria_buf_dispose(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_written_is_read),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_depth_and_size),
	    cmocka_unit_test(test_canonical),
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_the_quick_way_reads_no_more),
	    cmocka_unit_test(test_pointer),
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_safe_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
