/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of sync share; sync.c calls the others. */
#ifndef FRIA_SHARING_SYNC_INTERNAL_H
#define FRIA_SHARING_SYNC_INTERNAL_H

#include "transport.h"

#include <time.h>

/* An exchange under way. */
typedef struct {
	fria_workspace *ws;
	const fria_sync_request *request;
	fria_synced *out;
	fria_transport transport;
	fria_refs theirs, ours; /* the branch and the versions */
	fria_strings sent;	/* versions, as the remote calls them */
	char *theirs_name;	/* "refs/heads/main", as the remote calls it */
	char *tracking;		/* "refs/remotes/origin/main", or NULL */
	char *tags;		/* "refs/tags/fria/" */
	bool named;		/* the remote is one of the repository's */
	bool first;		/* the repository has no remote at all */
	bool upstream;		/* the branch knows where it belongs */
	time_t cut_off; /* when an earlier exchange began that did not end */
	int turn;	/* descriptor of the lock; -1: not ours */
	bool stopped;	/* people must decide first */
	char head[FRIA_ID_SIZE];
} exchange;

/* --- sync_remote.c: with whom, and which branch --- */

/* Fills in remote, branch and what they are called. EREFUSED says what to do
 * where that is not clear. */
int sync_choose(exchange *x, fria_error *err);
/* Makes the repository of a folder that is shared for the first time. */
int sync_share(exchange *x, fria_error *err);
/* Next time no remote has to be named. */
int sync_remember(exchange *x, fria_error *err);
/* What git itself takes for the remote's branch is what it has, or more. */
int sync_track(const exchange *x, const char *tracking, fria_error *err);

/* --- sync_versions.c: versions with one number on two sides --- */

bool sync_is_version(const exchange *x, const char *name);
/* "refs/tags/fria/APP/NAME/v3" as "APP/NAME v3". */
char *sync_said(const exchange *x, const char *name);
/* EREFUSED for one that others gave to something else, unless asked to
 * renumber: then own versions follow on theirs. */
int sync_settle_versions(exchange *x, fria_error *err);

/* --- sync_turn.c: one exchange at a time --- */

/* ELOCKED if another one does not end. */
int sync_turn_begin(exchange *x, fria_error *err);
void sync_turn_end(exchange *x);
/* Fetches or sends, waiting for a lock of git's, or without one that an
 * exchange left that was cut off. */
int sync_fetch(const exchange *x, const fria_strings *specs, fria_error *err);
int sync_push(const exchange *x, const fria_strings *specs, fria_error *err);

#endif
