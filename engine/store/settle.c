/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The work tree and the index, brought to what a commit holds, one path after
 * another. What somebody else wrote there is left alone.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_blob(fria_store *store, const journal_path *p, fria_error *err)
{
	git_oid id;
	git_blob *blob = NULL;
	int code = git_oid_fromstr(&id, p->now);
	if (!code)
		code = git_blob_lookup(&blob, store->repo, &id);
	if (code)
		return store_fail(err, code, p->path);
	const char *bytes = git_blob_rawcontent(blob);
	size_t n = (size_t)git_blob_rawsize(blob);
	if (p->mode == GIT_FILEMODE_LINK) {
		char *target = fria_strndup(bytes, n);
		code = store_link_disk(store, p->path, target, err);
		free(target);
	} else {
		code = store_write_disk(store, p->path, bytes, n, err);
	}
	git_blob_free(blob);
	return code;
}

/* Plain or executable, as they have it. */
static void set_mode(const fria_store *store, const journal_path *p)
{
	struct stat st;
	char *disk = store_disk_path(store, p->path);
	bool runs = p->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if ((runs || p->mode == GIT_FILEMODE_BLOB) && !lstat(disk, &st) &&
	    S_ISREG(st.st_mode) && !(st.st_mode & 0100) == runs)
		chmod(disk, runs ? st.st_mode | (0111 & st.st_mode >> 2)
				 : st.st_mode & ~(mode_t)0111);
	free(disk);
}

/* The work tree alone. */
static int store_settle_disk(fria_store *store, const journal_path *p,
			     fria_error *err)
{
	char now[FRIA_ID_SIZE];
	int code = 0;
	if (p->mode == GIT_FILEMODE_COMMIT)
		return 0; /* a submodule's folder is its own */
	store_disk_id(now, store, p->path);
	if (strcmp(now, p->was) != 0 && strcmp(now, p->now) != 0)
		return 0; /* somebody's own: left alone */
	if (strcmp(now, p->now) != 0 && p->now[0])
		code = write_blob(store, p, err);
	else if (strcmp(now, p->now) != 0)
		code = store_write_disk(store, p->path, NULL, 0, err);
	if (!code && p->now[0])
		set_mode(store, p);
	else if (!code)
		store_prune_disk(store, p->path);
	return code;
}

bool store_index_has(git_index *index, const char *path, const char *blob)
{
	const git_index_entry *e = git_index_get_bypath(index, path, 0);
	char id[FRIA_ID_SIZE] = "";
	if (e)
		git_oid_tostr(id, sizeof id, &e->id);
	return !strcmp(id, blob);
}

bool store_is_left_out(const fria_store *store, const git_index_entry *entry,
		       const char *path)
{
	char *disk = store_disk_path(store, path);
	bool out = store_is_skipped(entry) && !fria_path_exists(disk);
	free(disk);
	return out;
}

static int index_put(fria_store *store, git_index *index, const journal_path *p)
{
	const git_index_entry *old = git_index_get_bypath(index, p->path, 0);
	git_index_entry entry = {.path = p->path,
				 .mode = p->mode ? p->mode
					 : old	 ? old->mode
						 : GIT_FILEMODE_BLOB};
	char disk[FRIA_ID_SIZE];
	int git = 0;
	bool out = store_is_left_out(store, old, p->path);
	git_oid_fromstr(&entry.id, p->now);
	if (out) /* and stays so */
		entry.flags_extended = GIT_INDEX_ENTRY_SKIP_WORKTREE;
	store_disk_id(disk, store, p->path);
	if (p->mode != GIT_FILEMODE_COMMIT && !out && !strcmp(disk, p->now) &&
	    store_index_has(index, p->path, p->was))
		git = git_index_add_bypath(index, p->path);
	old = git_index_get_bypath(index, p->path, 0);
	if (!git && (!store_index_has(index, p->path, p->now) ||
		     (p->mode && old && old->mode != p->mode)))
		git = git_index_add(index, &entry);
	return git;
}

int store_bring_in(fria_store *store, git_index *index, const journal_path *p,
		   fria_error *err)
{
	const git_index_entry *was = git_index_get_bypath(index, p->path, 0);
	journal_path back = *p;
	if (!p->was[0] || !store_is_left_out(store, was, p->path))
		return 0;
	git_index_entry entry = *was;
	entry.path = p->path;
	entry.flags_extended = 0;
	back.mode = was->mode;
	memcpy(back.now, p->was, FRIA_ID_SIZE);
	int code = write_blob(store, &back, err);
	int git = code ? 0 : git_index_add(index, &entry);
	return git ? store_fail(err, git, p->path) : code;
}

int store_settle_path(fria_store *store, git_index *index,
		      const journal_path *p, fria_error *err)
{
	int code = store_settle_disk(store, p, err), git = 0;
	if (code)
		return code;
	if (!store_index_has(index, p->path, p->was) &&
	    !store_index_has(index, p->path, p->now))
		return 0; /* somebody staged something of their own */
	if (p->now[0])
		git = index_put(store, index, p);
	else if (!store_index_has(index, p->path, ""))
		git = git_index_remove(index, p->path, 0);
	return git ? store_fail(err, git, p->path) : 0;
}

int store_settle_all(fria_store *store, git_index *index,
		     const journal_path *paths, size_t n, fria_error *err)
{
	int code = 0;
	fria_store_together(store, n);
	for (size_t i = 0; i < n && !code; i++)
		code = store_settle_path(store, index, &paths[i], err);
	if (!code) {
		int git = git_index_write(index);
		if (git)
			code = store_fail(err, git, "index");
	}
	int synced = fria_store_apart(store, code ? NULL : err);
	return code ? code : synced;
}

static int make_blob(journal_path *p, fria_store *store, const fria_change *c,
		     fria_error *err)
{
	git_oid id;
	if (c->take) {
		memcpy(p->was, c->take->ours, FRIA_ID_SIZE);
		memcpy(p->now, c->take->theirs, FRIA_ID_SIZE);
		p->mode = c->take->modes[2];
		return 0;
	}
	if (c->base)
		memcpy(p->was, c->base, strlen(c->base) + 1);
	if (!c->bytes)
		return 0;
	int git = git_blob_create_from_buffer(&id, store->repo, c->bytes, c->n);
	if (git)
		return store_fail(err, git, c->path);
	git_oid_tostr(p->now, FRIA_ID_SIZE, &id);
	return 0;
}

int store_make_paths(journal_path *paths, const fria_store *own,
		     fria_store *store, const fria_commit_request *r,
		     fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < r->n && !code; i++) {
		const fria_change *c = &r->changes[i];
		code = store_check_path(c->path, err);
		if (code)
			break;
		paths[i].path = r->whole ? fria_strdup(c->path)
					 : store_full_path(own, c->path);
		code = make_blob(&paths[i], store, c, err);
	}
	return code;
}

void store_free_paths(journal_path *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free((char *)(uintptr_t)paths[i].path);
	free(paths);
}

int store_check_disk(fria_store *store, const journal_path *paths, size_t n,
		     fria_error *err)
{
	for (size_t i = 0; i < n; i++) {
		char id[FRIA_ID_SIZE] = "";
		fria_path_state state;
		int code = paths[i].mode ? 0
					 : fria_store_state(&state, store,
							    paths[i].path, err);
		if (code)
			return code;
		if (paths[i].mode == GIT_FILEMODE_COMMIT)
			continue;
		store_disk_id(id, store, paths[i].path);
		if (!strcmp(id, paths[i].was) || !strcmp(id, paths[i].now))
			continue;
		fria_fail(err, FRIA_ERACE, FRIA_W_store_dirty, "path",
			  paths[i].path, NULL);
		return FRIA_ERACE;
	}
	return 0;
}

/* A lock that is in the way is named before anything is recorded. */
int store_open_index(git_index **out, fria_store *store, fria_error *err)
{
	char *lock =
	    fria_format("%sindex.lock", git_repository_path(store->repo));
	int code = 0;
	for (int i = 0; fria_path_exists(lock) && i < 20; i++)
		usleep(50000);
	if (fria_path_exists(lock))
		code = fria_fail(err, FRIA_ELOCKED, FRIA_W_store_locked, "lock",
				 lock, NULL);
	free(lock);
	return code ? code : store_read_index(out, store, true, err);
}

int store_write_all_finish(fria_store *store, const journal_path *paths,
			   size_t n, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < n && !code; i++)
		code = store_settle_disk(store, &paths[i], err);
	return code;
}

int store_write_index(git_index *index, fria_error *err)
{
	int git = git_index_write(index);
	return git ? store_fail(err, git, "index") : 0;
}
