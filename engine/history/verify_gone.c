/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was there and is no more: assessments that history held, and versions
 * of which there is no assessment. What nobody decided on may go; that it went,
 * and by whom, is told.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* "APP/NAME", if an assessment can stand there. New, or NULL. */
static char *assessment_of(const char *path)
{
	fria_path place;
	return fria_path_read(&place, path) == FRIA_PLACE_ASSESSMENT
		   ? fria_path_name(path)
		   : NULL;
}

/* The last of the tags "refs/tags/fria/APP/NAME/v…", or NULL. */
static const char *version_of(const verifying *v, const char *name)
{
	const char *tags = fria_json_text(v->ws->config, "tags");
	char *stem =
	    fria_format("refs/tags/%s/%s/v", tags ? tags : "fria", name);
	const char *found = NULL;
	for (size_t i = 0; i < v->tags.n; i++)
		if (!strncmp(v->tags.items[i].name, stem, strlen(stem)))
			found = v->tags.items[i].name + strlen(stem) - 1;
	free(stem);
	return found;
}

/* "APP/NAME" of an application that is called otherwise now, and has it. */
static bool is_renamed(const verifying *v, const char *name)
{
	size_t n = strcspn(name, "/");
	char *id = fria_strndup(name, n);
	bool renamed =
	    fria_workspace_renamed(v->ws, v->past.head, id, name + n + 1);
	free(id);
	return renamed;
}

static void check_gone(verifying *v, const past_change *changes, size_t n,
		       const char *name)
{
	json_t *document = history_before(v->ws, changes, n, 0);
	const char *version = version_of(v, name);
	bool decided =
	    version || json_array_size(json_object_get(document, "approvals"));
	if (!is_renamed(v, name)) {
		fria_finding *f = verify_note_at(
		    v, decided ? FRIA_SEVERE : FRIA_NOTE,
		    decided ? FRIA_W_verify_gone : FRIA_W_verify_removed,
		    changes);
		fria_args_add(&f->args, "assessment", name);
		fria_args_add(&f->args, "version", version ? version : "–");
	}
	json_decref(document);
}

/* A version of which history holds no assessment, as it is here. */
static void check_versions(verifying *v)
{
	const char *tags = fria_json_text(v->ws->config, "tags");
	char *stem = fria_format("refs/tags/%s/", tags ? tags : "fria");
	char *last = fria_strdup("");
	for (size_t i = 0; i < v->tags.n; i++) {
		const char *own = v->tags.items[i].name + strlen(stem);
		const char *end = strrchr(own, '/');
		char *name = end ? fria_strndup(own, (size_t)(end - own))
				 : fria_strdup("");
		char *path = fria_assessment_path(name);
		char *known = assessment_of(path);
		size_t n = 0;
		past_of(&v->past, path, &n);
		if (known && !n && strcmp(last, name) != 0 &&
		    !is_renamed(v, name))
			fria_findings_add(
			    v->out, FRIA_SEVERE, FRIA_W_verify_lost, path, NULL,
			    "assessment", name, "version", end + 1, NULL);
		free(known);
		free(path);
		free(last);
		last = name;
	}
	free(last);
	free(stem);
}

void verify_gone(verifying *v)
{
	size_t all = 0;
	const past_change *changes =
	    past_below(&v->past, FRIA_ASSESSMENTS, &all);
	for (size_t i = 0; i < all;) {
		size_t n = 1;
		while (i + n < all &&
		       !strcmp(changes[i + n].path, changes[i].path))
			n++;
		char *name =
		    changes[i].after[0] ? NULL : assessment_of(changes[i].path);
		if (name)
			check_gone(v, changes + i, n, name);
		free(name);
		i += n;
	}
	check_versions(v);
}
