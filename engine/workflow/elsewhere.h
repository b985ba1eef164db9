/* SPDX-License-Identifier: EUPL-1.2 */
/* Another workspace, as those files use it that read from one. */
#ifndef FRIA_WORKFLOW_ELSEWHERE_H
#define FRIA_WORKFLOW_ELSEWHERE_H

#include "workflow_internal.h"

typedef struct {
	fria_workspace *ws;
	bool foreign; /* not the workspace that we are in */
	char *copy; /* folder of a copy that goes when it is closed, or NULL */
} fria_elsewhere;

/*
 * Opens a folder or a git address (https, ssh, file) to read from; NULL: the
 * workspace itself. ENOTFOUND if there is no workspace; EREFUSED for another
 * protocol; EIO, with git's words, if it cannot be copied.
 */
int fria_elsewhere_open(fria_elsewhere *out, fria_workspace *ws,
			const char *where, fria_error *err);
void fria_elsewhere_close(fria_elsewhere *elsewhere);
/* A state of "APP/NAME" there: the last version, else what was saved last. */
int fria_elsewhere_load(fria_snapshot **out, const fria_elsewhere *elsewhere,
			const char *name, const char *revision,
			fria_error *err);
/* Where it is, as it may be written down: without what only its owner should
 * know. The caller frees. */
char *fria_elsewhere_place(const fria_workspace *ws, const char *where);

#endif
