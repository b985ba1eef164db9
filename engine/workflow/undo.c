/* SPDX-License-Identifier: EUPL-1.2 */
/* Drops edits that were not saved; what is in history it never touches. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* What stands for a task in history: its answer, or all rows of its group. */
static void put_back(fria_snapshot *now, const fria_snapshot *saved,
		     const char *id)
{
	const fria_task *t =
	    &now->instrument->tasks[fria_instrument_find(now->instrument, id)];
	const char *key =
	    t->rows == FRIA_NONE ? id : now->instrument->tasks[t->rows].id;
	json_t *was =
	    json_object_get(json_object_get(saved->assessment, "answers"), key);
	json_t *answers = json_object_get(now->assessment, "answers");
	if (was)
		json_object_set_new(answers, key, json_deep_copy(was));
	else
		json_object_del(answers, key);
}

static int check_task(const fria_snapshot *s, const char *task, fria_error *err)
{
	if (!task || fria_instrument_find(s->instrument, task) != FRIA_NONE)
		return 0;
	return fria_instrument_no_task(s->instrument, task, err);
}

static int undo_task(bool *changed, fria_workspace *ws, const char *name,
		     const char *task, fria_error *err)
{
	fria_snapshot *now = NULL, *saved = NULL;
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_snapshot_load(&now, ws, name, NULL, err);
	if (!code)
		code = check_task(now, task, err);
	if (!code && fria_snapshot_load(&saved, ws, name, "HEAD", &inner))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_undo_never_saved,
				 "assessment", name, NULL);
	if (!code)
		code =
		    fria_store_read(&before, ws->store, NULL, now->path, err);
	if (!code) {
		put_back(now, saved, task);
		fria_assessment_order(now->assessment, now->instrument);
		code = fria_json_write_document(&after, now->path,
						now->assessment, err);
	}
	*changed = !code && strcmp(before.text, after.text) != 0;
	if (*changed)
		code = fria_store_write(ws->store, now->path, after.text,
					after.n, err);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
	fria_snapshot_free(saved);
	fria_snapshot_free(now);
	return code;
}

/* Whatever stands there, or does not: it becomes as it was recorded. */
static int undo_file(bool *changed, fria_workspace *ws, const char *path,
		     const char *name, fria_error *err)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	if (!fria_store_head(head, ws->store) ||
	    !fria_store_blob_id(id, ws->store, head, path)) {
		bool here = fria_store_blob_id(id, ws->store, NULL, path);
		return fria_fail(err, here ? FRIA_EREFUSED : FRIA_ENOTFOUND,
				 here ? FRIA_W_undo_never_saved
				      : FRIA_W_undo_unknown,
				 "assessment", name, NULL);
	}
	int code = fria_store_read(&after, ws->store, head, path, err);
	bool same = !code &&
		    !fria_store_read(&before, ws->store, NULL, path, NULL) &&
		    before.n == after.n &&
		    (!after.n || !memcmp(before.text, after.text, after.n));
	if (!code && !same) {
		code = fria_store_write(
		    ws->store, path, after.n ? after.text : "", after.n, err);
		*changed = *changed || !code;
	}
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
	return code;
}

/* Its characteristics as recorded, and all of it that got lost. */
static int undo_application(bool *changed, fria_workspace *ws, const char *id,
			    fria_error *err)
{
	fria_strings lost = FRIA_STRINGS_INIT;
	char *own = fria_workspace_path(id, "application");
	char *folder = fria_format("assessments/%s", id);
	int code = lost_list(&lost, ws, folder, err);
	if (!code)
		code = undo_file(changed, ws, own, id, err);
	for (size_t i = 0; i < lost.n && !code; i++)
		code = undo_file(changed, ws, lost.items[i], id, err);
	fria_strings_dispose(&lost);
	free(folder);
	free(own);
	return code;
}

static int undo_assessment(bool *changed, fria_workspace *ws, const char *name,
			   fria_error *err)
{
	char *application = NULL, *own = NULL;
	int code = fria_workspace_name(&application, &own, name, err);
	if (!code) {
		char *path = fria_workspace_path(application, own);
		code = undo_file(changed, ws, path, name, err);
		free(path);
	}
	free(application);
	free(own);
	return code;
}

int fria_undo(bool *changed, fria_workspace *ws, const char *name,
	      const char *task, fria_error *err)
{
	*changed = false;
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	if (task)
		code = undo_task(changed, ws, name, task, err);
	else if (fria_id_ok(name))
		code = undo_application(changed, ws, name, err);
	else if (fria_workspace_is_document(name) || lost_is_evidence(name))
		code = undo_file(changed, ws, name, name, err);
	else
		code = undo_assessment(changed, ws, name, err);
	fria_act_end(ws);
	return code;
}
