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

/* --- open and close --- */

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
	char *root = work ? fria_path_real(work) : NULL;
	char *own = fria_path_real(folder);
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
	store->walked = store_walked_new();
	store_start();
	store->lock = -1;
	return store;
}

int fria_store_open(fria_store **out, const char *folder, fria_error *err)
{
	fria_store *store = fresh();
	int code = store_open_repository(&store->repo, folder, 0);
	if (!code)
		code = store_objects_add(&store->objects, store->repo);
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
	store_former_free(store);
	store_walked_free(store->walked);
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
