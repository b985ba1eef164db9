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

/* --- what stood in the base: moves of both sides --- */

/* Those of the base that a side still has, with their places in it. */
static json_t *known_of(fria_strings *out, const fria_strings *base,
			const fria_strings *ours, const fria_strings *theirs)
{
	json_t *a = set_of(ours), *b = set_of(theirs), *known = json_object();
	for (size_t i = 0; i < base->n; i++) {
		const char *id = base->items[i];
		if (!json_object_get(a, id) && !json_object_get(b, id))
			continue;
		json_object_set_new(known, id,
				    json_integer((json_int_t)out->n));
		fria_strings_add(out, id);
	}
	json_decref(a);
	json_decref(b);
	return known;
}

/*
 * Where a side has each of them. What it removed and the other kept stands
 * behind what stood before it.
 */
static size_t *places_in(const fria_strings *side, const json_t *known,
			 size_t n)
{
	size_t *after = fria_calloc(n + 1, sizeof *after), at = n, place = 0;
	size_t *out = fria_calloc(n + 1, sizeof *out);
	bool *has = fria_calloc(n + 1, sizeof *has);
	for (size_t i = 0; i < side->n; i++) {
		const json_t *own = json_object_get(known, side->items[i]);
		if (!own)
			continue;
		after[at] = (size_t)json_integer_value(own);
		at = after[at];
		has[at] = true;
	}
	after[at] = n;
	for (size_t i = 0; i < n; i++) {
		size_t before = i ? i - 1 : n;
		if (has[i])
			continue;
		after[i] = after[before];
		after[before] = i;
	}
	for (at = after[n]; at != n; at = after[at])
		out[at] = place++;
	free(has);
	free(after);
	return out;
}

/* The first of those in front of which a side moved k; else the end. */
static size_t insert_at(const size_t *list, size_t n, size_t k, const size_t *a,
			const size_t *b)
{
	for (size_t i = 0; i < n; i++)
		if (a[k] < a[list[i]] || b[k] < b[list[i]])
			return i;
	return n;
}

/*
 * What either side moved in front of something stands in front of it, with
 * what follows from that: the least order above both (their join among the
 * permutations of the base). So it is the same whichever is ours, and merging
 * a side again changes nothing.
 */
static void order_known(fria_strings *out, const fria_strings *known,
			const size_t *a, const size_t *b)
{
	size_t *list = fria_calloc(known->n + 1, sizeof *list);
	size_t most_a = 0, most_b = 0;
	for (size_t k = 0; k < known->n; k++) {
		bool last = a[k] >= most_a && b[k] >= most_b;
		size_t at = last ? k : insert_at(list, k, k, a, b);
		memmove(list + at + 1, list + at, (k - at) * sizeof *list);
		list[at] = k;
		most_a = a[k] > most_a ? a[k] : most_a;
		most_b = b[k] > most_b ? b[k] : most_b;
	}
	for (size_t k = 0; k < known->n; k++)
		fria_strings_add(out, known->items[list[k]]);
	free(list);
}

/* --- what was added: behind what it was put behind --- */

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

static json_t *numbered(const fria_strings *list)
{
	json_t *places = json_object();
	for (size_t i = 0; i < list->n; i++)
		json_object_set_new(places, list->items[i],
				    json_integer((json_int_t)i + 1));
	return places;
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

/* Those of one list that the other has, too. */
static void shared_of(fria_strings *out, const fria_strings *list,
		      const fria_strings *other)
{
	json_t *set = set_of(other);
	for (size_t i = 0; i < list->n; i++)
		if (json_object_get(set, list->items[i]))
			fria_strings_add(out, list->items[i]);
	json_decref(set);
}

/* What both sides put behind one element; some of it may be in both. */
static void weave(fria_strings *out, const fria_strings *ours,
		  const fria_strings *theirs, const json_t *when)
{
	fria_strings x = FRIA_STRINGS_INIT, y = FRIA_STRINGS_INIT;
	additions a, b;
	shared_of(&x, ours, theirs);
	shared_of(&y, theirs, ours);
	const fria_strings *shared = compare(&x, &y) > 0 ? &y : &x;
	json_t *places = numbered(shared);
	collect(&a, ours, places, shared->n);
	collect(&b, theirs, places, shared->n);
	for (size_t place = 0; place <= shared->n; place++) {
		if (place)
			fria_strings_add(out, shared->items[place - 1]);
		add_run(out, &a, &b, place, when);
	}
	free(a.behind);
	free(a.at);
	free(b.behind);
	free(b.at);
	json_decref(places);
	fria_strings_dispose(&x);
	fria_strings_dispose(&y);
}

/* Each addition with the place that it stands behind: the first of both. */
static void note_anchors(json_t *anchors, const fria_strings *side,
			 const json_t *places)
{
	size_t behind = 0;
	for (size_t i = 0; i < side->n; i++) {
		const char *id = side->items[i];
		size_t own = place_of(places, id);
		const json_t *other = json_object_get(anchors, id);
		if (own)
			behind = own;
		else if (!other ||
			 json_integer_value(other) > (json_int_t)behind)
			json_object_set_new(anchors, id,
					    json_integer((json_int_t)behind));
	}
}

/* A side's additions, in its order, by the place they stand behind. New. */
static fria_strings *runs_of(const fria_strings *side, const json_t *places,
			     const json_t *anchors, size_t n)
{
	fria_strings *runs = fria_calloc(n + 1, sizeof *runs);
	for (size_t i = 0; i < side->n; i++)
		if (!place_of(places, side->items[i]))
			fria_strings_add(
			    &runs[place_of(anchors, side->items[i])],
			    side->items[i]);
	return runs;
}

static void add_all(fria_strings *out, const fria_strings *order,
		    const fria_strings *ours, const fria_strings *theirs,
		    const json_t *when)
{
	json_t *places = numbered(order), *anchors = json_object();
	note_anchors(anchors, ours, places);
	note_anchors(anchors, theirs, places);
	fria_strings *a = runs_of(ours, places, anchors, order->n);
	fria_strings *b = runs_of(theirs, places, anchors, order->n);
	for (size_t place = 0; place <= order->n; place++) {
		if (place)
			fria_strings_add(out, order->items[place - 1]);
		if (a[place].n || b[place].n)
			weave(out, &a[place], &b[place], when);
		fria_strings_dispose(&a[place]);
		fria_strings_dispose(&b[place]);
	}
	free(a);
	free(b);
	json_decref(anchors);
	json_decref(places);
}

void merge_order(fria_strings *out, const fria_strings *base,
		 const fria_strings *ours, const fria_strings *theirs,
		 const json_t *when)
{
	fria_strings known = FRIA_STRINGS_INIT, order = FRIA_STRINGS_INIT;
	json_t *places = known_of(&known, base, ours, theirs);
	size_t *a = places_in(ours, places, known.n);
	size_t *b = places_in(theirs, places, known.n);
	order_known(&order, &known, a, b);
	add_all(out, &order, ours, theirs, when);
	free(a);
	free(b);
	json_decref(places);
	fria_strings_dispose(&known);
	fria_strings_dispose(&order);
}
