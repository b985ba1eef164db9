/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which answers a judgement of the whole hangs on, and why an answer was said
 * to hold still. It judges no answer; it says which deserve to be looked at by
 * themselves.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- which answers are decisive --- */

/* A question, or all questions of a group. */
static void mark_task(bool *out, const fria_instrument *in, const char *id)
{
	size_t task = fria_instrument_find(in, id);
	if (task == FRIA_NONE)
		return;
	out[task] = true;
	if (in->tasks[task].kind == FRIA_GROUP)
		for (size_t i = task + 1; i < in->tasks[task].end; i++)
			out[i] = true;
}

/* The cells of a table that an expression names: ".kans", "row.maatregelen". */
static void mark_cells(bool *out, const fria_instrument *in, size_t group,
		       const char *expression)
{
	for (size_t i = group + 1; i < in->tasks[group].end; i++)
		if (fria_expression_cell(expression, in, group, i))
			out[i] = true;
}

/* What an expression reads: questions and tables by their id between quotes,
 * and cells of the table in which it stands (or FRIA_NONE) by their name. */
static void mark_expression(bool *out, const fria_instrument *in,
			    const char *expression, size_t group)
{
	fria_buf id = FRIA_BUF_INIT;
	for (const char *at = expression; at && *at; at++) {
		if (*at != '\'' && *at != '"')
			continue;
		const char *end = strchr(at + 1, *at);
		if (!end)
			break;
		fria_buf_clear(&id);
		fria_buf_put(&id, at + 1, (size_t)(end - at - 1));
		size_t task = fria_instrument_find(in, id.text);
		if (task != FRIA_NONE && in->tasks[task].rows == task)
			mark_cells(out, in, task, expression);
		else if (task != FRIA_NONE)
			mark_task(out, in, id.text);
		at = end;
	}
	if (expression && group != FRIA_NONE)
		mark_cells(out, in, group, expression);
	fria_buf_dispose(&id);
}

static void mark_scores(bool *out, const fria_instrument *in)
{
	for (size_t i = 0; i < in->calculations.n; i++) {
		const fria_calculation *c = &in->calculations.items[i];
		size_t group = in->tasks[c->task].rows;
		mark_expression(out, in, c->text, group);
		for (size_t k = 0; k < c->n; k++)
			mark_expression(out, in, c->steps[k].text, group);
	}
	for (size_t i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		mark_expression(out, in, r->text, FRIA_NONE);
		for (size_t k = 0; k < r->n; k++)
			mark_expression(out, in, r->criteria[k].text,
					FRIA_NONE);
	}
}

/* Said of a group, it is said of all that lies in it and says nothing else. */
static bool decides(const fria_instrument *in, size_t task)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent) {
		bool yes = fria_task_flag(&in->tasks[task], "decides", false);
		if (yes == fria_task_flag(&in->tasks[task], "decides", true))
			return yes;
	}
	return false;
}

/* What the deciding tasks of an assessment (the first of all, or one beside it)
 * name of the first. */
static void mark_rests(bool *out, const fria_siblings *all,
		       const fria_sibling *from)
{
	const fria_sibling *own = &all->items[0];
	for (size_t i = 0; i < from->instrument->n; i++) {
		const fria_strings *rests = &from->instrument->tasks[i].rests;
		if (!decides(from->instrument, i))
			continue;
		for (size_t k = 0; k < rests->n; k++) {
			const char *id = rests->items[k];
			const char *hash = strchr(id, '#');
			const fria_sibling *to =
			    hash ? fria_sibling_find(from->instrument, all, id)
				 : from;
			if (to == own)
				mark_task(out, own->instrument,
					  hash ? hash + 1 : id);
		}
	}
}

void fria_decisive(bool *out, const fria_sibling *own,
		   const fria_siblings *others)
{
	const fria_instrument *in = own->instrument;
	fria_siblings all = {NULL, others->n + 1};
	fria_sibling *items = fria_calloc(all.n, sizeof *items);
	items[0] = *own;
	for (size_t i = 0; i < others->n; i++)
		items[i + 1] = others->items[i];
	all.items = items;

	memset(out, 0, in->n * sizeof *out);
	mark_scores(out, in);
	for (size_t i = 0; i < in->n; i++) {
		const fria_task *t = &in->tasks[i];
		for (size_t k = 0; t->stop && k < t->conditions.n; k++)
			mark_task(out, in, t->conditions.items[k].id);
	}
	for (size_t i = 0; i < all.n; i++)
		if (!i || !items[i].superseded)
			mark_rests(out, &all, &items[i]);
	free(items);
}
