/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What to do next: the questions that ask for work, in the order in which to
 * do it. It judges nothing (evaluate.c and suspect.c do).
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

static void add(fria_positions *out, size_t position)
{
	*FRIA_PUSH(out) = position;
}

/* What the causes tell in this state, in their order. */
static void add_told(fria_positions *out, const fria_causes *causes,
		     fria_state state)
{
	for (size_t i = 0; i < causes->n; i++) {
		const fria_cause *c = &causes->items[i];
		const fria_positions *told =
		    state == FRIA_STALE ? &c->tasks : &c->suspects;
		for (size_t k = 0; k < told->n; k++)
			add(out, told->items[k]);
	}
}

void fria_agenda_add(fria_positions *out, const fria_evaluation *evaluation,
		     fria_state state, bool optional)
{
	bool told = evaluation->causes.n &&
		    (state == FRIA_STALE || state == FRIA_SUSPECT);
	if (told)
		add_told(out, &evaluation->causes, state);
	else if (state == FRIA_STALE)
		for (size_t i = 0; i < evaluation->todo_n; i++)
			add(out, evaluation->todo[i]);
	for (size_t i = 0; state != FRIA_STALE && i < evaluation->n; i++) {
		const fria_judgement *j = &evaluation->items[i];
		/* Of what is told the rest waits for another assessment. */
		if (j->state == state &&
		    (state != FRIA_OPEN || j->optional == optional) &&
		    (!told || !j->because_n))
			add(out, i);
	}
}

static bool must_be_filled_in(const fria_evaluation *e,
			      const fria_instrument *in, size_t part)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].state == FRIA_OPEN && !e->items[i].optional &&
		    fria_task_part(in, e->items[i].question.task) == part)
			return true;
	return false;
}

/* The first question of a table without rows, in a part that is being filled
 * in: nobody has to answer it, but it must not be passed over. */
static bool is_offered(const fria_evaluation *e, const fria_instrument *in,
		       size_t position)
{
	const fria_question *q = &e->items[position].question;
	size_t group = in->tasks[q->task].rows, first = group;
	if (q->row || group == FRIA_NONE ||
	    in->tasks[group].mapped != FRIA_NONE)
		return false;
	while (first < q->task && !in->tasks[first].answerable)
		first++;
	return first == q->task &&
	       must_be_filled_in(e, in, fria_task_part(in, q->task));
}

void fria_agenda(fria_positions *out, const fria_evaluation *evaluation,
		 const fria_instrument *in)
{
	if (evaluation->superseded)
		return;
	fria_agenda_add(out, evaluation, FRIA_STALE, false);
	for (size_t i = 0; i < evaluation->n; i++) {
		const fria_judgement *j = &evaluation->items[i];
		if (j->state == FRIA_OPEN &&
		    (!j->optional || is_offered(evaluation, in, i)))
			add(out, i);
	}
	fria_agenda_add(out, evaluation, FRIA_SUSPECT, false);
}

void fria_positions_dispose(fria_positions *list)
{
	free(list->items);
	*list = (fria_positions){NULL, 0};
}

char *fria_judge_first(const fria_evaluation *evaluation,
		       const fria_instrument *in, const fria_judgement *j)
{
	if (j->because_n) {
		const fria_judgement *first = &evaluation->items[j->because[0]];
		return fria_strdup(in->tasks[first->question.task].id);
	}
	return j->elsewhere.n ? fria_strdup(j->elsewhere.items[0]) : NULL;
}

size_t fria_todo(const fria_counts *counts)
{
	return counts->open + counts->stale + counts->suspect;
}

void fria_todo_say(fria_buf *out, const fria_counts *counts, fria_lang lang)
{
	const struct {
		size_t n;
		fria_word word;
	} all[] = {{counts->open, FRIA_W_state_open},
		   {counts->stale, FRIA_W_state_stale},
		   {counts->suspect, FRIA_W_state_suspect}};
	const char *between = "";
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!all[i].n)
			continue;
		fria_buf_printf(out, "%s%zu %s", between, all[i].n,
				fria_word_text(all[i].word, lang));
		between = "; ";
	}
}

/* --- what can be told once --- */

static bool same_value(const json_t *a, const json_t *b)
{
	return a == b || (a && b && json_equal(a, b));
}

static bool same_reasons(const fria_judgement *a, const fria_judgement *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const fria_reason *x = &a->reasons[i], *y = &b->reasons[i];
		if (x->kind != y->kind || x->kind == FRIA_BY_EDIT ||
		    strcmp(x->what ? x->what : "", y->what ? y->what : "") ||
		    !same_value(x->before, y->before) ||
		    !same_value(x->after, y->after))
			return false;
	}
	return true;
}

static bool same_upstream(const fria_judgement *a, const fria_judgement *b)
{
	for (size_t i = 0; i < a->because_n; i++)
		if (a->because[i] != b->because[i])
			return false;
	for (size_t i = 0; i < a->elsewhere.n; i++)
		if (strcmp(a->elsewhere.items[i], b->elsewhere.items[i]) != 0)
			return false;
	return true;
}

bool fria_judgement_alike(const fria_instrument *in, const fria_judgement *a,
			  const fria_judgement *b)
{
	size_t group = in->tasks[a->question.task].rows;
	return group != FRIA_NONE &&
	       group == in->tasks[b->question.task].rows && a->question.row &&
	       b->question.row && a->state == b->state &&
	       a->state != FRIA_OPEN && a->n == b->n &&
	       a->because_n == b->because_n &&
	       a->elsewhere.n == b->elsewhere.n && same_reasons(a, b) &&
	       same_upstream(a, b);
}
