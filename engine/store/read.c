/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents and commits, read at a revision or in the work tree. */
#include "store_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the work tree --- */

static int refuse(fria_error *err, int code, fria_word word, const char *path)
{
	return fria_fail(err, code, word, "path", path, "limit", "32", NULL);
}

/* Opens without following a link in any part of the path; -1 with errno. */
static int open_beneath(const fria_store *store, const char *path, int flags)
{
	int at = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *copy = fria_strdup(path), *part = copy;
	while (at >= 0) {
		char *slash = strchr(part, '/');
		if (slash)
			*slash = '\0';
		int next = openat(at, part,
				  O_NOFOLLOW | O_CLOEXEC |
				      (slash ? O_RDONLY | O_DIRECTORY : flags));
		int why = errno;
		struct stat st;
		/* A link in the place of a folder says ENOTDIR, not ELOOP. */
		if (next < 0 && why == ENOTDIR &&
		    !fstatat(at, part, &st, AT_SYMLINK_NOFOLLOW) &&
		    S_ISLNK(st.st_mode))
			why = ELOOP;
		close(at);
		errno = why;
		at = next;
		if (!slash)
			break;
		part = slash + 1;
	}
	int why = errno;
	free(copy);
	errno = why;
	return at;
}

static int open_error(fria_error *err, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent, path);
	if (errno == ELOOP)
		return refuse(err, FRIA_EINPUT, FRIA_W_store_link, path);
	return fria_fail_io(err, errno == EACCES ? FRIA_EINPUT : FRIA_EIO,
			    FRIA_W_store_trouble, path, strerror(errno));
}

static void drop_carriage_returns(fria_buf *buf)
{
	size_t to = 0;
	if (!buf->n || !memchr(buf->text, '\r', buf->n))
		return;
	for (size_t i = 0; i < buf->n; i++)
		if (buf->text[i] != '\r' || i + 1 == buf->n ||
		    buf->text[i + 1] != '\n')
			buf->text[to++] = buf->text[i];
	buf->n = to;
	buf->text[to] = '\0';
}

static int read_all(fria_buf *out, int fd, const char *path, fria_error *err)
{
	char chunk[1 << 16];
	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return open_error(err, path);
		if (!n)
			return 0;
		fria_buf_put(out, chunk, (size_t)n);
		if (out->n > FRIA_MAX_BYTES)
			return refuse(err, FRIA_ELIMIT, FRIA_W_store_large,
				      path);
	}
}

static int read_disk(fria_buf *out, const fria_store *store, const char *path,
		     fria_error *err)
{
	struct stat st;
	int code = store_check_path(path, err);
	if (code)
		return code;
	int fd = open_beneath(store, path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return open_error(err, path);
	fria_buf_clear(out);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		code = refuse(err, FRIA_EINPUT, FRIA_W_store_no_file, path);
	else if (st.st_size > (off_t)FRIA_MAX_BYTES)
		code = refuse(err, FRIA_ELIMIT, FRIA_W_store_large, path);
	else
		code = read_all(out, fd, path, err);
	close(fd);
	return code;
}

int store_read_disk(fria_buf *out, const fria_store *store, const char *path,
		    fria_error *err)
{
	int code = read_disk(out, store, path, err);
	if (!code)
		drop_carriage_returns(out);
	return code;
}

/* --- at a commit --- */

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
static int find_entry(git_tree_entry **out, fria_store *store,
		      const char *commit, const char *path, fria_error *err)
{
	git_tree *tree = NULL;
	int code = store_check_path(path, err);
	if (!code)
		code = store_tree(&tree, store, commit, err);
	if (code)
		return code;
	char *full = store_full_path(store, path);
	code = git_tree_entry_bypath(out, tree, full);
	if (code == GIT_ENOTFOUND && fetch_path(store, commit, full))
		code = git_tree_entry_bypath(out, tree, full);
	if (code == GIT_ENOTFOUND)
		code = refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent, path);
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
		code = refuse(err, FRIA_ELIMIT, FRIA_W_store_large, id);
	else
		fria_buf_put(out, git_blob_rawcontent(blob), n);
	git_blob_free(blob);
	return code;
}

static int read_commit(fria_buf *out, fria_store *store, const char *commit,
		       const char *path, fria_error *err)
{
	git_tree_entry *entry = NULL;
	char id[FRIA_ID_SIZE];
	int code = find_entry(&entry, store, commit, path, err);
	if (code)
		return code;
	git_filemode_t mode = git_tree_entry_filemode(entry);
	git_oid_tostr(id, sizeof id, git_tree_entry_id(entry));
	if (mode == GIT_FILEMODE_LINK)
		code = refuse(err, FRIA_EINPUT, FRIA_W_store_link, path);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		code = refuse(err, FRIA_EINPUT, FRIA_W_store_no_file, path);
	else
		code = fria_store_read_blob(out, store, id, err);
	git_tree_entry_free(entry);
	return code;
}

int fria_store_read(fria_buf *out, fria_store *store, const char *commit,
		    const char *path, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	store_staged staged =
	    commit ? STAGED_NOT : store_stage_read(out, store, path);
	if (staged != STAGED_NOT)
		return staged == STAGED_HERE
			   ? 0
			   : refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent,
				    path);
	if (!commit && store->folder) {
		fria_error inner = FRIA_ERROR_INIT;
		bool left_out = false;
		int code = store_read_disk(out, store, path, &inner);
		if (code == FRIA_ENOTFOUND) {
			int git = store_leaves_out(&left_out, store, path, err);
			if (git)
				return git;
		}
		if (code && !left_out && err && !err->code)
			*err = inner;
		if (!left_out)
			return code;
	}
	if (!commit && !fria_store_head(head, store))
		return refuse(err, FRIA_ENOTFOUND, FRIA_W_store_absent, path);
	return read_commit(out, store, commit ? commit : head, path, err);
}

int fria_store_read_bytes(fria_buf *out, fria_store *store, const char *path,
			  fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	bool staged = store_stage_read(NULL, store, path) != STAGED_NOT;
	int code = store->folder && !staged
		       ? read_disk(out, store, path, &inner)
		       : FRIA_ENOTFOUND;
	if (code == FRIA_ENOTFOUND)
		return fria_store_read(out, store, NULL, path, err);
	if (code && err && !err->code)
		*err = inner;
	return code;
}

bool fria_store_blob_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path)
{
	git_tree_entry *entry = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	git_oid id;
	bool there = false;
	if (commit && !find_entry(&entry, store, commit, path, NULL)) {
		git_oid_tostr(out, FRIA_ID_SIZE, git_tree_entry_id(entry));
		there = true;
	} else if (!commit &&
		   !fria_store_read(&bytes, store, NULL, path, NULL)) {
		git_odb_hash(&id, bytes.text, bytes.n, GIT_OBJECT_BLOB);
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
		there = true;
	}
	git_tree_entry_free(entry);
	fria_buf_dispose(&bytes);
	return there;
}

static bool is_json(const char *path)
{
	size_t n = strlen(path);
	return n > 5 && !strcmp(path + n - 5, ".json");
}

/* A file that is no document: with the filters that git applies to it. */
static int hash_file(git_oid *id, fria_store *store, const char *path)
{
	struct stat st;
	int fd = open_beneath(store, path, O_RDONLY | O_NONBLOCK);
	bool file = fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode);
	if (fd >= 0)
		close(fd);
	if (!file)
		return -1;
	char *full = store_full_path(store, path);
	int code = git_repository_hashfile(id, store->repo, full,
					   GIT_OBJECT_BLOB, full);
	free(full);
	return code;
}

static int hash_link(git_oid *id, const fria_store *store, const char *path)
{
	char target[4096];
	char *folder = fria_strdup(path), *name = strrchr(folder, '/');
	if (name)
		*name++ = '\0';
	int at = name ? open_beneath(store, folder, O_RDONLY | O_DIRECTORY)
		      : open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ssize_t n = at < 0 ? -1
			   : readlinkat(at, name ? name : folder, target,
					sizeof target);
	if (at >= 0)
		close(at);
	free(folder);
	return n < 0 ? -1
		     : git_odb_hash(id, target, (size_t)n, GIT_OBJECT_BLOB);
}

/* What the work tree holds: 1; what HEAD holds of it: 0; neither: -1. */
static int file_on_disk(char out[FRIA_ID_SIZE], fria_store *store,
			const char *path)
{
	bool left_out = false;
	git_oid id;
	store_staged staged = store_stage_id(out, store, path);
	if (staged != STAGED_NOT)
		return staged == STAGED_HERE ? 1 : -1;
	if (!store->folder)
		return 0;
	if (!hash_file(&id, store, path)) {
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
		return 1;
	}
	return !store_leaves_out(&left_out, store, path, NULL) && left_out ? 0
									   : -1;
}

bool fria_store_file_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path)
{
	git_tree_entry *entry = NULL;
	char head[FRIA_ID_SIZE];
	int here = 0;
	if (store_check_path(path, NULL))
		return false;
	if (!commit && is_json(path))
		return fria_store_blob_id(out, store, NULL, path);
	if (!commit)
		here = file_on_disk(out, store, path);
	if (here || (!commit && !fria_store_head(head, store)))
		return here > 0;
	if (find_entry(&entry, store, commit ? commit : head, path, NULL))
		return false;
	git_filemode_t mode = git_tree_entry_filemode(entry);
	bool file =
	    mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if (file)
		git_oid_tostr(out, FRIA_ID_SIZE, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return file;
}

void fria_store_stamp(char out[FRIA_STAMP_SIZE], fria_store *store,
		      const char *path)
{
	struct stat st;
	bool staged = store_stage_read(NULL, store, path) != STAGED_NOT;
	int fd = store->folder && !staged
		     ? open_beneath(store, path, O_RDONLY | O_NONBLOCK)
		     : -1;
	out[0] = '\0';
	if (fd >= 0 && !fstat(fd, &st))
		snprintf(out, FRIA_STAMP_SIZE, "%jd %jd.%09ld %jd.%09ld %ju",
			 (intmax_t)st.st_size, (intmax_t)st.st_mtim.tv_sec,
			 st.st_mtim.tv_nsec, (intmax_t)st.st_ctim.tv_sec,
			 st.st_ctim.tv_nsec, (uintmax_t)st.st_ino);
	else
		fria_store_file_id(out, store, NULL, path);
	if (fd >= 0)
		close(fd);
}

void store_disk_id(char out[FRIA_ID_SIZE], fria_store *store, const char *path)
{
	char head[FRIA_ID_SIZE];
	git_oid id;
	bool left_out = false;
	if (is_json(path) && fria_store_blob_id(out, store, NULL, path))
		return;
	out[0] = '\0';
	if (!hash_file(&id, store, path) || !hash_link(&id, store, path))
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
	else if (!store_leaves_out(&left_out, store, path, NULL) && left_out &&
		 fria_store_head(head, store) &&
		 !fria_store_blob_id(out, store, head, path))
		out[0] = '\0';
}

/* --- folders --- */

static int list_disk(fria_strings *out, const fria_store *store,
		     const char *folder, fria_error *err)
{
	int fd = *folder
		     ? open_beneath(store, folder, O_RDONLY | O_DIRECTORY)
		     : open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : open_error(err, folder);
	DIR *dir = fdopendir(fd);
	struct dirent *e;
	while (dir && (e = readdir(dir))) {
		struct stat st;
		if (e->d_name[0] == '.' ||
		    fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		char *name =
		    fria_format(S_ISDIR(st.st_mode) ? "%s/" : "%s", e->d_name);
		fria_strings_add(out, name);
		free(name);
	}
	if (dir)
		closedir(dir);
	return 0;
}

/* A folder as a commit holds it; *out stays NULL where it is absent. */
static int find_folder(git_tree **out, fria_store *store, const char *commit,
		       const char *folder, fria_error *err)
{
	git_tree *root = NULL;
	git_tree_entry *entry = NULL;
	int code = store_tree(&root, store, commit, err);
	if (code)
		return code;
	char *full = *folder ? store_full_path(store, folder)
			     : fria_strdup(store->prefix);
	if (!*full) {
		*out = root;
		root = NULL;
	} else if (git_tree_entry_bypath(&entry, root, full) == GIT_ENOTFOUND &&
		   fetch_path(store, commit, full)) {
		git_tree_entry_bypath(&entry, root, full);
	}
	if (entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		git_tree_lookup(out, store->repo, git_tree_entry_id(entry));
	free(full);
	git_tree_entry_free(entry);
	git_tree_free(root);
	return 0;
}

static int list_commit(fria_strings *out, fria_store *store, const char *commit,
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

/* What is there and marked as left out too. */
static void drop_doubles(fria_strings *sorted)
{
	size_t kept = 0;
	for (size_t i = 0; i < sorted->n; i++)
		if (kept && !strcmp(sorted->items[kept - 1], sorted->items[i]))
			free(sorted->items[i]);
		else
			sorted->items[kept++] = sorted->items[i];
	sorted->n = kept;
}

int fria_store_list(fria_strings *out, fria_store *store, const char *commit,
		    const char *folder, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	int code = *folder ? store_check_path(folder, err) : 0;
	bool disk = !commit && store->folder;
	if (!code && disk)
		code = list_disk(out, store, folder, err);
	else if (!code && (commit || fria_store_head(head, store)))
		code = list_commit(out, store, commit ? commit : head, folder,
				   err);
	if (!code && disk)
		code = store_add_left_out(out, store, folder, err);
	if (!code && !commit)
		store_stage_list(out, store, folder, err);
	fria_strings_sort(out);
	if (disk)
		drop_doubles(out);
	return code;
}

/* --- state --- */

int fria_store_state(fria_path_state *out, fria_store *store, const char *path,
		     fria_error *err)
{
	char head[FRIA_ID_SIZE], was[FRIA_ID_SIZE], now[FRIA_ID_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	bool old = fria_store_head(head, store) &&
		   fria_store_blob_id(was, store, head, path);
	int code = fria_store_read(&bytes, store, NULL, path, &inner);
	bool new = !code;
	if (new)
		fria_store_blob_id(now, store, NULL, path);
	fria_buf_dispose(&bytes);
	if (code && code != FRIA_ENOTFOUND) {
		if (err)
			*err = inner;
		return code;
	}
	if (old && new)
		*out = strcmp(was, now) ? FRIA_PATH_CHANGED : FRIA_PATH_SAME;
	else if (old)
		*out = FRIA_PATH_REMOVED;
	else
		*out = new ? FRIA_PATH_NEW : FRIA_PATH_ABSENT;
	return 0;
}

/* --- commits --- */

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
	if (fria_date_typed(day, revision))
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
