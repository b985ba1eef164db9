/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What holds in every world: random questionnaires with groups, rows,
 * conditions and edges, an application that moves, and people who answer. The
 * rules are worked out here once more, the slow and plain way, and compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world.h"

enum { EDITS = 6 };

/* FRIA_WORLDS=20000 looks at more of them than the usual 800. */
static unsigned worlds = 800;

/* --- the plain way: values, and what is shown --- */

static json_t *answer_of(const side *s, size_t task, const char *row)
{
	return fria_assessment_answer(s->doc, s->in, task, row);
}

static const char *row_id(const side *s, size_t group, size_t at)
{
	return fria_json_text(
	    json_array_get(fria_assessment_rows(s->doc, s->in, group), at),
	    "id");
}

static size_t count_rows(const side *s, size_t group)
{
	return json_array_size(fria_assessment_rows(s->doc, s->in, group));
}

static bool is_shown(const side *s, size_t task, const char *row);

static bool is_met(const side *s, const fria_condition *c, size_t task,
		   const char *row)
{
	size_t group = s->in->tasks[c->task].rows, met = 0;
	bool none = !c->value || json_is_null(c->value);
	bool far = group != FRIA_NONE && group != s->in->tasks[task].rows;
	size_t n = far ? count_rows(s, group) : 1;
	for (size_t i = 0; i < n; i++) {
		const char *at = far		      ? row_id(s, group, i)
				 : group == FRIA_NONE ? NULL
						      : row;
		const json_t *value =
		    json_object_get(answer_of(s, c->task, at), "value");
		if (value && !is_shown(s, c->task, at))
			value = NULL;
		if (none)
			met += c->op == FRIA_EQUALS ? !value : value != NULL;
		else
			met += value && json_equal(value, c->value);
	}
	return far && c->op == FRIA_ALL ? n && met == n : met > 0;
}

static bool is_shown(const side *s, size_t task, const char *row)
{
	for (size_t at = task; at != FRIA_NONE; at = s->in->tasks[at].parent) {
		const fria_conditions *all = &s->in->tasks[at].conditions;
		for (size_t i = 0; i < all->n; i++)
			if (is_met(s, &all->items[i], at, row) !=
			    all->items[i].show)
				return false;
	}
	return true;
}

/* --- the plain way: what others see of an answer --- */

static json_t *said(const json_t *answer)
{
	static const char *const keys[] = {"value", "waived"};
	for (size_t i = 0; i < 2; i++) {
		json_t *one = json_object_get(answer, keys[i]);
		if (one)
			return json_pack("{s:O}", keys[i], one);
	}
	return NULL;
}

static json_t *state(const char *name)
{
	return json_pack("{s:s}", "state", name);
}

static json_t *rows_seen(const side *s, size_t task)
{
	size_t group = s->in->tasks[task].rows, n = count_rows(s, group);
	json_t *rows = json_array();
	bool shown = false;
	for (size_t i = 0; i < (n ? n : 1); i++) {
		json_t *row = json_array();
		for (size_t t = group; t < s->in->tasks[group].end; t++) {
			if (!s->in->tasks[t].answerable ||
			    (t != task && task != group))
				continue;
			const char *id = row_id(s, group, i);
			bool own = is_shown(s, t, id);
			json_t *form = own ? said(answer_of(s, t, id)) : NULL;
			json_t *value = json_object_get(form, "value");
			shown = shown || own;
			json_array_append_new(row, value  ? json_incref(value)
						   : form ? json_incref(form)
							  : json_null());
			json_decref(form);
		}
		if (n)
			json_array_append(rows, row);
		json_decref(row);
	}
	json_t *form = shown ? json_pack("{s:O}", "rows", rows) : NULL;
	json_decref(rows);
	return form ? form : state("hidden");
}

static json_t *seen(const side *s, size_t task, const char *row)
{
	const fria_task *t = &s->in->tasks[task];
	if (t->rows == task || (t->rows != FRIA_NONE && !row))
		return rows_seen(s, task);
	if (!is_shown(s, task, row))
		return state("hidden");
	json_t *form = said(answer_of(s, task, row));
	return form ? form : state("open");
}

/* The task of the other assessment that an edge names, or FRIA_NONE. */
static size_t elsewhere(const side *s, const fria_edge *e)
{
	const char *hash = strchr(e->name, '#');
	return e->task == FRIA_NONE && s->other && hash
		   ? fria_instrument_find(s->other->in, hash + 1)
		   : FRIA_NONE;
}

static json_t *edge_seen(const side *s, const fria_edge *e, size_t task,
			 const char *row)
{
	size_t far = elsewhere(s, e);
	if (e->task == FRIA_NONE)
		return far == FRIA_NONE ? state("open")
					: seen(s->other, far, NULL);
	return seen(
	    s, e->task,
	    s->in->tasks[e->task].rows == s->in->tasks[task].rows ? row : NULL);
}

/* --- the plain way: does a basis hold? --- */

/* Takes the form. */
static bool same(const char *digest, json_t *form)
{
	char now[FRIA_DIGEST_SIZE];
	fria_digest(now, form);
	json_decref(form);
	return digest && !strcmp(digest, now);
}

static bool facts_hold(const world *w, const fria_task *t, const json_t *facts)
{
	bool hold = true;
	for (size_t i = 0; i < t->facts.n; i++) {
		json_t *now =
		    fria_fact_digest_json(w->application, t->facts.items[i]);
		json_t *was = json_object_get(facts, t->facts.items[i]);
		hold = hold && was && json_equal(now, was);
		json_decref(now);
	}
	return hold;
}

static bool crossed_since(const world *w, const fria_task *t,
			  const json_t *counts)
{
	const char *name;
	json_t *metric, *one;
	size_t i;
	bool all = fria_strings_has(&t->facts, "/monitoring");
	json_object_foreach(json_object_get(w->application, "monitoring"), name,
			    metric) {
		char own[32];
		double limit =
		    json_number_value(json_object_get(metric, "threshold"));
		bool max = !strcmp(fria_json_text(metric, "direction"), "max");
		json_int_t from =
		    json_integer_value(json_object_get(counts, name));
		snprintf(own, sizeof own, "/monitoring/%s", name);
		if (!t->crossing || (!all && !fria_strings_has(&t->facts, own)))
			continue;
		json_array_foreach(json_object_get(metric, "series"), i, one) {
			double x =
			    json_number_value(json_object_get(one, "value"));
			if ((json_int_t)i >= from &&
			    (max ? x > limit : x < limit))
				return true;
		}
	}
	return false;
}

/* The theme of a question, or of a group that it lies in. */
static bool has_theme(const side *s, size_t task, const json_t *theme)
{
	size_t i;
	json_t *one;
	for (; task != FRIA_NONE; task = s->in->tasks[task].parent) {
		json_array_foreach(
		    json_object_get(s->in->tasks[task].json, "theme"), i, one) {
			if (json_equal(one, theme))
				return true;
		}
	}
	return false;
}

static bool told_since(const world *w, const side *s, size_t task,
		       json_int_t from)
{
	const json_t *events = json_object_get(w->application, "events");
	for (size_t i = (size_t)from; i < json_array_size(events); i++) {
		const json_t *event = json_array_get(events, i);
		if (json_is_true(json_object_get(event, "changed")) &&
		    has_theme(s, task, json_object_get(event, "theme")))
			return true;
	}
	return false;
}

static bool holds(const world *w, const side *s, size_t task, const char *row)
{
	const fria_task *t = &s->in->tasks[task];
	const json_t *answer = answer_of(s, task, row);
	const json_t *basis = json_object_get(answer, "basis");
	const json_t *counts = json_object_get(basis, "seen");
	const json_t *answers = json_object_get(basis, "answers");
	char question[FRIA_DIGEST_SIZE];
	fria_question_digest(question, s->in, task, FRIA_NL);
	bool ok =
	    same(fria_json_text(basis, "value"), said(answer)) &&
	    !strcmp(fria_json_text(basis, "question"), question) &&
	    facts_hold(w, t, json_object_get(basis, "facts")) &&
	    !crossed_since(w, t, json_object_get(counts, "monitoring")) &&
	    !told_since(w, s, task,
			json_integer_value(json_object_get(counts, "events")));
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		ok = same(fria_json_text(answers, e->name),
			  edge_seen(s, e, task, row)) &&
		     ok;
	}
	return ok;
}

/* --- the plain way: is something upstream stale? --- */

static bool is_stale(const world *w, const side *s, size_t task,
		     const char *row)
{
	const json_t *answer = answer_of(s, task, row);
	json_t *form = said(answer);
	json_decref(form);
	return form && is_shown(s, task, row) && !holds(w, s, task, row);
}

static bool moves(const world *w, const side *s, size_t task, const char *row);

static bool is_stale_or_moves(const world *w, const side *s, size_t task,
			      const char *row)
{
	return is_stale(w, s, task, row) ||
	       (is_shown(s, task, row) && moves(w, s, task, row));
}

/* Over all questions of a task or group; row NULL: of every row. */
static bool any(const world *w, const side *s, size_t task, const char *row)
{
	for (size_t t = task; t < s->in->tasks[task].end; t++) {
		size_t group = s->in->tasks[t].rows;
		size_t n = group == FRIA_NONE || row ? 0 : count_rows(s, group);
		if (!s->in->tasks[t].answerable)
			continue;
		if (!n && is_stale_or_moves(w, s, t, row))
			return true;
		for (size_t i = 0; i < n; i++)
			if (is_stale_or_moves(w, s, t, row_id(s, group, i)))
				return true;
	}
	return false;
}

static bool moves(const world *w, const side *s, size_t task, const char *row)
{
	const fria_task *t = &s->in->tasks[task];
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		size_t far = elsewhere(s, e);
		bool near = e->task != FRIA_NONE &&
			    s->in->tasks[e->task].rows == t->rows;
		if (far != FRIA_NONE && any(w, s->other, far, NULL))
			return true;
		if (e->task != FRIA_NONE &&
		    any(w, s, e->task, near ? row : NULL))
			return true;
	}
	for (size_t at = task; at != FRIA_NONE; at = s->in->tasks[at].parent)
		for (size_t i = 0; i < s->in->tasks[at].conditions.n; i++) {
			size_t on = s->in->tasks[at].conditions.items[i].task;
			bool near = s->in->tasks[on].rows == t->rows;
			if (any(w, s, on, near ? row : NULL))
				return true;
		}
	return false;
}

/* --- the engine's way --- */

typedef struct {
	fria_evaluation own, other;
	fria_sibling room;
	fria_evaluation_input input;
} judged;

static fria_evaluation_input input_of(const world *w, const side *s)
{
	return (fria_evaluation_input){.instrument = s->in,
				       .assessment = s->doc,
				       .application = w->application,
				       .as_of = 1780000000,
				       .adopted = true,
				       .review = {12, 0},
				       .name = "app/own"};
}

static void evaluate(judged *j, const world *w)
{
	const fria_evaluation_input other = input_of(w, &w->other);
	fria_evaluate(&j->other, &other);
	j->input = input_of(w, &w->own);
	j->input.siblings = siblings_of(&j->room, &w->own, &j->other);
	fria_evaluate(&j->own, &j->input);
}

static void dispose(judged *j)
{
	fria_evaluation_dispose(&j->own);
	fria_evaluation_dispose(&j->other);
}

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

/* --- both ways, compared --- */

static void check_side(const world *w, const side *s, const fria_evaluation *e,
		       unsigned seed)
{
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		const char *row = j->question.row;
		size_t task = j->question.task;
		const char *id = s->in->tasks[task].id;
		bool shown = is_shown(s, task, row);
		if (shown != (j->state != FRIA_HIDDEN))
			fail_msg("seed %u: %s/%s %s is %s", seed, s->name, id,
				 row ? row : "", shown ? "shown" : "hidden");
		if (j->state == FRIA_HIDDEN || j->state == FRIA_OPEN)
			continue;
		bool stale = !holds(w, s, task, row);
		if (stale != (j->state == FRIA_STALE))
			fail_msg("seed %u: %s/%s %s: the basis %s", seed,
				 s->name, id, row ? row : "",
				 stale ? "does not hold" : "holds");
		bool moved = !stale && moves(w, s, task, row);
		if (moved != (j->state == FRIA_SUSPECT))
			fail_msg("seed %u: %s/%s %s: upstream %s", seed,
				 s->name, id, row ? row : "",
				 moved ? "is stale" : "is in order");
		assert_int_equal(stale, j->n > 0);
		if (!stale)
			assert_int_equal(moved,
					 j->because_n + j->elsewhere.n > 0);
	}
}

static void test_states_are_what_the_rules_say(void **state_)
{
	(void)state_;
	size_t stale = 0, suspect = 0, hidden = 0, far = 0;
	for (unsigned seed = 1; seed <= worlds; seed++) {
		world w;
		start(&w, seed);
		for (int n = 0; n < EDITS; n++) {
			judged j;
			edit(&w);
			evaluate(&j, &w);
			check_side(&w, &w.own, &j.own, seed);
			check_side(&w, &w.other, &j.other, seed);
			stale += j.own.counts.stale;
			suspect += j.own.counts.suspect;
			hidden += j.own.counts.hidden;
			for (size_t i = 0; i < j.own.n; i++)
				far += j.own.items[i].elsewhere.n;
			dispose(&j);
		}
		end(&w);
	}
	assert_true(stale > worlds && suspect > worlds && hidden > worlds);
	assert_true(far > worlds);
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
	json_t *answer = change ? json_pack("{s:o}", "value", random_value(w))
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
	assert_true(confirmed > worlds / 2);
}

/* --- time and again --- */

static void test_going_back_makes_all_as_it_was(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
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
			bool rests =
			    t->crossing &&
			    (fria_strings_has(&t->facts, "/monitoring") ||
			     fria_strings_has(&t->facts, "/monitoring/m0"));
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
	assert_true(crossed > worlds / 2);
}

/* --- befores --- */

static json_t *kept_facts;

static const json_t *facts_kept(void *data, const char *blob)
{
	(void)data;
	(void)blob;
	return kept_facts;
}

static json_t *answer_kept(void *data, const char *name, const char *row,
			   const char *digest)
{
	(void)data;
	return json_pack("{s:[s, s?, s]}", "value", name, row, digest);
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
	for (unsigned seed = 1; seed <= worlds; seed++) {
		world w;
		start(&w, seed);
		kept_facts = json_deep_copy(w.application);
		for (int n = 0; n < EDITS; n++)
			edit(&w);
		char *lost = evaluated(&w);
		shown += strstr(lost, "\"kind\": \"fact\"") != NULL;
		free(lost);
		assert_same(without_befores(&w, true),
			    without_befores(&w, false), seed);
		json_decref(kept_facts);
		end(&w);
	}
	assert_true(shown > worlds / 3);
}

/* Before the first version suspicion is a hint, and the same answers have it.
 */
static void test_before_a_version_suspicion_is_a_hint(void **state_)
{
	(void)state_;
	for (unsigned seed = 1; seed <= worlds / 2; seed++) {
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
	const char *asked = getenv("FRIA_WORLDS");
	if (asked)
		worlds = (unsigned)strtoul(asked, NULL, 10);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_states_are_what_the_rules_say),
	    cmocka_unit_test(
		test_the_same_gives_the_same_and_nothing_is_touched),
	    cmocka_unit_test(test_doing_what_the_list_says_ends_in_order),
	    cmocka_unit_test(test_confirming_what_is_stale_clears_all),
	    cmocka_unit_test(test_confirming_one_clears_that_one_alone),
	    cmocka_unit_test(test_going_back_makes_all_as_it_was),
	    cmocka_unit_test(test_crossings_stay_until_they_are_judged),
	    cmocka_unit_test(test_a_lost_before_costs_its_text_alone),
	    cmocka_unit_test(test_before_a_version_suspicion_is_a_hint)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
