/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Markdown as the little HTML that registers take: div, br, p, ul, ol, li.
 * What has no tag of its own keeps its words; nothing else is written.
 */
#include "markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <string.h>

static bool is_type(cmark_node *node, const char *name)
{
	return !strcmp(cmark_node_get_type_string(node), name);
}

static void put_escaped(fria_buf *out, const char *text, bool lines)
{
	for (; *text; text++)
		if (*text == '&')
			fria_buf_puts(out, "&amp;");
		else if (*text == '<')
			fria_buf_puts(out, "&lt;");
		else if (*text == '>')
			fria_buf_puts(out, "&gt;");
		else if (*text == '\n' && lines)
			fria_buf_puts(out, text[1] ? "<br>" : "");
		else
			fria_buf_putc(out, *text);
}

/* In a tight list the item itself is the paragraph. */
static bool is_tight(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);
	cmark_node *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

/* The tag that a block opens and closes; NULL for none. */
static const char *tag_of(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		return is_tight(node) ? NULL : "p";
	case CMARK_NODE_HEADING:
		return "p";
	case CMARK_NODE_BLOCK_QUOTE:
		return "div";
	case CMARK_NODE_ITEM:
		return "li";
	case CMARK_NODE_LIST:
		return cmark_node_get_list_type(node) == CMARK_BULLET_LIST
			   ? "ul"
			   : "ol";
	default:
		if (is_type(node, "tasklist"))
			return "li";
		return is_type(node, "table_row") ||
			       is_type(node, "table_header")
			   ? "p"
			   : NULL;
	}
}

static void enter(fria_buf *out, cmark_node *node)
{
	const char *tag = tag_of(node);
	if (tag)
		fria_buf_printf(out, "<%s>", tag);
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		put_escaped(out, cmark_node_get_literal(node), false);
		break;
	case CMARK_NODE_CODE_BLOCK:
		fria_buf_puts(out, "<p>");
		put_escaped(out, cmark_node_get_literal(node), true);
		fria_buf_puts(out, "</p>");
		break;
	case CMARK_NODE_SOFTBREAK:
		fria_buf_putc(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		fria_buf_puts(out, "<br>");
		break;
	default:
		if (is_type(node, "table_cell") && cmark_node_previous(node))
			fria_buf_puts(out, " | ");
		else if (is_type(node, "tasklist"))
			fria_buf_puts(
			    out,
			    cmark_gfm_extensions_get_tasklist_item_checked(node)
				? "[x] "
				: "[ ] ");
	}
}

/* The address follows its text, unless that is the address. */
static void leave_link(fria_buf *out, cmark_node *link)
{
	fria_buf url = FRIA_BUF_INIT;
	const char *address = cmark_node_get_url(link);
	put_escaped(&url,
		    strncmp(address, "mailto:", 7) ? address : address + 7,
		    false);
	if (address[0] != '#' &&
	    (out->n < url.n || strcmp(out->text + out->n - url.n, url.text)))
		fria_buf_printf(out, " (%s)", url.text);
	fria_buf_dispose(&url);
}

static void leave(fria_buf *out, cmark_node *node)
{
	const char *tag = tag_of(node);
	if (cmark_node_get_type(node) == CMARK_NODE_LINK)
		leave_link(out, node);
	if (tag)
		fria_buf_printf(out, "</%s>", tag);
}

void fria_markdown_few_tags(fria_buf *out, const char *text, size_t n)
{
	cmark_node *root = cmark_node_new(CMARK_NODE_DOCUMENT);
	cmark_event_type event;
	fria_markdown_clean(root, text, n, 0);
	cmark_iter *iter = cmark_iter_new(root);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (event == CMARK_EVENT_ENTER)
			enter(out, node);
		else
			leave(out, node);
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}
