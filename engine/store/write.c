/* SPDX-License-Identifier: EUPL-1.2 */
/* The work tree, one file at a time: whole and synced, or not at all. */
#include "store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int trouble(fria_error *err, const char *path)
{
	if (errno == ELOOP)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_store_link, "path",
				 path, NULL);
	return fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, path,
			    strerror(errno));
}

/* Opens one folder, made if absent; a link there is refused (ELOOP). */
static int enter(int at, const char *name)
{
	struct stat st;
	int next =
	    openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (next < 0 && errno == ENOENT && !mkdirat(at, name, 0777))
		next = openat(at, name,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int why = errno;
	if (next < 0 && !fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISLNK(st.st_mode))
		why = ELOOP;
	errno = why;
	return next;
}

/* The folder of a path; *name is its last part, inside path. */
static int open_folder(const char **name, const fria_store *store,
		       const char *path)
{
	int at = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *slash;
	while (at >= 0 && (slash = strchr(path, '/'))) {
		char *part = fria_strndup(path, (size_t)(slash - path));
		int next = enter(at, part);
		int why = errno;
		close(at);
		free(part);
		errno = why;
		at = next;
		path = slash + 1;
	}
	*name = path;
	return at;
}

static int sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : syncfs(fd);
	if (fd >= 0)
		close(fd);
	return result;
}

/* All that was written to the repository and its work tree; -1 with errno. */
static int store_sync_all(const fria_store *store)
{
	int result = sync_folder(git_repository_commondir(store->repo));
	return result || !store->folder ? result : sync_folder(store->folder);
}

static int put(int fd, const char *bytes, size_t n, bool sync)
{
	int result = fria_write_all(fd, bytes, n);
	return result || !sync ? result : fsync(fd);
}

/* Fills a new file and puts it in the place of name; -1 with errno. */
static int fill_and_move(int from, const char *temporary, int folder,
			 const char *name, const char *bytes, size_t n,
			 bool sync)
{
	struct stat st;
	int result = -1;
	bool had = !fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW);
	if (had && S_ISLNK(st.st_mode)) {
		errno = ELOOP;
		return -1;
	}
	int fd =
	    openat(from, temporary,
		   O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	/* What is replaced keeps its permissions. */
	if (!had || !fchmod(fd, st.st_mode & 07777))
		result = put(fd, bytes, n, sync);
	close(fd);
	if (!result)
		result = renameat(from, temporary, folder, name);
	int why = errno;
	if (result)
		unlinkat(from, temporary, 0);
	errno = why;
	return result;
}

/*
 * The new file grows in our own folder, under the lock, so that a process
 * killed midway leaves nothing in the work tree; beside its place only where
 * that folder is on another file system.
 */
static int replace(const fria_store *store, int folder, const char *name,
		   const char *bytes, size_t n)
{
	char random[9];
	bool sync = !store->together;
	int own = store->lock >= 0
		      ? open(store->own, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		      : -1;
	if (own >= 0) {
		int result =
		    fill_and_move(own, "new", folder, name, bytes, n, sync);
		int why = errno;
		close(own);
		errno = why;
		if (!result || errno != EXDEV)
			return result;
	}
	fria_random_id(random, 8);
	char *temporary = fria_format(".fria-%s.tmp", random);
	int result =
	    fill_and_move(folder, temporary, folder, name, bytes, n, sync);
	int why = errno;
	free(temporary);
	errno = why;
	return result;
}

int store_write_disk(const fria_store *store, const char *path,
		     const char *bytes, size_t n, fria_error *err)
{
	const char *name;
	int code = store_check_path(path, err);
	if (code)
		return code;
	int folder = open_folder(&name, store, path);
	if (folder < 0)
		return trouble(err, path);
	int result = bytes ? replace(store, folder, name, bytes, n)
			   : unlinkat(folder, name, 0);
	if (result && !(!bytes && errno == ENOENT))
		code = trouble(err, path);
	else if (!store->together)
		fsync(folder);
	close(folder);
	return code;
}

int store_link_disk(const fria_store *store, const char *path,
		    const char *target, fria_error *err)
{
	const char *name;
	char random[9];
	int folder = open_folder(&name, store, path);
	if (folder < 0)
		return trouble(err, path);
	fria_random_id(random, 8);
	char *temporary = fria_format(".fria-%s.tmp", random);
	int code = 0;
	if (symlinkat(target, folder, temporary) ||
	    renameat(folder, temporary, folder, name)) {
		code = trouble(err, path);
		unlinkat(folder, temporary, 0);
	} else {
		fsync(folder);
	}
	free(temporary);
	close(folder);
	return code;
}

void store_prune_disk(const fria_store *store, const char *path)
{
	char *at = store_disk_path(store, path), *slash;
	size_t root = strlen(store->folder);
	while ((slash = strrchr(at, '/')) && (size_t)(slash - at) > root) {
		*slash = '\0';
		if (rmdir(at))
			break;
	}
	free(at);
}

static int stage(fria_store *store, const char *path, const char *bytes,
		 size_t n, fria_error *err)
{
	char was[FRIA_ID_SIZE] = "";
	int code = store_check_path(path, err);
	if (code)
		return code;
	if (!fria_store_file_id(was, store, NULL, path))
		was[0] = '\0';
	store_stage_put(store, path, was, bytes, n);
	return 0;
}

int fria_store_write(fria_store *store, const char *path, const char *bytes,
		     size_t n, fria_error *err)
{
	if (store->stage)
		return stage(store, path, bytes, n, err);
	if (!store->folder)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_repository,
				 NULL);
	int code = store_write_disk(store, path, bytes, n, err);
	store->unsaved = store->unsaved || !code;
	return code;
}

bool fria_store_unsaved(const fria_store *store)
{
	return store->unsaved;
}

/* --- many at once --- */

/* From this many documents on they are synced together, not one by one. */
#define MANY 32

void fria_store_together(fria_store *store, size_t n)
{
	store->together = n >= MANY;
}

int fria_store_apart(fria_store *store, fria_error *err)
{
	if (!store->together)
		return 0;
	store->together = false;
	return store_sync_all(store)
		   ? fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write,
				  store->folder, strerror(errno))
		   : 0;
}
