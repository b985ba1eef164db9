/* SPDX-License-Identifier: EUPL-1.2 */
/* fria evidence: what answers point at, kept and listed. */
#include "cli.h"

static int run_evidence_add(cli *c, fria_error *err)
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

const command cmd_evidence_add = {
    .name = "evidence add",
    .args = "APP FILE [--title TEXT] | APP --reference CASE --title TEXT "
	    "[--url URL]",
    .takes = {1, 2},
    .does = EDITS | KEEPS_TEXT,
    .summary = FRIA_W_sum_evidence_add,
    .options = (const option[]){{"title", 0, "TEXT", FRIA_W_opt_evidence_title},
				{"reference", 0, "CASE",
				 FRIA_W_opt_evidence_reference},
				{"url", 0, "URL", FRIA_W_opt_evidence_url},
				NO_OPTION},
    .run = run_evidence_add,
};

/* --- list --- */

static void put_piece(cli *c, const fria_evidence_piece *piece)
{
	putf(c, BOLD, "%s", piece->title);
	if (piece->reference)
		putf(c, PLAIN, "  %s", piece->reference);
	else
		putf(c, DIM, "  %zu kB", (piece->size + 1023) / 1024);
	if (!piece->saved) {
		put(c, PLAIN, "  ");
		put_word(c, YELLOW, FRIA_W_evidence_unsaved, NULL);
	}
	putf(c, DIM, "\n  evidence/%s\n", piece->name);
	if (!piece->mentions.n)
		put_sentence(c, DIM, FRIA_W_evidence_unused, NULL);
	for (size_t i = 0; i < piece->mentions.n; i++) {
		const fria_evidence_mention *m = &piece->mentions.items[i];
		putf(c, PLAIN, "  %s %s", m->assessment, m->task);
		if (m->row)
			putf(c, DIM, " (%s)", m->row);
		put(c, PLAIN, "\n");
	}
}

static int run_evidence_list(cli *c, fria_error *err)
{
	fria_evidence_pieces all;
	if (fria_evidence_list(&all, c->ws, c->args[0], err))
		return 2;
	if (c->json)
		put_json(c, fria_evidence_json(&all, c->args[0]));
	else if (!all.n)
		say(c, FRIA_W_evidence_none, "application", c->args[0], NULL);
	for (size_t i = 0; i < all.n && !c->json; i++)
		put_piece(c, &all.items[i]);
	fria_evidence_pieces_dispose(&all);
	return 0;
}

const command cmd_evidence_list = {
    .name = "evidence list",
    .args = "APP",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_evidence_list,
    .run = run_evidence_list,
};
