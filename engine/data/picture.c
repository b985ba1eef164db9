/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pictures as text holds them: what one is by its first bytes, and its data
 * address. It shows none, and knows no file.
 */
#include "data.h"

#include <string.h>

#define SCHEME "data:"
#define ENCODED ";base64,"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

const char *fria_picture_type(const fria_buf *bytes)
{
	static const struct {
		const char *start, *type;
	} types[] = {{"\x89PNG\r\n\x1a\n", "image/png"},
		     {"\xff\xd8\xff", "image/jpeg"}};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t n = strlen(types[i].start);
		if (bytes->n > n && !memcmp(bytes->text, types[i].start, n))
			return types[i].type;
	}
	return NULL;
}

size_t fria_picture_length(const char *text)
{
	size_t n = strlen(SCHEME "image/");
	if (strncmp(text, SCHEME "image/", n) != 0)
		return 0;
	n += strspn(text + n, "abcdefghijklmnopqrstuvwxyz0123456789+-.");
	if (strncmp(text + n, ENCODED, strlen(ENCODED)) != 0)
		return n;
	n += strlen(ENCODED);
	n += strspn(text + n, digits);
	return n + strspn(text + n, "=");
}

void fria_picture_write(fria_buf *out, const char *type, const fria_buf *bytes)
{
	fria_buf_printf(out, SCHEME "%s" ENCODED, type);
	fria_put_base64(out, bytes->text, bytes->n);
}

/* False for what is no base64. */
static bool decode(fria_buf *out, const char *text)
{
	size_t n = strlen(text), fill = 0;
	while (fill < 2 && fill < n && text[n - 1 - fill] == '=')
		fill++;
	unsigned held = 0, bits = 0;
	for (size_t i = 0; i < n - fill; i++) {
		const char *digit = strchr(digits, text[i]);
		if (!digit)
			return false;
		held = (held << 6 | (unsigned)(digit - digits)) & 0xFFFF;
		bits += 6;
		if (bits >= 8)
			fria_buf_putc(out, (char)(held >> (bits -= 8) & 0xFF));
	}
	return n % 4 == 0;
}

int fria_picture_read(fria_buf *out, const char *text, fria_error *err)
{
	const char *encoded = strstr(text, ENCODED);
	size_t n = encoded ? strlen(encoded) : 0;
	if (n / 4 * 3 > FRIA_PICTURE_MAX + strlen(ENCODED))
		return fria_fail(err, FRIA_ELIMIT, FRIA_W_picture_large,
				 "limit", "4", NULL);
	if (!fria_picture_length(text) || !encoded ||
	    !decode(out, encoded + strlen(ENCODED)) || !fria_picture_type(out))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_picture_none, NULL);
	return 0;
}
