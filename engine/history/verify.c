/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Is the past what the documents say it was? Approvals and bases were
 * committed by whom they name, versions hold what their tags bind, and
 * nothing was put in their place or taken away. It judges nobody: each finding
 * says what is seen, and what to do. What stands in the repository's own
 * folder, and anyone can write, is not asked.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- one assessment --- */

/* It is about the application in whose folder it stands. */
static void check_name(checker *k)
{
	json_t *now =
	    k->changes_n ? history_document(k->ws, k->changes[0].after) : NULL;
	const char *named = fria_json_text(now, "application");
	if (named && strcmp(named, k->application) != 0) {
		fria_finding *f =
		    verify_note(k, FRIA_SEVERE, FRIA_W_verify_other_name,
				k->changes[0].commit, "/application");
		fria_args_add(&f->args, "name", named);
		fria_args_add(&f->args, "place", k->application);
	}
	json_decref(now);
}

static int verify_one(verifying *v, const char *name, fria_error *err)
{
	checker k = {.all = v, .out = v->out, .ws = v->ws, .name = name};
	int code = fria_workspace_name(&k.application, &k.own, name, err);
	if (code)
		return code;
	fria_application_ids(&k.ids, v->ws, k.application);
	k.path = fria_workspace_path(k.application, k.own);
	k.changes = past_of(&v->past, k.path, &k.changes_n);
	code = verify_versions(&k, err);
	if (!code)
		code = verify_bases(&k, err);
	if (!code) {
		verify_approvals(&k);
		verify_talk(&k);
		check_name(&k);
	}
	history_states_dispose(&k.aside);
	verify_told_dispose(&k);
	free(k.versions.items);
	fria_strings_dispose(&k.ids);
	free(k.path);
	free(k.application);
	free(k.own);
	return code;
}

/* --- all of them --- */

/* Persons in what was found, from a place on, by the name they are shown by. */
static void show_names(fria_findings *out, size_t from,
		       const fria_workspace *ws)
{
	for (; from < out->n; from++) {
		fria_args *args = &out->items[from].args, shown = {NULL, 0};
		const char *name, *value;
		for (size_t at = 0; fria_args_next(args, &at, &name, &value);)
			fria_args_add(&shown, name,
				      fria_store_shown(ws->store, value));
		fria_args_dispose(args);
		*args = shown;
	}
}

/* What is not one assessment's: of the workspace, and of the application whose
 * assessment is asked for, or all. */
static int verify_around(verifying *v, const char *name, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code = 0;
	verify_rules(v);
	if (name) {
		char *id = fria_strndup(name, strcspn(name, "/"));
		fria_strings_add(&ids, id);
		free(id);
	} else {
		verify_gone(v);
		code = fria_workspace_applications(&ids, v->ws, NULL, err);
	}
	for (size_t i = 0; i < ids.n && !code; i++)
		verify_application(v, ids.items[i]);
	fria_strings_dispose(&ids);
	return code;
}

static int verify_each(verifying *v, const fria_strings *all, bool named,
		       fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < all->n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		char *path = fria_assessment_path(all->items[i]);
		code = verify_one(v, all->items[i], &broken);
		if (code && !named)
			code = fria_findings_add_broken(v->out, path, &broken,
							err);
		else if (code && err)
			*err = broken;
		free(path);
	}
	return code;
}

int fria_verify(fria_findings *out, size_t *count, const fria_workspace *ws,
		const char *name, fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	const char *tags = fria_json_text(ws->config, "tags");
	char *stem = fria_format("refs/tags/%s/", tags ? tags : "fria");
	verifying v = {.out = out, .ws = ws};
	size_t from = out->n;
	v.seen.remote = fria_store_seen(&v.seen.refs, ws->store);
	int code = fria_store_doubt(ws->store, err);
	if (!code)
		verify_former(&v, name);
	if (!code)
		code = verify_signatures(out, ws, name, err);
	if (!code)
		code = past_read(&v.past, ws, err);
	if (!code)
		code = fria_store_refs(&v.tags, ws->store, stem, err);
	if (name)
		fria_strings_add(&all, name);
	else if (!code)
		code = fria_workspace_recorded(&all, ws, err);
	*count = all.n;
	if (!code)
		code = verify_each(&v, &all, name != NULL, err);
	if (!code)
		code = verify_around(&v, name, err);
	show_names(out, from, ws);
	past_dispose(&v.past);
	fria_refs_dispose(&v.tags);
	fria_refs_dispose(&v.seen.refs);
	free(v.seen.remote);
	free(stem);
	fria_strings_dispose(&all);
	return code;
}
