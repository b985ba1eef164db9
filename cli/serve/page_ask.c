/* SPDX-License-Identifier: EUPL-1.2 */
/* A role is asked for its word on what stands now; the message about that is
 * for who asks to send. */
#include "advise.h"

#include <string.h>

/* The address of a person that was asked: "A. Bakker <a@example.org>". */
static const char *mail_of(page *p, const char *to)
{
	const char *at = to ? strchr(to, '<') : NULL;
	if (at)
		return page_format(p, "%.*s", (int)strcspn(at + 1, ">"),
				   at + 1);
	return to && strchr(to, '@') && !strchr(to, ' ') ? to : "";
}

/* A message to send oneself: where to read, and what is asked. */
static const char *message_for(const page_look *look, const fria_request *one)
{
	page *p = look->p;
	fria_buf out = FRIA_BUF_INIT, until = FRIA_BUF_INIT;
	fria_time day;
	if (one->until && fria_time_parse(&day, one->until))
		fria_day_say(&until, p->lang, day);
	const char *role = fria_role_title(advise_roles(p), one->role, p->lang);
	const char *subject =
	    page_say(p, FRIA_W_web_mail_subject, "what", look_title(look),
		     "application", look_application(look), NULL);
	const char *body = page_say(
	    p, FRIA_W_web_mail_body, "role", role, "what", look_title(look),
	    "application", look_application(look), "until",
	    until.n ? until.text : "", "address",
	    page_format(p, "%s%s", p->place->origin,
			page_at(p, "a/%s/advies/%s", look->name, one->role)),
	    "who", p->who->name ? p->who->name : "", NULL);
	fria_buf_puts(&out, "mailto:");
	fria_url_escape(&out, mail_of(p, one->to), "@");
	fria_buf_puts(&out, "?subject=");
	fria_url_escape(&out, subject, "@");
	fria_buf_puts(&out, "&body=");
	fria_url_escape(&out, body, "@");
	fria_buf_dispose(&until);
	return page_keep(p, fria_buf_detach(&out));
}

/* What is asked and not answered, with a message about it. */
static void put_asked(const page_look *look)
{
	page *p = look->p;
	const fria_requests *all = &look->e->requests;
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const fria_request *one = &all->items[i];
		fria_buf said = FRIA_BUF_INIT;
		if (one->state != FRIA_REQUEST_OPEN)
			continue;
		if (!n++)
			web_open(&p->w, "ul", "class", "tasks", NULL);
		fria_request_say(&said, one, p->lang);
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "div", NULL);
		web_put(&p->w, "b", NULL,
			fria_role_title(advise_roles(p), one->role, p->lang));
		web_put(&p->w, "p", "soft", said.text);
		web_close(&p->w, "div");
		web_open(&p->w, "a", "class", "button", "href",
			 message_for(look, one), NULL);
		web_say(&p->w, FRIA_W_web_mail, NULL);
		web_close(&p->w, "a");
		web_close(&p->w, "li");
		fria_buf_dispose(&said);
	}
	if (n)
		web_close(&p->w, "ul");
}

void ask_put(const page_look *look)
{
	page *p = look->p;
	const json_t *one;
	const char *id;
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_ask_title);
	put_asked(look);
	page_form(p, page_at(p, "a/%s/_vragen", look->name));
	web_open(&p->w, "div", "class", "field", NULL);
	web_open(&p->w, "label", "for", "rol", NULL);
	web_say(&p->w, FRIA_W_web_ask_whom, NULL);
	web_close(&p->w, "label");
	web_open(&p->w, "select", "id", "rol", "name", "rol", NULL);
	json_object_foreach((json_t *)(uintptr_t)advise_roles(p), id, one) {
		if (!fria_json_text(one, "kind"))
			continue;
		web_open(&p->w, "option", "value", id, NULL);
		web_text(&p->w, fria_role_title(advise_roles(p), id, p->lang));
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

/* --- it is asked --- */

static int ask(page *p, void *data, fria_error *err)
{
	json_t *asked = NULL;
	bool there;
	const char *role = page_field(p, "rol");
	const fria_asking asking = {.role = role ? role : "",
				    .to = advise_filled(p, "wie"),
				    .until = advise_filled(p, "voor")};
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
		code = advise_show(p, page_trouble(p, &why), NULL, err);
	} else {
		page_see(
		    p, page_at(p, "a/%s/%s/advies", p->parts[0], p->parts[1]));
	}
	return code;
}
