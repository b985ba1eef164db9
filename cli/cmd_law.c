/* SPDX-License-Identifier: EUPL-1.2 */
/* fria law: what the law says and from when. */
#include "cli.h"

/* --- show --- */

static int show(cli *c, json_t *law, fria_error *err)
{
	const char *id = c->n ? c->args[0] : NULL;
	json_t *line = json_object_get(json_object_get(law, "lines"), id);
	if (id && !line)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_law_line,
				 "line", id, NULL);
	if (c->json) {
		put_json(c, json_incref(id ? line : law));
		return 0;
	}
	const char *title = id ? fria_law_text(line, "title", c->lang) : NULL;
	fria_node *page = new_page(
	    c, title ? title : fria_word_text(FRIA_W_page_law, c->lang),
	    FRIA_W_page_law_under);
	if (id)
		fria_law_line_view(page, law, id, c->lang);
	else
		fria_law_view(page, law, c->lang);
	return show_page(c, page, err);
}

static int run_law_show(cli *c, fria_error *err)
{
	json_t *law = NULL;
	if (fria_workspace_law(&law, c->ws, NULL, err))
		return 2;
	if (!law)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_law_missing, NULL);
	int status = show(c, law, err);
	json_decref(law);
	return status;
}

const command cmd_law_show = {
    .name = "law show",
    .args = "[LINE]",
    .takes = {0, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_law_show,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_law_show,
};

/* --- update --- */

/* Shown, asked, and only then recorded. */
static int update(cli *c, fria_error *err)
{
	fria_law_renewal r;
	if (fria_law_update(&r, c->ws, !given(c, "yes"), err))
		return 2;
	fria_node *page = new_page(c, fria_word_text(FRIA_W_page_law, c->lang),
				   FRIA_W_page_law_under);
	fria_law_renewal_view(page, &r, c->lang);
	bool yes = show_and_agree(c, page);
	if (yes && !given(c, "yes")) {
		fria_law_renewal_dispose(&r);
		if (fria_law_update(&r, c->ws, false, err))
			return 2;
	}
	if (c->json)
		put_json(c, fria_law_renewal_json(&r));
	say(c, yes ? FRIA_W_did_law : FRIA_W_law_dry, NULL);
	fria_law_renewal_dispose(&r);
	return yes ? 0 : 1;
}

static int run_law_update(cli *c, fria_error *err)
{
	bool behind;
	if (fria_law_behind(&behind, c->ws, err))
		return 2;
	if (behind)
		return update(c, err);
	say(c, FRIA_W_law_newest, NULL);
	return 0;
}

const command cmd_law_update = {
    .name = "law update",
    .args = "[--yes]",
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_law_update,
    .options = (const option[]){{"yes", 0, NULL, FRIA_W_opt_yes}, NO_OPTION},
    .run = run_law_update,
};
