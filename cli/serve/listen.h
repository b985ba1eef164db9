/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * listen: HTTP/1.1 by libmicrohttpd on this computer alone, for the one person
 * who started it: an address with a token that works once, a cookie after it,
 * and nothing from a proxy or under another name.
 */
#ifndef FRIA_SERVE_LISTEN_H
#define FRIA_SERVE_LISTEN_H

#include "serve.h"

typedef struct {
	serve_place *place;
	serve_place *other; /* beside it, once it has a workspace; or NULL */
	const serve_person *person;
	int port;   /* 0: one that is free */
	int offset; /* minutes east of UTC */
	fria_time (*now)(void);
	/* Told the address with its token, once it listens. */
	void (*ready)(void *data, const char *address);
	void *data;
	volatile const bool *stopped; /* set by a signal: it ends */
} serve_listening;

/* Answers until it is stopped. EIO where it cannot listen. */
int serve_listen(const serve_listening *how, fria_error *err);

/* --- example.c --- */

/* Makes the example municipality in a folder, of which nothing else is left,
 * and opens it; who looks around in it wrote its answers. The caller closes
 * it, and removes the folder. */
int serve_example(fria_workspace **out, const char *folder,
		  const serve_person *person, fria_error *err);

/* --- state.c --- */

/* Keeps what is typed in files below a folder, which is made; each is written
 * whole or not at all. The folder must outlive it. */
void serve_state_files(serve_state *out, const char *folder);

#endif
