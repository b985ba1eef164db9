/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sends an entry to the algoritmeregister through its submission API: token,
 * look up, create or update, release, preview. It never makes a second entry:
 * after a request whose answer is lost it looks before it sends again. What is
 * sent is the caller's; nothing is stored here, and no secret is ever said.
 */
#include "formats.h"

#include "http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How often one request is tried, and the longest that is waited for one. */
#define TRIES 4
#define LONGEST 90

typedef struct {
	const fria_register_server *server;
	fria_register_pushed *out;
	char *token;
	bool renewed; /* once is enough: a second refusal is meant */
	fria_error *err;
} pushing;

/* --- what the server says --- */

/* {"detail": "..."} in its own words; "" if there are none. Owned. */
static char *words_of(const http_answer *a)
{
	json_t *json = NULL;
	fria_json_parse(&json, "register", a->body.text, a->body.n, NULL);
	const char *detail = fria_json_text(json, "detail");
	const char *other = fria_json_text(json, "error_description");
	char *words = fria_strdup(detail ? detail : other ? other : "");
	json_decref(json);
	return words;
}

static int fail(const pushing *p, const http_answer *a, fria_word word)
{
	char status[24];
	char *words = words_of(a);
	snprintf(status, sizeof status, "%ld", a->status);
	int code = fria_fail(p->err, FRIA_EIO, word, "url", p->server->url,
			     "status", status, "why", *a->why ? a->why : words,
			     "said", words, "organisation",
			     p->server->organisation, "original", a->why, NULL);
	free(words);
	return code;
}

/* Trouble that no other try will end. */
static int refuse(const pushing *p, const http_answer *a)
{
	static const fria_word not_sent[] = {
	    [HTTP_BY_OTHER] = FRIA_W_push_unreachable,
	    [HTTP_BY_NAME] = FRIA_W_push_no_name,
	    [HTTP_BY_CONNECTION] = FRIA_W_push_no_connection,
	    [HTTP_BY_CERTIFICATE] = FRIA_W_push_no_certificate};
	if (a->outcome == HTTP_UNABLE)
		return fail(p, a, FRIA_W_push_unable);
	if (a->outcome == HTTP_NOT_SENT)
		return fail(p, a, not_sent[a->cause]);
	if (a->outcome == HTTP_LOST)
		return fail(p, a, FRIA_W_push_lost);
	if (a->status == 401 || a->status == 403)
		return fail(p, a, FRIA_W_push_not_allowed);
	if (a->status == 404)
		return fail(p, a, FRIA_W_push_not_found);
	if (a->status == 409)
		return fail(p, a, FRIA_W_push_conflict);
	if (a->status == 429)
		return fail(p, a, FRIA_W_push_too_many);
	return fail(p, a, FRIA_W_push_failed);
}

/* --- one request, tried until there is an answer --- */

/* Seconds to wait before the next try; -1: there is none. */
static long pause_of(const http_answer *a, int tried, bool safe)
{
	long backoff = 1L << (tried - 1);
	if (tried >= TRIES || a->outcome == HTTP_UNABLE)
		return -1;
	if (a->outcome == HTTP_NOT_SENT)
		return backoff;
	if (a->outcome == HTTP_LOST)
		return safe ? backoff : -1;
	if (a->status == 429)
		return a->retry_after < 0	  ? 3 * backoff
		       : a->retry_after > LONGEST ? -1
						  : a->retry_after;
	if (a->status == 502 || a->status == 503 || a->status == 504)
		return safe ? backoff : -1;
	return -1;
}

/* safe: doing it twice does the same as doing it once. */
static void keep_trying(http_answer *a, const pushing *p, const http_request *q,
			bool safe)
{
	for (int tried = 1;; tried++) {
		http_send(a, q);
		long seconds = pause_of(a, tried, safe);
		if (seconds < 0)
			return;
		http_answer_dispose(a);
		p->server->wait(p->server->data, (unsigned)seconds);
	}
}

/* --- the token --- */

static void put_pair(fria_buf *out, const char *name, const char *value)
{
	fria_buf_printf(out, "%s%s=", out->n ? "&" : "", name);
	fria_url_escape(out, value, "");
}

static int log_in(pushing *p)
{
	const fria_register_server *s = p->server;
	fria_buf form = FRIA_BUF_INIT;
	http_answer a;
	json_t *json = NULL;
	put_pair(&form, "grant_type", "password");
	put_pair(&form, "client_id", s->client);
	put_pair(&form, "username", s->user);
	put_pair(&form, "password", s->password);
	put_pair(&form, "totp", "");
	const http_request q = {.method = "POST",
				.url = s->token_url,
				.type = "application/x-www-form-urlencoded",
				.body = form.text,
				.seconds = s->seconds};
	keep_trying(&a, p, &q, true);
	if (a.outcome == HTTP_ANSWERED && a.status == 200)
		fria_json_parse(&json, "token", a.body.text, a.body.n, NULL);
	const char *token = fria_json_text(json, "access_token");
	free(p->token);
	p->token = fria_strdup(token);
	p->out->denied = !token && a.outcome == HTTP_ANSWERED &&
			 (a.status == 401 || a.status == 400);
	int code = token	    ? 0
		   : p->out->denied ? fail(p, &a, FRIA_W_push_denied)
				    : refuse(p, &a);
	json_decref(json);
	http_answer_dispose(&a);
	memset(form.text, 0, form.n);
	fria_buf_dispose(&form);
	return code;
}

/* A request with the token; one that expired is renewed once. */
static int call(http_answer *a, pushing *p, const char *method,
		const char *path, const char *body, bool safe)
{
	char *url = fria_format("%s/organizations/%s%s", p->server->url,
				p->server->organisation, path);
	int code = p->token ? 0 : log_in(p);
	for (bool again = !code; again;) {
		const http_request q = {.method = method,
					.url = url,
					.type = "application/json",
					.body = body,
					.bearer = p->token,
					.seconds = p->server->seconds};
		keep_trying(a, p, &q, safe);
		again = a->outcome == HTTP_ANSWERED && a->status == 401 &&
			!p->renewed && !p->server->token;
		if (!again)
			break;
		http_answer_dispose(a);
		p->renewed = true;
		code = log_in(p);
		again = !code;
	}
	free(url);
	if (code)
		fria_buf_init(&a->body);
	return code;
}

/* --- what the server refuses, field by field --- */

/* "goal" of ["body", "goal"], with the places inside it as a pointer. */
static char *field_of(const json_t *loc)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < json_array_size(loc); i++) {
		const json_t *one = json_array_get(loc, i);
		const char *text = json_string_value(one);
		if (!i && text && !strcmp(text, "body"))
			continue;
		if (text)
			fria_pointer_add(&out, text);
		else if (json_is_integer(one))
			fria_buf_printf(&out, "/%d",
					(int)json_integer_value(one));
	}
	return fria_buf_detach(&out);
}

static const char *title_of(const char *pointer, fria_lang lang)
{
	char *name = fria_format(
	    "/register%.*s",
	    (int)(1 + strcspn(pointer + (*pointer == '/'), "/")), pointer);
	const char *title = fria_fact_title(name, lang);
	/* What has no title is named as it stands, which outlives the name. */
	if (!strcmp(title, strrchr(name, '/') + 1))
		title = pointer;
	free(name);
	return title;
}

static int take_refusals(const pushing *p, const http_answer *a)
{
	json_t *json = NULL, *one;
	size_t i;
	fria_json_parse(&json, "register", a->body.text, a->body.n, NULL);
	json_t *list = json_object_get(json, "detail");
	size_t before = p->out->refused.n;
	json_array_foreach(list, i, one) {
		char *pointer = field_of(json_object_get(one, "loc"));
		fria_findings_add(&p->out->refused, FRIA_SEVERE,
				  FRIA_W_push_field, NULL, pointer, "field",
				  title_of(pointer, p->server->lang), "said",
				  fria_json_text(one, "msg"), NULL);
		free(pointer);
	}
	json_decref(json);
	return p->out->refused.n > before ? 0 : refuse(p, a);
}

/* --- look up, create, update --- */

/* Codes go into paths: letters, digits and dashes alone. */
static bool is_code(const char *text)
{
	return text && *text && strlen(text) <= 64 &&
	       strspn(text,
		      "abcdefghijklmnopqrstuvwxyz"
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == strlen(text);
}

/* The code of the entries in a list that say this of themselves; *n is how
 * many do. */
static const char *find(size_t *n, const json_t *list, const char *key,
			const char *value)
{
	const char *found = NULL;
	json_t *one;
	size_t i;
	*n = 0;
	json_array_foreach(list, i, one) {
		const char *own = fria_json_text(one, key);
		const char *lars = fria_json_text(one, "lars");
		if (!own || !value || strcmp(own, value) != 0 || !is_code(lars))
			continue;
		found = lars;
		(*n)++;
	}
	return found;
}

/* By its code where that is known, else by its source_id: EREFUSED where
 * several have that. */
static int choose(char **found, const pushing *p, const json_t *list,
		  const char *source_id, const char *lars)
{
	size_t n;
	char number[24];
	const char *own = find(&n, list, "lars", lars);
	if (!own)
		own = find(&n, list, "source_id", source_id);
	snprintf(number, sizeof number, "%zu", n);
	if (n > 1)
		return fria_fail(p->err, FRIA_EREFUSED, FRIA_W_push_several,
				 "count", number, "source", source_id, NULL);
	*found = fria_strdup(own);
	return 0;
}

/* The code of the entry that is there already, or NULL. */
static int look_up(char **found, pushing *p, const char *source_id,
		   const char *lars)
{
	http_answer a = {.outcome = HTTP_NOT_SENT};
	json_t *list = NULL;
	int code = call(&a, p, "GET", "/algorithms", NULL, true);
	if (!code &&
	    (a.outcome != HTTP_ANSWERED || a.status != 200 ||
	     fria_json_parse(&list, "register", a.body.text, a.body.n, NULL)))
		code = refuse(p, &a);
	if (!code)
		code = choose(found, p, list, source_id, lars);
	json_decref(list);
	http_answer_dispose(&a);
	return code;
}

static bool is_unsure(const http_answer *a)
{
	return a->outcome == HTTP_LOST ||
	       (a->outcome == HTTP_ANSWERED && a->status >= 500);
}

/* One try to create; *unsure: it may be there all the same. */
static int create_once(bool *unsure, pushing *p, const char *body)
{
	http_answer a = {.outcome = HTTP_NOT_SENT};
	json_t *json = NULL;
	int code = call(&a, p, "POST", "/algorithms", body, false);
	*unsure = !code && is_unsure(&a);
	if (!code && a.outcome == HTTP_ANSWERED && a.status == 422) {
		code = take_refusals(p, &a);
	} else if (!code && !*unsure) {
		if (a.outcome == HTTP_ANSWERED && a.status / 100 == 2)
			fria_json_parse(&json, "register", a.body.text,
					a.body.n, NULL);
		const char *lars = fria_json_text(json, "lars_code");
		p->out->saved = p->out->created = is_code(lars);
		p->out->lars = p->out->saved ? fria_strdup(lars) : NULL;
		code = p->out->saved ? 0 : refuse(p, &a);
	}
	json_decref(json);
	http_answer_dispose(&a);
	return code;
}

static int create(pushing *p, const char *source_id, const char *body)
{
	bool unsure = true;
	int code = 0;
	for (int tried = 1; unsure && !code && tried < TRIES; tried++) {
		code = create_once(&unsure, p, body);
		if (!unsure || code)
			break;
		p->server->wait(p->server->data, (unsigned)tried);
		code = look_up(&p->out->lars, p, source_id, NULL);
		unsure = !p->out->lars;
		p->out->saved = p->out->created = !unsure;
	}
	if (unsure && !code)
		code = fria_fail(p->err, FRIA_EIO, FRIA_W_push_unsure, "url",
				 p->server->url, NULL);
	return code;
}

static int update(pushing *p, const char *body)
{
	http_answer a = {.outcome = HTTP_NOT_SENT};
	char *path = fria_format("/algorithms/%s", p->out->lars);
	int code = call(&a, p, "PUT", path, body, true);
	if (!code && a.outcome == HTTP_ANSWERED && a.status == 422)
		code = take_refusals(p, &a);
	else if (!code && (a.outcome != HTTP_ANSWERED || a.status / 100 != 2))
		code = refuse(p, &a);
	else if (!code)
		p->out->saved = true;
	http_answer_dispose(&a);
	free(path);
	return code;
}

/* --- after it is saved --- */

/* Hands it over; what the server has against it is a finding: it is saved. */
static int release(pushing *p)
{
	http_answer a = {.outcome = HTTP_NOT_SENT};
	char *path = fria_format("/algorithms/%s/release", p->out->lars);
	int code = call(&a, p, "PUT", path, NULL, true);
	bool answered = !code && a.outcome == HTTP_ANSWERED;
	p->out->released = answered && a.status / 100 == 2;
	if (answered && a.status == 422) {
		code = take_refusals(p, &a);
	} else if (answered && a.status == 409) {
		char *words = words_of(&a);
		fria_findings_add(&p->out->refused, FRIA_WARNING,
				  FRIA_W_push_conflict, NULL, NULL, "said",
				  words, NULL);
		free(words);
	} else if (!code && !p->out->released) {
		code = refuse(p, &a);
	}
	http_answer_dispose(&a);
	free(path);
	return code;
}

/* Nice to have: without it the push has succeeded all the same. */
static void preview(pushing *p)
{
	http_answer a = {.outcome = HTTP_NOT_SENT};
	json_t *json = NULL;
	char *path = fria_format("/algorithms/%s/preview", p->out->lars);
	fria_error *kept = p->err;
	p->err = NULL;
	if (!call(&a, p, "GET", path, NULL, true) &&
	    a.outcome == HTTP_ANSWERED && a.status == 200)
		fria_json_parse(&json, "register", a.body.text, a.body.n, NULL);
	p->out->preview = fria_strdup(fria_json_text(json, "url"));
	p->err = kept;
	json_decref(json);
	http_answer_dispose(&a);
	free(path);
}

/* --- the whole --- */

static int send(pushing *p, const json_t *entry, const char *lars)
{
	const char *source_id = fria_json_text(entry, "source_id");
	fria_buf body = FRIA_BUF_INIT;
	fria_json_write_line(&body, entry);
	int code = look_up(&p->out->lars, p, source_id, lars);
	if (!code)
		code = p->out->lars ? update(p, body.text)
				    : create(p, source_id, body.text);
	if (!code && p->out->saved)
		code = release(p);
	if (!code && p->out->saved)
		preview(p);
	fria_buf_dispose(&body);
	return code;
}

int fria_register_server_check(const fria_register_server *s, fria_error *err)
{
	const char *const urls[] = {s->url, s->token ? s->url : s->token_url};
	for (size_t i = 0; i < 2; i++) {
		const char *url = urls[i];
		bool plain = !strncmp(url, "http://", 7);
		char *authority = fria_url_authority(url);
		bool bad = !*authority || strchr(authority, '@') ||
			   (strncmp(url, "https://", 8) != 0 &&
			    !(plain && fria_url_is_loopback(url)));
		free(authority);
		if (bad)
			return fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_push_bad_url, "url", url, NULL);
	}
	if (!is_code(s->organisation))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_push_bad_organisation,
				 "organisation", s->organisation, NULL);
	return 0;
}

int fria_register_push_entry(fria_register_pushed *out,
			     const fria_register_server *server,
			     const json_t *entry, const char *lars,
			     fria_error *err)
{
	pushing p = {server, out, fria_strdup(server->token), false, err};
	*out = (fria_register_pushed){.refused = FRIA_FINDINGS_INIT};
	int code = fria_register_server_check(server, err);
	if (!code)
		code = send(&p, entry, lars);
	free(p.token);
	return code;
}

void fria_register_pushed_dispose(fria_register_pushed *out)
{
	fria_findings_dispose(&out->refused);
	free(out->lars);
	free(out->preview);
	*out = (fria_register_pushed){.lars = NULL};
}
