/* SPDX-License-Identifier: EUPL-1.2 */
/* A document of the workspace, read and written by its path. */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* All that is judged asks for the law: parsed again where it is another. */
static int parse(json_t **out, const fria_workspace *ws, const char *commit,
		 const char *path, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	bool law = !strcmp(path, FRIA_LAW);
	int code = fria_store_read(&bytes, ws->store, commit, path, err);
	if (code)
		fria_fail_at(err, path, NULL, 0, 0);
	else if (law)
		*out = kept_law(ws->kept, &bytes);
	if (!code && !*out) {
		code = fria_json_parse(out, path, bytes.text, bytes.n, err);
		if (!code && law)
			keep_law(ws->kept, &bytes, *out);
	}
	fria_buf_dispose(&bytes);
	return code;
}

int fria_workspace_json(json_t **out, const fria_workspace *ws,
			const char *commit, const char *path, fria_error *err)
{
	char id[FRIA_ID_SIZE];
	json_t *json = NULL;
	bool known = commit && fria_store_blob_id(id, ws->store, commit, path);
	if (known)
		json = kept_document(ws->kept, id);
	int code = json ? 0 : parse(&json, ws, commit, path, err);
	if (!code && known)
		keep_document(ws->kept, id, json);
	if (!code)
		*out = json;
	return code;
}

int fria_workspace_write(const fria_workspace *ws, const char *path,
			 const json_t *json, fria_error *err)
{
	const fria_recorded document = {path, json, NULL};
	return fria_workspace_write_all(ws, &document, 1, err);
}

/* Without a work tree an act alone has nowhere to leave what it did not save.
 */
static int refuse_unkept(const fria_workspace *ws, fria_error *err)
{
	return fria_store_is_bare(ws->store) && ws->acts < 2 && !ws->rehearses
		   ? fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_unsaved, NULL)
		   : 0;
}

int fria_workspace_write_all(const fria_workspace *ws,
			     const fria_recorded *documents, size_t n,
			     fria_error *err)
{
	fria_buf *bytes = fria_calloc(n + 1, sizeof *bytes);
	fria_change *changes = fria_calloc(n + 1, sizeof *changes);
	int code = refuse_unkept(ws, err);
	for (size_t i = 0; i < n; i++) {
		fria_buf_init(&bytes[i]);
		if (!code)
			code = recorded_change(&changes[i], &bytes[i],
					       &documents[i], err);
	}
	if (!code)
		code = fria_store_write_all(ws->store, changes, n, err);
	if (!code && !ws->rehearses)
		keep_settled(ws->kept, documents, n);
	for (size_t i = 0; i < n; i++)
		fria_buf_dispose(&bytes[i]);
	free(changes);
	free(bytes);
	return code;
}
