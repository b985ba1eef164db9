/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Advice, agreement and decisions: what a role reads, what it says of exactly
 * that content, and the version that is adopted on it.
 */
#include "page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const json_t *roles_of(const page *p)
{
	return json_object_get(p->place->ws->config, "roles");
}

static const char *filled(const page *p, const char *name)
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
	json_object_foreach((json_t *)(uintptr_t)roles_of(p), id, one) {
		const char *kind = fria_json_text(one, "kind");
		if (!kind || !fria_closed_at(kind, 0))
			continue;
		web_open(&p->w, "li", NULL);
		web_link(&p->w, page_at(p, "a/%s/advies/%s", look->name, id),
			 fria_role_title(roles_of(p), id, p->lang));
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

/* The role is asked on what stands now, and told so by mail. */
static void put_ask(const page_look *look)
{
	page *p = look->p;
	const json_t *one;
	const char *id;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_ask_title);
	page_form(p, page_at(p, "a/%s/_vragen", look->name));
	web_open(&p->w, "div", "class", "field", NULL);
	web_open(&p->w, "label", "for", "rol", NULL);
	web_say(&p->w, FRIA_W_web_ask_whom, NULL);
	web_close(&p->w, "label");
	web_open(&p->w, "select", "id", "rol", "name", "rol", NULL);
	json_object_foreach((json_t *)(uintptr_t)roles_of(p), id, one) {
		if (!fria_json_text(one, "kind"))
			continue;
		web_open(&p->w, "option", "value", id, NULL);
		web_text(&p->w, fria_role_title(roles_of(p), id, p->lang));
		web_close(&p->w, "option");
	}
	web_close(&p->w, "select");
	web_close(&p->w, "div");
	page_put_input(p, &(page_input){"wie", FRIA_W_web_ask_person, NULL,
					NULL, NULL, 1});
	page_put_input(p, &(page_input){"voor", FRIA_W_web_ask_until,
					page_say(p, FRIA_W_web_hint_date, NULL),
					NULL, NULL, 1});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vraag", false, FRIA_W_web_ask);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
	web_close(&p->w, "section");
}

static void put_adopt(const page_look *look)
{
	page *p = look->p;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_adopt_title);
	web_word(&p->w, "p", NULL, FRIA_W_web_adopt_what);
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

static int show_advice(page *p, const char *error, const char *missing,
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
	put_ask(&look);
	put_adopt(&look);
	page_close(p);
	look_away(&look);
	return 0;
}

int page_advice(page *p, fria_error *err)
{
	return show_advice(p, NULL, NULL, err);
}

/* --- one role --- */

/* The kind of a role: "advice", "decision" ...; ENOTFOUND. */
static int find_role(const char **kind, page *p, fria_error *err)
{
	const char *role = NULL;
	int code =
	    fria_role_read(&role, roles_of(p), p->parts[2], p->lang, err);
	if (code)
		return code;
	*kind = fria_json_text(json_object_get(roles_of(p), role), "kind");
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
	for (size_t i = 0; (id = fria_closed_at(kind, i)); i++)
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

/* What changed since the role spoke last, else since the last version. */
static void put_since(const page_look *look)
{
	page *p = look->p;
	fria_presented shown;
	if (fria_present(&shown, p->place->ws, look->s, FRIA_INTERNAL, p->lang,
			 NULL))
		return;
	if (!fria_present_to(&shown, look->s, p->parts[2], NULL) &&
	    shown.report.changes) {
		fria_node *at = page_fragment(p);
		fria_difference_view(at, shown.report.changes);
		web_open(&p->w, "section", "class", "sheet", NULL);
		web_put(&p->w, "h2", NULL,
			page_say(p,
				 shown.report.advised
				     ? FRIA_W_web_since_word
				     : FRIA_W_web_since_version,
				 "since", shown.report.changes_since, NULL));
		web_fragment(&p->w, at);
		web_close(&p->w, "section");
	}
	fria_presented_dispose(&shown);
}

/* What it comes to, what changed, and what others said. */
static void put_about(const page_look *look)
{
	page *p = look->p;
	fria_node *results = page_fragment(p);
	fria_buf out = FRIA_BUF_INIT;
	fria_results_view(results, look->e, &look->standing.input, false);
	fria_fragment_html(&out, results);
	if (out.n) {
		web_open(&p->w, "section", "class", "sheet", NULL);
		web_fragment(&p->w, results);
		web_close(&p->w, "section");
	}
	fria_buf_dispose(&out);
	put_said(look);
	put_since(look);
}

static void show(const page_look *look, const char *kind, const char *error)
{
	page *p = look->p;
	char content[FRIA_CONTENT_SIZE];
	const char *role = fria_role_title(roles_of(p), p->parts[2], p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_word_of, "role", role, "application",
		     look_application(look), NULL);
	content_of(content, look);
	look_open(look, role, title);
	look_head(look, "/advies", title);
	page_wrong(p, error);
	put_about(look);
	page_form(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "inhoud", "value",
		 content, NULL);
	web_open(&p->w, "div", "class", "sheet part", NULL);
	put_values(p, kind);
	page_put_input(p, &(page_input){"toelichting", FRIA_W_web_note, NULL,
					page_field(p, "toelichting"), NULL, 6});
	if (!strcmp(kind, "decision"))
		put_decision(look);
	web_close(&p->w, "div");
	web_put(&p->w, "p", "hint",
		page_say(p, FRIA_W_web_binds, "content", content, NULL));
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "vastleggen", true, FRIA_W_web_record_word);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
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

static int speak(page *p, void *data, fria_error *err)
{
	json_t *conditions = list_of(p, "voorwaarde");
	json_t *risks = list_of(p, "risicos"), *approval = NULL;
	bool there;
	const fria_approval_request request = {
	    .role = p->parts[2],
	    .value = filled(p, "waarde"),
	    .note = filled(p, "toelichting"),
	    .response = filled(p, "reactie"),
	    .valid_until = filled(p, "geldig"),
	    .on_behalf_of = filled(p, "namens"),
	    .reference = filled(p, "zaak"),
	    .decided_on = filled(p, "besloten"),
	    .conditions = conditions,
	    .risks = risks};
	int code = check_content(p, err);
	(void)data;
	if (!code)
		code = fria_approve(
		    &approval, &there, p->place->ws,
		    page_format(p, "%s/%s", p->parts[0], p->parts[1]), &request,
		    err);
	json_decref(approval);
	json_decref(conditions);
	json_decref(risks);
	return code;
}

int page_role_post(page *p, fria_error *err)
{
	page_look look;
	const char *kind;
	fria_error why = FRIA_ERROR_INIT;
	int code = find_role(&kind, p, err);
	if (code)
		return code;
	if (!page_act(p, speak, NULL, &why)) {
		page_see(
		    p, page_at(p, "a/%s/%s/advies", p->parts[0], p->parts[1]));
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
			      filled(p, "toelichting"), false, &why);
	if (code) {
		p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
		code = show_advice(p, page_trouble(p, &why), done.missing, err);
	} else {
		page_see(p, page_at(p, "a/%s/%s/geschiedenis", p->parts[0],
				    p->parts[1]));
	}
	free(done.missing);
	return code;
}

/* --- a role is asked --- */

static int ask(page *p, void *data, fria_error *err)
{
	json_t *asked = NULL;
	bool there;
	const char *role = page_field(p, "rol");
	const fria_asking asking = {.role = role ? role : "",
				    .to = filled(p, "wie"),
				    .until = filled(p, "voor")};
	(void)data;
	int code = fria_ask(&asked, &there, p->place->ws,
			    page_format(p, "%s/%s", p->parts[0], p->parts[1]),
			    &asking, err);
	json_decref(asked);
	return code;
}

int page_ask_post(page *p, fria_error *err)
{
	fria_error why = FRIA_ERROR_INIT;
	int code = page_act(p, ask, NULL, &why);
	if (code) {
		p->response->status = why.code == FRIA_EINPUT ? 422 : 409;
		code = show_advice(p, page_trouble(p, &why), NULL, err);
	} else {
		page_see(
		    p, page_at(p, "a/%s/%s/advies", p->parts[0], p->parts[1]));
	}
	return code;
}
