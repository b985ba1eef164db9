/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Told once, by what changed (DESIGN section 4): the reasons of all that is
 * stale gathered into what they come from, and every question put under one of
 * those, in an order in which nothing waits for what comes later. It judges
 * nothing: evaluate.c found the reasons, suspect.c what waits for what.
 *
 * Calls up to evaluate.c: the reasons are its own, and keep their ids.
 */
#include "living_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *fria_reason_key(fria_reason_kind kind)
{
	static const char *const keys[] = {"pointer", "task",	"task",
					   "task",    "metric", "theme"};
	return keys[kind];
}

/* --- which reasons are one cause --- */

typedef struct {
	fria_evaluation *out;
	const fria_evaluation_input *in;
	json_t *ids;   /* of a cause to its place */
	json_t *known; /* what a reason holds, by address, to the same */
	/* By judgement. */
	bool *told;
	size_t *waits;	      /* stale questions before it that are not told */
	size_t *after_from;   /* where in `after` begins what waits for it */
	size_t *after;	      /* judgements */
	bool *listed;	      /* by cause: it has its place in the order */
	fria_positions wide;  /* causes that touch several questions */
	fria_positions order; /* causes */
} gathering;

static const char *what_of(const gathering *g, const fria_judgement *j,
			   const fria_reason *r)
{
	bool own = r->kind == FRIA_BY_EDIT || r->kind == FRIA_BY_INSTRUMENT;
	return own ? g->in->instrument->tasks[j->question.task].id : r->what;
}

static void name_cause(char out[FRIA_CAUSE_SIZE], const fria_reason *r,
		       const char *what)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *all =
	    fria_json_pack("{s:s, s:s, s:O?, s:O?}", "kind",
			   fria_reason_id(r->kind), fria_reason_key(r->kind),
			   what, "before", r->before, "after", r->after);
	fria_digest(digest, all);
	snprintf(out, FRIA_CAUSE_SIZE, "%.8s", digest);
	json_decref(all);
}

static size_t add_cause(gathering *g, const fria_judgement *j,
			const fria_reason *r)
{
	fria_cause c = {.kind = r->kind,
			.what = what_of(g, j, r),
			.title = r->title,
			.before = r->before,
			.after = r->after,
			.release = fria_strdup(r->release),
			.at = r->at,
			.under = FRIA_NONE};
	name_cause(c.id, r, c.what);
	const json_t *there = json_object_get(g->ids, c.id);
	if (there) {
		free(c.release);
		return (size_t)json_integer_value(there);
	}
	*FRIA_PUSH(&g->out->causes) = c;
	size_t at = g->out->causes.n - 1;
	json_object_set_new(g->ids, c.id, json_integer((json_int_t)at));
	return at;
}

/* Values that came from one document are one value: what stands there is not
 * read again for each of the answers that rest on it. */
static size_t cause_of(gathering *g, const fria_judgement *j,
		       const fria_reason *r)
{
	char *key =
	    fria_format("%p %p %d %s", (const void *)r->before,
			(const void *)r->after, (int)r->kind, what_of(g, j, r));
	const json_t *known = json_object_get(g->known, key);
	size_t at =
	    known ? (size_t)json_integer_value(known) : add_cause(g, j, r);
	if (!known)
		json_object_set_new(g->known, key,
				    json_integer((json_int_t)at));
	free(key);
	return at;
}

static void gather(gathering *g)
{
	fria_causes *causes = &g->out->causes;
	for (size_t i = 0; i < g->out->todo_n; i++) {
		size_t at = g->out->todo[i];
		fria_judgement *j = &g->out->items[at];
		for (size_t k = 0; k < j->n; k++) {
			fria_reason *r = &j->reasons[k];
			r->cause = cause_of(g, j, r);
			assert(causes->items && r->cause < causes->n);
			fria_positions *touched =
			    &causes->items[r->cause].touched;
			if (!touched->n || touched->items[touched->n - 1] != at)
				*FRIA_PUSH(touched) = at;
		}
	}
}

/* --- what differs, and when it came --- */

/* When who rests on it was last told otherwise. */
static void date_answer(fria_cause *c, const fria_evaluation_input *in)
{
	const char *hash = strchr(c->what, '#');
	const fria_sibling *there =
	    hash ? fria_sibling_find(in->instrument, &in->siblings, c->what)
		 : NULL;
	const fria_instrument *of = there ? there->instrument : in->instrument;
	size_t task = fria_instrument_find(of, hash ? hash + 1 : c->what);
	if ((hash && !there) || task == FRIA_NONE)
		return;
	const json_t *basis = json_object_get(
	    fria_assessment_answer(there ? there->assessment : in->assessment,
				   of, task, NULL),
	    "basis");
	const char *at = fria_json_text(basis, "at");
	if (at)
		fria_time_parse(&c->at, at);
	c->release = fria_strdup(fria_json_text(basis, "release"));
}

static void date_causes(const gathering *g)
{
	for (size_t i = 0; i < g->out->causes.n; i++) {
		fria_cause *c = &g->out->causes.items[i];
		const char *release = NULL;
		if (c->kind == FRIA_BY_ANSWER)
			date_answer(c, g->in);
		if (c->kind != FRIA_BY_FACT)
			continue;
		fria_fact_narrow(&c->was, &c->is, c->what, c->before, c->after);
		if (g->in->fact_since &&
		    g->in->fact_since(g->in->data, c->what, &release, &c->at))
			c->release = fria_strdup(release);
	}
}

/* --- release-check themes under the facts of their release --- */

static bool same_release(const fria_cause *theme, const fria_cause *fact)
{
	return fact->kind == FRIA_BY_FACT && theme->release && fact->release &&
	       !strcmp(theme->release, fact->release);
}

bool fria_cause_tells(const fria_causes *causes, const fria_judgement *j,
		      const fria_reason *r)
{
	const fria_cause *all = causes->items;
	if (r->kind != FRIA_BY_EVENT)
		return true;
	for (size_t k = 0; k < j->n; k++)
		if (same_release(&all[r->cause], &all[j->reasons[k].cause]))
			return false;
	return true;
}

/* The first change in the order that came with it and shares a question. */
static size_t fact_above(const gathering *g, const fria_cause *theme)
{
	const fria_cause *all = g->out->causes.items;
	size_t first = FRIA_NONE;
	for (size_t i = 0; i < theme->touched.n; i++) {
		const fria_judgement *j =
		    &g->out->items[theme->touched.items[i]];
		for (size_t k = 0; k < j->n; k++) {
			size_t at = j->reasons[k].cause;
			if (at < first && same_release(theme, &all[at]))
				first = at;
		}
	}
	return first;
}

/* --- the order --- */

/* For each question those that wait for it, one list behind the other. */
static void link_waiting(gathering *g)
{
	const fria_evaluation *e = g->out;
	size_t total = 0;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		if (j->state != FRIA_STALE)
			continue;
		for (size_t k = 0; k < j->because_n; k++)
			if (j->because[k] != i) {
				g->waits[i]++;
				g->after_from[j->because[k] + 1]++;
				total++;
			}
	}
	for (size_t i = 0; i < e->n; i++)
		g->after_from[i + 1] += g->after_from[i];
	g->after = fria_calloc(total + 1, sizeof *g->after);
	size_t *next = fria_calloc(e->n + 1, sizeof *next);
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		for (size_t k = 0; j->state == FRIA_STALE && k < j->because_n;
		     k++) {
			size_t up = j->because[k];
			if (up != i)
				g->after[g->after_from[up] + next[up]++] = i;
		}
	}
	free(next);
}

/* It has a reason among the causes that have their place, or is this one's. */
static bool has_place(const gathering *g, size_t judgement, size_t cause)
{
	const fria_judgement *j = &g->out->items[judgement];
	for (size_t k = 0; k < j->n; k++) {
		const fria_reason *r = &j->reasons[k];
		if ((r->cause == cause || g->listed[r->cause]) &&
		    fria_cause_tells(&g->out->causes, j, r))
			return true;
	}
	return false;
}

static void tell(gathering *g, fria_positions *list, size_t judgement)
{
	g->told[judgement] = true;
	*FRIA_PUSH(list) = judgement;
	for (size_t k = g->after_from[judgement];
	     k < g->after_from[judgement + 1]; k++)
		g->waits[g->after[k]]--;
}

static void take_back(gathering *g, const fria_positions *list)
{
	for (size_t i = 0; i < list->n; i++) {
		g->told[list->items[i]] = false;
		for (size_t k = g->after_from[list->items[i]];
		     k < g->after_from[list->items[i] + 1]; k++)
			g->waits[g->after[k]]++;
	}
}

/* All that can be told with a cause: its own questions that wait for nothing
 * more, and what waited for those and has its place. */
static void tell_with(gathering *g, fria_positions *out, size_t cause)
{
	const fria_positions *touched = &g->out->causes.items[cause].touched;
	for (size_t i = 0; i < touched->n; i++) {
		size_t at = touched->items[i];
		if (!g->told[at] && !g->waits[at] && has_place(g, at, cause))
			tell(g, out, at);
	}
	for (size_t i = 0; i < out->n; i++)
		for (size_t k = g->after_from[out->items[i]];
		     k < g->after_from[out->items[i] + 1]; k++) {
			size_t at = g->after[k];
			if (!g->told[at] && !g->waits[at] &&
			    has_place(g, at, cause))
				tell(g, out, at);
		}
}

/* How much could be told with it. */
static size_t weigh(gathering *g, size_t cause)
{
	fria_positions list = {NULL, 0};
	tell_with(g, &list, cause);
	take_back(g, &list);
	size_t n = list.n;
	fria_positions_dispose(&list);
	return n;
}

static void list_cause(gathering *g, size_t cause)
{
	*FRIA_PUSH(&g->order) = cause;
	tell_with(g, &g->out->causes.items[cause].tasks, cause);
	g->listed[cause] = true;
}

/* The weightiest that is not listed yet and touches several questions, or
 * FRIA_NONE; weight 0: nothing can be told with any. */
static size_t heaviest(gathering *g, bool themes, size_t *weight)
{
	size_t best = FRIA_NONE;
	*weight = 0;
	for (size_t k = 0; k < g->wide.n; k++) {
		size_t i = g->wide.items[k];
		const fria_cause *c = &g->out->causes.items[i];
		if (g->listed[i] || (c->kind == FRIA_BY_EVENT) != themes)
			continue;
		size_t n = weigh(g, i);
		if (best == FRIA_NONE || n > *weight) {
			best = i;
			*weight = n;
		}
	}
	return best;
}

/* One with a single question that waits for nothing; else any one. */
static size_t single(const gathering *g, bool themes, size_t *from)
{
	for (; *from < g->out->causes.n; ++*from) {
		const fria_cause *c = &g->out->causes.items[*from];
		if (!g->listed[*from] && c->touched.n == 1 &&
		    (c->kind == FRIA_BY_EVENT) == themes)
			return (*from)++;
	}
	return FRIA_NONE;
}

/* Of changes, or of what the release check said, which comes after them. */
static void put_in_order(gathering *g, bool themes)
{
	size_t from = 0, weight, told = 0;
	size_t wide = heaviest(g, themes, &weight);
	for (;;) {
		size_t at = weight ? wide : single(g, themes, &from);
		if (at == FRIA_NONE && (at = wide) == FRIA_NONE)
			return;
		told = g->order.n;
		list_cause(g, at);
		/* Alone it leads to no other question: the others weigh what
		 * they weighed. */
		const fria_cause *c =
		    &g->out->causes.items[g->order.items[told]];
		bool moved = c->touched.n > 1;
		for (size_t i = 0; i < c->tasks.n && !moved; i++)
			moved = g->after_from[c->tasks.items[i] + 1] >
				g->after_from[c->tasks.items[i]];
		if (moved)
			wide = heaviest(g, themes, &weight);
	}
}

/* What goes round in a circle is told at once, under the last change. */
static void tell_circles(gathering *g)
{
	for (size_t i = 0; i < g->out->todo_n && g->order.n; i++)
		if (!g->told[g->out->todo[i]])
			tell(g,
			     &g->out->causes
				  .items[g->order.items[g->order.n - 1]]
				  .tasks,
			     g->out->todo[i]);
}

/* Causes in the order that was found, and reasons that name them there. */
static void reorder(gathering *g)
{
	fria_causes *causes = &g->out->causes;
	fria_cause *items = fria_calloc(causes->n + 1, sizeof *items);
	size_t *place = fria_calloc(causes->n + 1, sizeof *place);
	for (size_t i = 0; i < causes->n; i++) {
		items[i] = causes->items[g->order.items[i]];
		place[g->order.items[i]] = i;
	}
	free(causes->items);
	causes->items = items;
	for (size_t i = 0; i < g->out->n; i++)
		for (size_t k = 0; k < g->out->items[i].n; k++) {
			size_t *of = &g->out->items[i].reasons[k].cause;
			*of = *of == FRIA_NONE ? FRIA_NONE : place[*of];
		}
	free(place);
}

/* A theme that tells no question itself is told where it belongs. */
static void put_themes(gathering *g)
{
	for (size_t i = 0; i < g->out->causes.n; i++) {
		fria_cause *c = &g->out->causes.items[i];
		if (c->kind == FRIA_BY_EVENT && !c->tasks.n)
			c->under = fact_above(g, c);
	}
}

/* What stands behind, under the last cause that it waits for. */
static void put_suspects(gathering *g)
{
	fria_evaluation *e = g->out;
	size_t *at = fria_malloc((e->n + 1) * sizeof *at);
	for (size_t i = 0; i < e->n; i++)
		at[i] = FRIA_NONE;
	for (size_t c = 0; c < e->causes.n; c++)
		for (size_t k = 0; k < e->causes.items[c].tasks.n; k++)
			at[e->causes.items[c].tasks.items[k]] = c;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		size_t last = 0;
		if (j->state != FRIA_SUSPECT || !j->because_n)
			continue;
		for (size_t k = 0; k < j->because_n; k++)
			if (at[j->because[k]] > last)
				last = at[j->because[k]];
		*FRIA_PUSH(&e->causes.items[last].suspects) = i;
	}
	free(at);
}

/* --- what an answer names that fell away stands first --- */

typedef struct {
	const fria_evaluation *e;
	size_t *at;  /* by judgement: the cause under which it is told */
	bool *names; /* by judgement: it says what fell away */
	bool *done;
} naming;

/* With what it rests on before it. */
static void put_first(naming *n, fria_positions *out, size_t judgement)
{
	const fria_judgement *j = &n->e->items[judgement];
	if (n->done[judgement])
		return;
	n->done[judgement] = true;
	for (size_t k = 0; k < j->because_n; k++)
		if (n->at[j->because[k]] == n->at[judgement])
			put_first(n, out, j->because[k]);
	*FRIA_PUSH(out) = judgement;
}

static void put_mentions_first(fria_evaluation *e)
{
	naming n = {.e = e,
		    .at = fria_calloc(e->n + 1, sizeof(size_t)),
		    .names = fria_calloc(e->n + 1, sizeof(bool)),
		    .done = fria_calloc(e->n + 1, sizeof(bool))};
	for (size_t i = 0; i < e->causes.n; i++) {
		const fria_cause *c = &e->causes.items[i];
		for (size_t k = 0; k < c->mentions_n; k++)
			n.names[c->mentions[k].judgement] = true;
		for (size_t k = 0; k < c->tasks.n; k++)
			n.at[c->tasks.items[k]] = i + 1;
	}
	for (size_t i = 0; i < e->causes.n; i++) {
		fria_positions *tasks = &e->causes.items[i].tasks;
		fria_positions out = {NULL, 0};
		for (int named = 1; named >= 0; named--)
			for (size_t k = 0; k < tasks->n; k++)
				if (n.names[tasks->items[k]] || !named)
					put_first(&n, &out, tasks->items[k]);
		fria_positions_dispose(tasks);
		*tasks = out;
	}
	free(n.at);
	free(n.names);
	free(n.done);
}

/* --- the whole --- */

void fria_causes_find(fria_evaluation *e, const fria_evaluation_input *in)
{
	gathering g = {
	    .out = e, .in = in, .ids = json_object(), .known = json_object()};
	fria_causes_dispose(&e->causes);
	g.told = fria_calloc(e->n + 1, sizeof *g.told);
	g.waits = fria_calloc(e->n + 1, sizeof *g.waits);
	g.after_from = fria_calloc(e->n + 2, sizeof *g.after_from);
	gather(&g);
	date_causes(&g);
	link_waiting(&g);
	g.listed = fria_calloc(e->causes.n + 1, sizeof *g.listed);
	for (size_t i = 0; i < e->causes.n; i++)
		if (e->causes.items[i].touched.n > 1)
			*FRIA_PUSH(&g.wide) = i;
	put_in_order(&g, false);
	put_in_order(&g, true);
	tell_circles(&g);
	reorder(&g);
	put_themes(&g);
	put_suspects(&g);
	fria_mentions_find(e, in);
	put_mentions_first(e);
	json_decref(g.ids);
	json_decref(g.known);
	free(g.told);
	free(g.waits);
	free(g.after_from);
	free(g.after);
	free(g.listed);
	fria_positions_dispose(&g.order);
	fria_positions_dispose(&g.wide);
}

size_t fria_cause_find(const fria_causes *causes, const char *id)
{
	for (size_t i = 0; i < causes->n; i++)
		if (!strcmp(causes->items[i].id, id))
			return i;
	return FRIA_NONE;
}

void fria_cause_title(fria_buf *out, const fria_cause *c,
		      const fria_evaluation_input *in, fria_lang lang)
{
	const char *hash = c->what ? strchr(c->what, '#') : NULL;
	const fria_sibling *there =
	    hash ? fria_sibling_find(in->instrument, &in->siblings, c->what)
		 : NULL;
	const fria_instrument *of = there ? there->instrument : in->instrument;
	size_t task = FRIA_NONE;
	if (c->kind == FRIA_BY_FACT)
		fria_buf_puts(out, fria_fact_title(c->what, lang));
	else if (c->kind == FRIA_BY_EVENT)
		fria_say(out, lang, fria_theme_word(c->what), NULL);
	else if (c->kind == FRIA_BY_MONITORING)
		fria_buf_puts(out, c->title ? c->title : c->what);
	else
		task = fria_instrument_find(of, there ? hash + 1 : c->what);
	if (c->kind != FRIA_BY_FACT && c->kind != FRIA_BY_EVENT &&
	    c->kind != FRIA_BY_MONITORING)
		fria_buf_printf(out, task == FRIA_NONE ? "%s" : "%s %s",
				c->what,
				task == FRIA_NONE
				    ? ""
				    : fria_task_title(&of->tasks[task], lang));
}

size_t fria_cause_of(const fria_causes *causes, size_t judgement)
{
	for (size_t i = 0; i < causes->n; i++) {
		const fria_cause *c = &causes->items[i];
		for (size_t k = 0; k < c->tasks.n; k++)
			if (c->tasks.items[k] == judgement)
				return i;
		for (size_t k = 0; k < c->suspects.n; k++)
			if (c->suspects.items[k] == judgement)
				return i;
	}
	return FRIA_NONE;
}

void fria_causes_dispose(fria_causes *causes)
{
	for (size_t i = 0; i < causes->n; i++) {
		fria_cause *c = &causes->items[i];
		json_decref(c->was);
		json_decref(c->is);
		free(c->release);
		fria_positions_dispose(&c->tasks);
		fria_positions_dispose(&c->suspects);
		fria_positions_dispose(&c->touched);
		for (size_t k = 0; k < c->mentions_n; k++)
			fria_strings_dispose(&c->mentions[k].words);
		free(c->mentions);
	}
	free(causes->items);
	*causes = (fria_causes){NULL, 0};
}
