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
	return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_task, "task", task,
			 "instrument", s->instrument->name, NULL);
}

static int undo(bool *changed, fria_workspace *ws, fria_snapshot *now,
		const fria_snapshot *saved, const char *task, fria_error *err)
{
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	int code = fria_store_read(&before, ws->store, NULL, now->path, err);
	if (!code && task) {
		put_back(now, saved, task);
		fria_assessment_order(now->assessment, now->instrument);
		code = fria_json_write_document(&after, now->path,
						now->assessment, err);
	} else if (!code) {
		code = fria_store_read(&after, ws->store, saved->commit,
				       now->path, err);
	}
	*changed = !code && strcmp(before.text, after.text) != 0;
	if (*changed)
		code = fria_store_write(ws->store, now->path, after.text,
					after.n, err);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
	return code;
}

int fria_undo(bool *changed, fria_workspace *ws, const char *name,
	      const char *task, fria_error *err)
{
	fria_snapshot *now = NULL, *saved = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	*changed = false;
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	code = fria_snapshot_load(&now, ws, name, NULL, err);
	if (!code)
		code = check_task(now, task, err);
	if (!code && fria_snapshot_load(&saved, ws, name, "HEAD", &inner))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_undo_never_saved,
				 "assessment", name, NULL);
	if (!code)
		code = undo(changed, ws, now, saved, task, err);
	fria_snapshot_free(saved);
	fria_snapshot_free(now);
	fria_act_end(ws);
	return code;
}
