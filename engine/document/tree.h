/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * tree: what the builders write on cmark nodes, and how the renderings walk
 * over them. Inside engine/document only.
 */
#ifndef FRIA_DOCUMENT_TREE_H
#define FRIA_DOCUMENT_TREE_H

#include <cmark-gfm.h>
#include <stdarg.h>

#include "document.h"

enum kind {
	/* from Markdown */
	KIND_TEXT,
	KIND_BREAK,
	KIND_LINE,
	KIND_CODE,
	KIND_EMPH,
	KIND_STRONG,
	KIND_STRIKE,
	KIND_LINK,
	KIND_IMAGE,
	KIND_PARAGRAPH,
	KIND_HEADING,
	KIND_QUOTE,
	KIND_LIST,
	KIND_ITEM,
	KIND_CODE_BLOCK,
	KIND_RULE,
	KIND_TABLE,
	KIND_ROW,
	KIND_CELL,
	KIND_DOCUMENT,
	/* ours */
	KIND_HEAD,
	KIND_LINKS,
	KIND_SUBTITLE,
	KIND_KEYS,
	KIND_CONTENTS,
	KIND_BODY,
	KIND_FOOT,
	KIND_SECTION,
	KIND_QUESTION,
	KIND_META,
	KIND_FIELDS,
	KIND_FIELD,
	KIND_NOTE,
	KIND_CHANGE,
	KIND_PASSAGE,
	KIND_DETAILS,
	KIND_ANSWER,
	KIND_FIGURE,
	KIND_BADGE,
	KIND_INSERTED,
	KIND_DELETED,
	KIND_LEFT_OUT,
	KIND_MENTIONED,
	KIND_COUNT
};

/* The user data of a node of ours; strings are owned and cleaned. */
struct mark {
	enum kind kind;
	fria_tone tone;
	fria_passage_kind passage;
	char *anchor; /* section, question */
	char *title;  /* name of a field, summary, caption, number */
	char *before; /* change; details: what says them briefly */
	char *after;
	char *lang;	  /* answer, where it is not the frame's */
	bool flag;	  /* details: open; table: row heads; note: one line;
			     section: a chapter */
	bool aside;	  /* details: on a terminal only where all is shown */
	bool close;	  /* section: under one that is so, too */
	cmark_node *next; /* row: the cell to be filled next */
	fria_document *document; /* of the root alone */
};

struct types {
	cmark_node_type table, row, cell, strike;
	cmark_syntax_extension *tables;
};

/* A text that is still appended to, and the empty one that keeps its place. */
struct place {
	fria_buf *text;
	cmark_node *at;
};

struct fria_document {
	fria_lang lang;
	bool buttons; /* it is read on a page of the workplace */
	cmark_node *root, *head, *keys, *contents, *body, *foot;
	struct types types;
	json_t *anchors; /* by name */
	char *title;	 /* as given, cleaned; NULL before it is */
	char *subtitle;
	int depth; /* of the table of contents */
	bool brief;
	fria_find_picture find; /* of answers; NULL: none */
	void *find_data;
	bool shows; /* there is such a picture */
	char *stem; /* of the files of pictures; NULL: none */
	struct {
		cmark_node **items;
		size_t n;
	} pictures;
	struct {
		fria_buf **items;
		size_t n;
	} kept;
	struct {
		struct place *items;
		size_t n;
	} places;
};

/* --- tree.c: what a node is --- */

/* NULL for a node from Markdown. */
const struct mark *fria_tree_mark(cmark_node *node);
enum kind fria_tree_kind(const struct types *types, cmark_node *node);
/* Whether a table's cell stands in the head row, or heads its own. */
bool fria_tree_is_head_row(cmark_node *row);
bool fria_tree_is_row_head(cmark_node *cell);
/* The cell of the head row over this one; NULL over more than there are. */
cmark_node *fria_tree_column_head(cmark_node *cell);
/* 'l', 'c', 'r' or 0 for the column of a cell. */
char fria_tree_align(cmark_node *cell);
bool fria_tree_is_numbered(cmark_node *list);
/* -1 for a plain item, else 0 or 1 for a task not done or done. */
int fria_tree_task(cmark_node *item);
/* Whether a block stands in an item of a list without space between. */
bool fria_tree_is_tight(cmark_node *block);
/* The section or question that a heading is of; NULL for one in its text. */
const struct mark *fria_tree_headed(cmark_node *heading);
/* The first child, or next sibling, that is a section. */
cmark_node *fria_tree_section(const struct types *types, cmark_node *at);
/* True if what a link shows is its address, or in it. */
bool fria_tree_says_address(cmark_node *link);
/* Appends an address as it may stand in an attribute or in brackets. */
void fria_tree_url(fria_buf *out, const char *url);

/* One side of a change: its label, and its text or what stands for none. */
struct moment {
	const char *label, *text;
	bool nothing;
};
struct moment fria_tree_moment(cmark_node *change, bool now, fria_lang lang);

/* --- nodes.c --- */

/* A cleaned copy; never NULL. */
char *fria_tree_safe(const char *text);
/* As it may stand in an address of this page. The caller frees. */
char *fria_tree_clean_anchor(const char *anchor);
struct mark *fria_tree_set_mark(cmark_node *node, enum kind kind);
/* That of a node of ours. */
struct mark *fria_tree_own(cmark_node *node);
cmark_node *fria_tree_append(cmark_node *parent, cmark_node *node);
cmark_node *fria_tree_add(cmark_node *parent, cmark_node_type type);
/* A block of ours; with its title, where it has one. */
cmark_node *fria_tree_add_ours(cmark_node *parent, enum kind kind,
			       const char *title);
void fria_tree_put_literal(cmark_node *parent, cmark_node_type type,
			   const char *text);
/* Level of the heading that stands over what is added to this node. */
int fria_tree_level(cmark_node *node);

/* --- document.c --- */

const char *fria_tree_word(fria_node *at, fria_word word);
/* Appends a sentence with the words behind it. */
void fria_tree_say(fria_buf *out, fria_node *at, fria_word word, va_list pairs);

/* --- inlines.c --- */

/* Puts a sentence into a node. */
void fria_tree_say_pairs(fria_node *node, fria_word word, va_list pairs);
/* The document that a node stands in, to be written: texts that are appended
 * to take their place. */
fria_document *fria_tree_settled(cmark_node *node);

/* --- contents.c: the list of contents --- */

bool fria_tree_has_contents(const fria_document *document);
/* A node that holds the list; needs that there is one. The caller frees it. */
cmark_node *fria_tree_contents(const fria_document *document);

/* --- walk.c: one walk for all renderings --- */

/* A rendering's own: what it keeps while it writes. Its first member is a
 * struct walk. */
struct page;
typedef void fria_write(struct page *page, cmark_node *node);

/* How a kind is written: by a function, else what it holds between these. */
struct form {
	fria_write *write;
	const char *open, *close;
	unsigned style; /* for a terminal; so for these: */
	bool gap;	/* a blank line comes before it */
	bool ends;	/* and it ends its line */
};

/* What tells one rendering from another. */
struct rendering {
	struct form forms[KIND_COUNT];
	void (*text)(struct page *page, const char *text);
	/* NULL: the forms have a function or nothing of their own. */
	void (*between)(struct page *page, cmark_node *node,
			const struct form *form);
};

struct walk {
	const struct rendering *how;
	fria_buf *out;
	const fria_document *document;
};

/* Writes a node, unless there is nothing in it to write. */
void fria_walk(struct page *page, cmark_node *node);
/* What it holds: its text or its children; and the children from one on. */
void fria_walk_into(struct page *page, cmark_node *node);
void fria_walk_from(struct page *page, cmark_node *node);
/* The list of contents. */
void fria_walk_contents(struct page *page);
void fria_walk_word(struct page *page, fria_word word);
enum kind fria_walk_kind(const struct page *page, cmark_node *node);
bool fria_walk_is_inside(const struct page *page, cmark_node *node,
			 enum kind kind);

#endif
