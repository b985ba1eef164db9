/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The characteristics of an application, each as its part of the form: what it
 * says, and what changing it would reopen before it is recorded.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* Of what it says, as much as a line of a list shows. */
#define SHOWN 200

/* --- parts of the form --- */

typedef struct {
	char *id;		   /* of the title, for addresses */
	char *title, *hint, *body; /* hint "": none */
} part;

typedef struct {
	part *items;
	size_t n;
} parts;

/* A text without blanks around it. New. */
static char *trimmed(const char *from, const char *to)
{
	while (from < to && strchr(" \t\r\n", *from))
		from++;
	while (to > from && strchr(" \t\r\n", to[-1]))
		to--;
	return fria_strndup(from, (size_t)(to - from));
}

/* Where the part ends that begins here: at the next heading. */
static const char *end_of(const char *at)
{
	const char *end = at;
	while ((end = strchr(end, '\n')) && strncmp(end + 1, "## ", 3) != 0 &&
	       strncmp(end + 1, "### ", 4) != 0)
		end++;
	return end ? end : at + strlen(at);
}

static void add_part(parts *out, const char *at)
{
	const char *end = end_of(at), *line = at + strcspn(at, "\n");
	const char *open = strstr(line, "<!--");
	const char *close = open && open < end ? strstr(open, "-->") : NULL;
	part *one = FRIA_PUSH(out);
	fria_buf id = FRIA_BUF_INIT;
	one->title = trimmed(at + strlen("### "), line);
	fria_slug(&id, one->title);
	one->id = fria_buf_detach(&id);
	one->hint =
	    close ? trimmed(open + strlen("<!--"), close) : fria_strdup("");
	one->body = trimmed(close ? close + strlen("-->") : line, end);
}

static void drop_parts(parts *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->items[i].id);
		free(all->items[i].title);
		free(all->items[i].hint);
		free(all->items[i].body);
	}
	free(all->items);
	*all = (parts){NULL, 0};
}

static int read_parts(parts *out, page *p, fria_error *err)
{
	fria_buf form = FRIA_BUF_INIT;
	int code = fria_application_form(&form, p->place->ws, p->parts[0], err);
	*out = (parts){NULL, 0};
	for (const char *at = form.text; !code && at && *at; at = end_of(at)) {
		at += *at == '\n';
		if (!strncmp(at, "### ", 4))
			add_part(out, at);
	}
	fria_buf_dispose(&form);
	return code;
}

static const part *find_part(const parts *all, const char *id)
{
	for (size_t i = 0; id && i < all->n; i++)
		if (!strcmp(all->items[i].id, id))
			return &all->items[i];
	return NULL;
}

/* --- as a list --- */

static const char *address_of(page *p, const part *one)
{
	return page_at(p, "a/%s/_kenmerk?veld=%s", p->parts[0], one->id);
}

static const char *shortened(page *p, const char *text)
{
	size_t n = strlen(text) > SHOWN ? SHOWN : strlen(text);
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return page_format(p, "%.*s%s", (int)n, text, text[n] ? " …" : "");
}

static void put_filled(page *p, const part *one)
{
	web_open(&p->w, "div", NULL);
	web_put(&p->w, "dt", NULL, one->title);
	web_put(&p->w, "dd", NULL, shortened(p, one->body));
	web_open(&p->w, "dd", NULL);
	web_open(&p->w, "a", "href", address_of(p, one), "aria-label",
		 page_say(p, FRIA_W_web_change_what, "what", one->title, NULL),
		 NULL);
	web_say(&p->w, FRIA_W_web_change, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "dd");
	web_close(&p->w, "div");
}

static void put_empty(page *p, const parts *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += !*all->items[i].body;
	if (!n)
		return;
	web_open(&p->w, "details", "class", "fold part", NULL);
	web_open(&p->w, "summary", NULL);
	web_say(&p->w, FRIA_W_web_not_known, "count", FRIA_DIGITS(n), NULL);
	web_close(&p->w, "summary");
	web_open(&p->w, "ul", "class", "tasks", NULL);
	for (size_t i = 0; i < all->n; i++) {
		if (*all->items[i].body)
			continue;
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "div", NULL);
		web_link(&p->w, address_of(p, &all->items[i]),
			 all->items[i].title);
		web_put(&p->w, "p", "small soft", all->items[i].hint);
		web_close(&p->w, "div");
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "details");
}

int page_put_facts(page *p, fria_error *err)
{
	parts all;
	int code = read_parts(&all, p, err);
	if (!code) {
		web_open(&p->w, "section", "class", "part", "id", "kenmerken",
			 NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_characteristics);
		web_open(&p->w, "dl", "class", "facts", NULL);
		for (size_t i = 0; i < all.n; i++)
			if (*all.items[i].body)
				put_filled(p, &all.items[i]);
		web_close(&p->w, "dl");
		put_empty(p, &all);
		web_close(&p->w, "section");
	}
	drop_parts(&all);
	return code;
}

/* --- one of them --- */

typedef struct {
	page *p;
	const part *now;
	const char *text, *note;
	char *form;
	char stand[FRIA_DIGEST_SIZE];
	fria_release_result result;
} changing;

static void put_hidden(page *p, const char *name, const char *value)
{
	web_void(&p->w, "input", "type", "hidden", "name", name, "value", value,
		 NULL);
}

/* looked: what it would reopen stands above. */
static void put_form(const changing *c, bool looked)
{
	page *p = c->p;
	page_form(p, page_at(p, "a/%s/_kenmerk", p->parts[0]));
	put_hidden(p, "veld", c->now->id);
	put_hidden(p, "_stand", c->stand);
	web_open(&p->w, "div", "class", "sheet", NULL);
	page_put_input(p, &(page_input){"tekst", FRIA_W_web_says,
					*c->now->hint ? c->now->hint : NULL,
					c->text, NULL, 12});
	page_put_input(p, &(page_input){"reden", FRIA_W_web_why_change, NULL,
					c->note, NULL, 1});
	web_close(&p->w, "div");
	web_open(&p->w, "p", "class", "acts", NULL);
	if (looked)
		page_button(p, "vastleggen", true, FRIA_W_web_record_word);
	page_button(p, "bekijk", !looked,
		    looked ? FRIA_W_web_look_again : FRIA_W_web_look_release);
	web_link(&p->w, page_at(p, "a/%s", p->parts[0]),
		 fria_word_text(FRIA_W_web_leave_it, p->lang));
	web_close(&p->w, "p");
	web_close(&p->w, "form");
}

static void show(const changing *c, const char *error, bool looked)
{
	page *p = c->p;
	page_open_below(p, c->now->title);
	page_wrong(p, error);
	if (looked) {
		page_put_changed(p, &c->result);
		page_put_consequences(p, &c->result);
		web_word(&p->w, "p", "hint part", FRIA_W_web_nothing_yet);
	}
	put_form(c, looked);
	page_close(p);
}

static int begin(changing *c, page *p, const parts *all, const char *id,
		 fria_error *err)
{
	const char *sent = page_field(p, "tekst");
	*c = (changing){
	    .p = p, .now = find_part(all, id), .note = page_field(p, "reden")};
	if (!c->now) {
		fria_fail(err, FRIA_ENOTFOUND, FRIA_W_web_no_fact, "what",
			  id ? id : "", NULL);
		return FRIA_ENOTFOUND;
	}
	c->text = sent ? sent : c->now->body;
	fria_digest_bytes(c->stand, c->now->body, strlen(c->now->body));
	c->form = fria_format("### %s\n\n%s\n", c->now->title, c->text);
	return 0;
}

int page_fact(page *p, fria_error *err)
{
	parts all;
	changing c = {.p = NULL};
	int code = read_parts(&all, p, err);
	if (!code)
		code = begin(&c, p, &all,
			     serve_pairs_find(&p->request->query, "veld"), err);
	if (!code) {
		show(&c, NULL, false);
		free(c.form);
	}
	drop_parts(&all);
	return code;
}

/* EREFUSED, with what it says now, where that is not what was shown. */
static int refuse_race(page *p, const char *id, fria_error *err)
{
	const char *seen = page_field(p, "_stand");
	char stand[FRIA_DIGEST_SIZE] = "";
	parts all;
	int code = read_parts(&all, p, err);
	const part *now = code ? NULL : find_part(&all, id);
	if (now)
		fria_digest_bytes(stand, now->body, strlen(now->body));
	if (!code && (!seen || strcmp(seen, stand) != 0))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_web_fact_race,
				 "text", now ? now->body : "", NULL);
	drop_parts(&all);
	return code;
}

/* On what holds now: also where it is done anew after somebody else. */
static int change(page *p, void *data, fria_error *err)
{
	changing *c = data;
	const fria_facts_file from = {.form = c->form};
	const char *note =
	    c->note && !fria_text_blank(c->note) ? c->note : NULL;
	int code = refuse_race(p, c->now->id, err);
	fria_release_dispose(&c->result);
	c->result = (fria_release_result){.before = NULL};
	return code
		   ? code
		   : fria_application_fill(&c->result, p->place->ws,
					   p->parts[0], &from, note, NULL, err);
}

/* A heading of one's own would be another part of the form. */
static int refuse_headings(const changing *c, fria_error *err)
{
	return !strncmp(c->text, "#", 1) || strstr(c->text, "\n#")
		   ? fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_heading, NULL)
		   : 0;
}

static int look(changing *c, fria_error *err)
{
	fria_workspace *ws = c->p->place->ws;
	int code = fria_rehearsal_begin(ws, err);
	if (code)
		return code;
	code = change(c->p, c, err);
	fria_rehearsal_drop(ws);
	return code;
}

int page_fact_post(page *p, fria_error *err)
{
	parts all;
	changing c = {.p = NULL};
	fria_error why = FRIA_ERROR_INIT;
	const char *what = page_field(p, "doe");
	bool record = what && !strcmp(what, "vastleggen");
	int code = read_parts(&all, p, err);
	if (!code)
		code = begin(&c, p, &all, page_field(p, "veld"), err);
	if (code) {
		drop_parts(&all);
		return code;
	}
	if (refuse_headings(&c, &why) ||
	    (record ? page_act(p, change, &c, &why) : look(&c, &why))) {
		p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
		show(&c, page_trouble(p, &why), false);
	} else if (record) {
		page_see(p, page_at(p, "a/%s", p->parts[0]));
	} else {
		show(&c, NULL, true);
	}
	fria_release_dispose(&c.result);
	free(c.form);
	drop_parts(&all);
	return 0;
}
