/* SPDX-License-Identifier: EUPL-1.2 */
/* fria sync: exchange with a shared repository, and what that did. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static void tell(void *data, fria_word step, const char *remote)
{
	say(data, step, "remote", remote, NULL);
}

static void put_synced(cli *c, const fria_synced *s)
{
	fria_strings told = FRIA_STRINGS_INIT;
	fria_synced_say(&told, s, c->lang, false);
	for (size_t i = 0; i < told.n; i++)
		putf(c, PLAIN, "%s\n", told.items[i]);
	for (size_t i = 0; i < s->documents.n; i++)
		putf(c, PLAIN, "  fria conflicts %s\n", s->documents.items[i]);
	fria_strings_dispose(&told);
}

static json_t *side(size_t changes, const fria_strings *versions)
{
	return fria_json_pack("{s:I, s:o}", "changes", (json_int_t)changes,
			      "versions", fria_json_strings(versions));
}

static json_t *synced_json(const fria_synced *s)
{
	return fria_json_pack(
	    "{s:o, s:b, s:o, s:s, s:o, s:b, s:o, s:o, s:o}", "remote",
	    fria_json_shown(s->remote), "made", (int)s->made, "branch",
	    fria_json_shown(s->branch), "commit", s->commit, "fetched",
	    side(s->fetched, &s->versions_in), "merged", (int)s->merged, "sent",
	    side(s->sent, &s->versions_out), "renumbered",
	    fria_json_strings(&s->renumbered), "conflicts",
	    fria_json_pack("{s:I, s:o}", "count", (json_int_t)s->conflicts,
			   "documents", fria_json_strings(&s->documents)));
}

/* What is not recorded goes nowhere. */
static void say_unsaved(const cli *c)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	fria_unsaved(&names, c->ws);
	fria_strings_join(&list, &names, ", ");
	if (names.n)
		say(c, FRIA_W_sync_unsaved, "names", list.text, NULL);
	fria_buf_dispose(&list);
	fria_strings_dispose(&names);
}

static int run_sync(cli *c, fria_error *err)
{
	fria_synced done;
	const fria_sync_request request = {.remote = c->n ? c->args[0] : NULL,
					   .renumber =
					       given(c, "renumber") != NULL,
					   .tell = tell,
					   .data = c};
	if (fria_sync(&done, c->ws, &request, err))
		return 2;
	if (c->json)
		put_json(c, synced_json(&done));
	else
		put_synced(c, &done);
	if (!done.documents.n)
		say_unsaved(c);
	int status = done.documents.n ? 1 : 0;
	fria_synced_dispose(&done);
	return status;
}

const command cmd_sync = {
    .name = "sync",
    .args = "[REMOTE] [--renumber]",
    .takes = {0, 1},
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_sync,
    .options =
	(const option[]){{"renumber", 0, NULL, FRIA_W_opt_renumber}, NO_OPTION},
    .run = run_sync,
};
