/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * history: what the past says: what happened, by whom, what held on a day, and
 * whether the past is what it claims to be. It changes nothing.
 */
#ifndef FRIA_HISTORY_H
#define FRIA_HISTORY_H

#include "../workspace/workspace.h"

/* --- log.c: what happened, and when --- */

typedef enum { FRIA_EVENT_CHANGE, FRIA_EVENT_VERSION } fria_event_kind;

/* A commit that changed the assessment or its application, or a version. */
typedef struct {
	fria_event_kind kind;
	char commit[FRIA_ID_SIZE]; /* of a version: what it names */
	const char *by;		   /* its author; who adopted it */
	fria_time at, local;	   /* local: on whose clock it was made */
	const char *version;	   /* "v1"; NULL for a change */
	const char *text; /* what changed, a line each, in the language */
	bool boundary;	  /* earlier changes are not here (shallow clone) */
} fria_event;

/* Newest first; returning false stops. The event is borrowed. */
typedef bool (*fria_event_visit)(void *data, const fria_event *event);
/*
 * The versions of an assessment, and the commits that changed it, its
 * application, or what it is judged by once it was begun (its questionnaire,
 * the workspace's settings with the roles, the law): at most `limit` (0: all).
 * What was told once is kept in the repository's own folder, by ids of commits
 * and tags, and may be deleted.
 */
int fria_log(fria_workspace *ws, const char *name, size_t limit,
	     fria_event_visit visit, void *data, fria_error *err);

/* --- log_view.c --- */

/* Adds the event as a section. */
void fria_event_view(fria_node *at, const fria_event *event);

/* --- blame.c: by whom, from history --- */

typedef struct {
	bool known;		   /* false: not found, or there is none */
	char commit[FRIA_ID_SIZE]; /* "": in the work tree alone */
	char *author;		   /* of the commit; NULL if there is none */
	fria_time at, local;	   /* local: on its author's clock */
	char *release;		   /* for which it was; NULL if not said */
	char *claimed; /* whom the document names, if that is not the author */
	bool boundary; /* it, or something before it in a shallow clone */
	bool bound;    /* what stood there is what the basis says was judged */
} fria_attribution;

typedef struct {
	char *task, *row;  /* row NULL outside rows */
	size_t row_number; /* 1-based; 0 outside rows */
	json_t *basis;	   /* of the answer as it is now; borrowed, or NULL */
	fria_attribution given, stood;
} fria_blame_line;

typedef struct {
	fria_blame_line *items; /* in form order */
	size_t n;
	fria_snapshot *snapshot; /* the work tree's */
} fria_blamed;

/*
 * For each answer of the work tree's document (task NULL), or those of a task
 * or group: the commit that gave it its value, and the one in which somebody
 * last stood for it.
 */
int fria_blame(fria_blamed *out, fria_workspace *ws, const char *name,
	       const char *task, fria_error *err);
void fria_blamed_dispose(fria_blamed *blamed);

/* --- completed.c: what a newer edition of the questionnaire adds --- */

typedef struct {
	json_t *assessment; /* as it is, with what was found. New */
	size_t completed;   /* answers whose basis was */
	size_t unfound; /* that rest on more, and history does not say what */
} fria_completed;

/*
 * For each answer of the work tree's document whose question the edition leaves
 * as it was: what the edition adds to its basis, as it stood in the commit in
 * which somebody last stood for the answer.
 */
int fria_complete(fria_completed *out, fria_workspace *ws, const char *name,
		  const fria_instrument *is, fria_error *err);

/* --- yield.c, yield_view.c: what an instrument's edges gave --- */

typedef struct {
	char *task, *key; /* of the edge, as in a basis */
	size_t rang;	  /* what it points at moved, and somebody judged */
	size_t changed;	  /* and changed the answer */
} fria_yield_edge;

/* An answer that was changed within 60 days of a release, and no edge rang. */
typedef struct {
	char *assessment, *task, *release;
	fria_time at;
} fria_yield_missed;

typedef struct {
	char *release;
	fria_time at; /* of the commit that began it */
} fria_release_day;

typedef struct {
	fria_instrument *instrument;
	size_t assessments, standings; /* that it is told from */
	struct {
		fria_yield_edge *items;
		size_t n;
	} edges; /* those that were always in vain first */
	struct {
		fria_yield_missed *items;
		size_t n;
	} missed;
} fria_yield;

/*
 * From all assessments by an instrument, over the history that is here: two
 * judgements of an answer after each other say which edges rang in between, and
 * whether the answer changed.
 */
int fria_yield_find(fria_yield *out, const fria_workspace *ws, const char *name,
		    fria_error *err);
void fria_yield_dispose(fria_yield *yield);
void fria_yield_view(fria_node *at, const fria_yield *yield, fria_lang lang);
json_t *fria_yield_json(const fria_yield *yield);

/* --- blame_view.c --- */

fria_node *fria_blame_view(fria_node *at, const fria_blamed *blamed,
			   fria_lang lang);

/* --- wrote.c: whose words are decided on --- */

/*
 * Appends the questions whose answers, as a commit holds them, came from this
 * person: who committed their words, or stood for them, after a version (the
 * commit that it names; NULL: ever). Answers that name somebody else are left
 * out.
 */
int fria_wrote(fria_strings *tasks, const fria_workspace *ws, const char *name,
	       const char *commit, const char *since, const char *who,
	       fria_error *err);

/* --- held.c: what held on a day --- */

typedef struct {
	char version[32]; /* "v2" */
	fria_time adopted;
	char *in_use; /* the release in use that day; NULL if not known */
} fria_held;

/*
 * The version last adopted on or before a day (a full-date, by the clock of
 * who adopted), and the release in use by `in_use` in history. ENOTFOUND if
 * none was adopted yet.
 */
int fria_held_on(fria_held *out, const fria_workspace *ws, const char *name,
		 const char *day, fria_error *err);
void fria_held_dispose(fria_held *held);

/* --- verify.c: was the past what it says? --- */

/*
 * Appends findings on one assessment, or all (name NULL); *count is how many
 * were looked at. What is honest practice but cannot be told from the commits
 * alone (a squash merge, a forge that commits) is a warning that says how to
 * mend it; what was recorded on someone's behalf is a note.
 */
int fria_verify(fria_findings *out, size_t *count, const fria_workspace *ws,
		const char *name, fria_error *err);

#endif
