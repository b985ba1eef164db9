/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * parts: what a template can ask for, each put under a node of the document.
 * Inside engine/report only.
 */
#ifndef FRIA_REPORT_PARTS_H
#define FRIA_REPORT_PARTS_H

#include "report.h"

/* A change of a fact that was told, and at which question. */
typedef struct {
	const fria_reason *reason;
	const char *anchor, *number;
} fria_told;

/* A report under way. */
typedef struct {
	const fria_report *r;
	const fria_instrument *in;
	fria_document *doc;
	struct {
		fria_told *items;
		size_t n;
	} told;
	fria_comments comments;
	json_t *commented; /* where they are, by what they are about; NULL until
			      asked */
	fria_choices *choices; /* its own */
	bool approvals;	       /* the template has a part of them */
} fria_parts;

/* Appends an answer as it is read. */
void part_say(const fria_parts *w, fria_buf *out, size_t task,
	      const json_t *value);

void fria_parts_dispose(fria_parts *w);
/* What may be chosen. New. */
fria_choices *part_choices(const fria_evaluation_input *input, fria_lang lang);

/* --- standing.c: what was derived --- */

/* A verdict as a label. */
void part_verdict(fria_node *at, fria_verdict verdict);
void part_head(fria_parts *w);
/* What tells exactly which text it is and how it was made, with the file and
 * text of the template. */
void part_foot(fria_parts *w, const char *file, const char *text);
/* The head of a page that is read at a glance. */
void part_brief(fria_parts *w);
/* Options by their plain names, from here on. */
void part_plain(fria_parts *w, fria_node *at);
void part_state(fria_parts *w, fria_node *at);
/* How many questions are answered, open and so on: of what there is any. */
void part_counts(fria_node *at, const fria_counts *counts);
/* How many were confirmed on which ground, since what (or NULL), and in one
 * go; nothing where none was. */
void part_confirmed(fria_node *at, const fria_confirmations *confirmed,
		    const char *since);
void part_measures(fria_parts *w, fria_node *at);
void part_measure_status(const fria_parts *w, fria_buf *out,
			 const fria_measure *measure);
void part_metrics(fria_parts *w, fria_node *at);

/* --- results.c --- */

/* Says of a result that it is withheld; false if it is not. */
bool part_result_withheld(const fria_parts *w, fria_buf *out, bool withheld);
/* Conclusions and scores, each with what they come from. */
void part_conclusions(fria_parts *w, fria_node *at);

/* --- characteristics.c --- */

void part_facts(fria_parts *w, fria_node *at);
/* Adds the members of one vocabulary, such as "register", to fields; pointers:
 * with where each stands. */
void part_characteristics(fria_node *fields, const char *vocabulary,
			  const json_t *members, bool pointers);

/* --- record.c, changes.c: what was said about it, and when --- */

/* A date or moment as a day; as it is written, if it is none; nothing for
 * NULL. */
void part_day(fria_buf *out, const char *moment, fria_lang lang);
/* The same, and the value of a characteristic ("" for NULL), as texts that the
 * document of the node keeps. */
const char *part_date(fria_node *at, const char *moment);
const char *part_fact(fria_node *at, const json_t *value);
/* A table of adopted versions: name, day and release, and what follows. */
fria_node *part_version_table(fria_node *at, const fria_word more[], size_t n);
/* A version in it; page: where its name leads, or NULL. */
fria_node *part_version_row(const fria_report *r, fria_node *table, size_t i,
			    const char *page);

void part_versions(fria_parts *w, fria_node *at);
void part_withheld(fria_parts *w, fria_node *at);
/* What changed since the version before, a line each. */
void part_changes(fria_parts *w, fria_node *at);
/* The six elements of article 27(1), each with its place and state. */
void part_elements(fria_parts *w, fria_node *at);
const char *part_element(char letter, fria_lang lang);
void part_element_state(const fria_parts *w, fria_buf *out,
			const fria_element *element);
/* Title of a role; the slug where there is none. */
const char *part_role(const json_t *roles, const char *role, fria_lang lang);
/* "Name" of "Name <address>"; nothing for readers outside. */
void part_name(fria_buf *out, const fria_report *report, const char *by);
/* The same of any, for those inside; "" for NULL. */
const char *part_person(fria_node *at, const char *by);
/* The article or act of a ground: "Woo artikel 5.1, lid 2, onder d". */
const char *part_ground(fria_node *at, const char *ground);

/* --- approvals.c: what roles said --- */

void part_approvals(fria_parts *w, fria_node *at);

/* --- talk.c: what was said while filling in --- */

void part_dissent(fria_node *at, const fria_judgement *j);
void part_comments(fria_parts *w, fria_node *at, const fria_judgement *j);
void part_meetings(fria_parts *w, fria_node *at);

/* --- texts.c: a text, and what differs between two --- */

/* The place where so many characters of it end, between words. */
size_t part_cut(const char *text, size_t characters);
/* Appends a text in one line, or its beginning of so many characters. */
void part_beginning(fria_buf *out, const char *text, size_t characters);

/* One line, and not a long one. */
bool part_is_short(const char *text);
/* What it was, struck out, and what it is, in running text. */
void part_sides(fria_node *at, const char *before, const char *after);
/* In a line, as running text: short ones whole, else the words that differ. */
void part_words(fria_node *at, const char *before, const char *after);

/* --- causes.c: what changed --- */

/* A list of questions, those of a group's rows that are alike as one. */
void part_questions(fria_node *at, const fria_evaluation *evaluation,
		    const fria_evaluation_input *input,
		    const fria_positions *which);
/* Adds a change as a section: its number, what differs, and what the release
 * check said of it; of an answer that was edited the heading alone. */
fria_node *part_change(fria_node *at, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input, size_t cause,
		       fria_changes_told *told);
/* What it is called in its heading. */
const char *part_change_title(fria_node *at, const fria_evaluation *evaluation,
			      const fria_evaluation_input *input, size_t cause);
/* What an answer still says of what fell away: "1.0", "3 maart". */
const char *part_mentions(fria_node *at, const fria_strings *words);
/* "3, 5, 8": in order, each once. Takes the numbers. */
const char *part_numbers(fria_node *at, fria_positions *numbers);

/* --- question.c: one question, for who is to answer it --- */

/* What differs, by one reason of an answer. */
void part_difference(fria_node *at, const fria_evaluation_input *input,
		     const fria_judgement *of, const fria_reason *reason);
/* The organisation that an assessment was taken over from, else its name. */
const char *part_origin(const json_t *assessment);
/* What is offered for a question (row NULL: outside rows, or in a new one). */
void part_proposals(fria_node *at, const fria_evaluation *evaluation,
		    const fria_evaluation_input *input, size_t task,
		    const char *row, fria_choices *choices, const char *unfold);
/* What another organisation wrote; unfold (how to see the rest): the beginning
 * of the first. */
void part_examples(fria_node *at, const json_t *assessment,
		   const fria_task *task, const char *unfold);

/* --- answers.c: questions with what was answered --- */

/* The anchor of a question. */
const char *part_anchor(fria_node *at, const fria_parts *w,
			const fria_question *q);
void part_answers(fria_parts *w, fria_node *at);
/* A part of the form with its questions. */
void part_tasks(fria_parts *w, fria_node *at, size_t task);
/* One question; not whole: only what was answered. */
void part_question(fria_parts *w, fria_node *at, const fria_judgement *j,
		   bool whole);
/* Appends Markdown that shows a value. */
void part_value(fria_buf *out, const fria_instrument *in, size_t task,
		const json_t *value, fria_choices *choices);
void part_guidance(fria_parts *w, fria_node *at, const fria_judgement *j);
/* A table of the rows of a group; columns: tasks in it (none: all texts). */
void part_rows(fria_parts *w, fria_node *at, size_t group,
	       const size_t columns[], size_t n);

#endif
