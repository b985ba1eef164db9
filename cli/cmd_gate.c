/* SPDX-License-Identifier: EUPL-1.2 */
/* fria gate: may this release go on? One line a reason; the exit status. */
#include "cli.h"

static json_t *gate_json(const char *id, const fria_gate *g)
{
	json_t *reasons = json_array();
	for (size_t i = 0; i < g->n; i++) {
		const fria_gate_reason *r = &g->items[i];
		json_array_append_new(
		    reasons,
		    fria_json_pack("{s:s?, s:s, s:b, s:s}", "assessment",
				   r->assessment, "code", r->code, "stops",
				   (int)r->fatal, "text", r->text));
	}
	return fria_json_pack("{s:s, s:s?, s:s?, s:b, s:o}", "application", id,
			      "release", g->release, "phase", g->phase,
			      "passed", (int)g->passed, "reasons", reasons);
}

int cmd_gate(cli *c, fria_error *err)
{
	fria_gate g;
	if (fria_gate_check(&g, c->ws, c->args[0], given(c, "release"), err))
		return 2;
	if (c->json) {
		put_json(c, gate_json(c->args[0], &g));
	} else {
		put_sentence(c, g.passed ? GREEN : RED,
			     g.passed ? FRIA_W_gate_passed
				      : FRIA_W_gate_stopped,
			     "application", c->args[0], "release",
			     g.release ? g.release : "-", NULL);
		for (size_t i = 0; i < g.n; i++)
			putf(c, g.items[i].fatal ? PLAIN : DIM, "%s: %s\n",
			     g.items[i].assessment ? g.items[i].assessment
						   : c->args[0],
			     g.items[i].text);
	}
	int status = g.passed ? 0 : 1;
	fria_gate_dispose(&g);
	return status;
}
