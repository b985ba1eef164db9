/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether two signatures "Name <address>" are one person's. It compares what
 * stands there, never what a .mailmap makes of it, and knows nobody.
 */
#include "base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

size_t fria_person_length(const char *by)
{
	const char *address = strstr(by, " <");
	return address ? (size_t)(address - by) : strlen(by);
}

/* The address between < and >, else all of it. */
static const char *address_of(const char *by, size_t *n)
{
	const char *open = strchr(by, '<');
	*n = open ? strcspn(open + 1, ">") : strlen(by);
	return open ? open + 1 : by;
}

/* An address without "+..." before its @: the same mailbox. The caller frees.
 */
static char *mailbox_of(const char *by)
{
	size_t n;
	const char *address = address_of(by, &n);
	const char *at = memchr(address, '@', n);
	const char *plus =
	    at ? memchr(address, '+', (size_t)(at - address)) : NULL;
	char *whole = fria_strndup(address, n);
	if (!plus || plus == address)
		return whole;
	char *mailbox = fria_format("%.*s%.*s", (int)(plus - address), address,
				    (int)(n - (size_t)(at - address)), at);
	free(whole);
	return mailbox;
}

bool fria_same_person(const char *a, const char *b)
{
	if (!a || !b)
		return false;
	char *one = mailbox_of(a), *other = mailbox_of(b);
	bool same = !strcasecmp(one, other);
	free(one);
	free(other);
	return same;
}

/* --- what the eye takes for the same --- */

/* Letters of other scripts, and figures, that look like a Latin one. */
static char look_of(uint32_t c)
{
	static const struct {
		uint32_t c;
		char as;
	} all[] = {{0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'},
		   {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'},
		   {0x456, 'l'}, {0x458, 'j'}, {0x501, 'd'}, {0x51B, 'q'},
		   {0x51D, 'w'}, {0x432, 'b'}, {0x43A, 'k'}, {0x43C, 'm'},
		   {0x43D, 'h'}, {0x442, 't'}, {0x4BB, 'h'}, {0x3B1, 'a'},
		   {0x3B5, 'e'}, {0x3B9, 'l'}, {0x3BA, 'k'}, {0x3BD, 'v'},
		   {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C4, 't'}, {0x3C5, 'u'},
		   {0x3C7, 'x'}, {0x131, 'l'}, {0x269, 'l'}, {'i', 'l'},
		   {'1', 'l'},	 {'|', 'l'},   {'0', 'o'}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].c == c)
			return all[i].as;
	return 0;
}

/* A text as the eye sees it: no marks, case, space or points. */
static char *skeleton_of(const char *text, size_t n)
{
	char *own = fria_strndup(text, n);
	utf8proc_uint8_t *folded = NULL;
	fria_buf out = FRIA_BUF_INIT;
	errno = 0;
	utf8proc_ssize_t size = utf8proc_map(
	    (const utf8proc_uint8_t *)own, 0, &folded,
	    UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
		UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);
	fria_made(folded);
	for (size_t i = 0; size > 0 && i < (size_t)size;) {
		uint32_t c;
		const char *at = (const char *)folded + i;
		size_t length = fria_utf8_next(&c, at, (size_t)size - i);
		char as = look_of(c);
		if (as)
			fria_buf_putc(&out, as);
		else if (c > ' ' && c != '.' && c != ',' && c != '-' &&
			 c != '\'' && c != '_')
			fria_buf_put(&out, at, length);
		i += length;
	}
	free(folded);
	free(own);
	return fria_buf_detach(&out);
}

static bool looks_equal(const char *a, size_t n, const char *b, size_t m)
{
	char *one = skeleton_of(a, n), *other = skeleton_of(b, m);
	bool same = *one && !strcmp(one, other);
	free(one);
	free(other);
	return same;
}

bool fria_alike_person(const char *a, const char *b)
{
	size_t n, m;
	if (!a || !b)
		return false;
	if (looks_equal(a, fria_person_length(a), b, fria_person_length(b)))
		return true;
	char *one = mailbox_of(a), *other = mailbox_of(b);
	const char *x = address_of(one, &n), *y = address_of(other, &m);
	bool alike = looks_equal(x, n, y, m);
	free(one);
	free(other);
	return alike;
}

bool fria_is_person(const char *by, const char *typed)
{
	size_t n;
	if (fria_alike_person(by, typed))
		return true;
	const char *address = address_of(by, &n);
	return looks_equal(address, n, typed, strlen(typed));
}
