/* SPDX-License-Identifier: EUPL-1.2 */
/* Merging by meaning: its rules, by example. */
#include "merging.h"

/* An assessment's answers, with the rest of the document around them. */
static json_t *with_answers(const char *answers)
{
	char *text = fria_format("{\"instrument\": \"urn:x:1\", "
				 "\"application\": \"a\", \"answers\": %s}",
				 answers);
	json_t *json = parse(text);
	free(text);
	return json;
}

/* Merges three sets of answers; wants these back, with so many conflicts. */
static void assert_merge(const char *base, const char *ours, const char *theirs,
			 const char *result, size_t conflicts)
{
	json_t *b = with_answers(base), *o = with_answers(ours),
	       *t = with_answers(theirs), *r = with_answers(result);
	for (int swap = 0; swap < 2; swap++) {
		fria_merge m;
		merge(&m, b, swap ? t : o, swap ? o : t);
		assert_same(m.document, r, 0, swap ? "swapped" : "merged");
		assert_int_equal(m.n, conflicts);
		fria_merge_dispose(&m);
	}
	json_decref(b);
	json_decref(o);
	json_decref(t);
	json_decref(r);
}

#define A(value, at)                                                           \
	"{\"value\": \"" value "\", \"basis\": {\"at\": \"" at "\"}}"
#define DAY1 "2026-01-01T00:00:00Z"
#define DAY2 "2026-01-02T00:00:00Z"
#define DAY3 "2026-01-03T00:00:00Z"

static void test_answers(void **state)
{
	(void)state;
	/* Different questions. */
	assert_merge("{\"1\": " A("x", DAY1) ", \"2\": " A("y", DAY1) "}",
		     "{\"1\": " A("X", DAY2) ", \"2\": " A("y", DAY1) "}",
		     "{\"1\": " A("x", DAY1) ", \"2\": " A("Y", DAY3) "}",
		     "{\"1\": " A("X", DAY2) ", \"2\": " A("Y", DAY3) "}", 0);
	/* Equal values: the later basis. */
	assert_merge("{}", "{\"1\": " A("x", DAY2) "}",
		     "{\"1\": " A("x", DAY1) "}", "{\"1\": " A("x", DAY2) "}",
		     0);
	/* An edit beats standing for the old value again, also if that came
	 * later. */
	assert_merge("{\"1\": " A("x", DAY1) "}", "{\"1\": " A("X", DAY2) "}",
		     "{\"1\": " A("x", DAY3) "}", "{\"1\": " A("X", DAY2) "}",
		     0);
	/* Both changed it: the later stands, and both are listed. */
	assert_merge("{\"1\": " A("x", DAY1) "}", "{\"1\": " A("X", DAY2) "}",
		     "{\"1\": " A("Y", DAY3) "}", "{\"1\": " A("Y", DAY3) "}",
		     1);
	/* Taken away against changed, and against stood for again. */
	assert_merge("{\"1\": " A("x", DAY1) "}", "{}",
		     "{\"1\": " A("Y", DAY3) "}", "{\"1\": " A("Y", DAY3) "}",
		     1);
	assert_merge("{\"1\": " A("x", DAY1) "}", "{}",
		     "{\"1\": " A("x", DAY3) "}", "{}", 0);
}

static void test_beside_answers(void **state)
{
	(void)state;
	assert_merge(
	    "{\"1\": {\"value\": \"x\"}}",
	    "{\"1\": {\"value\": \"x\", \"dissent\": \"no\"}}",
	    "{\"1\": {\"value\": \"y\", \"ours\": 1}}",
	    "{\"1\": {\"value\": \"y\", \"dissent\": \"no\", \"ours\": 1}}", 0);
	assert_merge("{\"1\": {\"value\": \"x\"}}",
		     "{\"1\": {\"value\": \"x\", \"dissent\": \"a\"}}",
		     "{\"1\": {\"value\": \"x\", \"dissent\": \"b\"}}",
		     "{\"1\": {\"value\": \"x\", \"dissent\": \"b\"}}", 1);
}

static void test_the_basis_that_holds(void **state)
{
	(void)state;
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = parse("{\"value\": \"x\"}");
	fria_digest(digest, form);
	json_decref(form);
	char *holds = fria_format("{\"1\": {\"value\": \"x\", \"basis\": "
				  "{\"value\": \"%s\", \"at\": \"" DAY1 "\"}}}",
				  digest);
	/* The earlier one is of this value, the later is not. */
	assert_merge("{}", holds, "{\"1\": " A("x", DAY2) "}", holds, 0);
	free(holds);
}

#define R(id, value) "{\"id\": \"" id "\", \"c\": {\"value\": \"" value "\"}}"

static void test_rows(void **state)
{
	(void)state;
	/* Added on both sides, removed where nobody wrote. */
	assert_merge("{\"r\": [" R("a", "1") ", " R("b", "2") "]}",
		     "{\"r\": [" R("a", "1") ", " R("n", "N") ", " R(
			 "b", "2") ", " R("z", "Z") "]}",
		     "{\"r\": [" R("b", "2") ", " R("y", "Y") "]}",
		     "{\"r\": [" R("n", "N") ", " R("b", "2") ", " R(
			 "y", "Y") ", " R("z", "Z") "]}",
		     0);
	/* Moved on one side, changed on the other. */
	assert_merge(
	    "{\"r\": [" R("a", "1") ", " R("b", "2") ", " R("c", "3") "]}",
	    "{\"r\": [" R("c", "3") ", " R("a", "1") ", " R("b", "2") "]}",
	    "{\"r\": [" R("a", "1") ", " R("b", "B") ", " R("c", "3") "]}",
	    "{\"r\": [" R("c", "3") ", " R("a", "1") ", " R("b", "B") "]}", 0);
	/* Moved on both sides: every move counts, and what follows from them.
	 */
	assert_merge(
	    "{\"r\": [" R("a", "1") ", " R("b", "2") ", " R("c", "3") "]}",
	    "{\"r\": [" R("b", "2") ", " R("a", "1") ", " R("c", "3") "]}",
	    "{\"r\": [" R("a", "1") ", " R("c", "3") ", " R("b", "2") "]}",
	    "{\"r\": [" R("c", "3") ", " R("b", "2") ", " R("a", "1") "]}", 0);
	/* Removed against changed. */
	assert_merge("{\"r\": [" R("a", "1") ", " R("b", "2") "]}",
		     "{\"r\": [" R("b", "2") "]}",
		     "{\"r\": [" R("a", "A") ", " R("b", "2") "]}",
		     "{\"r\": [" R("a", "A") ", " R("b", "2") "]}", 1);
	/* Two cells of one row. */
	assert_merge("{\"r\": [{\"id\": \"a\", \"c\": {\"value\": 1}}]}",
		     "{\"r\": [{\"id\": \"a\", \"c\": {\"value\": 2}}]}",
		     "{\"r\": [{\"id\": \"a\", \"c\": {\"value\": 1}, "
		     "\"d\": {\"value\": 3}}]}",
		     "{\"r\": [{\"id\": \"a\", \"c\": {\"value\": 2}, "
		     "\"d\": {\"value\": 3}}]}",
		     0);
}

/* Other documents: wants this back, whichever side is ours. */
static void assert_other(const char *base, const char *ours, const char *theirs,
			 const char *result, const char *pointer)
{
	json_t *b = parse(base), *o = parse(ours), *t = parse(theirs),
	       *r = parse(result);
	for (int swap = 0; swap < 2; swap++) {
		fria_merge m;
		merge(&m, b, swap ? t : o, swap ? o : t);
		assert_same(m.document, r, 0, swap ? "swapped" : "merged");
		assert_int_equal(m.n, pointer ? 1 : 0);
		if (pointer)
			assert_string_equal(m.items[0].pointer, pointer);
		fria_merge_dispose(&m);
	}
	json_decref(b);
	json_decref(o);
	json_decref(t);
	json_decref(r);
}

static void test_applications(void **state)
{
	(void)state;
	assert_other(
	    "{\"id\": \"a\", \"release\": \"1\", \"use\": {\"data\": \"x\", "
	    "\"area\": \"y\"}, \"events\": [{\"at\": \"" DAY1 "\"}]}",
	    "{\"id\": \"a\", \"release\": \"1\", \"use\": {\"data\": \"X\", "
	    "\"area\": \"y\"}, \"events\": [{\"at\": \"" DAY1
	    "\"}, {\"at\": \"" DAY3 "\"}]}",
	    "{\"id\": \"a\", \"release\": \"1\", \"use\": {\"data\": \"x\", "
	    "\"area\": \"Y\"}, \"events\": [{\"at\": \"" DAY1
	    "\"}, {\"at\": \"" DAY2 "\"}]}",
	    "{\"id\": \"a\", \"release\": \"1\", \"use\": {\"data\": \"X\", "
	    "\"area\": \"Y\"}, \"events\": [{\"at\": \"" DAY1
	    "\"}, {\"at\": \"" DAY2 "\"}, {\"at\": \"" DAY3
	    "\"}], \"joined\": [[1, 3]]}",
	    NULL);
	/* Two releases are a choice. */
	assert_other("{\"id\": \"a\", \"release\": \"1\"}",
		     "{\"id\": \"a\", \"release\": \"2\"}",
		     "{\"id\": \"a\", \"release\": \"3\"}",
		     "{\"id\": \"a\", \"release\": \"3\"}", "/release");
}

static json_t *application_with(const char *more)
{
	char *text = fria_format("{\"id\": \"a\", \"release\": \"1\", "
				 "\"events\": [{\"at\": \"" DAY1 "\"}%s]}",
				 more);
	json_t *json = parse(text);
	free(text);
	return json;
}

/* Two events at two places: who saw one of them has not seen the other. */
static void test_joined_events_are_looked_at(void **state)
{
	(void)state;
	json_t *questions =
	    parse("{\"urn\": \"urn:x\", \"version\": \"1\", \"tasks\": "
		  "[{\"id\": \"1\", \"task\": \"?\", \"type\": "
		  "[\"open_text\"], \"theme\": [\"law\"]}]}");
	fria_instrument *in = NULL;
	assert_int_equal(fria_instrument_parse(&in, "x", questions, NULL), 0);
	json_t *base = application_with("");
	json_t *ours =
	    application_with(", {\"at\": \"" DAY3 "\", \"theme\": \"law\"}");
	json_t *theirs =
	    application_with(", {\"at\": \"" DAY2 "\", \"theme\": \"law\", "
			     "\"changed\": true, \"text\": \"a law\"}");
	json_t *doc = with_answers("{}"), *answer = parse("{\"value\": \"x\"}");
	const fria_siblings none = {NULL, 0};
	const fria_stand stand = {"", "A", 0, NULL, NULL};
	json_object_set_new(answer, "basis",
			    fria_basis(in, doc, ours, &none, 0, NULL, answer,
				       &stand, FRIA_RULES));
	fria_assessment_put(doc, in, 0, NULL, answer);
	for (int swap = 0; swap < 2; swap++) {
		fria_merge m;
		merge(&m, base, swap ? theirs : ours, swap ? ours : theirs);
		const fria_evaluation_input input = {.instrument = in,
						     .assessment = doc,
						     .application = m.document,
						     .as_of = 1900000000};
		fria_evaluation result;
		fria_evaluate(&result, &input);
		assert_int_equal(result.items[0].state, FRIA_STALE);
		assert_int_equal(result.items[0].n, 1);
		assert_string_equal(
		    json_string_value(result.items[0].reasons[0].after),
		    "a law");
		fria_evaluation_dispose(&result);
		fria_merge_dispose(&m);
	}
	json_decref(base);
	json_decref(ours);
	json_decref(theirs);
	json_decref(answer);
	json_decref(doc);
	fria_instrument_free(in);
	json_decref(questions);
}

static void test_measurements(void **state)
{
	(void)state;
#define M(series)                                                              \
	"{\"id\": \"a\", \"release\": \"1\", \"monitoring\": {\"m\": "         \
	"{\"series\": [" series "]}}}"
#define V(date, value) "{\"date\": \"" date "\", \"value\": " value "}"
	assert_other(M(V("2026-01-01", "1")),
		     M(V("2026-01-01", "1") ", " V("2026-03-01", "3")),
		     M(V("2026-01-01", "1") ", " V("2026-02-01", "2") ", " V(
			 "2026-03-01", "3")),
		     M(V("2026-01-01", "1") ", " V("2026-02-01", "2") ", " V(
			 "2026-03-01", "3")),
		     NULL);
}

static void test_other_documents(void **state)
{
	(void)state;
	assert_other("{\"tasks\": [{\"id\": \"1\", \"task\": \"a\"}]}",
		     "{\"tasks\": [{\"id\": \"1\", \"task\": \"b\"}]}",
		     "{\"tasks\": [{\"id\": \"1\", \"task\": \"a\"}, "
		     "{\"id\": \"2\"}]}",
		     "{\"tasks\": [{\"id\": \"1\", \"task\": \"b\"}, "
		     "{\"id\": \"2\"}]}",
		     NULL);
	assert_other("{\"sent\": {\"a~/\": 1}}", "{\"sent\": {\"a~/\": 2}}",
		     "{\"sent\": {\"a~/\": 3}}", "{\"sent\": {\"a~/\": 3}}",
		     "/sent/a~0~1");
}

static void test_nothing_on_one_side(void **state)
{
	(void)state;
	json_t *a = parse("{\"x\": 1}"), *b = parse("{\"x\": 2}");
	fria_merge m;
	merge(&m, a, NULL, a);
	assert_null(m.document);
	assert_int_equal(m.n, 0);
	fria_merge_dispose(&m);
	merge(&m, a, NULL, b);
	assert_same(m.document, b, 0, "kept");
	assert_int_equal(m.n, 1);
	assert_string_equal(m.items[0].pointer, "");
	fria_merge_dispose(&m);
	merge(&m, NULL, a, b);
	assert_int_equal(m.n, 1);
	assert_string_equal(m.items[0].pointer, "/x");
	fria_merge_dispose(&m);
	json_decref(a);
	json_decref(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_beside_answers),
	    cmocka_unit_test(test_the_basis_that_holds),
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_applications),
	    cmocka_unit_test(test_joined_events_are_looked_at),
	    cmocka_unit_test(test_measurements),
	    cmocka_unit_test(test_other_documents),
	    cmocka_unit_test(test_nothing_on_one_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
