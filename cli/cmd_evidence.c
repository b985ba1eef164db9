/* SPDX-License-Identifier: EUPL-1.2 */
/* fria evidence: what answers point at, kept and listed. */
#include "cli.h"

#include <stdio.h>

int cmd_evidence_add(cli *c, fria_error *err)
{
	fria_evidence_added added;
	const fria_evidence_request request = {
	    .application = c->args[0],
	    .file = c->n > 1 ? c->args[1] : NULL,
	    .title = given(c, "title"),
	    .reference = given(c, "reference"),
	    .url = given(c, "url")};
	if (fria_evidence_add(&added, c->ws, &request, err))
		return 2;
	say(c, added.there ? FRIA_W_did_evidence_nothing : FRIA_W_did_evidence,
	    "name", added.name, "application", c->args[0], NULL);
	putf(c, PLAIN, "%s\n", added.link);
	fria_evidence_added_dispose(&added);
	return 0;
}

/* --- list --- */

static void put_mentions(cli *c, const json_t *mentions)
{
	size_t i;
	json_t *one;
	if (!json_array_size(mentions))
		put_sentence(c, DIM, FRIA_W_evidence_unused, NULL);
	json_array_foreach(mentions, i, one) {
		const char *row = fria_json_text(one, "row");
		putf(c, PLAIN, "  %s %s", fria_json_text(one, "assessment"),
		     fria_json_text(one, "task"));
		if (row)
			putf(c, DIM, " (%s)", row);
		put(c, PLAIN, "\n");
	}
}

static void put_piece(cli *c, const json_t *piece)
{
	const char *reference = fria_json_text(piece, "reference");
	char size[32];
	json_int_t n = json_integer_value(json_object_get(piece, "size"));
	snprintf(size, sizeof size, "%lld", (long long)(n + 1023) / 1024);
	putf(c, BOLD, "%s", fria_json_text(piece, "title"));
	if (reference)
		putf(c, PLAIN, "  %s", reference);
	else
		putf(c, DIM, "  %s kB", size);
	if (!json_is_true(json_object_get(piece, "saved"))) {
		put(c, PLAIN, "  ");
		put_word(c, YELLOW, FRIA_W_evidence_unsaved, NULL);
	}
	putf(c, DIM, "\n  evidence/%s\n", fria_json_text(piece, "name"));
	put_mentions(c, json_object_get(piece, "mentions"));
}

int cmd_evidence_list(cli *c, fria_error *err)
{
	json_t *list = NULL, *one;
	size_t i;
	if (fria_evidence_list(&list, c->ws, c->args[0], err))
		return 2;
	const json_t *all = json_object_get(list, "evidence");
	if (c->json) {
		put_json(c, list);
		return 0;
	}
	if (!json_array_size(all))
		say(c, FRIA_W_evidence_none, "application", c->args[0], NULL);
	json_array_foreach(all, i, one)
		put_piece(c, one);
	json_decref(list);
	return 0;
}
