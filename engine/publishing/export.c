/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What leaves a workspace for other tools: assessments, one by one, in the
 * form that is asked for and as an audience may see them. It changes nothing.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const ids[] = {"csv", "ndjson", "official-form", "card",
				  "ics"};

bool fria_export_parse(fria_export_format *out, const char *text)
{
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		*out = (fria_export_format)i;
		if (!strcmp(ids[i], text))
			return true;
	}
	return false;
}

/* --- one assessment in each form --- */

static void put_ndjson(fria_buf *out, const fria_presented *shown)
{
	const fria_report *r = &shown->report;
	const fria_task_context context = {
	    r->organisation, r->versions_n ? r->versions[0].name : NULL};
	fria_tasks_ndjson(out, r->input, r->evaluation, &context);
}

static void put_tree(fria_buf *out, json_t *tree, bool yaml)
{
	if (yaml)
		fria_yaml_write(out, tree);
	else
		fria_json_write(out, tree);
	json_decref(tree);
}

static fria_calendar calendar_of(const fria_workspace *ws,
				 const fria_export *how)
{
	const char *who = fria_json_text(ws->config, "organisation");
	return (fria_calendar){who ? who : "", how->lang, ws->session.now};
}

static void put_calendar(fria_buf *out, const fria_export *how,
			 const fria_workspace *ws, const fria_snapshot *s,
			 const fria_presented *shown, bool first)
{
	const fria_evaluation *e = &shown->standing.result;
	const fria_calendar calendar = calendar_of(ws, how);
	char *name = fria_format("%s/%s", s->application_id, s->name);
	fria_calendar_assessment(out, &calendar, name, e);
	if (first)
		fria_calendar_application(out, &calendar, s->application_id,
					  shown->standing.input.application, e);
	free(name);
}

static void put(fria_buf *out, const fria_export *how, fria_presented *shown,
		fria_time at, fria_time now)
{
	const fria_evaluation_input *in = &shown->standing.input;
	fria_evaluation_input named = *in;
	json_t *assessment = fria_names_shown(in->assessment, shown->ws);
	named.assessment = assessment;
	switch (how->format) {
	case FRIA_EXPORT_CSV:
		fria_answers_csv(out, in, &shown->standing.result,
				 how->separator, how->lang);
		break;
	case FRIA_EXPORT_NDJSON:
		put_ndjson(out, shown);
		break;
	case FRIA_EXPORT_FORM:
		put_tree(out,
			 fria_official_form(how->findings, &named,
					    shown->report.picture, shown, now),
			 how->yaml);
		break;
	case FRIA_EXPORT_CARD:
		put_tree(out, fria_assessment_card(&named, at, how->lang),
			 how->yaml);
		break;
	case FRIA_EXPORT_CALENDAR:
		break; /* put_calendar() */
	}
	json_decref(assessment);
}

/* first: of those of its application. */
static int export_one(fria_workspace *ws, const char *name,
		      const char *revision, const fria_export *how, bool first,
		      fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	fria_buf bytes = FRIA_BUF_INIT;
	int code = fria_snapshot_load(&s, ws, name, revision, err);
	if (!code)
		code =
		    fria_present(&shown, ws, s, how->audience, how->lang, err);
	if (!code) {
		if (how->format == FRIA_EXPORT_CALENDAR)
			put_calendar(&bytes, how, ws, s, &shown, first);
		else
			put(&bytes, how, &shown, s->day, ws->session.now);
		fria_presented_dispose(&shown);
		code = how->write(how->data, name, bytes.text, bytes.n, err);
	}
	fria_buf_dispose(&bytes);
	fria_snapshot_free(s);
	return code;
}

/* --- those that are meant --- */

static int export_all(fria_workspace *ws, const char *which,
		      const fria_export *how, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf last = FRIA_BUF_INIT; /* application that was come to */
	int code = fria_workspace_meant(&names, ws, which, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		char *path = fria_assessment_path(names.items[i]);
		size_t n = strcspn(names.items[i], "/") + 1;
		bool first =
		    last.n != n || strncmp(last.text, names.items[i], n);
		if (!export_one(ws, names.items[i], NULL, how, first,
				&broken)) {
			fria_buf_clear(&last);
			fria_buf_put(&last, names.items[i], n);
		} else
			code = fria_findings_add_broken(how->findings, path,
							&broken, err);
		free(path);
	}
	fria_buf_dispose(&last);
	fria_strings_dispose(&names);
	return code;
}

int fria_export_each(fria_workspace *ws, const char *which,
		     const fria_export *how, fria_error *err)
{
	fria_buf head = FRIA_BUF_INIT, foot = FRIA_BUF_INIT;
	char *name = fria_strdup(which), *revision = strchr(name, '@');
	int code = 0;
	if (revision)
		*revision++ = '\0';
	if (how->format == FRIA_EXPORT_CSV)
		fria_answers_csv_head(&head, how->separator);
	if (how->format == FRIA_EXPORT_CALENDAR) {
		const fria_calendar calendar = calendar_of(ws, how);
		fria_calendar_begin(&head, &calendar);
		fria_calendar_end(&foot);
	}
	if (head.n)
		code = how->write(how->data, NULL, head.text, head.n, err);
	if (!code)
		code = strchr(name, '/')
			   ? export_one(ws, name, revision, how, true, err)
			   : export_all(ws, which, how, err);
	if (!code && foot.n)
		code = how->write(how->data, NULL, foot.text, foot.n, err);
	fria_buf_dispose(&foot);
	fria_buf_dispose(&head);
	free(name);
	return code;
}
