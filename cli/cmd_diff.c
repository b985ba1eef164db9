/* SPDX-License-Identifier: EUPL-1.2 */
/* fria diff: what changed between two states. */
#include "cli.h"

#include <string.h>

/* --- diff --- */

typedef enum { AS_TEXT, AS_STAT, AS_MARKDOWN, AS_HTML, AS_JSON } form;

static int read_form(form *out, const cli *c, fria_error *err)
{
	static const char *const names[] = {"text", "", "md", "html", "json"};
	static const char *const endings[] = {".txt", "", ".md, .html, .htm",
					      ".md, .html, .htm", ".json"};
	const char *format = given(c, "format");
	const char *path = given(c, "output");
	if (!format && path && !c->json && !given(c, "stat")) {
		if (check_ending(path, ".md, .html, .htm", err))
			return FRIA_EINPUT;
		format = format_by_name(path);
		format = format ? format : "md";
	}
	*out = c->json ? AS_JSON : given(c, "stat") ? AS_STAT : AS_TEXT;
	for (int i = 0; format && i <= AS_JSON; i++)
		if (*names[i] && !strcmp(format, names[i])) {
			*out = i == AS_TEXT ? *out : (form)i;
			return check_ending(path, endings[i], err);
		}
	if (!format)
		return 0;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			 format, "choices", "text, md, html, json", NULL);
}

static int put_comparison(cli *c, const fria_comparison *k, form how,
			  fria_error *err)
{
	if (how == AS_JSON) {
		put_json(c, fria_diff_json(&k->diff, c->args[0]));
		return 0;
	}
	if (how != AS_STAT)
		return show_page(c,
				 fria_document_body(fria_report_changes(
				     &k->diff, c->args[0], c->lang)),
				 err);
	fria_node *page = new_page(c, c->args[0], FRIA_W_diff_title);
	fria_stat_view(page, &k->diff);
	return show_page(c, page, err);
}

static int compare(fria_comparison **out, cli *c, fria_error *err)
{
	const char *where = given(c, "workspace");
	if (!given(c, "origin"))
		return where ? fria_fail(err, FRIA_EINPUT, FRIA_W_origin_where,
					 NULL)
			     : fria_compare(out, c->ws, c->args[0],
					    c->n > 1 ? c->args[1] : NULL,
					    c->n > 2 ? c->args[2] : NULL, err);
	if (c->n > 1)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_origin_states, NULL);
	int code = fria_compare_origin(out, c->ws, c->args[0], where, err);
	if (!code)
		say(c, FRIA_W_origin_compared, "name", (*out)->to->name,
		    "application", (*out)->to->application_id, "from",
		    (*out)->own[0], "to", (*out)->own[1], NULL);
	return code;
}

static int run_diff(cli *c, fria_error *err)
{
	form how;
	fria_comparison *k = NULL;
	if (read_form(&how, c, err) || compare(&k, c, err) || !k)
		return 2;
	int status = put_comparison(c, k, how, err);
	if (!status)
		status = k->diff.n ? 1 : 0;
	fria_comparison_free(k);
	return status;
}

const command cmd_diff = {
    .name = "diff",
    .args = "APP/NAME [A [B] | --origin] [--stat] [--format F]",
    .takes = {1, 3},
    .does = READS | GIVES_JSON | PAGED,
    .summary = FRIA_W_sum_diff,
    .options = (const option[]){{"format", 0, "F", FRIA_W_opt_format_diff},
				{"stat", 0, NULL, FRIA_W_opt_stat},
				{"origin", 0, NULL, FRIA_W_opt_origin},
				{"workspace", 0, "WHERE", FRIA_W_opt_workspace},
				{"output", 'o', "FILE", FRIA_W_opt_output},
				NO_OPTION},
    .run = run_diff,
};
