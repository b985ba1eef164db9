/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which alarms ring, and which do not. What is expected was judged by hand, by
 * what a question asks, before this program was asked: tests/cases/alarm has
 * for each built-in questionnaire a line for every characteristic (what becomes
 * stale, what it would be silly to ask), for every answer that others rest on,
 * and for every question what no characteristic can tell. All is answered, in
 * one row of each group, and no question hides another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filled.h"
#include "tables.h"

#define TABLES "tests/cases/alarm/"

static const char *const names[] = {"iama-2.0",	   "iama-1.0",	"fria-1.0",
				    "start-2.0",   "start-1.0", "dpia-3.0",
				    "plichten-1.0"};

/* --- tables --- */

static table read_table(const char *name, const char *kind, size_t cells)
{
	char *path = fria_format(TABLES "%s%s.tsv", name, kind);
	table out = read_lines(path, cells);
	free(path);
	return out;
}

/* The next of the words in a cell; false at its end. */
static bool next_word(const char **at, char out[64])
{
	*at += strspn(*at, " ");
	size_t n = strcspn(*at, " ");
	assert_true(n < 64);
	memcpy(out, *at, n);
	out[n] = '\0';
	*at += n;
	return n > 0;
}

/* --- a questionnaire without conditions, full of answers --- */

enum { BESIDE = 4 };

typedef struct {
	const char *name;
	fria_instrument *in;
	json_t *assessment;
	/* What its answers rest on elsewhere: "iama-2.0". */
	fria_instrument *beside[BESIDE];
	json_t *others[BESIDE];
	fria_sibling items[BESIDE];
	fria_siblings siblings;
} world;

static void drop_conditions(json_t *tasks)
{
	size_t i, k;
	json_t *task;
	json_array_foreach(tasks, i, task) {
		json_t *all = json_object_get(task, "dependencies");
		for (k = json_array_size(all); k-- > 0;)
			if (fria_json_says(json_array_get(all, k), "type",
					   "conditional"))
				json_array_remove(all, k);
		json_object_del(task, "stop");
		json_object_del(task, "filled_by");
		drop_conditions(json_object_get(task, "tasks"));
	}
}

static fria_instrument *make_instrument(const char *name, bool conditions)
{
	fria_instrument *built_in = fria_instrument_built_in(name);
	fria_instrument *out = NULL;
	assert_non_null(built_in);
	json_t *copy = json_deep_copy(built_in->document);
	if (!conditions)
		drop_conditions(json_object_get(copy, "tasks"));
	assert_int_equal(fria_instrument_parse(&out, "test", copy, NULL), 0);
	json_decref(copy);
	fria_instrument_free(built_in);
	return out;
}

static void fill_world(world *w, const json_t *application)
{
	json_decref(w->assessment);
	w->assessment = fria_assessment_new(w->in, "app", FRIA_NL);
	fill(w->in, w->assessment, application, &w->siblings, NULL);
}

/* Another assessment, full of answers; once. */
static void put_beside(world *w, const char *edge, const json_t *application)
{
	char *id = fria_strndup(edge, strcspn(edge, "#"));
	size_t n = w->siblings.n;
	for (size_t i = 0; i < n && id; i++)
		if (!strcmp(w->items[i].name, id)) {
			free(id);
			return;
		}
	assert_true(n < BESIDE);
	w->beside[n] =
	    make_instrument(fria_instrument_upstream(w->in, id), false);
	free(id);
	w->others[n] = fria_assessment_new(w->beside[n], "app", FRIA_NL);
	w->items[n] = (fria_sibling){
	    w->beside[n]->id, w->beside[n], w->others[n], NULL, NULL, 0};
	fill(w->beside[n], w->others[n], application, &w->siblings, NULL);
	w->siblings = (fria_siblings){w->items, n + 1};
}

/* All is answered, about an application of which nothing is known. */
static void make_world(world *w, const char *name)
{
	json_t *application = application_with(NULL);
	*w = (world){.name = name, .in = make_instrument(name, false)};
	for (size_t i = 0; i < w->in->n; i++)
		for (size_t k = 0; k < w->in->tasks[i].upstream.n; k++) {
			const fria_edge *e = &w->in->tasks[i].upstream.items[k];
			if (e->task == FRIA_NONE)
				put_beside(w, e->id, application);
		}
	fill_world(w, application);
	json_decref(application);
}

static void drop_world(world *w)
{
	json_decref(w->assessment);
	fria_instrument_free(w->in);
	for (size_t i = 0; i < w->siblings.n; i++) {
		json_decref(w->others[i]);
		fria_instrument_free(w->beside[i]);
	}
}

/* The other assessment that an edge leads to; the own one: FRIA_NONE. */
static size_t beside_of(const world *w, const char *edge)
{
	const fria_sibling *s = fria_sibling_find(w->in, &w->siblings, edge);
	if (strchr(edge, '#'))
		assert_non_null(s);
	return s ? (size_t)(s - w->items) : FRIA_NONE;
}

static void evaluate(fria_evaluation *out, const fria_instrument *in,
		     const json_t *assessment, const json_t *application,
		     const fria_siblings *siblings)
{
	fria_evaluation_input input = {.instrument = in,
				       .assessment = assessment,
				       .application = application,
				       .as_of = 1780000000,
				       .adopted = true,
				       .review = {1200, 0}};
	if (siblings)
		input.siblings = *siblings;
	fria_evaluate(out, &input);
}

/* --- what is expected --- */

typedef enum { HOLDS, STALE, SUSPECT } state;

/* The task that a word of a table names. */
static size_t task_of(const world *w, const char *id)
{
	size_t task = fria_instrument_find(w->in, id);
	if (task == FRIA_NONE)
		fail_msg("%s has no %s", w->name, id);
	return task;
}

/* "4.groepen (5.2.groep)": the task or group before the bracket. */
static void source_of(const line *l, char out[64])
{
	const char *at = l->cells[0];
	next_word(&at, out);
}

static bool is_within(const fria_instrument *in, size_t group, size_t task)
{
	return task == group || (task > group && task < in->tasks[group].end);
}

/* Everything behind what is stale, by the table of what rests on what. */
static void add_suspects(const world *w, const table *rests, state *states)
{
	char from[64], to[64];
	bool more = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < rests->n; i++) {
			source_of(&rests->items[i], from);
			if (strchr(from, '#'))
				continue;
			size_t group = task_of(w, from);
			bool reached = false;
			for (size_t k = 0; k < w->in->n; k++)
				reached =
				    reached || (states[k] != HOLDS &&
						is_within(w->in, group, k));
			const char *at = rests->items[i].cells[1];
			while (reached && next_word(&at, to)) {
				state *s = &states[task_of(w, to)];
				more = more || *s == HOLDS;
				*s = *s == HOLDS ? SUSPECT : *s;
			}
		}
	}
}

static void say_difference(fria_buf *out, const char *word, state is, state by)
{
	static const char *const words[] = {"in order", "stale", "suspect"};
	if (is != by)
		fria_buf_printf(out, "  %s is %s, judged %s\n", word, words[is],
				words[by]);
}

/* Appends what differs from what was judged. */
static void compare(fria_buf *out, const world *w, const char *what,
		    const json_t *application, const state *states)
{
	fria_evaluation e;
	fria_buf found = FRIA_BUF_INIT;
	evaluate(&e, w->in, w->assessment, application, &w->siblings);
	for (size_t k = 0; k < e.n; k++) {
		const fria_judgement *j = &e.items[k];
		size_t task = j->question.task;
		say_difference(&found, w->in->tasks[task].id,
			       j->state == FRIA_STALE	  ? STALE
			       : j->state == FRIA_SUSPECT ? SUSPECT
							  : HOLDS,
			       states[task]);
	}
	if (found.n)
		fria_buf_printf(out, "%s: %s\n%s", w->name, what, found.text);
	fria_buf_dispose(&found);
	fria_evaluation_dispose(&e);
}

static void must_be_empty(fria_buf *found)
{
	for (char *at = found->text, *next; found->n && *at; at = next) {
		next = strchr(at, '\n') + 1;
		print_message("%.*s", (int)(next - at), at);
	}
	bool empty = !found->n;
	fria_buf_dispose(found);
	assert_true(empty);
}

/* --- characteristics --- */

/* "POINTER", changed from nothing to something; or "POINTER BEFORE -> AFTER" */
typedef struct {
	char pointer[64];
	json_t *before, *after;
} change;

static json_t *part(const char *text, size_t n)
{
	json_t *json = NULL;
	if (fria_json_parse(&json, "change", text, n, NULL))
		fail_msg("no JSON: %.*s", (int)n, text);
	return json;
}

/* fria_json_parse reads documents alone: a value comes in a list. */
static json_t *value_in(const char *text, size_t n)
{
	char *list = fria_format("[%.*s]", (int)n, text);
	json_t *json = part(list, strlen(list));
	json_t *out = json_incref(json_array_get(json, 0));
	json_decref(json);
	free(list);
	return out;
}

static json_t *application_of(const char *pointer, json_t *value)
{
	json_t *application = json_pack("{s:s}", "id", "app");
	if (value)
		assert_int_equal(
		    fria_pointer_set(application, pointer, value, NULL), 0);
	return application;
}

static change read_change(const line *l)
{
	change out;
	const char *at = l->cells[0];
	next_word(&at, out.pointer);
	const char *arrow = strstr(at, " -> ");
	if (!*at) {
		out.before = application_of(out.pointer, NULL);
		out.after = application_with(out.pointer);
		return out;
	}
	assert_non_null(arrow);
	json_t *before = value_in(at, (size_t)(arrow - at));
	json_t *after = value_in(arrow + 4, strlen(arrow + 4));
	out.before = application_of(out.pointer, before);
	out.after = application_of(out.pointer, after);
	json_decref(before);
	json_decref(after);
	return out;
}

static void judge(fria_buf *out, world *w, const line *l, const table *rests)
{
	state *states = fria_calloc(w->in->n, sizeof *states);
	const char *at = l->cells[1];
	char id[64];
	change c = read_change(l);
	json_t *filled = json_incref(w->assessment);
	if (json_object_size(c.before) > 1)
		fill_world(w, c.before);
	compare(out, w, "before", c.before, states);
	while (next_word(&at, id))
		states[task_of(w, id)] = STALE;
	for (at = l->cells[2]; next_word(&at, id);)
		if (states[task_of(w, id)] == STALE)
			fail_msg("%s: %s both ways", l->cells[0], id);
	add_suspects(w, rests, states);
	compare(out, w, l->cells[0], c.after, states);
	json_decref(w->assessment);
	w->assessment = filled;
	json_decref(c.before);
	json_decref(c.after);
	free(states);
}

/* Stale is what was judged to be, suspect what lies behind it, and no more. */
static void test_every_fact(void **unused)
{
	(void)unused;
	fria_buf found = FRIA_BUF_INIT;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		world w;
		make_world(&w, names[i]);
		table facts = read_table(names[i], "", 4);
		table rests = read_table(names[i], ".rests", 3);
		for (size_t k = 0; k < facts.n; k++)
			judge(&found, &w, &facts.items[k], &rests);
		drop_table(&facts);
		drop_table(&rests);
		drop_world(&w);
	}
	must_be_empty(&found);
}

/* A theme of the release check in which everything was one question. */
static void test_no_theme_is_wider_than_what_is_asked(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		fria_instrument *in = fria_instrument_built_in(names[i]);
		for (size_t k = 0; k < in->n; k++)
			for (size_t t = 0; t < in->tasks[k].themes.n; t++)
				for (const char *const *of = fria_themes_former;
				     *of; of++)
					if (!strcmp(
						in->tasks[k].themes.items[t],
						*of))
						fail_msg("%s %s: %s", names[i],
							 in->tasks[k].id, *of);
		fria_instrument_free(in);
	}
}

/* --- answers --- */

/* Another answer that fits the task. New. */
static json_t *other_answer(const fria_task *t)
{
	json_t *options = json_object_get(t->raw, "options");
	json_t *last = json_object_get(
	    json_array_get(options, json_array_size(options) - 1), "value");
	if (t->kind == FRIA_OPTIONS && last)
		return json_pack("[O]", last);
	return last ? json_incref(last) : json_string("Heel anders.");
}

/* The first in a task or group that is asked and names no row. */
static size_t first_asked(const fria_instrument *in, size_t task)
{
	while (!is_asked(&in->tasks[task]) || fria_task_draws(&in->tasks[task]))
		task++;
	return task;
}

/* Another value for the first answer in a task or group, NULL: some other; the
 * one before. */
static json_t *reword(const fria_instrument *in, json_t *assessment,
		      size_t task, json_t *value)
{
	const char *row = NULL;
	task = first_asked(in, task);
	if (!value)
		value = other_answer(&in->tasks[task]);
	if (in->tasks[task].rows != FRIA_NONE)
		row = fria_json_text(
		    json_array_get(fria_assessment_rows(assessment, in,
							in->tasks[task].rows),
				   0),
		    "id");
	json_t *answer = fria_assessment_answer(assessment, in, task, row);
	json_t *was = json_incref(json_object_get(answer, "value"));
	json_object_set_new(answer, "value", value);
	return was;
}

/* What rests on it itself: lines that name it, or a group that holds it. */
static void mark_behind(const world *w, const table *rests, const char *changed,
			state *states)
{
	char from[64], to[64];
	size_t task = strchr(changed, '#') ? FRIA_NONE : task_of(w, changed);
	if (task != FRIA_NONE)
		task = first_asked(w->in, task);
	for (size_t i = 0; i < rests->n; i++) {
		const char *at = rests->items[i].cells[1];
		source_of(&rests->items[i], from);
		if (strchr(from, '#') || task == FRIA_NONE
			? strcmp(from, changed) != 0
			: !is_within(w->in, task_of(w, from), task))
			continue;
		while (next_word(&at, to))
			states[task_of(w, to)] = STALE;
	}
	if (task != FRIA_NONE)
		states[task] = STALE; /* nobody stands for the new value */
}

static void test_every_answer(void **unused)
{
	(void)unused;
	fria_buf found = FRIA_BUF_INIT;
	json_t *application = application_of("/monitoring", NULL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		world w;
		make_world(&w, names[i]);
		table rests = read_table(names[i], ".rests", 3);
		fill_world(&w, application);
		for (size_t k = 0; k < rests.n; k++) {
			char id[64];
			source_of(&rests.items[k], id);
			const char *hash = strchr(id, '#');
			size_t at = beside_of(&w, id);
			const fria_instrument *in = hash ? w.beside[at] : w.in;
			json_t *doc = hash ? w.others[at] : w.assessment;
			size_t task =
			    fria_instrument_find(in, hash ? hash + 1 : id);
			state *states = fria_calloc(w.in->n, sizeof *states);
			json_t *was = reword(in, doc, task, NULL);
			mark_behind(&w, &rests, id, states);
			add_suspects(&w, &rests, states);
			compare(&found, &w, id, application, states);
			json_decref(reword(in, doc, task, was));
			free(states);
		}
		drop_table(&rests);
		drop_world(&w);
	}
	json_decref(application);
	must_be_empty(&found);
}

/* --- nothing is left out --- */

static bool has_line(const table *t, const char *name)
{
	char word[64];
	for (size_t i = 0; i < t->n; i++) {
		source_of(&t->items[i], word);
		if (!strcmp(word, name))
			return true;
	}
	return false;
}

static void test_nothing_is_left_out(void **unused)
{
	(void)unused;
	static const char *const facts[] = {
#define FACT(pointer, ...) pointer,
#include "../../engine/model/facts.def"
	};
	fria_buf found = FRIA_BUF_INIT;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		world w;
		make_world(&w, names[i]);
		table judged = read_table(names[i], "", 4);
		table questions = read_table(names[i], ".questions", 2);
		table rests = read_table(names[i], ".rests", 3);
		for (size_t k = 0; k < sizeof facts / sizeof *facts; k++)
			if (!has_line(&judged, facts[k]))
				fria_buf_printf(&found, "%s: no %s\n", names[i],
						facts[k]);
		for (size_t k = 0; k < w.in->n; k++) {
			const fria_task *t = &w.in->tasks[k];
			if (is_asked(t) && !has_line(&questions, t->id))
				fria_buf_printf(&found, "%s: no %s\n", names[i],
						t->id);
		}
		for (size_t k = 0; k < questions.n; k++)
			task_of(&w, questions.items[k].cells[0]);
		drop_table(&judged);
		drop_table(&questions);
		drop_table(&rests);
		drop_world(&w);
	}
	must_be_empty(&found);
}

/* --- what changes back --- */

static void test_reverting_restores(void **unused)
{
	(void)unused;
	world w;
	make_world(&w, "iama-2.0");
	json_t *before = application_with("/use/model");
	json_t *other = application_with("/use/process");
	fria_evaluation e;
	fill_world(&w, before);
	evaluate(&e, w.in, w.assessment, other, &w.siblings);
	assert_true(e.counts.stale > 12);
	assert_int_equal(e.verdict, FRIA_NEEDS_REVIEW);
	fria_evaluation_dispose(&e);
	evaluate(&e, w.in, w.assessment, before, &w.siblings);
	assert_int_equal(e.counts.stale, 0);
	assert_int_equal(e.counts.suspect, 0);
	assert_int_equal(e.verdict, FRIA_CURRENT);
	fria_evaluation_dispose(&e);
	json_decref(other);
	json_decref(before);
	drop_world(&w);
}

/* --- the real questionnaire, where an answer hides questions --- */

static const char *const branches[] = {"zelflerend", "niet-zelflerend"};

static json_t *fill_branch(const fria_instrument *in, const json_t *application,
			   const char *kind)
{
	const fria_siblings none = {NULL, 0};
	json_t *assessment = fria_assessment_new(in, "app", FRIA_NL);
	fill(in, assessment, application, &none, kind);
	return assessment;
}

/* One line a characteristic: stale and suspect in each branch. */
static void print_branches(void)
{
	fria_instrument *in = make_instrument("iama-2.0", true);
	table facts = read_table("iama-2.0", "", 4);
	printf("fact\t%s: stale, suspect\t%s: stale, suspect\n", branches[0],
	       branches[1]);
	for (size_t k = 0; k < facts.n; k++) {
		change c = read_change(&facts.items[k]);
		printf("%s", facts.items[k].cells[0]);
		for (size_t i = 0; i < 2; i++) {
			fria_evaluation e;
			json_t *filled = fill_branch(in, c.before, branches[i]);
			evaluate(&e, in, filled, c.after, NULL);
			printf("\t%zu\t%zu", e.counts.stale, e.counts.suspect);
			fria_evaluation_dispose(&e);
			json_decref(filled);
		}
		printf("\n");
		json_decref(c.before);
		json_decref(c.after);
	}
	drop_table(&facts);
	fria_instrument_free(in);
}

static void test_a_branch_starts_in_order(void **unused)
{
	(void)unused;
	fria_instrument *in = make_instrument("iama-2.0", true);
	json_t *application = application_with(NULL);
	for (size_t i = 0; i < 2; i++) {
		fria_evaluation e;
		json_t *assessment = fill_branch(in, application, branches[i]);
		evaluate(&e, in, assessment, application, NULL);
		assert_int_equal(e.counts.stale, 0);
		assert_int_equal(e.counts.suspect, 0);
		assert_true(e.counts.hidden > 0);
		fria_evaluation_dispose(&e);
		json_decref(assessment);
	}
	json_decref(application);
	fria_instrument_free(in);
}

static void test_instruments_are_in_order(void **unused)
{
	(void)unused;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_buf found = FRIA_BUF_INIT;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		fria_instrument *in = make_instrument(names[i], true);
		fria_instrument_check(&findings, in, names[i]);
		fria_instrument_free(in);
	}
	for (size_t i = 0; i < findings.n; i++)
		if (findings.items[i].severity != FRIA_NOTE) {
			fria_finding_text(&found, &findings.items[i], FRIA_EN);
			fria_buf_putc(&found, '\n');
		}
	fria_findings_dispose(&findings);
	must_be_empty(&found);
}

/* With --branches: the counts that tests/cases/branches keeps. */
int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--branches")) {
		print_branches();
		return 0;
	}
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_instruments_are_in_order),
	    cmocka_unit_test(test_nothing_is_left_out),
	    cmocka_unit_test(test_every_fact),
	    cmocka_unit_test(test_no_theme_is_wider_than_what_is_asked),
	    cmocka_unit_test(test_every_answer),
	    cmocka_unit_test(test_reverting_restores),
	    cmocka_unit_test(test_a_branch_starts_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
