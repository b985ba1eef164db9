/* SPDX-License-Identifier: EUPL-1.2 */
/* fria sync: exchange with a shared repository, and what that did. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static void tell(void *data, fria_word step, const char *remote)
{
	say(data, step, "remote", remote, NULL);
}

static void put_count(cli *c, fria_word word, size_t n)
{
	if (n)
		put_sentence(c, PLAIN, word, "count", FRIA_DIGITS(n), NULL);
}

static void put_versions(cli *c, fria_word word, const fria_strings *versions)
{
	for (size_t i = 0; i < versions->n; i++)
		put_sentence(c, PLAIN, word, "version", versions->items[i],
			     NULL);
}

/* "APP/NAME v3 v4" */
static void put_renumbered(cli *c, const char *line)
{
	char *text = fria_strdup(line), *save = NULL;
	const char *assessment = strtok_r(text, " ", &save);
	const char *from = strtok_r(NULL, " ", &save);
	const char *to = strtok_r(NULL, " ", &save);
	put_sentence(c, YELLOW, FRIA_W_sync_new_number, "assessment",
		     assessment, "from", from, "to", to, NULL);
	free(text);
}

static void put_synced(cli *c, const fria_synced *s)
{
	put_count(c, FRIA_W_sync_in, s->fetched);
	put_versions(c, FRIA_W_sync_in_version, &s->versions_in);
	if (s->merged)
		put_sentence(c, PLAIN, FRIA_W_sync_joined, NULL);
	for (size_t i = 0; i < s->renumbered.n; i++)
		put_renumbered(c, s->renumbered.items[i]);
	put_count(c, FRIA_W_sync_out, s->sent);
	put_versions(c, FRIA_W_sync_out_version, &s->versions_out);
	if (s->documents.n)
		put_sentence(c, RED, FRIA_W_sync_in_conflict, "count",
			     FRIA_DIGITS(s->conflicts), NULL);
	for (size_t i = 0; i < s->documents.n; i++)
		putf(c, PLAIN, "  fria conflicts %s\n", s->documents.items[i]);
	if (!c->out.n)
		put_sentence(c, PLAIN, FRIA_W_sync_same, NULL);
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
