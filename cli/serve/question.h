/* SPDX-License-Identifier: EUPL-1.2 */
/* A question: its page (page_question.c), what is sent from it (page_answer.c),
 * and where somebody else answered it meanwhile (page_conflict.c). */
#ifndef FRIA_SERVE_QUESTION_H
#define FRIA_SERVE_QUESTION_H

#include "page.h"

/* What is in the fields, and what is wrong with it. */
typedef struct {
	const char *text, *note, *kind, *reason, *reference, *mended;
	const char *ground; /* of three, or "aanpassen"; NULL: none is chosen */
	/* What the page showed on which it was typed; NULL: this page. */
	const char *stand, *seen;
	const char *error; /* a sentence; NULL: nothing is wrong */
	const char *at;	   /* when a draft was kept; NULL: there is none */
} question_typed;

typedef struct {
	page *p;
	page_look look;
	const char *task, *row; /* row NULL: outside rows, or a new one */
	fria_asked asked;
	const fria_task *t;
	json_t *answer; /* borrowed; NULL: there is none */
	bool judged;	/* its answer is to be judged again */
} question;

/* The question that the address names; look_away(&out->look) after it. */
int question_find(question *out, page *p, fria_error *err);
void question_show(const question *q, const question_typed *in);
/* Its answer, as it is typed. */
const char *question_text(const question *q);
void question_put_field(const question *q, const question_typed *in);

/* Both answers, where somebody else gave one while this was typed; takes the
 * conflict's place for the page only. */
void question_show_both(const question *q, const question_typed *in,
			const fria_conflict *both);

#endif
