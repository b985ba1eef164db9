/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents and commits, read at a revision or in the work tree. */
#include "store_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the work tree --- */

/* Opens without following a link in any part of the path; -1 with errno. */
static int open_beneath(const fria_store *store, const char *path, int flags)
{
	int at = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *copy = fria_strdup(path), *part = copy;
	while (at >= 0) {
		char *slash = strchr(part, '/');
		if (slash)
			*slash = '\0';
		int next = openat(at, part,
				  O_NOFOLLOW | O_CLOEXEC |
				      (slash ? O_RDONLY | O_DIRECTORY : flags));
		int why = errno;
		struct stat st;
		/* A link in the place of a folder says ENOTDIR, not ELOOP. */
		if (next < 0 && why == ENOTDIR &&
		    !fstatat(at, part, &st, AT_SYMLINK_NOFOLLOW) &&
		    S_ISLNK(st.st_mode))
			why = ELOOP;
		close(at);
		errno = why;
		at = next;
		if (!slash)
			break;
		part = slash + 1;
	}
	int why = errno;
	free(copy);
	errno = why;
	return at;
}

static int open_error(fria_error *err, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return store_refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent,
				    path);
	if (errno == ELOOP)
		return store_refuse(err, FRIA_EINPUT, FRIA_W_store_link, path);
	return fria_fail_io(err, errno == EACCES ? FRIA_EINPUT : FRIA_EIO,
			    FRIA_W_store_trouble, path, strerror(errno));
}

static void drop_carriage_returns(fria_buf *buf)
{
	size_t to = 0;
	if (!buf->n || !memchr(buf->text, '\r', buf->n))
		return;
	for (size_t i = 0; i < buf->n; i++)
		if (buf->text[i] != '\r' || i + 1 == buf->n ||
		    buf->text[i + 1] != '\n')
			buf->text[to++] = buf->text[i];
	buf->n = to;
	buf->text[to] = '\0';
}

static int read_all(fria_buf *out, int fd, const char *path, fria_error *err)
{
	char chunk[1 << 16];
	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return open_error(err, path);
		if (!n)
			return 0;
		fria_buf_put(out, chunk, (size_t)n);
		if (out->n > FRIA_MAX_BYTES)
			return store_refuse(err, FRIA_ELIMIT,
					    FRIA_W_store_large, path);
	}
}

static int read_disk(fria_buf *out, const fria_store *store, const char *path,
		     fria_error *err)
{
	struct stat st;
	int code = store_check_path(path, err);
	if (code)
		return code;
	int fd = open_beneath(store, path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return open_error(err, path);
	fria_buf_clear(out);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		code =
		    store_refuse(err, FRIA_EINPUT, FRIA_W_store_no_file, path);
	else if (st.st_size > (off_t)FRIA_MAX_BYTES)
		code = store_refuse(err, FRIA_ELIMIT, FRIA_W_store_large, path);
	else
		code = read_all(out, fd, path, err);
	close(fd);
	return code;
}

/*
 * Reads a work tree file without following a link in any part of its path.
 * ENOTFOUND if absent. CR LF becomes LF.
 */
static int store_read_disk(fria_buf *out, const fria_store *store,
			   const char *path, fria_error *err)
{
	int code = read_disk(out, store, path, err);
	if (!code)
		drop_carriage_returns(out);
	return code;
}

/* --- at a commit --- */

int fria_store_read(fria_buf *out, fria_store *store, const char *commit,
		    const char *path, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	store_staged staged =
	    commit ? STAGED_NOT : store_stage_read(out, store, path);
	if (staged != STAGED_NOT)
		return staged == STAGED_HERE
			   ? 0
			   : store_refuse(err, FRIA_ENOTFOUND,
					  FRIA_W_store_absent, path);
	if (!commit && store->folder) {
		fria_error inner = FRIA_ERROR_INIT;
		bool left_out = false;
		int code = store_read_disk(out, store, path, &inner);
		if (code == FRIA_ENOTFOUND) {
			int git = store_leaves_out(&left_out, store, path, err);
			if (git)
				return git;
		}
		if (code && !left_out && err && !err->code)
			*err = inner;
		if (!left_out)
			return code;
	}
	if (!commit && !fria_store_head(head, store))
		return store_refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent,
				    path);
	return store_read_commit(out, store, commit ? commit : head, path, err);
}

int fria_store_read_bytes(fria_buf *out, fria_store *store, const char *path,
			  fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	bool staged = store_stage_read(NULL, store, path) != STAGED_NOT;
	int code = store->folder && !staged
		       ? read_disk(out, store, path, &inner)
		       : FRIA_ENOTFOUND;
	if (code == FRIA_ENOTFOUND)
		return fria_store_read(out, store, NULL, path, err);
	if (code && err && !err->code)
		*err = inner;
	return code;
}

bool fria_store_blob_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path)
{
	git_tree_entry *entry = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	git_oid id;
	store_entry plain;
	bool there = false;
	if (commit && !store_check_path(path, NULL) &&
	    store_entry_of(&plain, store, commit, path)) {
		if (plain.mode)
			git_oid_tostr(out, FRIA_ID_SIZE, &plain.id);
		return plain.mode != 0;
	}
	if (commit && !store_find_entry(&entry, store, commit, path, NULL)) {
		git_oid_tostr(out, FRIA_ID_SIZE, git_tree_entry_id(entry));
		there = true;
	} else if (!commit &&
		   !fria_store_read(&bytes, store, NULL, path, NULL)) {
		git_odb_hash(&id, bytes.text, bytes.n, GIT_OBJECT_BLOB);
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
		there = true;
	}
	git_tree_entry_free(entry);
	fria_buf_dispose(&bytes);
	return there;
}

static bool is_json(const char *path)
{
	size_t n = strlen(path);
	return n > 5 && !strcmp(path + n - 5, ".json");
}

/* A file that is no document: with the filters that git applies to it. */
static int hash_file(git_oid *id, fria_store *store, const char *path)
{
	struct stat st;
	int fd = open_beneath(store, path, O_RDONLY | O_NONBLOCK);
	bool file = fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode);
	if (fd >= 0)
		close(fd);
	if (!file)
		return -1;
	char *full = store_full_path(store, path);
	int code = git_repository_hashfile(id, store->repo, full,
					   GIT_OBJECT_BLOB, full);
	free(full);
	return code;
}

static int hash_link(git_oid *id, const fria_store *store, const char *path)
{
	char target[4096];
	char *folder = fria_strdup(path), *name = strrchr(folder, '/');
	if (name)
		*name++ = '\0';
	int at = name ? open_beneath(store, folder, O_RDONLY | O_DIRECTORY)
		      : open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ssize_t n = at < 0 ? -1
			   : readlinkat(at, name ? name : folder, target,
					sizeof target);
	if (at >= 0)
		close(at);
	free(folder);
	return n < 0 ? -1
		     : git_odb_hash(id, target, (size_t)n, GIT_OBJECT_BLOB);
}

/* What the work tree holds: 1; what HEAD holds of it: 0; neither: -1. */
static int file_on_disk(char out[FRIA_ID_SIZE], fria_store *store,
			const char *path)
{
	bool left_out = false;
	git_oid id;
	store_staged staged = store_stage_id(out, store, path);
	if (staged != STAGED_NOT)
		return staged == STAGED_HERE ? 1 : -1;
	if (!store->folder)
		return 0;
	if (!hash_file(&id, store, path)) {
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
		return 1;
	}
	return !store_leaves_out(&left_out, store, path, NULL) && left_out ? 0
									   : -1;
}

bool fria_store_file_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path)
{
	git_tree_entry *entry = NULL;
	char head[FRIA_ID_SIZE];
	int here = 0;
	if (store_check_path(path, NULL))
		return false;
	if (!commit && is_json(path))
		return fria_store_blob_id(out, store, NULL, path);
	if (!commit)
		here = file_on_disk(out, store, path);
	if (here || (!commit && !fria_store_head(head, store)))
		return here > 0;
	if (store_find_entry(&entry, store, commit ? commit : head, path, NULL))
		return false;
	git_filemode_t mode = git_tree_entry_filemode(entry);
	bool file =
	    mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if (file)
		git_oid_tostr(out, FRIA_ID_SIZE, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return file;
}

void fria_store_stamp(char out[FRIA_STAMP_SIZE], fria_store *store,
		      const char *path)
{
	struct stat st;
	bool staged = store_stage_read(NULL, store, path) != STAGED_NOT;
	int fd = store->folder && !staged
		     ? open_beneath(store, path, O_RDONLY | O_NONBLOCK)
		     : -1;
	out[0] = '\0';
	if (fd >= 0 && !fstat(fd, &st))
		snprintf(out, FRIA_STAMP_SIZE, "%jd %jd.%09ld %jd.%09ld %ju",
			 (intmax_t)st.st_size, (intmax_t)st.st_mtim.tv_sec,
			 st.st_mtim.tv_nsec, (intmax_t)st.st_ctim.tv_sec,
			 st.st_ctim.tv_nsec, (uintmax_t)st.st_ino);
	else
		fria_store_file_id(out, store, NULL, path);
	if (fd >= 0)
		close(fd);
}

void store_disk_id(char out[FRIA_ID_SIZE], fria_store *store, const char *path)
{
	char head[FRIA_ID_SIZE];
	git_oid id;
	bool left_out = false;
	if (is_json(path) && fria_store_blob_id(out, store, NULL, path))
		return;
	out[0] = '\0';
	if (!hash_file(&id, store, path) || !hash_link(&id, store, path))
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
	else if (!store_leaves_out(&left_out, store, path, NULL) && left_out &&
		 fria_store_head(head, store) &&
		 !fria_store_blob_id(out, store, head, path))
		out[0] = '\0';
}

/* --- folders --- */

static int list_disk(fria_strings *out, const fria_store *store,
		     const char *folder, fria_error *err)
{
	int fd = *folder
		     ? open_beneath(store, folder, O_RDONLY | O_DIRECTORY)
		     : open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : open_error(err, folder);
	DIR *dir = fdopendir(fd);
	struct dirent *e;
	while (dir && (e = readdir(dir))) {
		struct stat st;
		if (e->d_name[0] == '.' ||
		    fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		char *name =
		    fria_format(S_ISDIR(st.st_mode) ? "%s/" : "%s", e->d_name);
		fria_strings_add(out, name);
		free(name);
	}
	if (dir)
		closedir(dir);
	return 0;
}

static void drop_staged_name(fria_strings *names, const char *name)
{
	size_t kept = 0;
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->items[i], name))
			free(names->items[i]);
		else
			names->items[kept++] = names->items[i];
	names->n = kept;
}

/* Is anything in the folder of that name, "sub/"? */
static bool holds_some(fria_store *store, const char *folder, const char *name,
		       fria_error *err)
{
	fria_strings below = FRIA_STRINGS_INIT;
	char *path =
	    *folder ? fria_format("%s/%s", folder, name) : fria_strdup(name);
	path[strlen(path) - 1] = '\0';
	bool some =
	    fria_store_list(&below, store, NULL, path, err) || below.n > 0;
	fria_strings_dispose(&below);
	free(path);
	return some;
}

static void list_staged(fria_strings *names, fria_store *store,
			const char *folder, fria_error *err)
{
	size_t n = strlen(folder);
	const char *path;
	bool gone;
	for (size_t i = 0; store_stage_next(&i, &path, &gone, store);) {
		const char *rest = path + n + (n > 0);
		if (n && (strncmp(path, folder, n) != 0 || path[n] != '/'))
			continue;
		size_t length = strcspn(rest, "/");
		char *name = fria_strndup(rest, length + (rest[length] == '/'));
		bool there = name[0] != '.' &&
			     (!gone || (rest[length] &&
					holds_some(store, folder, name, err)));
		if (!there)
			drop_staged_name(names, name);
		else
			fria_strings_add_once(names, name);
		free(name);
	}
}

int fria_store_list(fria_strings *out, fria_store *store, const char *commit,
		    const char *folder, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	int code = *folder ? store_check_path(folder, err) : 0;
	bool disk = !commit && store->folder;
	if (!code && disk)
		code = list_disk(out, store, folder, err);
	else if (!code && (commit || fria_store_head(head, store)))
		code = store_list_commit(out, store, commit ? commit : head,
					 folder, err);
	if (!code && disk)
		code = store_add_left_out(out, store, folder, err);
	if (!code && !commit)
		list_staged(out, store, folder, err);
	fria_strings_sort(out);
	if (disk)
		fria_strings_unique(out);
	return code;
}

/* --- state --- */

/* Whether a blob has these bytes: comparing costs a third of hashing. */
static bool is_blob(fria_store *store, const char *id, const fria_buf *bytes)
{
	git_blob *blob = NULL;
	git_oid own, there;
	bool same = false;
	if (git_oid_fromstr(&there, id))
		return false;
	if (!git_blob_lookup(&blob, store->repo, &there))
		same = git_blob_rawsize(blob) == (git_object_size_t)bytes->n &&
		       (!bytes->n || !memcmp(git_blob_rawcontent(blob),
					     bytes->text, bytes->n));
	else
		same = !git_odb_hash(&own, bytes->text, bytes->n,
				     GIT_OBJECT_BLOB) &&
		       git_oid_equal(&own, &there);
	git_blob_free(blob);
	return same;
}

/* By git's index alone, where that is enough. */
static bool is_unchanged(fria_store *store, const char *path, const char *was)
{
	struct stat st;
	int fd =
	    store->folder && store_stage_read(NULL, store, path) == STAGED_NOT
		? open_beneath(store, path, O_RDONLY | O_NONBLOCK)
		: -1;
	bool same = fd >= 0 && !fstat(fd, &st) &&
		    store_index_knows(store, path, &st, was);
	if (fd >= 0)
		close(fd);
	return same;
}

int fria_store_state(fria_path_state *out, fria_store *store, const char *path,
		     fria_error *err)
{
	char head[FRIA_ID_SIZE], was[FRIA_ID_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	bool old = fria_store_head(head, store) &&
		   fria_store_blob_id(was, store, head, path);
	if (old && is_unchanged(store, path, was)) {
		*out = FRIA_PATH_SAME;
		return 0;
	}
	int code = fria_store_read(&bytes, store, NULL, path, &inner);
	bool new = !code;
	bool same = old && new &&is_blob(store, was, &bytes);
	fria_buf_dispose(&bytes);
	if (code && code != FRIA_ENOTFOUND) {
		if (err)
			*err = inner;
		return code;
	}
	if (old && new)
		*out = same ? FRIA_PATH_SAME : FRIA_PATH_CHANGED;
	else if (old)
		*out = FRIA_PATH_REMOVED;
	else
		*out = new ? FRIA_PATH_NEW : FRIA_PATH_ABSENT;
	return 0;
}

/* --- commits --- */

bool fria_store_has(fria_store *store, const char *path)
{
	char id[FRIA_ID_SIZE];
	store_staged staged = store_stage_read(NULL, store, path);
	if (staged != STAGED_NOT || !store->folder)
		return staged == STAGED_HERE ||
		       (staged == STAGED_NOT &&
			fria_store_file_id(id, store, NULL, path));
	char *disk = store_disk_path(store, path);
	bool has = fria_path_exists(disk), left_out = false;
	free(disk);
	return has ||
	       (!store_leaves_out(&left_out, store, path, NULL) && left_out);
}

/* --- what is lost --- */

/* In HEAD, and with git none the wiser: nobody said that it goes. */
static void look_for(fria_strings *out, fria_store *store, const char *head,
		     const git_index_entry *e)
{
	char id[FRIA_ID_SIZE];
	struct stat st;
	const char *path = fria_store_own_path(store, e->path);
	if (!path || store_is_skipped(e) || git_index_entry_stage(e) ||
	    e->mode == GIT_FILEMODE_COMMIT)
		return;
	char *disk = store_disk_path(store, path);
	bool there = !lstat(disk, &st) && !S_ISDIR(st.st_mode);
	if (!there && fria_store_blob_id(id, store, head, path))
		fria_strings_add(out, path);
	free(disk);
}

int fria_store_lost(fria_strings *out, fria_store *store, const char *folder,
		    fria_error *err)
{
	char head[FRIA_ID_SIZE];
	git_index *index = NULL;
	size_t at = 0;
	if (!store->folder || !fria_store_head(head, store))
		return 0;
	int code = store_read_index(&index, store, false, err);
	char *full = *folder ? store_full_path(store, folder)
			     : fria_strdup(store->prefix);
	char *beginning = fria_format(*full ? "%s/" : "%s", full);
	size_t n = strlen(beginning);
	if (!code && n && git_index_find_prefix(&at, index, beginning))
		at = git_index_entrycount(index);
	for (; !code && at < git_index_entrycount(index); at++) {
		const git_index_entry *e = git_index_get_byindex(index, at);
		if (strncmp(e->path, beginning, n) != 0)
			break;
		look_for(out, store, head, e);
	}
	free(beginning);
	free(full);
	git_index_free(index);
	return code;
}
