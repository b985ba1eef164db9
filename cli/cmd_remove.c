/* SPDX-License-Identifier: EUPL-1.2 */
/* fria remove: an assessment or a file goes. */
#include "cli.h"

static int run_remove(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_remove(commit, c->ws, c->args[0], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_remove, "name", c->args[0], "commit", commit, NULL);
	return 0;
}

const command cmd_remove = {
    .name = "remove",
    .args = "APP/NAME | PATH",
    .takes = {1, 1},
    .does = RECORDS,
    .summary = FRIA_W_sum_remove,
    .run = run_remove,
};
