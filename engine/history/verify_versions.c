/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Do the versions hold what their tags bind, in a history that was not
 * rewritten, and does the row lack none?
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

#define DAY 86400 /* clocks disagree */

/* Of what the repository cannot give, its own words are a finding too. */
bool verify_holds(bool *out, const checker *k, const char *revision,
		  const char *bound)
{
	fria_snapshot *s = NULL;
	fria_error err = FRIA_ERROR_INIT;
	int code = fria_snapshot_load(&s, k->ws, k->name, revision, &err);
	if (code == FRIA_EIO)
		fria_findings_add_error(k->out, &err);
	if (code)
		return false;
	*out = fria_snapshot_holds(s, bound);
	fria_snapshot_free(s);
	return true;
}

static void check_content(checker *k, const fria_tag *tag, const char *version)
{
	char bound[FRIA_CONTENT_SIZE];
	bool same = false;
	fria_finding *f = NULL;
	if (!fria_tag_content(bound, tag))
		f = verify_note(k, FRIA_WARNING, FRIA_W_verify_tag_bare,
				tag->target, NULL);
	else if (!verify_holds(&same, k, version, bound))
		f = verify_note(k, FRIA_SEVERE, FRIA_W_verify_tag_empty,
				tag->target, NULL);
	else if (!same)
		f = verify_note(k, FRIA_SEVERE, FRIA_W_verify_tag_content,
				tag->target, NULL);
	if (f) {
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "who", tag->tagger ? tag->tagger : "?");
	}
}

static void check_tag(checker *k, const fria_tag *tag, const char *version)
{
	fria_commit commit = {0};
	fria_finding *f = NULL;
	if (!tag->tagger) {
		f = verify_note(k, FRIA_SEVERE, FRIA_W_verify_tag_light,
				tag->target, NULL);
		fria_args_add(&f->args, "version", version);
		return;
	}
	if (tag->own && strcmp(tag->own, tag->name) != 0) {
		f = verify_note(k, FRIA_SEVERE, FRIA_W_verify_tag_name,
				tag->target, NULL);
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "tag", tag->own);
	}
	if (!fria_store_commit_read(&commit, k->ws->store, tag->target, NULL) &&
	    tag->at < commit.at) {
		f = verify_note(k, FRIA_WARNING, FRIA_W_verify_tag_early,
				tag->target, NULL);
		fria_args_add(&f->args, "version", version);
	}
	fria_commit_dispose(&commit);
	if (tag->at > k->ws->session.now + DAY) {
		f = verify_note(k, FRIA_WARNING, FRIA_W_verify_tag_ahead,
				tag->target, NULL);
		fria_args_add(&f->args, "version", version);
	}
	check_content(k, tag, version);
}

/* What the version holds is in history, though its commit is not. */
static bool content_lives_on(const checker *k, const fria_tag *tag)
{
	char held[FRIA_ID_SIZE];
	if (!fria_store_blob_id(held, k->ws->store, tag->target, k->path))
		return false;
	for (size_t i = 0; i < k->changes_n; i++)
		if (!strcmp(k->changes[i].after, held))
			return true;
	return false;
}

/* `newer` is what the version must be a part of; gives what goes on. */
static void check_place(checker *k, const fria_tag *tag, const char *version,
			char newer[FRIA_ID_SIZE])
{
	int is = fria_store_descends(k->ws->store, newer, tag->target);
	if (!is && strcmp(newer, k->all->past.head) != 0)
		is = fria_store_descends(k->ws->store, k->all->past.head,
					 tag->target);
	if (is == 1) {
		memcpy(newer, tag->target, FRIA_ID_SIZE);
		return;
	}
	char held[FRIA_ID_SIZE] = "";
	bool lives = content_lives_on(k, tag);
	if (!is && lives &&
	    fria_store_blob_id(held, k->ws->store, tag->target, k->path))
		history_states_add(&k->aside, history_document(k->ws, held));
	fria_finding *f = verify_note(k,
				      is < 0  ? FRIA_NOTE
				      : lives ? FRIA_WARNING
					      : FRIA_SEVERE,
				      is < 0  ? FRIA_W_verify_shallow
				      : lives ? FRIA_W_verify_squashed_version
					      : FRIA_W_verify_rewritten,
				      tag->target, NULL);
	fria_args_add(&f->args, "version", version);
	fria_args_add(&f->args, "tag", tag->name);
}

/* Is it the one that others have? */
static void check_shared(checker *k, const fria_tag *tag, const char *version)
{
	char *name = fria_format("refs/tags/%s", tag->name);
	const fria_ref *there = fria_refs_find(&k->all->seen.refs, name);
	if (there && strcmp(there->id, tag->id) != 0) {
		fria_finding *f = verify_note(
		    k, FRIA_SEVERE, FRIA_W_verify_tag_moved, tag->target, NULL);
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "remote", k->all->seen.remote);
		fria_args_add(&f->args, "tag", name);
	}
	free(name);
}

/* Versions that others have and that are not here. */
static void check_gone(checker *k, const char *id)
{
	char *own = fria_tag_stem(k->ws, id, k->own);
	char *stem = fria_format("refs/tags/%s", own);
	char there[FRIA_ID_SIZE];
	size_t n = strlen(stem);
	for (size_t i = 0; i < k->all->seen.refs.n; i++) {
		const char *name = k->all->seen.refs.items[i].name;
		if (strncmp(name, stem, n) != 0 ||
		    fria_store_ref(there, k->ws->store, name))
			continue;
		fria_finding *f = verify_note(
		    k, FRIA_WARNING, FRIA_W_verify_tag_gone, NULL, NULL);
		fria_args_add(&f->args, "version", name + n);
		fria_args_add(&f->args, "remote", k->all->seen.remote);
		fria_args_add(&f->args, "tag", name);
	}
	free(stem);
	free(own);
}

/* Versions whose number leaves one out before it. */
static int check_row(checker *k, size_t last, fria_error *err)
{
	fria_strings beyond = FRIA_STRINGS_INIT;
	char *missing = fria_format("v%zu", last + 1);
	int code = fria_versions_beyond(&beyond, k->ws, k->application, k->own,
					last, err);
	for (size_t i = 0; i < beyond.n; i++) {
		char *name =
		    fria_version_tag(k->ws, k->application, k->own,
				     strtoul(beyond.items[i] + 1, NULL, 10));
		fria_tag tag = {0};
		fria_finding *f =
		    verify_note(k, FRIA_SEVERE, FRIA_W_verify_gap, NULL, NULL);
		fria_args_add(&f->args, "version", beyond.items[i]);
		fria_args_add(&f->args, "missing", missing);
		if (!fria_store_tag_read(&tag, k->ws->store, name, NULL))
			check_tag(k, &tag, beyond.items[i]);
		fria_tag_dispose(&tag);
		free(name);
	}
	fria_strings_dispose(&beyond);
	free(missing);
	return code;
}

int verify_versions(checker *k, fria_error *err)
{
	char newer[FRIA_ID_SIZE];
	fria_tags row = {NULL, 0};
	int code =
	    fria_snapshot_versions(&row, k->ws, k->application, k->own, err);
	memcpy(newer, k->all->past.head, sizeof newer);
	k->versions.items = fria_calloc(row.n + 1, sizeof *k->versions.items);
	k->versions.n = row.n;
	for (size_t n = row.n; n > 0 && !code; n--) {
		const fria_tag *tag = &row.items[n - 1];
		const char *version = strrchr(tag->name, '/') + 1;
		memcpy(k->versions.items[n - 1], tag->target, FRIA_ID_SIZE);
		check_tag(k, tag, version);
		check_place(k, tag, version, newer);
		check_shared(k, tag, version);
		verify_tag_signature(k->out, k->ws, tag);
	}
	if (!code)
		code = check_row(k, row.n, err);
	for (size_t i = 0; i < k->ids.n && !code; i++)
		check_gone(k, k->ids.items[i]);
	fria_tags_dispose(&row);
	return code;
}
