/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is to be, before it is: documents that stand in memory in the place of
 * those of the work tree, and HEAD as it was when that began. In a rehearsal
 * commits, too, are made in memory alone. It decides nothing about when.
 */
#include "stage.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

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
	git_oid head;
	if (!git_reference_name_to_id(&head, store->repo, "HEAD"))
		git_oid_tostr(stage->base, FRIA_ID_SIZE, &head);
	memcpy(stage->head, stage->base, FRIA_ID_SIZE);
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

void stage_free(store_stage *stage)
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
int stage_take_away(store_stage **out, fria_store *store, fria_error *err)
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
	int code = stage_take_away(&stage, store, err);
	stage_free(stage);
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

void store_stage_put(fria_store *store, const char *path, const char *was,
		     const char *bytes, size_t n)
{
	git_oid id;
	staged *one = find(store, path);
	if (!one) {
		one = FRIA_PUSH(&store->stage->files);
		*one =
		    (staged){fria_strdup(path), FRIA_BUF_INIT, false, "", ""};
		memcpy(one->was, was, FRIA_ID_SIZE);
	}
	fria_buf_clear(&one->bytes);
	one->gone = !bytes;
	one->id[0] = '\0';
	if (!bytes)
		return;
	fria_buf_put(&one->bytes, bytes, n);
	git_odb_hash(&id, bytes, n, GIT_OBJECT_BLOB);
	git_oid_tostr(one->id, FRIA_ID_SIZE, &id);
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

bool store_stage_next(size_t *at, const char **path, bool *gone,
		      const fria_store *store)
{
	if (!store->stage || *at >= store->stage->files.n)
		return false;
	*path = store->stage->files.items[*at].path;
	*gone = store->stage->files.items[(*at)++].gone;
	return true;
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
