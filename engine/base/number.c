/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Real numbers as text, and back: with a decimal point, whatever the locale
 * that the program runs in says.
 */
#include "base.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In glibc and musl the C locale is there already: nothing is allocated. */
static locale_t enter_c(void)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	return c ? uselocale(c) : (locale_t)0;
}

static void leave_c(locale_t before)
{
	if (!before)
		return;
	locale_t c = uselocale(before);
	if (c != LC_GLOBAL_LOCALE && c != before)
		freelocale(c);
}

double fria_number_read(const char *text, const char **end)
{
	char *stop = (char *)(uintptr_t)text;
	double value = 0;
	/* strtod() also knows white space, hexadecimals, inf and nan. */
	const char *first = text + (*text == '-' || *text == '+');
	bool hex = first[0] == '0' && (first[1] | 32) == 'x';
	if (hex) {
		stop = (char *)(uintptr_t)(first + 1);
		value = *text == '-' ? -0.0 : 0;
	} else if (*first && strchr(".0123456789", *first)) {
		locale_t before = enter_c();
		value = strtod(text, &stop);
		leave_c(before);
	}
	if (end)
		*end = stop;
	return value;
}

void fria_number_format(char out[FRIA_NUMBER_SIZE], char how, int digits,
			double value)
{
	locale_t before = enter_c();
	if (how == 'e')
		snprintf(out, FRIA_NUMBER_SIZE, "%.*e", digits, value);
	else
		snprintf(out, FRIA_NUMBER_SIZE, "%.*g", digits, value);
	leave_c(before);
}

char *fria_digits(char text[FRIA_DIGITS_SIZE], size_t n)
{
	snprintf(text, FRIA_DIGITS_SIZE, "%zu", n);
	return text;
}

void fria_number_put(fria_buf *out, double value)
{
	char text[FRIA_NUMBER_SIZE];
	for (int digits = 15; digits <= 17; digits++) {
		fria_number_format(text, 'g', digits, value);
		if (fria_number_read(text, NULL) == value)
			break;
	}
	fria_buf_puts(out, text);
}

void fria_number_type(fria_buf *out, fria_lang lang, double value)
{
	size_t from = out->n;
	fria_number_put(out, value);
	char *point = strchr(out->text + from, '.');
	if (lang == FRIA_NL && point)
		*point = ',';
}

/* From five digits on, as both languages have it: 1500 stands without. */
enum { GROUPED = 5 };

void fria_number_say(fria_buf *out, fria_lang lang, double value)
{
	fria_buf plain = FRIA_BUF_INIT;
	fria_number_type(&plain, lang, value);
	const char *digits = plain.text + (plain.text[0] == '-');
	size_t n = strspn(digits, "0123456789");
	bool groups = n >= GROUPED && digits[n] != 'e';
	fria_buf_put(out, plain.text, (size_t)(digits - plain.text));
	for (size_t i = 0; groups && i < n; i++) {
		if (i && (n - i) % 3 == 0)
			fria_buf_putc(out, lang == FRIA_NL ? '.' : ',');
		fria_buf_putc(out, digits[i]);
	}
	fria_buf_puts(out, groups ? digits + n : digits);
	fria_buf_dispose(&plain);
}

/* --- as people type it --- */

/* Groups of digits with what stands between them: "1.234,56". */
typedef struct {
	bool minus;
	const char *groups[16];
	size_t lengths[16], n;
	char between[16];     /* before each group; ' ' for any space */
	const char *exponent; /* "e-3", or NULL */
	size_t exponent_n;
} typed;

/* The sign that stands here: '.', ',', ' ' or '\''; its length, or 0. */
static size_t separator(char *out, const char *at, size_t n)
{
	static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF",
					     "\xE2\x80\x89"};
	if (n && strchr(".,'", *at) && *at) {
		*out = *at;
		return 1;
	}
	for (size_t i = 0; i < 4; i++) {
		size_t length = strlen(spaces[i]);
		if (length <= n && !memcmp(at, spaces[i], length)) {
			*out = ' ';
			return length;
		}
	}
	return 0;
}

static size_t digits_at(const char *at, size_t n)
{
	size_t i = 0;
	while (i < n && at[i] >= '0' && at[i] <= '9')
		i++;
	return i;
}

static bool take_apart(typed *t, const char *at, size_t n)
{
	static const char minus[] = "\xE2\x88\x92";
	const char *end = at + n;
	*t = (typed){.n = 0};
	if (n && (*at == '-' || *at == '+')) {
		t->minus = *at++ == '-';
	} else if (n >= 3 && !memcmp(at, minus, 3)) {
		t->minus = true;
		at += 3;
	}
	while (t->n < 16) {
		size_t length = digits_at(at, (size_t)(end - at));
		if (!length)
			return false;
		t->groups[t->n] = at;
		t->lengths[t->n++] = length;
		at += length;
		if (at == end)
			return true;
		if (*at == 'e' || *at == 'E') {
			size_t sign =
			    at + 1 < end && strchr("+-", at[1]) != NULL;
			size_t last = digits_at(at + 1 + sign,
						(size_t)(end - at - 1) - sign);
			t->exponent = at;
			t->exponent_n = (size_t)(end - at);
			return last && at + 1 + sign + last == end;
		}
		size_t between = t->n < 16 ? separator(&t->between[t->n], at,
						       (size_t)(end - at))
					   : 0;
		if (!between)
			return false;
		at += between;
	}
	return false;
}

/* The groups from one to another, as one row of digits. */
static void put_groups(fria_buf *out, const typed *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		fria_buf_put(out, t->groups[i], t->lengths[i]);
}

/* How many groups make the whole part, thousands and all; 0: they do not. */
static size_t thousands(const typed *t)
{
	size_t last = t->n - 1, n = t->n;
	char with = t->between[1];
	if (t->n > 2 && t->between[last] != with &&
	    strchr(".,", t->between[last]))
		n = last;
	if (!t->lengths[0] || t->lengths[0] > 3 || t->groups[0][0] == '0')
		return 0;
	for (size_t i = 1; i < n; i++)
		if (t->lengths[i] != 3 || t->between[i] != with)
			return 0;
	return n;
}

static int refuse(const typed *t, const char *text, size_t n, size_t whole,
		  fria_error *err)
{
	fria_buf wide = FRIA_BUF_INIT, part = FRIA_BUF_INIT;
	char *given = fria_strndup(text, n);
	fria_buf_puts(&wide, t->minus ? "-" : "");
	put_groups(&wide, t, 0, whole);
	if (whole < t->n) {
		fria_buf_putc(&wide, ',');
		put_groups(&wide, t, whole, t->n);
	}
	bool two = t->n == 2 && t->between[1] != ' ' && t->between[1] != '\'';
	if (two) {
		/* Never again three digits behind the comma. */
		size_t kept = 3;
		while (kept && t->groups[1][kept - 1] == '0')
			kept--;
		fria_buf_printf(&part, "%s%.*s%s%.*s%s", t->minus ? "-" : "",
				(int)t->lengths[0], t->groups[0],
				kept ? "," : "", (int)kept, t->groups[1],
				kept == 3 ? "0" : "");
	}
	int code = fria_fail(
	    err, FRIA_EINPUT,
	    two ? FRIA_W_number_ambiguous : FRIA_W_number_grouped, "value",
	    given, "whole", wide.text, "part", part.text, NULL);
	fria_buf_dispose(&part);
	fria_buf_dispose(&wide);
	free(given);
	return code;
}

int fria_number_typed(fria_buf *out, const char *text, size_t n,
		      fria_error *err)
{
	typed t;
	bool percent = false;
	while (n && (strchr(" \t\r\n", text[n - 1]) ||
		     (text[n - 1] == '%' && !percent)))
		percent = text[--n] == '%' || percent;
	while (n && strchr(" \t\r\n", *text)) {
		text++;
		n--;
	}
	if (!take_apart(&t, text, n))
		return FRIA_ENOTFOUND;
	size_t whole = t.n > 1 ? thousands(&t) : 0;
	if (whole && !t.exponent)
		return refuse(&t, text, n, whole, err);
	if (t.n > 2 || (t.n == 2 && !strchr(".,", t.between[1])) ||
	    (t.lengths[0] > 1 && t.groups[0][0] == '0'))
		return FRIA_ENOTFOUND;
	fria_buf_puts(out, t.minus ? "-" : "");
	put_groups(out, &t, 0, 1);
	if (t.n == 2) {
		fria_buf_putc(out, '.');
		put_groups(out, &t, 1, 2);
	}
	if (t.exponent)
		fria_buf_put(out, t.exponent, t.exponent_n);
	return 0;
}
