/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Told once, by what changed: in random worlds every question stands once, and
 * nothing before what it rests on; and what of a change an answer still says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judged.h"

/* --- every question once, and in order --- */

/* Everything that went before it has been judged; else the seed is named. */
static void check_order(const fria_evaluation *e, unsigned seed)
{
	size_t *told = calloc(e->n + 1, sizeof *told), stale = 0, suspect = 0;
	bool *done = calloc(e->n + 1, sizeof *done);
	for (size_t c = 0; c < e->causes.n; c++) {
		const fria_cause *cause = &e->causes.items[c];
		for (size_t i = 0; i < cause->tasks.n; i++) {
			size_t at = cause->tasks.items[i];
			const fria_judgement *j = &e->items[at];
			assert_int_equal(j->state, FRIA_STALE);
			for (size_t k = 0; k < j->because_n; k++)
				if (!done[j->because[k]])
					fail_msg("seed %u: %zu before %zu",
						 seed, at, j->because[k]);
			done[at] = true;
			told[at]++;
			stale++;
		}
		for (size_t i = 0; i < cause->suspects.n; i++) {
			size_t at = cause->suspects.items[i];
			const fria_judgement *j = &e->items[at];
			assert_int_equal(j->state, FRIA_SUSPECT);
			for (size_t k = 0; k < j->because_n; k++)
				if (!done[j->because[k]])
					fail_msg("seed %u: behind %zu too soon",
						 seed, at);
			told[at]++;
			suspect++;
		}
	}
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		bool near = j->state == FRIA_STALE ||
			    (j->state == FRIA_SUSPECT && j->because_n);
		if (told[i] != near)
			fail_msg("seed %u: %zu is told %zu times", seed, i,
				 told[i]);
		suspect += j->state == FRIA_SUSPECT && !j->because_n;
	}
	assert_int_equal(stale, e->counts.stale);
	assert_int_equal(suspect, e->counts.suspect);
	free(told);
	free(done);
}

static bool has(const fria_positions *list, size_t judgement)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] == judgement)
			return true;
	return false;
}

/* A reason and its cause say the same of the same; two causes never do. */
static void check_reasons(const fria_evaluation *e, unsigned seed)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < e->items[i].n; k++) {
			const fria_reason *r = &e->items[i].reasons[k];
			assert_true(r->cause < e->causes.n);
			const fria_cause *c = &e->causes.items[r->cause];
			assert_int_equal(c->kind, r->kind);
			assert_true(c->before == r->before ||
				    json_equal(c->before, r->before));
			assert_true(c->after == r->after ||
				    json_equal(c->after, r->after));
			assert_true(has(&c->touched, i));
		}
	for (size_t i = 0; i < e->causes.n; i++) {
		const fria_cause *c = &e->causes.items[i];
		assert_true(c->touched.n > 0);
		if (fria_cause_find(&e->causes, c->id) != i)
			fail_msg("seed %u: two causes are %s", seed, c->id);
		if (c->under != FRIA_NONE)
			assert_true(!c->tasks.n && c->kind == FRIA_BY_EVENT);
	}
}

static void test_each_question_once_after_what_it_rests_on(void **state)
{
	(void)state;
	size_t causes = 0, shared = 0;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++) {
			judged j;
			edit(&w);
			evaluate(&j, &w);
			fria_causes_find(&j.own, &j.input);
			/* Asked again it gives the same. */
			fria_causes_find(&j.own, &j.input);
			check_order(&j.own, seed);
			check_reasons(&j.own, seed);
			causes += j.own.causes.n;
			for (size_t i = 0; i < j.own.causes.n; i++)
				shared += j.own.causes.items[i].touched.n > 1;
			dispose(&j);
		}
		end(&w);
	}
	assert_true(causes > worlds() && shared > worlds());
}

/* --- going through them --- */

/* Stands for one answer again, as confirm does. */
static void judge_again(world *w, const fria_judgement *j)
{
	json_t *answer = said(j->question.answer);
	char *row = j->question.row ? strdup(j->question.row) : NULL;
	stand_for(w, &w->own, j->question.task, row, answer);
	free(row);
}

/* Whatever is judged first of what is told, what is left never says that it
 * should have been another. */
static void test_gone_through_in_order_nothing_is_left(void **state)
{
	(void)state;
	size_t judged_again = 0;
	for (unsigned seed = 1; seed <= worlds() / 4 + 1; seed++) {
		world w;
		judged j;
		start(&w, seed);
		for (int n = 0; n < 2 * EDITS; n++)
			edit(&w);
		for (size_t steps = 0;; steps++) {
			evaluate(&j, &w);
			fria_causes_find(&j.own, &j.input);
			size_t at = FRIA_NONE;
			for (size_t c = 0;
			     c < j.own.causes.n && at == FRIA_NONE; c++)
				if (j.own.causes.items[c].tasks.n)
					at = j.own.causes.items[c]
						 .tasks.items[0];
			if (at == FRIA_NONE)
				break;
			assert_int_equal(j.own.items[at].because_n, 0);
			assert_true(steps < j.own.n);
			judge_again(&w, &j.own.items[at]);
			dispose(&j);
			judged_again++;
		}
		assert_int_equal(j.own.counts.stale, 0);
		dispose(&j);
		end(&w);
	}
	assert_true(judged_again > worlds() / 4);
}

/* --- what fell away and is still said --- */

static fria_instrument *about_data(void)
{
	return parse(json_pack("{s:s, s:s, s:s, s:[{s:s, s:s, s:[s], s:[s]}]}",
			       "urn", "urn:nl:t", "version", "1.0", "name", "T",
			       "tasks", "id", "1", "task", "Welke?", "type",
			       "open_text", "facts", "/use/data"));
}

static const json_t *facts_before(void *data, const char *blob)
{
	assert_string_equal(blob, "41ab");
	return data;
}

/* The words of the one answer that a change of /use/data takes away. */
static void words_of(fria_strings *out, const char *before, const char *after,
		     const char *answer)
{
	world w = {.own = {.name = "own"}};
	w.own.in = about_data();
	w.own.doc = fria_assessment_new(w.own.in, "app", FRIA_NL);
	json_t *was = json_pack("{s:s, s:s, s:{s:[{s:s}]}}", "id", "app",
				"release", "1", "use", "data", "name", before);
	w.application = was;
	stand_for(&w, &w.own, 0, NULL, json_pack("{s:s}", "value", answer));
	w.application = json_pack("{s:s, s:s, s:{s:[{s:s}]}}", "id", "app",
				  "release", "2", "use", "data", "name", after);
	fria_evaluation e;
	fria_evaluation_input input = input_of(&w, &w.own);
	input.facts_at = facts_before;
	input.data = was;
	fria_evaluate(&e, &input);
	fria_causes_find(&e, &input);
	assert_int_equal(e.causes.n, 1);
	*out = (fria_strings)FRIA_STRINGS_INIT;
	for (size_t i = 0; i < e.causes.items[0].mentions_n; i++)
		for (size_t k = 0; k < e.causes.items[0].mentions[i].words.n;
		     k++)
			fria_strings_add(
			    out, e.causes.items[0].mentions[i].words.items[k]);
	fria_evaluation_dispose(&e);
	json_decref(was);
	json_decref(w.application);
	json_decref(w.own.doc);
	fria_instrument_free(w.own.in);
}

static void test_what_fell_away_and_is_still_said(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after, *answer, *words;
	} cases[] = {
	    /* Whole words, whatever their case; small ones say nothing. */
	    {"Beelden van de camera's op vuilniswagens",
	     "Beelden van telefoons",
	     "De Camera's hangen op Vuilniswagens; de "
	     "camera zelf niet.",
	     "Camera's|Vuilniswagens"},
	    /* What is still there fell not away, wherever it moved. */
	    {"foto en video", "video en audio", "Een video en een foto.",
	     "foto"},
	    /* Numbers as they are worth, not as part of others. */
	    {"detector 1.0, 3.400 foto's en 0,6 zeker",
	     "detector 2.0 met foto's",
	     "Versie 1.0 met 3400 foto's; 11.0 en "
	     "3.401 niet; zeker vanaf 0.6",
	     "1.0|3400|0.6"},
	    /* A day, however it is written. */
	    {"Vastgesteld op 10 maart 2026", "Vastgesteld op 11 maart 2026",
	     "Op 10-3-2026 vastgesteld, en 2026-03-10; 10 maart 2025 was het "
	     "niet. In maart 2026.",
	     "10-3-2026|2026-03-10"},
	    /* The number of an item says nothing. */
	    {"2 modellen", "modellen", "1. een\n2. twee\n\nEr zijn 2 modellen.",
	     "2"},
	    {"Één gemeente, Zuid-Holland", "provincie",
	     "één keer ÉÉN in zuid-holland", "één|ÉÉN|zuid-holland"},
	    {"aan mag over vanaf zullen wagens", "niets",
	     "Aan mag over vanaf zullen, en wagens.", "wagens"},
	    {"ongeveer 30 wagens, bijna helemaal vol", "40 wagens",
	     "Ongeveer 30, bijna helemaal vol.", "30|vol"},
	    {"alles", "niets", "hierover staat hier geen woord", ""}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_strings words;
		fria_buf text = FRIA_BUF_INIT;
		words_of(&words, cases[i].before, cases[i].after,
			 cases[i].answer);
		for (size_t k = 0; k < words.n; k++)
			fria_buf_printf(&text, k ? "|%s" : "%s",
					words.items[k]);
		assert_string_equal(text.n ? text.text : "", cases[i].words);
		fria_buf_dispose(&text);
		fria_strings_dispose(&words);
	}
}

/* What many answers say points nowhere; a name, a number and what few say do.
 */
static void test_a_word_of_many_answers_points_nowhere(void **state)
{
	(void)state;
	world w = {.own = {.name = "own"}};
	json_t *tasks = json_array();
	for (int i = 1; i <= 6; i++)
		json_array_append_new(
		    tasks, json_pack("{s:o, s:s, s:[s], s:[s]}", "id",
				     json_sprintf("%d", i), "task", "Welke?",
				     "type", "open_text", "facts",
				     i == 1 ? "/use/data" : "/use/model"));
	w.own.in =
	    parse(json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t",
			    "version", "1.0", "name", "T", "tasks", tasks));
	w.own.doc = fria_assessment_new(w.own.in, "app", FRIA_NL);
	json_t *was =
	    json_pack("{s:s, s:s, s:{s:[{s:s}]}}", "id", "app", "release", "1",
		      "use", "data", "name", "foto wagen Zuid 12");
	w.application = was;
	for (size_t i = 0; i < 6; i++)
		stand_for(&w, &w.own, i, NULL,
			  json_pack("{s:s}", "value",
				    i ? "Een foto uit Zuid, 12 keer."
				      : "De foto, in Zuid uit een wagen, 12."));
	w.application =
	    json_pack("{s:s, s:s, s:{s:[{s:s}]}}", "id", "app", "release", "2",
		      "use", "data", "name", "niets");
	fria_evaluation e;
	fria_evaluation_input input = input_of(&w, &w.own);
	input.facts_at = facts_before;
	input.data = was;
	fria_evaluate(&e, &input);
	fria_causes_find(&e, &input);
	assert_int_equal(e.causes.n, 1);
	assert_int_equal(e.causes.items[0].mentions_n, 1);
	const fria_strings *words = &e.causes.items[0].mentions[0].words;
	assert_int_equal(words->n, 3);
	assert_string_equal(words->items[0], "Zuid");
	assert_string_equal(words->items[1], "wagen");
	assert_string_equal(words->items[2], "12");
	fria_evaluation_dispose(&e);
	json_decref(was);
	json_decref(w.application);
	json_decref(w.own.doc);
	fria_instrument_free(w.own.in);
}

static const json_t *any_before(void *data, const char *blob)
{
	(void)blob;
	return data;
}

/* Of each change what it took away itself, however many touch an answer. */
static void test_each_change_has_its_own_words(void **state)
{
	(void)state;
	world w = {.own = {.name = "own"}};
	w.own.in = parse(
	    json_pack("{s:s, s:s, s:s, s:[{s:s, s:s, s:[s], s:[s, s]}, "
		      "{s:s, s:s, s:[s], s:[s]}]}",
		      "urn", "urn:nl:t", "version", "1.0", "name", "T", "tasks",
		      "id", "1", "task", "Welke?", "type", "open_text", "facts",
		      "/use/data", "/use/model", "id", "2", "task", "En?",
		      "type", "open_text", "facts", "/use/model"));
	w.own.doc = fria_assessment_new(w.own.in, "app", FRIA_NL);
	json_t *was =
	    json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", "app", "release", "1",
		      "use", "data", "foto video", "model", "regels boom");
	w.application = was;
	stand_for(&w, &w.own, 0, NULL,
		  json_pack("{s:s}", "value", "Boom, foto, regels en boom."));
	stand_for(&w, &w.own, 1, NULL,
		  json_pack("{s:s}", "value", "Een foto van een boom."));
	w.application =
	    json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", "app", "release", "2",
		      "use", "data", "audio", "model", "boom net");
	fria_evaluation e;
	fria_evaluation_input input = input_of(&w, &w.own);
	input.facts_at = any_before;
	input.data = was;
	fria_evaluate(&e, &input);
	fria_causes_find(&e, &input);
	assert_int_equal(e.causes.n, 2);
	for (size_t i = 0; i < 2; i++) {
		const fria_cause *c = &e.causes.items[i];
		bool data = !strcmp(c->what, "/use/data");
		assert_int_equal(c->mentions_n, 1);
		assert_int_equal(c->mentions[0].judgement, 0);
		assert_int_equal(c->mentions[0].words.n, 1);
		assert_string_equal(c->mentions[0].words.items[0],
				    data ? "foto" : "regels");
	}
	fria_evaluation_dispose(&e);
	json_decref(was);
	json_decref(w.application);
	json_decref(w.own.doc);
	fria_instrument_free(w.own.in);
}

/* --- the pieces of a text --- */

static void test_pieces_of_a_text(void **state)
{
	(void)state;
	static const struct {
		const char *text, *pieces;
	} cases[] = {
	    {"De camera's, (maar) niet.",
	     "De| |camera's|,| |(|maar|)| |niet|."},
	    {"1.0, 3.400,50 en 7-9", "1.0|,| |3.400,50| |en| |7-9"},
	    {"\xE2\x80\x9C"
	     "e-mail\xE2\x80\x9D \xE2\x80\x93 gemeente.nl",
	     "\xE2\x80\x9C|e-mail|\xE2\x80\x9D| |\xE2\x80\x93| |gemeente.nl"},
	    {"**foto**\n\n x", "*|*|foto|*|*|\n\n |x"},
	    {"foto's\xE2\x80\x99 a,b 2,5%", "foto's|\xE2\x80\x99| |a|,|b| "
					    "|2,5|%"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_buf out = FRIA_BUF_INIT;
		for (const char *at = cases[i].text; *at;) {
			fria_token_kind kind;
			size_t n = fria_token_next(&kind, at);
			fria_buf_puts(&out, at > cases[i].text ? "|" : "");
			fria_buf_put(&out, at, n);
			at += n;
		}
		assert_string_equal(out.text, cases[i].pieces);
		fria_buf_dispose(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_question_once_after_what_it_rests_on),
	    cmocka_unit_test(test_gone_through_in_order_nothing_is_left),
	    cmocka_unit_test(test_what_fell_away_and_is_still_said),
	    cmocka_unit_test(test_each_change_has_its_own_words),
	    cmocka_unit_test(test_a_word_of_many_answers_points_nowhere),
	    cmocka_unit_test(test_pieces_of_a_text)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
