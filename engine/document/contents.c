/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The list of what is in a document, made of its sections when it is written:
 * an ordinary list of links, so each rendering writes it as any other.
 */
#include "tree.h"

/* Fewer are seen without it; of more it is no list but a document of its own:
 * then it goes less deep. */
enum { LINES_MIN = 7, LINES_MAX = 45 };

static size_t count(const struct types *types, cmark_node *node, int depth)
{
	size_t n = 0;
	cmark_node *at = cmark_node_first_child(node);
	while (depth > 0 && (at = fria_tree_section(types, at))) {
		n += 1 + count(types, at, depth - 1);
		at = cmark_node_next(at);
	}
	return n;
}

/* How deep the list goes; 0: there is none. */
static int depth_of(const fria_document *d)
{
	int depth = d->depth;
	while (depth > 1 && count(&d->types, d->body, depth) > LINES_MAX)
		depth--;
	return count(&d->types, d->body, depth) < LINES_MIN ? 0 : depth;
}

bool fria_tree_has_contents(const fria_document *d)
{
	return depth_of(d) > 0;
}

static void add_title(fria_buf *out, cmark_node *node)
{
	const char *literal = cmark_node_get_literal(node);
	if (literal)
		fria_buf_puts(out, literal);
	for (node = cmark_node_first_child(node); node;
	     node = cmark_node_next(node))
		add_title(out, node);
}

static void add_sections(const struct types *types, cmark_node *list,
			 cmark_node *from, int depth)
{
	for (; (from = fria_tree_section(types, from));
	     from = cmark_node_next(from)) {
		fria_buf title = FRIA_BUF_INIT;
		cmark_node *heading = cmark_node_first_child(from);
		cmark_node *line = fria_list_item(list);
		cmark_node *within = fria_tree_section(types, heading);
		add_title(&title, heading);
		fria_node_reference(line, fria_tree_mark(from)->anchor,
				    title.text);
		if (within && depth > 1)
			add_sections(
			    types,
			    fria_node_list(cmark_node_parent(line), false),
			    within, depth - 1);
		fria_buf_dispose(&title);
	}
}

cmark_node *fria_tree_contents(const fria_document *d)
{
	cmark_node *holder = cmark_node_new(CMARK_NODE_DOCUMENT);
	add_sections(&d->types, fria_node_list(holder, false),
		     cmark_node_first_child(d->body), depth_of(d));
	return holder;
}
