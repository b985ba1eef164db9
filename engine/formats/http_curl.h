/* SPDX-License-Identifier: EUPL-1.2 */
/* libcurl's calls, as http.c needs them. */
#ifndef FRIA_EXCHANGE_HTTP_CURL_H
#define FRIA_EXCHANGE_HTTP_CURL_H

#include <stdbool.h>
#include <stddef.h>

#include <curl/curl.h>

/* Each has the type that curl.h gives it. */
#define HTTP_CURL_CALLS(CALL)                                                  \
	CALL(global_init)                                                      \
	CALL(easy_init)                                                        \
	CALL(easy_setopt)                                                      \
	CALL(easy_perform)                                                     \
	CALL(easy_getinfo)                                                     \
	CALL(easy_strerror)                                                    \
	CALL(easy_cleanup)                                                     \
	CALL(slist_append)                                                     \
	CALL(slist_free_all)

typedef struct {
#define CALL(name) __typeof__(curl_##name) *name;
	HTTP_CURL_CALLS(CALL)
#undef CALL
} http_curl;

/*
 * Finds the library and fills the calls in; false, with what the system says
 * in why, if it is not there. Once found it stays until the process ends.
 */
bool http_curl_load(http_curl *out, char *why, size_t size);

#endif
