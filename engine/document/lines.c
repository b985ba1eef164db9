/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands before lines and between blocks; not what stands in them. */
#include "lines.h"

#include <string.h>

void fria_lines_dispose(struct lines *l)
{
	fria_buf_dispose(&l->before);
	fria_buf_dispose(&l->first);
}

static size_t without_space(const char *text, size_t n)
{
	while (n && text[n - 1] == ' ')
		n--;
	return n;
}

/* Cuts a text, or the spaces at its end, and gives how many these were. */
static void fria_lines_cut(fria_buf *buf, size_t n)
{
	buf->n = n;
	if (buf->room)
		buf->text[n] = '\0';
}

size_t fria_lines_trim(fria_buf *buf)
{
	size_t n = buf->n;
	fria_lines_cut(buf, without_space(buf->text, n));
	return n - buf->n;
}

/* Before what stands in a quote the line is blank, bar and all. */
void fria_lines_gap(struct lines *l)
{
	l->gap_n = l->gap && l->gap_n < l->before.n ? l->gap_n : l->before.n;
	l->gap = true;
}

void fria_lines_open(struct lines *l)
{
	const fria_buf *before = l->opens ? &l->first : &l->before;
	if (l->gap && l->any) {
		size_t n = l->gap_n < l->before.n ? l->gap_n : l->before.n;
		n = without_space(l->before.text, n);
		fria_buf_put(l->out, l->before.text, n);
		fria_buf_putc(l->out, '\n');
	}
	fria_buf_put(l->out, before->text, before->n);
	fria_buf_clear(&l->first);
	l->opens = l->gap = false;
	l->any = true;
}

size_t fria_lines_enter(struct lines *l, const char *first, const char *more)
{
	size_t n = l->before.n;
	if (!l->opens && strcmp(first, more) != 0) {
		fria_buf_put(&l->first, l->before.text, n);
		l->opens = true;
	}
	if (l->opens)
		fria_buf_puts(&l->first, first);
	fria_buf_puts(&l->before, more);
	return n;
}

void fria_lines_leave(struct lines *l, size_t entered)
{
	if (l->opens) {
		fria_lines_trim(&l->first);
		fria_lines_open(l);
		fria_buf_putc(l->out, '\n');
	}
	fria_lines_cut(&l->before, entered);
}
