/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong, in place of the page that was asked for. */
#include "page.h"

int page_status(int code)
{
	switch (code) {
	case FRIA_EINPUT:
		return 422;
	case FRIA_ENOTFOUND:
		return 404;
	case FRIA_EEXISTS:
	case FRIA_EREFUSED:
	case FRIA_ERACE:
		return 409;
	case FRIA_ELOCKED:
		return 503;
	case FRIA_ELIMIT:
		return 413;
	default:
		return 500;
	}
}

void page_error(page *p, const fria_error *err)
{
	const char *title = page_say(p, FRIA_W_web_error_title, NULL);
	const char *typed = page_field(p, "antwoord");
	if (p->response->status < 400)
		p->response->status = page_status(err->code);
	page_open(p, &(page_frame){.title = title, .nav = NAV_WORK});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	web_close(&p->w, "div");
	web_open(&p->w, "div", "class", "alert error", "role", "alert", NULL);
	web_put(&p->w, "p", NULL, page_trouble(p, err));
	web_close(&p->w, "div");
	if (typed && *typed && p->response->status != 400) {
		web_word(&p->w, "h2", NULL, FRIA_W_web_error_typed);
		web_open(&p->w, "div", "class", "field", NULL);
		web_open(&p->w, "textarea", "readonly", "", "rows", "12",
			 "aria-label",
			 fria_word_text(FRIA_W_web_error_typed, p->lang), NULL);
		web_text(&p->w, "\n");
		web_text(&p->w, typed);
		web_close(&p->w, "textarea");
		web_close(&p->w, "div");
	}
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", "button", "href", page_at(p, "%s", ""),
		 NULL);
	web_say(&p->w, FRIA_W_web_to_work, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	page_close(p);
}
