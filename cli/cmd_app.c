/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app: the applications of the workspace. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

int cmd_app_add(cli *c, fria_error *err)
{
	given_facts facts;
	int code = read_facts(&facts, c, err);
	if (!code && !facts.from.name && on_terminal(c))
		code = edit_facts(&facts, c, c->args[0], err);
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

int cmd_app_form(cli *c, fria_error *err)
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

int cmd_app_remove(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_application_remove(commit, c->ws, c->args[0], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_remove, "name", c->args[0], "commit", commit, NULL);
	return 0;
}

int cmd_app_rename(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_application_rename(commit, c->ws, c->args[0], c->args[1], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_rename, "was", c->args[0], "now", c->args[1],
	    "commit", commit, NULL);
	return 0;
}

/* --- show --- */

int cmd_app_show(cli *c, fria_error *err)
{
	json_t *application = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	if (check_format(c, "text, md, html", err))
		return 2;
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
	fria_document *page = new_page(c, c->args[0], FRIA_W_page_application);
	fria_application_view(fria_document_body(page), c->args[0], application,
			      c->verbose, c->lang);
	json_decref(application);
	return show_page(c, page, err);
}

/* --- list --- */

/* One whose characteristics cannot be read is listed by its id, and named. */
static int list_one(cli *c, json_t *out, fria_findings *broken, const char *id,
		    fria_error *err)
{
	json_t *application = NULL;
	fria_strings names = FRIA_STRINGS_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	char *path = fria_workspace_path(id, "application");
	int code = fria_workspace_json(&application, c->ws, NULL, path, &inner);
	if (!code)
		code = fria_application_check(application, path, &inner);
	if (code)
		code = fria_findings_add_broken(broken, path, &inner, err);
	free(path);
	if (!code)
		code = fria_workspace_assessments(&names, c->ws, NULL, id, err);
	if (!code) {
		const char *name = fria_json_text(application, "name");
		const char *release = fria_json_text(application, "release");
		json_t *list = json_array();
		putf(c, BOLD, "%s", id);
		putf(c, PLAIN, "  %s%s%s\n", name ? name : "",
		     release ? ", " : "", release ? release : "");
		for (size_t i = 0; i < names.n; i++) {
			putf(c, PLAIN, "  %s/%s\n", id, names.items[i]);
			json_array_append_new(list,
					      fria_json_string(names.items[i]));
		}
		json_array_append_new(
		    out, fria_json_pack("{s:s, s:s?, s:s?, s:o}", "application",
					id, "name", name, "release", release,
					"assessments", list));
	}
	fria_strings_dispose(&names);
	json_decref(application);
	return code;
}

int cmd_app_list(cli *c, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	json_t *out = json_array();
	int code = fria_workspace_applications(&ids, c->ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++)
		code = list_one(c, out, &broken, ids.items[i], err);
	if (!code && !ids.n)
		say(c, FRIA_W_show_none, NULL);
	if (c->json && !code) {
		fria_buf_clear(&c->out);
		put_json(c, json_incref(out));
	}
	int status = say_findings(c, &broken) ? 2 : 0;
	fria_findings_dispose(&broken);
	json_decref(out);
	fria_strings_dispose(&ids);
	return code ? 2 : status;
}
