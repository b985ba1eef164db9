/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * In which order things stand after a merge. It knows ids only, and gives the
 * same order whichever side is ours.
 */
#include "merge_internal.h"

#include <stdlib.h>
#include <string.h>

static json_t *set_of(const fria_strings *list)
{
	json_t *set = json_object();
	for (size_t i = 0; i < list->n; i++)
		json_object_set_new(set, list->items[i], json_integer(0));
	return set;
}

/* Those of the list that are in both sets; a NULL set holds all. */
static void filter(fria_strings *out, const fria_strings *list, const json_t *a,
		   const json_t *b)
{
	for (size_t i = 0; i < list->n; i++)
		if ((!a || json_object_get(a, list->items[i])) &&
		    (!b || json_object_get(b, list->items[i])))
			fria_strings_add(out, list->items[i]);
}

static int compare(const fria_strings *a, const fria_strings *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++) {
		int order = strcmp(a->items[i], b->items[i]);
		if (order)
			return order;
	}
	return a->n < b->n ? -1 : a->n > b->n;
}

/* True if a side left what the base has of `both` as it was. */
static bool kept(const fria_strings *side, const fria_strings *base,
		 const json_t *both, const json_t *in_base)
{
	fria_strings was = FRIA_STRINGS_INIT, now = FRIA_STRINGS_INIT;
	filter(&was, base, both, NULL);
	filter(&now, side, both, in_base);
	bool same = !compare(&was, &now);
	fria_strings_dispose(&was);
	fria_strings_dispose(&now);
	return same;
}

/* The order of what both sides have. */
static void order_shared(fria_strings *out, const fria_strings *base,
			 const fria_strings *ours, const fria_strings *theirs)
{
	json_t *in_base = set_of(base), *in_ours = set_of(ours);
	fria_strings a = FRIA_STRINGS_INIT, b = FRIA_STRINGS_INIT;
	filter(&b, theirs, in_ours, NULL);
	json_t *both = set_of(&b);
	filter(&a, ours, both, NULL);
	bool we_kept = kept(ours, base, both, in_base);
	bool they_kept = kept(theirs, base, both, in_base);
	bool take_ours = we_kept == they_kept ? compare(&a, &b) > 0 : they_kept;
	*out = take_ours ? a : b;
	fria_strings_dispose(take_ours ? &b : &a);
	json_decref(in_base);
	json_decref(in_ours);
	json_decref(both);
}

/* A side's own elements, each with the shared one it stands behind. */
typedef struct {
	const fria_strings *side;
	size_t *behind; /* per element of the side: that place, or 0 */
	size_t *at;	/* the elements in order of their place */
	size_t n, next;
} additions;

static size_t place_of(const json_t *places, const char *id)
{
	return (size_t)json_integer_value(json_object_get(places, id));
}

static void collect(additions *a, const fria_strings *side,
		    const json_t *places, size_t shared)
{
	size_t behind = 0;
	size_t *first = fria_calloc(shared + 2, sizeof *first);
	*a = (additions){.side = side,
			 .behind = fria_calloc(side->n + 1, sizeof(size_t)),
			 .at = fria_calloc(side->n + 1, sizeof(size_t))};
	for (size_t i = 0; i < side->n; i++) {
		size_t own = place_of(places, side->items[i]);
		a->behind[i] = own ? SIZE_MAX : behind;
		if (own)
			behind = own;
		else
			first[behind + 1]++;
	}
	for (size_t i = 1; i <= shared + 1; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < side->n; i++)
		if (a->behind[i] != SIZE_MAX) {
			a->at[first[a->behind[i]]++] = i;
			a->n++;
		}
	free(first);
}

static const char *head(const additions *a, size_t place)
{
	if (a->next >= a->n || a->behind[a->at[a->next]] != place)
		return NULL;
	return a->side->items[a->at[a->next]];
}

static const char *sort_text(const json_t *when, const char *id)
{
	const char *text = fria_json_text(when, id);
	return text ? text : id;
}

/* What both sides put behind one place. */
static void add_run(fria_strings *out, additions *a, additions *b, size_t place,
		    const json_t *when)
{
	additions *from = NULL;
	const char *one, *other;
	while ((one = head(a, place)), (other = head(b, place)), one || other) {
		/* Without a time, the side that began goes on to its end. */
		if (!one || !other)
			from = one ? a : b;
		else if (when || !from)
			from = strcmp(sort_text(when, one),
				      sort_text(when, other)) < 0
				   ? a
				   : b;
		fria_strings_add(out, from == a ? one : other);
		from->next++;
	}
}

void merge_order(fria_strings *out, const fria_strings *base,
		 const fria_strings *ours, const fria_strings *theirs,
		 const json_t *when)
{
	fria_strings shared = FRIA_STRINGS_INIT;
	json_t *places = json_object();
	additions a, b;
	order_shared(&shared, base, ours, theirs);
	for (size_t i = 0; i < shared.n; i++)
		json_object_set_new(places, shared.items[i],
				    json_integer((json_int_t)i + 1));
	collect(&a, ours, places, shared.n);
	collect(&b, theirs, places, shared.n);
	for (size_t place = 0; place <= shared.n; place++) {
		if (place)
			fria_strings_add(out, shared.items[place - 1]);
		add_run(out, &a, &b, place, when);
	}
	free(a.behind);
	free(a.at);
	free(b.behind);
	free(b.at);
	json_decref(places);
	fria_strings_dispose(&shared);
}
