/* SPDX-License-Identifier: EUPL-1.2 */
/* The tags of versions: made, read by name, counted without a listing. */
#include "store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fria_tag_dispose(fria_tag *tag)
{
	free(tag->name);
	free(tag->own);
	free(tag->message);
	free(tag->tagger);
	*tag = (fria_tag){.name = NULL};
}

void fria_tags_dispose(fria_tags *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		fria_tag_dispose(&tags->items[i]);
	free(tags->items);
	*tags = (fria_tags){NULL, 0};
}

static void fill(fria_tag *out, const char *name, git_object *object,
		 git_object *commit)
{
	*out = (fria_tag){.name = fria_strdup(name)};
	git_oid_tostr(out->id, FRIA_ID_SIZE, git_object_id(object));
	git_oid_tostr(out->target, FRIA_ID_SIZE, git_object_id(commit));
	const git_signature *author = git_commit_author((git_commit *)commit);
	out->at = author->when.time;
	out->local = store_local(&author->when);
	if (git_object_type(object) != GIT_OBJECT_TAG) {
		out->message = fria_strdup("");
		return;
	}
	const git_tag *tag = (git_tag *)object;
	out->own = fria_text_repaired(git_tag_name(tag));
	const git_signature *tagger = git_tag_tagger(tag);
	const char *message = git_tag_message(tag);
	out->message = fria_text_repaired(message ? message : "");
	if (tagger) {
		out->tagger = store_person(tagger);
		out->at = tagger->when.time;
		out->local = store_local(&tagger->when);
	}
}

int fria_store_tag_read(fria_tag *out, fria_store *store, const char *name,
			fria_error *err)
{
	git_object *object = NULL, *commit = NULL;
	git_oid id;
	char *ref = fria_format("refs/tags/%s", name);
	int git = git_reference_name_to_id(&id, store->repo, ref);
	if (!git)
		git = git_object_lookup(&object, store->repo, &id,
					GIT_OBJECT_ANY);
	if (!git)
		git = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	if (!git)
		fill(out, name, object, commit);
	git_object_free(object);
	git_object_free(commit);
	free(ref);
	if (git == GIT_ENOTFOUND || git == GIT_EINVALIDSPEC)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_store_tag_absent,
				 "tag", name, NULL);
	if (git == GIT_EPEEL)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_store_tag_leads,
				 "tag", name, NULL);
	return git ? store_fail(err, git, name) : 0;
}

bool fria_store_tag_id(char out[FRIA_ID_SIZE], fria_store *store,
		       const char *name)
{
	git_oid id;
	char *ref = fria_format("refs/tags/%s", name);
	int git = git_reference_name_to_id(&id, store->repo, ref);
	free(ref);
	if (!git)
		git_oid_tostr(out, FRIA_ID_SIZE, &id);
	return !git;
}

static bool has_version(fria_store *store, const char *prefix, size_t n)
{
	char id[FRIA_ID_SIZE], *name = fria_format("%s%zu", prefix, n);
	bool there = fria_store_tag_id(id, store, name);
	free(name);
	return there;
}

size_t fria_store_version_last(fria_store *store, const char *prefix,
			       size_t after)
{
	size_t there = after, absent = after + 1, ahead = 1;
	while (has_version(store, prefix, absent)) {
		there = absent;
		absent += ahead;
		ahead *= 2;
	}
	while (absent - there > 1) {
		size_t middle = there + (absent - there) / 2;
		if (has_version(store, prefix, middle))
			there = middle;
		else
			absent = middle;
	}
	return there;
}

int fria_store_versions(fria_tags *out, fria_store *store, const char *prefix,
			fria_error *err)
{
	int code = 0;
	for (size_t i = out->n + 1; !code && has_version(store, prefix, i);
	     i++) {
		char *name = fria_format("%s%zu", prefix, i);
		fria_tag tag;
		code = fria_store_tag_read(&tag, store, name, err);
		free(name);
		if (!code)
			*FRIA_PUSH(out) = tag;
	}
	return code;
}

static int create_signed(git_oid *made, fria_store *store, const char *name,
			 const git_object *target, const git_signature *tagger,
			 const char *message, fria_error *err)
{
	fria_buf tag = FRIA_BUF_INIT;
	char id[FRIA_ID_SIZE];
	int minutes = abs(tagger->when.offset);
	char *who = fria_format("%s <%s>", tagger->name, tagger->email);
	git_oid_tostr(id, sizeof id, git_object_id(target));
	fria_buf_printf(&tag,
			"object %s\ntype commit\ntag %s\n"
			"tagger %s %lld %c%02d%02d\n\n%s",
			id, name, who, (long long)tagger->when.time,
			tagger->when.offset < 0 ? '-' : '+', minutes / 60,
			minutes % 60, message);
	int git =
	    store_sign(&tag, store, tag.text, tag.n, who, err) ? GIT_EUSER : 0;
	if (!git)
		git =
		    git_tag_create_from_buffer(made, store->repo, tag.text, 0);
	fria_buf_dispose(&tag);
	free(who);
	return git;
}

static int create(fria_store *store, const char *name, const char *commit,
		  const char *message, const git_signature *tagger,
		  fria_error *err)
{
	git_oid id, made = {{0}};
	char there[FRIA_ID_SIZE];
	git_object *target = NULL;
	int git = git_oid_fromstr(&id, commit);
	if (fria_store_tag_id(there, store, name))
		git = GIT_EEXISTS;
	git_error_clear();
	errno = 0;
	if (!git)
		git = git_object_lookup(&target, store->repo, &id,
					GIT_OBJECT_COMMIT);
	if (!git && store_config_is(store, "tag.gpgsign"))
		git = create_signed(&made, store, name, target, tagger, message,
				    err);
	else if (!git)
		git = git_tag_create(&made, store->repo, name, target, tagger,
				     message, 0);
	git_object_free(target);
	/* What went wrong after it was made undoes nothing. */
	char *ref = fria_format(JOURNAL_TAGS "%s", name);
	if (git && git != GIT_EEXISTS && store_holds(store, ref, &made))
		git = 0;
	free(ref);
	if (git == GIT_EEXISTS)
		return fria_fail(err, FRIA_EEXISTS, FRIA_W_store_tag_exists,
				 "tag", name, NULL);
	/* Of a full disk git says here that it failed, and no more. */
	if (git && fria_disk_is_full(store->own))
		errno = ENOSPC;
	return git ? store_fail(err, git, name) : 0;
}

/* The journal tells the next command of a lock that a killed one leaves. */
static int create_noted(fria_store *store, const char *name, const char *commit,
			const char *message, const git_signature *tagger,
			fria_error *err)
{
	bool locked = store->lock >= 0;
	char *ref = fria_format(JOURNAL_TAGS "%s", name);
	int code = locked ? 0 : fria_store_lock(store, err);
	if (!code)
		code = journal_recover(store, err);
	if (!code)
		code = journal_write(store, ref, commit, NULL, 0, err);
	if (!code) {
		code = create(store, name, commit, message, tagger, err);
		journal_drop(store);
	}
	if (!locked)
		fria_store_unlock(store);
	free(ref);
	return code;
}

int fria_store_tag_create(fria_store *store, const char *name,
			  const char *commit, const char *message,
			  const char *tagger_name, const char *tagger_email,
			  fria_time at, int offset, fria_error *err)
{
	git_signature *tagger = NULL;
	int git =
	    git_signature_new(&tagger, tagger_name, tagger_email, at, offset);
	int code =
	    git ? store_fail(err, git, name)
	    : store_rehearses(store)
		? store_refuse_rehearsed(err)
		: create_noted(store, name, commit, message, tagger, err);
	git_signature_free(tagger);
	return code;
}

int fria_store_descends(fria_store *store, const char *commit, const char *from)
{
	git_oid a, b;
	if (git_oid_fromstr(&a, commit) || git_oid_fromstr(&b, from))
		return -1;
	if (git_oid_equal(&a, &b))
		return 1;
	/* Where history ends early, not seen is not the same as not there. */
	if (git_repository_is_shallow(store->repo))
		return store_is_behind(store, &a, &b) ? 1 : -1;
	return git_graph_descendant_of(store->repo, &a, &b);
}
