/* SPDX-License-Identifier: EUPL-1.2 */
/* fria init: makes a workspace. */
#include "cli.h"

#include <stdlib.h>

static int run_init(cli *c, fria_error *err)
{
	const char *org = given(c, "org");
	const char *folder = c->n ? c->args[0] : c->folder;
	asked_author asked;
	ask_author(&asked, c);
	int code = fria_workspace_init(folder, org, c->lang, &c->session, err);
	if (!code)
		code = keep_author(&asked, c, folder, err);
	forget_author(&asked);
	if (code)
		return 2;
	char *path = fria_made(realpath(folder, NULL));
	say(c, FRIA_W_did_init, "path", path ? path : folder, NULL);
	free(path);
	return 0;
}

const command cmd_init = {
    .name = "init",
    .args = "[DIR] --org NAME",
    .takes = {0, 1},
    .does = RECORDS | BARE,
    .summary = FRIA_W_sum_init,
    .options = (const option[]){{"org", 0, "NAME", FRIA_W_opt_org}, NO_OPTION},
    .run = run_init,
};
