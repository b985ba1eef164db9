/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two states of an assessment without the answers that are the same in both:
 * history is told at the cost of what changed, not of what there is. It looks
 * at lines of the file form alone; where it does not find them, nothing is
 * left out.
 */
#include "workflow_internal.h"

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

/*
 * Where the answers begin and end; false where the form gives no hold, or the
 * two do not end alike.
 */
static bool find_answers(size_t *open, side *a, side *b, size_t head,
			 size_t tail)
{
	*open = find(a, 0, OPENING);
	if (*open == FRIA_NONE || (*open += strlen(OPENING)) > head)
		return false;
	a->close = find(a, *open - 1, "\n  }");
	if (a->close == FRIA_NONE || a->close + 1 + tail < a->n)
		return false;
	b->close = b->n - (a->n - a->close);
	return find(b, min(head, b->close), "\n  }") == b->close;
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

/* What stays, in the place of all answers. */
static void put(fria_buf *out, const side *s)
{
	size_t n = s->to - s->from;
	fria_buf_put(out, s->text, find(s, 0, OPENING) + strlen(OPENING));
	if (n > 1 && s->text[s->to - 2] == ',')
		fria_buf_put(out, s->text + s->from, n - 2);
	else
		fria_buf_put(out, s->text + s->from, n);
	fria_buf_put(out, s->text + s->close, s->n - s->close);
}

bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after)
{
	side a = {.text = before->text, .n = before->n};
	side b = {.text = after->text, .n = after->n};
	if (!mark(&a, &b))
		return false;
	put(before_out, &a);
	put(after_out, &b);
	return true;
}
