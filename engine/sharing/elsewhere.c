/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Another organisation's workspace, to read from: a folder here, or an address
 * that git copies from into a folder of ours for as long as it is read.
 * Nothing in it is run and nothing in it is changed.
 */
#include "sharing_internal.h"
#include "transport.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
	struct stat st;
	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* "https://user@host/x?key" without user and key: what may be written down.
 * The user of ssh is part of the address. */
static char *plain_address(const char *where)
{
	const char *scheme = strstr(where, "://");
	if (!scheme)
		return fria_strdup(where);
	const char *host = scheme + 3, *at = host;
	size_t authority = strcspn(host, "/?#");
	for (size_t i = 0; i < authority; i++)
		if (host[i] == '@')
			at = host + i + 1;
	if (!strncmp(where, "ssh", 3))
		at = host;
	return fria_format("%.*s%.*s", (int)(host - where), where,
			   (int)strcspn(at, "?#"), at);
}

/* --- a copy for the time being --- */

static int make_folder(fria_elsewhere *e, const fria_workspace *ws,
		       fria_error *err)
{
	const char *own = fria_store_own_folder(ws->store);
	int code = fria_folder_make(own, err);
	if (code)
		return code;
	e->held = fria_store_folder_begin(&e->copy, ws->store);
	return e->held < 0 ? fria_fail(err, FRIA_EIO, FRIA_W_elsewhere_folder,
				       "path", own, NULL)
			   : 0;
}

static int copy(const char *folder, const fria_workspace *ws, const char *url,
		fria_error *err)
{
	const char *const args[] = {"clone",	   "--bare",
				    "--quiet",	   "--no-hardlinks",
				    "--template=", "--no-recurse-submodules",
				    "--",	   url,
				    folder,	   NULL};
	fria_transport t;
	fria_ran ran;
	int code = fria_transport_open(&t, ws->store, url, false, err);
	if (!code)
		code = fria_transport_git(&ran, &t, args, NULL, err);
	if (!code) {
		if (ran.status || ran.late)
			code = fria_transport_fail(&t, &ran,
						   FRIA_W_elsewhere_copy, err);
		fria_ran_dispose(&ran);
	}
	fria_transport_close(&t);
	return code;
}

/* --- opening --- */

static int open_folder(fria_elsewhere *e, const fria_workspace *ws,
		       const char *where, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	char *plain = plain_address(where);
	int code =
	    e->copy ? fria_workspace_open_bare(&e->ws, e->copy, &ws->session,
					       &inner)
		    : fria_workspace_open(&e->ws, where, &ws->session, &inner);
	if (code == FRIA_ENOTFOUND)
		code = fria_fail(err, code, FRIA_W_elsewhere_none, "where",
				 plain, NULL);
	else if (code && err)
		*err = inner;
	free(plain);
	return code;
}

static int open_copy(fria_elsewhere *e, const fria_workspace *ws,
		     const char *url, fria_error *err)
{
	int code = make_folder(e, ws, err);
	if (!code)
		code = copy(e->copy, ws, url, err);
	return code ? code : open_folder(e, ws, url, err);
}

int fria_elsewhere_open(fria_elsewhere *out, fria_workspace *ws,
			const char *where, fria_error *err)
{
	int code = 0;
	*out = (fria_elsewhere){.ws = NULL};
	if (!where)
		out->ws = ws;
	else if (is_folder(where))
		code = open_folder(out, ws, where, err);
	else if (!strchr(where, ':'))
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_elsewhere_nowhere,
				 "where", where, NULL);
	else
		code = open_copy(out, ws, where, err);
	out->foreign = where != NULL;
	if (code)
		fria_elsewhere_close(out);
	return code;
}

void fria_elsewhere_close(fria_elsewhere *e)
{
	if (e->foreign || e->copy)
		fria_workspace_close(e->ws);
	if (e->copy)
		fria_store_folder_end(e->copy, e->held);
	*e = (fria_elsewhere){.ws = NULL};
}

/* --- what is written down --- */

/* A folder as it was given, if that leads there from the workspace, too. */
char *fria_elsewhere_place(const fria_workspace *ws, const char *where)
{
	if (!is_folder(where))
		return plain_address(where);
	const char *folder = fria_store_folder(ws->store);
	char *seen = fria_format("%s/%s", folder ? folder : ".", where);
	char *real = fria_path_real(where), *inside = fria_path_real(seen);
	bool same = *where == '/' || (real && inside && !strcmp(real, inside));
	char *place = fria_strdup(same || !real ? where : real);
	free(inside);
	free(real);
	free(seen);
	return place;
}

/* --- which state --- */

int fria_elsewhere_load(fria_snapshot **out, const fria_elsewhere *e,
			const char *name, const char *revision, fria_error *err)
{
	char *application = NULL, *own = NULL, *last = NULL;
	char head[FRIA_ID_SIZE];
	fria_tags versions = {NULL, 0};
	int code = 0;
	if (!revision) {
		code = fria_workspace_name(&application, &own, name, err);
		if (!code)
			code = fria_snapshot_versions(&versions, e->ws,
						      application, own, err);
		if (!code && versions.n)
			last = fria_format("v%zu", versions.n);
		revision = last					 ? last
			   : fria_store_head(head, e->ws->store) ? "HEAD"
								 : NULL;
	}
	if (!code)
		code = fria_snapshot_load(out, e->ws, name, revision, err);
	fria_tags_dispose(&versions);
	free(application);
	free(own);
	free(last);
	return code;
}
