/* SPDX-License-Identifier: EUPL-1.2 */
/* fria release and adopt: a new state of the application, a new version. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

static void put_changed(cli *c, const fria_release_result *r)
{
	if (!r->changed.n) {
		put_word(c, PLAIN, FRIA_W_release_same, NULL);
		put(c, PLAIN, "\n");
		return;
	}
	put_word(c, BOLD, FRIA_W_release_changed, NULL);
	put(c, PLAIN, "\n");
	for (size_t i = 0; i < r->changed.n; i++) {
		const char *p = r->changed.items[i];
		putf(c, PLAIN, "  %s", fria_fact_title(p, c->lang));
		if (c->verbose)
			putf(c, DIM, " (%s)", p);
		if (fria_strings_has(&r->gone, p)) {
			put(c, YELLOW, ": ");
			put_word(c, YELLOW, FRIA_W_release_gone, NULL);
		}
		put(c, PLAIN, "\n");
	}
}

static int put_assessment(cli *c, const char *full, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	char stale[24], suspect[24];
	int code = fria_snapshot_load(&s, c->ws, full, NULL, err);
	if (!code)
		code = fria_standing_make(&standing, c->ws, s, c->session.now,
					  err);
	if (!code) {
		const fria_counts *n = &standing.result.counts;
		size_t hints = 0;
		for (size_t i = 0; i < standing.result.n; i++)
			hints += standing.result.items[i].hint;
		snprintf(stale, sizeof stale, "%zu", n->stale);
		snprintf(suspect, sizeof suspect, "%zu", n->suspect + hints);
		put_word(c, PLAIN,
			 n->stale + n->suspect ? FRIA_W_release_sets
					       : FRIA_W_release_untouched,
			 "assessment", full, "stale", stale, "suspect", suspect,
			 NULL);
		put(c, PLAIN, "\n");
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

int cmd_release(cli *c, fria_error *err)
{
	json_t *file = NULL;
	fria_release_result r;
	fria_strings names = FRIA_STRINGS_INIT;
	const char *from = given(c, "from");
	if (!from) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option, "option",
			  "--from", "command", "release", "args",
			  c->command->args, NULL);
		return 2;
	}
	int code = read_document(&file, from, err);
	if (!code)
		code = fria_release(&r, c->ws, c->args[0], c->args[1], file,
				    from, given(c, "format"), given(c, "entry"),
				    given(c, "partial") != NULL,
				    given(c, "in-use-from"), err);
	json_decref(file);
	if (code)
		return 2;
	say(c, FRIA_W_did_release, "application", c->args[0], "release",
	    c->args[1], NULL);
	put_changed(c, &r);
	code = fria_workspace_assessments(&names, c->ws, NULL, c->args[0], err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *full = fria_format("%s/%s", c->args[0], names.items[i]);
		code = put_assessment(c, full, err);
		free(full);
	}
	fria_strings_dispose(&names);
	fria_release_dispose(&r);
	return code ? 2 : 0;
}

int cmd_adopt(cli *c, fria_error *err)
{
	fria_adopted done;
	if (fria_adopt(&done, c->ws, c->args[0], err))
		return 2;
	say(c, FRIA_W_did_adopt, "assessment", c->args[0], "version",
	    done.version, "tag", done.tag, NULL);
	return 0;
}
