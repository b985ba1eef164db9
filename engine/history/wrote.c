/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whose words are decided on: by the authors of commits, whatever the document
 * says. It judges nobody, and leaves to verify.c what is attributed to others.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* The person, the document decided on, and what was found so far. */
typedef struct {
	fria_strings *tasks;
	const fria_workspace *ws;
	const char *who, *since;
	fria_snapshot *decided;
	fria_questions questions;
	json_t *content; /* the answers that a decision covers */
	bool forked;	 /* the way back has more than one line */
} search;

/* The document in each parent; none where history ends. New. */
static json_t *parents_of(const search *w, const fria_commit *commit)
{
	json_t *all = json_array();
	for (size_t i = 0; i < commit->parents.n; i++) {
		char blob[FRIA_ID_SIZE] = "";
		fria_store_blob_id(blob, w->ws->store, commit->parents.items[i],
				   w->decided->path);
		json_t *one = history_document(w->ws, blob);
		if (one)
			json_array_append_new(all, one);
	}
	return all;
}

static json_t *answer_in(const search *w, const json_t *in,
			 const fria_question *q)
{
	return fria_assessment_answer(in, w->decided->instrument, q->task,
				      q->row);
}

static bool same_form(const json_t *a, const json_t *b)
{
	json_t *x = fria_answer_form(a), *y = fria_answer_form(b);
	bool same = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	return same;
}

/* What an edition of the questionnaire completed is nobody's judgement. */
static bool same_basis(const json_t *a, const json_t *b)
{
	return json_object_get(a, "basis") && !fria_stood_again(a, b);
}

/* It names somebody else: what was squashed, or spoofed; verify says so. */
static bool is_anothers(const search *w, const json_t *answer)
{
	const char *by = fria_json_text(json_object_get(answer, "basis"), "by");
	return by && !fria_same_person(by, w->who);
}

static bool is_covered(const search *w, const fria_question *q)
{
	const fria_instrument *in = w->decided->instrument;
	size_t rows = in->tasks[q->task].rows;
	const char *id = in->tasks[rows == FRIA_NONE ? q->task : rows].id;
	return json_object_get(q->answer, "basis") &&
	       !json_object_get(q->answer, "editorial") &&
	       json_object_get(w->content, id);
}

/* Does this commit bring the words decided on, or the standing for them? */
static bool brings(const search *w, const fria_question *q, const json_t *after,
		   const json_t *before)
{
	const json_t *here = answer_in(w, after, q);
	bool words = same_form(here, q->answer), stood;
	json_t *one;
	size_t i;
	stood = same_basis(here, q->answer);
	json_array_foreach((json_t *)(uintptr_t)before, i, one) {
		const json_t *was = answer_in(w, one, q);
		words = words && !same_form(was, q->answer);
		stood = stood && !same_basis(was, q->answer);
	}
	return here && (words || stood) && !is_anothers(w, here);
}

static void look_closely(search *w, const fria_touch *here,
			 const fria_commit *commit)
{
	json_t *after = history_document(w->ws, here->entries[0]);
	json_t *before = parents_of(w, commit);
	for (size_t i = 0; after && i < w->questions.n; i++) {
		const fria_question *q = &w->questions.items[i];
		const char *id = w->decided->instrument->tasks[q->task].id;
		if (is_covered(w, q) && !fria_strings_has(w->tasks, id) &&
		    brings(w, q, after, before))
			fria_strings_add(w->tasks, id);
	}
	json_decref(before);
	json_decref(after);
}

/* Behind a version nothing is asked; another line may go beside it. */
static bool look(void *data, const fria_touch *here)
{
	search *w = data;
	fria_commit commit = {0};
	if (here->boundary)
		return true;
	if (w->since &&
	    fria_store_descends(w->ws->store, w->since, here->commit) == 1)
		return w->forked;
	if (fria_store_commit_read(&commit, w->ws->store, here->commit, NULL))
		return false;
	w->forked = w->forked || commit.parents.n > 1;
	if (fria_same_person(commit.author, w->who))
		look_closely(w, here, &commit);
	fria_commit_dispose(&commit);
	return true;
}

int fria_wrote(fria_strings *tasks, const fria_workspace *ws, const char *name,
	       const char *commit, const char *since, const char *who,
	       fria_error *err)
{
	search w = {.tasks = tasks, .ws = ws, .who = who, .since = since};
	int code = fria_snapshot_load(&w.decided, ws, name, commit, err);
	if (code)
		return code;
	const fria_snapshot *s = w.decided;
	const char *const paths[] = {s->path, NULL};
	json_t *content =
	    fria_content(s->instrument, s->assessment, s->application,
			 s->evidence, name, FRIA_RULES);
	w.content = json_object_get(content, "answers");
	fria_questions_list(&w.questions, s->instrument, s->assessment);
	code = fria_store_touched(ws->store, commit, paths, look, &w, err);
	fria_questions_dispose(&w.questions);
	json_decref(content);
	fria_snapshot_free(w.decided);
	return code;
}
