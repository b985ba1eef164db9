/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of workflow/ share with each other and with nobody else. */
#ifndef FRIA_WORKFLOW_INTERNAL_H
#define FRIA_WORKFLOW_INTERNAL_H

#include "workflow.h"

/* --- editing.c: the frame of every edit in the work tree --- */

typedef struct {
	fria_workspace *ws;
	fria_snapshot *s; /* change s->assessment, then write */
	bool locked;
	/* What its page was made from, and HEAD; NULL: they are the same. */
	fria_snapshot *seen, *head;
} fria_editing;

/* Locks and loads "APP/NAME"; texts as for fria_act_begin(). editing_end()
 * belongs to it, also on failure. */
int editing_begin(fria_editing *e, fria_workspace *ws, const char *name,
		  const fria_entering *texts, fria_error *err);
/* The same for an answerable task of the assessment; what the target says is
 * entered, too. */
int editing_begin_question(fria_editing *e, size_t *task, fria_workspace *ws,
			   fria_edit_target *target, const fria_entering *texts,
			   fria_error *err);
/* A target's own texts. */
int editing_enter(fria_workspace *ws, fria_edit_target *target,
		  fria_error *err);
int editing_write(fria_editing *e, fria_error *err);
/* The same with what comes beside it: all, or nothing. */
int editing_write_with(fria_editing *e, const fria_recorded *beside, size_t n,
		       fria_error *err);
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
/* *holds: the answer is not stale. What could not be judged is an error. */
int editing_holds(bool *holds, const fria_editing *e, size_t task,
		  const char *row, fria_error *err);
/*
 * The member of a list in which a person said the same on the same day, but
 * for its id and hour: whoever gives a command again, for they did not see how
 * it ended, says it once. NULL if there is none.
 */
json_t *editing_said(const json_t *list, const json_t *one);

/* --- shown.c: what a page showed --- */

/* ERACE where the answer is not the one that was shown; loads what the page
 * was made from, after editing_begin(). */
int shown_begin(fria_editing *e, const fria_seen_page *shown, const char *task,
		const char *row, fria_error *err);
/* The basis of an answer that the session's author stands for now, by what they
 * saw. New. */
json_t *shown_basis(const fria_editing *e, size_t task, const char *row,
		    const json_t *answer, const char *note,
		    const char *meeting);
/* True for an answer that holds and was stood for since. */
bool shown_stood(const fria_editing *e, const fria_judgement *judgement);

/* --- import_own.c --- */

/* The marks (fria_official_mark) of all that stands or stood here, if one of
 * the file's is among them; else NULL. New. */
json_t *import_own(const fria_editing *e, const json_t *file);
/* What the draft has from such a file is answered, with a basis; how many. */
size_t import_returned(fria_editing *e, const json_t *draft);

/* --- remove.c --- */

/* Every file below a folder, at a commit or (NULL) in the work tree. */
int remove_files(fria_strings *out, fria_workspace *ws, const char *commit,
		 const char *folder, fria_error *err);

/* --- rename.c --- */

/* EEXISTS, with what it is called now, for an id that an application had. */
int rename_refuse_former(const fria_workspace *ws, const char *id,
			 fria_error *err);

/* --- edit.c --- */

/* Sets the answer that a text says; nothing is written, but for `editorial`. */
int edit_answer(fria_edited *out, fria_editing *e, size_t task,
		const fria_edit_target *target, const char *text,
		fria_error *err);

/* --- release.c: an application and what it came from --- */

/* {"received", "written", "sent"} with the entry that came in; new, or NULL. */
json_t *release_entry(const fria_workspace *ws, const char *path,
		      const json_t *received);
/* What is given to --from, through the entrance: from borrows of *file and
 * *form, which the caller frees, also after an error. */
int facts_enter(fria_facts_file *from, json_t **file, char **form,
		fria_error *err);
/* What it says, new; before is the application until now, or NULL. *received
 * is the entry, borrowed, or NULL. */
int facts_read(json_t **out, const json_t **received,
	       const fria_facts_file *from, const json_t *before,
	       const fria_session *session, fria_error *err);
/* A new application's document, from what fria_application_read gives. New. */
json_t *release_first(const char *id, const json_t *from);

/* --- future.c: what is recorded of a day that is still to come --- */

/* EINPUT: {what} is, its {date}, and what {today} is. */
int future_fail(fria_error *err, const fria_session *session, fria_word word,
		const char *name, const char *date);
/*
 * EINPUT for a measurement or an incident of a day after today that an
 * application did not have before (NULL: it had none).
 */
int future_refuse(const json_t *application, const json_t *before,
		  const fria_session *session, fria_error *err);
/* The same as findings, at their places; of an assessment its meetings. */
void future_find(fria_findings *out, const json_t *document,
		 const fria_session *session, const char *path);

/* --- law_update.c --- */

/* Appends a line, what it says now and what it said. */
void law_line_say(fria_buf *out, const fria_law_renewal *renewal,
		  const char *id, fria_lang lang);

/* --- consequences.c, wording.c --- */

/* Appends one for each assessment of the application; an error where one
 * cannot be judged. law: that of the workspace from now on; NULL: as it is. */
int consequences_judge(fria_consequences *out, const fria_workspace *ws,
		       const char *id, const json_t *application,
		       const fria_wording *wording, const json_t *law,
		       fria_error *err);
/* Commits application.json, and the entry where an entry came in, with what
 * follows from them. */
int consequences_record(char commit[FRIA_ID_SIZE], fria_workspace *ws,
			const char *id, const fria_release_result *result,
			const json_t *received, const char *message,
			fria_error *err);
/* EINPUT, EREFUSED: more than words changed of what the wording speaks of. Adds
 * to the application after it the event that keeps it. */
int wording_take(const fria_wording *wording, json_t *after,
		 const fria_workspace *ws, fria_error *err);
void consequences_dispose(fria_consequences *all);

/* --- withdraw.c: what counts for nothing any more --- */

/* Whether it may be the one that is meant: any, or of that day (in member) one
 * that stands. */
bool withdraw_may(const json_t *one, const char *member, const char *day);
/* ENOTFOUND where there is none, EREFUSED where the last is withdrawn already:
 * an older one is named. */
int withdraw_none(const json_t *last, const char *member, const char *what,
		  fria_error *err);
/* Marks an approval or measurement as withdrawn now; EINPUT without a note. */
int withdraw_mark(json_t *one, const fria_workspace *ws, const char *note,
		  fria_error *err);
/* EREFUSED unless who gave or recorded it (NULL: not known) acts. */
int withdraw_refuse(const fria_workspace *ws, const char *who, fria_error *err);
/* Whose commit brought a measurement; NULL where history does not reach. The
 * caller frees. */
char *withdraw_recorder(const fria_workspace *ws, const char *id,
			const char *metric, const json_t *measurement);

/* --- saved.c: the frame of acts on what was saved --- */

/* EREFUSED for an assessment that another took the place of. */
int fria_refuse_superseded(const fria_snapshot *snapshot, fria_error *err);
/*
 * Takes a turn (texts as for fria_act_begin()) and loads "APP/NAME": EREFUSED
 * if assessment, application or questionnaire differ from HEAD, or another took
 * its place. saved_end() belongs to it only on success.
 */
int saved_begin(fria_snapshot **out, fria_workspace *ws, const char *name,
		const fria_entering *texts, fria_error *err);
void saved_end(fria_snapshot *snapshot, fria_workspace *ws);

/* --- evidence.c --- */

/* ENOTFOUND if there is no such application. */
int evidence_check_application(const fria_workspace *ws, const char *id,
			       fria_error *err);
/* True for names that fria_evidence_add() gives; others are not ours. */
bool evidence_named(const char *name);
/* True for a reference or a title; else it is an attachment. */
bool evidence_is_document(const char *name);
/* False if the content is not what the name was made from. */
bool evidence_is_what_it_says(const char *name, const fria_buf *bytes);

/* Evidence that comes in with answers: not in the work tree before its
 * documents are written. */
typedef struct {
	char *name, *path;
	fria_buf bytes;
} evidence_piece;

typedef struct {
	const fria_workspace *ws;
	const char *application;
	evidence_piece *items;
	size_t n;
} evidence_keeper;

/* A fria_placing's: the name of what is there already, or of a new one. */
int evidence_keep(char **name, void *keeper, const char *title,
		  const fria_buf *bytes, fria_error *err);
/* Those that the assessment's answers name. Frees with free(); what it names
 * lives as long as the keeper. */
fria_recorded *evidence_documents(size_t *n, const evidence_keeper *keeper,
				  const json_t *assessment);
void evidence_keeper_dispose(evidence_keeper *keeper);

/* --- gate.c --- */

/* What keeps one assessment from being up to date and decided, one line a
 * reason; the phase of the application is not looked at. */
void fria_gate_assessment(fria_gate *out, const fria_workspace *ws,
			  const char *name, const fria_standing *standing);

/* --- discuss.c --- */

/* ENOTFOUND for a meeting that the document does not hold. */
int discuss_meeting(const fria_editing *e, const char *id, fria_error *err);

/* --- lost.c --- */

/* True for the path of a piece of evidence, by its name. */
bool lost_is_evidence(const char *path);
/* Paths below a folder ("" for all) of documents and evidence that got lost. */
int lost_list(fria_strings *out, const fria_workspace *ws, const char *folder,
	      fria_error *err);
/* EREFUSED, naming the first with what to do, if there are any. */
int lost_refuse(const fria_strings *lost, fria_error *err);

#endif
