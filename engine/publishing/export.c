/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What leaves a workspace for other tools: one assessment, or all of them on
 * lines, as an audience may see them. It changes nothing.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

int fria_export_csv(fria_buf *out, fria_workspace *ws, const char *name,
		    const char *revision, const fria_export *how,
		    fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	int code = fria_snapshot_load(&s, ws, name, revision, err);
	if (!code)
		code =
		    fria_present(&shown, ws, s, how->audience, how->lang, err);
	if (!code) {
		fria_answers_csv(out, &shown.standing.input,
				 &shown.standing.result, how->lang);
		fria_presented_dispose(&shown);
	}
	fria_snapshot_free(s);
	return code;
}

int fria_export_form(json_t **out, fria_findings *findings, fria_workspace *ws,
		     const char *name, const char *revision,
		     const fria_export *how, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	int code = fria_snapshot_load(&s, ws, name, revision, err);
	if (!code)
		code =
		    fria_present(&shown, ws, s, how->audience, how->lang, err);
	if (!code) {
		const fria_evaluation_input *in = &shown.standing.input;
		*out =
		    fria_official_form(findings, in->instrument, in->assessment,
				       in->name, ws->session.now);
		fria_presented_dispose(&shown);
	}
	fria_snapshot_free(s);
	return code;
}

int fria_export_card(json_t **out, fria_workspace *ws, const char *name,
		     const char *revision, const fria_export *how,
		     fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	int code = fria_snapshot_load(&s, ws, name, revision, err);
	if (!code)
		code =
		    fria_present(&shown, ws, s, how->audience, how->lang, err);
	if (!code) {
		const fria_evaluation_input *in = &shown.standing.input;
		*out = fria_assessment_card(in->instrument, in->assessment,
					    s->at ? s->at : ws->session.now);
		fria_presented_dispose(&shown);
	}
	fria_snapshot_free(s);
	return code;
}

/* One assessment's lines, handed on at once. */
static int export_lines(fria_workspace *ws, const char *name,
			const fria_export *how, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	fria_buf lines = FRIA_BUF_INIT;
	int code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (!code)
		code =
		    fria_present(&shown, ws, s, how->audience, how->lang, err);
	if (!code) {
		const fria_report *r = &shown.report;
		const fria_task_context context = {
		    r->organisation,
		    r->versions_n ? r->versions[0].name : NULL};
		fria_tasks_ndjson(&lines, r->input, r->evaluation, &context);
		code = how->write(how->data, lines.text, lines.n, err);
		fria_presented_dispose(&shown);
	}
	fria_buf_dispose(&lines);
	fria_snapshot_free(s);
	return code;
}

int fria_export_portfolio(fria_workspace *ws, const fria_export *how,
			  fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++) {
		fria_strings names = FRIA_STRINGS_INIT;
		code = fria_workspace_assessments(&names, ws, NULL,
						  ids.items[i], err);
		for (size_t k = 0; k < names.n && !code; k++) {
			char *name =
			    fria_format("%s/%s", ids.items[i], names.items[k]);
			code = export_lines(ws, name, how, err);
			free(name);
		}
		fria_strings_dispose(&names);
	}
	fria_strings_dispose(&ids);
	return code;
}
