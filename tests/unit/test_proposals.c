/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is offered for answers: from other assessments, from characteristics,
 * from a file; what is not; and that all that the questionnaires of the program
 * take is there, and can be taken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"
#include "filled.h"

static const char *const names[] = {"start-2.0", "iama-2.0", "fria-1.0",
				    "dpia-3.0", "plichten-1.0"};
enum { NAMES = sizeof names / sizeof *names };

static json_t *json_of(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(
	    fria_json_parse(&json, "test", text, strlen(text), NULL), 0);
	return json;
}

static fria_instrument *instrument_of(const char *text)
{
	fria_instrument *in = NULL;
	json_t *json = json_of(text);
	assert_int_equal(fria_instrument_parse(&in, "test", json, NULL), 0);
	json_decref(json);
	return in;
}

/* --- what the questionnaires of the program take --- */

static bool has_value(const fria_task *t, const json_t *value)
{
	for (size_t i = 0; i < t->options.n; i++)
		if (json_equal(t->options.items[i].value, value))
			return true;
	return false;
}

/* What an option is taken from is an option there. */
static void check_options(const fria_task *t, const fria_task *there,
			  const char *from)
{
	size_t k;
	json_t *value;
	for (size_t i = 0; i < t->options.n; i++)
		json_array_foreach(
		    (json_t *)(uintptr_t)t->options.items[i].takes, k, value) {
			const char *of = fria_json_text(value, "of");
			if (of)
				assert_true(fria_strings_has(&t->takes, of));
			if (!of || !strcmp(of, from))
				assert_true(has_value(
				    there, of ? json_object_get(value, "value")
					      : value));
		}
}

static void check_one(const fria_instrument *in, const fria_task *t,
		      const char *from)
{
	if (*from == '/') {
		assert_true(fria_fact_is(from));
		return;
	}
	char *id = fria_strndup(from, strcspn(from, "#"));
	const char *urn = fria_instrument_upstream(in, id);
	fria_instrument *other = urn ? fria_instrument_built_in(urn) : NULL;
	size_t task = other ? fria_instrument_find(other, strchr(from, '#') + 1)
			    : FRIA_NONE;
	if (task == FRIA_NONE)
		fail_msg("%s %s takes %s", in->name, t->id, from);
	assert_true(other->tasks[task].answerable);
	size_t i, k;
	json_t *where, *value;
	json_array_foreach(json_object_get(t->takes_where, from), i, where) {
		size_t of =
		    fria_instrument_find(other, fria_json_text(where, "task"));
		assert_true(of != FRIA_NONE);
		json_array_foreach(json_object_get(where, "value"), k, value)
			assert_true(has_value(&other->tasks[of], value));
	}
	if (other->tasks[task].options.n && t->kind != FRIA_TEXT)
		check_options(t, &other->tasks[task], from);
	fria_instrument_free(other);
	free(id);
}

static void test_all_that_is_taken_is_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < NAMES; i++) {
		fria_instrument *in = fria_instrument_built_in(names[i]);
		fria_findings found = FRIA_FINDINGS_INIT;
		fria_instrument_check(&found, in, names[i]);
		assert_int_equal(found.n, 0);
		for (size_t k = 0; k < in->n; k++)
			for (size_t n = 0; n < in->tasks[k].takes.n; n++)
				check_one(in, &in->tasks[k],
					  in->tasks[k].takes.items[n]);
		fria_findings_dispose(&found);
		fria_instrument_free(in);
	}
}

/* --- a DPIA where the others are there --- */

static void show_all(json_t *tasks)
{
	size_t i;
	json_t *task;
	json_array_foreach(tasks, i, task) {
		json_t *all = json_object_get(task, "dependencies");
		for (size_t k = json_array_size(all); k-- > 0;)
			if (fria_json_says(json_array_get(all, k), "type",
					   "conditional"))
				json_array_remove(all, k);
		show_all(json_object_get(task, "tasks"));
	}
}

/* Without conditions, so that all is asked. */
static fria_instrument *shown(const char *name)
{
	fria_instrument *built_in = fria_instrument_built_in(name), *in = NULL;
	json_t *copy = json_deep_copy(built_in->document);
	show_all(json_object_get(copy, "tasks"));
	assert_int_equal(fria_instrument_parse(&in, name, copy, NULL), 0);
	json_decref(copy);
	fria_instrument_free(built_in);
	return in;
}

typedef struct {
	fria_instrument *in[NAMES];
	json_t *docs[NAMES], *application;
	fria_sibling items[NAMES];
	fria_siblings siblings;
} world;

static void make_world(world *w)
{
	*w = (world){.application = json_of(
			 "{\"id\": \"app\", \"use\": {\"purpose\": \"Doel\", "
			 "\"process\": \"Stappen\", \"phase\": \"proef\", "
			 "\"frequency\": \"Dagelijks\", \"volume\": 10, "
			 "\"area\": \"Stad\", \"automation\": \"adviseert\", "
			 "\"personal_data\": \"gewoon\"}, "
			 "\"register\": {\"lawful_basis\": \"Wet\"}}")};
	for (size_t i = 0; i < NAMES; i++) {
		w->in[i] = shown(names[i]);
		w->docs[i] = fria_assessment_new(w->in[i], "app", FRIA_NL);
		w->items[i] = (fria_sibling){w->in[i]->id, w->in[i], w->docs[i],
					     NULL,	   NULL,     0};
	}
}

static void drop_world(world *w)
{
	for (size_t i = 0; i < NAMES; i++) {
		fria_instrument_free(w->in[i]);
		json_decref(w->docs[i]);
	}
	json_decref(w->application);
}

static void answer_task(world *w, size_t i, const char *id, const char *value)
{
	json_t *list = json_of(value);
	stand_for(w->in[i], w->docs[i], w->application, NULL,
		  fria_instrument_find(w->in[i], id),
		  json_incref(json_array_get(list, 0)));
	json_decref(list);
}

static bool is_offered(const fria_proposals *all, size_t task)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].task == task)
			return true;
	return false;
}

static void find(fria_proposals *out, world *w, size_t i)
{
	const fria_evaluation_input input = {.instrument = w->in[i],
					     .assessment = w->docs[i],
					     .application = w->application,
					     .siblings = {w->items, NAMES}};
	fria_proposals_find(out, &input);
}

/* Makes answers of all, one after the other, as somebody who takes them. */
static void take_all(world *w, size_t i)
{
	fria_proposals all;
	for (size_t rounds = 0; rounds < 200; rounds++) {
		find(&all, w, i);
		if (!all.n)
			break;
		const fria_proposal *p = &all.items[0];
		assert_true(fria_value_fits(w->in[i], p->task, p->value));
		if (p->row)
			fria_assessment_row_need(w->docs[i], w->in[i],
						 w->in[i]->tasks[p->task].rows,
						 p->row);
		stand_for(w->in[i], w->docs[i], w->application, NULL, p->task,
			  json_incref(p->value));
		fria_proposals_dispose(&all);
	}
	assert_int_equal(all.n, 0);
	fria_proposals_dispose(&all);
}

static void test_each_question_that_takes_is_offered_it(void **state)
{
	(void)state;
	world w;
	fria_proposals all;
	make_world(&w);
	for (size_t i = 0; i < 3; i++)
		fill(w.in[i], w.docs[i], w.application, &w.siblings, NULL);
	answer_task(&w, 0, "3.1", "[\"gewoon\"]");
	for (size_t i = 3; i < NAMES; i++) {
		find(&all, &w, i);
		for (size_t k = 0; k < w.in[i]->n; k++)
			if (w.in[i]->tasks[k].takes.n && !is_offered(&all, k))
				fail_msg("%s %s is offered nothing", names[i],
					 w.in[i]->tasks[k].id);
		fria_proposals_dispose(&all);
		take_all(&w, i);
	}
	drop_world(&w);
	/* and those that are begun before it */
	make_world(&w);
	fill(w.in[0], w.docs[0], w.application, &w.siblings, NULL);
	answer_task(&w, 0, "1.4", "[[\"geen\"]]");
	answer_task(&w, 3, "18", "[\"Wat eruit komt.\"]");
	answer_task(&w, 4, "a26-4.stand", "[\"gedaan\"]");
	answer_task(&w, 4, "a26-2.stand", "[\"niet\"]");
	answer_task(&w, 4, "a26-2.hoe", "[\"Nog niet geregeld.\"]");
	for (size_t i = 1; i < 3; i++) {
		find(&all, &w, i);
		for (size_t k = 0; k < w.in[i]->n; k++)
			if (w.in[i]->tasks[k].takes.n && !is_offered(&all, k))
				fail_msg("%s %s is offered nothing", names[i],
					 w.in[i]->tasks[k].id);
		fria_proposals_dispose(&all);
		fill(w.in[i], w.docs[i], w.application, &w.siblings, NULL);
	}
	drop_world(&w);
}

/* --- a prohibition is asked once --- */

static void test_a_prohibition_is_asked_once(void **state)
{
	static const struct {
		const char *given;
		bool prohibited;
	} rows[] = {{"[[\"geen\"]]", false},
		    {"[[\"sociale-score\"]]", true},
		    {"[[\"manipulatie\", \"kwetsbaarheid\"]]", true}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t k = 1; k < 3; k++) {
			world w;
			fria_proposals all;
			size_t found = 0;
			make_world(&w);
			size_t task = fria_instrument_find(
			    w.in[k], k == 1 ? "1.3.1" : "1.5");
			answer_task(&w, 0, "1.4", rows[i].given);
			find(&all, &w, k);
			for (size_t n = 0; n < all.n; n++)
				if (all.items[n].task == task) {
					assert_true(json_boolean_value(
							all.items[n].value) ==
						    rows[i].prohibited);
					assert_string_equal(all.items[n].from,
							    "start#1.4");
					found++;
				}
			assert_int_equal(found, 1);
			fria_proposals_dispose(&all);
			drop_world(&w);
		}
}

/* --- the duties of article 26 are said once --- */

/* Those that are done are proposed together; what is partly or not done, or
 * does not apply, is not. */
static void test_duties_are_said_once(void **state)
{
	(void)state;
	world w;
	fria_proposals all;
	make_world(&w);
	answer_task(&w, 4, "a26-1.stand", "[\"gedaan\"]");
	answer_task(&w, 4, "a26-2.stand", "[\"deels\"]");
	answer_task(&w, 4, "a26-4.stand", "[\"niet\"]");
	answer_task(&w, 4, "a26-6.stand", "[\"gedaan\"]");
	answer_task(&w, 4, "a26-7.stand", "[\"nvt\"]");
	answer_task(&w, 4, "a26-8.stand", "[\"gedaan\"]");
	find(&all, &w, 2);
	json_t *expected =
	    json_of("[\"instructie\", \"logs\", \"registratie\"]");
	size_t found = 0;
	for (size_t i = 0; i < all.n; i++) {
		const fria_proposal *p = &all.items[i];
		if (strcmp(w.in[2]->tasks[p->task].id, "8.3") != 0)
			continue;
		found++;
		assert_true(json_equal(p->value, expected));
		assert_string_equal(p->from, "plichten#a26-1.stand, "
					     "plichten#a26-6.stand, "
					     "plichten#a26-8.stand");
	}
	assert_int_equal(found, 1);
	json_decref(expected);
	fria_proposals_dispose(&all);
	/* What is lacking, and why, under what duty it is. */
	answer_task(&w, 4, "a26-1.hoe", "[\"Zo.\"]");
	answer_task(&w, 4, "a26-2.hoe", "[\"In maart.\"]");
	answer_task(&w, 4, "a26-7.hoe", "[\"Geen personeel.\"]");
	find(&all, &w, 2);
	found = 0;
	for (size_t i = 0; i < all.n; i++) {
		const fria_proposal *p = &all.items[i];
		if (strcmp(w.in[2]->tasks[p->task].id, "8.3.t") != 0)
			continue;
		found++;
		assert_string_equal(
		    json_string_value(p->value),
		    "**Toezicht door bekwame mensen**: In maart.\n\n"
		    "**Medewerkers vooraf inlichten**: Geen personeel.");
		assert_string_equal(p->from,
				    "plichten#a26-2.hoe, plichten#a26-7.hoe");
	}
	assert_int_equal(found, 1);
	fria_proposals_dispose(&all);
	drop_world(&w);
}

/* --- risks of data protection --- */

static void add_risk(world *w, const char *row, const char *right,
		     const char *cause)
{
	json_t *one = json_pack(
	    "{s:s, s:{s:s, s:{}}, s:{s:s, s:{}}, s:{s:[s], s:{}}}", "id", row,
	    "5.2.schade", "value", row, "basis", "5.2.recht", "value", right,
	    "basis", "5.2.oorzaak", "value", cause, "basis");
	json_t *answers = json_object_get(w->docs[2], "answers");
	if (!json_object_get(answers, "5.2"))
		json_object_set_new(answers, "5.2", json_array());
	json_array_append_new(json_object_get(answers, "5.2"), one);
}

/* Of the FRIA's risks the DPIA takes those to data protection, and those that
 * come by security. */
static void test_risks_of_data_protection_are_said_once(void **state)
{
	(void)state;
	world w;
	fria_proposals all;
	fria_buf rows = FRIA_BUF_INIT;
	make_world(&w);
	add_risk(&w, "aaaa1111", "data-protection", "model");
	add_risk(&w, "bbbb2222", "fair-trial", "model");
	add_risk(&w, "cccc3333", "fair-trial", "beveiliging");
	find(&all, &w, 3);
	for (size_t i = 0; i < all.n; i++)
		if (!strcmp(w.in[3]->tasks[all.items[i].task].id, "16.1.1"))
			fria_buf_printf(&rows, "%s ", all.items[i].row);
	assert_string_equal(rows.text, "aaaa1111 cccc3333 ");
	fria_buf_dispose(&rows);
	fria_proposals_dispose(&all);
	drop_world(&w);
}

/* --- by hand --- */

#define UP                                                                     \
	"{\"urn\": \"urn:nl:up\", \"version\": \"1.0\", \"tasks\": ["          \
	"{\"id\": \"a\", \"task\": \"A\", \"type\": [\"open_text\"]},"         \
	"{\"id\": \"b\", \"task\": \"B\", \"type\": [\"open_text\"]},"         \
	"{\"id\": \"c\", \"task\": \"C\", \"type\": [\"select_option\"],"      \
	"\"options\": [{\"value\": \"x\", \"label\": \"Ex\"},"                 \
	"{\"value\": \"y\"}]},"                                                \
	"{\"id\": \"r\", \"task\": \"R\", \"type\": [\"task_group\"],"         \
	"\"repeatable\": true, \"tasks\": [{\"id\": \"r.t\", \"task\": \"T\"," \
	"\"type\": [\"text_input\"]}, {\"id\": \"r.u\", \"task\": \"U\","      \
	"\"type\": [\"text_input\"]}]}]}"

#define DOWN                                                                   \
	"{\"urn\": \"urn:nl:down\", \"version\": \"1.0\", \"tasks\": ["        \
	"{\"id\": \"1\", \"task\": \"1\", \"type\": [\"open_text\"],"          \
	"\"takes\": [\"up#a\", \"up#b\"]},"                                    \
	"{\"id\": \"2\", \"task\": \"2\", \"type\": [\"open_text\"],"          \
	"\"takes\": [\"up#c\"]},"                                              \
	"{\"id\": \"3\", \"task\": \"3\", \"type\": [\"radio_option\"],"       \
	"\"takes\": [\"up#c\"], \"options\": ["                                \
	"{\"value\": true, \"takes\": [\"x\"]}, {\"value\": false}]},"         \
	"{\"id\": \"4\", \"task\": \"4\", \"type\": [\"open_text\"],"          \
	"\"takes\": [\"up#a\"], \"dependencies\": [{\"type\": "                \
	"\"conditional\", \"action\": \"show\", \"condition\": {\"id\": "      \
	"\"3\", \"operator\": \"equals\", \"value\": true}}]},"                \
	"{\"id\": \"5\", \"task\": \"5\", \"type\": [\"open_text\"],"          \
	"\"takes\": [\"/use/purpose\"]},"                                      \
	"{\"id\": \"6\", \"task\": \"6\", \"type\": [\"open_text\"],"          \
	"\"takes\": [\"up#r.t\", \"up#r.u\"]},"                                \
	"{\"id\": \"7\", \"task\": \"7\", \"type\": [\"select_option\"],"      \
	"\"takes\": [\"up#c\", \"/use/phase\"], \"options\": ["                \
	"{\"value\": \"x\"}, {\"value\": \"proef\"}]},"                        \
	"{\"id\": \"g\", \"task\": \"G\", \"type\": [\"task_group\"],"         \
	"\"repeatable\": true, \"tasks\": [{\"id\": \"g.t\", \"task\": \"T\"," \
	"\"type\": [\"text_input\"], \"takes\": [\"up#r.t\"]},"                \
	"{\"id\": \"g.u\", \"task\": \"U\", \"type\": [\"text_input\"],"       \
	"\"takes\": [\"up#a\"]}, {\"id\": \"g.v\", \"task\": \"V\","           \
	"\"type\": [\"text_input\"], \"takes\": [\"up#r.t\"]}]}]}"

static const struct {
	const char *what, *up, *down, *application, *expected;
} cases[] = {
    {"nothing is there", "{}", "{}", "{}", ""},
    {"two texts are one, under both names",
     "{\"a\": {\"value\": \"A\", \"basis\": {}},"
     "\"b\": {\"value\": \"B\", \"basis\": {}}}",
     "{\"g\": [{\"id\": \"aaaaaaaa\", \"g.u\": {\"value\": \"-\"}}]}", "{}",
     "1 up#a, up#b=\"A\\n\\nB\"\n"},
    {"what nobody stands for there is not offered",
     "{\"a\": {\"value\": \"A\"}, \"b\": {\"waived\": {\"kind\": \"unknown\"},"
     "\"basis\": {}}}",
     "{}", "{}", ""},
    {"a choice as text, and as the option that says so",
     "{\"c\": {\"value\": \"x\", \"basis\": {}}}", "{}", "{}",
     "2 up#c=\"Ex\"\n3 up#c=true\n7 up#c=\"x\"\n"},
    {"of options the first that is said",
     "{\"c\": {\"value\": \"x\", \"basis\": {}}}",
     "{\"2\": {\"value\": \"-\"}, \"3\": {\"value\": false}}",
     "{\"use\": {\"phase\": \"proef\"}}", "7 up#c=\"x\"\n"},
    {"and where only the characteristics say one, that", "{}", "{}",
     "{\"use\": {\"phase\": \"proef\"}}", "7 /use/phase=\"proef\"\n"},
    {"no option says so", "{\"c\": {\"value\": \"y\", \"basis\": {}}}",
     "{\"2\": {\"value\": \"Z\", \"basis\": {}}}", "{}", ""},
    {"a hidden question is offered nothing, one that is shown is",
     "{\"a\": {\"value\": \"A\", \"basis\": {}}}",
     "{\"1\": {\"value\": \"-\"}, \"3\": {\"value\": true, \"basis\": {}},"
     "\"g\": [{\"id\": \"aaaaaaaa\", \"g.u\": {\"value\": \"-\"}}]}",
     "{}", "4 up#a=\"A\"\n"},
    {"characteristics", "{}", "{}", "{\"use\": {\"purpose\": \"Doel\"}}",
     "5 /use/purpose=\"Doel\"\n"},
    {"one's own text is left alone",
     "{\"a\": {\"value\": \"A\", \"basis\": {}}}",
     "{\"1\": {\"value\": \"Own\", \"basis\": {}},"
     "\"g\": [{\"id\": \"aaaaaaaa\", \"g.u\": {\"value\": \"-\"}}]}",
     "{}", ""},
    {"what was taken is offered again where it reads otherwise now",
     "{\"a\": {\"value\": \"New\", \"basis\": {}}}",
     "{\"1\": {\"value\": \"Old\", \"origin\": \"up#a\", \"basis\": {}},"
     "\"g\": [{\"id\": \"aaaaaaaa\", \"g.u\": {\"value\": \"-\"}}]}",
     "{}", "1 up#a=\"New\"\n"},
    {"but not the same", "{\"a\": {\"value\": \"Old\", \"basis\": {}}}",
     "{\"1\": {\"value\": \"Old\", \"origin\": \"up#a\", \"basis\": {}},"
     "\"g\": [{\"id\": \"aaaaaaaa\", \"g.u\": {\"value\": \"-\"}}]}",
     "{}", ""},
    {"a waived question is answered",
     "{\"c\": {\"value\": \"x\", \"basis\": {}}}",
     "{\"2\": {\"waived\": {\"kind\": \"settled\"}, \"basis\": {}},"
     "\"3\": {\"waived\": {\"kind\": \"settled\"}, \"basis\": {}},"
     "\"7\": {\"waived\": {\"kind\": \"settled\"}, \"basis\": {}}}",
     "{}", ""},
    {"rows become rows, each once",
     "{\"r\": [{\"id\": \"aaaaaaaa\", \"r.t\": {\"value\": \"A\","
     "\"basis\": {}}}, {\"id\": \"bbbbbbbb\", \"r.t\": {\"value\": \"B\","
     "\"basis\": {}}}]}",
     "{\"g\": [{\"id\": \"aaaaaaaa\", \"g.t\": {\"value\": \"A\","
     "\"basis\": {}}, \"g.v\": {\"value\": \"-\"}}]}",
     "{}",
     "6 up#r.t=\"A\\n\\nB\"\n"
     "g.t[bbbbbbbb] up#r.t=\"B\"\n"},
    {"rows are one text, under what each is called",
     "{\"r\": [{\"id\": \"aaaaaaaa\", \"r.t\": {\"value\": \"A\"},"
     "\"r.u\": {\"value\": \"Light.\", \"basis\": {}}}, {\"id\":"
     "\"bbbbbbbb\", \"r.t\": {\"value\": \"B\", \"basis\": {}}, \"r.u\":"
     "{\"value\": \"Serious.\", \"basis\": {}}}]}",
     "{\"g\": [{\"id\": \"bbbbbbbb\", \"g.t\": {\"value\": \"B\","
     "\"basis\": {}}, \"g.v\": {\"value\": \"-\"}}]}",
     "{}", "6 up#r.t, up#r.u=\"B\\n\\nLight.\\n\\n**B**: Serious.\"\n"},
    {"each row's text for a cell, until one of them is chosen",
     "{\"r\": [{\"id\": \"aaaaaaaa\", \"r.t\": {\"value\": \"A\","
     "\"basis\": {}}}, {\"id\": \"bbbbbbbb\", \"r.t\": {\"value\": \"B\","
     "\"basis\": {}}}]}",
     "{\"g\": [{\"id\": \"aaaaaaaa\", \"g.v\": {\"value\": \"B\","
     "\"origin\": \"up#r.t\", \"basis\": {}}}, {\"id\": \"bbbbbbbb\"},"
     "{\"id\": \"cccccccc\", \"g.v\": {\"value\": \"C\","
     "\"origin\": \"up#r.t\", \"basis\": {}}}]}",
     "{}",
     "6 up#r.t=\"A\\n\\nB\"\n"
     "g.t[aaaaaaaa] up#r.t=\"A\"\ng.t[bbbbbbbb] up#r.t=\"B\"\n"
     "g.v[bbbbbbbb] up#r.t=\"A\"\ng.v[bbbbbbbb] up#r.t=\"B\"\n"
     "g.v[cccccccc] up#r.t=\"A\"\ng.v[cccccccc] up#r.t=\"B\"\n"},
    {"a text for a cell, where it is open",
     "{\"a\": {\"value\": \"A\", \"basis\": {}}}",
     "{\"1\": {\"value\": \"-\"}, \"g\": [{\"id\": \"aaaaaaaa\", \"g.u\":"
     "{\"value\": \"-\"}}, {\"id\": \"bbbbbbbb\"}]}",
     "{}", "g.u[bbbbbbbb] up#a=\"A\"\n"},
    {"an answer of 0.1 that nobody stands for", "{}",
     "{\"1\": {\"value\": \"A\", \"origin\": \"f.json (X, 2026-01-01)\"}}",
     "{}", "1 f.json (X, 2026-01-01)=\"A\"\n"}};

static char *said(const fria_proposals *all, const fria_instrument *in)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < all->n; i++) {
		const fria_proposal *p = &all->items[i];
		char *value = json_dumps(p->value, JSON_ENCODE_ANY);
		fria_buf_puts(&out, in->tasks[p->task].id);
		if (p->row)
			fria_buf_printf(&out, "[%s]", p->row);
		fria_buf_printf(&out, " %s=%s\n", p->from, value);
		free(value);
	}
	return fria_buf_detach(&out);
}

static json_t *document(const char *answers)
{
	return json_pack("{s:s, s:s, s:s, s:o}", "instrument", "urn:nl:x:1.0",
			 "application", "app", "language", "nl", "answers",
			 json_of(answers));
}

static void test_what_is_offered_by_hand(void **state)
{
	(void)state;
	fria_instrument *up = instrument_of(UP), *down = instrument_of(DOWN);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *there = document(cases[i].up);
		json_t *here = document(cases[i].down);
		json_t *application = json_of(cases[i].application);
		const fria_sibling sibling = {"up", up, there, NULL, NULL, 0};
		const fria_evaluation_input input = {.instrument = down,
						     .assessment = here,
						     .application = application,
						     .siblings = {&sibling, 1}};
		fria_proposals all;
		fria_proposals_find(&all, &input);
		char *found = said(&all, down);
		if (strcmp(found, cases[i].expected) != 0)
			fail_msg("%s:\n%s", cases[i].what, found);
		free(found);
		fria_proposals_dispose(&all);
		json_decref(there);
		json_decref(here);
		json_decref(application);
	}
	fria_instrument_free(up);
	fria_instrument_free(down);
}

/* --- what the document keeps --- */

static void test_what_is_kept_goes_with_the_answer(void **state)
{
	(void)state;
	fria_instrument *in = instrument_of(DOWN);
	json_t *doc = document("{}");
	json_t *text = json_pack("{s:s}", "value", "Tekst");
	const fria_evaluation_input input = {.instrument = in,
					     .assessment = doc};
	fria_proposals all;
	for (size_t i = 0; i < 2; i++) { /* the same twice is one */
		assert_int_equal(fria_proposals_add(doc, in, 0, NULL, text,
						    "f.json", 1780000000),
				 i == 0);
		fria_proposals_add(doc, in, fria_instrument_find(in, "g.t"),
				   "bbbbbbbb", text, "f.json", 1780000000);
	}
	assert_int_equal(json_array_size(json_object_get(doc, "proposals")), 2);
	fria_proposals_find(&all, &input);
	char *found = said(&all, in);
	assert_string_equal(found, "1 f.json=\"Tekst\"\n"
				   "g.t[bbbbbbbb] f.json=\"Tekst\"\n");
	free(found);
	assert_string_equal(all.items[0].at, "2026-05-28T20:26:40Z");
	fria_proposals_dispose(&all);
	fria_proposals_settle(doc, "1", NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(doc, "proposals")), 1);
	fria_proposals_settle(doc, "g.t", "bbbbbbbb", NULL);
	assert_null(json_object_get(doc, "proposals"));
	json_decref(doc);
	json_decref(text);
	fria_instrument_free(in);
}

/* What came in a file: {answers here, kept, answers in the draft that it makes
 * of these, what is offered in the end}. */
static const struct {
	const char *what, *here, *kept, *draft, *expected;
} drafts[] = {
    {"an answer that is there stays beside what is offered",
     "{\"1\": {\"value\": \"A\", \"basis\": {}}}", "[]",
     "{\"1\": {\"value\": \"B\", \"origin\": \"f (X)\"}}", "1 f (X)=\"B\"\n"},
    {"the same text is nothing new", "{\"1\": {\"value\": \"A\"}}", "[]",
     "{\"1\": {\"value\": \"A\", \"origin\": \"f\"}}", ""},
    {"a later file of that name replaces what it offered, another does not",
     "{}",
     "[{\"id\": \"p1\", \"task\": \"1\", \"value\": \"A\", \"from\": \"f (X, "
     "1)\"},"
     "{\"id\": \"p2\", \"task\": \"1\", \"value\": \"B\", \"from\": \"g\"}]",
     "{\"1\": {\"value\": \"C\", \"origin\": \"f (Y, 2)\"}}",
     "1 g=\"B\"\n1 f (Y, 2)=\"C\"\n"},
    {"a row that is not there, twice the same", "{}",
     "[{\"id\": \"p1\", \"task\": \"g.u\", \"row\": \"aaaaaaa1\", \"value\": "
     "\"A\","
     "\"from\": \"f\"}]",
     "{}", "g.u[aaaaaaa1] f=\"A\"\n"}};

static void test_a_file_is_a_draft_of_the_document(void **state)
{
	(void)state;
	fria_instrument *in = instrument_of(DOWN);
	for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
		json_t *doc = document(drafts[i].here);
		json_object_set_new(doc, "proposals", json_of(drafts[i].kept));
		json_t *draft = fria_proposals_draft(doc, in), *answer;
		json_t *more = json_of(drafts[i].draft);
		const char *id;
		json_object_foreach(more, id, answer)
			fria_assessment_put(draft, in,
					    fria_instrument_find(in, id), NULL,
					    answer);
		fria_proposals_from(doc, in, draft, "f", 0);
		const fria_evaluation_input input = {.instrument = in,
						     .assessment = doc};
		fria_proposals all;
		fria_proposals_find(&all, &input);
		char *found = said(&all, in);
		if (strcmp(found, drafts[i].expected) != 0)
			fail_msg("%s:\n%s", drafts[i].what, found);
		json_t *answers = json_of(drafts[i].here);
		assert_true(
		    json_equal(json_object_get(doc, "answers"), answers));
		json_decref(answers);
		free(found);
		fria_proposals_dispose(&all);
		json_decref(more);
		json_decref(draft);
		json_decref(doc);
	}
	fria_instrument_free(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_that_is_taken_is_there),
	    cmocka_unit_test(test_each_question_that_takes_is_offered_it),
	    cmocka_unit_test(test_a_prohibition_is_asked_once),
	    cmocka_unit_test(test_duties_are_said_once),
	    cmocka_unit_test(test_risks_of_data_protection_are_said_once),
	    cmocka_unit_test(test_what_is_offered_by_hand),
	    cmocka_unit_test(test_what_is_kept_goes_with_the_answer),
	    cmocka_unit_test(test_a_file_is_a_draft_of_the_document)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
