/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What git's index knows of a file: as long as its size, times and inode are
 * what git wrote down, its bytes need not be read again. One that changed in
 * the moment in which the index was written may look so and be another; git
 * calls it racily clean (gitformat-index, "racy-git"), and it is read.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_at(const git_index_time *have, const struct timespec *want)
{
	return have->seconds == (int32_t)want->tv_sec &&
	       have->nanoseconds == (uint32_t)want->tv_nsec;
}

static bool is_before(const git_index_time *a, const struct timespec *b)
{
	return a->seconds < (int32_t)b->tv_sec ||
	       (a->seconds == (int32_t)b->tv_sec &&
		a->nanoseconds < (uint32_t)b->tv_nsec);
}

static bool is_as_noted(const git_index_entry *e, const struct stat *file,
			const struct stat *index)
{
	return (e->mode == GIT_FILEMODE_BLOB ||
		e->mode == GIT_FILEMODE_BLOB_EXECUTABLE) &&
	       S_ISREG(file->st_mode) &&
	       e->file_size == (uint32_t)file->st_size &&
	       e->ino == (uint32_t)file->st_ino &&
	       is_at(&e->mtime, &file->st_mtim) &&
	       is_at(&e->ctime, &file->st_ctim) &&
	       is_before(&e->mtime, &index->st_mtim);
}

bool store_index_knows(fria_store *store, const char *path,
		       const struct stat *file, const char *id)
{
	git_index *index = NULL;
	struct stat at;
	/* Before it is read: one that is newer only makes it stricter. */
	char *name = fria_format("%sindex", git_repository_path(store->repo));
	bool there = !stat(name, &at);
	char *full = store_full_path(store, path);
	const git_index_entry *e = NULL;
	if (there && !store_read_index(&index, store, false, NULL))
		e = git_index_get_bypath(index, full, 0);
	there = e && !git_oid_strcmp(&e->id, id) && is_as_noted(e, file, &at);
	git_index_free(index);
	free(full);
	free(name);
	return there;
}
