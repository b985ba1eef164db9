/* SPDX-License-Identifier: EUPL-1.2 */
/* fria report, register export and check: what comes out of a workspace. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- report --- */

/* The workspace's own template, else the built-in one. The caller frees. */
static char *read_template(char **name, cli *c, const char *which,
			   fria_error *err)
{
	fria_buf own = FRIA_BUF_INIT;
	const char *text;
	*name =
	    fria_format("templates/%s.%s.md", which, fria_lang_code(c->lang));
	if (!fria_store_read(&own, c->ws->store, NULL, *name, NULL))
		return fria_buf_detach(&own);
	char *key = fria_format("assessments/%s", *name);
	text = fria_embedded(key, NULL);
	free(key);
	fria_buf_dispose(&own);
	if (!text)
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_template,
			  "template", which, NULL);
	return fria_strdup(text);
}

static int render(cli *c, const fria_report *report, bool html, fria_error *err)
{
	const char *which = given(c, "template");
	char *name = NULL;
	char *text = read_template(&name, c, which ? which : "report", err);
	fria_document *doc = NULL;
	fria_buf out = FRIA_BUF_INIT;
	int status = text ? fria_report_make(&doc, report, name, text, err) : 2;
	if (!status && html)
		fria_document_html(&out, doc);
	else if (!status)
		fria_document_markdown(&out, doc);
	if (!status)
		status = put_document(c, given(c, "output"), &out, err);
	fria_buf_dispose(&out);
	fria_document_free(doc);
	free(text);
	free(name);
	return status ? 2 : 0;
}

static int report_snapshot(cli *c, const char *name, const fria_snapshot *s,
			   bool html, fria_error *err)
{
	fria_standing standing;
	fria_report report = {.name = name, .lang = c->lang};
	char head[FRIA_ID_SIZE];
	if (fria_standing_make(&standing, c->ws, s,
			       s->commit[0] ? s->at : c->session.now, err))
		return 2;
	report.input = &standing.input;
	report.evaluation = &standing.result;
	report.organisation = fria_json_text(c->ws->config, "organisation");
	report.version = s->version;
	if (s->commit[0])
		report.commit = s->commit;
	else if (fria_store_head(head, c->ws->store))
		report.commit = head;
	fria_content_digest(report.content, s->instrument, s->assessment,
			    s->application, name);
	int status = render(c, &report, html, err);
	fria_standing_dispose(&standing);
	return status;
}

int cmd_report(cli *c, fria_error *err)
{
	const char *format = given(c, "format");
	fria_snapshot *s = NULL;
	if (format && strcmp(format, "md") != 0 && strcmp(format, "html")) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			  format, "choices", "md, html", NULL);
		return 2;
	}
	char *name = fria_strdup(c->args[0]);
	char *revision = strchr(name, '@');
	if (revision)
		*revision++ = '\0';
	int status = 2;
	if (!fria_snapshot_load(&s, c->ws, name, revision, err))
		status = report_snapshot(
		    c, name, s, format && !strcmp(format, "html"), err);
	fria_snapshot_free(s);
	free(name);
	return status;
}

/* --- register --- */

int cmd_register_export(cli *c, fria_error *err)
{
	json_t *entry = NULL;
	fria_buf out = FRIA_BUF_INIT;
	if (fria_register_export(&entry, c->ws, c->args[0], err))
		return 2;
	fria_json_write(&out, entry);
	int status = put_document(c, given(c, "output"), &out, err);
	fria_buf_dispose(&out);
	json_decref(entry);
	return status;
}

/* --- check --- */

int cmd_check(cli *c, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	size_t count;
	char number[24];
	int status = 2;
	if (!fria_check(&findings, &count, c->ws, c->n ? c->args[0] : NULL,
			err)) {
		status = put_findings(c, &findings);
		snprintf(number, sizeof number, "%zu", count);
		if (!findings.n)
			say(c, FRIA_W_checked_fine, "count", number, NULL);
	}
	fria_findings_dispose(&findings);
	return status;
}
