/* SPDX-License-Identifier: EUPL-1.2 */
/* fria save, and --save of others: what is unsaved becomes one commit. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* What was left alone, beside what was saved. */
static int say_copies(const cli *c, const char *name, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_strings copies = FRIA_STRINGS_INIT;
	char *id = name ? fria_strndup(name, strcspn(name, "/")) : NULL;
	int code = fria_workspace_copies(&copies, c->ws, id, err);
	for (size_t i = 0; i < copies.n; i++)
		fria_findings_add(&findings, FRIA_WARNING, FRIA_W_second_copy,
				  copies.items[i], NULL, "path",
				  copies.items[i], NULL);
	say_findings(c, &findings);
	fria_findings_dispose(&findings);
	fria_strings_dispose(&copies);
	free(id);
	return code ? 2 : 0;
}

int save_now(cli *c, const char *name, const char *message, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	if (fria_save(commit, &n, c->ws, name, message, err))
		return 2;
	commit[commit[0] ? 10 : 0] = '\0';
	fria_busy busy = fria_store_busy(c->ws->store);
	say(c,
	    busy == FRIA_BUSY_REBASE ? FRIA_W_busy_rebase
	    : busy == FRIA_BUSY_PICK ? FRIA_W_busy_pick
	    : !n		     ? FRIA_W_did_save_nothing
				     : FRIA_W_did_save,
	    "count", FRIA_DIGITS(n), "commit", commit, NULL);
	if (commit[0] && fria_renew(&n, c->ws, err))
		return 2;
	if (commit[0] && n)
		say(c, FRIA_W_did_renew, "count", FRIA_DIGITS(n), NULL);
	return say_copies(c, name, err);
}

int saving_begin(cli *c, fria_error *err)
{
	return given(c, "save") && fria_act_begin(c->ws, NULL, err) ? 2 : 0;
}

int saving_end(cli *c, int status, fria_error *err)
{
	if (!given(c, "save"))
		return status;
	if (status != 2 && save_now(c, c->args[0], NULL, err))
		status = 2;
	fria_act_end(c->ws);
	return status;
}

static int run_save(cli *c, fria_error *err)
{
	return save_now(c, c->n ? c->args[0] : NULL, given(c, "message"), err);
}

const command cmd_save = {
    .name = "save",
    .args = "[APP/NAME] [-m TEXT]",
    .takes = {0, 1},
    .does = RECORDS,
    .summary = FRIA_W_sum_save,
    .options = (const option[]){{"message", 'm', "TEXT", FRIA_W_opt_message},
				NO_OPTION},
    .run = run_save,
};
