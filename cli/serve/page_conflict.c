/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two answers to one question: where somebody saved one while another was being
 * written, and what an exchange with others left. It never chooses.
 */
#include "question.h"

#include <stdint.h>
#include <string.h>

/* --- while one wrote --- */

static const char *text_of(const question *q, const json_t *answer)
{
	question other = *q;
	other.answer = (json_t *)(uintptr_t)answer;
	return question_text(&other);
}

/* What one of them says, to be compared. */
static const char *outline(const question *q, const json_t *answer)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *text = text_of(q, answer);
	if (q->t->kind != FRIA_TEXT)
		return text;
	fria_markdown_outline(&out, text, strlen(text));
	return page_keep(q->p, fria_buf_detach(&out));
}

static void put_theirs(const question *q, const fria_conflict *both,
		       const char *who)
{
	page *p = q->p;
	const char *base = outline(q, both->base);
	const char *theirs = outline(q, both->theirs);
	fria_node *at = page_fragment(p), *before = page_fragment(p);
	fria_texts_view(at, base, theirs);
	fria_node_answer(before, text_of(q, both->base), NULL);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_put(&p->w, "h2", NULL,
		page_say(p, FRIA_W_web_of_who, "who", who, NULL));
	web_put(&p->w, "p", "hint",
		page_say(p, FRIA_W_web_since_begun, "who", who, NULL));
	if (*theirs)
		web_fragment(&p->w, at);
	else
		web_word(&p->w, "p", NULL, FRIA_W_web_no_answer_now);
	if (*base) {
		web_open(&p->w, "details", "class", "fold", NULL);
		web_word(&p->w, "summary", NULL, FRIA_W_web_when_begun);
		web_fragment(&p->w, before);
		web_close(&p->w, "details");
	}
	web_close(&p->w, "section");
}

static void put_choice(page *p, const char *who)
{
	web_open(&p->w, "div", "class", "sheet part", NULL);
	web_open(&p->w, "fieldset", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_which_holds);
	page_choice(p, "gelden", "mijne", NULL,
		    fria_word_text(FRIA_W_web_mine, p->lang),
		    page_say(p, FRIA_W_web_mine_small, "who", who, NULL));
	page_choice(p, "gelden", "andere", NULL,
		    page_say(p, FRIA_W_web_text_of, "who", who, NULL),
		    fria_word_text(FRIA_W_web_theirs_small, p->lang));
	page_choice(p, "gelden", "later", NULL,
		    fria_word_text(FRIA_W_web_later, p->lang),
		    page_say(p, FRIA_W_web_later_small, "who", who, NULL));
	web_close(&p->w, "fieldset");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "kies", true, FRIA_W_web_save);
	web_close(&p->w, "p");
	web_close(&p->w, "div");
}

void question_show_both(const question *q, const question_typed *in,
			const fria_conflict *both)
{
	page *p = q->p;
	fria_buf at = FRIA_BUF_INIT;
	const char *by = both->wrote[1].by;
	const char *who =
	    by ? page_format(p, "%.*s", (int)fria_person_length(by), by)
	       : fria_word_text(FRIA_W_web_somebody, p->lang);
	fria_time_write(&at, both->wrote[1].at);
	const char *title =
	    page_say(p, FRIA_W_web_two_answers, "who", who, "at",
		     both->wrote[1].at ? page_when(p, at.text) : "", NULL);
	const page_crumb crumbs[] = {
	    {page_at(p, "a/%s", p->parts[0]), look_application(&q->look)},
	    {page_at(p, "a/%s", q->look.name), look_title(&q->look)},
	    {p->request->path, q->task},
	    {NULL, fria_word_text(FRIA_W_web_two_answers_short, p->lang)}};
	page_open(p, &(page_frame){title, NAV_APPLICATIONS, crumbs, 4});
	web_open(&p->w, "div", "class", "head", NULL);
	web_open(&p->w, "h1", "id", "twee", "tabindex", "-1", "autofocus", "",
		 NULL);
	web_text(&p->w, title);
	web_close(&p->w, "h1");
	page_lead(p, page_say(p, FRIA_W_web_two_answers_lead, "task", q->task,
			      "title", fria_task_title(q->t, p->lang), NULL));
	web_close(&p->w, "div");
	page_form(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "_stand", "value",
		 page_stand(p, q->answer), NULL);
	look_put_head(&q->look, NULL);
	web_open(&p->w, "div", "class", "compare", NULL);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_your_text);
	const question_typed mine = {.text = in->text};
	question_put_field(q, &mine);
	web_close(&p->w, "section");
	put_theirs(q, both, who);
	web_close(&p->w, "div");
	put_choice(p, who);
	web_close(&p->w, "form");
	page_close(p);
	fria_buf_dispose(&at);
}
