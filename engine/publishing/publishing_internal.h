/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of publishing/ share with each other and with nobody else. */
#ifndef FRIA_PUBLISHING_INTERNAL_H
#define FRIA_PUBLISHING_INTERNAL_H

#include "publishing.h"

/* --- present.c --- */

/* "https://…/APP/", where an application's page of the site is public; NULL
 * where fria.json does not say. New. */
char *publish_address(const fria_workspace *ws, const char *id);

/* A document in the work tree, else as it was recorded last; *out stays where
 * it is in neither. What cannot be read is trouble: it may withhold
 * something. */
int publish_today(json_t **out, const fria_workspace *ws, const char *id,
		  const char *name, fria_error *err);

/*
 * EREFUSED where a document as the public would see it still points at one
 * person, and nobody said in it, then or today (may be NULL), that it may. A
 * question is named as the instrument has it (NULL: it asks none).
 */
int publish_refuse_personal(const json_t *shown, const fria_instrument *in,
			    const json_t *document, const json_t *today,
			    const char *name, fria_lang lang, fria_error *err);

/* --- beside.c: what the application's other assessments conclude --- */

/* A fria_conclude; data is a fria_presented. What cannot be read concludes
 * nothing. */
bool publish_conclude(void *data, const char *of, const char *id,
		      fria_concluded *out);
void publish_forget_beside(fria_presented *presented);

/* --- version.c: what may go out as a version --- */

/*
 * EINPUT, with the tag as its place, where a snapshot that was asked for by its
 * version is none: a plain tag, one that binds nothing or something else, or
 * one beyond a gap. `row` is fria_snapshot_versions().
 */
int publish_refuse_version(const fria_workspace *ws, const fria_snapshot *s,
			   const fria_tags *row, fria_error *err);
/* Takes out of a row what is no version at sight. */
void publish_drop_false(fria_tags *row);
/* Names the tags beyond vLAST, which are no version in the row. */
int publish_name_strays(fria_findings *out, const fria_workspace *ws,
			const char *id, const char *own, size_t last,
			fria_error *err);

/* Names the last version of each assessment that is not there. */
int publish_name_lost(fria_findings *out, const fria_workspace *ws,
		      fria_error *err);

/* --- pictures.c --- */

/* A fria_find_picture; data is a fria_presented. */
const fria_picture *publish_picture(void *data, const char *address);
void publish_forget_pictures(fria_presented *presented);

/* --- publish.c --- */

/* The entry as it was last written, veiled: without what has been withheld
 * since. *out stays where none was written. New. */
int publish_written(json_t **out, fria_workspace *ws, const char *id,
		    bool veiled, fria_error *err);

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
