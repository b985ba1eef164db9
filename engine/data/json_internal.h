/* SPDX-License-Identifier: EUPL-1.2 */
/* What json.c shares with the quick way to read, and the canonical form. */
#ifndef FRIA_JSON_INTERNAL_H
#define FRIA_JSON_INTERNAL_H

#include "data.h"

/*
 * The tree of a document in which nothing is unusual; the bytes must be valid
 * UTF-8. New; NULL for everything else, right or wrong: json.c reads that
 * again, the careful way, and says what is wrong with it.
 */
json_t *fria_json_read_plain(const char *bytes, size_t n);
/*
 * The length of what stands in a JSON string as it is: up to a quote, a
 * backslash, a control character or the end. *ascii becomes false if any of it
 * is beyond ASCII.
 */
size_t fria_json_run(const char *bytes, size_t n, bool *ascii);

/* A string of JSON with its quotes. */
void fria_json_put_text(fria_buf *out, const char *text, size_t n);

#endif
