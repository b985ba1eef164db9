/* SPDX-License-Identifier: EUPL-1.2 */
/* fria undo: what is not saved goes, and comes back. */
#include "cli.h"

static int undo_back(cli *c, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	int code = fria_undo_back(&paths, c->ws, err);
	for (size_t i = 0; i < paths.n && !code; i++)
		say(c, FRIA_W_did_undo_back, "path", paths.items[i], NULL);
	fria_strings_dispose(&paths);
	return code ? 2 : 0;
}

/* What goes; on a terminal it is asked for. True: it may. */
static bool may_go(cli *c, const char *task, bool *some)
{
	fria_strings goes = FRIA_STRINGS_INIT;
	fria_undo_list(&goes, c->ws, c->args[0], task);
	if (goes.n)
		say(c, FRIA_W_undo_goes, NULL);
	for (size_t i = 0; i < goes.n; i++)
		say(c, FRIA_W_undo_line, "text", goes.items[i], NULL);
	*some = goes.n > 0;
	bool may = !goes.n || !on_terminal(c) || agrees(c, FRIA_W_ask_undo);
	fria_strings_dispose(&goes);
	return may;
}

static int run_undo(cli *c, fria_error *err)
{
	c->told = true; /* nothing is left to save */
	bool changed = false, some;
	const char *task = c->n > 1 ? c->args[1] : NULL;
	if (given(c, "back"))
		return undo_back(c, err);
	if (!c->n) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few, "command",
			  c->command->name, "args", c->command->args, NULL);
		return 2;
	}
	if (!may_go(c, task, &some))
		return 0;
	if (fria_undo(&changed, c->ws, c->args[0], task, err))
		return 2;
	say(c,
	    !changed ? FRIA_W_undo_no_change
	    : task   ? FRIA_W_did_undo_task
		     : FRIA_W_did_undo,
	    "assessment", c->args[0], "task", task, NULL);
	if (changed && some)
		say(c, FRIA_W_undo_kept, NULL);
	return 0;
}

const command cmd_undo = {
    .name = "undo",
    .args = "APP/NAME [TASK] | APP | PATH | --back",
    .max = 2,
    .does = EDITS,
    .summary = FRIA_W_sum_undo,
    .options =
	(const option[]){{"back", 0, NULL, FRIA_W_opt_undo_back}, NO_OPTION},
    .run = run_undo,
};
