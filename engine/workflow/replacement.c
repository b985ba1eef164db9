/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a questionnaire in the place of the one that is pinned does: to what is
 * asked and on what it rests, and to the assessments that it is used in.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- the questionnaire --- */

/* The sign before the first of a list, and a comma before others. */
static void add_sign(fria_buf *out, const char *sign, size_t n)
{
	fria_buf_puts(out, n ? ", " : out->n ? "; " : "");
	fria_buf_puts(out, n ? "" : sign);
}

/* What one edge list has and another has not: "+ Model, Website". */
static void add_edges(fria_buf *out, const fria_instrument *in,
		      const fria_task *have, const fria_task *than,
		      const char *sign, fria_lang lang)
{
	size_t n = 0;
	for (size_t i = 0; i < have->facts.n; i++) {
		const fria_fact_edge *one = &have->facts.items[i];
		bool known = false;
		for (size_t k = 0; k < than->facts.n; k++)
			known = known ||
				!strcmp(one->key, than->facts.items[k].key);
		if (known)
			continue;
		add_sign(out, sign, n++);
		fria_buf_puts(out, fria_fact_title(one->pointer, lang));
		fria_fact_edge_say(out, one, in, lang);
	}
	for (size_t i = 0; i < have->upstream.n; i++) {
		const fria_edge *one = &have->upstream.items[i];
		bool known = false;
		for (size_t k = 0; k < than->upstream.n; k++)
			known = known || !strcmp(one->name,
						 than->upstream.items[k].name);
		if (known)
			continue;
		add_sign(out, sign, n++);
		fria_buf_puts(out, one->id);
		fria_edge_say(out, one, in, lang);
	}
}

static void add_line(fria_strings *out, const fria_task *t, const char *rest,
		     fria_lang lang)
{
	char *line =
	    *rest ? fria_format("%s %s: %s", t->id, fria_task_title(t, lang),
				rest)
		  : fria_format("%s %s", t->id, fria_task_title(t, lang));
	fria_strings_add(out, line);
	free(line);
}

static void compare_task(fria_replacement *r, size_t was, size_t is,
			 fria_lang lang)
{
	const fria_task *a = &r->was->tasks[was], *b = &r->is->tasks[is];
	fria_buf edges = FRIA_BUF_INIT;
	if (!fria_question_kept(r->was, r->is, was, FRIA_NL) ||
	    !fria_question_kept(r->was, r->is, was, FRIA_EN))
		add_line(&r->changed, b, "", lang);
	add_edges(&edges, r->is, b, a, "+ ", lang);
	add_edges(&edges, r->was, a, b, "\u2212 ", lang);
	if (edges.n)
		add_line(&r->edges, b, edges.text, lang);
	fria_buf_dispose(&edges);
}

static void compare_questionnaires(fria_replacement *r, fria_lang lang)
{
	for (size_t i = 0; i < r->is->n; i++) {
		const fria_task *t = &r->is->tasks[i];
		size_t was = fria_instrument_find(r->was, t->id);
		if (t->answerable && was == FRIA_NONE)
			add_line(&r->added, t, "", lang);
		else if (t->answerable)
			compare_task(r, was, i, lang);
	}
	for (size_t i = 0; i < r->was->n; i++) {
		const fria_task *t = &r->was->tasks[i];
		if (t->answerable &&
		    fria_instrument_find(r->is, t->id) == FRIA_NONE)
			add_line(&r->gone, t, "", lang);
	}
	fria_logic_differ(&r->rules, r->was, r->is, lang);
}

/* --- the assessments --- */

static bool was_stale(const fria_standing *before, const fria_judgement *j,
		      const char *id)
{
	size_t task = fria_instrument_find(before->input.instrument, id);
	const fria_judgement *was =
	    task == FRIA_NONE
		? NULL
		: fria_evaluation_find(&before->result, task, j->question.row);
	return was && was->state == FRIA_STALE;
}

static void list_reopened(fria_replaced *out, const fria_standing *before,
			  const fria_standing *after, fria_lang lang)
{
	const fria_instrument *is = after->input.instrument;
	for (size_t i = 0; i < after->result.n; i++) {
		const fria_judgement *j = &after->result.items[i];
		const fria_task *t = &is->tasks[j->question.task];
		if (j->state == FRIA_STALE && !was_stale(before, j, t->id)) {
			out->count++;
			if (!out->reopened.n ||
			    strncmp(out->reopened.items[out->reopened.n - 1],
				    t->id, strlen(t->id)) != 0)
				add_line(&out->reopened, t, "", lang);
		}
	}
	for (size_t i = 0; i < before->result.n; i++) {
		const fria_question *q = &before->result.items[i].question;
		const char *id = before->input.instrument->tasks[q->task].id;
		out->lost +=
		    q->answer && fria_instrument_find(is, id) == FRIA_NONE;
	}
	for (size_t i = 0; i < before->result.approvals.n; i++)
		out->lapsed += before->result.approvals.items[i].state ==
			       FRIA_APPROVAL_VALID;
	for (size_t i = 0; i < after->result.approvals.n; i++)
		out->lapsed -= after->result.approvals.items[i].state ==
			       FRIA_APPROVAL_VALID;
}

static int look_at(fria_replacement *r, fria_workspace *ws,
		   const fria_snapshot *s, const char *name, fria_error *err)
{
	fria_completed completed = {.assessment = NULL};
	fria_standing before, after;
	fria_snapshot *then = NULL;
	fria_lang lang = ws->session.lang;
	fria_time day = fria_session_day(&ws->session);
	int code = fria_complete(&completed, ws, name, r->is, err);
	if (!code)
		code = fria_snapshot_unwritten(&then, ws, s->application_id,
					       s->name, r->is,
					       completed.assessment, err);
	if (!code)
		code = fria_standing_make(&before, ws, s, day, err);
	if (!code) {
		code = fria_standing_make(&after, ws, then, day, err);
		if (!code) {
			fria_replaced *one = FRIA_PUSH(&r->assessments);
			*one = (fria_replaced){
			    .name = fria_strdup(name),
			    .path = fria_strdup(s->path),
			    .completed = completed.completed,
			    .unfound = completed.unfound,
			    .assessment =
				completed.completed
				    ? json_incref(completed.assessment)
				    : NULL};
			list_reopened(one, &before, &after, lang);
			fria_standing_dispose(&after);
		}
		fria_standing_dispose(&before);
	}
	fria_snapshot_free(then);
	json_decref(completed.assessment);
	return code;
}

/* EINPUT, naming it, for a circle that it would close with those beside which
 * it is pinned. */
static int refuse_ring(const fria_instrument *is, const fria_workspace *ws,
		       fria_error *err)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	fria_strings rings = FRIA_STRINGS_INIT;
	int code = fria_workspace_instruments(&pinned, &built_in, ws, err);
	fria_instrument **all = fria_calloc(pinned.n + 1, sizeof *all);
	size_t n = 1;
	for (size_t i = 0; i < pinned.n && !code; i++) {
		fria_instrument *one = NULL;
		if (!strcmp(pinned.items[i], is->file))
			continue;
		code = fria_workspace_instrument(&one, ws, NULL,
						 pinned.items[i], err);
		if (one)
			all[n++] = one;
	}
	all[0] = fria_instrument_keep((fria_instrument *)(uintptr_t)is);
	if (!code)
		fria_instruments_rings(&rings,
				       (const fria_instrument *const *)all, n,
				       0, ws->session.lang);
	if (rings.n)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_check_ring, "ring",
				 rings.items[0], NULL);
	for (size_t i = 0; i < n; i++)
		fria_instrument_free(all[i]);
	free(all);
	fria_strings_dispose(&rings);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
	return code;
}

int fria_replacement_make(fria_replacement *out, fria_workspace *ws,
			  fria_instrument *is, fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	*out = (fria_replacement){.is = fria_instrument_keep(is)};
	int code = refuse_ring(is, ws, err);
	if (!code)
		code = fria_workspace_meant(&all, ws, "-", err);
	for (size_t i = 0; i < all.n && !code; i++) {
		fria_snapshot *s = NULL;
		code = fria_snapshot_load(&s, ws, all.items[i], NULL, err);
		if (!code && !strcmp(s->instrument->file, is->file)) {
			if (!out->was) {
				out->was = fria_instrument_keep(s->instrument);
				compare_questionnaires(out, ws->session.lang);
			}
			code = look_at(out, ws, s, all.items[i], err);
		}
		fria_snapshot_free(s);
	}
	fria_strings_dispose(&all);
	if (code)
		fria_replacement_dispose(out);
	return code;
}

size_t fria_replacement_reopens(const fria_replacement *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->assessments.n; i++)
		n += r->assessments.items[i].count +
		     r->assessments.items[i].lost;
	return n;
}

/* The questionnaire, then each assessment with what was completed. The caller
 * frees the path and the list. */
fria_recorded *fria_replacement_documents(const fria_replacement *r, size_t *n,
					  char **path)
{
	fria_recorded *list = fria_calloc(r->assessments.n + 1, sizeof *list);
	*path = fria_instrument_path(r->is->file);
	*n = 0;
	list[(*n)++] = (fria_recorded){*path, r->is->document, NULL};
	for (size_t i = 0; i < r->assessments.n; i++) {
		const fria_replaced *one = &r->assessments.items[i];
		if (one->assessment)
			list[(*n)++] =
			    (fria_recorded){one->path, one->assessment, NULL};
	}
	return list;
}

void fria_replacement_dispose(fria_replacement *r)
{
	for (size_t i = 0; i < r->assessments.n; i++) {
		fria_replaced *one = &r->assessments.items[i];
		free(one->name);
		free(one->path);
		json_decref(one->assessment);
		fria_strings_dispose(&one->reopened);
	}
	free(r->assessments.items);
	fria_strings_dispose(&r->added);
	fria_strings_dispose(&r->changed);
	fria_strings_dispose(&r->gone);
	fria_strings_dispose(&r->rules);
	fria_strings_dispose(&r->edges);
	fria_instrument_free(r->was);
	fria_instrument_free(r->is);
	*r = (fria_replacement){.was = NULL};
}
