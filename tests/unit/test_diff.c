/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Differences between documents: rows, answers, approvals, another
 * questionnaire. The rules hold on thousands of random edits; texts word by
 * word are for test_prose.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "documents.h"

static const char form[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"1.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"1\",\"task\":\"Why?\",\"type\":[\"open_text\"],"
    "\"facts\":[\"/use/area\"]},"
    "{\"id\":\"2\",\"task\":\"Which?\",\"type\":[\"select_option\"],"
    "\"options\":[{\"value\":\"a\",\"label\":\"A\"},"
    "{\"value\":\"b\",\"label\":\"B\"}],\"rests\":[\"1\"]},"
    "{\"id\":\"3\",\"task\":\"Groups\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"tasks\":["
    "{\"id\":\"3.1\",\"task\":\"Who?\",\"type\":[\"open_text\"]},"
    "{\"id\":\"3.2\",\"task\":\"What?\",\"type\":[\"open_text\"]}]},"
    "{\"id\":\"4\",\"task\":\"Measures\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"measure\":{\"status\":\"4.stand\"},\"tasks\":["
    "{\"id\":\"4.1\",\"task\":\"What is done?\",\"type\":[\"open_text\"]},"
    "{\"id\":\"4.stand\",\"task\":\"How far?\",\"type\":[\"open_text\"],"
    "\"extension\":true,\"required\":false}]}]}";

/* The same questions, later: 1 is 2 and 2 is 1; 3.2 is gone. */
static const char later[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"2.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"1\",\"task\":\"Which?\",\"type\":[\"select_option\"],"
    "\"options\":[{\"value\":\"a\",\"label\":\"A\"},"
    "{\"value\":\"b\",\"label\":\"B\"}],\"migrates\":[\"2\"]},"
    "{\"id\":\"2\",\"task\":\"Why?\",\"type\":[\"open_text\"],"
    "\"migrates\":[\"1\"]},"
    "{\"id\":\"5\",\"task\":\"Groups\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"migrates\":[\"3\"],\"tasks\":["
    "{\"id\":\"5.1\",\"task\":\"Who?\",\"type\":[\"open_text\"],"
    "\"migrates\":[\"3.1\"]}]}]}";

static fria_instrument *questions(const char *text)
{
	fria_instrument *in = NULL;
	json_t *json = NULL;
	assert_int_equal(
	    fria_json_parse(&json, "form", text, strlen(text), NULL), 0);
	assert_int_equal(fria_instrument_parse(&in, "form", json, NULL), 0);
	json_decref(json);
	return in;
}

typedef struct {
	fria_evaluation a, b;
	fria_evaluation_input input[2];
	fria_diff diff;
} compared;

static void compare(compared *out, const fria_instrument *in[2],
		    const documents *from, const documents *to, bool whole)
{
	const documents *d[] = {from, to};
	fria_side sides[2];
	for (int i = 0; i < 2; i++) {
		out->input[i] =
		    (fria_evaluation_input){.instrument = in[i],
					    .assessment = d[i]->assessment,
					    .application = d[i]->application,
					    .name = "a/t",
					    .adopted = true};
		fria_evaluate(i ? &out->b : &out->a, &out->input[i]);
		sides[i] = (fria_side){.instrument = in[i],
				       .assessment = d[i]->assessment,
				       .application = d[i]->application,
				       .name = "a/t",
				       .evaluation = !whole ? NULL
						     : i    ? &out->b
							    : &out->a};
	}
	fria_diff_make(&out->diff, &sides[0], &sides[1]);
}

static void finish(compared *c)
{
	fria_diff_dispose(&c->diff);
	fria_evaluation_dispose(&c->a);
	fria_evaluation_dispose(&c->b);
}

static void assert_ordered(const fria_diff *diff)
{
	for (size_t i = 1; i < diff->n; i++)
		assert_true(diff->items[i - 1].weight <= diff->items[i].weight);
}

/* Every change can be told, and counted. */
static void assert_told(const fria_diff *diff)
{
	fria_stats stats;
	size_t all = 0;
	fria_diff_count(&stats, diff);
	for (size_t i = 0; i < stats.n; i++)
		all += stats.items[i].count;
	assert_int_equal(all, diff->n);
	free(stats.items);
	for (size_t i = 0; i < diff->n; i++) {
		fria_buf text = FRIA_BUF_INIT;
		fria_difference_title(&text, diff, &diff->items[i], FRIA_EN);
		fria_difference_value(&text, diff, &diff->items[i], false,
				      FRIA_EN);
		fria_difference_value(&text, diff, &diff->items[i], true,
				      FRIA_EN);
		assert_true(text.n > 0 ||
			    diff->items[i].kind == FRIA_CHANGE_ORIGIN);
		fria_buf_dispose(&text);
	}
	json_t *json = fria_diff_json(diff, "a/t");
	assert_int_equal(json_array_size(json_object_get(json, "changes")),
			 diff->n);
	json_decref(json);
}

static void test_empty_exactly_if_nothing_differs(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	size_t equal = 0;
	for (unsigned n = 1; n <= 4000; n++) {
		seed = n;
		documents a = start();
		for (unsigned k = dice(12); k > 0; k--)
			edit_document(&a);
		documents b = copy(&a);
		for (unsigned k = dice(5); k > 0; k--)
			edit_document(&b);
		json_t *x = substance(&a), *y = substance(&b);
		bool same = json_equal(x, y);
		equal += same;
		for (int whole = 0; whole < 2; whole++) {
			compared c;
			compare(&c, both, &a, &b, whole);
			if (same != (c.diff.n == 0)) {
				fria_buf text = FRIA_BUF_INIT;
				fria_json_write_line(&text, x);
				fria_buf_putc(&text, '\n');
				fria_json_write_line(&text, y);
				print_error("seed %u\n%s\n", n, text.text);
				fria_buf_dispose(&text);
			}
			assert_true(same == (c.diff.n == 0));
			assert_ordered(&c.diff);
			assert_told(&c.diff);
			finish(&c);
		}
		json_decref(x);
		json_decref(y);
		drop(&a);
		drop(&b);
	}
	assert_true(equal > 400 && equal < 3600);
	fria_instrument_free(in);
}

static void test_no_more_rows_move_than_must(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	for (unsigned n = 1; n <= 2000; n++) {
		size_t order[PIECES], moved = 0;
		documents a = start(), b = start();
		seed = n;
		for (size_t i = 0; i < PIECES; i++) {
			order[i] = i;
			json_array_append_new(
			    rows_of(&a, "3"),
			    json_pack("{s:o}", "id",
				      json_sprintf("rij0000%zu", i)));
		}
		for (size_t i = PIECES; i > 1; i--) {
			size_t k = dice((unsigned)i), other = order[k];
			order[k] = order[i - 1];
			order[i - 1] = other;
		}
		for (size_t i = 0; i < PIECES; i++)
			json_array_append(
			    rows_of(&b, "3"),
			    json_array_get(rows_of(&a, "3"), order[i]));
		compared c;
		compare(&c, both, &a, &b, false);
		for (size_t i = 0; i < c.diff.n; i++)
			moved += c.diff.items[i].kind == FRIA_CHANGE_ROW_MOVED;
		assert_int_equal(moved, c.diff.n);
		assert_int_equal(moved, PIECES - longest_rise(order, PIECES));
		finish(&c);
		drop(&a);
		drop(&b);
	}
	fria_instrument_free(in);
}

/* --- where a cause is told --- */

static const char *const names[] = {"/use/a", "/use/b", "x", "y"};

static fria_because random_cause(void)
{
	static const fria_reason_kind kinds[] = {
	    FRIA_BY_FACT, FRIA_BY_ANSWER, FRIA_BY_MONITORING, FRIA_BY_EVENT};
	return (fria_because){!dice(4), kinds[dice(4)], names[dice(4)]};
}

static void random_change(fria_difference *d)
{
	static const fria_change_kind kinds[] = {
	    FRIA_CHANGE_FACT, FRIA_CHANGE_MEASUREMENT, FRIA_CHANGE_EVENT,
	    FRIA_CHANGE_STATE, FRIA_CHANGE_LAPSED};
	*d = (fria_difference){.kind = kinds[dice(5)]};
	const char *name = names[dice(4)];
	if (d->kind == FRIA_CHANGE_FACT)
		d->pointer = fria_strdup(name);
	else if (d->kind == FRIA_CHANGE_MEASUREMENT)
		d->pointer = fria_format("/monitoring/%s", name);
	else if (d->kind == FRIA_CHANGE_EVENT)
		d->key = fria_strdup(name);
	d->after.document = json_pack("{s:b}", "changed", dice(2));
	for (unsigned k = dice(4); k > 0; k--)
		*FRIA_PUSH(&d->because) = random_cause();
	for (unsigned k = dice(3); k > 0; k--)
		fria_lapse_add(&d->lapsed,
			       dice(2) ? FRIA_LAPSE_FACT : FRIA_LAPSE_ANSWER,
			       names[dice(4)]);
}

static bool tells(const fria_difference *d, const fria_because *cause)
{
	if (cause->upstream)
		return false;
	switch (d->kind) {
	case FRIA_CHANGE_FACT:
		return cause->kind == FRIA_BY_FACT &&
		       !strcmp(d->pointer, cause->what);
	case FRIA_CHANGE_MEASUREMENT:
		return cause->kind == FRIA_BY_MONITORING &&
		       !strcmp(d->pointer + strlen("/monitoring/"),
			       cause->what);
	case FRIA_CHANGE_EVENT:
		return cause->kind == FRIA_BY_EVENT &&
		       !strcmp(d->key, cause->what) &&
		       json_is_true(
			   json_object_get(d->after.document, "changed"));
	default:
		return false;
	}
}

/* The slow and plain way: the first that tells it. */
static void refer(bool *told, const fria_diff *diff, const fria_because *cause)
{
	for (size_t i = 0; i < diff->n; i++)
		if (tells(&diff->items[i], cause)) {
			told[i] = true;
			return;
		}
}

static void find_told(bool *told, const fria_diff *diff)
{
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		for (size_t k = 0; k < d->because.n; k++)
			refer(told, diff, &d->because.items[k]);
		for (size_t k = 0; k < d->lapsed.n; k++) {
			const fria_because fact = {false, FRIA_BY_FACT,
						   d->lapsed.items[k].what};
			if (d->lapsed.items[k].kind == FRIA_LAPSE_FACT)
				refer(told, diff, &fact);
		}
	}
}

static void test_what_tells_a_cause_is_found(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 2000; n++) {
		fria_difference items[PIECES];
		fria_diff diff = {.items = items, .n = PIECES};
		fria_diff_places places;
		bool told[PIECES] = {false};
		size_t number = 0;
		seed = n;
		for (size_t i = 0; i < PIECES; i++)
			random_change(&items[i]);
		find_told(told, &diff);
		fria_diff_places_find(&places, &diff);
		for (size_t i = 0; i < PIECES; i++) {
			if (told[i])
				number++;
			assert_int_equal(places.numbers[i],
					 told[i] ? number : 0);
		}
		fria_diff_places_dispose(&places);
		for (size_t i = 0; i < PIECES; i++) {
			free(items[i].pointer);
			free(items[i].key);
			json_decref(items[i].after.document);
			free(items[i].because.items);
			fria_lapses_dispose(&items[i].lapsed);
		}
	}
}

/* --- approvals --- */

static const fria_difference *find_kind(const fria_diff *diff,
					fria_change_kind kind)
{
	for (size_t i = 0; i < diff->n; i++)
		if (diff->items[i].kind == kind)
			return &diff->items[i];
	return NULL;
}

static void approve(documents *d, const fria_instrument *in)
{
	char content[FRIA_CONTENT_SIZE];
	fria_content_digest(content, in, d->assessment, d->application, NULL,
			    "a/t", FRIA_RULES);
	json_object_set_new(
	    d->assessment, "approvals",
	    json_pack("[{s:s, s:s, s:s, s:s, s:s, s:s}]", "role", "accountable",
		      "kind", "decision", "value", "use", "content", content,
		      "by", "B <b@example.org>", "at", "2026-01-01T00:00:00Z"));
}

static void test_a_lapsed_decision_says_what_lapsed_it(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	documents a = start();
	compared c;
	json_t *answers = json_object_get(a.assessment, "answers");
	json_object_set_new(answers, "1", read_json("{\"value\":\"Een\"}"));
	documents b = copy(&a);
	approve(&b, in);
	compare(&c, both, &a, &b, true);
	const fria_difference *d = find_kind(&c.diff, FRIA_CHANGE_APPROVAL);
	assert_non_null(d);
	assert_false(fria_change_has(&d->before));
	finish(&c);
	documents e = copy(&b);
	json_object_set_new(json_object_get(e.assessment, "answers"), "1",
			    read_json("{\"value\":\"Twee\"}"));
	json_object_set_new(json_object_get(e.application, "use"), "area",
			    json_string("Elders"));
	compare(&c, both, &b, &e, true);
	d = find_kind(&c.diff, FRIA_CHANGE_LAPSED);
	assert_non_null(d);
	assert_int_equal(d->weight, FRIA_WEIGHT_DECISION);
	assert_int_equal(d->lapsed.n, 2);
	assert_int_equal(d->lapsed.items[0].kind, FRIA_LAPSE_FACT);
	assert_string_equal(d->lapsed.items[0].what, "/use/area");
	assert_int_equal(d->lapsed.items[1].kind, FRIA_LAPSE_ANSWER);
	assert_string_equal(d->lapsed.items[1].what, "1");
	finish(&c);
	compare(&c, both, &e, &b, true);
	assert_non_null(find_kind(&c.diff, FRIA_CHANGE_RESTORED));
	finish(&c);
	drop(&a);
	drop(&b);
	drop(&e);
	fria_instrument_free(in);
}

static void test_progress_of_a_measure_lapses_nothing(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	documents a = start();
	compared c;
	json_array_append_new(
	    rows_of(&a, "4"),
	    read_json("{\"id\":\"rij00001\",\"4.1\":{\"value\":\"Meten\"},"
		      "\"4.stand\":{\"value\":\"gepland\"}}"));
	approve(&a, in);
	documents b = copy(&a);
	json_object_set_new(json_array_get(rows_of(&b, "4"), 0), "4.stand",
			    read_json("{\"value\":\"uitgevoerd\"}"));
	compare(&c, both, &a, &b, true);
	assert_null(find_kind(&c.diff, FRIA_CHANGE_LAPSED));
	const fria_difference *d = find_kind(&c.diff, FRIA_CHANGE_MEASURE);
	fria_buf title = FRIA_BUF_INIT;
	assert_non_null(d);
	fria_difference_title(&title, &c.diff, d, FRIA_EN);
	assert_string_equal(title.text, "4.stand How far?, row 1: Meten");
	fria_buf_dispose(&title);
	finish(&c);
	drop(&a);
	drop(&b);
	fria_instrument_free(in);
}

/* --- another questionnaire --- */

static void test_a_moved_question_is_not_removed_and_added(void **state)
{
	(void)state;
	fria_instrument *old = questions(form), *new = questions(later);
	const fria_instrument *forth[] = {old, new}, *back[] = {new, old};
	documents a = start(), b = start();
	compared c;
	json_object_set_new(
	    a.assessment, "answers",
	    read_json("{\"1\":{\"value\":\"Tekst een.\"},"
		      "\"2\":{\"value\":\"a\"},\"3\":[{\"id\":\"rij00001\","
		      "\"3.1\":{\"value\":\"Wie\"},"
		      "\"3.2\":{\"value\":\"Weg\"}}]}"));
	json_object_set_new(
	    b.assessment, "answers",
	    read_json("{\"2\":{\"value\":\"Tekst twee.\"},"
		      "\"1\":{\"value\":\"a\"},\"5\":[{\"id\":\"rij00001\","
		      "\"5.1\":{\"value\":\"Wie\"}}]}"));
	compare(&c, forth, &a, &b, false);
	assert_int_equal(c.diff.n, 3);
	assert_int_equal(c.diff.items[0].kind, FRIA_CHANGE_INSTRUMENT);
	assert_int_equal(c.diff.items[1].kind, FRIA_CHANGE_REMOVED);
	assert_string_equal(c.diff.items[1].task, "3.2");
	assert_int_equal(c.diff.items[2].kind, FRIA_CHANGE_CHANGED);
	assert_string_equal(c.diff.items[2].task, "2");
	assert_string_equal(c.diff.items[2].was_task, "1");
	finish(&c);
	compare(&c, back, &b, &a, false);
	assert_int_equal(c.diff.n, 3);
	assert_non_null(find_kind(&c.diff, FRIA_CHANGE_ADDED));
	assert_string_equal(find_kind(&c.diff, FRIA_CHANGE_CHANGED)->was_task,
			    "2");
	finish(&c);
	drop(&a);
	drop(&b);
	fria_instrument_free(old);
	fria_instrument_free(new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty_exactly_if_nothing_differs),
	    cmocka_unit_test(test_no_more_rows_move_than_must),
	    cmocka_unit_test(test_what_tells_a_cause_is_found),
	    cmocka_unit_test(test_a_lapsed_decision_says_what_lapsed_it),
	    cmocka_unit_test(test_progress_of_a_measure_lapses_nothing),
	    cmocka_unit_test(test_a_moved_question_is_not_removed_and_added)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
