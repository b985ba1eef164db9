/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A Markdown text as blocks (paragraphs, items, headings, rows of a table,
 * code), and two texts beside each other, block by block: a moved paragraph is
 * moved, not deleted and added. It reads lines, it does not render.
 */
#include "compare_internal.h"

#include <stdlib.h>
#include <string.h>

/* Pairs of blocks that are compared for likeness at most. */
#define MAX_LIKENESS 4096
/* Of a hundred: from here on two blocks are one that was changed. */
#define ALIKE 40

typedef struct {
	const char *at;
	size_t n;   /* the block itself */
	size_t gap; /* white space after it */
	fria_block_form form;
	size_t hash;
	size_t other; /* the block it is in the other text, or FRIA_NONE */
} part;

typedef struct {
	part *items;
	size_t n;
	size_t lead; /* white space before the first */
} parts;

/* --- lines --- */

static size_t line_length(const char *at)
{
	size_t n = strcspn(at, "\n");
	return n + (at[n] == '\n');
}

static size_t spaces(const char *at)
{
	return strspn(at, " \t");
}

static bool is_blank(const char *at)
{
	at += spaces(at);
	return *at == '\n' || !*at;
}

static bool is_heading(const char *at)
{
	size_t n = strspn(at, "#");
	return n >= 1 && n <= 6 && strchr(" \t\n", at[n]);
}

static bool is_item(const char *at)
{
	size_t digits = strspn(at, "0123456789");
	if (digits && digits < 10 && (at[digits] == '.' || at[digits] == ')'))
		at += digits + 1;
	else if (*at == '-' || *at == '*' || *at == '+')
		at++;
	else
		return false;
	return *at == ' ' || *at == '\t';
}

/* The number of ticks or tildes that open code; 0 if none do. */
static size_t fence(const char *at)
{
	size_t n = *at == '`' ? strspn(at, "`") : strspn(at, "~");
	return n >= 3 ? n : 0;
}

/* A row need not begin with a bar. */
static bool has_cells(const char *at)
{
	const char *bar = memchr(at, '|', strcspn(at, "\n"));
	return bar && bar > at && bar[-1] == ' ' && bar[1] == ' ';
}

static fria_block_form form_of(const char *line)
{
	const char *at = line + spaces(line);
	if (is_heading(at))
		return FRIA_HEADING;
	if (fence(at))
		return FRIA_CODE;
	if (is_item(at))
		return FRIA_ITEM;
	if (*at == '|' || has_cells(at))
		return FRIA_TABLE_ROW;
	return *at == '>' ? FRIA_QUOTE : FRIA_PARAGRAPH;
}

/* Up to the line that closes the code, or to the end. */
static size_t code_length(const char *text)
{
	const char *open = text + spaces(text);
	size_t ticks = fence(open), n = line_length(text);
	while (text[n]) {
		const char *at = text + n + spaces(text + n);
		bool closes = *at == *open && fence(at) >= ticks;
		n += line_length(text + n);
		if (closes)
			break;
	}
	return n;
}

/* Length of the block that begins here, to the end of its last line. */
static size_t block_length(const char *text, fria_block_form form)
{
	size_t n = line_length(text);
	if (form == FRIA_CODE)
		return code_length(text);
	if (form == FRIA_HEADING || form == FRIA_TABLE_ROW)
		return n;
	while (text[n] && !is_blank(text + n)) {
		fria_block_form next = form_of(text + n);
		if (next != FRIA_PARAGRAPH &&
		    !(next == form && next == FRIA_QUOTE))
			break;
		n += line_length(text + n);
	}
	return n;
}

static size_t blank_length(const char *text)
{
	size_t n = 0;
	while (text[n] && is_blank(text + n))
		n += line_length(text + n);
	return n;
}

static void split(parts *out, const char *text)
{
	out->lead = blank_length(text);
	for (text += out->lead; *text;) {
		part p = {
		    .at = text, .form = form_of(text), .other = FRIA_NONE};
		size_t whole = block_length(text, p.form);
		for (p.n = whole; p.n && strchr(" \t\n", text[p.n - 1]);)
			p.n--;
		p.gap = whole - p.n + blank_length(text + whole);
		p.hash = fria_hash(p.at, p.n);
		*FRIA_PUSH(out) = p;
		text += p.n + p.gap;
	}
}

/* --- which block is which --- */

static bool same(const part *a, const part *b)
{
	return a->n == b->n && a->hash == b->hash &&
	       !memcmp(a->at, b->at, a->n);
}

static void pair(parts *a, size_t i, parts *b, size_t j)
{
	a->items[i].other = j;
	b->items[j].other = i;
}

static size_t *hashes_of(const parts *list)
{
	size_t *out = fria_calloc(list->n + 1, sizeof *out);
	for (size_t i = 0; i < list->n; i++)
		out[i] = list->items[i].hash;
	return out;
}

static void pair_in_order(parts *a, parts *b)
{
	size_t *x = hashes_of(a), *y = hashes_of(b);
	size_t *match = fria_script_match(x, a->n, y, b->n);
	for (size_t i = 0; i < a->n; i++)
		if (match[i] != FRIA_NONE &&
		    same(&a->items[i], &b->items[match[i]]))
			pair(a, i, b, match[i]);
	free(match);
	free(x);
	free(y);
}

static int by_hash(const void *x, const void *y)
{
	const part *a = *(const part *const *)x, *b = *(const part *const *)y;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Those that have no other yet, equal ones side by side. The caller frees. */
static part **sorted(const parts *list, size_t *n)
{
	part **out = fria_calloc(list->n + 1, sizeof(part *));
	*n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].other == FRIA_NONE)
			out[(*n)++] = &list->items[i];
	if (*n)
		qsort(out, *n, sizeof(part *), by_hash);
	return out;
}

/* What stands elsewhere, letter for letter. */
static void pair_moved(parts *a, parts *b)
{
	size_t n, m;
	part **x = sorted(a, &n), **y = sorted(b, &m);
	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (x[i]->hash == y[j]->hash) {
			if (same(x[i], y[j]))
				pair(a, (size_t)(x[i] - a->items), b,
				     (size_t)(y[j] - b->items));
			i++;
			j++;
		} else if (x[i]->hash < y[j]->hash) {
			i++;
		} else {
			j++;
		}
	}
	free(x);
	free(y);
}

/* --- likeness: words in both, of a hundred --- */

typedef struct {
	size_t *hashes, n; /* of its words, sorted */
	size_t place;	   /* among the parts */
} bag;

static int by_value(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;
	return a < b ? -1 : a > b;
}

static void fill_bag(bag *out, const part *p, size_t place)
{
	*out = (bag){.place = place};
	for (const char *at = p->at; at < p->at + p->n;) {
		fria_token_kind kind;
		size_t n = fria_token_next(&kind, at);
		if (kind == FRIA_TOKEN_WORD || kind == FRIA_TOKEN_NUMBER) {
			out->hashes =
			    fria_grow(out->hashes, out->n, sizeof *out->hashes);
			out->hashes[out->n++] = fria_hash(at, n);
		}
		at += n;
	}
	if (out->n)
		qsort(out->hashes, out->n, sizeof *out->hashes, by_value);
}

/* One for each block without another; the caller frees. */
static bag *bags_of(const parts *list, size_t *n)
{
	bag *out = fria_calloc(list->n + 1, sizeof *out);
	*n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].other == FRIA_NONE)
			fill_bag(&out[(*n)++], &list->items[i], i);
	return out;
}

static void free_bags(bag *bags, size_t n)
{
	while (n-- > 0)
		free(bags[n].hashes);
	free(bags);
}

static size_t likeness(const bag *a, const bag *b)
{
	size_t both = 0, i = 0, j = 0;
	while (i < a->n && j < b->n) {
		if (a->hashes[i] == b->hashes[j]) {
			both++;
			i++;
			j++;
		} else if (a->hashes[i] < b->hashes[j]) {
			i++;
		} else {
			j++;
		}
	}
	return both ? 200 * both / (a->n + b->n) : 0;
}

typedef struct {
	size_t likeness, a, b;
} match;

/* The likest first; among equals those that stand first. */
static int by_likeness(const void *x, const void *y)
{
	const match *p = x, *q = y;
	if (p->likeness != q->likeness)
		return p->likeness > q->likeness ? -1 : 1;
	if (p->a != q->a)
		return p->a < q->a ? -1 : 1;
	return p->b < q->b ? -1 : p->b > q->b;
}

static match *matches_of(const parts *a, const parts *b, size_t *count)
{
	size_t n, m;
	bag *x = bags_of(a, &n), *y = bags_of(b, &m);
	match *out = NULL;
	*count = 0;
	for (size_t i = 0; n * m <= MAX_LIKENESS && i < n; i++)
		for (size_t j = 0; j < m; j++) {
			size_t like = likeness(&x[i], &y[j]);
			if (like < ALIKE || a->items[x[i].place].form !=
						b->items[y[j].place].form)
				continue;
			out = fria_grow(out, *count, sizeof *out);
			out[(*count)++] = (match){like, x[i].place, y[j].place};
		}
	free_bags(x, n);
	free_bags(y, m);
	return out;
}

/* What was changed: the blocks that are most alike are one. */
static void pair_alike(parts *a, parts *b)
{
	size_t n;
	match *all = matches_of(a, b, &n);
	if (n)
		qsort(all, n, sizeof *all, by_likeness);
	for (size_t i = 0; i < n; i++)
		if (a->items[all[i].a].other == FRIA_NONE &&
		    b->items[all[i].b].other == FRIA_NONE)
			pair(a, all[i].a, b, all[i].b);
	free(all);
}

/* --- the blocks side by side --- */

/*
 * Where less than half of the words stand in both, marks between them make a
 * text that nobody can read: it is one text, and then another.
 */
static void write_anew(fria_block *block, const char *before, const char *after)
{
	size_t kept = 0;
	bool gone = false, added = false;
	for (size_t i = 0; i < block->words.n; i++) {
		const fria_edit *e = &block->words.items[i];
		gone = gone || e->kind == FRIA_GONE;
		added = added || e->kind == FRIA_ADDED;
	}
	if (!gone || !added || !*before || !*after)
		return;
	for (size_t i = 0; i < block->words.n; i++) {
		const fria_edit *e = &block->words.items[i];
		if (e->kind == FRIA_SAME)
			kept += fria_words_count(e->text, strlen(e->text));
	}
	size_t all = fria_words_count(before, strlen(before)) +
		     fria_words_count(after, strlen(after));
	if (4 * kept >= all)
		return;
	fria_edits_dispose(&block->words);
	*FRIA_PUSH(&block->words) = (fria_edit){FRIA_GONE, fria_strdup(before)};
	*FRIA_PUSH(&block->words) = (fria_edit){FRIA_ADDED, fria_strdup(after)};
	block->anew = true;
}

static fria_block *add(fria_prose *out, const part *a, const part *b)
{
	fria_block *block = FRIA_PUSH(out);
	char *x = a ? fria_strndup(a->at, a->n) : fria_strdup("");
	char *y = b ? fria_strndup(b->at, b->n) : fria_strdup("");
	const part *shown = b ? b : a; /* one of them is there */
	*block = (fria_block){.form = shown ? shown->form : FRIA_PARAGRAPH,
			      .same = a && b && same(a, b)};
	if (a)
		block->gap_from = fria_strndup(a->at + a->n, a->gap);
	if (b)
		block->gap_to = fria_strndup(b->at + b->n, b->gap);
	if (block->same)
		*FRIA_PUSH(&block->words) =
		    (fria_edit){FRIA_SAME, fria_strdup(x)};
	else if (a && b)
		fria_prose_diff(&block->words, x, y);
	else if (*x || *y)
		*FRIA_PUSH(&block->words) = (fria_edit){
		    a ? FRIA_GONE : FRIA_ADDED, fria_strdup(a ? x : y)};
	write_anew(block, x, y);
	free(x);
	free(y);
	return block;
}

/* What went, up to a place in the text before. */
static void add_gone(fria_prose *out, const parts *a, size_t *next, size_t end)
{
	for (; *next < a->n && *next < end; ++*next)
		if (a->items[*next].other == FRIA_NONE)
			add(out, &a->items[*next], NULL)->from = *next + 1;
}

/* For each block after: where the next that stayed in its place was. */
static size_t *next_still(const parts *a, const parts *b, const bool *still,
			  size_t pairs)
{
	size_t *out = fria_calloc(b->n + 1, sizeof *out), end = a->n;
	for (size_t j = b->n; j-- > 0;) {
		size_t i = b->items[j].other;
		if (i != FRIA_NONE && still[--pairs])
			end = i;
		out[j] = end;
	}
	return out;
}

/* In the order of the text after; what went stands before what came. */
static void put_side_by_side(fria_prose *out, const parts *a, const parts *b,
			     const bool *still, size_t pairs)
{
	size_t *ends = next_still(a, b, still, pairs), next = 0;
	pairs = 0;
	for (size_t j = 0; j < b->n; j++) {
		size_t i = b->items[j].other;
		bool moved = i != FRIA_NONE && !still[pairs++];
		if (!moved)
			add_gone(out, a, &next, ends[j]);
		fria_block *block = add(
		    out, i == FRIA_NONE ? NULL : &a->items[i], &b->items[j]);
		block->from = i == FRIA_NONE ? 0 : i + 1;
		block->to = j + 1;
		block->moved = moved;
	}
	add_gone(out, a, &next, a->n);
	free(ends);
}

void fria_prose_compare(fria_prose *out, const char *before, const char *after)
{
	parts a = {NULL, 0, 0}, b = {NULL, 0, 0};
	size_t n = 0;
	*out = (fria_prose){NULL, 0, NULL, NULL};
	split(&a, before);
	split(&b, after);
	pair_in_order(&a, &b);
	pair_moved(&a, &b);
	pair_alike(&a, &b);
	size_t *order = fria_calloc(b.n + 1, sizeof *order);
	for (size_t j = 0; j < b.n; j++)
		if (b.items[j].other != FRIA_NONE)
			order[n++] = b.items[j].other;
	bool *still = fria_script_rising(order, n);
	put_side_by_side(out, &a, &b, still, n);
	out->lead_from = fria_strndup(before, a.lead);
	out->lead_to = fria_strndup(after, b.lead);
	free(still);
	free(order);
	free(a.items);
	free(b.items);
}

static void put_block(fria_buf *out, const fria_block *block, bool after)
{
	for (size_t i = 0; i < block->words.n; i++) {
		const fria_edit *e = &block->words.items[i];
		if (e->kind != (after ? FRIA_GONE : FRIA_ADDED))
			fria_buf_puts(out, e->text);
	}
	fria_buf_puts(out, after ? block->gap_to : block->gap_from);
}

void fria_prose_text(fria_buf *out, const fria_prose *prose, bool after)
{
	const fria_block **order =
	    fria_calloc(prose->n + 1, sizeof(fria_block *));
	for (size_t i = 0; i < prose->n; i++) {
		const fria_block *b = &prose->items[i];
		size_t place = after ? b->to : b->from;
		if (place)
			order[place - 1] = b;
	}
	fria_buf_puts(out, after ? prose->lead_to : prose->lead_from);
	for (size_t i = 0; i < prose->n && order[i]; i++)
		put_block(out, order[i], after);
	free(order);
}

void fria_prose_dispose(fria_prose *prose)
{
	for (size_t i = 0; i < prose->n; i++) {
		fria_edits_dispose(&prose->items[i].words);
		free(prose->items[i].gap_from);
		free(prose->items[i].gap_to);
	}
	free(prose->items);
	free(prose->lead_from);
	free(prose->lead_to);
	*prose = (fria_prose){NULL, 0, NULL, NULL};
}
