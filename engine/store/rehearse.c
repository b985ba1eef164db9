/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was rehearsed is recorded, as it was looked at or not at all.
 */
#include "stage.h"

#include <stdlib.h>
#include <string.h>

/* Nothing that was looked at is anything else by now. */
static int check_unmoved(fria_store *store, const store_stage *stage,
			 fria_error *err)
{
	char head[FRIA_ID_SIZE] = "";
	if (!fria_store_head(head, store))
		head[0] = '\0';
	if (strcmp(head, stage->base) != 0)
		return fria_fail(err, FRIA_ERACE, FRIA_W_store_race, "path",
				 "HEAD", NULL);
	for (size_t i = 0; i < stage->files.n; i++) {
		const staged *one = &stage->files.items[i];
		char id[FRIA_ID_SIZE] = "";
		if (!fria_store_file_id(id, store, NULL, one->path))
			id[0] = '\0';
		if (strcmp(id, one->was) != 0)
			return fria_fail(err, FRIA_ERACE, FRIA_W_store_race,
					 "path", one->path, NULL);
	}
	return 0;
}

/* What no commit took: written as it was to stand. */
static int write_left(fria_store *store, const store_stage *stage,
		      fria_error *err)
{
	fria_change *left = fria_calloc(stage->files.n + 1, sizeof *left);
	size_t n = 0;
	for (size_t i = 0; i < stage->files.n; i++) {
		const staged *one = &stage->files.items[i];
		char id[FRIA_ID_SIZE] = "";
		if (!fria_store_file_id(id, store, NULL, one->path))
			id[0] = '\0';
		if (!strcmp(id, one->id))
			continue;
		left[n].path = one->path;
		left[n].bytes = one->gone ? NULL : one->bytes.text;
		left[n++].n = one->bytes.n;
	}
	int code = n ? fria_store_write_all(store, left, n, err) : 0;
	free(left);
	return code;
}

int fria_store_record_staged(char commit[FRIA_ID_SIZE], fria_store *store,
			     fria_error *err)
{
	store_stage *stage;
	int code = stage_take_away(&stage, store, err);
	commit[0] = '\0';
	if (!code)
		code = check_unmoved(store, stage, err);
	for (size_t i = 0; i < stage->acts.n && !code; i++) {
		fria_commit_request *request = &stage->acts.items[i].request;
		request->from = i ? commit : stage->base;
		code = fria_store_commit(commit, store, request, err);
	}
	if (!code)
		code = write_left(store, stage, err);
	stage_free(stage);
	return code;
}
