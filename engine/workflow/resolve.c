/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * People decide between what two of them wrote: one of the sides, or something
 * else. Who decides stands for the answer from then on. It finds no conflicts
 * (sharing/conflicts.c does).
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* In the words in which it is shown, in either language. */
static bool is_called(const fria_unsettled *one, const fria_workspace *ws,
		      const fria_conflict *c, const char *name)
{
	fria_placed placed;
	bool called = false;
	fria_placed_open(&placed, ws, NULL,
			 fria_store_own_path(ws->store, one->path), one->now);
	for (int lang = 0; lang <= FRIA_EN && !called; lang++) {
		fria_buf words = FRIA_BUF_INIT;
		fria_place_say(&words, &placed.side, c->pointer,
			       (fria_lang)lang);
		called = fria_words_alike(words.text, name);
		fria_buf_dispose(&words);
	}
	fria_placed_close(&placed);
	return called;
}

static bool is_asked(const fria_unsettled *one, const fria_workspace *ws,
		     const fria_resolution *r, const fria_conflict *c)
{
	if (!r->task || !strcmp(r->task, c->pointer))
		return true;
	if (c->task && !strcmp(r->task, c->task))
		return !r->row || (c->row && !strcmp(r->row, c->row));
	return is_called(one, ws, c, r->task);
}

/* The assessment as it is decided so far, to be changed in place. */
static int edit_unwritten(fria_editing *e, const fria_unsettled *one,
			  fria_error *err)
{
	char *id = NULL, *name = NULL;
	fria_instrument *in = NULL;
	int code = fria_assessment_check(one->now, one->path, err);
	if (!code)
		code = fria_workspace_name(&id, &name, one->name, err);
	if (!code)
		code = fria_workspace_instrument(
		    &in, e->ws, NULL, fria_json_text(one->now, "instrument"),
		    err);
	if (!code)
		code = fria_snapshot_unwritten(&e->s, e->ws, id, name, in,
					       one->now, err);
	fria_instrument_free(in);
	free(name);
	free(id);
	return code;
}

/* From now on, the one who decided stands for the answer. */
static void stand_again(fria_editing *e, const fria_resolution *r,
			const fria_conflict *c)
{
	const fria_instrument *in = e->s->instrument;
	size_t task = fria_instrument_find(in, c->task);
	json_t *answer =
	    task == FRIA_NONE
		? NULL
		: fria_assessment_answer(e->s->assessment, in, task, c->row);
	if (answer && !in->tasks[task].measure)
		json_object_set_new(
		    answer, "basis",
		    shown_basis(e, task, c->row, answer, r->note, NULL));
}

/* A text that is given is read as the question is. */
static int answer_anew(fria_editing *e, const fria_resolution *r,
		       const fria_unsettled *one, const fria_conflict *c,
		       fria_error *err)
{
	const fria_edit_target target = {.application_name = one->name,
					 .task = c->task,
					 .row = c->row,
					 .note = r->note};
	fria_edited done;
	size_t task;
	int code = fria_refuse_superseded(e->s, err);
	if (!code)
		code = editing_task(&task, e->s->instrument, c->task, err);
	return code ? code
		    : edit_answer(&done, e, task, &target, r->value, err);
}

static int put_side(fria_workspace *ws, fria_unsettled *one,
		    const fria_conflict *c, const json_t *value,
		    fria_error *err)
{
	if (!*c->pointer) {
		json_decref(one->now);
		one->now = json_deep_copy(value);
		return 0;
	}
	if (!one->now) /* somebody removed it; this says so */
		return fria_workspace_json(
		    &one->now, ws, NULL,
		    fria_store_own_path(ws->store, one->path), err);
	json_t *copy = json_deep_copy(value);
	fria_conflict_put(one->now, c->pointer, copy);
	json_decref(copy);
	return 0;
}

/* A characteristic as the form reads it; anything else as it stands there. */
static int read_value(json_t **out, const fria_workspace *ws,
		      const fria_resolution *r, const fria_unsettled *one,
		      const fria_conflict *c, fria_error *err)
{
	fria_lang lang = ws->session.lang;
	const fria_time today = fria_session_day(&ws->session);
	json_t *read = NULL;
	if (json_is_string(c->ours) || json_is_string(c->theirs)) {
		*out = fria_json_string(r->value);
		return 0;
	}
	bool fact = fria_fact_is(c->pointer);
	int code = fria_json_parse(out, "--value", r->value, strlen(r->value),
				   fact ? NULL : err);
	if (!code || !fact)
		return code;
	char *form = fria_format("### %s\n%s\n",
				 fria_fact_title(c->pointer, lang), r->value);
	code =
	    fria_form_read(&read, form, "--value", one->now, lang, &today, err);
	if (code && err)
		err->line = err->column = 0; /* of no file that there is */
	*out = json_incref(fria_pointer_get(read, c->pointer));
	json_decref(read);
	free(form);
	return code;
}

static int put_value(fria_workspace *ws, const fria_resolution *r,
		     fria_unsettled *one, const fria_conflict *c,
		     fria_error *err)
{
	json_t *value = NULL;
	if (!r->value)
		return put_side(ws, one, c, r->theirs ? c->theirs : c->ours,
				err);
	int code = read_value(&value, ws, r, one, c, err);
	if (!code)
		code = put_side(ws, one, c, value, err);
	json_decref(value);
	return code;
}

static int decide(fria_workspace *ws, const fria_resolution *r,
		  fria_unsettled *one, const fria_conflict *c, fria_error *err)
{
	fria_editing e = {.ws = ws};
	bool answer = fria_conflict_is_answer(c);
	int code = answer && r->value ? 0 : put_value(ws, r, one, c, err);
	if (!code && answer)
		code = edit_unwritten(&e, one, err);
	if (!code && answer && r->value)
		code = answer_anew(&e, r, one, c, err);
	else if (!code && answer)
		stand_again(&e, r, c);
	if (!code && answer)
		fria_assessment_order(e.s->assessment, e.s->instrument);
	editing_end(&e);
	return code;
}

/* All in the document at hand; what is not asked stays to be decided. */
static int decide_all(fria_resolved *out, fria_workspace *ws,
		      const fria_resolution *r, fria_unsettled *one,
		      fria_error *err)
{
	size_t n = one->n;
	int code = 0;
	one->n = 0;
	for (size_t i = 0; i < n; i++) {
		fria_conflict *c = &one->items[i];
		if (code || !is_asked(one, ws, r, c)) {
			one->items[one->n++] = *c;
			continue;
		}
		code = decide(ws, r, one, c, err);
		fria_conflict_dispose(c);
		out->settled++;
	}
	out->left = one->n;
	return code;
}

/* How many of the conflicts a decision is about. */
static size_t count_asked(const fria_unsettled *one, const fria_workspace *ws,
			  const fria_resolution *r)
{
	size_t n = 0;
	for (size_t i = 0; i < one->n; i++)
		n += is_asked(one, ws, r, &one->items[i]);
	return n;
}

static int check(const fria_unsettled *one, const fria_workspace *ws,
		 const fria_resolution *r, fria_error *err)
{
	size_t asked = count_asked(one, ws, r);
	if (!one->document)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_conflicts_foreign,
				 "path", one->path, NULL);
	if (!asked && one->n)
		return fria_fail(err, FRIA_ENOTFOUND,
				 FRIA_W_conflicts_not_there, "task", r->task,
				 "assessment", one->name, NULL);
	if (r->value && asked > 1)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_resolve_many, "task",
				 r->task ? r->task : one->name, NULL);
	return 0;
}

static int resolve(fria_resolved *out, fria_workspace *ws,
		   const fria_resolution *r, fria_error *err)
{
	fria_unsettleds found;
	int code = fria_conflicts(&found, ws, r->name, err);
	if (!code && !found.n)
		code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_conflicts_none,
				 "assessment", r->name, NULL);
	if (!code)
		code = check(&found.items[0], ws, r, err);
	if (!code)
		code = decide_all(out, ws, r, &found.items[0], err);
	if (!code)
		code = fria_conflicts_decided(ws, &found.items[0], err);
	fria_unsettleds_dispose(&found);
	return code;
}

int fria_resolve(fria_resolved *out, fria_workspace *ws,
		 const fria_resolution *asked, fria_error *err)
{
	fria_resolution r = *asked;
	const fria_entering texts[] = {
	    {&r.value, FRIA_PROSE, "--value"},
	    {&r.note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_resolved){0, 0};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = resolve(out, ws, &r, err);
	fria_act_end(ws);
	return code;
}
