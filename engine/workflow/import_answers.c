/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers from another tool, kept in an assessment in the work tree: those of a
 * form that went out from it as answers of who brings it in, all others as
 * proposals with their origin. Nothing is recorded before it is saved.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

static int place(fria_placing *p, const fria_answers_request *q,
		 fria_error *err)
{
	const char *format = q->format;
	bool official = q->file && (format ? !strcmp(format, "official-form")
					   : fria_official_is(q->file));
	if (q->links && !official)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_links_other, NULL);
	if (!q->file)
		return fria_replies_place(p, q->bytes, q->n, err);
	if (format ? !strcmp(format, "card") : fria_assessment_card_is(q->file))
		return fria_assessment_card_place(p, q->file, err);
	if (format || fria_official_is(q->file))
		return fria_official_place(p, q->file, err);
	fria_fail(err, FRIA_EINPUT, FRIA_W_place_unknown_form, NULL);
	return fria_fail_at(err, q->name, NULL, 0, 0);
}

/* What the draft has and the document has not becomes a proposal in it; what
 * was remarked stands beside it. Writes what is changed. */
static int offer(fria_answers_imported *out, fria_editing *e,
		 const json_t *draft, const evidence_keeper *kept,
		 const char *file, fria_error *err)
{
	json_t *own = e->s->assessment, *before = json_deep_copy(own);
	json_t *comments = json_object_get(draft, "comments");
	const char *slash = strrchr(file, '/');
	size_t n;
	int code = 0;
	fria_recorded *pictures = evidence_documents(&n, kept, draft);
	fria_placing_mend(own, e->s->instrument);
	out->answered = import_returned(e, draft);
	out->offered =
	    fria_proposals_from(own, e->s->instrument, draft,
				slash ? slash + 1 : file, e->ws->session.now);
	if (comments)
		json_object_set(own, "comments", comments);
	if (!json_equal(before, own))
		code = editing_write_with(e, pictures, n, err);
	json_decref(before);
	free(pictures);
	return code;
}

/* The draft: the document with all that was offered before, mended. New. */
static json_t *draft_of(const fria_snapshot *s)
{
	json_t *draft = fria_proposals_draft(s->assessment, s->instrument);
	fria_placing_mend(draft, s->instrument);
	return draft;
}

int fria_import_answers(fria_answers_imported *out, fria_findings *findings,
			fria_workspace *ws, const char *name,
			const fria_answers_request *request, fria_error *err)
{
	fria_editing e;
	fria_answers_request own = *request;
	json_t *file = NULL, *links = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	const fria_entering texts[] = {{&own.name, FRIA_LINE, "FILE"},
				       {&own.links_name, FRIA_LINE, "FILE"},
				       {NULL, FRIA_LINE, NULL}};
	*out = (fria_answers_imported){.offered = 0};
	int code = editing_begin(&e, ws, name, texts, err);
	if (!code)
		code = fria_json_enter(&file, own.file, own.name, err);
	own.file = file;
	if (!code && own.links)
		code = fria_json_enter(&links, own.links, own.links_name, err);
	own.links = links;
	if (!code && own.bytes) {
		code = fria_text_enter(&bytes, own.bytes, own.n, FRIA_FILE,
				       own.name, err);
		own.bytes = bytes.text;
		own.n = bytes.n;
	}
	if (!code) {
		const fria_siblings siblings = {e.s->siblings, e.s->siblings_n};
		evidence_keeper kept = {.ws = ws,
					.application = e.s->application_id};
		json_t *draft = draft_of(e.s);
		json_t *held = file ? import_own(&e, file) : NULL;
		fria_placing p = {.instrument = e.s->instrument,
				  .assessment = draft,
				  .application = e.s->application,
				  .siblings = &siblings,
				  .file = own.name,
				  .links = links,
				  .links_file = own.links_name,
				  .lang = ws->session.lang,
				  .buttons = ws->session.buttons,
				  .now = ws->session.now,
				  .held = held,
				  .findings = findings,
				  .keep = evidence_keep,
				  .keeper = &kept,
				  .older = own.older};
		code = place(&p, &own, err);
		fria_placing_end(&p);
		if (!code && p.placed)
			fria_official_unite(&p);
		if (!code && !own.look)
			code = offer(out, &e, draft, &kept, own.name, err);
		evidence_keeper_dispose(&kept);
		json_decref(draft);
		json_decref(held);
		out->same = p.same;
		out->unlinked = p.unlinked;
	}
	editing_end(&e);
	json_decref(file);
	json_decref(links);
	fria_buf_dispose(&bytes);
	return code;
}
