/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Digests: git blob ids, computed by libgit2 without a repository, so that
 * anybody can check them with `git hash-object --stdin`.
 */
#include "data.h"

#include <git2.h>
#include <string.h>
#include <threads.h>

/* Starting libgit2 reads certificates, so once is enough, and it stays. */
static void start(void)
{
	git_libgit2_init();
}

void fria_digest_bytes(char out[FRIA_DIGEST_SIZE], const char *bytes, size_t n)
{
	static once_flag once = ONCE_FLAG_INIT;
	git_oid id;
	call_once(&once, start);
	if (git_odb_hash(&id, bytes, n, GIT_OBJECT_BLOB))
		memset(&id, 0, sizeof id);
	git_oid_tostr(out, FRIA_DIGEST_SIZE, &id);
}

void fria_digest(char out[FRIA_DIGEST_SIZE], const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_canonical(&text, value);
	fria_digest_bytes(out, text.text, text.n);
	fria_buf_dispose(&text);
}
