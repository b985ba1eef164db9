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

typedef struct {
	fria_workspace *ws;
	const fria_register_request *request;
	fria_findings *findings;
	fria_register_imported *result;
	char *release, *by;
	json_t *known; /* "lars:123" to the id of an application */
	struct {
		fria_recorded *items; /* both members owned */
		size_t n;
	} documents;
	fria_buf updates; /* a line for each, for the message */
} import;

/* --- which application an entry is --- */

static const char *const numbers[] = {"lars", "source_id", "uuid", "id", NULL};

/* By its name within its organisation, where it has no number. */
static char *name_key(const json_t *entry)
{
	const char *organisation = fria_json_text(entry, "organization");
	return fria_format("name:%s|%s", fria_json_text(entry, "name"),
			   organisation ? organisation : "");
}

static void remember(import *im, const json_t *entry, const char *id)
{
	for (size_t i = 0; numbers[i]; i++) {
		const char *number = fria_json_text(entry, numbers[i]);
		if (!number || !*number)
			continue;
		char *key = fria_format("%s:%s", numbers[i], number);
		json_object_set_new(im->known, key, json_string(id));
		free(key);
	}
	if (!fria_json_text(entry, "name"))
		return;
	char *key = name_key(entry);
	json_object_set_new(im->known, key, json_string(id));
	free(key);
}

static const char *known_as(const import *im, const json_t *entry)
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

/* What is here already: ids, and the entries that they came from. */
static int learn(import *im, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code = fria_workspace_applications(&ids, im->ws, NULL, err);
	im->known = json_object();
	for (size_t i = 0; i < ids.n && !code; i++) {
		json_t *entry = NULL;
		char *path = fria_workspace_path(ids.items[i], "entry");
		char *key = fria_format("is:%s", ids.items[i]);
		json_object_set_new(im->known, key, json_true());
		if (!fria_workspace_json(&entry, im->ws, NULL, path, NULL))
			remember(im, json_object_get(entry, "received"),
				 ids.items[i]);
		json_decref(entry);
		free(key);
		free(path);
	}
	fria_strings_dispose(&ids);
	return code;
}

static bool is_free(const import *im, const char *id)
{
	char *key = fria_format("is:%s", id);
	bool there = json_object_get(im->known, key) != NULL;
	free(key);
	return !there && fria_id_ok(id);
}

/* The name as an id, with a number where that is taken; the caller frees. */
static char *new_id(import *im, const json_t *entry)
{
	fria_buf slug = FRIA_BUF_INIT;
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

/* --- what is to be recorded --- */

static void put_document(import *im, const char *id, const char *name,
			 json_t *json)
{
	fria_recorded *r = FRIA_PUSH(&im->documents);
	r->path = fria_workspace_path(id, name);
	r->json = json;
}

static void add(import *im, const json_t *entry, json_t *from)
{
	char *id = new_id(im, entry), *path = fria_workspace_path(id, "entry");
	json_object_set_new(from, "release", json_string(im->release));
	put_document(im, id, "application", release_first(id, from));
	put_document(im, id, "entry", release_entry(im->ws, path, entry));
	remember(im, entry, id);
	im->result->added++;
	free(path);
	free(id);
}

static void say_update(import *im, const char *id, const fria_strings *changed)
{
	fria_lang lang = im->ws->lang;
	fria_buf_printf(&im->updates, "%s: ", id);
	for (size_t i = 0; i < changed->n; i++)
		fria_buf_printf(&im->updates, "%s%s", i ? ", " : "",
				fria_fact_title(changed->items[i], lang));
	fria_buf_putc(&im->updates, '\n');
}

static void leave_out(import *im, const json_t *entry, const fria_error *err)
{
	if (err->code == FRIA_EREFUSED)
		fria_findings_add(im->findings, FRIA_SEVERE,
				  FRIA_W_import_unsaved, im->request->name,
				  NULL, "application",
				  fria_json_text(entry, "name"), NULL);
	else
		fria_findings_add_error(im->findings, err);
	im->result->left++;
}

/* What is in the work tree of an application. */
typedef struct {
	const char *id;
	char *path, *entry_path;
	json_t *application, *entry;
} present;

static int load(present *p, const import *im, const char *id, fria_error *err)
{
	*p = (present){id, fria_workspace_path(id, "application"),
		       fria_workspace_path(id, "entry"), NULL, NULL};
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

static int release(import *im, const present *p, json_t *after,
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
static int compare(import *im, const present *p, const json_t *entry,
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

static void update(import *im, const char *id, const json_t *entry)
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
		leave_out(im, entry, &err);
	json_decref(whole);
	json_decref(from);
	unload(&p);
}

static void take_in(import *im, const json_t *entry)
{
	fria_error err = FRIA_ERROR_INIT;
	const char *id = known_as(im, entry);
	const json_t *received = NULL;
	json_t *from = NULL;
	if (id) {
		char *own = fria_strdup(id);
		update(im, own, entry);
		free(own);
		return;
	}
	json_t *whole = fria_register_settled(entry, NULL);
	if (fria_application_read(&from, &received, whole, im->request->name,
				  "entry", NULL, &err))
		leave_out(im, entry, &err);
	else
		add(im, whole, from);
	json_decref(from);
	json_decref(whole);
}

/* --- the whole --- */

static int record(import *im, fria_error *err)
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

static void begin(import *im, const fria_session *s)
{
	fria_buf day = FRIA_BUF_INIT;
	/* NOLINTNEXTLINE */
	fria_day_write(&day, s->now + s->offset * 60);
	im->release = im->request->release ? fria_strdup(im->request->release)
					   : fria_strdup(day.text);
	im->by = fria_format("%s <%s>", s->name, s->email);
	fria_buf_init(&im->updates);
	fria_buf_dispose(&day);
}

static void end(import *im)
{
	for (size_t i = 0; i < im->documents.n; i++) {
		free((char *)(uintptr_t)im->documents.items[i].path);
		json_decref((json_t *)(uintptr_t)im->documents.items[i].json);
	}
	free(im->documents.items);
	json_decref(im->known);
	fria_buf_dispose(&im->updates);
	free(im->release);
	free(im->by);
}

int fria_register_import(fria_register_imported *out, fria_findings *findings,
			 fria_workspace *ws, const json_t *entries,
			 const fria_register_request *request, fria_error *err)
{
import im = {.ws = ws, .request = request, .findings = findings, .result = out };
	*out = (fria_register_imported){.added = 0};
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	begin(&im, &ws->session);
	code = learn(&im, err);
	size_t n = json_array_size(entries);
	for (size_t i = 0; i < n && !code; i++) {
		take_in(&im, json_array_get(entries, i));
		if (request->progress)
			request->progress(request->data, i + 1, n);
	}
	if (!code)
		code = record(&im, err);
	end(&im);
	fria_act_end(ws);
	return code;
}
