/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of a comparison share; diff.c calls the others. */
#ifndef FRIA_DIFF_INTERNAL_H
#define FRIA_DIFF_INTERNAL_H

#include "compare_internal.h"

/* An answer before that has no place after; borrowed. */
typedef struct {
	const char *task, *row;
} fria_gone;

typedef struct {
	fria_diff *out;
	const fria_side *from, *to;
	json_t *answers; /* those before, under the ids of after */
	struct {
		fria_gone *items;
		size_t n;
	} gone;
	json_t *was; /* {id after: id before}, where they differ */
	bool other;  /* another questionnaire */
} fria_comparing;

/* Adds a change of a document, or (both NULL) of what is to be filled in; takes
 * before and after. Borrowed until the next. */
fria_difference *fria_diff_add(fria_comparing *c, fria_change_kind kind,
			       fria_weight weight, json_t *before,
			       json_t *after);
/* The same of two names. */
fria_difference *fria_diff_add_text(fria_comparing *c, fria_change_kind kind,
				    fria_weight weight, const char *before,
				    const char *after);
/* As the first, about a question, with its id before. */
fria_difference *fria_diff_add_task(fria_comparing *c, fria_change_kind kind,
				    fria_weight weight, const char *task,
				    const char *row, json_t *before,
				    json_t *after);
/* Adds who and why from {"by", "note"}. */
void fria_diff_put_stand(fria_difference *d, const json_t *stand);
/* FRIA_CHANGE_OTHER for each member that differs, but those in `known`. */
void fria_diff_members(fria_comparing *c, const char *document,
		       const char *task, const char *row, const json_t *before,
		       const json_t *after, const char *const *known);

/* --- diff_align.c --- */

/* Fills answers, gone and was. */
void fria_diff_align(fria_comparing *c);
/* The task in the instrument before, or FRIA_NONE. */
size_t fria_diff_was_task(const fria_comparing *c, const char *task);

/* --- diff_answers.c, diff_standing.c, diff_records.c --- */

void fria_diff_answers(fria_comparing *c);
void fria_diff_standing(fria_comparing *c); /* what is derived */
void fria_diff_records(fria_comparing *c);  /* what people said beside it */
void fria_diff_application(fria_comparing *c);

/* --- diff_title.c --- */

typedef struct {
	const fria_side *side;
	fria_choices *const *choices; /* of the side, by language */
	size_t task;		      /* in its instrument, or FRIA_NONE */
} fria_place;

/* The question on one side; for what came or went only one side knows it. */
fria_place fria_diff_place_on(const fria_diff *diff, const fria_difference *d,
			      bool after);
/* The repeating group on the side after, or FRIA_NONE. */
size_t fria_diff_group(const fria_diff *diff, const fria_difference *d);

/* --- diff_because.c --- */

/* True if it is that kind of change. */
bool fria_because_is(const fria_because *because, fria_reason_kind kind);
bool fria_because_same(const fria_because *a, const fria_because *b);

#endif
