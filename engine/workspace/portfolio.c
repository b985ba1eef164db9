/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every assessment of a workspace on a line. A line is kept with the digest of
 * all that it was made from; what has the same digest is not computed again.
 * Documents are not read for that: git knows a folder of HEAD by its id, and a
 * file of the work tree by its stamp.
 */
#include "workspace_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NOTE "status.json"

typedef struct {
	const fria_workspace *ws;
	fria_time as_of;
	fria_statuses *out;
	json_t *kept;	    /* name to {"key", "line"}: what was there */
	json_t *own;	    /* the same, as this handle made or saw it */
	fria_entries trees; /* in a bare repository: of each application */
	json_t *fresh;	    /* the same for what is there now */
	json_t *common;	    /* what every line rests on */
	fria_findings *broken;
	size_t most, missing; /* lines to be computed, and left out */
	bool changed;
} portfolio;

/* --- what a line rests on --- */

static void add_stamp(json_t *key, const fria_workspace *ws, const char *path)
{
	char stamp[FRIA_STAMP_SIZE];
	fria_store_stamp(stamp, ws->store, path);
	json_array_append_new(key, fria_json_string(stamp));
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
		add_stamp(key, ws, path);
		free(path);
	}
	add_stamp(key, ws, FRIA_LAW);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
	fria_buf_dispose(&day);
	return key;
}

static int compare_entries(const void *name, const void *entry)
{
	return strcmp(name, ((const fria_entry *)entry)->name);
}

/* The id of its folder in HEAD; NULL: it is not by that that it is known. */
static const char *tree_of(const portfolio *p, const char *id)
{
	char *name = fria_format("%s/", id);
	const fria_entry *found =
	    p->trees.n ? bsearch(name, p->trees.items, p->trees.n,
				 sizeof *p->trees.items, compare_entries)
		       : NULL;
	free(name);
	return found ? found->id : NULL;
}

/* All documents of the application: an answer may rest on another's. */
static json_t *application_key(const portfolio *p, const char *id,
			       const fria_strings *names)
{
	json_t *key = json_copy(p->common);
	const char *tree = tree_of(p, id);
	if (tree) {
		json_array_append_new(key, fria_json_string(tree));
		return key;
	}
	char *path = fria_workspace_path(id, "application");
	add_stamp(key, p->ws, path);
	free(path);
	for (size_t i = 0; i < names->n; i++) {
		path = fria_workspace_path(id, names->items[i]);
		json_array_append_new(key, fria_json_string(path));
		add_stamp(key, p->ws, path);
		free(path);
	}
	return key;
}

/* The last version, and the tag that it is: it rests on no earlier one. plain:
 * the application never had another id. */
static void add_version(json_t *key, size_t *last, const fria_workspace *ws,
			const char *id, const char *own, bool plain)
{
	char tag[FRIA_ID_SIZE] = "";
	char *stem = fria_tag_stem(ws, id, own);
	char *prefix = fria_format("%sv", stem);
	*last = plain ? fria_store_version_last(ws->store, prefix, 0)
		      : fria_snapshot_last(ws, id, own);
	char *name = !*last  ? NULL
		     : plain ? fria_format("%s%zu", prefix, *last)
			     : fria_version_tag(ws, id, own, *last);
	if (name)
		fria_store_tag_id(tag, ws->store, name);
	json_array_append_new(key,
			      fria_json_pack("[I, s]", (json_int_t)*last, tag));
	free(name);
	free(prefix);
	free(stem);
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

/* --- what is kept: of an application its folder, and of each line --- */

/* It is believed where nothing else was written over it. */
static void sum_of(char out[FRIA_DIGEST_SIZE], const char *name,
		   const json_t *entry)
{
	json_t *own = json_copy((json_t *)(uintptr_t)entry);
	json_object_del(own, "sum");
	json_t *all = fria_json_pack("[s, o]", name, own);
	fria_digest(out, all);
	json_decref(all);
}

/* What is kept under a name, if it was made from this; NULL. Borrowed. */
static json_t *find_kept(const portfolio *p, const char *name, const char *key)
{
	char sum[FRIA_DIGEST_SIZE];
	json_t *own = json_object_get(p->own, name);
	const char *made_from = fria_json_text(own, "key");
	if (made_from && !strcmp(made_from, key))
		return own;
	json_t *kept = json_object_get(p->kept, name);
	const char *told = fria_json_text(kept, "sum");
	made_from = fria_json_text(kept, "key");
	if (!made_from || !told || strcmp(made_from, key) != 0)
		return NULL;
	sum_of(sum, name, kept);
	return strcmp(sum, told) ? NULL : kept;
}

/* Takes the entry. */
static void keep(portfolio *p, const char *name, const char *key, json_t *entry)
{
	char sum[FRIA_DIGEST_SIZE];
	json_object_set_new(entry, "key", fria_json_string(key));
	sum_of(sum, name, entry);
	json_object_set_new(entry, "sum", fria_json_string(sum));
	json_object_set_new(p->fresh, name, entry);
}

/* The line that is kept, where also what its answers point at is as it was. */
static json_t *find_line(const portfolio *p, const char *id, const char *name,
			 const char *key)
{
	json_t *kept = find_kept(p, name, key);
	const json_t *stamps = json_object_get(kept, "evidence");
	if (!json_object_get(kept, "line"))
		return NULL;
	if (tree_of(p, id))
		return kept; /* evidence stands in the folder, too */
	json_t *now = stamps_of(p->ws, id, stamps);
	bool same = json_equal(stamps, now);
	json_decref(now);
	return same ? kept : NULL;
}

static int add_line(portfolio *p, const char *id, const char *own,
		    const json_t *base, bool plain, fria_error *err)
{
	char digest[FRIA_DIGEST_SIZE];
	size_t last = 0;
	fria_status status = {0};
	json_t *key = json_copy((json_t *)(uintptr_t)base), *stamps = NULL;
	char *name = fria_format("%s/%s", id, own);
	int code = 0;
	add_version(key, &last, p->ws, id, own, plain);
	fria_digest(digest, key);
	json_t *kept = find_line(p, id, name, digest);
	bool left = !kept && !p->most;
	p->missing += left;
	if (kept) {
		read_status(&status, json_object_get(kept, "line"));
		json_object_set(p->fresh, name, kept);
	} else if (!left) {
		p->most--;
		p->changed = true;
		names_as_here(p->ws, id);
		code = compute(&status, &stamps, p, id, name, last, err);
		if (!code)
			keep(p, name, digest,
			     fria_json_pack("{s:o, s:o}", "line",
					    status_json(&status, NULL),
					    "evidence", stamps));
	}
	memcpy(status.key, digest, sizeof digest);
	if (!code && !left)
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
static int add_lines(portfolio *p, const char *id, const fria_strings *names,
		     bool plain, fria_error *err)
{
	json_t *key = application_key(p, id, names);
	int code = 0;
	for (size_t i = 0; !code && i < names->n; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		if (add_line(p, id, names->items[i], key, plain, &broken))
			code =
			    note_broken(p, id, names->items[i], &broken, err);
	}
	json_decref(key);
	return code;
}

/* Did it never have another id? */
static bool is_plain(const portfolio *p, const char *id)
{
	fria_strings claims = FRIA_STRINGS_INIT;
	fria_application_claims(&claims, p->ws, NULL, id);
	bool plain = !claims.n;
	fria_strings_dispose(&claims);
	return plain;
}

static void keep_folder(portfolio *p, const char *id, const char *tree,
			const fria_strings *names, bool plain)
{
	p->changed = true;
	keep(p, id, tree,
	     fria_json_pack("{s:o, s:b}", "names", fria_json_strings(names),
			    "plain", plain));
}

static int add_application(portfolio *p, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	const char *tree = tree_of(p, id);
	json_t *kept = tree ? find_kept(p, id, tree) : NULL;
	bool plain = json_is_true(json_object_get(kept, "plain"));
	int code = 0;
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(kept, "names"), i, one)
		fria_strings_add(&names, json_string_value(one));
	if (kept)
		json_object_set(p->fresh, id, kept);
	else
		code = fria_workspace_assessments(&names, p->ws, NULL, id, err);
	if (!kept)
		names_as_here(p->ws, id);
	if (!code && tree && !kept) {
		plain = is_plain(p, id);
		keep_folder(p, id, tree, &names, plain);
	}
	if (!code)
		code = add_lines(p, id, &names, plain, err);
	fria_strings_dispose(&names);
	return code;
}

/* What each application's folder is in HEAD, where nothing else is read. */
static void find_trees(portfolio *p)
{
	char head[FRIA_ID_SIZE], folder[FRIA_ID_SIZE];
	fria_store *store = p->ws->store;
	if (fria_store_is_bare(store) && !p->ws->rehearses &&
	    fria_store_head(head, store) &&
	    fria_store_blob_id(folder, store, head, FRIA_ASSESSMENTS))
		fria_store_entries(&p->trees, store, folder, NULL);
}

/* It must be there, or have been. */
static int check_application(const fria_workspace *ws, const fria_strings *ids,
			     const char *application, fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	char *own = fria_workspace_path(application, "application");
	fria_store_state(&state, ws->store, own, NULL);
	free(own);
	return state != FRIA_PATH_REMOVED && !fria_strings_has(ids, application)
		   ? fria_workspace_no_application(ws, application, err)
		   : 0;
}

/* Of one application (NULL: of all) what is there is kept; anew: nothing that
 * was is looked at. */
static int run(portfolio *p, const char *application, bool anew,
	       fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	p->fresh = json_object();
	if (!anew)
		kept_lines(&p->own, &p->kept, p->ws, NOTE);
	find_trees(p);
	p->common = common_key(p->ws, p->as_of);
	*p->out = (fria_statuses){NULL, 0};
	int code = fria_workspace_applications(&ids, p->ws, NULL, err);
	if (!code && application)
		code = check_application(p->ws, &ids, application, err);
	for (size_t i = 0; !code && i < ids.n; i++)
		if (!application || !strcmp(ids.items[i], application))
			code = add_application(p, ids.items[i], err);
	if (!code && p->changed && !application)
		fria_note_write(p->ws, NOTE, p->fresh, NULL);
	if (!code && !anew)
		keep_lines(p->ws, p->fresh, application ? NULL : NOTE);
	fria_strings_dispose(&ids);
	fria_entries_dispose(&p->trees);
	json_decref(p->common);
	json_decref(p->own);
	json_decref(p->kept);
	json_decref(p->fresh);
	if (code)
		fria_statuses_dispose(p->out);
	return code;
}

int fria_portfolio(fria_statuses *out, fria_findings *broken,
		   const fria_workspace *ws, const char *application,
		   fria_time as_of, fria_error *err)
{
	portfolio p = {.ws = ws,
		       .broken = broken,
		       .as_of = fria_day_start(as_of),
		       .most = SIZE_MAX,
		       .out = out};
	return run(&p, application, false, err);
}

int fria_portfolio_known(fria_statuses *out, size_t *missing,
			 fria_findings *broken, const fria_workspace *ws,
			 fria_time as_of, size_t most, fria_error *err)
{
	portfolio p = {.ws = ws,
		       .broken = broken,
		       .as_of = fria_day_start(as_of),
		       .most = most,
		       .out = out};
	int code = run(&p, NULL, false, err);
	*missing = p.missing;
	return code;
}

int fria_portfolio_anew(fria_statuses *out, fria_findings *broken,
			const fria_workspace *ws, fria_time as_of,
			fria_error *err)
{
	portfolio p = {.ws = ws,
		       .broken = broken,
		       .as_of = fria_day_start(as_of),
		       .most = SIZE_MAX,
		       .out = out};
	return run(&p, NULL, true, err);
}
