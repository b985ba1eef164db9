/* SPDX-License-Identifier: EUPL-1.2 */
/* fria instrument: the questionnaires. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_instrument(cli *c, json_t *out, const char *file, bool pinned)
{
	if (!c->json) {
		putf(c, BOLD, "%-20s ", file);
		put_sentence(c, PLAIN,
			     pinned ? FRIA_W_show_pinned : FRIA_W_show_built_in,
			     NULL);
	}
	json_array_append_new(out, fria_json_pack("{s:o, s:b}", "instrument",
						  fria_json_shown(file),
						  "pinned", pinned));
}

static int run_instrument_list(cli *c, fria_error *err)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	json_t *out = json_array();
	int code = fria_workspace_instruments(&pinned, &built_in, c->ws, err);
	for (size_t i = 0; i < pinned.n; i++)
		put_instrument(c, out, pinned.items[i], true);
	for (size_t i = 0; i < built_in.n; i++)
		if (!fria_strings_has(&pinned, built_in.items[i]))
			put_instrument(c, out, built_in.items[i], false);
	if (c->json && !code)
		put_json(c, json_incref(out));
	json_decref(out);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
	return code ? 2 : 0;
}

const command cmd_instrument_list = {
    .name = "instrument list",
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_instrument_list,
    .run = run_instrument_list,
};

/* --- show --- */

/* "rust op: Doel en impact, 1.1.1" */
static void say_edges(fria_buf *out, const cli *c, const fria_instrument *in,
		      const fria_task *t)
{
	fria_buf_printf(out, "%s:", fria_word_text(FRIA_W_show_rests, c->lang));
	size_t start = out->n;
	for (size_t i = 0; i < t->facts.n; i++) {
		const fria_fact_edge *e = &t->facts.items[i];
		fria_buf_printf(out, "%s%s", out->n > start ? ", " : " ",
				c->verbose
				    ? e->pointer
				    : fria_fact_title(e->pointer, c->lang));
		fria_fact_edge_say(out, e, in, c->lang);
	}
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		fria_buf_printf(out, "%s%s", out->n > start ? ", " : " ",
				e->id);
		fria_edge_say(out, e, in, c->lang);
	}
}

/* "takes a proposal from: iama#1.1.1, Purpose" */
static void say_takes(fria_buf *out, const cli *c, const fria_task *t)
{
	fria_buf_printf(out, "%s:", fria_word_text(FRIA_W_show_takes, c->lang));
	for (size_t i = 0; i < t->takes.n; i++) {
		const char *from = t->takes.items[i];
		fria_buf_printf(out, "%s%s", i ? ", " : " ",
				*from == '/' && !c->verbose
				    ? fria_fact_title(from, c->lang)
				    : from);
	}
}

static void put_task(cli *c, const fria_instrument *in, const fria_task *t)
{
	size_t indent = 2 * t->level;
	char *left = fria_format("%*s%s", (int)indent, "", t->id);
	char *text = fria_format(
	    t->answerable ? "%s  [%s]" : "%s", fria_task_title(t, c->lang),
	    fria_word_text(fria_kind_word(t->kind), c->lang));
	fria_buf edges = FRIA_BUF_INIT;
	put_beside(c, strlen(left) + 2, left, text);
	say_edges(&edges, c, in, t);
	if (t->facts.n || t->upstream.n)
		put_wrapped(c, indent + 4, edges.text);
	fria_buf_clear(&edges);
	say_takes(&edges, c, t);
	if (t->takes.n)
		put_wrapped(c, indent + 4, edges.text);
	fria_buf_dispose(&edges);
	free(left);
	free(text);
}

static int run_instrument_show(cli *c, fria_error *err)
{
	fria_instrument *in = NULL;
	if (fria_workspace_instrument(&in, c->ws, NULL, c->args[0], err))
		return 2;
	if (c->json) {
		put_json(c, json_incref(in->document));
	} else {
		putf(c, BOLD, "%s", in->name);
		put(c, PLAIN, "\n");
		for (size_t i = 0; i < in->n; i++)
			put_task(c, in, &in->tasks[i]);
	}
	fria_instrument_free(in);
	return 0;
}

const command cmd_instrument_show = {
    .name = "instrument show",
    .args = "INSTRUMENT",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_instrument_show,
    .run = run_instrument_show,
};

/* --- update --- */

/* Shown, asked, and only then recorded. */
static int update_one(cli *c, const char *name, fria_error *err)
{
	fria_replacement r;
	if (fria_instrument_update(&r, c->ws, name, true, err))
		return 2;
	fria_node *page = new_page(c, r.is->name, FRIA_W_page_edition);
	fria_replacement_view(page, &r);
	bool yes = show_and_agree(c, page);
	if (yes) {
		fria_replacement_dispose(&r);
		if (fria_instrument_update(&r, c->ws, name, false, err))
			return 2;
	}
	if (c->json)
		put_json(c, fria_replacement_json(&r));
	fria_buf questions = FRIA_BUF_INIT;
	fria_instrument_say(&questions, r.is, c->lang);
	say(c, yes ? FRIA_W_did_edition : FRIA_W_edition_dry, "instrument",
	    questions.text, "edition", FRIA_DIGITS((size_t)r.is->edition),
	    NULL);
	fria_buf_dispose(&questions);
	fria_replacement_dispose(&r);
	return yes ? 0 : 1;
}

static int run_instrument_update(cli *c, fria_error *err)
{
	fria_strings behind = FRIA_STRINGS_INIT;
	int worst = 0;
	if (c->n)
		return update_one(c, c->args[0], err);
	if (fria_instruments_behind(&behind, c->ws, err))
		return 2;
	if (!behind.n)
		say(c, FRIA_W_edition_none, NULL);
	for (size_t i = 0; i < behind.n && worst < 2; i++) {
		int status = update_one(c, behind.items[i], err);
		worst = status > worst ? status : worst;
	}
	fria_strings_dispose(&behind);
	return worst;
}

const command cmd_instrument_update = {
    .name = "instrument update",
    .args = "[INSTRUMENT] [--yes]",
    .takes = {0, 1},
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_instrument_update,
    .options = (const option[]){{"yes", 0, NULL, FRIA_W_opt_yes}, NO_OPTION},
    .run = run_instrument_update,
};

/* --- yield --- */

static int run_instrument_yield(cli *c, fria_error *err)
{
	fria_yield y;
	int status = 0;
	if (fria_yield_find(&y, c->ws, c->args[0], err))
		return 2;
	if (c->json) {
		put_json(c, fria_yield_json(&y));
	} else {
		fria_node *page =
		    new_page(c, y.instrument->name, FRIA_W_page_yield);
		fria_yield_view(page, &y, c->lang);
		status = show_page(c, page, err);
	}
	fria_yield_dispose(&y);
	return status;
}

const command cmd_instrument_yield = {
    .name = "instrument yield",
    .args = "INSTRUMENT",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_instrument_yield,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_instrument_yield,
};

/* --- import and check --- */

static int run_instrument_import(cli *c, fria_error *err)
{
	fria_instrument *in = NULL;
	json_t *document = NULL;
	fria_strings changed = FRIA_STRINGS_INIT;
	int code = read_document(&document, c->args[0], err);
	if (!code)
		code = fria_instrument_import(&in, &changed, c->ws, c->args[0],
					      document, given(c, "yes") != NULL,
					      err);
	json_decref(document);
	if (code) {
		fria_strings_dispose(&changed);
		return 2;
	}
	char *path = fria_instrument_path(in->file);
	say(c, FRIA_W_did_import, "instrument", in->name, "path", path, NULL);
	free(path);
	if (changed.n)
		say(c, FRIA_W_import_rules, NULL);
	for (size_t i = 0; i < changed.n; i++)
		putf(c, PLAIN, "- %s\n", changed.items[i]);
	fria_strings_dispose(&changed);
	fria_instrument_free(in);
	return 0;
}

const command cmd_instrument_import = {
    .name = "instrument import",
    .args = "FILE",
    .takes = {1, 1},
    .does = EDITS,
    .summary = FRIA_W_sum_instrument_import,
    .options = (const option[]){{"yes", 0, NULL, FRIA_W_opt_yes}, NO_OPTION},
    .run = run_instrument_import,
};

/* A file as import would take it in; else one that is here. */
static int judge(fria_instrument **out, fria_findings *findings, cli *c,
		 fria_error *err)
{
	const char *name = c->args[0];
	json_t *document = NULL;
	int code;
	if (fria_path_exists(name)) {
		code = read_document(&document, name, err);
		if (!code)
			code = fria_instrument_read(out, findings, name,
						    document, err);
		json_decref(document);
		return code;
	}
	code = fria_workspace_instrument(out, c->ws, NULL, name, err);
	if (!code)
		fria_instrument_check(findings, *out, name);
	return code;
}

static int run_instrument_check(cli *c, fria_error *err)
{
	fria_instrument *in = NULL;
	fria_findings findings = FRIA_FINDINGS_INIT;
	int status = 2;
	if (!judge(&in, &findings, c, err)) {
		locate_findings(&findings, c->args[0]);
		status = put_findings(c, &findings);
	}
	fria_findings_dispose(&findings);
	fria_instrument_free(in);
	return status;
}

const command cmd_instrument_check = {
    .name = "instrument check",
    .args = "INSTRUMENT|FILE",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_instrument_check,
    .run = run_instrument_check,
};
