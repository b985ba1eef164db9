/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One atomic commit of a set of paths: objects, journal, branch by
 * compare-and-swap, then index and work tree of exactly these paths.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often a lost race for the branch is tried again. */
#define TRIES 20

/* --- the tree --- */

/* Writes a tree as `from` (NULL: empty) with one path set; mode 0 removes. */
static int tree_with(git_oid *out, git_repository *repo, git_tree *from,
		     const char *path, const git_oid *blob, git_filemode_t mode)
{
	git_treebuilder *builder = NULL;
	const char *slash = strchr(path, '/');
	char *name = slash ? fria_strndup(path, (size_t)(slash - path))
			   : fria_strdup(path);
	const git_tree_entry *entry =
	    from ? git_tree_entry_byname(from, name) : NULL;
	int code = git_treebuilder_new(&builder, repo, from);
	if (!code && slash) {
		git_tree *sub = NULL, *made = NULL;
		git_oid id;
		if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
			code = git_tree_lookup(&sub, repo,
					       git_tree_entry_id(entry));
		if (!code)
			code = tree_with(&id, repo, sub, slash + 1, blob, mode);
		if (!code)
			code = git_tree_lookup(&made, repo, &id);
		if (!code && git_tree_entrycount(made))
			code = git_treebuilder_insert(NULL, builder, name, &id,
						      GIT_FILEMODE_TREE);
		else if (!code && entry)
			code = git_treebuilder_remove(builder, name);
		git_tree_free(sub);
		git_tree_free(made);
	} else if (!code && mode) {
		if (entry && git_tree_entry_filemode(entry) ==
				 GIT_FILEMODE_BLOB_EXECUTABLE)
			mode = GIT_FILEMODE_BLOB_EXECUTABLE;
		code = git_treebuilder_insert(NULL, builder, name, blob, mode);
	} else if (!code && entry) {
		code = git_treebuilder_remove(builder, name);
	}
	if (!code)
		code = git_treebuilder_write(out, builder);
	git_treebuilder_free(builder);
	free(name);
	return code;
}

static int make_tree(git_oid *out, fria_store *store, git_commit *parent,
		     const journal_path *paths, size_t n)
{
	git_tree *tree = NULL;
	git_oid id;
	int code = parent ? git_commit_tree(&tree, parent) : 0;
	for (size_t i = 0; i < n && !code; i++) {
		git_oid blob;
		char *full = store_full_path(store, paths[i].path);
		if (paths[i].now[0])
			git_oid_fromstr(&blob, paths[i].now);
		code = tree_with(&id, store->repo, tree, full, &blob,
				 paths[i].now[0] ? GIT_FILEMODE_BLOB : 0);
		free(full);
		git_tree_free(tree);
		tree = NULL;
		if (!code)
			code = git_tree_lookup(&tree, store->repo, &id);
	}
	if (!code)
		*out = *git_tree_id(tree);
	git_tree_free(tree);
	return code;
}

/* --- index and work tree of one path --- */

static int settle_disk(fria_store *store, const journal_path *p,
		       fria_error *err)
{
	char now[FRIA_ID_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	bool there = fria_store_blob_id(now, store, NULL, p->path);
	int code = 0;
	if (strcmp(there ? now : "", p->was) != 0 || !strcmp(p->was, p->now))
		return 0; /* new already, or somebody's own: left alone */
	if (p->now[0])
		code = fria_store_read_blob(&bytes, store, p->now, err);
	if (!code)
		code = store_write_disk(store, p->path,
					p->now[0] ? bytes.text : NULL, bytes.n,
					err);
	fria_buf_dispose(&bytes);
	return code;
}

/* True if the index has the path at this blob (or not, for ""). */
static bool index_has(git_index *index, const char *path, const char *blob)
{
	const git_index_entry *e = git_index_get_bypath(index, path, 0);
	char id[FRIA_ID_SIZE] = "";
	if (e)
		git_oid_tostr(id, sizeof id, &e->id);
	return !strcmp(id, blob);
}

int store_settle_path(fria_store *store, git_index *index,
		      const journal_path *p, fria_error *err)
{
	char *full = store_full_path(store, p->path);
	int code = settle_disk(store, p, err), git = 0;
	char disk[FRIA_ID_SIZE];
	if (!code && !index_has(index, full, p->was) &&
	    !index_has(index, full, p->now)) {
		free(full);
		return 0; /* somebody staged something of their own */
	}
	if (!code && !p->now[0]) {
		git = git_index_remove(index, full, 0);
		if (git == GIT_ENOTFOUND || !index_has(index, full, ""))
			git = 0;
	} else if (!code) {
		const git_index_entry *old =
		    git_index_get_bypath(index, full, 0);
		git_index_entry entry = {
		    .path = full, .mode = old ? old->mode : GIT_FILEMODE_BLOB};
		git_oid_fromstr(&entry.id, p->now);
		if (fria_store_blob_id(disk, store, NULL, p->path) &&
		    !strcmp(disk, p->now) && index_has(index, full, p->was))
			git = git_index_add_bypath(index, full);
		if (!git && !index_has(index, full, p->now))
			git = git_index_add(index, &entry);
	}
	if (git)
		code = store_fail(err, git, full);
	free(full);
	return code;
}

static int settle_all(fria_store *store, git_index *index,
		      const journal_path *paths, size_t n, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < n && !code; i++)
		code = store_settle_path(store, index, &paths[i], err);
	if (!code) {
		int git = git_index_write(index);
		if (git)
			code = store_fail(err, git, "index");
	}
	return code;
}

/* --- what is asked --- */

static int make_blobs(journal_path *paths, fria_store *store,
		      const fria_commit_request *r, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < r->n && !code; i++) {
		const fria_change *c = &r->changes[i];
		git_oid id;
		code = store_check_path(c->path, err);
		if (code)
			break;
		paths[i] = (journal_path){c->path, "", ""};
		memcpy(paths[i].was, c->base, strlen(c->base) + 1);
		if (!c->bytes)
			continue;
		int git = git_blob_create_from_buffer(&id, store->repo,
						      c->bytes, c->n);
		if (git)
			code = store_fail(err, git, c->path);
		else
			git_oid_tostr(paths[i].now, FRIA_ID_SIZE, &id);
	}
	return code;
}

/* The work tree may hold the base or the new content, nothing else. */
static int check_disk(fria_store *store, const journal_path *paths, size_t n,
		      fria_error *err)
{
	for (size_t i = 0; i < n; i++) {
		char id[FRIA_ID_SIZE] = "";
		fria_path_state state;
		int code = fria_store_state(&state, store, paths[i].path, err);
		if (code)
			return code;
		fria_store_blob_id(id, store, NULL, paths[i].path);
		if (!strcmp(id, paths[i].was) || !strcmp(id, paths[i].now))
			continue;
		fria_fail(err, FRIA_ERACE, FRIA_W_store_dirty, "path",
			  paths[i].path, NULL);
		return FRIA_ERACE;
	}
	return 0;
}

/* The branch may hold the base or already the new content. */
static int check_base(fria_store *store, const git_oid *tip,
		      const journal_path *paths, size_t n, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (tip)
		git_oid_tostr(commit, sizeof commit, tip);
	for (size_t i = 0; i < n; i++) {
		char id[FRIA_ID_SIZE] = "";
		if (tip)
			fria_store_blob_id(id, store, commit, paths[i].path);
		if (strcmp(id, paths[i].was) != 0 &&
		    strcmp(id, paths[i].now) != 0)
			return fria_fail(err, FRIA_ERACE, FRIA_W_store_race,
					 "path", paths[i].path, NULL);
	}
	return 0;
}

/* --- the commit --- */

typedef struct {
	fria_store *store;
	const fria_commit_request *request;
	journal_path *paths;
	git_index *index;
	char *ref; /* the branch that HEAD names, or HEAD when detached */
} attempt;

static int find_ref(attempt *a, fria_error *err)
{
	git_reference *head = NULL;
	int git = git_reference_lookup(&head, a->store->repo, "HEAD");
	if (git)
		return store_fail(err, git, "HEAD");
	a->ref = fria_strdup(git_reference_type(head) == GIT_REFERENCE_SYMBOLIC
				 ? git_reference_symbolic_target(head)
				 : "HEAD");
	git_reference_free(head);
	return 0;
}

static int make_commit(git_oid *out, attempt *a, git_commit *parent,
		       const git_oid *tree_id)
{
	const fria_commit_request *r = a->request;
	git_signature *author = NULL, *committer = NULL;
	git_tree *tree = NULL;
	const git_commit *parents[] = {parent};
	int git = git_signature_new(&author, r->author_name, r->author_email,
				    r->at, r->offset);
	if (!git)
		git = git_signature_new(&committer, r->committer_name,
					r->committer_email, r->at, r->offset);
	if (!git)
		git = git_tree_lookup(&tree, a->store->repo, tree_id);
	if (!git)
		git = git_commit_create(
		    out, a->store->repo, NULL, author, committer, NULL,
		    r->message, tree, parent ? 1 : 0, parent ? parents : NULL);
	git_tree_free(tree);
	git_signature_free(author);
	git_signature_free(committer);
	return git;
}

/* Moves the branch if it still is where the commit was made from. */
static int swap(attempt *a, const git_oid *commit, const git_oid *tip)
{
	const git_oid none = {{0}};
	git_reference *ref = NULL;
	const char *line = strchr(a->request->message, '\n');
	char *subject = line
			    ? fria_strndup(a->request->message,
					   (size_t)(line - a->request->message))
			    : fria_strdup(a->request->message);
	char *log =
	    fria_format(tip ? "commit: %s" : "commit (initial): %s", subject);
	int git = git_reference_create_matching(
	    &ref, a->store->repo, a->ref, commit, 1, tip ? tip : &none, log);
	git_reference_free(ref);
	free(log);
	free(subject);
	return git;
}

static int try_once(char out[FRIA_ID_SIZE], bool *lost, attempt *a,
		    fria_error *err)
{
	git_oid tip, tree, commit;
	git_commit *parent = NULL;
	git_repository *repo = a->store->repo;
	bool born = !git_reference_name_to_id(&tip, repo, a->ref);
	int code = check_base(a->store, born ? &tip : NULL, a->paths,
			      a->request->n, err);
	if (code)
		return code;
	int git = born ? git_commit_lookup(&parent, repo, &tip) : 0;
	if (!git)
		git =
		    make_tree(&tree, a->store, parent, a->paths, a->request->n);
	bool same =
	    !git && parent && git_oid_equal(&tree, git_commit_tree_id(parent));
	if (!git && !same)
		git = make_commit(&commit, a, parent, &tree);
	git_commit_free(parent);
	if (git)
		return store_fail(err, git, a->ref);
	git_oid_tostr(out, FRIA_ID_SIZE, same ? &tip : &commit);
	if (same)
		return 0;
	code =
	    journal_write(a->store, a->ref, out, a->paths, a->request->n, err);
	if (code)
		return code;
	git = swap(a, &commit, born ? &tip : NULL);
	*lost = git == GIT_EMODIFIED || (git == GIT_EEXISTS && !born);
	if (git)
		journal_drop(a->store);
	return git && !*lost ? store_fail(err, git, a->ref) : 0;
}

/* A lock that is in the way is named before anything is recorded. */
static int check_index(attempt *a, fria_error *err)
{
	char *lock =
	    fria_format("%sindex.lock", git_repository_path(a->store->repo));
	int code = 0, git;
	for (int i = 0; fria_path_exists(lock) && i < 20; i++)
		usleep(50000);
	if (fria_path_exists(lock))
		code = fria_fail(err, FRIA_ELOCKED, FRIA_W_store_locked, "lock",
				 lock, NULL);
	free(lock);
	if (code)
		return code;
	git = git_repository_index(&a->index, a->store->repo);
	if (!git)
		git = git_index_read(a->index, 1);
	return git ? store_fail(err, git, "index") : 0;
}

static int run(char out[FRIA_ID_SIZE], attempt *a, fria_error *err)
{
	bool lost = true;
	int code = check_disk(a->store, a->paths, a->request->n, err);
	if (!code)
		code = find_ref(a, err);
	if (!code)
		code = check_index(a, err);
	for (int i = 0; i < TRIES && lost && !code; i++) {
		lost = false;
		code = try_once(out, &lost, a, err);
	}
	if (!code && lost)
		code = fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 a->ref, NULL);
	if (code)
		return code;
	/* The commit stands: what fails from here on, recovery finishes. */
	code = settle_all(a->store, a->index, a->paths, a->request->n, err);
	if (!code)
		journal_drop(a->store);
	return code;
}

int fria_store_commit(char out[FRIA_ID_SIZE], fria_store *store,
		      const fria_commit_request *request, fria_error *err)
{
	attempt a = {.store = store, .request = request};
	bool locked = store->lock >= 0;
	if (!store->folder)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_repository,
				 NULL);
	int code = locked ? 0 : fria_store_lock(store, err);
	if (code)
		return code;
	a.paths = fria_calloc(request->n + 1, sizeof *a.paths);
	code = journal_recover(store, err);
	if (!code)
		code = make_blobs(a.paths, store, request, err);
	if (!code)
		code = run(out, &a, err);
	git_index_free(a.index);
	free(a.paths);
	free(a.ref);
	if (!locked)
		fria_store_unlock(store);
	return code;
}
