/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many cases a seeded test looks at: FRIA_SEEDS is a percentage of all of
 * them. `make test` looks at a part, `make test-rest` at all; above 100 there
 * are more.
 */
#ifndef FRIA_TESTS_SEEDS_H
#define FRIA_TESTS_SEEDS_H

#include <stdlib.h>

static unsigned of_seeds(unsigned all)
{
	const char *percent = getenv("FRIA_SEEDS");
	unsigned n = percent ? (unsigned)strtoul(percent, NULL, 10) : 100;
	return (all * n + 99) / 100;
}

#endif
