/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * workflow: what people do in a workspace: start an assessment, answer, save,
 * release, decide, adopt. Each act is refused before it changes anything, or
 * done whole. What a reader sees of one is made in a file NAME_view.c.
 */
#ifndef FRIA_WORKFLOW_H
#define FRIA_WORKFLOW_H

#include "../history/history.h"
#include "../publishing/publishing.h"

/* --- import.c: an official questionnaire --- */

/*
 * A questionnaire as import takes it in: from the form of the task registry,
 * and with our additions by id where its urn is ours; and what is wrong in it.
 * The caller frees *out.
 */
int fria_instrument_read(fria_instrument **out, fria_findings *findings,
			 const char *file_name, json_t *document,
			 fria_error *err);
/*
 * Pins a questionnaire in the work tree; one with a urn of ours gets our
 * additions by id. EREFUSED for one in use of which it would reopen answers
 * or change the rules, with their number and a list of these, unless yes.
 * Appends the rules that change to *changed, a line each. The caller frees
 * *out.
 */
int fria_instrument_import(fria_instrument **out, fria_strings *changed,
			   fria_workspace *ws, const char *file_name,
			   json_t *document, bool yes, fria_error *err);

/* --- replacement.c, replacement_view.c: another questionnaire --- */

typedef struct {
	char *name, *path; /* "APP/NAME" */
	/* With what its answers rest on by it; NULL: nothing was completed. */
	json_t *assessment;
	size_t completed, unfound; /* answers, as fria_completed */
	fria_strings reopened;	   /* questions to be judged again by it */
	size_t count;		   /* answers to these */
	size_t lost;		   /* answers to what is asked no more */
	size_t lapsed;		   /* approvals that hold no more by it */
} fria_replaced;

typedef struct {
	fria_instrument *was, *is; /* was: NULL where it is used nowhere */
	/* Questions, rules, and what answers rest on: a line each. */
	fria_strings added, changed, gone, rules, edges;
	struct {
		fria_replaced *items;
		size_t n;
	} assessments;		   /* in which it is used */
	char commit[FRIA_ID_SIZE]; /* "" until it is recorded */
} fria_replacement;

/* Looks only. */
int fria_replacement_make(fria_replacement *out, fria_workspace *ws,
			  fria_instrument *is, fria_error *err);
void fria_replacement_dispose(fria_replacement *replacement);
/* Answers that are to be judged again, or are lost. */
size_t fria_replacement_reopens(const fria_replacement *replacement);
/* All that is written. The caller frees the list and *path; the rest is
 * borrowed. */
fria_recorded *fria_replacement_documents(const fria_replacement *replacement,
					  size_t *n, char **path);
void fria_replacement_view(fria_node *at, const fria_replacement *replacement);
json_t *fria_replacement_json(const fria_replacement *replacement);

/* --- instrument_update.c: a newer edition --- */

/* Files of the pinned questionnaires of which the program has a newer edition.
 */
int fria_instruments_behind(fria_strings *out, const fria_workspace *ws,
			    fria_error *err);
/* Brings it in, as one commit; dry: only says what that would do. EREFUSED if
 * there is none. The caller disposes of *out. */
int fria_instrument_update(fria_replacement *out, fria_workspace *ws,
			   const char *name, bool dry, fria_error *err);

/* --- create.c: a new assessment --- */

typedef struct {
	const char *application, *instrument;
	const char *as; /* its name; NULL: that of the instrument */
	/*
	 * The assessment to start from, "APP/NAME" or "APP/NAME@REV", and the
	 * folder or address of the workspace that holds it (NULL: this one).
	 */
	const char *from, *workspace;
} fria_new_request;

typedef struct {
	char *name;	    /* "APP/NAME" */
	size_t offered;	    /* questions for which something is offered */
	bool reused;	    /* it started from another one; then: */
	fria_reuse reuse;   /* what was taken over and what differs */
	char *from;	    /* "APP/NAME v2" */
	char *organisation; /* NULL: ours */
} fria_created;

/*
 * A new assessment in the work tree; pins the instrument. Texts that rest on
 * an answer in another assessment of the application start as that answer,
 * and what an assessment to start from says about the same system as its
 * answer: to be stood for. EINPUT if that is of another questionnaire.
 */
int fria_assessment_create(fria_created *out, fria_workspace *ws,
			   const fria_new_request *request, fria_error *err);
void fria_created_dispose(fria_created *created);

typedef struct {
	size_t made, there;   /* there: had one by that name, and keep it */
	size_t offered;	      /* questions for which something is offered */
	fria_findings broken; /* applications that cannot be read: left out */
} fria_created_all;

/* The same for every application of the workspace that has none by that name;
 * request->application is not looked at. EINPUT with something to start from.
 */
int fria_assessment_create_all(fria_created_all *out, fria_workspace *ws,
			       const fria_new_request *request,
			       fria_error *err);

/* --- migrate.c: to a newer version of the questions --- */

typedef struct {
	char *from, *name; /* "APP/NAME" of the old one and the new one */
	fria_instrument *was, *to;
	json_t *old; /* the old document, as it was */
	fria_migration migration;
	char commit[FRIA_ID_SIZE];
} fria_migrated;

/*
 * Moves an assessment to another instrument, under a name of its own (as NULL:
 * that of the instrument, with its version where that is taken), and marks the
 * old one as replaced: one commit. EINPUT if the instrument does not say where
 * the answers go; EREFUSED with unsaved changes or a second time.
 */
int fria_migrate(fria_migrated *out, fria_workspace *ws, const char *name,
		 const char *instrument, const char *as, fria_error *err);
void fria_migrated_dispose(fria_migrated *migrated);
/* By schemas/migration.schema.json. New. */
json_t *fria_migrated_json(const fria_migrated *migrated);

/* --- edit.c, confirm.c, shown.c: answers in the work tree --- */

/*
 * What somebody had before them who answers on a page that was made before:
 * what the answer said (fria_answer_shown), and the commit (a full id) at which
 * the page was read. All NULL: as it is now.
 *
 * expected: where the answer says something else by now nothing is changed, and
 * the error is ERACE, before what was typed is looked at. seen: the basis is
 * made from that commit, so that what changed since makes the answer stale at
 * once; ERACE where HEAD does not come after it, or it did not have the
 * question. An answer that somebody stood for since, and that holds, is not
 * stood for again on what was there before.
 */
typedef struct {
	const char *expected, *seen;
	/*
	 * Filled where it is ERACE, for the caller to dispose; NULL: not asked.
	 * base is the whole answer ({"value" or "waived", "basis"...}) as it
	 * was at `seen`, theirs as it is now, wrote[1] who stands for that and
	 * since when; task and row say where. ours and pointer are NULL: what
	 * was typed is the caller's.
	 */
	fria_conflict *conflict;
} fria_seen_page;

/* Digest of what an answer says, value or waiver; of NULL that there is none.
 */
void fria_answer_shown(char out[FRIA_DIGEST_SIZE], const json_t *answer);

typedef struct {
	const char *application_name; /* "APP/NAME" */
	const char *task;
	const char *row;  /* NULL, an id, a number from 1, "new", "-ID" */
	const char *note; /* NULL if none; so for meeting */
	const char *meeting;
	bool editorial; /* better words for an answer that holds */
	fria_seen_page page;
} fria_edit_target;

typedef struct {
	bool changed; /* false: it was so already and its basis holds */
	char row[16]; /* id of the row concerned; "" outside rows */
	size_t row_number;
	size_t followed; /* editorial: answers that rest on it */
	size_t waived;	 /* of a group: questions that were open */
	/* How a day or a number was read that is not written so; else "". */
	char understood[40];
} fria_edited;

/*
 * Sets an answer from what a person typed, with its basis. Editorial: the
 * basis stays, and what rests on the answer rests on the new words, also in
 * the application's other assessments; EREFUSED unless it is a text that
 * holds and a note says what was mended.
 */
int fria_answer(fria_edited *out, fria_workspace *ws,
		const fria_edit_target *target, const char *text,
		fria_error *err);
/* Whether fria_answer would take it: the same errors, and nothing is set. */
int fria_answer_try(fria_workspace *ws, const fria_edit_target *target,
		    const char *text, fria_error *err);
/*
 * Makes an answer of what is offered for a question (living.h), with its origin
 * and with the basis of who takes it: that with this id, or (NULL) the only one
 * for the question, in a row where the target names one. It makes the row that
 * it needs. ENOTFOUND where nothing is offered, EINPUT with the ids of several.
 */
int fria_proposal_take(fria_edited *out, fria_workspace *ws,
		       const fria_edit_target *target, const char *id,
		       fria_error *err);
/* Removes a row ("-ID" without value). */
int fria_answer_remove_row(fria_workspace *ws, const fria_edit_target *target,
			   fria_error *err);
/* kind: not-applicable, settled, refers, unknown. reference: for refers. A
 * group stands for each question below it, outside rows, that is shown,
 * required and open. */
int fria_waive(fria_edited *out, fria_workspace *ws,
	       const fria_edit_target *target, const char *kind,
	       const char *reason, const char *reference, fria_error *err);
/* What a confirmation is about: positions among the judgements. */
typedef struct {
	const fria_standing *standing;
	fria_positions those;	/* it stands for */
	fria_positions alone;	/* left: each is confirmed by itself */
	fria_positions waiting; /* left: each waits for one that is left */
	fria_ground ground;	/* FRIA_GROUND_NONE: still to be said */
	const char *note;	/* what was said with it, or NULL; borrowed */
} fria_confirming;

/* Which answers to confirm: those named, or (n is 0) those that are stale, all
 * of them or those of one change. */
typedef struct {
	const char *const *tasks;
	size_t n;
	const char *row; /* id or number: only there; NULL: in every row */
	/* What is told under this change: its id, or what it is called in
	 * either language; of tasks only those that it touches. NULL: all. */
	const char *cause;
	/* Only what came along and nobody stands for: about the same system, or
	 * at the tasks. It becomes an answer. */
	bool taken_over;
	fria_seen_page page; /* expected: of the only answer that is named */
	/*
	 * Told what it is about before anything is written; false leaves
	 * everything as it was. With `asks` it also asks for a ground, and a
	 * note, that were not given. NULL: nobody looks on.
	 */
	bool (*show)(void *data, fria_confirming *about);
	void *data;
	bool asks;
} fria_selection;

typedef struct {
	size_t confirmed, left; /* left: to be confirmed one at a time, or
				   waiting for one of those */
} fria_confirmed;

/*
 * Looked again, still right: renews the basis, with the ground: untouched,
 * covered or checked, in the words of either language (NULL with a note:
 * checked, which needs one). Refused, naming what to judge first, for an answer
 * whose upstream is stale or suspect (unless they are named together), and for
 * an open one. What fria_decisive() names is refused beside others by name, a
 * row counting as one, and left where what is stale is meant.
 */
int fria_confirm(fria_confirmed *out, fria_workspace *ws, const char *name,
		 const fria_selection *which, const char *ground,
		 const char *note, fria_error *err);

/* --- withhold.c: what is not made public --- */

typedef struct {
	const char *ground;  /* of the set "withheld"; "other" needs a note */
	const char *passage; /* a part of the text; NULL: the whole answer */
	const char *note;    /* NULL if none */
	bool lift;	     /* public again; then no ground is needed */
} fria_withholding;

/* An answer, in the work tree. EREFUSED for an open one; EINPUT for a ground
 * that is none, or a passage that is not in the text. */
int fria_withhold(bool *changed, fria_workspace *ws,
		  const fria_edit_target *target, const fria_withholding *what,
		  fria_error *err);
/* A characteristic of an application; records it. */
int fria_withhold_fact(bool *changed, fria_workspace *ws, const char *id,
		       const char *pointer, const fria_withholding *what,
		       fria_error *err);
/*
 * Records that a text in an assessment ("app/name") or in the characteristics
 * ("app") looks personal and may be public all the same. EINPUT where it does
 * not stand there. Of an application it is recorded at once.
 */
int fria_disclose(bool *changed, fria_workspace *ws, const char *name,
		  const char *passage, const char *note, fria_error *err);

/* --- evidence.c: what answers point at --- */

/* The largest attachment, in bytes. */
#define FRIA_EVIDENCE_MAX ((size_t)20 << 20)

typedef struct {
	const char *application;
	const char *file;      /* an attachment; NULL: a reference */
	const fria_buf *bytes; /* what it holds; NULL: read it there */
	const char *title;     /* NULL: the name of the file */
	/* Of a case system, and its address there (NULL if none). */
	const char *reference, *url;
} fria_evidence_request;

typedef struct {
	char *name;
	char *link; /* Markdown, for an answer */
	bool there; /* it was there already; nothing changed */
} fria_evidence_added;

/*
 * Keeps a copy of a file, or a reference, in the work tree, named by its
 * content. EINPUT or ELIMIT for what cannot be evidence; EREFUSED if what
 * stands there by that name is something else.
 */
int fria_evidence_add(fria_evidence_added *out, fria_workspace *ws,
		      const fria_evidence_request *request, fria_error *err);
void fria_evidence_added_dispose(fria_evidence_added *added);

/* --- evidence_list.c: what there is, and who points at it --- */

/* An answer that points at a piece. */
typedef struct {
	char *assessment, *task, *row; /* row NULL: outside rows */
} fria_evidence_mention;

typedef struct {
	char *name, *title;
	bool file;	       /* an attachment; else a reference */
	size_t size;	       /* of a file, in bytes */
	char *reference, *url; /* NULL: none */
	bool saved;	       /* history holds it */
	struct {
		fria_evidence_mention *items;
		size_t n;
	} mentions; /* those of the work tree */
} fria_evidence_piece;

typedef struct {
	fria_evidence_piece *items; /* in order of their names */
	size_t n;
} fria_evidence_pieces;

int fria_evidence_list(fria_evidence_pieces *out, const fria_workspace *ws,
		       const char *application, fria_error *err);
void fria_evidence_pieces_dispose(fria_evidence_pieces *pieces);
/* By schemas/evidence-list.schema.json. New. */
json_t *fria_evidence_json(const fria_evidence_pieces *pieces,
			   const char *application);

/* --- undo.c: unsaved changes are dropped --- */

/*
 * Puts an assessment ("APP/NAME", task NULL), or the answer to one question of
 * it with all rows beside it, back as it was last saved; also one that is gone
 * or can no longer be read. "APP": the characteristics, and all of the
 * application that got lost. Or a document or piece of evidence by its path.
 * EREFUSED if it never was saved.
 */
int fria_undo(bool *changed, fria_workspace *ws, const char *name,
	      const char *task, fria_error *err);
/* Appends what that would drop, in words and the session's language: each
 * change a line. Nothing where nothing was changed. */
void fria_undo_list(fria_strings *out, const fria_workspace *ws,
		    const char *name, const char *task);
/*
 * Takes the last undoing back, and appends the paths of what stands there as
 * before it; the one before that is the next. ENOTFOUND if there is none;
 * EREFUSED where it was changed since.
 */
int fria_undo_back(fria_strings *paths, fria_workspace *ws, fria_error *err);

/* --- lost.c: gone from the folder, or there twice --- */

/*
 * Names what HEAD holds and the folder has lost (severe), and second copies
 * that a file service made (a warning), of one application or of all.
 */
int fria_look_around(fria_findings *out, const fria_workspace *ws,
		     const char *application, fria_error *err);

/* --- remove.c: what nobody decided on may go --- */

/*
 * Removes an assessment ("APP/NAME"), or a piece of evidence (its path in the
 * workspace) with its title, as one commit; also one that is gone from the
 * folder. EREFUSED if it has a version, a standing approval or unsaved changes.
 */
int fria_remove(char commit[FRIA_ID_SIZE], fria_workspace *ws, const char *name,
		fria_error *err);
/* The same for an application with all that it has. */
int fria_application_remove(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			    const char *id, fria_error *err);

/* --- rename.c: an application gets another id --- */

/*
 * All that it has moves to the new id, as one commit; its document keeps the
 * former one (DESIGN section 8). EREFUSED with unsaved changes; EEXISTS where
 * an application has the id, or had it.
 */
int fria_application_rename(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			    const char *id, const char *new_id,
			    fria_error *err);

/* --- save.c, renew.c: unsaved changes become history --- */

/*
 * Records, as one commit, what an earlier program wrote in the workspace for
 * its readers and editors (LEESMIJ.md, schemas) as this one writes it; what
 * somebody changed or took away is left alone. *count is the number of files.
 */
int fria_renew(size_t *count, fria_workspace *ws, fria_error *err);

/*
 * Records the unsaved changes of one assessment, or of all documents (name
 * NULL), as one commit, in canonical form. *count is the number of documents;
 * 0: there was nothing, and commit is "". message NULL: says what changed in
 * the words of the instrument. A merge that stopped is concluded, with both
 * parents, once all is decided; while git rebases or picks, documents are
 * staged for it and commit is "". Somebody who saves meanwhile is followed.
 * EREFUSED, and nothing recorded, where one of these documents got lost; second
 * copies (fria_look_around) are left alone.
 */
int fria_save(char commit[FRIA_ID_SIZE], size_t *count, fria_workspace *ws,
	      const char *name, const char *message, fria_error *err);

/* Appends what `save` would record, as far as it can be read: "APP/NAME",
 * "APP" for its characteristics, or the path. */
void fria_unsaved(fria_strings *out, const fria_workspace *ws);

/* --- resolve.c: people decide --- */

typedef struct {
	const char *name;  /* as fria_conflicts names it */
	const char *task;  /* an id, or the pointer; NULL: all that is left */
	const char *row;   /* NULL: any */
	const char *value; /* what a person wrote; NULL: one of the sides */
	bool theirs;	   /* their side, else ours */
	const char *note;  /* NULL if none */
} fria_resolution;

typedef struct {
	size_t settled, left;
} fria_resolved;

/*
 * Settles conflicts; the answer is stood for anew by who decides. When none is
 * left in the document, git's index takes it too. ENOTFOUND if there is no
 * such conflict.
 */
int fria_resolve(fria_resolved *out, fria_workspace *ws,
		 const fria_resolution *resolution, fria_error *err);

/* --- release.c: the application --- */

/* What an assessment of the application asks for from now on. */
typedef struct {
	char *assessment; /* "APP/NAME"; owned */
	size_t stale, suspect;
	/* With answers that follow better words, to be recorded; or NULL. */
	json_t *document;
} fria_consequence;

typedef struct {
	fria_consequence *items;
	size_t n;
} fria_consequences;

typedef struct {
	char commit[FRIA_ID_SIZE];	/* "" if nothing changed */
	json_t *before, *after;		/* application documents */
	fria_strings changed;		/* pointers of facts that changed */
	fria_strings gone;		/* pointers of facts that disappeared */
	fria_consequences consequences; /* judged before it was recorded */
	char *metric;	/* of a measurement, what it is called; or NULL */
	char *measured; /* "12,5 procentpunt op 9 september 2026", or NULL */
} fria_release_result;

void fria_release_dispose(fria_release_result *result);

/* --- law_update.c, law_update_view.c: the law, in a newer state --- */

/* An application that rests on lines that changed. */
typedef struct {
	char *application;
	fria_strings lines;
	json_t *document;		/* with the event */
	fria_consequences consequences; /* judged before it was recorded */
} fria_law_touched;

typedef struct {
	json_t *was, *is; /* law.json; NULL: the workspace had none */
	/* Lines that say something else, and those that were only checked again
	 * or are told otherwise. */
	fria_strings changed, checked;
	struct {
		fria_law_touched *items;
		size_t n;
	} touched;
	char commit[FRIA_ID_SIZE]; /* "" if it is not recorded */
} fria_law_renewal;

/* *out is true where this program knows more of the law than law.json says, or
 * there is none. */
int fria_law_behind(bool *out, const fria_workspace *ws, fria_error *err);
/*
 * Brings it in, as one commit with an event of the theme `law` in each
 * application that it touches; dry: only tells. EREFUSED where there is nothing
 * newer, or what it touches has unsaved changes.
 */
int fria_law_update(fria_law_renewal *out, fria_workspace *ws, bool dry,
		    fria_error *err);
void fria_law_renewal_dispose(fria_law_renewal *renewal);
/* law_update_view.c: what changed and what that reopens. */
void fria_law_renewal_view(fria_node *at, const fria_law_renewal *renewal,
			   fria_lang lang);
/* By schemas/law-update.schema.json. New. */
json_t *fria_law_renewal_json(const fria_law_renewal *renewal);

/* What is given to --from: a parsed file (fria_application_read), or the form
 * (fria_form_read) as text. Neither: nothing is given. */
typedef struct {
	const json_t *file;
	const char *form;
	const char *name;	    /* of the file, for messages */
	const char *format, *which; /* of a file; may be NULL */
} fria_facts_file;

/* --- release.c --- */

/* Appends the form of an application, filled in, in the workspace's language;
 * of one that is still to be added, an empty one. */
int fria_application_form(fria_buf *out, const fria_workspace *ws,
			  const char *id, fria_error *err);
/*
 * A new application from a file or form, or from nothing. An entry is kept
 * whole in entry.json.
 */
int fria_application_add(fria_workspace *ws, const char *id,
			 const fria_facts_file *from, fria_error *err);
typedef struct {
	const char *version;
	/* Nothing: only answers, for the current release. */
	fria_facts_file from;
	bool partial;		 /* the file adds to what is there */
	const char *in_use_from; /* full-date, or NULL */
	/* Of the release check: {THEME: {"changed", "text"}}; NULL: unknown. */
	const json_t *answers;
	const char *answers_name;
	bool patch; /* no functional change: the check is not asked */
	/* The release of now was recorded wrong: its facts become these, under
	 * its name, as an event (with the note, or NULL); the check is not
	 * asked. */
	bool correct;
	const char *note;
	/* Facts of which only the words changed; NULL: none. */
	const fria_strings *wording;
} fria_release_request;

/*
 * The next release of an application, or more answers to the release check
 * of the current one (DESIGN section 4). An application's first release asks
 * nothing. A correction is EREFUSED for another release than the one of now, or
 * where nothing changes.
 */
int fria_release(fria_release_result *out, fria_workspace *ws, const char *id,
		 const fria_release_request *request, fria_error *err);
/* True if a release of this name would ask the release check. */
bool fria_release_asks(const fria_workspace *ws, const char *id,
		       const char *version);

/* --- import_answers.c: answers from another tool --- */

typedef struct {
	const char *name;   /* of the file */
	const char *format; /* "official-form", "card"; NULL: by its fields */
	const json_t *file; /* NULL: a supplier's replies, as text: */
	const char *bytes;
	size_t n;
	bool older; /* what is older replaces what is here, too */
	/* What rows within rows belong to (fria_placing); NULL: not said. */
	const json_t *links;
	const char *links_name; /* of the file */
	bool look;		/* nothing is written */
} fria_answers_request;

typedef struct {
	size_t answered; /* in a form that went out from here */
	size_t offered, same;
	fria_unlinked_list unlinked; /* to be disposed of */
} fria_answers_imported;

/*
 * Keeps the answers of a file in an assessment in the work tree, as proposals.
 * What was filled in in a form that went out from this assessment (one of its
 * answers is, by question, text, moment and name, one that stands or stood
 * here), later than what is here, is an answer of the session's author, with
 * the file as its origin. What has no place is a finding. EINPUT, and nothing
 * changed, for a file of another instrument or of no known form.
 */
int fria_import_answers(fria_answers_imported *out, fria_findings *findings,
			fria_workspace *ws, const char *name,
			const fria_answers_request *request, fria_error *err);

/* --- import_register.c: many applications at once --- */

typedef struct {
	const char *name;    /* of the file, for findings */
	const char *release; /* of what changed; NULL: the session's day */
	bool patch;	     /* no functional change: the check is not asked */
	const char *organisation; /* only its entries; NULL: all */
	/* Told after each entry; may be NULL. */
	void (*progress)(void *data, size_t done, size_t all);
	void *data;
} fria_register_request;

typedef struct {
	size_t added, updated, same, left; /* left: out, with a finding */
	char commit[FRIA_ID_SIZE];	   /* "" if nothing changed */
} fria_register_imported;

/*
 * Entries of the register (fria_register_read) as applications, in one commit.
 * One that is known by its number, or else by name and organisation, gets a
 * release where its facts changed by substance; the others are new. Each that
 * is left out is a finding at its row: it is not of its form, the same
 * application stood in an earlier row, or has unsaved changes.
 */
int fria_register_import(fria_register_imported *out, fria_findings *findings,
			 fria_workspace *ws, const fria_register_rows *rows,
			 const fria_register_request *request, fria_error *err);

/* ENOTFOUND, with the names that there are, where no entry of a file is of this
 * organisation. */
int fria_register_refuse_others(const fria_register_rows *rows,
				const char *organisation, const char *name,
				fria_error *err);

/* --- release_check.c: what is asked at a release --- */

/* EINPUT, naming the place, for what is no answer file. */
int fria_release_check_read(const json_t *answers, const char *name,
			    fria_error *err);
/* Appends to `events` what is not known yet: one event a theme, or one that
 * says patch. */
void fria_release_check_record(json_t *application, const char *release,
			       const json_t *answers, bool patch,
			       const char *by, fria_time at);

/* --- characteristics.c: facts between releases --- */

/* Sets one fact, or removes it (JSON null). EINPUT for what is no fact.
 * wording: pointers of which only the words change (NULL: none); EREFUSED
 * where more does, or where an assessment that follows is not saved. */
int fria_application_set(fria_release_result *out, fria_workspace *ws,
			 const char *id, const char *pointer, json_t *value,
			 const char *note, const fria_strings *wording,
			 fria_error *err);
/* The same of all that a form says, or a file, as a release reads it; the
 * vocabularies that it speaks of are replaced. */
int fria_application_fill(fria_release_result *out, fria_workspace *ws,
			  const char *id, const fria_facts_file *from,
			  const char *note, const fria_strings *wording,
			  fria_error *err);
/* Adds a measurement to a metric: a number as people type it, which its unit
 * may follow; date NULL is today. */
int fria_application_metric(fria_release_result *out, fria_workspace *ws,
			    const char *id, const char *metric,
			    const char *value, const char *date,
			    fria_error *err);
/*
 * Withdraws the last measurement of a metric that stands, or (date) the last
 * of that day: it stays in the series and counts for nothing. EREFUSED for
 * what somebody else recorded; ENOTFOUND if there is none.
 */
int fria_application_withdraw(fria_release_result *out, fria_workspace *ws,
			      const char *id, const char *metric,
			      const char *date, const char *note,
			      fria_error *err);
/* Records that nothing changed since the last release or pulse, as an event of
 * the theme FRIA_PULSE. EREFUSED before a first release. */
int fria_application_pulse(fria_release_result *out, fria_workspace *ws,
			   const char *id, const char *note, fria_error *err);
/* Out of use since a date. */
int fria_application_retire(fria_release_result *out, fria_workspace *ws,
			    const char *id, const char *on, const char *note,
			    fria_error *err);

/* --- gate.c: may this go on? --- */

typedef struct {
	char *assessment; /* "APP/NAME"; NULL: about the application */
	const char *code; /* "needs-review", "missing", ... */
	char *text;	  /* one line, in the session's language */
	bool fatal;	  /* false: said, but does not stop */
} fria_gate_reason;

typedef struct {
	char *release, *phase; /* NULL if unknown */
	fria_gate_reason *items;
	size_t n;
	bool passed;
} fria_gate;

/* By the phase of the application (PRACTICE section 7). release may be NULL:
 * whatever is recorded. */
int fria_gate_check(fria_gate *out, const fria_workspace *ws, const char *id,
		    const char *release, fria_error *err);
void fria_gate_dispose(fria_gate *gate);
/* gate_view.c: of the application with this id. */
void fria_gate_view(fria_node *at, const fria_gate *gate, const char *id);

/* --- discuss.c: comments, meetings, dissent; in the work tree --- */

/*
 * A comment on a question, or (reply: its id) on another comment.
 * *there: the same was said today already, and stands as it was.
 */
int fria_comment(char id[16], bool *there, fria_workspace *ws,
		 const fria_edit_target *target, const char *text,
		 const char *reply, fria_error *err);
int fria_comment_resolve(fria_workspace *ws, const char *name, const char *id,
			 fria_error *err);
typedef struct {
	const char *date, *chair;  /* chair NULL: not said */
	const char *roles, *tasks; /* "a, b"; tasks NULL: the whole */
} fria_meeting;
/*
 * ENOTFOUND for a role or question that there is none of.
 * *there: the same was said today already, and stands as it was.
 */
int fria_meeting_add(char id[16], bool *there, fria_workspace *ws,
		     const char *name, const fria_meeting *meeting,
		     fria_error *err);
/* What somebody sees otherwise, beside an answer; blank text takes it away. */
int fria_dissent(fria_workspace *ws, const fria_edit_target *target,
		 const char *text, fria_error *err);

/* --- approve.c: advice, agreement, views and decisions --- */

/*
 * A role speaks, in one commit: by, at and lang of the request are those of
 * the session. Gives what was recorded. EREFUSED with unsaved changes. *there:
 * the same was said today already, and stands as it was.
 */
int fria_approve(json_t **out, bool *there, fria_workspace *ws,
		 const char *name, const fria_approval_request *request,
		 fria_error *err);

/*
 * Withdraws the last word that a role gave through the session's author, or the
 * last of a day that stands; it stays, and counts for nothing. Gives it,
 * marked. EREFUSED for another's, and where the last was withdrawn already.
 */
int fria_approve_withdraw(json_t **out, fria_workspace *ws, const char *name,
			  const char *role, const char *day, const char *note,
			  fria_error *err);

/* --- ask.c: a role is asked for its word --- */

typedef struct {
	const char *role;
	const char *to;	   /* who is asked; NULL: whoever has the role */
	const char *until; /* the day by which, as typed; NULL: none */
} fria_asking;

/*
 * Records a request to a role for its word on the content as it is now, in one
 * commit; gives what was recorded. EREFUSED with unsaved changes, for a role
 * that only writes, or one whose word on this content stands. *there: the same
 * was asked today already.
 */
int fria_ask(json_t **out, bool *there, fria_workspace *ws, const char *name,
	     const fria_asking *asking, fria_error *err);

/* --- adopt.c: a version --- */

/* What keeps an assessment from being adopted as it stands, one line a reason;
 * fria_gate_dispose(). */
void fria_adopt_missing(fria_gate *out, const fria_workspace *ws,
			const char *name, const fria_standing *standing);

typedef struct {
	char tag[192];
	char version[16];
	char content[FRIA_CONTENT_SIZE];
	char commit[FRIA_ID_SIZE];
	bool forced; /* something was missing */
	/* What is missing, each on a line after "\n- ", where it was refused
	 * for that; the caller frees. NULL: it was not. */
	char *missing;
} fria_adopted;

/*
 * Makes the next version of an assessment that is up to date, or stopped by a
 * decision, and has what the roles require; EREFUSED says what is missing, one
 * line each, and then what weighs: what the questionnaire itself says to look
 * out for, words of who wrote the answers, a FRIA after the first use, and what
 * may have made who uses it its provider. note (NULL: none) says why what
 * weighs may be so; with force, why it is adopted though something is missing.
 * The version says so for ever.
 */
int fria_adopt(fria_adopted *out, fria_workspace *ws, const char *name,
	       const char *note, bool force, fria_error *err);

/* --- check.c: what is wrong in documents --- */

/*
 * Appends findings on everything (name NULL), an application or an assessment;
 * *count is the number of documents that were looked at.
 */
int fria_check(fria_findings *out, size_t *count, const fria_workspace *ws,
	       const char *name, fria_error *err);

/* --- waiting.c: what waits for people --- */

/* In the order in which to go on with it. */
typedef enum {
	FRIA_WAITS_BROKEN, /* a document that cannot be read */
	FRIA_WAITS_CONFLICT,
	FRIA_WAITS_UNSAVED,
	FRIA_WAITS_REQUEST,
	FRIA_WAITS_RETURNED, /* a role asked something back */
	FRIA_WAITS_STALE,
	FRIA_WAITS_SUSPECT,
	FRIA_WAITS_OPEN,    /* that must be answered */
	FRIA_WAITS_CHECK,   /* the release check, not answered */
	FRIA_WAITS_WORD,    /* of a role, once all is answered */
	FRIA_WAITS_ADOPT,   /* once that is there, too */
	FRIA_WAITS_PULSE,   /* whether anything changed */
	FRIA_WAITS_MEASURE, /* late; so for the next two */
	FRIA_WAITS_MEASUREMENT,
	FRIA_WAITS_REVIEW
} fria_waits_kind;

typedef struct {
	fria_waits_kind kind;
	/* "APP/NAME"; of what the application owes "APP"; or a path */
	char *name;
	size_t count;
	char *what; /* the role, or what is to be done or measured; or NULL */
	char *id;   /* of a metric; else NULL */
	fria_time due; /* 0: no day */
	bool late;
} fria_wait;

typedef struct {
	fria_wait *items;
	size_t n;
	size_t more;	/* assessments that were not looked into */
	size_t missing; /* that are still to be counted: ask again */
	size_t applications, assessments;
	char *first; /* application; NULL: there is none */
	bool mine;
} fria_waiting;

/*
 * What waits in the workspace today. mine: only what waits for who acts: what
 * is unsaved here, answers they stood for, requests to them or to a role that
 * they spoke for, what is late of theirs. What cannot be read is named in
 * `broken`. EREFUSED for mine where nobody is configured.
 */
int fria_waiting_find(fria_waiting *out, fria_findings *broken,
		      fria_workspace *ws, bool mine, fria_error *err);
/* The same, at once: at most so many assessments are judged for it. What was
 * found is remembered, so that who asks again gets more. */
int fria_waiting_known(fria_waiting *out, fria_findings *broken,
		       fria_workspace *ws, bool mine, size_t most,
		       fria_error *err);
void fria_waiting_dispose(fria_waiting *waiting);

/* --- waiting_view.c --- */

/* Appends what waits, and since or until when; buttons: where it is read
 * (fria_say). */
void fria_wait_say(fria_buf *out, const fria_wait *wait, const json_t *roles,
		   fria_lang lang, bool buttons);
/* Each thing on a line, and (where there are no buttons) the command to go on
 * with. */
void fria_waiting_view(fria_node *at, const fria_waiting *waiting,
		       const json_t *roles, fria_lang lang);

#endif
