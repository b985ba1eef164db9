/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * terminal: what the files of the rendering for a terminal share: words filled
 * into lines (wrap.c), and what stands in columns (grid.c). Inside
 * engine/document only.
 */
#ifndef FRIA_DOCUMENT_TERMINAL_H
#define FRIA_DOCUMENT_TERMINAL_H

#include "lines.h"

/* Longer lines of running text are hard to read. */
#define LINE_MAX_WIDTH 80
#define WIDTH_MIN 20

/* How text looks, where there is colour: any of these, and one colour. */
enum {
	BOLD = 1,
	DIM = 2,
	ITALIC = 4,
	UNDER = 8,
	STRUCK = 16,
	RED = 31 << 8,
	GREEN = 32 << 8,
	YELLOW = 33 << 8,
	BLUE = 34 << 8
};

struct page {
	struct walk walk;
	struct lines lines;
	const fria_terminal *how;
	size_t width;	/* of a line, with what stands before it */
	unsigned style; /* of what is put */
	unsigned shown; /* what the line has on */
	size_t column;	/* how far the line is */
	bool open;	/* a line is */
	bool filled;	/* more stands in it than before it */
	bool space;	/* one comes before the next word */
	fria_buf word;	/* what has no space after it yet */
	size_t word_width;
	unsigned word_first, word_last; /* styles that it opens and ends in */
	bool breaks;  /* a word longer than a line is broken */
	bool whole;   /* a passage that is gone or new as a whole */
	int depth;    /* of sections */
	size_t names; /* width of those of fields; 0: they stand in the text */
};

/* --- wrap.c --- */

/* Running text; white space of any kind is where a line may end. */
void fria_wrap_text(struct page *p, const char *text);
void fria_wrap_styled(struct page *p, unsigned style, const char *text);
/* What stays beside what comes next, a space too. */
void fria_wrap_joined(struct page *p, const char *text);
/* What a node holds, in a style. */
void fria_wrap_children(struct page *p, cmark_node *node, unsigned style);
/* Opens and closes a line to write in; ends the one with words, if any. */
void fria_wrap_open(struct page *p);
void fria_wrap_close(struct page *p);
void fria_wrap_end(struct page *p);
/* As in lines.h: indents, and leaves after ending the last line. */
size_t fria_wrap_indent(struct page *p);
void fria_wrap_leave(struct page *p, size_t entered);
/* A text to stand before lines, in a style. New. */
char *fria_wrap_before(const struct page *p, unsigned style, const char *text);
/* The columns of a line of ours, without the styles; of a text. */
size_t fria_wrap_seen(const char *text, size_t n);
size_t fria_wrap_width(const char *text);
/* Appends the running text of a node by itself, in lines of this width. */
void fria_wrap_inline(fria_buf *out, const struct page *p, cmark_node *node,
		      size_t width, unsigned style, const fria_terminal *how);

/* --- grid.c --- */

/* A table; as fields where its columns do not fit beside each other. */
void fria_grid_table(struct page *p, cmark_node *table);
/* A numbered list of many short items in two columns; false if it is not. */
bool fria_grid_list(struct page *p, cmark_node *list);

#endif
