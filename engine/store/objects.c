/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Git's objects, written by this program itself: so that those of a commit are
 * synced all at once, for this handle alone. Reading them is git's.
 */
#include "store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

struct store_objects {
	git_odb_backend backend; /* the first: it is one */
	char *folder;
	bool together; /* what is written is synced by store_objects_sync() */
};

/* --- one object --- */

/* As git keeps it: its kind, how long it is, and it. False: no memory. */
static bool pack(fria_buf *out, const void *bytes, size_t n, const char *kind)
{
	enum { ROOM = 16384 };
	char head[64];
	Bytef room[ROOM];
	z_stream z = {.zalloc = Z_NULL};
	int status = deflateInit(&z, Z_BEST_SPEED);
	int head_n = snprintf(head, sizeof head, "%s %zu", kind, n) + 1;
	if (status != Z_OK)
		return false;
	for (int last = 0; last < 2; last++) {
		z.next_in = last ? (Bytef *)(uintptr_t)bytes : (Bytef *)head;
		z.avail_in = last ? (uInt)n : (uInt)head_n;
		do {
			z.next_out = room;
			z.avail_out = ROOM;
			status = deflate(&z, last ? Z_FINISH : Z_NO_FLUSH);
			fria_buf_put(out, (const char *)room,
				     ROOM - z.avail_out);
		} while (status == Z_OK && !z.avail_out);
	}
	deflateEnd(&z);
	return status == Z_STREAM_END;
}

/* git clears away what begins with tmp_ and was left by somebody killed. */
static int put(const store_objects *o, const char *folder, const char *path,
	       const fria_buf *packed)
{
	char *temporary = fria_format("%s/tmp_obj_XXXXXX", o->folder);
	int fd = mkostemp(temporary, O_CLOEXEC);
	int result = fd < 0 ? -1 : fria_write_all(fd, packed->text, packed->n);
	if (!result)
		result = fchmod(fd, 0444);
	if (!result && !o->together)
		result = fsync(fd);
	if (fd >= 0)
		close(fd);
	if (!result && mkdir(folder, 0777) && errno != EEXIST)
		result = -1;
	if (!result)
		result = rename(temporary, path);
	int why = errno;
	if (result && fd >= 0)
		unlink(temporary);
	errno = why;
	free(temporary);
	return result;
}

static int sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	return result;
}

static int write_object(git_odb_backend *backend, const git_oid *oid,
			const void *bytes, size_t n, git_object_t type)
{
	store_objects *o = (store_objects *)backend;
	char id[FRIA_ID_SIZE];
	fria_buf packed = FRIA_BUF_INIT;
	git_oid_tostr(id, sizeof id, oid);
	char *folder = fria_format("%s/%.2s", o->folder, id);
	char *path = fria_format("%s/%s", folder, id + 2);
	int result = pack(&packed, bytes, n, git_object_type2string(type))
			 ? put(o, folder, path, &packed)
			 : -1;
	if (!result && !o->together)
		result = sync_folder(folder);
	if (result)
		git_error_set_str(GIT_ERROR_OS, strerror(errno));
	fria_buf_dispose(&packed);
	free(path);
	free(folder);
	return result;
}

/* --- for a handle --- */

static void free_objects(git_odb_backend *backend)
{
	store_objects *o = (store_objects *)backend;
	free(o->folder);
	free(o);
}

int store_objects_add(store_objects **out, git_repository *repo)
{
	enum { BEFORE_GITS_OWN = 100 };
	git_odb *odb = NULL;
	store_objects *o = fria_calloc(1, sizeof *o);
	int git = git_odb_init_backend(&o->backend, GIT_ODB_BACKEND_VERSION);
	o->folder = fria_format("%sobjects", git_repository_commondir(repo));
	o->backend.write = write_object;
	o->backend.free = free_objects;
	if (!git)
		git = git_repository_odb(&odb, repo);
	if (!git)
		git = git_odb_add_backend(odb, &o->backend, BEFORE_GITS_OWN);
	git_odb_free(odb);
	if (git)
		free_objects(&o->backend);
	*out = git ? NULL : o;
	return git;
}

void store_objects_together(fria_store *store, bool together)
{
	store->objects->together = together;
}

int store_objects_sync(fria_store *store, fria_error *err)
{
	const store_objects *o = store->objects;
	int fd = open(o->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : syncfs(fd);
	int why = errno;
	if (fd >= 0)
		close(fd);
	return result ? fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write,
				     o->folder, strerror(why))
		      : 0;
}
