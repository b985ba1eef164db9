/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Random questionnaires, applications and edits for the tests of properties:
 * the same seed gives the same world. It judges nothing.
 */
#ifndef FRIA_TESTS_WORLD_H
#define FRIA_TESTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

enum { FACTS = 5, METRICS = 2 };

/* One assessment, with the other one that its answers may rest on. */
typedef struct side {
	const char *name;
	fria_instrument *in;
	json_t *doc;
	struct side *other; /* NULL: none */
} side;

typedef struct {
	unsigned seed;
	side own, other;
	json_t *application;
	unsigned rows; /* given out so far */
} world;

static unsigned dice(world *w, unsigned sides)
{
	return (unsigned)rand_r(&w->seed) % sides;
}

static json_t *random_value(world *w)
{
	return json_sprintf("v%u", dice(w, 3));
}

/* --- a questionnaire --- */

typedef struct {
	world *w;
	char ids[64][8]; /* in form order, groups among them */
	size_t n;
	const char *elsewhere;	      /* prefix of the other's ids, or NULL */
	const fria_instrument *other; /* that is there, or NULL */
	unsigned sparse; /* one in so many facts and answers is rested on */
	size_t cell;	 /* of the metric that a row names; 0: none */
	size_t from;	 /* of the rows that may be chosen, from 1; 0: none */
} writing;

static void add_condition(writing *f, json_t *task, size_t questions)
{
	static const char *const operators[] = {"equals", "contains", "any",
						"all"};
	char on[16];
	snprintf(on, sizeof on, "q%u", dice(f->w, (unsigned)questions));
	json_t *value = dice(f->w, 5) ? random_value(f->w) : json_null();
	json_object_set_new(task, "dependencies",
			    json_pack("[{s:s, s:{s:s, s:s, s:o}, s:s}]", "type",
				      "conditional", "condition", "id", on,
				      "operator", operators[dice(f->w, 4)],
				      "value", value, "action",
				      dice(f->w, 2) ? "show" : "hide"));
}

static void add_rests(writing *f, json_t *task)
{
	json_t *rests = json_array();
	for (size_t k = 0; k < f->n; k++)
		if (!dice(f->w, f->sparse))
			json_array_append_new(rests, json_string(f->ids[k]));
	if (f->elsewhere && !dice(f->w, 4))
		json_array_append_new(
		    rests,
		    json_sprintf("%s#q%u", f->elsewhere, dice(f->w, 12)));
	json_object_set_new(task, "rests", rests);
}

/* As it is asked, or as it was asked before. */
static const char *some_theme(world *w)
{
	unsigned which = dice(w, 12);
	return which < 10 ? fria_themes[which] : fria_themes_former[which - 10];
}

/* A cell that chooses out of rows, and the edge of the group or its first cell
 * to what it names there. */
static void add_row_edge(writing *f, json_t *group, const char *cell,
			 const char *source, const char *rows)
{
	json_t *tasks = json_object_get(group, "tasks");
	json_array_append_new(
	    tasks,
	    json_pack("{s:s, s:s, s:[s], s:[{s:s, s:{s:s}}]}", "id", cell,
		      "task", "c", "type", "select_option", "dependencies",
		      "type", "source_options", "source", "id", source));
	json_array_append_new(
	    json_object_get(dice(f->w, 2) ? group : json_array_get(tasks, 0),
			    "rests"),
	    json_pack("{s:s, s:s}", "row_of", rows, "named_by", cell));
}

/* A repeating group, or FRIA_NONE. */
static size_t some_rows(world *w, const fria_instrument *in)
{
	for (int tries = 0; tries < 20; tries++) {
		size_t task = dice(w, (unsigned)in->n);
		if (in->tasks[task].rows == task)
			return task;
	}
	return FRIA_NONE;
}

static void add_theme(writing *f, json_t *task)
{
	json_object_set_new(task, "theme", json_pack("[s]", some_theme(f->w)));
}

static json_t *random_changes(writing *f)
{
	json_t *on = json_array();
	for (size_t i = 0; fria_closed_at("on", i); i++)
		if (dice(f->w, 2))
			json_array_append_new(
			    on, json_string(fria_closed_at("on", i)));
	if (!json_array_size(on))
		json_array_append_new(on, json_string("crossing"));
	return on;
}

/* A part of a fact. */
static json_t *random_edge(writing *f)
{
	json_t *edge;
	switch (dice(f->w, f->cell ? 6 : 4)) {
	case 0:
		return json_pack("{s:s, s:{s:[o]}}", "pointer", "/use/list",
				 "where", "kind", random_value(f->w));
	case 1:
		return json_pack("{s:s, s:[s]}", "pointer",
				 dice(f->w, 2) ? "/use/list" : "/monitoring",
				 "members", "owner");
	case 2:
		return json_pack("{s:o, s:o, s:o}", "pointer",
				 json_sprintf("/use/f%u", dice(f->w, FACTS)),
				 "from", random_value(f->w), "to",
				 random_value(f->w));
	case 3:
		return json_pack("{s:s, s:o}", "pointer", "/monitoring", "on",
				 random_changes(f));
	default:
		edge = json_pack("{s:s, s:o}", "pointer", "/monitoring",
				 "named_by", json_sprintf("m%zu", f->cell - 1));
		if (dice(f->w, 2))
			json_object_set_new(edge, "on", random_changes(f));
		return edge;
	}
}

static void add_facts(writing *f, json_t *task)
{
	json_t *facts = json_array();
	for (int k = 0; k < FACTS; k++)
		if (!dice(f->w, f->sparse))
			json_array_append_new(facts,
					      json_sprintf("/use/f%d", k));
	if (!dice(f->w, 6))
		json_array_append_new(
		    facts, dice(f->w, 2) ? json_string("/monitoring")
					 : json_sprintf("/monitoring/m%u",
							dice(f->w, METRICS)));
	if (!dice(f->w, 3))
		json_array_append_new(facts, random_edge(f));
	json_object_set_new(task, "facts", facts);
	if (!dice(f->w, 8))
		json_object_set_new(task, "crossing", json_false());
	if (!dice(f->w, 5))
		add_theme(f, task);
}

/* The standard's own edge: from here to a later question. */
static void add_reference(writing *f, json_t *task, size_t from,
			  size_t questions)
{
	json_object_set_new(
	    task, "references",
	    json_pack(
		"{s:{s:s, s:o}}", "t", "type", "pre-view", "id",
		json_sprintf("q%zu",
			     from + dice(f->w, (unsigned)(questions - from)))));
}

static json_t *random_question(writing *f, size_t number, size_t questions)
{
	char id[8];
	snprintf(id, sizeof id, "q%zu", number);
	json_t *task = json_pack("{s:s, s:s, s:[s]}", "id", id, "task", id,
				 "type", "open_text");
	add_rests(f, task);
	add_facts(f, task);
	if (!dice(f->w, 4))
		add_condition(f, task, questions);
	if (number + 1 < questions && !dice(f->w, 6))
		add_reference(f, task, number + 1, questions);
	snprintf(f->ids[f->n++], sizeof f->ids[0], "%s", id);
	return task;
}

/* The cells of a row that name a metric, and a row of an earlier group. */
static void add_cells(writing *f, json_t *group, size_t first)
{
	json_t *tasks = json_object_get(group, "tasks");
	json_array_append_new(tasks,
			      json_pack("{s:o, s:s, s:[s]}", "id",
					json_sprintf("m%zu", first), "task",
					"m", "type", "open_text"));
	char cell[16], source[16], rows[32];
	snprintf(cell, sizeof cell, "c%zu", first);
	snprintf(source, sizeof source, "q%zu", f->from - 1);
	snprintf(rows, sizeof rows, "g%zu", f->from - 1);
	if (f->from)
		add_row_edge(f, group, cell, source, rows);
	size_t far = f->other ? some_rows(f->w, f->other) : FRIA_NONE;
	if (far != FRIA_NONE) {
		snprintf(cell, sizeof cell, "d%zu", first);
		snprintf(rows, sizeof rows, "%s#%s", f->elsewhere,
			 f->other->tasks[far].id);
		add_row_edge(f, group, cell, rows, rows);
	}
	f->cell = 0;
	f->from = first + 1;
}

/* A group of the next few questions, repeating or not. */
static json_t *random_group(writing *f, size_t *number, size_t questions)
{
	char id[8];
	size_t children = 2 + dice(f->w, 2), first = *number;
	json_t *tasks = json_array();
	snprintf(id, sizeof id, "g%zu", *number);
	json_t *group = json_pack("{s:s, s:s, s:[s], s:o}", "id", id, "task",
				  id, "type", "task_group", "tasks", tasks);
	bool repeats = dice(f->w, 3);
	if (repeats)
		json_object_set_new(group, "repeatable", json_true());
	f->cell = repeats ? first + 1 : 0;
	if (!dice(f->w, 4))
		add_condition(f, group, questions);
	if (!dice(f->w, 8))
		add_theme(f, group);
	add_rests(f, group);
	while (children-- && *number < questions)
		json_array_append_new(
		    tasks, random_question(f, (*number)++, questions));
	snprintf(f->ids[f->n++], sizeof f->ids[0], "%s", id);
	if (repeats)
		add_cells(f, group, first);
	return group;
}

/* Circles cannot be pinned. */
static bool is_sound(const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const fria_edges *up = &in->tasks[i].upstream;
		if (in->tasks[i].circular)
			return false;
		for (size_t k = 0; k < up->n; k++)
			if (up->items[k].task != FRIA_NONE &&
			    up->items[k].task >= i)
				return false;
	}
	return true;
}

static fria_instrument *parse(json_t *json)
{
	fria_instrument *in = NULL;
	assert_int_equal(fria_instrument_parse(&in, "t", json, NULL), 0);
	json_decref(json);
	return in;
}

static fria_instrument *random_instrument(world *w, const char *elsewhere,
					  const fria_instrument *other)
{
	for (;;) {
		writing f = {.w = w,
			     .elsewhere = elsewhere,
			     .other = other,
			     .sparse = dice(w, 2) ? 5 : 25};
		size_t questions = 6 + dice(w, 8), number = 0;
		json_t *tasks = json_array();
		while (number < questions)
			json_array_append_new(
			    tasks,
			    dice(w, 3)
				? random_question(&f, number++, questions)
				: random_group(&f, &number, questions));
		fria_instrument *in = parse(
		    json_pack("{s:s, s:s, s:s, s:o}", "urn", "urn:nl:t",
			      "version", "1.0", "name", "T", "tasks", tasks));
		if (is_sound(in))
			return in;
		fria_instrument_free(in);
	}
}

/* --- the application --- */

static void change_fact(world *w)
{
	char pointer[16];
	snprintf(pointer, sizeof pointer, "/use/f%u", dice(w, FACTS));
	json_t *value = random_value(w);
	assert_int_equal(fria_pointer_set(w->application, pointer, value, NULL),
			 0);
	json_decref(value);
}

/* A few elements, some of which do not say their kind. */
static void change_list(world *w)
{
	json_t *list = json_array();
	for (unsigned n = dice(w, 3); n; n--) {
		json_t *one = json_pack("{s:o, s:o}", "name", random_value(w),
					"owner", random_value(w));
		if (dice(w, 4))
			json_object_set_new(one, "kind", random_value(w));
		json_array_append_new(list, one);
	}
	assert_int_equal(
	    fria_pointer_set(w->application, "/use/list", list, NULL), 0);
	json_decref(list);
}

static void change_limit(world *w)
{
	json_t *metrics = json_object_get(w->application, "monitoring");
	json_t *metric = json_object_get(metrics, dice(w, 2) ? "m0" : "m1");
	json_object_set_new(metric, "threshold",
			    json_integer(4 + (int)dice(w, 3)));
	if (dice(w, 2))
		json_object_set_new(metric, "owner", random_value(w));
}

/* On either side of the limit, which is about 5. */
static void measure(world *w)
{
	char name[4];
	snprintf(name, sizeof name, "m%u", dice(w, METRICS));
	json_t *metric = json_object_get(
	    json_object_get(w->application, "monitoring"), name);
	json_array_append_new(json_object_get(metric, "series"),
			      json_pack("{s:s, s:i}", "date", "2026-01-01",
					"value", (int)dice(w, 10)));
}

static void tell(world *w)
{
	json_array_append_new(json_object_get(w->application, "events"),
			      json_pack("{s:s, s:b, s:s}", "theme",
					some_theme(w), "changed",
					(int)dice(w, 2), "text", "Iets."));
}

static json_t *random_metric(world *w)
{
	return json_pack("{s:i, s:s, s:[]}", "threshold", 5, "direction",
			 dice(w, 2) ? "max" : "min", "series");
}

static json_t *random_application(world *w)
{
	return json_pack("{s:s, s:s, s:{}, s:{s:o, s:o}, s:[]}", "id", "app",
			 "release", "1", "use", "monitoring", "m0",
			 random_metric(w), "m1", random_metric(w), "events");
}

/* --- edits --- */

static fria_siblings siblings_of(fria_sibling *room, const side *s,
				 const fria_evaluation *evaluation)
{
	if (!s->other)
		return (fria_siblings){NULL, 0};
	*room = (fria_sibling){s->other->name, s->other->in, s->other->doc,
			       evaluation,     NULL,	     0};
	return (fria_siblings){room, 1};
}

/* What an answer says, without its basis. New; NULL: nothing. */
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

/* Takes the answer: {"value"} or {"waived"}. */
static void stand_for(world *w, side *s, size_t task, const char *row,
		      json_t *answer)
{
	const fria_stand stand = {"41ab", "A <a@example.org>", 0, NULL, NULL};
	fria_sibling room;
	const fria_siblings siblings = siblings_of(&room, s, NULL);
	json_t *was = json_object_get(
	    fria_assessment_answer(s->doc, s->in, task, row), "basis");
	if (was)
		json_object_set(answer, "basis", was);
	json_object_set_new(answer, "basis",
			    fria_basis(s->in, s->doc, w->application, &siblings,
				       task, row, answer, &stand,
				       dice(w, 2) ? FRIA_RULES : FRIA_RULES_1));
	fria_assessment_put(s->doc, s->in, task, row, answer);
	json_decref(answer);
}

/* Some question: its task and row; false if it has no place for an answer. */
static bool random_place(world *w, const side *s, size_t *task,
			 const char **row)
{
	*row = NULL;
	do
		*task = dice(w, (unsigned)s->in->n);
	while (!s->in->tasks[*task].answerable);
	size_t group = s->in->tasks[*task].rows;
	if (group == FRIA_NONE)
		return true;
	json_t *rows = fria_assessment_rows(s->doc, s->in, group);
	if (!json_array_size(rows))
		return false;
	size_t at = dice(w, (unsigned)json_array_size(rows));
	*row = fria_json_text(json_array_get(rows, at), "id");
	return true;
}

/* What is chosen is named by its id, or by its text; metrics by their names. */
static json_t *random_answer(world *w, const side *s, size_t task)
{
	size_t source = s->in->tasks[task].source;
	json_t *rows = source == FRIA_NONE
			   ? NULL
			   : fria_assessment_rows(s->doc, s->in,
						  s->in->tasks[source].rows);
	const char *drawn = s->in->tasks[task].drawn;
	if (drawn && s->other)
		rows =
		    json_object_get(json_object_get(s->other->doc, "answers"),
				    strchr(drawn, '#') + 1);
	unsigned n = (unsigned)json_array_size(rows);
	const char *id =
	    n && dice(w, 3)
		? fria_json_text(json_array_get(rows, dice(w, n)), "id")
		: NULL;
	if (id)
		return json_sprintf("%s%s", drawn ? "other#" : "", id);
	if (s->in->tasks[task].id[0] == 'm' && dice(w, 4))
		return json_sprintf("m%u", dice(w, METRICS));
	return random_value(w);
}

static void answer_something(world *w, side *s)
{
	size_t task;
	const char *row;
	if (random_place(w, s, &task, &row))
		stand_for(
		    w, s, task, row,
		    json_pack("{s:o}", "value", random_answer(w, s, task)));
}

static void waive_something(world *w, side *s)
{
	static const char *const kinds[] = {"not-applicable", "settled",
					    "unknown"};
	size_t task;
	const char *row;
	if (random_place(w, s, &task, &row))
		stand_for(w, s, task, row,
			  json_pack("{s:{s:s, s:o}}", "waived", "kind",
				    kinds[dice(w, 3)], "reason",
				    random_value(w)));
}

/* in_rows: a cell of a row, if there is any. */
static void edit_by_hand(world *w, side *s, bool in_rows)
{
	size_t task;
	const char *row = NULL;
	for (int tries = 0; tries < (in_rows ? 20 : 1) && !row; tries++)
		if (!random_place(w, s, &task, &row) && !in_rows)
			return;
	if (in_rows && !row)
		return;
	json_t *answer = fria_assessment_answer(s->doc, s->in, task, row);
	if (json_object_get(answer, "value"))
		json_object_set_new(answer, "value", random_answer(w, s, task));
}

static void forget_something(world *w, side *s)
{
	size_t task;
	const char *row;
	if (random_place(w, s, &task, &row))
		fria_assessment_put(s->doc, s->in, task, row, NULL);
}

/* The id comes from the seed, not from the system. */
static void add_row(world *w, side *s)
{
	size_t group = some_rows(w, s->in);
	if (group == FRIA_NONE)
		return;
	fria_assessment_row_add(s->doc, s->in, group);
	json_t *rows = fria_assessment_rows(s->doc, s->in, group);
	json_object_set_new(json_array_get(rows, json_array_size(rows) - 1),
			    "id", json_sprintf("row%05u", ++w->rows));
}

static void take_row(world *w, side *s, bool move)
{
	size_t group = some_rows(w, s->in);
	json_t *rows = group == FRIA_NONE
			   ? NULL
			   : fria_assessment_rows(s->doc, s->in, group);
	if (!json_array_size(rows))
		return;
	json_t *row = json_incref(
	    json_array_get(rows, dice(w, (unsigned)json_array_size(rows))));
	fria_assessment_row_remove(s->doc, s->in, group,
				   fria_json_text(row, "id"));
	rows = fria_assessment_rows(s->doc, s->in, group);
	if (move && rows)
		json_array_insert(rows, 0, row);
	json_decref(row);
}

/* Another question in the place of one, or it rests on fewer things. */
static void change_instrument(world *w, side *s)
{
	json_t *json = json_deep_copy(s->in->document);
	json_t *tasks = json_object_get(json, "tasks");
	json_t *task =
	    json_array_get(tasks, dice(w, (unsigned)json_array_size(tasks)));
	if (dice(w, 2))
		json_object_set_new(task, "task",
				    json_sprintf("x%u", dice(w, 9)));
	else
		json_array_remove(
		    json_object_get(task, dice(w, 2) ? "rests" : "facts"), 0);
	fria_instrument_free(s->in);
	s->in = parse(json);
}

static void edit(world *w)
{
	side *s = dice(w, 4) ? &w->own : &w->other;
	switch (dice(w, 16)) {
	case 0:
	case 1:
		change_fact(w);
		break;
	case 13:
		change_list(w);
		break;
	case 14:
		change_limit(w);
		break;
	case 2:
		measure(w);
		break;
	case 3:
		tell(w);
		break;
	case 4:
	case 15:
		edit_by_hand(w, s, dice(w, 2));
		break;
	case 5:
		waive_something(w, s);
		break;
	case 6:
		add_row(w, s);
		break;
	case 7:
		take_row(w, s, dice(w, 2));
		break;
	case 8:
		change_instrument(w, s);
		break;
	case 9:
		forget_something(w, s);
		break;
	default:
		answer_something(w, s);
	}
}

/* --- the whole --- */

/* A cell by which edges are narrowed. */
static bool is_naming(const side *s, size_t task)
{
	return *s->in->tasks[task].id != 'q';
}

/* Answers nearly everything, in the order in which it is to be judged; what
 * names something before what rests on that. */
static void fill(world *w, side *s)
{
	s->doc = fria_assessment_new(s->in, "app", FRIA_NL);
	for (int i = 0; i < 6; i++)
		add_row(w, s);
	for (size_t i = 0; i < 2 * s->in->order_n; i++) {
		size_t task = s->in->order[i % s->in->order_n];
		size_t group = s->in->tasks[task].rows;
		json_t *rows = group == FRIA_NONE
				   ? NULL
				   : fria_assessment_rows(s->doc, s->in, group);
		size_t n = group == FRIA_NONE ? 1 : json_array_size(rows);
		if (is_naming(s, task) != (i < s->in->order_n))
			continue;
		for (size_t k = 0; k < n; k++)
			if (dice(w, 10))
				stand_for(w, s, task,
					  fria_json_text(
					      json_array_get(rows, k), "id"),
					  json_pack("{s:o}", "value",
						    random_answer(w, s, task)));
	}
}

static void start(world *w, unsigned seed)
{
	*w = (world){.seed = seed,
		     .own = {.name = "own", .other = &w->other},
		     .other = {.name = "other"}};
	w->application = random_application(w);
	for (int i = 0; i < FACTS; i++)
		change_fact(w);
	change_list(w);
	for (int i = 0; i < 3; i++)
		measure(w);
	w->other.in = random_instrument(w, NULL, NULL);
	w->own.in = random_instrument(w, "other", w->other.in);
	fill(w, &w->other);
	fill(w, &w->own);
}

static void end(world *w)
{
	json_decref(w->application);
	json_decref(w->own.doc);
	json_decref(w->other.doc);
	fria_instrument_free(w->own.in);
	fria_instrument_free(w->other.in);
}

#endif
