/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * living: what the engine derives. Which answers still hold, what moved, what
 * the content is, what roles said of it. Everything here is pure: the same
 * inputs and date give the same bytes; it never sees a repository.
 */
#ifndef FRIA_LIVING_H
#define FRIA_LIVING_H

#include "../model/model.h"

/* --- visible.c: which tasks are shown --- */

/*
 * A question as it stands in one assessment: a task, and the row it lies in.
 * A repeating group without rows gives each of its tasks once, without a row.
 */
typedef struct {
	size_t task;
	const char *row;   /* NULL outside rows; borrowed */
	size_t row_number; /* 1-based; 0 outside rows */
	json_t *answer;	   /* borrowed; NULL if there is none */
	bool visible;
	/* What stands there is no answer: of another type, no option (any
	 * more), or a choice of a row or characteristic that is not there. It
	 * counts as open. The part that is none, borrowed; NULL: all is well.
	 */
	const json_t *unfit;
	const char *hidden_by; /* the task whose answer hides it, or a
				  conclusion elsewhere: "start#FRIA"; or NULL */
} fria_question;

typedef struct {
	fria_question *items;
	size_t n;
} fria_questions;

/* What may be chosen in one state of an assessment, each worked out once
 * (choices.c). */
typedef struct fria_choices fria_choices;

/*
 * Every answerable question in form order, rows in document order, with its
 * visibility by the form standard's `conditional` dependencies. A condition on
 * what another assessment concludes hides nothing where that is not at hand,
 * and so nothing from a content digest either: what was decided is the
 * document.
 */
void fria_questions_list(fria_questions *out, const fria_instrument *in,
			 const json_t *assessment);
/* The same, where a choice of a characteristic or of a row of another
 * assessment must be among these, too. */
void fria_questions_choosing(fria_questions *out, const fria_instrument *in,
			     const json_t *assessment, fria_choices *choices);
void fria_questions_dispose(fria_questions *questions);
/* The value that counts; NULL where none is given, and for what is unfit. */
const json_t *fria_question_value(const fria_question *question);
/* Appends "/answers/1.1" or "/answers/5.2/0/5.2.schade". */
void fria_question_place(fria_buf *out, const fria_instrument *in,
			 const fria_question *question);
/* What is unfit about an answer and what to do, as a finding in the document
 * (NULL: in none), with options in the language. */
void fria_question_unfit(fria_findings *out, const fria_instrument *in,
			 const fria_question *question, fria_severity severity,
			 const char *file, fria_lang lang);

/* --- basis.c, forms.c, siblings.c, visible.c: what an answer rests on --- */

/*
 * Called with each form that an answer of the assessment has for who rests on
 * it (DESIGN section 3): {"value"}, {"waived"}, {"state": "open"},
 * {"state": "hidden"}, or {"rows"} for a repeating group or a task in one, seen
 * from outside; one may come twice. from: an instrument some of whose edges
 * lead to rows of this assessment, or this one's own.
 */
typedef void (*fria_form_visit)(void *data, json_t *form);
void fria_upstream_forms(const fria_instrument *in, const json_t *assessment,
			 const fria_instrument *from, fria_form_visit visit,
			 void *data);
/* Answers of the application's other assessments, for edges "iama#3.5.1". */
typedef struct {
	const char *name; /* of the assessment */
	const fria_instrument *instrument;
	const json_t *assessment;
	/* What is stale there makes suspect here; NULL: nothing is. */
	const struct fria_evaluation *evaluation;
	const char *superseded; /* the one that took its place; NULL: none */
	size_t last; /* N of its last version; 0: none, or not asked */
} fria_sibling;

typedef struct {
	const fria_sibling *items;
	size_t n;
} fria_siblings;
/* As fria_questions_list, where what these conclude decides, too. */
void fria_questions_beside(fria_questions *out, const fria_instrument *in,
			   const json_t *assessment,
			   const fria_siblings *siblings);

/*
 * The assessment that an edge "iama#3.5.1" of the instrument leads to: by the
 * assessment's name, else its successor, else by the name of its instrument;
 * one that was replaced only where nothing took its place. It must be of the
 * version that the instrument means (`upstream`) and have the question. NULL
 * if there is none. Borrowed.
 */
const fria_sibling *fria_sibling_find(const fria_instrument *in,
				      const fria_siblings *siblings,
				      const char *edge);
/* The same for an edge of a task in a row; an answer that does not exist is
 * open. New. */
json_t *fria_edge_form(const fria_instrument *in, const json_t *assessment,
		       const fria_siblings *siblings, const fria_edge *edge,
		       size_t task, const char *row);
/* What the answer itself says: {"value"} or {"waived"}; JSON null. New. */
json_t *fria_answer_form(const json_t *answer);

typedef struct {
	const char *source; /* blob id of the application.json that was read */
	const char *by;	    /* "Name <address>" */
	fria_time at;
	const char *note; /* NULL if none; so for meeting */
	const char *meeting;
} fria_stand;

/*
 * The basis of an answer that somebody stands for now: facts, upstream
 * answers, question and value as digests, what was seen, by whom and when.
 * answer holds "value" or "waived", and the basis before, of which a directed
 * edge keeps what it kept. Rules are FRIA_RULES, or those of another basis to
 * compare with. New.
 */
json_t *fria_basis(const fria_instrument *in, const json_t *assessment,
		   const json_t *application, const fria_siblings *siblings,
		   size_t task, const char *row, const json_t *answer,
		   const fria_stand *stand, fria_rules rules);

/* True if all that a basis keeps of facts still holds. */
bool fria_basis_facts_hold(const json_t *basis, const fria_instrument *in,
			   const json_t *assessment, const json_t *application,
			   size_t task, const char *row);

/* True if the question is still the one that was answered, and rests on
 * nothing that the basis does not know. */
bool fria_basis_answers(const json_t *basis, const fria_instrument *in,
			size_t task, fria_lang lang);

/* --- editions.c: under a newer edition of the questionnaire --- */

/* True if the newer one asks a task of the older one in the same words, with
 * the same options. */
bool fria_question_kept(const fria_instrument *was, const fria_instrument *is,
			size_t task, fria_lang lang);
/* What a basis keeps under a key of a part ("facts", "answers") is that of
 * better words since: no longer what an edition completed. */
void fria_basis_followed(json_t *basis, const char *part, const char *key);
/*
 * Adds to a basis what it lacks of the one that the newer edition would have
 * made when somebody last stood for the answer (after; before: the older one,
 * by the same rules), and marks it completed by that edition; what the newer
 * one digests otherwise goes along where it was so. False if there is nothing
 * to add.
 */
bool fria_basis_complete(json_t *basis, const json_t *before,
			 const json_t *after, json_int_t edition, fria_time at);

/* --- decisive.c: which answers are looked at by themselves --- */

/*
 * Fills a flag for each task: true for what an expression of a score, a level
 * or a conclusion reads, what a stop rule looks at, and what a task marked
 * `decides` names in its own `rests`, here or in another assessment of the
 * application that was not replaced (DESIGN section 4).
 */
void fria_decisive(bool *out, const fria_sibling *own,
		   const fria_siblings *others);

/* --- confirmed.c: what was confirmed, for who reviews --- */

/* What one person confirmed within one minute, on the same ground and with the
 * same note. Texts are borrowed. */
typedef struct {
	const char *by, *at, *note; /* note: NULL if there is none */
	fria_ground ground;
	size_t count;
} fria_round;

typedef struct {
	size_t n[FRIA_GROUND_KINDS]; /* by ground */
	size_t all;
	struct {
		fria_round *items;
		size_t n;
	} rounds;
} fria_confirmations;

/* True if somebody stood for an answer since: its basis names another person,
 * moment, release, ground or note. What only followed better words does not. */
bool fria_stood_again(const json_t *before, const json_t *after);
/* Counts an answer, if its basis has a ground. */
void fria_confirmations_add(fria_confirmations *confirmed,
			    const json_t *answer);
/* Those that the document of a state before (NULL: none) does not have. */
void fria_confirmations_find(fria_confirmations *out, const json_t *assessment,
			     const json_t *last);
void fria_confirmations_dispose(fria_confirmations *confirmed);
/* {"untouched", "covered", "checked", "rounds": [those of five or more]}.
 * New. */
json_t *fria_confirmations_json(const fria_confirmations *confirmed);
/* Appends how many on which ground, since what ("v1", or NULL). */
void fria_confirmations_say(fria_buf *out, const fria_confirmations *confirmed,
			    const char *since, fria_lang lang);
/* Appends a note for each round of five or more. */
void fria_rounds_name(fria_findings *out, const fria_confirmations *confirmed,
		      const char *path, fria_lang lang);

/* --- editorial.c: better words, the same answer --- */

/* One assessment before and after one of its answers got better words. */
typedef struct {
	const char *name; /* of the assessment: "iama" */
	const fria_instrument *instrument;
	const json_t *before, *after;
	bool own; /* the dependents are in this assessment itself */
} fria_editorial;

/*
 * Lets every basis in the assessment that held for the words before hold for
 * the words after. Gives the number of answers concerned.
 */
size_t fria_editorial_follow(json_t *assessment,
			     const fria_instrument *instrument,
			     const fria_editorial *change);
/* The basis of an answer whose form gets better words: as it was, with who
 * mended it. New. */
json_t *fria_editorial_basis(const json_t *answer, const json_t *form,
			     const fria_stand *stand);
/* True if from one to the other only words were mended. */
bool fria_editorial_is(const json_t *before, const json_t *after);

/* --- wording.c: better words for a fact --- */

/* What changed between two applications, and of what of it somebody says that
 * only the words did. All borrowed. */
typedef struct {
	const json_t *before, *after;
	const fria_strings *changed;  /* as fria_facts_differ gives them */
	const fria_strings *pointers; /* those, or what they lie in */
} fria_wording;

/* True if the fact is text, and differs in words alone: in no number, choice,
 * version or address, and in no element more or less. */
bool fria_wording_is(const char *pointer, const json_t *before,
		     const json_t *after);
/* Lets every basis that held for the facts before hold for those after, where
 * only words of them changed. Gives the number of answers concerned. */
size_t fria_wording_follow(json_t *assessment,
			   const fria_instrument *instrument,
			   const fria_wording *wording);
/* Digest of what an approval binds of a fact; of all, where it binds nothing.
 * New. */
json_t *fria_wording_digest(const json_t *application, const char *pointer);
/* What an event keeps of it: [{"pointer", "was", "is"}], digests of what an
 * approval binds (of all, where that is nothing). New. */
json_t *fria_wording_steps(const fria_wording *wording);
/*
 * True if the application's events, from that place on, lead by wording alone
 * from one digest of a fact to another, both by these rules. Appends the events
 * on the way.
 */
bool fria_wording_leads(json_t *events, const json_t *application, size_t from,
			const char *pointer, const json_t *was,
			const json_t *is, fria_rules rules);

/* --- proposals.c: what is offered for answers --- */

/* Where it comes from. */
typedef enum {
	FRIA_OFFERED_ANSWER, /* another assessment: "iama#1.1.1, iama#1.1.2" */
	FRIA_OFFERED_FACT,   /* characteristics: "/use/purpose" */
	FRIA_OFFERED_FILE    /* a file, in its own words: "FILE (who, day)" */
} fria_offered_by;

/* "p", seven hex digits and a NUL. */
#define FRIA_PROPOSAL_ID 9

/* A value offered for an answer, with its origin; nobody stands for it yet. */
typedef struct {
	char id[FRIA_PROPOSAL_ID];
	fria_offered_by by;
	size_t task;
	/* NULL outside rows, and for a new row; that of a row that is not there
	 * is the one that it gets. */
	char *row;
	json_t *value;
	char *from;	      /* as the answer keeps it: its origin */
	const char *at;	      /* when it came; NULL: it is there now */
	const json_t *record; /* in the document; NULL: it follows from what
				 stands elsewhere, or at the question itself */
} fria_proposal;

typedef struct {
	fria_proposal *items;
	size_t n;
} fria_proposals;

/* --- evaluate.c, agenda.c: states, reasons, verdict --- */

typedef enum {
	FRIA_HIDDEN,
	FRIA_OPEN,
	FRIA_ANSWERED,
	FRIA_WAIVED,
	FRIA_STALE,
	FRIA_SUSPECT
} fria_state;

typedef enum {
	FRIA_BY_FACT,
	FRIA_BY_ANSWER,
	FRIA_BY_EDIT,
	FRIA_BY_INSTRUMENT,
	FRIA_BY_MONITORING, /* a limit was crossed since */
	FRIA_BY_EVENT	    /* the release check said yes */
} fria_reason_kind;

/* Why an answer must be judged again. */
typedef struct {
	fria_reason_kind kind;
	char *what;	   /* pointer, upstream name, metric, theme, or (of an
			      edit) what it was taken over from; or NULL */
	const char *title; /* of a metric; borrowed; NULL: see `what` */
	json_t *before;	   /* values as they came; NULL if not to be found */
	json_t *after;	   /* NULL: absent */
	const fria_fact_edge *fact; /* the edge, where it narrows; borrowed */
	const fria_edge *rows;
	const char *release; /* of an event; borrowed */
	fria_time at;	     /* of an event or a measurement; 0: not known */
	size_t cause; /* among those of the evaluation; FRIA_NONE until they
			 are found */
} fria_reason;

typedef struct {
	fria_question question;
	fria_state state;
	bool hint;     /* possibly affected, before the first adopted version */
	bool dormant;  /* hidden, and an answer is kept */
	bool optional; /* open, but nobody has to answer */
	fria_reason *reasons;
	size_t n;
	/* Unless hidden: stale questions upstream (positions), nearest to the
	 * top of the form first: what to judge before it. */
	size_t *because;
	size_t because_n;
	fria_strings elsewhere; /* the same in other assessments: "iama#1.1" */
	/* What its answer still says of what fell away, by all its causes;
	 * empty until they are found. */
	fria_strings mentions;
} fria_judgement;

typedef struct {
	size_t visible, answered, open, optional, stale, suspect, waived,
	    hidden, dormant;
	size_t offered; /* questions for which something is offered */
} fria_counts;

/* How many ask for work, and appends that: "3 open; 34 to be judged again". */
size_t fria_todo(const fria_counts *counts);
void fria_todo_say(fria_buf *out, const fria_counts *counts, fria_lang lang);

typedef struct {
	size_t group;	   /* the group that holds the measure, or is it */
	const char *row;   /* its id; NULL: it stands in the form itself */
	const char *text;  /* what is to be done */
	const char *owner; /* NULL if not given; so for due and status */
	const char *due;
	const char *status; /* as written */
	fria_progress progress;
	bool closed; /* carried out, or lapsed with a reason */
	bool overdue;
} fria_measure;

/* What an approval is worth. */
typedef enum {
	FRIA_APPROVAL_WRITTEN, /* as it stands in a document: not judged */
	FRIA_APPROVAL_VALID,
	FRIA_APPROVAL_LAPSED,
	FRIA_APPROVAL_RETURNED, /* a question back about the present content */
	FRIA_APPROVAL_MISSING	/* asked of a role, and not given */
} fria_approval_state;

/* What lapsed an approval. */
typedef enum {
	FRIA_LAPSE_FACT,
	FRIA_LAPSE_ANSWER,
	FRIA_LAPSE_EVIDENCE,
	FRIA_LAPSE_QUESTION, /* one is another; without its id: all may be */
	FRIA_LAPSE_LOGIC,
	FRIA_LAPSE_ADVICE,    /* one that a decision did not have */
	FRIA_LAPSE_EXPIRED,   /* its own last day */
	FRIA_LAPSE_REPLACED,  /* the role spoke again */
	FRIA_LAPSE_WITHDRAWN, /* by who gave it */
	FRIA_LAPSE_UNFOUNDED, /* it says more than words were mended of */
	FRIA_LAPSE_UNREACHED  /* history here does not reach that content */
} fria_lapse_kind;

typedef struct {
	fria_lapse_kind kind;
	/* The fact's pointer, a question's id, the name of evidence, a role, a
	 * day, a content; NULL: not said. */
	char *what;
} fria_lapse;

typedef struct {
	fria_lapse *items;
	size_t n;
} fria_lapses;

/* What a role said, or must say. Texts are borrowed from the record; NULL:
 * absent, or not to be seen. */
typedef struct {
	const json_t *record; /* as it was written */
	const char *role;     /* its id */
	fria_role_kind kind;
	fria_said said;
	const char *value; /* as written: a view's text */
	const char *by, *at;
	const char *content;   /* what it is about: a digest */
	const char *editorial; /* the content that this says in other words */
	const char *note, *response, *valid_until;
	const char *on_behalf_of, *reference, *decided_on, *evidence;
	/* What a decision is for alone: a phase, or FRIA_PHASE_NONE, and areas
	 * (a list, as the fact; NULL: any). */
	fria_phase phase;
	const json_t *areas;
	bool withdrawn;
	fria_approval_state state;
	fria_lapses because; /* why it lapsed */
} fria_approval;

typedef struct {
	fria_approval *items;
	size_t n;
	json_t *records; /* private: what they borrow from */
} fria_approvals;

/* What became of what a role was asked. */
typedef enum {
	FRIA_REQUEST_WRITTEN, /* as it stands in a document: not judged */
	FRIA_REQUEST_OPEN,
	FRIA_REQUEST_ANSWERED,
	FRIA_REQUEST_RETURNED, /* with a question */
	FRIA_REQUEST_LAPSED    /* by a change */
} fria_request_state;

/* Texts are borrowed from the record; NULL: absent. */
typedef struct {
	const json_t *record; /* as it was written */
	const char *role, *to, *by, *at, *content;
	const char *until; /* a day */
	fria_request_state state;
	bool overdue;
} fria_request;

typedef struct {
	fria_request *items;
	size_t n;
	json_t *records; /* private: what they borrow from */
} fria_requests;

/* What a result was computed from. */
typedef enum {
	FRIA_READ_TASK,
	FRIA_READ_FACT, /* by its pointer */
	FRIA_READ_METRIC
} fria_read_kind;

typedef struct {
	fria_read_kind kind;
	char *what;
	bool stale; /* that must be judged again, or measured */
} fria_read;

typedef struct {
	fria_read *items;
	size_t n;
} fria_reads;

/* What a calculation came to, in one row or outside rows. */
typedef struct {
	const fria_calculation *of;
	const char *row; /* NULL outside rows */
	json_t *value;	 /* NULL or null: none */
	char *text;	 /* the word for it; NULL: there is none */
	bool stale;	 /* something it read is */
	bool withheld;	 /* not to be seen, nor what it came to */
	fria_reads read;
} fria_score;

typedef struct {
	fria_score *items; /* row by row, in the order of the calculations */
	size_t n;
} fria_scores;

/* What the questionnaire concludes: one for each of its conclusions. */
typedef struct {
	const char *id;	   /* "DPIA" */
	const char *title; /* what it is called; its id, if it has none */
	bool holds;	   /* one of its levels does */
	const char *level; /* "required"; NULL: none */
	const char *text;  /* what it says; NULL: nothing */
	char *law; /* from when that is so, in a sentence; NULL: not said */
	const fria_rule *rule; /* by which it holds; NULL: none does */
	fria_strings because;  /* the criteria that were met, in words */
	bool stale, stops;     /* it stops the assessment */
	bool withheld;
	fria_reads read;
} fria_conclusion;

typedef struct {
	fria_conclusion *items;
	size_t n;
} fria_conclusions;

/* How an element of article 27(1) stands. */
typedef enum {
	FRIA_ELEMENT_ABSENT, /* no question that is asked serves it */
	FRIA_ELEMENT_INCOMPLETE,
	FRIA_ELEMENT_NEEDS_REVIEW,
	FRIA_ELEMENT_CURRENT
} fria_element_state;

#define FRIA_ELEMENTS 6 /* a to f */

typedef struct {
	fria_element_state state;
	struct {
		size_t *items; /* the questions that serve it, each once */
		size_t n;
	} tasks;
	/* The version since which something of it changed: the last; and the
	 * one about which was judged what to notify. NULL: nothing did. */
	const char *changed, *changed_notified;
} fria_element;

/* How notification of the authority stands (AI Act, article 27(3)). */
typedef enum {
	FRIA_NOTIFY_NONE, /* nothing was notified */
	FRIA_NOTIFY_DONE,
	FRIA_NOTIFY_CHANGED, /* since */
	FRIA_NOTIFY_EXEMPT
} fria_notify_state;

/* By the rows of the instrument's notifications; all borrowed, or NULL. */
typedef struct {
	const char *group; /* the question with the rows; NULL: there is none */
	const char *version, *date, *reference; /* last notified */
	/* The version about which somebody said last that it was notified, or
	 * that it need not be, and then why. */
	const char *judged, *because;
	bool exempt; /* the last row says so */
	/* Of an evaluation alone: */
	fria_notify_state state;
	char changed[3 * FRIA_ELEMENTS]; /* "b, d": elements that did since */
	bool again;			 /* notifying again is advised */
} fria_notification;

/* A metric of /monitoring as it stands on the day. */
typedef struct {
	const char *name;
	const char *title;   /* its `name`, else its key */
	const json_t *limit; /* NULL: none */
	const json_t *last;  /* the last measurement, or NULL */
	bool over;	     /* that is on the wrong side of the limit */
	bool overdue;	     /* not measured within `every` */
	fria_time due;	     /* when it must be measured; 0: no interval */
	const char *every;
} fria_metric;

/* When somebody last said whether anything changed: at a release, or by a
 * pulse; and when that is asked again. */
typedef struct {
	bool known; /* it is asked here, and there is a day to count from */
	bool overdue;
	fria_time last, due;
} fria_pulse;

/* Positions among the judgements of an evaluation. */
typedef struct {
	size_t *items;
	size_t n;
} fria_positions;

void fria_positions_dispose(fria_positions *list);

/* What a change took away and an answer that it touches still says. */
typedef struct {
	size_t judgement;
	fria_strings words; /* as the answer writes them, in its order */
} fria_mention;

/* The longest: eight hex digits. */
#define FRIA_CAUSE_SIZE 9

/* One thing that changed and puts answers in question (causes.c). */
typedef struct {
	/* The beginning of the digest of {kind, what, before, after}: the same
	 * change has the same name on every day. */
	char id[FRIA_CAUSE_SIZE];
	fria_reason_kind kind;
	/* Of the first reason that names it; borrowed. */
	const char *what, *title;
	const json_t *before, *after; /* whole; NULL: not known, or absent */
	json_t *was, *is; /* of those two what differs; NULL: nothing */
	char *release;	  /* that brought it; NULL: not known */
	fria_time at;	  /* when it came; 0: not known */
	/* Of a theme of the release check: the change under which it is told;
	 * FRIA_NONE: by itself. */
	size_t under;
	fria_positions tasks;	 /* stale, in the order in which to judge */
	fria_positions suspects; /* what stands behind those told so far */
	fria_positions touched;	 /* all that it makes stale, wherever told */
	fria_mention *mentions;	 /* in the order of `touched` */
	size_t mentions_n;
} fria_cause;

typedef struct {
	fria_cause *items; /* in order of weight */
	size_t n;
} fria_causes;

/* When it was looked at last, and must be again. */
typedef struct {
	fria_time last, due; /* last: 0 before the first; due: only if known */
	bool known, overdue;
} fria_review;

/* A line of the law that is still to apply, and that this rests on. */
typedef struct {
	char *line;    /* its id */
	json_t *title; /* what it is called, by language */
	fria_time from;
	bool soon; /* within 180 days */
} fria_coming;

typedef struct {
	fria_coming *items;
	size_t n;
} fria_comings;

typedef struct fria_evaluation {
	fria_judgement *items; /* in form order */
	size_t n;
	size_t *first; /* per task: its first judgement, or FRIA_NONE */
	size_t *next;  /* per judgement: the next of the same task */
	size_t *todo;  /* what is stale, in the order in which to judge it */
	size_t todo_n;
	fria_counts counts;
	fria_verdict verdict;
	size_t stopped_by; /* the notice that stops it, or FRIA_NONE */
	fria_measure *measures;
	size_t measures_n;
	fria_metric *metrics; /* in the order they stand */
	size_t metrics_n;
	bool stopped; /* by a conclusion */
	bool against; /* by a decision not to use, or to stop */
	size_t unfit; /* questions with something that is no answer */
	fria_strings unanswered; /* themes of the release check */
	fria_pulse pulse;
	bool at_rest; /* in development or out of use: no nagging */
	fria_approvals approvals;
	const fria_approval *decision; /* the valid one among them; or NULL */
	fria_requests requests;
	fria_proposals proposals; /* what is offered for its questions */
	fria_scores scores;
	fria_conclusions conclusions;
	fria_comings coming; /* where nothing rests yet: none */
	fria_element elements[FRIA_ELEMENTS];
	fria_notification notification;
	const char *superseded; /* the assessment that replaced it, or NULL */
	fria_causes causes;	/* empty until fria_causes_find */
	fria_findings findings;
	fria_review review;
	fria_duration within; /* to be reviewed, by a conclusion; zero: none */
	fria_time as_of;
	/* All is in, what roles were to say too, and no version holds it: for
	 * who knows the versions to say. */
	bool adoptable;
	/* The digests of the content that was judged, by rules: first its own,
	 * then as under its former ids; empty where none was asked for. */
	fria_strings contents[FRIA_RULES];
} fria_evaluation;

/* The release that gave a fact the value that it has today, and when that was;
 * false, and both as they were, where that is not recorded. */
typedef bool (*fria_fact_since)(void *data, const char *pointer,
				const char **release, fria_time *at);
/* Facts as they were: the application.json with this blob id, or NULL. */
typedef const json_t *(*fria_facts_at)(void *data, const char *blob);
/* An answer as it was when it had this digest, in the form that those see who
 * rest on it; NULL if it cannot be found. New. */
typedef json_t *(*fria_answer_was)(void *data, const char *digest);
/* The content (as fria_content gives it by the rules that the digest names)
 * that had this digest at a moment; NULL if it cannot be found. New. */
typedef json_t *(*fria_content_was)(void *data, const char *digest,
				    fria_time at);

/* The questionnaire as it was pinned where such a content stands; NULL
 * likewise. Borrowed until the last evaluation is. */
typedef const fria_instrument *(*fria_asked_then)(void *data,
						  const char *digest,
						  fria_time at);

typedef struct {
	const fria_instrument *instrument;
	const json_t *assessment;
	const json_t *application;
	/* What answers point at: {name: blob id}, null for what is not there.
	 * NULL: nothing is. */
	const json_t *evidence;
	fria_siblings siblings;
	/* The assessment that took its place, where there is one: what the
	 * document says of it alone is not believed. NULL: none did. */
	const char *superseded;
	fria_time as_of;
	bool adopted;		    /* there is an adopted version */
	fria_time adopted_at;	    /* when it was made */
	fria_time first_adopted_at; /* when the first was; 0: not known */
	fria_duration review;	    /* of the workspace */
	/* How long after the last release or pulse it is asked whether anything
	 * changed; nothing: never. */
	fria_duration pulse;
	const json_t *roles;	 /* of the workspace; NULL: none */
	const char *name;	 /* "APP/NAME", for the content; may be NULL */
	const fria_strings *ids; /* that the application had; may be NULL */
	/* Of who reads: texts of the questionnaire in what comes out. */
	fria_lang lang;
	/* The document of the last adopted version, or NULL, and its name; the
	 * same of the version up to which was judged what to notify. */
	const json_t *last, *notified;
	const char *last_version, *notified_version;
	/* Supply the "before" of reasons and decide nothing; may be NULL. */
	fria_facts_at facts_at;
	fria_answer_was answer_was;
	fria_content_was content_was;
	/* Lets an approval stand under a newer edition; may be NULL. */
	fria_asked_then asked_then;
	fria_fact_since fact_since; /* asked by fria_causes_find alone */
	/* The name under which a person is shown, for views alone; may be NULL.
	 */
	const char *(*shown)(void *data, const char *by);
	void *data;
} fria_evaluation_input;

/* basis.c: as much of a fact as an edge leads to, from a row. New; NULL:
 * nothing. */
json_t *fria_fact_rested(const fria_evaluation_input *input,
			 const fria_fact_edge *edge, const char *row);

/* --- choices.c: rows and characteristics that may be chosen --- */

/* Borrows all; siblings (for rows of other assessments) and application (for
 * characteristics) may be NULL. */
fria_choices *fria_choices_new(const fria_instrument *in,
			       const json_t *assessment,
			       const fria_siblings *siblings,
			       const json_t *application, fria_lang lang);
fria_choices *fria_choices_of_input(const fria_evaluation_input *input);
void fria_choices_free(fria_choices *choices);
/*
 * What a task may choose beside its own options, {stored: label}: a row by its
 * id, called by the template of its group or its first cell; a characteristic
 * by its key. Equal labels get " (2)". NULL for a task that draws on nothing.
 * Borrowed.
 */
const json_t *fria_choices_at(fria_choices *choices, size_t task);
/* From now on an option that has a plain name is told by that. */
void fria_choices_plainly(fria_choices *choices);
/* Appends an answer as people read it, a number and a day in their language. */
void fria_choice_say(fria_buf *out, fria_choices *choices, size_t task,
		     const json_t *value);
/*
 * Appends what rows say, as the basis of an answer holds them: of a group all
 * its cells, of a column one each. A row that says something is a paragraph
 * that begins with its number: "(2) light".
 */
void fria_choice_rows_say(fria_buf *out, fria_choices *choices, size_t task,
			  const json_t *rows);

/* --- settle.c: choices of rows, as they are stored --- */

/*
 * The assessment with each choice that 0.1 stored as a text as the id of the
 * row whose text it is, if exactly one has it; digests in bases that held, hold
 * of that. *settled (NULL: not asked) is how many there were; the same document
 * where there are none. New.
 */
json_t *fria_choices_settled(const fria_instrument *in, json_t *assessment,
			     size_t *settled);
/* The other way: each row that is named as its text. New. */
json_t *fria_choices_worded(const fria_instrument *in, json_t *assessment);

/* --- evaluate.c, reason_words.c: the evaluation, and its words --- */

/* "Name <address>" as it is shown; NULL for NULL. Borrowed.
 * (evaluation_json.c) */
const char *fria_shown(const fria_evaluation_input *input, const char *by);
/* What was confirmed since the last version, with names as they are shown
 * (confirmed.c). */
void fria_confirmations_evaluate(fria_confirmations *out,
				 const fria_evaluation_input *input);

void fria_evaluate(fria_evaluation *out, const fria_evaluation_input *input);
void fria_evaluation_dispose(fria_evaluation *evaluation);
/* Appends what stopped it: a notice, a conclusion or a decision. */
void fria_stopped_say(fria_buf *out, const fria_evaluation *evaluation,
		      const fria_evaluation_input *input, fria_lang lang);
const char *fria_state_id(fria_state state);
const char *fria_reason_id(fria_reason_kind kind);
fria_word fria_state_word(fria_state state);
/* The sentence of a reason, to be said with {what}. */
fria_word fria_reason_word(const fria_reason *reason);
/* What a reason is about, for a person: the fact's title, the question's id,
 * the metric, the theme in words; "" for none. */
const char *fria_reason_what(const fria_reason *reason, fria_lang lang);
/* reason_words.c: the sentence of a reason, and what narrows it. */
void fria_reason_say(fria_buf *out, const fria_reason *reason,
		     const fria_judgement *judgement,
		     const fria_evaluation_input *input, fria_lang lang);
/* The same of many reasons alone: what narrows one, at a question or (NULL)
 * at several, whatever their rows name; nothing where nothing does. What it is
 * made of lives longer; frees with fria_narrowing_free(). */
typedef struct fria_narrowing fria_narrowing;
fria_narrowing *fria_narrowing_new(const fria_evaluation_input *input,
				   fria_lang lang);
void fria_narrowing_say(fria_buf *out, fria_narrowing *narrowing,
			const fria_reason *reason,
			const fria_judgement *judgement);
void fria_narrowing_free(fria_narrowing *narrowing);
/* What was and what is now, to be shown in the input's language: of a fact
 * only what differs. Both new; NULL where there is nothing, or it is not
 * known. */
void fria_reason_sides(json_t **before, json_t **after,
		       const fria_reason *reason, const fria_judgement *of,
		       const fria_evaluation_input *input);
/* The judgement of a task and row, or NULL. */
const fria_judgement *fria_evaluation_find(const fria_evaluation *evaluation,
					   size_t task, const char *row);

/* The value of an answer that counts, in a row or (NULL) outside rows; NULL
 * where none is given, and for what is unfit. */
const json_t *fria_evaluation_value(const fria_evaluation *evaluation,
				    const fria_evaluation_input *input,
				    size_t task, const char *row);

/* --- causes.c: told once, by what changed --- */

/*
 * Finds the causes of all that is stale, and what each puts in question
 * (DESIGN section 4): every stale and every suspect question once, so that
 * gone through in order nothing stands before what it rests on. A question
 * stands under the change with which most can be told, else where the last
 * that it rests on stands; what only waits for another assessment stands under
 * none. May be asked again, after the reasons were redacted.
 */
void fria_causes_find(fria_evaluation *evaluation,
		      const fria_evaluation_input *input);
/* The cause with this id, or FRIA_NONE. */
size_t fria_cause_find(const fria_causes *causes, const char *id);
/* Appends what it is called: the title of the characteristic, the metric, the
 * theme, the question. */
void fria_cause_title(fria_buf *out, const fria_cause *cause,
		      const fria_evaluation_input *input, fria_lang lang);
/* False for what the release check said where a change of that release touches
 * the same question: it tells nothing of its own there. */
bool fria_cause_tells(const fria_causes *causes, const fria_judgement *of,
		      const fria_reason *reason);
/* Where a question is told: a cause, or FRIA_NONE. */
size_t fria_cause_of(const fria_causes *causes, size_t judgement);
/* Under "pointer", "task", "metric" or "theme" stands what a reason is about.
 */
const char *fria_reason_key(fria_reason_kind kind);
void fria_causes_dispose(fria_causes *causes);

/* --- agenda.c: what to do next --- */

/* Appends what is in a state: what is stale or possibly affected by its causes
 * where they were found, else what is stale upstream first, all else in form
 * order; of what is open, what must be answered, or (optional) what may be. */
void fria_agenda_add(fria_positions *out, const fria_evaluation *evaluation,
		     fria_state state, bool optional);
/* Appends all that asks for work, in the order in which to do it: what is
 * stale; what must be answered, with the first question of each table that is
 * empty in a part where something must; what waits for another answer. */
void fria_agenda(fria_positions *out, const fria_evaluation *evaluation,
		 const fria_instrument *in);
/* True for answers in rows of one group that are in the same state for the
 * same reasons; never for open ones, which are named one by one. */
bool fria_judgement_alike(const fria_instrument *in, const fria_judgement *a,
			  const fria_judgement *b);
/* The name of an answer that must be judged before this one, or NULL. The
 * caller frees. */
char *fria_judge_first(const fria_evaluation *evaluation,
		       const fria_instrument *in, const fria_judgement *j);

/* --- approvals.c, monitoring.c, mended.c: what roles said, and its worth */

/* An approval as a document has it, or one that was just made; it borrows
 * from the record, and is not judged. */
fria_approval fria_approval_of(const json_t *record);
/* A risk that remains, as a decision speaks of it; texts are borrowed. */
typedef struct {
	const char *row, *text, *reason; /* row or text; NULL: absent */
	bool accepted;
} fria_residual;

/* Of a decision. */
size_t fria_conditions_count(const fria_approval *approval);
/* Its text; borrowed, NULL: none. */
const char *fria_condition_at(const fria_approval *approval, size_t i);
size_t fria_residuals_count(const fria_approval *approval);
fria_residual fria_residual_at(const fria_approval *approval, size_t i);
/* Those of a list that name their role and kind; not judged. */
void fria_approvals_read(fria_approvals *out, const json_t *list);
void fria_approvals_dispose(fria_approvals *approvals);
/* A negative advice, or an agreement that is refused: its reason is public as
 * the decision that replies to it is, and it stands before the others. */
bool fria_approval_against(const fria_approval *approval);
/* A decision not to use, or to stop. */
bool fria_approval_forbids(const fria_approval *approval);
/* True if a later word of the same role took its place. */
bool fria_approval_replaced(const fria_approval *approval);
const char *fria_approval_state_id(fria_approval_state state);
const char *fria_lapse_id(fria_lapse_kind kind);
/* The member that says what, beside its kind; NULL: none does. */
const char *fria_lapse_key(fria_lapse_kind kind);
/* Appends one; takes no ownership. */
void fria_lapse_add(fria_lapses *list, fria_lapse_kind kind, const char *what);
/* Appends what differs between two contents (fria_content) by the same rules.
 */
void fria_lapses_find(fria_lapses *list, const json_t *was, const json_t *now);
void fria_lapses_dispose(fria_lapses *list);
/* What the role is for, as it is printed. */
const char *fria_approval_kind_say(const fria_approval *approval,
				   fria_lang lang);
/* By a change, its date, or a later word. */
fria_word fria_lapsed_word(const fria_lapses *because);
/* What the value says to a person: a label, or the text of a view. */
const char *fria_approval_value_say(const fria_approval *approval,
				    fria_lang lang);
/* "privacy officer" of a role in fria.json; its id where it has no title. */
const char *fria_role_title(const json_t *roles, const char *role,
			    fria_lang lang);
/* The role that a text means, by its id or its title in either language;
 * borrowed from roles. ENOTFOUND with the titles of those that say something.
 */
int fria_role_read(const char **out, const json_t *roles, const char *text,
		   fria_lang lang, fria_error *err);
/* Appends why an approval lapsed, in words, the reasons that are alike as one:
 * "answer changed: 2.3.1, 2.4; ...". Told, one for each: what to leave out;
 * all are marked. buttons: where it is read (fria_say). */
void fria_lapses_say(fria_buf *out, const fria_lapses *because, bool *told,
		     fria_lang lang, bool buttons);
/*
 * Appends why the last word of a role lapsed: " (lapsed by a change: answer
 * changed: 2.3.1)"; nothing if it did not.
 */
void fria_lapsed_say(fria_buf *out, const fria_approvals *approvals,
		     const char *role, fria_lang lang, bool buttons);
/* True for an approval that records the word of somebody else than who recorded
 * it; who names oneself speaks for oneself. */
bool fria_is_recorded(const fria_approval *approval);
/* True for an approval or a measurement that was withdrawn: it counts for
 * nothing. */
bool fria_is_withdrawn(const json_t *one);
/* What an approval says with `editorial`: that nothing but words was mended
 * since an earlier content (DESIGN section 5). */
typedef enum {
	FRIA_CLAIM_HOLDS,
	FRIA_CLAIM_FALSE,  /* more differs, or it is no agreement of another */
	FRIA_CLAIM_UNKNOWN /* history here does not reach that content */
} fria_claim;
fria_claim fria_editorial_claim(const fria_evaluation_input *input,
				const fria_approval *approval);
/* The digest under which a decision binds an advice. */
void fria_approval_digest(char out[FRIA_DIGEST_SIZE],
			  const fria_approval *approval);

/* --- approve.c: the rules by which a role speaks --- */

/* NULL for what was not given. */
typedef struct {
	const char *role, *value, *note;
	const char *response; /* why against an advice */
	const char *phase, *area, *valid_until;
	/* Lists: of objects, as read from files, or of what was typed,
	 * "7.1/2: text" and "5.2/1: reason". */
	const json_t *conditions, *risks;
	const char *on_behalf_of, *reference, *decided_on;
	const char *evidence; /* the paper: a name among the evidence, a link */
	bool editorial;	      /* agrees that only words were mended */
	const char *by;	      /* "Name <address>" */
	fria_time at;
	int offset; /* of who speaks, in minutes east: their day is meant */
	fria_lang lang;
} fria_approval_request;

/*
 * The approval that the request comes to, for `approvals` of the document
 * (PRACTICE section 6): advice before decision, reasons against an advice,
 * four eyes, measures and risks that exist. ENOTFOUND for a role there is
 * none of, EINPUT for what cannot be said, EREFUSED for what may not.
 */
int fria_approval_make(json_t **out, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input,
		       const fria_approval_request *request, fria_error *err);

/* --- proposals.c: all that is offered --- */

/*
 * All that is offered for its visible questions, in form order: what they take
 * (`takes`) from what somebody stands for in the application's other
 * assessments, and from its characteristics; what came in a file (`proposals`
 * in the document); an answer of 0.1 that nobody stands for. What a question
 * takes is offered while it is open, and where the answer was taken from there
 * and that reads otherwise now. It uses instrument, assessment, application
 * and siblings.
 */
void fria_proposals_find(fria_proposals *out, const fria_evaluation_input *in);
void fria_proposals_dispose(fria_proposals *proposals);
/* For how many questions, in rows once for each. */
size_t fria_proposals_count(const fria_proposals *proposals);
/* True for one for a question in a row; row NULL: outside rows, or in a row
 * that is still to be made. */
bool fria_proposal_is_for(const fria_proposal *proposal,
			  const fria_instrument *in, const json_t *assessment,
			  size_t task, const char *row);
/* [{"id", "task", "row", "value", "by": answer, fact or file, "from", "at"}].
 * New. */
json_t *fria_proposals_json(const fria_proposals *proposals,
			    const fria_instrument *in);
/* Appends where it comes from: "from iama 1.1.1, 1.1.2 (adopted: version 1)".
 */
void fria_proposal_say(fria_buf *out, const fria_proposal *proposal,
		       const fria_instrument *in, const fria_siblings *siblings,
		       fria_lang lang);

/* --- proposals_kept.c: what the document keeps of it --- */

/*
 * Keeps an answer ({"value"}, with "withheld" where some of it is) as a
 * proposal, from its "origin", else from `from`; an earlier one for the
 * question from the same file goes. False if it is kept already.
 */
bool fria_proposals_add(json_t *assessment, const fria_instrument *in,
			size_t task, const char *row, const json_t *answer,
			const char *from, fria_time at);
/* The question was answered: the document keeps none for it any more; nor this
 * one (id; may be NULL). */
void fria_proposals_settle(json_t *assessment, const char *task,
			   const char *row, const char *id);
/* None for a row that is not wanted; how many went. */
size_t fria_proposals_drop_row(json_t *assessment, const fria_instrument *in,
			       size_t group, const char *row);
/* The row that one is for is made where it is not there. */
void fria_proposal_row(json_t *assessment, const fria_instrument *in,
		       size_t task, const char *row);
/*
 * The document as it would be if what it keeps were its answers: without basis,
 * with their origin, where nobody answered and one thing is kept. New.
 */
json_t *fria_proposals_draft(const json_t *assessment,
			     const fria_instrument *in);
/* Keeps all that reads otherwise in a draft; how many are new. */
size_t fria_proposals_from(json_t *assessment, const fria_instrument *in,
			   const json_t *draft, const char *from, fria_time at);

/* --- requests.c: what a role was asked --- */

/* Those of a list, as a document has them: not judged. */
void fria_requests_read(fria_requests *out, const json_t *list);
void fria_requests_dispose(fria_requests *requests);
const char *fria_request_state_id(fria_request_state state);
/* Appends by what day, or what became of it, and who is asked: "by 20 March
 * 2026 (A. Bakker)". */
void fria_request_say(fria_buf *out, const fria_request *request,
		      fria_lang lang);

/* --- scores.c: what a questionnaire computes and concludes --- */

/* The last score with this key, in a row (NULL: outside rows); or NULL. */
const fria_score *fria_score_find(const fria_evaluation *evaluation,
				  const char *key, const char *row);
/* The conclusion with this id; NULL: it draws none. */
const fria_conclusion *fria_conclusion_find(const fria_evaluation *evaluation,
					    const char *id);
/* A whole number that is its value; 0: none. */
long long fria_score_step(const fria_score *score);

/* --- comments.c: what people remarked --- */

typedef enum {
	FRIA_COMMENT_OPEN,
	FRIA_COMMENT_OUTDATED, /* the answer it spoke of is another now */
	FRIA_COMMENT_RESOLVED
} fria_comment_state;

/* All borrowed from the assessment; NULL: absent. */
typedef struct {
	const json_t *record; /* as it was written */
	const char *id, *task, *row, *reply, *text, *by, *at;
	fria_comment_state state;
} fria_commented;

typedef struct {
	fria_commented *items; /* in the order they stand */
	size_t n;
} fria_comments;

/* The caller frees items. */
void fria_comments_find(fria_comments *out, const fria_instrument *in,
			const json_t *assessment);
/* How many are not resolved. */
size_t fria_comments_open(const fria_comments *comments);
/* As they were written, each with its `state`; of one (NULL: any) id. New. */
json_t *fria_comments_json(const fria_comments *comments, const char *id);
/* The digest of the answer that a comment speaks of; false if there is none. */
bool fria_comment_value(char out[FRIA_DIGEST_SIZE], const fria_instrument *in,
			const json_t *assessment, size_t task, const char *row);

/* --- themes.c: what the release check asks about --- */

/* In the order they are asked; closed by NULL. */
extern const char *const fria_themes[];
/* Each the whole of some of these, as it was asked before; still taken. */
extern const char *const fria_themes_former[];
/* The theme of an event that says that nothing changed; no question of the
 * release check. */
#define FRIA_PULSE "pulse"
/* True for one of either. */
bool fria_theme_is(const char *name);
/* What is said of the one is said of the other: they are the same, or one is a
 * part of the other. */
bool fria_themes_meet(const char *a, const char *b);
fria_word fria_theme_word(const char *theme);

/* --- monitoring.c: what is measured, and what the release check said --- */

/* True for a measurement on the wrong side of its metric's limit. */
bool fria_metric_crossed(const json_t *metric, const json_t *measurement);
/* Appends what the release check of this release asks somebody to look at:
 * another purpose or technology can make a provider (AI Act, article 25). */
void fria_release_check_findings(fria_findings *out, const json_t *application);
/* True for the assessment that article 27 asks for before the first use. */
bool fria_precedes_use(const fria_instrument *in);

/* --- law.c: what is still to apply --- */

void fria_coming_dispose(fria_comings *coming);
/* As it is kept. New. */
json_t *fria_coming_json(const fria_comings *coming);
/* From what was kept (NULL: nothing); the caller disposes of it. */
void fria_coming_kept(fria_comings *out, const json_t *list);
/* What begins to apply, in the language. Borrowed. */
const char *fria_coming_title(const fria_coming *one, fria_lang lang);
/* Appends "from DAY applies: duties for high risk". */
void fria_coming_say(fria_buf *out, const fria_coming *one, fria_lang lang);

/* --- elements.c: the elements a to f of article 27(1) --- */

const char *fria_element_state_id(fria_element_state state);
fria_word fria_element_state_word(fria_element_state state);

/* --- notification.c: what was notified to the authority (art. 27(3)) --- */

void fria_notification_read(fria_notification *out, const fria_instrument *in,
			    const json_t *assessment);
const char *fria_notify_state_id(fria_notify_state state);
/* Appends how it stands, in words. */
void fria_notification_say(fria_buf *out, const fria_notification *notification,
			   fria_lang lang);

/* --- evaluation_json.c, approvals.c: the structure that scripts rely on --- */

typedef struct {
	const char *assessment; /* "straatafval/iama" */
	const char *revision;	/* commit id, or NULL */
} fria_evaluation_place;

/* Approvals as there, with names as the input shows them (NULL: as they are
 * recorded); New. */
json_t *fria_approvals_json(const fria_approvals *approvals,
			    const fria_evaluation_input *input);
/* Requests as there; one by itself. New. */
json_t *fria_request_json(const fria_request *request,
			  const fria_evaluation_input *input);
json_t *fria_requests_json(const fria_requests *requests,
			   const fria_evaluation_input *input);
/* Counts and review as there. New. */
json_t *fria_counts_json(const fria_counts *counts);
json_t *fria_review_json(const fria_review *review);
/* What these wrote, from a file that the program keeps. */
void fria_approvals_kept(fria_approvals *out, const json_t *list);
void fria_requests_kept(fria_requests *out, const json_t *list);
void fria_counts_kept(fria_counts *out, const json_t *json);
void fria_review_kept(fria_review *out, const json_t *json);
/* Why one lapsed, as there. New. */
json_t *fria_lapses_json(const fria_lapses *because);
/* DESIGN section 8, by schemas/evaluation.schema.json. New. */
json_t *fria_evaluation_json(const fria_evaluation *evaluation,
			     const fria_evaluation_input *input,
			     const fria_evaluation_place *place);

/* --- personal.c: what in a text points at one person --- */

typedef enum {
	FRIA_PERSONAL_NUMBER,  /* citizen service number, by its check digit */
	FRIA_PERSONAL_ACCOUNT, /* IBAN (ISO 13616) */
	FRIA_PERSONAL_MAIL,    /* somebody's own, no function's */
	FRIA_PERSONAL_PHONE    /* Dutch, of a person or a place */
} fria_personal_kind;

typedef struct {
	fria_personal_kind kind;
	size_t at, n; /* where in the text, in bytes */
} fria_personal;

/* The first at or after a place in the text; false if there is none. */
bool fria_personal_next(fria_personal *out, const char *text, size_t from);
/* "a telephone number" */
fria_word fria_personal_word(fria_personal_kind kind);
typedef void (*fria_personal_found)(void *data, const char *pointer,
				    fria_personal_kind kind, const char *text);
/*
 * Tells each in the texts of a document, but for who recorded it and when,
 * what is withheld, and what stands in a passage that somebody said may be
 * public (`disclosed` of that document, or NULL).
 */
void fria_personal_find(const json_t *document, const json_t *disclosed,
			fria_personal_found found, void *data);

/* --- redact.c: what an audience may see --- */

/* The documents as they stand today: what was withheld since a version was
 * made is withheld in it, too. NULL where there is none. */
typedef struct {
	const json_t *application;
	const json_t *assessments; /* of the application, by name: "iama" */
} fria_today;

/* What is withheld: an answer, a characteristic, or a passage of it. NULL:
 * absent, or not to be seen. */
typedef struct {
	char *task, *row, *pointer;
	char *ground, *at;
	char *by, *note; /* inside the organisation */
	bool passage;
} fria_withheld;

typedef struct {
	json_t *assessment, *application; /* NULL: as they were */
	fria_withheld *withheld;
	size_t withheld_n;
} fria_redaction;

/*
 * Redacts an evaluated model in place: input and evaluation then speak of the
 * documents in *out, which must outlive them. Nobody outside the organisation
 * sees names, comments and meetings; the public sees no withheld answer,
 * passage or characteristic either, nor what was derived from one, nor a
 * digest of one. today may be NULL.
 */
void fria_redact(fria_redaction *out, fria_evaluation *evaluation,
		 fria_evaluation_input *input, fria_audience audience,
		 const fria_today *today);
/* An application alone, as the audience may see it. New. */
json_t *fria_redact_application(const json_t *application,
				fria_audience audience, const json_t *today);
void fria_redaction_dispose(fria_redaction *redaction);

/* --- content.c: what approvals and versions bind --- */

/* The content that a version stands for (DESIGN section 3); evidence: as in
 * fria_evaluation_input. New. */
json_t *fria_content(const fria_instrument *in, const json_t *assessment,
		     const json_t *application, const json_t *evidence,
		     const char *name, fria_rules rules);
/* True if the rules of the questionnaire differ between two contents made by
 * the same rules, of one questionnaire. */
bool fria_logic_moved(const json_t *before, const json_t *after);
/* The digest of a content made by these rules, with their number. */
void fria_content_name(char out[FRIA_CONTENT_SIZE], const json_t *content,
		       fria_rules rules);
/* True if that is the digest of a content, by the rules both were made by,
 * under its own application's id or (ids, or NULL) another that it had: who
 * said it, said it of that. */
bool fria_content_is(const json_t *content, const char *digest,
		     fria_rules rules, const fria_strings *ids);
/* Content and name in one: what approvals and versions name. */
void fria_content_digest(char out[FRIA_CONTENT_SIZE], const fria_instrument *in,
			 const json_t *assessment, const json_t *application,
			 const json_t *evidence, const char *name,
			 fria_rules rules);

/* --- reuse.c: another organisation's assessment as a start --- */

typedef struct {
	const fria_instrument *from, *to; /* the same questionnaire, pinned
					     there and here */
	const json_t *assessment;	  /* theirs */
	const json_t *theirs, *ours;	  /* applications */
	const char *name;		  /* theirs: "APP/NAME" */
	fria_time at;			  /* the moment */
} fria_reuse_input;

typedef struct {
	size_t offered;	     /* answers about the system, as proposals */
	size_t examples;     /* questions with their text beside them */
	fria_strings differ; /* facts of model, data and supplier that differ */
	bool known;	     /* some of model or data is known on both sides */
} fria_reuse;

/*
 * Keeps in ours, where there is no answer yet, their answers about the system
 * as proposals if model, data and supplier are equal by substance, and the
 * texts of all others as examples. Neither counts as an answer.
 */
void fria_reuse_make(fria_reuse *out, json_t *assessment,
		     const fria_reuse_input *input);
/* True if both run the same system. */
bool fria_reuse_is_same(const fria_reuse *reuse);
void fria_reuse_dispose(fria_reuse *reuse);
/* The texts that another organisation gave (a list, one for each row), or
 * NULL. Borrowed. */
const json_t *fria_example(const json_t *assessment, const char *task);

/* --- migrate.c: the same answers under newer questions --- */

/* True if answers to the one can be moved to the other: the tasks of `to` say
 * under `migrates` which ids of `from` they come from. */
bool fria_migrates(const fria_instrument *from, const fria_instrument *to);

typedef struct {
	const fria_instrument *from, *to;
	const json_t *assessment; /* the old one */
	const char *name; /* its "APP/NAME", for the origin of answers */
} fria_migration_input;

typedef struct {
	char *task, *row; /* row NULL: outside rows */
} fria_migration_place;

typedef enum {
	FRIA_MIGRATED_ONE,
	FRIA_MIGRATED_MERGED,
	FRIA_MIGRATED_SPLIT
} fria_migrated_kind;

/* A new answer, and the old ones that it was made of. */
typedef struct {
	fria_migration_place to;
	fria_migrated_kind kind;
	struct {
		fria_migration_place *items;
		size_t n;
	} from;
} fria_mapped;

typedef enum {
	FRIA_LEFT_UNKNOWN, /* an answer to no question */
	FRIA_LEFT_NO_QUESTION,
	FRIA_LEFT_UNFIT,
	FRIA_LEFT_PART,	  /* it fits in part */
	FRIA_LEFT_UNSTOOD /* why there is no answer, and nobody stands for it */
} fria_left_because;

/* An old answer that found no place, or in part. */
typedef struct {
	fria_migration_place at;
	fria_left_because because;
} fria_left;

typedef struct {
	json_t *assessment; /* the new one */
	struct {
		fria_mapped *items; /* in the order of the new form */
		size_t n;
	} mapped;
	struct {
		fria_left *items; /* in the order of the old one */
		size_t n;
	} kept;
} fria_migration;

/*
 * Every old answer is in the new assessment or in `kept`. What somebody stood
 * for must be judged again because the question is another; what nobody stood
 * for stays so. Comments, approvals and meetings stay with the old one.
 */
void fria_migration_make(fria_migration *out,
			 const fria_migration_input *input);
/*
 * What nobody stood for is no answer in the new assessment: its values become
 * proposals with their origin, and a waiver is left behind, in `kept`.
 */
void fria_migration_offer(fria_migration *migration,
			  const fria_migration_input *input, fria_time at);
void fria_migration_dispose(fria_migration *migration);
/* [{"task", "row", "from": [{"task", "row"}], "kind"}]. New. */
json_t *fria_mapped_json(const fria_migration *migration);
/* [{"task", "row", "because"}]. New. */
json_t *fria_left_json(const fria_migration *migration);

/* --- evidence.c: what answers point at --- */

/* Names of before had so many digits of the SHA-256 of what they name. */
#define FRIA_EVIDENCE_SHORT 12
/* How many digits of the SHA-256 of its content the name of a piece of
 * evidence starts with: 64, or FRIA_EVIDENCE_SHORT; 0: it is no such name. */
size_t fria_evidence_mark(const char *name);
/* What it is called behind those: "report.pdf". Borrowed. */
const char *fria_evidence_own(const char *name);
/* Adds the names that an answer's texts link to as evidence/NAME, each once. */
void fria_evidence_mentioned(fria_strings *out, const json_t *answer);
/* The same of all answers of a document, seen or hidden. */
void fria_evidence_mentioned_all(fria_strings *out, const json_t *answers);

#endif
