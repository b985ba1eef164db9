/* SPDX-License-Identifier: EUPL-1.2 */
/* Views: on the terminal, or as a page where --format or -o asks for one. */
#include "cli.h"

#include <stdlib.h>
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

/* What fria wrote to which file: the digest by the path, outside history. */
#define WRITTEN "written"

static bool is_ours(const cli *c, const char *path, const fria_buf *there)
{
	char digest[FRIA_DIGEST_SIZE];
	char *real = fria_path_real(path);
	json_t *written = c->ws ? fria_note_read(c->ws, WRITTEN) : NULL;
	const char *was = real ? fria_json_text(written, real) : NULL;
	fria_digest_bytes(digest, there->text, there->n);
	bool ours = !there->n || (was && !strcmp(was, digest));
	json_decref(written);
	free(real);
	return ours;
}

/* Where that cannot be kept, it is asked the next time. */
static void note_written(const cli *c, const char *path, const fria_buf *bytes)
{
	char digest[FRIA_DIGEST_SIZE];
	char *real = c->ws && is_kept(path) ? fria_path_real(path) : NULL;
	if (!real)
		return;
	json_t *written = fria_note_read(c->ws, WRITTEN);
	fria_digest_bytes(digest, bytes->text, bytes->n);
	const char *was = fria_json_text(written, real);
	if (!was || strcmp(was, digest) != 0) {
		json_object_set_new(written, real, fria_json_string(digest));
		fria_note_write(c->ws, WRITTEN, written, NULL);
	}
	json_decref(written);
	free(real);
}

/* What is there as fria wrote it is replaced, and so is what is the same;
 * anything else when that is agreed to on a terminal, and nowhere else. */
static int may_replace(bool *may, const cli *c, const char *path,
		       const fria_buf *bytes, fria_error *err)
{
	fria_buf there = FRIA_BUF_INIT;
	*may = given(c, "force") || !is_kept(path) ||
	       fria_file_read(&there, path, NULL) ||
	       (there.n == bytes->n &&
		!memcmp(there.text, bytes->text, bytes->n)) ||
	       is_ours(c, path, &there);
	fria_buf_dispose(&there);
	if (*may)
		return 0;
	if (!on_terminal(c))
		return fria_fail(err, FRIA_EEXISTS, FRIA_W_file_there, "path",
				 path, NULL);
	*may = agrees(c, FRIA_W_ask_file_replace);
	return 0;
}

int check_target(const cli *c, const char *path, fria_error *err)
{
	fria_buf there = FRIA_BUF_INIT;
	int code = 0;
	if (path && !on_terminal(c) && is_kept(path) &&
	    !fria_file_read(&there, path, NULL) && !is_ours(c, path, &there))
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_file_there, "path",
				 path, NULL);
	fria_buf_dispose(&there);
	return code;
}

int put_document(cli *c, const char *path, fria_buf *bytes, fria_error *err)
{
	bool may;
	if (!path || !strcmp(path, "-")) {
		if (isatty(STDOUT_FILENO))
			fria_put_safe(&c->out, bytes->text);
		else
			fria_buf_put(&c->out, bytes->text, bytes->n);
		return 0;
	}
	int code = may_replace(&may, c, path, bytes, err);
	if (!code && may)
		code = fria_file_write(path, bytes->text, bytes->n, err);
	if (!code && may)
		note_written(c, path, bytes);
	if (!code)
		say(c, may ? FRIA_W_did_write : FRIA_W_did_not_write, "path",
		    path, NULL);
	return code ? 2 : 0;
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
