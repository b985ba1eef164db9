/* SPDX-License-Identifier: EUPL-1.2 */
/* fria merge-file: two edits of a document are made one. */
#include "cli.h"

/* As git asks of a driver: 0 clean, 1 conflicts, 2 trouble. */
static int run_merge_file(cli *c, fria_error *err)
{
	size_t conflicts;
	const char *path = c->n > 3 ? c->args[3] : NULL;
	if (fria_merge_files(&conflicts, c->args[0], c->args[1], c->args[2],
			     path, &c->session, err))
		return 2;
	if (conflicts)
		say(c, FRIA_W_did_merge_file, "path", path ? path : c->args[1],
		    "count", FRIA_DIGITS(conflicts), NULL);
	return conflicts ? 1 : 0;
}

const command cmd_merge_file = {
    .name = "merge-file",
    .args = "BASE OURS THEIRS [PATH]",
    .takes = {3, 4},
    .does = READS | BARE | NAMES,
    .summary = FRIA_W_sum_merge_file,
    .run = run_merge_file,
};
