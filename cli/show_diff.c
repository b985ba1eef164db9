/* SPDX-License-Identifier: EUPL-1.2 */
/* Two texts on the terminal, word by word, what did not change left out. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values up to this many characters stand side by side in one line. */
#define SHORT 48

/* --- texts --- */

static void put_mark(cli *c, const fria_passage *p)
{
	static const struct {
		const char *mark;
		style how;
	} marks[] = {{" ", DIM},    {" ", PLAIN}, {"-", RED},  {"+", GREEN},
		     {"~", YELLOW}, {"-", RED},	  {"+", GREEN}};
	put(c, PLAIN, "    ");
	put(c, p->moved ? BLUE : marks[p->kind].how,
	    p->moved ? "↕" : marks[p->kind].mark);
	put(c, PLAIN, " ");
}

/* Without colour the marks of git's own word differences stand around. */
static void put_piece(cli *c, flow *f, const fria_span *p, bool whole)
{
	static const char *const open[] = {"", "[-", "{+", ""};
	static const char *const close[] = {"", "-]", "+}", ""};
	static const style styles[] = {PLAIN, GONE, CAME, DIM};
	bool marked = !c->colour && !whole;
	fria_buf text = FRIA_BUF_INIT;
	if (p->kind == FRIA_SPAN_FOLDED) {
		fria_buf_puts(&text, " [… ");
		fria_left_out_say(&text, 0, p->words, c->lang);
		fria_buf_puts(&text, " …] ");
	} else {
		fria_buf_puts(&text, marked ? open[p->kind] : "");
		fria_buf_put(&text, p->text, p->n);
		fria_buf_puts(&text, marked ? close[p->kind] : "");
	}
	put_flow(c, f, styles[p->kind], text.text, text.n);
	fria_buf_dispose(&text);
}

static void put_folded(cli *c, const fria_passage *p)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_left_out_say(&text, p->blocks, p->words, c->lang);
	putf(c, DIM, "      … %s\n", text.text);
	fria_buf_dispose(&text);
}

static void put_passage(cli *c, const fria_passage *p)
{
	flow f = {.indent = 6, .opened = true};
	char from[24];
	if (p->kind == FRIA_PASSAGE_FOLDED) {
		put_folded(c, p);
		return;
	}
	if (p->moved) {
		snprintf(from, sizeof from, "%zu", p->from);
		put(c, PLAIN, "      ");
		put_sentence(c, BLUE, FRIA_W_diff_moved, "from", from, NULL);
	}
	put_mark(c, p);
	for (size_t i = 0; i < p->n; i++)
		put_piece(c, &f, &p->items[i], p->kind != FRIA_PASSAGE_CHANGED);
	end_flow(c, &f);
}

static bool any_shown(const fria_passages *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind != FRIA_PASSAGE_FOLDED)
			return true;
	return false;
}

static void put_prose(cli *c, const char *before, const char *after)
{
	fria_prose prose;
	fria_passages shown;
	fria_prose_compare(&prose, before, after);
	fria_prose_fold(&shown, &prose);
	for (size_t i = 0; i < shown.n; i++)
		put_passage(c, &shown.items[i]);
	if (!any_shown(&shown)) {
		put(c, PLAIN, "      ");
		put_sentence(c, DIM, FRIA_W_diff_only_space, NULL);
	}
	fria_passages_dispose(&shown);
	fria_prose_dispose(&prose);
}

static bool is_short(const char *text)
{
	return !strchr(text, '\n') &&
	       fria_utf8_count(text, strlen(text)) <= SHORT;
}

static void put_side_by_side(cli *c, const char *before, const char *after)
{
	flow f = {.indent = 6};
	if (*before)
		put_flow(c, &f, GONE, before, strlen(before));
	put_flow(c, &f, PLAIN, *before ? " → " : "→ ", *before ? 5 : 4);
	if (*after)
		put_flow(c, &f, CAME, after, strlen(after));
	else
		put_flow(c, &f, DIM, "–", strlen("–"));
	end_flow(c, &f);
}

void put_texts(cli *c, const char *before, const char *after)
{
	if (*before && *after && !strcmp(before, after))
		put_wrapped(c, 6, after);
	else if (*before && is_short(before) && is_short(after))
		put_side_by_side(c, before, after);
	else if (*before || *after)
		put_prose(c, before, after);
}
