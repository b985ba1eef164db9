/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An application gets another id: all that it has moves, as one commit, and
 * its document keeps the id it had. What was adopted and approved stays what it
 * was; no version is made or moved.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- what may be done --- */

int rename_refuse_former(const fria_workspace *ws, const char *id,
			 fria_error *err)
{
	char *now = fria_application_now(ws, NULL, id);
	int code = now ? fria_fail(err, FRIA_EEXISTS, FRIA_W_former_id, "id",
				   id, "now", now, NULL)
		       : 0;
	free(now);
	return code;
}

static int refuse_taken(const fria_workspace *ws, const char *head,
			const char *id, fria_error *err)
{
	fria_strings here = FRIA_STRINGS_INIT, there = FRIA_STRINGS_INIT;
	char *folder = fria_application_folder(id);
	int code = fria_id_ok(id) ? 0
				  : fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id,
					      "id", id, NULL);
	if (!code)
		code = fria_store_list(&here, ws->store, NULL, folder, err);
	if (!code)
		code = fria_store_list(&there, ws->store, head, folder, err);
	if (!code && (here.n || there.n))
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_rename_taken, "id",
				 id, NULL);
	if (!code)
		code = rename_refuse_former(ws, id, err);
	fria_strings_dispose(&here);
	fria_strings_dispose(&there);
	free(folder);
	return code;
}

/* What is not as it was recorded would be left behind. */
static int refuse_unsaved_file(const fria_workspace *ws, const char *path,
			       const char *id, fria_error *err)
{
	fria_path_state state = FRIA_PATH_SAME;
	int code = fria_store_state(&state, ws->store, path, err);
	return code || state == FRIA_PATH_SAME || state == FRIA_PATH_ABSENT
		   ? code
		   : fria_fail(err, FRIA_EREFUSED, FRIA_W_rename_unsaved,
			       "path", path, "application", id, NULL);
}

/* --- what moves --- */

typedef struct {
	fria_workspace *ws;
	const char *from, *to;
	char head[FRIA_ID_SIZE];
	fria_strings paths; /* as they are in HEAD */
	fria_recorded *documents;
	size_t n;
} renaming;

static json_t *with_former(const renaming *r, json_t *application)
{
	fria_buf day = FRIA_BUF_INIT;
	char *by =
	    fria_format("%s <%s>", r->ws->session.name, r->ws->session.email);
	json_t *list = json_object_get(application, "formerly");
	fria_day_write(&day, fria_session_day(&r->ws->session));
	list = json_is_array(list) ? json_deep_copy(list) : json_array();
	json_array_append_new(list,
			      fria_json_pack("{s:s, s:s, s:s}", "id", r->from,
					     "day", day.text, "by", by));
	json_object_set_new(application, "id", fria_json_string(r->to));
	json_object_set_new(application, "formerly", list);
	fria_application_order(application);
	fria_buf_dispose(&day);
	free(by);
	return application;
}

/* The document by its new name; NULL for one that does not say whose it is. */
static int read_renamed(json_t **out, const renaming *r, const char *path,
			fria_error *err)
{
	json_t *read = NULL;
	int code = fria_workspace_json(&read, r->ws, NULL, path, err);
	if (code)
		return code;
	json_t *own = json_deep_copy(read);
	json_decref(read);
	if (!strcmp(strrchr(path, '/') + 1, FRIA_APPLICATION_FILE)) {
		*out = with_former(r, own);
	} else if (fria_json_text(own, "application")) {
		json_object_set_new(own, "application",
				    fria_json_string(r->to));
		*out = own;
	} else {
		json_decref(own);
	}
	return 0;
}

static int move_file(renaming *r, const char *path, fria_error *err)
{
	fria_recorded *gone = &r->documents[r->n++];
	fria_recorded *new = &r->documents[r->n++];
	json_t *json = NULL;
	const char *rest = fria_path_rest(path, r->from);
	bool ours = fria_path_is_document(path);
	int code = ours ? read_renamed(&json, r, path, err) : 0;
	*gone = (fria_recorded){.path = path};
	*new =
	    (fria_recorded){.path = fria_path_under(r->to, rest), .json = json};
	if (!code && !json) {
		fria_buf *bytes = fria_calloc(1, sizeof *bytes);
		fria_buf_init(bytes);
		new->bytes = bytes;
		code = fria_store_read(bytes, r->ws->store, r->head, path, err);
	}
	return code;
}

static void renaming_dispose(renaming *r)
{
	for (size_t i = 1; i < r->n; i += 2) {
		fria_buf *bytes = (fria_buf *)(uintptr_t)r->documents[i].bytes;
		free((char *)(uintptr_t)r->documents[i].path);
		json_decref((json_t *)(uintptr_t)r->documents[i].json);
		if (bytes)
			fria_buf_dispose(bytes);
		free(bytes);
	}
	free(r->documents);
	fria_strings_dispose(&r->paths);
}

static int move_all(renaming *r, fria_error *err)
{
	int code = 0;
	r->documents = fria_calloc(2 * r->paths.n + 1, sizeof *r->documents);
	for (size_t i = 0; i < r->paths.n && !code; i++)
		code = move_file(r, r->paths.items[i], err);
	return code;
}

/* Every file below the folder, in HEAD and in the work tree, as recorded. */
static int find_files(renaming *r, fria_error *err)
{
	fria_strings here = FRIA_STRINGS_INIT;
	char *folder = fria_application_folder(r->from);
	char *own = fria_workspace_path(r->from, "application");
	char blob[FRIA_ID_SIZE];
	int code = 0;
	if (!fria_id_ok(r->from) || !fria_store_head(r->head, r->ws->store) ||
	    !fria_store_blob_id(blob, r->ws->store, r->head, own))
		code = fria_workspace_no_application(r->ws, r->from, err);
	if (!code)
		code = remove_files(&r->paths, r->ws, r->head, folder, err);
	if (!code)
		code = remove_files(&here, r->ws, NULL, folder, err);
	for (size_t i = 0; i < r->paths.n && !code; i++)
		code =
		    refuse_unsaved_file(r->ws, r->paths.items[i], r->from, err);
	for (size_t i = 0; i < here.n && !code; i++)
		code = refuse_unsaved_file(r->ws, here.items[i], r->from, err);
	free(own);
	free(folder);
	fria_strings_dispose(&here);
	return code;
}

int fria_application_rename(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			    const char *id, const char *new_id, fria_error *err)
{
	renaming r = {.ws = ws, .from = id, .to = new_id};
	fria_buf message = FRIA_BUF_INIT;
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = find_files(&r, err);
	if (!code)
		code = refuse_taken(ws, r.head, new_id, err);
	if (!code)
		code = move_all(&r, err);
	if (!code) {
		fria_say(&message, ws->lang, FRIA_W_commit_renamed, "was", id,
			 "now", new_id, NULL);
		fria_buf_putc(&message, '\n');
		code = fria_record(commit, ws, r.documents, r.n, message.text,
				   err);
	}
	fria_buf_dispose(&message);
	renaming_dispose(&r);
	fria_act_end(ws);
	return code;
}
