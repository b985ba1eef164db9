/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A merge that waits for people, kept where git keeps it: the sides of what
 * conflicts in the index, the other commit in MERGE_HEAD. So git and fria can
 * each go on with what the other left. It decides nothing.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the index --- */

static void note_side(char id[FRIA_ID_SIZE], unsigned *mode,
		      const git_index_entry *entry)
{
	id[0] = '\0';
	*mode = 0;
	if (!entry)
		return;
	git_oid_tostr(id, FRIA_ID_SIZE, &entry->id);
	*mode = entry->mode;
}

int fria_store_unmerged(fria_sides *out, fria_store *store, fria_error *err)
{
	git_index *index = NULL;
	git_index_conflict_iterator *all = NULL;
	const git_index_entry *base, *ours, *theirs;
	*out = (fria_sides){NULL, 0};
	if (!store->folder)
		return 0;
	int code = store_read_index(&index, store, false, err), git = 0;
	if (!code && git_index_has_conflicts(index))
		git = git_index_conflict_iterator_new(&all, index);
	while (all &&
	       !(git = git_index_conflict_next(&base, &ours, &theirs, all))) {
		const char *path = (ours ? ours : theirs ? theirs : base)->path;
		fria_path_sides *p = FRIA_PUSH(out);
		*p = (fria_path_sides){.path = fria_strdup(path)};
		note_side(p->base, &p->modes[0], base);
		note_side(p->ours, &p->modes[1], ours);
		note_side(p->theirs, &p->modes[2], theirs);
	}
	git_index_conflict_iterator_free(all);
	git_index_free(index);
	if (git && git != GIT_ITEROVER)
		code = store_fail(err, git, "index");
	return code;
}

int fria_store_settle(fria_store *store, const char *path, fria_error *err)
{
	git_index *index = NULL;
	fria_store whole = store_whole(store);
	char disk[FRIA_ID_SIZE];
	store_disk_id(disk, &whole, path);
	free(whole.folder);
	int code = journal_recover(store, err);
	if (!code)
		code = store_open_index(&index, store, err);
	/* It tells the next command of a lock that a killed one leaves. */
	if (!code)
		code = journal_write(store, JOURNAL_INDEX, "-", NULL, 0, err);
	if (!code) {
		git_index_conflict_remove(index, path);
		int git = disk[0] ? git_index_add_bypath(index, path) : 0;
		code = git ? store_fail(err, git, path)
			   : store_write_index(index, err);
		journal_drop(store);
	}
	git_index_free(index);
	return code;
}

/* --- to stop --- */

/* Something else that is staged would become part of the merge. */
static int refuse_staged(fria_store *store, git_index *index, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	git_tree *tree = NULL;
	git_diff *diff = NULL;
	int code = 0;
	if (fria_store_head(head, store))
		code = store_tree(&tree, store, head, err);
	if (code)
		return code;
	int git = git_diff_tree_to_index(&diff, store->repo, tree, index, NULL);
	if (git)
		code = store_fail(err, git, "index");
	else if (git_diff_num_deltas(diff))
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_store_staged, "path",
			      git_diff_get_delta(diff, 0)->new_file.path, NULL);
	git_diff_free(diff);
	git_tree_free(tree);
	return code;
}

static git_index_entry *entry_of(git_index_entry *entry,
				 const fria_path_sides *p, const char *id,
				 unsigned mode)
{
	*entry = (git_index_entry){.path = p->path, .mode = mode};
	return id[0] && !git_oid_fromstr(&entry->id, id) ? entry : NULL;
}

int store_keep_sides(git_index *index, const fria_path_sides *p)
{
	git_index_entry base, ours, theirs;
	git_index_entry *all[] = {entry_of(&base, p, p->base, p->modes[0]),
				  entry_of(&ours, p, p->ours, p->modes[1]),
				  entry_of(&theirs, p, p->theirs, p->modes[2])};
	git_index_remove(index, p->path, 0);
	return git_index_conflict_add(index, all[0], all[1], all[2]);
}

static int write_merge_files(const fria_store *store,
			     const fria_commit_request *r, fria_error *err)
{
	char *head = store_git_file(store, "MERGE_HEAD"),
	     *message = store_git_file(store, "MERGE_MSG"),
	     *id = fria_format("%s\n", r->theirs);
	int code =
	    fria_file_write(message, r->message, strlen(r->message), err);
	if (!code)
		code = fria_file_write(head, id, strlen(id), err);
	free(head);
	free(message);
	free(id);
	return code;
}

/* Results first, then the sides of what conflicts in their place. */
static int put_all(fria_store *store, git_index *index,
		   const fria_commit_request *r, const journal_path *paths,
		   fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < r->n && !code; i++) {
		if (r->changes[i].keep)
			code = store_bring_in(store, index, &paths[i], err);
		if (!code)
			code = store_settle_path(store, index, &paths[i], err);
	}
	for (size_t i = 0; i < r->n && !code; i++)
		if (r->changes[i].keep) {
			int git = store_keep_sides(index, r->changes[i].keep);
			code = git ? store_fail(err, git, paths[i].path) : 0;
		}
	return code ? code : store_write_index(index, err);
}

static int stop(fria_store *store, const fria_commit_request *r,
		journal_path *paths, fria_error *err)
{
	git_index *index = NULL;
	char head[FRIA_ID_SIZE] = "";
	fria_store_head(head, store);
	int code = store_open_index(&index, store, err);
	if (!code && strcmp(head, r->from) != 0)
		code = fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 "HEAD", NULL);
	if (!code)
		code = refuse_staged(store, index, err);
	if (!code)
		code = store_check_disk(store, paths, r->n, err);
	if (!code)
		code = journal_write(store, JOURNAL_STOP, r->theirs, paths,
				     r->n, err);
	if (code) {
		git_index_free(index);
		return code;
	}
	code = put_all(store, index, r, paths, err);
	git_index_free(index);
	if (!code)
		code = write_merge_files(store, r, err);
	/* What could not be undone is, by whoever finds the journal. */
	if (!code || !store_undo_stop(store, paths, r->n, NULL))
		journal_drop(store);
	return code;
}

int fria_store_stop(fria_store *store, const fria_commit_request *request,
		    fria_error *err)
{
	fria_store whole = store_whole(store);
	journal_path *paths = fria_calloc(request->n + 1, sizeof *paths);
	int code = journal_recover(store, err);
	if (!code)
		code = store_make_paths(paths, store, &whole, request, err);
	if (!code)
		code = stop(&whole, request, paths, err);
	store_free_paths(paths, request->n);
	free(whole.folder);
	return code;
}
