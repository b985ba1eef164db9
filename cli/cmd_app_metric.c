/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app metric: a measurement is kept, or taken back. */
#include "cli.h"

static void say_measured(cli *c, const fria_release_result *r, fria_word word)
{
	say(c, word, "application", c->args[0], "metric", r->metric, "measured",
	    r->measured, NULL);
}

static int run_app_metric(cli *c, fria_error *err)
{
	fria_release_result r;
	const char *text = given(c, "value");
	if (given(c, "withdraw") && !text) {
		if (fria_application_withdraw(&r, c->ws, c->args[0], c->args[1],
					      given(c, "date"),
					      given(c, "note"), err))
			return 2;
		say_measured(c, &r, FRIA_W_did_withdraw_measurement);
		return put_consequences(c, &r, err);
	}
	if (!text)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_metric_value,
				 NULL);
	if (fria_application_metric(&r, c->ws, c->args[0], c->args[1], text,
				    given(c, "date"), err))
		return 2;
	say_measured(c, &r,
		     *r.commit ? FRIA_W_did_metric : FRIA_W_metric_stands);
	return put_consequences(c, &r, err);
}

const command cmd_app_metric = {
    .name = "app metric",
    .args = "APP METRIC --value N|--withdraw --note TEXT [--date DATE]",
    .takes = {2, 2},
    .does = RECORDS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_app_metric,
    .options = (const option[]){{"value", 0, "N", FRIA_W_opt_value},
				{"date", 0, "DATE", FRIA_W_opt_date},
				{"withdraw", 0, NULL, FRIA_W_opt_withdraw},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				NO_OPTION},
    .run = run_app_metric,
};
