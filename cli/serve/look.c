/* SPDX-License-Identifier: EUPL-1.2 */
/* An assessment as a page shows it: loaded and judged, once. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

int look_at(page_look *out, page *p, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	*out = (page_look){
	    .p = p, .name = page_format(p, "%s/%s", p->parts[0], p->parts[1])};
	/* Before it is read: who saves meanwhile was not seen. */
	fria_store_head(out->head, ws->store);
	int code = fria_snapshot_load(&out->s, ws, out->name, NULL, err);
	if (!code)
		code = fria_standing_make(&out->standing, ws, out->s,
					  out->s->day, err);
	if (code) {
		fria_snapshot_free(out->s);
		return code;
	}
	out->in = out->s->instrument;
	out->e = &out->standing.result;
	fria_causes_find(&out->standing.result, &out->standing.input);
	fria_changes_number(&out->changes, out->e);
	return 0;
}

void look_away(page_look *look)
{
	fria_changes_dispose(&look->changes);
	fria_standing_dispose(&look->standing);
	fria_snapshot_free(look->s);
}

void look_put_head(const page_look *look, const char *head)
{
	web_void(&look->p->w, "input", "type", "hidden", "name", "_gezien",
		 "value", head ? head : look->head, NULL);
}

fria_seen_page page_seen(const page *p, const char *stand)
{
	const char *head = page_field(p, "_gezien");
	return (fria_seen_page){.expected = stand ? stand : "",
				.seen = head ? head : ""};
}

const char *page_stand(page *p, const json_t *answer)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_answer_shown(digest, answer);
	return page_format(p, "%s", digest);
}

const char *look_title(const page_look *look)
{
	return fria_instrument_title(look->in, look->p->lang);
}

const char *look_application(const page_look *look)
{
	const char *called = fria_json_text(look->s->application, "name");
	return called ? called : look->s->application_id;
}

const char *look_address(const page_look *look, const fria_question *q)
{
	const char *id = look->in->tasks[q->task].id;
	return page_at(look->p, q->row ? "a/%s/v/%s/%s" : "a/%s/v/%s",
		       look->name, id, q->row);
}

const char *look_number(const page_look *look, const fria_question *q)
{
	const char *id = look->in->tasks[q->task].id;
	return q->row ? page_say(look->p, FRIA_W_web_row, "task", id, "row",
				 FRIA_DIGITS(q->row_number), NULL)
		      : id;
}

void look_open(const page_look *look, const char *here, const char *title)
{
	page *p = look->p;
	const page_crumb crumbs[] = {
	    {page_at(p, "toepassingen"),
	     fria_word_text(FRIA_W_web_nav_applications, p->lang)},
	    {page_at(p, "a/%s", p->parts[0]), look_application(look)},
	    {page_at(p, "a/%s", look->name), look_title(look)},
	    {NULL, here}};
	page_open(p,
		  &(page_frame){title, NAV_APPLICATIONS, crumbs, here ? 4 : 3});
}

/* The pages of one assessment, and which of them this is. */
static void put_tabs(const page_look *look, const char *here)
{
	static const struct {
		const char *path;
		fria_word word;
	} tabs[] = {{"", FRIA_W_web_tab_parts},
		    {"/_samen", FRIA_W_web_tab_changes},
		    {"/advies", FRIA_W_web_tab_decide},
		    {"/verschil", FRIA_W_web_tab_difference},
		    {"/geschiedenis", FRIA_W_web_tab_history},
		    {"/verslag", FRIA_W_web_tab_report}};
	page *p = look->p;
	web_open(&p->w, "nav", "aria-label", look_title(look), NULL);
	web_open(&p->w, "ul", "class", "seg", NULL);
	for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
		if (i == 1 && !look->e->causes.n)
			continue;
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "a", "href",
			 page_at(p, "a/%s%s", look->name, tabs[i].path),
			 "aria-current",
			 !strcmp(here, tabs[i].path) ? "page" : NULL, NULL);
		web_say(&p->w, tabs[i].word, NULL);
		web_close(&p->w, "a");
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "nav");
}

void look_head(const page_look *look, const char *here, const char *title)
{
	page *p = look->p;
	fria_buf left = FRIA_BUF_INIT;
	fria_todo_say(&left, &look->e->counts, p->lang);
	web_open(&p->w, "div", "class", "head", NULL);
	web_open(&p->w, "p", "class", "line", NULL);
	web_badge(&p->w, fria_verdict_tone(look->e->verdict),
		  fria_verdict_word(look->e->verdict));
	web_put(&p->w, "span", "soft", left.text);
	web_close(&p->w, "p");
	web_put(&p->w, "h1", NULL, title);
	put_tabs(look, here);
	web_close(&p->w, "div");
	fria_buf_dispose(&left);
}

void look_line(const page_look *look, const fria_judgement *j)
{
	page *p = look->p;
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_open(&p->w, "a", "href", look_address(look, &j->question), NULL);
	web_put(&p->w, "span", "id", look_number(look, &j->question));
	web_text(&p->w,
		 fria_task_title(&look->in->tasks[j->question.task], p->lang));
	web_close(&p->w, "a");
	web_close(&p->w, "div");
	web_badge(&p->w, fria_state_tone(j->state), fria_state_word(j->state));
	web_close(&p->w, "li");
}

/* The one thing to do next. */
void look_next(const page_look *look)
{
	page *p = look->p;
	fria_positions all = {NULL, 0};
	fria_agenda(&all, look->e, look->in);
	if (all.n) {
		const fria_question *q = &look->e->items[all.items[0]].question;
		web_open(&p->w, "p", "class", "acts", NULL);
		web_open(&p->w, "a", "class", "button main", "href",
			 look->e->counts.stale
			     ? page_at(p, "a/%s/_samen", look->name)
			     : look_address(look, q),
			 NULL);
		if (look->e->counts.stale)
			web_say(&p->w, FRIA_W_web_go_changes, NULL);
		else
			web_say(&p->w, FRIA_W_web_go_question, "task",
				look_number(look, q), NULL);
		web_close(&p->w, "a");
		web_close(&p->w, "p");
	}
	fria_positions_dispose(&all);
}
