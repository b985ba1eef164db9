/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What no version binds and no one may change for another: comments, dissent
 * and what is withheld; and moments that were dated back or ahead.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One change: what the parents had, and what stands there. */
typedef struct {
	checker *k;
	const past_change *change;
	size_t at; /* among the changes */
	fria_commit commit;
	json_t *before; /* the document of each parent */
	json_t *after;
	history_merged merged;
} talk;

static fria_finding *note_talk(const talk *t, fria_severity severity,
			       fria_word word, const char *pointer)
{
	fria_finding *f =
	    verify_note(t->k, severity, word, t->change->commit, pointer);
	fria_args_add(&f->args, "who", t->commit.author);
	return f;
}

/* --- comments --- */

static const json_t *comment_by_id(const json_t *document, const char *id)
{
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(document, "comments"), i, one) {
		const char *own = fria_json_text(one, "id");
		if (own && !strcmp(own, id))
			return one;
	}
	return NULL;
}

/* That it was settled is no part of what was said. */
static bool same_comment(const json_t *a, const json_t *b)
{
	static const char *const said[] = {"task", "row", "value", "text",
					   "by",   "at",  NULL};
	for (size_t i = 0; b && said[i]; i++) {
		const json_t *x = json_object_get(a, said[i]);
		const json_t *y = json_object_get(b, said[i]);
		if (x != y && !(x && y && json_equal(x, y)))
			return false;
	}
	return b != NULL;
}

static bool has_comment(const json_t *document, const void *id)
{
	return comment_by_id(document, id) != NULL;
}

/* True if some parent had it as it is now, or had it no more. */
static bool is_from_parent(const talk *t, const char *id, const json_t *now)
{
	json_t *parent;
	size_t i;
	if (!now)
		return history_gone_before(&t->merged, has_comment, id);
	json_array_foreach(t->before, i, parent) {
		const json_t *was = comment_by_id(parent, id);
		if (was && same_comment(was, now))
			return true;
	}
	return false;
}

/* Of all parents, those of the first first. New. */
static json_t *comments_before(const talk *t)
{
	json_t *all = json_object(), *parent, *one;
	size_t i, k;
	json_array_foreach(t->before, i, parent)
		json_array_foreach(json_object_get(parent, "comments"), k,
				   one) {
			const char *id = fria_json_text(one, "id");
			if (id && !json_object_get(all, id))
				json_object_set(all, id, one);
		}
	return all;
}

static void check_comments(const talk *t)
{
	const json_t *first = json_array_get(t->before, 0);
	json_t *one, *was = comments_before(t);
	const char *id;
	size_t i;
	json_object_foreach(was, id, one) {
		const char *by = fria_json_text(one, "by");
		const json_t *now = comment_by_id(t->after, id);
		if (same_comment(one, now) || is_from_parent(t, id, now) ||
		    (by && fria_same_person(by, t->commit.author)))
			continue;
		fria_finding *f = note_talk(t, FRIA_WARNING,
					    now ? FRIA_W_verify_comment_edited
						: FRIA_W_verify_comment_removed,
					    "/comments");
		fria_args_add(&f->args, "by", by ? by : "?");
	}
	json_decref(was);
	json_array_foreach(json_object_get(t->after, "comments"), i, one) {
		id = fria_json_text(one, "id");
		const char *by = fria_json_text(one, "by");
		if (!id || !by || fria_same_person(by, t->commit.author) ||
		    json_array_size(t->before) != 1 ||
		    comment_by_id(first, id) ||
		    verify_tells(t->k, &t->commit, by))
			continue;
		fria_finding *f = note_talk(
		    t, FRIA_WARNING, FRIA_W_verify_comment_other, "/comments");
		fria_args_add(&f->args, "by", by);
	}
}

/* --- dissent, and what is withheld --- */

/* Appends what all answers below have under a name, as {of, what}. */
static void gather(json_t *out, const json_t *value, const char *name)
{
	json_t *one, *held = json_object_get(value, name);
	const char *key;
	size_t i;
	if (json_is_array(held))
		json_array_extend(out, held);
	else if (held)
		json_array_append(out, held);
	json_array_foreach(value, i, one)
		gather(out, one, name);
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (strcmp(key, name) != 0)
			gather(out, one, name);
}

static json_t *gathered(const json_t *document, const char *name)
{
	json_t *out = json_array();
	gather(out, json_object_get(document, "answers"), name);
	return out;
}

/* One mark, under its name. */
typedef struct {
	const char *name;
	const json_t *one;
} mark;

static bool has_mark(const json_t *document, const void *what)
{
	const mark *m = what;
	json_t *all = gathered(document, m->name);
	bool has = history_holds(all, m->one);
	json_decref(all);
	return has;
}

/* What a parent had and no other took away, and what stands there has not. New.
 */
static json_t *lost(const talk *t, const char *name)
{
	json_t *now = gathered(t->after, name), *out = json_array();
	json_t *parent, *one;
	size_t i, k;
	json_array_foreach(t->before, i, parent) {
		json_t *was = gathered(parent, name);
		json_array_foreach(was, k, one) {
			const mark m = {name, one};
			if (!history_holds(now, one) &&
			    !history_holds(out, one) &&
			    !history_gone_before(&t->merged, has_mark, &m))
				json_array_append(out, one);
		}
		json_decref(was);
	}
	json_decref(now);
	return out;
}

/* The same act, if with other words: those are named by themselves. */
static bool has_act(const json_t *list, const json_t *act)
{
	const char *at = fria_json_text(act, "at");
	json_t *one;
	size_t i;
	json_array_foreach(list, i, one)
		if (at && fria_json_says(one, "at", at) &&
		    fria_json_says(one, "by", fria_json_text(act, "by")))
			return true;
	return false;
}

/* What the commit is the first to have, in the name of somebody else. */
static void check_new(const talk *t, json_t *now, json_t *was,
		      const char *pointer)
{
	json_t *one;
	size_t i;
	json_array_foreach(now, i, one) {
		const char *by = fria_json_text(one, "by");
		if (!by || fria_same_person(by, t->commit.author) ||
		    json_array_size(t->before) != 1 || has_act(was, one) ||
		    verify_tells(t->k, &t->commit, by))
			continue;
		fria_finding *f =
		    note_talk(t, FRIA_WARNING, FRIA_W_verify_other, pointer);
		fria_args_add(&f->args, "by", by);
	}
}

static void check_names(const talk *t)
{
	const json_t *first = json_array_get(t->before, 0);
	json_t *now = gathered(t->after, "withheld");
	json_t *was = gathered(first, "withheld");
	check_new(t, now, was, "/answers");
	check_new(t, json_object_get(t->after, "requests"),
		  json_object_get(first, "requests"), "/requests");
	json_decref(now);
	json_decref(was);
}

/* Who committed a dissent first: the oldest of an unbroken row. New. */
static char *dissenter(const talk *t, const json_t *dissent)
{
	const checker *k = t->k;
	char *who = NULL;
	size_t at = t->change->put_back ? 0 : t->at + 1;
	for (size_t i = at; i < k->changes_n && !k->changes[i].put_back; i++) {
		fria_commit commit = {0};
		json_t *document = history_document(k->ws, k->changes[i].after);
		json_t *all = gathered(document, "dissent");
		bool has = history_holds(all, dissent);
		json_decref(all);
		json_decref(document);
		if (!has)
			break;
		if (fria_store_commit_read(&commit, k->ws->store,
					   k->changes[i].commit, NULL))
			continue;
		free(who);
		who = fria_strdup(commit.author);
		fria_commit_dispose(&commit);
	}
	return who;
}

static void check_marks(const talk *t)
{
	json_t *dissents = lost(t, "dissent"), *marks = lost(t, "withheld");
	json_t *one;
	size_t i;
	json_array_foreach(dissents, i, one) {
		char *who = dissenter(t, one);
		if (!who || !fria_same_person(who, t->commit.author)) {
			fria_finding *f = note_talk(
			    t, FRIA_WARNING, FRIA_W_verify_dissent, "/answers");
			fria_args_add(&f->args, "by", who ? who : "?");
		}
		free(who);
	}
	json_array_foreach(marks, i, one) {
		const char *by = fria_json_text(one, "by");
		bool own = by && fria_same_person(by, t->commit.author);
		fria_finding *f = note_talk(t, own ? FRIA_NOTE : FRIA_WARNING,
					    FRIA_W_verify_unveiled, "/answers");
		fria_args_add(&f->args, "by", by ? by : "?");
	}
	json_decref(dissents);
	json_decref(marks);
}

/* --- moments --- */

/* Judgements that the commit is the first to have. */
static void count_moments(const talk *t, size_t *ahead, size_t *late)
{
	json_t *now = gathered(t->after, "basis"), *one;
	json_t *was = gathered(json_array_get(t->before, 0), "basis");
	size_t i;
	json_array_foreach(now, i, one) {
		const char *by = fria_json_text(one, "by");
		const char *at = fria_json_text(one, "at");
		fria_time moment;
		if (!by || strcmp(by, t->commit.author) != 0 ||
		    !verify_apart(at, t->commit.at) || history_holds(was, one))
			continue;
		fria_time_parse(&moment, at);
		*(moment > t->commit.at ? ahead : late) += 1;
	}
	json_decref(was);
	json_decref(now);
}

static void check_moments(const talk *t)
{
	size_t ahead = 0, late = 0;
	char count[24];
	count_moments(t, &ahead, &late);
	if (ahead) {
		snprintf(count, sizeof count, "%zu", ahead);
		fria_args_add(
		    &note_talk(t, FRIA_WARNING, FRIA_W_verify_ahead, "/answers")
			 ->args,
		    "count", count);
	}
	if (late) {
		snprintf(count, sizeof count, "%zu", late);
		fria_args_add(
		    &note_talk(t, FRIA_NOTE, FRIA_W_verify_late, "/answers")
			 ->args,
		    "count", count);
	}
}

/* --- a change --- */

static json_t *parse(const fria_buf *bytes)
{
	json_t *json = NULL;
	fria_json_parse(&json, "", bytes->text, bytes->n, NULL);
	return json;
}

/* Both documents, without the answers that are the same. */
static void read_pair(talk *t, json_t *before)
{
	fria_store *store = t->k->ws->store;
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	fria_buf x = FRIA_BUF_INIT, y = FRIA_BUF_INIT;
	json_t *was = NULL;
	if (t->change->before[0] &&
	    !fria_store_read_blob(&a, store, t->change->before, NULL) &&
	    !fria_store_read_blob(&b, store, t->change->after, NULL) &&
	    fria_excerpts(&x, &y, &a, &b)) {
		was = parse(&x);
		t->after = parse(&y);
	}
	if (!was || !t->after) {
		json_decref(was);
		json_decref(t->after);
		was = history_before(t->k->ws, t->k->changes, t->k->changes_n,
				     t->at);
		t->after = history_document(t->k->ws, t->change->after);
	}
	if (was)
		json_array_append_new(before, was);
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
	fria_buf_dispose(&x);
	fria_buf_dispose(&y);
}

static void read_parents(talk *t, json_t *before)
{
	for (size_t i = 0; i < t->commit.parents.n; i++) {
		char blob[FRIA_ID_SIZE] = "";
		fria_store_blob_id(blob, t->k->ws->store,
				   t->commit.parents.items[i], t->k->path);
		json_t *document = history_document(t->k->ws, blob);
		if (document)
			json_array_append_new(before, document);
	}
	t->after = history_document(t->k->ws, t->change->after);
}

static void check_change(checker *k, size_t at)
{
	talk t = {.k = k, .change = &k->changes[at], .at = at};
	if (t.change->boundary || !t.change->after[0] ||
	    past_repeats(k->changes, at) ||
	    fria_store_commit_read(&t.commit, k->ws->store, t.change->commit,
				   NULL))
		return;
	t.before = json_array();
	history_merged_read(&t.merged, k->ws, &t.commit, k->path);
	if (t.commit.parents.n > 1)
		read_parents(&t, t.before);
	else
		read_pair(&t, t.before);
	if (t.after && json_array_size(t.before)) {
		check_comments(&t);
		check_names(&t);
		check_marks(&t);
	}
	if (t.after && t.commit.parents.n < 2)
		check_moments(&t);
	history_merged_dispose(&t.merged);
	json_decref(t.before);
	json_decref(t.after);
	fria_commit_dispose(&t.commit);
}

void verify_talk(checker *k)
{
	for (size_t i = 0; i < k->changes_n; i++)
		check_change(k, i);
}
