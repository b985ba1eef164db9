/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Nodes of ours in the tree, each with its mark.
 */
#include "tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

char *fria_tree_safe(const char *text)
{
	fria_buf buf = FRIA_BUF_INIT;
	fria_put_safe(&buf, text ? text : "");
	return fria_buf_detach(&buf);
}

static void mark_free(cmark_mem *mem, void *data)
{
	struct mark *mark = data;
	(void)mem;
	free(mark->anchor);
	free(mark->title);
	free(mark->before);
	free(mark->after);
	free(mark->lang);
	free(mark);
}

struct mark *fria_tree_set_mark(cmark_node *node, enum kind kind)
{
	struct mark *mark = fria_calloc(1, sizeof *mark);
	mark->kind = kind;
	cmark_node_set_user_data(node, mark);
	cmark_node_set_user_data_free_func(node, mark_free);
	return mark;
}

cmark_node *fria_tree_append(cmark_node *parent, cmark_node *node)
{
	int fits = cmark_node_append_child(parent, node);
	assert(fits);
	(void)fits;
	return node;
}

cmark_node *fria_tree_add(cmark_node *parent, cmark_node_type type)
{
	return fria_tree_append(parent, cmark_node_new(type));
}

struct mark *fria_tree_own(cmark_node *node)
{
	return cmark_node_get_user_data(node);
}

cmark_node *fria_tree_add_ours(cmark_node *parent, enum kind kind,
			       const char *title)
{
	cmark_node *node = fria_tree_add(parent, CMARK_NODE_CUSTOM_BLOCK);
	fria_tree_set_mark(node, kind)->title =
	    title ? fria_tree_safe(title) : NULL;
	return node;
}

void fria_tree_put_literal(cmark_node *parent, cmark_node_type type,
			   const char *text)
{
	cmark_node *node = fria_tree_add(parent, type);
	cmark_node_set_literal(node, text);
}

int fria_tree_level(cmark_node *node)
{
	int level = 1;
	for (; node; node = cmark_node_parent(node)) {
		const struct mark *mark = fria_tree_mark(node);
		level += mark && mark->anchor;
	}
	return level > 6 ? 6 : level;
}

char *fria_tree_clean_anchor(const char *anchor)
{
	fria_buf buf = FRIA_BUF_INIT;
	for (; *anchor; anchor++) {
		bool keep = (*anchor >= 'a' && *anchor <= 'z') ||
			    (*anchor >= 'A' && *anchor <= 'Z') ||
			    (*anchor >= '0' && *anchor <= '9') ||
			    *anchor == '.' || *anchor == '_';
		fria_buf_putc(&buf, keep ? *anchor : '-');
	}
	if (!buf.n)
		fria_buf_putc(&buf, '-');
	return fria_buf_detach(&buf);
}
