/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which of an application's other assessments an edge such as "iama#3.5.1", or
 * a condition on "start#FRIA", leads to. It reads no answer.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* The version that the instrument means, and the question or conclusion is in
 * it. */
static bool is_meant(const fria_instrument *in, const fria_sibling *s,
		     const char *name, const char *task)
{
	const char *version = fria_instrument_upstream(in, name);
	return (fria_instrument_find(s->instrument, task) != FRIA_NONE ||
		fria_instrument_concludes(s->instrument, task)) &&
	       (!version || fria_instrument_is(s->instrument, version));
}

/* How well it fits what an edge names, 0 best; FRIA_NONE: not at all. */
static size_t rank(const fria_sibling *s, const char *name,
		   const char *successor)
{
	bool replaced = s->superseded != NULL;
	if (!strcmp(s->name, name))
		return replaced ? 3 : 0;
	if (successor && !strcmp(s->name, successor) && !replaced)
		return 1;
	if (!strcmp(s->instrument->id, name))
		return replaced ? 4 : 2;
	return FRIA_NONE;
}

/* Where the chain of successors from the named assessment ends, or NULL. */
static const char *last_successor(const fria_siblings *siblings,
				  const char *name)
{
	const char *last = NULL;
	for (size_t steps = 0; steps <= siblings->n; steps++) {
		const char *next = NULL, *at = last ? last : name;
		for (size_t i = 0; i < siblings->n && !next; i++)
			if (!strcmp(siblings->items[i].name, at))
				next = siblings->items[i].superseded;
		if (!next)
			break;
		last = next;
	}
	return last;
}

const fria_sibling *fria_sibling_find(const fria_instrument *in,
				      const fria_siblings *siblings,
				      const char *edge)
{
	const char *hash = strchr(edge, '#');
	const fria_sibling *found = NULL;
	size_t best = FRIA_NONE;
	if (!siblings || !siblings->n || !hash)
		return NULL;
	char *name = fria_strndup(edge, (size_t)(hash - edge));
	const char *successor = last_successor(siblings, name);
	for (size_t i = 0; i < siblings->n; i++) {
		const fria_sibling *s = &siblings->items[i];
		size_t own = rank(s, name, successor);
		if (own < best && is_meant(in, s, name, hash + 1)) {
			best = own;
			found = s;
		}
	}
	free(name);
	return found;
}

const fria_sibling *fria_sibling_of(const fria_instrument *in,
				    const fria_siblings *siblings,
				    const fria_edge *edge, size_t *task)
{
	const fria_sibling *s = fria_sibling_find(in, siblings, edge->id);
	if (s)
		*task = fria_instrument_find(s->instrument,
					     strchr(edge->id, '#') + 1);
	return s;
}
