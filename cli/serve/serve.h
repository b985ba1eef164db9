/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * serve: the workplace in a browser. serve_handle() answers one request, and
 * knows no socket, process, clock or file: who listens hands it the request,
 * the person, the moment and a place to keep what is being typed.
 */
#ifndef FRIA_SERVE_H
#define FRIA_SERVE_H

#include "../../engine/fria.h"

/* --- what comes in --- */

/* Name and value of a header, a part of the query or a field of a form. */
typedef struct {
	char *name, *value;
} serve_pair;

typedef struct {
	serve_pair *items;
	size_t n;
} serve_pairs;

/* Takes copies. */
void serve_pairs_add(serve_pairs *list, const char *name, const char *value);
/* The first of that name, whatever its case; NULL: there is none. Borrowed. */
const char *serve_pairs_find(const serve_pairs *list, const char *name);
void serve_pairs_dispose(serve_pairs *list);

/* A file that somebody chose in a form. */
typedef struct {
	char *field, *name; /* as it is called on their computer */
	fria_buf bytes;
} serve_file;

typedef struct {
	serve_file *items;
	size_t n;
} serve_files;

void serve_files_dispose(serve_files *files);

typedef struct {
	const char *method; /* "GET", "HEAD", "POST" or "PUT" */
	const char *path;   /* decoded, from "/" on, without the query */
	serve_pairs headers, query, form;
	serve_files files;
} serve_request;

/* What somebody may do, besides reading (WORKPLACE section 3). */
enum {
	SERVE_WRITE = 1,
	SERVE_SPEAK = 2, /* advise, agree or decide, in a role */
	SERVE_ADOPT = 4,
	SERVE_PUBLISH = 8,
	SERVE_MANAGE = 16,
	SERVE_ALL = 31
};

typedef struct {
	const char *subject; /* who it is, for drafts and tokens */
	const char *name, *email;
	unsigned rights;
} serve_person;

/* --- where it works --- */

/*
 * Keeps what is being typed, outside git and outside this program's view, by
 * names such as "drafts/SUBJECT/app/iama/2.3.1.json". write and drop give 0 or
 * the error of the engine: EINPUT for what cannot be a name.
 */
typedef struct {
	void *data;
	bool (*read)(void *data, const char *name, fria_buf *out);
	int (*write)(void *data, const char *name, const fria_buf *bytes);
	int (*drop)(void *data, const char *name);
	/* Appends the names that begin so. */
	void (*list)(void *data, const char *prefix, fria_strings *out);
} serve_state;

typedef struct {
	const char *name; /* of the workspace, in addresses: "zandmeer" */
	/* NULL: there is none yet; one may be made in the folder, and is open
	 * here from then on. */
	fria_workspace *ws;
	const char *folder;
	fria_lang lang; /* until there is one */
	/* Told who they are, where it was not known. */
	void (*met)(void *data, const char *name, const char *email);
	/* Opens the example, and gives where; NULL: there is none. */
	int (*show)(void *data, const char **where, fria_error *err);
	void *data;
	const char *own; /* of the example: the name of one's own place */
	serve_state state;
	const char *secret; /* of this place alone, for tokens */
	const char *origin; /* "http://127.0.0.1:4711" */
	const char *theme;  /* custom properties of a town, or NULL */
} serve_place;

/* --- what goes out --- */

typedef struct {
	int status;
	serve_pairs headers;
	fria_buf body;
} serve_response;

void serve_response_dispose(serve_response *response);

/*
 * Answers a request of a person at a moment (offset in minutes east of UTC):
 * always with a page, also for what is refused. *response is for the caller to
 * dispose of. One at a time on one place.
 */
void serve_handle(serve_response *response, serve_place *place,
		  const serve_request *request, const serve_person *person,
		  fria_time now, int offset);

#endif
