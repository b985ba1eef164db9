/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the folders of a workspace hold: applications, their assessments, and
 * the second copies that a file service leaves beside a document when two
 * people wrote in it. Those are no documents. It touches none of them.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* Names in a folder that end in the ending, without it. */
static int list(fria_strings *out, const fria_workspace *ws, const char *commit,
		const char *folder, const char *ending, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_store_list(&names, ws->store, commit, folder, err);
	size_t n = strlen(ending);
	for (size_t i = 0; !code && i < names.n; i++) {
		size_t length = strlen(names.items[i]);
		if (length <= n ||
		    strcmp(names.items[i] + length - n, ending) != 0)
			continue;
		names.items[i][length - n] = '\0';
		fria_strings_add(out, names.items[i]);
	}
	fria_strings_dispose(&names);
	return code;
}

int folder_instruments(fria_strings *out, const fria_workspace *ws,
		       const char *commit, fria_error *err)
{
	return list(out, ws, commit, FRIA_INSTRUMENTS, ".json", err);
}

/* --- copies that have a name as ours --- */

/* Does the name begin with the other one and a dash? */
static bool is_named_after(const char *name, const char *other)
{
	size_t n = strlen(other);
	return !strncmp(name, other, n) && name[n] == '-' && name[n + 1];
}

static bool has_equal(const json_t *list, const json_t *one)
{
	size_t i;
	json_t *other;
	json_array_foreach(list, i, other) {
		if (json_equal(one, other))
			return true;
	}
	return false;
}

/* Does somebody stand for the same thing in both, or say it, at one moment? */
static bool is_of_one_hand(const json_t *a, const json_t *b)
{
	static const char *const said[] = {"approvals", "requests", "comments",
					   "meetings"};
	const json_t *theirs = json_object_get(b, "answers");
	const char *key;
	json_t *answer, *one;
	size_t i;
	json_object_foreach(json_object_get(a, "answers"), key, answer) {
		const json_t *other = json_object_get(theirs, key);
		const json_t *basis = json_object_get(answer, "basis");
		const json_t *row = json_array_get(answer, 0);
		if (basis && json_equal(basis, json_object_get(other, "basis")))
			return true;
		if (row && json_equal(row, json_array_get(other, 0)))
			return true;
	}
	for (size_t k = 0; k < sizeof said / sizeof *said; k++)
		json_array_foreach(json_object_get(a, said[k]), i, one) {
			if (has_equal(json_object_get(b, said[k]), one))
				return true;
		}
	return false;
}

static bool is_same_text(const json_t *a, const json_t *b, const char *key)
{
	const char *x = fria_json_text(a, key), *y = fria_json_text(b, key);
	return x && y && !strcmp(x, y);
}

/*
 * A copy has the words of another and its name with something behind a dash:
 * "iama-laptop". An assessment that people start has its own, whatever it is
 * called, or says where it comes from.
 */
static bool is_copy_of(const json_t *copy, const json_t *other)
{
	const json_t *origin = json_object_get(copy, "origin");
	if (origin && !json_equal(origin, json_object_get(other, "origin")))
		return false;
	return is_same_text(copy, other, "instrument") &&
	       is_same_text(copy, other, "application") &&
	       is_of_one_hand(copy, other);
}

/* Beside application.json and entry.json: what is no assessment. */
static bool is_other_kind(const json_t *document)
{
	return json_is_object(document) &&
	       !fria_json_text(document, "instrument");
}

static json_t *read_quietly(const fria_workspace *ws, const char *application,
			    const char *name)
{
	json_t *document = NULL;
	char *path = fria_workspace_path(application, name);
	fria_workspace_json(&document, ws, NULL, path, NULL);
	free(path);
	return document;
}

/* True if it was recorded: somebody wanted it there. */
static bool is_recorded(const fria_workspace *ws, const char *path)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	return fria_store_head(head, ws->store) &&
	       fria_store_blob_id(id, ws->store, head, path);
}

/* Of which of the names this one is a copy; NULL: of none. */
static const char *copied_from(const fria_workspace *ws,
			       const char *application, const char *name,
			       const fria_strings *names)
{
	const char *found = NULL;
	json_t *own = NULL;
	for (size_t i = 0; i < names->n && !found; i++) {
		const char *other = names->items[i];
		char *path = NULL;
		if (!is_named_after(name, other))
			continue;
		path = fria_workspace_path(application, name);
		bool recorded = is_recorded(ws, path);
		free(path);
		if (recorded)
			break;
		if (!own)
			own = read_quietly(ws, application, name);
		json_t *document = read_quietly(ws, application, other);
		if (fria_id_ok(other) ? is_copy_of(own, document)
				      : is_other_kind(own))
			found = other;
		json_decref(document);
	}
	json_decref(own);
	return found;
}

static bool is_plain(const char *name)
{
	return !strcmp(name, "application") || !strcmp(name, "entry");
}

/* --- what there is --- */

int fria_workspace_applications(fria_strings *out, const fria_workspace *ws,
				const char *commit, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = list(&names, ws, commit, FRIA_ASSESSMENTS, "/", err);
	for (size_t i = 0; i < names.n; i++)
		if (fria_id_ok(names.items[i]))
			fria_strings_add(out, names.items[i]);
	fria_strings_dispose(&names);
	return code;
}

/* Documents of an application in the work tree, and what lies beside them. */
static int sort_out(fria_strings *assessments, fria_strings *copies,
		    const fria_workspace *ws, const char *commit,
		    const char *application, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *folder = fria_application_folder(application);
	int code = list(&names, ws, commit, folder, ".json", err);
	for (size_t i = 0; i < names.n; i++) {
		const char *name = names.items[i];
		bool ours =
		    fria_id_ok(name) &&
		    (commit || !copied_from(ws, application, name, &names));
		if (ours && assessments)
			fria_strings_add(assessments, name);
		else if (!ours && !is_plain(name) && copies)
			fria_strings_add(copies, name);
	}
	fria_strings_dispose(&names);
	free(folder);
	return code;
}

int fria_workspace_assessments(fria_strings *out, const fria_workspace *ws,
			       const char *commit, const char *application,
			       fria_error *err)
{
	return sort_out(out, NULL, ws, commit, application, err);
}

/* --- what is no document --- */

static int add_copies_in(fria_strings *out, const fria_workspace *ws,
			 const char *application, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = sort_out(NULL, &names, ws, NULL, application, err);
	for (size_t i = 0; i < names.n; i++) {
		char *path = fria_workspace_path(application, names.items[i]);
		fria_strings_add(out, path);
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

/* "iama-2.0 (1).json", beside iama-2.0.json with the same questionnaire. */
static bool is_instrument_copy(const fria_workspace *ws, const char *name,
			       const fria_strings *names)
{
	json_t *json = NULL;
	fria_instrument *in = NULL;
	char *path = fria_instrument_path(name);
	bool copy = !is_recorded(ws, path) &&
		    !fria_workspace_json(&json, ws, NULL, path, NULL) &&
		    !fria_instrument_parse(&in, path, json, NULL) &&
		    strcmp(in->file, name) != 0 &&
		    fria_strings_has(names, in->file);
	fria_instrument_free(in);
	json_decref(json);
	free(path);
	return copy;
}

static int add_instrument_copies(fria_strings *out, const fria_workspace *ws,
				 fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = folder_instruments(&names, ws, NULL, err);
	for (size_t i = 0; i < names.n; i++) {
		char *path = fria_instrument_path(names.items[i]);
		if (is_instrument_copy(ws, names.items[i], &names))
			fria_strings_add(out, path);
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

/* "fria (1).json" that holds a workspace; others' files are others'. */
static int add_config_copies(fria_strings *out, const fria_workspace *ws,
			     fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = list(&names, ws, NULL, "", ".json", err);
	for (size_t i = 0; i < names.n; i++) {
		json_t *json = NULL;
		char *path = fria_format("%s.json", names.items[i]);
		if (!strncmp(path, "fria", 4) && strcmp(path, FRIA_CONFIG) &&
		    !fria_workspace_json(&json, ws, NULL, path, NULL) &&
		    fria_json_text(json, "organisation"))
			fria_strings_add(out, path);
		json_decref(json);
		free(path);
	}
	fria_strings_dispose(&names);
	return code;
}

int fria_workspace_copies(fria_strings *out, const fria_workspace *ws,
			  const char *application, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	if (fria_store_is_bare(ws->store))
		return 0;
	if (application)
		return add_copies_in(out, ws, application, err);
	int code = add_config_copies(out, ws, err);
	if (!code)
		code = add_instrument_copies(out, ws, err);
	if (!code)
		code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++)
		code = add_copies_in(out, ws, ids.items[i], err);
	fria_strings_dispose(&ids);
	return code;
}
