/* SPDX-License-Identifier: EUPL-1.2 */
/* Starts an assessment: pins its questionnaire, takes over what is known. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

static int check_application(const fria_workspace *ws, const char *id,
			     fria_error *err)
{
	char *path = fria_workspace_path(id, "application");
	fria_buf bytes = FRIA_BUF_INIT;
	int code = fria_id_ok(id)
		       ? fria_store_read(&bytes, ws->store, NULL, path, NULL)
		       : FRIA_ENOTFOUND;
	if (code)
		code =
		    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_application,
			      "application", id, NULL);
	fria_buf_dispose(&bytes);
	free(path);
	return code;
}

static int write_json(const fria_workspace *ws, const char *path,
		      const json_t *json, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_json_write(&bytes, json);
	int code = fria_store_write(ws->store, path, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	return code;
}

/* What is asked becomes part of the workspace, unless it is there already. */
static int pin(const fria_workspace *ws, const fria_instrument *in,
	       fria_error *err)
{
	char *path = fria_format("instruments/%s.json", in->file);
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error absent = FRIA_ERROR_INIT;
	int code = fria_store_read(&bytes, ws->store, NULL, path, &absent);
	if (code == FRIA_ENOTFOUND)
		code = write_json(ws, path, in->json, err);
	else if (code && err)
		*err = absent;
	fria_buf_dispose(&bytes);
	free(path);
	return code;
}

static int refuse_existing(const fria_workspace *ws, const char *application,
			   const char *name, const char *path, fria_error *err)
{
	fria_path_state state;
	int code = fria_store_state(&state, ws->store, path, err);
	if (code || state == FRIA_PATH_ABSENT)
		return code;
	char *full = fria_format("%s/%s", application, name);
	code = fria_fail(err, FRIA_EEXISTS, FRIA_W_assessment_exists,
			 "assessment", full, NULL);
	free(full);
	return code;
}

/* --- taken over from the application's other assessments --- */

/* The text that the first edge to another assessment leads to, and where it
 * stands: "app/iama#3.5.1", which the caller frees. */
static const char *text_upstream(char **origin, const fria_snapshot *s,
				 const fria_task *t)
{
	const fria_siblings siblings = {s->siblings, s->siblings_n};
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		const fria_sibling *other =
		    e->task == FRIA_NONE
			? fria_sibling_find(s->instrument, &siblings, e->name)
			: NULL;
		if (!other)
			continue;
		json_t *form = fria_edge_form(s->instrument, s->assessment,
					      &siblings, e, NULL);
		/* The value lives on in the sibling's document. */
		const char *text = fria_json_text(form, "value");
		json_decref(form);
		if (!text)
			continue;
		*origin = fria_format("%s/%s%s", s->application_id, other->name,
				      strchr(e->name, '#'));
		return text;
	}
	return NULL;
}

/* A text with its origin and without a basis: nobody stands for it yet. */
static int take_over(size_t *taken, const fria_workspace *ws,
		     const char *application, const char *name, fria_error *err)
{
	char *full = fria_format("%s/%s", application, name);
	fria_snapshot *s = NULL;
	int code = fria_snapshot_load(&s, ws, full, NULL, err);
	for (size_t i = 0; !code && i < s->instrument->n; i++) {
		const fria_task *t = &s->instrument->tasks[i];
		char *origin = NULL;
		if (t->kind != FRIA_TEXT || t->rows != FRIA_NONE)
			continue;
		const char *text = text_upstream(&origin, s, t);
		if (!text)
			continue;
		json_t *answer =
		    json_pack("{s:s, s:s}", "value", text, "origin", origin);
		fria_assessment_put(s->assessment, s->instrument, i, NULL,
				    answer);
		json_decref(answer);
		free(origin);
		++*taken;
	}
	if (!code && *taken) {
		fria_assessment_order(s->assessment, s->instrument);
		code = write_json(ws, s->path, s->assessment, err);
	}
	fria_snapshot_free(s);
	free(full);
	return code;
}

static int create(size_t *taken, const fria_workspace *ws,
		  const char *application, const char *name,
		  const fria_instrument *in, fria_error *err)
{
	char *path = fria_workspace_path(application, name);
	int code = refuse_existing(ws, application, name, path, err);
	if (!code)
		code = pin(ws, in, err);
	if (!code) {
		json_t *json = fria_assessment_new(in, application, ws->lang);
		code = write_json(ws, path, json, err);
		json_decref(json);
	}
	if (!code)
		code = take_over(taken, ws, application, name, err);
	free(path);
	return code;
}

int fria_assessment_create(char **name, size_t *taken, fria_workspace *ws,
			   const char *application, const char *instrument,
			   const char *as, fria_error *err)
{
	fria_instrument *in = NULL;
	*taken = 0;
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	code = check_application(ws, application, err);
	if (!code)
		code =
		    fria_workspace_instrument(&in, ws, NULL, instrument, err);
	if (!code && as && !fria_id_ok(as))
		code =
		    fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", as, NULL);
	if (!code)
		code =
		    create(taken, ws, application, as ? as : in->id, in, err);
	if (!code)
		*name = fria_strdup(as ? as : in->id);
	fria_instrument_free(in);
	fria_act_end(ws);
	return code;
}
