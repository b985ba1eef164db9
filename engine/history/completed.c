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
	fria_snapshot_load(&one->then, c->ws, c->name, stood->commit, NULL);
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
	return json ? json : json_incref(then->application);
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
