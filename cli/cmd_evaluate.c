/* SPDX-License-Identifier: EUPL-1.2 */
/* fria evaluate: the verdict, and what to do next, upstream first. */
#include "cli.h"

static int run_evaluate(cli *c, fria_error *err)
{
	fria_snapshot *s;
	fria_standing standing;
	char head[FRIA_ID_SIZE];
	fria_time as_of = 0;
	const char *date = given(c, "as-of");
	if (date)
		fria_time_parse(&as_of, date);
	int code =
	    fria_standing_load(&s, &standing, c->ws, c->args[0], given(c, "at"),
			       date ? &as_of : NULL, err);
	if (code)
		return code;
	const fria_evaluation_place place = {
	    c->args[0], s->commit[0]			      ? s->commit
			: fria_store_head(head, c->ws->store) ? head
							      : NULL};
	fria_causes_find(&standing.result, &standing.input);
	if (c->json) {
		put_json(c, fria_evaluation_json(&standing.result,
						 &standing.input, &place));
	} else {
		fria_node *page = new_page(
		    c, fria_json_text(standing.input.application, "name"),
		    FRIA_W_page_evaluation);
		fria_evaluation_view(page, c->args[0], &standing.result,
				     &standing.input);
		code = show_page(c, page, err);
	}
	int status = code ? 2 : standing.result.verdict != FRIA_CURRENT;
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return status;
}

const command cmd_evaluate = {
    .name = "evaluate",
    .args = "APP/NAME [--as-of DATE] [--at REV] [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_evaluate,
    .options = (const option[]){{"as-of", 0, "DATE", FRIA_W_opt_as_of},
				{"at", 0, "REV", FRIA_W_opt_at},
				VIEW_OPTIONS,
				NO_OPTION},
    .run = run_evaluate,
};
