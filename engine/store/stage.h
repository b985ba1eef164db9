/* SPDX-License-Identifier: EUPL-1.2 */
/* What a stage holds, for the two files that know: stage.c and rehearse.c. */
#ifndef FRIA_STORE_STAGE_H
#define FRIA_STORE_STAGE_H

#include "store_internal.h"

/* One document; no bytes where it is gone. */
typedef struct {
	char *path;
	fria_buf bytes;
	bool gone;
	char id[FRIA_ID_SIZE];
	char was[FRIA_ID_SIZE]; /* in the work tree, before; "": absent */
} staged;

/* A commit that was rehearsed, with all that makes it again. */
typedef struct {
	fria_commit_request request;
	fria_change *changes;
	fria_strings texts; /* that they point at, but for the bytes */
	fria_buf *bytes;
} rehearsed;

struct store_stage {
	bool rehearses;
	char base[FRIA_ID_SIZE]; /* HEAD when it began; "": unborn */
	char head[FRIA_ID_SIZE]; /* and now */
	struct {
		staged *items;
		size_t n;
	} files;
	struct {
		rehearsed *items;
		size_t n;
	} acts;
};

/* The stage is the caller's, to be freed; what it held in memory is there no
 * more. */
int stage_take_away(store_stage **out, fria_store *store, fria_error *err);
void stage_free(store_stage *stage);

#endif
