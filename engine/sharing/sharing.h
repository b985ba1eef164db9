/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * sharing: several people, work trees and copies on one workspace: taking
 * turns, following, merging, and exchanging with a shared repository. It never
 * chooses between what two people wrote.
 */
#ifndef FRIA_SHARING_H
#define FRIA_SHARING_H

#include "../workspace/workspace.h"

/* --- act.c: before anything is changed --- */

/*
 * The start of everything that changes documents: the texts it was given are
 * text (fria_enter(); they are the act's own from here on), there is an author,
 * and this process alone works here until fria_act_end(), to which the texts
 * last. texts NULL: the act was given none.
 *
 * Acts nest: those between the beginning and the end of an outer one are one
 * turn, such as an answer and its saving. In a bare repository what they read
 * is HEAD as it was when the outermost began, and what they write stands in
 * memory until it is recorded: what edits a document there asks for an outer
 * act that saves it (FRIA_W_bare_unsaved), and what is not saved when that ends
 * is gone.
 */
int fria_act_begin(fria_workspace *ws, const fria_entering *texts,
		   fria_error *err);
/* Once for each beginning that went well. */
void fria_act_end(fria_workspace *ws);

/*
 * A rehearsal: acts between its beginning and its end are done in memory. Every
 * read finds what they made, as if it were so (fria_snapshot_load with NULL or
 * "HEAD", fria_standing_make, fria_compare, fria_store_read ...), and nothing
 * is written, locked or recorded: a commit that is given out exists until the
 * end. In a work tree as well as a bare repository; not for a merge or a
 * version (EREFUSED), nor while git is in the middle of something. Usage:
 *
 *	code = fria_rehearsal_begin(ws, err);
 *	if (!code)
 *		code = fria_release(...);		any acts
 *	... look: load, evaluate, compare ...		any reads
 *	code = fria_rehearsal_record(commit, ws, err);	or _drop(ws)
 *
 * What was loaded in a rehearsal stays valid after it; a commit's id does not,
 * unless it is recorded.
 */
int fria_rehearsal_begin(fria_workspace *ws, fria_error *err);
/*
 * Ends it and records what was done, as it was looked at. ERACE, and nothing
 * recorded, where somebody changed the branch or a document meanwhile. commit
 * is the last one recorded; "": there was none.
 */
int fria_rehearsal_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			  fria_error *err);
/* Ends it; nothing happened. */
void fria_rehearsal_drop(fria_workspace *ws);

/* EREFUSED, saying to save first, if the document differs from HEAD. */
int fria_refuse_unsaved(const fria_workspace *ws, const char *path,
			const char *name, fria_error *err);
/* An application's document; ENOTFOUND, or EREFUSED with unsaved changes. */
int fria_application_saved(json_t **out, const fria_workspace *ws,
			   const char *id, fria_error *err);
/* The same for who only reads: git's index, which grows with the workspace,
 * stays unread. */
int fria_application_recorded(json_t **out, const fria_workspace *ws,
			      const char *id, fria_error *err);

/* --- follow.c: after who saved meanwhile --- */

/*
 * Brings the work tree after a branch that was moved from elsewhere. EREFUSED,
 * with both sides kept, where they wrote different answers.
 */
int fria_follow_branch(fria_workspace *ws, fria_error *err);

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

/* --- merge_driver.c: for git --- */

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
	char *stages;  /* private: of which merge */
	bool document; /* false: for git to settle */
	json_t *now;   /* the document as it is to stand; NULL: gone */
	fria_conflict *items;
	size_t n; /* 0 with document: nothing to decide, save goes on */
} fria_unsettled;

typedef struct {
	fria_unsettled *items;
	size_t n;
} fria_unsettleds;

/* All, or those of one document by its name or path. */
int fria_conflicts(fria_unsettleds *out, const fria_workspace *ws,
		   const char *name, fria_error *err);
void fria_unsettleds_dispose(fria_unsettleds *list);
/* True for the value or waiver of one answer: not for what stands beside it,
 * nor for a whole row. */
bool fria_conflict_is_answer(const fria_conflict *conflict);
/* Finds who wrote each side, and when: of an answer it says so itself, of
 * anything else the commit that brought it. */
void fria_conflicts_wrote(fria_unsettleds *list, const fria_workspace *ws);
/* All of them, by schemas/conflicts.schema.json. New. */
json_t *fria_unsettleds_json(const fria_unsettleds *list);

/*
 * What git left without our driver at a path of the workspace (NULL: all):
 * the merged document stands in the work tree, and is settled where nobody
 * has to decide.
 */
int fria_conflicts_take_up(fria_workspace *ws, const char *path,
			   fria_error *err);
/* The same for all; EREFUSED, and nothing changed, if somebody has to. */
int fria_conflicts_settle_all(fria_workspace *ws, fria_error *err);
/*
 * Decisions were made in `now`, and left out of the items: the document is
 * written with all of them at once, then what is left is noted, or git's index
 * takes the document. Until it is noted all is asked again, and nobody's words
 * are gone.
 */
int fria_conflicts_decided(fria_workspace *ws, const fria_unsettled *one,
			   fria_error *err);

/* --- conflicts_view.c: the same, for who decides --- */

/* Adds each conflict: what it is about, what stood there, what each side says,
 * by whom and when, and how to settle it. pointers: with where it stands. */
void fria_conflicts_view(fria_node *at, const fria_unsettleds *list,
			 const fria_workspace *ws, bool pointers,
			 fria_lang lang);

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
	bool made; /* the shared repository, which was not there */
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
 * Where the remote is given as a folder of this computer that is empty or still
 * to be made, a bare repository is made in it first. Fetches the branch and the
 * versions, merges, and sends branch and versions together or not at all;
 * again, a few times, when someone else was first. A version that others have
 * never changes. Trouble leaves the other side as it was, and here at most what
 * came in merged.
 */
int fria_sync(fria_synced *out, fria_workspace *ws,
	      const fria_sync_request *request, fria_error *err);

/* --- sync_remote.c: with whom --- */

/* With whom one exchanges when none is named; NULL: not known. New. */
char *fria_sync_remote(const fria_workspace *ws);

/* --- sync_say.c: the same, for who exchanged --- */

/* Appends what came and went, a sentence each; at least one. */
void fria_synced_say(fria_strings *out, const fria_synced *synced,
		     fria_lang lang, bool buttons);

/* --- join.c: a copy to work in --- */

typedef struct {
	const char *address; /* as sync takes it */
	const char *folder,
	    *base;	     /* NULL: named after the address; below base */
	const char *program; /* as fria_setup_git() takes it */
	void (*tell)(void *data, fria_word step, const char *remote);
	void *data;
} fria_join_request;

typedef struct {
	char *folder;		 /* as it was given */
	char *remote, *branch;	 /* origin from here on */
	char *organisation;	 /* whose the first workspace is */
	fria_strings workspaces; /* their folders in it; "" at the top */
	size_t versions;
	bool already; /* it was joined before: of the above folder and remote */
} fria_joined;

/*
 * Copies a shared repository into a folder that is empty or not there yet:
 * branch and versions, the remote remembered for sync, plain git set up. What
 * comes is checked as sync checks it before any of it is taken. ENOTFOUND: it
 * holds nothing yet, or no workspace; EEXISTS: something is in the folder;
 * EREFUSED: nobody is configured, or it is not clear which branch. Whatever is
 * in the way, the folder is as it was; one that was cut off is gone on with by
 * the next, and where it had come to its end nothing is done.
 */
int fria_join(fria_joined *out, const fria_join_request *request,
	      const fria_session *session, fria_error *err);
void fria_joined_dispose(fria_joined *joined);

/* --- elsewhere.c: another workspace, to read from --- */

typedef struct {
	fria_workspace *ws;
	bool foreign; /* not the workspace that we are in */
	char *copy; /* folder of a copy that goes when it is closed, or NULL */
	int held;   /* descriptor that keeps it */
} fria_elsewhere;

/*
 * Opens a folder or a git address (https, ssh, file) to read from; NULL: the
 * workspace itself. ENOTFOUND if there is no workspace; EREFUSED for another
 * protocol; EIO, with git's words, if it cannot be copied.
 */
int fria_elsewhere_open(fria_elsewhere *out, fria_workspace *ws,
			const char *where, fria_error *err);
void fria_elsewhere_close(fria_elsewhere *elsewhere);
/* A state of "APP/NAME" there: the last version, else what was saved last. */
int fria_elsewhere_load(fria_snapshot **out, const fria_elsewhere *elsewhere,
			const char *name, const char *revision,
			fria_error *err);
/* Where it is, as it may be written down: without what only its owner should
 * know. The caller frees. */
char *fria_elsewhere_place(const fria_workspace *ws, const char *where);

/* --- origin.c: what an assessment started from --- */

/*
 * Compares the state of its origin that was taken over with the last one
 * there. where: the folder or address to look in, if it is kept elsewhere by
 * now; NULL: where it was. EINPUT if it started from nothing.
 */
int fria_compare_origin(fria_comparison **out, fria_workspace *ws,
			const char *name, const char *where, fria_error *err);

/* --- setup_git.c: plain git shows and merges by meaning --- */

/*
 * Tells git, in the repository's own configuration and info/attributes, to
 * show and merge this workspace's documents with the program (as a shell
 * would find it); undo takes that out. *changed is false if it was so already.
 * No file that git tracks is touched.
 */
int fria_setup_git(bool *changed, fria_workspace *ws, const char *program,
		   bool undo, fria_error *err);

#endif
