/* SPDX-License-Identifier: EUPL-1.2 */
/* A piece of evidence, to be kept: it is shown as no page, whatever it is. */
#include "page.h"

#include <stdlib.h>

int page_evidence(page *p, fria_error *err)
{
	fria_store *store = p->place->ws->store;
	char head[FRIA_ID_SIZE], blob[FRIA_ID_SIZE];
	size_t last = 0;
	while (last + 1 < PAGE_PARTS && p->parts[last + 1])
		last++;
	char *path = fria_evidence_path(p->parts[0], p->parts[last]);
	fria_store_head(head, store);
	int code =
	    !fria_evidence_mark(p->parts[last]) ||
		    !fria_store_blob_id(blob, store, head, path)
		? fria_fail(err, FRIA_ENOTFOUND, FRIA_W_web_no_page, "path",
			    p->request->path, NULL)
		: fria_store_read_blob(&p->response->body, store, blob, err);
	if (!code) {
		serve_pairs_add(&p->response->headers, "Content-Type",
				"application/octet-stream");
		serve_pairs_add(&p->response->headers, "Content-Disposition",
				page_format(p, "attachment; filename=\"%s\"",
					    fria_evidence_own(p->parts[last])));
	}
	free(path);
	return code;
}
