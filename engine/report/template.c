/* SPDX-License-Identifier: EUPL-1.2 */
/* The report of an assessment: a template's text with what it asks for. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/* --- the template --- */

static const struct {
	const char *name;
	void (*put)(fria_parts *w, fria_node *at);
} directives[] = {{"{{state}}", part_state},
		  {"{{facts}}", part_facts},
		  {"{{answers}}", part_answers},
		  {"{{measures}}", part_measures}};

static bool run_directive(fria_parts *w, fria_node *at, const char *line)
{
	for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
		if (!strcmp(line, directives[i].name)) {
			directives[i].put(w, at);
			return true;
		}
	return false;
}

static void flush(fria_buf *text, fria_node *at)
{
	if (text->n)
		fria_node_markdown(at, text->text);
	fria_buf_clear(text);
}

static int fill(fria_parts *w, const char *name, char *text, fria_error *err)
{
	fria_buf pending = FRIA_BUF_INIT;
	fria_node *at = fria_document_body(w->doc);
	size_t number = 0;
	int code = 0;
	for (char *line = text, *next; line && !code; line = next) {
		number++;
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (!strncmp(line, "# ", 2)) {
			flush(&pending, at);
			at = fria_node_section(fria_document_body(w->doc),
					       line + 2, line + 2);
		} else if (!strncmp(line, "{{", 2)) {
			flush(&pending, at);
			if (run_directive(w, at, line))
				continue;
			fria_fail(err, FRIA_EINPUT, FRIA_W_template_directive,
				  "directive", line, NULL);
			code = fria_fail_at(err, name, NULL, number, 1);
		} else {
			fria_buf_printf(&pending, "%s\n", line);
		}
	}
	flush(&pending, at);
	fria_buf_dispose(&pending);
	return code;
}

int fria_report_make(fria_document **out, const fria_report *report,
		     const char *template_name, const char *template_text,
		     fria_error *err)
{
	fria_parts w = {report, report->input->instrument,
			fria_document_new(report->lang)};
	char *text = fria_strdup(template_text);
	part_head(&w);
	fria_document_contents(w.doc, 3);
	int code = fill(&w, template_name, text, err);
	free(text);
	if (code)
		fria_document_free(w.doc);
	else
		*out = w.doc;
	return code;
}
