/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document as text for a terminal: wrapped, indented, and the same without
 * colour, for nothing is told by colour alone. Tables that do not fit become
 * fields. It opens no file and asks nothing of the terminal.
 */
#include "tree.h"

#include <stdlib.h>
#include <string.h>

/* Longer lines of running text are hard to read. */
#define LINE_MAX_WIDTH 80
#define WIDTH_MIN 20
/* Sections inside each other indent this often. */
#define DEPTH_MAX 3
/* A cell of more lines than this is read more easily outside its table. */
#define CELL_LINES 6
/* A word in a cell is broken only if it is longer. */
#define CELL_WORD 24
/* More items than this stand in two columns of this width. */
#define TALL 10
#define COLUMN 38
/* Cells up to this width stand behind each other where a row is no row. */
#define CELL_SHORT 30

/* How text looks, where there is colour: any of these, and one colour. */
enum {
	BOLD = 1,
	DIM = 2,
	ITALIC = 4,
	UNDER = 8,
	STRUCK = 16,
	RED = 31 << 8,
	GREEN = 32 << 8,
	YELLOW = 33 << 8,
	BLUE = 34 << 8
};

struct page {
	fria_buf *out;
	const fria_document *document;
	const fria_terminal *how;
	size_t width;	 /* of a line, with its prefix */
	unsigned style;	 /* of what is put */
	unsigned shown;	 /* what the line has on */
	fria_buf prefix; /* of every line: bars and indents */
	fria_buf first;	 /* of the next line only, where it opens an item */
	bool opens;	 /* it does */
	size_t column;	 /* how far the line is */
	bool open;	 /* a line is */
	bool filled;	 /* more than its prefix stands in it */
	bool space;	 /* one comes before the next word */
	fria_buf word;	 /* what has no space after it yet */
	size_t word_width;
	unsigned word_first, word_last; /* styles that it opens and ends in */
	bool any;			/* lines were put */
	bool gap;     /* a blank line comes before the next, */
	size_t gap_n; /* with as much of the prefix */
	bool tight;   /* items are */
	bool whole;   /* a passage that is gone or new as a whole */
	bool cell;    /* of a table: a long word is broken */
	int depth;    /* of sections */
};

/* --- lines --- */

static void put_codes(fria_buf *out, unsigned from, unsigned to)
{
	static const unsigned flags[] = {BOLD, DIM, ITALIC, UNDER, STRUCK};
	static const char codes[] = "12349";
	const char *between = "\033[";
	if (from)
		fria_buf_puts(out, "\033[0m");
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (to & flags[i]) {
			fria_buf_printf(out, "%s%c", between, codes[i]);
			between = ";";
		}
	if (to >> 8)
		fria_buf_printf(out, "%s%u", between, to >> 8);
	if (to)
		fria_buf_putc(out, 'm');
}

static void set_style(struct page *p, unsigned style)
{
	if (p->how->colour && p->shown != style)
		put_codes(p->out, p->shown, style);
	p->shown = style;
}

/* What is seen of a line of ours: its columns, without the styles. */
static size_t seen(const char *text, size_t n)
{
	size_t width = 0;
	for (size_t i = 0; i < n;) {
		size_t plain = 0;
		if (text[i] == '\033') {
			while (i < n && text[i++] != 'm')
				;
			continue;
		}
		while (i + plain < n && text[i + plain] != '\033')
			plain++;
		width += fria_utf8_width(text + i, plain);
		i += plain;
	}
	return width;
}

static size_t without_space(const fria_buf *buf)
{
	size_t n = buf->n;
	while (n && buf->text[n - 1] == ' ')
		n--;
	return n;
}

static void cut(fria_buf *buf, size_t n)
{
	buf->n = n;
	if (buf->room)
		buf->text[n] = '\0';
}

/* Before what stands in a quote the line is blank, bar and all. */
static void want_gap(struct page *p)
{
	p->gap_n = p->gap && p->gap_n < p->prefix.n ? p->gap_n : p->prefix.n;
	p->gap = true;
}

static void put_gap(struct page *p)
{
	size_t n = p->gap_n < p->prefix.n ? p->gap_n : p->prefix.n;
	while (n && p->prefix.text[n - 1] == ' ')
		n--;
	if (p->gap && p->any) {
		fria_buf_put(p->out, p->prefix.text, n);
		fria_buf_putc(p->out, '\n');
	}
	p->gap = false;
}

static void open_line(struct page *p)
{
	fria_buf *prefix = p->opens ? &p->first : &p->prefix;
	if (p->open)
		return;
	put_gap(p);
	fria_buf_put(p->out, prefix->text, prefix->n);
	p->column = seen(prefix->text, prefix->n);
	fria_buf_clear(&p->first);
	p->opens = false;
	p->open = p->any = true;
	p->filled = p->space = false;
}

static void close_line(struct page *p)
{
	set_style(p, 0);
	if (p->open)
		fria_buf_putc(p->out, '\n');
	p->open = p->space = false;
}

static void put_space(struct page *p, unsigned before)
{
	if (p->shown != before)
		set_style(p, 0);
	fria_buf_putc(p->out, ' ');
	p->column++;
}

static void flush_word(struct page *p)
{
	if (!p->word.n)
		return;
	bool space = p->open && p->filled && p->space;
	if (space && p->column + 1 + p->word_width > p->width) {
		close_line(p);
		space = false;
	}
	open_line(p);
	if (space)
		put_space(p, p->word_first);
	set_style(p, p->word_first);
	fria_buf_put(p->out, p->word.text, p->word.n);
	p->shown = p->word_last;
	p->column += p->word_width;
	p->filled = true;
	p->space = false;
	fria_buf_clear(&p->word);
	p->word_width = 0;
}

static void end_line(struct page *p)
{
	flush_word(p);
	close_line(p);
}

/* A character that stays beside the one before, a space too. */
static void put_character(struct page *p, const char *text, size_t n)
{
	size_t width = fria_utf8_width(text, n);
	if (p->cell && p->word_width + width > p->width) {
		p->space = p->space || p->filled;
		flush_word(p);
		close_line(p);
	}
	if (!p->word.n)
		p->word_first = p->word_last = p->style;
	else if (p->word_last != p->style && p->how->colour)
		put_codes(&p->word, p->word_last, p->style);
	p->word_last = p->style;
	fria_buf_put(&p->word, text, n);
	p->word_width += width;
}

static void put_joined(struct page *p, const char *text)
{
	size_t n = strlen(text), length;
	uint32_t c;
	for (size_t i = 0; i < n; i += length) {
		length = fria_utf8_next(&c, text + i, n - i);
		put_character(p, text + i, length);
	}
}

/* Running text; white space of any kind is where a line may end. */
static void put_text(struct page *p, const char *text)
{
	fria_buf safe = FRIA_BUF_INIT;
	size_t length;
	uint32_t c;
	fria_put_safe(&safe, text);
	for (size_t i = 0; i < safe.n; i += length) {
		length = fria_utf8_next(&c, safe.text + i, safe.n - i);
		if (c != ' ' && c != '\t' && c != '\n') {
			put_character(p, safe.text + i, length);
			continue;
		}
		flush_word(p);
		p->space = true;
	}
	fria_buf_dispose(&safe);
}

static void put_styled(struct page *p, unsigned style, const char *text)
{
	unsigned before = p->style;
	p->style |= style;
	put_text(p, text);
	p->style = before;
}

static void put_word(struct page *p, fria_word word)
{
	put_text(p, fria_word_text(word, p->document->lang));
}

/* What follows stands behind this, until close_prefix(). */
static size_t open_prefix(struct page *p, const char *first, const char *more)
{
	size_t n = p->prefix.n;
	if (!p->opens && strcmp(first, more) != 0) {
		fria_buf_put(&p->first, p->prefix.text, p->prefix.n);
		p->opens = true;
	}
	if (p->opens)
		fria_buf_puts(&p->first, first);
	fria_buf_puts(&p->prefix, more);
	return n;
}

/* What never got a line of its own (an empty item) gets it now. */
static void close_prefix(struct page *p, size_t n)
{
	end_line(p);
	if (p->opens) {
		cut(&p->first, without_space(&p->first));
		open_line(p);
		close_line(p);
	}
	cut(&p->prefix, n);
}

static size_t open_indent(struct page *p)
{
	return open_prefix(p, "  ", "  ");
}

/* A prefix in a style, closed. New. */
static char *styled(const struct page *p, unsigned style, const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	if (p->how->colour)
		put_codes(&out, 0, style);
	fria_put_safe(&out, text);
	if (p->how->colour)
		put_codes(&out, style, 0);
	return fria_buf_detach(&out);
}

/* --- running text --- */

static void put_node(struct page *p, cmark_node *node);

static enum kind kind_of(const struct page *p, cmark_node *node)
{
	return node ? fria_tree_kind(&p->document->types, node) : KIND_DOCUMENT;
}

static void put_children(struct page *p, cmark_node *node)
{
	for (cmark_node *at = cmark_node_first_child(node); at;
	     at = cmark_node_next(at))
		put_node(p, at);
}

static void put_children_as(struct page *p, cmark_node *node, unsigned style)
{
	unsigned before = p->style;
	p->style |= style;
	put_children(p, node);
	p->style = before;
}

static void put_literal(struct page *p, cmark_node *node)
{
	put_text(p, cmark_node_get_literal(node));
}

static void put_break(struct page *p, cmark_node *node)
{
	(void)node;
	put_text(p, " ");
}

static void put_line(struct page *p, cmark_node *node)
{
	(void)node;
	end_line(p);
}

static void put_code(struct page *p, cmark_node *node)
{
	put_joined(p, "`");
	put_literal(p, node);
	put_joined(p, "`");
}

static void put_emph(struct page *p, cmark_node *node)
{
	put_children_as(p, node, ITALIC);
}

static void put_strong(struct page *p, cmark_node *node)
{
	put_children_as(p, node, BOLD);
}

static void put_strike(struct page *p, cmark_node *node)
{
	const char *mark = p->how->colour ? "" : "~~";
	put_joined(p, mark);
	put_children_as(p, node, STRUCK);
	put_joined(p, mark);
}

/* Without colour in the marks of git's own word differences; the spaces at its
 * ends stay outside. */
static void put_marked(struct page *p, cmark_node *node, const char *open,
		       const char *close, unsigned style)
{
	bool marks = !p->how->colour && !p->whole;
	cmark_node *child = cmark_node_first_child(node);
	const char *text = child ? cmark_node_get_literal(child) : "";
	size_t lead = strspn(text, " \t\n"), n = strlen(text);
	while (n > lead && strchr(" \t\n", text[n - 1]))
		n--;
	char *inner = fria_strndup(text + lead, n - lead);
	if (lead)
		put_text(p, " ");
	put_joined(p, marks && *inner ? open : "");
	put_styled(p, style, inner);
	put_joined(p, marks && *inner ? close : "");
	if (text[n])
		put_text(p, " ");
	free(inner);
}

static void put_inserted(struct page *p, cmark_node *node)
{
	put_marked(p, node, "{+", "+}", UNDER | GREEN);
}

static void put_deleted(struct page *p, cmark_node *node)
{
	put_marked(p, node, "[-", "-]", STRUCK | RED);
}

static void put_left_out(struct page *p, cmark_node *node)
{
	put_children_as(p, node, DIM);
}

/* The address after the text, unless that is the address, or it leads only
 * where there are pages. */
static void put_link(struct page *p, cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	put_children(p, node);
	if (!fria_markdown_url_ok(url) || url[0] == '#' ||
	    fria_tree_says_address(node))
		return;
	put_styled(p, DIM, " (");
	put_styled(p, DIM, url);
	put_styled(p, DIM, ")");
}

static unsigned tone_style(fria_tone tone)
{
	static const unsigned styles[] = {DIM,	  BLUE,	  GREEN,
					  YELLOW, YELLOW, RED};
	return styles[tone];
}

static void put_tone(struct page *p, fria_tone tone)
{
	put_joined(p, fria_tone_symbol(tone));
	put_joined(p, " ");
}

static void put_badge(struct page *p, cmark_node *node)
{
	fria_tone tone = fria_tree_mark(node)->tone;
	unsigned before = p->style;
	p->style |= tone_style(tone);
	put_tone(p, tone);
	put_children(p, node);
	p->style = before;
}

/* Running text by itself, in lines of this width. */
static void render_inline(fria_buf *out, const struct page *p, cmark_node *node,
			  size_t width, unsigned style,
			  const fria_terminal *how)
{
	struct page inner = {.out = out,
			     .document = p->document,
			     .how = how,
			     .width = width,
			     .style = style,
			     .prefix = FRIA_BUF_INIT,
			     .first = FRIA_BUF_INIT,
			     .word = FRIA_BUF_INIT,
			     .cell = true};
	put_children(&inner, node);
	end_line(&inner);
	fria_buf_dispose(&inner.word);
}

static void put_spaces(struct page *p, size_t n)
{
	while (n--)
		fria_buf_putc(p->out, ' ');
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
	bool item = kind_of(p, cmark_node_parent(node)) == KIND_ITEM;
	if (parts_blocks(kind_of(p, cmark_node_previous(node))) &&
	    !(item && p->tight))
		want_gap(p);
	put_children(p, node);
	end_line(p);
}

static void put_heading(struct page *p, cmark_node *node)
{
	if (cmark_node_previous(node))
		want_gap(p);
	put_children_as(p, node, BOLD);
	end_line(p);
}

static void put_quoted(struct page *p, cmark_node *node)
{
	char *bar = styled(p, DIM, "│ ");
	bool tight = p->tight;
	size_t n = open_prefix(p, bar, bar);
	p->tight = false;
	put_children(p, node);
	close_prefix(p, n);
	p->tight = tight;
	free(bar);
}

static bool opens_with_badge(const struct page *p, cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item);
	return paragraph &&
	       kind_of(p, cmark_node_first_child(paragraph)) == KIND_BADGE;
}

/* A badge is its own marker. */
static void item_marker(fria_buf *out, const struct page *p, cmark_node *item,
			int place)
{
	cmark_node *list = cmark_node_parent(item);
	int task = fria_tree_task(item);
	if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
		fria_buf_printf(out, "%d. ",
				cmark_node_get_list_start(list) + place);
	else if (task >= 0)
		fria_buf_puts(out, task ? "[x] " : "[ ] ");
	else if (!opens_with_badge(p, item))
		fria_buf_puts(out, "- ");
}

/* Numbered, many and short: they fit in two columns. */
static bool is_tall(const struct page *p, cmark_node *list)
{
	static const fria_terminal plain = {.width = 0};
	size_t n = 0, widest = 0;
	if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST ||
	    p->width < LINE_MAX_WIDTH || p->prefix.n > 2)
		return false;
	for (cmark_node *item = cmark_node_first_child(list); item;
	     item = cmark_node_next(item), n++) {
		cmark_node *text = cmark_node_first_child(item);
		fria_buf line = FRIA_BUF_INIT;
		if (!text || cmark_node_next(text))
			return false;
		render_inline(&line, p, text, SIZE_MAX / 2, 0, &plain);
		size_t width = strchr(line.text, '\n') == line.text + line.n - 1
				   ? seen(line.text, line.n)
				   : SIZE_MAX;
		widest = width > widest ? width : widest;
		fria_buf_dispose(&line);
	}
	return n > TALL && widest <= COLUMN - 8;
}

static void put_column_item(struct page *p, cmark_node *item, size_t number,
			    bool last)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_buf_printf(&text, "%*zu. ", 3, number);
	render_inline(&text, p, cmark_node_first_child(item), COLUMN, 0,
		      p->how);
	cut(&text, text.n - 1);
	fria_buf_put(p->out, text.text, text.n);
	if (!last)
		put_spaces(p, COLUMN - seen(text.text, text.n));
	fria_buf_dispose(&text);
}

/* Down the left column, then down the right one. */
static void put_tall(struct page *p, cmark_node *list)
{
	cmark_node *left = cmark_node_first_child(list), *right = left;
	size_t n = 0, half;
	for (cmark_node *item = left; item; item = cmark_node_next(item))
		n++;
	half = (n + 1) / 2;
	for (size_t i = 0; i < half; i++)
		right = cmark_node_next(right);
	for (size_t i = 0; i < half; i++) {
		open_line(p);
		put_column_item(p, left, i + 1, !right);
		if (right)
			put_column_item(p, right, half + i + 1, true);
		close_line(p);
		left = cmark_node_next(left);
		right = right ? cmark_node_next(right) : NULL;
	}
}

static void put_list(struct page *p, cmark_node *node)
{
	bool tight = p->tight;
	int place = 0;
	if (is_tall(p, node)) {
		put_tall(p, node);
		return;
	}
	p->tight = cmark_node_get_list_tight(node);
	if (kind_of(p, cmark_node_previous(node)) == KIND_LIST)
		want_gap(p);
	for (cmark_node *item = cmark_node_first_child(node); item;
	     item = cmark_node_next(item)) {
		fria_buf marker = FRIA_BUF_INIT, hang = FRIA_BUF_INIT;
		item_marker(&marker, p, item, place++);
		fria_buf_printf(&hang, "%*s", marker.n ? (int)marker.n : 2, "");
		size_t n =
		    open_prefix(p, marker.n ? marker.text : "", hang.text);
		if (!p->tight && place > 1)
			want_gap(p);
		put_children(p, item);
		close_prefix(p, n);
		fria_buf_dispose(&marker);
		fria_buf_dispose(&hang);
	}
	p->tight = tight;
}

/* Its lines as they stand, however long. */
static void put_code_block(struct page *p, cmark_node *node)
{
	fria_buf safe = FRIA_BUF_INIT;
	fria_put_safe(&safe, cmark_node_get_literal(node));
	size_t n = open_indent(p);
	for (const char *at = safe.text; *at;) {
		size_t length = strcspn(at, "\n");
		open_line(p);
		for (size_t i = 0; i < length; i++)
			fria_buf_putc(p->out, at[i] == '\t' ? ' ' : at[i]);
		close_line(p);
		at += length + (at[length] == '\n');
	}
	close_prefix(p, n);
	fria_buf_dispose(&safe);
}

static void put_rule(struct page *p, cmark_node *node)
{
	(void)node;
	want_gap(p);
	put_styled(p, DIM, "────────────────────");
	end_line(p);
	want_gap(p);
}

/* --- tables --- */

/* A table as it is laid out: what is needed, least and given of a column. */
struct grid {
	struct page *page;
	cmark_node *table;
	size_t n, room;
	size_t *natural, *least, *given;
};

static void measure_cell(struct grid *g, size_t column, cmark_node *cell)
{
	static const fria_terminal plain = {.width = 0};
	fria_buf text = FRIA_BUF_INIT;
	render_inline(&text, g->page, cell, SIZE_MAX / 2, 0, &plain);
	for (const char *at = text.text; *at;) {
		size_t line = strcspn(at, "\n");
		size_t width = fria_utf8_width(at, line);
		if (width > g->natural[column])
			g->natural[column] = width;
		for (size_t i = 0; i < line;) {
			size_t n = strcspn(at + i, " \n");
			width = fria_utf8_width(at + i, n);
			if (width > CELL_WORD)
				width = CELL_WORD;
			if (width > g->least[column])
				g->least[column] = width;
			i += n + 1;
		}
		at += line + (at[line] == '\n');
	}
	fria_buf_dispose(&text);
}

static size_t widest(const struct grid *g)
{
	size_t found = g->n;
	for (size_t i = 0; i < g->n; i++)
		if (g->given[i] > g->least[i] &&
		    (found == g->n || g->given[i] > g->given[found]))
			found = i;
	return found;
}

/* True if the columns fit beside each other, and no cell becomes a tower. */
static bool fit(struct grid *g)
{
	size_t sum = 2 * (g->n - 1);
	for (size_t i = 0; i < g->n; i++)
		sum += g->given[i] = g->natural[i];
	while (sum > g->room) {
		size_t i = widest(g);
		if (i == g->n)
			return false;
		g->given[i]--;
		sum--;
	}
	for (size_t i = 0; i < g->n; i++)
		if (g->given[i] && g->natural[i] / g->given[i] >= CELL_LINES)
			return false;
	return true;
}

/* A line of a cell; *at moves on to the next. */
static void put_cell_line(struct page *p, const char **at, size_t width,
			  char align, bool last)
{
	size_t n = strcspn(*at, "\n"), used = seen(*at, n);
	size_t room = used < width ? width - used : 0;
	size_t before = align == 'r' ? room : align == 'c' ? room / 2 : 0;
	put_spaces(p, before);
	fria_buf_put(p->out, *at, n);
	if (!last)
		put_spaces(p, room - before + 2);
	*at += n + ((*at)[n] == '\n');
}

static void put_grid_row(struct grid *g, cmark_node *row)
{
	struct page *p = g->page;
	fria_buf cells[64] = {FRIA_BUF_INIT};
	const char *at[64];
	size_t i;
	bool head = fria_tree_is_head_row(row), more = true;
	for (i = 0; i < g->n; i++)
		fria_buf_init(&cells[i]);
	i = 0;
	for (cmark_node *cell = cmark_node_first_child(row); cell && i < g->n;
	     cell = cmark_node_next(cell), i++)
		render_inline(&cells[i], p, cell, g->given[i], head ? BOLD : 0,
			      p->how);
	for (i = 0; i < g->n; i++)
		at[i] = cells[i].text;
	while (more) {
		more = false;
		open_line(p);
		cmark_node *cell = cmark_node_first_child(row);
		for (i = 0; i < g->n; i++) {
			char align = cell ? fria_tree_align(cell) : 0;
			put_cell_line(p, &at[i], g->given[i], align,
				      i + 1 == g->n);
			more = more || *at[i];
			cell = cell ? cmark_node_next(cell) : NULL;
		}
		cut(p->out, without_space(p->out));
		close_line(p);
	}
	for (i = 0; i < g->n; i++)
		fria_buf_dispose(&cells[i]);
}

/* The row as fields: what heads it, then its cells with their columns. */
static void put_row_fields(struct grid *g, cmark_node *row)
{
	struct page *p = g->page;
	cmark_node *head =
	    cmark_node_first_child(cmark_node_first_child(g->table));
	cmark_node *cell = cmark_node_first_child(row);
	bool said = false;
	size_t n = 0;
	for (size_t i = 0; cell && head;
	     i++, cell = cmark_node_next(cell), head = cmark_node_next(head)) {
		if (cmark_node_first_child(cell)) {
			bool is_head = !i && fria_tree_is_row_head(cell);
			bool brief = g->natural[i] <= CELL_SHORT;
			if (i && !brief)
				end_line(p);
			else if (said && i > 1)
				put_text(p, "; ");
			if (!is_head && cmark_node_first_child(head)) {
				put_children_as(p, head, DIM);
				put_styled(p, DIM, ": ");
			}
			put_children_as(p, cell, i ? 0 : BOLD);
			if (!brief)
				end_line(p);
			said = i && brief;
		}
		if (!i) {
			end_line(p);
			n = open_indent(p);
		}
	}
	close_prefix(p, n);
}

static void put_rows(struct grid *g)
{
	cmark_node *row = cmark_node_first_child(g->table);
	bool fits = fit(g);
	if (!fits)
		row = cmark_node_next(row);
	for (; row; row = cmark_node_next(row)) {
		if (fits)
			put_grid_row(g, row);
		else
			put_row_fields(g, row);
	}
}

static void put_table(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *head = cmark_node_first_child(node);
	struct grid g = {.page = p, .table = node};
	size_t indent = seen(p->prefix.text, p->prefix.n);
	size_t room = p->how->width ? p->how->width : LINE_MAX_WIDTH;
	for (cmark_node *cell = cmark_node_first_child(head); cell && g.n < 64;
	     cell = cmark_node_next(cell))
		g.n++;
	g.natural = fria_calloc(g.n * 3, sizeof *g.natural);
	g.least = g.natural + g.n;
	g.given = g.least + g.n;
	g.room = room > indent + WIDTH_MIN ? room - indent : WIDTH_MIN;
	for (cmark_node *row = head; row; row = cmark_node_next(row)) {
		cmark_node *cell = cmark_node_first_child(row);
		for (size_t i = 0; cell && i < g.n; i++) {
			measure_cell(&g, i, cell);
			cell = cmark_node_next(cell);
		}
	}
	want_gap(p);
	if (mark && mark->title) {
		put_styled(p, BOLD, mark->title);
		end_line(p);
	}
	put_rows(&g);
	want_gap(p);
	free(g.natural);
}

/* --- blocks of ours --- */

static void put_meta(struct page *p, cmark_node *node)
{
	put_children_as(p, node, DIM);
	end_line(p);
}

/* The way to other pages: there are none. */
static void put_nothing(struct page *p, cmark_node *node)
{
	(void)p;
	(void)node;
}

/* The width of the names beside their values; 0 where they do not fit so. */
static size_t names_width(const struct page *p, cmark_node *fields)
{
	size_t widest_name = 0, indent = seen(p->prefix.text, p->prefix.n);
	for (cmark_node *at = cmark_node_first_child(fields); at;
	     at = cmark_node_next(at)) {
		const char *name = fria_tree_mark(at)->title;
		size_t n = fria_utf8_width(name, strlen(name)) + 1;
		widest_name = n > widest_name ? n : widest_name;
	}
	return !p->how->unbroken && indent + 3 * widest_name <= p->width
		   ? widest_name
		   : 0;
}

static void put_field(struct page *p, cmark_node *node)
{
	const char *name = fria_tree_mark(node)->title;
	size_t width = names_width(p, cmark_node_parent(node));
	size_t used = fria_utf8_width(name, strlen(name)) + 1;
	char *before = fria_format(*name ? "%s:" : "%s", name);
	char *quiet = styled(p, DIM, before);
	char *hang = fria_format("%*s", width ? (int)width + 1 : 2, "");
	char *first = fria_format("%s%*s", width ? quiet : "",
				  width ? (int)(width - used) + 1 : 0, "");
	size_t n = open_prefix(p, first, hang);
	if (!width && *name) {
		put_styled(p, DIM, before);
		put_text(p, " ");
	}
	put_children(p, node);
	close_prefix(p, n);
	free(first);
	free(hang);
	free(quiet);
	free(before);
}

/* Behind a section they begin anew. */
static void put_fields(struct page *p, cmark_node *node)
{
	enum kind before = kind_of(p, cmark_node_previous(node));
	if (before == KIND_SECTION || before == KIND_QUESTION)
		want_gap(p);
	put_children(p, node);
}

static void put_section(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *at = fria_tree_heading(node);
	bool deep = p->depth >= DEPTH_MAX;
	size_t n = p->prefix.n;
	want_gap(p);
	if (mark->title) {
		put_styled(p, BOLD, mark->title);
		put_text(p, " ");
	}
	put_children_as(p, at, BOLD);
	end_line(p);
	if (!deep)
		n = open_indent(p);
	p->depth++;
	while ((at = cmark_node_next(at)))
		put_node(p, at);
	p->depth--;
	if (!deep)
		close_prefix(p, n);
}

static bool is_bare_note(const struct page *p, cmark_node *node)
{
	return kind_of(p, node) == KIND_NOTE && !cmark_node_first_child(node);
}

static void put_note(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	cmark_node *before = cmark_node_previous(node);
	cmark_node *after = cmark_node_next(node);
	unsigned style = p->style;
	size_t width = p->width;
	if (!before || !is_bare_note(p, node) ||
	    (!is_bare_note(p, before) && kind_of(p, before) != KIND_META))
		want_gap(p);
	size_t n = open_prefix(p, "", "  ");
	p->style |= tone_style(mark->tone) | BOLD;
	p->width = mark->flag ? SIZE_MAX / 2 : width;
	put_tone(p, mark->tone);
	put_text(p, mark->title);
	p->style = style;
	end_line(p);
	p->width = width;
	put_children(p, node);
	close_prefix(p, n);
	if (!after || !is_bare_note(p, node) || !is_bare_note(p, after))
		want_gap(p);
}

static void put_side(struct page *p, unsigned style, const char *text)
{
	fria_lang lang = p->document->lang;
	put_styled(p, *text ? style : DIM,
		   *text ? text : fria_word_text(FRIA_W_report_nothing, lang));
}

/* In one line, if it fits there. */
static bool is_brief(const struct page *p, const struct mark *m)
{
	size_t sum = seen(p->prefix.text, p->prefix.n) + 24;
	sum += fria_utf8_width(m->title, strlen(m->title));
	sum += fria_utf8_width(m->before, strlen(m->before));
	sum += fria_utf8_width(m->after, strlen(m->after));
	return sum <= p->width && !strchr(m->before, '\n') &&
	       !strchr(m->after, '\n');
}

static void put_moment(struct page *p, fria_word word, unsigned style,
		       const char *text)
{
	size_t n = open_indent(p);
	put_word(p, word);
	put_text(p, ": ");
	put_side(p, style, text);
	close_prefix(p, n);
}

static void put_change(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	put_styled(p, BOLD, mark->title);
	if (is_brief(p, mark)) {
		put_text(p, ": ");
		put_side(p, STRUCK | RED, mark->before);
		put_text(p, " → ");
		put_side(p, UNDER | GREEN, mark->after);
		end_line(p);
		return;
	}
	end_line(p);
	put_moment(p, FRIA_W_report_was, RED, mark->before);
	put_moment(p, FRIA_W_report_now, GREEN, mark->after);
}

static void put_passage(struct page *p, cmark_node *node)
{
	static const struct {
		const char *mark;
		unsigned style;
	} kinds[] = {{"  ", DIM},    {"  ", 0},	  {"- ", RED},	{"+ ", GREEN},
		     {"~ ", YELLOW}, {"- ", RED}, {"+ ", GREEN}};
	fria_passage_kind kind = fria_tree_mark(node)->passage;
	char *first = styled(p, kinds[kind].style, kinds[kind].mark);
	size_t n = open_prefix(p, first, "  ");
	p->whole = kind != FRIA_PASSAGE_CHANGED;
	put_children_as(p, node, kind == FRIA_PASSAGE_FOLDED ? DIM : 0);
	p->whole = false;
	close_prefix(p, n);
	free(first);
}

static void put_details(struct page *p, cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	bool open = mark->flag || p->how->whole;
	put_styled(p, DIM, open ? "▾ " : "▸ ");
	put_styled(p, DIM, mark->title);
	if (!open && p->how->unfold) {
		put_styled(p, DIM, " (");
		put_styled(p, DIM, p->how->unfold);
		put_styled(p, DIM, ")");
	}
	end_line(p);
	if (!open)
		return;
	size_t n = open_indent(p);
	put_children(p, node);
	close_prefix(p, n);
}

/* The picture is not shown; what it says is. */
static void put_figure(struct page *p, cmark_node *node)
{
	want_gap(p);
	put_styled(p, BOLD, fria_tree_mark(node)->title);
	end_line(p);
	size_t n = open_indent(p);
	put_children(p, node);
	close_prefix(p, n);
	want_gap(p);
}

static void put_part(struct page *p, cmark_node *node)
{
	if (!cmark_node_first_child(node))
		return;
	want_gap(p);
	put_children(p, node);
}

static void put_foot(struct page *p, cmark_node *node)
{
	unsigned style = p->style;
	p->style |= DIM;
	put_part(p, node);
	p->style = style;
}

typedef void writer(struct page *p, cmark_node *node);

static writer *const writers[KIND_COUNT] = {
    [KIND_TEXT] = put_literal,
    [KIND_BREAK] = put_break,
    [KIND_LINE] = put_line,
    [KIND_CODE] = put_code,
    [KIND_EMPH] = put_emph,
    [KIND_STRONG] = put_strong,
    [KIND_STRIKE] = put_strike,
    [KIND_LINK] = put_link,
    [KIND_IMAGE] = put_children,
    [KIND_PARAGRAPH] = put_paragraph,
    [KIND_HEADING] = put_heading,
    [KIND_QUOTE] = put_quoted,
    [KIND_LIST] = put_list,
    [KIND_ITEM] = put_children,
    [KIND_CODE_BLOCK] = put_code_block,
    [KIND_RULE] = put_rule,
    [KIND_TABLE] = put_table,
    [KIND_ROW] = put_children,
    [KIND_CELL] = put_children,
    [KIND_DOCUMENT] = put_children,
    [KIND_HEAD] = put_part,
    [KIND_LINKS] = put_nothing,
    [KIND_SUBTITLE] = put_meta,
    [KIND_KEYS] = put_children,
    [KIND_CONTENTS] = put_nothing,
    [KIND_BODY] = put_part,
    [KIND_FOOT] = put_foot,
    [KIND_SECTION] = put_section,
    [KIND_QUESTION] = put_section,
    [KIND_META] = put_meta,
    [KIND_FIELDS] = put_fields,
    [KIND_FIELD] = put_field,
    [KIND_NOTE] = put_note,
    [KIND_CHANGE] = put_change,
    [KIND_PASSAGE] = put_passage,
    [KIND_DETAILS] = put_details,
    [KIND_ANSWER] = put_quoted,
    [KIND_FIGURE] = put_figure,
    [KIND_BADGE] = put_badge,
    [KIND_INSERTED] = put_inserted,
    [KIND_DELETED] = put_deleted,
    [KIND_LEFT_OUT] = put_left_out,
};

static void put_node(struct page *p, cmark_node *node)
{
	writers[kind_of(p, node)](p, node);
}

void fria_fragment_terminal(fria_buf *out, fria_node *node,
			    const fria_terminal *how)
{
	size_t width = how->width ? how->width : LINE_MAX_WIDTH;
	struct page p = {.out = out,
			 .document = fria_tree_document(node),
			 .how = how,
			 .prefix = FRIA_BUF_INIT,
			 .first = FRIA_BUF_INIT,
			 .word = FRIA_BUF_INIT,
			 .width = how->unbroken		   ? SIZE_MAX / 2
				  : width < WIDTH_MIN	   ? WIDTH_MIN
				  : width > LINE_MAX_WIDTH ? LINE_MAX_WIDTH
							   : width};
	put_node(&p, node);
	end_line(&p);
	fria_buf_dispose(&p.prefix);
	fria_buf_dispose(&p.first);
	fria_buf_dispose(&p.word);
}

void fria_document_terminal(fria_buf *out, const fria_document *document,
			    const fria_terminal *how)
{
	fria_fragment_terminal(out, document->root, how);
}
