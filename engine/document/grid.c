/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands in columns on a terminal: tables, and long lists of short items.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

/* A cell of more lines than this is read more easily outside its table. */
#define CELL_LINES 6
/* A word in a cell is broken only if it is longer. */
#define CELL_WORD 24
/* Cells up to this width stand behind each other where a row is no row. */
#define CELL_SHORT 30
/* More items than this stand in two columns of this width. */
#define TALL 10
#define COLUMN 36

/* What stands in a column, and its widths. */
struct column {
	fria_buf text;	/* of the row at hand */
	const char *at; /* its next line */
	size_t natural; /* of the longest line, unbroken */
	size_t least;	/* of the longest word */
	size_t width;	/* that it gets */
	size_t lines;	/* of the cell measured last */
	char align;	/* 'l', 'c', 'r' or 0 */
};

/* Makes a column as wide as a cell in it needs. */
static void measure(struct column *column, const struct page *p,
		    cmark_node *cell)
{
	static const fria_terminal plain = {.width = 0};
	fria_buf text = FRIA_BUF_INIT;
	fria_wrap_inline(&text, p, cell, SIZE_MAX / 2, 0, &plain);
	column->lines = 0;
	for (const char *at = text.text; *at; column->lines++) {
		size_t line = strcspn(at, "\n");
		size_t width = fria_utf8_width(at, line);
		if (width > column->natural)
			column->natural = width;
		for (size_t i = 0; i < line;) {
			size_t n = strcspn(at + i, " \n");
			width = fria_utf8_width(at + i, n);
			if (width > CELL_WORD)
				width = CELL_WORD;
			if (width > column->least)
				column->least = width;
			i += n + 1;
		}
		at += line + (at[line] == '\n');
	}
	fria_buf_dispose(&text);
}

static void put_spaces(struct page *p, size_t n)
{
	while (n--)
		fria_buf_putc(p->walk.out, ' ');
}

/* The next line of what stands in a column. */
static void put_line(struct page *p, struct column *column, bool last)
{
	size_t n = strcspn(column->at, "\n");
	size_t used = fria_wrap_seen(column->at, n);
	size_t room = used < column->width ? column->width - used : 0;
	size_t before = column->align == 'r'   ? room
			: column->align == 'c' ? room / 2
					       : 0;
	put_spaces(p, before);
	fria_buf_put(p->walk.out, column->at, n);
	if (!last)
		put_spaces(p, room - before + 2);
	column->at += n + (column->at[n] == '\n');
}

/* The columns beside each other; their texts are cleared. */
static void put_beside(struct page *p, struct column *columns, size_t n)
{
	bool more = true;
	for (size_t i = 0; i < n; i++)
		columns[i].at = columns[i].text.text;
	while (more) {
		more = false;
		fria_wrap_open(p);
		for (size_t i = 0; i < n; i++) {
			put_line(p, &columns[i], i + 1 == n);
			more = more || *columns[i].at;
		}
		fria_lines_trim(p->walk.out);
		fria_wrap_close(p);
	}
	for (size_t i = 0; i < n; i++)
		fria_buf_clear(&columns[i].text);
}

/* --- tables --- */

struct grid {
	struct page *page;
	cmark_node *table;
	size_t n;
	struct column *columns;
};

static struct column *widest(const struct grid *g)
{
	struct column *found = NULL;
	for (struct column *at = g->columns; at < g->columns + g->n; at++)
		if (at->width > at->least &&
		    (!found || at->width > found->width))
			found = at;
	return found;
}

/* True if the columns fit beside each other, and no cell becomes a tower. */
static bool fit(struct grid *g, size_t room)
{
	size_t sum = 2 * (g->n - 1);
	for (size_t i = 0; i < g->n; i++)
		sum += g->columns[i].width = g->columns[i].natural;
	for (; sum > room; sum--) {
		struct column *column = widest(g);
		if (!column)
			return false;
		column->width--;
	}
	for (size_t i = 0; i < g->n; i++) {
		size_t width = g->columns[i].width;
		if (width && g->columns[i].natural / width >= CELL_LINES)
			return false;
	}
	return true;
}

static void put_row(struct grid *g, cmark_node *row)
{
	struct page *p = g->page;
	cmark_node *cell = cmark_node_first_child(row);
	unsigned style = fria_tree_is_head_row(row) ? BOLD : 0;
	for (size_t i = 0; i < g->n && cell; i++) {
		fria_wrap_inline(&g->columns[i].text, p, cell,
				 g->columns[i].width, style, p->how);
		cell = cmark_node_next(cell);
	}
	put_beside(p, g->columns, g->n);
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
			bool brief = g->columns[i].natural <= CELL_SHORT;
			if (i && !brief)
				fria_wrap_end(p);
			else if (said && i > 1)
				fria_wrap_text(p, "; ");
			if (!is_head && cmark_node_first_child(head)) {
				fria_wrap_children(p, head, DIM);
				fria_wrap_styled(p, DIM, ": ");
			}
			fria_wrap_children(p, cell, i ? 0 : BOLD);
			if (!brief)
				fria_wrap_end(p);
			said = i && brief;
		}
		if (!i) {
			fria_wrap_end(p);
			n = fria_wrap_indent(p);
		}
	}
	fria_wrap_leave(p, n);
}

/* Counts and measures the columns. */
static void learn_columns(struct grid *g)
{
	cmark_node *head = cmark_node_first_child(g->table);
	cmark_node *cell = cmark_node_first_child(head);
	for (cmark_node *at = cell; at; at = cmark_node_next(at))
		g->n++;
	g->columns = fria_calloc(g->n, sizeof *g->columns);
	for (size_t i = 0; i < g->n; i++, cell = cmark_node_next(cell)) {
		fria_buf_init(&g->columns[i].text);
		g->columns[i].align = fria_tree_align(cell);
	}
	for (cmark_node *row = head; row; row = cmark_node_next(row)) {
		cell = cmark_node_first_child(row);
		for (size_t i = 0; cell && i < g->n; i++) {
			measure(&g->columns[i], g->page, cell);
			cell = cmark_node_next(cell);
		}
	}
}

void fria_grid_table(struct page *p, cmark_node *table)
{
	const struct mark *mark = fria_tree_mark(table);
	struct grid g = {.page = p, .table = table};
	size_t indent = fria_wrap_seen(p->lines.before.text, p->lines.before.n);
	size_t room = p->how->width ? p->how->width : LINE_MAX_WIDTH;
	learn_columns(&g);
	fria_lines_gap(&p->lines);
	if (mark && mark->title) {
		fria_wrap_styled(p, BOLD, mark->title);
		fria_wrap_end(p);
	}

	cmark_node *row = cmark_node_first_child(table);
	room = room > indent + WIDTH_MIN ? room - indent : WIDTH_MIN;
	if (fit(&g, room))
		for (; row; row = cmark_node_next(row))
			put_row(&g, row);
	else
		while ((row = cmark_node_next(row)))
			put_row_fields(&g, row);

	fria_lines_gap(&p->lines);
	for (size_t i = 0; i < g.n; i++)
		fria_buf_dispose(&g.columns[i].text);
	free(g.columns);
}

/* --- lists --- */

/* The items of a list, if they are paragraphs that fit in two columns; or 0. */
static size_t tall(const struct page *p, cmark_node *list)
{
	size_t n = 0;
	if (!fria_tree_is_numbered(list) || p->width < LINE_MAX_WIDTH ||
	    p->lines.before.n > 2)
		return 0;
	for (cmark_node *item = cmark_node_first_child(list); item;
	     item = cmark_node_next(item), n++) {
		struct column column = {.lines = 0};
		cmark_node *text = cmark_node_first_child(item);
		if (!text || cmark_node_next(text))
			return 0;
		measure(&column, p, text);
		if (column.lines != 1 || column.natural > COLUMN - 6)
			return 0;
	}
	return n > TALL ? n : 0;
}

static void number_item(struct column *column, const struct page *p,
			cmark_node *item, size_t number)
{
	fria_buf_printf(&column->text, "%3zu. ", number);
	fria_wrap_inline(&column->text, p, cmark_node_first_child(item), COLUMN,
			 0, p->how);
}

bool fria_grid_list(struct page *p, cmark_node *list)
{
	struct column columns[2] = {{.width = COLUMN}, {.width = COLUMN}};
	size_t n = tall(p, list), half = (n + 1) / 2;
	cmark_node *left = cmark_node_first_child(list), *right = left;
	fria_buf_init(&columns[0].text);
	fria_buf_init(&columns[1].text);
	for (size_t i = 0; i < half; i++)
		right = cmark_node_next(right);
	for (size_t i = 0; i < half; i++) {
		number_item(&columns[0], p, left, i + 1);
		if (right)
			number_item(&columns[1], p, right, half + i + 1);
		put_beside(p, columns, right ? 2 : 1);
		left = cmark_node_next(left);
		right = right ? cmark_node_next(right) : NULL;
	}
	fria_buf_dispose(&columns[0].text);
	fria_buf_dispose(&columns[1].text);
	return n > 0;
}
