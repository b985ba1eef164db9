/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every document of the workspace as history changed it, found in one walk and
 * kept by path. It reads folders alone, no document.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const roots[] = {"assessments", "instruments", "fria.json",
				    NULL};

typedef struct {
	history_past *out;
	const fria_workspace *ws;
	const fria_touch *touch;
	fria_strings parents; /* but the first: where a merge took from */
	fria_error *err;
	int code;
} past_reader;

/* A merge changes what none of those it brings together has so. */
static bool came_along(const past_reader *r, const char *path,
		       const char *after)
{
	for (size_t i = 0; i < r->parents.n; i++) {
		char there[FRIA_ID_SIZE] = "";
		fria_store_blob_id(there, r->ws->store, r->parents.items[i],
				   path);
		if (!strcmp(there, after))
			return true;
	}
	return false;
}

static void add_change(past_reader *r, const char *path, const char *before,
		       const char *after)
{
	if (came_along(r, path, after))
		return;
	past_change *c = FRIA_PUSH(r->out);
	*c = (past_change){.path = fria_strdup(path),
			   .order = r->out->n,
			   .boundary = r->touch->boundary};
	memcpy(c->commit, r->touch->commit, FRIA_ID_SIZE);
	memcpy(c->before, before, FRIA_ID_SIZE);
	memcpy(c->after, after, FRIA_ID_SIZE);
}

static const char none[FRIA_ID_SIZE] = "";

static void compare_folders(past_reader *r, const char *path,
			    const char *before, const char *after);

/* What stands there by this name, before and after; "" for nothing. */
static void compare_entry(past_reader *r, const char *path, const char *name,
			  const char *was, const char *is)
{
	if (!strcmp(was, is))
		return;
	char *full = fria_format("%s/%s", path, name);
	size_t n = strlen(full);
	if (full[n - 1] == '/') {
		full[n - 1] = '\0';
		compare_folders(r, full, was, is);
	} else {
		add_change(r, full, was, is);
	}
	free(full);
}

/* Both lists stand in the same order. */
static void compare_folders(past_reader *r, const char *path,
			    const char *before, const char *after)
{
	fria_entries a = {NULL, 0}, b = {NULL, 0};
	size_t x = 0, y = 0;
	fria_store *store = r->ws->store;
	if (!r->code)
		r->code = fria_store_entries(&a, store, before, r->err);
	if (!r->code)
		r->code = fria_store_entries(&b, store, after, r->err);
	while (!r->code && (x < a.n || y < b.n)) {
		int order = x == a.n ? 1
			    : y == b.n
				? -1
				: strcmp(a.items[x].name, b.items[y].name);
		compare_entry(r, path,
			      order <= 0 ? a.items[x].name : b.items[y].name,
			      order <= 0 ? a.items[x].id : none,
			      order >= 0 ? b.items[y].id : none);
		x += order <= 0;
		y += order >= 0;
	}
	fria_entries_dispose(&a);
	fria_entries_dispose(&b);
}

static bool read_touch(void *data, const fria_touch *touch)
{
	past_reader *r = data;
	fria_commit commit = {0};
	r->touch = touch;
	r->code = fria_store_commit_read(&commit, r->ws->store, touch->commit,
					 r->err);
	for (size_t i = 1; i < commit.parents.n; i++)
		fria_strings_add(&r->parents, commit.parents.items[i]);
	for (size_t i = 0; roots[i] && !r->code; i++) {
		const char *was = touch->before[i], *is = touch->entries[i];
		if (!strcmp(was, is))
			continue;
		if (strchr(roots[i], '.'))
			add_change(r, roots[i], was, is);
		else
			compare_folders(r, roots[i], was, is);
	}
	fria_strings_dispose(&r->parents);
	fria_commit_dispose(&commit);
	return !r->code;
}

static int by_path(const void *a, const void *b)
{
	const past_change *x = a, *y = b;
	int order = strcmp(x->path, y->path);
	return order ? order : (x->order > y->order) - (x->order < y->order);
}

int past_read(history_past *out, const fria_workspace *ws, fria_error *err)
{
	past_reader r = {.out = out, .ws = ws, .err = err};
	*out = (history_past){NULL, 0, ""};
	if (!fria_store_head(out->head, ws->store))
		return 0;
	int code = fria_store_touched(ws->store, out->head, roots, read_touch,
				      &r, err);
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, by_path);
	return code ? code : r.code;
}

void past_dispose(history_past *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->items[i].path);
	free(p->items);
	*p = (history_past){NULL, 0, ""};
}

/* The first whose path is not before this one. */
static size_t lower(const history_past *p, const char *path)
{
	size_t from = 0, to = p->n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (strcmp(p->items[middle].path, path) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const past_change *past_of(const history_past *p, const char *path, size_t *n)
{
	size_t from = lower(p, path), to = from;
	while (to < p->n && !strcmp(p->items[to].path, path))
		to++;
	*n = to - from;
	return p->items + from;
}

const past_change *past_below(const history_past *p, const char *folder,
			      size_t *n)
{
	char *start = fria_format("%s/", folder);
	size_t from = lower(p, start), to = from;
	while (to < p->n && !strncmp(p->items[to].path, start, strlen(start)))
		to++;
	free(start);
	*n = to - from;
	return p->items + from;
}
