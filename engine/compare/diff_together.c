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
	return same_text(json_string_value(a->before),
			 json_string_value(b->before)) &&
	       same_text(json_string_value(a->after),
			 json_string_value(b->after));
}

/* A value that nobody stood for is named one by one. */
static bool is_edited(const json_t *because)
{
	size_t i;
	json_t *one;
	json_array_foreach(because, i, one) {
		if (fria_diff_cause_is(one, fria_reason_id(FRIA_BY_EDIT)))
			return true;
	}
	return false;
}

/* In rows of one group, in the same state and for the same reasons; what is
 * still to be answered is named one by one. */
static bool alike_in_rows(const fria_diff *diff, const fria_difference *a,
			  const fria_difference *b)
{
	return a->kind == FRIA_CHANGE_STATE && a->row && b->row && a->because &&
	       b->because && same_values(a, b) &&
	       fria_diff_group(diff, a) != FRIA_NONE &&
	       fria_diff_group(diff, a) == fria_diff_group(diff, b) &&
	       json_equal(a->because, b->because) && !is_edited(a->because);
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

size_t fria_diff_together(fria_strings *ids, const fria_diff *diff, size_t i)
{
	const fria_difference *first = &diff->items[i];
	size_t n = 0;
	for (size_t k = 0; k < i; k++)
		if (alike(diff, &diff->items[k], first))
			return 0;
	for (size_t k = i; k < diff->n; k++) {
		const fria_difference *d = &diff->items[k];
		if (k > i && !alike(diff, first, d))
			continue;
		n++;
		if (ids && d->task && !fria_strings_has(ids, d->task))
			fria_strings_add(ids, d->task);
	}
	return n;
}

static fria_word counted_word(const fria_difference *d)
{
	const char *after = json_string_value(d->after);
	for (int i = 0; d->kind == FRIA_CHANGE_STATE && i <= FRIA_SUSPECT; i++)
		if (same_text(after, fria_state_id((fria_state)i)))
			return fria_state_word((fria_state)i);
	return fria_difference_word(d);
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
