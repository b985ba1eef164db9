/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands around every page: the way to it, who is here, and the foot. */
#include "page.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

/* --- texts --- */

const char *page_keep(page *p, char *text)
{
	fria_strings_add(&p->kept, text);
	free(text);
	return p->kept.items[p->kept.n - 1];
}

const char *page_format(page *p, const char *format, ...)
{
	fria_buf out = FRIA_BUF_INIT;
	va_list list;
	va_start(list, format);
	fria_buf_vprintf(&out, format, list);
	va_end(list);
	return page_keep(p, fria_buf_detach(&out));
}

const char *page_say(page *p, fria_word word, ...)
{
	fria_buf out = FRIA_BUF_INIT;
	va_list list;
	va_start(list, word);
	fria_say_list(&out, p->lang, word, true, list);
	va_end(list);
	return page_keep(p, fria_buf_detach(&out));
}

const char *page_trouble(page *p, const fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_error placed = *err;
	fria_error_place(&placed, p->place->ws, p->lang);
	fria_error_say(&out, &placed, p->lang, true);
	return page_keep(p, fria_buf_detach(&out));
}

const char *page_when(page *p, const char *at)
{
	fria_buf day = FRIA_BUF_INIT;
	fria_time moment;
	if (!at || !fria_time_parse(&moment, at))
		return "";
	moment += (fria_time)p->session.offset * 60;
	fria_day_say(&day, p->lang, moment);
	const char *said = page_say(
	    p, FRIA_W_web_when, "date", day.text, "hour",
	    page_format(p, "%02d", (int)(moment / 3600 % 24)), "minute",
	    page_format(p, "%02d", (int)(moment / 60 % 60)), NULL);
	fria_buf_dispose(&day);
	return said;
}

const char *page_at(page *p, const char *format, ...)
{
	fria_buf out = FRIA_BUF_INIT;
	va_list list;
	fria_buf_printf(&out, "/%s/", p->place->name);
	va_start(list, format);
	fria_buf_vprintf(&out, format, list);
	va_end(list);
	return page_keep(p, fria_buf_detach(&out));
}

fria_node *page_fragment(page *p)
{
	fria_document *made = fria_document_new(p->lang);
	*FRIA_PUSH(&p->documents) = made;
	fria_document_buttons(made);
	return fria_document_body(made);
}

/* --- the frame --- */

const char *page_organisation(const page *p)
{
	return p->place->ws
		   ? fria_json_text(p->place->ws->config, "organisation")
		   : NULL;
}

static void put_head(page *p, const page_frame *frame)
{
	const char *organisation = page_organisation(p);
	fria_buf_puts(p->w.out, "<!doctype html>\n");
	web_open(&p->w, "html", "lang", p->lang == FRIA_NL ? "nl" : "en", NULL);
	web_open(&p->w, "head", NULL);
	web_void(&p->w, "meta", "charset", "utf-8", NULL);
	web_void(&p->w, "meta", "name", "viewport", "content",
		 "width=device-width, initial-scale=1", NULL);
	web_put(&p->w, "title", NULL,
		page_format(p, "%s - %s - fria", frame->title,
			    organisation ? organisation : p->place->name));
	web_void(&p->w, "link", "rel", "stylesheet", "href", "/_stijl.css",
		 NULL);
	if (p->place->theme)
		web_void(&p->w, "link", "rel", "stylesheet", "href",
			 "/_thema.css", NULL);
	web_void(&p->w, "link", "rel", "icon", "href", "/_fria.svg", NULL);
	web_open(&p->w, "script", "src", "/_werk.js", "defer", "", NULL);
	web_close(&p->w, "script");
	web_close(&p->w, "head");
}

static void put_nav(page *p, page_nav here)
{
	static const struct {
		const char *path;
		fria_word word;
	} items[] = {
	    [NAV_WORK] = {"", FRIA_W_web_nav_work},
	    [NAV_APPLICATIONS] = {"toepassingen", FRIA_W_web_nav_applications},
	    [NAV_SHARE] = {"_delen", FRIA_W_web_nav_share},
	    [NAV_SEARCH] = {"zoek", FRIA_W_web_nav_search}};
	web_open(&p->w, "nav", "aria-label",
		 fria_word_text(FRIA_W_web_nav, p->lang), NULL);
	web_open(&p->w, "ul", NULL);
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "a", "href", page_at(p, "%s", items[i].path),
			 "aria-current", i == here ? "page" : NULL, NULL);
		web_text(&p->w, fria_word_text(items[i].word, p->lang));
		web_close(&p->w, "a");
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "nav");
}

static void put_me(page *p)
{
	bool dutch = p->lang == FRIA_NL;
	web_open(&p->w, "p", "class", "me", NULL);
	if (p->who->name)
		web_put(&p->w, "span", NULL, p->who->name);
	web_open(&p->w, "a", "class", "lang", "href",
		 dutch ? "?taal=en" : "?taal=nl", "hreflang",
		 dutch ? "en" : "nl", "lang", dutch ? "en" : "nl", NULL);
	web_text(&p->w, dutch ? "English" : "Nederlands");
	web_close(&p->w, "a");
	web_close(&p->w, "p");
}

static void put_crumbs(page *p, const page_frame *frame)
{
	if (!frame->n)
		return;
	web_open(&p->w, "nav", "class", "crumbs", "aria-label",
		 fria_word_text(FRIA_W_web_crumbs, p->lang), NULL);
	web_open(&p->w, "ol", NULL);
	for (size_t i = 0; i < frame->n; i++) {
		bool last = i + 1 == frame->n;
		web_open(&p->w, "li", "aria-current", last ? "page" : NULL,
			 NULL);
		if (last)
			web_text(&p->w, frame->crumbs[i].text);
		else
			web_link(&p->w, frame->crumbs[i].address,
				 frame->crumbs[i].text);
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ol");
	web_close(&p->w, "nav");
}

/* Nobody takes the example for their own. */
static void put_example(page *p)
{
	web_open(&p->w, "p", "class", "alert", NULL);
	web_say(&p->w, FRIA_W_web_example, NULL);
	web_text(&p->w, " ");
	web_link(&p->w, page_format(p, "/%s/", p->place->own),
		 fria_word_text(FRIA_W_web_example_back, p->lang));
	web_close(&p->w, "p");
}

void page_open(page *p, const page_frame *frame)
{
	const char *organisation = page_organisation(p);
	put_head(p, frame);
	web_open(&p->w, "body", NULL);
	fria_html_symbols(p->w.out);
	web_open(&p->w, "a", "class", "skip", "href", "#inhoud", NULL);
	web_say(&p->w, FRIA_W_web_skip, NULL);
	web_close(&p->w, "a");
	web_open(&p->w, "header", "class", "top", NULL);
	web_open(&p->w, "div", NULL);
	web_open(&p->w, "p", "class", "brand", NULL);
	web_put(&p->w, "b", NULL, organisation ? organisation : "fria");
	web_word(&p->w, "span", NULL, FRIA_W_web_brand);
	web_close(&p->w, "p");
	put_nav(p, frame->nav);
	put_me(p);
	web_close(&p->w, "div");
	web_close(&p->w, "header");
	web_open(&p->w, "main", "id", "inhoud", "tabindex", "-1", NULL);
	put_crumbs(p, frame);
	if (p->place->own)
		put_example(p);
}

void page_open_below(page *p, const char *title)
{
	const page_crumb crumbs[] = {
	    {page_at(p, "toepassingen"),
	     fria_word_text(FRIA_W_web_nav_applications, p->lang)},
	    {page_at(p, "a/%s", p->parts[0]), p->parts[0]},
	    {NULL, title}};
	page_open(p, &(page_frame){title, NAV_APPLICATIONS, crumbs, 3});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	web_close(&p->w, "div");
}

void page_wrong(page *p, const char *error)
{
	if (!error)
		return;
	web_open(&p->w, "div", "class", "alert error", "role", "alert", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_not_recorded);
	web_put(&p->w, "p", NULL, error);
	web_close(&p->w, "div");
}

void page_lead(page *p, const char *text)
{
	web_put(&p->w, "p", "lead", text);
}

void page_close(page *p)
{
	web_close(&p->w, "main");
	web_open(&p->w, "footer", "class", "foot", NULL);
	web_open(&p->w, "div", NULL);
	web_put(&p->w, "p", NULL, "fria " FRIA_VERSION);
	web_close(&p->w, "div");
	web_close(&p->w, "footer");
	web_close(&p->w, "body");
	web_close(&p->w, "html");
	fria_buf_putc(p->w.out, '\n');
	assert(!p->w.depth);
}

void page_counting(page *p, size_t missing)
{
	if (!missing)
		return;
	web_open(&p->w, "p", "class", "alert", "role", "status", NULL);
	web_text(&p->w, page_say(p, FRIA_W_web_counting, "count",
				 FRIA_DIGITS(missing), NULL));
	web_text(&p->w, " ");
	web_link(&p->w, p->request->path,
		 fria_word_text(FRIA_W_web_counting_again, p->lang));
	web_close(&p->w, "p");
}
