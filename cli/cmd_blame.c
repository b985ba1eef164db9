/* SPDX-License-Identifier: EUPL-1.2 */
/* fria blame: who gave each answer, and who last stood for it. */
#include "cli.h"

static json_t *attribution_json(const fria_attribution *a)
{
	fria_buf at = FRIA_BUF_INIT;
	if (!a->known)
		return json_null();
	if (a->commit[0])
		fria_time_write(&at, a->at);
	json_t *json =
	    fria_json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:b}", "commit",
			   a->commit[0] ? a->commit : NULL, "author", a->author,
			   "at", at.n ? at.text : NULL, "release", a->release,
			   "claimed", a->claimed, "boundary", a->boundary);
	fria_buf_dispose(&at);
	return json;
}

static json_t *blame_json(const fria_blamed *blamed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < blamed->n; i++) {
		const fria_blame_line *line = &blamed->items[i];
		json_array_append_new(
		    list,
		    fria_json_pack("{s:s, s:s?, s:o, s:o}", "task", line->task,
				   "row", line->row, "given",
				   attribution_json(&line->given), "stood",
				   attribution_json(&line->stood)));
	}
	return list;
}

static int run_blame(cli *c, fria_error *err)
{
	fria_blamed blamed;
	int status = 0;
	if (fria_blame(&blamed, c->ws, c->args[0], c->n > 1 ? c->args[1] : NULL,
		       err))
		return 2;
	if (c->json) {
		put_json(c, blame_json(&blamed));
	} else {
		fria_node *page = new_page(c, c->args[0], FRIA_W_page_blame);
		fria_blame_view(page, &blamed, c->lang);
		status = show_page(c, page, err);
		if (!blamed.n)
			say(c, FRIA_W_blame_none, NULL);
	}
	fria_blamed_dispose(&blamed);
	return status;
}

const command cmd_blame = {
    .name = "blame",
    .args = "APP/NAME [TASK] [--format F] [-o FILE]",
    .takes = {1, 2},
    .does = READS | GIVES_JSON | PAGED,
    .summary = FRIA_W_sum_blame,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_blame,
};
