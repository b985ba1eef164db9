/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words filled into lines of a terminal, in styles. It knows no kind of node.
 */
#include "terminal.h"

#include <string.h>

/* --- styles --- */

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
		put_codes(p->walk.out, p->shown, style);
	p->shown = style;
}

size_t fria_wrap_seen(const char *text, size_t n)
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

size_t fria_wrap_width(const char *text)
{
	return fria_utf8_width(text, strlen(text));
}

char *fria_wrap_before(const struct page *p, unsigned style, const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	if (p->how->colour)
		put_codes(&out, 0, style);
	fria_put_safe(&out, text);
	if (p->how->colour)
		put_codes(&out, style, 0);
	return fria_buf_detach(&out);
}

/* --- lines --- */

void fria_wrap_open(struct page *p)
{
	const fria_buf *before =
	    p->lines.opens ? &p->lines.first : &p->lines.before;
	if (p->open)
		return;
	p->column = fria_wrap_seen(before->text, before->n);
	fria_lines_open(&p->lines);
	p->open = true;
	p->filled = p->space = false;
}

void fria_wrap_close(struct page *p)
{
	set_style(p, 0);
	if (p->open)
		fria_buf_putc(p->walk.out, '\n');
	p->open = p->space = false;
}

static void flush_word(struct page *p)
{
	if (!p->word.n)
		return;
	bool space = p->open && p->filled && p->space;
	if (space && p->column + 1 + p->word_width > p->width) {
		fria_wrap_close(p);
		space = false;
	}
	fria_wrap_open(p);
	if (space && p->shown != p->word_first)
		set_style(p, 0);
	if (space)
		fria_buf_putc(p->walk.out, ' ');
	p->column += space;
	set_style(p, p->word_first);
	fria_buf_put(p->walk.out, p->word.text, p->word.n);
	p->shown = p->word_last;
	p->column += p->word_width;
	p->filled = true;
	p->space = false;
	fria_buf_clear(&p->word);
	p->word_width = 0;
}

void fria_wrap_end(struct page *p)
{
	flush_word(p);
	fria_wrap_close(p);
}

size_t fria_wrap_indent(struct page *p)
{
	return fria_lines_enter(&p->lines, "  ", "  ");
}

void fria_wrap_leave(struct page *p, size_t entered)
{
	fria_wrap_end(p);
	fria_lines_leave(&p->lines, entered);
}

/* --- words --- */

/* A character that stays beside the one before, a space too. */
static void put_character(struct page *p, const char *text, size_t n)
{
	size_t width = fria_utf8_width(text, n);
	if (p->breaks && p->word_width + width > p->width) {
		p->space = p->space || p->filled;
		flush_word(p);
		fria_wrap_close(p);
	}
	if (!p->word.n)
		p->word_first = p->word_last = p->style;
	else if (p->word_last != p->style && p->how->colour)
		put_codes(&p->word, p->word_last, p->style);
	p->word_last = p->style;
	fria_buf_put(&p->word, text, n);
	p->word_width += width;
}

void fria_wrap_joined(struct page *p, const char *text)
{
	size_t n = strlen(text), length;
	uint32_t c;
	for (size_t i = 0; i < n; i += length) {
		length = fria_utf8_next(&c, text + i, n - i);
		put_character(p, text + i, length);
	}
}

void fria_wrap_text(struct page *p, const char *text)
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

void fria_wrap_styled(struct page *p, unsigned style, const char *text)
{
	unsigned before = p->style;
	p->style |= style;
	fria_wrap_text(p, text);
	p->style = before;
}

void fria_wrap_children(struct page *p, cmark_node *node, unsigned style)
{
	unsigned before = p->style;
	p->style |= style;
	fria_walk_into(p, node);
	p->style = before;
}

void fria_wrap_inline(fria_buf *out, const struct page *p, cmark_node *node,
		      size_t width, unsigned style, const fria_terminal *how)
{
	struct page inner = {.walk = {p->walk.how, out, p->walk.document},
			     .lines = {.out = out,
				       .before = FRIA_BUF_INIT,
				       .first = FRIA_BUF_INIT},
			     .how = how,
			     .width = width,
			     .style = style,
			     .word = FRIA_BUF_INIT,
			     .breaks = true};
	fria_walk_into(&inner, node);
	fria_wrap_end(&inner);
	fria_lines_dispose(&inner.lines);
	fria_buf_dispose(&inner.word);
}
