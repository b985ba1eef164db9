/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Edges that narrow, each kind by itself: what it looks at, what it leaves
 * alone, what a basis keeps of it, and what is said of it.
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
#include "seeds.h"

/* A questionnaire: groups, risks that name a group and a metric, and a question
 * that is given its facts. */
typedef struct {
	fria_instrument *in;
	json_t *application, *doc;
	fria_evaluation e;
	fria_evaluation_input input;
} small;

static json_t *read(const char *text)
{
	json_t *json = NULL;
	fria_error err = FRIA_ERROR_INIT;
	if (fria_json_parse(&json, "t", text, strlen(text), &err))
		fail_msg("%s", text);
	return json;
}

static const char form[] =
    "{\"urn\": \"urn:nl:t\", \"version\": \"1.0\", \"name\": \"T\", \"tasks\": "
    "["
    "{\"id\": \"g\", \"task\": \"Groepen\", \"type\": [\"task_group\"],"
    " \"item_name\": {\"nl\": \"groep\", \"en\": \"group\"},"
    " \"repeatable\": true, \"tasks\": ["
    "  {\"id\": \"g.wie\", \"task\": \"Wie\", \"type\": [\"text_input\"]},"
    "  {\"id\": \"g.aantal\", \"task\": \"Aantal\", \"type\": "
    "[\"text_input\"]}]},"
    "{\"id\": \"q\", \"task\": \"Q\", \"type\": [\"open_text\"], \"facts\": "
    "%s},"
    "{\"id\": \"r\", \"task\": \"Risico's\", \"type\": [\"task_group\"],"
    " \"repeatable\": true, \"facts\": %s, \"rests\": %s, \"tasks\": ["
    "  {\"id\": \"r.groep\", \"task\": \"Groep\", \"type\": "
    "[\"select_option\"],"
    "   \"dependencies\": [{\"type\": \"source_options\", \"source\":"
    "    {\"id\": \"g.wie\"}}]},"
    "  {\"id\": \"r.meting\", \"task\": \"Meting\", \"type\": "
    "[\"text_input\"]},"
    "  {\"id\": \"r.kans\", \"task\": \"Kans\", \"type\": [\"open_text\"]}]}]}";

static json_t *form_with(const char *facts, const char *of_rows,
			 const char *rests)
{
	char *text = fria_format(form, facts, of_rows, rests);
	json_t *json = read(text);
	free(text);
	return json;
}

static void set_fact(small *s, const char *pointer, const char *json)
{
	json_t *value = read(json);
	assert_int_equal(fria_pointer_set(s->application, pointer, value, NULL),
			 0);
	json_decref(value);
}

static void stand(small *s, const char *id, const char *row, const char *value)
{
	const fria_stand by = {NULL, "A <a@example.org>", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	size_t task = fria_instrument_find(s->in, id);
	const json_t *was = fria_assessment_answer(s->doc, s->in, task, row);
	json_t *answer =
	    was ? json_copy((json_t *)(uintptr_t)was) : json_object();
	if (value)
		json_object_set_new(answer, "value", json_string(value));
	json_object_set_new(answer, "basis",
			    fria_basis(s->in, s->doc, s->application, &none,
				       task, row, answer, &by, FRIA_RULES));
	fria_assessment_put(s->doc, s->in, task, row, answer);
	json_decref(answer);
}

static void stand_all(small *s)
{
	static const char *const rows[] = {"rowa0000", "rowb0000"};
	static const char *const ids[] = {"g.wie", "g.aantal"};
	static const char *const cells[] = {"r.groep", "r.meting", "r.kans"};
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < 2; k++)
			stand(s, ids[k], rows[i], NULL);
	stand(s, "q", NULL, NULL);
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < 3; k++)
			stand(s, cells[k], rows[i], NULL);
}

static void begin(small *s, const char *facts, const char *of_rows,
		  const char *rests)
{
	json_t *json = form_with(facts, of_rows, rests);
	fria_findings findings = FRIA_FINDINGS_INIT;
	*s = (small){.in = NULL};
	assert_int_equal(fria_instrument_parse(&s->in, "t", json, NULL), 0);
	json_decref(json);
	fria_instrument_check(&findings, s->in, "t");
	for (size_t i = 0; i < findings.n; i++)
		assert_int_not_equal(findings.items[i].severity, FRIA_SEVERE);
	fria_findings_dispose(&findings);
	s->application = read(
	    "{\"id\": \"app\", \"release\": \"1\", \"use\": {\"phase\": "
	    "\"proef\","
	    " \"data\": [{\"name\": \"A\", \"kind\": \"train\"},"
	    "  {\"name\": \"B\", \"kind\": \"input\"}],"
	    " \"period\": {\"from\": \"2026-01-01\", \"to\": \"2027-01-01\"}},"
	    " \"monitoring\": {\"fout\": {\"name\": \"Fouten per wijk\","
	    "   \"threshold\": 5, \"direction\": \"max\", \"owner\": \"X\","
	    "   \"series\": []},"
	    "  \"klacht\": {\"threshold\": 3, \"direction\": \"max\","
	    "   \"series\": []}}, \"events\": []}");
	s->doc = read(
	    "{\"instrument\": \"urn:nl:t:1.0\", \"application\": \"app\","
	    " \"language\": \"nl\", \"answers\": {\"q\": {\"value\": \"x\"},"
	    " \"g\": [{\"id\": \"rowa0000\", \"g.wie\": {\"value\": "
	    "\"bewoners\"},"
	    "   \"g.aantal\": {\"value\": \"10\"}},"
	    "  {\"id\": \"rowb0000\", \"g.wie\": {\"value\": \"bezoekers\"},"
	    "   \"g.aantal\": {\"value\": \"20\"}}],"
	    " \"r\": [{\"id\": \"rowa0000\", \"r.groep\": {\"value\": "
	    "\"rowb0000\"},"
	    "   \"r.meting\": {\"value\": \"fout\"}, \"r.kans\": {\"value\": "
	    "\"x\"}},"
	    "  {\"id\": \"rowb0000\", \"r.groep\": {\"value\": \"bewoners\"},"
	    "   \"r.meting\": {\"value\": \"klacht\"},"
	    "   \"r.kans\": {\"value\": \"x\"}}]}}");
	stand_all(s);
}

static void look(small *s)
{
	fria_evaluation_dispose(&s->e);
	s->input = (fria_evaluation_input){.instrument = s->in,
					   .assessment = s->doc,
					   .application = s->application,
					   .as_of = 1780000000,
					   .adopted = true,
					   .name = "app/t"};
	fria_evaluate(&s->e, &s->input);
}

static const fria_judgement *judged(small *s, const char *id, const char *row)
{
	return fria_evaluation_find(&s->e, fria_instrument_find(s->in, id),
				    row);
}

/* What is stale and suspect, in form order: "q r.kans/rowa0000 (…)". */
static void assert_asked(small *s, const char *expected)
{
	fria_buf out = FRIA_BUF_INIT;
	look(s);
	fria_buf_puts(&out, "");
	for (size_t i = 0; i < s->e.n; i++) {
		const fria_judgement *j = &s->e.items[i];
		bool suspect = j->state == FRIA_SUSPECT;
		if (j->state != FRIA_STALE && !suspect)
			continue;
		fria_buf_printf(&out, "%s%s%s", out.n ? " " : "",
				suspect ? "?" : "",
				s->in->tasks[j->question.task].id);
		if (j->question.row)
			fria_buf_printf(&out, "/%.4s", j->question.row);
	}
	assert_string_equal(out.text, expected);
	fria_buf_dispose(&out);
}

static void assert_said(small *s, const char *id, const char *row,
			const char *nl, const char *en)
{
	const fria_judgement *j = judged(s, id, row);
	const char *const expected[] = {nl, en};
	assert_int_equal(j->n, 1);
	for (int lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		fria_buf out = FRIA_BUF_INIT;
		fria_reason_say(&out, &j->reasons[0], j, &s->input,
				(fria_lang)lang);
		assert_string_equal(out.text, expected[lang]);
		fria_buf_dispose(&out);
	}
}

static void finish(small *s)
{
	fria_evaluation_dispose(&s->e);
	fria_instrument_free(s->in);
	json_decref(s->application);
	json_decref(s->doc);
}

/* --- facts --- */

static void test_where_looks_at_these_elements_alone(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[{\"pointer\": \"/use/data\", \"where\": {\"kind\": [\"train\", "
	      "\"test\"]}}]",
	      "[]", "[]");
	assert_asked(&s, "");
	set_fact(&s, "/use/data",
		 "[{\"name\": \"C\", \"kind\": \"input\"},"
		 " {\"name\": \"A\", \"kind\": \"train\"}]");
	assert_asked(&s, "");
	set_fact(&s, "/use/data", "[{\"name\": \"A\", \"kind\": \"input\"}]");
	assert_asked(&s, "q");
	assert_said(
	    &s, "q", NULL,
	    "Het kenmerk \"Databronnen\" is veranderd (alleen soort: "
	    "training; test)",
	    "The characteristic \"Sources of data\" has changed (only kind: "
	    "training; test)");
	/* None is another state than some, and the same as nothing at all. */
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/use/data", "null");
	assert_asked(&s, "");
	/* What does not say may be one. */
	set_fact(&s, "/use/data", "[{\"name\": \"D\"}]");
	assert_asked(&s, "q");
	finish(&s);
}

static void test_members_look_at_these_alone(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[{\"pointer\": \"/monitoring\", \"members\": [\"owner\"]},"
	      " {\"pointer\": \"/use/period\", \"members\": [\"to\"]}]",
	      "[]", "[]");
	set_fact(&s, "/monitoring/fout/threshold", "9");
	set_fact(&s, "/monitoring/nieuw", "{\"threshold\": 1}");
	set_fact(&s, "/use/period/from", "\"2026-02-02\"");
	/* Nor does a measurement: it is not of the owner. */
	set_fact(&s, "/monitoring/klacht/series", "[{\"value\": 99}]");
	assert_asked(&s, "");
	set_fact(&s, "/monitoring/klacht/owner", "\"Y\"");
	assert_asked(&s, "q");
	assert_said(
	    &s, "q", NULL,
	    "Het kenmerk \"Metingen en grenzen\" is veranderd (alleen "
	    "verantwoordelijke)",
	    "The characteristic \"Metrics and limits\" has changed (only "
	    "responsible)");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/use/period/to", "\"2028-01-01\"");
	assert_asked(&s, "q");
	finish(&s);
}

static void test_a_change_rings_in_its_direction_alone(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[{\"pointer\": \"/use/phase\", \"from\": \"proef\", \"to\": "
	      "\"in-gebruik\"}]",
	      "[]", "[]");
	set_fact(&s, "/use/phase", "\"uitfasering\"");
	assert_asked(&s, "");
	/* By way of another, stood for there or not. */
	stand(&s, "q", NULL, NULL);
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"in-gebruik\"");
	assert_asked(&s, "q");
	assert_said(
	    &s, "q", NULL,
	    "Het kenmerk \"Fase\" is veranderd (alleen van proef naar in "
	    "gebruik)",
	    "The characteristic \"Phase\" has changed (only from pilot to "
	    "in use)");
	stand(&s, "q", NULL, NULL);
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"proef\"");
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"in-gebruik\"");
	assert_asked(&s, "");
	finish(&s);
}

static void test_a_metric_that_the_row_names(void **state_)
{
	small s;
	(void)state_;
	begin(&s, "[]",
	      "[{\"pointer\": \"/monitoring\", \"named_by\": \"r.meting\"}]",
	      "[]");
	set_fact(&s, "/monitoring/nieuw", "{\"threshold\": 1}");
	assert_asked(&s, "");
	set_fact(&s, "/monitoring/fout/threshold", "9");
	assert_asked(&s, "r.groep/rowa r.kans/rowa");
	assert_said(
	    &s, "r.kans", "rowa0000",
	    "Het kenmerk \"Metingen en grenzen\" is veranderd (\"Fouten per "
	    "wijk\", genoemd in deze regel)",
	    "The characteristic \"Metrics and limits\" has changed "
	    "(\"Fouten per wijk\", named in this row)");
	stand_all(&s);
	/* A crossing, too. */
	set_fact(&s, "/monitoring/klacht/series", "[{\"value\": 99}]");
	assert_asked(&s, "r.groep/rowb r.kans/rowb");
	stand_all(&s);
	/* And what it names is another one, or none. */
	stand(&s, "r.meting", "rowb0000", "fout");
	assert_asked(&s, "r.groep/rowb r.kans/rowb");
	stand_all(&s);
	stand(&s, "r.meting", "rowb0000", "geen");
	assert_asked(&s, "r.groep/rowb r.kans/rowb");
	finish(&s);
}

static void test_a_fact_that_the_row_names(void **state_)
{
	small s;
	(void)state_;
	begin(&s, "[]",
	      "[{\"pointer\": \"/use/data\", \"named_by\": \"r.meting\", "
	      "\"as\": [\"fout\", \"data\"]}]",
	      "[]");
	set_fact(&s, "/use/data", "[{\"name\": \"C\"}]");
	assert_asked(&s, "r.groep/rowa r.kans/rowa");
	assert_said(&s, "r.kans", "rowa0000",
		    "Het kenmerk \"Databronnen\" is veranderd (\"fout\", "
		    "genoemd in deze regel)",
		    "The characteristic \"Sources of data\" has changed "
		    "(\"fout\", named in this row)");
	stand_all(&s);
	/* A row that names it from now on, or no longer. */
	stand(&s, "r.meting", "rowb0000", "data");
	assert_asked(&s, "r.groep/rowb r.kans/rowb");
	stand_all(&s);
	stand(&s, "r.meting", "rowa0000", "geen");
	assert_asked(&s, "r.groep/rowa r.kans/rowa");
	finish(&s);
}

static void test_on_looks_at_the_way_a_limit_goes(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[{\"pointer\": \"/monitoring\", \"on\": [\"crossing\", "
	      "\"removed\", "
	      "\"loosened\"]}]",
	      "[]", "[]");
	set_fact(&s, "/monitoring/fout/threshold", "4");
	set_fact(&s, "/monitoring/nieuw", "{\"threshold\": 1}");
	set_fact(&s, "/monitoring/fout/owner", "\"Z\"");
	assert_asked(&s, "");
	/* Back to what was stood for is no looser than that. */
	set_fact(&s, "/monitoring/fout/threshold", "5.0");
	assert_asked(&s, "");
	set_fact(&s, "/monitoring/fout/threshold", "6");
	assert_asked(&s, "q");
	assert_said(
	    &s, "q", NULL,
	    "Het kenmerk \"Metingen en grenzen\" is veranderd (alleen "
	    "meting over de grens, meting of grens vervallen, ruimere "
	    "grens)",
	    "The characteristic \"Metrics and limits\" has changed (only "
	    "measurement over the limit, metric or limit gone, looser "
	    "limit)");
	stand(&s, "q", NULL, NULL);
	/* In steps, and stood for between them: each is seen. */
	set_fact(&s, "/monitoring/fout/threshold", "7");
	assert_asked(&s, "q");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/monitoring/klacht/threshold", "null");
	assert_asked(&s, "q");
	stand(&s, "q", NULL, NULL);
	json_object_del(json_object_get(s.application, "monitoring"), "klacht");
	assert_asked(&s, "q");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/monitoring/fout/series", "[{\"value\": 99}]");
	assert_asked(&s, "q");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/monitoring/fout/direction", "\"min\"");
	assert_asked(&s, "q");
	finish(&s);
	begin(&s,
	      "[{\"pointer\": \"/monitoring\", \"on\": [\"added\", "
	      "\"tightened\"]}]",
	      "[]", "[]");
	set_fact(&s, "/monitoring/fout/threshold", "6");
	set_fact(&s, "/monitoring/fout/series", "[{\"value\": 99}]");
	json_object_del(json_object_get(s.application, "monitoring"), "klacht");
	assert_asked(&s, "");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/monitoring/fout/threshold", "5");
	assert_asked(&s, "q");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/monitoring/nieuw", "{\"name\": \"N\"}");
	assert_asked(&s, "q");
	finish(&s);
}

/* One edge for each start and each end. */
static void test_a_change_is_from_one_of_a_list_to_one_of_a_list(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[{\"pointer\": \"/use/phase\", \"from\": [\"ontwikkeling\", "
	      "\"proef\"], \"to\": [\"proef\", \"in-gebruik\"]}]",
	      "[]", "[]");
	set_fact(&s, "/use/phase", "\"uitfasering\"");
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"ontwikkeling\"");
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"in-gebruik\"");
	assert_asked(&s, "q");
	assert_said(&s, "q", NULL,
		    "Het kenmerk \"Fase\" is veranderd (alleen van "
		    "in ontwikkeling of proef naar proef of in gebruik)",
		    "The characteristic \"Phase\" has changed (only from "
		    "in development or pilot to pilot or in use)");
	stand(&s, "q", NULL, NULL);
	/* Back is no such change; that it stood there counts. */
	set_fact(&s, "/use/phase", "\"proef\"");
	assert_asked(&s, "");
	stand(&s, "q", NULL, NULL);
	set_fact(&s, "/use/phase", "null");
	stand(&s, "q", NULL, NULL);
	assert_asked(&s, "");
	set_fact(&s, "/use/phase", "\"in-gebruik\"");
	assert_asked(&s, "q");
	finish(&s);
}

/* --- rows --- */

static void test_a_row_rests_on_the_rows_that_it_names(void **state_)
{
	small s;
	(void)state_;
	begin(&s, "[]", "[]",
	      "[{\"row_of\": \"g\", \"named_by\": \"r.groep\"}]");
	assert_asked(&s, "");
	/* Another row, or a new one, is nothing to it. */
	json_array_append_new(
	    fria_assessment_rows(s.doc, s.in, fria_instrument_find(s.in, "g")),
	    read("{\"id\": \"rowc0000\", \"g.wie\": {\"value\": "
		 "\"toeristen\"}}"));
	stand(&s, "g.wie", "rowc0000", NULL);
	assert_asked(&s, "");
	stand(&s, "g.aantal", "rowb0000", "21");
	assert_asked(&s, "r.meting/rowa r.kans/rowa");
	assert_said(
	    &s, "r.kans", "rowa0000",
	    "Het antwoord op g is veranderd (groep \"bezoekers\", genoemd "
	    "in deze regel)",
	    "The answer to g has changed (group \"bezoekers\", named in "
	    "this row)");
	/* A 0.1 answer, by its text. */
	stand_all(&s);
	stand(&s, "g.aantal", "rowa0000", "11");
	assert_asked(&s, "r.meting/rowb r.kans/rowb");
	stand_all(&s);
	/* It names another one. */
	stand(&s, "r.groep", "rowa0000", "rowa0000");
	assert_asked(&s, "r.meting/rowa r.kans/rowa");
	finish(&s);
}

/* What is not made public is no part of a reason either. */
static void test_a_label_that_is_withheld_is_not_said(void **state_)
{
	small s;
	fria_redaction redaction;
	(void)state_;
	begin(&s, "[]", "[]",
	      "[{\"row_of\": \"g\", \"named_by\": \"r.groep\"}]");
	json_t *withheld =
	    read("[{\"ground\": \"5.1.2.e\", \"by\": \"A <a@example.org>\","
		 " \"at\": \"2026-01-01T00:00:00Z\"}]");
	json_object_set_new(
	    fria_assessment_answer(
		s.doc, s.in, fria_instrument_find(s.in, "g.wie"), "rowb0000"),
	    "withheld", withheld);
	stand(&s, "g.aantal", "rowb0000", "21");
	assert_asked(&s, "r.meting/rowa r.kans/rowa");
	fria_redact(&redaction, &s.e, &s.input, FRIA_PUBLIC, NULL);
	assert_said(
	    &s, "r.kans", "rowa0000",
	    "Het antwoord op g is veranderd (alleen wat dezelfde regel noemt "
	    "bij r.groep)",
	    "The answer to g has changed (only what the same row names at "
	    "r.groep)");
	fria_redaction_dispose(&redaction);
	finish(&s);
}

/* Told once, whatever looks at it. */
static void test_two_edges_to_one_fact_are_one_reason(void **state_)
{
	small s;
	(void)state_;
	begin(
	    &s,
	    "[{\"pointer\": \"/use/data\", \"members\": [\"kind\"]},"
	    " {\"pointer\": \"/use/data\", \"where\": {\"kind\": \"train\"}}]",
	    "[]", "[]");
	set_fact(&s, "/use/data", "[]");
	assert_asked(&s, "q");
	assert_said(&s, "q", NULL, "Het kenmerk \"Databronnen\" is veranderd",
		    "The characteristic \"Sources of data\" has changed");
	finish(&s);
}

static void test_suspicion_comes_from_the_rows_that_are_named(void **state_)
{
	small s;
	(void)state_;
	begin(&s, "[]", "[]",
	      "[{\"row_of\": \"g\", \"named_by\": \"r.groep\"}]");
	json_object_set_new(
	    fria_assessment_answer(s.doc, s.in,
				   fria_instrument_find(s.in, "g.aantal"),
				   "rowb0000"),
	    "value", json_string("99"));
	assert_asked(&s, "g.aantal/rowb r.meting/rowa r.kans/rowa");
	stand_all(&s);
	/* Its question differs: the answer is stale, its value as it was. */
	json_object_set_new(
	    json_object_get(
		fria_assessment_answer(s.doc, s.in,
				       fria_instrument_find(s.in, "g.aantal"),
				       "rowb0000"),
		"basis"),
	    "question",
	    json_string("0000000000000000000000000000000000000000"));
	assert_asked(&s, "g.aantal/rowb ?r.meting/rowa ?r.kans/rowa");
	finish(&s);
}

/* --- by rules 1, an edge is its whole fact --- */

static void test_by_rules_1_an_edge_is_whole(void **state_)
{
	small s;
	const fria_stand by = {NULL, "A", 0, NULL, NULL};
	const fria_siblings none = {NULL, 0};
	char narrow[FRIA_DIGEST_SIZE], whole[FRIA_DIGEST_SIZE];
	fria_instrument *other = NULL;
	(void)state_;
	begin(&s, "[]",
	      "[{\"pointer\": \"/monitoring\", \"named_by\": \"r.meting\"}]",
	      "[{\"row_of\": \"g\", \"named_by\": \"r.groep\"}]");
	json_t *json = form_with("[]", "[\"/monitoring\"]", "[\"g\"]");
	assert_int_equal(fria_instrument_parse(&other, "t", json, NULL), 0);
	json_decref(json);
	size_t task = fria_instrument_find(s.in, "r.kans");
	fria_question_digest(narrow, s.in, task, FRIA_NL, FRIA_RULES_1);
	fria_question_digest(whole, other, task, FRIA_NL, FRIA_RULES_1);
	assert_string_equal(narrow, whole);
	json_t *answer =
	    json_copy(fria_assessment_answer(s.doc, s.in, task, "rowa0000"));
	json_t *one = fria_basis(s.in, s.doc, s.application, &none, task,
				 "rowa0000", answer, &by, FRIA_RULES_1);
	json_t *two = fria_basis(other, s.doc, s.application, &none, task,
				 "rowa0000", answer, &by, FRIA_RULES_1);
	assert_true(json_equal(one, two));
	json_object_set(answer, "basis", one);
	fria_assessment_put(s.doc, s.in, task, "rowa0000", answer);
	assert_asked(&s, "");
	set_fact(&s, "/monitoring/nieuw", "{\"threshold\": 1}");
	assert_asked(&s, "r.kans/rowa");
	json_decref(answer);
	json_decref(one);
	json_decref(two);
	fria_instrument_free(other);
	finish(&s);
}

static void test_an_edge_that_is_new_asks_again(void **state_)
{
	small s;
	(void)state_;
	begin(&s, "[\"/use/data\"]", "[]", "[]");
	fria_instrument_free(s.in);
	json_t *json =
	    form_with("[{\"pointer\": \"/use/data\", \"members\": [\"name\"]}]",
		      "[]", "[]");
	assert_int_equal(fria_instrument_parse(&s.in, "t", json, NULL), 0);
	json_decref(json);
	assert_asked(&s, "q");
	assert_int_equal(judged(&s, "q", NULL)->reasons[0].kind,
			 FRIA_BY_INSTRUMENT);
	finish(&s);
}

static void test_an_approval_binds_the_whole_fact_once(void **state_)
{
	small s;
	(void)state_;
	begin(&s,
	      "[\"/use/data\", {\"pointer\": \"/use/data\", \"members\": "
	      "[\"kind\"]}, {\"pointer\": \"/use/phase\", \"from\": \"proef\","
	      " \"to\": \"in-gebruik\"}]",
	      "[]", "[]");
	json_t *content =
	    fria_content(s.in, s.doc, s.application, NULL, "app/t", FRIA_RULES);
	json_t *facts = json_object_get(content, "facts");
	json_t *data = fria_fact_bound(s.application, "/use/data", FRIA_RULES);
	assert_int_equal(json_object_size(facts), 2);
	assert_true(json_equal(json_object_get(facts, "/use/data"), data));
	assert_non_null(json_object_get(facts, "/use/phase"));
	json_decref(data);
	json_decref(content);
	finish(&s);
}

static void test_a_migrated_basis_names_the_cell_of_now(void **state_)
{
	static const char next[] =
	    "{\"urn\": \"urn:nl:t\", \"version\": \"2.0\", \"name\": \"T\","
	    " \"migrates\": \"urn:nl:t:1.0\", \"tasks\": [{\"id\": \"s\","
	    " \"task\": \"S\", \"type\": [\"task_group\"], \"repeatable\": "
	    "true,"
	    " \"facts\": [{\"pointer\": \"/monitoring\", \"named_by\":"
	    "  \"s.meting\"}], \"tasks\": [{\"id\": \"s.meting\", \"task\": "
	    "\"M\","
	    "  \"type\": [\"text_input\"], \"migrates\": [\"r.meting\"]},"
	    " {\"id\": \"s.kans\", \"task\": \"K\", \"type\": [\"open_text\"],"
	    "  \"migrates\": [\"r.kans\"]}]}]}";
	fria_instrument *to = NULL;
	fria_migration done;
	small s;
	(void)state_;
	begin(&s, "[]",
	      "[\"/use/data\", {\"pointer\": \"/monitoring\", \"named_by\": "
	      "\"r.meting\"}]",
	      "[]");
	json_t *json = read(next);
	assert_int_equal(fria_instrument_parse(&to, "t", json, NULL), 0);
	json_decref(json);
	const fria_migration_input input = {s.in, to, s.doc, "app/t"};
	fria_migration_make(&done, &input);
	size_t task = fria_instrument_find(to, "s.kans");
	const json_t *facts = json_object_get(
	    json_object_get(
		fria_assessment_answer(done.assessment, to, task, "rowa0000"),
		"basis"),
	    "facts");
	assert_int_equal(json_object_size(facts), 2);
	assert_non_null(
	    json_object_get(facts, to->tasks[task].facts.items[0].key));
	assert_non_null(json_object_get(facts, "/use/data"));
	fria_migration_dispose(&done);
	fria_instrument_free(to);
	finish(&s);
}

/* What people decided on is confirmed by itself, also where it is a row. */
static void test_what_is_named_is_decisive_too(void **state_)
{
	small s;
	bool out[16];
	(void)state_;
	begin(&s, "[]", "[]",
	      "[{\"row_of\": \"g\", \"named_by\": \"r.groep\"}]");
	size_t group = fria_instrument_find(s.in, "r");
	json_object_set_new((json_t *)(uintptr_t)s.in->tasks[group].raw,
			    "decides", json_true());
	const fria_sibling own = {"t", s.in, s.doc, NULL, NULL, 0};
	const fria_siblings none = {NULL, 0};
	fria_decisive(out, &own, &none);
	assert_true(out[fria_instrument_find(s.in, "g.aantal")]);
	assert_false(out[fria_instrument_find(s.in, "q")]);
	finish(&s);
}

/* --- better words --- */

static void test_what_was_reworded_is_followed(void **state_)
{
	small s;
	fria_strings changed = FRIA_STRINGS_INIT;
	(void)state_;
	begin(&s, "[]",
	      "[{\"pointer\": \"/monitoring\", \"named_by\": \"r.meting\"}]",
	      "[]");
	json_t *before = json_deep_copy(s.application);
	set_fact(&s, "/monitoring/fout/name", "\"Fouten per buurt\"");
	assert_asked(&s, "r.groep/rowa r.kans/rowa");
	fria_strings_add(&changed, "/monitoring/fout");
	const fria_wording wording = {.before = before,
				      .after = s.application,
				      .changed = &changed,
				      .pointers = &changed};
	assert_int_equal(fria_wording_follow(s.doc, s.in, &wording), 2);
	assert_asked(&s, "");
	fria_strings_dispose(&changed);
	json_decref(before);
	finish(&s);
}

/* --- what cannot be --- */

static void test_an_edge_that_cannot_be_read_is_refused(void **state_)
{
	static const char *const bad[] = {
	    "[5]",
	    "[{}]",
	    "[{\"pointer\": 5}]",
	    "[{\"pointer\": \"/use/data\", \"were\": {}}]",
	    "[{\"pointer\": \"/use/data\", \"where\": {}}]",
	    "[{\"pointer\": \"/use/data\", \"where\": {\"kind\": []}}]",
	    "[{\"pointer\": \"/use/data\", \"where\": {\"kind\": {}}}]",
	    "[{\"pointer\": \"/use/data\", \"members\": []}]",
	    "[{\"pointer\": \"/use/data\", \"members\": [5]}]",
	    "[{\"pointer\": \"/use/phase\", \"from\": [], \"to\": 1}]",
	    "[{\"pointer\": \"/use/phase\", \"from\": 1, \"to\": []}]",
	    "[{\"pointer\": \"/monitoring\", \"named_by\": 5}]",
	    "[{\"pointer\": \"/use/data\", \"as\": [\"data\"]}]",
	    "[{\"pointer\": \"/monitoring\", \"on\": []}]",
	    "[{\"pointer\": \"/monitoring\", \"on\": [\"gone\"]}]"};
	(void)state_;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		fria_error err = FRIA_ERROR_INIT;
		fria_instrument *in = NULL;
		json_t *json = form_with(bad[i], "[]", "[]");
		assert_int_equal(fria_instrument_parse(&in, "t", json, &err),
				 FRIA_EINPUT);
		assert_string_equal(err.pointer, "/tasks/1/facts/0");
		json_decref(json);
	}
	fria_error err = FRIA_ERROR_INIT;
	fria_instrument *in = NULL;
	json_t *json = form_with("[]", "[]", "[\"g\", {\"row_of\": \"g\"}]");
	assert_int_equal(fria_instrument_parse(&in, "t", json, &err),
			 FRIA_EINPUT);
	assert_string_equal(err.pointer, "/tasks/2/rests/1");
	json_decref(json);
}

static void assert_refused(const char *facts, const char *of_rows,
			   const char *rests, fria_word word)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_instrument *in = NULL;
	json_t *json = form_with(facts, of_rows, rests);
	bool found = false;
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	fria_instrument_check(&findings, in, "t");
	for (size_t i = 0; i < findings.n; i++)
		found = found || (findings.items[i].severity == FRIA_SEVERE &&
				  findings.items[i].word == word);
	if (!found)
		fail_msg("%s %s %s", facts, of_rows, rests);
	fria_findings_dispose(&findings);
	fria_instrument_free(in);
}

static void test_what_an_edge_cannot_be_is_a_finding(void **state_)
{
	(void)state_;
	/* The cell: of the same row, and another one. */
	assert_refused("[{\"pointer\": \"/monitoring\", \"named_by\": "
		       "\"r.meting\"}]",
		       "[]", "[]", FRIA_W_check_edge_cell);
	assert_refused(
	    "[]", "[{\"pointer\": \"/monitoring\", \"named_by\": \"g.wie\"}]",
	    "[]", FRIA_W_check_edge_cell);
	assert_refused(
	    "[]", "[{\"pointer\": \"/monitoring\", \"named_by\": \"weg\"}]",
	    "[]", FRIA_W_check_edge_cell);
	assert_refused("[]",
		       "[{\"pointer\": \"/use/data\", \"named_by\": "
		       "\"r.meting\"}]",
		       "[]", FRIA_W_check_edge_metrics);
	assert_refused("[{\"pointer\": \"/use/data\", \"on\": [\"added\"]}]",
		       "[]", "[]", FRIA_W_check_edge_metrics);
	assert_refused("[{\"pointer\": \"/monitoring/a/threshold\", \"on\": "
		       "[\"added\"]}]",
		       "[]", "[]", FRIA_W_check_edge_metrics);
	assert_refused("[{\"pointer\": \"/use/phase\", \"from\": \"proef\"}]",
		       "[]", "[]", FRIA_W_check_edge_change);
	assert_refused("[{\"pointer\": \"/use/phase\", \"to\": \"proef\"}]",
		       "[]", "[]", FRIA_W_check_edge_change);
	assert_refused("[{\"pointer\": \"/use/phase\", \"from\": \"proef\","
		       " \"to\": \"proef\"}]",
		       "[]", "[]", FRIA_W_check_edge_change);
	assert_refused("[{\"pointer\": \"/use/data\", \"from\": 1, \"to\": 2,"
		       " \"members\": [\"name\"]}]",
		       "[]", "[]", FRIA_W_check_edge_mixed);
	assert_refused("[{\"pointer\": \"/monitoring\", \"on\": [\"added\"],"
		       " \"members\": [\"owner\"]}]",
		       "[]", "[]", FRIA_W_check_edge_mixed);
	/* The rows: of a group here, out of which the cell chooses. */
	assert_refused("[]", "[]",
		       "[{\"row_of\": \"q\", \"named_by\": \"r.groep\"}]",
		       FRIA_W_check_edge_rows);
	assert_refused("[]", "[]",
		       "[{\"row_of\": \"x#g\", \"named_by\": \"r.groep\"}]",
		       FRIA_W_check_edge_choice);
	assert_refused("[]", "[]",
		       "[{\"row_of\": \"weg\", \"named_by\": \"r.groep\"}]",
		       FRIA_W_check_rests_unknown);
	assert_refused("[]", "[]",
		       "[{\"row_of\": \"g\", \"named_by\": \"r.meting\"}]",
		       FRIA_W_check_edge_choice);
	assert_refused("[]", "[]",
		       "[{\"row_of\": \"g\", \"named_by\": \"g.wie\"}]",
		       FRIA_W_check_edge_cell);
}

/* --- directed edges, over thousands of histories --- */

/* Of four values those in a set, as an edge has them: one, or a list. */
static void add_values(fria_buf *out, const char *const values[4], unsigned set)
{
	const char *between = "";
	bool list = set & (set - 1);
	fria_buf_puts(out, list ? "[" : "");
	for (unsigned i = 0; i < 4; i++)
		if (set & 1U << i) {
			fria_buf_printf(out, "%s%s", between, values[i]);
			between = ", ";
		}
	fria_buf_puts(out, list ? "]" : "");
}

static void test_a_change_of_value_by_a_plain_account(void **state_)
{
	static const char *const values[] = {
	    "null", "\"proef\"", "\"in-gebruik\"", "\"uitfasering\""};
	size_t rung = 0;
	(void)state_;
	for (unsigned seed = 1; seed <= of_seeds(3000); seed++) {
		unsigned dice = seed;
		unsigned from = 1 + (unsigned)rand_r(&dice) % 15;
		unsigned to = 1 + (unsigned)rand_r(&dice) % 15;
		unsigned now = 1, kept = 1;
		fria_buf edge = FRIA_BUF_INIT;
		small s;
		if (from == to)
			continue;
		fria_buf_puts(&edge,
			      "[{\"pointer\": \"/use/phase\", \"from\": ");
		add_values(&edge, values, from);
		fria_buf_puts(&edge, ", \"to\": ");
		add_values(&edge, values, to);
		fria_buf_puts(&edge, "}]");
		begin(&s, edge.text, "[]", "[]");
		for (int step = 0; step < 8; step++) {
			if (rand_r(&dice) % 3) {
				now = (unsigned)rand_r(&dice) % 4;
				set_fact(&s, "/use/phase", values[now]);
			} else {
				stand(&s, "q", NULL, NULL);
				kept = (from | to) & 1U << now ? now : kept;
			}
			bool rings =
			    now != kept && from & 1U << kept && to & 1U << now;
			assert_asked(&s, rings ? "q" : "");
			rung += rings;
		}
		fria_buf_dispose(&edge);
		finish(&s);
	}
	assert_true(rung > of_seeds(3000) / 2);
}

/* Of one metric: is it there, its limit (0: none), above or below. */
typedef struct {
	bool there;
	int limit;
	bool least;
} limit;

static unsigned moved(limit was, limit is)
{
	int side = is.least ? -1 : 1;
	if (!was.there || !is.there)
		return was.there == is.there ? 0
		       : is.there	     ? FRIA_ON_ADDED
					     : FRIA_ON_REMOVED;
	if (!was.limit || !is.limit)
		return was.limit == is.limit ? 0
		       : is.limit	     ? FRIA_ON_ADDED | FRIA_ON_TIGHTENED
				  : FRIA_ON_REMOVED | FRIA_ON_LOOSENED;
	if (was.least != is.least)
		return FRIA_ON_LOOSENED | FRIA_ON_TIGHTENED;
	if (was.limit == is.limit)
		return 0;
	return is.limit * side > was.limit * side ? FRIA_ON_LOOSENED
						  : FRIA_ON_TIGHTENED;
}

static void put_limit(small *s, limit is)
{
	json_t *metrics = json_object_get(s->application, "monitoring");
	json_object_clear(metrics);
	if (!is.there)
		return;
	json_t *metric =
	    json_pack("{s:s}", "direction", is.least ? "min" : "max");
	if (is.limit)
		json_object_set_new(metric, "threshold",
				    json_integer(is.limit));
	json_object_set_new(metrics, "fout", metric);
}

static void test_the_way_of_a_limit_by_a_plain_account(void **state_)
{
	size_t rung = 0;
	(void)state_;
	for (unsigned seed = 1; seed <= of_seeds(3000); seed++) {
		unsigned dice = seed, on = 0;
		fria_buf edge = FRIA_BUF_INIT;
		small s;
		limit now = {false, 0, false}, kept = now;
		for (size_t i = 0; i + 1 < FRIA_ON_KINDS; i++)
			if (rand_r(&dice) % 2) {
				fria_buf_printf(&edge, "%s\"%s\"",
						on ? ", " : "",
						fria_closed_at("on", i));
				on |= 2U << i;
			}
		char *facts = fria_format(
		    "[{\"pointer\": \"/monitoring\", \"on\": [%s]}]",
		    on ? edge.text : "\"crossing\"");
		begin(&s, facts, "[]", "[]");
		put_limit(&s, now);
		stand(&s, "q", NULL, NULL);
		for (int step = 0; step < 8; step++) {
			if (rand_r(&dice) % 3) {
				now = (limit){rand_r(&dice) % 4 > 0,
					      rand_r(&dice) % 4,
					      rand_r(&dice) % 4 == 0};
				put_limit(&s, now);
			} else {
				stand(&s, "q", NULL, NULL);
				kept = now;
			}
			bool rings = (moved(kept, now) & on) != 0;
			assert_asked(&s, rings ? "q" : "");
			rung += rings;
		}
		free(facts);
		fria_buf_dispose(&edge);
		finish(&s);
	}
	assert_true(rung > of_seeds(3000) / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_where_looks_at_these_elements_alone),
	    cmocka_unit_test(test_members_look_at_these_alone),
	    cmocka_unit_test(test_a_change_rings_in_its_direction_alone),
	    cmocka_unit_test(test_a_metric_that_the_row_names),
	    cmocka_unit_test(test_a_fact_that_the_row_names),
	    cmocka_unit_test(test_on_looks_at_the_way_a_limit_goes),
	    cmocka_unit_test(
		test_a_change_is_from_one_of_a_list_to_one_of_a_list),
	    cmocka_unit_test(test_a_row_rests_on_the_rows_that_it_names),
	    cmocka_unit_test(test_a_label_that_is_withheld_is_not_said),
	    cmocka_unit_test(test_two_edges_to_one_fact_are_one_reason),
	    cmocka_unit_test(test_suspicion_comes_from_the_rows_that_are_named),
	    cmocka_unit_test(test_by_rules_1_an_edge_is_whole),
	    cmocka_unit_test(test_an_edge_that_is_new_asks_again),
	    cmocka_unit_test(test_an_approval_binds_the_whole_fact_once),
	    cmocka_unit_test(test_a_migrated_basis_names_the_cell_of_now),
	    cmocka_unit_test(test_what_is_named_is_decisive_too),
	    cmocka_unit_test(test_what_was_reworded_is_followed),
	    cmocka_unit_test(test_an_edge_that_cannot_be_read_is_refused),
	    cmocka_unit_test(test_what_an_edge_cannot_be_is_a_finding),
	    cmocka_unit_test(test_a_change_of_value_by_a_plain_account),
	    cmocka_unit_test(test_the_way_of_a_limit_by_a_plain_account)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
