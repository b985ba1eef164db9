/* SPDX-License-Identifier: EUPL-1.2 */
/* Two states of an assessment beside each other. */
#include "workspace_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- comparing two states --- */

/* Neither the assessment nor the application has anything unsaved. */
static int find_saved(bool *out, const fria_workspace *ws,
		      const fria_snapshot *s, fria_error *err)
{
	fria_path_state own = FRIA_PATH_NEW, facts = FRIA_PATH_NEW;
	char *path = fria_workspace_path(s->application_id, "application");
	int code =
	    s->commit[0] ? 0 : fria_store_state(&own, ws->store, s->path, err);
	if (!code && !s->commit[0])
		code = fria_store_state(&facts, ws->store, path, err);
	*out = own == FRIA_PATH_SAME && facts == FRIA_PATH_SAME;
	free(path);
	return code;
}

int fria_side_make(fria_side *side, char date[16], const fria_workspace *ws,
		   const fria_snapshot *s, const fria_standing *standing,
		   const char *revision, fria_error *err)
{
	const fria_evaluation_input *in = &standing->input;
	fria_buf day = FRIA_BUF_INIT;
	bool whole = in->assessment == s->assessment;
	if (s->commit[0])
		fria_day_write(&day, s->day);
	snprintf(date, 16, "%s", day.text);
	fria_buf_dispose(&day);
	*side =
	    (fria_side){.instrument = s->instrument,
			.assessment = in->assessment,
			.application = in->application,
			.evidence = s->evidence,
			.evaluation = &standing->result,
			.name = whole ? in->name : NULL,
			.roles = in->roles,
			.siblings = &in->siblings,
			.revision = s->commit[0] ? revision : NULL,
			.commit = s->commit[0] ? s->commit : NULL,
			.version = s->version,
			.release = fria_json_text(in->application, "release"),
			.date = date[0] ? date : NULL};
	return find_saved(&side->saved, ws, s, err);
}

/* "v3" of the last version; NULL when none was adopted. The caller frees. */
static int last_version(char **out, const fria_workspace *ws, const char *name,
			fria_error *err)
{
	char *application = NULL, *own = NULL;
	int code = fria_workspace_name(&application, &own, name, err);
	size_t last = code ? 0 : fria_snapshot_last(ws, application, own);
	if (last)
		*out = fria_format("v%zu", last);
	free(application);
	free(own);
	return code;
}

/* "." is the work tree. */
static void show_names(json_t *json, const fria_workspace *ws)
{
	const char *by = fria_json_text(json, "by"), *key;
	json_t *member;
	size_t i;
	if (by)
		json_object_set_new(
		    json, "by",
		    fria_json_string(fria_store_shown(ws->store, by)));
	json_array_foreach(json, i, member)
		show_names(member, ws);
	json_object_foreach(json, key, member)
		show_names(member, ws);
}

json_t *fria_names_shown(const json_t *document, const fria_workspace *ws)
{
	json_t *copy = json_deep_copy(document);
	show_names(copy, ws);
	return copy;
}

void fria_diff_shown(fria_diff *diff, const fria_workspace *ws)
{
	for (size_t i = 0; i < diff->n; i++) {
		fria_difference *d = &diff->items[i];
		char *shown = fria_strdup(fria_store_shown(ws->store, d->by));
		free(d->by);
		d->by = shown;
	}
	for (size_t i = 0; i < diff->confirmed.rounds.n; i++) {
		fria_round *round = &diff->confirmed.rounds.items[i];
		round->by = fria_store_shown(ws->store, round->by);
	}
}

static const char *named(const char *revision)
{
	return revision && strcmp(revision, ".") != 0 ? revision : NULL;
}

int fria_compare(fria_comparison **out, fria_workspace *ws, const char *name,
		 const char *from, const char *to, fria_error *err)
{
	fria_comparison *c = fria_calloc(1, sizeof *c);
	char *last = NULL;
	c->own[0] = fria_strdup(from);
	c->own[1] = fria_strdup(to);
	int code = from ? 0 : last_version(&last, ws, name, err);
	if (!code && !from && !last && !to)
		last = fria_strdup("HEAD");
	if (!code)
		code = fria_standing_load(&c->from, &c->from_standing, ws, name,
					  from ? named(from) : last, NULL, err);
	if (!code)
		code = fria_standing_load(&c->to, &c->to_standing, ws, name,
					  named(to), NULL, err);
	if (!code)
		code = fria_side_make(&c->from_side, c->from_date, ws, c->from,
				      &c->from_standing, c->own[0], err);
	if (!code)
		code = fria_side_make(&c->to_side, c->to_date, ws, c->to,
				      &c->to_standing, c->own[1], err);
	if (!code) {
		fria_diff_make(&c->diff, &c->from_side, &c->to_side);
		fria_diff_shown(&c->diff, ws);
		*out = c;
	} else {
		fria_comparison_free(c);
	}
	free(last);
	return code;
}

void fria_comparison_free(fria_comparison *c)
{
	if (!c)
		return;
	fria_diff_dispose(&c->diff);
	fria_standing_dispose(&c->from_standing);
	fria_standing_dispose(&c->to_standing);
	fria_snapshot_free(c->from);
	fria_snapshot_free(c->to);
	free(c->own[0]);
	free(c->own[1]);
	free(c);
}
