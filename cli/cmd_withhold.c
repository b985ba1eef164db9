/* SPDX-License-Identifier: EUPL-1.2 */
/* fria withhold: what is not made public, and on which ground. */
#include "cli.h"

static int disclose(cli *c, fria_error *err)
{
	const char *text = given(c, "disclose");
	bool changed;
	if (fria_disclose(&changed, c->ws, c->args[0], text, given(c, "note"),
			  err))
		return 2;
	say(c, FRIA_W_did_disclose, "text", text, "name", c->args[0], NULL);
	return 0;
}

static int run_withhold(cli *c, fria_error *err)
{
	if (given(c, "disclose"))
		return disclose(c, err);
	if (c->n < 2)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option,
				 "option", "TASK", "command", "withhold",
				 "args", "APP/NAME TASK --ground G", NULL);
	const char *ground = given(c, "ground");
	const char *id = ground ? fria_closed_id("withheld", ground) : NULL;
	const fria_withholding what = {.ground = id ? id : ground,
				       .passage = given(c, "passage"),
				       .note = given(c, "note"),
				       .lift = given(c, "lift") != NULL};
	const fria_edit_target target = {.application_name = c->args[0],
					 .task = c->args[1],
					 .row = given(c, "row")};
	bool changed;
	int code = c->args[1][0] == '/'
		       ? fria_withhold_fact(&changed, c->ws, c->args[0],
					    c->args[1], &what, err)
		       : fria_withhold(&changed, c->ws, &target, &what, err);
	if (code)
		return 2;
	say(c,
	    !changed && !what.lift ? FRIA_W_did_withhold_before
	    : !changed		   ? FRIA_W_did_withhold_nothing
	    : what.lift		   ? FRIA_W_did_lift
				   : FRIA_W_did_withhold,
	    "what", c->args[1], "ground", what.ground ? what.ground : "",
	    "words", id ? fria_closed_say("withheld", id, c->lang) : "", NULL);
	return 0;
}

const command cmd_withhold = {
    .name = "withhold",
    .args = "APP/NAME TASK|APP POINTER --ground G|--lift, or APP[/NAME] "
	    "--disclose TEXT",
    .takes = {1, 2},
    .does = EDITS,
    .summary = FRIA_W_sum_withhold,
    .options = (const option[]){{"ground", 0, "G", FRIA_W_opt_ground},
				{"passage", 0, "TEXT", FRIA_W_opt_passage},
				{"row", 0, "ROW", FRIA_W_opt_row},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				{"lift", 0, NULL, FRIA_W_opt_lift},
				{"disclose", 0, "TEXT", FRIA_W_opt_disclose},
				NO_OPTION},
    .run = run_withhold,
};
