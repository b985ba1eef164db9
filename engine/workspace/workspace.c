/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The workspace: where documents stand and how they are found by name. It
 * changes nothing, except that init makes one.
 */
#include "workspace_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- open --- */

/* Does the folder, or one above it, hold fria.json? The caller frees. */
static char *find_folder(const char *folder)
{
	char *at = fria_path_real(folder);
	while (at) {
		char *config = fria_format("%s/%s", at, FRIA_CONFIG);
		bool there = fria_path_exists(config);
		char *slash = strrchr(at, '/');
		free(config);
		if (there)
			return at;
		if (!slash || slash == at) {
			free(at);
			return NULL;
		}
		*slash = '\0';
	}
	return NULL;
}

static int read_config(fria_workspace *ws, fria_error *err)
{
	int code = fria_workspace_json(&ws->config, ws, NULL, FRIA_CONFIG, err);
	return code ? code : fria_workspace_check(ws->config, FRIA_CONFIG, err);
}

/* By the whole path: "." would end the sentence. */
static int refuse_none(const char *folder, fria_error *err)
{
	char *real = fria_path_real(folder);
	int code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_no_workspace, "path",
			     real ? real : folder, NULL);
	free(real);
	return code;
}

/* found: the folder with fria.json, or NULL. */
static int open_at(fria_workspace **out, const char *folder, const char *found,
		   const fria_session *session, fria_error *err)
{
	fria_workspace *ws = fria_calloc(1, sizeof *ws);
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_store_open(&ws->store, found ? found : folder, &inner);
	ws->session = *session;
	ws->kept = kept_new();
	if (code == FRIA_ENOTFOUND ||
	    (!code && !found && !fria_store_is_bare(ws->store)))
		code = refuse_none(folder, err);
	else if (code && err)
		*err = inner;
	if (!code)
		code = read_config(ws, err);
	if (!code && fria_json_text(ws->config, "language"))
		fria_lang_parse(&ws->lang,
				fria_json_text(ws->config, "language"));
	if (code)
		fria_workspace_close(ws);
	else
		*out = ws;
	return code;
}

fria_time fria_session_day(const fria_session *s)
{
	return fria_day_start(s->now + (fria_time)s->offset * 60);
}

bool fria_is_future(const fria_session *s, const char *date)
{
	fria_time day;
	return fria_date_is(date) && fria_time_parse(&day, date) &&
	       day > fria_session_day(s);
}

int fria_workspace_open(fria_workspace **out, const char *folder,
			const fria_session *session, fria_error *err)
{
	char *found = find_folder(folder);
	int code = open_at(out, folder, found, session, err);
	free(found);
	return code;
}

int fria_workspace_open_bare(fria_workspace **out, const char *folder,
			     const fria_session *session, fria_error *err)
{
	return open_at(out, folder, NULL, session, err);
}

void fria_workspace_close(fria_workspace *ws)
{
	if (!ws)
		return;
	if (ws->store)
		fria_store_close(ws->store);
	json_decref(ws->config);
	kept_free(ws->kept);
	fria_strings_dispose(&ws->people);
	fria_strings_dispose(&ws->entered);
	free(ws);
}

/* --- names --- */

int fria_workspace_name(char **application, char **name, const char *text,
			fria_error *err)
{
	const char *slash = strchr(text, '/');
	if (!slash)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_name_without_slash,
				 "name", text, NULL);
	char *a = fria_strndup(text, (size_t)(slash - text));
	char *b = fria_strdup(slash + 1);
	if (fria_id_ok(a) && fria_id_ok(b)) {
		*application = a;
		*name = b;
		return 0;
	}
	free(a);
	free(b);
	return fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", text, NULL);
}

static int add_names(fria_strings *out, const fria_workspace *ws,
		     const char *commit, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, commit, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *name = fria_format("%s/%s", id, names.items[i]);
		fria_strings_add(out, name);
		free(name);
	}
	fria_strings_dispose(&names);
	return code;
}

int fria_workspace_no_application(const fria_workspace *ws, const char *id,
				  fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	if (names_former(ws, id, "", err))
		return FRIA_ENOTFOUND;
	fria_workspace_applications(&ids, ws, NULL, NULL);
	int code =
	    fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_application,
		      "application", id, "near", fria_nearest(&ids, id), NULL);
	fria_strings_dispose(&ids);
	return code;
}

int fria_workspace_no_assessment(const fria_workspace *ws, const char *name,
				 fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *id = fria_strndup(name, strcspn(name, "/"));
	if (names_former(ws, id, name + strlen(id), err)) {
		free(id);
		return FRIA_ENOTFOUND;
	}
	add_names(&names, ws, NULL, id, NULL);
	int code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_assessment,
			     "assessment", name, "near",
			     fria_nearest(&names, name), NULL);
	free(id);
	fria_strings_dispose(&names);
	return code;
}

int fria_workspace_meant(fria_strings *out, const fria_workspace *ws,
			 const char *which, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	bool all = !strcmp(which, "-");
	if (strchr(which, '/')) {
		fria_strings_add(out, which);
		return 0;
	}
	int code = fria_workspace_applications(&ids, ws, NULL, err);
	if (!code && !all && !fria_strings_has(&ids, which))
		code = fria_workspace_no_application(ws, which, err);
	if (!code && !all)
		code = add_names(out, ws, NULL, which, err);
	for (size_t i = 0; i < ids.n && !code && all; i++)
		code = add_names(out, ws, NULL, ids.items[i], err);
	fria_strings_dispose(&ids);
	return code;
}

int fria_workspace_recorded(fria_strings *out, const fria_workspace *ws,
			    fria_error *err)
{
	fria_strings lost = FRIA_STRINGS_INIT;
	int code = fria_workspace_meant(out, ws, "-", err);
	if (!code)
		code = fria_store_lost(&lost, ws->store, FRIA_ASSESSMENTS, err);
	for (size_t i = 0; i < lost.n && !code; i++) {
		fria_path place;
		if (fria_path_read(&place, lost.items[i]) !=
		    FRIA_PLACE_ASSESSMENT)
			continue;
		char *own = fria_path_name(lost.items[i]);
		fria_strings_add(out, own);
		free(own);
	}
	fria_strings_dispose(&lost);
	fria_strings_sort(out);
	return code;
}

/* --- instruments --- */

#define EMBEDDED "assessments/instruments/"

static fria_instrument *parse_embedded(const char *key)
{
	size_t n;
	const char *bytes = fria_embedded(key, &n);
	json_t *json = NULL;
	fria_instrument *in = NULL;
	if (bytes && !fria_json_parse(&json, key, bytes, n, NULL))
		fria_instrument_parse(&in, key, json, NULL);
	json_decref(json);
	return in;
}

/* Of several versions that a name means, the newest. */
fria_instrument *fria_instrument_built_in(const char *name)
{
	size_t at = 0;
	const char *key;
	fria_instrument *found = NULL;
	while (fria_embedded_next(&at, &key)) {
		if (strncmp(key, EMBEDDED, strlen(EMBEDDED)) != 0)
			continue;
		fria_instrument *in = parse_embedded(key);
		if (in &&
		    (!strcmp(in->name, name) || !strcmp(in->file, name))) {
			fria_instrument_free(found);
			return in;
		}
		if (in && fria_instrument_is(in, name) &&
		    (!found || strverscmp(in->version, found->version) > 0)) {
			fria_instrument_free(found);
			found = in;
		} else {
			fria_instrument_free(in);
		}
	}
	return found;
}

static int no_instrument(const fria_workspace *ws, const char *name,
			 fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	fria_workspace_instruments(&all, &all, ws, NULL);
	int code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_instrument,
			     "instrument", name, "near",
			     fria_nearest(&all, name), NULL);
	fria_strings_dispose(&all);
	return code;
}

int fria_workspace_instruments(fria_strings *pinned, fria_strings *built_in,
			       const fria_workspace *ws, fria_error *err)
{
	size_t at = 0;
	const char *key;
	while (fria_embedded_next(&at, &key)) {
		if (strncmp(key, EMBEDDED, strlen(EMBEDDED)) != 0)
			continue;
		char *name = fria_strdup(key + strlen(EMBEDDED));
		char *dot = strstr(name, ".json");
		if (dot)
			*dot = '\0';
		fria_strings_add(built_in, name);
		free(name);
	}
	return folder_instruments(pinned, ws, NULL, err);
}

/* "urn:nl:iama:2.0" gives iama-2.0; other names stand for themselves. */
static char *file_of(const char *name)
{
	const char *version = strrchr(name, ':');
	if (!version)
		return fria_strdup(name);
	const char *id = version;
	while (id > name && id[-1] != ':')
		id--;
	return fria_format("%.*s-%s", (int)(version - id), id, version + 1);
}

/* What a commit holds is known by its id before it is read. */
static int read_pinned(fria_instrument **out, const fria_workspace *ws,
		       const char *commit, const char *file, fria_error *err)
{
	char id[FRIA_ID_SIZE] = "";
	char *path = fria_instrument_path(file);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	int code = 0;
	if (commit && fria_store_blob_id(id, ws->store, commit, path))
		*out = kept_instrument(ws->kept, id);
	if (!*out) {
		code = fria_store_read(&bytes, ws->store, commit, path, err);
		if (code)
			fria_fail_at(err, path, NULL, 0, 0);
	}
	if (!code && !*out)
		*out = kept_instrument_read(ws->kept, &bytes);
	if (!code && !*out) {
		code = fria_json_parse(&json, path, bytes.text, bytes.n, err);
		if (!code)
			code = fria_instrument_parse(out, path, json, err);
		if (!code)
			keep_instrument(ws->kept, id, &bytes, *out);
	}
	json_decref(json);
	fria_buf_dispose(&bytes);
	free(path);
	return code;
}

static int find_pinned(fria_instrument **out, const fria_workspace *ws,
		       const char *commit, const char *name, fria_error *err)
{
	fria_strings files = FRIA_STRINGS_INIT;
	fria_error broken = FRIA_ERROR_INIT;
	int code = folder_instruments(&files, ws, commit, err);
	for (size_t i = files.n; !code && !*out && i-- > 0;) {
		fria_instrument *in = NULL;
		if (!read_pinned(&in, ws, commit, files.items[i], &broken) &&
		    fria_instrument_is(in, name))
			*out = in;
		else
			fria_instrument_free(in);
	}
	/* It may be the one that cannot be read, unless another is. */
	if (!code && !*out && broken.code) {
		code = broken.code;
		if (err && !err->code)
			*err = broken;
	}
	fria_strings_dispose(&files);
	return code;
}

static int refuse_lost(const fria_workspace *ws, const char *commit,
		       const char *file, fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	char *path = fria_instrument_path(file);
	int code = commit ? 0 : fria_store_state(&state, ws->store, path, err);
	if (state == FRIA_PATH_REMOVED)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_lost_file, "name",
				 path, NULL);
	free(path);
	return code;
}

int fria_workspace_instrument(fria_instrument **out, const fria_workspace *ws,
			      const char *commit, const char *name,
			      fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	fria_instrument *in = NULL;
	char *file = file_of(name);
	bool safe = !strchr(file, '/') && file[0] != '.';
	int code =
	    safe ? read_pinned(&in, ws, commit, file, &inner) : FRIA_ENOTFOUND;
	if (code == FRIA_ENOTFOUND)
		code = find_pinned(&in, ws, commit, name, err);
	else if (code && err)
		*err = inner;
	/* What was asked is part of the past: another edition is no stand-in.
	 */
	if (!code && !in && safe)
		code = refuse_lost(ws, commit, file, err);
	if (!code && !in)
		in = fria_instrument_built_in(name);
	if (!code && !in)
		code = no_instrument(ws, name, err);
	free(file);
	if (!code)
		*out = in;
	return code;
}
