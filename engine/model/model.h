/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * model: the three documents as things with names: instrument, application,
 * assessment. It knows what a task, a fact and an answer are; it judges
 * nothing (living/) and stores nothing (store/).
 */
#ifndef FRIA_MODEL_H
#define FRIA_MODEL_H

#include "../data/data.h"
#include "../data/expression.h"

/* Text that is a string or {"nl","en"}: the language's, else the other's. */
const char *fria_text(const json_t *text, fria_lang lang);

/* --- texts.c: what is text in every document that comes in --- */

/* Names of members, closed by NULL, for fria_yaml_parse. */
const char *const *fria_text_members(void);

/* --- rules.c: a digest names its rules (DESIGN section 2) --- */

/*
 * By which rules something is digested: the compared form of a fact, a
 * question, the content. A digest is judged by the rules that it names, for
 * ever; a new one uses the newest and says so. A number closes with the
 * release that first carries it: 1 with 0.1.
 */
typedef enum {
	FRIA_RULES_1 = 1,
	FRIA_RULES_2,
	FRIA_RULES = FRIA_RULES_2
} fria_rules;

/* "2:", 40 hex digits and a NUL: the digest of a content. */
#define FRIA_CONTENT_SIZE (FRIA_DIGEST_SIZE + 2)

/* Those of a basis (`rules`; 1 without it), and those that the digest of a
 * content names ("2:5b2e...", and by rules 1 "5b2e..."). False for what is no
 * digest, and for rules that only a newer program knows. */
bool fria_basis_rules(fria_rules *out, const json_t *basis);
bool fria_content_rules(fria_rules *out, const char *content);

/* --- instrument.c, instrument_members.c, law.c: a questionnaire --- */

#define FRIA_NONE ((size_t)-1)
/* Tasks of one questionnaire, groups among them. */
#define FRIA_MAX_TASKS 10000
/* Facts and answers that the tasks of one questionnaire rest on, in all. */
#define FRIA_MAX_RESTS 200000

typedef enum {
	FRIA_GROUP,  /* holds other tasks */
	FRIA_NOTICE, /* only says something */
	FRIA_TEXT,   /* Markdown; also an image's reference */
	FRIA_NUMBER, /* text_input with valueType number */
	FRIA_DATE,   /* RFC 3339 full-date */
	FRIA_OPTION, /* one of the options */
	FRIA_OPTIONS /* a list of options */
} fria_kind;

/* A characteristic that an answer rests on, as far as it does (DESIGN section
 * 3). All is borrowed from the instrument. */
typedef struct {
	const char *key; /* in a basis: its pointer, or the edge as it is
			    written, as canonical JSON */
	const char *pointer;
	const json_t *where;	 /* {"kind": ["train", "test"]}: these elements
				    of a list; NULL: all */
	const json_t *members;	 /* ["owner"]: these members, of the elements of
				    a list and of metrics; NULL: all */
	const json_t *from, *to; /* this change of its value alone, or from one
				    of a list or to one; or NULL */
	size_t named_by;  /* the cell of the same row that names the metrics;
			     FRIA_NONE: all */
	const json_t *as; /* ["model"]: all of it, where that cell names one of
			     these; NULL: it names metrics */
	unsigned on;	  /* FRIA_ON_CROSSING ...: these changes of metrics; 0:
			     any */
} fria_fact_edge;

typedef struct {
	fria_fact_edge *items;
	size_t n;
} fria_fact_edges;

/* An answer that another rests on. */
typedef struct {
	const char *name; /* in a basis: its id, or of a row edge the edge as
			     it is written, as canonical JSON */
	const char *id;	  /* of what it leads to: "1.1.2", "iama#3.5.1" */
	size_t task;	  /* FRIA_NONE when of another instrument */
	size_t named_by;  /* the cell of the same row that names the rows it
			     leads to; FRIA_NONE: all of them */
} fria_edge;

typedef struct {
	fria_edge *items;
	size_t n;
} fria_edges;

typedef enum { FRIA_EQUALS, FRIA_CONTAINS, FRIA_ANY, FRIA_ALL } fria_operator;

/* A condition on which a task is shown or hidden (`conditional`). */
typedef struct {
	size_t task;	/* FRIA_NONE: names an absent task, or a conclusion */
	const char *id; /* of a conclusion elsewhere "start#FRIA" */
	fria_operator op;
	const json_t *value; /* NULL: any answer; of a conclusion: levels */
	bool show;
	bool concluded; /* on what another assessment concludes */
} fria_condition;

typedef struct {
	fria_condition *items;
	size_t n;
} fria_conditions;

/* Something that may be chosen; borrowed. */
typedef struct {
	const json_t *value;	/* as it is stored */
	const json_t *official; /* in the official file; NULL: the same */
	const json_t *were;	/* values in the version before; or NULL */
	const json_t *plain;	/* its name for who is no lawyer; or NULL */
	const json_t *takes;	/* values elsewhere that it is taken from; or
				   NULL */
	bool extension;		/* ours */
	bool exclusive;		/* not beside another one: "none of these" */
} fria_option;

typedef struct {
	const char *id;
	const json_t *raw; /* private to model/: as it is written */
	fria_kind kind;
	size_t parent; /* FRIA_NONE at the top */
	size_t end;    /* index after its last descendant */
	size_t level;  /* 0 at the top */
	size_t rows;   /* the repeating group it is or lies in, or FRIA_NONE */
	bool answerable;
	bool required;	 /* unless "required" is false */
	bool measure;	 /* owner, due or status of a measure: without basis */
	bool picture;	 /* a text that shows one */
	bool stop;	 /* a notice that stops the assessment when shown */
	bool crossing;	 /* unless "crossing" is false: a metric over its limit
			    makes it stale, where it rests on /monitoring */
	bool circular;	 /* what it rests on rests on it */
	bool extension;	 /* ours, not in the official instrument */
	bool calculated; /* it shows a score */
	bool measures; /* a group: each of its rows is a measure, with these */
	size_t owner, due, status; /* its tasks, or FRIA_NONE */
	/* Texts are borrowed; NULL where nothing is said. */
	const char *article27; /* the element that it serves: "d" */
	const char *about;     /* system, use or both */
	const char *fills;     /* the field of the entry: "risks" */
	const char *score;     /* the key of what it calculates */
	fria_strings roles;    /* who is expected to answer */
	fria_strings themes;   /* of the release check that reopen it */
	fria_strings present;  /* roles that must have met about it */
	fria_strings rests;    /* what it names: "iama#3.5.1", "4.groepen" */
	fria_strings migrates; /* ids in the version before */
	fria_strings takes;    /* what an answer is proposed from:
				  "iama#1.1.1", "/use/purpose" */
	/* Of some of these, by name, where alone that is: [{"task", "value":
	 * [...]}], questions there, in the same row, of which one has one of
	 * these values; or NULL. */
	const json_t *takes_where;
	fria_strings columns; /* of rows of ours that say it row by row: in an
				 official file it is filled by these */
	bool moved; /* it says which: without, its id is that of before */
	struct {
		fria_option *items;
		size_t n;
	} options;
	/* What its options are drawn from: the rows of a group, which are
	 * stored by id (a column of it may be named, whose text each then is,
	 * as in official forms), or the answer to a task; or FRIA_NONE. */
	size_t source;
	/* The same outside the assessment: a fact ("/monitoring"), or rows of
	 * another one ("fria#4.groepen"); or NULL. */
	const char *drawn;
	size_t mapped; /* rows follow those of this group, or FRIA_NONE */
	fria_fact_edges facts; /* its own and its groups', as written */
	fria_edges upstream;
	fria_conditions conditions; /* its own */
} fria_task;

/* A step of a riskScore: the value, if this holds. */
typedef struct {
	fria_expression *when; /* NULL: cannot be read */
	const char *text;      /* as it is written */
	json_t *value;
} fria_step;

/* A score: `calculation` of a task, or of a group. */
typedef struct {
	const char *key;
	const json_t *raw; /* private to model/ */
	size_t task;
	const char *text;	     /* the expression as written; "": none */
	fria_expression *expression; /* NULL: cannot be read */
	fria_step *steps;
	size_t n;
} fria_calculation;

typedef struct {
	const char *id;
	const json_t *raw;	     /* private to model/ */
	const char *text;	     /* the expression as written; "": none */
	fria_expression *expression; /* NULL: cannot be read */
} fria_criterion;

/* What stops an assessment may be accepted by name: all rows of which a score
 * is this or more, by a role that accepts the level. */
typedef struct {
	bool given;
	const char *criterion; /* that it is about; any other stops still */
	const char *rows;      /* the key of the score */
	const char *level;
	json_int_t from;
} fria_acceptable;

/* One level of a conclusion: `assessments` of the form standard. */
typedef struct {
	const char *id;		   /* "DPIA" */
	const char *level;	   /* "required" */
	const json_t *raw, *title; /* private to model/ */
	const char *text;	   /* the expression as written; "": none */
	fria_expression *expression;
	bool stops;
	fria_acceptable acceptable;
	fria_duration review; /* within which to look again; zero: none */
	fria_strings law;     /* lines that say from when it is so */
	fria_criterion *criteria;
	size_t n;
} fria_rule;

/* What a picture of the risks is drawn from: keys of scores, ids of tasks. All
 * borrowed; NULL: not said. */
typedef struct {
	const char *severity, *likelihood, *level;
} fria_matrix_side;

typedef struct {
	const char *group, *table, *now, *label;
	const char *overall; /* the score that is the level of all */
	fria_matrix_side before, after;
} fria_matrix;

/* The rows in which is kept what was notified, and its tasks; FRIA_NONE: there
 * is none. */
typedef struct {
	size_t group, version, date, reference, reason, because;
	/* Options of the reason: none is required; it still says enough. */
	const char *exempt, *kept;
} fria_notices;

/* Tasks in form order: a task stands before its descendants. */
typedef struct {
	json_t *document; /* as a whole, to be written; read in model/ alone */
	json_t *flat; /* private to model/: its tasks, rows within rows apart */
	char *name;   /* urn with version: "urn:nl:iama:2.0" */
	char *version;	    /* "2.0" */
	json_int_t edition; /* what was mended under this version; from 1 */
	char *id;	    /* "iama" */
	char *file; /* "iama-2.0": its file is instruments/iama-2.0.json */
	fria_task *tasks;
	size_t n;
	json_t *index; /* id to position */
	/* Answerable tasks, each after what it rests on and what decides
	 * whether it is shown; else in form order. */
	size_t *order;
	size_t order_n;
	size_t rests;	    /* facts and edges of all tasks together */
	fria_strings edges; /* private: as written, of those that narrow */
	/* Private: digests of questions, by rules and language; "" until asked
	 * for. */
	char (*asked)[FRIA_RULES][2][FRIA_DIGEST_SIZE];
	/* Private: of its rules; "" until asked for. */
	char (*logic)[FRIA_DIGEST_SIZE];
	size_t users;	      /* how often it must be freed */
	fria_strings present; /* roles that must have met about it */
	const char *previous; /* the version before, by its urn; or NULL */
	const json_t *tables; /* for expressions; or NULL */
	fria_matrix matrix;
	fria_notices notices;
	struct {
		fria_calculation *items;
		size_t n;
	} calculations; /* in form order */
	struct {
		fria_rule *items;
		size_t n;
	} rules; /* in the order they stand */
} fria_instrument;

/*
 * Reads an instrument, official or ours. Keeps a reference to document.
 * EINPUT with the place for what cannot be a questionnaire; what is merely
 * wrong in one is for fria_instrument_check.
 */
int fria_instrument_parse(fria_instrument **out, const char *name,
			  json_t *document, fria_error *err);
void fria_instrument_free(fria_instrument *instrument);
/* One more user, who frees it too. */
fria_instrument *fria_instrument_keep(fria_instrument *instrument);
/* Position of a task, or FRIA_NONE. */
size_t fria_instrument_find(const fria_instrument *instrument, const char *id);
/* Appends where a task stands in the document: "/tasks/2/tasks/0". */
void fria_task_place(fria_buf *out, const fria_instrument *instrument,
		     size_t task);
/* ENOTFOUND for an id that it has none of, with the nearest that it has. */
int fria_instrument_no_task(const fria_instrument *instrument, const char *id,
			    fria_error *err);
/* True if a urn, ours or the official one, with or without version, or a file
 * name means this one. */
bool fria_instrument_is(const fria_instrument *instrument, const char *name);
/* The question or title, and the guidance (NULL if none). */
const char *fria_task_title(const fria_task *task, fria_lang lang);
const char *fria_task_guidance(const fria_task *task, fria_lang lang);
/* Whether it draws a conclusion of this name. */
bool fria_instrument_concludes(const fria_instrument *instrument,
			       const char *id);
/* Why nothing that it could rest on makes its answer stale; NULL: not said. */
const char *fria_task_alone(const fria_task *task, fria_lang lang);
/* What one row of a group is called: "groep"; NULL: not said. */
const char *fria_task_row(const fria_task *group, fria_lang lang);
/* Its options are rows, stored by their ids. */
bool fria_task_names_rows(const fria_instrument *instrument, size_t task);
/* Some task's are. */
bool fria_instrument_names_rows(const fria_instrument *instrument);
/* Some task's options stand outside the assessment: characteristics, or rows of
 * another one. */
bool fria_instrument_draws_outside(const fria_instrument *instrument);
/* It has options beside those that it lists itself. */
bool fria_task_draws(const fria_task *task);
/* The question whose text a row goes by: the task itself, else the first in
 * it; FRIA_NONE where there is none. */
size_t fria_task_column(const fria_instrument *instrument, size_t task);
/* How rows of a group are called: "Processing {3.1.1}"; or NULL. */
const char *fria_task_label(const fria_task *task, fria_lang lang);
/* What the questionnaire itself is called. */
const char *fria_instrument_title(const fria_instrument *instrument,
				  fria_lang lang);
/* Appends that with its version: "IAMA, versie 2.0"; its name where it has no
 * title. */
void fria_instrument_say(fria_buf *out, const fria_instrument *instrument,
			 fria_lang lang);
/* The version of another instrument that its edges mean; or NULL. */
const char *fria_instrument_upstream(const fria_instrument *instrument,
				     const char *name);
/* A number of one of its tables, by row and column from 1; 0: none. */
size_t fria_table_number(const fria_instrument *instrument, const char *table,
			 size_t row, size_t column);
/* The word for a level of the matrix, from 1; or NULL. */
const char *fria_matrix_word(const fria_instrument *instrument, size_t level,
			     fria_lang lang);
/* What a task, or the nearest group that says something of it, says under a
 * member ("theme"): words; "true" and "false" for a flag. */
void fria_task_words(fria_strings *out, const fria_instrument *instrument,
		     size_t task, const char *member);
/* True if an answer or a conclusion of it rests on a line of the law. */
bool fria_instrument_on_law(const fria_instrument *instrument);
/* True if an edge of it leads to this pointer. */
bool fria_task_on_fact(const fria_task *task, const char *pointer);
/* "tekst", "keuze" ...: how to answer, for a person. */
fria_word fria_kind_word(fria_kind kind);
/* Value of a boolean member; absent gives otherwise. */
bool fria_task_flag(const fria_task *task, const char *key, bool otherwise);
/*
 * Digest of what was asked (DESIGN section 3): text, type and options, in the
 * language; by rules 1 its edges, too.
 */
void fria_question_digest(char out[FRIA_DIGEST_SIZE],
			  const fria_instrument *instrument, size_t task,
			  fria_lang lang, fria_rules rules);
/* The part ("1", "2") in which a task stands: its ancestor at the top. */
size_t fria_task_part(const fria_instrument *instrument, size_t task);

/* --- flat.c: rows within rows --- */

/*
 * The tasks with each group or field that repeats inside a repeating group as a
 * group of its own, under its id (of a field ID.rij), with one more column
 * ID.bij for the rows that each belongs to. The same list where there are none.
 * New.
 */
json_t *fria_tasks_flat(json_t *tasks);

/* --- instrument_members.c: what it says for others to act on --- */

/* Fills what is a member of the tasks and of the whole; frees it. */
void fria_members_read(fria_instrument *instrument);
void fria_members_free(fria_instrument *instrument);

/* --- instrument_edges.c: what its answers rest on --- */

/* Fills facts and upstream of the tasks. EINPUT with the place for an edge that
 * cannot be read, ELIMIT for too many. */
int fria_edges_read(fria_instrument *instrument, fria_error *err);
void fria_edges_free(fria_instrument *instrument);

/* --- instrument_order.c: what is judged before what --- */

/* Fills order and marks circles; edges and conditions must be there. */
void fria_instrument_order(fria_instrument *instrument);
/* Appends, in words, the circles in which questions of questionnaires rest on
 * each other by way of more than one: "a#1 on b#1, b#1 on a#1". through: only
 * those through this one of them; FRIA_NONE: all. */
void fria_instruments_rings(fria_strings *out,
			    const fria_instrument *const *all, size_t n,
			    size_t through, fria_lang lang);

/* --- calculation.c: scores and conclusions, read once --- */

/* Fills calculations and rules; what cannot be read is left NULL. */
void fria_calculations_read(fria_instrument *instrument);
void fria_calculations_free(fria_instrument *instrument);
/* The word for a step of a score, from 1; or NULL. */
const char *fria_calculation_word(const fria_calculation *calculation,
				  size_t step, fria_lang lang);
/* The sentence that tells a score, with {value} and "{/use/volume}"; NULL if
 * it has none. */
const char *fria_calculation_says(const fria_calculation *calculation,
				  fria_lang lang);
/* A word of one language, with spaces as '_', in the other; NULL for a name
 * that is no word of this questionnaire. */
const char *fria_calculation_named(const fria_instrument *instrument,
				   const char *name, fria_lang lang);
/* What a conclusion is called: its title, else its id. */
const char *fria_rule_title(const fria_rule *rule, fria_lang lang);
/* What a conclusion says at this level; what a criterion that is met says. */
const char *fria_rule_result(const fria_rule *rule, fria_lang lang);
const char *fria_criterion_explanation(const fria_criterion *criterion,
				       fria_lang lang);
/* Appends a severe finding for each expression that cannot be read, and for
 * each that calls a function there is none of. */
void fria_calculations_check(fria_findings *findings,
			     const fria_instrument *instrument,
			     const char *file);

/* --- logic.c: the rules of a questionnaire --- */

/*
 * The digest of all that decides what is asked, what must be answered, what
 * stops, and what is computed and concluded (DESIGN section 3), whatever the
 * order of keys and conditions, and the texts that people read. Computed once;
 * borrowed.
 */
const char *fria_logic_digest(const fria_instrument *instrument);
/* Appends a line for each rule that differs: "1.2: when it is asked". */
void fria_logic_differ(fria_strings *out, const fria_instrument *was,
		       const fria_instrument *is, fria_lang lang);

/* --- instrument_check.c: what is wrong in a questionnaire --- */

/*
 * Appends findings: duplicate ids, unknown references, cycles, backward
 * edges, a field that is both fact and output, conditions on absent tasks,
 * missing translations, options without values, facts outside the four
 * vocabularies. A severe finding means that it cannot be pinned.
 */
void fria_instrument_check(fria_findings *findings,
			   const fria_instrument *instrument, const char *file);

/* --- instrument_merge.c: the official file with our additions --- */

/*
 * Takes structure and texts from the official document and our additions by
 * id from ours; gives a new document. Extension tasks and options come along.
 */
json_t *fria_instrument_merge(const json_t *official, const json_t *ours);

/* --- instrument_registry.c: the task registry's own form --- */

/* True for a questionnaire in that form. */
bool fria_instrument_registry_is(const json_t *document);
/* The same one in the form standard. EINPUT with the place for a question
 * without text or urn. */
int fria_instrument_from_registry(json_t **out, const char *name,
				  const json_t *document, fria_error *err);

/* --- value.c: an answer's value --- */

/*
 * Reads what a person typed as a value for the task: text, number, date, or an
 * option by value, official value or label in either language (several: one a
 * line, or separated by ";" or ","). choices is what else may be chosen, as
 * {stored: label}; NULL for nothing. today: as fria_date_typed has it. EINPUT
 * says what is expected.
 */
int fria_value_parse(json_t **out, const fria_instrument *instrument,
		     size_t task, const char *text, const json_t *choices,
		     fria_lang lang, const fria_time *today, fria_error *err);
/*
 * What may be chosen, as a person reads it; fria_value_parse takes each.
 * choices as there. New.
 */
json_t *fria_task_labels(const fria_instrument *instrument, size_t task,
			 const json_t *choices, fria_lang lang);
/* What stands alone ("none of these") and was chosen beside something else;
 * NULL: nothing. Borrowed from value. */
const json_t *fria_value_alone(const fria_instrument *instrument, size_t task,
			       const json_t *value);
/* True if a value in a document fits its task. */
bool fria_value_fits(const fria_instrument *instrument, size_t task,
		     const json_t *value);
/* Appends the value as a person reads it: labels, not slugs; choices as there.
 * A number and a day stand as documents have them (else: fria_choice_say). */
void fria_value_say(fria_buf *out, const fria_instrument *instrument,
		    size_t task, const json_t *value, const json_t *choices,
		    fria_lang lang);

/* --- facts.c: which facts there are, and what they are called --- */

/* "Gegevens" for /register/source_data; the last segment if unknown. */
const char *fria_fact_title(const char *pointer, fria_lang lang);
/* What a member of a fact is called: "grens" for threshold; itself if unknown.
 */
const char *fria_fact_member(const char *key, fria_lang lang);
/* Whether a person means this one: by its key or a word for it. */
bool fria_fact_member_is(const char *key, const char *typed);
/* True for one that the program keeps, and no reader sees. */
bool fria_fact_member_hidden(const char *key);
/* The keys that have a word, from 0; NULL behind the last. */
const char *fria_fact_member_at(size_t at);
/* True for a field that the vocabularies have, one inside it, or a metric. */
bool fria_fact_known(const char *pointer);
/* True for a pointer into one of the four vocabularies that is a fact, and for
 * a line of the law. */
bool fria_fact_is(const char *pointer);
/* True for whatever has a place in the vocabularies, fact or not. */
bool fria_fact_field(const char *pointer);
/* True for what the register keeps as a month, such as the start date. */
bool fria_fact_is_month(const char *pointer);
/* True for fields of the entry that are written from answers. */
bool fria_fact_is_output(const char *pointer);
/* The fact's value as it came; borrowed; NULL if absent. */
json_t *fria_fact(const json_t *application, const char *pointer);
/* Appends a value for people: markup removed, lists as lines. */
void fria_fact_say(fria_buf *out, const json_t *value, fria_lang lang);

/* --- law.c: what the law says and from when --- */

/* True for a line of the law, as a characteristic: "/law/annex-iii". */
bool fria_law_is(const char *pointer);
/* Checks what the engine relies on in a law (file: its name, for messages).
 * EINPUT with the place. */
int fria_law_check(const json_t *law, const char *file, fria_error *err);
/* An application as it is judged: with the lines of a law (NULL: none is known)
 * as /law, whatever stands there. New; it shares the rest. */
json_t *fria_law_beside(const json_t *application, const json_t *law);
/* A line of what stands there; NULL if there is none. Borrowed. */
const json_t *fria_law_line(const json_t *application, const char *id);
/* What is here (NULL: nothing) with what a newer one says: of each line the one
 * that was checked last, and lines of one's own. New. */
json_t *fria_law_renewed(const json_t *here, const json_t *newer);
/* The day from which a line applies; false where it says none. */
bool fria_law_from(fria_time *out, const json_t *line);
/* Appends what is compared of a line, in a few words: "from DAY".
 */
void fria_law_words(fria_buf *out, const json_t *line, fria_lang lang);
/* Appends a sentence: from when it applies, seen from a day, how far that was
 * checked and when. False, and nothing, where there is nothing to say. */
bool fria_law_say(fria_buf *out, const json_t *line, fria_time as_of,
		  fria_lang lang);
/* A text of a line: "title", "text"; NULL. */
const char *fria_law_text(const json_t *line, const char *member,
			  fria_lang lang);

/* --- fact_members.c: a fact with some of its members --- */

/* True for one of these members ("name version"). */
bool fria_fact_member_in(const char *members, const char *key, size_t n);
/* The value with these members ("name version") alone, or without them: of an
 * object, of the objects in a list, of each metric. New; NULL for NULL. */
json_t *fria_fact_members(const char *pointer, const json_t *value,
			  const char *members, bool keep);

/* --- fact_compared.c: facts, compared by substance --- */

/* Its compared form (DESIGN section 3), as far as facts.def compares it; a new
 * value, JSON null for absent. */
json_t *fria_fact_compared(const char *pointer, const json_t *value,
			   fria_rules rules);
/* The same of all that it says, but measurements. New. */
json_t *fria_fact_substance(const char *pointer, const json_t *value,
			    fria_rules rules);
/* Digest of the compared form as it stands in a basis: text, or JSON null for
 * a null form. New. */
json_t *fria_fact_digest(const json_t *application, const char *pointer,
			 fria_rules rules);
/* The same of a value that is not in an application. New. */
json_t *fria_fact_value_digest(const char *pointer, const json_t *value,
			       fria_rules rules);

/*
 * Every pointer at which two applications differ by substance: at the depth of
 * a field of a vocabulary ("/register/goal", "/card/ai_act_profile/type",
 * "/monitoring/NAME"). Sorted.
 */
void fria_facts_differ(fria_strings *out, const json_t *before,
		       const json_t *after);

/* --- fact_edge.c: as much of a fact as an answer rests on --- */

/* By rules 1 an edge is its whole fact, under its pointer. */
const char *fria_fact_edge_key(const fria_fact_edge *edge, fria_rules rules);
/* True for one that keeps values: it looks at the way a fact goes, or leads to
 * the law, of which no document of the application knows what it was. */
bool fria_fact_edge_directed(const fria_fact_edge *edge, fria_rules rules);
/*
 * Digest of what the edge leads to, as fria_fact_digest; where it narrows to
 * none of the elements or metrics, of an empty list or object. names: the
 * metrics that its cell names; NULL where it has no cell. New.
 */
json_t *fria_fact_edge_digest(const fria_fact_edge *edge,
			      const json_t *application,
			      const fria_strings *names, fria_rules rules);
/*
 * What a basis keeps of it: that digest; {"value"} of a change of value,
 * {"limits": {METRIC: {"threshold", "direction"}}} of `on`. was: what the basis
 * before kept of it, or NULL: a value that is neither of the two leaves that.
 * New.
 */
json_t *fria_fact_edge_kept(const fria_fact_edge *edge,
			    const json_t *application,
			    const fria_strings *names, fria_rules rules,
			    const json_t *was);
/* Does what a basis kept of it still hold? */
bool fria_fact_edge_holds(const fria_fact_edge *edge, const json_t *kept,
			  const json_t *application, const fria_strings *names,
			  fria_rules rules);
/* The elements, members or metrics that it leads to, as they came. New; NULL:
 * nothing is there. */
json_t *fria_fact_edge_value(const fria_fact_edge *edge,
			     const json_t *application,
			     const fria_strings *names, fria_rules rules);
/* Does a measurement over the limit of a metric reopen a task by this edge? */
bool fria_fact_edge_crosses(const fria_fact_edge *edge, const fria_task *task,
			    const char *metric, const fria_strings *names,
			    fria_rules rules);
/* Appends what narrows an edge; nothing where nothing does. named: what its
 * cell names, in words; NULL: not said. */
void fria_fact_edge_narrow(fria_buf *out, const fria_fact_edge *edge,
			   const fria_instrument *instrument, const char *named,
			   fria_lang lang);
void fria_edge_narrow(fria_buf *out, const fria_edge *edge,
		      const fria_instrument *instrument, const char *named,
		      fria_lang lang);
/* The same whatever is named, in parentheses. */
void fria_fact_edge_say(fria_buf *out, const fria_fact_edge *edge,
			const fria_instrument *instrument, fria_lang lang);
void fria_edge_say(fria_buf *out, const fria_edge *edge,
		   const fria_instrument *instrument, fria_lang lang);

/* --- fact_bound.c: what an approval binds of a fact --- */

/* Digest of what an approval binds of it (DESIGN section 5: without contact,
 * links, a metric's owner ...), as fria_fact_digest. NULL: nothing is. New. */
json_t *fria_fact_bound(const json_t *application, const char *pointer,
			fria_rules rules);

/* --- closed.c: words of a closed set --- */

/*
 * A set is "kind" (of a role), a kind of role for what it may say, "waiver",
 * "ground" (an answer still holds), "row" (that is new), "verdict", or a
 * characteristic with fixed values, by its pointer without places in lists and
 * names of metrics:
 * "/use/phase", "/use/data/kind", "/monitoring/direction". All is static.
 */
/* Its ids, in order; NULL behind the last, and where there is no such set. */
const char *fria_closed_at(const char *set, size_t at);
/* The place of an id in its set, from 1; 0 for none. */
size_t fria_closed_number(const char *set, const char *id);
/* How an id is printed; NULL where the set has none. */
const char *fria_closed_say(const char *set, const char *id, fria_lang lang);
/* The id that a text means: the id or what is printed for it, in either
 * language, as fria_words_alike; NULL if none. */
const char *fria_closed_id(const char *set, const char *text);
/* The same; EINPUT with the sentence, as fria_fail_choices. */
int fria_closed_read(const char **out, const char *set, const char *text,
		     fria_word refusal, fria_lang lang, fria_error *err);
/* The same of a set whose ids are typed too: ENOTFOUND offers each title with
 * its id, and what there is more (NULL: nothing). */
int fria_closed_read_titled(const char **out, const char *set, const char *text,
			    const fria_strings *more, fria_word refusal,
			    fria_lang lang, fria_error *err);

/* How an assessment stands. */
typedef enum {
#define CLOSED_VERDICT(name, id, word) FRIA_##name,
#include "closed.def"
} fria_verdict;

/* FRIA_BLOCKED for what is none. */
fria_verdict fria_verdict_parse(const char *id);
const char *fria_verdict_id(fria_verdict verdict);
fria_word fria_verdict_word(fria_verdict verdict);

/* For whom something is written. */
typedef enum {
#define CLOSED_AUDIENCE(name, id, word) FRIA_##name,
#include "closed.def"
} fria_audience;

/* By its id or in words; false, and *out as it was, for what is none. */
bool fria_audience_parse(fria_audience *out, const char *text);
const char *fria_audience_id(fria_audience audience);

/* Why a question stays without an answer. */
typedef enum {
	FRIA_WAIVER_NONE, /* it does not, or for none of these */
#define CLOSED_WAIVER(name, id, word) FRIA_WAIVER_##name,
#include "closed.def"
} fria_waiver;

fria_waiver fria_waiver_parse(const char *id);
fria_waiver fria_waiver_of(const json_t *answer);
const char *fria_waiver_id(fria_waiver waiver); /* NULL: none of these */

/* Why an answer still holds. */
typedef enum {
	FRIA_GROUND_NONE, /* that was not said */
#define CLOSED_GROUND(name, id, word) FRIA_GROUND_##name,
#include "closed.def"
	FRIA_GROUND_KINDS /* how many there are, with none */
} fria_ground;

fria_ground fria_ground_parse(const char *id);
fria_ground fria_ground_of(const json_t *basis);
const char *fria_ground_id(fria_ground ground); /* NULL for none */
const char *fria_ground_say(fria_ground ground, fria_lang lang);

/* The changes of a metric that an edge speaks of: flags. */
typedef enum {
	FRIA_ON_NUMBER_NONE,
#define CLOSED_ON(name, id, word) FRIA_ON_NUMBER_##name,
#include "closed.def"
	FRIA_ON_KINDS
} fria_on_number;

enum {
#define CLOSED_ON(name, id, word) FRIA_ON_##name = 1 << FRIA_ON_NUMBER_##name,
#include "closed.def"
};

/* How far a measure is. */
typedef enum {
	FRIA_PROGRESS_OTHER, /* not said, or a questionnaire's own */
#define CLOSED_PROGRESS(name, id) FRIA_PROGRESS_##name,
#include "closed.def"
} fria_progress;

fria_progress fria_progress_parse(const char *id);

/* What a role is for. */
typedef enum {
	FRIA_ROLE_OTHER, /* none of these */
#define CLOSED_ROLE(name, id, word) FRIA_ROLE_##name,
#include "closed.def"
} fria_role_kind;

fria_role_kind fria_role_kind_parse(const char *id);
const char *fria_role_kind_id(fria_role_kind kind); /* NULL: none of these */

/* What it says: FRIA_SAID_POSITIVE ... */
typedef enum {
	FRIA_SAID_TEXT, /* none of these: a view in its own words */
#define CLOSED_SAID(kind, name, id, word) FRIA_SAID_##name,
#include "closed.def"
} fria_said;

fria_said fria_said_parse(const char *id);
const char *fria_said_id(fria_said said);		   /* NULL: a text */
const char *fria_said_say(fria_said said, fria_lang lang); /* NULL: a text */

/* --- fact_values.c, fact_change.c: fixed values in the reader's words --- */

/* A fact's value, by its pointer (NULL: of no fact), with its fixed values in
 * words, to be shown. New; NULL for NULL. */
json_t *fria_fact_worded(const char *pointer, const json_t *value,
			 fria_lang lang);
/* fria_fact_say of what that gives. */
void fria_fact_say_at(fria_buf *out, const char *pointer, const json_t *value,
		      fria_lang lang);

/*
 * Two values of a fact without what is the same in both: members of objects,
 * elements of lists of objects ("…" stands for them); names stay. Both new;
 * NULL for an absent one.
 */
void fria_fact_narrow(json_t **before, json_t **after, const char *pointer,
		      const json_t *a, const json_t *b);
/* --- phase.c: where an application stands in its life --- */

typedef enum {
	FRIA_PHASE_NONE,    /* nobody recorded one */
	FRIA_PHASE_UNKNOWN, /* what is recorded is none of these */
#define CLOSED_PHASE(name, id, word) FRIA_##name,
#include "closed.def"
} fria_phase;

/* "in-gebruik"; NULL for the first two. Static. */
const char *fria_phase_id(fria_phase phase);
/* FRIA_PHASE_NONE for NULL. */
fria_phase fria_phase_parse(const char *id);
/* By /use/phase; out of use from the day on which its use ends. */
fria_phase fria_phase_at(const json_t *application, fria_time as_of);
/* Its id, or what is recorded where that is none; NULL for nothing. */
const char *fria_phase_shown(const json_t *application, fria_time as_of);
/* True where nothing has to be kept up: in development, out of use. */
bool fria_phase_rests(fria_phase phase);

/* --- application.c: the application document --- */

/* Checks what the engine relies on: an object with an id, objects as
 * vocabularies. EINPUT with the place. */
int fria_application_check(const json_t *application, const char *file,
			   fria_error *err);
/* Puts members in schema order. */
void fria_application_order(json_t *application);
/*
 * Reads a file given to --from: our own form, a register entry, or a system
 * card (EINPUT for one of an unknown version, unless the format is given).
 * Gives an object with some of name, release, in_use, source, register, card,
 * use, monitoring. format: NULL, "fria", "entry" or "card". which (may be NULL)
 * picks one of a list by id, name or number from 1. *received is the entry
 * itself, borrowed from file; NULL for our own form.
 */
int fria_application_read(json_t **out, const json_t **received,
			  const json_t *file, const char *name,
			  const char *format, const char *which,
			  fria_error *err);
/*
 * A new application document after a release: every vocabulary that from
 * speaks of is replaced (patch: merged field by field). Measurements stay.
 */
json_t *fria_application_release(const json_t *application, const char *release,
				 const json_t *from, bool patch);

/* --- assessment.c: the assessment document --- */

/* Checks what the engine relies on. EINPUT with the place. */
int fria_assessment_check(const json_t *assessment, const char *file,
			  fria_error *err);
/* Members in schema order, answers in the instrument's. */
void fria_assessment_order(json_t *assessment,
			   const fria_instrument *instrument);
/* A new, empty assessment. */
json_t *fria_assessment_new(const fria_instrument *instrument,
			    const char *application, fria_lang lang);
/* The rows of a repeating group (a list, borrowed), or NULL. */
json_t *fria_assessment_rows(const json_t *assessment,
			     const fria_instrument *instrument, size_t group);
/* One row by id. Borrowed, or NULL. */
json_t *fria_assessment_row(const json_t *assessment,
			    const fria_instrument *instrument, size_t group,
			    const char *row);
/* The same as its number, from 1; 0 for NULL and where it is not there. */
size_t fria_assessment_row_number(const json_t *assessment,
				  const fria_instrument *instrument,
				  size_t group, const char *id);
/* The answer {"value"|"waived", "basis", ...}; row is NULL outside rows. */
json_t *fria_assessment_answer(const json_t *assessment,
			       const fria_instrument *instrument, size_t task,
			       const char *row);
/* The value of that answer; NULL if it has none. */
json_t *fria_assessment_value(const json_t *assessment,
			      const fria_instrument *instrument, size_t task,
			      const char *row);
/* Rows by their id, for who asks for many: {id: row}, of all groups
 * {group: {id: row}}. New; the rows are the assessment's own. */
json_t *fria_rows_by_id(const json_t *rows);
json_t *fria_assessment_by_row(const json_t *assessment);
/* The answer as above, with what by_row gave of the same assessment. */
json_t *fria_assessment_answer_by(const json_t *assessment,
				  const json_t *by_row,
				  const fria_instrument *instrument,
				  size_t task, const char *row);
/* Puts an answer (borrowed); NULL removes it. The row must exist. */
void fria_assessment_put(json_t *assessment, const fria_instrument *instrument,
			 size_t task, const char *row, json_t *answer);
/* A text that looks as the ids do that rows are given. */
bool fria_row_id_is(const char *text);
/* Appends a row with a fresh id and gives that id (borrowed). */
const char *fria_assessment_row_add(json_t *assessment,
				    const fria_instrument *instrument,
				    size_t group);
/* Appends a row with this id unless it is there. */
void fria_assessment_row_need(json_t *assessment,
			      const fria_instrument *instrument, size_t group,
			      const char *row);
void fria_assessment_row_remove(json_t *assessment,
				const fria_instrument *instrument, size_t group,
				const char *row);
/* The language that was answered in; nl unless it says otherwise. */
fria_lang fria_assessment_language(const json_t *assessment);

/* --- rows_within.c: rows that belong to rows --- */

/* That column of a group; FRIA_NONE: its rows belong to none. */
size_t fria_rows_belong(const fria_instrument *instrument, size_t group);
/* The rows of such a group as the official form has them: one for each row
 * that it names, in the order of those; then those that name none. New. */
json_t *fria_rows_within(const json_t *assessment,
			 const fria_instrument *instrument, size_t group);

/* --- paths.c: where documents stand in a workspace --- */

#define FRIA_CONFIG "fria.json"
#define FRIA_ASSESSMENTS "assessments"
#define FRIA_INSTRUMENTS "instruments"
#define FRIA_LAW "law.json"
#define FRIA_TEMPLATES "templates"
#define FRIA_SCHEMAS "schemas"
/* In the folder of an application; of evidence also in an answer's links. */
#define FRIA_APPLICATION_FILE "application.json"
#define FRIA_ENTRY_FILE "entry.json"
#define FRIA_EVIDENCE "evidence"

/* All new: "instruments/iama-2.0.json" of "iama-2.0". */
char *fria_instrument_path(const char *file);
/* "assessments/APP" */
char *fria_application_folder(const char *application);
/* "assessments/APP/NAME.json"; name is "application" or "entry", too. */
char *fria_workspace_path(const char *application, const char *name);
/* "assessments/APP/REST", for whatever an application has. */
char *fria_path_under(const char *application, const char *rest);
/* The REST of such a path; NULL for any other. */
const char *fria_path_rest(const char *path, const char *application);
/* The same of "APP/NAME". */
char *fria_assessment_path(const char *name);
/* "assessments/APP/evidence/NAME"; name "": the folder. */
char *fria_evidence_path(const char *application, const char *name);

typedef enum {
	FRIA_PLACE_OTHER, /* no document of a workspace stands there */
	FRIA_PLACE_CONFIG,
	FRIA_PLACE_LAW,
	FRIA_PLACE_INSTRUMENT,
	FRIA_PLACE_APPLICATION,
	FRIA_PLACE_ENTRY,
	FRIA_PLACE_ASSESSMENT,
	FRIA_PLACE_EVIDENCE
} fria_place_kind;

/* An id, or the name of a questionnaire's file, and a NUL. */
#define FRIA_NAME_SIZE 256

typedef struct {
	fria_place_kind kind;
	char application[FRIA_NAME_SIZE]; /* "" outside one */
	char name[FRIA_NAME_SIZE]; /* of an assessment, a questionnaire */
} fria_path;

/* What stands at a path of the workspace, which may be anything. */
fria_place_kind fria_path_read(fria_path *out, const char *path);
/* True for all but evidence. */
bool fria_path_is_document(const char *path);
/* "APP" of its application.json, "APP/NAME" of an assessment; NULL. New. */
char *fria_path_name(const char *path);

/* --- workspace document --- */

/* fria.json: checks it. EINPUT with the place. */
int fria_workspace_check(const json_t *workspace, const char *file,
			 fria_error *err);

#endif
