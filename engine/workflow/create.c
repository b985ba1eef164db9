/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Starts assessments: pins its questionnaire, takes over what is known here
 * or elsewhere. It records nothing in history.
 */
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
		code = fria_workspace_no_application(ws, id, err);
	fria_buf_dispose(&bytes);
	free(path);
	return code;
}

/* What is asked becomes part of the workspace with the first that asks it. */
static int write_pinned(const fria_workspace *ws, const fria_snapshot *s,
			fria_error *err)
{
	char *path = fria_instrument_path(s->instrument->file);
	const fria_recorded documents[] = {
	    {s->path, s->assessment, NULL},
	    {path, s->instrument->document, NULL}};
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error absent = FRIA_ERROR_INIT;
	int code = fria_store_read(&bytes, ws->store, NULL, path, &absent);
	if (!code || code == FRIA_ENOTFOUND)
		code =
		    fria_workspace_write_all(ws, documents, code ? 2 : 1, err);
	else if (err)
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

/* How many questions are offered something from the start. */
static size_t count_offered(const fria_snapshot *s)
{
	const fria_evaluation_input input = {
	    .instrument = s->instrument,
	    .assessment = s->assessment,
	    .application = s->application,
	    .siblings = {s->siblings, s->siblings_n}};
	fria_proposals all;
	fria_proposals_find(&all, &input);
	size_t n = fria_proposals_count(&all);
	fria_proposals_dispose(&all);
	return n;
}

/* --- taken over from an assessment elsewhere --- */

/* Where it came from, so that "fria diff --origin" finds it again. */
static json_t *origin_of(const fria_workspace *ws, const fria_elsewhere *e,
			 const fria_snapshot *theirs, const char *name,
			 const char *where)
{
	char content[FRIA_CONTENT_SIZE];
	char *plain = where ? fria_elsewhere_place(ws, where) : NULL;
	fria_snapshot_content(content, theirs, FRIA_RULES);
	json_t *origin = fria_json_pack(
	    "{s:s, s:s*, s:s*, s:s*, s:s*, s:s}", "from", name, "workspace",
	    plain, "organisation",
	    e->foreign ? fria_json_text(e->ws->config, "organisation") : NULL,
	    "version", theirs->version, "commit",
	    theirs->commit[0] ? theirs->commit : NULL, "content", content);
	free(plain);
	return origin;
}

static void start_from(fria_created *out, const fria_workspace *ws,
		       fria_snapshot *ours, const fria_elsewhere *e,
		       const fria_snapshot *theirs, const char *where)
{
	char *name = fria_format("%s/%s", theirs->application_id, theirs->name);
	const fria_reuse_input input = {.from = theirs->instrument,
					.to = ours->instrument,
					.assessment = theirs->assessment,
					.theirs = theirs->application,
					.ours = ours->application,
					.name = name,
					.at = ws->session.now};
	fria_reuse_make(&out->reuse, ours->assessment, &input);
	json_object_set_new(ours->assessment, "origin",
			    origin_of(ws, e, theirs, name, where));
	out->reused = true;
	out->from = theirs->version
			? fria_format("%s %s", name, theirs->version)
			: fria_strdup(name);
	if (e->foreign)
		out->organisation =
		    fria_strdup(fria_json_text(e->ws->config, "organisation"));
	free(name);
}

/* "APP/NAME@v2" in two; the caller frees both. */
static void split_revision(char **name, char **revision, const char *from)
{
	const char *at = strchr(from, '@');
	*name =
	    at ? fria_strndup(from, (size_t)(at - from)) : fria_strdup(from);
	*revision = at ? fria_strdup(at + 1) : NULL;
}

static int find_origin(fria_snapshot **out, fria_elsewhere *e,
		       fria_workspace *ws, const fria_new_request *request,
		       const fria_instrument *in, fria_error *err)
{
	char *name, *revision;
	if (!request->from)
		return request->workspace
			   ? fria_fail(err, FRIA_EINPUT,
				       FRIA_W_reuse_from_needed, NULL)
			   : 0;
	split_revision(&name, &revision, request->from);
	int code = fria_elsewhere_open(e, ws, request->workspace, err);
	if (!code)
		code = fria_elsewhere_load(out, e, name, revision, err);
	if (!code && strcmp((*out)->instrument->name, in->name) != 0)
		code =
		    fria_fail(err, FRIA_EINPUT, FRIA_W_reuse_instrument, "from",
			      request->from, "theirs", (*out)->instrument->name,
			      "ours", in->name, NULL);
	free(name);
	free(revision);
	return code;
}

/* --- the whole --- */

static int create(fria_created *out, const fria_workspace *ws,
		  fria_instrument *in, const fria_new_request *request,
		  const fria_elsewhere *e, const fria_snapshot *theirs,
		  const char *name, fria_error *err)
{
	char *path = fria_workspace_path(request->application, name);
	json_t *json = fria_assessment_new(in, request->application, ws->lang);
	fria_snapshot *s = NULL;
	int code = refuse_existing(ws, request->application, name, path, err);
	out->name = fria_format("%s/%s", request->application, name);
	if (!code)
		code = fria_snapshot_unwritten(&s, ws, request->application,
					       name, in, json, err);
	if (!code) {
		out->offered = count_offered(s);
		if (theirs)
			start_from(out, ws, s, e, theirs, request->workspace);
		fria_assessment_order(s->assessment, s->instrument);
		code = write_pinned(ws, s, err);
	}
	fria_snapshot_free(s);
	json_decref(json);
	free(path);
	return code;
}

/* The questionnaire that is asked for, and a name that is one. */
static int read_request(fria_instrument **out, const fria_workspace *ws,
			const fria_new_request *request, fria_error *err)
{
	const char *as = request->as;
	int code =
	    fria_workspace_instrument(out, ws, NULL, request->instrument, err);
	if (!code && as && !fria_id_ok(as))
		code =
		    fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", as, NULL);
	return code;
}

int fria_assessment_create(fria_created *out, fria_workspace *ws,
			   const fria_new_request *asked, fria_error *err)
{
	fria_instrument *in = NULL;
	fria_elsewhere e = {.ws = NULL};
	fria_snapshot *theirs = NULL;
	fria_new_request own = *asked;
	const fria_new_request *request = &own;
	const fria_entering texts[] = {
	    {&own.from, FRIA_LINE | FRIA_OPTIONAL, "--from"},
	    {&own.workspace, FRIA_LINE | FRIA_OPTIONAL, "--workspace"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_created){.name = NULL};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = check_application(ws, request->application, err);
	if (!code)
		code = read_request(&in, ws, request, err);
	if (!code)
		code = find_origin(&theirs, &e, ws, request, in, err);
	if (!code)
		code = create(out, ws, in, request, &e, theirs,
			      request->as ? request->as : in->id, err);
	fria_snapshot_free(theirs);
	fria_elsewhere_close(&e);
	fria_instrument_free(in);
	fria_act_end(ws);
	if (code)
		fria_created_dispose(out);
	return code;
}

/* One for this application, unless it has one by that name. */
static int create_where_none(fria_created_all *out, const fria_workspace *ws,
			     fria_instrument *in, const char *id,
			     const char *name, fria_error *err)
{
	const fria_new_request request = {.application = id};
	fria_created done = {.name = NULL};
	char *path = fria_workspace_path(id, name);
	fria_path_state state;
	int code = fria_store_state(&state, ws->store, path, err);
	if (!code && state != FRIA_PATH_ABSENT) {
		out->there++;
	} else if (!code) {
		fria_error broken = FRIA_ERROR_INIT;
		code =
		    create(&done, ws, in, &request, NULL, NULL, name, &broken);
		out->made += !code;
		out->offered += done.offered;
		if (code)
			code = fria_findings_add_broken(&out->broken, path,
							&broken, err);
	}
	fria_created_dispose(&done);
	free(path);
	return code;
}

int fria_assessment_create_all(fria_created_all *out, fria_workspace *ws,
			       const fria_new_request *request, fria_error *err)
{
	fria_instrument *in = NULL;
	fria_strings ids = FRIA_STRINGS_INIT;
	*out = (fria_created_all){0};
	if (request->from || request->workspace)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_new_all_from, NULL);
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = read_request(&in, ws, request, err);
	if (!code)
		code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++)
		code =
		    create_where_none(out, ws, in, ids.items[i],
				      request->as ? request->as : in->id, err);
	fria_strings_dispose(&ids);
	fria_instrument_free(in);
	fria_act_end(ws);
	return code;
}

void fria_created_dispose(fria_created *created)
{
	fria_reuse_dispose(&created->reuse);
	free(created->name);
	free(created->from);
	free(created->organisation);
	*created = (fria_created){.name = NULL};
}
