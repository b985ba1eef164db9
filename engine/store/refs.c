/* SPDX-License-Identifier: EUPL-1.2 */
/* The names of a repository: its branch, its remotes, its references. */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_refs_dispose(fria_refs *refs)
{
	for (size_t i = 0; i < refs->n; i++)
		free(refs->items[i].name);
	free(refs->items);
	*refs = (fria_refs){NULL, 0};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const fria_ref *)a)->name, ((const fria_ref *)b)->name);
}

void fria_refs_sort(fria_refs *refs)
{
	if (refs->n)
		qsort(refs->items, refs->n, sizeof *refs->items, by_name);
}

const fria_ref *fria_refs_find(const fria_refs *refs, const char *name)
{
	const fria_ref key = {.name = (char *)(uintptr_t)name};
	return refs->n ? bsearch(&key, refs->items, refs->n,
				 sizeof *refs->items, by_name)
		       : NULL;
}

int fria_store_branch(fria_buf *out, fria_store *store, fria_error *err)
{
	static const char heads[] = "refs/heads/";
	git_reference *head = NULL;
	int git = git_reference_lookup(&head, store->repo, "HEAD");
	if (git)
		return store_fail(err, git, "HEAD");
	const char *to = git_reference_symbolic_target(head);
	int code = 0;
	if (to && !strncmp(to, heads, sizeof heads - 1))
		fria_buf_puts(out, to + sizeof heads - 1);
	else
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_store_detached, NULL);
	git_reference_free(head);
	return code;
}

int fria_store_set_branch(fria_store *store, const char *ref, fria_error *err)
{
	int git = git_repository_set_head(store->repo, ref);
	return git ? store_fail(err, git, ref) : 0;
}

bool fria_store_ref(char out[FRIA_ID_SIZE], fria_store *store, const char *name)
{
	git_oid id;
	if (git_reference_name_to_id(&id, store->repo, name))
		return false;
	git_oid_tostr(out, FRIA_ID_SIZE, &id);
	return true;
}

int fria_store_refs(fria_refs *out, fria_store *store, const char *prefix,
		    fria_error *err)
{
	git_reference_iterator *all = NULL;
	git_reference *ref;
	char *glob = fria_format("%s*", prefix);
	int git = git_reference_iterator_glob_new(&all, store->repo, glob);
	while (!git && !(git = git_reference_next(&ref, all))) {
		const git_oid *id = git_reference_target(ref);
		if (id) {
			fria_ref *one = FRIA_PUSH(out);
			one->name = fria_strdup(git_reference_name(ref));
			git_oid_tostr(one->id, FRIA_ID_SIZE, id);
		}
		git_reference_free(ref);
	}
	git_reference_iterator_free(all);
	free(glob);
	fria_refs_sort(out);
	return git == GIT_ITEROVER ? 0 : store_fail(err, git, prefix);
}

/* "remote.NAME.url" gives NAME. */
static void add_remote(fria_strings *out, const char *key)
{
	static const char start[] = "remote.", end[] = ".url";
	size_t n = strlen(key), around = sizeof start + sizeof end - 2;
	if (n <= around || strncmp(key, start, sizeof start - 1) != 0 ||
	    strcmp(key + n - (sizeof end - 1), end) != 0)
		return;
	char *name = fria_strndup(key + sizeof start - 1, n - around);
	fria_strings_add_once(out, name);
	free(name);
}

/* Read as it stands: libgit2's own list loses memory at every other key. */
int fria_store_remotes(fria_strings *out, fria_store *store, fria_error *err)
{
	git_config *config = NULL;
	git_config_iterator *all = NULL;
	git_config_entry *entry;
	int git = git_repository_config(&config, store->repo);
	if (!git)
		git = git_config_iterator_new(&all, config);
	while (!git && !(git = git_config_next(&entry, all)))
		add_remote(out, entry->name);
	git_config_iterator_free(all);
	git_config_free(config);
	return git == GIT_ITEROVER ? 0 : store_fail(err, git, "config");
}

int fria_store_ref_delete(fria_store *store, const fria_ref *ref,
			  fria_error *err)
{
	git_reference *found = NULL;
	char id[FRIA_ID_SIZE];
	int git = git_reference_lookup(&found, store->repo, ref->name);
	if (!git && fria_store_ref(id, store, ref->name) &&
	    strcmp(id, ref->id) != 0)
		git = GIT_EMODIFIED;
	if (!git)
		git = git_reference_delete(found);
	git_reference_free(found);
	return git && git != GIT_ENOTFOUND ? store_fail(err, git, ref->name)
					   : 0;
}
