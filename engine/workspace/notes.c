/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Notes in the repository's own folder, outside history: what was computed or
 * is half decided. Losing one costs time or a question asked again, no more.
 */
#include "workspace.h"

#include <stdlib.h>

static char *file_of(const fria_workspace *ws, const char *name)
{
	return fria_format("%s/%s", fria_store_own_folder(ws->store), name);
}

void fria_note_bytes(fria_buf *out, const fria_workspace *ws, const char *name)
{
	char *file = file_of(ws, name);
	if (fria_path_exists(file))
		fria_file_read(out, file, NULL);
	free(file);
}

json_t *fria_note_read(const fria_workspace *ws, const char *name)
{
	char *file = file_of(ws, name);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *note = NULL;
	if (fria_path_exists(file) && !fria_file_read(&bytes, file, NULL))
		fria_json_parse(&note, file, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	free(file);
	if (json_is_object(note))
		return note;
	json_decref(note);
	return json_object();
}

int fria_note_write(const fria_workspace *ws, const char *name,
		    const json_t *note, fria_error *err)
{
	if (ws->rehearses)
		return 0;
	char *file = file_of(ws, name);
	fria_buf bytes = FRIA_BUF_INIT;
	int code = 0;
	fria_json_write_line(&bytes, note);
	if (bytes.n < FRIA_MAX_BYTES)
		code = fria_folder_make(fria_store_own_folder(ws->store), err);
	if (bytes.n < FRIA_MAX_BYTES && !code)
		code = fria_file_write(file, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	free(file);
	return code;
}
