/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commits that bring the work of several together (a squash merge, a forge)
 * name those whose work it is. So does one that forges it: what a message says
 * counts as shown only where the commits it names are here and have it.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

#define DAY 86400

/* The assessment in that person's commit, or nothing. */
static void add_document(json_t *out, const checker *k, const char *id,
			 const char *who)
{
	fria_commit commit = {0};
	char blob[FRIA_ID_SIZE] = "";
	if (fria_store_commit_read(&commit, k->ws->store, id, NULL))
		return;
	if (!strcmp(commit.author, who) &&
	    fria_store_blob_id(blob, k->ws->store, id, k->path)) {
		json_t *document = history_document(k->ws, blob);
		if (document)
			json_array_append_new(out, document);
	}
	fria_commit_dispose(&commit);
}

verify_told verify_tells(json_t **documents, const checker *k,
			 const fria_commit *commit, const char *who)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = commit->message;
	if (!strstr(at, who))
		return TOLD_NOT;
	*documents = json_array();
	while (*(at += strcspn(at, digits))) {
		size_t n = strspn(at, digits);
		char id[FRIA_ID_SIZE] = "";
		if (n == FRIA_ID_SIZE - 1) {
			memcpy(id, at, n);
			add_document(*documents, k, id, who);
		}
		at += n;
	}
	return TOLD_ONLY;
}

bool verify_apart(const char *at, fria_time commit)
{
	fria_time moment;
	return at && fria_time_parse(&moment, at) &&
	       (moment > commit + DAY || moment < commit - DAY);
}
