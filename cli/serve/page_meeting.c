/* SPDX-License-Identifier: EUPL-1.2 */
/* Working sessions: who sat together and about what, and a question as it is
 * shown to a room. */
#include "question.h"

#include <stdint.h>
#include <string.h>

/* --- who sat together --- */

static bool is_chosen(const page *p, const char *name, const char *value)
{
	for (size_t i = 0; i < p->request->form.n; i++) {
		const serve_pair *one = &p->request->form.items[i];
		if (!strcmp(one->name, name) && !strcmp(one->value, value))
			return true;
	}
	return false;
}

static void put_roles(page *p)
{
	const json_t *roles = json_object_get(p->place->ws->config, "roles");
	json_t *one;
	const char *id;
	web_open(&p->w, "fieldset", "class", "field", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_present);
	json_object_foreach((json_t *)(uintptr_t)roles, id, one) {
		web_open(&p->w, "label", "class", "choice", NULL);
		web_void(&p->w, "input", "type", "checkbox", "name", "rol",
			 "value", id, "checked",
			 is_chosen(p, "rol", id) ? "" : NULL, NULL);
		web_put(&p->w, "span", NULL,
			fria_role_title(roles, id, p->lang));
		web_close(&p->w, "label");
	}
	web_close(&p->w, "fieldset");
}

static void put_form(const page_look *look)
{
	page *p = look->p;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_meeting_new);
	page_form(p, page_at(p, "a/%s/sessie", look->name));
	web_open(&p->w, "div", "class", "sheet", NULL);
	page_put_input(p, &(page_input){"datum", FRIA_W_web_meeting_date,
					page_say(p, FRIA_W_web_hint_date, NULL),
					page_field(p, "datum"), NULL, 1});
	page_put_input(p, &(page_input){"voorzitter", FRIA_W_web_meeting_chair,
					NULL, page_field(p, "voorzitter"), NULL,
					1});
	put_roles(p);
	page_put_input(
	    p, &(page_input){"vragen", FRIA_W_web_meeting_tasks,
			     page_say(p, FRIA_W_web_meeting_tasks_hint, NULL),
			     page_field(p, "vragen"), NULL, 1});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vastleggen", true, FRIA_W_web_record_word);
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "form");
	web_close(&p->w, "section");
}

/* --- for a room --- */

/* A question that a room may be shown: one that stands by itself. */
static const char *shown_task(const page_look *look, size_t at)
{
	const fria_question *q = &look->e->items[at].question;
	return look->e->items[at].state == FRIA_HIDDEN || q->row
		   ? NULL
		   : look->in->tasks[q->task].id;
}

/* The first that asks for work, else the first. */
static const char *first_task(const page_look *look)
{
	fria_positions all = {NULL, 0};
	const char *first = NULL;
	fria_agenda(&all, look->e, look->in);
	for (size_t i = 0; i < all.n && !first; i++)
		first = shown_task(look, all.items[i]);
	for (size_t i = 0; i < look->e->n && !first; i++)
		first = shown_task(look, i);
	fria_positions_dispose(&all);
	return first;
}

static void put_screen(const page_look *look)
{
	page *p = look->p;
	const char *first = first_task(look);
	if (!first)
		return;
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", "button", "href",
		 page_at(p, "a/%s/sessie/%s", look->name, first), NULL);
	web_say(&p->w, FRIA_W_web_on_screen, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
}

static int show(page *p, const char *error, fria_error *err)
{
	page_look look;
	int code = look_at(&look, p, err);
	if (code)
		return code;
	const char *here = fria_word_text(FRIA_W_web_meetings, p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_of, "what", here, "application",
		     look_application(&look), NULL);
	look_open(&look, here, title);
	look_head(&look, "/sessie", title);
	page_wrong(p, error);
	if (json_array_size(json_object_get(look.s->assessment, "meetings"))) {
		fria_node *at = page_fragment(p);
		fria_meetings_view(
		    at, look.s->assessment,
		    json_object_get(p->place->ws->config, "roles"));
		web_open(&p->w, "section", "class", "sheet", NULL);
		web_fragment(&p->w, at);
		web_close(&p->w, "section");
	} else {
		web_word(&p->w, "p", NULL, FRIA_W_web_meetings_none);
	}
	put_screen(&look);
	put_form(&look);
	page_close(p);
	look_away(&look);
	return 0;
}

int page_meetings(page *p, fria_error *err)
{
	return show(p, NULL, err);
}

/* --- recorded --- */

static int record(page *p, void *data, fria_error *err)
{
	const char *date = page_field(p, "datum");
	const char *chair = page_field(p, "voorzitter");
	const char *tasks = page_field(p, "vragen");
	fria_buf roles = FRIA_BUF_INIT;
	char id[16];
	bool there;
	const char *name = page_format(p, "%s/%s", p->parts[0], p->parts[1]);
	(void)data;
	for (size_t i = 0; i < p->request->form.n; i++)
		if (!strcmp(p->request->form.items[i].name, "rol"))
			fria_buf_printf(&roles, roles.n ? ", %s" : "%s",
					p->request->form.items[i].value);
	int code =
	    !date || fria_text_blank(date)
		? fria_fail(err, FRIA_EINPUT, FRIA_W_web_meeting_no_date, NULL)
	    : !roles.n
		? fria_fail(err, FRIA_EINPUT, FRIA_W_web_meeting_no_role, NULL)
		: page_refuse_unsaved(p, err);
	const fria_meeting meeting = {
	    date, chair && !fria_text_blank(chair) ? chair : NULL,
	    roles.n ? roles.text : NULL,
	    tasks && !fria_text_blank(tasks) ? tasks : NULL};
	if (!code)
		code = fria_meeting_add(id, &there, p->place->ws, name,
					&meeting, err);
	if (!code && !there)
		code = page_save(p, name, err);
	fria_buf_dispose(&roles);
	return code;
}

int page_meetings_post(page *p, fria_error *err)
{
	fria_error why = FRIA_ERROR_INIT;
	if (!page_act(p, record, NULL, &why)) {
		page_see(p, p->request->path);
		return 0;
	}
	p->response->status = page_status(why.code);
	return show(p, page_trouble(p, &why), err);
}

/* --- a question, large --- */

static void put_step(const question *q, const char *task, fria_word word)
{
	page *p = q->p;
	if (!task)
		return;
	web_open(&p->w, "a", "class", "button", "href",
		 page_at(p, "a/%s/sessie/%s", q->look.name, task), NULL);
	web_say(&p->w, word, "task", task, NULL);
	web_close(&p->w, "a");
}

/* The one before it and the one after, in the order of the form. */
static void put_steps(const question *q)
{
	page *p = q->p;
	const char *before = NULL, *after = NULL;
	bool passed = false;
	for (size_t i = 0; i < q->look.e->n && !after; i++) {
		const char *task = shown_task(&q->look, i);
		if (task && !strcmp(task, q->task))
			passed = true;
		else if (task && passed)
			after = task;
		else if (task)
			before = task;
	}
	web_open(&p->w, "p", "class", "acts", NULL);
	put_step(q, before, FRIA_W_web_screen_before);
	put_step(q, after, FRIA_W_web_screen_after);
	web_link(&p->w, page_at(p, "a/%s/v/%s", q->look.name, q->task),
		 fria_word_text(FRIA_W_web_screen_write, p->lang));
	web_close(&p->w, "p");
}

int page_screen(page *p, fria_error *err)
{
	question q;
	fria_node *at = page_fragment(p);
	int code = question_find(&q, p, err);
	if (code)
		return code;
	const char *title =
	    page_format(p, "%s %s", q.task, fria_task_title(q.t, p->lang));
	fria_asked asked = q.asked;
	fria_asked_view(at, &asked, FRIA_ASKED_WHY | FRIA_ASKED_ANSWER);
	look_open(&q.look, q.task, title);
	web_open(&p->w, "div", "class", "public", NULL);
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	web_close(&p->w, "div");
	web_open(&p->w, "div", "class", "sheet", NULL);
	if (q.answer)
		web_fragment(&p->w, at);
	else
		web_word(&p->w, "p", NULL, FRIA_W_web_no_answer_now);
	web_close(&p->w, "div");
	put_steps(&q);
	web_close(&p->w, "div");
	page_close(p);
	look_away(&q.look);
	return 0;
}
