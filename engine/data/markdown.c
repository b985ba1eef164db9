/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Markdown as a tree: parse, clean, graft. It renders nothing but plain text;
 * what a report looks like is engine/report's.
 */
#include "markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <stdlib.h>
#include <string.h>

/* --- parsing --- */

static void attach(cmark_parser *parser, const char *name)
{
	cmark_parser_attach_syntax_extension(parser,
					     cmark_find_syntax_extension(name));
}

static void mark_cut(cmark_node *root)
{
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(text, "[…]");
	cmark_node_append_child(paragraph, text);
	cmark_node_append_child(root, paragraph);
}

static cmark_node *parse(const char *text, size_t n, bool links,
			 unsigned *notes)
{
	fria_buf tame = FRIA_BUF_INIT;
	bool tables = true;
	bool cut = fria_markdown_tame(&tame, &tables, text, n);
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser =
	    cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES);
	if (tables)
		attach(parser, "table");
	attach(parser, "strikethrough");
	attach(parser, "tasklist");
	if (links)
		attach(parser, "autolink");
	cmark_parser_feed(parser, tame.text, tame.n);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	fria_buf_dispose(&tame);
	if (cut)
		mark_cut(root);
	*notes |= cut ? FRIA_MARKDOWN_CUT : 0;
	return root;
}

/* --- plain text --- */

static bool is_type(cmark_node *node, const char *name)
{
	return !strcmp(cmark_node_get_type_string(node), name);
}

static bool is_block(cmark_node *node)
{
	return (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) ==
	       CMARK_NODE_TYPE_BLOCK;
}

/* Ends what stands there by newlines, of which `want` are to be there. */
static void break_lines(fria_buf *out, size_t from, size_t want)
{
	size_t have = 0;
	while (out->n > from + have && out->text[out->n - 1 - have] == '\n')
		have++;
	if (out->n > from + have)
		for (; have < want; have++)
			fria_buf_putc(out, '\n');
}

static void plain_item(fria_buf *out, cmark_node *item)
{
	cmark_node *list = cmark_node_parent(item), *at = item;
	int number = cmark_node_get_list_start(list);
	if (is_type(item, "tasklist")) {
		bool done =
		    cmark_gfm_extensions_get_tasklist_item_checked(item);
		fria_buf_puts(out, done ? "- [x] " : "- [ ] ");
	} else if (cmark_node_get_list_type(list) == CMARK_BULLET_LIST) {
		fria_buf_puts(out, "- ");
	} else {
		while ((at = cmark_node_previous(at)))
			number++;
		fria_buf_printf(out, "%d. ", number);
	}
}

/* The address of a link, unless it is what its text says. */
static void plain_address(fria_buf *out, cmark_node *link)
{
	const char *url = cmark_node_get_url(link);
	const char *bare = strncmp(url, "mailto:", 7) ? url : url + 7;
	size_t n = strlen(bare);
	if (url[0] != '#' &&
	    (out->n < n || strcmp(out->text + out->n - n, bare)))
		fria_buf_printf(out, " (%s)", bare);
}

static bool in_tight_item(cmark_node *node)
{
	cmark_node *item = cmark_node_parent(node);
	cmark_node *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

/* What comes before a block: nothing straight after an item's marker. */
static void plain_block(fria_buf *out, size_t from, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	bool in_item = parent && cmark_node_get_type(parent) == CMARK_NODE_ITEM;
	if (is_type(node, "table_cell")) {
		if (cmark_node_previous(node))
			fria_buf_puts(out, " | ");
	} else if (cmark_node_get_type(node) == CMARK_NODE_ITEM) {
		break_lines(out, from,
			    cmark_node_get_list_tight(parent) ? 1 : 2);
		plain_item(out, node);
	} else if (is_type(node, "table_row")) {
		break_lines(out, from, 1);
	} else if (!in_item || cmark_node_previous(node)) {
		break_lines(out, from, in_tight_item(node) ? 1 : 2);
	}
}

/* What stands for the tree: its words alone; with addresses behind links; with
 * the sign of a heading before it, too. */
typedef enum { WORDS, READ, OUTLINE } plainness;

static void plain_enter(fria_buf *out, size_t from, cmark_node *node,
			plainness how)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_SOFTBREAK:
		fria_buf_putc(out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		fria_buf_putc(out, '\n');
		break;
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_HTML_INLINE:
		fria_buf_puts(out, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
		plain_block(out, from, node);
		fria_buf_puts(out, cmark_node_get_literal(node));
		break;
	default:
		if (is_block(node) &&
		    cmark_node_get_type(node) != CMARK_NODE_THEMATIC_BREAK)
			plain_block(out, from, node);
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
		    how == OUTLINE)
			fria_buf_puts(out, "# ");
	}
}

/* The text of a subtree; addresses of links only if asked for. */
static void plain_tree(fria_buf *out, cmark_node *root, plainness how)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	size_t from = out->n;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (event == CMARK_EVENT_ENTER)
			plain_enter(out, from, node, how);
		else if (how != WORDS &&
			 cmark_node_get_type(node) == CMARK_NODE_LINK)
			plain_address(out, node);
	}
	cmark_iter_free(iter);
	while (out->n > from && strchr("\n ", out->text[out->n - 1]))
		out->text[--out->n] = '\0';
}

/* --- cleaning --- */

struct cleaning {
	cmark_iter *iter;
	int level;	     /* of the heading that the text stands under */
	int last;	     /* level of the last heading */
	int blocks, inlines; /* how deep */
	size_t notes_n;	     /* footnotes so far */
	unsigned notes;
	bool report;		     /* bare addresses become links */
	bool lines;		     /* the ends of lines stay */
	fria_markdown_picture stays; /* NULL: none does */
	void *data;
};

static cmark_node *new_text(const char *literal)
{
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(text, literal);
	return text;
}

static void drop(cmark_node *node)
{
	cmark_node_unlink(node);
	cmark_node_free(node);
}

static void swap(cmark_node *node, cmark_node *in_its_place)
{
	cmark_node_replace(node, in_its_place);
	cmark_node_free(node);
}

/* Leaves the children where the node stood. */
static void unwrap(cmark_node *node)
{
	cmark_node *child;
	while ((child = cmark_node_first_child(node)))
		cmark_node_insert_before(node, child);
	drop(node);
}

/* Printable ASCII needs no look at its characters. */
static bool plainly_safe(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void safe_text(fria_buf *out, const char *text, bool lines)
{
	size_t from = out->n;
	fria_put_safe(out, text);
	for (size_t i = from; i < out->n; i++)
		if (out->text[i] == '\t' || (!lines && out->text[i] == '\n'))
			out->text[i] = ' ';
}

/* Cleans the characters; false where nothing is left. */
static bool clean_literal(cmark_node *node, bool lines)
{
	const char *literal = cmark_node_get_literal(node);
	if (plainly_safe(literal))
		return literal[0] != '\0';
	fria_buf safe = FRIA_BUF_INIT;
	safe_text(&safe, literal, lines);
	bool left = safe.n > 0;
	cmark_node_set_literal(node, safe.text);
	fria_buf_dispose(&safe);
	return left;
}

static bool is_blank(cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);
	for (; child; child = cmark_node_next(child)) {
		cmark_node_type type = cmark_node_get_type(child);
		if (type == CMARK_NODE_SOFTBREAK ||
		    type == CMARK_NODE_LINEBREAK)
			continue;
		if (type != CMARK_NODE_TEXT)
			return false;
		const char *text = cmark_node_get_literal(child);
		if (text[strspn(text, " ")])
			return false;
	}
	return true;
}

/* A line of its own, if anything of it is seen. */
static void put_line(cmark_node *paragraph, const char *line, size_t n)
{
	char *text = fria_strndup(line, n);
	fria_buf safe = FRIA_BUF_INIT;
	safe_text(&safe, text, false);
	if (safe.text[strspn(safe.text, " ")]) {
		if (cmark_node_first_child(paragraph))
			cmark_node_append_child(
			    paragraph, cmark_node_new(CMARK_NODE_LINEBREAK));
		cmark_node_append_child(paragraph, new_text(safe.text));
	}
	fria_buf_dispose(&safe);
	free(text);
}

static void clean_html_block(struct cleaning *c, cmark_node *node)
{
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
	const char *at = cmark_node_get_literal(node);
	while (*at) {
		size_t n = strcspn(at, "\n");
		put_line(paragraph, at, n);
		at += n + (at[n] == '\n');
	}
	c->notes |= FRIA_MARKDOWN_HTML;
	swap(node, paragraph);
}

static void clean_html_inline(struct cleaning *c, cmark_node *node)
{
	cmark_node *text = new_text(cmark_node_get_literal(node));
	c->notes |= FRIA_MARKDOWN_HTML;
	swap(node, text);
	if (!clean_literal(text, false))
		drop(text);
}

/* The subtree becomes its text, and the walk goes on after it. */
static void flatten(struct cleaning *c, cmark_node *node, bool block)
{
	fria_buf all = FRIA_BUF_INIT, safe = FRIA_BUF_INIT;
	plain_tree(&all, node, WORDS);
	safe_text(&safe, all.text, false);
	cmark_node *flat = new_text(safe.text), *text = flat;
	if (block) {
		flat = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_append_child(flat, text);
	}
	cmark_node_replace(node, flat);
	cmark_iter_reset(c->iter, flat, CMARK_EVENT_EXIT);
	cmark_node_free(node);
	c->notes |= FRIA_MARKDOWN_FLAT;
	fria_buf_dispose(&all);
	fria_buf_dispose(&safe);
}

static bool nests_blocks(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST;
}

static bool nests_inlines(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG ||
	       type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE ||
	       is_type(node, "strikethrough");
}

/* A break has no place in a heading, whose Markdown is one line. */
static void clean_break(const struct cleaning *c, cmark_node *node)
{
	cmark_node *at = node;
	while (at && !is_block(at))
		at = cmark_node_parent(at);
	if (at && cmark_node_get_type(at) == CMARK_NODE_HEADING)
		swap(node, new_text(" "));
	else if (c->lines && cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK)
		swap(node, cmark_node_new(CMARK_NODE_LINEBREAK));
}

static void enter_container(struct cleaning *c, cmark_node *node)
{
	if (nests_blocks(node)) {
		if (++c->blocks > FRIA_MARKDOWN_BLOCKS) {
			c->blocks--;
			flatten(c, node, true);
		}
	} else if (nests_inlines(node) &&
		   ++c->inlines > FRIA_MARKDOWN_INLINES) {
		c->inlines--;
		flatten(c, node, false);
	}
}

/* "[1]", in the sentence and before the note: names of places would be the
 * same in two answers. */
static cmark_node *new_number(const char *number, const char *after)
{
	char *shown = fria_format("[%s]%s", number, after);
	cmark_node *text = new_text(shown);
	free(shown);
	return text;
}

/* cmark puts them behind the text, in the order in which they are named. */
static void leave_note(struct cleaning *c, cmark_node *note)
{
	char *number = fria_format("%zu", ++c->notes_n);
	cmark_node *first = cmark_node_first_child(note), *text;
	if (!first || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH) {
		first = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_prepend_child(note, first);
	}
	text = new_number(number, " ");
	cmark_node_prepend_child(first, text);
	unwrap(note);
	free(number);
}

static void enter(struct cleaning *c, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		if (!clean_literal(node, false))
			drop(node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		clean_literal(node, true);
		cmark_node_set_fence_info(node, "");
		break;
	case CMARK_NODE_HTML_BLOCK:
		clean_html_block(c, node);
		break;
	case CMARK_NODE_HTML_INLINE:
		clean_html_inline(c, node);
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		clean_break(c, node);
		break;
	default:
		enter_container(c, node);
	}
}

static void leave_heading(struct cleaning *c, cmark_node *node)
{
	int level = c->level + cmark_node_get_heading_level(node);
	if (is_blank(node)) {
		drop(node);
		return;
	}
	if (level > c->last + 1)
		level = c->last + 1;
	c->last = level > 6 ? 6 : level;
	cmark_node_set_heading_level(node, c->last);
}

static void leave_link(struct cleaning *c, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	if (is_blank(node)) {
		fria_buf safe = FRIA_BUF_INIT;
		safe_text(&safe, url, false);
		cmark_node_append_child(node, new_text(safe.text));
		fria_buf_dispose(&safe);
	}
	cmark_node_set_title(node, "");
	if (fria_markdown_url_ok(url))
		return;
	c->notes |= FRIA_MARKDOWN_LINK;
	unwrap(node);
}

static bool in_link(cmark_node *node)
{
	while ((node = cmark_node_parent(node)))
		if (cmark_node_get_type(node) == CMARK_NODE_LINK)
			return true;
	return false;
}

/* A picture with its alternative, and nothing else. */
static void keep_image(cmark_node *node, const char *alt)
{
	cmark_node *child;
	while ((child = cmark_node_first_child(node)))
		drop(child);
	cmark_node_append_child(node, new_text(alt));
	cmark_node_set_title(node, "");
}

/* Its text alone inside a link: links do not nest. */
static void leave_image(struct cleaning *c, cmark_node *node)
{
	fria_buf alt = FRIA_BUF_INIT;
	bool nested = in_link(node);
	plain_tree(&alt, node, WORDS);
	if (!alt.n)
		safe_text(&alt, cmark_node_get_url(node), false);
	if (c->stays && c->stays(c->data, cmark_node_get_url(node))) {
		keep_image(node, alt.text);
		fria_buf_dispose(&alt);
		return;
	}
	cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
	cmark_node_set_url(link, cmark_node_get_url(node));
	cmark_node_append_child(link, new_text(alt.text));
	c->notes |= FRIA_MARKDOWN_IMAGE;
	swap(node, link);
	if (nested)
		unwrap(link);
	else
		leave_link(c, link);
	fria_buf_dispose(&alt);
}

static void leave(struct cleaning *c, cmark_node *node)
{
	c->blocks -= nests_blocks(node);
	c->inlines -= nests_inlines(node);
	if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION) {
		leave_note(c, node);
		return;
	}
	if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_REFERENCE) {
		swap(node, new_number(cmark_node_get_literal(node), ""));
		return;
	}
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		leave_heading(c, node);
		break;
	case CMARK_NODE_LINK:
		leave_link(c, node);
		break;
	case CMARK_NODE_IMAGE:
		leave_image(c, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		if (is_blank(node))
			drop(node);
		break;
	default:
		if (nests_inlines(node) && is_blank(node))
			unwrap(node);
	}
}

/* A text of which nothing is seen, such as a lone definition, as it came. */
static void show_source(cmark_node *root, const char *text, size_t n)
{
	char *source = fria_strndup(text, n > 1000 ? 1000 : n);
	cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
	put_line(paragraph, source, strlen(source));
	if (cmark_node_first_child(paragraph))
		cmark_node_append_child(root, paragraph);
	else
		cmark_node_free(paragraph);
	free(source);
}

static cmark_node *parse_clean(struct cleaning *c, const char *text, size_t n)
{
	cmark_event_type event;
	cmark_node *root = parse(text, n, c->report, &c->notes);
	c->iter = cmark_iter_new(root);
	while ((event = cmark_iter_next(c->iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(c->iter);
		if (event == CMARK_EVENT_ENTER)
			enter(c, node);
		else if (node != root)
			leave(c, node);
	}
	cmark_iter_free(c->iter);
	if (!cmark_node_first_child(root))
		show_source(root, text, n);
	cmark_consolidate_text_nodes(root);
	return root;
}

static unsigned graft(cmark_node *parent, struct cleaning *c, const char *text,
		      size_t n)
{
	cmark_node *root = parse_clean(c, text, n), *child;
	while ((child = cmark_node_first_child(root)))
		cmark_node_append_child(parent, child);
	cmark_node_free(root);
	return c->notes;
}

unsigned fria_markdown_clean_answer(struct cmark_node *parent, const char *text,
				    size_t n, int level,
				    fria_markdown_picture stays, void *data)
{
	struct cleaning c = {.level = level,
			     .last = level,
			     .report = true,
			     .lines = true,
			     .stays = stays,
			     .data = data};
	return graft(parent, &c, text, n);
}

unsigned fria_markdown_clean(struct cmark_node *parent, const char *text,
			     size_t n, int level)
{
	struct cleaning c = {.level = level, .last = level, .report = true};
	return graft(parent, &c, text, n);
}

static void put_plain(fria_buf *out, const char *text, size_t n, plainness how)
{
	struct cleaning c = {.level = 0};
	cmark_node *root = parse_clean(&c, text, n);
	plain_tree(out, root, how);
	cmark_node_free(root);
}

void fria_markdown_plain(fria_buf *out, const char *text, size_t n)
{
	put_plain(out, text, n, READ);
}

void fria_markdown_outline(fria_buf *out, const char *text, size_t n)
{
	put_plain(out, text, n, OUTLINE);
}

void fria_markdown_addresses(fria_strings *out, const char *text, size_t n)
{
	unsigned notes = 0;
	cmark_event_type event;
	cmark_node *root = parse(text, n, false, &notes);
	cmark_iter *iter = cmark_iter_new(root);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event == CMARK_EVENT_ENTER &&
		    (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE))
			fria_strings_add(out, cmark_node_get_url(node));
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}
