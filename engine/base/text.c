/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UTF-8: validity, NFC (through utf8proc), and text that is safe to show on a
 * terminal. It knows no locale.
 */
#include "base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static size_t tail(const char *text, size_t n, size_t count, uint32_t *c)
{
	if (n <= count)
		return 0;
	for (size_t i = 1; i <= count; i++) {
		unsigned char b = (unsigned char)text[i];
		if ((b & 0xC0) != 0x80)
			return 0;
		*c = *c << 6 | (b & 0x3F);
	}
	return count + 1;
}

/* Length of the valid character at text, or 0. */
static size_t decode(uint32_t *c, const char *text, size_t n)
{
	unsigned char b = (unsigned char)text[0];
	size_t length;
	if (b < 0x80) {
		*c = b;
		return 1;
	}
	if (b < 0xC2 || b > 0xF4)
		return 0;
	if (b < 0xE0) {
		*c = b & 0x1F;
		return tail(text, n, 1, c);
	}
	if (b < 0xF0) {
		*c = b & 0x0F;
		length = tail(text, n, 2, c);
		return *c < 0x800 || (*c >= 0xD800 && *c < 0xE000) ? 0 : length;
	}
	*c = b & 0x07;
	length = tail(text, n, 3, c);
	return *c < 0x10000 || *c > 0x10FFFF ? 0 : length;
}

/* True if the next eight bytes are ASCII. */
static bool eight_plain(const char *bytes)
{
	uint64_t eight;
	memcpy(&eight, bytes, sizeof eight);
	return !(eight & UINT64_C(0x8080808080808080));
}

size_t fria_utf8_invalid(const char *bytes, size_t n)
{
	uint32_t c;
	for (size_t i = 0; i < n;) {
		if (n - i >= 8 && eight_plain(bytes + i)) {
			i += 8;
			continue;
		}
		size_t length = decode(&c, bytes + i, n - i);
		if (!length)
			return i;
		i += length;
	}
	return n;
}

size_t fria_utf8_next(uint32_t *out, const char *text, size_t n)
{
	size_t length = decode(out, text, n);
	if (length)
		return length;
	*out = 0xFFFD;
	return 1;
}

char *fria_text_repaired(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	if (!text ||
	    (fria_is_plainly_nfc(text, n) && fria_utf8_invalid(text, n) == n))
		return fria_strdup(text);
	fria_buf whole = FRIA_BUF_INIT, out = FRIA_BUF_INIT;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t good = fria_utf8_invalid(text + i, n - i);
		fria_buf_put(&whole, text + i, good);
		i += good;
		if (i == n)
			break;
		/* 80 to 9F are controls in Latin-1. */
		c = (unsigned char)text[i++];
		c = c < 0xA0 ? 0xFFFD : c;
		if (c == 0xFFFD)
			fria_buf_puts(&whole, "\xEF\xBF\xBD");
		else
			fria_buf_printf(&whole, "%c%c", (int)(0xC0 | c >> 6),
					(int)(0x80 | (c & 0x3F)));
	}
	fria_nfc(&out, whole.text, whole.n);
	fria_buf_dispose(&whole);
	return fria_buf_detach(&out);
}

size_t fria_utf8_count(const char *text, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

size_t fria_utf8_width(const char *text, size_t n)
{
	size_t width = 0;
	uint32_t c;
	for (size_t i = 0; i < n;) {
		i += fria_utf8_next(&c, text + i, n - i);
		width += (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
	}
	return width;
}

/* No character below U+0300 (lead byte 0xCC) changes under NFC or combines. */
bool fria_is_plainly_nfc(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] >= 0xCC)
			return false;
	return true;
}

void fria_nfc(fria_buf *out, const char *text, size_t n)
{
	utf8proc_uint8_t *composed = NULL;
	if (fria_is_plainly_nfc(text, n)) {
		fria_buf_put(out, text, n);
		return;
	}
	errno = 0;
	utf8proc_ssize_t size =
	    utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n,
			 &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	fria_made(composed);
	if (size < 0)
		fria_buf_put(out, text, n);
	else
		fria_buf_put(out, (const char *)composed, (size_t)size);
	free(composed);
}

/* Nothing is seen of it: bidirectional controls, fillers, tags. */
static bool invisible(uint32_t c)
{
	return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
	       c == 0x17B5 || c == 0x180E || c == 0x3164 || c == 0xFFA0 ||
	       (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C ||
	       (c >= 0xE0000 && c <= 0xE0FFF) || (c >= 0xFFF0 && c <= 0xFFFB);
}

static bool control(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') ||
	       (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/*
 * A joiner says how the character before it is written: in the scripts from
 * Hebrew on, and in emoji. Anywhere else, or twice, it only hides.
 */
static bool joins(uint32_t c, uint32_t before)
{
	return (c == 0x200C || c == 0x200D) && before >= 0x0590 &&
	       (before < 0x1E00 || before >= 0x2070);
}

void fria_put_safe(fria_buf *out, const char *text)
{
	size_t n = strlen(text);
	uint32_t c, before = 0;
	for (size_t i = 0; i < n; before = c) {
		size_t plain = 0, length;
		while (text[i + plain] >= ' ' && text[i + plain] <= '~')
			plain++;
		if (plain) {
			fria_buf_put(out, text + i, plain);
			i += plain;
			c = (uint32_t)text[i - 1];
			continue;
		}
		length = fria_utf8_next(&c, text + i, n - i);
		if (control(c) || c == 0xFFFD)
			fria_buf_putc(out, ' ');
		else if (!invisible(c) || joins(c, before))
			fria_buf_put(out, text + i, length);
		i += length;
	}
}

char *fria_text_folded(const char *text, size_t n)
{
	char *own = fria_strndup(text, n);
	utf8proc_uint8_t *folded = NULL;
	bool plain = true;
	for (size_t i = 0; i < n; i++) {
		plain = plain && !((unsigned char)own[i] & 0x80);
		if (own[i] >= 'A' && own[i] <= 'Z')
			own[i] = (char)(own[i] - 'A' + 'a');
	}
	if (plain)
		return own;
	errno = 0;
	utf8proc_ssize_t size =
	    utf8proc_map((const utf8proc_uint8_t *)own, 0, &folded,
			 UTF8PROC_NULLTERM | UTF8PROC_STABLE |
			     UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	fria_made(folded);
	char *out = size > 0 ? fria_strdup((const char *)folded) : NULL;
	free(folded);
	if (!out)
		return own;
	free(own);
	return out;
}

bool fria_text_blank(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		i += fria_utf8_next(&c, text + i, n - i);
		bool space = c <= 0x20 || c == 0xA0 || c == 0x1680 ||
			     (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
			     c == 0x205F || c == 0x3000 || c == 0x2800 ||
			     c == 0x3164 || c == 0xFFA0;
		bool nothing = c == 0xAD || c == 0x34F || c == 0x115F ||
			       c == 0x1160 || c == 0x180E ||
			       (c >= 0xFE00 && c <= 0xFE0F);
		if (!space && !nothing && !control(c) && !invisible(c))
			return false;
	}
	return true;
}

void fria_put_xml(fria_buf *out, const char *text)
{
	fria_buf safe = FRIA_BUF_INIT;
	fria_put_safe(&safe, text);
	for (const char *at = safe.text; *at; at++) {
		const char *entity = *at == '&'	  ? "&amp;"
				     : *at == '<' ? "&lt;"
				     : *at == '>' ? "&gt;"
				     : *at == '"' ? "&quot;"
						  : NULL;
		if (entity)
			fria_buf_puts(out, entity);
		else
			fria_buf_putc(out, *at);
	}
	fria_buf_dispose(&safe);
}

/* --- ids --- */

#define SLUG_MAX 64

/* Letters without their marks: canonical decomposition, marks dropped. */
static char *plain_letters(const char *text)
{
	utf8proc_uint8_t *out = NULL;
	errno = 0;
	utf8proc_ssize_t n = utf8proc_map(
	    (const utf8proc_uint8_t *)text, 0, &out,
	    UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
		UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
	fria_made(out);
	char *plain = fria_strdup(n < 0 ? "" : (const char *)out);
	free(out);
	return plain;
}

void fria_slug(fria_buf *out, const char *text)
{
	char *plain = plain_letters(text);
	size_t start = out->n, dash = 0;
	bool gap = false;
	for (const char *at = plain; *at; at++) {
		char c = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
		bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (good && gap && out->n > start) {
			dash = out->n;
			fria_buf_putc(out, '-');
		}
		if (good)
			fria_buf_putc(out, c);
		gap = !good;
		if (out->n - start <= SLUG_MAX)
			continue;
		out->n = dash > start + SLUG_MAX / 2 ? dash : start + SLUG_MAX;
		out->text[out->n] = '\0';
		break;
	}
	free(plain);
}
