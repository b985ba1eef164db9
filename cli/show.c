/* SPDX-License-Identifier: EUPL-1.2 */
/* Views: on the terminal, or as a page where --format or -o asks for one. */
#include "cli.h"

#include <string.h>
#include <unistd.h>

fria_node *new_page(const cli *c, const char *title, fria_word subtitle)
{
	fria_document *page = fria_document_new(c->lang);
	fria_document_title(page, title ? title : "fria",
			    fria_word_text(subtitle, c->lang));
	return fria_document_body(page);
}

void put_view(cli *c, fria_node *node)
{
	const fria_terminal how = {.width = c->width,
				   .colour = c->colour,
				   .whole = c->verbose,
				   .piped = !isatty(STDOUT_FILENO),
				   .unfold = "--verbose"};
	fria_fragment_terminal(&c->out, node, &how);
	fria_document_free(fria_node_document(node));
}

bool show_and_agree(cli *c, fria_node *page)
{
	bool yes = given(c, "yes") != NULL;
	if (c->json)
		fria_document_free(fria_node_document(page));
	else
		put_view(c, page);
	if (yes || !on_terminal(c))
		return yes;
	show_now(c);
	return agrees(c, FRIA_W_ask_record);
}

int show_page(cli *c, fria_node *page, fria_error *err)
{
	const char *path = given(c, "output"), *format = given(c, "format");
	const fria_terminal plain = {.width = c->width};
	fria_document *document = fria_node_document(page);
	fria_buf out = FRIA_BUF_INIT;
	if (!format)
		format = format_by_name(path);
	bool html = format && !strcmp(format, "html");
	bool md = format && !strcmp(format, "md");
	if (!html && !md && !path) {
		put_view(c, page);
		return 0;
	}
	if (html)
		fria_document_html(&out, document);
	else if (md)
		fria_document_markdown(&out, document);
	else
		fria_fragment_terminal(&out, page, &plain);
	int status = put_document(c, path, &out, err);
	fria_buf_dispose(&out);
	fria_document_free(document);
	return status;
}

int show_findings(cli *c, fria_findings *findings, fria_word about,
		  fria_error *err)
{
	if (c->json || (!given(c, "format") && !given(c, "output")))
		return put_findings(c, findings);
	fria_node *page = new_page(c, c->n ? c->args[0] : NULL, about);
	fria_findings_place(findings, c->ws, c->lang);
	fria_findings_view(page, findings, c->verbose, c->lang);
	if (show_page(c, page, err))
		return 2;
	return fria_findings_worst(findings, FRIA_WARNING) ? 1 : 0;
}
