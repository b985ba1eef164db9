/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * report: the views of an assessment, as document trees (document/): what goes
 * into each, and in which order. It computes nothing.
 */
#ifndef FRIA_REPORT_H
#define FRIA_REPORT_H

#include "../compare/compare.h"
#include "../document/document.h"

/* --- fill.c: the report of an assessment, by a template --- */

/* An adopted version, for the list of them. */
typedef struct {
	const char *name; /* "v2" */
	const char *release;
	const char *content; /* digest; NULL if unknown */
	const char *forced;  /* why, though something was missing; or NULL */
	fria_time at;
	/* Only of those that `develop` gives: */
	fria_verdict verdict;
	size_t level; /* overall, from 1; 0: none */
} fria_report_version;

/* The versions with what they came to; NULL if that cannot be found. */
typedef const fria_report_version *(*fria_develop)(void *data);

/* What an assessment of the same application concludes, by which instrument. */
typedef struct {
	const fria_instrument *instrument;
	const fria_conclusion *conclusion;
} fria_concluded;

/* Of another one: by its name or its questionnaire's; of NULL: the first by
 * name that draws such a conclusion. False: none does. Borrowed. */
typedef bool (*fria_conclude)(void *data, const char *of, const char *id,
			      fria_concluded *out);

typedef struct {
	const fria_evaluation_input *input; /* redacted for the audience */
	const fria_evaluation *evaluation;
	const char *name;	  /* "straatafval/iama" */
	const char *organisation; /* NULL if unknown; so for these three */
	const char *address;	  /* where it is seen how it stands now */
	const char *version;	  /* "v2": whose content this is */
	const char *commit;
	char content[FRIA_CONTENT_SIZE];
	fria_lang lang; /* of the frame */
	bool buttons;	/* it is read on a page of the workplace */
	fria_audience audience;
	const fria_withheld *withheld; /* of the redaction */
	size_t withheld_n;
	const fria_report_version *versions; /* newest first */
	size_t versions_n;
	/* What changed since the version before, and its name; NULL: none. */
	const fria_diff *changes;
	const char *changes_since;
	/* Whose advice is asked, by what day (a full-date): NULL for none. */
	const char *adviser, *term;
	bool advised; /* it advised before, and changes are since then */
	fria_develop develop;	   /* asked only for its picture; may be NULL */
	fria_conclude conclude;	   /* NULL: there is no other assessment */
	fria_findings *findings;   /* what the template tells; NULL: not kept */
	fria_find_picture picture; /* NULL: answers show none */
	void *data;
} fria_report;

/*
 * Makes the document by a template (fria-template(5)). EINPUT, with line and
 * column, for a directive that is wrong. The caller frees *out.
 */
int fria_report_make(fria_document **out, const fria_report *report,
		     const char *template_name, const char *template_text,
		     fria_error *err);

/* --- causes.c: changes, while one works through what they touch --- */

/* Their numbers stay while one works: what comes later gets the next. */
typedef struct {
	json_t *numbers;    /* by the id of the cause; NULL before the first */
	json_t *places;	    /* by question and row: under which id it is told */
	size_t n;	    /* how many there are */
	fria_strings ids;   /* of those whose difference was shown whole */
	bool page;	    /* all stands on one page: what differs is not shown
			     * in short again */
	fria_strings brief; /* ids of those that were, on that page */
} fria_changes_told;

/* Numbers all causes as fria_causes_view does, and keeps what is told where.
 * Needs fria_causes_find. */
void fria_changes_number(fria_changes_told *told,
			 const fria_evaluation *evaluation);
/* From 1; 0 for one that has none. */
size_t fria_change_number(const fria_changes_told *told,
			  const fria_cause *cause);
/* The cause that leads to a question: the one under which it is told, if that
 * is one of its reasons, else its first; FRIA_NONE: none. */
size_t fria_change_of(const fria_changes_told *told,
		      const fria_evaluation *evaluation, size_t judgement);
void fria_changes_dispose(fria_changes_told *told);

/* --- question.c: a question, for who is to answer it --- */

/* All borrowed. */
typedef struct {
	const fria_evaluation_input *input;
	const fria_evaluation *evaluation;
	size_t task;
	const char *row; /* NULL outside rows and for a new one */
	bool fresh;	 /* in a row that is still to be made */
	const fria_judgement *judgement; /* NULL for a fresh one */
	const fria_counts *left; /* what asks for work; NULL: not said */
	/* What was told before it, and is told now; NULL: nothing. */
	fria_changes_told *changes;
	const char *unfold; /* how to see what does not fit a screen, as
			     * "--verbose"; NULL: nothing is left out */
} fria_asked;

/* Adds the change that asks it again, whole where that was not told before (or
 * nothing is left out); then the question with guidance, through which changes
 * it is asked, what it rests on, its answer, and what may be chosen. */
fria_node *fria_question_view(fria_node *at, const fria_asked *asked);
/* Parts of that, for a page that gives each a place of its own. */
enum {
	FRIA_ASKED_WHY = 1, /* the change, and what is to be judged first */
	FRIA_ASKED_GUIDANCE = 2,
	FRIA_ASKED_RESTS = 4,
	FRIA_ASKED_ANSWER = 8,
	/* Where the change stands above several: what else changed, and what is
	 * to be judged first. Needs fria_asked.changes. */
	FRIA_ASKED_OTHERS = 16
};
void fria_asked_view(fria_node *at, const fria_asked *asked, unsigned parts);
/*
 * Adds what a confirmation stands for: each change, once, and under it the
 * answers that are told there, with what of it they still say; then the
 * questions that are left, those that are confirmed by themselves and those
 * that wait. unfold: as of a question. Needs fria_causes_find.
 */
void fria_confirm_view(fria_node *at, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input,
		       const fria_positions *those, const fria_positions *alone,
		       const fria_positions *waiting, const char *unfold);
/* What may be chosen, as a person reads it. New; NULL: nothing is. */
json_t *fria_asked_choices(const fria_asked *asked, fria_lang lang);

/* --- characteristics.c: an application --- */

/* Adds it as a section: its name (else its id), release and characteristics;
 * pointers: with where each stands. */
void fria_application_view(fria_node *at, const char *id,
			   const json_t *application, bool pointers);
/* Adds facts that changed, each with what differs; gone: those that are there
 * no more. Of a first release (no before) their titles alone. */
void fria_changed_view(fria_node *at, const json_t *before, const json_t *after,
		       const fria_strings *changed, const fria_strings *gone,
		       bool pointers);

/* --- texts.c: two texts --- */

/* Short ones side by side, long ones word by word; nothing for two that are
 * empty. */
void fria_texts_view(fria_node *at, const char *before, const char *after);

/* --- results.c: what an assessment comes to --- */

/* Scores row by row, conclusions with their reasons, and (folded) what each
 * was read from. Where rows are folded and nothing is concluded, they stand
 * aside. */
void fria_results_view(fria_node *at, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input, bool open);

/* --- talk.c: what was said while filling in --- */

/* Each with who, when and whether it still speaks of the answer; not all:
 * without what is settled. How many. */
size_t fria_comments_view(fria_node *at, const fria_evaluation_input *input,
			  bool all);
void fria_meetings_view(fria_node *at, const json_t *assessment,
			const json_t *roles);

/* --- causes.c: what changed, and what that puts in question --- */

/*
 * Adds each cause once: what differs, when it came, the questions that are told
 * under it with what of it they still say, and what stands behind those. told
 * (NULL: nothing was): without what differs, where that was told before; of
 * facts by their pointer, else by the id of the cause; adds to them what it
 * tells. Needs fria_causes_find; false, and nothing, where nothing is to be
 * judged.
 */
bool fria_causes_view(fria_node *at, const fria_evaluation *evaluation,
		      const fria_evaluation_input *input, fria_strings *told);
/* What differs by one of them, and what the release check said of it. */
void fria_cause_view(fria_node *at, const fria_evaluation *evaluation,
		     const fria_evaluation_input *input, size_t cause);
/* By cause, the number under which it is told there, from 1. The caller frees.
 */
size_t *fria_cause_numbers(const fria_evaluation *evaluation);

/* --- approvals.c: what roles said --- */

/* Adds the last word of each role, what lapsed it by the number of the cause
 * that fria_causes_view tells, what is missing, and what was asked. */
void fria_words_view(fria_node *at, const fria_evaluation *evaluation,
		     const fria_evaluation_input *input);

/* --- standing.c: the tone in which it is shown --- */

fria_tone fria_state_tone(fria_state state);
fria_tone fria_verdict_tone(fria_verdict verdict);

/* --- evaluation.c: how an assessment stands --- */

/*
 * Adds the verdict and all that asks for something: what is late or was not
 * answered, what it comes to, what changed, open questions, comments, what
 * roles said. name: of the assessment. Needs fria_causes_find.
 */
void fria_evaluation_view(fria_node *at, const char *name,
			  const fria_evaluation *evaluation,
			  const fria_evaluation_input *input);

/* --- pages.c: the pages of a site beside its reports --- */

/* A line of the portfolio: an assessment, or an application without one. */
typedef struct {
	const char *application, *title; /* id and name of the application */
	const char *assessment;		 /* NULL: there is none */
	const char *instrument;		 /* its title */
	const char *version;		 /* the last one adopted; NULL: none */
	fria_phase phase;
	fria_time adopted_at, review_due; /* 0: unknown */
	fria_verdict verdict;
} fria_site_line;

fria_document *fria_page_portfolio(const char *organisation,
				   const fria_site_line *lines, size_t n,
				   fria_time as_of, fria_lang lang);

typedef struct {
	const char *title, *organisation;
	const json_t *application; /* redacted */
	const char *entry;	   /* page of its register entry; or NULL */
	fria_time as_of;
	const fria_site_line *lines; /* how its assessments stand */
	size_t n;
} fria_site_application;

/* An application with its adopted assessments: a report of the last version
 * of each, with their names. */
fria_document *fria_page_application(const fria_site_application *application,
				     const fria_report *const reports[],
				     const char *const names[], size_t n,
				     fria_lang lang);

/* The entry of an application as it was written; file: the same as data. */
fria_document *fria_page_entry(const char *title, const json_t *entry,
			       const char *file, fria_lang lang);

/* --- changes.c: the difference between two states --- */

/* Adds between which states, the count of what changed, and each change once,
 * by weight: answers by part of the form, what lapsed a word and what makes an
 * answer stale by the number where it is told. */
void fria_difference_view(fria_node *at, const fria_diff *diff);
/* How many changes of each kind, and how many answers were confirmed; nothing
 * where nothing changed. */
void fria_stat_view(fria_node *at, const fria_diff *diff);
/* A document of it, for reviewers. */
fria_document *fria_report_changes(const fria_diff *diff, const char *name,
				   fria_lang lang);

#endif
