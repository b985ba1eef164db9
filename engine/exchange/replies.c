/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The supplier's replies: the Markdown that the template supplier-questions
 * makes, filled in. A reply is what stands between its mark and the next
 * heading; nothing else in the document is read.
 */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *text;
	size_t n;
} span;

/* The next line, without its end; false after the last. */
static bool next_line(span *line, const char **at, const char *end)
{
	if (*at >= end)
		return false;
	const char *stop = memchr(*at, '\n', (size_t)(end - *at));
	const char *from = *at;
	*at = stop ? stop + 1 : end;
	size_t n = (size_t)((stop ? stop : end) - from);
	if (n && from[n - 1] == '\r')
		n--;
	*line = (span){from, n};
	return true;
}

/* 1 to 6 for a heading, and its first word; else 0. */
static size_t heading(span line, span *word)
{
	size_t level = 0;
	while (level < line.n && line.text[level] == '#')
		level++;
	if (!level || level > 6 || level == line.n || line.text[level] != ' ')
		return 0;
	size_t from = level;
	while (from < line.n && line.text[from] == ' ')
		from++;
	size_t to = from;
	while (to < line.n && line.text[to] != ' ')
		to++;
	*word = (span){line.text + from, to - from};
	return level;
}

static bool is_mark(span line)
{
	for (int lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		const char *mark =
		    fria_word_text(FRIA_W_reply_mark, (fria_lang)lang);
		size_t n = strlen(mark);
		if (line.n == n + 4 && !memcmp(line.text, "**", 2) &&
		    !memcmp(line.text + 2, mark, n))
			return true;
		if (line.n == n && !memcmp(line.text, mark, n))
			return true;
	}
	return false;
}

static bool is_fence(span line)
{
	return line.n >= 3 &&
	       (!memcmp(line.text, "```", 3) || !memcmp(line.text, "~~~", 3));
}

/* An anchor that a report puts before a heading. */
static bool is_anchor(span line)
{
	return line.n > 7 && !memcmp(line.text, "<a id=\"", 7);
}

/* A heading's first word, without the backslashes of Markdown. */
static char *plain_word(span word)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < word.n; i++)
		if (word.text[i] != '\\')
			fria_buf_putc(&out, word.text[i]);
	return fria_buf_detach(&out);
}

/* White space and an ellipsis that was left standing are no reply. */
static bool is_reply(const char *text)
{
	while (*text)
		if (strchr(" \t\r\n.", *text))
			text++;
		else if (!strncmp(text, "\u2026", 3))
			text += 3;
		else
			return true;
	return false;
}

typedef struct {
	fria_placing *p;
	char *id; /* of the question that we are under, or NULL */
	size_t level;
	bool replying, fenced;
	fria_buf reply;
	size_t marks, line, mark_line;
} reading;

static void finish(reading *r)
{
	fria_placing *p = r->p;
	const char *slash = strrchr(p->file, '/');
	if (r->replying && is_reply(r->reply.text)) {
		size_t before = p->findings->n;
		json_t *text = json_string(r->reply.text);
		size_t task =
		    fria_placing_find(p, r->id ? r->id : "?", text, NULL);
		size_t group = task == FRIA_NONE
				   ? FRIA_NONE
				   : p->instrument->tasks[task].rows;
		if (task != FRIA_NONE)
			fria_placing_put(
			    p, task,
			    group == FRIA_NONE ? NULL
					       : fria_placing_row(p, group, 0),
			    text, slash ? slash + 1 : p->file, NULL);
		for (; before < p->findings->n; before++) {
			p->findings->items[before].line = r->mark_line;
			p->findings->items[before].column = 1;
		}
		json_decref(text);
	}
	r->replying = r->fenced = false;
	fria_buf_clear(&r->reply);
}

static void read_line(reading *r, span line)
{
	span word;
	size_t level = r->fenced ? 0 : heading(line, &word);
	if (level && (!r->replying || level <= r->level)) {
		finish(r);
		free(r->id);
		r->id = plain_word(word);
		r->level = level;
	} else if (is_mark(line) && !r->fenced) {
		finish(r);
		r->replying = true;
		r->mark_line = r->line;
		r->marks++;
	} else if (r->replying && !is_anchor(line)) {
		if (is_fence(line))
			r->fenced = !r->fenced;
		fria_buf_put(&r->reply, line.text, line.n);
		fria_buf_putc(&r->reply, '\n');
	}
}

int fria_replies_place(fria_placing *p, const char *bytes, size_t n,
		       fria_error *err)
{
	reading r = {.p = p};
	const char *at = bytes, *end = bytes + n;
	span line;
	fria_buf_init(&r.reply);
	if (fria_utf8_invalid(bytes, n) < n || memchr(bytes, '\0', n)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_json_utf8, NULL);
		return fria_fail_at(err, p->file, NULL, 0, 0);
	}
	while (next_line(&line, &at, end)) {
		r.line++;
		read_line(&r, line);
	}
	finish(&r);
	free(r.id);
	fria_buf_dispose(&r.reply);
	if (r.marks)
		return 0;
	fria_fail(err, FRIA_EINPUT, FRIA_W_replies_none, "mark",
		  fria_word_text(FRIA_W_reply_mark, p->lang), NULL);
	return fria_fail_at(err, p->file, NULL, 0, 0);
}
