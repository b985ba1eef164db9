/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A repository in a folder that people share, before anybody has sent it
 * anything: made where there is none, and told which branch it is to show.
 * One that holds something is left as it is.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What one that was cut off may have left. */
static const char *const begun[] = {
    "HEAD",    "branches", "config",	 "description", "hooks", "info",
    "objects", "refs",	   "LEESMIJ.md", "README.md",	NULL};

/* Who may write in the folder may write in what is made there. */
static uint32_t mode_of(const char *folder)
{
	char *above = fria_strdup(folder), *slash = strrchr(above, '/');
	struct stat st;
	if (slash && slash > above)
		*slash = '\0';
	bool group =
	    (!stat(folder, &st) || !stat(above, &st)) && (st.st_mode & S_IWGRP);
	free(above);
	return group ? GIT_REPOSITORY_INIT_SHARED_GROUP
		     : GIT_REPOSITORY_INIT_SHARED_UMASK;
}

static int make(git_repository **out, const char *folder)
{
	git_repository_init_options options;
	git_repository_init_options_init(&options,
					 GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKDIR;
	options.mode = mode_of(folder);
	return git_repository_init_ext(out, folder, &options);
}

static bool has_branch(git_repository *repo)
{
	git_reference_iterator *all = NULL;
	git_reference *ref = NULL;
	bool has =
	    git_reference_iterator_glob_new(&all, repo, "refs/heads/*") ||
	    !git_reference_next(&ref, all);
	git_reference_free(ref);
	git_reference_iterator_free(all);
	return has;
}

/* Who opens the folder is told what it is. */
static int put_readme(const char *folder, const char *name, const char *text,
		      fria_error *err)
{
	char *path = fria_format("%s/%s", folder, name);
	int code = 0;
	if (!fria_path_exists(path) && fria_folder_has_only(folder, begun))
		code = fria_file_write(path, text, strlen(text), err);
	free(path);
	return code;
}

int fria_store_share(bool *made, const char *folder, const char *branch,
		     const char *name, const char *text, fria_error *err)
{
	git_repository *repo = NULL;
	char *head = fria_format("refs/heads/%s", branch);
	*made = false;
	store_start();
	errno = 0;
	int git = store_open_repository(&repo, folder,
					GIT_REPOSITORY_OPEN_NO_SEARCH |
					    GIT_REPOSITORY_OPEN_BARE);
	if (git == GIT_ENOTFOUND && fria_folder_has_only(folder, begun)) {
		errno = 0;
		git = make(&repo, folder);
		*made = !git;
	} else if (git) {
		git = 0; /* what it is, git says when it is asked */
	}
	bool empty = !git && repo && !has_branch(repo);
	if (empty)
		git = git_repository_set_head(repo, head);
	int code = git ? store_fail(err, git, folder) : 0;
	if (empty && !code)
		code = put_readme(folder, name, text, err);
	git_repository_free(repo);
	git_libgit2_shutdown();
	free(head);
	return code;
}
