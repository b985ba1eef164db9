/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * markdown: an answer as people wrote it, made harmless as a tree. It fetches
 * nothing, embeds nothing, and gives no answer a way out of its place.
 *
 * The nodes are cmark's, but cmark's headers stay out of this one: only
 * engine/document and markdown.c look inside.
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
 * - a bare address becomes a link, as a footnote the text it is;
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
/* The same of an answer: the ends of its lines stay, and such an image does,
 * with its alt text as its only child. */
unsigned fria_markdown_clean_answer(struct cmark_node *parent, const char *text,
				    size_t n, int level,
				    fria_markdown_picture stays, void *data);
/*
 * Appends what a reader sees of the Markdown, cleaned as above: paragraphs a
 * blank line apart, items after "- " or their number, cells between " | ",
 * addresses in brackets after the text of their link. No final newline.
 */
void fria_markdown_plain(fria_buf *out, const char *text, size_t n);
/* The same, a heading after "# ": for who tells one block from another. */
void fria_markdown_outline(fria_buf *out, const char *text, size_t n);

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
 * newlines too, becomes one space; none at either end. No part of it becomes
 * a link, in readers that make links of bare addresses either.
 */
void fria_markdown_escape(fria_buf *out, const char *text);
/*
 * The same for a part of a line: spaces at the ends stay, except where the
 * part opens a line.
 */
void fria_markdown_escape_part(fria_buf *out, const char *text,
			       bool line_start);
/*
 * The same, with the bare addresses in it as links that lead where they say:
 * where a link may stand.
 */
void fria_markdown_escape_linked(fria_buf *out, const char *text,
				 bool line_start);
/*
 * Appends a link; between angles where the text is the address, which every
 * reader takes as it stands. In a cell a bar has its backslash.
 */
void fria_markdown_link(fria_buf *out, const char *url, const char *text,
			bool cell);
/*
 * Finds the first bare address in plain text: http, https or "www.", without
 * the full stop or bracket of the sentence around it. False if there is none
 * that fria_markdown_url_ok() passes.
 */
bool fria_markdown_address(const char *text, size_t *at, size_t *n);
/* Where it leads: "www.a.nl" to "http://www.a.nl". The caller frees. */
char *fria_markdown_address_url(const char *text);
/*
 * Text of a field that knows no Markdown, as an answer is stored: no line of
 * it becomes a heading, an item or a rule by how it begins. And back again,
 * which gives the same bytes.
 */
void fria_markdown_from_plain(fria_buf *out, const char *text);
void fria_markdown_to_plain(fria_buf *out, const char *text);
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

/* What became of a block of a text that is compared with an earlier one. */
typedef enum {
	FRIA_PASSAGE_FOLDED, /* blocks that did not change, left out */
	FRIA_PASSAGE_SAME,   /* a heading above what changed, or moved only */
	FRIA_PASSAGE_GONE,
	FRIA_PASSAGE_ADDED,
	FRIA_PASSAGE_CHANGED,
	FRIA_PASSAGE_WAS, /* one that was written anew, before it was */
	FRIA_PASSAGE_NOW  /* and after */
} fria_passage_kind;

#endif
