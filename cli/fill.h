/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of `fria fill` share; cmd_fill.c calls the others. */
#ifndef FRIA_CLI_FILL_H
#define FRIA_CLI_FILL_H

#include "cli.h"

/*
 * Who fills in, and how far they are. A question's place is "2.3.1/",
 * "5.2.recht/k3f9x2ma", or "5.2.recht/new".
 */
typedef struct {
	cli *c;
	const char *name; /* "APP/NAME" */
	fria_buf line;
	fria_strings skipped; /* places that are left for a next time */
	fria_strings visited; /* places, for going back */
	char *next;	      /* the place that was asked for; or NULL */
	char *group, *row;    /* the row that is being filled in; or NULL */
	size_t part;	      /* its position; FRIA_NONE: all */
	fria_changes_told changes;
	json_t
	    *plan;  /* by place: its turn, from when it first asked for work */
	char *note; /* the last one; or NULL */
	bool optional; /* what need not be answered, too */
	bool cut;      /* the line is longer than it came */
	bool changed;  /* something was written */
	bool closed;   /* nobody is there to answer anything more */
} filling;

/* What is true until something is written. */
typedef struct {
	fria_snapshot *s;
	fria_standing standing;
	fria_positions agenda; /* without what was skipped */
	fria_counts left;      /* what must be done, as `evaluate` counts */
} fill_scene;

/* A question on its turn. */
typedef struct {
	const fill_scene *at;
	const char *place;
	fria_edit_target target; /* its task is to be freed */
	fria_asked q;
} fill_turn;

/* What comes after a line: the same question, the next one, or the end. */
typedef enum { STAY, MOVE, LEAVE } fill_outcome;

/* --- fill_lines.c: what is said and typed, a line at a time --- */

/* Shows what stands there and takes a line; false if there is none. */
bool fill_take_line(filling *f);
bool fill_ask_line(filling *f, fria_word prompt);
/* A line as it may be kept: whole, and text. */
bool fill_is_text(filling *f);
bool fill_is_blank(const fria_buf *line);
/* A line of text to a prompt; the caller frees. NULL: none was given. */
char *fill_ask_text(filling *f, fria_word prompt);
/* Yes or no; otherwise: what an empty line means. */
bool fill_ask_yes(filling *f, fria_word prompt, bool otherwise);
/* Says what was wrong; the question stays. */
fill_outcome fill_refuse(filling *f, fria_error *err);

/* --- fill_next.c: which question, in which row --- */

/* How the assessment stands now; it is looked away from in the end. */
int fill_look(fill_scene *out, filling *f, fria_error *err);
void fill_look_away(fill_scene *at);
/* The question at a place; false if it is not asked there (any more). */
bool fill_turn_find(fill_turn *out, filling *f, const fill_scene *at,
		    const char *place);
/* The caller frees; NULL: nothing is left, or (optional was just asked for)
 * it must be looked at again. */
char *fill_next_place(filling *f, const fill_scene *at);
/* "g 2.3.1": that question, or a new row in that group; NULL: not that, or
 * ENOTFOUND where there is no such question. */
char *fill_place_asked_for(const filling *f, const fill_scene *at,
			   fria_error *err);
/* Where nothing must be done any more: what may be. */
bool fill_wants_optional(filling *f, const fill_scene *at);
/* What was typed was written there: in the row that was just filled in, its
 * other questions come next. */
void fill_written(filling *f, const fill_turn *t, const fria_edited *done,
		  const char *typed);
/* True if nobody has answered it. */
bool fill_was_open(const fria_asked *q);
/* Frees a text and leaves NULL. */
void fill_forget(char **text);

/* --- fill_answer.c: what was typed is the answer --- */

fill_outcome fill_take_answer(filling *f, const fill_turn *t);
fill_outcome fill_several(filling *f, const fill_turn *t);
fill_outcome fill_in_editor(filling *f, const fill_turn *t);

/* How to take what is offered, where something is. */
void fill_put_offered(filling *f, const fill_turn *t);
/* Takes what is offered; where that is more than one, asks which. */
fill_outcome fill_take_proposal(filling *f, const fill_turn *t);

/* --- fill_keep.c: judged, or not to be answered --- */

fill_outcome fill_keep(filling *f, const fill_turn *t);
fill_outcome fill_waive(filling *f, const fill_turn *t);

#endif
