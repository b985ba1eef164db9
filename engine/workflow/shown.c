/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who answers on a page stands for what the page showed: the answer that was
 * there, and what it rested on then. It reads history, and writes nothing.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_answer_shown(char out[FRIA_DIGEST_SIZE], const json_t *answer)
{
	json_t *form = fria_answer_form(answer);
	fria_digest(out, form);
	json_decref(form);
}

static int race(fria_error *err, const char *task)
{
	return fria_fail(err, FRIA_ERACE, FRIA_W_shown_race, "task", task,
			 NULL);
}

/* --- what it was made from --- */

static int load(fria_snapshot **out, const fria_editing *e, const char *commit)
{
	char *name = fria_format("%s/%s", e->s->application_id, e->s->name);
	int code = fria_snapshot_load(out, e->ws, name, commit, NULL);
	free(name);
	if (!code && (*out)->instrument != e->s->instrument)
		code = fria_snapshot_widen(*out, e->ws, e->s->instrument, NULL);
	return code;
}

/* Nothing where HEAD is what was seen. */
static int see(fria_editing *e, const char *seen, const char *task,
	       fria_error *err)
{
	char head[FRIA_ID_SIZE];
	if (!seen ||
	    (fria_store_head(head, e->ws->store) && !strcmp(head, seen)))
		return 0;
	if (strlen(seen) != FRIA_ID_SIZE - 1 ||
	    fria_store_descends(e->ws->store, head, seen) <= 0 ||
	    load(&e->seen, e, seen) || load(&e->head, e, head) ||
	    fria_instrument_find(e->seen->instrument, task) == FRIA_NONE)
		return race(err, task);
	return 0;
}

/* --- the answer that was there --- */

/* The row's id, where the row is there. */
static const char *row_of(const fria_editing *e, size_t task, const char *row)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows;
	if (!row || group == FRIA_NONE)
		return NULL;
	if (in->tasks[group].mapped != FRIA_NONE)
		group = in->tasks[group].mapped;
	return fria_json_text(editing_find_row(e, group, row), "id");
}

/* Borrowed, or NULL: of a row that is not there, too. */
static json_t *answer_in(const fria_snapshot *s, const char *id,
			 const char *row)
{
	size_t task = fria_instrument_find(s->instrument, id);
	if (task == FRIA_NONE ||
	    (!row && s->instrument->tasks[task].rows != FRIA_NONE))
		return NULL;
	return fria_assessment_answer(s->assessment, s->instrument, task, row);
}

static int check(const fria_editing *e, const char *expected, const char *task,
		 const char *row, fria_error *err)
{
	char now[FRIA_DIGEST_SIZE];
	if (!expected)
		return 0;
	fria_answer_shown(now, answer_in(e->s, task, row));
	return strcmp(now, expected) != 0 ? race(err, task) : 0;
}

static void tell(fria_conflict *out, const fria_editing *e, const char *task,
		 const char *row)
{
	const json_t *theirs = answer_in(e->s, task, row);
	const json_t *basis = json_object_get(theirs, "basis");
	const char *at = fria_json_text(basis, "at");
	*out = (fria_conflict){
	    .task = fria_strdup(task),
	    .row = fria_strdup(row),
	    .base =
		e->seen ? json_deep_copy(answer_in(e->seen, task, row)) : NULL,
	    .theirs = json_deep_copy(theirs)};
	out->wrote[1].by = fria_strdup(fria_json_text(basis, "by"));
	if (at)
		fria_time_parse(&out->wrote[1].at, at);
}

int shown_begin(fria_editing *e, const fria_seen_page *shown, const char *id,
		const char *row, fria_error *err)
{
	size_t task = fria_instrument_find(e->s->instrument, id);
	int code = task == FRIA_NONE ? 0 : see(e, shown->seen, id, err);
	if (task == FRIA_NONE)
		return 0;
	row = row_of(e, task, row);
	if (!code)
		code = check(e, shown->expected, id, row, err);
	if (code == FRIA_ERACE && shown->conflict)
		tell(shown->conflict, e, id, row);
	return code;
}

/* --- what it rests on --- */

/* The row that the answer needs, in a copy. */
static void need_row(fria_snapshot *s, const fria_instrument *in, size_t task,
		     const char *row)
{
	size_t group = in->tasks[task].rows;
	if (!row || group == FRIA_NONE ||
	    fria_assessment_row(s->assessment, in, group, row))
		return;
	json_t *own = json_deep_copy(s->assessment);
	json_decref(s->assessment);
	s->assessment = own;
	fria_assessment_row_need(own, in, group, row);
}

/* Of each part what it was then, where that is not what HEAD has: what is
 * otherwise now comes from this act itself. */
static void keep(json_t *now, const json_t *then, const json_t *head)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)then, key, value) {
		json_t *own = json_object_get(now, key);
		const json_t *there = json_object_get(head, key);
		if (json_is_object(value) && json_is_object(own))
			keep(own, value, there);
		else if (!json_equal(value, there))
			json_object_set(now, key, value);
	}
}

static void keep_question(json_t *basis, const fria_editing *e, size_t task)
{
	const fria_instrument *in = e->seen->instrument;
	char digest[FRIA_DIGEST_SIZE];
	task = fria_instrument_find(in, e->s->instrument->tasks[task].id);
	if (task == FRIA_NONE)
		return;
	fria_question_digest(digest, in, task,
			     fria_assessment_language(e->s->assessment),
			     FRIA_RULES);
	json_object_set_new(basis, "question", fria_json_string(digest));
}

static json_t *basis_in(const fria_instrument *in, const fria_snapshot *s,
			size_t task, const char *row, const json_t *answer,
			const fria_stand *stand)
{
	const fria_siblings siblings = {s->siblings, s->siblings_n};
	fria_stand by = *stand;
	by.source = s->source;
	return fria_basis(in, s->assessment, s->application, &siblings, task,
			  row, answer, &by, FRIA_RULES);
}

static void keep_then(json_t *basis, const fria_editing *e, size_t task,
		      const char *row, const json_t *answer,
		      const fria_stand *stand)
{
	const fria_instrument *in = e->s->instrument;
	need_row(e->seen, in, task, row);
	need_row(e->head, in, task, row);
	json_t *then = basis_in(in, e->seen, task, row, answer, stand);
	json_t *head = basis_in(in, e->head, task, row, answer, stand);
	keep(basis, then, head);
	keep_question(basis, e, task);
	json_decref(then);
	json_decref(head);
}

json_t *shown_basis(const fria_editing *e, size_t task, const char *row,
		    const json_t *answer, const char *note, const char *meeting)
{
	const fria_session *s = &e->ws->session;
	char *by = fria_format("%s <%s>", s->name, s->email);
	const fria_stand stand = {NULL, by, s->now, note, meeting};
	json_t *basis =
	    basis_in(e->s->instrument, e->s, task, row, answer, &stand);
	if (e->seen)
		keep_then(basis, e, task, row, answer, &stand);
	free(by);
	return basis;
}

bool shown_stood(const fria_editing *e, const fria_judgement *j)
{
	if (!e->seen || j->state == FRIA_STALE)
		return false;
	const json_t *then =
	    answer_in(e->seen, e->s->instrument->tasks[j->question.task].id,
		      j->question.row);
	return !json_equal(json_object_get(then, "basis"),
			   json_object_get(j->question.answer, "basis"));
}
