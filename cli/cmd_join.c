/* SPDX-License-Identifier: EUPL-1.2 */
/* fria join: a copy of a shared workspace, ready to work in. */
#include "cli.h"

#include <stdlib.h>

static void tell(void *data, fria_word step, const char *remote)
{
	say(data, step, "remote", remote, NULL);
}

/* What there is to do with it; the folders where there are several. */
static void put_joined(cli *c, const fria_joined *joined)
{
	if (joined->already) {
		put_sentence(c, PLAIN, FRIA_W_did_join_already, "path",
			     joined->folder, NULL);
		return;
	}
	put_sentence(c, PLAIN, FRIA_W_did_join, "organisation",
		     joined->organisation, "path", joined->folder, NULL);
	if (joined->versions)
		put_sentence(c, PLAIN, FRIA_W_did_join_versions, "count",
			     FRIA_DIGITS(joined->versions), NULL);
	put_sentence(c, PLAIN, FRIA_W_did_join_next, NULL);
	for (size_t i = 0; i < joined->workspaces.n; i++) {
		const char *at = joined->workspaces.items[i];
		putf(c, PLAIN, "  cd %s%s%s\n", joined->folder, *at ? "/" : "",
		     at);
	}
	putf(c, PLAIN, "  fria status\n");
}

static int run_join(cli *c, fria_error *err)
{
	char *program = own_program();
	asked_author asked;
	fria_joined joined;
	const fria_join_request request = {.address = c->args[0],
					   .folder =
					       c->n > 1 ? c->args[1] : NULL,
					   .base = c->folder,
					   .program = program,
					   .tell = tell,
					   .data = c};
	ask_author(&asked, c);
	int code = fria_join(&joined, &request, &c->session, err);
	if (!code) {
		put_joined(c, &joined);
		code = keep_author(&asked, c, joined.folder, err);
		fria_joined_dispose(&joined);
	}
	forget_author(&asked);
	free(program);
	return code ? 2 : 0;
}

const command cmd_join = {
    .name = "join",
    .args = "ADDRESS [DIR]",
    .takes = {1, 2},
    .does = RECORDS | BARE,
    .summary = FRIA_W_sum_join,
    .run = run_join,
};
