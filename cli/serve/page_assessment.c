/* SPDX-License-Identifier: EUPL-1.2 */
/* The questionnaire, part by part: first what asks for work. */
#include "page.h"

static bool asks(const fria_judgement *j)
{
	return j->state == FRIA_STALE || j->state == FRIA_SUSPECT ||
	       (j->state == FRIA_OPEN && !j->optional);
}

static size_t count(const page_look *look, size_t part, bool asking)
{
	size_t n = 0;
	for (size_t i = 0; i < look->e->n; i++) {
		const fria_judgement *j = &look->e->items[i];
		n += j->state != FRIA_HIDDEN && asks(j) == asking &&
		     fria_task_part(look->in, j->question.task) == part;
	}
	return n;
}

static void put_lines(const page_look *look, size_t part, bool asking)
{
	web *w = &look->p->w;
	web_open(w, "ul", "class", "tasks", NULL);
	for (size_t i = 0; i < look->e->n; i++) {
		const fria_judgement *j = &look->e->items[i];
		if (j->state != FRIA_HIDDEN && asks(j) == asking &&
		    fria_task_part(look->in, j->question.task) == part)
			look_line(look, j);
	}
	web_close(w, "ul");
}

static void put_part(const page_look *look, size_t part)
{
	page *p = look->p;
	size_t asking = count(look, part, true),
	       rest = count(look, part, false);
	if (!asking && !rest)
		return;
	web_open(&p->w, "section", "class", "part", NULL);
	web_put(&p->w, "h2", NULL,
		fria_task_title(&look->in->tasks[part], p->lang));
	if (asking)
		put_lines(look, part, true);
	if (rest) {
		web_open(&p->w, "details", "class", "fold", NULL);
		web_open(&p->w, "summary", NULL);
		web_say(&p->w,
			asking ? FRIA_W_web_other_questions
			       : FRIA_W_web_all_questions,
			"count", FRIA_DIGITS(rest), NULL);
		web_close(&p->w, "summary");
		put_lines(look, part, false);
		web_close(&p->w, "details");
	}
	web_close(&p->w, "section");
}

/* What keeps it from being up to date and is no question of it. */
static void put_waiting(const page_look *look)
{
	page *p = look->p;
	const fria_strings *themes = &look->e->unanswered;
	if (!themes->n)
		return;
	web_open(&p->w, "div", "class", "alert warn part", NULL);
	web_open(&p->w, "p", NULL, NULL);
	web_say(&p->w, FRIA_W_web_unanswered, "count", FRIA_DIGITS(themes->n),
		NULL);
	web_close(&p->w, "p");
	web_open(&p->w, "p", NULL, NULL);
	web_link(&p->w, page_at(p, "a/%s/_releasevragen", look->name),
		 fria_word_text(FRIA_W_web_to_check, p->lang));
	web_close(&p->w, "p");
	web_close(&p->w, "div");
}

/* What it comes to, and what roles said: as a report has it. */
static void put_outcome(const page_look *look)
{
	page *p = look->p;
	fria_node *at = page_fragment(p);
	fria_results_view(at, look->e, &look->standing.input, false);
	fria_words_view(at, look->e, &look->standing.input);
	web_open(&p->w, "section", "class", "sheet part", NULL);
	web_fragment(&p->w, at);
	web_close(&p->w, "section");
}

int page_assessment(page *p, fria_error *err)
{
	page_look look;
	int code = look_at(&look, p, err);
	if (code)
		return code;
	const char *title =
	    page_say(p, FRIA_W_web_of, "what", look_title(&look), "application",
		     look_application(&look), NULL);
	look_open(&look, NULL, title);
	look_head(&look, "", title);
	look_next(&look);
	put_waiting(&look);
	for (size_t i = 0; i < look.in->n; i = look.in->tasks[i].end)
		put_part(&look, i);
	put_outcome(&look);
	page_close(p);
	look_away(&look);
	return 0;
}
