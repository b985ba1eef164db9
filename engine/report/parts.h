/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * parts: what a template can ask for, each put under a node of the document.
 * Inside engine/report only.
 */
#ifndef FRIA_REPORT_PARTS_H
#define FRIA_REPORT_PARTS_H

#include "report.h"

/* A report under way. */
typedef struct {
	const fria_report *r;
	const fria_instrument *in;
	fria_document *doc;
} fria_parts;

/* --- standing.c: what was derived --- */

fria_tone part_tone(fria_state state);
fria_tone part_verdict_tone(fria_verdict verdict);
void part_head(fria_parts *w);
void part_state(fria_parts *w, fria_node *at);
void part_facts(fria_parts *w, fria_node *at);
void part_measures(fria_parts *w, fria_node *at);

/* --- answers.c: questions with what was answered --- */

/* The anchor of a question; the caller frees. */
char *part_anchor(const fria_parts *w, const fria_question *q);
void part_answers(fria_parts *w, fria_node *at);

#endif
