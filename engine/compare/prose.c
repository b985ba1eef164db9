/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed in a text, word by word, joined to what a reader can follow. It
 * knows nothing of blocks (blocks.c) or documents.
 */
#include "compare_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- words, marks and the space between them --- */

typedef struct {
	const char *at;
	size_t n;
} word;

typedef struct {
	word *items;
	size_t n;
} words;

static void split(words *out, const char *text)
{
	fria_token_kind kind;
	while (*text) {
		size_t n = fria_token_next(&kind, text);
		*FRIA_PUSH(out) = (word){text, n};
		text += n;
	}
}

/* --- words as numbers: equal words, equal numbers --- */

size_t fria_hash(const char *text, size_t n)
{
	size_t hash = 0xcbf29ce484222325u;
	while (n--)
		hash = (hash ^ (unsigned char)*text++) * 0x100000001b3u;
	return hash;
}

typedef struct {
	word *slots;
	size_t *numbers, room, n;
} names;

static size_t number_of(names *all, const word *w)
{
	size_t at = fria_hash(w->at, w->n) & (all->room - 1);
	for (; all->slots[at].at; at = (at + 1) & (all->room - 1))
		if (all->slots[at].n == w->n &&
		    !memcmp(all->slots[at].at, w->at, w->n))
			return all->numbers[at];
	all->slots[at] = *w;
	all->numbers[at] = all->n;
	return all->n++;
}

static size_t *numbers_of(names *all, const words *list)
{
	size_t *out = fria_calloc(list->n + 1, sizeof *out);
	for (size_t i = 0; i < list->n; i++)
		out[i] = number_of(all, &list->items[i]);
	return out;
}

static size_t *match_words(const words *a, const words *b)
{
	names all = {.room = 16};
	while (all.room < 2 * (a->n + b->n))
		all.room *= 2;
	all.slots = fria_calloc(all.room, sizeof *all.slots);
	all.numbers = fria_calloc(all.room, sizeof *all.numbers);
	size_t *x = numbers_of(&all, a), *y = numbers_of(&all, b);
	size_t *match = fria_script_match(x, a->n, y, b->n);
	free(x);
	free(y);
	free(all.slots);
	free(all.numbers);
	return match;
}

/* --- stretches: what is kept, and between them what went and came --- */

typedef struct {
	size_t same, gone, added; /* bytes, in this order */
} stretch;

typedef struct {
	stretch *items;
	size_t n;
} stretches;

static void find_stretches(stretches *out, const words *a, const words *b,
			   const size_t *match)
{
	size_t i = 0, j = 0;
	while (i < a->n || j < b->n) {
		stretch s = {0, 0, 0};
		for (; i < a->n && match[i] == j; i++, j++)
			s.same += a->items[i].n;
		for (; i < a->n && match[i] == FRIA_NONE; i++)
			s.gone += a->items[i].n;
		for (; j < (i < a->n ? match[i] : b->n); j++)
			s.added += b->items[j].n;
		*FRIA_PUSH(out) = s;
	}
}

static size_t larger(const stretch *s)
{
	return s->gone > s->added ? s->gone : s->added;
}

/*
 * What is kept between two changes but is smaller than either only breaks the
 * sentence up: it goes and comes with them; unless both only add, or only take
 * away, for then it is what holds the sentence together.
 */
static void join_stretches(stretches *list)
{
	size_t kept = 0;
	for (size_t i = 1; i < list->n; i++) {
		stretch *s = &list->items[i], *last = &list->items[kept];
		bool one_way =
		    (!s->gone && !last->gone) || (!s->added && !last->added);
		if (larger(s) && larger(last) && !one_way &&
		    s->same <= larger(s) && s->same <= larger(last)) {
			last->gone += s->same + s->gone;
			last->added += s->same + s->added;
		} else {
			list->items[++kept] = *s;
		}
	}
	list->n = list->n ? kept + 1 : 0;
}

/* Space that both end in stays where it is. */
static void leave_space(stretches *list, const char *before, const char *after)
{
	for (size_t i = 0; i < list->n; i++) {
		stretch *s = &list->items[i];
		const char *gone = before + s->same + s->gone;
		const char *added = after + s->same + s->added;
		before = gone;
		after = added;
		while (i + 1 < list->n && s->gone && s->added &&
		       isspace((unsigned char)gone[-1]) &&
		       gone[-1] == added[-1]) {
			gone--;
			added--;
			s->gone--;
			s->added--;
			list->items[i + 1].same++;
			before--;
			after--;
		}
	}
}

static void add(fria_edits *out, fria_edit_kind kind, const char *at, size_t n)
{
	if (n)
		*FRIA_PUSH(out) = (fria_edit){kind, fria_strndup(at, n)};
}

void fria_prose_diff(fria_edits *out, const char *before, const char *after)
{
	words a = {NULL, 0}, b = {NULL, 0};
	stretches list = {NULL, 0};
	*out = (fria_edits){NULL, 0};
	split(&a, before);
	split(&b, after);
	size_t *match = match_words(&a, &b);
	find_stretches(&list, &a, &b, match);
	join_stretches(&list);
	leave_space(&list, before, after);
	for (size_t i = 0; i < list.n; i++) {
		const stretch *s = &list.items[i];
		add(out, FRIA_SAME, before, s->same);
		add(out, FRIA_GONE, before + s->same, s->gone);
		add(out, FRIA_ADDED, after + s->same, s->added);
		before += s->same + s->gone;
		after += s->same + s->added;
	}
	free(match);
	free(list.items);
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

size_t fria_words_count(const char *text, size_t n)
{
	size_t count = 0;
	fria_token_kind kind;
	for (size_t i = 0; i < n;) {
		i += fria_token_next(&kind, text + i);
		count += kind == FRIA_TOKEN_WORD || kind == FRIA_TOKEN_NUMBER;
	}
	return count;
}
