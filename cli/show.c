/* SPDX-License-Identifier: EUPL-1.2 */
/* Views: on the terminal, or as a page where --format or -o asks for one. */
#include "cli.h"

#include <string.h>
#include <unistd.h>

fria_document *new_page(const cli *c, const char *title, fria_word subtitle)
{
	fria_document *page = fria_document_new(c->lang);
	fria_document_title(page, title ? title : "fria",
			    fria_word_text(subtitle, c->lang));
	return page;
}

void put_view(cli *c, fria_node *node)
{
	const fria_terminal how = {.width = c->width,
				   .colour = c->colour,
				   .whole = c->verbose,
				   .piped = !isatty(STDOUT_FILENO),
				   .unfold = "--verbose"};
	fria_fragment_terminal(&c->out, node, &how);
}

bool show_and_agree(cli *c, fria_document *page)
{
	bool yes = given(c, "yes") != NULL;
	if (!c->json)
		put_view(c, fria_document_body(page));
	fria_document_free(page);
	if (yes || !on_terminal(c))
		return yes;
	show_now(c);
	return agrees(c, FRIA_W_ask_record);
}

int check_format(const cli *c, const char *choices, const char *endings,
		 fria_error *err)
{
	const char *format = given(c, "format");
	return format && !fria_is_among(choices, format)
		   ? fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			       format, "choices", choices, NULL)
		   : check_ending(given(c, "output"), endings, err);
}

int show_page(cli *c, fria_document *page, fria_error *err)
{
	const char *path = given(c, "output"), *format = given(c, "format");
	const fria_terminal plain = {.width = c->width};
	fria_buf out = FRIA_BUF_INIT;
	int status = 0;
	if (!format)
		format = format_by_name(path);
	if (format && !strcmp(format, "html"))
		fria_document_html(&out, page);
	else if (format && !strcmp(format, "md"))
		fria_document_markdown(&out, page);
	else if (path)
		fria_fragment_terminal(&out, fria_document_body(page), &plain);
	else
		put_view(c, fria_document_body(page));
	if (out.n || path)
		status = put_document(c, path, &out, err);
	fria_buf_dispose(&out);
	fria_document_free(page);
	return status;
}

int show_findings(cli *c, fria_findings *findings, fria_word about,
		  fria_error *err)
{
	if (c->json || (!given(c, "format") && !given(c, "output")))
		return put_findings(c, findings);
	fria_document *page = new_page(c, c->n ? c->args[0] : NULL, about);
	fria_findings_place(findings, c->ws, c->lang);
	fria_findings_view(fria_document_body(page), findings, c->verbose,
			   c->lang);
	if (show_page(c, page, err))
		return 2;
	return fria_findings_worst(findings, FRIA_WARNING) ? 1 : 0;
}
