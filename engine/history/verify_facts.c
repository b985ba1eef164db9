/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an application was told and measured may grow, and be taken back by who
 * recorded it; evidence stays what its name says. Nothing else of the facts is
 * judged: they may change.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A change of an application's document. */
typedef struct {
	verifying *v;
	const past_change *change;
	fria_commit commit;
	const json_t *before, *after;
	history_merged merged;
} facts_change;

/* A list in the document: of a metric, or of the application itself. */
typedef struct {
	const char *metric; /* NULL: none */
	const char *key;
	const json_t *one; /* that is looked for there */
} fact_list;

/* The same, or that taken back by who made the commit. */
static bool stands(const facts_change *c, const json_t *list, const json_t *one)
{
	json_t *now;
	size_t i;
	json_array_foreach(list, i, now) {
		const json_t *taken = json_object_get(now, "withdrawn");
		const char *by = fria_json_text(taken, "by");
		if (json_equal(now, one))
			return true;
		if (!by || json_object_get(one, "withdrawn") ||
		    !fria_same_person(by, c->commit.author))
			continue;
		json_t *rest = json_copy(now);
		json_object_del(rest, "withdrawn");
		bool same = json_equal(rest, one);
		json_decref(rest);
		if (same)
			return true;
	}
	return false;
}

static void tell(const facts_change *c, fria_severity severity, fria_word word,
		 const char *what, size_t n)
{
	char count[24];
	snprintf(count, sizeof count, "%zu", n);
	if (!n)
		return;
	fria_finding *f = verify_note_at(c->v, severity, word, c->change);
	fria_args_add(&f->args, "what", what);
	fria_args_add(&f->args, "count", count);
}

static const json_t *list_in(const json_t *document, const fact_list *l)
{
	if (l->metric)
		document = json_object_get(
		    json_object_get(document, "monitoring"), l->metric);
	return json_object_get(document, l->key);
}

static bool has_fact(const json_t *document, const void *what)
{
	const fact_list *l = what;
	return history_holds(list_in(document, l), l->one);
}

static size_t missing(const facts_change *c, const char *metric,
		      const char *key)
{
	fact_list l = {metric, key, NULL};
	const json_t *after = list_in(c->after, &l);
	size_t n = 0, i;
	json_t *one;
	json_array_foreach(list_in(c->before, &l), i, one) {
		l.one = one;
		n += !stands(c, after, one) &&
		     !history_gone_before(&c->merged, has_fact, &l);
	}
	return n;
}

static void check_lists(const facts_change *c)
{
	const json_t *now = json_object_get(c->after, "monitoring");
	json_t *metric;
	const char *key;
	tell(c, FRIA_WARNING, FRIA_W_verify_events, "",
	     missing(c, NULL, "events"));
	json_object_foreach(json_object_get(c->before, "monitoring"), key,
			    metric) {
		const json_t *own = json_object_get(now, key);
		tell(c, own ? FRIA_WARNING : FRIA_NOTE,
		     own ? FRIA_W_verify_measurements
			 : FRIA_W_verify_metric_gone,
		     key, missing(c, key, "series"));
	}
	tell(c, FRIA_WARNING, FRIA_W_verify_unveiled_fact, "",
	     missing(c, NULL, "withheld"));
}

/* Events are recorded when they are told. */
static void check_moments(const facts_change *c)
{
	json_t *one;
	size_t i, n = 0;
	json_array_foreach(json_object_get(c->after, "events"), i, one) {
		const char *by = fria_json_text(one, "by");
		n += by && !strcmp(by, c->commit.author) &&
		     verify_apart(fria_json_text(one, "at"), c->commit.at) &&
		     !history_holds(json_object_get(c->before, "events"), one);
	}
	tell(c, FRIA_WARNING, FRIA_W_verify_events_at, "", n);
}

/* A merge joins lists: what one side had not, it did not take away. */
static bool is_merge(const facts_change *c)
{
	return c->commit.parents.n > 1;
}

static void check_change(verifying *v, const past_change *changes, size_t n,
			 size_t at)
{
	json_t *before = history_before(v->ws, changes, n, at);
	json_t *after = history_json(v->ws, changes[at].after);
	facts_change c = {
	    .v = v, .change = &changes[at], .before = before, .after = after};
	if (before && after && !changes[at].boundary &&
	    !fria_store_commit_read(&c.commit, v->ws->store, changes[at].commit,
				    NULL)) {
		history_merged_read(&c.merged, v->ws, &c.commit,
				    c.change->path);
		check_lists(&c);
		history_merged_dispose(&c.merged);
		if (!is_merge(&c))
			check_moments(&c);
	}
	fria_commit_dispose(&c.commit);
	json_decref(before);
	json_decref(after);
}

/* The document is about the application in whose folder it stands. */
static void check_name(verifying *v, const char *id, const char *path)
{
	json_t *now = NULL;
	if (!fria_workspace_json(&now, v->ws, v->past.head, path, NULL)) {
		const char *own = fria_json_text(now, "id");
		if (own && strcmp(own, id) != 0)
			fria_findings_add(v->out, FRIA_SEVERE,
					  FRIA_W_verify_other_name, path, "/id",
					  "name", own, "place", id, NULL);
	}
	json_decref(now);
}

/* --- evidence --- */

static bool mentions(const verifying *v, const char *commit, const char *path,
		     const char *link)
{
	fria_buf bytes = FRIA_BUF_INIT;
	bool has = !fria_store_read(&bytes, v->ws->store, commit, path, NULL) &&
		   strstr(bytes.text, link);
	fria_buf_dispose(&bytes);
	return has;
}

/* An answer points at it, as recorded now or in a version. */
static bool is_used(const verifying *v, const char *id, const char *name)
{
	fria_strings names = FRIA_STRINGS_INIT;
	char *link = fria_format(FRIA_EVIDENCE "/%s", name);
	bool used = false;
	fria_workspace_assessments(&names, v->ws, v->past.head, id, NULL);
	for (size_t i = 0; i < names.n && !used; i++) {
		char *path = fria_workspace_path(id, names.items[i]);
		fria_tags tags = {NULL, 0};
		used = mentions(v, v->past.head, path, link);
		fria_snapshot_versions(&tags, v->ws, id, names.items[i], NULL);
		for (size_t k = 0; k < tags.n && !used; k++)
			used = mentions(v, tags.items[k].target, path, link);
		fria_tags_dispose(&tags);
		free(path);
	}
	fria_strings_dispose(&names);
	free(link);
	return used;
}

static bool ends_in_json(const char *name)
{
	size_t n = strlen(name);
	return n > 5 && !strcmp(name + n - 5, ".json");
}

/* Its bytes are what its name was made from; a document about one is told by
 * its changes. */
static bool is_itself(const verifying *v, const char *name, const char *blob)
{
	char digest[FRIA_SHA256_SIZE];
	fria_buf bytes = FRIA_BUF_INIT;
	bool same = true;
	if (!fria_store_read_blob(&bytes, v->ws->store, blob, NULL)) {
		fria_sha256(digest, bytes.text, bytes.n);
		same = !strncmp(digest, name, fria_evidence_mark(name));
	}
	fria_buf_dispose(&bytes);
	return same;
}

static void check_piece(verifying *v, const char *id,
			const past_change *changes, size_t n)
{
	const char *name = strrchr(changes[0].path, '/') + 1;
	const char *first = "", *now = changes[0].after;
	size_t edited = n; /* since when it is not what was first recorded */
	if (!fria_evidence_mark(name))
		return;
	for (size_t i = n; i-- > 0;)
		if (changes[i].put_back)
			continue;
		else if (!first[0])
			first = changes[i].after;
		else if (changes[i].after[0] && strcmp(changes[i].after, first))
			edited = i;
	bool gone = !changes[0].after[0];
	if (gone) {
		bool used = is_used(v, id, name);
		fria_args_add(
		    &verify_note_at(v, used ? FRIA_SEVERE : FRIA_NOTE,
				    used ? FRIA_W_verify_evidence_gone
					 : FRIA_W_verify_evidence_removed,
				    changes)
			 ->args,
		    "name", name);
	} else if (ends_in_json(name)
		       ? edited < n
		       : strcmp(now, first) != 0 || !is_itself(v, name, now)) {
		fria_args_add(
		    &verify_note_at(
			 v, ends_in_json(name) ? FRIA_WARNING : FRIA_SEVERE,
			 FRIA_W_verify_evidence_changed,
			 edited < n ? &changes[edited] : changes)
			 ->args,
		    "name", name);
	}
}

void verify_application(verifying *v, const char *id)
{
	size_t n = 0;
	char *path = fria_workspace_path(id, "application");
	const past_change *changes = past_of(&v->past, path, &n);
	for (size_t i = 0; i < n; i++)
		check_change(v, changes, n, i);
	check_name(v, id, path);
	char *folder = fria_evidence_path(id, "");
	size_t all = 0;
	changes = past_below(&v->past, folder, &all);
	for (size_t i = 0; i < all; i += n) {
		for (n = 1; i + n < all &&
			    !strcmp(changes[i + n].path, changes[i].path);)
			n++;
		check_piece(v, id, changes + i, n);
	}
	free(folder);
	free(path);
}
