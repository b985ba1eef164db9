/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers under newer questions: IAMA 1.0 and what IAMA 2.0 takes from it, and
 * on thousands of random pairs of questionnaires: no answer is lost, none
 * counts as judged.
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
#include "filled.h"
#include "seeds.h"

/* --- the two that are built in --- */

static void test_iama_1_is_in_order(void **state)
{
	(void)state;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_instrument *in = fria_instrument_built_in("urn:nl:iama:1.0");
	size_t questions = 0;
	assert_non_null(in);
	fria_instrument_check(&findings, in, "iama-1.0.json");
	assert_int_equal(findings.n, 0);
	for (size_t i = 0; i < in->n; i++) {
		const fria_task *t = &in->tasks[i];
		if (!t->answerable)
			continue;
		questions++;
		assert_non_null(fria_task_guidance(t, FRIA_EN));
		assert_non_null(t->about);
		assert_true(t->roles.n > 0);
	}
	assert_int_equal(questions, 57);
	fria_findings_dispose(&findings);
	fria_instrument_free(in);
}

static void test_the_map_names_questions_that_are_there(void **state)
{
	(void)state;
	fria_instrument *from = fria_instrument_built_in("iama-1.0");
	fria_instrument *to = fria_instrument_built_in("iama-2.0");
	fria_instrument *newest = fria_instrument_built_in("iama");
	fria_instrument *fria = fria_instrument_built_in("fria");
	size_t k;
	json_t *id;
	assert_string_equal(newest->version, "2.0");
	assert_true(fria_migrates(from, to));
	assert_false(fria_migrates(to, from));
	assert_false(fria_migrates(to, to));
	assert_false(fria_migrates(fria, to));
	for (size_t i = 0; i < to->n; i++) {
		json_array_foreach(
		    json_object_get(to->tasks[i].raw, "migrates"), k, id) {
			size_t at =
			    fria_instrument_find(from, json_string_value(id));
			assert_int_not_equal(at, FRIA_NONE);
			assert_true(from->tasks[at].answerable);
		}
	}
	fria_instrument_free(from);
	fria_instrument_free(to);
	fria_instrument_free(newest);
	fria_instrument_free(fria);
}

static const fria_mapped *mapped(const fria_migration *m, const char *task)
{
	for (size_t i = 0; i < m->mapped.n; i++)
		if (!strcmp(m->mapped.items[i].to.task, task))
			return &m->mapped.items[i];
	return NULL;
}

static void assert_mapped(const fria_migration *m, const char *task,
			  fria_migrated_kind kind, const char *from)
{
	const fria_mapped *one = mapped(m, task);
	fria_buf text = FRIA_BUF_INIT;
	assert_non_null(one);
	assert_int_equal(one->kind, kind);
	for (size_t i = 0; i < one->from.n; i++)
		fria_buf_printf(&text, i ? " %s" : "%s",
				one->from.items[i].task);
	assert_string_equal(text.text, from);
	fria_buf_dispose(&text);
}

static void test_iama_1_becomes_iama_2(void **state)
{
	(void)state;
	fria_instrument *from = fria_instrument_built_in("iama-1.0");
	fria_instrument *to = fria_instrument_built_in("iama-2.0");
	json_t *application = application_with(NULL);
	json_t *old = fria_assessment_new(from, "app", FRIA_NL);
	const fria_siblings none = {NULL, 0};
	fria_migration m;
	for (size_t i = 0; i < from->n; i++)
		if (from->tasks[i].answerable)
			stand_for(from, old, application, &none, i,
				  value_for(&from->tasks[i]));
	const fria_migration_input input = {from, to, old, "app/iama"};
	fria_migration_make(&m, &input);
	assert_mapped(&m, "1.1.1", FRIA_MIGRATED_ONE, "1.1.1");
	assert_mapped(&m, "1.4.1.1", FRIA_MIGRATED_MERGED, "1.5.1 1.5.2");
	assert_mapped(&m, "2.1.2", FRIA_MIGRATED_MERGED,
		      "2B.1.2 2B.1.3 2B.1.4");
	assert_mapped(&m, "2.3.2", FRIA_MIGRATED_SPLIT, "2A.2.2");
	assert_mapped(&m, "2.2B.2", FRIA_MIGRATED_SPLIT, "2A.2.2");
	assert_null(mapped(&m, "2.1.1.1"));
	assert_int_equal(m.kept.n, 5);
	assert_string_equal(m.kept.items[0].at.task, "2A.4.3");
	json_t *merged = fria_assessment_answer(
	    m.assessment, to, fria_instrument_find(to, "1.4.1.1"), NULL);
	assert_string_equal(
	    fria_json_text(merged, "value"),
	    "**Welke organisaties en functies zijn bij het algoritme "
	    "betrokken?**\n\nAntwoord op 1.5.1.\n\n**Wie doet wat, ook nadat "
	    "het algoritme is opgeleverd?**\n\nAntwoord op 1.5.2.");
	assert_string_equal(fria_json_text(merged, "origin"),
			    "app/iama#1.5.1, #1.5.2");
	fria_migration_dispose(&m);
	json_decref(old);
	json_decref(application);
	fria_instrument_free(from);
	fria_instrument_free(to);
}

/* --- random pairs --- */

enum { OLD = 12, NEW = 12 };
static const char *const types[] = {"open_text", "select_option",
				    "multiselect_scrollable", "date"};

typedef struct {
	unsigned seed;
	unsigned marks; /* words that stand nowhere else */
	fria_instrument *from, *to;
	json_t *old, *application;
} world;

static unsigned dice(world *w, unsigned sides)
{
	return (unsigned)rand_r(&w->seed) % sides;
}

static json_t *random_task(world *w, const char *stem, int i)
{
	const char *type = types[dice(w, 3) ? 0 : dice(w, 4)];
	json_t *task = json_pack(
	    "{s:o, s:o, s:[s]}", "id", json_sprintf("%s%d", stem, i), "task",
	    json_sprintf("Question %s%d", stem, i), "type", type);
	json_t *options = json_array();
	for (unsigned k = 0; k < 5; k++)
		if (dice(w, 3))
			json_array_append_new(
			    options,
			    json_pack("{s:o, s:o}", "value",
				      json_sprintf("slug-%u", k), "label",
				      json_sprintf("Label %u", k)));
	if (!json_array_size(options))
		json_array_append_new(options,
				      json_pack("{s:s}", "value", "slug-9"));
	if (strstr(type, "select"))
		json_object_set(task, "options", options);
	json_decref(options);
	return task;
}

/* A third of the tasks stand in a group with rows. */
static json_t *random_form(world *w, const char *stem, int n, int old)
{
	json_t *tasks = json_array(), *group = json_array();
	for (int i = 0; i < n; i++) {
		json_t *task = random_task(w, stem, i), *list = json_array();
		for (int k = 0; k < old; k++)
			if (!dice(w, 6))
				json_array_append_new(list,
						      json_sprintf("q%d", k));
		if (json_array_size(list))
			json_object_set(task, "migrates", list);
		json_array_append_new(dice(w, 3) ? tasks : group, task);
		json_decref(list);
	}
	json_array_append_new(group,
			      json_pack("{s:o, s:s, s:[s]}", "id",
					json_sprintf("%sx", stem), "task", "x",
					"type", "open_text"));
	json_array_append_new(
	    tasks, json_pack("{s:o, s:s, s:[s], s:b, s:o}", "id",
			     json_sprintf("%sg", stem), "task", "Group", "type",
			     "task_group", "repeatable", 1, "tasks", group));
	return tasks;
}

static fria_instrument *random_instrument(world *w, const char *version,
					  const char *stem, int n, int old)
{
	fria_instrument *in = NULL;
	json_t *json = json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t",
				 "version", version, "name", "t", "tasks",
				 random_form(w, stem, n, old));
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

static json_t *random_options(world *w, const fria_task *t)
{
	json_t *chosen = json_array(), *option;
	size_t i;
	json_array_foreach(json_object_get(t->raw, "options"), i, option) {
		if (!i || dice(w, 2))
			json_array_append(chosen,
					  json_object_get(option, "value"));
	}
	return chosen;
}

static json_t *random_value(world *w, const fria_task *t)
{
	json_t *options = json_object_get(t->raw, "options");
	size_t n = json_array_size(options);
	if (t->kind == FRIA_OPTION)
		return json_incref(json_object_get(
		    json_array_get(options, dice(w, (unsigned)n)), "value"));
	if (t->kind == FRIA_OPTIONS)
		return random_options(w, t);
	if (t->kind == FRIA_DATE)
		return json_sprintf("20%02u-01-%02u", 10 + dice(w, 80),
				    1 + dice(w, 28));
	return json_sprintf("mark%u.", w->marks++);
}

/* Stood for; or not; or touched since; or waived. */
static void random_answer(world *w, size_t task, const char *row)
{
	const fria_task *t = &w->from->tasks[task];
	const fria_stand stand = {"41ab", "A <a@example.org>",
				  (fria_time)dice(w, 1000), "note", NULL};
	const fria_siblings none = {NULL, 0};
	json_t *answer;
	if (dice(w, 6))
		answer = json_pack("{s:o}", "value", random_value(w, t));
	else
		answer =
		    json_pack("{s:{s:s, s:o}}", "waived", "kind", "settled",
			      "reason", json_sprintf("mark%u.", w->marks++));
	if (dice(w, 5))
		json_object_set_new(answer, "basis",
				    fria_basis(w->from, w->old, w->application,
					       &none, task, row, answer, &stand,
					       FRIA_RULES));
	if (!dice(w, 8) && json_object_get(answer, "value"))
		json_object_set_new(answer, "value", random_value(w, t));
	if (!dice(w, 6))
		json_object_set_new(answer, "dissent",
				    json_sprintf("mark%u.", w->marks++));
	fria_assessment_put(w->old, w->from, task, row, answer);
	json_decref(answer);
}

static void start(world *w, unsigned seed)
{
	*w = (world){.seed = seed, .marks = 1000};
	w->from = random_instrument(w, "1.0", "q", OLD, 0);
	w->to = random_instrument(w, "2.0", "n", NEW, OLD);
	w->application = application_with(NULL);
	w->old = fria_assessment_new(w->from, "app", FRIA_EN);
	size_t group = fria_instrument_find(w->from, "qg");
	for (unsigned rows = dice(w, 4); rows > 0; rows--)
		fria_assessment_row_add(w->old, w->from, group);
	for (size_t i = 0; i < w->from->n; i++) {
		json_t *rows = fria_assessment_rows(w->old, w->from, group);
		if (!w->from->tasks[i].answerable || !dice(w, 4))
			continue;
		if (w->from->tasks[i].rows == FRIA_NONE)
			random_answer(w, i, NULL);
		for (size_t k = 0; w->from->tasks[i].rows != FRIA_NONE &&
				   k < json_array_size(rows);
		     k++)
			random_answer(
			    w, i,
			    fria_json_text(json_array_get(rows, k), "id"));
	}
	if (!dice(w, 4))
		json_object_set_new(json_object_get(w->old, "answers"), "gone",
				    json_pack("{s:s}", "value", "mark1."));
}

static void end(world *w)
{
	fria_instrument_free(w->from);
	fria_instrument_free(w->to);
	json_decref(w->old);
	json_decref(w->application);
}

static void migrate(fria_migration *out, const world *w)
{
	const fria_migration_input input = {w->from, w->to, w->old, "app/t"};
	fria_migration_make(out, &input);
}

static bool is_kept(const fria_migration *m, const char *task, const char *row)
{
	for (size_t i = 0; i < m->kept.n; i++) {
		const fria_migration_place *at = &m->kept.items[i].at;
		if (!strcmp(at->task, task) &&
		    (row ? at->row && !strcmp(at->row, row) : !at->row))
			return true;
	}
	return false;
}

/* The value as it may stand in a new answer: itself, or as people read it. */
static bool is_there(const world *w, const char *dump, const char *task,
		     const json_t *value)
{
	fria_buf label = FRIA_BUF_INIT, raw = FRIA_BUF_INIT;
	size_t at = fria_instrument_find(w->from, task), i;
	json_t *one;
	bool found = true;
	if (json_is_array(value)) {
		json_array_foreach(value, i, one) {
			json_t *single = json_pack("[O]", one);
			fria_value_say(&label, w->from, at, single, NULL,
				       FRIA_EN);
			found = found && (strstr(dump, label.text) ||
					  strstr(dump, json_string_value(one)));
			fria_buf_clear(&label);
			json_decref(single);
		}
	} else {
		if (w->from->tasks[at].kind != FRIA_DATE ||
		    !fria_date_say(&label, FRIA_EN, json_string_value(value)))
			fria_value_say(&label, w->from, at, value, NULL,
				       FRIA_EN);
		found = strstr(dump, label.text) ||
			strstr(dump, json_string_value(value));
	}
	fria_buf_dispose(&label);
	fria_buf_dispose(&raw);
	return found;
}

static void check_old(const world *w, const fria_migration *m, const char *dump,
		      const char *task, const char *row, const json_t *answer)
{
	const json_t *value = json_object_get(answer, "value");
	if (is_kept(m, task, row))
		return;
	if (!value)
		value = json_object_get(json_object_get(answer, "waived"),
					"reason");
	if (!is_there(w, dump, task, value))
		fail_msg("%s lost", task);
	const char *dissent = fria_json_text(answer, "dissent");
	assert_true(!dissent || strstr(dump, dissent));
}

static void check_lost(const world *w, const fria_migration *m)
{
	fria_buf dump = FRIA_BUF_INIT;
	const char *key, *cell;
	json_t *answer, *row, *one;
	size_t i;
	fria_json_write(&dump, json_object_get(m->assessment, "answers"));
	json_object_foreach(json_object_get(w->old, "answers"), key, answer) {
		if (!json_is_array(answer))
			check_old(w, m, dump.text, key, NULL, answer);
		json_array_foreach(answer, i, row) {
			json_object_foreach(row, cell, one) {
				if (json_is_object(one))
					check_old(w, m, dump.text, cell,
						  fria_json_text(row, "id"),
						  one);
			}
		}
	}
	fria_buf_dispose(&dump);
}

static bool has_cause(const fria_judgement *j, fria_reason_kind cause)
{
	for (size_t i = 0; i < j->n; i++)
		if (j->reasons[i].kind == cause)
			return true;
	return false;
}

/* All that came along is to be judged again; and it fits its question. */
static void check_new(const world *w, const fria_migration *m)
{
	fria_evaluation e;
	const fria_evaluation_input input = {.instrument = w->to,
					     .assessment = m->assessment,
					     .application = w->application};
	assert_int_equal(fria_assessment_check(m->assessment, "t", NULL), 0);
	fria_evaluate(&e, &input);
	size_t given = 0;
	for (size_t i = 0; i < e.n; i++) {
		const fria_judgement *j = &e.items[i];
		const json_t *answer = j->question.answer;
		const json_t *value = json_object_get(answer, "value");
		if (j->state == FRIA_OPEN)
			continue;
		given++;
		assert_int_equal(j->state, FRIA_STALE);
		assert_true(has_cause(j, json_object_get(answer, "basis")
					     ? FRIA_BY_INSTRUMENT
					     : FRIA_BY_EDIT));
		assert_true(!value ||
			    fria_value_fits(w->to, j->question.task, value));
		assert_non_null(fria_json_text(answer, "origin"));
	}
	assert_int_equal(given, m->mapped.n);
	fria_evaluation_dispose(&e);
}

static void check_kinds(const fria_migration *m)
{
	for (size_t i = 0; i < m->mapped.n; i++) {
		const fria_mapped *one = &m->mapped.items[i];
		assert_int_equal(one->from.n > 1,
				 one->kind == FRIA_MIGRATED_MERGED);
		assert_true(one->from.n > 0);
	}
}

static void test_no_answer_is_lost(void **state)
{
	(void)state;
	size_t kept = 0, merged = 0;
	for (unsigned seed = 1; seed <= of_seeds(3000); seed++) {
		world w;
		fria_migration m, again;
		start(&w, seed);
		json_t *before = json_deep_copy(w.old);
		migrate(&m, &w);
		migrate(&again, &w);
		assert_true(json_equal(before, w.old));
		assert_true(json_equal(m.assessment, again.assessment));
		json_t *kept_once = fria_left_json(&m);
		json_t *kept_again = fria_left_json(&again);
		assert_true(json_equal(kept_once, kept_again));
		json_decref(kept_once);
		json_decref(kept_again);
		check_lost(&w, &m);
		check_new(&w, &m);
		check_kinds(&m);
		kept += m.kept.n;
		merged += m.mapped.n;
		json_decref(before);
		fria_migration_dispose(&m);
		fria_migration_dispose(&again);
		end(&w);
	}
	assert_true(kept > of_seeds(1000) && merged > of_seeds(1000));
}

/* An answer has a basis; what had none is offered, or named as left. */
static void check_offered(const world *w, const fria_migration *m)
{
	fria_questions all;
	fria_buf dump = FRIA_BUF_INIT;
	fria_questions_list(&all, w->to, m->assessment);
	for (size_t i = 0; i < all.n; i++)
		assert_true(!all.items[i].answer ||
			    json_object_get(all.items[i].answer, "basis"));
	fria_questions_dispose(&all);
	fria_json_write(&dump, m->assessment);
	fria_questions_list(&all, w->from, w->old);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const char *id = w->from->tasks[q->task].id;
		const json_t *value = json_object_get(q->answer, "value");
		if (q->answer && !is_kept(m, id, q->row) &&
		    !is_there(w, dump.text, id,
			      value ? value
				    : json_object_get(
					  json_object_get(q->answer, "waived"),
					  "reason")))
			fail_msg("%s lost", id);
	}
	fria_questions_dispose(&all);
	fria_buf_dispose(&dump);
}

static void test_no_answer_is_without_basis(void **state)
{
	(void)state;
	size_t offered = 0, left = 0;
	for (unsigned seed = 1; seed <= of_seeds(1000); seed++) {
		world w;
		fria_migration m;
		start(&w, seed);
		const fria_migration_input input = {w.from, w.to, w.old,
						    "app/t"};
		fria_migration_make(&m, &input);
		fria_migration_offer(&m, &input, 0);
		assert_int_equal(fria_assessment_check(m.assessment, "t", NULL),
				 0);
		check_offered(&w, &m);
		offered +=
		    json_array_size(json_object_get(m.assessment, "proposals"));
		for (size_t i = 0; i < m.kept.n; i++)
			left += m.kept.items[i].because == FRIA_LEFT_UNSTOOD;
		fria_migration_dispose(&m);
		end(&w);
	}
	assert_true(offered > of_seeds(300) && left > of_seeds(100));
}

/* --- another's assessment as a start --- */

/* Both ask the same; the answers about the system are proposals, none is an
 * answer. */
static void check_reused(const world *w, const json_t *ours,
			 const fria_reuse *r)
{
	json_t *one, *list = json_object_get(ours, "proposals");
	size_t i;
	assert_int_equal(json_object_size(json_object_get(ours, "answers")), 0);
	json_array_foreach(list, i, one) {
		const char *id = fria_json_text(one, "task");
		size_t task = fria_instrument_find(w->from, id);
		assert_string_not_equal(w->from->tasks[task].about, "use");
		assert_string_equal(fria_json_text(one, "from") + 6, id);
		assert_null(json_object_get(one, "basis"));
	}
	assert_int_equal(json_array_size(list), r->offered);
	assert_int_equal(json_object_size(json_object_get(ours, "examples")),
			 r->examples);
}

static void set_about(world *w)
{
	static const char *const abouts[] = {"system", "use", "both"};
	for (size_t i = 0; i < w->from->n; i++)
		w->from->tasks[i].about = abouts[dice(w, 3)];
}

static void test_nobody_stands_for_what_came_along(void **state)
{
	(void)state;
	size_t offered = 0;
	for (unsigned seed = 1; seed <= of_seeds(1000); seed++) {
		world w;
		fria_reuse r;
		start(&w, seed);
		set_about(&w);
		json_t *theirs = application_with("/use/model");
		json_t *same = json_deep_copy(theirs);
		json_t *ours = fria_assessment_new(w.from, "us", FRIA_EN);
		fria_reuse_input input = {w.from, w.from,  w.old, theirs,
					  same,	  "app/t", 0};
		fria_reuse_make(&r, ours, &input);
		assert_true(fria_reuse_is_same(&r));
		check_reused(&w, ours, &r);
		offered += r.offered;
		fria_reuse_dispose(&r);
		json_decref(ours);
		/* nothing known, and something else: nothing is offered */
		for (int k = 0; k < 2; k++) {
			ours = fria_assessment_new(w.from, "us", FRIA_EN);
			input.ours = w.application;
			input.theirs = k ? theirs : w.application;
			fria_reuse_make(&r, ours, &input);
			assert_int_equal(r.offered, 0);
			assert_int_equal(r.differ.n, (size_t)k);
			check_reused(&w, ours, &r);
			fria_reuse_dispose(&r);
			json_decref(ours);
		}
		json_decref(theirs);
		json_decref(same);
		end(&w);
	}
	assert_true(offered > of_seeds(500));
}

/* --- edges to what was moved --- */

static void test_an_edge_finds_what_took_the_place(void **state)
{
	(void)state;
	fria_instrument *fria = fria_instrument_built_in("fria");
	fria_instrument *one = fria_instrument_built_in("iama-1.0");
	fria_instrument *two = fria_instrument_built_in("iama-2.0");
	json_t *old = fria_assessment_new(one, "app", FRIA_NL);
	json_t *new = fria_assessment_new(two, "app", FRIA_NL);
	fria_sibling items[] = {{"iama", two, new, NULL, NULL, 0},
				{"zes", two, old, NULL, NULL, 0}};
	const fria_siblings both = {items, 2};
	const char *edge = "iama#3.5.1";
	/* by its own name, before all others */
	assert_ptr_equal(fria_sibling_find(fria, &both, edge), &items[0]);
	/* by the name of the instrument */
	items[0].name = "toets";
	assert_ptr_equal(fria_sibling_find(fria, &both, edge), &items[0]);
	/* the version that is meant, even where the other has the name */
	items[0] = (fria_sibling){"iama", one, old, NULL, NULL, 0};
	items[1] = (fria_sibling){"iama-2", two, new, NULL, NULL, 0};
	assert_ptr_equal(fria_sibling_find(fria, &both, edge), &items[1]);
	assert_ptr_equal(fria_sibling_find(two, &both, edge), &items[0]);
	/* what took its place */
	items[0].superseded = "iama-2";
	assert_ptr_equal(fria_sibling_find(two, &both, edge), &items[1]);
	/* a replaced one, while nothing else is there */
	const fria_siblings alone = {items, 1};
	assert_ptr_equal(fria_sibling_find(two, &alone, edge), &items[0]);
	assert_null(fria_sibling_find(fria, &alone, edge));
	assert_null(fria_sibling_find(two, &both, "iama#9.9.9"));
	assert_null(fria_sibling_find(two, &both, "dpia#1"));
	/* two that replaced each other end nowhere, but end */
	items[1].superseded = "iama";
	assert_non_null(fria_sibling_find(two, &both, edge));
	json_decref(old);
	json_decref(new);
	fria_instrument_free(one);
	fria_instrument_free(two);
	fria_instrument_free(fria);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_iama_1_is_in_order),
	    cmocka_unit_test(test_the_map_names_questions_that_are_there),
	    cmocka_unit_test(test_iama_1_becomes_iama_2),
	    cmocka_unit_test(test_no_answer_is_lost),
	    cmocka_unit_test(test_no_answer_is_without_basis),
	    cmocka_unit_test(test_nobody_stands_for_what_came_along),
	    cmocka_unit_test(test_an_edge_finds_what_took_the_place)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
