/* SPDX-License-Identifier: EUPL-1.2 */
/* A repository, opened for one workspace: where it stands and who works in it.
 */
#include "store_internal.h"

#include "../data/data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- errors --- */

static bool says(const git_error *e, const char *text)
{
	return e && e->message && strstr(e->message, text);
}

bool store_is_foreign(int git_code)
{
	/* libgit2 1.5 says so where safe.directory is nowhere configured. */
	return git_code == GIT_EOWNER ||
	       (git_code && says(git_error_last(), "safe.directory"));
}

/* The lock file that git's message names, between quotes; "" if none. */
static void lock_name(char *out, size_t size, const git_error *e)
{
	const char *from = e && e->message ? strchr(e->message, '\'') : NULL;
	const char *to = from ? strchr(from + 1, '\'') : NULL;
	out[0] = '\0';
	if (to && (size_t)(to - from) < size) {
		memcpy(out, from + 1, (size_t)(to - from) - 1);
		out[to - from - 1] = '\0';
	}
}

int store_fail(fria_error *err, int git_code, const char *path)
{
	const git_error *e = git_error_last();
	char lock[400];
	/* git's own sentence is at times that of what it tried before. */
	if (errno == ENOSPC || errno == EDQUOT)
		return fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, path,
				    strerror(errno));
	if (store_is_foreign(git_code))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_owner, "path",
				 path, NULL);
	if (git_code == GIT_ELOCKED) {
		lock_name(lock, sizeof lock, e);
		return fria_fail(err, FRIA_ELOCKED, FRIA_W_store_locked, "lock",
				 lock[0] ? lock : path, NULL);
	}
	if (says(e, "objectformat") || says(e, "sha256"))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_sha256,
				 "path", path, NULL);
	if (says(e, "unsupported extension") || says(e, "repository version"))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_extension,
				 "path", path, "reason", e->message, NULL);
	if (!e || !e->message || !*e->message ||
	    !strcmp(e->message, "no error"))
		return fria_fail(err, FRIA_EIO, FRIA_W_store_silent, "path",
				 path, NULL);
	return fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, path,
			    e->message);
}

bool store_holds(fria_store *store, const char *ref, const git_oid *id)
{
	git_oid now;
	const git_error *e = git_error_last();
	char *said = e ? fria_strdup(e->message) : NULL;
	int class = e ? e->klass : 0, why = errno;
	bool holds = !git_reference_name_to_id(&now, store->repo, ref) &&
		     git_oid_equal(&now, id);
	git_error_clear();
	if (said)
		git_error_set_str(class, said);
	errno = why;
	free(said);
	return holds;
}

int store_unfinished(fria_error *err, const fria_error *why)
{
	const fria_args args = {(char *)(uintptr_t)why->args, why->args_n};
	const char *path = fria_args_value(&args, "path");
	const char *reason = fria_args_value(&args, "why");
	if (why->word == FRIA_W_disk_full)
		return fria_fail(err, why->code, FRIA_W_store_unfinished_full,
				 "path", path, NULL);
	return fria_fail(err, why->code, FRIA_W_store_unfinished, "path", path,
			 "why", reason ? reason : "git", NULL);
}

/* --- open and close --- */

/* Starting libgit2 anew costs a millisecond: the first start stays. */
void store_start(void)
{
	static const char *extensions[] = {"worktreeconfig"};
	static bool done;
	if (!done)
		store_use_our_memory(); /* before it has any */
	git_libgit2_init();
	if (done)
		return;
	done = true;
	fria_start(NULL);
	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)16 << 20);
	/* The folder of 10,000 applications is read once, not for each. */
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE,
			 (size_t)2 << 20);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)32 << 20);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)1 << 20);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* With a configuration of its own for each work tree: see config.c. */
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, 1);
}

void store_sync_each(bool each)
{
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, each ? 1 : 0);
}

static char *without_slash(const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	return fria_strndup(path, n);
}

/* The folder's place inside the repository; false if it lies outside. */
static bool find_prefix(fria_store *store, const char *folder)
{
	const char *work = git_repository_workdir(store->repo);
	char *root = work ? fria_made(realpath(work, NULL)) : NULL;
	char *own = fria_made(realpath(folder, NULL));
	bool inside = false;
	if (!work) {
		store->prefix = fria_strdup("");
		inside = true;
	} else if (root && own && !strncmp(root, own, strlen(root))) {
		const char *rest = own + strlen(root);
		while (*rest == '/')
			rest++;
		store->prefix = fria_strdup(rest);
		store->folder = without_slash(own);
		inside = true;
	}
	free(root);
	free(own);
	return inside;
}

static int finish_open(fria_store **out, fria_store *store, const char *folder,
		       fria_error *err)
{
	char *gitdir = without_slash(git_repository_path(store->repo));
	int code = 0;
	store->own = fria_format("%s/fria", gitdir);
	free(gitdir);
	if (!find_prefix(store, folder))
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_store_none, "path",
				 folder, NULL);
	char *journal = fria_format("%s/pending", store->own);
	if (!code && fria_path_exists(journal)) {
		code = fria_store_lock(store, err);
		if (!code)
			code = journal_recover(store, err);
		fria_store_unlock(store);
	}
	free(journal);
	if (code)
		fria_store_close(store);
	else
		*out = store;
	return code;
}

static fria_store *fresh(void)
{
	fria_store *store = fria_calloc(1, sizeof *store);
	store_start();
	store->lock = -1;
	return store;
}

int fria_store_open(fria_store **out, const char *folder, fria_error *err)
{
	fria_store *store = fresh();
	int code = store_open_repository(&store->repo, folder, 0);
	if (!code)
		return finish_open(out, store, folder, err);
	if (code == GIT_ENOTFOUND)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_store_none, "path",
				 folder, NULL);
	else
		code = store_fail(err, code, folder);
	fria_store_close(store);
	return code;
}

int store_open_anew(fria_store *store, fria_error *err)
{
	git_repository *anew = NULL;
	const char *path = git_repository_path(store->repo);
	int code =
	    store_open_repository(&anew, path, GIT_REPOSITORY_OPEN_NO_SEARCH);
	if (code)
		return store_fail(err, code, path);
	git_repository_free(store->repo);
	store->repo = anew;
	return 0;
}

int fria_store_doubt(fria_store *store, fria_error *err)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	store->doubted = true;
	return store_open_anew(store, err);
}

/* Makes or takes over what a killed command left; who runs holds it. */
static int take_aside(int *fd, const char *aside, fria_error *err)
{
	*fd = -1;
	if (!mkdir(aside, 0777) || errno == EEXIST)
		*fd = open(aside,
			   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*fd < 0)
		return fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, aside,
				    strerror(errno));
	if (!flock(*fd, LOCK_EX | LOCK_NB))
		return 0;
	close(*fd);
	*fd = -1;
	return fria_fail(err, FRIA_ELOCKED, FRIA_W_store_busy, "lock", aside,
			 NULL);
}

/*
 * One try that fails makes libgit2 believe that files have no modes here, or
 * that there are no links, and say so in the configuration.
 */
static bool has_all(git_repository *repo)
{
	git_config *config = NULL;
	int modes = 0, links = 1;
	if (!git_repository_config_snapshot(&config, repo)) {
		(void)git_config_get_bool(&modes, config, "core.filemode");
		(void)git_config_get_bool(&links, config, "core.symlinks");
	}
	git_config_free(config);
	return modes && links;
}

/* A repository in the folder `aside`, whole; made twice where it lacks
 * something. */
static int make_aside(const char *aside, fria_error *err)
{
	int code = 0;
	bool whole = false;
	char *inside = fria_format("%s/.git", aside);
	for (int i = 0; i < 2 && !code && !whole; i++) {
		git_repository *repo = NULL;
		git_repository_init_options options;
		git_repository_init_options_init(
		    &options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
		options.flags = GIT_REPOSITORY_INIT_NO_REINIT;
		fria_folder_remove(inside);
		errno = 0;
		code = git_repository_init_ext(&repo, aside, &options);
		if (code)
			code = store_fail(err, code, aside);
		else
			whole = has_all(repo);
		git_repository_free(repo);
	}
	free(inside);
	return code;
}

int fria_store_create(fria_store **out, const char *folder, fria_error *err)
{
	char *aside = fria_format("%s/.git.tmp", folder),
	     *from = fria_format("%s/.git", aside),
	     *to = fria_format("%s/.git", folder);
	store_start();
	int fd, code = take_aside(&fd, aside, err);
	if (!code)
		code = make_aside(aside, err);
	if (!code && rename(from, to))
		code = fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble, to,
				    strerror(errno));
	if (fd >= 0) {
		fria_folder_remove(aside);
		close(fd);
	}
	git_libgit2_shutdown();
	free(aside);
	free(from);
	free(to);
	return code ? code : fria_store_open(out, folder, err);
}

void fria_store_close(fria_store *store)
{
	if (!store)
		return;
	fria_store_unstage(store, NULL);
	fria_store_unlock(store);
	store_names_free(store->names);
	git_repository_free(store->repo);
	free(store->folder);
	free(store->prefix);
	free(store->own);
	free(store);
	git_libgit2_shutdown();
}

const char *fria_store_own_folder(const fria_store *store)
{
	return store->own;
}

const char *fria_store_folder(const fria_store *store)
{
	return store->folder;
}

const char *fria_store_prefix(const fria_store *store)
{
	return store->prefix;
}

bool fria_store_is_bare(const fria_store *store)
{
	return !store->folder;
}

int fria_store_config_set(fria_store *store, const char *key, const char *value,
			  fria_error *err)
{
	git_config *all = NULL, *own = NULL;
	bool locked = store->lock >= 0;
	int code = locked ? 0 : fria_store_lock(store, err);
	if (!code)
		code = journal_recover(store, err);
	/* It tells the next command of a lock that a killed one leaves. */
	if (!code)
		code = journal_write(store, JOURNAL_CONFIG, key, NULL, 0, err);
	if (code) {
		if (!locked)
			fria_store_unlock(store);
		return code;
	}
	git_error_clear();
	errno = 0;
	code = git_repository_config(&all, store->repo);
	if (!code)
		code = git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL);
	if (!code)
		code = value ? git_config_set_string(own, key, value)
			     : git_config_delete_entry(own, key);
	if (!value && code == GIT_ENOTFOUND)
		code = 0;
	if (code)
		code = store_fail(err, code, key);
	git_config_free(own);
	git_config_free(all);
	journal_drop(store);
	if (!locked)
		fria_store_unlock(store);
	return code;
}

char *fria_store_info_path(const fria_store *store, const char *name)
{
	char *folder = without_slash(git_repository_commondir(store->repo));
	char *path = fria_format("%s/info/%s", folder, name);
	free(folder);
	return path;
}

bool fria_store_has_hook(const fria_store *store, const char *name)
{
	char *folder = without_slash(git_repository_commondir(store->repo));
	char *path = fria_format("%s/hooks/%s", folder, name);
	bool has = !access(path, X_OK);
	free(path);
	free(folder);
	return has;
}

/* --- one at a time --- */

int fria_store_lock(fria_store *store, fria_error *err)
{
	char *path = fria_format("%s/lock", store->own);
	int code = fria_folder_make(store->own, err);
	if (!code && store->lock < 0) {
		store->lock = fria_file_lock(path);
		if (store->lock >= 0)
			store_remove_leftovers(store);
		else if (errno == EINTR)
			code = fria_fail(err, FRIA_ELOCKED, FRIA_W_store_busy,
					 "lock", path, NULL);
		else
			code = fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble,
					    path, strerror(errno));
	}
	if (!code)
		store_expect_lacking(store);
	store->leaves_out = FRIA_STORE_UNKNOWN;
	free(path);
	return code;
}

void fria_store_unlock(fria_store *store)
{
	if (store->lock >= 0)
		close(store->lock);
	store->lock = -1;
}

/* --- paths --- */

static bool part_ok(const char *part, size_t n)
{
	if (!n || (n == 1 && part[0] == '.') ||
	    (n == 2 && part[0] == '.' && part[1] == '.'))
		return false;
	return !(n == 4 && !strncasecmp(part, ".git", 4));
}

int store_check_path(const char *path, fria_error *err)
{
	const char *at = path;
	for (bool more = true; more; at++) {
		size_t n = strcspn(at, "/");
		if (!part_ok(at, n) || memchr(at, '\\', n))
			return fria_fail(err, FRIA_EINPUT, FRIA_W_store_path,
					 "path", path, NULL);
		at += n;
		more = *at == '/';
	}
	return 0;
}

bool fria_store_is_path(const char *path)
{
	return !store_check_path(path, NULL);
}

char *store_full_path(const fria_store *store, const char *path)
{
	return *store->prefix ? fria_format("%s/%s", store->prefix, path)
			      : fria_strdup(path);
}

char *store_disk_path(const fria_store *store, const char *path)
{
	return fria_format("%s/%s", store->folder, path);
}

char *fria_store_whole_path(const fria_store *store, const char *path)
{
	return store_full_path(store, path);
}

const char *fria_store_own_path(const fria_store *store, const char *whole)
{
	size_t n = strlen(store->prefix);
	if (!n)
		return whole;
	return !strncmp(whole, store->prefix, n) && whole[n] == '/'
		   ? whole + n + 1
		   : NULL;
}

fria_store store_whole(const fria_store *store)
{
	fria_store whole = *store;
	size_t n = strlen(store->prefix);
	whole.prefix = (char *)(uintptr_t) "";
	if (store->folder)
		whole.folder = fria_strndup(
		    store->folder, strlen(store->folder) - (n ? n + 1 : 0));
	return whole;
}
