/* SPDX-License-Identifier: EUPL-1.2 */
/* fria undo: what is not saved goes, and comes back. */
#include "cli.h"

/* What is not saved, each change a line under a head; whether there is any. */
static bool list_unsaved(cli *c, const char *name, const char *task,
			 fria_word head)
{
	fria_strings lines = FRIA_STRINGS_INIT;
	fria_undo_list(&lines, c->ws, name, task);
	bool some = lines.n > 0;
	if (some)
		say(c, head, "path", name, NULL);
	for (size_t i = 0; i < lines.n; i++)
		say(c, FRIA_W_undo_line, "text", lines.items[i], NULL);
	fria_strings_dispose(&lines);
	return some;
}

static int undo_back(cli *c, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	int code = fria_undo_back(&paths, c->ws, err);
	for (size_t i = 0; i < paths.n && !code; i++)
		list_unsaved(c, paths.items[i], NULL, FRIA_W_did_undo_back);
	fria_strings_dispose(&paths);
	return code ? 2 : 0;
}

static int run_undo(cli *c, fria_error *err)
{
	c->told = true; /* nothing is left to save */
	bool changed = false, some;
	const char *task = c->n > 1 ? c->args[1] : NULL;
	if (given(c, "back"))
		return undo_back(c, err);
	if (!c->n)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few,
				 "command", c->command->name, "args", usage(c),
				 NULL);
	some = list_unsaved(c, c->args[0], task, FRIA_W_undo_goes);
	if (some && on_terminal(c) && !agrees(c, FRIA_W_ask_undo))
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
    .takes = {0, 2},
    .does = EDITS,
    .summary = FRIA_W_sum_undo,
    .options =
	(const option[]){{"back", 0, NULL, FRIA_W_opt_undo_back}, NO_OPTION},
    .run = run_undo,
};
