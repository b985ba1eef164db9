/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two states of an assessment without the answers that are the same in both:
 * history is told at the cost of what changed, not of what there is. It walks
 * the members of the document, however that is laid out, without parsing them;
 * where it does not find the answers, nothing is left out.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* A member of an object: from its name to the end of its value. */
typedef struct {
	size_t from, value, to;
} member;

typedef struct {
	const char *text;
	size_t n;
	size_t open, close; /* between the braces of the answers */
	struct {
		member *items; /* the answers */
		size_t n;
	} answers;
} side;

/* --- walking --- */

static size_t skip_space(const side *s, size_t at)
{
	while (at < s->n && (s->text[at] == ' ' || s->text[at] == '\n' ||
			     s->text[at] == '\t' || s->text[at] == '\r'))
		at++;
	return at;
}

/* Past the string that begins here; s->n where it does not end. */
static size_t skip_string(const side *s, size_t at)
{
	const char *from = s->text + at + 1, *end = s->text + s->n, *to = from;
	while (to < end && (to = memchr(to, '"', (size_t)(end - to)))) {
		const char *back = to++;
		while (back > from && back[-1] == '\\')
			back--;
		if ((to - back) % 2)
			return (size_t)(to - s->text);
	}
	return s->n;
}

/* Past the value that begins here. */
static size_t skip_value(const side *s, size_t at)
{
	size_t depth = 0;
	while (at < s->n) {
		at += strcspn(s->text + at, "\"{}[],");
		if (at == s->n)
			break;
		char c = s->text[at];
		if (c == '"') {
			at = skip_string(s, at);
		} else if (c == '{' || c == '[') {
			depth++;
			at++;
		} else if (c == '}' || c == ']') {
			if (!depth)
				return at;
			depth--;
			at++;
		} else if (c == ',' && !depth) {
			return at;
		} else {
			at++;
		}
		if (!depth && (c == '"' || c == '}' || c == ']'))
			return at;
	}
	return at;
}

/*
 * The member that begins at *at, or after a comma there; false at the end of
 * the object, or where there is none. A name with an escape is not read.
 */
static bool next_member(member *out, const side *s, size_t *at)
{
	size_t here = skip_space(s, *at);
	if (here < s->n && s->text[here] == ',')
		here = skip_space(s, here + 1);
	if (here >= s->n || s->text[here] != '"')
		return false;
	out->from = here;
	here = skip_string(s, here);
	if (memchr(s->text + out->from, '\\', here - out->from))
		return false;
	here = skip_space(s, here);
	if (here >= s->n || s->text[here] != ':')
		return false;
	out->value = skip_space(s, here + 1);
	*at = out->to = skip_value(s, out->value);
	return out->to < s->n;
}

/* The place where the walk through an object ended, if that is its brace. */
static bool is_closed(const side *s, size_t *at)
{
	*at = skip_space(s, *at);
	return *at < s->n && s->text[*at] == '}';
}

static bool find_answers(side *s)
{
	static const char name[] = "\"answers\"";
	size_t at = skip_space(s, 0);
	bool found = false;
	member one;
	if (at >= s->n || s->text[at++] != '{')
		return false;
	while (next_member(&one, s, &at)) {
		if (strncmp(s->text + one.from, name, sizeof name - 1) != 0)
			continue;
		if (found || s->text[one.value] != '{')
			return false;
		found = true;
		s->open = one.value + 1;
		s->close = one.to - 1;
	}
	if (!found || !is_closed(s, &at))
		return false;
	at = s->open;
	while (at < s->close && next_member(&one, s, &at))
		*FRIA_PUSH(&s->answers) = one;
	return is_closed(s, &at) && at == s->close;
}

/* --- what differs --- */

static bool same_text(const side *a, size_t x, size_t x_to, const side *b,
		      size_t y, size_t y_to)
{
	return x_to - x == y_to - y &&
	       !memcmp(a->text + x, b->text + y, x_to - x);
}

/* Nothing but the answers differs. */
static bool same_around(const side *a, const side *b)
{
	return same_text(a, 0, a->open, b, 0, b->open) &&
	       same_text(a, a->close, a->n, b, b->close, b->n);
}

static bool same_member(const side *a, size_t x, const side *b, size_t y)
{
	const member *m = &a->answers.items[x], *o = &b->answers.items[y];
	return same_text(a, m->from, m->to, b, o->from, o->to);
}

static bool same_name(const side *a, size_t x, const side *b, size_t y)
{
	const member *m = &a->answers.items[x], *o = &b->answers.items[y];
	return same_text(a, m->from, m->value, b, o->from, o->value);
}

static void put_member(fria_buf *out, const side *s, size_t i)
{
	const member *m = &s->answers.items[i];
	if (out->text[out->n - 1] != '{')
		fria_buf_putc(out, ',');
	fria_buf_put(out, s->text + m->from, m->to - m->from);
}

/* Of what both have in the same order, what differs; all that comes after, to
 * where both end alike. */
static void put_answers(fria_buf *out, fria_buf *other, const side *a,
			const side *b)
{
	size_t x = 0, n = a->answers.n, m = b->answers.n;
	while (n && m && same_member(a, n - 1, b, m - 1)) {
		n--;
		m--;
	}
	for (; x < n && x < m && same_name(a, x, b, x); x++) {
		if (same_member(a, x, b, x))
			continue;
		put_member(out, a, x);
		put_member(other, b, x);
	}
	for (size_t i = x; i < n; i++)
		put_member(out, a, i);
	for (size_t i = x; i < m; i++)
		put_member(other, b, i);
}

bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after)
{
	side a = {.text = before->text, .n = before->n};
	side b = {.text = after->text, .n = after->n};
	bool good = find_answers(&a) && find_answers(&b) && same_around(&a, &b);
	if (good) {
		fria_buf_put(before_out, a.text, a.open);
		fria_buf_put(after_out, b.text, b.open);
		put_answers(before_out, after_out, &a, &b);
		fria_buf_put(before_out, a.text + a.close, a.n - a.close);
		fria_buf_put(after_out, b.text + b.close, b.n - b.close);
	}
	free(a.answers.items);
	free(b.answers.items);
	return good;
}
