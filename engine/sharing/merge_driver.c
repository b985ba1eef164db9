/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * git's merge driver: three files of one document made one. It knows a
 * workspace only for its questionnaires, and records nothing.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

static int read_file(json_t **out, const char *file, const char *path,
		     fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	int code = fria_file_read(&bytes, file, err);
	*out = NULL;
	if (!code && bytes.n)
		code = fria_json_parse(out, path ? path : file, bytes.text,
				       bytes.n, err);
	fria_buf_dispose(&bytes);
	return code;
}

/* The workspace that a path lies in, if it is here; for its questionnaires. */
static fria_workspace *workspace_of(const char *path,
				    const fria_session *session)
{
	fria_workspace *ws = NULL;
	char *folder = fria_strdup(path ? path : ""), *slash;
	while ((slash = strrchr(folder, '/')) && !ws) {
		*slash = '\0';
		if (fria_path_exists(folder))
			break;
	}
	if (fria_workspace_open(&ws, slash ? folder : ".", session, NULL))
		ws = NULL;
	free(folder);
	return ws;
}

int fria_merge_files(size_t *conflicts, const char *base, const char *ours,
		     const char *theirs, const char *path,
		     const fria_session *session, fria_error *err)
{
	document_sides sides = {NULL, NULL, NULL};
	fria_merge merged;
	fria_buf bytes = FRIA_BUF_INIT;
	int code = read_file(&sides.base, base, path, err);
	if (!code)
		code = read_file(&sides.ours, ours, path, err);
	if (!code)
		code = read_file(&sides.theirs, theirs, path, err);
	if (!code) {
		fria_workspace *ws = workspace_of(path, session);
		documents_merge(&merged, ws, &sides, NULL);
		fria_workspace_close(ws);
		if (merged.document)
			code = fria_json_write_document(&bytes, path,
							merged.document, err);
		*conflicts = merged.n;
		fria_merge_dispose(&merged);
		if (!code)
			code = fria_file_write(ours, bytes.text, bytes.n, err);
	}
	fria_buf_dispose(&bytes);
	documents_dispose(&sides);
	return code;
}
