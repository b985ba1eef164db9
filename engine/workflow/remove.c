/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Removal: what nobody decided on leaves the workspace, and the commit says
 * so. It stays in history; what has a version or a standing approval stays.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- what may go --- */

static int refuse_version(const fria_workspace *ws, const char *application,
			  const char *name, fria_error *err)
{
	size_t last = fria_snapshot_last(ws, application, name);
	if (!last)
		return 0;
	char *full = fria_format("%s/%s", application, name);
	char *version = fria_format("v%zu", last);
	int code = fria_fail(err, FRIA_EREFUSED, FRIA_W_remove_version,
			     "assessment", full, "version", version,
			     "application", application, NULL);
	free(version);
	free(full);
	return code;
}

/* As it was recorded, wherever the file is now. */
static int refuse_approval(fria_workspace *ws, const char *full,
			   fria_error *err)
{
	const json_t *roles = json_object_get(ws->config, "roles");
	fria_snapshot *s = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&s, ws, full, "HEAD", err);
	if (code)
		return code;
	code = fria_standing_make(&standing, ws, s, ws->session.now, err);
	if (!code) {
		const fria_approvals *all = &standing.result.approvals;
		for (size_t i = 0; i < all->n && !code; i++)
			if (all->items[i].state == FRIA_APPROVAL_VALID)
				code = fria_fail(
				    err, FRIA_EREFUSED, FRIA_W_remove_approved,
				    "assessment", full, "role",
				    fria_role_title(roles, all->items[i].role,
						    ws->session.lang),
				    NULL);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

/* A lost file has no unsaved changes. */
static int refuse_unsaved_here(const fria_workspace *ws, const char *path,
			       const char *name, fria_error *err)
{
	fria_path_state state;
	int code = fria_store_state(&state, ws->store, path, err);
	return code || state == FRIA_PATH_REMOVED
		   ? code
		   : fria_refuse_unsaved(ws, path, name, err);
}

static int refuse_assessment(fria_workspace *ws, const char *application,
			     const char *name, fria_error *err)
{
	char *full = fria_format("%s/%s", application, name);
	char *path = fria_workspace_path(application, name);
	int code = refuse_version(ws, application, name, err);
	if (!code)
		code = refuse_unsaved_here(ws, path, full, err);
	if (!code)
		code = refuse_approval(ws, full, err);
	free(path);
	free(full);
	return code;
}

/* --- evidence: what was decided on with it --- */

static bool points_at(const fria_workspace *ws, const char *commit,
		      const char *document, const char *name)
{
	json_t *json = NULL;
	fria_strings names = FRIA_STRINGS_INIT;
	if (!fria_workspace_json(&json, ws, commit, document, NULL))
		fria_evidence_mentioned_all(&names,
					    json_object_get(json, "answers"));
	bool points = fria_strings_has(&names, name);
	fria_strings_dispose(&names);
	json_decref(json);
	return points;
}

/* True if a version of the assessment points at it, or what stands. */
static int is_bound(bool *out, fria_workspace *ws, const char *head,
		    const char *application, const char *own, const char *name,
		    fria_error *err)
{
	fria_tags tags = {NULL, 0};
	char *document = fria_workspace_path(application, own);
	int code = fria_snapshot_versions(&tags, ws, application, own, err);
	for (size_t i = 0; i < tags.n && !*out; i++)
		*out = points_at(ws, tags.items[i].target, document, name);
	if (!code && !*out && points_at(ws, head, document, name)) {
		char *full = fria_format("%s/%s", application, own);
		fria_error inner = FRIA_ERROR_INIT;
		code = refuse_approval(ws, full, &inner);
		*out = code == FRIA_EREFUSED;
		if (code && !*out && err)
			*err = inner;
		code = *out ? 0 : code;
		free(full);
	}
	fria_tags_dispose(&tags);
	free(document);
	return code;
}

static int refuse_evidence(fria_workspace *ws, const char *head,
			   const char *path, fria_error *err)
{
	fria_path place;
	fria_path_read(&place, path);
	const char *application = place.application;
	fria_strings names = FRIA_STRINGS_INIT;
	bool bound = false;
	int code =
	    fria_workspace_assessments(&names, ws, head, application, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		code = is_bound(&bound, ws, head, application, names.items[i],
				strrchr(path, '/') + 1, err);
		if (bound)
			code = fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_remove_evidence, "name", path,
					 "application", application,
					 "assessment", names.items[i], NULL);
	}
	fria_strings_dispose(&names);
	return code;
}

/* --- the act --- */

static int record_removal(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			  const fria_strings *paths, const char *name,
			  fria_error *err)
{
	fria_buf message = FRIA_BUF_INIT;
	fria_recorded *gone = fria_calloc(paths->n + 1, sizeof *gone);
	fria_buf_printf(&message, "%s: ", name);
	fria_say(&message, ws->lang, FRIA_W_commit_removed, NULL);
	fria_buf_putc(&message, '\n');
	for (size_t i = 0; i < paths->n; i++) {
		gone[i].path = paths->items[i];
		if (paths->n > 1)
			fria_buf_printf(&message, i ? "%s\n" : "\n%s\n",
					paths->items[i]);
	}
	int code = fria_record(commit, ws, gone, paths->n, message.text, err);
	free(gone);
	fria_buf_dispose(&message);
	return code;
}

/* An attachment or a reference, with the title that it has. */
static int remove_evidence(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			   const char *path, fria_error *err)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	fria_strings paths = FRIA_STRINGS_INIT;
	char *title = fria_format("%s.json", path);
	bool born = fria_store_head(head, ws->store);
	int code = 0;
	if (!born || !fria_store_blob_id(id, ws->store, head, path))
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_never_recorded,
				 "name", path, NULL);
	if (!code)
		code = refuse_evidence(ws, head, path, err);
	fria_strings_add(&paths, path);
	if (!code && fria_store_blob_id(id, ws->store, head, title))
		fria_strings_add(&paths, title);
	if (!code)
		code = record_removal(commit, ws, &paths, path, err);
	fria_strings_dispose(&paths);
	free(title);
	return code;
}

static int remove_assessment(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			     const char *name, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	char *application = NULL, *own = NULL;
	int code = fria_workspace_name(&application, &own, name, err);
	if (!code)
		code = refuse_assessment(ws, application, own, err);
	if (!code) {
		char *path = fria_workspace_path(application, own);
		fria_strings_add(&paths, path);
		free(path);
		code = record_removal(commit, ws, &paths, name, err);
	}
	fria_strings_dispose(&paths);
	free(application);
	free(own);
	return code;
}

int fria_remove(char commit[FRIA_ID_SIZE], fria_workspace *ws, const char *name,
		fria_error *err)
{
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = (lost_is_evidence(name) ? remove_evidence : remove_assessment)(
	    commit, ws, name, err);
	fria_act_end(ws);
	return code;
}

/* --- an application with all that it has --- */

int remove_files(fria_strings *out, fria_workspace *ws, const char *commit,
		 const char *folder, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_store_list(&names, ws->store, commit, folder, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		size_t n = strlen(names.items[i]);
		char *path = fria_format("%s/%s", folder, names.items[i]);
		if (names.items[i][n - 1] == '/') {
			path[strlen(path) - 1] = '\0';
			code = remove_files(out, ws, commit, path, err);
		} else {
			fria_strings_add(out, path);
		}
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

static int refuse_application(fria_workspace *ws, const char *head,
			      const char *id, const fria_strings *paths,
			      fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, head, id, err);
	for (size_t i = 0; i < names.n && !code; i++)
		code = refuse_assessment(ws, id, names.items[i], err);
	for (size_t i = 0; i < paths->n && !code; i++)
		if (fria_path_is_document(paths->items[i]))
			code =
			    refuse_unsaved_here(ws, paths->items[i], id, err);
	fria_strings_dispose(&names);
	/* What was never recorded would be lost for good. */
	if (!code)
		code = fria_workspace_assessments(&names, ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *path = fria_workspace_path(id, names.items[i]);
		char *full = fria_format("%s/%s", id, names.items[i]);
		code = refuse_unsaved_here(ws, path, full, err);
		free(full);
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

int fria_application_remove(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			    const char *id, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	char head[FRIA_ID_SIZE], blob[FRIA_ID_SIZE];
	char *folder = fria_application_folder(id);
	char *own = fria_workspace_path(id, "application");
	int code = fria_act_begin(ws, NULL, err);
	bool begun = !code;
	if (!code && (!fria_id_ok(id) || !fria_store_head(head, ws->store) ||
		      !fria_store_blob_id(blob, ws->store, head, own)))
		code = fria_workspace_no_application(ws, id, err);
	if (!code)
		code = remove_files(&paths, ws, head, folder, err);
	if (!code)
		code = refuse_application(ws, head, id, &paths, err);
	if (!code)
		code = record_removal(commit, ws, &paths, id, err);
	if (begun)
		fria_act_end(ws);
	fria_strings_dispose(&paths);
	free(own);
	free(folder);
	return code;
}
