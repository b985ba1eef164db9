/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answer files of the official form: what goes out comes in again as it was,
 * with rows that follow rows, yes and no, and options whose value is null.
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

static unsigned seed = 1;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

#define FOLLOWS(id)                                                            \
	"\"repeatable\":true,\"dependencies\":[{\"type\":\"instance_mapping\"" \
	",\"source\":{\"id\":\"" id "\"}}],"
#define GROUP(id, more, tasks)                                                 \
	"{\"id\":\"" id "\",\"task\":\"g\",\"type\":[\"task_group\"]," more    \
	"\"tasks\":[" tasks "]}"
#define TEXT(id) "{\"id\":\"" id "\",\"task\":\"t\",\"type\":[\"open_text\"]}"
#define CHOICE(id, type)                                                       \
	"{\"id\":\"" id "\",\"task\":\"c\",\"type\":[\"" type                  \
	"\"],\"options\":[{\"value\":true},{\"value\":false},{\"value\":"      \
	"null},{\"value\":\"ja, mits\"}]}"

/* 10.2 follows 10.1, which follows 3.1; all of them as texts come first. */
static fria_instrument *instrument(void)
{
	static const char text[] =
	    "{\"urn\":\"urn:x:vorm\",\"version\":\"1.0\",\"tasks\":["
	    /* */ GROUP("1", "", TEXT("1.1") "," CHOICE("1.2", "radio_option"))
	    /* */ "," GROUP(
		"3", "",
		GROUP("3.1", "\"repeatable\":true,",
		      TEXT("3.1.1") "," CHOICE("3.1.2", "radio_option")))
	    /* */ "," GROUP(
		"10", "",
		GROUP("10.1", FOLLOWS("3.1.1"), TEXT("10.1.1")) "," GROUP(
		    "10.2", FOLLOWS("10.1.1"), TEXT("10.2.1"))) "]}";
	json_t *json = NULL;
	fria_instrument *in = NULL;
	assert_int_equal(fria_json_parse(&json, "i", text, strlen(text), NULL),
			 0);
	assert_int_equal(fria_instrument_parse(&in, "i", json, NULL), 0);
	json_decref(json);
	return in;
}

static json_t *any_value(const fria_task *t)
{
	if (t->kind == FRIA_TEXT)
		return json_sprintf("tekst %u", dice(4));
	switch (dice(4)) {
	case 0:
		return json_true();
	case 1:
		return json_false();
	case 2:
		return json_null();
	default:
		return json_string("ja, mits");
	}
}

static void answer(json_t *assessment, const fria_instrument *in,
		   const char *id, const char *row)
{
	size_t task = fria_instrument_find(in, id);
	json_t *one = json_pack(
	    "{s:o, s:{s:s, s:s}}", "value", any_value(&in->tasks[task]),
	    "basis", "by", "A <a@example.org>", "at", "2026-03-01T10:00:00Z");
	size_t group = in->tasks[task].rows;
	if (row)
		fria_assessment_row_need(assessment, in, group, row);
	fria_assessment_put(assessment, in, task, row, one);
	json_decref(one);
}

static json_t *any_assessment(const fria_instrument *in)
{
	json_t *out = fria_assessment_new(in, "app", FRIA_NL);
	static const char *const follow[] = {"3.1.2", "10.1.1", "10.2.1"};
	size_t group = fria_instrument_find(in, "3.1");
	if (dice(2))
		answer(out, in, "1.1", NULL);
	if (dice(2))
		answer(out, in, "1.2", NULL);
	for (unsigned n = dice(5); n; n--) {
		char *row =
		    fria_strdup(fria_assessment_row_add(out, in, group));
		answer(out, in, "3.1.1", row);
		for (size_t i = 0; i < 3; i++)
			if (dice(2))
				answer(out, in, follow[i], row);
		free(row);
	}
	return out;
}

static size_t take(json_t *into, const fria_instrument *in, const json_t *file)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_placing p = {.instrument = in,
			  .assessment = into,
			  .file = "f.json",
			  .lang = FRIA_EN,
			  .findings = &findings};
	assert_int_equal(fria_official_place(&p, file, NULL), 0);
	fria_placing_end(&p);
	if (findings.n) {
		fria_buf said = FRIA_BUF_INIT;
		fria_finding_text(&said, &findings.items[0], FRIA_EN);
		fail_msg("%s", said.text);
	}
	fria_findings_dispose(&findings);
	return p.placed;
}

static json_t *given_out(const fria_instrument *in, const json_t *assessment)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	const fria_evaluation_input input = {
	    .instrument = in, .assessment = assessment, .name = "f"};
	json_t *file = fria_official_form(&findings, &input, NULL, NULL, 0);
	assert_int_equal(findings.n, 0);
	return file;
}

/* Everything that the form has is text. */
static void assert_texts(const json_t *value)
{
	const char *key;
	json_t *part;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)value, i, part)
		assert_texts(part);
	json_object_foreach((json_t *)(uintptr_t)value, key, part) {
		if (strcmp(key, "_index") != 0)
			assert_texts(part);
	}
	if (!json_is_array(value) && !json_is_object(value))
		assert_true(json_is_string(value));
}

static void what_goes_out_comes_in(void **state)
{
	(void)state;
	fria_instrument *in = instrument();
	for (int round = 0; round < 400; round++) {
		json_t *one = any_assessment(in), *before = json_deep_copy(one);
		json_t *other = fria_assessment_new(in, "app", FRIA_NL);
		json_t *file = given_out(in, one);
		assert_texts(json_object_get(file, "answers"));
		assert_int_equal(take(one, in, file), 0);
		assert_true(json_equal(one, before));
		take(other, in, file);
		json_t *again = given_out(in, other);
		/* Who and when are the file's own: nobody stands for them. */
		const char *key;
		json_t *a = json_object_get(file, "answers");
		json_t *b = json_object_get(again, "answers"), *value;
		json_object_foreach(a, key, value) {
			json_t *theirs = json_object_get(b, key);
			assert_int_equal(json_array_size(value),
					 json_array_size(theirs));
			assert_true(theirs != NULL);
		}
		assert_int_equal(json_object_size(a), json_object_size(b));
		/* Nobody is out of sight: each answer is in a row that is. */
		assert_int_equal(take(other, in, file), 0);
		assert_int_equal(take(one, in, again), 0);
		json_decref(again);
		json_decref(file);
		json_decref(other);
		json_decref(before);
		json_decref(one);
	}
	fria_instrument_free(in);
}

/* A row that is moved, in the file, keeps its id, and what follows it too. */
static void a_row_is_known_by_what_it_says(void **state)
{
	(void)state;
	fria_instrument *in = instrument();
	json_t *one = fria_assessment_new(in, "app", FRIA_NL);
	size_t group = fria_instrument_find(in, "3.1");
	size_t follows = fria_instrument_find(in, "10.2");
	assert_int_equal(in->tasks[follows].mapped, group);
	static const char text[] =
	    "{\"metadata\":{},\"answers\":{\"10.2\":[{\"_index\":1,\"10.2.1\":"
	    "{\"value\":\"bij B\"}}],\"3.1\":[{\"_index\":0,\"3.1.1\":{"
	    "\"value\":\"A\"}},{\"_index\":1,\"3.1.1\":{\"value\":\"B\"}}]}}";
	static const char turned[] =
	    "{\"metadata\":{},\"answers\":{\"10.2\":[{\"_index\":0,\"10.2.1\":"
	    "{\"value\":\"bij B\"}}],\"3.1\":[{\"_index\":1,\"3.1.1\":{"
	    "\"value\":\"A\"}},{\"_index\":0,\"3.1.1\":{\"value\":\"B\"}}]}}";
	json_t *file = json_loads(text, 0, NULL);
	json_t *other = json_loads(turned, 0, NULL);
	assert_int_equal(take(one, in, file), 3);
	json_t *before = json_deep_copy(one);
	assert_int_equal(take(one, in, other), 0);
	assert_true(json_equal(one, before));
	json_decref(before);
	json_decref(file);
	json_decref(other);
	json_decref(one);
	fria_instrument_free(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_goes_out_comes_in),
	    cmocka_unit_test(a_row_is_known_by_what_it_says),
	};
	fria_start(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
