/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two states of an assessment without the answers that are the same in both:
 * history is told at the cost of what changed, not of what there is. It looks
 * at lines of the file form alone; where it does not find them, nothing is
 * left out.
 */
#include "history_internal.h"

#include <string.h>

#define OPENING "\n  \"answers\": {\n"

typedef struct {
	const char *text;
	size_t n;
	size_t from, to; /* the answers that stay */
	size_t close;	 /* the end of the line before "  }" */
} side;

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Whole lines that both begin with. */
static size_t same_head(const side *a, const side *b)
{
	size_t n = min(a->n, b->n), at = 0;
	while (at < n && a->text[at] == b->text[at])
		at++;
	while (at && a->text[at - 1] != '\n')
		at--;
	return at;
}

/* Whole lines that both end with, apart from their beginning. */
static size_t same_tail(const side *a, const side *b, size_t head)
{
	size_t n = min(a->n, b->n) - head, k = 0;
	while (k < n && a->text[a->n - k - 1] == b->text[b->n - k - 1])
		k++;
	while (k && !(k < a->n && a->text[a->n - k - 1] == '\n'))
		k--;
	return k;
}

static size_t find(const side *s, size_t from, const char *what)
{
	const char *at =
	    memmem(s->text + from, s->n - from, what, strlen(what));
	return at ? (size_t)(at - s->text) : FRIA_NONE;
}

static bool starts_answer(const side *s, size_t line)
{
	return s->n - line >= 5 && !memcmp(s->text + line, "    \"", 5);
}

static size_t next_line(const side *s, size_t at)
{
	const char *end = memchr(s->text + at, '\n', s->n - at);
	return end ? (size_t)(end - s->text) + 1 : s->n;
}

/* The answer in which the line lies, or that it starts. */
static size_t answer_around(const side *s, size_t line, size_t open)
{
	while (line > open && !starts_answer(s, line)) {
		line--;
		while (line > open && s->text[line - 1] != '\n')
			line--;
	}
	return line;
}

/* The first line from `line` on, below `end`, that closes the answers. */
static size_t closing_line(const side *s, size_t line, size_t end)
{
	while (line < end &&
	       (s->n - line < 3 || memcmp(s->text + line, "  }", 3)))
		line = next_line(s, line);
	return line < end ? line : FRIA_NONE;
}

/*
 * Where the answers begin and end; false where the form gives no hold, or the
 * two do not end alike. What both end with is looked through once.
 */
static bool find_answers(size_t *open, side *a, side *b, size_t head,
			 size_t tail)
{
	*open = find(a, 0, OPENING);
	if (*open == FRIA_NONE || (*open += strlen(OPENING)) > head)
		return false;
	a->close = closing_line(a, *open, a->n);
	if (a->close == FRIA_NONE || a->close + tail < a->n)
		return false;
	a->close--;
	b->close = b->n - (a->n - a->close);
	return head > b->close ||
	       closing_line(b, head, b->n - tail) == FRIA_NONE;
}

/* False where the differences do not all lie among the answers. */
static bool mark(side *a, side *b)
{
	size_t head = same_head(a, b), tail = same_tail(a, b, head), open;
	bool same = head == a->n && head == b->n;
	if (!find_answers(&open, a, b, head, same ? head : tail))
		return false;
	a->from = b->from = same ? open : answer_around(a, head, open);
	a->to = same ? open : a->n - tail;
	while (!same && a->to <= a->close && !starts_answer(a, a->to))
		a->to = next_line(a, a->to);
	a->to = min(a->to, a->close + 1);
	b->to = b->n - (a->n - a->to);
	return a->from <= a->to && b->from <= b->to;
}

static size_t next_answer(const side *s, size_t at)
{
	do
		at = next_line(s, at);
	while (at < s->to && !starts_answer(s, at));
	return at;
}

static bool same_name(const side *a, size_t x, const side *b, size_t y)
{
	size_t n = min(a->to - x, b->to - y);
	const char *end = n > 5 ? memchr(a->text + x + 5, '"', n - 5) : NULL;
	return end && !memcmp(a->text + x, b->text + y,
			      (size_t)(end - a->text) + 1 - x);
}

static void open_answers(fria_buf *out, const side *s)
{
	fria_buf_put(out, s->text, find(s, 0, OPENING) + strlen(OPENING));
}

/* After the last answer stands no comma. */
static void close_answers(fria_buf *out, const side *s)
{
	if (out->n > 1 && out->text[out->n - 2] == ',')
		out->n -= 2;
	fria_buf_put(out, s->text + s->close, s->n - s->close);
}

/* Of what both have in the same order, what differs; all that comes after. */
static void put_answers(fria_buf *out, fria_buf *other, const side *a,
			const side *b)
{
	size_t x = a->from, y = b->from;
	while (x < a->to && y < b->to && same_name(a, x, b, y)) {
		size_t p = next_answer(a, x), q = next_answer(b, y);
		if (p - x != q - y ||
		    memcmp(a->text + x, b->text + y, p - x) != 0) {
			fria_buf_put(out, a->text + x, p - x);
			fria_buf_put(other, b->text + y, q - y);
		}
		x = p;
		y = q;
	}
	fria_buf_put(out, a->text + x, a->to - x);
	fria_buf_put(other, b->text + y, b->to - y);
}

bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after)
{
	side a = {.text = before->text, .n = before->n};
	side b = {.text = after->text, .n = after->n};
	if (!mark(&a, &b))
		return false;
	open_answers(before_out, &a);
	open_answers(after_out, &b);
	put_answers(before_out, after_out, &a, &b);
	close_answers(before_out, &a);
	close_answers(after_out, &b);
	return true;
}
