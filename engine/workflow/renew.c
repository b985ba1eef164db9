/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Renews what an earlier program wrote in the workspace for its readers and
 * their editors, where nobody changed it.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* It stands in HEAD as an earlier program wrote it, and in the folder too. */
static bool is_to_renew(const fria_workspace *ws, const char *head,
			const fria_written *now)
{
	char id[FRIA_ID_SIZE], is[FRIA_ID_SIZE];
	fria_buf text = FRIA_BUF_INIT;
	fria_path_state state;
	fria_digest_bytes(is, now->bytes.text, now->bytes.n);
	if (!fria_store_blob_id(id, ws->store, head, now->path) ||
	    !strcmp(id, is))
		return false;
	bool renews =
	    !fria_store_state(&state, ws->store, now->path, NULL) &&
	    state == FRIA_PATH_SAME &&
	    !fria_store_read(&text, ws->store, head, now->path, NULL) &&
	    fria_written_is_older(now, &text);
	fria_buf_dispose(&text);
	return renews;
}

static int record(size_t *count, fria_workspace *ws, const fria_writings *all,
		  fria_error *err)
{
	char head[FRIA_ID_SIZE], commit[FRIA_ID_SIZE];
	fria_recorded *documents = fria_calloc(all->n, sizeof *documents);
	fria_buf message = FRIA_BUF_INIT;
	bool born = fria_store_head(head, ws->store);
	int code = 0;
	for (size_t i = 0; i < all->n && born; i++)
		if (is_to_renew(ws, head, &all->items[i]))
			documents[(*count)++] = (fria_recorded){
			    all->items[i].path, NULL, &all->items[i].bytes};
	fria_say(&message, ws->lang, FRIA_W_commit_renew, NULL);
	fria_buf_putc(&message, '\n');
	if (*count)
		code = fria_record(commit, ws, documents, *count, message.text,
				   err);
	fria_buf_dispose(&message);
	free(documents);
	return code;
}

int fria_renew(size_t *count, fria_workspace *ws, fria_error *err)
{
	const char *organisation = fria_json_text(ws->config, "organisation");
	fria_writings all;
	*count = 0;
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	fria_writings_make(&all, organisation ? organisation : "", ws->lang);
	code = record(count, ws, &all, err);
	fria_writings_dispose(&all);
	fria_act_end(ws);
	return code;
}
