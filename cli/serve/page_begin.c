/* SPDX-License-Identifier: EUPL-1.2 */
/* Beginning: an application, and an assessment of one. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* --- an application --- */

static void show_application(page *p, const char *error)
{
	const char *title = fria_word_text(FRIA_W_web_new_application, p->lang);
	const page_crumb crumbs[] = {
	    {page_at(p, "toepassingen"),
	     fria_word_text(FRIA_W_web_nav_applications, p->lang)},
	    {NULL, title}};
	page_open(p, &(page_frame){title, NAV_APPLICATIONS, crumbs, 2});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	web_close(&p->w, "div");
	page_form(p, page_at(p, "_nieuw"));
	web_open(&p->w, "div", "class", "sheet", NULL);
	page_put_input(
	    p, &(page_input){"naam", FRIA_W_web_its_name,
			     page_say(p, FRIA_W_web_its_name_hint, NULL),
			     page_field(p, "naam"), error, 1});
	web_close(&p->w, "div");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "maak", true, FRIA_W_web_make);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	page_close(p);
}

int page_new(page *p, fria_error *err)
{
	(void)err;
	show_application(p, NULL);
	return 0;
}

/* Its name is all that it needs. */
static int add(page *p, void *data, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	const char *id = data;
	const fria_facts_file nothing = {.file = NULL};
	fria_release_result r = {.before = NULL};
	json_t *value = fria_json_string(page_field(p, "naam"));
	int code = fria_application_add(ws, id, &nothing, err);
	if (!code)
		code = fria_application_set(&r, ws, id, "/register/name", value,
					    NULL, NULL, err);
	if (!code)
		fria_release_dispose(&r);
	json_decref(value);
	return code;
}

int page_new_post(page *p, fria_error *err)
{
	const char *name = page_field(p, "naam");
	fria_buf id = FRIA_BUF_INIT;
	fria_error why = FRIA_ERROR_INIT;
	int code;
	(void)err;
	fria_slug(&id, name ? name : "");
	if (!id.n)
		code = fria_fail(&why, FRIA_EINPUT, FRIA_W_web_no_name, NULL);
	else
		code = page_act(p, add, id.text, &why);
	if (code) {
		p->response->status = 422;
		show_application(p, page_trouble(p, &why));
	} else {
		page_see(p, page_at(p, "a/%s", id.text));
	}
	fria_buf_dispose(&id);
	return 0;
}

/* --- an assessment --- */

static void put_instruments(page *p)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	fria_workspace_instruments(&pinned, &built_in, p->place->ws, NULL);
	for (size_t i = 0; i < built_in.n; i++)
		if (!fria_strings_has(&pinned, built_in.items[i]))
			fria_strings_add(&pinned, built_in.items[i]);
	for (size_t i = 0; i < pinned.n; i++) {
		fria_instrument *in = NULL;
		if (fria_workspace_instrument(&in, p->place->ws, NULL,
					      pinned.items[i], NULL))
			continue;
		page_choice(p, "vragenlijst", pinned.items[i],
			    page_field(p, "vragenlijst"),
			    fria_instrument_title(in, p->lang),
			    pinned.items[i]);
		fria_instrument_free(in);
	}
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
}

static void show_assessment(page *p, const char *error)
{
	const char *title = page_say(p, FRIA_W_web_begin_with, "application",
				     p->parts[0], NULL);
	page_open_below(p, title);
	page_form(p, p->request->path);
	web_open(&p->w, "fieldset", "class", "sheet", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_which_assessment);
	if (error)
		web_put(&p->w, "p", "field-error", error);
	put_instruments(p);
	web_close(&p->w, "fieldset");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "begin", true, FRIA_W_web_begin);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	page_close(p);
}

int page_start(page *p, fria_error *err)
{
	(void)err;
	show_assessment(p, NULL);
	return 0;
}

static int start(page *p, void *data, fria_error *err)
{
	const char **name = data;
	fria_created done;
	const fria_new_request request = {.application = p->parts[0],
					  .instrument =
					      page_field(p, "vragenlijst")};
	if (!request.instrument)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_instrument,
				 NULL);
	int code = fria_assessment_create(&done, p->place->ws, &request, err);
	if (code)
		return code;
	*name = page_format(p, "%s", done.name);
	fria_created_dispose(&done);
	return page_save(p, *name, err);
}

int page_start_post(page *p, fria_error *err)
{
	fria_error why = FRIA_ERROR_INIT;
	const char *name = NULL;
	(void)err;
	if (!page_act(p, start, &name, &why)) {
		page_see(p, page_at(p, "a/%s", name));
		return 0;
	}
	p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
	show_assessment(p, page_trouble(p, &why));
	return 0;
}
