/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Allocation that cannot fail: out of memory ends the process here and
 * nowhere else. It keeps no pools and no counts.
 */
#include "base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Or a library lacked it just before, and goes on as if it had not: errno as it
 * was before this was asked for. What is had may set it, too: where the heap
 * meets something else, it goes on elsewhere. */
static void *checked(void *ptr, int before)
{
	static const char text[] = "fria: out of memory\n";
	if (ptr && before != ENOMEM) {
		errno = before;
		return ptr;
	}
	if (write(2, text, sizeof text - 1) < 0)
		abort();
	abort();
}

void *fria_malloc(size_t size)
{
	const int before = errno;
	return checked(malloc(size ? size : 1), before);
}

void *fria_calloc(size_t n, size_t size)
{
	const int before = errno;
	return checked(calloc(n ? n : 1, size ? size : 1), before);
}

void *fria_realloc(void *ptr, size_t size)
{
	const int before = errno;
	return checked(realloc(ptr, size ? size : 1), before);
}

void *fria_made(void *made)
{
	return made || errno != ENOMEM ? made : checked(NULL, errno);
}

char *fria_strdup(const char *text)
{
	return text ? fria_strndup(text, strlen(text)) : NULL;
}

char *fria_strndup(const char *text, size_t n)
{
	char *copy = fria_malloc(n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *fria_format(const char *format, ...)
{
	va_list list;
	va_start(list, format);
	int n = vsnprintf(NULL, 0, format, list);
	va_end(list);
	char *text = fria_malloc((size_t)n + 1);
	va_start(list, format);
	vsnprintf(text, (size_t)n + 1, format, list);
	va_end(list);
	return text;
}

void *fria_grow(void *items, size_t n, size_t size)
{
	if (items && n && (n & (n - 1)))
		return items;
	size_t room = n ? n * 2 : 1;
	if (room > SIZE_MAX / size)
		checked(NULL, errno);
	return fria_realloc(items, room * size);
}
