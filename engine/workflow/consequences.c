/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a new state of an application sets in motion in its assessments, judged
 * before it is recorded: where one cannot be judged, nothing is.
 */
#include "workflow_internal.h"

#include <stdlib.h>

/* Hints count as possibly affected. */
static int judge(fria_consequence *out, const fria_workspace *ws,
		 const json_t *application, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&s, ws, out->assessment, NULL, err);
	if (code)
		return code;
	json_decref(s->application);
	s->application = json_incref((json_t *)(uintptr_t)application);
	code = fria_standing_make(&standing, ws, s, s->day, err);
	if (!code) {
		const fria_evaluation *e = &standing.result;
		out->stale = e->counts.stale;
		out->suspect = e->counts.suspect;
		for (size_t i = 0; i < e->n; i++)
			out->suspect += e->items[i].hint;
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

int consequences_judge(fria_consequences *out, const fria_workspace *ws,
		       const char *id, const json_t *application,
		       fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_consequence *one = FRIA_PUSH(out);
		*one = (fria_consequence){
		    .assessment = fria_format("%s/%s", id, names.items[i])};
		code = judge(one, ws, application, err);
	}
	fria_strings_dispose(&names);
	return code;
}

void consequences_dispose(fria_consequences *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->items[i].assessment);
	free(all->items);
	*all = (fria_consequences){NULL, 0};
}
