/* SPDX-License-Identifier: EUPL-1.2 */
/* Views: on the terminal, or as a page where --format or -o asks for one. */
#include "cli.h"

#include <string.h>
#include <sys/stat.h>
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

/* A file that somebody may want to keep: no pipe or device, nor what the output
 * goes to already. */
static bool is_kept(const char *path)
{
	struct stat file, own;
	return !stat(path, &file) && S_ISREG(file.st_mode) &&
	       (fstat(STDOUT_FILENO, &own) || own.st_dev != file.st_dev ||
		own.st_ino != file.st_ino);
}

/* What is there and differs is replaced: on a terminal when that is agreed to;
 * elsewhere unasked, as scripts count on, but for what a person filled in. */
static int may_replace(bool *may, const cli *c, const char *path,
		       const fria_buf *bytes, bool filled_in, fria_error *err)
{
	fria_buf there = FRIA_BUF_INIT;
	*may =
	    given(c, "force") || !is_kept(path) ||
	    fria_file_read(&there, path, NULL) ||
	    (there.n == bytes->n && !memcmp(there.text, bytes->text, bytes->n));
	fria_buf_dispose(&there);
	if (*may)
		return 0;
	if (on_terminal(c))
		*may = agrees(c, filled_in ? FRIA_W_ask_form_replace
					   : FRIA_W_ask_file_replace);
	else if (filled_in)
		return fria_fail(err, FRIA_EEXISTS, FRIA_W_form_there, "path",
				 path, NULL);
	else
		*may = true;
	return 0;
}

static int put_file(cli *c, const char *path, fria_buf *bytes, bool filled_in,
		    fria_error *err)
{
	bool may;
	if (!path || !strcmp(path, "-")) {
		if (isatty(STDOUT_FILENO))
			fria_put_safe(&c->out, bytes->text);
		else
			fria_buf_put(&c->out, bytes->text, bytes->n);
		return 0;
	}
	int code = may_replace(&may, c, path, bytes, filled_in, err);
	if (!code && may)
		code = fria_file_write(path, bytes->text, bytes->n, err);
	if (!code)
		say(c, may ? FRIA_W_did_write : FRIA_W_did_not_write, "path",
		    path, NULL);
	return code ? 2 : 0;
}

int put_document(cli *c, const char *path, fria_buf *bytes, fria_error *err)
{
	return put_file(c, path, bytes, false, err);
}

int put_form(cli *c, const char *path, fria_buf *bytes, fria_error *err)
{
	return put_file(c, path, bytes, true, err);
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
