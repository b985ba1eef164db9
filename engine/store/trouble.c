/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What git says when it fails, in our words; and what stands all the same.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool says(const git_error *e, const char *text)
{
	return e && e->message && strstr(e->message, text);
}

bool store_is_foreign(int git_code)
{
	/* libgit2 1.5 says so where safe.directory is nowhere configured. */
	return git_code == GIT_EOWNER ||
	       (git_code && says(git_error_last(), "safe.directory"));
}

/* The lock file that git's message names, between quotes; "" if none. */
static void lock_name(char *out, size_t size, const git_error *e)
{
	const char *from = e && e->message ? strchr(e->message, '\'') : NULL;
	const char *to = from ? strchr(from + 1, '\'') : NULL;
	out[0] = '\0';
	if (to && (size_t)(to - from) < size) {
		memcpy(out, from + 1, (size_t)(to - from) - 1);
		out[to - from - 1] = '\0';
	}
}

int store_fail(fria_error *err, int git_code, const char *path)
{
	const git_error *e = git_error_last();
	char lock[400];
	/* git's own sentence is at times that of what it tried before. */
	if (errno == ENOSPC || errno == EDQUOT ||
	    (e && e->message && fria_says_full(e->message)))
		return fria_fail(err, FRIA_EIO, FRIA_W_disk_full, "path", path,
				 NULL);
	if (store_is_foreign(git_code))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_owner, "path",
				 path, NULL);
	if (git_code == GIT_ELOCKED) {
		lock_name(lock, sizeof lock, e);
		return fria_fail(err, FRIA_ELOCKED, FRIA_W_store_locked, "lock",
				 lock[0] ? lock : path, NULL);
	}
	if (says(e, "objectformat") || says(e, "sha256"))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_sha256,
				 "path", path, NULL);
	if (says(e, "unsupported extension") || says(e, "repository version"))
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_store_extension,
				 "path", path, "reason", e->message, NULL);
	if (!e || !e->message || !*e->message ||
	    !strcmp(e->message, "no error"))
		return fria_fail(err, FRIA_EIO, FRIA_W_store_silent, "path",
				 path, NULL);
	return fria_fail(err, FRIA_EIO, FRIA_W_store_git, "path", path, "git",
			 e->message, NULL);
}

bool store_holds(fria_store *store, const char *ref, const git_oid *id)
{
	git_oid now;
	const git_error *e = git_error_last();
	char *said = e ? fria_strdup(e->message) : NULL;
	int class = e ? e->klass : 0, why = errno;
	bool holds = !git_reference_name_to_id(&now, store->repo, ref) &&
		     git_oid_equal(&now, id);
	git_error_clear();
	if (said)
		git_error_set_str(class, said);
	errno = why;
	free(said);
	return holds;
}

int store_unfinished(fria_error *err, const fria_error *why)
{
	const fria_args args = {(char *)(uintptr_t)why->args, why->args_n};
	const char *path = fria_args_value(&args, "path");
	const char *reason = fria_args_value(&args, "git");
	if (!reason)
		reason = fria_args_value(&args, "why");
	if (why->word == FRIA_W_disk_full)
		return fria_fail(err, why->code, FRIA_W_store_unfinished_full,
				 "path", path, NULL);
	return fria_fail(err, why->code, FRIA_W_store_unfinished, "path", path,
			 "git", reason, NULL);
}

int store_refuse(fria_error *err, int code, fria_word word, const char *path)
{
	return fria_fail(err, code, word, "path", path, "limit", "32", NULL);
}
