/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Markdown as bytes: text that stands for itself, addresses that may be
 * linked, and input that is kept from costing more than it is worth. It
 * builds no tree.
 */
#include "markdown.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- escaping --- */

static bool alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* "&amp;" and the like, which would be read as one character. */
static bool entity(const char *text)
{
	size_t n = 1;
	if (text[n] == '#')
		n++;
	while (n < 40 && alnum(text[n]))
		n++;
	return n > 1 && text[n] == ';';
}

/* Whether text[i] would mean something wherever it stands in a line. */
static bool special(const char *text, size_t i)
{
	char c = text[i], next = text[i + 1];
	switch (c) {
	case '_':
		return !i || !alnum(text[i - 1]) || !alnum(next);
	case '&':
		return entity(text + i);
	case '#':
		return !alnum(next); /* "# " closes a heading */
	case '!':
		return !next; /* a link may follow: that would be an image */
	default:
		return strchr("\\`*[]<~|${", c) != NULL;
	}
}

/* Whether the line would open a block: escapes what makes it do so. */
static size_t open_line(fria_buf *out, const char *text)
{
	size_t n = strspn(text, "0123456789");
	if (n && (text[n] == '.' || text[n] == ')')) {
		fria_buf_put(out, text, n);
		fria_buf_putc(out, '\\');
		fria_buf_putc(out, text[n]);
		return n + 1;
	}
	if (text[0] && strchr("#>+-=:", text[0])) {
		fria_buf_putc(out, '\\');
		fria_buf_putc(out, text[0]);
		return 1;
	}
	return 0;
}

void fria_markdown_escape_part(fria_buf *out, const char *text, bool line_start)
{
	size_t i = 0;
	if (line_start) {
		text += strspn(text, " \t\r\n\v\f");
		i = open_line(out, text);
	}
	for (; text[i]; i++) {
		if (strchr("\t\r\n\v\f", text[i])) {
			fria_buf_putc(out, ' ');
			continue;
		}
		if (special(text, i))
			fria_buf_putc(out, '\\');
		fria_buf_putc(out, text[i]);
	}
}

void fria_markdown_escape(fria_buf *out, const char *text)
{
	fria_buf line = FRIA_BUF_INIT;
	for (const char *at = text; *at;) {
		size_t space = strspn(at, " \t\r\n\v\f");
		size_t word = strcspn(at + space, " \t\r\n\v\f");
		if (space && word && line.n)
			fria_buf_putc(&line, ' ');
		fria_buf_put(&line, at + space, word);
		at += space + word;
	}
	fria_markdown_escape_part(out, line.text, true);
	fria_buf_dispose(&line);
}

/* --- addresses --- */

/* Every character visible, as fria_put_safe() sees it, and no joiner. */
static bool visible(const char *url)
{
	if (strstr(url, "\u200c") || strstr(url, "\u200d"))
		return false;
	fria_buf safe = FRIA_BUF_INIT;
	fria_put_safe(&safe, url);
	bool same = !strcmp(safe.text, url);
	fria_buf_dispose(&safe);
	return same && !url[strcspn(url, " \t\r\n\\")];
}

/* A host after "//", and nobody's name before it. */
static bool host(const char *authority)
{
	size_t n = strcspn(authority, "/?#");
	return n && !memchr(authority, '@', n);
}

bool fria_markdown_url_ok(const char *url)
{
	if (strlen(url) > 2048 || !visible(url))
		return false;
	if (!strncasecmp(url, "https://", 8))
		return host(url + 8);
	if (!strncasecmp(url, "http://", 7))
		return host(url + 7);
	if (!strncasecmp(url, "mailto:", 7))
		return url[7] != '\0';
	return url[0] == '#' && url[1];
}

/* --- taming --- */

/*
 * Measured on cmark-gfm 0.29.0.gfm.6 with 256 KiB: "![[]()" 9 s, "<![CDATA["
 * 5 s, a definition used 50,000 times 2.4 GB, 5,000 lists before blank lines
 * more than 40 s, a table as wide as it is long gigabytes. None is anything
 * that a person writes; the bounds lie far above what people do.
 */
#define MAX_MARKERS 24	  /* that open a block, on one line */
#define MAX_INDENT 100	  /* white space before the text of a line */
#define MAX_BRACKETS 1000 /* in one run of lines without a blank one */
#define MAX_SECTIONS 100  /* "<!" in one answer */
#define MAX_CELLS 20000	  /* lines times the bars in the fullest line */
#define MAX_REFERENCED ((size_t)16 << 20) /* brackets times longest line */

struct taming {
	fria_buf *out;
	size_t brackets; /* in this run of lines */
	size_t sections;
	bool definitions; /* whether "[x]: address" may define */
};

struct measure {
	size_t lines, bars, brackets, longest;
};

static const char *line_end(const char *at, const char *end)
{
	while (at < end && *at != '\n' && *at != '\r')
		at++;
	return at;
}

/* The start of the next line, past "\n", "\r\n" or "\r". */
static const char *line_next(const char *stop, const char *end)
{
	if (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n')
		return stop + 2;
	return stop + 1;
}

static void measure_line(struct measure *m, const char *at, const char *end)
{
	size_t bars = 1;
	if (m->longest < (size_t)(end - at))
		m->longest = (size_t)(end - at);
	m->lines++;
	for (; at < end; at++) {
		bars += *at == '|';
		m->brackets += *at == '[';
	}
	if (m->bars < bars)
		m->bars = bars;
}

static struct measure measure(const char *text, size_t n)
{
	struct measure m = {0, 0, 0, 0};
	const char *end = text + n;
	for (const char *at = text; at < end;) {
		const char *stop = line_end(at, end);
		measure_line(&m, at, stop);
		at = line_next(stop, end);
	}
	return m;
}

/* A marker opens a block when white space follows it; ">" always does. */
static bool marker(const char *at, const char *end)
{
	return *at == '>' || (at + 1 < end && (at[1] == ' ' || at[1] == '\t'));
}

/* Copies what opens blocks at the start of a line, up to the bounds. */
static const char *tame_opening(fria_buf *out, const char *at, const char *end)
{
	size_t markers = 0, indent = 0;
	for (; at < end && *at && strchr(" \t>-+*.)0123456789", *at); at++) {
		if (*at == ' ' || *at == '\t') {
			indent += *at == '\t' ? 4 : 1;
			if (indent <= MAX_INDENT)
				fria_buf_putc(out, *at);
			continue;
		}
		if (marker(at, end) && ++markers > MAX_MARKERS) {
			fria_buf_putc(out, '\\');
			break;
		}
		fria_buf_putc(out, *at);
	}
	return at;
}

/* Whether the character at this place is one too many. */
static bool excess(struct taming *t, const char *at, const char *begin,
		   const char *end)
{
	char next = at + 1 < end ? at[1] : '\0';
	if (*at == '[' || *at == ']')
		return ++t->brackets > MAX_BRACKETS;
	if (*at == '<' && (next == '!' || next == '?'))
		return ++t->sections > MAX_SECTIONS;
	return *at == ':' && !t->definitions && at > begin && at[-1] == ']';
}

static bool escaped(const char *at, const char *begin)
{
	size_t n = 0;
	while (at > begin + n && at[-1 - (ptrdiff_t)n] == '\\')
		n++;
	return n % 2;
}

static void tame_line(struct taming *t, const char *at, const char *end)
{
	const char *begin = tame_opening(t->out, at, end), *from = begin;
	for (at = begin; at < end; at++) {
		if (!*at || !strchr("[]<:", *at) ||
		    !excess(t, at, begin, end) || escaped(at, begin))
			continue;
		fria_buf_put(t->out, from, (size_t)(at - from));
		fria_buf_putc(t->out, '\\');
		from = at;
	}
	fria_buf_put(t->out, from, (size_t)(end - from));
	fria_buf_putc(t->out, '\n');
}

/* Where to cut: after the last line that fits, else after a character. */
static size_t cut(const char *text)
{
	size_t n = FRIA_MARKDOWN_MAX;
	while (n > FRIA_MARKDOWN_MAX / 2 && text[n - 1] != '\n')
		n--;
	if (n > FRIA_MARKDOWN_MAX / 2)
		return n;
	n = FRIA_MARKDOWN_MAX;
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

bool fria_markdown_tame(fria_buf *out, bool *tables, const char *text, size_t n)
{
	bool longer = n > FRIA_MARKDOWN_MAX;
	if (longer)
		n = cut(text);
	struct measure m = measure(text, n);
	struct taming t = {out, 0, 0, m.brackets * m.longest <= MAX_REFERENCED};
	*tables = m.bars * m.lines <= MAX_CELLS;
	const char *end = text + n;
	for (const char *at = text; at < end;) {
		const char *stop = line_end(at, end);
		if (stop == at)
			t.brackets = 0;
		tame_line(&t, at, stop);
		at = line_next(stop, end);
	}
	return longer;
}
