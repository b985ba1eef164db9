/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A new release: its characteristics, what that changes and sets in motion, and
 * the questions of the release check. Nothing is recorded before the last step.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	page *p;
	const char *id, *version, *form;
	json_t *answers; /* NULL: none were given */
	fria_release_request request;
	fria_release_result result;
} releasing;

static const char *filled(const page *p, const char *name)
{
	const char *value = page_field(p, name);
	return value && value[strspn(value, " \t\r\n")] ? value : NULL;
}

/* --- what is sent --- */

/* What was said of each theme; "weet niet" is left out. */
static json_t *read_answers(const page *p)
{
	json_t *answers = json_object();
	for (size_t i = 0; fria_themes[i]; i++) {
		char *name = fria_format("vraag-%s", fria_themes[i]);
		char *why = fria_format("tekst-%s", fria_themes[i]);
		const char *said = page_field(p, name);
		const char *text = filled(p, why);
		if (said && strcmp(said, "onbekend") != 0)
			json_object_set_new(
			    answers, fria_themes[i],
			    fria_json_pack("{s:b, s:s*}", "changed",
					   !strcmp(said, "ja"), "text", text));
		free(why);
		free(name);
	}
	return answers;
}

static int begin(releasing *r, page *p, fria_error *err)
{
	*r = (releasing){.p = p,
			 .id = p->parts[0],
			 .version = filled(p, "release"),
			 .form = page_field(p, "formulier"),
			 .answers = read_answers(p)};
	r->request = (fria_release_request){
	    .version = r->version,
	    .from = {.form = r->form},
	    .in_use_from = filled(p, "vanaf"),
	    .answers = json_object_size(r->answers) ? r->answers : NULL};
	return r->version
		   ? 0
		   : fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_release, NULL);
}

/* --- the pages --- */

/* Its name, and the form of its characteristics. */
static int show_form(page *p, const char *error, fria_error *err)
{
	fria_buf form = FRIA_BUF_INIT;
	const char *sent = page_field(p, "formulier");
	int code =
	    sent ? 0
		 : fria_application_form(&form, p->place->ws, p->parts[0], err);
	if (code)
		return code;
	page_open_below(p, page_say(p, FRIA_W_web_new_release, "application",
				    p->parts[0], NULL));
	page_wrong(p, error);
	page_form(p, page_at(p, "a/%s/_release", p->parts[0]));
	web_open(&p->w, "div", "class", "sheet", NULL);
	page_put_input(p,
		       &(page_input){"release", FRIA_W_web_release_name, NULL,
				     page_field(p, "release"), NULL, 1});
	page_put_input(p, &(page_input){"vanaf", FRIA_W_web_in_use_from,
					page_say(p, FRIA_W_web_hint_date, NULL),
					page_field(p, "vanaf"), NULL, 1});
	page_put_input(p, &(page_input){"formulier", FRIA_W_web_characteristics,
					page_say(p, FRIA_W_web_form_hint, NULL),
					sent ? sent : form.text, NULL, 24});
	web_close(&p->w, "div");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "bekijk", true, FRIA_W_web_look_release);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	page_close(p);
	fria_buf_dispose(&form);
	return 0;
}

static void put_hidden(page *p, const char *name)
{
	web_void(&p->w, "input", "type", "hidden", "name", name, "value",
		 page_field(p, name), NULL);
}

static void put_theme(page *p, const char *theme)
{
	static const struct {
		const char *value;
		fria_word word;
	} choices[] = {{"ja", FRIA_W_web_yes},
		       {"nee", FRIA_W_web_no},
		       {"onbekend", FRIA_W_web_unknown}};
	const char *name = page_format(p, "vraag-%s", theme);
	web_open(&p->w, "fieldset", "class", "field", NULL);
	web_word(&p->w, "legend", NULL, fria_theme_word(theme));
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		page_choice(p, name, choices[i].value, page_field(p, name),
			    fria_word_text(choices[i].word, p->lang), NULL);
	page_put_input(
	    p, &(page_input){page_format(p, "tekst-%s", theme),
			     FRIA_W_web_what_changed, NULL,
			     page_field(p, page_format(p, "tekst-%s", theme)),
			     NULL, 1});
	web_close(&p->w, "fieldset");
}

/* The questions of the release check; of these themes (NULL: all) alone. */
static void put_check(page *p, const fria_strings *only)
{
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_release_check);
	web_word(&p->w, "p", "hint", FRIA_W_web_release_check_hint);
	for (size_t i = 0; fria_themes[i]; i++)
		if (!only || fria_strings_has(only, fria_themes[i]))
			put_theme(p, fria_themes[i]);
	web_close(&p->w, "section");
}

static void show_consequence(const releasing *rel)
{
	page *p = rel->p;
	const fria_release_result *r = &rel->result;
	page_open_below(p, page_say(p, FRIA_W_web_release_sets, "release",
				    rel->version, NULL));
	page_put_changed(p, r);
	page_put_consequences(p, r);
	page_form(p, page_at(p, "a/%s/_release", p->parts[0]));
	put_hidden(p, "release");
	put_hidden(p, "vanaf");
	put_hidden(p, "formulier");
	if (fria_release_asks(p->place->ws, rel->id, rel->version))
		put_check(p, NULL);
	web_word(&p->w, "p", "hint", FRIA_W_web_nothing_yet);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vastleggen", true, FRIA_W_web_record_release);
	page_button(p, "terug", false, FRIA_W_web_back);
	page_button(p, "bekijk", false, FRIA_W_web_look_again);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	page_close(p);
}

int page_release(page *p, fria_error *err)
{
	return show_form(p, NULL, err);
}

static int release(page *p, void *data, fria_error *err)
{
	releasing *rel = data;
	fria_release_dispose(&rel->result);
	return fria_release(&rel->result, p->place->ws, rel->id, &rel->request,
			    err);
}

/* In memory alone. */
static int rehearse(releasing *rel, fria_error *err)
{
	fria_workspace *ws = rel->p->place->ws;
	int code = fria_rehearsal_begin(ws, err);
	if (code)
		return code;
	code = release(rel->p, rel, err);
	fria_rehearsal_drop(ws);
	return code;
}

int page_release_post(page *p, fria_error *err)
{
	releasing rel;
	fria_error why = FRIA_ERROR_INIT;
	const char *what = page_field(p, "doe");
	bool record = what && !strcmp(what, "vastleggen");
	int code = begin(&rel, p, &why);
	if (what && !strcmp(what, "terug")) {
		json_decref(rel.answers);
		return show_form(p, NULL, err);
	}
	if (!code)
		code = record ? page_act(p, release, &rel, &why)
			      : rehearse(&rel, &why);
	if (code) {
		p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
		code = show_form(p, page_trouble(p, &why), err);
	} else if (record) {
		page_see(p, page_at(p, "a/%s", rel.id));
	} else {
		show_consequence(&rel);
	}
	fria_release_dispose(&rel.result);
	json_decref(rel.answers);
	return code;
}

/* --- what was not answered at the release of now --- */

int page_check(page *p, fria_error *err)
{
	page_look look;
	int code = look_at(&look, p, err);
	if (code)
		return code;
	const char *here = fria_word_text(FRIA_W_web_release_check, p->lang);
	look_open(&look, here,
		  page_say(p, FRIA_W_web_of, "what", here, "application",
			   look_application(&look), NULL));
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, here);
	web_close(&p->w, "div");
	page_form(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "release", "value",
		 fria_json_text(look.s->application, "release"), NULL);
	put_check(p, &look.e->unanswered);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vastleggen", true, FRIA_W_web_record_word);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	page_close(p);
	look_away(&look);
	return 0;
}

int page_check_post(page *p, fria_error *err)
{
	releasing rel;
	int code = begin(&rel, p, err);
	rel.request.from = (fria_facts_file){.form = NULL};
	if (!code)
		code = page_act(p, release, &rel, err);
	if (!code)
		page_see(p, page_at(p, "a/%s/%s", p->parts[0], p->parts[1]));
	fria_release_dispose(&rel.result);
	json_decref(rel.answers);
	return code;
}
