/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The order in which tasks are judged: each after what it rests on and after
 * what decides whether it is shown; else as the form has them. It marks what
 * runs in a circle and refuses nothing (instrument_check.c does).
 */
#include "model.h"

#include <stdlib.h>

/* How far a walk is through everything that one task comes after. */
typedef struct {
	size_t task;
	size_t edge;	  /* of its edges */
	size_t holder;	  /* the task, then each group it lies in */
	size_t condition; /* of the holder */
	size_t child;	  /* a group stands for all that lies in it */
} cursor;

typedef struct {
	cursor *items;
	size_t n;
} path;

/* The next task that it comes after, or FRIA_NONE. */
static size_t next_before(const fria_instrument *in, cursor *c)
{
	const fria_task *t = &in->tasks[c->task];
	size_t before;
	while (c->edge < t->upstream.n) {
		before = t->upstream.items[c->edge++].task;
		if (before != FRIA_NONE)
			return before;
	}
	while (c->holder != FRIA_NONE) {
		const fria_conditions *list = &in->tasks[c->holder].conditions;
		while (c->condition < list->n) {
			before = list->items[c->condition++].task;
			if (before != FRIA_NONE)
				return before;
		}
		c->condition = 0;
		c->holder = in->tasks[c->holder].parent;
	}
	return c->child < t->end ? c->child++ : FRIA_NONE;
}

typedef enum { NEW, OPEN, DONE } colour;

static void enter(path *way, colour *colours, size_t task)
{
	colours[task] = OPEN;
	*FRIA_PUSH(way) =
	    (cursor){.task = task, .holder = task, .child = task + 1};
}

/* Everything on the way since that task rests on itself. */
static void mark_circle(fria_instrument *in, const path *way, size_t from)
{
	size_t i = way->n;
	do {
		i--;
		in->tasks[way->items[i].task].circular =
		    in->tasks[way->items[i].task].answerable;
	} while (way->items[i].task != from);
}

static void leave(fria_instrument *in, path *way, colour *colours)
{
	size_t task = way->items[--way->n].task;
	colours[task] = DONE;
	if (in->tasks[task].answerable)
		in->order[in->order_n++] = task;
}

void fria_instrument_order(fria_instrument *in)
{
	colour *colours = fria_calloc(in->n, sizeof *colours);
	path way = {NULL, 0};
	in->order = fria_malloc(in->n * sizeof *in->order);
	for (size_t i = 0; i < in->n; i++) {
		if (colours[i] == NEW)
			enter(&way, colours, i);
		while (way.n) {
			cursor *c = &way.items[way.n - 1];
			size_t before = next_before(in, c);
			if (before == FRIA_NONE)
				leave(in, &way, colours);
			else if (colours[before] == NEW)
				enter(&way, colours, before);
			else if (colours[before] == OPEN)
				mark_circle(in, &way, before);
		}
	}
	free(way.items);
	free(colours);
}
