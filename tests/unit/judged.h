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

#endif
