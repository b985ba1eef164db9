/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a plain scalar of YAML means: the core schema (YAML 1.2.2, section
 * 10.3). yes, no, on and off are text here, and so are dates.
 */
#include "yaml_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"
#define MAX_INTEGER 9007199254740991ULL

static bool one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(text, *list))
			return true;
	return false;
}

static bool is_integer(const char *text)
{
	text += *text == '-' || *text == '+';
	return *text && strspn(text, DIGITS) == strlen(text);
}

static bool is_based(const char *text, const char *prefix, const char *digits)
{
	size_t n = strlen(text);
	return n > 2 && !strncmp(text, prefix, 2) &&
	       strspn(text + 2, digits) == n - 2;
}

static bool is_real(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t whole = strspn(text, DIGITS), part = 0;
	text += whole;
	if (*text == '.') {
		part = strspn(++text, DIGITS);
		text += part;
	}
	if (!whole && !part)
		return false;
	if (*text == 'e' || *text == 'E') {
		text++;
		text += *text == '-' || *text == '+';
		size_t n = strspn(text, DIGITS);
		if (!n)
			return false;
		text += n;
	}
	return !*text;
}

static bool is_infinite(const char *text)
{
	static const char *const forms[] = {".inf", ".Inf", ".INF", NULL};
	static const char *const none[] = {".nan", ".NaN", ".NAN", NULL};
	if (one_of(text, none))
		return true;
	return one_of(text + (*text == '-' || *text == '+'), forms);
}

static fria_word integer(json_t **out, const char *digits, int base,
			 bool negative)
{
	size_t zeros = strspn(digits, "0"), n = strlen(digits) - zeros;
	unsigned long long value =
	    n < 20 ? strtoull(digits, NULL, base) : MAX_INTEGER + 1;
	if (value > MAX_INTEGER)
		return FRIA_W_json_integer;
	*out = json_integer(negative ? -(json_int_t)value : (json_int_t)value);
	return FRIA_W_COUNT;
}

/* Rewritten as JSON, because jansson reads reals in any locale. */
static fria_word real(json_t **out, const char *text)
{
	const char *at = text + (*text == '-' || *text == '+');
	while (at[0] == '0' && at[1] >= '0' && at[1] <= '9')
		at++;
	size_t whole = strspn(at, DIGITS);
	const char *rest = at + whole + (at[whole] == '.');
	size_t part = strspn(rest, DIGITS);
	char *json =
	    fria_format("%s%.*s.%.*s%s", *text == '-' ? "-" : "",
			whole ? (int)whole : 1, whole ? at : "0",
			part ? (int)part : 1, part ? rest : "0", rest + part);
	*out = json_loads(json, JSON_DECODE_ANY, NULL);
	free(json);
	return *out ? FRIA_W_COUNT : FRIA_W_json_real;
}

fria_word fria_yaml_scalar(json_t **out, const char *text)
{
	static const char *const nulls[] = {"",	    "~",    "null",
					    "Null", "NULL", NULL};
	static const char *const yes[] = {"true", "True", "TRUE", NULL};
	static const char *const no[] = {"false", "False", "FALSE", NULL};
	*out = NULL;
	if (one_of(text, nulls))
		*out = json_null();
	else if (one_of(text, yes))
		*out = json_true();
	else if (one_of(text, no))
		*out = json_false();
	else if (is_infinite(text))
		return FRIA_W_yaml_number;
	else if (is_integer(text))
		return integer(out, text + (*text == '-' || *text == '+'), 10,
			       *text == '-');
	else if (is_based(text, "0x", DIGITS "abcdefABCDEF"))
		return integer(out, text + 2, 16, false);
	else if (is_based(text, "0o", "01234567"))
		return integer(out, text + 2, 8, false);
	else if (is_real(text))
		return real(out, text);
	return FRIA_W_COUNT;
}
