/* SPDX-License-Identifier: EUPL-1.2 */
/* Text that grows, and lists of strings. */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fria_buf_init(fria_buf *buf)
{
	*buf = (fria_buf)FRIA_BUF_INIT;
}

void fria_buf_dispose(fria_buf *buf)
{
	if (buf->room)
		free(buf->text);
	fria_buf_init(buf);
}

void fria_buf_clear(fria_buf *buf)
{
	buf->n = 0;
	if (buf->room)
		buf->text[0] = '\0';
}

static void reserve(fria_buf *buf, size_t more)
{
	size_t need = buf->n + more + 1;
	if (need <= buf->room)
		return;
	size_t room = buf->room ? buf->room : 64;
	while (room < need)
		room *= 2;
	buf->text = fria_realloc(buf->room ? buf->text : NULL, room);
	buf->room = room;
}

void fria_buf_put(fria_buf *buf, const char *bytes, size_t n)
{
	if (!n)
		return;
	reserve(buf, n);
	memcpy(buf->text + buf->n, bytes, n);
	buf->n += n;
	buf->text[buf->n] = '\0';
}

void fria_buf_puts(fria_buf *buf, const char *text)
{
	fria_buf_put(buf, text, strlen(text));
}

void fria_buf_putc(fria_buf *buf, char c)
{
	fria_buf_put(buf, &c, 1);
}

void fria_buf_printf(fria_buf *buf, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	fria_buf_vprintf(buf, format, list);
	va_end(list);
}

void fria_buf_vprintf(fria_buf *buf, const char *format, va_list list)
{
	va_list measured;
	va_copy(measured, list);
	int n = vsnprintf(NULL, 0, format, measured);
	va_end(measured);
	reserve(buf, (size_t)n);
	vsnprintf(buf->text + buf->n, (size_t)n + 1, format, list);
	buf->n += (size_t)n;
}

char *fria_buf_detach(fria_buf *buf)
{
	char *text = buf->room ? buf->text : fria_strdup("");
	fria_buf_init(buf);
	return text;
}

void fria_strings_add(fria_strings *list, const char *text)
{
	*FRIA_PUSH(list) = fria_strdup(text);
}

void fria_strings_add_once(fria_strings *list, const char *text)
{
	if (!fria_strings_has(list, text))
		fria_strings_add(list, text);
}

void fria_strings_join(fria_buf *out, const fria_strings *list,
		       const char *between)
{
	for (size_t i = 0; i < list->n; i++) {
		fria_buf_puts(out, i ? between : "");
		fria_buf_puts(out, list->items[i]);
	}
}

bool fria_strings_has(const fria_strings *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

void fria_strings_add_new(fria_strings *list, const fria_strings *more)
{
	for (size_t i = 0; i < more->n; i++)
		fria_strings_add_once(list, more->items[i]);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void fria_strings_sort(fria_strings *list)
{
	if (list->n > 1)
		qsort(list->items, list->n, sizeof *list->items, compare);
}

void fria_strings_unique(fria_strings *sorted)
{
	size_t kept = 0;
	for (size_t i = 0; i < sorted->n; i++)
		if (kept && !strcmp(sorted->items[kept - 1], sorted->items[i]))
			free(sorted->items[i]);
		else
			sorted->items[kept++] = sorted->items[i];
	sorted->n = kept;
}

void fria_strings_dispose(fria_strings *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i]);
	free(list->items);
	*list = (fria_strings)FRIA_STRINGS_INIT;
}

bool fria_is_among(const char *list, const char *word)
{
	size_t n = strlen(word);
	while (*list) {
		size_t length = strcspn(list, " ,");
		if (length == n && n && !strncmp(list, word, n))
			return true;
		list += length + strspn(list + length, " ,");
	}
	return false;
}

void fria_strings_split(fria_strings *out, const char *list)
{
	while (*list) {
		size_t length = strcspn(list, " ,");
		char *word = fria_strndup(list, length);
		fria_strings_add_once(out, word);
		free(word);
		list += length + strspn(list + length, " ,");
	}
}

void fria_put_base64(fria_buf *out, const char *bytes, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < n; i += 3) {
		uint32_t three = 0;
		for (size_t k = i; k < i + 3; k++)
			three =
			    three << 8 | (k < n ? (unsigned char)bytes[k] : 0U);
		for (size_t k = 0; k < 4; k++)
			fria_buf_putc(out,
				      i + k > n
					  ? '='
					  : digits[three >> (18 - 6 * k) & 63]);
	}
}
