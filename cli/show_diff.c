/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A comparison on the terminal: by weight, texts word by word, what did not
 * change left out. It compares nothing itself.
 */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values up to this many characters stand side by side in one line. */
#define SHORT 48

static void put_line(cli *c, style how, const char *text)
{
	putf(c, how, "%s\n", text);
}

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

static void put_values(cli *c, const fria_diff *diff, const fria_difference *d)
{
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	fria_difference_value(&before, diff, d, false, c->lang);
	fria_difference_value(&after, diff, d, true, c->lang);
	put_texts(c, before.text, after.text);
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

/* --- one change --- */

static void put_because(cli *c, const fria_diff *diff, const fria_difference *d)
{
	fria_buf lines = FRIA_BUF_INIT;
	fria_difference_because(&lines, diff, d, c->lang);
	put_wrapped(c, 6, lines.text);
	fria_buf_dispose(&lines);
}

/* The note, and who gave it. */
static void put_stand(cli *c, const fria_difference *d)
{
	flow f = {.indent = 6};
	fria_buf text = FRIA_BUF_INIT, name = FRIA_BUF_INIT;
	bool named =
	    d->weight == FRIA_WEIGHT_DECISION || d->weight == FRIA_WEIGHT_TALK;
	if (d->note && d->weight != FRIA_WEIGHT_DECISION)
		fria_say(&text, c->lang, FRIA_W_diff_note, "note", d->note,
			 NULL);
	fria_difference_by(&name, d);
	if (name.n && (text.n || named)) {
		fria_buf_puts(&text, text.n ? " (" : "");
		fria_say(&text, c->lang, FRIA_W_diff_by, "name", name.text,
			 NULL);
		fria_buf_puts(&text, d->note && !named ? ")" : "");
	}
	put_flow(c, &f, DIM, text.text, text.n);
	end_flow(c, &f);
	fria_buf_dispose(&text);
	fria_buf_dispose(&name);
}

static style style_of(const fria_difference *d)
{
	if (d->kind == FRIA_CHANGE_LAPSED || d->kind == FRIA_CHANGE_REMOVED)
		return RED;
	return d->weight == FRIA_WEIGHT_SETTLED ? GREEN : YELLOW;
}

/* "2.3.1 the question: answer changed"; a state is its own word. Of n answers
 * that must be judged alike, their group. */
static void put_title(cli *c, const fria_diff *diff, const fria_difference *d,
		      size_t n)
{
	flow f = {.indent = 2};
	fria_buf title = FRIA_BUF_INIT, word = FRIA_BUF_INIT;
	bool plain = d->weight == FRIA_WEIGHT_VERDICT ||
		     d->kind == FRIA_CHANGE_FACT ||
		     d->weight == FRIA_WEIGHT_JUDGE;
	if (n > 1)
		fria_difference_group(&title, diff, d, n, c->lang);
	else
		fria_difference_title(&title, diff, d, c->lang);
	put_flow(c, &f, BOLD, title.text, title.n);
	if (c->verbose && d->pointer) {
		put_flow(c, &f, DIM, " (", 2);
		put_flow(c, &f, DIM, d->pointer, strlen(d->pointer));
		put_flow(c, &f, DIM, ")", 1);
	}
	if (!plain) {
		put_flow(c, &f, PLAIN, title.n ? ": " : "", title.n ? 2 : 0);
		fria_difference_say(&word, d, c->lang);
		put_flow(c, &f, style_of(d), word.text, word.n);
	}
	end_flow(c, &f);
	fria_buf_dispose(&title);
	fria_buf_dispose(&word);
}

static void put_difference(cli *c, const fria_diff *diff, size_t i)
{
	const fria_difference *d = &diff->items[i];
	size_t n = fria_diff_together(NULL, diff, i);
	if (!n)
		return;
	put_title(c, diff, d, n);
	put_values(c, diff, d);
	put_because(c, diff, d);
	put_stand(c, d);
}

/* --- what can be told in one line --- */

static void put_ids(cli *c, const fria_strings *ids)
{
	flow f = {.indent = 6};
	for (size_t k = 0; k < ids->n; k++) {
		put_flow(c, &f, PLAIN, k ? ", " : "", k ? 2 : 0);
		put_flow(c, &f, PLAIN, ids->items[k], strlen(ids->items[k]));
	}
	end_flow(c, &f);
}

/* "herbevestigd" or "opnieuw te beoordelen → beantwoord". */
static void put_what(cli *c, const fria_diff *diff, const fria_difference *d)
{
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	put(c, PLAIN, "  ");
	if (d->kind == FRIA_CHANGE_CONFIRMED) {
		fria_difference_say(&after, d, c->lang);
		put(c, GREEN, after.text);
	} else {
		fria_difference_value(&before, diff, d, false, c->lang);
		fria_difference_value(&after, diff, d, true, c->lang);
		putf(c, PLAIN, "%s → ", before.text);
		put(c, GREEN, after.text);
	}
	put(c, PLAIN, "\n");
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

static void put_together(cli *c, const fria_diff *diff, size_t i)
{
	const fria_difference *d = &diff->items[i];
	fria_strings ids = FRIA_STRINGS_INIT;
	if (!fria_diff_together(&ids, diff, i))
		return;
	if (ids.n == 1 && d->kind == FRIA_CHANGE_CONFIRMED) {
		put_title(c, diff, d, 1);
	} else {
		put_what(c, diff, d);
		put_ids(c, &ids);
	}
	put_stand(c, d);
	fria_strings_dispose(&ids);
}

/* --- all --- */

static void put_side(cli *c, const fria_side *side)
{
	fria_buf name = FRIA_BUF_INIT;
	fria_side_say(&name, side, c->lang);
	put(c, BOLD, name.text);
	if (side->date)
		putf(c, DIM, " (%s)", side->date);
	fria_buf_dispose(&name);
}

static void put_heading(cli *c, fria_weight weight)
{
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, fria_weight_word(weight), NULL);
}

void put_diff(cli *c, const char *name, const fria_diff *diff)
{
	if (!diff->n) {
		put_line(c, PLAIN, fria_word_text(FRIA_W_diff_none, c->lang));
		return;
	}
	putf(c, BOLD, "%s: ", name);
	put_side(c, &diff->from);
	put(c, PLAIN, " → ");
	put_side(c, &diff->to);
	put(c, PLAIN, "\n");
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		bool first = !i || d->weight != diff->items[i - 1].weight;
		if (first)
			put_heading(c, d->weight);
		if (first && d->weight == FRIA_WEIGHT_SETTLED)
			put_confirmed(c, &diff->confirmed, NULL);
		if (d->weight == FRIA_WEIGHT_SETTLED)
			put_together(c, diff, i);
		else
			put_difference(c, diff, i);
	}
}

void put_diff_stat(cli *c, const fria_diff *diff)
{
	fria_stats stats;
	fria_diff_count(&stats, diff);
	for (size_t i = 0; i < stats.n; i++) {
		const fria_stat *s = &stats.items[i];
		putf(c, PLAIN, "%6zu  ", s->count);
		put_word(c, BOLD, fria_weight_word(s->weight), NULL);
		put(c, PLAIN, ": ");
		put_sentence(c, PLAIN, s->word, NULL);
	}
	free(stats.items);
	put_confirmed(c, &diff->confirmed, NULL);
}
