/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents, recorded in history as one commit. */
#include "workflow_internal.h"

#include <stdlib.h>

int fria_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
		const fria_recorded *documents, size_t n, const char *message,
		fria_error *err)
{
	const fria_session *s = &ws->session;
	char head[FRIA_ID_SIZE];
	bool born = fria_store_head(head, ws->store);
	fria_change *changes = fria_calloc(n, sizeof *changes);
	fria_buf *bytes = fria_calloc(n, sizeof *bytes);
	char(*bases)[FRIA_ID_SIZE] = fria_calloc(n, sizeof *bases);
	for (size_t i = 0; i < n; i++) {
		fria_buf_init(&bytes[i]);
		if (documents[i].json)
			fria_json_write(&bytes[i], documents[i].json);
		if (born)
			fria_store_blob_id(bases[i], ws->store, head,
					   documents[i].path);
		changes[i] = (fria_change){
		    .path = documents[i].path,
		    .bytes = documents[i].json ? bytes[i].text : NULL,
		    .n = bytes[i].n,
		    .base = bases[i]};
	}
	const fria_commit_request request = {
	    .changes = changes,
	    .n = n,
	    .message = message,
	    .author_name = s->name,
	    .author_email = s->email,
	    .committer_name = s->committer_name ? s->committer_name : s->name,
	    .committer_email =
		s->committer_email ? s->committer_email : s->email,
	    .at = s->now,
	    .offset = s->offset};
	int code = fria_store_commit(commit, ws->store, &request, err);
	for (size_t i = 0; i < n; i++)
		fria_buf_dispose(&bytes[i]);
	free(bases);
	free(bytes);
	free(changes);
	return code;
}
