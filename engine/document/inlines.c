/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Running text: words, marks and links in a line.
 */
#include "tree.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../data/markdown.h"

/* Headings and cells are one line in Markdown. */
static bool holds_lines(cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	return mark ? mark->kind == KIND_FIELD || mark->kind == KIND_META ||
			  mark->kind == KIND_LINKS || mark->kind == KIND_PASSAGE
		    : cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH;
}

/* Not where the words are a link, a name or a mark. */
static bool holds_links(cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	return (holds_lines(node) && (!mark || mark->kind != KIND_LINKS)) ||
	       !strcmp(cmark_node_get_type_string(node), "table_cell");
}

/* A passage is made of pieces: is all of the address in this one? */
static bool is_whole(cmark_node *node, const char *line, size_t at, size_t n)
{
	const struct mark *mark = fria_tree_mark(node);
	return !mark || mark->kind != KIND_PASSAGE ||
	       ((at || !cmark_node_first_child(node)) &&
		strpbrk(line + at + n, " \t"));
}

/* A line of text; its bare addresses are links where links may be. */
static void put_line(cmark_node *node, char *line, bool links)
{
	size_t at, n;
	while (links && fria_markdown_address(line, &at, &n) &&
	       is_whole(node, line, at, n)) {
		char *shown = fria_strndup(line + at, n);
		char *url = fria_markdown_address_url(shown);
		line[at] = '\0';
		if (*line)
			fria_tree_put_literal(node, CMARK_NODE_TEXT, line);
		cmark_node *link = fria_tree_add(node, CMARK_NODE_LINK);
		cmark_node_set_url(link, url);
		fria_tree_put_literal(link, CMARK_NODE_TEXT, shown);
		line += at + n;
		free(shown);
		free(url);
	}
	if (*line)
		fria_tree_put_literal(node, CMARK_NODE_TEXT, line);
}

void fria_node_text(fria_node *node, const char *text)
{
	bool lines = holds_lines(node), links = holds_links(node);
	char *clean = fria_tree_safe(text), *next = NULL;
	for (char *line = clean; line; line = next) {
		if ((next = strchr(line, '\n')))
			*next++ = '\0';
		put_line(node, line, links);
		if (next && lines)
			fria_tree_add(node, CMARK_NODE_LINEBREAK);
		else if (next)
			fria_tree_put_literal(node, CMARK_NODE_TEXT, " ");
	}
	free(clean);
}

/*
 * Labels and markings stand on nodes that a cell may hold too: a custom
 * inline has no place in cmark's tables.
 */
static cmark_node *add_inline(cmark_node *parent, cmark_node_type type,
			      const char *text)
{
	cmark_node *node = fria_tree_add(parent, type);
	char *clean = fria_tree_safe(text);
	fria_tree_put_literal(node, CMARK_NODE_TEXT, clean);
	free(clean);
	return node;
}

void fria_node_strong(fria_node *node, const char *text)
{
	if (*text)
		add_inline(node, CMARK_NODE_STRONG, text);
}

void fria_node_code(fria_node *node, const char *text)
{
	char *clean = fria_tree_safe(text);
	if (*clean)
		fria_tree_put_literal(node, CMARK_NODE_CODE, clean);
	free(clean);
}

void fria_node_say(fria_node *node, fria_word word, ...)
{
	va_list pairs;
	va_start(pairs, word);
	fria_tree_say_pairs(node, word, pairs);
	va_end(pairs);
}

void fria_node_format(fria_node *node, const char *format, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list list;
	va_start(list, format);
	fria_buf_vprintf(&text, format, list);
	va_end(list);
	fria_node_text(node, text.text);
	fria_buf_dispose(&text);
}

static void add_link(cmark_node *node, const char *url, const char *text)
{
	cmark_node_set_url(add_inline(node, CMARK_NODE_LINK, text), url);
}

void fria_node_link(fria_node *node, const char *url, const char *text)
{
	if (!*text)
		text = url;
	if (fria_markdown_url_ok(url))
		add_link(node, url, text);
	else
		fria_node_text(node, text);
}

void fria_node_reference(fria_node *node, const char *anchor, const char *text)
{
	char *clean = fria_tree_clean_anchor(anchor);
	char *url = fria_format("#%s", clean);
	add_link(node, url, text);
	free(url);
	free(clean);
}

void fria_node_page(fria_node *node, const char *path, const char *text)
{
	size_t n = strspn(path, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-_");
	if (n && !path[n] && path[0] != '/')
		add_link(node, path, text);
	else
		fria_node_text(node, text);
}

void fria_node_badge(fria_node *node, fria_tone tone, const char *text)
{
	cmark_node *badge = add_inline(node, CMARK_NODE_STRONG, text);
	fria_tree_set_mark(badge, KIND_BADGE)->tone = tone;
}

void fria_node_label(fria_node *node, fria_tone tone, fria_word word)
{
	fria_node_badge(node, tone, fria_tree_word(node, word));
}

void fria_node_marked(fria_node *node, fria_marking marking, const char *text)
{
	static const enum kind kinds[] = {KIND_INSERTED, KIND_DELETED,
					  KIND_LEFT_OUT, KIND_MENTIONED};
	cmark_node *marked = add_inline(node, CMARK_NODE_EMPH, text);
	fria_tree_set_mark(marked, kinds[marking]);
}

void fria_tree_say_pairs(fria_node *node, fria_word word, va_list pairs)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_tree_say(&text, node, word, pairs);
	fria_node_text(node, text.text);
	fria_buf_dispose(&text);
}

fria_buf *fria_node_here(fria_node *node)
{
	struct place place = {fria_kept_text(node),
			      fria_tree_add(node, CMARK_NODE_TEXT)};
	*FRIA_PUSH(&fria_node_document(node)->places) = place;
	return place.text;
}

/* What stood behind it is moved behind it again. */
static void settle(const struct place *place)
{
	cmark_node *node = cmark_node_parent(place->at);
	cmark_node *last = cmark_node_last_child(node);
	fria_node_text(node, place->text->text);
	for (bool more = last != place->at; more;) {
		cmark_node *behind = cmark_node_next(place->at);
		more = behind != last;
		fria_tree_append(node, behind);
	}
	cmark_node_free(place->at);
}

fria_document *fria_tree_settled(cmark_node *node)
{
	fria_document *d = fria_node_document(node);
	for (size_t i = 0; i < d->places.n; i++)
		settle(&d->places.items[i]);
	d->places.n = 0;
	return d;
}
