/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commits, and what stands at a path in one. It looks at no work tree.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

static bool fetch_path(fria_store *store, const char *commit, const char *full)
{
	char *object = fria_format("%s:%s", commit, full);
	bool there = store_fetch_object(store, object);
	free(object);
	return there;
}

int store_tree(git_tree **out, fria_store *store, const char *commit,
	       fria_error *err)
{
	git_oid id;
	git_commit *c = NULL;
	int code = git_oid_fromstr(&id, commit);
	if (!code)
		code = git_commit_lookup(&c, store->repo, &id);
	if (!code)
		code = git_commit_tree(out, c);
	if (code == GIT_ENOTFOUND && c && fetch_path(store, commit, ""))
		code = git_commit_tree(out, c);
	git_commit_free(c);
	return code ? store_fail(err, code, commit) : 0;
}

/* ENOTFOUND without a sentence of its own: the caller knows what is absent. */
int store_find_entry(git_tree_entry **out, fria_store *store,
		     const char *commit, const char *path, fria_error *err)
{
	git_tree *tree = NULL;
	int code = store_check_path(path, err);
	if (!code)
		code = store_tree(&tree, store, commit, err);
	if (code)
		return code;
	char *full = store_full_path(store, path);
	code = store_tree_entry(out, store, tree, full);
	if (code == GIT_ENOTFOUND && fetch_path(store, commit, full))
		code = store_tree_entry(out, store, tree, full);
	if (code == GIT_ENOTFOUND)
		code = store_refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent,
				    path);
	else if (code)
		code = store_fail(err, code, path);
	free(full);
	git_tree_free(tree);
	return code;
}

int fria_store_read_blob(fria_buf *out, fria_store *store, const char *id,
			 fria_error *err)
{
	git_oid oid;
	git_blob *blob = NULL;
	int code = git_oid_fromstr(&oid, id);
	fria_buf_clear(out);
	if (!code)
		code = git_blob_lookup(&blob, store->repo, &oid);
	if (code == GIT_ENOTFOUND && store_fetch_object(store, id))
		code = git_blob_lookup(&blob, store->repo, &oid);
	if (code == GIT_ENOTFOUND)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_store_blob_absent,
				 NULL);
	if (code)
		return store_fail(err, code, id);
	size_t n = (size_t)git_blob_rawsize(blob);
	if (n > FRIA_MAX_BYTES)
		code = store_refuse(err, FRIA_ELIMIT, FRIA_W_store_large, id);
	else
		fria_buf_put(out, git_blob_rawcontent(blob), n);
	git_blob_free(blob);
	return code;
}

int store_read_commit(fria_buf *out, fria_store *store, const char *commit,
		      const char *path, fria_error *err)
{
	git_tree_entry *entry = NULL;
	char id[FRIA_ID_SIZE];
	int code = store_check_path(path, err);
	store_entry plain;
	if (!code && store_entry_of(&plain, store, commit, path) &&
	    plain.mode == GIT_FILEMODE_BLOB) {
		git_oid_tostr(id, sizeof id, &plain.id);
		return fria_store_read_blob(out, store, id, err);
	}
	if (!code)
		code = store_find_entry(&entry, store, commit, path, err);
	if (code)
		return code;
	git_filemode_t mode = git_tree_entry_filemode(entry);
	git_oid_tostr(id, sizeof id, git_tree_entry_id(entry));
	if (mode == GIT_FILEMODE_LINK)
		code = store_refuse(err, FRIA_EINPUT, FRIA_W_store_link, path);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		code =
		    store_refuse(err, FRIA_EINPUT, FRIA_W_store_no_file, path);
	else
		code = fria_store_read_blob(out, store, id, err);
	git_tree_entry_free(entry);
	return code;
}

/* A folder as a commit holds it; *out stays NULL where it is absent. */
static int find_folder(git_tree **out, fria_store *store, const char *commit,
		       const char *folder, fria_error *err)
{
	git_tree *root = NULL;
	git_tree_entry *entry = NULL;
	store_entry plain;
	if (store_entry_of(&plain, store, commit, folder) &&
	    (plain.mode != GIT_FILEMODE_TREE ||
	     !git_tree_lookup(out, store->repo, &plain.id)))
		return 0;
	int code = store_tree(&root, store, commit, err);
	if (code)
		return code;
	char *full = *folder ? store_full_path(store, folder)
			     : fria_strdup(store->prefix);
	if (!*full) {
		*out = root;
		root = NULL;
	} else if (store_tree_entry(&entry, store, root, full) ==
		       GIT_ENOTFOUND &&
		   fetch_path(store, commit, full)) {
		store_tree_entry(&entry, store, root, full);
	}
	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		git_tree_lookup(out, store->repo, git_tree_entry_id(entry));
	free(full);
	git_tree_entry_free(entry);
	git_tree_free(root);
	return 0;
}

int store_list_commit(fria_strings *out, fria_store *store, const char *commit,
		      const char *folder, fria_error *err)
{
	git_tree *tree = NULL;
	int code = find_folder(&tree, store, commit, folder, err);
	for (size_t i = 0; tree && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		bool is_folder = git_tree_entry_type(e) == GIT_OBJECT_TREE;
		char *name = fria_format(is_folder ? "%s/" : "%s",
					 git_tree_entry_name(e));
		if (name[0] != '.')
			fria_strings_add(out, name);
		free(name);
	}
	git_tree_free(tree);
	return code;
}

int fria_store_files(fria_refs *out, fria_store *store, const char *commit,
		     const char *folder, fria_error *err)
{
	git_tree *tree = NULL;
	int code = *folder ? store_check_path(folder, err) : 0;
	if (!code)
		code = find_folder(&tree, store, commit, folder, err);
	for (size_t i = 0; tree && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		if (git_tree_entry_type(e) != GIT_OBJECT_BLOB ||
		    git_tree_entry_filemode(e) == GIT_FILEMODE_LINK)
			continue;
		fria_ref *file = FRIA_PUSH(out);
		file->name = fria_strdup(git_tree_entry_name(e));
		git_oid_tostr(file->id, FRIA_ID_SIZE, git_tree_entry_id(e));
	}
	git_tree_free(tree);
	fria_refs_sort(out);
	return code;
}

char *store_person(const git_signature *who)
{
	char *raw = fria_format("%s <%s>", who->name, who->email);
	char *person = fria_text_repaired(raw);
	free(raw);
	return person;
}

void fria_commit_dispose(fria_commit *commit)
{
	free(commit->author);
	free(commit->committer);
	free(commit->message);
	fria_strings_dispose(&commit->parents);
	commit->author = commit->committer = commit->message = NULL;
}

bool fria_store_head(char out[FRIA_ID_SIZE], fria_store *store)
{
	git_oid id;
	if (store->stage)
		return store_stage_head(out, store);
	if (git_reference_name_to_id(&id, store->repo, "HEAD"))
		return false;
	git_oid_tostr(out, FRIA_ID_SIZE, &id);
	return true;
}

int fria_store_commit_read(fria_commit *out, fria_store *store, const char *id,
			   fria_error *err)
{
	git_oid oid;
	git_commit *c = NULL;
	int code = git_oid_fromstr(&oid, id);
	if (!code)
		code = git_commit_lookup(&c, store->repo, &oid);
	if (code)
		return store_fail(err, code, id);
	const git_signature *author = git_commit_author(c);
	*out = (fria_commit){.at = author->when.time,
			     .local = store_local(&author->when)};
	git_oid_tostr(out->id, sizeof out->id, &oid);
	out->author = store_person(author);
	out->committer = store_person(git_commit_committer(c));
	out->message = fria_text_repaired(git_commit_message(c));
	for (unsigned i = 0; i < git_commit_parentcount(c); i++) {
		char parent[FRIA_ID_SIZE];
		git_oid_tostr(parent, sizeof parent,
			      git_commit_parent_id(c, i));
		fria_strings_add(&out->parents, parent);
	}
	git_commit_free(c);
	return 0;
}

/* The last commit on the first-parent line not after the moment. */
static int resolve_date(char out[FRIA_ID_SIZE], fria_store *store,
			const char *revision, fria_error *err)
{
	bool more = fria_store_head(out, store), day = fria_date_is(revision);
	fria_time until = 0;
	fria_time_parse(&until, revision);
	if (day)
		until += 86399;
	while (more) {
		fria_commit c = {0};
		if (fria_store_commit_read(&c, store, out, NULL))
			break;
		if ((day ? c.local : c.at) <= until) {
			fria_commit_dispose(&c);
			return 0;
		}
		more = c.parents.n > 0;
		if (more)
			memcpy(out, c.parents.items[0], FRIA_ID_SIZE);
		fria_commit_dispose(&c);
	}
	return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_store_revision, "revision",
			 revision, NULL);
}

/* "HEAD~2" from where HEAD is for all reads. New. */
static char *from_head(fria_store *store, const char *revision)
{
	char head[FRIA_ID_SIZE];
	bool named = !strncmp(revision, "HEAD", 4) &&
		     (!revision[4] || strchr("~^", revision[4]));
	return named && fria_store_head(head, store)
		   ? fria_format("%s%s", head, revision + 4)
		   : fria_strdup(revision);
}

int fria_store_resolve(char out[FRIA_ID_SIZE], fria_store *store,
		       const char *revision, fria_error *err)
{
	git_object *object = NULL, *commit = NULL;
	char day[FRIA_DATE_SIZE];
	fria_time at;
	if (fria_time_parse(&at, revision))
		return resolve_date(out, store, revision, err);
	char *asked = from_head(store, revision);
	int code = git_revparse_single(&object, store->repo, asked);
	free(asked);
	if (!code)
		code = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	if (!code)
		git_oid_tostr(out, FRIA_ID_SIZE, git_object_id(commit));
	git_object_free(object);
	git_object_free(commit);
	if (!code)
		return 0;
	if (fria_date_typed(day, revision, NULL))
		return resolve_date(out, store, day, err);
	return fria_fail(err, FRIA_ENOTFOUND,
			 code == GIT_EAMBIGUOUS ? FRIA_W_store_revision_many
						: FRIA_W_store_revision,
			 "revision", revision, NULL);
}

void fria_entries_dispose(fria_entries *entries)
{
	for (size_t i = 0; i < entries->n; i++)
		free(entries->items[i].name);
	free(entries->items);
	*entries = (fria_entries){NULL, 0};
}

/* git orders folders as if a '/' stood after their names. */
int fria_store_entries(fria_entries *out, fria_store *store, const char *folder,
		       fria_error *err)
{
	git_tree *tree = NULL;
	git_oid id;
	if (!*folder)
		return 0;
	int git = git_oid_fromstr(&id, folder);
	if (!git)
		git = git_tree_lookup(&tree, store->repo, &id);
	for (size_t i = 0; !git && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *one = git_tree_entry_byindex(tree, i);
		bool below = git_tree_entry_type(one) == GIT_OBJECT_TREE;
		fria_entry *entry = FRIA_PUSH(out);
		entry->name =
		    fria_format(below ? "%s/" : "%s", git_tree_entry_name(one));
		git_oid_tostr(entry->id, FRIA_ID_SIZE, git_tree_entry_id(one));
	}
	git_tree_free(tree);
	return git ? store_fail(err, git, folder) : 0;
}
