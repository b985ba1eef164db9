/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Chance from a seed, and how many of the pieces that it put in another order
 * may stay where they are.
 */
#ifndef FRIA_TESTS_CHANCE_H
#define FRIA_TESTS_CHANCE_H

#include <stddef.h>
#include <stdlib.h>

enum { PIECES = 8 };

static unsigned seed;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

/* The slow and plain way. */
static size_t longest_rise(const size_t *values, size_t n)
{
	size_t best[PIECES] = {0}, longest = 0;
	for (size_t i = 0; i < n; i++) {
		best[i] = 1;
		for (size_t k = 0; k < i; k++)
			if (values[k] < values[i] && best[k] >= best[i])
				best[i] = best[k] + 1;
		longest = best[i] > longest ? best[i] : longest;
	}
	return longest;
}

#endif
