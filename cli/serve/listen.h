/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * listen: HTTP/1.1 by libmicrohttpd on this computer alone, for the one person
 * who started it: an address with a token that works once, a cookie after it,
 * and nothing from a proxy or under another name.
 */
#ifndef FRIA_SERVE_LISTEN_H
#define FRIA_SERVE_LISTEN_H

#include "serve.h"

/* --- workers.c: a parent, and workers of one thread each --- */

struct sockaddr_un;
/* The name of a socket that is a file; false: the path is none, or too long. */
bool serve_socket_name(struct sockaddr_un *out, const char *path);

typedef struct {
	char token[33];
	_Atomic bool fresh; /* it opens the workplace, once */
	fria_time last;	    /* when somebody asked for something */
} serve_shared;

/* For this process and those that it starts; NULL: no memory. */
serve_shared *serve_share(void);
void serve_unshare(serve_shared *shared);
void serve_token_make(serve_shared *shared);
/* True once, in whichever process. */
bool serve_token_take(serve_shared *shared, const char *token);

typedef struct {
	int n; /* workers */
	serve_shared *shared;
	const char *control; /* the path of a socket for who starts it again */
	const char *origin;
	bool idles; /* it ends after eight hours in which nobody came */
	void (*work)(void *data);  /* a worker; it ends with it */
	void (*count)(void *data); /* beside them, once; or NULL */
	void (*ready)(void *data); /* told when they were started */
	void *data;
	fria_time (*now)(void);
	volatile const bool *stopped;
} serve_team;

/* Until it is stopped, then ends them. EIO where none can be started. */
int serve_team_run(const serve_team *team, fria_error *err);
/* The address, with a token that works once, of the one that runs; NULL. The
 * caller frees. */
char *serve_running(const char *control);

/* --- theme.c --- */

/* EINPUT, with its line, for what is anything but :root{--fria-NAME: VALUE;}
 * and values that fetch nothing. */
int serve_theme_check(const char *text, const char *name, fria_error *err);

/* --- listen.c --- */

typedef struct {
	serve_place *place;
	serve_place *other; /* beside it, once it has a workspace; or NULL */
	const serve_person *person;
	/* "127.0.0.1:4711", "unix:PATH"; NULL: 127.0.0.1, and a port that is
	 * free. */
	const char *address;
	int workers;
	const char *control; /* as in serve_team; so for count */
	const char *log;     /* what is refused, a line each; NULL: nowhere */
	void (*count)(void *data);
	/* Told in a worker before each request: another may have made what
	 * this one does not have yet. */
	void (*renew)(void *data);
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
/* The folder itself, for its owner alone. */
bool serve_state_make(const char *folder);

#endif
