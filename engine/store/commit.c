/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One atomic commit of a set of paths: objects, journal, branch by
 * compare-and-swap, then index and work tree of exactly these paths.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often a lost race for the branch is tried again. */
#define TRIES 20

/* --- the tree --- */

/* The mode of a document: plain, or executable if it was. */
#define AS_IT_WAS ((git_filemode_t)1)

static git_filemode_t mode_of(const journal_path *p)
{
	if (!p->now[0])
		return 0;
	return p->mode ? (git_filemode_t)p->mode : AS_IT_WAS;
}

/* Sets one document in a folder; mode 0 removes. */
static int put_leaf(git_treebuilder *builder, const git_tree *from,
		    const char *name, const journal_path *p)
{
	const git_tree_entry *was =
	    from ? git_tree_entry_byname(from, name) : NULL;
	git_filemode_t mode = mode_of(p);
	git_oid blob;
	if (!mode)
		return was ? git_treebuilder_remove(builder, name) : 0;
	if (mode == AS_IT_WAS)
		mode = was && git_tree_entry_filemode(was) ==
				   GIT_FILEMODE_BLOB_EXECUTABLE
			   ? GIT_FILEMODE_BLOB_EXECUTABLE
			   : GIT_FILEMODE_BLOB;
	int git = git_oid_fromstr(&blob, p->now);
	return git ? git
		   : git_treebuilder_insert(NULL, builder, name, &blob, mode);
}

static int tree_with(git_oid *out, git_repository *repo, const git_tree *from,
		     const journal_path *const *paths, size_t n, size_t skip);

/* The same for a folder in it, with all paths below; an empty one goes. */
static int put_folder(git_treebuilder *builder, git_repository *repo,
		      const git_tree *from, const char *name,
		      const journal_path *const *paths, size_t n, size_t skip)
{
	const git_tree_entry *was =
	    from ? git_tree_entry_byname(from, name) : NULL;
	git_tree *sub = NULL, *made = NULL;
	git_oid id;
	int git = 0;
	if (was && git_tree_entry_type(was) == GIT_OBJECT_TREE)
		git = git_tree_lookup(&sub, repo, git_tree_entry_id(was));
	if (!git)
		git = tree_with(&id, repo, sub, paths, n, skip);
	if (!git)
		git = git_tree_lookup(&made, repo, &id);
	if (!git && git_tree_entrycount(made))
		git = git_treebuilder_insert(NULL, builder, name, &id,
					     GIT_FILEMODE_TREE);
	else if (!git && was)
		git = git_treebuilder_remove(builder, name);
	git_tree_free(sub);
	git_tree_free(made);
	return git;
}

/* How many of the sorted paths lie in the first one's folder. */
static size_t count_folder(const journal_path *const *paths, size_t n,
			   size_t prefix)
{
	size_t same = 1;
	while (same < n && !strncmp(paths[same]->path, paths[0]->path, prefix))
		same++;
	return same;
}

/* Writes a folder as `from` (NULL: empty) with the paths, sorted, as they are
 * now; `skip` is what they have before it. */
static int tree_with(git_oid *out, git_repository *repo, const git_tree *from,
		     const journal_path *const *paths, size_t n, size_t skip)
{
	git_treebuilder *builder = NULL;
	int git = git_treebuilder_new(&builder, repo, from);
	for (size_t i = 0; i < n && !git;) {
		const char *rest = paths[i]->path + skip;
		size_t length = strcspn(rest, "/"), many = 1;
		char *name = fria_strndup(rest, length);
		if (rest[length]) {
			size_t prefix = skip + length + 1;
			many = count_folder(paths + i, n - i, prefix);
			git = put_folder(builder, repo, from, name, paths + i,
					 many, prefix);
		} else {
			git = put_leaf(builder, from, name, paths[i]);
		}
		free(name);
		i += many;
	}
	if (!git)
		git = git_treebuilder_write(out, builder);
	git_treebuilder_free(builder);
	return git;
}

/* Two of the same path keep their order. */
static int compare_paths(const void *a, const void *b)
{
	const journal_path *x = *(const journal_path *const *)a;
	const journal_path *y = *(const journal_path *const *)b;
	int order = strcmp(x->path, y->path);
	return order ? order : (x > y) - (x < y);
}

/* The tree `from` (NULL: empty) with the paths as they are now. */
static int make_tree(git_oid *out, fria_store *store, const git_tree *from,
		     const journal_path *paths, size_t n)
{
	const journal_path **sorted = fria_calloc(n + 1, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = &paths[i];
	qsort(sorted, n, sizeof *sorted, compare_paths);
	int git = tree_with(out, store->repo, from, sorted, n, 0);
	free(sorted);
	return git;
}

/* --- what is asked --- */

/* The branch may hold the base or already the new content. */
static int check_base(fria_store *store, const git_oid *tip,
		      const fria_commit_request *r, const journal_path *paths,
		      fria_error *err)
{
	char commit[FRIA_ID_SIZE] = "";
	if (tip)
		git_oid_tostr(commit, sizeof commit, tip);
	if (r->from && strcmp(r->from, commit) != 0)
		return fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 "HEAD", NULL);
	for (size_t i = 0; i < r->n && !r->conclude; i++) {
		char id[FRIA_ID_SIZE] = "";
		if (tip)
			fria_store_blob_at(id, store, commit, paths[i].path);
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
	char *ref;    /* the branch that HEAD names, or HEAD when detached */
	int tries;    /* so far, this one included */
	bool follows; /* index and work tree come after it */
	fria_error *err;
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

/* As git would: signed if it is configured so. */
static int write_commit(git_oid *out, attempt *a, const git_signature *author,
			const git_signature *committer, const git_tree *tree,
			size_t n, const git_commit *parents[])
{
	git_repository *repo = a->store->repo;
	git_buf bytes = {NULL, 0, 0};
	fria_buf signature = FRIA_BUF_INIT;
	if (store_rehearses(a->store) ||
	    !store_config_is(a->store, "commit.gpgsign"))
		return git_commit_create(out, repo, NULL, author, committer,
					 NULL, a->request->message, tree, n,
					 n ? parents : NULL);
	int git = git_commit_create_buffer(&bytes, repo, author, committer,
					   NULL, a->request->message, tree, n,
					   n ? parents : NULL);
	char *who = fria_format("%s <%s>", committer->name, committer->email);
	if (!git && store_sign(&signature, a->store, bytes.ptr, bytes.size, who,
			       a->err))
		git = GIT_EUSER;
	while (signature.n && signature.text[signature.n - 1] == '\n')
		signature.text[--signature.n] = '\0';
	if (!git)
		git = git_commit_create_with_signature(
		    out, repo, bytes.ptr, signature.text, "gpgsig");
	free(who);
	git_buf_dispose(&bytes);
	fria_buf_dispose(&signature);
	return git;
}

static int make_commit(git_oid *out, attempt *a, git_commit *parent,
		       const git_oid *tree_id)
{
	const fria_commit_request *r = a->request;
	git_signature *author = NULL, *committer = NULL;
	git_tree *tree = NULL;
	git_commit *theirs = NULL;
	git_oid second;
	int git = git_signature_new(&author, r->author_name, r->author_email,
				    r->at, r->offset);
	if (!git)
		git = git_signature_new(&committer, r->committer_name,
					r->committer_email, r->at, r->offset);
	if (!git)
		git = git_tree_lookup(&tree, a->store->repo, tree_id);
	if (!git && r->theirs)
		git = git_oid_fromstr(&second, r->theirs);
	if (!git && r->theirs)
		git = git_commit_lookup(&theirs, a->store->repo, &second);
	const git_commit *parents[] = {parent, theirs};
	if (!git)
		git = write_commit(out, a, author, committer, tree,
				   theirs   ? 2
				   : parent ? 1
					    : 0,
				   parents);
	git_commit_free(theirs);
	git_tree_free(tree);
	git_signature_free(author);
	git_signature_free(committer);
	return git;
}

/*
 * Moves the branch if it still is where the commit was made from. Whether it
 * did, the branch itself says: git fails also after it has moved.
 */
static int swap(attempt *a, const git_oid *commit, const git_oid *tip)
{
	const git_oid none = {{0}};
	git_reference *ref = NULL;
	if (store_rehearses(a->store))
		return 0;
	const char *line = strchr(a->request->message, '\n');
	char *subject = line
			    ? fria_strndup(a->request->message,
					   (size_t)(line - a->request->message))
			    : fria_strdup(a->request->message);
	char *log =
	    fria_format(tip ? "commit: %s" : "commit (initial): %s", subject);
	git_error_clear();
	errno = 0;
	int git = git_reference_create_matching(
	    &ref, a->store->repo, a->ref, commit, 1, tip ? tip : &none, log);
	git_reference_free(ref);
	free(log);
	free(subject);
	/* What went wrong after it had moved undoes nothing. */
	if (git && store_holds(a->store, a->ref, commit))
		git = 0;
	return git;
}

/* The tree that the paths change: the parent's, or the whole index. */
static int start_tree(git_tree **out, attempt *a, git_commit *parent)
{
	git_oid id;
	if (!a->request->conclude)
		return parent ? git_commit_tree(out, parent) : 0;
	int git = git_index_write_tree(&id, a->index);
	return git ? git : git_tree_lookup(out, a->store->repo, &id);
}

/* The commit to move to; *same if that is where the branch is. */
static int make_next(git_oid *out, bool *same, attempt *a, git_commit *parent)
{
	const fria_commit_request *r = a->request;
	git_tree *tree = NULL;
	git_oid id;
	*same = false;
	if (r->forward)
		return git_oid_fromstr(out, r->theirs);
	int git = start_tree(&tree, a, parent);
	if (!git)
		git = make_tree(&id, a->store, tree, a->paths, r->n);
	git_tree_free(tree);
	*same = !git && parent && !r->theirs &&
		git_oid_equal(&id, git_commit_tree_id(parent));
	if (!git && !*same)
		git = make_commit(out, a, parent, &id);
	return git;
}

/* The commit to go on from; false: none yet. */
static bool find_tip(git_oid *out, const attempt *a)
{
	char head[FRIA_ID_SIZE];
	if (!a->store->stage)
		return !git_reference_name_to_id(out, a->store->repo, a->ref);
	return store_stage_head(head, a->store) && !git_oid_fromstr(out, head);
}

static int note(const attempt *a, const char *commit, fria_error *err)
{
	return store_rehearses(a->store)
		   ? 0
		   : journal_write(a->store, a->ref, commit, a->paths,
				   a->follows ? a->request->n : 0, err);
}

static int try_once(char out[FRIA_ID_SIZE], bool *lost, attempt *a,
		    fria_error *err)
{
	git_oid tip, commit;
	git_commit *parent = NULL;
	git_repository *repo = a->store->repo;
	bool same, born = find_tip(&tip, a);
	int code =
	    check_base(a->store, born ? &tip : NULL, a->request, a->paths, err);
	if (code)
		return code;
	int git = born ? git_commit_lookup(&parent, repo, &tip) : 0;
	if (!git)
		git = make_next(&commit, &same, a, parent);
	git_commit_free(parent);
	if (git)
		return store_fail(err, git, a->ref);
	git_oid_tostr(out, FRIA_ID_SIZE, same ? &tip : &commit);
	if (same)
		return 0;
	code =
	    store_rehearses(a->store) ? 0 : store_objects_sync(a->store, err);
	if (!code)
		code = note(a, out, err);
	if (code)
		return code;
	git = swap(a, &commit, born ? &tip : NULL);
	*lost = git == GIT_EMODIFIED || (git == GIT_EEXISTS && !born) ||
		(git == GIT_ELOCKED && a->tries < TRIES);
	if (git == GIT_ELOCKED && *lost)
		/* Another work tree of this repository; five seconds in all. */
		usleep(25000U * (unsigned)a->tries);
	if (git)
		journal_drop(a->store);
	/* What was staged was made for the commit before: see follow.c. */
	if (*lost && git != GIT_ELOCKED && a->store->stage) {
		*lost = false;
		return fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 a->ref, NULL);
	}
	return git && !*lost ? store_fail(err, git, a->ref) : 0;
}

static bool is_asked(const attempt *a, const char *path)
{
	for (size_t i = 0; i < a->request->n; i++)
		if (!strcmp(a->paths[i].path, path))
			return true;
	return false;
}

/* A document that was changed again after it had been settled. */
static int take_document(attempt *a, const char *path)
{
	const char *dot = strrchr(path, '.');
	char disk[FRIA_ID_SIZE];
	if (!dot || strcmp(dot, ".json") != 0 || is_asked(a, path))
		return 0;
	store_disk_id(disk, a->store, path);
	if (!disk[0] || store_index_has(a->index, path, disk) ||
	    store_is_left_out(a->store, git_index_get_bypath(a->index, path, 0),
			      path))
		return 0;
	return git_index_add_bypath(a->index, path);
}

static int take_documents(attempt *a, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	git_tree *tree = NULL;
	git_diff *diff = NULL;
	int git = 0, code = 0;
	if (fria_store_head(head, a->store))
		code = store_tree(&tree, a->store, head, err);
	if (!code)
		git = git_diff_tree_to_index(&diff, a->store->repo, tree,
					     a->index, NULL);
	for (size_t i = 0; !code && !git && i < git_diff_num_deltas(diff); i++)
		git = take_document(a,
				    git_diff_get_delta(diff, i)->new_file.path);
	git_diff_free(diff);
	git_tree_free(tree);
	return git ? store_fail(err, git, "index") : code;
}

/* What stopped is in the index: that, and not HEAD, is what paths come from. */
static int start_from_index(attempt *a, fria_error *err)
{
	if (git_index_has_conflicts(a->index))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_unmerged,
				 NULL);
	for (size_t i = 0; i < a->request->n; i++) {
		const git_index_entry *e =
		    git_index_get_bypath(a->index, a->paths[i].path, 0);
		a->paths[i].was[0] = '\0';
		if (e)
			git_oid_tostr(a->paths[i].was, FRIA_ID_SIZE, &e->id);
	}
	return take_documents(a, err);
}

/* Tried twice: what failed once may have passed. */
static int settle(attempt *a, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	if (!store_settle_all(a->store, a->index, a->paths, a->request->n,
			      NULL))
		return 0;
	git_error_clear();
	int git = git_index_read(a->index, 1);
	int code = git ? store_fail(&inner, git, "index")
		       : store_settle_all(a->store, a->index, a->paths,
					  a->request->n, &inner);
	return code ? store_unfinished(err, &inner) : 0;
}

static int run(char out[FRIA_ID_SIZE], attempt *a, fria_error *err)
{
	bool lost = true;
	int code = a->follows ? store_open_index(&a->index, a->store, err) : 0;
	if (!code && a->request->conclude)
		code = start_from_index(a, err);
	if (!code && a->follows)
		code = store_check_disk(a->store, a->paths, a->request->n, err);
	if (!code)
		code = find_ref(a, err);
	for (int i = 0; i < TRIES && lost && !code; i++) {
		lost = false;
		a->tries = i + 1;
		code = try_once(out, &lost, a, err);
	}
	if (!code && lost)
		code = fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 a->ref, NULL);
	if (code)
		return code;
	/* The commit stands: what fails from here on, recovery finishes. */
	code = a->follows ? settle(a, err) : 0;
	if (code)
		return code;
	if (a->request->conclude) {
		git_oid commit;
		fria_error inner = FRIA_ERROR_INIT;
		git_oid_fromstr(&commit, out);
		if (store_end_merge(a->store, &commit, &inner))
			return store_unfinished(err, &inner);
	}
	if (!store_rehearses(a->store))
		journal_drop(a->store);
	return 0;
}

int store_refuse_rehearsed(fria_error *err)
{
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_rehearsed, NULL);
}

/* Two lines of history are joined where there is an index for what stops. */
static int check_request(const fria_store *store, const fria_commit_request *r,
			 fria_error *err)
{
	bool joins = r->theirs || r->conclude || r->whole;
	if (joins && store_rehearses(store))
		return store_refuse_rehearsed(err);
	return joins && !store->folder
		   ? fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_repository, NULL)
		   : 0;
}

/* Does what is staged come after the commit at this path, as a work tree does?
 */
static bool is_staged(const fria_store *store, const char *path)
{
	return store_rehearses(store) ||
	       store_stage_read(NULL, store, path) != STAGED_NOT;
}

/* It may only take the place of what was staged, or of what was there. */
static int check_staged(fria_store *store, const fria_commit_request *r,
			const journal_path *paths, fria_error *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const char *path = r->changes[i].path;
		char id[FRIA_ID_SIZE] = "";
		if (!is_staged(store, path))
			continue;
		if (!fria_store_file_id(id, store, NULL, path))
			id[0] = '\0';
		if (strcmp(id, paths[i].was) != 0 &&
		    strcmp(id, paths[i].now) != 0)
			return fria_fail(err, FRIA_ERACE, FRIA_W_store_dirty,
					 "path", path, NULL);
	}
	return 0;
}

/* What is staged goes on from the commit; of a rehearsal it is kept. */
static int go_on(fria_store *store, const fria_commit_request *r,
		 const char *commit, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < r->n && !code; i++)
		if (is_staged(store, r->changes[i].path))
			code = fria_store_write(store, r->changes[i].path,
						r->changes[i].bytes,
						r->changes[i].n, err);
	store_stage_move(store, commit);
	if (store_rehearses(store))
		store_stage_keep(store, r);
	return code;
}

int fria_store_commit(char out[FRIA_ID_SIZE], fria_store *store,
		      const fria_commit_request *request, fria_error *err)
{
	bool rehearses = store_rehearses(store);
	bool locked = store->lock >= 0 || rehearses;
	int code = check_request(store, request, err);
	if (!code && !locked)
		code = fria_store_lock(store, err);
	if (code)
		return code;
	fria_store whole = store_whole(store);
	attempt a = {.store = &whole,
		     .request = request,
		     .follows = store->folder && !rehearses,
		     .err = err};
	a.paths = fria_calloc(request->n + 1, sizeof *a.paths);
	if (!rehearses)
		code = journal_recover(store, err);
	store_objects_together(store, true);
	if (!code)
		code = store_make_paths(a.paths, store, &whole, request, err);
	if (!code && store->stage)
		code = check_staged(store, request, a.paths, err);
	if (!code)
		code = run(out, &a, err);
	if (!code && store->stage)
		code = go_on(store, request, out, err);
	store_objects_together(store, false);
	store->unsaved = store->unsaved && code;
	git_index_free(a.index);
	store_free_paths(a.paths, request->n);
	free(a.ref);
	free(whole.folder);
	if (!locked)
		fria_store_unlock(store);
	return code;
}
