/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents, recorded in history as one commit. */
#include "workspace_internal.h"

#include <stdlib.h>

void fria_record_people(fria_commit_request *request, const fria_session *s)
{
	request->author_name = s->name;
	request->author_email = s->email;
	request->committer_name =
	    s->committer_name ? s->committer_name : s->name;
	request->committer_email =
	    s->committer_email ? s->committer_email : s->email;
	request->at = s->now;
	request->offset = s->offset;
}

/* Documents on their way into a commit. */
typedef struct {
	fria_change *changes;
	fria_buf *bytes;
	char (*bases)[FRIA_ID_SIZE];
	size_t n;
	char head[FRIA_ID_SIZE]; /* that they were made from; "" unborn */
} recording;

static void prepare(recording *r, fria_workspace *ws,
		    const fria_recorded *documents, size_t n)
{
	*r = (recording){fria_calloc(n + 1, sizeof *r->changes),
			 fria_calloc(n + 1, sizeof *r->bytes),
			 fria_calloc(n + 1, sizeof *r->bases), n, ""};
	bool born = fria_store_head(r->head, ws->store);
	for (size_t i = 0; i < n; i++) {
		fria_buf_init(&r->bytes[i]);
		const fria_buf *bytes = documents[i].bytes;
		if (documents[i].json) {
			fria_json_write(&r->bytes[i], documents[i].json);
			bytes = &r->bytes[i];
		}
		if (born)
			fria_store_blob_id(r->bases[i], ws->store, r->head,
					   documents[i].path);
		r->changes[i] =
		    (fria_change){.path = documents[i].path,
				  .bytes = bytes ? bytes->text : NULL,
				  .n = bytes ? bytes->n : 0,
				  .base = r->bases[i]};
	}
}

static void dispose(recording *r)
{
	for (size_t i = 0; i < r->n; i++)
		fria_buf_dispose(&r->bytes[i]);
	free(r->bases);
	free(r->bytes);
	free(r->changes);
}

static int commit(char out[FRIA_ID_SIZE], fria_workspace *ws,
		  const recording *r, const char *message, const char *theirs,
		  fria_error *err)
{
	fria_commit_request request = {.changes = r->changes,
				       .n = r->n,
				       .message = message,
				       .from = r->head,
				       .theirs = theirs,
				       .conclude = theirs != NULL};
	fria_record_people(&request, &ws->session);
	return fria_store_commit(out, ws->store, &request, err);
}

int fria_record(char out[FRIA_ID_SIZE], fria_workspace *ws,
		const fria_recorded *documents, size_t n, const char *message,
		fria_error *err)
{
	recording r;
	char from[FRIA_ID_SIZE];
	if (fria_store_busy(ws->store) != FRIA_BUSY_NOT)
		return fria_refuse_busy(ws, err);
	prepare(&r, ws, documents, n);
	/* Moved since this act began: what it read is not what HEAD holds. */
	int code = fria_store_moved(from, ws->store)
		       ? fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				   "HEAD", NULL)
		       : commit(out, ws, &r, message, NULL, err);
	dispose(&r);
	return code;
}

int fria_record_conclusion(char out[FRIA_ID_SIZE], fria_workspace *ws,
			   const fria_recorded *documents, size_t n,
			   const char *message, fria_error *err)
{
	recording r;
	char theirs[FRIA_ID_SIZE];
	fria_store_merging(theirs, ws->store);
	prepare(&r, ws, documents, n);
	int code = commit(out, ws, &r, message, theirs, err);
	dispose(&r);
	return code;
}

int fria_refuse_busy(const fria_workspace *ws, fria_error *err)
{
	static const fria_word words[] = {
	    [FRIA_BUSY_MERGE] = FRIA_W_busy_merge,
	    [FRIA_BUSY_REBASE] = FRIA_W_busy_rebase,
	    [FRIA_BUSY_PICK] = FRIA_W_busy_pick,
	    [FRIA_BUSY_OTHER] = FRIA_W_busy_other};
	fria_busy busy = fria_store_busy(ws->store);
	return busy == FRIA_BUSY_NOT
		   ? 0
		   : fria_fail(err, FRIA_EREFUSED, words[busy], NULL);
}
