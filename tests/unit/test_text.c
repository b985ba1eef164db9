/* SPDX-License-Identifier: EUPL-1.2 */
/* Text and numbers on their way in and out, whatever they came as. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../engine/data/expression.h"
#include "../../engine/fria.h"

/* --- what is shown --- */

static void test_text_that_is_read_can_always_be_shown(void **state)
{
	static const char *const pairs[][2] = {
	    {"Ren\xE9 <r@example.org>", "René <r@example.org>"},
	    {"René", "René"},
	    {"Rene\xCC\x81", "René"}, /* e and an accent: NFC */
	    {"\xE9\xE8", "éè"},
	    {"a\x80z", "a\xEF\xBF\xBDz"},
	    {"half \xE2\x82", "half â\xEF\xBF\xBD"},
	    {"", ""}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *shown = fria_text_repaired(pairs[i][0]);
		assert_string_equal(shown, pairs[i][1]);
		free(shown);
	}
	assert_null(fria_text_repaired(NULL));
}

static void test_a_message_is_text_whatever_it_names(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings list = FRIA_FINDINGS_INIT;
	fria_buf text = FRIA_BUF_INIT;
	(void)state;
	fria_fail(&err, FRIA_EINPUT, FRIA_W_is_a_folder, "path", "caf\xE9",
		  NULL);
	fria_fail_at(&err, "th\xE9", NULL, 0, 0);
	fria_error_text(&text, &err, FRIA_EN);
	assert_non_null(strstr(text.text, "café"));
	assert_non_null(strstr(text.text, "thé: "));
	fria_findings_add_error(&list, &err);
	fria_findings_add(&list, FRIA_NOTE, FRIA_W_is_a_folder, "r\xE9sum\xE9",
			  NULL, "path", "\xFF", NULL);
	json_t *json = fria_findings_json(&list, FRIA_NL);
	assert_string_equal(fria_json_text(json_array_get(json, 1), "file"),
			    "résumé");
	json_decref(json);
	fria_findings_dispose(&list);
	fria_buf_dispose(&text);
}

static void test_what_cannot_be_seen_is_blank(void **state)
{
	static const char *const blank[] = {"",
					    " ",
					    "\t\r\n",
					    "\xC2\xA0",
					    "\xE2\x80\x8B",
					    "\xEF\xBB\xBF",
					    "\xE3\x80\x80 \xE2\x80\x8D",
					    "\xC2\xAD",
					    "\xE2\x80\xAE"};
	(void)state;
	assert_true(fria_text_blank(NULL));
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
		assert_true(fria_text_blank(blank[i]));
	assert_false(fria_text_blank(" . "));
	assert_false(fria_text_blank("\xC2\xA0é"));
}

/* --- a locale with a decimal comma --- */

/* Made where the system has none, and kept for the next time. */
static bool enter_comma(void)
{
	if (setlocale(LC_ALL, "nl_NL.UTF-8") ||
	    setlocale(LC_ALL, "de_DE.UTF-8"))
		return true;
	mkdir("build/locale", 0777);
	if (system("test -d build/locale/nl_NL.UTF-8 || localedef -i nl_NL "
		   "-f UTF-8 build/locale/nl_NL.UTF-8 2>/dev/null") != 0)
		return false;
	setenv("LOCPATH", "build/locale", 1);
	return setlocale(LC_ALL, "nl_NL.UTF-8") != NULL;
}

static double expression(const char *text)
{
	fria_expression *e = NULL;
	json_t *context = json_object(), *value = NULL;
	const fria_scope scope = {.context = context};
	assert_int_equal(fria_expression_parse(&e, text, NULL), 0);
	assert_int_equal(fria_expression_evaluate(&value, e, &scope, NULL), 0);
	double number = json_number_value(value);
	fria_expression_free(e);
	json_decref(value);
	json_decref(context);
	return number;
}

static void test_numbers_do_not_know_the_locale(void **state)
{
	static const struct {
		const char *json, *canonical;
	} rows[] = {{"0.05", "0.05"},
		    {"1.5", "1.5"},
		    {"-12.25", "-12.25"},
		    {"1e+21", "1e+21"},
		    {"1.5e-07", "1.5e-7"},
		    {"0.1", "0.1"},
		    {"123456.789", "123456.789"}};
	(void)state;
	if (!enter_comma())
		skip();
	/* So it is a locale with a comma. */
	assert_string_equal(localeconv()->decimal_point, ",");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		json_t *json = NULL;
		fria_buf out = FRIA_BUF_INIT;
		char *array = fria_format("[%s]", rows[i].json);
		assert_int_equal(
		    fria_json_parse(&json, "x", array, strlen(array), NULL), 0);
		fria_json_write_line(&out, json);
		assert_string_equal(out.text, array);
		fria_buf_clear(&out);
		fria_canonical(&out, json_array_get(json, 0));
		assert_string_equal(out.text, rows[i].canonical);
		json_decref(json);
		fria_buf_clear(&out);
		assert_int_equal(fria_yaml_parse(&json, "x", array,
						 strlen(array), NULL, NULL),
				 0);
		fria_yaml_write(&out, json);
		assert_null(strchr(out.text, ','));
		json_decref(json);
		fria_buf_dispose(&out);
		free(array);
	}
	assert_true(expression("0.5 + 1.25") == 1.75);
	assert_true(expression("'1.5' * 2") == 3);
	json_t *volume = json_string("1234.5");
	json_t *same = fria_fact_compared("/use/volume", volume, FRIA_RULES);
	assert_int_equal(json_integer_value(same), 4);
	json_decref(same);
	json_decref(volume);
	assert_string_equal(localeconv()->decimal_point, ",");
	setlocale(LC_ALL, "C");
}

static void test_what_is_no_number_ends_nothing(void **state)
{
	static const char *const volumes[] = {"inf", "1e999", "nan", "0x10",
					      "-"};
	const char *end;
	(void)state;
	for (size_t i = 0; i < 5; i++) {
		json_t *volume = json_string(volumes[i]);
		json_decref(
		    fria_fact_compared("/use/volume", volume, FRIA_RULES));
		json_decref(volume);
	}
	assert_true(fria_number_read("12.5e1x", &end) == 125);
	assert_string_equal(end, "x");
	fria_number_read("inf", &end);
	assert_string_equal(end, "inf");
	fria_number_read(" 1", &end);
	assert_string_equal(end, " 1");
	assert_true(fria_number_read("0x10", &end) == 0);
	assert_string_equal(end, "x10");
}

/* --- what people type --- */

/* What is offered is as expected, and is taken. */
static void assert_offers(const fria_args *args, const char *expected)
{
	const char *whole = fria_args_value(args, "whole");
	const char *part = fria_args_value(args, "part");
	char *offers = fria_format("%s%s%s", whole, *part ? " " : "", part);
	fria_buf again = FRIA_BUF_INIT;
	assert_string_equal(offers, expected);
	assert_int_equal(fria_number_typed(&again, whole, strlen(whole), NULL),
			 0);
	if (*part)
		assert_int_equal(
		    fria_number_typed(&again, part, strlen(part), NULL), 0);
	fria_buf_dispose(&again);
	free(offers);
}

static void test_a_number_is_read_as_it_is_typed_or_asked_again(void **state)
{
	static const struct {
		const char *typed, *read; /* NULL: no number */
		const char *offers;	  /* NULL: none */
	} rows[] = {{"1500", "1500", NULL},
		    {" 1500 ", "1500", NULL},
		    {"1,5", "1.5", NULL},
		    {"1.5", "1.5", NULL},
		    {"-0,25", "-0.25", NULL},
		    {"\xE2\x88\x92"
		     "3",
		     "-3", NULL},
		    {"+3", "3", NULL},
		    {"0.250", "0.250", NULL},
		    {"0,050", "0.050", NULL},
		    {"1234.500", "1234.500", NULL},
		    {"1.2340", "1.2340", NULL},
		    {"1e3", "1e3", NULL},
		    {"1,5e-3", "1.5e-3", NULL},
		    {"84%", "84", NULL},
		    {"84 % ", "84", NULL},
		    {"0,5%", "0.5", NULL},
		    {"84%%", NULL, NULL},
		    {"%", NULL, NULL},
		    {"1.500", NULL, "1500 1,5"},
		    {"1,500", NULL, "1500 1,5"},
		    {"10.000", NULL, "10000 10"},
		    {"-1.250", NULL, "-1250 -1,25"},
		    {"1.234", NULL, "1234 1,2340"},
		    {"2.500.000", NULL, "2500000"},
		    {"1.234,56", NULL, "1234,56"},
		    {"1,234.56", NULL, "1234,56"},
		    {"12 345", NULL, "12345"},
		    {"12\xC2\xA0"
		     "345,5",
		     NULL, "12345,5"},
		    {"1'000", NULL, "1000"},
		    {"007", NULL, NULL},
		    {"1.5.2", NULL, NULL},
		    {"1..5", NULL, NULL},
		    {".5", NULL, NULL},
		    {"5.", NULL, NULL},
		    {"", NULL, NULL},
		    {"-", NULL, NULL},
		    {"1e", NULL, NULL},
		    {"inf", NULL, NULL},
		    {"nan", NULL, NULL},
		    {"0x10", NULL, NULL},
		    {"12 stuks", NULL, NULL}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fria_buf out = FRIA_BUF_INIT;
		fria_error err = FRIA_ERROR_INIT;
		int code = fria_number_typed(&out, rows[i].typed,
					     strlen(rows[i].typed), &err);
		const fria_args args = {err.args, err.args_n};
		if (rows[i].read) {
			assert_int_equal(code, 0);
			assert_string_equal(out.text, rows[i].read);
		} else if (!rows[i].offers) {
			assert_int_equal(code, FRIA_ENOTFOUND);
			assert_int_equal(err.code, 0);
		} else {
			assert_int_equal(code, FRIA_EINPUT);
			assert_offers(&args, rows[i].offers);
		}
		fria_buf_dispose(&out);
	}
}

static void test_a_day_is_read_from_the_day_it_is(void **state)
{
	static const char *const rows[][2] = {{"20-11", "2026-11-20"},
					      {"20 november", "2026-11-20"},
					      {"November 20", "2026-11-20"},
					      {"1/3", "2026-03-01"},
					      {"1e maart", "2026-03-01"},
					      {"morgen", "2027-01-01"},
					      {"Tomorrow", "2027-01-01"},
					      {"gisteren", "2026-12-30"},
					      {"vandaag", "2026-12-31"},
					      {"overmorgen", "2027-01-02"},
					      {"1 maart 2028", "2028-03-01"},
					      {"maart 2027", NULL},
					      {"29-2", NULL},
					      {"20-13", NULL},
					      {"20", NULL},
					      {"morgens", NULL},
					      {"", NULL}};
	fria_time today = 0;
	(void)state;
	assert_true(fria_time_parse(&today, "2026-12-31"));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char day[FRIA_DATE_SIZE] = "";
		bool is = fria_date_typed(day, rows[i][0], &today);
		if (is != (rows[i][1] != NULL))
			fail_msg("\"%s\" gives %s", rows[i][0], day);
		if (is)
			assert_string_equal(day, rows[i][1]);
	}
}

static void test_a_month_is_read_and_said(void **state)
{
	static const char *const rows[][2] = {
	    {"maart 2026", "2026-03"}, {"March 2026", "2026-03"},
	    {"3-2026", "2026-03"},     {"2026-03", "2026-03"},
	    {"03/2026", "2026-03"},    {"2026 mrt", "2026-03"},
	    {"13-2026", NULL},	       {"maart", NULL},
	    {"1 maart 2026", NULL},    {"lente 2026", NULL},
	    {"maart 26", NULL}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char month[FRIA_DATE_SIZE] = "";
		bool is = fria_month_typed(month, rows[i][0]);
		if (is != (rows[i][1] != NULL))
			fail_msg("\"%s\" gives %s", rows[i][0], month);
		if (is)
			assert_string_equal(month, rows[i][1]);
	}
	fria_buf out = FRIA_BUF_INIT;
	assert_true(fria_date_say(&out, FRIA_NL, "2026-03"));
	assert_true(fria_date_say(&out, FRIA_EN, "2026-03-01"));
	assert_true(fria_date_say(&out, FRIA_NL, "2026-03-01T10:00:00Z"));
	assert_false(fria_date_say(&out, FRIA_NL, "lente 2026"));
	assert_false(fria_date_say(&out, FRIA_NL, NULL));
	assert_string_equal(out.text, "maart 20261 March 20261 maart 2026");
	fria_buf_dispose(&out);
}

static void test_a_number_is_said_in_its_language(void **state)
{
	fria_buf out = FRIA_BUF_INIT;
	(void)state;
	fria_number_say(&out, FRIA_NL, 0.84);
	fria_buf_putc(&out, ' ');
	fria_number_say(&out, FRIA_EN, -1.5);
	fria_buf_putc(&out, ' ');
	fria_number_say(&out, FRIA_NL, 31000);
	assert_string_equal(out.text, "0,84 -1.5 31.000");
	fria_buf_dispose(&out);
	static const struct {
		double value;
		const char *nl, *en;
	} rows[] = {{52000, "52.000", "52,000"},
		    {1500, "1500", "1500"},
		    {9999.5, "9999,5", "9999.5"},
		    {10000, "10.000", "10,000"},
		    {-1234567.25, "-1.234.567,25", "-1,234,567.25"},
		    {100000, "100.000", "100,000"},
		    {1e21, "1e+21", "1e+21"},
		    {0, "0", "0"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fria_number_say(&out, FRIA_NL, rows[i].value);
		assert_string_equal(out.text, rows[i].nl);
		fria_buf_clear(&out);
		fria_number_say(&out, FRIA_EN, rows[i].value);
		assert_string_equal(out.text, rows[i].en);
		fria_buf_dispose(&out);
	}
	/* What is typed has no groups: 1.500 would not be understood. */
	fria_number_type(&out, FRIA_NL, 52000.5);
	assert_string_equal(out.text, "52000,5");
	fria_buf_dispose(&out);
}

static void test_a_day_is_read_as_people_write_it(void **state)
{
	static const char *const rows[][2] = {{"2027-03-01", "2027-03-01"},
					      {"2027-3-1", "2027-03-01"},
					      {"1-3-2027", "2027-03-01"},
					      {"01-03-2027", "2027-03-01"},
					      {"1/3/2027", "2027-03-01"},
					      {"1.3.2027", "2027-03-01"},
					      {"1 maart 2027", "2027-03-01"},
					      {"1 March 2027", "2027-03-01"},
					      {"March 1, 2027", "2027-03-01"},
					      {"1 mrt. 2027", "2027-03-01"},
					      {"1e maart 2027", "2027-03-01"},
					      {"1st March 2027", "2027-03-01"},
					      {"31 DEC 2026", "2026-12-31"},
					      {"29 feb 2028", "2028-02-29"},
					      {" 3 mei 2027 ", "2027-05-03"},
					      {"3 okt 2027", "2027-10-03"},
					      {"2 juni 2027", "2027-06-02"},
					      {"2 juli 2027", "2027-07-02"},
					      {"29 feb 2027", NULL},
					      {"31-4-2027", NULL},
					      {"3-13-2027", NULL},
					      {"1-3-27", NULL},
					      {"1 maart", NULL},
					      {"maart 2027", NULL},
					      {"1 maa 20270", NULL},
					      {"1 2 3 2027", NULL},
					      {"0-3-2027", NULL},
					      {"1-0-2027", NULL},
					      {"1 ma 2027", NULL},
					      {"morgen", NULL},
					      {"2027-03-01T10:00:00Z", NULL},
					      {"", NULL}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char day[FRIA_DATE_SIZE] = "";
		bool is = fria_date_typed(day, rows[i][0], NULL);
		if (is != (rows[i][1] != NULL))
			fail_msg("\"%s\" gives %s", rows[i][0], day);
		if (is)
			assert_string_equal(day, rows[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_that_is_read_can_always_be_shown),
	    cmocka_unit_test(test_a_message_is_text_whatever_it_names),
	    cmocka_unit_test(test_what_cannot_be_seen_is_blank),
	    cmocka_unit_test(test_numbers_do_not_know_the_locale),
	    cmocka_unit_test(test_what_is_no_number_ends_nothing),
	    cmocka_unit_test(
		test_a_number_is_read_as_it_is_typed_or_asked_again),
	    cmocka_unit_test(test_a_day_is_read_as_people_write_it),
	    cmocka_unit_test(test_a_day_is_read_from_the_day_it_is),
	    cmocka_unit_test(test_a_month_is_read_and_said),
	    cmocka_unit_test(test_a_number_is_said_in_its_language),
	};
	fria_start(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
