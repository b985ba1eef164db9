/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One assessment with its instrument, application and siblings, as they stood
 * together at one moment. It judges nothing (standing.c does).
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

static bool is_version(const char *text)
{
	return text[0] == 'v' && text[1] >= '1' && text[1] <= '9' &&
	       strspn(text + 1, "0123456789") == strlen(text + 1);
}

int fria_versions_beyond(fria_strings *out, const fria_workspace *ws,
			 const char *application, const char *name, size_t last,
			 fria_error *err)
{
	char *stem = fria_tag_stem(ws, application, name);
	char *prefix = fria_format("refs/tags/%s", stem);
	fria_refs all = {NULL, 0};
	int code = fria_store_refs(&all, ws->store, prefix, err);
	for (size_t i = 0; i < all.n; i++) {
		const char *own = all.items[i].name + strlen(prefix);
		if (is_version(own) && strtoul(own + 1, NULL, 10) > last)
			fria_strings_add(out, own);
	}
	fria_refs_dispose(&all);
	free(prefix);
	free(stem);
	return code;
}

void fria_snapshot_content(char out[FRIA_CONTENT_SIZE], const fria_snapshot *s,
			   fria_rules rules)
{
	char *name = fria_format("%s/%s", s->application_id, s->name);
	fria_content_digest(out, s->instrument, s->assessment, s->application,
			    s->evidence, name, rules);
	free(name);
}

bool fria_snapshot_holds(const fria_snapshot *s, const char *content)
{
	char now[FRIA_CONTENT_SIZE];
	fria_rules rules;
	if (!fria_content_rules(&rules, content))
		return false;
	fria_snapshot_content(now, s, rules);
	return !strcmp(now, content);
}

static int find_commit(fria_snapshot *s, const fria_workspace *ws,
		       const char *revision, fria_error *err)
{
	fria_commit commit = {0};
	fria_tag tag = {0};
	int code;
	if (is_version(revision)) {
		char *prefix = fria_tag_stem(ws, s->application_id, s->name);
		char *full = fria_format("%s%s", prefix, revision);
		code = fria_store_tag_read(&tag, ws->store, full, NULL);
		free(prefix);
		free(full);
		if (!code) {
			memcpy(s->commit, tag.target, sizeof s->commit);
			s->version = fria_strdup(revision);
			s->at = tag.at;
			s->day = fria_day_start(tag.local);
			fria_tag_dispose(&tag);
			return 0;
		}
		full = fria_format("%s/%s", s->application_id, s->name);
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_version,
				 "version", revision, "assessment", full, NULL);
		free(full);
		return code;
	}
	code = fria_store_resolve(s->commit, ws->store, revision, err);
	if (!code)
		code =
		    fria_store_commit_read(&commit, ws->store, s->commit, err);
	if (!code) {
		s->at = commit.at;
		s->day = fria_day_start(commit.local);
	}
	fria_commit_dispose(&commit);
	return code;
}

static int load_application(fria_snapshot *s, const fria_workspace *ws,
			    fria_error *err)
{
	char *path = fria_workspace_path(s->application_id, "application");
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_workspace_json(&s->application, ws, snapshot_commit(s),
				       path, &inner);
	if (code == FRIA_ENOTFOUND) {
		snapshot_unknown(ws, s, true, s->application_id, path, err);
	} else if (code && err) {
		*err = inner;
	}
	if (!code)
		code = fria_application_check(s->application, path, err);
	if (!code)
		fria_store_blob_id(s->source, ws->store, snapshot_commit(s),
				   path);
	free(path);
	return code;
}

/* What goes with the assessment, once that is there. Takes the snapshot. */
static int finish(fria_snapshot **out, fria_snapshot *s,
		  const fria_workspace *ws, int code, fria_error *err)
{
	if (!code) {
		s->evidence = fria_evidence_ids(
		    ws, snapshot_commit(s), s->application_id, s->assessment);
		s->superseded = snapshot_successor(
		    s, ws, s->name, s->assessment, s->instrument);
		code = siblings_load(s, ws, err);
	}
	if (code)
		fria_snapshot_free(s);
	else
		*out = s;
	return code;
}

int fria_snapshot_load(fria_snapshot **out, const fria_workspace *ws,
		       const char *name, const char *revision, fria_error *err)
{
	fria_snapshot *s = fria_calloc(1, sizeof *s);
	s->day = fria_session_day(&ws->session);
	int code = fria_workspace_name(&s->application_id, &s->name, name, err);
	if (!code && revision)
		code = find_commit(s, ws, revision, err);
	else if (!code && fria_store_is_bare(ws->store) &&
		 !fria_store_stages(ws->store))
		code = find_commit(s, ws, "HEAD", err);
	if (!code)
		code = load_application(s, ws, err);
	if (!code) {
		s->path = fria_workspace_path(s->application_id, s->name);
		code = snapshot_document(&s->assessment, &s->instrument, ws, s,
					 s->name, err);
	}
	return finish(out, s, ws, code, err);
}

int fria_snapshot_unwritten(fria_snapshot **out, const fria_workspace *ws,
			    const char *application, const char *name,
			    fria_instrument *instrument, json_t *assessment,
			    fria_error *err)
{
	fria_snapshot *s = fria_calloc(1, sizeof *s);
	s->day = fria_session_day(&ws->session);
	s->application_id = fria_strdup(application);
	s->name = fria_strdup(name);
	s->path = fria_workspace_path(application, name);
	s->instrument = fria_instrument_keep(instrument);
	s->assessment = json_incref(assessment);
	int code = load_application(s, ws, err);
	return finish(out, s, ws, code, err);
}

void fria_snapshot_free(fria_snapshot *s)
{
	if (!s)
		return;
	siblings_free(s);
	free(s->application_id);
	free(s->name);
	free(s->path);
	free(s->version);
	json_decref(s->assessment);
	json_decref(s->application);
	json_decref(s->evidence);
	fria_instrument_free(s->instrument);
	free(s);
}
