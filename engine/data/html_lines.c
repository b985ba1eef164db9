/* SPDX-License-Identifier: EUPL-1.2 */
/* The lines that HTML makes, as plain text or as Markdown; nothing in it is
 * looked at but where a line begins. */
#include "data.h"

#include <string.h>

/* Tags that begin a line, and whether more comes between than its end. */
static const struct {
	const char *name;
	bool apart;
} tags[] = {{"p", true},  {"br", false}, {"li", false}, {"ul", true},
	    {"ol", true}, {"div", true}, {"h1", true},	{"h2", true},
	    {"h3", true}, {"h4", true},	 {"h5", true},	{"h6", true},
	    {"tr", false}};

static bool begins_line(bool *apart, const char *tag, size_t n)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (strlen(tags[i].name) == n &&
		    !strncmp(tags[i].name, tag, n)) {
			*apart = tags[i].apart;
			return true;
		}
	return false;
}

/* Words under way: what stands between words waits until a word follows. */
typedef struct {
	fria_buf *out;
	size_t from;	    /* where it began */
	const char *before; /* " ", the end of a line or paragraph; or NULL */
} wording;

static void put_character(wording *l, char c)
{
	if (strchr(" \t\r\n", c)) {
		l->before = l->before ? l->before : " ";
		return;
	}
	if (l->before && l->out->n > l->from)
		fria_buf_puts(l->out, l->before);
	l->before = NULL;
	fria_buf_putc(l->out, c);
}

/* Text between two tags: entities decoded, white space one space. */
static void put_words(wording *l, const char *text, size_t n)
{
	fria_buf plain = FRIA_BUF_INIT;
	fria_html_text(&plain, text, n);
	for (size_t i = 0; i < plain.n; i++)
		put_character(l, plain.text[i]);
	fria_buf_dispose(&plain);
}

/* Where a tag that begins a line stands in a text; its end if there is none. */
static const char *next_line(bool *apart, const char *text)
{
	for (; *text; text++) {
		const char *name = text + 1 + (text[1] == '/');
		if (*text == '<' && strchr(text, '>') &&
		    begins_line(apart, name, strcspn(name, " />")))
			break;
	}
	return text;
}

bool fria_html_has_lines(const char *text)
{
	bool apart;
	return *next_line(&apart, text) != '\0';
}

void fria_html_lines(fria_buf *out, const char *text, const char *item,
		     const char *paragraph)
{
	wording l = {out, out->n, NULL};
	bool apart = false;
	for (;;) {
		const char *tag = next_line(&apart, text);
		put_words(&l, text, (size_t)(tag - text));
		if (!*tag)
			return;
		if (apart || !l.before || *l.before != '\n')
			l.before = apart ? paragraph : "\n";
		if (!strncmp(tag, "<li", 3)) {
			fria_buf_puts(out, out->n > l.from ? l.before : "");
			fria_buf_puts(out, item);
			l.before = " ";
		}
		text = strchr(tag, '>') + 1;
	}
}
