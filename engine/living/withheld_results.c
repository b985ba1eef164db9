/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scores and conclusions that would give away what is withheld: those that
 * were computed from it, at any remove. Free text is not computed with, so
 * that it is withheld says nothing about a result. It computes nothing again.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *key, *row; /* row NULL: outside rows */
	size_t group;
} veiled;

typedef struct {
	const fria_instrument *in;
	const fria_veil *veil;
	const json_t *facts; /* withheld */
	fria_evaluation *e;
	struct {
		veiled *items;
		size_t n;
	} scores; /* that are withheld so far */
} sifting;

/* One result: in which rows it was computed, by what, from what. */
typedef struct {
	size_t group;
	const char *row;
	const char *text; /* all its expressions */
	const fria_reads *read;
} computed;

/* --- what it read --- */

/* Does it look at all the rows among which it was computed in one? */
static bool reads_all(const sifting *s, const computed *c)
{
	const char *id = c->group == FRIA_NONE ? "" : s->in->tasks[c->group].id;
	char *one = fria_format("rows('%s')", id);
	char *other = fria_format("rows(\"%s\")", id);
	bool all = strstr(c->text, one) || strstr(c->text, other);
	free(one);
	free(other);
	return all;
}

/* A task, asked for by name or as a cell; in the same row if it has one. */
static bool reads_cell(const sifting *s, const computed *c, size_t task)
{
	const fria_task *t = &s->in->tasks[task];
	bool own = t->rows == c->group && !reads_all(s, c);
	return s->veil->tasks[task] && t->kind != FRIA_TEXT &&
	       fria_veil_cell(s->veil, task, own ? c->row : NULL);
}

static bool reads_rows(const sifting *s, const computed *c, size_t group)
{
	for (size_t i = group + 1; i < s->in->tasks[group].end; i++)
		if (fria_expression_cell(c->text, s->in, group, i) &&
		    reads_cell(s, c, i))
			return true;
	return false;
}

static bool reads_task(const sifting *s, const computed *c, const char *id)
{
	size_t task = fria_instrument_find(s->in, id);
	if (task == FRIA_NONE)
		return false;
	return s->in->tasks[task].rows == task ? reads_rows(s, c, task)
					       : reads_cell(s, c, task);
}

/* Of its own row, unless it looks at others. */
static bool reads_score(const sifting *s, const computed *c)
{
	bool all = !c->row || reads_all(s, c);
	for (size_t i = 0; i < s->scores.n; i++) {
		const veiled *v = &s->scores.items[i];
		bool here = all || !v->row || v->group != c->group ||
			    !strcmp(v->row, c->row);
		if (here && fria_expression_names(c->text, v->key))
			return true;
	}
	return false;
}

static bool gives_away(const sifting *s, const computed *c)
{
	for (size_t i = 0; i < c->read->n; i++) {
		const fria_read *one = &c->read->items[i];
		if (one->kind == FRIA_READ_TASK ? reads_task(s, c, one->what)
		    : one->kind == FRIA_READ_FACT
			? fria_fact_withheld(s->facts, one->what)
			: fria_metric_withheld(s->facts, one->what))
			return true;
	}
	return reads_score(s, c);
}

/* --- scores --- */

static void calculation_text(fria_buf *out, const fria_calculation *c)
{
	fria_buf_printf(out, "%s\n", c->text);
	for (size_t i = 0; i < c->n; i++)
		fria_buf_printf(out, "%s\n", c->steps[i].text);
}

/* In the order in which they were computed. */
static void sift_scores(sifting *s)
{
	for (size_t i = 0; i < s->e->scores.n; i++) {
		fria_score *one = &s->e->scores.items[i];
		fria_buf text = FRIA_BUF_INIT;
		calculation_text(&text, one->of);
		const computed it = {s->in->tasks[one->of->task].rows, one->row,
				     text.text, &one->read};
		if (gives_away(s, &it)) {
			json_decref(one->value);
			free(one->text);
			one->value = NULL;
			one->text = NULL;
			one->withheld = true;
			*FRIA_PUSH(&s->scores) =
			    (veiled){one->of->key, one->row, it.group};
		}
		fria_buf_dispose(&text);
	}
}

/* --- conclusions --- */

static void conclusion_text(fria_buf *out, const fria_instrument *in,
			    const char *id)
{
	for (size_t i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		if (strcmp(r->id, id) != 0)
			continue;
		fria_buf_printf(out, "%s\n", r->text);
		for (size_t k = 0; k < r->n; k++)
			fria_buf_printf(out, "%s\n", r->criteria[k].text);
	}
}

static void sift_conclusions(sifting *s)
{
	for (size_t i = 0; i < s->e->conclusions.n; i++) {
		fria_conclusion *one = &s->e->conclusions.items[i];
		fria_buf text = FRIA_BUF_INIT;
		conclusion_text(&text, s->in, one->id);
		const computed it = {FRIA_NONE, NULL, text.text, &one->read};
		if (gives_away(s, &it)) {
			one->level = one->text = NULL;
			free(one->law);
			one->law = NULL;
			fria_strings_dispose(&one->because);
			one->stops = false;
			one->withheld = true;
		}
		fria_buf_dispose(&text);
	}
}

void fria_withheld_results(fria_evaluation *e, const fria_veil *veil,
			   const json_t *facts)
{
	sifting s = {.in = veil->in, .veil = veil, .facts = facts, .e = e};
	if (!veil->any && !json_object_size(facts))
		return;
	sift_scores(&s);
	sift_conclusions(&s);
	free(s.scores.items);
}
