/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One assessment with its instrument, application and siblings, as they stood
 * together at one moment. It judges nothing (standing.c does).
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_snapshot_content(char out[FRIA_CONTENT_SIZE], const fria_snapshot *s,
			   fria_rules rules)
{
	char *name = fria_format("%s/%s", s->id_then, s->name);
	fria_content_digest(out, s->instrument, s->assessment, s->application,
			    s->evidence, name, rules);
	free(name);
}

bool fria_snapshot_holds(const fria_snapshot *s, const char *content)
{
	fria_rules rules;
	if (!fria_content_rules(&rules, content))
		return false;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	json_t *now = fria_content(s->instrument, s->assessment, s->application,
				   s->evidence, name, rules);
	bool holds = fria_content_is(now, content, rules, &s->ids);
	json_decref(now);
	free(name);
	return holds;
}

typedef struct {
	const fria_workspace *ws;
	const char *path, *name;
	char after[FRIA_ID_SIZE]; /* the commit that brought another */
	bool found;
} release_search;

static bool look_for_release(void *data, const fria_commit *commit)
{
	release_search *s = data;
	json_t *application = NULL;
	fria_workspace_json(&application, s->ws, commit->id, s->path, NULL);
	const char *release = fria_json_text(application, "release");
	s->found = release && !strcmp(release, s->name);
	json_decref(application);
	if (!s->found)
		memcpy(s->after, commit->id, sizeof s->after);
	return !s->found;
}

/* The last commit under a release of this name; false if there is none. */
static bool find_release(char out[FRIA_ID_SIZE], const fria_workspace *ws,
			 const char *application, const char *name)
{
	char *path = fria_workspace_path(application, "application");
	const char *const paths[] = {path, NULL};
	release_search s = {ws, path, name, "", false};
	fria_commit after = {.at = 0};
	bool there = fria_store_head(out, ws->store);
	if (there)
		fria_store_log(ws->store, out, paths, look_for_release, &s,
			       NULL);
	if (s.found && s.after[0] &&
	    !fria_store_commit_read(&after, ws->store, s.after, NULL)) {
		s.found = after.parents.n > 0;
		if (s.found)
			memcpy(out, after.parents.items[0], FRIA_ID_SIZE);
		fria_commit_dispose(&after);
	}
	free(path);
	return s.found;
}

/* Whether git's own names and moments come first: a commit, HEAD~1, a day. */
static bool is_gits(const char *revision)
{
	fria_time at;
	return strlen(revision) == FRIA_ID_SIZE - 1 ||
	       !strncmp(revision, "HEAD", 4) || strpbrk(revision, "~^@:") ||
	       fria_time_parse(&at, revision);
}

/* Behind versions: a release, then what git knows, with the days that are told
 * from today. */
static int find_state(fria_snapshot *s, const fria_workspace *ws,
		      const char *revision, fria_error *err)
{
	const fria_time today = fria_session_day(&ws->session);
	char day[FRIA_DATE_SIZE];
	if (!is_gits(revision) &&
	    find_release(s->commit, ws, s->application_id, revision))
		return 0;
	bool told =
	    !strchr(revision, '.') && fria_date_typed(day, revision, &today);
	return fria_store_resolve(s->commit, ws->store, told ? day : revision,
				  err);
}

static int find_commit(fria_snapshot *s, const fria_workspace *ws,
		       const char *revision, fria_error *err)
{
	fria_commit commit = {0};
	fria_tag tag = {0};
	int code;
	if (version_is(revision)) {
		code = fria_snapshot_version(
		    &tag, ws, s->application_id, s->name,
		    strtoul(revision + 1, NULL, 10), NULL);
		if (!code) {
			memcpy(s->commit, tag.target, sizeof s->commit);
			s->version = fria_strdup(revision);
			s->at = tag.at;
			s->day = fria_day_start(tag.local);
			fria_tag_dispose(&tag);
			return 0;
		}
		char *full = fria_format("%s/%s", s->application_id, s->name);
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_version,
				 "version", revision, "assessment", full, NULL);
		free(full);
		return code;
	}
	code = find_state(s, ws, revision, err);
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
		s->id_then = snapshot_id_then(s, s->application);
		s->evidence = fria_evidence_ids(
		    ws, snapshot_commit(s), s->application_id, s->assessment);
		s->superseded = snapshot_successor(
		    s, ws, s->name, s->assessment, s->instrument);
		code = siblings_load(s, ws, err);
	}
	if (!code)
		code = snapshot_law(s, ws, err);
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
	if (!code && !revision)
		names_as_here(ws, s->application_id);
	if (!code)
		fria_application_ids(&s->ids, ws, s->application_id);
	if (!code && revision)
		code = names_refuse_former(ws, s->application_id, s->name, err);
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
	fria_application_ids(&s->ids, ws, application);
	s->name = fria_strdup(name);
	s->path = fria_workspace_path(application, name);
	s->instrument = fria_instrument_keep(instrument);
	s->assessment = json_incref(assessment);
	int code = load_application(s, ws, err);
	return finish(out, s, ws, code, err);
}

fria_choices *fria_snapshot_choices(const fria_snapshot *s, fria_lang lang)
{
	const fria_siblings siblings = {s->siblings, s->siblings_n};
	return fria_choices_new(s->instrument, s->assessment, &siblings,
				s->application, lang);
}

void fria_snapshot_say(fria_buf *out, const fria_snapshot *s, size_t task,
		       const json_t *value, fria_lang lang)
{
	fria_choices *choices = fria_snapshot_choices(s, lang);
	fria_choice_say(out, choices, task, value);
	fria_choices_free(choices);
}

void fria_snapshot_free(fria_snapshot *s)
{
	if (!s)
		return;
	siblings_free(s);
	fria_strings_dispose(&s->ids);
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
