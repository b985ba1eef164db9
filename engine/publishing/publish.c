/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The entry for the register: drafted from what was adopted, held against what
 * was published, and kept beside the application. It sends nothing.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- adopted versions --- */

/* One that the entry names, with all that it is made of. */
typedef struct {
	fria_snapshot *s;
	fria_presented shown;
	char *link;
} adopted;

typedef struct {
	fria_register_version *items;
	adopted *made; /* stays where it is: items point into it */
	size_t n;
	char *reports; /* what our links start with, or NULL */
} versions;

static void dispose_versions(versions *all)
{
	for (size_t i = 0; i < all->n; i++) {
		fria_presented_dispose(&all->made[i].shown);
		fria_snapshot_free(all->made[i].s);
		free(all->made[i].link);
	}
	free(all->reports);
	free(all->made);
	free(all->items);
}

static int add_version(versions *all, fria_workspace *ws, const char *id,
		       const char *name, fria_error *err)
{
	size_t last = fria_snapshot_last(ws, id, name);
	adopted *a = &all->made[all->n];
	char *full = fria_format("%s/%s", id, name);
	char *version = fria_format("v%zu", last);
	fria_snapshot *now = NULL;
	int code = last ? fria_snapshot_load(&now, ws, full, NULL, err) : 0;
	/* One that has an adopted version itself stands in its place. */
	bool wanted = now && !(now->superseded &&
			       fria_snapshot_last(ws, id, now->superseded));
	if (wanted)
		code = fria_snapshot_load(&a->s, ws, full, version, err);
	if (wanted && !code)
		code = fria_present(&a->shown, ws, a->s, FRIA_PUBLIC, FRIA_NL,
				    err);
	if (wanted && !code) {
		if (all->reports)
			a->link = fria_format("%s%s/%s.html", all->reports,
					      name, version);
		all->items[all->n++] = (fria_register_version){
		    .name = a->shown.name,
		    .version = a->s->version,
		    .at = a->s->at,
		    .link = a->link,
		    .input = &a->shown.standing.input,
		    .evaluation = &a->shown.standing.result,
		    .withheld = a->shown.redaction.withheld,
		    .withheld_n = a->shown.redaction.withheld_n};
	} else {
		fria_snapshot_free(a->s);
		*a = (adopted){.s = NULL};
	}
	fria_snapshot_free(now);
	free(version);
	free(full);
	return code;
}

static int find_versions(versions *out, fria_workspace *ws, const char *id,
			 fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	*out = (versions){fria_calloc(names.n + 1, sizeof *out->items),
			  fria_calloc(names.n + 1, sizeof *out->made), 0,
			  publish_address(ws, id)};
	for (size_t i = 0; i < names.n && !code; i++)
		code = add_version(out, ws, id, names.items[i], err);
	fria_strings_dispose(&names);
	return code;
}

/* --- the draft --- */

int publish_read_entry(json_t **out, const fria_workspace *ws, const char *path,
		       fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_workspace_json(out, ws, NULL, path, &inner);
	if (code == FRIA_ENOTFOUND) {
		*out = fria_json_pack("{s:s}", "$schema",
				      "../../schemas/entry.schema.json");
		code = 0;
	} else if (code && err) {
		*err = inner;
	}
	return code;
}

static int draft(fria_published *out, fria_workspace *ws, const char *id,
		 const json_t *application, fria_error *err)
{
	versions all;
	char *path = fria_workspace_path(id, "entry");
	int code = find_versions(&all, ws, id, err);
	if (!code)
		code = publish_read_entry(&out->kept, ws, path, err);
	if (!code) {
		json_t *shown =
		    fria_redact_application(application, FRIA_PUBLIC, NULL);
		const fria_register_input in = {
		    .application = shown,
		    .withheld = json_object_get(application, "withheld"),
		    .received = json_object_get(out->kept, "received"),
		    .reports = all.reports,
		    .versions = all.items,
		    .n = all.n};
		fria_register_draft_make(&out->draft, &in);
		const fria_register_place place = {
		    .application = id, .sources = &out->draft.sources};
		code = publish_refuse_personal(shown, NULL, application, NULL,
					       id, ws->session.lang, err);
		fria_register_judge(&out->findings, out->draft.entry, &place,
				    ws->session.lang);
		json_decref(shown);
	}
	dispose_versions(&all);
	free(path);
	return code;
}

void fria_published_dispose(fria_published *p)
{
	fria_register_draft_dispose(&p->draft);
	fria_findings_dispose(&p->findings);
	json_decref(p->kept);
	*p = (fria_published){.kept = NULL};
}

/* --- export --- */

int publish_keep(fria_workspace *ws, const char *id, json_t *entry,
		 fria_word said, fria_error *err)
{
	static const char *const keys[] = {"$schema", "received", "written",
					   "sent",    "sent_at",  NULL};
	char commit[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, "entry");
	fria_buf message = FRIA_BUF_INIT;
	fria_json_order(entry, keys);
	fria_say(&message, ws->lang, said, "id", id, NULL);
	fria_buf_putc(&message, '\n');
	const fria_recorded document = {path, entry, NULL};
	int code = fria_record(commit, ws, &document, 1, message.text, err);
	fria_buf_dispose(&message);
	free(path);
	return code;
}

int publish_draft(fria_published *out, fria_workspace *ws, const char *id,
		  fria_error *err)
{
	json_t *application = NULL;
	char *path = fria_workspace_path(id, "entry");
	*out = (fria_published){.kept = NULL};
	int code = fria_application_saved(&application, ws, id, err);
	if (!code)
		code = fria_refuse_unsaved(ws, path, path, err);
	if (!code)
		code = draft(out, ws, id, application, err);
	json_decref(application);
	free(path);
	if (code)
		fria_published_dispose(out);
	return code;
}

/* --- the entry as it was last written --- */

/* Fields that something withheld fills are as they would be written now. */
static int veil_written(json_t *written, fria_workspace *ws, const char *id,
			fria_error *err)
{
	fria_published p = {.kept = NULL};
	json_t *application = NULL;
	int code = publish_today(&application, ws, id, "application", err);
	if (!code && application)
		code = draft(&p, ws, id, application, err);
	for (size_t i = 0; i < p.draft.veiled.n; i++) {
		const char *field = p.draft.veiled.items[i];
		json_t *now = json_object_get(p.draft.entry, field);
		if (json_object_get(written, field) && now)
			json_object_set(written, field, now);
		else
			json_object_del(written, field);
	}
	fria_published_dispose(&p);
	json_decref(application);
	return code;
}

int publish_written(json_t **out, fria_workspace *ws, const char *id,
		    bool veiled, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, "entry");
	json_t *kept = NULL;
	int code = 0;
	if (fria_store_head(head, ws->store))
		fria_workspace_json(&kept, ws, head, path, NULL);
	json_t *written = json_copy(json_object_get(kept, "written"));
	if (json_is_object(written) && veiled)
		code = veil_written(written, ws, id, err);
	if (!code && json_is_object(written))
		*out = json_incref(written);
	json_decref(written);
	json_decref(kept);
	free(path);
	return code;
}

/* Keeps what was written, so that it is known when it comes back. */
int fria_register_export(fria_published *out, fria_workspace *ws,
			 const char *id, fria_error *err)
{
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = publish_draft(out, ws, id, err);
	if (!code) {
		json_t *now = json_copy(out->kept);
		json_object_set(now, "written", out->draft.entry);
		code = publish_keep(ws, id, now, FRIA_W_commit_entry, err);
		json_decref(now);
		if (code)
			fria_published_dispose(out);
	}
	fria_act_end(ws);
	return code;
}

/* --- echoes --- */

static bool is_equal(const char *field, const json_t *a, const json_t *b)
{
	char *pointer = fria_format("/register/%s", field);
	json_t *one = fria_fact_compared(pointer, a, FRIA_RULES);
	json_t *other = fria_fact_compared(pointer, b, FRIA_RULES);
	bool equal = !json_is_null(one) && json_equal(one, other);
	json_decref(one);
	json_decref(other);
	free(pointer);
	return equal;
}

/* Fields of what comes in that are empty now and as they were written. */
static void list_echoes(fria_strings *out, const json_t *comes,
			const json_t *application, const json_t *written)
{
	const json_t *facts = json_object_get(application, "register");
	const char *field;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)comes, field, value) {
		json_t *now = json_object_get(facts, field);
		if (is_equal(field, value, json_object_get(written, field)) &&
		    !is_equal(field, now, now))
			fria_strings_add(out, field);
	}
}

static void drop_written(json_t *from, const fria_strings *fields,
			 const fria_register_draft *d)
{
	json_t *rest = json_copy(json_object_get(from, "register"));
	for (size_t i = 0; i < fields->n; i++) {
		const char *field = fields->items[i];
		const fria_field_sources *of =
		    fria_sources_find(&d->sources, field);
		if (of && of->items[0].from == FRIA_FROM_ANSWER &&
		    is_equal(field, json_object_get(rest, field),
			     json_object_get(d->entry, field)))
			json_object_del(rest, field);
	}
	json_object_set_new(from, "register", rest);
}

int fria_publish_drop_echoes(json_t *from, fria_workspace *ws, const char *id,
			     const json_t *application, fria_error *err)
{
	fria_strings fields = FRIA_STRINGS_INIT;
	fria_published p = {.kept = NULL};
	json_t *kept = NULL;
	char *path = fria_workspace_path(id, "entry");
	const json_t *comes = json_object_get(from, "register");
	int code = comes ? publish_read_entry(&kept, ws, path, err) : 0;
	if (!code)
		list_echoes(&fields, comes, application,
			    json_object_get(kept, "written"));
	if (!code && fields.n)
		code = draft(&p, ws, id, application, err);
	if (!code && fields.n)
		drop_written(from, &fields, &p.draft);
	fria_published_dispose(&p);
	fria_strings_dispose(&fields);
	json_decref(kept);
	free(path);
	return code;
}

/* --- check --- */

static bool same_member(const json_t *a, const json_t *b, const char *key)
{
	const char *text = fria_json_text(a, key);
	return text && *text && fria_json_says(b, key, text);
}

/* The entry in a file: the only one, that with a number of ours, or that of
 * the same name. */
static const fria_register_row *pick(const fria_register_rows *rows,
				     const json_t *ours, const json_t *kept)
{
	static const char *const keys[] = {"lars", "source_id", "uuid",
					   "id",   "name",	NULL};
	if (rows->n == 1)
		return &rows->items[0];
	for (size_t k = 0; keys[k]; k++)
		for (size_t i = 0; i < rows->n; i++)
			if (same_member(kept, rows->items[i].entry, keys[k]) ||
			    same_member(ours, rows->items[i].entry, keys[k]))
				return &rows->items[i];
	return NULL;
}

/* What the file is silent about is as it came in before. */
static int compare_file(fria_register_checked *out, fria_workspace *ws,
			const fria_register_rows *rows, const char *file_name,
			fria_error *err)
{
	const json_t *kept = json_object_get(out->published.kept, "received");
	const fria_register_row *row =
	    pick(rows, out->published.draft.entry, kept);
	out->against = "file";
	if (!row)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_register_no_entry,
				 "file", file_name, NULL);
	const fria_register_place place = {
	    .file = file_name, .base = row->pointer, .line = row->line};
	json_t *entry = rows->partial ? fria_register_settled(row->entry, kept)
				      : json_incref(row->entry);
	fria_register_compare(&out->fields, entry, &out->published.draft);
	fria_register_judge(&out->published.findings, entry, &place,
			    ws->session.lang);
	json_decref(entry);
	return 0;
}

static void compare_kept(fria_register_checked *out)
{
	static const char *const states[] = {"sent", "received", NULL};
	const json_t *entry = NULL;
	for (size_t i = 0; states[i] && !entry; i++) {
		entry = json_object_get(out->published.kept, states[i]);
		out->against = entry ? states[i] : NULL;
	}
	fria_register_compare(&out->fields, entry, &out->published.draft);
}

int fria_register_check(fria_register_checked *out, fria_workspace *ws,
			const char *id, const fria_register_rows *rows,
			const char *file_name, fria_error *err)
{
	json_t *application = NULL;
	*out = (fria_register_checked){.against = NULL};
	int code = fria_application_saved(&application, ws, id, err);
	if (!code)
		code = draft(&out->published, ws, id, application, err);
	if (!code && rows)
		code = compare_file(out, ws, rows, file_name, err);
	else if (!code)
		compare_kept(out);
	json_decref(application);
	if (code)
		fria_register_checked_dispose(out);
	return code;
}

void fria_register_checked_dispose(fria_register_checked *checked)
{
	fria_published_dispose(&checked->published);
	fria_fields_compared_dispose(&checked->fields);
	*checked = (fria_register_checked){.against = NULL};
}
