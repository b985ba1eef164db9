/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an instrument's edges gave, over the history that is here: which rang,
 * and whether the answer was changed by it; and which answers were changed
 * after a release without having rung. For whoever keeps the tables.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* An answer as somebody once stood for it. */
typedef struct {
	char *key; /* task and row */
	const char *task;
	fria_time at;
	json_t *basis;
} standing;

typedef struct {
	fria_yield *out;
	const fria_workspace *ws;
	const fria_instrument *in; /* today's, by whose ids it is told */
	const char *name;	   /* of the assessment */
	json_t *told;		   /* a set: what is in the list */
	struct {
		standing *items;
		size_t n;
	} standings;
	struct {
		fria_release_day *items;
		size_t n;
	} releases; /* of the application, newest first */
} yielding;

/* --- what history holds --- */

static void add_standing(yielding *y, const char *task, const char *row,
			 const json_t *answer)
{
	json_t *basis = json_object_get(answer, "basis");
	const char *at = fria_json_text(basis, "at");
	fria_time moment;
	if (!at || !fria_time_parse(&moment, at))
		return;
	char *once = fria_format("%s %s %s", task, row ? row : "", at);
	if (!json_object_get(y->told, once)) {
		standing *one = FRIA_PUSH(&y->standings);
		*one = (standing){fria_format("%s %s", task, row ? row : ""),
				  task, moment, json_incref(basis)};
		json_object_set_new(y->told, once, json_true());
	}
	free(once);
}

static bool add_document(void *data, const fria_touch *touch)
{
	yielding *y = data;
	json_t *document = touch->entries[0][0]
			       ? history_document(y->ws, touch->entries[0])
			       : NULL;
	fria_questions all;
	if (!document)
		return true;
	fria_questions_list(&all, y->in, document);
	for (size_t i = 0; i < all.n; i++)
		add_standing(y, y->in->tasks[all.items[i].task].id,
			     all.items[i].row, all.items[i].answer);
	fria_questions_dispose(&all);
	json_decref(document);
	return true;
}

static bool add_release(void *data, const fria_touch *touch)
{
	yielding *y = data;
	fria_commit commit = {0};
	json_t *application = touch->entries[0][0]
				  ? history_json(y->ws, touch->entries[0])
				  : NULL;
	const char *release = fria_json_text(application, "release");
	if (release && !fria_store_commit_read(&commit, y->ws->store,
					       touch->commit, NULL)) {
		fria_release_day *last =
		    y->releases.n ? &y->releases.items[y->releases.n - 1]
				  : NULL;
		/* Of one release, the commit that began it. */
		if (last && !strcmp(last->release, release)) {
			last->at = commit.at;
		} else {
			fria_release_day *one = FRIA_PUSH(&y->releases);
			*one =
			    (fria_release_day){fria_strdup(release), commit.at};
		}
	}
	fria_commit_dispose(&commit);
	json_decref(application);
	return true;
}

/* --- what each standing says of the one before --- */

static int by_answer(const void *a, const void *b)
{
	const standing *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static fria_yield_edge *edge_of(fria_yield *out, const char *task,
				const char *key)
{
	for (size_t i = 0; i < out->edges.n; i++)
		if (!strcmp(out->edges.items[i].task, task) &&
		    !strcmp(out->edges.items[i].key, key))
			return &out->edges.items[i];
	fria_yield_edge *one = FRIA_PUSH(&out->edges);
	*one = (fria_yield_edge){fria_strdup(task), fria_strdup(key), 0, 0};
	return one;
}

/* Edges of which what they point at moved between the two. */
static size_t count_part(fria_yield *out, const standing *was,
			 const standing *is, const char *part, bool changed)
{
	const json_t *before = json_object_get(was->basis, part);
	json_t *after = json_object_get(is->basis, part), *digest;
	const char *key;
	size_t rang = 0;
	json_object_foreach(after, key, digest) {
		const json_t *other = json_object_get(before, key);
		if (!other || json_equal((json_t *)(uintptr_t)other, digest))
			continue;
		fria_yield_edge *edge = edge_of(out, is->task, key);
		edge->rang++;
		edge->changed += changed;
		rang++;
	}
	return rang;
}

static const fria_release_day *release_before(const yielding *y, fria_time at)
{
	static const fria_time within = (fria_time)60 * 86400;
	for (size_t i = 0; i < y->releases.n; i++) {
		const fria_release_day *one = &y->releases.items[i];
		if (one->at <= at)
			return at - one->at <= within ? one : NULL;
	}
	return NULL;
}

static bool is_of_one_rule(const standing *was, const standing *is)
{
	fria_rules a, b;
	return fria_basis_rules(&a, was->basis) &&
	       fria_basis_rules(&b, is->basis) && a == b;
}

static void compare(yielding *y, const standing *was, const standing *is)
{
	const char *before = fria_json_text(was->basis, "value");
	bool changed = before && !fria_json_says(is->basis, "value", before);
	if (!is_of_one_rule(was, is))
		return;
	size_t rang = count_part(y->out, was, is, "facts", changed) +
		      count_part(y->out, was, is, "answers", changed);
	const fria_release_day *release = release_before(y, is->at);
	if (changed && !rang && release && release->at > was->at) {
		fria_yield_missed *one = FRIA_PUSH(&y->out->missed);
		*one = (fria_yield_missed){
		    fria_strdup(y->name), fria_strdup(is->task),
		    fria_strdup(release->release), is->at};
	}
}

static void look_at(yielding *y, const fria_snapshot *s)
{
	char *application =
	    fria_workspace_path(s->application_id, "application");
	const char *const documents[] = {s->path, NULL};
	const char *const facts[] = {application, NULL};
	y->told = json_object();
	fria_store_touched_ever(y->ws->store, "HEAD", documents, add_document,
				y, NULL);
	fria_store_touched_ever(y->ws->store, "HEAD", facts, add_release, y,
				NULL);
	qsort(y->standings.items, y->standings.n, sizeof *y->standings.items,
	      by_answer);
	for (size_t i = 1; i < y->standings.n; i++)
		if (!strcmp(y->standings.items[i - 1].key,
			    y->standings.items[i].key))
			compare(y, &y->standings.items[i - 1],
				&y->standings.items[i]);
	y->out->standings += y->standings.n;
	for (size_t i = 0; i < y->standings.n; i++) {
		free(y->standings.items[i].key);
		json_decref(y->standings.items[i].basis);
	}
	for (size_t i = 0; i < y->releases.n; i++)
		free(y->releases.items[i].release);
	free(y->standings.items);
	free(y->releases.items);
	json_decref(y->told);
	free(application);
}

/* What rang most comes first; of what rang as often, what was in vain. */
static int by_vanity(const void *a, const void *b)
{
	const fria_yield_edge *x = a, *y = b;
	if (!x->changed != !y->changed)
		return x->changed ? 1 : -1;
	if (x->rang != y->rang)
		return x->rang < y->rang ? 1 : -1;
	int order = strcmp(x->task, y->task);
	return order ? order : strcmp(x->key, y->key);
}

int fria_yield_find(fria_yield *out, const fria_workspace *ws, const char *name,
		    fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	*out = (fria_yield){0};
	int code =
	    fria_workspace_instrument(&out->instrument, ws, NULL, name, err);
	if (!code)
		code = fria_workspace_meant(&all, ws, "-", err);
	for (size_t i = 0; i < all.n && !code; i++) {
		fria_snapshot *s = NULL;
		code = fria_snapshot_load(&s, ws, all.items[i], NULL, err);
		if (!code &&
		    !strcmp(s->instrument->file, out->instrument->file)) {
			yielding y = {.out = out,
				      .ws = ws,
				      .in = out->instrument,
				      .name = all.items[i]};
			look_at(&y, s);
			out->assessments++;
		}
		fria_snapshot_free(s);
	}
	if (out->edges.n)
		qsort(out->edges.items, out->edges.n, sizeof *out->edges.items,
		      by_vanity);
	fria_strings_dispose(&all);
	if (code)
		fria_yield_dispose(out);
	return code;
}

void fria_yield_dispose(fria_yield *y)
{
	for (size_t i = 0; i < y->edges.n; i++) {
		free(y->edges.items[i].task);
		free(y->edges.items[i].key);
	}
	for (size_t i = 0; i < y->missed.n; i++) {
		free(y->missed.items[i].assessment);
		free(y->missed.items[i].task);
		free(y->missed.items[i].release);
	}
	free(y->edges.items);
	free(y->missed.items);
	fria_instrument_free(y->instrument);
	*y = (fria_yield){0};
}
