/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a workplace begins with: whose it is, and what already stands in the
 * algoritmeregister.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

static const char *filled(const page *p, const char *name)
{
	const char *value = page_field(p, name);
	return value && !fria_text_blank(value) ? value : NULL;
}

/* --- the page --- */

static void put_way(page *p, const char *address, fria_word what, fria_word why)
{
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_link(&p->w, address, fria_word_text(what, p->lang));
	web_word(&p->w, "p", "small soft", why);
	web_close(&p->w, "div");
	web_close(&p->w, "li");
}

/* It is made, so it is a button. */
static void put_example(page *p)
{
	web_open(&p->w, "li", NULL);
	page_form(p, page_at(p, "_rondkijken"));
	page_button(p, "rondkijken", false, FRIA_W_web_first_example);
	web_word(&p->w, "p", "small soft", FRIA_W_web_first_example_small);
	web_close(&p->w, "form");
	web_close(&p->w, "li");
}

static void put_other_ways(page *p)
{
	web_open(&p->w, "aside", NULL);
	web_word(&p->w, "h2", "h3", FRIA_W_web_first_other);
	web_open(&p->w, "ul", "class", "tasks", NULL);
	/* Whose the workspace is must be said first. */
	if (p->place->ws)
		put_way(p, page_at(p, "_nieuw"), FRIA_W_web_first_one,
			FRIA_W_web_first_one_small);
	if (p->place->show)
		put_example(p);
	web_close(&p->w, "ul");
	web_close(&p->w, "aside");
}

static void put_steps(page *p)
{
	static const fria_word steps[][2] = {
	    {FRIA_W_web_first_questions, FRIA_W_web_first_questions_small},
	    {FRIA_W_web_first_order, FRIA_W_web_first_order_small},
	    {FRIA_W_web_first_assessment, FRIA_W_web_first_assessment_small}};
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_first_then);
	web_open(&p->w, "ol", "class", "steps", NULL);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		web_open(&p->w, "li", NULL);
		web_say(&p->w, steps[i][0], NULL);
		web_word(&p->w, "small", NULL, steps[i][1]);
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ol");
	web_close(&p->w, "section");
}

static void put_line(page *p, const char *id, fria_word label, fria_word hint,
		     const char *value)
{
	page_put_input(
	    p, &(page_input){id, label, fria_word_text(hint, p->lang),
			     filled(p, id) ? filled(p, id) : value, NULL, 1});
}

static void put_form(page *p)
{
	page_form_files(p, page_at(p, "_begin"));
	web_open(&p->w, "div", "class", "sheet", NULL);
	put_line(p, "organisatie", FRIA_W_web_first_organisation,
		 FRIA_W_web_first_organisation_hint, page_organisation(p));
	if (!p->who->name)
		put_line(p, "wie", FRIA_W_web_first_who,
			 FRIA_W_web_first_who_hint, NULL);
	if (!p->who->email)
		put_line(p, "mail", FRIA_W_web_first_mail,
			 FRIA_W_web_first_mail_hint, NULL);
	page_put_file(p, &(page_input){"bestand", FRIA_W_web_first_file,
				       fria_word_text(
					   FRIA_W_web_first_file_hint, p->lang),
				       NULL, NULL, 1});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "overnemen", true, FRIA_W_web_first_take);
	if (!p->place->ws)
		page_button(p, "zonder", false, FRIA_W_web_first_without);
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "form");
}

void page_first(page *p, const char *error)
{
	const char *title = fria_word_text(FRIA_W_web_first_title, p->lang);
	page_open(p, &(page_frame){.title = title, .nav = NAV_WORK});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	page_lead(p, page_say(p, FRIA_W_web_first_lead, NULL));
	web_close(&p->w, "div");
	page_wrong(p, error);
	web_open(&p->w, "div", "class", "two", NULL);
	put_form(p);
	put_other_ways(p);
	web_close(&p->w, "div");
	put_steps(p);
	page_close(p);
}

/* --- whose it is --- */

/* Who works here alone, where nobody had said it. */
static void meet(page *p)
{
	const char *name = filled(p, "wie"), *mail = filled(p, "mail");
	if (!p->session.name)
		p->session.name = name;
	if (!p->session.email)
		p->session.email = mail;
}

/* Kept for the next time, too. */
static void remember(page *p)
{
	serve_place *place = p->place;
	if (p->who->name && p->who->email)
		return;
	fria_store_config_set(place->ws->store, "user.name", p->session.name,
			      NULL);
	fria_store_config_set(place->ws->store, "user.email", p->session.email,
			      NULL);
	if (place->met)
		place->met(place->data, p->session.name, p->session.email);
}

/* --- what stands in the register --- */

typedef struct {
	const serve_file *file;
	const char *organisation;
	fria_register_rows rows;
	fria_findings findings;
	fria_register_imported done;
} taking;

static int read_rows(taking *t, fria_error *err)
{
	const fria_buf *bytes = &t->file->bytes;
	const char *text = bytes->n ? bytes->text : "";
	char first = text[strspn(text, " \t\r\n\xEF\xBB\xBF")];
	json_t *json = NULL;
	if (first != '{' && first != '[')
		return fria_register_read_csv(&t->rows, &t->findings, text,
					      bytes->n, t->file->name, err);
	int code = fria_json_parse(&json, t->file->name, text, bytes->n, err);
	if (!code)
		code = fria_register_read(&t->rows, &t->findings, json,
					  t->file->name, err);
	json_decref(json);
	return code;
}

static int import(page *p, void *data, fria_error *err)
{
	taking *t = data;
	const fria_register_request request = {.name = t->file->name,
					       .organisation = t->organisation};
	return fria_register_import(&t->done, &t->findings, p->place->ws,
				    &t->rows, &request, err);
}

/* Reads the file; one that names nobody is one's own. */
static int look(taking *t, const char *whose, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	if (!t->file)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_first_no_file,
				 NULL);
	int code = read_rows(t, err);
	fria_register_organisations(&names, &t->rows);
	t->organisation = names.n ? whose : NULL;
	fria_strings_dispose(&names);
	if (!code && t->organisation)
		code = fria_register_refuse_others(&t->rows, t->organisation,
						   t->file->name, err);
	return code;
}

/* What was left out, and why, before going on. */
static void show_taken(page *p, const taking *t)
{
	const char *title = page_say(p, FRIA_W_web_first_taken, "count",
				     FRIA_DIGITS(t->done.added), NULL);
	fria_node *at = page_fragment(p);
	fria_findings_view(at, &t->findings, false, p->lang);
	page_open(p, &(page_frame){.title = title, .nav = NAV_WORK});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	page_lead(p, page_say(p, FRIA_W_web_first_left, NULL));
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", "button main", "href",
		 page_at(p, "_eerst"), NULL);
	web_say(&p->w, FRIA_W_web_first_go, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_open(&p->w, "div", "class", "sheet", NULL);
	web_fragment(&p->w, at);
	web_close(&p->w, "div");
	page_close(p);
}

/* A workspace is made once all that was sent can be read. */
static int open_here(page *p, const char *whose, fria_error *err)
{
	serve_place *place = p->place;
	int code = place->ws ? 0
			     : fria_workspace_init(place->folder, whose,
						   p->lang, &p->session, err);
	if (!code && !place->ws)
		code = fria_workspace_open(&place->ws, place->folder,
					   &p->session, err);
	if (code)
		return code;
	place->ws->session = p->session;
	remember(p);
	return 0;
}

static int begin(page *p, taking *t, bool with_file, fria_error *err)
{
	const char *whose = filled(p, "organisatie");
	if (!whose)
		whose = page_organisation(p);
	if (!whose)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_first_nobody,
				 NULL);
	int code = with_file ? look(t, whose, err) : 0;
	if (!code)
		code = open_here(p, whose, err);
	if (!code && with_file)
		code = page_act(p, import, t, err);
	return code;
}

int page_first_post(page *p, fria_error *err)
{
	const char *what = page_field(p, "doe");
	bool with_file = !what || strcmp(what, "zonder") != 0;
	taking t = {.file = page_file(p, "bestand"),
		    .findings = FRIA_FINDINGS_INIT};
	fria_error why = FRIA_ERROR_INIT;
	(void)err;
	meet(p);
	if (begin(p, &t, with_file, &why)) {
		p->response->status = 422;
		page_first(p, page_trouble(p, &why));
	} else if (t.findings.n) {
		show_taken(p, &t);
	} else {
		page_see(p, page_at(p, with_file ? "_eerst" : "_nieuw"));
	}
	fria_findings_dispose(&t.findings);
	fria_register_rows_dispose(&t.rows);
	return 0;
}

int page_example_post(page *p, fria_error *err)
{
	const char *where = NULL;
	int code = p->place->show ? p->place->show(p->place->data, &where, err)
				  : fria_fail(err, FRIA_EREFUSED,
					      FRIA_W_web_no_example, NULL);
	if (!code)
		page_see(p, page_format(p, "/%s/", where));
	return code;
}
