/* SPDX-License-Identifier: EUPL-1.2 */
/* fria version. */
#include "cli.h"

static int run_version(cli *c, fria_error *err)
{
	(void)err;
	putf(c, PLAIN, "fria %s\n", FRIA_VERSION);
	return 0;
}

const command cmd_version = {
    .name = "version",
    .does = READS | BARE,
    .summary = FRIA_W_sum_version,
    .run = run_version,
};
