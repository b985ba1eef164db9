/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What leaves a workspace for other tools: assessments, one by one, in the
 * form that is asked for and as an audience may see them. It changes nothing.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const ids[] = {"csv", "ndjson", "official-form", "card"};

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

static void put(fria_buf *out, const fria_export *how,
		const fria_presented *shown, fria_time at, fria_time now)
{
	const fria_evaluation_input *in = &shown->standing.input;
	json_t *named = fria_names_shown(in->assessment, shown->ws);
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
			 fria_official_form(how->findings, in->instrument,
					    named, in->name, now),
			 how->yaml);
		break;
	case FRIA_EXPORT_CARD:
		put_tree(
		    out,
		    fria_assessment_card(in->instrument, named, at, how->lang),
		    how->yaml);
		break;
	}
	json_decref(named);
}

static int export_one(fria_workspace *ws, const char *name,
		      const char *revision, const fria_export *how,
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
	int code = fria_workspace_meant(&names, ws, which, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		char *path = fria_format("assessments/%s.json", names.items[i]);
		if (export_one(ws, names.items[i], NULL, how, &broken))
			code = fria_findings_add_broken(how->findings, path,
							&broken, err);
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

int fria_export_each(fria_workspace *ws, const char *which,
		     const fria_export *how, fria_error *err)
{
	fria_buf head = FRIA_BUF_INIT;
	char *name = fria_strdup(which), *revision = strchr(name, '@');
	int code = 0;
	if (revision)
		*revision++ = '\0';
	if (how->format == FRIA_EXPORT_CSV) {
		fria_answers_csv_head(&head, how->separator);
		code = how->write(how->data, NULL, head.text, head.n, err);
	}
	if (!code)
		code = strchr(name, '/')
			   ? export_one(ws, name, revision, how, err)
			   : export_all(ws, which, how, err);
	fria_buf_dispose(&head);
	free(name);
	return code;
}
