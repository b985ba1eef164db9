/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A merge that is under way, as git notes it; and one that is taken back.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

fria_busy fria_store_busy(const fria_store *store)
{
	switch (git_repository_state(store->repo)) {
	case GIT_REPOSITORY_STATE_NONE:
		return FRIA_BUSY_NOT;
	case GIT_REPOSITORY_STATE_MERGE:
		return FRIA_BUSY_MERGE;
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
		return FRIA_BUSY_REBASE;
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return FRIA_BUSY_PICK;
	default:
		return FRIA_BUSY_OTHER;
	}
}

char *store_git_file(const fria_store *store, const char *name)
{
	return fria_format("%s%s", git_repository_path(store->repo), name);
}

/* -1 with errno where one of them stays. */
static int remove_merge_files(const fria_store *store)
{
	int result = 0;
	static const char *const names[] = {"MERGE_HEAD", "MERGE_MODE",
					    "MERGE_MSG", "AUTO_MERGE"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *file = store_git_file(store, names[i]);
		/* Tried twice: what failed once may have passed. */
		if (unlink(file) && errno != ENOENT && unlink(file))
			result = -1;
		free(file);
	}
	return result;
}

bool fria_store_merging(char out[FRIA_ID_SIZE], const fria_store *store)
{
	git_oid id;
	if (git_reference_name_to_id(&id, store->repo, "MERGE_HEAD"))
		return false;
	git_oid_tostr(out, FRIA_ID_SIZE, &id);
	return true;
}

int store_end_merge(fria_store *store, const git_oid *commit, fria_error *err)
{
	git_oid theirs;
	if (git_reference_name_to_id(&theirs, store->repo, "MERGE_HEAD") ||
	    !store_is_behind(store, commit, &theirs) ||
	    !remove_merge_files(store))
		return 0;
	return fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, "MERGE_HEAD",
			    strerror(errno));
}

/* One result in the place of three sides, as before they were put there. */
static void restore_entry(git_index *index, const journal_path *p)
{
	git_index_entry entry = {.path = p->path,
				 .mode = p->mode ? p->mode : GIT_FILEMODE_BLOB};
	if (git_index_conflict_remove(index, p->path) ||
	    git_index_get_bypath(index, p->path, 0) || !p->now[0])
		return;
	git_oid_fromstr(&entry.id, p->now);
	git_index_add(index, &entry);
}

int store_undo_stop(fria_store *store, const journal_path *paths, size_t n,
		    fria_error *err)
{
	git_index *index = NULL;
	int code = store_open_index(&index, store, err);
	remove_merge_files(store);
	for (size_t i = 0; i < n && !code; i++) {
		journal_path back = paths[i];
		memcpy(back.was, paths[i].now, FRIA_ID_SIZE);
		memcpy(back.now, paths[i].was, FRIA_ID_SIZE);
		restore_entry(index, &paths[i]);
		code = store_settle_path(store, index, &back, err);
	}
	if (!code)
		code = store_write_index(index, err);
	git_index_free(index);
	return code;
}
