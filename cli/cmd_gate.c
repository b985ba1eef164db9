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

static int run_gate(cli *c, fria_error *err)
{
	fria_gate g;
	int status = 0;
	if (fria_gate_check(&g, c->ws, c->args[0], given(c, "release"), err))
		return 2;
	if (c->json) {
		put_json(c, gate_json(c->args[0], &g));
	} else {
		fria_node *page = new_page(c, c->args[0], FRIA_W_page_gate);
		fria_gate_view(page, &g, c->args[0]);
		status = show_page(c, page, err);
	}
	if (!status)
		status = g.passed ? 0 : 1;
	fria_gate_dispose(&g);
	return status;
}

const command cmd_gate = {
    .name = "gate",
    .args = "APP [--release VERSION] [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_gate,
    .options =
	(const option[]){{"release", 0, "VERSION", FRIA_W_opt_gate_release},
			 VIEW_OPTIONS,
			 NO_OPTION},
    .run = run_gate,
};
