/* SPDX-License-Identifier: EUPL-1.2 */
/* fria report: what comes out of a workspace. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "out/report" of "out/report.md". The caller frees. */
static char *stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');
	return dot ? fria_strndup(path, (size_t)(dot - path))
		   : fria_strdup(path);
}

/* Markdown's pictures are files beside it. */
static int write_pictures(const fria_document *doc, const char *stem,
			  fria_error *err)
{
	int code = 0;
	const char *svg;
	for (size_t i = 1; !code && (svg = fria_document_picture(doc, i));
	     i++) {
		char *path = fria_format("%s-%zu.svg", stem, i);
		code = fria_file_write(path, svg, strlen(svg), err);
		free(path);
	}
	return code;
}

static int put_report(cli *c, fria_document *doc, bool html, fria_error *err)
{
	const char *path = given(c, "output");
	bool beside = !html && path && strcmp(path, "-") != 0;
	char *stem = beside ? stem_of(path) : NULL;
	const char *slash = stem ? strrchr(stem, '/') : NULL;
	fria_buf out = FRIA_BUF_INIT;
	if (stem)
		fria_document_pictures(doc, slash ? slash + 1 : stem);
	(html ? fria_document_html : fria_document_markdown)(&out, doc);
	int code = put_document(c, path, &out, err);
	if (!code && stem)
		code = write_pictures(doc, stem, err);
	fria_buf_dispose(&out);
	free(stem);
	return code;
}

/* As --format says, else by the name of the file. */
static int render(cli *c, const fria_report *report, const char *which,
		  fria_error *err)
{
	const char *format = given(c, "format");
	char *name = NULL, *text = NULL;
	fria_document *doc = NULL;
	if (!format)
		format = format_by_name(given(c, "output"));
	int status =
	    fria_template_read(&name, &text, c->ws, which, c->lang, err);
	if (!status)
		status = fria_report_make(&doc, report, name, text, err);
	if (!status)
		status =
		    put_report(c, doc, format && !strcmp(format, "html"), err);
	fria_document_free(doc);
	free(text);
	free(name);
	return status ? 2 : 0;
}

/* --- site --- */

static int write_site(cli *c, const char *folder, fria_error *err)
{
	const char *audience = given(c, "audience");
	fria_site_made made;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_site_request request = {.folder = folder,
				     .lang = c->lang,
				     .audience = FRIA_PUBLIC,
				     .findings = &findings,
				     .progress = show_progress,
				     .data = c};
	if (audience && read_audience(&request.audience, c, audience, err))
		return 2;
	int code = fria_site_write(&made, c->ws, &request, err);
	if (!code)
		code = fria_look_around(&findings, c->ws, NULL, err);
	say_findings(c, &findings);
	bool broken = fria_findings_worst(&findings, FRIA_SEVERE);
	fria_findings_dispose(&findings);
	if (code)
		return 2;
	say(c, FRIA_W_did_site, "pages", FRIA_DIGITS(made.pages),
	    "applications", FRIA_DIGITS(made.applications), "folder", folder,
	    NULL);
	return broken ? 2 : 0;
}

static void say_held(const cli *c, const fria_held *held,
		     const fria_snapshot *s, const char *name)
{
	fria_buf day = FRIA_BUF_INIT, on = FRIA_BUF_INIT;
	const char *release = fria_json_text(s->application, "release");
	const char *unknown = fria_word_text(FRIA_W_held_unknown, c->lang);
	fria_day_say(&day, c->lang, held->adopted);
	fria_date_say(&on, c->lang, given(c, "on"));
	say(c, FRIA_W_held_on, "date", on.text, "assessment", name, "version",
	    held->version, "adopted", day.text, "release",
	    release ? release : unknown, "in_use",
	    held->in_use ? held->in_use : unknown, NULL);
	fria_buf_dispose(&on);
	fria_buf_dispose(&day);
}

/* --role, before anything is read. */
static int check_asked(const cli *c, fria_error *err)
{
	const json_t *roles = json_object_get(c->ws->config, "roles");
	const char *role = given(c, "role"), *name;
	fria_buf choices = FRIA_BUF_INIT;
	json_t *one;
	int code = 0;
	json_object_foreach((json_t *)(uintptr_t)roles, name, one)
		fria_buf_printf(&choices, choices.n ? ", %s" : "%s", name);
	if (role && !json_object_get(roles, role))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_report_no_role,
				 "role", role, "choices", choices.text, NULL);
	fria_buf_dispose(&choices);
	return code;
}

/* The report of a snapshot, for its readers; 1 where its template tells
 * something about it. */
static int make(cli *c, const fria_snapshot *s, const char *which,
		fria_error *err)
{
	fria_presented shown;
	fria_findings told = FRIA_FINDINGS_INIT;
	const char *audience = given(c, "audience"), *role = given(c, "role");
	int status = 2;
	fria_audience readers;
	if (!audience || !fria_audience_parse(&readers, audience))
		readers = fria_template_audience(which);
	if (fria_present(&shown, c->ws, s, readers, c->lang, err))
		return 2;
	shown.report.term = given(c, "term");
	shown.report.findings = &told;
	if (!role || !fria_present_to(&shown, s, role, err))
		status = render(c, &shown.report, which, err);
	if (say_findings(c, &told) && !status)
		status = 1;
	fria_findings_dispose(&told);
	fria_presented_dispose(&shown);
	return status;
}

static int run_report(cli *c, fria_error *err)
{
	const char *audience = given(c, "audience");
	const char *which = given(c, "template");
	fria_audience known;
	fria_snapshot *s = NULL;
	if (given(c, "site"))
		return write_site(c, given(c, "site"), err);
	if (!c->n)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_report_of_what, NULL);
	if (check_format(c, "md, html", ".md, .html, .htm", err) ||
	    (audience && read_audience(&known, c, audience, err)) ||
	    check_asked(c, err))
		return 2;
	which = which ? which : "report";
	char *name = fria_strdup(c->args[0]);
	char *revision = strchr(name, '@');
	if (revision)
		*revision++ = '\0';
	int status = 2;
	fria_held held = {.version = ""};
	if (given(c, "on")) { /* the version that held */
		int code =
		    revision
			? fria_fail(err, FRIA_EINPUT, FRIA_W_held_both,
				    "version", revision, NULL)
			: fria_held_on(&held, c->ws, name, given(c, "on"), err);
		if (code) {
			free(name);
			return code;
		}
		revision = held.version;
	}
	if (!fria_snapshot_load(&s, c->ws, name, revision, err))
		status = make(c, s, which, err);
	if (status < 2 && given(c, "on"))
		say_held(c, &held, s, name);
	fria_held_dispose(&held);
	fria_snapshot_free(s);
	free(name);
	return status;
}

const command cmd_report = {
    .name = "report",
    .args =
	"APP/NAME[@vN] [--on DATE] [--template T] [--format F] | --site DIR",
    .takes = {0, 1},
    .does = READS | PAGED,
    .summary = FRIA_W_sum_report,
    .options = (const option[]){{"format", 0, "F", FRIA_W_opt_format_report},
				{"template", 0, "T", FRIA_W_opt_template},
				{"audience", 0, "A", FRIA_W_opt_audience},
				{"role", 0, "R", FRIA_W_opt_adviser},
				{"term", 0, "DATE", FRIA_W_opt_term},
				{"site", 0, "DIR", FRIA_W_opt_site},
				{"on", 0, "DATE", FRIA_W_opt_held},
				{"output", 'o', "FILE", FRIA_W_opt_output},
				NO_OPTION},
    .run = run_report,
};
