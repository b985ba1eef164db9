/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The words of text that may hold HTML, as the register's entries do. It knows
 * a tag from an address in angle brackets and from a comparison; it renders
 * nothing, and what it gives is not safe to write as HTML.
 */
#include "data.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- entities --- */

static const struct {
	const char *name;
	const char *text;
} entities[] = {
    {"amp", "&"},	  {"lt", "<"},		{"gt", ">"},
    {"quot", "\""},	  {"apos", "'"},	{"nbsp", " "},
    {"eacute", "\u00e9"}, {"egrave", "\u00e8"}, {"euml", "\u00eb"},
    {"ecirc", "\u00ea"},  {"aacute", "\u00e1"}, {"agrave", "\u00e0"},
    {"auml", "\u00e4"},	  {"acirc", "\u00e2"},	{"iacute", "\u00ed"},
    {"iuml", "\u00ef"},	  {"icirc", "\u00ee"},	{"oacute", "\u00f3"},
    {"ouml", "\u00f6"},	  {"ocirc", "\u00f4"},	{"uacute", "\u00fa"},
    {"uuml", "\u00fc"},	  {"ucirc", "\u00fb"},	{"ccedil", "\u00e7"},
    {"ntilde", "\u00f1"}, {"szlig", "\u00df"},	{"euro", "\u20ac"},
    {"ndash", "\u2013"},  {"mdash", "\u2014"},	{"lsquo", "\u2018"},
    {"rsquo", "\u2019"},  {"ldquo", "\u201c"},	{"rdquo", "\u201d"},
    {"bdquo", "\u201e"},  {"hellip", "\u2026"}, {"deg", "\u00b0"},
    {"bull", "\u2022"},	  {"middot", "\u00b7"}, {"copy", "\u00a9"},
    {"reg", "\u00ae"},	  {"times", "\u00d7"},	{"shy", ""}};

static void put_code_point(fria_buf *out, unsigned long c)
{
	if (!c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		fria_buf_puts(out, "\xEF\xBF\xBD");
	else if (c < 0x80)
		fria_buf_putc(out, (char)c);
	else if (c < 0x800)
		fria_buf_printf(out, "%c%c", (int)(0xC0 | c >> 6),
				(int)(0x80 | (c & 0x3F)));
	else if (c < 0x10000)
		fria_buf_printf(out, "%c%c%c", (int)(0xE0 | c >> 12),
				(int)(0x80 | (c >> 6 & 0x3F)),
				(int)(0x80 | (c & 0x3F)));
	else
		fria_buf_printf(out, "%c%c%c%c", (int)(0xF0 | c >> 18),
				(int)(0x80 | (c >> 12 & 0x3F)),
				(int)(0x80 | (c >> 6 & 0x3F)),
				(int)(0x80 | (c & 0x3F)));
}

size_t fria_html_entity(fria_buf *out, const char *text, size_t n)
{
	size_t end = 1;
	while (end < n && end < 12 && text[end] != ';' && text[end] != ' ')
		end++;
	if (end >= n || text[end] != ';' || end == 1)
		return 0;
	if (text[1] == '#') {
		bool hex = text[2] == 'x' || text[2] == 'X';
		const char *digits = text + (hex ? 3 : 2);
		char *stop;
		unsigned long c = strtoul(digits, &stop, hex ? 16 : 10);
		if (stop != text + end || stop == digits)
			return 0;
		put_code_point(out, c);
		return end + 1;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (strlen(entities[i].name) == end - 1 &&
		    !memcmp(entities[i].name, text + 1, end - 1)) {
			fria_buf_puts(out, entities[i].text);
			return end + 1;
		}
	return 0;
}

/* --- tags --- */

/* The names that count as a tag; anything else in angle brackets is text. */
static const char *const elements[] = {
    "a",	"abbr",	    "address", "article",    "aside",  "b",
    "bdi",	"bdo",	    "big",     "blockquote", "body",   "br",
    "button",	"caption",  "center",  "cite",	     "code",   "col",
    "colgroup", "dd",	    "del",     "details",    "dfn",    "div",
    "dl",	"dt",	    "em",      "figcaption", "figure", "font",
    "footer",	"form",	    "h1",      "h2",	     "h3",     "h4",
    "h5",	"h6",	    "head",    "header",     "hr",     "html",
    "i",	"iframe",   "img",     "input",	     "ins",    "kbd",
    "label",	"li",	    "link",    "main",	     "mark",   "meta",
    "nav",	"o:p",	    "ol",      "option",     "p",      "picture",
    "pre",	"q",	    "s",       "samp",	     "script", "section",
    "select",	"small",    "source",  "span",	     "strike", "strong",
    "style",	"sub",	    "summary", "sup",	     "table",  "tbody",
    "td",	"textarea", "tfoot",   "th",	     "thead",  "time",
    "title",	"tr",	    "tt",      "u",	     "ul",     "var",
    "video",	"wbr",	    NULL};

/* Attributes that stand without a value. */
static const char *const bare_attributes[] = {"nowrap",	  "noshade", "compact",
					      "reversed", "hidden",  "checked",
					      "disabled", "open",    NULL};

static bool is_listed(const char *text, size_t n, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (strlen(list[i]) == n && !strncasecmp(list[i], text, n))
			return true;
	return false;
}

/* The longest tag or comment: what goes on longer is text. */
#define MAX_TAG 8192

/* A tag as it stands in a text. */
typedef struct {
	size_t length; /* with both brackets */
	bool anchor, closes;
	const char *target; /* of its href; NULL if it has none */
	size_t target_n;
} html_tag;

/* Reads one attribute; false for what is none: then there is no tag. */
static bool read_attribute(html_tag *tag, const char **at, const char *end)
{
	const char *name = *at;
	size_t n = 0;
	while (name + n < end && !strchr(" \t\r\n=<>/\"'", name[n]))
		n++;
	const char *value = name + n;
	while (value < end && strchr(" \t\r\n", *value))
		value++;
	if (!n || value == end || *value != '=') {
		*at = name + n;
		return n && is_listed(name, n, bare_attributes);
	}
	value++;
	while (value < end && strchr(" \t\r\n", *value))
		value++;
	if (value == end)
		return false;
	char quote = *value == '"' || *value == '\'' ? *value : '\0';
	const char *stop = value += quote != '\0';
	while (stop < end &&
	       (quote ? *stop != quote : !strchr(" \t\r\n<>\"'", *stop)))
		stop++;
	if (stop == end)
		return false;
	if (n == 4 && !strncasecmp(name, "href", 4)) {
		tag->target = value;
		tag->target_n = (size_t)(stop - value);
	}
	*at = stop + (quote != '\0');
	return true;
}

/* Reads the tag or comment that begins at the bracket; false if there is none.
 */
static bool read_tag(html_tag *tag, const char *text, size_t n)
{
	if (n > MAX_TAG)
		n = MAX_TAG;
	const char *end = text + n, *at = text + 1;
	*tag = (html_tag){.length = 0};
	if (n >= 4 && !memcmp(text, "<!--", 4)) {
		const char *stop = memmem(text + 4, n - 4, "-->", 3);
		tag->length = stop ? (size_t)(stop - text) + 3 : 0;
		return stop != NULL;
	}
	if (at < end && *at == '/') {
		tag->closes = true;
		at++;
	}
	size_t length = 0;
	while (at + length < end && !strchr(" \t\r\n/<>", at[length]))
		length++;
	if (!is_listed(at, length, elements))
		return false;
	tag->anchor = length == 1 && (*at == 'a' || *at == 'A');
	at += length;
	for (;;) {
		while (at < end && strchr(" \t\r\n/", *at))
			at++;
		if (at == end)
			return false;
		if (*at == '>')
			break;
		if (!read_attribute(tag, &at, end))
			return false;
	}
	tag->length = (size_t)(at - text) + 1;
	return true;
}

/* --- words --- */

/* An open link: where it leads, and where its words begin. */
typedef struct {
	char *target; /* NULL: none is open */
	size_t from;
} open_link;

/* What a link leads to stands behind its words, unless these say it. */
static void close_link(fria_buf *out, open_link *link)
{
	if (!link->target)
		return;
	while (link->from < out->n && out->text[link->from] == ' ')
		link->from++;
	if (strcmp(out->text + link->from, link->target) != 0)
		fria_buf_printf(out, " (%s)", link->target);
	free(link->target);
	link->target = NULL;
}

static void open_at(fria_buf *out, open_link *link, const html_tag *tag)
{
	fria_buf target = FRIA_BUF_INIT;
	for (size_t i = 0; i < tag->target_n;) {
		size_t length = 0;
		if (tag->target[i] == '&')
			length = fria_html_entity(&target, tag->target + i,
						  tag->target_n - i);
		if (!length)
			fria_buf_putc(&target, tag->target[i]);
		i += length ? length : 1;
	}
	*link = (open_link){fria_buf_detach(&target), out->n};
}

/* tag: what stands for a tag, "" or " ". */
static void put_html_text(fria_buf *out, const char *html, size_t n,
			  const char *stands, bool targets)
{
	open_link link = {NULL, 0};
	for (size_t i = 0; i < n;) {
		html_tag tag;
		size_t length = 0;
		if (html[i] == '<' && read_tag(&tag, html + i, n - i)) {
			if (targets && tag.anchor)
				close_link(out, &link);
			fria_buf_puts(out, stands);
			if (targets && tag.anchor && !tag.closes && tag.target)
				open_at(out, &link, &tag);
			i += tag.length;
			continue;
		}
		if (html[i] == '&')
			length = fria_html_entity(out, html + i, n - i);
		if (!length) {
			length = 1;
			while (i + length < n && html[i + length] != '<' &&
			       html[i + length] != '&')
				length++;
			fria_buf_put(out, html + i, length);
		}
		i += length;
	}
	close_link(out, &link);
}

void fria_html_text(fria_buf *out, const char *html, size_t n)
{
	put_html_text(out, html, n, " ", true);
}

void fria_html_words(fria_buf *out, const char *html, size_t n)
{
	put_html_text(out, html, n, " ", false);
}

size_t fria_html_count(const char *html, size_t n)
{
	fria_buf text = FRIA_BUF_INIT;
	put_html_text(&text, html, n, "", false);
	size_t count = fria_utf8_count(text.text, text.n);
	fria_buf_dispose(&text);
	return count;
}
