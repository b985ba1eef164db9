/* SPDX-License-Identifier: EUPL-1.2 */
/* What verify found, with where: and whether a version holds it. */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

fria_finding *verify_note(checker *k, fria_severity severity, fria_word word,
			  const char *commit, const char *pointer)
{
	fria_finding *f =
	    fria_findings_add(k->out, severity, word, k->path, pointer,
			      "assessment", k->name, NULL);
	f->revision = fria_strdup(commit);
	return f;
}

fria_finding *verify_note_at(verifying *v, fria_severity severity,
			     fria_word word, const past_change *change)
{
	fria_commit commit = {0};
	fria_finding *f =
	    fria_findings_add(v->out, severity, word, change->path, NULL, NULL);
	f->revision = fria_strdup(change->commit);
	fria_store_commit_read(&commit, v->ws->store, change->commit, NULL);
	fria_args_add(&f->args, "who", commit.author ? commit.author : "?");
	fria_commit_dispose(&commit);
	return f;
}

/* True if a version's commit came after this one (or before it). */
static bool has_version(const verifying *v, const char *commit, bool after)
{
	bool found = false;
	for (size_t i = 0; i < v->tags.n && !found; i++) {
		fria_tag tag = {0};
		fria_store *store = v->ws->store;
		if (fria_store_tag_read(
			&tag, store,
			v->tags.items[i].name + strlen("refs/tags/"), NULL))
			continue;
		const char *newer = after ? tag.target : commit;
		const char *older = after ? commit : tag.target;
		found = fria_tag_binds(&tag) &&
			(after || strcmp(tag.target, commit) != 0) &&
			fria_store_descends(store, newer, older) == 1;
		fria_tag_dispose(&tag);
	}
	return found;
}

bool verify_adopted_since(const verifying *v, const char *commit)
{
	return has_version(v, commit, true);
}

bool verify_behind_version(const verifying *v, const char *commit)
{
	return has_version(v, commit, false);
}
