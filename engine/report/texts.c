/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a text was and what it is, so that the eye finds what differs: side by
 * side, or word by word with what did not change left out. It compares nothing
 * itself.
 */
#include "parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Values up to this many characters are shown beside each other. */
#define SHORT 80
/* Of longer ones so many characters that differ are shown in a line. */
#define WORDS 44

size_t part_cut(const char *text, size_t characters)
{
	size_t n = strlen(text), at = 0, space = 0;
	while (at < n && characters--) {
		uint32_t one;
		if (text[at] == ' ' || text[at] == '\n')
			space = at;
		at += fria_utf8_next(&one, text + at, n - at);
	}
	return at < n && space ? space : at;
}

void part_beginning(fria_buf *out, const char *text, size_t characters)
{
	size_t n = part_cut(text, characters), from = out->n;
	fria_buf_put(out, text, n);
	for (char *at = out->text + from; out->n > from && *at; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	if (text[n])
		fria_buf_puts(out, "…");
}

/* Of a text that was written anew nothing is marked: all of it would be. What
 * opens an item is shown as a reader knows it, not as a sign that it went. */
static void put_piece(fria_node *at, const fria_span *p, bool first,
		      fria_passage_kind in)
{
	bool item = first && p->n > 1 && !strncmp(p->text, "- ", 2);
	bool heading = first && p->n > 1 && !strncmp(p->text, "# ", 2);
	size_t sign = item || heading ? 2 : 0;
	const char *text = fria_kept_format(at, "%s%.*s", item ? "• " : "",
					    (int)(p->n - sign), p->text + sign);
	if (p->kind == FRIA_SPAN_FOLDED) {
		fria_buf *left = fria_kept_text(at);
		fria_left_out_say(left, 0, p->words, fria_node_lang(at));
		fria_node_text(at, " ");
		fria_node_marked(at, FRIA_LEFT_OUT,
				 fria_kept_format(at, "[… %s …]", left->text));
		fria_node_text(at, " ");
	} else if (p->kind == FRIA_SPAN_SAME || in == FRIA_PASSAGE_WAS ||
		   in == FRIA_PASSAGE_NOW) {
		fria_node_text(at, text);
	} else {
		fria_node_marked(at,
				 p->kind == FRIA_SPAN_ADDED ? FRIA_INSERTED
							    : FRIA_DELETED,
				 text);
	}
}

static void put_passage(fria_node *at, const fria_passage *p)
{
	fria_node *line = fria_node_passage(at, p->kind);
	fria_lang lang = fria_node_lang(at);
	if (p->kind == FRIA_PASSAGE_FOLDED) {
		fria_node_text(line, "… ");
		fria_left_out_say(fria_node_here(line), p->blocks, p->words,
				  lang);
		return;
	}
	if (p->moved) {
		fria_node_marked(line, FRIA_LEFT_OUT,
				 fria_kept_say(at, FRIA_W_diff_moved, "from",
					       FRIA_DIGITS(p->from), NULL));
		fria_node_text(line, " ");
	}
	if (p->kind == FRIA_PASSAGE_WAS || p->kind == FRIA_PASSAGE_NOW)
		fria_node_strong(
		    line,
		    fria_kept_format(at, "%s: ",
				     fria_word_text(p->kind == FRIA_PASSAGE_WAS
							? FRIA_W_report_was
							: FRIA_W_report_now,
						    lang)));
	for (size_t i = 0; i < p->n; i++)
		put_piece(line, &p->items[i], !i, p->kind);
}

/* The line under the head of a table, which says nothing. */
static bool is_rule(const fria_passage *p)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->items[i].n; k++)
			if (!strchr("|-: ", p->items[i].text[k]))
				return false;
	return p->form == FRIA_TABLE_ROW;
}

static void put_prose(fria_node *at, const char *before, const char *after)
{
	fria_prose prose;
	fria_passages shown;
	bool more = false;
	fria_prose_compare(&prose, before, after);
	fria_prose_fold(&shown, &prose);
	for (size_t i = 0; i < shown.n; i++) {
		bool folded = shown.items[i].kind == FRIA_PASSAGE_FOLDED;
		bool rule = !folded && is_rule(&shown.items[i]);
		if (!rule)
			put_passage(at, &shown.items[i]);
		more = more || (!folded && !rule);
	}
	if (!more)
		fria_meta_say(at, FRIA_W_diff_only_space, NULL);
	fria_passages_dispose(&shown);
	fria_prose_dispose(&prose);
}

bool part_is_short(const char *text)
{
	return !strchr(text, '\n') &&
	       fria_utf8_count(text, strlen(text)) <= SHORT;
}

void part_sides(fria_node *at, const char *before, const char *after)
{
	if (*before) {
		fria_node_marked(at, FRIA_DELETED, before);
		fria_node_text(at, " → ");
	}
	if (*after)
		fria_node_marked(at, FRIA_INSERTED, after);
	else
		fria_node_say(at, FRIA_W_report_nothing, NULL);
}

/* They are one text with some words changed. */
static bool are_alike(const char *before, const char *after)
{
	fria_prose prose;
	fria_prose_compare(&prose, before, after);
	bool alike = prose.n == 1 && !prose.items[0].anew &&
		     prose.items[0].from && prose.items[0].to;
	fria_prose_dispose(&prose);
	return alike;
}

static bool says_something(const char *text)
{
	while (*text && !isalnum((unsigned char)*text) &&
	       (unsigned char)*text < 0x80)
		text++;
	return *text != '\0';
}

/* What differs, with what is between it, or a mark for that. */
static void put_edits(fria_node *at, const fria_edits *words, bool all,
		      size_t *room)
{
	const char *between = "";
	for (size_t i = 0; i < words->n && *room; i++) {
		const fria_edit *one = &words->items[i];
		size_t n = strlen(one->text);
		fria_buf *text = fria_kept_text(at);
		if (one->kind == FRIA_SAME ||
		    (!all && !says_something(one->text))) {
			fria_node_text(at, all ? one->text : "");
			between = all ? "" : " … ";
			continue;
		}
		fria_node_text(at, between);
		if (!all && n > *room && *room < WORDS / 2) {
			*room = 0;
			return;
		}
		part_beginning(text, one->text, all ? n : *room);
		fria_node_marked(
		    at, one->kind == FRIA_ADDED ? FRIA_INSERTED : FRIA_DELETED,
		    text->text);
		*room = all ? *room : *room > n ? *room - n : 0;
		between = " ";
	}
}

void part_words(fria_node *at, const char *before, const char *after)
{
	fria_prose prose;
	size_t room = WORDS;
	bool all = part_is_short(before) && part_is_short(after);
	fria_prose_compare(&prose, before, after);
	for (size_t i = 0; i < prose.n && room; i++)
		if (all || !prose.items[i].same) {
			fria_node_text(at, i ? " " : "");
			put_edits(at, &prose.items[i].words, all, &room);
		}
	fria_node_text(at, room ? "" : " …");
	fria_prose_dispose(&prose);
}

void fria_texts_view(fria_node *at, const char *before, const char *after)
{
	if (*before && *after && !strcmp(before, after))
		fria_node_paragraph_text(at, after);
	else if (*before && part_is_short(before) && part_is_short(after) &&
		 !are_alike(before, after))
		part_sides(fria_node_passage(at, FRIA_PASSAGE_CHANGED), before,
			   after);
	else if (*before || *after)
		put_prose(at, before, after);
}
