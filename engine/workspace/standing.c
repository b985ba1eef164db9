/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A snapshot evaluated, with its siblings, what the evaluation asks of the past
 * (past.c), and the versions it looks back at.
 */
#include "workspace_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	past *past;
	char *name;		 /* "APP/NAME" */
	json_t *last, *notified; /* documents of versions; NULL: none */
	char *last_version, *notified_version;
	char bound[FRIA_CONTENT_SIZE]; /* by the last version; or "" */
	sibling_judgements siblings;
} lookup;

/* --- versions that an evaluation looks back at --- */

static json_t *document_of(const fria_workspace *ws, const fria_snapshot *s,
			   const fria_tag *version)
{
	json_t *json = NULL;
	if (!fria_workspace_json(&json, ws, version->target, s->path, NULL) &&
	    !fria_assessment_check(json, s->path, NULL))
		return json;
	json_decref(json);
	return NULL;
}

/* "v2" of a version's tag. */
static const char *name_of(const fria_tag *version)
{
	const char *slash = strrchr(version->name, '/');
	return slash ? slash + 1 : version->name;
}

/* The version, "2" or "v2", about which somebody said what to notify. */
static const char *version_notified(const fria_snapshot *s)
{
	fria_notification n;
	fria_notification_read(&n, s->instrument, s->assessment);
	return n.judged && n.judged[0] == 'v' ? n.judged + 1 : n.judged;
}

static void look_back(lookup *l, fria_evaluation_input *input,
		      const fria_workspace *ws, const fria_snapshot *s,
		      const fria_tag *last, const fria_tag *notified)
{
	if (last->name) {
		input->adopted = true;
		input->adopted_at = last->local;
		l->last = document_of(ws, s, last);
		l->last_version = fria_strdup(name_of(last));
		fria_tag_content(l->bound, last);
	}
	if (notified->name) {
		l->notified = document_of(ws, s, notified);
		l->notified_version = fria_strdup(name_of(notified));
	}
	input->last = l->last;
	input->last_version = l->last_version;
	input->notified = l->notified;
	input->notified_version = l->notified_version;
}

static bool adopted_by(const fria_tag *tag, const fria_snapshot *s)
{
	return !s->commit[0] || tag->at <= s->at ||
	       !strcmp(tag->target, s->commit);
}

/*
 * N of the last version adopted at or before a snapshot: versions are adopted
 * one after the other, so halving finds it. Leaves its tag in *out. One that
 * cannot be read is not one that is not there.
 */
static int adopted_before(fria_tag *out, size_t *n, const fria_workspace *ws,
			  const fria_snapshot *s, size_t last, fria_error *err)
{
	size_t there = 0, after = last + 1, try = last;
	while (after - there > 1) {
		fria_tag tag = {0};
		fria_error inner = FRIA_ERROR_INIT;
		int code = fria_snapshot_version(&tag, ws, s->application_id,
						 s->name, try, &inner);
		if (code && code != FRIA_ENOTFOUND) {
			if (err)
				*err = inner;
			return code;
		}
		bool held =
		    !code && fria_tag_binds(&tag) && adopted_by(&tag, s);
		if (held) {
			fria_tag_dispose(out);
			*out = tag;
			there = try;
		} else {
			fria_tag_dispose(&tag);
			after = try;
		}
		try = there + (after - there) / 2;
	}
	*n = there;
	return 0;
}

/* The version last adopted at or before this snapshot, and the one that was
 * last notified. */
static int find_adopted(fria_evaluation_input *input, lookup *l,
			const fria_workspace *ws, const fria_snapshot *s,
			fria_error *err)
{
	const char *number = version_notified(s);
	size_t n = number ? (size_t)strtoul(number, NULL, 10) : 0;
	fria_tag at = {0}, notified = {0}, first = {0};
	size_t last = 0;
	int code = adopted_before(
	    &at, &last, ws, s,
	    fria_snapshot_last(ws, s->application_id, s->name), err);
	if (!code && n && n <= last)
		code = fria_snapshot_version(&notified, ws, s->application_id,
					     s->name, n, err);
	look_back(l, input, ws, s, &at, &notified);
	if (last == 1)
		input->first_adopted_at = at.local;
	else if (last && fria_precedes_use(s->instrument) &&
		 !fria_snapshot_version(&first, ws, s->application_id, s->name,
					1, NULL))
		input->first_adopted_at = first.local;
	fria_tag_dispose(&first);
	fria_tag_dispose(&at);
	fria_tag_dispose(&notified);
	return code;
}

/* Found when it was judged; NULL: not asked for then, or by another name. */
static const fria_strings *contents_of(const fria_standing *standing,
				       const fria_snapshot *s, fria_rules rules)
{
	const fria_strings *own = &standing->result.contents[rules - 1];
	return own->n && !strcmp(s->id_then, s->application_id) ? own : NULL;
}

void fria_standing_content(char out[FRIA_CONTENT_SIZE],
			   const fria_standing *standing,
			   const fria_snapshot *s, fria_rules rules)
{
	const fria_strings *own = contents_of(standing, s, rules);
	if (own)
		snprintf(out, FRIA_CONTENT_SIZE, "%s", own->items[0]);
	else
		fria_snapshot_content(out, s, rules);
}

bool fria_standing_holds(const fria_standing *standing, const fria_snapshot *s,
			 const char *content)
{
	fria_rules rules;
	if (!fria_content_rules(&rules, content))
		return false;
	const fria_strings *own = contents_of(standing, s, rules);
	return own ? fria_strings_has(own, content)
		   : fria_snapshot_holds(s, content);
}

/* Adopting is what is left. */
static bool is_adoptable(const fria_standing *standing, const fria_snapshot *s)
{
	const fria_evaluation *e = &standing->result;
	const lookup *l = standing->lookup;
	bool given = true;
	for (size_t i = 0; i < e->approvals.n; i++)
		given = given &&
			e->approvals.items[i].state != FRIA_APPROVAL_MISSING;
	return given && !s->commit[0] && !e->superseded &&
	       e->verdict == FRIA_CURRENT &&
	       (!l->bound[0] || !fria_standing_holds(standing, s, l->bound));
}

int fria_standing_make(fria_standing *out, const fria_workspace *ws,
		       const fria_snapshot *s, fria_time as_of, fria_error *err)
{
	return fria_standing_make_in(out, ws, s, as_of, ws->session.lang, err);
}

int fria_standing_load(fria_snapshot **snapshot, fria_standing *out,
		       const fria_workspace *ws, const char *name,
		       const char *revision, const fria_time *as_of,
		       fria_error *err)
{
	fria_snapshot *s = NULL;
	int code = fria_snapshot_load(&s, ws, name, revision, err);
	if (!code)
		code = fria_standing_make(out, ws, s, as_of ? *as_of : s->day,
					  err);
	if (code)
		fria_snapshot_free(s);
	else
		*snapshot = s;
	return code;
}

int fria_standing_make_in(fria_standing *out, const fria_workspace *ws,
			  const fria_snapshot *s, fria_time as_of,
			  fria_lang lang, fria_error *err)
{
	lookup *l = fria_calloc(1, sizeof *l);
	const char *review = fria_json_text(ws->config, "review");
	const char *pulse = fria_json_text(ws->config, "pulse");
	*l = (lookup){.past = past_new(ws, s),
		      .name = fria_format("%s/%s", s->application_id, s->name)};
	siblings_judge(&l->siblings, s, l->past, as_of);
	*out = (fria_standing){
	    .input = {.instrument = s->instrument,
		      .assessment = s->assessment,
		      .application = s->application,
		      .evidence = s->evidence,
		      .siblings = {l->siblings.items, s->siblings_n},
		      .superseded = s->superseded,
		      .as_of = as_of,
		      .roles = json_object_get(ws->config, "roles"),
		      .name = l->name,
		      .ids = &s->ids,
		      .lang = lang},
	    .lookup = l};
	past_serve(&out->input, l->past);
	fria_duration_parse(&out->input.review, review ? review : "P12M");
	if (pulse)
		fria_duration_parse(&out->input.pulse, pulse);
	int code = find_adopted(&out->input, l, ws, s, err);
	if (code) {
		fria_standing_dispose(out);
		return code;
	}
	fria_evaluate(&out->result, &out->input);
	out->result.adoptable = is_adoptable(out, s);
	return 0;
}

void fria_standing_dispose(fria_standing *standing)
{
	lookup *l = standing->lookup;
	fria_evaluation_dispose(&standing->result);
	if (l) {
		siblings_dispose(&l->siblings);
		past_free(l->past);
		json_decref(l->last);
		json_decref(l->notified);
		free(l->last_version);
		free(l->notified_version);
		free(l->name);
		free(l);
	}
	*standing = (fria_standing){.lookup = NULL};
}
