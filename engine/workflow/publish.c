/* SPDX-License-Identifier: EUPL-1.2 */
/* The entry for the register, with what was written kept beside it. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_register_report *items;
	size_t n;
} reports;

static void dispose(reports *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free((char *)(uintptr_t)list->items[i].title);
		free((char *)(uintptr_t)list->items[i].link);
	}
	free(list->items);
}

static char *link_of(const fria_workspace *ws, const char *id, const char *name,
		     const char *version)
{
	const char *base = fria_json_text(ws->config, "reports");
	if (!base || !*base)
		return NULL;
	return fria_format("%s%s%s/%s/%s.html", base,
			   base[strlen(base) - 1] == '/' ? "" : "/", id, name,
			   version);
}

static void add_versions(reports *list, const fria_workspace *ws,
			 const char *id, const fria_snapshot *s,
			 const fria_tags *versions)
{
	const char *title =
	    fria_text(json_object_get(s->instrument->json, "name"), FRIA_NL);
	for (size_t i = 0; i < versions->n; i++) {
		const fria_tag *tag = &versions->items[i];
		const char *version = strrchr(tag->name, '/') + 1;
		fria_buf day = FRIA_BUF_INIT;
		fria_day_write(&day, tag->at);
		fria_register_report *r = FRIA_PUSH(list);
		r->title =
		    fria_format("%s %s (%s)", title ? title : s->instrument->id,
				version, day.text);
		r->link = link_of(ws, id, s->name, version);
		fria_buf_dispose(&day);
	}
}

static int find_reports(reports *out, const fria_workspace *ws, const char *id,
			fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_tags versions = {NULL, 0};
		fria_snapshot *s = NULL;
		char *full = fria_format("%s/%s", id, names.items[i]);
		code = fria_snapshot_load(&s, ws, full, NULL, err);
		if (!code)
			code = fria_snapshot_versions(&versions, ws, id,
						      names.items[i], err);
		if (!code)
			add_versions(out, ws, id, s, &versions);
		fria_tags_dispose(&versions);
		fria_snapshot_free(s);
		free(full);
	}
	fria_strings_dispose(&names);
	return code;
}

/* Keeps what was written, so that it is known when it comes back. */
static int keep(fria_workspace *ws, const char *id, const char *path,
		json_t *kept, const json_t *entry, fria_error *err)
{
	static const char *const keys[] = {"$schema", "received", "written",
					   "sent", NULL};
	char commit[FRIA_ID_SIZE];
	fria_buf message = FRIA_BUF_INIT;
	json_object_set(kept, "written", (json_t *)(uintptr_t)entry);
	fria_json_order(kept, keys);
	fria_say(&message, ws->lang, FRIA_W_commit_entry, "id", id, NULL);
	fria_buf_putc(&message, '\n');
	const fria_recorded document = {path, kept};
	int code = fria_record(commit, ws, &document, 1, message.text, err);
	fria_buf_dispose(&message);
	return code;
}

static int read_entry(json_t **out, const fria_workspace *ws, const char *path,
		      fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_workspace_json(out, ws, NULL, path, &inner);
	if (code == FRIA_ENOTFOUND) {
		*out = json_pack("{s:s}", "$schema",
				 "../../schemas/entry.schema.json");
		code = 0;
	} else if (code && err) {
		*err = inner;
	}
	return code;
}

static int export(json_t **out, fria_workspace *ws, const char *id,
		  const json_t *application, fria_error *err)
{
	reports list = {NULL, 0};
	json_t *kept = NULL;
	char *path = fria_workspace_path(id, "entry");
	int code = fria_refuse_unsaved(ws, path, path, err);
	if (!code)
		code = read_entry(&kept, ws, path, err);
	if (!code)
		code = find_reports(&list, ws, id, err);
	if (!code) {
		*out = fria_register_entry(application,
					   json_object_get(kept, "received"),
					   list.items, list.n);
		code = keep(ws, id, path, kept, *out, err);
	}
	dispose(&list);
	json_decref(kept);
	free(path);
	return code;
}

int fria_register_export(json_t **out, fria_workspace *ws, const char *id,
			 fria_error *err)
{
	json_t *application = NULL;
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	code = fria_application_saved(&application, ws, id, err);
	if (!code)
		code = export(out, ws, id, application, err);
	json_decref(application);
	fria_act_end(ws);
	return code;
}
