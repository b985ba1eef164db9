/* SPDX-License-Identifier: EUPL-1.2 */
/* Takes in an official questionnaire, with our additions where it is ours. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

int fria_instrument_read(fria_instrument **out, fria_findings *findings,
			 const char *file_name, json_t *given, fria_error *err)
{
	fria_instrument *official = NULL;
	json_t *document = NULL;
	bool registry = fria_instrument_registry_is(given);
	size_t first = findings->n;
	int code = 0;
	if (registry)
		code = fria_instrument_from_registry(&document, file_name,
						     given, err);
	else
		document = json_incref(given);
	if (!code)
		code =
		    fria_instrument_parse(&official, file_name, document, err);
	if (code)
		goto out;
	fria_instrument *ours = fria_instrument_built_in(official->name);
	if (ours) {
		json_t *merged =
		    fria_instrument_merge(document, ours->document);
		code = fria_instrument_parse(out, file_name, merged, err);
		json_decref(merged);
		fria_instrument_free(official);
	} else {
		*out = official;
	}
	fria_instrument_free(ours);
	if (!code)
		fria_instrument_check(findings, *out, file_name);
	/* The places are those of the form standard, not of the file. */
	for (size_t i = first; registry && i < findings->n; i++) {
		free(findings->items[i].pointer);
		findings->items[i].pointer = NULL;
	}
out:
	json_decref(document);
	return code;
}

/* EINPUT, with the first of them, for what cannot be pinned. */
static int refuse_severe(const fria_findings *findings, const char *file_name,
			 const fria_session *session, fria_error *err)
{
	fria_buf first = FRIA_BUF_INIT;
	if (!fria_findings_worst(findings, FRIA_SEVERE))
		return 0;
	for (size_t i = 0; i < findings->n && !first.n; i++)
		if (findings->items[i].severity == FRIA_SEVERE)
			fria_finding_say(&first, &findings->items[i],
					 session->lang, session->buttons);
	fria_fail(err, FRIA_EINPUT, FRIA_W_import_faulty, "file", file_name,
		  "first", first.text, NULL);
	fria_buf_dispose(&first);
	return fria_fail_at(err, file_name, NULL, 0, 0);
}

/* EREFUSED, and all that it would do. */
static int refuse_replacing(const fria_replacement *r, fria_lang lang,
			    fria_error *err)
{
	fria_buf what = FRIA_BUF_INIT;
	char *number = fria_format("%zu", fria_replacement_reopens(r));
	if (fria_replacement_reopens(r))
		fria_say(&what, lang, FRIA_W_import_reopens, "count", number,
			 NULL);
	if (r->rules.n) {
		fria_buf_puts(&what, what.n ? " " : "");
		fria_say(&what, lang, FRIA_W_import_rules, NULL);
	}
	for (size_t i = 0; i < r->rules.n; i++)
		fria_buf_printf(&what, "\n- %s", r->rules.items[i]);
	fria_fail(err, FRIA_EREFUSED, FRIA_W_import_in_use, "instrument",
		  r->is->name, "what", what.text, NULL);
	free(number);
	fria_buf_dispose(&what);
	return FRIA_EREFUSED;
}

/* The questionnaire, and what answers rest on by it. */
static int write(const fria_workspace *ws, const fria_replacement *r,
		 fria_error *err)
{
	size_t n;
	char *path;
	fria_recorded *documents = fria_replacement_documents(r, &n, &path);
	int code = fria_workspace_write_all(ws, documents, n, err);
	free(documents);
	free(path);
	return code;
}

int fria_instrument_import(fria_instrument **out, fria_strings *changed,
			   fria_workspace *ws, const char *file_name,
			   json_t *document, bool yes, fria_error *err)
{
	fria_instrument *in = NULL;
	fria_findings findings = FRIA_FINDINGS_INIT;
	json_t *own = NULL;
	const fria_entering texts[] = {{&file_name, FRIA_LINE, "FILE"},
				       {NULL, FRIA_LINE, NULL}};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = fria_json_enter(&own, document, file_name, err);
	if (!code)
		code =
		    fria_instrument_read(&in, &findings, file_name, own, err);
	if (!code)
		code = refuse_severe(&findings, file_name, &ws->session, err);
	if (!code) {
		fria_replacement r;
		code = fria_replacement_make(&r, ws, in, err);
		if (!code && !yes &&
		    (fria_replacement_reopens(&r) || r.rules.n))
			code = refuse_replacing(&r, ws->session.lang, err);
		if (!code)
			code = write(ws, &r, err);
		for (size_t i = 0; i < r.rules.n && !code; i++)
			fria_strings_add(changed, r.rules.items[i]);
		fria_replacement_dispose(&r);
	}
	if (code)
		fria_instrument_free(in);
	else
		*out = in;
	fria_findings_dispose(&findings);
	json_decref(own);
	fria_act_end(ws);
	return code;
}
