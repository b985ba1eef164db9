/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Adopted versions for an archive: a folder for each, with what was recorded,
 * the report, attachments, checksums and metadata. All of it, for the inside:
 * an archive withholds nothing.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_workspace *ws;
	const fria_snapshot *snapshot;
	const fria_tag *tag;
	char *folder;  /* of this version */
	fria_buf sums; /* as sha256sum writes and checks them */
	json_t *files;
} archiving;

static int put(archiving *a, const char *name, const fria_buf *bytes,
	       fria_error *err)
{
	char sum[FRIA_SHA256_SIZE];
	char *path = fria_format("%s/%s", a->folder, name);
	int code = fria_file_write(path, bytes->text, bytes->n, err);
	fria_sha256(sum, bytes->text, bytes->n);
	fria_buf_printf(&a->sums, "%s  %s\n", sum, name);
	json_array_append_new(
	    a->files, json_pack("{s:s, s:I, s:{s:s, s:s}}", "naam", name,
				"omvang", (json_int_t)bytes->n, "checksum",
				"algoritme", "SHA-256", "waarde", sum));
	free(path);
	return code;
}

/* A file as the version's commit holds it; one that is not there is none. */
static int put_recorded(archiving *a, const char *path, const char *name,
			fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_store_read(&bytes, a->ws->store, a->snapshot->commit,
				   path, &inner);
	if (code && code != FRIA_ENOTFOUND && err)
		*err = inner;
	code = code == FRIA_ENOTFOUND ? 0
	       : code		      ? code
				      : put(a, name, &bytes, err);
	fria_buf_dispose(&bytes);
	return code;
}

static int put_documents(archiving *a, fria_error *err)
{
	const fria_snapshot *s = a->snapshot;
	char *application =
	    fria_workspace_path(s->application_id, "application");
	char *entry = fria_workspace_path(s->application_id, "entry");
	char *instrument =
	    fria_format("instruments/%s.json", s->instrument->file);
	int code = put_recorded(a, s->path, "assessment.json", err);
	if (!code)
		code = put_recorded(a, application, "application.json", err);
	if (!code)
		code = put_recorded(a, entry, "entry.json", err);
	if (!code)
		code = put_recorded(a, instrument, "instrument.json", err);
	free(application);
	free(entry);
	free(instrument);
	return code;
}

static int put_evidence(archiving *a, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *from =
	    fria_format("assessments/%s/evidence", a->snapshot->application_id);
	char *to = fria_format("%s/evidence", a->folder);
	int code = fria_store_list(&names, a->ws->store, a->snapshot->commit,
				   from, err);
	if (!code && names.n)
		code = fria_folder_make(to, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *path = fria_format("%s/%s", from, names.items[i]);
		char *name = fria_format("evidence/%s", names.items[i]);
		if (!strchr(names.items[i], '/'))
			code = put_recorded(a, path, name, err);
		free(path);
		free(name);
	}
	fria_strings_dispose(&names);
	free(from);
	free(to);
	return code;
}

/* --- the report, to be read without the program --- */

static int put_report(archiving *a, const fria_report *report, fria_error *err)
{
	char *name = NULL, *text = NULL;
	fria_document *doc = NULL;
	fria_buf html = FRIA_BUF_INIT, markdown = FRIA_BUF_INIT;
	const char *svg;
	int code = fria_template_read(&name, &text, a->ws, "report",
				      report->lang, err);
	if (!code)
		code = fria_report_make(&doc, report, name, text, err);
	if (!code) {
		fria_document_html(&html, doc);
		code = put(a, "report.html", &html, err);
	}
	if (!code) {
		fria_document_pictures(doc, "report");
		fria_document_markdown(&markdown, doc);
		code = put(a, "report.md", &markdown, err);
	}
	for (size_t i = 1;
	     !code && doc && (svg = fria_document_picture(doc, i)); i++) {
		const fria_buf bytes = {(char *)(uintptr_t)svg, strlen(svg), 0};
		char *picture = fria_format("report-%zu.svg", i);
		code = put(a, picture, &bytes, err);
		free(picture);
	}
	fria_buf_dispose(&html);
	fria_buf_dispose(&markdown);
	fria_document_free(doc);
	free(name);
	free(text);
	return code;
}

/* --- what it is, in the terms of MDTO --- */

static json_t *metadata_of(const archiving *a, const fria_report *report)
{
	const fria_snapshot *s = a->snapshot;
	const char *adopted =
	    fria_word_text(FRIA_W_archive_adopted, a->ws->lang);
	const char *title = fria_text(
	    json_object_get(s->instrument->json, "name"), a->ws->lang);
	const char *name = fria_json_text(s->application, "name");
	fria_buf day = FRIA_BUF_INIT;
	fria_time_write(&day, a->tag->at);
	char *full = fria_format("%s, %s %s", name ? name : s->application_id,
				 title ? title : s->instrument->id, s->version);
	json_t *out = json_pack(
	    "{s:[{s:s, s:s}, {s:s, s:s}], s:s, s:s, s:{s:s}, s:[{s:s, s:s, "
	    "s:{s:s}}], s:s, s:s?, s:O}",
	    "identificatie", "identificatieKenmerk", a->tag->name,
	    "identificatieBron", "git-tag", "identificatieKenmerk", s->commit,
	    "identificatieBron", "git-commit", "naam", full, "taal",
	    fria_lang_code(fria_assessment_language(s->assessment)),
	    "archiefvormer", "verwijzingNaam",
	    report->organisation ? report->organisation : "", "event",
	    "eventType", adopted, "eventTijd", day.text,
	    "eventVerantwoordelijkeActor", "verwijzingNaam",
	    a->tag->tagger ? a->tag->tagger : "", "instrument",
	    s->instrument->name, "release",
	    fria_json_text(s->application, "release"), "bestanden", a->files);
	fria_buf_dispose(&day);
	free(full);
	return out;
}

static int put_metadata(archiving *a, const fria_report *report,
			fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *metadata = metadata_of(a, report);
	fria_json_write(&bytes, metadata);
	int code = put(a, "metadata.json", &bytes, err);
	json_decref(metadata);
	fria_buf_dispose(&bytes);
	if (code)
		return code;
	char *path = fria_format("%s/checksums.sha256", a->folder);
	code = fria_file_write(path, a->sums.text, a->sums.n, err);
	free(path);
	return code;
}

/* --- versions --- */

static int put_version(fria_workspace *ws, const char *name,
		       const fria_tag *tag, const char *folder, fria_lang lang,
		       fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_presented shown;
	const char *version = strrchr(tag->name, '/') + 1;
	archiving a = {.ws = ws, .tag = tag};
	int code = fria_snapshot_load(&s, ws, name, version, err);
	if (code)
		return code;
	a.snapshot = s;
	a.folder = fria_format("%s/%s/%s", folder, name, version);
	a.files = json_array();
	fria_buf_init(&a.sums);
	code = fria_folder_make(a.folder, err);
	if (!code)
		code = put_documents(&a, err);
	if (!code)
		code = put_evidence(&a, err);
	if (!code)
		code = fria_present(&shown, ws, s, FRIA_INTERNAL, lang, err);
	if (!code) {
		code = put_report(&a, &shown.report, err);
		if (!code)
			code = put_metadata(&a, &shown.report, err);
		fria_presented_dispose(&shown);
	}
	fria_buf_dispose(&a.sums);
	json_decref(a.files);
	free(a.folder);
	fria_snapshot_free(s);
	return code;
}

static int put_assessment(size_t *count, fria_workspace *ws, const char *id,
			  const char *own, const char *folder, fria_lang lang,
			  fria_error *err)
{
	fria_tags versions = {NULL, 0};
	char *name = fria_format("%s/%s", id, own);
	int code = fria_snapshot_versions(&versions, ws, id, own, err);
	for (size_t i = 0; i < versions.n && !code; i++) {
		code = put_version(ws, name, &versions.items[i], folder, lang,
				   err);
		*count += !code;
	}
	fria_tags_dispose(&versions);
	free(name);
	return code;
}

static int put_application(size_t *count, fria_workspace *ws, const char *id,
			   const char *folder, fria_lang lang, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++)
		code = put_assessment(count, ws, id, names.items[i], folder,
				      lang, err);
	fria_strings_dispose(&names);
	return code;
}

int fria_archive(size_t *count, fria_workspace *ws, const char *name,
		 const char *folder, fria_lang lang, fria_error *err)
{
	char *id = NULL, *own = NULL;
	int code = 0;
	*count = 0;
	if (strchr(name, '/'))
		code = fria_workspace_name(&id, &own, name, err);
	else if (!fria_id_ok(name))
		code =
		    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_application,
			      "application", name, NULL);
	if (!code && !fria_folder_empty(folder))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_archive_not_empty,
				 "folder", folder, NULL);
	if (!code && id)
		code = put_assessment(count, ws, id, own, folder, lang, err);
	else if (!code)
		code = put_application(count, ws, name, folder, lang, err);
	if (!code && !*count)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_archive_nothing,
				 "name", name, NULL);
	free(id);
	free(own);
	return code;
}
