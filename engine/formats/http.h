/* SPDX-License-Identifier: EUPL-1.2 */
/* One HTTP exchange, as push.c needs it. */
#ifndef FRIA_EXCHANGE_HTTP_H
#define FRIA_EXCHANGE_HTTP_H

#include "../base/base.h"

typedef struct {
	const char *method, *url;
	const char *type;   /* of the body */
	const char *body;   /* NULL: none */
	const char *bearer; /* token; NULL: none */
	int seconds;	    /* the most that it may take */
} http_request;

typedef enum {
	HTTP_ANSWERED,
	HTTP_UNABLE,   /* libcurl is not there: no other try will help */
	HTTP_NOT_SENT, /* nothing reached the other side */
	HTTP_LOST      /* it may have been carried out */
} http_outcome;

typedef enum {
	HTTP_BY_OTHER,
	HTTP_BY_NAME,	    /* nobody is found at the address */
	HTTP_BY_CONNECTION, /* it is not taken up */
	HTTP_BY_CERTIFICATE /* the other side does not show who it is */
} http_cause;

typedef struct {
	http_outcome outcome;
	long status;	  /* of an answer */
	long retry_after; /* seconds; -1: not said */
	fria_buf body;
	http_cause cause; /* why there was no answer */
	char why[256];	  /* in libcurl's own words */
} http_answer;

/*
 * Sends it, over https alone, or over http to this computer itself; follows
 * nothing. Dispose of the answer in any case.
 */
void http_send(http_answer *out, const http_request *request);
void http_answer_dispose(http_answer *answer);

#endif
