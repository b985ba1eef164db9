/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Somebody else saved to the same branch meanwhile, from another work tree:
 * ours comes after it before anything else is done. What was not saved here
 * yet (what is staged, in a bare repository) is merged with what they saved; a
 * conflict waits for people.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

/* What follows at one path; all of it owned. */
typedef struct {
	fria_path_sides sides;
	fria_buf bytes;
	fria_merge merge;
	bool merged;
} followed;

typedef struct {
	followed *items;
	size_t n;
	fria_sides between;
} following;

static void dispose(following *f)
{
	for (size_t i = 0; i < f->n; i++) {
		fria_buf_dispose(&f->items[i].bytes);
		fria_merge_dispose(&f->items[i].merge);
	}
	free(f->items);
	fria_sides_dispose(&f->between);
}

/* The file as it is here becomes a side of its own. */
static int keep_own(followed *one, fria_workspace *ws, const char *own,
		    bool *differs, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	char id[FRIA_ID_SIZE] = "";
	int code = fria_store_read(&bytes, ws->store, NULL, own, &inner);
	if (!code)
		code = fria_store_keep_blob(id, ws->store, bytes.text, bytes.n,
					    err);
	else if (code == FRIA_ENOTFOUND)
		code = 0;
	else if (err)
		*err = inner;
	*differs = !code && strcmp(id, one->sides.ours) != 0 &&
		   strcmp(id, one->sides.theirs) != 0;
	if (*differs) {
		memcpy(one->sides.ours, id, FRIA_ID_SIZE);
		one->sides.modes[1] = id[0] ? 0100644 : 0;
	}
	fria_buf_dispose(&bytes);
	return code;
}

static int follow_path(following *f, fria_workspace *ws,
		       const fria_path_sides *p, fria_error *err)
{
	followed one = {.sides = *p, .bytes = FRIA_BUF_INIT};
	const char *own = fria_store_own_path(ws->store, p->path);
	document_sides sides;
	bool differs = false;
	int code = 0;
	if (own && documents_is(p->path))
		code = keep_own(&one, ws, own, &differs, err);
	if (!code && differs) {
		code = documents_read(&sides, ws, &one.sides, err);
		if (!code) {
			documents_merge(&one.merge, ws, &sides, NULL);
			code = fria_json_write_document(
			    &one.bytes, own, one.merge.document, err);
			one.merged = true;
			documents_dispose(&sides);
		}
	}
	*FRIA_PUSH(f) = one;
	return code;
}

static void fill_change(fria_change *c, const followed *one)
{
	*c = (fria_change){.path = one->sides.path, .take = &one->sides};
	if (!one->merged)
		return;
	c->bytes = one->bytes.text;
	c->n = one->bytes.n;
	if (one->merge.n)
		c->keep = &one->sides;
}

static int say_conflicts(const following *f, fria_workspace *ws,
			 fria_error *err)
{
	for (size_t i = 0; i < f->n; i++) {
		const followed *one = &f->items[i];
		if (!one->merge.n)
			continue;
		int code = conflicts_note(ws, &one->sides, &one->merge, err);
		if (code)
			return code;
		char *name = documents_name(ws, one->sides.path);
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_follow_conflict,
				 "assessment", name, NULL);
		free(name);
		return code;
	}
	return 0;
}

/* What is staged is gone with the act: nothing waits there for people. */
static int refuse_conflicts(const following *f, const fria_workspace *ws,
			    fria_error *err)
{
	for (size_t i = 0; i < f->n; i++) {
		if (!f->items[i].merge.n)
			continue;
		char *name = documents_name(ws, f->items[i].sides.path);
		int code = fria_fail(err, FRIA_EREFUSED, FRIA_W_follow_bare,
				     "assessment", name, NULL);
		free(name);
		return code;
	}
	return 0;
}

static int follow(fria_workspace *ws, const char *from, const char *to,
		  fria_error *err)
{
	following f = {NULL, 0, {NULL, 0}};
	int code = fria_store_between(&f.between, ws->store, from, to, err);
	for (size_t i = 0; i < f.between.n && !code; i++)
		code = follow_path(&f, ws, &f.between.items[i], err);
	fria_change *changes = fria_calloc(f.n + 1, sizeof *changes);
	for (size_t i = 0; i < f.n; i++)
		fill_change(&changes[i], &f.items[i]);
	if (!code && fria_store_stages(ws->store))
		code = refuse_conflicts(&f, ws, err);
	if (!code)
		code = fria_store_follow(ws->store, to, changes, f.n, err);
	if (!code)
		code = say_conflicts(&f, ws, err);
	free(changes);
	dispose(&f);
	return code;
}

int fria_follow_branch(fria_workspace *ws, fria_error *err)
{
	char from[FRIA_ID_SIZE], head[FRIA_ID_SIZE];
	if (!fria_store_moved(from, ws->store) ||
	    fria_store_busy(ws->store) != FRIA_BUSY_NOT ||
	    !fria_store_ref(head, ws->store, "HEAD"))
		return 0;
	return follow(ws, from, head, err);
}
