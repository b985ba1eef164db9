/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Save: the work tree's changed documents, checked, brought to canonical form
 * and recorded as one commit that says what changed.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How often somebody may save meanwhile; how many changes a message tells of
 * an assessment, for it is read with every look at history. */
enum { TRIES = 20, MESSAGE_LINES = 100 };

/* --- which documents differ --- */

typedef struct {
	fria_place_kind at;
	char *path, *application, *name; /* NULL where it is no assessment */
	json_t *json;
	fria_buf bytes; /* of an attachment; with neither it was removed */
} saved;

typedef struct {
	saved *items;
	size_t n;
} saveds;

static void dispose(saveds *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].path);
		free(list->items[i].application);
		free(list->items[i].name);
		json_decref(list->items[i].json);
		fria_buf_dispose(&list->items[i].bytes);
	}
	free(list->items);
}

static bool is_assessment(const saved *d)
{
	return d->name != NULL;
}

static bool ends(const char *text, const char *ending)
{
	size_t n = strlen(text), m = strlen(ending);
	return n >= m && !strcmp(text + n - m, ending);
}

/* Whose it is, and which assessment. */
static void split(saved *d)
{
	fria_path place;
	fria_path_read(&place, d->path);
	d->at = place.kind;
	if (place.application[0] && ends(d->path, ".json"))
		d->application = fria_strdup(place.application);
	if (place.kind == FRIA_PLACE_ASSESSMENT)
		d->name = fria_strdup(place.name);
}

/* Choices of rows by their ids; how many 0.1 had stored as texts. */
static size_t settle_choices(json_t **json, const fria_instrument *in)
{
	size_t n;
	json_t *settled = fria_choices_settled(in, *json, &n);
	json_decref(*json);
	*json = settled;
	return n;
}

static int check_assessment(const fria_workspace *ws, saved *d, fria_error *err)
{
	fria_instrument *in = NULL;
	int code = fria_assessment_check(d->json, d->path, err);
	if (!code)
		code = fria_workspace_instrument(
		    &in, ws, NULL, fria_json_text(d->json, "instrument"), err);
	if (!code) {
		settle_choices(&d->json, in);
		fria_assessment_order(d->json, in);
	}
	fria_instrument_free(in);
	return code;
}

/* Checks a document for what it is and puts its members in order. */
static int check(const fria_workspace *ws, saved *d, fria_error *err)
{
	fria_instrument *in = NULL;
	int code = 0;
	if (is_assessment(d)) {
		code = check_assessment(ws, d, err);
	} else if (d->at == FRIA_PLACE_APPLICATION) {
		code = fria_application_check(d->json, d->path, err);
		if (!code)
			fria_application_order(d->json);
	} else if (d->at == FRIA_PLACE_CONFIG) {
		code = fria_workspace_check(d->json, d->path, err);
	} else if (d->at == FRIA_PLACE_LAW) {
		code = fria_law_check(d->json, d->path, err);
	} else if (d->at == FRIA_PLACE_INSTRUMENT) {
		code = fria_instrument_parse(&in, d->path, d->json, err);
		fria_instrument_free(in);
	}
	return code;
}

/* Is the work tree's document not in canonical form? */
static int lacks_form(bool *out, const fria_workspace *ws, const saved *d,
		      fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT, now = FRIA_BUF_INIT;
	int code = fria_json_write_document(&bytes, d->path, d->json, err);
	if (!code)
		code = fria_store_read(&now, ws->store, NULL, d->path, err);
	*out = !code &&
	       (now.n != bytes.n || memcmp(now.text, bytes.text, bytes.n) != 0);
	fria_buf_dispose(&bytes);
	fria_buf_dispose(&now);
	return code;
}

/* Brings the work tree's documents to canonical form: all, or none. */
static int bring_to_form(const saveds *list, const fria_workspace *ws,
			 fria_error *err)
{
	fria_recorded *forms = fria_calloc(list->n + 1, sizeof *forms);
	size_t n = 0;
	int code = 0;
	for (size_t i = 0; i < list->n && !code; i++) {
		const saved *d = &list->items[i];
		bool lacks = false;
		if (d->json)
			code = lacks_form(&lacks, ws, d, err);
		if (lacks)
			forms[n++] = (fria_recorded){d->path, d->json, NULL};
	}
	if (!code && n)
		code = fria_workspace_write_all(ws, forms, n, err);
	free(forms);
	return code;
}

/* Adds the document at a path if it differs from HEAD. */
static int consider(saveds *list, const fria_workspace *ws, const char *path,
		    fria_error *err)
{
	fria_path_state state;
	int code = fria_store_state(&state, ws->store, path, err);
	if (code || state == FRIA_PATH_SAME || state == FRIA_PATH_ABSENT)
		return code;
	saved d = {.path = fria_strdup(path), .bytes = FRIA_BUF_INIT};
	split(&d);
	if (state != FRIA_PATH_REMOVED)
		code = fria_workspace_json(&d.json, ws, NULL, path, err);
	if (!code && d.json)
		code = check(ws, &d, err);
	*FRIA_PUSH(list) = d;
	return code;
}

/* Every document has been read and checked; none was touched yet. One that in
 * canonical form is what HEAD holds drops out again. */
static int settle(saveds *list, const fria_workspace *ws, fria_error *err)
{
	size_t kept = 0;
	int code = bring_to_form(list, ws, err);
	for (size_t i = 0; i < list->n; i++) {
		saved d = list->items[i];
		fria_path_state state = FRIA_PATH_CHANGED;
		if (d.json && !code)
			code = fria_store_state(&state, ws->store, d.path, err);
		if (state != FRIA_PATH_SAME) {
			list->items[kept++] = d;
			continue;
		}
		free(d.path);
		free(d.application);
		free(d.name);
		json_decref(d.json);
		fria_buf_dispose(&d.bytes);
	}
	list->n = kept;
	return code;
}

static int list_folder(fria_strings *paths, const fria_workspace *ws,
		       const char *folder, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	bool born = fria_store_head(head, ws->store);
	int code = 0;
	for (int side = 0; side < (born ? 2 : 1) && !code; side++) {
		fria_strings names = FRIA_STRINGS_INIT;
		code = fria_store_list(&names, ws->store, side ? head : NULL,
				       folder, err);
		for (size_t i = 0; i < names.n; i++) {
			char *path = *folder ? fria_format("%s/%s", folder,
							   names.items[i])
					     : fria_strdup(names.items[i]);
			fria_strings_add(paths, path);
			free(path);
		}
		fria_strings_dispose(&names);
	}
	fria_strings_sort(paths);
	fria_strings_unique(paths);
	return code;
}

/* Named by its content: it is there or it is not, and never changes. */
static int consider_attachment(saveds *list, const fria_workspace *ws,
			       const char *path, fria_error *err)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	fria_error inner = FRIA_ERROR_INIT;
	saved d = {.bytes = FRIA_BUF_INIT};
	bool old = fria_store_head(head, ws->store) &&
		   fria_store_blob_id(id, ws->store, head, path);
	if (old && fria_store_has(ws->store, path))
		return 0;
	int code = fria_store_read_bytes(&d.bytes, ws->store, path, &inner);
	if (code && code != FRIA_ENOTFOUND) {
		if (err)
			*err = inner;
		fria_buf_dispose(&d.bytes);
		return code;
	}
	d.path = fria_strdup(path);
	*FRIA_PUSH(list) = d;
	return 0;
}

/* Attachments, references and titles; what others put there is git's. */
static int consider_evidence(saveds *list, const fria_workspace *ws,
			     const char *folder, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	char *own = fria_format("%s/evidence", folder);
	int code = list_folder(&paths, ws, own, err);
	for (size_t i = 0; i < paths.n && !code; i++) {
		const char *name = strrchr(paths.items[i], '/') + 1;
		if (!evidence_named(name))
			continue;
		code = (evidence_is_document(name) ? consider
						   : consider_attachment)(
		    list, ws, paths.items[i], err);
	}
	fria_strings_dispose(&paths);
	free(own);
	return code;
}

static int consider_folder(saveds *list, const fria_workspace *ws,
			   const char *folder, const fria_strings *copies,
			   fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	int code = list_folder(&paths, ws, folder, err);
	for (size_t i = 0; i < paths.n && !code; i++) {
		if (fria_strings_has(copies, paths.items[i]))
			continue;
		if (ends(paths.items[i], ".json"))
			code = consider(list, ws, paths.items[i], err);
		else if (ends(paths.items[i], "/evidence/"))
			code = consider_evidence(list, ws, folder, err);
	}
	fria_strings_dispose(&paths);
	return code;
}

/* Of a folder; paths: only what lies in its evidence, or is one of them. */
static int refuse_lost(const fria_workspace *ws, const char *folder,
		       const char *const paths[], fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT, lost = FRIA_STRINGS_INIT;
	int code = lost_list(&all, ws, folder, err);
	for (size_t i = 0; i < all.n; i++) {
		bool concerned = !paths || lost_is_evidence(all.items[i]);
		for (size_t k = 0; paths && paths[k]; k++)
			concerned =
			    concerned || !strcmp(paths[k], all.items[i]);
		if (concerned)
			fria_strings_add(&lost, all.items[i]);
	}
	if (!code)
		code = lost_refuse(&lost, err);
	fria_strings_dispose(&all);
	fria_strings_dispose(&lost);
	return code;
}

static int consider_all(saveds *list, const fria_workspace *ws, fria_error *err)
{
	fria_strings folders = FRIA_STRINGS_INIT, copies = FRIA_STRINGS_INIT;
	int code = refuse_lost(ws, "", NULL, err);
	if (!code)
		code = fria_workspace_copies(&copies, ws, NULL, err);
	if (!code)
		code = consider(list, ws, FRIA_CONFIG, err);
	if (!code)
		code = consider(list, ws, FRIA_LAW, err);
	if (!code)
		code =
		    consider_folder(list, ws, FRIA_INSTRUMENTS, &copies, err);
	if (!code)
		code = list_folder(&folders, ws, FRIA_ASSESSMENTS, err);
	for (size_t i = 0; i < folders.n && !code; i++) {
		char *folder = folders.items[i];
		if (!ends(folder, "/"))
			continue;
		folder[strlen(folder) - 1] = '\0';
		if (fria_id_ok(folder + strlen(FRIA_ASSESSMENTS "/")))
			code = consider_folder(list, ws, folder, &copies, err);
	}
	fria_strings_dispose(&folders);
	fria_strings_dispose(&copies);
	return code;
}

/* One assessment, with its questionnaire if that is not recorded yet, and what
 * its answers may point at. */
static int consider_one(saveds *list, const fria_workspace *ws,
			const char *name, fria_error *err)
{
	fria_snapshot *s = NULL;
	int code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (code)
		return code;
	char *instrument = fria_instrument_path(s->instrument->file);
	char *folder = fria_application_folder(s->application_id);
	const char *const paths[] = {s->path, instrument, NULL};
	code = refuse_lost(ws, folder, paths, err);
	if (!code)
		code = consider(list, ws, s->path, err);
	if (!code)
		code = consider(list, ws, instrument, err);
	if (!code)
		code = consider_evidence(list, ws, folder, err);
	free(folder);
	free(instrument);
	fria_snapshot_free(s);
	return code;
}

/* --- the message --- */

/* "2.3.1, 3.5.1", or how many when there are more than a line holds. */
static void say_subject(fria_buf *out, const saved *d, const fria_diff *diff,
			fria_lang lang)
{
	char count[24];
	fria_strings ids = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < diff->n; i++)
		if (diff->items[i].task &&
		    !fria_strings_has(&ids, diff->items[i].task))
			fria_strings_add(&ids, diff->items[i].task);
	fria_buf_printf(out, "%s/%s", d->application, d->name);
	snprintf(count, sizeof count, "%zu", ids.n);
	if (ids.n)
		fria_buf_puts(out, ": ");
	if (ids.n > 5)
		fria_say(out, lang, FRIA_W_commit_answers, "count", count,
			 NULL);
	for (size_t i = 0; ids.n <= 5 && i < ids.n; i++)
		fria_buf_printf(out, i ? ", %s" : "%s", ids.items[i]);
	fria_strings_dispose(&ids);
}

static void say_settled(fria_buf *body, size_t n, fria_lang lang)
{
	char count[24];
	snprintf(count, sizeof count, "%zu", n);
	if (!n)
		return;
	fria_say(body, lang, FRIA_W_commit_choices, "count", count, NULL);
	fria_buf_putc(body, '\n');
}

/* What changed in an assessment since HEAD; an absent one was empty. */
static void say_difference(fria_buf *subject, fria_buf *body,
			   const fria_workspace *ws, const saved *d,
			   const fria_instrument *in)
{
	fria_diff diff;
	char head[FRIA_ID_SIZE];
	json_t *was = NULL, *application = json_object();
	fria_buf bytes = FRIA_BUF_INIT;
	bool born = fria_store_head(head, ws->store);
	if (born && !fria_store_read(&bytes, ws->store, head, d->path, NULL))
		fria_json_parse(&was, d->path, bytes.text, bytes.n, NULL);
	if (!was)
		was = fria_assessment_new(in, d->application, FRIA_NL);
	size_t choices = settle_choices(&was, in);
	fria_placed placed = {.instrument = NULL};
	if (fria_instrument_draws_outside(in))
		fria_placed_open(&placed, ws, NULL, d->path, d->json);
	const fria_side from = {.instrument = in,
				.assessment = was,
				.application = application,
				.siblings = placed.side.siblings};
	const fria_side to = {.instrument = in,
			      .assessment = d->json,
			      .application = application,
			      .siblings = placed.side.siblings};
	fria_diff_make(&diff, &from, &to);
	say_subject(subject, d, &diff, ws->lang);
	fria_changes_say(body, &diff, in, MESSAGE_LINES, ws->lang);
	say_settled(body, choices, ws->lang);
	fria_diff_dispose(&diff);
	fria_placed_close(&placed);
	fria_buf_dispose(&bytes);
	json_decref(was);
	json_decref(application);
}

static int say_assessment(fria_buf *subject, fria_buf *body,
			  const fria_workspace *ws, const saved *d,
			  fria_error *err)
{
	fria_instrument *in = NULL;
	if (!d->json) {
		fria_buf_printf(subject, "%s/%s: ", d->application, d->name);
		fria_say(subject, ws->lang, FRIA_W_commit_removed, NULL);
		return 0;
	}
	int code = fria_workspace_instrument(
	    &in, ws, NULL, fria_json_text(d->json, "instrument"), err);
	if (!code)
		say_difference(subject, body, ws, d, in);
	fria_instrument_free(in);
	return code;
}

static int say_saved(fria_buf *out, const fria_workspace *ws,
		     const saveds *list, fria_error *err)
{
	fria_buf subject = FRIA_BUF_INIT, body = FRIA_BUF_INIT;
	int code = 0;
	for (size_t i = 0; i < list->n && !code; i++) {
		const saved *d = &list->items[i];
		if (!is_assessment(d))
			continue;
		if (subject.n)
			fria_buf_puts(&subject, "; ");
		code = say_assessment(&subject, &body, ws, d, err);
	}
	for (size_t i = 0; i < list->n && !subject.n; i++)
		fria_buf_puts(&subject, list->items[i].path);
	if (!subject.n)
		fria_say(&subject, ws->lang, FRIA_W_commit_merge_ours, NULL);
	fria_buf_put(out, subject.text, subject.n);
	fria_buf_putc(out, '\n');
	if (body.n) {
		fria_buf_putc(out, '\n');
		fria_buf_put(out, body.text, body.n);
	}
	fria_buf_dispose(&subject);
	fria_buf_dispose(&body);
	return code;
}

static int commit_saved(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			const saveds *list, const char *message, bool merging,
			fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_recorded *documents = fria_calloc(list->n + 1, sizeof *documents);
	int code = 0;
	if (message)
		fria_buf_printf(&text, "%s\n", message);
	else
		code = say_saved(&text, ws, list, err);
	for (size_t i = 0; i < list->n; i++) {
		const saved *d = &list->items[i];
		documents[i] = (fria_recorded){d->path, d->json,
					       d->bytes.n ? &d->bytes : NULL};
	}
	if (!code && merging)
		code = fria_record_conclusion(commit, ws, documents, list->n,
					      text.text, err);
	else if (!code)
		code =
		    fria_record(commit, ws, documents, list->n, text.text, err);
	free(documents);
	fria_buf_dispose(&text);
	return code;
}

/* --- save --- */

static int look_for_changes(saveds *list, fria_workspace *ws, const char *name,
			    fria_error *err)
{
	int code = name ? consider_one(list, ws, name, err)
			: consider_all(list, ws, err);
	return code ? code : settle(list, ws, err);
}

/* In a rebase or cherry-pick git makes the commit: documents are staged. */
static int stage(fria_workspace *ws, const saveds *list, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < list->n && !code; i++) {
		char *whole =
		    fria_store_whole_path(ws->store, list->items[i].path);
		code = fria_store_settle(ws->store, whole, err);
		free(whole);
	}
	return code;
}

static int save_once(char commit[FRIA_ID_SIZE], size_t *count,
		     fria_workspace *ws, const char *name, const char *message,
		     fria_error *err)
{
	saveds list = {NULL, 0};
	fria_busy busy = fria_store_busy(ws->store);
	bool merging = busy == FRIA_BUSY_MERGE;
	int code = fria_follow_branch(ws, err);
	if (!code)
		code = fria_conflicts_settle_all(ws, err);
	if (!code)
		code = look_for_changes(&list, ws, merging ? NULL : name, err);
	if (!code && busy != FRIA_BUSY_NOT && !merging)
		code = stage(ws, &list, err);
	else if (!code && (list.n || merging))
		code = commit_saved(commit, ws, &list, message, merging, err);
	if (!code)
		*count = list.n || !merging ? list.n : 1;
	dispose(&list);
	return code;
}

int fria_save(char commit[FRIA_ID_SIZE], size_t *count, fria_workspace *ws,
	      const char *name, const char *message, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	char from[FRIA_ID_SIZE];
	commit[0] = '\0';
	*count = 0;
	const fria_entering texts[] = {
	    {&message, FRIA_PROSE | FRIA_OPTIONAL, "--message"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	/* Somebody who saves meanwhile is followed, and it is tried again. */
	for (int i = 0; i < TRIES; i++) {
		inner = (fria_error)FRIA_ERROR_INIT;
		code = save_once(commit, count, ws, name, message, &inner);
		if (code != FRIA_ERACE || !fria_store_moved(from, ws->store))
			break;
	}
	if (code && err)
		*err = inner;
	fria_act_end(ws);
	return code;
}

void fria_unsaved(fria_strings *out, const fria_workspace *ws)
{
	saveds list = {NULL, 0};
	consider_all(&list, ws, NULL);
	for (size_t i = 0; i < list.n; i++) {
		const saved *d = &list.items[i];
		char *name = is_assessment(d)
				 ? fria_format("%s/%s", d->application, d->name)
			     : d->at == FRIA_PLACE_APPLICATION
				 ? fria_strdup(d->application)
				 : fria_strdup(d->path);
		fria_strings_add(out, name);
		free(name);
	}
	dispose(&list);
}
