/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is to be, before it is: documents that stand in memory in the place of
 * those of the work tree, and HEAD as it was when that began. In a rehearsal
 * commits, too, are made in memory alone. It decides nothing about when.
 */
#include "store_internal.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

/* One document; no bytes where it is gone. */
typedef struct {
	char *path;
	fria_buf bytes;
	bool gone;
	char id[FRIA_ID_SIZE];
	char was[FRIA_ID_SIZE]; /* in the work tree, before; "": absent */
} staged;

/* A commit that was rehearsed, with all that makes it again. */
typedef struct {
	fria_commit_request request;
	fria_change *changes;
	fria_strings texts; /* that they point at, but for the bytes */
	fria_buf *bytes;
} rehearsed;

struct store_stage {
	bool rehearses;
	char base[FRIA_ID_SIZE]; /* HEAD when it began; "": unborn */
	char head[FRIA_ID_SIZE]; /* and now */
	struct {
		staged *items;
		size_t n;
	} files;
	struct {
		rehearsed *items;
		size_t n;
	} acts;
};

/* --- begin and end --- */

/* What is made goes to memory, and is found there. */
static int make_in_memory(fria_store *store)
{
	enum { BEFORE_ALL = 1000 };
	git_odb *odb = NULL;
	git_odb_backend *memory = NULL;
	int git = git_repository_odb(&odb, store->repo);
	if (!git)
		git = git_mempack_new(&memory);
	if (!git)
		git = git_odb_add_backend(odb, memory, BEFORE_ALL);
	if (git && memory)
		memory->free(memory);
	git_odb_free(odb);
	return git;
}

int fria_store_stage(fria_store *store, bool rehearse, fria_error *err)
{
	store_stage *stage = fria_calloc(1, sizeof *stage);
	if (fria_store_head(stage->base, store))
		memcpy(stage->head, stage->base, FRIA_ID_SIZE);
	else
		stage->base[0] = '\0';
	stage->rehearses = rehearse;
	int git = rehearse ? make_in_memory(store) : 0;
	if (git) {
		free(stage);
		return store_fail(err, git, "objects");
	}
	store->stage = stage;
	return 0;
}

static void free_rehearsed(rehearsed *act)
{
	for (size_t i = 0; i < act->request.n; i++)
		fria_buf_dispose(&act->bytes[i]);
	fria_strings_dispose(&act->texts);
	free(act->bytes);
	free(act->changes);
}

static void free_stage(store_stage *stage)
{
	for (size_t i = 0; i < stage->files.n; i++) {
		free(stage->files.items[i].path);
		fria_buf_dispose(&stage->files.items[i].bytes);
	}
	for (size_t i = 0; i < stage->acts.n; i++)
		free_rehearsed(&stage->acts.items[i]);
	free(stage->files.items);
	free(stage->acts.items);
	free(stage);
}

/* The stage is the caller's; what it held in memory is there no more. */
static int take_away(store_stage **out, fria_store *store, fria_error *err)
{
	*out = store->stage;
	store->stage = NULL;
	return (*out)->rehearses ? store_open_anew(store, err) : 0;
}

int fria_store_unstage(fria_store *store, fria_error *err)
{
	store_stage *stage;
	if (!store->stage)
		return 0;
	int code = take_away(&stage, store, err);
	free_stage(stage);
	return code;
}

bool fria_store_stages(const fria_store *store)
{
	return store->stage != NULL;
}

bool store_rehearses(const fria_store *store)
{
	return store->stage && store->stage->rehearses;
}

/* --- HEAD --- */

bool store_stage_head(char out[FRIA_ID_SIZE], const fria_store *store)
{
	memcpy(out, store->stage->head, FRIA_ID_SIZE);
	return out[0] != '\0';
}

void store_stage_move(fria_store *store, const char *to)
{
	memcpy(store->stage->head, to, FRIA_ID_SIZE);
}

bool store_stage_left(char from[FRIA_ID_SIZE], fria_store *store)
{
	git_oid tip;
	char head[FRIA_ID_SIZE] = "";
	const store_stage *stage = store->stage;
	if (stage->rehearses)
		return false;
	if (!git_reference_name_to_id(&tip, store->repo, "HEAD"))
		git_oid_tostr(head, sizeof head, &tip);
	memcpy(from, stage->head, FRIA_ID_SIZE);
	return strcmp(head, stage->head) != 0;
}

/* --- documents --- */

static staged *find(const fria_store *store, const char *path)
{
	for (size_t i = 0; store->stage && i < store->stage->files.n; i++)
		if (!strcmp(store->stage->files.items[i].path, path))
			return &store->stage->files.items[i];
	return NULL;
}

int store_stage_put(fria_store *store, const char *path, const char *bytes,
		    size_t n, fria_error *err)
{
	git_oid id;
	staged *one = find(store, path);
	int code = store_check_path(path, err);
	if (code)
		return code;
	if (!one) {
		char was[FRIA_ID_SIZE] = "";
		if (!fria_store_file_id(was, store, NULL, path))
			was[0] = '\0';
		one = FRIA_PUSH(&store->stage->files);
		*one =
		    (staged){fria_strdup(path), FRIA_BUF_INIT, false, "", ""};
		memcpy(one->was, was, FRIA_ID_SIZE);
	}
	fria_buf_clear(&one->bytes);
	one->gone = !bytes;
	one->id[0] = '\0';
	if (!bytes)
		return 0;
	fria_buf_put(&one->bytes, bytes, n);
	git_odb_hash(&id, bytes, n, GIT_OBJECT_BLOB);
	git_oid_tostr(one->id, FRIA_ID_SIZE, &id);
	return 0;
}

store_staged store_stage_read(fria_buf *out, const fria_store *store,
			      const char *path)
{
	const staged *one = find(store, path);
	if (!one)
		return STAGED_NOT;
	if (one->gone)
		return STAGED_GONE;
	if (out) {
		fria_buf_clear(out);
		fria_buf_put(out, one->bytes.text, one->bytes.n);
	}
	return STAGED_HERE;
}

store_staged store_stage_id(char out[FRIA_ID_SIZE], const fria_store *store,
			    const char *path)
{
	const staged *one = find(store, path);
	if (one)
		memcpy(out, one->id, FRIA_ID_SIZE);
	return !one ? STAGED_NOT : one->gone ? STAGED_GONE : STAGED_HERE;
}

static void drop_name(fria_strings *names, const char *name)
{
	size_t kept = 0;
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->items[i], name))
			free(names->items[i]);
		else
			names->items[kept++] = names->items[i];
	names->n = kept;
}

/* Is anything in the folder of that name, "sub/"? */
static bool holds_some(fria_store *store, const char *folder, const char *name,
		       fria_error *err)
{
	fria_strings below = FRIA_STRINGS_INIT;
	char *path =
	    *folder ? fria_format("%s/%s", folder, name) : fria_strdup(name);
	path[strlen(path) - 1] = '\0';
	bool some =
	    fria_store_list(&below, store, NULL, path, err) || below.n > 0;
	fria_strings_dispose(&below);
	free(path);
	return some;
}

void store_stage_list(fria_strings *names, fria_store *store,
		      const char *folder, fria_error *err)
{
	size_t n = strlen(folder);
	for (size_t i = 0; store->stage && i < store->stage->files.n; i++) {
		const staged *one = &store->stage->files.items[i];
		const char *rest = one->path + n + (n > 0);
		if (n &&
		    (strncmp(one->path, folder, n) != 0 || one->path[n] != '/'))
			continue;
		size_t length = strcspn(rest, "/");
		char *name = fria_strndup(rest, length + (rest[length] == '/'));
		bool there =
		    name[0] != '.' &&
		    (!one->gone ||
		     (rest[length] && holds_some(store, folder, name, err)));
		if (!there)
			drop_name(names, name);
		else if (!fria_strings_has(names, name))
			fria_strings_add(names, name);
		free(name);
	}
}

/* --- what was rehearsed --- */

static const char *keep_text(fria_strings *texts, const char *text)
{
	if (!text)
		return NULL;
	fria_strings_add(texts, text);
	return texts->items[texts->n - 1];
}

void store_stage_keep(fria_store *store, const fria_commit_request *r)
{
	rehearsed *act = FRIA_PUSH(&store->stage->acts);
	*act =
	    (rehearsed){.request = *r,
			.changes = fria_calloc(r->n + 1, sizeof *act->changes),
			.bytes = fria_calloc(r->n + 1, sizeof *act->bytes)};
	fria_strings *texts = &act->texts;
	fria_commit_request *own = &act->request;
	own->message = keep_text(texts, r->message);
	own->author_name = keep_text(texts, r->author_name);
	own->author_email = keep_text(texts, r->author_email);
	own->committer_name = keep_text(texts, r->committer_name);
	own->committer_email = keep_text(texts, r->committer_email);
	own->from = NULL;
	own->changes = act->changes;
	for (size_t i = 0; i < r->n; i++) {
		const fria_change *c = &r->changes[i];
		fria_buf_init(&act->bytes[i]);
		fria_buf_put(&act->bytes[i], c->bytes, c->bytes ? c->n : 0);
		act->changes[i] =
		    (fria_change){.path = keep_text(texts, c->path),
				  .bytes = c->bytes ? act->bytes[i].text : NULL,
				  .n = c->n,
				  .base = keep_text(texts, c->base)};
	}
}

/* Nothing that was looked at is anything else by now. */
static int check_unmoved(fria_store *store, const store_stage *stage,
			 fria_error *err)
{
	char head[FRIA_ID_SIZE] = "";
	if (!fria_store_head(head, store))
		head[0] = '\0';
	if (strcmp(head, stage->base) != 0)
		return fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 "HEAD", NULL);
	for (size_t i = 0; i < stage->files.n; i++) {
		const staged *one = &stage->files.items[i];
		char id[FRIA_ID_SIZE] = "";
		if (!fria_store_file_id(id, store, NULL, one->path))
			id[0] = '\0';
		if (strcmp(id, one->was) != 0)
			return fria_fail(err, FRIA_ERACE, FRIA_W_store_race,
					 "path", one->path, NULL);
	}
	return 0;
}

/* What no commit took: written as it was to stand. */
static int write_left(fria_store *store, const store_stage *stage,
		      fria_error *err)
{
	fria_change *left = fria_calloc(stage->files.n + 1, sizeof *left);
	size_t n = 0;
	for (size_t i = 0; i < stage->files.n; i++) {
		const staged *one = &stage->files.items[i];
		char id[FRIA_ID_SIZE] = "";
		if (!fria_store_file_id(id, store, NULL, one->path))
			id[0] = '\0';
		if (strcmp(id, one->id) != 0)
			left[n++] = (fria_change){
			    .path = one->path,
			    .bytes = one->gone ? NULL : one->bytes.text,
			    .n = one->bytes.n};
	}
	int code = n ? fria_store_write_all(store, left, n, err) : 0;
	free(left);
	return code;
}

int fria_store_record_staged(char commit[FRIA_ID_SIZE], fria_store *store,
			     fria_error *err)
{
	store_stage *stage;
	int code = take_away(&stage, store, err);
	commit[0] = '\0';
	if (!code)
		code = check_unmoved(store, stage, err);
	for (size_t i = 0; i < stage->acts.n && !code; i++) {
		fria_commit_request *request = &stage->acts.items[i].request;
		request->from = i ? commit : stage->base;
		code = fria_store_commit(commit, store, request, err);
	}
	if (!code)
		code = write_left(store, stage, err);
	free_stage(stage);
	return code;
}
