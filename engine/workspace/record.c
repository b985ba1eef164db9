/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents, recorded in history as one commit. */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

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

int recorded_change(fria_change *out, fria_buf *bytes,
		    const fria_recorded *document, fria_error *err)
{
	const fria_buf *held = document->bytes;
	*out = (fria_change){.path = document->path};
	if (document->json) {
		int code = fria_json_write_document(bytes, document->path,
						    document->json, err);
		if (code)
			return code;
		held = bytes;
	}
	out->bytes = held ? held->text : NULL;
	out->n = held ? held->n : 0;
	return 0;
}

static int prepare(recording *r, fria_workspace *ws,
		   const fria_recorded *documents, size_t n, fria_error *err)
{
	int code = 0;
	*r = (recording){fria_calloc(n + 1, sizeof *r->changes),
			 fria_calloc(n + 1, sizeof *r->bytes),
			 fria_calloc(n + 1, sizeof *r->bases), n, ""};
	bool born = fria_store_head(r->head, ws->store);
	for (size_t i = 0; i < n; i++) {
		fria_buf_init(&r->bytes[i]);
		if (!code)
			code = recorded_change(&r->changes[i], &r->bytes[i],
					       &documents[i], err);
		if (born)
			fria_store_blob_id(r->bases[i], ws->store, r->head,
					   documents[i].path);
		r->changes[i].base = r->bases[i];
	}
	return code;
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

/* Below its first line, which choices are ids from here on. */
static void say_message(fria_buf *out, const fria_workspace *ws,
			const char *message, size_t settled)
{
	size_t first = strcspn(message, "\n");
	const char *rest = message + first + (message[first] == '\n');
	fria_buf_put(out, message, first);
	fria_buf_putc(out, '\n');
	if (settled) {
		fria_buf_putc(out, '\n');
		fria_say(out, ws->lang, FRIA_W_commit_choices, "count",
			 FRIA_DIGITS(settled), NULL);
		fria_buf_puts(out, *rest == '\n' || !*rest ? "\n" : "\n\n");
	}
	fria_buf_puts(out, rest);
}

int fria_record(char out[FRIA_ID_SIZE], fria_workspace *ws,
		const fria_recorded *documents, size_t n, const char *message,
		fria_error *err)
{
	recording r;
	char from[FRIA_ID_SIZE];
	if (fria_store_busy(ws->store) != FRIA_BUSY_NOT)
		return fria_refuse_busy(ws, err);
	int code = prepare(&r, ws, documents, n, err);
	/* Moved since this act began: what it read is not what HEAD holds. */
	if (!code && fria_store_moved(from, ws->store))
		code = fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 "HEAD", NULL);
	fria_buf text = FRIA_BUF_INIT;
	say_message(&text, ws, message, kept_unsettled(ws->kept, documents, n));
	if (!code)
		code = commit(out, ws, &r, text.text, NULL, err);
	if (!code && !ws->rehearses)
		keep_settled(ws->kept, documents, n);
	fria_buf_dispose(&text);
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
	int code = prepare(&r, ws, documents, n, err);
	if (!code)
		code = commit(out, ws, &r, message, theirs, err);
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
