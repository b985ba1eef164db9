/* SPDX-License-Identifier: EUPL-1.2 */
/* What is read from and written for other tools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../engine/fria.h"

/* Every row as "a|b" or "!sentence", closed by a newline; the caller frees. */
static char *rows(const char *text, size_t n)
{
	fria_csv csv;
	fria_strings cells = FRIA_STRINGS_INIT;
	fria_buf out = FRIA_BUF_INIT;
	fria_word trouble;
	size_t line;
	fria_csv_open(&csv, text, n);
	while (fria_csv_next(&csv, &cells, &line, &trouble)) {
		fria_buf_printf(&out, "%zu ", line);
		if (trouble != FRIA_W_COUNT)
			fria_buf_printf(&out, "!%s", fria_word_id(trouble));
		for (size_t i = 0; trouble == FRIA_W_COUNT && i < cells.n; i++)
			fria_buf_printf(&out, "%s%s", i ? "|" : "",
					cells.items[i]);
		fria_buf_putc(&out, '\n');
	}
	fria_csv_close(&csv);
	fria_strings_dispose(&cells);
	return fria_buf_detach(&out);
}

static void expect(const char *text, const char *expected)
{
	char *found = rows(text, strlen(text));
	assert_string_equal(found, expected);
	free(found);
}

static void csv_reads_as_rfc_4180_says(void **state)
{
	(void)state;
	expect("", "");
	expect("a,b\nc,d", "1 a|b\n2 c|d\n");
	expect("\xef\xbb\xbf"
	       "a;b,c;\r\n\"x\"\"y\";\"1\r\n2\"\r\nz;\r\n",
	       "1 a|b,c|\n2 x\"y|1\n2\n4 z|\n");
	expect("a\tb\n\n\n,c\td\n", "1 a|b\n4 ,c|d\n");
	expect("a,\"\"\n,\n", "1 a|\n2 |\n");
	expect("a\rb\r", "1 a\n2 b\n");
	expect("e\xcc\x81\n", "1 \xc3\xa9\n"); /* into NFC */
}

static void csv_goes_on_after_a_broken_row(void **state)
{
	(void)state;
	expect("a,b\n\"c,d\ne,f\n", "1 a|b\n2 !csv_open_quote\n3 e|f\n");
	expect("a,b\n\"c\"d,e\nf,g\n", "1 a|b\n2 !csv_after_quote\n3 f|g\n");
	expect("a\n\xe9\nb\n", "1 a\n2 !csv_utf8\n3 b\n");
	char *found = rows("a\nb\0c\nd\n", 8);
	assert_string_equal(found, "1 a\n2 !csv_nul\n3 d\n");
	free(found);
}

/* What a table is written as, it is read as. */
static void csv_round_trips_any_cells(void **state)
{
	static const char alphabet[] = "a,;\"\n x\xc3\xa9=";
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 2000; round++) {
		fria_buf text = FRIA_BUF_INIT, want = FRIA_BUF_INIT;
		fria_buf_puts(&text, "\"h\",\"h\",\"h\"\n");
		for (int cell = 0; cell < 3; cell++) {
			fria_buf one = FRIA_BUF_INIT;
			for (seed = seed * 1103515245u + 12345u;
			     (seed >> 16) % 5;
			     seed = seed * 1103515245u + 12345u) {
				size_t at = (seed >> 20) % 8;
				if (at == 7)
					fria_buf_puts(&one, "\xc3\xa9");
				else
					fria_buf_putc(&one, alphabet[at]);
			}
			fria_csv_cell(&text, one.text);
			fria_buf_puts(&text, cell < 2 ? "," : "\r\n");
			fria_buf_printf(&want, "%s%s", cell ? "|" : "2 ",
					one.text);
			fria_buf_dispose(&one);
		}
		fria_buf_puts(&want, "\n");
		char *found = rows(text.text, text.n);
		assert_string_equal(strchr(found, '\n') + 1, want.text);
		free(found);
		fria_buf_dispose(&text);
		fria_buf_dispose(&want);
	}
}

/* Any bytes at all: it ends, and every line is a row or trouble. */
static void csv_ends_on_any_bytes(void **state)
{
	static const char alphabet[] = "\"\"\"\n\r,;a\xe9\0";
	uint32_t seed = 7;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[64];
		size_t n = (size_t)round % sizeof text;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = alphabet[(seed >> 16) % 10];
		}
		char *copy = fria_malloc(n + 1);
		memcpy(copy, text, n);
		free(rows(copy, n));
		free(copy);
	}
}

static void slugs_are_ids(void **state)
{
	static const char *const pairs[][2] = {
	    {"Slimme camera", "slimme-camera"},
	    {"  Zo\xc3\xab"
	     "k (2)! ",
	     "zoek-2"},
	    {"\xd0\xb6", ""},
	    {"A--b", "a-b"}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		fria_buf out = FRIA_BUF_INIT;
		fria_slug(&out, pairs[i][0]);
		assert_string_equal(out.text, pairs[i][1]);
		fria_buf_dispose(&out);
	}
	fria_buf out = FRIA_BUF_INIT;
	fria_slug(&out, "een heel erg lange naam van een algoritme dat alles "
			"en nog meer doet en dan nog wat");
	assert_string_equal(out.text, "een-heel-erg-lange-naam-van-een-"
				      "algoritme-dat-alles-en-nog-meer");
	assert_true(fria_id_ok(out.text));
	fria_buf_dispose(&out);
}

/* A tree of anything; depth bounds it. */
static json_t *any(uint32_t *seed, int depth)
{
	static const char *const texts[] = {"",	    "yes",   "- a", "1",
					    "a: b", "#x",    "~",   "x\ny",
					    " s ",  "\"q\"", "\\",  "\xc3\xa9"};
	*seed = *seed * 1103515245u + 12345u;
	uint32_t kind = (*seed >> 16) % (depth ? 7 : 5);
	if (kind == 0)
		return json_integer((json_int_t)(*seed >> 20) - 100);
	if (kind == 1)
		return (*seed >> 20) % 2 ? json_true() : json_null();
	if (kind < 5)
		return json_string(texts[(*seed >> 20) % 12]);
	json_t *out = kind == 5 ? json_array() : json_object();
	for (uint32_t n = (*seed >> 20) % 4; n; n--) {
		json_t *one = any(seed, depth - 1);
		if (kind == 5)
			json_array_append_new(out, one);
		else
			json_object_set_new(out, texts[(*seed >> 20) % 12],
					    one);
	}
	return out;
}

static void yaml_is_read_as_it_was_written(void **state)
{
	uint32_t seed = 3;
	(void)state;
	for (int round = 0; round < 3000; round++) {
		fria_buf text = FRIA_BUF_INIT;
		json_t *tree = any(&seed, 4), *back = NULL;
		fria_yaml_write(&text, tree);
		int code =
		    fria_yaml_parse(&back, "y", text.text, text.n, NULL, NULL);
		if (code || !json_equal(tree, back))
			fail_msg("%s", text.text);
		json_decref(tree);
		json_decref(back);
		fria_buf_dispose(&text);
	}
}

static void checksums_are_those_of_sha256sum(void **state)
{
	char out[FRIA_SHA256_SIZE], text[200];
	(void)state;
	memset(text, 'a', sizeof text);
	fria_sha256(out, "", 0);
	assert_string_equal(out, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	fria_sha256(out, "abc", 3);
	assert_string_equal(out, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(csv_reads_as_rfc_4180_says),
	    cmocka_unit_test(csv_goes_on_after_a_broken_row),
	    cmocka_unit_test(csv_round_trips_any_cells),
	    cmocka_unit_test(csv_ends_on_any_bytes),
	    cmocka_unit_test(slugs_are_ids),
	    cmocka_unit_test(checksums_are_those_of_sha256sum),
	    cmocka_unit_test(yaml_is_read_as_it_was_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
