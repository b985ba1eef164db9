/* SPDX-License-Identifier: EUPL-1.2 */
/* A town's own colours, sizes and letters: nothing but properties of ours. */
#include "listen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *skip(const char *at)
{
	for (;;) {
		at += strspn(at, " \t\r\n");
		if (strncmp(at, "/*", 2) != 0)
			return at;
		const char *end = strstr(at + 2, "*/");
		if (!end)
			return at;
		at = end + 2;
	}
}

static bool takes(const char **at, const char *word)
{
	*at = skip(*at);
	size_t n = strlen(word);
	if (strncmp(*at, word, n) != 0)
		return false;
	*at += n;
	return true;
}

/* Where a value ends; NULL for one that could fetch something, or could mean
 * more than a value. */
static const char *end_of_value(const char *at)
{
	static const char allowed[] = " \t\r\n#%.,()+-*\"'_";
	const char *from = at;
	while (isalnum((unsigned char)*at) || (*at && strchr(allowed, *at)))
		at++;
	for (const char *in = from; in + 3 < at; in++)
		if (!strncasecmp(in, "url", 3) ||
		    !strncasecmp(in, "image", 5) ||
		    !strncasecmp(in, "attr", 4) || !strncmp(in, "/*", 2))
			return NULL;
	return at > from && (*at == ';' || *at == '}') ? at : NULL;
}

/* "--fria-accent: #123;" */
static bool take_property(const char **at)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	if (!takes(at, "--fria-"))
		return false;
	size_t n = strspn(*at, letters);
	*at += n;
	if (!n || !takes(at, ":"))
		return false;
	const char *end = end_of_value(*at);
	if (end)
		*at = end + (*end == ';');
	return end != NULL;
}

int serve_theme_check(const char *text, const char *name, fria_error *err)
{
	const char *at = text;
	bool fits = true;
	while (fits && *(at = skip(at))) {
		fits = takes(&at, ":root") && takes(&at, "{");
		while (fits && !takes(&at, "}"))
			fits = take_property(&at);
	}
	if (fits)
		return 0;
	size_t line = 1;
	for (const char *to = text; to < at; to++)
		line += *to == '\n';
	fria_fail(err, FRIA_EINPUT, FRIA_W_serve_theme_bad, NULL);
	return fria_fail_at(err, name, NULL, line, 1);
}
