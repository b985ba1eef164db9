/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of history/ share with each other and with nobody else. */
#ifndef FRIA_HISTORY_INTERNAL_H
#define FRIA_HISTORY_INTERNAL_H

#include "history.h"

/* --- excerpt.c: two states, without what is the same --- */

/*
 * Appends two states of an assessment without the answers that are the same in
 * both, however the documents are laid out. False, and nothing appended, where
 * something else differs, too, or the answers are not found.
 */
bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after);

/* --- past.c: every document, as history changed it --- */

typedef struct {
	char *path;
	char commit[FRIA_ID_SIZE];
	char before[FRIA_ID_SIZE], after[FRIA_ID_SIZE]; /* "": absent */
	size_t order;  /* of the walk: newest first */
	bool boundary; /* what was before is not here (shallow clone) */
	bool put_back; /* by a merge: `before` is what one parent had made */
} past_change;

typedef struct {
	past_change *items; /* by path, of each newest first */
	size_t n;
	char head[FRIA_ID_SIZE];
} history_past;

/* Over history: a merge changes what none of its parents has so; and it puts
 * back what a parent had made of it since they parted. These come last. */
int past_read(history_past *out, const fria_workspace *ws, fria_error *err);
void past_dispose(history_past *p);
/* The changes of a path; those of all that lies below a folder. */
const past_change *past_of(const history_past *p, const char *path, size_t *n);
const past_change *past_below(const history_past *p, const char *folder,
			      size_t *n);

/* True where the same merge stands before it. */
bool past_repeats(const past_change *changes, size_t at);

/* --- merged.c: what a merge brought together --- */

/* A document in each parent that has it, and where that parted from others; of
 * other commits none. */
typedef struct {
	json_t *parents, *bases; /* a list for each */
	bool blind;		 /* where they parted is not here */
} history_merged;

typedef bool (*history_has)(const json_t *document, const void *what);

void history_merged_read(history_merged *out, const fria_workspace *ws,
			 const fria_commit *commit, const char *path);
void history_merged_dispose(history_merged *m);
/* True where it stood when they parted and a parent has it no more: it was
 * taken away there, and a merge follows that. */
bool history_gone_before(const history_merged *m, history_has has,
			 const void *what);

/* --- state.c: an assessment as it stood, its answers found at once --- */

typedef struct {
	json_t *document; /* NULL: absent, or cannot be read */
	json_t *by_row;
} history_state;

typedef struct {
	history_state *items;
	size_t n;
} history_states;

/* Takes the document over. */
history_state history_state_of(json_t *document);
void history_state_dispose(history_state *state);
/* Appends one, taken over, unless there is none. */
void history_states_add(history_states *states, json_t *document);
void history_states_dispose(history_states *states);
/* Borrowed, or NULL. */
json_t *history_answer(const history_state *state, const fria_instrument *in,
		       size_t task, const char *row);

/* --- verify.c, found.c, documents.c --- */

/* The versions that a shared repository had at the last exchange. */
typedef struct {
	char *remote; /* NULL: there was none */
	fria_refs refs;
} verify_seen;

/* What is checked of the workspace as a whole. */
typedef struct {
	fria_findings *out;
	const fria_workspace *ws;
	history_past past;
	verify_seen seen;
	fria_refs tags; /* of versions, by name */
} verifying;

/* Of whom a commit tells: it does not say; it only says so; what it names is
 * here and has it. */
typedef enum { TOLD_NOT, TOLD_ONLY, TOLD_SHOWN } verify_told;

/* What is checked of one assessment. */
typedef struct {
	verifying *all;
	fria_findings *out;
	const fria_workspace *ws;
	const char *name; /* "APP/NAME" */
	char *application, *own, *path;
	fria_strings ids;	    /* of the application: present and former */
	const past_change *changes; /* of its document, newest first */
	size_t changes_n;
	history_states aside; /* versions that history took up in others */
	struct {
		char commit[FRIA_ID_SIZE];
		char *who; /* NULL: nothing was asked */
		verify_told told;
		history_states states;
	} told; /* what was asked last of whom a commit tells */
	struct {
		char (*items)[FRIA_ID_SIZE]; /* of each version, its commit */
		size_t n;		     /* those that may lie behind */
	} versions;
} checker;

/* A finding about the assessment's document at a commit. */
fria_finding *verify_note(checker *k, fria_severity severity, fria_word word,
			  const char *commit, const char *pointer);
/* The same about another document; `who` is who made the commit. */
fria_finding *verify_note_at(verifying *v, fria_severity severity,
			     fria_word word, const past_change *change);
/* An assessment (or NULL) with its choices of rows as ids. Takes it; new. */
json_t *history_settled(json_t *assessment, const fria_instrument *in);
/* The assessment in a blob; NULL if it is none that can be read. New. */
json_t *history_document(const fria_workspace *ws, const char *blob);
/* Any document in a blob. New, or NULL. */
json_t *history_json(const fria_workspace *ws, const char *blob);
bool history_holds(const json_t *list, const json_t *one);
/* The last state of a document before a change that can be read. New, or NULL.
 */
json_t *history_before(const fria_workspace *ws, const past_change *changes,
		       size_t n, size_t at);
/* True where a version was adopted of which the commit is part: what was done
 * there was seen by who adopted it. */
bool verify_adopted_since(const verifying *v, const char *commit);
/* True where there was a version before the commit. */
bool verify_behind_version(const verifying *v, const char *commit);

/* --- verify_versions.c --- */

int verify_versions(checker *k, fria_error *err);
/* Of what the repository cannot give, its own words are a finding too. */
bool verify_holds(bool *out, const checker *k, const char *revision,
		  const char *bound);

/* --- verify_approvals.c --- */

void verify_approvals(checker *k);

/* --- verify_told.c: whose work a commit says it holds --- */

/*
 * Does the message of a commit tell of work by somebody else? Anybody can
 * write that: k->told.states are then the assessment as that person's own
 * commits hold it, of those that the message names by id and that are here.
 */
verify_told verify_tells(checker *k, const fria_commit *commit,
			 const char *who);
void verify_told_dispose(checker *k);
/* True for a moment more than a day from a commit's. */
bool verify_apart(const char *at, fria_time commit);

/* --- verify_bases.c --- */

int verify_bases(checker *k, fria_error *err);

/* --- completed.c: what editions completed, looked up again --- */

/* Called for each thing, as people call it, that an edition of the
 * questionnaire completed for an answer and that was otherwise when somebody
 * stood for that. What history here does not reach is passed by. */
typedef void (*history_otherwise)(void *data, const fria_blame_line *line,
				  const char *what);
void history_completed_again(const fria_blamed *blamed,
			     const fria_workspace *ws, const char *name,
			     history_otherwise otherwise, void *data);

/* --- verify_talk.c: comments, dissent, marks, moments --- */

void verify_talk(checker *k);

/* --- renamed.c: what applications were called before --- */

/* Before anything is looked up by a former id; name NULL: of all is told. */
void verify_former(verifying *v, const char *name);

/* --- verify_gone.c: what was there and is no more --- */

void verify_gone(verifying *v);

/* --- verify_facts.c: applications and evidence --- */

void verify_application(verifying *v, const char *id);

/* --- verify_rules.c: what is asked, and of whom --- */

void verify_rules(verifying *v);

/* --- verify_signatures.c --- */

/*
 * Commits made while the workspace asked for signatures: appends a finding for
 * each that its author did not sign, or none who might. With a name, of those
 * that touched this assessment, its application or what is shared by all.
 */
int verify_signatures(fria_findings *out, const fria_workspace *ws,
		      const char *name, fria_error *err);
/* The same of a version's tag. */
void verify_tag_signature(fria_findings *out, const fria_workspace *ws,
			  const fria_tag *tag);

#endif
