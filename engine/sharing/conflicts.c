/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a merge left for people to decide. The sides are where git keeps them,
 * in the index, whoever stopped: fria or git without our driver. Which
 * questions are still to be decided is noted in the repository's own folder;
 * without that note everything is asked again. It chooses nothing itself.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- the note: path to {"stages", "pending"} --- */

#define NOTE "conflicts.json"

/* Of which merge a note is. */
static char *stages_of(const fria_path_sides *p)
{
	return fria_format("%s %s %s", p->base, p->ours, p->theirs);
}

static json_t *value_or_null(const json_t *value)
{
	return value ? json_deep_copy(value) : json_null();
}

static json_t *conflict_json(const fria_conflict *c)
{
	return fria_json_pack(
	    "{s:s, s:s?, s:s?, s:o, s:o, s:o}", "pointer", c->pointer, "task",
	    c->task, "row", c->row, "base", value_or_null(c->base), "ours",
	    value_or_null(c->ours), "theirs", value_or_null(c->theirs));
}

static json_t *side(const json_t *note, const char *key)
{
	json_t *value = json_object_get(note, key);
	return json_is_null(value) ? NULL : json_incref(value);
}

static void add_noted(fria_unsettled *out, const json_t *note)
{
	const char *pointer = fria_json_text(note, "pointer");
	if (!pointer)
		return;
	out->items = fria_grow(out->items, out->n, sizeof *out->items);
	out->items[out->n++] =
	    (fria_conflict){.pointer = fria_strdup(pointer),
			    .task = fria_strdup(fria_json_text(note, "task")),
			    .row = fria_strdup(fria_json_text(note, "row")),
			    .base = side(note, "base"),
			    .ours = side(note, "ours"),
			    .theirs = side(note, "theirs")};
}

static int note(const fria_workspace *ws, const char *path, const char *stages,
		const fria_conflict *items, size_t n, fria_error *err)
{
	json_t *notes = fria_note_read(ws, NOTE), *pending = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(pending, conflict_json(&items[i]));
	json_object_set_new(
	    notes, path,
	    fria_json_pack("{s:s, s:o}", "stages", stages, "pending", pending));
	int code = fria_note_write(ws, NOTE, notes, err);
	json_decref(notes);
	return code;
}

static int forget(const fria_workspace *ws, const char *path, fria_error *err)
{
	json_t *notes = fria_note_read(ws, NOTE);
	int code = 0;
	if (!json_object_del(notes, path))
		code = fria_note_write(ws, NOTE, notes, err);
	json_decref(notes);
	return code;
}

int conflicts_note(const fria_workspace *ws, const fria_path_sides *p,
		   const fria_merge *merge, fria_error *err)
{
	char *stages = stages_of(p);
	int code = note(ws, p->path, stages, merge->items, merge->n, err);
	free(stages);
	return code;
}

/* --- what is to be decided in one document --- */

static void steal(fria_unsettled *out, fria_conflict *c)
{
	out->items = fria_grow(out->items, out->n, sizeof *out->items);
	out->items[out->n++] = *c;
	*c = (fria_conflict){.pointer = NULL};
}

static bool listed(const fria_unsettled *list, const char *pointer)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i].pointer, pointer))
			return true;
	return false;
}

static bool equal(const json_t *a, const json_t *b)
{
	return a == b || (a && b && json_equal(a, b));
}

/*
 * Somebody went on by hand: their document counts as ours. What is still as
 * one of the sides had it was not decided.
 */
static void go_on(fria_unsettled *out, json_t **document,
		  const fria_workspace *ws, const document_sides *sides,
		  fria_merge *plain, json_t *now)
{
	const document_sides again = {sides->base, now, sides->theirs};
	fria_merge merged;
	documents_merge(&merged, ws, &again, NULL);
	*document = json_incref(merged.document);
	for (size_t i = 0; i < merged.n; i++)
		steal(out, &merged.items[i]);
	for (size_t i = 0; i < plain->n; i++) {
		fria_conflict *c = &plain->items[i];
		const json_t *is = fria_conflict_get(now, c->pointer);
		if (!listed(out, c->pointer) &&
		    (equal(is, c->ours) || equal(is, c->theirs)))
			steal(out, c);
	}
	fria_merge_dispose(&merged);
}

/* git's own marks, where nobody told it to leave our documents alone. */
static bool has_marks(const fria_buf *bytes)
{
	return strstr(bytes->text, "<<<<<<< ") != NULL;
}

static bool is_blob(const fria_buf *bytes, const char *id)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest_bytes(digest, bytes->text, bytes->n);
	return !strcmp(digest, id);
}

static bool is_document(const fria_buf *bytes, const json_t *document)
{
	fria_buf own = FRIA_BUF_INIT;
	if (document)
		fria_json_write(&own, document);
	bool same = own.n == bytes->n && !memcmp(own.text, bytes->text, own.n);
	fria_buf_dispose(&own);
	return same;
}

/*
 * The document as it should stand in the work tree, and what is to be decided
 * in it. *stands: it does so already.
 */
static int look(fria_unsettled *out, bool *stands, const fria_workspace *ws,
		const fria_path_sides *p, const char *own, fria_error *err)
{
	document_sides sides;
	fria_merge merged;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *now = NULL;
	int code = documents_read(&sides, ws, p, err);
	if (code)
		return code;
	documents_merge(&merged, ws, &sides, NULL);
	fria_store_read(&bytes, ws->store, NULL, own, NULL);
	bool fresh = !bytes.n || is_blob(&bytes, p->ours) || has_marks(&bytes);
	*stands = !fresh && is_document(&bytes, merged.document);
	if (!fresh && !*stands)
		code = fria_json_parse(&now, own, bytes.text, bytes.n, err);
	if (now)
		go_on(out, &out->now, ws, &sides, &merged, now);
	for (size_t i = 0; i < merged.n && !now && !code; i++)
		steal(out, &merged.items[i]);
	if (!now)
		out->now = json_incref(merged.document);
	json_decref(now);
	fria_buf_dispose(&bytes);
	fria_merge_dispose(&merged);
	documents_dispose(&sides);
	return code;
}

/* True if the note is of this merge. */
static bool find_note(fria_unsettled *out, const fria_workspace *ws,
		      const fria_path_sides *p)
{
	json_t *notes = fria_note_read(ws, NOTE), *one;
	const json_t *own = json_object_get(notes, p->path);
	const char *of = fria_json_text(own, "stages");
	bool found = of && !strcmp(of, out->stages);
	size_t i;
	if (found)
		json_array_foreach(json_object_get(own, "pending"), i, one)
			add_noted(out, one);
	json_decref(notes);
	return found;
}

bool fria_conflict_is_answer(const fria_conflict *c)
{
	size_t segments = 0;
	for (const char *at = c->pointer; *at; at++)
		segments += *at == '/';
	return c->task && segments == (c->row ? 4 : 2) &&
	       !json_is_array(c->ours) && !json_is_array(c->theirs);
}

/* Somebody answered the question anew: that decided it. */
static void drop_answered(fria_unsettled *one, const json_t *document)
{
	size_t kept = 0;
	for (size_t i = 0; i < one->n; i++) {
		fria_conflict *c = &one->items[i];
		const json_t *now = fria_conflict_get(document, c->pointer);
		if (fria_conflict_is_answer(c) && now && !equal(now, c->ours) &&
		    !equal(now, c->theirs))
			fria_conflict_dispose(c);
		else
			one->items[kept++] = *c;
	}
	one->n = kept;
}

static int read_noted(fria_unsettled *out, const fria_workspace *ws,
		      const char *own, fria_error *err)
{
	fria_error absent = FRIA_ERROR_INIT;
	int code =
	    out->n ? fria_workspace_json(&out->now, ws, NULL, own, &absent) : 0;
	if (out->now)
		drop_answered(out, out->now);
	if (code && code != FRIA_ENOTFOUND && err)
		*err = absent;
	return code == FRIA_ENOTFOUND ? 0 : code;
}

/*
 * What is to be decided at a path; with `take` the merged document stands in
 * the work tree from now on.
 */
static int find(fria_unsettled *out, const fria_workspace *ws,
		const fria_path_sides *p, bool take, fria_error *err)
{
	const char *own = fria_store_own_path(ws->store, p->path);
	bool stands = true;
	int code = 0;
	*out = (fria_unsettled){.name = documents_name(ws, p->path),
				.path = fria_strdup(p->path),
				.stages = stages_of(p)};
	out->document = own && documents_is(p->path);
	if (!out->document)
		return 0;
	if (find_note(out, ws, p))
		return read_noted(out, ws, own, err);
	code = look(out, &stands, ws, p, own, err);
	if (!code && take && !stands && out->now)
		code = fria_workspace_write(ws, own, out->now, err);
	if (!code && take)
		code = note(ws, p->path, out->stages, out->items, out->n, err);
	return code;
}

static void unsettled_dispose(fria_unsettled *one)
{
	for (size_t i = 0; i < one->n; i++)
		fria_conflict_dispose(&one->items[i]);
	free(one->items);
	json_decref(one->now);
	free(one->name);
	free(one->path);
	free(one->stages);
}

void fria_unsettleds_dispose(fria_unsettleds *list)
{
	for (size_t i = 0; i < list->n; i++)
		unsettled_dispose(&list->items[i]);
	free(list->items);
	*list = (fria_unsettleds){NULL, 0};
}

/* --- looking --- */

static bool is_named(const fria_workspace *ws, const char *path,
		     const char *name)
{
	const char *own = fria_store_own_path(ws->store, path);
	char *called = documents_name(ws, path);
	bool named = !name || !strcmp(called, name) || !strcmp(path, name) ||
		     (own && !strcmp(own, name));
	free(called);
	return named;
}

int fria_conflicts(fria_unsettleds *out, const fria_workspace *ws,
		   const char *name, fria_error *err)
{
	fria_sides all;
	int code = fria_store_unmerged(&all, ws->store, err);
	*out = (fria_unsettleds){NULL, 0};
	for (size_t i = 0; i < all.n && !code; i++) {
		if (!is_named(ws, all.items[i].path, name))
			continue;
		code = find(FRIA_PUSH(out), ws, &all.items[i], false, err);
	}
	fria_sides_dispose(&all);
	if (code)
		fria_unsettleds_dispose(out);
	return code;
}

/* --- who wrote what --- */

typedef struct {
	const fria_workspace *ws;
	const char *path;
	fria_unsettled *one;
	size_t side; /* 0: ours, 1: theirs */
	bool *known; /* by conflict: who wrote it was found, or cannot be */
} writers;

static const json_t *side_of(const fria_conflict *c, size_t side)
{
	return side ? c->theirs : c->ours;
}

/* As long as a commit holds the value, it may be the one that brought it. */
static bool look_at(void *data, const fria_commit *commit)
{
	writers *w = data;
	json_t *then = NULL;
	bool more = false;
	fria_workspace_json(&then, w->ws, commit->id, w->path, NULL);
	for (size_t i = 0; i < w->one->n; i++) {
		fria_conflict *c = &w->one->items[i];
		if (w->known[i])
			continue;
		w->known[i] = !equal(fria_conflict_get(then, c->pointer),
				     side_of(c, w->side));
		if (w->known[i])
			continue;
		more = true;
		free(c->wrote[w->side].by);
		c->wrote[w->side].by = fria_strdup(commit->author);
		c->wrote[w->side].at = commit->at;
	}
	json_decref(then);
	return more;
}

/* Of an answer its basis says so. */
static bool says_itself(fria_conflict *c, size_t side)
{
	const json_t *basis = json_object_get(side_of(c, side), "basis");
	const char *by = fria_json_text(basis, "by");
	const char *at = fria_json_text(basis, "at");
	if (by && at && fria_time_parse(&c->wrote[side].at, at))
		c->wrote[side].by = fria_strdup(by);
	return c->wrote[side].by != NULL;
}

static void find_writers(const fria_workspace *ws, fria_unsettled *one,
			 size_t side, const char *revision)
{
	const char *const paths[] = {fria_store_own_path(ws->store, one->path),
				     NULL};
	writers w = {ws, paths[0], one, side,
		     fria_calloc(one->n + 1, sizeof *w.known)};
	bool all = true;
	for (size_t i = 0; i < one->n; i++) {
		w.known[i] = says_itself(&one->items[i], side);
		all = all && w.known[i];
	}
	if (!all && paths[0] && revision[0])
		fria_store_log(ws->store, revision, paths, look_at, &w, NULL);
	free(w.known);
}

void fria_conflicts_wrote(fria_unsettleds *list, const fria_workspace *ws)
{
	char theirs[FRIA_ID_SIZE] = "";
	fria_store_merging(theirs, ws->store);
	for (size_t i = 0; i < list->n; i++) {
		find_writers(ws, &list->items[i], 0, "HEAD");
		find_writers(ws, &list->items[i], 1, theirs);
	}
}

static json_t *wrote_json(const fria_conflict *c, size_t side)
{
	fria_buf at = FRIA_BUF_INIT;
	if (!c->wrote[side].by)
		return json_null();
	fria_time_write(&at, c->wrote[side].at);
	json_t *json =
	    fria_json_pack("{s:o, s:s}", "by",
			   fria_json_shown(c->wrote[side].by), "at", at.text);
	fria_buf_dispose(&at);
	return json;
}

json_t *fria_unsettleds_json(const fria_unsettleds *all)
{
	json_t *list = json_array();
	for (size_t i = 0; i < all->n; i++) {
		const fria_unsettled *one = &all->items[i];
		json_t *conflicts = json_array();
		for (size_t k = 0; k < one->n; k++) {
			const fria_conflict *c = &one->items[k];
			json_t *json = conflict_json(c);
			json_object_set_new(json, "wrote",
					    fria_json_pack("{s:o, s:o}", "ours",
							   wrote_json(c, 0),
							   "theirs",
							   wrote_json(c, 1)));
			json_array_append_new(conflicts, json);
		}
		json_array_append_new(
		    list,
		    fria_json_pack("{s:o, s:o, s:b, s:o}", "name",
				   fria_json_shown(one->name), "path",
				   fria_json_shown(one->path), "document",
				   one->document, "conflicts", conflicts));
	}
	return list;
}

int conflicts_refuse(const fria_workspace *ws, const char *path,
		     fria_error *err)
{
	fria_sides all;
	char *whole = path ? fria_store_whole_path(ws->store, path) : NULL;
	int code = fria_store_unmerged(&all, ws->store, err);
	for (size_t i = 0; i < all.n && !code; i++) {
		if (whole && strcmp(all.items[i].path, whole) != 0)
			continue;
		char *name = documents_name(ws, all.items[i].path);
		bool ours = documents_is(all.items[i].path) &&
			    fria_store_own_path(ws->store, all.items[i].path);
		code = fria_fail(
		    err, FRIA_EREFUSED,
		    ours ? FRIA_W_conflicts_left : FRIA_W_conflicts_foreign,
		    "assessment", name, "path", all.items[i].path, NULL);
		free(name);
	}
	fria_sides_dispose(&all);
	free(whole);
	return code;
}

/* Nothing is left to decide: git's index takes the document. */
static int settle(const fria_workspace *ws, const char *path, fria_error *err)
{
	int code = fria_store_settle(ws->store, path, err);
	return code ? code : forget(ws, path, err);
}

/* The merged document in the work tree, and settled if nobody must decide. */
static int take_up(fria_workspace *ws, const fria_path_sides *p,
		   fria_error *err)
{
	fria_unsettled one;
	int code = find(&one, ws, p, true, err);
	if (!code && one.document && !one.n)
		code = settle(ws, p->path, err);
	unsettled_dispose(&one);
	return code;
}

int fria_conflicts_take_up(fria_workspace *ws, const char *path,
			   fria_error *err)
{
	fria_sides all;
	char *whole = path ? fria_store_whole_path(ws->store, path) : NULL;
	int code = fria_store_unmerged(&all, ws->store, err);
	for (size_t i = 0; i < all.n && !code; i++)
		if (!whole || !strcmp(all.items[i].path, whole))
			code = take_up(ws, &all.items[i], err);
	fria_sides_dispose(&all);
	free(whole);
	return code;
}

int fria_conflicts_settle_all(fria_workspace *ws, fria_error *err)
{
	fria_unsettleds all;
	bool left = false;
	int code = fria_conflicts(&all, ws, NULL, err);
	for (size_t i = 0; i < all.n && !code; i++)
		left = left || all.items[i].n || !all.items[i].document;
	if (!code)
		fria_unsettleds_dispose(&all);
	if (!code && !left)
		code = fria_conflicts_take_up(ws, NULL, err);
	return code ? code : conflicts_refuse(ws, NULL, err);
}

int fria_conflicts_decided(fria_workspace *ws, const fria_unsettled *one,
			   fria_error *err)
{
	const char *own = fria_store_own_path(ws->store, one->path);
	const fria_recorded document = {own, one->now, NULL};
	int code = fria_workspace_write_all(ws, &document, 1, err);
	if (code)
		return code;
	return one->n
		   ? note(ws, one->path, one->stages, one->items, one->n, err)
		   : settle(ws, one->path, err);
}
