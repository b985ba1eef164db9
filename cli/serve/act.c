/* SPDX-License-Identifier: EUPL-1.2 */
/* What is done on a page: in memory first, then recorded as it was done. */
#include "page.h"

#include <stdlib.h>

/* How often somebody else may be first before it is given up. */
#define TRIES 8

static int try_once(bool *lost, page *p, page_deed *deed, void *data,
		    fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	char commit[FRIA_ID_SIZE];
	int code = fria_rehearsal_begin(ws, err);
	*lost = false;
	if (code)
		return code;
	code = deed(p, data, err);
	if (code) {
		fria_rehearsal_drop(ws);
		return code;
	}
	code = fria_rehearsal_record(commit, ws, err);
	*lost = code == FRIA_ERACE;
	return code;
}

int page_act(page *p, page_deed *deed, void *data, fria_error *err)
{
	bool lost = true;
	int code = 0;
	for (int i = 0; lost && i < TRIES; i++)
		code = try_once(&lost, p, deed, data, err);
	return code;
}

int page_refuse_unsaved(page *p, fria_error *err)
{
	char *path = fria_workspace_path(p->parts[0], p->parts[1]);
	int code = fria_refuse_unsaved(
	    p->place->ws, path,
	    page_format(p, "%s/%s", p->parts[0], p->parts[1]), err);
	free(path);
	return code;
}

int page_save(page *p, const char *name, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	return fria_save(commit, &n, p->place->ws, name, NULL, err);
}

void page_see(page *p, const char *address)
{
	p->response->status = 303;
	serve_pairs_add(&p->response->headers, "Location", address);
}
