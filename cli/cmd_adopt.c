/* SPDX-License-Identifier: EUPL-1.2 */
/* fria adopt: a version is made. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

/* All of it, which no error can hold. */
static void put_missing(const cli *c, char *missing, fria_error *err)
{
	fria_buf safe = FRIA_BUF_INIT;
	if (!missing)
		return;
	say_error(c, err);
	fria_error_clear(err);
	fria_put_safe(&safe, missing + 1);
	fprintf(stderr, "%s\n", safe.text);
	fria_buf_dispose(&safe);
	free(missing);
}

static int run_adopt(cli *c, fria_error *err)
{
	fria_adopted done;
	const char *note = given(c, "note");
	bool force = given(c, "force") != NULL;
	if (force && fria_text_blank(note))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_adopt_force_note,
				 NULL);
	if (fria_adopt(&done, c->ws, c->args[0], note, force, err)) {
		put_missing(c, done.missing, err);
		return 2;
	}
	say(c, done.forced ? FRIA_W_did_adopt_forced : FRIA_W_did_adopt,
	    "assessment", c->args[0], "version", done.version, "tag", done.tag,
	    NULL);
	return 0;
}

const command cmd_adopt = {
    .name = "adopt",
    .args = "APP/NAME [--note TEXT] [--force]",
    .takes = {1, 1},
    .does = RECORDS | KEEPS_TEXT,
    .summary = FRIA_W_sum_adopt,
    .options = (const option[]){{"force", 0, NULL, FRIA_W_opt_force},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				NO_OPTION},
    .run = run_adopt,
};
