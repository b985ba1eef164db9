/* SPDX-License-Identifier: EUPL-1.2 */
/* What reaches the terminal: safe, in colour only where that is wanted. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *const codes[] = {
    "", "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m", "\033[34m"};

void put(cli *c, style how, const char *text)
{
	bool on = c->colour && how != PLAIN;
	if (on)
		fria_buf_puts(&c->out, codes[how]);
	fria_put_safe(&c->out, text);
	if (on)
		fria_buf_puts(&c->out, "\033[0m");
}

void putf(cli *c, style how, const char *format, ...)
{
	va_list args;
	fria_buf text = FRIA_BUF_INIT;
	va_start(args, format);
	fria_buf_vprintf(&text, format, args);
	va_end(args);
	put(c, how, text.text);
	fria_buf_dispose(&text);
}

/* The pairs of a variadic call as arguments of a sentence. */
static void collect(fria_args *out, va_list list)
{
	const char *name;
	while ((name = va_arg(list, const char *)))
		fria_args_add(out, name, va_arg(list, const char *));
}

static void put_pairs(cli *c, style how, fria_word word, va_list list)
{
	fria_args args = {NULL, 0};
	fria_buf text = FRIA_BUF_INIT;
	collect(&args, list);
	fria_say_args(&text, c->lang, word, &args, false);
	put(c, how, text.text);
	fria_buf_dispose(&text);
	fria_args_dispose(&args);
}

void put_word(cli *c, style how, fria_word word, ...)
{
	va_list list;
	va_start(list, word);
	put_pairs(c, how, word, list);
	va_end(list);
}

void put_sentence(cli *c, style how, fria_word word, ...)
{
	va_list list;
	va_start(list, word);
	put_pairs(c, how, word, list);
	va_end(list);
	put(c, PLAIN, "\n");
}

/* Behind what stands on the first line already, if it hangs. */
static void wrap(cli *c, size_t in, bool hangs, const char *text)
{
	const fria_terminal how = {.width = 80 - in};
	fria_document *page = fria_document_new(c->lang);
	fria_node *body = fria_document_body(page);
	fria_buf lines = FRIA_BUF_INIT;
	fria_fragment_terminal(&lines, fria_node_paragraph_text(body, text),
			       &how);
	for (const char *at = lines.text; *at; at += strcspn(at, "\n") + 1) {
		bool first = hangs && at == lines.text;
		fria_buf_printf(&c->out, "%*s%.*s\n", first ? 0 : (int)in, "",
				(int)strcspn(at, "\n"), at);
	}
	fria_buf_dispose(&lines);
	fria_document_free(page);
}

void put_wrapped(cli *c, size_t in, const char *text)
{
	wrap(c, in, false, text);
}

void put_beside(cli *c, size_t in, const char *left, const char *text)
{
	size_t n = fria_utf8_count(left, strlen(left));
	fria_buf_puts(&c->out, left);
	if (n < in)
		fria_buf_printf(&c->out, "%*s", (int)(in - n), "");
	else
		fria_buf_printf(&c->out, "\n%*s", (int)in, "");
	wrap(c, in, true, text);
}

void put_json(cli *c, json_t *json)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_json_write(&text, json);
	if (isatty(STDOUT_FILENO))
		fria_put_safe(&c->out, text.text);
	else
		fria_buf_put(&c->out, text.text, text.n);
	fria_buf_dispose(&text);
	json_decref(json);
}

/* --- messages --- */

void say(const cli *c, fria_word word, ...)
{
	fria_args args = {NULL, 0};
	fria_buf text = FRIA_BUF_INIT, safe = FRIA_BUF_INIT;
	va_list list;
	va_start(list, word);
	collect(&args, list);
	va_end(list);
	fria_say_args(&text, c->lang, word, &args, false);
	fria_put_safe(&safe, text.text);
	fprintf(stderr, "%s\n", safe.text);
	fria_buf_dispose(&safe);
	fria_buf_dispose(&text);
	fria_args_dispose(&args);
}

void show_progress(void *data, size_t done, size_t all)
{
	const cli *c = data;
	if (c->progress)
		fprintf(stderr, "\r%zu / %zu%s", done, all,
			done == all ? "\n" : "");
}

/* Finds line and column of a place that is known by pointer alone. */
static void locate(const cli *c, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	if (!err->pointer[0] || err->line || !err->file[0])
		return;
	bool read = c->ws && !fria_store_read(&bytes, c->ws->store, NULL,
					      err->file, NULL);
	if (!read)
		read = !fria_file_read(&bytes, err->file, NULL);
	if (read)
		fria_json_locate(bytes.text, bytes.n, err->pointer, false,
				 &err->line, &err->column);
	fria_buf_dispose(&bytes);
}

void say_error(const cli *c, fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT, safe = FRIA_BUF_INIT;
	locate(c, err);
	if (!c->verbose)
		fria_error_place(err, c->ws, c->lang);
	fria_error_text(&text, err, c->lang);
	const char *original = fria_args_value(
	    &(fria_args){(char *)err->args, err->args_n}, "original");
	/* What another program said of it, in its own words. */
	if (c->verbose && original && *original)
		fria_buf_printf(&text, " (%s)", original);
	fria_put_safe(&safe, text.text);
	fprintf(stderr, "fria: %s\n", safe.text);
	fria_buf_dispose(&safe);
	fria_buf_dispose(&text);
}

/* --- findings --- */

/* A line each where programs read them. */
static void write_findings(fria_buf *out, const cli *c, bool wraps, bool colour,
			   fria_findings *findings)
{
	const fria_terminal how = {
	    .width = c->width, .colour = colour, .unbroken = !wraps};
	fria_document *page = fria_document_new(c->lang);
	fria_findings_place(findings, c->ws, c->lang);
	fria_fragment_terminal(out,
			       fria_findings_view(fria_document_body(page),
						  findings, c->verbose,
						  c->lang),
			       &how);
	fria_document_free(page);
}

int put_findings(cli *c, fria_findings *findings)
{
	if (c->json)
		put_json(c, fria_findings_json(findings, c->lang));
	else
		write_findings(&c->out, c, isatty(STDOUT_FILENO), c->colour,
			       findings);
	return fria_findings_worst(findings, FRIA_WARNING) ? 1 : 0;
}

int say_findings(const cli *c, fria_findings *findings)
{
	fria_buf out = FRIA_BUF_INIT;
	write_findings(&out, c, isatty(STDERR_FILENO), false, findings);
	fwrite(out.text, 1, out.n, stderr);
	fria_buf_dispose(&out);
	return fria_findings_worst(findings, FRIA_WARNING) ? 1 : 0;
}

void say_law(const cli *c)
{
	bool behind = false;
	if (!fria_law_behind(&behind, c->ws, NULL) && behind)
		say(c, FRIA_W_law_behind, NULL);
}

/* --- where results go --- */

const char *format_by_name(const char *path)
{
	const char *dot = path ? strrchr(path, '.') : NULL;
	if (dot && (!strcasecmp(dot, ".html") || !strcasecmp(dot, ".htm")))
		return "html";
	return dot && !strcasecmp(dot, ".md") ? "md" : NULL;
}

/* ".docx" of "x.docx": a letter among at most five; else NULL. */
static const char *ending_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	const char *at = dot && !strchr(dot, '/') ? dot + 1 : "";
	size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	bool letter = strspn(at, "0123456789") < n;
	return n && !at[n] && n <= 5 && letter ? dot : NULL;
}

int check_ending(const char *path, const char *endings, fria_error *err)
{
	const char *ending = path ? ending_of(path) : NULL;
	for (const char *at = endings; ending && *at;) {
		size_t n = strcspn(at, " ,");
		if (strlen(ending) == n && !strncasecmp(at, ending, n))
			return 0;
		at += n + strspn(at + n, " ,");
	}
	return ending
		   ? fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_ending, "path",
			       path, "ending", ending, "choices", endings, NULL)
		   : 0;
}

int flush_out(cli *c)
{
	if (page(c))
		return 0;
	size_t n = fwrite(c->out.text, 1, c->out.n, stdout);
	if (n == c->out.n && !fflush(stdout))
		return 0;
	if (errno != EPIPE)
		say(c, FRIA_W_cli_output, "why", strerror(errno), NULL);
	return 2;
}

void show_now(cli *c)
{
	fwrite(c->out.text, 1, c->out.n, stdout);
	fflush(stdout);
	fria_buf_clear(&c->out);
}
