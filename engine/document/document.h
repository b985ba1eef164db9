/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * document: the one tree that every view is, and its renderings. It knows
 * nothing of assessments: who makes a view says what stands in it.
 *
 * A document owns all its nodes; a returned `fria_node *` is borrowed and
 * lives as long as the document. Nodes are added at the end of their parent,
 * in reading order. Every text given is plain text: it is cleaned of control
 * and invisible characters and escaped where it is written, so nothing in it
 * can mean anything. Markdown enters through fria_node_answer() and
 * fria_node_markdown() alone, raw markup through fria_node_figure_raw() alone.
 *
 * Nodes are of two kinds. Those that hold blocks: head, body, foot, section,
 * question, note, details, figure. Those that hold running text: paragraph,
 * meta, field, cell, item, and what fria_node_marked() gives. Giving running
 * text to a block, or the reverse, is a mistake of the caller (assert).
 */
#ifndef FRIA_DOCUMENT_H
#define FRIA_DOCUMENT_H

#include "../data/data.h"
#include "../data/markdown.h"

typedef struct fria_document fria_document;
typedef struct cmark_node fria_node;

/* --- the document --- */

/* lang is that of the frame: everything but the answers. */
fria_document *fria_document_new(fria_lang lang);
void fria_document_free(fria_document *document); /* NULL is allowed */

/* The title, and a line under it (NULL for none). Call it once, first. */
void fria_document_title(fria_document *document, const char *title,
			 const char *subtitle);
/* One of the key data in the head; add its value as running text. */
fria_node *fria_document_key(fria_document *document, fria_word name);
/* Holds blocks: what belongs to the head (state of the assessment, notes). */
fria_node *fria_document_head(fria_document *document);
/* Running text of links to other pages, with what they are for those who do
 * not see it: above the title (the way here) or at the end of the head. Not on
 * paper. */
fria_node *fria_document_way(fria_document *document, const char *label);
fria_node *fria_document_links(fria_document *document, const char *label);
fria_node *fria_document_body(fria_document *document);
/* The document that a node stands in. */
fria_document *fria_node_document(fria_node *node);
fria_node *fria_document_foot(fria_document *document);
/* One that is read at a glance: set smaller, and closer together. */
void fria_document_brief(fria_document *document);
/* The language of the document that a node stands in. */
fria_lang fria_node_lang(fria_node *at);
/* One that is read where there are buttons and no command line: its sentences
 * say so (fria_say). Call it first. */
void fria_document_buttons(fria_document *document);
bool fria_node_buttons(fria_node *at);
/*
 * Contents of sections down to this depth at most (1: only those in the body;
 * 0: no table of contents, which is how it starts), where there are enough to
 * look for. Questions are not listed.
 */
void fria_document_contents(fria_document *document, int depth);

/* Pictures in answers are found so, also when the document is written; call it
 * before any is added. */
void fria_document_show(fria_document *document, fria_find_picture find,
			void *data);

/*
 * Texts on their way into a document, by any of its nodes; the document frees
 * them with itself. In its language: one to append to, a sentence of words.def
 * (pairs, then NULL), a day, and what printf makes.
 */
fria_buf *fria_kept_text(fria_node *at);
const char *fria_kept_say(fria_node *at, fria_word word, ...) FRIA_SENTINEL;
const char *fria_kept_day(fria_node *at, fria_time day);
const char *fria_kept_format(fria_node *at, const char *format, ...)
    FRIA_PRINTF(2, 3);
/* One that stands where a node's running text ends now: append to it, until
 * the document is written. */
fria_buf *fria_node_here(fria_node *node);

/* --- blocks --- */

/* Those that end in _word or _say take their text from words.def, in the
 * language of the document; pairs, then NULL. */

/*
 * A section with its heading, one level below its parent's. The anchor is
 * stable when the caller's is: characters other than [A-Za-z0-9._-] become
 * "-", a second use of the same one gets "-2".
 */
fria_node *fria_node_section(fria_node *parent, const char *anchor,
			     const char *title);
/* On a terminal no line is left open between two sections after each other that
 * are both so: for what takes a few lines each and asks nothing there. */
void fria_section_close(fria_node *section);
fria_node *fria_section_word(fria_node *parent, const char *anchor,
			     fria_word title);
/* The same for one of sections alone: on a terminal they keep its margin. */
fria_node *fria_node_chapter(fria_node *parent, const char *anchor,
			     const char *title);
/* The same for one question, with its number as it stands in the instrument
 * (NULL for none), which links to the question itself. */
fria_node *fria_node_question(fria_node *parent, const char *anchor,
			      const char *number, const char *title);
/* An empty paragraph to fill; with its text at once. */
fria_node *fria_node_paragraph(fria_node *parent);
fria_node *fria_node_paragraph_text(fria_node *parent, const char *text);
fria_node *fria_paragraph_say(fria_node *parent, fria_word word,
			      ...) FRIA_SENTINEL;
/* A quieter line: state, author, date under a question's heading. */
fria_node *fria_node_meta(fria_node *parent);
fria_node *fria_meta_say(fria_node *parent, fria_word word, ...) FRIA_SENTINEL;

/* A list, plain or numbered; each item holds running text. */
fria_node *fria_node_list(fria_node *parent, bool numbered);
fria_node *fria_list_item(fria_node *list);

/* Names with values; the value is running text. */
fria_node *fria_node_fields(fria_node *parent);
fria_node *fria_fields_add(fria_node *fields, const char *name);
fria_node *fria_fields_word(fria_node *fields, fria_word name);

#define FRIA_COLUMNS_MAX 64

typedef struct {
	const char *caption;	    /* NULL for none */
	const char *const *columns; /* column heads; or in words, */
	const fria_word *words;	    /* in the language of the document */
	size_t n;		    /* of columns, from 1 */
	const char *align;	    /* "llr": one of l, c, r each; NULL all l */
	bool row_heads;		    /* the first cell of a row is its head */
} fria_table_options;

#define FRIA_TABLE_OPTIONS_INIT                                                \
	{                                                                      \
		NULL, NULL, NULL, 0, NULL, false                               \
	}

fria_node *fria_node_table(fria_node *parent, const fria_table_options *opts);
/* A table with a head of these words, one for each letter of align; a capital
 * first: the first cell of a row is its head. */
fria_node *fria_table_words(fria_node *parent, const char *align, ...);
/* A row has as many cells as there are columns; missing ones are empty. */
fria_node *fria_table_row(fria_node *table);
fria_node *fria_table_cell(fria_node *row);
fria_node *fria_table_cell_text(fria_node *row, const char *text);
/* A row with these n texts at once (NULL: empty); add the cells that follow. */
fria_node *fria_table_texts(fria_node *table, size_t n, ...);

/* What a label or note says about its subject; shown as symbol and tint. */
typedef enum {
	FRIA_TONE_PLAIN, /* – not answered with a reason, not applicable */
	FRIA_TONE_OPEN,	 /* ○ nothing there yet */
	FRIA_TONE_GOOD,	 /* ✓ answered, valid, current */
	FRIA_TONE_AGAIN, /* ↻ stale: must be judged again */
	FRIA_TONE_DOUBT, /* ? suspect: may be affected */
	FRIA_TONE_STOP	 /* ■ stopped, lapsed, over the limit */
} fria_tone;

/* A note set apart, with its title; holds blocks. */
fria_node *fria_node_note(fria_node *parent, fria_tone tone, const char *title);
fria_node *fria_note_word(fria_node *parent, fria_tone tone, fria_word title);
/* A sentence set apart; one line where programs look for it. */
void fria_node_notice(fria_node *parent, fria_tone tone, const char *text);
void fria_notice_say(fria_node *parent, fria_tone tone, fria_word word,
		     ...) FRIA_SENTINEL;
/*
 * What moved: a name, what it was and what it is now. NULL or "" is shown as
 * "niets ingevuld".
 */
void fria_node_change(fria_node *parent, const char *name, const char *before,
		      const char *after);
/* A block of a text that is compared: running text with its markings. */
fria_node *fria_node_passage(fria_node *parent, fria_passage_kind kind);
/*
 * Secondary matter under a summary, such as what an answer rests on; holds
 * blocks. In HTML it can be folded (open tells how it starts); on paper and
 * in Markdown it always stands open.
 */
fria_node *fria_node_details(fria_node *parent, const char *summary, bool open);
/* The same, open, but where programs read it: there brief, behind the summary,
 * stands for what it holds. */
fria_node *fria_node_briefly(fria_node *parent, const char *summary,
			     const char *brief);
fria_node *fria_details_word(fria_node *parent, fria_word summary, bool open);
/* Details that matter little until somebody looks for them: a terminal says
 * nothing of them but where all is shown. */
void fria_details_aside(fria_node *details);
/*
 * An answer: Markdown from a document, cleaned (data/markdown.h) and grafted
 * under a mark that shows it is quoted. lang is the language it is written
 * in ("en"; any BCP 47 tag), NULL if it is the frame's. Returns the flags of
 * fria_markdown_clean().
 */
unsigned fria_node_answer(fria_node *parent, const char *markdown,
			  const char *lang);
/* The same, with these words (NULL: none) marked wherever it says them. */
unsigned fria_node_answer_marked(fria_node *parent, const char *markdown,
				 const char *lang, const fria_strings *words);
/* Markdown of our own (templates, instruments), cleaned the same way. */
unsigned fria_node_markdown(fria_node *parent, const char *markdown);
/*
 * A picture as SVG markup of our own making: written raw in HTML, left out of
 * Markdown. The node holds its text alternative (a table, a paragraph), which
 * both show. Give the <svg> a title and a description, and no fixed width.
 */
fria_node *fria_node_figure_raw(fria_node *parent, const char *caption,
				const char *svg);
/*
 * Markdown shows pictures only as files beside it: after this, as
 * "STEM-1.svg" and so on, which the caller writes.
 */
void fria_document_pictures(fria_document *document, const char *stem);
/* How many pictures there are so far. */
size_t fria_document_picture_count(const fria_document *document);
/* The markup of a picture, from 1; NULL after the last. Borrowed. */
const char *fria_document_picture(const fria_document *document, size_t number);

/* --- running text --- */

/* A newline becomes a line break, in a cell a space. NULL: nothing. */
void fria_node_text(fria_node *node, const char *text);
/* What printf makes. */
void fria_node_format(fria_node *node, const char *format, ...)
    FRIA_PRINTF(2, 3);
void fria_node_strong(fria_node *node, const char *text);
void fria_node_code(fria_node *node, const char *text);
/* A sentence of words.def in the document's language; pairs, then NULL. */
void fria_node_say(fria_node *node, fria_word word, ...) FRIA_SENTINEL;
/* A link; to an address that answers may not have, the text alone. */
void fria_node_link(fria_node *node, const char *url, const char *text);
/* A link to a section or question of this document, by the anchor given. */
void fria_node_reference(fria_node *node, const char *anchor, const char *text);
/* A link to another page of the same site: letters, digits, and . / - _ in
 * its relative path; of anything else the text alone. */
void fria_node_page(fria_node *node, const char *path, const char *text);
/* A label: symbol, text and tint; with a word in the document's language. */
void fria_node_badge(fria_node *node, fria_tone tone, const char *text);
void fria_node_label(fria_node *node, fria_tone tone, fria_word word);

typedef enum {
	FRIA_INSERTED,
	FRIA_DELETED,
	FRIA_LEFT_OUT, /* says how much of an unchanged text is left out */
	FRIA_MENTIONED /* is to be looked at first */
} fria_marking;
/* Running text that was added or taken away, for differences. */
void fria_node_marked(fria_node *node, fria_marking marking, const char *text);

/* --- findings.c --- */

/* What is wrong, each with its place: file and line, else in words where these
 * were found (fria_findings_place). pointers: by its pointer in any case. */
fria_node *fria_findings_view(fria_node *at, const fria_findings *findings,
			      bool pointers, fria_lang lang);

/* --- html.c, markdown.c, terminal.c: the renderings --- */

/* For a terminal. */
typedef struct {
	size_t width; /* in columns; 0: 80. Running text takes 80 at most */
	bool colour;
	bool whole;	    /* details stand open, however they start */
	bool unbroken;	    /* a line for each block, however long */
	bool piped;	    /* a line for each notice, what can be said
			       briefly is: programs read it */
	const char *unfold; /* what the reader does to open them; or NULL */
} fria_terminal;

/* They append; the same document gives the same bytes. */
void fria_document_html(fria_buf *out, const fria_document *document);
void fria_document_markdown(fria_buf *out, const fria_document *document);
void fria_document_terminal(fria_buf *out, const fria_document *document,
			    const fria_terminal *how);
/*
 * One node of a document with all it holds (an answer, a difference, a
 * reason), without the frame. In HTML it is for a page with the style sheet
 * and, once, the symbols that labels and notes refer to; the body is there what
 * it holds.
 */
void fria_fragment_html(fria_buf *out, fria_node *node);
void fria_fragment_markdown(fria_buf *out, fria_node *node);
void fria_fragment_terminal(fria_buf *out, fria_node *node,
			    const fria_terminal *how);
void fria_html_symbols(fria_buf *out);
/* The symbol of a tone, as Markdown and terminals show it. Static. */
const char *fria_tone_symbol(fria_tone tone);

#endif
