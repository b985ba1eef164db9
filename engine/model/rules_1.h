/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rules by which fria 0.1 digested, where they differ from those of now
 * (DESIGN section 2). A digest is judged by the rules it names: this stays as
 * it is, whatever was wrong with it.
 */
#ifndef FRIA_RULES_1_H
#define FRIA_RULES_1_H

#include "model.h"

/* Appends text without what looks like a tag, which was all between < and >:
 * addresses, comparisons and where a link leads were not compared. */
void rules_1_text(fria_buf *out, const char *html, size_t n);
/* Adds to what was asked the edges of the question. */
void rules_1_asked(json_t *asked, const fria_task *task);

#endif
