/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a release may go on, as a view: the outcome, and each reason. */
#include "workflow.h"

void fria_gate_view(fria_node *at, const fria_gate *gate, const char *id)
{
	fria_node_badge(
	    fria_node_paragraph(at),
	    gate->passed ? FRIA_TONE_GOOD : FRIA_TONE_STOP,
	    fria_kept_say(
		at, gate->passed ? FRIA_W_gate_passed : FRIA_W_gate_stopped,
		"application", id, "release",
		gate->release ? gate->release : "-", NULL));
	fria_node *list = gate->n ? fria_node_list(at, false) : NULL;
	for (size_t i = 0; i < gate->n; i++) {
		const fria_gate_reason *r = &gate->items[i];
		fria_node *item = fria_list_item(list);
		fria_node_text(item, r->assessment ? r->assessment : id);
		fria_node_text(item, ": ");
		fria_node_text(item, r->text);
	}
}
