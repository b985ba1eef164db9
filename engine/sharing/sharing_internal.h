/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of sharing/ share with each other and with nobody else. */
#ifndef FRIA_SHARING_INTERNAL_H
#define FRIA_SHARING_INTERNAL_H

#include "sharing.h"

/* --- merge.c: documents of three states --- */

typedef struct {
	json_t *base, *ours, *theirs; /* NULL: absent */
} merge_documents;

/* By its place: fria.json, a questionnaire, schema, or one in assessments/. */
bool merge_is_document(const char *path);
/* EINPUT for what is no document of ours. */
int merge_read_sides(merge_documents *out, const fria_workspace *ws,
		     const fria_path_sides *path, fria_error *err);
void merge_documents_dispose(merge_documents *sides);
/* ws NULL: questionnaires are the built-in ones. application may be NULL. */
void merge_sides(fria_merge *out, const fria_workspace *ws,
		 const merge_documents *sides, const json_t *application);
/* "APP/NAME", "APP", or the path in the repository; the caller frees. */
char *merge_name_of(const fria_workspace *ws, const char *path);

/* --- conflicts.c --- */

/* EREFUSED while the document at a path of the workspace (NULL: anything in
 * the repository) waits for people. */
int conflicts_refuse(const fria_workspace *ws, const char *path,
		     fria_error *err);
/* Notes what is to be decided at a path. */
int conflicts_note(const fria_workspace *ws, const fria_path_sides *path,
		   const fria_merge *merge, fria_error *err);

#endif
