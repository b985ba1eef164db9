/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What must be so before anything is changed: an author, a turn of one's own,
 * nothing of others that is not here yet; and acts that are only tried. It
 * changes nothing itself.
 */
#include "sharing_internal.h"

#include <string.h>

/* A work tree comes after who saved meanwhile; in a bare repository the act
 * rests on HEAD as it is now. */
static int take_turn(fria_workspace *ws, fria_error *err)
{
	int code = fria_store_lock(ws->store, err);
	if (!code && fria_store_is_bare(ws->store))
		code = fria_store_stage(ws->store, false, err);
	else if (!code)
		code = fria_follow_branch(ws, err);
	if (code)
		fria_store_unlock(ws->store);
	return code;
}

int fria_act_begin(fria_workspace *ws, const fria_entering *texts,
		   fria_error *err)
{
	int code = fria_enter(&ws->entered, texts, err);
	if (!code)
		code = fria_session_enter(&ws->people, &ws->session, err);
	if (!code && !ws->acts && !ws->rehearses)
		code = take_turn(ws, err);
	ws->acts += !code;
	return code;
}

void fria_act_end(fria_workspace *ws)
{
	if (--ws->acts)
		return;
	if (!ws->rehearses) {
		fria_store_unstage(ws->store, NULL);
		fria_store_unlock(ws->store);
	}
	fria_strings_dispose(&ws->entered);
}

/* --- rehearsals --- */

int fria_rehearsal_begin(fria_workspace *ws, fria_error *err)
{
	int code = fria_refuse_busy(ws, err);
	if (!code)
		code = conflicts_refuse(ws, NULL, err);
	if (!code)
		code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	fria_act_end(ws);
	code = fria_store_stage(ws->store, true, err);
	ws->rehearses = !code;
	return code;
}

int fria_rehearsal_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			  fria_error *err)
{
	ws->rehearses = false;
	int code = fria_store_lock(ws->store, err);
	if (!code)
		code = fria_store_record_staged(commit, ws->store, err);
	fria_store_unstage(ws->store, NULL);
	fria_store_unlock(ws->store);
	return code;
}

void fria_rehearsal_drop(fria_workspace *ws)
{
	ws->rehearses = false;
	fria_store_unstage(ws->store, NULL);
}

/* As it stands in the work tree, whatever git's index says. */
static int refuse_changed(const fria_workspace *ws, const char *path,
			  const char *name, fria_error *err)
{
	fria_path_state state;
	int code = fria_store_state(&state, ws->store, path, err);
	if (code)
		return code;
	if (state == FRIA_PATH_SAME || state == FRIA_PATH_ABSENT)
		return 0;
	if (state != FRIA_PATH_REMOVED)
		fria_fail(err, FRIA_EREFUSED, FRIA_W_unsaved, "document", name,
			  NULL);
	else if (fria_id_ok(name))
		fria_fail(err, FRIA_EREFUSED, FRIA_W_lost_application, "name",
			  name, NULL);
	else if (strchr(name, '/'))
		fria_fail(err, FRIA_EREFUSED, FRIA_W_lost_assessment, "name",
			  name, NULL);
	else
		fria_fail(err, FRIA_EREFUSED, FRIA_W_lost_file, "name", path,
			  NULL);
	return fria_fail_at(err, path, NULL, 0, 0);
}

int fria_refuse_unsaved(const fria_workspace *ws, const char *path,
			const char *name, fria_error *err)
{
	int code = conflicts_refuse(ws, path, err);
	return code ? code : refuse_changed(ws, path, name, err);
}

static int read_saved(json_t **out, const fria_workspace *ws, const char *id,
		      bool index, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	char *path = fria_workspace_path(id, "application");
	int code = fria_id_ok(id)
		       ? fria_workspace_json(out, ws, NULL, path, &inner)
		       : FRIA_ENOTFOUND;
	if (code == FRIA_ENOTFOUND && fria_id_ok(id))
		refuse_changed(ws, path, id, err); /* it may be lost */
	if (code == FRIA_ENOTFOUND)
		code = fria_workspace_no_application(ws, id, err);
	else if (code && err)
		*err = inner;
	if (!code && (code = (index ? fria_refuse_unsaved
				    : refuse_changed)(ws, path, id, err))) {
		json_decref(*out);
		*out = NULL;
	}
	free(path);
	return code;
}

int fria_application_saved(json_t **out, const fria_workspace *ws,
			   const char *id, fria_error *err)
{
	return read_saved(out, ws, id, true, err);
}

int fria_application_recorded(json_t **out, const fria_workspace *ws,
			      const char *id, fria_error *err)
{
	return read_saved(out, ws, id, false, err);
}
