/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as text for a terminal: wrapped, indented, and the same without
 * colour, for nothing is told by colour alone. It opens no file and asks
 * nothing of the terminal.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

/* Sections inside each other indent this often. */
#define DEPTH_MAX 3

/* --- running text --- */

/* Marks stand where no colour shows the style. */
static void put_between(struct page *p, cmark_node *node,
			const struct form *form)
{
	bool marks = form->open && !(form->style && p->how->colour);
	if (form->gap)
		fria_lines_gap(&p->lines);
	if (marks)
		fria_wrap_joined(p, form->open);
	fria_wrap_children(p, node, form->style);
	if (marks)
		fria_wrap_joined(p, form->close);
	if (form->ends)
		fria_wrap_end(p);
}

static void put_break(struct page *p, cmark_node *node)
{
	(void)node;
	fria_wrap_text(p, " ");
}

/* Without colour in the marks of git's own word differences; the spaces at its
 * ends stay outside. */
static void put_marked(struct page *p, cmark_node *node)
{
	bool new = fria_tree_mark(node)->kind == KIND_INSERTED;
	cmark_node *child = cmark_node_first_child(node);
	const char *text = child ? cmark_node_get_literal(child) : "";
	size_t lead = strspn(text, " \t\n"), n = strlen(text);
	while (n > lead && strchr(" \t\n", text[n - 1]))
		n--;
	char *inner = fria_strndup(text + lead, n - lead);
	bool marks = !p->how->colour && !p->whole && *inner;
	if (lead)
		fria_wrap_text(p, " ");
	if (marks)
		fria_wrap_joined(p, new ? "{+" : "[-");
	fria_wrap_styled(p, new ? UNDER | GREEN : STRUCK | RED, inner);
	if (marks)
		fria_wrap_joined(p, new ? "+}" : "-]");
	if (text[n])
		fria_wrap_text(p, " ");
	free(inner);
}

/* The address after the text, unless that is the address, or it leads only
 * where there are pages. */
static void put_link(struct page *p, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	fria_walk_into(p, node);
	if (!fria_markdown_url_ok(url) || url[0] == '#' ||
	    fria_tree_says_address(node))
		return;
	fria_wrap_styled(p, DIM, " (");
	fria_wrap_styled(p, DIM, url);
	fria_wrap_styled(p, DIM, ")");
}

static unsigned tone_style(fria_tone tone)
{
	static const unsigned styles[] = {DIM,	  BLUE,	  GREEN,
					  YELLOW, YELLOW, RED};
	return styles[tone];
}

static void put_tone(struct page *p, fria_tone tone)
{
	fria_wrap_joined(p, fria_tone_symbol(tone));
	fria_wrap_joined(p, " ");
}

static void put_badge(struct page *p, cmark_node *node)
{
	fria_tone tone = fria_tree_mark(node)->tone;
	unsigned before = p->style;
	p->style |= tone_style(tone);
	put_tone(p, tone);
	fria_walk_into(p, node);
	p->style = before;
}

/* --- blocks from Markdown --- */

static bool parts_blocks(enum kind kind)
{
	return kind == KIND_PARAGRAPH || kind == KIND_LIST ||
	       kind == KIND_QUOTE || kind == KIND_CODE_BLOCK ||
	       kind == KIND_ANSWER || kind == KIND_DETAILS ||
	       kind == KIND_SECTION;
}

static void put_paragraph(struct page *p, cmark_node *node)
{
	if (parts_blocks(fria_walk_kind(p, cmark_node_previous(node))) &&
	    !fria_tree_is_tight(node))
		fria_lines_gap(&p->lines);
	fria_walk_into(p, node);
	fria_wrap_end(p);
}

/* It stands close under the section before it. */
static bool is_close(const struct mark *section, cmark_node *heading)
{
	cmark_node *before = cmark_node_previous(cmark_node_parent(heading));
	const struct mark *mark = before ? fria_tree_mark(before) : NULL;
	return section && section->close && mark && mark->close;
}

static void put_heading(struct page *p, cmark_node *node)
{
	const struct mark *section = fria_tree_headed(node);
	if ((section && !is_close(section, node)) || cmark_node_previous(node))
		fria_lines_gap(&p->lines);
	if (section && section->title) {
		fria_wrap_styled(p, BOLD, section->title);
		fria_wrap_text(p, " ");
	}
	fria_wrap_children(p, node, BOLD);
	fria_wrap_end(p);
}

static void put_quoted(struct page *p, cmark_node *node)
{
	char *bar = fria_wrap_before(p, DIM, "│ ");
	size_t n = fria_lines_enter(&p->lines, bar, bar);
	fria_walk_into(p, node);
	fria_wrap_leave(p, n);
	free(bar);
}

static bool opens_with_badge(const struct page *p, cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	return paragraph &&
	       fria_walk_kind(p, cmark_node_first_child(paragraph)) ==
		   KIND_BADGE;
}

/* A badge is its own marker. */
static void item_marker(fria_buf *out, const struct page *p, cmark_node *item,
			int place)
{
	cmark_node *list = cmark_node_parent(item);
	int task = fria_tree_task(item);
	if (fria_tree_is_numbered(list))
		fria_buf_printf(out, "%d. ",
				cmark_node_get_list_start(list) + place);
	else if (task >= 0)
		fria_buf_puts(out, task ? "[x] " : "[ ] ");
	else if (!opens_with_badge(p, item))
		fria_buf_puts(out, "- ");
}

static void put_item(struct page *p, cmark_node *item, int place)
{
	fria_buf marker = FRIA_BUF_INIT;
	item_marker(&marker, p, item, place);
	char *hang = fria_format("%*s", marker.n ? (int)marker.n : 2, "");
	size_t n =
	    fria_lines_enter(&p->lines, marker.n ? marker.text : "", hang);
	if (place && !cmark_node_get_list_tight(cmark_node_parent(item)))
		fria_lines_gap(&p->lines);
	fria_walk_into(p, item);
	fria_wrap_leave(p, n);
	fria_buf_dispose(&marker);
	free(hang);
}

static void put_list(struct page *p, cmark_node *node)
{
	int place = 0;
	if (fria_grid_list(p, node))
		return;
	if (fria_walk_kind(p, cmark_node_previous(node)) == KIND_LIST)
		fria_lines_gap(&p->lines);
	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item))
		put_item(p, item, place++);
}

/* Its lines as they stand, however long. */
static void put_code_block(struct page *p, cmark_node *node)
{
	fria_buf safe = FRIA_BUF_INIT;
	fria_put_safe(&safe, cmark_node_get_literal(node));
	size_t n = fria_wrap_indent(p);
	for (const char *at = safe.text; *at;) {
		size_t length = strcspn(at, "\n");
		fria_wrap_open(p);
		for (size_t i = 0; i < length; i++)
			fria_buf_putc(p->walk.out, at[i] == '\t' ? ' ' : at[i]);
		fria_wrap_close(p);
		at += length + (at[length] == '\n');
	}
	fria_wrap_leave(p, n);
	fria_buf_dispose(&safe);
}

static void put_rule(struct page *p, cmark_node *node)
{
	(void)node;
	fria_lines_gap(&p->lines);
	fria_wrap_styled(p, DIM, "────────────────────");
	fria_wrap_end(p);
	fria_lines_gap(&p->lines);
}

/* --- blocks of ours --- */

/* The way to other pages: there are none. */
static void put_nothing(struct page *p, cmark_node *node)
{
	(void)p;
	(void)node;
}

/* The width of the names beside their values; 0 where they do not fit so. */
static size_t names_width(const struct page *p, cmark_node *fields)
{
	size_t widest = 0;
	size_t indent = fria_wrap_seen(p->lines.before.text, p->lines.before.n);
	for (cmark_node *at = cmark_node_first_child(fields); at;
	     at = cmark_node_next(at)) {
		size_t n = fria_wrap_width(fria_tree_mark(at)->title) + 1;
		widest = n > widest ? n : widest;
	}
	return !p->how->unbroken && indent + 3 * widest <= p->width ? widest
								    : 0;
}

/* Behind a section they begin anew. */
static void put_fields(struct page *p, cmark_node *node)
{
	enum kind before = fria_walk_kind(p, cmark_node_previous(node));
	if (before == KIND_SECTION || before == KIND_QUESTION)
		fria_lines_gap(&p->lines);
	p->names = names_width(p, node);
	fria_walk_into(p, node);
}

static void put_field(struct page *p, cmark_node *node)
{
	const char *name = fria_tree_mark(node)->title;
	char *before = fria_format(*name ? "%s:" : "%s", name);
	if (!p->names) {
		size_t n = fria_lines_enter(&p->lines, "", "  ");
		fria_wrap_styled(p, DIM, before);
		fria_wrap_text(p, *name ? " " : "");
		fria_walk_into(p, node);
		fria_wrap_leave(p, n);
	} else {
		char *quiet = fria_wrap_before(p, DIM, before);
		int width = (int)p->names + 1;
		int rest = width - (int)fria_wrap_width(name) - 1;
		char *first = fria_format("%s%*s", quiet, rest, "");
		char *hang = fria_format("%*s", width, "");
		size_t n = fria_lines_enter(&p->lines, first, hang);
		fria_walk_into(p, node);
		fria_wrap_leave(p, n);
		free(first);
		free(hang);
		free(quiet);
	}
	free(before);
}

static void put_section(struct page *p, cmark_node *node)
{
	cmark_node *heading = cmark_node_first_child(node);
	bool chapter = fria_tree_mark(node)->flag;
	bool deep = chapter || p->depth >= DEPTH_MAX;
	fria_walk(p, heading);
	size_t n =
	    fria_lines_enter(&p->lines, deep ? "" : "  ", deep ? "" : "  ");
	p->depth += !chapter;
	fria_walk_from(p, cmark_node_next(heading));
	p->depth -= !chapter;
	fria_wrap_leave(p, n);
}

static bool is_bare_note(const struct page *p, cmark_node *node)
{
	return fria_walk_kind(p, node) == KIND_NOTE &&
	       !cmark_node_first_child(node);
}

static void put_note(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *before = cmark_node_previous(node);
	cmark_node *after = cmark_node_next(node);
	unsigned style = p->style;
	size_t width = p->width;
	if (!before || !is_bare_note(p, node) ||
	    (!is_bare_note(p, before) &&
	     fria_walk_kind(p, before) != KIND_META))
		fria_lines_gap(&p->lines);
	size_t n = fria_lines_enter(&p->lines, "", "  ");
	p->style |= tone_style(mark->tone) | BOLD;
	p->width = mark->flag && p->how->piped ? SIZE_MAX / 2 : width;
	put_tone(p, mark->tone);
	fria_wrap_text(p, mark->title);
	p->style = style;
	fria_wrap_end(p);
	p->width = width;
	fria_walk_into(p, node);
	fria_wrap_leave(p, n);
	if (!after || !is_bare_note(p, node) || !is_bare_note(p, after))
		fria_lines_gap(&p->lines);
}

/* The text of a moment, in a style if there is one. */
static void put_side(struct page *p, struct moment moment, unsigned style)
{
	fria_wrap_styled(p, moment.nothing ? DIM : style, moment.text);
}

/* In one line, if it fits there. */
static bool is_brief(const struct page *p, const struct mark *m)
{
	size_t sum =
	    fria_wrap_seen(p->lines.before.text, p->lines.before.n) + 24;
	sum += fria_wrap_width(m->title);
	sum += fria_wrap_width(m->before);
	sum += fria_wrap_width(m->after);
	return sum <= p->width && !strchr(m->before, '\n') &&
	       !strchr(m->after, '\n');
}

static void put_moment(struct page *p, struct moment moment, unsigned style)
{
	size_t n = fria_wrap_indent(p);
	fria_wrap_text(p, moment.label);
	fria_wrap_text(p, ": ");
	put_side(p, moment, style);
	fria_wrap_leave(p, n);
}

static void put_change(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	fria_lang lang = p->walk.document->lang;
	struct moment was = fria_tree_moment(node, false, lang);
	struct moment now = fria_tree_moment(node, true, lang);
	fria_wrap_styled(p, BOLD, mark->title);
	if (is_brief(p, mark)) {
		fria_wrap_text(p, ": ");
		put_side(p, was, STRUCK | RED);
		fria_wrap_text(p, " → ");
		put_side(p, now, UNDER | GREEN);
		fria_wrap_end(p);
		return;
	}
	fria_wrap_end(p);
	put_moment(p, was, RED);
	put_moment(p, now, GREEN);
}

static void put_passage(struct page *p, cmark_node *node)
{
	static const struct {
		const char *mark;
		unsigned style;
	} kinds[] = {{"  ", DIM},    {"  ", 0},	  {"- ", RED},	{"+ ", GREEN},
		     {"~ ", YELLOW}, {"- ", RED}, {"+ ", GREEN}};
	fria_passage_kind kind = fria_tree_mark(node)->passage;
	char *first = fria_wrap_before(p, kinds[kind].style, kinds[kind].mark);
	size_t n = fria_lines_enter(&p->lines, first, "  ");
	p->whole = kind != FRIA_PASSAGE_CHANGED;
	fria_wrap_children(p, node, kind == FRIA_PASSAGE_FOLDED ? DIM : 0);
	p->whole = false;
	fria_wrap_leave(p, n);
	free(first);
}

static void put_details(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	bool briefly = mark->before && p->how->piped;
	bool open = (mark->flag && !briefly) || p->how->whole;
	if (!open && mark->aside)
		return;
	size_t hang = fria_lines_enter(&p->lines, "", "  ");
	fria_wrap_styled(p, DIM, open ? "▾ " : "▸ ");
	fria_wrap_styled(p, DIM, mark->title);
	if (!open && briefly) {
		fria_wrap_styled(p, DIM, ": ");
		fria_wrap_styled(p, DIM, mark->before);
	}
	if (!open && p->how->unfold) {
		fria_wrap_styled(p, DIM, " (");
		fria_wrap_styled(p, DIM, p->how->unfold);
		fria_wrap_styled(p, DIM, ")");
	}
	fria_wrap_leave(p, hang);
	if (!open)
		return;
	size_t n = fria_wrap_indent(p);
	fria_walk_into(p, node);
	fria_wrap_leave(p, n);
}

/* The picture is not shown; what it says is. */
static void put_figure(struct page *p, cmark_node *node)
{
	fria_lines_gap(&p->lines);
	fria_wrap_styled(p, BOLD, fria_tree_mark(node)->title);
	fria_wrap_end(p);
	size_t n = fria_wrap_indent(p);
	fria_walk_into(p, node);
	fria_wrap_leave(p, n);
	fria_lines_gap(&p->lines);
}

static const struct rendering terminal = {
    .text = fria_wrap_text,
    .between = put_between,
    .forms =
	{
	    [KIND_BREAK] = {.write = put_break},
	    [KIND_LINE] = {.ends = true},
	    [KIND_CODE] = {.open = "`", .close = "`"},
	    [KIND_EMPH] = {.style = ITALIC},
	    [KIND_STRONG] = {.style = BOLD},
	    [KIND_STRIKE] = {.open = "~~", .close = "~~", .style = STRUCK},
	    [KIND_LINK] = {.write = put_link},
	    [KIND_PARAGRAPH] = {.write = put_paragraph},
	    [KIND_HEADING] = {.write = put_heading},
	    [KIND_QUOTE] = {.write = put_quoted},
	    [KIND_LIST] = {.write = put_list},
	    [KIND_CODE_BLOCK] = {.write = put_code_block},
	    [KIND_RULE] = {.write = put_rule},
	    [KIND_TABLE] = {.write = fria_grid_table},
	    [KIND_HEAD] = {.gap = true},
	    [KIND_LINKS] = {.write = put_nothing},
	    [KIND_SUBTITLE] = {.style = DIM, .ends = true},
	    [KIND_KEYS] = {.write = put_fields},
	    [KIND_CONTENTS] = {.write = put_nothing},
	    [KIND_BODY] = {.gap = true},
	    [KIND_FOOT] = {.style = DIM, .gap = true},
	    [KIND_SECTION] = {.write = put_section},
	    [KIND_QUESTION] = {.write = put_section},
	    [KIND_META] = {.style = DIM, .ends = true},
	    [KIND_FIELDS] = {.write = put_fields},
	    [KIND_FIELD] = {.write = put_field},
	    [KIND_NOTE] = {.write = put_note},
	    [KIND_CHANGE] = {.write = put_change},
	    [KIND_PASSAGE] = {.write = put_passage},
	    [KIND_DETAILS] = {.write = put_details},
	    [KIND_ANSWER] = {.write = put_quoted},
	    [KIND_FIGURE] = {.write = put_figure},
	    [KIND_BADGE] = {.write = put_badge},
	    [KIND_INSERTED] = {.write = put_marked},
	    [KIND_DELETED] = {.write = put_marked},
	    [KIND_LEFT_OUT] = {.style = DIM},
	    [KIND_MENTIONED] = {.open = "«",
				.close = "»",
				.style = BOLD | YELLOW},
	},
};

void fria_fragment_terminal(fria_buf *out, fria_node *node,
			    const fria_terminal *how)
{
	size_t width = how->width ? how->width : LINE_MAX_WIDTH;
	struct page p = {.walk = {&terminal, out, fria_tree_settled(node)},
			 .lines = {.out = out,
				   .before = FRIA_BUF_INIT,
				   .first = FRIA_BUF_INIT},
			 .how = how,
			 .word = FRIA_BUF_INIT,
			 .width = how->unbroken		   ? SIZE_MAX / 2
				  : width < WIDTH_MIN	   ? WIDTH_MIN
				  : width > LINE_MAX_WIDTH ? LINE_MAX_WIDTH
							   : width};
	fria_walk(&p, node);
	fria_wrap_end(&p);
	fria_lines_dispose(&p.lines);
	fria_buf_dispose(&p.word);
}

void fria_document_terminal(fria_buf *out, const fria_document *document,
			    const fria_terminal *how)
{
	fria_fragment_terminal(out, document->root, how);
}
