/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * workspace: where documents stand, and one assessment or all of them as they
 * stood together at a moment. The folder that joins what is derived (living/)
 * with where it is kept (store/). It decides nothing and asks nobody.
 */
#ifndef FRIA_WORKSPACE_H
#define FRIA_WORKSPACE_H

#include "../compare/compare.h"
#include "../document/document.h"
#include "../store/store.h"

/* Who acts, when and in which language; given, never asked for here. */
typedef struct {
	fria_lang lang;
	bool buttons; /* what is said is read on a page of the workplace */
	fria_time now;
	int offset;	  /* minutes east of UTC */
	const char *name; /* NULL: nobody is configured; acts then refuse */
	const char *email;
	const char *committer_name, *committer_email; /* NULL: the author */
} fria_session;

/* Today: the day where the user is, as the moment at which it would begin in
 * Greenwich. */
fria_time fria_session_day(const fria_session *session);
/* True for a full-date after it: what is recorded of that day counts for
 * nothing yet. */
bool fria_is_future(const fria_session *session, const char *date);

/*
 * Who acts, through the entrance for text: in NFC, without what git takes off
 * the ends of a name. EREFUSED where nobody is configured; EINPUT, naming the
 * key of git's configuration, for what is no name or address. kept owns what
 * had to change.
 */
int fria_session_enter(fria_strings *kept, fria_session *session,
		       fria_error *err);

/* --- workspace.c, init.c, document.c, kept.c, law.c: with fria.json --- */

typedef struct fria_kept fria_kept;

typedef struct {
	fria_store *store;
	json_t *config; /* fria.json */
	fria_lang lang; /* of what is recorded, whoever records it */
	fria_session session;
	fria_kept *kept; /* private: what was read before */
	/* Private: clean texts of the session, and of the act under way. */
	fria_strings people, entered;
	unsigned acts;	/* private: how many are under way, one in another */
	bool rehearses; /* private: they are done in memory */
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
 * records it: fria.json, law.json, what stands there for readers and editors
 * (fria_writings_make), .gitattributes. EEXISTS if there is one.
 */
int fria_workspace_init(const char *folder, const char *organisation,
			fria_lang lang, const fria_session *session,
			fria_error *err);
/*
 * Reads and parses a JSON document at a commit, or in the work tree (NULL). One
 * of a commit, and the law, may be given more than once: change a copy.
 */
int fria_workspace_json(json_t **out, const fria_workspace *ws,
			const char *commit, const char *path, fria_error *err);
/*
 * What the law says, at a commit or in the work tree (NULL); *out NULL where
 * the workspace does not have it. EINPUT with the place for what is none.
 */
int fria_workspace_law(json_t **out, const fria_workspace *ws,
		       const char *commit, fria_error *err);
/* The one that this program brings. New. */
json_t *fria_law_built_in(void);
/* law_view.c: all lines, or the one with this id, which is there. */
void fria_law_view(fria_node *at, const json_t *law, fria_lang lang);
void fria_law_line_view(fria_node *at, const json_t *law, const char *id,
			fria_lang lang);
/* How many choices this program wrote by the ids of their rows where 0.1 had
 * stored texts. */
size_t fria_workspace_settled(const fria_workspace *ws);
/* What this handle was told to remember under a name, by what it was made from;
 * NULL: nothing, or it was made from something else. Borrowed. */
const json_t *fria_recalled(const fria_workspace *ws, const char *name,
			    const char *key);
/* Takes it. */
void fria_remember(const fria_workspace *ws, const char *name, const char *key,
		   json_t *value);

/* A document that is written, or recorded in a commit. */
typedef struct {
	const char *path;
	const json_t *json;    /* written in file form */
	const fria_buf *bytes; /* of what is no document; both NULL removes */
} fria_recorded;

/* Writes a document to the work tree, in file form. */
int fria_workspace_write(const fria_workspace *ws, const char *path,
			 const json_t *json, fria_error *err);
/* Several of them: all, or none of them (fria_store_write_all). */
int fria_workspace_write_all(const fria_workspace *ws,
			     const fria_recorded *documents, size_t n,
			     fria_error *err);
/* "APP/NAME" of the assessments that are meant: "APP" for all of one, "-" for
 * all there are, or one by its name. ENOTFOUND for an application. */
int fria_workspace_meant(fria_strings *out, const fria_workspace *ws,
			 const char *which, fria_error *err);
/* "APP/NAME" of the assessments in the work tree and those in HEAD. */
int fria_workspace_recorded(fria_strings *out, const fria_workspace *ws,
			    fria_error *err);
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

/* --- folder.c, workspace.c: what the folders hold --- */

/* ENOTFOUND for an application, or an assessment "APP/NAME", that is not there;
 * with the nearest in the work tree. */
int fria_workspace_no_application(const fria_workspace *ws, const char *id,
				  fria_error *err);
int fria_workspace_no_assessment(const fria_workspace *ws, const char *name,
				 fria_error *err);
/* Ids of the applications; names of an application's assessments, without the
 * copies that lie beside them. Sorted. */
int fria_workspace_applications(fria_strings *out, const fria_workspace *ws,
				const char *commit, fria_error *err);
int fria_workspace_assessments(fria_strings *out, const fria_workspace *ws,
			       const char *commit, const char *application,
			       fria_error *err);
/*
 * Paths of second copies in the work tree, of one application or (NULL) of all
 * the workspace: documents by their ending, beside the one they were copied
 * from by a file service ("iama (1).json", "iama-LAPTOP.json"), which is known
 * by a name that is no id, or by the same words under another's name.
 */
int fria_workspace_copies(fria_strings *out, const fria_workspace *ws,
			  const char *application, fria_error *err);

/* --- names.c: the ids that an application had --- */

/*
 * Its id, then those that it had before as HEAD has it, the newest first. From
 * here on what is asked of its folder at a commit from before it was renamed is
 * found under the id of then. What history does not show is none, and verify
 * tells of it.
 */
void fria_application_ids(fria_strings *out, const fria_workspace *ws,
			  const char *id);
/* What its document names as former ids, the newest first, and no more. */
void fria_application_claims(fria_strings *out, const fria_workspace *ws,
			     const char *commit, const char *id);
/* Whether history shows that what its document names as a former id was one;
 * true where history here does not reach so far. */
bool fria_application_was(const fria_workspace *ws, const char *id,
			  const char *was);
/* What the application is called that had this id; NULL where none is known by
 * it, or one has it. Reads all applications. New. */
char *fria_application_now(const fria_workspace *ws, const char *commit,
			   const char *was);
/* True if an application that has the assessment was called so. */
bool fria_workspace_renamed(const fria_workspace *ws, const char *commit,
			    const char *id, const char *own);

/* --- snapshot.c, siblings.c, version.c, law.c: one, with all it needs --- */

typedef struct {
	char *application_id, *name;
	fria_strings ids;	   /* of the application: this, former ones */
	const char *id_then;	   /* of these, by which it went then */
	char *path;		   /* of the assessment */
	char commit[FRIA_ID_SIZE]; /* "" for the work tree */
	char *version;		   /* "v1" if it was asked for by version */
	fria_time at;		   /* of the commit; 0 for the work tree */
	fria_time day;		   /* on which it is judged, by whose clock it
				      was made; of the work tree today */
	json_t *assessment;
	/* As it is judged: with what the law said then (fria_law_beside). */
	json_t *application;
	json_t *evidence; /* that answers point at, as in fria_evaluation_input
			   */
	fria_instrument *instrument;
	/* The one that took its place, there and of the same questionnaire or
	 * one that follows it; NULL: none did. Borrowed of the assessment. */
	const char *superseded;
	char source[FRIA_ID_SIZE]; /* blob id of application.json */
	fria_sibling *siblings;	   /* the application's other assessments */
	fria_instrument **sibling_instruments;
	json_t **sibling_documents;
	char **sibling_names;
	size_t siblings_n;
} fria_snapshot;

/*
 * An assessment that is not written yet, beside what stands in the work tree.
 * Takes references to instrument and assessment.
 */
int fria_snapshot_unwritten(fria_snapshot **out, const fria_workspace *ws,
			    const char *application, const char *name,
			    fria_instrument *instrument, json_t *assessment,
			    fria_error *err);
/* Reads also the other assessments to which the edges of another edition of its
 * questionnaire lead. */
int fria_snapshot_widen(fria_snapshot *snapshot, const fria_workspace *ws,
			const fria_instrument *by, fria_error *err);
/*
 * Loads "APP/NAME" in the work tree (revision NULL) or at a revision: v1, the
 * name of a release (its last commit), a day as people type it, or whatever
 * fria_store_resolve takes. ENOTFOUND names what is missing.
 */
int fria_snapshot_load(fria_snapshot **out, const fria_workspace *ws,
		       const char *name, const char *revision, fria_error *err);
/* What may be chosen in it. New; borrows from it. */
fria_choices *fria_snapshot_choices(const fria_snapshot *snapshot,
				    fria_lang lang);
/* Appends an answer in it as people read it. */
void fria_snapshot_say(fria_buf *out, const fria_snapshot *snapshot,
		       size_t task, const json_t *value, fria_lang lang);
/* Judges it with another state of its application, and what a law (NULL: none)
 * says. */
void fria_snapshot_take(fria_snapshot *snapshot, const json_t *application,
			const json_t *law);
void fria_snapshot_free(fria_snapshot *snapshot);
/* N of the last adopted version vN; 0: none was. */
size_t fria_snapshot_last(const fria_workspace *ws, const char *application,
			  const char *name);
/* One adopted version, vN. ENOTFOUND. */
int fria_snapshot_version(fria_tag *out, const fria_workspace *ws,
			  const char *application, const char *name, size_t n,
			  fria_error *err);
/* What a version's tag binds: the digest after "Content: " in its message, by
 * the rules it names. False if there is none. */
bool fria_tag_content(char out[FRIA_CONTENT_SIZE], const fria_tag *tag);
/* True for a tag that is a version at sight: somebody made it, under this name,
 * and it binds a content by rules that are known. */
bool fria_tag_binds(const fria_tag *tag);
/* Versions whose number is above `last` ("v5"), of which no row is made: one
 * before them is missing. By number, of each id by itself. */
int fria_versions_beyond(fria_strings *out, const fria_workspace *ws,
			 const char *application, const char *name, size_t last,
			 fria_error *err);
/* The digest of its content, with the number of these rules. */
void fria_snapshot_content(char out[FRIA_CONTENT_SIZE],
			   const fria_snapshot *snapshot, fria_rules rules);
/* True if the content of a snapshot has this digest, by the rules it names. */
bool fria_snapshot_holds(const fria_snapshot *snapshot, const char *content);
/* --- version.c --- */

/* The adopted versions of an assessment, oldest first: each is read. */
int fria_snapshot_versions(fria_tags *out, const fria_workspace *ws,
			   const char *application, const char *name,
			   fria_error *err);
/* The name of version vN's tag, by the id under which it was adopted; by the
 * present one where there is none. The caller frees. */
char *fria_version_tag(const fria_workspace *ws, const char *application,
		       const char *name, size_t n);
/* "fria/APP/NAME/": what the tags of an assessment's versions start with. */
char *fria_tag_stem(const fria_workspace *ws, const char *application,
		    const char *name);

/* --- evidence.c: what answers point at --- */

/* Of an assessment's answers, as in fria_evaluation_input, at a commit or in
 * the work tree (NULL). New. */
json_t *fria_evidence_ids(const fria_workspace *ws, const char *commit,
			  const char *application, const json_t *assessment);

/* --- standing.c: a snapshot, evaluated --- */

/* An evaluation with the snapshot and the caches that its reasons need. */
typedef struct {
	fria_evaluation_input input;
	fria_evaluation result;
	void *lookup; /* private */
} fria_standing;

/* Evaluates a snapshot as of a date, with befores looked up in history; texts
 * are in the session's language, or in another. */
int fria_standing_make(fria_standing *out, const fria_workspace *ws,
		       const fria_snapshot *snapshot, fria_time as_of,
		       fria_error *err);
int fria_standing_make_in(fria_standing *out, const fria_workspace *ws,
			  const fria_snapshot *snapshot, fria_time as_of,
			  fria_lang lang, fria_error *err);
/* Loads a snapshot, as fria_snapshot_load, and evaluates it: as of that date,
 * or (NULL) its own day. Free both; the snapshot last. */
int fria_standing_load(fria_snapshot **snapshot, fria_standing *out,
		       const fria_workspace *ws, const char *name,
		       const char *revision, const fria_time *as_of,
		       fria_error *err);
/* As fria_snapshot_content and fria_snapshot_holds, of the snapshot that was
 * evaluated and is as it was then: what the evaluation found is not made
 * again. */
void fria_standing_content(char out[FRIA_CONTENT_SIZE],
			   const fria_standing *standing,
			   const fria_snapshot *snapshot, fria_rules rules);
bool fria_standing_holds(const fria_standing *standing,
			 const fria_snapshot *snapshot, const char *content);
void fria_standing_dispose(fria_standing *standing);

/* --- listing.c: the applications by name --- */

typedef struct {
	char *id;
	char *name, *release; /* NULL: not known */
	fria_strings assessments;
} fria_listed;

typedef struct {
	fria_listed *items;
	size_t n;
} fria_listing;

/* Reads them all; what cannot be read is named in `broken`, and stands there by
 * its id. The caller disposes. */
int fria_listing_make(fria_listing *out, fria_findings *broken,
		      const fria_workspace *ws, fria_error *err);
void fria_listing_dispose(fria_listing *listing);
json_t *fria_listing_json(const fria_listing *listing);
/* Each with its assessments; that there is none. */
void fria_listing_view(fria_node *at, const fria_listing *listing);

/* --- first.c: which application comes first --- */

/* The questions of the start assessment that are asked of all applications
 * before any other; ends with NULL. */
extern const char *const fria_first_tasks[];

typedef enum {
	FRIA_FIRST_STOP, /* a prohibition may hold */
	FRIA_FIRST_NOW,	 /* a FRIA must be made */
	FRIA_FIRST_NEXT, /* another assessment, or something is not answered */
	FRIA_FIRST_LATER,
	FRIA_FIRST_NONE /* nothing is needed */
} fria_first_rank;

typedef struct {
	char *application, *name; /* its id, and what it is called */
	fria_first_rank rank;
	bool begun, answered; /* all of these questions that must be */
	fria_strings needs;   /* assessments that are not there: "FRIA" */
	char *why;	      /* in the session's language; NULL: not known */
	fria_time since, due; /* in use; by when it must be. 0: not known */
	json_t *values;	      /* by task; null: it was said to be unknown */
} fria_first;

typedef struct {
	fria_first *items; /* in the order in which to begin with them */
	size_t n;
} fria_firsts;

/* Every application, by the duty that its start assessment ("APP/start") finds
 * and by the day; what cannot be read is named in `broken`. */
int fria_firsts_make(fria_firsts *out, fria_findings *broken,
		     const fria_workspace *ws, fria_error *err);
void fria_firsts_dispose(fria_firsts *firsts);

/* --- portfolio.c: every assessment on a line --- */

/* How one assessment stands. */
typedef struct {
	char *application, *assessment; /* "straatafval/iama" */
	char *superseded; /* the one that took its place; NULL: none */
	char *instrument;
	char *release, *version, *phase; /* NULL: none */
	fria_verdict verdict;
	fria_counts counts;
	size_t overdue;
	fria_review review;
	fria_approvals approvals;
	fria_requests requests;
	fria_comings coming;
	bool adoptable;
	char key[FRIA_DIGEST_SIZE]; /* of all that it rests on */
} fria_status;

typedef struct {
	fria_status *items; /* by application and name */
	size_t n;
} fria_statuses;

void fria_statuses_dispose(fria_statuses *statuses);
/* By schemas/status.schema.json, with names as the workspace shows them. New.
 */
json_t *fria_status_json(const fria_status *status, const fria_workspace *ws);

/*
 * Every assessment of one application (NULL: of all), as of a day. What has not
 * changed since the last time is not computed again: lines are kept in the
 * repository's own folder, by the digests of all that they rest on, and may be
 * deleted. What cannot be read is named in `broken`, and stops no other line. A
 * kept line that was written over is computed again, but who can write there
 * can make one that fits: for people to look at, never what is decided or
 * published on.
 */
int fria_portfolio(fria_statuses *out, fria_findings *broken,
		   const fria_workspace *ws, const char *application,
		   fria_time as_of, fria_error *err);

/*
 * The same of all, at once: with what is kept, and at most so many that had to
 * be made. *missing: how many are left out; who asks again, in any process,
 * gets more of them.
 */
int fria_portfolio_known(fria_statuses *out, size_t *missing,
			 fria_findings *broken, const fria_workspace *ws,
			 fria_time as_of, size_t most, fria_error *err);

/* The same of all, from the documents alone: for what goes out. */
int fria_portfolio_anew(fria_statuses *out, fria_findings *broken,
			const fria_workspace *ws, fria_time as_of,
			fria_error *err);

/* --- portfolio_view.c: those lines as a table --- */

enum { FRIA_PORTFOLIO_COLUMNS = 11 };

typedef struct {
	char *cells[FRIA_PORTFOLIO_COLUMNS]; /* as a person reads them */
	const fria_status *status; /* it was made from this; borrowed */
	size_t column;		   /* by which it is sorted */
} fria_portfolio_line;

typedef struct {
	fria_portfolio_line *items;
	size_t n;
	size_t all; /* before the filters */
} fria_portfolio_table;

/* As a person types them; NULL: any, or as they come. */
typedef struct {
	const char *sort;	     /* the name of a column */
	const char *verdict, *phase; /* only with these */
} fria_portfolio_wish;

/* Those among `all`, which must outlive them. EINPUT, with what there is to
 * choose, for a wish that is none. */
int fria_portfolio_select(fria_portfolio_table *out, const fria_statuses *all,
			  const fria_portfolio_wish *wish, fria_lang lang,
			  fria_error *err);
void fria_portfolio_dispose(fria_portfolio_table *table);
/* The head of a column. Static. */
const char *fria_portfolio_head(size_t column, fria_lang lang);
/* Under the table what was given back and what is late; all: also what lapsed
 * and what is asked but not late. */
void fria_portfolio_view(fria_node *at, const fria_portfolio_table *table,
			 const json_t *roles, bool all, fria_lang lang);

/* --- comparison.c: two states of an assessment --- */

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
/* Persons get the names under which they are shown (fria_store_shown), in a
 * comparison and in a document, which is for reading alone. New. */
json_t *fria_names_shown(const json_t *document, const fria_workspace *ws);
void fria_diff_shown(fria_diff *diff, const fria_workspace *ws);
void fria_comparison_free(fria_comparison *comparison);
/* A state as one side of a comparison, and whether all of it is saved. date
 * gives room for its day; what it borrows is the snapshot's and the standing's,
 * redacted or not. Fails where a file cannot be read. */
int fria_side_make(fria_side *side, char date[16], const fria_workspace *ws,
		   const fria_snapshot *snapshot, const fria_standing *standing,
		   const char *revision, fria_error *err);

/* --- place.c: a place in a document, in words --- */

/* A document as one side of a comparison: what places in it are called. */
typedef struct {
	fria_side side;
	fria_instrument *instrument; /* private, with what follows */
	json_t *documents[2];
	fria_snapshot *beside;
	fria_siblings siblings;
} fria_placed;

/* Of the document at a path of the workspace as it is in a commit (NULL: now),
 * or as it is given (else NULL). What cannot be read is left out; ws may be
 * NULL. */
void fria_placed_open(fria_placed *out, const fria_workspace *ws,
		      const char *commit, const char *path,
		      const json_t *document);
void fria_placed_close(fria_placed *placed);
/*
 * Appends the title of a place and what stands there, as a person is told what
 * was recorded: a short value whole, of a longer one its beginning, in a line.
 */
void fria_recorded_say(fria_buf *title, fria_buf *text, const fria_side *side,
		       const char *pointer, const json_t *value,
		       fria_lang lang);
/* Gives each finding its place in words, where it has a pointer. */
void fria_findings_place(fria_findings *findings, const fria_workspace *ws,
			 fria_lang lang);
/* The same of an error: its pointer is words from here on, or nothing: where
 * its sentence names the place itself, and where a document that is no
 * application's or assessment's has the line. */
void fria_error_place(fria_error *err, const fria_workspace *ws,
		      fria_lang lang);

/* --- written.c: what the program writes for readers and editors --- */

typedef struct {
	char *path;
	fria_buf bytes;
} fria_written;

typedef struct {
	fria_written *items;
	size_t n;
} fria_writings;

/* All of it, as this program writes it for an organisation. */
void fria_writings_make(fria_writings *out, const char *organisation,
			fria_lang lang);
void fria_writings_dispose(fria_writings *list);
/* Whether a text that stands at its path is what this program or an earlier one
 * wrote, changed by nobody, and says something else. */
bool fria_written_is_older(const fria_written *now, const fria_buf *text);

/* --- record.c: one commit --- */

/* Commits documents as one act, made from what HEAD holds of them now. */
int fria_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
		const fria_recorded *documents, size_t n, const char *message,
		fria_error *err);
/* Author, committer and time of a commit. */
void fria_record_people(fria_commit_request *request,
			const fria_session *session);
/* fria_record(), concluding the merge that stopped. */
int fria_record_conclusion(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			   const fria_recorded *documents, size_t n,
			   const char *message, fria_error *err);

/* EREFUSED, saying how to end it, while git is in the middle of something. */
int fria_refuse_busy(const fria_workspace *ws, fria_error *err);

/* --- notes.c: outside history --- */

/* An object that is kept in the repository's own folder by this name; what
 * cannot be read is as if it were not there: empty. New. */
json_t *fria_note_read(const fria_workspace *ws, const char *name);
/* Appends it as it stands there; nothing where it cannot be read. */
void fria_note_bytes(fria_buf *out, const fria_workspace *ws, const char *name);
/* One that grew too large to be read again is not written, nor is any in a
 * rehearsal. */
int fria_note_write(const fria_workspace *ws, const char *name,
		    const json_t *note, fria_error *err);

/* --- form.c: documents held against their schemas --- */

typedef enum {
	FRIA_FORM_WORKSPACE,
	FRIA_FORM_APPLICATION,
	FRIA_FORM_INSTRUMENT,
	FRIA_FORM_ASSESSMENT,
	FRIA_FORM_ENTRY,
	FRIA_FORM_EVIDENCE,
	FRIA_FORM_LAW,
	FRIA_FORMS
} fria_form;

typedef struct {
	fria_schema *schemas[FRIA_FORMS]; /* compiled when first needed */
	json_t *loaded;			  /* others that they refer to */
} fria_forms;

void fria_forms_dispose(fria_forms *forms);
/* True if a document has the form its schema asks for; appends findings. */
bool fria_form_check(fria_forms *forms, fria_form form, const json_t *json,
		     const char *path, fria_findings *out);
/*
 * EINPUT, naming the place, if one of these parts of an application (pointers,
 * closed by NULL) has not the form that the schema asks for.
 */
int fria_form_refuse(const json_t *application, const char *const parts[],
		     fria_lang lang, fria_error *err);

#endif
