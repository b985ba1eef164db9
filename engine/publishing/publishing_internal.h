/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of publishing/ share with each other and with nobody else. */
#ifndef FRIA_PUBLISHING_INTERNAL_H
#define FRIA_PUBLISHING_INTERNAL_H

#include "publishing.h"

/* --- publish.c --- */

/* The entry as it would be exported; EREFUSED with unsaved changes. */
int publish_draft(fria_published *out, fria_workspace *ws, const char *id,
		  fria_error *err);
/* entry.json in the work tree; a new one where there is none. */
int publish_read_entry(json_t **out, const fria_workspace *ws, const char *path,
		       fria_error *err);
/* Records it with a sentence that has {id}. */
int publish_keep(fria_workspace *ws, const char *id, json_t *entry,
		 fria_word said, fria_error *err);

#endif
