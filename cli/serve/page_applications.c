/* SPDX-License-Identifier: EUPL-1.2 */
/* All assessments, a line each; sorted and filtered as one asks. */
#include "page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 50 }; /* of a page */

typedef struct {
	const fria_portfolio_table *table;
	size_t from, to; /* the lines of this page */
	size_t number;	 /* of this page, from 1 */
} shown;

static const char *asked(const page *p, const char *name)
{
	const char *value = serve_pairs_find(&p->request->query, name);
	return value && *value ? value : NULL;
}

static void put_value(fria_buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	fria_buf_printf(out, "%s%s=", out->n ? "&" : "?", name);
	fria_url_escape(out, value, "");
}

/* The list as it is asked for, but sorted so, and of that page. */
static const char *list_at(page *p, const char *sort, size_t number)
{
	fria_buf query = FRIA_BUF_INIT;
	put_value(&query, "stand", asked(p, "stand"));
	put_value(&query, "fase", asked(p, "fase"));
	put_value(&query, "sorteer", sort);
	if (number > 1)
		put_value(&query, "blad", page_format(p, "%zu", number));
	return page_at(p, "toepassingen%s",
		       page_keep(p, fria_buf_detach(&query)));
}

static void put_heads(page *p)
{
	web_open(&p->w, "thead", NULL);
	web_open(&p->w, "tr", NULL);
	for (size_t i = 0; i < FRIA_PORTFOLIO_COLUMNS; i++) {
		web_open(&p->w, "th", "scope", "col", NULL);
		web_link(&p->w, list_at(p, page_format(p, "%zu", i), 1),
			 fria_portfolio_head(i, p->lang));
		web_close(&p->w, "th");
	}
	web_close(&p->w, "tr");
	web_close(&p->w, "thead");
}

static void put_line(page *p, const fria_portfolio_line *line)
{
	const fria_status *s = line->status;
	web_open(&p->w, "tr", NULL);
	for (size_t i = 0; i < FRIA_PORTFOLIO_COLUMNS; i++) {
		const char *head = fria_portfolio_head(i, p->lang);
		web_open(&p->w, i ? "td" : "th", "scope", i ? NULL : "row",
			 "data-th", i ? head : NULL, NULL);
		if (!i)
			web_link(&p->w, page_at(p, "a/%s", s->assessment),
				 line->cells[i]);
		else if (i == 4 && !s->superseded)
			web_badge(&p->w, fria_verdict_tone(s->verdict),
				  fria_verdict_word(s->verdict));
		else
			web_text(&p->w, line->cells[i]);
		web_close(&p->w, i ? "td" : "th");
	}
	web_close(&p->w, "tr");
}

/* A page that is not there is the first or the last. */
static shown part_of(const page *p, const fria_portfolio_table *table)
{
	const char *wish = asked(p, "blad");
	size_t last = table->n ? (table->n - 1) / ROWS + 1 : 1;
	size_t number =
	    wish && isdigit((unsigned char)*wish) && strlen(wish) < 7
		? (size_t)atoi(wish)
		: 1;
	number = number < 1 ? 1 : number > last ? last : number;
	size_t to = number * ROWS;
	return (shown){table, (number - 1) * ROWS,
		       to < table->n ? to : table->n, number};
}

static void put_pages(page *p, const shown *part)
{
	const char *sort = asked(p, "sorteer");
	if (part->table->n <= ROWS)
		return;
	web_open(&p->w, "nav", "class", "acts", "aria-label",
		 fria_word_text(FRIA_W_web_pages, p->lang), NULL);
	if (part->number > 1) {
		web_open(&p->w, "a", "class", "button", "rel", "prev", "href",
			 list_at(p, sort, part->number - 1), NULL);
		web_say(&p->w, FRIA_W_web_pages_before, NULL);
		web_close(&p->w, "a");
	}
	if (part->to < part->table->n) {
		web_open(&p->w, "a", "class", "button", "rel", "next", "href",
			 list_at(p, sort, part->number + 1), NULL);
		web_say(&p->w, FRIA_W_web_pages_after, NULL);
		web_close(&p->w, "a");
	}
	web_close(&p->w, "nav");
}

static void put_table(page *p, const shown *part)
{
	const fria_portfolio_table *table = part->table;
	web_open(&p->w, "div", "class", "sheet", NULL);
	web_open(&p->w, "table", "class", "list wide", NULL);
	web_open(&p->w, "caption", NULL);
	web_say(&p->w, FRIA_W_web_assessments, "count", FRIA_DIGITS(table->n),
		NULL);
	if (table->n > ROWS) {
		web_text(&p->w, ", ");
		web_say(&p->w, FRIA_W_web_pages_rows, "from",
			FRIA_DIGITS(part->from + 1), "to",
			FRIA_DIGITS(part->to), NULL);
	}
	web_close(&p->w, "caption");
	put_heads(p);
	web_open(&p->w, "tbody", NULL);
	for (size_t i = part->from; i < part->to; i++)
		put_line(p, &table->items[i]);
	web_close(&p->w, "tbody");
	web_close(&p->w, "table");
	web_close(&p->w, "div");
}

/* What an application is called; its id where that cannot be read. */
static const char *name_of(page *p, const char *id)
{
	json_t *application = NULL;
	char *path = fria_workspace_path(id, "application");
	fria_workspace_json(&application, p->place->ws, NULL, path, NULL);
	const char *name = fria_json_text(application, "name");
	const char *kept = page_format(p, "%s", name ? name : id);
	json_decref(application);
	free(path);
	return kept;
}

/* Applications without an assessment stand in no line. */
static void put_others(page *p, const fria_strings *ids,
		       const fria_statuses *all)
{
	bool opened = false;
	for (size_t i = 0, at = 0; i < ids->n; i++) {
		const char *id = ids->items[i];
		while (at < all->n &&
		       strcmp(all->items[at].application, id) < 0)
			at++;
		if (at < all->n && !strcmp(all->items[at].application, id))
			continue;
		if (!opened) {
			web_open(&p->w, "section", "class", "part", NULL);
			web_word(&p->w, "h2", NULL, FRIA_W_web_without);
			web_open(&p->w, "ul", "class", "tasks", NULL);
		}
		opened = true;
		web_open(&p->w, "li", NULL);
		web_link(&p->w, page_at(p, "a/%s", id), name_of(p, id));
		web_close(&p->w, "li");
	}
	if (opened) {
		web_close(&p->w, "ul");
		web_close(&p->w, "section");
	}
}

static void put_broken(page *p, const fria_findings *broken)
{
	if (!broken->n)
		return;
	fria_node *at = page_fragment(p);
	fria_findings_view(at, broken, false, p->lang);
	web_open(&p->w, "div", "class", "alert warn", NULL);
	web_fragment(&p->w, at);
	web_close(&p->w, "div");
}

int page_applications(page *p, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	fria_statuses all = {NULL, 0};
	fria_portfolio_table table = {NULL, 0, 0};
	fria_strings ids = FRIA_STRINGS_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	size_t missing = 0;
	const char *sort = asked(p, "sorteer");
	size_t column = sort && strlen(sort) < 3 ? (size_t)atoi(sort) : 0;
	const fria_portfolio_wish wish = {
	    .sort = column && column < FRIA_PORTFOLIO_COLUMNS
			? fria_portfolio_head(column, p->lang)
			: NULL,
	    .verdict = asked(p, "stand"),
	    .phase = asked(p, "fase")};
	int code = fria_portfolio_known(&all, &missing, &broken, ws,
					fria_session_day(&ws->session),
					PAGE_COUNTS, err);
	if (!code)
		code = fria_portfolio_select(&table, &all, &wish, p->lang, err);
	if (!code)
		code = fria_workspace_applications(&ids, ws, NULL, err);
	if (!code) {
		const char *title =
		    fria_word_text(FRIA_W_web_nav_applications, p->lang);
		page_open(
		    p, &(page_frame){.title = title, .nav = NAV_APPLICATIONS});
		web_open(&p->w, "div", "class", "head", NULL);
		web_put(&p->w, "h1", NULL, title);
		web_close(&p->w, "div");
		page_counting(p, missing);
		put_broken(p, &broken);
		const shown part = part_of(p, &table);
		put_table(p, &part);
		put_pages(p, &part);
		if (!missing && part.to == table.n)
			put_others(p, &ids, &all);
		web_open(&p->w, "p", "class", "acts", NULL);
		web_open(&p->w, "a", "class", ids.n ? "button" : "button main",
			 "href", page_at(p, "_nieuw"), NULL);
		web_say(&p->w, FRIA_W_web_new_application, NULL);
		web_close(&p->w, "a");
		web_link(&p->w, page_at(p, "_eerst"),
			 fria_word_text(FRIA_W_web_first_order, p->lang));
		web_close(&p->w, "p");
		page_close(p);
	}
	fria_strings_dispose(&ids);
	fria_portfolio_dispose(&table);
	fria_statuses_dispose(&all);
	fria_findings_dispose(&broken);
	return code;
}
