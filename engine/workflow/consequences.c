/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a new state of an application sets in motion in its assessments, judged
 * before it is recorded: where one cannot be judged, nothing is.
 *
 * Calls up to release.c: an entry that came in is kept as a release keeps it.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* What rests on better words follows them, here and in what it rests on. */
static int follow(fria_consequence *out, const fria_workspace *ws,
		  fria_snapshot *s, const fria_wording *wording,
		  fria_error *err)
{
	for (size_t i = 0; i < s->siblings_n; i++)
		fria_wording_follow(
		    (json_t *)(uintptr_t)s->siblings[i].assessment,
		    s->siblings[i].instrument, wording);
	if (!fria_wording_follow(s->assessment, s->instrument, wording))
		return 0;
	out->document = json_incref(s->assessment);
	return fria_refuse_unsaved(ws, s->path, out->assessment, err);
}

/* Hints count as possibly affected. */
static int judge(fria_consequence *out, const fria_workspace *ws,
		 const json_t *application, const fria_wording *wording,
		 const json_t *law, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&s, ws, out->assessment, NULL, err);
	if (code)
		return code;
	fria_snapshot_take(s, application, law);
	if (wording)
		code = follow(out, ws, s, wording, err);
	if (!code)
		code = fria_standing_make(&standing, ws, s, s->day, err);
	if (!code) {
		const fria_evaluation *e = &standing.result;
		out->stale = e->counts.stale;
		out->suspect = e->counts.suspect;
		for (size_t i = 0; i < e->n; i++)
			out->suspect += e->items[i].hint;
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

int consequences_judge(fria_consequences *out, const fria_workspace *ws,
		       const char *id, const json_t *application,
		       const fria_wording *wording, const json_t *newer,
		       fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	json_t *law = json_incref((json_t *)(uintptr_t)newer);
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	if (!law)
		fria_workspace_law(&law, ws, NULL, NULL);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_consequence *one = FRIA_PUSH(out);
		*one = (fria_consequence){
		    .assessment = fria_format("%s/%s", id, names.items[i])};
		code = judge(one, ws, application, wording, law, err);
	}
	json_decref(law);
	fria_strings_dispose(&names);
	return code;
}

void consequences_dispose(fria_consequences *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->items[i].assessment);
		json_decref(all->items[i].document);
	}
	free(all->items);
	*all = (fria_consequences){NULL, 0};
}

int consequences_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			const char *id, const fria_release_result *result,
			const json_t *received, const char *message,
			fria_error *err)
{
	const fria_consequences *all = &result->consequences;
	char *path = fria_workspace_path(id, "application");
	char *entry_path = fria_workspace_path(id, "entry");
	json_t *entry = release_entry(ws, entry_path, received);
	fria_recorded *documents = fria_calloc(all->n + 2, sizeof *documents);
	char **paths = fria_calloc(all->n + 1, sizeof *paths);
	size_t n = 0;
	documents[n++] = (fria_recorded){path, result->after, NULL};
	if (entry)
		documents[n++] = (fria_recorded){entry_path, entry, NULL};
	for (size_t i = 0; i < all->n; i++) {
		const fria_consequence *one = &all->items[i];
		if (!one->document)
			continue;
		paths[i] =
		    fria_workspace_path(id, strchr(one->assessment, '/') + 1);
		documents[n++] = (fria_recorded){paths[i], one->document, NULL};
	}
	int code = fria_record(commit, ws, documents, n, message, err);
	for (size_t i = 0; i < all->n; i++)
		free(paths[i]);
	free(paths);
	free(documents);
	json_decref(entry);
	free(entry_path);
	free(path);
	return code;
}
