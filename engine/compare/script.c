/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The shortest way from one sequence to another (Myers, 1986), and the longest
 * rise in one, with a bound on work. It knows nothing of what the numbers
 * stand for.
 */
#include "compare_internal.h"

#include <stdlib.h>
#include <string.h>

/* More edits than this between the ends, and nothing in between is paired. */
#define MAX_EDITS 800
#define MIDDLE (MAX_EDITS + 1)

typedef struct {
	const size_t *a, *b;
	size_t n, m;
	size_t *trace; /* furthest points before each step, see slice() */
} script;

/* Step d knows 2d + 3 diagonals, from MIDDLE - d - 1 on. */
static size_t *slice(const script *s, size_t d)
{
	return s->trace + d * (d + 2);
}

static void keep(script *s, size_t d, const size_t *v)
{
	size_t n = 2 * d + 3;
	s->trace = fria_realloc(s->trace, (d * (d + 2) + n) * sizeof *v);
	memcpy(slice(s, d), v + MIDDLE - d - 1, n * sizeof *v);
}

/* The furthest x on each diagonal with d edits; true when the end is met. */
static bool extend(const script *s, size_t d, size_t *v)
{
	for (size_t k = 0; k <= 2 * d; k += 2) {
		size_t diagonal = MIDDLE + k - d; /* x - y + MIDDLE */
		bool down =
		    k == 0 || (k != 2 * d && v[diagonal - 1] < v[diagonal + 1]);
		size_t x = down ? v[diagonal + 1] : v[diagonal - 1] + 1;
		size_t y = x + MIDDLE - diagonal;
		while (x < s->n && y < s->m && s->a[x] == s->b[y]) {
			x++;
			y++;
		}
		v[diagonal] = x;
		if (x >= s->n && y >= s->m)
			return true;
	}
	return false;
}

/* Number of edits, or FRIA_NONE when there are too many. */
static size_t search(script *s)
{
	size_t *v = fria_calloc(2 * MIDDLE + 2, sizeof *v), found = FRIA_NONE;
	for (size_t d = 0; d < MAX_EDITS && found == FRIA_NONE; d++) {
		keep(s, d, v);
		if (extend(s, d, v))
			found = d;
	}
	free(v);
	return found;
}

/* Walks the trace back and pairs what is kept. */
static void walk_back(const script *s, size_t d, size_t *match, size_t shift)
{
	size_t x = s->n, y = s->m;
	for (; d > 0; d--) {
		const size_t *v = slice(s, d);
		size_t at = x + d + 1 - y; /* the diagonal, in the slice */
		bool down =
		    at == 1 || (at != 2 * d + 1 && v[at - 1] < v[at + 1]);
		size_t px = down ? v[at + 1] : v[at - 1];
		size_t py = px + d + 1 - (down ? at + 1 : at - 1);
		while (x > px + !down && y > py + down)
			match[--x] = --y + shift;
		x = px;
		y = py;
	}
	while (x-- > 0)
		match[x] = --y + shift;
}

size_t *fria_script_match(const size_t *a, size_t n, const size_t *b, size_t m)
{
	size_t *match = fria_calloc(n + 1, sizeof *match), start = 0;
	for (size_t i = 0; i < n; i++)
		match[i] = FRIA_NONE;
	for (; start < n && start < m && a[start] == b[start]; start++)
		match[start] = start;
	for (; n > start && m > start && a[n - 1] == b[m - 1]; n--, m--)
		match[n - 1] = m - 1;
	script s = {
	    .a = a + start, .b = b + start, .n = n - start, .m = m - start};
	size_t d = s.n && s.m ? search(&s) : FRIA_NONE;
	if (d != FRIA_NONE)
		walk_back(&s, d, match + start, start);
	free(s.trace);
	return match;
}

/* The longest run of tails that a value can be put behind: how many of the
 * tails, which rise, are below it. */
static size_t below(const size_t *values, const size_t *tails, size_t n,
		    size_t value)
{
	size_t low = 0;
	while (low < n) {
		size_t half = low + (n - low) / 2;
		if (values[tails[half]] < value)
			low = half + 1;
		else
			n = half;
	}
	return low;
}

bool *fria_script_rising(const size_t *values, size_t n)
{
	bool *rising = fria_calloc(n + 1, sizeof *rising);
	size_t *tails = fria_calloc(n + 1, sizeof *tails);
	size_t *before = fria_calloc(n + 1, sizeof *before), longest = 0;
	for (size_t i = 0; i < n; i++) {
		size_t at = below(values, tails, longest, values[i]);
		before[i] = at ? tails[at - 1] : FRIA_NONE;
		tails[at] = i;
		if (at == longest)
			longest++;
	}
	for (size_t i = longest ? tails[longest - 1] : FRIA_NONE;
	     i != FRIA_NONE; i = before[i])
		rising[i] = true;
	free(before);
	free(tails);
	return rising;
}
