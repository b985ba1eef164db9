/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The program's newer edition of a questionnaire comes into the workspace: it
 * and what the answers rest on by it, as one commit.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int fria_instruments_behind(fria_strings *out, const fria_workspace *ws,
			    fria_error *err)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	int code = fria_workspace_instruments(&pinned, &built_in, ws, err);
	for (size_t i = 0; i < pinned.n && !code; i++) {
		fria_instrument *ours =
		    fria_instrument_built_in(pinned.items[i]);
		fria_instrument *here = NULL;
		if (ours)
			code = fria_workspace_instrument(&here, ws, NULL,
							 pinned.items[i], err);
		if (here && ours->edition > here->edition &&
		    !strcmp(ours->name, here->name))
			fria_strings_add(out, here->file);
		fria_instrument_free(here);
		fria_instrument_free(ours);
	}
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
	return code;
}

/* What is recorded is made of what is saved. */
static int refuse_unsaved(const fria_workspace *ws, const fria_replacement *r,
			  fria_error *err)
{
	char *pinned = fria_instrument_path(r->is->file);
	int code = fria_refuse_unsaved(ws, pinned, pinned, err);
	for (size_t i = 0; i < r->assessments.n && !code; i++)
		code = fria_refuse_unsaved(ws, r->assessments.items[i].path,
					   r->assessments.items[i].name, err);
	free(pinned);
	return code;
}

static int record(fria_replacement *r, fria_workspace *ws, fria_error *err)
{
	fria_buf message = FRIA_BUF_INIT, questions = FRIA_BUF_INIT;
	char edition[24], *path;
	size_t n;
	fria_recorded *documents = fria_replacement_documents(r, &n, &path);
	snprintf(edition, sizeof edition, "%lld", (long long)r->is->edition);
	fria_instrument_say(&questions, r->is, ws->lang);
	fria_say(&message, ws->lang, FRIA_W_commit_edition, "instrument",
		 questions.text, "edition", edition, NULL);
	fria_buf_dispose(&questions);
	fria_buf_putc(&message, '\n');
	int code = fria_record(r->commit, ws, documents, n, message.text, err);
	fria_buf_dispose(&message);
	free(documents);
	free(path);
	return code;
}

int fria_instrument_update(fria_replacement *out, fria_workspace *ws,
			   const char *name, bool dry, fria_error *err)
{
	fria_instrument *here = NULL, *ours = NULL;
	const fria_entering texts[] = {{&name, FRIA_LINE, "INSTRUMENT"},
				       {NULL, FRIA_LINE, NULL}};
	*out = (fria_replacement){.was = NULL};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = fria_workspace_instrument(&here, ws, NULL, name, err);
	if (!code)
		ours = fria_instrument_built_in(here->name);
	if (!code && (!ours || ours->edition <= here->edition))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_edition_newest,
				 "instrument", here->name, NULL);
	if (!code)
		code = fria_replacement_make(out, ws, ours, err);
	if (!code && !out->was) {
		out->was = fria_instrument_keep(here);
	}
	if (!code && !dry) {
		code = refuse_unsaved(ws, out, err);
		if (!code)
			code = record(out, ws, err);
		if (code)
			fria_replacement_dispose(out);
	}
	fria_instrument_free(here);
	fria_instrument_free(ours);
	fria_act_end(ws);
	return code;
}
