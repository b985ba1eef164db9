/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every assessment of a workspace on a line. A line is kept with the digest of
 * all that it was made from; what has the same digest is not computed again.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

#define NOTE "status.json"

typedef struct {
	const fria_workspace *ws;
	fria_time as_of;
	fria_statuses *out;
	json_t *kept;	/* name to {"key", "line"}: what was there */
	json_t *fresh;	/* the same for what is there now */
	json_t *common; /* what every line rests on */
	fria_findings *broken;
	bool changed;
} portfolio;

/* --- what a line rests on --- */

/* What cannot be read has no digest: what rests on it is computed anew. */
static void add_bytes(json_t *key, const fria_workspace *ws, const char *path)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	if (!fria_store_read(&bytes, ws->store, NULL, path, NULL)) {
		fria_digest_bytes(digest, bytes.text, bytes.n);
		json_array_append_new(key, fria_json_string(digest));
	} else {
		json_array_append_new(key, json_null());
	}
	fria_buf_dispose(&bytes);
}

/* Program, day, workspace, instruments. */
static json_t *common_key(const fria_workspace *ws, fria_time as_of)
{
	char config[FRIA_DIGEST_SIZE];
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	fria_buf day = FRIA_BUF_INIT;
	fria_day_write(&day, as_of);
	fria_digest(config, ws->config);
	json_t *key =
	    fria_json_pack("[s, s, s]", FRIA_VERSION, day.text, config);
	fria_workspace_instruments(&pinned, &built_in, ws, NULL);
	for (size_t i = 0; i < pinned.n; i++) {
		char *path = fria_instrument_path(pinned.items[i]);
		json_array_append_new(key, fria_json_shown(path));
		add_bytes(key, ws, path);
		free(path);
	}
	add_bytes(key, ws, FRIA_LAW);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
	fria_buf_dispose(&day);
	return key;
}

/* All documents of the application: an answer may rest on another's. */
static json_t *application_key(const portfolio *p, const char *id,
			       const fria_strings *names)
{
	json_t *key = json_deep_copy(p->common);
	char *path = fria_workspace_path(id, "application");
	add_bytes(key, p->ws, path);
	free(path);
	for (size_t i = 0; i < names->n; i++) {
		path = fria_workspace_path(id, names->items[i]);
		json_array_append_new(key, fria_json_string(path));
		add_bytes(key, p->ws, path);
		free(path);
	}
	return key;
}

/* A line shows the last version, and rests on no earlier one. */
static int add_version(json_t *key, size_t *last, const fria_workspace *ws,
		       const char *id, const char *own, fria_error *err)
{
	fria_tag tag = {0};
	*last = fria_snapshot_last(ws, id, own);
	int code = 0;
	if (*last)
		code = fria_snapshot_version(&tag, ws, id, own, *last, err);
	if (!code && *last)
		json_array_append_new(
		    key, fria_json_pack("[I, s, I]", (json_int_t)*last,
					tag.target, (json_int_t)tag.at));
	fria_tag_dispose(&tag);
	return code;
}

/* What its answers point at, too: {name: stamp} of these names. New. */
static json_t *stamps_of(const fria_workspace *ws, const char *id,
			 const json_t *names)
{
	json_t *out = json_object(), *one;
	const char *name;
	json_object_foreach((json_t *)(uintptr_t)names, name, one) {
		char stamp[FRIA_STAMP_SIZE];
		char *path = fria_evidence_path(id, name);
		fria_store_stamp(stamp, ws->store, path);
		json_object_set_new(out, name, fria_json_string(stamp));
		free(path);
	}
	return out;
}

/* --- a line, and what is kept of it --- */

static size_t overdue(const fria_evaluation *e)
{
	size_t n = e->pulse.overdue;
	for (size_t i = 0; i < e->measures_n; i++)
		n += e->measures[i].overdue;
	for (size_t i = 0; i < e->metrics_n; i++)
		n += e->metrics[i].overdue;
	return n;
}

/* Takes what roles said, and were asked. */
static void take_status(fria_status *out, const char *id, const char *name,
			const fria_snapshot *s, fria_standing *standing,
			size_t versions)
{
	fria_evaluation *e = &standing->result;
	*out = (fria_status){
	    .application = fria_strdup(id),
	    .assessment = fria_strdup(name),
	    .superseded = fria_strdup(e->superseded),
	    .instrument = fria_strdup(s->instrument->name),
	    .release = fria_strdup(fria_json_text(s->application, "release")),
	    .version = versions ? fria_format("v%zu", versions) : NULL,
	    .phase = fria_strdup(fria_phase_shown(s->application, e->as_of)),
	    .verdict = e->verdict,
	    .counts = e->counts,
	    .overdue = overdue(e),
	    .review = e->review,
	    .approvals = e->approvals,
	    .requests = e->requests,
	    .coming = e->coming,
	    .adoptable = e->adoptable};
	e->coming = (fria_comings){NULL, 0};
	e->approvals = (fria_approvals){NULL, 0, NULL};
	e->requests = (fria_requests){NULL, 0, NULL};
}

/* With names as the input shows them; NULL: as they are recorded. New. */
static json_t *status_json(const fria_status *s,
			   const fria_evaluation_input *input)
{
	return fria_json_pack(
	    "{s:s, s:s, s:s*, s:s, s:s?, s:s?, s:s?, s:s, s:o, s:I, s:o, s:o, "
	    "s:o*, s:o*, s:b}",
	    "application", s->application, "assessment", s->assessment,
	    "supersededBy", s->superseded, "instrument", s->instrument,
	    "release", s->release, "version", s->version, "phase", s->phase,
	    "verdict", fria_verdict_id(s->verdict), "counts",
	    fria_counts_json(&s->counts), "overdue", (json_int_t)s->overdue,
	    "review", fria_review_json(&s->review), "approvals",
	    fria_approvals_json(&s->approvals, input), "requests",
	    s->requests.n ? fria_requests_json(&s->requests, input) : NULL,
	    "coming", s->coming.n ? fria_coming_json(&s->coming) : NULL,
	    "adoptable", s->adoptable);
}

static const char *shown(void *data, const char *by)
{
	const fria_workspace *ws = data;
	return fria_store_shown(ws->store, by);
}

json_t *fria_status_json(const fria_status *status, const fria_workspace *ws)
{
	const fria_evaluation_input input = {.shown = shown,
					     .data = (void *)(uintptr_t)ws};
	return status_json(status, &input);
}

static char *kept_text(const json_t *line, const char *key)
{
	return fria_strdup(fria_json_text(line, key));
}

/* What status_json wrote. */
static void read_status(fria_status *out, const json_t *line)
{
	*out = (fria_status){
	    .application = kept_text(line, "application"),
	    .assessment = kept_text(line, "assessment"),
	    .superseded = kept_text(line, "supersededBy"),
	    .instrument = kept_text(line, "instrument"),
	    .release = kept_text(line, "release"),
	    .version = kept_text(line, "version"),
	    .phase = kept_text(line, "phase"),
	    .verdict = fria_verdict_parse(fria_json_text(line, "verdict")),
	    .overdue =
		(size_t)json_integer_value(json_object_get(line, "overdue")),
	    .adoptable = json_is_true(json_object_get(line, "adoptable"))};
	fria_counts_kept(&out->counts, json_object_get(line, "counts"));
	fria_review_kept(&out->review, json_object_get(line, "review"));
	fria_approvals_kept(&out->approvals,
			    json_object_get(line, "approvals"));
	fria_requests_kept(&out->requests, json_object_get(line, "requests"));
	fria_coming_kept(&out->coming, json_object_get(line, "coming"));
}

void fria_statuses_dispose(fria_statuses *statuses)
{
	for (size_t i = 0; i < statuses->n; i++) {
		fria_status *s = &statuses->items[i];
		char *const texts[] = {
		    s->application, s->assessment, s->superseded, s->instrument,
		    s->release,	    s->version,	   s->phase};
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
		fria_approvals_dispose(&s->approvals);
		fria_requests_dispose(&s->requests);
		fria_coming_dispose(&s->coming);
	}
	free(statuses->items);
	*statuses = (fria_statuses){NULL, 0};
}

static int compute(fria_status *out, json_t **stamps, const portfolio *p,
		   const char *id, const char *name, size_t versions,
		   fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&s, p->ws, name, NULL, err);
	if (!code)
		code = fria_standing_make(&standing, p->ws, s, p->as_of, err);
	if (!code) {
		*stamps = stamps_of(p->ws, id, s->evidence);
		take_status(out, id, name, s, &standing, versions);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

/* A line that is kept is shown where nothing else was written over it. */
static void sum_of(char out[FRIA_DIGEST_SIZE], const char *name,
		   const char *key, json_t *line, json_t *stamps)
{
	json_t *all = fria_json_pack("[s, s, O, O]", name, key, line, stamps);
	fria_digest(out, all);
	json_decref(all);
}

static bool is_kept(const portfolio *p, const char *id, const json_t *kept,
		    const char *name, const char *key)
{
	char sum[FRIA_DIGEST_SIZE];
	const char *was = fria_json_text(kept, "key");
	const char *own = fria_json_text(kept, "sum");
	json_t *line = json_object_get(kept, "line");
	json_t *stamps = json_object_get(kept, "evidence");
	if (!was || !own || !line || !stamps || strcmp(was, key) != 0)
		return false;
	sum_of(sum, name, key, line, stamps);
	if (strcmp(own, sum) != 0)
		return false;
	json_t *now = stamps_of(p->ws, id, stamps);
	bool same = json_equal(stamps, now);
	json_decref(now);
	return same;
}

/* {"key", "sum", "line", "evidence"}. New; takes the stamps. */
static json_t *keep(const fria_status *status, const char *key, json_t *stamps)
{
	char sum[FRIA_DIGEST_SIZE];
	json_t *line = status_json(status, NULL);
	sum_of(sum, status->assessment, key, line, stamps);
	return fria_json_pack("{s:s, s:s, s:o, s:o}", "key", key, "sum", sum,
			      "line", line, "evidence", stamps);
}

static int add_line(portfolio *p, const char *id, const char *own,
		    const json_t *base, fria_error *err)
{
	char digest[FRIA_DIGEST_SIZE];
	size_t last = 0;
	fria_status status = {0};
	json_t *key = json_deep_copy(base), *stamps = NULL;
	char *name = fria_format("%s/%s", id, own);
	int code = add_version(key, &last, p->ws, id, own, err);
	fria_digest(digest, key);
	json_t *kept = json_object_get(p->kept, name);
	if (!code && is_kept(p, id, kept, name, digest)) {
		read_status(&status, json_object_get(kept, "line"));
		json_object_set(p->fresh, name, kept);
	} else if (!code) {
		p->changed = true;
		code = compute(&status, &stamps, p, id, name, last, err);
		if (!code)
			json_object_set_new(p->fresh, name,
					    keep(&status, digest, stamps));
	}
	if (!code)
		*FRIA_PUSH(p->out) = status;
	json_decref(key);
	free(name);
	return code;
}

/* Once for each file; who else rests on it is said as well. */
static int note_broken(portfolio *p, const char *id, const char *own,
		       const fria_error *why, fria_error *err)
{
	char *path = fria_workspace_path(id, own);
	char *name = fria_format("%s/%s", id, own);
	const char *file = why->file[0] ? why->file : path;
	int code = fria_findings_add_broken(p->broken, path, why, err);
	if (!code && strcmp(file, path) != 0)
		fria_findings_add(p->broken, FRIA_SEVERE,
				  FRIA_W_rests_on_broken, path, NULL,
				  "assessment", name, "path", file, NULL);
	free(name);
	free(path);
	return code;
}

/* A document that cannot be read stops the lines that rest on it. */
static int add_application(portfolio *p, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, p->ws, NULL, id, err);
	json_t *key = code ? NULL : application_key(p, id, &names);
	names_as_here(p->ws, id);
	for (size_t i = 0; !code && i < names.n; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		if (add_line(p, id, names.items[i], key, &broken))
			code = note_broken(p, id, names.items[i], &broken, err);
	}
	json_decref(key);
	fria_strings_dispose(&names);
	return code;
}

static int make(fria_statuses *out, fria_findings *broken,
		const fria_workspace *ws, const char *application, bool anew,
		fria_time as_of, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	portfolio p = {.ws = ws,
		       .broken = broken,
		       .as_of = fria_day_start(as_of),
		       .out = out,
		       .kept = anew ? NULL : fria_note_read(ws, NOTE),
		       .fresh = json_object()};
	fria_path_state state = FRIA_PATH_ABSENT;
	*out = (fria_statuses){NULL, 0};
	p.common = common_key(ws, p.as_of);
	int code = fria_workspace_applications(&ids, ws, NULL, err);
	char *own = application
			? fria_workspace_path(application, "application")
			: NULL;
	if (own)
		fria_store_state(&state, ws->store, own, NULL);
	free(own);
	if (!code && application && state != FRIA_PATH_REMOVED &&
	    !fria_strings_has(&ids, application))
		code = fria_workspace_no_application(ws, application, err);
	for (size_t i = 0; !code && i < ids.n; i++)
		if (!application || !strcmp(ids.items[i], application))
			code = add_application(&p, ids.items[i], err);
	if (!code && p.changed && !application)
		fria_note_write(ws, NOTE, p.fresh, NULL);
	fria_strings_dispose(&ids);
	json_decref(p.common);
	json_decref(p.kept);
	json_decref(p.fresh);
	if (code)
		fria_statuses_dispose(out);
	return code;
}

int fria_portfolio(fria_statuses *out, fria_findings *broken,
		   const fria_workspace *ws, const char *application,
		   fria_time as_of, fria_error *err)
{
	return make(out, broken, ws, application, false, as_of, err);
}

int fria_portfolio_anew(fria_statuses *out, fria_findings *broken,
			const fria_workspace *ws, fria_time as_of,
			fria_error *err)
{
	return make(out, broken, ws, NULL, true, as_of, err);
}
