/* SPDX-License-Identifier: EUPL-1.2 */
/* Every document looked at for what it should be: findings, never an error. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_workspace *ws;
	fria_findings *out;
	const char *name; /* as it was asked; NULL: all */
	size_t count;
	fria_forms forms;
} work;

/* Line and column in a document of the work tree, where its pointer leads. */
static void locate(const work *w, const char *path)
{
	fria_buf bytes = FRIA_BUF_INIT;
	if (!fria_store_read(&bytes, w->ws->store, NULL, path, NULL))
		fria_findings_locate(w->out, path, bytes.text, bytes.n, false);
	fria_buf_dispose(&bytes);
}

/* True if the document has the form that its schema asks for. */
static bool has_form(work *w, fria_form form, const char *path,
		     const json_t *json)
{
	bool ok = fria_form_check(&w->forms, form, json, path, w->out);
	if (!ok)
		locate(w, path);
	return ok;
}

/* Parses and notes what is wrong; NULL if it is not of its form. New. */
static json_t *read(work *w, fria_form kind, const char *path)
{
	json_t *json = NULL;
	fria_error err = FRIA_ERROR_INIT;
	w->count++;
	if (fria_workspace_json(&json, w->ws, NULL, path, &err))
		fria_findings_add_error(w->out, &err);
	else if (has_form(w, kind, path, json))
		return json;
	json_decref(json);
	return NULL;
}

static void note(work *w, fria_error *err)
{
	if (err->code)
		fria_findings_add_error(w->out, err);
}

/* --- assessments --- */

static void check_value(work *w, const char *path, const fria_instrument *in,
			const fria_question *q)
{
	if (q->unfit)
		fria_question_unfit(w->out, in, q,
				    q->visible ? FRIA_SEVERE : FRIA_NOTE, path,
				    w->ws->session.lang);
}

/* An answer may point at what is not there. */
static void check_evidence_of(work *w, const char *path,
			      const fria_instrument *in, const fria_question *q)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf pointer = FRIA_BUF_INIT;
	const char *slash = strrchr(path, '/');
	fria_question_place(&pointer, in, q);
	fria_evidence_mentioned(&names, q->answer);
	for (size_t i = 0; i < names.n; i++) {
		fria_path_state state = FRIA_PATH_ABSENT;
		char *at = fria_format("%.*s/evidence/%s", (int)(slash - path),
				       path, names.items[i]);
		fria_store_state(&state, w->ws->store, at, NULL);
		if (state == FRIA_PATH_ABSENT || state == FRIA_PATH_REMOVED)
			fria_findings_add(w->out, FRIA_WARNING,
					  FRIA_W_evidence_absent, path,
					  pointer.text, "name", names.items[i],
					  "task", in->tasks[q->task].id, NULL);
		free(at);
	}
	fria_strings_dispose(&names);
	fria_buf_dispose(&pointer);
}

static void note_key(work *w, fria_word word, const char *path,
		     const fria_buf *pointer, const char *task,
		     const fria_instrument *in, const char *of)
{
	fria_findings_add(w->out, FRIA_WARNING, word, path, pointer->text,
			  "task", task, "instrument", in->name, "row", of,
			  NULL);
}

static bool says_anything(const json_t *row)
{
	return json_object_size(row) > (json_object_get(row, "id") ? 1 : 0);
}

/* Rows that their group does not have, and cells that are no column of it. */
static void check_rows(work *w, const char *path, const fria_instrument *in,
		       const json_t *assessment, size_t group, fria_buf *at)
{
	const fria_task *g = &in->tasks[group];
	size_t root = g->mapped == FRIA_NONE ? group : g->mapped, n = at->n, i;
	json_t *row, *cell,
	    *roots =
		fria_rows_by_id(fria_assessment_rows(assessment, in, root));
	const char *key;
	json_array_foreach(fria_assessment_rows(assessment, in, group), i,
			   row) {
		const char *id = fria_json_text(row, "id");
		fria_buf_printf(at, "/%zu", i);
		if (says_anything(row) && !json_object_get(roots, id))
			note_key(w, FRIA_W_answer_in_lost_row, path, at, g->id,
				 in, id);
		json_object_foreach(row, key, cell) {
			size_t task = fria_instrument_find(in, key), m = at->n;
			fria_pointer_add(at, key);
			if (!strcmp(key, "id"))
				;
			else if (task == FRIA_NONE)
				note_key(w, FRIA_W_answer_unasked, path, at,
					 key, in, id);
			else if (!in->tasks[task].answerable ||
				 in->tasks[task].rows != group)
				note_key(w, FRIA_W_answer_misplaced, path, at,
					 key, in, id);
			at->n = m;
			at->text[m] = '\0';
		}
		at->n = n;
		at->text[n] = '\0';
	}
	json_decref(roots);
}

/* Answers that nobody sees: to what the questionnaire does not ask, or where
 * it does not ask it. They are kept, and named. */
static void check_keys(work *w, const char *path, const fria_instrument *in,
		       const json_t *assessment)
{
	const char *key;
	json_t *value;
	json_object_foreach(json_object_get(assessment, "answers"), key,
			    value) {
		size_t task = fria_instrument_find(in, key);
		bool rows = task != FRIA_NONE && in->tasks[task].rows == task;
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_puts(&pointer, "/answers");
		fria_pointer_add(&pointer, key);
		if (task == FRIA_NONE)
			note_key(w, FRIA_W_answer_unasked, path, &pointer, key,
				 in, NULL);
		else if (rows && json_is_array(value))
			check_rows(w, path, in, assessment, task, &pointer);
		else if (rows || json_is_array(value) ||
			 in->tasks[task].rows != FRIA_NONE ||
			 !in->tasks[task].answerable)
			note_key(w, FRIA_W_answer_misplaced, path, &pointer,
				 key, in, NULL);
		fria_buf_dispose(&pointer);
	}
}

/* Proposals that nobody can take: for what is not asked, or cannot be its
 * answer. */
static void check_proposals(work *w, const char *path,
			    const fria_instrument *in, const json_t *assessment)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(assessment, "proposals"), i, one) {
		const char *id = fria_json_text(one, "task");
		const char *row = fria_json_text(one, "row");
		size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
		bool asked = task != FRIA_NONE && in->tasks[task].answerable &&
			     (!row || in->tasks[task].rows != FRIA_NONE);
		if (asked &&
		    fria_value_fits(in, task, json_object_get(one, "value")))
			continue;
		char *at = fria_format("/proposals/%zu", i);
		fria_findings_add(
		    w->out, FRIA_WARNING,
		    asked ? FRIA_W_proposal_unfit : FRIA_W_proposal_unasked,
		    path, at, "task", id ? id : "?", "from",
		    fria_json_text(one, "from"), "instrument", in->name, NULL);
		free(at);
	}
}

static void check_answers(work *w, const char *path, const fria_instrument *in,
			  const json_t *assessment)
{
	fria_questions all;
	fria_snapshot *s = NULL;
	char *name = fria_path_name(path);
	if (fria_instrument_draws_outside(in))
		fria_snapshot_load(&s, w->ws, name, NULL, NULL);
	const fria_siblings siblings = {s ? s->siblings : NULL,
					s ? s->siblings_n : 0};
	fria_choices *choices =
	    s ? fria_choices_new(in, assessment, &siblings, s->application,
				 w->ws->session.lang)
	      : NULL;
	fria_questions_choosing(&all, in, assessment, choices);
	for (size_t i = 0; i < all.n; i++) {
		check_value(w, path, in, &all.items[i]);
		check_evidence_of(w, path, in, &all.items[i]);
	}
	fria_questions_dispose(&all);
	fria_choices_free(choices);
	fria_snapshot_free(s);
	free(name);
	check_keys(w, path, in, assessment);
	check_proposals(w, path, in, assessment);
}

/* --- who was present --- */

/* True if an answer within the task (FRIA_NONE: anywhere) is given. */
static bool any_answer(const fria_instrument *in, const json_t *assessment,
		       size_t task)
{
	const json_t *answers = json_object_get(assessment, "answers");
	size_t end = task == FRIA_NONE ? in->n : in->tasks[task].end;
	for (size_t i = task == FRIA_NONE ? 0 : task; i < end; i++)
		if (json_object_get(answers, in->tasks[i].id))
			return true;
	return false;
}

static bool names_role(const json_t *meeting, const char *role)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(meeting, "roles"), i, one) {
		if (json_string_value(one) &&
		    !strcmp(json_string_value(one), role))
			return true;
	}
	return false;
}

/* A meeting about all of it, or about something within the task. */
static bool is_about(const json_t *meeting, const fria_instrument *in,
		     size_t task)
{
	const json_t *tasks = json_object_get(meeting, "tasks");
	size_t i;
	json_t *one;
	json_array_foreach(tasks, i, one) {
		const char *id = json_string_value(one);
		size_t at = id ? fria_instrument_find(in, id) : FRIA_NONE;
		if (at != FRIA_NONE && at >= task && at < in->tasks[task].end)
			return true;
	}
	return !tasks || task == FRIA_NONE;
}

static void check_present(work *w, const char *path, const fria_instrument *in,
			  const json_t *assessment, const fria_strings *present,
			  size_t task)
{
	const json_t *meetings = json_object_get(assessment, "meetings");
	const json_t *roles = json_object_get(w->ws->config, "roles");
	size_t k;
	json_t *meeting;
	for (size_t i = 0; i < present->n; i++) {
		const char *id = present->items[i];
		bool found = !any_answer(in, assessment, task);
		json_array_foreach(meetings, k, meeting) {
			const char *date = fria_json_text(meeting, "date");
			found =
			    found ||
			    (names_role(meeting, id) &&
			     is_about(meeting, in, task) &&
			     !(date && fria_is_future(&w->ws->session, date)));
		}
		if (!found)
			fria_findings_add(
			    w->out, FRIA_WARNING,
			    task == FRIA_NONE ? FRIA_W_present_missing
					      : FRIA_W_present_part,
			    path, NULL, "role",
			    fria_role_title(roles, id, w->ws->session.lang),
			    "task", task == FRIA_NONE ? "" : in->tasks[task].id,
			    NULL);
	}
}

/* The roles that a questionnaire and its parts ask to be there. */
static void check_meetings(work *w, const char *path, const fria_instrument *in,
			   const json_t *assessment)
{
	if (json_object_get(assessment, "superseded_by"))
		return;
	check_present(w, path, in, assessment, &in->present, FRIA_NONE);
	for (size_t i = 0; i < in->n; i++)
		check_present(w, path, in, assessment, &in->tasks[i].present,
			      i);
}

typedef struct {
	work *w;
	const char *path;
	char *name; /* "app/name", or "app" */
} looking;

static void put_personal(void *data, const char *pointer,
			 fria_personal_kind kind, const char *text)
{
	const looking *l = data;
	fria_findings_add(
	    l->w->out, FRIA_WARNING, FRIA_W_personal, l->path, pointer, "text",
	    text, "what",
	    fria_word_text(fria_personal_word(kind), l->w->ws->session.lang),
	    "name", l->name, NULL);
}

/* What in it points at one person. */
static void check_personal(work *w, const char *path, const json_t *document)
{
	const char *id = fria_json_text(document, "id");
	const char *of = fria_json_text(document, "application");
	const char *own = strrchr(path, '/') + 1;
	looking l = {w, path,
		     id ? fria_strdup(id)
			: fria_format("%s/%.*s", of ? of : "",
				      (int)strcspn(own, "."), own)};
	fria_personal_find(document, json_object_get(document, "disclosed"),
			   put_personal, &l);
	free(l.name);
}

static void check_rounds(work *w, const char *path, const json_t *assessment)
{
	fria_confirmations held;
	fria_confirmations_find(&held, assessment, NULL);
	fria_rounds_name(w->out, &held, path, w->ws->session.lang);
	fria_confirmations_dispose(&held);
}

/* What it says took its place must be there. */
static void check_replaced(work *w, const char *path, const json_t *assessment)
{
	const char *by = fria_json_text(assessment, "superseded_by");
	fria_snapshot *s = NULL;
	char *name = fria_path_name(path);
	if (by && !fria_snapshot_load(&s, w->ws, name, NULL, NULL) &&
	    !s->superseded)
		fria_findings_add(w->out, FRIA_WARNING, FRIA_W_superseded_not,
				  path, "/superseded_by", "by", by, NULL);
	fria_snapshot_free(s);
	free(name);
}

static void check_assessment(work *w, const char *path)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_instrument *in = NULL;
	json_t *json = read(w, FRIA_FORM_ASSESSMENT, path);
	if (json && !fria_assessment_check(json, path, &err) &&
	    !fria_workspace_instrument(
		&in, w->ws, NULL, fria_json_text(json, "instrument"), &err)) {
		check_answers(w, path, in, json);
		check_meetings(w, path, in, json);
		check_personal(w, path, json);
		future_find(w->out, json, &w->ws->session, path);
		check_rounds(w, path, json);
		check_replaced(w, path, json);
	}
	fria_fail_at(&err, path, NULL, 0, 0);
	note(w, &err);
	locate(w, path);
	fria_instrument_free(in);
	json_decref(json);
}

/* --- the others --- */

static void check_application(work *w, const char *id)
{
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_workspace_path(id, "application");
	json_t *json = read(w, FRIA_FORM_APPLICATION, path);
	if (json && !fria_application_check(json, path, &err)) {
		future_find(w->out, json, &w->ws->session, path);
		check_personal(w, path, json);
	}
	note(w, &err);
	locate(w, path);
	json_decref(json);
	free(path);
}

static void check_other(work *w, fria_form kind, char *path)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	if (!fria_store_state(&state, w->ws->store, path, NULL) &&
	    state != FRIA_PATH_ABSENT && state != FRIA_PATH_REMOVED)
		json_decref(read(w, kind, path));
	free(path);
}

/* A reference has its form, a title its attachment. */
static void check_evidence_document(work *w, const char *id, const char *path)
{
	fria_path_state state = FRIA_PATH_SAME;
	json_t *json = read(w, FRIA_FORM_EVIDENCE, path);
	const char *file = fria_json_text(json, "file");
	char *of = file ? fria_evidence_path(id, file) : NULL;
	if (of)
		fria_store_state(&state, w->ws->store, of, NULL);
	if (state == FRIA_PATH_ABSENT || state == FRIA_PATH_REMOVED)
		fria_findings_add(w->out, FRIA_WARNING, FRIA_W_evidence_no_file,
				  path, "/file", "name", file, NULL);
	locate(w, path);
	free(of);
	json_decref(json);
}

/* An attachment is what its name was made from. */
static void check_attachment(work *w, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf bytes = FRIA_BUF_INIT;
	w->count++;
	if (fria_store_read_bytes(&bytes, w->ws->store, path, &err))
		fria_findings_add_error(w->out, &err);
	else if (!evidence_is_what_it_says(name, &bytes))
		fria_findings_add(w->out, FRIA_SEVERE, FRIA_W_evidence_altered,
				  path, NULL, "name", name, NULL);
	fria_buf_dispose(&bytes);
}

static int check_evidence(work *w, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *folder = fria_evidence_path(id, "");
	int code = fria_store_list(&names, w->ws->store, NULL, folder, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		const char *name = names.items[i];
		char *path = fria_evidence_path(id, name);
		if (evidence_named(name) && evidence_is_document(name))
			check_evidence_document(w, id, path);
		else if (evidence_named(name))
			check_attachment(w, path);
		free(path);
	}
	fria_strings_dispose(&names);
	free(folder);
	return code;
}

static void check_law(work *w)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	fria_error err = FRIA_ERROR_INIT;
	json_t *law = NULL;
	bool behind = false;
	fria_store_state(&state, w->ws->store, FRIA_LAW, NULL);
	if (state == FRIA_PATH_ABSENT || state == FRIA_PATH_REMOVED) {
		fria_findings_add(w->out, FRIA_NOTE, FRIA_W_law_missing,
				  FRIA_LAW, NULL, NULL);
		return;
	}
	law = read(w, FRIA_FORM_LAW, FRIA_LAW);
	if (law && !fria_law_check(law, FRIA_LAW, &err) &&
	    !fria_law_behind(&behind, w->ws, NULL) && behind)
		fria_findings_add(w->out, FRIA_NOTE, FRIA_W_law_behind,
				  FRIA_LAW, NULL, NULL);
	note(w, &err);
	locate(w, FRIA_LAW);
	json_decref(law);
}

/* What no questionnaire can know of itself. */
static void check_rings(work *w, const fria_instrument *const *all, size_t n)
{
	fria_strings rings = FRIA_STRINGS_INIT;
	fria_instruments_rings(&rings, all, n, FRIA_NONE, w->ws->session.lang);
	for (size_t i = 0; i < rings.n; i++)
		fria_findings_add(w->out, FRIA_SEVERE, FRIA_W_check_ring, NULL,
				  NULL, "ring", rings.items[i], NULL);
	fria_strings_dispose(&rings);
}

static void check_instruments(work *w)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace_instruments(&pinned, &built_in, w->ws, &err);
	note(w, &err);
	fria_instrument **all = fria_calloc(pinned.n + 1, sizeof *all);
	size_t n = 0;
	for (size_t i = 0; i < pinned.n; i++) {
		fria_error own = FRIA_ERROR_INIT;
		fria_instrument *in = NULL;
		char *path = fria_instrument_path(pinned.items[i]);
		json_t *json = read(w, FRIA_FORM_INSTRUMENT, path);
		if (json && !fria_instrument_parse(&in, path, json, &own))
			fria_instrument_check(w->out, in, path);
		note(w, &own);
		locate(w, path);
		if (in)
			all[n++] = in;
		json_decref(json);
		free(path);
	}
	check_rings(w, (const fria_instrument *const *)all, n);
	for (size_t i = 0; i < n; i++)
		fria_instrument_free(all[i]);
	free(all);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
}

/* An application with its assessments, or one of them. */
static int check_one(work *w, const char *id, const char *only, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_path_state state = FRIA_PATH_ABSENT;
	char *path = fria_workspace_path(id, only ? only : "application");
	int code = fria_store_state(&state, w->ws->store, path, NULL);
	/* What cannot be read is a finding; what is lost, one of those below.
	 */
	if (code)
		code = 0;
	else if (state == FRIA_PATH_REMOVED && only)
		fria_findings_add(w->out, FRIA_SEVERE, FRIA_W_lost_assessment,
				  path, NULL, "name", w->name, NULL);
	else if (state == FRIA_PATH_ABSENT)
		code = only ? fria_fail(err, FRIA_ENOTFOUND,
					FRIA_W_unknown_assessment, "assessment",
					only, NULL)
			    : fria_fail(err, FRIA_ENOTFOUND,
					FRIA_W_unknown_application,
					"application", id, NULL);
	if (!code && only && state != FRIA_PATH_REMOVED)
		check_assessment(w, path);
	if (!code && !only && state != FRIA_PATH_REMOVED)
		check_application(w, id);
	if (!code && !only) {
		check_other(w, FRIA_FORM_ENTRY,
			    fria_workspace_path(id, "entry"));
		code = check_evidence(w, id, err);
	}
	if (!code && !only)
		code = fria_workspace_assessments(&names, w->ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *one = fria_workspace_path(id, names.items[i]);
		check_assessment(w, one);
		free(one);
	}
	fria_strings_dispose(&names);
	free(path);
	return code;
}

static int check_all(work *w, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code = fria_workspace_applications(&ids, w->ws, NULL, err);
	check_other(w, FRIA_FORM_WORKSPACE, fria_strdup(FRIA_CONFIG));
	check_law(w);
	check_instruments(w);
	for (size_t i = 0; i < ids.n && !code; i++)
		code = check_one(w, ids.items[i], NULL, err);
	fria_strings_dispose(&ids);
	return code;
}

int fria_check(fria_findings *out, size_t *count, const fria_workspace *ws,
	       const char *name, fria_error *err)
{
	work w = {.ws = ws, .out = out, .name = name};
	char *id = NULL, *own = NULL;
	int code;
	if (!name)
		code = check_all(&w, err);
	else if (strchr(name, '/'))
		code = fria_workspace_name(&id, &own, name, err);
	else
		code = fria_id_ok(name)
			   ? 0
			   : fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id",
				       name, NULL);
	if (!code && name)
		code = check_one(&w, id ? id : name, own, err);
	if (!code && !own)
		code = fria_look_around(out, ws, name, err);
	*count = w.count;
	fria_forms_dispose(&w.forms);
	free(id);
	free(own);
	return code;
}
