/* SPDX-License-Identifier: EUPL-1.2 */
/* Buffers, sentences, errors, text, dates, ids and files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../engine/fria.h"

static void test_a_buffer_grows_and_empties(void **state)
{
	(void)state;
	fria_buf b = FRIA_BUF_INIT;
	assert_string_equal(b.text, "");
	for (int i = 0; i < 1000; i++)
		fria_buf_printf(&b, "%d,", i % 10);
	assert_int_equal(b.n, 2000);
	assert_int_equal(strlen(b.text), 2000);
	fria_buf_clear(&b);
	assert_string_equal(b.text, "");
	fria_buf_put(&b, "a\0b", 3);
	char *text = fria_buf_detach(&b);
	assert_memory_equal(text, "a\0b", 4);
	free(text);
	assert_string_equal(b.text, "");
	fria_buf_dispose(&b);
}

/* The names between braces, sorted: "{a}{b}". */
static void placeholders(fria_strings *out, const char *text)
{
	for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
		size_t n =
		    strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");
		char *name = fria_strndup(at + 1, n);
		if (n && strchr("|?!}", at[n + 1]) &&
		    !fria_strings_has(out, name))
			fria_strings_add(out, name);
		free(name);
	}
	fria_strings_sort(out);
}

static void test_every_sentence_has_the_same_parts_in_both_languages(void **s)
{
	(void)s;
	for (int w = 0; w < FRIA_W_COUNT; w++) {
		fria_strings nl = FRIA_STRINGS_INIT, en = FRIA_STRINGS_INIT;
		const char *id = fria_word_id((fria_word)w);
		const char *dutch = fria_word_text((fria_word)w, FRIA_NL);
		const char *english = fria_word_text((fria_word)w, FRIA_EN);
		placeholders(&nl, dutch);
		placeholders(&en, english);
		if (nl.n != en.n || !*dutch || !*english)
			fail_msg("%s", id);
		for (size_t i = 0; i < nl.n; i++)
			if (strcmp(nl.items[i], en.items[i]) != 0)
				fail_msg("%s: {%s}", id, nl.items[i]);
		assert_int_equal(fria_utf8_invalid(dutch, strlen(dutch)),
				 strlen(dutch));
		fria_strings_dispose(&nl);
		fria_strings_dispose(&en);
	}
}

/* Nouns that are counted somewhere, in the plural. */
static const char *const plurals[] = {"aantallen",
				      "alinea's",
				      "antwoorden",
				      "applications",
				      "answers",
				      "assessments",
				      "bladzijden",
				      "cellen",
				      "cells",
				      "changes",
				      "characters",
				      "dagen",
				      "days",
				      "documenten",
				      "documents",
				      "elementen",
				      "elements",
				      "entries",
				      "events",
				      "fields",
				      "files",
				      "gebeurtenissen",
				      "jaren",
				      "kolommen",
				      "columns",
				      "lines",
				      "maanden",
				      "maatregelen",
				      "measurements",
				      "measures",
				      "members",
				      "metingen",
				      "months",
				      "opmerkingen",
				      "organisaties",
				      "organisations",
				      "pages",
				      "paragraphs",
				      "parts",

				      "punten",
				      "questions",
				      "regels",
				      "registraties",
				      "releasevragen",
				      "rows",
				      "tekens",
				      "things",
				      "toepassingen",
				      "toetsen",
				      "velden",
				      "versies",
				      "versions",
				      "vragen",
				      "wijzigingen",
				      "words",
				      "woorden",
				      "years",
				      "comments",
				      "bijlagen",
				      "attachments",
				      "bestanden",
				      "releases",
				      "onderdelen",
				      NULL};

static bool among(const char *const *all, const char *word, size_t n)
{
	for (; *all; all++)
		if (strlen(*all) == n && !memcmp(*all, word, n))
			return true;
	return false;
}

/* "{count} answers" and "{count} more answers" read wrong for one. */
static void no_bare_plural(const char *id, const char *text)
{
	static const char *const between[] = {
	    "more", "open", "other", "new", "nieuwe", "andere", NULL};
	for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
		const char *word = at + strcspn(at, "}|");
		size_t n = 0;
		if (strncmp(word, "} ", 2) || !strncmp(at, "{limit}", 7))
			continue;
		do {
			word += n + (n ? 1 : 2);
			n = strcspn(word, " .,:;()");
		} while (word[n] == ' ' && among(between, word, n));
		if (among(plurals, word, n))
			fail_msg("%s: %s", id, at);
	}
}

static void test_what_is_counted_reads_well_for_one(void **state)
{
	(void)state;
	fria_buf b = FRIA_BUF_INIT;
	fria_say(&b, FRIA_EN, FRIA_W_sync_in, "count", "1", NULL);
	assert_string_equal(b.text, "Received: 1 change.");
	fria_buf_clear(&b);
	fria_say(&b, FRIA_NL, FRIA_W_sync_in, "count", "12", NULL);
	assert_string_equal(b.text, "Ontvangen: 12 wijzigingen.");
	fria_buf_dispose(&b);
	for (int w = 0; w < FRIA_W_COUNT; w++)
		for (int lang = 0; lang < 2; lang++)
			no_bare_plural(
			    fria_word_id((fria_word)w),
			    fria_word_text((fria_word)w, (fria_lang)lang));
}

static void test_a_sentence_is_filled_in(void **state)
{
	(void)state;
	fria_buf b = FRIA_BUF_INIT;
	fria_say(&b, FRIA_EN, FRIA_W_schema_required, "key", "a{key}b", NULL);
	assert_string_equal(b.text,
			    "The member \"a{key}b\" is missing. Add it.");
	fria_buf_clear(&b);
	fria_say(&b, FRIA_NL, FRIA_W_schema_required, NULL);
	assert_non_null(strstr(b.text, "{key}"));
	fria_buf_dispose(&b);
}

static void test_a_part_of_a_sentence_is_left_out_without_its_value(
    void **state)
{
	(void)state;
	fria_buf b = FRIA_BUF_INIT;
	fria_say(&b, FRIA_EN, FRIA_W_diff_side, "release", "1}0?", "date", NULL,
		 NULL);
	assert_string_equal(b.text, ", release 1}0?");
	fria_buf_clear(&b);
	fria_say(&b, FRIA_NL, FRIA_W_diff_by, "name", "A", "whose", "", NULL);
	assert_string_equal(b.text, "door A");
	fria_buf_clear(&b);
	fria_say(&b, FRIA_NL, FRIA_W_diff_by, "name", "A", "whose", "B", NULL);
	assert_string_equal(b.text, "namens B, vastgelegd door A");
	fria_buf_dispose(&b);
}

static void test_a_part_stands_where_its_value_is_not_given(void **state)
{
	(void)state;
	fria_buf b = FRIA_BUF_INIT;
	fria_args args = {NULL, 0};
	fria_args_add(&args, "document", "{x}!");
	fria_say_args(&b, FRIA_EN, FRIA_W_unsaved, &args, false);
	assert_string_equal(b.text,
			    "{x}! has changes that are not saved yet. Save "
			    "them first with \"fria save\".");
	fria_buf_clear(&b);
	fria_say_args(&b, FRIA_EN, FRIA_W_unsaved, &args, true);
	assert_non_null(strstr(b.text, "{x}! has changes that are not saved"));
	assert_null(strstr(b.text, "fria"));
	assert_null(fria_args_value(&args, "buttons"));
	fria_args_dispose(&args);
	fria_buf_dispose(&b);
}

static void test_errors_and_findings_name_no_command_on_a_page(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_findings found = FRIA_FINDINGS_INIT;
	for (int buttons = 0; buttons < 2; buttons++) {
		fria_buf b = FRIA_BUF_INIT;
		fria_fail(&err, FRIA_EREFUSED, FRIA_W_unsaved, "document", "d",
			  NULL);
		fria_findings_add_error(&found, &err);
		fria_error_say(&b, &err, FRIA_NL, buttons);
		fria_finding_say(&b, &found.items[0], FRIA_EN, buttons);
		assert_int_equal(!strstr(b.text, "fria save"), buttons);
		fria_buf_dispose(&b);
	}
	fria_findings_dispose(&found);
}

static void test_the_first_error_wins_and_long_parts_are_cut(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf long_text = FRIA_BUF_INIT, said = FRIA_BUF_INIT;
	for (int i = 0; i < 3000; i++)
		fria_buf_puts(&long_text, "é");
	assert_int_equal(fria_fail(&err, FRIA_EINPUT, FRIA_W_schema_required,
				   "key", long_text.text, NULL),
			 FRIA_EINPUT);
	fria_fail(&err, FRIA_EIO, FRIA_W_schema_nothing, "value", "x", NULL);
	fria_fail_at(&err, "a.json", "/b", 3, 4);
	fria_fail_at(&err, "other.json", "/c", 9, 9);
	assert_int_equal(err.code, FRIA_EINPUT);
	fria_error_text(&said, &err, FRIA_EN);
	assert_non_null(strstr(said.text, "a.json:3:4: The member \"éé"));
	assert_non_null(strstr(said.text, "é…"));
	assert_int_equal(fria_utf8_invalid(said.text, said.n), said.n);
	assert_int_equal(fria_fail(NULL, FRIA_EIO, FRIA_W_schema_nothing, NULL),
			 FRIA_EIO);
	fria_error_clear(&err);
	assert_int_equal(err.code, 0);
	fria_buf_dispose(&long_text);
	fria_buf_dispose(&said);
}

static void test_findings_know_the_worst(void **state)
{
	(void)state;
	fria_findings f = FRIA_FINDINGS_INIT;
	assert_false(fria_findings_worst(&f, FRIA_NOTE));
	fria_findings_add(&f, FRIA_WARNING, FRIA_W_schema_required, "f", "/p",
			  "key", "k", NULL);
	assert_true(fria_findings_worst(&f, FRIA_WARNING));
	assert_false(fria_findings_worst(&f, FRIA_SEVERE));
	for (int i = 0; i < 100; i++)
		fria_findings_add(&f, FRIA_NOTE, FRIA_W_schema_is_none, NULL,
				  NULL, NULL);
	assert_int_equal(f.n, 101);
	assert_string_equal(f.items[0].pointer, "/p");
	fria_findings_dispose(&f);
}

static void test_moments(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		fria_time at;
	} cases[] = {{"1970-01-01T00:00:00Z", true, 0},
		     {"2026-11-23T10:00:00+01:00", true, 1795424400},
		     {"2026-11-23T09:00:00.25Z", true, 1795424400},
		     {"2024-02-29", true, 1709164800},
		     {"2023-02-29", false, 0},
		     {"1900-02-29", false, 0},
		     {"2000-02-29", true, 951782400},
		     {"1969-12-31T23:59:59Z", true, -1},
		     {"2026-13-01", false, 0},
		     {"2026-11-23T25:00:00Z", false, 0},
		     {"2026-11-23T10:00:00", false, 0},
		     {"2026-11-23 ", false, 0},
		     {"", false, 0}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_time at = 0;
		if (fria_time_parse(&at, cases[i].text) != cases[i].ok ||
		    at != cases[i].at)
			fail_msg("%s: %lld", cases[i].text, (long long)at);
	}
	/* every day of 800 years is written and read back as itself */
	for (fria_time day = -146097; day < 146097; day += 13) {
		fria_buf b = FRIA_BUF_INIT;
		fria_time at = 0;
		fria_day_write(&b, day * 86400);
		assert_true(fria_time_parse(&at, b.text));
		assert_true(at == day * 86400);
		fria_buf_dispose(&b);
	}
}

static void test_durations_keep_to_the_end_of_the_month(void **state)
{
	(void)state;
	static const struct {
		const char *from, *by, *to;
	} cases[] = {{"2026-01-31", "P1M", "2026-02-28"},
		     {"2024-01-31", "P1M", "2024-02-29"},
		     {"2024-02-29", "P1Y", "2025-02-28"},
		     {"2026-11-23", "P12M", "2027-11-23"},
		     {"2026-12-31", "P2W", "2027-01-14"},
		     {"2026-10-31", "P1Y6M1D", "2028-05-01"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_time at = 0;
		fria_duration d;
		fria_buf b = FRIA_BUF_INIT;
		assert_true(fria_time_parse(&at, cases[i].from));
		assert_true(fria_duration_parse(&d, cases[i].by));
		fria_day_write(&b, fria_time_add(at, d));
		assert_string_equal(b.text, cases[i].to);
		fria_buf_dispose(&b);
	}
	static const char *const wrong[] = {"",	    "P",    "12M", "P1D1M",
					    "P-1M", "PT1H", "P1",  "P1M1M"};
	fria_duration d;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (fria_duration_parse(&d, wrong[i]))
			fail_msg("%s", wrong[i]);
}

static void test_ids_lead_nowhere_else(void **state)
{
	(void)state;
	static const char *const good[] = {"a", "straatafval", "x-1", "0a"};
	static const char *const bad[] = {
	    "",	       "-a",  "A",	  "a/b",      "..",	  "a.b",
	    "entry",   "con", "nul",	  "com1",     "evidence", "application",
	    "schemas", "a b", "\xc3\xa9", "conflicts"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(fria_id_ok(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (fria_id_ok(bad[i]))
			fail_msg("%s", bad[i]);
	char longest[66];
	memset(longest, 'a', 65);
	longest[65] = '\0';
	assert_false(fria_id_ok(longest));
	longest[64] = '\0';
	assert_true(fria_id_ok(longest));
}

static void test_a_file_is_replaced_whole(void **state)
{
	(void)state;
	char folder[] = "/tmp/fria-base-XXXXXX";
	assert_non_null(mkdtemp(folder));
	char *deep = fria_format("%s/a/b", folder);
	char *path = fria_format("%s/f", deep);
	fria_buf b = FRIA_BUF_INIT;
	fria_error err = FRIA_ERROR_INIT;
	assert_int_equal(fria_file_read(&b, path, &err), FRIA_ENOTFOUND);
	fria_error_clear(&err);
	assert_int_equal(fria_folder_make(deep, &err), 0);
	assert_int_equal(fria_file_write(path, "one", 3, &err), 0);
	assert_int_equal(fria_file_write(path, "two\n", 4, &err), 0);
	assert_int_equal(fria_file_read(&b, path, &err), 0);
	assert_string_equal(b.text, "two\n");
	assert_int_equal(fria_file_read(&b, deep, &err), FRIA_EINPUT);
	fria_error_clear(&err);
	assert_int_not_equal(fria_file_write("/nowhere/at/all", "x", 1, &err),
			     0);
	fria_buf_dispose(&b);
	char *command[] = {(char *)"rm", (char *)"-rf", folder, NULL};
	int status = -1;
	assert_int_equal(fria_run(&status, (const char *const *)command, NULL),
			 0);
	assert_int_equal(status, 0);
	free(path);
	free(deep);
}

static int caught(fria_ran *out, const fria_program *p)
{
	fria_error err = FRIA_ERROR_INIT;
	return fria_run_caught(out, p, &err);
}

static void test_what_a_program_says_is_caught(void **state)
{
	(void)state;
	static const char *const echo[] = {
	    "sh", "-c", "cat; echo \"$A$HOME\" >&2; exit 3", NULL};
	static const char *const env[] = {"A=b", "HOME", NULL};
	const fria_program p = {
	    .argv = echo, .env = env, .input = "in\n", .input_n = 3};
	fria_ran ran;
	assert_int_equal(caught(&ran, &p), 0);
	assert_int_equal(ran.status, 3);
	assert_string_equal(ran.out.text, "in\n");
	assert_string_equal(ran.err.text, "b\n");
	assert_false(ran.cut || ran.late);
	fria_ran_dispose(&ran);
}

static void test_a_program_that_is_not_there_is_named(void **state)
{
	(void)state;
	static const char *const none[] = {"no-such-program", NULL};
	const fria_program p = {.argv = none};
	fria_error err = FRIA_ERROR_INIT;
	fria_ran ran;
	assert_int_equal(fria_run_caught(&ran, &p, &err), FRIA_EIO);
	assert_int_equal(err.word, FRIA_W_cannot_run);
}

static void test_a_program_is_kept_within_bounds(void **state)
{
	(void)state;
	static const char *const loud[] = {
	    "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x", NULL};
	static const char *const slow[] = {"sleep", "60", NULL};
	static const char *const left[] = {"sh", "-c", "sleep 60 & echo $!",
					   NULL};
	fria_program p = {.argv = loud, .limit = 1000};
	fria_ran ran;
	assert_int_equal(caught(&ran, &p), 0);
	assert_int_equal(ran.out.n, 1000);
	assert_true(ran.cut && !ran.status);
	fria_ran_dispose(&ran);
	p = (fria_program){.argv = slow, .seconds = 1};
	assert_int_equal(caught(&ran, &p), 0);
	assert_true(ran.late);
	assert_int_equal(ran.status, 128 + SIGTERM);
	fria_ran_dispose(&ran);
	/* What it leaves running holds its output open; that ends nothing. */
	p = (fria_program){.argv = left};
	assert_int_equal(caught(&ran, &p), 0);
	assert_int_equal(ran.status, 0);
	assert_int_equal(kill(atoi(ran.out.text), SIGTERM), 0);
	fria_ran_dispose(&ran);
}

/* A program that was started ends with the process that started it. */
static void test_a_program_ends_with_us(void **state)
{
	(void)state;
	static const char *const wait[] = {
	    "sh", "-c", "echo started >&3; exec sleep 60", NULL};
	const fria_program p = {.argv = wait};
	int pipes[2], raw;
	char text[16];
	assert_int_equal(pipe(pipes), 0);
	pid_t child = fork();
	if (!child) {
		fria_ran ran;
		dup2(pipes[1], 3);
		_exit(caught(&ran, &p) ? 1 : 0);
	}
	close(pipes[1]);
	assert_true(read(pipes[0], text, sizeof text) > 0);
	kill(child, SIGKILL);
	waitpid(child, &raw, 0);
	alarm(30); /* a failure would be to wait out the sixty seconds */
	assert_int_equal(read(pipes[0], text, sizeof text), 0);
	alarm(0);
	close(pipes[0]);
}

static void test_one_person_and_who_looks_like_it(void **state)
{
	static const struct {
		const char *a, *b;
		bool same, alike;
	} pairs[] = {
	    {"Anna <anna@example.org>", "A. Bos <ANNA@example.org>", true,
	     true},
	    {"Anna <anna@example.org>", "Anna <anna+x@example.org>", true,
	     true},
	    {"Anna Bos <anna@example.org>", "Anna Bos <bos@example.net>", false,
	     true},
	    {"Anna Bos <a@example.org>", "anna  bos <b@example.org>", false,
	     true},
	    {"Anna <anna@example.org>", "Bram <\u0430nn\u0430@example.org>",
	     false, true},
	    {"Andr\u00e9 Bos <a@example.org>", "Andre Bos <b@example.org>",
	     false, true},
	    {"A <pauI@example.org>", "B <paul@example.org>", false, true},
	    {"Anna <anna@example.org>", "Bram <bram@example.org>", false,
	     false},
	    {"Anna Bos <a@example.org>", "Anna Vos <b@example.org>", false,
	     false},
	    {"Anna <anna@example.org>", "Bram <anna@example.net>", false,
	     false},
	    {" <a@example.org>", " <b@example.org>", false, false}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		assert_int_equal(fria_same_person(pairs[i].a, pairs[i].b),
				 pairs[i].same);
		assert_int_equal(fria_same_person(pairs[i].b, pairs[i].a),
				 pairs[i].same);
		assert_int_equal(fria_alike_person(pairs[i].a, pairs[i].b),
				 pairs[i].alike);
	}
	assert_false(fria_same_person(NULL, "A <a@example.org>"));
	assert_true(fria_is_person("Anna <anna@example.org>", " anna "));
	assert_true(
	    fria_is_person("Anna <anna@example.org>", "anna@example.org"));
	assert_true(
	    fria_is_person("Anna <anna@example.org>", "X <anna@example.org>"));
	assert_false(fria_is_person("Anna <anna@example.org>", "The council"));
}

static void test_a_slip_of_the_finger_is_near_its_word(void **state)
{
	static const struct {
		const char *typed, *meant;
	} pairs[] = {{"evalute", "evaluate"},
		     {"EVALUATE", "evaluate"},
		     {"evlauate", "evaluate"},
		     {"appadd", "app add"},
		     {"sav", "save"},
		     {"asve", "save"},
		     {"frobnicate", NULL},
		     {"", NULL},
		     {"x", NULL},
		     {"saev it", NULL}};
	char longest[80];
	fria_strings names = FRIA_STRINGS_INIT;
	(void)state;
	fria_strings_add(&names, "evaluate");
	fria_strings_add(&names, "save");
	fria_strings_add(&names, "app add");
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *near = fria_nearest(&names, pairs[i].typed);
		if (pairs[i].meant)
			assert_string_equal(near, pairs[i].meant);
		else
			assert_null(near);
	}
	fria_strings_dispose(&names);
	assert_int_equal(fria_distance("", ""), 0);
	assert_int_equal(fria_distance("abc", ""), 3);
	assert_int_equal(fria_distance("kitten", "sitting"), 3);
	assert_int_equal(fria_distance("ab", "ba"), 1);
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	assert_true(fria_distance(longest, "a") == SIZE_MAX);
}

static void test_a_message_asks_what_was_meant(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf text = FRIA_BUF_INIT;
	(void)state;
	fria_fail(&err, FRIA_EINPUT, FRIA_W_cli_bad_lang, "value", "nk", "near",
		  "nl", NULL);
	fria_error_text(&text, &err, FRIA_NL);
	assert_string_equal(text.text, "\"nk\" is geen taal; kies nl of en. "
				       "Bedoelt u \"nl\"?");
	fria_error_clear(&err);
	fria_buf_clear(&text);
	fria_fail(&err, FRIA_EINPUT, FRIA_W_cli_bad_lang, "value", "xx", "near",
		  NULL, NULL);
	fria_error_text(&text, &err, FRIA_EN);
	assert_string_equal(text.text, "\"xx\" is no language; choose nl or "
				       "en.");
	fria_buf_dispose(&text);
}

/* It is no lack of memory, though errno says so. */
/* The reason in our words; what nobody knows, and what the other computer says
 * itself, as it was said. */
static void test_what_git_says_is_said_in_our_words(void **state)
{
	static const struct {
		const char *git, *nl;
	} told[] = {
	    {"fatal: unable to access 'https://x/': Could not resolve host: x",
	     "Dat lukte niet bij x. Reden: de computer in dat adres is niet te "
	     "vinden: het adres klopt niet, of er is geen netwerk."},
	    {"fatal: 'x' does not appear to be a git repository\n"
	     "fatal: Could not read from remote repository.",
	     "Dat lukte niet bij x. Reden: daar is geen repository, of u mag "
	     "haar niet zien."},
	    {"failed to open 'x': Permission denied",
	     "Dat lukte niet bij x. Reden: u mag daar niet bij, of niet "
	     "schrijven."},
	    {"failed to read 'x': Is a directory",
	     "Dat lukte niet bij x. Reden: het is een map."},
	    {"something else",
	     "Dat lukte niet bij x. git zegt: \"something else\"."},
	    {"one thing\nand another", "Dat lukte niet bij x. git zegt:\n"
				       "  one thing\n  and another"},
	    {"remote: not you\nerror: 403: returned error: 403",
	     "Dat lukte niet bij x. Reden: u mag daar niet bij, of niet "
	     "schrijven. git zegt:\n  remote: not you\n"
	     "  error: 403: returned error: 403"}};
	fria_buf b = FRIA_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		fria_buf_clear(&b);
		fria_say(&b, FRIA_NL, FRIA_W_store_git, "path", "x", "git",
			 told[i].git, NULL);
		assert_string_equal(b.text, told[i].nl);
	}
	fria_buf_dispose(&b);
}

static void test_a_heap_that_meets_something_goes_on_elsewhere(void **state)
{
	(void)state;
	uintptr_t end = ((uintptr_t)sbrk(0) + 0xffff) & ~(uintptr_t)0xffff;
	void *kept[100];
	void *wall =
	    mmap((void *)end, 0x1000, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	assert_ptr_equal(wall, (void *)end);
	errno = 0;
	for (size_t i = 0; i < 100; i++)
		kept[i] = fria_malloc(0x10000);
	assert_int_equal(errno, 0);
	for (size_t i = 0; i < 100; i++)
		free(kept[i]);
	munmap(wall, 0x1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_person_and_who_looks_like_it),
	    cmocka_unit_test(test_a_slip_of_the_finger_is_near_its_word),
	    cmocka_unit_test(test_a_message_asks_what_was_meant),
	    cmocka_unit_test(test_a_buffer_grows_and_empties),
	    cmocka_unit_test(
		test_every_sentence_has_the_same_parts_in_both_languages),
	    cmocka_unit_test(test_a_sentence_is_filled_in),
	    cmocka_unit_test(
		test_a_part_of_a_sentence_is_left_out_without_its_value),
	    cmocka_unit_test(test_what_is_counted_reads_well_for_one),
	    cmocka_unit_test(test_a_part_stands_where_its_value_is_not_given),
	    cmocka_unit_test(
		test_errors_and_findings_name_no_command_on_a_page),
	    cmocka_unit_test(test_the_first_error_wins_and_long_parts_are_cut),
	    cmocka_unit_test(test_findings_know_the_worst),
	    cmocka_unit_test(test_moments),
	    cmocka_unit_test(test_durations_keep_to_the_end_of_the_month),
	    cmocka_unit_test(test_ids_lead_nowhere_else),
	    cmocka_unit_test(test_a_file_is_replaced_whole),
	    cmocka_unit_test(test_what_a_program_says_is_caught),
	    cmocka_unit_test(test_a_program_that_is_not_there_is_named),
	    cmocka_unit_test(test_a_program_is_kept_within_bounds),
	    cmocka_unit_test(test_a_program_ends_with_us),
	    cmocka_unit_test(test_what_git_says_is_said_in_our_words),
	    cmocka_unit_test(
		test_a_heap_that_meets_something_goes_on_elsewhere)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
