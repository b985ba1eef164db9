/* SPDX-License-Identifier: EUPL-1.2 */
/* fria law: what the law says and from when. */
#include "cli.h"

/* --- show --- */

static const json_t *find_line(const json_t *law, const char *id,
			       fria_error *err)
{
	const json_t *line = json_object_get(json_object_get(law, "lines"), id);
	if (!line)
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_law_line, "line",
			  id, NULL);
	return line;
}

static int show(cli *c, const json_t *law, fria_error *err)
{
	const char *id = c->n ? c->args[0] : NULL;
	const json_t *line = id ? find_line(law, id, err) : law;
	if (!line)
		return 2;
	if (c->json) {
		put_json(c, json_incref((json_t *)(uintptr_t)line));
		return 0;
	}
	const char *title = id ? fria_law_text(line, "title", c->lang) : NULL;
	fria_document *page = new_page(
	    c, title ? title : fria_word_text(FRIA_W_page_law, c->lang),
	    FRIA_W_page_law_under);
	if (id)
		fria_law_line_view(fria_document_body(page), law, id, c->lang);
	else
		fria_law_view(fria_document_body(page), law, c->lang);
	return show_page(c, page, err);
}

static int run_law_show(cli *c, fria_error *err)
{
	json_t *law = NULL;
	if (check_format(c, "text, md, html", err) ||
	    fria_workspace_law(&law, c->ws, NULL, err))
		return 2;
	if (!law) {
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_law_missing, NULL);
		return 2;
	}
	int status = show(c, law, err);
	json_decref(law);
	return status;
}

const command cmd_law_show = {
    .name = "law show",
    .args = "[LINE]",
    .max = 1,
    .json = true,
    .does = READS,
    .summary = FRIA_W_sum_law_show,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_law_show,
};

/* --- update --- */

/* Shown, asked, and only then recorded. */
static int update(cli *c, fria_error *err)
{
	fria_law_renewal r;
	bool yes = given(c, "yes") != NULL;
	if (fria_law_update(&r, c->ws, !yes, err))
		return 2;
	fria_document *page = new_page(
	    c, fria_word_text(FRIA_W_page_law, c->lang), FRIA_W_page_law_under);
	fria_law_renewal_view(fria_document_body(page), &r, c->lang);
	if (!c->json)
		put_view(c, fria_document_body(page));
	fria_document_free(page);
	if (!yes && !c->json && on_terminal(c)) {
		show_now(c);
		yes = agrees(c, FRIA_W_ask_record);
		fria_law_renewal_dispose(&r);
		if (fria_law_update(&r, c->ws, !yes, err))
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
    .json = true,
    .does = RECORDS,
    .summary = FRIA_W_sum_law_update,
    .options = (const option[]){{"yes", 0, NULL, FRIA_W_opt_yes}, NO_OPTION},
    .run = run_law_update,
};
