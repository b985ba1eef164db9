/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The order in which tasks are judged: each after what it rests on and after
 * what decides whether it is shown; else as the form has them. It marks what
 * runs in a circle, finds where that runs through other questionnaires, and
 * refuses nothing (instrument_check.c does).
 *
 * Calls up to instrument.c: what an edge names elsewhere is found as it is
 * everywhere.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* How far a walk is through everything that one task comes after. */
typedef struct {
	size_t of; /* the questionnaire in which it stands */
	size_t task;
	size_t edge;	  /* of its edges */
	size_t holder;	  /* the task, then each group it lies in */
	size_t condition; /* of the holder */
	size_t child;	  /* a group stands for all that lies in it */
} cursor;

typedef enum { NEW, OPEN, DONE } colour;

typedef struct walk {
	const fria_instrument *const *all;
	size_t n;
	colour **colours; /* by questionnaire and task */
	cursor *items;	  /* the way to where it is */
	size_t way;
	/* Nothing is left behind a task (may be NULL); the way from a place on
	 * it leads back to there. */
	void (*leave)(struct walk *w, const cursor *at);
	void (*circle)(struct walk *w, size_t from);
	fria_instrument *own; /* whose order it is */
	fria_strings *rings;  /* in words */
	size_t through;	      /* those through this one; FRIA_NONE: all */
	fria_lang lang;
} walk;

/* Where an edge to another questionnaire leads; false: to none of these. */
static bool find_outside(const walk *w, const fria_instrument *in,
			 const char *id, cursor *to)
{
	const char *hash = strchr(id, '#');
	size_t n = hash ? (size_t)(hash - id) : 0;
	for (size_t i = 0; i < w->n && hash; i++) {
		const fria_instrument *other = w->all[i];
		if (other == in || strlen(other->id) != n ||
		    strncmp(other->id, id, n) != 0)
			continue;
		const char *version = fria_instrument_upstream(in, other->id);
		to->of = i;
		to->task = fria_instrument_find(other, hash + 1);
		if (to->task != FRIA_NONE &&
		    (!version || fria_instrument_is(other, version)))
			return true;
	}
	return false;
}

/* The next that a task comes after; false: there is no other. */
static bool next_before(const walk *w, cursor *c, cursor *to)
{
	const fria_instrument *in = w->all[c->of];
	const fria_task *t = &in->tasks[c->task];
	*to = (cursor){.of = c->of};
	while (c->edge < t->upstream.n) {
		const fria_edge *e = &t->upstream.items[c->edge++];
		to->task = e->task;
		if (to->task != FRIA_NONE || find_outside(w, in, e->id, to))
			return true;
	}
	while (c->holder != FRIA_NONE) {
		const fria_conditions *list = &in->tasks[c->holder].conditions;
		while (c->condition < list->n) {
			to->task = list->items[c->condition++].task;
			if (to->task != FRIA_NONE)
				return true;
		}
		c->condition = 0;
		c->holder = in->tasks[c->holder].parent;
	}
	to->task = c->child++;
	return to->task < t->end;
}

static void enter(walk *w, const cursor *to)
{
	w->colours[to->of][to->task] = OPEN;
	w->items = fria_grow(w->items, w->way, sizeof *w->items);
	w->items[w->way++] = (cursor){.of = to->of,
				      .task = to->task,
				      .holder = to->task,
				      .child = to->task + 1};
}

/* The place on the way where it came by a task. */
static size_t place_of(const walk *w, const cursor *to)
{
	size_t i = w->way - 1;
	while (w->items[i].of != to->of || w->items[i].task != to->task)
		i--;
	return i;
}

/* All that can be reached from one. */
static void go(walk *w, const cursor *from)
{
	enter(w, from);
	while (w->way) {
		cursor to;
		if (!next_before(w, &w->items[w->way - 1], &to)) {
			cursor last = w->items[--w->way];
			w->colours[last.of][last.task] = DONE;
			if (w->leave)
				w->leave(w, &last);
		} else if (w->colours[to.of][to.task] == NEW) {
			enter(w, &to);
		} else if (w->colours[to.of][to.task] == OPEN) {
			w->circle(w, place_of(w, &to));
		}
	}
}

static void go_through(walk *w, size_t of)
{
	for (size_t i = 0; i < w->all[of]->n; i++) {
		const cursor from = {.of = of, .task = i};
		if (w->colours[of][i] == NEW)
			go(w, &from);
	}
}

static void begin(walk *w)
{
	w->colours = fria_calloc(w->n, sizeof *w->colours);
	for (size_t i = 0; i < w->n; i++)
		w->colours[i] =
		    fria_calloc(w->all[i]->n + 1, sizeof **w->colours);
}

static void end(walk *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->colours[i]);
	free(w->colours);
	free(w->items);
}

/* --- within one --- */

static void put_in_order(walk *w, const cursor *at)
{
	if (w->own->tasks[at->task].answerable)
		w->own->order[w->own->order_n++] = at->task;
}

/* Everything on the way since that task rests on itself. */
static void mark_circle(walk *w, size_t from)
{
	for (size_t i = from; i < w->way; i++) {
		fria_task *t = &w->own->tasks[w->items[i].task];
		t->circular = t->answerable;
	}
}

void fria_instrument_order(fria_instrument *in)
{
	const fria_instrument *all[] = {in};
	walk w = {.all = all,
		  .n = 1,
		  .leave = put_in_order,
		  .circle = mark_circle,
		  .own = in};
	in->order = fria_malloc(in->n * sizeof *in->order);
	begin(&w);
	go_through(&w, 0);
	end(&w);
}

/* --- through others --- */

/* "a#1 on b#1, b#1 on a#1", of what runs through more than one. */
static void say_ring(walk *w, size_t from)
{
	fria_buf out = FRIA_BUF_INIT, last = FRIA_BUF_INIT;
	bool others = false, through = w->through == FRIA_NONE;
	for (size_t i = from; i <= w->way; i++) {
		const cursor *c = &w->items[i < w->way ? i : from];
		const fria_instrument *in = w->all[c->of];
		fria_buf here = FRIA_BUF_INIT;
		others = others || c->of != w->items[from].of;
		through = through || c->of == w->through;
		fria_buf_printf(&here, "%s#%s", in->id, in->tasks[c->task].id);
		if (last.n) {
			fria_buf_puts(&out, out.n ? ", " : "");
			fria_say(&out, w->lang, FRIA_W_ring_step, "task",
				 last.text, "on", here.text, NULL);
		}
		fria_buf_dispose(&last);
		last = here;
	}
	if (others && through)
		fria_strings_add_once(w->rings, out.text);
	fria_buf_dispose(&out);
	fria_buf_dispose(&last);
}

void fria_instruments_rings(fria_strings *out,
			    const fria_instrument *const *all, size_t n,
			    size_t through, fria_lang lang)
{
	walk w = {.all = all,
		  .n = n,
		  .circle = say_ring,
		  .rings = out,
		  .through = through,
		  .lang = lang};
	begin(&w);
	for (size_t i = 0; i < n; i++)
		go_through(&w, i);
	end(&w);
}
