/* SPDX-License-Identifier: EUPL-1.2 */
/* fria resolve: which of two answers holds. */
#include "cli.h"

static int run_resolve(cli *c, fria_error *err)
{
	c->told = true;
	bool ours = given(c, "ours") != NULL,
	     theirs = given(c, "theirs") != NULL;
	const fria_resolution r = {.name = c->args[0],
				   .task = c->n > 1 ? c->args[1] : NULL,
				   .row = given(c, "row"),
				   .value = given(c, "value"),
				   .theirs = theirs,
				   .note = given(c, "note")};
	fria_resolved done;
	if (ours + theirs + (r.value != NULL) != 1)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_resolve_how, NULL);
	if (fria_resolve(&done, c->ws, &r, err))
		return 2;
	say(c, done.left ? FRIA_W_did_resolve_some : FRIA_W_did_resolve,
	    "settled", FRIA_DIGITS(done.settled), "left",
	    FRIA_DIGITS(done.left), "assessment", c->args[0], NULL);
	return 0;
}

const command cmd_resolve = {
    .name = "resolve",
    .args = "APP/NAME [TASK] --ours|--theirs|--value TEXT",
    .takes = {1, 2},
    .does = EDITS | KEEPS_TEXT,
    .summary = FRIA_W_sum_resolve,
    .options = (const option[]){{"ours", 0, NULL, FRIA_W_opt_ours},
				{"theirs", 0, NULL, FRIA_W_opt_theirs},
				{"value", 0, "TEXT", FRIA_W_opt_resolve_value},
				{"row", 0, "ROW", FRIA_W_opt_row},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				NO_OPTION},
    .run = run_resolve,
};
