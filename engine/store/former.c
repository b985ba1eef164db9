/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Folders that had another name: what a commit that has no such folder holds
 * in it is what that commit holds in the folder by its former name. So history
 * goes on where a folder was renamed. Work tree and index are not concerned.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

/* True for the folder itself, and what lies in it. */
static bool lies_in(const char *path, const char *folder, size_t n)
{
	return !strncmp(path, folder, n) && (!path[n] || path[n] == '/');
}

static void forget(fria_store *store, const char *folder)
{
	char *full = store_full_path(store, folder);
	size_t kept = 0;
	for (size_t i = 0; i < store->former.n; i++) {
		store_former *one = &store->former.items[i];
		if (strcmp(one->folder, full) != 0) {
			store->former.items[kept++] = *one;
			continue;
		}
		free(one->folder);
		free(one->was);
	}
	store->former.n = kept;
	free(full);
}

void fria_store_formerly(fria_store *store, const char *folder, const char *was)
{
	if (!was) {
		forget(store, folder);
		return;
	}
	store_former one = {store_full_path(store, folder),
			    store_full_path(store, was)};
	for (size_t i = 0; i < store->former.n; i++) {
		store_former *known = &store->former.items[i];
		if (!strcmp(known->folder, one.folder) &&
		    !strcmp(known->was, one.was)) {
			free(one.folder);
			free(one.was);
			return;
		}
	}
	*FRIA_PUSH(&store->former) = one;
}

void store_former_free(fria_store *store)
{
	for (size_t i = 0; i < store->former.n; i++) {
		free(store->former.items[i].folder);
		free(store->former.items[i].was);
	}
	free(store->former.items);
	store->former.items = NULL;
	store->former.n = 0;
}

size_t store_former_paths(fria_strings *out, const fria_store *store,
			  const char *full)
{
	size_t folder = 0;
	for (size_t i = 0; i < store->former.n; i++) {
		const store_former *one = &store->former.items[i];
		size_t n = strlen(one->folder);
		if (!lies_in(full, one->folder, n))
			continue;
		char *path = fria_format("%s%s", one->was, full + n);
		fria_strings_add(out, path);
		free(path);
		folder = n;
	}
	return folder;
}

int store_tree_entry(git_tree_entry **out, const fria_store *store,
		     const git_tree *tree, const char *full)
{
	fria_strings former = FRIA_STRINGS_INIT;
	git_tree_entry *folder = NULL;
	int git = git_tree_entry_bypath(out, tree, full);
	size_t n =
	    git == GIT_ENOTFOUND ? store_former_paths(&former, store, full) : 0;
	char *own = fria_strndup(full, n);
	if (n && git_tree_entry_bypath(&folder, tree, own) == GIT_ENOTFOUND)
		for (size_t i = 0; i < former.n && git == GIT_ENOTFOUND; i++)
			git = git_tree_entry_bypath(out, tree, former.items[i]);
	git_tree_entry_free(folder);
	free(own);
	fria_strings_dispose(&former);
	return git;
}
