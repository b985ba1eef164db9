/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What evidence an application has, and which answers point at it. It looks at
 * the work tree, and judges nothing.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *piece)
{
	return strcmp(name, ((const fria_evidence_piece *)piece)->name);
}

/* By its name; NULL if there is none. */
static fria_evidence_piece *find(const fria_evidence_pieces *pieces,
				 const char *name)
{
	return pieces->n ? bsearch(name, pieces->items, pieces->n,
				   sizeof *pieces->items, by_name)
			 : NULL;
}

/* Adds an answer to what it points at. */
static void note_mentions(const fria_evidence_pieces *pieces,
			  const char *assessment, const fria_instrument *in,
			  const fria_question *q)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_evidence_mentioned(&names, q->answer);
	for (size_t i = 0; i < names.n; i++) {
		fria_evidence_piece *piece = find(pieces, names.items[i]);
		if (piece)
			*FRIA_PUSH(&piece->mentions) = (fria_evidence_mention){
			    fria_strdup(assessment),
			    fria_strdup(in->tasks[q->task].id),
			    fria_strdup(q->row)};
	}
	fria_strings_dispose(&names);
}

static int mentions_of(const fria_evidence_pieces *pieces,
		       const fria_workspace *ws, const char *application,
		       const char *name, fria_error *err)
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

static int add_mentions(const fria_evidence_pieces *pieces,
			const fria_workspace *ws, const char *application,
			fria_error *err)
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

static int add_attachment(fria_evidence_pieces *pieces,
			  const fria_workspace *ws, const char *name,
			  const char *path, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	const char *dash = strchr(name, '-');
	int code = fria_store_read_bytes(&bytes, ws->store, path, err);
	if (!code)
		*FRIA_PUSH(pieces) = (fria_evidence_piece){
		    .name = fria_strdup(name),
		    .title = fria_strdup(dash ? dash + 1 : name),
		    .file = true,
		    .size = bytes.n,
		    .saved = is_saved(ws, path)};
	fria_buf_dispose(&bytes);
	return code;
}

/* A reference, or the title of an attachment that was added before it. */
static int add_document(fria_evidence_pieces *pieces, const fria_workspace *ws,
			const char *name, const char *path, fria_error *err)
{
	json_t *json = NULL;
	int code = fria_workspace_json(&json, ws, NULL, path, err);
	const char *file = fria_json_text(json, "file");
	const char *title = fria_json_text(json, "title");
	fria_evidence_piece *titled = file && title ? find(pieces, file) : NULL;
	if (!code && titled) {
		free(titled->title);
		titled->title = fria_strdup(title);
	} else if (!code && !file) {
		*FRIA_PUSH(pieces) = (fria_evidence_piece){
		    .name = fria_strdup(name),
		    .title = fria_strdup(title ? title : name),
		    .reference = fria_strdup(fria_json_text(json, "reference")),
		    .url = fria_strdup(fria_json_text(json, "url")),
		    .saved = is_saved(ws, path)};
	}
	json_decref(json);
	return code;
}

/* In order of their names: a title comes after its attachment. */
static int add_pieces(fria_evidence_pieces *pieces, const fria_workspace *ws,
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

int fria_evidence_list(fria_evidence_pieces *out, const fria_workspace *ws,
		       const char *application, fria_error *err)
{
	*out = (fria_evidence_pieces){NULL, 0};
	int code = evidence_check_application(ws, application, err);
	if (!code)
		code = add_pieces(out, ws, application, err);
	if (!code)
		code = add_mentions(out, ws, application, err);
	if (code)
		fria_evidence_pieces_dispose(out);
	return code;
}

void fria_evidence_pieces_dispose(fria_evidence_pieces *pieces)
{
	for (size_t i = 0; i < pieces->n; i++) {
		fria_evidence_piece *p = &pieces->items[i];
		for (size_t k = 0; k < p->mentions.n; k++) {
			free(p->mentions.items[k].assessment);
			free(p->mentions.items[k].task);
			free(p->mentions.items[k].row);
		}
		free(p->mentions.items);
		free(p->name);
		free(p->title);
		free(p->reference);
		free(p->url);
	}
	free(pieces->items);
	*pieces = (fria_evidence_pieces){NULL, 0};
}

static json_t *piece_json(const fria_evidence_piece *p)
{
	json_t *mentions = json_array();
	for (size_t i = 0; i < p->mentions.n; i++) {
		const fria_evidence_mention *m = &p->mentions.items[i];
		json_array_append_new(
		    mentions, fria_json_pack("{s:s, s:s, s:s?}", "assessment",
					     m->assessment, "task", m->task,
					     "row", m->row));
	}
	if (p->file)
		return fria_json_pack(
		    "{s:s, s:s, s:s, s:I, s:b, s:o}", "name", p->name, "kind",
		    "file", "title", p->title, "size", (json_int_t)p->size,
		    "saved", (int)p->saved, "mentions", mentions);
	return fria_json_pack("{s:s, s:s, s:s, s:s?, s:s*, s:b, s:o}", "name",
			      p->name, "kind", "reference", "title", p->title,
			      "reference", p->reference, "url", p->url, "saved",
			      (int)p->saved, "mentions", mentions);
}

json_t *fria_evidence_json(const fria_evidence_pieces *pieces,
			   const char *application)
{
	json_t *list = json_array();
	for (size_t i = 0; i < pieces->n; i++)
		json_array_append_new(list, piece_json(&pieces->items[i]));
	return fria_json_pack("{s:s, s:o}", "application", application,
			      "evidence", list);
}
