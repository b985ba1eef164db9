/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Entries of the algoritmeregister, by the thousand, as applications and their
 * releases: one commit. An application is never removed because a download no
 * longer holds it.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	fria_workspace *ws;
	const fria_register_request *request;
	fria_findings *findings;
	fria_register_imported *result;
	char *release, *by;
	char head[FRIA_ID_SIZE]; /* "" where nothing is recorded yet */
	json_t *known;		 /* "lars:123" to the id of an application */
	json_t *taken;	/* ids of this file's, each to where its entry stands */
	json_t *before; /* ids to the entries that they came from */
	json_t *seen;	/* ids whose entry is in the file, also if left out */
	fria_forms forms;
	const fria_register_row *row; /* the one that is looked at */
	struct {
		fria_recorded *items; /* both members owned */
		size_t n;
	} documents;
	fria_buf updates;    /* a line for each, for the message */
	fria_strings former; /* ids that applications had */
	bool knows_former;
} importing;

/* --- which application an entry is --- */

static const char *const numbers[] = {"lars", "source_id", "uuid", "id", NULL};

/* By its name within its organisation, where it has no number. */
static char *name_key(const json_t *entry)
{
	const char *organisation = fria_json_text(entry, "organization");
	return fria_format("name:%s|%s", fria_json_text(entry, "name"),
			   organisation ? organisation : "");
}

static void remember(importing *im, const json_t *entry, const char *id)
{
	for (size_t i = 0; numbers[i]; i++) {
		const char *number = fria_json_text(entry, numbers[i]);
		if (!number || !*number)
			continue;
		char *key = fria_format("%s:%s", numbers[i], number);
		json_object_set_new(im->known, key, fria_json_string(id));
		free(key);
	}
	if (!fria_json_text(entry, "name"))
		return;
	char *key = name_key(entry);
	json_object_set_new(im->known, key, fria_json_string(id));
	free(key);
}

static const char *known_as(const importing *im, const json_t *entry)
{
	const char *id = NULL;
	bool numbered = false;
	for (size_t i = 0; numbers[i] && !id; i++) {
		const char *number = fria_json_text(entry, numbers[i]);
		if (!number || !*number)
			continue;
		numbered = true;
		char *key = fria_format("%s:%s", numbers[i], number);
		id = fria_json_text(im->known, key);
		free(key);
	}
	if (numbered || id)
		return id;
	char *key = name_key(entry);
	id = fria_json_text(im->known, key);
	free(key);
	return id;
}

/* A document that is gone from the folder counts as it was last saved. */
static int read_either(json_t **out, const importing *im, const char *path,
		       fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	if (!fria_store_state(&state, im->ws->store, path, NULL) &&
	    state == FRIA_PATH_REMOVED)
		return fria_workspace_json(out, im->ws, im->head, path, err);
	return fria_workspace_json(out, im->ws, NULL, path, err);
}

/* What is here already: ids, and the entries that they came from. */
static int learn(importing *im, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT, saved = FRIA_STRINGS_INIT;
	int code = fria_workspace_applications(&ids, im->ws, NULL, err);
	if (!code && fria_store_head(im->head, im->ws->store))
		fria_workspace_applications(&saved, im->ws, im->head, NULL);
	for (size_t i = 0; i < saved.n; i++)
		fria_strings_add_once(&ids, saved.items[i]);
	fria_strings_dispose(&saved);
	im->known = json_object();
	im->before = json_object();
	im->seen = json_object();
	for (size_t i = 0; i < ids.n && !code; i++) {
		json_t *entry = NULL;
		char *path = fria_workspace_path(ids.items[i], "entry");
		char *key = fria_format("is:%s", ids.items[i]);
		json_object_set_new(im->known, key, json_true());
		/* One that is broken, too, counts as it was saved. */
		if (!read_either(&entry, im, path, NULL) ||
		    (im->head[0] && !fria_workspace_json(&entry, im->ws,
							 im->head, path, NULL)))
			remember(im, json_object_get(entry, "received"),
				 ids.items[i]);
		if (json_object_get(entry, "received"))
			json_object_set(im->before, ids.items[i],
					json_object_get(entry, "received"));
		json_decref(entry);
		free(key);
		free(path);
	}
	fria_strings_dispose(&ids);
	return code;
}

static bool is_free(const importing *im, const char *id)
{
	char *key = fria_format("is:%s", id);
	bool there = json_object_get(im->known, key) != NULL;
	free(key);
	return !there && fria_id_ok(id) && !fria_strings_has(&im->former, id);
}

/* An id that an application had is not given out again: once, before the first
 * new one. */
static void learn_former(importing *im)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	if (!im->knows_former)
		fria_workspace_applications(&ids, im->ws, NULL, NULL);
	for (size_t i = 0; i < ids.n; i++)
		fria_application_claims(&im->former, im->ws, NULL,
					ids.items[i]);
	im->knows_former = true;
	fria_strings_dispose(&ids);
}

/* The name as an id, with a number where that is taken; the caller frees. */
static char *new_id(importing *im, const json_t *entry)
{
	fria_buf slug = FRIA_BUF_INIT;
	learn_former(im);
	fria_slug(&slug, fria_json_text(entry, "name"));
	if (!slug.n)
		fria_buf_puts(&slug, "algoritme");
	char *id = fria_strdup(slug.text);
	for (size_t n = 2; !is_free(im, id); n++) {
		free(id);
		id = fria_format("%.56s-%zu", slug.text, n);
	}
	fria_buf_dispose(&slug);
	char *key = fria_format("is:%s", id);
	json_object_set_new(im->known, key, json_true());
	free(key);
	return id;
}

/* --- what does not come in, and why --- */

static void say_name(const importing *im, fria_finding *f)
{
	fria_args_add(&f->args, "name", fria_json_text(im->row->entry, "name"));
}

static fria_finding *find(importing *im, fria_severity severity, fria_word word)
{
	fria_finding *f = fria_register_row_finding(
	    im->findings, im->row, severity, word, im->request->name);
	say_name(im, f);
	return f;
}

static void leave_out(importing *im, const fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	bool unsaved = err->code == FRIA_EREFUSED;
	fria_finding *f =
	    find(im, FRIA_SEVERE,
		 unsaved ? FRIA_W_import_unsaved : FRIA_W_import_left);
	fria_error_say(&text, err, im->ws->session.lang,
		       im->ws->session.buttons);
	if (!unsaved)
		fria_args_add(&f->args, "text", text.text);
	fria_buf_dispose(&text);
	im->result->left++;
}

/* A field that is not of its form, by its pointer "/received/goal". */
static void leave_field(importing *im, const fria_finding *wrong)
{
	const char *field = wrong->pointer + strlen("/received");
	char *fact = fria_format("/register%.*s",
				 (int)(1 + strcspn(field + 1, "/")), field);
	fria_buf text = FRIA_BUF_INIT;
	fria_finding *f = find(im, FRIA_SEVERE, FRIA_W_import_field);
	fria_finding_say(&text, wrong, im->ws->session.lang,
			 im->ws->session.buttons);
	fria_args_add(&f->args, "field",
		      fria_fact_title(fact, im->ws->session.lang));
	fria_args_add(&f->args, "text", text.text);
	if (f->pointer) {
		char *whole = fria_format("%s%s", f->pointer, field);
		free(f->pointer);
		f->pointer = whole;
	}
	fria_buf_dispose(&text);
	free(fact);
}

/* True if the entry has the form of one; else it is left out. */
static bool has_form(importing *im)
{
	fria_findings wrong = FRIA_FINDINGS_INIT;
	json_t *document = fria_json_pack("{s:O}", "received", im->row->entry);
	bool ok = fria_form_check(&im->forms, FRIA_FORM_ENTRY, document, NULL,
				  &wrong);
	for (size_t i = 0; i < wrong.n; i++)
		leave_field(im, &wrong.items[i]);
	im->result->left += !ok;
	json_decref(document);
	fria_findings_dispose(&wrong);
	return ok;
}

/* True if the file had an entry of this application before; names both. */
static bool is_twice(importing *im, const char *id)
{
	const char *first = id ? fria_json_text(im->taken, id) : NULL;
	if (!first)
		return false;
	fria_args_add(&find(im, FRIA_WARNING, FRIA_W_import_twice)->args,
		      "first", first);
	im->result->left++;
	return true;
}

static void mark_taken(importing *im, const char *id)
{
	const fria_register_row *row = im->row;
	char *place = row->line
			  ? fria_format("%s:%zu", im->request->name, row->line)
			  : fria_strdup(row->pointer);
	json_object_set_new(im->taken, id, fria_json_string(place));
	free(place);
}

/* --- what is to be recorded --- */

static void put_document(importing *im, const char *id, const char *name,
			 json_t *json)
{
	fria_recorded *r = FRIA_PUSH(&im->documents);
	*r = (fria_recorded){fria_workspace_path(id, name), json, NULL};
}

static void add(importing *im, const json_t *entry, json_t *from)
{
	char *id = new_id(im, entry), *path = fria_workspace_path(id, "entry");
	json_object_set_new(from, "release", fria_json_string(im->release));
	put_document(im, id, "application", release_first(id, from));
	put_document(im, id, "entry", release_entry(im->ws, path, entry));
	remember(im, entry, id);
	mark_taken(im, id);
	im->result->added++;
	free(path);
	free(id);
}

static void say_update(importing *im, const char *id,
		       const fria_strings *changed)
{
	fria_lang lang = im->ws->lang;
	fria_buf_printf(&im->updates, "%s: ", id);
	for (size_t i = 0; i < changed->n; i++)
		fria_buf_printf(&im->updates, "%s%s", i ? ", " : "",
				fria_fact_title(changed->items[i], lang));
	fria_buf_putc(&im->updates, '\n');
}

/* What is in the work tree of an application. */
typedef struct {
	const char *id;
	char *path, *entry_path;
	json_t *application, *entry;
} present;

/* Writes a document that is gone from the folder as it was last saved, and
 * says so. */
static int put_back(importing *im, const char *path, fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	json_t *json = NULL;
	int code = fria_store_state(&state, im->ws->store, path, err);
	if (code || state != FRIA_PATH_REMOVED)
		return code;
	code = fria_workspace_json(&json, im->ws, im->head, path, err);
	if (!code)
		code = fria_workspace_write(im->ws, path, json, err);
	if (!code)
		fria_args_add(
		    &find(im, FRIA_NOTE, FRIA_W_import_put_back)->args, "path",
		    path);
	json_decref(json);
	return code;
}

static int load(present *p, importing *im, const char *id, fria_error *err)
{
	*p = (present){id, fria_workspace_path(id, "application"),
		       fria_workspace_path(id, "entry"), NULL, NULL};
	int code = put_back(im, p->path, err);
	if (!code)
		code = put_back(im, p->entry_path, err);
	if (code)
		return code;
	fria_workspace_json(&p->entry, im->ws, NULL, p->entry_path, NULL);
	return fria_workspace_json(&p->application, im->ws, NULL, p->path, err);
}

static void unload(present *p)
{
	free(p->path);
	free(p->entry_path);
	json_decref(p->application);
	json_decref(p->entry);
}

static int release(importing *im, const present *p, json_t *after,
		   const json_t *entry, const fria_strings *changed,
		   fria_error *err)
{
	const char *was = fria_json_text(p->application, "release");
	int code = fria_refuse_unsaved(im->ws, p->path, p->id, err);
	if (!code)
		code = fria_refuse_unsaved(im->ws, p->entry_path, p->id, err);
	if (code)
		return code;
	if (was && strcmp(was, im->release) != 0)
		fria_release_check_record(after, im->release, NULL,
					  im->request->patch, im->by,
					  im->ws->session.now);
	put_document(im, p->id, "application", json_incref(after));
	put_document(im, p->id, "entry",
		     release_entry(im->ws, p->entry_path, entry));
	say_update(im, p->id, changed);
	im->result->updated++;
	return 0;
}

/* The next release, or nothing where no fact changed by substance. */
static int compare(importing *im, const present *p, const json_t *entry,
		   const json_t *from, fria_error *err)
{
	fria_strings changed = FRIA_STRINGS_INIT;
	json_t *after =
	    fria_application_release(p->application, im->release, from, false);
	fria_facts_differ(&changed, p->application, after);
	int code = 0;
	if (changed.n)
		code = release(im, p, after, entry, &changed, err);
	else
		im->result->same++;
	json_decref(after);
	fria_strings_dispose(&changed);
	return code;
}

static void update(importing *im, const char *id, const json_t *entry)
{
	fria_error err = FRIA_ERROR_INIT;
	present p;
	json_t *from = NULL;
	const json_t *received = NULL;
	int code = load(&p, im, id, &err);
	json_t *whole =
	    fria_register_settled(entry, json_object_get(p.entry, "received"));
	if (!code)
		code = fria_application_read(&from, &received, whole,
					     im->request->name, "entry", NULL,
					     &err);
	if (!code)
		code = compare(im, &p, whole, from, &err);
	if (code)
		leave_out(im, &err);
	mark_taken(im, id);
	json_decref(whole);
	json_decref(from);
	unload(&p);
}

static void add_new(importing *im, const json_t *entry)
{
	fria_error err = FRIA_ERROR_INIT;
	const json_t *received = NULL;
	json_t *from = NULL;
	json_t *whole = fria_register_settled(entry, NULL);
	if (fria_application_read(&from, &received, whole, im->request->name,
				  "entry", NULL, &err))
		leave_out(im, &err);
	else
		add(im, whole, from);
	json_decref(from);
	json_decref(whole);
}

static void judge(importing *im)
{
	const fria_register_row *row = im->row;
	const fria_register_place place = {
	    .file = im->request->name, .base = row->pointer, .line = row->line};
	fria_register_read_judge(im->findings, row->entry, &place,
				 im->ws->session.lang);
}

static void take_in(importing *im)
{
	fria_error err = FRIA_ERROR_INIT;
	json_t *entry = NULL;
	if (fria_json_enter(&entry, im->row->entry, im->request->name, &err)) {
		leave_out(im, &err);
		return;
	}
	const char *id = known_as(im, entry);
	if (id)
		json_object_set_new(im->seen, id, json_true());
	if (has_form(im) && !is_twice(im, id)) {
		judge(im);
		char *own = fria_strdup(id);
		if (own)
			update(im, own, entry);
		else
			add_new(im, entry);
		free(own);
	}
	json_decref(entry);
}

/* --- whose they are --- */

static bool is_of(const json_t *entry, const char *organisation)
{
	const char *own = fria_json_text(entry, "organization");
	return !organisation || (own && !strcasecmp(own, organisation));
}

/* At most a dozen names, those first in which the text stands. */
static void list_names(fria_buf *out, const fria_strings *names,
		       const char *text)
{
	size_t shown = 0;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < names->n; i++) {
			bool near = text && strcasestr(names->items[i], text);
			if (near != (round == 0) || shown > 12)
				continue;
			fria_buf_printf(out, "%s%s", shown ? "; " : "",
					shown == 12 ? "\u2026"
						    : names->items[i]);
			shown++;
		}
}

int fria_register_refuse_others(const fria_register_rows *rows,
				const char *organisation, const char *name,
				fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	bool found = false;
	int code = 0;
	fria_register_organisations(&names, rows);
	for (size_t i = 0; i < names.n; i++)
		found = found || !strcasecmp(names.items[i], organisation);
	list_names(&list, &names, organisation);
	if (!found) {
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_import_no_organisation,
			  "name", organisation, "names",
			  names.n ? list.text : "-", NULL);
		code = fria_fail_at(err, name, NULL, 0, 0);
	}
	fria_buf_dispose(&list);
	fria_strings_dispose(&names);
	return code;
}

/* Whose the entries are, where nobody said whose are meant. */
static void say_whose(importing *im, const fria_register_rows *rows)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	char count[24];
	fria_register_organisations(&names, rows);
	list_names(&list, &names, NULL);
	snprintf(count, sizeof count, "%zu", names.n);
	if (names.n > 1)
		fria_findings_add(im->findings, FRIA_NOTE,
				  FRIA_W_import_organisations,
				  im->request->name, NULL, "count", count,
				  "names", list.text, NULL);
	fria_buf_dispose(&list);
	fria_strings_dispose(&names);
}

static int look_whose(importing *im, const fria_register_rows *rows,
		      fria_error *err)
{
	if (im->request->organisation)
		return fria_register_refuse_others(
		    rows, im->request->organisation, im->request->name, err);
	say_whose(im, rows);
	return 0;
}

/* --- what is no longer there --- */

static bool is_retired(const importing *im, const char *id)
{
	json_t *application = NULL;
	char *path = fria_workspace_path(id, "application");
	read_either(&application, im, path, NULL);
	bool retired = fria_json_text(json_object_get(application, "in_use"),
				      "to") != NULL;
	json_decref(application);
	free(path);
	return retired;
}

static void tell_gone(importing *im, const char *id, const json_t *entry,
		      bool sure)
{
	for (size_t i = 0; numbers[i] && sure; i++)
		if (fria_json_text(entry, numbers[i]))
			break;
		else
			sure = numbers[i + 1] != NULL;
	fria_findings_add(im->findings, sure ? FRIA_WARNING : FRIA_NOTE,
			  sure ? FRIA_W_import_gone
			       : FRIA_W_import_gone_perhaps,
			  im->request->name, NULL, "name",
			  fria_json_text(entry, "name"), "id", id, NULL);
}

/*
 * Applications whose entry came from the register and is not in this list,
 * while it has others of the same organisation.
 */
static void find_gone(importing *im, const fria_register_rows *rows)
{
	json_t *whose = json_object(), *entry;
	const char *id;
	for (size_t i = 0; i < rows->n && rows->whole; i++) {
		const char *own =
		    fria_json_text(rows->items[i].entry, "organization");
		if (is_of(rows->items[i].entry, im->request->organisation))
			json_object_set_new(whose, own ? own : "", json_true());
	}
	json_object_foreach(im->before, id, entry) {
		const char *own = fria_json_text(entry, "organization");
		if (json_object_get(whose, own ? own : "") &&
		    !json_object_get(im->seen, id) && !is_retired(im, id))
			tell_gone(im, id, entry, !rows->broken);
	}
	json_decref(whose);
}

/* --- the whole --- */

static int record(importing *im, fria_error *err)
{
	char added[24], updated[24];
	fria_buf message = FRIA_BUF_INIT;
	if (!im->documents.n)
		return 0;
	snprintf(added, sizeof added, "%zu", im->result->added);
	snprintf(updated, sizeof updated, "%zu", im->result->updated);
	fria_say(&message, im->ws->lang, FRIA_W_commit_import, "added", added,
		 "updated", updated, NULL);
	fria_buf_printf(&message, "\n%s%s", im->updates.n ? "\n" : "",
			im->updates.text);
	int code = fria_record(im->result->commit, im->ws, im->documents.items,
			       im->documents.n, message.text, err);
	fria_buf_dispose(&message);
	return code;
}

static void begin(importing *im, const fria_session *s)
{
	fria_buf day = FRIA_BUF_INIT;
	fria_day_write(&day, fria_session_day(s));
	im->release = im->request->release ? fria_strdup(im->request->release)
					   : fria_strdup(day.text);
	im->by = fria_format("%s <%s>", s->name, s->email);
	im->taken = json_object();
	fria_buf_init(&im->updates);
	fria_buf_dispose(&day);
}

static void end(importing *im)
{
	for (size_t i = 0; i < im->documents.n; i++) {
		free((char *)(uintptr_t)im->documents.items[i].path);
		json_decref((json_t *)(uintptr_t)im->documents.items[i].json);
	}
	free(im->documents.items);
	json_decref(im->known);
	fria_strings_dispose(&im->former);
	json_decref(im->taken);
	json_decref(im->before);
	json_decref(im->seen);
	fria_forms_dispose(&im->forms);
	fria_buf_dispose(&im->updates);
	free(im->release);
	free(im->by);
}

int fria_register_import(fria_register_imported *out, fria_findings *findings,
			 fria_workspace *ws, const fria_register_rows *rows,
			 const fria_register_request *request, fria_error *err)
{
	importing im = {
	    .ws = ws, .request = request, .findings = findings, .result = out};
	*out = (fria_register_imported){.added = 0};
	fria_register_request own = *request;
	const fria_entering texts[] = {
	    {&own.name, FRIA_LINE, "FILE"},
	    {&own.release, FRIA_LINE | FRIA_OPTIONAL, "--release"},
	    {&own.organisation, FRIA_LINE | FRIA_OPTIONAL, "--organisation"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	im.request = &own;
	begin(&im, &ws->session);
	code = look_whose(&im, rows, err);
	if (!code)
		code = learn(&im, err);
	for (size_t i = 0; i < rows->n && !code; i++) {
		im.row = &rows->items[i];
		if (is_of(im.row->entry, own.organisation))
			take_in(&im);
		if (request->progress)
			request->progress(request->data, i + 1, rows->n);
	}
	if (!code)
		find_gone(&im, rows);
	if (!code)
		code = record(&im, err);
	end(&im);
	fria_act_end(ws);
	return code;
}
