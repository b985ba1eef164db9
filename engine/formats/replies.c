/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The supplier's replies: the Markdown that the template supplier-questions
 * makes, filled in. A reply is what stands behind its mark, up to the next
 * heading of the form or its foot; or in the last cell of a question's line in
 * the table. A supplier's own headings are part of the reply. The rest of the
 * document is the form, and not read.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *text;
	size_t n;
} span;

typedef struct {
	span *items;
	size_t n;
} spans;

/* The document's lines, without their ends. */
static spans split_lines(const char *at, const char *end)
{
	spans lines = {NULL, 0};
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((stop ? stop : end) - at);
		*FRIA_PUSH(&lines) =
		    (span){at, n && at[n - 1] == '\r' ? n - 1 : n};
		at = stop ? stop + 1 : end;
	}
	return lines;
}

static span trim(span text)
{
	while (text.n && strchr(" \t", *text.text))
		text = (span){text.text + 1, text.n - 1};
	while (text.n && strchr(" \t", text.text[text.n - 1]))
		text.n--;
	return text;
}

/* --- what a line is --- */

/* 1 to 6 for a heading, and its first word; else 0. */
static size_t heading(span line, span *word)
{
	size_t level = 0;
	while (level < line.n && line.text[level] == '#')
		level++;
	if (!level || level > 6 || level == line.n || line.text[level] != ' ')
		return 0;
	*word = trim((span){line.text + level, line.n - level});
	const char *blank = memchr(word->text, ' ', word->n);
	if (blank)
		word->n = (size_t)(blank - word->text);
	return level;
}

/* Bytes of the mark that a reply stands behind; 0 for another line. */
static size_t mark(span line)
{
	for (int lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		const char *own =
		    fria_word_text(FRIA_W_reply_mark, (fria_lang)lang);
		size_t n = strlen(own);
		if (line.n >= n + 4 && !memcmp(line.text, "**", 2) &&
		    !memcmp(line.text + 2, own, n) &&
		    !memcmp(line.text + 2 + n, "**", 2))
			return n + 4;
		if (line.n >= n && !memcmp(line.text, own, n))
			return n;
	}
	return 0;
}

/* The character of a fence around code; 0 for another line. */
static char fence(span line)
{
	bool is = line.n >= 3 && (!memcmp(line.text, "```", 3) ||
				  !memcmp(line.text, "~~~", 3));
	return is ? line.text[0] : '\0';
}

/* An anchor that a report puts before each heading of its own. */
static bool is_anchor(span line)
{
	return line.n > 7 && !memcmp(line.text, "<a id=\"", 7);
}

/* Text without the backslashes of Markdown. The caller frees. */
static char *plain(span text)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < text.n; i++)
		if (text.text[i] != '\\')
			fria_buf_putc(&out, text.text[i]);
	return fria_buf_detach(&out);
}

/* White space and the form's ellipsis, which are no reply: their bytes. */
static size_t left_standing(const char *text)
{
	if (*text && strchr(" \t\r\n.", *text))
		return 1;
	return !strncmp(text, "\u2026", 3) ? 3 : 0;
}

static bool is_reply(const char *text)
{
	for (size_t n; (n = left_standing(text)) > 0;)
		text += n;
	return *text;
}

/* Without blank lines, and the ellipsis that stands alone, at both ends. */
static char *stripped(const char *text)
{
	const char *from = text, *end = text + strlen(text), *at = text;
	while (*at && left_standing(at)) {
		if (*at == '\n')
			from = at + 1;
		at += left_standing(at);
	}
	for (;;) {
		while (end > from && strchr(" \t\r\n", end[-1]))
			end--;
		if (end - from < 4 || strncmp(end - 4, "\n\u2026", 4) != 0)
			return fria_strndup(from, (size_t)(end - from));
		end -= 3;
	}
}

/* --- the form --- */

/* How often a question is asked, and how many of these we have had. */
typedef struct {
	size_t all, had;
} asked;

typedef struct {
	fria_placing *p;
	spans lines;
	size_t at;	    /* the line we are at */
	asked *under, *row; /* by task: under a heading, in the table */
	char *id;	    /* of the question that we are under, or NULL */
	size_t level;
	bool replying;
	char fenced;
	fria_buf reply;
	size_t replies, mark_line;
} reading;

static size_t task_of(const reading *r, span word)
{
	char *id = plain(word);
	const fria_instrument *in = r->p->instrument;
	size_t task = fria_instrument_find(in, id);
	free(id);
	return task != FRIA_NONE && in->tasks[task].answerable ? task
							       : FRIA_NONE;
}

static bool has_anchor(const reading *r, size_t at)
{
	while (at && !trim(r->lines.items[at - 1]).n)
		at--;
	return at && is_anchor(r->lines.items[at - 1]);
}

/* The question that a heading of the form asks; NONE for a heading of the
 * supplier's own, behind which no mark follows. */
static size_t question(const reading *r, size_t at)
{
	span word;
	size_t task =
	    heading(r->lines.items[at], &word) ? task_of(r, word) : FRIA_NONE;
	if (task == FRIA_NONE)
		return FRIA_NONE;
	while (++at < r->lines.n) {
		span line = r->lines.items[at];
		if (mark(line))
			return task;
		if (heading(line, &word) &&
		    (has_anchor(r, at) || task_of(r, word) != FRIA_NONE))
			return FRIA_NONE;
	}
	return FRIA_NONE;
}

static bool is_rule(const reading *r, size_t at)
{
	span line = trim(r->lines.items[at]);
	return line.n >= 3 && !memcmp(line.text, "___", 3);
}

/* By which questionnaire a report is. */
static bool is_of(span line)
{
	for (int lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		const char *own =
		    fria_word_text(FRIA_W_head_instrument, (fria_lang)lang);
		if (line.n > strlen(own) + 4 && !memcmp(line.text, "- **", 4) &&
		    !memcmp(line.text + 4, own, strlen(own)))
			return true;
	}
	return false;
}

/* What a report says of itself at its end: the last rule, and behind it by
 * which questionnaire it is. */
static bool is_foot(const reading *r, size_t at)
{
	if (!is_rule(r, at))
		return false;
	while (++at < r->lines.n && !is_rule(r, at))
		if (is_of(r->lines.items[at]))
			return true;
	return false;
}

/* A fence that nothing closes before the next mark is none. */
static bool opens(const reading *r)
{
	char own = fence(r->lines.items[r->at]);
	for (size_t i = r->at + 1; own && i < r->lines.n; i++)
		if (mark(r->lines.items[i]))
			return false;
		else if (fence(r->lines.items[i]) == own)
			return true;
	return false;
}

/* The first and last cell of a line of a table with more than one. */
static bool cells(span line, span *first, span *last)
{
	size_t from = 1, n = 0;
	line = trim(line);
	if (line.n < 2 || line.text[0] != '|')
		return false;
	for (size_t i = 1; i <= line.n; i++) {
		if (i < line.n &&
		    (line.text[i] != '|' || line.text[i - 1] == '\\'))
			continue;
		if (i == line.n && from == i)
			break; /* behind the last bar */
		*last = trim((span){line.text + from, i - from});
		if (!n++)
			*first = *last;
		from = i + 1;
	}
	return n > 1;
}

static void count(reading *r)
{
	span first, last;
	for (size_t i = 0; i < r->lines.n; i++) {
		size_t task = question(r, i);
		if (task != FRIA_NONE)
			r->under[task].all++;
		else if (cells(r->lines.items[i], &first, &last) &&
			 (task = task_of(r, first)) != FRIA_NONE)
			r->row[task].all++;
	}
}

/* --- replies --- */

static void put(reading *r, const char *id, const char *text, asked *times,
		size_t line)
{
	fria_placing *p = r->p;
	const char *slash = strrchr(p->file, '/'), *row = NULL;
	size_t before = p->findings->n;
	json_t *value = fria_json_string(text);
	size_t task = fria_placing_find(p, id, value, NULL);
	bool fits = task != FRIA_NONE;
	if (fits && p->instrument->tasks[task].rows != FRIA_NONE) {
		row = fria_placing_nth_row(p, task, times[task].had,
					   times[task].all, value);
		fits = row != NULL;
	}
	if (fits)
		fria_placing_put(p, task, row, value,
				 slash ? slash + 1 : p->file, NULL);
	for (; before < p->findings->n; before++) {
		p->findings->items[before].line = line;
		p->findings->items[before].column = 1;
	}
	json_decref(value);
}

/* The reply under a heading is whole. */
static void finish(reading *r)
{
	if (r->replying && is_reply(r->reply.text)) {
		char *text = stripped(r->reply.text);
		put(r, r->id ? r->id : "?", text, r->under, r->mark_line);
		free(text);
	}
	r->replying = false;
	r->fenced = '\0';
	fria_buf_clear(&r->reply);
}

/* Does the heading at this line end the reply that is under way? */
static bool ends(const reading *r, size_t level)
{
	return !r->replying ||
	       (level <= r->level &&
		(has_anchor(r, r->at) || question(r, r->at) != FRIA_NONE));
}

static void begin_question(reading *r, size_t level, span word)
{
	size_t before =
	    r->id ? fria_instrument_find(r->p->instrument, r->id) : FRIA_NONE;
	finish(r);
	if (before != FRIA_NONE)
		r->under[before].had++;
	free(r->id);
	r->id = plain(word);
	r->level = level;
}

static void begin_reply(reading *r, span rest)
{
	finish(r);
	r->replying = true;
	r->mark_line = r->at + 1;
	r->replies++;
	rest = trim(rest);
	fria_buf_put(&r->reply, rest.text, rest.n);
	fria_buf_putc(&r->reply, '\n');
}

static void continue_reply(reading *r, span line)
{
	if (is_anchor(line) && !r->fenced)
		return;
	if (r->fenced && fence(line) == r->fenced)
		r->fenced = '\0';
	else if (!r->fenced && opens(r))
		r->fenced = fence(line);
	fria_buf_put(&r->reply, line.text, line.n);
	fria_buf_putc(&r->reply, '\n');
}

/* A line of the table: a reply in short. */
static void read_cells(reading *r, span first, span last)
{
	size_t task = task_of(r, first);
	if (task == FRIA_NONE)
		return;
	char *id = plain(first);
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = 0; i < last.n; i++)
		if (i + 1 == last.n || strncmp(last.text + i, "\\|", 2) != 0)
			fria_buf_putc(&text, last.text[i]);
	r->replies++;
	if (text.n && is_reply(text.text))
		put(r, id, text.text, r->row, r->at + 1);
	r->row[task].had++;
	fria_buf_dispose(&text);
	free(id);
}

static void read_line(reading *r)
{
	span line = r->lines.items[r->at], word, last;
	size_t level = r->fenced ? 0 : heading(line, &word);
	size_t behind = r->fenced ? 0 : mark(line);
	if (level && ends(r, level))
		begin_question(r, level, word);
	else if (!r->fenced && is_foot(r, r->at))
		finish(r);
	else if (behind)
		begin_reply(r, (span){line.text + behind, line.n - behind});
	else if (r->replying)
		continue_reply(r, line);
	else if (cells(line, &word, &last))
		read_cells(r, word, last);
}

int fria_replies_place(fria_placing *p, const char *bytes, size_t n,
		       fria_error *err)
{
	reading r = {.p = p};
	fria_buf_init(&r.reply);
	r.lines = split_lines(bytes, bytes + n);
	r.under = fria_calloc(p->instrument->n, sizeof *r.under);
	r.row = fria_calloc(p->instrument->n, sizeof *r.row);
	count(&r);
	for (; r.at < r.lines.n; r.at++)
		read_line(&r);
	finish(&r);
	free(r.id);
	free(r.under);
	free(r.row);
	free(r.lines.items);
	fria_buf_dispose(&r.reply);
	if (r.replies)
		return 0;
	fria_fail(err, FRIA_EINPUT, FRIA_W_replies_none, "mark",
		  fria_word_text(FRIA_W_reply_mark, p->lang), NULL);
	return fria_fail_at(err, p->file, NULL, 0, 0);
}
