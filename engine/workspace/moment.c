/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The documents of an application at the moment of a snapshot: its own and
 * those beside it.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

const char *snapshot_commit(const fria_snapshot *s)
{
	return s->commit[0] ? s->commit : NULL;
}

const char *snapshot_id_then(const fria_snapshot *s, const json_t *application)
{
	const char *own = fria_json_text(application, "id");
	for (size_t i = 1; own && i < s->ids.n; i++)
		if (!strcmp(own, s->ids.items[i]))
			return s->ids.items[i];
	return s->application_id;
}

int snapshot_unknown(const fria_workspace *ws, const fria_snapshot *s,
		     bool application, const char *what, const char *path,
		     fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	char head[FRIA_ID_SIZE];
	bool last =
	    fria_store_head(head, ws->store) && !strcmp(head, s->commit);
	if (!snapshot_commit(s))
		fria_store_state(&state, ws->store, path, NULL);
	if (state == FRIA_PATH_REMOVED)
		return fria_fail(err, FRIA_ENOTFOUND,
				 application ? FRIA_W_lost_application
					     : FRIA_W_lost_assessment,
				 "name", what, NULL);
	if (!snapshot_commit(s) || last)
		return application
			   ? fria_workspace_no_application(ws, what, err)
			   : fria_workspace_no_assessment(ws, what, err);
	char *commit = fria_format("%.10s", s->commit);
	int code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_then, "what",
			     what, "commit", commit, NULL);
	free(commit);
	return code;
}

size_t snapshot_settle(json_t **assessment, const fria_instrument *in)
{
	size_t n;
	json_t *settled = fria_choices_settled(in, *assessment, &n);
	json_decref(*assessment);
	*assessment = settled;
	return n;
}

int snapshot_document(json_t **out, fria_instrument **instrument,
		      const fria_workspace *ws, const fria_snapshot *s,
		      const char *name, fria_error *err)
{
	char *path = fria_workspace_path(s->application_id, name);
	char *full = fria_format("%s/%s", s->application_id, name);
	fria_error inner = FRIA_ERROR_INIT;
	int code =
	    fria_workspace_json(out, ws, snapshot_commit(s), path, &inner);
	if (code == FRIA_ENOTFOUND)
		snapshot_unknown(ws, s, false, full, path, err);
	else if (code && err)
		*err = inner;
	if (!code)
		code = fria_assessment_check(*out, path, err);
	if (!code)
		code = fria_workspace_instrument(
		    instrument, ws, snapshot_commit(s),
		    fria_json_text(*out, "instrument"), err);
	size_t n = code ? 0 : snapshot_settle(out, *instrument);
	if (n && !snapshot_commit(s))
		keep_unsettled(ws->kept, path, n);
	free(path);
	free(full);
	return code;
}
