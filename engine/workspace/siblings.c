/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The application's other assessments, as far as answers rest on them: read,
 * and judged, so that what is stale there is known here. It changes none.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- what was replaced --- */

static bool follows(const fria_instrument *in, const fria_instrument *other)
{
	return !strcmp(in->id, other->id) || fria_migrates(in, other);
}

const char *snapshot_successor(const fria_snapshot *s, const fria_workspace *ws,
			       const char *name, const json_t *document,
			       const fria_instrument *instrument)
{
	const char *by = fria_json_text(document, "superseded_by"), *next = by;
	json_t *at = NULL;
	fria_strings seen = FRIA_STRINGS_INIT;
	fria_instrument *in =
	    fria_instrument_keep((fria_instrument *)(uintptr_t)instrument);
	fria_strings_add(&seen, name);
	while (next) {
		json_t *successor = NULL;
		fria_instrument *is = NULL;
		bool there =
		    fria_id_ok(next) && !fria_strings_has(&seen, next) &&
		    !snapshot_document(&successor, &is, ws, s, next, NULL) &&
		    follows(in, is);
		fria_strings_add(&seen, next);
		next =
		    there ? fria_json_text(successor, "superseded_by") : NULL;
		by = there ? by : NULL;
		json_decref(at);
		fria_instrument_free(in);
		at = successor;
		in = is;
	}
	fria_instrument_free(in);
	json_decref(at);
	fria_strings_dispose(&seen);
	return by;
}

/* --- reading --- */

/* "iama#3.5.1" leads to that assessment; NULL: to any. */
static bool leads_to(const char *edge, const char *name)
{
	size_t n = name ? strlen(name) : strcspn(edge, "#");
	return (!name || !strncmp(edge, name, n)) && edge[n] == '#';
}

/* True if an edge, a choice or a condition of the instrument leads to an
 * assessment; NULL: to any other. */
static bool rests_on(const fria_instrument *in, const char *name)
{
	for (size_t i = 0; i < in->n; i++) {
		const fria_task *t = &in->tasks[i];
		if (t->drawn && *t->drawn != '/' && leads_to(t->drawn, name))
			return true;
		for (size_t k = 0; k < t->upstream.n; k++)
			if (t->upstream.items[k].task == FRIA_NONE &&
			    leads_to(t->upstream.items[k].id, name))
				return true;
		for (size_t k = 0; k < t->conditions.n; k++)
			if (t->conditions.items[k].concluded &&
			    leads_to(t->conditions.items[k].id, name))
				return true;
	}
	return false;
}

/* True if a question of it is offered what another assessment says. */
static bool takes_from(const fria_instrument *in, const char *name)
{
	for (size_t i = 0; i < in->n; i++)
		for (size_t k = 0; k < in->tasks[i].takes.n; k++)
			if (*in->tasks[i].takes.items[k] != '/' &&
			    leads_to(in->tasks[i].takes.items[k], name))
				return true;
	return false;
}

/* By its own name, or by that of its instrument (NULL: not known yet). */
static bool is_wanted(const fria_snapshot *s, const fria_instrument *by,
		      const char *name, const fria_instrument *in)
{
	const char *meant = in ? in->id : name;
	bool wanted = rests_on(s->instrument, meant) ||
		      (by != s->instrument && rests_on(by, meant)) ||
		      takes_from(s->instrument, meant);
	for (size_t i = 0; i < s->siblings_n && !wanted; i++)
		wanted = rests_on(s->sibling_instruments[i], meant);
	return wanted;
}

static bool is_there(const fria_snapshot *s, const char *name)
{
	bool there = !strcmp(name, s->name);
	for (size_t i = 0; i < s->siblings_n; i++)
		there = there || !strcmp(name, s->sibling_names[i]);
	return there;
}

/* One that no edge names may be anything: it is passed by. */
static int add(fria_snapshot *s, const fria_workspace *ws,
	       const fria_instrument *by, const char *name, fria_error *err)
{
	bool named = is_wanted(s, by, name, NULL);
	json_t *document = NULL;
	fria_instrument *in = NULL;
	int code =
	    snapshot_document(&document, &in, ws, s, name, named ? err : NULL);
	if (code || (!named && !is_wanted(s, by, name, in))) {
		fria_instrument_free(in);
		json_decref(document);
		return named ? code : 0;
	}
	size_t at = s->siblings_n++;
	s->sibling_names[at] = fria_strdup(name);
	s->sibling_documents[at] = document;
	s->sibling_instruments[at] = in;
	s->siblings[at] =
	    (fria_sibling){s->sibling_names[at],
			   in,
			   document,
			   NULL,
			   snapshot_successor(s, ws, name, document, in),
			   takes_from(s->instrument, NULL)
			       ? fria_snapshot_last(ws, s->application_id, name)
			       : 0};
	return 0;
}

int siblings_load(fria_snapshot *s, const fria_workspace *ws, fria_error *err)
{
	return fria_snapshot_widen(s, ws, s->instrument, err);
}

int fria_snapshot_widen(fria_snapshot *s, const fria_workspace *ws,
			const fria_instrument *by, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	size_t before;
	int code = 0;
	siblings_free(s);
	s->siblings_n = 0;
	if (rests_on(s->instrument, NULL) || rests_on(by, NULL) ||
	    takes_from(s->instrument, NULL))
		code = fria_workspace_assessments(
		    &names, ws, snapshot_commit(s), s->application_id, err);
	s->siblings = fria_calloc(names.n, sizeof *s->siblings);
	s->sibling_instruments =
	    fria_calloc(names.n, sizeof *s->sibling_instruments);
	s->sibling_documents =
	    fria_calloc(names.n, sizeof *s->sibling_documents);
	s->sibling_names = fria_calloc(names.n, sizeof *s->sibling_names);
	do {
		before = s->siblings_n;
		for (size_t i = 0; !code && i < names.n; i++)
			if (!is_there(s, names.items[i]))
				code = add(s, ws, by, names.items[i], err);
	} while (!code && s->siblings_n > before);
	fria_strings_dispose(&names);
	return code;
}

void siblings_free(fria_snapshot *s)
{
	for (size_t i = 0; i < s->siblings_n; i++) {
		fria_instrument_free(s->sibling_instruments[i]);
		json_decref(s->sibling_documents[i]);
		free(s->sibling_names[i]);
	}
	free(s->siblings);
	free(s->sibling_instruments);
	free(s->sibling_documents);
	free(s->sibling_names);
}

/* --- judging --- */

/* Where two rest on each other, the one that was begun first is not known. */
static void judge(sibling_judgements *all, const fria_snapshot *s, past *p,
		  fria_time as_of, size_t at)
{
	fria_sibling *own = &all->items[at];
	if (all->begun[at])
		return;
	all->begun[at] = true;
	for (size_t i = 0; i < all->n; i++)
		if (rests_on(own->instrument, all->items[i].name) ||
		    rests_on(own->instrument, all->items[i].instrument->id))
			judge(all, s, p, as_of, i);
	fria_evaluation_input input = {.instrument = own->instrument,
				       .assessment = own->assessment,
				       .application = s->application,
				       .siblings = {all->items, all->n + 1},
				       .superseded = own->superseded,
				       .as_of = as_of};
	past_serve(&input, p);
	input.content_was = NULL; /* who approved it is not asked here */
	input.asked_then = NULL;
	fria_evaluate(&all->results[at], &input);
	own->evaluation = &all->results[at];
}

void siblings_judge(sibling_judgements *out, const fria_snapshot *s, past *p,
		    fria_time as_of)
{
	size_t n = s->siblings_n;
	out->n = n;
	out->items = fria_calloc(n + 1, sizeof *out->items);
	out->results = fria_calloc(n, sizeof *out->results);
	out->begun = fria_calloc(n, sizeof *out->begun);
	if (n)
		memcpy(out->items, s->siblings, n * sizeof *out->items);
	out->items[n] = (fria_sibling){s->name, s->instrument, s->assessment,
				       NULL,	s->superseded, 0};
	for (size_t i = 0; i < n; i++)
		judge(out, s, p, as_of, i);
}

void siblings_dispose(sibling_judgements *judgements)
{
	for (size_t i = 0; i < judgements->n; i++)
		fria_evaluation_dispose(&judgements->results[i]);
	free(judgements->results);
	free(judgements->items);
	free(judgements->begun);
	*judgements = (sibling_judgements){NULL, NULL, NULL, 0};
}
