/* SPDX-License-Identifier: EUPL-1.2 */
/* One request: where it goes, whether it may, and what comes of it. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

static void add_header(page *p, const char *name, const char *value)
{
	serve_pairs_add(&p->response->headers, name, value);
}

/* What a browser may do with a page (WORKPLACE section 3). */
static void add_headers(page *p)
{
	static const char *const headers[][2] = {
	    {"Content-Type", "text/html; charset=utf-8"},
	    {"Content-Security-Policy",
	     "default-src 'none'; style-src 'self'; script-src 'self'; "
	     "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
	     "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"},
	    {"X-Content-Type-Options", "nosniff"},
	    {"Referrer-Policy", "same-origin"},
	    {"Cross-Origin-Opener-Policy", "same-origin"},
	    {"Cross-Origin-Resource-Policy", "same-origin"},
	    {"Cache-Control", "private, no-cache"}};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (!serve_pairs_find(&p->response->headers, headers[i][0]))
			add_header(p, headers[i][0], headers[i][1]);
}

/* What was chosen on a page, else in this browser before, else what the browser
 * asks for, else that of the workspace. */
static fria_lang language_of(page *p)
{
	static const char *const names[] = {[FRIA_NL] = "nl", [FRIA_EN] = "en"};
	const serve_request *r = p->request;
	const char *chosen = serve_pairs_find(&r->query, "taal");
	const char *cookie = serve_pairs_find(&r->headers, "Cookie");
	const char *kept = cookie ? strstr(cookie, "taal=") : NULL;
	const char *asked = serve_pairs_find(&r->headers, "Accept-Language");
	const char *text = chosen ? chosen : kept ? kept + 5 : asked;
	fria_lang lang = p->place->ws ? p->place->ws->lang : p->place->lang;
	for (size_t i = 0; text && i < 2; i++)
		if (!strncmp(text, names[i], 2))
			lang = (fria_lang)i;
	if (chosen)
		add_header(p, "Set-Cookie",
			   page_format(p,
				       "taal=%s; Path=/; SameSite=Strict; "
				       "Max-Age=31536000",
				       names[lang]));
	return lang;
}

/* Behind "/WORKSPACE/", or NULL where it is another's. */
static const char *path_below(const page *p)
{
	const char *path = p->request->path;
	size_t n = strlen(p->place->name);
	if (*path != '/' || strncmp(path + 1, p->place->name, n) != 0 ||
	    path[n + 1] != '/')
		return NULL;
	return path + n + 2;
}

static int refuse_route(page *p, bool there, fria_error *err)
{
	if (there)
		p->response->status = 405;
	return there ? fria_fail(err, FRIA_EREFUSED, FRIA_W_web_no_method,
				 "method", p->request->method, NULL)
		     : fria_fail(err, FRIA_ENOTFOUND, FRIA_W_web_no_page,
				 "path", p->request->path, NULL);
}

static int run(page *p, fria_error *err)
{
	bool there = false;
	const char *path = path_below(p);
	const route *r = path ? route_find(p->parts, &there, &p->kept,
					   p->request->method, path)
			      : NULL;
	if (!r)
		return refuse_route(p, there, err);
	if (!p->place->ws && !r->bare) {
		page_see(p, page_at(p, "%s", ""));
		return 0;
	}
	int code = 0;
	if (r->right & ~p->who->rights)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_web_no_right, NULL);
	else if (strcmp(r->method, "GET") != 0)
		code = page_check_sent(p, err);
	if (code)
		p->response->status = 403;
	return code ? code : r->run(p, err);
}

static bool is_text(const char *text)
{
	size_t n = strlen(text);
	return fria_utf8_invalid(text, n) == n;
}

static bool are_texts(const serve_pairs *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (!is_text(list->items[i].name) ||
		    !is_text(list->items[i].value))
			return false;
	return true;
}

/* What no browser sends from a page of ours goes no further. */
static int check_text(page *p, fria_error *err)
{
	const serve_request *r = p->request;
	bool texts =
	    is_text(r->path) && are_texts(&r->query) && are_texts(&r->form);
	for (size_t i = 0; i < r->files.n; i++)
		texts = texts && is_text(r->files.items[i].field) &&
			is_text(r->files.items[i].name);
	if (texts)
		return 0;
	p->response->status = 400;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_text, NULL);
}

static bool is_read(const page *p)
{
	const char *method = p->request->method;
	return !strcmp(method, "GET") || !strcmp(method, "HEAD");
}

/* One page shows one moment, whatever others save meanwhile. */
static int run_pinned(page *p, fria_error *err)
{
	fria_workspace *ws = p->place->ws;
	bool pins = ws && is_read(p) && fria_store_is_bare(ws->store);
	int code = pins ? fria_store_stage(ws->store, false, err) : 0;
	if (!code)
		code = check_text(p, err);
	if (!code)
		code = run(p, err);
	if (pins)
		fria_store_unstage(ws->store, NULL);
	return code;
}

/* What a browser has already is not sent again. */
static void tag(page *p)
{
	char digest[FRIA_DIGEST_SIZE];
	serve_response *r = p->response;
	const char *has =
	    serve_pairs_find(&p->request->headers, "If-None-Match");
	if (!is_read(p) || r->status != 200)
		return;
	fria_digest_bytes(digest, r->body.text, r->body.n);
	add_header(p, "ETag", page_format(p, "\"%s\"", digest));
	if (!has || !strstr(has, digest))
		return;
	r->status = 304;
	fria_buf_clear(&r->body);
}

void serve_handle(serve_response *response, serve_place *place,
		  const serve_request *request, const serve_person *person,
		  fria_time now, int offset)
{
	fria_error err = FRIA_ERROR_INIT;
	*response = (serve_response){.status = 200, .body = FRIA_BUF_INIT};
	page p = {.request = request,
		  .who = person,
		  .place = place,
		  .response = response,
		  .now = now};
	p.lang = language_of(&p);
	p.w = (web){.out = &response->body, .lang = p.lang};
	p.session = (fria_session){.lang = p.lang,
				   .buttons = true,
				   .now = now,
				   .offset = offset,
				   .name = person->name,
				   .email = person->email};
	if (place->ws)
		place->ws->session = p.session;
	if (run_pinned(&p, &err)) {
		fria_buf_clear(&response->body);
		p.w.depth = 0;
		page_error(&p, &err);
	}
	tag(&p);
	add_headers(&p);
	for (size_t i = 0; i < p.documents.n; i++)
		fria_document_free(p.documents.items[i]);
	free(p.documents.items);
	fria_strings_dispose(&p.kept);
}
