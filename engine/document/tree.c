/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a node is, whoever made it: cmark's parser or the builders. It changes
 * no tree.
 */
#include "tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <string.h>

const struct mark *fria_tree_mark(cmark_node *node)
{
	return cmark_node_get_user_data(node);
}

/* HTML that cleaning would have missed is text like any other. */
static const struct {
	cmark_node_type type;
	enum kind kind;
} plain_types[] = {
    {CMARK_NODE_TEXT, KIND_TEXT},
    {CMARK_NODE_HTML_INLINE, KIND_TEXT},
    {CMARK_NODE_SOFTBREAK, KIND_BREAK},
    {CMARK_NODE_LINEBREAK, KIND_LINE},
    {CMARK_NODE_CODE, KIND_CODE},
    {CMARK_NODE_EMPH, KIND_EMPH},
    {CMARK_NODE_STRONG, KIND_STRONG},
    {CMARK_NODE_LINK, KIND_LINK},
    {CMARK_NODE_IMAGE, KIND_IMAGE},
    {CMARK_NODE_PARAGRAPH, KIND_PARAGRAPH},
    {CMARK_NODE_HEADING, KIND_HEADING},
    {CMARK_NODE_BLOCK_QUOTE, KIND_QUOTE},
    {CMARK_NODE_LIST, KIND_LIST},
    {CMARK_NODE_ITEM, KIND_ITEM},
    {CMARK_NODE_CODE_BLOCK, KIND_CODE_BLOCK},
    {CMARK_NODE_HTML_BLOCK, KIND_CODE_BLOCK},
    {CMARK_NODE_THEMATIC_BREAK, KIND_RULE},
};

enum kind fria_tree_kind(const struct types *types, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node_type type = cmark_node_get_type(node);
	if (mark)
		return mark->kind;
	for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; i++)
		if (plain_types[i].type == type)
			return plain_types[i].kind;
	if (type == types->table)
		return KIND_TABLE;
	if (type == types->row)
		return KIND_ROW;
	if (type == types->cell)
		return KIND_CELL;
	return type == types->strike ? KIND_STRIKE : KIND_DOCUMENT;
}

bool fria_tree_is_head_row(cmark_node *row)
{
	return cmark_gfm_extensions_get_table_row_is_header(row) != 0;
}

bool fria_tree_is_row_head(cmark_node *cell)
{
	cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
	const struct mark *mark = fria_tree_mark(table);
	return mark && mark->flag && !cmark_node_previous(cell);
}

/* The columns before that of a cell. */
static size_t column_of(cmark_node *cell)
{
	size_t column = 0;
	while ((cell = cmark_node_previous(cell)))
		column++;
	return column;
}

cmark_node *fria_tree_column_head(cmark_node *cell)
{
	cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
	cmark_node *head =
	    cmark_node_first_child(cmark_node_first_child(table));
	for (size_t column = column_of(cell); column && head; column--)
		head = cmark_node_next(head);
	return head;
}

char fria_tree_align(cmark_node *cell)
{
	cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(table);
	size_t column = column_of(cell);
	if (!align || column >= cmark_gfm_extensions_get_table_columns(table))
		return 0;
	return (char)align[column];
}

bool fria_tree_is_numbered(cmark_node *list)
{
	return cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
}

int fria_tree_task(cmark_node *item)
{
	if (strcmp(cmark_node_get_type_string(item), "tasklist"))
		return -1;
	return cmark_gfm_extensions_get_tasklist_item_checked(item);
}

bool fria_tree_is_tight(cmark_node *block)
{
	cmark_node *item = cmark_node_parent(block);
	return item && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
	       cmark_node_get_list_tight(cmark_node_parent(item));
}

cmark_node *fria_tree_section(const struct types *types, cmark_node *at)
{
	while (at && fria_tree_kind(types, at) != KIND_SECTION)
		at = cmark_node_next(at);
	return at;
}

const struct mark *fria_tree_headed(cmark_node *heading)
{
	const struct mark *mark = fria_tree_mark(cmark_node_parent(heading));
	return mark && mark->anchor && !cmark_node_previous(heading) ? mark
								     : NULL;
}

struct moment fria_tree_moment(cmark_node *change, bool now, fria_lang lang)
{
	const struct mark *mark = fria_tree_mark(change);
	const char *text = now ? mark->after : mark->before;
	fria_word nothing = FRIA_W_report_nothing;
	fria_word label = now ? FRIA_W_report_now : FRIA_W_report_was;
	return (struct moment){fria_word_text(label, lang),
			       *text ? text : fria_word_text(nothing, lang),
			       !*text};
}

static bool plain_in_url(char c)
{
	return c > ' ' && c <= '~' && !strchr("()<>\"'\\`|$*{}^", c);
}

void fria_tree_url(fria_buf *out, const char *url)
{
	for (; *url; url++) {
		if (*url == '&')
			fria_buf_puts(out, "&amp;");
		else if (plain_in_url(*url))
			fria_buf_putc(out, *url);
		else
			fria_buf_printf(out, "%%%02X", (unsigned char)*url);
	}
}

fria_document *fria_node_document(cmark_node *node)
{
	cmark_node *parent;
	while ((parent = cmark_node_parent(node)))
		node = parent;
	return fria_tree_mark(node)->document;
}

bool fria_tree_says_address(cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	cmark_node *text = cmark_node_first_child(link);
	if (!text || cmark_node_next(text) ||
	    cmark_node_get_type(text) != CMARK_NODE_TEXT)
		return false;
	return strstr(url, cmark_node_get_literal(text)) != NULL;
}
