/* SPDX-License-Identifier: EUPL-1.2 */
/* A report: which, for whom, and as it will look. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

static const char *asked(const page *p, const char *name, const char *other)
{
	const char *value = serve_pairs_find(&p->request->query, name);
	return value && *value ? value : other;
}

static void put_select(page *p, const char *name, fria_word label,
		       const char *chosen, const char *const values[],
		       const char *const texts[], size_t n)
{
	web_open(&p->w, "div", "class", "field", NULL);
	web_open(&p->w, "label", "for", name, NULL);
	web_say(&p->w, label, NULL);
	web_close(&p->w, "label");
	web_open(&p->w, "select", "id", name, "name", name, NULL);
	for (size_t i = 0; i < n; i++) {
		web_open(&p->w, "option", "value", values[i], "selected",
			 !strcmp(chosen, values[i]) ? "" : NULL, NULL);
		web_text(&p->w, texts[i]);
		web_close(&p->w, "option");
	}
	web_close(&p->w, "select");
	web_close(&p->w, "div");
}

static void put_wishes(page *p, const char *template)
{
	const char *id, *ids[32], *titles[32];
	size_t n = 0;
	for (; n < 32 && (id = fria_closed_at("template", n)); n++) {
		ids[n] = id;
		titles[n] = fria_closed_say("template", id, p->lang);
	}
	web_open(&p->w, "form", "method", "get", "class", "sheet", NULL);
	web_open(&p->w, "div", "class", "filters", NULL);
	put_select(p, "sjabloon", FRIA_W_web_template, template, ids, titles,
		   n);
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "button", "type", "submit", NULL);
	web_say(&p->w, FRIA_W_web_show, NULL);
	web_close(&p->w, "button");
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "form");
}

int page_report(page *p, fria_error *err)
{
	page_look look;
	const char *template = asked(p, "sjabloon", "report");
	int code = look_at(&look, p, err);
	if (code)
		return code;
	const char *here = fria_word_text(FRIA_W_web_tab_report, p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_of, "what", here, "application",
		     look_application(&look), NULL);
	const char *file =
	    page_at(p, "a/%s/verslag.html?sjabloon=%s", look.name, template);
	look_open(&look, here, title);
	look_head(&look, "/verslag", title);
	put_wishes(p, template);
	web_open(&p->w, "p", "class", "acts", NULL);
	web_link(&p->w, file, fria_word_text(FRIA_W_web_alone, p->lang));
	web_close(&p->w, "p");
	web_open(&p->w, "iframe", "src", file, "sandbox", "", "title", title,
		 "class", "report", NULL);
	web_close(&p->w, "iframe");
	page_close(p);
	look_away(&look);
	return 0;
}

/* The report as its file is; it says itself what a browser may do with it. */
int page_report_file(page *p, fria_error *err)
{
	const char *which = asked(p, "sjabloon", "report");
	char *name = NULL, *text = NULL;
	fria_presented shown;
	fria_document *made = NULL;
	fria_snapshot *s = NULL;
	int code = fria_snapshot_load(
	    &s, p->place->ws, page_format(p, "%s/%s", p->parts[0], p->parts[1]),
	    NULL, err);
	if (code)
		return code;
	code = fria_present(&shown, p->place->ws, s,
			    fria_template_audience(which), p->lang, err);
	if (!code) {
		code = fria_template_read(&name, &text, p->place->ws, which,
					  p->lang, err);
		if (!code)
			code = fria_report_make(&made, &shown.report, name,
						text, err);
		if (!code)
			fria_document_html(&p->response->body, made);
		fria_document_free(made);
		fria_presented_dispose(&shown);
	}
	if (!code)
		serve_pairs_add(
		    &p->response->headers, "Content-Security-Policy",
		    "default-src 'none'; style-src 'unsafe-inline'; "
		    "img-src data:; base-uri 'none'; form-action "
		    "'none'; frame-ancestors 'self'");
	free(name);
	free(text);
	fria_snapshot_free(s);
	return code;
}
