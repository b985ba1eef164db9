/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of workspace/ share with each other and with nobody else. */
#ifndef FRIA_WORKSPACE_INTERNAL_H
#define FRIA_WORKSPACE_INTERNAL_H

#include "workspace.h"

/* --- kept.c: what was read before, by the id of its bytes --- */

fria_kept *kept_new(void);
void kept_free(fria_kept *kept);
/* Its own reference for the caller; NULL if it is not kept. So for documents,
 * which are shared: read only. By the id that git has for them, or by what was
 * read in the work tree. */
fria_instrument *kept_instrument(fria_kept *kept, const char *id);
fria_instrument *kept_instrument_read(const fria_kept *kept,
				      const fria_buf *bytes);
json_t *kept_document(const fria_kept *kept, const char *id);
json_t *kept_law(const fria_kept *kept, const fria_buf *bytes);
/* Answers that history held, by digest, and what of it was read for them. */
typedef struct {
	json_t *of, *read;
} kept_forms;
/* Those of an assessment, as its questionnaire looks at them; references for
 * the caller, who adds to both. */
kept_forms kept_forms_of(fria_kept *kept, const char *name,
			 fria_instrument *in);
/* id: "" where it is not known. Takes the bytes. */
void keep_instrument(fria_kept *kept, const char *id, fria_buf *bytes,
		     fria_instrument *in);
void keep_document(fria_kept *kept, const char *id, json_t *json);
void keep_law(fria_kept *kept, fria_buf *bytes, json_t *law);
/* Lines of the portfolio that this handle made or took over, and those that the
 * note of that name has beside them. New, both. */
void kept_lines(json_t **own, json_t **others, const fria_workspace *ws,
		const char *name);
/* All there are, as the note has them by now; name NULL: some more. */
void keep_lines(const fria_workspace *ws, json_t *lines, const char *name);
/* Former ids of an application, as this HEAD has them: NULL if not known. */
json_t *kept_former(const fria_kept *kept, const char *head, const char *id);
void keep_former(fria_kept *kept, const char *head, const char *id,
		 json_t *former);
/* A former id that an application has only by its own word. */
bool kept_doubts(const fria_kept *kept, const char *id, const char *was);
void keep_doubt(fria_kept *kept, const char *id, const char *was);

/* --- record.c --- */

/* What is to stand at the document's path; `bytes` holds it. ELIMIT for what
 * could not be read again. */
int recorded_change(fria_change *out, fria_buf *bytes,
		    const fria_recorded *document, fria_error *err);

/* --- folder.c --- */

/* The pinned instruments' files, without ".json"; sorted. */
int folder_instruments(fria_strings *out, const fria_workspace *ws,
		       const char *commit, fria_error *err);

/* --- names.c --- */

/* True, with ENOTFOUND that says what it is called now, for an id that an
 * application had; rest: what follows it ("/NAME"). */
bool names_former(const fria_workspace *ws, const char *id, const char *rest,
		  fria_error *err);
/* Where the application's document here names no former id, none is looked for
 * in what is recorded: that is for what is told of the documents here. */
void names_as_here(const fria_workspace *ws, const char *id);
/* ENOTFOUND likewise, unless an application has the id. */
int names_refuse_former(const fria_workspace *ws, const char *id,
			const char *name, fria_error *err);

/* --- version.c --- */

/* True for "v1", "v2" and so on. */
bool version_is(const char *text);

/* --- moment.c --- */

/* By which of its ids the application went, as a document of it says. */
const char *snapshot_id_then(const fria_snapshot *snapshot,
			     const json_t *application);
/* NULL for the work tree. */
const char *snapshot_commit(const fria_snapshot *snapshot);
/* ENOTFOUND for what is not there: not at all, or not yet at a commit. */
int snapshot_unknown(const fria_workspace *ws, const fria_snapshot *s,
		     bool application, const char *what, const char *path,
		     fria_error *err);
/* Choices of rows by their ids, as this program stores them. */
size_t snapshot_settle(json_t **assessment, const fria_instrument *instrument);
/* An assessment of the same application at the same moment. */
int snapshot_document(json_t **out, fria_instrument **instrument,
		      const fria_workspace *ws, const fria_snapshot *snapshot,
		      const char *name, fria_error *err);

/* --- past.c: how things were --- */

typedef struct past past;

/* Reads nothing yet. Both are borrowed. */
past *past_new(const fria_workspace *ws, const fria_snapshot *snapshot);
void past_free(past *past);
/* Lets an evaluation of the snapshot, or of a sibling, ask it. */
void past_serve(fria_evaluation_input *input, past *past);

/* --- law.c --- */

/* Puts the law beside the application, once instrument and siblings are there:
 * EINPUT only where these rest on it. */
int snapshot_law(fria_snapshot *snapshot, const fria_workspace *ws,
		 fria_error *err);

/* --- kept.c: choices of 0.1 --- */

/* So many stand in the work tree's document as texts, and were read as ids. */
void keep_unsettled(fria_kept *kept, const char *path, size_t n);
/* How many of these documents; they are written as ids now. */
size_t kept_unsettled(const fria_kept *kept, const fria_recorded *documents,
		      size_t n);
void keep_settled(fria_kept *kept, const fria_recorded *documents, size_t n);

/* --- siblings.c: the application's other assessments --- */

/* Those that answers rest on, and those that these rest on in turn. */
int siblings_load(fria_snapshot *snapshot, const fria_workspace *ws,
		  fria_error *err);
void siblings_free(fria_snapshot *snapshot);
/* What took the place of an assessment at the same moment: the one that it
 * names, where that is there and, or what took its place in turn, is none that
 * was replaced. NULL: nothing did. Borrowed of the document. */
const char *snapshot_successor(const fria_snapshot *snapshot,
			       const fria_workspace *ws, const char *name,
			       const json_t *document,
			       const fria_instrument *instrument);

typedef struct {
	fria_sibling *items; /* the snapshot's, then its own assessment */
	fria_evaluation *results;
	bool *begun;
	size_t n; /* without its own */
} sibling_judgements;

/* Each evaluated after those that it rests on. */
void siblings_judge(sibling_judgements *out, const fria_snapshot *snapshot,
		    past *past, fria_time as_of);
void siblings_dispose(sibling_judgements *judgements);

#endif
