/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app: the applications of the workspace. */
#include "cli.h"

#include <string.h>

#include <stdlib.h>

static int run_app_add(cli *c, fria_error *err)
{
	given_facts facts;
	int code = read_facts(&facts, c, false, err);
	if (!code) {
		code =
		    fria_application_add(c->ws, c->args[0], &facts.from, err);
		keep_form(c, &facts, code);
	}
	bool empty = !facts.from.name;
	given_facts_dispose(&facts);
	if (code)
		return 2;
	say(c, FRIA_W_did_add, "application", c->args[0], NULL);
	if (empty)
		say(c, FRIA_W_cli_add_next, "application", c->args[0], NULL);
	return 0;
}

const command cmd_app_add = {
    .name = "app add",
    .args = "ID [--from FILE]",
    .takes = {1, 1},
    .does = RECORDS | KEEPS_TEXT,
    .summary = FRIA_W_sum_app_add,
    .options = (const option[]){{"from", 0, "FILE", FRIA_W_opt_from},
				{"entry", 0, "WHICH", FRIA_W_opt_entry},
				{"format", 0, "F", FRIA_W_opt_format_from},
				NO_OPTION},
    .run = run_app_add,
};

static int run_app_form(cli *c, fria_error *err)
{
	fria_buf form = FRIA_BUF_INIT;
	const char *path = given(c, "output");
	int code = check_ending(path, ".md, .markdown, .txt", err);
	if (!code)
		code = fria_application_form(&form, c->ws, c->args[0], err);
	if (!code)
		code = put_document(c, path, &form, err);
	fria_buf_dispose(&form);
	return code ? 2 : 0;
}

const command cmd_app_form = {
    .name = "app form",
    .args = "APP [-o FILE [--force]]",
    .takes = {1, 1},
    .does = READS,
    .summary = FRIA_W_sum_app_form,
    .options = (const option[]){{"output", 'o', "FILE", FRIA_W_opt_output},
				{"force", 0, NULL, FRIA_W_opt_force_file},
				NO_OPTION},
    .run = run_app_form,
};

static int run_app_remove(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_application_remove(commit, c->ws, c->args[0], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_remove, "name", c->args[0], "commit", commit, NULL);
	return 0;
}

const command cmd_app_remove = {
    .name = "app remove",
    .args = "APP",
    .takes = {1, 1},
    .does = RECORDS,
    .summary = FRIA_W_sum_app_remove,
    .run = run_app_remove,
};

static int run_app_rename(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_application_rename(commit, c->ws, c->args[0], c->args[1], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_rename, "was", c->args[0], "now", c->args[1],
	    "commit", commit, NULL);
	return 0;
}

const command cmd_app_rename = {
    .name = "app rename",
    .args = "APP NEW",
    .takes = {2, 2},
    .does = RECORDS,
    .summary = FRIA_W_sum_app_rename,
    .run = run_app_rename,
};

/* --- show --- */

static int run_app_show(cli *c, fria_error *err)
{
	json_t *application = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	char *path = fria_workspace_path(c->args[0], "application");
	int code =
	    fria_id_ok(c->args[0])
		? fria_workspace_json(&application, c->ws, NULL, path, &inner)
		: FRIA_ENOTFOUND;
	free(path);
	if (code == FRIA_ENOTFOUND)
		fria_workspace_no_application(c->ws, c->args[0], err);
	else if (code)
		*err = inner;
	if (code)
		return 2;
	if (c->json) {
		put_json(c, application);
		return 0;
	}
	fria_node *page = new_page(c, c->args[0], FRIA_W_page_application);
	fria_application_view(page, c->args[0], application, c->verbose);
	json_decref(application);
	return show_page(c, page, err);
}

const command cmd_app_show = {
    .name = "app show",
    .args = "APP [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_app_show,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_app_show,
};

/* --- list --- */

static int run_app_list(cli *c, fria_error *err)
{
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_listing listing = {NULL, 0};
	int code = fria_listing_make(&listing, &broken, c->ws, err);
	if (!code && c->json) {
		put_json(c, fria_listing_json(&listing));
	} else if (!code) {
		fria_node *page =
		    new_page(c, fria_json_text(c->ws->config, "organisation"),
			     FRIA_W_app_list_title);
		fria_listing_view(page, &listing);
		code = show_page(c, page, err);
	}
	int status = say_findings(c, &broken) ? 2 : 0;
	fria_listing_dispose(&listing);
	fria_findings_dispose(&broken);
	return code ? 2 : status;
}

const command cmd_app_list = {
    .name = "app list",
    .args = "[--format F] [-o FILE]",
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_app_list,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_app_list,
};
