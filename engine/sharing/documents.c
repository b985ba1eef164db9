/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The documents of a merge: which paths hold one, how it is called, its states
 * on the three sides, and what they come to. It records nothing.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

/* The name in a path with n folders above it; NULL if there are fewer. */
static const char *last_parts(const char *path, int n)
{
	for (const char *at = path + strlen(path); at > path; at--)
		if (at[-1] == '/' && !n--)
			return at;
	return n ? NULL : path;
}

bool documents_is(const char *path)
{
	const char *name = last_parts(path, 0), *with = last_parts(path, 1);
	size_t n = strlen(path);
	if (n < 6 || strcmp(path + n - 5, ".json") != 0)
		return false;
	if (!strcmp(name, FRIA_CONFIG) || !strcmp(name, FRIA_LAW))
		return true;
	if (with && (!strncmp(with, FRIA_INSTRUMENTS "/", 12) ||
		     !strncmp(with, FRIA_SCHEMAS "/", 8)))
		return true;
	with = last_parts(path, 2);
	return with && !strncmp(with, FRIA_ASSESSMENTS "/", 12);
}

char *documents_name(const fria_workspace *ws, const char *path)
{
	const char *own = fria_store_own_path(ws->store, path);
	fria_path place;
	char *name = own ? fria_path_name(own) : NULL;
	if (own && fria_path_read(&place, own) == FRIA_PLACE_ENTRY)
		name = fria_format("%s/entry", place.application);
	return name ? name : fria_strdup(path);
}

int documents_read_one(json_t **out, const fria_workspace *ws, const char *path,
		       const char *id, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	*out = NULL;
	if (!id[0])
		return 0;
	int code = fria_store_read_blob(&bytes, ws->store, id, err);
	if (!code)
		code = fria_json_parse(out, path, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	return code;
}

static bool plain(unsigned mode)
{
	return !mode || (mode & 0170000) == 0100000;
}

int documents_read(document_sides *out, const fria_workspace *ws,
		   const fria_path_sides *p, fria_error *err)
{
	*out = (document_sides){NULL, NULL, NULL};
	if (!documents_is(p->path) || !plain(p->modes[0]) ||
	    !plain(p->modes[1]) || !plain(p->modes[2]))
		return FRIA_EINPUT;
	int code = documents_read_one(&out->base, ws, p->path, p->base, err);
	if (!code)
		code =
		    documents_read_one(&out->ours, ws, p->path, p->ours, err);
	if (!code)
		code = documents_read_one(&out->theirs, ws, p->path, p->theirs,
					  err);
	if (code)
		documents_dispose(out);
	return code;
}

void documents_dispose(document_sides *sides)
{
	json_decref(sides->base);
	json_decref(sides->ours);
	json_decref(sides->theirs);
	*sides = (document_sides){NULL, NULL, NULL};
}

void documents_merge(fria_merge *out, const fria_workspace *ws,
		     const document_sides *sides, const json_t *application)
{
	fria_merge_input input = {
	    .base = sides->base, .ours = sides->ours, .theirs = sides->theirs};
	json_t *law = NULL, *judged = NULL;
	fria_instrument *in = NULL;
	const char *name = fria_json_text(
	    sides->ours ? sides->ours : sides->theirs, "instrument");
	if (ws && name)
		fria_workspace_instrument(&in, ws, NULL, name, NULL);
	else if (name)
		in = fria_instrument_built_in(name);
	input.instrument = in;
	if (ws)
		fria_workspace_law(&law, ws, NULL, NULL);
	if (application)
		judged = fria_law_beside(application, law);
	input.application = judged;
	fria_merge_make(out, &input);
	json_decref(law);
	json_decref(judged);
	fria_instrument_free(in);
}
