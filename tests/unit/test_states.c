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

/* only: this row alone; FRIA_NONE: all. */
static json_t *rows_seen(const side *s, size_t task, size_t only)
{
	size_t group = s->in->tasks[task].rows, n = count_rows(s, group);
	json_t *rows = json_array();
	bool shown = false;
	for (size_t i = 0; i < (n ? n : 1); i++) {
		if (only != FRIA_NONE && i != only)
			continue;
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
		return rows_seen(s, task, FRIA_NONE);
	if (!is_shown(s, task, row))
		return state("hidden");
	json_t *form = said(answer_of(s, task, row));
	return form ? form : state("open");
}

/* The row of the other assessment that a choice names; FRIA_NONE: none. */
static size_t far_named(const side *s, size_t cell, const char *name)
{
	const char *drawn = s->in->tasks[cell].drawn;
	size_t group = s->other ? fria_instrument_find(s->other->in, drawn + 6)
				: FRIA_NONE;
	if (group == FRIA_NONE || !name || strncmp(name, drawn, 6) != 0)
		return FRIA_NONE;
	for (size_t i = 0; i < count_rows(s->other, group); i++)
		if (!strcmp(row_id(s->other, group, i), name + 6))
			return i;
	return FRIA_NONE;
}

/* The row that a choice names: by its id, else by a text that it alone has;
 * FRIA_NONE: none. */
static size_t row_named(const side *s, size_t cell, const json_t *value)
{
	size_t source = s->in->tasks[cell].source, found = FRIA_NONE;
	if (s->in->tasks[cell].drawn)
		return far_named(s, cell, json_string_value(value));
	size_t group = s->in->tasks[source].rows, n = count_rows(s, group);
	const char *name = json_string_value(value);
	for (size_t i = 0; name && i < n; i++)
		if (!strcmp(row_id(s, group, i), name))
			return i;
	for (size_t i = 0; value && i < n; i++) {
		const json_t *text = json_object_get(
		    answer_of(s, source, row_id(s, group, i)), "value");
		if (!text || !json_equal(text, value))
			continue;
		if (found != FRIA_NONE)
			return FRIA_NONE;
		found = i;
	}
	return found;
}

/* A choice that names nothing counts as none. */
static bool is_unfit(const side *s, size_t task, const char *row)
{
	const json_t *value = json_object_get(answer_of(s, task, row), "value");
	return value && fria_task_draws(&s->in->tasks[task]) &&
	       row_named(s, task, value) == FRIA_NONE;
}

/* The row that an edge leads to from a row. */
static size_t row_chosen(const side *s, const fria_edge *e, const char *row)
{
	const json_t *value =
	    json_object_get(answer_of(s, e->named_by, row), "value");
	return value && is_shown(s, e->named_by, row)
		   ? row_named(s, e->named_by, value)
		   : FRIA_NONE;
}

static bool is_row_edge(const fria_edge *e, fria_rules rules)
{
	return e->named_by != FRIA_NONE && rules != FRIA_RULES_1;
}

/* The task of the other assessment that an edge names, or FRIA_NONE. */
static size_t elsewhere(const side *s, const fria_edge *e)
{
	const char *hash = strchr(e->id, '#');
	return e->task == FRIA_NONE && s->other && hash
		   ? fria_instrument_find(s->other->in, hash + 1)
		   : FRIA_NONE;
}

static json_t *edge_seen(const side *s, const fria_edge *e, size_t task,
			 const char *row, fria_rules rules)
{
	size_t far = elsewhere(s, e);
	if (is_row_edge(e, rules)) {
		size_t named = row_chosen(s, e, row);
		return named == FRIA_NONE ? json_pack("{s:[]}", "rows")
		       : far == FRIA_NONE ? rows_seen(s, e->task, named)
					  : rows_seen(s->other, far, named);
	}
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

/* Takes the value; empty: what stands for none. */
static bool same_part(const json_t *was, const char *pointer, json_t *value,
		      json_t *empty)
{
	json_t *part = fria_fact_compared(pointer, value, FRIA_RULES);
	if (json_is_null(part))
		part = json_incref(empty);
	bool equal = json_is_null(part)
			 ? json_is_null(was)
			 : same(json_string_value(was), json_incref(part));
	json_decref(part);
	json_decref(value);
	json_decref(empty);
	return equal;
}

static json_t *elements_of(const world *w, const json_t *kinds)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(fria_fact(w->application, "/use/list"), i, one) {
		const json_t *kind = json_object_get(one, "kind");
		if (!kind || json_equal(kind, json_array_get(kinds, 0)))
			json_array_append(out, one);
	}
	return out;
}

static json_t *owner_of(const json_t *one)
{
	json_t *owner = json_object_get(one, "owner");
	return owner ? json_pack("{s:O}", "owner", owner) : json_object();
}

static json_t *owners_in(const json_t *of)
{
	json_t *out = json_is_array(of) ? json_array() : json_object(), *one;
	const char *name;
	size_t i;
	json_array_foreach(of, i, one)
		json_array_append_new(out, owner_of(one));
	json_object_foreach((json_t *)(uintptr_t)of, name, one)
		json_object_set_new(out, name, owner_of(one));
	return out;
}

/* One metric as it was, and as it is; NULL: not there. */
static bool limit_holds(const json_t *was, const json_t *is, unsigned on)
{
	json_int_t x = json_integer_value(json_object_get(was, "threshold"));
	json_int_t y = json_integer_value(json_object_get(is, "threshold"));
	bool max = fria_json_says(is, "direction", "max");
	if (!was || !is)
		return was == is ||
		       !(on & (was ? FRIA_ON_REMOVED : FRIA_ON_ADDED));
	return x == y ||
	       !(on & ((y > x) == max ? FRIA_ON_LOOSENED : FRIA_ON_TIGHTENED));
}

static bool limits_hold(const world *w, const json_t *were, const char *only,
			bool all, unsigned on)
{
	static const char *const names[] = {"m0", "m1"};
	const json_t *metrics = fria_fact(w->application, "/monitoring");
	bool hold = true;
	for (size_t i = 0; i < METRICS; i++) {
		bool meant = all || (only && !strcmp(only, names[i]));
		hold = hold &&
		       limit_holds(json_object_get(were, names[i]),
				   meant ? json_object_get(metrics, names[i])
					 : NULL,
				   on);
	}
	return hold;
}

static bool part_holds(const world *w, const side *s, const fria_fact_edge *e,
		       const char *row, const json_t *was)
{
	const json_t *value = fria_fact(w->application, e->pointer);
	bool all = e->named_by == FRIA_NONE;
	const char *only = all ? NULL : metric_named(s, e, row);
	if (!was)
		return false;
	if (e->from)
		return !json_equal(json_object_get(was, "value"), e->from) ||
		       !json_equal(value, e->to) || json_equal(e->from, e->to);
	if (e->on)
		return limits_hold(w, json_object_get(was, "limits"), only, all,
				   e->on);
	if (e->where)
		return same_part(
		    was, e->pointer,
		    elements_of(w, json_object_get(e->where, "kind")),
		    json_array());
	if (e->members)
		return same_part(was, "", owners_in(value), json_null());
	json_t *metric = only ? json_object_get(value, only) : NULL;
	return same_part(was, e->pointer,
			 metric ? json_pack("{s:O}", only, metric) : NULL,
			 json_object());
}

static bool facts_hold(const world *w, const side *s, const fria_task *t,
		       const char *row, const json_t *facts, fria_rules rules)
{
	bool hold = true;
	for (size_t i = 0; i < t->facts.n; i++) {
		const fria_fact_edge *e = &t->facts.items[i];
		bool whole = rules == FRIA_RULES_1 || *e->key == '/';
		json_t *was =
		    json_object_get(facts, whole ? e->pointer : e->key);
		json_t *now =
		    fria_fact_digest(w->application, e->pointer, rules);
		hold = hold && was &&
		       (whole ? json_equal(now, was)
			      : part_holds(w, s, e, row, was));
		json_decref(now);
	}
	return hold;
}

static bool crossed_since(const world *w, const side *s, const fria_task *t,
			  const char *row, const json_t *counts,
			  fria_rules rules)
{
	const char *name;
	json_t *metric, *one;
	size_t i;
	json_object_foreach(json_object_get(w->application, "monitoring"), name,
			    metric) {
		bool reopened = false;
		double limit =
		    json_number_value(json_object_get(metric, "threshold"));
		bool max = !strcmp(fria_json_text(metric, "direction"), "max");
		json_int_t from =
		    json_integer_value(json_object_get(counts, name));
		for (i = 0; i < t->facts.n; i++)
			reopened = reopened || reopens(s, t, &t->facts.items[i],
						       row, name, rules);
		if (!reopened)
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
	    facts_hold(w, s, t, row, json_object_get(basis, "facts"), rules) &&
	    !crossed_since(w, s, t, row, json_object_get(counts, "monitoring"),
			   rules) &&
	    !told_since(w, s, task,
			json_integer_value(json_object_get(counts, "events")));
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		ok = same(fria_json_text(
			      answers, is_row_edge(e, rules) ? e->name : e->id),
			  edge_seen(s, e, task, row, rules)) &&
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
	return form && !is_unfit(s, task, row) && is_shown(s, task, row) &&
	       !holds(w, s, task, row);
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
		if (is_row_edge(e, rules_of(answer_of(s, task, row)))) {
			const side *there = far == FRIA_NONE ? s : s->other;
			size_t end = far == FRIA_NONE ? e->task : far;
			size_t named = row_chosen(s, e, row);
			size_t group = there->in->tasks[end].rows;
			if (named != FRIA_NONE &&
			    any(w, there, end, row_id(there, group, named)))
				return true;
			continue;
		}
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
	size_t stale = 0, suspect = 0, hidden = 0, far = 0, part = 0, rows = 0;
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
			for (size_t i = 0; i < j.own.n; i++) {
				const fria_judgement *one = &j.own.items[i];
				far += one->elsewhere.n;
				for (size_t k = 0; k < one->n; k++) {
					part += one->reasons[k].fact != NULL;
					rows += one->reasons[k].rows != NULL;
				}
			}
			dispose(&j);
		}
		end(&w);
	}
	assert_true(stale > worlds() && suspect > worlds() &&
		    hidden > worlds());
	assert_true(far > worlds());
	assert_true(part > worlds() / 2 && rows > worlds() / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_states_are_what_the_rules_say)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
