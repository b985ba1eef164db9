/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One exchange at a time in a work tree, and what one that was cut off left
 * behind: its lock, and that of the git it ran.
 */
#include "sync_internal.h"

#include <errno.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often a lock of git's is tried; half of them before it is removed. */
#define LOCK_TRIES 10

/* The descriptor of the lock, or -1. */
static int take(const exchange *x, fria_error *err)
{
	char *path =
	    fria_format("%s/sync", fria_store_own_folder(x->ws->store));
	int fd = fria_file_lock(path);
	if (fd < 0 && errno == EINTR)
		fria_fail(err, FRIA_ELOCKED, FRIA_W_sync_two_at_once, "lock",
			  path, NULL);
	else if (fd < 0)
		fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, path,
			     strerror(errno));
	free(path);
	return fd;
}

/* The lock file holds a mark for as long as an exchange lasts. */
static void mark(exchange *x, int fd)
{
	struct stat st;
	if (!fstat(fd, &st) && st.st_size)
		x->cut_off = st.st_mtime;
	else
		(void)!write(fd, "exchange\n", 9);
}

int sync_turn_begin(exchange *x, fria_error *err)
{
	fria_error why = FRIA_ERROR_INIT;
	x->turn = take(x, &why);
	if (x->turn < 0) {
		if (err)
			*err = why;
		return why.code;
	}
	mark(x, x->turn);
	return 0;
}

void sync_turn_end(exchange *x)
{
	/* Until a fetch goes through, a lock from back then may turn up. */
	if (!x->cut_off)
		(void)!ftruncate(x->turn, 0);
	close(x->turn);
	x->turn = -1;
}

/* --- git's locks --- */

static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);
	return !strncmp(path, folder, n) && path[n] == '/' &&
	       !strstr(path, "/../");
}

/*
 * Does a path lie in this repository's own folder, or its main work tree's? Or
 * in the shared repository, where that is a folder here: git then ran there
 * for this person as well.
 */
static bool is_ours(const exchange *x, const char *path)
{
	const char *beside = x->transport.beside;
	char *base = fria_strdup(fria_store_own_folder(x->ws->store));
	char *linked = strstr(base, "/worktrees/");
	*(linked ? linked : strrchr(base, '/')) = '\0';
	bool is = lies_in(path, base) || (beside && lies_in(path, beside));
	free(base);
	return is;
}

/*
 * An exchange that was killed takes its git along, which may still be ending,
 * or have left its lock: one that is not older than that exchange, and that
 * nobody lets go of, is removed.
 */
static void drop_lock(const exchange *x, const char *lock)
{
	struct stat st;
	if (x->cut_off && is_ours(x, lock) && !lstat(lock, &st) &&
	    S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    st.st_mtime >= x->cut_off)
		unlink(lock);
}

typedef int (*transfer)(fria_buf *lock, const fria_transport *t,
			const fria_strings *specs, fria_error *err);

static int past_locks(const exchange *x, transfer step,
		      const fria_strings *specs, fria_error *err)
{
	fria_buf lock = FRIA_BUF_INIT;
	fria_error why = FRIA_ERROR_INIT;
	int code = FRIA_ELOCKED;
	for (int i = 0; code == FRIA_ELOCKED && i < LOCK_TRIES; i++) {
		const struct timespec wait = {0, i * 50000000L};
		nanosleep(&wait, NULL);
		if (i > LOCK_TRIES / 2)
			drop_lock(x, lock.text);
		fria_error_clear(&why);
		code = step(&lock, &x->transport, specs, &why);
	}
	if (code && err)
		*err = why;
	fria_buf_dispose(&lock);
	return code;
}

int sync_fetch(const exchange *x, const fria_strings *specs, fria_error *err)
{
	return past_locks(x, fria_transport_fetch, specs, err);
}

int sync_push(const exchange *x, const fria_strings *specs, fria_error *err)
{
	return past_locks(x, fria_transport_push, specs, err);
}
