/* SPDX-License-Identifier: EUPL-1.2 */
/* One application: its assessments, what is measured, its characteristics, and
 * what happened to it. */
#include "page.h"

#include <string.h>

typedef struct {
	page *p;
	const char *id;
	json_t *application;
	fria_statuses all;
	const char *error; /* of what was sent; NULL: none */
} shown;

/* --- its assessments --- */

static void put_assessment(page *p, const fria_status *s)
{
	fria_buf left = FRIA_BUF_INIT;
	fria_todo_say(&left, &s->counts, p->lang);
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_open(&p->w, "p", "class", "line", NULL);
	web_badge(&p->w, fria_verdict_tone(s->verdict),
		  fria_verdict_word(s->verdict));
	web_link(&p->w, page_at(p, "a/%s", s->assessment), s->assessment);
	web_close(&p->w, "p");
	web_put(&p->w, "p", "small soft", left.text);
	web_close(&p->w, "div");
	if (s->version)
		web_put(&p->w, "p", "small soft", s->version);
	web_close(&p->w, "li");
	fria_buf_dispose(&left);
}

static void put_assessments(const shown *s)
{
	page *p = s->p;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_its_assessments);
	if (s->all.n) {
		web_open(&p->w, "ul", "class", "tasks", NULL);
		for (size_t i = 0; i < s->all.n; i++)
			put_assessment(p, &s->all.items[i]);
		web_close(&p->w, "ul");
	} else {
		web_word(&p->w, "p", NULL, FRIA_W_waits_no_assessment);
	}
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", s->all.n ? "button" : "button main",
		 "href", page_at(p, "a/%s/_nieuw", s->id), NULL);
	web_say(&p->w, FRIA_W_web_begin_one, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	web_close(&p->w, "section");
}

/* --- its releases --- */

/* What was said to have changed at a release, the last first. */
static void put_release(page *p, const json_t *events, size_t from, size_t to)
{
	const json_t *first = json_array_get(events, from);
	const char *at = fria_json_text(first, "at");
	fria_buf day = FRIA_BUF_INIT;
	size_t yes = 0;
	fria_date_say(&day, p->lang, at);
	for (size_t i = from; i < to; i++)
		yes += json_is_true(
		    json_object_get(json_array_get(events, i), "changed"));
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_open(&p->w, "b", NULL);
	web_say(&p->w, FRIA_W_web_release_on, "release",
		fria_json_text(first, "release"), "day", day.text, NULL);
	web_close(&p->w, "b");
	web_open(&p->w, "p", "class", "small soft", NULL);
	web_say(&p->w, FRIA_W_web_release_said, "count", FRIA_DIGITS(yes),
		NULL);
	for (size_t i = from; i < to; i++) {
		const char *text =
		    fria_json_text(json_array_get(events, i), "text");
		if (text) {
			web_text(&p->w, " ");
			web_text(&p->w, text);
		}
	}
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "li");
	fria_buf_dispose(&day);
}

static bool same_release(const json_t *events, size_t a, size_t b)
{
	const char *x = fria_json_text(json_array_get(events, a), "release");
	const char *y = fria_json_text(json_array_get(events, b), "release");
	return x && y && !strcmp(x, y);
}

static void put_releases(const shown *s)
{
	page *p = s->p;
	const json_t *events = json_object_get(s->application, "events");
	size_t to = json_array_size(events);
	if (!to)
		return;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_releases);
	web_open(&p->w, "ul", "class", "tasks", NULL);
	while (to) {
		size_t from = to - 1;
		while (from && same_release(events, from - 1, from))
			from--;
		if (fria_json_text(json_array_get(events, from), "release"))
			put_release(p, events, from, to);
		to = from;
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "section");
}

/* --- what answers point at --- */

static void put_piece(const shown *s, const fria_evidence_piece *one)
{
	page *p = s->p;
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_put(&p->w, "b", NULL, one->title ? one->title : one->name);
	web_open(&p->w, "p", "class", "small soft", NULL);
	if (!one->mentions.n)
		web_say(&p->w, FRIA_W_web_evidence_nowhere, NULL);
	for (size_t i = 0; i < one->mentions.n; i++) {
		const fria_evidence_mention *m = &one->mentions.items[i];
		web_text(&p->w, i ? ", " : "");
		web_link(&p->w,
			 page_at(p, m->row ? "a/%s/v/%s/%s" : "a/%s/v/%s",
				 m->assessment, m->task, m->row),
			 page_say(p, FRIA_W_web_draft_of, "task", m->task,
				  "name", m->assessment, NULL));
	}
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "li");
}

static void put_evidence(const shown *s)
{
	page *p = s->p;
	fria_evidence_pieces all = {NULL, 0};
	if (!fria_evidence_list(&all, p->place->ws, s->id, NULL) && all.n) {
		web_open(&p->w, "section", "class", "part", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_its_evidence);
		web_open(&p->w, "ul", "class", "tasks", NULL);
		for (size_t i = 0; i < all.n; i++)
			put_piece(s, &all.items[i]);
		web_close(&p->w, "ul");
		web_close(&p->w, "section");
	}
	fria_evidence_pieces_dispose(&all);
}

/* --- out of use --- */

static void put_retire(const shown *s)
{
	page *p = s->p;
	const json_t *use = json_object_get(s->application, "in_use");
	if (fria_json_text(use, "to") || !(p->who->rights & SERVE_WRITE))
		return;
	web_open(&p->w, "details", "class", "fold part", "open",
		 page_field(p, "sinds") ? "" : NULL, NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_retire);
	page_form(p, page_at(p, "a/%s", s->id));
	web_word(&p->w, "p", NULL, FRIA_W_web_retire_what);
	page_put_input(p, &(page_input){"sinds", FRIA_W_web_retire_since,
					page_say(p, FRIA_W_web_hint_date, NULL),
					page_field(p, "sinds"), NULL, 1});
	page_put_input(p, &(page_input){"waarom", FRIA_W_web_reason, NULL,
					page_field(p, "waarom"), NULL, 1});
	page_button(p, "buiten-gebruik", false, FRIA_W_web_retire);
	web_close(&p->w, "form");
	web_close(&p->w, "details");
}

/* --- the page --- */

static void put_head(const shown *s, const char *title)
{
	page *p = s->p;
	const char *release = fria_json_text(s->application, "release");
	const json_t *use = json_object_get(s->application, "in_use");
	const char *what = fria_json_text(
	    json_object_get(s->application, "register"), "description_short");
	const char *from = fria_json_text(use, "from");
	const char *to = fria_json_text(use, "to");
	fria_buf day = FRIA_BUF_INIT;
	web_open(&p->w, "div", "class", "head", NULL);
	fria_date_say(&day, p->lang, to ? to : from);
	if (release || day.n)
		web_put(&p->w, "p", "soft",
			page_say(p,
				 to	 ? FRIA_W_web_release_ended
				 : day.n ? FRIA_W_web_release_since
					 : FRIA_W_web_release_of,
				 "release", release ? release : "–", "day",
				 day.text, NULL));
	web_put(&p->w, "h1", NULL, title);
	if (what)
		page_lead(p, what);
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", s->all.n ? "button main" : "button",
		 "href", page_at(p, "a/%s/_release", s->id), NULL);
	web_say(&p->w, FRIA_W_web_release_button, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	fria_buf_dispose(&day);
}

static int put_page(const shown *s, fria_error *err)
{
	page *p = s->p;
	const char *called = fria_json_text(s->application, "name");
	const char *title = called ? called : s->id;
	const page_crumb crumbs[] = {
	    {page_at(p, "toepassingen"),
	     fria_word_text(FRIA_W_web_nav_applications, p->lang)},
	    {NULL, title}};
	page_open(p, &(page_frame){title, NAV_APPLICATIONS, crumbs, 2});
	put_head(s, title);
	page_wrong(p, s->error);
	put_assessments(s);
	page_put_metrics(p, s->application);
	int code = page_put_facts(p, err);
	put_releases(s);
	put_evidence(s);
	put_retire(s);
	page_close(p);
	return code;
}

static int show(page *p, const char *error, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	shown s = {.p = p, .id = p->parts[0], .error = error};
	fria_findings broken = FRIA_FINDINGS_INIT;
	int code = fria_application_recorded(&s.application, ws, s.id, err);
	if (!code)
		code = fria_portfolio(&s.all, &broken, ws, s.id,
				      fria_session_day(&ws->session), err);
	if (!code)
		code = put_page(&s, err);
	json_decref(s.application);
	fria_statuses_dispose(&s.all);
	fria_findings_dispose(&broken);
	return code;
}

int page_application(page *p, fria_error *err)
{
	return show(p, NULL, err);
}

/* --- what is done there --- */

static const char *filled(const page *p, const char *name)
{
	const char *value = page_field(p, name);
	return value && !fria_text_blank(value) ? value : NULL;
}

static int measure(page *p, void *data, fria_error *err)
{
	const char *value = filled(p, "waarde");
	if (!value)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_metric_no_value,
				 NULL);
	return fria_application_metric(data, p->place->ws, p->parts[0],
				       page_field(p, "meting"), value,
				       filled(p, "datum"), err);
}

static int retire(page *p, void *data, fria_error *err)
{
	return fria_application_retire(data, p->place->ws, p->parts[0],
				       filled(p, "sinds"), filled(p, "waarom"),
				       err);
}

int page_application_post(page *p, fria_error *err)
{
	fria_release_result done = {.before = NULL};
	fria_error why = FRIA_ERROR_INIT;
	bool metric = page_field(p, "meting") != NULL;
	if (!page_act(p, metric ? measure : retire, &done, &why)) {
		page_see(p, page_at(p, metric ? "a/%s#metingen" : "a/%s",
				    p->parts[0]));
		fria_release_dispose(&done);
		return 0;
	}
	fria_release_dispose(&done);
	p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
	return show(p, page_trouble(p, &why), err);
}
