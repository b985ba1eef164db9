/* SPDX-License-Identifier: EUPL-1.2 */
/* What those share who look for what two sequences have in common. */
#ifndef FRIA_COMPARE_INTERNAL_H
#define FRIA_COMPARE_INTERNAL_H

#include "compare.h"

/* --- script.c --- */

/*
 * For each of a's n numbers its place in b as part of a longest sequence that
 * is in both, or FRIA_NONE; all FRIA_NONE in a middle that differs too much.
 * The caller frees.
 */
size_t *fria_script_match(const size_t *a, size_t n, const size_t *b, size_t m);
/* Which of the numbers, all different, make a longest rising sequence: the
 * others are what moved. The caller frees. */
bool *fria_script_rising(const size_t *values, size_t n);

/* --- prose.c --- */

size_t fria_hash(const char *text, size_t n);

#endif
