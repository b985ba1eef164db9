/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stands around a document's body: title, keys, ways through it.
 */
#include "tree.h"

#include <assert.h>

void fria_document_title(fria_document *d, const char *title,
			 const char *subtitle)
{
	cmark_node *heading = fria_tree_add(d->head, CMARK_NODE_HEADING);
	assert(!d->title);
	cmark_node_set_heading_level(heading, 1);
	fria_node_text(heading, title);
	d->title = fria_tree_safe(title);
	if (!subtitle)
		return;
	d->subtitle = fria_tree_safe(subtitle);
	fria_node_text(fria_tree_add_ours(d->head, KIND_SUBTITLE, NULL),
		       subtitle);
}

fria_node *fria_document_key(fria_document *d, fria_word name)
{
	if (!d->keys)
		d->keys = fria_tree_add_ours(d->head, KIND_KEYS, NULL);
	return fria_fields_word(d->keys, name);
}

fria_node *fria_document_head(fria_document *d)
{
	return d->head;
}

fria_node *fria_document_links(fria_document *d, const char *label)
{
	return fria_tree_add_ours(d->head, KIND_LINKS, label);
}

fria_node *fria_document_way(fria_document *d, const char *label)
{
	cmark_node *way = fria_document_links(d, label);
	if (cmark_node_previous(way))
		cmark_node_insert_before(cmark_node_first_child(d->head), way);
	return way;
}

fria_node *fria_document_body(fria_document *d)
{
	return d->body;
}

fria_node *fria_document_foot(fria_document *d)
{
	return d->foot;
}

void fria_document_contents(fria_document *d, int depth)
{
	d->depth = depth;
}
