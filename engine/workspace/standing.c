/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A snapshot evaluated, with what the evaluation asks of the past: how facts,
 * answers and contents were, and the versions it looks back at.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- befores, found in history --- */

/* How many earlier states of an assessment are searched for a "before". */
#define MAX_EARLIER 100

typedef struct {
	const fria_workspace *ws;
	const fria_snapshot *snapshot;
	json_t *facts;	 /* blob id to application.json, or null */
	json_t *content; /* digest to content, of those that were found */
	char *name;	 /* "APP/NAME" */
	json_t *earlier; /* list of assessments, newest first; NULL: not read */
	json_t *last, *notified; /* documents of versions; NULL: none */
	char *last_version, *notified_version;
	sibling_judgements siblings;
} lookup;

static const char *shown(void *data, const char *by)
{
	const lookup *l = data;
	return fria_store_shown(l->ws->store, by);
}

static const json_t *facts_at(void *data, const char *blob)
{
	lookup *l = data;
	json_t *known = json_object_get(l->facts, blob), *json = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	if (known)
		return json_is_null(known) ? NULL : known;
	if (!fria_store_read_blob(&bytes, l->ws->store, blob, NULL))
		fria_json_parse(&json, blob, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	json_object_set_new(l->facts, blob, json ? json : json_null());
	return json;
}

static bool keep_earlier(void *data, const fria_commit *commit)
{
	lookup *l = data;
	json_t *json = NULL;
	if (!fria_workspace_json(&json, l->ws, commit->id, l->snapshot->path,
				 NULL) &&
	    !fria_assessment_check(json, l->snapshot->path, NULL))
		json_array_append(l->earlier, json);
	json_decref(json);
	return json_array_size(l->earlier) < MAX_EARLIER;
}

static void read_earlier(lookup *l)
{
	const char *const paths[] = {l->snapshot->path, NULL};
	const char *from =
	    l->snapshot->commit[0] ? l->snapshot->commit : "HEAD";
	if (l->earlier)
		return;
	l->earlier = json_array();
	fria_store_log(l->ws->store, from, paths, keep_earlier, l, NULL);
}

static json_t *answer_was(void *data, const char *name, const char *row,
			  const char *digest)
{
	lookup *l = data;
	const fria_instrument *in = l->snapshot->instrument;
	size_t task = fria_instrument_find(in, name), i;
	json_t *earlier;
	if (task == FRIA_NONE)
		return NULL;
	read_earlier(l);
	json_array_foreach(l->earlier, i, earlier) {
		char was[FRIA_DIGEST_SIZE];
		json_t *form = fria_upstream_form(in, earlier, task, row);
		fria_digest(was, form);
		if (!strcmp(was, digest))
			return form;
		json_decref(form);
	}
	return NULL;
}

/* How many commits from the moment of an approval on are looked at. */
#define MAX_CONTENTS 8

typedef struct {
	const lookup *l;
	const char *digest;
	fria_rules rules; /* that it names */
	fria_time at;
	size_t seen;
	json_t *found;
} content_search;

/* The content as a commit left it; NULL if it cannot be read. New. */
static json_t *content_at(const lookup *l, const char *commit, fria_rules rules)
{
	const fria_snapshot *s = l->snapshot;
	char *path = fria_workspace_path(s->application_id, "application");
	json_t *assessment = NULL, *application = NULL, *content = NULL;
	fria_instrument *in = NULL;
	if (!fria_workspace_json(&assessment, l->ws, commit, s->path, NULL) &&
	    !fria_assessment_check(assessment, s->path, NULL) &&
	    !fria_workspace_json(&application, l->ws, commit, path, NULL) &&
	    !fria_application_check(application, path, NULL) &&
	    !fria_workspace_instrument(&in, l->ws, commit,
				       fria_json_text(assessment, "instrument"),
				       NULL))
		content =
		    fria_content(in, assessment, application, l->name, rules);
	fria_instrument_free(in);
	json_decref(assessment);
	json_decref(application);
	free(path);
	return content;
}

/* An approval is committed at its own moment, with the content it is about. */
static bool search_content(void *data, const fria_commit *commit)
{
	content_search *search = data;
	char digest[FRIA_CONTENT_SIZE];
	if (search->at && commit->at > search->at)
		return true;
	json_t *content = content_at(search->l, commit->id, search->rules);
	if (content) {
		fria_content_name(digest, content, search->rules);
		if (!strcmp(digest, search->digest))
			search->found = json_incref(content);
		json_decref(content);
	}
	return !search->found && ++search->seen < MAX_CONTENTS;
}

static json_t *content_was(void *data, const char *digest, fria_time at)
{
	lookup *l = data;
	const fria_snapshot *s = l->snapshot;
	json_t *known = json_object_get(l->content, digest);
	fria_rules rules;
	if (known)
		return json_incref(known);
	if (!fria_content_rules(&rules, digest))
		return NULL;
	char *application =
	    fria_workspace_path(s->application_id, "application");
	const char *const paths[] = {s->path, application, NULL};
	content_search search = {l, digest, rules, at, 0, NULL};
	fria_store_log(l->ws->store, s->commit[0] ? s->commit : "HEAD", paths,
		       search_content, &search, NULL);
	free(application);
	if (search.found)
		json_object_set(l->content, digest, search.found);
	return search.found;
}

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
		      const fria_tag *last, const fria_tag *notified)
{
	if (last->name) {
		input->adopted = true;
		input->adopted_at = last->local;
		l->last = document_of(l->ws, l->snapshot, last);
		l->last_version = fria_strdup(name_of(last));
	}
	if (notified->name) {
		l->notified = document_of(l->ws, l->snapshot, notified);
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
 * one after the other, so halving finds it. Leaves its tag in *out.
 */
static size_t adopted_before(fria_tag *out, const fria_workspace *ws,
			     const fria_snapshot *s, size_t last)
{
	size_t there = 0, after = last + 1, try = last;
	while (after - there > 1) {
		fria_tag tag = {0};
		bool held = !fria_snapshot_version(&tag, ws, s->application_id,
						   s->name, try, NULL) &&
			    fria_tag_binds(&tag) && adopted_by(&tag, s);
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
	return there;
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
	int code = 0;
	size_t last = adopted_before(
	    &at, ws, s, fria_snapshot_last(ws, s->application_id, s->name));
	if (n && n <= last)
		code = fria_snapshot_version(&notified, ws, s->application_id,
					     s->name, n, err);
	look_back(l, input, &at, &notified);
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

int fria_standing_make(fria_standing *out, const fria_workspace *ws,
		       const fria_snapshot *s, fria_time as_of, fria_error *err)
{
	return fria_standing_make_in(out, ws, s, as_of, ws->session.lang, err);
}

int fria_standing_make_in(fria_standing *out, const fria_workspace *ws,
			  const fria_snapshot *s, fria_time as_of,
			  fria_lang lang, fria_error *err)
{
	lookup *l = fria_calloc(1, sizeof *l);
	const char *review = fria_json_text(ws->config, "review");
	*l = (lookup){.ws = ws,
		      .snapshot = s,
		      .facts = json_object(),
		      .content = json_object(),
		      .name = fria_format("%s/%s", s->application_id, s->name)};
	siblings_judge(&l->siblings, s, as_of);
	*out = (fria_standing){
	    .input = {.instrument = s->instrument,
		      .assessment = s->assessment,
		      .application = s->application,
		      .siblings = {l->siblings.items, s->siblings_n},
		      .as_of = as_of,
		      .roles = json_object_get(ws->config, "roles"),
		      .name = l->name,
		      .lang = lang,
		      .facts_at = facts_at,
		      .answer_was = answer_was,
		      .content_was = content_was,
		      .shown = shown,
		      .data = l},
	    .lookup = l};
	fria_duration_parse(&out->input.review, review ? review : "P12M");
	int code = find_adopted(&out->input, l, ws, s, err);
	if (code)
		fria_standing_dispose(out);
	else
		fria_evaluate(&out->result, &out->input);
	return code;
}

void fria_standing_dispose(fria_standing *standing)
{
	lookup *l = standing->lookup;
	fria_evaluation_dispose(&standing->result);
	if (l) {
		siblings_dispose(&l->siblings);
		json_decref(l->facts);
		json_decref(l->content);
		json_decref(l->earlier);
		json_decref(l->last);
		json_decref(l->notified);
		free(l->last_version);
		free(l->notified_version);
		free(l->name);
		free(l);
	}
	*standing = (fria_standing){.lookup = NULL};
}
