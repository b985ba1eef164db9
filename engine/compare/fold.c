/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a reader is shown of two texts: every change with the words around it.
 * What is left out is counted. It compares nothing itself.
 */
#include "compare_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Words that stay on either side of a change. */
#define AROUND 5
/* Fewer words than this are not worth leaving out. */
#define WORTH 12

static void put(fria_passage *p, fria_span_kind kind, const char *text,
		size_t n)
{
	*FRIA_PUSH(p) = (fria_span){kind, text, n, fria_words_count(text, n)};
}

/* What went or came, without the space around it. */
static void put_marked(fria_passage *p, fria_span_kind kind, const char *text)
{
	size_t n = strlen(text), lead = strspn(text, " \t\n");
	size_t end = n;
	bool behind = p->n && p->items[p->n - 1].kind == FRIA_SPAN_GONE;
	while (end > lead && strchr(" \t\n", text[end - 1]))
		end--;
	if (lead)
		put(p, FRIA_SPAN_SAME, text, lead);
	else if (behind && kind == FRIA_SPAN_ADDED)
		put(p, FRIA_SPAN_SAME, " ", 1);
	if (end > lead)
		put(p, kind, text + lead, end - lead);
	if (end < n)
		put(p, FRIA_SPAN_SAME, text + end, n - end);
}

/* Where the first `count` words end; n if there are fewer. */
static size_t after_words(const char *text, size_t n, size_t count)
{
	size_t at = 0;
	while (at < n && count--) {
		while (at < n && isspace((unsigned char)text[at]))
			at++;
		while (at < n && !isspace((unsigned char)text[at]))
			at++;
	}
	return at;
}

/* Where the last `count` words begin. */
static size_t before_words(const char *text, size_t n, size_t count)
{
	while (n && count--) {
		while (n && isspace((unsigned char)text[n - 1]))
			n--;
		while (n && !isspace((unsigned char)text[n - 1]))
			n--;
	}
	return n;
}

/* An unchanged stretch between two changes, or at an end of its block. */
static void put_same(fria_passage *p, const char *text, bool first, bool last)
{
	size_t n = strlen(text);
	size_t head = first ? 0 : after_words(text, n, AROUND);
	size_t tail = last ? n : before_words(text, n, AROUND);
	if (tail <= head ||
	    fria_words_count(text + head, tail - head) < WORTH) {
		put(p, FRIA_SPAN_SAME, text, n);
		return;
	}
	if (head)
		put(p, FRIA_SPAN_SAME, text, head);
	put(p, FRIA_SPAN_FOLDED, text + head, tail - head);
	if (tail < n)
		put(p, FRIA_SPAN_SAME, text + tail, n - tail);
}

static fria_passage_kind kind_of(const fria_block *b)
{
	if (b->same)
		return FRIA_PASSAGE_SAME;
	if (!b->to)
		return FRIA_PASSAGE_GONE;
	return b->from ? FRIA_PASSAGE_CHANGED : FRIA_PASSAGE_ADDED;
}

static void put_block(fria_passages *out, const fria_block *b)
{
	fria_passage *p = FRIA_PUSH(out);
	*p = (fria_passage){.kind = kind_of(b),
			    .form = b->form,
			    .moved = b->moved,
			    .from = b->from,
			    .to = b->to};
	for (size_t i = 0; i < b->words.n; i++) {
		const fria_edit *e = &b->words.items[i];
		if (e->kind == FRIA_SAME)
			put_same(p, e->text, i == 0 && !b->same,
				 i + 1 == b->words.n && !b->same);
		else
			put_marked(p,
				   e->kind == FRIA_GONE ? FRIA_SPAN_GONE
							: FRIA_SPAN_ADDED,
				   e->text);
	}
}

/* What it was, and below it what it is. */
static void put_anew(fria_passages *out, const fria_block *b)
{
	for (size_t i = 0; i < b->words.n; i++) {
		const fria_edit *e = &b->words.items[i];
		bool gone = e->kind == FRIA_GONE;
		fria_passage *p = FRIA_PUSH(out);
		*p = (fria_passage){.kind = gone ? FRIA_PASSAGE_WAS
						 : FRIA_PASSAGE_NOW,
				    .form = b->form,
				    .moved = b->moved && !gone,
				    .from = b->from,
				    .to = b->to};
		put(p, gone ? FRIA_SPAN_GONE : FRIA_SPAN_ADDED, e->text,
		    strlen(e->text));
	}
}

static bool unchanged(const fria_block *b)
{
	return b->same && !b->moved;
}

/* A heading stays above what changed below it. */
static bool shown(const fria_prose *prose, size_t i)
{
	const fria_block *b = &prose->items[i];
	return !unchanged(b) || (b->form == FRIA_HEADING && i + 1 < prose->n &&
				 !unchanged(&prose->items[i + 1]));
}

static void fold_block(fria_passages *out, const fria_block *b)
{
	fria_passage *last = out->n ? &out->items[out->n - 1] : NULL;
	if (!last || last->kind != FRIA_PASSAGE_FOLDED) {
		last = FRIA_PUSH(out);
		*last = (fria_passage){.kind = FRIA_PASSAGE_FOLDED};
	}
	last->blocks++;
	for (size_t i = 0; i < b->words.n; i++)
		last->words += fria_words_count(b->words.items[i].text,
						strlen(b->words.items[i].text));
}

void fria_prose_fold(fria_passages *out, const fria_prose *prose)
{
	*out = (fria_passages){NULL, 0};
	for (size_t i = 0; i < prose->n; i++)
		if (prose->items[i].anew)
			put_anew(out, &prose->items[i]);
		else if (shown(prose, i))
			put_block(out, &prose->items[i]);
		else
			fold_block(out, &prose->items[i]);
}

void fria_passages_dispose(fria_passages *passages)
{
	for (size_t i = 0; i < passages->n; i++)
		free(passages->items[i].items);
	free(passages->items);
	*passages = (fria_passages){NULL, 0};
}
