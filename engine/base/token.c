/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A text in the pieces that a reader sees: words, numbers, marks and the space
 * between them. It knows no language, and nothing of Markdown.
 */
#include "base.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

/* What one character is by itself; its length in *n. */
static fria_token_kind kind_of(const char *at, size_t *n)
{
	unsigned char c = (unsigned char)*at;
	*n = 1;
	if (c < 0x80)
		return isspace(c)   ? FRIA_TOKEN_SPACE
		       : isdigit(c) ? FRIA_TOKEN_NUMBER
		       : isalpha(c) ? FRIA_TOKEN_WORD
				    : FRIA_TOKEN_MARK;
	uint32_t code = 0;
	*n = fria_utf8_next(&code, at, strlen(at));
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return FRIA_TOKEN_WORD;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return FRIA_TOKEN_SPACE;
	default:
		return FRIA_TOKEN_MARK;
	}
}

/* The length of a mark that holds two pieces of a word together: a hyphen or
 * an apostrophe, a point in an address or a version; a comma in a number. */
static size_t joint(const char *at, bool number)
{
	static const char apostrophe[] = "\xE2\x80\x99";
	size_t n = 0;
	if (*at == '-' || *at == '\'' || *at == '.' || (*at == ',' && number))
		n = 1;
	else if (!strncmp(at, apostrophe, sizeof apostrophe - 1))
		n = sizeof apostrophe - 1;
	return n;
}

size_t fria_token_next(fria_token_kind *kind, const char *text)
{
	size_t n, more;
	*kind = kind_of(text, &n);
	if (*kind == FRIA_TOKEN_MARK)
		return n;
	while (text[n]) {
		fria_token_kind next = kind_of(text + n, &more);
		if (*kind == FRIA_TOKEN_SPACE) {
			if (next != FRIA_TOKEN_SPACE)
				break;
		} else if (next == FRIA_TOKEN_SPACE) {
			break;
		} else if (next == FRIA_TOKEN_MARK) {
			size_t held, ahead;
			bool digit = isdigit((unsigned char)text[n - 1]);
			held = joint(text + n, digit);
			if (!held || !text[n + held])
				break;
			next = kind_of(text + n + held, &ahead);
			if (next != FRIA_TOKEN_NUMBER &&
			    (next != FRIA_TOKEN_WORD || text[n] == ','))
				break;
			/* 7-9 and 12'5 are no numbers. */
			if (text[n] != '.' && text[n] != ',')
				*kind = FRIA_TOKEN_WORD;
			more = held;
		}
		if (next == FRIA_TOKEN_WORD)
			*kind = FRIA_TOKEN_WORD;
		n += more;
	}
	return n;
}
