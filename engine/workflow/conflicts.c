/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a merge left for people to decide. The sides are where git keeps them,
 * in the index, whoever stopped: fria or git without our driver. Which
 * questions are still to be decided is noted in the repository's own folder;
 * without that note everything is asked again. It chooses nothing itself.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- the note: path to {"stages", "pending"} --- */

static char *note_file(const fria_workspace *ws)
{
	return fria_format("%s/conflicts.json",
			   fria_store_own_folder(ws->store));
}

static json_t *read_notes(const fria_workspace *ws)
{
	char *file = note_file(ws);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *notes = NULL;
	if (fria_path_exists(file) && !fria_file_read(&bytes, file, NULL))
		fria_json_parse(&notes, file, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	free(file);
	if (json_is_object(notes))
		return notes;
	json_decref(notes);
	return json_object();
}

static int write_notes(const fria_workspace *ws, const json_t *notes,
		       fria_error *err)
{
	char *file = note_file(ws);
	fria_buf bytes = FRIA_BUF_INIT;
	fria_json_write(&bytes, notes);
	int code = fria_file_write(file, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	free(file);
	return code;
}

/* Of which merge a note is. */
static char *stages_of(const fria_path_sides *p)
{
	return fria_format("%s %s %s", p->base, p->ours, p->theirs);
}

static json_t *value_or_null(const json_t *value)
{
	return value ? json_deep_copy(value) : json_null();
}

json_t *fria_conflict_json(const fria_conflict *c)
{
	return json_pack("{s:s, s:s?, s:s?, s:o, s:o, s:o}", "pointer",
			 c->pointer, "task", c->task, "row", c->row, "base",
			 value_or_null(c->base), "ours", value_or_null(c->ours),
			 "theirs", value_or_null(c->theirs));
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
	json_t *notes = read_notes(ws), *pending = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(pending, fria_conflict_json(&items[i]));
	json_object_set_new(
	    notes, path,
	    json_pack("{s:s, s:o}", "stages", stages, "pending", pending));
	int code = write_notes(ws, notes, err);
	json_decref(notes);
	return code;
}

static int forget(const fria_workspace *ws, const char *path, fria_error *err)
{
	json_t *notes = read_notes(ws);
	int code = 0;
	if (!json_object_del(notes, path))
		code = write_notes(ws, notes, err);
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
		  const fria_workspace *ws, const merge_documents *sides,
		  fria_merge *plain, json_t *now)
{
	const merge_documents again = {sides->base, now, sides->theirs};
	fria_merge merged;
	merge_sides(&merged, ws, &again, NULL);
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
 * in it. *document NULL: it stands as it should.
 */
static int look(fria_unsettled *out, json_t **document,
		const fria_workspace *ws, const fria_path_sides *p,
		const char *own, fria_error *err)
{
	merge_documents sides;
	fria_merge merged;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *now = NULL;
	int code = merge_read_sides(&sides, ws, p, err);
	*document = NULL;
	if (code)
		return code;
	merge_sides(&merged, ws, &sides, NULL);
	fria_store_read(&bytes, ws->store, NULL, own, NULL);
	bool fresh = !bytes.n || is_blob(&bytes, p->ours) || has_marks(&bytes);
	if (!fresh && !is_document(&bytes, merged.document))
		code = fria_json_parse(&now, own, bytes.text, bytes.n, err);
	if (now)
		go_on(out, document, ws, &sides, &merged, now);
	for (size_t i = 0; i < merged.n && !now && !code; i++)
		steal(out, &merged.items[i]);
	if (fresh)
		*document = json_incref(merged.document);
	json_decref(now);
	fria_buf_dispose(&bytes);
	fria_merge_dispose(&merged);
	merge_documents_dispose(&sides);
	return code;
}

/* True if the note is of this merge. */
static bool find_note(fria_unsettled *out, const fria_workspace *ws,
		      const fria_path_sides *p)
{
	json_t *notes = read_notes(ws), *one;
	const json_t *own = json_object_get(notes, p->path);
	const char *of = fria_json_text(own, "stages");
	char *stages = stages_of(p);
	bool found = of && !strcmp(of, stages);
	size_t i;
	if (found)
		json_array_foreach(json_object_get(own, "pending"), i, one)
			add_noted(out, one);
	free(stages);
	json_decref(notes);
	return found;
}

/* True for the value or waiver itself: not for what stands beside it, nor for
 * a whole row. */
static bool is_answer(const fria_conflict *c)
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
		if (is_answer(c) && now && !equal(now, c->ours) &&
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
	json_t *document = NULL;
	fria_error absent = FRIA_ERROR_INIT;
	int code =
	    out->n ? fria_workspace_json(&document, ws, NULL, own, &absent) : 0;
	if (document)
		drop_answered(out, document);
	json_decref(document);
	if (code && code != FRIA_ENOTFOUND && err)
		*err = absent;
	return code == FRIA_ENOTFOUND ? 0 : code;
}

static int write_document(const fria_workspace *ws, const char *own,
			  const json_t *document, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_json_write(&bytes, document);
	int code = fria_store_write(ws->store, own, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	return code;
}

/*
 * What is to be decided at a path; with `take` the merged document stands in
 * the work tree from now on.
 */
static int find(fria_unsettled *out, const fria_workspace *ws,
		const fria_path_sides *p, bool take, fria_error *err)
{
	const char *own = fria_store_own_path(ws->store, p->path);
	json_t *document = NULL;
	int code = 0;
	*out = (fria_unsettled){.name = merge_name_of(ws, p->path),
				.path = fria_strdup(p->path)};
	out->document = own && merge_is_document(p->path);
	if (!out->document)
		return 0;
	if (find_note(out, ws, p))
		return read_noted(out, ws, own, err);
	code = look(out, &document, ws, p, own, err);
	if (!code && take && document)
		code = write_document(ws, own, document, err);
	if (!code && take) {
		char *stages = stages_of(p);
		code = note(ws, p->path, stages, out->items, out->n, err);
		free(stages);
	}
	json_decref(document);
	return code;
}

static void unsettled_dispose(fria_unsettled *one)
{
	for (size_t i = 0; i < one->n; i++)
		fria_conflict_dispose(&one->items[i]);
	free(one->items);
	free(one->name);
	free(one->path);
}

void fria_unsettleds_dispose(fria_unsettleds *list)
{
	for (size_t i = 0; i < list->n; i++)
		unsettled_dispose(&list->items[i]);
	free(list->items);
	*list = (fria_unsettleds){NULL, 0};
}

/* --- looking --- */

static bool is_named(const fria_workspace *ws, const fria_unsettled *one,
		     const char *name)
{
	const char *own = fria_store_own_path(ws->store, one->path);
	return !name || !strcmp(one->name, name) || !strcmp(one->path, name) ||
	       (own && !strcmp(own, name));
}

static int list(fria_unsettleds *out, const fria_workspace *ws,
		const char *name, fria_error *err)
{
	fria_sides all;
	int code = fria_store_unmerged(&all, ws->store, err);
	*out = (fria_unsettleds){NULL, 0};
	for (size_t i = 0; i < all.n && !code; i++) {
		fria_unsettled one;
		code = find(&one, ws, &all.items[i], false, err);
		if (!code && is_named(ws, &one, name))
			*FRIA_PUSH(out) = one;
		else
			unsettled_dispose(&one);
	}
	fria_sides_dispose(&all);
	if (code)
		fria_unsettleds_dispose(out);
	return code;
}

int fria_conflicts(fria_unsettleds *out, fria_workspace *ws, const char *name,
		   fria_error *err)
{
	return list(out, ws, name, err);
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
		char *name = merge_name_of(ws, all.items[i].path);
		bool ours = merge_is_document(all.items[i].path) &&
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

/* The merged document in the work tree, and settled if nobody must decide. */
static int take_up(fria_workspace *ws, const fria_path_sides *p,
		   fria_error *err)
{
	fria_unsettled one;
	int code = find(&one, ws, p, true, err);
	if (!code && one.document && !one.n) {
		code = fria_store_settle(ws->store, p->path, err);
		if (!code)
			code = forget(ws, p->path, err);
	}
	unsettled_dispose(&one);
	return code;
}

int conflicts_take_up(fria_workspace *ws, const char *path, fria_error *err)
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

int conflicts_settle_all(fria_workspace *ws, fria_error *err)
{
	fria_unsettleds all;
	bool left = false;
	int code = list(&all, ws, NULL, err);
	for (size_t i = 0; i < all.n && !code; i++)
		left = left || all.items[i].n || !all.items[i].document;
	if (!code)
		fria_unsettleds_dispose(&all);
	if (!code && !left)
		code = conflicts_take_up(ws, NULL, err);
	return code ? code : conflicts_refuse(ws, NULL, err);
}

/* --- deciding --- */

static bool is_asked(const fria_resolution *r, const fria_conflict *c)
{
	if (!r->task)
		return true;
	if (!strcmp(r->task, c->pointer))
		return true;
	return c->task && !strcmp(r->task, c->task) &&
	       (!r->row || (c->row && !strcmp(r->row, c->row)));
}

/* From now on, the one who decided stands for the answer. */
static int stand_again(fria_workspace *ws, const fria_resolution *r,
		       const char *name, const fria_conflict *c,
		       fria_error *err)
{
	fria_editing e = {ws, NULL, false};
	int code = fria_snapshot_load(&e.s, ws, name, NULL, err);
	if (code)
		return code;
	const fria_instrument *in = e.s->instrument;
	size_t task = fria_instrument_find(in, c->task);
	json_t *answer =
	    task == FRIA_NONE
		? NULL
		: fria_assessment_answer(e.s->assessment, in, task, c->row);
	if (answer && !in->tasks[task].measure) {
		json_object_set_new(
		    answer, "basis",
		    editing_basis(&e, task, c->row, answer, r->note, NULL));
		code = editing_write(&e, err);
	}
	editing_end(&e);
	return code;
}

static int put_side(fria_workspace *ws, const fria_unsettled *one,
		    const fria_conflict *c, const json_t *value,
		    fria_error *err)
{
	const char *own = fria_store_own_path(ws->store, one->path);
	json_t *document = NULL;
	int code = 0;
	if (!*c->pointer && !value)
		return fria_store_write(ws->store, own, NULL, 0, err);
	if (!*c->pointer)
		return write_document(ws, own, value, err);
	code = fria_workspace_json(&document, ws, NULL, own, err);
	if (!code) {
		fria_conflict_put(document, c->pointer, value);
		code = write_document(ws, own, document, err);
	}
	json_decref(document);
	return code;
}

/* A text that is given is read as the question, or the other side, is. */
static int put_text(fria_workspace *ws, const fria_resolution *r,
		    const fria_unsettled *one, const fria_conflict *c,
		    fria_error *err)
{
	if (is_answer(c)) {
		const fria_edit_target target = {.application_name = one->name,
						 .task = c->task,
						 .row = c->row,
						 .note = r->note};
		fria_edited done;
		int code = fria_answer(&done, ws, &target, r->value, err);
		/* An edit ends by letting others in. */
		return code ? code : fria_act_begin(ws, err);
	}
	json_t *value = NULL;
	int code = 0;
	if (json_is_string(c->ours) || json_is_string(c->theirs))
		value = json_string(r->value);
	else
		code = fria_json_parse(&value, "--value", r->value,
				       strlen(r->value), err);
	if (!code)
		code = put_side(ws, one, c, value, err);
	json_decref(value);
	return code;
}

static int decide(fria_workspace *ws, const fria_resolution *r,
		  const fria_unsettled *one, const fria_conflict *c,
		  fria_error *err)
{
	if (r->value)
		return put_text(ws, r, one, c, err);
	int code = put_side(ws, one, c, r->theirs ? c->theirs : c->ours, err);
	if (!code && is_answer(c))
		code = stand_again(ws, r, one->name, c, err);
	return code;
}

/* One after the other, each noted as it is decided. */
static int decide_all(fria_resolved *out, fria_workspace *ws,
		      const fria_resolution *r, fria_unsettled *one,
		      const fria_path_sides *p, fria_error *err)
{
	char *stages = stages_of(p);
	int code = 0;
	for (size_t i = 0; i < one->n && !code;) {
		if (!is_asked(r, &one->items[i])) {
			i++;
			continue;
		}
		code = decide(ws, r, one, &one->items[i], err);
		if (code)
			break;
		fria_conflict_dispose(&one->items[i]);
		memmove(&one->items[i], &one->items[i + 1],
			(one->n - i - 1) * sizeof *one->items);
		one->n--;
		out->settled++;
		code = note(ws, one->path, stages, one->items, one->n, err);
	}
	out->left = one->n;
	if (!code && !one->n) {
		code = fria_store_settle(ws->store, one->path, err);
		if (!code)
			code = forget(ws, one->path, err);
	}
	free(stages);
	return code;
}

/* How many of the conflicts a decision is about. */
static size_t count_asked(const fria_unsettled *one, const fria_resolution *r)
{
	size_t n = 0;
	for (size_t i = 0; i < one->n; i++)
		n += is_asked(r, &one->items[i]);
	return n;
}

static int check(const fria_unsettled *one, const fria_resolution *r,
		 fria_error *err)
{
	size_t asked = count_asked(one, r);
	if (!one->document)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_conflicts_foreign,
				 "path", one->path, NULL);
	if (!asked && one->n)
		return fria_fail(err, FRIA_ENOTFOUND,
				 FRIA_W_conflicts_not_there, "task", r->task,
				 "assessment", one->name, NULL);
	if (r->value && asked > 1)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_resolve_many, "task",
				 r->task ? r->task : one->name, NULL);
	return 0;
}

static int resolve(fria_resolved *out, fria_workspace *ws,
		   const fria_resolution *r, const fria_sides *all,
		   fria_error *err)
{
	for (size_t i = 0; i < all->n; i++) {
		fria_unsettled one;
		int code = find(&one, ws, &all->items[i], false, err);
		bool named = !code && is_named(ws, &one, r->name);
		if (named)
			code = check(&one, r, err);
		unsettled_dispose(&one);
		if (!code && !named)
			continue;
		if (!code)
			code = find(&one, ws, &all->items[i], true, err);
		if (code)
			return code;
		code = decide_all(out, ws, r, &one, &all->items[i], err);
		unsettled_dispose(&one);
		return code;
	}
	return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_conflicts_none,
			 "assessment", r->name, NULL);
}

int fria_resolve(fria_resolved *out, fria_workspace *ws,
		 const fria_resolution *r, fria_error *err)
{
	fria_sides all = {NULL, 0};
	*out = (fria_resolved){0, 0};
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	code = fria_store_unmerged(&all, ws->store, err);
	if (!code)
		code = resolve(out, ws, r, &all, err);
	fria_sides_dispose(&all);
	fria_act_end(ws);
	return code;
}
