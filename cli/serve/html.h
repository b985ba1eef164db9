/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * html: what stands around the fragments of a page. The only way to write is
 * an element with its attributes, and text: names are literals of this program,
 * values and text are escaped, elements close in order (assert). Nothing that
 * comes from a document, a form or an address is written raw.
 */
#ifndef FRIA_SERVE_HTML_H
#define FRIA_SERVE_HTML_H

#include "../../engine/fria.h"

#define WEB_DEPTH 48

typedef struct {
	fria_buf *out;
	fria_lang lang;
	const char *open[WEB_DEPTH]; /* elements that are not closed yet */
	size_t depth;
} web;

/* Begins an element: pairs of attribute and value, closed by NULL. A value that
 * is NULL leaves its attribute out, "" writes it alone. */
void web_open(web *w, const char *element, ...) FRIA_SENTINEL;
void web_close(web *w, const char *element);
/* One that has no content: input, meta, link, br. */
void web_void(web *w, const char *element, ...) FRIA_SENTINEL;
/* Text; NULL is none. */
void web_text(web *w, const char *text);
/* A sentence of words.def in the page's language; pairs, then NULL. */
void web_say(web *w, fria_word word, ...) FRIA_SENTINEL;
/* An element with text alone; with the sentence of a word alone. */
void web_put(web *w, const char *element, const char *class, const char *text);
void web_word(web *w, const char *element, const char *class, fria_word word);
/* A link with text. */
void web_link(web *w, const char *address, const char *text);
/* A part of a document, which is escaped as it is written. */
void web_fragment(web *w, fria_node *node);
/* A state: its sign, and a word. */
void web_badge(web *w, fria_tone tone, fria_word word);

#endif
