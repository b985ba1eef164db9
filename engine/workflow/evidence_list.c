/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What evidence an application has, and which answers point at it. It looks at
 * the work tree, and judges nothing.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* Adds an answer to what it points at; pieces by name. */
static void note_mentions(json_t *pieces, const char *assessment,
			  const fria_instrument *in, const fria_question *q)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_evidence_mentioned(&names, q->answer);
	for (size_t i = 0; i < names.n; i++)
		json_array_append_new(
		    json_object_get(json_object_get(pieces, names.items[i]),
				    "mentions"),
		    fria_json_pack("{s:s, s:s, s:s?}", "assessment", assessment,
				   "task", in->tasks[q->task].id, "row",
				   q->row));
	fria_strings_dispose(&names);
}

static int mentions_of(json_t *pieces, const fria_workspace *ws,
		       const char *application, const char *name,
		       fria_error *err)
{
	json_t *json = NULL;
	fria_instrument *in = NULL;
	fria_questions all;
	char *path = fria_workspace_path(application, name);
	char *own = fria_format("%s/%s", application, name);
	int code = fria_workspace_json(&json, ws, NULL, path, err);
	if (!code)
		code = fria_workspace_instrument(
		    &in, ws, NULL, fria_json_text(json, "instrument"), err);
	if (!code) {
		fria_questions_list(&all, in, json);
		for (size_t i = 0; i < all.n; i++)
			note_mentions(pieces, own, in, &all.items[i]);
		fria_questions_dispose(&all);
	}
	fria_instrument_free(in);
	json_decref(json);
	free(own);
	free(path);
	return code;
}

static int add_mentions(json_t *pieces, const fria_workspace *ws,
			const char *application, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code =
	    fria_workspace_assessments(&names, ws, NULL, application, err);
	for (size_t i = 0; i < names.n && !code; i++)
		code =
		    mentions_of(pieces, ws, application, names.items[i], err);
	fria_strings_dispose(&names);
	return code;
}

/* --- what there is --- */

/* True if history holds it. */
static bool is_saved(const fria_workspace *ws, const char *path)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	return fria_store_head(head, ws->store) &&
	       fria_store_blob_id(id, ws->store, head, path);
}

static int add_attachment(json_t *pieces, const fria_workspace *ws,
			  const char *name, const char *path, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	const char *dash = strchr(name, '-');
	int code = fria_store_read_bytes(&bytes, ws->store, path, err);
	if (!code)
		json_object_set_new(
		    pieces, name,
		    fria_json_pack("{s:s, s:s, s:s, s:I, s:b, s:[]}", "name",
				   name, "kind", "file", "title",
				   dash ? dash + 1 : name, "size",
				   (json_int_t)bytes.n, "saved",
				   (int)is_saved(ws, path), "mentions"));
	fria_buf_dispose(&bytes);
	return code;
}

/* A reference, or the title of an attachment that was added before it. */
static int add_document(json_t *pieces, const fria_workspace *ws,
			const char *name, const char *path, fria_error *err)
{
	json_t *json = NULL;
	int code = fria_workspace_json(&json, ws, NULL, path, err);
	const char *file = fria_json_text(json, "file");
	const char *title = fria_json_text(json, "title");
	if (!code && file && title && json_object_get(pieces, file))
		json_object_set_new(json_object_get(pieces, file), "title",
				    fria_json_string(title));
	else if (!code && !file)
		json_object_set_new(
		    pieces, name,
		    fria_json_pack("{s:s, s:s, s:s, s:s?, s:s*, s:b, s:[]}",
				   "name", name, "kind", "reference", "title",
				   title ? title : name, "reference",
				   fria_json_text(json, "reference"), "url",
				   fria_json_text(json, "url"), "saved",
				   (int)is_saved(ws, path), "mentions"));
	json_decref(json);
	return code;
}

/* In order of their names: a title comes after its attachment. */
static int add_pieces(json_t *pieces, const fria_workspace *ws,
		      const char *application, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *folder = fria_evidence_path(application, "");
	int code = fria_store_list(&names, ws->store, NULL, folder, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		const char *name = names.items[i];
		char *path = fria_evidence_path(application, name);
		char *shown = fria_text_repaired(name);
		if (evidence_named(name))
			code = (evidence_is_document(name) ? add_document
							   : add_attachment)(
			    pieces, ws, shown, path, err);
		free(shown);
		free(path);
	}
	fria_strings_dispose(&names);
	free(folder);
	return code;
}

int fria_evidence_list(json_t **out, const fria_workspace *ws,
		       const char *application, fria_error *err)
{
	json_t *pieces = json_object(), *list = json_array(), *one;
	const char *name;
	int code = evidence_check_application(ws, application, err);
	if (!code)
		code = add_pieces(pieces, ws, application, err);
	if (!code)
		code = add_mentions(pieces, ws, application, err);
	json_object_foreach(pieces, name, one)
		json_array_append(list, one);
	*out = code ? NULL
		    : fria_json_pack("{s:s, s:O}", "application", application,
				     "evidence", list);
	json_decref(list);
	json_decref(pieces);
	return code;
}
