/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is said beside an answer: comments, what somebody sees otherwise, and
 * what of it is not made public. Each has a form of its own.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

static bool is_same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static const char *typed(const page *p, const char *name)
{
	const char *value = page_field(p, name);
	return value && !fria_text_blank(value) ? value : NULL;
}

static void open_form(page *p)
{
	page_form(p, p->request->path);
}

static void close_form(page *p, const char *doe, fria_word word)
{
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, doe, false, word);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
}

static void open_fold(page *p, bool open, fria_word word)
{
	web_open(&p->w, "details", "class", "fold", "open", open ? "" : NULL,
		 NULL);
	web_word(&p->w, "summary", NULL, word);
}

/* Who, and when. */
static void put_signed(page *p, const char *by, const char *at)
{
	web_open(&p->w, "p", NULL);
	web_open(&p->w, "b", NULL);
	web_text(&p->w,
		 page_format(p, "%.*s", (int)fria_person_length(by), by));
	web_close(&p->w, "b");
	web_text(&p->w, ", ");
	web_put(&p->w, "span", "soft", page_when(p, at));
	web_close(&p->w, "p");
}

/* --- comments --- */

static void put_comment(page *p, const fria_comments *all,
			const fria_commented *c, bool speaks)
{
	fria_node *text = page_fragment(p);
	fria_node_answer(text, c->text, NULL);
	web_open(&p->w, "div", "class", "advice", NULL);
	put_signed(p, c->by, c->at);
	web_fragment(&p->w, text);
	if (c->state == FRIA_COMMENT_OUTDATED)
		web_word(&p->w, "p", "hint", FRIA_W_web_comment_outdated);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].reply && is_same(all->items[i].reply, c->id))
			put_comment(p, all, &all->items[i], false);
	if (speaks) {
		const char *id = page_format(p, "reactie-%s", c->id);
		open_form(p);
		web_void(&p->w, "input", "type", "hidden", "name", "bij",
			 "value", c->id, NULL);
		open_fold(p, typed(p, id) != NULL, FRIA_W_web_reply);
		page_put_input(p, &(page_input){id, FRIA_W_web_your_reply, NULL,
						typed(p, id), NULL, 3});
		web_open(&p->w, "p", "class", "acts", NULL);
		page_button(p, "reageer", false, FRIA_W_web_put_reply);
		web_close(&p->w, "p");
		web_close(&p->w, "details");
		close_form(p, "opgelost", FRIA_W_web_settled);
	}
	web_close(&p->w, "div");
}

static void put_comments(const page_topic *t)
{
	page *p = t->look->p;
	fria_comments all;
	size_t n = 0;
	fria_comments_find(&all, t->look->in, t->look->s->assessment);
	for (size_t i = 0; i < all.n; i++) {
		const fria_commented *c = &all.items[i];
		bool here =
		    is_same(c->task, t->task) && is_same(c->row, t->row);
		if (!here || c->reply || c->state == FRIA_COMMENT_RESOLVED)
			continue;
		if (!n++)
			web_word(&p->w, "h2", NULL, FRIA_W_web_comments);
		put_comment(p, &all, c, true);
	}
	open_form(p);
	open_fold(p, typed(p, "opmerking") != NULL, FRIA_W_web_make_comment);
	page_put_input(p, &(page_input){"opmerking", FRIA_W_web_your_comment,
					NULL, typed(p, "opmerking"), NULL, 3});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "opmerking", false, FRIA_W_web_put_comment);
	web_close(&p->w, "p");
	web_close(&p->w, "details");
	web_close(&p->w, "form");
	free(all.items);
}

/* --- seen otherwise --- */

static void put_dissent(const page_topic *t)
{
	page *p = t->look->p;
	const char *stands = fria_json_text(t->answer, "dissent");
	const char *text = typed(p, "tegengeluid");
	if (!t->answer)
		return;
	if (stands) {
		fria_node *at = page_fragment(p);
		fria_node_answer(at, stands, NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_dissent);
		web_fragment(&p->w, at);
	}
	open_form(p);
	open_fold(p, text != NULL,
		  stands ? FRIA_W_web_change_dissent : FRIA_W_web_put_dissent);
	page_put_input(p,
		       &(page_input){"tegengeluid", FRIA_W_web_dissent,
				     page_say(p, FRIA_W_web_dissent_hint, NULL),
				     text ? text : stands, NULL, 4});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "tegengeluid", false, FRIA_W_web_record_word);
	web_close(&p->w, "p");
	web_close(&p->w, "details");
	web_close(&p->w, "form");
}

/* --- not made public --- */

static void put_withheld(page *p, const json_t *one)
{
	const char *ground = fria_json_text(one, "ground");
	const char *said = fria_closed_say("withheld", ground, p->lang);
	const char *passage = fria_json_text(one, "passage");
	web_open(&p->w, "div", "class", "advice", NULL);
	web_open(&p->w, "p", NULL);
	web_put(&p->w, "b", NULL, said ? said : ground);
	web_close(&p->w, "p");
	web_put(&p->w, "p", NULL,
		passage ? page_format(p, "“%s”", passage)
			: fria_word_text(FRIA_W_web_withheld_all, p->lang));
	if (fria_json_text(one, "note"))
		web_put(&p->w, "p", NULL, fria_json_text(one, "note"));
	put_signed(p, fria_json_text(one, "by"), fria_json_text(one, "at"));
	web_close(&p->w, "div");
}

static void put_grounds(page *p)
{
	const char *id, *chosen = page_field(p, "weigergrond");
	web_open(&p->w, "div", "class", "field", NULL);
	web_open(&p->w, "label", "for", "weigergrond", NULL);
	web_say(&p->w, FRIA_W_web_withhold_ground, NULL);
	web_close(&p->w, "label");
	web_open(&p->w, "select", "id", "weigergrond", "name", "weigergrond",
		 NULL);
	web_open(&p->w, "option", "value", "", NULL);
	web_close(&p->w, "option");
	for (size_t i = 0; (id = fria_closed_at("withheld", i)); i++) {
		web_open(&p->w, "option", "value", id, "selected",
			 chosen && !strcmp(chosen, id) ? "" : NULL, NULL);
		web_text(&p->w, fria_closed_say("withheld", id, p->lang));
		web_close(&p->w, "option");
	}
	web_close(&p->w, "select");
	web_close(&p->w, "div");
}

static void put_withholding(const page_topic *t)
{
	page *p = t->look->p;
	const json_t *list = json_object_get(t->answer, "withheld"), *one;
	bool text = json_is_string(json_object_get(t->answer, "value"));
	size_t i;
	if (!t->answer)
		return;
	if (json_array_size(list)) {
		web_word(&p->w, "h2", NULL, FRIA_W_web_withheld);
		json_array_foreach(list, i, one)
			put_withheld(p, one);
		open_form(p);
		close_form(p, "weer-openbaar", FRIA_W_web_lift);
	}
	open_form(p);
	open_fold(p, page_field(p, "weigergrond") != NULL, FRIA_W_web_withhold);
	put_grounds(p);
	if (text)
		page_put_input(
		    p, &(page_input){"passage", FRIA_W_web_passage,
				     page_say(p, FRIA_W_web_passage_hint, NULL),
				     typed(p, "passage"), NULL, 3});
	page_put_input(p, &(page_input){"waarom", FRIA_W_web_adopt_note, NULL,
					typed(p, "waarom"), NULL, 2});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "niet-openbaar", false, FRIA_W_web_withhold);
	web_close(&p->w, "p");
	web_close(&p->w, "details");
	web_close(&p->w, "form");
}

void page_put_talk(const page_topic *t)
{
	page *p = t->look->p;
	web_open(&p->w, "section", "class", "part", NULL);
	put_comments(t);
	put_dissent(t);
	put_withholding(t);
	web_close(&p->w, "section");
}

/* --- what is sent --- */

static int remark(const page_topic *t, const fria_edit_target *target,
		  const char *reply, fria_error *err)
{
	page *p = t->look->p;
	const char *text = reply ? typed(p, page_format(p, "reactie-%s", reply))
				 : typed(p, "opmerking");
	/* Between two answers: one's own, beside that of another. */
	if (!text && !reply)
		text = typed(p, "antwoord");
	char id[16];
	bool there;
	return fria_comment(id, &there, p->place->ws, target, text ? text : "",
			    reply, err);
}

/* A passage as the text has it: a browser sends other ends of lines. */
static const char *passage_of(page *p)
{
	const char *text = typed(p, "passage");
	fria_buf out = FRIA_BUF_INIT;
	if (!text)
		return NULL;
	for (const char *at = text; *at; at++)
		if (*at != '\r')
			fria_buf_putc(&out, *at);
	return page_keep(p, fria_buf_detach(&out));
}

static int withhold(const page_topic *t, const fria_edit_target *target,
		    bool lift, fria_error *err)
{
	page *p = t->look->p;
	bool changed;
	const fria_withholding what = {.ground = typed(p, "weigergrond"),
				       .passage = passage_of(p),
				       .note = typed(p, "waarom"),
				       .lift = lift};
	if (!lift && !what.ground)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_withhold,
				 NULL);
	return fria_withhold(&changed, p->place->ws, target, &what, err);
}

bool page_is_talk(const char *what)
{
	static const char *const all[] = {"opmerking",	   "reageer",
					  "opgelost",	   "tegengeluid",
					  "niet-openbaar", "weer-openbaar"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(what, all[i]))
			return true;
	return false;
}

int page_talk(const page_topic *t, const char *what, fria_error *err)
{
	page *p = t->look->p;
	fria_workspace *ws = p->place->ws;
	const char *text = typed(p, "tegengeluid"), *id = page_field(p, "bij");
	const fria_edit_target target = {
	    .application_name = t->look->name, .task = t->task, .row = t->row};
	int code;
	if (!strcmp(what, "opmerking"))
		code = remark(t, &target, NULL, err);
	else if (!strcmp(what, "reageer"))
		code = remark(t, &target, id ? id : "", err);
	else if (!strcmp(what, "opgelost"))
		code =
		    fria_comment_resolve(ws, t->look->name, id ? id : "", err);
	else if (!strcmp(what, "tegengeluid"))
		code = fria_dissent(ws, &target, text ? text : "", err);
	else
		code =
		    withhold(t, &target, !strcmp(what, "weer-openbaar"), err);
	return code;
}
