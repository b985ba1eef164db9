/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Drops edits that were not saved, and keeps what was dropped; what is in
 * history it never touches.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

#define NOTE "undone"
#define KEPT 20 /* undoings that can be taken back */

/* --- what goes is kept --- */

/* What stood at a path and what stands there now; what is no text, or was not
 * there, is not kept. */
static void keep_gone(json_t *documents, const char *path, const fria_buf *was,
		      const fria_buf *now)
{
	char left[FRIA_ID_SIZE];
	if (!was->n || fria_utf8_invalid(was->text, was->n) != was->n)
		return;
	fria_digest_bytes(left, now->n ? now->text : "", now->n);
	json_array_append_new(
	    documents, fria_json_pack("{s:s, s:o, s:s}", "path", path, "held",
				      fria_json_string_n(was->text, was->n),
				      "left", left));
}

/* Before anything is written: what cannot be kept is not dropped. */
static int keep_all(const fria_workspace *ws, json_t *documents,
		    fria_error *err)
{
	if (!json_array_size(documents))
		return 0;
	json_t *note = fria_note_read(ws, NOTE);
	json_t *acts = json_object_get(note, "acts");
	fria_buf at = FRIA_BUF_INIT;
	if (!json_is_array(acts)) {
		acts = json_array();
		json_object_set_new(note, "acts", acts);
	}
	fria_time_write(&at, ws->session.now);
	json_array_append_new(acts, fria_json_pack("{s:s, s:O}", "at", at.text,
						   "documents", documents));
	while (json_array_size(acts) > KEPT)
		json_array_remove(acts, 0);
	int code = fria_note_write(ws, NOTE, note, err);
	fria_buf_dispose(&at);
	json_decref(note);
	return code;
}

static int keep_one(const fria_workspace *ws, const char *path,
		    const fria_buf *was, const fria_buf *now, fria_error *err)
{
	json_t *documents = json_array();
	keep_gone(documents, path, was, now);
	int code = keep_all(ws, documents, err);
	json_decref(documents);
	return code;
}

/* As it was left by the undoing, or as it would be: nothing is lost then. */
static int refuse_changed(const fria_workspace *ws, const json_t *document,
			  fria_error *err)
{
	const char *path = fria_json_text(document, "path");
	const char *left = fria_json_text(document, "left");
	const char *held = fria_json_text(document, "held");
	char now[FRIA_ID_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	if (!path || !left || !held || !fria_store_is_path(path))
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_undo_nothing,
				 NULL);
	int code = fria_store_read(&bytes, ws->store, NULL, path, err);
	fria_digest_bytes(now, bytes.n ? bytes.text : "", bytes.n);
	if (!code && strcmp(now, left) != 0 && strcmp(bytes.text, held) != 0)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_undo_changed,
				 "path", path, NULL);
	fria_buf_dispose(&bytes);
	return code;
}

static int put_all_back(fria_strings *paths, const fria_workspace *ws,
			const json_t *documents, fria_error *err)
{
	json_t *one;
	size_t i;
	int code = 0;
	json_array_foreach((json_t *)(uintptr_t)documents, i, one)
		code = code ? code : refuse_changed(ws, one, err);
	json_array_foreach((json_t *)(uintptr_t)documents, i, one) {
		const char *path = fria_json_text(one, "path");
		const json_t *held = json_object_get(one, "held");
		if (code)
			continue;
		code =
		    fria_store_write(ws->store, path, json_string_value(held),
				     json_string_length(held), err);
		fria_strings_add(paths, path);
	}
	return code;
}

int fria_undo_back(fria_strings *paths, fria_workspace *ws, fria_error *err)
{
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	json_t *note = fria_note_read(ws, NOTE);
	json_t *acts = json_object_get(note, "acts");
	size_t n = json_array_size(acts);
	if (!n)
		code =
		    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_undo_nothing, NULL);
	if (!code)
		code = put_all_back(
		    paths, ws,
		    json_object_get(json_array_get(acts, n - 1), "documents"),
		    err);
	if (!code) {
		json_array_remove(acts, n - 1);
		code = fria_note_write(ws, NOTE, note, err);
	}
	json_decref(note);
	fria_act_end(ws);
	return code;
}

/* --- what would go, for who is asked --- */

/* Of one question its answer goes alone, with the rows of its group. */
static bool goes_with(const fria_difference *d, const fria_instrument *in,
		      const char *task)
{
	size_t asked = in ? fria_instrument_find(in, task) : FRIA_NONE;
	size_t own =
	    in && d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	if (asked == FRIA_NONE || own == FRIA_NONE ||
	    d->kind == FRIA_CHANGE_COMMENT || d->kind == FRIA_CHANGE_RESOLVED)
		return false;
	return own == asked || (in->tasks[own].rows != FRIA_NONE &&
				in->tasks[own].rows == in->tasks[asked].rows);
}

/* What changed in a document since it was saved, a line each. */
static void list_changes(fria_strings *out, const fria_workspace *ws,
			 const char *path, const char *task)
{
	static const fria_instrument none = {.name = (char *)(uintptr_t) ""};
	fria_placed was, now;
	fria_diff diff;
	json_t *empty = json_object();
	char head[FRIA_ID_SIZE];
	fria_placed_open(&was, fria_store_head(head, ws->store) ? ws : NULL,
			 head, path, NULL);
	fria_placed_open(&now, ws, NULL, path, NULL);
	fria_side *sides[] = {&was.side, &now.side};
	const fria_instrument *in =
	    now.instrument ? now.instrument : was.instrument;
	for (size_t i = 0; i < 2; i++) {
		if (!sides[i]->instrument)
			sides[i]->instrument = in ? in : &none;
		if (!sides[i]->assessment)
			sides[i]->assessment = empty;
		/* Of an assessment only itself goes. */
		if (in)
			sides[i]->application = now.side.application;
		if (!sides[i]->application)
			sides[i]->application = empty;
	}
	fria_diff_make(&diff, &was.side, &now.side);
	for (size_t i = 0; i < diff.n; i++) {
		fria_buf line = FRIA_BUF_INIT;
		if (!task || goes_with(&diff.items[i], in, task))
			fria_change_say(&line, &diff, &diff.items[i],
					sides[1]->instrument, ws->session.lang);
		if (line.n && !fria_strings_has(out, line.text))
			fria_strings_add(out, line.text);
		fria_buf_dispose(&line);
	}
	fria_diff_dispose(&diff);
	fria_placed_close(&was);
	fria_placed_close(&now);
	json_decref(empty);
}

/* What goes where nothing in it can be told apart. */
static void list_whole(fria_strings *out, const fria_workspace *ws,
		       const char *path)
{
	fria_path_state state = FRIA_PATH_SAME;
	fria_buf line = FRIA_BUF_INIT;
	if (fria_store_state(&state, ws->store, path, NULL) ||
	    state == FRIA_PATH_SAME)
		return;
	fria_say(&line, ws->session.lang, FRIA_W_undo_whole, "path", path,
		 NULL);
	fria_strings_add(out, line.text);
	fria_buf_dispose(&line);
}

void fria_undo_list(fria_strings *out, const fria_workspace *ws,
		    const char *name, const char *task)
{
	char *path = fria_id_ok(name) ? fria_workspace_path(name, "application")
		     : fria_path_is_document(name) || lost_is_evidence(name)
			 ? fria_strdup(name)
			 : fria_assessment_path(name);
	if (fria_store_is_path(path))
		list_changes(out, ws, path, task);
	if (!out->n && !task && fria_store_is_path(path))
		list_whole(out, ws, path);
	free(path);
}

/* --- undo --- */

/* What stands for a task in history: its answer, or all rows of its group. */
static void put_back(fria_snapshot *now, const fria_snapshot *saved,
		     const char *id)
{
	const fria_task *t =
	    &now->instrument->tasks[fria_instrument_find(now->instrument, id)];
	const char *key =
	    t->rows == FRIA_NONE ? id : now->instrument->tasks[t->rows].id;
	json_t *was =
	    json_object_get(json_object_get(saved->assessment, "answers"), key);
	json_t *answers = json_object_get(now->assessment, "answers");
	if (was)
		json_object_set_new(answers, key, json_deep_copy(was));
	else
		json_object_del(answers, key);
}

/* What is dropped was taken from a file: it is offered again. */
static void offer_again(fria_snapshot *now, const fria_snapshot *saved,
			const fria_question *q)
{
	const fria_instrument *in = now->instrument;
	const fria_siblings beside = {now->siblings, now->siblings_n};
	const char *from = fria_json_text(q->answer, "origin");
	const json_t *was =
	    fria_assessment_answer(saved->assessment, in, q->task, q->row);
	fria_time at = 0;
	/* What a question takes is offered as long as it stands there. */
	if (!from || *from == '/' || fria_sibling_find(in, &beside, from) ||
	    (was && fria_json_says(was, "origin", from)))
		return;
	fria_time_parse(
	    &at, fria_json_text(json_object_get(q->answer, "basis"), "at"));
	fria_proposals_add(now->assessment, in, q->task, q->row, q->answer,
			   from, at);
}

/* The question, or in a row of its group. */
static bool is_with(const fria_instrument *in, size_t task, size_t asked)
{
	return task == asked ||
	       (task != FRIA_NONE && in->tasks[task].rows != FRIA_NONE &&
		in->tasks[task].rows == in->tasks[asked].rows);
}

static bool has_id(const json_t *list, const char *id)
{
	for (size_t i = 0; id && i < json_array_size(list); i++)
		if (fria_json_says(json_array_get(list, i), "id", id))
			return true;
	return false;
}

/* What was offered for a question is offered again; what came since stays. */
static void put_proposals_back(fria_snapshot *now, const fria_snapshot *saved,
			       const char *asked)
{
	const fria_instrument *in = now->instrument;
	size_t task = fria_instrument_find(in, asked), i;
	json_t *list = json_object_get(now->assessment, "proposals"), *one;
	json_t *back = json_array();
	fria_questions all;
	json_array_foreach(json_object_get(saved->assessment, "proposals"), i,
			   one) {
		const char *id = fria_json_text(one, "task");
		if (has_id(list, fria_json_text(one, "id")) ||
		    (id && is_with(in, fria_instrument_find(in, id), task)))
			json_array_append_new(back, json_deep_copy(one));
	}
	json_array_foreach(list, i, one) {
		if (!has_id(back, fria_json_text(one, "id")))
			json_array_append(back, one);
	}
	if (json_array_size(back))
		json_object_set(now->assessment, "proposals", back);
	json_decref(back);
	fria_questions_list(&all, in, now->assessment);
	for (i = 0; i < all.n; i++)
		if (is_with(in, all.items[i].task, task))
			offer_again(now, saved, &all.items[i]);
	fria_questions_dispose(&all);
}

static int check_task(const fria_snapshot *s, const char *task, fria_error *err)
{
	if (!task || fria_instrument_find(s->instrument, task) != FRIA_NONE)
		return 0;
	return fria_instrument_no_task(s->instrument, task, err);
}

static int undo_task(bool *changed, fria_workspace *ws, const char *name,
		     const char *task, fria_error *err)
{
	fria_snapshot *now = NULL, *saved = NULL;
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_snapshot_load(&now, ws, name, NULL, err);
	if (!code)
		code = check_task(now, task, err);
	if (!code && fria_snapshot_load(&saved, ws, name, "HEAD", &inner))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_undo_never_saved,
				 "assessment", name, NULL);
	if (!code)
		code =
		    fria_store_read(&before, ws->store, NULL, now->path, err);
	if (!code) {
		put_proposals_back(now, saved, task);
		put_back(now, saved, task);
		fria_assessment_order(now->assessment, now->instrument);
		code = fria_json_write_document(&after, now->path,
						now->assessment, err);
	}
	*changed = !code && strcmp(before.text, after.text) != 0;
	if (*changed)
		code = keep_one(ws, now->path, &before, &after, err);
	if (*changed && !code)
		code = fria_store_write(ws->store, now->path, after.text,
					after.n, err);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
	fria_snapshot_free(saved);
	fria_snapshot_free(now);
	return code;
}

/* Whatever stands there, or does not: it becomes as it was recorded. */
static int undo_file(bool *changed, fria_workspace *ws, const char *path,
		     const char *name, fria_error *err)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	if (!fria_store_head(head, ws->store) ||
	    !fria_store_blob_id(id, ws->store, head, path)) {
		bool here = fria_store_blob_id(id, ws->store, NULL, path);
		return fria_fail(err, here ? FRIA_EREFUSED : FRIA_ENOTFOUND,
				 here ? FRIA_W_undo_never_saved
				      : FRIA_W_undo_unknown,
				 "assessment", name, NULL);
	}
	int code = fria_store_read(&after, ws->store, head, path, err);
	bool same = !code &&
		    !fria_store_read(&before, ws->store, NULL, path, NULL) &&
		    before.n == after.n &&
		    (!after.n || !memcmp(before.text, after.text, after.n));
	if (!code && !same)
		code = keep_one(ws, path, &before, &after, err);
	if (!code && !same) {
		code = fria_store_write(
		    ws->store, path, after.n ? after.text : "", after.n, err);
		*changed = *changed || !code;
	}
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
	return code;
}

/* Its characteristics as recorded, and all of it that got lost. */
static int undo_application(bool *changed, fria_workspace *ws, const char *id,
			    fria_error *err)
{
	fria_strings lost = FRIA_STRINGS_INIT;
	char *own = fria_workspace_path(id, "application");
	char *folder = fria_application_folder(id);
	int code = lost_list(&lost, ws, folder, err);
	if (!code)
		code = undo_file(changed, ws, own, id, err);
	for (size_t i = 0; i < lost.n && !code; i++)
		code = undo_file(changed, ws, lost.items[i], id, err);
	fria_strings_dispose(&lost);
	free(folder);
	free(own);
	return code;
}

static int undo_assessment(bool *changed, fria_workspace *ws, const char *name,
			   fria_error *err)
{
	char *application = NULL, *own = NULL;
	int code = fria_workspace_name(&application, &own, name, err);
	if (!code) {
		char *path = fria_workspace_path(application, own);
		code = undo_file(changed, ws, path, name, err);
		free(path);
	}
	free(application);
	free(own);
	return code;
}

int fria_undo(bool *changed, fria_workspace *ws, const char *name,
	      const char *task, fria_error *err)
{
	*changed = false;
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	if (task)
		code = undo_task(changed, ws, name, task, err);
	else if (fria_id_ok(name))
		code = undo_application(changed, ws, name, err);
	else if (fria_path_is_document(name) || lost_is_evidence(name))
		code = undo_file(changed, ws, name, name, err);
	else
		code = undo_assessment(changed, ws, name, err);
	fria_act_end(ws);
	return code;
}
