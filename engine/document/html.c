/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as one HTML file that needs nothing else: no script, no font,
 * no picture from elsewhere. Everything that is not markup of this file or a
 * figure of our own is escaped here.
 */
#include "tree.h"

#include <string.h>

/* Of pictures on a page, in bytes: one may be shown more than once. */
#define SHOWN_MAX ((size_t)16 << 20)

struct page {
	fria_buf *out;
	const fria_document *document;
	size_t shown; /* bytes of pictures */
	bool tight;   /* paragraphs of a tight list stand without <p> */
};

/* --- text and attributes --- */

static void put(struct page *p, const char *markup)
{
	fria_buf_puts(p->out, markup);
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}

static void put_text(struct page *p, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "&<>\"'");
		fria_buf_put(p->out, text, n);
		text += n;
		if (*text)
			put(p, entity(*text++));
	}
}

static void put_word(struct page *p, fria_word word)
{
	put_text(p, fria_word_text(word, p->document->lang));
}

/* <open>text</close>, the text escaped. */
static void put_in(struct page *p, const char *open, const char *text,
		   const char *close)
{
	put(p, open);
	put_text(p, text);
	put(p, close);
}

static const char *const tones[] = {"plain", "open",  "good",
				    "again", "doubt", "stop"};

/* The symbols, once a page; labels refer to them. */
static const char icons[] =
    "<svg class=\"icons\" aria-hidden=\"true\">"
    "<symbol id=\"fria-i-plain\" viewBox=\"0 0 16 16\">"
    "<path d=\"M3.5 8h9\"/></symbol>"
    "<symbol id=\"fria-i-open\" viewBox=\"0 0 16 16\">"
    "<circle cx=\"8\" cy=\"8\" r=\"5\"/></symbol>"
    "<symbol id=\"fria-i-good\" viewBox=\"0 0 16 16\">"
    "<path d=\"M2.8 8.6l3.4 3.4 7-7.8\"/></symbol>"
    "<symbol id=\"fria-i-again\" viewBox=\"0 0 16 16\">"
    "<path d=\"M13.2 8a5.2 5.2 0 1 1-1.5-3.7M13 1.6v3.2H9.8\"/></symbol>"
    "<symbol id=\"fria-i-doubt\" viewBox=\"0 0 16 16\">"
    "<path d=\"M5 5.6a3 3 0 1 1 4.3 2.7C8.4 8.8 8 9.4 8 10.3\"/>"
    "<path d=\"M8 13.2v.2\"/></symbol>"
    "<symbol id=\"fria-i-stop\" viewBox=\"0 0 16 16\">"
    "<path d=\"M3.8 3.8h8.4v8.4H3.8z\" fill=\"currentColor\"/></symbol>"
    "</svg>\n";

static void put_icon(struct page *p, fria_tone tone)
{
	fria_buf_printf(p->out,
			"<svg class=\"icon\" aria-hidden=\"true\">"
			"<use href=\"#fria-i-%s\"/></svg>",
			tones[tone]);
}

/* --- running text --- */

static void put_node(struct page *p, cmark_node *node);

static void put_children(struct page *p, cmark_node *node)
{
	for (cmark_node *at = cmark_node_first_child(node); at;
	     at = cmark_node_next(at))
		put_node(p, at);
}

static void put_around(struct page *p, cmark_node *node, const char *open,
		       const char *close)
{
	put(p, open);
	put_children(p, node);
	put(p, close);
}

static void put_literal(struct page *p, cmark_node *node)
{
	put_text(p, cmark_node_get_literal(node));
}

static void put_break(struct page *p, cmark_node *node)
{
	(void)node;
	put(p, "\n");
}

static void put_line(struct page *p, cmark_node *node)
{
	(void)node;
	put(p, "<br>\n");
}

static void put_code(struct page *p, cmark_node *node)
{
	put_in(p, "<code>", cmark_node_get_literal(node), "</code>");
}

static void put_emph(struct page *p, cmark_node *node)
{
	put_around(p, node, "<em>", "</em>");
}

static void put_strong(struct page *p, cmark_node *node)
{
	put_around(p, node, "<strong>", "</strong>");
}

static void put_strike(struct page *p, cmark_node *node)
{
	put_around(p, node, "<s>", "</s>");
}

static void put_inserted(struct page *p, cmark_node *node)
{
	put_around(p, node, "<ins>", "</ins>");
}

static void put_deleted(struct page *p, cmark_node *node)
{
	put_around(p, node, "<del>", "</del>");
}

static void put_left_out(struct page *p, cmark_node *node)
{
	put_around(p, node, "<span class=\"left-out\">", "</span>");
}

static void put_link(struct page *p, cmark_node *node)
{
	if (!fria_tree_leads(p->document, node)) {
		put_children(p, node);
		return;
	}
	/* On paper the address follows, unless it is there. */
	put(p, fria_tree_says_address(node) ? "<a class=\"bare\" href=\""
					    : "<a href=\"");
	fria_tree_url(p->out, cmark_node_get_url(node));
	put_around(p, node, "\">", "</a>");
}

static void put_base64(fria_buf *out, const fria_buf *bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes->n; i += 3) {
		size_t n = bytes->n - i < 3 ? bytes->n - i : 3;
		uint32_t three = 0;
		for (size_t k = 0; k < 3; k++)
			three = three << 8 |
				(k < n ? (unsigned char)bytes->text[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			fria_buf_putc(
			    out,
			    k > n ? '=' : digits[three >> (18 - 6 * k) & 63]);
	}
}

/* A picture of an answer, in the page itself; else its text. */
static void put_image(struct page *p, cmark_node *node)
{
	const fria_document *d = p->document;
	const char *alt = cmark_node_get_literal(cmark_node_first_child(node));
	const fria_picture *picture =
	    d->find ? d->find(d->find_data, cmark_node_get_url(node)) : NULL;
	if (!picture || picture->bytes.n > SHOWN_MAX - p->shown) {
		put_children(p, node);
		return;
	}
	p->shown += picture->bytes.n;
	put_in(p, "<img style=\"max-width:100%\" alt=\"", alt,
	       "\" src=\"data:");
	put(p, picture->type);
	put(p, ";base64,");
	put_base64(p->out, &picture->bytes);
	put(p, "\">");
}

static void put_badge(struct page *p, cmark_node *node)
{
	fria_tone tone = fria_tree_mark(node)->tone;
	fria_buf_printf(p->out, "<span class=\"badge t-%s\">", tones[tone]);
	put_icon(p, tone);
	put_around(p, node, "<span>", "</span></span>");
}

/* --- blocks from Markdown --- */

static void put_paragraph(struct page *p, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	if (p->tight && cmark_node_get_type(parent) == CMARK_NODE_ITEM)
		put_around(p, node, "", cmark_node_next(node) ? "\n" : "");
	else
		put_around(p, node, "<p>", "</p>\n");
}

static void put_heading(struct page *p, cmark_node *node)
{
	int level = cmark_node_get_heading_level(node);
	fria_buf_printf(p->out, "<h%d>", level);
	put_children(p, node);
	fria_buf_printf(p->out, "</h%d>\n", level);
}

static void put_quote(struct page *p, cmark_node *node)
{
	bool tight = p->tight;
	p->tight = false;
	put_around(p, node, "<blockquote>\n", "</blockquote>\n");
	p->tight = tight;
}

static void put_list(struct page *p, cmark_node *node)
{
	bool numbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);
	bool tight = p->tight;
	p->tight = cmark_node_get_list_tight(node);
	if (numbered && start != 1)
		fria_buf_printf(p->out, "<ol start=\"%d\">\n", start);
	else
		put(p, numbered ? "<ol>\n" : "<ul>\n");
	put_children(p, node);
	put(p, numbered ? "</ol>\n" : "</ul>\n");
	p->tight = tight;
}

static void put_item(struct page *p, cmark_node *node)
{
	int task = fria_tree_task(node);
	if (task < 0) {
		put_around(p, node, "<li>", "</li>\n");
		return;
	}
	put(p, "<li class=\"task\"><svg class=\"icon\" role=\"img\" "
	       "aria-label=\"");
	put_word(p, task ? FRIA_W_report_done : FRIA_W_report_to_do);
	fria_buf_printf(p->out, "\"><use href=\"#fria-i-%s\"/></svg> ",
			task ? "good" : "open");
	put_around(p, node, "", "</li>\n");
}

static void put_code_block(struct page *p, cmark_node *node)
{
	put_in(p, "<pre><code>", cmark_node_get_literal(node),
	       "</code></pre>\n");
}

static void put_rule(struct page *p, cmark_node *node)
{
	(void)node;
	put(p, "<hr>\n");
}

/* --- tables --- */

static size_t count_children(cmark_node *node)
{
	size_t n = 0;
	for (node = cmark_node_first_child(node); node;
	     node = cmark_node_next(node))
		n++;
	return n;
}

/* A wide table scrolls in its own place, reachable by keyboard. */
static void open_scroll(struct page *p, cmark_node *table)
{
	const struct mark *mark = fria_tree_mark(table);
	put(p, "<div class=\"table\" role=\"group\" tabindex=\"0\" "
	       "aria-label=\"");
	if (mark && mark->title)
		put_text(p, mark->title);
	else
		put_word(p, FRIA_W_report_table);
	put(p, "\">");
}

static void put_table(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *head = cmark_node_first_child(node);
	open_scroll(p, node);
	put(p, mark ? "<table class=\"folds\">\n" : "<table>\n");
	if (mark && mark->title)
		put_in(p, "<caption>", mark->title, "</caption>\n");
	put(p, "<thead>\n");
	put_node(p, head);
	put(p, "</thead>\n");
	if (cmark_node_next(head))
		put(p, "<tbody>\n");
	for (cmark_node *row = cmark_node_next(head); row;
	     row = cmark_node_next(row))
		put_node(p, row);
	put(p, cmark_node_next(head) ? "</tbody>\n</table></div>\n"
				     : "</table></div>\n");
}

static void put_row(struct page *p, cmark_node *node)
{
	cmark_node *table = cmark_node_parent(node);
	size_t columns = count_children(cmark_node_first_child(table));
	put_around(p, node, "<tr>", "");
	for (size_t n = count_children(node); n < columns; n++)
		put(p, "<td></td>");
	put(p, "</tr>\n");
}

/* A head without text heads nothing: it is an ordinary cell. */
static const char *cell_head(cmark_node *cell)
{
	if (!cmark_node_first_child(cell))
		return NULL;
	if (fria_tree_is_head_row(cmark_node_parent(cell)))
		return "col";
	return fria_tree_is_row_head(cell) ? "row" : NULL;
}

/* The text that a cell, or the link in it, begins with; "" for none. */
static const char *cell_text(cmark_node *cell)
{
	cmark_node *text = cmark_node_first_child(cell);
	if (text && cmark_node_get_type(text) == CMARK_NODE_LINK)
		text = cmark_node_first_child(text);
	return text && cmark_node_get_type(text) == CMARK_NODE_TEXT
		   ? cmark_node_get_literal(text)
		   : "";
}

/* The name of its column, for narrow screens, where a row is a list; unless
 * the cell says that itself. */
static void put_column(struct page *p, cmark_node *cell)
{
	cmark_node *row = cmark_node_parent(cell);
	cmark_node *table = cmark_node_parent(row);
	if (!fria_tree_mark(table) || !cmark_node_first_child(cell))
		return;
	cmark_node *name =
	    cmark_node_first_child(cmark_node_first_child(table));
	for (cmark_node *at = cmark_node_first_child(row); at != cell && name;
	     at = cmark_node_next(at))
		name = cmark_node_next(name);
	if (name && strcmp(cell_text(name), cell_text(cell)) != 0)
		put_in(p, " data-name=\"", cell_text(name), "\"");
}

static void put_cell(struct page *p, cmark_node *node)
{
	const char *head = cell_head(node);
	char align = fria_tree_align(node);
	if (head)
		fria_buf_printf(p->out, "<th scope=\"%s\"", head);
	else
		put(p, "<td");
	if (!head)
		put_column(p, node);
	if (align == 'r' || align == 'c')
		fria_buf_printf(p->out, " class=\"%c\"", align);
	put_around(p, node, ">", head ? "</th>" : "</td>");
}

/* --- blocks of ours --- */

static void put_meta(struct page *p, cmark_node *node)
{
	put_around(p, node, "<p class=\"meta\">", "</p>\n");
}

static void put_links(struct page *p, cmark_node *node)
{
	put_in(p, "<nav class=\"links\" aria-label=\"",
	       fria_tree_mark(node)->title, "\">");
	put_around(p, node, "<p>", "</p></nav>\n");
}

static void put_subtitle(struct page *p, cmark_node *node)
{
	put_around(p, node, "<p class=\"subtitle\">", "</p>\n");
}

static void put_fields(struct page *p, cmark_node *node)
{
	if (!cmark_node_first_child(node))
		return;
	put_around(p, node, "<dl class=\"fields\">\n", "</dl>\n");
}

static void put_keys(struct page *p, cmark_node *node)
{
	put_around(p, node, "<dl class=\"keys\">\n", "</dl>\n");
}

static void put_field(struct page *p, cmark_node *node)
{
	put_in(p, "<div><dt>", fria_tree_mark(node)->title, "</dt><dd>");
	put_around(p, node, "", "</dd></div>\n");
}

static void put_section_heading(struct page *p, cmark_node *section)
{
	const struct mark *mark = fria_tree_mark(section);
	cmark_node *heading = fria_tree_heading(section);
	int level = cmark_node_get_heading_level(heading);
	fria_buf_printf(p->out, "<h%d>", level);
	if (mark->title) {
		put_in(p, "<a class=\"number\" href=\"#", mark->anchor, "\">");
		put_in(p, "", mark->title, "</a> ");
	}
	put_children(p, heading);
	fria_buf_printf(p->out, "</h%d>\n", level);
}

static void put_section(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *at = fria_tree_heading(node);
	put(p, mark->kind == KIND_QUESTION ? "<section class=\"question\" id=\""
					   : "<section id=\"");
	put_in(p, "", mark->anchor, "\">\n");
	put_section_heading(p, node);
	while ((at = cmark_node_next(at)))
		put_node(p, at);
	put(p, "</section>\n");
}

static void put_note(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	fria_buf_printf(p->out, "<div class=\"note t-%s\">\n",
			tones[mark->tone]);
	put(p, "<p class=\"note-title\">");
	put_icon(p, mark->tone);
	put_in(p, "<span>", mark->title, "</span></p>\n");
	put_around(p, node, "", "</div>\n");
}

static void put_moment(struct page *p, fria_word word, const char *tag,
		       const char *text)
{
	put(p, "<dd><span class=\"moment\">");
	put_word(p, word);
	put(p, "</span> ");
	if (!*text) {
		put(p, "<i>");
		put_word(p, FRIA_W_report_nothing);
		put(p, "</i></dd>\n");
		return;
	}
	fria_buf_printf(p->out, "<%s>", tag);
	put_text(p, text);
	fria_buf_printf(p->out, "</%s></dd>\n", tag);
}

static void put_change(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	put_in(p, "<dl class=\"change\"><dt>", mark->title, "</dt>\n");
	put_moment(p, FRIA_W_report_was, "del", mark->before);
	put_moment(p, FRIA_W_report_now, "ins", mark->after);
	put(p, "</dl>\n");
}

static void put_passage(struct page *p, cmark_node *node)
{
	static const char *const kinds[] = {"folded",  "same", "gone", "added",
					    "changed", "was",  "now"};
	fria_buf_printf(p->out, "<p class=\"passage p-%s\">",
			kinds[fria_tree_mark(node)->passage]);
	put_around(p, node, "", "</p>\n");
}

static void put_details(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	put(p, mark->flag ? "<details open>" : "<details>");
	put_in(p, "<summary>", mark->title, "</summary>\n<div>\n");
	put_around(p, node, "", "</div></details>\n");
}

static void put_answer(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	put(p, "<div class=\"answer\"");
	if (mark->lang)
		put_in(p, " lang=\"", mark->lang, "\"");
	put_around(p, node, ">\n", "</div>\n");
}

static void put_figure(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	put_in(p, "<figure>\n<figcaption>", mark->title, "</figcaption>\n");
	put_in(p,
	       "<div class=\"picture\" role=\"group\" tabindex=\"0\" "
	       "aria-label=\"",
	       mark->title, "\">");
	put(p, cmark_node_get_on_enter(node));
	put(p, "</div>\n");
	if (cmark_node_first_child(node)) {
		put(p, "<details><summary>");
		put_word(p, FRIA_W_report_as_text);
		put_around(p, node, "</summary>\n<div>\n",
			   "</div></details>\n");
	}
	put(p, "</figure>\n");
}

/* --- table of contents --- */

static void put_contents_list(struct page *p, cmark_node *node, int depth)
{
	const struct types *types = &p->document->types;
	cmark_node *at = fria_tree_section(types, cmark_node_first_child(node));
	if (!at || depth <= 0)
		return;
	put(p, "\n<ol>\n");
	for (; at; at = fria_tree_section(types, cmark_node_next(at))) {
		put_in(p, "<li><a href=\"#", fria_tree_mark(at)->anchor, "\">");
		put_children(p, fria_tree_heading(at));
		put(p, "</a>");
		put_contents_list(p, at, depth - 1);
		put(p, "</li>\n");
	}
	put(p, "</ol>\n");
}

static bool has_contents(const fria_document *d)
{
	return d->depth > 0 &&
	       fria_tree_section(&d->types, cmark_node_first_child(d->body));
}

static void put_contents(struct page *p, cmark_node *node)
{
	(void)node;
	if (!has_contents(p->document))
		return;
	put(p, "<nav class=\"contents\" aria-labelledby=\"fria-contents\">\n"
	       "<h2 id=\"fria-contents\">");
	put_word(p, FRIA_W_report_contents);
	put(p, "</h2>");
	put_contents_list(p, p->document->body, p->document->depth);
	put(p, "</nav>\n");
}

/* --- the page --- */

static void put_head(struct page *p, cmark_node *node)
{
	put_around(p, node, "<header>\n", "</header>\n");
}

static void put_body(struct page *p, cmark_node *node)
{
	put_around(p, node, "<main id=\"fria-main\" tabindex=\"-1\">\n",
		   "</main>\n");
}

static void put_foot(struct page *p, cmark_node *node)
{
	if (cmark_node_first_child(node))
		put_around(p, node, "<footer>\n", "</footer>\n");
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
    [KIND_IMAGE] = put_image,
    [KIND_PARAGRAPH] = put_paragraph,
    [KIND_HEADING] = put_heading,
    [KIND_QUOTE] = put_quote,
    [KIND_LIST] = put_list,
    [KIND_ITEM] = put_item,
    [KIND_CODE_BLOCK] = put_code_block,
    [KIND_RULE] = put_rule,
    [KIND_TABLE] = put_table,
    [KIND_ROW] = put_row,
    [KIND_CELL] = put_cell,
    [KIND_DOCUMENT] = put_children,
    [KIND_HEAD] = put_head,
    [KIND_LINKS] = put_links,
    [KIND_SUBTITLE] = put_subtitle,
    [KIND_KEYS] = put_keys,
    [KIND_CONTENTS] = put_contents,
    [KIND_BODY] = put_body,
    [KIND_FOOT] = put_foot,
    [KIND_SECTION] = put_section,
    [KIND_QUESTION] = put_section,
    [KIND_META] = put_meta,
    [KIND_FIELDS] = put_fields,
    [KIND_FIELD] = put_field,
    [KIND_NOTE] = put_note,
    [KIND_CHANGE] = put_change,
    [KIND_PASSAGE] = put_passage,
    [KIND_DETAILS] = put_details,
    [KIND_ANSWER] = put_answer,
    [KIND_FIGURE] = put_figure,
    [KIND_BADGE] = put_badge,
    [KIND_INSERTED] = put_inserted,
    [KIND_DELETED] = put_deleted,
    [KIND_LEFT_OUT] = put_left_out,
};

static void put_node(struct page *p, cmark_node *node)
{
	writers[fria_tree_kind(&p->document->types, node)](p, node);
}

static void put_title(struct page *p)
{
	const fria_document *d = p->document;
	put_in(p, "<title>", d->title ? d->title : "", "");
	if (d->subtitle)
		put_in(p, " – ", d->subtitle, "");
	put(p, "</title>\n");
}

static void put_page_head(struct page *p)
{
	size_t n = 0;
	const char *css = fria_embedded("engine/document/document.css", &n);
	fria_buf_printf(p->out,
			"<!doctype html>\n<html lang=\"%s\">\n<head>\n"
			"<meta charset=\"utf-8\">\n",
			fria_lang_code(p->document->lang));
	put(p, "<meta http-equiv=\"Content-Security-Policy\" "
	       "content=\"default-src 'none'; style-src 'unsafe-inline'; ");
	put(p, p->document->shows ? "img-src data:; " : "");
	put(p, "base-uri 'none'; form-action 'none'\">\n"
	       "<meta name=\"viewport\" "
	       "content=\"width=device-width, initial-scale=1\">\n"
	       "<meta name=\"color-scheme\" content=\"light dark\">\n"
	       "<meta name=\"referrer\" content=\"no-referrer\">\n");
	put_title(p);
	put(p, "<style>\n");
	fria_buf_put(p->out, css, n);
	put(p, "</style>\n</head>\n");
}

void fria_html_symbols(fria_buf *out)
{
	fria_buf_puts(out, icons);
}

void fria_fragment_html(fria_buf *out, fria_node *node)
{
	struct page p = {.out = out, .document = fria_tree_document(node)};
	put_node(&p, node);
}

void fria_document_html(fria_buf *out, const fria_document *document)
{
	struct page p = {.out = out, .document = document};
	put_page_head(&p);
	put(&p, has_contents(document) ? "<body class=\"with-contents\">\n"
		: document->brief      ? "<body class=\"brief\">\n"
				       : "<body>\n");
	put(&p, "<a class=\"skip\" href=\"#fria-main\">");
	put_word(&p, FRIA_W_report_skip);
	put(&p, "</a>\n");
	put(&p, icons);
	put_children(&p, document->root);
	put(&p, "</body>\n</html>\n");
}
