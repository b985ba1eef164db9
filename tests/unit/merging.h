/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests of merging share: documents from text, and how they compare. */
#ifndef FRIA_TEST_MERGING_H
#define FRIA_TEST_MERGING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

static inline json_t *parse(const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	json_t *json = NULL;
	if (fria_json_parse(&json, "test", text, strlen(text), &err))
		fail_msg("no JSON: %s", text);
	return json;
}

/* Merges without a questionnaire. */
static inline void merge(fria_merge *out, const json_t *base,
			 const json_t *ours, const json_t *theirs)
{
	const fria_merge_input input = {
	    .base = base, .ours = ours, .theirs = theirs};
	fria_merge_make(out, &input);
}

static inline char *bytes(const json_t *json)
{
	fria_buf out = FRIA_BUF_INIT;
	if (json)
		fria_json_write(&out, json);
	return fria_buf_detach(&out);
}

/* The same bytes, or where they part. */
static inline void assert_same(const json_t *a, const json_t *b, unsigned seed,
			       const char *what)
{
	char *x = bytes(a), *y = bytes(b);
	size_t at = 0;
	while (x[at] && x[at] == y[at])
		at++;
	if (x[at] || y[at])
		fail_msg("seed %u: %s: at byte %zu: %.300s\n---\n%.300s", seed,
			 what, at, x + (at > 100 ? at - 100 : 0),
			 y + (at > 100 ? at - 100 : 0));
	free(x);
	free(y);
}

#endif
