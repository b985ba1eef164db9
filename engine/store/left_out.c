/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index as this work tree has it, and what a sparse checkout leaves out of
 * the work tree: that counts as it is in HEAD. It decides nothing about what
 * is left out; git's patterns do, and git marks it in the index.
 */
#include "store_internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the index --- */

/*
 * A split or sparse index is one that libgit2 does not read. git writes it
 * whole; what is configured stays, so that git's next own act may split or
 * fold it again.
 */
static bool make_whole(fria_store *store)
{
	const char *work = git_repository_workdir(store->repo);
	/* From within: git looks there whether what is left out is present. */
	const char *const args[] = {"-C",
				    work,
				    "--work-tree",
				    work,
				    "-c",
				    "index.sparse=false",
				    "-c",
				    "core.splitIndex=false",
				    "update-index",
				    "--no-split-index",
				    "--force-write-index",
				    NULL};
	return work && !store_ask_git(store, args);
}

static bool is_of_another_kind(void)
{
	const git_error *e = git_error_last();
	return e && e->message &&
	       strstr(e->message, "unsupported mandatory extension");
}

static int read_it(git_index **out, fria_store *store, bool force)
{
	int git = *out ? 0 : git_repository_index(out, store->repo);
	return git ? git : git_index_read(*out, force);
}

int store_read_index(git_index **out, fria_store *store, bool force,
		     fria_error *err)
{
	*out = NULL;
	int git = read_it(out, store, force);
	if (git && is_of_another_kind()) {
		if (!make_whole(store))
			return fria_fail(
			    err, FRIA_EREFUSED, FRIA_W_store_index_kind, "path",
			    git_repository_workdir(store->repo), NULL);
		git = read_it(out, store, true);
	}
	return git ? store_fail(err, git, "index") : 0;
}

/* --- what is left out --- */

static bool has_shared_index(const char *gitdir)
{
	DIR *dir = fria_made(opendir(gitdir));
	struct dirent *e;
	bool found = false;
	while (dir && !found && (e = readdir(dir)))
		found = !strncmp(e->d_name, "sharedindex.", 12);
	if (dir)
		closedir(dir);
	return found;
}

/*
 * The mark needs an index of version 3, so that in most work trees twelve
 * bytes say that nothing is left out; a split index has its entries elsewhere.
 */
static bool may_leave_out(fria_store *store)
{
	unsigned char head[12] = {0};
	if (store->leaves_out != FRIA_STORE_UNKNOWN)
		return store->leaves_out == FRIA_STORE_SOME;
	const char *gitdir = git_repository_path(store->repo);
	char *path = fria_format("%sindex", gitdir);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool there = fd >= 0 && read(fd, head, sizeof head) == sizeof head;
	if (fd >= 0)
		close(fd);
	free(path);
	bool may = there && (head[7] > 2 || has_shared_index(gitdir));
	store->leaves_out = may ? FRIA_STORE_SOME : FRIA_STORE_NOTHING;
	return may;
}

bool store_is_skipped(const git_index_entry *entry)
{
	return entry && entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE;
}

int store_leaves_out(bool *out, fria_store *store, const char *path,
		     fria_error *err)
{
	git_index *index = NULL;
	*out = false;
	if (!store->folder || !may_leave_out(store))
		return 0;
	int code = store_read_index(&index, store, false, err);
	if (!code) {
		char *full = store_full_path(store, path);
		*out = store_is_skipped(git_index_get_bypath(index, full, 0));
		free(full);
	}
	git_index_free(index);
	return code;
}

/* Names in a folder (as full paths begin) with a mark, or with one below. */
static void add_skipped(fria_strings *names, git_index *index,
			const char *beginning)
{
	size_t n = strlen(beginning), at = 0;
	char *last = NULL;
	if (git_index_find_prefix(&at, index, beginning))
		return;
	for (; at < git_index_entrycount(index); at++) {
		const git_index_entry *e = git_index_get_byindex(index, at);
		if (strncmp(e->path, beginning, n) != 0)
			break;
		const char *name = e->path + n;
		size_t length = strcspn(name, "/");
		length += name[length] == '/';
		if (!store_is_skipped(e) || name[0] == '.' ||
		    (last && !strncmp(last, name, length) && !last[length]))
			continue;
		free(last);
		last = fria_strndup(name, length);
		fria_strings_add(names, last);
	}
	free(last);
}

int store_add_left_out(fria_strings *names, fria_store *store,
		       const char *folder, fria_error *err)
{
	git_index *index = NULL;
	if (!may_leave_out(store))
		return 0;
	int code = store_read_index(&index, store, false, err);
	if (!code) {
		char *full = *folder ? store_full_path(store, folder)
				     : fria_strdup(store->prefix);
		char *beginning = fria_format(*full ? "%s/" : "%s", full);
		add_skipped(names, index, beginning);
		free(beginning);
		free(full);
	}
	git_index_free(index);
	return code;
}
