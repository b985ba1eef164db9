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
	case '#':
		return !alnum(next); /* "# " closes a heading */
	case '!':
		return !next; /* a link may follow: that would be an image */
	default:
		return strchr("\\`*[]~|${", c) != NULL;
	}
}

/*
 * What has to be written as an entity: "<" and "&", since a reader that makes
 * links of bare addresses swallows a backslash, and what would begin one.
 */
static const char *entity_for(const char *text, size_t i)
{
	const char *at = text + i;
	if (*at == '<')
		return "&lt;";
	if (*at == '&' && entity(at))
		return "&amp;";
	if (*at == ':' && at[1] == '/' && at[2] == '/')
		return "&#58;";
	if (*at == '/' && at[1] == '/' && !i)
		return "&#47;";
	if (*at == '.' && i >= 3 && !strncasecmp(at - 3, "www", 3) &&
	    (i == 3 || !alnum(at[-4])))
		return "&#46;";
	return NULL;
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

/* What special() and entity_for() look at, and white space other than a space.
 */
static const char watched[] = "_#!\\`*[]~|${<&:/.\t\r\n\v\f";

void fria_markdown_escape_part(fria_buf *out, const char *text, bool line_start)
{
	size_t i = 0;
	if (line_start) {
		text += strspn(text, " \t\r\n\v\f");
		i = open_line(out, text);
	}
	for (; text[i]; i++) {
		size_t plain = strcspn(text + i, watched);
		fria_buf_put(out, text + i, plain);
		i += plain;
		if (!text[i])
			break;
		const char *name = entity_for(text, i);
		if (name) {
			fria_buf_puts(out, name);
			continue;
		}
		if (strchr("\t\r\n\v\f", text[i])) {
			fria_buf_putc(out, ' ');
			continue;
		}
		if (special(text, i))
			fria_buf_putc(out, '\\');
		fria_buf_putc(out, text[i]);
	}
}

/* Whether it may stand between "<" and ">", as any reader reads it. */
static bool fits_angles(const char *url)
{
	if (strncasecmp(url, "http://", 7) != 0 &&
	    strncasecmp(url, "https://", 8) != 0)
		return false;
	for (; *url; url++)
		if (strchr(" <>\\`", *url) || (*url == '&' && entity(url)))
			return false;
	return true;
}

static bool is_plain_mail(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");
	const char *host = text + n + 1;
	return n && text[n] == '@' && alnum(*host) &&
	       !host[strspn(host, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] &&
	       !strstr(host, "..") && !strstr(host, ".-") &&
	       !strstr(host, "-.") && alnum(host[strlen(host) - 1]);
}

/* An address in round brackets, or between angles; a bar would end a cell. */
static void put_address(fria_buf *out, const char *url, bool brackets)
{
	for (; *url; url++) {
		unsigned char c = (unsigned char)*url;
		if (*url == '|' && !brackets)
			fria_buf_puts(out, "\\|");
		else if (*url == '&' && brackets)
			fria_buf_puts(out, "&amp;");
		else if (brackets &&
			 (c <= ' ' || strchr("()<>\\`|*_~[]\"'", c)))
			fria_buf_printf(out, "%%%02X", c);
		else
			fria_buf_putc(out, *url);
	}
}

void fria_markdown_link(fria_buf *out, const char *url, const char *text,
			bool cell)
{
	bool mail = !strncmp(url, "mailto:", 7) && is_plain_mail(text);
	bool bar = strchr(text, '|') && !cell;
	if (!strcmp(mail ? url + 7 : url, text) && !bar &&
	    (mail || fits_angles(url))) {
		fria_buf_putc(out, '<');
		put_address(out, text, false);
		fria_buf_putc(out, '>');
		return;
	}
	fria_buf_putc(out, '[');
	fria_markdown_escape_part(out, text, false);
	fria_buf_puts(out, "](");
	put_address(out, url, true);
	fria_buf_putc(out, ')');
}

void fria_markdown_escape_linked(fria_buf *out, const char *text,
				 bool line_start)
{
	size_t at, n;
	while (fria_markdown_address(text, &at, &n)) {
		char *before = fria_strndup(text, at);
		char *shown = fria_strndup(text + at, n);
		char *url = fria_markdown_address_url(shown);
		fria_markdown_escape_part(out, before, line_start);
		fria_markdown_link(out, url, shown, false);
		line_start = false;
		text += at + n;
		free(before);
		free(shown);
		free(url);
	}
	fria_markdown_escape_part(out, text, line_start);
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

/* --- plain text of a form --- */

/* Whether a line that goes on so would open a block, or define a link. */
static bool opens_block(const char *at, const char *end)
{
	char c = at < end ? *at : '\0', next = at + 1 < end ? at[1] : ' ';
	size_t n = 1;
	if (!c || !strchr("#>-+*=_`~[", c))
		return false;
	while (at + n < end && at[n] == c)
		n++;
	bool ended = at + n >= end || at[n] == ' ' || at[n] == '\t';
	if (c == '[')
		return memchr(at, ':', (size_t)(end - at)) != NULL;
	if (c == '`' || c == '~')
		return n >= 3;
	if (c == '#')
		return n <= 6 && ended;
	return c == '>' || c == '=' || next == ' ' || next == '\t' ||
	       (n > 1 && ended);
}

/* Where the backslash belongs that keeps a line a line; NULL: nowhere. */
static const char *place_of_backslash(const char *at, const char *end)
{
	while (at < end && *at == ' ')
		at++;
	const char *digits = at, *mark;
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	mark = at;
	while (at < end && *at == '\\')
		at++;
	if (mark > digits)
		return at < end && (*at == '.' || *at == ')') &&
			       (at + 1 >= end || strchr(" \t", at[1]))
			   ? mark
			   : NULL;
	return opens_block(at, end) ? mark : NULL;
}

static void put_lines(fria_buf *out, const char *text, bool guard)
{
	const char *stop = text + strlen(text);
	while (text < stop) {
		const char *end = text + strcspn(text, "\r\n");
		const char *at = place_of_backslash(text, end);
		size_t breaks = strspn(end, "\r\n");
		if (at) {
			fria_buf_put(out, text, (size_t)(at - text));
			if (guard)
				fria_buf_putc(out, '\\');
			else
				at += *at == '\\';
			text = at;
		}
		fria_buf_put(out, text, (size_t)(end - text) + breaks);
		text = end + breaks;
	}
}

void fria_markdown_from_plain(fria_buf *out, const char *text)
{
	put_lines(out, text, true);
}

void fria_markdown_to_plain(fria_buf *out, const char *text)
{
	put_lines(out, text, false);
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

/* The length of what begins an address here, or 0. */
static size_t begins_address(const char *text, size_t i)
{
	const char *at = text + i;
	size_t n = !strncasecmp(at, "https://", 8)  ? 8
		   : !strncasecmp(at, "http://", 7) ? 7
		   : !strncasecmp(at, "www.", 4)    ? 4
						    : 0;
	bool inside = i && (alnum(text[i - 1]) || (text[i - 1] & 0x80) ||
			    (n == 4 && strchr("/.:@-_", text[i - 1])));
	return inside || !alnum(at[n]) ? 0 : n;
}

/* A closing bracket is of the address if what it closes is. */
static bool is_unmatched(const char *text, size_t n, char open, char close)
{
	size_t opened = 0, closed = 0;
	for (size_t i = 0; i < n; i++) {
		opened += text[i] == open;
		closed += text[i] == close;
	}
	return text[n - 1] == close && closed > opened;
}

/* Without what ends the sentence around it. */
static size_t trim_address(const char *text, size_t n)
{
	while (n && (strchr("?!.,:;*_~'", text[n - 1]) ||
		     is_unmatched(text, n, '(', ')') ||
		     is_unmatched(text, n, '[', ']')))
		n--;
	return n;
}

char *fria_markdown_address_url(const char *text)
{
	return strncasecmp(text, "www.", 4) ? fria_strdup(text)
					    : fria_format("http://%s", text);
}

bool fria_markdown_address(const char *text, size_t *at, size_t *n)
{
	for (size_t i = 0; text[i]; i++) {
		size_t scheme =
		    strchr("hHwW", text[i]) ? begins_address(text, i) : 0;
		if (!scheme)
			continue;
		size_t length = strcspn(text + i, " \t\r\n\v\f<>\"`\\");
		length = length > 2048 ? 0 : trim_address(text + i, length);
		char *shown = fria_strndup(text + i, length);
		char *url = fria_markdown_address_url(shown);
		bool good = length > scheme && fria_markdown_url_ok(url);
		free(shown);
		free(url);
		if (good) {
			*at = i;
			*n = length;
			return true;
		}
		i += scheme - 1;
	}
	return false;
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
#define MAX_NOTES 100	  /* footnotes that are looked for */
#define MAX_REFERENCED ((size_t)16 << 20) /* brackets times longest line */

struct taming {
	fria_buf *out;
	const char *text; /* all of it */
	size_t n, notes;
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

/* The length of "[^label]" here, or 0. */
static size_t note_mark(const char *at, const char *end)
{
	size_t n = 2;
	if (end - at < 4 || at[0] != '[' || at[1] != '^')
		return 0;
	while (at + n < end && !strchr("[] \t\r\n", at[n]) && n < 200)
		n++;
	return n > 2 && at + n < end && at[n] == ']' ? n + 1 : 0;
}

/*
 * A footnote that no text points at, or a second one of its name: cmark would
 * leave it out. It stands as it was written.
 */
static bool is_lost_note(struct taming *t, const char *at, const char *end)
{
	size_t mark = note_mark(at, end);
	bool used = false;
	if (!mark || at + mark >= end || at[mark] != ':')
		return false;
	if (++t->notes > MAX_NOTES)
		return true;
	for (const char *to = t->text; to + mark <= t->text + t->n; to++) {
		const char *next =
		    memchr(to, '[', (size_t)(t->text + t->n - to));
		if (!next || next + mark > t->text + t->n)
			break;
		to = next;
		if (to == at || strncasecmp(to, at, mark) != 0)
			continue;
		bool defines = to[mark] == ':' &&
			       (to == t->text || strchr("\n >", to[-1]));
		if (defines && to < at)
			return true;
		used = used || !defines;
	}
	return !used;
}

static void tame_line(struct taming *t, const char *at, const char *end)
{
	const char *begin = tame_opening(t->out, at, end), *from = begin;
	if (is_lost_note(t, begin, end))
		fria_buf_putc(t->out, '\\');
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
	struct taming t = {.out = out,
			   .text = text,
			   .n = n,
			   .definitions =
			       m.brackets * m.longest <= MAX_REFERENCED};
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
