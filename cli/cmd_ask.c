/* SPDX-License-Identifier: EUPL-1.2 */
/* fria ask: a role is asked for its word. */
#include "cli.h"

/* Of which role, and by what day. */
static void say_asked(const cli *c, const json_t *request, bool there)
{
	const char *until = fria_json_text(request, "until");
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	if (until && fria_time_parse(&at, until))
		fria_day_say(&day, c->lang, at);
	say(c,
	    there   ? FRIA_W_did_ask_before
	    : day.n ? FRIA_W_did_ask_until
		    : FRIA_W_did_ask,
	    "role",
	    fria_role_title(json_object_get(c->ws->config, "roles"),
			    fria_json_text(request, "role"), c->lang),
	    "day", day.text, NULL);
	fria_buf_dispose(&day);
}

static int run_ask(cli *c, fria_error *err)
{
	json_t *request = NULL;
	bool there;
	const fria_asking asking = {.role = given(c, "role"),
				    .to = given(c, "to"),
				    .until = given(c, "until")};
	if (fria_ask(&request, &there, c->ws, c->args[0], &asking, err))
		return 2;
	if (c->json)
		put_json(c, json_incref(request));
	else
		say_asked(c, request, there);
	json_decref(request);
	return 0;
}

const command cmd_ask = {
    .name = "ask",
    .args = "APP/NAME --role ROLE [--until DATE] [--to WHO]",
    .takes = {1, 1},
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_ask,
    .options = (const option[]){{"role", 0, "ROLE", FRIA_W_opt_ask_role},
				{"until", 0, "DATE", FRIA_W_opt_ask_until},
				{"to", 0, "WHO", FRIA_W_opt_ask_to},
				NO_OPTION},
    .run = run_ask,
};
