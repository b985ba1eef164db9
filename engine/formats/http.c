/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One HTTP exchange through libcurl. It follows no redirection, keeps no
 * cookie and nothing of the request, and never tries twice.
 */
#include "http.h"

#include "http_curl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The most that is read of an answer. */
#define MOST ((size_t)8 << 20)

static size_t take(char *bytes, size_t size, size_t n, void *data)
{
	fria_buf *body = data;
	if (body->n + size * n > MOST)
		return 0;
	fria_buf_put(body, bytes, size * n);
	return size * n;
}

/* Retry-After in seconds; a date is left alone. */
static size_t take_header(char *line, size_t size, size_t n, void *data)
{
	static const char name[] = "retry-after:";
	long *after = data;
	if (size * n > sizeof name &&
	    !strncasecmp(line, name, sizeof name - 1)) {
		char *text = fria_strndup(line + sizeof name - 1,
					  size * n - sizeof name + 1);
		char *digits = text + strspn(text, " \t");
		if (isdigit((unsigned char)*digits))
			*after = strtol(digits, NULL, 10);
		free(text);
	}
	return size * n;
}

static struct curl_slist *headers_of(const http_curl *lib,
				     const http_request *q)
{
	struct curl_slist *list = lib->slist_append(NULL, "Expect:");
	char *type = fria_format("Content-Type: %s", q->type ? q->type : "");
	list = lib->slist_append(list, "Accept: application/json");
	if (q->body)
		list = lib->slist_append(list, type);
	free(type);
	return list;
}

/* Before any byte of the request could have gone. */
static bool is_before(CURLcode code)
{
	return code == CURLE_COULDNT_RESOLVE_HOST ||
	       code == CURLE_COULDNT_RESOLVE_PROXY ||
	       code == CURLE_COULDNT_CONNECT ||
	       code == CURLE_SSL_CONNECT_ERROR ||
	       code == CURLE_PEER_FAILED_VERIFICATION ||
	       code == CURLE_UNSUPPORTED_PROTOCOL ||
	       code == CURLE_URL_MALFORMAT;
}

/* False if it cannot be held to the protocols that are allowed. */
static bool prepare(const http_curl *lib, CURL *curl, http_answer *out,
		    const http_request *q)
{
	const char *protocols =
	    fria_url_is_loopback(q->url) ? "http,https" : "https";
	if (lib->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols))
		return false;
	lib->easy_setopt(curl, CURLOPT_URL, q->url);
	lib->easy_setopt(curl, CURLOPT_CUSTOMREQUEST, q->method);
	lib->easy_setopt(curl, CURLOPT_TIMEOUT, (long)q->seconds);
	lib->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	lib->easy_setopt(curl, CURLOPT_ERRORBUFFER, out->why);
	lib->easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	lib->easy_setopt(curl, CURLOPT_WRITEDATA, &out->body);
	lib->easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	lib->easy_setopt(curl, CURLOPT_HEADERDATA, &out->retry_after);
	lib->easy_setopt(curl, CURLOPT_USERAGENT, "fria/" FRIA_VERSION);
	if (q->body)
		lib->easy_setopt(curl, CURLOPT_POSTFIELDS, q->body);
	if (q->bearer) {
		lib->easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
		lib->easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, q->bearer);
	}
	return true;
}

static http_cause cause_of(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return HTTP_BY_NAME;
	case CURLE_COULDNT_CONNECT:
		return HTTP_BY_CONNECTION;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return HTTP_BY_CERTIFICATE;
	default:
		return HTTP_BY_OTHER;
	}
}

static void perform(const http_curl *lib, CURL *curl, http_answer *out,
		    const http_request *q)
{
	struct curl_slist *headers = headers_of(lib, q);
	lib->easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	CURLcode code = lib->easy_perform(curl);
	if (!code) {
		out->outcome = HTTP_ANSWERED;
		lib->easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
	} else {
		out->outcome = is_before(code) ? HTTP_NOT_SENT : HTTP_LOST;
		out->cause = cause_of(code);
		if (!out->why[0])
			snprintf(out->why, sizeof out->why, "%s",
				 lib->easy_strerror(code));
	}
	lib->slist_free_all(headers);
}

void http_send(http_answer *out, const http_request *q)
{
	http_curl lib;
	*out = (http_answer){.outcome = HTTP_UNABLE, .retry_after = -1};
	fria_buf_init(&out->body);
	if (!http_curl_load(&lib, out->why, sizeof out->why))
		return;
	lib.global_init(CURL_GLOBAL_DEFAULT);
	CURL *curl = lib.easy_init();
	if (curl && prepare(&lib, curl, out, q))
		perform(&lib, curl, out, q);
	else
		snprintf(out->why, sizeof out->why, "libcurl");
	if (curl)
		lib.easy_cleanup(curl);
}

void http_answer_dispose(http_answer *answer)
{
	fria_buf_dispose(&answer->body);
}
