/* SPDX-License-Identifier: EUPL-1.2 */
/* fria waive: why a question needs no answer. */
#include "cli.h"

static int run_waive(cli *c, fria_error *err)
{
	fria_edit_target target = target_of(c);
	fria_edited done;
	const char *kind = given(c, "kind");
	if (saving_begin(c, err))
		return 2;
	int code = fria_waive(&done, c->ws, &target, kind ? kind : "",
			      given(c, "reason"), given(c, "reference"), err);
	if (!code)
		say_edited(c, &done,
			   done.waived ? FRIA_W_did_waive_group
				       : FRIA_W_did_waive);
	return saving_end(c, code ? 2 : 0, err);
}

const command cmd_waive = {
    .name = "waive",
    .args = "APP/NAME TASK --kind K --reason TEXT",
    .takes = {2, 2},
    .does = EDITS | KEEPS_TEXT,
    .summary = FRIA_W_sum_waive,
    .options = (const option[]){{"kind", 0, "K", FRIA_W_opt_kind},
				{"reason", 0, "TEXT", FRIA_W_opt_reason},
				{"reference", 0, "TEXT", FRIA_W_opt_reference},
				{"row", 0, "ROW", FRIA_W_opt_row},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				{"save", 0, NULL, FRIA_W_opt_save},
				NO_OPTION},
    .run = run_waive,
};
