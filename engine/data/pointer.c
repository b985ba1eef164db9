/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Pointer (RFC 6901) on a tree. Setting never indexes into a list:
 * facts are addressed by names only (DESIGN section 3).
 */
#include "data.h"

#include <stdlib.h>
#include <string.h>

/* The next segment, unescaped; NULL at the end. The caller frees it. */
static char *segment(const char **pointer)
{
	if (**pointer != '/')
		return NULL;
	size_t n = strcspn(*pointer + 1, "/"), length = 0;
	const char *from = *pointer + 1;
	char *text = fria_malloc(n + 1);
	for (size_t i = 0; i < n; i++) {
		char c = from[i];
		if (c == '~' && i + 1 < n)
			c = from[++i] == '1' ? '/' : '~';
		text[length++] = c;
	}
	text[length] = '\0';
	*pointer += n + 1;
	return text;
}

static json_t *item(const json_t *array, const char *name)
{
	char *end;
	if (!*name || strspn(name, "0123456789") != strlen(name) ||
	    (name[0] == '0' && name[1]))
		return NULL;
	unsigned long index = strtoul(name, &end, 10);
	return json_array_get(array, index);
}

json_t *fria_pointer_get(const json_t *root, const char *pointer)
{
	json_t *at = (json_t *)(uintptr_t)root;
	char *name;
	while (at && (name = segment(&pointer))) {
		at = json_is_array(at) ? item(at, name)
				       : json_object_get(at, name);
		free(name);
	}
	return at;
}

int fria_pointer_set(json_t *root, const char *pointer, json_t *value,
		     fria_error *err)
{
	const char *rest = pointer;
	json_t *at = root;
	char *name = segment(&rest);
	while (name && *rest && json_is_object(at)) {
		json_t *next = json_object_get(at, name);
		if (!next && value) {
			next = json_object();
			json_object_set_new(at, name, next);
		}
		free(name);
		if (!next)
			return 0;
		at = next;
		name = segment(&rest);
	}
	if (!name || !json_is_object(at)) {
		free(name);
		return fria_fail(err, FRIA_EINPUT, FRIA_W_pointer_blocked,
				 "pointer", pointer, NULL);
	}
	if (value)
		json_object_set(at, name, value);
	else
		json_object_del(at, name);
	free(name);
	return 0;
}

void fria_pointer_add(fria_buf *pointer, const char *text)
{
	fria_buf_putc(pointer, '/');
	for (; *text; text++)
		if (*text == '~')
			fria_buf_puts(pointer, "~0");
		else if (*text == '/')
			fria_buf_puts(pointer, "~1");
		else
			fria_buf_putc(pointer, *text);
}

bool fria_pointer_covers(const char *a, const char *b)
{
	size_t n = strlen(a);
	return !strncmp(a, b, n) && (!b[n] || b[n] == '/');
}
