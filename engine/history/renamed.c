/* SPDX-License-Identifier: EUPL-1.2 */
/* Former ids of applications that history does not show: said, and no more. */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

static void check_claims(verifying *v, const char *head, const char *id)
{
	fria_strings claims = FRIA_STRINGS_INIT;
	char *path = fria_workspace_path(id, "application");
	fria_application_claims(&claims, v->ws, head, id);
	for (size_t i = 0; i < claims.n; i++)
		if (!fria_application_was(v->ws, id, claims.items[i]))
			fria_findings_add(v->out, FRIA_SEVERE,
					  FRIA_W_verify_formerly, path,
					  "/formerly", "application", id, "was",
					  claims.items[i], NULL);
	fria_strings_dispose(&claims);
	free(path);
}

void verify_former(verifying *v, const char *name)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	char head[FRIA_ID_SIZE];
	if (fria_store_head(head, v->ws->store))
		fria_workspace_applications(&ids, v->ws, head, NULL);
	for (size_t i = 0; i < ids.n; i++) {
		size_t n = strlen(ids.items[i]);
		if (!name ||
		    (!strncmp(name, ids.items[i], n) && name[n] == '/'))
			check_claims(v, head, ids.items[i]);
	}
	fria_strings_dispose(&ids);
}
