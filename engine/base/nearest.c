/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The name that somebody may have meant. It guesses only from how a name is
 * written, and takes nothing for what it is not: that is for the reader.
 */
#include "base.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define LONGEST 64 /* bytes of a name that is compared */

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

size_t fria_distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	/* A row for each byte of a; the one before last, for two swapped. */
	size_t rows[3][LONGEST + 1];
	if (n > LONGEST || m > LONGEST)
		return SIZE_MAX;
	for (size_t k = 0; k <= m; k++)
		rows[0][k] = k;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3], *last = rows[(i + 2) % 3],
		       *before = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t k = 1; k <= m; k++) {
			size_t least = last[k - 1] + !same(a[i - 1], b[k - 1]);
			if (last[k] + 1 < least)
				least = last[k] + 1;
			if (now[k - 1] + 1 < least)
				least = now[k - 1] + 1;
			if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) &&
			    same(a[i - 2], b[k - 1]) &&
			    before[k - 2] + 1 < least)
				least = before[k - 2] + 1;
			now[k] = least;
		}
	}
	return rows[n % 3][m];
}

const char *fria_nearest(const fria_strings *names, const char *text)
{
	size_t n = strlen(text), least = n < 3 ? n : n / 3 + 1;
	const char *out = NULL;
	for (size_t i = 0; i < names->n; i++) {
		size_t far = fria_distance(names->items[i], text);
		if (far < least) {
			least = far;
			out = names->items[i];
		}
	}
	return out;
}

bool fria_words_alike(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, "- ,");
		b += strspn(b, "- ,");
		if (!*a || !*b)
			return *a == *b;
		if (strncasecmp(a, b, 1) != 0)
			return false;
		a++;
		b++;
	}
}
