/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as Markdown that reads well on a git forge and in a plain
 * editor. Everything quoted stands in a block quote, so that no line of it
 * begins a block of ours; everything of ours that Markdown has no form for
 * (anchors) is written raw here and nowhere else.
 */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "../data/markdown.h"

struct page {
	struct walk walk;
	struct lines lines;
	bool line_start; /* what comes next could open a block */
	bool trim;	 /* the space that comes next is left out */
};

/* --- lines --- */

static void put(struct page *p, const char *markup)
{
	fria_buf_puts(p->walk.out, markup);
	p->line_start = p->trim = false;
}

static void put_text(struct page *p, const char *text)
{
	size_t n = p->walk.out->n;
	if (p->trim)
		text += strspn(text, " \t\n");
	fria_markdown_escape_part(p->walk.out, text, p->line_start);
	if (p->walk.out->n > n)
		p->line_start = p->trim = false;
}

static void open_line(struct page *p)
{
	fria_lines_open(&p->lines);
	p->line_start = true;
}

static void end_line(struct page *p)
{
	fria_buf_putc(p->walk.out, '\n');
	p->line_start = true;
}

/* The last line of a block that has space around it, also in a list. */
static void end_block(struct page *p)
{
	end_line(p);
	fria_lines_gap(&p->lines);
}

static void end_tightly(struct page *p, cmark_node *node)
{
	end_line(p);
	if (!fria_tree_is_tight(node))
		fria_lines_gap(&p->lines);
}

/* --- running text --- */

static void put_break(struct page *p, cmark_node *node)
{
	if (fria_walk_is_inside(p, node, KIND_HEADING)) {
		put(p, " ");
		return;
	}
	end_line(p);
	open_line(p);
}

/* Is nothing of the block seen after this? */
static bool ends_block(struct page *p, cmark_node *node)
{
	while ((node = cmark_node_next(node))) {
		enum kind kind = fria_walk_kind(p, node);
		const char *text =
		    kind == KIND_TEXT ? cmark_node_get_literal(node) : "";
		if ((kind != KIND_TEXT && kind != KIND_LINE) ||
		    text[strspn(text, " \t")])
			return false;
	}
	return true;
}

/* At the end of a block a backslash would stand for itself. */
static void put_line(struct page *p, cmark_node *node)
{
	if (ends_block(p, node))
		return;
	if (!fria_walk_is_inside(p, node, KIND_HEADING))
		put(p, "\\");
	put_break(p, node);
}

/* The longest run of backticks in a text. */
static size_t longest_run(const char *text)
{
	size_t longest = 0;
	while (*text) {
		size_t n = strspn(text, "`");
		if (n > longest)
			longest = n;
		text += n + strcspn(text + n, "`");
	}
	return longest;
}

static void put_ticks(struct page *p, size_t n)
{
	while (n--)
		put(p, "`");
}

/* A bar ends a cell even inside code, unless a backslash precedes it. */
static void put_code_text(struct page *p, cmark_node *node)
{
	const char *code = cmark_node_get_literal(node);
	bool cell =
	    strchr(code, '|') && fria_walk_is_inside(p, node, KIND_CELL);
	for (; *code; code++) {
		if (cell && *code == '|')
			fria_buf_putc(p->walk.out, '\\');
		fria_buf_putc(p->walk.out, *code);
	}
}

static void put_code(struct page *p, cmark_node *node)
{
	const char *code = cmark_node_get_literal(node);
	size_t ticks = longest_run(code) + 1, n = strlen(code);
	bool pad = code[0] == '`' || code[n - 1] == '`' ||
		   (code[0] == ' ' && code[n - 1] == ' ');
	put_ticks(p, ticks);
	put(p, pad ? " " : "");
	put_code_text(p, node);
	put(p, pad ? " " : "");
	put_ticks(p, ticks);
}

/*
 * Emphasis opens and closes beside a word: the spaces at its ends are left
 * out, for "* a*" would be an item where a line begins.
 */
static void put_around(struct page *p, cmark_node *node, const char *mark)
{
	put(p, mark);
	p->trim = true;
	fria_walk_into(p, node);
	size_t spaces = fria_lines_trim(p->walk.out);
	put(p, mark);
	while (spaces--)
		put(p, " ");
}

/* "**" straight inside "*" would read as another nesting: take "_". */
static void put_emph(struct page *p, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	bool inside = cmark_node_get_type(parent) == CMARK_NODE_EMPH ||
		      cmark_node_get_type(parent) == CMARK_NODE_STRONG;
	put_around(p, node, inside ? "_" : "*");
}

static void put_strong(struct page *p, cmark_node *node)
{
	cmark_node *parent = cmark_node_parent(node);
	bool inside = cmark_node_get_type(parent) == CMARK_NODE_STRONG;
	if (inside)
		fria_walk_into(p, node);
	else
		put_around(p, node, "**");
}

static void put_strike(struct page *p, cmark_node *node)
{
	put_around(p, node, "~~");
}

/* Its brackets tell it from what an answer sets in bold itself. */
static void put_mentioned(struct page *p, cmark_node *node)
{
	put(p, "«");
	put_strong(p, node);
	put(p, "»");
}

/* The only text of a node, or NULL. */
static const char *lone_text(cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);
	return child && !cmark_node_next(child) &&
		       cmark_node_get_type(child) == CMARK_NODE_TEXT
		   ? cmark_node_get_literal(child)
		   : NULL;
}

static void put_link(struct page *p, cmark_node *node)
{
	const char *url = cmark_node_get_url(node), *text = lone_text(node);
	put(p, "");
	bool mail = text && !strncmp(url, "mailto:", 7);
	if (text && !strcmp(mail ? url + 7 : url, text)) {
		fria_markdown_link(p->walk.out, url, text,
				   fria_walk_is_inside(p, node, KIND_CELL));
		return;
	}
	put(p, "[");
	fria_walk_into(p, node);
	put(p, "](");
	fria_tree_url(p->walk.out, url);
	put(p, ")");
}

static void put_bold(struct page *p, const char *symbol, const char *text)
{
	put(p, "**");
	put(p, symbol);
	put(p, *symbol ? " " : "");
	p->trim = true;
	put_text(p, text);
	put(p, "**");
}

static void put_badge(struct page *p, cmark_node *node)
{
	put(p, "**");
	put(p, fria_tone_symbol(fria_tree_mark(node)->tone));
	put(p, " ");
	fria_walk_into(p, node);
	put(p, "**");
}

/* --- blocks from Markdown --- */

static void put_paragraph(struct page *p, cmark_node *node)
{
	open_line(p);
	fria_walk_into(p, node);
	end_tightly(p, node);
}

/* That of a section after its anchor and with its number. */
static void put_heading(struct page *p, cmark_node *node)
{
	const struct mark *section = fria_tree_headed(node);
	if (section) {
		open_line(p);
		fria_buf_printf(p->walk.out, "<a id=\"%s\"></a>",
				section->anchor);
		end_block(p);
	}

	open_line(p);
	for (int level = cmark_node_get_heading_level(node); level; level--)
		put(p, "#");
	put(p, " ");
	p->trim = true;
	if (section && section->title) {
		put_text(p, section->title);
		put(p, " ");
	}
	fria_walk_into(p, node);
	end_block(p);
}

static void put_quoted(struct page *p, cmark_node *node)
{
	size_t n = fria_lines_enter(&p->lines, "> ", "> ");
	fria_walk_into(p, node);
	fria_lines_leave(&p->lines, n);
	fria_lines_gap(&p->lines);
}

static bool same_list(cmark_node *a, cmark_node *b)
{
	return a && b && cmark_node_get_type(a) == CMARK_NODE_LIST &&
	       cmark_node_get_list_type(a) == cmark_node_get_list_type(b);
}

/* Two lists in a row would read as one: every other has another marker. */
static bool other_marker(cmark_node *list)
{
	bool other = false;
	for (cmark_node *at = cmark_node_previous(list); same_list(at, list);
	     at = cmark_node_previous(at))
		other = !other;
	return other;
}

static void item_marker(fria_buf *out, cmark_node *item, int place)
{
	cmark_node *list = cmark_node_parent(item);
	bool other = other_marker(list);
	int number = cmark_node_get_list_start(list);
	if (!fria_tree_is_numbered(list)) {
		fria_buf_puts(out, other ? "+ " : "- ");
		return;
	}
	number = number > 999000000 ? 999999999 : number + place;
	fria_buf_printf(out, "%d%s ", number, other ? ")" : ".");
}

static void put_item(struct page *p, cmark_node *item, int place)
{
	fria_buf marker = FRIA_BUF_INIT;
	int task = fria_tree_task(item);
	item_marker(&marker, item, place);
	char *hang = fria_format("%*s", (int)marker.n, "");
	if (task >= 0)
		fria_buf_puts(&marker, task ? "[x] " : "[ ] ");
	size_t n = fria_lines_enter(&p->lines, marker.text, hang);
	fria_walk_into(p, item);
	fria_lines_leave(&p->lines, n);
	p->lines.gap = false;
	if (!cmark_node_get_list_tight(cmark_node_parent(item)))
		fria_lines_gap(&p->lines);
	fria_buf_dispose(&marker);
	free(hang);
}

static void put_list(struct page *p, cmark_node *node)
{
	int place = 0;
	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item))
		put_item(p, item, place++);
	p->lines.gap = false;
	if (!fria_tree_is_tight(node))
		fria_lines_gap(&p->lines);
}

static void put_code_block(struct page *p, cmark_node *node)
{
	const char *at = cmark_node_get_literal(node);
	size_t ticks = longest_run(at) + 1;
	if (ticks < 3)
		ticks = 3;
	open_line(p);
	put_ticks(p, ticks);
	end_line(p);
	while (*at) {
		size_t n = strcspn(at, "\n");
		open_line(p);
		fria_buf_put(p->walk.out, at, n);
		end_line(p);
		at += n + (at[n] == '\n');
	}
	open_line(p);
	put_ticks(p, ticks);
	end_tightly(p, node);
}

/* Not "---", which is an item in a list and a heading under a paragraph. */
static void put_rule(struct page *p, cmark_node *node)
{
	open_line(p);
	put(p, "___");
	end_tightly(p, node);
}

/* --- tables --- */

static void put_caption(struct page *p, const char *caption)
{
	open_line(p);
	put_bold(p, "", caption);
	end_block(p);
}

static void put_table(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	if (mark && mark->title)
		put_caption(p, mark->title);
	fria_walk_into(p, node);
	fria_lines_gap(&p->lines);
}

static void put_cell(struct page *p, cmark_node *node)
{
	put(p, " ");
	fria_walk_into(p, node);
	put(p, " |");
}

static void put_row(struct page *p, cmark_node *node)
{
	open_line(p);
	put(p, "|");
	fria_walk_into(p, node);
	end_line(p);
	if (!fria_tree_is_head_row(node))
		return;
	open_line(p);
	put(p, "|");
	for (cmark_node *cell = cmark_node_first_child(node); cell;
	     cell = cmark_node_next(cell)) {
		char align = fria_tree_align(cell);
		put(p, align == 'r'   ? " ---: |"
		       : align == 'c' ? " :---: |"
				      : " --- |");
	}
	end_line(p);
}

/* --- blocks of ours --- */

static void put_field(struct page *p, cmark_node *node)
{
	size_t n = fria_lines_enter(&p->lines, "- ", "  ");
	open_line(p);
	put_bold(p, "", fria_tree_mark(node)->title);
	put(p, ": ");
	fria_walk_into(p, node);
	end_line(p);
	fria_lines_leave(&p->lines, n);
}

static void put_fields(struct page *p, cmark_node *node)
{
	fria_walk_into(p, node);
	fria_lines_gap(&p->lines);
}

static void put_note(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	size_t n = fria_lines_enter(&p->lines, "> ", "> ");
	open_line(p);
	put_bold(p, fria_tone_symbol(mark->tone), mark->title);
	end_block(p);
	fria_walk_into(p, node);
	fria_lines_leave(&p->lines, n);
	fria_lines_gap(&p->lines);
}

static void put_moment(struct page *p, cmark_node *change, bool now)
{
	struct moment moment =
	    fria_tree_moment(change, now, p->walk.document->lang);
	const char *mark = moment.nothing ? "*" : "";
	open_line(p);
	put(p, "  - ");
	put_text(p, moment.label);
	put(p, ": ");
	put(p, mark);
	fria_markdown_escape_linked(p->walk.out, moment.text, false);
	put(p, mark);
	end_line(p);
}

static void put_change(struct page *p, cmark_node *node)
{
	if (fria_walk_kind(p, cmark_node_previous(node)) == KIND_CHANGE)
		p->lines.gap = false;
	open_line(p);
	put(p, "- ");
	put_bold(p, "", fria_tree_mark(node)->title);
	end_line(p);
	put_moment(p, node, false);
	put_moment(p, node, true);
	fria_lines_gap(&p->lines);
}

static void put_passage(struct page *p, cmark_node *node)
{
	size_t n = fria_lines_enter(&p->lines, "> ", "> ");
	put_paragraph(p, node);
	fria_lines_leave(&p->lines, n);
	fria_lines_gap(&p->lines);
}

static void put_details(struct page *p, cmark_node *node)
{
	put_caption(p, fria_tree_mark(node)->title);
	fria_walk_into(p, node);
}

static size_t picture_number(const fria_document *d, const cmark_node *node)
{
	for (size_t i = 0; i < d->pictures.n; i++)
		if (d->pictures.items[i] == node)
			return i + 1;
	return 0;
}

static void put_figure(struct page *p, cmark_node *node)
{
	const char *stem = p->walk.document->stem;
	const char *title = fria_tree_mark(node)->title;
	size_t number = picture_number(p->walk.document, node);
	if (stem && number) {
		open_line(p);
		put(p, "![");
		fria_markdown_escape(p->walk.out, title);
		fria_buf_printf(p->walk.out, "](%s-%zu.svg)", stem, number);
		end_block(p);
	} else {
		put_caption(p, title);
	}
	fria_walk_into(p, node);
}

/* --- table of contents and page --- */

static void put_contents(struct page *p, cmark_node *node)
{
	(void)node;
	put_caption(
	    p, fria_word_text(FRIA_W_report_contents, p->walk.document->lang));
	fria_walk_contents(p);
}

static void put_foot(struct page *p, cmark_node *node)
{
	put_rule(p, node);
	fria_walk_into(p, node);
}

static const struct rendering markdown = {
    .text = put_text,
    .forms =
	{
	    [KIND_BREAK] = {.write = put_break},
	    [KIND_LINE] = {.write = put_line},
	    [KIND_CODE] = {.write = put_code},
	    [KIND_EMPH] = {.write = put_emph},
	    [KIND_STRONG] = {.write = put_strong},
	    [KIND_STRIKE] = {.write = put_strike},
	    [KIND_LINK] = {.write = put_link},
	    [KIND_PARAGRAPH] = {.write = put_paragraph},
	    [KIND_HEADING] = {.write = put_heading},
	    [KIND_QUOTE] = {.write = put_quoted},
	    [KIND_LIST] = {.write = put_list},
	    [KIND_CODE_BLOCK] = {.write = put_code_block},
	    [KIND_RULE] = {.write = put_rule},
	    [KIND_TABLE] = {.write = put_table},
	    [KIND_ROW] = {.write = put_row},
	    [KIND_CELL] = {.write = put_cell},
	    [KIND_LINKS] = {.write = put_paragraph},
	    [KIND_SUBTITLE] = {.write = put_paragraph},
	    [KIND_KEYS] = {.write = put_fields},
	    [KIND_CONTENTS] = {.write = put_contents},
	    [KIND_FOOT] = {.write = put_foot},
	    [KIND_META] = {.write = put_paragraph},
	    [KIND_FIELDS] = {.write = put_fields},
	    [KIND_FIELD] = {.write = put_field},
	    [KIND_NOTE] = {.write = put_note},
	    [KIND_CHANGE] = {.write = put_change},
	    [KIND_PASSAGE] = {.write = put_passage},
	    [KIND_DETAILS] = {.write = put_details},
	    [KIND_ANSWER] = {.write = put_quoted},
	    [KIND_FIGURE] = {.write = put_figure},
	    [KIND_BADGE] = {.write = put_badge},
	    [KIND_INSERTED] = {.write = put_strong},
	    [KIND_DELETED] = {.write = put_strike},
	    [KIND_LEFT_OUT] = {.write = put_emph},
	    [KIND_MENTIONED] = {.write = put_mentioned},
	},
};

void fria_fragment_markdown(fria_buf *out, fria_node *node)
{
	struct page p = {.walk = {&markdown, out, fria_tree_settled(node)},
			 .lines = {.out = out,
				   .before = FRIA_BUF_INIT,
				   .first = FRIA_BUF_INIT}};
	fria_walk(&p, node);
	fria_lines_dispose(&p.lines);
}

void fria_document_markdown(fria_buf *out, const fria_document *document)
{
	fria_fragment_markdown(out, document->root);
}

const char *fria_tone_symbol(fria_tone tone)
{
	static const char *const symbols[] = {"–", "○", "✓", "↻", "?", "■"};
	return symbols[tone];
}
