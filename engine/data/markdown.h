/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * markdown: an answer as people wrote it, made harmless as a tree. It fetches
 * nothing, embeds nothing, and gives no answer a way out of its place.
 *
 * The nodes are cmark's, but cmark's headers stay out of this one: only
 * engine/report and markdown.c look inside.
 */
#ifndef FRIA_MARKDOWN_H
#define FRIA_MARKDOWN_H

#include "../base/base.h"

struct cmark_node;

/* An answer longer than this is cut at a line's end and closed by "[…]". */
#define FRIA_MARKDOWN_MAX ((size_t)256 << 10)
/* Quotes and lists inside each other; anything deeper becomes its text. */
#define FRIA_MARKDOWN_BLOCKS 10
/* Emphasis and links inside each other, likewise. */
#define FRIA_MARKDOWN_INLINES 8

/* What cleaning did: 0, or any of these. */
enum {
	FRIA_MARKDOWN_CUT = 1,	 /* longer than FRIA_MARKDOWN_MAX */
	FRIA_MARKDOWN_FLAT = 2,	 /* nested deeper than the bounds above */
	FRIA_MARKDOWN_LINK = 4,	 /* a link became its text */
	FRIA_MARKDOWN_HTML = 8,	 /* HTML became visible text */
	FRIA_MARKDOWN_IMAGE = 16 /* an image became a link or its text */
};

/*
 * Parses Markdown (CommonMark with tables, strikethrough and task lists),
 * cleans it, and appends its blocks to parent, which may hold blocks:
 * - HTML, inline or block, comments too, becomes visible text;
 * - a link keeps an address that fria_markdown_url_ok() passes, else it
 *   becomes its text; titles go; an image becomes a link with its alt text;
 * - headings sink below `level` (0 to 6), without skipping a level, at most 6;
 * - nesting is bounded; blank headings, paragraphs and emphasis go;
 * - control, bidirectional and invisible characters go, as in fria_put_safe();
 * - info strings of code blocks go: forges run some of them (mermaid, math).
 * Reference definitions hold in this text alone. Returns FRIA_MARKDOWN_ flags.
 */
unsigned fria_markdown_clean(struct cmark_node *parent, const char *text,
			     size_t n, int level);
/* True if the picture at an address may stay: it is here, and harmless. */
typedef bool (*fria_markdown_picture)(void *data, const char *address);
/* The same; such an image stays, with its alt text as its only child. */
unsigned fria_markdown_clean_pictures(struct cmark_node *parent,
				      const char *text, size_t n, int level,
				      fria_markdown_picture stays, void *data);
/*
 * Appends what a reader sees of the Markdown, cleaned as above: paragraphs a
 * blank line apart, items after "- " or their number, cells between " | ",
 * addresses in brackets after the text of their link. No final newline.
 */
void fria_markdown_plain(fria_buf *out, const char *text, size_t n);

/* Appends the addresses of the Markdown's links and images, as written. */
void fria_markdown_addresses(fria_strings *out, const char *text, size_t n);

/* --- markdown_html.c: for registers --- */

/*
 * Appends the Markdown, cleaned as above, as HTML of no other tags than div,
 * br, p, ul, ol and li. A heading is a paragraph, a row of a table too, an
 * address stands in brackets after the text of its link.
 */
void fria_markdown_few_tags(fria_buf *out, const char *text, size_t n);

/* --- markdown_text.c: bytes, without a tree --- */

/*
 * Appends text so that it stands for itself in Markdown wherever it is put:
 * in running text, at a line's start, in a heading or a cell. White space,
 * newlines too, becomes one space; none at either end.
 */
void fria_markdown_escape(fria_buf *out, const char *text);
/*
 * The same for a part of a line: spaces at the ends stay, except where the
 * part opens a line.
 */
void fria_markdown_escape_part(fria_buf *out, const char *text,
			       bool line_start);
/*
 * True for http and https with a host, mailto, and fragments; at most 2048
 * bytes; no white space, control, invisible or replacement character, no
 * backslash, and no user name before the host.
 */
bool fria_markdown_url_ok(const char *url);
/*
 * Appends the text with what costs cmark more than linear time defused (with
 * backslashes), and cut to FRIA_MARKDOWN_MAX. *tables is false where cells
 * would multiply beyond reason: parse without that extension. Returns true
 * if it was cut.
 */
bool fria_markdown_tame(fria_buf *out, bool *tables, const char *text,
			size_t n);

#endif
