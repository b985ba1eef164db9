/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is in order itself but rests, at any depth, on what must be judged
 * again (DESIGN section 4); and the order in which to judge. It compares no
 * answer (evaluate.c does) and knows no repository.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation_input *in;
	fria_evaluation *out;
	fria_view *now;
	size_t at;     /* the judgement that is looked at */
	size_t *taken; /* per judgement: the last look that took it over */
	size_t look;
	bool grown; /* something was taken over in this pass */
} passing;

/* --- taking over what lies upstream --- */

static void take_stale(passing *p, size_t from)
{
	fria_judgement *j = &p->out->items[p->at];
	if (p->taken[from] == p->look)
		return;
	p->taken[from] = p->look;
	p->grown = true;
	j->because = fria_grow(j->because, j->because_n, sizeof *j->because);
	j->because[j->because_n++] = from;
}

static void take_elsewhere(passing *p, const char *name)
{
	fria_strings *list = &p->out->items[p->at].elsewhere;
	if (fria_strings_has(list, name))
		return;
	fria_strings_add(list, name);
	p->grown = true;
}

/* Passes through open questions, stops at hidden ones. */
static void take(passing *p, size_t from)
{
	const fria_judgement *j = &p->out->items[from];
	if (j->state == FRIA_STALE)
		take_stale(p, from);
	if (j->state == FRIA_HIDDEN || j->state == FRIA_STALE || from == p->at)
		return;
	for (size_t i = 0; i < j->because_n; i++)
		take_stale(p, j->because[i]);
	for (size_t i = 0; i < j->elsewhere.n; i++)
		take_elsewhere(p, j->elsewhere.items[i]);
}

/* The judgements of a task, or of all in a group; number 0: of every row. */
static void take_task(passing *p, size_t task, size_t number)
{
	const fria_task *tasks = p->in->instrument->tasks;
	for (size_t i = task; i < tasks[task].end; i++)
		for (size_t k = p->out->first[i]; k != FRIA_NONE;
		     k = p->out->next[k]) {
			size_t row = p->out->items[k].question.row_number;
			if (!number || !row || row == number)
				take(p, k);
		}
}

/* --- the application's other assessments --- */

static void take_name(passing *p, const fria_sibling *s, size_t judgement)
{
	size_t task = s->evaluation->items[judgement].question.task;
	char *name =
	    fria_format("%s#%s", s->name, s->instrument->tasks[task].id);
	take_elsewhere(p, name);
	free(name);
}

static void take_foreign(passing *p, const fria_sibling *s, size_t at)
{
	const fria_judgement *j = &s->evaluation->items[at];
	if (j->state == FRIA_STALE)
		take_name(p, s, at);
	if (j->state == FRIA_STALE || j->state == FRIA_HIDDEN)
		return;
	for (size_t i = 0; i < j->because_n; i++)
		take_name(p, s, j->because[i]);
	for (size_t i = 0; i < j->elsewhere.n; i++)
		take_elsewhere(p, j->elsewhere.items[i]);
}

/* As take_task, of another assessment. */
static void take_sibling(passing *p, const fria_edge *edge, size_t number)
{
	size_t task;
	const fria_sibling *s =
	    fria_sibling_of(p->in->instrument, &p->in->siblings, edge, &task);
	if (!s || !s->evaluation)
		return;
	for (size_t i = task; i < s->instrument->tasks[task].end; i++)
		for (size_t k = s->evaluation->first[i]; k != FRIA_NONE;
		     k = s->evaluation->next[k]) {
			size_t row =
			    s->evaluation->items[k].question.row_number;
			if (!number || !row || row == number)
				take_foreign(p, s, k);
		}
}

/* --- one question, and all of them --- */

/* Of the rows that a cell names, those of a task or of all in a group. */
static void take_named(passing *p, const fria_edge *e, size_t number)
{
	fria_row_numbers named;
	size_t task;
	const fria_view *there =
	    fria_view_edge_rows(&named, p->now, e, number, &task);
	for (size_t i = 0; i < named.n; i++)
		if (there == p->now)
			take_task(p, task, named.items[i]);
		else
			take_sibling(p, e, named.items[i]);
	fria_row_numbers_dispose(&named);
}

static void take_edges(passing *p, const fria_question *q)
{
	const fria_instrument *in = p->in->instrument;
	size_t task = q->task, number = q->row_number;
	const fria_edges *up = &in->tasks[task].upstream;
	const json_t *basis = json_object_get(q->answer, "basis");
	fria_rules rules = FRIA_RULES;
	if (basis)
		fria_basis_rules(&rules, basis);
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		if (fria_edge_narrows(e, rules))
			take_named(p, e, number);
		else if (e->task == FRIA_NONE)
			take_sibling(p, e, 0);
		else
			take_task(p, e->task,
				  fria_edge_row(in, task, number, e));
	}
}

/* What another assessment concludes, by the answers that it was read from. */
static void take_conclusion(passing *p, const char *name)
{
	const fria_sibling *s =
	    fria_sibling_find(p->in->instrument, &p->in->siblings, name);
	const fria_conclusion *one =
	    s && s->evaluation
		? fria_conclusion_find(s->evaluation, strchr(name, '#') + 1)
		: NULL;
	for (size_t i = 0; one && i < one->read.n; i++) {
		const fria_read *read = &one->read.items[i];
		char *from = fria_format("%s#%s", s->name, read->what);
		if (read->kind == FRIA_READ_TASK && read->stale)
			take_elsewhere(p, from);
		free(from);
	}
}

/* What decides whether it is shown is an edge for suspicion only. */
static void take_conditions(passing *p, size_t task, size_t number)
{
	const fria_instrument *in = p->in->instrument;
	for (size_t at = task; at != FRIA_NONE; at = in->tasks[at].parent)
		for (size_t i = 0; i < in->tasks[at].conditions.n; i++) {
			const fria_condition *c =
			    &in->tasks[at].conditions.items[i];
			const fria_edge e = {.task = c->task,
					     .named_by = FRIA_NONE};
			if (c->concluded)
				take_conclusion(p, c->id);
			if (e.task != FRIA_NONE)
				take_task(p, e.task,
					  fria_edge_row(in, task, number, &e));
		}
}

static void look_up(passing *p, size_t at)
{
	const fria_judgement *j = &p->out->items[at];
	if (j->state == FRIA_HIDDEN)
		return;
	p->at = at;
	p->look++;
	for (size_t i = 0; i < j->because_n; i++)
		p->taken[j->because[i]] = p->look;
	take_edges(p, &j->question);
	take_conditions(p, j->question.task, j->question.row_number);
}

/* Once in the instrument's order; where that has a circle, until it rests. */
static void pass_on(passing *p)
{
	const fria_instrument *in = p->in->instrument;
	bool circular = false;
	do {
		p->grown = false;
		for (size_t i = 0; i < in->order_n; i++) {
			size_t task = in->order[i];
			circular = circular || in->tasks[task].circular;
			for (size_t k = p->out->first[task]; k != FRIA_NONE;
			     k = p->out->next[k])
				look_up(p, k);
		}
	} while (circular && p->grown);
}

static int compare(const void *a, const void *b)
{
	const size_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static void settle(const passing *p, fria_judgement *j)
{
	bool moved = j->because_n || j->elsewhere.n;
	if (j->because_n)
		qsort(j->because, j->because_n, sizeof *j->because, compare);
	if (moved && (j->state == FRIA_ANSWERED || j->state == FRIA_WAIVED)) {
		j->hint = !p->in->adopted;
		if (p->in->adopted)
			j->state = FRIA_SUSPECT;
	}
}

static void list_todo(fria_evaluation *out, const fria_instrument *in)
{
	out->todo = fria_malloc(out->n * sizeof *out->todo);
	for (size_t i = 0; i < in->order_n; i++)
		for (size_t k = out->first[in->order[i]]; k != FRIA_NONE;
		     k = out->next[k])
			if (out->items[k].state == FRIA_STALE)
				out->todo[out->todo_n++] = k;
}

void fria_suspect_evaluate(fria_evaluation *out,
			   const fria_evaluation_input *in, fria_view *now)
{
	passing p = {.in = in, .out = out, .now = now};
	p.taken = fria_calloc(out->n, sizeof *p.taken);
	pass_on(&p);
	for (size_t i = 0; i < out->n; i++)
		settle(&p, &out->items[i]);
	list_todo(out, in->instrument);
	free(p.taken);
}
