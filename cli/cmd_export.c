/* SPDX-License-Identifier: EUPL-1.2 */
/* fria export: what leaves a workspace for other tools. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int needs_folder(fria_error *err, const char *format, fria_lang lang)
{
	fria_buf args = FRIA_BUF_INIT;
	put_usage(&args, "APP --format ", lang);
	fria_buf_puts(&args, format);
	put_usage(&args, " -o DIR", lang);
	int code =
	    fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option, "option", "-o",
		      "command", "export", "args", args.text, NULL);
	fria_buf_dispose(&args);
	return code;
}

/* --- to one place --- */

static int write_on(void *data, const char *name, const char *bytes, size_t n,
		    fria_error *err)
{
	FILE *file = data;
	(void)name;
	if (fwrite(bytes, 1, n, file) == n)
		return 0;
	return fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write, "-",
			    strerror(errno));
}

static int keep(void *data, const char *name, const char *bytes, size_t n,
		fria_error *err)
{
	(void)name;
	(void)err;
	fria_buf_put(data, bytes, n);
	return 0;
}

/* Lines of a portfolio go to standard output as they come; all else is written
 * when it is whole. */
static int export_together(cli *c, const char *which, const fria_export *how,
			   fria_error *err)
{
	fria_buf all = FRIA_BUF_INIT;
	const char *path = given(c, "output");
	bool flows = how->format == FRIA_EXPORT_NDJSON && !path;
	fria_export own = *how;
	own.yaml = path && (ends_in(path, ".yaml") || ends_in(path, ".yml"));
	own.write = flows ? write_on : keep;
	own.data = flows ? (void *)stdout : (void *)&all;
	int code = fria_export_each(c->ws, which, &own, err);
	if (!code && !flows)
		code = put_document(c, path, &all, err);
	fria_buf_dispose(&all);
	return code;
}

/* --- each to a file --- */

typedef struct {
	const char *folder;
	size_t count;
} files;

static int write_file(void *data, const char *name, const char *bytes, size_t n,
		      fria_error *err)
{
	files *f = data;
	char *path = fria_format("%s/%s.json", f->folder, name);
	char *slash = strrchr(path, '/');
	*slash = '\0';
	int code = fria_folder_make(path, err);
	*slash = '/';
	if (!code)
		code = fria_file_write(path, bytes, n, err);
	f->count += !code;
	free(path);
	return code;
}

static int export_apart(cli *c, const char *which, const fria_export *how,
			fria_error *err)
{
	fria_export own = *how;
	files f = {given(c, "output"), 0};
	if (!f.folder || !strcmp(f.folder, "-"))
		return needs_folder(err, given(c, "format"), c->lang);
	if (!fria_folder_empty(f.folder))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_folder_not_empty,
				 "folder", f.folder, NULL);
	own.write = write_file;
	own.data = &f;
	int code = fria_export_each(c->ws, which, &own, err);
	if (!code)
		say(c, FRIA_W_did_export, "count", FRIA_DIGITS(f.count),
		    "folder", f.folder, NULL);
	return code;
}

/* --- the archive --- */

static int export_archive(cli *c, const char *which, fria_error *err)
{
	const char *folder = given(c, "output");
	size_t count;
	if (given(c, "audience"))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_archive_complete,
				 NULL);
	if (!folder)
		return needs_folder(err, "archive", c->lang);
	fria_findings left_out = FRIA_FINDINGS_INIT;
	int code =
	    fria_archive(&count, &left_out, c->ws, which, folder, c->lang, err);
	bool whole = !left_out.n;
	say_findings(c, &left_out);
	fria_findings_dispose(&left_out);
	if (code)
		return 2;
	say(c, FRIA_W_did_archive, "count", FRIA_DIGITS(count), "folder",
	    folder, NULL);
	return whole ? 0 : 2;
}

/* A table holds any number of assessments; a form or a card holds one. */
static int run_export(cli *c, fria_error *err)
{
	const char *format = given(c, "format");
	const char *audience = given(c, "audience");
	const char *which = c->n ? c->args[0] : "-";
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_export how = {.lang = c->lang, .findings = &findings};
	if (audience && read_audience(&how.audience, c, audience, err))
		return 2;
	if (fria_closed_read_titled(&format, "export", format ? format : "",
				    NULL, FRIA_W_cli_bad_format, c->lang, err))
		return 2;
	if (!fria_export_parse(&how.format, format))
		return export_archive(c, which, err);
	static const char *const endings[] = {
	    ".csv, .txt", ".ndjson, .jsonl, .json", ".json, .yaml, .yml",
	    ".json, .yaml, .yml, .card", ".ics"};
	if (read_separator(&how.separator, c, err))
		return 2;
	bool single =
	    how.format == FRIA_EXPORT_FORM || how.format == FRIA_EXPORT_CARD;
	bool together = !single || strchr(which, '/');
	int code = together ? check_ending(given(c, "output"),
					   endings[how.format], err)
			    : 0;
	if (!code)
		code = together ? export_together(c, which, &how, err)
				: export_apart(c, which, &how, err);
	bool broken = fria_findings_worst(&findings, FRIA_SEVERE);
	if (!code)
		say_findings(c, &findings); /* for the person */
	fria_findings_dispose(&findings);
	return code || broken ? 2 : 0;
}

const command cmd_export = {
    .name = "export",
    .args = "[APP/NAME[@vN]|APP|-] --format F [--audience A] [-o FILE|DIR]",
    .takes = {0, 1},
    .does = READS,
    .summary = FRIA_W_sum_export,
    .options = (const option[]){{"format", 0, "F", FRIA_W_opt_format_out},
				{"separator", 0, "C", FRIA_W_opt_separator},
				{"audience", 0, "A", FRIA_W_opt_audience},
				{"output", 'o', "FILE", FRIA_W_opt_output},
				NO_OPTION},
    .run = run_export,
};
