/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * People decide between what two of them wrote: one of the sides, or something
 * else. Who decides stands for the answer from then on. It finds no conflicts
 * (sharing/conflicts.c does).
 */
#include "workflow_internal.h"

#include <string.h>

static bool is_asked(const fria_resolution *r, const fria_conflict *c)
{
	if (!r->task)
		return true;
	if (!strcmp(r->task, c->pointer))
		return true;
	return c->task && !strcmp(r->task, c->task) &&
	       (!r->row || (c->row && !strcmp(r->row, c->row)));
}

/* From now on, the one who decided stands for the answer. */
static int stand_again(fria_workspace *ws, const fria_resolution *r,
		       const char *name, const fria_conflict *c,
		       fria_error *err)
{
	fria_editing e = {ws, NULL, false};
	int code = fria_snapshot_load(&e.s, ws, name, NULL, err);
	if (code)
		return code;
	const fria_instrument *in = e.s->instrument;
	size_t task = fria_instrument_find(in, c->task);
	json_t *answer =
	    task == FRIA_NONE
		? NULL
		: fria_assessment_answer(e.s->assessment, in, task, c->row);
	if (answer && !in->tasks[task].measure) {
		json_object_set_new(
		    answer, "basis",
		    editing_basis(&e, task, c->row, answer, r->note, NULL));
		code = editing_write(&e, err);
	}
	editing_end(&e);
	return code;
}

static int put_side(fria_workspace *ws, const fria_unsettled *one,
		    const fria_conflict *c, const json_t *value,
		    fria_error *err)
{
	const char *own = fria_store_own_path(ws->store, one->path);
	json_t *document = NULL;
	int code = 0;
	if (!*c->pointer && !value)
		return fria_store_write(ws->store, own, NULL, 0, err);
	if (!*c->pointer)
		return fria_workspace_write(ws, own, value, err);
	code = fria_workspace_json(&document, ws, NULL, own, err);
	if (!code) {
		fria_conflict_put(document, c->pointer, value);
		code = fria_workspace_write(ws, own, document, err);
	}
	json_decref(document);
	return code;
}

/* A text that is given is read as the question, or the other side, is. */
static int put_text(fria_workspace *ws, const fria_resolution *r,
		    const fria_unsettled *one, const fria_conflict *c,
		    fria_error *err)
{
	if (fria_conflict_is_answer(c)) {
		const fria_edit_target target = {.application_name = one->name,
						 .task = c->task,
						 .row = c->row,
						 .note = r->note};
		fria_edited done;
		int code = fria_answer(&done, ws, &target, r->value, err);
		/* An edit ends by letting others in. */
		return code ? code : fria_act_begin(ws, NULL, err);
	}
	json_t *value = NULL;
	int code = 0;
	if (json_is_string(c->ours) || json_is_string(c->theirs))
		value = fria_json_string(r->value);
	else
		code = fria_json_parse(&value, "--value", r->value,
				       strlen(r->value), err);
	if (!code)
		code = put_side(ws, one, c, value, err);
	json_decref(value);
	return code;
}

static int decide(fria_workspace *ws, const fria_resolution *r,
		  const fria_unsettled *one, const fria_conflict *c,
		  fria_error *err)
{
	if (r->value)
		return put_text(ws, r, one, c, err);
	int code = put_side(ws, one, c, r->theirs ? c->theirs : c->ours, err);
	if (!code && fria_conflict_is_answer(c))
		code = stand_again(ws, r, one->name, c, err);
	return code;
}

/* One after the other, each noted as it is decided. */
static int decide_all(fria_resolved *out, fria_workspace *ws,
		      const fria_resolution *r, fria_unsettled *one,
		      fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < one->n && !code;) {
		if (!is_asked(r, &one->items[i])) {
			i++;
			continue;
		}
		code = decide(ws, r, one, &one->items[i], err);
		if (code)
			break;
		code = fria_conflicts_decided(ws, one, i, err);
		out->settled++;
	}
	out->left = one->n;
	return code;
}

/* How many of the conflicts a decision is about. */
static size_t count_asked(const fria_unsettled *one, const fria_resolution *r)
{
	size_t n = 0;
	for (size_t i = 0; i < one->n; i++)
		n += is_asked(r, &one->items[i]);
	return n;
}

static int check(const fria_unsettled *one, const fria_resolution *r,
		 fria_error *err)
{
	size_t asked = count_asked(one, r);
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
		code = check(&found.items[0], r, err);
	if (!code)
		code = fria_conflicts_take_up(
		    ws, fria_store_own_path(ws->store, found.items[0].path),
		    err);
	if (!code)
		code = decide_all(out, ws, r, &found.items[0], err);
	fria_unsettleds_dispose(&found);
	return code;
}

int fria_resolve(fria_resolved *out, fria_workspace *ws,
		 const fria_resolution *asked, fria_error *err)
{
	fria_resolution r = *asked;
	/* Ours: the act of an answer inside this one ends before it. */
	fria_strings kept = FRIA_STRINGS_INIT;
	const fria_entering texts[] = {
	    {&r.value, FRIA_PROSE, "--value"},
	    {&r.note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_resolved){0, 0};
	int code = fria_enter(&kept, texts, err);
	if (!code)
		code = fria_act_begin(ws, NULL, err);
	if (!code) {
		code = resolve(out, ws, &r, err);
		fria_act_end(ws);
	}
	fria_strings_dispose(&kept);
	return code;
}
