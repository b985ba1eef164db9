/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An error on the caller's stack: what went wrong, as a word with its
 * parameters, and where; both are text that can be shown, wherever they came
 * from. It prints nothing.
 */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cuts at the end of a character. */
static size_t fitting(const char *text, size_t n, size_t room)
{
	if (n <= room)
		return n;
	n = room;
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static void copy(char *to, size_t room, const char *text)
{
	char *shown = fria_text_repaired(text);
	size_t n = fitting(shown, strlen(shown), room - 1);
	memcpy(to, shown, n);
	to[n] = '\0';
	free(shown);
}

#define ELLIPSIS "\xE2\x80\xA6"
#define VALUE_MAX 640

static void add_arg(fria_error *err, const char *name, const char *given)
{
	char *value = fria_text_repaired(given);
	size_t a = strlen(name) + 1, b = strlen(value);
	size_t keep = fitting(value, b, VALUE_MAX);
	const char *mark = keep < b ? ELLIPSIS : "";
	size_t all = a + keep + strlen(mark) + 1;
	char *at = err->args + err->args_n;
	if (err->args_n + all <= sizeof err->args) {
		memcpy(at, name, a);
		memcpy(at + a, value, keep);
		memcpy(at + a + keep, mark, strlen(mark) + 1);
		err->args_n += all;
	}
	free(value);
}

int fria_fail(fria_error *err, int code, fria_word word, ...)
{
	if (!err)
		return code;
	if (err->code)
		return err->code;
	*err = (fria_error)FRIA_ERROR_INIT;
	err->code = code;
	err->word = word;
	va_list list;
	va_start(list, word);
	for (const char *name; (name = va_arg(list, const char *));) {
		const char *value = va_arg(list, const char *);
		add_arg(err, name, value ? value : "");
	}
	va_end(list);
	return code;
}

int fria_fail_choices(fria_error *err, int code, fria_word word,
		      const fria_strings *choices, const char *value)
{
	fria_buf all = FRIA_BUF_INIT;
	fria_strings_join(&all, choices, "; ");
	fria_fail(err, code, word, "value", value, "choices", all.text, "near",
		  fria_nearest(choices, value), NULL);
	fria_buf_dispose(&all);
	return code;
}

bool fria_says_full(const char *why)
{
	return strstr(why, "No space left on device") ||
	       strstr(why, "Disk quota exceeded");
}

int fria_fail_io(fria_error *err, int code, fria_word word, const char *path,
		 const char *why)
{
	if (fria_says_full(why))
		return fria_fail(err, code, FRIA_W_disk_full, "path", path,
				 NULL);
	return fria_fail(err, code, word, "path", path, "why", why, NULL);
}

int fria_fail_at(fria_error *err, const char *file, const char *pointer,
		 size_t line, size_t column)
{
	if (!err)
		return FRIA_EINPUT;
	if (file && !err->file[0])
		copy(err->file, sizeof err->file, file);
	if (pointer && !err->pointer[0])
		copy(err->pointer, sizeof err->pointer, pointer);
	if (line && !err->line) {
		err->line = line;
		err->column = column;
	}
	return err->code;
}

void fria_error_text(fria_buf *out, const fria_error *err, fria_lang lang)
{
	fria_error_say(out, err, lang, false);
}

void fria_error_say(fria_buf *out, const fria_error *err, fria_lang lang,
		    bool buttons)
{
	fria_args args = {(char *)err->args, err->args_n};
	if (err->revision[0])
		fria_buf_printf(out, "%s:", err->revision);
	if (err->file[0])
		fria_buf_puts(out, err->file);
	if (err->line)
		fria_buf_printf(out, ":%zu:%zu", err->line, err->column);
	if (err->file[0] || err->revision[0])
		fria_buf_puts(out, ": ");
	fria_say_args(out, lang, err->word, &args, buttons);
	const char *near = fria_args_value(&args, "near");
	if (near && *near) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_did_you_mean, "near", near, NULL);
	}
	if (err->pointer[0])
		fria_buf_printf(out, " (%s)", err->pointer);
}

void fria_error_clear(fria_error *err)
{
	if (err)
		*err = (fria_error)FRIA_ERROR_INIT;
}
