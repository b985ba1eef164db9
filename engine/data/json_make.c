/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON values that are made here and not read: none of these can give NULL,
 * which further on would mean "absent". Text from outside has passed the
 * entrance (text.c), so what is no UTF-8 here is a mistake of this program: it
 * ends, and no document loses a word.
 */
#include "data.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fria_start(const fria_host *host)
{
	if (host)
		fria_host_set(host);
	json_set_alloc_funcs(fria_malloc, free);
}

static json_t *made(json_t *value, const char *why)
{
	if (value)
		return value;
	fprintf(stderr, "fria: a value that cannot be written: %s\n", why);
	abort();
}

json_t *fria_json_string(const char *text)
{
	return made(text ? json_string(text) : NULL, text ? text : "none");
}

json_t *fria_json_string_n(const char *text, size_t n)
{
	return made(json_stringn(text, n), "not UTF-8");
}

json_t *fria_json_shown(const char *name)
{
	char *shown = fria_text_repaired(name);
	json_t *json = shown ? fria_json_string(shown) : json_null();
	free(shown);
	return json;
}

json_t *fria_json_pack(const char *format, ...)
{
	json_error_t error;
	va_list list;
	va_start(list, format);
	json_t *value = json_vpack_ex(&error, 0, format, list);
	va_end(list);
	return made(value, error.text);
}
