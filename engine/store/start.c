/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * libgit2, once for the process.
 */
#include "store_internal.h"

#include "../data/data.h"

#include <sys/types.h>

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
