/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice, agreement and decisions: what a role reads, what it says of exactly
 * that content, and the version that is adopted on it.
 */
#include "advise.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

const json_t *advise_roles(const page *p)
{
	return json_object_get(p->place->ws->config, "roles");
}

const char *advise_filled(const page *p, const char *name)
{
	const char *value = page_field(p, name);
	return value && value[strspn(value, " \t\r\n")] ? value : NULL;
}

static void content_of(char out[FRIA_CONTENT_SIZE], const page_look *look)
{
	fria_snapshot_content(out, look->s, FRIA_RULES);
}

/* --- who is to say something --- */

static void put_roles(const page_look *look)
{
	page *p = look->p;
	const json_t *one;
	const char *id;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_speak_as);
	web_open(&p->w, "ul", "class", "tasks", NULL);
	json_object_foreach((json_t *)(uintptr_t)advise_roles(p), id, one) {
		const char *kind = fria_json_text(one, "kind");
		if (!kind || !fria_closed_at(kind, 0))
			continue;
		web_open(&p->w, "li", NULL);
		web_link(&p->w, page_at(p, "a/%s/advies/%s", look->name, id),
			 fria_role_title(advise_roles(p), id, p->lang));
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "section");
}

static void put_said(const page_look *look)
{
	page *p = look->p;
	fria_node *at = page_fragment(p);
	fria_words_view(at, look->e, &look->standing.input);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_fragment(&p->w, at);
	web_close(&p->w, "section");
}

static void put_adopt(const page_look *look)
{
	page *p = look->p;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_adopt_title);
	web_word(&p->w, "p", NULL, FRIA_W_web_adopt_what);
	web_word(&p->w, "h3", NULL, FRIA_W_web_still_missing);
	if (advise_put_missing(look)) {
		web_close(&p->w, "section");
		return;
	}
	web_word(&p->w, "p", NULL, FRIA_W_web_nothing_missing);
	page_form(p, page_at(p, "a/%s/vaststellen", look->name));
	page_put_input(p, &(page_input){"toelichting", FRIA_W_web_adopt_note,
					NULL, NULL, NULL, 3});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vaststellen", true, FRIA_W_web_adopt);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	web_close(&p->w, "section");
}

/* What is missing for a version, each by itself. */
static void put_missing(page *p, const char *error, const char *missing)
{
	if (!error)
		return;
	web_open(&p->w, "div", "class", "alert error", "role", "alert", NULL);
	web_put(&p->w, "p", NULL, error);
	web_open(&p->w, "ul", NULL);
	for (const char *at = missing; at && (at = strstr(at, "\n- "));) {
		at += 3;
		size_t n = strcspn(at, "\n");
		web_put(&p->w, "li", NULL, page_format(p, "%.*s", (int)n, at));
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "div");
}

int advise_show(page *p, const char *error, const char *missing,
		fria_error *err)
{
	page_look look;
	int code = look_at(&look, p, err);
	if (code)
		return code;
	const char *here = fria_word_text(FRIA_W_web_tab_decide, p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_of, "what", here, "application",
		     look_application(&look), NULL);
	look_open(&look, here, title);
	look_head(&look, "/advies", title);
	put_missing(p, error, missing);
	put_said(&look);
	put_roles(&look);
	ask_put(&look);
	put_adopt(&look);
	web_open(&p->w, "p", "class", "part", NULL);
	web_link(&p->w, page_at(p, "a/%s/sessie", look.name),
		 fria_word_text(FRIA_W_web_meetings, p->lang));
	web_close(&p->w, "p");
	page_close(p);
	look_away(&look);
	return 0;
}

int page_advice(page *p, fria_error *err)
{
	return advise_show(p, NULL, NULL, err);
}

/* --- one role --- */

/* The kind of a role: "advice", "decision" ...; ENOTFOUND. */
static int find_role(const char **kind, page *p, fria_error *err)
{
	const char *role = NULL;
	int code =
	    fria_role_read(&role, advise_roles(p), p->parts[2], p->lang, err);
	if (code)
		return code;
	*kind = fria_json_text(json_object_get(advise_roles(p), role), "kind");
	/* Also where it was asked for by its name. */
	p->parts[2] = page_format(p, "%s", role);
	return 0;
}

static void put_values(page *p, const char *kind)
{
	const char *id, *chosen = page_field(p, "waarde");
	if (!fria_closed_at(kind, 0)) {
		page_put_input(p, &(page_input){"waarde", FRIA_W_web_view, NULL,
						chosen, NULL, 6});
		return;
	}
	web_open(&p->w, "fieldset", "class", "field", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_your_word);
	/* A question back is a button of its own. */
	for (size_t i = 0; (id = fria_closed_at(kind, i)); i++)
		if (fria_said_parse(id) != FRIA_SAID_RETURNED)
			page_choice(p, "waarde", id, chosen,
				    fria_closed_say(kind, id, p->lang), NULL);
	web_close(&p->w, "fieldset");
}

/* Measures that are not done, each of which may be a condition. */
static void put_conditions(const page_look *look)
{
	page *p = look->p;
	const fria_evaluation *e = look->e;
	web_open(&p->w, "fieldset", "class", "field", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_conditions);
	web_word(&p->w, "p", "hint", FRIA_W_web_conditions_hint);
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		if (m->closed || !m->row)
			continue;
		web_open(&p->w, "label", "class", "choice", NULL);
		web_void(&p->w, "input", "type", "checkbox", "name",
			 "voorwaarde", "value", m->row, NULL);
		web_put(&p->w, "span", NULL, m->text);
		web_close(&p->w, "label");
	}
	web_close(&p->w, "fieldset");
}

static void put_decision(const page_look *look)
{
	page *p = look->p;
	put_conditions(look);
	page_put_input(p,
		       &(page_input){"risicos", FRIA_W_web_risks,
				     page_say(p, FRIA_W_web_risks_hint, NULL),
				     page_field(p, "risicos"), NULL, 4});
	page_put_input(p, &(page_input){"reactie", FRIA_W_web_response, NULL,
					page_field(p, "reactie"), NULL, 4});
	page_put_input(p, &(page_input){"geldig", FRIA_W_web_valid_until,
					page_say(p, FRIA_W_web_hint_date, NULL),
					page_field(p, "geldig"), NULL, 1});
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_on_paper);
	page_put_input(p, &(page_input){"namens", FRIA_W_web_on_behalf, NULL,
					page_field(p, "namens"), NULL, 1});
	page_put_input(p, &(page_input){"zaak", FRIA_W_web_case, NULL,
					page_field(p, "zaak"), NULL, 1});
	page_put_input(p, &(page_input){"besloten", FRIA_W_web_decided_on,
					page_say(p, FRIA_W_web_hint_date, NULL),
					page_field(p, "besloten"), NULL, 1});
	web_close(&p->w, "details");
}

/* --- a word that was given, and stays --- */

const json_t *advise_last(const page_look *look, const char *role)
{
	const json_t *all = json_object_get(look->s->assessment, "approvals");
	for (size_t i = json_array_size(all); i-- > 0;) {
		const json_t *one = json_array_get(all, i);
		const char *value = fria_json_text(one, "value");
		if (fria_json_says(one, "role", role) && value &&
		    fria_said_parse(value) != FRIA_SAID_RETURNED)
			return one;
	}
	return NULL;
}

const char *advise_value(const page *p, const json_t *word)
{
	const char *kind = fria_json_text(word, "kind");
	const char *value = fria_json_text(word, "value");
	const char *said =
	    kind && value ? fria_closed_say(kind, value, p->lang) : NULL;
	return said ? said : value ? value : "";
}

/* The word of a role that can be said again of the content as it is now. */
static const json_t *may_stay(const page_look *look, const char *kind,
			      const char *content)
{
	const json_t *last = advise_last(look, look->p->parts[2]);
	const char *value = fria_json_text(last, "value");
	if (!value || strcmp(kind, "decision") == 0 ||
	    !fria_closed_say(kind, value, FRIA_EN) ||
	    json_object_get(last, "withdrawn") ||
	    fria_json_says(last, "content", content))
		return NULL;
	return last;
}

static void put_stays(const page_look *look, const json_t *last,
		      const char *content)
{
	page *p = look->p;
	const char *from = fria_json_text(last, "content");
	web_void(&p->w, "input", "type", "hidden", "name", "van", "value", from,
		 NULL);
	web_put(&p->w, "p", "hint",
		page_say(p, FRIA_W_web_stays_what, "value",
			 advise_value(p, last), "from", from, "content",
			 content, NULL));
}

static void show(const page_look *look, const char *kind, const char *error)
{
	page *p = look->p;
	char content[FRIA_CONTENT_SIZE];
	const char *role =
	    fria_role_title(advise_roles(p), p->parts[2], p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_word_of, "role", role, "application",
		     look_application(look), NULL);
	content_of(content, look);
	const json_t *last = may_stay(look, kind, content);
	look_open(look, role, title);
	look_head(look, "/advies", title);
	page_wrong(p, error);
	page_form(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "inhoud", "value",
		 content, NULL);
	if (!strcmp(kind, "decision"))
		director_put(look);
	else
		review_put(look, content);
	web_open(&p->w, "div", "class", "sheet part", "id", "zeggen", NULL);
	put_values(p, kind);
	page_put_input(p, &(page_input){"toelichting", FRIA_W_web_note, NULL,
					page_field(p, "toelichting"), NULL, 6});
	if (!strcmp(kind, "decision"))
		put_decision(look);
	web_close(&p->w, "div");
	web_put(&p->w, "p", "hint",
		page_say(p, FRIA_W_web_binds, "content", content, NULL));
	if (last)
		put_stays(look, last, content);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vastleggen", true, FRIA_W_web_record_word);
	if (last)
		page_button(p, "blijft", false, FRIA_W_web_stays);
	page_button(p, "vraag", false, FRIA_W_web_not_yet);
	if (strcmp(kind, "decision") != 0)
		page_button(p, "gezien", false, FRIA_W_web_keep_seen);
	web_close(&p->w, "p");
	if (strcmp(kind, "decision") != 0)
		web_word(&p->w, "p", "hint", FRIA_W_web_seen_hint);
	web_close(&p->w, "form");
	if (!strcmp(kind, "decision")) {
		web_open(&p->w, "section", "class", "part", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_still_missing);
		if (!advise_put_missing(look))
			web_word(&p->w, "p", NULL, FRIA_W_web_nothing_missing);
		web_close(&p->w, "section");
	}
	page_close(p);
}

int page_role(page *p, fria_error *err)
{
	page_look look;
	const char *kind;
	int code = find_role(&kind, p, err);
	if (!code)
		code = look_at(&look, p, err);
	if (code)
		return code;
	show(&look, kind, NULL);
	look_away(&look);
	return 0;
}

/* --- what is said --- */

/* Each that was chosen; of a text each line. */
static json_t *list_of(const page *p, const char *name)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->request->form.n; i++) {
		const serve_pair *one = &p->request->form.items[i];
		const char *at = one->value;
		while (!strcmp(one->name, name) && *at) {
			size_t n = strcspn(at, "\r\n");
			char *line = fria_strndup(at, n);
			if (!fria_text_blank(line))
				json_array_append_new(list,
						      fria_json_string(line));
			free(line);
			at += n + strspn(at + n, "\r\n");
		}
	}
	if (json_array_size(list))
		return list;
	json_decref(list);
	return NULL;
}

/* The word is of what was on the page. */
static int check_content(page *p, fria_error *err)
{
	page_look look;
	char content[FRIA_CONTENT_SIZE];
	const char *sent = page_field(p, "inhoud");
	int code = look_at(&look, p, err);
	if (code)
		return code;
	content_of(content, &look);
	if (!sent || strcmp(sent, content) != 0)
		code = fria_fail(err, FRIA_ERACE, FRIA_W_web_content_changed,
				 NULL);
	look_away(&look);
	return code;
}

typedef struct {
	const char *does; /* the button */
	bool said;	  /* a word was recorded, and not marks alone */
} speaking;

/* What was said before, with both contents that it is about. */
static int stay(fria_approval_request *r, page *p, fria_error *err)
{
	page_look look;
	char content[FRIA_CONTENT_SIZE];
	const char *from = page_field(p, "van");
	int code = look_at(&look, p, err);
	if (code)
		return code;
	content_of(content, &look);
	const json_t *last = advise_last(&look, p->parts[2]);
	if (!from || !fria_json_says(last, "content", from))
		code = fria_fail(err, FRIA_ERACE, FRIA_W_web_content_changed,
				 NULL);
	if (!code) {
		r->value = page_format(p, "%s", fria_json_text(last, "value"));
		r->note =
		    page_say(p, FRIA_W_web_stays_note, "from", from, "content",
			     content, "note", r->note ? r->note : "", NULL);
	}
	look_away(&look);
	return code;
}

/* A question back is a word, too: about this content, and not a yes. */
static int ask_back(fria_approval_request *r, page *p, size_t disagreed,
		    fria_error *err)
{
	r->value = fria_said_id(FRIA_SAID_RETURNED);
	if (!r->note && disagreed)
		r->note = page_say(p, FRIA_W_web_returned_note, NULL);
	return r->note
		   ? 0
		   : fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_question, NULL);
}

static int approve(page *p, const fria_approval_request *request,
		   fria_error *err)
{
	json_t *approval = NULL;
	bool there;
	int code = fria_approve(
	    &approval, &there, p->place->ws,
	    page_format(p, "%s/%s", p->parts[0], p->parts[1]), request, err);
	json_decref(approval);
	return code;
}

static int speak(page *p, void *data, fria_error *err)
{
	speaking *s = data;
	json_t *conditions = list_of(p, "voorwaarde");
	json_t *risks = list_of(p, "risicos");
	size_t disagreed = 0;
	fria_approval_request request = {
	    .role = p->parts[2],
	    .value = advise_filled(p, "waarde"),
	    .note = advise_filled(p, "toelichting"),
	    .response = advise_filled(p, "reactie"),
	    .valid_until = advise_filled(p, "geldig"),
	    .on_behalf_of = advise_filled(p, "namens"),
	    .reference = advise_filled(p, "zaak"),
	    .decided_on = advise_filled(p, "besloten"),
	    .conditions = conditions,
	    .risks = risks};
	bool seen = !strcmp(s->does, "gezien");
	int code = check_content(p, err);
	if (!code)
		code = review_comment(p, &disagreed, err);
	if (!code && disagreed)
		code = page_save(
		    p, page_format(p, "%s/%s", p->parts[0], p->parts[1]), err);
	if (!code && !strcmp(s->does, "blijft"))
		code = stay(&request, p, err);
	if (!code && (!strcmp(s->does, "vraag") || (seen && disagreed)))
		code = ask_back(&request, p, disagreed, err);
	s->said = !seen || disagreed;
	if (!code && s->said)
		code = approve(p, &request, err);
	json_decref(conditions);
	json_decref(risks);
	return code;
}

/* Marks alone are no deed: nothing of them is recorded. */
static int say(page *p, speaking *s, fria_error *err)
{
	bool any = false;
	for (size_t i = 0; i < p->request->form.n; i++)
		any = any || (!strncmp(p->request->form.items[i].name,
				       "oordeel-", 8) &&
			      !strcmp(p->request->form.items[i].value, "niet"));
	if (!strcmp(s->does, "gezien") && !any)
		return 0;
	return page_act(p, speak, s, err);
}

int page_role_post(page *p, fria_error *err)
{
	page_look look;
	const char *kind;
	fria_error why = FRIA_ERROR_INIT;
	int code = find_role(&kind, p, err);
	if (code)
		return code;
	const char *does = page_field(p, "doe");
	speaking s = {does ? does : "vastleggen", false};
	/* What was seen is no part of what is said, which goes on without. */
	bool seen = !strcmp(s.does, "gezien");
	if (strcmp(kind, "decision") != 0)
		code = review_keep(p, seen ? err : NULL);
	if (code && seen)
		return code;
	if (!say(p, &s, &why)) {
		page_see(p, s.said ? page_at(p, "a/%s/%s/advies", p->parts[0],
					     p->parts[1])
				   : p->request->path);
		return 0;
	}
	code = look_at(&look, p, err);
	if (code)
		return code;
	p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
	show(&look, kind, page_trouble(p, &why));
	look_away(&look);
	return 0;
}

/* --- the version --- */

int page_adopt_post(page *p, fria_error *err)
{
	fria_adopted done = {.missing = NULL};
	fria_error why = FRIA_ERROR_INIT;
	int code = fria_adopt(&done, p->place->ws,
			      page_format(p, "%s/%s", p->parts[0], p->parts[1]),
			      advise_filled(p, "toelichting"), false, &why);
	if (code) {
		p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
		code = advise_show(p, page_trouble(p, &why), done.missing, err);
	} else {
		page_see(p, page_at(p, "a/%s/%s/geschiedenis", p->parts[0],
				    p->parts[1]));
	}
	free(done.missing);
	return code;
}
