/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How two lines of history lie to each other: where they parted, and what the
 * other side changed since. It merges nothing.
 */
#include "store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fria_sides_dispose(fria_sides *sides)
{
	for (size_t i = 0; i < sides->n; i++)
		free(sides->items[i].path);
	free(sides->items);
	*sides = (fria_sides){NULL, 0};
}

void fria_fork_dispose(fria_fork *fork)
{
	fria_strings_dispose(&fork->bases);
	fria_sides_dispose(&fork->paths);
}

/* --- where they parted --- */

int fria_store_merge_bases(fria_strings *out, fria_store *store, const char *a,
			   const char *b, fria_error *err)
{
	git_oid x, y;
	git_oidarray found = {NULL, 0};
	char id[FRIA_ID_SIZE];
	if (git_repository_is_shallow(store->repo))
		return store_shallow_bases(out, store, a, b, err);
	int git = git_oid_fromstr(&x, a);
	if (!git)
		git = git_oid_fromstr(&y, b);
	if (!git)
		git = git_merge_bases(&found, store->repo, &x, &y);
	for (size_t i = 0; !git && i < found.count; i++)
		fria_strings_add(out,
				 git_oid_tostr(id, sizeof id, &found.ids[i]));
	git_oidarray_dispose(&found);
	fria_strings_sort(out);
	return git && git != GIT_ENOTFOUND ? store_fail(err, git, b) : 0;
}

/* --- what they changed --- */

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const fria_path_sides *)a)->path,
		      ((const fria_path_sides *)b)->path);
}

static void drop_doubles(fria_sides *list)
{
	size_t kept = 0;
	if (list->n > 1)
		qsort(list->items, list->n, sizeof *list->items, compare_paths);
	for (size_t i = 0; i < list->n; i++)
		if (kept &&
		    !strcmp(list->items[kept - 1].path, list->items[i].path))
			free(list->items[i].path);
		else
			list->items[kept++] = list->items[i];
	list->n = kept;
}

static int add_changed(fria_sides *out, fria_store *store, const char *from,
		       const char *to, fria_error *err)
{
	git_tree *a = NULL, *b = NULL;
	git_diff *diff = NULL;
	int code = 0;
	if (*from) {
		store_fetch_folders(store, from, to);
		code = store_tree(&a, store, from, err);
	}
	if (!code)
		code = store_tree(&b, store, to, err);
	if (!code) {
		int git = git_diff_tree_to_tree(&diff, store->repo, a, b, NULL);
		/* A loop over the list: a walk would look into the files. */
		for (size_t i = 0; !git && i < git_diff_num_deltas(diff); i++) {
			const git_diff_delta *d = git_diff_get_delta(diff, i);
			const char *path = d->new_file.path ? d->new_file.path
							    : d->old_file.path;
			*FRIA_PUSH(out) =
			    (fria_path_sides){.path = fria_strdup(path)};
		}
		code = git ? store_fail(err, git, to) : 0;
	}
	git_diff_free(diff);
	git_tree_free(a);
	git_tree_free(b);
	return code;
}

/* Id and mode in a tree; "" and 0 where the path is absent or a folder. */
static void look_up(char id[FRIA_ID_SIZE], unsigned *mode, const git_tree *tree,
		    const char *path)
{
	git_tree_entry *entry = NULL;
	id[0] = '\0';
	*mode = 0;
	if (tree && !git_tree_entry_bypath(&entry, tree, path) &&
	    git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
		git_oid_tostr(id, FRIA_ID_SIZE, git_tree_entry_id(entry));
		*mode = (unsigned)git_tree_entry_filemode(entry);
	}
	git_tree_entry_free(entry);
}

bool fria_store_blob_at(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path)
{
	git_tree *tree = NULL;
	unsigned mode;
	out[0] = '\0';
	if (!store_tree(&tree, store, commit, NULL))
		look_up(out, &mode, tree, path);
	git_tree_free(tree);
	return out[0] != '\0';
}

static void fill(fria_path_sides *p, git_tree *const trees[3])
{
	look_up(p->base, &p->modes[0], trees[0], p->path);
	look_up(p->ours, &p->modes[1], trees[1], p->path);
	look_up(p->theirs, &p->modes[2], trees[2], p->path);
}

/* Several common ancestors that hold different things at a path. */
static void mark_bases(fria_fork *fork, fria_store *store)
{
	for (size_t k = 1; k < fork->bases.n; k++) {
		git_tree *tree = NULL;
		if (store_tree(&tree, store, fork->bases.items[k], NULL))
			continue;
		for (size_t i = 0; i < fork->paths.n; i++) {
			fria_path_sides *p = &fork->paths.items[i];
			char id[FRIA_ID_SIZE];
			unsigned mode;
			look_up(id, &mode, tree, p->path);
			p->bases = p->bases || strcmp(id, p->base) != 0 ||
				   mode != p->modes[0];
		}
		git_tree_free(tree);
	}
}

/* Without those that both sides have the same. */
static void drop_same(fria_sides *list)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->n; i++) {
		fria_path_sides *p = &list->items[i];
		if (!strcmp(p->ours, p->theirs) && p->modes[1] == p->modes[2])
			free(p->path);
		else
			list->items[kept++] = *p;
	}
	list->n = kept;
}

static int find_paths(fria_fork *fork, fria_store *store, fria_error *err)
{
	git_tree *trees[3] = {NULL, NULL, NULL};
	const char *commits[] = {fork->bases.items[0], fork->ours,
				 fork->theirs};
	int code = 0;
	for (size_t i = 0; i < fork->bases.n && !code; i++)
		code = add_changed(&fork->paths, store, fork->bases.items[i],
				   fork->theirs, err);
	if (*commits[0])
		store_fetch_folders(store, commits[0], commits[1]);
	for (size_t i = 0; i < 3 && !code; i++)
		if (*commits[i])
			code = store_tree(&trees[i], store, commits[i], err);
	if (!code) {
		drop_doubles(&fork->paths);
		for (size_t i = 0; i < fork->paths.n; i++)
			fill(&fork->paths.items[i], trees);
		mark_bases(fork, store);
		drop_same(&fork->paths);
	}
	for (size_t i = 0; i < 3; i++)
		git_tree_free(trees[i]);
	return code;
}

int fria_store_between(fria_sides *out, fria_store *store, const char *from,
		       const char *to, fria_error *err)
{
	fria_fork fork = {.bases = FRIA_STRINGS_INIT};
	snprintf(fork.ours, sizeof fork.ours, "%s", from);
	snprintf(fork.theirs, sizeof fork.theirs, "%s", to);
	fria_strings_add(&fork.bases, from);
	int code = find_paths(&fork, store, err);
	*out = code ? (fria_sides){NULL, 0} : fork.paths;
	if (!code)
		fork.paths = (fria_sides){NULL, 0};
	fria_fork_dispose(&fork);
	return code;
}

int fria_store_fork(fria_fork *out, fria_store *store, const char *theirs,
		    fria_error *err)
{
	*out = (fria_fork){.bases = FRIA_STRINGS_INIT};
	memcpy(out->theirs, theirs, FRIA_ID_SIZE);
	int code = 0;
	if (fria_store_head(out->ours, store))
		code = fria_store_merge_bases(&out->bases, store, out->ours,
					      theirs, err);
	else
		fria_strings_add(&out->bases, "");
	if (!code && !out->bases.n)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_store_unrelated,
				 "theirs", theirs, NULL);
	if (!code) {
		out->known = !strcmp(out->bases.items[0], theirs);
		out->forward = !strcmp(out->bases.items[0], out->ours);
		if (!out->known)
			code = find_paths(out, store, err);
	}
	if (code)
		fria_fork_dispose(out);
	return code;
}
