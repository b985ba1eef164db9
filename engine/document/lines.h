/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * lines: what stands before each line of a text (quotes, indents, the marker
 * of an item), and the blank lines between its blocks. For the renderings that
 * are lines. Inside engine/document only.
 */
#ifndef FRIA_DOCUMENT_LINES_H
#define FRIA_DOCUMENT_LINES_H

#include "tree.h"

struct lines {
	fria_buf *out;
	fria_buf before; /* every line */
	fria_buf first;	 /* the next line only, where it opens an item */
	bool opens;	 /* it does */
	bool any;	 /* lines were opened */
	bool gap;	 /* a blank line comes before the next, */
	size_t gap_n;	 /* with as much of what stands before */
};

void fria_lines_dispose(struct lines *lines);
/* A blank line comes before the next, unless that is the first. */
void fria_lines_gap(struct lines *lines);
/* What stands before the next line. */
void fria_lines_open(struct lines *lines);
/*
 * From here lines stand behind `more`, the next one behind `first`. Gives what
 * to leave with, when the last line is ended; an item that never got a line of
 * its own gets it then.
 */
size_t fria_lines_enter(struct lines *lines, const char *first,
			const char *more);
void fria_lines_leave(struct lines *lines, size_t entered);

/* Cuts a text, or the spaces at its end, and gives how many these were. */
size_t fria_lines_trim(fria_buf *buf);

#endif
