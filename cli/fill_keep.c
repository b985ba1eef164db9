/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions of `fria fill` that get no new value: looked again and still right,
 * or not to be answered, with why.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- still right --- */

/* Something stands before it that must be judged first; says so. */
static bool waits(filling *f, const fill_turn *t)
{
	char *first = fria_judge_first(&t->at->standing.result,
				       t->at->s->instrument, t->q.judgement);
	bool held = first && t->at->standing.input.adopted;
	if (held)
		put_sentence(f->c, RED, FRIA_W_fill_first, "first", first,
			     NULL);
	free(first);
	return held;
}

/* Why it still holds; "=" is as it was said before. The caller frees. */
static char *ask_note(filling *f)
{
	char *note = fill_ask_text(f, f->note ? FRIA_W_fill_keep_again
					      : FRIA_W_fill_keep_prompt);
	if (note && f->note && !strcmp(note, "=")) {
		free(note);
		note = fria_strdup(f->note);
	}
	if (note) {
		fill_forget(&f->note);
		f->note = fria_strdup(note);
	}
	return note;
}

/* The same question in other rows that is in the same state for the same
 * reasons. */
static bool is_twin(const fill_turn *t, const fria_judgement *other)
{
	return other != t->q.judgement && other->question.task == t->q.task &&
	       t->q.judgement->n > 0 &&
	       fria_judgement_alike(t->at->s->instrument, t->q.judgement,
				    other);
}

static bool wants_twins(filling *f, const fill_turn *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->at->standing.result.n; i++)
		n += is_twin(t, &t->at->standing.result.items[i]);
	if (!n)
		return false;
	put_sentence(f->c, PLAIN, FRIA_W_fill_twins, "count", FRIA_DIGITS(n),
		     NULL);
	return fill_ask_yes(f, FRIA_W_fill_twins_prompt, false);
}

static int confirm_one(filling *f, const char *task, const char *row,
		       const char *note, fria_error *err)
{
	fria_confirmed done;
	const char *const tasks[] = {task};
	const fria_selection which = {.tasks = tasks, .n = 1, .row = row};
	const char *ground =
	    fria_ground_id(!strcmp(note, "1")	? FRIA_GROUND_UNTOUCHED
			   : !strcmp(note, "2") ? FRIA_GROUND_COVERED
						: FRIA_GROUND_NONE);
	int code = fria_confirm(&done, f->c->ws, f->name, &which, ground,
				ground ? NULL : note, err);
	f->changed = f->changed || !code;
	return code;
}

static int confirm(filling *f, const fill_turn *t, const char *note, bool twins,
		   fria_error *err)
{
	const fria_evaluation *e = &t->at->standing.result;
	const char *task = t->at->s->instrument->tasks[t->q.task].id;
	int code = confirm_one(f, task, t->q.row, note, err);
	for (size_t i = 0; twins && !code && i < e->n; i++)
		if (is_twin(t, &e->items[i]))
			code = confirm_one(f, task, e->items[i].question.row,
					   note, err);
	return code;
}

fill_outcome fill_keep(filling *f, const fill_turn *t)
{
	fria_error err = FRIA_ERROR_INIT;
	if (fill_was_open(&t->q)) {
		put_sentence(f->c, RED, FRIA_W_fill_nothing_kept, NULL);
		return STAY;
	}
	char *note = waits(f, t) ? NULL : ask_note(f);
	bool twins = note && wants_twins(f, t);
	if (!note || f->closed) {
		free(note);
		return STAY;
	}
	int code = confirm(f, t, note, twins, &err);
	free(note);
	if (code)
		return fill_refuse(f, &err);
	put_sentence(f->c, GREEN, FRIA_W_fill_confirmed, NULL);
	fria_strings_add(&f->visited, t->place);
	return MOVE;
}

/* --- not to be answered --- */

/* The kind of reason that was chosen, by its number or its words; NULL: none.
 */
static const char *ask_kind(filling *f)
{
	const char *id;
	for (size_t i = 0; (id = fria_closed_at("waiver", i)); i++) {
		putf(f->c, BOLD, "  %3zu  ", i + 1);
		putf(f->c, PLAIN, "%s\n",
		     fria_closed_say("waiver", id, f->c->lang));
	}
	if (!fill_ask_line(f, FRIA_W_fill_kind_prompt))
		return NULL;
	const char *text = f->line.text;
	id = f->line.n == 1 && *text >= '1' && *text <= '9'
		 ? fria_closed_at("waiver", (size_t)(*text - '1'))
		 : fria_closed_id("waiver", text);
	if (id)
		return id;
	if (!fill_is_blank(&f->line))
		put_sentence(f->c, RED, FRIA_W_fill_no_kind, NULL);
	return NULL;
}

fill_outcome fill_waive(filling *f, const fill_turn *t)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	if (t->at->s->instrument->tasks[t->q.task].measure) {
		put_sentence(f->c, RED, FRIA_W_fill_no_waiver, NULL);
		return STAY;
	}
	const char *kind = ask_kind(f);
	char *reason =
	    kind ? fill_ask_text(f, FRIA_W_fill_reason_prompt) : NULL;
	bool refers = reason && fria_waiver_parse(kind) == FRIA_WAIVER_REFERS;
	char *reference =
	    refers ? fill_ask_text(f, FRIA_W_fill_reference_prompt) : NULL;
	if (!reason || (refers && !reference)) {
		free(reason);
		return STAY;
	}
	int code = fria_waive(&done, f->c->ws, &t->target, kind, reason,
			      reference, &err);
	if (!code) {
		f->changed = true;
		fill_written(f, t, &done, reason);
		put_sentence(f->c, GREEN, FRIA_W_fill_noted, NULL);
		fria_strings_add(&f->visited, t->place);
	}
	free(reason);
	free(reference);
	return code ? fill_refuse(f, &err) : MOVE;
}
