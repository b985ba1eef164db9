/* SPDX-License-Identifier: EUPL-1.2 */
/* fria conflicts: what two people wrote of the same thing. */
#include "cli.h"

static int run_conflicts(cli *c, fria_error *err)
{
	fria_unsettleds all;
	if (fria_conflicts(&all, c->ws, c->n ? c->args[0] : NULL, err))
		return 2;
	int status = all.n ? 1 : 0;
	fria_conflicts_wrote(&all, c->ws);
	if (c->json) {
		put_json(c, fria_unsettleds_json(&all));
	} else if (all.n) {
		fria_node *page = new_page(c, c->n ? c->args[0] : NULL,
					   FRIA_W_page_conflicts);
		fria_conflicts_view(page, &all, c->ws, c->verbose, c->lang);
		status = show_page(c, page, err) ? 2 : 1;
	} else {
		say(c, FRIA_W_did_no_conflicts, NULL);
	}
	fria_unsettleds_dispose(&all);
	return status;
}

const command cmd_conflicts = {
    .name = "conflicts",
    .args = "[APP/NAME]",
    .takes = {0, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_conflicts,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_conflicts,
};
