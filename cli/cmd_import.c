/* SPDX-License-Identifier: EUPL-1.2 */
/* fria import: what comes in from the tools that people have. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int import_register(cli *c, fria_error *err)
{
	const char *format = given(c, "format");
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_register_imported done;
	fria_register_rows rows = {.items = NULL};
	const fria_register_request request = {
	    .name = c->args[0],
	    .release = given(c, "release"),
	    .patch = given(c, "patch") != NULL,
	    .organisation = given(c, "organisation"),
	    .progress = show_progress,
	    .data = c};
	if (check_format(c, "register, register-csv", "", err))
		return 2;
	int status = 2;
	if (!read_entries(&rows, &findings, c->args[0], format, err) &&
	    !fria_register_import(&done, &findings, c->ws, &rows, &request,
				  err)) {
		locate_findings(&findings, c->args[0]);
		say(c,
		    done.left ? FRIA_W_did_import_register_part
			      : FRIA_W_did_import_register,
		    "added", FRIA_DIGITS(done.added), "updated",
		    FRIA_DIGITS(done.updated), "same", FRIA_DIGITS(done.same),
		    "left", FRIA_DIGITS(done.left), NULL);
		status = put_findings(c, &findings);
	}
	fria_findings_dispose(&findings);
	fria_register_rows_dispose(&rows);
	return status;
}

/* --- answers into an assessment --- */

/* --- rows within rows: what they belong to --- */

/* "1, 3"; NULL for what is no list of numbers up to so many. New. */
static json_t *read_numbers(const char *typed, size_t most)
{
	json_t *out = json_array();
	for (const char *at = typed; *at;) {
		char *end;
		size_t gap = strspn(at, " ,;\t");
		at += gap;
		if (!*at)
			break;
		unsigned long n = strtoul(at, &end, 10);
		if (end == at || *at == '-' || n < 1 || n > most) {
			json_decref(out);
			return NULL;
		}
		json_array_append_new(out, json_integer((json_int_t)n));
		at = end;
	}
	return out;
}

/* Of one row; nothing typed: it stays open. False where nobody answers. */
static bool ask_link(json_t *list, const cli *c, const char *label, size_t most)
{
	fria_buf typed = FRIA_BUF_INIT;
	json_t *numbers = NULL;
	bool more = true;
	while (!numbers && more) {
		say(c, FRIA_W_links_ask, "row", label, "most",
		    FRIA_DIGITS(most), NULL);
		more = read_line(c, &typed);
		numbers = more ? read_numbers(typed.text, most) : NULL;
	}
	json_array_append_new(list, numbers ? numbers : json_array());
	fria_buf_dispose(&typed);
	return more;
}

/* What --links would say, as it is typed. New. */
static json_t *ask_links(const cli *c, const fria_unlinked_list *all)
{
	json_t *links = json_object();
	bool more = true;
	for (size_t i = 0; i < all->n && more; i++) {
		const fria_unlinked *one = &all->items[i];
		json_t *list = json_array();
		say(c, FRIA_W_links_intro, "group", one->group, NULL);
		for (size_t k = 0; k < one->outer.n; k++)
			say(c, FRIA_W_links_outer, "number", FRIA_DIGITS(k + 1),
			    "row", one->outer.items[k], NULL);
		for (size_t k = 0; k < one->inner.n && more; k++)
			if (*one->inner.items[k])
				more = ask_link(list, c, one->inner.items[k],
						one->outer.n);
			else
				json_array_append_new(list, json_array());
		json_object_set_new(links, one->group, list);
	}
	return links;
}

/* From --links, or asked; *out NULL where there is nothing to say. New. */
static int find_links(json_t **out, cli *c, fria_answers_request request,
		      fria_error *err)
{
	fria_findings none = FRIA_FINDINGS_INIT;
	fria_answers_imported seen = {.offered = 0};
	const char *path = given(c, "links");
	if (path)
		return read_document(out, path, err);
	if (!on_terminal(c) || !request.file)
		return 0;
	request.look = true;
	int code =
	    fria_import_answers(&seen, &none, c->ws, c->args[0], &request, err);
	if (!code && seen.unlinked.n)
		*out = ask_links(c, &seen.unlinked);
	fria_unlinked_dispose(&seen.unlinked);
	fria_findings_dispose(&none);
	return code;
}

static int import_answers(cli *c, fria_error *err)
{
	const char *format = given(c, "format"), *path = c->args[1];
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *file = NULL, *links = NULL;
	fria_answers_imported done = {.offered = 0};
	int status = 2;
	if (check_format(c, "official-form, card, supplier-replies", "", err))
		return 2;
	bool replies =
	    format ? !strcmp(format, "supplier-replies") : ends_in(path, ".md");
	int code = replies ? fria_file_read(&bytes, path, err)
			   : read_document(&file, path, err);
	fria_answers_request request = {.name = path,
					.format = format,
					.file = file,
					.bytes = bytes.text,
					.n = bytes.n,
					.older = given(c, "older") != NULL,
					.links_name = given(c, "links")};
	if (!code)
		code = find_links(&links, c, request, err);
	request.links = links;
	if (!code && !fria_import_answers(&done, &findings, c->ws, c->args[0],
					  &request, err)) {
		if (file)
			locate_findings(&findings, path);
		if (done.answered)
			say(c, FRIA_W_did_import_returned, "answered",
			    FRIA_DIGITS(done.answered), "same",
			    FRIA_DIGITS(done.same), "assessment", c->args[0],
			    NULL);
		if (done.offered || !done.answered)
			say(c,
			    done.offered ? FRIA_W_did_import_answers
					 : FRIA_W_did_import_nothing,
			    "offered", FRIA_DIGITS(done.offered), "same",
			    FRIA_DIGITS(done.same), "assessment", c->args[0],
			    NULL);
		status = put_findings(c, &findings);
	}
	fria_unlinked_dispose(&done.unlinked);
	fria_findings_dispose(&findings);
	fria_buf_dispose(&bytes);
	json_decref(links);
	json_decref(file);
	return status;
}

static int run_import(cli *c, fria_error *err)
{
	return c->n == 2 ? import_answers(c, err) : import_register(c, err);
}

const command cmd_import = {
    .name = "import",
    .args = "FILE [--release VERSION] | APP/NAME FILE [--older] [--links FILE]",
    .takes = {1, 2},
    .does = EDITS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_import,
    .options =
	(const option[]){
	    {"format", 0, "F", FRIA_W_opt_format_in},
	    {"release", 0, "VERSION", FRIA_W_opt_import_release},
	    {"patch", 0, NULL, FRIA_W_opt_patch},
	    {"older", 0, NULL, FRIA_W_opt_older},
	    {"links", 0, "FILE", FRIA_W_opt_links},
	    {"organisation", 0, "NAME", FRIA_W_opt_import_organisation},
	    NO_OPTION},
    .run = run_import,
};
