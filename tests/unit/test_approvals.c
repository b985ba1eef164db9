/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may say what (living/approve.c) and what it is worth (approvals.c), on a
 * questionnaire of two questions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../engine/fria.h"

static const char instrument[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"1.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"a\",\"task\":\"A\",\"type\":\"open_text\",\"facts\":"
    "[\"/use/x\"]},{\"id\":\"b\",\"task\":\"B\",\"type\":\"open_text\"}]}";
static const char roles_json[] =
    "{\"lead\":{},\"law\":{\"kind\":\"advice\",\"required\":true},"
    "\"board\":{\"kind\":\"decision\",\"required\":true,\"recorded\":true},"
    "\"owner\":{\"kind\":\"agreement\"},\"people\":{\"kind\":\"view\"}}";

typedef struct {
	fria_instrument *in;
	json_t *application, *assessment, *roles;
	fria_evaluation e;
	fria_evaluation_input input;
	fria_time now;
} world;

static json_t *parse(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(fria_json_parse(&json, "t", text, strlen(text), NULL),
			 0);
	return json;
}

static void evaluate(world *w)
{
	fria_evaluation_dispose(&w->e);
	w->input = (fria_evaluation_input){.instrument = w->in,
					   .assessment = w->assessment,
					   .application = w->application,
					   .roles = w->roles,
					   .name = "app/t",
					   .as_of = w->now};
	fria_evaluate(&w->e, &w->input);
}

static void put_answer(world *w, const char *id, const char *text)
{
	const fria_stand stand = {"41ab", "W <w@example.org>", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	size_t task = fria_instrument_find(w->in, id);
	json_t *answer = json_pack("{s:s}", "value", text);
	json_object_set_new(answer, "basis",
			    fria_basis(w->in, w->assessment, w->application,
				       &none, task, NULL, answer, &stand,
				       FRIA_RULES));
	fria_assessment_put(w->assessment, w->in, task, NULL, answer);
	json_decref(answer);
}

static int setup(void **state)
{
	static world w;
	json_t *json = parse(instrument);
	w = (world){.now = 1000000};
	assert_int_equal(fria_instrument_parse(&w.in, "t", json, NULL), 0);
	json_decref(json);
	w.application = parse("{\"id\":\"app\",\"use\":{\"x\":\"1\"}}");
	w.roles = parse(roles_json);
	w.assessment = fria_assessment_new(w.in, "app", FRIA_NL);
	put_answer(&w, "a", "one");
	put_answer(&w, "b", "two");
	evaluate(&w);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	world *w = *state;
	fria_evaluation_dispose(&w->e);
	json_decref(w->application);
	json_decref(w->assessment);
	json_decref(w->roles);
	fria_instrument_free(w->in);
	return 0;
}

/* Records it; gives the code. */
static int say(world *w, const char *role, const char *value, const char *by)
{
	json_t *approval = NULL;
	fria_error err = FRIA_ERROR_INIT;
	const fria_approval_request request = {
	    .role = role, .value = value, .by = by, .at = ++w->now};
	int code =
	    fria_approval_make(&approval, &w->e, &w->input, &request, &err);
	if (code)
		return code;
	json_t *list = json_object_get(w->assessment, "approvals");
	if (!list) {
		list = json_array();
		json_object_set_new(w->assessment, "approvals", list);
	}
	json_array_append_new(list, approval);
	evaluate(w);
	return 0;
}

static const char *state_of(const world *w, size_t at)
{
	return fria_approval_state_id(w->e.approvals.items[at].state);
}

static void each_kind_has_its_values(void **state)
{
	world *w = *state;
	assert_int_equal(say(w, "nobody", "use", "X <x@e>"), FRIA_ENOTFOUND);
	assert_int_equal(say(w, "lead", "agree", "X <x@e>"), FRIA_EREFUSED);
	assert_int_equal(say(w, "law", "agree", "X <x@e>"), FRIA_EINPUT);
	assert_int_equal(say(w, "owner", "positive", "X <x@e>"), FRIA_EINPUT);
	assert_int_equal(say(w, "people", " ", "X <x@e>"), FRIA_EINPUT);
	assert_int_equal(say(w, "law", "Positief, met opmerkingen", "X <x@e>"),
			 0);
	assert_int_equal(w->e.approvals.items[0].said, FRIA_SAID_REMARKS);
}

static void advice_comes_first_and_is_bound(void **state)
{
	world *w = *state;
	assert_int_equal(say(w, "board", "use", "D <d@e>"), FRIA_EREFUSED);
	assert_int_equal(say(w, "law", "positive", "L <l@e>"), 0);
	assert_int_equal(say(w, "board", "use", "D <d@e>"), 0);
	assert_string_equal(state_of(w, 1), "valid");
	assert_int_equal(w->e.approvals.n, 2);
	assert_int_equal(say(w, "law", "negative", "L <l@e>"), 0);
	assert_string_equal(state_of(w, 0), "lapsed");
	assert_string_equal(state_of(w, 1), "lapsed");
	assert_int_equal(say(w, "board", "use", "D <d@e>"), FRIA_EREFUSED);
	assert_int_equal(say(w, "board", "stop", "D <d@e>"), 0);
	assert_true(w->e.against);
	assert_int_equal(w->e.verdict, FRIA_BLOCKED);
}

static void who_wrote_or_advised_does_not_decide(void **state)
{
	world *w = *state;
	assert_int_equal(say(w, "law", "positive", "L <l@e>"), 0);
	assert_int_equal(say(w, "board", "use", "Other <W@Example.org>"),
			 FRIA_EREFUSED);
	assert_int_equal(say(w, "owner", "agree", "W <w@example.org>"),
			 FRIA_EREFUSED);
	assert_int_equal(say(w, "board", "use", "L <l@e>"), FRIA_EREFUSED);
	assert_int_equal(say(w, "board", "use", "D <d@e>"), 0);
}

static void what_is_covered_lapses_and_the_rest_does_not(void **state)
{
	world *w = *state;
	assert_int_equal(say(w, "law", "positive", "L <l@e>"), 0);
	assert_int_equal(say(w, "board", "use", "D <d@e>"), 0);
	json_t *use = json_object_get(w->application, "use");
	json_object_set_new(w->application, "release", json_string("2"));
	json_object_set_new(use, "y", json_string("another fact"));
	evaluate(w);
	assert_string_equal(state_of(w, 1), "valid");
	json_object_set_new(use, "x", json_string("2"));
	evaluate(w);
	assert_string_equal(state_of(w, 0), "lapsed");
	assert_string_equal(state_of(w, 1), "lapsed");
	json_object_set_new(use, "x", json_string("1"));
	evaluate(w);
	assert_string_equal(state_of(w, 1), "valid");
	put_answer(w, "b", "three");
	evaluate(w);
	assert_string_equal(state_of(w, 1), "lapsed");
}

/* Another that rests on it is judged without knowing what it is called. */
static void a_request_is_judged_without_a_name(void **state)
{
	world *w = *state;
	char content[FRIA_CONTENT_SIZE];
	fria_content_digest(content, w->in, w->assessment, w->application, NULL,
			    "app/t", FRIA_RULES);
	json_object_set_new(w->assessment, "requests",
			    json_pack("[{s:s, s:s, s:s}]", "id", "r1", "role",
				      "law", "content", content));
	evaluate(w);
	assert_int_equal(w->e.requests.items[0].state, FRIA_REQUEST_OPEN);
	fria_evaluation_dispose(&w->e);
	w->input.name = NULL;
	fria_evaluate(&w->e, &w->input);
	assert_int_equal(w->e.requests.items[0].state, FRIA_REQUEST_LAPSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(each_kind_has_its_values, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(advice_comes_first_and_is_bound,
					    setup, teardown),
	    cmocka_unit_test_setup_teardown(
		who_wrote_or_advised_does_not_decide, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		what_is_covered_lapses_and_the_rest_does_not, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_request_is_judged_without_a_name,
					    setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
