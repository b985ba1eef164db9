/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A form that went out from an assessment and comes back: known by an answer
 * that nobody touched. What was filled in since is an answer again, of who
 * brings it in. Reads history, and writes nothing.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_workspace *ws;
	const fria_snapshot *s;
	json_t *marks;
} walk;

/* What the form would hold of the document as it was. */
static void add(const walk *w, const json_t *assessment)
{
	fria_findings none = FRIA_FINDINGS_INIT;
	const fria_evaluation_input was = {
	    .name = w->s->name,
	    .instrument = w->s->instrument,
	    .assessment = assessment,
	    .application = w->s->application,
	    .siblings = {w->s->siblings, w->s->siblings_n}};
	json_t *form =
	    fria_official_form(&none, &was, NULL, NULL, w->ws->session.now);
	fria_official_marks(w->marks, form);
	fria_findings_dispose(&none);
	json_decref(form);
}

static bool look(void *data, const fria_touch *here)
{
	const walk *w = data;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *was = NULL;
	const char *blob = here->entries[0];
	if (*blob && !fria_store_read_blob(&bytes, w->ws->store, blob, NULL))
		fria_json_parse(&was, blob, bytes.text, bytes.n, NULL);
	if (was && !fria_assessment_check(was, blob, NULL))
		add(w, was);
	json_decref(was);
	fria_buf_dispose(&bytes);
	return true;
}

json_t *import_own(const fria_editing *e, const json_t *file)
{
	const char *const paths[] = {e->s->path, NULL};
	const walk w = {e->ws, e->s, json_object()};
	json_t *theirs = json_object();
	fria_official_marks(theirs, file);
	if (json_object_size(theirs)) {
		add(&w, e->s->assessment);
		/* A history that cannot be read knows nothing again. */
		fria_store_touched(e->ws->store, "HEAD", paths, look,
				   (void *)(uintptr_t)&w, NULL);
	}
	bool own = fria_official_shares(theirs, w.marks);
	json_decref(theirs);
	if (own)
		return w.marks;
	json_decref(w.marks);
	return NULL;
}

/* An answer of the draft takes its place, with what stood beside the one that
 * was there; without basis yet. */
static void put(fria_editing *e, const fria_question *q)
{
	const fria_instrument *in = e->s->instrument;
	json_t *own = e->s->assessment;
	fria_proposal_row(own, in, q->task, q->row);
	const json_t *was = fria_assessment_answer(own, in, q->task, q->row);
	json_t *answer =
	    was ? json_deep_copy((json_t *)(uintptr_t)was) : json_object();
	json_object_del(answer, "waived");
	json_object_del(answer, "basis");
	json_object_set(answer, "value", json_object_get(q->answer, "value"));
	if (!in->tasks[q->task].measure)
		json_object_set(answer, "origin",
				json_object_get(q->answer, "origin"));
	fria_assessment_put(own, in, q->task, q->row, answer);
	json_decref(answer);
	fria_proposals_settle(own, in->tasks[q->task].id, q->row, NULL);
}

size_t import_returned(fria_editing *e, const json_t *draft)
{
	const fria_instrument *in = e->s->instrument;
	fria_questions all;
	size_t n = 0;
	fria_questions_list(&all, in, draft);
	for (size_t i = 0; i < all.n; i++)
		if (json_object_get(all.items[i].answer, FRIA_RETURNED)) {
			put(e, &all.items[i]);
			n++;
		}
	/* They rest on each other as they came in together. */
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		if (!json_object_get(q->answer, FRIA_RETURNED) ||
		    in->tasks[q->task].measure)
			continue;
		json_t *answer = fria_assessment_answer(e->s->assessment, in,
							q->task, q->row);
		json_object_set_new(
		    answer, "basis",
		    shown_basis(e, q->task, q->row, answer, NULL, NULL));
	}
	fria_questions_dispose(&all);
	return n;
}
