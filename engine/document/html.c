/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as one HTML file that needs nothing else: no script, no font,
 * no picture from elsewhere. Everything that is not markup of this file or a
 * figure of our own is escaped here.
 */
#include "svg.h"
#include "tree.h"

#include <string.h>

/* Of pictures on a page, in bytes: one may be shown more than once. */
#define SHOWN_MAX ((size_t)16 << 20)

struct page {
	struct walk walk;
	size_t shown; /* bytes of pictures */
};

static void put(struct page *p, const char *markup)
{
	fria_buf_puts(p->walk.out, markup);
}

static void put_text(struct page *p, const char *text)
{
	static const char special[] = "&<>\"'";
	static const char *const entities[] = {"&amp;", "&lt;", "&gt;",
					       "&quot;", "&#39;"};
	while (*text) {
		size_t n = strcspn(text, special);
		fria_buf_put(p->walk.out, text, n);
		text += n;
		if (*text)
			put(p, entities[strchr(special, *text++) - special]);
	}
}

/* <open>text</close>, the text escaped. */
static void put_in(struct page *p, const char *open, const char *text,
		   const char *close)
{
	put(p, open);
	put_text(p, text);
	put(p, close);
}

static void put_around(struct page *p, cmark_node *node, const char *open,
		       const char *close)
{
	put(p, open);
	fria_walk_into(p, node);
	put(p, close);
}

static const char *const tones[] = {"plain", "open",  "good",
				    "again", "doubt", "stop"};

static const char *const passages[] = {"folded",  "same", "gone", "added",
				       "changed", "was",  "now"};

/* Markup with what the node says of itself: {name}, {anchor}, {tone}, {icon},
 * {open}, {lang}, {passage}. */
static void put_markup(struct page *p, const char *markup,
		       const struct mark *mark)
{
	while (*markup) {
		size_t n = strcspn(markup, "{");
		fria_buf_put(p->walk.out, markup, n);
		markup += n;
		if (!*markup)
			return;
		if (markup[1] == 'n')
			put_text(p, mark->title);
		else if (markup[1] == 'a')
			put_text(p, mark->anchor);
		else if (markup[1] == 'o')
			put(p, mark->flag ? " open" : "");
		else if (markup[1] == 't')
			put(p, tones[mark->tone]);
		else if (markup[1] == 'p')
			put(p, passages[mark->passage]);
		else if (markup[1] == 'i')
			put_markup(p,
				   "<svg class=\"icon\" aria-hidden=\"true\">"
				   "<use href=\"#fria-i-{tone}\"/></svg>",
				   mark);
		else if (mark->lang)
			put_in(p, " lang=\"", mark->lang, "\"");
		markup += strcspn(markup, "}") + 1;
	}
}

static void put_between(struct page *p, cmark_node *node,
			const struct form *form)
{
	if (form->open)
		put_markup(p, form->open, fria_tree_mark(node));
	fria_walk_into(p, node);
	if (form->close)
		put(p, form->close);
}

/* --- running text --- */

static void put_link(struct page *p, cmark_node *node)
{
	/* On paper the address follows, unless it is there. */
	put(p, fria_tree_says_address(node) ? "<a class=\"bare\" href=\""
					    : "<a href=\"");
	fria_tree_url(p->walk.out, cmark_node_get_url(node));
	put_around(p, node, "\">", "</a>");
}

/* A picture of an answer, in the page itself; else its text. */
static void put_image(struct page *p, cmark_node *node)
{
	const fria_document *d = p->walk.document;
	const char *alt = cmark_node_get_literal(cmark_node_first_child(node));
	const fria_picture *picture =
	    d->find ? d->find(d->find_data, cmark_node_get_url(node)) : NULL;
	if (!picture || picture->bytes.n > SHOWN_MAX - p->shown) {
		fria_walk_into(p, node);
		return;
	}
	p->shown += picture->bytes.n;
	put_in(p, "<img style=\"max-width:100%\" alt=\"", alt, "\" src=\"");
	fria_picture_write(p->walk.out, picture->type, &picture->bytes);
	put(p, "\">");
}

/* --- blocks --- */

static void put_paragraph(struct page *p, cmark_node *node)
{
	if (fria_tree_is_tight(node))
		put_around(p, node, "", cmark_node_next(node) ? "\n" : "");
	else
		put_around(p, node, "<p>", "</p>\n");
}

static void put_heading(struct page *p, cmark_node *node)
{
	const struct mark *section = fria_tree_headed(node);
	int level = cmark_node_get_heading_level(node);
	fria_buf_printf(p->walk.out, "<h%d>", level);
	if (section && section->title)
		put_markup(p,
			   "<a class=\"number\" href=\"#{anchor}\">{name}</a> ",
			   section);
	fria_walk_into(p, node);
	fria_buf_printf(p->walk.out, "</h%d>\n", level);
}

static void put_list(struct page *p, cmark_node *node)
{
	bool numbered = fria_tree_is_numbered(node);
	int start = cmark_node_get_list_start(node);
	if (numbered && start != 1)
		fria_buf_printf(p->walk.out, "<ol start=\"%d\">\n", start);
	else
		put(p, numbered ? "<ol>\n" : "<ul>\n");
	put_around(p, node, "", numbered ? "</ol>\n" : "</ul>\n");
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
	fria_walk_word(p, task ? FRIA_W_report_done : FRIA_W_report_to_do);
	put(p, "\"><use href=\"#fria-i-box\"/>");
	put(p, task ? "<use href=\"#fria-i-good\"/></svg> " : "</svg> ");
	put_around(p, node, "", "</li>\n");
}

/* A wide table scrolls in its own place, reachable by keyboard. */
static void put_table(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *head = cmark_node_first_child(node);
	const char *caption = mark ? mark->title : NULL;
	put(p, "<div class=\"table\" role=\"group\" tabindex=\"0\" "
	       "aria-label=\"");
	if (caption)
		put_text(p, caption);
	else
		fria_walk_word(p, FRIA_W_report_table);
	put(p, "\"><table>\n");
	if (caption)
		put_in(p, "<caption>", caption, "</caption>\n");

	put(p, "<thead>\n");
	fria_walk(p, head);
	put(p, "</thead>\n");
	if ((head = cmark_node_next(head))) {
		put(p, "<tbody>\n");
		fria_walk_from(p, head);
		put(p, "</tbody>\n");
	}
	put(p, "</table></div>\n");
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

/*
 * With the name of its column, for narrow screens, where a row is a list;
 * unless the cell is a head or says that itself.
 */
static void put_cell(struct page *p, cmark_node *node)
{
	const char *head = cell_head(node), *text = cell_text(node);
	char align = fria_tree_align(node);
	/* A day, or what is as short, in a table of ours: not broken. */
	if (!align &&
	    fria_tree_mark(cmark_node_parent(cmark_node_parent(node))) &&
	    strlen(text) <= sizeof "30 september 2026" &&
	    strpbrk(text, "0123456789"))
		align = 's';
	if (head)
		fria_buf_printf(p->walk.out, "<th scope=\"%s\"", head);
	else
		put(p, "<td");
	if (!head && cmark_node_first_child(node)) {
		const char *name = cell_text(fria_tree_column_head(node));
		if (*name && strcmp(name, text) != 0)
			put_in(p, " data-name=\"", name, "\"");
	}
	if (align == 'r' || align == 'c' || align == 's')
		fria_buf_printf(p->walk.out, " class=\"%c\"", align);
	put_around(p, node, ">", head ? "</th>" : "</td>");
}

static void put_moment(struct page *p, cmark_node *change, bool now)
{
	struct moment moment =
	    fria_tree_moment(change, now, p->walk.document->lang);
	const char *tag = moment.nothing ? "i" : now ? "ins" : "del";
	put_in(p, "<dd><span class=\"moment\">", moment.label, "</span> ");
	fria_buf_printf(p->walk.out, "<%s>", tag);
	put_text(p, moment.text);
	fria_buf_printf(p->walk.out, "</%s></dd>\n", tag);
}

static void put_change(struct page *p, cmark_node *node)
{
	put_in(p, "<dl class=\"change\"><dt>", fria_tree_mark(node)->title,
	       "</dt>\n");
	put_moment(p, node, false);
	put_moment(p, node, true);
	put(p, "</dl>\n");
}

static void put_figure(struct page *p, cmark_node *node)
{
	put_markup(p,
		   "<figure>\n<figcaption>{name}</figcaption>\n"
		   "<div class=\"picture\" role=\"group\" tabindex=\"0\" "
		   "aria-label=\"{name}\">",
		   fria_tree_mark(node));
	put(p, cmark_node_get_on_enter(node));
	put(p, "</div>\n");
	if (cmark_node_first_child(node)) {
		put(p, "<details><summary>");
		fria_walk_word(p, FRIA_W_report_as_text);
		put_around(p, node, "</summary>\n<div>\n",
			   "</div></details>\n");
	}
	put(p, "</figure>\n");
}

/* --- table of contents --- */

static void put_contents(struct page *p, cmark_node *node)
{
	(void)node;
	put(p, "<nav class=\"contents\" aria-labelledby=\"fria-contents\">\n"
	       "<h2 id=\"fria-contents\">");
	fria_walk_word(p, FRIA_W_report_contents);
	put(p, "</h2>\n");
	fria_walk_contents(p);
	put(p, "</nav>\n");
}

/* --- every kind --- */

#define IN(before, after)                                                      \
	{                                                                      \
		.open = (before), .close = (after)                             \
	}

static const struct rendering html = {
    .text = put_text,
    .between = put_between,
    .forms =
	{
	    [KIND_BREAK] = IN("\n", NULL),
	    [KIND_LINE] = IN("<br>\n", NULL),
	    [KIND_CODE] = IN("<code>", "</code>"),
	    [KIND_EMPH] = IN("<em>", "</em>"),
	    [KIND_STRONG] = IN("<strong>", "</strong>"),
	    [KIND_STRIKE] = IN("<s>", "</s>"),
	    [KIND_LINK] = {.write = put_link},
	    [KIND_IMAGE] = {.write = put_image},
	    [KIND_PARAGRAPH] = {.write = put_paragraph},
	    [KIND_HEADING] = {.write = put_heading},
	    [KIND_QUOTE] = IN("<blockquote>\n", "</blockquote>\n"),
	    [KIND_LIST] = {.write = put_list},
	    [KIND_ITEM] = {.write = put_item},
	    [KIND_CODE_BLOCK] = IN("<pre><code>", "</code></pre>\n"),
	    [KIND_RULE] = IN("<hr>\n", NULL),
	    [KIND_TABLE] = {.write = put_table},
	    [KIND_ROW] = IN("<tr>", "</tr>\n"),
	    [KIND_CELL] = {.write = put_cell},
	    [KIND_HEAD] = IN("<header>\n", "</header>\n"),
	    [KIND_LINKS] = IN("<nav class=\"links\" aria-label=\"{name}\"><p>",
			      "</p></nav>\n"),
	    [KIND_SUBTITLE] = IN("<p class=\"subtitle\">", "</p>\n"),
	    [KIND_KEYS] = IN("<dl class=\"keys\">\n", "</dl>\n"),
	    [KIND_CONTENTS] = {.write = put_contents},
	    [KIND_BODY] =
		IN("<main id=\"fria-main\" tabindex=\"-1\">\n", "</main>\n"),
	    [KIND_FOOT] = IN("<footer>\n", "</footer>\n"),
	    [KIND_SECTION] = IN("<section id=\"{anchor}\">\n", "</section>\n"),
	    [KIND_QUESTION] =
		IN("<section class=\"question\" id=\"{anchor}\">\n",
		   "</section>\n"),
	    [KIND_META] = IN("<p class=\"meta\">", "</p>\n"),
	    [KIND_FIELDS] = IN("<dl class=\"fields\">\n", "</dl>\n"),
	    [KIND_FIELD] = IN("<div><dt>{name}</dt><dd>", "</dd></div>\n"),
	    [KIND_NOTE] = IN("<div class=\"note t-{tone}\">\n"
			     "<p class=\"note-title\">{icon}"
			     "<span>{name}</span></p>\n",
			     "</div>\n"),
	    [KIND_CHANGE] = {.write = put_change},
	    [KIND_PASSAGE] = IN("<p class=\"passage p-{passage}\">", "</p>\n"),
	    [KIND_DETAILS] =
		IN("<details{open}><summary>{name}</summary>\n<div>\n",
		   "</div></details>\n"),
	    [KIND_ANSWER] = IN("<div class=\"answer\"{lang}>\n", "</div>\n"),
	    [KIND_FIGURE] = {.write = put_figure},
	    [KIND_BADGE] = IN("<span class=\"badge t-{tone}\">{icon}<span>",
			      "</span></span>"),
	    [KIND_INSERTED] = IN("<ins>", "</ins>"),
	    [KIND_DELETED] = IN("<del>", "</del>"),
	    [KIND_LEFT_OUT] = IN("<span class=\"left-out\">", "</span>"),
	    [KIND_MENTIONED] = IN("<mark>", "</mark>"),
	},
};

/* --- the page --- */

/* On every sheet of paper; in a style sheet what is no letter is escaped. */
static void put_running_title(struct page *p, const char *title)
{
	put(p, "@media print { @page { @bottom-left { content: \"");
	for (; *title; title++)
		if (strchr("\"\\<>&\n", *title))
			fria_buf_printf(p->walk.out, "\\%x ", *title);
		else
			fria_buf_putc(p->walk.out, *title);
	put(p, "\"; } } }\n");
}

static void put_page_head(struct page *p)
{
	const fria_document *d = p->walk.document;
	size_t n = 0;
	const char *css = fria_embedded("engine/document/document.css", &n);
	fria_buf_printf(p->walk.out,
			"<!doctype html>\n<html lang=\"%s\">\n<head>\n"
			"<meta charset=\"utf-8\">\n",
			fria_lang_code(d->lang));
	put(p, "<meta http-equiv=\"Content-Security-Policy\" "
	       "content=\"default-src 'none'; style-src 'unsafe-inline'; ");
	put(p, d->shows ? "img-src data:; " : "");
	put(p, "base-uri 'none'; form-action 'none'\">\n"
	       "<meta name=\"viewport\" "
	       "content=\"width=device-width, initial-scale=1\">\n"
	       "<meta name=\"color-scheme\" content=\"light dark\">\n"
	       "<meta name=\"referrer\" content=\"no-referrer\">\n");
	put_in(p, "<title>", d->title ? d->title : "", "");
	if (d->subtitle)
		put_in(p, " – ", d->subtitle, "");
	put(p, "</title>\n");
	put(p, "<style>\n");
	fria_buf_put(p->walk.out, css, n);
	put_running_title(p, d->title ? d->title : "");
	put(p, "</style>\n</head>\n");
}

void fria_html_symbols(fria_buf *out)
{
	svg_put_file(out, "engine/document/symbols.svg");
	fria_buf_putc(out, '\n');
}

void fria_fragment_html(fria_buf *out, fria_node *node)
{
	struct page p = {.walk = {&html, out, fria_tree_settled(node)}};
	if (fria_walk_kind(&p, node) == KIND_BODY)
		fria_walk_into(&p, node);
	else
		fria_walk(&p, node);
}

void fria_document_html(fria_buf *out, const fria_document *document)
{
	struct page p = {
	    .walk = {&html, out, fria_tree_settled(document->root)}};
	put_page_head(&p);
	put(&p, document->brief ? "<body class=\"brief\">\n" : "<body>\n");
	put(&p, "<a class=\"skip\" href=\"#fria-main\">");
	fria_walk_word(&p, FRIA_W_report_skip);
	put(&p, "</a>\n");
	fria_html_symbols(out);
	fria_walk(&p, document->root);
	put(&p, "</body>\n</html>\n");
}
