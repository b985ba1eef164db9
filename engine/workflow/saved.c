/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The frame of acts on an assessment as it was saved: nothing that they bind
 * may differ from what is in history. It records nothing.
 */
#include "workflow_internal.h"

#include <stdlib.h>

int fria_refuse_superseded(const fria_snapshot *s, fria_error *err)
{
	if (!s->superseded)
		return 0;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	int code = fria_fail(err, FRIA_EREFUSED, FRIA_W_superseded,
			     "assessment", name, "by", s->superseded, NULL);
	free(name);
	return code;
}

/* What answers point at is bound as it is; so it must be as history has it. */
static int refuse_unsaved_evidence(const fria_workspace *ws,
				   const fria_snapshot *s, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	json_t *saved = NULL, *is;
	const char *name;
	int code = 0;
	if (json_object_size(s->evidence) && fria_store_head(head, ws->store))
		saved = fria_evidence_ids(ws, head, s->application_id,
					  s->assessment);
	json_object_foreach(s->evidence, name, is) {
		const json_t *was = json_object_get(saved, name);
		fria_word word =
		    json_is_null(is) ? FRIA_W_lost_assessment
		    : !json_is_string(was) || evidence_is_document(name)
			? FRIA_W_unsaved
			: FRIA_W_evidence_altered;
		if (code || (was && json_equal(was, is)))
			continue;
		char *path = fria_evidence_path(s->application_id, name);
		code = fria_fail(err, FRIA_EREFUSED, word, "name", path,
				 "document", path, NULL);
		fria_fail_at(err, path, NULL, 0, 0);
		free(path);
	}
	json_decref(saved);
	return code;
}

static int refuse_unsaved_all(const fria_workspace *ws, const fria_snapshot *s,
			      fria_error *err)
{
	char *name = fria_format("%s/%s", s->application_id, s->name);
	char *application =
	    fria_workspace_path(s->application_id, "application");
	char *instrument = fria_instrument_path(s->instrument->file);
	int code = fria_refuse_unsaved(ws, s->path, name, err);
	if (!code)
		code = fria_refuse_unsaved(ws, application, s->application_id,
					   err);
	if (!code)
		code = fria_refuse_unsaved(ws, instrument, s->instrument->file,
					   err);
	if (!code)
		code = refuse_unsaved_evidence(ws, s, err);
	free(instrument);
	free(application);
	free(name);
	return code;
}

int saved_begin(fria_snapshot **out, fria_workspace *ws, const char *name,
		const fria_entering *texts, fria_error *err)
{
	int code = fria_act_begin(ws, texts, err);
	*out = NULL;
	if (code)
		return code;
	code = fria_snapshot_load(out, ws, name, NULL, err);
	if (!code)
		code = fria_refuse_superseded(*out, err);
	if (!code)
		code = refuse_unsaved_all(ws, *out, err);
	if (code)
		saved_end(*out, ws);
	return code;
}

void saved_end(fria_snapshot *snapshot, fria_workspace *ws)
{
	fria_snapshot_free(snapshot);
	fria_act_end(ws);
}
