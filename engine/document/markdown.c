/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as Markdown that reads well on a git forge and in a plain
 * editor. Everything quoted stands in a block quote, so that no line of it
 * begins a block of ours; everything of ours that Markdown has no form for
 * (anchors) is written raw here and nowhere else.
 */
#include "tree.h"

#include <string.h>

#include "../data/markdown.h"

struct page {
	fria_buf *out;
	const fria_document *document;
	fria_buf prefix; /* of every line: quotes and the indent of items */
	fria_buf first;	 /* of the next line only, when it opens an item */
	bool spaced;	 /* a blank line comes before the next block */
	bool tight;
	bool line_start; /* what comes next could open a block */
	bool trim;	 /* the space that comes next is left out */
};

/* --- lines --- */

static void put(struct page *p, const char *markup)
{
	fria_buf_puts(p->out, markup);
	p->line_start = p->trim = false;
}

static void put_text(struct page *p, const char *text)
{
	size_t n = p->out->n;
	if (p->trim)
		text += strspn(text, " \t\n");
	fria_markdown_escape_part(p->out, text, p->line_start);
	if (p->out->n > n)
		p->line_start = p->trim = false;
}

static size_t without_space(const fria_buf *buf)
{
	size_t n = buf->n;
	while (n && buf->text[n - 1] == ' ')
		n--;
	return n;
}

static void blank_line(struct page *p)
{
	fria_buf_put(p->out, p->prefix.text, without_space(&p->prefix));
	fria_buf_putc(p->out, '\n');
}

static void open_line(struct page *p)
{
	fria_buf *prefix = p->first.n ? &p->first : &p->prefix;
	fria_buf_put(p->out, prefix->text, prefix->n);
	fria_buf_clear(&p->first);
	p->line_start = true;
}

static void end_line(struct page *p)
{
	fria_buf_putc(p->out, '\n');
	p->line_start = true;
}

/* The first line of a block. */
static void open_block(struct page *p)
{
	if (p->spaced)
		blank_line(p);
	p->spaced = false;
	open_line(p);
}

static void end_block(struct page *p)
{
	end_line(p);
	p->spaced = !p->tight;
}

/* What follows stands inside a quote until close_prefix(). */
static size_t open_prefix(struct page *p, const char *more)
{
	size_t n = p->prefix.n;
	if (p->spaced && !p->first.n)
		blank_line(p);
	p->spaced = false;
	if (p->first.n)
		fria_buf_puts(&p->first, more);
	fria_buf_puts(&p->prefix, more);
	return n;
}

/* What never got a line of its own (an empty item) gets it now. */
static void flush_first(struct page *p)
{
	if (!p->first.n)
		return;
	fria_buf_put(p->out, p->first.text, without_space(&p->first));
	fria_buf_putc(p->out, '\n');
	fria_buf_clear(&p->first);
}

static void close_prefix(struct page *p, size_t n)
{
	flush_first(p);
	p->prefix.n = n;
	p->prefix.text[n] = '\0';
	p->spaced = true;
}

/* --- running text --- */

static void put_node(struct page *p, cmark_node *node);

static void put_children(struct page *p, cmark_node *node)
{
	for (cmark_node *at = cmark_node_first_child(node); at;
	     at = cmark_node_next(at))
		put_node(p, at);
}

static void put_literal(struct page *p, cmark_node *node)
{
	put_text(p, cmark_node_get_literal(node));
}

static bool inside(struct page *p, cmark_node *node, enum kind kind)
{
	while ((node = cmark_node_parent(node)))
		if (fria_tree_kind(&p->document->types, node) == kind)
			return true;
	return false;
}

static void put_break(struct page *p, cmark_node *node)
{
	if (inside(p, node, KIND_HEADING)) {
		put(p, " ");
		return;
	}
	end_line(p);
	open_line(p);
}

/* Is nothing of the block seen after this? */
static bool ends_block(struct page *p, cmark_node *node)
{
	const struct types *types = &p->document->types;
	while ((node = cmark_node_next(node))) {
		enum kind kind = fria_tree_kind(types, node);
		const char *text =
		    kind == KIND_TEXT ? cmark_node_get_literal(node) : "";
		if ((kind != KIND_TEXT && kind != KIND_LINE) ||
		    text[strspn(text, " \t")])
			return false;
	}
	return true;
}

/* At the end of a block a backslash would stand for itself. */
static void put_line(struct page *p, cmark_node *node)
{
	if (ends_block(p, node))
		return;
	if (!inside(p, node, KIND_HEADING))
		put(p, "\\");
	put_break(p, node);
}

/* The longest run of backticks in a text. */
static size_t longest_run(const char *text)
{
	size_t longest = 0;
	while (*text) {
		size_t n = strspn(text, "`");
		if (n > longest)
			longest = n;
		text += n + strcspn(text + n, "`");
	}
	return longest;
}

static void put_ticks(struct page *p, size_t n)
{
	while (n--)
		put(p, "`");
}

/* A bar ends a cell even inside code, unless a backslash precedes it. */
static void put_code_text(struct page *p, cmark_node *node)
{
	const char *code = cmark_node_get_literal(node);
	bool cell = strchr(code, '|') && inside(p, node, KIND_CELL);
	for (; *code; code++) {
		if (cell && *code == '|')
			fria_buf_putc(p->out, '\\');
		fria_buf_putc(p->out, *code);
	}
}

static void put_code(struct page *p, cmark_node *node)
{
	const char *code = cmark_node_get_literal(node);
	size_t ticks = longest_run(code) + 1, n = strlen(code);
	bool pad = code[0] == '`' || code[n - 1] == '`' ||
		   (code[0] == ' ' && code[n - 1] == ' ');
	put_ticks(p, ticks);
	put(p, pad ? " " : "");
	put_code_text(p, node);
	put(p, pad ? " " : "");
	put_ticks(p, ticks);
}

/*
 * Emphasis opens and closes beside a word: the spaces at its ends are left
 * out, for "* a*" would be an item where a line begins.
 */
static void put_around(struct page *p, cmark_node *node, const char *mark)
{
	put(p, mark);
	p->trim = true;
	put_children(p, node);
	size_t n = without_space(p->out), spaces = p->out->n - n;
	p->out->text[p->out->n = n] = '\0';
	put(p, mark);
	while (spaces--)
		put(p, " ");
}

/* "**" straight inside "*" would read as another nesting: take "_". */
static void put_emph(struct page *p, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	bool inside = cmark_node_get_type(parent) == CMARK_NODE_EMPH ||
		      cmark_node_get_type(parent) == CMARK_NODE_STRONG;
	put_around(p, node, inside ? "_" : "*");
}

static void put_strong(struct page *p, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	bool inside = cmark_node_get_type(parent) == CMARK_NODE_STRONG;
	if (inside)
		put_children(p, node);
	else
		put_around(p, node, "**");
}

static void put_strike(struct page *p, cmark_node *node)
{
	put_around(p, node, "~~");
}

/* The only text of a node, or NULL. */
static const char *lone_text(cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);
	return child && !cmark_node_next(child) &&
		       cmark_node_get_type(child) == CMARK_NODE_TEXT
		   ? cmark_node_get_literal(child)
		   : NULL;
}

static void put_link(struct page *p, cmark_node *node)
{
	const char *url = cmark_node_get_url(node), *text = lone_text(node);
	if (!fria_tree_leads(p->document, node)) {
		put_children(p, node);
		return;
	}
	put(p, "");
	bool mail = text && !strncmp(url, "mailto:", 7);
	if (text && !strcmp(mail ? url + 7 : url, text)) {
		fria_markdown_link(p->out, url, text,
				   inside(p, node, KIND_CELL));
		return;
	}
	put(p, "[");
	put_children(p, node);
	put(p, "](");
	fria_tree_url(p->out, url);
	put(p, ")");
}

static void put_bold(struct page *p, const char *symbol, const char *text)
{
	put(p, "**");
	put(p, symbol);
	put(p, *symbol ? " " : "");
	p->trim = true;
	put_text(p, text);
	put(p, "**");
}

static void put_badge(struct page *p, cmark_node *node)
{
	put(p, "**");
	put(p, fria_tone_symbol(fria_tree_mark(node)->tone));
	put(p, " ");
	put_children(p, node);
	put(p, "**");
}

static void put_word(struct page *p, fria_word word)
{
	put_text(p, fria_word_text(word, p->document->lang));
}

/* --- blocks from Markdown --- */

static void put_paragraph(struct page *p, cmark_node *node)
{
	open_block(p);
	put_children(p, node);
	end_block(p);
}

static void put_hashes(struct page *p, int level)
{
	while (level--)
		put(p, "#");
	put(p, " ");
	p->trim = true;
}

static void put_heading(struct page *p, cmark_node *node)
{
	open_block(p);
	put_hashes(p, cmark_node_get_heading_level(node));
	put_children(p, node);
	end_line(p);
	p->spaced = true;
}

static void put_quoted(struct page *p, cmark_node *node)
{
	bool tight = p->tight;
	size_t n = open_prefix(p, "> ");
	p->tight = false;
	put_children(p, node);
	close_prefix(p, n);
	p->tight = tight;
}

static bool same_list(cmark_node *a, cmark_node *b)
{
	return a && b && cmark_node_get_type(a) == CMARK_NODE_LIST &&
	       cmark_node_get_list_type(a) == cmark_node_get_list_type(b);
}

/* Two lists in a row would read as one: every other has another marker. */
static bool other_marker(cmark_node *list)
{
	bool other = false;
	for (cmark_node *at = cmark_node_previous(list); same_list(at, list);
	     at = cmark_node_previous(at))
		other = !other;
	return other;
}

static void item_marker(fria_buf *out, cmark_node *item, int place)
{
	cmark_node *list = cmark_node_parent(item);
	bool other = other_marker(list);
	int number = cmark_node_get_list_start(list);
	if (cmark_node_get_list_type(list) == CMARK_BULLET_LIST) {
		fria_buf_puts(out, other ? "+ " : "- ");
		return;
	}
	number = number > 999000000 ? 999999999 : number + place;
	fria_buf_printf(out, "%d%s ", number, other ? ")" : ".");
}

static void put_numbered_item(struct page *p, cmark_node *item, int place)
{
	fria_buf marker = FRIA_BUF_INIT;
	size_t n = p->prefix.n;
	int task = fria_tree_task(item);
	item_marker(&marker, item, place);
	if (p->spaced)
		blank_line(p);
	p->spaced = false;
	if (!p->first.n)
		fria_buf_put(&p->first, p->prefix.text, p->prefix.n);
	fria_buf_puts(&p->first, marker.text);
	fria_buf_printf(&p->prefix, "%*s", (int)marker.n, "");
	if (task >= 0)
		fria_buf_puts(&p->first, task ? "[x] " : "[ ] ");
	put_children(p, item);
	close_prefix(p, n);
	p->spaced = !p->tight;
	fria_buf_dispose(&marker);
}

static void put_list(struct page *p, cmark_node *node)
{
	bool tight = p->tight;
	int place = 0;
	p->tight = cmark_node_get_list_tight(node);
	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item))
		put_numbered_item(p, item, place++);
	p->tight = tight;
	p->spaced = !tight;
}

static void put_code_line(struct page *p, const char *line, size_t n)
{
	open_line(p);
	fria_buf_put(p->out, line, n);
	end_line(p);
}

static void put_code_block(struct page *p, cmark_node *node)
{
	const char *at = cmark_node_get_literal(node);
	size_t ticks = longest_run(at) + 1;
	if (ticks < 3)
		ticks = 3;
	open_block(p);
	put_ticks(p, ticks);
	end_line(p);
	while (*at) {
		size_t n = strcspn(at, "\n");
		put_code_line(p, at, n);
		at += n + (at[n] == '\n');
	}
	open_line(p);
	put_ticks(p, ticks);
	end_block(p);
}

/* Not "---", which is an item in a list and a heading under a paragraph. */
static void put_rule(struct page *p, cmark_node *node)
{
	(void)node;
	open_block(p);
	put(p, "___");
	end_block(p);
}

/* --- tables --- */

static void put_row(struct page *p, cmark_node *row, size_t columns)
{
	cmark_node *cell = cmark_node_first_child(row);
	open_line(p);
	put(p, "|");
	for (size_t i = 0; i < columns; i++) {
		put(p, " ");
		if (cell)
			put_children(p, cell);
		put(p, " |");
		cell = cell ? cmark_node_next(cell) : NULL;
	}
	end_line(p);
}

static size_t put_delimiters(struct page *p, cmark_node *head)
{
	size_t columns = 0;
	open_line(p);
	put(p, "|");
	for (cmark_node *cell = cmark_node_first_child(head); cell;
	     cell = cmark_node_next(cell)) {
		char align = fria_tree_align(cell);
		put(p, align == 'r'   ? " ---: |"
		       : align == 'c' ? " :---: |"
				      : " --- |");
		columns++;
	}
	end_line(p);
	return columns;
}

static void put_caption(struct page *p, const char *caption)
{
	open_block(p);
	put_bold(p, "", caption);
	end_line(p);
	p->spaced = true;
}

static void put_table(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *head = cmark_node_first_child(node);
	size_t columns = 0;
	if (mark && mark->title)
		put_caption(p, mark->title);
	if (p->spaced)
		blank_line(p);
	for (cmark_node *cell = cmark_node_first_child(head); cell;
	     cell = cmark_node_next(cell))
		columns++;
	put_row(p, head, columns);
	put_delimiters(p, head);
	while ((head = cmark_node_next(head)))
		put_row(p, head, columns);
	p->spaced = true;
}

/* --- blocks of ours --- */

static void put_field(struct page *p, cmark_node *node)
{
	size_t n = p->prefix.n;
	open_line(p);
	put(p, "- ");
	put_bold(p, "", fria_tree_mark(node)->title);
	put(p, ": ");
	fria_buf_puts(&p->prefix, "  ");
	put_children(p, node);
	end_line(p);
	close_prefix(p, n);
}

static void put_fields(struct page *p, cmark_node *node)
{
	if (p->spaced)
		blank_line(p);
	put_children(p, node);
	p->spaced = true;
}

static void put_anchor(struct page *p, const char *anchor)
{
	open_block(p);
	put(p, "<a id=\"");
	put(p, anchor);
	put(p, "\"></a>");
	end_line(p);
	p->spaced = true;
}

static void put_section(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *at = fria_tree_heading(node);
	put_anchor(p, mark->anchor);
	open_block(p);
	put_hashes(p, cmark_node_get_heading_level(at));
	if (mark->title) {
		put_text(p, mark->title);
		put(p, " ");
	}
	put_children(p, at);
	end_block(p);
	while ((at = cmark_node_next(at)))
		put_node(p, at);
}

static void put_note(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	size_t n = open_prefix(p, "> ");
	open_block(p);
	put_bold(p, fria_tone_symbol(mark->tone), mark->title);
	end_block(p);
	put_children(p, node);
	close_prefix(p, n);
}

static void put_moment(struct page *p, fria_word word, const char *text)
{
	open_line(p);
	put(p, "  - ");
	put_word(p, word);
	put(p, ": ");
	if (*text) {
		fria_markdown_escape_linked(p->out, text, false);
	} else {
		put(p, "*");
		put_word(p, FRIA_W_report_nothing);
		put(p, "*");
	}
	end_line(p);
}

static bool follows_change(cmark_node *node)
{
	cmark_node *before = cmark_node_previous(node);
	const struct mark *mark = before ? fria_tree_mark(before) : NULL;
	return mark && mark->kind == KIND_CHANGE;
}

static void put_change(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	if (follows_change(node))
		p->spaced = false;
	open_block(p);
	put(p, "- ");
	put_bold(p, "", mark->title);
	end_line(p);
	put_moment(p, FRIA_W_report_was, mark->before);
	put_moment(p, FRIA_W_report_now, mark->after);
	p->spaced = true;
}

static void put_passage(struct page *p, cmark_node *node)
{
	size_t n = open_prefix(p, "> ");
	put_paragraph(p, node);
	close_prefix(p, n);
}

static void put_details(struct page *p, cmark_node *node)
{
	put_caption(p, fria_tree_mark(node)->title);
	put_children(p, node);
}

static size_t picture_number(const fria_document *d, const cmark_node *node)
{
	for (size_t i = 0; i < d->pictures.n; i++)
		if (d->pictures.items[i] == node)
			return i + 1;
	return 0;
}

static void put_figure(struct page *p, cmark_node *node)
{
	const char *title = fria_tree_mark(node)->title;
	size_t number = picture_number(p->document, node);
	if (p->document->stem && number) {
		open_block(p);
		put(p, "![");
		fria_markdown_escape(p->out, title);
		fria_buf_printf(p->out, "](%s-%zu.svg)", p->document->stem,
				number);
		end_line(p);
		p->spaced = true;
	} else {
		put_caption(p, title);
	}
	put_children(p, node);
}

/* --- table of contents and page --- */

static void put_contents_list(struct page *p, cmark_node *node, int depth,
			      int indent)
{
	const struct types *types = &p->document->types;
	cmark_node *at = fria_tree_section(types, cmark_node_first_child(node));
	for (; at && depth > 0;
	     at = fria_tree_section(types, cmark_node_next(at))) {
		fria_buf_printf(p->out, "%*s- [", indent, "");
		p->line_start = false;
		put_children(p, fria_tree_heading(at));
		put(p, "](#");
		put(p, fria_tree_mark(at)->anchor);
		put(p, ")");
		end_line(p);
		put_contents_list(p, at, depth - 1, indent + 2);
	}
}

static void put_contents(struct page *p, cmark_node *node)
{
	const fria_document *d = p->document;
	(void)node;
	if (d->depth <= 0 ||
	    !fria_tree_section(&d->types, cmark_node_first_child(d->body)))
		return;
	put_caption(p, fria_word_text(FRIA_W_report_contents, d->lang));
	blank_line(p);
	put_contents_list(p, d->body, d->depth, 0);
	p->spaced = true;
}

static void put_foot(struct page *p, cmark_node *node)
{
	if (!cmark_node_first_child(node))
		return;
	put_rule(p, node);
	put_children(p, node);
}

static void put_row_alone(struct page *p, cmark_node *node)
{
	put_row(p, node, 1);
}

typedef void writer(struct page *p, cmark_node *node);

static writer *const writers[KIND_COUNT] = {
    [KIND_TEXT] = put_literal,
    [KIND_BREAK] = put_break,
    [KIND_LINE] = put_line,
    [KIND_CODE] = put_code,
    [KIND_EMPH] = put_emph,
    [KIND_STRONG] = put_strong,
    [KIND_STRIKE] = put_strike,
    [KIND_LINK] = put_link,
    [KIND_IMAGE] = put_children,
    [KIND_PARAGRAPH] = put_paragraph,
    [KIND_HEADING] = put_heading,
    [KIND_QUOTE] = put_quoted,
    [KIND_LIST] = put_list,
    [KIND_ITEM] = put_children,
    [KIND_CODE_BLOCK] = put_code_block,
    [KIND_RULE] = put_rule,
    [KIND_TABLE] = put_table,
    [KIND_ROW] = put_row_alone,
    [KIND_CELL] = put_children,
    [KIND_DOCUMENT] = put_children,
    [KIND_HEAD] = put_children,
    [KIND_LINKS] = put_paragraph,
    [KIND_SUBTITLE] = put_paragraph,
    [KIND_KEYS] = put_fields,
    [KIND_CONTENTS] = put_contents,
    [KIND_BODY] = put_children,
    [KIND_FOOT] = put_foot,
    [KIND_SECTION] = put_section,
    [KIND_QUESTION] = put_section,
    [KIND_META] = put_paragraph,
    [KIND_FIELDS] = put_fields,
    [KIND_FIELD] = put_field,
    [KIND_NOTE] = put_note,
    [KIND_CHANGE] = put_change,
    [KIND_PASSAGE] = put_passage,
    [KIND_DETAILS] = put_details,
    [KIND_ANSWER] = put_quoted,
    [KIND_FIGURE] = put_figure,
    [KIND_BADGE] = put_badge,
    [KIND_INSERTED] = put_strong,
    [KIND_DELETED] = put_strike,
    [KIND_LEFT_OUT] = put_emph,
};

static void put_node(struct page *p, cmark_node *node)
{
	writers[fria_tree_kind(&p->document->types, node)](p, node);
}

void fria_document_markdown(fria_buf *out, const fria_document *document)
{
	fria_fragment_markdown(out, document->root);
}

void fria_fragment_markdown(fria_buf *out, fria_node *node)
{
	struct page p = {.out = out, .document = fria_tree_document(node)};
	fria_buf_init(&p.prefix);
	fria_buf_init(&p.first);
	put_node(&p, node);
	fria_buf_dispose(&p.prefix);
	fria_buf_dispose(&p.first);
}
