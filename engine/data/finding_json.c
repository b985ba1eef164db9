/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Findings as JSON, in the one form that every --json has.
 */
#include "data.h"

static json_t *finding_json(const fria_finding *f, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_finding_text(&text, f, lang);
	json_t *json = fria_json_pack(
	    "{s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s}", "severity",
	    fria_severity_id(f->severity), "code", fria_word_id(f->word),
	    "revision", f->revision, "file", f->file, "pointer", f->pointer,
	    "schema", f->schema, "text", text.text);
	if (f->line) {
		json_object_set_new(json, "line",
				    json_integer((json_int_t)f->line));
		json_object_set_new(json, "column",
				    json_integer((json_int_t)f->column));
	}
	fria_buf_dispose(&text);
	return json;
}

json_t *fria_findings_json(const fria_findings *findings, fria_lang lang)
{
	json_t *list = json_array();
	for (size_t i = 0; i < findings->n; i++)
		json_array_append_new(list,
				      finding_json(&findings->items[i], lang));
	return list;
}
