/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms: what was filled in, fields to fill in, and that it comes from us. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

const char *page_field(const page *p, const char *name)
{
	return serve_pairs_find(&p->request->form, name);
}

const serve_file *page_file(const page *p, const char *name)
{
	const serve_files *files = &p->request->files;
	for (size_t i = 0; i < files->n; i++)
		if (!strcmp(files->items[i].field, name))
			return &files->items[i];
	return NULL;
}

/* --- tokens --- */

char *page_token(const serve_place *place, const serve_person *who,
		 fria_time now)
{
	char inner[FRIA_SHA256_SIZE], outer[FRIA_SHA256_SIZE];
	char day[32];
	fria_buf text = FRIA_BUF_INIT;
	fria_day_write(&text, now);
	memcpy(day, text.text, text.n < sizeof day ? text.n + 1 : sizeof day);
	day[sizeof day - 1] = '\0';
	fria_buf_clear(&text);
	fria_buf_printf(&text, "%s\n%s\n%s", place->secret, who->subject, day);
	fria_sha256(inner, text.text, text.n);
	fria_buf_clear(&text);
	fria_buf_printf(&text, "%s\n%s", place->secret, inner);
	fria_sha256(outer, text.text, text.n);
	fria_buf_dispose(&text);
	return fria_strdup(outer);
}

static bool has_token(const page *p, fria_time at)
{
	char *token = page_token(p->place, p->who, at);
	const char *sent = page_field(p, "_bewijs");
	bool same = sent && !strcmp(sent, token);
	free(token);
	return same;
}

/* Whom a browser says it comes from; without either header: nobody. */
static bool is_own(const page *p)
{
	const serve_pairs *headers = &p->request->headers;
	const char *site = serve_pairs_find(headers, "Sec-Fetch-Site");
	const char *origin = serve_pairs_find(headers, "Origin");
	if (site)
		return !strcmp(site, "same-origin");
	return origin && !strcmp(origin, p->place->origin);
}

int page_check_sent(const page *p, fria_error *err)
{
	const fria_time day = 86400;
	if (is_own(p) && (has_token(p, p->now) || has_token(p, p->now - day)))
		return 0;
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_web_not_ours, NULL);
}

/* --- fields --- */

static void begin(page *p, const char *address, const char *encoding)
{
	char *token = page_token(p->place, p->who, p->now);
	web_open(&p->w, "form", "method", "post", "action", address, "enctype",
		 encoding, NULL);
	web_void(&p->w, "input", "type", "hidden", "name", "_bewijs", "value",
		 token, NULL);
	free(token);
}

void page_form(page *p, const char *address)
{
	begin(p, address, NULL);
}

void page_form_files(page *p, const char *address)
{
	begin(p, address, "multipart/form-data");
}

void page_button(page *p, const char *value, bool main, fria_word word)
{
	web_open(&p->w, "button", "type", "submit", "class",
		 main ? "button main" : NULL, "name", "doe", "value", value,
		 NULL);
	web_text(&p->w, fria_word_text(word, p->lang));
	web_close(&p->w, "button");
}

/* The ids of what describes a field. */
static const char *described(page *p, const page_input *in)
{
	if (in->hint && in->error)
		return page_format(p, "h-%s e-%s", in->id, in->id);
	return in->hint	   ? page_format(p, "h-%s", in->id)
	       : in->error ? page_format(p, "e-%s", in->id)
			   : NULL;
}

/* Its label, and what is said with it. */
static void begin_field(page *p, const page_input *in)
{
	web *w = &p->w;
	web_open(w, "div", "class", "field", NULL);
	web_open(w, "label", "for", in->id, NULL);
	web_say(w, in->label, NULL);
	web_close(w, "label");
	if (in->hint) {
		web_open(w, "p", "class", "hint", "id",
			 page_format(p, "h-%s", in->id), NULL);
		web_text(w, in->hint);
		web_close(w, "p");
	}
	if (in->error) {
		web_open(w, "p", "class", "field-error", "id",
			 page_format(p, "e-%s", in->id), NULL);
		web_text(w, in->error);
		web_close(w, "p");
	}
}

/* A line to type in, or (type "file") a file to choose. */
static void put_line(page *p, const page_input *in, const char *type)
{
	web_void(&p->w, "input", "type", type, "id", in->id, "name", in->id,
		 "value", in->value && *in->value ? in->value : NULL,
		 "aria-describedby", described(p, in), "aria-invalid",
		 in->error ? "true" : NULL, NULL);
}

void page_put_file(page *p, const page_input *in)
{
	page_input bare = *in;
	bare.value = NULL;
	begin_field(p, &bare);
	put_line(p, &bare, "file");
	web_close(&p->w, "div");
}

void page_put_input(page *p, const page_input *in)
{
	web *w = &p->w;
	begin_field(p, in);
	if (in->rows > 1) {
		web_open(w, "textarea", "id", in->id, "name", in->id, "rows",
			 page_format(p, "%d", in->rows), "aria-describedby",
			 described(p, in), "aria-invalid",
			 in->error ? "true" : NULL, NULL);
		/* A browser leaves out the first end of line. */
		web_text(w, "\n");
		web_text(w, in->value);
		web_close(w, "textarea");
	} else {
		put_line(p, in, "text");
	}
	web_close(w, "div");
}

void page_choice(page *p, const char *name, const char *value,
		 const char *chosen, const char *text, const char *small)
{
	web *w = &p->w;
	bool is = chosen && !strcmp(chosen, value);
	web_open(w, "label", "class", "choice", NULL);
	web_void(w, "input", "type", "radio", "name", name, "value", value,
		 "checked", is ? "" : NULL, NULL);
	web_open(w, "span", NULL);
	web_put(w, "b", NULL, text);
	if (small)
		web_put(w, "small", NULL, small);
	web_close(w, "span");
	web_close(w, "label");
}
