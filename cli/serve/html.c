/* SPDX-License-Identifier: EUPL-1.2 */
#include "html.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void put_attributes(web *w, va_list pairs)
{
	const char *name, *value;
	while ((name = va_arg(pairs, const char *))) {
		value = va_arg(pairs, const char *);
		if (!value)
			continue;
		fria_buf_printf(w->out, *value ? " %s=\"" : " %s", name);
		if (!*value)
			continue;
		fria_put_xml(w->out, value);
		fria_buf_putc(w->out, '"');
	}
}

void web_open(web *w, const char *element, ...)
{
	va_list pairs;
	assert(w->depth < WEB_DEPTH);
	w->open[w->depth++] = element;
	fria_buf_printf(w->out, "<%s", element);
	va_start(pairs, element);
	put_attributes(w, pairs);
	va_end(pairs);
	fria_buf_putc(w->out, '>');
}

void web_close(web *w, const char *element)
{
	assert(w->depth && !strcmp(w->open[w->depth - 1], element));
	w->depth--;
	fria_buf_printf(w->out, "</%s>", element);
}

void web_void(web *w, const char *element, ...)
{
	va_list pairs;
	fria_buf_printf(w->out, "<%s", element);
	va_start(pairs, element);
	put_attributes(w, pairs);
	va_end(pairs);
	fria_buf_putc(w->out, '>');
}

void web_text(web *w, const char *text)
{
	if (text)
		fria_put_xml(w->out, text);
}

void web_say(web *w, fria_word word, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list args;
	va_start(args, word);
	fria_say_list(&text, w->lang, word, true, args);
	va_end(args);
	web_text(w, text.text);
	fria_buf_dispose(&text);
}

void web_put(web *w, const char *element, const char *class, const char *text)
{
	web_open(w, element, "class", class, NULL);
	web_text(w, text);
	web_close(w, element);
}

void web_word(web *w, const char *element, const char *class, fria_word word)
{
	web_put(w, element, class, fria_word_text(word, w->lang));
}

void web_link(web *w, const char *address, const char *text)
{
	web_open(w, "a", "href", address, NULL);
	web_text(w, text);
	web_close(w, "a");
}

void web_fragment(web *w, fria_node *node)
{
	fria_fragment_html(w->out, node);
}

void web_badge(web *w, fria_tone tone, fria_word word)
{
	static const char *const names[] = {"plain", "open",  "good",
					    "again", "doubt", "stop"};
	char *class = fria_format("badge t-%s", names[tone]);
	char *symbol = fria_format("#fria-i-%s", names[tone]);
	web_open(w, "span", "class", class, NULL);
	web_open(w, "svg", "class", "icon", "aria-hidden", "true", NULL);
	web_open(w, "use", "href", symbol, NULL);
	web_close(w, "use");
	web_close(w, "svg");
	web_word(w, "span", NULL, word);
	web_close(w, "span");
	free(symbol);
	free(class);
}
