/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The JSON Canonicalization Scheme (RFC 8785): one byte string for one value,
 * whatever the order of its keys and the form of its numbers.
 */
#include "json_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Order of UTF-16 code units (RFC 8785 section 3.2.3). It differs from the
 * order of UTF-8 bytes only between U+E000..U+FFFF and what lies above.
 */
int fria_utf16_compare(const char *a, const char *b)
{
	const unsigned char *x = (const unsigned char *)a;
	const unsigned char *y = (const unsigned char *)b;
	while (*x && *x == *y) {
		x++;
		y++;
	}
	if (*x >= 0xF0 && (*y == 0xEE || *y == 0xEF))
		return -1;
	if (*y >= 0xF0 && (*x == 0xEE || *x == 0xEF))
		return 1;
	return (*x > *y) - (*x < *y);
}

typedef struct {
	const char *key;
	const json_t *value;
} member;

static int compare_members(const void *a, const void *b)
{
	const member *x = a, *y = b;
	return fria_utf16_compare(x->key, y->key);
}

/* ECMAScript Number::toString (RFC 8785 section 3.2.2.3). */
void fria_canonical_number(fria_buf *out, double value)
{
	char text[FRIA_NUMBER_SIZE], digits[20] = "0";
	if (value == 0) {
		fria_buf_putc(out, '0');
		return;
	}
	int p = 0;
	do
		fria_number_format(text, 'e', p, fabs(value));
	while (fria_number_read(text, NULL) != fabs(value) && ++p < 17);
	char *e = strchr(text, 'e');
	int point = atoi(e + 1) + 1; /* digits before the point */
	int k = 0;
	for (char *c = text; c < e; c++)
		if (*c != '.')
			digits[k++] = *c;
	while (k > 1 && digits[k - 1] == '0')
		k--;
	if (value < 0)
		fria_buf_putc(out, '-');
	if (k <= point && point <= 21) {
		fria_buf_printf(out, "%.*s%.*s", k, digits, point - k,
				"000000000000000000000");
	} else if (0 < point && point < k) {
		fria_buf_printf(out, "%.*s.%.*s", point, digits, k - point,
				digits + point);
	} else if (-6 < point && point <= 0) {
		fria_buf_printf(out, "0.%.*s%.*s", -point, "000000", k, digits);
	} else {
		fria_buf_putc(out, digits[0]);
		if (k > 1)
			fria_buf_printf(out, ".%.*s", k - 1, digits + 1);
		fria_buf_printf(out, "e%+d", point - 1);
	}
}

static void put_object(fria_buf *out, const json_t *object)
{
	size_t n = json_object_size(object), i = 0;
	member *members = fria_calloc(n + 1, sizeof *members);
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
		members[i++] = (member){key, value};
	if (i > 1)
		qsort(members, i, sizeof *members, compare_members);
	fria_buf_putc(out, '{');
	n = i;
	for (i = 0; i < n; i++) {
		if (i)
			fria_buf_putc(out, ',');
		fria_json_put_text(out, members[i].key, strlen(members[i].key));
		fria_buf_putc(out, ':');
		fria_canonical(out, members[i].value);
	}
	fria_buf_putc(out, '}');
	free(members);
}

void fria_canonical(fria_buf *out, const json_t *value)
{
	if (json_is_object(value)) {
		put_object(out, value);
	} else if (json_is_array(value)) {
		fria_buf_putc(out, '[');
		for (size_t i = 0; i < json_array_size(value); i++) {
			if (i)
				fria_buf_putc(out, ',');
			fria_canonical(out, json_array_get(value, i));
		}
		fria_buf_putc(out, ']');
	} else if (json_is_number(value)) {
		fria_canonical_number(out, json_number_value(value));
	} else {
		fria_json_write_line(out, value);
	}
}
