/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * compare: two states of a document beside each other: what changed in
 * meaning, what the texts share, and what the two come to when they are made
 * one. Pure, as living is: it never sees a repository.
 */
#ifndef FRIA_COMPARE_H
#define FRIA_COMPARE_H

#include "../data/markdown.h"
#include "../living/living.h"

/* --- prose.c: word by word --- */

typedef enum { FRIA_SAME, FRIA_GONE, FRIA_ADDED } fria_edit_kind;

typedef struct {
	fria_edit_kind kind;
	char *text;
} fria_edit;

typedef struct {
	fria_edit *items;
	size_t n;
} fria_edits;

/*
 * From one text to the other over words and marks, joined to what a reader can
 * follow: all that is the same or gone is the first text, all that is the same
 * or added the second.
 */
void fria_prose_diff(fria_edits *out, const char *before, const char *after);
void fria_edits_dispose(fria_edits *edits);
/* Words in the first n bytes of a text; marks and spaces are none. */
size_t fria_words_count(const char *text, size_t n);

/* --- blocks.c: block by block --- */

typedef enum {
	FRIA_PARAGRAPH,
	FRIA_ITEM, /* of a list */
	FRIA_HEADING,
	FRIA_TABLE_ROW,
	FRIA_CODE,
	FRIA_QUOTE
} fria_block_form;

/* A block of Markdown: before, after, or the same one in both. */
typedef struct {
	fria_block_form form;
	size_t from, to; /* its place in each text, from 1; 0: not there */
	bool moved;	 /* in another order among those that are in both */
	bool same;	 /* in both, letter for letter */
	bool anew;	 /* written anew: all of it gone, all of it added */
	fria_edits words;
	char *gap_from, *gap_to; /* white space after it, in each text */
} fria_block;

/* Two texts side by side, in the order of the one after. */
typedef struct {
	fria_block *items;
	size_t n;
	char *lead_from, *lead_to; /* white space before the first block */
} fria_prose;

/*
 * As few blocks as can be have moved; a block that was changed is one block,
 * with its words. Texts that differ only in the space between blocks have
 * blocks that are all the same.
 */
void fria_prose_compare(fria_prose *out, const char *before, const char *after);
/* Appends the text before, or after, from what was found. */
void fria_prose_text(fria_buf *out, const fria_prose *prose, bool after);
void fria_prose_dispose(fria_prose *prose);

/* --- fold.c: what a reader is shown of it --- */

typedef enum {
	FRIA_SPAN_SAME,
	FRIA_SPAN_GONE,
	FRIA_SPAN_ADDED,
	FRIA_SPAN_FOLDED /* unchanged, and left out: `words` of them */
} fria_span_kind;

typedef struct {
	fria_span_kind kind;
	const char *text; /* borrowed from the prose; not NUL-terminated */
	size_t n, words;
} fria_span;

typedef struct {
	fria_passage_kind kind;
	fria_block_form form;
	bool moved;
	size_t from, to;      /* as of the block; 0 for what is folded */
	size_t blocks, words; /* what is folded: how much */
	fria_span *items;     /* none for what is folded */
	size_t n;
} fria_passage;

typedef struct {
	fria_passage *items;
	size_t n;
} fria_passages;

/* Long unchanged stretches are left out, and counted; space stands outside what
 * is marked. A block that was written anew is two passages. */
void fria_prose_fold(fria_passages *out, const fria_prose *prose);
void fria_passages_dispose(fria_passages *passages);

/* --- merge.c: two states of a document made one --- */

typedef enum {
	FRIA_DOCUMENT_ASSESSMENT,
	FRIA_DOCUMENT_APPLICATION,
	FRIA_DOCUMENT_OTHER
} fria_document_kind;

/* What a document is, by its members. */
fria_document_kind fria_document_kind_of(const json_t *document);

/* What both sides wrote, and only a person can choose between. */
typedef struct {
	char *pointer; /* in the document, rows and remarks by their id; "" all
			  of it */
	char *task, *row; /* the question, or its group; NULL elsewhere */
	json_t *base, *ours, *theirs; /* as they stand there; NULL: absent */
	/* Who wrote ours and theirs, where that was found; else NULL. */
	struct {
		char *by;
		fria_time at;
	} wrote[2];
} fria_conflict;

typedef struct {
	json_t *document; /* NULL: gone. Where both wrote, it keeps the later */
	fria_conflict *items;
	size_t n;
} fria_merge;

typedef struct {
	const json_t *base; /* NULL: there was none; so for either side */
	const json_t *ours, *theirs;
	/* Help to see whose basis holds, and order the answers; may be NULL. */
	const fria_instrument *instrument;
	const json_t *application;
} fria_merge_input;

/*
 * Three-way merge by task and row id (DESIGN section 5): an edit beats
 * standing for the old value again; equal values never conflict, the basis
 * that holds wins, then the later; rows by id; approvals, comments, meetings,
 * events and measurements are a union. Swapping the sides gives the same
 * document, and the same conflicts with their sides swapped.
 */
void fria_merge_make(fria_merge *out, const fria_merge_input *input);
void fria_merge_dispose(fria_merge *merge);
void fria_conflict_dispose(fria_conflict *conflict);
/* What stands in a document at a conflict's pointer; borrowed, or NULL. */
json_t *fria_conflict_get(const json_t *document, const char *pointer);
/* Puts a value there; NULL removes. */
void fria_conflict_put(json_t *document, const char *pointer,
		       const json_t *value);

/* --- diff.c: what changed in meaning --- */

/* One side of a comparison. */
typedef struct {
	const fria_instrument *instrument;
	const json_t *assessment;
	const json_t *application;
	const json_t *evidence;		   /* as in fria_evaluation_input */
	const fria_evaluation *evaluation; /* NULL: nothing that is derived */
	const char *name;    /* "APP/NAME", for what lapsed an approval */
	const json_t *roles; /* of the workspace, for their titles; or NULL */
	/* The application's other assessments, whose rows may be chosen; or
	 * NULL. */
	const fria_siblings *siblings;
	/* How the side is called: any of these may be NULL. */
	const char *revision, *commit, *version, *release, *date;
	bool saved; /* the work tree, with nothing in it that is not */
} fria_side;

/* In what a reviewer looks at first: what it comes to, then what for. */
typedef enum {
	FRIA_WEIGHT_VERDICT,
	FRIA_WEIGHT_RISK,	 /* conclusions and scores */
	FRIA_WEIGHT_DECISION,	 /* decisions, advice, agreement */
	FRIA_WEIGHT_MEASURE,	 /* measures and how far they are */
	FRIA_WEIGHT_APPLICATION, /* release, use, events, questionnaire */
	FRIA_WEIGHT_FACT,
	FRIA_WEIGHT_JUDGE,    /* what must be judged, or answered, now */
	FRIA_WEIGHT_ANSWER,   /* rows, choices, and what has no answer now */
	FRIA_WEIGHT_PROSE,    /* texts, new or changed */
	FRIA_WEIGHT_TALK,     /* dissent, comments, meetings */
	FRIA_WEIGHT_SETTLED,  /* confirmed, and what is in order again */
	FRIA_WEIGHT_EDITORIAL /* better words for the same answer */
} fria_weight;

#define FRIA_WEIGHTS (FRIA_WEIGHT_EDITORIAL + 1)

typedef enum {
	FRIA_CHANGE_VERDICT,
	FRIA_CHANGE_APPROVAL,
	FRIA_CHANGE_LAPSED,   /* an approval that no longer holds */
	FRIA_CHANGE_RESTORED, /* one that holds again */
	FRIA_CHANGE_REQUEST,  /* a role was asked, or what became of that */
	FRIA_CHANGE_CONCLUSION,
	FRIA_CHANGE_SCORE,
	FRIA_CHANGE_STATE,
	FRIA_CHANGE_MEASURE, /* owner, due or status of a measure */
	FRIA_CHANGE_INSTRUMENT,
	FRIA_CHANGE_LOGIC, /* other rules in the same questionnaire */
	FRIA_CHANGE_RELEASE,
	FRIA_CHANGE_IN_USE,
	FRIA_CHANGE_EVENT,   /* what the release check was told */
	FRIA_CHANGE_RENAMED, /* the application has another id */
	FRIA_CHANGE_SUPERSEDED,
	FRIA_CHANGE_ORIGIN,
	FRIA_CHANGE_FACT,
	FRIA_CHANGE_MEASUREMENT, /* the last one of a metric */
	FRIA_CHANGE_OTHER,	 /* a member that has no name here */
	FRIA_CHANGE_WAIVED,
	FRIA_CHANGE_REMOVED,
	FRIA_CHANGE_ROW_ADDED,
	FRIA_CHANGE_ROW_REMOVED,
	FRIA_CHANGE_ROW_MOVED,
	FRIA_CHANGE_ADDED, /* an answer */
	FRIA_CHANGE_CHANGED,
	FRIA_CHANGE_DISSENT,
	FRIA_CHANGE_COMMENT,
	FRIA_CHANGE_RESOLVED, /* a comment that was settled */
	FRIA_CHANGE_MEETING,
	FRIA_CHANGE_CONFIRMED, /* same value, stood for again */
	FRIA_CHANGE_EDITORIAL  /* better words, not judged again */
} fria_change_kind;

/* One side of a change: one of these, or nothing where it came or went. */
typedef struct {
	json_t *document; /* as it stands in a document: an answer's form, a
			     row, a fact, an event, a comment */
	/* Borrowed: the id of a verdict or a state, the name of a
	 * questionnaire, the digest of its rules. */
	const char *text;
	size_t place; /* of a row, from 1 */
	/* Borrowed from the evaluation. */
	const fria_approval *approval;
	const fria_request *request;
	const fria_conclusion *conclusion;
	const fria_score *score;
} fria_change_side;

/* Why an answer must be judged again. */
typedef struct {
	bool upstream; /* by an answer that must be judged before it */
	fria_reason_kind kind;
	const char *what; /* as of a reason, or the answer; borrowed */
} fria_because;

typedef struct {
	fria_change_kind kind;
	fria_weight weight;
	char *task;	/* id of a task or group; NULL where it is about none */
	char *was_task; /* its id on the side before, if that is another */
	char *row;	/* id; NULL outside rows */
	char *pointer;	/* of a fact, or of a member of a document */
	char *key; /* role, score, conclusion, comment, meeting, document */
	fria_change_side before, after;
	fria_lapses lapsed; /* what lapsed an approval */
	struct {
		fria_because *items; /* each once */
		size_t n;
	} because;	 /* of what is stale or suspect */
	char *by, *note; /* of the basis after; NULL if none */
	fria_ground ground;
	fria_state state_before, state_after; /* where that is what changed */
} fria_difference;

typedef struct {
	fria_difference *items; /* by weight, then form order */
	size_t n;
	fria_verdict before, after;
	fria_confirmations confirmed; /* counts those among the changes */
	fria_side from, to;	      /* as given; borrowed */
	/* Private: what sides say that nobody judged. */
	fria_approvals said[2];
	fria_requests asked[2];
	/* What may be chosen before and after, by language. */
	fria_choices *choices[2][2];
} fria_diff;

/*
 * Empty exactly if verdict, states, results, facts and the assessment are
 * equal. Questions of another version of the questionnaire are lined up by
 * `migrates`. Borrows from both sides.
 */
void fria_diff_make(fria_diff *out, const fria_side *from, const fria_side *to);
void fria_diff_dispose(fria_diff *diff);
const char *fria_change_id(fria_change_kind kind);
/* False where it came or went: there is nothing on this side. */
bool fria_change_has(const fria_change_side *side);

/* --- diff_json.c: the structure that scripts rely on --- */

/* DESIGN section 8, by schemas/diff.schema.json. New. */
json_t *fria_diff_json(const fria_diff *diff, const char *assessment);

/* --- diff_say.c: what changes and sides are called --- */

fria_word fria_weight_word(fria_weight weight); /* the heading */
const char *fria_weight_id(fria_weight weight); /* "judge": stable */
/* "antwoord gewijzigd", "advies vervallen door wijziging". */
fria_word fria_difference_word(const fria_difference *d);
/* Appends that word; of what was confirmed with the ground, in brackets. */
void fria_difference_say(fria_buf *out, const fria_difference *d,
			 fria_lang lang);
/* How a side is called: its version, revision or commit, or the work tree. */
void fria_side_say(fria_buf *out, const fria_side *side, fria_lang lang);
/* Appends how much is left out: of blocks, or (0) of one of them. */
void fria_left_out_say(fria_buf *out, size_t blocks, size_t words,
		       fria_lang lang);

/* --- diff_title.c: what a change is about --- */

/*
 * Appends what it is about, for a person: "2.3.1 the question, row 2: label",
 * the title of the fact, the role. "" where the word says it all.
 */
void fria_difference_title(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, fria_lang lang);
/* Appends what several changes in the rows of one group are about: "4.2 the
 * group: a question, another (all 6 rows), a third (row 1: label)". */
void fria_difference_group(fria_buf *out, const fria_diff *diff,
			   const fria_positions *those, fria_lang lang);

/* --- diff_value.c: what it was and is --- */

/* Appends the value before, or after, as a person reads it; "" for none. */
void fria_difference_value(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, bool after,
			   fria_lang lang);
/* Appends the items of a fact in the same order on both sides, for that says
 * nothing: an item a line, short ones in one. Anything else as fria_fact_say.
 */
void fria_items_say(fria_buf *out, const json_t *value, fria_lang lang);
/* True if both values are texts, to be shown word by word. */
bool fria_difference_is_prose(const fria_difference *d);

/* --- diff_place.c: a place in a document, in words --- */

/*
 * Appends what stands at a pointer into the assessment, the application or the
 * entry of a side, as a change of it is called: the question and its row, the
 * title of the characteristic, the role. Rows and remarks by their number or
 * their id. Of a side only the documents, the questionnaire and the roles are
 * looked at, and any may be NULL. Nothing for "", the whole.
 */
void fria_place_say(fria_buf *out, const fria_side *side, const char *pointer,
		    fria_lang lang);
/* Appends a value that stands there, or did, as a person reads it. */
void fria_place_value_say(fria_buf *out, const fria_side *side,
			  const char *pointer, const json_t *value,
			  fria_lang lang);

/* --- diff_because.c: why --- */

/* Where causes are told, found once for all changes of a difference. */
typedef struct {
	size_t *numbers; /* by change, from 1: the number by which others refer
			    to it; 0 where none does */
	json_t *facts, *metrics, *themes; /* to the change that tells it */
} fria_diff_places;

/* Disposed of by fria_diff_places_dispose, before the difference is. */
void fria_diff_places_find(fria_diff_places *out, const fria_diff *diff);
void fria_diff_places_dispose(fria_diff_places *places);
/* Appends why an answer must be judged, or what lapsed a word of a role: by
 * their numbers what is told at its own place, by their ids questions. */
void fria_difference_because(fria_buf *out, const fria_diff *diff,
			     const fria_difference *d,
			     const fria_diff_places *places, fria_lang lang,
			     bool buttons);

/* --- diff_together.c: told as one, and counted --- */

/*
 * Which changes can be told as one with this one, itself the first: what was
 * confirmed by the same person for the same reason, what went from one state
 * to the same other, what must be judged in the rows of one group for the same
 * reasons. None if an earlier one tells it. The caller disposes.
 */
void fria_diff_together(fria_positions *out, const fria_diff *diff, size_t i);

typedef struct {
	fria_weight weight;
	fria_word word; /* of the change; of a state: the state after */
	size_t count;
} fria_stat;

typedef struct {
	fria_stat *items; /* in the order of the changes */
	size_t n;
} fria_stats;

/* How many changes there are of each kind. The caller frees items. */
void fria_diff_count(fria_stats *out, const fria_diff *diff);

/* --- changes.c: what changed, in words --- */

/* Appends one change in a line, in the instrument's words. */
void fria_change_say(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, const fria_instrument *in,
		     fria_lang lang);

/*
 * Appends one line a change, in the instrument's words: at most so many, and
 * then how many more there are.
 */
void fria_changes_say(fria_buf *out, const fria_diff *diff,
		      const fria_instrument *in, size_t most, fria_lang lang);

/* --- plain.c: a document as text --- */

/*
 * Appends an assessment or an application as text that compares well line by
 * line: questions and titles in words, a sentence a line, nothing that only
 * bookkeeping changes. side: its questionnaire and what stands beside it, as
 * far as they are known. Anything else as JSON.
 */
void fria_plain(fria_buf *out, const json_t *document, const fria_side *side,
		fria_lang lang);

#endif
