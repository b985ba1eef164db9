/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One side gave an application another id, and the other went on under the
 * former one: what that changed is merged under the new id, as if it had been
 * made there. Where both gave it another, people are asked first.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

enum { OURS = 1, THEIRS };

typedef struct {
	int by; /* side; OURS + THEIRS: both */
	char *was, *now;
} rename_found;

typedef struct {
	fria_workspace *ws;
	fria_fork *fork;
	struct {
		rename_found *items;
		size_t n;
	} found;
	json_t *held;
} following;

static char *side_of(fria_path_sides *p, int side)
{
	return side == OURS ? p->ours : p->theirs;
}

/* What a path has in the application's folder; NULL: it lies elsewhere. */
static const char *own_rest(const following *f, const char *path,
			    const char *id)
{
	const char *own = fria_store_own_path(f->ws->store, path);
	return own ? fria_path_rest(own, id) : NULL;
}

static char *path_in(const following *f, const char *id, const char *rest)
{
	char *own = fria_path_under(id, rest);
	char *path = fria_store_whole_path(f->ws->store, own);
	free(own);
	return path;
}

static fria_path_sides *path_of(const following *f, const char *id,
				const char *rest)
{
	for (size_t i = 0; i < f->fork->paths.n; i++) {
		fria_path_sides *p = &f->fork->paths.items[i];
		const char *own = own_rest(f, p->path, id);
		if (own && !strcmp(own, rest))
			return p;
	}
	return NULL;
}

/* --- who renamed what --- */

static int add_rename(following *f, int by, const char *was, const char *now,
		      fria_error *err)
{
	for (size_t i = 0; i < f->found.n; i++) {
		rename_found *known = &f->found.items[i];
		if (strcmp(known->was, was) != 0)
			continue;
		if (strcmp(known->now, now) != 0)
			return fria_fail(
			    err, FRIA_EREFUSED, FRIA_W_merge_renamed, "was",
			    was, "ours", known->now, "theirs", now, NULL);
		known->by |= by;
		return 0;
	}
	*FRIA_PUSH(&f->found) =
	    (rename_found){by, fria_strdup(was), fria_strdup(now)};
	return 0;
}

static bool has_path(const fria_sides *list, const char *path)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i].path, path))
			return true;
	return false;
}

/* An application that a side has and the base had not, in the place of one that
 * the base had and that side has no more. */
static int look_at(following *f, const fria_sides *changed, size_t at, int by,
		   fria_error *err)
{
	const fria_path_sides *p = &changed->items[at];
	json_t *application = NULL, *one;
	size_t i;
	int code = 0;
	const char *name = strrchr(p->path, '/');
	if (!name || strcmp(name + 1, FRIA_APPLICATION_FILE) != 0 ||
	    p->base[0] ||
	    documents_read_one(&application, f->ws, p->path, p->theirs, NULL))
		return 0;
	const char *now = fria_json_text(application, "id");
	const char *rest = now ? own_rest(f, p->path, now) : NULL;
	bool own = rest && !strcmp(rest, FRIA_APPLICATION_FILE);
	json_array_foreach(json_object_get(application, "formerly"), i, one) {
		const char *was = fria_json_text(one, "id");
		char *path = own && was ? path_in(f, was, rest) : NULL;
		char there[FRIA_ID_SIZE];
		if (!code && path && has_path(changed, path) &&
		    fria_store_blob_at(there, f->ws->store,
				       f->fork->bases.items[0], path) &&
		    !fria_store_blob_at(
			there, f->ws->store,
			by == OURS ? f->fork->ours : f->fork->theirs, path))
			code = add_rename(f, by, was, now, err);
		free(path);
	}
	json_decref(application);
	return code;
}

/* --- what the other side changed meanwhile --- */

/* What stands in a blob, as it reads under the new id; "" stays "". */
static int blob_renamed(char out[FRIA_ID_SIZE], const following *f,
			const char *path, const char *blob, const char *now,
			fria_error *err)
{
	json_t *document = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	int code = 0;
	memcpy(out, blob, FRIA_ID_SIZE);
	if (!blob[0] || !documents_is(path) ||
	    documents_read_one(&document, f->ws, path, blob, NULL))
		return 0;
	const char *key =
	    fria_document_kind_of(document) == FRIA_DOCUMENT_APPLICATION
		? "id"
		: "application";
	if (fria_json_text(document, key)) {
		json_t *own = json_deep_copy(document);
		json_object_set_new(own, key, fria_json_string(now));
		code = fria_json_write_document(&bytes, path, own, err);
		json_decref(own);
		if (!code)
			code = fria_store_keep_blob(out, f->ws->store,
						    bytes.text, bytes.n, err);
	}
	fria_buf_dispose(&bytes);
	json_decref(document);
	return code;
}

/* A path with what stands there on each side, added to those that are merged
 * where it is not among them. */
static fria_path_sides *path_under(following *f, const char *id,
				   const char *rest)
{
	fria_store *store = f->ws->store;
	fria_path_sides *p = path_of(f, id, rest);
	if (p)
		return p;
	p = FRIA_PUSH(&f->fork->paths);
	*p = (fria_path_sides){.path = path_in(f, id, rest)};
	const char *const commits[] = {f->fork->bases.items[0], f->fork->ours,
				       f->fork->theirs};
	char *ids[] = {p->base, p->ours, p->theirs};
	for (size_t i = 0; i < 3; i++)
		if (fria_store_blob_at(ids[i], store, commits[i], p->path))
			p->modes[i] = 0100644;
	return p;
}

/* All that either side changed of an application, by both names. */
static void add_paths(following *f, const rename_found *r,
		      const fria_sides *changed)
{
	for (size_t i = 0; i < changed->n; i++) {
		const char *path = changed->items[i].path;
		const char *was = own_rest(f, path, r->was);
		const char *now = own_rest(f, path, r->now);
		if (was)
			path_under(f, r->was, was);
		if (now)
			path_under(f, r->now, now);
	}
}

/* Ours under the former id goes on under the new one; HEAD has nothing there
 * yet. */
static void place_ours(following *f, fria_path_sides *new, unsigned mode)
{
	new->modes[1] = mode;
	if (!strcmp(new->base, new->theirs)) {
		memcpy(new->theirs, new->ours, FRIA_ID_SIZE);
		new->modes[2] = mode;
		new->base[0] = new->ours[0] = '\0';
		new->modes[0] = new->modes[1] = 0;
	} else {
		json_object_set_new(f->held, new->path, fria_json_string(""));
	}
}

/* Gives false for what nobody but who renamed it touched. */
static bool is_edited(const fria_path_sides *old, int by)
{
	if (by == (OURS | THEIRS))
		return old->base[0];
	return strcmp(old->base, by == OURS ? old->theirs : old->ours) != 0;
}

static int move_path(following *f, size_t at, const rename_found *r,
		     const char *rest, fria_error *err)
{
	char *own = fria_strdup(rest);
	fria_path_sides *new = path_under(f, r->now, own);
	fria_path_sides *old = &f->fork->paths.items[at]; /* after the push */
	int other = r->by == OURS ? THEIRS : OURS;
	int code =
	    blob_renamed(new->base, f, old->path, old->base, r->now, err);
	new->modes[0] = old->modes[0];
	new->bases = false;
	if (!code && r->by != (OURS | THEIRS))
		code = blob_renamed(side_of(new, other), f, old->path,
				    side_of(old, other), r->now, err);
	if (!code && r->by == OURS) {
		new->modes[2] = old->modes[2];
		memcpy(old->theirs, old->base, FRIA_ID_SIZE);
		old->modes[2] = old->modes[0];
	} else if (!code && r->by == THEIRS) {
		place_ours(f, new, old->modes[1]);
		memcpy(old->base, old->ours, FRIA_ID_SIZE);
		old->modes[0] = old->modes[1];
	}
	old->bases = false;
	free(own);
	return code;
}

static int follow_one(following *f, const rename_found *r, fria_error *err)
{
	size_t n = f->fork->paths.n;
	int code = 0;
	for (size_t i = 0; i < n && !code; i++) {
		const char *rest =
		    own_rest(f, f->fork->paths.items[i].path, r->was);
		if (rest && is_edited(&f->fork->paths.items[i], r->by))
			code = move_path(f, i, r, rest, err);
	}
	return code;
}

/* What both sides have the same is nothing to merge. */
static void drop_same(following *f)
{
	size_t kept = 0;
	for (size_t i = 0; i < f->fork->paths.n; i++) {
		fria_path_sides *p = &f->fork->paths.items[i];
		if (!strcmp(p->ours, p->theirs) && p->modes[1] == p->modes[2] &&
		    !json_object_get(f->held, p->path))
			free(p->path);
		else
			f->fork->paths.items[kept++] = *p;
	}
	f->fork->paths.n = kept;
}

int renamed_follow(json_t *held, fria_workspace *ws, fria_fork *fork,
		   fria_error *err)
{
	following f = {.ws = ws, .fork = fork, .held = held};
	const char *const ends[] = {fork->ours, fork->theirs};
	fria_sides changed[2] = {{NULL, 0}, {NULL, 0}};
	int code = 0;
	for (size_t k = 0; k < 2 && !code; k++) {
		code = fria_store_between(&changed[k], ws->store,
					  fork->bases.items[0], ends[k], err);
		for (size_t i = 0; i < changed[k].n && !code; i++)
			code =
			    look_at(&f, &changed[k], i, k ? THEIRS : OURS, err);
	}
	for (size_t i = 0; i < f.found.n && !code; i++) {
		add_paths(&f, &f.found.items[i], &changed[0]);
		add_paths(&f, &f.found.items[i], &changed[1]);
		code = follow_one(&f, &f.found.items[i], err);
	}
	if (!code && f.found.n)
		drop_same(&f);
	for (size_t i = 0; i < f.found.n; i++) {
		free(f.found.items[i].was);
		free(f.found.items[i].now);
	}
	free(f.found.items);
	fria_sides_dispose(&changed[0]);
	fria_sides_dispose(&changed[1]);
	return code;
}
