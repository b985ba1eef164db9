/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a newer edition of a questionnaire adds to what answers rest on, looked
 * up in the commit in which somebody last stood for each (DESIGN section 3).
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* The assessment as it stood when answers were stood for, read once. */
typedef struct {
	char commit[FRIA_ID_SIZE];
	fria_snapshot *then; /* NULL: it cannot be read */
} moment;

typedef struct {
	const fria_workspace *ws;
	const char *name;
	const fria_blamed *blamed;
	const fria_instrument *is;
	fria_lang lang;
	struct {
		moment *items;
		size_t n;
	} moments;
} completing;

/* Borrowed; NULL if history here does not reach it. */
static const fria_snapshot *then_of(completing *c, const fria_blame_line *line)
{
	const fria_attribution *stood = &line->stood;
	if (!stood->known || stood->boundary)
		return NULL;
	if (!stood->commit[0])
		return c->blamed->snapshot;
	for (size_t i = 0; i < c->moments.n; i++)
		if (!strcmp(c->moments.items[i].commit, stood->commit))
			return c->moments.items[i].then;
	moment *one = FRIA_PUSH(&c->moments);
	*one = (moment){.then = NULL};
	memcpy(one->commit, stood->commit, FRIA_ID_SIZE);
	/* By the edges of this edition; those of then do not lead everywhere.
	 */
	if (!fria_snapshot_load(&one->then, c->ws, c->name, stood->commit,
				NULL) &&
	    fria_snapshot_widen(one->then, c->ws, c->is, NULL)) {
		fria_snapshot_free(one->then);
		one->then = NULL;
	}
	return one->then;
}

/* The facts that were read by then. New. */
static json_t *facts_of(const completing *c, const fria_snapshot *then,
			const json_t *basis)
{
	const char *source = fria_json_text(basis, "source");
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	if (source && strcmp(source, then->source) != 0 &&
	    !fria_store_read_blob(&bytes, c->ws->store, source, NULL))
		fria_json_parse(&json, source, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	if (!json)
		return json_incref(then->application);
	json_t *law = fria_json_pack("{s:O?}", "lines",
				     json_object_get(then->application, "law"));
	json_t *judged = fria_law_beside(json, law);
	json_decref(json);
	json_decref(law);
	return judged;
}

/* Its basis, if it answers a question that the edition leaves as it was. */
static json_t *kept_basis(const completing *c, json_t *assessment,
			  const fria_blame_line *line, size_t task)
{
	const fria_instrument *was = c->blamed->snapshot->instrument;
	json_t *answer =
	    fria_assessment_answer(assessment, was, task, line->row);
	json_t *basis = json_object_get(answer, "basis");
	return basis && fria_question_kept(was, c->is, task, c->lang) &&
		       fria_basis_answers(basis, was, task, c->lang)
		   ? basis
		   : NULL;
}

/* The basis that it would have had then, by one of the two. New. */
static json_t *basis_then(const completing *c, const fria_instrument *in,
			  const fria_snapshot *then, const json_t *application,
			  const fria_blame_line *line, const json_t *answer,
			  fria_rules rules)
{
	const fria_siblings siblings = {then->siblings, then->siblings_n};
	const fria_stand stand = {.at = c->ws->session.now};
	return fria_basis(in, then->assessment, application, &siblings,
			  fria_instrument_find(in, line->task), line->row,
			  answer, &stand, rules);
}

static void complete(completing *c, json_t *assessment,
		     const fria_blame_line *line, fria_completed *out)
{
	const fria_instrument *was = c->blamed->snapshot->instrument;
	size_t task = fria_instrument_find(was, line->task);
	json_t *basis = kept_basis(c, assessment, line, task);
	const fria_snapshot *then = basis ? then_of(c, line) : NULL;
	if (!basis)
		return;
	if (!then) {
		out->unfound += !fria_basis_answers(
		    basis, c->is, fria_instrument_find(c->is, line->task),
		    c->lang);
		return;
	}
	const json_t *answer =
	    fria_assessment_answer(assessment, was, task, line->row);
	fria_rules rules = FRIA_RULES;
	fria_basis_rules(&rules, basis);
	json_t *application = facts_of(c, then, basis);
	json_t *before =
	    basis_then(c, was, then, application, line, answer, rules);
	json_t *after =
	    basis_then(c, c->is, then, application, line, answer, rules);
	out->completed += fria_basis_complete(
	    basis, before, after, c->is->edition, c->ws->session.now);
	json_decref(application);
	json_decref(before);
	json_decref(after);
}

int fria_complete(fria_completed *out, fria_workspace *ws, const char *name,
		  const fria_instrument *is, fria_error *err)
{
	fria_blamed blamed;
	*out = (fria_completed){NULL, 0, 0};
	int code = fria_blame(&blamed, ws, name, NULL, err);
	if (code)
		return code;
	code = fria_snapshot_widen(blamed.snapshot, ws, is, err);
	if (code) {
		fria_blamed_dispose(&blamed);
		return code;
	}
	out->assessment = json_deep_copy(blamed.snapshot->assessment);
	completing c = {
	    .ws = ws,
	    .name = name,
	    .blamed = &blamed,
	    .is = is,
	    .lang = fria_assessment_language(blamed.snapshot->assessment)};
	for (size_t i = 0; i < blamed.n; i++)
		complete(&c, out->assessment, &blamed.items[i], out);
	for (size_t i = 0; i < c.moments.n; i++)
		fria_snapshot_free(c.moments.items[i].then);
	free(c.moments.items);
	fria_blamed_dispose(&blamed);
	return 0;
}

/* --- looked up again --- */

/* What a key of a basis leads to, as people call it. */
static const char *edge_name(const completing *c, size_t task, const char *key)
{
	const fria_task *t = &c->is->tasks[task];
	for (size_t i = 0; i < t->facts.n; i++)
		if (!strcmp(t->facts.items[i].key, key))
			return fria_fact_title(t->facts.items[i].pointer,
					       c->lang);
	for (size_t i = 0; i < t->upstream.n; i++)
		if (!strcmp(t->upstream.items[i].name, key))
			return t->upstream.items[i].id;
	return key;
}

static void add_others(fria_strings *out, const completing *c, size_t task,
		       const json_t *basis, const json_t *then,
		       const char *part)
{
	const json_t *completed = json_object_get(basis, "completed");
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(completed, part), i, one) {
		const char *key = json_string_value(one);
		const json_t *was =
		    key ? json_object_get(json_object_get(then, part), key)
			: NULL;
		const json_t *is =
		    was ? json_object_get(json_object_get(basis, part), key)
			: NULL;
		if (was && (!is || !json_equal((json_t *)(uintptr_t)is,
					       (json_t *)(uintptr_t)was)))
			fria_strings_add(out, edge_name(c, task, key));
	}
}

static void look_again(fria_strings *out, completing *c,
		       const fria_blame_line *line)
{
	const json_t *basis = line->basis;
	size_t task = fria_instrument_find(c->is, line->task);
	bool any = json_object_get(basis, "completed") != NULL;
	const fria_snapshot *then = any ? then_of(c, line) : NULL;
	if (!then)
		return;
	/* What stood in it before was no part of what was looked up. */
	json_t *bare = json_copy(
	    fria_assessment_answer(then->assessment, c->is, task, line->row));
	json_object_del(bare, "basis");
	fria_rules rules = FRIA_RULES;
	fria_basis_rules(&rules, basis);
	json_t *application = facts_of(c, then, basis);
	json_t *now =
	    basis_then(c, c->is, then, application, line, bare, rules);
	add_others(out, c, task, basis, now, "facts");
	add_others(out, c, task, basis, now, "answers");
	json_decref(application);
	json_decref(now);
	json_decref(bare);
}

void history_completed_again(const fria_blamed *blamed,
			     const fria_workspace *ws, const char *name,
			     history_otherwise otherwise, void *data)
{
	completing c = {.ws = ws,
			.name = name,
			.blamed = blamed,
			.is = blamed->snapshot->instrument,
			.lang = ws->session.lang};
	for (size_t i = 0; i < blamed->n; i++) {
		fria_strings keys = FRIA_STRINGS_INIT;
		look_again(&keys, &c, &blamed->items[i]);
		for (size_t k = 0; k < keys.n; k++)
			otherwise(data, &blamed->items[i], keys.items[k]);
		fria_strings_dispose(&keys);
	}
	for (size_t i = 0; i < c.moments.n; i++)
		fria_snapshot_free(c.moments.items[i].then);
	free(c.moments.items);
}
