/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the evidence that answers point at is: each name with its blob id, as a
 * commit has it or as the work tree would be recorded. It reads no more than
 * what is named, and judges nothing.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

json_t *fria_evidence_ids(const fria_workspace *ws, const char *commit,
			  const char *application, const json_t *assessment)
{
	fria_strings names = FRIA_STRINGS_INIT;
	json_t *ids = json_object();
	fria_evidence_mentioned_all(&names,
				    json_object_get(assessment, "answers"));
	for (size_t i = 0; i < names.n; i++) {
		char id[FRIA_ID_SIZE];
		const char *name = names.items[i];
		char *path = fria_evidence_path(application, name);
		bool there = !strchr(name, '/') &&
			     fria_store_file_id(id, ws->store, commit, path);
		json_object_set_new(ids, name,
				    there ? fria_json_string(id) : json_null());
		free(path);
	}
	fria_strings_dispose(&names);
	return ids;
}
