/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one walk over the tree that the renderings share: which nodes are there
 * to be written, and with which form. It writes nothing itself.
 */
#include "tree.h"

static const struct walk *walk_of(const struct page *page)
{
	return (const struct walk *)page;
}

/* Links within the page, to what this document does not have. */
static bool leads_nowhere(const struct walk *walk, cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	return url && url[0] == '#' &&
	       !json_object_get(walk->document->anchors, url + 1);
}

static bool is_empty(const struct walk *walk, cmark_node *node, enum kind kind)
{
	if (kind == KIND_CONTENTS)
		return !fria_tree_has_contents(walk->document);
	return (kind == KIND_FIELDS || kind == KIND_FOOT) &&
	       !cmark_node_first_child(node);
}

/* A link that leads nowhere is what it shows. */
void fria_walk(struct page *page, cmark_node *node)
{
	const struct walk *walk = walk_of(page);
	enum kind kind = fria_walk_kind(page, node);
	if (is_empty(walk, node, kind))
		return;
	if (kind == KIND_LINK && leads_nowhere(walk, node))
		kind = KIND_DOCUMENT;
	const struct form *form = &walk->how->forms[kind];
	if (form->write)
		form->write(page, node);
	else if (walk->how->between)
		walk->how->between(page, node, form);
	else
		fria_walk_into(page, node);
}

void fria_walk_into(struct page *page, cmark_node *node)
{
	const char *literal = cmark_node_get_literal(node);
	if (literal)
		walk_of(page)->how->text(page, literal);
	fria_walk_from(page, cmark_node_first_child(node));
}

void fria_walk_from(struct page *page, cmark_node *node)
{
	for (; node; node = cmark_node_next(node))
		fria_walk(page, node);
}

void fria_walk_contents(struct page *page)
{
	cmark_node *contents = fria_tree_contents(walk_of(page)->document);
	fria_walk_into(page, contents);
	cmark_node_free(contents);
}

void fria_walk_word(struct page *page, fria_word word)
{
	const struct walk *walk = walk_of(page);
	walk->how->text(page, fria_word_text(word, walk->document->lang));
}

enum kind fria_walk_kind(const struct page *page, cmark_node *node)
{
	return node ? fria_tree_kind(&walk_of(page)->document->types, node)
		    : KIND_DOCUMENT;
}

bool fria_walk_is_inside(const struct page *page, cmark_node *node,
			 enum kind kind)
{
	while ((node = cmark_node_parent(node)))
		if (fria_walk_kind(page, node) == kind)
			return true;
	return false;
}
