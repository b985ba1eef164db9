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
static void add_state(checker *k, const char *id, const char *who)
{
	fria_commit commit = {0};
	char blob[FRIA_ID_SIZE] = "";
	if (fria_store_commit_read(&commit, k->ws->store, id, NULL))
		return;
	if (!strcmp(commit.author, who) &&
	    fria_store_blob_id(blob, k->ws->store, id, k->path))
		history_states_add(&k->told.states,
				   history_document(k->ws, blob));
	fria_commit_dispose(&commit);
}

static verify_told read_message(checker *k, const char *at, const char *who)
{
	static const char digits[] = "0123456789abcdef";
	if (!strstr(at, who))
		return TOLD_NOT;
	while (*(at += strcspn(at, digits))) {
		size_t n = strspn(at, digits);
		char id[FRIA_ID_SIZE] = "";
		if (n == FRIA_ID_SIZE - 1) {
			memcpy(id, at, n);
			add_state(k, id, who);
		}
		at += n;
	}
	return TOLD_ONLY;
}

verify_told verify_tells(checker *k, const fria_commit *commit, const char *who)
{
	if (!k->told.who || strcmp(k->told.who, who) != 0 ||
	    strcmp(k->told.commit, commit->id) != 0) {
		verify_told_dispose(k);
		k->told.who = fria_strdup(who);
		memcpy(k->told.commit, commit->id, FRIA_ID_SIZE);
		k->told.told = read_message(k, commit->message, who);
	}
	return k->told.told;
}

void verify_told_dispose(checker *k)
{
	free(k->told.who);
	k->told.who = NULL;
	history_states_dispose(&k->told.states);
}

bool verify_apart(const char *at, fria_time commit)
{
	fria_time moment;
	return at && fria_time_parse(&moment, at) &&
	       (moment > commit + DAY || moment < commit - DAY);
}
