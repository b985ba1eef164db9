/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is derived: states, reasons, early cut-off, content, differences. The
 * rules hold on thousands of random questionnaires and edits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../engine/fria.h"
#include "seeds.h"

enum { TASKS = 14, FACTS = 5 };

/* A questionnaire, the facts, and the answers people gave. */
typedef struct {
	unsigned seed;
	fria_instrument *in;
	json_t *application, *assessment;
} world;

static unsigned dice(world *w, unsigned sides)
{
	return (unsigned)rand_r(&w->seed) % sides;
}

static json_t *random_task(world *w, int i)
{
	char id[8];
	snprintf(id, sizeof id, "q%d", i);
	json_t *task = json_pack("{s:s, s:s, s:[s]}", "id", id, "task", id,
				 "type", "open_text");
	json_t *facts = json_array(), *rests = json_array();
	for (int k = 0; k < FACTS; k++)
		if (!dice(w, 4))
			json_array_append_new(facts,
					      json_sprintf("/use/f%d", k));
	for (int k = 0; k < i; k++)
		if (!dice(w, 4))
			json_array_append_new(rests, json_sprintf("q%d", k));
	json_object_set_new(task, "facts", facts);
	json_object_set_new(task, "rests", rests);
	if (i && !dice(w, 5)) {
		char on[8];
		snprintf(on, sizeof on, "q%u", dice(w, (unsigned)i));
		json_object_set_new(task, "dependencies",
				    json_pack("[{s:s, s:{s:s, s:s, s:s}, s:s}]",
					      "type", "conditional",
					      "condition", "id", on, "operator",
					      "equals", "value", "v1", "action",
					      dice(w, 2) ? "show" : "hide"));
	}
	return task;
}

static void stand_for(world *w, size_t task, json_t *value)
{
	const fria_stand stand = {"41ab", "A <a@example.org>", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	json_t *answer = json_pack("{s:o}", "value", value);
	json_object_set_new(answer, "basis",
			    fria_basis(w->in, w->assessment, w->application,
				       &none, task, NULL, answer, &stand,
				       FRIA_RULES));
	fria_assessment_put(w->assessment, w->in, task, NULL, answer);
	json_decref(answer);
}

static json_t *random_value(world *w)
{
	return json_sprintf("v%u", dice(w, 3));
}

static void change_fact(world *w)
{
	char name[16];
	snprintf(name, sizeof name, "/use/f%u", dice(w, FACTS));
	json_t *value = random_value(w);
	assert_int_equal(fria_pointer_set(w->application, name, value, NULL),
			 0);
	json_decref(value);
}

static void start(world *w, unsigned seed)
{
	json_t *tasks = json_array();
	w->seed = seed;
	for (int i = 0; i < TASKS; i++)
		json_array_append_new(tasks, random_task(w, i));
	json_t *json = json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t",
				 "version", "1.0", "name", "T", "tasks", tasks);
	assert_int_equal(fria_instrument_parse(&w->in, "t", json, NULL), 0);
	json_decref(json);
	w->application = json_pack("{s:s}", "id", "app");
	for (int i = 0; i < FACTS; i++)
		change_fact(w);
	w->assessment = fria_assessment_new(w->in, "app", FRIA_NL);
	for (size_t i = 0; i < w->in->n; i++)
		if (dice(w, 10))
			stand_for(w, i, random_value(w));
}

static void end(world *w)
{
	json_decref(w->application);
	json_decref(w->assessment);
	fria_instrument_free(w->in);
}

static void evaluate(fria_evaluation *out, const world *w)
{
	const fria_evaluation_input input = {.instrument = w->in,
					     .assessment = w->assessment,
					     .application = w->application,
					     .adopted = true,
					     .review = {12, 0}};
	fria_evaluate(out, &input);
}

static char *written(const world *w)
{
	const fria_evaluation_input input = {.instrument = w->in,
					     .assessment = w->assessment,
					     .application = w->application,
					     .adopted = true};
	const fria_evaluation_place place = {"app/t", NULL};
	fria_evaluation e;
	fria_buf text = FRIA_BUF_INIT;
	fria_evaluate(&e, &input);
	json_t *json = fria_evaluation_json(&e, &input, &place);
	fria_json_write(&text, json);
	json_decref(json);
	fria_evaluation_dispose(&e);
	return fria_buf_detach(&text);
}

/* Does a basis say the same as now? Looked at apart from the
 * evaluation. */
static bool holds(const world *w, size_t i)
{
	const fria_siblings none = {NULL, 0};
	json_t *answer = fria_assessment_answer(w->assessment, w->in, i, NULL);
	const json_t *basis = json_object_get(answer, "basis");
	const fria_task *t = &w->in->tasks[i];
	char digest[FRIA_DIGEST_SIZE];
	bool ok = true;
	for (size_t k = 0; k < t->facts.n; k++) {
		json_t *now = fria_fact_digest(
		    w->application, t->facts.items[k].pointer, FRIA_RULES);
		ok &= json_equal(
		    now, json_object_get(json_object_get(basis, "facts"),
					 t->facts.items[k].pointer));
		json_decref(now);
	}
	for (size_t k = 0; k < t->upstream.n; k++) {
		const fria_edge *e = &t->upstream.items[k];
		json_t *form = fria_edge_form(w->in, w->assessment, &none, e,
					      (size_t)(t - w->in->tasks), NULL);
		fria_digest(digest, form);
		const char *was =
		    fria_json_text(json_object_get(basis, "answers"), e->name);
		ok &= was && !strcmp(was, digest);
		json_decref(form);
	}
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	return ok && !strcmp(digest, fria_json_text(basis, "value"));
}

static void edit(world *w)
{
	size_t task = dice(w, TASKS);
	json_t *answer;
	switch (dice(w, 4)) {
	case 0:
		change_fact(w);
		break;
	case 1:
		stand_for(w, task, random_value(w));
		break;
	case 2:
		answer =
		    fria_assessment_answer(w->assessment, w->in, task, NULL);
		if (answer)
			json_object_set_new(answer, "value", random_value(w));
		break;
	default:
		fria_assessment_put(w->assessment, w->in, task, NULL, NULL);
	}
}

static void test_stale_is_exactly_what_no_longer_holds(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= of_seeds(1500); seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < 4; n++)
			edit(&w);
		fria_evaluation e;
		evaluate(&e, &w);
		for (size_t i = 0; i < e.n; i++) {
			const fria_judgement *j = &e.items[i];
			if (j->state == FRIA_HIDDEN || j->state == FRIA_OPEN)
				continue;
			if ((j->state != FRIA_STALE) !=
			    holds(&w, j->question.task))
				fail_msg("seed %u task %zu", seed, i);
			assert_int_equal(j->state == FRIA_STALE, j->n > 0);
			if (j->state != FRIA_STALE)
				assert_int_equal(j->state == FRIA_SUSPECT,
						 j->because_n > 0);
		}
		fria_evaluation_dispose(&e);
		char *one = written(&w), *two = written(&w);
		assert_string_equal(one, two);
		free(one);
		free(two);
		end(&w);
	}
}

/* Upstream first; a third of the answers changes on the way. */
static void test_doing_what_the_list_says_ends_in_order(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= of_seeds(1500); seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < 5; n++)
			edit(&w);
		for (size_t steps = 0;; steps++) {
			fria_evaluation e;
			size_t next = FRIA_NONE;
			evaluate(&e, &w);
			for (size_t i = 0; i < e.n && next == FRIA_NONE; i++)
				if (e.items[i].state == FRIA_STALE)
					next = e.items[i].question.task;
			size_t suspect = e.counts.suspect;
			fria_evaluation_dispose(&e);
			if (next == FRIA_NONE) {
				assert_int_equal(suspect, 0);
				break;
			}
			assert_true(steps <= TASKS);
			json_t *was =
			    json_object_get(fria_assessment_answer(
						w.assessment, w.in, next, NULL),
					    "value");
			stand_for(&w, next,
				  dice(&w, 3) ? json_incref(was)
					      : random_value(&w));
		}
		end(&w);
	}
}

static void test_going_back_makes_all_as_it_was(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= of_seeds(1000); seed++) {
		world w;
		start(&w, seed);
		json_t *before = json_deep_copy(w.application);
		char *one = written(&w);
		for (int n = 0; n < 3; n++)
			change_fact(&w);
		json_decref(w.application);
		w.application = before;
		char *two = written(&w);
		assert_string_equal(one, two);
		free(one);
		free(two);
		end(&w);
	}
}

static void compare(fria_diff *out, const world *w, const json_t *assessment,
		    const json_t *application)
{
	fria_evaluation a, b;
	evaluate(&a, w);
	world other = *w;
	other.assessment = (json_t *)(uintptr_t)assessment;
	other.application = (json_t *)(uintptr_t)application;
	evaluate(&b, &other);
	const fria_side from = {.instrument = w->in,
				.assessment = w->assessment,
				.application = w->application,
				.evaluation = &a};
	const fria_side to = {.instrument = w->in,
			      .assessment = assessment,
			      .application = application,
			      .evaluation = &b};
	fria_diff_make(out, &from, &to);
	fria_evaluation_dispose(&a);
	fria_evaluation_dispose(&b);
}

static void test_content_and_differences_agree(void **state)
{
	(void)state;
	size_t different = 0;
	for (unsigned seed = 1; seed <= of_seeds(1000); seed++) {
		world w;
		fria_diff diff;
		char one[FRIA_CONTENT_SIZE], two[FRIA_CONTENT_SIZE];
		start(&w, seed);
		json_t *assessment = json_deep_copy(w.assessment);
		json_t *application = json_deep_copy(w.application);
		compare(&diff, &w, assessment, application);
		assert_int_equal(diff.n, 0);
		fria_diff_dispose(&diff);
		world other = w;
		other.assessment = json_deep_copy(assessment);
		other.application = json_deep_copy(application);
		edit(&other);
		fria_content_digest(one, w.in, assessment, application, NULL,
				    "t", FRIA_RULES);
		fria_content_digest(two, w.in, other.assessment,
				    other.application, NULL, "t", FRIA_RULES);
		compare(&diff, &w, other.assessment, other.application);
		if (strcmp(one, two) != 0) {
			assert_true(diff.n > 0);
			different++;
		}
		fria_diff_dispose(&diff);
		json_decref(other.assessment);
		json_decref(other.application);
		json_decref(assessment);
		json_decref(application);
		end(&w);
	}
	assert_true(different > of_seeds(300));
}

static void test_prose_keeps_every_word(void **state)
{
	(void)state;
	static const char *const words[] = {"een ", "twee ", "drie\n", "vier",
					    " ",    "é ",    "**x** "};
	unsigned seed = 5;
	for (int n = 0; n < 2000; n++) {
		fria_buf text[2] = {FRIA_BUF_INIT, FRIA_BUF_INIT};
		fria_buf back[2] = {FRIA_BUF_INIT, FRIA_BUF_INIT};
		for (int k = 0; k < 24; k++)
			fria_buf_puts(&text[k % 2],
				      words[(unsigned)rand_r(&seed) % 7]);
		fria_edits edits = {NULL, 0};
		fria_prose_diff(&edits, text[0].text, text[1].text);
		for (size_t i = 0; i < edits.n; i++) {
			if (edits.items[i].kind != FRIA_ADDED)
				fria_buf_puts(&back[0], edits.items[i].text);
			if (edits.items[i].kind != FRIA_GONE)
				fria_buf_puts(&back[1], edits.items[i].text);
		}
		for (int k = 0; k < 2; k++) {
			assert_string_equal(back[k].text, text[k].text);
			fria_buf_dispose(&text[k]);
			fria_buf_dispose(&back[k]);
		}
		fria_edits_dispose(&edits);
	}
}

/* --- small worlds, each for one rule --- */

static json_t *json_of(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(fria_json_parse(&json, "t", text, strlen(text), NULL),
			 0);
	return json;
}

static fria_instrument *instrument_of(const char *tasks)
{
	fria_instrument *in = NULL;
	json_t *json =
	    json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t", "version",
		      "1.0", "name", "T", "tasks", json_of(tasks));
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

#define Q(id, more)                                                            \
	"{\"id\":\"" id "\",\"task\":\"" id "\",\"type\":[\"open_text\"]" more \
	"}"
#define WHEN(on, action)                                                       \
	",\"dependencies\":[{\"type\":\"conditional\",\"condition\":{"         \
	"\"id\":\"" on "\",\"operator\":\"equals\",\"value\":\"v1\"},"         \
	"\"action\":\"" action "\"}]"

static world small_world(const char *tasks, const char *answers)
{
	world w = {.seed = 1, .in = instrument_of(tasks)};
	w.application = json_of("{\"id\":\"app\"}");
	w.assessment = fria_assessment_new(w.in, "app", FRIA_NL);
	json_object_set_new(w.assessment, "answers", json_of(answers));
	return w;
}

static void give(world *w, const char *id, const char *row, const char *value)
{
	const fria_stand stand = {"41ab", "A <a@example.org>", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	size_t task = fria_instrument_find(w->in, id);
	json_t *answer = json_pack("{s:s}", "value", value);
	json_object_set_new(answer, "basis",
			    fria_basis(w->in, w->assessment, w->application,
				       &none, task, row, answer, &stand,
				       FRIA_RULES));
	fria_assessment_put(w->assessment, w->in, task, row, answer);
	json_decref(answer);
}

static fria_state state_of(const world *w, const char *id, const char *row)
{
	fria_evaluation e;
	evaluate(&e, w);
	const fria_judgement *j =
	    fria_evaluation_find(&e, fria_instrument_find(w->in, id), row);
	assert_non_null(j);
	fria_state state = j->state;
	fria_evaluation_dispose(&e);
	return state;
}

/* A question that its own row shows is not hidden for those who rest on it. */
static void test_a_row_shows_its_own_questions(void **state)
{
	(void)state;
	world w =
	    small_world("[{\"id\":\"g\",\"task\":\"g\",\"repeatable\":true,"
			"\"tasks\":[" Q("a", "") "," Q(
			    "b", WHEN("a", "show")) "," Q("c", ",\"rests\":["
							       "\"b\"]") "]}"
									 "]",
			"{\"g\":[{\"id\":\"r1\"},{\"id\":\"r2\"}]}");
	static const char *const rows[] = {"r1", "r2"};
	for (size_t i = 0; i < 2; i++) {
		give(&w, "a", rows[i], i ? "v2" : "v1");
		if (!i)
			give(&w, "b", rows[i], "eerst");
		give(&w, "c", rows[i], "x");
	}
	assert_int_equal(state_of(&w, "b", "r1"), FRIA_ANSWERED);
	assert_int_equal(state_of(&w, "b", "r2"), FRIA_HIDDEN);
	give(&w, "b", "r1", "anders");
	assert_int_equal(state_of(&w, "c", "r1"), FRIA_STALE);
	assert_int_equal(state_of(&w, "c", "r2"), FRIA_ANSWERED);
	end(&w);
}

/* A notice in a row stops the assessment by what that row says. */
static void test_a_row_can_stop_the_assessment(void **state)
{
	(void)state;
	world w = small_world(
	    "[{\"id\":\"g\",\"task\":\"g\",\"repeatable\":true,\"tasks\":"
	    "[" Q("a", "") ",{\"id\":\"n\",\"task\":\"n\",\"stop\":"
			   "true" WHEN("a", "show") "}]}]",
	    "{\"g\":[{\"id\":\"r1\"},{\"id\":\"r2\"}]}");
	fria_evaluation e;
	give(&w, "a", "r1", "v2");
	give(&w, "a", "r2", "v2");
	evaluate(&e, &w);
	assert_int_equal(e.verdict, FRIA_CURRENT);
	fria_evaluation_dispose(&e);
	give(&w, "a", "r2", "v1");
	evaluate(&e, &w);
	assert_int_equal(e.verdict, FRIA_BLOCKED);
	fria_evaluation_dispose(&e);
	end(&w);
}

/* What decides whether a question is shown may stand below it. */
static void test_what_others_wait_for_comes_first(void **state)
{
	(void)state;
	world w = small_world(
	    "[" Q("a", WHEN("b", "show") ",\"facts\":[\"/use/f0\"]") "," Q(
		"b", ",\"facts\":[\"/use/f0\"]") "]",
	    "{}");
	fria_evaluation e;
	give(&w, "b", NULL, "v1");
	give(&w, "a", NULL, "x");
	json_object_set_new(w.application, "use", json_of("{\"f0\":\"y\"}"));
	evaluate(&e, &w);
	assert_int_equal(e.todo_n, 2);
	assert_int_equal(e.items[e.todo[0]].question.task, 1);
	assert_int_equal(e.items[e.todo[1]].question.task, 0);
	assert_int_equal(e.items[0].because_n, 1);
	fria_evaluation_dispose(&e);
	end(&w);
}

/* The same in an assessment that this one rests on, through what is open. */
static void test_suspicion_crosses_to_other_assessments(void **state)
{
	(void)state;
	world iama = small_world("[" Q("1", ",\"facts\":[\"/use/f0\"]") "," Q(
				     "2", ",\"rests\":[\"1\"]") "]",
				 "{}");
	world w = small_world("[" Q("a", ",\"rests\":[\"iama#2\"]") "," Q(
				  "b", ",\"rests\":[\"a\"]") "]",
			      "{}");
	fria_evaluation there, here;
	give(&iama, "1", NULL, "x");
	give(&w, "a", NULL, "x");
	give(&w, "b", NULL, "x");
	json_object_set_new(iama.application, "use", json_of("{\"f0\":\"y\"}"));
	evaluate(&there, &iama);
	const fria_sibling sibling = {"iama", iama.in, iama.assessment,
				      &there, NULL,    0};
	fria_evaluation_input input = {.instrument = w.in,
				       .assessment = w.assessment,
				       .application = iama.application,
				       .siblings = {&sibling, 1},
				       .adopted = true};
	fria_evaluate(&here, &input);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(here.items[i].state, FRIA_SUSPECT);
		assert_int_equal(here.items[i].elsewhere.n, 1);
		assert_string_equal(here.items[i].elsewhere.items[0], "iama#1");
	}
	fria_evaluation_dispose(&here);
	fria_evaluation_dispose(&there);
	end(&iama);
	end(&w);
}

/* --- large and hostile questionnaires: they end, and soon --- */

static fria_instrument *chain_of(int n, bool conditions)
{
	json_t *tasks = json_array();
	for (int i = 0; i < n; i++) {
		json_t *task =
		    json_pack("{s:o, s:s, s:[s], s:[s]}", "id",
			      json_sprintf("q%d", i), "task", "q", "type",
			      "open_text", "facts", i ? "/use/f1" : "/use/f0");
		json_t *before = json_sprintf("q%d", i - 1);
		if (i)
			json_object_set_new(task, "rests",
					    json_pack("[O]", before));
		json_t *when =
		    json_pack("{s:s, s:{s:O, s:s}, s:s}", "type", "conditional",
			      "condition", "id", before, "operator", "any",
			      "action", "show");
		if (i && conditions)
			json_object_set_new(task, "dependencies",
					    json_pack("[O, O]", when, when));
		json_decref(when);
		json_decref(before);
		json_array_append_new(tasks, task);
	}
	fria_instrument *in = NULL;
	json_t *json = json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t",
				 "version", "1.0", "name", "T", "tasks", tasks);
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

/* Two conditions each: looked at anew, that would be 2 to the power n. */
static void test_a_long_chain_is_passed_along(void **state)
{
	(void)state;
	enum { LONG = FRIA_MAX_TASKS };
	world w = {.in = chain_of(LONG, true)};
	fria_evaluation e;
	w.application = json_of("{\"id\":\"app\"}");
	w.assessment = fria_assessment_new(w.in, "app", FRIA_NL);
	const char *facts[] = {"/use/f0", "/use/f1"};
	char question[FRIA_DIGEST_SIZE], value[FRIA_DIGEST_SIZE];
	json_t *form = json_pack("{s:s}", "value", "x");
	json_t *answers = json_object_get(w.assessment, "answers");
	fria_digest(value, form);
	for (size_t i = 0; i < LONG; i++) {
		json_t *upstream = json_object();
		if (i)
			json_object_set_new(upstream, w.in->tasks[i - 1].id,
					    json_string(value));
		fria_question_digest(question, w.in, i, FRIA_NL, FRIA_RULES);
		json_object_set_new(
		    answers, w.in->tasks[i].id,
		    json_pack("{s:s, s:{s:i, s:s, s:s, s:o, s:{s:n}}}", "value",
			      "x", "basis", "rules", FRIA_RULES, "value", value,
			      "question", question, "answers", upstream,
			      "facts", facts[i > 0]));
	}
	json_decref(form);
	evaluate(&e, &w);
	assert_int_equal(e.counts.answered, LONG);
	fria_evaluation_dispose(&e);
	json_object_set_new(w.application, "use", json_of("{\"f0\":\"y\"}"));
	evaluate(&e, &w);
	assert_int_equal(e.counts.stale, 1);
	assert_int_equal(e.counts.suspect, LONG - 1);
	assert_int_equal(e.items[LONG - 1].because_n, 1);
	fria_evaluation_dispose(&e);
	json_object_del(answers, "q0");
	evaluate(&e, &w);
	assert_int_equal(e.counts.hidden, LONG - 1);
	fria_evaluation_dispose(&e);
	end(&w);
}

/* Half of 2,000 questions resting on each of the others: a million edges. */
static void test_too_many_edges_are_refused(void **state)
{
	(void)state;
	json_t *groups = json_array();
	for (int g = 0; g < 2; g++) {
		json_t *tasks = json_array();
		for (int i = 0; i < 1000; i++)
			json_array_append_new(
			    tasks, json_pack("{s:o, s:s, s:[s]}", "id",
					     json_sprintf("q%d-%d", g, i),
					     "task", "q", "type", "open_text"));
		json_array_append_new(
		    groups,
		    json_pack("{s:o, s:s, s:[s], s:o}", "id",
			      json_sprintf("g%d", g), "task", "g", "rests",
			      g ? "g0" : "nothing", "tasks", tasks));
	}
	fria_instrument *in = NULL;
	fria_error err = FRIA_ERROR_INIT;
	json_t *json = json_pack("{s:s, s:s, s:o}", "urn", "urn:nl:t:1.0",
				 "name", "T", "tasks", groups);
	assert_int_equal(fria_instrument_parse(&in, "t", json, &err),
			 FRIA_ELIMIT);
	assert_null(in);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stale_is_exactly_what_no_longer_holds),
	    cmocka_unit_test(test_doing_what_the_list_says_ends_in_order),
	    cmocka_unit_test(test_going_back_makes_all_as_it_was),
	    cmocka_unit_test(test_content_and_differences_agree),
	    cmocka_unit_test(test_prose_keeps_every_word),
	    cmocka_unit_test(test_a_row_shows_its_own_questions),
	    cmocka_unit_test(test_a_row_can_stop_the_assessment),
	    cmocka_unit_test(test_what_others_wait_for_comes_first),
	    cmocka_unit_test(test_suspicion_crosses_to_other_assessments),
	    cmocka_unit_test(test_a_long_chain_is_passed_along),
	    cmocka_unit_test(test_too_many_edges_are_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
