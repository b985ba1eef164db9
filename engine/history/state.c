/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment as it stood somewhere in history, of which many answers are
 * looked at.
 */
#include "history_internal.h"

#include <stdlib.h>

history_state history_state_of(json_t *document)
{
	return (history_state){
	    document, document ? fria_assessment_by_row(document) : NULL};
}

void history_state_dispose(history_state *state)
{
	json_decref(state->by_row);
	json_decref(state->document);
	*state = (history_state){NULL, NULL};
}

void history_states_add(history_states *states, json_t *document)
{
	if (document)
		*FRIA_PUSH(states) = history_state_of(document);
}

void history_states_dispose(history_states *states)
{
	for (size_t i = 0; i < states->n; i++)
		history_state_dispose(&states->items[i]);
	free(states->items);
	*states = (history_states){NULL, 0};
}

json_t *history_answer(const history_state *state, const fria_instrument *in,
		       size_t task, const char *row)
{
	return state->document
		   ? fria_assessment_answer_by(state->document, state->by_row,
					       in, task, row)
		   : NULL;
}
