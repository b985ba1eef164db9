/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app pulse: whether anything changed, asked of the owner. */
#include "cli.h"

/* All in one message; true if nothing changed. */
static bool nothing_changed(const cli *c)
{
	say(c, FRIA_W_pulse_intro, "application", c->args[0], NULL);
	for (size_t i = 0; fria_themes[i]; i++)
		say(c, FRIA_W_ask_theme, "theme",
		    fria_word_text(fria_theme_word(fria_themes[i]), c->lang),
		    NULL);
	return agrees(c, FRIA_W_ask_pulse);
}

/* What would be refused is refused before anything is asked. */
static int rehearse(const cli *c, fria_error *err)
{
	fria_release_result r = {.before = NULL};
	int code = fria_rehearsal_begin(c->ws, err);
	if (code)
		return code;
	code = fria_application_pulse(&r, c->ws, c->args[0], given(c, "note"),
				      err);
	fria_rehearsal_drop(c->ws);
	fria_release_dispose(&r);
	return code;
}

static int run_app_pulse(cli *c, fria_error *err)
{
	fria_release_result r = {.before = NULL};
	if (on_terminal(c) && rehearse(c, err))
		return 2;
	if (on_terminal(c) && !nothing_changed(c)) {
		say(c, FRIA_W_pulse_release, "application", c->args[0], NULL);
		return 1;
	}
	if (fria_application_pulse(&r, c->ws, c->args[0], given(c, "note"),
				   err))
		return 2;
	say(c, FRIA_W_did_pulse, "application", c->args[0], NULL);
	if (c->json)
		put_result_json(c, &r);
	fria_release_dispose(&r);
	return 0;
}

const command cmd_app_pulse = {
    .name = "app pulse",
    .args = "APP [--note TEXT]",
    .takes = {1, 1},
    .does = RECORDS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_app_pulse,
    .options =
	(const option[]){{"note", 0, "TEXT", FRIA_W_opt_note}, NO_OPTION},
    .run = run_app_pulse,
};
