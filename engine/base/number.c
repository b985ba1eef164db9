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
