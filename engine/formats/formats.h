/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * formats: what goes to and comes from elsewhere: the entry in the
 * algoritmeregister, tables for other tools. It derives and formats; it stores
 * nothing.
 */
#ifndef FRIA_FORMATS_H
#define FRIA_FORMATS_H

#include "../data/markdown.h"
#include "../living/living.h"

/* --- register.c: the entry of publication standard 1.0 --- */

/* The last adopted version of an assessment, as the public may see it. */
typedef struct {
	const char *name;    /* "straatafval/iama" */
	const char *version; /* "v1" */
	fria_time at;	     /* when it was adopted */
	const char *link;    /* address of its report; NULL: the title alone */
	const fria_evaluation_input *input;
	const fria_evaluation *evaluation;
	const fria_withheld *withheld; /* of its redaction */
	size_t withheld_n;
} fria_register_version;

typedef struct {
	const json_t *application; /* as the public may see it */
	const json_t *withheld;	   /* of its characteristics, by pointer */
	const json_t *received;	   /* the entry that came in; NULL: none */
	const char *reports;	   /* what links of ours start with, or NULL */
	const fria_register_version *versions;
	size_t n;
} fria_register_input;

typedef enum {
	FRIA_FROM_FACT,	      /* `pointer` */
	FRIA_FROM_ANSWER,     /* `assessment`, `version`, `task`, `row` */
	FRIA_FROM_VERSION,    /* `assessment`, `version` */
	FRIA_FROM_CONCLUSION, /* of that version */
	FRIA_FROM_RECEIVED,   /* the entry that came in */
	FRIA_FROM_STANDARD    /* it writes `was` otherwise */
} fria_source_kind;

/* Where a field, or a part of it, came from; NULL: not said. */
typedef struct {
	fria_source_kind from;
	char *pointer, *assessment, *version, *task, *row;
	json_t *was; /* the value as it stood */
} fria_source;

typedef struct {
	char *field;
	fria_source *items;
	size_t n;
} fria_field_sources;

typedef struct {
	fria_field_sources *items; /* one for each field */
	size_t n;
} fria_sources;

/* The sources of a field; NULL if there are none. Borrowed. */
const fria_field_sources *fria_sources_find(const fria_sources *sources,
					    const char *field);
/* [{"from", ...}] of one field; {field: [...]} of all. New. */
json_t *fria_field_sources_json(const fria_field_sources *of);
json_t *fria_sources_json(const fria_sources *sources);

typedef struct {
	json_t *entry;
	fria_sources sources;
	fria_strings veiled; /* fields that something withheld would fill, or
				does so without it */
} fria_register_draft;

/*
 * Facts of the application's register vocabulary; fields that a question fills
 * (`register` in the instrument) where they are output or the fact is empty,
 * each by the answers of the version that was adopted last among those that
 * have any; each assessment by its title in the standard; output fields of the
 * received entry that nothing writes. Text is never cut.
 */
void fria_register_draft_make(fria_register_draft *out,
			      const fria_register_input *in);
void fria_register_draft_dispose(fria_register_draft *draft);

/* --- register_check.c: an entry against the standard, and another --- */

/* Where the entry stands: a file, or the application it was drafted for. */
typedef struct {
	const char *file, *base;     /* a file's name; "/0" */
	const char *application;     /* its id: then places are those of */
	const fria_sources *sources; /* of a draft; or NULL */
	size_t line;		     /* of a table's row; 0: none */
} fria_register_place;

/* Appends what is missing, too long, or not as the standard asks. */
void fria_register_judge(fria_findings *out, const json_t *entry,
			 const fria_register_place *place, fria_lang lang);
/* Appends, of the facts in it, the months and choices that are none: what
 * nothing can be made of. Capitals and spaces are no matter. */
void fria_register_read_judge(fria_findings *out, const json_t *entry,
			      const fria_register_place *place, fria_lang lang);
typedef enum {
	FRIA_FIELD_SAME,
	FRIA_FIELD_DIFFERS,
	FRIA_FIELD_MISSING /* in what was published */
} fria_field_state;

typedef struct {
	const char *field; /* static */
	fria_field_state state;
	json_t *published, *now; /* NULL: absent */
} fria_field_compared;

typedef struct {
	fria_field_compared *items; /* in the order of the standard */
	size_t n;
	bool same; /* all of them */
} fria_fields_compared;

/* Field by field, without what the register makes itself. */
void fria_register_compare(fria_fields_compared *out, const json_t *published,
			   const fria_register_draft *now);
void fria_fields_compared_dispose(fria_fields_compared *fields);
/* [{"field", "state", "published", "now", "sources"}]. New. */
json_t *fria_fields_compared_json(const fria_fields_compared *fields,
				  const fria_register_draft *now);
/* The standard's fields alone, without empty ones, for sending; the id where
 * the entry has no source_id. New. */
json_t *fria_register_sendable(const json_t *entry, const char *id);

/* --- register_read.c: entries as the register hands them out --- */

/* An entry, and where it stands in its file. */
typedef struct {
	json_t *entry;
	char *pointer; /* in JSON; NULL in a table */
	size_t line;   /* in a table; 0 in JSON */
} fria_register_row;

typedef struct {
	fria_register_row *items;
	size_t n;
	bool whole;    /* a list, and not a page of a longer one */
	bool partial;  /* its entries are silent about some fields */
	size_t broken; /* rows and entries that could not be read */
} fria_register_rows;

/*
 * Entries by the names of the standard, from one entry, a list, a page of the
 * register's API, or the reduced register. A finding for each that has no
 * name, and a note of the fields that have no place. EINPUT if there are none
 * in it. Dispose of the rows in any case.
 */
int fria_register_read(fria_register_rows *out, fria_findings *findings,
		       const json_t *file, const char *name, fria_error *err);
/*
 * The same from the CSV download: an empty cell is null, a column that is not
 * there says nothing. A finding for each row that is broken; the others come
 * in. EINPUT without a row of column names.
 */
int fria_register_read_csv(fria_register_rows *out, fria_findings *findings,
			   const char *bytes, size_t n, const char *name,
			   fria_error *err);
/* The organisations in it, each once, in the order they come. */
void fria_register_organisations(fria_strings *out,
				 const fria_register_rows *rows);
void fria_register_rows_dispose(fria_register_rows *rows);
/* A finding that stands where the row does. */
fria_finding *fria_register_row_finding(fria_findings *out,
					const fria_register_row *row,
					fria_severity severity, fria_word word,
					const char *name);
/*
 * An entry from a download beside what came in before: text from which only
 * the markup is gone is the text that we know, and fields that the download
 * does not speak of stay. New.
 */
json_t *fria_register_settled(const json_t *entry, const json_t *before);

/* --- placing.c, official_in.c: answers from elsewhere --- */

/* Rows within rows of which the file does not say where they belong. */
typedef struct {
	char *group;	    /* id */
	fria_strings inner; /* labels, as they stand in the file; "": known */
	fria_strings outer; /* of what they can belong to, as it stands here */
} fria_unlinked;

typedef struct {
	fria_unlinked *items;
	size_t n;
} fria_unlinked_list;

void fria_unlinked_dispose(fria_unlinked_list *list);

typedef struct {
	const fria_instrument *instrument;
	json_t *assessment; /* its draft: changed */
	/* {"6.1.1": [[1], [1, 2]]}: for each row of the file within rows, in
	 * its order, what it belongs to, by row here; NULL: nobody says. */
	const json_t *links;
	const char *links_file;
	fria_unlinked_list unlinked; /* to be disposed of */
	/* What may be chosen outside it; either may be NULL. */
	const json_t *application;
	const fria_siblings *siblings;
	const char *file; /* name for findings and origins */
	fria_lang lang;	  /* of findings that quote a reason */
	bool buttons;	  /* they are read on a page (fria_say) */
	fria_time now;	  /* for remarks without a date */
	fria_findings *findings;
	fria_time at;	       /* of what is placed next; 0: not known */
	const json_t *held;    /* marks (official_own.c): it went out from here;
				  NULL: it did not */
	bool filled;	       /* what is placed next was, since it went out */
	bool older;	       /* it also replaces what was given later */
	bool theirs;	       /* it knows no options of ours, so does not say
				  that one was not chosen */
	size_t placed, same;   /* same: it says so already, and stays */
	fria_choices *choices; /* its own: what may be chosen; NULL: unknown */
	json_t *seen;	       /* its own: places that the file had before */
	/* Evidence of these bytes: *name is new, and what an answer names it
	 * by. Asked for pictures of official files alone. */
	int (*keep)(char **name, void *keeper, const char *title,
		    const fria_buf *bytes, fria_error *err);
	void *keeper;
	struct {
		struct fria_placed *items; /* placed when all rows are there */
		size_t n;
	} later;
} fria_placing;

/* Rows that an earlier version of this program put where nobody sees them come
 * into their place in a document. */
void fria_placing_mend(json_t *assessment, const fria_instrument *in);

/* Places what names rows, now that these are all there; frees what is kept for
 * that. */
void fria_placing_end(fria_placing *p);

/*
 * Puts a value, as a form or a person writes it, as the answer to a task (row
 * NULL outside rows). What is nothing (null, blank) is passed over; what does
 * not fit is a finding, and so is what is older than the answer that is here:
 * that one stays. pointer is its place in the file, or NULL.
 */
void fria_placing_put(fria_placing *p, size_t task, const char *row,
		      const json_t *value, const char *origin,
		      const char *pointer);
/* The answerable task of an id, or FRIA_NONE with a finding about the value. */
size_t fria_placing_find(fria_placing *p, const char *id, const json_t *value,
			 const char *pointer);
/* A finding that a value does not fit, with why. */
void fria_placing_unfit(fria_placing *p, size_t task, const json_t *value,
			const fria_error *why, const char *pointer);
/* One value as it would be stored, or NULL. New. */
json_t *fria_placing_read(fria_placing *p, size_t task, const json_t *value);
/* A note where the file cleared, later, what is answered here. */
void fria_placing_cleared(fria_placing *p, size_t task, const char *row,
			  const char *pointer);
/* A finding about a value for a row of a task that has none. */
void fria_placing_no_row(fria_placing *p, size_t task, const json_t *value,
			 const char *pointer);
/* Id of the row with this number (from 0), made where it is not there; rows
 * that follow another group's have that group's ids. */
const char *fria_placing_row(fria_placing *p, size_t group, size_t number);
/*
 * Id of the row that the nth (from 0) of so many values for a task in rows is
 * for: there is one for each row. Else NULL, with a finding about the value.
 */
const char *fria_placing_nth_row(fria_placing *p, size_t task, size_t nth,
				 size_t of, const json_t *value);
/* EINPUT: the file is of another instrument. */
int fria_placing_refuse(const fria_placing *p, const char *theirs,
			fria_error *err);

/* --- official_in.c: answer files of the official form --- */

bool fria_official_is(const json_t *file);
/* EINPUT also for links to what is not there, before anything is linked. */
int fria_official_place(fria_placing *p, const json_t *file, fria_error *err);
/*
 * After fria_placing_end: rows within rows that say the same, as the form has
 * one for each row that it belongs to, are one that belongs to all of them; not
 * where somebody stands for one, or something elsewhere names it.
 */
void fria_official_unite(fria_placing *p);

/* --- official_own.c: by what an answer in such a file is known again --- */

/* Set (true) on an answer of the draft that was filled in, later than what is
 * here, in a form that went out from here. */
#define FRIA_RETURNED "returned"

/* Of one: by its question, value, moment and who gave it. False where it does
 * not say all of them. */
bool fria_official_mark(char out[FRIA_DIGEST_SIZE], const char *task,
			const json_t *answer);
/* Sets the mark of each answer of a file (version 2) in an object. */
void fria_official_marks(json_t *marks, const json_t *file);
/* Whether they have one in common. */
bool fria_official_shares(const json_t *marks, const json_t *others);

/* --- official_picture.c: what that form holds whole --- */

/* Whether a value of an answer file is a picture, and its title ("": none).
 * Borrowed. */
bool fria_official_shows(const json_t *value);
const char *fria_official_caption(const json_t *value);
/* The answer (Markdown) that shows it as evidence, which the placing keeps.
 * New; NULL with why: no PNG or JPEG, too large, or what keeping says. */
json_t *fria_official_shown(fria_placing *p, const json_t *value,
			    fria_error *err);
/* Whether two such answers are the same to the form. */
bool fria_official_shows_same(const char *one, const char *other);
/* The picture with which an answer begins, as the form has it. New; NULL where
 * it begins with none, or with one that is not found. */
json_t *fria_official_picture(const char *text, fria_find_picture find,
			      void *data);

/* --- official_rows.c: what is said row by row here, in one text there --- */

/*
 * The answer of a question that is filled by columns (fria_task.columns): what
 * it says itself, if it is shown, and a paragraph for each row that says
 * something; with the basis of the cell that was stood for last. Questions are
 * those of the assessment. New; NULL: no row says anything.
 */
json_t *fria_official_rows(const fria_instrument *instrument,
			   const json_t *assessment,
			   const fria_questions *questions,
			   fria_choices *choices, size_t task);

/* --- official_out.c --- */

/*
 * The answers as an answer file of the official form, as they stand in the
 * input, with the pictures that are found (find NULL: none). A finding (a note)
 * for each thing that it cannot hold: our own questions and options, waivers,
 * dissent, approvals, comments, meetings, other pictures; and where the
 * published schema is narrower than the published instrument. New.
 */
json_t *fria_official_form(fria_findings *findings,
			   const fria_evaluation_input *input,
			   fria_find_picture find, void *data, fria_time now);

/* --- card_out.c --- */

/* The questions that are shown and answered as an assessment card, of a day,
 * in a language. New. */
json_t *fria_assessment_card(const fria_evaluation_input *input, fria_time date,
			     fria_lang lang);

/* --- card.c: assessment cards (TAD), alone or in a system card --- */

bool fria_assessment_card_is(const json_t *file);
int fria_assessment_card_place(fria_placing *p, const json_t *file,
			       fria_error *err);

/* --- replies.c: what a supplier wrote into supplier-questions --- */

/* EINPUT for text without a place for a reply. */
int fria_replies_place(fria_placing *p, const char *bytes, size_t n,
		       fria_error *err);

/* --- csv.c: rows of cells (RFC 4180) --- */

typedef struct {
	const char *bytes; /* borrowed, or own's */
	size_t n, at, line;
	char separator;
	fria_buf own; /* what was UTF-16 */
} fria_csv;

/* Finds the encoding (UTF-8, UTF-16) and the separator: what a first line
 * "sep=;" says, else ",", ";" or a tab. Close it in the end. */
void fria_csv_open(fria_csv *csv, const char *bytes, size_t n);
void fria_csv_close(fria_csv *csv);
/*
 * The next row, without empty lines; false at the end. cells is emptied first,
 * and the caller disposes of it in the end. *line is where the row begins.
 * *trouble is FRIA_W_COUNT, or the sentence that says why the row is broken;
 * the next one is then sought after its first line.
 */
bool fria_csv_next(fria_csv *csv, fria_strings *cells, size_t *line,
		   fria_word *trouble);

/* --- push.c: the submission API of the register --- */

/* All of it from the user's own configuration and environment. */
typedef struct {
	const char *url;	  /* "https://host/aanleverapi/v1_0" */
	const char *organisation; /* its code there */
	const char *token_url, *client, *user, *password;
	const char *token; /* given: nobody logs in, nothing is renewed */
	int seconds;	   /* the most that one request may take */
	fria_lang lang;	   /* of the names of fields */
	/* Waits before another try. */
	void (*wait)(void *data, unsigned seconds);
	void *data;
} fria_register_server;

typedef struct {
	char *lars;	       /* its code in the register; NULL: not known */
	bool created;	       /* it is new there */
	bool saved;	       /* the register has what was sent */
	bool released;	       /* and was asked to publish it */
	bool denied;	       /* name or password were refused */
	char *preview;	       /* address; NULL: none was given */
	fria_findings refused; /* what the register has against it */
} fria_register_pushed;

/* EREFUSED for an address that is neither https nor this computer's own;
 * EINPUT for a code that is none. */
int fria_register_server_check(const fria_register_server *server,
			       fria_error *err);
/*
 * Creates the entry, or updates the one with the same source_id or with this
 * code (lars; NULL: not known), and asks to publish it. 0 with `refused` for
 * what the register does not accept; EIO for everything else; *out says how
 * far it came, also then. Dispose of it in any case.
 */
int fria_register_push_entry(fria_register_pushed *out,
			     const fria_register_server *server,
			     const json_t *entry, const char *lars,
			     fria_error *err);
void fria_register_pushed_dispose(fria_register_pushed *pushed);

/* --- mdto.c: metadata for an archive --- */

/* An adopted version; all that is not said to be NULL is there. */
typedef struct {
	const char *tag, *commit; /* what identifies it */
	const char *name;
	const char *description;  /* questionnaire and release */
	const char *organisation; /* whose it is */
	const char *by;		  /* who adopted it; NULL: not known */
	const char *file;	  /* the case it belongs to; NULL: not known */
	const char *selection;	  /* category of the selection list, or NULL */
	fria_time at, now;	  /* when it was adopted, and put away */
	bool withheld;		  /* it holds what is not public */
	fria_lang written;	  /* what the assessment is written in */
	fria_lang lang;		  /* of our own words */
} fria_mdto;

typedef struct {
	const char *name; /* relative to the version's folder */
	size_t n;
	const char *sha256;
} fria_mdto_bytes;

/* Appends MDTO 1.0.1 of a version with its files, or of one of them. */
void fria_mdto_object(fria_buf *out, const fria_mdto *object,
		      const fria_strings *files);
void fria_mdto_file(fria_buf *out, const fria_mdto *object,
		    const fria_mdto_bytes *file);

/* --- table.c: every question on a line --- */

/* Appends a quoted cell (RFC 4180); what a spreadsheet would run becomes
 * text. */
void fria_csv_cell(fria_buf *out, const char *text);
/* What stands between cells: a spreadsheet set to Dutch opens it so. */
#define FRIA_CSV_SEPARATOR ';'
/* The names of the columns, and the questions that are shown with their
 * answers, as CSV. */
void fria_answers_csv_head(fria_buf *out, char separator);
void fria_answers_csv(fria_buf *out, const fria_evaluation_input *input,
		      const fria_evaluation *evaluation, char separator,
		      fria_lang lang);

typedef struct {
	const char *organisation; /* NULL if unknown */
	const char *version;	  /* the last one adopted; NULL: none */
} fria_task_context;

/* A JSON object a line for each question, also hidden ones, by
 * schemas/task.schema.json. */
void fria_tasks_ndjson(fria_buf *out, const fria_evaluation_input *input,
		       const fria_evaluation *evaluation,
		       const fria_task_context *context);

/* --- form_write.c, form_read.c: the characteristics as a form --- */

/*
 * Appends the characteristics of an application as a form in Markdown: a
 * heading for each, what is meant as a comment, and what is known filled in.
 * A system card is asked for only where there is one.
 */
void fria_form_write(fria_buf *out, const json_t *application, fria_lang lang,
		     bool buttons);
/*
 * Reads a form that was filled in, over the application as it was: an object
 * as fria_application_read gives, with every vocabulary whole. A heading that
 * is not there changes nothing, one with nothing under it empties; what is as
 * it was written stays as it was, with what no form shows. Titles, choices,
 * numbers and days in the words of either language. EINPUT, with the line, for
 * what cannot be read. file: for messages; today: as fria_date_typed has it.
 * The caller frees *out.
 */
int fria_form_read(json_t **out, const char *text, const char *file,
		   const json_t *before, fria_lang lang, const fria_time *today,
		   fria_error *err);
/* False where the field of this title (or pointer) holds one thing. */
bool fria_form_is_list(const char *title);

/* --- form_value.c: one field of the form, as it was typed --- */

/*
 * What was typed for one field that is a number, a day, a month, an interval
 * or a fixed value, as the form reads it. EINPUT for what is none; ENOTFOUND,
 * without a sentence, for a field of another kind. The caller frees *out.
 */
int fria_form_value(json_t **out, const char *pointer, const char *text,
		    fria_lang lang, const fria_time *today, fria_error *err);

/* --- calendar.c: days on which something is due, by RFC 5545 --- */

typedef struct {
	const char *organisation; /* whose it is; makes UIDs one everywhere */
	fria_lang lang;
	fria_time stamp; /* when the calendar is made */
} fria_calendar;

/* Before and after all events. */
void fria_calendar_begin(fria_buf *out, const fria_calendar *calendar);
void fria_calendar_end(fria_buf *out);
/* The review and the open measures of "APP/NAME"; of what asks nothing any
 * more, or is at rest, none. */
void fria_calendar_assessment(fria_buf *out, const fria_calendar *calendar,
			      const char *name,
			      const fria_evaluation *evaluation);
/* The next measurement of each metric, of an application once. */
void fria_calendar_application(fria_buf *out, const fria_calendar *calendar,
			       const char *id, const json_t *application,
			       const fria_evaluation *evaluation);

#endif
