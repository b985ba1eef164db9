/* SPDX-License-Identifier: EUPL-1.2 */
/* fria export: what leaves a workspace for other tools. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(fria_error *err, const char *value, const char *choices)
{
	fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value", value,
		  "choices", choices, NULL);
	return 2;
}

static bool wants_yaml(const char *path)
{
	const char *dot = path ? strrchr(path, '.') : NULL;
	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

static int export_tree(fria_buf *out, fria_findings *findings, cli *c,
		       const char *format, const char *name,
		       const char *revision, const fria_export *how,
		       fria_error *err)
{
	json_t *tree = NULL;
	int code =
	    !strcmp(format, "card")
		? fria_export_card(&tree, c->ws, name, revision, how, err)
		: fria_export_form(&tree, findings, c->ws, name, revision, how,
				   err);
	if (!code && wants_yaml(given(c, "output")))
		fria_yaml_write(out, tree);
	else if (!code)
		fria_json_write(out, tree);
	json_decref(tree);
	return code;
}

/* APP/NAME[@vN] in one of the formats. */
static int export_one(cli *c, const char *format, const fria_export *how,
		      fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_findings findings = FRIA_FINDINGS_INIT;
	char *name = fria_strdup(c->args[0]);
	char *revision = strchr(name, '@');
	if (revision)
		*revision++ = '\0';
	int code = !strcmp(format, "csv")
		       ? fria_export_csv(&out, c->ws, name, revision, how, err)
		       : export_tree(&out, &findings, c, format, name, revision,
				     how, err);
	if (!code)
		code = put_document(c, given(c, "output"), &out, err);
	if (!code)
		say_findings(c, &findings); /* for the person */
	fria_findings_dispose(&findings);
	fria_buf_dispose(&out);
	free(name);
	return code ? 2 : 0;
}

static int write_on(void *data, const char *bytes, size_t n, fria_error *err)
{
	FILE *file = data;
	if (fwrite(bytes, 1, n, file) == n)
		return 0;
	return fria_fail(err, FRIA_EIO, FRIA_W_cannot_write, "path", "-", "why",
			 strerror(errno), NULL);
}

static int keep(void *data, const char *bytes, size_t n, fria_error *err)
{
	(void)err;
	fria_buf_put(data, bytes, n);
	return 0;
}

/* To standard output as it comes; to a file, whole. */
static int export_portfolio(cli *c, fria_export *how, fria_error *err)
{
	fria_buf all = FRIA_BUF_INIT;
	const char *path = given(c, "output");
	how->write = path ? keep : write_on;
	how->data = path ? (void *)&all : (void *)stdout;
	int code = fria_export_portfolio(c->ws, how, err);
	if (!code && path)
		code = put_document(c, path, &all, err);
	fria_buf_dispose(&all);
	return code ? 2 : 0;
}

static int export_archive(cli *c, fria_error *err)
{
	const char *folder = given(c, "output");
	size_t count;
	char number[24];
	if (given(c, "audience")) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_archive_complete, NULL);
		return 2;
	}
	if (!folder) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option, "option",
			  "-o DIR", "command", "export", "args",
			  "APP --format archive -o DIR", NULL);
		return 2;
	}
	if (fria_archive(&count, c->ws, c->args[0], folder, c->lang, err))
		return 2;
	snprintf(number, sizeof number, "%zu", count);
	say(c, FRIA_W_did_archive, "count", number, "folder", folder, NULL);
	return 0;
}

int cmd_export(cli *c, fria_error *err)
{
	const char *format = given(c, "format");
	const char *audience = given(c, "audience");
	fria_export how = {.lang = c->lang};
	if (audience && !fria_audience_parse(&how.audience, audience))
		return refuse(err, audience, "internal, authority, public");
	if (format && !strcmp(format, "ndjson") && !c->n)
		return export_portfolio(c, &how, err);
	if (format && c->n &&
	    (!strcmp(format, "csv") || !strcmp(format, "official-form") ||
	     !strcmp(format, "card")))
		return export_one(c, format, &how, err);
	if (format && c->n && !strcmp(format, "archive"))
		return export_archive(c, err);
	return refuse(err, format ? format : "",
		      c->n ? "csv, official-form, card, archive" : "ndjson");
}
