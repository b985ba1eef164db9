/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents that are gone from the folder though nobody said that they go, and
 * second copies that a file service made. They are named with what to do; what
 * is recorded leaves both as they are.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* How a lost document is called, and the sentence for it; the caller frees. */
static char *name_of(fria_word *word, const char *path)
{
	fria_path place;
	fria_place_kind kind = fria_path_read(&place, path);
	char *name = fria_path_name(path);
	*word = kind == FRIA_PLACE_APPLICATION ? FRIA_W_lost_application
		: kind == FRIA_PLACE_ASSESSMENT || lost_is_evidence(path)
		    ? FRIA_W_lost_assessment
		    : FRIA_W_lost_file;
	return name ? name : fria_strdup(path);
}

bool lost_is_evidence(const char *path)
{
	fria_path place;
	return fria_path_read(&place, path) == FRIA_PLACE_EVIDENCE &&
	       evidence_named(strrchr(path, '/') + 1);
}

/* With its characteristics an application went: one sentence says it all. */
static bool is_said(const fria_strings *lost, const char *path)
{
	fria_path place;
	fria_path_read(&place, path);
	if (!place.application[0] || place.kind == FRIA_PLACE_APPLICATION)
		return false;
	char *own = fria_workspace_path(place.application, "application");
	bool said = fria_strings_has(lost, own);
	free(own);
	return said;
}

int lost_list(fria_strings *out, const fria_workspace *ws, const char *folder,
	      fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	int code = fria_store_lost(&all, ws->store, folder, err);
	for (size_t i = 0; i < all.n; i++)
		if (fria_path_is_document(all.items[i]) ||
		    lost_is_evidence(all.items[i]))
			fria_strings_add(out, all.items[i]);
	fria_strings_dispose(&all);
	return code;
}

int lost_refuse(const fria_strings *lost, fria_error *err)
{
	fria_word word;
	int code = 0;
	for (size_t i = 0; i < lost->n && !code; i++) {
		const char *path = lost->items[i];
		if (is_said(lost, path))
			continue;
		char *name = name_of(&word, path);
		code = fria_fail(err, FRIA_EREFUSED, word, "name", name, NULL);
		fria_fail_at(err, path, NULL, 0, 0);
		free(name);
	}
	return code;
}

int fria_look_around(fria_findings *out, const fria_workspace *ws,
		     const char *application, fria_error *err)
{
	fria_strings lost = FRIA_STRINGS_INIT, copies = FRIA_STRINGS_INIT;
	fria_word word;
	char *folder = application ? fria_application_folder(application)
				   : fria_strdup("");
	int code = lost_list(&lost, ws, folder, err);
	if (!code)
		code = fria_workspace_copies(&copies, ws, application, err);
	for (size_t i = 0; i < lost.n; i++) {
		const char *path = lost.items[i];
		if (is_said(&lost, path))
			continue;
		char *name = name_of(&word, path);
		fria_findings_add(out, FRIA_SEVERE, word, path, NULL, "name",
				  name, NULL);
		free(name);
	}
	for (size_t i = 0; i < copies.n; i++)
		fria_findings_add(out, FRIA_WARNING, FRIA_W_second_copy,
				  copies.items[i], NULL, "path",
				  copies.items[i], NULL);
	fria_strings_dispose(&lost);
	fria_strings_dispose(&copies);
	free(folder);
	return code;
}
