/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of store/ share; git's own types stay behind this. */
#ifndef FRIA_STORE_INTERNAL_H
#define FRIA_STORE_INTERNAL_H

#include <git2.h>

#include "store.h"

struct fria_store {
	git_repository *repo;
	char *folder; /* absolute, of the workspace; NULL when bare */
	char *prefix; /* "" or "a/b" */
	char *own;    /* GITDIR/fria: journal and lock */
	int lock;     /* file descriptor, or -1 */
};

/* Turns git's last error into ours; the sentence names the place. */
int store_fail(fria_error *err, int git_code, const char *path);
/* EINPUT for a path that could lead out of the workspace, or into .git. */
int store_check_path(const char *path, fria_error *err);
/* The path inside the repository; the caller frees. */
char *store_full_path(const fria_store *store, const char *path);
/* The path on disk; the caller frees. */
char *store_disk_path(const fria_store *store, const char *path);
/* The tree of a commit (hex id), the caller frees. */
int store_tree(git_tree **out, fria_store *store, const char *commit,
	       fria_error *err);
/*
 * Reads a work tree file without following a link in any part of its path.
 * ENOTFOUND if absent. CR LF becomes LF.
 */
int store_read_disk(fria_buf *out, const fria_store *store, const char *path,
		    fria_error *err);
/* Replaces or (bytes NULL) removes a work tree file, synced. */
int store_write_disk(const fria_store *store, const char *path,
		     const char *bytes, size_t n, fria_error *err);

/* --- journal.c --- */

typedef struct {
	const char *path;
	char was[FRIA_ID_SIZE]; /* blob ids; "" for absent */
	char now[FRIA_ID_SIZE];
} journal_path;

/* Writes what is about to happen; synced before it returns. */
int journal_write(const fria_store *store, const char *ref, const char *commit,
		  const journal_path *paths, size_t n, fria_error *err);
void journal_drop(const fria_store *store);
/* Finishes or drops what an interrupted process left. Needs the lock. */
int journal_recover(fria_store *store, fria_error *err);

/* --- commit.c --- */

/*
 * Brings index and work tree of one path to a blob ("" removes it), where the
 * work tree holds the old or the new bytes. Used by commit and recovery.
 */
int store_settle_path(fria_store *store, git_index *index,
		      const journal_path *path, fria_error *err);

#endif
