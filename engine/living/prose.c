/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in a text, word by word: a shortest edit script (Myers, 1986)
 * over words, with a bound on work. It knows nothing of documents.
 */
#include "living.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* More differing words than this are shown as one replacement. */
#define MAX_EDITS 800

typedef struct {
	const char *at;
	size_t n;
} word;

typedef struct {
	word *items;
	size_t n;
} words;

/* A word is a run of non-space; a run of white space is a word too. */
static void split(words *out, const char *text)
{
	while (*text) {
		bool space = isspace((unsigned char)*text);
		size_t n = 1;
		while (text[n] &&
		       (isspace((unsigned char)text[n]) != 0) == space)
			n++;
		*FRIA_PUSH(out) = (word){text, n};
		text += n;
	}
}

static bool same(const word *a, const word *b)
{
	return a->n == b->n && !memcmp(a->at, b->at, a->n);
}

static void add(fria_edits *out, fria_edit_kind kind, const char *at, size_t n)
{
	fria_edit *last = out->n ? &out->items[out->n - 1] : NULL;
	if (!n)
		return;
	if (last && last->kind == kind) {
		size_t length = strlen(last->text);
		last->text = fria_realloc(last->text, length + n + 1);
		memcpy(last->text + length, at, n);
		last->text[length + n] = '\0';
		return;
	}
	*FRIA_PUSH(out) = (fria_edit){kind, fria_strndup(at, n)};
}

/* Adds words from..to, which lie side by side in their text. */
static void add_run(fria_edits *out, fria_edit_kind kind, const words *of,
		    size_t from, size_t to)
{
	for (; from < to && from < of->n; from++)
		add(out, kind, of->items[from].at, of->items[from].n);
}

typedef struct {
	const words *a, *b;
	size_t start, a_end, b_end; /* the middle that differs */
	size_t *trace;		    /* one row of furthest points per edit */
	size_t width;
} script;

/* The furthest x on each diagonal with d edits; true when the end is met. */
static bool extend(script *s, size_t d, size_t *v)
{
	size_t n = s->a_end - s->start, m = s->b_end - s->start;
	for (size_t k = 0; k <= 2 * d; k += 2) {
		size_t diagonal = MAX_EDITS + k - d; /* x - y + MAX_EDITS */
		bool down =
		    k == 0 || (k != 2 * d && v[diagonal - 1] < v[diagonal + 1]);
		size_t x = down ? v[diagonal + 1] : v[diagonal - 1] + 1;
		size_t y = x + MAX_EDITS - diagonal;
		while (x < n && y < m &&
		       same(&s->a->items[s->start + x],
			    &s->b->items[s->start + y])) {
			x++;
			y++;
		}
		v[diagonal] = x;
		if (x >= n && y >= m)
			return true;
	}
	return false;
}

/* Number of edits, or FRIA_NONE when there are too many. */
static size_t search(script *s)
{
	size_t *v = fria_calloc(s->width, sizeof *v);
	size_t found = FRIA_NONE;
	for (size_t d = 0; d < MAX_EDITS; d++) {
		s->trace = fria_realloc(s->trace,
					(d + 1) * s->width * sizeof *s->trace);
		memcpy(s->trace + d * s->width, v, s->width * sizeof *v);
		if (extend(s, d, v)) {
			found = d;
			break;
		}
	}
	free(v);
	return found;
}

/* Walks the trace back; kinds[] gets one entry per word, in reverse. */
static size_t walk_back(const script *s, size_t d, fria_edit_kind *kinds)
{
	size_t x = s->a_end - s->start, y = s->b_end - s->start, n = 0;
	for (; d > 0; d--) {
		const size_t *v = s->trace + d * s->width;
		size_t diagonal = MAX_EDITS + x - y;
		bool down = diagonal == MAX_EDITS - d ||
			    (diagonal != MAX_EDITS + d &&
			     v[diagonal - 1] < v[diagonal + 1]);
		size_t from = down ? diagonal + 1 : diagonal - 1;
		size_t px = v[from], py = px + MAX_EDITS - from;
		while (x > px + !down && y > py + down) {
			kinds[n++] = FRIA_SAME;
			x--;
			y--;
		}
		kinds[n++] = down ? FRIA_ADDED : FRIA_GONE;
		x = px;
		y = py;
	}
	while (x-- > 0)
		kinds[n++] = FRIA_SAME;
	return n;
}

static void middle(fria_edits *out, script *s)
{
	size_t a = s->start, b = a, d = search(s);
	if (d == FRIA_NONE) {
		add_run(out, FRIA_GONE, s->a, a, s->a_end);
		add_run(out, FRIA_ADDED, s->b, b, s->b_end);
		return;
	}
	fria_edit_kind *kinds =
	    fria_calloc(s->a_end + s->b_end - 2 * s->start, sizeof *kinds);
	size_t n = walk_back(s, d, kinds);
	while (n-- > 0) {
		if (kinds[n] == FRIA_ADDED) {
			add_run(out, FRIA_ADDED, s->b, b, b + 1);
			b++;
			continue;
		}
		add_run(out, kinds[n], s->a, a, a + 1);
		b += kinds[n] == FRIA_SAME;
		a++;
	}
	free(kinds);
}

void fria_prose_diff(fria_edits *out, const char *before, const char *after)
{
	words a = {NULL, 0}, b = {NULL, 0};
	*out = (fria_edits){NULL, 0};
	split(&a, before);
	split(&b, after);
	script s = {.a = &a,
		    .b = &b,
		    .a_end = a.n,
		    .b_end = b.n,
		    .width = 2 * MAX_EDITS + 2};
	while (s.start < a.n && s.start < b.n &&
	       same(&a.items[s.start], &b.items[s.start]))
		s.start++;
	while (s.a_end > s.start && s.b_end > s.start &&
	       same(&a.items[s.a_end - 1], &b.items[s.b_end - 1])) {
		s.a_end--;
		s.b_end--;
	}
	add_run(out, FRIA_SAME, &a, 0, s.start);
	middle(out, &s);
	add_run(out, FRIA_SAME, &a, s.a_end, a.n);
	free(s.trace);
	free(a.items);
	free(b.items);
}

void fria_edits_dispose(fria_edits *edits)
{
	for (size_t i = 0; i < edits->n; i++)
		free(edits->items[i].text);
	free(edits->items);
	*edits = (fria_edits){NULL, 0};
}
