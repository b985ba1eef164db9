/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of workflow/ share with each other and with nobody else. */
#ifndef FRIA_WORKFLOW_INTERNAL_H
#define FRIA_WORKFLOW_INTERNAL_H

#include "workflow.h"

/*
 * The start of everything that changes documents: there is a work tree and an
 * author, and this process alone works here until fria_act_end().
 */
int fria_act_begin(fria_workspace *ws, fria_error *err);
void fria_act_end(fria_workspace *ws);
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

/* --- record.c --- */

/* Author, committer and time of a commit. */
void record_people(fria_commit_request *request, const fria_session *session);
/* fria_record(), concluding the merge that stopped. */
int record_conclusion(char commit[FRIA_ID_SIZE], fria_workspace *ws,
		      const fria_recorded *documents, size_t n,
		      const char *message, fria_error *err);

/* EREFUSED, saying how to end it, while git is in the middle of something. */
int record_refuse_busy(const fria_workspace *ws, fria_error *err);

/* --- publish.c --- */

/* The entry as it would be exported; EREFUSED with unsaved changes. */
int publish_draft(fria_published *out, fria_workspace *ws, const char *id,
		  fria_error *err);
/*
 * A field that is empty and comes in as answers fill it is no fact: takes it
 * out of the register vocabulary of what came in.
 */
int publish_drop_echoes(json_t *from, fria_workspace *ws, const char *id,
			const json_t *application, fria_error *err);
/* entry.json in the work tree; a new one where there is none. */
int publish_read_entry(json_t **out, const fria_workspace *ws, const char *path,
		       fria_error *err);
/* Records it with a sentence that has {id}. */
int publish_keep(fria_workspace *ws, const char *id, json_t *entry,
		 fria_word said, fria_error *err);

/* --- follow.c --- */

/*
 * Brings the work tree after a branch that was moved from elsewhere. EREFUSED,
 * with both sides kept, where they wrote different answers.
 */
int follow_branch(fria_workspace *ws, fria_error *err);

/* --- merge.c: documents of three states --- */

typedef struct {
	json_t *base, *ours, *theirs; /* NULL: absent */
} merge_documents;

/* By its place: fria.json, a questionnaire, schema, or one in assessments/. */
bool merge_is_document(const char *path);
/* EINPUT for what is no document of ours. */
int merge_read_sides(merge_documents *out, const fria_workspace *ws,
		     const fria_path_sides *path, fria_error *err);
void merge_documents_dispose(merge_documents *sides);
/* ws NULL: questionnaires are the built-in ones. application may be NULL. */
void merge_sides(fria_merge *out, const fria_workspace *ws,
		 const merge_documents *sides, const json_t *application);
/* "APP/NAME", "APP", or the path in the repository; the caller frees. */
char *merge_name_of(const fria_workspace *ws, const char *path);

/* --- conflicts.c --- */

/* EREFUSED while the document at a path of the workspace (NULL: anything in
 * the repository) waits for people. */
int conflicts_refuse(const fria_workspace *ws, const char *path,
		     fria_error *err);
/* Notes what is to be decided at a path. */
int conflicts_note(const fria_workspace *ws, const fria_path_sides *path,
		   const fria_merge *merge, fria_error *err);
/*
 * What git left without our driver at a path of the workspace (NULL: all):
 * the merged document stands in the work tree, and is settled where nobody
 * has to decide.
 */
int conflicts_take_up(fria_workspace *ws, const char *path, fria_error *err);
/* The same for all; EREFUSED, and nothing changed, if somebody has to. */
int conflicts_settle_all(fria_workspace *ws, fria_error *err);

/* --- editing.c: the frame of every edit in the work tree --- */

typedef struct {
	fria_workspace *ws;
	fria_snapshot *s; /* change s->assessment, then write */
	bool locked;
} fria_editing;

/* Locks and loads "APP/NAME"; editing_end() belongs to it, also on failure. */
int editing_begin(fria_editing *e, fria_workspace *ws, const char *name,
		  fria_error *err);
int editing_write(fria_editing *e, fria_error *err);
void editing_end(fria_editing *e);
/* An answerable task by its id; ENOTFOUND or EINPUT. */
int editing_task(size_t *task, const fria_instrument *in, const char *id,
		 fria_error *err);
/* EREFUSED, naming the answer that hides it, for a hidden question. */
int editing_refuse_hidden(const fria_editing *e, size_t task, const char *row,
			  fria_error *err);
/* The row that is meant (NULL, an id, a number from 1, "new") into *out;
 * makes a new one where asked. EINPUT says which rows there are. */
int editing_row(fria_edited *out, const fria_editing *e, size_t task,
		const char *text, fria_error *err);
const char *editing_row_of(const fria_edited *out);
/* By id or number; NULL if there is none. */
json_t *editing_find_row(const fria_editing *e, size_t group, const char *text);
int editing_row_error(fria_error *err, fria_word word, const fria_editing *e,
		      size_t task, const char *row);
/* False if the answer is stale. */
bool editing_holds(const fria_editing *e, size_t task, const char *row,
		   fria_error *err);
/* The basis of an answer that the session's author stands for now. New. */
json_t *editing_basis(const fria_editing *e, size_t task, const char *row,
		      const json_t *answer, const char *note,
		      const char *meeting);

/* --- release.c: an application and what it came from --- */

/* {"received", "written", "sent"} with the entry that came in; new, or NULL. */
json_t *release_entry(const fria_workspace *ws, const char *path,
		      const json_t *received);
/* A new application's document, from what fria_application_read gives. New. */
json_t *release_first(const char *id, const json_t *from);

/* --- history.c: one side of a comparison --- */

/* date gives room for its day; what it borrows is the snapshot's and the
 * standing's, redacted or not. */
void fria_side_make(fria_side *side, char date[16],
		    const fria_snapshot *snapshot,
		    const fria_standing *standing, const char *revision);

/* --- form.c: documents held against their schemas --- */

typedef enum {
	FRIA_FORM_WORKSPACE,
	FRIA_FORM_APPLICATION,
	FRIA_FORM_INSTRUMENT,
	FRIA_FORM_ASSESSMENT,
	FRIA_FORM_ENTRY,
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

/* --- kept.c: what was read before, by the id of its bytes --- */

fria_kept *kept_new(void);
void kept_free(fria_kept *kept);
/* Its own reference for the caller; NULL if it is not kept. So for documents,
 * which are shared: read only. */
fria_instrument *kept_instrument(const fria_kept *kept, const char *id);
json_t *kept_document(const fria_kept *kept, const char *id);
void keep_instrument(fria_kept *kept, const char *id, fria_instrument *in);
void keep_document(fria_kept *kept, const char *id, json_t *json);

/* --- snapshot.c --- */

/* NULL for the work tree. */
const char *snapshot_commit(const fria_snapshot *snapshot);
/* An assessment of the same application at the same moment. */
int snapshot_document(json_t **out, fria_instrument **instrument,
		      const fria_workspace *ws, const fria_snapshot *snapshot,
		      const char *name, fria_error *err);

/* --- siblings.c: the application's other assessments --- */

/* Those that answers rest on, and those that these rest on in turn. */
int siblings_load(fria_snapshot *snapshot, const fria_workspace *ws,
		  fria_error *err);
void siblings_free(fria_snapshot *snapshot);

typedef struct {
	fria_sibling *items; /* the snapshot's, then its own assessment */
	fria_evaluation *results;
	bool *begun;
	size_t n; /* without its own */
} sibling_judgements;

/* Each evaluated after those that it rests on. */
void siblings_judge(sibling_judgements *out, const fria_snapshot *snapshot,
		    fria_time as_of);
void siblings_dispose(sibling_judgements *judgements);

/* --- verify_signatures.c --- */

/*
 * Commits that touched the paths while the workspace asked for signatures:
 * appends a finding for each that its author did not sign.
 */
int verify_signatures(fria_findings *out, const fria_workspace *ws,
		      const char *const paths[], fria_error *err);
/* The same of a version's tag. */
void verify_tag_signature(fria_findings *out, const fria_workspace *ws,
			  const fria_tag *tag);

/* --- excerpt.c: two states, without what is the same --- */

/*
 * Appends two states of an assessment, in file form, without the answers that
 * are the same in both. False, and nothing appended, where the form gives no
 * hold or something else differs, too.
 */
bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after);

/* EREFUSED for an assessment that another took the place of. */
int fria_refuse_superseded(const fria_snapshot *snapshot, fria_error *err);
/* EREFUSED if assessment, application or questionnaire differ from HEAD. */
int fria_refuse_unsaved_all(const fria_workspace *ws,
			    const fria_snapshot *snapshot, fria_error *err);
/* What keeps one assessment from being up to date and decided, one line a
 * reason; the phase of the application is not looked at. */
void fria_gate_assessment(fria_gate *out, const fria_workspace *ws,
			  const char *name, const fria_standing *standing);

/* ENOTFOUND for a meeting that the document does not hold. */
int discuss_meeting(const fria_editing *e, const char *id, fria_error *err);

/* "fria/APP/NAME/": what the tags of an assessment's versions start with. */
char *fria_tag_stem(const fria_workspace *ws, const char *application,
		    const char *name);

#endif
