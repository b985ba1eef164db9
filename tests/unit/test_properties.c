/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What holds in every world: random questionnaires with groups, rows,
 * conditions and edges, an application that moves, and people who answer. That
 * each state is right is for test_states.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judged.h"

/* The whole result as text. */
static char *written(const judged *j)
{
	const fria_evaluation_place place = {"app/own", NULL};
	json_t *json = fria_evaluation_json(&j->own, &j->input, &place);
	fria_buf text = FRIA_BUF_INIT;
	fria_json_write(&text, json);
	json_decref(json);
	return fria_buf_detach(&text);
}

static char *evaluated(const world *w)
{
	judged j;
	evaluate(&j, w);
	char *text = written(&j);
	dispose(&j);
	return text;
}

static char *bytes_of(const json_t *json)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_json_write(&text, json);
	return fria_buf_detach(&text);
}

/* Written and read again, as another process would have it. */
static json_t *read_again(const json_t *json)
{
	char *text = bytes_of(json);
	json_t *out = NULL;
	assert_int_equal(fria_json_parse(&out, "t", text, strlen(text), NULL),
			 0);
	free(text);
	return out;
}

static void assert_same(char *one, char *two, unsigned seed)
{
	if (strcmp(one, two) != 0)
		fail_msg("seed %u: %s\nis not\n%s", seed, one, two);
	free(one);
	free(two);
}

static void test_the_same_gives_the_same_and_nothing_is_touched(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w, again;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		char *doc = bytes_of(w.own.doc);
		char *application = bytes_of(w.application);
		char *first = evaluated(&w);
		assert_same(doc, bytes_of(w.own.doc), seed);
		assert_same(application, bytes_of(w.application), seed);
		again = w;
		again.own.other = &again.other;
		again.application = read_again(w.application);
		again.own.doc = read_again(w.own.doc);
		again.other.doc = read_again(w.other.doc);
		assert_same(first, evaluated(&again), seed);
		json_decref(again.application);
		json_decref(again.own.doc);
		json_decref(again.other.doc);
		end(&w);
	}
}

/* --- doing what the list says --- */

/* Judges one: the same answer again, or another one. */
static void judge(world *w, side *s, const fria_judgement *j, bool change)
{
	json_t *answer = change
			     ? json_pack("{s:o}", "value",
					 random_answer(w, s, j->question.task))
			     : said(j->question.answer);
	char *row = fria_strdup(j->question.row);
	stand_for(w, s, j->question.task, row, answer);
	free(row);
}

/* What stands first in the list of what an answer must wait for. */
static void check_order(const fria_evaluation *e, unsigned seed)
{
	bool *judged_before = fria_calloc(e->n, sizeof *judged_before);
	for (size_t i = 0; i < e->todo_n; i++) {
		const fria_judgement *j = &e->items[e->todo[i]];
		for (size_t k = 0; k < j->because_n; k++)
			if (!judged_before[j->because[k]])
				fail_msg("seed %u: in the wrong order", seed);
		judged_before[e->todo[i]] = true;
	}
	assert_int_equal(e->todo_n, e->counts.stale);
	free(judged_before);
}

static void test_doing_what_the_list_says_ends_in_order(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		for (size_t steps = 0;; steps++) {
			judged j;
			evaluate(&j, &w);
			bool far = j.other.todo_n > 0;
			const fria_evaluation *e = far ? &j.other : &j.own;
			if (steps > j.own.n + j.other.n)
				fail_msg("seed %u: no end to it", seed);
			check_order(&j.own, seed);
			if (e->todo_n)
				judge(&w, far ? &w.other : &w.own,
				      &e->items[e->todo[0]], !dice(&w, 3));
			else if (j.own.counts.suspect || j.other.counts.suspect)
				fail_msg("seed %u: suspect of nothing", seed);
			bool done = !e->todo_n;
			dispose(&j);
			if (done)
				break;
		}
		end(&w);
	}
}

static void confirm_all(world *w, side *s, const fria_evaluation *e)
{
	for (size_t i = 0; i < e->todo_n; i++)
		judge(w, s, &e->items[e->todo[i]], false);
}

/* Early cut-off: what is confirmed as it was puts nothing else in question. */
static void test_confirming_what_is_stale_clears_all(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		judged j;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		evaluate(&j, &w);
		confirm_all(&w, &w.other, &j.other);
		confirm_all(&w, &w.own, &j.own);
		dispose(&j);
		evaluate(&j, &w);
		if (j.own.counts.stale || j.own.counts.suspect ||
		    j.other.counts.stale || j.other.counts.suspect)
			fail_msg("seed %u: not all is cleared", seed);
		dispose(&j);
		end(&w);
	}
}

static void test_confirming_one_clears_that_one_alone(void **state_)
{
	(void)state_;
	size_t confirmed = 0;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		judged before, after;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		evaluate(&before, &w);
		size_t n = before.own.todo_n;
		size_t at = n ? before.own.todo[dice(&w, (unsigned)n)] : 0;
		if (n)
			judge(&w, &w.own, &before.own.items[at], false);
		evaluate(&after, &w);
		for (size_t i = 0; n && i < after.own.n; i++) {
			bool was = before.own.items[i].state == FRIA_STALE;
			bool is = after.own.items[i].state == FRIA_STALE;
			if (is != (was && i != at))
				fail_msg("seed %u: another one moved", seed);
		}
		confirmed += n > 0;
		dispose(&after);
		dispose(&before);
		end(&w);
	}
	assert_true(confirmed > worlds() / 2);
}

/* --- time and again --- */

static void test_going_back_makes_all_as_it_was(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		char *one = evaluated(&w);
		json_t *before = json_deep_copy(w.application);
		for (int n = 0; n < 4; n++)
			change_fact(&w);
		json_t *use = json_object_get(before, "use");
		json_object_set(w.application, "use", use);
		assert_same(one, evaluated(&w), seed);
		json_decref(before);
		end(&w);
	}
}

/* Whoever rests on it sees a crossing since, recovered or not; never before. */
static void test_crossings_stay_until_they_are_judged(void **state_)
{
	(void)state_;
	size_t crossed = 0;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		judged j;
		start(&w, seed);
		json_t *metric =
		    fria_pointer_get(w.application, "/monitoring/m0");
		bool max = !strcmp(fria_json_text(metric, "direction"), "max");
		json_t *series = json_object_get(metric, "series");
		static const int wrong[] = {1, 9}, right = 5;
		evaluate(&j, &w);
		confirm_all(&w, &w.own, &j.own);
		dispose(&j);
		evaluate(&j, &w);
		assert_int_equal(j.own.counts.stale, 0);
		dispose(&j);
		json_array_append_new(series,
				      json_pack("{s:i}", "value", wrong[max]));
		json_array_append_new(series,
				      json_pack("{s:i}", "value", right));
		evaluate(&j, &w);
		for (size_t i = 0; i < j.own.n; i++) {
			const fria_judgement *one = &j.own.items[i];
			const fria_task *t =
			    &w.own.in->tasks[one->question.task];
			bool rests = false;
			for (size_t k = 0; k < t->facts.n; k++)
				rests = rests ||
					reopens(&w.own, t, &t->facts.items[k],
						one->question.row, "m0",
						rules_of(one->question.answer));
			if (one->state < FRIA_ANSWERED)
				continue;
			if ((one->state == FRIA_STALE) != rests)
				fail_msg("seed %u: crossing", seed);
			crossed += rests;
		}
		confirm_all(&w, &w.own, &j.own);
		dispose(&j);
		evaluate(&j, &w);
		assert_int_equal(j.own.counts.stale, 0);
		dispose(&j);
		end(&w);
	}
	assert_true(crossed > worlds() / 2);
}

/* --- two that stood for the same --- */

/* Every answer again, as it is. */
static void stand_again(world *w, side *s)
{
	for (size_t i = 0; i < s->in->order_n; i++) {
		size_t task = s->in->order[i], group = s->in->tasks[task].rows;
		json_t *rows = group == FRIA_NONE
				   ? NULL
				   : fria_assessment_rows(s->doc, s->in, group);
		size_t n = group == FRIA_NONE ? 1 : json_array_size(rows);
		for (size_t k = 0; k < n; k++) {
			const char *row =
			    fria_json_text(json_array_get(rows, k), "id");
			json_t *same = said(
			    fria_assessment_answer(s->doc, s->in, task, row));
			if (same)
				stand_for(w, s, task, row, same);
		}
	}
}

/* Before anybody stood for anything. */
static json_t *without_bases(const side *s)
{
	json_t *doc = json_deep_copy(s->doc);
	fria_questions all;
	fria_questions_list(&all, s->in, doc);
	for (size_t i = 0; i < all.n; i++)
		json_object_del((json_t *)(uintptr_t)all.items[i].answer,
				"basis");
	fria_questions_dispose(&all);
	return doc;
}

/* Where one stood for what is there now, that is what is kept of the two. */
static void test_of_two_bases_the_one_that_holds_is_kept(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		judged j;
		fria_merge merged;
		start(&w, seed);
		json_t *base = without_bases(&w.own);
		json_t *before = json_deep_copy(w.application);
		stand_again(&w, &w.own);
		json_t *there = json_deep_copy(w.own.doc);
		for (int n = 0; n < 3; n++) {
			change_fact(&w);
			change_list(&w);
			change_limit(&w);
		}
		stand_again(&w, &w.own);
		json_t *here = json_incref(w.own.doc);
		for (int then = 0; then < 2; then++) {
			json_t *now = w.application;
			w.application = then ? before : now;
			bool turned = dice(&w, 2);
			const fria_merge_input input = {
			    .base = base,
			    .ours = turned ? there : here,
			    .theirs = turned ? here : there,
			    .instrument = w.own.in,
			    .application = w.application};
			fria_merge_make(&merged, &input);
			assert_int_equal(merged.n, 0);
			w.own.doc = merged.document;
			evaluate(&j, &w);
			for (size_t i = 0; i < j.own.n; i++)
				for (size_t k = 0; k < j.own.items[i].n; k++)
					if (j.own.items[i].reasons[k].kind ==
					    FRIA_BY_FACT)
						fail_msg("seed %u: kept", seed);
			dispose(&j);
			w.own.doc = here;
			w.application = now;
			fria_merge_dispose(&merged);
		}
		json_decref(base);
		json_decref(there);
		json_decref(here);
		json_decref(before);
		end(&w);
	}
}

/* --- befores --- */

static json_t *kept_facts;

static const json_t *facts_kept(void *data, const char *blob)
{
	(void)data;
	(void)blob;
	return kept_facts;
}

static json_t *answer_kept(void *data, const char *digest)
{
	(void)data;
	return json_pack("{s:s}", "value", digest);
}

static void drop_befores(json_t *evaluation)
{
	size_t i, k;
	json_t *task, *reason;
	json_array_foreach(json_object_get(evaluation, "tasks"), i, task) {
		json_array_foreach(json_object_get(task, "reasons"), k, reason)
			if (strcmp(fria_json_text(reason, "kind"),
				   "monitoring") != 0)
				json_object_del(reason, "before");
	}
}

static char *without_befores(const world *w, bool lost)
{
	const fria_evaluation_place place = {"app/own", NULL};
	judged j;
	evaluate(&j, w);
	if (!lost) {
		fria_evaluation_dispose(&j.own);
		j.input.facts_at = facts_kept;
		j.input.answer_was = answer_kept;
		fria_evaluate(&j.own, &j.input);
	}
	json_t *json = fria_evaluation_json(&j.own, &j.input, &place);
	drop_befores(json);
	char *text = bytes_of(json);
	json_decref(json);
	dispose(&j);
	return text;
}

static void test_a_lost_before_costs_its_text_alone(void **state_)
{
	(void)state_;
	size_t shown = 0;
	for (unsigned seed = 1; seed <= worlds(); seed++) {
		world w;
		start(&w, seed);
		kept_facts = json_deep_copy(w.application);
		for (int n = 0; n < 2 * EDITS; n++)
			edit(&w);
		char *lost = evaluated(&w);
		shown += strstr(lost, "\"kind\": \"fact\"") != NULL;
		free(lost);
		assert_same(without_befores(&w, true),
			    without_befores(&w, false), seed);
		json_decref(kept_facts);
		end(&w);
	}
	assert_true(shown > worlds() / 3);
}

/* Before the first version suspicion is a hint, and the same answers have it.
 */
static void test_before_a_version_suspicion_is_a_hint(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds() / 2; seed++) {
		world w;
		judged j;
		fria_evaluation early;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		evaluate(&j, &w);
		j.input.adopted = false;
		fria_evaluate(&early, &j.input);
		assert_int_equal(early.counts.suspect, 0);
		assert_int_equal(early.counts.stale, j.own.counts.stale);
		for (size_t i = 0; i < early.n; i++)
			if (early.items[i].hint !=
			    (j.own.items[i].state == FRIA_SUSPECT))
				fail_msg("seed %u: hint", seed);
		fria_evaluation_dispose(&early);
		dispose(&j);
		end(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		test_the_same_gives_the_same_and_nothing_is_touched),
	    cmocka_unit_test(test_doing_what_the_list_says_ends_in_order),
	    cmocka_unit_test(test_confirming_what_is_stale_clears_all),
	    cmocka_unit_test(test_confirming_one_clears_that_one_alone),
	    cmocka_unit_test(test_going_back_makes_all_as_it_was),
	    cmocka_unit_test(test_crossings_stay_until_they_are_judged),
	    cmocka_unit_test(test_of_two_bases_the_one_that_holds_is_kept),
	    cmocka_unit_test(test_a_lost_before_costs_its_text_alone),
	    cmocka_unit_test(test_before_a_version_suspicion_is_a_hint)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
