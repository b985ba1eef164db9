/* SPDX-License-Identifier: EUPL-1.2 */
/* fria retire: an application goes out of use. */
#include "cli.h"

static int run_retire(cli *c, fria_error *err)
{
	fria_release_result r;
	const char *on = given(c, "on");
	if (fria_application_retire(&r, c->ws, c->args[0], on, given(c, "note"),
				    err))
		return 2;
	fria_buf day = FRIA_BUF_INIT;
	fria_date_say(&day, c->lang, on);
	say(c,
	    fria_phase_at(r.after, fria_session_day(&c->session)) ==
		    FRIA_OUT_OF_USE
		? FRIA_W_did_retire
		: FRIA_W_did_retire_later,
	    "application", c->args[0], "date", day.text, NULL);
	fria_buf_dispose(&day);
	fria_release_dispose(&r);
	return 0;
}

const command cmd_retire = {
    .name = "retire",
    .args = "APP --on DATE [--note TEXT]",
    .takes = {1, 1},
    .does = RECORDS,
    .summary = FRIA_W_sum_retire,
    .options = (const option[]){{"on", 0, "DATE", FRIA_W_opt_on},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				NO_OPTION},
    .run = run_retire,
};
