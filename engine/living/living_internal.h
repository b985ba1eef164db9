/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of an evaluation share with evaluate.c, which calls them. */
#ifndef FRIA_LIVING_INTERNAL_H
#define FRIA_LIVING_INTERNAL_H

#include "living.h"

/* --- visible.c: an assessment seen through its instrument --- */

typedef struct {
	const char *id;
	json_t *row; /* NULL: its group has no such row of its own */
} fria_view_row;

typedef struct {
	fria_view_row *items;
	size_t n;
} fria_view_rows;

typedef enum { FRIA_UNSEEN, FRIA_LOOKING, FRIA_SHOWN, FRIA_UNSHOWN } fria_sight;

/* What is known of one task in one row. */
typedef struct {
	fria_sight sight;
	const char *hidden_by; /* what hides it: "1.1", "start#FRIA"; or NULL */
	char digest[FRIA_DIGEST_SIZE]; /* of its form; "" until asked for */
} fria_view_cell;

/*
 * Made once and asked often; the documents may not change meanwhile. A task's
 * cells are those of its rows, numbered from 1; 0 is the task seen from
 * outside its rows.
 */
typedef struct fria_view {
	const fria_instrument *in;
	const json_t *assessment;
	fria_siblings siblings;
	struct fria_view **elsewhere; /* of the siblings, made when asked for */
	fria_evaluation **judged;     /* of those that came without, likewise */
	fria_view_rows *rows;	      /* by group */
	size_t *first;		      /* by task: its cell 0 */
	fria_view_cell *cells;
	json_t **names; /* by source: what names its rows, to their numbers */
	bool looked;	/* every cell has been looked at */
	/* What may be chosen outside the assessment, borrowed; NULL: nobody
	 * looks there. It decides which questions are open, never which are
	 * shown, nor any digest. */
	fria_choices *choices;
} fria_view;

/* Borrows all three; siblings may be NULL. */
fria_view *fria_view_new(const fria_instrument *in, const json_t *assessment,
			 const fria_siblings *siblings);
void fria_view_free(fria_view *view);
/* The rows in which a task is asked; none outside rows. */
const fria_view_rows *fria_view_rows_of(const fria_view *view, size_t task);
/* The number of a row of the task's group; 0 for NULL and unknown ones. */
size_t fria_view_number(const fria_view *view, size_t task, const char *row);
fria_view_cell *fria_view_at(const fria_view *view, size_t task, size_t number);
/* Borrowed; NULL if there is none. */
json_t *fria_view_answer(const fria_view *view, size_t task, size_t number);
bool fria_view_shown(fria_view *view, size_t task, size_t number);
/* True for a value that is no answer to its question. */
bool fria_view_unfit(fria_view *view, size_t task, size_t number);
/* True for one that could be, also as a choice of rows that are there. */
bool fria_view_fits(fria_view *view, size_t task, const json_t *value);
void fria_view_questions(fria_questions *out, fria_view *view);

/*
 * What names an answer to the source of a choice, shown or not, with the number
 * of its row: its text, with 0 where more rows have it or there are none, and
 * the id of a row. Borrowed.
 */
const json_t *fria_view_names(fria_view *view, size_t source);

/* Numbers of rows, from 1, in document order, each once. */
typedef struct {
	size_t *items;
	size_t n;
} fria_row_numbers;

/*
 * Where a name such as "iama#3.5.1" leads: that assessment's view, which this
 * one keeps, and the task in it; NULL where it leads nowhere.
 */
fria_view *fria_view_there(fria_view *view, const char *name, size_t *task);

/*
 * The rows that the answer to a task names in the group that its choices are
 * drawn from, here or in another assessment: by their ids, or here by a text
 * that exactly one of them has (0.1 stored texts). None for what is hidden,
 * waived or unfit. It gives the view in which they are rows, and the task
 * there; NULL where its choices are no rows.
 */
fria_view *fria_view_chosen(fria_row_numbers *out, fria_view *view, size_t task,
			    size_t number, size_t *source);
void fria_row_numbers_dispose(fria_row_numbers *numbers);

/* --- proposals.c --- */

void fria_view_proposals(fria_proposals *out, fria_view *view,
			 const json_t *application, fria_lang lang);
/* "p" and the first of its digest: the same thing offered twice is one. */
void proposal_name(char out[FRIA_PROPOSAL_ID], const fria_instrument *in,
		   const fria_proposal *p);

/* --- settle.c --- */

/* An answer with each row that it names as the text of that row. New. */
json_t *fria_choice_text(fria_view *view, size_t task, const json_t *value);

/* --- basis.c: forms, through a view --- */

/* An answer as those see it who rest on it (fria_form_visit). New. */
json_t *fria_view_form(fria_view *view, size_t task, size_t number);
const char *fria_view_digest(fria_view *view, size_t task, size_t number);
/*
 * The row in which an edge ends that starts in a task's row: the same one
 * inside one group, else 0.
 */
size_t fria_edge_row(const fria_instrument *in, size_t task, size_t number,
		     const fria_edge *edge);
/* By rules 1 a row edge leads to all rows, under their group's id. */
const char *fria_edge_key(const fria_edge *edge, fria_rules rules);
/* True for one that leads to the rows that a cell names, and no others. */
bool fria_edge_narrows(const fria_edge *edge, fria_rules rules);
/*
 * The rows to which an edge that narrows leads from a row: as fria_view_chosen,
 * with the task there that the edge names.
 */
fria_view *fria_view_edge_rows(fria_row_numbers *out, fria_view *view,
			       const fria_edge *edge, size_t number,
			       size_t *task);
/* These rows alone, as an edge sees them. New. */
json_t *fria_view_rows_form(fria_view *view, size_t task,
			    const fria_row_numbers *named);
/* What an edge of a task leads to in a row, as fria_edge_form. New. */
json_t *fria_view_edge_form(fria_view *view, const fria_edge *edge, size_t task,
			    size_t number, fria_rules rules);
/* Its digest: kept by the view, or put in `room` where it keeps none. */
const char *fria_view_edge_digest(fria_view *view, const fria_edge *edge,
				  size_t task, size_t number, fria_rules rules,
				  char room[FRIA_DIGEST_SIZE]);
/*
 * The metrics that the cell of a fact edge names in a row, in `names`; NULL for
 * an edge without one. The caller disposes of names either way.
 */
const fria_strings *fria_view_metrics(fria_strings *names, fria_view *view,
				      const fria_fact_edge *edge,
				      size_t number);

/* --- withheld.c: what is withheld, and what that touches --- */

/* What stands in the place of what is cut out. */
#define FRIA_CUT "[…]"

/* An assessment with what is withheld of it, then or since. */
typedef struct {
	const fria_instrument *in;
	json_t *assessment;
	fria_questions questions; /* of it */
	bool *tasks; /* by task: something of it is withheld, in some row */
	bool any;
} fria_veil;

/* now: the document as it stands today, or NULL. */
void fria_veil_make(fria_veil *out, const fria_instrument *in,
		    const json_t *assessment, const json_t *now);
void fria_veil_dispose(fria_veil *veil);
/* Something of a task, or of a group's tasks, is withheld. */
bool fria_veil_covers(const fria_veil *veil, const char *id);
/* A task, or one of a group's, is asked: no condition hides all of it. */
bool fria_veil_asks(const fria_veil *veil, const char *id);
/* The answer in this row (NULL: in any) is withheld. */
bool fria_veil_cell(const fria_veil *veil, size_t task, const char *row);
/* A choice that is the text of another answer, which is withheld. */
bool fria_veil_hides_choice(const fria_veil *veil, size_t task,
			    const json_t *choice);
/* The `withheld` of an answer; NULL where nothing is. Borrowed. */
json_t *fria_withheld_of(const json_t *answer);
/* The text without any of the passages, wherever they stand; NULL if that
 * leaves something to hide. The caller frees. */
char *fria_passages_cut(const char *text, const json_t *withheld);

/* By pointer, what is withheld of the application, then or since. New. */
json_t *fria_facts_withheld(const json_t *application, const json_t *now);
/* It, something in it, or what it lies in, is withheld. */
bool fria_fact_withheld(const json_t *withheld, const char *pointer);
/* The same for a metric of /monitoring, by its name. */
bool fria_metric_withheld(const json_t *withheld, const char *name);
/* The value at a pointer without what is withheld; NULL: nothing. New. */
json_t *fria_fact_shown(const json_t *withheld, const char *pointer,
			const json_t *value);

/* --- withheld_results.c --- */

/* Takes the results away that were computed from what is withheld. */
void fria_withheld_results(fria_evaluation *evaluation, const fria_veil *veil,
			   const json_t *facts);

/* --- scores.c --- */

/* Does an expression name a cell of these rows? A cell's name is what follows
 * the group's id and a dot; "_4" where that is a number. */
bool fria_expression_cell(const char *expression, const fria_instrument *in,
			  size_t group, size_t task);
/* Is there this name in an expression, and not as part of a longer one? */
bool fria_expression_names(const char *expression, const char *name);

/* --- evaluate.c --- */

/* Text, owner, due and status of a measure, by its group and row. */
void fria_measure_read(fria_measure *measure, const fria_instrument *in,
		       const json_t *assessment);

/* --- siblings.c --- */

/* As fria_sibling_find, with the task that the edge names. */
const fria_sibling *fria_sibling_of(const fria_instrument *in,
				    const fria_siblings *siblings,
				    const fria_edge *edge, size_t *task);

/* --- mentions.c --- */

/* Finds, for each cause, the answers it touches that say what it took away;
 * and for each answer what it says of that. */
void fria_mentions_find(fria_evaluation *out, const fria_evaluation_input *in);

/* --- the parts of an evaluation --- */

/* Takes before and after. */
void fria_reason_add(fria_judgement *j, fria_reason_kind kind, const char *what,
		     json_t *before, json_t *after);
/* A metric that was over its limit, and where its last such measurement stands
 * in its series. Borrowed. */
typedef struct {
	const char *name;
	const json_t *metric;
	size_t at;
} fria_crossing;

typedef struct {
	fria_crossing *items;
	size_t n;
} fria_crossings;

/* Those of the application; the caller frees the items. */
void fria_crossings_find(fria_crossings *out, const fria_evaluation_input *in);
/* Reasons from metrics and events that the basis had not seen. */
void fria_monitoring_judge(fria_judgement *j, const fria_evaluation_input *in,
			   const fria_crossings *crossed, fria_view *now,
			   const json_t *basis, fria_rules rules);
/* What rests on what is stale; then nothing changes a state any more. */
void fria_suspect_evaluate(fria_evaluation *out,
			   const fria_evaluation_input *in, fria_view *now);
/* Metrics, and the themes of the release check without an answer. */
void fria_monitoring_evaluate(fria_evaluation *out,
			      const fria_evaluation_input *in);
/* Whether a FRIA came before the first use; needs the conclusions. */
void fria_first_use_evaluate(fria_evaluation *out,
			     const fria_evaluation_input *in);
/* What the law is still to ask; needs the conclusions. */
void fria_law_evaluate(fria_evaluation *out, const fria_evaluation_input *in);
/* Scores and conclusions; needs the judgements and the metrics. */
void fria_scores_evaluate(fria_evaluation *out,
			  const fria_evaluation_input *in);
void fria_results_dispose(fria_evaluation *evaluation);
/* The elements a to f of article 27(1). */
void fria_elements_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in, fria_view *now);
/* What was notified, and whether to do so again; needs the elements. */
void fria_notification_evaluate(fria_evaluation *out,
				const fria_evaluation_input *in);
/* Leaves of it what the (redacted) assessment says. */
void fria_notification_redact(fria_evaluation *out,
			      const fria_evaluation_input *in);
/* --- eyes.c --- */

/* Which two signatures count as one: fria_same_person, fria_alike_person. */
typedef bool (*fria_eyes)(const char *a, const char *b);
/* True if this person stood for the answer since the last adopted version. */
bool fria_eyes_wrote(const fria_evaluation_input *in, const fria_judgement *j,
		     const char *by, fria_eyes like);
/* Names approvals that hold and come from who wrote the answers, or from who
 * looks like it. */
void fria_eyes_evaluate(fria_evaluation *out, const fria_evaluation_input *in);

/* --- content.c --- */

/* The present content by these rules, and its digest. New. */
json_t *content_now(const fria_evaluation_input *in, fria_rules rules);
/* The present content, made but once by each of the rules that are asked for:
 * for one evaluation, while nothing in it changes. */
typedef struct {
	const fria_evaluation_input *in;
	json_t *by_rules[FRIA_RULES]; /* NULL until asked for */
	fria_strings *names; /* by rules: the digests of those; borrowed */
	json_t *by_content;  /* editions.c: by the content of an approval */
} content_present;
/* Borrowed. */
const json_t *content_present_by(content_present *present, fria_rules rules);
/* True if the digest, or NULL, names it. */
bool content_is_present(content_present *present, const char *digest);
void content_present_dispose(content_present *present);

/* --- editions.c --- */

/* The present content as an approval is to be held against it. Borrowed; NULL
 * for an approval of no content that is known. */
const json_t *content_present_for(content_present *present,
				  const fria_approval *approval);

/* --- the parts of an evaluation, again --- */

void content_now_digest(char out[FRIA_CONTENT_SIZE],
			const fria_evaluation_input *in, fria_rules rules);
/* Approvals: valid, lapsed, missing; and the decision. */
void fria_approvals_evaluate(fria_evaluation *out, content_present *present);
/* requests.c; after the approvals. */
void fria_requests_evaluate(fria_evaluation *out, content_present *present);
/* True if the decision accepts by name every row that `acceptable` (of a
 * conclusion that stops) speaks of, and its role may; needs the scores. */
bool fria_risks_accepted(const fria_evaluation *out,
			 const fria_evaluation_input *in,
			 const fria_acceptable *acceptable);
/*
 * True if the content, made by these rules, was the present one in other
 * words. Else *more is what else differs; *own is the first question whose
 * words `by` mended, or NULL. The caller frees both.
 */
bool fria_content_mended(const fria_evaluation_input *in, const json_t *was,
			 fria_rules rules, const char *by, char **more,
			 char **own);

/* --- evidence.c --- */

/* The value with names of evidence taken out of its texts. New. */
json_t *redact_evidence(json_t *value);

/* --- redact_people.c --- */

/*
 * A fact, or a whole vocabulary, that stands at a pointer, without the people
 * in it: of an owner the organisation and the function are left, of the origin
 * of a card nothing. New; NULL where nothing is left.
 */
json_t *redact_people(json_t *value, const char *pointer);
/* "card.json (A. de Vries, 2026-01-02)", where an answer came from, in place:
 * the file alone. */
void redact_origin(char *origin);

#endif
