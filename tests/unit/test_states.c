/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every state against the rules: they are worked out here once more, the slow
 * and plain way, and compared with what the engine says, in random worlds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judged.h"

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

static bool facts_hold(const world *w, const fria_task *t, const json_t *facts,
		       fria_rules rules)
{
	bool hold = true;
	for (size_t i = 0; i < t->facts.n; i++) {
		const char *pointer = t->facts.items[i].pointer;
		json_t *now = fria_fact_digest(w->application, pointer, rules);
		json_t *was = json_object_get(facts, pointer);
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
	bool all = fria_task_on_fact(t, "/monitoring");
	json_object_foreach(json_object_get(w->application, "monitoring"), name,
			    metric) {
		char own[32];
		double limit =
		    json_number_value(json_object_get(metric, "threshold"));
		bool max = !strcmp(fria_json_text(metric, "direction"), "max");
		json_int_t from =
		    json_integer_value(json_object_get(counts, name));
		snprintf(own, sizeof own, "/monitoring/%s", name);
		if (!t->crossing || (!all && !fria_task_on_fact(t, own)))
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

/* The same, or the one is what the other was a part of. */
static bool same_theme(const json_t *a, const json_t *b)
{
	static const char *const were[][2] = {{"groups", "context"},
					      {"scale", "context"},
					      {"model", "technology"},
					      {"data", "technology"},
					      {"supplier", "technology"}};
	const char *x = json_string_value(a), *y = json_string_value(b);
	bool same = !strcmp(x, y);
	for (size_t i = 0; i < sizeof were / sizeof *were; i++)
		same = same ||
		       (!strcmp(x, were[i][0]) && !strcmp(y, were[i][1])) ||
		       (!strcmp(y, were[i][0]) && !strcmp(x, were[i][1]));
	return same;
}

/* The theme of a question, or of a group that it lies in. */
static bool has_theme(const side *s, size_t task, const json_t *theme)
{
	size_t i;
	json_t *one;
	for (; task != FRIA_NONE; task = s->in->tasks[task].parent) {
		json_array_foreach(
		    json_object_get(s->in->tasks[task].raw, "theme"), i, one) {
			if (same_theme(one, theme))
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
	fria_rules rules;
	if (!fria_basis_rules(&rules, basis))
		return false;
	fria_question_digest(question, s->in, task, FRIA_NL, rules);
	bool ok =
	    same(fria_json_text(basis, "value"), said(answer)) &&
	    !strcmp(fria_json_text(basis, "question"), question) &&
	    facts_hold(w, t, json_object_get(basis, "facts"), rules) &&
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
	for (unsigned seed = 1; seed <= worlds(); seed++) {
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
	assert_true(stale > worlds() && suspect > worlds() &&
		    hidden > worlds());
	assert_true(far > worlds());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_states_are_what_the_rules_say)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
