/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Several documents of the work tree at once: all of them or none. The journal
 * decides; whoever finds one writes what is still lacking. It records nothing.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

static int write_all(fria_store *store, const journal_path *paths, size_t n,
		     fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	int code = journal_write(store, JOURNAL_WRITE, "-", paths, n, err);
	if (code)
		return code;
	/* Tried twice: what failed once may have passed. */
	if (store_write_all_finish(store, paths, n, NULL) &&
	    store_write_all_finish(store, paths, n, &inner))
		return store_unfinished(err, &inner);
	journal_drop(store);
	return 0;
}

/* One alone, or in memory: there nothing can come between. */
static int write_each(fria_store *store, const fria_change *changes, size_t n,
		      fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < n && !code; i++)
		code = store_check_path(changes[i].path, err);
	for (size_t i = 0; i < n && !code; i++)
		code = fria_store_write(store, changes[i].path,
					changes[i].bytes, changes[i].n, err);
	return code;
}

int fria_store_write_all(fria_store *store, const fria_change *changes,
			 size_t n, fria_error *err)
{
	if (n == 1 || store->stage || !store->folder)
		return write_each(store, changes, n, err);
	const fria_commit_request request = {.changes = changes, .n = n};
	fria_store whole = store_whole(store);
	journal_path *paths = fria_calloc(n + 1, sizeof *paths);
	int code = journal_recover(store, err);
	if (!code)
		code = store_make_paths(paths, store, &whole, &request, err);
	for (size_t i = 0; i < n && !code; i++)
		store_disk_id(paths[i].was, &whole, paths[i].path);
	if (!code)
		code = write_all(&whole, paths, n, err);
	store->unsaved = store->unsaved || !code;
	store_free_paths(paths, n);
	free(whole.folder);
	return code;
}
