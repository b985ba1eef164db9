/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the answers of a questionnaire rest on: facts and other answers, of
 * each task its own and its groups'. What of that cannot be is said by
 * instrument_check.c.
 *
 * Calls up to instrument.c: tasks are found, and placed, as everywhere.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool too_many(const fria_instrument *in)
{
	return in->rests > FRIA_MAX_RESTS;
}

/* How an edge that narrows is called: as it is written. Borrowed. */
static const char *written(fria_instrument *in, const json_t *edge)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_canonical(&text, edge);
	fria_strings_add(&in->edges, text.text);
	fria_buf_dispose(&text);
	return in->edges.items[in->edges.n - 1];
}

static size_t named(const fria_instrument *in, const json_t *edge)
{
	const char *id = fria_json_text(edge, "named_by");
	return id ? fria_instrument_find(in, id) : FRIA_NONE;
}

/* --- can it be read? --- */

static bool are_texts(const json_t *list)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		if (!json_is_string(one))
			return false;
	return json_array_size(list) > 0;
}

/* Nothing but these members: what narrows further must not go unseen. */
static bool has_only(const json_t *edge, const char *const members[])
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)edge, key, value) {
		size_t i = 0;
		while (members[i] && strcmp(members[i], key) != 0)
			i++;
		if (!members[i])
			return false;
	}
	return true;
}

static bool is_where(const json_t *where)
{
	const char *key;
	json_t *wanted;
	json_object_foreach((json_t *)(uintptr_t)where, key, wanted)
		if (json_is_object(wanted) ||
		    (json_is_array(wanted) && !json_array_size(wanted)))
			return false;
	return json_object_size(where) > 0;
}

/* The changes of a metric, as flags; 0: they cannot be read. */
static unsigned read_on(const json_t *list)
{
	unsigned on = 0;
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		size_t number =
		    fria_closed_number("on", json_string_value(one));
		if (!number)
			return 0;
		on |= 1U << number;
	}
	return on;
}

static bool is_empty(const json_t *value)
{
	return json_is_array(value) && !json_array_size(value);
}

static bool is_fact_edge(const json_t *edge)
{
	static const char *const members[] = {"pointer", "where", "members",
					      "from",	 "to",	  "named_by",
					      "as",	 "on",	  NULL};
	const json_t *where = json_object_get(edge, "where");
	const json_t *own = json_object_get(edge, "members");
	const json_t *cell = json_object_get(edge, "named_by");
	const json_t *as = json_object_get(edge, "as");
	const json_t *on = json_object_get(edge, "on");
	const json_t *from = json_object_get(edge, "from");
	const json_t *to = json_object_get(edge, "to");
	return json_is_object(edge) && has_only(edge, members) &&
	       (!as || (cell && are_texts(as))) &&
	       fria_json_text(edge, "pointer") && (!where || is_where(where)) &&
	       (!own || are_texts(own)) && (!cell || json_is_string(cell)) &&
	       (!on || read_on(on)) && !is_empty(from) && !is_empty(to);
}

static bool is_row_edge(const json_t *edge)
{
	static const char *const members[] = {"row_of", "named_by", NULL};
	return json_is_object(edge) && has_only(edge, members) &&
	       fria_json_text(edge, "row_of") &&
	       fria_json_text(edge, "named_by");
}

static int unreadable(const fria_instrument *in, size_t task,
		      const char *member, size_t at, fria_error *err)
{
	fria_buf place = FRIA_BUF_INIT;
	fria_task_place(&place, in, task);
	fria_buf_printf(&place, "/%s/%zu", member, at);
	fria_fail(err, FRIA_EINPUT, FRIA_W_edge_unreadable, "task",
		  in->tasks[task].id, NULL);
	fria_fail_at(err, NULL, place.text, 0, 0);
	fria_buf_dispose(&place);
	return FRIA_EINPUT;
}

/* --- facts --- */

/* Not to the cell that says what it leads to. */
static void add_fact(fria_instrument *in, size_t task,
		     const fria_fact_edge *fact)
{
	fria_fact_edges *facts = &in->tasks[task].facts;
	if (too_many(in) || fact->named_by == task)
		return;
	for (size_t i = 0; i < facts->n; i++)
		if (!strcmp(facts->items[i].key, fact->key))
			return;
	in->rests++;
	*FRIA_PUSH(facts) = *fact;
}

static void add_narrow(fria_instrument *in, size_t task, const json_t *edge)
{
	const char *pointer = fria_json_text(edge, "pointer");
	const fria_fact_edge fact = {
	    .key = json_object_size(edge) > 1 ? written(in, edge) : pointer,
	    .pointer = pointer,
	    .where = json_object_get(edge, "where"),
	    .members = json_object_get(edge, "members"),
	    .from = json_object_get(edge, "from"),
	    .to = json_object_get(edge, "to"),
	    .named_by = named(in, edge),
	    .as = json_object_get(edge, "as"),
	    .on = read_on(json_object_get(edge, "on"))};
	add_fact(in, task, &fact);
}

static int read_facts(fria_instrument *in, size_t task, fria_error *err)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(in->tasks[task].raw, "facts"), i,
			   one) {
		const char *pointer = json_string_value(one);
		const fria_fact_edge fact = {
		    .key = pointer, .pointer = pointer, .named_by = FRIA_NONE};
		if (pointer)
			add_fact(in, task, &fact);
		else if (is_fact_edge(one))
			add_narrow(in, task, one);
		else
			return unreadable(in, task, "facts", i, err);
	}
	return 0;
}

static int find_facts(fria_instrument *in, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < in->n && !code; i++) {
		size_t parent = in->tasks[i].parent;
		if (in->tasks[i].measure)
			continue;
		for (size_t k = 0;
		     parent != FRIA_NONE && k < in->tasks[parent].facts.n; k++)
			add_fact(in, i, &in->tasks[parent].facts.items[k]);
		code = read_facts(in, i, err);
	}
	return code;
}

/* --- answers --- */

static void add_edge(fria_instrument *in, size_t to, const fria_edge *edge)
{
	if (too_many(in))
		return;
	in->rests++;
	*FRIA_PUSH(&in->tasks[to].upstream) = *edge;
}

/* One edge, or one from each answer of a group that does not repeat. */
static void add_edges(fria_instrument *in, size_t to, const fria_edge *edge)
{
	size_t from = edge->task;
	if (from == FRIA_NONE || in->tasks[from].kind != FRIA_GROUP ||
	    in->tasks[from].rows == from) {
		add_edge(in, to, edge);
		return;
	}
	for (size_t i = from + 1; i < in->tasks[from].end; i++) {
		const fria_edge one = {in->tasks[i].id, in->tasks[i].id, i,
				       FRIA_NONE};
		if (in->tasks[i].answerable && !in->tasks[i].measure)
			add_edge(in, to, &one);
	}
}

/* An edge of a group is an edge of its answerable tasks, but for the cell that
 * says what it leads to. */
static void spread_edge(fria_instrument *in, size_t to, const fria_edge *edge)
{
	for (size_t i = to; i < in->tasks[to].end; i++)
		if (in->tasks[i].answerable && !in->tasks[i].measure &&
		    i != edge->task && i != edge->named_by)
			add_edges(in, i, edge);
}

static int read_rests(fria_instrument *in, size_t at, fria_error *err)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(in->tasks[at].raw, "rests"), i,
			   one) {
		const char *id = json_string_value(one);
		fria_edge edge = {id, id, FRIA_NONE, FRIA_NONE};
		if (!id && !is_row_edge(one))
			return unreadable(in, at, "rests", i, err);
		if (!id) {
			edge.id = fria_json_text(one, "row_of");
			edge.name = written(in, one);
			edge.named_by = named(in, one);
		}
		edge.task = fria_instrument_find(in, edge.id);
		if (edge.task != FRIA_NONE || strchr(edge.id, '#'))
			spread_edge(in, at, &edge);
	}
	return 0;
}

static void read_preview(fria_instrument *in, size_t at, const json_t *one)
{
	const char *type = fria_json_text(one, "type");
	const char *id = fria_json_text(one, "id");
	size_t to = id ? fria_instrument_find(in, id) : FRIA_NONE;
	const fria_edge edge = {in->tasks[at].id, in->tasks[at].id, at,
				FRIA_NONE};
	if (type && !strcmp(type, "pre-view") && to != FRIA_NONE)
		spread_edge(in, to, &edge);
}

/*
 * The standard's own references: objects of type pre-view under the
 * instrument's own name are edges from the holder to the named task.
 */
static void read_references(fria_instrument *in, size_t at)
{
	const char *name;
	json_t *value, *one;
	size_t i;
	json_object_foreach(json_object_get(in->tasks[at].raw, "references"),
			    name, value) {
		if (strcasecmp(name, in->id))
			continue;
		if (json_is_object(value))
			read_preview(in, at, value);
		json_array_foreach(value, i, one)
			read_preview(in, at, one);
	}
}

static int compare_edges(const void *a, const void *b)
{
	const fria_edge *x = a, *y = b;
	if (x->task != y->task)
		return x->task < y->task ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* In form order, each once. */
static void sort_edges(fria_edges *edges)
{
	size_t kept = 0;
	if (edges->n < 2)
		return;
	qsort(edges->items, edges->n, sizeof *edges->items, compare_edges);
	for (size_t i = 1; i < edges->n; i++)
		if (compare_edges(&edges->items[kept], &edges->items[i]))
			edges->items[++kept] = edges->items[i];
	edges->n = kept + 1;
}

static int find_edges(fria_instrument *in, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < in->n && !code; i++) {
		code = read_rests(in, i, err);
		read_references(in, i);
	}
	for (size_t i = 0; i < in->n; i++)
		sort_edges(&in->tasks[i].upstream);
	return code;
}

int fria_edges_read(fria_instrument *in, fria_error *err)
{
	int code = find_facts(in, err);
	if (!code)
		code = find_edges(in, err);
	if (code || !too_many(in))
		return code;
	fria_fail(err, FRIA_ELIMIT, FRIA_W_rests_too_many, "limit", "200000",
		  NULL);
	return fria_fail_at(err, NULL, "/tasks", 0, 0);
}

void fria_edges_free(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		free(in->tasks[i].facts.items);
		free(in->tasks[i].upstream.items);
	}
	fria_strings_dispose(&in->edges);
}
