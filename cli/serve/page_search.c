/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a word stands: in names, and in the answers of all assessments. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* What is shown of one search, and characters before a word and behind it. */
#define FOUND_MAX 50
#define BEFORE 80
#define BEHIND 120

typedef struct {
	page *p;
	const char *word;
	size_t n;	  /* that were shown */
	const char *name; /* "APP/NAME" that is looked in */
} search;

/* Begins and ends with whole characters. */
static const char *around(page *p, const char *text, const char *at)
{
	const char *from = at - text > BEFORE ? at - BEFORE : text;
	size_t n = strnlen(at, BEHIND) + (size_t)(at - from);
	while (from > text && ((unsigned char)*from & 0xC0) == 0x80)
		from--;
	while (n && ((unsigned char)from[n] & 0xC0) == 0x80)
		n--;
	return page_format(p, "%s%.*s%s", from > text ? "… " : "", (int)n, from,
			   from[n] ? " …" : "");
}

static void put_found(search *s, const char *address, const char *what,
		      const char *text)
{
	web *w = &s->p->w;
	if (!s->n++)
		web_open(w, "ul", "class", "tasks", NULL);
	web_open(w, "li", NULL);
	web_open(w, "div", NULL);
	web_link(w, address, what);
	if (text)
		web_put(w, "p", "small soft", text);
	web_close(w, "div");
	web_close(w, "li");
}

/* An answer outside rows, or those of a row: {"value": "..."} by task. */
static void look_in_answer(search *s, const char *task, const char *row,
			   const json_t *answer)
{
	const char *text = fria_json_text(answer, "value");
	const char *at = text ? strcasestr(text, s->word) : NULL;
	if (!at || s->n >= FOUND_MAX)
		return;
	put_found(s,
		  page_at(s->p, row ? "a/%s/v/%s/%s" : "a/%s/v/%s", s->name,
			  task, row),
		  page_say(s->p, FRIA_W_web_draft_of, "task", task, "name",
			   s->name, NULL),
		  around(s->p, text, at));
}

static void look_in_rows(search *s, const json_t *rows)
{
	size_t i;
	json_t *row, *answer;
	const char *task;
	json_array_foreach(rows, i, row)
		json_object_foreach(row, task, answer)
			if (json_is_object(answer))
				look_in_answer(
				    s, task, fria_json_text(row, "id"), answer);
}

static void look_in(search *s, const char *application, const char *own)
{
	char *path = fria_workspace_path(application, own);
	json_t *document = NULL, *answer;
	const char *task;
	s->name = page_format(s->p, "%s/%s", application, own);
	if (!fria_workspace_json(&document, s->p->place->ws, NULL, path, NULL))
		json_object_foreach(json_object_get(document, "answers"), task,
				    answer) {
			if (json_is_array(answer))
				look_in_rows(s, answer);
			else
				look_in_answer(s, task, NULL, answer);
		}
	json_decref(document);
	free(path);
}

static void look_everywhere(search *s, const fria_listing *all)
{
	page *p = s->p;
	for (size_t i = 0; i < all->n; i++) {
		const fria_listed *one = &all->items[i];
		const char *name = one->name ? one->name : one->id;
		if (strcasestr(name, s->word) || strcasestr(one->id, s->word))
			put_found(s, page_at(p, "a/%s", one->id), name, NULL);
	}
	for (size_t i = 0; i < all->n && s->n < FOUND_MAX; i++)
		for (size_t k = 0; k < all->items[i].assessments.n; k++)
			look_in(s, all->items[i].id,
				all->items[i].assessments.items[k]);
	if (s->n)
		web_close(&p->w, "ul");
}

static void put_form(page *p, const char *word)
{
	web_open(&p->w, "form", "method", "get", "role", "search", NULL);
	page_put_input(
	    p, &(page_input){"q", FRIA_W_web_search_for, NULL, word, NULL, 1});
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "button", "type", "submit", "class", "button main",
		 NULL);
	web_say(&p->w, FRIA_W_web_nav_search, NULL);
	web_close(&p->w, "button");
	web_close(&p->w, "p");
	web_close(&p->w, "form");
}

int page_search(page *p, fria_error *err)
{
	const char *word = serve_pairs_find(&p->request->query, "q");
	const char *title = fria_word_text(FRIA_W_web_nav_search, p->lang);
	search s = {.p = p, .word = word};
	fria_listing all = {NULL, 0};
	fria_findings broken = FRIA_FINDINGS_INIT;
	bool asked = word && !fria_text_blank(word);
	int code =
	    asked ? fria_listing_make(&all, &broken, p->place->ws, err) : 0;
	if (!code) {
		page_open(p, &(page_frame){.title = title, .nav = NAV_SEARCH});
		web_open(&p->w, "div", "class", "head", NULL);
		web_put(&p->w, "h1", NULL, title);
		web_close(&p->w, "div");
		put_form(p, word);
		web_open(&p->w, "section", "class", "part", NULL);
		if (asked)
			look_everywhere(&s, &all);
		if (asked && !s.n)
			web_word(&p->w, "p", NULL, FRIA_W_web_search_none);
		if (s.n >= FOUND_MAX)
			web_word(&p->w, "p", NULL, FRIA_W_web_search_more);
		web_close(&p->w, "section");
		page_close(p);
	}
	fria_listing_dispose(&all);
	fria_findings_dispose(&broken);
	return code;
}
