/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every document of the workspace as history changed it, found in one walk and
 * kept by path. It reads folders alone, no document.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const roots[] = {FRIA_ASSESSMENTS, FRIA_INSTRUMENTS,
				    FRIA_CONFIG, NULL};

typedef struct {
	history_past *out;
	const fria_workspace *ws;
	const fria_touch *touch;
	fria_strings parents; /* but the one compared with */
	fria_strings *bases;  /* with each of these; NULL: not looked for */
	bool putting_back;    /* of a merge: what it put back */
	bool first;	      /* it is the first parent's */
	/* Folders in assessments/ that have another name since: "new/", "old/".
	 */
	fria_strings now, was;
	fria_error *err;
	int code;
} past_reader;

static bool stood_there(const past_reader *r, const char *commit,
			const char *path, const char *blob)
{
	char there[FRIA_ID_SIZE] = "";
	fria_store_blob_id(there, r->ws->store, commit, path);
	return !strcmp(there, blob);
}

/* A merge changes what none of those it brings together has so. */
static bool came_along(const past_reader *r, const char *path,
		       const char *after)
{
	for (size_t i = 0; i < r->parents.n; i++)
		if (stood_there(r, r->parents.items[i], path, after))
			return true;
	return false;
}

/* One parent made it so since it parted from another that has it otherwise. */
static bool is_own(const past_reader *r, const char *path, const char *before)
{
	for (size_t i = 0; i < r->parents.n; i++) {
		const fria_strings *bases = &r->bases[i];
		bool own = !stood_there(r, r->parents.items[i], path, before);
		for (size_t k = 0; k < bases->n && own; k++)
			own = !stood_there(r, bases->items[k], path, before);
		if (own)
			return true;
	}
	return false;
}

/* What a merge has otherwise than its first parent is a change already where no
 * other parent has it so. */
static bool is_put_back(const past_reader *r, const char *path,
			const char *before, const char *after)
{
	return before[0] && (!r->first || came_along(r, path, after)) &&
	       is_own(r, path, before);
}

static void add_change(past_reader *r, const char *path, const char *before,
		       const char *after)
{
	if (r->putting_back ? !is_put_back(r, path, before, after)
			    : came_along(r, path, after))
		return;
	past_change *c = FRIA_PUSH(r->out);
	*c = (past_change){.path = fria_strdup(path),
			   .order = r->out->n,
			   .put_back = r->putting_back,
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

static int by_name(const void *a, const void *b)
{
	const fria_entry *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static fria_entry *entry_named(const fria_entries *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->items[i].name, name))
			return &all->items[i];
	return NULL;
}

/* A folder that was renamed since goes by the name that it has. */
static void name_as_now(const past_reader *r, fria_entries *all)
{
	bool renamed = false;
	for (size_t i = 0; i < r->now.n; i++) {
		fria_entry *old = entry_named(all, r->was.items[i]);
		if (!old || entry_named(all, r->now.items[i]))
			continue;
		free(old->name);
		old->name = fria_strdup(r->now.items[i]);
		renamed = true;
	}
	if (renamed && all->items)
		qsort(all->items, all->n, sizeof *all->items, by_name);
}

static void find_renamed(past_reader *r)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	fria_workspace_applications(&ids, r->ws, r->out->head, NULL);
	for (size_t i = 0; i < ids.n; i++) {
		fria_strings own = FRIA_STRINGS_INIT;
		fria_application_ids(&own, r->ws, ids.items[i]);
		for (size_t k = 1; k < own.n; k++) {
			char *now = fria_format("%s/", own.items[0]);
			char *was = fria_format("%s/", own.items[k]);
			fria_strings_add(&r->now, now);
			fria_strings_add(&r->was, was);
			free(was);
			free(now);
		}
		fria_strings_dispose(&own);
	}
	fria_strings_dispose(&ids);
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
	if (!strcmp(path, roots[0])) {
		name_as_now(r, &a);
		name_as_now(r, &b);
	}
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

static void compare_roots(past_reader *r, char (*before)[FRIA_ID_SIZE],
			  char (*after)[FRIA_ID_SIZE])
{
	for (size_t i = 0; roots[i] && !r->code; i++) {
		if (!strcmp(before[i], after[i]))
			continue;
		if (strchr(roots[i], '.'))
			add_change(r, roots[i], before[i], after[i]);
		else
			compare_folders(r, roots[i], before[i], after[i]);
	}
}

static bool read_touch(void *data, const fria_touch *touch)
{
	past_reader *r = data;
	fria_commit commit = {0};
	fria_touch t = *touch;
	r->touch = touch;
	r->code = fria_store_commit_read(&commit, r->ws->store, touch->commit,
					 r->err);
	for (size_t i = 1; i < commit.parents.n; i++)
		fria_strings_add(&r->parents, commit.parents.items[i]);
	compare_roots(r, t.before, t.entries);
	fria_strings_dispose(&r->parents);
	fria_commit_dispose(&commit);
	return !r->code;
}

/* --- what merges put back --- */

/* Where one parent parted from each of the others. */
static void find_bases(past_reader *r, const fria_stood *parents, size_t n,
		       size_t own)
{
	for (size_t i = 0; i < n && !r->code; i++) {
		if (i == own)
			continue;
		size_t at = r->parents.n;
		fria_strings_add(&r->parents, parents[i].commit);
		r->code = fria_store_merge_bases(&r->bases[at], r->ws->store,
						 parents[own].commit,
						 parents[i].commit, r->err);
	}
}

static bool same_roots(const fria_stood *a, const fria_stood *b)
{
	bool same = true;
	for (size_t i = 0; roots[i]; i++)
		same = same && !strcmp(a->entries[i], b->entries[i]);
	return same;
}

static void read_side(past_reader *r, const fria_stood *at,
		      const fria_stood *parents, size_t n, size_t own)
{
	r->first = !own;
	r->bases = fria_calloc(n, sizeof *r->bases);
	find_bases(r, parents, n, own);
	compare_roots(r, parents[own].entries, at->entries);
	for (size_t i = 0; i < n; i++)
		fria_strings_dispose(&r->bases[i]);
	free(r->bases);
	fria_strings_dispose(&r->parents);
}

static bool read_merge(void *data, const fria_stood *at,
		       const fria_stood *parents, size_t n)
{
	past_reader *r = data;
	fria_touch touch = {.boundary = false};
	memcpy(touch.commit, at->commit, FRIA_ID_SIZE);
	r->touch = &touch;
	for (size_t i = 0; n > 1 && i < n && !r->code; i++)
		if (!same_roots(at, &parents[i]))
			read_side(r, at, parents, n, i);
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
	find_renamed(&r);
	int code = fria_store_touched(ws->store, out->head, roots, read_touch,
				      &r, err);
	r.putting_back = true;
	if (!code && !r.code)
		code = fria_store_each(ws->store, out->head, roots, read_merge,
				       &r, err);
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, by_path);
	fria_strings_dispose(&r.now);
	fria_strings_dispose(&r.was);
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

bool past_repeats(const past_change *changes, size_t at)
{
	for (size_t i = 0; changes[at].put_back && i < at; i++)
		if (!strcmp(changes[i].commit, changes[at].commit))
			return true;
	return false;
}
