/* SPDX-License-Identifier: EUPL-1.2 */
/* A random world as the engine judges it, for the tests of what always holds.
 */
#ifndef FRIA_TESTS_JUDGED_H
#define FRIA_TESTS_JUDGED_H

#include "seeds.h"
#include "world.h"

enum { EDITS = 6 };

/* How many are looked at. */
static unsigned worlds(void)
{
	return of_seeds(800);
}

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

/* --- the plain way: what reopens by a measurement --- */

static inline fria_rules rules_of(const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	fria_rules rules = FRIA_RULES;
	if (basis)
		fria_basis_rules(&rules, basis);
	return rules;
}

/* The metric that the cell of an edge names in a row, or NULL. */
static inline const char *metric_named(const side *s, const fria_fact_edge *e,
				       const char *row)
{
	fria_questions all;
	const char *name = NULL;
	fria_questions_list(&all, s->in, s->doc);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		if (q->task == e->named_by && q->row && row &&
		    !strcmp(q->row, row) && q->visible)
			name = fria_json_text(q->answer, "value");
	}
	fria_questions_dispose(&all);
	return name;
}

static inline bool reopens(const side *s, const fria_task *t,
			   const fria_fact_edge *e, const char *row,
			   const char *metric, fria_rules rules)
{
	bool own = !strncmp(e->pointer, "/monitoring/", 12) &&
		   !strcmp(e->pointer + 12, metric);
	bool all = !strcmp(e->pointer, "/monitoring");
	if (rules == FRIA_RULES_1 ||
	    (!e->members && !e->on && e->named_by == FRIA_NONE))
		return t->crossing && (own || all);
	if (!all || e->members)
		return false;
	if (e->named_by != FRIA_NONE) {
		const char *name = metric_named(s, e, row);
		if (!name || strcmp(name, metric) != 0)
			return false;
	}
	return e->on ? (e->on & FRIA_ON_CROSSING) != 0 : t->crossing;
}

#endif
