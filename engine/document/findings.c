/* SPDX-License-Identifier: EUPL-1.2 */
/* Findings as a view: "file:line:column: error: what is wrong". */
#include "document.h"

#include <string.h>

static const fria_word words[] = {FRIA_W_severity_note, FRIA_W_severity_warning,
				  FRIA_W_severity_error};

fria_node *fria_findings_view(fria_node *at, const fria_findings *findings,
			      bool pointers, fria_lang lang)
{
	fria_node *fields = fria_node_fields(at);
	for (size_t i = 0; i < findings->n; i++) {
		const fria_finding *f = &findings->items[i];
		fria_buf place = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
		if (f->revision)
			fria_buf_printf(&place, "%.10s%s", f->revision,
					f->file ? ":" : "");
		fria_buf_puts(&place, f->file ? f->file : "");
		if (f->line)
			fria_buf_printf(&place, ":%zu:%zu", f->line, f->column);
		fria_finding_say(&text, f, lang, fria_node_buttons(at));
		fria_node *field = fria_fields_add(fields, place.text);
		fria_node_strong(field,
				 fria_word_text(words[f->severity], lang));
		fria_node_text(field, ": ");
		fria_node_text(field, text.text);
		const char *where = pointers   ? f->pointer
				    : !f->line ? f->place
					       : NULL;
		if (where && !pointers && strstr(text.text, where))
			where = NULL; /* the sentence says so */
		if (where && *where) {
			fria_node_text(field, " (");
			fria_node_text(field, where);
			fria_node_text(field, ")");
		}
		fria_buf_dispose(&place);
		fria_buf_dispose(&text);
	}
	return fields;
}
