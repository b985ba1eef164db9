/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Adopted versions for an archive: a folder for each, with what was recorded,
 * the report, attachments, checksums and metadata. All of it, for the inside:
 * an archive withholds nothing.
 */
#include "publishing_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_workspace *ws;
	const fria_snapshot *snapshot;
	const fria_tag *tag;
	char *folder;	/* of this version */
	fria_buf sums;	/* as sha256sum writes and checks them */
	fria_mdto mdto; /* the version, in the words of archives */
	fria_strings files;
} archiving;

/* Writes a file with its checksum; folders in its name are made. */
static int put_bytes(char sum[FRIA_SHA256_SIZE], archiving *a, const char *name,
		     const fria_buf *bytes, fria_error *err)
{
	char *path = fria_format("%s/%s", a->folder, name);
	char *slash = strrchr(path, '/');
	*slash = '\0';
	int code = fria_folder_make(path, err);
	*slash = '/';
	if (!code)
		code = fria_file_write(path, bytes->text, bytes->n, err);
	fria_sha256(sum, bytes->text, bytes->n);
	fria_buf_printf(&a->sums, "%s  %s\n", sum, name);
	free(path);
	return code;
}

/* The same with its metadata beside it. */
static int put(archiving *a, const char *name, const fria_buf *bytes,
	       fria_error *err)
{
	char sum[FRIA_SHA256_SIZE], own[FRIA_SHA256_SIZE];
	fria_buf xml = FRIA_BUF_INIT;
	char *beside = fria_format("%s.bestand.mdto.xml", name);
	int code = put_bytes(sum, a, name, bytes, err);
	const fria_mdto_bytes file = {name, bytes->n, sum};
	fria_mdto_file(&xml, &a->mdto, &file);
	fria_strings_add(&a->files, name);
	if (!code)
		code = put_bytes(own, a, beside, &xml, err);
	fria_buf_dispose(&xml);
	free(beside);
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
	char *instrument = fria_instrument_path(s->instrument->file);
	int code = put_recorded(a, s->path, "assessment.json", err);
	if (!code)
		code = put_recorded(a, application, FRIA_APPLICATION_FILE, err);
	if (!code)
		code = put_recorded(a, entry, FRIA_ENTRY_FILE, err);
	if (!code)
		code = put_recorded(a, instrument, "instrument.json", err);
	free(application);
	free(entry);
	free(instrument);
	return code;
}

/* What lies in a folder of the version's commit, with all below it. */
static int put_folder(archiving *a, const char *from, const char *to,
		      fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_store_list(&names, a->ws->store, a->snapshot->commit,
				   from, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *own = names.items[i], *slash = strrchr(own, '/');
		if (slash)
			*slash = '\0';
		char *path = fria_format("%s/%s", from, own);
		char *name = fria_format("%s/%s", to, own);
		code = slash ? put_folder(a, path, name, err)
			     : put_recorded(a, path, name, err);
		free(path);
		free(name);
	}
	fria_strings_dispose(&names);
	return code;
}

static int put_evidence(archiving *a, fria_error *err)
{
	char *from = fria_evidence_path(a->snapshot->application_id, "");
	int code = put_folder(a, from, FRIA_EVIDENCE, err);
	free(from);
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

/* --- what it is --- */

/* What the application says of its keeping, or else the workspace. */
static const char *kept_under(const archiving *a, const char *key)
{
	const char *own = fria_json_text(
	    json_object_get(a->snapshot->application, "archive"), key);
	return own ? own
		   : fria_json_text(json_object_get(a->ws->config, "archive"),
				    key);
}

/* The texts of the metadata: who frees them is end_metadata(). */
static void begin_metadata(archiving *a, const fria_presented *shown)
{
	const fria_snapshot *s = a->snapshot;
	fria_lang lang = a->ws->lang;
	const char *title = fria_instrument_title(s->instrument, lang);
	const char *name = fria_json_text(s->application, "name");
	const char *release = fria_json_text(s->application, "release");
	const char *tagger = fria_store_shown(a->ws->store, a->tag->tagger);
	fria_buf about = FRIA_BUF_INIT;
	fria_say(&about, lang, FRIA_W_archive_about, "instrument",
		 s->instrument->name, "release", release ? release : "-", NULL);
	a->mdto = (fria_mdto){
	    .tag = a->tag->name,
	    .commit = s->commit,
	    .name = fria_format("%s, %s %s", name ? name : s->application_id,
				title ? title : s->instrument->id, s->version),
	    .description = fria_buf_detach(&about),
	    .organisation = shown->report.organisation,
	    .by = tagger ? fria_strndup(tagger, fria_person_length(tagger))
			 : NULL,
	    .file = kept_under(a, "case"),
	    .selection = kept_under(a, "selection"),
	    .at = a->tag->at,
	    .now = a->ws->session.now,
	    .withheld = shown->redaction.withheld_n > 0,
	    .written = fria_assessment_language(s->assessment),
	    .lang = lang};
}

static void end_metadata(archiving *a)
{
	free((char *)(uintptr_t)a->mdto.name);
	free((char *)(uintptr_t)a->mdto.description);
	free((char *)(uintptr_t)a->mdto.by);
}

static int put_metadata(archiving *a, fria_error *err)
{
	char sum[FRIA_SHA256_SIZE];
	fria_buf xml = FRIA_BUF_INIT;
	char *name = fria_format("%s.mdto.xml", a->snapshot->version);
	fria_mdto_object(&xml, &a->mdto, &a->files);
	int code = put_bytes(sum, a, name, &xml, err);
	fria_buf_dispose(&xml);
	free(name);
	if (code)
		return code;
	char *path = fria_format("%s/checksums.sha256", a->folder);
	code = fria_file_write(path, a->sums.text, a->sums.n, err);
	free(path);
	return code;
}

/* All of a version, in its folder. */
static int put_all(archiving *a, const fria_presented *shown, fria_error *err)
{
	int code = put_documents(a, err);
	if (!code)
		code = put_evidence(a, err);
	if (!code)
		code = put_report(a, &shown->report, err);
	return code ? code : put_metadata(a, err);
}

/* --- versions --- */

/* One that may not go out, or cannot be read, is left out before a byte of it
 * is written. */
static int put_version(size_t *count, fria_findings *left_out,
		       fria_workspace *ws, const char *name,
		       const fria_tag *tag, const char *folder, fria_lang lang,
		       fria_error *err)
{
	fria_presented shown;
	fria_snapshot *s = NULL;
	fria_error broken = FRIA_ERROR_INIT;
	const char *version = strrchr(tag->name, '/') + 1;
	archiving a = {.ws = ws, .tag = tag};
	int code = fria_snapshot_load(&s, ws, name, version, &broken);
	if (!code)
		code =
		    fria_present(&shown, ws, s, FRIA_INTERNAL, lang, &broken);
	if (code) {
		fria_snapshot_free(s);
		return fria_findings_add_broken(left_out, tag->name, &broken,
						err);
	}
	a.snapshot = s;
	a.folder = fria_format("%s/%s/%s", folder, name, version);
	fria_buf_init(&a.sums);
	begin_metadata(&a, &shown);
	code = put_all(&a, &shown, err);
	end_metadata(&a);
	*count += !code;
	fria_presented_dispose(&shown);
	fria_buf_dispose(&a.sums);
	fria_strings_dispose(&a.files);
	free(a.folder);
	fria_snapshot_free(s);
	return code;
}

static int put_assessment(size_t *count, fria_findings *left_out,
			  fria_workspace *ws, const char *name,
			  const char *folder, fria_lang lang, fria_error *err)
{
	fria_tags versions = {NULL, 0};
	char *id, *own;
	int code = fria_workspace_name(&id, &own, name, err);
	if (code)
		return code;
	code = fria_snapshot_versions(&versions, ws, id, own, err);
	if (!code)
		code =
		    publish_name_strays(left_out, ws, id, own, versions.n, err);
	for (size_t i = 0; i < versions.n && !code; i++)
		code = put_version(count, left_out, ws, name,
				   &versions.items[i], folder, lang, err);
	fria_tags_dispose(&versions);
	free(id);
	free(own);
	return code;
}

/* --- aside, then in its place --- */

/* What is there while an archive is made: the folder was empty before. */
#define ASIDE ".archive.tmp"

/* The place of the application that an assessment (APP/NAME) is of. */
static char *application_folder(const char *folder, const char *name)
{
	return fria_format("%s/%.*s", folder, (int)strcspn(name, "/"), name);
}

/* Each application's folder comes whole; all that did go where one cannot. */
static int move_all(const char *folder, const char *aside,
		    const fria_strings *names, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < names->n && !code; i++) {
		char *from = application_folder(aside, names->items[i]);
		char *to = application_folder(folder, names->items[i]);
		bool made = fria_path_exists(from);
		if (made)
			fria_folder_remove(to); /* of one that was cut off */
		if (made && rename(from, to))
			code = fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write,
					    to, strerror(errno));
		free(from);
		free(to);
	}
	for (size_t i = 0; i < names->n && code; i++) {
		char *to = application_folder(folder, names->items[i]);
		fria_folder_remove(to);
		free(to);
	}
	return code;
}

int fria_archive(size_t *count, fria_findings *left_out, fria_workspace *ws,
		 const char *which, const char *folder, fria_lang lang,
		 fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *aside = fria_format("%s/" ASIDE, folder);
	bool own = !fria_path_exists(folder);
	int code = !strcmp(which, "-")
		       ? fria_workspace_recorded(&names, ws, err)
		       : fria_workspace_meant(&names, ws, which, err);
	*count = 0;
	if (!code && !fria_folder_empty(folder) && !fria_path_exists(aside))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_folder_not_empty,
				 "folder", folder, NULL);
	if (code)
		goto out;
	fria_folder_remove(aside);
	code = fria_folder_make(aside, err);
	for (size_t i = 0; i < names.n && !code; i++)
		code = put_assessment(count, left_out, ws, names.items[i],
				      aside, lang, err);
	if (!code && !*count && !left_out->n)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_archive_nothing,
				 "name", which, NULL);
	if (!code)
		code = move_all(folder, aside, &names, err);
	fria_folder_remove(aside);
	if (code && own && fria_folder_empty(folder))
		fria_folder_remove(folder);
out:
	fria_strings_dispose(&names);
	free(aside);
	return code;
}
