/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Clones that lack something: a shallow one its older commits, a partial one
 * the files and folders that it has not needed yet. libgit2 takes either for
 * damage; git knows what to do, and is asked. It asks nothing in whole clones.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

/* Seconds that fetching what lacks may take. */
#define SECONDS 600

static bool is_promise(const char *name)
{
	static const char end[] = ".promisor";
	size_t n = strlen(name);
	return !strcmp(name, "extensions.partialclone") ||
	       (!strncmp(name, "remote.", 7) && n >= sizeof end &&
		!strcmp(name + n - (sizeof end - 1), end));
}

/* True if a remote promised to give later what this clone lacks. */
static bool store_is_partial(const fria_store *store)
{
	git_config *config = NULL;
	git_config_iterator *all = NULL;
	git_config_entry *entry;
	bool partial = false;
	if (git_repository_config(&config, store->repo))
		return false;
	if (!git_config_iterator_new(&all, config))
		while (!partial && !git_config_next(&entry, all))
			partial = is_promise(entry->name);
	git_config_iterator_free(all);
	git_config_free(config);
	return partial;
}

/* Does the repository itself name a program to fetch with? */
static bool names_programs(fria_store *store)
{
	if (store->programs == FRIA_STORE_UNKNOWN)
		store->programs = fria_store_refuse_programs(store, NULL, NULL)
				      ? FRIA_STORE_SOME
				      : FRIA_STORE_NOTHING;
	return store->programs == FRIA_STORE_SOME;
}

/*
 * git's exit status, and what it printed; -1 if it could not be run. In a
 * partial clone it may fetch what lacks.
 */
static int ask(fria_ran *ran, fria_store *store, const char *const args[])
{
	const char *own = fria_variable("GIT_ALLOW_PROTOCOL");
	const fria_git git = {.args = args,
			      .protocols = !store_is_partial(store) ? NULL
					   : own		    ? own
						 : "https:ssh:file:http:git",
			      .seconds = SECONDS};
	git_odb *odb = NULL;
	if ((git.protocols && names_programs(store)) ||
	    fria_store_git(ran, store, &git, NULL))
		return -1;
	if (!git_repository_odb(&odb, store->repo))
		git_odb_refresh(odb);
	git_odb_free(odb);
	return ran->status;
}

int store_ask_git(fria_store *store, const char *const args[])
{
	fria_ran ran;
	int status = ask(&ran, store, args);
	if (status >= 0)
		fria_ran_dispose(&ran);
	return status;
}

/* --- partial --- */

bool store_fetch_object(fria_store *store, const char *object)
{
	const char *const args[] = {"cat-file", "-e", object, NULL};
	return object[0] != '-' && store_is_partial(store) &&
	       !store_ask_git(store, args);
}

void store_fetch_folders(fria_store *store, const char *from, const char *to)
{
	const char *const args[] = {
	    "diff-tree", "-r", "--no-renames", "--name-only", from, to, NULL};
	if (store_is_partial(store))
		store_ask_git(store, args);
}

void store_expect_lacking(fria_store *store)
{
	if (store_is_partial(store))
		git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
}

/* --- shallow --- */

int store_shallow_bases(fria_strings *out, fria_store *store, const char *a,
			const char *b, fria_error *err)
{
	const char *const args[] = {"merge-base", "--all", a, b, NULL};
	fria_ran ran;
	char *save = NULL;
	int status = ask(&ran, store, args);
	if (status < 0)
		return fria_fail(err, FRIA_EIO, FRIA_W_store_trouble, "path", b,
				 "why", "git merge-base", NULL);
	for (char *line = ran.out.n ? strtok_r(ran.out.text, "\n", &save)
				    : NULL;
	     line; line = strtok_r(NULL, "\n", &save))
		if (strlen(line) == FRIA_ID_SIZE - 1)
			fria_strings_add(out, line);
	fria_ran_dispose(&ran);
	fria_strings_sort(out);
	return 0;
}

bool store_is_behind(fria_store *store, const git_oid *tip,
		     const git_oid *commit)
{
	char x[FRIA_ID_SIZE], y[FRIA_ID_SIZE];
	const char *const args[] = {"merge-base", "--is-ancestor", x, y, NULL};
	if (git_oid_equal(tip, commit))
		return true;
	if (!git_repository_is_shallow(store->repo))
		return git_graph_descendant_of(store->repo, tip, commit) == 1;
	git_oid_tostr(x, sizeof x, commit);
	git_oid_tostr(y, sizeof y, tip);
	return !store_ask_git(store, args);
}
