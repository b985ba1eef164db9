/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files and folders: read whole, written whole or not at all. Symbolic links
 * are not followed where a document is expected.
 */
#include "base.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(fria_error *err, fria_word word, const char *path)
{
	int code = errno == ENOENT ? FRIA_ENOTFOUND : FRIA_EIO;
	return fria_fail_io(err, code, word, path, strerror(errno));
}

static int read_all(fria_buf *out, int fd, const char *path, fria_error *err)
{
	char chunk[65536];
	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed(err, FRIA_W_cannot_read, path);
		if (n == 0)
			return 0;
		if (out->n + (size_t)n > FRIA_MAX_BYTES)
			return fria_fail(err, FRIA_ELIMIT, FRIA_W_too_large,
					 "path", path, NULL);
		fria_buf_put(out, chunk, (size_t)n);
	}
}

int fria_file_read(fria_buf *out, const char *path, fria_error *err)
{
	struct stat st;
	if (!strcmp(path, "-"))
		return read_all(out, 0, path, err);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed(err, FRIA_W_cannot_read, path);
	int code;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_is_a_folder, "path",
				 path, NULL);
	else
		code = read_all(out, fd, path, err);
	close(fd);
	return code;
}

int fria_write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes += done;
		n -= (size_t)done;
	}
	return 0;
}

static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? fria_strndup(path, (size_t)(slash - path) + 1)
			     : fria_strdup(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* Which of standard output and standard error a file is; -1 where neither. */
static int standard(const struct stat *file)
{
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		struct stat own;
		if (!fstat(fd, &own) && own.st_dev == file->st_dev &&
		    own.st_ino == file->st_ino)
			return fd;
	}
	return -1;
}

/* A device, a pipe, and what this program's output goes to are written to: a
 * rename would take the place of the file, or of a link to it. */
static bool is_stream(const struct stat *file)
{
	return (!S_ISREG(file->st_mode) && !S_ISDIR(file->st_mode)) ||
	       standard(file) >= 0;
}

static int write_through(const char *path, const struct stat *file,
			 const char *bytes, size_t n, fria_error *err)
{
	int own = standard(file);
	int fd = own < 0 ? open(path, O_WRONLY | O_CLOEXEC) : own;
	bool bad = fd < 0 || fria_write_all(fd, bytes, n);
	if (bad)
		failed(err, FRIA_W_cannot_write, path);
	if (fd >= 0 && own < 0)
		close(fd);
	return bad ? FRIA_EIO : 0;
}

/* Beside it, and moved into its place; synced where that is asked. */
static int replace(const char *path, const char *bytes, size_t n, bool sync,
		   fria_error *err)
{
	int code = 0;
	struct stat st;
	bool there = stat(path, &st) == 0;
	mode_t mode = there ? st.st_mode & 07777 : 0;
	if (there && is_stream(&st))
		return write_through(path, &st, bytes, n, err);
	char random[9];
	fria_random_id(random, 8);
	char *temporary = fria_format("%s.%s.tmp", path, random);
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0) {
		code = failed(err, FRIA_W_cannot_write, path);
		goto out;
	}
	if (mode)
		(void)!fchmod(fd, mode);
	bool bad = fria_write_all(fd, bytes, n) || (sync && fsync(fd));
	bad = close(fd) || bad;
	if (bad || rename(temporary, path)) {
		code = failed(err, FRIA_W_cannot_write, path);
		unlink(temporary);
		goto out;
	}
	if (sync)
		sync_folder(path);
out:
	free(temporary);
	return code;
}

int fria_file_write(const char *path, const char *bytes, size_t n,
		    fria_error *err)
{
	return replace(path, bytes, n, true, err);
}

static bool holds(const char *path, const char *bytes, size_t n)
{
	struct stat st;
	fria_buf now = FRIA_BUF_INIT;
	bool same = !stat(path, &st) && S_ISREG(st.st_mode) &&
		    (size_t)st.st_size == n &&
		    !fria_file_read(&now, path, NULL) && now.n == n &&
		    (!n || !memcmp(now.text, bytes, n));
	fria_buf_dispose(&now);
	return same;
}

int fria_file_renew(const char *path, const char *bytes, size_t n,
		    fria_error *err)
{
	return holds(path, bytes, n) ? 0 : replace(path, bytes, n, false, err);
}

int fria_file_new(char **path, const char *stem, const char *bytes, size_t n,
		  fria_error *err)
{
	int code = 0;
	*path = fria_format("%sXXXXXX", stem);
	int fd = mkstemp(*path);
	if (fd < 0 || fria_write_all(fd, bytes, n)) {
		code = fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write, *path,
				    strerror(errno));
		if (fd >= 0)
			unlink(*path);
		free(*path);
		*path = NULL;
	}
	if (fd >= 0)
		close(fd);
	return code;
}

void fria_file_remove(const char *path)
{
	unlink(path);
}

bool fria_path_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

char *fria_path_real(const char *path)
{
	return fria_made(realpath(path, NULL));
}

/* ".NAME.tmp": what a killed command left half made. */
static bool is_left(const char *name)
{
	size_t n = strlen(name);
	return *name == '.' && n > 5 && !strcmp(name + n - 4, ".tmp");
}

static bool is_one_of(const char *name, const char *const *names)
{
	while (*names && strcmp(name, *names) != 0)
		names++;
	return *names != NULL;
}

bool fria_folder_has_only(const char *path, const char *const *names)
{
	DIR *folder = fria_made(opendir(path));
	bool only = folder || errno == ENOENT;
	for (struct dirent *one; folder && (one = readdir(folder));)
		only =
		    only &&
		    (!strcmp(one->d_name, ".") || !strcmp(one->d_name, "..") ||
		     is_left(one->d_name) || is_one_of(one->d_name, names));
	if (folder)
		closedir(folder);
	return only;
}

bool fria_folder_empty(const char *path)
{
	static const char *const none[] = {NULL};
	return fria_folder_has_only(path, none);
}

int fria_folder_make(const char *path, fria_error *err)
{
	struct stat st;
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return 0;
	if (!mkdir(path, 0777) || errno == EEXIST)
		return 0;
	char *above = fria_strdup(path), *slash;
	int code = errno == ENOENT ? 0 : failed(err, FRIA_W_cannot_write, path);
	for (size_t n = strlen(above); n > 1 && above[n - 1] == '/'; n--)
		above[n - 1] = '\0';
	slash = strrchr(above, '/');
	if (!code && slash && slash > above) {
		*slash = '\0';
		code = fria_folder_make(above, err);
	}
	if (!code && mkdir(path, 0777) && errno != EEXIST)
		code = failed(err, FRIA_W_cannot_write, path);
	free(above);
	return code;
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	(void)!remove(path);
	return 0;
}

void fria_folder_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* With a file that has no name, so nothing can be left of it. */
bool fria_disk_is_full(const char *folder)
{
	static const char bytes[65536];
	int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	bool full = fd < 0 || fria_write_all(fd, bytes, sizeof bytes);
	full = full && (errno == ENOSPC || errno == EDQUOT);
	if (fd >= 0)
		close(fd);
	return full;
}

static bool reserved(const char *id)
{
	static const char *const names[] = {
	    "application", "entry",	"evidence", "conflicts",
	    "instruments", "templates", "schemas",  "con",
	    "prn",	   "aux",	"nul",	    NULL};
	for (size_t i = 0; names[i]; i++)
		if (!strcmp(id, names[i]))
			return true;
	return (!strncmp(id, "com", 3) || !strncmp(id, "lpt", 3)) &&
	       id[3] >= '0' && id[3] <= '9' && !id[4];
}

bool fria_id_ok(const char *id)
{
	static const char body[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t n = strlen(id);
	return n >= 1 && n <= 64 && id[0] != '-' && strspn(id, body) == n &&
	       !reserved(id);
}

void fria_random_id(char *out, size_t n)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	for (size_t i = 0; i < n;) {
		unsigned char byte;
		if (getrandom(&byte, 1, 0) != 1 || byte >= 252)
			continue;
		out[i++] = letters[byte % 36];
	}
	out[n] = '\0';
}

int fria_file_lock(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	fria_waits(true);
	int failed = flock(fd, LOCK_EX);
	int why = errno;
	fria_waits(false);
	if (failed) {
		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}
