/* SPDX-License-Identifier: EUPL-1.2 */
/* Looking back: every commit's changes, and two states beside each other. */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- comparing two states --- */

static void make_side(fria_side *side, char date[16], const fria_snapshot *s,
		      const fria_standing *standing, const char *revision)
{
	const fria_evaluation_input *in = &standing->input;
	fria_buf day = FRIA_BUF_INIT;
	if (s->commit[0])
		fria_day_write(&day, s->at);
	snprintf(date, 16, "%s", day.text);
	fria_buf_dispose(&day);
	*side =
	    (fria_side){.instrument = s->instrument,
			.assessment = s->assessment,
			.application = s->application,
			.evaluation = &standing->result,
			.name = in->name,
			.roles = in->roles,
			.revision = s->commit[0] ? revision : NULL,
			.commit = s->commit[0] ? s->commit : NULL,
			.version = s->version,
			.release = fria_json_text(s->application, "release"),
			.date = date[0] ? date : NULL};
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

/* A state is judged as on its own day; the work tree as on today's. */
static int load(fria_snapshot **s, fria_standing *standing, fria_workspace *ws,
		const char *name, const char *revision, fria_error *err)
{
	int code = fria_snapshot_load(s, ws, name, revision, err);
	if (!code)
		code = fria_standing_make(
		    standing, ws, *s,
		    (*s)->commit[0] ? (*s)->at : ws->session.now, err);
	return code;
}

/* "." is the work tree. */
static const char *named(const char *revision)
{
	return revision && strcmp(revision, ".") != 0 ? revision : NULL;
}

int fria_compare(fria_comparison **out, fria_workspace *ws, const char *name,
		 const char *from, const char *to, fria_error *err)
{
	fria_comparison *c = fria_calloc(1, sizeof *c);
	char *last = NULL;
	int code = from ? 0 : last_version(&last, ws, name, err);
	if (!code && !from && !last && !to)
		last = fria_strdup("HEAD");
	if (!code)
		code = load(&c->from, &c->from_standing, ws, name,
			    from ? named(from) : last, err);
	if (!code)
		code = load(&c->to, &c->to_standing, ws, name, named(to), err);
	if (!code) {
		make_side(&c->from_side, c->from_date, c->from,
			  &c->from_standing, from);
		make_side(&c->to_side, c->to_date, c->to, &c->to_standing, to);
		fria_diff_make(&c->diff, &c->from_side, &c->to_side);
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
	free(c);
}

/* --- every commit --- */

typedef struct {
	json_t *assessment, *application; /* NULL: absent there */
	fria_instrument *instrument;
} state;

typedef struct {
	fria_workspace *ws;
	const char *application_path, *assessment_path;
	fria_tags versions;
	fria_event_visit visit;
	void *data;
} walk;

static void drop(state *s)
{
	json_decref(s->assessment);
	json_decref(s->application);
	fria_instrument_free(s->instrument);
}

/* What cannot be read there is shown as absent: history is never refused. */
static void read_state(state *out, const walk *w, const char *commit)
{
	*out = (state){NULL, NULL, NULL};
	if (!commit)
		return;
	fria_workspace_json(&out->application, w->ws, commit,
			    w->application_path, NULL);
	if (fria_workspace_json(&out->assessment, w->ws, commit,
				w->assessment_path, NULL))
		return;
	if (fria_assessment_check(out->assessment, w->assessment_path, NULL) ||
	    fria_workspace_instrument(
		&out->instrument, w->ws, commit,
		fria_json_text(out->assessment, "instrument"), NULL)) {
		json_decref(out->assessment);
		out->assessment = NULL;
	}
}

static char *version_at(const walk *w, const char *commit)
{
	for (size_t i = w->versions.n; i-- > 0;)
		if (!strcmp(w->versions.items[i].target, commit))
			return fria_strdup(
			    strrchr(w->versions.items[i].name, '/') + 1);
	return NULL;
}

static fria_side side_of(const state *s, const fria_instrument *in,
			 const json_t *empty)
{
	return (fria_side){.instrument = s->instrument ? s->instrument : in,
			   .assessment = s->assessment ? s->assessment : empty,
			   .application =
			       s->application ? s->application : empty};
}

/* Facts alone while there is no assessment yet. */
static void compare(fria_event *event, const state *before, state *after)
{
	const fria_instrument none = {.name = (char *)(uintptr_t) ""};
	const fria_instrument *in =
	    after->instrument ? after->instrument : before->instrument;
	json_t *empty = json_object();
	fria_side from = side_of(before, in ? in : &none, empty);
	fria_side to = side_of(after, in ? in : &none, empty);
	fria_diff_make(&event->diff, &from, &to);
	json_decref(empty);
}

static bool show(void *data, const fria_commit *commit)
{
	walk *w = data;
	state before, after;
	fria_event event = {.commit = *commit};
	read_state(&after, w, commit->id);
	read_state(&before, w,
		   commit->parents.n ? commit->parents.items[0] : NULL);
	event.version = version_at(w, commit->id);
	compare(&event, &before, &after);
	event.instrument =
	    after.instrument ? after.instrument : before.instrument;
	bool more = w->visit(w->data, &event);
	fria_diff_dispose(&event.diff);
	free(event.version);
	drop(&before);
	drop(&after);
	return more;
}

/* EINPUT or ENOTFOUND if neither work tree nor HEAD knows the assessment. */
static int check_known(const fria_workspace *ws, const char *name,
		       fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_snapshot_load(&s, ws, name, "HEAD", &inner);
	fria_snapshot_free(s);
	if (code) {
		s = NULL;
		code = fria_snapshot_load(&s, ws, name, NULL, err);
		fria_snapshot_free(s);
	}
	return code;
}

int fria_log(fria_workspace *ws, const char *name, fria_event_visit visit,
	     void *data, fria_error *err)
{
	char *application = NULL, *own = NULL;
	walk w = {.ws = ws, .visit = visit, .data = data};
	int code = check_known(ws, name, err);
	if (!code)
		code = fria_workspace_name(&application, &own, name, err);
	if (!code)
		code = fria_snapshot_versions(&w.versions, ws, application, own,
					      err);
	if (!code) {
		char *a = fria_workspace_path(application, "application");
		char *b = fria_workspace_path(application, own);
		const char *const paths[] = {a, b, NULL};
		char head[FRIA_ID_SIZE];
		w.application_path = a;
		w.assessment_path = b;
		if (fria_store_head(head, ws->store))
			code = fria_store_log(ws->store, head, paths, show, &w,
					      err);
		free(a);
		free(b);
	}
	fria_tags_dispose(&w.versions);
	free(application);
	free(own);
	return code;
}
