/* SPDX-License-Identifier: EUPL-1.2 */
/* fria import: what comes in from the tools that people have. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static int refuse_format(fria_error *err, const char *format,
			 const char *choices)
{
	fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value", format,
		  "choices", choices, NULL);
	return 2;
}

static void say_imported(const cli *c, const fria_register_imported *done)
{
	say(c,
	    done->left ? FRIA_W_did_import_register_part
		       : FRIA_W_did_import_register,
	    "added", FRIA_DIGITS(done->added), "updated",
	    FRIA_DIGITS(done->updated), "same", FRIA_DIGITS(done->same), "left",
	    FRIA_DIGITS(done->left), NULL);
}

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
	if (format && strcmp(format, "register") != 0 &&
	    strcmp(format, "register-csv") != 0)
		return refuse_format(err, format, "register, register-csv");
	int status = 2;
	if (!read_entries(&rows, &findings, c->args[0], format, err) &&
	    !fria_register_import(&done, &findings, c->ws, &rows, &request,
				  err)) {
		locate_findings(&findings, c->args[0]);
		say_imported(c, &done);
		status = put_findings(c, &findings);
	}
	fria_findings_dispose(&findings);
	fria_register_rows_dispose(&rows);
	return status;
}

/* --- answers into an assessment --- */

static int read_answers(json_t **out, fria_buf *bytes, const char *path,
			const char *format, fria_error *err)
{
	bool replies =
	    format ? !strcmp(format, "supplier-replies") : ends_in(path, ".md");
	return replies ? fria_file_read(bytes, path, err)
		       : read_document(out, path, err);
}

static void say_placed(const cli *c, const fria_answers_imported *done)
{
	say(c,
	    done->placed ? FRIA_W_did_import_answers
			 : FRIA_W_did_import_nothing,
	    "placed", FRIA_DIGITS(done->placed), "same",
	    FRIA_DIGITS(done->same), "assessment", c->args[0], NULL);
}

static int import_answers(cli *c, fria_error *err)
{
	const char *format = given(c, "format"), *path = c->args[1];
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *file = NULL;
	fria_answers_imported done;
	int status = 2;
	if (format && strcmp(format, "official-form") != 0 &&
	    strcmp(format, "card") != 0 &&
	    strcmp(format, "supplier-replies") != 0)
		return refuse_format(err, format,
				     "official-form, card, supplier-replies");
	int code = read_answers(&file, &bytes, path, format, err);
	const fria_answers_request request = {
	    path, format, file, bytes.text, bytes.n, given(c, "older") != NULL};
	if (!code && !fria_import_answers(&done, &findings, c->ws, c->args[0],
					  &request, err)) {
		if (file)
			locate_findings(&findings, path);
		say_placed(c, &done);
		status = put_findings(c, &findings);
	}
	fria_findings_dispose(&findings);
	fria_buf_dispose(&bytes);
	json_decref(file);
	return status;
}

static int run_import(cli *c, fria_error *err)
{
	return c->n == 2 ? import_answers(c, err) : import_register(c, err);
}

const command cmd_import = {
    .name = "import",
    .args = "FILE [--release R] | APP/NAME FILE [--older]",
    .min = 1,
    .max = 2,
    .json = true,
    .does = EDITS,
    .summary = FRIA_W_sum_import,
    .options = (const option[]){{"format", 0, "F", FRIA_W_opt_format_in},
				{"release", 0, "R", FRIA_W_opt_import_release},
				{"patch", 0, NULL, FRIA_W_opt_patch},
				{"older", 0, NULL, FRIA_W_opt_older},
				{"organisation", 0, "NAME",
				 FRIA_W_opt_import_organisation},
				NO_OPTION},
    .run = run_import,
};
