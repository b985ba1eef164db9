/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A branch that was moved from elsewhere, such as a second work tree of the
 * same branch: index and work tree come after it. What people wrote meanwhile
 * is given to it merged; it merges nothing.
 */
#include "store_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The end of this work tree's own log of HEAD. */
static bool last_line(char out[1024], const fria_store *store)
{
	char *path =
	    fria_format("%slogs/HEAD", git_repository_path(store->repo));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;
	free(path);
	if (fd >= 0) {
		off_t size = lseek(fd, 0, SEEK_END);
		off_t from = size > 1023 ? size - 1023 : 0;
		n = pread(fd, out, 1023, from);
		close(fd);
	}
	if (n <= 0)
		return false;
	out[n] = '\0';
	if (out[n - 1] == '\n')
		out[n - 1] = '\0';
	char *line = strrchr(out, '\n');
	if (line)
		memmove(out, line + 1, strlen(line + 1) + 1);
	return true;
}

/* The commit that a log names there, if it lies before the one of now. */
static bool lies_before(char from[FRIA_ID_SIZE], fria_store *store,
			const char *named, const char *head)
{
	git_oid id, tip;
	memcpy(from, named, FRIA_ID_SIZE - 1);
	from[FRIA_ID_SIZE - 1] = '\0';
	return strcmp(from, head) != 0 && !git_oid_fromstr(&id, from) &&
	       !git_oid_fromstr(&tip, head) &&
	       store_is_behind(store, &tip, &id);
}

/*
 * A line of the log is written before the branch moves, so it says only what
 * was to be. That the files here were made from the commit it names is believed
 * where history holds that commit; else the move never was, and they are as
 * they were before it.
 */
bool fria_store_moved(char from[FRIA_ID_SIZE], fria_store *store)
{
	enum { OLD = 0, NEW = FRIA_ID_SIZE, ENOUGH = 2 * FRIA_ID_SIZE };
	char line[1024], head[FRIA_ID_SIZE];
	if (store->stage)
		return store_stage_left(from, store);
	if (!store->folder || !fria_store_head(head, store) ||
	    !last_line(line, store) || strlen(line) < ENOUGH ||
	    !strncmp(line + NEW, head, FRIA_ID_SIZE - 1) ||
	    !strncmp(line + OLD, head, FRIA_ID_SIZE - 1))
		return false;
	return lies_before(from, store, line + NEW, head) ||
	       lies_before(from, store, line + OLD, head);
}

/* From here on, that commit is what the files were made from; HEAD may be
 * further again. */
static int note_head(fria_store *store, const char *to, fria_error *err)
{
	git_reflog *log = NULL;
	git_signature *who = NULL;
	git_oid head;
	int git = git_oid_fromstr(&head, to);
	if (!git)
		git = git_reflog_read(&log, store->repo, "HEAD");
	if (!git)
		git = git_signature_new(&who, "fria", "fria", 0, 0);
	if (!git)
		git = git_reflog_append(log, &head, who, "fria: follow");
	if (!git)
		git = git_reflog_write(log);
	git_signature_free(who);
	git_reflog_free(log);
	return git ? store_fail(err, git, "logs/HEAD") : 0;
}

int fria_store_keep_blob(char out[FRIA_ID_SIZE], fria_store *store,
			 const char *bytes, size_t n, fria_error *err)
{
	git_oid id;
	int git = git_blob_create_from_buffer(&id, store->repo, bytes, n);
	if (git)
		return store_fail(err, git, "objects");
	git_oid_tostr(out, FRIA_ID_SIZE, &id);
	return 0;
}

/* The index as HEAD has it, or the sides of a conflict. */
static int put_index(git_index *index, const fria_change *c)
{
	const fria_path_sides *p = c->keep ? c->keep : c->take;
	git_index_entry entry = {.path = c->path, .mode = p->modes[2]};
	if (c->keep)
		return store_keep_sides(index, p);
	if (!p->theirs[0])
		return git_index_remove(index, c->path, 0);
	git_oid_fromstr(&entry.id, p->theirs);
	return git_index_add(index, &entry);
}

/* Nobody touched it: as HEAD has it. */
static int follow_clean(fria_store *store, git_index *index,
			const fria_change *c, fria_error *err)
{
	journal_path p = {.path = c->path, .mode = c->take->modes[2]};
	memcpy(p.was, c->take->ours, FRIA_ID_SIZE);
	memcpy(p.now, c->take->theirs, FRIA_ID_SIZE);
	return store_settle_path(store, index, &p, err);
}

/* In memory: what was staged on top of what they saved. */
static int follow_staged(fria_store *store, const char *to,
			 const fria_change *changes, size_t n, fria_error *err)
{
	int code = 0;
	store_stage_move(store, to);
	for (size_t i = 0; i < n && !code; i++) {
		const fria_change *c = &changes[i];
		const char *path = fria_store_own_path(store, c->path);
		if (c->bytes && path)
			code =
			    fria_store_write(store, path, c->bytes, c->n, err);
	}
	return code;
}

int fria_store_follow(fria_store *store, const char *to,
		      const fria_change *changes, size_t n, fria_error *err)
{
	if (store->stage)
		return follow_staged(store, to, changes, n, err);
	git_index *index = NULL;
	fria_store whole = store_whole(store);
	int code = journal_recover(store, err);
	if (!code)
		code = store_open_index(&index, store, err);
	/* It tells the next command of a lock that a killed one leaves. */
	if (!code)
		code = journal_write(store, JOURNAL_INDEX, "-", NULL, 0, err);
	for (size_t i = 0; i < n && !code; i++) {
		const fria_change *c = &changes[i];
		if (!c->bytes && !c->keep)
			code = follow_clean(&whole, index, c, err);
		else if (put_index(index, c))
			code = store_fail(err, GIT_ERROR, c->path);
	}
	if (!code && git_index_write(index))
		code = store_fail(err, GIT_ERROR, "index");
	for (size_t i = 0; i < n && !code; i++)
		if (changes[i].bytes)
			code = store_write_disk(&whole, changes[i].path,
						changes[i].bytes, changes[i].n,
						err);
	if (!code)
		code = note_head(store, to, err);
	journal_drop(store);
	git_index_free(index);
	free(whole.folder);
	return code;
}
