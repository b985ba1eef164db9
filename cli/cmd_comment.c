/* SPDX-License-Identifier: EUPL-1.2 */
/* fria comment: what is said while an assessment is filled in. */
#include "cli.h"

#include <stdlib.h>

static const char *shown_name(void *data, const char *by)
{
	const cli *c = data;
	return fria_store_shown(c->ws->store, by);
}

/* All, or (id; for scripts) one. */
static int list_comments(cli *c, const char *id, fria_error *err)
{
	fria_snapshot *s = NULL;
	int status = 0;
	if (fria_snapshot_load(&s, c->ws, c->args[0], NULL, err))
		return 2;
	if (c->json) {
		fria_comments all;
		fria_comments_find(&all, s->instrument, s->assessment);
		put_json(c, fria_comments_json(&all, id));
		free(all.items);
	} else {
		const fria_evaluation_input input = {
		    .instrument = s->instrument,
		    .assessment = s->assessment,
		    .shown = shown_name,
		    .data = c};
		fria_node *page = new_page(c, c->args[0], FRIA_W_page_comments);
		if (!fria_comments_view(page, &input, true))
			say(c, FRIA_W_comment_none, NULL);
		status = show_page(c, page, err);
	}
	fria_snapshot_free(s);
	return status;
}

static int resolve(cli *c, const char *id, fria_error *err)
{
	int status = 2;
	if (saving_begin(c, err))
		return 2;
	if (!fria_comment_resolve(c->ws, c->args[0], id, err)) {
		say(c, FRIA_W_did_settle, "id", id, NULL);
		status = c->json ? list_comments(c, id, err) : 0;
	}
	return saving_end(c, status, err);
}

static int comment(cli *c, const fria_edit_target *target, fria_error *err)
{
	char id[16];
	bool there;
	if (fria_comment(id, &there, c->ws, target,
			 c->n > 2 ? c->args[2] : NULL, given(c, "reply"), err))
		return 2;
	say(c, there ? FRIA_W_did_comment_before : FRIA_W_did_comment, "id", id,
	    "task", c->args[1], NULL);
	return c->json ? list_comments(c, id, err) : 0;
}

static int run_comment(cli *c, fria_error *err)
{
	const char *settled = given(c, "resolve");
	const fria_edit_target target = {.application_name = c->args[0],
					 .task = c->n > 1 ? c->args[1] : NULL,
					 .row = given(c, "row")};
	if (settled && c->n == 1)
		return resolve(c, settled, err);
	if (c->n == 1)
		return list_comments(c, NULL, err);
	return saving_begin(c, err)
		   ? 2
		   : saving_end(c, comment(c, &target, err), err);
}

const command cmd_comment = {
    .name = "comment",
    .args =
	"APP/NAME [TASK TEXT] [--reply ID|--resolve ID] [--format F] [-o FILE]",
    .takes = {1, 3},
    .does = EDITS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_comment,
    .options = (const option[]){{"row", 0, "ROW", FRIA_W_opt_row},
				{"reply", 0, "ID", FRIA_W_opt_reply},
				{"resolve", 0, "ID", FRIA_W_opt_resolve},
				{"save", 0, NULL, FRIA_W_opt_save},
				VIEW_OPTIONS,
				NO_OPTION},
    .run = run_comment,
};
