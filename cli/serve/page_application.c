/* SPDX-License-Identifier: EUPL-1.2 */
/* One application: its assessments and characteristics. */
#include "page.h"

static void put_assessments(page *p, const fria_statuses *all)
{
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_its_assessments);
	if (!all->n)
		web_word(&p->w, "p", NULL, FRIA_W_waits_no_assessment);
	web_open(&p->w, "ul", "class", "tasks", NULL);
	for (size_t i = 0; i < all->n; i++) {
		const fria_status *s = &all->items[i];
		fria_buf left = FRIA_BUF_INIT;
		fria_todo_say(&left, &s->counts, p->lang);
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "div", NULL);
		web_open(&p->w, "p", "class", "line", NULL);
		web_badge(&p->w, fria_verdict_tone(s->verdict),
			  fria_verdict_word(s->verdict));
		web_link(&p->w, page_at(p, "a/%s", s->assessment),
			 s->assessment);
		web_close(&p->w, "p");
		web_put(&p->w, "p", "small soft", left.text);
		web_close(&p->w, "div");
		if (s->version)
			web_put(&p->w, "p", "small soft", s->version);
		web_close(&p->w, "li");
		fria_buf_dispose(&left);
	}
	web_close(&p->w, "ul");
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", all->n ? "button" : "button main", "href",
		 page_at(p, "a/%s/_nieuw", p->parts[0]), NULL);
	web_say(&p->w, FRIA_W_web_begin_one, NULL);
	web_close(&p->w, "a");
	web_open(&p->w, "a", "class", "button", "href",
		 page_at(p, "a/%s/_release", p->parts[0]), NULL);
	web_say(&p->w, FRIA_W_web_release_button, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	web_close(&p->w, "section");
}

static void put_page(page *p, const char *id, const json_t *application,
		     const fria_statuses *all)
{
	const char *called = fria_json_text(application, "name");
	const char *title = called ? called : id;
	const char *release = fria_json_text(application, "release");
	const page_crumb crumbs[] = {
	    {page_at(p, "toepassingen"),
	     fria_word_text(FRIA_W_web_nav_applications, p->lang)},
	    {NULL, title}};
	page_open(p, &(page_frame){title, NAV_APPLICATIONS, crumbs, 2});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	if (release)
		page_lead(p, page_say(p, FRIA_W_web_release_of, "release",
				      release, NULL));
	web_close(&p->w, "div");
	put_assessments(p, all);
	fria_node *at = page_fragment(p);
	fria_application_view(at, id, application, false);
	web_open(&p->w, "div", "class", "sheet part", NULL);
	web_fragment(&p->w, at);
	web_close(&p->w, "div");
	page_close(p);
}

int page_application(page *p, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	const char *id = p->parts[0];
	json_t *application = NULL;
	fria_statuses all = {NULL, 0};
	fria_findings broken = FRIA_FINDINGS_INIT;
	int code = fria_application_recorded(&application, ws, id, err);
	if (!code)
		code = fria_portfolio(&all, &broken, ws, id,
				      fria_session_day(&ws->session), err);
	if (!code)
		put_page(p, id, application, &all);
	json_decref(application);
	fria_statuses_dispose(&all);
	fria_findings_dispose(&broken);
	return code;
}
