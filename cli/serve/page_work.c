/* SPDX-License-Identifier: EUPL-1.2 */
/* "Mijn werk": what waits for who is here, and what they began on. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* --- what was begun --- */

/* "drafts/SUBJECT/app/iama/2.3.1~row.json" as its question's page. */
static void put_draft(page *p, const char *file)
{
	const char *own = file + strlen("drafts/") + strlen(p->who->subject);
	char *path = fria_strdup(own + 1), *task = strrchr(path, '/');
	char *end = path + strlen(path) - strlen(".json");
	if (!task || end <= task || strcmp(end, ".json") != 0) {
		free(path);
		return;
	}
	*end = '\0';
	*task++ = '\0';
	char *row = strchr(task, '~');
	if (row)
		*row++ = '\0';
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_link(
	    &p->w,
	    page_at(p, row ? "a/%s/v/%s/%s" : "a/%s/v/%s", path, task, row),
	    page_say(p, FRIA_W_web_draft_of, "task", task, "name", path, NULL));
	web_close(&p->w, "div");
	web_close(&p->w, "li");
	free(path);
}

static void put_drafts(page *p)
{
	const serve_state *state = &p->place->state;
	char *prefix = fria_format("drafts/%s/", p->who->subject);
	fria_strings names = FRIA_STRINGS_INIT;
	if (state->list)
		state->list(state->data, prefix, &names);
	if (names.n) {
		web_open(&p->w, "section", "class", "part", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_begun);
		web_open(&p->w, "ul", "class", "tasks", NULL);
		for (size_t i = 0; i < names.n; i++)
			put_draft(p, names.items[i]);
		web_close(&p->w, "ul");
		web_close(&p->w, "section");
	}
	fria_strings_dispose(&names);
	free(prefix);
}

/* --- what waits --- */

/* Where one goes on with it. */
static const char *way_to(page *p, const fria_wait *one)
{
	switch (one->kind) {
	case FRIA_WAITS_STALE:
		return page_at(p, "a/%s/_samen", one->name);
	case FRIA_WAITS_REQUEST:
	case FRIA_WAITS_RETURNED:
	case FRIA_WAITS_WORD:
	case FRIA_WAITS_ADOPT:
		return page_at(p, "a/%s/advies", one->name);
	case FRIA_WAITS_SUSPECT:
	case FRIA_WAITS_OPEN:
	case FRIA_WAITS_CHECK:
	case FRIA_WAITS_PULSE:
	case FRIA_WAITS_MEASURE:
	case FRIA_WAITS_MEASUREMENT:
	case FRIA_WAITS_REVIEW:
		return page_at(p, "a/%s", one->name);
	case FRIA_WAITS_CONFLICT:
		return page_at(p, "conflicten");
	case FRIA_WAITS_BROKEN:
	case FRIA_WAITS_UNSAVED:
		return page_at(p, "toepassingen");
	}
	return NULL;
}

static void put_wait(page *p, const fria_wait *one)
{
	const json_t *roles = json_object_get(p->place->ws->config, "roles");
	fria_buf text = FRIA_BUF_INIT;
	fria_wait_say(&text, one, roles, p->lang, true);
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_link(&p->w, way_to(p, one), text.text);
	web_close(&p->w, "div");
	web_close(&p->w, "li");
	fria_buf_dispose(&text);
}

static void put_waits(page *p, const fria_waiting *all, bool late,
		      fria_word title)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].late == late;
	if (!n)
		return;
	web_open(&p->w, "section", "class", "part", NULL);
	web_open(&p->w, "h2", NULL);
	web_say(&p->w, title, NULL);
	web_put(&p->w, "span", "soft", page_format(p, " (%zu)", n));
	web_close(&p->w, "h2");
	web_open(&p->w, "ul", "class", "tasks", NULL);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].late == late)
			put_wait(p, &all->items[i]);
	web_close(&p->w, "ul");
	web_close(&p->w, "section");
}

static void put_lead(page *p, const fria_waiting *all)
{
	web_open(&p->w, "div", "class", "head", NULL);
	web_word(&p->w, "h1", NULL, FRIA_W_web_nav_work);
	page_lead(p, all->n ? page_say(p, FRIA_W_web_work_lead, "count",
				       FRIA_DIGITS(all->n), NULL)
			    : page_say(p, FRIA_W_web_work_nothing, NULL));
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", all->n ? "button main" : "button", "href",
		 all->n ? way_to(p, &all->items[0])
			: page_at(p, "toepassingen"),
		 NULL);
	web_say(&p->w, all->n ? FRIA_W_web_go_on : FRIA_W_web_to_applications,
		NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	web_close(&p->w, "div");
}

int page_work(page *p, fria_error *err)
{
	fria_waiting all;
	fria_findings broken = FRIA_FINDINGS_INIT;
	bool known = p->who->name != NULL;
	if (!p->place->ws) {
		page_first(p, NULL);
		return 0;
	}
	int code = fria_waiting_known(&all, &broken, p->place->ws, known,
				      PAGE_COUNTS, err);
	if (!code && !all.applications && !all.n) {
		page_first(p, NULL);
		fria_waiting_dispose(&all);
	} else if (!code) {
		page_open(p, &(page_frame){.title = fria_word_text(
					       FRIA_W_web_nav_work, p->lang),
					   .nav = NAV_WORK});
		put_lead(p, &all);
		page_counting(p, all.missing);
		put_drafts(p);
		put_waits(p, &all, false, FRIA_W_web_waits);
		put_waits(p, &all, true, FRIA_W_web_late);
		page_close(p);
		fria_waiting_dispose(&all);
	}
	fria_findings_dispose(&broken);
	return code;
}
