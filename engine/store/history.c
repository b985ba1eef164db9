/* SPDX-License-Identifier: EUPL-1.2 */
/* The commits that touched some paths. */
#include "store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- walking parents --- */

/* Commits still to be looked at, newest first; each once. */
typedef struct {
	git_commit **items;
	size_t n;
	git_oidarray seen; /* sorted */
	size_t room;
} queue;

static bool mark(queue *q, const git_oid *id)
{
	size_t low = 0, high = q->seen.count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = git_oid_cmp(&q->seen.ids[mid], id);
		if (!order)
			return false;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (q->seen.count == q->room) {
		q->room = q->room ? q->room * 2 : 64;
		q->seen.ids =
		    fria_realloc(q->seen.ids, q->room * sizeof *q->seen.ids);
	}
	memmove(q->seen.ids + low + 1, q->seen.ids + low,
		(q->seen.count - low) * sizeof *q->seen.ids);
	q->seen.ids[low] = *id;
	q->seen.count++;
	return true;
}

/* A commit that is not here (shallow clone) ends its line quietly. */
static void push(queue *q, git_repository *repo, const git_oid *id)
{
	git_commit *c;
	if (!mark(q, id) || git_commit_lookup(&c, repo, id))
		return;
	size_t at = q->n;
	*FRIA_PUSH(q) = c;
	while (at > 0 &&
	       git_commit_time(q->items[at - 1]) > git_commit_time(c)) {
		q->items[at] = q->items[at - 1];
		at--;
	}
	q->items[at] = c;
}

static void clear(queue *q)
{
	for (size_t i = 0; i < q->n; i++)
		git_commit_free(q->items[i]);
	free(q->items);
	free(q->seen.ids);
}

/* Do two commits (b may be absent) hold the same at every path? */
static bool same_at(git_commit *a, git_commit *b, char **paths, size_t n)
{
	git_tree *ta = NULL, *tb = NULL;
	bool same = true;
	git_commit_tree(&ta, a);
	if (b)
		git_commit_tree(&tb, b);
	for (size_t i = 0; ta && i < n && same; i++) {
		git_tree_entry *x = NULL, *y = NULL;
		git_tree_entry_bypath(&x, ta, paths[i]);
		if (tb)
			git_tree_entry_bypath(&y, tb, paths[i]);
		same = (!x && !y) || (x && y &&
				      git_oid_equal(git_tree_entry_id(x),
						    git_tree_entry_id(y)));
		git_tree_entry_free(x);
		git_tree_entry_free(y);
	}
	git_tree_free(ta);
	git_tree_free(tb);
	return same;
}

/*
 * As git simplifies history: a commit equal to one of its parents at these
 * paths is skipped, and only that parent's line is followed.
 */
static bool touched(queue *q, git_repository *repo, git_commit *c, char **paths,
		    size_t n)
{
	unsigned parents = git_commit_parentcount(c);
	for (unsigned i = 0; i < parents; i++) {
		git_commit *p = NULL;
		if (git_commit_parent(&p, c, i))
			continue;
		bool same = same_at(c, p, paths, n);
		git_commit_free(p);
		if (same) {
			push(q, repo, git_commit_parent_id(c, i));
			return false;
		}
	}
	for (unsigned i = 0; i < parents; i++)
		push(q, repo, git_commit_parent_id(c, i));
	return parents > 0 || !same_at(c, NULL, paths, n);
}

static int walk(fria_store *store, queue *q, char **paths, size_t n,
		fria_log_visit visit, void *data, fria_error *err)
{
	bool more = true;
	int code = 0;
	while (q->n && more && !code) {
		git_commit *c = q->items[--q->n];
		char id[FRIA_ID_SIZE];
		fria_commit commit = {0};
		git_oid_tostr(id, sizeof id, git_commit_id(c));
		if (touched(q, store->repo, c, paths, n)) {
			code = fria_store_commit_read(&commit, store, id, err);
			if (!code)
				more = visit(data, &commit);
			fria_commit_dispose(&commit);
		}
		git_commit_free(c);
	}
	return code;
}

int fria_store_log(fria_store *store, const char *revision,
		   const char *const paths[], fria_log_visit visit, void *data,
		   fria_error *err)
{
	char id[FRIA_ID_SIZE];
	git_oid oid;
	fria_strings full = FRIA_STRINGS_INIT;
	queue q = {.items = NULL};
	int code = fria_store_resolve(id, store, revision, err);
	for (size_t i = 0; paths[i] && !code; i++) {
		code = store_check_path(paths[i], err);
		char *path = store_full_path(store, paths[i]);
		fria_strings_add(&full, path);
		free(path);
	}
	if (!code) {
		git_oid_fromstr(&oid, id);
		push(&q, store->repo, &oid);
		code = walk(store, &q, full.items, full.n, visit, data, err);
	}
	clear(&q);
	fria_strings_dispose(&full);
	return code;
}
