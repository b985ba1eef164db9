/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app metric: a measurement is kept, or taken back. */
#include "cli.h"

/* The measurement that was recorded or taken back: the one that differs. */
static void say_measured(cli *c, const fria_release_result *r, fria_word word)
{
	const fria_side side = {.application = r->after};
	fria_buf title = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	const char *key;
	json_t *metric, *one;
	size_t i;
	json_object_foreach(json_object_get(r->after, "monitoring"), key,
			    metric) {
		const json_t *was = json_object_get(
		    fria_pointer_get(r->before, "/monitoring"), key);
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_puts(&pointer, "/monitoring");
		fria_pointer_add(&pointer, key);
		fria_pointer_add(&pointer, "series");
		json_array_foreach(json_object_get(metric, "series"), i, one)
			if (!text.n &&
			    !json_equal(one,
					json_array_get(
					    json_object_get(was, "series"), i)))
				fria_recorded_say(&title, &text, &side,
						  pointer.text, one, c->lang);
		fria_buf_dispose(&pointer);
	}
	say(c, word, "application", c->args[0], "metric",
	    title.n ? title.text : c->args[1], "what",
	    title.n ? title.text : c->args[1], "value", text.text, "day", "",
	    NULL);
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
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
	if (!text) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_metric_value, NULL);
		return 2;
	}
	if (fria_application_metric(&r, c->ws, c->args[0], c->args[1], text,
				    given(c, "date"), err))
		return 2;
	if (*r.commit)
		say_measured(c, &r, FRIA_W_did_metric);
	else
		say(c, FRIA_W_metric_stands, "application", c->args[0],
		    "metric", c->args[1], "measured", r.measured, NULL);
	return put_consequences(c, &r, err);
}

const command cmd_app_metric = {
    .name = "app metric",
    .args = "APP METRIC --value N|--withdraw --note TEXT [--date DATE]",
    .min = 2,
    .max = 2,
    .json = true,
    .does = RECORDS,
    .summary = FRIA_W_sum_app_metric,
    .options = (const option[]){{"value", 0, "N", FRIA_W_opt_value},
				{"date", 0, "DATE", FRIA_W_opt_date},
				{"withdraw", 0, NULL, FRIA_W_opt_withdraw},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				NO_OPTION},
    .run = run_app_metric,
};
