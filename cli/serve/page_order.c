/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Five questions to all applications in one table, and which of them come
 * first by the answers.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* Rows of one page: a form takes so many fields. */
#define ROWS 40
#define INSTRUMENT "start-2.0"
/* What is chosen where somebody does not know. */
#define UNKNOWN "?"

typedef struct {
	page *p;
	fria_instrument *in;
	fria_choices *choices;
	fria_firsts all;
	fria_findings broken;
	size_t open; /* that are not answered */
} ordering;

/* --- which comes first --- */

static fria_tone rank_tone(fria_first_rank rank)
{
	return rank <= FRIA_FIRST_NOW	 ? FRIA_TONE_STOP
	       : rank == FRIA_FIRST_NEXT ? FRIA_TONE_AGAIN
					 : FRIA_TONE_PLAIN;
}

static fria_word rank_word(fria_first_rank rank)
{
	switch (rank) {
	case FRIA_FIRST_STOP:
	case FRIA_FIRST_NOW:
		return FRIA_W_web_order_now;
	case FRIA_FIRST_NEXT:
		return FRIA_W_web_order_next;
	case FRIA_FIRST_LATER:
		return FRIA_W_web_order_later;
	case FRIA_FIRST_NONE:
		break;
	}
	return FRIA_W_web_order_none;
}

static void put_cell(page *p, fria_word head, const char *text)
{
	web_open(&p->w, "td", "data-th", fria_word_text(head, p->lang), NULL);
	web_text(&p->w, text);
	web_close(&p->w, "td");
}

/* By when: now, a day, or before it is used. */
static const char *due_of(const ordering *o, const fria_first *one)
{
	page *p = o->p;
	fria_buf day = FRIA_BUF_INIT;
	if (one->rank >= FRIA_FIRST_LATER)
		return NULL;
	if (!one->due)
		return page_say(p, FRIA_W_web_order_before, NULL);
	if (one->due <= fria_session_day(&p->session))
		return page_say(p, FRIA_W_web_order_today, NULL);
	fria_day_say(&day, p->lang, one->due);
	return page_keep(p, fria_buf_detach(&day));
}

static void put_row(const ordering *o, const fria_first *one)
{
	page *p = o->p;
	fria_buf needs = FRIA_BUF_INIT;
	fria_strings_join(&needs, &one->needs, ", ");
	web_open(&p->w, "tr", NULL);
	web_open(&p->w, "th", "scope", "row", NULL);
	web_link(&p->w, page_at(p, "a/%s", one->application), one->name);
	web_close(&p->w, "th");
	web_open(&p->w, "td", NULL);
	web_badge(&p->w, rank_tone(one->rank), rank_word(one->rank));
	web_close(&p->w, "td");
	put_cell(p, FRIA_W_web_order_needs, needs.text);
	put_cell(p, FRIA_W_web_order_why, one->why);
	put_cell(p, FRIA_W_web_order_due, due_of(o, one));
	web_close(&p->w, "tr");
	fria_buf_dispose(&needs);
}

/* id: fields are named by them, too. */
static void put_heads(page *p, const fria_word *heads, size_t n, const char *id)
{
	web_open(&p->w, "thead", NULL);
	web_open(&p->w, "tr", NULL);
	for (size_t i = 0; i < n; i++) {
		web_open(&p->w, "th", "scope", "col", "id",
			 id ? page_format(p, "%s-%zu", id, i) : NULL, NULL);
		web_say(&p->w, heads[i], NULL);
		web_close(&p->w, "th");
	}
	web_close(&p->w, "tr");
	web_close(&p->w, "thead");
}

static void put_order(const ordering *o)
{
	static const fria_word heads[] = {
	    FRIA_W_web_order_application, FRIA_W_web_order_when,
	    FRIA_W_web_order_needs, FRIA_W_web_order_why, FRIA_W_web_order_due};
	page *p = o->p;
	web_open(&p->w, "table", "class", "list wide", NULL);
	web_open(&p->w, "caption", NULL);
	web_say(&p->w, FRIA_W_web_order_caption, "count",
		FRIA_DIGITS(o->all.n - o->open), NULL);
	web_close(&p->w, "caption");
	put_heads(p, heads, sizeof heads / sizeof *heads, NULL);
	web_open(&p->w, "tbody", NULL);
	for (size_t i = 0; i < o->all.n; i++)
		if (o->all.items[i].answered)
			put_row(o, &o->all.items[i]);
	web_close(&p->w, "tbody");
	web_close(&p->w, "table");
}

/* --- what is still to be answered --- */

static const char *name_of(page *p, const fria_first *one, const char *task)
{
	return page_format(p, "%s/%s", one->application, task);
}

/* What was sent, else what stands: a value, or the first of several. */
static const char *chosen(const ordering *o, const fria_first *one,
			  const char *task)
{
	const char *sent = page_field(o->p, name_of(o->p, one, task));
	const json_t *value = json_object_get(one->values, task);
	if (sent)
		return sent;
	if (json_is_null(value))
		return UNKNOWN;
	if (json_is_array(value))
		value = json_array_get(value, 0);
	return json_string_value(value);
}

static void put_option(page *p, const char *value, const char *is,
		       const char *text)
{
	web_open(&p->w, "option", "value", value, "selected",
		 is && *value && !strcmp(is, value) ? "" : NULL, NULL);
	web_text(&p->w, text);
	web_close(&p->w, "option");
}

/* An option with no value at all asks for a choice. */
static void put_select(const ordering *o, const fria_first *one, size_t column)
{
	page *p = o->p;
	const char *task = fria_first_tasks[column];
	size_t at = fria_instrument_find(o->in, task);
	const fria_task *t = &o->in->tasks[at];
	const char *is = chosen(o, one, task);
	web_open(
	    &p->w, "select", "name", name_of(p, one, task), "aria-labelledby",
	    page_format(p, "k-%zu n-%s", column + 1, one->application), NULL);
	web_open(&p->w, "option", "value", "", NULL);
	web_text(&p->w, fria_word_text(FRIA_W_web_order_choose, p->lang));
	web_close(&p->w, "option");
	for (size_t i = 0; i < t->options.n; i++) {
		const json_t *value = t->options.items[i].value;
		fria_buf label = FRIA_BUF_INIT;
		fria_choice_say(&label, o->choices, at, value);
		put_option(p, json_string_value(value), is, label.text);
		fria_buf_dispose(&label);
	}
	put_option(p, UNKNOWN, is, fria_word_text(FRIA_W_web_unknown, p->lang));
	web_close(&p->w, "select");
}

static void put_day(const ordering *o, const fria_first *one, size_t column)
{
	page *p = o->p;
	const char *task = fria_first_tasks[column];
	const char *is = chosen(o, one, task);
	web_void(
	    &p->w, "input", "type", "text", "name", name_of(p, one, task),
	    "value", is && *is ? is : NULL, "size", "11", "aria-labelledby",
	    page_format(p, "k-%zu n-%s", column + 1, one->application), NULL);
}

static void put_asked(const ordering *o, const fria_first *one)
{
	page *p = o->p;
	web_open(&p->w, "tr", NULL);
	web_open(&p->w, "th", "scope", "row", "id",
		 page_format(p, "n-%s", one->application), NULL);
	web_link(&p->w, page_at(p, "a/%s", one->application), one->name);
	web_close(&p->w, "th");
	for (size_t i = 0; fria_first_tasks[i]; i++) {
		size_t at = fria_instrument_find(o->in, fria_first_tasks[i]);
		web_open(&p->w, "td", NULL);
		if (o->in->tasks[at].kind == FRIA_DATE)
			put_day(o, one, i);
		else
			put_select(o, one, i);
		web_close(&p->w, "td");
	}
	web_close(&p->w, "tr");
}

static void put_questions(const ordering *o)
{
	static const fria_word heads[] = {
	    FRIA_W_web_order_application, FRIA_W_web_order_kind,
	    FRIA_W_web_order_prohibited,  FRIA_W_web_order_annex,
	    FRIA_W_web_order_effect,	  FRIA_W_web_order_since};
	page *p = o->p;
	size_t n = 0;
	page_form(p, page_at(p, "_eerst"));
	web_open(&p->w, "div", "class", "part", NULL);
	web_word(&p->w, "p", "soft small", FRIA_W_web_order_hint);
	web_open(&p->w, "table", "class", "list wide", NULL);
	web_open(&p->w, "caption", NULL);
	web_say(&p->w, FRIA_W_web_order_open, "count", FRIA_DIGITS(o->open),
		NULL);
	web_close(&p->w, "caption");
	put_heads(p, heads, sizeof heads / sizeof *heads, "k");
	web_open(&p->w, "tbody", NULL);
	for (size_t i = 0; i < o->all.n && n < ROWS; i++)
		if (!o->all.items[i].answered) {
			put_asked(o, &o->all.items[i]);
			n++;
		}
	web_close(&p->w, "tbody");
	web_close(&p->w, "table");
	web_close(&p->w, "div");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "bewaar", o->open == o->all.n, FRIA_W_web_order_save);
	web_close(&p->w, "p");
	if (o->open > n)
		web_word(&p->w, "p", "hint", FRIA_W_web_order_more);
	web_close(&p->w, "form");
}

/* --- the page --- */

static void put_head(const ordering *o, const char *title)
{
	page *p = o->p;
	const fria_first *first = o->all.n ? &o->all.items[0] : NULL;
	size_t now = 0, done = o->all.n - o->open;
	for (size_t i = 0; i < o->all.n; i++)
		now += o->all.items[i].rank <= FRIA_FIRST_NOW;
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	page_lead(p, done ? page_say(p, FRIA_W_web_order_lead, "count",
				     FRIA_DIGITS(o->all.n), "done",
				     FRIA_DIGITS(done), "now", FRIA_DIGITS(now),
				     NULL)
			  : page_say(p, FRIA_W_web_order_ask, NULL));
	if (first && first->answered && first->rank < FRIA_FIRST_NONE) {
		web_open(&p->w, "p", "class", "acts", NULL);
		web_open(&p->w, "a", "class", "button main", "href",
			 page_at(p, "a/%s/_nieuw", first->application), NULL);
		web_say(&p->w, FRIA_W_web_order_begin, "application",
			first->name, NULL);
		web_close(&p->w, "a");
		web_close(&p->w, "p");
	}
	web_close(&p->w, "div");
}

static int prepare(ordering *o, page *p, fria_error *err)
{
	*o = (ordering){.p = p, .broken = FRIA_FINDINGS_INIT};
	int code = fria_workspace_instrument(&o->in, p->place->ws, NULL,
					     INSTRUMENT, err);
	if (code)
		return code;
	o->choices = fria_choices_new(o->in, NULL, NULL, NULL, p->lang);
	code = fria_firsts_make(&o->all, &o->broken, p->place->ws, err);
	for (size_t i = 0; i < o->all.n; i++)
		o->open += !o->all.items[i].answered;
	return code;
}

static void finish(ordering *o)
{
	fria_firsts_dispose(&o->all);
	fria_findings_dispose(&o->broken);
	fria_choices_free(o->choices);
	fria_instrument_free(o->in);
}

static int show(page *p, const char *error, fria_error *err)
{
	ordering o;
	int code = prepare(&o, p, err);
	if (!code && !o.all.n) {
		page_see(p, page_at(p, "%s", ""));
	} else if (!code) {
		const char *title = fria_word_text(
		    o.open < o.all.n ? FRIA_W_web_first_order
				     : FRIA_W_web_first_questions,
		    p->lang);
		const page_crumb crumbs[] = {
		    {page_at(p, "%s", ""),
		     fria_word_text(FRIA_W_web_nav_work, p->lang)},
		    {NULL, title}};
		page_open(p, &(page_frame){title, NAV_WORK, crumbs, 2});
		put_head(&o, title);
		page_wrong(p, error);
		if (o.open < o.all.n)
			put_order(&o);
		if (o.open)
			put_questions(&o);
		page_close(p);
	}
	finish(&o);
	return code;
}

int page_order(page *p, fria_error *err)
{
	return show(p, NULL, err);
}

/* --- what is sent --- */

/* As it stands already: nobody stands for it anew. */
static bool stands(page *p, const char *application, const char *task,
		   const char *value)
{
	char *path = fria_workspace_path(application, "start");
	json_t *document = NULL;
	bool same = false;
	if (!fria_workspace_json(&document, p->place->ws, NULL, path, NULL)) {
		const json_t *answer =
		    json_object_get(json_object_get(document, "answers"), task);
		const json_t *is = json_object_get(answer, "value");
		if (json_is_array(is))
			is = json_array_get(is, 0);
		same = !strcmp(value, UNKNOWN)
			   ? json_object_get(answer, "waived") != NULL
			   : json_is_string(is) &&
				 !strcmp(json_string_value(is), value);
	}
	json_decref(document);
	free(path);
	return same;
}

static int begin(page *p, const char *application, fria_error *err)
{
	fria_strings there = FRIA_STRINGS_INIT;
	const fria_new_request request = {.application = application,
					  .instrument = INSTRUMENT,
					  .as = "start"};
	fria_created made;
	int code = fria_workspace_assessments(&there, p->place->ws, NULL,
					      application, err);
	if (!code && !fria_strings_has(&there, "start")) {
		code =
		    fria_assessment_create(&made, p->place->ws, &request, err);
		if (!code)
			fria_created_dispose(&made);
	}
	fria_strings_dispose(&there);
	return code;
}

static int answer(page *p, const char *application, const char *task,
		  const char *value, fria_error *err)
{
	fria_edited done;
	char *name = fria_format("%s/start", application);
	const fria_edit_target target = {.application_name = name,
					 .task = task};
	int code = begin(p, application, err);
	if (!code && !stands(p, application, task, value))
		code =
		    strcmp(value, UNKNOWN) != 0
			? fria_answer(&done, p->place->ws, &target, value, err)
			: fria_waive(&done, p->place->ws, &target, "unknown",
				     fria_word_text(FRIA_W_web_order_unknown,
						    p->place->ws->lang),
				     NULL, err);
	free(name);
	return code;
}

static bool is_asked(const char *task)
{
	for (size_t i = 0; fria_first_tasks[i]; i++)
		if (!strcmp(fria_first_tasks[i], task))
			return true;
	return false;
}

/* Fields are called "APP/TASK". */
static int save(page *p, void *data, fria_error *err)
{
	const serve_pairs *form = &p->request->form;
	const char **failed = data; /* the application */
	int code = 0;
	for (size_t i = 0; !code && i < form->n; i++) {
		const char *task = strchr(form->items[i].name, '/');
		const char *value = form->items[i].value;
		if (!task || !is_asked(task + 1) || fria_text_blank(value))
			continue;
		char *id = fria_strndup(form->items[i].name,
					(size_t)(task - form->items[i].name));
		code = answer(p, id, task + 1, value, err);
		*failed = page_keep(p, id);
	}
	return code ? code : page_save(p, NULL, err);
}

int page_order_post(page *p, fria_error *err)
{
	fria_error why = FRIA_ERROR_INIT;
	const char *failed = "";
	int code = page_act(p, save, &failed, &why);
	if (!code) {
		page_see(p, page_at(p, "_eerst"));
		return 0;
	}
	p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
	return show(p, page_format(p, "%s: %s", failed, page_trouble(p, &why)),
		    err);
}
