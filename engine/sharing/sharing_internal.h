/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of sharing/ share with each other and with nobody else. */
#ifndef FRIA_SHARING_INTERNAL_H
#define FRIA_SHARING_INTERNAL_H

#include "sharing.h"

/* --- documents.c: documents of three states --- */

typedef struct {
	json_t *base, *ours, *theirs; /* NULL: absent */
} document_sides;

/* By its place: fria.json, a questionnaire, schema, or one in assessments/. */
bool documents_is(const char *path);
/* One state by its blob id; "" is absent: NULL. EINPUT for what is no JSON. */
int documents_read_one(json_t **out, const fria_workspace *ws, const char *path,
		       const char *id, fria_error *err);
/* EINPUT for what is no document of ours. */
int documents_read(document_sides *out, const fria_workspace *ws,
		   const fria_path_sides *path, fria_error *err);
void documents_dispose(document_sides *sides);
/* ws NULL: questionnaires are the built-in ones. application may be NULL. */
void documents_merge(fria_merge *out, const fria_workspace *ws,
		     const document_sides *sides, const json_t *application);
/* "APP/NAME", "APP", or the path in the repository; the caller frees. */
char *documents_name(const fria_workspace *ws, const char *path);

/* --- conflicts.c --- */

/* EREFUSED while the document at a path of the workspace (NULL: anything in
 * the repository) waits for people. */
int conflicts_refuse(const fria_workspace *ws, const char *path,
		     fria_error *err);
/* Notes what is to be decided at a path. */
int conflicts_note(const fria_workspace *ws, const fria_path_sides *path,
		   const fria_merge *merge, fria_error *err);

/* --- incoming.c --- */

/* EREFUSED if what the other side has could lead out of the workspace or into
 * .git, is no plain file where a document stands, or clashes in capitals.
 * workspace: where it stands below the store's own folder, or "". */
int incoming_check(fria_store *store, const char *workspace,
		   const fria_fork *fork, fria_error *err);

/* --- renamed.c --- */

/*
 * Both sides of a fork that is to be merged, as if an application had its new
 * id since they parted. held: path to the blob that HEAD has there ("": none),
 * where that is not what counts as ours. EREFUSED where both renamed one, each
 * in its own way.
 */
int renamed_follow(json_t *held, fria_workspace *ws, fria_fork *fork,
		   fria_error *err);

/* --- sync_remote.c --- */

/* A folder, also one that is still to be made, as it is meant from where the
 * user is; any other address as it is. The caller frees. */
char *sharing_absolute(const char *remote);

/* --- setup_git.c --- */

/* In single quotes where a shell would read more than a word; the caller
 * frees. */
char *sharing_shell_word(const char *text);
/* fria_setup_git() for the workspace that stands at, or is to come at, prefix
 * in the repository. */
int sharing_setup_git(bool *changed, fria_store *store, const char *prefix,
		      const char *program, bool undo, fria_error *err);

#endif
