/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which changes are told as one, and how many there are of each kind. It puts
 * none in words.
 */
#include "diff_internal.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_values(const fria_difference *a, const fria_difference *b)
{
	return same_text(a->before.text, b->before.text) &&
	       same_text(a->after.text, b->after.text);
}

/* A value that nobody stood for is named one by one. */
static bool is_edited(const fria_difference *d)
{
	for (size_t i = 0; i < d->because.n; i++)
		if (fria_because_is(&d->because.items[i], FRIA_BY_EDIT))
			return true;
	return false;
}

static bool same_reasons(const fria_difference *a, const fria_difference *b)
{
	bool same = a->because.n == b->because.n;
	for (size_t i = 0; same && i < a->because.n; i++)
		same = fria_because_same(&a->because.items[i],
					 &b->because.items[i]);
	return same;
}

/* In rows of one group, in the same state and for the same reasons; what is
 * still to be answered is named one by one. */
static bool alike_in_rows(const fria_diff *diff, const fria_difference *a,
			  const fria_difference *b)
{
	return a->kind == FRIA_CHANGE_STATE && a->row && b->row &&
	       a->state_after >= FRIA_STALE && same_values(a, b) &&
	       fria_diff_group(diff, a) != FRIA_NONE &&
	       fria_diff_group(diff, a) == fria_diff_group(diff, b) &&
	       same_reasons(a, b) && !is_edited(a);
}

static bool alike(const fria_diff *diff, const fria_difference *a,
		  const fria_difference *b)
{
	if (a->kind != b->kind || a->weight != b->weight)
		return false;
	if (a->weight == FRIA_WEIGHT_JUDGE)
		return alike_in_rows(diff, a, b);
	if (a->weight != FRIA_WEIGHT_SETTLED)
		return false;
	if (a->kind == FRIA_CHANGE_CONFIRMED)
		return same_text(a->by, b->by) && same_text(a->note, b->note) &&
		       a->ground == b->ground;
	return same_values(a, b);
}

void fria_diff_together(fria_positions *out, const fria_diff *diff, size_t i)
{
	const fria_difference *first = &diff->items[i];
	*out = (fria_positions){NULL, 0};
	for (size_t k = 0; k < i; k++)
		if (alike(diff, &diff->items[k], first))
			return;
	for (size_t k = i; k < diff->n; k++)
		if (k == i || alike(diff, first, &diff->items[k]))
			*FRIA_PUSH(out) = k;
}

static fria_word counted_word(const fria_difference *d)
{
	return d->kind == FRIA_CHANGE_STATE ? fria_state_word(d->state_after)
					    : fria_difference_word(d);
}

void fria_diff_count(fria_stats *out, const fria_diff *diff)
{
	*out = (fria_stats){NULL, 0};
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		fria_word word = counted_word(d);
		size_t k = 0;
		while (k < out->n && (out->items[k].weight != d->weight ||
				      out->items[k].word != word))
			k++;
		if (k == out->n)
			*FRIA_PUSH(out) = (fria_stat){d->weight, word, 0};
		out->items[k].count++;
	}
}
