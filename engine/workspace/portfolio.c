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
	json_t *out;	/* the lines */
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

/* --- a line --- */

static size_t overdue(const fria_evaluation *e)
{
	size_t n = e->pulse.overdue;
	for (size_t i = 0; i < e->measures_n; i++)
		n += e->measures[i].overdue;
	for (size_t i = 0; i < e->metrics_n; i++)
		n += e->metrics[i].overdue;
	return n;
}

static json_t *line_of(const char *id, const char *name, const fria_snapshot *s,
		       const fria_standing *standing, size_t versions)
{
	const fria_evaluation_place place = {name, NULL};
	json_t *all =
	    fria_evaluation_json(&standing->result, &standing->input, &place);
	json_t *requests = fria_requests_json(&standing->result.requests, NULL);
	json_t *approvals =
	    fria_approvals_json(&standing->result.approvals, NULL);
	char *version = versions ? fria_format("v%zu", versions) : NULL;
	json_t *line = fria_json_pack(
	    "{s:s, s:s, s:s*, s:s, s:s?, s:s?, s:s?, s:O, s:O, s:I, s:O, s:O, "
	    "s:O*}",
	    "application", id, "assessment", name, "supersededBy",
	    standing->result.superseded, "instrument", s->instrument->name,
	    "release", fria_json_text(s->application, "release"), "version",
	    version, "phase",
	    fria_phase_shown(s->application, standing->result.as_of), "verdict",
	    json_object_get(all, "verdict"), "counts",
	    json_object_get(all, "counts"), "overdue",
	    (json_int_t)overdue(&standing->result), "review",
	    json_object_get(all, "review"), "approvals", approvals, "requests",
	    json_array_size(requests) ? requests : NULL);
	free(version);
	json_decref(approvals);
	json_decref(requests);
	json_decref(all);
	return line;
}

/* A line is kept with who they are, and shown with their names. New. */
static json_t *with_names(json_t *line, const fria_workspace *ws)
{
	static const char *const lists[] = {"approvals", "requests"};
	json_t *out = json_incref(line), *one;
	size_t i;
	for (size_t k = 0; k < 2; k++)
		json_array_foreach(json_object_get(line, lists[k]), i, one) {
			const char *by = fria_json_text(one, "by");
			const char *shown = fria_store_shown(ws->store, by);
			if (shown == by)
				continue;
			if (out == line) {
				json_decref(line);
				out = json_deep_copy(line);
			}
			json_object_set_new(
			    json_array_get(json_object_get(out, lists[k]), i),
			    "by", fria_json_string(shown));
		}
	return out;
}

static int compute(json_t **line, json_t **stamps, const portfolio *p,
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
		*line = line_of(id, name, s, &standing, versions);
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

static int add_line(portfolio *p, const char *id, const char *own,
		    const json_t *base, fria_error *err)
{
	char digest[FRIA_DIGEST_SIZE];
	size_t last = 0;
	json_t *key = json_deep_copy(base), *line = NULL, *stamps = NULL;
	char *name = fria_format("%s/%s", id, own);
	int code = add_version(key, &last, p->ws, id, own, err);
	fria_digest(digest, key);
	const json_t *kept = json_object_get(p->kept, name);
	if (!code && is_kept(p, id, kept, name, digest)) {
		line = json_incref(json_object_get(kept, "line"));
		stamps = json_incref(json_object_get(kept, "evidence"));
	}
	if (!code && !line) {
		p->changed = true;
		code = compute(&line, &stamps, p, id, name, last, err);
	}
	if (!code) {
		char sum[FRIA_DIGEST_SIZE];
		sum_of(sum, name, digest, line, stamps);
		json_array_append_new(p->out, with_names(line, p->ws));
		json_object_set_new(
		    p->fresh, name,
		    fria_json_pack("{s:s, s:s, s:O, s:O}", "key", digest, "sum",
				   sum, "line", line, "evidence", stamps));
	}
	json_decref(line);
	json_decref(stamps);
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
	for (size_t i = 0; !code && i < names.n; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		if (add_line(p, id, names.items[i], key, &broken))
			code = note_broken(p, id, names.items[i], &broken, err);
	}
	json_decref(key);
	fria_strings_dispose(&names);
	return code;
}

static int make(json_t **out, fria_findings *broken, const fria_workspace *ws,
		const char *application, bool anew, fria_time as_of,
		fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	portfolio p = {.ws = ws,
		       .broken = broken,
		       .as_of = fria_day_start(as_of),
		       .out = json_array(),
		       .kept = anew ? NULL : fria_note_read(ws, NOTE),
		       .fresh = json_object()};
	fria_path_state state = FRIA_PATH_ABSENT;
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
		json_decref(p.out);
	else
		*out = p.out;
	return code;
}

int fria_portfolio(json_t **out, fria_findings *broken,
		   const fria_workspace *ws, const char *application,
		   fria_time as_of, fria_error *err)
{
	return make(out, broken, ws, application, false, as_of, err);
}

int fria_portfolio_anew(json_t **out, fria_findings *broken,
			const fria_workspace *ws, fria_time as_of,
			fria_error *err)
{
	return make(out, broken, ws, NULL, true, as_of, err);
}
