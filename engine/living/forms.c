/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All the forms of one assessment's answers at once: for who looks for the one
 * that an answer rested on. It knows no digest (basis.c does).
 */
#include "living_internal.h"

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

void fria_upstream_forms(const fria_instrument *in, const json_t *assessment,
			 fria_form_visit visit, void *data)
{
	fria_view *v = fria_view_new(in, assessment, NULL);
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
