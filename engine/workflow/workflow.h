/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * workflow: what people do in a workspace: open it, answer, save, release,
 * adopt, look back. The only folder that joins what is derived (living/) with
 * where it is kept (store/). It formats nothing for a reader.
 */
#ifndef FRIA_WORKFLOW_H
#define FRIA_WORKFLOW_H

#include "../exchange/exchange.h"
#include "../living/living.h"
#include "../report/report.h"
#include "../store/store.h"

/* Who acts, when and in which language; given, never asked for here. */
typedef struct {
	fria_lang lang;
	fria_time now;
	int offset;	  /* minutes east of UTC */
	const char *name; /* NULL: nobody is configured; acts then refuse */
	const char *email;
	const char *committer_name, *committer_email; /* NULL: the author */
} fria_session;

/* --- workspace.c: a folder with fria.json --- */

typedef struct fria_kept fria_kept;

typedef struct {
	fria_store *store;
	json_t *config; /* fria.json */
	fria_lang lang; /* of what is recorded, whoever records it */
	fria_session session;
	fria_kept *kept; /* private: what was read before */
} fria_workspace;

/* Finds the workspace at or above the folder. ENOTFOUND says what to do. */
int fria_workspace_open(fria_workspace **out, const char *folder,
			const fria_session *session, fria_error *err);
/* The one in this bare repository; what lies above it is not looked at. */
int fria_workspace_open_bare(fria_workspace **out, const char *folder,
			     const fria_session *session, fria_error *err);
void fria_workspace_close(fria_workspace *ws);
/*
 * Makes a workspace in the folder (and a repository where there is none), and
 * records it: fria.json, schemas, .gitattributes. EEXISTS if there is one.
 */
int fria_workspace_init(const char *folder, const char *organisation,
			fria_lang lang, const fria_session *session,
			fria_error *err);
/*
 * Reads and parses a JSON document at a commit, or in the work tree (NULL). One
 * of a commit may be given more than once: change a copy.
 */
int fria_workspace_json(json_t **out, const fria_workspace *ws,
			const char *commit, const char *path, fria_error *err);
/* Ids of the applications; names of an application's assessments. Sorted. */
int fria_workspace_applications(fria_strings *out, const fria_workspace *ws,
				const char *commit, fria_error *err);
int fria_workspace_assessments(fria_strings *out, const fria_workspace *ws,
			       const char *commit, const char *application,
			       fria_error *err);
/* "assessments/APP/NAME.json"; the caller frees. */
char *fria_workspace_path(const char *application, const char *name);
/* Splits "APP/NAME" (checked as ids). The caller frees both. */
int fria_workspace_name(char **application, char **name, const char *text,
			fria_error *err);
/* The pinned instrument that a name means, at a commit; else the built-in. */
int fria_workspace_instrument(fria_instrument **out, const fria_workspace *ws,
			      const char *commit, const char *name,
			      fria_error *err);
/* Names of the instruments that are built in and pinned; files, sorted. */
int fria_workspace_instruments(fria_strings *pinned, fria_strings *built_in,
			       const fria_workspace *ws, fria_error *err);
/* The built-in instrument with this name, or NULL. New. */
fria_instrument *fria_instrument_built_in(const char *name);

/* --- snapshot.c: one assessment with all that it needs, at one moment --- */

typedef struct {
	char *application_id, *name;
	char *path;		   /* of the assessment */
	char commit[FRIA_ID_SIZE]; /* "" for the work tree */
	char *version;		   /* "v1" if it was asked for by version */
	fria_time at;		   /* of the commit; 0 for the work tree */
	json_t *assessment, *application;
	fria_instrument *instrument;
	char source[FRIA_ID_SIZE]; /* blob id of application.json */
	fria_sibling *siblings;	   /* the application's other assessments */
	fria_instrument **sibling_instruments;
	json_t **sibling_documents;
	char **sibling_names;
	size_t siblings_n;
} fria_snapshot;

/*
 * Loads "APP/NAME" in the work tree (revision NULL) or at a revision: v1, or
 * whatever fria_store_resolve takes. ENOTFOUND names what is missing.
 */
int fria_snapshot_load(fria_snapshot **out, const fria_workspace *ws,
		       const char *name, const char *revision, fria_error *err);
void fria_snapshot_free(fria_snapshot *snapshot);
/* N of the last adopted version vN; 0: none was. */
size_t fria_snapshot_last(const fria_workspace *ws, const char *application,
			  const char *name);
/* One adopted version, vN. ENOTFOUND. */
int fria_snapshot_version(fria_tag *out, const fria_workspace *ws,
			  const char *application, const char *name, size_t n,
			  fria_error *err);
/* The adopted versions of an assessment, oldest first: each is read. */
int fria_snapshot_versions(fria_tags *out, const fria_workspace *ws,
			   const char *application, const char *name,
			   fria_error *err);

/* An evaluation with the snapshot and the caches that its reasons need. */
typedef struct {
	fria_evaluation_input input;
	fria_evaluation result;
	void *lookup; /* private */
} fria_standing;

/* Evaluates a snapshot as of a date, with befores looked up in history. */
int fria_standing_make(fria_standing *out, const fria_workspace *ws,
		       const fria_snapshot *snapshot, fria_time as_of,
		       fria_error *err);
void fria_standing_dispose(fria_standing *standing);

/* --- portfolio.c: every assessment on a line --- */

/*
 * The lines of schemas/status.schema.json for one application (NULL: all), as
 * of a day. What has not changed since the last time is not computed again:
 * lines are kept in the repository's own folder, by the digests of all that
 * they rest on, and may be deleted.
 */
int fria_portfolio(json_t **out, const fria_workspace *ws,
		   const char *application, fria_time as_of, fria_error *err);

/* --- import.c: an official questionnaire --- */

/*
 * Pins a questionnaire in the work tree; one with a urn of ours gets our
 * additions by id. EREFUSED, with the number of answers it would reopen, for
 * one that is in use, unless yes. The caller frees *out.
 */
int fria_instrument_import(fria_instrument **out, fria_workspace *ws,
			   const char *file_name, json_t *document, bool yes,
			   fria_error *err);

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
	size_t taken;	    /* texts of the application's other assessments */
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

/* --- edit.c: answers in the work tree --- */

typedef struct {
	const char *application_name; /* "APP/NAME" */
	const char *task;
	const char *row;  /* NULL, an id, a number from 1, "new", "-ID" */
	const char *note; /* NULL if none; so for meeting */
	const char *meeting;
	bool editorial; /* better words for an answer that holds */
} fria_edit_target;

typedef struct {
	bool changed; /* false: it was so already and its basis holds */
	char row[16]; /* id of the row concerned; "" outside rows */
	size_t row_number;
	size_t followed; /* editorial: answers that rest on it */
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
/* Removes a row ("-ID" without value). */
int fria_answer_remove_row(fria_workspace *ws, const fria_edit_target *target,
			   fria_error *err);
/* kind: not-applicable, settled, refers, unknown. reference: for refers. */
int fria_waive(fria_edited *out, fria_workspace *ws,
	       const fria_edit_target *target, const char *kind,
	       const char *reason, const char *reference, fria_error *err);
/* Which answers to confirm: those named, or (n is 0) those that are stale. */
typedef struct {
	const char *const *tasks;
	size_t n;
	const char *row; /* id or number: only there; NULL: in every row */
	/* Only what is stale through this fact and nothing else; NULL: all. */
	const char *because;
	bool taken_over; /* only what came along and nobody stands for */
} fria_selection;

/*
 * Looked again, still right: renews the basis of named tasks. Refused, naming
 * what to judge first, for an answer whose upstream is stale or suspect (also
 * among those named, unless they are named together), and for an open one.
 */
int fria_confirm(size_t *confirmed, fria_workspace *ws, const char *name,
		 const fria_selection *which, const char *note,
		 fria_error *err);

/* --- withhold.c: what is not made public --- */

typedef struct {
	const char *ground;  /* one of fria_grounds; "other" needs a note */
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

/* --- undo.c: unsaved changes are dropped --- */

/*
 * Puts an assessment (task NULL), or the answer to one question with all rows
 * beside it, back as it was last saved. EREFUSED if it never was.
 */
int fria_undo(bool *changed, fria_workspace *ws, const char *name,
	      const char *task, fria_error *err);

/* --- save.c: unsaved changes become history --- */

/*
 * Records the unsaved changes of one assessment, or of all documents (name
 * NULL), as one commit, in canonical form. *count is the number of documents;
 * 0: there was nothing, and commit is "". message NULL: says what changed in
 * the words of the instrument. A merge that stopped is concluded, with both
 * parents, once all is decided; while git rebases or picks, documents are
 * staged for it and commit is "". Somebody who saves meanwhile is followed.
 */
int fria_save(char commit[FRIA_ID_SIZE], size_t *count, fria_workspace *ws,
	      const char *name, const char *message, fria_error *err);

/* --- changes.c: what changed, in words --- */

/* Appends one line a change, in the instrument's words. */
void fria_changes_say(fria_buf *out, const fria_diff *diff,
		      const fria_instrument *in, fria_lang lang);

/* --- record.c: one commit --- */

typedef struct {
	const char *path;
	const json_t *json; /* written in file form; NULL removes */
} fria_recorded;

/* Commits documents as one act, made from what HEAD holds of them now. */
int fria_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
		const fria_recorded *documents, size_t n, const char *message,
		fria_error *err);

/* --- merge.c: another line of history --- */

typedef enum {
	FRIA_MERGED_ALREADY, /* nothing to do */
	FRIA_MERGED_FORWARD, /* nothing was ours alone: HEAD is theirs now */
	FRIA_MERGED_BOTH,    /* one commit with both */
	FRIA_MERGED_STOPPED  /* people must decide; then `save` concludes */
} fria_merged_kind;

typedef struct {
	fria_merged_kind kind;
	char commit[FRIA_ID_SIZE]; /* HEAD afterwards */
	size_t paths;		   /* that changed here */
	size_t conflicts;	   /* what is to be decided, in all documents */
	fria_strings documents;	   /* with conflicts: "APP/NAME" or a path */
} fria_merged;

/*
 * Merges a commit (a full id) into the current branch: one atomic commit with
 * two parents, or a fast-forward, with the work tree brought along. Where
 * people wrote different answers it stops as git does (0 is returned, kind
 * says so). EREFUSED, and nothing changed: an earlier merge is not concluded,
 * no common ancestor, files that are not fria's changed on both sides; ERACE:
 * unsaved changes in a file that they changed. A race with somebody who saves
 * is run again.
 */
int fria_merge_commit(fria_merged *out, fria_workspace *ws, const char *theirs,
		      fria_error *err);
void fria_merged_dispose(fria_merged *merged);
/*
 * git's merge driver: merges three files (an empty one is absent) and writes
 * the result to `ours`. path is where the document stands in the repository;
 * it helps to find the questionnaire, and may be NULL.
 */
int fria_merge_files(size_t *conflicts, const char *base, const char *ours,
		     const char *theirs, const char *path,
		     const fria_session *session, fria_error *err);

/* --- conflicts.c: what people must decide --- */

/* A document that git's index holds in more than one state. */
typedef struct {
	char *name;    /* "APP/NAME", "APP" for its application, or the path */
	char *path;    /* in the repository */
	bool document; /* false: for git to settle */
	fria_conflict *items;
	size_t n; /* 0 with document: nothing to decide, save goes on */
} fria_unsettled;

typedef struct {
	fria_unsettled *items;
	size_t n;
} fria_unsettleds;

/* All, or those of one document by its name or path. */
int fria_conflicts(fria_unsettleds *out, fria_workspace *ws, const char *name,
		   fria_error *err);
void fria_unsettleds_dispose(fria_unsettleds *list);
/* {"pointer", "task", "row", "base", "ours", "theirs"}; new. */
json_t *fria_conflict_json(const fria_conflict *conflict);

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

typedef struct {
	char commit[FRIA_ID_SIZE]; /* "" if nothing changed */
	json_t *before, *after;	   /* application documents */
	fria_strings changed;	   /* pointers of facts that changed */
	fria_strings gone;	   /* pointers of facts that disappeared */
} fria_release_result;

void fria_release_dispose(fria_release_result *result);
/*
 * A new application from a parsed file (entry or our own form). The entry is
 * kept whole in entry.json.
 */
int fria_application_add(fria_workspace *ws, const char *id, const json_t *file,
			 const char *file_name, const char *format,
			 const char *which, fria_error *err);
typedef struct {
	const char *version;
	const json_t *file; /* NULL: only answers, for the current release */
	const char *file_name, *format, *which;
	bool partial;		 /* the file adds to what is there */
	const char *in_use_from; /* full-date, or NULL */
	/* Of the release check: {THEME: {"changed", "text"}}; NULL: unknown. */
	const json_t *answers;
	const char *answers_name;
	bool patch; /* no functional change: the check is not asked */
} fria_release_request;

/*
 * The next release of an application, or more answers to the release check
 * of the current one (DESIGN section 4). An application's first release asks
 * nothing.
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
} fria_answers_request;

typedef struct {
	size_t placed, same;
} fria_answers_imported;

/*
 * Puts the answers of a file into an assessment, to be stood for, in the work
 * tree. What has no place is a finding. EINPUT, and nothing changed, for a
 * file of another instrument or of no known form.
 */
int fria_import_answers(fria_answers_imported *out, fria_findings *findings,
			fria_workspace *ws, const char *name,
			const fria_answers_request *request, fria_error *err);

/* --- import_register.c: many applications at once --- */

typedef struct {
	const char *name;    /* of the file, for findings */
	const char *release; /* of what changed; NULL: the session's day */
	bool patch;	     /* no functional change: the check is not asked */
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
 * release where its facts changed by substance; the others are new.
 */
int fria_register_import(fria_register_imported *out, fria_findings *findings,
			 fria_workspace *ws, const json_t *entries,
			 const fria_register_request *request, fria_error *err);

/* --- release_check.c: the seven questions --- */

/* EINPUT, naming the place, for what is no answer file. */
int fria_release_check_read(const json_t *answers, const char *name,
			    fria_error *err);
/* Appends to `events` what is not known yet: one event a theme, or one that
 * says patch. */
void fria_release_check_record(json_t *application, const char *release,
			       const json_t *answers, bool patch,
			       const char *by, fria_time at);

/* --- characteristics.c: facts between releases --- */

/* Sets one fact, or removes it (JSON null). EINPUT for what is no fact. */
int fria_application_set(fria_release_result *out, fria_workspace *ws,
			 const char *id, const char *pointer, json_t *value,
			 const char *note, fria_error *err);
/* Adds a measurement to a metric; date NULL is today. */
int fria_application_metric(fria_release_result *out, fria_workspace *ws,
			    const char *id, const char *metric, double value,
			    const char *date, fria_error *err);
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

/* --- discuss.c: comments, meetings, dissent; in the work tree --- */

/* A comment on a question, or (reply: its id) on another comment. */
int fria_comment(char id[16], fria_workspace *ws,
		 const fria_edit_target *target, const char *text,
		 const char *reply, fria_error *err);
int fria_comment_resolve(fria_workspace *ws, const char *name, const char *id,
			 fria_error *err);
typedef struct {
	const char *date, *chair;  /* chair NULL: not said */
	const char *roles, *tasks; /* "a, b"; tasks NULL: the whole */
} fria_meeting;
/* ENOTFOUND for a role or question that there is none of. */
int fria_meeting_add(char id[16], fria_workspace *ws, const char *name,
		     const fria_meeting *meeting, fria_error *err);
/* What somebody sees otherwise, beside an answer; blank text takes it away. */
int fria_dissent(fria_workspace *ws, const fria_edit_target *target,
		 const char *text, fria_error *err);

/* --- approve.c: advice, agreement, views and decisions --- */

/*
 * A role speaks, in one commit: by, at and lang of the request are those of
 * the session. Gives what was recorded. EREFUSED with unsaved changes.
 */
int fria_approve(json_t **out, fria_workspace *ws, const char *name,
		 const fria_approval_request *request, fria_error *err);

/* --- adopt.c: a version --- */

typedef struct {
	char tag[192];
	char version[16];
	char content[FRIA_DIGEST_SIZE];
	char commit[FRIA_ID_SIZE];
	bool forced; /* something was missing */
} fria_adopted;

/*
 * Makes the next version of an assessment that is up to date, or stopped by a
 * decision, and has what the roles require; EREFUSED says what is missing, one
 * line each. force (NULL: none) says why it is adopted all the same; the
 * version says so for ever.
 */
int fria_adopt(fria_adopted *out, fria_workspace *ws, const char *name,
	       const char *force, fria_error *err);
/* Why a version was adopted though something was missing, from the message of
 * its tag; NULL if nothing was. The caller frees. */
char *fria_adopted_forced(const char *message);

/* --- setup_git.c: plain git shows and merges by meaning --- */

/*
 * Tells git, in the repository's own configuration and info/attributes, to
 * show and merge this workspace's documents with the program (as a shell
 * would find it); undo takes that out. *changed is false if it was so already.
 * No file that git tracks is touched.
 */
int fria_setup_git(bool *changed, fria_workspace *ws, const char *program,
		   bool undo, fria_error *err);

/* --- log.c: what happened, and when --- */

typedef enum { FRIA_EVENT_CHANGE, FRIA_EVENT_VERSION } fria_event_kind;

/* A commit that changed the assessment or its application, or a version. */
typedef struct {
	fria_event_kind kind;
	char commit[FRIA_ID_SIZE]; /* of a version: what it names */
	const char *by;		   /* its author; who adopted it */
	fria_time at;
	const char *version; /* "v1"; NULL for a change */
	const char *text;    /* what changed, a line each, in the language */
	bool boundary;	     /* earlier changes are not here (shallow clone) */
} fria_event;

/* Newest first; returning false stops. The event is borrowed. */
typedef bool (*fria_event_visit)(void *data, const fria_event *event);
/*
 * The versions of an assessment, and the commits that changed it or its
 * application: at most `limit` (0: all). What was told once is kept in the
 * repository's own folder, by ids of commits and tags, and may be deleted.
 */
int fria_log(fria_workspace *ws, const char *name, size_t limit,
	     fria_event_visit visit, void *data, fria_error *err);

/* --- blame.c: by whom, from history --- */

typedef struct {
	bool known;		   /* false: not found, or there is none */
	char commit[FRIA_ID_SIZE]; /* "": in the work tree alone */
	char *author;		   /* of the commit; NULL if there is none */
	fria_time at;
	char *release; /* for which it was; NULL if not said */
	char *claimed; /* whom the document names, if that is not the author */
	bool boundary; /* it, or something before it in a shallow clone */
} fria_attribution;

typedef struct {
	char *task, *row; /* row NULL outside rows */
	fria_attribution given, stood;
} fria_blame_line;

typedef struct {
	fria_blame_line *items; /* in form order */
	size_t n;
	fria_snapshot *snapshot; /* the work tree's */
} fria_blamed;

/*
 * For each answer of the work tree's document (task NULL), or those of a task
 * or group: the commit that gave it its value, and the one in which somebody
 * last stood for it.
 */
int fria_blame(fria_blamed *out, fria_workspace *ws, const char *name,
	       const char *task, fria_error *err);
void fria_blamed_dispose(fria_blamed *blamed);

/* --- held.c: what held on a day --- */

typedef struct {
	char version[32]; /* "v2" */
	fria_time adopted;
	char *in_use; /* the release in use that day; NULL if not known */
} fria_held;

/*
 * The version last adopted on or before a day (a full-date, UTC), and the
 * release in use by `in_use` in history. ENOTFOUND if none was adopted yet.
 */
int fria_held_on(fria_held *out, const fria_workspace *ws, const char *name,
		 const char *day, fria_error *err);
void fria_held_dispose(fria_held *held);

/* --- verify.c: was the past what it says? --- */

/*
 * Appends findings on one assessment, or all (name NULL); *count is how many
 * were looked at. What is honest practice but cannot be told from the commits
 * alone (a squash merge, a forge that commits) is a warning that says how to
 * mend it; what was recorded on someone's behalf is a note.
 */
int fria_verify(fria_findings *out, size_t *count, const fria_workspace *ws,
		const char *name, fria_error *err);

/* --- history.c: two states --- */

typedef struct {
	fria_snapshot *from, *to;
	fria_standing from_standing, to_standing;
	fria_side from_side, to_side;
	char from_date[16], to_date[16];
	fria_diff diff;
	char *own[2]; /* private: names of states */
} fria_comparison;

/* Compares two states, each as fria_snapshot_load takes it, or "." for the work
 * tree; NULL is the last version and the work tree. */
int fria_compare(fria_comparison **out, fria_workspace *ws, const char *name,
		 const char *from, const char *to, fria_error *err);
void fria_comparison_free(fria_comparison *comparison);

/* --- origin.c: what an assessment started from --- */

/*
 * Compares the state of its origin that was taken over with the last one
 * there. where: the folder or address to look in, if it is kept elsewhere by
 * now; NULL: where it was. EINPUT if it started from nothing.
 */
int fria_compare_origin(fria_comparison **out, fria_workspace *ws,
			const char *name, const char *where, fria_error *err);

/* --- present.c: an assessment as an audience reads it --- */

typedef struct {
	fria_report report; /* for fria_report_make */
	fria_standing standing;
	fria_redaction redaction;
	fria_tags tags;
	fria_report_version *versions;
	bool developed; /* verdict and level of the versions were found */
	fria_workspace *ws;
	fria_strings kept; /* releases and digests of the versions */
	/* The version before, redacted too, and what changed since. */
	fria_snapshot *before;
	fria_standing before_standing;
	fria_redaction before_redaction;
	fria_side from, to;
	char from_date[16], to_date[16];
	fria_diff changes;
	char *name; /* "APP/NAME" */
	char head[FRIA_ID_SIZE];
} fria_presented;

/*
 * Evaluates a snapshot as of its own day (the work tree: today) and redacts it
 * for the audience. The snapshot must outlive *out, which may not be moved.
 */
int fria_present(fria_presented *out, fria_workspace *ws,
		 const fria_snapshot *snapshot, fria_audience audience,
		 fria_lang lang, fria_error *err);
void fria_presented_dispose(fria_presented *presented);
/*
 * A template by its name: the workspace's own, else the built-in one.
 * ENOTFOUND lists what there is. The caller frees both.
 */
int fria_template_read(char **path, char **text, const fria_workspace *ws,
		       const char *name, fria_lang lang, fria_error *err);

/* --- export.c: for other tools --- */

typedef struct {
	fria_lang lang; /* of titles; answers stay as they are */
	fria_audience audience;
	/* Of a portfolio: is given lines as they are made. */
	int (*write)(void *data, const char *bytes, size_t n, fria_error *err);
	void *data;
} fria_export;

/* Appends the questions and answers of an assessment as CSV. */
int fria_export_csv(fria_buf *out, fria_workspace *ws, const char *name,
		    const char *revision, const fria_export *how,
		    fria_error *err);
/* The same as an answer file of the official form, with what it cannot hold
 * as findings, and as an assessment card. New. */
int fria_export_form(json_t **out, fria_findings *findings, fria_workspace *ws,
		     const char *name, const char *revision,
		     const fria_export *how, fria_error *err);
int fria_export_card(json_t **out, fria_workspace *ws, const char *name,
		     const char *revision, const fria_export *how,
		     fria_error *err);
/* Every question of every assessment as NDJSON, by schemas/task.schema.json. */
int fria_export_portfolio(fria_workspace *ws, const fria_export *how,
			  fria_error *err);

/* --- archive.c: adopted versions, to be kept elsewhere --- */

/*
 * A folder for each version of "APP" or "APP/NAME": FOLDER/APP/NAME/vN with the
 * documents as recorded, the report, evidence, metadata.json (in the terms of
 * MDTO) and checksums.sha256. EREFUSED for a folder that is not empty,
 * ENOTFOUND if nothing was adopted. *count is how many.
 */
int fria_archive(size_t *count, fria_workspace *ws, const char *name,
		 const char *folder, fria_lang lang, fria_error *err);

/* --- site.c: the workspace as a static site --- */

typedef struct {
	const char *folder;
	fria_lang lang;
	fria_audience audience;
	/* Told after each application; may be NULL. */
	void (*progress)(void *data, size_t done, size_t all);
	void *data;
} fria_site_request;

typedef struct {
	size_t applications, pages;
} fria_site_made;

/*
 * Writes index.html, APP/index.html, and for each adopted version
 * APP/NAME/vN.html, vN-summary.html and vN-changes.html. EREFUSED for a folder
 * that holds something else than such a site.
 */
int fria_site_write(fria_site_made *out, fria_workspace *ws,
		    const fria_site_request *request, fria_error *err);

/* --- check.c: what is wrong in documents --- */

/*
 * Appends findings on everything (name NULL), an application or an assessment;
 * *count is the number of documents that were looked at.
 */
int fria_check(fria_findings *out, size_t *count, const fria_workspace *ws,
	       const char *name, fria_error *err);

/* --- publish.c: the entry in the register --- */

typedef struct {
	fria_register_draft draft;
	fria_findings findings; /* by the publication standard */
	json_t *kept;		/* entry.json as it was; {} if there is none */
} fria_published;

/*
 * The application's entry, with the last adopted version of each assessment,
 * as the public may see them; records in entry.json what was written.
 */
int fria_register_export(fria_published *out, fria_workspace *ws,
			 const char *id, fria_error *err);
void fria_published_dispose(fria_published *published);

typedef struct {
	fria_published published;
	const char *against; /* "file", "sent", "received"; NULL: nothing */
	json_t *fields;	     /* as fria_register_compare gives them */
	bool same;
} fria_register_checked;

/*
 * Compares what export would write now with the published entry: that in the
 * file (NULL: as it was last sent, else received). Records nothing.
 */
int fria_register_check(fria_register_checked *out, fria_workspace *ws,
			const char *id, const json_t *file,
			const char *file_name, fria_error *err);
void fria_register_checked_dispose(fria_register_checked *checked);

/* --- push.c: the entry, sent to the register --- */

typedef struct {
	bool dry;	      /* nothing is sent and nothing recorded */
	const char *password; /* from the environment; NULL: git's helper */
	const char *token;    /* likewise; given: nobody logs in */
	void (*wait)(void *data, unsigned seconds);
	void *data;
} fria_push_request;

typedef struct {
	fria_published published;
	json_t *entry; /* what is sent; NULL: the standard forbids it */
	char *url;     /* where to; NULL: not configured */
	fria_register_pushed pushed;
} fria_pushed;

/*
 * Sends the entry to where the user's own git configuration says
 * (fria.register.url, .organisation, .user, .tokenurl, .client, .timeout), and
 * records in entry.json what was sent. Nothing is sent that breaks the
 * standard: then `entry` is NULL and the findings say why. Trouble after the
 * register had saved it is trouble, but recorded.
 */
int fria_register_push(fria_pushed *out, fria_workspace *ws, const char *id,
		       const fria_push_request *request, fria_error *err);
void fria_pushed_dispose(fria_pushed *pushed);

/* --- sync.c: exchange with a shared repository --- */

typedef struct {
	const char *remote; /* a name, an address or NULL: as configured */
	bool renumber;	    /* own versions give way to others' */
	/* Told before each step that takes time; NULL: nobody is. */
	void (*tell)(void *data, fria_word step, const char *remote);
	void *data;
} fria_sync_request;

typedef struct {
	char *remote, *branch;
	char commit[FRIA_ID_SIZE]; /* the branch afterwards */
	size_t fetched, sent;	   /* commits */
	bool merged;		   /* both sides had something new */
	fria_strings versions_in;  /* "APP/NAME v3" */
	fria_strings versions_out; /* so, with the names that they have now */
	fria_strings renumbered;   /* "APP/NAME v3 v4" */
	/* What people must decide, and where; then nothing was sent. */
	size_t conflicts;
	fria_strings documents;
} fria_synced;

void fria_synced_dispose(fria_synced *synced);
/*
 * Fetches the branch and the versions, merges, and sends branch and versions
 * together or not at all; again, a few times, when someone else was first. A
 * version that others have never changes. Trouble leaves the other side as it
 * was, and here at most what came in merged.
 */
int fria_sync(fria_synced *out, fria_workspace *ws,
	      const fria_sync_request *request, fria_error *err);

#endif
