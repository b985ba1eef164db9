/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What to do next: the questions that ask for work, in the order in which to
 * do it. It judges nothing (evaluate.c and suspect.c do).
 */
#include "living.h"

#include <stdlib.h>

static void add(fria_positions *out, size_t position)
{
	*FRIA_PUSH(out) = position;
}

void fria_agenda_add(fria_positions *out, const fria_evaluation *evaluation,
		     fria_state state, bool optional)
{
	for (size_t i = 0; state == FRIA_STALE && i < evaluation->todo_n; i++)
		add(out, evaluation->todo[i]);
	for (size_t i = 0; state != FRIA_STALE && i < evaluation->n; i++) {
		const fria_judgement *j = &evaluation->items[i];
		if (j->state == state &&
		    (state != FRIA_OPEN || j->optional == optional))
			add(out, i);
	}
}

void fria_agenda(fria_positions *out, const fria_evaluation *evaluation)
{
	if (evaluation->superseded)
		return;
	fria_agenda_add(out, evaluation, FRIA_STALE, false);
	fria_agenda_add(out, evaluation, FRIA_OPEN, false);
	fria_agenda_add(out, evaluation, FRIA_SUSPECT, false);
}

void fria_positions_dispose(fria_positions *list)
{
	free(list->items);
	*list = (fria_positions){NULL, 0};
}

char *fria_judge_first(const fria_evaluation *evaluation,
		       const fria_instrument *in, const fria_judgement *j)
{
	if (j->because_n) {
		const fria_judgement *first = &evaluation->items[j->because[0]];
		return fria_strdup(in->tasks[first->question.task].id);
	}
	return j->elsewhere.n ? fria_strdup(j->elsewhere.items[0]) : NULL;
}
