/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All the forms of one assessment's answers at once: for who looks for the one
 * that an answer rested on. It knows no digest (basis.c does).
 */
#include "living_internal.h"

#include <string.h>

/* The rows that the cells of a task's rows name. */
static void visit_named(fria_view *v, size_t task, fria_form_visit visit,
			void *data)
{
	const fria_edges *up = &v->in->tasks[task].upstream;
	size_t n = fria_view_rows_of(v, task)->n;
	for (size_t i = 0; i < up->n; i++)
		for (size_t number = 1;
		     number <= n &&
		     fria_edge_narrows(&up->items[i], FRIA_RULES);
		     number++) {
			json_t *form = fria_view_edge_form(
			    v, &up->items[i], task, number, FRIA_RULES);
			visit(data, form);
			json_decref(form);
		}
}

/* Each row by itself of what an edge of another instrument leads to. */
static void visit_row(fria_view *v, const fria_edge *edge,
		      fria_form_visit visit, void *data)
{
	size_t task = fria_instrument_find(v->in, strchr(edge->id, '#') + 1);
	size_t n = task == FRIA_NONE ? 0 : fria_view_rows_of(v, task)->n;
	for (size_t number = 1; number <= n; number++) {
		const fria_row_numbers one = {&number, 1};
		json_t *form = fria_view_rows_form(v, task, &one);
		visit(data, form);
		json_decref(form);
	}
}

static void visit_from(fria_view *v, const fria_instrument *from,
		       fria_form_visit visit, void *data)
{
	fria_strings seen = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < from->n; i++)
		for (size_t k = 0; k < from->tasks[i].upstream.n; k++) {
			const fria_edge *e = &from->tasks[i].upstream.items[k];
			if (e->task != FRIA_NONE || e->named_by == FRIA_NONE ||
			    fria_strings_has(&seen, e->id))
				continue;
			fria_strings_add(&seen, e->id);
			visit_row(v, e, visit, data);
		}
	fria_strings_dispose(&seen);
}

void fria_upstream_forms(const fria_instrument *in, const json_t *assessment,
			 const fria_instrument *from, fria_form_visit visit,
			 void *data)
{
	fria_view *v = fria_view_new(in, assessment, NULL);
	visit_from(v, from, visit, data);
	for (size_t i = 0; i < in->n; i++) {
		size_t n =
		    in->tasks[i].answerable ? fria_view_rows_of(v, i)->n : 0;
		if (!in->tasks[i].answerable && in->tasks[i].rows != i)
			continue;
		for (size_t number = 0; number <= n; number++) {
			json_t *form = fria_view_form(v, i, number);
			visit(data, form);
			json_decref(form);
		}
		visit_named(v, i, visit, data);
	}
	fria_view_free(v);
}
